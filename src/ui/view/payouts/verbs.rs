//! What can be done with an entry, in the order of its buttons and its menu.

use super::EntryId;
use super::detail::can_land;
use crate::domain::book::Book;
use crate::domain::earning::Earning;
use crate::domain::query::calendar::{Calendar, Expected, Source, UnknownDate, Window};
use crate::ui::view::reasons;

/// Something that can be done with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryVerb {
    /// It has arrived.
    Land,
    /// It comes on another day.
    Move,
    /// It is kept from being paid, frozen or disputed.
    Hold,
    /// Nothing holds it any more.
    Release,
    /// It is given up.
    WriteOff,
    /// Change it.
    Edit,
    /// Take it away.
    Delete,
    /// The sessions behind it.
    Sessions,
    /// Its platform.
    Platform,
    /// The schedule that it follows, or a first one.
    Schedule,
}

impl EntryVerb {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Land,
        Self::Move,
        Self::Hold,
        Self::Release,
        Self::WriteOff,
        Self::Edit,
        Self::Delete,
        Self::Sessions,
        Self::Platform,
        Self::Schedule,
    ];

    /// Its name and one line about it.
    #[must_use]
    pub fn words(self, id: EntryId) -> (&'static str, &'static str) {
        let bill = matches!(id, EntryId::Bill(..));
        match self {
            Self::Land => ("Landed…", "The money has arrived"),
            Self::Move => ("Move…", "Not before a day, or promised for one"),
            Self::Hold => ("Hold…", "Frozen by the platform, or disputed by you"),
            Self::Release => ("No longer held", "Nothing keeps it from being paid any more"),
            Self::WriteOff => ("Write off", "Give it up; Undo brings it back"),
            Self::Edit if bill => ("Edit…", "Name, amount, day, how often"),
            Self::Edit => ("Edit…", "Day, amount, note"),
            Self::Delete if bill => ("Delete", "Take this bill away, with all its days"),
            Self::Delete => ("Delete", "Take this payout away; what it settled is open again"),
            Self::Sessions => ("Sessions behind it", "The work that the amount is made of"),
            Self::Platform => ("Platform", "Its projects, schedule and rates"),
            Self::Schedule => ("Schedule…", "How this platform pays; the dates follow"),
        }
    }

    /// Whether it changes the Book, and so is not there while that can only be read.
    #[must_use]
    pub fn changes(self) -> bool {
        !matches!(self, Self::Sessions | Self::Platform)
    }
}

/// What can be done with an entry, the main verb first; nothing where it is gone.
#[must_use]
pub fn verbs(book: &Book, calendar: &Calendar, id: EntryId) -> Vec<EntryVerb> {
    match id {
        EntryId::Expected(key) => {
            let found = calendar.expected.iter().find(|expected| expected.key == key);
            found.map(|expected| of_expected(book, expected)).unwrap_or_default()
        }
        EntryId::UnderWay(payout) => {
            let mut verbs = vec![EntryVerb::Land, EntryVerb::Delete];
            verbs.extend(of_payout(book, payout));
            verbs
        }
        EntryId::Landed(payout) => {
            let mut verbs = vec![EntryVerb::Edit, EntryVerb::Delete];
            verbs.extend(of_payout(book, payout));
            verbs
        }
        EntryId::Bill(bill, _) if book.bill(bill).is_some() => vec![EntryVerb::Edit, EntryVerb::Delete],
        EntryId::Bill(..) => Vec::new(),
    }
}

fn of_expected(book: &Book, expected: &Expected) -> Vec<EntryVerb> {
    let mut verbs = Vec::new();
    if can_land(book, expected) {
        verbs.push(EntryVerb::Land);
        let held = |earning: &Earning| earning.held.is_some();
        let any_held = earnings(book, expected).any(held);
        let frozen = matches!(expected.window, Window::Unknown(UnknownDate::Frozen | UnknownDate::Disputed));
        verbs.push(EntryVerb::Move);
        verbs.push(if any_held && frozen { EntryVerb::Release } else { EntryVerb::Hold });
        verbs.push(EntryVerb::WriteOff);
    }
    if !reasons::sessions_behind(book, expected).is_empty() {
        verbs.push(EntryVerb::Sessions);
    }
    verbs.extend([EntryVerb::Platform, EntryVerb::Schedule]);
    verbs
}

/// The recorded earnings behind an expected payout.
pub(super) fn earnings<'a>(book: &'a Book, expected: &'a Expected) -> impl Iterator<Item = &'a Earning> {
    expected.rows.iter().filter_map(|row| match row.source {
        Source::Earning(id) => book.earning(id).map(AsRef::as_ref),
        Source::Session(_) => None,
    })
}

fn of_payout(book: &Book, id: crate::domain::ids::PayoutId) -> Vec<EntryVerb> {
    let Some(payout) = book.payout(id) else { return Vec::new() };
    let covered = |earning: &Earning| !reasons::sessions_covered(book, &earning.covers).is_empty();
    let sessions = payout.allocations.iter().filter_map(|part| book.earning(part.earning)).any(|one| covered(one));
    let mut verbs = Vec::new();
    if sessions {
        verbs.push(EntryVerb::Sessions);
    }
    if payout.platform.is_some() {
        verbs.push(EntryVerb::Platform);
    }
    verbs
}
