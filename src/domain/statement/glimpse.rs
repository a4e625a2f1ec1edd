//! A look at a table that no format is known for: what is shown while somebody says what its columns mean.

use super::{Mapping, Place, Question, Row, Why};

/// A look at a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpse {
    /// Its columns, in order.
    pub columns: Vec<Glimpsed>,
    /// Its first rows: line and cells.
    pub rows: Vec<(u64, Vec<String>)>,
    /// How many rows it has.
    pub count: usize,
    /// What its columns probably mean.
    pub proposed: Mapping,
    /// Mappings that the user keeps and whose columns it has; one that is for other columns has no name here.
    pub known: Vec<Mapping>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpsed {
    /// Where it stands.
    pub place: Place,
    /// Its name as the table has it; empty where it has none.
    pub name: String,
    /// The different words in it, in small letters, in order; none where there are many.
    pub words: Vec<String>,
}

/// How the first rows are read by a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tried {
    /// Each row with its line, or why it can't be read.
    pub rows: Vec<(u64, Result<Row, Why>)>,
    /// What the file leaves open; the rows are read as if it were answered with the first of its answers.
    pub asks: Vec<Question>,
    /// Why none can be read.
    pub why: Option<String>,
}
