//! The text of an appeal: the facts first, then what is asked. It is a draft for the user to change.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Whose;
use crate::domain::book::Book;
use crate::domain::command::{AccessEnded, Ending};
use crate::domain::earning::EarningKind;
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::money::Bag;
use crate::domain::query::calendar::{Calendar, Source};
use crate::domain::query::exposure::{OpenRow, open_rows};
use crate::domain::span::Now;
use crate::ui::format::{self, Style};
use crate::ui::view::lacking::LackWords;
use crate::ui::view::names;
use crate::ui::view::reasons::{counted, sessions_covered};

/// What open money is for, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum For {
    Project(ProjectId),
    /// No project: a bonus, money owed from before.
    Kind(EarningKind),
    /// Nobody knows.
    Other,
}

impl For {
    fn of(book: &Book, row: &OpenRow) -> Self {
        let kind = match row.source {
            Some(Source::Earning(id)) => book.earning(id).map(|earning| earning.kind),
            Some(Source::Session(_)) | None => None,
        };
        row.project.map(Self::Project).or(kind.map(Self::Kind)).unwrap_or(Self::Other)
    }

    fn name(self, book: &Book) -> String {
        match self {
            Self::Project(id) => names::project(book, Some(id)),
            Self::Kind(kind) => {
                let words = names::earning_kind(kind);
                let mut letters = words.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
            Self::Other => "Other".to_owned(),
        }
    }
}

/// What is open of a project.
#[derive(Default)]
struct Open {
    sum: Bag,
    sessions: BTreeSet<SessionId>,
    days: Vec<NaiveDate>,
}

/// The text: who, since when, the work that is not paid by project, and what is asked. What the Book lacks is said with
/// the sum: who reads it takes that for all there is.
#[must_use]
pub fn appeal(
    (book, lacks): (&Book, Option<&LackWords>),
    calendar: &Calendar,
    whose: Whose,
    ended: Option<&AccessEnded>,
    now: Now,
    today: NaiveDate,
) -> String {
    let style = Style::of(book.settings());
    let platform = book.platform(whose.platform).map_or("", |platform| platform.name.as_str());
    let rows = open_rows(book, calendar, whose.platform);
    let rows: Vec<&OpenRow> =
        rows.iter().filter(|row| whose.project.is_none() || row.project == whose.project).collect();
    let mut by_project: BTreeMap<For, Open> = BTreeMap::new();
    let mut all = Bag::default();
    for row in &rows {
        let open = by_project.entry(For::of(book, row)).or_default();
        open.sum.add(row.amount);
        let earning = match row.source {
            Some(Source::Earning(id)) => book.earning(id),
            Some(Source::Session(_)) | None => None,
        };
        match (earning, row.source) {
            (Some(earning), _) => {
                open.days.extend([earning.worked.first, earning.worked.last]);
                open.sessions.extend(sessions_covered(book, &earning.covers));
            }
            (None, Some(Source::Session(id))) => {
                open.days.extend(row.on);
                open.sessions.insert(id);
            }
            (None, _) => open.days.extend(row.on),
        }
        all.add(row.amount);
    }
    let mut lines = vec![format!("To {platform}"), String::new()];
    lines.push(opening(book, platform, ended, style));
    lines.push(String::new());
    let without = lacks.map_or_else(String::new, |lack| format!(", {},", lack.text));
    if rows.is_empty() {
        lines.push(format!("By my records{without} nothing is open."));
    } else {
        lines.push(format!("By my records{without} {} of my work is not paid yet:", style.bag(&all)));
        lines.extend(by_project.iter().map(|(what, open)| open_line(book, *what, open, style, now)));
    }
    lines.push(String::new());
    lines.push("I ask you to".to_owned());
    lines.push("1. pay this work, or tell me which part you refuse, and why;".to_owned());
    lines.push(match ended.map(|ended| ended.ending) {
        Some(Ending::Review) => "2. tell me what is reviewed, and by when it is decided;".to_owned(),
        Some(Ending::User) | None => "2. tell me on which day it is paid;".to_owned(),
        Some(Ending::Platform | Ending::Project(_)) => "2. tell me why access ended, and how I can appeal;".to_owned(),
    });
    let by = ended.and_then(|ended| ended.chase_on).map(|day| format!(" by {}", style.day_and_year(day)));
    lines.push(format!("3. answer in writing{}.", by.unwrap_or_default()));
    lines.push(String::new());
    lines.push(format!(
        "My own record of each session is attached (sessions.csv), with what was credited (earnings.csv), what was paid \
         (payouts.csv) and the terms (terms.txt), as of {}.",
        style.day_and_year(today)
    ));
    lines.push(String::new());
    lines.join("\n")
}

fn opening(book: &Book, platform: &str, ended: Option<&AccessEnded>, style: Style) -> String {
    let Some(ended) = ended else {
        return format!("This is about work on {platform} that is not paid yet.");
    };
    let on = style.day_and_year(ended.on);
    let text = match ended.ending {
        Ending::Platform => format!("My access to {platform} ended on {on}."),
        Ending::User => format!("I stopped working on {platform} on {on}."),
        Ending::Project(id) => format!("The project {} ended on {on}.", names::project(book, Some(id))),
        Ending::Review => format!("My account on {platform} is under review since {on}."),
    };
    if ended.why.is_empty() { text } else { format!("{text} {}", ended.why) }
}

/// "- Aloe: $400.00 for 16 h in 8 sessions, 120 tasks, Mon 2 Nov 2026 to Thu 19 Nov 2026".
fn open_line(book: &Book, what: For, open: &Open, style: Style, now: Now) -> String {
    let name = what.name(book);
    let sessions: Vec<_> = open.sessions.iter().filter_map(|id| book.session(*id)).filter(|one| one.paid).collect();
    let secs: i64 = sessions.iter().map(|session| session.own_secs(now.at)).sum();
    let tasks: u64 = sessions.iter().filter_map(|session| session.tasks).map(|tasks| u64::from(tasks.get())).sum();
    let mut parts = vec![format!("- {name}: {}", style.bag(&open.sum))];
    if let Some(first) = parts.first_mut().filter(|_| !sessions.is_empty()) {
        *first = format!("{first} for {} in {}", format::hours(secs), counted(sessions.len(), "session"));
    }
    if tasks > 0 {
        parts.push(counted(usize::try_from(tasks).unwrap_or(usize::MAX), "task"));
    }
    if let (Some(first), Some(last)) = (open.days.iter().min(), open.days.iter().max()) {
        let until = if last == first { String::new() } else { format!(" to {}", style.day_and_year(*last)) };
        parts.push(format!("{}{until}", style.day_and_year(*first)));
    }
    parts.join(", ")
}
