//! Explain: what a payout brought beyond what was owed was a bonus, another correction, or pays for something that is open.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::names;
use super::super::view::payouts::payer;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog as Frame, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::arrival::{above_zero, to_the_minor_unit};
use super::parts::{choose, one_of, refused, refused_elsewhere};
use super::{Dialog, RecordPayoutDialog};
use crate::domain::command::{Command, Explanation, limits};
use crate::domain::ids::{EarningId, PayoutId, ProjectId};
use crate::domain::refusal::Field as At;

/// What a surplus was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Was {
    Bonus,
    Correction,
    Open,
}

/// Explains a surplus.
#[derive(Debug)]
pub struct ExplainDialog {
    id: PayoutId,
    title: String,
    was: Was,
    amount: String,
    project: Option<ProjectId>,
    note: String,
}

impl ExplainDialog {
    /// For the whole surplus of a payout; `None` where it is gone or has none.
    #[must_use]
    pub fn new(cx: &Cx<'_>, id: PayoutId) -> Option<Self> {
        let payout = cx.book.payout(id)?;
        let style = Style::of(cx.book.settings());
        let surplus = payout.unallocated();
        let settled = payout.allocations.iter().filter_map(|part| cx.book.earning(part.earning));
        let mut projects = settled.map(|earning| earning.project);
        let first = projects.next().flatten();
        Some(Self {
            id,
            title: format!("{} more from {}", style.money(surplus), payer(cx.book, payout)),
            was: Was::Bonus,
            amount: style.draft(surplus),
            // Of work on one project alone, the bonus is likely for that.
            project: first.filter(|first| projects.all(|other| other == Some(*first))),
            note: String::new(),
        })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Some(payout) = cx.book.payout(self.id) else {
            actions.push(Action::CloseDialog);
            return;
        };
        let style = Style::of(cx.book.settings());
        let amount = to_the_minor_unit(style, &self.amount, payout.gross.currency).and_then(above_zero);
        let title = self.title.clone();
        let send = if self.was == Was::Open { "Choose…" } else { "Record" };
        let sendable = self.was == Was::Open || amount.is_ok();
        let shown = Frame::new(&title, send).sendable(sendable && !cx.read_only).show(ctx, |ui| {
            let options = [
                (Was::Bonus, "A bonus", "Recorded as a bonus that this payout settles"),
                (Was::Correction, "Another correction", "Recorded as an adjustment that this payout settles"),
                (Was::Open, "Pays for something open", "Choose it from the list of what is open"),
            ];
            one_of(ui, "What it was", &options, &mut self.was);
            if self.was == Was::Open {
                card::note(ui, "The payout opens with all that it can settle.");
                return;
            }
            let told = refused(cx, At::Amount);
            let why = amount.as_ref().err().or(told.as_ref());
            Field::new("Amount", &mut self.amount).reason(why.map(String::as_str)).show(ui);
            let mut projects: Vec<(Option<ProjectId>, String)> = vec![(None, "The platform as a whole".to_owned())];
            let platform = payout.platform;
            let all = platform.into_iter().flat_map(|platform| cx.book.projects_of(platform));
            projects.extend(all.map(|project| (Some(project.id), names::project(cx.book, Some(project.id)))));
            let options: Vec<(Option<ProjectId>, &str)> =
                projects.iter().map(|(id, name)| (*id, name.as_str())).collect();
            let width = ui.available_width();
            choose(ui, "For", width, &options, &mut self.project);
            let told = refused(cx, At::Note);
            let field = Field::new("Note", &mut self.note).limit(limits::NOTE_LETTERS).hint("weekend mission");
            field.reason(told.as_deref()).show(ui);
            if let Some(reason) = refused_elsewhere(cx, &[At::Amount, At::Note]) {
                reason_ui(ui, &reason);
            }
        });
        match (shown.outcome, amount) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, _) if self.was == Was::Open => {
                let dialog = RecordPayoutDialog::edit(cx, self.id).map(Dialog::RecordPayout);
                actions.extend(dialog.map(|dialog| Action::Open(Box::new(dialog))));
            }
            (Outcome::Sent, Ok(amount)) => {
                let explanation = Explanation {
                    payout: self.id,
                    amount,
                    bonus: self.was == Was::Bonus,
                    project: self.project,
                    note: self.note.clone(),
                    earning: EarningId(cx.fresh.draw()),
                };
                actions.push(Action::Submit(Command::ExplainSurplus(Box::new(explanation))));
            }
            (Outcome::Sent | Outcome::Open, _) => {}
        }
    }
}
