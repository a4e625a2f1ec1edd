//! A heavy user's list: hours without clock times, search, many rows at once, gaps; by key alone, with undo and a restart.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::{Desk, Look};

/// A platform, a project on it and an hour of work, all by key.
fn hour_on_aloe() -> Desk {
    let mut desk = Desk::empty(Look::default());
    desk.key(Key::N);
    desk.type_text("outl");
    desk.key(Key::Enter);
    desk.key(Key::U);
    desk.key(Key::Enter);
    desk.key(Key::J);
    desk.type_text("Aloe on Outlier $25");
    desk.key(Key::Enter);
    desk.pass(3600);
    desk.key(Key::X);
    desk
}

fn next_field(desk: &mut Desk, text: &str) {
    desk.key(Key::Tab);
    desk.type_text(text);
}

#[test]
fn hours_of_last_week_by_key_alone_count_undo_and_stay() {
    let mut desk = hour_on_aloe();
    desk.key(Key::H);
    // The hours have the focus; the amount is the next field.
    desk.type_text("22");
    next_field(&mut desk, "$410");
    assert!(desk.reads("about 3 h 08 m a day · $410.00 · $18.64/h"), "{:?}", desk.texts());
    desk.key(Key::Enter);
    assert_eq!(desk.book().sessions().count(), 8, "{:?}", desk.texts());
    // Source of the figures: 22 h + 1 h; $410 + $25 over 23 h are $18.91 an hour.
    assert!(desk.reads("23 h") && desk.reads("$435.00") && desk.reads("$18.91/h"), "{:?}", desk.texts());
    assert!(desk.reads("Added hours of Aloe"));

    // One step back and again; all of it is there after a restart.
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book().sessions().count(), 1);
    desk.key_with(Modifiers::COMMAND, Key::Y);
    let desk = desk.closed_and_opened_again();
    assert_eq!(desk.book().sessions().count(), 8);
    assert!(desk.reads("Aloe, paid work, Sun 15 Nov, declared"), "{:?}", desk.texts());
}

#[test]
fn what_is_found_is_moved_at_once_and_taken_back() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Sessions");
    desk.key(Key::Slash);
    desk.type_text("reading");
    let found = |desk: &Desk| {
        desk.harness
            .query_all_by_role(Role::Row)
            .filter(|row| row.accesskit_node().label().is_some_and(|name| name.starts_with("Reading")))
            .count()
    };
    assert!(found(&desk) > 1, "{:?}", desk.texts());
    assert!(!desk.reads("Lantern, paid work"));
    // Enter leaves the field; all that is found is chosen.
    desk.key(Key::Enter);
    desk.key_with(Modifiers::COMMAND, Key::A);
    let before = desk.book();
    desk.key(Key::M);
    desk.type_text("lantern");
    desk.key(Key::Enter);
    assert_ne!(desk.book(), before);
    assert_eq!(found(&desk), 0, "they are found by their new name");
    assert!(desk.texts().iter().any(|text| text.starts_with("Moved ") && text.ends_with(" sessions to Lantern")));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before, "one step");
}

#[test]
fn the_message_of_what_was_done_leaves_the_verbs_free() {
    let mut desk = Desk::filled(Look { width: 900.0, height: 600.0, ..Look::default() });
    desk.press("Sessions");
    for _ in 0..5 {
        desk.key(Key::ArrowDown);
    }
    desk.key(Key::W);
    let toast = desk
        .harness
        .query_all_by_role(Role::Button)
        .find(|button| button.accesskit_node().label().is_some_and(|name| name.starts_with("Undo: Left")))
        .expect("what was done can be taken back")
        .rect();
    for verb in ["Continue", "Edit…", "Delete", "More"] {
        let verb = desk.harness.get_by_role_and_label(Role::Button, verb).rect();
        assert!(toast.bottom() + 8.0 <= verb.top(), "{toast:?} over {verb:?}");
    }
}

#[test]
fn a_gap_is_filled_by_key_and_is_gone() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Sessions");
    assert!(desk.reads("1 h 36 m not recorded, 10:54 – 12:30"), "{:?}", desk.texts());
    let before = desk.book().sessions().count();
    for _ in 0..5 {
        desk.key(Key::ArrowDown);
    }
    desk.key(Key::F);
    assert!(desk.reads("Add session"));
    desk.key(Key::Enter);
    assert_eq!(desk.book().sessions().count(), before + 1, "{:?}", desk.texts());
    assert!(!desk.reads("1 h 36 m not recorded, 10:54 – 12:30"));
}
