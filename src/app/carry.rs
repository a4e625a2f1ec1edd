//! What an action of the screens comes to: a command of the engine, something to show, a job.

use std::path::PathBuf;

use egui::{Context, ViewportCommand};

use super::{App, copy, evidence, findings};
use crate::domain::command::Command;
use crate::domain::refusal::Refused;
use crate::domain::span::{Now, user_day};
use crate::engine::{Engine, Wanted};
use crate::sample;
use crate::ui::Screens;
use crate::ui::action::{Action, Tab};
use crate::ui::dialogs::{CopyWish, Dialog, ExportCalendarDialog, ProofDialog, SaveCopyDialog, Told};
use crate::ui::verbs::{self, Scope};
use crate::ui::view::proof;
use crate::ui::view::statement::{NotRead, ReadWish};

/// Why nothing is done yet that needs all of the Book.
pub(super) const STILL_READING: &str = "Older months are still being read: try again in a moment";

/// Why nothing is taken back yet.
pub(super) const UNDER_WAY: &str = "Something is still on its way into the book: try again in a moment";

impl App {
    pub(super) fn carry_out(&mut self, ctx: &Context, action: Action, now: Now) {
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
                let book = self.engines.shown.book().clone();
                let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
                let woken = ctx.clone();
                evidence::begin(self.jobs.spawn(), self.jobs.disk(), book, wish, (now, today), move || {
                    woken.request_repaint();
                });
            }
            Action::Undo => self.step_back(ctx, Wanted::Undo, now),
            Action::Redo => self.step_back(ctx, Wanted::Redo, now),
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
            Action::ChooseFiles => self.choose_files(),
            Action::ReadRates(path) => self.read_rates(ctx, path, now),
            Action::ReadStatement(wish) => self.read_statement(ctx, wish, now),
            Action::Weigh(wish) => {
                let ctx = ctx.clone();
                self.jobs.weigh(wish, self.engines.shown.book().clone(), now, move || ctx.request_repaint());
            }
            Action::SetBeside(_) => {
                let figures = self.engines.shown.figures(now);
                let ctx = ctx.clone();
                self.jobs.set_beside(&figures, self.engines.shown.book().clone(), now, move || ctx.request_repaint());
            }
            Action::ExportCalendar => {
                let proposed = self.in_documents("truerate.ics");
                let dialog = ExportCalendarDialog::new(proposed, self.desktop.cannot_open());
                self.screens.open(Dialog::ExportCalendar(dialog));
            }
            Action::WriteCalendar(path) => {
                let figures = self.engines.shown.figures(now);
                let ctx = ctx.clone();
                let wake = move || ctx.request_repaint();
                self.jobs.write_calendar(path, self.engines.shown.book().clone(), figures, now, wake);
            }
            Action::ProveIncome(month) => {
                let proposed = self.in_documents(&proof::file_name(month));
                self.screens.open(Dialog::Proof(ProofDialog::new(month, proposed)));
            }
            Action::WritePage(path, page) => {
                let ctx = ctx.clone();
                self.jobs.write_page(path, page, move || ctx.request_repaint());
            }
            Action::SaveCopy => self.ask_for_copy(now),
            Action::WriteCopy(wish) => self.write_copy(ctx, wish),
            Action::TrySaving => self.engines.own_mut().hurry(),
            Action::MakeFolderAnew => self.engines.own_mut().make_anew(),
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
                ctx.send_viewport_cmd(ViewportCommand::Close);
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
    fn read_rates(&mut self, ctx: &Context, path: PathBuf, now: Now) {
        if self.engines.shown.is_opening() {
            if let Some(Dialog::Settings(dialog)) = &mut self.screens.dialog {
                dialog.rates_read(&path, Err(STILL_READING.to_owned()));
            }
            return;
        }
        let book = self.engines.shown.book().clone();
        let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
        let ctx = ctx.clone();
        self.jobs.read_rates(path, book, today, move || ctx.request_repaint());
    }

    /// A path of this name where the user keeps documents; empty where nobody knows where that is.
    fn in_documents(&self, name: &str) -> String {
        self.desktop.documents().map_or_else(String::new, |folder| folder.join(name).to_string_lossy().into_owned())
    }

    /// Asks where a copy of the user's own Book goes, also while something else is looked at.
    fn ask_for_copy(&mut self, now: Now) {
        let book = self.engines.own().book();
        let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
        let proposed = self.in_documents(&format!("truerate-copy-{today}"));
        let dialog = SaveCopyDialog::new(book, proposed, self.desktop.cannot_open());
        self.screens.open(Dialog::SaveCopy(dialog));
    }

    fn write_copy(&self, ctx: &Context, wish: CopyWish) {
        let own = self.engines.own();
        if own.is_opening() {
            wish.under_way.tell(Told::Failed(STILL_READING.to_owned()));
            return;
        }
        let woken = ctx.clone();
        copy::begin(self.jobs.spawn(), self.jobs.disk(), own.book().clone(), wish, move || woken.request_repaint());
    }

    /// Reads a file of somebody else; what the Book has of it is known only once all of the Book is there.
    fn read_statement(&mut self, ctx: &Context, wish: ReadWish, now: Now) {
        if self.engines.shown.is_opening() {
            if let Some(Dialog::Import(dialog)) = &mut self.screens.dialog {
                dialog.read(&wish.going, Err(NotRead::Failed(STILL_READING.to_owned())));
            }
            return;
        }
        let ctx = ctx.clone();
        self.jobs.read_statement(wish, self.engines.shown.book().clone(), now, move || ctx.request_repaint());
    }

    /// Back from a sample or a backup.
    pub(super) fn back_to_own_book(&mut self) {
        if self.engines.show_own() {
            self.started = false;
            self.screens = Screens::new(Vec::new());
            self.screens.found_before(findings::shown(&self.findings));
        }
        self.looks_at_own_book();
    }

    /// Puts a sample in the place of the user's Book, whose engine goes on saving meanwhile.
    fn open_sample(&mut self, now: Now) {
        let sample = sample::book(&sample::Plan::to_look_at(now), &self.presets);
        self.engines.show(Engine::of_sample(sample));
        self.looks_at_own_book();
        self.screens = Screens::new(Vec::new());
    }

    pub(super) fn run(&mut self, ctx: &Context, command: &Command, now: Now) -> Result<(), Refused> {
        let words = self.engines.shown.dispatch_in_sight(command, now)?;
        self.screens.refused = None;
        if removes(command) {
            self.screens.toast(done(&words), ctx.input(|input| input.time));
        }
        Ok(())
    }
}

/// What was done, of what was asked for: "Deleted session of Aloe" of "Delete session of Aloe".
pub(super) fn done(words: &str) -> String {
    const SAID: [(&str, &str); 22] = [
        ("Add ", "Added "),
        ("Ask ", "To ask "),
        ("Clear ", "Cleared "),
        ("Delete ", "Deleted "),
        ("Dismiss ", "Dismissed "),
        ("Draw ", "Drew "),
        ("End ", "Ended "),
        ("Follow ", "Followed "),
        ("Forget ", "Forgot "),
        ("Import ", "Imported "),
        ("Leave ", "Left "),
        ("Mark ", "Marked "),
        ("Move ", "Moved "),
        ("Pause ", "Paused "),
        ("Record ", "Recorded "),
        ("Remember ", "Remembered "),
        ("Restore ", "Restored "),
        ("Send ", "Sent "),
        ("Settle ", "Settled "),
        ("Skip ", "Skipped "),
        ("Take ", "Took "),
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
pub(super) fn removes(command: &Command) -> bool {
    // A part of a record that goes: a link, a stage, an entry of a list, the time of a timer that was forgotten.
    if let Command::Together { words, .. } = command {
        return ["Delete ", "End ", "Pause ", "Settle "].iter().any(|verb| words.starts_with(verb));
    }
    matches!(
        command,
        Command::DeleteSessions(_)
            | Command::SetSessions { .. }
            | Command::SplitSession(_)
            | Command::DeclareHours(_)
            | Command::LogCredited(_)
            | Command::TakeIn(_)
            | Command::SetSeen { .. }
            | Command::DeletePlatform(_)
            | Command::DeleteProject(_)
            | Command::DeleteTerms(_)
            | Command::ForgetMapping(_)
            | Command::ForgetPayerRule(_)
            | Command::DeleteMovements(_)
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
            | Command::TakeAsPay(_)
            | Command::GoOn(_)
            | Command::EndAccess(_)
    )
}
