//! Drawing: when money that waits to be drawn lands, if it is drawn on a day.

use chrono::NaiveDate;

use super::dates::after;
use super::travel::Travel;
use super::{Expected, Reason};
use crate::domain::book::Book;
use crate::domain::schedule::Lag;
use crate::domain::span::DayRange;

/// The days on which an expected payout lands that is drawn on `day`: after the hold of a first payout, by the
/// transfers of its route, else the transit of its schedule.
///
/// `None` where nobody says how long a draw takes.
#[must_use]
pub fn drawn_on(book: &Book, expected: &Expected, day: NaiveDate) -> Option<DayRange> {
    let (schedule, _) = expected.schedule.as_ref()?;
    let modifiers = &book.schedule(*schedule)?.rule.modifiers;
    let route = book.route_taken(expected.key.route, Some(expected.key.platform));
    let transits = Travel { modifiers, route: route.map(AsRef::as_ref), first: false, worked: day }.transits();
    if transits.is_empty() {
        return None;
    }
    let hold = expected.reasons.iter().find_map(|reason| {
        if let Reason::FirstPayoutHold { days } = reason { Some(Lag::days(*days, *days)) } else { None }
    });
    let lags = hold.into_iter().chain(transits.into_iter().map(|(lag, _)| lag));
    Some(lags.fold(DayRange::day(day), |days, lag| after(days, lag, &modifiers.holidays)))
}
