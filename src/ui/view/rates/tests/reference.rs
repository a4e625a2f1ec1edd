//! What stands beside one's own figures: the market, and the picture with what it leaves out.

use super::*;
use crate::domain::fact::{Provenance, Standing};
use crate::domain::platform::PlatformKind;
use crate::domain::preset::{Fact, FactTopic, Figure, PresetStatus};
use crate::domain::terms::Range;

fn fact(low: i64, high: i64, currency: Currency, source: &str) -> Fact {
    Fact {
        topic: FactTopic::AdvertisedPay,
        text: format!("{low} to {high}"),
        figure: Some(Figure::PerHour { range: Range { low: low.into(), high: high.into() }, or_more: false, currency }),
        conflict: Some("pay".into()),
        valid_from: None,
        valid_until: None,
        provenance: Provenance {
            standing: Standing::Reported,
            source: source.into(),
            checked_on: Some(day("2026-11-20")),
            taken_by_user: false,
        },
    }
}

fn preset(facts: Vec<Fact>) -> Preset {
    Preset {
        name: "Outlier".into(),
        also: Vec::new(),
        badge: "OU".into(),
        hue_hint: 0,
        kind: PlatformKind::Contractor,
        pays: Vec::new(),
        currencies: Vec::new(),
        status: PresetStatus::Open,
        needs_tracker: false,
        facts,
        schedules: Vec::new(),
        routes: Vec::new(),
    }
}

/// Platform 1 came from the catalogue, platform 2 did not.
fn book() -> Kit {
    let mut kit = twice();
    kit.work(5, 2, "2026-11-19T08:00:00Z", "2026-11-19T10:00:00Z", |_| {});
    let mut platform = (**kit.book.platform(PlatformId(1)).unwrap()).clone();
    platform.preset = Some("Outlier".into());
    kit.put(platform);
    kit
}

fn compared(kit: &Kit, facts: Vec<Fact>) -> RatesView {
    let look = Look { market: true, ..Look::default() };
    RatesView::of(&kit.of(), &[preset(facts)], &look, at(NOW), day("2026-11-22"))
}

#[test]
fn sources_that_contradict_each_other_both_stand_each_with_who_says_so() {
    let facts = vec![fact(15, 50, Currency::USD, "a survey"), fact(20, 30, Currency::USD, "its own page")];
    let view = compared(&book(), facts);
    let market = view.market.as_ref().unwrap();
    let rows: Vec<_> = market.rows.iter().map(|row| (row.name.as_str(), row.cells[0].as_str())).collect();
    assert_eq!(rows, [("Platform 1", "$15.00 – $50.00"), ("Platform 1", "$20.00 – $30.00")]);
    assert_eq!(market.rows[0].cells[2..5], ["a survey", "reported by workers", "Fri 20 Nov"]);
    assert_eq!(market.unknown, "Platform 2");
    let side = view.sides.rows.iter().find(|side| side.name == "Platform 1").unwrap();
    assert_eq!(side.market.len(), 2);
    assert!(side.tip.contains("advertised elsewhere: $20.00 – $30.00, reported by workers"), "{}", side.tip);
    assert_eq!(view.sides.top, dec("50"), "the bands are on the same scale");
    assert_eq!(
        market.tab_separated(),
        "Platform\tLow\tHigh\tOr more\tCurrency\tLow in USD\tHigh in USD\tWho says so\tSource\tChecked\n\
         Platform 1\t15\t50\tno\tUSD\t15.00\t50.00\treported by workers\ta survey\t2026-11-20\n\
         Platform 1\t20\t30\tno\tUSD\t20.00\t30.00\treported by workers\tits own page\t2026-11-20\n"
    );
}

#[test]
fn the_market_changes_no_figure_of_ones_own() {
    let kit = book();
    let without = view(&kit, Look::default());
    let with = compared(&kit, vec![fact(500, 900, Currency::USD, "a survey")]);
    let figures =
        |view: &RatesView| -> Vec<[String; 9]> { view.sides.table().map(|side| side.cells.clone()).collect() };
    assert_eq!(figures(&without), figures(&with));
    assert_eq!((without.steps, without.answer), (with.steps, with.answer));
    assert_eq!(without.market, None);
}

#[test]
fn what_has_no_dated_rate_is_said_not_to_be_comparable() {
    let mut kit = book();
    let pounds = || vec![fact(10, 20, Currency::GBP, "a survey")];
    let row = |kit: &Kit| compared(kit, pounds()).market.unwrap().rows.remove(0);
    let without = row(&kit);
    assert_eq!((without.band, without.cells[1].as_str()), (None, "not comparable: no rate from GBP to USD"));
    kit.rate(1, Currency::GBP, "2026-11-20", "1.25");
    let with = row(&kit);
    assert_eq!(with.cells[1], "~ $12.50 – $25.00");
    assert_eq!(with.band, Some(Band { low: dec("12.5"), high: dec("25"), or_more: false }));
    let mut over = fact(10, 20, Currency::USD, "an old page");
    over.valid_until = Some(day("2026-11-01"));
    assert!(compared(&kit, vec![over]).market.unwrap().rows.is_empty(), "it does not hold any more");
}

#[test]
fn a_picture_names_platforms_and_numbers_projects_unless_they_are_asked_for() {
    let kit = book();
    let by_project = view(&kit, Look { by: GroupBy::Project, ..Look::default() });
    let masked = Picture::of(&by_project, NamesShown::Platforms);
    let names: Vec<_> = masked.sides.rows.iter().map(|row| (row.name.as_str(), row.mark.is_some())).collect();
    assert_eq!(names, [("Project 1", true), ("Project 2", true)], "numbered by rank, not by their own names");
    assert_eq!(masked.sides.rows[0].group, by_project.sides.rows[0].group);
    assert!(masked.sides.rows.iter().all(|row| row.tip.is_empty() && row.spoken.is_empty()));
    assert_eq!(masked.about, "Mon 26 Oct – Sun 22 Nov · All platforms");

    let mut renamed = book();
    let mut project = (**renamed.book.project(crate::domain::ids::ProjectId(1)).unwrap()).clone();
    project.name = "Secret Aloe".into();
    renamed.put(project);
    let by_project = view(&renamed, Look { by: GroupBy::Project, ..Look::default() });
    let seen = |shown| format!("{:?}", Picture::of(&by_project, shown)).contains("Secret Aloe");
    assert!(!seen(NamesShown::Platforms));
    assert!(seen(NamesShown::All));
    let by_platform = Picture::of(&view(&renamed, Look::default()), NamesShown::Platforms);
    assert_eq!(by_platform.sides.rows[0].name, "Platform 2");
}

#[test]
fn a_picture_has_room_for_twelve_sides_and_says_how_many_more_there_are() {
    let mut kit = book();
    for n in 3..=30 {
        kit.put(crate::domain::platform::Platform::new(PlatformId(n), format!("Platform {n}"), Currency::USD));
        kit.put(crate::domain::platform::Project::new(
            crate::domain::ids::ProjectId(n),
            PlatformId(n),
            format!("Project {n}"),
        ));
        kit.terms(n, n, Currency::USD, Pay::PerHour(20.into()));
        kit.work(n + 10, n, "2026-11-19T12:00:00Z", "2026-11-19T13:00:00Z", |_| {});
    }
    let picture = Picture::of(&view(&kit, Look::default()), NamesShown::Platforms);
    assert_eq!((picture.sides.rows.len(), picture.more.as_str()), (12, "and 18 more"));
    let thin = Picture::of(&view(&eleven_hours(), Look::default()), NamesShown::Platforms);
    assert!(thin.sides.rows.is_empty(), "too little to say more");
}
