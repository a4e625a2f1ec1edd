//! Two programs on one book: a second start, and verbs of the terminal while the window is open.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use egui::{Key, Modifiers, UserAttentionType, ViewportCommand, ViewportId};
use truerate::cli;
use truerate::domain::backup::{Backup, Reason};
use truerate::domain::money::Currency;
use truerate::domain::query::intake::Extent;
use truerate::domain::settings::Settings;
use truerate::door::{Tried, carry_out, done, open_or_ring, prepare};
use truerate::engine::Engine;
use truerate::ports::door::{Answer, Call, Errand, NoAnswer, Outcome, Waiting};
use truerate::ports::fake::{FakeBell, FakeIds, Fault, MemoryDisk, Operation};
use truerate::ports::{Clock, Disk};
use truerate::store::{self, Site};

use crate::desk::{Desk, FOLDER, Look, ZONE};

const FILE: &str = "/home/ada/Downloads/eurofxref-hist.csv";
/// The shape of the bank's history file; the figures are of the test.
const RATES: &str = "Date,USD,JPY,BGN,GBP,\n\
    2026-11-20,1.1600,180.50,N/A,0.8700,\n\
    2026-11-19,1.1550,180.10,N/A,0.8690,\n";

fn errand(file: &str, extent: Extent) -> Errand {
    Errand::ImportRates { file: file.into(), named: file.to_owned(), extent }
}

fn leave(desk: &Desk, call: Call) -> Waiting {
    desk.bell.leave(Path::new(FOLDER), call).expect("the window has a door")
}

/// Lets the window's time stand still, however often it draws meanwhile: no message goes by itself. And on again.
fn hold_time(desk: &mut Desk, held: bool) {
    let time = desk.harness.ctx.input(|input| input.time);
    desk.harness.input_mut().time = held.then_some(time);
}

/// The answer, which comes while the window draws.
fn answered(desk: &mut Desk, waiting: &Waiting) -> Answer {
    hold_time(desk, true);
    let mut left = 2_000;
    let came = waiting.wait(Duration::from_millis(2), |_begun| {
        desk.harness.step();
        left -= 1;
        left > 0
    });
    hold_time(desk, false);
    desk.settle();
    came.expect("an answer")
}

fn taken(desk: &Desk) -> usize {
    desk.book().rates().filter(|rate| rate.source == "European Central Bank").count()
}

/// A verb of the terminal, in a thread as it is a program of its own, while the window draws; its status.
pub fn in_the_terminal(desk: &mut Desk, arguments: &[&str]) -> String {
    let words: Vec<_> = std::iter::once("truerate").chain(arguments.iter().copied()).map(Into::into).collect();
    let (disk, bell, clock) = (desk.disk.clone(), desk.bell.clone(), desk.clock.clone());
    let terminal = std::thread::Builder::new().name("terminal".to_owned());
    let terminal = terminal.spawn(move || {
        let verb = cli::parse(words).expect("good arguments").verb.expect("a verb");
        let (disk, clock): (Arc<dyn Disk>, Arc<dyn Clock>) = (Arc::new(disk), Arc::new(clock));
        let defaults = Settings::new(Currency::USD, ZONE);
        let source = cli::Source::Named(Path::new(FOLDER));
        format!("{:?}", cli::run(&verb, source, &disk, &mut FakeIds::after(900_000), defaults, &clock, &bell))
    });
    let terminal = terminal.expect("a thread");
    hold_time(desk, true);
    for _ in 0..5_000 {
        if terminal.is_finished() {
            break;
        }
        std::thread::park_timeout(Duration::from_millis(2));
        desk.harness.step();
    }
    hold_time(desk, false);
    desk.settle();
    terminal.join().expect("no panic")
}

pub fn status(code: impl Into<ExitCode>) -> String {
    format!("{:?}", code.into())
}

/// What the window asked of its desktop in the last step.
fn commands(desk: &Desk) -> Vec<ViewportCommand> {
    desk.harness
        .output()
        .viewport_output
        .get(&ViewportId::ROOT)
        .map(|output| output.commands.clone())
        .unwrap_or_default()
}

#[test]
fn a_second_start_brings_the_first_window_to_the_front() {
    let mut desk = Desk::filled(Look::default());
    let waiting = leave(&desk, Call::Raise);
    desk.harness.step();
    let asked = commands(&desk);
    assert!(asked.contains(&ViewportCommand::Focus), "{asked:?}");
    assert!(asked.contains(&ViewportCommand::Minimized(false)), "{asked:?}");
    let answer = answered(&mut desk, &waiting);
    assert_eq!(answer.lines, ["TrueRate is open already; its window was brought to the front"]);
    assert_eq!(answer.outcome, Outcome::Done);
}

#[test]
fn a_window_that_may_not_come_to_the_front_asks_for_attention_and_says_so() {
    let mut desk = Desk::filled(Look::default());
    desk.desktop.raise_nothing();
    let in_focus = |desk: &mut Desk, focused| {
        desk.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().focused = Some(focused);
    };
    in_focus(&mut desk, false);
    let waiting = leave(&desk, Call::Raise);
    desk.harness.step();
    let attention = ViewportCommand::RequestUserAttention(UserAttentionType::Informational);
    assert!(commands(&desk).contains(&attention), "{:?}", commands(&desk));
    assert!(answered(&mut desk, &waiting).lines[0].ends_with("look for it there"));
    // Once the user is there it is over.
    in_focus(&mut desk, true);
    desk.harness.step();
    assert_eq!(commands(&desk), [ViewportCommand::RequestUserAttention(UserAttentionType::Reset)]);
}

#[test]
fn a_second_start_that_nobody_answers_knows_why() {
    let desk = Desk::filled(Look::default());
    let start = |bell: &FakeBell| {
        let site = || Site::new(Arc::new(desk.disk.clone()), Arc::new(desk.clock.clone()), Path::new(FOLDER));
        let open = || store::open_newest_first(site(), Settings::new(Currency::USD, ZONE));
        open_or_ring(Path::new(FOLDER), &Call::Raise, bell, None, open)
    };
    assert!(matches!(start(&FakeBell::default()), Tried::Unanswered(NoAnswer::Nobody)));
    desk.bell.fall_silent();
    assert!(matches!(start(&desk.bell), Tried::Unanswered(NoAnswer::Silent)));
}

#[test]
fn the_terminal_takes_rates_into_the_open_window_and_one_undo_takes_them_back() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put(FILE, RATES);
    let before = desk.book();
    assert_eq!(in_the_terminal(&mut desk, &["import", "rates", FILE]), status(ExitCode::SUCCESS));
    let count = taken(&desk);
    assert!(count >= 2, "{count}");
    // It is on the disk, and told in the window.
    let on_disk = store::open_read(&desk.disk, Path::new(FOLDER), Settings::new(Currency::USD, ZONE));
    assert_eq!(on_disk.book, desk.book());
    let told = format!("From the terminal: imported {count} rates of the European Central Bank");
    assert!(desk.reads(&told), "{:?}", desk.texts());
    desk.press(&format!("Undo: {told}"));
    assert_eq!(desk.book(), before);
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(taken(&desk), count);
    // A second time there is nothing new, and nothing to undo.
    assert_eq!(in_the_terminal(&mut desk, &["import", "rates", FILE]), status(ExitCode::SUCCESS));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
    assert_eq!(in_the_terminal(&mut desk, &["import", "rates", "/none.csv"]), status(cli::Status::NoInput));
}

#[test]
fn the_window_answers_with_the_lines_that_the_terminal_prints_with_the_lock() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put(FILE, RATES);
    desk.wait_until_saved();
    let settings = Settings::new(Currency::USD, ZONE);
    for extent in [Extent::Used, Extent::All, Extent::All] {
        let apart = desk.disk.after_power_cut();
        let site = Site::new(Arc::new(apart.clone()), Arc::new(desk.clock.clone()), Path::new(FOLDER));
        let opened = store::open(site, settings.clone()).expect("a free folder opens");
        let mut engine = Engine::new(opened.book, opened.entries, opened.last_sequence, Box::new(opened.journal), None);
        let errand = errand(FILE, extent);
        let prepared = prepare(&errand, Path::new(FOLDER), &settings, &apart).expect("a good file");
        let (mut with_lock, words) = carry_out(&prepared, &mut engine, 900_000, desk.now());
        with_lock.lines.extend(words.map(|words| done(&words)));
        let waiting = leave(&desk, Call::Do(errand));
        assert_eq!(answered(&mut desk, &waiting), with_lock);
        desk.wait_until_saved();
    }
    let waiting = leave(&desk, Call::Do(errand("/none.csv", Extent::All)));
    let bad = answered(&mut desk, &waiting);
    let none = errand("/none.csv", Extent::All);
    assert_eq!(Some(bad), prepare(&none, Path::new(FOLDER), &settings, &desk.disk).err());
}

#[test]
fn what_the_user_does_while_it_is_planned_stays_and_it_is_planned_again() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put(FILE, RATES);
    let sessions = desk.book().sessions().count();
    let waiting = leave(&desk, Call::Do(errand(FILE, Extent::All)));
    hold_time(&mut desk, true);
    let (mut begun, mut left) = (0, 2_000);
    let came = waiting.wait(Duration::from_millis(2), |_begun| {
        // A timer starts and stops, frame by frame: the Book is another one each time that something was planned.
        let key = if desk.book().running_sessions().next().is_some() { Key::X } else { Key::S };
        begun += usize::from(key == Key::S);
        desk.harness.key_press(key);
        desk.harness.step();
        left -= 1;
        left > 0
    });
    hold_time(&mut desk, false);
    desk.settle();
    assert_eq!(came.expect("an answer").outcome, Outcome::Done);
    assert!(taken(&desk) > 0);
    assert_eq!(desk.book().sessions().count(), sessions + begun);
}

#[test]
fn the_terminal_restores_a_backup_into_the_open_window_and_one_undo_takes_that_back() {
    let mut desk = Desk::filled(Look::default());
    desk.wait_until_saved();
    assert_eq!(in_the_terminal(&mut desk, &["backup"]), status(ExitCode::SUCCESS));
    let backups = |desk: &Desk| store::backup::list(&desk.disk, Path::new(FOLDER)).expect("a disk in memory answers");
    let made = *backups(&desk).iter().find(|backup| backup.reason == Reason::ByHand).expect("it was made");
    let name = store::backup::name(made);
    let before = desk.book();
    let lost = before.sessions().filter(|session| !session.is_open()).last().expect("one has ended").id;
    desk.delete_session(lost);
    desk.wait_until_saved();
    let without = desk.book();
    assert!(without.session(lost).is_none());
    assert_eq!(in_the_terminal(&mut desk, &["restore", &name]), status(ExitCode::SUCCESS));
    assert_eq!(desk.book(), before);
    let on_disk = store::open_read(&desk.disk, Path::new(FOLDER), Settings::new(Currency::USD, ZONE));
    assert_eq!(on_disk.book, before);
    assert_eq!(backups(&desk).iter().filter(|backup| backup.reason == Reason::BeforeRestore).count(), 1);
    assert!(desk.reads("From the terminal: restored the backup of"), "{:?}", desk.texts());
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), without);
    for unknown in ["yesterday", "2020-01-01T000000Z-daily"] {
        assert_eq!(in_the_terminal(&mut desk, &["restore", unknown]), status(cli::Status::NoInput), "{unknown}");
    }
    // Where no backup of now can be made nothing is restored.
    desk.disk.set_fault(Some(Fault {
        operation: Operation::MakeFolder,
        path_contains: "backups".to_owned(),
        kind: std::io::ErrorKind::StorageFull,
        bytes_written: 0,
    }));
    desk.clock.advance(300);
    assert_eq!(in_the_terminal(&mut desk, &["restore", &name]), status(cli::Status::NoOutput));
    assert_eq!(desk.book(), without);
}

#[test]
fn what_comes_in_under_an_open_form_is_told_when_it_is_closed() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put(FILE, RATES);
    desk.key(Key::N);
    let form = desk.texts();
    let waiting = leave(&desk, Call::Do(errand(FILE, Extent::All)));
    assert_eq!(answered(&mut desk, &waiting).outcome, Outcome::Done);
    assert!(taken(&desk) > 0);
    assert!(form.iter().filter(|text| text.contains("Add session")).all(|text| desk.reads(text)), "the form stays");
    // Its ten seconds begin when the user can see it.
    desk.harness.run_steps(60);
    desk.key(Key::Escape);
    assert!(desk.reads("From the terminal: imported"), "{:?}", desk.texts());
}

#[test]
fn a_sample_that_is_looked_at_stays_and_the_own_book_takes_it() {
    let mut desk = Desk::first_start(Look::default());
    desk.disk.put(FILE, RATES);
    desk.press("Look around with a sample");
    let sample = desk.book();
    let waiting = leave(&desk, Call::Do(errand(FILE, Extent::All)));
    assert_eq!(answered(&mut desk, &waiting).outcome, Outcome::Done);
    assert_eq!(desk.book(), sample);
    assert!(desk.reads("From the terminal, into your own book: imported"), "{:?}", desk.texts());
    assert!(!desk.reads("Undo: From the terminal"), "undo here is of the sample");
    desk.press("Back to my book");
    assert!(taken(&desk) > 0);
}

#[test]
fn a_disk_that_is_full_is_told_in_the_terminal_too() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put(FILE, RATES);
    desk.wait_until_saved();
    desk.disk.set_fault(Some(Fault {
        operation: Operation::Append,
        path_contains: "journal".to_owned(),
        kind: std::io::ErrorKind::StorageFull,
        bytes_written: 3,
    }));
    assert_eq!(in_the_terminal(&mut desk, &["import", "rates", FILE]), status(cli::Status::NoOutput));
    assert!(taken(&desk) > 0, "the window keeps it");
    desk.disk.set_fault(None);
    desk.wait_until_saved();
}

#[test]
fn an_errand_waits_until_older_months_are_there() {
    let whole = Desk::sample(Look::default());
    let (disk, clock): (MemoryDisk, _) = (whole.disk.clone(), whole.clock.clone());
    drop(whole);
    disk.put(FILE, RATES);
    let mut desk = Desk::opening(disk, clock, Look::default());
    let waiting = leave(&desk, Call::Do(errand(FILE, Extent::All)));
    assert_eq!(answered(&mut desk, &waiting).outcome, Outcome::Done);
    assert!(!desk.harness.state().engine().is_opening());
    assert!(taken(&desk) > 0);
}

#[test]
fn a_caller_who_gave_up_is_not_served() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put(FILE, RATES);
    let waiting = leave(&desk, Call::Do(errand(FILE, Extent::All)));
    assert_eq!(waiting.wait(Duration::from_millis(1), |_begun| false), Err(NoAnswer::Late));
    for _ in 0..20 {
        std::thread::park_timeout(Duration::from_millis(2));
        desk.settle();
    }
    assert_eq!(taken(&desk), 0);
}

#[test]
fn a_backup_asked_for_in_the_terminal_is_made_by_the_window_that_has_the_book() {
    let mut desk = Desk::filled(Look::default());
    desk.wait_until_saved();
    assert_eq!(in_the_terminal(&mut desk, &["backup"]), status(ExitCode::SUCCESS));
    let made = store::backup::list(&desk.disk, Path::new(FOLDER)).expect("a disk in memory answers");
    let by_hand = |made: &&Backup| made.reason == Reason::ByHand;
    assert_eq!(made.iter().filter(by_hand).count(), 1);
    // What is taken in through the door has its backup too.
    desk.disk.put(FILE, RATES);
    assert_eq!(in_the_terminal(&mut desk, &["import", "rates", FILE]), status(ExitCode::SUCCESS));
    assert!(taken(&desk) > 0);
    let made = store::backup::list(&desk.disk, Path::new(FOLDER)).expect("a disk in memory answers");
    assert_eq!(made.iter().filter(|backup| backup.reason == Reason::BeforeImport).count(), 1);
}
