//! What is a need and what isn't, over small Books of platform 1 (UTC, 25 dollars an hour).

use super::*;
use crate::domain::ids::PlatformId;
use crate::domain::money::Currency;
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::Work;
use crate::domain::query::work::testkit::{Kit, at, day, session, usd};
use crate::domain::seen::SeenFigure;
use crate::domain::session::{Pause, Rare, Session};
use crate::domain::span::{Month, user_day};
use crate::domain::terms::Pay;

const PLATFORM: PlatformId = PlatformId(1);
const OCTOBER: Month = Month { year: 2026, month: 10 };

fn moment(text: &str) -> Now {
    Now { at: at(text), zone: chrono_tz::UTC }
}

fn closed_at(kit: &Kit, now: Now) -> Closed {
    closed(&Work::of(&kit.book), user_day(now.at, now.zone, 0))
}

fn of(kit: &Kit, now: &str) -> Needs {
    let now = moment(now);
    let today = user_day(now.at, now.zone, 0);
    needs(&kit.of(), &calendar(&kit.book, now), &closed_at(kit, now), now, today)
}

/// Names without the ids: "timer … without-pause".
fn said(needs: &Needs) -> Vec<String> {
    needs
        .needs
        .iter()
        .map(|need| {
            let mut words = need.name.split(' ');
            format!("{} {}", words.next().unwrap_or_default(), words.next_back().unwrap_or_default())
        })
        .collect()
}

fn running(pauses: Vec<Pause>) -> Kit {
    let mut kit = Kit::new();
    kit.put(Session { seldom: Rare { pauses, ..Rare::default() }.into(), ..session(1, "2026-11-22T08:00:00Z", None) });
    kit
}

#[test]
fn a_timer_is_a_need_after_four_hours_without_a_pause() {
    let kit = running(Vec::new());
    let quiet = of(&kit, "2026-11-22T12:00:00Z");
    assert_eq!(said(&quiet), Vec::<String>::new());
    assert_eq!(quiet.changes_at, Some(at("2026-11-22T12:00:01Z")));
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:01Z")), ["timer without-pause"]);
    let pause = Pause { from: at("2026-11-22T10:00:00Z"), until: Some(at("2026-11-22T10:30:00Z")) };
    let kit = running(vec![pause]);
    assert_eq!(said(&of(&kit, "2026-11-22T14:30:00Z")), Vec::<String>::new());
    assert_eq!(said(&of(&kit, "2026-11-22T14:31:00Z")), ["timer without-pause"]);
}

#[test]
fn a_timer_over_midnight_or_twelve_hours_says_more() {
    let kit = running(Vec::new());
    assert_eq!(said(&of(&kit, "2026-11-22T20:00:01Z")), ["timer in-all"]);
    let pause = Pause { from: at("2026-11-22T09:00:00Z"), until: None };
    let kit = running(vec![pause]);
    let paused = of(&kit, "2026-11-22T20:00:01Z");
    assert_eq!(said(&paused), Vec::<String>::new());
    assert_eq!(paused.changes_at, Some(at("2026-11-23T00:00:00Z")));
    assert_eq!(said(&of(&kit, "2026-11-23T00:00:00Z")), ["timer over-midnight"]);
    let What::Timer(timer) = of(&kit, "2026-11-23T00:00:00Z").needs[0].what.clone() else { panic!("a timer") };
    assert_eq!((timer.own_secs, timer.unbroken_secs), (3600, 0));
}

#[test]
fn what_is_put_aside_comes_again_when_it_says_something_else() {
    let mut kit = running(Vec::new());
    let first = of(&kit, "2026-11-22T13:00:00Z");
    let mut seen = put_aside(kit.book.seen(), &first.needs[0], &first.needs, day("2026-11-22"));
    put_name_aside(&mut seen, "gap 2026-11-22 12:00", day("2026-11-22"));
    kit.put(seen);
    assert_eq!(said(&of(&kit, "2026-11-22T13:30:00Z")), Vec::<String>::new());
    let second = of(&kit, "2026-11-22T21:00:00Z");
    assert_eq!(said(&second), ["timer in-all"]);
    // The next day the old name is gone, and what others put aside stays.
    let seen = put_aside(kit.book.seen(), &second.needs[0], &second.needs, day("2026-11-23"));
    let names: Vec<&str> = seen.dismissed.iter().map(|known| known.need.as_str()).collect();
    assert_eq!(names, ["gap 2026-11-22 12:00", second.needs[0].name.as_str()]);
}

/// The look's own example: Outlier, 3 hours worked and 2 credited.
fn october(credited: Option<i64>) -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-10-05T09:00:00Z", "2026-10-05T12:00:00Z", |session| session.credited_secs = credited);
    kit
}

fn seen(earned: &str, credited_secs: i64) -> Seen {
    let figure = SeenFigure { platform: PLATFORM, month: OCTOBER, earned: usd(earned), credited_secs };
    Seen { figures: vec![figure], ..Seen::default() }
}

#[test]
fn a_past_figure_that_moved_is_told_until_it_is_seen() {
    let mut kit = october(Some(2 * 3600));
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new(), "never looked at");
    kit.put(seen("75", 3 * 3600));
    let needs = of(&kit, "2026-11-22T12:00:00Z");
    let [Need { what: What::Moved(moved), severity: Severity::News, .. }] = needs.needs.as_slice() else {
        panic!("{needs:?}")
    };
    assert_eq!((moved.before_secs, moved.now.credited_secs), (3 * 3600, 2 * 3600));
    assert_eq!(moved.earned_by(), Some(usd("-25.00")));
    kit.put(put_aside(kit.book.seen(), &needs.needs[0], &needs.needs, day("2026-11-22")));
    assert_eq!(*kit.book.seen().as_ref(), seen("50.00", 2 * 3600));
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new());
}

#[test]
fn work_that_is_gone_and_work_that_came_are_news_of_a_month_that_was_looked_at() {
    let mut kit = Kit::new();
    kit.put(seen("75", 3 * 3600));
    kit.work(2, 2, "2026-10-06T09:00:00Z", "2026-10-06T10:00:00Z", |_| {});
    let needs = of(&kit, "2026-11-22T12:00:00Z");
    let by: Vec<_> = needs
        .needs
        .iter()
        .filter_map(|need| match &need.what {
            What::Moved(moved) => Some((moved.platform.0, moved.earned_by().unwrap())),
            What::Late(_)
            | What::CutOff(_)
            | What::Report(_)
            | What::Deadline(_)
            | What::Rejected(_)
            | What::Disagrees(_)
            | What::Timer(_)
            | What::Quality(_)
            | What::Exposure(_)
            | What::ToDo(_) => None,
        })
        .collect();
    assert_eq!(by, [(2, usd("25")), (1, usd("-75"))]);
}

#[test]
fn an_edit_of_the_users_own_is_no_news_and_hides_none() {
    let now = moment("2026-11-22T12:00:00Z");
    let before = closed_at(&october(Some(2 * 3600)), now);
    let after = closed_at(&october(Some(3600)), now);
    // An hour less was news before; another hour goes by the user's own hand.
    let followed = follow(&seen("75", 3 * 3600), &before, &after);
    assert_eq!(followed, seen("50.00", 2 * 3600));
    // What was never looked at is taken in as it stands after the edit.
    assert_eq!(follow(&Seen::default(), &before, &after), seen("25.00", 3600));
    assert_eq!(follow(&Seen::default(), &after, &after), seen("25.00", 3600));
    assert_eq!(follow(&seen("75", 3 * 3600), &before, &before), seen("75", 3 * 3600));
}

#[test]
fn what_lacked_an_exchange_rate_is_taken_in_once_it_is_there() {
    let now = moment("2026-11-22T12:00:00Z");
    let mut kit = october(None);
    kit.terms(2, 2, Currency::EUR, Pay::PerHour(20.into()));
    kit.work(2, 2, "2026-10-06T09:00:00Z", "2026-10-06T10:00:00Z", |_| {});
    let before = closed_at(&kit, now);
    let looked_at = follow(&Seen::default(), &before, &before);
    assert_eq!(looked_at, seen("75.00", 3 * 3600), "nothing to hold against later");
    kit.put(looked_at.clone());
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new());
    kit.rate(1, Currency::EUR, "2026-10-06", "1.10");
    let after = closed_at(&kit, now);
    kit.put(follow(&looked_at, &before, &after));
    assert_eq!(kit.book.seen().figures.len(), 2);
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new());
}

#[test]
fn only_closed_months_of_the_last_year_are_watched() {
    let mut kit = october(None);
    kit.work(2, 1, "2026-11-02T09:00:00Z", "2026-11-02T10:00:00Z", |_| {});
    kit.work(3, 1, "2025-10-02T09:00:00Z", "2025-10-02T10:00:00Z", |_| {});
    let now = moment("2026-11-22T12:00:00Z");
    let followed = follow(&Seen::default(), &Closed::default(), &closed_at(&kit, now));
    assert_eq!(followed, seen("75.00", 3 * 3600));
    let of_old = SeenFigure { month: Month { year: 2025, month: 10 }, ..followed.figures[0].clone() };
    let old = Seen { figures: vec![of_old], ..Seen::default() };
    assert_eq!(follow(&old, &closed_at(&kit, now), &closed_at(&kit, now)), seen("75.00", 3 * 3600));
}

#[test]
fn another_home_currency_is_no_news() {
    let mut kit = october(None);
    kit.put(seen("75", 3 * 3600));
    kit.rate(1, Currency::GBP, "2026-10-01", "1.25");
    kit.settings(|settings| settings.home_currency = Currency::GBP);
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new());
}

#[test]
fn late_money_is_named_by_class_and_not_by_day() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-10-05T09:00:00Z", "2026-10-05T12:00:00Z", |_| {});
    let late = |days: i64| {
        let now = moment("2026-11-22T12:00:00Z");
        let mut calendar = calendar(&kit.book, now);
        for expected in &mut calendar.expected {
            expected.late_days = days;
        }
        needs(&kit.of(), &calendar, &Closed::default(), now, day("2026-11-22")).needs
    };
    assert!(late(0).is_empty());
    let names: Vec<String> = [1, 6, 7, 29, 30].into_iter().map(|days| late(days)[0].name.clone()).collect();
    assert_eq!(names[0], names[1]);
    assert_ne!(names[1], names[2]);
    assert_eq!(names[2], names[3]);
    assert_ne!(names[3], names[4]);
    assert!(matches!(&late(5)[0].what, What::Late(late) if late.days == 5 && late.net == usd("75")));
    assert_eq!(late(5)[0].severity, Severity::Bad);
}

#[test]
fn a_score_that_fell_is_a_need_while_its_platform_owes_money() {
    use crate::domain::platform::{Platform, QualityMeasure, QualityNote};
    let mut kit = Kit::new();
    // Source of the figures: look/platforms-light.png, "Quality score 3.9, was 4.4".
    let note = |on: &str, value: &str| QualityNote {
        on: day(on),
        project: None,
        measure: QualityMeasure::Score,
        value: Some(value.parse().unwrap()),
        out_of: None,
        note: String::new(),
    };
    let quality = vec![note("2026-10-01", "4.4"), note("2026-11-02", "3.9")];
    kit.put(Platform { quality, ..(**kit.book.platform(PLATFORM).unwrap()).clone() });
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new(), "nothing is owed");
    kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T12:00:00Z", |_| {});
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), ["quality 2026-11-02"]);
}

#[test]
fn a_cut_off_is_near_on_its_day_or_within_its_hours() {
    use crate::domain::fact::Provenance;
    use crate::domain::query::calendar::Reason;
    use crate::domain::schedule::CutOffAction;
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T12:00:00Z", |_| {});
    let of = |kit: &Kit, now: &str, action: Option<CutOffAction>| {
        let now = moment(now);
        let mut calendar = calendar(&kit.book, now);
        let reason = Reason::CutOff { action, at: at("2026-11-23T23:59:59Z"), zone: chrono_tz::UTC };
        for expected in &mut calendar.expected {
            expected.reasons.push(reason.clone());
            expected.schedule = None::<(_, Provenance)>;
        }
        needs(&kit.of(), &calendar, &Closed::default(), now, user_day(now.at, now.zone, 0))
    };
    let report = Some(CutOffAction::Report);
    let before = of(&kit, "2026-11-22T23:59:59Z", report);
    assert_eq!(said(&before), Vec::<String>::new());
    assert_eq!(before.changes_at, Some(at("2026-11-23T00:00:00Z")));
    assert_eq!(said(&of(&kit, "2026-11-23T00:00:00Z", report)), ["cut-off 2026-11-23"]);
    assert_eq!(said(&of(&kit, "2026-11-23T23:59:59Z", report)), Vec::<String>::new(), "too late is no need");
    assert_eq!(said(&of(&kit, "2026-11-23T12:00:00Z", None)), Vec::<String>::new(), "a window that ends asks nothing");
    let reported = |session: &mut Session| session.reported_at = Some(at("2026-11-20T13:00:00Z"));
    kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T12:00:00Z", reported);
    assert_eq!(said(&of(&kit, "2026-11-23T12:00:00Z", report)), Vec::<String>::new(), "reported already");
}

/// The rule of the calendar's own example: the week from Monday, UTC, reported by Monday 11:59, reminded 12 hours before.
#[test]
fn a_schedule_says_how_long_before_it_reminds() {
    use crate::domain::ids::ScheduleId;
    use crate::domain::schedule::{CutOff, CutOffAction, Cycle, EarningShape, PayDay, Rule, Schedule};
    use chrono::{NaiveTime, Weekday};
    let mut kit = Kit::new();
    let mut rule = Rule::of(EarningShape::PeriodBatch {
        cycle: Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None },
        zone: chrono_tz::UTC,
        starts_at: NaiveTime::MIN,
        pay_day: PayDay::Weekday { weekday: Weekday::Wed, weeks_later_min: 0, weeks_later_max: 0 },
    });
    rule.modifiers.cut_off = Some(CutOff {
        action: CutOffAction::Report,
        days_after: 1,
        at: NaiveTime::from_hms_opt(11, 59, 0),
        remind_hours: 12,
    });
    kit.put(Schedule::of(ScheduleId(1), PLATFORM, rule));
    kit.work(1, 1, "2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z", |_| {});
    let before = of(&kit, "2026-11-15T23:58:59Z");
    assert_eq!((said(&before), before.changes_at), (Vec::new(), Some(at("2026-11-15T23:59:00Z"))));
    assert_eq!(said(&of(&kit, "2026-11-15T23:59:00Z")), ["cut-off 2026-11-16"]);
}

#[test]
fn a_to_do_is_a_need_from_its_day_on_until_it_is_done() {
    use crate::domain::platform::{Check, Platform};
    let mut kit = Kit::new();
    let with = |kit: &mut Kit, todo: Check| {
        kit.put(Platform { checklist: vec![todo], ..(**kit.book.platform(PLATFORM).unwrap()).clone() });
    };
    let todo = Check { due_on: Some(day("2026-11-22")), ..Check::new("Ask for the last pay") };
    with(&mut kit, todo.clone());
    assert_eq!(said(&of(&kit, "2026-11-21T23:59:59Z")), Vec::<String>::new());
    assert_eq!(said(&of(&kit, "2026-11-22T00:00:00Z")), ["to-do pay"]);
    let needs = of(&kit, "2026-11-25T12:00:00Z");
    let [Need { what: What::ToDo(found), severity: Severity::Warn, .. }] = &needs.needs[..] else {
        panic!("{needs:?}")
    };
    assert_eq!((found.text.as_str(), found.due_on), ("Ask for the last pay", day("2026-11-22")));
    with(&mut kit, Check { done_on: Some(day("2026-11-23")), ..todo });
    assert_eq!(said(&of(&kit, "2026-11-25T12:00:00Z")), Vec::<String>::new());
}

#[test]
fn what_hangs_on_too_little_is_a_need_and_stays_put_aside_until_it_is_more() {
    let mut kit = Kit::new();
    // Nine hours on one platform, one on the other.
    kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T18:00:00Z", |_| {});
    kit.work(2, 2, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |_| {});
    let needs = of(&kit, "2026-11-22T12:00:00Z");
    assert_eq!(said(&needs), ["exposure 1"], "82 per cent of 275 dollars");
    kit.put(put_aside(kit.book.seen(), &needs.needs[0], &needs.needs, day("2026-11-22")));
    assert_eq!(said(&of(&kit, "2026-11-23T12:00:00Z")), Vec::<String>::new());
    kit.work(3, 1, "2026-11-21T00:00:00Z", "2026-11-21T23:00:00Z", |_| {});
    assert_eq!(said(&of(&kit, "2026-11-23T12:00:00Z")), ["exposure 2"], "94 per cent");
    // Little money is no need, whoever holds it.
    kit.settings(|settings| settings.save_page_above = Some(usd("5000")));
    assert_eq!(said(&of(&kit, "2026-11-23T12:00:00Z")), Vec::<String>::new());
}

#[test]
fn time_to_report_is_a_need_from_the_next_day_on_or_once_its_last_moment_has_passed() {
    use crate::domain::platform::Platform;
    let mut kit = Kit::new();
    let platform = (**kit.book.platform(PLATFORM).unwrap()).clone();
    kit.put(Platform { self_reports: Some(true), ..platform });
    kit.work(1, 1, "2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z", |_| {});
    assert_eq!(said(&of(&kit, "2026-11-11T20:00:00Z")), Vec::<String>::new(), "the day is not over");
    let next = of(&kit, "2026-11-12T08:00:00Z");
    let [Need { what: What::Report(due), severity: Severity::Warn, .. }] = next.needs.as_slice() else {
        panic!("{next:?}")
    };
    assert_eq!((due.secs, due.oldest, due.past), (3600, day("2026-11-11"), false));
    assert_eq!(said(&next), ["report 0"]);
    assert_eq!(said(&of(&kit, "2026-11-18T08:00:00Z")), ["report 1"], "a week later it is said again");
}

#[test]
fn a_deadline_is_told_the_day_before_and_again_when_it_is_missed() {
    use crate::domain::earning::{DatedState, EarningKind, EarningState};
    let mut kit = Kit::new();
    let earning = kit.earning(9, "40", &[]);
    kit.edit_earning(earning, |earning| {
        earning.kind = EarningKind::Work;
        earning.due_on = Some(day("2026-11-24"));
        earning.states = vec![DatedState { on: day("2026-11-20"), state: EarningState::ToReport }];
    });
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new());
    assert_eq!(said(&of(&kit, "2026-11-23T12:00:00Z")), ["deadline near"]);
    assert_eq!(said(&of(&kit, "2026-11-25T12:00:00Z")), ["deadline past"]);
}

#[test]
fn a_refusal_is_news_for_two_weeks_and_appealing_it_ends_that() {
    use crate::domain::earning::{DatedState, EarningState};
    let mut kit = Kit::new();
    let earning = kit.earning(9, "40", &[]);
    let state = |on: &str, state| DatedState { on: day(on), state };
    kit.edit_earning(earning, |earning| {
        earning.states = vec![state("2026-11-08", EarningState::Rejected)];
    });
    let told = of(&kit, "2026-11-22T12:00:00Z");
    assert_eq!(said(&told), ["rejected 2026-11-08"]);
    assert_eq!(told.needs[0].severity, Severity::News);
    assert_eq!(said(&of(&kit, "2026-11-23T12:00:00Z")), Vec::<String>::new());
    kit.edit_earning(earning, |earning| earning.states.push(state("2026-11-10", EarningState::Appealed)));
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new());
}

#[test]
fn an_hour_that_was_not_credited_in_four_weeks_is_a_need_until_it_is_contested() {
    use crate::domain::earning::{DatedState, EarningState};
    let mut kit = Kit::new();
    let cut = |kit: &mut Kit, credited: i64| {
        kit.work(1, 1, "2026-11-16T09:00:00Z", "2026-11-16T12:00:00Z", |session| {
            session.credited_secs = Some(credited);
        })
    };
    cut(&mut kit, 2 * 3600 + 60);
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new(), "59 minutes");
    let session = cut(&mut kit, 2 * 3600);
    let told = of(&kit, "2026-11-22T12:00:00Z");
    let [Need { what: What::Disagrees(one), .. }] = told.needs.as_slice() else { panic!("{told:?}") };
    assert_eq!((one.lost_secs, one.lost), (3600, Some(usd("25"))));
    assert_eq!(said(&of(&kit, "2026-12-20T12:00:00Z")), Vec::<String>::new(), "five weeks ago");
    let earning = kit.earning(9, "50", &[session]);
    kit.edit_earning(earning, |earning| {
        earning.states = vec![DatedState { on: day("2026-11-21"), state: EarningState::Contested }];
    });
    assert_eq!(said(&of(&kit, "2026-11-22T12:00:00Z")), Vec::<String>::new());
}
