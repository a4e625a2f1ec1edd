//! Entries of the journal in a file, as of schema 2: a change with the records before and after.

use serde::{Deserialize, Serialize};

use super::session::Session;
use super::text::Text;
use super::{Problem, Record, SessionShape};
use crate::domain::change::{self, Change};
use crate::domain::history;
use crate::domain::span::{Timestamp, Zone};

/// A change as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry<S = Session> {
    sequence: u64,
    at: Text<Timestamp>,
    words: String,
    kind: EntryKind,
    edits: Vec<Edit<S>>,
}

/// What kind of entry it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum EntryKind {
    Do,
    Undo(u64),
    Redo(u64),
}

/// One record before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit<S> {
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    before: Option<Record<S>>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    after: Option<Record<S>>,
}

impl Entry {
    /// The shape of an entry in a segment whose header names this zone.
    pub fn from_domain(entry: &history::Entry, header: Zone) -> Self {
        let shape = |record: Option<&change::Record>| record.map(|record| Record::from_domain(record, header));
        Self {
            sequence: entry.sequence,
            at: Text(entry.at),
            words: entry.words.clone(),
            kind: match entry.kind {
                history::EntryKind::Do => EntryKind::Do,
                history::EntryKind::Undo(of) => EntryKind::Undo(of),
                history::EntryKind::Redo(of) => EntryKind::Redo(of),
            },
            edits: entry
                .change
                .edits()
                .iter()
                .map(|edit| Edit { before: shape(edit.before()), after: shape(edit.after()) })
                .collect(),
        }
    }
}

impl<S: SessionShape> Entry<S> {
    /// The entry; `header` is the zone of the segment's header.
    ///
    /// # Errors
    /// [`Problem`] where a record can't be, or the two sides of an edit name different records.
    pub fn into_domain(self, header: Option<Zone>) -> Result<history::Entry, Problem> {
        let record = |shape: Option<Record<S>>| shape.map(|shape| shape.into_domain(header)).transpose();
        let edits = self
            .edits
            .into_iter()
            .map(|edit| {
                change::Edit::from_sides(record(edit.before)?, record(edit.after)?).ok_or(Problem::TwoRecordsInOneEdit)
            })
            .collect::<Result<Vec<_>, Problem>>()?;
        Ok(history::Entry {
            sequence: self.sequence,
            at: self.at.0,
            words: self.words,
            kind: match self.kind {
                EntryKind::Do => history::EntryKind::Do,
                EntryKind::Undo(of) => history::EntryKind::Undo(of),
                EntryKind::Redo(of) => history::EntryKind::Redo(of),
            },
            change: Change::new(edits),
        })
    }
}
