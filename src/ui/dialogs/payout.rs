//! A payout that has landed, corrected: day, amount, note. Also the arrival of one that was under way.
//!
//! Where less came than it should have settled, the same question asks why as when a payout lands.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::names;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::arrival::{Arrival, Came, today};
use crate::domain::command::{Command, Correction};
use crate::domain::ids::PayoutId;
use crate::domain::refusal::Field;

/// Corrects a payout, or lets one land.
#[derive(Debug)]
pub struct PayoutDialog {
    id: PayoutId,
    title: String,
    arrival: Arrival,
    note: String,
}

impl PayoutDialog {
    /// Prefilled with what is recorded; of one under way, with today and what should arrive. `None` where it is gone.
    #[must_use]
    pub fn new(cx: &Cx<'_>, id: PayoutId) -> Option<Self> {
        let payout = cx.book.payout(id)?;
        let name = names::payer(cx.book, payout.platform);
        let landed = payout.received.is_some();
        let on = payout.received_on.or(payout.booked_on().filter(|_| landed)).unwrap_or(today(cx));
        Some(Self {
            id,
            title: if landed { format!("Payout of {name}") } else { format!("Landed from {name}") },
            arrival: Arrival::new(cx, on, payout.received.unwrap_or_else(|| payout.sent_net()), payout.difference),
            note: payout.note.clone(),
        })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Some(payout) = cx.book.payout(self.id) else {
            // It was taken away while the dialog stood open, as by undo.
            actions.push(Action::CloseDialog);
            return;
        };
        let style = Style::of(cx.book.settings());
        let day = self.arrival.read_day(cx);
        let received = self.arrival.read_received(payout.received.unwrap_or(payout.gross).currency, style);
        // What is recorded already asks for no reason.
        let moved = received.as_ref().ok().filter(|received| payout.received != Some(**received));
        let question = moved.and_then(|received| Came::of(*received, payout.gross, payout.sent_net()).question(style));
        let sendable = day.is_ok() && received.is_ok() && (question.is_none() || self.arrival.difference.is_some());
        let title = self.title.clone();
        let send = if payout.received.is_some() { "Save" } else { "Mark as landed" };
        let shown = Dialog::new(&title, send).sendable(sendable).show(ctx, |ui| {
            self.arrival.day_ui(ui, cx, &day);
            self.arrival.received_ui(ui, cx, &received, |received| {
                format!("{} of {}", style.money(received), style.money(payout.gross))
            });
            if let Some(question) = &question {
                self.arrival.question_ui(ui, cx, question);
            }
            let told = self.arrival.refused(cx, Field::Note);
            let out = TextField::new("Note", &mut self.note).rows(2).reason(told.as_deref()).show(ui);
            self.arrival.changed |= out.response.changed();
            let shown = [Field::Day, Field::Amount, Field::Difference, Field::Note];
            if let Some(refused) = self.arrival.refused_but(cx, &shown) {
                reason_ui(ui, &refused);
            }
        });
        match (shown.outcome, day, received) {
            (Outcome::Cancelled, _, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(on), Ok(received)) => {
                self.arrival.changed = false;
                let difference = self.arrival.difference.filter(|_| question.is_some());
                let correction = Correction { payout: self.id, on, received, difference, note: self.note.clone() };
                actions.push(Action::Submit(Command::CorrectPayout(Box::new(correction))));
            }
            (Outcome::Sent | Outcome::Open, _, _) => {}
        }
    }
}
