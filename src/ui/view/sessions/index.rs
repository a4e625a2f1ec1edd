//! The rows of a look, ready to be searched: made once for its filters, then asked at each key.
//!
//! What is not drawn costs no words: a row is formatted when it comes into sight.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::look::Look;
use super::rows;
use super::search::{Search, Texts, folded};
use super::sums::Sum;
use super::{EarningRow, Line, SessionRow, SessionsView};
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId, SessionId};
use crate::domain::query::hours::{Selection, day_totals};
use crate::domain::query::overlaps::{Gap, gaps, once, overlap_need, overlaps};
use crate::domain::query::rates::{self, Row as WorkOf, WorkRow, row_of};
use crate::domain::query::work::Work;
use crate::domain::session::Session;
use crate::domain::session::TaskType;
use crate::domain::span::{DayRange, Now, day_plus};
use crate::ui::format::Style;

/// A row before it is formatted.
#[derive(Debug)]
struct Entry {
    row: WorkRow,
    /// Place of its shared text.
    text: usize,
    /// Its note, folded.
    note: String,
    /// All of its own seconds, whatever runs beside it.
    own_secs: i64,
}

impl Entry {
    fn session(&self) -> Option<&Arc<Session>> {
        match &self.row.row {
            WorkOf::Session(session) => Some(session),
            WorkOf::Earning(_) => None,
        }
    }
}

/// The rows of a look.
#[derive(Debug)]
pub struct Index {
    pub(super) book: Book,
    pub(super) now: Now,
    pub(super) today: NaiveDate,
    /// As they are shown: newest day first, in a day the newest first, then hours without clock times, then earnings.
    entries: Vec<Entry>,
    places: HashMap<SessionId, usize>,
    texts: Texts,
    /// Each session that overlaps another one, with that other one; pairs that were put aside left out.
    flagged: BTreeMap<SessionId, SessionId>,
    /// Those of whole days, by the place of the session after them.
    gaps: BTreeMap<usize, Gap>,
    /// The days as the domain sums them; `None` where only the rows can tell.
    days: Option<BTreeMap<NaiveDate, Sum>>,
    fully: bool,
}

impl Index {
    /// The rows of a look at an instant.
    #[must_use]
    pub fn of(book: &Book, work: &Work, look: &Look, now: Now, today: NaiveDate) -> Self {
        let selection = look.selection(book, today);
        let named = look.filter.as_ref().and_then(|filter| filter.sessions.as_ref());
        let (mut rows, days) = match named {
            Some(ids) => (by_name(work, look, &selection, ids, now), None),
            None => (rates::rows(work, &selection, now.at), sums_of_days(work, look, &selection, now)),
        };
        rows.retain(|row| look.fits(row));
        // Stable: what has clock times stays newest first.
        rows.sort_by_key(|row| (std::cmp::Reverse(row.day), rank(row)));
        let mut texts = Texts::default();
        let mut known = HashMap::new();
        let entries: Vec<Entry> = rows.into_iter().map(|row| entry(book, row, now, &mut texts, &mut known)).collect();
        let places: HashMap<SessionId, usize> =
            entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.session()?.id, at))).collect();
        let gaps = if look.shows_whole_days() { gaps_of(book, &entries, &places, now) } else { BTreeMap::new() };
        Self {
            flagged: flagged(book, &entries, now),
            book: book.clone(),
            now,
            today,
            entries,
            places,
            texts,
            gaps,
            days,
            fully: look.is_of_one_platform(),
        }
    }

    /// What is found of it: all where nothing is typed.
    #[must_use]
    pub fn search(self: &Arc<Self>, typed: &str) -> SessionsView {
        let search = Search::of(typed, &self.texts);
        let finds = |entry: &Entry| search.as_ref().is_none_or(|search| search.finds(entry.text, &entry.note));
        let shown: Vec<usize> =
            self.entries.iter().enumerate().filter(|(_, entry)| finds(entry)).map(|(at, _)| at).collect();
        let of_domain = self.days.as_ref().filter(|_| search.is_none());
        let secs = if of_domain.is_none() { self.parallel_secs(&shown) } else { BTreeMap::new() };
        let mut view = SessionsView::empty(Arc::clone(self), search.is_some());
        for (nth, at) in shown.iter().enumerate() {
            let Some(entry) = self.entries.get(*at) else { continue };
            let begins = nth == 0 || view.days.last().is_none_or(|(day, _)| *day != entry.row.day);
            if begins {
                let sum = of_domain.and_then(|days| days.get(&entry.row.day));
                view.days.push((entry.row.day, sum.cloned().unwrap_or_default()));
                view.push(Line::Day(view.days.len() - 1), *at);
            }
            if of_domain.is_none()
                && let Some((_, day)) = view.days.last_mut()
            {
                day.add(&entry.row, secs.get(at).copied().unwrap_or(entry.own_secs));
            }
            let line = if entry.session().is_some() { Line::Session(*at) } else { Line::Earning(*at) };
            view.push(line, *at);
            if search.is_none()
                && let Some(gap) = self.gaps.get(at)
            {
                view.push(Line::Gap(*gap), *at);
            }
        }
        let mut all = Sum::default();
        match of_domain {
            Some(days) => days.values().for_each(|day| all.join(day)),
            None => view.days.iter().for_each(|(_, day)| all.join(day)),
        }
        view.totals = all.totals(self.book.settings().home_currency, self.style());
        view
    }

    /// The seconds of those shown that run beside others: each second once, unless all is of one platform.
    fn parallel_secs(&self, shown: &[usize]) -> BTreeMap<usize, i64> {
        if self.fully {
            return BTreeMap::new();
        }
        let beside = shown.iter().filter_map(|at| {
            let session = self.entries.get(*at)?.session()?;
            self.runs_beside(session.id).then_some((*at, session.as_ref()))
        });
        once(beside, self.now.at)
    }

    fn runs_beside(&self, id: SessionId) -> bool {
        self.flagged.contains_key(&id)
    }

    /// How the user writes numbers and days.
    pub(super) fn style(&self) -> Style {
        Style::of(self.book.settings())
    }

    /// The place of a session.
    pub(super) fn place(&self, id: SessionId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    pub(super) fn session(&self, at: usize) -> Option<&Arc<Session>> {
        self.entries.get(at)?.session()
    }

    pub(super) fn own_secs(&self, at: usize) -> i64 {
        self.entries.get(at).map_or(0, |entry| entry.own_secs)
    }

    /// The session that this one overlaps, where nobody has said that both are right.
    pub(super) fn overlapped_by(&self, id: SessionId) -> Option<&Arc<Session>> {
        let other = *self.flagged.get(&id)?;
        let aside = self.book.seen().has_dismissed(&overlap_need(id, other));
        self.book.session(other).filter(|_| !aside)
    }

    /// A session as a row.
    pub(super) fn row(&self, at: usize) -> Option<SessionRow> {
        let entry = self.entries.get(at)?;
        Some(rows::session_row(self, &entry.row, entry.session()?))
    }

    /// An earning as a row.
    pub(super) fn earning(&self, at: usize) -> Option<EarningRow> {
        let row = &self.entries.get(at)?.row;
        match &row.row {
            WorkOf::Earning(earning) => Some(rows::earning_row(&self.book, row, earning)),
            WorkOf::Session(_) => None,
        }
    }
}

/// In a day: what has clock times, then hours alone, then earnings.
fn rank(row: &WorkRow) -> u8 {
    match &row.row {
        WorkOf::Session(session) if session.declared_secs.is_none() => 0,
        WorkOf::Session(_) => 1,
        WorkOf::Earning(_) => 2,
    }
}

type Shared = (Option<PlatformId>, Option<ProjectId>, Option<TaskType>);

fn entry(book: &Book, row: WorkRow, now: Now, texts: &mut Texts, known: &mut HashMap<Shared, usize>) -> Entry {
    let (own_secs, task_type, note) = match &row.row {
        WorkOf::Session(session) => (session.own_secs(now.at), session.task_type.clone(), folded(&session.note)),
        WorkOf::Earning(earning) => (0, None, folded(&earning.note)),
    };
    let key = (row.platform, row.project, task_type);
    let text = known.get(&key).copied().unwrap_or_else(|| {
        let (platform, project, task_type) = &key;
        let platform = platform.and_then(|id| book.platform(id)).map_or("", |platform| &platform.name);
        let project = project.and_then(|id| book.project(id));
        let usual = project.and_then(|project| project.usual_task_type.as_deref());
        let name = project.map_or("", |project| &project.name);
        let kind = task_type.as_deref().or(usual).unwrap_or("");
        let text = texts.add(&format!("{platform} {name} {kind}"));
        known.insert(key, text);
        text
    });
    Entry { row, text, note, own_secs }
}

/// The days as the domain sums them, where it knows the whole look. They sum to the whole.
fn sums_of_days(work: &Work, look: &Look, selection: &Selection, now: Now) -> Option<BTreeMap<NaiveDate, Sum>> {
    if look.settled.is_some() {
        return None;
    }
    let days = day_totals(work, selection, now.at);
    Some(days.iter().map(|day| (day.day, Sum::of(&day.rates))).collect())
}

/// The rows of named sessions; each counts fully, whatever ran beside it.
fn by_name(work: &Work, look: &Look, selection: &Selection, ids: &BTreeSet<SessionId>, now: Now) -> Vec<WorkRow> {
    let fits = |row: &WorkRow| {
        let WorkOf::Session(session) = &row.row else { return false };
        selection.days.contains(row.day)
            && look.platform.is_none_or(|wanted| row.platform == Some(wanted))
            && look.project.is_none_or(|wanted| row.project == Some(wanted))
            && look.activity.is_none_or(|wanted| session.activity == wanted)
            && look.task_type.as_deref().is_none_or(|wanted| {
                let usual = row.project.and_then(|id| work.book().project(id));
                let usual = usual.and_then(|project| project.usual_task_type.as_deref());
                session.task_type.as_deref().or(usual) == Some(wanted)
            })
    };
    let mut rows: Vec<WorkRow> = ids.iter().filter_map(|id| row_of(work, *id, now.at)).filter(fits).collect();
    let start = |row: &WorkRow| match &row.row {
        WorkOf::Session(session) => Some(session.started_at),
        WorkOf::Earning(_) => None,
    };
    rows.sort_by_key(|row| std::cmp::Reverse((row.day, start(row))));
    rows
}

/// Each session of the rows that overlaps another one, with that other one. Others are looked for a few days around.
fn flagged(book: &Book, entries: &[Entry], now: Now) -> BTreeMap<SessionId, SessionId> {
    let days = entries.iter().map(|entry| entry.row.day);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return BTreeMap::new() };
    // A session lasts three days at most.
    let around = DayRange::new(day_plus(first, -4), day_plus(last, 4));
    overlaps(book.sessions_on(around), now.at)
}

/// The stretches of whole days that nobody recorded and nobody put aside.
fn gaps_of(book: &Book, entries: &[Entry], places: &HashMap<SessionId, usize>, now: Now) -> BTreeMap<usize, Gap> {
    let aside: BTreeSet<&str> = book.seen().dismissed.iter().map(|dismissed| dismissed.need.as_str()).collect();
    let mut found = BTreeMap::new();
    for day in entries.chunk_by(|one, other| one.row.day == other.row.day) {
        for gap in gaps(day.iter().filter_map(Entry::session), now.at) {
            if let Some(at) = places.get(&gap.before)
                && !aside.contains(gap.need().as_str())
            {
                found.insert(*at, gap);
            }
        }
    }
    found
}
