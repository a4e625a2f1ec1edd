//! Repairs: what can be done about two sessions at the same time, and about a stretch that nobody recorded.
//!
//! Offered, never carried out by themselves: life overlaps. "Both are right" and "Leave" put the matter aside.

use chrono::NaiveDate;

use super::super::names;
use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::query::overlaps::{Gap, overlap_need};
use crate::domain::session::{Pause, Session};
use crate::domain::span::{Now, Timestamp, Zone};
use crate::ui::format;

/// Something that can be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// "End the first at 12:10".
    pub words: String,
    /// What it does.
    pub command: Command,
}

/// What can be done about two sessions that overlap, in the order of how little it changes.
#[must_use]
pub fn of_overlap(book: &Book, one: &Session, other: &Session, now: Now, today: NaiveDate) -> Vec<Repair> {
    let (first, second) =
        if (one.started_at, one.id) <= (other.started_at, other.id) { (one, other) } else { (other, one) };
    let (early, late) = (first.interval(now.at), second.interval(now.at));
    let name = |session: &Session| names::project(book, session.project);
    let clock = |at: Timestamp, of: &Session| format::time(at, of.zone);
    let mut repairs = Vec::new();
    let mut offer = |words: String, said: String, session: Session| {
        let command = Command::Together { words: said, commands: vec![Command::EditSession(Box::new(session))] };
        if command::plan(book, &command, now).is_ok() {
            repairs.push(Repair { words, command });
        }
    };
    let inside = late.until < early.until && !second.is_open();
    // A timer that runs on over the other may have been forgotten.
    if (!inside || first.is_open()) && late.from > early.from {
        let at = clock(late.from, first);
        let ended = first.cut_after(late.from);
        if ended.own_secs(now.at) > 0 {
            offer(format!("End the first at {at}"), format!("End {} at {at}", name(first)), ended);
        }
    }
    if !inside && !first.is_open() && early.until < late.until {
        let at = clock(early.until, second);
        let begun = second.cut_before(early.until);
        if begun.own_secs(now.at) > 0 {
            offer(format!("Start the second at {at}"), format!("Start {} at {at}", name(second)), begun);
        }
    }
    if inside && let Some(paused) = paused(first, late.from, late.until) {
        let span = clock_span(late.from, late.until, first.zone);
        offer(format!("Pause the first {span}"), format!("Pause {} {span}", name(first)), paused);
    }
    let seen = book.seen().dismissing(overlap_need(first.id, second.id), today);
    let words = format!("Leave the overlap of {} and {}", name(first), name(second));
    repairs
        .push(Repair { words: "Both are right".to_owned(), command: Command::SetSeen { words, seen: Box::new(seen) } });
    repairs
}

/// Puts a gap aside: it was free time.
#[must_use]
pub fn leave(book: &Book, gap: &Gap, today: NaiveDate) -> Command {
    let words = format!("Leave {} not recorded", format::hours(gap.interval.secs()));
    Command::SetSeen { words, seen: Box::new(book.seen().dismissing(gap.need(), today)) }
}

/// "38 m not recorded, 12:00 – 12:38", on the clocks of a zone.
#[must_use]
pub fn gap_words(gap: &Gap, zone: Zone) -> String {
    let span = clock_span(gap.interval.from, gap.interval.until, zone);
    format!("{} not recorded, {span}", format::hours(gap.interval.secs()))
}

fn clock_span(from: Timestamp, until: Timestamp, zone: Zone) -> String {
    let clock = |at: Timestamp| at.with_timezone(&zone).time();
    format::clock_span(clock(from), Some(clock(until)))
}

/// The same session with one more pause; `None` where that would meet another one.
fn paused(session: &Session, from: Timestamp, until: Timestamp) -> Option<Session> {
    let meets = |pause: &Pause| pause.from < until && pause.until.is_none_or(|end| from < end);
    if session.pauses.iter().any(meets) {
        return None;
    }
    let mut paused = session.clone();
    paused.pauses.push(Pause { from, until: Some(until) });
    paused.pauses.sort_by_key(|pause| pause.from);
    Some(paused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::SessionId;
    use crate::domain::query::overlaps::overlaps;
    use crate::domain::query::work::testkit::{Kit, at, day};

    fn now() -> Now {
        Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
    }

    fn repairs(kit: &Kit) -> Vec<Repair> {
        let get = |id| kit.book.session(SessionId(id)).unwrap();
        // Either side offers the same.
        let (one, two) = (get(1), get(2));
        let all = of_overlap(&kit.book, one, two, now(), day("2026-11-22"));
        assert_eq!(of_overlap(&kit.book, two, one, now(), day("2026-11-22")), all);
        all
    }

    /// Carries out each that edits, and sees that it mends the overlap.
    fn words(kit: &Kit) -> Vec<String> {
        let all = repairs(kit);
        for repair in all.iter().filter(|repair| matches!(repair.command, Command::Together { .. })) {
            let mut book = kit.book.clone();
            book.apply(&command::plan(&book, &repair.command, now()).unwrap());
            assert!(overlaps(book.sessions(), now().at).is_empty(), "{}", repair.words);
        }
        all.into_iter().map(|repair| repair.words).collect()
    }

    #[test]
    fn the_end_of_one_or_the_start_of_the_other_moves() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-22T10:00:00Z", "2026-11-22T12:30:00Z", |_| {});
        kit.work(2, 2, "2026-11-22T12:10:00Z", "2026-11-22T13:00:00Z", |_| {});
        assert_eq!(words(&kit), ["End the first at 12:10", "Start the second at 12:30", "Both are right"]);
        let said: Vec<String> = repairs(&kit).iter().map(|repair| command::words(&kit.book, &repair.command)).collect();
        assert_eq!(
            said,
            ["End Project 1 at 12:10", "Start Project 2 at 12:30", "Leave the overlap of Project 1 and Project 2"]
        );
    }

    #[test]
    fn one_inside_the_other_is_a_pause_of_it() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-22T10:00:00Z", "2026-11-22T13:00:00Z", |session| {
            session.pauses.push(Pause { from: at("2026-11-22T12:30:00Z"), until: Some(at("2026-11-22T12:40:00Z")) });
        });
        kit.work(2, 2, "2026-11-22T11:00:00Z", "2026-11-22T11:30:00Z", |_| {});
        assert_eq!(words(&kit), ["Pause the first 11:00 – 11:30", "Both are right"]);
    }

    #[test]
    fn the_same_stretch_twice_can_only_be_left() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-22T10:00:00Z", "2026-11-22T13:00:00Z", |_| {});
        kit.work(2, 2, "2026-11-22T10:00:00Z", "2026-11-22T13:00:00Z", |_| {});
        assert_eq!(words(&kit), ["Both are right"]);
    }

    #[test]
    fn a_running_one_that_was_forgotten_ends_where_the_next_began() {
        let mut kit = Kit::new();
        kit.put(crate::domain::query::work::testkit::session(1, "2026-11-22T10:00:00Z", None));
        kit.work(2, 2, "2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z", |_| {});
        assert_eq!(words(&kit), ["End the first at 12:00", "Pause the first 12:00 – 13:00", "Both are right"]);
    }
}
