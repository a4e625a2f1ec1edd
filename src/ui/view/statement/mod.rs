//! A file of somebody else before it is taken in: what is in it, what becomes of each row, what it would make, in words.

pub mod mapping;
mod read;
mod row;
mod weighed;

pub use read::{Going, Looked, NotRead, ReadBy, ReadWish, Source, StatementRead, ToMap, Tries, WeighWish};
pub use row::{RowWords, Words, words};
pub use weighed::{Entry, Fate, Weighed};

use chrono::NaiveDate;

use crate::domain::query::incoming::{Made, Verdict};
use crate::domain::span::Zone;
use crate::domain::statement::{FORMATS, Holds, Question, Statement};
use crate::ui::format::{self, Style};
use crate::ui::view::reasons::counted;

/// "Outlier earnings, 10 rows, Wed 4 – Mon 9 Mar, $233.39".
#[must_use]
pub fn head(statement: &Statement, zone: Zone, today: NaiveDate, style: Style) -> String {
    let mut parts = vec![statement.format.clone().into_owned(), style.counted(statement.rows.len(), "row")];
    if !statement.account.is_empty() {
        parts.insert(1, format!("account {}", plain(&statement.account)));
    }
    parts.extend(statement.days(zone).map(|days| style.days(days, today)));
    let (secs, money) = statement.sums();
    if secs > 0 {
        parts.push(format::hours(secs));
    }
    if money.iter().next().is_some() {
        parts.push(style.bag(&money));
    }
    parts.join(", ")
}

/// "8 new, 1 known, 0 changed, 1 doubtful, 2 left out".
#[must_use]
pub fn fates(weighed: &Weighed) -> String {
    let shown = Fate::ALL.into_iter().filter(|fate| fate.is_always_told() || weighed.count(*fate) > 0);
    let told = shown.map(|fate| format!("{} {}", weighed.count(fate), fate.name().to_lowercase()));
    told.collect::<Vec<_>>().join(", ")
}

/// "8 earnings of $233.39, 1 new platform, 2 new projects"; "Nothing new" where it would make nothing.
#[must_use]
pub fn made(made: &Made, style: Style) -> String {
    let mut parts = Vec::new();
    if made.sessions > 0 {
        parts.push(format!("{} of {}", style.counted(made.sessions, "session"), format::hours(made.secs)));
    }
    if made.earnings > 0 {
        parts.push(format!("{} of {}", style.counted(made.earnings, "earning"), style.bag(&made.money)));
    }
    if made.movements > 0 {
        let paid = made.came.iter().next().map(|_| format!(" with {} paid to you", style.bag(&made.came)));
        parts.push(format!("{}{}", style.counted(made.movements, "movement"), paid.unwrap_or_default()));
    }
    if made.changed > 0 {
        parts.push(format!("{} brought up to date", style.counted(made.changed, "record")));
    }
    if !made.platforms.is_empty() {
        parts.push(style.counted(made.platforms.len(), "new platform"));
    }
    if !made.projects.is_empty() {
        parts.push(style.counted(made.projects.len(), "new project"));
    }
    if parts.is_empty() { "Nothing new".to_owned() } else { parts.join(", ") }
}

/// What a reader should know beside the rows: payments that are not kept, columns that were not read.
#[must_use]
pub fn remarks(statement: &Statement, weighed: &Weighed) -> Vec<String> {
    let mut remarks = Vec::new();
    if weighed.private > 0 {
        let are = if weighed.private == 1 { "is" } else { "are" };
        remarks.push(format!("{} to others {are} not kept", counted(weighed.private, "payment")));
    }
    if !statement.personal.is_empty() {
        let names: Vec<&str> = statement.personal.iter().map(String::as_str).collect();
        remarks.push(format!("Not read, as nobody needs it: {}", names.join(", ")));
    }
    remarks
}

/// The formats that are read, as one sentence a kind: "Work: Outlier and Upwork".
#[must_use]
pub fn formats() -> Vec<String> {
    let told = |holds: Holds| {
        let names: Vec<&str> =
            FORMATS.iter().filter(|format| format.holds == holds).map(|format| format.name).collect();
        let kind = match holds {
            Holds::Work => "Work",
            Holds::Time => "Time",
            Holds::Money => "Money",
        };
        format!("{kind}: {}", names.join(", "))
    };
    let mut kinds: Vec<String> = Holds::ALL.into_iter().map(told).collect();
    kinds.push("Exchange rates of the European Central Bank".to_owned());
    kinds
        .push("Each also saved as XLSX, or alone in a zip; of any other table you say what its columns are".to_owned());
    kinds
}

/// "new platform Outlier; new projects Maps, Lantern"; nothing where there are none.
#[must_use]
pub fn new_names(made: &Made) -> Option<String> {
    let named = |noun: &str, names: Vec<String>| {
        let noun = if names.len() == 1 { noun.to_owned() } else { format!("{noun}s") };
        (!names.is_empty()).then(|| format!("{noun} {}", names.join(", ")))
    };
    let platforms = named("new platform", made.platforms.iter().map(|name| plain(name)).collect());
    let projects = made.projects.iter().map(|(_, name)| plain(name)).collect();
    let parts: Vec<String> = platforms.into_iter().chain(named("new project", projects)).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The lines of the rows with these fates, at most so many of each: "line 11, left out: “29:18” is no length of time".
#[must_use]
pub fn lines_of(weighed: &Weighed, fates: &[Fate], most: usize, words: impl Fn(Entry) -> RowWords) -> Vec<String> {
    let mut lines = Vec::new();
    for fate in fates {
        // The user's own spending is told in one sentence.
        let told = weighed.lines(Some(*fate)).iter().filter(|entry| !weighed.is_private(**entry));
        for entry in told.clone().take(most) {
            let words = words(*entry);
            lines.push(format!("line {}, {}: {}", words.line, fate.name().to_lowercase(), words.reason));
        }
        if let Some(more @ 1..) = told.count().checked_sub(most) {
            lines.push(format!("and {more} more {}", fate.name().to_lowercase()));
        }
    }
    lines
}

/// The two answers to a question, in words.
#[must_use]
pub fn answers(question: &Question) -> [&'static str; 2] {
    match question {
        Question::DateOrder(_) => ["The day comes first", "The month comes first"],
        Question::Decimals(_) => ["A point is the decimal mark", "A comma is the decimal mark"],
    }
}

/// How the terminal is told the answer.
#[must_use]
pub fn option_for(question: &Question) -> &'static str {
    match question {
        Question::DateOrder(_) => "say --dates day-first or --dates month-first",
        Question::Decimals(_) => "say --decimals point or --decimals comma",
    }
}

/// A text of somebody else in one line, without what could steer a terminal.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Whether a row is the user's own spending.
pub(super) fn is_private(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Nothing(idle) if idle.is_private())
}

#[cfg(test)]
mod tests;
