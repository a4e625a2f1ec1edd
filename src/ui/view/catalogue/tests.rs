//! Lines of the catalogue: order, filter by country, what is asked for, facts that contradict each other.

use super::*;
use crate::domain::fact::Provenance;
use crate::domain::money::Currency;
use crate::domain::preset::{Fact, FactTopic, Figure, Place, Places};
use crate::domain::settings::Settings;

fn fact(topic: FactTopic, text: &str, figure: Option<Figure>, conflict: Option<&str>) -> Fact {
    Fact {
        topic,
        text: text.to_owned(),
        figure,
        conflict: conflict.map(str::to_owned),
        valid_from: None,
        valid_until: None,
        provenance: Provenance {
            standing: Standing::Reported,
            source: "a page".to_owned(),
            checked_on: Some("2026-11-22".parse().unwrap()),
            taken_by_user: false,
        },
    }
}

fn preset(name: &str, status: PresetStatus, facts: Vec<Fact>) -> Preset {
    Preset {
        name: name.to_owned(),
        also: Vec::new(),
        badge: name.chars().take(2).collect::<String>().to_uppercase(),
        hue_hint: 0,
        kind: PlatformKind::Contractor,
        pays: vec![PayKind::PerHour],
        currencies: Vec::new(),
        status,
        needs_tracker: false,
        facts,
        schedules: Vec::new(),
        routes: Vec::new(),
    }
}

fn places(places: Places, conflict: Option<&str>) -> Fact {
    fact(FactTopic::Regions, "there", Some(Figure::Places(places)), conflict)
}

fn named(codes: &[&str]) -> Places {
    Places::Named(codes.iter().map(|code| Place::Country((*code).to_owned())).collect())
}

fn catalogue() -> Vec<Preset> {
    let open = PresetStatus::Open;
    let closed = PresetStatus::Closed { on: "2026-09-30".parse().unwrap() };
    vec![
        preset("Closedown", closed, vec![fact(FactTopic::Status, "The owner closed it", None, None)]),
        preset("Elsewhere", open, vec![places(named(&["US", "CA"]), None)]),
        preset(
            "Left",
            open,
            vec![places(Places::Wide, None), places(Places::Except(vec![Place::Country("KE".into())]), None)],
        ),
        preset("Many", open, vec![places(Places::AtLeast(40), None)]),
        preset("Quarrel", open, vec![places(named(&["US"]), Some("r")), places(Places::AtLeast(50), Some("r"))]),
        preset("Silent", open, Vec::new()),
        preset("There", open, vec![places(Places::Named(vec![Place::Europe, Place::Country("KE".into())]), None)]),
        preset("Wide", open, vec![places(Places::Wide, None)]),
    ]
}

fn found(country: Option<&str>, text: &str, only: bool) -> (Vec<String>, usize) {
    let presets = catalogue();
    let book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
    let entries = entries(&presets, &book, country);
    let found = search(&entries, &presets, text, only);
    (found.rows.into_iter().map(|at| entries[at].name.clone()).collect(), found.hidden)
}

#[test]
fn closed_platforms_come_last_and_say_since_when_and_why() {
    let (names, hidden) = found(None, "", false);
    assert_eq!(names, ["Elsewhere", "Left", "Many", "Quarrel", "Silent", "There", "Wide", "Closedown"]);
    assert_eq!(hidden, 0);
    let words = closed_words(&catalogue()[0], Style::PLAIN);
    assert_eq!(words.as_deref(), Some("Closed since 30 Sep 2026: The owner closed it"));
    assert_eq!(closed_words(&catalogue()[1], Style::PLAIN), None);
}

#[test]
fn a_country_is_named_open_unknown_disputed_or_left_out() {
    let words = |name: &str, code: &str| {
        let presets = catalogue();
        let preset = presets.iter().find(|preset| preset.name == name).unwrap();
        (country_words(preset.workers_from(code), code), warns(preset.workers_from(code)))
    };
    let cases = [
        ("There", "KE", "Kenya is named", false),
        ("There", "DE", "Germany is named", false),
        ("There", "US", "United States is not named, others are", true),
        ("Wide", "KE", "Open to most of the world", false),
        ("Left", "KE", "Sources differ on Kenya", true),
        ("Left", "DE", "Open to most of the world", false),
        ("Quarrel", "KE", "Sources differ on Kenya", true),
        ("Quarrel", "US", "United States is named", false),
        ("Many", "KE", "Countries not known", false),
        ("Silent", "KE", "Countries not known", false),
    ];
    for (name, code, expected, warned) in cases {
        assert_eq!(words(name, code), (expected.to_owned(), warned), "{name}, {code}");
    }
    let left = preset("Out", PresetStatus::Open, vec![places(Places::Except(vec![Place::Country("KE".into())]), None)]);
    assert_eq!(country_words(left.workers_from("KE"), "KE"), "Kenya is left out, a source says");
}

#[test]
fn the_filter_hides_only_what_all_sources_speak_against_and_counts_it() {
    let (names, hidden) = found(Some("KE"), "", true);
    assert_eq!(names, ["Left", "Quarrel", "There", "Wide", "Many", "Silent", "Closedown"]);
    assert_eq!(hidden, 1);
    // Without the filter it is there, with a warning.
    assert!(found(Some("KE"), "elsew", false).0.contains(&"Elsewhere".to_owned()));
    assert_eq!(found(Some("KE"), "elsew", true), (Vec::new(), 1));
    // Without a country nothing can be hidden.
    assert_eq!(found(None, "", true).1, 0);
}

#[test]
fn a_platform_says_what_it_asks_for_and_what_becomes_of_its_history() {
    let form = |name: &str, of: &str| {
        let figure = Figure::TaxForm { name: name.to_owned(), of: of.to_owned() };
        fact(FactTopic::Tax, name, Some(figure), None)
    };
    let mut asks =
        preset("Asks", PresetStatus::Open, vec![form("W-9", "workers in the US"), form("W-8BEN", "everyone else")]);
    asks.needs_tracker = true;
    assert_eq!(tags(&asks, None), ["asks for a tracker", "tax forms W-9, W-8BEN", "history: not known"]);
    assert_eq!(tags(&asks, Some("KE")), ["asks for a tracker", "tax form W-8BEN", "history: not known"]);
    assert_eq!(tags(&asks, Some("US"))[1], "tax form W-9");
    asks.needs_tracker = false;
    for (access, words) in [
        (HistoryAccess::Csv, "history: download as CSV"),
        (HistoryAccess::Download, "history: download"),
        (HistoryAccess::OnScreen, "history: on the page"),
        (HistoryAccess::NoDownload, "history: only on the page"),
    ] {
        asks.facts = vec![fact(FactTopic::History, "h", Some(Figure::History(access)), None)];
        assert_eq!(tags(&asks, None), [words]);
    }
}

#[test]
fn facts_that_contradict_each_other_stand_together() {
    let facts_of = |word| fact(FactTopic::PlatformFee, word, None, None);
    let side = |text, word| fact(FactTopic::PlatformFee, text, None, Some(word));
    let all = vec![side("10 %", "fee"), facts_of("agreed"), side("20 %", "fee")];
    let blocks = facts(&preset("Fees", PresetStatus::Open, all), Style::PLAIN);
    assert_eq!(blocks.len(), 1);
    let [FactLine::Differ(sides), FactLine::One(alone)] = blocks[0].lines.as_slice() else { panic!("{blocks:?}") };
    assert_eq!(sides.iter().map(|side| side.text.as_str()).collect::<Vec<_>>(), ["10 %", "20 %"]);
    assert_eq!((alone.text.as_str(), blocks[0].topic), ("agreed", "Platform fee"));
    assert_eq!(alone.origin, "reported by workers · checked 22 Nov 2026 · a page");
}
