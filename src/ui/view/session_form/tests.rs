//! What is typed against what comes of it, at fixed moments and in named zones.

use super::*;
use crate::domain::query::work::testkit::{Kit, at, day, session};
use crate::domain::session::Pause;

fn berlin() -> Kit {
    let mut kit = Kit::new();
    kit.settings(|settings| settings.zone = chrono_tz::Europe::Berlin);
    kit
}

/// A form under test with the Book and the moment that it is read at.
struct Desk {
    kit: Kit,
    now: Now,
    form: SessionForm,
}

impl Desk {
    fn add(kit: Kit, now: &str) -> Self {
        let now = Now { at: at(now), zone: kit.book.settings().zone };
        let form = SessionForm::add(&kit.book, now, now.at.with_timezone(&now.zone).date_naive());
        Self { kit, now, form }
    }

    fn edit(kit: Kit, now: &str, id: u64) -> Self {
        let form = SessionForm::edit(kit.book.session(SessionId(id)).unwrap(), Style::of(kit.book.settings()));
        Self { now: Now { at: at(now), zone: kit.book.settings().zone }, kit, form }
    }

    fn read(&mut self) -> Read {
        let today = self.now.at.with_timezone(&self.now.zone).date_naive();
        self.form.read(&self.kit.book, self.now, today, SessionId(77))
    }

    fn start(&mut self, text: &str) {
        self.form.start = text.into();
        self.form.start_typed();
    }

    fn end(&mut self, text: &str) {
        self.form.end = text.into();
        self.form.end_typed();
    }

    fn length(&mut self, text: &str) {
        self.form.length = text.into();
        self.form.length_typed();
    }

    fn reason(&mut self, part: Part) -> Option<String> {
        self.read().reasons.get(&part).cloned()
    }
}

const NOW: &str = "2026-11-22T13:20:17Z";

#[test]
fn a_new_session_begins_where_the_last_one_of_today_ended() {
    let mut kit = Kit::new();
    kit.work(1, 2, "2026-11-22T09:00:00Z", "2026-11-22T11:02:00Z", |_| {});
    let mut desk = Desk::add(kit, NOW);
    assert_eq!((desk.form.start.as_str(), desk.form.end.as_str()), ("11:02", "13:20"));
    assert_eq!(desk.form.project, Some(ProjectId(2)));
    assert_eq!(desk.read().sum, "2 h 18 m · $57.50");
}

#[test]
fn without_one_today_it_begins_an_hour_ago_and_it_ends_where_a_timer_began() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T11:02:00Z", |_| {});
    kit.put(session(2, "2026-11-22T13:00:00Z", None));
    let desk = Desk::add(kit, NOW);
    assert_eq!((desk.form.start.as_str(), desk.form.end.as_str()), ("12:20", "13:00"));
}

#[test]
fn end_and_length_follow_what_was_typed_last() {
    let mut desk = Desk::add(Kit::new(), NOW);
    desk.start("9.14");
    desk.length("1h 48m");
    let read = desk.read();
    assert_eq!(desk.form.end, "11:02");
    assert_eq!(read.notes.get(&Part::Length).map(String::as_str), Some("1 h 48 m, ends 11:02"));
    // The start moves the end along while the length holds …
    desk.start("0905");
    desk.read();
    assert_eq!(desk.form.end, "10:53");
    // … and the end gives the length once it was typed.
    desk.end("12:00");
    let session = desk.read().session.expect("it is whole");
    assert_eq!(desk.form.length, "2 h 55 m");
    assert_eq!(session.ended_at, Some(at("2026-11-22T12:00:00Z")));
}

#[test]
fn an_end_before_the_start_is_refused_unless_it_is_on_the_next_day() {
    let mut desk = Desk::add(Kit::new(), NOW);
    desk.form.day = "21 Nov".into();
    desk.start("14:20");
    desk.end("2:05pm");
    assert_eq!(desk.reason(Part::End).as_deref(), Some("Ends before it starts: 14:05 < 14:20"));
    assert_eq!(desk.form.length, "", "nothing to follow");
    desk.start("22:00");
    desk.end("6:00");
    assert!(desk.reason(Part::End).is_some());
    desk.form.set_ends_later(true);
    let session = desk.read().session.expect("it ends on the next day");
    assert_eq!(session.ended_at, Some(at("2026-11-22T06:00:00Z")));
    assert_eq!(desk.form.length, "8 h");
}

#[test]
fn a_typed_length_reaches_into_the_next_day_by_itself_and_back() {
    let mut desk = Desk::add(Kit::new(), NOW);
    desk.form.day = "21 Nov".into();
    desk.start("22:00");
    desk.length("8h");
    let read = desk.read();
    assert_eq!(read.notes.get(&Part::Length).map(String::as_str), Some("8 h, ends 06:00 on Sun 22 Nov"));
    assert_eq!(desk.form.days_later(), 1);
    desk.end("23:00");
    desk.read();
    assert_eq!((desk.form.days_later(), desk.form.length.as_str()), (0, "1 h"));
}

#[test]
fn an_end_is_not_moved_to_the_next_day_by_a_length_that_was_typed_before() {
    let mut desk = Desk::add(Kit::new(), NOW);
    desk.form.day = "20 Nov".into();
    desk.start("23:00");
    desk.length("2h");
    desk.read();
    assert_eq!(desk.form.days_later(), 1);
    desk.start("9:05");
    desk.read();
    desk.end("8:30");
    assert_eq!(desk.reason(Part::End).as_deref(), Some("Ends before it starts: 08:30 < 09:05"));
}

#[test]
fn a_time_that_the_clocks_skip_is_refused_where_it_was_typed() {
    // Source: IANA tzdata, Europe/Berlin: 02:00 to 03:00 on Sun 29 Mar 2026 does not exist.
    let words = "02:30 doesn’t exist on Sun 29 Mar 2026: the clocks go forward";
    let mut desk = Desk::add(berlin(), "2026-03-29T10:00:00Z");
    desk.start("2:30");
    assert_eq!(desk.reason(Part::Start).as_deref(), Some(words));
    desk.start("1:00");
    desk.end("2:30");
    assert_eq!(desk.reason(Part::End).as_deref(), Some(words));
    // 01:00 to 04:00 on the clocks are two hours.
    desk.end("4:00");
    desk.read();
    assert_eq!(desk.form.length, "2 h");
}

#[test]
fn a_time_that_comes_twice_is_asked_back_unless_only_one_fits() {
    // Source: IANA tzdata, Europe/Berlin: 02:00 to 03:00 on Sun 25 Oct 2026 comes twice, from 00:00 and 01:00 UTC.
    let mut desk = Desk::add(berlin(), "2026-10-25T10:00:00Z");
    desk.start("2:30");
    desk.end("3:30");
    assert_eq!(desk.reason(Part::Start).as_deref(), Some("02:30 happens twice on Sun 25 Oct 2026: say which"));
    assert_eq!(desk.read().start_twice, Twice::Ask);
    desk.form.start_pass = Some(Pass::Second);
    let session = desk.read().session.expect("it was said");
    assert_eq!(session.started_at, at("2026-10-25T01:30:00Z"));
    // From the second 02:30 on, 02:45 can only be the second one.
    desk.end("2:45");
    let read = desk.read();
    assert_eq!(read.end_twice, Twice::Taken(Pass::Second));
    assert_eq!(read.session.and_then(|session| session.ended_at), Some(at("2026-10-25T01:45:00Z")));
    // A length needs no question.
    desk.form.start_pass = Some(Pass::First);
    desk.length("1h 15m");
    let session = desk.read().session.expect("it is whole");
    assert_eq!(session.ended_at, Some(at("2026-10-25T01:45:00Z")));
}

#[test]
fn what_is_not_typed_anew_keeps_its_seconds() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-22T09:14:12Z", "2026-11-22T11:02:47Z", |session| session.credited_secs = Some(6011));
    let mut desk = Desk::edit(kit, NOW, 1);
    desk.form.note = "with seconds".into();
    let read = desk.read().session.expect("it is whole");
    assert_eq!(read.started_at, at("2026-11-22T09:14:12Z"));
    assert_eq!(read.ended_at, Some(at("2026-11-22T11:02:47Z")));
    assert_eq!(read.credited_secs, Some(6011));
    desk.end("11:10");
    let read = desk.read().session.expect("it is whole");
    assert_eq!(read.started_at, at("2026-11-22T09:14:12Z"));
    assert_eq!(read.ended_at, Some(at("2026-11-22T11:10:00Z")));
}

#[test]
fn a_length_leaves_the_pauses_out() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-22T09:00:00Z", "2026-11-22T11:00:00Z", |session| {
        session.pauses = vec![Pause { from: at("2026-11-22T09:30:00Z"), until: Some(at("2026-11-22T10:00:00Z")) }];
    });
    let mut desk = Desk::edit(kit, NOW, 1);
    desk.read();
    assert_eq!(desk.form.length, "1 h 30 m");
    desk.length("2h");
    let read = desk.read().session.expect("it is whole");
    assert_eq!(read.ended_at, Some(at("2026-11-22T11:30:00Z")));
    desk.start("9:45");
    assert_eq!(desk.reason(Part::Whole).as_deref(), Some("A pause must lie inside the session"));
}

#[test]
fn a_running_timer_needs_no_end_and_can_be_given_one() {
    let mut kit = Kit::new();
    kit.put(session(1, "2026-11-22T12:38:00Z", None));
    let mut desk = Desk::edit(kit, NOW, 1);
    desk.start("12:30");
    let read = desk.read().session.expect("it is whole");
    assert_eq!((read.started_at, read.ended_at), (at("2026-11-22T12:30:00Z"), None));
    desk.end("13:00");
    assert_eq!(desk.read().session.and_then(|session| session.ended_at), Some(at("2026-11-22T13:00:00Z")));
}

#[test]
fn hours_alone_need_no_clock_times() {
    let mut desk = Desk::add(berlin(), NOW);
    desk.form.set_hours_only(true);
    desk.form.day = "16 Nov".into();
    desk.length("22h");
    let read = desk.read().session.expect("it is whole");
    assert_eq!(read.declared_secs, Some(22 * 3600));
    assert_eq!(desk.kit.book.day_of(&read), day("2026-11-16"));
    desk.length("2000h");
    assert_eq!(desk.reason(Part::Length).as_deref(), Some("Longer than 1000 hours: is the day right?"));
    desk.form.day = "23 Nov".into();
    desk.length("2h");
    assert!(desk.reason(Part::Day).is_some_and(|reason| reason.starts_with("Lies in the future")));
}

#[test]
fn paid_follows_the_activity_until_it_is_said() {
    let mut desk = Desk::add(Kit::new(), NOW);
    desk.form.set_activity(Activity::Assessment);
    assert!(!desk.form.paid());
    desk.form.set_paid(true);
    desk.form.set_activity(Activity::Onboarding);
    assert!(desk.form.paid(), "a paid onboarding was said");
}

/// A field, what spoils it, and the reason.
type Case<'c> = (Part, &'c dyn Fn(&mut SessionForm), &'c str);

#[test]
fn reasons_stand_beside_the_field_they_belong_to() {
    let long = "n".repeat(10_000);
    let cases: [Case<'_>; 7] = [
        (Part::Note, &|form| form.note.clone_from(&long), "The note has 10000 letters; at most 4000"),
        (Part::Day, &|form| form.day = "30 Feb".into(), "There is no 30 feb"),
        (Part::Day, &|form| form.day = String::new(), "Nothing typed yet"),
        (Part::Start, &|form| form.start = "25:00".into(), "There is no 25 o’clock"),
        (Part::Tasks, &|form| form.tasks = "-3".into(), "A whole number such as 12, please"),
        (Part::Price, &|form| form.price = "-5".into(), "Must be above zero, not -5"),
        (Part::Credited, &|form| form.credited = "soon".into(), "A length such as 1h 30m, 1:30, 90m or 1.5h, please"),
    ];
    for (part, spoil, reason) in cases {
        let mut desk = Desk::add(Kit::new(), NOW);
        spoil(&mut desk.form);
        let read = desk.read();
        assert_eq!(read.reasons.get(&part).map(String::as_str), Some(reason), "{part:?}");
        assert!(read.session.is_none());
    }
}

#[test]
fn an_end_in_the_future_and_a_session_of_days_are_refused() {
    let mut desk = Desk::add(Kit::new(), NOW);
    desk.end("14:00");
    assert_eq!(desk.reason(Part::End).as_deref(), Some("Lies in the future: it is 13:20 now"));
    desk.form.day = "16 Nov".into();
    desk.start("9:00");
    desk.length("100h");
    assert_eq!(desk.reason(Part::Length).as_deref(), Some("Longer than 72 hours: is the day right?"));
}
