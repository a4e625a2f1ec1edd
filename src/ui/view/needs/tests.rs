//! What needs the user, in words.

use super::*;
use crate::domain::ids::ProjectId;
use crate::domain::money::Currency;
use crate::domain::query::calendar::Part;
use crate::domain::query::needs::{ClosedFigure, CutOffNear, FallingQuality, Late};
use crate::domain::query::quality::Falling;
use crate::domain::query::work::testkit::{Kit, at, day, session, usd};
use crate::domain::schedule::CutOffAction;
use crate::ui::view::findings::Remedy;

const PLATFORM: PlatformId = PlatformId(1);

fn key() -> ExpectedKey {
    let part = Part::Period(day("2026-11-10"));
    ExpectedKey { platform: PLATFORM, currency: Currency::USD, route: None, schedule: None, part }
}

fn need(severity: Severity, what: What) -> Need {
    Need { name: format!("{severity:?} {what:?}"), severity, what }
}

fn found(sentence: &str) -> Found {
    Found {
        file: sentence.to_owned(),
        line: None,
        column: None,
        words: sentence.to_owned(),
        kept: "",
        sentence: sentence.to_owned(),
        locked: true,
        quiet: false,
        remedy: Remedy::None,
        is_missing: false,
        lacks: None,
    }
}

fn view(kit: &Kit, needs: Vec<Need>, findings: &[&str]) -> NeedsView {
    let now = Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::Africa::Nairobi };
    let findings: Vec<Found> = findings.iter().map(|finding| found(finding)).collect();
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
    What::Late(Late { key: key(), days, surely: true, net: usd(net), estimate: false })
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

#[test]
fn what_earnings_need_is_said_with_its_day_and_leads_to_its_page() {
    use crate::domain::ids::EarningId;
    use crate::domain::query::deadlines::{Deadline, DeadlineKind};
    use crate::domain::query::needs::{Disagrees, NewlyRejected, ReportDue};
    use crate::domain::query::to_report;
    let due = ReportDue { platform: PLATFORM, secs: 12_000, oldest: day("2026-11-20"), deadline: None, past: false };
    let said = one(What::Report(due));
    let words = "Platform 1: 3 h 20 m to report, the oldest of Fri 20 Nov";
    assert_eq!(said, (words.to_owned(), String::new(), "Show time"));
    let deadline = to_report::LastMoment { at: at("2026-11-20T11:59:00Z"), zone: chrono_tz::UTC };
    let missed = ReportDue { deadline: Some(deadline), past: true, ..due };
    let words = "Platform 1: 3 h 20 m not reported, the last moment was Fri 20 Nov 11:59 UTC";
    assert_eq!(one(What::Report(missed)).0, words);
    let task = |kind, name: &str| Deadline {
        on: day("2026-11-23"),
        kind,
        platform: PLATFORM,
        project: Some(ProjectId(1)),
        name: name.to_owned(),
        money: usd("200"),
    };
    let said = one(What::Deadline(task(DeadlineKind::Milestone(None), "Draft")));
    let words = "Platform 1: “Draft” is due Mon 23 Nov, tomorrow";
    assert_eq!(said, (words.to_owned(), "$200.00".to_owned(), "Record…"));
    let said = one(What::Deadline(task(DeadlineKind::Task(EarningId(9)), "")));
    assert_eq!((said.0.as_str(), said.2), ("Platform 1: Project 1 is due Mon 23 Nov, tomorrow", "Show earning"));
    let worked = DayRange::new(day("2026-11-09"), day("2026-11-15"));
    let rejected = NewlyRejected {
        earning: EarningId(9),
        platform: PLATFORM,
        project: Some(ProjectId(1)),
        worked,
        on: day("2026-11-20"),
        amount: usd("40"),
    };
    let said = one(What::Rejected(rejected));
    let words = "Platform 1 rejected Project 1 of Mon 9 – Sun 15 Nov";
    assert_eq!(said, (words.to_owned(), "−$40.00".to_owned(), "Show earning"));
    let lost = Disagrees { platform: PLATFORM, lost_secs: 3_600, lost: Some(usd("25")), days: worked };
    let said = one(What::Disagrees(lost));
    let words = "Platform 1 credited 1 h less than you worked in four weeks";
    assert_eq!(said, (words.to_owned(), "−$25.00".to_owned(), "Compare"));
}
