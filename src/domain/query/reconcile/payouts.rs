//! Payouts and expected ones by themselves: pay that never came, fees larger than promised, rates far from the day's.

use rust_decimal::Decimal;

use super::{Line, What};
use crate::domain::book::Book;
use crate::domain::command::{Pays, Settleable};
use crate::domain::money::Money;
use crate::domain::payout::Payout;
use crate::domain::query::calendar::{Calendar, Expected, Source, SourceRow, way_fee};
use crate::domain::query::exchanged::exchanged;
use crate::domain::span::DayRange;

/// From how many per cent on an exchange rate is far from the day's: banks and PayPal keep up to 4 of a hundred, so that more
/// is worth a look.
const FAR_PERCENT: i64 = 4;

/// By how many per cent of what the route says a fee may be more and is none: fees are rounded, and set for other sums.
const FEE_PERCENT: i64 = 1;

/// `paid` is what payments are taken to pay: that has come.
pub(super) fn lines(book: &Book, calendar: &Calendar, paid: &[Pays]) -> Vec<Line> {
    let late = calendar.expected.iter().filter(|expected| expected.late_days > 0 && !expected.gross.amount.is_zero());
    let mut lines: Vec<Line> = late.filter_map(|expected| never_came(expected, paid)).collect();
    for payout in book.payouts() {
        lines.extend(fee(book, payout));
        lines.extend(rate(book, payout));
    }
    lines
}

fn never_came(expected: &Expected, paid: &[Pays]) -> Option<Line> {
    let worked = expected.rows.iter().map(|row| DayRange::day(row.worked_on));
    let worked = worked.reduce(DayRange::join);
    let days = expected.window.days().or(worked)?;
    let earning = |row: &SourceRow| match row.source {
        Source::Earning(id) => Some(id),
        Source::Session(_) => None,
    };
    let has_come = |pays: &Pays| match pays {
        Pays::Payout(_) => false,
        Pays::Expected(key) => *key == expected.key,
        Pays::Pieces(pieces) => expected.rows.iter().all(|row| match row.source {
            Source::Earning(id) => pieces.iter().any(|piece| piece.of == Settleable::Earning(id)),
            Source::Session(_) => false,
        }),
    };
    if paid.iter().any(has_come) {
        return None;
    }
    let (late_days, surely) = (expected.late_days, expected.is_surely_late());
    let what = What::NeverCame { late_days, surely, expected: expected.key };
    Some(Line {
        platform: Some(expected.key.platform),
        credited: Some(expected.net.rounded()),
        earnings: expected.rows.iter().filter_map(earning).collect(),
        ..Line::new(what, days)
    })
}

/// A payout of which the way took more than its route says.
fn fee(book: &Book, payout: &Payout) -> Option<Line> {
    let charged = payout.payout_fee()?;
    payout.received_on?;
    let route = book.route_taken(payout.route, payout.platform)?;
    let promised = way_fee(route, payout.gross)?;
    if promised.currency != charged.currency {
        return None;
    }
    let most = promised.amount.checked_mul((100 + FEE_PERCENT).into())? / Decimal::ONE_HUNDRED;
    let cent = Decimal::new(1, charged.currency.minor_units());
    let larger = charged.amount > most.max(promised.amount + cent);
    if larger { of_payout(payout, What::FeeLarger { promised: promised.rounded(), charged }) } else { None }
}

fn rate(book: &Book, payout: &Payout) -> Option<Line> {
    let percent = exchanged(book, payout)?.spread_percent()?;
    if percent.abs() > FAR_PERCENT.into() { of_payout(payout, What::RateFar { percent }) } else { None }
}

fn of_payout(payout: &Payout, what: What) -> Option<Line> {
    let on = payout.received_on.or_else(|| payout.booked_on())?;
    Some(Line {
        platform: payout.platform,
        credited: Some(payout.gross),
        received: payout.received.map(Money::rounded),
        payout: Some(payout.id),
        ..Line::new(what, DayRange::day(on))
    })
}
