//! Own dates: days that the user typed, once or repeated; without one, outstanding and date unknown.
//!
//! Work is expected on the first such day on or after its last day; a session's is the day on which it ended.

use chrono::{Datelike, NaiveDate};

use super::dates::{in_month, months_later, plus, sane};
use super::gather::{Open, Work};
use super::items::held_back;
use super::parcel::Place;
use super::place::{Moment, blocked, days_by_user, days_to_the_end};
use super::{Part, UnknownDate};
use crate::domain::schedule::{EarningShape, Repeat, Rule};
use crate::domain::span::{DayRange, Month};

/// The day on which work of a day is expected; `None` where the rule names none.
pub(super) fn day_for(on: Option<NaiveDate>, repeat: Option<Repeat>, worked: NaiveDate) -> Option<NaiveDate> {
    let (on, worked) = (sane(on?), sane(worked));
    if worked <= on {
        return Some(on);
    }
    match repeat? {
        Repeat::EveryWeeks(weeks) => {
            let step = 7 * i64::from(weeks.clamp(1, 520));
            let periods = ((worked - on).num_days() + step - 1).div_euclid(step);
            Some(plus(on, periods * step))
        }
        Repeat::Monthly => {
            let month = Month::of_day(worked);
            let here = in_month(month, on.day());
            Some(if here >= worked { here } else { in_month(months_later(month, 1), on.day()) })
        }
    }
}

/// The place of a piece of open money under an own date.
pub(super) fn place(open: &Open<'_>, rule: &Rule, moment: Moment) -> Place {
    match open.work {
        Work::Session { .. } => place_of(rule, days_to_the_end(open, moment), moment),
        Work::Earning { earning, .. } => held_back(place_of(rule, days_by_user(open), moment), earning.not_before),
    }
}

/// The place of work on some days.
pub(super) fn place_of(rule: &Rule, worked: DayRange, moment: Moment) -> Place {
    let EarningShape::OwnDate { on, repeat } = rule.earning else {
        return Place::undated(UnknownDate::NoRule, worked, moment.zone);
    };
    let day = blocked(rule).map_or(day_for(on, repeat, worked.last).ok_or(UnknownDate::NoRule), Err);
    match day {
        Err(why) => Place::undated(why, worked, moment.zone),
        Ok(day) => Place {
            own_day: Some(day),
            growing: moment.today < day,
            ..Place::new(Part::OwnDate(day), Ok(DayRange::day(day)), worked, moment.zone)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_repeated_day_takes_the_work_up_to_it() {
        // Source: platform facts, checked 2026-11-22, Turing: "Contract says the 10th: 10 Dec 2026".
        let monthly = |worked| day_for(Some(day("2026-01-10")), Some(Repeat::Monthly), day(worked));
        assert_eq!(monthly("2026-11-22"), Some(day("2026-12-10")));
        assert_eq!(monthly("2026-11-10"), Some(day("2026-11-10")));
        assert_eq!(monthly("2025-05-05"), Some(day("2026-01-10")));
        let end = day_for(Some(day("2026-01-31")), Some(Repeat::Monthly), day("2027-02-01"));
        assert_eq!(end, Some(day("2027-02-28")));
        let weekly = |worked| day_for(Some(day("2026-11-20")), Some(Repeat::EveryWeeks(2)), day(worked));
        assert_eq!(weekly("2026-11-20"), Some(day("2026-11-20")));
        assert_eq!(weekly("2026-11-21"), Some(day("2026-12-04")));
        assert_eq!(weekly("2026-12-05"), Some(day("2026-12-18")));
    }

    #[test]
    fn work_after_the_only_day_has_no_date() {
        assert_eq!(day_for(Some(day("2026-12-10")), None, day("2026-12-11")), None);
        assert_eq!(day_for(None, Some(Repeat::Monthly), day("2026-12-11")), None);
    }
}
