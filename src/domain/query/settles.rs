//! What a payout can settle: every piece of open money, the oldest first, and how a sum is best laid over them.
//!
//! A piece is a recorded earning, or the estimates of a project under an expected payout; timers that still run are left
//! out. Of a payout that is there, what it settles counts as open to it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::calendar::{Calendar, Expected, Source, Window};
use crate::domain::book::Book;
use crate::domain::command::{Settleable, settleable};
use crate::domain::earning::Earning;
use crate::domain::ids::{EarningId, PayoutId, PlatformId, ProjectId};
use crate::domain::money::Money;
use crate::domain::payout::Payout;
use crate::domain::span::DayRange;

/// A piece of open money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What it is.
    pub of: Settleable,
    /// Its project; `None` where it belongs to the platform as a whole.
    pub project: Option<ProjectId>,
    /// The days of its work, in the schedule's zone.
    pub worked: DayRange,
    /// When it is expected; `None` where the payout asked about settles all of it already.
    pub window: Option<Window>,
    /// What is open of it to the payout asked about, to the cent; negative for money that was taken back.
    pub left: Money,
    /// What the payout asked about settles of it now.
    pub settled: Money,
    /// Whether it is an estimate, and will be recorded.
    pub estimate: bool,
}

/// What is open of an earning, gross, in its currency: what is owed less what payouts settle of it, one of them left out.
#[must_use]
pub fn open_of_earning(book: &Book, earning: &Earning, but: Option<PayoutId>) -> Money {
    let owed = earning.owed();
    let payouts = book.payouts().filter(|payout| Some(payout.id) != but);
    let settled: Decimal = payouts.map(|payout| settled_of(payout, earning.id, owed).amount).sum();
    owed.with(owed.amount.saturating_sub(settled))
}

/// What a payout settles of an earning, in a currency.
fn settled_of(payout: &Payout, earning: EarningId, currency: Money) -> Money {
    let parts = payout.allocations.iter().filter(|part| part.earning == earning);
    let same = parts.filter(|part| part.amount.currency == currency.currency);
    currency.with(same.map(|part| part.amount.amount).sum())
}

/// What a payout of a platform can settle, the oldest work first. `payout` is the one asked about, where it is there.
#[must_use]
pub fn open(book: &Book, calendar: &Calendar, platform: PlatformId, payout: Option<&Payout>) -> Vec<Open> {
    let mut found: BTreeMap<Settleable, Open> = BTreeMap::new();
    for expected in calendar.expected.iter().filter(|expected| expected.key.platform == platform) {
        pieces(book, expected, payout, &mut found);
    }
    // What the payout settles whole is in no expected payout any more.
    for part in payout.into_iter().flat_map(|payout| &payout.allocations) {
        let Some(earning) = book.earning(part.earning).filter(|earning| earning.platform == platform) else { continue };
        found.entry(Settleable::Earning(part.earning)).or_insert_with(|| Open {
            of: Settleable::Earning(part.earning),
            project: earning.project,
            worked: earning.worked,
            window: None,
            left: part.amount,
            settled: part.amount,
            estimate: false,
        });
    }
    let mut all: Vec<Open> = found.into_values().filter(|open| !open.left.amount.is_zero()).collect();
    all.sort_by_key(|open| (open.worked.first, open.worked.last, open.of));
    all
}

fn pieces(book: &Book, expected: &Expected, payout: Option<&Payout>, found: &mut BTreeMap<Settleable, Open>) {
    let mut sums: BTreeMap<Settleable, (Decimal, DayRange, Option<ProjectId>)> = BTreeMap::new();
    for row in settleable(book, expected) {
        let of = match row.source {
            Source::Earning(id) => Settleable::Earning(id),
            Source::Session(_) => Settleable::Estimate(expected.key, row.project),
        };
        let day = DayRange::day(row.worked_on);
        let held = sums.entry(of).or_insert((Decimal::ZERO, day, row.project));
        held.0 = held.0.saturating_add(row.amount.amount);
        held.1 = held.1.join(day);
    }
    for (of, (sum, mut worked, project)) in sums {
        let mut settled = expected.gross.with(Decimal::ZERO);
        if let Settleable::Earning(id) = of {
            settled = payout.map_or(settled, |payout| settled_of(payout, id, settled));
            worked = book.earning(id).map_or(worked, |earning| earning.worked);
        }
        let sum = expected.gross.with(sum.saturating_add(settled.amount)).rounded();
        let estimate = matches!(of, Settleable::Estimate(..));
        let window = Some(expected.window.clone());
        found.insert(of, Open { of, project, worked, window, left: sum, settled, estimate });
    }
}

/// A sum laid over pieces in their order: each as far as the sum reaches, money that was taken back in full. Pieces of
/// another currency have nothing.
#[must_use]
pub fn oldest_first(sum: Money, pieces: &[Open]) -> Vec<Decimal> {
    let taken_back = |piece: &&Open| piece.left.currency == sum.currency && piece.left.amount < Decimal::ZERO;
    let back: Decimal = pieces.iter().filter(taken_back).map(|piece| piece.left.amount).sum();
    let mut left = sum.amount.saturating_sub(back);
    pieces
        .iter()
        .map(|piece| {
            if piece.left.currency != sum.currency {
                return Decimal::ZERO;
            }
            let part = piece.left.amount.min(left.max(Decimal::ZERO));
            left -= part.max(Decimal::ZERO);
            part
        })
        .collect()
}
