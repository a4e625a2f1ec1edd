//! The page of a platform: opened and left by keys, everything on it added, changed and taken back.

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::platform::{EndedBy, Platform, QualityMeasure, Stage};

use crate::desk::{Desk, Look};

/// Outlier's page, reached by keys alone, in a Book of four weeks.
fn on_outlier() -> Desk {
    let mut desk = Desk::filled(Look::default());
    desk.key_with(Modifiers::ALT, Key::Num2);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert!(desk.reads("Terms over time"), "{:?}", desk.texts());
    desk
}

/// The page of a platform that was just added.
fn on_new(name: &str) -> Desk {
    let mut desk = Desk::empty(Look::default());
    desk.press("Platforms");
    desk.key(Key::N);
    desk.type_text(name);
    desk.key(Key::Enter);
    desk.key(Key::Enter);
    desk.key(Key::O);
    desk
}

fn outlier(desk: &Desk) -> Platform {
    let book = desk.book();
    let found = book.platforms().find(|platform| platform.name == "Outlier").expect("it is there");
    (**found).clone()
}

fn only(desk: &Desk) -> Platform {
    (**desk.book().platforms().next().expect("it is there")).clone()
}

/// Brings what has this role and name into the window: the page scrolls to what has the focus.
fn reach(desk: &mut Desk, role: Role, name: &str) {
    desk.harness.get_by_role_and_label(role, name).scroll_to_me();
    desk.settle();
}

#[test]
fn a_page_is_opened_and_left_with_the_keyboard_alone() {
    let mut desk = on_outlier();
    assert!(desk.reads("since joining"));
    assert!(desk.reads("Quality score 3.9, was 4.4"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    assert!(!desk.reads("Terms over time"));
    desk.key(Key::O);
    assert!(desk.reads("Terms over time"));
    desk.press("Back");
    assert!(!desk.reads("Terms over time"));
    // With the focus on its row, Enter opens it too.
    let row = "Outlier, $18.99 over all hours";
    desk.harness.get_by_role_and_label(Role::Row, row).focus();
    desk.settle();
    desk.key(Key::Enter);
    assert!(desk.reads("Terms over time"));
}

#[test]
fn a_double_click_on_a_row_opens_its_page() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Platforms");
    let at = desk.harness.get_by_role_and_label(Role::Row, "Upwork, $45.00 over all hours").rect().center();
    desk.harness.hover_at(at);
    desk.settle();
    for pressed in [true, false, true, false] {
        desk.harness.input_mut().events.push(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    desk.settle();
    assert!(desk.reads("Terms over time"));
    assert!(desk.reads("Northwind contract"));
}

#[test]
fn every_button_row_and_tick_of_a_page_has_a_name_of_its_own() {
    let desk = on_outlier();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for role in [Role::Button, Role::Row, Role::CheckBox, Role::TextInput, Role::ComboBox] {
        for node in desk.harness.query_all_by_role(role) {
            let name = node.accesskit_node().label().unwrap_or_default();
            assert!(!name.is_empty(), "{role:?} without a name");
            *seen.entry(format!("{role:?} {name}")).or_default() += 1;
        }
    }
    let twice: Vec<_> = seen.iter().filter(|(_, count)| **count > 1).map(|(name, _)| name).collect();
    // The same verb stands in the head and at its section.
    assert_eq!(twice, ["Button Add project", "Button Change stage…"], "{seen:?}");
}

#[test]
fn a_stage_is_changed_from_a_day_on_by_whom_and_why_in_one_step() {
    let mut desk = on_outlier();
    let before = desk.book();
    desk.key(Key::G);
    desk.type_text("16 Nov");
    desk.click(Role::ComboBox, "Stage");
    for _ in 0..3 {
        desk.key(Key::ArrowDown);
    }
    desk.key(Key::Enter);
    desk.click(Role::ComboBox, "Ended by");
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    desk.fill("Why", "no tasks any more");
    desk.key(Key::Enter);
    let stages = outlier(&desk).stages;
    let last = stages.last().expect("it was added");
    assert_eq!(stages.len(), 3);
    assert_eq!((last.from.to_string().as_str(), last.stage), ("2026-11-16", Stage::Ended));
    assert_eq!((last.ended_by, last.why.as_str()), (Some(EndedBy::Platform), "no tasks any more"));
    assert!(desk.reads("ended by them since 16 Nov 2026 (no tasks any more)"), "{:?}", desk.texts());
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
}

#[test]
fn stages_so_far_are_mended_and_deleted() {
    let mut desk = on_outlier();
    desk.key(Key::G);
    desk.press("Edit stage assessing, Tue 6 Oct – Mon 12 Oct");
    desk.fill("From", "1 Oct");
    desk.press("Save");
    assert_eq!(outlier(&desk).stages[0].from.to_string(), "2026-10-01");
    desk.key(Key::G);
    desk.press("Edit stage assessing, Thu 1 Oct – Mon 12 Oct");
    desk.fill("From", "13 Oct");
    desk.press("Save");
    assert!(desk.reads("A stage begins on Tue 13 Oct 2026 already"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    desk.key(Key::G);
    desk.press("Delete stage assessing, Thu 1 Oct – Mon 12 Oct");
    desk.press("Save");
    let stages = outlier(&desk).stages;
    assert_eq!(stages.len(), 1, "nothing else was added: {stages:?}");
    assert_eq!(stages[0].stage, Stage::Active);
}

#[test]
fn the_stage_of_a_project_is_changed_on_its_row() {
    let mut desk = on_outlier();
    let row = "Aloe, $25.00/h, $18.99 over all hours";
    desk.harness.get_by_role_and_label(Role::Row, row).click_secondary();
    desk.settle();
    desk.click(Role::MenuItem, "Change stage…");
    desk.type_text("yesterday");
    desk.click(Role::ComboBox, "Stage");
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    desk.press("Save");
    let book = desk.book();
    let aloe = book.projects().find(|project| project.name == "Aloe").expect("it is there").clone();
    assert_eq!(aloe.stages.len(), 1);
    assert_eq!((aloe.stages[0].from.to_string().as_str(), aloe.stages[0].stage), ("2026-11-21", Stage::Dry));
}

#[test]
fn open_money_opens_to_its_rows_and_a_row_to_its_payout() {
    let mut desk = on_outlier();
    desk.press("in review, $564.28");
    let row = "Aloe $45.00, Tue 10 Nov";
    let rows: Vec<String> = desk
        .harness
        .query_all_by_role(Role::Row)
        .filter_map(|row| row.accesskit_node().label())
        .filter(|name| name.contains(", row "))
        .collect();
    assert!(!rows.is_empty(), "{row}");
    let first = rows.first().expect("one at least").clone();
    desk.click(Role::Row, &first);
    assert!(!desk.reads("Terms over time"), "the Payouts tab is shown");
}

#[test]
fn a_score_is_noted_and_one_that_falls_is_said() {
    let mut desk = on_new("Acme");
    desk.key(Key::Q);
    desk.fill("Figure", "6");
    desk.fill("Out of", "5");
    desk.press("Add");
    assert!(desk.reads("6 is more than 5"), "{:?}", desk.texts());
    desk.fill("Figure", "4.4");
    desk.fill("Day", "1 Nov");
    desk.press("Add");
    assert_eq!(only(&desk).quality.len(), 1);
    // The scale is remembered.
    desk.key(Key::Q);
    desk.fill("Figure", "3.9");
    desk.key(Key::Enter);
    let log = only(&desk).quality;
    assert_eq!(log.len(), 2);
    assert_eq!((log[1].measure, log[1].out_of), (QualityMeasure::Score, Some(5.into())));
    assert!(desk.reads("Quality score 3.9, was 4.4"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    assert!(desk.reads("Quality score 3.9, was 4.4"), "on the tab too");
    desk.key(Key::O);
    desk.harness
        .get_by_role_and_label(Role::Row, "Quality score 3.9 of 5, account, Sun 22 Nov, entry 2")
        .click_secondary();
    desk.settle();
    desk.click(Role::MenuItem, "Delete");
    assert_eq!(only(&desk).quality.len(), 1);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(only(&desk).quality.len(), 2);
}

#[test]
fn a_share_beyond_a_hundred_is_refused_where_it_is_typed() {
    let mut desk = on_new("Acme");
    desk.key(Key::Q);
    desk.click(Role::ComboBox, "Measure");
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    desk.fill("Figure", "120");
    assert!(desk.reads("Between 0 and 100 %, please"), "{:?}", desk.texts());
    desk.fill("Figure", "4 %");
    desk.key(Key::Enter);
    let note = only(&desk).quality[0].clone();
    assert_eq!((note.measure, note.value, note.out_of), (QualityMeasure::ErrorRate, Some(4.into()), None));
}

#[test]
fn things_to_do_are_added_ticked_moved_and_deleted() {
    let mut desk = on_new("Acme");
    for text in ["W-8BEN", "Second test"] {
        desk.key(Key::K);
        desk.type_text(text);
        desk.key(Key::Enter);
    }
    reach(&mut desk, Role::CheckBox, "Second test");
    desk.click(Role::CheckBox, "Second test");
    let list = only(&desk).checklist;
    assert_eq!(list[1].done_on.map(|day| day.to_string()).as_deref(), Some("2026-11-22"));
    desk.press("Move up Second test");
    assert_eq!(only(&desk).checklist[0].text, "Second test");
    // Done on another day.
    desk.press("Edit Second test");
    desk.fill("Done on", "20 Nov");
    desk.key(Key::Enter);
    assert_eq!(only(&desk).checklist[0].done_on.map(|day| day.to_string()).as_deref(), Some("2026-11-20"));
    desk.press("Delete Second test");
    assert_eq!(only(&desk).checklist.len(), 1);
    assert!(desk.reads("Deleted to do of Acme"));
    for _ in 0..6 {
        desk.key_with(Modifiers::COMMAND, Key::Z);
    }
    assert!(only(&desk).checklist.is_empty());
}

#[test]
fn links_and_files_are_opened_by_the_desktop() {
    let mut desk = on_new("Acme");
    desk.key(Key::I);
    desk.type_text("Dashboard");
    desk.fill("Address", "not an address");
    assert!(desk.reads("A web address such as https://example.org, please"));
    desk.fill("Address", "acme.example/work");
    desk.key(Key::Enter);
    assert_eq!(only(&desk).links.last().map(|link| link.address.clone()).as_deref(), Some("https://acme.example/work"));

    desk.desktop.put("/home/ada/contract.pdf");
    for (title, path) in [("Contract", "/home/ada/contract.pdf"), ("Letter", "\"/home/ada/gone.pdf\"")] {
        desk.key(Key::U);
        desk.type_text(title);
        desk.fill("Path", path);
        desk.key(Key::Enter);
    }
    let added = only(&desk).files;
    assert_eq!(added[1].path, "/home/ada/gone.pdf");
    assert_eq!(added[0].added_on.to_string(), "2026-11-22");
    assert!(desk.reads("not there"), "{:?}", desk.texts());
    assert!(desk.harness.get_by_role_and_label(Role::Button, "Open file Letter").accesskit_node().is_disabled());
    for name in ["Open link Dashboard", "Open file Contract"] {
        reach(&mut desk, Role::Button, name);
        desk.press(name);
    }
    assert_eq!(desk.desktop.opened(), ["https://acme.example/work", "/home/ada/contract.pdf"]);
    desk.press("Delete file Letter");
    assert_eq!(only(&desk).files.len(), 1);
}

#[test]
fn routes_are_added_made_usual_and_deleted() {
    let mut desk = on_new("Acme");
    desk.key(Key::W);
    desk.type_text("PayPal");
    desk.fill("Step 1 to", "PayPal");
    desk.fill("Step 1 takes", "soon");
    assert!(desk.reads("Days such as 3, 3–5 or 1–3 business days, please"));
    desk.fill("Step 1 takes", "0–1 days");
    desk.fill("Step 1 fee", "2 %");
    desk.press("Add step");
    desk.fill("Step 2 to", "Bank");
    desk.fill("Minimum", "10");
    desk.press("Add");
    let book = desk.book();
    let route = book.routes().next().expect("it was added").clone();
    assert_eq!(route.steps.len(), 2);
    assert_eq!(route.minimum.map(|money| money.amount), Some(10.into()));
    assert_eq!(only(&desk).default_route, Some(route.id), "the first is the usual one");
    assert!(desk.reads("PayPal, 0–1 days, fee 2 %, then Bank"), "{:?}", desk.texts());
    desk.key(Key::W);
    desk.type_text("Wise");
    desk.press("Add");
    reach(&mut desk, Role::Button, "Use Wise unless said otherwise");
    desk.press("Use Wise unless said otherwise");
    let usual = only(&desk).default_route.expect("one is");
    assert_eq!(desk.book().route(usual).map(|route| route.name.clone()).as_deref(), Some("Wise"));
    desk.press("Delete route Wise");
    assert_eq!(desk.book().routes().count(), 1);
    assert_eq!(only(&desk).default_route, None);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(only(&desk).default_route, Some(usual));
}

#[test]
fn a_note_is_kept_when_it_is_left_and_escape_puts_the_old_one_back() {
    let mut desk = on_new("Acme");
    let field = |desk: &mut Desk| {
        reach(desk, Role::MultilineTextInput, "Note on the platform");
        desk.harness.get_by_role_and_label(Role::MultilineTextInput, "Note on the platform").click();
        desk.settle();
    };
    field(&mut desk);
    desk.type_text("Ask Ada");
    desk.key(Key::Enter);
    desk.type_text("about tests");
    desk.key_with(Modifiers::ALT, Key::Num1);
    desk.key_with(Modifiers::ALT, Key::Num2);
    desk.press("Back");
    assert_eq!(only(&desk).note, "Ask Ada\nabout tests");
    desk.key(Key::O);
    field(&mut desk);
    desk.type_text(" and more");
    desk.key(Key::Escape);
    assert_eq!(only(&desk).note, "Ask Ada\nabout tests");
    assert!(desk.reads("Terms over time"), "the first Escape is the field's");
    desk.key(Key::Escape);
    assert!(!desk.reads("Terms over time"));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(only(&desk).note, "");
}

#[test]
fn thirty_platforms_with_long_names_fit_any_window() {
    let long = "The Association of Independent Annotators & Transcribers Ltd"; // 60 letters
    let mut desk = Desk::empty(Look::default());
    desk.press("Platforms");
    for nth in 0..30 {
        desk.key(Key::N);
        desk.type_text(&if nth == 0 { long.to_owned() } else { format!("Client {nth}") });
        desk.key(Key::Enter);
        desk.key(Key::Enter);
    }
    assert_eq!(desk.book().platforms().count(), 30);
    for (width, height) in [(1280.0, 800.0), (900.0, 600.0), (640.0, 400.0)] {
        desk.resize(width, height);
        let table = desk.harness.get_by_role_and_label(Role::Table, "Platforms").rect();
        assert!(table.right() <= width, "{width}: {table:?}");
    }
    for _ in 0..30 {
        desk.key(Key::ArrowDown);
    }
    desk.key(Key::Enter);
    assert!(desk.reads(long), "the last by name");
    for node in desk.harness.query_all_by_role(Role::Button) {
        assert!(node.rect().right() <= 641.0, "{:?} {:?}", node.accesskit_node().label(), node.rect());
    }
}

#[test]
fn rows_of_a_page_are_deleted_and_staged_by_keys() {
    let mut desk = on_outlier();
    let before = desk.book();
    let entry = "Warning, account, Wed 18 Nov, entry 4";
    desk.harness.get_by_role_and_label(Role::Row, entry).focus();
    desk.settle();
    desk.key(Key::Delete);
    assert_eq!(outlier(&desk).quality.len(), 3);
    assert!(desk.reads("Deleted quality of Outlier"));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
    // A project with work stays, and says why.
    desk.harness.get_by_role_and_label(Role::Row, "Aloe, $25.00/h, $18.99 over all hours").focus();
    desk.settle();
    desk.key(Key::Delete);
    assert!(desk.reads("end it instead"), "{:?}", desk.texts());
    desk.key(Key::G);
    assert!(desk.reads("Stage of Aloe"), "the row that has the focus is meant");
    desk.key(Key::Escape);
    assert!(desk.reads("Terms over time"), "Escape closed the dialog, not the page");
}

#[test]
fn an_older_schedule_gets_a_version_beside_it() {
    let mut desk = on_outlier();
    assert!(desk.reads("No other versions"));
    reach(&mut desk, Role::Button, "Add version");
    desk.press("Add version");
    reach(&mut desk, Role::TextInput, "From day");
    desk.fill("From day", "1 Dec");
    desk.press("Add");
    assert!(desk.reads("Other versions"), "{:?}", desk.texts());
    assert!(desk.reads("from Tue 1 Dec: Works Monday – Sunday"), "{:?}", desk.texts());
}

/// A file as the desktop hands it over.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads it: its place is kept, not the file".to_owned())
    }
}

#[test]
fn a_file_that_is_dropped_on_the_page_is_attached_by_its_path() {
    let mut desk = on_new("Acme");
    let file = Dropped("/home/ada/screenshot.png".into());
    desk.harness.input_mut().dropped_files.push(std::sync::Arc::new(file));
    desk.settle();
    assert!(desk.reads("Add file of Acme"), "{:?}", desk.texts());
    desk.type_text("Screenshot");
    desk.key(Key::Enter);
    let files = only(&desk).files;
    assert_eq!((files[0].title.as_str(), files[0].path.as_str()), ("Screenshot", "/home/ada/screenshot.png"));
}
