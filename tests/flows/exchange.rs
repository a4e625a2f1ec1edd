//! Exchange: rates out of a file of the European Central Bank, a missing one from a payout, the calendar into a file; as a
//! user does it, and as the terminal does.

use std::path::Path;
use std::sync::Arc;

use egui::Key;
use truerate::cli;
use truerate::domain::command::Command;
use truerate::domain::money::{Currency, Money};
use truerate::domain::settings::Settings;
use truerate::ports::fake::{FakeBell, FakeClock, FakeIds, MemoryDisk};
use truerate::ports::{Clock, Disk};
use truerate::store;

use crate::desk::{Desk, FOLDER, Look};

const FILE: &str = "/home/ada/Downloads/eurofxref-hist.csv";
/// The shape of the bank's history file; the figures are of the test.
const RATES: &str = "Date,USD,JPY,BGN,GBP,\n\
    2026-11-20,1.1600,180.50,N/A,0.8700,\n\
    2026-11-19,1.1550,180.10,N/A,0.8690,\n\
    2020-01-02,1.1193,121.75,1.9558,0.8483,\n";

/// On the page of the exchange rates with the file's path typed and sent.
fn reading(desk: &mut Desk) {
    desk.key_with(egui::Modifiers::COMMAND, Key::Comma);
    desk.press("Exchange rates");
    desk.press("Import a rates file…");
    desk.fill("Rates file", FILE);
    desk.press("Read file");
}

#[test]
fn rates_come_out_of_a_downloaded_file_and_one_undo_takes_all_of_them_back() {
    let mut desk = Desk::filled(Look::default());
    desk.disk.put(FILE, RATES);
    let before = desk.book().rates().count();
    reading(&mut desk);
    desk.wait_until_reads("European Central Bank: Thu 2 Jan 2020 – Fri 20 Nov 2026, 10 rates");
    let taken = desk.texts().into_iter().find(|text| text.starts_with("Take ")).expect("something to take");
    desk.press(&taken);
    // A backup comes first.
    desk.wait_until_reads("Imported ");
    let count = |desk: &Desk| desk.book().rates().filter(|rate| rate.source == "European Central Bank").count();
    let of_the_bank = count(&desk);
    assert!(of_the_bank >= 2 && taken == format!("Take {of_the_bank} rates"), "{taken}: {of_the_bank}");
    desk.key(Key::Escape);
    desk.key_with(egui::Modifiers::COMMAND, Key::Z);
    assert_eq!((count(&desk), desk.book().rates().count()), (0, before));
    desk.key_with(egui::Modifiers::COMMAND, Key::Y);
    let again = desk.killed_and_opened_again();
    assert_eq!(count(&again), of_the_bank, "they are on the disk");
}

#[test]
fn a_broken_file_is_refused_with_its_line_and_a_missing_one_is_said() {
    let mut desk = Desk::filled(Look::default());
    reading(&mut desk);
    desk.wait_until_reads("There is no such file");
    desk.disk.put(FILE, RATES.replace("1.1550", "1.15S0"));
    desk.press("Read file");
    desk.wait_until_reads("Line 3: “1.15S0” is no rate of USD. Nothing was taken: download the file again");
    desk.disk.put(FILE, b"PK\x03\x04".to_vec());
    desk.press("Read file");
    desk.wait_until_reads("This zip can’t be read");
}

#[test]
fn the_calendar_is_written_beside_the_user_s_documents_and_a_second_time_in_its_place() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Payouts");
    desk.press("Export calendar…");
    let path = Path::new("/home/ada/Documents/truerate.ics");
    desk.press("Write");
    desk.wait_until_reads("There is no such folder");
    desk.disk.make_folder(Path::new("/home/ada/Documents")).expect("a disk in memory");
    desk.press("Write");
    desk.wait_until_reads("Calendar written");
    let events = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches("BEGIN:VEVENT").count();
    let first = desk.disk.read(path).expect("it was written");
    assert!(events(&first) > 3, "{}", String::from_utf8_lossy(&first));
    desk.press("Open folder");
    assert_eq!(desk.desktop.opened(), ["/home/ada/Documents"]);
    desk.pass(60);
    desk.key_with(egui::Modifiers::COMMAND, Key::E);
    desk.press("Write");
    desk.wait_until_reads("Calendar written");
    let second = desk.disk.read(path).expect("it was written");
    let uids = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    assert_ne!(first, second, "a minute later");
    assert_eq!(uids(&first), uids(&second), "the same names");
    let left = desk.disk.files().into_keys().filter(|path| path.to_string_lossy().ends_with(".tmp")).count();
    assert_eq!(left, 0);
}

#[test]
fn a_rate_that_no_table_has_comes_from_the_last_payout() {
    let mut desk = Desk::filled(Look::default());
    let shillings: Currency = "KES".parse().expect("a currency");
    let book = desk.book();
    let mut payout = (**book.payouts().find(|payout| payout.received.is_some()).expect("one has landed")).clone();
    payout.received = Some(Money::new(payout.gross.amount * rust_decimal::Decimal::from(130), shillings));
    let mut settings = (**book.settings()).clone();
    settings.home_currency = shillings;
    settings.floor = None;
    let together = Command::Together {
        words: "Move to Kenya".to_owned(),
        commands: vec![Command::SetPayout(Box::new(payout)), Command::SetSettings(Box::new(settings))],
    };
    desk = desk.changed_elsewhere(&together);
    desk.press("Rates");
    assert!(desk.reads("No rate from USD to KES"), "{:?}", desk.texts());
    let click = desk.texts().into_iter().find(|text| text.starts_with("Use my last payout’s rate, ")).expect("a click");
    desk.press(&click);
    assert!(!desk.reads("No rate from USD to KES"), "{:?}", desk.texts());
    assert!(desk.book().rates().any(|rate| rate.quote == shillings && rate.estimate));
}

fn run(arguments: &[&str], disk: &MemoryDisk, desk: &Desk) -> std::process::ExitCode {
    let words = std::iter::once("truerate").chain(arguments.iter().copied()).map(Into::into);
    let verb = cli::parse(words).expect("good arguments").verb.expect("a verb");
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let clock: Arc<dyn Clock> = Arc::new(FakeClock::new(desk.now().at, desk.now().zone));
    let defaults = Settings::new(Currency::USD, crate::desk::ZONE);
    let mut ids = FakeIds::after(900_000);
    cli::run(&verb, cli::Source::Named(Path::new(FOLDER)), &shared, &mut ids, defaults, &clock, &FakeBell::default())
}

#[test]
fn the_terminal_takes_rates_in_and_gives_the_calendar_out() {
    let mut desk = Desk::filled(Look::default());
    desk.wait_until_saved();
    let disk = desk.disk.clone();
    disk.put(FILE, RATES);
    let ok = format!("{:?}", std::process::ExitCode::SUCCESS);
    let status = |code: std::process::ExitCode| format!("{code:?}");
    let in_use = status(run(&["import", "rates", FILE], &disk, &desk));
    assert_eq!(in_use, status(cli::Status::NoFolder.into()), "a window has the book open, and is not to be found");
    // The window lets go of it; a folder can be read by two at once.
    let closed = disk.after_power_cut();
    closed.put(FILE, RATES);
    assert_eq!(status(run(&["import", "rates", FILE], &closed, &desk)), ok);
    let defaults = || Settings::new(Currency::USD, crate::desk::ZONE);
    let loaded = store::open_read(&closed, Path::new(FOLDER), defaults());
    let taken = loaded.book.rates().filter(|rate| rate.source == "European Central Bank").count();
    assert!(taken >= 2, "{taken}");
    assert_eq!(status(run(&["import", "rates", FILE, "--all"], &closed, &desk)), ok);
    let loaded = store::open_read(&closed, Path::new(FOLDER), defaults());
    let yen: Currency = "JPY".parse().expect("a currency");
    assert!(loaded.book.rates().any(|rate| rate.quote == yen));
    let bad = status(run(&["import", "rates", "/nowhere.csv"], &closed, &desk));
    assert_eq!(bad, status(cli::Status::NoInput.into()));
    assert_eq!(status(run(&["export", "ics", "--out", "/home/ada/pay.ics"], &closed, &desk)), ok);
    let text = closed.read(Path::new("/home/ada/pay.ics")).expect("it was written");
    assert!(text.starts_with(b"BEGIN:VCALENDAR\r\n"));
    assert_eq!(status(run(&["export", "timeclock", "--out", "/home/ada/time.timeclock"], &closed, &desk)), ok);
    let text = closed.read(Path::new("/home/ada/time.timeclock")).expect("it was written");
    assert!(text.starts_with(b"; times at UTC"));
    // What can't be read is told in the file, too: it is added up elsewhere.
    let torn = disk.after_power_cut();
    torn.put(Path::new(FOLDER).join("sessions/2026-10.ron"), "nonsense\n");
    assert_eq!(status(run(&["export", "timeclock", "--out", "/home/ada/time.timeclock"], &torn, &desk)), ok);
    let text = torn.read(Path::new("/home/ada/time.timeclock")).expect("it was written");
    let text = String::from_utf8(text).expect("text");
    assert!(text.starts_with("; without a part of October 2026\n; times at UTC"), "{text:.80}");
}
