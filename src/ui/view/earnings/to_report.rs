//! What is to be reported, as a list by platform: project and day with the minutes, how old it is, by when.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, SessionId};
use crate::domain::query::calendar::Calendar;
use crate::domain::query::to_report::{LastMoment, Unreported, self_reports, unreported};
use crate::domain::query::work::Work;
use crate::domain::span::Now;
use crate::ui::format::{self, Style};
use crate::ui::view::earnings::owed::Tone;
use crate::ui::view::names::{self, Mark};
use crate::ui::view::reasons::{self, counted};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A platform with all that it must be told.
    Head(Head),
    /// A project on a day.
    Row(Row),
}

/// A platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The platform.
    pub platform: PlatformId,
    /// Its badge.
    pub mark: Option<Mark>,
    /// Its name.
    pub name: String,
    /// "3 h 18 m".
    pub time: String,
    /// "report by Mon 23 Nov 11:59 UTC"; empty where no rule says.
    pub deadline: String,
    /// How much that matters.
    pub tone: Tone,
    /// All of its minutes as text, a line a project and day.
    pub copy: String,
    /// All of its sessions.
    pub sessions: Vec<SessionId>,
}

/// Time of a project on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The platform.
    pub platform: PlatformId,
    /// "Aloe, Upwork, Fri 20 Nov": read aloud and found by tests.
    pub name: String,
    /// "Fri 20 Nov".
    pub day: String,
    /// "Aloe".
    pub project: String,
    /// "108".
    pub minutes: String,
    /// "1 h 48 m".
    pub time: String,
    /// The last day to report it: "Mon 23 Nov"; empty where no rule says.
    pub by: String,
    /// How much that matters.
    pub tone: Tone,
    /// "12"; empty where none were counted.
    pub tasks: String,
    /// "~ $45.00"; empty where it has no price.
    pub worth: String,
    /// "2 days".
    pub age: String,
    /// Its sessions.
    pub sessions: Vec<SessionId>,
}

/// The page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToReportView {
    /// The lines.
    pub lines: Vec<Line>,
    /// "5 h 10 m of 2 platforms".
    pub sum: String,
    /// How many rows there are, for the page's chip.
    pub rows: usize,
    /// Whether any platform is told at all.
    pub any_told: bool,
}

/// The page at a moment.
#[must_use]
pub fn view(work: &Work, calendar: &Calendar, now: Now, today: NaiveDate) -> ToReportView {
    let book = work.book();
    let found = unreported(work, calendar, now, today);
    let any_told = book.platforms().any(|platform| self_reports(book, platform));
    let mut lines = Vec::new();
    let mut platforms = 0;
    for platform in book.platforms_by_name() {
        let of_it: Vec<&Unreported> = found.iter().filter(|row| row.platform == platform.id).collect();
        if of_it.is_empty() {
            continue;
        }
        platforms += 1;
        lines.push(Line::Head(head(book, platform.id, &of_it, now, today)));
        lines.extend(of_it.iter().map(|row| Line::Row(row_of(book, row, now, today))));
    }
    let secs: i64 = found.iter().map(|row| row.secs).sum();
    let sum = match platforms {
        0 => String::new(),
        _ => format!("{} to report, {}", format::hours(secs), counted(platforms, "platform")),
    };
    ToReportView { lines, sum, rows: found.len(), any_told }
}

fn head(book: &Book, platform: PlatformId, rows: &[&Unreported], now: Now, today: NaiveDate) -> Head {
    let style = Style::of(book.settings());
    let secs: i64 = rows.iter().map(|row| row.secs).sum();
    let first = rows.iter().filter_map(|row| row.deadline).min_by_key(|deadline| deadline.at);
    let (deadline, tone) = match first {
        None => (String::new(), Tone::Calm),
        Some(deadline) => {
            let day = style.day(deadline.at.with_timezone(&deadline.zone).date_naive(), today);
            let at = format::time(deadline.at, deadline.zone);
            let place = reasons::place_words(deadline.zone);
            let words = if deadline.at < now.at { "the last moment was" } else { "report by" };
            (format!("{words} {day} {at} {place}"), tone_of(deadline, now, today))
        }
    };
    let copy: Vec<String> = rows.iter().map(|row| copy_line(book, row, today)).collect();
    Head {
        platform,
        mark: Mark::of_id(book, Some(platform)),
        name: book.platform(platform).map_or_else(String::new, |platform| platform.name.clone()),
        time: format::hours(secs),
        deadline,
        tone,
        copy: copy.join("\n"),
        sessions: rows.iter().flat_map(|row| row.sessions.iter().copied()).collect(),
    }
}

/// "Fri 20 Nov, Aloe: 108 min, 12 tasks".
fn copy_line(book: &Book, row: &Unreported, today: NaiveDate) -> String {
    let day = Style::of(book.settings()).day(row.day, today);
    let project = names::project(book, Some(row.project));
    let tasks = row
        .tasks
        .map_or_else(String::new, |tasks| format!(", {}", counted(usize::try_from(tasks).unwrap_or(0), "task")));
    format!("{day}, {project}: {} min{tasks}", row.minutes())
}

/// How much a last moment matters: missed, today or tomorrow, later.
fn tone_of(deadline: LastMoment, now: Now, today: NaiveDate) -> Tone {
    let left = (deadline.at.with_timezone(&now.zone).date_naive() - today).num_days();
    match (deadline.at < now.at, left) {
        (true, _) => Tone::Bad,
        (false, ..=1) => Tone::Warn,
        (false, _) => Tone::Calm,
    }
}

fn row_of(book: &Book, row: &Unreported, now: Now, today: NaiveDate) -> Row {
    let style = Style::of(book.settings());
    let day = style.day(row.day, today);
    let project = names::project(book, Some(row.project));
    let platform = book.platform(row.platform).map_or("", |platform| platform.name.as_str());
    let worth: Vec<String> = row.worth.iter().map(|money| style.estimate(money)).collect();
    Row {
        platform: row.platform,
        name: format!("{project}, {platform}, {day}"),
        day,
        project,
        minutes: row.minutes().to_string(),
        time: format::hours(row.secs),
        by: row.deadline.map_or_else(String::new, |deadline| {
            style.day(deadline.at.with_timezone(&deadline.zone).date_naive(), today)
        }),
        tone: row.deadline.map_or(Tone::Calm, |deadline| tone_of(deadline, now, today)),
        tasks: row.tasks.map_or_else(String::new, |tasks| tasks.to_string()),
        worth: worth.join(" + "),
        age: reasons::age_words(row.day, today),
        sessions: row.sessions.clone(),
    }
}
