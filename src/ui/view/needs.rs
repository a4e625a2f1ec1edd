//! What needs the user, in words: one row each, with the verb that mends it.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::exposure;
use super::findings::{Found, told};
use super::names::{self, Mark};
use super::reasons;
use crate::domain::book::Book;
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::platform::QualityMeasure;
use crate::domain::query::calendar::{ExpectedKey, Reason};
use crate::domain::query::deadlines::{Deadline, DeadlineKind};
use crate::domain::query::needs::{
    LongTimer, Moved, Need, Needs, ReportDue, Severity, TooLong, What, put_aside, put_name_aside,
};
use crate::domain::query::to_report::{asks_to_report, self_reports};
use crate::domain::seen::Seen;
use crate::domain::span::{DayRange, Month, Now};
use crate::ui::format::{self, Style};

/// What the verb of a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// Shows an expected payout.
    Payout(ExpectedKey),
    /// Opens a session's times.
    Session(SessionId),
    /// Shows a platform.
    Platform(PlatformId),
    /// Shows the sessions of a platform's month.
    Sessions {
        /// The platform.
        platform: PlatformId,
        /// The days.
        days: DayRange,
        /// "Outlier, October 2026".
        words: String,
    },
    /// Opens the page of a platform.
    Page(PlatformId),
    /// Shows the exposure page.
    Exposure,
    /// Shows what is to be reported to a platform.
    ToReport(PlatformId),
    /// Shows an earning.
    Earning(EarningId),
    /// Records a milestone of a project, by its name.
    Milestone(ProjectId, String),
    /// Shows what doesn't agree with a platform.
    Agreement(PlatformId),
    /// Shows what was found in the files.
    Files,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedRow {
    /// The name by which it is put aside.
    pub name: String,
    /// How much it matters.
    pub severity: Severity,
    /// The platform's badge, where it is about one.
    pub mark: Option<Mark>,
    /// "Upwork is 4 days late"; no two rows say the same.
    pub text: String,
    /// "$48.00", "~ $180.00", "−$25.00"; empty where no money is meant.
    pub amount: String,
    /// The verb's words: "Show payout".
    pub verb: &'static str,
    /// What it does.
    pub mend: Mend,
    /// The word for putting it aside: "Dismiss", or "Seen" for news.
    pub aside: &'static str,
    /// What is put aside; `None` for a file, which is no need of the Book's own.
    need: Option<Need>,
}

/// The rows, the worst first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NeedsView {
    /// The rows.
    pub rows: Vec<NeedRow>,
    /// "2 need you"; empty where nothing does.
    pub title: String,
}

impl NeedsView {
    /// The list. `findings` are what loading found wrong; `hidden` the names put aside for this window alone.
    #[must_use]
    pub fn of(
        book: &Book,
        needs: &Needs,
        findings: &[Found],
        hidden: &BTreeSet<String>,
        now: Now,
        today: NaiveDate,
    ) -> Self {
        let aside = |name: &str| book.seen().dismissed.iter().any(|known| known.need == name);
        let files = told(findings).into_iter().map(file_row);
        let mut rows: Vec<NeedRow> = files.filter(|row| !aside(&row.name)).collect();
        rows.extend(needs.needs.iter().map(|need| row(book, need, now, today)));
        rows.retain(|row| !hidden.contains(&row.name));
        // Stable: files before money, both before what is better done today.
        rows.sort_by_key(|row| row.severity);
        names::number_twins(rows.iter_mut().map(|row| &mut row.text));
        let title = match rows.len() {
            0 => String::new(),
            1 => "1 needs you".to_owned(),
            several => format!("{several} need you"),
        };
        Self { rows, title }
    }

    /// What is seen once a row is put aside, and what that is, for people.
    #[must_use]
    pub fn put_aside(&self, book: &Book, row: &NeedRow, today: NaiveDate) -> (String, Seen) {
        let seen = if let Some(need) = &row.need {
            let present: Vec<Need> = self.rows.iter().filter_map(|row| row.need.clone()).collect();
            put_aside(book.seen(), need, &present, today)
        } else {
            let mut seen = (**book.seen()).clone();
            put_name_aside(&mut seen, &row.name, today);
            let is_there = |name: &str| self.rows.iter().any(|row| row.name == name);
            seen.dismissed.retain(|known| !known.need.starts_with(FILE) || is_there(&known.need) || known.on == today);
            seen
        };
        (format!("{} “{}”", row.aside, row.text), seen)
    }
}

/// The first word of the names of files' rows.
const FILE: &str = "file ";

/// The name by which what is told of a file is put aside.
#[must_use]
pub fn name_of_file(told: &str) -> String {
    format!("{FILE}{told}")
}

fn file_row(told: String) -> NeedRow {
    NeedRow {
        name: name_of_file(&told),
        severity: Severity::Bad,
        mark: None,
        text: told,
        amount: String::new(),
        verb: "What to do…",
        mend: Mend::Files,
        aside: "Dismiss",
        need: None,
    }
}

fn row(book: &Book, need: &Need, now: Now, today: NaiveDate) -> NeedRow {
    let style = Style::of(book.settings());
    let platform_name = |id: PlatformId| book.platform(id).map_or_else(|| "A platform".to_owned(), |p| p.name.clone());
    let (platform, text, amount, verb, mend) = match &need.what {
        What::Late(late) => {
            let name = platform_name(late.key.platform);
            let by = if late.surely { reasons::late_words(late.days) } else { reasons::later_words(late.days) };
            let text = format!("{name} is {by}");
            (Some(late.key.platform), text, sum(late.net, late.estimate, style), "Show payout", Mend::Payout(late.key))
        }
        What::CutOff(near) => {
            let reason = Reason::CutOff { action: Some(near.action), at: near.at, zone: near.zone };
            let mut text =
                format!("{}: {}", platform_name(near.key.platform), reasons::sentence(&reason, today, style));
            if near.zone != now.zone {
                text = format!("{text}, {} your time", format::time(near.at, now.zone));
            }
            let told = book.platform(near.key.platform).is_some_and(|platform| self_reports(book, platform));
            let (verb, mend) = if told && asks_to_report(near.action) {
                ("Show time", Mend::ToReport(near.key.platform))
            } else {
                ("Show payout", Mend::Payout(near.key))
            };
            (Some(near.key.platform), text, sum(near.gross, near.estimate, style), verb, mend)
        }
        What::Report(due) => {
            let text = report_words(&platform_name(due.platform), due, now, today, style);
            (Some(due.platform), text, String::new(), "Show time", Mend::ToReport(due.platform))
        }
        What::Deadline(deadline) => {
            let text = deadline_words(book, deadline, today, style);
            let (verb, mend) = match deadline.kind {
                DeadlineKind::Task(id) | DeadlineKind::Rework(id) | DeadlineKind::Milestone(Some(id)) => {
                    ("Show earning", Mend::Earning(id))
                }
                DeadlineKind::Milestone(None) => match deadline.project {
                    Some(project) => ("Record…", Mend::Milestone(project, deadline.name.clone())),
                    None => ("Show platform", Mend::Platform(deadline.platform)),
                },
                DeadlineKind::Chase(key) => ("Show payout", Mend::Payout(key)),
            };
            (Some(deadline.platform), text, style.money(deadline.money), verb, mend)
        }
        What::Rejected(rejected) => {
            let what = match rejected.project {
                Some(_) => names::project(book, rejected.project),
                None => "work".to_owned(),
            };
            let days = style.days(rejected.worked, today);
            let text = format!("{} rejected {what} of {days}", platform_name(rejected.platform));
            let lost = rejected.amount.with(-rejected.amount.amount);
            (Some(rejected.platform), text, style.money(lost), "Show earning", Mend::Earning(rejected.earning))
        }
        What::Disagrees(one) => {
            let lost = format::hours(one.lost_secs);
            let text = format!("{} credited {lost} less than you worked in four weeks", platform_name(one.platform));
            let money = one.lost.map_or_else(String::new, |lost| style.money(lost.with(-lost.amount)));
            (Some(one.platform), text, money, "Compare", Mend::Agreement(one.platform))
        }
        What::Timer(timer) => {
            let session = book.session(timer.session);
            let project = session.and_then(|session| book.project(session.project?));
            let project = project.map_or("The timer", |project| project.name.as_str());
            let platform = book.platform_of(session.and_then(|session| session.project)).map(|platform| platform.id);
            (platform, timer_words(project, timer), String::new(), "Stop at…", Mend::Session(timer.session))
        }
        What::Quality(quality) => {
            let fall = &quality.fall;
            let about = match fall.project {
                Some(_) => format!("{}, {}", platform_name(quality.platform), names::project(book, fall.project)),
                None => platform_name(quality.platform),
            };
            let moved = if fall.measure.more_is_better() == Some(false) { "rose" } else { "fell" };
            let unit = match fall.measure {
                QualityMeasure::ErrorRate | QualityMeasure::Acceptance => " %",
                QualityMeasure::Score | QualityMeasure::HandlingTime | QualityMeasure::Warning => "",
            };
            let (was, is) = (style.exact(fall.was), style.exact(fall.now));
            let what = measure(fall.measure);
            let text = format!("{about}: {what} {moved} from {was}{unit} to {is}{unit}, and money is not paid yet");
            (Some(quality.platform), text, String::new(), "Show platform", Mend::Platform(quality.platform))
        }
        What::Exposure(risk) => {
            let text = exposure::risk(book, risk, today);
            let amount = exposure::risk_amount(book, risk);
            (Some(risk.platform()), text, amount, "Show exposure", Mend::Exposure)
        }
        What::ToDo(todo) => {
            let text = format!("{}: {}", platform_name(todo.platform), todo.text);
            let text =
                if todo.due_on < today { format!("{text}, since {}", style.day(todo.due_on, today)) } else { text };
            (Some(todo.platform), text, String::new(), "Show to do", Mend::Page(todo.platform))
        }
        What::Moved(moved) => {
            let days = DayRange::new(moved.month.first_day(), moved.month.last_day());
            let text = moved_words(&platform_name(moved.platform), moved, today, style);
            let amount =
                moved.earned_by().filter(|by| !by.amount.is_zero()).map_or_else(String::new, |by| signed(by, style));
            let words = format!("{}, {}", platform_name(moved.platform), format::month(moved.month));
            let mend = Mend::Sessions { platform: moved.platform, days, words };
            (Some(moved.platform), text, amount, "Show sessions", mend)
        }
    };
    NeedRow {
        name: need.name.clone(),
        severity: need.severity,
        mark: Mark::of_id(book, platform),
        text,
        amount,
        verb,
        mend,
        aside: if need.severity == Severity::News { "Seen" } else { "Dismiss" },
        need: Some(need.clone()),
    }
}

fn sum(money: Money, estimate: bool, style: Style) -> String {
    if estimate { style.estimate(money) } else { style.money(money) }
}

/// "+$25.00", "−$25.00".
pub(super) fn signed(by: Money, style: Style) -> String {
    if by.amount.is_sign_negative() { style.money(by) } else { format!("+{}", style.money(by)) }
}

/// "Upwork: 3 h 20 m to report by Mon 23 Nov 11:59 UTC", "Telus: 2 h to report, the oldest of Fri 20 Nov".
fn report_words(platform: &str, due: &ReportDue, now: Now, today: NaiveDate, style: Style) -> String {
    let time = format::hours(due.secs);
    let Some(deadline) = due.deadline else {
        return format!("{platform}: {time} to report, the oldest of {}", style.day(due.oldest, today));
    };
    let day = style.day(deadline.at.with_timezone(&deadline.zone).date_naive(), today);
    let at = format!("{day} {} {}", format::time(deadline.at, deadline.zone), reasons::place_words(deadline.zone));
    if due.past {
        return format!("{platform}: {time} not reported, the last moment was {at}");
    }
    let here = reasons::conversion(deadline.at, deadline.zone, now.zone).map_or_else(String::new, |h| format!(", {h}"));
    format!("{platform}: {time} to report by {at}{here}")
}

/// "Acme: “Draft” is due tomorrow, Tue 24 Nov".
fn deadline_words(book: &Book, deadline: &Deadline, today: NaiveDate, style: Style) -> String {
    let platform = book.platform(deadline.platform).map_or("A platform", |platform| platform.name.as_str());
    let day = style.day(deadline.on, today);
    let when = format::relative(deadline.on, today);
    let project = deadline.project.map(|id| names::project(book, Some(id)));
    let of = match (deadline.name.as_str(), project) {
        ("", Some(project)) => project,
        ("", None) => "a claimed task".to_owned(),
        (name, _) => format!("“{name}”"),
    };
    match deadline.kind {
        DeadlineKind::Chase(_) => format!("{platform}: ask where the money is, from {day} on"),
        DeadlineKind::Rework(_) => format!("{platform}: {of} is to be done again by {day}, {when}"),
        DeadlineKind::Task(_) | DeadlineKind::Milestone(_) => format!("{platform}: {of} is due {day}, {when}"),
    }
}

fn timer_words(project: &str, timer: &LongTimer) -> String {
    match timer.why {
        TooLong::WithoutPause => {
            format!("{project} has run for {} without a pause", format::hours(timer.unbroken_secs))
        }
        TooLong::OverMidnight => format!("{project} has run over midnight, {} so far", format::hours(timer.own_secs)),
        TooLong::InAll => format!("{project} has run for {}", format::hours(timer.own_secs)),
    }
}

/// "Outlier, October: 41 h credited instead of 42 h".
pub(super) fn moved_words(platform: &str, moved: &Moved, today: NaiveDate, style: Style) -> String {
    let month = format::month(moved.month);
    // The year is said where it isn't this one.
    let year = Month::of_day(today).year;
    let month = if moved.month.year == year { month.replace(&format!(" {year}"), "") } else { month };
    let hours = format::hours;
    if moved.now.credited_secs != moved.before_secs {
        return format!(
            "{platform}, {month}: {} credited instead of {}",
            hours(moved.now.credited_secs),
            hours(moved.before_secs)
        );
    }
    match (moved.now.earned, moved.before_earned) {
        (Some(now), Some(before)) => {
            format!("{platform}, {month}: {} earned instead of {}", style.money(now), style.money(before))
        }
        _ => format!("{platform}, {month}: what was earned has changed"),
    }
}

fn measure(measure: QualityMeasure) -> &'static str {
    match measure {
        QualityMeasure::Score => "the score",
        QualityMeasure::ErrorRate => "the error rate",
        QualityMeasure::Acceptance => "acceptance",
        QualityMeasure::HandlingTime => "minutes a task",
        QualityMeasure::Warning => "a warning",
    }
}
