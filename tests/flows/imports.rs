//! Imports: files of platforms, banks and trackers, looked at and taken in, in the window and by the terminal.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::cli;
use truerate::domain::book::Book;
use truerate::domain::money::Currency;
use truerate::domain::settings::Settings;
use truerate::ports::fake::{FakeBell, FakeIds, MemoryDisk};
use truerate::ports::{Chosen, Clock, Disk};
use truerate::store;

use crate::desk::{Desk, FOLDER, Look, ZONE};
use crate::two::{in_the_terminal, status};

const FILE: &str = "/home/ada/Downloads/earnings.csv";
const TOGGL: &str = "/home/ada/Downloads/toggl.csv";
const OUTLIER_TEXT: &str = include_str!("../fixtures/import/outlier.csv");
const TOGGL_TEXT: &str = include_str!("../fixtures/import/toggl.csv");
const ASKS_TEXT: &str = include_str!("../fixtures/import/ask-dates.csv");
const REFUSED_TEXT: &str = include_str!("../fixtures/import/refuse-prolific.csv");
/// What Outlier's file makes of an empty book: eight rows with money, of two projects.
const OUTCOME: &str = "8 earnings of $232.39, 1 new platform, 2 new projects";

/// Waits for a text that a thread brings.
fn wait_for(desk: &mut Desk, text: &str) {
    wait_until(desk, &format!("read “{text}”"), |desk| desk.reads(text));
    desk.settle();
}

/// The dialog with a file's place typed and sent.
fn reading(desk: &mut Desk, file: &str) {
    desk.key_with(Modifiers::COMMAND, Key::I);
    desk.fill("File", file);
    desk.press("Read file");
}

/// Waits until something holds that a thread brings about.
fn wait_until(desk: &mut Desk, what: &str, holds: impl Fn(&Desk) -> bool) {
    for _ in 0..1_000 {
        if holds(desk) {
            return;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(2));
        desk.harness.step();
    }
    panic!("never {what}: {:?}", desk.texts());
}

/// Imports what is looked at, which makes a backup first; until the Book has changed.
fn import(desk: &mut Desk) {
    wait_until(desk, "ready", |desk| can_press(desk, "Import"));
    let before = desk.book();
    desk.press("Import");
    wait_until(desk, "imported", |desk| desk.book() != before);
    desk.harness.step();
}

fn can_press(desk: &Desk, button: &str) -> bool {
    !desk.harness.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

/// Clicks a choice of an open list.
fn choose(desk: &mut Desk, picker: &str, choice: &str) {
    desk.click(Role::ComboBox, picker);
    let option = desk
        .harness
        .query_all_by_role(Role::ListBoxOption)
        .find(|option| option.accesskit_node().label().is_some_and(|name| name.starts_with(choice)))
        .unwrap_or_else(|| panic!("no choice {choice}: {:?}", desk.texts()));
    option.click();
    desk.settle();
}

/// Finds a choice of an open list by typing, as in a long one not all are drawn.
fn find(desk: &mut Desk, picker: &str, choice: &str) {
    desk.click(Role::ComboBox, picker);
    desk.harness.get_by_role_and_label(Role::TextInput, &format!("Find: {picker}")).type_text(choice);
    desk.settle();
    let options = desk.harness.query_all_by_role(Role::ListBoxOption);
    let labelled = |option: &egui_kittest::Node<'_>| option.accesskit_node().label().unwrap_or_default();
    let option = options.into_iter().find(|option| labelled(option).starts_with(choice));
    option.unwrap_or_else(|| panic!("no choice {choice}: {:?}", desk.texts())).click();
    desk.settle();
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("read by its path, beside the frame".to_owned())
    }
}

fn drop_files(desk: &mut Desk, files: &[&str]) {
    let dropped =
        files.iter().map(|file| Arc::new(Dropped((*file).into())) as Arc<dyn egui::DroppedFile + Send + Sync>);
    desk.harness.input_mut().dropped_files.extend(dropped);
    desk.settle();
}

#[test]
fn an_outlier_file_from_an_empty_book_to_earnings_and_one_undo_back() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(FILE, OUTLIER_TEXT);
    let before = desk.book();
    reading(&mut desk, FILE);
    wait_for(&mut desk, "Outlier earnings, 9 rows, Wed 4 – Mon 9 Mar, $232.39");
    assert!(desk.reads(OUTCOME), "{:?}", desk.texts());
    assert_eq!(desk.book(), before, "nothing is taken before it is asked for");
    desk.press("Left out 3");
    for reason in ["“29:18” is no length of time", "“3,0” is no amount", "Nothing: the trace of a correction"] {
        assert!(desk.reads(reason), "{reason}: {:?}", desk.texts());
    }
    desk.press("New 8");
    assert!(desk.reads("“in review” is no known state: it counts as pending"), "{:?}", desk.texts());
    import(&mut desk);
    let book = desk.book();
    assert_eq!((book.earnings().count(), book.platforms().count(), book.projects().count()), (8, 1, 2));
    assert!(desk.reads("Imported Outlier earnings"), "{:?}", desk.texts());
    assert!(!desk.reads("Rows of the file"), "the dialog is closed");
    desk.press("Undo: Imported Outlier earnings");
    assert_eq!(desk.book(), before);
    desk.key_with(Modifiers::COMMAND, Key::Y);
    let again = desk.killed_and_opened_again();
    assert_eq!(again.book(), book, "it is on the disk");
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(FILE, OUTLIER_TEXT);
    reading(&mut desk, FILE);
    wait_for(&mut desk, OUTCOME);
    import(&mut desk);
    let once = desk.book();
    reading(&mut desk, FILE);
    wait_for(&mut desk, "Nothing new");
    assert!(desk.reads("Known 8") && desk.reads("New 0"), "{:?}", desk.texts());
    assert!(!can_press(&desk, "Import"));
    desk.key(Key::Escape);
    assert_eq!(desk.book(), once);
}

#[test]
fn a_label_goes_to_a_project_that_is_there_and_another_platform_may_pay() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put(TOGGL, TOGGL_TEXT);
    let aloe = desk.book().projects().find(|project| project.name == "Aloe").expect("it is there").id;
    let of_aloe = |book: &Book| book.sessions().filter(|session| session.project == Some(aloe)).count();
    let before = of_aloe(&desk.book());
    reading(&mut desk, TOGGL);
    wait_for(&mut desk, "4 sessions of 4 h, 1 new platform, 1 new project");
    assert!(desk.reads("Not read, as nobody needs it: email, user"), "{:?}", desk.texts());
    choose(&mut desk, "Who pays", "Outlier");
    wait_for(&mut desk, "4 sessions of 4 h, 1 new project");
    choose(&mut desk, "Project for Lantern Ltd · Maps", "Outlier · Aloe");
    wait_for(&mut desk, "4 sessions of 4 h");
    let platforms = desk.book().platforms().count();
    import(&mut desk);
    assert_eq!(of_aloe(&desk.book()), before + 4);
    assert_eq!(desk.book().platforms().count(), platforms);
}

#[test]
fn a_look_alike_is_refused_with_its_reason_and_another_file_can_be_named() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(FILE, REFUSED_TEXT);
    reading(&mut desk, FILE);
    wait_for(&mut desk, "This is a researcher’s file: it holds other people’s submissions");
    desk.press("Another file…");
    desk.fill("File", "/none.csv");
    desk.press("Read file");
    wait_for(&mut desk, "There is no such file");
    desk.disk.put(FILE, OUTLIER_TEXT);
    desk.press("Another file…");
    desk.fill("File", FILE);
    desk.press("Read file");
    wait_for(&mut desk, OUTCOME);
}

#[test]
fn a_question_of_the_file_is_answered_and_can_be_answered_otherwise() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(FILE, ASKS_TEXT);
    reading(&mut desk, FILE);
    wait_for(&mut desk, "Does the day come first, or the month? The file says 02/01/2026");
    desk.press("The day comes first");
    wait_for(&mut desk, "PayPal activity, 1 row, Fri 2 Jan");
    choose(&mut desk, "Days of the file", "Month first");
    wait_for(&mut desk, "PayPal activity, 1 row, Sun 1 Feb");
    assert!(desk.reads("1 movement with"), "{:?}", desk.texts());
    assert!(!desk.reads("Who pays"), "an account's file is of nobody who pays");
    import(&mut desk);
    let book = desk.book();
    let movement = book.movements().next().unwrap();
    assert_eq!((movement.account.as_str(), book.movements().count(), book.earnings().count()), ("PayPal", 1, 0));
    desk.press("Undo");
    assert_eq!(desk.book().movements().count(), 0);
}

#[test]
fn files_that_are_dropped_are_looked_at_one_after_the_other() {
    let mut desk = Desk::first_start(Look::default());
    desk.disk.put(FILE, OUTLIER_TEXT);
    desk.disk.put(TOGGL, TOGGL_TEXT);
    drop_files(&mut desk, &["/none.csv", FILE, TOGGL]);
    wait_for(&mut desk, "There is no such file");
    assert!(desk.reads("Import: file 1 of 3") && desk.reads("2 files to come: earnings.csv, toggl.csv"));
    desk.press("Skip this file");
    wait_for(&mut desk, OUTCOME);
    import(&mut desk);
    wait_for(&mut desk, "4 sessions of 4 h, 1 new platform, 1 new project");
    assert!(desk.reads("Import: file 3 of 3"), "{:?}", desk.texts());
    import(&mut desk);
    let book = desk.book();
    assert_eq!((book.earnings().count(), book.sessions().count()), (8, 4));
}

#[test]
fn files_are_chosen_in_the_desktops_own_dialog_several_at_once() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(FILE, OUTLIER_TEXT);
    desk.disk.put(TOGGL, TOGGL_TEXT);
    desk.key_with(Modifiers::COMMAND, Key::I);
    // Closed without a file: as it was.
    desk.desktop.will_choose(Chosen::Nothing);
    desk.press("Choose files…");
    assert!(desk.reads("Or drop files here, or paste a table") && !desk.reads("is open"), "{:?}", desk.texts());
    // It stays open until somebody chooses; the window goes on meanwhile.
    desk.key_with(Modifiers::COMMAND, Key::O);
    assert!(desk.reads("The desktop’s own dialog is open"), "{:?}", desk.texts());
    desk.desktop.will_choose(Chosen::Files(vec![FILE.into(), TOGGL.into()]));
    desk.press("Choose files…");
    wait_for(&mut desk, OUTCOME);
    assert!(desk.reads("Import: file 1 of 2") && desk.reads("1 file to come: toggl.csv"), "{:?}", desk.texts());
    assert_eq!(desk.desktop.dialogs(), ["Choose files to import"; 3]);
}

#[test]
fn a_desktop_without_a_dialog_for_files_is_said_and_a_path_does_it() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(FILE, OUTLIER_TEXT);
    desk.desktop.will_choose(Chosen::NoDialog);
    // The key opens both.
    desk.key_with(Modifiers::COMMAND, Key::O);
    assert!(
        desk.reads("This desktop has no dialog for files: drop them on the window, or type the place of one"),
        "{:?}",
        desk.texts()
    );
    assert!(desk.harness.query_by_label("Choose files…").is_none(), "what can’t work is not offered");
    desk.fill("File", FILE);
    desk.press("Read file");
    wait_for(&mut desk, OUTCOME);
}

#[test]
fn files_that_are_chosen_after_the_import_was_closed_are_looked_at_all_the_same() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(FILE, OUTLIER_TEXT);
    desk.key_with(Modifiers::COMMAND, Key::O);
    desk.key(Key::Escape);
    assert!(!desk.reads("The desktop’s own dialog is open"));
    desk.desktop.will_choose(Chosen::Files(vec![FILE.into()]));
    truerate::ports::Desktop::choose_files(&desk.desktop, "as if the user chose now");
    wait_for(&mut desk, OUTCOME);
}

#[test]
fn what_is_done_while_an_import_is_on_its_way_stays() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(TOGGL, TOGGL_TEXT);
    reading(&mut desk, TOGGL);
    wait_for(&mut desk, "4 sessions of 4 h");
    wait_until(&mut desk, "ready", |desk| can_press(desk, "Import"));
    // The key comes with the first frame after the dialog; backup and plan take their time.
    desk.harness.get_by_role_and_label(Role::Button, "Import").click();
    while desk.reads("Rows of the file") {
        desk.harness.step();
    }
    desk.harness.key_press(Key::S);
    wait_until(&mut desk, "imported", |desk| desk.book().sessions().count() == 5);
    assert_eq!(desk.book().running_sessions().count(), 1, "the timer that was started meanwhile runs");
    let both = desk.book();
    assert_eq!(desk.killed_and_opened_again().book(), both);
}

#[test]
fn exchange_rates_are_taken_in_where_they_are_dropped_in_one_step_after_a_backup() {
    let mut desk = Desk::filled(Look::default());
    let rates = "Date,USD,JPY,BGN,GBP,\n2026-11-20,1.1600,180.50,N/A,0.8700,\n2026-11-19,1.1590,181.00,N/A,0.8710,\n";
    desk.disk.put("/home/ada/Downloads/eurofxref-hist.csv", rates);
    desk.disk.put(TOGGL, TOGGL_TEXT);
    let before = desk.book();
    drop_files(&mut desk, &["/home/ada/Downloads/eurofxref-hist.csv", TOGGL]);
    wait_for(&mut desk, "European Central Bank: Thu 19 Nov 2026 – Fri 20 Nov 2026, 6 rates of 2 days");
    assert!(desk.reads("eurofxref-hist.csv") && desk.reads("Import: file 1 of 2"), "{:?}", desk.texts());
    assert!(desk.reads("For this book: GBP and USD, Thu 19 – Fri 20 Nov: 4 new, 0 changed, 0 there already"));
    desk.click(Role::CheckBox, "All 3 currencies, not only those in use");
    assert!(desk.reads("6 rates"), "{:?}", desk.texts());
    desk.click(Role::CheckBox, "All 3 currencies, not only those in use");
    assert_eq!(desk.book(), before, "nothing is taken before it is asked for");
    import(&mut desk);
    let taken = desk.book();
    assert_eq!(taken.rates().count(), before.rates().count() + 4);
    assert!(desk.disk.files().keys().any(|path| path.starts_with(format!("{FOLDER}/backups"))), "a backup came first");
    // On to the next file.
    wait_for(&mut desk, "4 sessions of 4 h");
    desk.key(Key::Escape);
    // The same again, pasted: nothing of it is new.
    desk.key_with(Modifiers::COMMAND, Key::I);
    desk.harness.event(egui::Event::Paste(rates.to_owned()));
    wait_for(&mut desk, "0 new, 0 changed, 4 there already");
    assert!(!can_press(&desk, "Import"));
    // One that is damaged says where.
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::I);
    desk.harness.event(egui::Event::Paste(rates.replace("1.1590", "1,1590")));
    wait_for(&mut desk, "Line 3: ");
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
}

#[test]
fn what_the_user_wrote_down_is_doubtful_until_it_is_ticked() {
    let mut desk = Desk::filled(Look::default());
    // The hours of a session that is there, in a tracker's file.
    let book = desk.book();
    let session = book.sessions().find(|session| session.ended_at.is_some()).expect("there is work");
    let local = |at: truerate::domain::span::Timestamp| at.with_timezone(&ZONE).format("%Y-%m-%d,%H:%M:%S").to_string();
    let (from, until) = (local(session.started_at), local(session.ended_at.expect("it has ended")));
    let head = TOGGL_TEXT.lines().next().expect("a head");
    let text = format!("{head}\nAda,ada@example.com,Lantern Ltd,Maps,,Checking,Yes,{from},{until},00:45:00,,\n");
    desk.disk.put(TOGGL, text);
    let count = book.sessions().count();
    reading(&mut desk, TOGGL);
    wait_for(&mut desk, "Doubtful 1");
    assert!(desk.reads("has this time"), "{:?}", desk.texts());
    assert!(!can_press(&desk, "Import"));
    desk.click(Role::CheckBox, "Take line 2");
    wait_for(&mut desk, "1 session of");
    import(&mut desk);
    assert_eq!(desk.book().sessions().count(), count + 1);
}

/// A verb of the terminal over a disk of its own; its status.
fn terminal(disk: &MemoryDisk, desk: &Desk, arguments: &[&str]) -> String {
    let words = std::iter::once("truerate").chain(arguments.iter().copied()).map(Into::into);
    let verb = cli::parse(words).expect("good arguments").verb.expect("a verb");
    let (disk, clock): (Arc<dyn Disk>, Arc<dyn Clock>) = (Arc::new(disk.clone()), Arc::new(desk.clock.clone()));
    let defaults = Settings::new(Currency::USD, ZONE);
    let source = cli::Source::Named(Path::new(FOLDER));
    let bell = FakeBell::default();
    format!("{:?}", cli::run(&verb, source, &disk, &mut FakeIds::after(900_000), defaults, &clock, &bell))
}

fn on_disk(disk: &MemoryDisk) -> Book {
    store::open_read(disk, Path::new(FOLDER), Settings::new(Currency::USD, ZONE)).book
}

#[test]
fn the_terminal_looks_first_and_takes_what_can_be_read_whatever_else_fails() {
    let desk = Desk::empty(Look::default());
    let disk = MemoryDisk::new();
    for (file, text) in
        [(FILE, OUTLIER_TEXT), (TOGGL, TOGGL_TEXT), ("/asks.csv", ASKS_TEXT), ("/bad.csv", REFUSED_TEXT)]
    {
        disk.put(file, text);
    }
    let files = disk.files();
    let looked = terminal(&disk, &desk, &["import", FILE, TOGGL, "--dry-run", "--json"]);
    assert_eq!((looked, disk.files()), (status(ExitCode::SUCCESS), files), "nothing is written");
    let done = terminal(&disk, &desk, &["import", "/bad.csv", FILE, "/asks.csv", TOGGL, "/none.csv"]);
    assert_eq!(done, status(cli::Status::NoInput));
    let book = on_disk(&disk);
    assert_eq!((book.earnings().count(), book.sessions().count()), (8, 4), "the good ones are in");
    // A second time there is nothing to do.
    assert_eq!(terminal(&disk, &desk, &["import", FILE, TOGGL]), status(ExitCode::SUCCESS));
    assert_eq!(on_disk(&disk), book);
    assert_eq!(terminal(&disk, &desk, &["import"]), status(cli::Status::Usage));
    assert_eq!(terminal(&disk, &desk, &["import", "/asks.csv", "--dates", "day-first"]), status(ExitCode::SUCCESS));
}

#[test]
fn the_terminal_takes_a_file_into_the_open_window_and_one_undo_takes_it_back() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(TOGGL, TOGGL_TEXT);
    let before = desk.book();
    let arguments = ["import", TOGGL, "--platform", "Lantern", "--zone", "Europe/London"];
    assert_eq!(in_the_terminal(&mut desk, &arguments), status(ExitCode::SUCCESS));
    let book = desk.book();
    assert_eq!(book.sessions().count(), 4);
    assert!(book.platforms().any(|platform| platform.name == "Lantern"));
    let first = book.sessions().map(|session| session.started_at).min().expect("there is one");
    assert_eq!(first.to_rfc3339(), "2026-03-04T09:15:00+00:00", "as London's clocks said");
    assert!(desk.reads("From the terminal: imported Toggl"), "{:?}", desk.texts());
    desk.press("Undo: From the terminal: imported Toggl");
    assert_eq!(desk.book(), before);
}

const BANK: &str = "/home/ada/Downloads/umsaetze.csv";
const EARNED: &str = "/home/ada/Downloads/kite.csv";
const BANK_TEXT: &str = include_str!("../fixtures/import/ask-mapping.csv");
const EARNED_TEXT: &str = "Work day,Task,Reward,Status\n2026-03-04,Maps,$1.50,paid\n2026-03-05,Maps,$2.00,in review\n\
    2026-03-06,Kites,n.n.,paid\n";

#[test]
fn a_table_that_nobody_knows_is_mapped_once_imported_and_known_the_second_time() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(EARNED, EARNED_TEXT);
    drop_files(&mut desk, &[EARNED]);
    wait_for(&mut desk, "3 rows. No format is known for these columns: say what they are.");
    // What the words say is proposed, and how rows are read by it.
    assert!(desk.reads("Earnings"), "{:?}", desk.texts());
    assert!(desk.reads("“n.n.” is no amount"), "{:?}", desk.texts());
    find(&mut desk, "Column 4, Status: what it is", "Not read");
    find(&mut desk, "Column 4, Status: what it is", "State");
    choose(&mut desk, "States: what “in review” means", "Approved");
    desk.fill("Who pays, if one does", "Kite Work");
    desk.fill("Name of the mapping", "Kite earnings");
    desk.press("Read rows");
    wait_for(&mut desk, "2 earnings of $3.50, 1 new platform, 1 new project");
    assert!(desk.reads("Approved") && desk.reads("Left out 1"), "{:?}", desk.texts());
    // Something was wrong: back to the columns, where all stands as it was said.
    desk.press("Columns…");
    choose(&mut desk, "States: what “in review” means", "Pending");
    desk.press("Read rows");
    wait_for(&mut desk, "2 earnings of $3.50, 1 new platform, 1 new project");
    import(&mut desk);
    let book = desk.book();
    assert_eq!((book.earnings().count(), book.settings().mappings.len()), (2, 1));
    // A second time, under another name, with a row more: no question is asked.
    desk.disk.put(BANK, format!("{EARNED_TEXT}2026-03-07,Maps,$4.00,paid\n"));
    reading(&mut desk, BANK);
    wait_for(&mut desk, "1 earning of $4.00");
    assert!(desk.reads("Kite earnings, 3 rows") && desk.reads("Known 2"), "{:?}", desk.texts());
    import(&mut desk);
    let book = desk.book();
    assert_eq!(desk.killed_and_opened_again().book(), book, "the mapping is on the disk, too");
}

#[test]
fn an_unknown_bank_is_read_once_its_currency_is_said_and_undo_forgets_its_mapping() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(BANK, BANK_TEXT);
    let before = desk.book();
    reading(&mut desk, BANK);
    wait_for(&mut desk, "1 row. No format is known for these columns: say what they are.");
    assert!(desk.reads("nobody says in which currency it is"), "{:?}", desk.texts());
    find(&mut desk, "Currency of the table", "EUR");
    assert!(desk.reads("€90.00"), "{:?}", desk.texts());
    find(&mut desk, "Column 4, Betrag: what it is", "Not read");
    assert!(desk.reads("Say which column is the amount") && !can_press(&desk, "Read rows"), "{:?}", desk.texts());
    find(&mut desk, "Column 4, Betrag: what it is", "Amount");
    desk.press("Read rows");
    wait_for(&mut desk, "umsaetze, 1 row, Wed 4 Mar, €90.00");
    desk.key(Key::Escape);
    assert_eq!(desk.book().settings().mappings.len(), 1);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
}

#[test]
fn a_table_is_pasted_and_read_as_a_file_is() {
    let mut desk = Desk::empty(Look::default());
    desk.key_with(Modifiers::COMMAND, Key::I);
    let rows = EARNED_TEXT.replace(',', "\t");
    desk.harness.event(egui::Event::Paste(rows));
    wait_for(&mut desk, "3 rows. No format is known for these columns: say what they are.");
    assert!(desk.reads("Pasted table"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    // One line without tabs is the place of a file.
    desk.key_with(Modifiers::COMMAND, Key::I);
    desk.harness.event(egui::Event::Paste("/none.csv".to_owned()));
    desk.settle();
    desk.press("Read file");
    wait_for(&mut desk, "There is no such file");
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::I);
    desk.harness.event(egui::Event::Paste(OUTLIER_TEXT.to_owned()));
    wait_for(&mut desk, OUTCOME);
}

#[test]
fn the_terminal_reads_by_a_mapping_that_is_named_or_known() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(EARNED, EARNED_TEXT);
    assert_eq!(
        in_the_terminal(&mut desk, &["import", EARNED]),
        status(cli::Status::NoInput),
        "its columns are unknown"
    );
    reading(&mut desk, EARNED);
    wait_for(&mut desk, "say what they are.");
    desk.fill("Who pays, if one does", "Kite Work");
    desk.fill("Name of the mapping", "Kite earnings");
    desk.press("Read rows");
    wait_for(&mut desk, "2 earnings of $3.50");
    desk.key(Key::Escape);
    assert_eq!(in_the_terminal(&mut desk, &["import", EARNED]), status(ExitCode::SUCCESS));
    assert_eq!(desk.book().earnings().count(), 2);
    let named = ["import", EARNED, "--mapping", "kite EARNINGS"];
    assert_eq!(in_the_terminal(&mut desk, &named), status(ExitCode::SUCCESS));
    let unknown = ["import", EARNED, "--mapping", "nobody"];
    assert_eq!(in_the_terminal(&mut desk, &unknown), status(cli::Status::NoInput));
    assert_eq!(desk.book().earnings().count(), 2, "it is there already");
}

#[test]
fn what_a_column_is_can_be_dragged_onto_it() {
    let mut desk = Desk::empty(Look::default());
    desk.disk.put(BANK, BANK_TEXT);
    reading(&mut desk, BANK);
    wait_for(&mut desk, "say what they are.");
    let from = desk.harness.get_by_role_and_label(Role::Label, "Number").rect().center();
    let column = desk.harness.get_by_role_and_label(Role::ComboBox, "Column 5, Info: what it is").rect();
    let to = egui::pos2(column.center().x, column.bottom() + 20.0);
    desk.harness.drag_at(from);
    desk.harness.step();
    for part in [0.3, 0.7, 1.0] {
        desk.harness.hover_at(from + (to - from) * part);
        desk.harness.step();
    }
    desk.harness.drop_at(to);
    desk.settle();
    let picker = desk.harness.get_by_role_and_label(Role::ComboBox, "Column 5, Info: what it is");
    assert_eq!(picker.accesskit_node().value().as_deref(), Some("Number"));
}
