//! Tests of the views: rows, filters, totals, texts, drafts.

use chrono::NaiveDate;
use nonmax::NonMaxU32;

use super::{agreement, form, owed, to_report};
use crate::domain::earning::{Covers, DatedState, EarningKind, EarningState};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, ScheduleId, SessionId};
use crate::domain::platform::Platform;
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::schedule::{CutOff, CutOffAction, Cycle, EarningShape, Modifiers, PayDay, Rule, Schedule};
use crate::domain::span::Now;
use crate::ui::format::Style;
use form::{CoversKind, EarningForm, Input, Kind, StateDraft, StateKind};

fn now() -> Now {
    Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn kit() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-18T09:00:00Z", "2026-11-18T10:48:00Z", |session| {
        session.tasks = NonMaxU32::new(12);
        session.credited_secs = Some(100 * 60);
    });
    kit.work(2, 2, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |_| {});
    kit
}

/// A week from Monday, paid the Friday after; time must be reported on the Monday after.
fn weekly(kit: &mut Kit) {
    let shape = EarningShape::PeriodBatch {
        cycle: Cycle::Weeks { every: 1, starts: chrono::Weekday::Mon, anchor: None },
        zone: chrono_tz::UTC,
        starts_at: chrono::NaiveTime::MIN,
        pay_day: PayDay::Weekday { weekday: chrono::Weekday::Fri, weeks_later_min: 0, weeks_later_max: 0 },
    };
    let cut = CutOff { action: CutOffAction::Report, days_after: 1, at: None, remind_hours: 12 };
    let rule = Rule { modifiers: Modifiers { cut_off: Some(cut), ..Modifiers::default() }, ..Rule::of(shape) };
    kit.put(Schedule::of(ScheduleId(1), PlatformId(1), rule));
}

fn list(kit: &Kit, look: &owed::Look, search: &str) -> owed::OwedView {
    let rows = crate::domain::query::owed::owed(&kit.book, &calendar(&kit.book, now()));
    let lines = owed::lines(&kit.book, &rows, look, today(), chrono_tz::UTC);
    owed::view(&kit.book, &lines, search, !rows.is_empty())
}

#[test]
fn estimates_stand_greyed_beside_recorded_money_and_the_totals_are_of_what_is_shown() {
    let mut kit = kit();
    weekly(&mut kit);
    let bonus = kit.earning(9, "40", &[]);
    let view = list(&kit, &owed::Look::default(), "");
    let shown: Vec<_> = view.lines.iter().map(|line| (line.amount.as_str(), line.state.as_str(), line.grey)).collect();
    // 1 h 40 m credited and 2 h at $25.00; the bonus was recorded.
    assert_eq!(
        shown,
        [("$40.00", "recorded", false), ("~ $50.00", "estimate", true), ("~ $41.67", "estimate, growing", true)]
    );
    assert_eq!(view.open, "$131.67");
    assert_eq!(view.estimates, "$91.67 of it has no earning yet");
    let told = &view.lines[2];
    assert_eq!(told.next, "report by Mon 23 Nov 23:59 UTC");
    assert_eq!(told.tone, owed::Tone::Warn);
    assert_eq!(told.name, "Project 1, Platform 1, worked Wed 18 Nov, about $41.67, estimate, growing");
    assert_eq!(list(&kit, &owed::Look::default(), "bonus").lines.len(), 1);
    let second = owed::Look { platform: Some(PlatformId(2)), ..owed::Look::default() };
    assert_eq!(list(&kit, &second, "").open, "$50.00");
    kit.edit_earning(bonus, |earning| {
        earning.states = vec![DatedState { on: day("2026-11-21"), state: EarningState::WrittenOff }];
    });
    assert_eq!(list(&kit, &owed::Look::default(), "").lines.len(), 2, "settled money is left out");
    let all = owed::Look { settled: true, ..owed::Look::default() };
    assert_eq!(list(&kit, &all, "").lines.len(), 3);
    let lost = owed::Look { stand: Some(owed::Stand::WrittenOff), ..owed::Look::default() };
    assert_eq!(list(&kit, &lost, "").lines.len(), 1, "a state that is asked for is shown");
}

#[test]
fn what_must_be_reported_reads_as_minutes_with_its_age_and_deadline() {
    let mut kit = kit();
    weekly(&mut kit);
    let view = to_report::view(&kit.of(), &calendar(&kit.book, now()), now(), today());
    assert_eq!(view.sum, "1 h 48 m to report, 1 platform");
    let [to_report::Line::Head(head), to_report::Line::Row(row)] = view.lines.as_slice() else {
        panic!("{:?}", view.lines)
    };
    assert_eq!(head.deadline, "report by Mon 23 Nov 23:59 UTC");
    assert_eq!(head.copy, "Wed 18 Nov, Project 1: 108 min, 12 tasks");
    assert_eq!((row.minutes.as_str(), row.tasks.as_str(), row.age.as_str()), ("108", "12", "4 days"));
    assert_eq!((row.worth.as_str(), row.by.as_str()), ("~ $45.00", "Mon 23 Nov"));
    let platform = (**kit.book.platform(PlatformId(1)).unwrap()).clone();
    kit.put(Platform { self_reports: Some(false), ..platform });
    let view = to_report::view(&kit.of(), &calendar(&kit.book, now()), now(), today());
    assert!(view.lines.is_empty() && !view.any_told);
}

#[test]
fn a_difference_has_a_text_with_its_facts() {
    let kit = kit();
    let work = kit.of();
    let view = agreement::view(&kit.book, &work, agreement::Look::default(), now(), today(), now().at);
    assert_eq!(view.sum, "1 difference, −$3.33");
    let line = &view.differences[0];
    assert_eq!(line.name, "Project 1, Platform 1, Wed 18 Nov, −8 m, −$3.33");
    // Source of the figures: design.md, "credited 1 h 40 m of 1 h 48 m, −$3.33".
    assert_eq!(
        line.ticket,
        "Project: Project 1\nWorked: Wed 18 Nov 2026\nTimes (UTC):\n  Wed 18 Nov 2026, 09:00 – 10:48, 1 h 48 m, 12 tasks\n\
         My log: 1 h 48 m\nCredited: 1 h 40 m\nDifference: −8 m\nAmount by my log: $45.00\nAmount credited: $41.67\n\
         Difference in pay: −$3.33"
    );
    let rows: Vec<_> = view
        .weeks
        .iter()
        .filter_map(|line| match line {
            agreement::WeekLine::Row(cells) => {
                Some((cells.promised.as_str(), cells.credited.as_str(), cells.paid.as_str()))
            }
            agreement::WeekLine::Head(..) => None,
        })
        .collect();
    assert_eq!(rows, [("$45.00", "$41.67", "$0.00"), ("$50.00", "$50.00", "$0.00")]);
}

fn read(kit: &Kit, form: &EarningForm) -> form::Read {
    form.read(&kit.book, EarningId(90), now(), today())
}

fn batch(count: &str, price: &str, amount: &str) -> EarningForm {
    let mut form = EarningForm::new(Some(PlatformId(1)), Some(ProjectId(1)));
    form.kind = Kind::Batch;
    form.count = count.to_owned();
    form.price = price.to_owned();
    form.amount = amount.to_owned();
    form
}

#[test]
fn a_batch_is_typed_as_a_count_with_a_price_or_an_amount() {
    let kit = kit();
    let of = |form: &EarningForm| read(&kit, form).earning.map(|earning| (earning.amount, earning.note));
    // Source: platform facts: "15 × 0.64 = 9.60", "30 tasks, $19.20".
    assert_eq!(of(&batch("15", "0.64", "")), Some((usd("9.60"), "15 tasks".to_owned())));
    assert_eq!(of(&batch("30", "", "19.20")), Some((usd("19.20"), "30 tasks".to_owned())));
    assert_eq!(read(&kit, &batch("30", "", "19.20")).notes[&Input::Price], "$0.64 each");
    let differs = read(&kit, &batch("30", "0.64", "20"));
    assert_eq!(differs.reasons[&Input::Amount], "30 × $0.64 is $19.20");
    assert!(read(&kit, &batch("0", "0.64", "")).reasons.contains_key(&Input::Count));
    assert!(read(&kit, &batch("30", "", "")).reasons.contains_key(&Input::Price));
}

#[test]
fn a_batch_of_which_a_share_was_accepted_says_what_an_hour_paid() {
    let mut kit = kit();
    let id = kit.work(3, 1, "2026-11-21T09:00:00Z", "2026-11-21T09:05:00Z", |_| {});
    let mut form = batch("30", "0.02", "");
    form.accepted = "99.3".to_owned();
    form.covers = CoversKind::Sessions;
    form.sessions = vec![id];
    let found = read(&kit, &form);
    // Source: platform facts: 30 tasks at 0.02, 99.3 % accepted, in 5 minutes, are 7.15 an hour; to the cent that is $0.60.
    assert_eq!(found.notes[&Input::Accepted], "$0.60 of it");
    assert_eq!(found.sum, "$0.60 · $7.20/h over 5 m");
    form.count = "3000".to_owned();
    let found = read(&kit, &form);
    let earning = found.earning.unwrap();
    assert_eq!((earning.amount, earning.accepted()), (usd("60"), usd("59.58")));
}

#[test]
fn a_claw_back_is_an_adjustment_below_zero_and_others_must_not_be() {
    let kit = kit();
    let typed = |kind: Kind, amount: &str| {
        let mut form = EarningForm::new(Some(PlatformId(1)), None);
        form.kind = kind;
        form.amount = amount.to_owned();
        read(&kit, &form)
    };
    let back = typed(Kind::ClawBack, "12.50").earning.unwrap();
    assert_eq!((back.kind, back.amount), (EarningKind::Adjustment, usd("-12.50")));
    assert!(typed(Kind::Work, "-5").reasons.contains_key(&Input::Amount));
    assert!(typed(Kind::Adjustment, "-5").earning.is_some());
    assert!(typed(Kind::Bonus, "5.005").reasons.contains_key(&Input::Amount), "half a cent is none");
    assert!(typed(Kind::Bonus, "").reasons.contains_key(&Input::Amount));
}

#[test]
fn chosen_sessions_are_prefilled_at_what_they_are_worth() {
    let kit = kit();
    let form = EarningForm::of_sessions(&kit.book, &[SessionId(1), SessionId(2)], now());
    // Those of the first one's project alone.
    assert_eq!(form.sessions, [SessionId(1)]);
    assert_eq!((form.amount.as_str(), form.days.as_str()), ("$41.67", "18 Nov 2026"));
    let earning = read(&kit, &form).earning.unwrap();
    assert_eq!(earning.covers, Covers::Sessions(vec![SessionId(1)]));
}

#[test]
fn an_earning_that_is_opened_reads_back_as_it_was() {
    let mut kit = kit();
    let id = kit.earning(9, "40", &[SessionId(1)]);
    kit.edit_earning(id, |earning| {
        earning.platform_fee = Some(usd("4"));
        earning.due_on = Some(day("2026-12-04"));
        earning.note = "week 47".to_owned();
        earning.states = vec![
            DatedState { on: day("2026-11-20"), state: EarningState::Submitted },
            DatedState { on: day("2026-11-21"), state: EarningState::Approved(Some(usd("38.50"))) },
        ];
    });
    let before = (**kit.book.earning(id).unwrap()).clone();
    let form = EarningForm::edit(&before, Style::PLAIN);
    assert_eq!(read(&kit, &form).earning, Some(before.clone()));
    kit.edit_earning(id, |earning| {
        earning.kind = EarningKind::Milestone;
        earning.note = "Draft\nwith pictures".to_owned();
        earning.covers = Covers::Nothing;
    });
    let before = (**kit.book.earning(id).unwrap()).clone();
    let form = EarningForm::edit(&before, Style::PLAIN);
    assert_eq!((form.name.as_str(), form.note.as_str()), ("Draft", "with pictures"));
    assert_eq!(read(&kit, &form).earning, Some(before));
}

#[test]
fn states_say_beside_which_of_them_something_is_wrong() {
    let kit = kit();
    let mut form = EarningForm::new(Some(PlatformId(1)), Some(ProjectId(1)));
    form.amount = "50".to_owned();
    let draft = |day: &str, kind, part: &str| StateDraft { day: day.to_owned(), kind, part: part.to_owned() };
    form.states = vec![
        draft("20 Nov", StateKind::Submitted, ""),
        draft("19 Nov", StateKind::Approved, ""),
        draft("1 Dec", StateKind::Approved, ""),
        draft("21 Nov", StateKind::ApprovedPart, "18 EUR"),
        draft("soon", StateKind::Invoiced, ""),
    ];
    let found = read(&kit, &form);
    let reason = |at| found.reasons.get(&Input::State(at)).map(String::as_str);
    assert_eq!(reason(0), None);
    assert_eq!(reason(1), Some("Lies before the state above it"));
    assert_eq!(reason(2), Some("Lies in the future"));
    assert_eq!(reason(3), Some("In USD, please, as the amount"));
    assert!(reason(4).is_some());
}

#[test]
fn a_due_day_says_what_it_means_in_its_state() {
    let kit = kit();
    let mut form = EarningForm::new(Some(PlatformId(1)), Some(ProjectId(1)));
    form.amount = "50".to_owned();
    form.due = "24 Nov".to_owned();
    assert_eq!(read(&kit, &form).notes[&Input::Due], "Money promised for Tue 24 Nov, in 2 days");
    form.states = vec![StateDraft { day: "20 Nov".to_owned(), kind: StateKind::ToReport, part: String::new() }];
    assert_eq!(read(&kit, &form).notes[&Input::Due], "To be handed in by Tue 24 Nov, in 2 days");
}
