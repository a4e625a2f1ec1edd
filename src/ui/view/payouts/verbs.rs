//! What can be done with an entry, in the order of its buttons and its menu.

use chrono::NaiveDate;

use super::EntryId;
use super::detail::can_land;
use super::entries::late_days;
use crate::domain::book::Book;
use crate::domain::earning::Earning;
use crate::domain::ids::PayoutId;
use crate::domain::query::calendar::{self, Calendar, Expected, Source, UnknownDate, Window};
use crate::ui::view::reasons;

/// Something that can be done with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryVerb {
    /// It has arrived.
    Land,
    /// It was asked for: money that can be drawn.
    Draw,
    /// It has arrived at the next account on its way.
    Arrived,
    /// Ask where it is.
    Chase,
    /// Say what came beyond what was owed.
    Explain,
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
    /// All its figures and transfers.
    Figures,
    /// Another match.
    Settles,
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
    pub const ALL: [Self; 16] = [
        Self::Land,
        Self::Draw,
        Self::Arrived,
        Self::Chase,
        Self::Explain,
        Self::Move,
        Self::Hold,
        Self::Release,
        Self::WriteOff,
        Self::Edit,
        Self::Figures,
        Self::Settles,
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
            Self::Draw => ("Draw…", "You asked for it: all of it, or a part"),
            Self::Arrived => ("Arrived…", "At a wallet or a bank on its way; several can go on together"),
            Self::Chase => ("Chase…", "A text that asks where it is, and a day to ask again"),
            Self::Explain => ("Explain…", "A bonus, a correction, or work that is open"),
            Self::Move => ("Move…", "All or a part: not before a day, or promised for one"),
            Self::Hold => ("Hold…", "Frozen by the platform, or disputed by you"),
            Self::Release => ("No longer held", "Nothing keeps it from being paid any more"),
            Self::WriteOff => ("Write off", "Give it up; Undo brings it back"),
            Self::Edit if bill => ("Edit…", "Name, amount, day, how often"),
            Self::Edit => ("Edit…", "Day, amount, note"),
            Self::Figures => ("All figures…", "Gross, fees, tax, exchange, received; each transfer"),
            Self::Settles => ("Change what it settles…", "Other work, or parts of it"),
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
pub fn verbs(book: &Book, calendar: &Calendar, id: EntryId, today: NaiveDate) -> Vec<EntryVerb> {
    match id {
        EntryId::Expected(key) => {
            let found = calendar.expected.iter().find(|expected| expected.key == key);
            found.map(|expected| of_expected(book, expected)).unwrap_or_default()
        }
        EntryId::UnderWay(payout) => {
            let mut verbs = vec![EntryVerb::Land];
            verbs.extend(goes_on(book, payout).then_some(EntryVerb::Arrived));
            let late = calendar.in_transit.iter().any(|one| one.payout == payout && late_days(one, today) > 0);
            verbs.extend(late.then_some(EntryVerb::Chase));
            verbs.extend([EntryVerb::Figures, EntryVerb::Settles, EntryVerb::Delete]);
            verbs.extend(of_payout(book, payout));
            verbs
        }
        EntryId::Landed(payout) => {
            let mut verbs = vec![EntryVerb::Edit];
            let surplus = book.payout(payout).filter(|payout| payout.platform.is_some());
            let surplus = surplus.is_some_and(|payout| payout.unallocated().amount > rust_decimal::Decimal::ZERO);
            verbs.extend(surplus.then_some(EntryVerb::Explain));
            verbs.extend([EntryVerb::Delete, EntryVerb::Figures, EntryVerb::Settles]);
            verbs.extend(goes_on(book, payout).then_some(EntryVerb::Arrived));
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
        verbs.extend(matches!(expected.window, Window::DrawableNow { .. }).then_some(EntryVerb::Draw));
        verbs.extend((expected.late_days > 0).then_some(EntryVerb::Chase));
        let held = |earning: &Earning| earning.held.is_some();
        let any_held = earnings(book, expected).any(held);
        let frozen = matches!(expected.window, Window::Unknown(UnknownDate::Frozen | UnknownDate::Disputed));
        verbs.push(EntryVerb::Move);
        verbs.push(if any_held && frozen { EntryVerb::Release } else { EntryVerb::Hold });
        verbs.push(EntryVerb::WriteOff);
        // Nobody says when it comes: it can be asked for all the same.
        verbs.extend(matches!(expected.window, Window::Unknown(_)).then_some(EntryVerb::Chase));
    }
    if !reasons::sessions_behind(book, expected).is_empty() {
        verbs.push(EntryVerb::Sessions);
    }
    verbs.extend([EntryVerb::Platform, EntryVerb::Schedule]);
    verbs
}

/// Whether a payout has an account before it: of a way of several, one that it has not reached.
fn goes_on(book: &Book, id: PayoutId) -> bool {
    let Some(payout) = book.payout(id) else { return false };
    let stops = calendar::way(book, payout);
    (stops.len() > 1 || payout.received.is_none()) && stops.iter().any(|stop| stop.arrived_on().is_none())
}

/// The recorded earnings behind an expected payout.
pub(super) fn earnings<'a>(book: &'a Book, expected: &'a Expected) -> impl Iterator<Item = &'a Earning> {
    expected.rows.iter().filter_map(|row| match row.source {
        Source::Earning(id) => book.earning(id).map(AsRef::as_ref),
        Source::Session(_) => None,
    })
}

fn of_payout(book: &Book, id: PayoutId) -> Vec<EntryVerb> {
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
