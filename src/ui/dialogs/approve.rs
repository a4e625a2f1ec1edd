//! Approve a part: only this much of an earning was accepted, from a day on.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::typed;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::parts::{day_words, refused, refused_elsewhere, row, share};
use crate::domain::command::{Command, OnOwed, OwedAct};
use crate::domain::earning::EarningState;
use crate::domain::ids::EarningId;
use crate::domain::money::Money;
use crate::domain::query::owed::OwedId;
use crate::domain::refusal::Field;

/// Approves a part of a piece of what is owed.
#[derive(Debug)]
pub struct ApproveDialog {
    of: OwedId,
    /// All of it.
    amount: Money,
    title: String,
    accepted: String,
    day: String,
}

impl ApproveDialog {
    /// For a piece of what is owed: what it is called, and all of it.
    #[must_use]
    pub fn new(cx: &Cx<'_>, of: OwedId, what: &str, amount: Money) -> Self {
        let style = Style::of(cx.book.settings());
        Self {
            of,
            amount: amount.rounded(),
            title: format!("Approved part of {what}"),
            accepted: String::new(),
            day: style.day(cx.today, cx.today),
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let style = Style::of(cx.book.settings());
        let part = style.reader().cash(&self.accepted, self.amount.currency).map_err(|why| why.to_string());
        let on = typed::date(&self.day, cx.today).map_err(|why| why.to_string());
        let title = self.title.clone();
        let shown = Dialog::new(&title, "Approve").sendable(part.is_ok() && on.is_ok()).show(ctx, |ui| {
            row(ui, |ui| {
                let width = share(ui, 2);
                let told = refused(cx, Field::Amount);
                let typed = !self.accepted.trim().is_empty();
                let reason = part.as_ref().err().filter(|_| typed).or(told.as_ref());
                let note = match &part {
                    Ok(part) if part.currency == self.amount.currency => {
                        let by = part.with(part.amount - self.amount.amount);
                        format!("{} of {}: {}", style.money(*part), style.money(self.amount), style.money(by))
                    }
                    _ => format!("of {}", style.money(self.amount)),
                };
                let field = TextField::new("Accepted", &mut self.accepted).width(width).autofocus();
                field.reason(reason.map(String::as_str)).note(&note).show(ui);
                let told = refused(cx, Field::Day);
                let reason = on.as_ref().err().or(told.as_ref());
                let note = on.as_ref().map_or_else(|_| String::new(), |day| day_words(*day, cx.today, style));
                let field = TextField::new("On", &mut self.day).width(width);
                field.reason(reason.map(String::as_str)).note(&note).show(ui);
            });
            if let Some(refused) = refused_elsewhere(cx, &[Field::Amount, Field::Day]) {
                reason_ui(ui, &refused);
            }
        });
        match (shown.outcome, part, on) {
            (Outcome::Cancelled, ..) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(part), Ok(on)) => {
                actions.push(Action::Submit(Command::ActOnOwed(Box::new(OnOwed {
                    of: vec![self.of],
                    act: OwedAct::State(EarningState::Approved(Some(part))),
                    on,
                    earning_seed: EarningId(cx.fresh.draw()),
                }))));
            }
            (Outcome::Sent | Outcome::Open, ..) => {}
        }
    }
}
