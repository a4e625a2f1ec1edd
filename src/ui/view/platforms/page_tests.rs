//! Tests of a platform's page, its columns of the table, and what of the work got worse, over a small Book.

use chrono::NaiveDate;
use nonmax::NonMaxU32;

use super::*;
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId, RouteId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::{DatedStage, Platform, Project, QualityMeasure, QualityNote, Stage};
use crate::domain::query::calendar::calendar;
use crate::domain::query::exposure::OpenState;
use crate::domain::query::hours::Period;
use crate::domain::query::work::Work;
use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
use crate::domain::route::{Fee, Route, RouteStep};
use crate::domain::schedule::Lag;
use crate::domain::span::{DayRange, Now};
use crate::domain::terms::{Milestone, Mission, Pay, Range, Terms};

const ID: PlatformId = PlatformId(1);

fn now() -> Now {
    Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn page(book: &Book) -> Page {
    let (work, calendar) = (Work::of(book), calendar(book, now()));
    let days = Period::Last4Weeks.days(today(), chrono::Weekday::Mon);
    let of = PageOf { book, work: &work, calendar: &calendar, presets: &[], days, at: now().at, today: today() };
    of.page(ID).unwrap()
}

fn table(book: &Book) -> Table {
    let days = Period::Last4Weeks.days(today(), chrono::Weekday::Mon);
    Table::of(book, &Work::of(book), &calendar(book, now()), days, now().at, today())
}

fn edited(kit: &mut Kit, edit: impl FnOnce(&mut Platform)) {
    let mut platform = (**kit.book.platform(ID).unwrap()).clone();
    edit(&mut platform);
    kit.put(platform);
}

fn score(on: &str, value: &str) -> QualityNote {
    QualityNote {
        on: day(on),
        project: None,
        measure: QualityMeasure::Score,
        value: Some(dec(value)),
        out_of: Some(5.into()),
        note: String::new(),
    }
}

/// 6 h 30 m paid at $25, 4 h 30 m of assessment. Source of the figures: design.md, "Rate steps", check.
fn eleven_hours() -> Kit {
    let mut kit = Kit::new();
    kit.unpaid(2, 1, "2026-11-19T08:00:00Z", "2026-11-19T12:30:00Z");
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T14:30:00Z", |_| {});
    kit
}

#[test]
fn the_head_says_the_rate_of_the_period_and_what_it_keeps_of_the_promise() {
    let mut kit = eleven_hours();
    edited(&mut kit, |platform| {
        platform.stages = vec![DatedStage::since(day("2026-10-13"), Stage::Active)];
        "a forum".clone_into(&mut platform.found_at);
        platform.needs_tracker = true;
    });
    let page = page(&kit.book);
    assert_eq!((page.rate.as_str(), page.tone), ("$14.77", Tone::Plain));
    assert_eq!(page.worked, "11 h · $162.50 earned");
    assert_eq!(page.kept, "59 % of the advertised $25.00");
    assert_eq!(page.stage, "active since 13 Oct 2026");
    assert_eq!(page.kind, "Contractor platform · paid in USD");
    assert_eq!(page.facts, ["found at a forum", "asks for its own tracker"]);
    assert_eq!(page.detail.joining.rate, "$14.77");
    assert_eq!(page.detail.joining.paid_back, "", "without a floor there is nothing to reach");
}

#[test]
fn unpaid_tests_are_paid_back_at_the_floor_or_not_yet() {
    let mut kit = eleven_hours();
    kit.settings(|settings| settings.floor = Some(usd("14")));
    assert_eq!(
        page(&kit.book).detail.joining.paid_back,
        "Tests and onboarding 4 h 30 m unpaid, paid back after 6 h 30 m",
        "$14.77 an hour over all eleven"
    );
    kit.settings(|settings| settings.floor = Some(usd("18")));
    assert_eq!(page(&kit.book).detail.joining.paid_back, "Tests and onboarding 4 h 30 m unpaid, not paid back yet");
}

#[test]
fn a_falling_score_is_said_beside_the_open_money() {
    let mut kit = eleven_hours();
    edited(&mut kit, |platform| platform.quality = vec![score("2026-10-01", "4.4"), score("2026-11-16", "3.9")]);
    let shown = page(&kit.book);
    assert_eq!(shown.falls, ["Quality score 3.9, was 4.4 · $162.50 open"]);
    assert_eq!(table(&kit.book).rows[0].falls, "Quality score 3.9, was 4.4 · $162.50 open");
    assert_eq!(shown.quality.trends[0].words, "3.9 of 5, was 4.4");
    assert!(shown.quality.trends[0].worse);
    assert_eq!(shown.quality.trends[0].points, [(0.0, 4.4), (46.0, 3.9)]);
    let log: Vec<String> = shown.quality.rows.iter().map(QualityRow::spoken).collect();
    assert_eq!(log, ["Quality score 3.9 of 5, account, Mon 16 Nov", "Quality score 4.4 of 5, account, Thu 1 Oct"]);
    // It rose again.
    edited(&mut kit, |platform| platform.quality.push(score("2026-11-20", "4.1")));
    let shown = page(&kit.book);
    assert!(shown.falls.is_empty() && table(&kit.book).rows[0].falls.is_empty());
    assert_eq!((shown.quality.trends[0].words.as_str(), shown.quality.trends[0].worse), ("4.1 of 5, was 3.9", false));
}

#[test]
fn figures_of_each_measure_have_their_unit_and_warnings_none() {
    let mut kit = eleven_hours();
    let of = |measure, value: &str| QualityNote {
        measure,
        value: Some(dec(value)),
        out_of: None,
        ..score("2026-11-16", "1")
    };
    edited(&mut kit, |platform| {
        platform.quality = vec![
            of(QualityMeasure::ErrorRate, "4.0"),
            QualityNote { project: Some(ProjectId(1)), ..of(QualityMeasure::HandlingTime, "3.5") },
            QualityNote { value: None, ..of(QualityMeasure::Warning, "1") },
        ];
    });
    let quality = page(&kit.book).quality;
    let figures: Vec<&str> = quality.rows.iter().map(|row| row.figure.as_str()).collect();
    assert_eq!(figures, ["", "3.5 m", "4 %"]);
    assert!(quality.rows[0].warning);
    let trends: Vec<String> = quality.trends.iter().map(Trend::spoken).collect();
    assert_eq!(trends, ["Error rate 4 %", "Handling time of Project 1 3.5 m"]);
}

#[test]
fn open_money_is_told_by_state_and_opens_to_its_rows() {
    let mut kit = eleven_hours();
    kit.payout(1, "55", None, "2026-11-18", &[]);
    let open = page(&kit.book).open;
    assert_eq!(open.total, "$217.50");
    let parts: Vec<String> = open.parts.iter().map(OpenPart::spoken).collect();
    assert_eq!(parts, ["in transit, $55.00", "date unknown, $162.50"]);
    assert_eq!(open.parts[1].rows.len(), 1);
    let row = &open.parts[1].rows[0];
    assert_eq!((row.project.as_str(), row.on.as_str(), row.amount.as_str()), ("Project 1", "Fri 20 Nov", "$162.50"));
    assert_eq!((open.parts[0].state, open.parts[0].rows[0].expected), (OpenState::InTransit, None));
    let share: f32 = open.parts.iter().filter_map(|part| part.share).sum();
    assert!((share - 1.0).abs() < 0.001);
    assert_eq!(table(&kit.book).rows[0].unpaid_tip, "$55.00 in transit\n$162.50 date unknown");
}

#[test]
fn a_missing_exchange_rate_leaves_bars_out_and_sums_apart() {
    let mut kit = eleven_hours();
    kit.terms(1, 1, "NGN".parse().unwrap(), Pay::PerHour(20_000.into()));
    kit.payout(1, "55", None, "2026-11-18", &[]);
    let open = page(&kit.book).open;
    assert_eq!(open.total, "₦130,000.00 + $55.00");
    assert!(open.parts.iter().all(|part| part.share.is_none()));
    assert_eq!(table(&kit.book).rows[0].income, "–");
    assert_eq!(table(&kit.book).all.income, "–");
}

#[test]
fn terms_over_time_are_a_line_and_the_same_as_a_table() {
    let mut kit = eleven_hours();
    let before = (**kit.book.terms_of(ProjectId(1))[0]).clone();
    kit.put(Terms {
        id: TermsId(9),
        from: Some(day("2026-11-20")),
        pay: Pay::PerHour(28.into()),
        advertised: Some(Range { low: 20.into(), high: 30.into() }),
        ..before
    });
    let terms = page(&kit.book).terms;
    assert_eq!((terms.charts.len(), terms.charts[0].lines.len()), (1, 1));
    let spans = &terms.charts[0].lines[0].spans;
    let told: Vec<_> = spans.iter().map(|span| (span.rate, span.days.first, span.days.last)).collect();
    assert_eq!(
        told,
        [(25.into(), day("2026-11-19"), day("2026-11-19")), (28.into(), day("2026-11-20"), day("2026-11-29")),]
    );
    assert_eq!(spans[1].all_hours, Some(28.into()), "six and a half paid hours at $28");
    assert_eq!(spans[0].all_hours, Some(0.into()), "tests alone");
    let rows: Vec<String> = terms.rows.iter().map(TermsRow::spoken).collect();
    assert_eq!(
        rows,
        [
            "Project 1, $28.00/h, since Fri 20 Nov, $28.00 over all hours",
            "Project 1, $25.00/h, until Thu 19 Nov, $0.00 over all hours",
        ]
    );
    assert_eq!(terms.rows[0].advertised, "$20.00 – $30.00/h");
    let ticks: Vec<&str> = terms.charts[0].ticks.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(ticks, ["$10.00", "$20.00", "$30.00"]);
}

#[test]
fn each_thing_that_is_paid_for_has_a_chart_of_its_own_and_milestones_stand_in_the_table_alone() {
    let mut kit = eleven_hours();
    for (id, currency, pay) in [
        (3, Currency::USD, Pay::PerTask(dec("0.40"))),
        (4, Currency::GBP, Pay::PerHour(20.into())),
        (5, Currency::USD, Pay::PerUnit { unit: "audio minute".into(), price: dec("0.0125") }),
        (6, Currency::USD, Pay::Milestones(Vec::new())),
    ] {
        kit.put(Project::new(ProjectId(id), ID, format!("Project {id}")));
        kit.terms(id, id, currency, pay);
    }
    let terms = page(&kit.book).terms;
    let told: Vec<(&str, &str, usize)> = terms
        .charts
        .iter()
        .map(|chart| (chart.unit.as_str(), chart.lines[0].name.as_str(), chart.lines[0].nth))
        .collect();
    assert_eq!(
        told,
        [
            ("USD an hour", "Project 1", 0),
            ("GBP an hour", "Project 4", 2),
            ("USD a task", "Project 3", 1),
            ("USD an audio minute", "Project 5", 3),
        ]
    );
    let ticks: Vec<&str> = terms.charts[3].ticks.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(ticks, ["$0.005", "$0.01"]);
    assert_eq!(terms.rows[3].pay, "$0.0125 an audio minute");
    assert_eq!(
        terms.left_out,
        "1 by milestones or by study stands in the table alone · the rate over all hours is in USD and stands in the \
         table alone where pay is not"
    );
}

#[test]
fn what_terms_hold_back_and_cap_is_told_and_a_full_cap_warns() {
    let mut kit = eleven_hours();
    kit.put(Terms {
        held_percent: Some(10.into()),
        cap_hours_a_day: Some(8.into()),
        cap_hours_a_week: Some(dec("7.5")),
        ..Terms::new(TermsId(1), ProjectId(1), Currency::USD, Pay::PerHour(25.into()))
    });
    let first = page(&kit.book);
    let limits = "10 % held · at most 8 h a day, 7.5 h a week";
    assert_eq!(first.terms.rows[0].limits, limits);
    assert_eq!(first.terms.rows[0].spoken(), format!("Project 1, $25.00/h, {limits}, $14.77 over all hours"));
    assert_eq!(first.projects[0].cap, None, "6 h 30 m of 7 h 30 m are under nine tenths");
    assert_eq!(first.projects[0].held, "$16.25 of what is open is held until accepted");
    kit.work(7, 1, "2026-11-21T08:00:00Z", "2026-11-21T08:45:00Z", |_| {});
    let cap = page(&kit.book).projects[0].cap.clone().unwrap();
    assert_eq!((cap.text.as_str(), cap.full), ("7 h 15 m of 7 h 30 m this week", false));
    assert_eq!(cap.line, "These terms pay up to 7 h 30 m a week: 15 m left");
    kit.work(8, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |_| {});
    let cap = page(&kit.book).projects[0].cap.clone().unwrap();
    assert_eq!(cap.line, "These terms pay up to 7 h 30 m a week: 45 m beyond it are unpaid");
    assert!(cap.full);
}

#[test]
fn milestones_and_missions_are_told_with_their_days_and_what_is_left() {
    let mut kit = eleven_hours();
    let milestone = |name: &str, due_on| Milestone { name: name.into(), amount: 200.into(), due_on };
    let mission = |name: &str, count, last: &str| Mission {
        name: name.into(),
        count,
        amount: 50.into(),
        days: DayRange::new(day("2026-11-16"), day(last)),
    };
    let milestones = vec![
        milestone("Draft", Some(day("2026-11-20"))),
        milestone("Rest", Some(day("2026-12-15"))),
        milestone("End", None),
    ];
    kit.put(Terms {
        missions: vec![
            mission("tasks", 20, "2026-11-23"),
            mission("tasks", 10, "2026-11-23"),
            mission("tasks", 30, "2026-11-21"),
        ],
        ..Terms::new(TermsId(1), ProjectId(1), Currency::USD, Pay::Milestones(milestones))
    });
    kit.work(7, 1, "2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z", |session| session.tasks = NonMaxU32::new(12));
    let told: Vec<(String, bool, bool)> =
        page(&kit.book).promised.iter().map(|row| (row.spoken(), row.ready, row.late)).collect();
    let expected = [
        ("Project 1, Draft, $200.00, promised, 2 days late", true, true),
        ("Project 1, Rest, $200.00, promised, due Tue 15 Dec", true, false),
        ("Project 1, End, $200.00, promised", true, false),
        ("Project 1, 20 tasks, $50.00, 12 of 20 tasks, by Mon 23 Nov", false, false),
        ("Project 1, 10 tasks, $50.00, reached: 12 of 10 tasks, by Mon 23 Nov", true, false),
        ("Project 1, 30 tasks, $50.00, missed: 12 of 30 tasks", false, false),
    ];
    assert_eq!(told, expected.map(|(words, ready, late)| (words.to_owned(), ready, late)));
}

#[test]
fn ticks_are_round_at_any_height() {
    for (rate, first) in [("0.50", "$0.20"), ("3", "$1.00"), ("9.9", "$5.00"), ("25", "$10.00"), ("180", "$100.00")] {
        let mut kit = eleven_hours();
        kit.terms(1, 1, Currency::USD, Pay::PerHour(dec(rate)));
        let ticks = page(&kit.book).terms.charts.remove(0).ticks;
        assert!(ticks.len() <= 4, "{rate}: {ticks:?}");
        assert_eq!(ticks.first().map(|(_, words)| words.as_str()), Some(first), "{rate}");
    }
}

#[test]
fn routes_are_told_with_steps_limits_and_which_is_usual() {
    let mut kit = eleven_hours();
    let route = |id, name: &str| Route {
        id: RouteId(id),
        platform: Some(ID),
        name: name.to_owned(),
        steps: vec![
            RouteStep {
                to: "PayPal".into(),
                transit: Some(Lag::days(0, 1)),
                fee: Some(Fee { percent: Some(2.into()), ..Fee::default() }),
            },
            RouteStep { to: "Bank".into(), transit: None, fee: None },
        ],
        landed_after_step: 0,
        minimum: Some(usd("10")),
        ceiling: None,
        yearly_ceiling: Some(Money::new(10_000.into(), Currency::USD)),
    };
    kit.put(route(1, "Another"));
    kit.put(route(2, "PayPal"));
    edited(&mut kit, |platform| platform.default_route = Some(RouteId(2)));
    let routes = page(&kit.book).routes;
    assert_eq!(
        routes.iter().map(|row| (row.name.as_str(), row.usual)).collect::<Vec<_>>(),
        [("PayPal", true), ("Another", false)]
    );
    assert_eq!(routes[0].steps, "PayPal, 0–1 days, fee 2 %, then Bank");
    assert_eq!(routes[0].limits, "from $10.00 · at most $10,000.00 a year");
}

#[test]
fn stages_are_told_with_their_days_the_newest_first() {
    let mut kit = eleven_hours();
    edited(&mut kit, |platform| {
        platform.stages = vec![
            DatedStage::since(day("2026-01-12"), Stage::Assessing),
            DatedStage::since(day("2026-02-01"), Stage::Active),
            DatedStage::since(day("2026-12-01"), Stage::Paused),
        ];
    });
    let told: Vec<_> = page(&kit.book).stages.iter().map(|row| (row.spoken(), row.now)).collect();
    assert_eq!(
        told,
        [
            ("paused, from Tue 1 Dec".to_owned(), false),
            ("active, Sun 1 Feb – Mon 30 Nov".to_owned(), true),
            ("assessing, Mon 12 Jan – Sat 31 Jan".to_owned(), false),
        ]
    );
    let row = &table(&kit.book).rows[0];
    assert_eq!((row.stage, row.stage_since.as_str()), ("active", "since 1 Feb"));
    assert!(row.stage_tip.starts_with("paused, from Tue 1 Dec\nactive"));
}

#[test]
fn shares_of_the_income_sum_to_all_of_it() {
    let mut kit = eleven_hours();
    kit.work(7, 2, "2026-11-21T08:00:00Z", "2026-11-21T10:10:00Z", |_| {});
    let table = table(&kit.book);
    // $162.50 and $54.17 of $216.67.
    assert_eq!(table.rows.iter().map(|row| row.income.as_str()).collect::<Vec<_>>(), ["75 %", "25 %"]);
    assert_eq!(table.all.income, "100 %");
    let by = |sort, descending: bool| -> Vec<&str> {
        table.order(sort, descending).into_iter().map(|at| table.rows[at].name.as_str()).collect()
    };
    for sort in [Sort::Income, Sort::Earned, Sort::Unpaid] {
        assert_eq!(by(sort, true), ["Platform 1", "Platform 2"], "{sort:?}");
        assert_eq!(by(sort, false), ["Platform 2", "Platform 1"], "{sort:?}");
    }
}
