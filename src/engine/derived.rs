//! Derived figures, kept until what they depend on moves.
//!
//! The key holds everything that an answer depends on: the Book's revision, the user's day and zone, and the minute
//! while a timer runs. There are no hand-written "dirty" flags. The reading of the Book depends on the revision
//! alone, and follows it at the cost of what changed: running sessions are added on top of it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::query::calendar::{self, Calendar};
use crate::domain::query::hours::{Period, Selection};
use crate::domain::query::needs::{self, Closed};
use crate::domain::query::rates::{self, Rates};
use crate::domain::query::work::Work;
use crate::domain::span::{Month, Now, Timestamp, Zone, user_day};

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
#[derive(Clone)]
pub struct Figures {
    /// What they depend on.
    pub stamp: Stamp,
    /// The instant at which they were made; queries over `work` take it as their "now".
    pub at: Timestamp,
    /// The Book, read for rates and hours.
    pub work: Arc<Work>,
    /// What the months before the user's current one say; running sessions are no part of it.
    pub closed: Arc<Closed>,
    /// The payout calendar.
    pub calendar: Calendar,
    /// The rates of the user's day.
    pub today: Rates,
    /// The rates of the user's week.
    pub week: Rates,
}

impl Figures {
    /// The figures of a Book at a moment.
    #[must_use]
    pub fn of(book: &Book, now: Now) -> Self {
        Self::over(Arc::new(Work::of(book)), None, book, now, None)
    }

    /// The figures of a Book at a moment, at the cost of what changed since these.
    pub(super) fn after(self, closed: Option<Arc<Closed>>, book: &Book, now: Now) -> Self {
        let Self { mut work, calendar, .. } = self;
        let payouts_at = work.payouts_at();
        if work.book().revision() != book.revision() {
            // Nobody else holds it as a rule; where somebody does, it is copied.
            Arc::make_mut(&mut work).follow(book);
        }
        let calendar = Some(calendar).filter(|_| work.payouts_at() == payouts_at);
        Self::over(work, closed, book, now, calendar)
    }

    /// The same figures of a Book that says nothing else, but for what was seen of them.
    pub(super) fn of_same(mut self, book: &Book) -> Self {
        self.stamp.revision = book.revision();
        Arc::make_mut(&mut self.work).follow(book);
        self
    }

    fn over(work: Arc<Work>, closed: Option<Arc<Closed>>, book: &Book, now: Now, before: Option<Calendar>) -> Self {
        let stamp = Stamp::of(book, now);
        let week_start = book.settings().week_start;
        let of = |period: Period| rates::rates(&work, &Selection::period(period.days(stamp.today, week_start)), now.at);
        Self {
            stamp,
            at: now.at,
            closed: closed.unwrap_or_else(|| Arc::new(needs::closed(&work, stamp.today))),
            calendar: calendar::of_work(&work, now, before),
            today: of(Period::Today),
            week: of(Period::ThisWeek),
            work,
        }
    }
}

impl Stamp {
    fn of(book: &Book, now: Now) -> Self {
        let runs = book.running_sessions().next().is_some();
        Self {
            revision: book.revision(),
            today: user_day(now.at, now.zone, book.settings().day_start_minutes),
            zone: now.zone,
            minute: if runs { now.at.timestamp().div_euclid(60) } else { 0 },
        }
    }
}

/// The figures as they were asked for last.
#[derive(Default)]
pub(super) struct Derived {
    held: Option<Arc<Figures>>,
    /// What the closed months say at a revision, before a month.
    closed: Option<(u64, Month, Arc<Closed>)>,
    /// A reading of the Book that was made elsewhere.
    adopted: Option<Work>,
}

impl Derived {
    /// Goes on from another reading of the Book.
    pub(super) fn adopt(&mut self, work: Work) {
        self.forget_figures();
        self.adopted = Some(work);
    }

    /// Forgets figures that were taken; a reading that none was taken of yet stays.
    pub(super) fn forget_figures(&mut self) {
        (self.held, self.closed) = (None, None);
    }

    pub(super) fn figures(&mut self, book: &Book, now: Now) -> Arc<Figures> {
        let stamp = Stamp::of(book, now);
        let month = Month::of_day(stamp.today);
        let known = self.closed.as_ref().filter(|(at, before, _)| (*at, *before) == (stamp.revision, month));
        let closed = known.map(|(_, _, closed)| Arc::clone(closed));
        let figures = match self.held.take() {
            Some(held) if held.stamp == stamp => held,
            Some(held) => Arc::new(Arc::unwrap_or_clone(held).after(closed, book, now)),
            None => match self.adopted.take() {
                Some(mut work) => {
                    work.follow(book);
                    Arc::new(Figures::over(Arc::new(work), None, book, now, None))
                }
                None => Arc::new(Figures::of(book, now)),
            },
        };
        self.held = Some(Arc::clone(&figures));
        self.closed = Some((stamp.revision, month, Arc::clone(&figures.closed)));
        figures
    }

    /// Holds figures that were made elsewhere; returns those that were held.
    pub(super) fn hold(&mut self, figures: Figures) -> Option<Arc<Figures>> {
        let (stamp, closed) = (figures.stamp, Arc::clone(&figures.closed));
        self.closed = Some((stamp.revision, Month::of_day(stamp.today), closed));
        self.adopted = None;
        self.held.replace(Arc::new(figures))
    }

    /// Takes over that the Book has become the one of these figures, and what was seen of them besides.
    pub(super) fn settle(&mut self, book: &Book) {
        if let Some(held) = self.held.take() {
            let figures = Arc::unwrap_or_clone(held).of_same(book);
            self.closed = self.closed.take().map(|(_, month, closed)| (book.revision(), month, closed));
            self.held = Some(Arc::new(figures));
        }
    }

    /// What the closed months say at a revision, where that is known already. `today` is the user's day.
    pub(super) fn knows_closed(&mut self, revision: u64, today: NaiveDate, closed: Arc<Closed>) {
        self.closed = Some((revision, Month::of_day(today), closed));
    }
}
