//! Files that another device or an editor changed while the window is open: told, compared, taken over or kept out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::book::Book;
use truerate::domain::command::Command;
use truerate::domain::ids::SessionId;
use truerate::domain::session::Session;
use truerate::ports::Saving;

use crate::desk::{Desk, FOLDER, Look};

const TITLE: &str = "Changed outside TrueRate";

fn at(file: &str) -> PathBuf {
    Path::new(FOLDER).join(file)
}

/// The newest sessions that have ended, newest first.
fn newest(book: &Book) -> Vec<Arc<Session>> {
    let mut ended: Vec<_> = book.sessions().filter(|session| !session.is_open()).cloned().collect();
    ended.sort_by_key(|session| (std::cmp::Reverse(session.started_at), session.id));
    ended
}

fn noted(session: &Session, note: &str) -> Command {
    let mut session = session.clone();
    note.clone_into(&mut session.seldom.note);
    Command::EditSession(Box::new(session))
}

fn note(desk: &Desk, id: SessionId) -> String {
    desk.book().session(id).map_or_else(|| "gone".to_owned(), |session| session.seldom.note.clone())
}

fn wait(desk: &mut Desk, until: impl Fn(&Desk) -> bool) {
    for _ in 0..2_000 {
        desk.harness.step();
        if until(desk) {
            desk.settle();
            return;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(2));
    }
    panic!("it never came: {:?}", desk.texts());
}

/// Waits for the line that says so, and for what is offered in it.
fn wait_for(desk: &mut Desk, text: &str) {
    wait(desk, |desk| desk.reads(text));
}

#[test]
fn what_another_device_did_is_taken_over_at_a_click_and_taken_back_at_another() {
    let mut desk = Desk::sample(Look::default());
    let [one, two, three] = newest(&desk.book()).first_chunk().expect("three sessions").clone();
    let files = desk.elsewhere(&[
        noted(&one, "from the phone"),
        noted(&two, "this too"),
        Command::DeleteSessions(vec![three.id]),
    ]);
    let before = desk.book();
    desk.arrive(files);
    wait_for(&mut desk, "Take over 3 changes from another device");
    assert!(desk.reads("Files changed outside TrueRate: "));
    assert!(desk.reads("Saved"), "the journal has what is ours");
    assert_eq!(desk.book(), before, "nothing is taken over by itself");
    desk.press("Take over 3 changes from another device");
    assert_eq!((note(&desk, one.id), note(&desk, two.id)), ("from the phone".into(), "this too".into()));
    assert_eq!(note(&desk, three.id), "gone");
    assert!(desk.reads("Took over 3 changes from another device"));
    wait(&mut desk, |desk| !desk.reads("Files changed outside"));
    let merged = desk.book();
    let mut desk = desk.closed_and_opened_again();
    assert_eq!(desk.book(), merged);
    assert!(!desk.reads("Files changed outside"), "{:?}", desk.texts());
    desk.press("Undo");
    assert_eq!(desk.book(), before);
    let desk = desk.closed_and_opened_again();
    assert_eq!(desk.book(), before, "what was taken back does not come again from their journal");
}

#[test]
fn what_both_changed_is_compared_field_by_field_and_chosen_by_row() {
    let mut desk = Desk::sample(Look::default());
    let [one, two, _] = newest(&desk.book()).first_chunk().expect("three sessions").clone();
    let files = desk.elsewhere(&[noted(&one, "theirs"), noted(&two, "only theirs")]);
    desk = desk.changed_elsewhere(&noted(&one, "ours"));
    let before = desk.book();
    desk.arrive(files);
    wait_for(&mut desk, "Compare…");
    assert!(
        desk.harness
            .query_all_by_role(Role::Button)
            .all(|button| { !button.accesskit_node().label().is_some_and(|name| name.starts_with("Take over")) }),
        "what clashes is not offered without a look"
    );
    wait(&mut desk, |desk| desk.harness.state().engine().saving() == Saving::Saved);
    desk.press("Compare…");
    wait_for(&mut desk, TITLE);
    assert!(desk.reads("Different: 2 sessions"), "{:?}", desk.texts());
    assert!(desk.reads("yours Note ours; theirs Note theirs"), "{:?}", desk.texts());
    // Chosen to begin with: the newer of the one that both changed, and what only they did.
    let row = |desk: &Desk, side: &str, note: &str| {
        let row = desk.harness.query_all_by_role(Role::Row).find(|row| {
            row.accesskit_node().label().is_some_and(|name| name.ends_with(&format!("theirs Note {note}")))
        });
        let name = row.expect("the row").accesskit_node().label().expect("a name");
        let called = name
            .split_once("Session ")
            .expect("a kind")
            .1
            .split_once(", changed on both sides: yours")
            .expect("sides")
            .0
            .to_owned();
        format!("{side}: {called}")
    };
    let ours = row(&desk, "Yours", "theirs");
    desk.press(&ours);
    desk.press("Take over 1 of 2 changes");
    assert_eq!((note(&desk, one.id), note(&desk, two.id)), ("ours".into(), "only theirs".into()));
    wait(&mut desk, |desk| !desk.reads("Files changed outside"));
    let merged = desk.book();
    assert!(desk.disk.files().keys().any(|path| path.starts_with(at("aside"))), "theirs are kept as they were");
    let mut desk = desk.closed_and_opened_again();
    assert_eq!(desk.book(), merged);
    desk.press("Undo");
    assert_eq!(desk.book(), before);
}

#[test]
fn a_file_changed_by_hand_is_told_and_can_be_kept_out() {
    let mut desk = Desk::sample(Look { width: 900.0, height: 600.0, ..Look::default() });
    let before = desk.book();
    let one = newest(&before).first().expect("a session").clone();
    let file = format!("sessions/{}.ron", one.started_at.format("%Y-%m"));
    let text = String::from_utf8(desk.disk.files()[&at(&file)].clone()).expect("text");
    // Its lines are in order of time: the last is the newest.
    let without: String = text.split_inclusive('\n').take(text.lines().count() - 1).collect();
    assert_ne!(text, without);
    desk.arrive(vec![(at(&file), without.clone().into_bytes())]);
    wait_for(&mut desk, "Take over 1 change made outside TrueRate");
    desk.press("Compare…");
    wait_for(&mut desk, TITLE);
    assert!(desk.reads(&format!("{file} was changed")));
    desk.key(egui::Key::Escape);
    assert!(desk.reads("Files changed outside TrueRate"), "nothing was decided");
    desk.press("Compare…");
    desk.press("All yours");
    desk.press("Keep yours");
    wait(&mut desk, |desk| !desk.reads("Files changed outside"));
    let desk = desk.closed_and_opened_again();
    assert_eq!(desk.book(), before);
    let kept = desk.disk.files().into_iter().filter(|(path, _)| path.starts_with(at("aside")));
    let kept: Vec<_> = kept.map(|(path, bytes)| (path, bytes == without.as_bytes())).collect();
    assert!(matches!(kept.as_slice(), [(_, true)]), "theirs, byte for byte: {kept:?}");
}

#[test]
fn a_file_that_is_gone_is_written_again_when_the_user_says_so() {
    let mut desk = Desk::sample(Look::default());
    let before = desk.book();
    let month = before.months().next().expect("a month").0;
    let file = format!("sessions/{month}.ron");
    desk.disk.take(&at(&file));
    desk.come_back();
    wait_for(&mut desk, &format!("Files gone from the folder: {file}"));
    desk.press("Compare…");
    wait_for(&mut desk, "Nothing in them differs from what you have");
    desk.press("Write again");
    wait(&mut desk, |desk| desk.disk.files().contains_key(&at(&file)));
    assert_eq!(desk.closed_and_opened_again().book(), before);
}

#[test]
fn a_file_that_was_only_copied_over_itself_is_not_worth_a_word() {
    let mut desk = Desk::sample(Look::default());
    let files = desk.disk.files().into_iter().filter(|(path, _)| path.extension().is_some_and(|kind| kind == "ron"));
    let files: Vec<_> = files.collect();
    // Another device only tidied: the same records under another header.
    let tidied = files.iter().map(|(path, bytes)| {
        (path.clone(), String::from_utf8_lossy(bytes).replacen("through: 1", "through: 2", 1).into_bytes())
    });
    let tidied: Vec<_> = tidied.collect();
    assert!(tidied.iter().zip(&files).any(|(one, other)| one != other), "headers name a sequence");
    desk.arrive(files);
    desk.arrive(tidied);
    for _ in 0..50 {
        desk.harness.step();
        std::thread::park_timeout(std::time::Duration::from_millis(2));
    }
    assert!(!desk.reads("Compare…"), "{:?}", desk.texts());
}

#[test]
fn a_line_that_an_editor_broke_is_written_again_where_that_is_wanted() {
    let mut desk = Desk::sample(Look::default());
    let before = desk.book();
    let file = at("sessions/2026-11.ron");
    let text = String::from_utf8(desk.disk.files()[&file].clone()).unwrap();
    let broken = text.lines().map(|line| if line.starts_with("(id:") { "garbage" } else { line });
    desk.disk.put(&file, broken.collect::<Vec<_>>().join("\n") + "\n");
    wait_for(&mut desk, "Compare…");
    desk.press("Compare…");
    wait_for(&mut desk, TITLE);
    assert!(desk.reads("This line can’t be read"), "{:?}", desk.texts());
    desk.press("Write mine again");
    wait(&mut desk, |desk| !desk.reads("Files changed outside"));
    let desk = desk.closed_and_opened_again();
    assert_eq!(desk.book(), before);
    assert!(!desk.reads("can’t be read"), "{:?}", desk.texts());
}
