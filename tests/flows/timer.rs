//! Start, pause, go on, stop; kill the program in between.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use rust_decimal::Decimal;

use crate::desk::{Desk, Look};

#[test]
fn a_timer_survives_the_death_of_the_program() {
    let mut desk = Desk::empty(Look::default());
    assert!(desk.reads("nothing running"));
    desk.press("Start");
    desk.pass(42 * 60 + 17);
    assert!(desk.reads("0:42:17"), "{:?}", desk.texts());
    let mut desk = desk.killed_and_opened_again();
    assert!(desk.reads("0:42:17"), "{:?}", desk.texts());
    assert!(desk.reads("since 12:38"));
    desk.pass(43);
    desk.press("Stop");
    assert!(desk.reads("nothing running"));
    let book = desk.book();
    let session = book.sessions().next().expect("the session is kept");
    assert_eq!(session.own_secs(session.started_at), 43 * 60);
}

#[test]
fn a_pause_stops_the_clock_and_every_step_undoes_and_redoes() {
    let mut desk = Desk::empty(Look::default());
    desk.press("Start");
    desk.pass(600);
    desk.press("Pause");
    desk.pass(300);
    assert!(desk.reads("0:10:00"));
    desk.press("Resume");
    desk.pass(60);
    assert!(desk.reads("0:11:00"));
    desk.press("Stop");
    let last = desk.book();
    for _ in 0..4 {
        desk.press("Undo");
    }
    assert!(desk.book().is_empty());
    assert!(desk.harness.query_by_role_and_label(Role::Button, "Start").is_some());
    for _ in 0..4 {
        desk.press("Redo");
    }
    assert_eq!(desk.book(), last);
    let desk = desk.closed_and_opened_again();
    assert_eq!(desk.book(), last);
    assert!(desk.reads("Saved"));
}

#[test]
fn keys_do_what_the_buttons_do_and_letters_in_a_field_do_not() {
    let mut desk = Desk::empty(Look::default());
    desk.key(egui::Key::S);
    assert_eq!(desk.book().open_sessions().count(), 1);
    desk.key(egui::Key::Plus);
    desk.key(egui::Key::Plus);
    desk.pass(120);
    assert!(desk.reads("2 tasks · 1 m 00 s each"), "{:?}", desk.texts());
    desk.key(egui::Key::J);
    desk.type_text("x");
    desk.key(egui::Key::X);
    assert_eq!(desk.book().open_sessions().count(), 1, "the picker's filter has the keyboard");
    desk.key(egui::Key::Escape);
    desk.key(egui::Key::X);
    assert_eq!(desk.book().open_sessions().count(), 0);
    desk.key_with(egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(desk.book().open_sessions().count(), 1);
}

#[test]
fn a_start_can_be_moved_back() {
    let mut desk = Desk::empty(Look::default());
    desk.press("Began earlier");
    desk.harness.get_by_label("I began 10 min ago").click();
    desk.settle();
    assert!(desk.reads("0:10:00"), "{:?}", desk.texts());
    desk.press("Stop");
    desk.pass(1800);
    desk.press("Began earlier");
    desk.harness.get_by_label("Since the last one ended").click();
    desk.settle();
    assert!(desk.reads("0:30:00"), "{:?}", desk.texts());
}

#[test]
fn four_weeks_of_work_open_again_as_they_were() {
    let desk = Desk::filled(Look::default());
    assert!(desk.reads("0:42:17"), "{:?}", desk.texts());
    let book = desk.book();
    assert!(book.payouts().count() >= 4, "{}", book.payouts().count());
    let desk = desk.killed_and_opened_again();
    assert_eq!(desk.book(), book);
}

#[test]
fn a_timer_that_runs_without_a_project_is_named_and_keeps_its_time() {
    let mut desk = Desk::empty(Look::default());
    desk.press("Start");
    desk.pass(840);
    desk.key(egui::Key::J);
    desk.type_text("Aloe");
    assert!(desk.reads("Add a platform first…"), "{:?}", desk.texts());
    desk.key(egui::Key::Enter);
    desk.type_text("outl");
    desk.key(egui::Key::Enter);
    desk.key(egui::Key::Enter);
    desk.key(egui::Key::J);
    desk.type_text("Aloe $25");
    desk.key(egui::Key::Enter);
    let book = desk.book();
    assert_eq!(book.sessions().count(), 1);
    let session = book.open_sessions().next().expect("it runs on");
    assert!(session.project.is_some());
    assert!(desk.reads("0:14:00"), "{:?}", desk.texts());

    // The same name again is the same project.
    desk.press("Stop");
    desk.key(egui::Key::J);
    desk.type_text("Aloe on Outlier $25");
    assert!(desk.reads("“Aloe” on Outlier"), "{:?}", desk.texts());
    desk.key(egui::Key::Enter);
    assert_eq!(desk.book().projects().count(), 1);
    desk.press("Start");
    assert_eq!(desk.book().open_sessions().next().and_then(|session| session.project), session.project);
}

#[test]
fn a_double_click_on_start_counts_no_task() {
    let mut desk = Desk::empty(Look::default());
    desk.press("Start");
    desk.press("+1");
    assert_eq!(desk.book().sessions().next().and_then(|session| session.tasks), None);
    desk.pass(2);
    desk.press("+1");
    assert_eq!(desk.book().sessions().next().and_then(|session| session.units()), Some(Decimal::ONE));
}

#[test]
fn a_field_that_is_reached_by_key_is_replaced_by_what_is_typed() {
    let mut desk = Desk::empty(Look::default());
    desk.key(egui::Key::A);
    desk.type_text("9:00");
    assert!(desk.texts().iter().any(|text| text == "9:00"), "{:?}", desk.texts());
    desk.key(egui::Key::Tab);
    desk.type_text("9:45");
    desk.key(egui::Key::Enter);
    let book = desk.book();
    let session = book.sessions().next().expect("it was added");
    assert_eq!(session.own_secs(session.started_at), 45 * 60);
}
