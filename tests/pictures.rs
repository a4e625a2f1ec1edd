//! Pictures of the window: the four tabs light and dark, narrow and empty, and the screens that stand over them.
//!
//! A test binary of its own: it looks for a Vulkan adapter (Mesa's software one serves) and lists its tests as
//! ignored, with the reason, where there is none. `UPDATE_SNAPSHOTS=1 cargo test --test pictures` makes them anew; a
//! changed picture is looked at before it is accepted.

use std::path::Path;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::SnapshotOptions;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use libtest_mimic::{Arguments, Failed, Trial};
use truerate::domain::backup::Reason;
use truerate::domain::command::Command;
use truerate::domain::session::Session;
use truerate::domain::settings::Theme;
use truerate::ports::Disk as _;
use truerate::store::backup;
use truerate::ui::action::Tab;

#[path = "support/busy.rs"]
mod busy;
#[path = "support/desk.rs"]
#[expect(dead_code, reason = "the flows use the rest")]
mod desk;
#[path = "support/sample.rs"]
mod sample;
#[path = "support/three_ways.rs"]
mod three_ways;

use desk::{Desk, Look};

fn main() {
    let arguments = Arguments::from_args();
    let lacks = missing_adapter();
    let mut trials = Vec::new();
    let wide = Look { drawn: true, ..Look::default() };
    let narrow = Look { width: 900.0, height: 600.0, theme: Theme::Light, ..wide };
    let both = [(Theme::Light, "light"), (Theme::Dark, "dark")].map(|(theme, name)| (Look { theme, ..wide }, name));
    for tab in Tab::ALL {
        let name = tab.name().to_lowercase();
        let looks = both.into_iter().chain([(narrow, "narrow")]);
        trials.extend(
            looks.map(|(look, at)| picture(format!("{name}-{at}"), look, Desk::sample, move |desk| go(desk, tab))),
        );
        trials.push(picture(format!("{name}-empty"), narrow, Desk::empty, move |desk| go(desk, tab)));
    }
    for (look, at) in both.into_iter().chain([(narrow, "narrow")]) {
        trials.push(picture(format!("check-differs-{at}"), look, Desk::three_ways, |desk| check(desk, None)));
    }
    for (name, look, key) in
        [("waits", wide, Key::Num2), ("fits-narrow", narrow, Key::Num3), ("whose-narrow", narrow, Key::W)]
    {
        trials.push(picture(format!("check-{name}"), look, Desk::three_ways, move |desk| check(desk, Some(key))));
    }
    for (page, key) in [("forecast", Key::F), ("month", Key::M)] {
        for (look, at) in both.into_iter().chain([(narrow, "narrow")]) {
            trials.push(picture(format!("outlook-{page}-{at}"), look, Desk::sample, move |desk| {
                go(desk, Tab::Outlook);
                desk.key(key);
            }));
        }
    }
    for (name, look, agenda) in [
        ("payouts-busy", wide, false),
        ("payouts-busy-narrow", narrow, false),
        ("payouts-agenda", Look { theme: Theme::Light, ..wide }, true),
        ("payouts-agenda-narrow", Look { theme: Theme::Dark, ..narrow }, true),
    ] {
        trials.push(picture(name.to_owned(), look, Desk::busy, move |desk| {
            go(desk, Tab::Payouts);
            if agenda {
                desk.click(Role::Button, "Agenda");
            }
        }));
    }
    for (look, at) in both.into_iter().chain([(narrow, "narrow")]) {
        trials.push(picture(format!("first-start-{at}"), look, Desk::first_start, first_start));
        // As tall as the page, so that all of it is seen.
        let tall = if at == "narrow" { look } else { Look { height: 1_700.0, ..look } };
        trials.push(picture(format!("platform-page-{at}"), tall, Desk::filled, platform_page));
    }
    for (look, at) in both.into_iter().chain([(narrow, "narrow")]) {
        trials.push(picture(format!("add-platform-{at}"), look, Desk::empty, |desk| add_platform(desk, None)));
    }
    for (look, at) in both.into_iter().chain([(narrow, "narrow")]) {
        trials.push(picture(format!("access-ended-{at}"), look, Desk::sample, |desk| {
            go(desk, Tab::Outlook);
            desk.key(Key::D);
        }));
    }
    trials.push(picture("exposure-opened".to_owned(), wide, Desk::sample, |desk| {
        go(desk, Tab::Outlook);
        desk.key(Key::Enter);
    }));
    trials.push(picture("evidence-narrow".to_owned(), narrow, Desk::sample, |desk| {
        go(desk, Tab::Platforms);
        desk.key(Key::E);
    }));
    trials.extend(of_the_books(wide, narrow));
    trials.extend(of_trouble(wide, narrow));
    let light = Look { theme: Theme::Light, ..wide };
    for (name, look) in [("findings-light", light), ("findings-narrow", Look { theme: Theme::Dark, ..narrow })] {
        trials.push(picture(name.to_owned(), look, damaged, |desk| desk.wait_until_reads("No backup holds it whole")));
    }
    trials.push(picture("findings-marks".to_owned(), light, damaged, |desk| {
        desk.press("Go on without");
        go(desk, Tab::Rates);
    }));
    for (look, at) in both.into_iter().chain([(narrow, "narrow")]) {
        trials.push(picture(format!("backups-{at}"), look, Desk::sample, backups));
        trials.push(picture(format!("backup-restore-{at}"), look, Desk::sample, |desk| {
            lose_some(desk);
            desk.press("Restore…");
            desk.wait_until_reads("Sessions: ");
        }));
    }
    trials.push(picture("backup-looked-at-narrow".to_owned(), narrow, Desk::sample, |desk| {
        backups(desk);
        desk.press("Look at this backup");
        desk.wait_until_reads("look only");
    }));
    let form = |desk: &mut Desk| add_platform(desk, Some("dataannotation"));
    trials.push(picture("add-platform-form".to_owned(), wide, Desk::empty, form));
    trials.push(picture("settings-narrow".to_owned(), narrow, Desk::filled, |desk| {
        desk.press("Settings");
        desk.press("Look");
    }));
    trials.push(picture("settings-files".to_owned(), wide, Desk::filled, |desk| {
        desk.press("Settings");
        desk.press("Files");
    }));
    if let Some(reason) = &lacks {
        eprintln!("pictures are ignored: {reason}");
        trials = trials.into_iter().map(|trial| trial.with_kind("no Vulkan adapter").with_ignored_flag(true)).collect();
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// Banners of trouble with saving and of a power cut, and the dialog of a copy elsewhere.
fn of_trouble(wide: Look, narrow: Look) -> Vec<Trial> {
    let light = Look { theme: Theme::Light, ..wide };
    let dark_narrow = Look { theme: Theme::Dark, ..narrow };
    let full = |desk: &mut Desk| {
        desk.fails(std::io::ErrorKind::StorageFull);
        desk.press("+1");
        desk.wait_until(|desk| desk.reads("No space left"));
    };
    let gone = |desk: &mut Desk| {
        let removed = desk.disk.remove_folder(std::path::Path::new(desk::FOLDER));
        removed.expect("a disk in memory removes what it is told to");
        desk.press("+1");
        desk.wait_until(|desk| desk.reads("The folder of the book is gone"));
    };
    let slept = |desk: &mut Desk| {
        desk.clock.sleep(7_200);
        desk.wait_until(|desk| desk.reads("while the computer slept"));
    };
    let copy = |desk: &mut Desk| {
        desk.key_with(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, Key::S);
    };
    vec![
        picture("trouble-light".to_owned(), light, Desk::sample, full),
        picture("trouble-narrow".to_owned(), dark_narrow, Desk::sample, full),
        picture("trouble-gone".to_owned(), wide, Desk::sample, gone),
        picture("trouble-slept".to_owned(), wide, Desk::sample, slept),
        picture("trouble-slept-narrow".to_owned(), narrow, Desk::sample, slept),
        picture("save-copy-narrow".to_owned(), narrow, Desk::sample, copy),
    ]
}

/// What is owed, when it lands, and the dialogs about it, of the sample and of a busy month.
fn of_the_books(wide: Look, narrow: Look) -> Vec<Trial> {
    let light = Look { theme: Theme::Light, ..wide };
    let upwork = "Wed 11 Nov, Upwork, $220.73 landed";
    vec![
        picture("earnings-report".to_owned(), light, Desk::sample, |desk| {
            go(desk, Tab::Earnings);
            desk.key(Key::T);
            desk.key(Key::ArrowDown);
        }),
        picture("earnings-agreement".to_owned(), wide, Desk::sample, |desk| {
            go(desk, Tab::Earnings);
            desk.key(Key::G);
            desk.key(Key::ArrowDown);
        }),
        picture("earnings-busy-narrow".to_owned(), narrow, Desk::busy, |desk| go(desk, Tab::Earnings)),
        picture("exposure-busy".to_owned(), light, Desk::busy, |desk| go(desk, Tab::Outlook)),
        picture("earning-form".to_owned(), wide, Desk::sample, |desk| {
            go(desk, Tab::Earnings);
            desk.key(Key::E);
        }),
        picture("landed-less".to_owned(), light, Desk::sample, |desk| {
            go(desk, Tab::Payouts);
            desk.key(Key::L);
            desk.fill("Received", "150");
        }),
        picture("payout-figures".to_owned(), wide, Desk::sample, move |desk| {
            go(desk, Tab::Payouts);
            desk.press(upwork);
            desk.key(Key::F);
        }),
        picture("payout-chase-narrow".to_owned(), narrow, Desk::sample, |desk| {
            go(desk, Tab::Payouts);
            desk.key(Key::C);
        }),
        picture("rates-page-narrow".to_owned(), narrow, Desk::sample, |desk| {
            desk.press("Settings");
            desk.press("Exchange rates");
        }),
        picture("schedule-form".to_owned(), wide, Desk::sample, |desk| {
            platform_page(desk);
            desk.press("Edit schedule");
        }),
        picture("project-form-narrow".to_owned(), narrow, Desk::sample, |desk| desk.key(Key::B)),
        // As tall as the page: milestones, what changed, and routes compared.
        picture("platform-page-terms".to_owned(), Look { height: 1_800.0, ..light }, Desk::sample, |desk| {
            go(desk, Tab::Platforms);
            for _ in 0..5 {
                desk.key(Key::ArrowDown);
            }
            desk.key(Key::O);
        }),
        picture("needs".to_owned(), wide, Desk::sample, |desk| desk.key(Key::F2)),
        picture("import-light".to_owned(), light, Desk::filled, |desk| import(desk, OUTLIER, "Rows of the file")),
        picture("import-narrow".to_owned(), Look { theme: Theme::Dark, ..narrow }, Desk::filled, |desk| {
            import(desk, TOGGL, "Rows of the file");
        }),
        picture("import-question-narrow".to_owned(), narrow, Desk::empty, |desk| {
            import(desk, ASKS, "It holds for the whole file.");
        }),
        picture("import-mapper-light".to_owned(), light, Desk::filled, |desk| import(desk, BANK, "Read rows")),
        picture("import-mapper-narrow".to_owned(), Look { theme: Theme::Dark, ..narrow }, Desk::filled, |desk| {
            import(desk, WIDE, "Read rows");
        }),
        picture("import-place".to_owned(), wide, Desk::sample, |desk| {
            desk.key_with(egui::Modifiers::COMMAND, Key::I);
        }),
        picture("outside-narrow".to_owned(), narrow, Desk::sample, |desk| changed_elsewhere(desk, false)),
        picture("merge".to_owned(), wide, Desk::sample, compared),
        picture("merge-narrow".to_owned(), narrow, Desk::sample, compared),
    ]
}

/// The Check tab once everything is set beside each other, and then a key.
fn check(desk: &mut Desk, key: Option<Key>) {
    go(desk, Tab::Check);
    desk.wait_until_reads("Opened line");
    if let Some(key) = key {
        desk.key(key);
        desk.key(Key::ArrowDown);
    }
}

const OUTLIER: &str = include_str!("fixtures/import/outlier.csv");
const TOGGL: &str = include_str!("fixtures/import/toggl.csv");
/// A bank's table, as one is downloaded that no format is known for.
const BANK: &str = "Lantern Bank;;;;\nBuchungstag;Beguenstigter/Zahlungspflichtiger;Verwendungszweck;Betrag;Info\n\
    04.03.2026;Lantern Ltd;INV-7;90,00 €;Umsatz gebucht\n05.03.2026;Kite Cafe am langen Ende der Uferstraße;Kaffee und ein \
    Stück Kuchen;-4,20 €;Umsatz gebucht\n06.03.2026;Kite Cafe;;n. n.;Umsatz vorgemerkt\n07.03.2026;Ada Example;Umbuchung;\
    -20,00 €;Umsatz gebucht\n";
/// A table of many columns, whose days and amounts leave their order and mark open.
const WIDE: &str = "Date,Task,Reward,Currency,Status,Type,Requester,Country,Batch,Code\n\
    02/01/2026,Sort pictures,1.250,USD,in review,Task,Lantern Ltd,KE,B-1,C77\n\
    03/01/2026,Sort pictures,1.250,USD,paid,Tip,Lantern Ltd,KE,B-1,C78\n";
const ASKS: &str = include_str!("fixtures/import/ask-dates.csv");

/// The dialog of imports over a file, once this can be read.
fn import(desk: &mut Desk, text: &str, until: &str) {
    const FILE: &str = "/home/ada/Downloads/earnings-2026.csv";
    desk.disk.put(FILE, text);
    desk.key_with(egui::Modifiers::COMMAND, Key::I);
    desk.fill("File", FILE);
    desk.press("Read file");
    for _ in 0..500 {
        if desk.reads(until) {
            return;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(2));
        desk.settle();
    }
}

/// A picture of what is seen after some steps.
fn picture(name: String, look: Look, open: fn(Look) -> Desk, steps: impl FnOnce(&mut Desk) + Send + 'static) -> Trial {
    Trial::test(name.clone(), move || {
        let mut desk = open(look);
        desk.wait_until_saved();
        steps(&mut desk);
        desk.harness.remove_cursor();
        desk.settle();
        // Another driver rounds an edge otherwise here and there; a moved line is many more pixels.
        let options = SnapshotOptions::new().threshold(1.5).max_failed_pixels(40);
        desk.harness.try_snapshot_options(&name, &options).map_err(|error| Failed::from(error.to_string()))
    })
}

fn go(desk: &mut Desk, tab: Tab) {
    desk.click(Role::Button, tab.name());
}

/// Another device changed some records; where both did, one of them was deleted here.
fn changed_elsewhere(desk: &mut Desk, both: bool) {
    let book = desk.book();
    let mut sessions: Vec<_> = book.sessions().filter(|session| !session.is_open()).cloned().collect();
    sessions.sort_by_key(|session| (std::cmp::Reverse(session.started_at), session.id));
    let [first, second, third, fourth, fifth, ..] = sessions.as_slice() else { panic!("the sample has five sessions") };
    let noted = |session: &Session, note: &str| {
        let mut session = session.clone();
        note.clone_into(&mut session.seldom.note);
        Command::EditSession(Box::new(session))
    };
    let mut later = (**third).clone();
    later.ended_at = later.ended_at.map(|at| at + chrono::TimeDelta::minutes(25));
    later.credited_secs = Some(4_500);
    let project = book.projects().next().expect("a project");
    let mut renamed = (**project).clone();
    "Evaluation of long answers about nursing, third wave".clone_into(&mut renamed.name);
    let mut settings = (**book.settings()).clone();
    settings.scale_percent = 110;
    let mut commands = vec![
        noted(first, "The reviewer wrote that two of the answers have to be done once more by Thursday"),
        Command::EditSession(Box::new(later)),
        Command::DeleteSessions(vec![fourth.id, fifth.id]),
        Command::EditProject(Box::new(renamed)),
        Command::SetSettings(Box::new(settings)),
    ];
    if both {
        commands.push(noted(second, "from the phone"));
    }
    let files = desk.elsewhere(&commands);
    if both {
        desk.delete_session(second.id);
        desk.wait_until_saved();
    }
    desk.arrive(files);
    for _ in 0..2_000 {
        desk.harness.step();
        if desk.reads(if both { "Compare…" } else { "Take over" }) {
            break;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(2));
    }
    desk.settle();
}

/// What another device changed beside what is here.
fn compared(desk: &mut Desk) {
    changed_elsewhere(desk, true);
    desk.press("Compare…");
    for _ in 0..200 {
        desk.harness.step();
        std::thread::park_timeout(std::time::Duration::from_millis(2));
    }
}

/// The page of a platform.
fn platform_page(desk: &mut Desk) {
    go(desk, Tab::Platforms);
    desk.key(Key::ArrowDown);
    desk.key(Key::O);
}

/// The sheet of a first start, with what the picture of the design has in it.
fn first_start(desk: &mut Desk) {
    for platform in ["Outlier", "DataAnnotation", "Prolific"] {
        desk.click(Role::CheckBox, platform);
    }
    for (field, text) in [
        ("My rate, Outlier", "25"),
        ("Owed to me now, Outlier", "221.50"),
        ("Last payout, Outlier", "17 Nov 188.40"),
        ("My rate, DataAnnotation", "22"),
        ("Owed to me now, DataAnnotation", "96"),
        ("Last payout, DataAnnotation", "19 Nov 131"),
        ("Owed to me now, Prolific", "14.20"),
        ("Last payout, Prolific", "13 Nov 18.40"),
    ] {
        desk.fill(field, text);
    }
    desk.key(Key::Tab);
}

/// The dialog that adds a platform, seen from Kenya: the list, or the form of a platform.
fn add_platform(desk: &mut Desk, chosen: Option<&str>) {
    go(desk, Tab::Platforms);
    desk.key(Key::N);
    desk.click(Role::ComboBox, "Your country");
    desk.type_text("kenya");
    desk.key(Key::Enter);
    desk.press("Works in my country");
    if let Some(typed) = chosen {
        desk.fill("Find a platform", typed);
        desk.key(Key::Enter);
    }
    desk.wait_until_saved();
}

/// A book with a broken line, a month that is gone, and a backup that has one of the two.
fn damaged(look: Look) -> Desk {
    let desk = Desk::filled(look);
    let disk = desk.disk.clone();
    let at = |file: &str| Path::new(desk::FOLDER).join(file);
    desk.with_files_changed(move || {
        let (november, october) = (at("sessions/2026-11.ron"), at("money/2026-10.ron"));
        let bytes = disk.files().remove(&november).expect("November has a file");
        disk.put(at("backups/2026-11-22T090000Z-daily/sessions/2026-11.ron"), bytes.clone());
        let text = String::from_utf8(bytes).expect("text");
        disk.put(november, text.replacen("at:", "at=", 1).replacen("project:", "project;", 2));
        drop(disk.take(&october));
    })
}

/// Two weeks of backups, one made by hand; the newest but one is chosen.
fn backups(desk: &mut Desk) {
    let folder = std::path::Path::new(desk::FOLDER);
    for (day, reason) in [(8, Reason::Daily), (15, Reason::Daily), (16, Reason::BeforeImport), (16, Reason::Daily)]
        .into_iter()
        .chain((17..=20).map(|day| (day, Reason::Daily)))
        .chain([(20, Reason::ByHand), (21, Reason::Daily)])
    {
        let at = format!("2026-11-{day:02}T07:1{}:00Z", day % 10).parse().expect("an instant");
        desk.disk.put(folder.join("journal/notes.torn"), format!("// what was new on day {day}\n").repeat(80));
        backup::make(&desk.disk, folder, at, reason).expect("a disk in memory takes everything");
    }
    desk.disk.take(&folder.join("journal/notes.torn"));
    choose_backup(desk);
}

/// On the page of the backups, with one of them chosen.
fn choose_backup(desk: &mut Desk) {
    // By its key: where the window is narrow, what was just done stands in the button's place.
    desk.key_with(egui::Modifiers::COMMAND, Key::Comma);
    desk.press("Backups");
    desk.wait_until_reads("today");
    let row = desk
        .harness
        .query_all_by_role(Role::Row)
        .find(|row| row.accesskit_node().label().is_some_and(|name| name.starts_with("Backup of Sat 21 Nov")));
    row.expect("it is in the list").click();
    desk.settle();
}

/// Sessions are deleted after the backups were made, and one of those is chosen.
fn lose_some(desk: &mut Desk) {
    backups(desk);
    desk.key(Key::Escape);
    let book = desk.book();
    let ended = book.sessions().filter(|session| !session.is_open());
    desk.delete_session(ended.max_by_key(|session| session.started_at).expect("some have ended").id);
    desk.key(Key::Delete);
    choose_backup(desk);
}

/// Why no picture can be drawn here; `None` where a Vulkan adapter is at hand.
fn missing_adapter() -> Option<String> {
    let mut description = wgpu::InstanceDescriptor::new_without_display_handle();
    description.backends = wgpu::Backends::VULKAN;
    let instance = wgpu::Instance::new(description);
    let adapters = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::VULKAN));
    adapters.is_empty().then(|| "no Vulkan adapter; Debian has one in mesa-vulkan-drivers".to_owned())
}
