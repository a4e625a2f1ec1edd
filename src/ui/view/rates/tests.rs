//! The Rates view over small Books that can be checked by hand.

use nonmax::NonMaxU32;

use super::*;
use crate::domain::ids::{PlatformId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::hours::Period;
use crate::domain::query::rates::Step;
use crate::domain::query::work::testkit::{Kit, at, day, dec};
use crate::domain::span::DayRange;
use crate::domain::terms::Pay;

mod exchange;
mod over;
mod reference;

const NOW: &str = "2026-11-22T13:00:00Z";

#[expect(clippy::needless_pass_by_value, reason = "a look is written where it is used")]
fn view(kit: &Kit, look: Look) -> RatesView {
    RatesView::of(&kit.of(), &[], &look, at(NOW), day("2026-11-22"))
}

/// Six and a half paid hours at $25 and four and a half unpaid ones.
fn eleven_hours() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T14:30:00Z", |_| {});
    kit.unpaid(2, 1, "2026-11-20T15:00:00Z", "2026-11-20T19:30:00Z");
    kit
}

/// The same work twice, with what is put aside and a floor: 13 paid hours of 22.
fn twice() -> Kit {
    let mut kit = eleven_hours();
    kit.work(3, 1, "2026-11-21T08:00:00Z", "2026-11-21T14:30:00Z", |_| {});
    kit.unpaid(4, 1, "2026-11-21T15:00:00Z", "2026-11-21T19:30:00Z");
    kit.settings(|settings| {
        settings.set_aside_percent = Some(25.into());
        settings.floor = Some(Money::new(18.into(), Currency::USD));
    });
    kit
}

#[test]
fn six_and_a_half_hours_at_25_over_eleven_are_14_77_and_59_per_cent_kept() {
    // Source: design.md, rate steps, check.
    let view = view(&eleven_hours(), Look::default());
    assert_eq!(view.answer.figure, "$14.77");
    assert_eq!(
        view.answer.line,
        "advertised $25.00 · you keep 59 % · 6 h 30 m paid, 4 h 30 m unpaid · 100 % not settled yet"
    );
    assert!(!view.answer.muted && view.warnings.is_empty());
}

#[test]
fn under_ten_paid_hours_there_are_two_bars_and_under_one_hour_all_is_muted() {
    let thin = view(&eleven_hours(), Look::default());
    let steps: Vec<_> = thin.steps.iter().map(|row| (row.name, row.figure.as_str(), row.words.as_str())).collect();
    assert_eq!(steps, [("recorded", "25.00", ""), ("all hours", "14.77", "−10.23 unpaid hours")]);
    assert_eq!(thin.sample, Sample::Thin);
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T08:42:00Z", |_| {});
    let little = view(&kit, Look::default());
    assert!(little.answer.muted && little.sides.rows[0].muted);
    assert!(little.answer.line.ends_with("under an hour: too little to go by"), "{}", little.answer.line);
}

#[test]
fn every_step_says_what_it_took_or_why_it_has_no_figure() {
    let mut kit = twice();
    let words = |kit: &Kit| -> Vec<(String, String)> {
        view(kit, Look::default()).steps.into_iter().map(|row| (row.figure, row.words)).collect()
    };
    let row = |figure: &str, words: &str| (figure.to_owned(), words.to_owned());
    assert_eq!(
        words(&kit),
        [
            row("25.00", ""),
            row("25.00", ""),
            row("25.00", ""),
            row("25.00", ""),
            row("14.77", "−10.23 unpaid hours"),
            row("11.08", "−3.69 set-aside 25 %"),
        ]
    );
    kit.settings(|settings| settings.set_aside_percent = None);
    kit.terms(1, 1, Currency::USD, Pay::PerTask(5.into()));
    for id in [1, 3] {
        let mut session = (**kit.book.session(SessionId(id)).unwrap()).clone();
        session.tasks = NonMaxU32::new(13);
        kit.put(session);
    }
    let rows = words(&kit);
    assert_eq!(rows[0], row("–", "no advertised rate stated"));
    assert_eq!(rows[1], row("10.00", ""), "13 tasks at $5 in 6.5 hours");
    assert_eq!(rows[5], row("–", "no set-aside chosen"));
}

#[test]
fn a_gain_is_shown_with_a_plus() {
    let mut kit = twice();
    for id in [1, 3] {
        let mut session = (**kit.book.session(SessionId(id)).unwrap()).clone();
        session.credited_secs = Some(7 * 3600);
        kit.put(session);
    }
    let accepted = view(&kit, Look::default()).steps.into_iter().find(|row| row.step == Step::Accepted).unwrap();
    assert_eq!(accepted.figure, "26.92", "14 credited hours at $25 over 13");
    assert_eq!(accepted.words, "+1.92 credited more");
    assert!(accepted.gained());
    assert_eq!(accepted.before, Some(dec("25")), "the bar is drawn on from here");
}

#[test]
fn a_missing_exchange_rate_is_named_with_its_pair_and_days() {
    let mut kit = twice();
    for (id, from, until) in
        [(5, "2026-11-03T08:00:00Z", "2026-11-03T09:00:00Z"), (6, "2026-11-04T08:00:00Z", "2026-11-04T09:00:00Z")]
    {
        kit.work(id, 2, from, until, |session| session.own_price = Some(Money::new(dec("9.60"), Currency::GBP)));
    }
    let view = view(&kit, Look::default());
    let [warning] = view.warnings.as_slice() else { panic!("{:?}", view.warnings) };
    assert_eq!(warning.text, "No rate from GBP to USD for Tue 3 Nov and Wed 4 Nov: figures that need it are left out");
    let WarningVerb::ExchangeRates(first) = warning.verb else { panic!("{warning:?}") };
    assert_eq!(first.on, day("2026-11-03"));
    assert_eq!(view.answer.figure, "–");
    let recorded = view.steps.iter().find(|row| row.step == Step::Recorded).unwrap();
    assert_eq!(recorded.words, "an exchange rate is missing");
    let sides: Vec<_> = view.sides.rows.iter().map(|side| (side.figure.as_str(), side.words.as_str())).collect();
    assert_eq!(sides, [("14.77", "of 25.00 · below floor"), ("–", "no exchange rate")]);
}

#[test]
fn paid_work_without_a_price_is_said() {
    let mut kit = eleven_hours();
    kit.terms(2, 2, Currency::USD, Pay::PerTask(5.into()));
    kit.work(5, 2, "2026-11-19T08:00:00Z", "2026-11-19T09:30:00Z", |_| {});
    let view = view(&kit, Look::default());
    assert_eq!(
        view.warnings,
        [Warning {
            text: "1 h 30 m of paid work has no price yet: it counts as time and brings nothing".into(),
            verb: WarningVerb::Unpriced,
            fill: None,
        }]
    );
    assert!(view.answer.line.starts_with("advertised $25.00 for 6 h 30 m · "), "{}", view.answer.line);
}

#[test]
fn the_table_is_the_same_figures_and_copies_as_text_with_tabs() {
    let mut kit = twice();
    kit.work(5, 2, "2026-11-19T08:00:00Z", "2026-11-19T10:00:00Z", |_| {});
    let sides = view(&kit, Look::default()).sides;
    assert_eq!(
        sides.tab_separated(),
        "Platform\tHours\tPaid hours\tAdvertised, USD an hour\tRecorded, USD an hour\tAccepted, USD an hour\t\
         Received, USD an hour\tAll hours, USD an hour\tAfter tax, USD an hour\tEarned in USD\n\
         Platform 2\t2\t2\t25.00\t25.00\t25.00\t25.00\t25.00\t18.75\t50.00\n\
         Platform 1\t22\t13\t25.00\t25.00\t25.00\t25.00\t14.77\t11.08\t325.00\n\
         Together\t24\t15\t25.00\t25.00\t25.00\t25.00\t15.62\t11.72\t375.00\n"
    );
    assert_eq!(sides.floor.as_ref().map(|floor| floor.figure.as_str()), Some("$18.00"));
    assert_eq!(sides.top, dec("25"));
    assert!(sides.rows[1].below_floor && !sides.rows[0].below_floor);
    assert_eq!(sides.legend, "filled: all hours · tick: recorded · box: advertised · line: floor $18.00");
}

#[test]
fn projects_and_task_types_stand_side_by_side_too() {
    let mut kit = twice();
    kit.work(5, 2, "2026-11-19T08:00:00Z", "2026-11-19T10:00:00Z", |session| {
        session.task_type = Some("rating\tfast".into());
    });
    let names = |by| -> Vec<String> {
        view(&kit, Look { by, ..Look::default() }).sides.rows.into_iter().map(|side| side.full_name).collect()
    };
    assert_eq!(names(GroupBy::Project), ["Platform 2 · Project 2", "Platform 1 · Project 1"]);
    assert_eq!(names(GroupBy::TaskType), ["rating\tfast", "No task type"]);
    let text = view(&kit, Look { by: GroupBy::TaskType, ..Look::default() }).sides.tab_separated();
    assert!(text.contains("\nrating fast\t2\t2\t"), "{text}");
}

#[test]
fn the_choice_of_days_and_platform_holds_and_a_deleted_platform_is_no_choice() {
    let mut kit = twice();
    kit.work(5, 2, "2026-09-01T08:00:00Z", "2026-09-01T10:00:00Z", |_| {});
    let hours = |look| view(&kit, look).sides.together.cells[0].clone();
    assert_eq!(hours(Look::default()), "22 h 00 m");
    let all = Look::default().all();
    let of =
        |platforms: &[u64]| Look { platforms: platforms.iter().map(|id| PlatformId(*id)).collect(), ..all.clone() };
    assert_eq!(hours(all.clone()), "24 h 00 m");
    assert_eq!(hours(of(&[2])), "2 h 00 m");
    assert_eq!(hours(of(&[1, 2])), "24 h 00 m");
    assert_eq!(hours(of(&[2, 9])), "2 h 00 m");
    assert_eq!(hours(of(&[9])), "24 h 00 m");
    let words = |look: Look| look.platforms_in_words(&kit.book);
    assert_eq!([words(of(&[])), words(of(&[2])), words(of(&[1, 2]))], ["All platforms", "Platform 2", "2 platforms"]);
    let own = Days::Own(DayRange::new(day("2026-09-01"), day("2026-09-02")));
    assert_eq!(hours(Look { days: own, ..Look::default() }), "2 h 00 m");
    let today = Look { days: Days::Period(Period::Today), ..Look::default() };
    assert_eq!(view(&kit, today).sample, Sample::None);
    assert_eq!(all.days_in_words(&kit.book, day("2026-11-22")), "all time");
    assert_eq!(Look::default().days_in_words(&kit.book, day("2026-11-22")), "Mon 26 Oct – Sun 22 Nov");
}

#[test]
fn settled_only_leaves_open_work_out_and_keeps_unpaid_time() {
    let kit = twice();
    let view = view(&kit, Look { settled_only: true, ..Look::default() });
    assert_eq!(view.sides.together.cells[0], "9 h 00 m");
    assert_eq!(view.answer.figure, "$0.00");
}

#[test]
fn the_second_currency_stands_beside_the_answer_where_its_rate_is_known() {
    let mut kit = eleven_hours();
    kit.settings(|settings| settings.second_currency = Some(Currency::GBP));
    assert!(view(&kit, Look::default()).answer.line.ends_with("not settled yet"), "no rate, nothing guessed");
    kit.rate(1, Currency::GBP, "2026-11-20", "1.25");
    let line = view(&kit, Look::default()).answer.line;
    assert!(line.ends_with(" · ≈ £11.82"), "14.7727 / 1.25: {line}");
}
