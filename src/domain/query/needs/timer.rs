//! A timer that runs too long: it was probably forgotten, and its hours spoil the rate.

use chrono::TimeDelta;

use super::{Ground, Need, Needs, Severity, What};
use crate::domain::ids::SessionId;
use crate::domain::session::{Session, SessionState};
use crate::domain::span::{DayRange, Timestamp, interval_of_days, user_day};

pub(super) const KIND: &str = "timer ";

/// Longer than this without a pause hardly anybody works at a screen: labour law in most of Europe asks for a break after
/// six hours at the latest (directive 2003/88/EC, article 4, and § 4 of the German working time act), and people take one sooner.
const WITHOUT_PAUSE_SECS: i64 = 4 * 3600;
/// More than this in one session is a timer that was left on over night: the same directive (article 3) leaves thirteen
/// hours of a day beside its rest, meals included.
const IN_ALL_SECS: i64 = 12 * 3600;

/// Why a timer runs too long; the later ones say more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TooLong {
    /// Over four hours without a pause.
    WithoutPause,
    /// It began on an earlier day of the user.
    OverMidnight,
    /// Over twelve hours of own time.
    InAll,
}

/// A timer that was probably forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongTimer {
    /// The session.
    pub session: SessionId,
    /// Own seconds so far.
    pub own_secs: i64,
    /// Seconds since its last pause, or since its start; 0 while it is paused.
    pub unbroken_secs: i64,
    /// Why it is too long.
    pub why: TooLong,
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    let now = ground.now.at;
    for session in ground.book.open_sessions() {
        let (why, next) = judge(ground, session);
        if let Some(next) = next.filter(|next| *next > now) {
            all.wake(next);
        }
        let Some(why) = why else { continue };
        let said = match why {
            TooLong::WithoutPause => "without-pause",
            TooLong::OverMidnight => "over-midnight",
            TooLong::InAll => "in-all",
        };
        all.needs.push(Need {
            name: format!("{KIND}{} {said}", session.id),
            severity: Severity::Warn,
            what: What::Timer(LongTimer {
                session: session.id,
                own_secs: session.own_secs(now),
                unbroken_secs: now.signed_duration_since(unbroken_since(session, now)).num_seconds().max(0),
                why,
            }),
        });
    }
}

/// Why it is too long, and when it will be or will be more so.
fn judge(ground: &Ground<'_>, session: &Session) -> (Option<TooLong>, Option<Timestamp>) {
    let now = ground.now.at;
    let day_start = ground.book.settings().day_start_minutes;
    let began_on = user_day(session.started_at, ground.now.zone, day_start);
    let midnight = interval_of_days(DayRange::day(began_on), ground.now.zone, day_start).until;
    let in_all = IN_ALL_SECS - session.own_secs(now);
    let unbroken = unbroken_since(session, now) + TimeDelta::seconds(WITHOUT_PAUSE_SECS);
    let runs = session.state() == SessionState::Running;
    if in_all < 0 {
        (Some(TooLong::InAll), None)
    } else if ground.today > began_on {
        (Some(TooLong::OverMidnight), runs.then(|| now + TimeDelta::seconds(in_all + 1)))
    } else if runs && unbroken < now {
        (Some(TooLong::WithoutPause), Some(midnight))
    } else {
        (None, Some(if runs { midnight.min(unbroken + TimeDelta::seconds(1)) } else { midnight }))
    }
}

/// Since when it runs without a pause; now, while it is paused.
fn unbroken_since(session: &Session, now: Timestamp) -> Timestamp {
    match session.pauses.last() {
        None => session.started_at,
        Some(pause) => pause.until.unwrap_or(now),
    }
}
