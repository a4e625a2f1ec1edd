//! Two versions of the Book side by side: what others made of its files, record by record, in the user's words.
//!
//! Made once on the thread that compared them, and shown as it is: ten thousand rows cost a frame no more than ten.

mod facts;
#[cfg(test)]
mod tests;

use std::path::Path;

use self::facts::{Words, facts};
use super::names;
use super::reasons::counted;
use crate::domain::book::Book;
use crate::domain::change::{Key, Record};
use crate::domain::query::differs::{Changed, Choice, Difference, Kind, Side};
use crate::ports::{Compared, OutsideFile, Touched};
use crate::ui::format::{self, NONE};

/// How many fields of a record that only one side has stand in its row.
const IN_A_ROW: usize = 5;
/// Fields that stand in the name of a record already.
const IN_ITS_NAME: [&str; 4] = ["Name", "Platform", "Project", "Start"];

/// What differs, ready to be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeView {
    /// The records, by kind and day.
    pub rows: Vec<MergeRow>,
    /// "3 sessions and 1 payout differ".
    pub summary: String,
    /// What was done to which file: "sessions/2026-11.ron was changed".
    pub files: Vec<String>,
    /// What can't be read, and so stays as it is.
    pub unreadable: Vec<String>,
    /// What taking over all of it is: "Take over 3 changes from another device".
    pub take_over: String,
    /// Whether any record was changed on both sides: then nothing is offered without a look.
    pub clash: bool,
}

/// A record that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// The record.
    pub key: Key,
    /// "Session".
    pub kind: &'static str,
    /// "Aloe, 21 Nov 2026 09:00"; no two are alike.
    pub name: String,
    /// What the open Book has, in short.
    pub ours: String,
    /// What the others have, in short.
    pub theirs: String,
    /// Each field that differs.
    pub fields: Vec<FieldRow>,
    /// The side that was changed last, where both journals tell.
    pub newer: Option<Side>,
    /// Whether both changed it.
    pub clash: bool,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRow {
    /// "End".
    pub label: &'static str,
    /// As the open Book has it; [`NONE`] where it has nothing.
    pub ours: String,
    /// As the others have it.
    pub theirs: String,
}

impl MergeView {
    /// The view of what was compared.
    #[must_use]
    pub fn of(book: &Book, compared: &Compared) -> Self {
        let words = Words::new(book, &compared.differences);
        let mut rows: Vec<_> =
            compared.differences.list().iter().map(|one| (place(one), row(one, compared, &words))).collect();
        rows.sort_by(|(a, one), (b, other)| (a, &one.name).cmp(&(b, &other.name)));
        let mut rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
        names::number_twins(rows.iter_mut().map(|row| &mut row.name));
        let by_device = compared.looked.files.iter().any(|file| file.path.starts_with("journal"));
        let from = if by_device { "from another device" } else { "made outside TrueRate" };
        Self {
            summary: summary(compared),
            files: compared.looked.files.iter().map(told).collect(),
            unreadable: compared.unreadable.clone(),
            take_over: format!("Take over {} {from}", counted(rows.len(), "change")),
            clash: compared.differences.clash(),
            rows,
        }
    }

    /// What is chosen to begin with: theirs where they alone changed it, and the newer where both did and that is known.
    #[must_use]
    pub fn first_choice(&self, compared: &Compared) -> Choice {
        let mut choice = Choice::unclashing(&compared.differences);
        for row in self.rows.iter().filter(|row| row.clash) {
            choice.set(row.key, row.newer.unwrap_or(Side::Ours));
        }
        choice
    }
}

/// The line across the window: which files, and what became of them.
#[must_use]
pub fn strip(files: &[OutsideFile]) -> String {
    let Some(first) = files.first() else { return String::new() };
    let gone = files.iter().all(|file| file.what == Touched::Missing);
    let what = if gone { "Files gone from the folder" } else { "Files changed outside TrueRate" };
    let more = match files.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{what}: {}{more}", shown(&first.path))
}

fn shown(path: &Path) -> String {
    let words: Vec<_> = path.iter().map(|word| word.to_string_lossy()).collect();
    words.join("/")
}

fn told(file: &OutsideFile) -> String {
    let what = match file.what {
        Touched::Changed => "was changed",
        Touched::Appeared => "is new",
        Touched::Missing => "is gone",
    };
    format!("{} {what}", shown(&file.path))
}

/// A kind of record, as a title and as a noun.
fn kind_words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Settings => ("Settings", "settings"),
        Kind::Platform => ("Platform", "platform"),
        Kind::Project => ("Project", "project"),
        Kind::Terms => ("Terms", "terms"),
        Kind::Schedule => ("Schedule", "schedule"),
        Kind::Route => ("Route", "route"),
        Kind::Rate => ("Exchange rate", "exchange rate"),
        Kind::Bill => ("Bill", "bill"),
        Kind::Seen => ("Seen", "what you have seen"),
        Kind::Session => ("Session", "session"),
        Kind::Earning => ("Earning", "earning"),
        Kind::Payout => ("Payout", "payout"),
        Kind::Movement => ("Movement", "movement"),
    }
}

fn summary(compared: &Compared) -> String {
    let parts: Vec<String> = compared
        .differences
        .summary()
        .into_iter()
        .map(|(kind, counts)| {
            let noun = kind_words(kind).1;
            match kind {
                Kind::Settings => "the settings".to_owned(),
                Kind::Seen => noun.to_owned(),
                Kind::Terms => format!("{} terms", counts.all()),
                Kind::Platform
                | Kind::Project
                | Kind::Schedule
                | Kind::Route
                | Kind::Rate
                | Kind::Bill
                | Kind::Session
                | Kind::Earning
                | Kind::Payout
                | Kind::Movement => counted(counts.all(), noun),
            }
        })
        .collect();
    match parts.as_slice() {
        [] => "Nothing in them differs from what you have".to_owned(),
        [one] => format!("Different: {one}"),
        [first @ .., last] => format!("Different: {} and {last}", first.join(", ")),
    }
}

/// Where a row stands: by kind, and by day where it has one.
fn place(difference: &Difference) -> (Kind, i64) {
    let record = difference.ours.as_ref().or(difference.theirs.as_ref());
    let day = |day: chrono::NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    let at = match record {
        Some(Record::Session(session)) => session.started_at.timestamp(),
        Some(Record::Earning(earning)) => day(earning.worked.first),
        Some(Record::Payout(payout)) => payout.booked_on().map_or(0, day),
        Some(Record::Movement(movement)) => day(movement.on),
        Some(Record::Rate(rate)) => day(rate.on),
        _ => 0,
    };
    (Kind::of(difference.key), at)
}

fn row(difference: &Difference, compared: &Compared, words: &Words<'_>) -> MergeRow {
    let Difference { key, ours, theirs, changed } = difference;
    let of = |record: &Option<Record>| record.as_ref().map(|record| facts(record, words)).unwrap_or_default();
    let (our_facts, their_facts) = (of(ours), of(theirs));
    let value =
        |value: Option<&String>| value.filter(|value| !value.is_empty()).map_or_else(|| NONE.to_owned(), Clone::clone);
    // Both sides list the same fields; a side that has no record lists none.
    let labels = if our_facts.is_empty() { &their_facts } else { &our_facts };
    let mut fields: Vec<FieldRow> = labels
        .iter()
        .enumerate()
        .map(|(at, (label, _))| FieldRow {
            label,
            ours: value(our_facts.get(at).map(|(_, text)| text)),
            theirs: value(their_facts.get(at).map(|(_, text)| text)),
        })
        .filter(|field| field.ours != field.theirs)
        .collect();
    if fields.is_empty() {
        fields.push(FieldRow {
            label: "Details",
            ours: "as you have it".to_owned(),
            theirs: "as they have it".to_owned(),
        });
    }
    let both = ours.is_some() && theirs.is_some();
    let short = |side: &Option<Record>, field: fn(&FieldRow) -> &String| {
        if side.is_none() {
            return "not there".to_owned();
        }
        let parts: Vec<_> = fields
            .iter()
            .filter(|one| both || (field(one) != NONE && !IN_ITS_NAME.contains(&one.label)))
            .take(IN_A_ROW)
            .map(|one| format!("{} {}", one.label, field(one)))
            .collect();
        parts.join(" · ")
    };
    let times = compared.times.get(key).copied().unwrap_or_default();
    let newer = match (times.ours, times.theirs) {
        (Some(ours), Some(theirs)) if ours != theirs => Some(if theirs > ours { Side::Theirs } else { Side::Ours }),
        _ => None,
    };
    MergeRow {
        key: *key,
        kind: kind_words(Kind::of(*key)).0,
        name: ours.as_ref().or(theirs.as_ref()).map_or_else(String::new, |record| name(record, words)),
        ours: short(ours, |field| &field.ours),
        theirs: short(theirs, |field| &field.theirs),
        fields,
        newer,
        clash: *changed != Changed::Theirs,
    }
}

/// What a record is called in a list of all kinds.
fn name(record: &Record, words: &Words<'_>) -> String {
    let of_project = |id| words.project_alone(id);
    match record {
        Record::Settings(_) => "Settings".to_owned(),
        Record::Platform(platform) => platform.name.clone(),
        Record::Project(project) => of_project(Some(project.id)),
        Record::Terms(terms) => format!("Terms of {}", of_project(Some(terms.project))),
        Record::Schedule(schedule) => format!("Schedule of {}", words.platform(schedule.platform)),
        Record::Route(route) => route.name.clone(),
        Record::Rate(rate) => format!("{} to {}, {}", rate.base, rate.quote, words.day(rate.on)),
        Record::Bill(bill) => bill.name.clone(),
        Record::Seen(_) => "What you have seen".to_owned(),
        Record::Session(session) => {
            let there = session.started_at.with_timezone(&session.zone);
            let clock = format::time(session.started_at, session.zone);
            format!("{}, {} {clock}", of_project(session.project), words.day(there.date_naive()))
        }
        Record::Earning(earning) => {
            let amount = words.style.money(earning.amount);
            format!("{}, {amount}, {}", words.platform(earning.platform), words.style.dates(earning.worked))
        }
        Record::Payout(payout) => {
            let payer = payout.platform.map_or_else(|| names::NO_PAYER.to_owned(), |id| words.platform(id));
            let day = payout.booked_on().map_or_else(String::new, |day| format!(", {}", words.day(day)));
            format!("{payer}, {}{day}", words.style.money(payout.gross))
        }
        Record::Movement(movement) => {
            format!("{}, {}, {}", movement.account, words.style.money(movement.amount), words.day(movement.on))
        }
    }
}
