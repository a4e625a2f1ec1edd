//! The worked examples of the collected pages, from the shipped files themselves: a platform is added as a user adds it,
//! work is put down, and the calendar must name the day that the page names.
//!
//! Source: the pages named in the files, read on 22 Nov 2026, and their examples with dates.

use chrono::NaiveDate;
use chrono_tz::UTC;

use super::preset;
use crate::domain::book::Book;
use crate::domain::change::{Change, Record};
use crate::domain::earning::{DatedState, Earning, EarningState};
use crate::domain::ids::{EarningId, PayoutId, ProjectId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::payout::Payout;
use crate::domain::platform::{Project, Stage};
use crate::domain::preset::{Wish, instantiate};
use crate::domain::query::calendar::{UnknownDate, Window, calendar};
use crate::domain::query::work::testkit::session;
use crate::domain::settings::Settings;
use crate::domain::span::{DayRange, Now};
use crate::domain::terms::{Pay, Terms};
use crate::domain::testing::{at, day};

/// A Book with one platform of the catalogue and a project at 25 an hour in its currency.
struct Added {
    book: Book,
    last: u64,
}

impl Added {
    fn new(name: &str) -> Self {
        Self::taking(name, &[], None)
    }

    fn taking(name: &str, offers: &[usize], country: Option<&str>) -> Self {
        let wish = Wish {
            stage: Stage::Active,
            from: day("2015-01-01"),
            currency_if_unknown: Currency::USD,
            country,
            taken_schedules: offers,
            taken_routes: &[],
        };
        let mut last = 0;
        let (platform, schedules, routes) = instantiate(&preset(name), &wish, &mut || {
            last += 1;
            last
        });
        let mut added = Self { book: Book::new(Settings::new(Currency::USD, UTC)), last: 100 };
        added.put(Project::new(ProjectId(1), platform.id, "Aloe"));
        added.put(Terms::new(TermsId(90), ProjectId(1), platform.currency, Pay::PerHour(25.into())));
        added.put(platform);
        for schedule in schedules {
            added.put(schedule);
        }
        for route in routes {
            added.put(route);
        }
        added
    }

    fn put(&mut self, record: impl Into<Record>) {
        self.book.apply(&Change::create(record));
    }

    /// An hour of paid work.
    fn worked(mut self, from: &str) -> Self {
        self.last += 1;
        let until = (at(from) + chrono::TimeDelta::hours(1)).to_rfc3339();
        self.put(session(self.last, from, Some(&until)));
        self
    }

    /// An amount for work of a day, with what became of it.
    fn earned(mut self, amount: &str, on: &str, states: &[(&str, EarningState)]) -> Self {
        self.last += 1;
        let platform = self.book.platforms().next().expect("it was added").clone();
        let money = Money::new(amount.parse().expect("an amount"), platform.currency);
        let work = Earning::work(EarningId(self.last), platform.id, money, DayRange::day(day(on)));
        let states = states.iter().map(|(on, state)| DatedState { on: day(on), state: *state }).collect();
        self.put(Earning { project: Some(ProjectId(1)), states, ..work });
        self
    }

    /// A payout that arrived.
    fn paid(mut self, on: &str) -> Self {
        let platform = self.book.platforms().next().expect("it was added").clone();
        let sum = Money::new(1.into(), platform.currency);
        self.put(Payout { received_on: Some(day(on)), ..Payout::new(PayoutId(99), platform.id, sum) });
        self
    }

    fn windows(&self, when: &str) -> Vec<Window> {
        let now = Now { at: at(when), zone: UTC };
        calendar(&self.book, now).expected.into_iter().map(|one| one.window).collect()
    }

    /// The only window lands between two days, or can be drawn between them.
    #[track_caller]
    fn comes(&self, when: &str, first: &str, last: &str) {
        let found: Vec<Option<(NaiveDate, NaiveDate)>> =
            self.windows(when).iter().map(|window| window.days().map(|days| (days.first, days.last))).collect();
        assert_eq!(found, [Some((day(first), day(last)))], "{:?}", self.windows(when));
    }
}

#[test]
fn alignerr_pays_a_week_by_the_friday_of_the_next() {
    let book = Added::new("Alignerr").worked("2026-11-09T09:00:00Z").worked("2026-11-15T22:00:00Z");
    book.comes("2026-11-16T12:00:00Z", "2026-11-20", "2026-11-20");
    let book = Added::new("Alignerr").worked("2026-11-16T09:00:00Z");
    book.comes("2026-11-17T12:00:00Z", "2026-11-27", "2026-11-27");
}

#[test]
fn upwork_clears_a_week_on_the_wednesday_ten_days_after() {
    let book = Added::new("Upwork").worked("2026-11-11T09:00:00Z");
    book.comes("2026-11-20T12:00:00Z", "2026-11-25", "2026-11-25");
}

#[test]
fn superannotate_sends_on_thursday_and_deel_takes_up_to_three_days() {
    let book = Added::new("SuperAnnotate").worked("2026-11-15T09:00:00Z");
    book.comes("2026-11-16T12:00:00Z", "2026-11-20", "2026-11-22");
}

#[test]
fn outlier_is_a_range_of_two_tuesdays_once_its_lead_is_taken() {
    let offer = preset("Outlier").offers().next().expect("it is offered").0;
    let book = Added::taking("Outlier", &[offer], None).worked("2026-11-10T00:00:00Z");
    book.comes("2026-11-17T12:00:00Z", "2026-11-17", "2026-11-24");
    let untaken = Added::new("Outlier").worked("2026-11-10T00:00:00Z");
    assert_eq!(untaken.windows("2026-11-17T12:00:00Z"), [Window::Unknown(UnknownDate::NoSchedule)]);
}

#[test]
fn micro1_pays_on_the_20th_and_the_5th_or_the_next_business_day_and_a_day_later_in_the_us() {
    let first = Added::new("micro1").worked("2026-11-10T18:00:00Z");
    first.comes("2026-11-16T12:00:00Z", "2026-11-20", "2026-11-22");
    // 5 Dec 2026 is a Saturday.
    let second = Added::new("micro1").worked("2026-11-20T18:00:00Z");
    second.comes("2026-12-01T12:00:00Z", "2026-12-07", "2026-12-09");
    let in_the_us = Added::taking("micro1", &[], Some("US")).worked("2026-11-20T18:00:00Z");
    in_the_us.comes("2026-12-01T12:00:00Z", "2026-12-08", "2026-12-10");
}

#[test]
fn mercor_pays_a_week_of_india_by_wednesday_and_banks_take_three_to_seven_business_days() {
    // 20:00 UTC on Friday 13 Nov is Saturday in India. Not the first payout: Stripe holds that one for seven days.
    let book = Added::new("Mercor").paid("2026-10-01").worked("2026-11-13T20:00:00Z");
    book.comes("2026-11-22T12:00:00Z", "2026-12-01", "2026-12-07");
}

#[test]
fn oneforma_pays_between_the_10th_and_the_20th() {
    let book = Added::new("OneForma").worked("2026-10-31T22:00:00Z");
    book.comes("2026-11-02T12:00:00Z", "2026-11-10", "2026-11-20");
    let too_little = Added::new("OneForma").earned("7", "2026-10-09", &[]);
    assert!(matches!(too_little.windows("2026-11-12T12:00:00Z")[..], [Window::BelowMinimum { .. }]));
}

#[test]
fn gini_talent_pays_on_the_15th_a_month_later_or_the_monday_after() {
    Added::new("Gini Talent").worked("2026-07-15T09:00:00Z").comes("2026-08-01T12:00:00Z", "2026-08-17", "2026-08-17");
    Added::new("Gini Talent").worked("2026-09-16T09:00:00Z").comes("2026-10-20T12:00:00Z", "2026-11-16", "2026-11-16");
}

#[test]
fn crowdgen_pays_by_the_14th_also_where_that_is_a_saturday() {
    Added::new("CrowdGen").worked("2026-10-20T09:00:00Z").comes("2026-11-01T12:00:00Z", "2026-11-14", "2026-11-14");
}

#[test]
fn rev_pays_a_week_by_the_monday_after() {
    // Saturday 14 Nov 2026 is the last day of its week.
    Added::new("Rev").worked("2026-11-14T22:00:00Z").comes("2026-11-15T12:00:00Z", "2026-11-16", "2026-11-16");
}

#[test]
fn spare5_cuts_its_week_on_thursday_midnight_in_los_angeles() {
    // The page's own example, of 2017: Wednesday 8 March and Thursday 9 March, at 20:00 in Los Angeles.
    Added::new("Spare5").worked("2017-03-09T04:00:00Z").comes("2017-03-09T12:00:00Z", "2017-03-10", "2017-03-10");
    Added::new("Spare5").worked("2017-03-10T04:00:00Z").comes("2017-03-10T12:00:00Z", "2017-03-17", "2017-03-17");
}

#[test]
fn prolific_approves_by_itself_on_day_21() {
    let book = Added::new("Prolific").earned("6", "2026-11-02", &[]);
    book.comes("2026-11-02T12:00:00Z", "2026-11-03", "2026-11-23");
}

#[test]
fn dataannotation_hours_can_be_drawn_after_seven_days() {
    Added::new("DataAnnotation").worked("2026-11-09T09:00:00Z").comes(
        "2026-11-10T12:00:00Z",
        "2026-11-16",
        "2026-11-16",
    );
}

#[test]
fn usertesting_pays_fourteen_days_after_the_test() {
    Added::new("UserTesting").worked("2026-11-03T16:00:00Z").comes("2026-11-04T12:00:00Z", "2026-11-17", "2026-11-17");
}

#[test]
fn fiverr_clears_fourteen_days_after_an_order_that_completes_itself_in_three() {
    // Delivered on Saturday 31 Oct: complete on Tuesday 3 Nov at the latest.
    let book = Added::new("Fiverr").earned("100", "2026-10-31", &[("2026-10-31", EarningState::Submitted)]);
    book.comes("2026-11-01T12:00:00Z", "2026-11-14", "2026-11-17");
    let net = calendar(&book.book, Now { at: at("2026-11-01T12:00:00Z"), zone: UTC }).expected.remove(0).net;
    assert_eq!(net, Money::new(80.into(), Currency::USD));
}

#[test]
fn respondent_pays_seven_to_ten_business_days_after_confirmation() {
    // Wednesday 11 Nov 2026 is a holiday in the US.
    let book = Added::new("Respondent").earned("20", "2026-10-30", &[("2026-11-03", EarningState::Approved(None))]);
    book.comes("2026-11-04T12:00:00Z", "2026-11-13", "2026-11-18");
}

#[test]
fn approval_starts_the_clock_where_nobody_says_how_long_it_takes() {
    for name in ["OpenTrain AI", "Toloka", "CloudResearch Connect"] {
        let waits = Added::new(name).earned("40", "2026-11-10", &[("2026-11-10", EarningState::Submitted)]);
        let unknown = Window::Unknown(UnknownDate::WaitsForEvent);
        assert_eq!(waits.windows("2026-11-12T12:00:00Z"), [unknown], "{name}");
    }
    let toloka = Added::new("Toloka").earned("40", "2026-11-10", &[("2026-11-12", EarningState::Approved(None))]);
    assert_eq!(toloka.windows("2026-11-13T12:00:00Z"), [Window::DrawableNow { next_draw_on: None }]);
}

#[test]
fn clickworker_and_uhrs_take_the_next_run_from_wednesday_to_friday() {
    let job = Added::new("Clickworker").worked("2026-11-03T09:00:00Z");
    job.comes("2026-11-04T12:00:00Z", "2026-11-11", "2026-11-13");
    // Worked 4–10 Oct: payable 9–10 Nov or 20–21 Nov, so a run of 11–13 or of 25–27 Nov.
    let week = Added::new("UHRS").worked("2026-10-06T09:00:00Z");
    week.comes("2026-11-01T12:00:00Z", "2026-11-11", "2026-11-27");
}

#[test]
fn clickworkers_sepa_rule_is_copied_with_its_route() {
    let book = Added::new("Clickworker").book;
    let sepa = book.routes().find(|route| route.name == "SEPA").expect("the route").id;
    let of_routes: Vec<_> = book.schedules().filter_map(|schedule| schedule.route).collect();
    assert_eq!((of_routes, book.schedules().count()), (vec![sepa], 2));
    // The rule for all the rest is the one in force while no usual route is set.
    let platform = book.platforms().next().expect("it was added").id;
    assert_eq!(book.schedule_on(platform, None, day("2026-11-22")).expect("a rule").route, None);
}

#[test]
fn runs_of_freelancer_transcribeme_and_userlytics_fall_on_their_weekdays() {
    let approved = |on| [(on, EarningState::Approved(None))];
    // Released on Friday 13 Nov: asked for by Sunday, paid on Monday.
    let released = Added::new("Freelancer.com").paid("2026-10-01").earned("100", "2026-11-12", &approved("2026-11-13"));
    released.comes("2026-11-14T12:00:00Z", "2026-11-16", "2026-11-16");
    // Thursday, and by the next morning.
    let checked = Added::new("TranscribeMe").earned("40", "2026-11-16", &approved("2026-11-17"));
    checked.comes("2026-11-18T12:00:00Z", "2026-11-19", "2026-11-20");
    // 15 days after Tuesday 3 Nov is Wednesday the 18th; then the first Friday.
    let study = Added::new("Userlytics").earned("10", "2026-11-01", &approved("2026-11-03"));
    study.comes("2026-11-04T12:00:00Z", "2026-11-20", "2026-11-20");
}

#[test]
fn braintrusts_invoice_is_due_after_thirty_days() {
    let book = Added::new("Braintrust").earned("500", "2026-11-15", &[("2026-11-15", EarningState::Invoiced)]);
    book.comes("2026-11-16T12:00:00Z", "2026-12-15", "2026-12-15");
}

#[test]
fn turing_waits_for_the_day_of_the_contract() {
    let book = Added::new("Turing").worked("2026-11-20T16:00:00Z");
    assert_eq!(book.windows("2026-11-22T12:00:00Z"), [Window::Unknown(UnknownDate::NoRule)]);
}
