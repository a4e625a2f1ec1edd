//! Lines over time: their points, gaps, labels and words, and how the arrow keys walk them.

use proptest::prelude::*;

use super::*;
use crate::domain::query::rates::Every;

/// Two hours on platform 1 in the weeks of 26 October and 9 November, unpaid time in the week between, and an hour of
/// each in the last; platform 2 in the last week alone, with a floor of $18.
fn weeks() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-10-27T08:00:00Z", "2026-10-27T10:00:00Z", |_| {});
    kit.unpaid(2, 1, "2026-11-03T08:00:00Z", "2026-11-03T10:00:00Z");
    kit.work(3, 1, "2026-11-10T08:00:00Z", "2026-11-10T10:00:00Z", |_| {});
    kit.work(4, 1, "2026-11-17T08:00:00Z", "2026-11-17T09:00:00Z", |_| {});
    kit.unpaid(5, 1, "2026-11-17T10:00:00Z", "2026-11-17T11:00:00Z");
    kit.work(6, 2, "2026-11-18T08:00:00Z", "2026-11-18T08:30:00Z", |_| {});
    kit.settings(|settings| settings.floor = Some(Money::new(18.into(), Currency::USD)));
    kit
}

fn over(kit: &Kit) -> Over {
    view(kit, Look::default()).over
}

#[test]
fn a_week_without_paid_work_is_a_gap_and_stands_in_the_table() {
    let over = over(&weeks());
    assert_eq!((over.every, over.len), (Every::Week, 4));
    let labels: Vec<String> = (0..4).map(|at| over.label(at)).collect();
    assert_eq!(labels, ["week of 26 Oct", "week of 2 Nov", "week of 9 Nov", "week of 16 Nov"]);
    let line = over.lines.iter().find(|line| line.name == "Platform 1").unwrap();
    let points: Vec<_> = line.drawn().map(|(_, point, rate)| (point.at, rate)).collect();
    assert_eq!(points, [(0, dec("25")), (2, dec("25")), (3, dec("12.5"))]);
    assert_eq!(line.last, "12.50");
    let gap = line.points.iter().find(|point| point.at == 1).unwrap();
    assert_eq!(over.cells(gap), ["–", "2 h 00 m", "0 h 00 m", "$0.00", "no paid work"]);
}

#[test]
fn a_point_says_its_figures_its_sample_and_the_floor() {
    let over = over(&weeks());
    let readout = |name: &str| {
        let line = over.lines.iter().find(|line| line.name == name).unwrap();
        over.readout(line, line.points.last().unwrap())
    };
    assert_eq!(
        readout("Platform 1"),
        "Platform 1, week of 16 Nov: $12.50/h over all hours · 1 h paid of 2 h · earned $25.00 · below floor"
    );
    assert_eq!(
        readout("Platform 2"),
        "Platform 2, week of 16 Nov: $25.00/h over all hours · 30 m paid of 30 m · earned $12.50 · under an hour"
    );
    assert_eq!(over.floor_words, "floor 18.00");
}

#[test]
fn a_missing_exchange_rate_is_a_gap_that_says_so() {
    let mut kit = weeks();
    assert_eq!(over(&kit).gap, "a gap: no paid work");
    kit.work(7, 2, "2026-11-11T08:00:00Z", "2026-11-11T10:00:00Z", |session| {
        session.own_price = Some(Money::new(9.into(), Currency::GBP));
    });
    let over = over(&kit);
    let line = over.lines.iter().find(|line| line.name == "Platform 2").unwrap();
    let point = line.points.first().unwrap();
    assert_eq!(over.cells(point), ["–", "2 h 00 m", "2 h 00 m", "–", "no exchange rate"]);
    assert_eq!(line.drawn().count(), 1);
    assert_eq!(over.gap, "a gap: no paid work, or an exchange rate is missing");
}

#[test]
fn the_table_is_newest_first_and_copies_oldest_first_in_plain_numbers() {
    let over = over(&weeks());
    let rows: Vec<String> = (0..over.rows())
        .map(|at| over.row(at).unwrap())
        .map(|(line, point)| format!("{} {}", line.name, point.at))
        .collect();
    assert_eq!(rows, ["Platform 2 3", "Platform 1 3", "Platform 1 2", "Platform 1 1", "Platform 1 0"]);
    assert_eq!(
        over.tab_separated(),
        "From\tTo\tPlatform\tUSD an hour\tHours\tPaid hours\tEarned in USD\n\
         2026-10-26\t2026-11-01\tPlatform 1\t25.00\t2\t2\t50.00\n\
         2026-11-02\t2026-11-08\tPlatform 1\t\t2\t0\t0.00\n\
         2026-11-09\t2026-11-15\tPlatform 1\t25.00\t2\t2\t50.00\n\
         2026-11-16\t2026-11-22\tPlatform 2\t25.00\t0.5\t0.5\t12.50\n\
         2026-11-16\t2026-11-22\tPlatform 1\t12.50\t2\t1\t25.00\n"
    );
}

#[test]
fn over_half_a_year_of_work_goes_by_months_unless_weeks_are_asked_for() {
    let mut kit = weeks();
    kit.work(7, 1, "2025-12-31T08:00:00Z", "2025-12-31T09:00:00Z", |_| {});
    let all = Look::default().all();
    let months = view(&kit, all.clone()).over;
    assert_eq!((months.every, months.len), (Every::Month, 12));
    assert_eq!([months.label(0), months.label(11)], ["Dec 2025", "Nov 2026"]);
    let weeks = view(&kit, Look { every: Some(Every::Week), ..all.clone() }).over;
    assert_eq!(weeks.label(0), "week of 29 Dec 2025");
    // A long period with little work in it is no reason for months.
    let year = Look { days: Days::Period(Period::ThisYear), ..all };
    assert_eq!(view(&super::over::weeks(), year).over.every, Every::Week);
}

#[test]
fn lines_across_are_round_figures_over_the_highest_rate() {
    let over = over(&weeks());
    let ticks: Vec<&str> = over.ticks.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(ticks, ["0", "8", "16", "24", "32"]);
    assert_eq!(over.ends, (dec("0"), dec("32")));
}

#[test]
fn arrows_walk_along_a_line_and_from_line_to_line() {
    let over = over(&weeks());
    let name = |cursor: Cursor| {
        let (line, point) = over.point(cursor.line, cursor.point).unwrap();
        (line.name.clone(), point.at)
    };
    let begin = over.begin().unwrap();
    assert_eq!(name(begin), ("Platform 2".into(), 3));
    let down = over.walk(begin, Towards::Lower);
    assert_eq!(name(down), ("Platform 1".into(), 3));
    assert_eq!(over.walk(down, Towards::Lower), down, "there is none below");
    let earlier = over.walk(over.walk(down, Towards::Earlier), Towards::Earlier);
    assert_eq!(name(earlier), ("Platform 1".into(), 0), "over the gap");
    assert_eq!(over.walk(earlier, Towards::Earlier), earlier);
    assert_eq!(name(over.walk(earlier, Towards::Later)), ("Platform 1".into(), 2));
    assert_eq!(over.still(Cursor { line: 9, point: 0 }), None);
}

#[test]
fn without_work_there_is_nothing_to_draw() {
    let over = over(&Kit::new());
    assert!(over.is_empty() && over.begin().is_none());
    assert_eq!((over.len, over.rows()), (0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The steps add up by eye: the first figure and all changes are the last one.
    #[test]
    fn the_first_step_and_all_changes_sum_to_the_last(
        credited in proptest::option::of(0i64..60_000),
        bonus in proptest::option::of(1u32..90_000),
        fee in 0u32..100,
        aside in proptest::option::of(0u32..60),
        unpaid in 0i64..20,
    ) {
        let mut kit = twice();
        kit.settings(|settings| settings.set_aside_percent = aside.map(Into::into));
        let mut session = (**kit.book.session(SessionId(1)).unwrap()).clone();
        session.credited_secs = credited;
        kit.put(session);
        if let Some(cents) = bonus {
            kit.earning(1, &rust_decimal::Decimal::new(cents.into(), 2).to_string(), &[]);
        }
        let mut project = (**kit.book.project(crate::domain::ids::ProjectId(1)).unwrap()).clone();
        project.platform_fee_percent = Some(fee.into());
        kit.put(project);
        if unpaid > 0 {
            let until = format!("2026-11-18T{unpaid:02}:00:00Z");
            kit.unpaid(9, 1, "2026-11-18T00:00:00Z", &until);
        }
        let steps = view(&kit, Look::default()).steps;
        let shown = |row: &StepRow| row.value.map(|value| value.round_dp(2));
        let first = steps.iter().find_map(shown).unwrap();
        let last = steps.iter().rev().find_map(shown).unwrap();
        let changes: rust_decimal::Decimal = steps.iter().filter_map(|row| row.change).sum();
        prop_assert_eq!(first + changes, last);
    }

    /// What the lines and their table say is what stands side by side.
    #[test]
    fn buckets_sum_to_the_sides(minutes in proptest::collection::vec((0i64..40_000, 1i64..600, 1u64..4), 1..20)) {
        let mut kit = Kit::new();
        for (n, (from, length, project)) in minutes.into_iter().enumerate() {
            let from = at("2026-10-26T00:00:00Z") + chrono::TimeDelta::minutes(from);
            let until = from + chrono::TimeDelta::minutes(length);
            let text = |at: crate::domain::span::Timestamp| at.to_rfc3339();
            kit.work(n as u64 + 1, project.min(2), &text(from), &text(until), |session| session.paid = project < 3);
        }
        let view = view(&kit, Look::default().all());
        for side in &view.sides.rows {
            let line = view.over.lines.iter().find(|line| Some(&line.group) == side.group.as_ref()).unwrap();
            let secs: i64 = line.points.iter().map(|point| point.own_secs).sum();
            prop_assert_eq!(crate::ui::format::hours_in_column(secs), side.cells[0].clone());
        }
    }
}
