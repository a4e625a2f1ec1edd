//! A day as blocks on the clock: what was worked when, and the stretches between that nobody recorded.
//!
//! The same sessions as in the list, whatever it is filtered by. Places are instants, so that a day of a clock
//! change has its 23 or 25 hours.

use chrono::{NaiveDate, TimeDelta, Timelike};

use super::names::{self, Mark};
use super::sessions::time_words;
use crate::domain::book::Book;
use crate::domain::ids::SessionId;
use crate::domain::query::overlaps::gaps;
use crate::domain::session::{Session, SessionState};
use crate::domain::span::{DayRange, Interval, Now, Timestamp, Zone};
use crate::ui::format;

/// A day on the clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayView {
    /// "Sunday 22 November".
    pub title: String,
    /// From the first to the last line.
    pub span: Option<Interval>,
    /// The full hours in it with their labels.
    pub hours: Vec<(Timestamp, String)>,
    /// Sessions with clock times.
    pub blocks: Vec<Block>,
    /// Stretches that nobody recorded.
    pub gaps: Vec<(Interval, String)>,
    /// Sessions without clock times: "Aloe · paid work, 6 h 30 m".
    pub declared: Vec<String>,
}

/// A session on the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The session.
    pub id: SessionId,
    /// From start to end, or to now.
    pub interval: Interval,
    /// The unpaused parts of it.
    pub stretches: Vec<Interval>,
    /// "Aloe, paid work, 09:14 – 11:02, on the day": read aloud and found by tests.
    pub name: String,
    /// "Aloe".
    pub project: String,
    /// "paid work", "running".
    pub what: String,
    /// "1 h 48 m".
    pub own: String,
    /// The badge, for its hue.
    pub mark: Option<Mark>,
    /// Place among those at the same time, from the left.
    pub lane: usize,
    /// How many stand beside each other.
    pub lanes: usize,
}

impl DayView {
    /// A day of a Book.
    #[must_use]
    pub fn of(book: &Book, day: NaiveDate, now: Now, today: NaiveDate) -> Self {
        let mut sessions: Vec<_> = book.sessions_on(DayRange::day(day)).cloned().collect();
        sessions.sort_by_key(|session| (session.started_at, session.id));
        let title = format::Style::of(book.settings()).day_in_full(day, today);
        let (declared, timed): (Vec<_>, Vec<_>) =
            sessions.into_iter().partition(|session| session.declared_secs.is_some());
        let declared = declared
            .iter()
            .map(|session| {
                let own = format::hours(session.own_secs(now.at));
                format!("{} · {}, {own}", names::project(book, session.project), activity(session))
            })
            .collect();
        let zone = timed.last().map_or(now.zone, |session| session.zone);
        let blocks = in_lanes(timed.iter().map(|session| block(book, session, now)).collect());
        let span = blocks
            .iter()
            .map(|block| block.interval)
            .reduce(|a, b| Interval { from: a.from.min(b.from), until: a.until.max(b.until) });
        let span = span.map(|span| whole_hours(span, zone));
        let gaps = gaps(&timed, now.at)
            .into_iter()
            .filter(|gap| !book.seen().has_dismissed(&gap.need()))
            .map(|gap| (gap.interval, format!("not recorded, {}", format::hours(gap.interval.secs()))))
            .collect();
        let hours = span.map_or_else(Vec::new, |span| {
            let count = span.secs() / 3600;
            (0..=count)
                .map(|hour| span.from + TimeDelta::hours(hour))
                .map(|at| (at, at.with_timezone(&zone).format("%H:%M").to_string()))
                .collect()
        });
        Self { title, span, hours, blocks, gaps, declared }
    }
}

fn activity(session: &Session) -> String {
    names::activity(session.activity).to_lowercase()
}

fn block(book: &Book, session: &Session, now: Now) -> Block {
    let platform = book.platform_of(session.project);
    let project = names::project(book, session.project);
    Block {
        name: format!("{project}, {}, {}, on the day", activity(session), time_words(session)),
        id: session.id,
        interval: session.interval(now.at),
        stretches: session.stretches(now.at),
        project,
        what: match session.state() {
            SessionState::Running => "running".to_owned(),
            SessionState::Paused => "paused".to_owned(),
            SessionState::Ended => activity(session),
        },
        own: format::hours(session.own_secs(now.at)),
        mark: platform.map(|platform| Mark::of(platform)),
        lane: 0,
        lanes: 1,
    }
}

/// From the full hour before to the full hour after.
fn whole_hours(span: Interval, zone: Zone) -> Interval {
    let into = |at: Timestamp| {
        let local = at.with_timezone(&zone);
        i64::from(local.minute()) * 60 + i64::from(local.second())
    };
    let from = span.from - TimeDelta::seconds(into(span.from));
    let rest = (span.until - from).num_seconds().rem_euclid(3600);
    let up = if rest == 0 { 0 } else { 3600 - rest };
    Interval { from, until: span.until + TimeDelta::seconds(up) }
}

/// Blocks that share time stand beside each other. They come sorted by start.
fn in_lanes(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut group = 0;
    let mut ends: Vec<Timestamp> = Vec::new();
    for at in 0..blocks.len() {
        let Some(interval) = blocks.get(at).map(|block| block.interval) else { break };
        if ends.iter().all(|end| *end <= interval.from) {
            close_group(&mut blocks, group..at, ends.len());
            group = at;
            ends.clear();
        }
        let lane = ends.iter().position(|end| *end <= interval.from).unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = interval.until,
            None => ends.push(interval.until),
        }
        if let Some(block) = blocks.get_mut(at) {
            block.lane = lane;
        }
    }
    let count = blocks.len();
    close_group(&mut blocks, group..count, ends.len());
    blocks
}

fn close_group(blocks: &mut [Block], group: std::ops::Range<usize>, lanes: usize) {
    for block in blocks.get_mut(group).into_iter().flatten() {
        block.lanes = lanes.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::{Kit, at, day};

    fn of(kit: &Kit, on: &str) -> DayView {
        let zone = kit.book.settings().zone;
        DayView::of(&kit.book, day(on), Now { at: at("2026-11-22T13:20:17Z"), zone }, day("2026-11-22"))
    }

    #[test]
    fn the_day_of_the_picture_runs_from_nine_to_fourteen_with_its_gap() {
        // Source: look.md, the Sessions picture; the eight minutes between the first two are a break.
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-22T09:14:00Z", "2026-11-22T11:02:00Z", |_| {});
        kit.unpaid(2, 2, "2026-11-22T11:10:00Z", "2026-11-22T12:00:00Z");
        kit.put(crate::domain::query::work::testkit::session(3, "2026-11-22T12:38:00Z", None));
        let view = of(&kit, "2026-11-22");
        let hours: Vec<&str> = view.hours.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(hours, ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00"]);
        let gaps: Vec<&str> = view.gaps.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(gaps, ["not recorded, 38 m"]);
        assert_eq!(
            view.blocks.iter().map(|block| block.what.as_str()).collect::<Vec<_>>(),
            ["paid work", "assessment", "running"]
        );
    }

    #[test]
    fn a_gap_that_was_put_aside_is_not_drawn() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |_| {});
        kit.work(2, 1, "2026-11-21T11:00:00Z", "2026-11-21T12:00:00Z", |_| {});
        let need = gaps(kit.book.sessions(), at("2026-11-22T13:20:17Z")).first().expect("an hour").need();
        kit.put(kit.book.seen().dismissing(need, day("2026-11-22")));
        assert!(of(&kit, "2026-11-21").gaps.is_empty());
    }

    #[test]
    fn blocks_at_the_same_time_stand_beside_each_other() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-21T09:00:00Z", "2026-11-21T11:00:00Z", |_| {});
        kit.work(2, 2, "2026-11-21T10:00:00Z", "2026-11-21T12:00:00Z", |_| {});
        kit.work(3, 1, "2026-11-21T11:00:00Z", "2026-11-21T12:30:00Z", |_| {});
        kit.work(4, 1, "2026-11-21T13:00:00Z", "2026-11-21T14:00:00Z", |_| {});
        let lanes: Vec<(usize, usize)> =
            of(&kit, "2026-11-21").blocks.iter().map(|block| (block.lane, block.lanes)).collect();
        assert_eq!(lanes, [(0, 2), (1, 2), (0, 2), (0, 1)]);
    }

    #[test]
    fn the_hour_that_comes_twice_has_two_lines() {
        let mut kit = Kit::new();
        kit.settings(|settings| settings.zone = chrono_tz::Europe::Berlin);
        kit.work(1, 1, "2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z", |session| {
            session.zone = chrono_tz::Europe::Berlin;
        });
        let view = of(&kit, "2026-10-25");
        let hours: Vec<&str> = view.hours.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(hours, ["01:00", "02:00", "02:00", "03:00", "04:00"]);
    }

    #[test]
    fn hours_without_clock_times_are_named_and_not_drawn() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z", |session| session.declared_secs = Some(23_400));
        let view = of(&kit, "2026-11-21");
        assert_eq!(view.declared, ["Project 1 · paid work, 6 h 30 m"]);
        assert!(view.blocks.is_empty() && view.span.is_none());
    }
}
