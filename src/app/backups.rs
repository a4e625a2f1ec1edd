//! Backups in the window: they are listed, read and compared by threads, made by the writer, and looked at in the place of
//! the user's own Book. Restoring one is a command as any other; a backup of now comes first.

use egui::Context;

use super::carry::done;
use super::jobs::Compared;
use super::taking_in::Taking;
use super::{App, Dialog};
use crate::domain::backup::{Backup, Reason};
use crate::domain::query::work::Work;
use crate::domain::span::Now;
use crate::engine::Engine;
use crate::store::backup::BACKUPS;
use crate::ui::Screens;
use crate::ui::dialogs::{KnownBackups, RestoreDialog};
use crate::ui::format::Style;
use crate::ui::view::backups as view;

/// What waits for a backup to be made.
pub(super) enum Then {
    /// It is said, because the user asked for it.
    Say,
    /// The command is carried out.
    TakeIn(Taking),
    /// The backup of the open dialog is restored.
    Restore,
}

/// A backup that is looked at.
struct Looked {
    backup: Backup,
    said: String,
}

/// What the window knows of backups.
#[derive(Default)]
pub(super) struct BackupWork {
    /// What waits, by the number of the backup that was asked for.
    waits: Vec<(u64, Then)>,
    /// The revision of the backups for which the list was read, or is being read.
    listed: Option<u64>,
    /// The trouble that was told.
    told: Option<String>,
    /// What is being compared with which revision of the Book.
    comparing: Option<(Backup, u64)>,
    /// What restoring comes to, for the open dialog.
    compared: Option<Box<Compared>>,
    looked: Option<Looked>,
}

impl BackupWork {
    /// The backup that is looked at, and what is said of it.
    pub(super) fn looks_at(&self) -> Option<(Backup, &str)> {
        self.looked.as_ref().map(|looked| (looked.backup, looked.said.as_str()))
    }

    /// Something waits for the backup of this number.
    pub(super) fn wait(&mut self, number: u64, then: Then) {
        self.waits.push((number, then));
    }
}

impl App {
    /// Day and time of a backup, as the user writes them.
    fn when(&self, backup: Backup, now: Now) -> String {
        let settings = self.engines.own().book().settings();
        let today = now.at.with_timezone(&settings.zone).date_naive();
        view::when(backup, settings.zone, today, Style::of(settings))
    }

    /// Takes up how backups go: what waited for one, the list, what is wrong, and what is to be compared.
    pub(super) fn look_for_backups(&mut self, ctx: &Context, now: Now) {
        let told = self.engines.own().backups();
        let (ready, waits) = std::mem::take(&mut self.backups.waits)
            .into_iter()
            .partition::<Vec<_>, _>(|(number, _)| told.asked_for.contains_key(number));
        self.backups.waits = waits;
        for (number, then) in ready {
            if let Some(outcome) = told.asked_for.get(&number) {
                self.backed_up(ctx, then, outcome.clone(), now);
            }
        }
        let making = self.backups.waits.iter().any(|(_, then)| matches!(then, Then::Say));
        let news = self.backups.told != told.trouble;
        if let Some(Dialog::Settings(dialog)) = &mut self.screens.dialog {
            if news || making {
                dialog.told_of_backups(making, told.trouble.clone());
            }
            if dialog.wants_backups() && self.backups.listed != Some(told.revision) {
                self.backups.listed = Some(told.revision);
                self.list_backups(ctx);
            }
        } else {
            // The next time the page is seen it is read anew: the user may have removed a folder.
            self.backups.listed = None;
            if let (true, Some(trouble)) = (news, &told.trouble) {
                self.screens.notice = Some(format!("{trouble}. Saving goes on, and it is tried again."));
            }
        }
        self.backups.told = told.trouble;
        self.compare_for_dialog(ctx, now);
    }

    fn list_backups(&self, ctx: &Context) {
        let Some(place) = &self.place else { return };
        let ctx = ctx.clone();
        self.jobs.list_backups(place.dir.clone(), move || ctx.request_repaint());
    }

    /// The list was read.
    pub(super) fn backups_listed(&mut self, known: KnownBackups) {
        let trouble = self.backups.told.clone();
        if let Some(Dialog::Settings(dialog)) = &mut self.screens.dialog {
            if let Some(trouble) = trouble {
                dialog.told_of_backups(false, Some(trouble));
            }
            dialog.know_backups(known);
        }
    }

    /// Makes one because the user asked for it.
    pub(super) fn back_up(&mut self) {
        match self.engines.own_mut().back_up(Reason::ByHand) {
            Some(number) => self.backups.waits.push((number, Then::Say)),
            None => {
                if let Some(Dialog::Settings(dialog)) = &mut self.screens.dialog {
                    dialog.told_of_backups(false, Some("Nothing is kept of this book".to_owned()));
                }
            }
        }
    }

    fn backed_up(&mut self, ctx: &Context, then: Then, outcome: Result<Backup, String>, now: Now) {
        match (then, outcome) {
            (Then::Say, Ok(backup)) => {
                self.screens.say(format!("Backed up: {}", self.when(backup, now)), ctx.input(|input| input.time));
                if let Some(Dialog::Settings(dialog)) = &mut self.screens.dialog {
                    dialog.told_of_backups(false, None);
                }
            }
            (Then::Say, Err(why)) => {
                let why = format!("No backup was made: {why}");
                match &mut self.screens.dialog {
                    Some(Dialog::Settings(dialog)) => dialog.told_of_backups(false, Some(why)),
                    _ => self.screens.notice = Some(why),
                }
            }
            // It is one step of undo: it need not wait for a disk with room for a backup.
            (Then::TakeIn(taking), outcome) => {
                self.prepare(ctx, taking, now);
                if let Err(why) = outcome {
                    self.screens.notice = Some(format!("No backup could be made before the import: {why}"));
                }
            }
            (Then::Restore, outcome) => self.restore(ctx, outcome, now),
        }
    }

    /// Begins to read a backup to look at it.
    pub(super) fn look_at_backup(&self, ctx: &Context, backup: Backup) {
        let Some(place) = &self.place else { return };
        let defaults = (**self.engines.own().book().settings()).clone();
        let ctx = ctx.clone();
        self.jobs.look_at_backup(place.dir.clone(), backup, defaults, move || ctx.request_repaint());
    }

    /// A backup was read: it is shown where the user still waits for it.
    pub(super) fn backup_looked_at(&mut self, backup: Backup, read: Result<(Box<Work>, bool), String>, now: Now) {
        let Some(Dialog::Settings(dialog)) = &mut self.screens.dialog else { return };
        if dialog.reads_backup() != Some(backup) {
            return;
        }
        match read {
            Err(why) => dialog.backup_not_read(why),
            Ok((work, whole)) => {
                let said = view::looking_at(&self.when(backup, now), whole);
                self.engines.show(Engine::to_look_at(*work, said.clone()));
                self.backups.looked = Some(Looked { backup, said });
                self.screens = Screens::new(Vec::new());
            }
        }
    }

    /// Nothing else is looked at any more.
    pub(super) fn looks_at_own_book(&mut self) {
        self.backups.looked = None;
    }

    /// Asks whether to restore a backup, over the user's own Book.
    pub(super) fn ask_to_restore(&mut self, backup: Backup, now: Now) {
        self.back_to_own_book();
        // Nobody who restores is here for the first time.
        self.started = true;
        let dialog = RestoreDialog::new(backup, self.when(backup, now));
        (self.backups.comparing, self.backups.compared) = (None, None);
        self.screens.open(Dialog::Restore(dialog));
    }

    /// Finds out what restoring comes to, and anew where the Book has changed since.
    fn compare_for_dialog(&mut self, ctx: &Context, now: Now) {
        let (revision, opening) = (self.engines.shown.book().revision(), self.engines.shown.is_opening());
        let Some(Dialog::Restore(dialog)) = &mut self.screens.dialog else {
            (self.backups.comparing, self.backups.compared) = (None, None);
            return;
        };
        if self.backups.compared.as_ref().is_some_and(|compared| compared.base != revision) {
            self.backups.compared = None;
            dialog.compare_again();
        }
        let wanted = (dialog.backup(), revision);
        if !dialog.compares() || opening || self.backups.comparing == Some(wanted) {
            return;
        }
        self.backups.comparing = Some(wanted);
        let Some(place) = &self.place else {
            dialog.unreadable("This book is in memory only".to_owned());
            return;
        };
        let words = view::words(&self.when(wanted.0, now));
        let ctx = ctx.clone();
        let wake = move || ctx.request_repaint();
        self.jobs.compare(place.dir.clone(), wanted.0, self.engines.shown.book().clone(), words, wake);
    }

    /// What restoring comes to is known.
    pub(super) fn backup_compared(&mut self, backup: Backup, base: u64, compared: Result<Box<Compared>, String>) {
        if self.backups.comparing != Some((backup, base)) {
            return;
        }
        let style = Style::of(self.engines.shown.book().settings());
        let Some(Dialog::Restore(dialog)) = &mut self.screens.dialog else { return };
        match compared {
            Err(why) => dialog.unreadable(why),
            Ok(compared) => {
                dialog.compared(&compared.restoring, style);
                self.backups.compared = Some(compared);
            }
        }
    }

    /// The user said yes: a backup of now comes first.
    pub(super) fn begin_to_restore(&mut self) {
        let asked = self.engines.shown.back_up(Reason::BeforeRestore);
        match (asked, &mut self.screens.dialog) {
            (Some(number), _) => self.backups.waits.push((number, Then::Restore)),
            (None, Some(Dialog::Restore(dialog))) => dialog.failed("Nothing is kept of this book".to_owned()),
            (None, _) => {}
        }
    }

    /// The backup of now is made, or not. Where the dialog was closed meanwhile nothing is restored.
    fn restore(&mut self, ctx: &Context, outcome: Result<Backup, String>, now: Now) {
        let Some(Dialog::Restore(dialog)) = &mut self.screens.dialog else { return };
        if !dialog.backs_up() {
            return;
        }
        if let Err(why) = outcome {
            dialog.failed(format!("Not restored, because no backup of now could be made: {why}"));
            return;
        }
        let Some(compared) = self.backups.compared.take() else {
            dialog.compare_again();
            return;
        };
        let Compared { base, command, after, .. } = *compared;
        match self.engines.shown.take_over(&command, (base, after), now) {
            Ok(words) => {
                self.screens.close_dialog();
                self.screens.toast(done(&words), ctx.input(|input| input.time));
            }
            Err(refused) => dialog.failed(refused.to_string()),
        }
    }

    /// Shows the folder of the backups; that of the Book where there is none yet.
    pub(super) fn show_backups(&mut self) {
        let Some(place) = &self.place else { return };
        let opened = self.desktop.open(&place.dir.join(BACKUPS).to_string_lossy());
        if let Err(why) = opened.or_else(|_none| self.desktop.open(&place.shown)) {
            self.screens.notice = Some(why);
        }
    }
}
