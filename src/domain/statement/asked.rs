//! What a file leaves open, and what a person says of it.

use crate::domain::span::Zone;

/// Whether the day or the month comes first in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// `29/12/2026`
    DayFirst,
    /// `12/29/2026`
    MonthFirst,
}

/// Which mark stands before the decimals in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decimals {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

/// What a file leaves open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Question {
    /// Whether the day or the month comes first; with days of the file as they are written.
    #[error("Does the day come first, or the month? The file says {}", .0.join(", "))]
    DateOrder(Vec<String>),
    /// Whether a point or a comma stands before the decimals; with amounts of the file as they are written.
    #[error("Is it a decimal mark or one of thousands? The file says {}", .0.join(", "))]
    Decimals(Vec<String>),
}

/// What a person says of a file, whatever it looks like; `None`: as it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadAs {
    /// The zone of clock times that name none, where it is not the Book's.
    pub zone: Option<Zone>,
    /// In which order day and month stand.
    pub dates: Option<DateOrder>,
    /// What stands before the decimals.
    pub decimals: Option<Decimals>,
}
