//! Platforms: added from the catalogue or blank, their projects, terms and schedules, the table over them.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::fact::Standing;
use truerate::domain::platform::Stage;
use truerate::domain::terms::Pay;

use crate::desk::{Desk, Look};

/// By keys alone: N, the start of its name, Enter, then Enter again.
fn add(desk: &mut Desk, typed: &str) {
    desk.key(Key::N);
    desk.type_text(typed);
    desk.key(Key::Enter);
    desk.key(Key::Enter);
}

fn platforms(desk: &Desk) -> Vec<String> {
    desk.book().platforms_by_name().iter().map(|platform| platform.name.clone()).collect()
}

fn on_platforms() -> Desk {
    let mut desk = Desk::empty(Look::default());
    desk.press("Platforms");
    desk
}

/// Outlier with the project Aloe at $25 an hour.
fn with_aloe() -> Desk {
    let mut desk = on_platforms();
    add(&mut desk, "outl");
    desk.key(Key::B);
    desk.type_text("Aloe");
    desk.fill("Price", "25");
    desk.fill("Advertised, an hour", "20–30");
    desk.key(Key::Enter);
    desk
}

#[test]
fn three_platforms_are_added_with_the_keyboard_alone() {
    let mut desk = on_platforms();
    assert!(desk.reads("No platforms yet"));
    desk.key(Key::N);
    desk.type_text("outl");
    desk.key(Key::Enter);
    assert!(desk.reads("Workers say Tue–Mon UTC, paid Tuesday. Use it?"));
    assert!(!desk.reads("Next: Tue 24 Nov"), "an unverified rule is off until taken");
    desk.key(Key::U);
    assert!(desk.reads("Next: Tue 24 Nov"), "{:?}", desk.texts());
    desk.key(Key::Enter);
    add(&mut desk, "data");
    add(&mut desk, "prol");
    assert_eq!(platforms(&desk), ["DataAnnotation", "Outlier", "Prolific"]);

    let book = desk.book();
    let of = |name: &str| book.platforms().find(|platform| platform.name == name).expect("it was added").clone();
    let outlier = book.schedules_of(of("Outlier").id);
    assert_eq!(outlier.len(), 1);
    assert_eq!(outlier[0].provenance.standing, Standing::Unverified);
    assert!(outlier[0].provenance.taken_by_user);
    let prolific = book.schedules_of(of("Prolific").id);
    assert_eq!(prolific[0].provenance.standing, Standing::Documented);
    assert!(!prolific[0].provenance.taken_by_user);
    assert_eq!(of("Prolific").currency.code(), "GBP");
    assert_eq!(of("Outlier").stages[0].stage, Stage::Active);
    let hues: std::collections::BTreeSet<u32> = book.platforms().map(|platform| platform.hue).collect();
    assert_eq!(hues.len(), 3, "each has a colour of its own");

    for _ in 0..3 {
        desk.press("Undo");
    }
    assert!(desk.book().is_empty());
    for _ in 0..3 {
        desk.press("Redo");
    }
    assert_eq!(desk.book(), book);
}

#[test]
fn what_is_not_taken_is_not_written_down() {
    let mut desk = on_platforms();
    add(&mut desk, "outl");
    let book = desk.book();
    assert_eq!(book.platforms().count(), 1);
    assert_eq!(book.schedules().count(), 0);
    assert_eq!(book.routes().count(), 0);
    // It is offered where the schedule would stand, and taken with one click.
    desk.press("Use it");
    assert_eq!(desk.book().schedules().count(), 1);
    assert!(desk.reads("unverified · checked 22 Nov 2026 · taken by you"));
    assert!(desk.reads("Works Tuesday – Monday, UTC"));
    desk.press("Undo");
    assert_eq!(desk.book(), book);
}

#[test]
fn a_platform_that_nobody_knows_is_created_by_its_name() {
    let mut desk = on_platforms();
    add(&mut desk, "Garden & Sons");
    let book = desk.book();
    let platform = book.platforms().next().expect("it was added");
    assert_eq!((platform.name.as_str(), platform.badge.as_str()), ("Garden & Sons", "GS"));
    assert_eq!(platform.preset, None);
    // The same name again is refused beside the field, and nothing typed is lost.
    add(&mut desk, "garden & sons");
    assert!(desk.reads("“garden & sons” is there already"), "{:?}", desk.texts());
    assert_eq!(desk.book().platforms().count(), 1);
    desk.fill("Name", "Garden & Daughters");
    desk.key(Key::Enter);
    assert_eq!(platforms(&desk), ["Garden & Daughters", "Garden & Sons"]);
}

#[test]
fn arrows_choose_in_the_catalogue_and_escape_leaves_it() {
    let mut desk = on_platforms();
    desk.key(Key::N);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    let name = desk.harness.get_by_role_and_label(Role::TextInput, "Name").accesskit_node().value();
    assert_eq!(name.as_deref(), Some("Braintrust"), "the second by name");
    desk.key(Key::Escape);
    assert!(desk.book().is_empty());
    desk.key(Key::N);
    desk.key(Key::ArrowUp);
    desk.key(Key::Enter);
    assert!(desk.reads("A name is needed"), "the last line is a blank platform");
}

#[test]
fn a_project_gets_its_terms_in_one_step() {
    let mut desk = with_aloe();
    let book = desk.book();
    let project = book.projects().next().expect("it was added");
    let terms = book.terms_of(project.id);
    assert_eq!((project.name.as_str(), terms.len()), ("Aloe", 1));
    assert_eq!(terms[0].pay, Pay::PerHour(25.into()));
    assert_eq!(terms[0].advertised.map(truerate::domain::terms::Range::middle), Some(25.into()));
    assert!(desk.reads("$25.00/h"));
    desk.press("Undo");
    assert_eq!((desk.book().projects().count(), desk.book().all_terms().count()), (0, 0));
}

#[test]
fn new_terms_hold_from_a_day_and_leave_the_old_ones() {
    let mut desk = with_aloe();
    desk.click(Role::Row, "Aloe, $25.00/h");
    desk.fill("Price", "28");
    assert!(desk.reads("The pay has changed"));
    desk.fill("New terms from", "16 Nov");
    desk.press("Save");
    let book = desk.book();
    let terms = book.terms_of(book.projects().next().expect("Aloe").id);
    assert_eq!(terms.len(), 2);
    assert_eq!(terms[0].pay, Pay::PerHour(25.into()));
    assert_eq!((terms[1].from, &terms[1].pay), ("2026-11-16".parse().ok(), &Pay::PerHour(28.into())));
    assert!(desk.reads("since Mon 16 Nov"), "{:?}", desk.texts());

    // Or the old ones were wrong.
    desk.click(Role::Row, "Aloe, $28.00/h, since Mon 16 Nov");
    desk.fill("Price", "29");
    desk.click(Role::ComboBox, "The pay has changed");
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    desk.press("Save");
    let book = desk.book();
    let terms = book.terms_of(book.projects().next().expect("Aloe").id);
    assert_eq!(terms.len(), 2);
    assert_eq!((terms[1].from, &terms[1].pay), ("2026-11-16".parse().ok(), &Pay::PerHour(29.into())));
}

#[test]
fn a_price_that_does_not_read_is_said_and_kept() {
    let mut desk = on_platforms();
    add(&mut desk, "outl");
    desk.key(Key::B);
    desk.type_text("Aloe");
    desk.fill("Price", "much");
    assert!(desk.reads("An amount such as 25, $180 or 18 EUR, please"));
    desk.key(Key::Enter);
    assert_eq!(desk.book().projects().count(), 0);
    desk.fill("Price", "-25");
    desk.key(Key::Enter);
    assert!(desk.reads("Must be above zero, not -25"), "{:?}", desk.texts());
    desk.fill("Price", "25");
    desk.key(Key::Enter);
    assert_eq!(desk.book().projects().count(), 1);
}

#[test]
fn the_next_windows_change_as_one_types() {
    let mut desk = on_platforms();
    add(&mut desk, "Acme");
    desk.press("Add schedule");
    // Weeks from Monday, paid on Friday: what stands there at first.
    assert!(desk.reads("Paid the Friday after"));
    assert!(desk.reads("Fri 27 Nov"), "{:?}", desk.texts());
    desk.fill("Weeks later", "1");
    assert!(desk.reads("Paid the second Friday after"));
    assert!(desk.reads("Fri 4 Dec"));
    desk.fill("Weeks later", "soon");
    assert!(desk.reads("Once every field reads, the next windows stand here"));
    assert!(desk.reads("A whole number such as 12, please"));
    desk.fill("Weeks later", "0");
    desk.fill("Transit", "1–2 days");
    assert!(desk.reads("Sat 28 – Sun 29 Nov"), "{:?}", desk.texts());
    desk.key(Key::Enter);
    let book = desk.book();
    let schedule = book.schedules().next().expect("it was added");
    assert_eq!(schedule.provenance.standing, Standing::Own);
    assert!(desk.reads("your own setting"));
    assert!(desk.reads("Arrives 1–2 days after it is sent"));
}

#[test]
fn an_invoice_is_due_thirty_days_after_it_is_sent() {
    let mut desk = on_platforms();
    add(&mut desk, "Acme");
    desk.press("Add schedule");
    desk.click(Role::ComboBox, "Kind of schedule");
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert!(desk.reads("Paid 30 days after the invoice is sent"), "{:?}", desk.texts());
    // Sent today, Sun 22 Nov: Tue 22 Dec.
    assert!(desk.reads("Tue 22 Dec"), "{:?}", desk.texts());
    desk.press("Add");
    assert_eq!(desk.book().schedules().count(), 1);
    assert!(desk.reads("Tue 22 Dec"), "on the card too");
}

#[test]
fn a_balance_that_is_swept_shows_its_runs_and_when_to_ask_for_them() {
    let mut desk = on_platforms();
    add(&mut desk, "Acme");
    desk.press("Add schedule");
    desk.click(Role::ComboBox, "Release");
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    // Weeks from Monday, payable on Friday 27 Nov, which is the day of the run.
    assert!(desk.reads("Fri 27 Nov"), "{:?}", desk.texts());
    // What is payable on that Friday cannot be asked for on the Thursday before: it goes with the next run.
    desk.fill("Asked for, days before", "1");
    assert!(desk.reads("Fri 4 Dec"), "{:?}", desk.texts());
    let asked = desk.texts().into_iter().find(|text| text.contains("Ask for the payout by Thu 3 Dec 00:00"));
    assert!(asked.is_some(), "{:?}", desk.texts());
    desk.fill("Asked for, days before", "40");
    assert!(desk.reads("Lies more than 31 days before: nobody could keep it"));
    desk.fill("Asked for, days before", "");
    desk.fill("Minimum", "10");
    desk.press("Add");
    assert_eq!(desk.book().schedules().count(), 1);
}

#[test]
fn an_edited_rule_of_the_catalogue_becomes_the_users_own() {
    let mut desk = on_platforms();
    add(&mut desk, "aligne");
    let before = desk.book();
    assert_eq!(before.schedules().next().expect("documented").provenance.standing, Standing::Documented);
    desk.press("Edit schedule");
    desk.key(Key::Enter);
    assert_eq!(desk.book(), before, "saved as it was, nothing changes");
    desk.press("Edit schedule");
    desk.fill("Transit", "2");
    desk.key(Key::Enter);
    let book = desk.book();
    assert_eq!(book.schedules().next().expect("it is kept").provenance.standing, Standing::Own);
}

#[test]
fn a_changed_stage_is_dated_today_and_the_old_one_stays() {
    let mut desk = on_platforms();
    add(&mut desk, "outl");
    desk.pass(3 * 86_400);
    desk.press("Edit platform");
    desk.click(Role::ComboBox, "Stage");
    for _ in 0..3 {
        desk.key(Key::ArrowDown);
    }
    desk.key(Key::Enter);
    desk.fill("Why", "no tasks");
    desk.fill("Found at", "a forum");
    desk.press("Save");
    let book = desk.book();
    let platform = book.platforms().next().expect("Outlier");
    let stages: Vec<_> = platform.stages.iter().map(|dated| (dated.from.to_string(), dated.stage)).collect();
    assert_eq!(stages, [("2026-11-22".to_owned(), Stage::Active), ("2026-11-25".to_owned(), Stage::Ended)]);
    assert_eq!(platform.stages[1].why, "no tasks");
    assert!(desk.reads("found at a forum"), "{:?}", desk.texts());
}

#[test]
fn a_platform_with_work_is_not_deleted_and_says_why() {
    let mut desk = with_aloe();
    desk.key(Key::S);
    desk.pass(600);
    desk.key(Key::X);
    let delete = |desk: &mut Desk| {
        let row = desk
            .harness
            .query_all_by_role(Role::Row)
            .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Outlier")));
        row.expect("Outlier's row").click_secondary();
        desk.settle();
        desk.click(Role::MenuItem, "Delete");
    };
    delete(&mut desk);
    assert_eq!(desk.book().platforms().count(), 1);
    assert!(desk.reads("Still holds 1 session: end it instead, so that nothing is lost"), "{:?}", desk.texts());
    desk.press("Undo");
    desk.press("Undo");
    delete(&mut desk);
    assert!(desk.book().is_empty());
    assert!(desk.reads("No platforms yet"));
}

#[test]
fn a_click_on_a_head_sorts() {
    let mut desk = on_platforms();
    add(&mut desk, "outl");
    add(&mut desk, "data");
    let order = |desk: &Desk| -> Vec<String> {
        let rows = desk.harness.query_all_by_role(Role::Row);
        let mut rows: Vec<_> =
            rows.filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?))).collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let names = rows.into_iter().map(|(_, name)| name);
        names.filter(|name| ["Outlier", "DataAnnotation"].contains(&name.as_str())).collect()
    };
    assert_eq!(order(&desk), ["DataAnnotation", "Outlier"]);
    desk.click(Role::ColumnHeader, "Platform");
    assert_eq!(order(&desk), ["Outlier", "DataAnnotation"]);
}

#[test]
fn in_a_small_window_one_sheet_shows_what_three_cards_did() {
    let mut desk = with_aloe();
    desk.resize(900.0, 600.0);
    assert!(desk.harness.query_by_role_and_label(Role::Button, "Add platform").is_some());
    assert!(desk.harness.query_by_role_and_label(Role::Row, "Aloe, $25.00/h").is_some());
    desk.press("Schedule");
    assert!(desk.reads("Workers say Tue–Mon UTC, paid Tuesday. Use it?"));
    desk.press("Since joining");
    assert!(desk.reads("nothing worked yet"));
    for head in ["Platform", "Rate over all hours", "Not yet paid"] {
        desk.harness.get_by_role_and_label(Role::ColumnHeader, head);
    }
    let width = desk.harness.get_by_role_and_label(Role::Table, "Platforms").rect().width();
    assert!(width <= 900.0, "{width}");
}

#[test]
fn in_a_low_window_the_card_below_the_table_is_reached_by_scrolling() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Platforms");
    desk.resize(640.0, 400.0);
    let start = egui::pos2(300.0, 380.0);
    desk.harness.hover_at(start);
    desk.settle();
    desk.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -2_000.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    });
    desk.harness.run_steps(30);
    let edit = desk.harness.get_by_role_and_label(Role::Button, "Edit platform").rect();
    assert!(edit.bottom() < 400.0, "{edit:?}");
}
