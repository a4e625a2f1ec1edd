//! Trouble: a disk that takes nothing, a folder that is gone, a copy elsewhere, a power cut under a running timer.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use truerate::app::App;
use truerate::domain::book::Book;
use truerate::domain::history::Entry;
use truerate::domain::money::Currency;
use truerate::domain::settings::Settings;
use truerate::engine::Engine;
use truerate::ports::fake::{FakeClock, FakeIds};
use truerate::ports::{Disk as _, Journal, Progress};
use truerate::store;
use truerate::ui::theme::{self, ThemeChoice};

use crate::desk::{Desk, FOLDER, Look, ZONE};

fn says(desk: &Desk, words: &str) -> bool {
    desk.texts().iter().any(|text| text == words)
}

/// The Book of a folder, as another program reads it.
fn read(desk: &Desk, folder: &str) -> Book {
    let read = store::open_read(&desk.disk, Path::new(folder), Settings::new(Currency::USD, ZONE));
    assert_eq!(read.findings, []);
    read.book
}

#[test]
fn a_full_disk_is_told_until_it_is_mended_and_nothing_is_called_saved_meanwhile() {
    let mut desk = Desk::empty(Look::default());
    desk.fails(io::ErrorKind::StorageFull);
    desk.press("Start");
    desk.wait_until(|desk| desk.reads("No space left on the disk. 1 change is kept in memory and tried again."));
    assert!(says(&desk, "Not saved") && !says(&desk, "Saved"), "{:?}", desk.texts());
    desk.pass(3);
    desk.press("+1");
    desk.wait_until(|desk| desk.reads("2 changes are kept in memory and tried again."));
    desk.press("Try again now");
    assert!(desk.reads("No space left on the disk."), "it is still full: {:?}", desk.texts());
    desk.disk.set_fault(None);
    desk.press("Try again now");
    desk.wait_until(|desk| says(desk, "Saved"));
    assert!(says(&desk, "Saved again") && !desk.reads("No space left"), "{:?}", desk.texts());
    assert_eq!(read(&desk, FOLDER), desk.book());
}

#[test]
fn each_kind_of_trouble_has_its_words() {
    for (kind, words) in [
        (io::ErrorKind::ReadOnlyFilesystem, "The disk can only be read."),
        (io::ErrorKind::PermissionDenied, "The folder of the book may not be written."),
        (io::ErrorKind::QuotaExceeded, "All the space that you may use on this disk is used up."),
    ] {
        let mut desk = Desk::empty(Look::default());
        desk.fails(kind);
        desk.press("Start");
        desk.wait_until(|desk| desk.reads(words));
        assert!(desk.harness.query_by_role_and_label(Role::Button, "Make the folder again").is_none());
        desk.disk.set_fault(None);
        desk.press("Try again now");
        desk.wait_until(|desk| says(desk, "Saved"));
    }
}

#[test]
fn a_folder_that_was_removed_is_made_again_where_the_user_says_so() {
    let mut desk = Desk::filled(Look::default());
    desk.wait_until_saved();
    desk.disk.remove_folder(Path::new(FOLDER)).expect("a disk in memory removes what it is told to");
    desk.press("Stop");
    desk.wait_until(|desk| desk.reads("The folder of the book is gone: moved, deleted, or its disk was taken out."));
    desk.press("Try again now");
    assert!(desk.disk.files().is_empty(), "not unasked: {:?}", desk.disk.files().keys());
    desk.press("Make the folder again");
    desk.wait_until(|desk| says(desk, "Saved"));
    let book = desk.book();
    assert_eq!(read(&desk, FOLDER), book);
    let mut desk = desk.killed_and_opened_again();
    assert_eq!(desk.book(), book);
    desk.press("Undo");
    assert_eq!(desk.book().open_sessions().count(), 1, "the last change can be taken back");
}

#[test]
fn a_copy_elsewhere_is_written_while_the_disk_is_full_and_holds_what_is_not_saved() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put("/stick/photos/cat.jpg", "cat");
    desk.fails(io::ErrorKind::StorageFull);
    desk.press("Stop");
    desk.wait_until(|desk| desk.reads("No space left on the disk."));
    desk.press("Save a copy elsewhere…");
    assert!(desk.reads("/home/ada/Documents/truerate-copy-2026-11-22"), "{:?}", desk.texts());
    for (folder, reason) in
        [("stick", "whole path"), ("/stick/photos", "There is something there already; name a new folder")]
    {
        desk.fill("Folder", folder);
        desk.key(egui::Key::Enter);
        desk.wait_until(|desk| desk.reads(reason));
    }
    assert_eq!(desk.focused().as_deref(), Some("Folder"), "the next letters mend the place");
    desk.fill("Folder", "/stick/truerate");
    assert!(!desk.reads("There is something there already"), "{:?}", desk.texts());
    desk.press("Write the copy");
    desk.wait_until(|desk| desk.reads("The copy is written"));
    assert!(desk.reads("Open it with truerate --dir \"/stick/truerate\""), "{:?}", desk.texts());
    assert_eq!(read(&desk, "/stick/truerate"), desk.book());
    desk.press("Open folder");
    assert_eq!(desk.desktop.opened(), ["/stick/truerate"]);
    assert!(desk.reads("No space left on the disk."), "its own disk is still full: {:?}", desk.texts());
}

#[test]
fn a_copy_is_a_verb_of_the_palette_the_settings_and_a_key() {
    let mut desk = Desk::filled(Look::default());
    desk.key_with(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::S);
    assert!(desk.reads("The whole book as it is now"), "{:?}", desk.texts());
    desk.key(egui::Key::Escape);
    desk.key_with(egui::Modifiers::COMMAND, egui::Key::K);
    desk.type_text("save a copy");
    desk.key(egui::Key::Enter);
    assert!(desk.reads("The whole book as it is now"), "{:?}", desk.texts());
    desk.key(egui::Key::Escape);
    assert!(!desk.reads("The whole book as it is now"));
    desk.press("Settings");
    desk.press("Files");
    desk.press("Save a copy elsewhere…");
    assert!(desk.reads("The whole book as it is now"), "{:?}", desk.texts());
}

#[test]
fn closing_over_changes_that_are_not_saved_offers_a_copy() {
    let mut desk = Desk::empty(Look::default());
    desk.fails(io::ErrorKind::StorageFull);
    desk.press("Start");
    desk.wait_until(|desk| desk.reads("No space left on the disk."));
    assert!(!closes(&mut desk.harness));
    desk.settle();
    assert!(desk.reads("The last change is not on the disk. No space left on the disk."), "{:?}", desk.texts());
    let copies = desk.harness.query_all_by_role_and_label(Role::Button, "Save a copy elsewhere…");
    copies.last().expect("the dialog offers it").click();
    desk.settle();
    desk.fill("Folder", "/stick/truerate");
    desk.press("Write the copy");
    desk.wait_until(|desk| desk.reads("The copy is written"));
    assert_eq!(read(&desk, "/stick/truerate"), desk.book());
}

/// A disk that takes everything and acknowledges when it is told to.
#[derive(Clone, Default)]
struct Hangs(Arc<AtomicU64>);

impl Journal for Hangs {
    fn append(&mut self, _entry: &Arc<Entry>, _book: &Book) {}

    fn progress(&self) -> Progress {
        Progress { acknowledged: self.0.load(Ordering::Relaxed), ..Progress::default() }
    }

    fn checkpoint(&mut self, _book: &Book) {}

    fn close(&mut self) -> Result<(), String> {
        Ok(())
    }
}

/// A window over a disk that hangs, with two changes on their way: the first start is skipped, a timer started.
fn over_a_disk_that_hangs(disk: &Hangs, clock: &FakeClock) -> Harness<'static, App> {
    let settings = Settings::new(Currency::USD, ZONE);
    let engine = Engine::new(Book::new(settings), Vec::new(), 0, Box::new(disk.clone()), None);
    let app = App::new(engine, Arc::new(clock.clone()), Box::new(FakeIds::default()), Vec::new(), Vec::new());
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
        .build_eframe(move |_creation| app);
    harness.run_steps(3);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    harness.key_press(egui::Key::S);
    harness.run_steps(3);
    harness
}

/// The window is asked to close; whether it would.
fn closes(harness: &mut Harness<'static, App>) -> bool {
    let root = egui::ViewportId::ROOT;
    harness.input_mut().viewports.entry(root).or_default().events.push(egui::ViewportEvent::Close);
    harness.step();
    harness.input_mut().viewports.entry(root).or_default().events.clear();
    !commands(harness).contains(&egui::ViewportCommand::CancelClose)
}

fn commands(harness: &Harness<'static, App>) -> Vec<egui::ViewportCommand> {
    let output = harness.output().viewport_output.get(&egui::ViewportId::ROOT);
    output.map(|output| output.commands.clone()).unwrap_or_default()
}

#[test]
fn a_disk_that_hangs_is_told_and_no_frame_waits_for_it() {
    let (disk, clock) = (Hangs::default(), FakeClock::new("2026-11-22T11:38:00Z".parse().expect("an instant"), ZONE));
    let mut harness = over_a_disk_that_hangs(&disk, &clock);
    harness.get_by_label("Saving…");
    assert!(!closes(&mut harness), "the change is still on its way");
    clock.advance(6);
    harness.run_steps(3);
    harness.get_by_label("The disk is slow to answer. 2 changes wait in memory.");
    harness.get_by_role_and_label(Role::Button, "Close all the same");
    disk.0.store(2, Ordering::Relaxed);
    harness.run_steps(3);
    harness.get_by_label("Saved again");
    assert!(harness.query_by_role_and_label(Role::Button, "Close all the same").is_none());
    assert!(closes(&mut harness));
}

#[test]
fn a_window_that_is_closed_while_it_saves_closes_by_itself_once_that_is_done() {
    let (disk, clock) = (Hangs::default(), FakeClock::new("2026-11-22T11:38:00Z".parse().expect("an instant"), ZONE));
    let mut harness = over_a_disk_that_hangs(&disk, &clock);
    assert!(!closes(&mut harness));
    harness.step();
    assert!(!commands(&harness).contains(&egui::ViewportCommand::Close));
    disk.0.store(2, Ordering::Relaxed);
    harness.step();
    assert!(commands(&harness).contains(&egui::ViewportCommand::Close));
    assert!(closes(&mut harness));
}

/// A timer since 12:38, and a power cut at 13:38 for two hours and ten minutes.
fn after_a_power_cut() -> Desk {
    let mut desk = Desk::empty(Look::default());
    desk.press("Start");
    desk.pass(3600);
    let mut desk = desk.power_cut(7_800);
    desk.wait_until(|desk| {
        desk.reads(
            "The timer was running when the computer went off. Last sign at 13:38, the next at 15:48 (2 h 10 m).",
        )
    });
    desk
}

fn own_minutes(desk: &Desk) -> i64 {
    let book = desk.book();
    book.sessions().map(|session| session.own_secs(desk.now().at)).sum::<i64>() / 60
}

#[test]
fn each_answer_after_a_power_cut_is_a_change_with_undo() {
    for (answer, minutes, open) in
        [("End it at 13:38", 60, 0), ("It kept running", 190, 1), ("Pause for that time", 60, 1)]
    {
        let mut desk = after_a_power_cut();
        assert_eq!(own_minutes(&desk), 190, "until then the time counts as it stands");
        desk.press(answer);
        assert!(!desk.reads("Last sign at"), "{answer}: {:?}", desk.texts());
        assert_eq!((own_minutes(&desk), desk.book().open_sessions().count()), (minutes, open), "{answer}");
        desk.key_with(egui::Modifiers::COMMAND, egui::Key::Z);
        assert!(desk.reads("Last sign at 13:38"), "{answer}, taken back: {:?}", desk.texts());
        assert_eq!(own_minutes(&desk), 190, "{answer}, taken back");
        desk.key_with(egui::Modifiers::COMMAND, egui::Key::Y);
        assert!(!desk.reads("Last sign at"), "{answer}, done again");
        let mut desk = desk.closed_and_opened_again();
        desk.pass(61);
        assert!(!desk.reads("Last sign at"), "{answer}: {:?}", desk.texts());
    }
}

#[test]
fn a_time_of_ones_own_is_typed_in_the_session() {
    let mut desk = after_a_power_cut();
    desk.press("Choose a time…");
    desk.fill("End", "14:00");
    desk.press("Save");
    assert_eq!(own_minutes(&desk), 82);
    assert!(!desk.reads("Last sign at"), "{:?}", desk.texts());
}

#[test]
fn a_timer_that_was_stopped_without_an_answer_is_still_asked_about() {
    let mut desk = after_a_power_cut();
    desk.press("Stop");
    desk.press("End it at 13:38");
    assert_eq!(own_minutes(&desk), 60);
}

#[test]
fn a_window_that_was_closed_asks_nothing() {
    let mut desk = Desk::empty(Look::default());
    desk.press("Start");
    desk.pass(600);
    desk.wait_until_saved();
    let clock = desk.clock.clone();
    let mut desk = desk.with_files_changed(move || clock.advance(8 * 3600));
    desk.pass(61);
    assert!(!desk.reads("Last sign at"), "{:?}", desk.texts());
    assert_eq!(own_minutes(&desk), 8 * 60 + 11);
}

#[test]
fn a_computer_that_slept_is_asked_about_after_it_woke() {
    let mut desk = Desk::filled(Look::default());
    desk.wait_until_saved();
    desk.clock.sleep(7_200);
    desk.wait_until(|desk| desk.reads("was running while the computer slept, from 12:38 until 14:38 (2 h)."));
    desk.press("Pause for that time");
    assert!(desk.reads("Paused"), "{:?}", desk.texts());
    let book = desk.book();
    let session = book.open_sessions().next().expect("it runs on");
    assert_eq!(session.own_secs(desk.now().at), 42 * 60 + 17);
}
