//! The exposure page as strings: figures, splits, bars, what it opens to, and the table as text.

use super::*;
use crate::domain::money::Currency;
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::span::Now;
use crate::domain::terms::Pay;
use crate::ui::view::platforms::OpenPart;

const TODAY: &str = "2026-11-22";

fn view(kit: &Kit) -> ExposureView {
    let now = Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC };
    ExposureView::of(&kit.book, &calendar(&kit.book, now), &[], day(TODAY))
}

/// Three hours of the first platform of two ages, a credited bonus, one hour of the second.
fn kit() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |_| {});
    kit.work(2, 1, "2026-10-30T09:00:00Z", "2026-10-30T10:00:00Z", |_| {});
    kit.earning(3, "100", &[]);
    kit.work(4, 2, "2026-11-12T09:00:00Z", "2026-11-12T10:00:00Z", |_| {});
    kit
}

#[test]
fn a_row_has_its_ages_its_share_and_its_state() {
    let view = view(&kit());
    assert_eq!(view.total, "$200.00");
    assert_eq!(view.facts, "~ $100.00 of it estimated · oldest work Fri 30 Oct");
    let [first, second] = &view.rows[..] else { panic!("two rows") };
    let amounts: Vec<&str> = first.cells.iter().map(|cell| cell.amount.as_str()).collect();
    assert_eq!(amounts, ["~ $150.00", "–", "~ $25.00", "–", "–"]);
    assert_eq!((first.name.as_str(), first.total.as_str(), first.share.as_str()), ("Platform 1", "$175.00", "88 %"));
    assert_eq!((second.total.as_str(), second.states.as_str()), ("$25.00", "date unknown"));
    assert_eq!(second.cell_name(Age::Fortnight), "Platform 2, 8–14 days, ~ $25.00");
    // The recorded hundred is solid, the two hours are hatched; the first row is the largest.
    let (fact, estimate) = first.cells[0].bar.unwrap();
    assert!((fact - 100.0 / 175.0).abs() < 1e-4 && (estimate - 50.0 / 175.0).abs() < 1e-4);
    assert_eq!(view.all.spoken(), "All, not yet paid $200.00, 100 %, date unknown");
    assert_eq!(
        view.split,
        [Split { state: OpenState::DateUnknown, words: "date unknown".into(), amount: "$200.00".into() }]
    );
}

#[test]
fn a_row_says_its_states_in_short_where_the_largest_stands_for_the_rest() {
    let part = |state, words: &str, amount: &str, share| OpenPart {
        surely_late: true,
        state,
        words: words.to_owned(),
        amount: amount.to_owned(),
        share: Some(share),
        rows: Vec::new(),
    };
    let review = part(OpenState::InReview, "in review", "$171.70", 0.5);
    let drawable = part(OpenState::Drawable, "drawable", "$12.00", 0.1);
    let late = part(OpenState::Late, "4 days later than expected", "$176.07", 0.6);
    assert_eq!(words::in_short(&[review.clone(), drawable.clone()]), "in review · drawable $12.00");
    assert_eq!(words::in_short(&[late.clone(), review]), "4 days later $176.07 · in review");
    assert_eq!(words::in_short(&[late.clone(), drawable]), "4 days later $176.07 · drawable");
    assert_eq!(words::in_short(&[late]), "4 days later");
    assert_eq!(words::in_short(&[]), "");
}

#[test]
fn only_a_figure_with_anything_in_it_opens() {
    let view = view(&kit());
    let of = |row, age| view.holds(Pick::Row { row, age });
    assert!(of(0, Some(Age::Week)) && of(0, None) && of(2, Some(Age::Fortnight)));
    assert!(!of(0, Some(Age::Fortnight)) && !of(1, Some(Age::Older)) && !of(3, None));
}

#[test]
fn the_table_as_text_has_plain_numbers_and_a_row_of_all() {
    let text = view(&kit()).tab_separated();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0].split('\t').nth(1), Some("0–7 days, USD"));
    assert_eq!(lines[1], "Platform 1\t150.00\t\t25.00\t\t\t175.00\t87.5\tdate unknown");
    assert_eq!(lines[3], "All\t150.00\t25.00\t25.00\t\t\t200.00\t100.0\tdate unknown");
}

#[test]
fn a_figure_opens_to_its_pieces() {
    let kit = kit();
    let view = view(&kit);
    let spoken = |pick| -> Vec<String> {
        pieces(&kit.book, &view.overview, pick, day(TODAY)).iter().map(PieceLine::spoken).collect()
    };
    assert_eq!(
        spoken(Pick::Row { row: 0, age: Some(Age::Month) }),
        ["Platform 1, Project 1, Fri 30 Oct, date unknown, ~ $25.00"]
    );
    assert_eq!(spoken(Pick::Row { row: 0, age: None }).len(), 3);
    assert_eq!(spoken(Pick::Row { row: 2, age: None }).len(), 4, "the row of all");
    assert_eq!(spoken(Pick::State(OpenState::DateUnknown)).len(), 4);
    assert_eq!(view.title(Pick::Row { row: 2, age: Some(Age::Older) }), "All, over 60 days");
    assert_eq!(view.title(Pick::State(OpenState::InReview)), "In review");
    assert!(view.holds(Pick::State(OpenState::DateUnknown)) && !view.holds(Pick::State(OpenState::Late)));
}

#[test]
fn a_missing_rate_is_said_and_nothing_is_guessed() {
    let mut kit = kit();
    kit.terms(2, 2, Currency::EUR, Pay::PerHour(20.into()));
    let view = view(&kit);
    assert_eq!(view.lacks, "No exchange rate of the last seven days from EUR to USD: no shares, and no bars");
    assert_eq!(view.total, "€20.00 + $175.00");
    assert!(view.rows.iter().all(|row| row.share == NONE));
    assert!(view.rows.iter().any(|row| row.cells.iter().all(|cell| cell.bar.is_none())));
    let euro = view.rows.iter().find(|row| row.name == "Platform 2").unwrap();
    assert_eq!(euro.total, "€20.00");
    assert!(view.tab_separated().lines().nth(2).unwrap().starts_with("Platform 2\t\t\t\t\t\t\t\t"));
}

#[test]
fn what_to_watch_reads_as_a_sentence() {
    use crate::domain::ids::PlatformId;
    use crate::domain::platform::{DatedStage, Platform, Stage};
    let mut kit = kit();
    let dry = vec![DatedStage::since(day("2026-11-03"), Stage::Dry)];
    kit.put(Platform { stages: dry, ..(**kit.book.platform(PlatformId(2)).unwrap()).clone() });
    let said: Vec<(String, String)> =
        view(&kit).warnings.into_iter().map(|warning| (warning.text, warning.amount)).collect();
    assert_eq!(
        said,
        [
            ("Platform 2 has had no tasks since Tue 3 Nov and still owes".to_owned(), "$25.00".to_owned()),
            ("88 % of what is not paid yet hangs on Platform 1".to_owned(), "$175.00".to_owned()),
        ]
    );
    let page = Risk::NoDownload { platform: PlatformId(1), said: true, owed: [usd("250")].into_iter().collect() };
    let words = risk(&kit.book, &page, day(TODAY));
    assert_eq!(words, "Platform 1 has no download of its record: save your payments page");
}

#[test]
fn the_second_currency_stands_beside_the_whole() {
    let mut kit = kit();
    let kes = "KES".parse().unwrap();
    kit.settings(|settings| settings.second_currency = Some(kes));
    kit.rate(9, kes, TODAY, "0.008");
    assert_eq!(view(&kit).second, "≈ KES 25,000");
    let none = view(&Kit::new());
    assert!(none.rows.is_empty() && none.warnings.is_empty() && none.second.is_empty());
}
