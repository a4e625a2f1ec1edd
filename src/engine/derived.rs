//! Derived figures, kept until what they depend on moves.
//!
//! The key holds everything that an answer depends on: the Book's revision, the user's day, and the minute while a
//! timer runs. There are no hand-written "dirty" flags.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::query::calendar::{self, Calendar};
use crate::domain::query::hours::{Period, Selection};
use crate::domain::query::rates::{self, Rates};
use crate::domain::query::work::Work;
use crate::domain::session::SessionState;
use crate::domain::span::{Now, Timestamp, Zone, user_day};

/// What figures depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The Book's revision.
    pub revision: u64,
    /// The user's day.
    pub today: NaiveDate,
    /// The user's zone.
    pub zone: Zone,
    /// The minute (since 1970) while a timer runs, else 0.
    pub minute: i64,
}

/// Figures that several screens share.
#[derive(Debug)]
pub struct Figures {
    /// What they depend on.
    pub stamp: Stamp,
    /// The instant at which they were made.
    pub at: Timestamp,
    /// The payout calendar.
    pub calendar: Calendar,
    /// The work of the Book: what hours and rates of any selection are asked of.
    pub work: Arc<Work>,
    /// Today.
    pub today: Rates,
    /// The user's week.
    pub week: Rates,
}

#[derive(Default)]
pub(super) struct Derived {
    slot: Option<Arc<Figures>>,
    /// Depends on the Book alone, and outlives the minute.
    work: Option<(u64, Arc<Work>)>,
}

impl Derived {
    pub(super) fn figures(&mut self, book: &Book, now: Now) -> Arc<Figures> {
        let stamp = stamp(book, now);
        let fresh = self.slot.take().filter(|figures| figures.stamp == stamp);
        let figures = fresh.unwrap_or_else(|| {
            let work = self.work(book);
            let week_start = book.settings().week_start;
            let of = |period: Period| {
                let selection = Selection::period(period.days(stamp.today, week_start));
                rates::rates(&work, &selection, now.at)
            };
            Arc::new(Figures {
                stamp,
                at: now.at,
                calendar: calendar::calendar(book, now),
                today: of(Period::Today),
                week: of(Period::ThisWeek),
                work,
            })
        });
        self.slot = Some(Arc::clone(&figures));
        figures
    }

    fn work(&mut self, book: &Book) -> Arc<Work> {
        let revision = book.revision();
        let fresh = self.work.take().filter(|(of, _)| *of == revision);
        let (_, work) = self
            .work
            .insert(fresh.unwrap_or_else(|| (revision, Arc::new(Work::of(book)))));
        Arc::clone(work)
    }
}

fn stamp(book: &Book, now: Now) -> Stamp {
    let runs = book
        .open_sessions()
        .any(|session| session.state() == SessionState::Running);
    Stamp {
        revision: book.revision(),
        today: user_day(now.at, now.zone, book.settings().day_start_minutes),
        zone: now.zone,
        minute: if runs {
            now.at.timestamp().div_euclid(60)
        } else {
            0
        },
    }
}
