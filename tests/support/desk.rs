//! A window over a disk in memory and a clock that is set by hand: what every flow works on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::app::App;
use truerate::app::open::{self, Ready};
use truerate::domain::book::Book;
use truerate::domain::change::Change;
use truerate::domain::command::Command;
use truerate::domain::ids::SessionId;
use truerate::domain::money::Currency;
use truerate::domain::query::calendar::{self, Expected};
use truerate::domain::session::{Session, SessionState};
use truerate::domain::settings::{Settings, Theme};
use truerate::domain::span::{Now, Timestamp, Zone};
use truerate::engine::Engine;
use truerate::ports::fake::{FakeBell, FakeClock, FakeDesktop, FakeIds, Fault, MemoryDisk, Operation};
use truerate::ports::{Clock as _, Saving};
use truerate::store::{self, catalogue};
use truerate::ui::theme::{self, ThemeChoice};

use crate::{busy, sample, three_ways};

/// Where the Book is kept.
pub const FOLDER: &str = "/book";
/// Sunday, 22 November 2026, 12:38 in Berlin.
const START: &str = "2026-11-22T11:38:00Z";
pub const ZONE: Zone = chrono_tz::Europe::Berlin;

/// How a window looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub width: f32,
    pub height: f32,
    pub theme: Theme,
    /// Drawn by a software Vulkan adapter, so that pictures can be taken.
    pub drawn: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 1280.0, height: 800.0, theme: Theme::Dark, drawn: false }
    }
}

impl Look {
    fn settings(self) -> Settings {
        Settings { theme: self.theme, ..Settings::new(Currency::USD, ZONE) }
    }
}

/// A user at a window.
pub struct Desk {
    pub harness: Harness<'static, App>,
    pub clock: FakeClock,
    pub disk: MemoryDisk,
    /// The user's own programs and files.
    pub desktop: FakeDesktop,
    /// Where others ring at the window.
    pub bell: FakeBell,
    look: Look,
}

fn clock() -> FakeClock {
    FakeClock::new(START.parse().expect("an instant"), ZONE)
}

/// Where the Book of a disk is.
fn site(disk: &MemoryDisk, clock: &FakeClock) -> store::Site {
    store::Site::new(Arc::new(disk.clone()), Arc::new(clock.clone()), Path::new(FOLDER))
}

impl Desk {
    /// An empty folder, with the sheet of a first start over the window.
    pub fn first_start(look: Look) -> Self {
        Self::over(MemoryDisk::new(), clock(), look)
    }

    /// An empty folder whose first start was skipped.
    pub fn empty(look: Look) -> Self {
        let mut desk = Self::first_start(look);
        desk.key(egui::Key::Escape);
        desk
    }

    /// Four weeks on four platforms, with a timer that runs.
    pub fn filled(look: Look) -> Self {
        Self::made(look, |engine, now| {
            let presets = catalogue::read().expect("the catalogue is whole");
            sample::fill(engine, &presets, ZONE, now);
            sample::start_timer(engine, ZONE, now);
        })
    }

    /// A month of forty payouts.
    pub fn busy(look: Look) -> Self {
        Self::made(look, |engine, now| busy::fill(engine, ZONE, now))
    }

    fn made(look: Look, fill: impl FnOnce(&mut Engine, Timestamp)) -> Self {
        let disk = MemoryDisk::new();
        let opened = store::open(site(&disk, &clock()), look.settings()).expect("a free folder opens");
        let mut engine = Engine::new(opened.book, Vec::new(), 0, Box::new(opened.journal), None);
        fill(&mut engine, START.parse().expect("an instant"));
        engine.close().expect("a disk in memory takes everything");
        drop(engine);
        Self::over(disk, clock(), look)
    }

    /// The sample that the program brings along, with a timer that runs.
    pub fn sample(look: Look) -> Self {
        Self::sample_with(look, |_| {})
    }

    /// The same with other settings.
    pub fn sample_with(look: Look, change: impl FnOnce(&mut Settings)) -> Self {
        let disk = MemoryDisk::new();
        let presets = catalogue::read().expect("the catalogue is whole");
        let now = Now { at: START.parse().expect("an instant"), zone: ZONE };
        let mut book = truerate::sample::book(&truerate::sample::Plan::to_look_at(now), &presets);
        let mut settings = Settings { theme: look.theme, ..(**book.settings()).clone() };
        change(&mut settings);
        book.apply(&Change::replace(book.settings(), settings));
        store::create(&disk, Path::new(FOLDER), &book).expect("a disk in memory takes everything");
        Self::over(disk, clock(), look)
    }

    /// A book in which platforms and accounts have told.
    pub fn three_ways(look: Look) -> Self {
        let disk = MemoryDisk::new();
        let book = three_ways::book(look.settings());
        store::create(&disk, Path::new(FOLDER), &book).expect("a disk in memory takes everything");
        Self::over(disk, clock(), look)
    }

    fn over(disk: MemoryDisk, clock: FakeClock, look: Look) -> Self {
        let mut desk = Self::opening(disk, clock, look);
        desk.wait_until_read();
        desk
    }

    /// A window as it opens: the newest months are there, older ones may still be on their way.
    pub fn opening(disk: MemoryDisk, clock: FakeClock, look: Look) -> Self {
        let site = site(&disk, &clock);
        let Ready { engine, findings, unread, rest, older } =
            open::open(&site, &look.settings()).expect("a folder opens");
        let next_id = engine.last_sequence() * 1_000;
        let presets = catalogue::read().expect("the catalogue is whole");
        let desktop = FakeDesktop::default();
        let bell = FakeBell::default();
        let app = App::new(engine, Arc::new(clock.clone()), Box::new(FakeIds::after(next_id)), presets, findings)
            .with_desktop(Box::new(desktop.clone()))
            .with_disk(Arc::new(disk.clone()))
            .kept_in(Path::new(FOLDER))
            .with_site(site.clone(), look.settings())
            .in_schema(older)
            .with_bell(Arc::new(bell.clone()), Path::new(FOLDER), Arc::new(|| {}));
        let app = match rest {
            Some(rest) => app.with_rest(rest, site, unread),
            None => app,
        };
        let app = app.with_first_frame();
        let choice = if look.theme == Theme::Light { ThemeChoice::Light } else { ThemeChoice::Dark };
        let builder = Harness::builder()
            .with_size(egui::vec2(look.width, look.height))
            .with_context_setup(move |ctx| theme::install(ctx, choice));
        let builder = if look.drawn { builder.wgpu() } else { builder };
        let mut harness = builder.build_eframe(move |_creation| app);
        harness.run_steps(3);
        Self { harness, clock, disk, desktop, bell, look }
    }

    /// Another size of the window.
    pub fn resize(&mut self, width: f32, height: f32) {
        self.harness.set_size(egui::vec2(width, height));
        self.settle();
    }

    /// Waits until every month is there.
    pub fn wait_until_read(&mut self) {
        for _ in 0..2_000 {
            if !self.harness.state().engine().is_opening() {
                self.settle();
                return;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(2));
            self.harness.step();
        }
        panic!("older months never came");
    }

    /// Waits until the files were read again.
    pub fn wait_until_read_again(&mut self) {
        for _ in 0..2_000 {
            self.harness.step();
            if !self.reads("Reading…") {
                self.settle();
                return;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(2));
        }
        panic!("the files were never read again");
    }

    /// Steps until something can be read.
    pub fn wait_until_reads(&mut self, text: &str) {
        for _ in 0..2_000 {
            if self.reads(text) {
                self.settle();
                return;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(2));
            self.harness.step();
        }
        panic!("never read {text:?}: {:?}", self.texts());
    }

    /// Waits until the last change is on the disk.
    pub fn wait_until_saved(&mut self) {
        for _ in 0..2_000 {
            if self.harness.state().engine().saving() == Saving::Saved {
                self.settle();
                return;
            }
            std::thread::yield_now();
            std::thread::park_timeout(std::time::Duration::from_millis(2));
        }
        panic!("never saved: {:?}", self.harness.state().engine().saving());
    }

    /// From here on nothing can be appended to the journal.
    pub fn fails(&self, kind: std::io::ErrorKind) {
        self.disk.set_fault(Some(Fault {
            operation: Operation::Append,
            path_contains: format!("{FOLDER}/journal"),
            kind,
            bytes_written: 7,
        }));
    }

    /// Waits until something holds; the test runner ends a test that waits for ever.
    pub fn wait_until(&mut self, holds: impl Fn(&Self) -> bool) {
        for _ in 0..2_000 {
            self.settle();
            if holds(self) {
                return;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(2));
        }
        panic!("it never came: {:?}", self.texts());
    }

    /// Waits until the heartbeat of a running timer is of this minute.
    fn wait_until_beaten(&mut self) {
        self.wait_until(|desk| {
            let runs = |session: &Session| session.state() == SessionState::Running;
            let bytes = desk.disk.files().remove(&Path::new(FOLDER).join("heartbeat")).unwrap_or_default();
            let text = String::from_utf8(bytes).unwrap_or_default();
            let at = text.split("at: \"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<Timestamp>().ok());
            !desk.book().open_sessions().any(|session| runs(session))
                || at.is_some_and(|at| (desk.now().at - at).num_seconds() < 60)
        });
    }

    /// The power fails and comes back after so many seconds; a new window is opened.
    pub fn power_cut(mut self, secs: i64) -> Self {
        self.wait_until_saved();
        self.wait_until_beaten();
        let disk = self.disk.after_power_cut();
        self.clock.advance(secs);
        self.clock.boot_again();
        Self::over(disk, self.clock.clone(), self.look)
    }

    /// The program is killed: nothing is closed, only what is on the disk remains. A new window is opened over it.
    pub fn killed_and_opened_again(mut self) -> Self {
        self.wait_until_saved();
        self.wait_until_beaten();
        let disk = self.disk.after_power_cut();
        Self::over(disk, self.clock.clone(), self.look)
    }

    /// The window is closed as it should be, and opened again.
    pub fn closed_and_opened_again(mut self) -> Self {
        self.wait_until_saved();
        let Self { harness, clock, disk, look, .. } = self;
        drop(harness);
        Self::over(disk, clock, look)
    }

    /// The window is closed, the files are changed, and it is opened again.
    pub fn with_files_changed(mut self, change: impl FnOnce()) -> Self {
        self.wait_until_saved();
        let Self { harness, clock, disk, look, .. } = self;
        drop(harness);
        change();
        Self::over(disk, clock, look)
    }

    /// The window is closed, a command is carried out without it (as the terminal does), and it is opened again.
    pub fn changed_elsewhere(self, command: &Command) -> Self {
        let (disk, look, now) = (self.disk.clone(), self.look, self.now());
        self.with_files_changed(move || {
            let opened = store::open(site(&disk, &clock()), look.settings()).expect("a free folder opens");
            let mut engine =
                Engine::new(opened.book, opened.entries, opened.last_sequence, Box::new(opened.journal), None);
            engine.dispatch(command, now).expect("nothing is refused");
            engine.close().expect("a disk in memory takes everything");
        })
    }

    /// What another device makes of the same files by these commands, a minute apart: those that differ then, its journal
    /// under its own name.
    pub fn elsewhere(&self, commands: &[Command]) -> Vec<(PathBuf, Vec<u8>)> {
        let before = self.disk.files();
        let disk = self.disk.after_power_cut();
        let opened = store::open(site(&disk, &self.clock), self.look.settings()).expect("it opens");
        let mut engine = Engine::new(opened.book, opened.entries, opened.last_sequence, Box::new(opened.journal), None);
        let mut now = self.now();
        for command in commands {
            now.at += chrono::TimeDelta::minutes(1);
            engine.dispatch(command, now).expect("nothing is refused");
        }
        engine.close().expect("a disk in memory takes everything");
        let changed = disk.files().into_iter().filter(|(path, bytes)| before.get(path) != Some(bytes));
        changed.map(|(path, bytes)| (path.to_string_lossy().replace("test-", "phone-").into(), bytes)).collect()
    }

    /// Files arrive in the folder, and the user comes back to the window.
    pub fn arrive(&mut self, files: Vec<(PathBuf, Vec<u8>)>) {
        for (path, bytes) in files {
            self.disk.put(path, bytes);
        }
        self.come_back();
    }

    /// The user looks at another window and comes back.
    pub fn come_back(&mut self) {
        for focused in [false, true] {
            self.harness.input_mut().focused = focused;
            self.settle();
        }
    }

    /// The Book as the window has it.
    pub fn book(&self) -> Book {
        self.harness.state().engine().book().clone()
    }

    /// The moment, and the zone of the user.
    pub fn now(&self) -> Now {
        self.clock.now()
    }

    /// The expected payouts.
    pub fn expected(&self) -> Vec<Expected> {
        calendar::calendar(&self.book(), self.now()).expected
    }

    /// Deletes a session by its row in the Sessions tab and the Delete key.
    pub fn delete_session(&mut self, id: SessionId) {
        let book = self.book();
        let session = book.session(id).expect("it is there");
        let from = session.started_at.with_timezone(&session.zone).format("%H:%M").to_string();
        self.press("Sessions");
        let row = self
            .harness
            .query_all_by_role(Role::Row)
            .find(|row| row.accesskit_node().label().is_some_and(|name| name.contains(&from)))
            .unwrap_or_else(|| panic!("no row with {from}: {:?}", self.texts()));
        row.click();
        self.settle();
        self.key(egui::Key::Delete);
    }

    /// Lets the window draw until it stands still (a running timer asks for a frame a second and no more).
    pub fn settle(&mut self) {
        self.harness.run_steps(6);
    }

    /// Lets seconds pass.
    pub fn pass(&mut self, secs: i64) {
        self.clock.advance(secs);
        self.settle();
    }

    /// Clicks what has this role and name.
    pub fn click(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.settle();
    }

    /// Clicks a button.
    pub fn press(&mut self, name: &str) {
        self.click(Role::Button, name);
    }

    /// Types into what has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// Presses a key.
    pub fn key(&mut self, key: egui::Key) {
        self.harness.key_press(key);
        self.settle();
    }

    /// Presses a key with Ctrl (Cmd on a Mac) or Alt.
    pub fn key_with(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Puts a text into the field of this name, in place of what stands there.
    pub fn fill(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).click();
        self.settle();
        self.key_with(egui::Modifiers::COMMAND, egui::Key::A);
        self.key(egui::Key::Backspace);
        self.type_text(text);
    }

    /// The name of what has the focus.
    pub fn focused(&self) -> Option<String> {
        let mut open = vec![self.harness.root()];
        while let Some(node) = open.pop() {
            if node.accesskit_node().is_focused() {
                return node.accesskit_node().label();
            }
            open.extend(node.children());
        }
        None
    }

    /// Whether a text can be read (as a label or a value) anywhere in the window.
    pub fn reads(&self, text: &str) -> bool {
        self.texts().iter().any(|shown| shown.contains(text))
    }

    /// All that a screen reader reads, in order.
    pub fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let mut open = vec![self.harness.root()];
        while let Some(node) = open.pop() {
            let accesskit = node.accesskit_node();
            texts.extend(accesskit.label());
            texts.extend(accesskit.value());
            let children: Vec<_> = node.children().collect();
            open.extend(children.into_iter().rev());
        }
        texts
    }
}
