//! Mappings: what the columns of a table mean that no format is known for, as a person said it once.
//!
//! ```text
//! Mapping ── head      whose table it is: the names of its columns as a set, or how many there are
//!         ├─ rows      time, what a platform owes, or money that moved
//!         ├─ columns   Place ─► Meaning, in the table's order; a column without one is not read
//!         ├─ signs     which way an amount goes
//!         ├─ words     of states and of kinds
//!         └─ fixed     currency, payer, account: what holds for every row
//! ```
//!
//! It is kept in the settings under its name, and a table with the same columns is read by it the next time.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::money::Currency;

/// What the columns of a table mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Its name, as it is shown.
    pub name: String,
    /// By what its tables are known.
    pub head: Head,
    /// What a row is.
    pub rows: RowKind,
    /// What columns mean, in the table's order. What is not named is not read.
    pub columns: Vec<(Place, Meaning)>,
    /// Which way an amount goes.
    pub signs: Signs,
    /// Whether the fee is to be taken off the amount; else it is in it already.
    pub fee_beside: bool,
    /// What the words of states mean, by the word in small letters; the usual ones need none.
    pub states: BTreeMap<String, Standing>,
    /// What the words of kinds mean, by the word in small letters; the usual ones need none.
    pub kinds: BTreeMap<String, Kind>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// Who pays by it; empty where the rows say, or nobody does.
    pub payer: String,
    /// Whose account it is of: a part of what rows are known by; empty where there is only one.
    pub account: String,
}

/// By what a table is known again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// The names of its columns in small letters, whatever their order.
    Names(BTreeSet<String>),
    /// It has no names: so many columns.
    Columns(u32),
}

/// Which column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The one of this name, in small letters.
    Named(String),
    /// The one that stands there, from 1; where it has no name.
    Nth(u32),
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    /// Time that was worked.
    Time,
    /// What a platform owes, or has paid.
    Credited,
    /// Money that came to an account or left it.
    Moved,
}

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The day.
    Day,
    /// The time of that day.
    Clock,
    /// The zone of the time.
    Zone,
    /// When it began: a time of the day, or day and time.
    Start,
    /// The day on which it ended.
    EndDay,
    /// When it ended, likewise.
    End,
    /// How long it was.
    Length,
    /// An amount with its sign.
    Amount,
    /// An amount that came.
    In,
    /// An amount that left.
    Out,
    /// Words for which way the amount goes.
    Direction,
    /// What was kept.
    Fee,
    /// The currency.
    Currency,
    /// Where it stands.
    State,
    /// What kind of row it is.
    Type,
    /// The client, or what stands for the platform.
    Client,
    /// The project or task.
    Project,
    /// Words of one's own.
    Note,
    /// Who it came from or went to.
    Other,
    /// Who it came from, where it came.
    From,
    /// Who it went to, where it left.
    To,
    /// What is written with it.
    Text,
    /// The number that tells rows apart; several columns do it together.
    Reference,
    /// The number of the row that it belongs to.
    Parent,
}

/// Which way an amount goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signs {
    /// As it is written.
    AsWritten,
    /// The other way: a card's file has what was spent above zero.
    Reversed,
    /// Where the column of directions has one of these words (in small letters) it left, else it came.
    OutWhere(BTreeSet<String>),
}

/// What the word of a state means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Not decided; of money that moved: on its way.
    Pending,
    /// Owed, and not to be had yet.
    Approved,
    /// Owed, and can be taken out.
    Available,
    /// Has left the platform; of money that moved: it has come to pass.
    Done,
    /// Refused, or never came to pass.
    Refused,
    /// Given back.
    Returned,
    /// The row is left out.
    Skipped,
}

/// What the word of a kind means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Hours or tasks.
    Work,
    /// Money without time.
    Bonus,
    /// A correction.
    Adjustment,
    /// What is kept.
    Fee,
    /// From or to somebody else.
    Payment,
    /// To an account of one's own, or from there.
    Own,
    /// One side of an exchange.
    Exchange,
    /// Kept for a while, or let go.
    Hold,
    /// Given back.
    Refund,
    /// The row is left out.
    Skipped,
}

impl RowKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Credited, Self::Moved, Self::Time];
}

impl Meaning {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 24] = [
        Self::Day,
        Self::Clock,
        Self::Zone,
        Self::Start,
        Self::EndDay,
        Self::End,
        Self::Length,
        Self::Amount,
        Self::In,
        Self::Out,
        Self::Direction,
        Self::Fee,
        Self::Currency,
        Self::State,
        Self::Type,
        Self::Client,
        Self::Project,
        Self::Note,
        Self::Other,
        Self::From,
        Self::To,
        Self::Text,
        Self::Reference,
        Self::Parent,
    ];

    /// Whether rows of a kind have it.
    #[must_use]
    pub fn is_of(self, rows: RowKind) -> bool {
        match self {
            Self::Day | Self::Project | Self::Reference => true,
            Self::Start | Self::End | Self::EndDay | Self::Client | Self::Note => rows == RowKind::Time,
            Self::Length => rows != RowKind::Moved,
            Self::Amount
            | Self::In
            | Self::Out
            | Self::Direction
            | Self::Currency
            | Self::State
            | Self::Type
            | Self::Text => rows != RowKind::Time,
            Self::Clock | Self::Zone | Self::Fee | Self::Other | Self::From | Self::To | Self::Parent => {
                rows == RowKind::Moved
            }
        }
    }

    /// Whether several columns can have it: their texts are joined.
    #[must_use]
    pub fn is_joined(self) -> bool {
        matches!(self, Self::Text | Self::Note | Self::Reference | Self::Other)
    }
}

impl Standing {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::Approved, Self::Available, Self::Done, Self::Refused, Self::Returned, Self::Skipped];
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Work,
        Self::Bonus,
        Self::Adjustment,
        Self::Payment,
        Self::Own,
        Self::Exchange,
        Self::Hold,
        Self::Refund,
        Self::Fee,
        Self::Skipped,
    ];

    /// Whether rows of a kind can be it.
    #[must_use]
    pub fn is_of(self, rows: RowKind) -> bool {
        match self {
            Self::Work | Self::Bonus | Self::Adjustment => rows == RowKind::Credited,
            Self::Payment | Self::Own | Self::Exchange | Self::Hold | Self::Refund => rows == RowKind::Moved,
            Self::Fee | Self::Skipped => rows != RowKind::Time,
        }
    }
}

impl Mapping {
    /// The columns that mean something, in the table's order.
    pub fn places(&self, meaning: Meaning) -> impl Iterator<Item = &Place> {
        self.columns.iter().filter(move |(_, known)| *known == meaning).map(|(place, _)| place)
    }

    /// Whether a column means this.
    #[must_use]
    pub fn has(&self, meaning: Meaning) -> bool {
        self.places(meaning).next().is_some()
    }

    /// What a column means.
    #[must_use]
    pub fn meaning(&self, place: &Place) -> Option<Meaning> {
        self.columns.iter().find(|(known, _)| known == place).map(|(_, meaning)| *meaning)
    }

    /// Gives a column a meaning, or takes it away. What only one column can mean is taken from the one that had it.
    pub fn set(&mut self, place: &Place, meaning: Option<Meaning>) {
        self.columns.retain(|(known, other)| known != place && (meaning != Some(*other) || other.is_joined()));
        self.columns.extend(meaning.map(|meaning| (place.clone(), meaning)));
    }

    /// What is still to be said before rows can be read; `None` where nothing is.
    #[must_use]
    pub fn lacks(&self) -> Option<Lack> {
        let begins = self.has(Meaning::Start);
        let ends = self.has(Meaning::End) || self.has(Meaning::Length);
        let amount = self.has(Meaning::Amount) || self.has(Meaning::In) || self.has(Meaning::Out);
        match self.rows {
            RowKind::Time if !begins && !self.has(Meaning::Day) => Some(Lack::Start),
            RowKind::Time if !ends => Some(Lack::End),
            RowKind::Time if !begins && !self.has(Meaning::Length) => Some(Lack::Start),
            RowKind::Credited | RowKind::Moved if !self.has(Meaning::Day) => Some(Lack::Day),
            RowKind::Credited | RowKind::Moved if !amount => Some(Lack::Amount),
            RowKind::Time | RowKind::Credited | RowKind::Moved => None,
        }
    }
}

/// What a mapping must say and doesn't yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    /// No day.
    #[error("Say which column is the day")]
    Day,
    /// No amount.
    #[error("Say which column is the amount")]
    Amount,
    /// No beginning.
    #[error("Say which column is the day, or the start")]
    Start,
    /// Neither an end nor a length.
    #[error("Say which column is the end, or the length")]
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Place {
        Place::Named(name.to_owned())
    }

    fn empty(rows: RowKind) -> Mapping {
        Mapping { rows, columns: Vec::new(), ..crate::domain::testing::mapping("Lantern bank") }
    }

    #[test]
    fn what_only_one_column_can_mean_is_taken_from_the_other() {
        let mut mapping = empty(RowKind::Moved);
        mapping.set(&named("a"), Some(Meaning::Amount));
        mapping.set(&named("b"), Some(Meaning::Amount));
        mapping.set(&named("c"), Some(Meaning::Text));
        mapping.set(&named("d"), Some(Meaning::Text));
        assert_eq!(mapping.meaning(&named("a")), None);
        assert_eq!(mapping.places(Meaning::Text).count(), 2);
        mapping.set(&named("c"), None);
        assert_eq!(mapping.places(Meaning::Text).collect::<Vec<_>>(), [&named("d")]);
    }

    #[test]
    fn a_mapping_lacks_what_its_rows_cannot_do_without() {
        let with = |rows, meanings: &[Meaning]| {
            let mut mapping = empty(rows);
            for (nth, meaning) in (1..).zip(meanings) {
                mapping.set(&Place::Nth(nth), Some(*meaning));
            }
            mapping.lacks()
        };
        assert_eq!(with(RowKind::Moved, &[]), Some(Lack::Day));
        assert_eq!(with(RowKind::Credited, &[Meaning::Day]), Some(Lack::Amount));
        assert_eq!(with(RowKind::Moved, &[Meaning::Day, Meaning::Out]), None);
        assert_eq!(with(RowKind::Time, &[Meaning::Length]), Some(Lack::Start));
        assert_eq!(with(RowKind::Time, &[Meaning::Day, Meaning::End]), Some(Lack::Start));
        assert_eq!(with(RowKind::Time, &[Meaning::Start]), Some(Lack::End));
        assert_eq!(with(RowKind::Time, &[Meaning::Start, Meaning::End]), None);
        assert_eq!(with(RowKind::Time, &[Meaning::Day, Meaning::Length]), None);
    }

    #[test]
    fn every_meaning_belongs_to_some_rows_and_is_offered_once() {
        let mut all = Meaning::ALL.to_vec();
        all.dedup();
        assert_eq!(all.len(), Meaning::ALL.len());
        assert!(all.iter().all(|meaning| RowKind::ALL.iter().any(|rows| meaning.is_of(*rows))));
        assert!(Kind::ALL.iter().all(|kind| RowKind::ALL.iter().any(|rows| kind.is_of(*rows))));
    }
}
