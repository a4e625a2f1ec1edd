//! What is written, read back by another program's reader.

use chrono::{NaiveTime, Weekday};
use ical::IcalParser;
use ical::parser::ical::component::IcalEvent;
use proptest::prelude::*;

use super::*;
use crate::domain::bill::{Bill, Repeats};
use crate::domain::ids::{BillId, PlatformId, ScheduleId};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::Platform;
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::schedule::{CutOff, CutOffAction, Cycle, EarningShape, PayDay, Rule, Schedule};

fn now(text: &str) -> Now {
    Now { at: at(text), zone: chrono_tz::UTC }
}

const NOW: &str = "2026-11-22T13:00:00Z";

fn file(kit: &Kit, moment: &str) -> Written {
    let now = now(moment);
    written(&kit.book, &calendar(&kit.book, now), now, now.at.date_naive())
}

/// The events of a file, read by the other reader.
fn read(text: &str) -> Vec<IcalEvent> {
    let mut events = Vec::new();
    for calendar in IcalParser::new(text.as_bytes()) {
        events.extend(calendar.expect("the other reader reads it").events);
    }
    events
}

/// The value of a property as it stands, escapes taken back.
fn value(event: &IcalEvent, name: &str) -> String {
    let found = event.properties.iter().find(|property| property.name == name);
    let value = found.and_then(|property| property.value.clone()).unwrap_or_default();
    let mut plain = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => {}
            },
            other => plain.push(other),
        }
    }
    plain
}

fn titled<'a>(events: &'a [IcalEvent], title: &str) -> &'a IcalEvent {
    let titles: Vec<String> = events.iter().map(|event| value(event, "SUMMARY")).collect();
    events.iter().find(|event| value(event, "SUMMARY") == title).unwrap_or_else(|| panic!("no “{title}” in {titles:?}"))
}

/// Estimated work of a platform with weekly windows, a promise, a landed payout, a bill.
fn kit() -> Kit {
    let mut kit = Kit::new();
    let name =
        "Zażółć, Sönke; & Söhne \\ Übersetzungsdienstleistungsgesellschaft 日本語の長い名前の会社 für sehr lange Namen";
    kit.put(Platform::new(PlatformId(1), name, Currency::USD));
    kit.work(1, 1, "2026-11-17T09:00:00Z", "2026-11-17T17:00:00Z", |_| {});
    // Monday to Sunday, handed in by the end of Monday, paid on Friday.
    let cycle = Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None };
    let pay_day = PayDay::Weekday { weekday: Weekday::Fri, weeks_later_min: 0, weeks_later_max: 0 };
    let zone = chrono_tz::UTC;
    let mut rule = Rule::of(EarningShape::PeriodBatch { cycle, zone, starts_at: NaiveTime::MIN, pay_day });
    rule.modifiers.cut_off = Some(CutOff { action: CutOffAction::Submit, days_after: 1, at: None, remind_hours: 12 });
    kit.put(Schedule::of(ScheduleId(1), PlatformId(1), rule));
    let promised = kit.earning(7, "48.00", &[]);
    kit.edit_earning(promised, |earning| {
        earning.platform = PlatformId(2);
        earning.project = None;
        earning.due_on = Some(day("2026-12-04"));
    });
    kit.payout(3, "20.00", Some(usd("19.50")), "2026-11-10", &[]);
    kit.payout(4, "20.00", Some(usd("18.50")), "2026-09-10", &[]);
    kit.put(Bill {
        id: BillId(1),
        name: "Rent".into(),
        amount: Money::new(900.into(), Currency::USD),
        due_on: day("2026-12-01"),
        repeats: Repeats::Monthly,
        until: None,
    });
    kit
}

#[test]
fn an_expected_payout_is_an_all_day_event_over_its_window_that_says_that_it_is_an_estimate() {
    let file = file(&kit(), NOW);
    let events = read(&file.text);
    assert_eq!(events.len(), file.events);
    let name = kit().book.platform(PlatformId(1)).unwrap().name.clone();
    let event = titled(&events, &format!("{name} ~ $200.00"));
    assert_eq!((value(event, "DTSTART"), value(event, "DTEND")), ("20261127".into(), "20261128".into()));
    assert_eq!(value(event, "STATUS"), "TENTATIVE");
    assert_eq!((value(event, "TRANSP"), value(event, "CLASS")), ("TRANSPARENT".into(), "PRIVATE".into()));
    let description = value(event, "DESCRIPTION");
    assert!(description.starts_with("Lands Fri 27 Nov\nEstimate: "), "{description}");
    assert!(description.contains("Worked Mon 16 – Sun 22 Nov"), "the reasons, in order: {description}");
    assert_eq!(value(event, "DTSTAMP"), "20261122T130000Z");
}

#[test]
fn a_promise_is_confirmed_a_landed_payout_stays_sixty_days_and_bills_are_ahead() {
    let events = read(&file(&kit(), NOW).text);
    let promised = titled(&events, "Platform 2 $48.00");
    assert_eq!((value(promised, "DTSTART"), value(promised, "STATUS")), ("20261204".into(), "CONFIRMED".into()));
    let landed: Vec<String> =
        events.iter().map(|event| value(event, "SUMMARY")).filter(|t| t.ends_with("landed")).collect();
    assert!(landed.len() == 1 && landed[0].contains("$19.50"), "{landed:?}");
    let rent: Vec<String> = events
        .iter()
        .filter(|event| value(event, "SUMMARY") == "Rent $900.00 due")
        .map(|event| value(event, "DTSTART"))
        .collect();
    assert_eq!(rent.len(), 12);
    assert_eq!(rent[..2], ["20261201", "20270101"]);
}

#[test]
fn a_cut_off_is_a_moment_with_an_alarm_by_its_schedule_s_reminder() {
    let events = read(&file(&kit(), NOW).text);
    let event = events.iter().find(|event| !event.alarms.is_empty()).expect("an event with an alarm");
    assert!(value(event, "SUMMARY").contains(": Hand the work in by Mon 23 Nov"), "{}", value(event, "SUMMARY"));
    assert_eq!(value(event, "DTSTART"), "20261123T235959Z");
    let trigger = event.alarms[0].properties.iter().find(|property| property.name == "TRIGGER").unwrap();
    assert_eq!(trigger.value.as_deref(), Some("-PT43200S"), "twelve hours");
    let after = read(&file(&kit(), "2026-11-24T00:00:01Z").text);
    assert!(after.iter().all(|event| event.alarms.is_empty()), "afterwards nothing can be done about it");
}

#[test]
fn a_second_export_updates_the_first_and_the_same_moment_gives_the_same_bytes() {
    let (first, second) = (file(&kit(), NOW), file(&kit(), NOW));
    assert_eq!(first, second);
    let mut more = kit();
    more.work(2, 1, "2026-11-18T09:00:00Z", "2026-11-18T11:00:00Z", |_| {});
    let later = file(&more, "2026-11-22T14:30:00Z");
    let uids = |text: &str| -> Vec<String> { read(text).iter().map(|event| value(event, "UID")).collect() };
    assert_eq!(uids(&later.text), uids(&first.text), "the same names");
    let mut all = uids(&first.text);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), first.events, "each has its own");
    let sequence = |text: &str| -> u32 { value(&read(text)[0], "SEQUENCE").parse().unwrap() };
    assert!(sequence(&later.text) > sequence(&first.text));
    let name = kit().book.platform(PlatformId(1)).unwrap().name.clone();
    let events = read(&later.text);
    assert_eq!(value(titled(&events, &format!("{name} ~ $250.00")), "UID"), value(&read(&first.text)[0], "UID"));
}

#[test]
fn lines_are_folded_at_75_bytes_with_the_line_ends_of_the_standard() {
    let text = file(&kit(), NOW).text;
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    assert!(text.contains("\r\n "), "the long name is folded");
}

#[test]
fn a_book_without_anything_gives_a_calendar_without_events() {
    let file = file(&Kit::new(), NOW);
    assert_eq!((file.events, read(&file.text).len()), (0, 0));
    assert!(file.text.contains("X-WR-CALNAME:TrueRate"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Whatever a platform is called, the other reader finds it as it was written, but for letters that no text holds.
    /// (That reader drops a colon that begins a text: hence the letter before it.)
    #[test]
    fn any_name_comes_back(name in "\\PC{1,120}") {
        let mut kit = kit();
        let name = format!("P{name}");
        kit.put(Platform::new(PlatformId(2), name.clone(), Currency::USD));
        let text = file(&kit, NOW).text;
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75));
        let titles: Vec<String> = read(&text).iter().map(|event| value(event, "SUMMARY")).collect();
        let wanted = plain(&format!("{name} $48.00"));
        prop_assert!(titles.contains(&wanted), "{:?} in {:?}", wanted, titles);
    }
}
