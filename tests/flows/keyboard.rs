//! The day's work by keys alone: the palette, the sheet of keys, and a focus that comes back.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::session::SessionState;
use truerate::ui::verbs::{Scope, Verb};

use crate::desk::{Desk, Look};

fn palette(desk: &mut Desk, typed: &str) {
    desk.key_with(Modifiers::COMMAND, Key::K);
    if !typed.is_empty() {
        desk.type_text(typed);
    }
}

fn options(desk: &Desk) -> Vec<String> {
    desk.harness.query_all_by_role(Role::ListBoxOption).filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn the_palette_carries_out_what_a_few_letters_find() {
    let mut desk = Desk::filled(Look::default());
    palette(&mut desk, "paus");
    assert_eq!(options(&desk)[0], "Pause, timer, P");
    desk.key(Key::Enter);
    assert!(options(&desk).is_empty());
    let state = |desk: &Desk| desk.book().open_sessions().next().map(|session| session.state());
    assert_eq!(state(&desk), Some(SessionState::Paused));

    // What was used comes first the next time; what can't be used now says why and does nothing.
    palette(&mut desk, "");
    assert_eq!(options(&desk)[0], "Resume, timer, R", "{:?}", options(&desk));
    desk.type_text("pause");
    assert_eq!(options(&desk)[0], "Pause, timer, P, No timer runs");
    desk.key(Key::Enter);
    assert!(!options(&desk).is_empty(), "it stays open");
    desk.key(Key::Escape);
    assert!(options(&desk).is_empty());
    palette(&mut desk, "switch lantern");
    desk.key(Key::Enter);
    let book = desk.book();
    let runs = book.open_sessions().next().expect("a timer runs");
    assert_eq!(book.project(runs.project.expect("it has a project")).expect("it is there").name, "Lantern");
}

#[test]
fn a_verb_of_another_tab_goes_there_first() {
    let mut desk = Desk::filled(Look::default());
    palette(&mut desk, "landed");
    desk.key(Key::Enter);
    assert!(desk.reads("Mark as landed"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_role_and_label(Role::Button, "Next month").is_some(), "the tab is Payouts");
}

#[test]
fn the_focus_returns_to_what_had_it() {
    let mut desk = Desk::filled(Look::default());
    for (open, title) in [(Key::Enter, "Settings"), (Key::Space, "Settings")] {
        desk.harness.get_by_role_and_label(Role::Button, "Settings").focus();
        desk.settle();
        desk.key(open);
        assert!(desk.reads("Home currency"), "{title}: {:?}", desk.texts());
        desk.key(Key::Escape);
        assert!(!desk.reads("Home currency"));
        assert!(desk.harness.get_by_role_and_label(Role::Button, "Settings").is_focused());
    }
    palette(&mut desk, "keys");
    desk.key(Key::Escape);
    assert!(desk.harness.get_by_role_and_label(Role::Button, "Settings").is_focused());
}

#[test]
fn tab_stays_in_a_dialog_and_comes_round() {
    let mut desk = Desk::filled(Look::default());
    for open in [Key::A, Key::N, Key::B, Key::F1] {
        desk.key(open);
        let has_focus = |desk: &Desk| {
            let name = |node: egui_kittest::Node<'_>| {
                node.is_focused().then(|| node.accesskit_node().label().unwrap_or_default())
            };
            desk.harness.root().children_recursive().find_map(name).unwrap_or_default()
        };
        let mut names = Vec::new();
        for _ in 0..40 {
            desk.harness.key_press(Key::Tab);
            desk.harness.run_steps(2);
            names.push(has_focus(&desk));
        }
        assert!(
            !names.iter().any(|name| name == "Stop" || name == "Platforms"),
            "{open:?} leaves the dialog: {names:?}"
        );
        let last = names.last().expect("it was pressed");
        assert!(names.iter().filter(|name| *name == last).count() > 1, "{open:?} comes round: {names:?}");
        desk.key(Key::Escape);
        if desk.harness.query_by_role_and_label(Role::Button, "Cancel").is_some() {
            desk.key(Key::Escape);
        }
    }
}

#[test]
fn the_sheet_of_keys_finds() {
    let mut desk = Desk::empty(Look { width: 900.0, height: 600.0, ..Look::default() });
    desk.key(Key::F1);
    assert!(desk.reads("Everywhere") && desk.reads("Undo, Ctrl+Z: Take the last change back"), "{:?}", desk.texts());
    desk.type_text("pause");
    assert!(desk.reads("Pause, P: Stop counting without ending the session"));
    assert!(!desk.reads("Undo, Ctrl+Z"));
    desk.key(Key::Escape);
    assert!(!desk.reads("Pause, P"));
}

#[test]
fn every_button_of_a_verb_tells_its_key() {
    let mut desk = Desk::filled(Look::default());
    let mut told = 0;
    for verb in Verb::ALL {
        if let Scope::Tab(tab) = verb.scope() {
            desk.press(tab.name());
        }
        let (words, key) = (verb.words(), verb.key_text());
        let caps = |desk: &Desk| desk.texts().iter().filter(|text| **text == key).count();
        let Some(button) = desk.harness.query_all_by_role_and_label(Role::Button, words.name).next() else { continue };
        let before = caps(&desk);
        button.hover();
        // A tooltip waits for a moment.
        desk.harness.run_steps(12);
        assert!(caps(&desk) > before, "{verb:?}: {:?}", desk.texts());
        desk.harness.remove_cursor();
        desk.settle();
        told += 1;
    }
    assert!(told >= 10, "{told} buttons were found");
}

#[test]
fn nothing_of_the_strip_lies_over_another_where_the_window_is_narrow() {
    let mut desk = Desk::filled(Look::default());
    // 900 × 600 at 150 %, and the least that a window can be.
    for (width, height) in [(600.0, 400.0), (720.0, 480.0), (900.0, 600.0)] {
        desk.resize(width, height);
        let buttons = desk.harness.query_all_by_role(Role::Button);
        let mut strip: Vec<_> =
            buttons.map(|node| node.rect()).filter(|rect| (72.0..116.0).contains(&rect.center().y)).collect();
        strip.sort_by(|one, other| one.left().total_cmp(&other.left()));
        assert!(strip.len() >= 6, "tabs, what needs the user, Undo: {strip:?}");
        for pair in strip.windows(2) {
            assert!(pair[0].right() <= pair[1].left(), "at {width}: {pair:?}");
        }
        assert!(strip.iter().all(|rect| rect.right() <= width), "{strip:?}");
    }
}

#[test]
fn where_tabs_have_no_room_one_button_leads_to_all_of_them() {
    // As large as 900 by 600 is at 200 %.
    let mut desk = Desk::filled(Look { width: 450.0, height: 300.0, ..Look::default() });
    assert!(desk.harness.query_by_role_and_label(Role::Button, "Payouts").is_none());
    desk.press("Tabs");
    desk.click(Role::MenuItem, "Payouts");
    assert!(desk.harness.query_by_role_and_label(Role::Button, "Next month").is_some());
    desk.key_with(Modifiers::ALT, Key::Num1);
    assert!(desk.harness.query_by_role_and_label(Role::Button, "Add session").is_some());
}
