//! A silence: a time in which a timer ran and nothing is known of the machine, and what to ask about it.
//!
//! While a timer runs the program gives a sign of life once a minute. A sign that is left over at the next start says that
//! the program did not end as it should: a power cut, a crash, a battery that ran out. Time that the machine slept is a
//! silence too. Lengths are between instants, so that no clock change of summer or winter touches them; a sign from after
//! now (the clock was set back) or of another machine says nothing. A clock set forward while the program runs can't be
//! told from sleep and is asked about, which does no harm. Pure.

use std::sync::Arc;

use chrono::{NaiveDate, SecondsFormat, TimeDelta};

use super::needs::put_name_aside;
use crate::domain::book::Book;
use crate::domain::ids::SessionId;
use crate::domain::seen::Seen;
use crate::domain::session::{Pause, Session};
use crate::domain::span::Timestamp;

/// A shorter silence is not asked about: a restart, or a lid that was closed for a moment.
pub const LEAST: TimeDelta = TimeDelta::minutes(3);

/// The first word of the names under which questions are put aside.
const KIND: &str = "silence ";

/// A sign that the program was there while a timer ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// The machine that gave it, as the journal names it.
    pub device: String,
    /// Which run of that machine it was, from power on to off; `None` where it doesn't tell.
    pub boot: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Why nothing is known of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The machine went off.
    Off,
    /// The program ended without being closed; the machine went on.
    Ended,
    /// One of the two.
    OffOrEnded,
    /// The machine slept.
    Asleep,
}

/// A time of which nothing is known, and the timers that ran when it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The last sign before it.
    pub from: Timestamp,
    /// The first sign after it.
    pub until: Timestamp,
    /// Why.
    pub cause: Cause,
    /// The sessions whose timers ran.
    pub sessions: Vec<SessionId>,
}

impl Silence {
    /// The silence between a sign that was left over and the one that would be given now; `None` where the program was
    /// hardly gone, where the sign is of another machine, or where it comes from after now.
    #[must_use]
    pub fn before_opening(left: &Sign, now: &Sign, sessions: Vec<SessionId>) -> Option<Self> {
        let cause = match (&left.boot, &now.boot) {
            (Some(left), Some(now)) if left == now => Cause::Ended,
            (Some(_), Some(_)) => Cause::Off,
            _ => Cause::OffOrEnded,
        };
        let silence = Self { from: left.at, until: now.at, cause, sessions };
        (left.device == now.device && silence.is_long()).then_some(silence)
    }

    /// The silence of a machine that slept between two looks at the clock, of which it was awake for so long.
    #[must_use]
    pub fn asleep(from: Timestamp, now: Timestamp, awake: TimeDelta, sessions: Vec<SessionId>) -> Option<Self> {
        let until = now.checked_sub_signed(awake.max(TimeDelta::zero()))?;
        let silence = Self { from, until, cause: Cause::Asleep, sessions };
        silence.is_long().then_some(silence)
    }

    fn is_long(&self) -> bool {
        self.secs() > LEAST.num_seconds()
    }

    /// How long it was.
    #[must_use]
    pub fn secs(&self) -> i64 {
        (self.until - self.from).num_seconds()
    }

    /// The session to ask about; `None` where each was answered: ended or paused for that time, or put aside.
    #[must_use]
    pub fn asks<'a>(&self, book: &'a Book) -> Option<&'a Arc<Session>> {
        let seen = &book.seen().dismissed;
        let open = |session: &&Arc<Session>| {
            let name = self.name(session.id);
            self.counts_in(session) && seen.iter().all(|known| known.need != name)
        };
        self.sessions.iter().filter_map(|id| book.session(*id)).find(open)
    }

    /// Whether all of it counts as work of a session.
    fn counts_in(&self, session: &Session) -> bool {
        let rests = |pause: &Pause| pause.from < self.until && pause.until.is_none_or(|until| until > self.from);
        session.declared_secs.is_none()
            && session.started_at <= self.from
            && session.ended_at.is_none_or(|ended| ended >= self.until)
            && !session.pauses.iter().any(rests)
    }

    /// The session, ended with the last sign.
    #[must_use]
    pub fn ended(&self, session: &Session) -> Session {
        session.cut_after(self.from)
    }

    /// The session with a pause for that time: work stopped with the last sign and went on with the next.
    #[must_use]
    pub fn paused(&self, session: &Session) -> Session {
        let mut paused = session.clone();
        let at = paused.pauses.partition_point(|pause| pause.from <= self.from);
        paused.pauses.insert(at, Pause { from: self.from, until: Some(self.until) });
        paused
    }

    /// What is seen once the user said that a timer kept running: the question is put aside, and older ones forgotten.
    #[must_use]
    pub fn kept(&self, seen: &Seen, session: SessionId, today: NaiveDate) -> Seen {
        let mut seen = seen.clone();
        let of_this = format!(" {}", self.moment());
        seen.dismissed.retain(|known| !known.need.starts_with(KIND) || known.need.ends_with(&of_this));
        put_name_aside(&mut seen, &self.name(session), today);
        seen
    }

    fn name(&self, session: SessionId) -> String {
        format!("{KIND}{session} {}", self.moment())
    }

    fn moment(&self) -> String {
        self.from.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::Change;
    use crate::domain::money::Currency;
    use crate::domain::settings::Settings;
    use crate::domain::testing::{at, day};

    fn sign(device: &str, boot: Option<&str>, moment: &str) -> Sign {
        Sign { device: device.to_owned(), boot: boot.map(str::to_owned), at: at(moment) }
    }

    fn running(id: u64, from: &str) -> Session {
        Session::begun(SessionId(id), at(from), chrono_tz::Europe::Berlin)
    }

    fn book(sessions: &[Session]) -> Book {
        let mut book = Book::new(Settings::new(Currency::EUR, chrono_tz::Europe::Berlin));
        for session in sessions {
            book.apply(&Change::create(session.clone()));
        }
        book
    }

    fn silence(from: &str, until: &str, sessions: &[u64]) -> Silence {
        let sessions = sessions.iter().copied().map(SessionId).collect();
        Silence { from: at(from), until: at(until), cause: Cause::Off, sessions }
    }

    #[test]
    fn a_sign_left_over_tells_how_long_nothing_is_known() {
        let left = sign("a", Some("1"), "2026-11-22T13:32:00Z");
        let between = |left: &Sign, now| Silence::before_opening(left, &now, vec![SessionId(1)]);
        let off = between(&left, sign("a", Some("2"), "2026-11-22T15:42:00Z")).unwrap();
        assert_eq!((off.cause, off.secs()), (Cause::Off, 2 * 3600 + 600));
        let ended = between(&left, sign("a", Some("1"), "2026-11-22T15:42:00Z")).unwrap();
        assert_eq!(ended.cause, Cause::Ended);
        let either = between(&sign("a", None, "2026-11-22T13:32:00Z"), sign("a", Some("2"), "2026-11-22T15:42:00Z"));
        assert_eq!(either.unwrap().cause, Cause::OffOrEnded);
        for (now, why) in [
            (sign("a", Some("2"), "2026-11-22T13:35:00Z"), "hardly gone"),
            (sign("a", Some("2"), "2026-11-22T12:00:00Z"), "the clock was set back"),
            (sign("b", Some("2"), "2026-11-22T15:42:00Z"), "another machine"),
        ] {
            assert_eq!(between(&left, now), None, "{why}");
        }
    }

    #[test]
    fn time_asleep_is_what_the_clock_moved_beyond_the_time_awake() {
        let (from, now) = (at("2026-11-22T13:32:00Z"), at("2026-11-22T15:42:10Z"));
        let of = |awake| Silence::asleep(from, now, TimeDelta::seconds(awake), Vec::new());
        assert_eq!(of(10).map(|silence| silence.until), Some(at("2026-11-22T15:42:00Z")));
        assert_eq!(of(2 * 3600 + 600), None, "a disk that took two hours is no sleep");
        assert_eq!(Silence::asleep(now, from, TimeDelta::zero(), Vec::new()), None, "a clock set back");
    }

    #[test]
    fn each_timer_is_asked_about_until_its_time_is_settled() {
        let one = running(1, "2026-11-22T12:00:00Z");
        let later = running(2, "2026-11-22T15:50:00Z");
        let mut resting = running(3, "2026-11-22T12:00:00Z");
        resting.pauses.push(Pause { from: at("2026-11-22T13:00:00Z"), until: None });
        let silence = silence("2026-11-22T13:32:00Z", "2026-11-22T15:42:00Z", &[3, 2, 1]);
        let mut book = book(&[one.clone(), later, resting]);
        assert_eq!(silence.asks(&book).map(|session| session.id), Some(SessionId(1)));
        for settled in [silence.ended(&one), silence.paused(&one)] {
            book.apply(&Change::replace(&Arc::new(one.clone()), settled.clone()));
            assert_eq!(silence.asks(&book), None);
            book.apply(&Change::replace(&Arc::new(settled), one.clone()));
            assert!(silence.asks(&book).is_some(), "undone, it is asked again");
        }
        // Stopped without an answer, that time still counts as work.
        let stopped = one.stopped(at("2026-11-22T15:43:00Z"));
        book.apply(&Change::replace(&Arc::new(one.clone()), stopped.clone()));
        assert_eq!(silence.asks(&book).map(|session| session.id), Some(SessionId(1)));
        // Ended by hand in the midst of it, the user has said what was.
        let by_hand = one.stopped(at("2026-11-22T14:00:00Z"));
        book.apply(&Change::replace(&Arc::new(stopped), by_hand));
        assert_eq!(silence.asks(&book), None);
    }

    #[test]
    fn ended_and_paused_take_exactly_that_time_out() {
        let mut one = running(1, "2026-11-22T12:00:00Z");
        one.pauses.push(Pause { from: at("2026-11-22T12:10:00Z"), until: Some(at("2026-11-22T12:20:00Z")) });
        one.pauses.push(Pause { from: at("2026-11-22T15:45:00Z"), until: Some(at("2026-11-22T15:46:00Z")) });
        let silence = silence("2026-11-22T13:32:00Z", "2026-11-22T15:42:00Z", &[1]);
        let now = at("2026-11-22T16:00:00Z");
        assert_eq!(silence.ended(&one).own_secs(now), (92 - 10) * 60);
        let paused = silence.paused(&one);
        assert_eq!(one.own_secs(now) - paused.own_secs(now), silence.secs());
        assert!(paused.pauses.is_sorted_by_key(|pause| pause.from));
    }

    #[test]
    fn a_night_of_the_clock_change_counts_real_seconds() {
        // Berlin, 25 October 2026: from 02:30 summer time to 02:10 winter time on the clocks are forty minutes.
        let silence = silence("2026-10-25T00:30:00Z", "2026-10-25T01:10:00Z", &[1]);
        assert_eq!(silence.secs(), 40 * 60);
    }

    #[test]
    fn what_kept_running_is_not_asked_again_and_old_answers_are_forgotten() {
        let sessions = [running(1, "2026-11-22T12:00:00Z"), running(2, "2026-11-22T12:00:00Z")];
        let silence = silence("2026-11-22T13:32:00Z", "2026-11-22T15:42:00Z", &[1, 2]);
        let mut book = book(&sessions);
        let mut before = Seen::default();
        put_name_aside(&mut before, "timer 1 in-all", day("2026-11-20"));
        put_name_aside(&mut before, "silence 1 2026-11-01T10:00:00Z", day("2026-11-01"));
        let seen = silence.kept(&before, SessionId(1), day("2026-11-22"));
        assert_eq!(seen.dismissed.len(), 2, "{seen:?}");
        book.apply(&Change::create(seen.clone()));
        assert_eq!(silence.asks(&book).map(|session| session.id), Some(SessionId(2)));
        let seen = silence.kept(&seen, SessionId(2), day("2026-11-22"));
        assert_eq!(seen.dismissed.len(), 3, "{seen:?}");
    }
}
