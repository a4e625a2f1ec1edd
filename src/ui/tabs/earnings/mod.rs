//! The Earnings tab: what each platform owes for which work, where it stands, and what does not agree.
//!
//! Three pages behind one switch: what is owed, what is to be reported, what agrees. Each draws a finished view and
//! remembers what is looked at and nothing else.

mod agreement;
mod owed;
mod to_report;

#[cfg(test)]
mod tests;

use egui::Ui;

use crate::ui::action::{Action, EarningsPlace};
use crate::ui::cx::Cx;
use crate::ui::dialogs::{AddPlatformDialog, Dialog};
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::widgets::button;
use crate::ui::widgets::empty::empty;
use agreement::AgreementPage;
use owed::OwedPage;
use to_report::ToReportPage;

/// The pages, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    /// What is owed.
    #[default]
    Owed,
    /// What is to be reported.
    ToReport,
    /// What agrees.
    Agreement,
}

impl Page {
    /// All of them, in order, each with the verb that shows it.
    const ALL: [(Self, Verb); 3] =
        [(Self::Owed, Verb::ShowOwed), (Self::ToReport, Verb::ShowToReport), (Self::Agreement, Verb::ShowAgreement)];
}

/// What the Earnings tab remembers about looking.
#[derive(Default)]
pub struct EarningsTab {
    page: Page,
    owed: OwedPage,
    to_report: ToReportPage,
    agreement: AgreementPage,
}

impl EarningsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, place: EarningsPlace) {
        match place {
            EarningsPlace::Earning(id) => {
                self.page = Page::Owed;
                self.owed.show(id);
            }
            EarningsPlace::ToReport(platform) => {
                self.page = Page::ToReport;
                self.to_report.show(platform);
            }
            EarningsPlace::Agreement(platform) => {
                self.page = Page::Agreement;
                self.agreement.show(platform);
            }
        }
    }

    /// What must be there before a verb of the tab can be used, in words; `None` where it can be.
    #[must_use]
    pub fn lacks(&self, verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        let shows = Page::ALL.iter().any(|(_, known)| *known == verb) || verb == Verb::AddEarning;
        if shows {
            return (cx.book.platforms().next().is_none() && verb == Verb::AddEarning)
                .then_some("Add a platform first");
        }
        match self.page {
            Page::Owed => self.owed.lacks(verb),
            Page::ToReport => self.to_report.lacks(verb),
            Page::Agreement => self.agreement.lacks(verb),
        }
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let gap = theme::tokens(ui).sizes.gap_s;
        let waits = self.to_report.count(cx);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (page, verb) in Page::ALL {
                let (words, key) = (verb.words(), verb.key_text());
                let text = match (page, waits) {
                    (Page::ToReport, 1..) => format!("{} ({waits})", words.name),
                    _ => words.name.to_owned(),
                };
                let chip = button::chip(&text).named(words.name).selected(self.page == page);
                if ui.add(chip.tip(words.name, &key, words.line)).clicked() || verb.pressed(ui.ctx()) {
                    self.page = page;
                }
            }
        });
        ui.add_space(gap);
        if !cx.read_only && Verb::AddEarning.pressed(ui.ctx()) {
            actions.push(owed::acts::add(cx));
        }
        match self.page {
            Page::Owed => self.owed.ui(ui, cx, actions),
            Page::ToReport => self.to_report.ui(ui, cx, actions),
            Page::Agreement => self.agreement.ui(ui, cx, actions),
        }
    }
}

/// What a page shows as long as there is nobody who pays: the first step is to add one.
fn no_payer_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str, line: &str, actions: &mut Vec<Action>) {
    let words = Verb::AddPlatform.words().name;
    if empty(ui, title, line, (!cx.read_only).then_some(words)) {
        actions.push(Action::Open(Box::new(Dialog::AddPlatform(AddPlatformDialog::new(cx)))));
    }
}
