//! What a screen reader finds, over every tab and dialog: each thing that can be acted on has a name, and no two of one
//! place share role and name.

use std::collections::{BTreeMap, BTreeSet};

use egui::accessibility::is_input;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
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
    assert!(found.len() > 10, "so little is never shown: {found:?}");
    found
        .into_iter()
        .filter(|((_, _, name), times)| *times > 1 || name.trim().is_empty())
        .map(|((place, role, name), times)| format!("{times} × {role} “{name}” in “{place}”"))
        .collect()
}

fn check(desk: &Desk, place: &str, wrong: &mut Vec<String>) {
    wrong.extend(twins_and_unnamed(desk).into_iter().map(|twin| format!("{place}: {twin}")));
}

/// The buttons that open a dialog: their words end in an ellipsis.
fn openers(desk: &Desk) -> Vec<String> {
    let buttons = desk.harness.query_all_by_role(Role::Button).filter(|node| !node.accesskit_node().is_disabled());
    let names: BTreeSet<String> = buttons.filter_map(|node| node.accesskit_node().label()).collect();
    names.into_iter().filter(|name| name.contains('…')).collect()
}

/// Closes whatever is open: a list in a dialog first, then the dialog.
fn close(desk: &mut Desk) {
    for _ in 0..3 {
        desk.key(Key::Escape);
    }
}

/// A tab, and each dialog that its buttons open.
fn tab(desk: &mut Desk, tab: Tab, wrong: &mut Vec<String>) {
    desk.press(tab.name());
    check(desk, tab.name(), wrong);
    let rows = desk.harness.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label());
    if let Some(name) = rows.collect::<Vec<_>>().get(1) {
        // Rows show their verbs once they are chosen.
        desk.click(Role::Row, name);
        check(desk, &format!("{}, a row chosen", tab.name()), wrong);
    }
    let openers = openers(desk);
    for name in openers {
        if desk.harness.query_all_by_role_and_label(Role::Button, &name).count() != 1 {
            continue;
        }
        desk.press(&name);
        check(desk, &format!("{}, {name}", tab.name()), wrong);
        close(desk);
    }
}

/// Every tab, and every dialog that keys open.
fn walk(desk: &mut Desk) -> Vec<String> {
    let mut wrong = Vec::new();
    for one in Tab::ALL {
        tab(desk, one, &mut wrong);
    }
    let none = Modifiers::NONE;
    let dialogs = [
        ("add session", none, Key::A),
        ("add platform", none, Key::N),
        ("add project", none, Key::B),
        ("settings", Modifiers::COMMAND, Key::Comma),
        ("keys", none, Key::F1),
        ("palette", Modifiers::COMMAND, Key::K),
        ("project of the timer", none, Key::J),
    ];
    for (name, held, key) in dialogs {
        desk.key_with(held, key);
        check(desk, name, &mut wrong);
        close(desk);
    }
    wrong
}

#[test]
fn everything_has_a_name_of_its_own() {
    let mut desk = Desk::filled(Look::default());
    let mut wrong = walk(&mut desk);
    desk.press("Stop");
    desk.pass(21 * 86_400);
    desk.key(Key::F2);
    check(&desk, "what needs you", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_has_a_name_of_its_own_in_a_small_window() {
    let wrong = walk(&mut Desk::filled(Look { width: 900.0, height: 600.0, ..Look::default() }));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_has_a_name_of_its_own_in_an_empty_book() {
    let wrong = walk(&mut Desk::empty(Look::default()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
