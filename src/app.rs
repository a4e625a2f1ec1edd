//! The window's program: takes input, draws, and turns actions into commands. No rules of its own.
//!
//! A frame has three beats: collect (keys, the clock, the figures), draw (screens push actions), apply (each action
//! becomes a command of the engine). Nothing is drawn in the first, nothing changes in the second.

mod backups;
mod carry;
mod choosing;
mod copy;
mod door;
mod engines;
mod evidence;
mod files;
mod findings;
mod jobs;
pub mod open;
mod outside;
mod reopen;
mod rest;
mod statements;
mod taking_in;
mod watch;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::preset::Preset;
use crate::domain::settings::{Settings, Theme};
use crate::domain::span::{DayRange, Month, Now, interval_of_days, user_day};
use crate::engine::Engine;
use crate::ports::door::Outcome;
use crate::ports::{Clock, Desktop, Disk, Ids, NoDesktop, Saving};
use crate::store::{self, Finding, Site};
use crate::ui::action::Action;
use crate::ui::cx::{Cx, Folder, Fresh};
use crate::ui::dialogs::{Dialog, FirstStartDialog, UnsavedDialog};
use crate::ui::theme::{self, ThemeChoice};
use crate::ui::verbs;
use crate::ui::view::lacking::Lacking;
use crate::ui::{Screens, Shown};

use backups::BackupWork;
use door::Visitors;
use engines::Engines;
use jobs::{Done, Jobs};
use outside::Outside;
use reopen::{Kept, Reopening};
use rest::{Reading, RestOfBook};
use watch::Watch;

/// Where the Book is kept, as it is shown, and why the desktop can't open it.
struct Place {
    dir: PathBuf,
    shown: String,
    cannot_open: Option<&'static str>,
}

/// The window's program.
pub struct App {
    engines: Engines,
    clock: Arc<dyn Clock>,
    ids: Box<dyn Ids>,
    presets: Vec<Preset>,
    desktop: Box<dyn Desktop>,
    screens: Screens,
    /// Files that are being read or written.
    jobs: Jobs,
    backups: BackupWork,
    /// How many commands are on their way that take something in.
    taking_in: usize,
    /// Who rings at the window.
    visitors: Visitors,
    /// Set by the system when the program is to end.
    ends: Arc<AtomicBool>,
    /// Older months that are still being read, and what is said of them.
    rest: Option<RestOfBook>,
    opening: Option<String>,
    /// What totals may lack: months whose files can't be read, or are still to be.
    lacking: Lacking,
    findings: Vec<Finding>,
    /// Where the Book is kept, so that it can be read again; `None` where it is in memory only.
    kept: Option<Kept>,
    reopening: Option<Reopening>,
    /// Files that others touched.
    outside: Outside,
    theme: Option<Theme>,
    watch: Watch,
    /// Set once the user closes the window although changes are not saved.
    closes_unsaved: bool,
    /// Set while a window that is to be closed waits for changes on their way to the disk.
    closes_when_saved: bool,
    place: Option<Place>,
    /// Set with the first frame: a Book that nothing was ever written into gets the sheet of a first start.
    started: bool,
    /// Whether a frame begins on a window that was cleared to the background.
    cleared: bool,
}

impl App {
    /// A window over an engine.
    ///
    /// `findings` are what loading found wrong: what asks for a choice is shown at once, the rest told in a line.
    #[must_use]
    pub fn new(
        engine: Engine,
        clock: Arc<dyn Clock>,
        ids: Box<dyn Ids>,
        presets: Vec<Preset>,
        findings: Vec<Finding>,
    ) -> Self {
        let found = findings::shown(&findings);
        Self {
            engines: Engines::of(engine),
            clock,
            ids,
            presets,
            desktop: Box::new(NoDesktop),
            lacking: findings::lacking(&found),
            screens: Screens::new(found),
            jobs: Jobs::new(None),
            backups: BackupWork::default(),
            taking_in: 0,
            visitors: Visitors::default(),
            ends: Arc::default(),
            rest: None,
            opening: None,
            findings,
            kept: None,
            reopening: None,
            outside: Outside::default(),
            theme: None,
            watch: Watch::default(),
            closes_unsaved: false,
            closes_when_saved: false,
            place: None,
            started: false,
            cleared: false,
        }
    }

    /// The same window over an engine of which these months are still to be read: that begins after the first frame.
    #[must_use]
    pub fn with_rest(mut self, rest: store::Rest, site: Site, unread: BTreeSet<Month>) -> Self {
        self.lacking.set_unread(unread);
        self.rest = Some(RestOfBook::new(rest, site));
        self
    }

    /// Says that files are in an older schema, where they are, and what becomes of them.
    #[must_use]
    pub fn in_schema(mut self, older: Option<u32>) -> Self {
        if let Some(schema) = older {
            self.screens.tell_of_files(findings::of_older_schema(schema));
        }
        self
    }

    /// With the place of the Book, whose files can be mended and read again from the window.
    #[must_use]
    pub fn with_site(mut self, site: Site, defaults: Settings) -> Self {
        self.kept = Some(Kept { site, defaults });
        self
    }

    /// With a desktop that opens addresses, files and folders, and knows which files are there.
    #[must_use]
    pub fn with_desktop(mut self, desktop: Box<dyn Desktop>) -> Self {
        self.desktop = desktop;
        self
    }

    /// With a disk for the files that the user names.
    #[must_use]
    pub fn with_disk(mut self, disk: Arc<dyn Disk>) -> Self {
        self.jobs = Jobs::new(Some(disk));
        self
    }

    /// With a flag that is set when the system asks the program to end.
    #[must_use]
    pub fn ending_with(mut self, ends: Arc<AtomicBool>) -> Self {
        self.ends = ends;
        self
    }

    /// Says where the Book is kept, for a user who wants to look at its files. After [`App::with_desktop`].
    #[must_use]
    pub fn kept_in(mut self, folder: &Path) -> Self {
        let shown = folder.display().to_string();
        self.place = Some(Place { dir: folder.to_owned(), shown, cannot_open: self.desktop.cannot_open() });
        self
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engines.shown
    }

    /// Makes what the first frame shows, for the thread that opens the Book: the frame then only draws it.
    #[must_use]
    pub fn with_first_frame(mut self) -> Self {
        let now = self.now();
        let figures = self.engines.shown.figures(now);
        let fresh = Fresh::new(self.ids.as_mut());
        let cx = Cx::of(self.engines.shown.book(), &figures, now, &self.presets, &self.lacking, &fresh);
        self.screens.prepare(&cx, self.rest.is_some());
        self
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let now = self.now();
        self.follow_settings(ui.ctx());
        self.look_for_rest(ui.ctx(), now);
        self.look_for_reopening(ui.ctx(), now);
        self.look_for_jobs(ui.ctx(), now);
        self.look_for_chosen();
        self.look_for_backups(ui.ctx(), now);
        self.look_outside(ui.ctx(), now);
        self.tell_news(ui.input(|input| input.time));
        let mut actions = Vec::new();
        let figures = self.engines.shown.figures(now);
        self.screens.platforms.know_files(self.desktop.seen());
        // A sample has nothing to lose; what waits behind it may.
        let own_saving = self.watch_saving(ui.ctx(), now);
        let saving = if self.engines.shows_another() { self.engines.shown.saving() } else { own_saving.clone() };
        let silences = if self.engines.shows_another() { Arc::default() } else { self.engines.shown.silences() };
        let reopening = self.reopening.is_some() && !self.engines.shows_another();
        self.ask_before_closing(ui.ctx(), &own_saving);
        {
            let fresh = Fresh::new(self.ids.as_mut());
            let nothing_lacks = Lacking::default();
            let lacking = if self.engines.shows_another() { &nothing_lacks } else { &self.lacking };
            let cx = Cx {
                refused: self.screens.refused.clone(),
                read_only: self.engines.shown.read_only().is_some(),
                sample_offered: !self.engines.shows_another() && saving != Saving::Sample,
                folder: self.place.as_ref().filter(|_| !self.engines.shows_another()).map(|place| Folder {
                    path: &place.shown,
                    cannot_open: place.cannot_open,
                    found: self.screens.findings().len(),
                    reads_again: self.kept.is_some() && self.reopening.is_none(),
                }),
                ..Cx::of(self.engines.shown.book(), &figures, now, &self.presets, lacking, &fresh)
            };
            let untouched = self.engines.shown.is_untouched() && self.screens.findings().is_empty();
            if !std::mem::replace(&mut self.started, true) && untouched && !cx.read_only {
                self.screens.open(Dialog::FirstStart(FirstStartDialog::new(&cx)));
            }
            let shown = Shown {
                saving: &saving,
                trouble: if let Saving::Failing(failing) = &own_saving { Some(failing) } else { None },
                silences: &silences,
                undoable: self.engines.shown.undoable(),
                redoable: self.engines.shown.redoable(),
                own_book_waits: self.engines.shows_another(),
                looks_at: self.backups.looks_at(),
                opening: self.opening.as_deref().filter(|_| self.engines.shown.is_opening() || reopening),
                outside: self.outside.strip().filter(|_| !self.engines.shows_another()),
                cleared: self.cleared,
            };
            if self.screens.dialog.is_none() {
                self.screens.collect(ui.ctx(), &cx, &shown, &mut actions);
            }
            self.screens.ui(ui, &cx, &shown, &mut actions);
        }
        if !self.engines.shows_another() && self.screens.shows_findings(self.engines.shown.book()) {
            self.show_findings(ui.ctx(), Vec::new());
        }
        if let Some(verb) = verbs::unanswered(ui.ctx()) {
            actions.push(Action::Say(format!("Not possible now: {}", verb.words().name)));
        }
        // Nobody else holds the figures when they follow what is done: they need not be copied.
        drop(figures);
        for action in actions {
            self.carry_out(ui.ctx(), action, now);
        }
        self.ask_for_repaint(ui.ctx(), &own_saving, now);
    }

    /// The state of saving of the user's own Book; says when trouble is over.
    fn watch_saving(&mut self, ctx: &egui::Context, now: Now) -> Saving {
        let own = self.engines.own_mut();
        self.watch.wake(own, now.at);
        let saving = self.watch.saving(own, now.at);
        if self.watch.is_mended(&saving) {
            self.screens.say("Saved again".to_owned(), ctx.input(|input| input.time));
            if matches!(self.screens.dialog, Some(Dialog::Unsaved(_))) {
                self.screens.close_dialog();
            }
        }
        saving
    }

    fn now(&self) -> Now {
        // The user's zone, not the machine's: a day is the user's day wherever the machine thinks it is.
        Now { zone: self.engines.shown.book().settings().zone, ..self.clock.now() }
    }

    fn look_for_rest(&mut self, ctx: &egui::Context, now: Now) {
        let Some(rest) = &mut self.rest else {
            return;
        };
        // The first frame is on the screen before anything competes with it.
        if ctx.cumulative_frame_nr() == 0 {
            ctx.request_repaint();
        }
        match rest.look(ctx.cumulative_frame_nr() > 0) {
            Reading::Under(year) => {
                let what = year.map_or_else(|| "older months".to_owned(), |year| year.to_string());
                self.opening = Some(format!("Reading {what} … totals are not complete"));
                // Now and then: what draws takes the time of what reads.
                ctx.request_repaint_after(std::time::Duration::from_millis(500));
            }
            Reading::Done(arrived) => {
                // Its arrival is no change: it has no undo.
                self.engines.own_mut().arrive(arrived.whole, now);
                self.take_findings(&arrived.findings);
                (self.rest, self.opening) = (None, None);
            }
            Reading::Lost => {
                self.screens.notice =
                    Some("Older months could not be read: close TrueRate and open it again".to_owned());
                self.opening = Some("Older months are not read: totals are not complete".to_owned());
                self.rest = None;
            }
        }
    }

    /// Takes up what came of files that were read or written. Where nobody waits for it any more it is said, or dropped.
    fn look_for_jobs(&mut self, ctx: &egui::Context, now: Now) {
        while let Some(done) = self.jobs.look() {
            match (done, &mut self.screens.dialog) {
                (Done::Rates(path, read), Some(Dialog::Settings(dialog))) => dialog.rates_read(&path, read),
                (Done::Excerpts(excerpts), Some(Dialog::Findings(dialog))) => {
                    dialog.looked_up(&findings::looked_up(excerpts, self.engines.shown.book(), now));
                }
                (Done::Statement(going, read), Some(Dialog::Import(dialog))) => dialog.read(&going, read),
                (Done::Weighed(going, looked), Some(Dialog::Import(dialog))) => dialog.weighed(&going, *looked),
                (Done::Prepared(taking, outcome), _) => self.prepared(ctx, taking, outcome, now),
                (Done::Rates(..) | Done::Excerpts(_) | Done::Statement(..) | Done::Weighed(..), _) => {}
                (Done::Calendar(path, written), Some(Dialog::ExportCalendar(dialog))) => dialog.written(path, written),
                (Done::Calendar(path, Ok(_)), _) => {
                    self.screens.say(format!("Calendar written: {}", path.display()), ctx.input(|input| input.time));
                }
                (Done::Calendar(_, Err(why)), _) => self.screens.notice = Some(format!("Calendar not written: {why}")),
                (Done::Page(path, Ok(())), dialog) => {
                    if matches!(dialog, Some(Dialog::Proof(_))) {
                        self.screens.close_dialog();
                    }
                    self.screens.say(format!("Saved: {}", path.display()), ctx.input(|input| input.time));
                    if let Err(why) = self.desktop.open(&path.to_string_lossy()) {
                        self.screens.notice = Some(format!("It was saved. {why}: {}", path.display()));
                    }
                }
                (Done::Backups(known), _) => self.backups_listed(known),
                (Done::Beside(stamp, checked), _) => self.screens.check.checked(stamp, checked.map(|checked| *checked)),
                (Done::Looked(backup, read), _) => self.backup_looked_at(backup, read, now),
                (Done::Compared(backup, base, compared), _) => self.backup_compared(backup, base, compared),
                (Done::Page(_, Err(why)), Some(Dialog::Proof(dialog))) => dialog.failed(why),
                (Done::Page(_, Err(why)), _) => self.screens.notice = Some(format!("The page was not written: {why}")),
            }
        }
    }

    fn follow_settings(&mut self, ctx: &egui::Context) {
        let settings = self.engines.shown.book().settings();
        if self.theme != Some(settings.theme) {
            self.theme = Some(settings.theme);
            theme::choose(
                ctx,
                match settings.theme {
                    Theme::System => ThemeChoice::System,
                    Theme::Light => ThemeChoice::Light,
                    Theme::Dark => ThemeChoice::Dark,
                },
            );
        }
        theme::still(ctx, settings.reduced_motion);
        #[expect(clippy::cast_precision_loss, reason = "50 to 300 are exact")]
        let zoom = settings.scale_percent as f32 / 100.0;
        if (ctx.zoom_factor() - zoom).abs() > 0.001 {
            ctx.set_zoom_factor(zoom);
        }
    }

    /// A window is not closed over changes that can't be written: the user is asked first. Where they are on their way it
    /// closes by itself once they are there, so that no frame waits for a disk.
    fn ask_before_closing(&mut self, ctx: &egui::Context, saving: &Saving) {
        let asked = ctx.input(|input| input.viewport().close_requested()) && !self.closes_unsaved;
        // What was clicked and is still being planned is on its way, too.
        let on_its_way = self.takes_in() && *saving == Saving::Saved;
        let saving = if on_its_way { &Saving::Pending } else { saving };
        match saving {
            Saving::Failing(failing) if asked || self.closes_when_saved => {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.closes_when_saved = false;
                self.screens.open(Dialog::Unsaved(UnsavedDialog::new(failing.clone())));
            }
            Saving::Pending if asked => {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.closes_when_saved = true;
            }
            Saving::Saved if self.closes_when_saved => {
                self.closes_when_saved = false;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Saving::Saved | Saving::Pending | Saving::Failing(_) | Saving::ReadOnly(_) | Saving::Sample => {}
        }
    }

    fn ask_for_repaint(&self, ctx: &egui::Context, saving: &Saving, now: Now) {
        use std::time::Duration;
        let runs = self.engines.shown.book().running_sessions().next().is_some();
        if let Some(at) = self.screens.changes_at() {
            ctx.request_repaint_after((at - now.at).to_std().unwrap_or_default() + Duration::from_secs(1));
        }
        let waits = matches!(saving, Saving::Pending | Saving::Failing(_));
        if runs || self.screens.has_toast() || waits {
            ctx.request_repaint_after(Duration::from_secs(1));
        } else {
            // Idle: nothing moves until the user's day turns.
            let settings = self.engines.shown.book().settings();
            let day = DayRange::day(user_day(now.at, now.zone, settings.day_start_minutes));
            let turns = interval_of_days(day, now.zone, settings.day_start_minutes).until;
            ctx.request_repaint_after((turns - now.at).to_std().unwrap_or(Duration::from_mins(1)));
        }
    }
}

impl eframe::App for App {
    /// What must not wait for a frame: a hidden window draws none.
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.look_at_door(ctx);
        if self.ends.swap(false, Ordering::AcqRel) {
            // Nobody is there to be asked about changes that can't be written.
            self.closes_unsaved = true;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        // Only a real window is cleared; filling it twice is a good part of what a frame costs without a graphics card.
        self.cleared = frame.gl().is_some();
        self.frame(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let waits = self.close_door();
        let mut not_saved = None;
        for engine in self.engines.all() {
            if let Err(reason) = engine.close() {
                log::error!("{reason}");
                not_saved = Some(reason);
            }
        }
        if let Some((caller, mut answer, words)) = waits {
            let (_, unsaved) = self.engines.own().acknowledged();
            answer.lines.extend((unsaved == 0).then(|| crate::door::done(&words)));
            if let Some(reason) = not_saved {
                answer.lines.push(reason);
                answer.outcome = Outcome::NotWritten;
            }
            caller.answer(answer);
        }
    }
}
