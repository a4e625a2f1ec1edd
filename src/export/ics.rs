//! The payout calendar as iCalendar (RFC 5545), for the calendar that the user looks at anyway.
//!
//! Promises: an event's name (UID) depends on what it is of and on nothing else, so that a later export updates the
//! earlier one; the same Book at the same moment gives the same bytes. Expected money stands as all-day events over its
//! window, estimates are marked and tentative, nothing blocks the user's time. Money without a date stands in no calendar.

mod events;

use chrono::{DateTime, Duration, NaiveDate};
use icalendar::{Alarm, Calendar as File, Class, Component, Event, EventLike, EventStatus, Property};

use crate::domain::book::Book;
use crate::domain::query::calendar::Calendar;
use crate::domain::span::{DayRange, Now, Timestamp, day_plus};

/// How long landed money stays in the calendar, in days.
pub const LANDED_DAYS: i64 = 60;
/// How far bills are written ahead, in days.
pub const BILL_DAYS: i64 = 366;

/// What is written: the text of the file, and how many events are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file, in UTF-8 with the line ends of the standard.
    pub text: String,
    /// How many events it holds.
    pub events: usize,
}

/// What an event is for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// What it is of: its name is made from this alone.
    name: String,
    when: When,
    title: String,
    /// A line a reason.
    description: String,
    /// Whether it may still come otherwise.
    tentative: bool,
    /// So many hours before it the user is reminded; none where 0.
    remind_hours: u32,
}

/// When an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// All of these days.
    Days(DayRange),
    /// A moment.
    At(Timestamp),
}

/// The calendar of a Book. `calendar` is its payout calendar at `now`, `today` the user's day.
#[must_use]
pub fn written(book: &Book, calendar: &Calendar, now: Now, today: NaiveDate) -> Written {
    let entries = events::entries(book, calendar, now, today);
    let mut file = File::empty();
    let version = concat!("-//TrueRate//truerate ", env!("CARGO_PKG_VERSION"), "//EN");
    for (name, value) in [("VERSION", "2.0"), ("PRODID", version), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        file.append_property(Property::new(name, value));
    }
    file.name("TrueRate");
    for entry in &entries {
        file.push(event(entry, now.at));
    }
    Written { text: folded(&file.to_string()), events: entries.len() }
}

/// Lines of 75 bytes at the most. The package folds wherever the 75th byte is, and a blank at a fold is lost in readers that
/// are less strict than the standard: here none stands at one.
fn folded(text: &str) -> String {
    const MOST: usize = 75;
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut rest = line;
        let mut room = MOST;
        while rest.len() > room {
            let ends = |at: &usize| {
                let blank = char::is_whitespace;
                rest.split_at_checked(*at).is_some_and(|(now, next)| !now.ends_with(blank) && !next.starts_with(blank))
            };
            let inside = || rest.char_indices().map(|(at, _)| at).skip(1).take_while(|at| *at <= room);
            // Blanks alone are cut where they must be.
            let Some(at) = inside().filter(ends).last().or_else(|| inside().last()) else { break };
            let (now, next) = rest.split_at(at);
            folded.push_str(now);
            folded.push_str("\r\n ");
            // The blank that begins the next line is one of its bytes.
            (rest, room) = (next, MOST - 1);
        }
        folded.push_str(rest);
        folded.push_str("\r\n");
    }
    folded
}

fn event(entry: &Entry, at: Timestamp) -> Event {
    let uid = uid(&entry.name);
    let mut event = Event::new();
    event
        .uid(&uid)
        .timestamp(at)
        .sequence(sequence(at))
        .summary(&plain(&entry.title))
        .description(&plain(&entry.description))
        .status(if entry.tentative { EventStatus::Tentative } else { EventStatus::Confirmed })
        .class(Class::Private)
        // The user is free on a pay day.
        .add_property("TRANSP", "TRANSPARENT");
    match entry.when {
        // The last day is the first that isn't part of it.
        When::Days(days) => _ = event.starts(days.first).ends(day_plus(days.last, 1)),
        When::At(at) => _ = event.starts(at),
    }
    if entry.remind_hours > 0 {
        let mut alarm = Alarm::display(&plain(&entry.title), -Duration::hours(i64::from(entry.remind_hours)));
        alarm.uid(&format!("alarm-{uid}")).timestamp(at);
        event.alarm(alarm);
    }
    event.done()
}

/// Minutes since 1970: a later export has a higher one, whatever else is known of the earlier.
fn sequence(at: DateTime<chrono::Utc>) -> u32 {
    u32::try_from(at.timestamp().div_euclid(60)).unwrap_or(0)
}

/// A name that stays: the 64-bit FNV-1a hash of what the event is of. It keeps names of platforms and ids to itself.
fn uid(name: &str) -> String {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}@truerate")
}

/// A text without the letters that the format can't hold.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect()
}

#[cfg(test)]
mod tests;
