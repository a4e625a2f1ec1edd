//! A statement weighed against a Book: its rows by what becomes of them. Made off the frame; a frame only looks up.

use std::collections::BTreeMap;

use crate::domain::book::Book;
use crate::domain::query::incoming::{Choices, Incoming, Label, Made, Verdict};
use crate::domain::span::Now;
use crate::domain::statement::{Origin, Statement};

/// A line of the file: a row, or what was left out, by its place in the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// One of its rows.
    Row(usize),
    /// One that was left out.
    Left(usize),
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It becomes a record.
    New,
    /// Its record stands.
    Known,
    /// Its record is brought up to date.
    Changed,
    /// The user's word stands against it.
    Yours,
    /// The user may have written it down already.
    Doubtful,
    /// Nothing is taken of it.
    LeftOut,
}

impl Fate {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::New, Self::Known, Self::Changed, Self::Yours, Self::Doubtful, Self::LeftOut];

    /// Its name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Known => "Known",
            Self::Changed => "Changed",
            Self::Yours => "Yours stays",
            Self::Doubtful => "Doubtful",
            Self::LeftOut => "Left out",
        }
    }

    /// Whether it is told where there is none, too.
    #[must_use]
    pub fn is_always_told(self) -> bool {
        self != Self::Yours
    }

    fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::New => Self::New,
            Verdict::Known => Self::Known,
            Verdict::Changed | Verdict::CameThrough(_) => Self::Changed,
            Verdict::YoursStays => Self::Yours,
            Verdict::Doubtful(_) => Self::Doubtful,
            Verdict::Nothing(_) => Self::LeftOut,
        }
    }
}

/// A statement weighed against a Book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// What becomes of each row.
    pub incoming: Incoming,
    /// What it would make.
    pub made: Made,
    /// How many rows are the user's own spending, which is not kept.
    pub private: usize,
    /// Where the work of each label goes, and how many rows it has; the largest first.
    pub labels: Vec<(Label, usize)>,
    /// All lines, in the file's order.
    all: Vec<Entry>,
    /// The same by fate. A doubtful row that is wanted stands among the new and among the doubtful.
    by_fate: BTreeMap<Fate, Vec<Entry>>,
    /// What rows that say something else now said before, by their place.
    before: BTreeMap<usize, String>,
}

impl Weighed {
    /// Weighs a statement.
    #[must_use]
    pub fn of(book: &Book, statement: &Statement, choices: &Choices, now: Now) -> Self {
        let incoming = Incoming::of(book, statement, choices, now);
        let made = Made::of(book, statement, choices, &incoming);
        let rows = || statement.rows.iter().zip(&incoming.verdicts).enumerate();
        let private = incoming.verdicts.iter().filter(|verdict| super::is_private(verdict)).count();
        let mut lines: Vec<(u64, Entry)> = rows().map(|(at, (row, _))| (row.line, Entry::Row(at))).collect();
        lines.extend(statement.left_out.iter().enumerate().map(|(at, left)| (left.line, Entry::Left(at))));
        lines.sort_by_key(|(line, _)| *line);
        let all: Vec<Entry> = lines.into_iter().map(|(_, entry)| entry).collect();
        let mut by_fate: BTreeMap<Fate, Vec<Entry>> = BTreeMap::new();
        for entry in all.iter().copied() {
            let fate = fate_of(&incoming, entry);
            by_fate.entry(fate).or_default().push(entry);
            if let Entry::Row(at) = entry
                && fate != Fate::Doubtful
                && !choices.wanted.is_empty()
                && statement.rows.get(at).is_some_and(|row| choices.wanted.contains(&row.key))
            {
                by_fate.entry(Fate::Doubtful).or_default().push(entry);
            }
        }
        let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
        for label in statement.rows.iter().filter_map(Label::of).filter(|label| !label.is_empty()) {
            *counts.entry(label).or_default() += 1;
        }
        let mut labels: Vec<(Label, usize)> = counts.into_iter().collect();
        labels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let before = before(book, statement, &incoming);
        Self { incoming, made, private, labels, all, by_fate, before }
    }

    /// The lines of a fate, or all of them, in the file's order.
    #[must_use]
    pub fn lines(&self, fate: Option<Fate>) -> &[Entry] {
        match fate {
            None => &self.all,
            Some(fate) => self.by_fate.get(&fate).map_or(&[], Vec::as_slice),
        }
    }

    /// How many lines have a fate.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.lines(Some(fate)).len()
    }

    /// What becomes of a line.
    #[must_use]
    pub fn fate(&self, entry: Entry) -> Fate {
        fate_of(&self.incoming, entry)
    }

    /// Whether a line is the user's own spending.
    #[must_use]
    pub fn is_private(&self, entry: Entry) -> bool {
        matches!(entry, Entry::Row(at) if self.incoming.verdicts.get(at).is_some_and(super::is_private))
    }

    /// What a row that says something else now said before.
    #[must_use]
    pub fn said_before(&self, row: usize) -> Option<&str> {
        self.before.get(&row).map(String::as_str)
    }
}

fn fate_of(incoming: &Incoming, entry: Entry) -> Fate {
    match entry {
        Entry::Row(at) => incoming.verdicts.get(at).map_or(Fate::LeftOut, Fate::of),
        Entry::Left(_) => Fate::LeftOut,
    }
}

/// What the records of changed rows remember. Without such rows the Book is not walked.
fn before(book: &Book, statement: &Statement, incoming: &Incoming) -> BTreeMap<usize, String> {
    let rows = statement.rows.iter().zip(&incoming.verdicts).enumerate();
    let changed = rows.filter(|(_, (_, verdict))| matches!(verdict, Verdict::Changed | Verdict::YoursStays));
    let places: BTreeMap<&str, usize> = changed.map(|(at, (row, _))| (row.key.as_str(), at)).collect();
    if places.is_empty() {
        return BTreeMap::new();
    }
    let sessions = book.sessions().filter_map(|session| session.origin.as_ref());
    let earnings = book.earnings().filter_map(|earning| earning.origin.as_ref());
    let movements = book.movements().filter_map(|movement| movement.origin.as_ref());
    let told = |origin: &Origin| places.get(origin.key.as_str()).map(|at| (*at, origin.said.clone()));
    sessions.chain(earnings).chain(movements).filter_map(told).collect()
}
