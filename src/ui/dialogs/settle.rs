//! Settle by hand: money that came for exactly these pieces of what is owed. Prefilled with today and what should arrive.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::reason_ui;
use super::arrival::{Arrival, Came, owed_words, today};
use crate::domain::command::{Command, SettledByHand, settleable_owed};
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::money::Money;
use crate::domain::query::owed::OwedId;
use crate::domain::refusal::Field;

/// The fields that show their own refusals.
const OWN: [Field; 3] = [Field::Day, Field::Amount, Field::Difference];

/// Settles pieces of what is owed.
#[derive(Debug)]
pub struct SettleDialog {
    of: Vec<OwedId>,
    title: String,
    arrival: Arrival,
    /// Gross and net of them, or why they can't be settled together.
    sums: Result<(Money, Money), String>,
}

impl SettleDialog {
    /// For pieces of what is owed; `what` names them: "3 earnings".
    #[must_use]
    pub fn new(cx: &Cx<'_>, of: Vec<OwedId>, what: &str) -> Self {
        let sums = settleable_owed(cx.book, &of, cx.today, cx.now).map_err(|refused| refused.to_string());
        let net = sums.as_ref().map_or_else(|_| Money::zero(cx.book.settings().home_currency), |(_, net)| *net);
        Self { of, title: format!("Settle {what}"), arrival: Arrival::new(cx, today(cx), net, None), sums }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let title = self.title.clone();
        let (gross, net) = match &self.sums {
            Ok(sums) => *sums,
            Err(why) => {
                let why = why.clone();
                let shown = Dialog::new(&title, "").cancel("Close").show(ctx, |ui| reason_ui(ui, &why));
                if shown.outcome != Outcome::Open {
                    actions.push(Action::CloseDialog);
                }
                return;
            }
        };
        let style = Style::of(cx.book.settings());
        let day = self.arrival.read_day(cx);
        let received = self.arrival.read_received(gross.currency, style);
        let came = received.as_ref().ok().map(|received| Came::of(*received, gross, net));
        let question = came.and_then(|came| came.question(style));
        let sendable = day.is_ok() && received.is_ok() && (question.is_none() || self.arrival.difference.is_some());
        let shown = Dialog::new(&title, "Mark as paid").sendable(sendable).show(ctx, |ui| {
            self.arrival.day_ui(ui, cx, &day);
            self.arrival.received_ui(ui, cx, &received, |_| owed_words(gross, net, style));
            if let Some(question) = &question {
                self.arrival.question_ui(ui, cx, question);
            }
            if let Some(refused) = self.arrival.refused_but(cx, &OWN) {
                reason_ui(ui, &refused);
            }
        });
        match (shown.outcome, day, received) {
            (Outcome::Cancelled, ..) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(on), Ok(received)) => {
                self.arrival.changed = false;
                actions.push(Action::Submit(Command::SettleOwed(Box::new(SettledByHand {
                    of: self.of.clone(),
                    on,
                    received,
                    difference: self.arrival.difference.filter(|_| question.is_some()),
                    payout: PayoutId(cx.fresh.draw()),
                    earning_seed: EarningId(cx.fresh.draw()),
                }))));
            }
            (Outcome::Sent | Outcome::Open, ..) => {}
        }
    }
}
