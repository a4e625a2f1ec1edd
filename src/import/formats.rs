//! The formats that are known, and which of them a file is.
//!
//! A table is told by the names of its columns as a set: all that a format needs must be there, and of several the one
//! that needs most. Files that look alike and hold what is none of the user's are known too, and refused with the reason.

mod camt;
mod dataannotation;
mod mturk;
mod ofx;
mod outlier;
mod payoneer;
mod paypal;
mod revolut;
mod template;
mod timeclock;
mod trackers;
mod upwork;
mod wise;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::table::{Line, Sheet, Table};
use super::{Going, Mappings, Options, Reads, Unreadable, mapping};
use crate::domain::statement::{Keys, LeftOut, Note, Row, Says, Statement, Why};

/// A table that is known by its columns.
struct Known {
    /// All names that its head must have, in small letters.
    needs: &'static [&'static str],
    /// How it is read, or why it is not.
    then: Then,
}

enum Then {
    Read(fn(&Sheet<'_>, Options) -> Result<Statement, Unreadable>),
    Refuse(&'static str),
}

/// Other people's data, told by its columns.
const REFUSED: [Known; 2] = [
    Known {
        needs: &["hittypeid", "workerid"],
        then: Then::Refuse("This is a requester’s batch file: it holds other people’s work"),
    },
    Known {
        needs: &["submission id", "participant id"],
        then: Then::Refuse("This is a researcher’s file: it holds other people’s submissions"),
    },
];

/// A format that is no table: whether a text is one, and how it is read.
type ByContent = (fn(&str) -> bool, fn(&str, Options) -> Result<Statement, Unreadable>);

/// Reads a file as whatever it is: as it was said, else as the format that needs most of its columns, else by a mapping
/// that knows them.
pub(super) struct AsKnown<'a> {
    pub(super) options: Options,
    pub(super) mappings: Mappings<'a>,
}

impl Reads for AsKnown<'_> {
    type Out = Statement;

    fn text(&self, text: &str, going: &Going<'_>) -> Result<Statement, Unreadable> {
        if text.trim().is_empty() {
            return Err(Unreadable::Empty);
        }
        let by_content: [ByContent; 6] = [
            (dataannotation::is_page, dataannotation::read_page),
            (dataannotation::is_lines, dataannotation::read_lines),
            (camt::is_one, camt::read),
            (ofx::is_one, ofx::read),
            (mturk::is_one, mturk::read),
            (timeclock::is_one, timeclock::read),
        ];
        match by_content.iter().find(|(is_one, _)| is_one(text)) {
            Some((_, read)) => read(text, self.options),
            None => self.table(&Table::of(text, going)?),
        }
    }

    fn table(&self, table: &Table) -> Result<Statement, Unreadable> {
        if let Some(Then::Refuse(why)) = most(&REFUSED, table).map(|(known, _)| &known.then) {
            return Err(Unreadable::Refused(why));
        }
        if let Some(read) = mapping::said(table, self.options, self.mappings) {
            return read;
        }
        let all = dataannotation::KNOWN
            .iter()
            .chain(&outlier::KNOWN)
            .chain(&upwork::KNOWN)
            .chain(&paypal::KNOWN)
            .chain(&wise::KNOWN)
            .chain(&payoneer::KNOWN)
            .chain(&revolut::KNOWN)
            .chain(&trackers::KNOWN)
            .chain(&template::KNOWN);
        match most(all, table) {
            Some((Known { then: Then::Read(read), .. }, sheet)) => read(&sheet, self.options),
            Some((Known { then: Then::Refuse(why), .. }, _)) => Err(Unreadable::Refused(why)),
            None => mapping::ready(table, self.options),
        }
    }
}

/// Of those that a table has all columns of, the one that needs most.
fn most<'a, 't>(all: impl IntoIterator<Item = &'a Known>, table: &'t Table) -> Option<(&'a Known, Sheet<'t>)> {
    let found = all.into_iter().filter_map(|known| Some((known, table.under(known.needs)?)));
    found.max_by_key(|(known, _)| known.needs.len())
}

/// A row as a format reads it.
pub(super) struct Found {
    /// What the format tells rows apart by.
    parts: Vec<String>,
    says: Says,
    notes: Vec<Note>,
}

impl Found {
    pub(super) fn new(parts: &[&str], says: Says) -> Self {
        Self { parts: parts.iter().map(|part| (*part).to_owned()).collect(), says, notes: Vec::new() }
    }

    pub(super) fn noting(mut self, note: Option<Note>) -> Self {
        self.notes.extend(note);
        self
    }
}

/// A statement that is being read.
pub(super) struct Reading {
    pub(super) statement: Statement,
    keys: Keys,
}

impl Reading {
    pub(super) fn new(format: impl Into<Cow<'static, str>>, code: impl Into<Cow<'static, str>>) -> Self {
        let statement = Statement {
            format: format.into(),
            code: code.into(),
            payer: None,
            account: String::new(),
            rows: Vec::new(),
            left_out: Vec::new(),
            personal: BTreeSet::new(),
        };
        Self { statement, keys: Keys::default() }
    }

    /// Of the platform that pays by it.
    fn paid_by(mut self, platform: &'static str) -> Self {
        self.statement.payer = Some(platform.into());
        self
    }

    /// Takes what became of a line.
    fn take(&mut self, line: u64, found: Result<Found, Why>) {
        let account = self.statement.account.clone();
        self.of_account(&account, line, found);
    }

    /// Takes what became of a line of a file that holds several accounts.
    fn of_account(&mut self, account: &str, line: u64, found: Result<Found, Why>) {
        match found {
            Ok(Found { parts, says, notes }) => {
                let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                let key = self.keys.key(&self.statement.code, account, &parts);
                self.statement.rows.push(Row { line, key, says, notes });
            }
            Err(why) => self.statement.left_out.push(LeftOut { line, why }),
        }
    }

    /// Takes the rows of a sheet; one that is shorter or longer than its head is left out, unless `ragged` ones are the
    /// format's habit.
    pub(super) fn rows(
        mut self,
        sheet: &Sheet<'_>,
        ragged: bool,
        read: impl Fn(&Line) -> Result<Found, Why>,
    ) -> Statement {
        for line in sheet.rows() {
            let (found, wanted) = (line.width(), sheet.width());
            let found = if ragged || found == wanted { read(line) } else { Err(Why::Cells { found, wanted }) };
            self.take(line.number, found);
        }
        self.statement
    }

    /// Names the columns that hold personal data which nobody needs, of those that are there: these, and those whose names
    /// say that addresses or numbers of persons are in them, of which no format reads one.
    fn without(mut self, sheet: &Sheet<'_>, personal: &[&str]) -> Self {
        const WORDS: [&str; 9] =
            ["mail", "address", "adresse", "phone", "telefon", "téléphone", "teléfono", "iban", "postal"];
        let there = personal.iter().filter(|name| sheet.column(&[name]).is_some());
        self.statement.personal.extend(there.map(|name| (*name).to_owned()));
        let names = sheet.head().into_iter().flat_map(Line::names);
        self.statement.personal.extend(names.filter(|name| WORDS.iter().any(|word| name.contains(word))));
        self
    }
}

/// Two texts of a row as one; either may be empty.
pub(super) fn joined(text: &str, more: &str) -> String {
    let between = if text.is_empty() || more.is_empty() { "" } else { ", " };
    format!("{text}{between}{more}")
}

/// The end of an account's number: enough to tell two apart, and nothing that anybody could use.
fn end_of(account: &str) -> &str {
    let from = account.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    account.get(from..).unwrap_or_default()
}

/// A column that the format needs and the head has: it was found by it.
fn needed(sheet: &Sheet<'_>, names: &[&str]) -> Result<super::table::Column, Unreadable> {
    sheet.column(names).ok_or(Unreadable::Unknown)
}
