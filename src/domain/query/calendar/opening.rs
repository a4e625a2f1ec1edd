//! Opening money: owed from before the Book was begun, so that nobody knows on which days it was worked.
//!
//! What is known is that it was worked by the last of its days. It is expected from the first day on which such money
//! can still be paid to the one on which work of that very day is, and never before that day. What was recorded of it
//! since (handed in, approved) goes before that.

use chrono::{Datelike as _, NaiveDate};

use super::batch::Batch;
use super::dates::plus;
use super::gather::Open;
use super::items::held_back;
use super::parcel::Place;
use super::place::{Moment, blocked, days_by_user};
use super::{Part, UnknownDate};
use crate::domain::earning::{Earning, EarningKind};
use crate::domain::schedule::{PayDay, Rule};
use crate::domain::span::DayRange;

/// How many windows before its own may still be unpaid; pay days lag by few.
const MOST_WINDOWS: u32 = 64;

/// Whether an earning is opening money.
pub(super) fn is_opening(earning: &Earning) -> bool {
    earning.kind == EarningKind::Opening
}

/// The place of opening money under a period batch.
///
/// It is of the window that holds its last day, or of one before that is not paid yet on that day. Where only the
/// former can be, it goes with the other money of that window.
pub(super) fn in_batch(open: &Open<'_>, earning: &Earning, rule: &Rule, moment: Moment) -> Place {
    let worked = days_by_user(open);
    let Some(batch) = Batch::of(rule) else {
        return Place::undated(blocked(rule).unwrap_or(UnknownDate::NoAnchor), worked, moment.zone);
    };
    let own = batch.windows.of_day(worked.last);
    let days = match batch.payable(own) {
        Ok(days) => days,
        Err(why) => return Place::undated(why, worked, batch.zone),
    };
    let mut earliest = None;
    let mut window = own;
    for _ in 0..MOST_WINDOWS {
        window = batch.windows.previous(window);
        match batch.payable(window) {
            Ok(before) if before.last >= worked.last => {
                earliest = Some(first_from(batch.pay_day, before, worked.last));
            }
            Ok(_) | Err(_) => break,
        }
    }
    let found = match earliest {
        None => batch.place(own, moment.now),
        Some(first) => {
            let payable = DayRange::new(first.min(days.last), days.last);
            Place { reviewed: true, ..Place::new(Part::Items(days.last), Ok(payable), worked, batch.zone) }
        }
    };
    held_back(found, earning.not_before)
}

/// The first pay day of a range on or after a day that is not past the range.
fn first_from(pay_day: PayDay, days: DayRange, day: NaiveDate) -> NaiveDate {
    let day = days.first.max(day);
    match pay_day {
        // The days of the range are a week apart.
        PayDay::Weekday { weekday, .. } => plus(day, i64::from(weekday.days_since(day.weekday()))).min(days.last),
        PayDay::DayOfMonth { .. } | PayDay::After(_) => day,
    }
}

/// Money of an item clock that may have begun on any day up to its last one: it can be payable from that day on.
pub(super) fn from_its_day(place: Place, earning: &Earning) -> Place {
    let (Part::Items(_), Ok(days), true) = (place.part, place.payable, earning.states.is_empty()) else {
        return place;
    };
    let owed_on = earning.not_before.map_or(earning.worked.last, |day| day.max(earning.worked.last));
    let payable = DayRange::new(owed_on.min(days.last), days.last);
    Place { payable: Ok(payable), matures: place.matures.map(|(lag, _)| (lag, payable)), ..place }
}
