//! Ceilings: at most so much is paid at once; the rest goes with the next payout.
//!
//! The oldest work goes first. Where nothing else is on the way the next window or run of the rule takes the rest; a rule
//! without windows or runs names no next day. The parts sum exactly to the whole.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::batch::Batch;
use super::parcel::Parcel;
use super::place::Moment;
use super::runs::Runs;
use super::{Part, Reason, UnknownDate};
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, RouteId};
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::span::DayRange;

/// How many further payouts a sum may be spread over; what is left then has no date.
pub(super) const MOST_ROUNDS: u32 = 24;

/// Cuts a parcel: what goes now, and the rest where there is more than `most`.
pub(super) fn split(mut parcel: Parcel<'_>, most: Money) -> (Parcel<'_>, Option<Parcel<'_>>) {
    let over = parcel.sum().saturating_sub(most.amount);
    if over <= Decimal::ZERO || most.amount <= Decimal::ZERO {
        return (parcel, None);
    }
    parcel.sort_rows();
    let rows = std::mem::take(&mut parcel.rows);
    let mut rest = parcel.clone();
    rest.leaves.clear();
    rest.growing = false;
    let mut room = most.amount;
    for row in rows {
        let part = row.amount.amount.min(room);
        if rest.rows.is_empty() && !part.is_zero() {
            let mut now = row;
            now.amount.amount = part;
            parcel.rows.push(now);
            room = room.saturating_sub(part);
        }
        let left = if rest.rows.is_empty() { row.amount.amount.saturating_sub(part) } else { row.amount.amount };
        if !left.is_zero() {
            let mut later = row;
            later.amount.amount = left;
            if left != row.amount.amount {
                // The time stands with the part that goes first.
                later.secs = 0;
            }
            rest.rows.push(later);
        }
    }
    parcel.leaves.push(Reason::Ceiling { most, rest: most.with(rest.sum()) });
    (parcel, Some(rest))
}

/// A rest of which nothing is on the way yet, at the next payout of its rule.
pub(super) fn next(mut rest: Parcel<'_>, moment: Moment) -> Parcel<'_> {
    let found = match rest.part {
        Part::Period(_) => next_period(&rest),
        Part::Run(_) => next_run(&rest, moment),
        Part::Items(_) | Part::Drawable | Part::BelowMinimum | Part::OwnDate(_) | Part::Undated(_) => None,
    };
    match found {
        Some((part, payable)) => {
            rest.part = part;
            rest.payable = Ok(payable);
            rest
        }
        None => without_date(rest),
    }
}

/// A rest whose rule names no next day.
pub(super) fn without_date(mut rest: Parcel<'_>) -> Parcel<'_> {
    rest.part = Part::Undated(UnknownDate::AboveCeiling);
    rest.payable = Err(UnknownDate::AboveCeiling);
    rest
}

fn next_period(rest: &Parcel<'_>) -> Option<(Part, DayRange)> {
    let Part::Period(first) = rest.part else { return None };
    let batch = Batch::of(rest.rule?)?;
    let window = batch.windows.next(batch.windows.of_day(first));
    let later = window.days.first > first;
    later.then_some(())?;
    Some((Part::Period(window.days.first), batch.payable(window).ok()?))
}

fn next_run(rest: &Parcel<'_>, moment: Moment) -> Option<(Part, DayRange)> {
    let Part::Run(first) = rest.part else { return None };
    let runs = Runs::of(rest.rule?)?;
    let next = runs.after(DayRange::day(first))?;
    let swept = runs.sweep(next, Moment { done_at: None, ..moment })?;
    (swept.run > first).then_some((Part::Run(swept.run), swept.days))
}

/// A ceiling, where a balance in its currency has come to four fifths of it.
pub(super) fn near(most: Option<Money>, balance: Decimal, currency: Currency) -> Option<Money> {
    let most = most.filter(|most| most.currency == currency && most.amount > Decimal::ZERO)?;
    let four_fifths = most.amount.checked_mul(Decimal::new(8, 1)).unwrap_or(most.amount);
    (balance >= four_fifths).then_some(most)
}

/// What a platform paid by a route in the calendar year of a day, gross, in a currency. `usual` says whether payouts
/// that name no route took it.
pub(super) fn paid_in_year(book: &Book, platform: PlatformId, route: RouteId, usual: bool, today: NaiveDate) -> Bag {
    let mut paid = Bag::default();
    let months = book.months().filter(|(month, _)| month.year == today.year());
    for payout in months.flat_map(|(_, bucket)| bucket.payouts()) {
        let took_it = payout.route.map_or(usual, |took| took == route);
        if payout.platform == Some(platform) && took_it {
            paid.add(payout.gross);
        }
    }
    paid
}
