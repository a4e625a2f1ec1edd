//! Settling by hand: money that came, for exactly these pieces of what is owed. From every state, so that nothing stays
//! open for ever.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::check;
use super::super::landing::{Came, Cuts, pay, settle as settlement_of};
use super::super::recording::Recorded;
use super::take::{How, came_after_all, sums, take};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit};
use crate::domain::earning::{DatedState, Earning, EarningState};
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::money::Money;
use crate::domain::payout::Difference;
use crate::domain::query::owed::OwedId;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::Now;

/// Money that came for pieces of what is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledByHand {
    /// For which pieces: of one platform and currency.
    pub of: Vec<OwedId>,
    /// The day it arrived, in the user's zone.
    pub on: NaiveDate,
    /// What arrived; may be in another currency.
    pub received: Money,
    /// Why it differs from what was expected, where it does.
    pub difference: Option<Difference>,
    /// The new payout's id.
    pub payout: PayoutId,
    /// A random number from which the ids of new earnings are counted up.
    pub earning_seed: EarningId,
}

pub(in super::super) fn settle(book: &Book, settling: &SettledByHand, now: Now) -> Result<Change, Refused> {
    check::positive_amount(settling.received)?;
    check::has_come(settling.on, now)?;
    let how = How { by_day: false, on: settling.on };
    let taken = take(book, &settling.of, how, settling.earning_seed, now)?;
    let mut parts: Vec<Recorded> = taken.parts.into_iter().map(|part| came_after_all(book, part)).collect();
    if let Some(worked) = parts.iter().map(|part| part.earning.worked.first).min() {
        check::after_the_work(settling.on, worked)?;
    }
    let (gross, net) = sums(&parts)?;
    if gross.amount.is_sign_negative() || gross.amount.is_zero() {
        return Err(Refusal::NotAboveZero(gross.amount).at(Field::Amount));
    }
    let settlement = settlement_of(settling.received, settling.difference, gross, known_cuts(&parts, gross, net))?;
    for part in &mut parts {
        let lost = matches!(part.earning.state(), Some(EarningState::Rejected | EarningState::WrittenOff));
        if lost {
            let on = part.earning.states.last().map_or(settling.on, |last| settling.on.max(last.on));
            part.earning.states.push(DatedState { on, state: EarningState::Approved(None) });
        }
        // It came: nothing holds it any more.
        part.earning.held = None;
    }
    let allocations = pay(&mut parts, &settlement, settling.difference, settling.on);
    let Some(platform) = parts.first().map(|part| part.earning.platform) else {
        return Err(Refusal::NotExpected.into());
    };
    let route = parts.iter().find_map(|part| part.earning.route);
    let mut edits = taken.rest;
    edits.extend(parts.iter().filter_map(Recorded::edit));
    let came = Came { payout: settling.payout, platform, route, on: settling.on, received: settling.received };
    edits.push(Edit::create(settlement.payout(book, came, allocations)));
    Ok(Change::new(edits))
}

/// What is known to be taken off these pieces: their fees and tax, as far as they make up what should not arrive.
fn known_cuts(parts: &[Recorded], gross: Money, net: Money) -> Cuts {
    let sum = |of: fn(&Earning) -> Option<Money>| {
        let known = parts.iter().filter(|part| part.open == part.earning.amount).filter_map(|part| of(&part.earning));
        known
            .filter(|cut| cut.currency == gross.currency)
            .fold(Decimal::ZERO, |sum, cut| sum.saturating_add(cut.amount))
    };
    let weights = [sum(|earning| earning.platform_fee), sum(|earning| earning.tax_withheld), Decimal::ZERO];
    Cuts::shared(gross.with(gross.amount.saturating_sub(net.amount)), weights)
}
