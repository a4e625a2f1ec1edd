//! Pay runs: the recurring days on which a balance is swept, by itself or only if it was asked for in time.
//!
//! A run is one day or several in a row; which of them it is nobody says. Nonsense values count as the nearest sense;
//! none panics. A rule that names no day has no runs.

use chrono::{Datelike, NaiveDate};

use super::Reason;
use super::dates::{in_month, plus, sane, weekday_on_or_before};
use super::place::Moment;
use crate::domain::schedule::{CutOffAction, MonthDays, ReleaseShape, RequestBefore, Rule, RunDays};
use crate::domain::span::{DayRange, Month, Timestamp, Zone, date_in, instant_at};

/// More than a year between asking and a run is nonsense.
const MOST_DAYS_BEFORE: u32 = 366;
/// Runs come at least once a month; so many days back lies at least one.
const A_MONTH_BACK: i64 = 40;
/// How many runs are looked at one by one: a year of daily ones and what a request may lie before.
const MOST_RUNS: u32 = 800;

/// The runs of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Runs<'a> {
    days: &'a RunDays,
    pub(super) zone: Zone,
    request: Option<RequestBefore>,
}

/// The run of money that is payable on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Swept {
    /// The latest run, which names it.
    pub(super) run: NaiveDate,
    /// From the earliest to the latest day.
    pub(super) days: DayRange,
    /// When it must be asked for, and what is not known about that.
    pub(super) reasons: Vec<Reason>,
}

impl<'a> Runs<'a> {
    /// A rule as one of pay runs; `None` where it has none.
    pub(super) fn of(rule: &'a Rule) -> Option<Self> {
        match &rule.release {
            Some(ReleaseShape::PayRun { days, zone, request_before }) => {
                Some(Self { days, zone: *zone, request: *request_before })
            }
            Some(ReleaseShape::OnDemand { .. }) | None => None,
        }
    }

    /// Whether no run ever comes.
    pub(super) fn never(&self) -> bool {
        match self.days {
            RunDays::Weekly { .. } => false,
            RunDays::Weekdays(days) => days.is_empty(),
            RunDays::Monthly(ranges) => ranges.is_empty(),
        }
    }

    /// The run of money that is payable on some days, as it stands at a moment.
    ///
    /// `None` where no run ever comes. Asked for is what is supposed to be, at that moment; else nobody knows for runs
    /// whose time to ask has passed, and the range goes to the first run that can still be asked for.
    pub(super) fn sweep(&self, payable: DayRange, moment: Moment) -> Option<Swept> {
        let mut early = self.ending_from(payable.first)?;
        let mut late = self.starting_from(payable.last)?;
        let mut reasons = Vec::new();
        if self.request.is_some() {
            early = self.askable(early, payable.first);
            late = self.askable(late, payable.last);
            let open = self.open_at(late, moment.done_at.unwrap_or(moment.now))?;
            match self.by(early).filter(|by| *by < moment.now && moment.done_at.is_none()) {
                None if moment.done_at.is_some() => early = open,
                None => {}
                Some(_) => {
                    let passed = self.before(open).filter(|run| run.first >= early.first).unwrap_or(early);
                    early = passed;
                    reasons.extend(self.by(passed).map(|by| Reason::IfAsked { by, zone: self.zone, run: passed }));
                }
            }
            late = open;
            let asks = |at| Reason::CutOff { action: Some(CutOffAction::Request), at, zone: self.zone };
            reasons.extend(self.by(late).map(asks));
        }
        let first = early.first.max(payable.first).min(late.last);
        Some(Swept { run: late.first, days: DayRange::new(first, late.last), reasons })
    }

    /// The run after one.
    pub(super) fn after(&self, run: DayRange) -> Option<DayRange> {
        self.starting_from(plus(run.first, 1)).filter(|next| next.first > run.first)
    }

    /// The last moment to ask for a run.
    fn by(&self, run: DayRange) -> Option<Timestamp> {
        let request = self.request?;
        let day = plus(run.first, -i64::from(request.days_before.min(MOST_DAYS_BEFORE)));
        Some(instant_at(day, request.at, self.zone))
    }

    /// The first run from one on that money which is payable from a day on can still be asked for.
    fn askable(&self, run: DayRange, payable: NaiveDate) -> DayRange {
        let mut found = run;
        for _ in 0..MOST_RUNS {
            let closed = self.by(found).is_some_and(|by| date_in(by, self.zone) < payable);
            match self.after(found).filter(|_| closed) {
                Some(next) => found = next,
                None => break,
            }
        }
        found
    }

    /// The first run from one on that can be asked for at an instant.
    fn open_at(&self, run: DayRange, at: Timestamp) -> Option<DayRange> {
        let mut found = run;
        if self.by(run)? < at {
            // Asking lies before the run: none that begins earlier can still be asked for.
            found = self.starting_from(plus(date_in(at, self.zone), -1).max(run.first))?;
        }
        for _ in 0..MOST_RUNS {
            if self.by(found)? >= at {
                break;
            }
            // At the calendar's end there is no later one: the last there is stands.
            let Some(next) = self.after(found) else { break };
            found = next;
        }
        Some(found)
    }

    /// The run before one.
    fn before(&self, run: DayRange) -> Option<DayRange> {
        let mut found = None;
        let mut next = self.starting_from(plus(run.first, -A_MONTH_BACK))?;
        for _ in 0..MOST_RUNS {
            if next.first >= run.first {
                break;
            }
            found = Some(next);
            let Some(later) = self.after(next) else { break };
            next = later;
        }
        found
    }

    /// The first run that begins on a day or later.
    fn starting_from(&self, day: NaiveDate) -> Option<DayRange> {
        self.find(day, |run| run.first)
    }

    /// The first run that ends on a day or later.
    fn ending_from(&self, day: NaiveDate) -> Option<DayRange> {
        self.find(day, |run| run.last)
    }

    /// The first run of which a day, its first or its last, is on a day or later.
    fn find(&self, day: NaiveDate, which: fn(DayRange) -> NaiveDate) -> Option<DayRange> {
        let day = sane(day);
        let candidates: Vec<DayRange> = match self.days {
            RunDays::Weekly { from, to } => {
                let length = i64::from(to.days_since(*from));
                let first = weekday_on_or_before(day, *from);
                [first, plus(first, 7)].map(|first| DayRange::new(first, plus(first, length))).into()
            }
            RunDays::Weekdays(days) => days
                .iter()
                .map(|weekday| DayRange::day(plus(day, i64::from(weekday.days_since(day.weekday())))))
                .collect(),
            RunDays::Monthly(ranges) => {
                let here = Month::of_day(day);
                let of = |month: Month| ranges.iter().map(move |range| days_of(month, *range));
                [here.previous(), here, here.next()].into_iter().flat_map(of).collect()
            }
        };
        let later = candidates.iter().filter(|run| which(**run) >= day).min_by_key(|run| (run.first, run.last));
        // At the calendar's end nothing lies later: the last there is stands.
        later.or_else(|| candidates.iter().max_by_key(|run| (run.first, run.last))).copied()
    }
}

fn days_of(month: Month, range: MonthDays) -> DayRange {
    DayRange::new(in_month(month, range.from), in_month(month, range.to.max(range.from)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{at, day};
    use chrono::{NaiveTime, Weekday};

    fn days(first: &str, last: &str) -> DayRange {
        DayRange::new(day(first), day(last))
    }

    fn runs(days: &RunDays) -> Runs<'_> {
        Runs { days, zone: chrono_tz::UTC, request: None }
    }

    fn moment(now: &str) -> Moment {
        Moment { now: at(now), today: at(now).date_naive(), zone: chrono_tz::UTC, done_at: None }
    }

    #[test]
    fn a_run_of_several_days_may_still_take_what_is_payable_within_it() {
        // Source: platform facts, checked 2026-11-22, Clickworker: payable Tue 10 Nov, run Wed 11 – Fri 13 Nov.
        let weekly = RunDays::Weekly { from: Weekday::Wed, to: Weekday::Fri };
        let sweep = |first: &str, last: &str| {
            let swept = runs(&weekly).sweep(days(first, last), moment("2026-11-01T12:00:00Z")).unwrap();
            (swept.run, swept.days)
        };
        assert_eq!(sweep("2026-11-10", "2026-11-10"), (day("2026-11-11"), days("2026-11-11", "2026-11-13")));
        assert_eq!(sweep("2026-11-11", "2026-11-11"), (day("2026-11-11"), days("2026-11-11", "2026-11-13")));
        // Payable on Thursday: with what is left of the run, or with the next.
        assert_eq!(sweep("2026-11-12", "2026-11-12"), (day("2026-11-18"), days("2026-11-12", "2026-11-20")));
        // UHRS: payable 9–10 or 20–21 Nov, so a run of 11–13 or of 25–27 Nov.
        assert_eq!(sweep("2026-11-09", "2026-11-21"), (day("2026-11-25"), days("2026-11-11", "2026-11-27")));
    }

    #[test]
    fn runs_of_a_month_come_in_its_order_and_shorter_months_end_earlier() {
        let ranges = RunDays::Monthly(vec![MonthDays { from: 15, to: 17 }, MonthDays { from: 31, to: 31 }]);
        let runs = runs(&ranges);
        assert_eq!(runs.starting_from(day("2027-02-16")), Some(days("2027-02-28", "2027-02-28")));
        assert_eq!(runs.after(days("2027-02-28", "2027-02-28")), Some(days("2027-03-15", "2027-03-17")));
        assert_eq!(runs.ending_from(day("2027-02-16")), Some(days("2027-02-15", "2027-02-17")));
        assert_eq!(runs.before(days("2027-03-15", "2027-03-17")), Some(days("2027-02-28", "2027-02-28")));
    }

    #[test]
    fn a_rule_without_days_never_pays() {
        assert!(runs(&RunDays::Weekdays(Vec::new())).never() && runs(&RunDays::Monthly(Vec::new())).never());
        let none = RunDays::Weekdays(Vec::new());
        assert_eq!(runs(&none).sweep(DayRange::day(day("2026-11-10")), moment("2026-11-01T12:00:00Z")), None);
    }

    #[test]
    fn a_run_that_was_not_asked_for_in_time_is_the_next_that_still_can_be() {
        // Source: platform facts, checked 2026-11-22, TranscribeMe: by Thu 19 Nov 17:00 UTC; at 17:05 UTC Thu 26 Nov.
        let thursdays = RunDays::Weekly { from: Weekday::Thu, to: Weekday::Thu };
        let request = Some(RequestBefore { days_before: 0, at: NaiveTime::from_hms_opt(17, 0, 0).unwrap() });
        let runs = Runs { request, ..runs(&thursdays) };
        let payable = DayRange::day(day("2026-11-17"));
        let asked = |now: &str| runs.sweep(payable, Moment { done_at: Some(at(now)), ..moment(now) }).unwrap().days;
        assert_eq!(asked("2026-11-19T17:00:00Z"), days("2026-11-19", "2026-11-19"));
        assert_eq!(asked("2026-11-19T17:05:00Z"), days("2026-11-26", "2026-11-26"));
        // Nobody said whether it was asked for: the run that has passed, or the next.
        let unsaid = runs.sweep(payable, moment("2026-11-19T17:05:00Z")).unwrap();
        assert_eq!(unsaid.days, days("2026-11-19", "2026-11-26"));
        let run = days("2026-11-19", "2026-11-19");
        assert_eq!(unsaid.reasons[0], Reason::IfAsked { by: at("2026-11-19T17:00:00Z"), zone: runs.zone, run });
        // Weeks later it is the last that has passed, and never late.
        let later = runs.sweep(payable, moment("2027-01-10T12:00:00Z")).unwrap();
        assert_eq!(later.days, days("2027-01-07", "2027-01-14"));
    }
}
