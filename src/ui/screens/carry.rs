//! What each verb that works on every tab comes to, in one place: keys, buttons, menus and the palette ask here.
//!
//! The verbs of one tab are carried out by the tab, which asks [`Verb::pressed`] too; here stands only what they lack.

use super::{Screens, Shown};
use crate::ui::action::{Action, Tab};
use crate::ui::bar::Bar;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{
    AddHoursDialog, AddPlatformDialog, BillDialog, Dialog, FirstStartDialog, ImportDialog, KeysDialog, PaletteDialog,
    ProjectDialog, RecordPayoutDialog, SessionDialog, SettingsDialog,
};
use crate::ui::needs;
use crate::ui::verbs::{Scope, Verb};

impl Screens {
    /// Carries out the verbs that are wanted in this frame, of those that work on every tab.
    pub fn collect(&mut self, ctx: &egui::Context, cx: &Cx<'_>, shown: &Shown<'_>, actions: &mut Vec<Action>) {
        let redo_too = egui::KeyboardShortcut::new(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::Z);
        let redo_too = ctx.input_mut(|input| input.consume_shortcut(&redo_too));
        for verb in Verb::ALL.iter().copied() {
            // The menu of a row is opened by the row.
            let here = matches!(verb.scope(), Scope::Everywhere | Scope::Bar) && verb != Verb::RowMenu;
            if here && (verb.pressed(ctx) || (verb == Verb::Redo && redo_too)) {
                actions.extend(match self.lacks(verb, cx, shown) {
                    Some(lacks) => Some(Action::Say(lacks.to_owned())),
                    None if verb == Verb::Palette => {
                        let palette = PaletteDialog::new(cx, |verb| self.lacks(verb, cx, shown), &self.found);
                        Some(Action::Open(Box::new(Dialog::Palette(palette))))
                    }
                    None if verb == Verb::Needs
                        && self.needs.is_empty(cx, self.files.found(), shown.opening.is_some()) =>
                    {
                        Some(Action::Say("Nothing needs you".to_owned()))
                    }
                    None => self.carry_out(verb, ctx, cx),
                });
            }
        }
    }

    /// Files that are dropped on the window, where nothing else asks for one: a platform's page does.
    pub(super) fn take_dropped(&self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let asked_elsewhere = match &self.dialog {
            None => self.tab == Tab::Platforms && self.platforms.shows_page(),
            Some(dialog) => !matches!(dialog, Dialog::FirstStart(_)),
        };
        let files = ImportDialog::dropped(ctx);
        if asked_elsewhere || files.is_empty() {
            return;
        }
        actions.push(if cx.read_only {
            Action::Say("The book can only be read".to_owned())
        } else {
            Action::Open(Box::new(Dialog::Import(ImportDialog::of(files))))
        });
    }

    /// What must be there before a verb can be used, in words; `None` where it can be.
    #[must_use]
    pub fn lacks(&self, verb: Verb, cx: &Cx<'_>, shown: &Shown<'_>) -> Option<&'static str> {
        if cx.read_only && !verb.only_looks() {
            return Some("The book can only be read");
        }
        match (verb, verb.scope()) {
            (Verb::BackUp, _) if cx.folder.is_none() => Some("Nothing is kept of this book"),
            (Verb::TrySaving, _) if shown.trouble.is_none() => Some("Nothing waits to be saved"),
            (Verb::CompareOutside, _) if shown.outside.is_none() => Some("No file was changed by others"),
            (Verb::BackToOwn, _) if !shown.own_book_waits => Some("This is your book"),
            (Verb::Undo, _) if shown.undoable.is_none() => Some("Nothing to undo"),
            (Verb::Redo, _) if shown.redoable.is_none() => Some("Nothing to redo"),
            (_, Scope::Bar) => Bar::lacks(verb, cx),
            (_, Scope::Tab(Tab::Sessions)) => self.sessions.lacks(verb),
            (_, Scope::Tab(Tab::Payouts)) => self.payouts.lacks(verb, cx),
            (Verb::RowMenu, _) if self.tab == Tab::Sessions => self.sessions.lacks(verb),
            (Verb::GoBack, _) if self.came_from.is_none() => Some("There is nowhere to go back to"),
            (_, Scope::Tab(Tab::Platforms)) => self.platforms.lacks(verb, cx),
            (_, Scope::Tab(Tab::Rates)) => self.rates.lacks(verb, cx),
            (_, Scope::Tab(Tab::Earnings)) => self.earnings.lacks(verb, cx),
            (_, Scope::Tab(Tab::Outlook)) => self.outlook.lacks(verb, cx),
            (_, Scope::Tab(Tab::Check)) => self.check.lacks(verb, cx),
            (_, Scope::Everywhere) => None,
        }
    }

    /// What a verb that works on every tab comes to; `None` where it is done at once, or is of one tab.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the verbs of a tab are the tab's own, those of the bar the bar's"
    )]
    pub(super) fn carry_out(&self, verb: Verb, ctx: &egui::Context, cx: &Cx<'_>) -> Option<Action> {
        let open = |dialog: Dialog| Some(Action::Open(Box::new(dialog)));
        match verb {
            Verb::Undo => Some(Action::Undo),
            Verb::Redo => Some(Action::Redo),
            Verb::Show(tab) => Some(Action::Show(tab)),
            Verb::GoBack => Some(Action::Back),
            Verb::Settings => open(Dialog::Settings(SettingsDialog::new(cx))),
            Verb::Keys => open(Dialog::Keys(KeysDialog::default())),
            Verb::AddSession => open(Dialog::Session(SessionDialog::add(cx))),
            Verb::AddHours => open(Dialog::AddHours(AddHoursDialog::new(cx))),
            Verb::AddPlatform => open(Dialog::AddPlatform(AddPlatformDialog::new(cx))),
            Verb::AddBill => open(Dialog::Bill(BillDialog::add(cx))),
            Verb::RecordPayout => open(Dialog::RecordPayout(RecordPayoutDialog::new(cx, None))),
            Verb::Import => open(Dialog::Import(ImportDialog::default())),
            Verb::ChooseFiles => open(Dialog::Import(ImportDialog::choosing())),
            Verb::SetUp => open(Dialog::FirstStart(FirstStartDialog::new(cx))),
            Verb::SaveCopy => Some(Action::SaveCopy),
            Verb::BackUp => Some(Action::BackUp),
            Verb::TrySaving => Some(Action::TrySaving),
            Verb::CompareOutside => Some(Action::CompareOutside),
            Verb::BackToOwn => Some(Action::CloseSample),
            Verb::AddProject => open(Dialog::Project(ProjectDialog::add(cx, None))),
            Verb::Needs => {
                needs::open(ctx);
                None
            }
            _ => self.bar.carry_out(verb, ctx, cx),
        }
    }
}
