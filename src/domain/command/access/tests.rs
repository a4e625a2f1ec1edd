//! Access that ended, over Books of platform 1 (UTC, 25 dollars an hour); today is Sunday, 22 November 2026.

use super::*;
use crate::domain::command::{Command, plan, words};
use crate::domain::ids::SessionId;
use crate::domain::money::Currency;
use crate::domain::platform::stage_on;
use crate::domain::query::calendar::{UnknownDate, Window, calendar};
use crate::domain::query::exposure::exposure;
use crate::domain::query::work::testkit::{Kit, at, day, session};

const PLATFORM: PlatformId = PlatformId(1);

fn now() -> Now {
    Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC }
}

fn ended(ending: Ending) -> AccessEnded {
    AccessEnded {
        platform: PLATFORM,
        ending,
        on: day("2026-11-20"),
        why: " no reason given ".to_owned(),
        contest: true,
        appeal_by: None,
        chase_on: Some(day("2026-11-27")),
        earning_seed: EarningId(900),
    }
}

/// Two hours of estimates, a credited earning of 100, a timer that runs for an hour, and an hour elsewhere.
fn kit() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-18T09:00:00Z", "2026-11-18T11:00:00Z", |_| {});
    let credited = kit.earning(2, "100", &[]);
    kit.edit_earning(credited, |earning| {
        earning.states = vec![DatedState { on: day("2026-11-21"), state: EarningState::Approved(None) }];
    });
    kit.put(session(3, "2026-11-22T11:00:00Z", None));
    kit.work(4, 2, "2026-11-18T09:00:00Z", "2026-11-18T10:00:00Z", |_| {});
    kit
}

fn carried_out(kit: &Kit, ended: &AccessEnded) -> Book {
    let command = Command::EndAccess(Box::new(ended.clone()));
    assert_eq!(end_of_work(&kit.of(), ended, now()), plan(&kit.book, &command, now()), "by a reading it is the same");
    let change = plan(&kit.book, &command, now()).unwrap();
    let mut after = kit.book.clone();
    after.apply(&change);
    let mut back = after.clone();
    back.apply(&change.reversed());
    assert_eq!(back, kit.book, "undo brings all of it back");
    after
}

fn sums(book: &Book, platform: u64) -> (rust_decimal::Decimal, rust_decimal::Decimal) {
    let found = exposure(book, &calendar(book, now())).remove(&PlatformId(platform)).unwrap_or_default();
    (found.not_yet_paid().of(Currency::USD).amount.normalize(), found.disputed.of(Currency::USD).amount.normalize())
}

#[test]
fn all_that_is_owed_becomes_contested_and_stays_not_yet_paid() {
    let kit = kit();
    assert_eq!(sums(&kit.book, 1), (175.into(), 0.into()), "50 worked, 25 running, 100 credited");
    let after = carried_out(&kit, &ended(Ending::Platform));
    assert_eq!(sums(&after, 1), (175.into(), 175.into()));
    assert_eq!(sums(&after, 2), (25.into(), 0.into()), "others are left alone");
    let windows: Vec<Window> = calendar(&after, now())
        .expected
        .into_iter()
        .filter(|one| one.key.platform == PLATFORM)
        .map(|one| one.window)
        .collect();
    assert!(windows.iter().all(|window| *window == Window::Unknown(UnknownDate::WaitsForEvent)), "{windows:?}");
    assert!(after.session(SessionId(3)).unwrap().ended_at == Some(now().at), "the timer stopped");
    let credited = after.earning(EarningId(2)).unwrap();
    assert_eq!(credited.states.last().unwrap().on, day("2026-11-21"), "states stay in the order of their days");
    let platform = after.platform(PLATFORM).unwrap();
    let stage = stage_on(&platform.stages, day("2026-11-20")).unwrap();
    assert_eq!(
        (stage.stage, stage.ended_by, stage.why.as_str()),
        (Stage::Ended, Some(EndedBy::Platform), "no reason given")
    );
    assert_eq!(platform.checklist, [Check { due_on: Some(day("2026-11-27")), ..Check::new("Ask for the last pay") }]);
    assert_eq!(words(&kit.book, &Command::EndAccess(Box::new(ended(Ending::Platform)))), "End access to Platform 1");
}

#[test]
fn a_project_that_ended_takes_only_its_own_work_along() {
    let mut kit = kit();
    kit.put(crate::domain::platform::Project::new(ProjectId(3), PLATFORM, "Aloe"));
    kit.terms(3, 3, Currency::USD, crate::domain::terms::Pay::PerHour(25.into()));
    kit.work(5, 3, "2026-11-18T09:00:00Z", "2026-11-18T10:00:00Z", |_| {});
    let after = carried_out(&kit, &ended(Ending::Project(ProjectId(3))));
    assert_eq!(sums(&after, 1), (200.into(), 25.into()));
    assert!(after.session(SessionId(3)).unwrap().is_open(), "the other project goes on");
    assert_eq!(stage_on(&after.project(ProjectId(3)).unwrap().stages, day("2026-11-22")).unwrap().stage, Stage::Ended);
    assert!(after.platform(PLATFORM).unwrap().stages.is_empty());
    assert_eq!(after.platform(PLATFORM).unwrap().checklist[0].text, "Ask for the last pay of Aloe");
    let elsewhere = Command::EndAccess(Box::new(ended(Ending::Project(ProjectId(2)))));
    let refused = plan(&kit.book, &elsewhere, now()).unwrap_err();
    assert_eq!(refused.refusal, Refusal::Gone(Key::Project(ProjectId(2))));
}

#[test]
fn who_left_may_leave_the_money_as_it_is() {
    let kit = kit();
    let after = carried_out(&kit, &AccessEnded { contest: false, chase_on: None, ..ended(Ending::User) });
    assert_eq!(sums(&after, 1), (175.into(), 0.into()));
    let platform = after.platform(PLATFORM).unwrap();
    assert_eq!(platform.stages[0].ended_by, Some(EndedBy::User));
    assert!(platform.checklist.is_empty());
    assert_eq!(after.earnings().count(), kit.book.earnings().count(), "nothing is recorded");
}

#[test]
fn a_review_pauses_and_later_stages_are_over() {
    let mut kit = kit();
    let mut platform = (**kit.book.platform(PLATFORM).unwrap()).clone();
    platform.stages =
        ["2026-01-01", "2026-11-20", "2026-11-21"].map(|from| DatedStage::since(day(from), Stage::Active)).to_vec();
    platform.checklist = vec![Check::new("Ask how the review stands")];
    kit.put(platform);
    let review = AccessEnded { appeal_by: Some(day("2026-12-01")), ..ended(Ending::Review) };
    let after = carried_out(&kit, &review);
    let platform = after.platform(PLATFORM).unwrap();
    let stages: Vec<(Stage, NaiveDate)> = platform.stages.iter().map(|stage| (stage.stage, stage.from)).collect();
    assert_eq!(stages, [(Stage::Active, day("2026-01-01")), (Stage::Paused, day("2026-11-20"))]);
    let todo: Vec<_> = platform.checklist.iter().map(|todo| (todo.text.as_str(), todo.due_on)).collect();
    let days = (Some(day("2026-11-27")), Some(day("2026-12-01")));
    assert_eq!(todo, [("Ask how the review stands", days.0), ("Appeal the end", days.1)], "an open one gets the day");
}

#[test]
fn a_refusal_that_is_appealed_stays_that_and_twice_is_once() {
    let mut kit = kit();
    kit.edit_earning(EarningId(2), |earning| {
        earning.states.push(DatedState { on: day("2026-11-21"), state: EarningState::Appealed });
    });
    let after = carried_out(&kit, &ended(Ending::Platform));
    assert_eq!(after.earning(EarningId(2)).unwrap().state(), Some(EarningState::Appealed));
    assert_eq!(sums(&after, 1), (175.into(), 175.into()));
    let again = Command::EndAccess(Box::new(AccessEnded { earning_seed: EarningId(990), ..ended(Ending::Platform) }));
    let change = plan(&after, &again, now()).unwrap();
    assert!(change.is_empty(), "{change:?}");
}

#[test]
fn days_that_cannot_be_are_refused_at_their_field() {
    let kit = kit();
    let refused = |ended: AccessEnded| plan(&kit.book, &Command::EndAccess(Box::new(ended)), now()).unwrap_err();
    let later = refused(AccessEnded { on: day("2026-11-23"), ..ended(Ending::Platform) });
    assert_eq!((later.field, later.refusal), (Field::Day, Refusal::DayInTheFuture(day("2026-11-22"))));
    let before = refused(AccessEnded { chase_on: Some(day("2026-11-19")), ..ended(Ending::Platform) });
    assert_eq!((before.field, before.refusal), (Field::End, Refusal::RangeReversed));
    let gone = refused(AccessEnded { platform: PlatformId(9), ..ended(Ending::Platform) });
    assert_eq!(gone.refusal, Refusal::Gone(Key::Platform(PlatformId(9))));
}

/// Thirds of cents in several weeks: each week rounded by itself would sum to a cent too much.
#[test]
fn many_weeks_of_estimates_sum_to_what_was_owed_to_the_cent() {
    use crate::domain::ids::ScheduleId;
    use crate::domain::schedule::{Cycle, EarningShape, PayDay, Rule, Schedule};
    let mut kit = Kit::new();
    let rule = Rule::of(EarningShape::PeriodBatch {
        cycle: Cycle::Weeks { every: 1, starts: chrono::Weekday::Mon, anchor: None },
        zone: chrono_tz::UTC,
        starts_at: chrono::NaiveTime::MIN,
        pay_day: PayDay::Weekday { weekday: chrono::Weekday::Wed, weeks_later_min: 5, weeks_later_max: 5 },
    });
    kit.put(Schedule::of(ScheduleId(1), PLATFORM, rule));
    for (id, monday) in (1..).zip(["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"]) {
        // 62 minutes at $25 are $25.8333…; 4 of them are $103.33.
        kit.work(id, 1, &format!("{monday}T09:00:00Z"), &format!("{monday}T10:02:00Z"), |_| {});
    }
    let after = carried_out(&kit, &ended(Ending::Platform));
    let recorded: rust_decimal::Decimal = after.earnings().map(|earning| earning.amount.amount).sum();
    assert_eq!((after.earnings().count(), recorded.to_string().as_str()), (4, "103.33"));
}
