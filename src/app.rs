//! The window's program: takes input, draws, and turns actions into commands. No rules of its own.
//!
//! A frame has three beats: collect (keys, the clock, the figures), draw (screens push actions), apply (each action
//! becomes a command of the engine). Nothing is drawn in the first, nothing changes in the second.

mod backups;
mod copy;
mod door;
mod evidence;
mod files;
mod findings;
mod jobs;
pub mod open;
mod outside;
mod reopen;
mod rest;
mod statements;
mod watch;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::command::Command;
use crate::domain::preset::Preset;
use crate::domain::refusal::Refused;
use crate::domain::session::SessionState;
use crate::domain::settings::{Settings, Theme};
use crate::domain::span::{DayRange, Month, Now, interval_of_days, user_day};
use crate::engine::Engine;
use crate::ports::door::Outcome;
use crate::ports::{Clock, Desktop, Disk, Ids, NoDesktop, Saving};
use crate::sample;
use crate::store::{self, Finding, Site};
use crate::ui::action::{Action, Tab};
use crate::ui::cx::{Cx, Folder, Fresh};
use crate::ui::dialogs::{
    CopyWish, Dialog, ExportCalendarDialog, FirstStartDialog, ProofDialog, SaveCopyDialog, Told, UnsavedDialog,
};
use crate::ui::theme::{self, ThemeChoice};
use crate::ui::verbs::{self, Scope};
use crate::ui::view::lacking::Lacking;
use crate::ui::view::proof;
use crate::ui::view::statement::{NotRead, ReadWish};
use crate::ui::{Screens, Shown};

use backups::BackupWork;
use door::Visitors;
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
    engine: Engine,
    /// The user's own Book, while a sample or a backup is looked at.
    aside: Option<Engine>,
    clock: Arc<dyn Clock>,
    ids: Box<dyn Ids>,
    presets: Vec<Preset>,
    desktop: Box<dyn Desktop>,
    screens: Screens,
    /// Files that are being read or written.
    jobs: Jobs,
    backups: BackupWork,
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
            engine,
            aside: None,
            clock,
            ids,
            presets,
            desktop: Box::new(NoDesktop),
            lacking: findings::lacking(&found),
            screens: Screens::new(found),
            jobs: Jobs::new(None),
            backups: BackupWork::default(),
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
        &self.engine
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let now = self.now();
        self.follow_settings(ui.ctx());
        self.look_for_rest(ui.ctx(), now);
        self.look_for_reopening(ui.ctx(), now);
        self.look_for_jobs(ui.ctx(), now);
        self.look_for_backups(ui.ctx(), now);
        self.look_outside(ui.ctx(), now);
        self.tell_news(ui.input(|input| input.time));
        let mut actions = Vec::new();
        let figures = self.engine.figures(now);
        self.screens.platforms.know_files(self.desktop.seen());
        // A sample has nothing to lose; what waits behind it may.
        let own_saving = self.watch_saving(ui.ctx(), now);
        let saving = if self.aside.is_some() { self.engine.saving() } else { own_saving.clone() };
        let silences = if self.aside.is_some() { Arc::default() } else { self.engine.silences() };
        let reopening = self.reopening.is_some() && self.aside.is_none();
        self.ask_before_closing(ui.ctx(), &own_saving);
        {
            let fresh = Fresh::new(self.ids.as_mut());
            let nothing_lacks = Lacking::default();
            let cx = Cx {
                book: self.engine.book(),
                figures: &figures,
                now,
                today: user_day(now.at, now.zone, self.engine.book().settings().day_start_minutes),
                presets: &self.presets,
                refused: self.screens.refused.clone(),
                read_only: self.engine.read_only().is_some(),
                sample_offered: self.aside.is_none() && saving != Saving::Sample,
                folder: self.place.as_ref().filter(|_| self.aside.is_none()).map(|place| Folder {
                    path: &place.shown,
                    cannot_open: place.cannot_open,
                    found: self.screens.findings().len(),
                    reads_again: self.kept.is_some() && self.reopening.is_none(),
                }),
                lacking: if self.aside.is_some() { &nothing_lacks } else { &self.lacking },
                fresh: &fresh,
            };
            let untouched = self.engine.is_untouched() && self.screens.findings().is_empty();
            if !std::mem::replace(&mut self.started, true) && untouched && !cx.read_only {
                self.screens.open(Dialog::FirstStart(FirstStartDialog::new(&cx)));
            }
            let shown = Shown {
                saving: &saving,
                trouble: if let Saving::Failing(failing) = &own_saving { Some(failing) } else { None },
                silences: &silences,
                undoable: self.engine.undoable(),
                redoable: self.engine.redoable(),
                own_book_waits: self.aside.is_some(),
                looks_at: self.backups.looks_at(),
                opening: self.opening.as_deref().filter(|_| self.engine.is_opening() || reopening),
                outside: self.outside.strip().filter(|_| self.aside.is_none()),
                cleared: self.cleared,
            };
            if self.screens.dialog.is_none() {
                self.screens.collect(ui.ctx(), &cx, &shown, &mut actions);
            }
            self.screens.ui(ui, &cx, &shown, &mut actions);
        }
        if self.aside.is_none() && self.screens.shows_findings(self.engine.book()) {
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
        let own = self.aside.as_mut().unwrap_or(&mut self.engine);
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
        Now { zone: self.engine.book().settings().zone, ..self.clock.now() }
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
            Reading::Under(None) => self.opening = Some("Reading older months … totals are not complete".to_owned()),
            Reading::Under(Some(year)) => self.opening = Some(format!("Reading {year} … totals are not complete")),
            Reading::Done(arrived) => {
                // Its arrival is no change: it has no undo.
                self.aside.as_mut().unwrap_or(&mut self.engine).arrive(arrived.whole, now);
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
                    dialog.looked_up(&findings::looked_up(excerpts, self.engine.book(), now));
                }
                (Done::Statement(going, read), Some(Dialog::Import(dialog))) => dialog.read(&going, read),
                (Done::Weighed(going, looked), Some(Dialog::Import(dialog))) => dialog.weighed(&going, *looked),
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
                (Done::Looked(backup, read), _) => self.backup_looked_at(backup, read, now),
                (Done::Compared(backup, base, compared), _) => self.backup_compared(backup, base, compared),
                (Done::Page(_, Err(why)), Some(Dialog::Proof(dialog))) => dialog.failed(why),
                (Done::Page(_, Err(why)), _) => self.screens.notice = Some(format!("The page was not written: {why}")),
            }
        }
    }

    fn follow_settings(&mut self, ctx: &egui::Context) {
        let settings = self.engine.book().settings();
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

    fn carry_out(&mut self, ctx: &egui::Context, action: Action, now: Now) {
        match action {
            Action::Do(command) => {
                if let Err(refused) = self.run(ctx, &command, now) {
                    self.screens.notice = Some(refused.to_string());
                }
            }
            Action::Submit(command) => match self.run(ctx, &command, now) {
                Ok(()) => self.screens.close_dialog(),
                Err(refused) => self.screens.refused = Some(refused),
            },
            Action::SubmitThenOpen(command, dialog) => match self.run(ctx, &command, now) {
                Ok(()) => self.screens.open(*dialog),
                Err(refused) => self.screens.refused = Some(refused),
            },
            Action::CollectEvidence(wish) => {
                let book = self.engine.book().clone();
                let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
                let woken = ctx.clone();
                evidence::begin(self.jobs.spawn(), self.jobs.disk(), book, wish, (now, today), move || {
                    woken.request_repaint();
                });
            }
            Action::Undo => self.step_back(ctx, Engine::undo, "Undone", now),
            Action::Redo => self.step_back(ctx, Engine::redo, "Done again", now),
            Action::Show(tab) => self.screens.show(tab),
            Action::Back => self.screens.back(),
            Action::Open(dialog) => self.screens.open(*dialog),
            Action::CloseDialog => self.screens.close_dialog(),
            Action::ShowSessions(filter) => {
                self.screens.close_dialog();
                self.screens.follow(Tab::Sessions);
                self.screens.sessions.show(filter);
            }
            Action::ShowEarnings(place) => {
                self.screens.close_dialog();
                self.screens.follow(Tab::Earnings);
                self.screens.earnings.show(place);
            }
            Action::ShowPlatform(platform) => {
                self.screens.close_dialog();
                self.screens.follow(Tab::Platforms);
                self.screens.platforms.show(platform);
            }
            Action::ShowPage(platform) => {
                self.screens.close_dialog();
                self.screens.show(Tab::Platforms);
                self.screens.platforms.open_page(platform);
            }
            Action::OpenOutside(what) => {
                if let Err(why) = self.desktop.open(&what) {
                    self.screens.notice = Some(why);
                }
            }
            Action::LookForFiles(paths) => self.desktop.look(paths),
            Action::ReadRates(path) => self.read_rates(ctx, path, now),
            Action::ReadStatement(wish) => self.read_statement(ctx, wish, now),
            Action::Weigh(wish) => {
                let ctx = ctx.clone();
                self.jobs.weigh(wish, self.engine.book().clone(), now, move || ctx.request_repaint());
            }
            Action::ExportCalendar => {
                let proposed = self.desktop.documents().map(|folder| folder.join("truerate.ics"));
                let proposed = proposed.map_or_else(String::new, |path| path.to_string_lossy().into_owned());
                let dialog = ExportCalendarDialog::new(proposed, self.desktop.cannot_open());
                self.screens.open(Dialog::ExportCalendar(dialog));
            }
            Action::WriteCalendar(path) => {
                let figures = self.engine.figures(now);
                let ctx = ctx.clone();
                let wake = move || ctx.request_repaint();
                self.jobs.write_calendar(path, self.engine.book().clone(), figures, now, wake);
            }
            Action::ProveIncome(month) => {
                let proposed = self.desktop.documents().map(|folder| folder.join(proof::file_name(month)));
                let proposed = proposed.map_or_else(String::new, |path| path.to_string_lossy().into_owned());
                self.screens.open(Dialog::Proof(ProofDialog::new(month, proposed)));
            }
            Action::WritePage(path, page) => {
                let ctx = ctx.clone();
                self.jobs.write_page(path, page, move || ctx.request_repaint());
            }
            Action::SaveCopy => self.ask_for_copy(now),
            Action::WriteCopy(wish) => self.write_copy(ctx, wish),
            Action::TrySaving => self.aside.as_mut().unwrap_or(&mut self.engine).hurry(),
            Action::MakeFolderAnew => self.aside.as_mut().unwrap_or(&mut self.engine).make_anew(),
            Action::ShowExpected(key) => {
                self.screens.close_dialog();
                self.screens.follow(Tab::Payouts);
                self.screens.payouts.show(key);
            }
            Action::ShowPayout(payout) => {
                self.screens.close_dialog();
                self.screens.follow(Tab::Payouts);
                self.screens.payouts.show_payout(payout);
            }
            Action::CloseWindow => {
                self.closes_unsaved = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Action::Ask(verb) => {
                self.screens.close_dialog();
                if let Scope::Tab(tab) = verb.scope() {
                    self.screens.show(tab);
                }
                verbs::ask(ctx, verb);
            }
            Action::Found(go) => self.screens.remember(go),
            Action::Say(text) => self.screens.say(text, ctx.input(|input| input.time)),
            Action::Copy(text) => ctx.copy_text(text),
            Action::CopyPicture(picture) => ctx.copy_image(picture),
            Action::ShowFindings => self.show_findings(ctx, Vec::new()),
            Action::MendFile(file, by) => self.mend(&file, by),
            Action::ReadAgain => self.read_again(Vec::new()),
            Action::CompareOutside => self.compare_outside(ctx),
            Action::TakeOverOutside => self.take_over_outside(ctx, now),
            Action::LookThrough(command, looked) => self.look_through(ctx, &command, looked, now),
            Action::OpenSample => self.open_sample(now),
            Action::CloseSample => self.back_to_own_book(),
            Action::TakeIn(command) => self.take_in(ctx, command, now),
            Action::BackUp => self.back_up(),
            Action::ShowBackups => self.show_backups(),
            Action::LookAtBackup(backup) => self.look_at_backup(ctx, backup),
            Action::AskToRestore(backup) => self.ask_to_restore(backup, now),
            Action::Restore => self.begin_to_restore(),
        }
    }

    /// Reads a rates file; what the Book needs of it is known only once all of the Book is there.
    fn read_rates(&mut self, ctx: &egui::Context, path: PathBuf, now: Now) {
        if self.engine.is_opening() {
            if let Some(Dialog::Settings(dialog)) = &mut self.screens.dialog {
                dialog.rates_read(&path, Err("Older months are still being read: try again in a moment".to_owned()));
            }
            return;
        }
        let book = self.engine.book().clone();
        let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
        let ctx = ctx.clone();
        self.jobs.read_rates(path, book, today, move || ctx.request_repaint());
    }

    /// Asks where a copy of the user's own Book goes, also while something else is looked at.
    fn ask_for_copy(&mut self, now: Now) {
        let book = self.aside.as_ref().unwrap_or(&self.engine).book();
        let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
        let proposed = self.desktop.documents().map(|folder| folder.join(format!("truerate-copy-{today}")));
        let proposed = proposed.map_or_else(String::new, |path| path.to_string_lossy().into_owned());
        let dialog = SaveCopyDialog::new(book, proposed, self.desktop.cannot_open());
        self.screens.open(Dialog::SaveCopy(dialog));
    }

    fn write_copy(&self, ctx: &egui::Context, wish: CopyWish) {
        let own = self.aside.as_ref().unwrap_or(&self.engine);
        if own.is_opening() {
            let why = "Older months are still being read: try again in a moment";
            wish.under_way.tell(Told::Failed(why.to_owned()));
            return;
        }
        let woken = ctx.clone();
        copy::begin(self.jobs.spawn(), self.jobs.disk(), own.book().clone(), wish, move || woken.request_repaint());
    }

    /// Reads a file of somebody else; what the Book has of it is known only once all of the Book is there.
    fn read_statement(&mut self, ctx: &egui::Context, wish: ReadWish, now: Now) {
        if self.engine.is_opening() {
            if let Some(Dialog::Import(dialog)) = &mut self.screens.dialog {
                let why = "Older months are still being read: try again in a moment".to_owned();
                dialog.read(&wish.going, Err(NotRead::Failed(why)));
            }
            return;
        }
        let ctx = ctx.clone();
        self.jobs.read_statement(wish, self.engine.book().clone(), now, move || ctx.request_repaint());
    }

    /// Back from a sample or a backup.
    fn back_to_own_book(&mut self) {
        if let Some(own) = self.aside.take() {
            self.engine = own;
            self.started = false;
            self.screens = Screens::new(Vec::new());
            self.screens.found_before(findings::shown(&self.findings));
        }
        self.looks_at_own_book();
    }

    /// Puts a sample in the place of the user's Book, whose engine goes on saving meanwhile.
    fn open_sample(&mut self, now: Now) {
        let sample = sample::book(&sample::Plan::to_look_at(now), &self.presets);
        let own = std::mem::replace(&mut self.engine, Engine::of_sample(sample));
        self.aside.get_or_insert(own);
        self.looks_at_own_book();
        self.screens = Screens::new(Vec::new());
    }

    fn run(&mut self, ctx: &egui::Context, command: &Command, now: Now) -> Result<(), Refused> {
        let words = self.engine.dispatch_in_sight(command, now)?;
        self.screens.refused = None;
        if removes(command) {
            self.screens.toast(done(&words), ctx.input(|input| input.time));
        }
        Ok(())
    }

    fn step_back(
        &mut self,
        ctx: &egui::Context,
        step: fn(&mut Engine, Now) -> Result<String, Refused>,
        done: &str,
        now: Now,
    ) {
        match step(&mut self.engine, now) {
            Ok(words) => self.screens.say(format!("{done}: {words}"), ctx.input(|input| input.time)),
            Err(refused) => self.screens.notice = Some(refused.to_string()),
        }
    }

    /// A window is not closed over changes that can't be written: the user is asked first. Where they are on their way it
    /// closes by itself once they are there, so that no frame waits for a disk.
    fn ask_before_closing(&mut self, ctx: &egui::Context, saving: &Saving) {
        let asked = ctx.input(|input| input.viewport().close_requested()) && !self.closes_unsaved;
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
        let runs = self.engine.book().open_sessions().any(|session| session.state() == SessionState::Running);
        if let Some(at) = self.screens.changes_at() {
            ctx.request_repaint_after((at - now.at).to_std().unwrap_or_default() + Duration::from_secs(1));
        }
        let waits = matches!(saving, Saving::Pending | Saving::Failing(_));
        if runs || self.screens.has_toast() || waits {
            ctx.request_repaint_after(Duration::from_secs(1));
        } else {
            // Idle: nothing moves until the user's day turns.
            let settings = self.engine.book().settings();
            let day = DayRange::day(user_day(now.at, now.zone, settings.day_start_minutes));
            let turns = interval_of_days(day, now.zone, settings.day_start_minutes).until;
            ctx.request_repaint_after((turns - now.at).to_std().unwrap_or(Duration::from_mins(1)));
        }
    }
}

/// What was done, of what was asked for: "Deleted session of Aloe" of "Delete session of Aloe".
fn done(words: &str) -> String {
    const SAID: [(&str, &str); 18] = [
        ("Add ", "Added "),
        ("Ask ", "To ask "),
        ("Clear ", "Cleared "),
        ("Delete ", "Deleted "),
        ("Dismiss ", "Dismissed "),
        ("Draw ", "Drew "),
        ("End ", "Ended "),
        ("Import ", "Imported "),
        ("Leave ", "Left "),
        ("Mark ", "Marked "),
        ("Move ", "Moved "),
        ("Pause ", "Paused "),
        ("Record ", "Recorded "),
        ("Restore ", "Restored "),
        ("Send ", "Sent "),
        ("Skip ", "Skipped "),
        ("Take over ", "Took over "),
        ("Write off ", "Wrote off "),
    ];
    for (asked, done) in SAID {
        if let Some(rest) = words.strip_prefix(asked) {
            return format!("{done}{rest}");
        }
    }
    words.to_owned()
}

/// Commands that take records away, or change many at once, offer Undo in a toast.
fn removes(command: &Command) -> bool {
    // A part of a record that goes: a link, a stage, an entry of a list, the time of a timer that was forgotten.
    if let Command::Together { words, .. } = command {
        return ["Delete ", "End ", "Pause "].iter().any(|verb| words.starts_with(verb));
    }
    matches!(
        command,
        Command::DeleteSessions(_)
            | Command::SetSessions { .. }
            | Command::SplitSession(_)
            | Command::DeclareHours(_)
            | Command::TakeIn(_)
            | Command::SetSeen { .. }
            | Command::DeletePlatform(_)
            | Command::DeleteProject(_)
            | Command::DeleteTerms(_)
            | Command::DeleteSchedule(_)
            | Command::DeleteRoute(_)
            | Command::DeleteEarning(_)
            | Command::DeleteEarnings(_)
            | Command::ActOnOwed(_)
            | Command::SettleOwed(_)
            | Command::DeletePayout(_)
            | Command::DeleteRate(_)
            | Command::SetRates { .. }
            | Command::TakeOver { .. }
            | Command::DeleteBill(_)
            | Command::Land(_)
            | Command::ActOnExpected(_)
            | Command::SettlePayout(_)
            | Command::ExplainSurplus(_)
            | Command::TransferPayouts(_)
            | Command::EndAccess(_)
    )
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
        for engine in self.aside.iter_mut().chain([&mut self.engine]) {
            if let Err(reason) = engine.close() {
                log::error!("{reason}");
                not_saved = Some(reason);
            }
        }
        if let Some((caller, mut answer)) = waits {
            if let Some(reason) = not_saved {
                answer.lines.push(reason);
                answer.outcome = Outcome::NotWritten;
            }
            caller.answer(answer);
        }
    }
}
