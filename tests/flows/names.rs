//! What a screen reader finds, over every tab and dialog: each thing that can be acted on has a name, and no two of one
//! place share role and name.

use std::collections::BTreeMap;

use egui::accessibility::is_input;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;
use truerate::ui::action::Tab;

use crate::desk::{Desk, Look};

/// The things that can be acted on, by place: what is open over the window is a place of its own.
fn twins_and_unnamed(desk: &Desk) -> Vec<String> {
    let mut found: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for node in desk.harness.root().children_recursive() {
        let node = node.accesskit_node();
        if node.is_hidden() || node.data().is_read_only() || !(is_input(node.role()) || node.role() == Role::Row) {
            continue;
        }
        let mut place = String::new();
        let mut up = node.parent();
        while let Some(parent) = up {
            if matches!(parent.role(), Role::Window | Role::Dialog) {
                place = parent.label().unwrap_or_default();
                break;
            }
            up = parent.parent();
        }
        let name = node.label().unwrap_or_default();
        *found.entry((place, format!("{:?}", node.role()), name)).or_default() += 1;
    }
    found
        .into_iter()
        .filter(|((_, _, name), times)| *times > 1 || name.trim().is_empty())
        .map(|((place, role, name), times)| format!("{times} × {role} “{name}” in “{place}”"))
        .collect()
}

fn check(desk: &Desk, place: &str, wrong: &mut Vec<String>) {
    wrong.extend(twins_and_unnamed(desk).into_iter().map(|twin| format!("{place}: {twin}")));
}

fn walk(look: Look) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut desk = Desk::filled(look);
    for tab in Tab::ALL {
        desk.press(tab.name());
        check(&desk, tab.name(), &mut wrong);
    }
    let none = Modifiers::NONE;
    let dialogs = [
        ("add session", none, Key::A),
        ("add platform", none, Key::N),
        ("add project", none, Key::B),
        ("settings", Modifiers::COMMAND, Key::Comma),
        ("keys", none, Key::F1),
        ("palette", Modifiers::COMMAND, Key::K),
    ];
    for (name, held, key) in dialogs {
        desk.key_with(held, key);
        check(&desk, name, &mut wrong);
        desk.key(Key::Escape);
        desk.key(Key::Escape);
    }
    desk.press("Payouts");
    desk.key(Key::L);
    check(&desk, "landed", &mut wrong);
    desk.key(Key::Escape);
    desk.press("Stop");
    desk.pass(21 * 86_400);
    desk.key(Key::F2);
    check(&desk, "what needs you", &mut wrong);
    wrong
}

#[test]
fn everything_has_a_name_of_its_own() {
    let wrong = walk(Look::default());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_has_a_name_of_its_own_in_a_small_window() {
    let wrong = walk(Look { width: 900.0, height: 600.0, ..Look::default() });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
