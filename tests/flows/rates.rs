//! Rates: from a figure to its sessions and back, by pointer and by keys, and the summary as a picture.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::{Desk, Look};

const CHART: &str = "Over time, chart; the arrow keys walk its points";

fn on_rates() -> Desk {
    let mut desk = Desk::filled(Look::default());
    desk.press("Rates");
    desk
}

#[test]
fn a_bar_opens_its_sessions_and_back_returns_to_what_was_looked_at() {
    let mut desk = on_rates();
    desk.press("Settled only");
    let bar = "Upwork: 45.00 USD an hour over all hours, of 45.00";
    desk.press(bar);
    assert!(desk.reads("Upwork, Mon 26 Oct – Sun 22 Nov, settled only"), "{:?}", desk.texts());
    assert!(!desk.reads("per hour of your life"));
    desk.press("‹ Back to Rates");
    assert!(desk.reads("per hour of your life"));
    let settled = desk.harness.get_by_role_and_label(Role::Button, "Settled only");
    assert_eq!(settled.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True), "it looks as it was left");
    assert!(!desk.reads("‹ Back to"), "one is back");
}

#[test]
fn by_keys_alone_a_point_of_a_line_opens_its_sessions_and_comes_back_to_it() {
    let mut desk = on_rates();
    desk.harness.get_by_role_and_label(Role::Image, CHART).focus();
    desk.settle();
    desk.key(Key::ArrowLeft);
    let said = |desk: &Desk| {
        desk.harness.get_by_role_and_label(Role::Image, CHART).accesskit_node().value().unwrap_or_default()
    };
    let before = said(&desk);
    assert!(before.starts_with("Upwork, week of 9 Nov: $45.00/h"), "{before}");
    desk.key(Key::Enter);
    assert!(desk.reads("Upwork, Mon 9 – Sun 15 Nov"), "{:?}", desk.texts());
    desk.key_with(egui::Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(said(&desk), before);
    assert!(desk.harness.get_by_role_and_label(Role::Image, CHART).is_focused());
    desk.key(Key::ArrowLeft);
    assert!(said(&desk).starts_with("Upwork, week of 2 Nov"), "{}", said(&desk));
}

#[test]
fn a_tab_that_is_chosen_is_no_way_back() {
    let mut desk = on_rates();
    desk.press("all hours: 21.50 USD an hour, −5.06 unpaid hours");
    assert!(desk.reads("‹ Back to Rates"), "{:?}", desk.texts());
    desk.press("Payouts");
    assert!(!desk.reads("‹ Back to"));
    desk.key_with(egui::Modifiers::ALT, Key::ArrowLeft);
    assert!(desk.reads("There is nowhere to go back to"));
}

#[test]
fn the_summary_is_put_on_the_clipboard_as_a_picture() {
    let mut desk = on_rates();
    desk.key(Key::C);
    assert!(desk.reads("Copied as a picture"), "by its key");
    desk.harness.get_by_role_and_label(Role::Button, "Copy as picture").click();
    let mut sizes: Vec<[usize; 2]> = Vec::new();
    for _ in 0..3 {
        desk.harness.step();
        let commands = &desk.harness.output().platform_output.commands;
        sizes.extend(commands.iter().filter_map(|command| {
            if let egui::OutputCommand::CopyImage(image) = command { Some(image.size) } else { None }
        }));
    }
    assert!(matches!(sizes.as_slice(), [[1520, 1000..2000]]), "{sizes:?}");
}
