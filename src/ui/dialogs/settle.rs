//! Settle by hand: money that came for exactly these pieces of what is owed. Prefilled with today and what should arrive.

use rust_decimal::Decimal;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::typed;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::arrival::prefill;
use super::difference::question_ui;
use super::parts::{day_words, refused, refused_elsewhere};
use crate::domain::command::{Command, SettledByHand, settleable_owed};
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::money::Money;
use crate::domain::payout::Difference;
use crate::domain::query::owed::OwedId;
use crate::domain::refusal::Field;

/// Settles pieces of what is owed.
#[derive(Debug)]
pub struct SettleDialog {
    of: Vec<OwedId>,
    title: String,
    day: String,
    received: String,
    difference: Option<Difference>,
    /// Gross and net of them, or why they can't be settled together.
    sums: Result<(Money, Money), String>,
}

impl SettleDialog {
    /// For pieces of what is owed; `what` names them: "3 earnings".
    #[must_use]
    pub fn new(cx: &Cx<'_>, of: Vec<OwedId>, what: &str) -> Self {
        let style = Style::of(cx.book.settings());
        let sums = settleable_owed(cx.book, &of, cx.today, cx.now).map_err(|refused| refused.to_string());
        Self {
            of,
            title: format!("Settle {what}"),
            day: style.day(cx.today, cx.today),
            received: sums.as_ref().map_or_else(|_| String::new(), |(_, net)| prefill(*net, style)),
            difference: None,
            sums,
        }
    }

    fn read(&self, style: Style, gross: Money) -> Result<Money, String> {
        let received = style.reader().money(&self.received, gross.currency).map_err(|why| why.to_string())?;
        if received.amount <= Decimal::ZERO {
            Err("Must be above zero".to_owned())
        } else if received.rounded() == received {
            Ok(received)
        } else {
            Err(format!("{} has {} decimals at the most", received.currency, received.currency.minor_units()))
        }
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
        let on = typed::date(&self.day, cx.today).map_err(|why| why.to_string());
        let received = self.read(style, gross);
        let less = received
            .as_ref()
            .ok()
            .filter(|came| came.currency == gross.currency && came.amount < gross.amount && **came != net);
        let question = less.map(|came| {
            let missing = gross.with(gross.amount - came.amount);
            format!("Why {} less than owed?", style.money(missing))
        });
        let sendable = on.is_ok() && received.is_ok() && (question.is_none() || self.difference.is_some());
        let shown = Dialog::new(&title, "Mark as paid").sendable(sendable).show(ctx, |ui| {
            let told = refused(cx, Field::Day);
            let reason = on.as_ref().err().or(told.as_ref());
            let note = on.as_ref().map_or_else(|_| String::new(), |day| day_words(*day, cx.today, style));
            let field = TextField::new("Day", &mut self.day).hint("22 Nov, yesterday, Mon");
            field.reason(reason.map(String::as_str)).note(&note).show(ui);
            let told = refused(cx, Field::Amount);
            let reason = received.as_ref().err().or(told.as_ref());
            let note = if net == gross {
                format!("{} is owed", style.money(gross))
            } else {
                format!("{} is owed, {} after the known fees", style.money(gross), style.money(net))
            };
            let field = TextField::new("Received", &mut self.received).autofocus();
            field.reason(reason.map(String::as_str)).note(&note).show(ui);
            if let Some(question) = &question {
                question_ui(ui, question, &mut self.difference, refused(cx, Field::Difference));
            }
            if let Some(refused) = refused_elsewhere(cx, &[Field::Day, Field::Amount, Field::Difference]) {
                reason_ui(ui, &refused);
            }
        });
        match (shown.outcome, on, received) {
            (Outcome::Cancelled, ..) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(on), Ok(received)) => {
                actions.push(Action::Submit(Command::SettleOwed(Box::new(SettledByHand {
                    of: self.of.clone(),
                    on,
                    received,
                    difference: self.difference.filter(|_| question.is_some()),
                    payout: PayoutId(cx.fresh.draw()),
                    earning_seed: EarningId(cx.fresh.draw()),
                }))));
            }
            (Outcome::Sent | Outcome::Open, ..) => {}
        }
    }
}
