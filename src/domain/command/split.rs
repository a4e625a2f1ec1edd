//! A session cut in two at an instant: "the second hour was another project".
//!
//! The parts' own time sums to the whole; pauses stay on their side, and a cut inside a pause takes it out. Tasks stay
//! with the first part unless it is said how many belong to the second. Credited time is shared by own time, to the
//! second by largest remainder. A price of its own stands for the whole and has no parts: it is refused. Earnings that
//! name the session name both parts. Task type, note and what was reported hold for both.

use std::sync::Arc;

use nonmax::NonMaxU32;

use super::timer;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Record};
use crate::domain::earning::Covers;
use crate::domain::ids::SessionId;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::session::Session;
use crate::domain::span::{Now, Timestamp};

/// A session to cut in two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The session; its first part keeps the id.
    pub id: SessionId,
    /// Where it is cut, inside it.
    pub at: Timestamp,
    /// The second part's id.
    pub rest: SessionId,
    /// How many of its tasks belong to the second part.
    pub tasks_after: u32,
}

pub(super) fn plan(book: &Book, split: &Split, now: Now) -> Result<Change, Refused> {
    let whole = timer::session(book, split.id)?;
    let (first, rest) = parts(whole, split, now)?;
    let mut edits = vec![Edit::create(rest)];
    edits.extend(Edit::from_sides(Some(Record::from(Arc::clone(whole))), Some(Record::from(first))));
    for earning in book.earnings() {
        let Covers::Sessions(named) = &earning.covers else { continue };
        let Some(at) = named.iter().position(|id| *id == split.id) else { continue };
        let mut both = (**earning).clone();
        let mut named = named.clone();
        named.insert(at + 1, split.rest);
        both.covers = Covers::Sessions(named);
        edits.extend(Edit::from_sides(Some(Record::from(Arc::clone(earning))), Some(Record::from(both))));
    }
    Ok(Change::new(edits))
}

fn parts(whole: &Session, split: &Split, now: Now) -> Result<(Session, Session), Refused> {
    if whole.declared_secs.is_some() {
        return Err(Refusal::NoClockTimes.into());
    }
    if whole.own_price.is_some() {
        return Err(Refusal::HasOwnPrice.into());
    }
    let interval = whole.interval(now.at);
    if split.at <= interval.from || split.at >= interval.until {
        let refusal = Refusal::OutsideSession { from: interval.from, until: interval.until, zone: whole.zone };
        return Err(refusal.at(Field::Start));
    }
    let mut first = whole.cut_after(split.at);
    let mut rest = Session { id: split.rest, ..whole.cut_before(split.at) };
    let (before, after) = (first.own_secs(now.at), rest.own_secs(now.at));
    if before <= 0 || after <= 0 {
        return Err(Refusal::NoTime.at(Field::Start));
    }
    let tasks = whole.tasks.map_or(0, u32::from);
    let Some(stay) = tasks.checked_sub(split.tasks_after) else {
        return Err(Refusal::TooMany(split.tasks_after, tasks).at(Field::Tasks));
    };
    first.tasks = whole.tasks.and(NonMaxU32::new(stay));
    rest.tasks = NonMaxU32::new(split.tasks_after).filter(|tasks| tasks.get() > 0);
    if let Some(credited) = whole.credited_secs {
        let of_first = share(credited, before, before + after);
        first.credited_secs = Some(of_first);
        rest.credited_secs = Some(credited - of_first);
    }
    Ok((first, rest))
}

/// The first of two parts, to the second by largest remainder: of equals the first one gets it.
fn share(whole: i64, part: i64, of: i64) -> i64 {
    let (whole, part, of) = (i128::from(whole), i128::from(part), i128::from(of.max(1)));
    i64::try_from((2 * whole * part + of).div_euclid(2 * of)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{Command, plan};
    use crate::domain::query::work::testkit::{Kit, at, dec, usd};
    use crate::domain::query::{hours::Selection, rates::rates};
    use crate::domain::session::Pause;
    use crate::domain::span::DayRange;
    use proptest::prelude::*;

    fn now() -> Now {
        Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
    }

    fn split(at_text: &str) -> Split {
        Split { id: SessionId(1), at: at(at_text), rest: SessionId(9), tasks_after: 0 }
    }

    fn kit(shape: impl FnOnce(&mut Session)) -> Kit {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-22T09:00:00Z", "2026-11-22T12:00:00Z", shape);
        kit
    }

    fn done(kit: &Kit, of: Split) -> (Book, Session, Session) {
        let change = plan(&kit.book, &Command::SplitSession(of), now()).unwrap();
        let mut book = kit.book.clone();
        book.apply(&change);
        let mut back = book.clone();
        back.apply(&change.reversed());
        assert_eq!(back, kit.book);
        let get = |id| book.session(SessionId(id)).unwrap().as_ref().clone();
        let (first, rest) = (get(1), get(9));
        (book, first, rest)
    }

    #[test]
    fn pauses_tasks_and_credited_time_go_to_their_part() {
        let kit = kit(|session| {
            session.pauses = vec![Pause { from: at("2026-11-22T10:30:00Z"), until: Some(at("2026-11-22T11:00:00Z")) }];
            session.tasks = NonMaxU32::new(7);
            session.credited_secs = Some(9001);
            session.note = "long one".into();
        });
        let (_, first, rest) = done(&kit, Split { tasks_after: 2, ..split("2026-11-22T10:00:00Z") });
        assert_eq!((first.tasks, rest.tasks), (NonMaxU32::new(5), NonMaxU32::new(2)));
        assert_eq!((first.pauses.len(), rest.pauses.len()), (0, 1));
        // 60 of 150 minutes of 9001 seconds are 3600.4.
        assert_eq!((first.credited_secs, rest.credited_secs), (Some(3600), Some(5401)));
        assert_eq!(rest.note, "long one");
        let (_, _, rest) = done(&kit, split("2026-11-22T10:00:00Z"));
        assert_eq!(rest.tasks, None, "tasks stay with the first unless said");
    }

    #[test]
    fn earnings_that_name_the_session_name_both_parts_and_the_money_stays_the_same() {
        let mut kit = kit(|_| {});
        kit.work(2, 1, "2026-11-22T13:00:00Z", "2026-11-22T14:00:00Z", |_| {});
        let paid = kit.earning(1, "90", &[SessionId(1), SessionId(2)]);
        let (book, ..) = done(&kit, split("2026-11-22T10:00:00Z"));
        let named = &book.earning(paid).unwrap().covers;
        assert_eq!(*named, Covers::Sessions(vec![SessionId(1), SessionId(9), SessionId(2)]));
        let all = Selection::period(DayRange::all());
        let earned = |book: &Book| rates(&crate::domain::query::work::Work::of(book), &all, now().at).earned();
        assert_eq!(earned(&book), earned(&kit.book));
        assert_eq!(earned(&book), Some(dec("90")));
    }

    #[test]
    fn a_running_timer_goes_on_in_its_second_part() {
        let mut kit = Kit::new();
        kit.put(crate::domain::query::work::testkit::session(1, "2026-11-22T18:00:00Z", None));
        let (_, first, rest) = done(&kit, split("2026-11-22T19:00:00Z"));
        assert_eq!(first.ended_at, Some(at("2026-11-22T19:00:00Z")));
        assert!(rest.is_open() && rest.started_at == at("2026-11-22T19:00:00Z"));
    }

    #[test]
    fn what_has_no_two_parts_is_refused_with_a_reason() {
        let refused = |kit: &Kit, of| plan(&kit.book, &Command::SplitSession(of), now()).unwrap_err();
        let plain = kit(|_| {});
        for outside in ["2026-11-22T09:00:00Z", "2026-11-22T12:00:00Z", "2026-11-22T08:00:00Z"] {
            let refused = refused(&plain, split(outside));
            assert_eq!(
                (refused.field, refused.to_string().as_str()),
                (Field::Start, "Must lie between 09:00 and 12:00")
            );
        }
        let tasks = refused(&plain, Split { tasks_after: 1, ..split("2026-11-22T10:00:00Z") });
        assert_eq!(tasks.field, Field::Tasks);
        let priced = kit(|session| session.own_price = Some(usd("5")));
        assert_eq!(refused(&priced, split("2026-11-22T10:00:00Z")).refusal, Refusal::HasOwnPrice);
        let declared = kit(|session| session.declared_secs = Some(60));
        assert_eq!(refused(&declared, split("2026-11-22T10:00:00Z")).refusal, Refusal::NoClockTimes);
        // Only a pause lies before it.
        let pause = Pause { from: at("2026-11-22T09:00:00Z"), until: Some(at("2026-11-22T11:00:00Z")) };
        let paused = kit(|session| session.pauses = vec![pause]);
        assert_eq!(refused(&paused, split("2026-11-22T10:00:00Z")).refusal, Refusal::NoTime);
    }

    proptest! {
        #[test]
        fn own_and_credited_time_of_the_parts_sum_to_the_whole(
            cut in 1i64..10_799,
            pauses in proptest::collection::vec((0i64..5_000, 1i64..1_000), 0..4),
            credited in 0i64..20_000,
        ) {
            let start = at("2026-11-22T09:00:00Z");
            let later = |secs| start + chrono::TimeDelta::seconds(secs);
            let mut from = 0;
            let kit = kit(|session| {
                session.credited_secs = Some(credited);
                for (gap, length) in pauses {
                    let until = from + gap + length;
                    if until < 10_800 {
                        session.pauses.push(Pause { from: later(from + gap), until: Some(later(until)) });
                    }
                    from = until;
                }
            });
            let whole = kit.book.session(SessionId(1)).unwrap().clone();
            let of = Split { id: SessionId(1), at: later(cut), rest: SessionId(9), tasks_after: 0 };
            if let Ok((first, rest)) = parts(&whole, &of, now()) {
                prop_assert_eq!(first.own_secs(now().at) + rest.own_secs(now().at), whole.own_secs(now().at));
                prop_assert_eq!(first.credited_secs.unwrap() + rest.credited_secs.unwrap(), credited);
                prop_assert!(super::super::check::session(&first, now()).is_ok());
                prop_assert!(super::super::check::session(&rest, now()).is_ok());
            }
        }
    }
}
