//! The main job, end to end: three platforms, a timer that survives its program, hours by hand, a payout that lands.

use std::path::Path;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use truerate::cli;
use truerate::domain::money::Currency;
use truerate::domain::query::calendar::Window;
use truerate::domain::session::SessionState;
use truerate::domain::settings::Settings;
use truerate::store;
use truerate::ui::view::lacking::Lacking;

use crate::desk::{Desk, FOLDER, Look, ZONE};

/// N, the start of its name, Enter, and what is offered is taken where asked for.
fn add_platform(desk: &mut Desk, typed: &str, take: bool) {
    desk.key(Key::N);
    desk.type_text(typed);
    desk.key(Key::Enter);
    if take {
        desk.key(Key::U);
    }
    desk.key(Key::Enter);
}

fn add_hours(desk: &mut Desk, activity: &str, day: &str, start: &str, length: &str) {
    desk.key(Key::A);
    desk.click(Role::ComboBox, "Activity of the session");
    desk.harness.get_by_role_and_label(Role::ListBoxOption, activity).click();
    desk.settle();
    desk.fill("Day", day);
    desk.fill("Start", start);
    desk.fill("Length", length);
    desk.key(Key::Enter);
}

/// What `truerate report …` prints over the files on the disk.
fn report(desk: &mut Desk, arguments: &str) -> String {
    desk.wait_until_saved();
    let words = format!("truerate report {arguments}");
    let arguments = cli::parse(words.split(' ').map(Into::into)).expect("good arguments");
    let Some(cli::Verb::Report(report)) = arguments.verb else { panic!("no report") };
    let mut out = Vec::new();
    let defaults = Settings::new(Currency::USD, ZONE);
    let loaded = store::open_read(&desk.disk, Path::new(FOLDER), defaults);
    cli::print_report(&loaded.book, &Lacking::default(), &report, desk.now(), &mut out).expect("a report");
    String::from_utf8(out).expect("text")
}

#[test]
fn click_start_see_when_the_money_lands_compare_what_an_hour_pays() {
    let mut desk = Desk::empty(Look::default());
    add_platform(&mut desk, "outl", true);
    add_platform(&mut desk, "data", false);
    add_platform(&mut desk, "prol", false);

    // A project made from the picker: one Enter, and it runs.
    desk.key(Key::J);
    desk.type_text("Aloe on Outlier $25");
    assert!(desk.reads("Create “Aloe” on Outlier, $25.00/h"), "{:?}", desk.texts());
    desk.key(Key::Enter);
    desk.pass(754);
    let mut desk = desk.killed_and_opened_again();
    assert!(desk.reads("0:12:34"), "{:?}", desk.texts());
    assert_eq!(desk.book().open_sessions().next().map(|session| session.state()), Some(SessionState::Running));
    desk.press("Stop");

    // The short session goes again; hours are entered by hand.
    let book = desk.book();
    let timed = book.sessions().next().expect("the timed session").id;
    add_hours(&mut desk, "Paid work", "19 Nov", "9:00", "6h 30m");
    add_hours(&mut desk, "Assessment", "20 Nov", "9:00", "3h");
    add_hours(&mut desk, "Searching", "20 Nov", "13:00", "1h 30m");
    assert_eq!(desk.book().sessions().count(), 4, "{:?}", desk.texts());
    desk.delete_session(timed);
    assert_eq!(desk.book().sessions().count(), 3);

    // Source of the figures: design.md, "Rate steps", check.
    desk.press("Rates");
    assert!(desk.reads("$14.77"), "{:?}", desk.texts());
    assert!(desk.reads("25.00"));
    desk.press("Platforms");
    assert!(desk.reads("$14.77"), "{:?}", desk.texts());
    let printed = report(&mut desk, "rates");
    let outlier = printed.lines().find(|line| line.starts_with("Outlier")).expect("a line of Outlier");
    assert!(outlier.contains("$25.00") && outlier.contains("$14.77") && outlier.contains("$162.50"), "{printed}");

    // Outlier's window with its reasons; it lands and leaves the open ones.
    desk.press("Payouts");
    assert!(desk.reads("Worked Tue 17 – Mon 23 Nov"), "{:?}", desk.texts());
    assert!(report(&mut desk, "payouts").contains("Worked Tue 17 – Mon 23 Nov"));
    let before = desk.book();
    desk.key(Key::L);
    assert!(desk.reads("Landed from Outlier"), "{:?}", desk.texts());
    desk.key(Key::Enter);
    assert_eq!(desk.book().payouts().count(), 1, "{:?}", desk.texts());
    assert!(desk.expected().iter().all(|expected| !matches!(expected.window, Window::Lands { .. })));
    assert!(report(&mut desk, "payouts").contains("landed"));

    // Every step undoes and redoes, and all is there after closing and opening.
    desk.press("Undo");
    assert_eq!(desk.book(), before);
    desk.press("Redo");
    let last = desk.book();
    let mut steps = 0;
    while desk.harness.state().engine().undoable().is_some() {
        desk.press("Undo");
        steps += 1;
    }
    assert!(desk.book().is_empty());
    for _ in 0..steps {
        desk.press("Redo");
    }
    assert_eq!(desk.book(), last);
    let desk = desk.closed_and_opened_again();
    assert_eq!(desk.book(), last);
    assert!(desk.reads("Saved"));
}

#[test]
fn work_of_the_other_platforms_says_from_when_it_can_be_drawn() {
    let mut desk = Desk::empty(Look::default());
    add_platform(&mut desk, "data", false);
    add_platform(&mut desk, "prol", false);
    desk.key(Key::J);
    desk.type_text("Lantern on Data $22");
    desk.key(Key::Enter);
    desk.pass(3600);
    desk.key(Key::J);
    desk.type_text("Reading on Prol 9/h");
    desk.key(Key::Enter);
    desk.pass(3600);
    desk.press("Stop");
    desk.press("Payouts");
    // Hourly reports can be drawn after 7 days; studies are approved by themselves on day 21 at the latest.
    // Source: platform facts, checked 2026-11-22.
    assert!(desk.reads("draw from Sun 29 Nov"), "{:?}", desk.texts());
    assert!(desk.reads("draw by Sun 13 Dec"), "{:?}", desk.texts());
    assert_eq!(desk.now().zone, ZONE);
}
