//! What needs the user, in words: one row each, with the verb that mends it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::names::{self, Mark};
use super::reasons;
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, SessionId};
use crate::domain::money::Money;
use crate::domain::platform::QualityMeasure;
use crate::domain::query::calendar::{ExpectedKey, Reason};
use crate::domain::query::needs::{LongTimer, Moved, Need, Needs, Severity, TooLong, What, put_aside, put_name_aside};
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
    /// Says what can be done about a file.
    File(String),
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
        findings: &[String],
        hidden: &BTreeSet<String>,
        now: Now,
        today: NaiveDate,
    ) -> Self {
        let aside = |name: &str| book.seen().dismissed.iter().any(|known| known.need == name);
        let files = findings.iter().map(|finding| file_row(finding));
        let mut rows: Vec<NeedRow> = files.filter(|row| !aside(&row.name)).collect();
        rows.extend(needs.needs.iter().map(|need| row(book, need, now, today)));
        rows.retain(|row| !hidden.contains(&row.name));
        // Stable: files before money, both before what is better done today.
        rows.sort_by_key(|row| row.severity);
        number_twins(&mut rows);
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

/// Rows that would read the same are told apart by a number: screen readers and tests find each.
fn number_twins(rows: &mut [NeedRow]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let before = times.entry(row.text.clone()).or_default();
        *before += 1;
        if *before > 1 {
            row.text = format!("{} ({before})", row.text);
        }
    }
}

fn file_row(finding: &str) -> NeedRow {
    NeedRow {
        name: format!("{FILE}{finding}"),
        severity: Severity::Bad,
        mark: None,
        text: finding.to_owned(),
        amount: String::new(),
        verb: "What to do…",
        mend: Mend::File(finding.to_owned()),
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
            let text = format!("{name} is {} late", reasons::counted(usize::try_from(late.days).unwrap_or(0), "day"));
            (Some(late.key.platform), text, sum(late.net, late.estimate, style), "Show payout", Mend::Payout(late.key))
        }
        What::CutOff(near) => {
            let reason = Reason::CutOff { action: Some(near.action), at: near.at, zone: near.zone };
            let mut text =
                format!("{}: {}", platform_name(near.key.platform), reasons::sentence(&reason, today, style));
            if near.zone != now.zone {
                text = format!("{text}, {} your time", format::time(near.at, now.zone));
            }
            (
                Some(near.key.platform),
                text,
                sum(near.gross, near.estimate, style),
                "Show payout",
                Mend::Payout(near.key),
            )
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
fn signed(by: Money, style: Style) -> String {
    if by.amount.is_sign_negative() { style.money(by) } else { format!("+{}", style.money(by)) }
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
fn moved_words(platform: &str, moved: &Moved, today: NaiveDate, style: Style) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ProjectId;
    use crate::domain::money::Currency;
    use crate::domain::query::calendar::Part;
    use crate::domain::query::needs::{ClosedFigure, CutOffNear, FallingQuality, Late};
    use crate::domain::query::quality::Falling;
    use crate::domain::query::work::testkit::{Kit, at, day, session, usd};
    use crate::domain::schedule::CutOffAction;

    const PLATFORM: PlatformId = PlatformId(1);

    fn key() -> ExpectedKey {
        let part = Part::Period(day("2026-11-10"));
        ExpectedKey { platform: PLATFORM, currency: Currency::USD, route: None, schedule: None, part }
    }

    fn need(severity: Severity, what: What) -> Need {
        Need { name: format!("{severity:?} {what:?}"), severity, what }
    }

    fn view(kit: &Kit, needs: Vec<Need>, findings: &[&str]) -> NeedsView {
        let now = Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::Africa::Nairobi };
        let findings: Vec<String> = findings.iter().map(|finding| (*finding).to_owned()).collect();
        let needs = Needs { needs, changes_at: None };
        NeedsView::of(&kit.book, &needs, &findings, &BTreeSet::new(), now, day("2026-11-22"))
    }

    fn one(what: What) -> (String, String, &'static str) {
        let mut kit = Kit::new();
        kit.put(session(7, "2026-11-22T07:00:00Z", None));
        let view = view(&kit, vec![need(Severity::Warn, what)], &[]);
        let row = &view.rows[0];
        (row.text.clone(), row.amount.clone(), row.verb)
    }

    fn late(days: i64, net: &str) -> What {
        What::Late(Late { key: key(), days, net: usd(net), estimate: false })
    }

    #[test]
    fn each_kind_says_what_it_is_and_what_mends_it() {
        let said = one(late(4, "48"));
        assert_eq!(said, ("Platform 1 is 4 days late".to_owned(), "$48.00".to_owned(), "Show payout"));
        assert_eq!(one(late(1, "48")).0, "Platform 1 is 1 day late");
        let near = CutOffNear {
            key: key(),
            action: CutOffAction::Report,
            at: at("2026-11-23T23:59:00Z"),
            zone: chrono_tz::UTC,
            gross: usd("180"),
            estimate: true,
        };
        let (text, amount, _) = one(What::CutOff(near));
        assert_eq!(text, "Platform 1: Report the time by Mon 23 Nov 23:59 UTC, 02:59 your time");
        assert_eq!(amount, "~ $180.00");
        let timer = |why| LongTimer { session: SessionId(7), own_secs: 18_120, unbroken_secs: 14_520, why };
        let words = |why| one(What::Timer(timer(why))).0;
        assert_eq!(words(TooLong::WithoutPause), "Project 1 has run for 4 h 02 m without a pause");
        assert_eq!(words(TooLong::OverMidnight), "Project 1 has run over midnight, 5 h 02 m so far");
        assert_eq!(words(TooLong::InAll), "Project 1 has run for 5 h 02 m");
        let fall = |measure, was: &str, now: &str| Falling {
            measure,
            project: Some(ProjectId(1)),
            out_of: None,
            was: was.parse().unwrap(),
            now: now.parse().unwrap(),
            on: day("2026-11-02"),
        };
        let fell = |fall| one(What::Quality(FallingQuality { platform: PLATFORM, fall })).0;
        let words = "Platform 1, Project 1: the score fell from 4.4 to 3.9, and money is not paid yet";
        assert_eq!(fell(fall(QualityMeasure::Score, "4.40", "3.9")), words);
        let words = "Platform 1, Project 1: the error rate rose from 2 % to 5 %, and money is not paid yet";
        assert_eq!(fell(fall(QualityMeasure::ErrorRate, "2", "5")), words);
    }

    /// Source of the words: the task's own example, "Outlier, October: 41 h credited instead of 42 h, −$25.00".
    #[test]
    fn a_figure_that_moved_says_from_what_to_what_and_by_how_much() {
        let moved = |month: u32, year, now_secs: i64, earned: &str| Moved {
            platform: PLATFORM,
            month: Month { year, month },
            now: ClosedFigure { earned: Some(usd(earned)), credited_secs: now_secs },
            before_secs: 42 * 3600,
            before_earned: Some(usd("1050")),
        };
        let said = one(What::Moved(moved(10, 2026, 41 * 3600, "1025")));
        assert_eq!(said.0, "Platform 1, October: 41 h credited instead of 42 h");
        assert_eq!((said.1.as_str(), said.2), ("−$25.00", "Show sessions"));
        let said = one(What::Moved(moved(12, 2025, 42 * 3600, "1060")));
        assert_eq!(said.0, "Platform 1, December 2025: $1,060.00 earned instead of $1,050.00");
        assert_eq!(said.1, "+$10.00");
    }

    #[test]
    fn the_worst_comes_first_and_no_two_rows_say_the_same() {
        let news = need(Severity::News, late(3, "1"));
        let view = view(
            &Kit::new(),
            vec![need(Severity::Bad, late(4, "2")), need(Severity::Bad, late(4, "3")), news],
            &["a.ron, line 3: nonsense"],
        );
        let texts: Vec<&str> = view.rows.iter().map(|row| row.text.as_str()).collect();
        let wanted = [
            "a.ron, line 3: nonsense",
            "Platform 1 is 4 days late",
            "Platform 1 is 4 days late (2)",
            "Platform 1 is 3 days late",
        ];
        assert_eq!(texts, wanted);
        assert_eq!(view.title, "4 need you");
        assert_eq!(view.rows[3].aside, "Seen");
        assert_eq!(self::view(&Kit::new(), Vec::new(), &[]).title, "");
    }

    #[test]
    fn a_file_that_was_put_aside_is_gone_and_forgotten_once_it_is_mended() {
        let mut kit = Kit::new();
        let two = view(&kit, Vec::new(), &["a", "b"]);
        assert_eq!(two.title, "2 need you");
        let (words, seen) = two.put_aside(&kit.book, &two.rows[0], day("2026-11-20"));
        assert_eq!(words, "Dismiss “a”");
        kit.put(seen);
        let one = view(&kit, Vec::new(), &["a", "b"]);
        assert_eq!(one.title, "1 needs you");
        // Two days later file a is whole, and b is put aside.
        let left = view(&kit, Vec::new(), &["b"]);
        let (_, seen) = left.put_aside(&kit.book, &left.rows[0], day("2026-11-22"));
        let names: Vec<&str> = seen.dismissed.iter().map(|known| known.need.as_str()).collect();
        assert_eq!(names, ["file b"]);
    }
}
