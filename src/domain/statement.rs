//! Statements: what a file of somebody else says, row by row, before any of it is in the Book.
//!
//! ```text
//! Statement ── Row ── Says ─┬─ Logged    time that a tracker measured
//!           │               ├─ Credited  what a platform says it owes, or has paid
//!           │               └─ Moved     money that came to an account or left it
//!           └─ LeftOut      rows that are no such thing, and rows that can't be read, each with its reason
//! ```
//!
//! A row is known again by its key: the format, whose account it is, and what the format has of its own to tell rows
//! apart; rows that are equal in all of that are counted, so that two honest equal rows stay two.

mod asked;
mod formats;
mod glimpse;
mod mapping;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::money::Money;
use super::span::Timestamp;

pub use asked::{DateOrder, Decimals, Question, ReadAs};
pub use formats::{FORMATS, Format, Holds};
pub use glimpse::{Glimpse, Glimpsed, Tried};
pub use mapping::{Head, Kind, Lack, Mapping, Meaning, Place, RowKind, Signs, Standing};

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What kind of file it is, as it is shown: “Outlier earnings”.
    pub format: Cow<'static, str>,
    /// The first part of its rows' keys; never changes, whatever the format is called.
    pub code: Cow<'static, str>,
    /// Who pays by it, where the format is that of one platform.
    pub payer: Option<Cow<'static, str>>,
    /// Whose account it is of, where the file says; empty where it doesn't.
    pub account: String,
    /// Its rows, in the file's order.
    pub rows: Vec<Row>,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// Columns with personal data that nobody needs: they were not read.
    pub personal: BTreeSet<String>,
}

/// How the codes of tables begin that are read by mappings of the user.
pub const MAPPED: &str = "table-";

impl Statement {
    /// Whether it was read by a mapping of the user.
    #[must_use]
    pub fn is_mapped(&self) -> bool {
        self.code.starts_with(MAPPED)
    }
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// What it is known by.
    pub key: String,
    /// What it says.
    pub says: Says,
    /// What a reader should know of it.
    pub notes: Vec<Note>,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Time that was measured.
    Logged(Logged),
    /// What a platform says of money.
    Credited(Credited),
    /// Money that moved.
    Moved(Moved),
}

/// Time that a tracker measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; `None` while it runs.
    pub ended_at: Option<Timestamp>,
    /// Its length in seconds, where only day and length are known: start and end are both noon then.
    pub declared_secs: Option<i64>,
    /// The client, or what stands for the platform; empty where there is none.
    pub client: String,
    /// The project; empty where there is none.
    pub project: String,
    /// What was done, in the user's words.
    pub note: String,
}

/// What a platform says of money for some work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credited {
    /// Its day.
    pub on: NaiveDate,
    /// Whether that is the day of the work; else the day on which it was billed, and the file doesn't tell when the work was.
    pub is_work_day: bool,
    /// The instant, where the file has one.
    pub at: Option<Timestamp>,
    /// What it is for.
    pub kind: CreditKind,
    /// The platform's own word for that.
    pub word: String,
    /// The amount, as the file has it.
    pub amount: Money,
    /// Where it stands.
    pub state: CreditState,
    /// The time that the platform counts for it, in seconds; `None` where it counts none.
    pub secs: Option<i64>,
    /// The project; empty where it belongs to none.
    pub project: String,
    /// The task or contract it is about; empty where there is none.
    pub reference: String,
}

/// What a credited amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditKind {
    /// Hours or tasks.
    Work,
    /// A bonus, a mission, a referral: money without time.
    Bonus,
    /// A correction.
    Adjustment,
    /// What the platform keeps, taxes included: an amount below zero.
    Fee,
}

/// Where a credited amount stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditState {
    /// Handed in; may still be refused.
    Pending,
    /// Owed, and not to be had yet.
    Approved,
    /// Owed, and can be taken out.
    Available,
    /// Has left the platform.
    Sent,
    /// Refused.
    Refused,
    /// Given back or cancelled.
    Returned,
    /// A word that nobody knows: counts as pending.
    Unknown(String),
}

/// Money that came to an account or left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The day, as the file writes it.
    pub on: NaiveDate,
    /// The instant, where the file has time and zone.
    pub at: Option<Timestamp>,
    /// What it is.
    pub kind: MoveKind,
    /// By how much the account changed, fee and all: below zero where it left.
    pub amount: Money,
    /// What the provider kept, zero or more; it is in `amount` already. `None` where the file doesn't say.
    pub fee: Option<Money>,
    /// Who it came from or went to; empty where nobody says.
    pub other: String,
    /// What is written with it.
    pub text: String,
    /// Whether it has come to pass.
    pub state: MoveState,
    /// The provider's own number; empty where it has none.
    pub reference: String,
    /// The number of the movement that it belongs to; empty where it stands alone.
    pub parent: String,
}

/// What a movement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoveKind {
    /// Money from or to somebody else.
    Payment,
    /// To an account of one's own elsewhere, or from there.
    Own,
    /// One side of an exchange between own balances.
    Exchange,
    /// A fee that stands as a row of its own.
    Fee,
    /// Kept from being used for a while, or let go again.
    Hold,
    /// Given back.
    Refund,
}

/// Whether a movement has come to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoveState {
    /// It has.
    Done,
    /// It is on its way, and may come again with other figures.
    Pending,
}

/// What a reader should know of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// The state's word is not known; it counts as pending.
    StateUnknown(String),
    /// The clock time does not exist or exists twice on that day; the earlier reading was taken.
    ClockChange,
    /// A clock time that can't be; only the day was taken.
    BadClock(String),
    /// Rate and time don't give the amount: the amount counts.
    NotRateTimesTime,
    /// The sign says other than the word; the sign counts.
    SignAgainstWord,
    /// The helper that wrote the file stopped asking: the state is old.
    StateMayBeOld,
    /// Its day is that of the bill: which work it pays is not told.
    WorkDayUnknown,
}

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its line, from 1.
    pub line: u64,
    /// Why.
    pub why: Why,
}

/// Why a row was left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// A day that can't be read.
    #[error("“{0}” is no day")]
    Day(String),
    /// An amount that can't be read.
    #[error("“{0}” is no amount")]
    Amount(String),
    /// A length of time that can't be read.
    #[error("“{0}” is no length of time")]
    Length(String),
    /// A currency that can't be read.
    #[error("“{0}” is no currency")]
    Currency(String),
    /// Neither the row nor the mapping says in which currency it is.
    #[error("nobody says in which currency it is")]
    NoCurrency,
    /// A time of the day that can't be read.
    #[error("“{0}” is no time of day")]
    Time(String),
    /// It ends before it begins.
    #[error("it ends before it begins")]
    EndsBeforeStart,
    /// A row that has not the cells of its header.
    #[error("{found} cells instead of {wanted}")]
    Cells {
        /// How many there are.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// A total that is more than what stands below it.
    #[error("its items add up to less than it says: the page was saved half open")]
    Folded,
    /// A total that is less than what stands below it.
    #[error("its items add up to more than it says")]
    MoreThanTotal,
    /// No record at all, such as a total; nothing is lost by it.
    #[error("{0}")]
    Skipped(&'static str),
}

impl Why {
    /// Whether something can't be read; else it was left out on purpose.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        !matches!(self, Self::Skipped(_))
    }
}

/// The row of a file that a record was made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The row's key: it is known by it when it comes again.
    pub key: String,
    /// What it said when it was last taken in, in short: where it says something else, the file has changed.
    pub said: String,
}

impl Origin {
    /// The code of the format that its row is of.
    #[must_use]
    pub fn code(&self) -> &str {
        self.key.split('|').next().unwrap_or(&self.key)
    }

    /// What the platform or provider calls it: the first thing that the format tells its rows apart by.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.key.split('|').nth(2).unwrap_or(&self.key)
    }
}

/// Stands between the key and what was said.
const SAYS: &str = " = ";

/// `outlier||65f0c0ffee|prepay|$6.40 = 6.40 USD sent`
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{SAYS}{}", self.key, self.said)
    }
}

impl FromStr for Origin {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let (key, said) = text.rsplit_once(SAYS).unwrap_or((text, ""));
        Ok(Self { key: key.to_owned(), said: said.to_owned() })
    }
}

/// Makes the keys of a file's rows: equal ones are counted.
#[derive(Debug, Default)]
pub struct Keys(BTreeMap<String, u32>);

impl Keys {
    /// The key of a row of a format and account; `parts` are what the format tells rows apart by.
    pub fn key(&mut self, code: &str, account: &str, parts: &[&str]) -> String {
        let mut key = String::from(code);
        for part in [account].iter().chain(parts) {
            key.push('|');
            // A bar in a part would let two different rows have one key.
            key.extend(part.trim().chars().map(|letter| if letter == '|' { '¦' } else { letter }));
        }
        let met = self.0.entry(key.clone()).or_default();
        *met += 1;
        if *met > 1 { format!("{key}|{met}") } else { key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_and_read_and_names_the_row_as_its_platform_does() {
        let origin = Origin { key: "x||a = b|1".to_owned(), said: "1 USD".to_owned() };
        assert_eq!(origin.to_string().parse(), Ok(origin.clone()));
        assert_eq!(origin.reference(), "a = b");
        assert_eq!("INV-7".parse(), Ok(Origin { key: "INV-7".to_owned(), said: String::new() }));
    }

    #[test]
    fn equal_rows_stay_apart_and_get_the_same_keys_again() {
        let of = || {
            let mut keys = Keys::default();
            [["a", "1"], ["a", "2"], ["a", "1"], ["a|1", ""]].map(|parts| keys.key("x", "", &parts))
        };
        let keys = of();
        assert_eq!(keys, ["x||a|1", "x||a|2", "x||a|1|2", "x||a¦1|"]);
        assert_eq!(of(), keys);
    }
}
