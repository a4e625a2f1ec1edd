//! What needs the user: told in the strip, mended or put aside by keys alone, and told again only with news.

use std::path::Path;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::command::Command;
use truerate::domain::session::Session;
use truerate::domain::span::Month;

use crate::desk::{Desk, FOLDER, Look};

fn says_nothing(desk: &Desk) -> bool {
    let counts = |text: &String| text.starts_with(|first: char| first.is_ascii_digit());
    !desk.texts().iter().any(|text| counts(text) && (text.ends_with("need you") || text.ends_with("needs you")))
}

#[test]
fn a_forgotten_timer_is_told_put_aside_and_told_again_when_it_says_more() {
    let mut desk = Desk::empty(Look::default());
    assert!(says_nothing(&desk));
    desk.key(Key::F2);
    assert!(desk.reads("Nothing needs you"));
    desk.press("Start");
    desk.pass(4 * 3600);
    assert!(says_nothing(&desk));
    desk.pass(60);
    assert!(desk.reads("1 needs you"), "{:?}", desk.texts());
    desk.key(Key::F2);
    assert!(desk.reads("The timer has run for 4 h 01 m without a pause"), "{:?}", desk.texts());
    desk.key(Key::Delete);
    assert!(says_nothing(&desk), "{:?}", desk.texts());
    assert!(desk.reads("Dismissed “The timer has run for"), "{:?}", desk.texts());
    desk.key_with(egui::Modifiers::COMMAND, Key::Z);
    assert!(desk.reads("1 needs you"));
    desk.key(Key::F2);
    desk.key(Key::Delete);
    desk.pass(7 * 3600 + 1800);
    assert!(desk.reads("1 needs you"), "over midnight it says something else: {:?}", desk.texts());
}

#[test]
fn enter_mends_and_escape_gives_the_focus_back() {
    let mut desk = Desk::empty(Look::default());
    desk.press("Start");
    desk.pass(5 * 3600);
    desk.key(Key::F2);
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_role(Role::ListBoxOption).is_none());
    let button = desk.harness.get_by_role_and_label(Role::Button, "1 needs you");
    assert!(button.is_focused(), "the focus is on the button that opens the list");
    desk.key(Key::F2);
    desk.key(Key::Enter);
    assert!(desk.reads("Edit session"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    assert!(!desk.reads("Edit session"));
}

#[test]
fn late_money_is_shown_from_the_list() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Stop");
    // Three weeks on, everything that was expected is late.
    desk.pass(21 * 86_400);
    assert!(desk.reads("need you"), "{:?}", desk.texts());
    desk.key(Key::F2);
    let late = |desk: &Desk| desk.texts().into_iter().filter(|text| text.contains("days late, ")).count();
    let before = late(&desk);
    assert!(before >= 2, "{:?}", desk.texts());
    desk.key(Key::ArrowDown);
    desk.key(Key::Delete);
    assert_eq!(late(&desk), before - 1, "the list stays open: {:?}", desk.texts());
    // The first is late still; below it stands what must be reported.
    desk.key(Key::ArrowUp);
    desk.key(Key::Enter);
    assert!(desk.reads("Landed…") && desk.harness.query_by_role(Role::ListBoxOption).is_none(), "{:?}", desk.texts());
}

#[test]
fn a_file_that_cannot_be_read_stands_in_the_list_until_it_is_put_aside() {
    let mut desk = Desk::empty(Look::default());
    desk.press("Start");
    desk.pass(600);
    desk.press("Stop");
    desk.wait_until_saved();
    let desk = desk.closed_and_opened_again();
    let disk = desk.disk.clone();
    let path = Path::new(FOLDER).join("sessions/2026-11.ron");
    let mut desk = desk.with_files_changed(|| {
        let mut bytes = disk.files().remove(&path).expect("November has a file");
        bytes.extend_from_slice(b"\nnonsense\n");
        disk.put(path.clone(), bytes);
    });
    desk.key(Key::Escape);
    assert!(desk.reads("1 needs you"), "{:?}", desk.texts());
    desk.key(Key::F2);
    desk.key(Key::Enter);
    assert!(desk.reads("What was found in your files") && desk.reads("sessions/2026-11.ron"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    desk.key(Key::F2);
    desk.key(Key::Delete);
    assert!(says_nothing(&desk));
    let desk = desk.closed_and_opened_again();
    assert!(!desk.reads("What was found in your files"));
    assert!(says_nothing(&desk), "put aside is put aside for the next start too: {:?}", desk.texts());
}

/// A paid session of October, with an hour less credited than was worked.
fn an_hour_less(desk: &Desk) -> Session {
    let book = desk.book();
    let october = book
        .sessions()
        .find(|session| Month::of(session.started_at) == Month { year: 2026, month: 10 } && session.paid)
        .expect("October has work");
    let credited = october.own_secs(october.started_at) - 3600;
    Session { credited_secs: Some(credited), ..(**october).clone() }
}

/// How many past figures are told as moved in the open list.
fn moved(desk: &Desk) -> usize {
    let rows = desk.harness.query_all_by_role(Role::ListBoxOption);
    rows.filter(|row| row.accesskit_node().label().is_some_and(|name| name.contains("credited instead of"))).count()
}

#[test]
fn a_past_figure_is_news_when_others_move_it_and_not_when_the_user_does() {
    let mut desk = Desk::filled(Look::default());
    // The first change of the user's takes October in.
    desk.press("Stop");
    assert!(!desk.book().seen().figures.is_empty());
    desk.key(Key::F2);
    assert_eq!(moved(&desk), 0, "{:?}", desk.texts());

    let less = an_hour_less(&desk);
    let mut desk = desk.changed_elsewhere(&Command::EditSession(Box::new(less.clone())));
    assert!(desk.reads("need you") || desk.reads("needs you"), "{:?}", desk.texts());
    desk.key(Key::F2);
    assert_eq!(moved(&desk), 1, "{:?}", desk.texts());
    let seen = desk.texts().into_iter().find(|text| text.starts_with("Seen: Outlier, October")).expect("a button");
    desk.press(&seen);
    assert_eq!(moved(&desk), 0, "{:?}", desk.texts());
    desk.key_with(egui::Modifiers::COMMAND, Key::Z);
    if moved(&desk) == 0 {
        desk.key(Key::F2);
    }
    assert_eq!(moved(&desk), 1, "undone, it is news again: {:?}", desk.texts());
}

#[test]
fn the_users_own_edit_of_a_past_month_is_no_news_and_undo_takes_all_of_it_back() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Stop");
    let before = desk.book();
    desk.click(Role::ComboBox, "Period");
    desk.click(Role::ListBoxOption, "Last month");
    let is_paid = |name: String| name.contains("Aloe, paid work") && name.contains(" Oct, ");
    let rows = desk.harness.query_all_by_role(Role::Row);
    let row = rows.into_iter().find(|row| row.accesskit_node().label().is_some_and(is_paid)).expect("October has work");
    row.click();
    desk.settle();
    desk.key(Key::Delete);
    let after = desk.book();
    assert_eq!(after.sessions().count() + 1, before.sessions().count());
    assert_ne!(before.seen().figures, after.seen().figures, "what was seen went with it");
    desk.key(Key::F2);
    assert_eq!(moved(&desk), 0, "{:?}", desk.texts());
    desk.key(Key::Escape);
    desk.key_with(egui::Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
}
