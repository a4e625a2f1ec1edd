//! What the window does about the files of its Book: shows what was found in them, has them mended, reads them again.

use std::path::{Path, PathBuf};

use super::reopen::{Again, Reopening, Step};
use super::{App, findings};
use crate::domain::book::Book;
use crate::domain::span::Now;
use crate::store::{Finding, How, MendError, Mended, Mending};
use crate::ui::dialogs::Dialog;
use crate::ui::view::findings::MendBy;

impl App {
    /// Takes over what reading the files found wrong.
    pub(super) fn take_findings(&mut self, found: &[Finding]) {
        let shown = findings::shown(found);
        self.lacking = findings::lacking(&shown);
        self.screens.found(shown);
        self.findings = found.to_vec();
    }

    /// Shows what was found, and has looked up what stands there.
    pub(super) fn show_findings(&mut self, ctx: &egui::Context, done: Vec<String>) {
        // Where another program has the book open, its files are that program's to mend.
        let can_mend = self.kept.is_some() && self.engines.shown.read_only().is_none();
        self.screens.show_findings(can_mend, done);
        if let Some(kept) = &self.kept {
            let ctx = ctx.clone();
            self.jobs.look_up(kept.site.clone(), self.findings.clone(), move || ctx.request_repaint());
        }
    }

    /// Has a file mended: the Book is closed for it and read again.
    pub(super) fn mend(&mut self, file: &str, by: MendBy) {
        let how = match by {
            MendBy::Backup => How::BackupsCopy,
            MendBy::SettingAside => How::SetAside,
        };
        self.read_again(vec![Mending { file: PathBuf::from(file), how }]);
    }

    /// Reads the Book again from its files, after mending some of them.
    pub(super) fn read_again(&mut self, mendings: Vec<Mending>) {
        if self.kept.is_none() || self.reopening.is_some() {
            return;
        }
        if matches!(self.screens.dialog, Some(Dialog::Findings(_))) {
            self.screens.close_dialog();
        }
        self.opening = Some("Reading…".to_owned());
        self.reopening = Some(Reopening::Waits(mendings));
    }

    pub(super) fn look_for_reopening(&mut self, ctx: &egui::Context, now: Now) {
        let (Some(reopening), Some(kept)) = (&mut self.reopening, &self.kept) else { return };
        let engine = self.engines.own_mut();
        match reopening.step(engine, kept, self.rest.is_none() && !self.visitors.are_at_work(), now) {
            Step::Under => {}
            Step::Stopped(why) => {
                (self.reopening, self.opening) = (None, None);
                self.screens.notice = Some(format!("The files were not read again: {why}"));
            }
            Step::Done(again) => {
                (self.reopening, self.opening) = (None, None);
                self.take_again(ctx, *again, now);
            }
        }
    }

    fn take_again(&mut self, ctx: &egui::Context, again: Again, now: Now) {
        let (ready, mended) = match again {
            Ok(again) => again,
            Err(why) => {
                self.screens.notice = Some(format!("The files were not read again: {why}"));
                return;
            }
        };
        *self.engines.own_mut() = ready.engine;
        self.take_findings(&ready.findings);
        let done: Vec<String> = mended.iter().map(|mended| words(mended, self.engines.shown.book(), now)).collect();
        let failed = mended.iter().any(Result::is_err);
        if !self.engines.shows_another() && (failed || self.screens.shows_findings(self.engines.shown.book())) {
            self.show_findings(ctx, done);
        } else {
            let said = if done.is_empty() { "The files were read again".to_owned() } else { done.join(" ") };
            self.screens.tell_of_files(said);
        }
    }
}

/// What came of mending a file.
fn words(mended: &Result<Mended, MendError>, book: &Book, now: Now) -> String {
    let Mended { file, kept_in, backup } = match mended {
        Ok(mended) => mended,
        Err(error) => return format!("{error}."),
    };
    let how = match backup {
        Some(backup) => {
            let backup = findings::backup_words(book, backup, now);
            format!("is the copy of the backup of {backup} now, with the journal over it")
        }
        None => "is written anew without what can’t be read".to_owned(),
    };
    let kept =
        kept_in.as_deref().map_or_else(String::new, |kept: &Path| format!("; as it stood it is in {}", kept.display()));
    format!("{} {how}{kept}.", file.display())
}
