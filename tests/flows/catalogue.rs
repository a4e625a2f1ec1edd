//! The catalogue whole: every rule of every platform has words and dates (or says why not), and the dialog that finds
//! a platform in it, by name and by country.

use chrono::NaiveDate;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::money::Currency;
use truerate::domain::platform::Stage;
use truerate::domain::preset::{PresetStatus, Wish, instantiate};
use truerate::domain::query::calendar::{UnknownDate, preview};
use truerate::store::catalogue;
use truerate::ui::format::Style;
use truerate::ui::view::catalogue::{closed_words, country_words, facts, tags};
use truerate::ui::view::rule_words::{RuleWords, WindowWords};

use crate::desk::{Desk, Look, ZONE};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn every_rule_of_the_catalogue_has_words_and_dates_or_says_why_it_has_none() {
    let today = day("2026-11-22");
    let mut dated = 0;
    for preset in catalogue::read().expect("the catalogue is whole") {
        for schedule in &preset.schedules {
            let told = format!("{}: {}", preset.name, schedule.words);
            let words = RuleWords::of(&schedule.rule, Style::PLAIN);
            assert!(!words.main.is_empty() && words.main.iter().all(|line| !line.is_empty()), "{told}");
            match preview(&schedule.rule, today, ZONE, 3) {
                Ok(found) => {
                    dated += 1;
                    assert_eq!(found.len(), 3, "{told}");
                    for window in &found {
                        let days = window.window.days().unwrap_or_else(|| panic!("{told}: {:?}", window.window));
                        assert!(days.first >= window.worked.first, "{told}: paid before it is worked");
                        assert!(!WindowWords::of(window, today, Style::PLAIN).when.is_empty(), "{told}");
                    }
                }
                // Nobody knows when it is approved, or which day the contract names.
                Err(why) => {
                    let known = [UnknownDate::WaitsForEvent, UnknownDate::NoRule].contains(&why);
                    assert!(known, "{told}: {why:?}");
                }
            }
        }
    }
    assert!(dated >= 15, "{dated}: fewer rules have dates than once had");
}

#[test]
fn every_platform_of_the_catalogue_can_be_added_and_told() {
    for preset in catalogue::read().expect("the catalogue is whole") {
        for country in [None, Some("US"), Some("KE")] {
            let wish = Wish {
                stage: Stage::Active,
                from: day("2026-11-22"),
                currency_if_unknown: Currency::EUR,
                country,
                taken_schedules: &[],
                taken_routes: &[],
            };
            let mut last = 0;
            let (platform, schedules, routes) = instantiate(&preset, &wish, &mut || {
                last += 1;
                last
            });
            let records = u64::try_from(1 + schedules.len() + routes.len()).expect("a few");
            assert_eq!((platform.preset.as_deref(), last), (Some(preset.name.as_str()), records));
            assert!(tags(&preset, country).iter().any(|tag| tag.starts_with("history: ")), "{}", preset.name);
            if let Some(code) = country {
                assert!(!country_words(preset.workers_from(code), code).is_empty(), "{}", preset.name);
            }
        }
        let told: usize = facts(&preset, Style::PLAIN).iter().map(|block| block.lines.len()).sum();
        let sides: usize = preset.conflicts().iter().map(|group| group.len() - 1).sum();
        assert_eq!(told + sides, preset.facts.len(), "{}: a conflict is one line", preset.name);
        assert_eq!(closed_words(&preset, Style::PLAIN).is_some(), matches!(preset.status, PresetStatus::Closed { .. }));
    }
}

fn finding() -> Desk {
    let mut desk = Desk::empty(Look::default());
    desk.press("Platforms");
    desk.key(Key::N);
    desk
}

/// The rows of the list in sight.
fn rows(desk: &Desk) -> Vec<String> {
    let rows = desk.harness.query_all_by_role(Role::Row);
    rows.filter_map(|row| row.accesskit_node().label()).collect()
}

fn pick_country(desk: &mut Desk, typed: &str) {
    desk.click(Role::ComboBox, "Your country");
    desk.type_text(typed);
    desk.key(Key::Enter);
}

#[test]
fn a_platform_is_found_by_an_old_name_or_an_owner() {
    let mut desk = finding();
    assert!(desk.reads("42 platforms"), "{:?}", desk.texts());
    desk.type_text("appen");
    assert_eq!(rows(&desk), ["CrowdGen", "Create “appen”"]);
    desk.fill("Find a platform", "scale ai");
    assert_eq!(rows(&desk), ["Outlier", "Remotasks", "Create “scale ai”"]);
    desk.fill("Find a platform", "lionbridge");
    assert_eq!(rows(&desk), ["TELUS Digital AI Community", "Create “lionbridge”"]);
}

#[test]
fn a_country_is_chosen_once_and_filters_without_ever_barring() {
    let mut desk = finding();
    pick_country(&mut desk, "kenya");
    assert_eq!(desk.book().settings().country.as_deref(), Some("KE"));
    assert!(desk.reads("their sources name other countries"), "chosen, it filters: {:?}", desk.texts());
    desk.click(Role::TextInput, "Find a platform");
    desk.type_text("datan");
    assert_eq!(rows(&desk), ["Create “datan”"], "DataAnnotation names six other countries");
    assert!(desk.reads("1 more is hidden: its sources name other countries"));
    desk.press("Works in my country");
    assert_eq!(rows(&desk), ["DataAnnotation", "Create “datan”"]);
    assert!(desk.reads("Kenya is not named, others are"));

    // It can be added all the same; the form says so again.
    desk.click(Role::Row, "DataAnnotation");
    assert!(desk.reads("Kenya is not named, others are. You can add it all the same."), "{:?}", desk.texts());
    desk.key(Key::Enter);
    assert_eq!(desk.book().platforms().count(), 1);
    // The country is a setting: undone after the platform, it is gone.
    desk.press("Undo");
    desk.press("Undo");
    assert!(desk.book().is_empty() && desk.book().settings().country.is_none());
}

#[test]
fn sources_that_differ_stand_together_and_what_is_asked_for_is_said() {
    let mut desk = finding();
    desk.type_text("clickw");
    desk.key(Key::Enter);
    assert!(desk.reads("Sources differ") && desk.reads("tax form W-9") && desk.reads("history: download"));
    assert!(desk.reads("By SEPA: Each job payable 7 days after you complete it · runs on the 1st–3rd and 15th–17th"));
    let texts = desk.texts();
    let at = |text: &str| texts.iter().position(|shown| shown == text).unwrap_or_else(|| panic!("{text}: {texts:?}"));
    let (one, other) = (at("SEPA: runs on the 1st–3rd and 15th–17th of a month"), at("SEPA: runs every 14 days"));
    let between: Vec<_> = texts[one + 1..other].iter().filter(|text| !text.contains("checked")).collect();
    assert!(between.iter().all(|text| text.is_empty()), "nothing stands between the two: {between:?}");
    desk.key(Key::Enter);
    let book = desk.book();
    assert_eq!((book.schedules().count(), book.routes().count()), (2, 5));
    desk.press("Undo");
    assert!(desk.book().is_empty());
}

#[test]
fn a_closed_platform_is_added_as_ended_for_its_history() {
    let mut desk = finding();
    desk.type_text("mturk");
    assert!(desk.reads("Closed since 30 Sep 2026: Amazon has closed it"));
    desk.key(Key::Enter);
    assert!(desk.reads("Add it for what you earned there."));
    desk.key(Key::Enter);
    let book = desk.book();
    let platform = book.platforms().next().expect("it was added");
    let stages: Vec<_> = platform.stages.iter().map(|stage| (stage.stage, stage.from)).collect();
    assert_eq!(stages, [(Stage::Ended, day("2026-09-30"))]);
    assert_eq!(book.schedules().count(), 0);
}

#[test]
fn keys_walk_the_list_and_a_list_of_countries_keeps_its_own() {
    let mut desk = finding();
    // The last line by arrow up, into sight.
    desk.key(Key::ArrowUp);
    assert!(rows(&desk).contains(&"A platform that is not in the list".to_owned()));
    desk.key(Key::ArrowUp);
    assert!(rows(&desk).contains(&"Amazon Mechanical Turk".to_owned()), "closed ones come last");
    // Arrow and Enter in the open list of countries choose a country, not a platform; Escape closes it alone.
    desk.click(Role::ComboBox, "Your country");
    desk.type_text("united");
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert!(desk.book().platforms().count() == 0 && desk.book().settings().country.is_some());
    desk.click(Role::ComboBox, "Your country");
    desk.key(Key::Escape);
    assert!(desk.reads("Works in my country"), "the dialog is still there");
    desk.key(Key::Escape);
    assert!(!desk.reads("Works in my country"));
}
