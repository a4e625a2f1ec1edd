//! What agrees: promised, credited and paid by week and project; what differs, and the text of a ticket about it.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, SessionId};
use crate::domain::money::Money;
use crate::domain::query::agreement::{Disagreement, WeekRow, disagreements, weeks};
use crate::domain::query::coverage::window_zone;
use crate::domain::query::hours::Period;
use crate::domain::query::owed::OwedId;
use crate::domain::query::work::Work;
use crate::domain::span::{DayRange, Now, Timestamp, Zone, day_plus};
use crate::ui::format::{self, NONE, Style};
use crate::ui::view::names::{self, Mark};
use crate::ui::view::reasons::{self, counted};

/// A line of the weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeekLine {
    /// "Mon 16 – Sun 22 Nov".
    Head(NaiveDate, String),
    /// A project of the week.
    Row(Box<WeekCells>),
}

/// A project in a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekCells {
    /// Read aloud: "Aloe, Outlier, week of Mon 16 Nov".
    pub name: String,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name.
    pub platform: String,
    /// "Aloe", or that it is the platform as a whole.
    pub project: String,
    /// "6 h 30 m".
    pub own: String,
    /// The time that the platform pays for.
    pub credited_time: String,
    /// Whether that is less or more.
    pub time_differs: bool,
    /// "$162.50".
    pub promised: String,
    /// "$159.17".
    pub credited: String,
    /// Whether less (or more) was credited than promised.
    pub money_differs: bool,
    /// "$159.17", "–".
    pub paid: String,
}

/// Something that doesn't agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// What can be acted on.
    pub id: OwedId,
    /// What it is in the list: an earning may stand there twice.
    pub key: (OwedId, Option<SessionId>),
    /// The platform.
    pub platform_id: PlatformId,
    /// Read aloud: "Aloe, Outlier, Mon 16 Nov, −8 m, −$3.33".
    pub name: String,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name.
    pub platform: String,
    /// "Aloe".
    pub project: String,
    /// "Mon 16 Nov".
    pub worked: String,
    /// "1 h 48 m".
    pub own: String,
    /// "1 h 40 m".
    pub credited: String,
    /// "−8 m".
    pub time_by: String,
    /// "−$3.33".
    pub money_by: String,
    /// Whether less was credited.
    pub less: bool,
    /// Whether it is contested already.
    pub contested: bool,
    /// The sessions behind it.
    pub sessions: Vec<SessionId>,
    /// The text of a ticket about it.
    pub ticket: String,
}

/// The page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgreementView {
    /// Weeks, the newest first.
    pub weeks: Vec<WeekLine>,
    /// What doesn't agree, the newest first.
    pub differences: Vec<DiffLine>,
    /// "4 differences, −$21.30".
    pub sum: String,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The work of these days.
    pub period: Period,
    /// Only this platform.
    pub platform: Option<PlatformId>,
}

impl Default for Look {
    fn default() -> Self {
        Self { period: Period::Last4Weeks, platform: None }
    }
}

/// The page at a moment.
#[must_use]
pub fn view(book: &Book, work: &Work, look: Look, now: Now, today: NaiveDate, at: Timestamp) -> AgreementView {
    let style = Style::of(book.settings());
    let week_start = book.settings().week_start;
    let days = look.period.days(today, week_start);
    let fits = |platform: PlatformId| look.platform.is_none_or(|wanted| wanted == platform);
    let mut lines = Vec::new();
    let mut week = None;
    for row in weeks(work, days, week_start, at).iter().filter(|row| fits(row.platform)) {
        if week != Some(row.week) {
            week = Some(row.week);
            let days = DayRange::new(row.week, day_plus(row.week, 6));
            lines.push(WeekLine::Head(row.week, style.days(days, today)));
        }
        lines.push(WeekLine::Row(Box::new(cells(book, row, today))));
    }
    let found: Vec<Disagreement> =
        disagreements(work, days, now).into_iter().filter(|one| fits(one.platform)).collect();
    let mut lost = crate::domain::money::Bag::default();
    for money in found.iter().filter_map(Disagreement::money_by) {
        lost.add(money.rounded());
    }
    let sum = match found.len() {
        0 => String::new(),
        count => format!("{}, {}", counted(count, "difference"), style.bag(&lost)),
    };
    let mut differences: Vec<DiffLine> = found.iter().map(|one| diff_line(book, one, now, today)).collect();
    names::number_twins(differences.iter_mut().map(|line| &mut line.name));
    AgreementView { weeks: lines, differences, sum }
}

fn cells(book: &Book, row: &WeekRow, today: NaiveDate) -> WeekCells {
    let style = Style::of(book.settings());
    let money = |money: Option<Money>| money.map_or_else(|| NONE.to_owned(), |money| style.money(money));
    let platform = book.platform(row.platform).map_or_else(String::new, |platform| platform.name.clone());
    let project = row.project.map_or_else(|| "as a whole".to_owned(), |id| names::project(book, Some(id)));
    let differs = match (row.promised, row.credited) {
        (Some(promised), Some(credited)) => promised.rounded() != credited.rounded(),
        _ => false,
    };
    WeekCells {
        name: format!("{project}, {platform}, week of {}", style.day(row.week, today)),
        mark: Mark::of_id(book, Some(row.platform)),
        platform,
        project,
        own: if row.own_secs > 0 { format::hours(row.own_secs) } else { NONE.to_owned() },
        credited_time: if row.own_secs > 0 { format::hours(row.credited_secs) } else { NONE.to_owned() },
        time_differs: (row.own_secs - row.credited_secs).abs() >= 60,
        promised: money(row.promised),
        credited: money(row.credited),
        money_differs: differs,
        paid: money(row.paid),
    }
}

fn diff_line(book: &Book, one: &Disagreement, now: Now, today: NaiveDate) -> DiffLine {
    let style = Style::of(book.settings());
    let platform = book.platform(one.platform).map_or_else(String::new, |platform| platform.name.clone());
    let project = one.project.map_or_else(|| platform.clone(), |id| names::project(book, Some(id)));
    let worked = style.days(one.worked, today);
    let time_by = one.credited_secs.map_or_else(String::new, |_| signed_time(one.secs_by()));
    let money_by = one.money_by().map_or_else(|| NONE.to_owned(), |by| signed_money(by, style));
    let parts: Vec<&str> = [project.as_str(), platform.as_str(), worked.as_str(), time_by.as_str(), money_by.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let of_session = one.credited_secs.and(one.sessions.first().copied());
    DiffLine {
        id: one.id,
        key: (one.id, of_session),
        platform_id: one.platform,
        name: parts.join(", "),
        mark: Mark::of_id(book, Some(one.platform)),
        platform,
        project,
        worked,
        own: if one.own_secs > 0 { format::hours(one.own_secs) } else { NONE.to_owned() },
        credited: one.credited_secs.map_or_else(|| NONE.to_owned(), format::hours),
        time_by: if time_by.is_empty() { NONE.to_owned() } else { time_by },
        money_by,
        less: one.secs_by() < 0 || one.money_by().is_some_and(|by| by.amount.is_sign_negative()),
        contested: one.contested,
        sessions: one.sessions.clone(),
        ticket: ticket(book, one, now),
    }
}

/// "−8 m", "+1 h 02 m".
fn signed_time(secs: i64) -> String {
    let sign = if secs < 0 { "−" } else { "+" };
    format!("{sign}{}", format::hours(secs.abs()))
}

/// "−$3.33", "+$3.33".
fn signed_money(by: Money, style: Style) -> String {
    if by.amount.is_sign_negative() { style.money(by) } else { format!("+{}", style.money(by)) }
}

/// The facts for a support ticket: dates, tasks, times in the platform's zone, amounts. No word of blame.
fn ticket(book: &Book, one: &Disagreement, now: Now) -> String {
    let style = Style::of(book.settings());
    let platform = book.platform(one.platform).map_or("", |platform| platform.name.as_str());
    let project = one.project.map_or_else(|| platform.to_owned(), |id| names::project(book, Some(id)));
    let schedule = book.schedule_on(one.platform, one.project, one.worked.last);
    let zone = schedule.and_then(|schedule| window_zone(schedule)).unwrap_or(now.zone);
    let mut lines = Vec::new();
    let mut line = |words: String| lines.push(words);
    line(format!("Project: {project}"));
    line(format!("Worked: {}", days_and_year(one.worked, style)));
    line(format!("Times ({}):", reasons::zone_words(zone)));
    for id in &one.sessions {
        if let Some(session) = book.session(*id) {
            line(format!("  {}", session_words(session, zone, now.at, style)));
        }
    }
    if one.own_secs > 0 {
        line(format!("My log: {}", format::hours(one.own_secs)));
    }
    if let Some(credited) = one.credited_secs {
        line(format!("Credited: {}", format::hours(credited)));
        line(format!("Difference: {}", signed_time(one.secs_by())));
    }
    if let (Some(promised), Some(credited)) = (one.promised, one.credited) {
        let (promised, credited) = (promised.rounded(), credited.rounded());
        line(format!("Amount by my log: {}", style.money(promised)));
        line(format!("Amount credited: {}", style.money(credited)));
        if let Some(by) = one.money_by() {
            line(format!("Difference in pay: {}", signed_money(by, style)));
        }
    }
    lines.join("\n")
}

fn days_and_year(days: DayRange, style: Style) -> String {
    if days.first == days.last {
        style.day_and_year(days.first)
    } else {
        format!("{} to {}", style.day_and_year(days.first), style.day_and_year(days.last))
    }
}

/// "Mon 16 Nov 2026, 09:00 – 10:48, 1 h 48 m, 12 tasks".
fn session_words(session: &crate::domain::session::Session, zone: Zone, now: Timestamp, style: Style) -> String {
    let own = format::hours(session.own_secs(now));
    let day = style.day_and_year(session.started_at.with_timezone(&zone).date_naive());
    let time = match (session.declared_secs, session.ended_at) {
        (None, Some(end)) => {
            format!("{} – {}, {own}", format::time(session.started_at, zone), format::time(end, zone))
        }
        _ => own,
    };
    let tasks = session
        .tasks
        .map_or_else(String::new, |tasks| format!(", {}", counted(usize::try_from(tasks.get()).unwrap_or(0), "task")));
    format!("{day}, {time}{tasks}")
}
