//! A payout that has landed, corrected: day, amount, note. Also the arrival of one that was under way.
//!
//! Where less came than it should have settled, the same question asks why as when a payout lands.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::typed;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::difference::question_ui;
use super::land::{prefill, received_hint, today};
use super::parts::{day_words, refused, refused_elsewhere};
use crate::domain::command::{Command, Correction};
use crate::domain::ids::PayoutId;
use crate::domain::money::Money;
use crate::domain::payout::{Difference, Payout};
use crate::domain::refusal::Field;

/// Corrects a payout, or lets one land.
#[derive(Debug)]
pub struct PayoutDialog {
    id: PayoutId,
    title: String,
    day: String,
    received: String,
    difference: Option<Difference>,
    note: String,
}

impl PayoutDialog {
    /// Prefilled with what is recorded; of one under way, with today and what should arrive. `None` where it is gone.
    #[must_use]
    pub fn new(cx: &Cx<'_>, id: PayoutId) -> Option<Self> {
        let style = Style::of(cx.book.settings());
        let payout = cx.book.payout(id)?;
        let platform = payout.platform.and_then(|id| cx.book.platform(id));
        let name = platform.map_or("a platform not named", |platform| platform.name.as_str());
        let landed = payout.received.is_some();
        let on = payout.received_on.or(payout.booked_on().filter(|_| landed)).unwrap_or(today(cx));
        Some(Self {
            id,
            title: if landed { format!("Payout of {name}") } else { format!("Landed from {name}") },
            day: style.day(on, today(cx)),
            received: prefill(payout.received.unwrap_or_else(|| net(payout)), style),
            difference: payout.difference,
            note: payout.note.clone(),
        })
    }

    fn read_day(&self, cx: &Cx<'_>) -> Result<NaiveDate, String> {
        let day = typed::date(&self.day, today(cx)).map_err(|unreadable| unreadable.to_string())?;
        if day > today(cx) { Err("Lies in the future".to_owned()) } else { Ok(day) }
    }

    fn read_received(&self, payout: &Payout, style: Style) -> Result<Money, String> {
        let otherwise = payout.received.unwrap_or(payout.gross).currency;
        let received = style.reader().money(&self.received, otherwise).map_err(|unreadable| unreadable.to_string())?;
        if received.amount <= Decimal::ZERO {
            return Err("Must be above zero".to_owned());
        }
        if received.rounded() != received {
            let least = received.currency.minor_units();
            return Err(format!("{} has {least} decimals at the most", received.currency));
        }
        Ok(received)
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Some(payout) = cx.book.payout(self.id) else {
            // It was taken away while the dialog stood open, as by undo.
            actions.push(Action::CloseDialog);
            return;
        };
        let style = Style::of(cx.book.settings());
        let day = self.read_day(cx);
        let received = self.read_received(payout, style);
        let question = received.as_ref().ok().and_then(|received| question(payout, *received, style));
        let sendable = day.is_ok() && received.is_ok() && (question.is_none() || self.difference.is_some());
        let title = self.title.clone();
        let send = if payout.received.is_some() { "Save" } else { "Mark as landed" };
        let shown = Dialog::new(&title, send).sendable(sendable).show(ctx, |ui| {
            let told = refused(cx, Field::Day);
            let note = day.as_ref().map_or_else(|_| String::new(), |day| day_words(*day, today(cx), style));
            let field = TextField::new("Day", &mut self.day).hint("22 Nov, yesterday, Mon");
            field.reason(day.as_ref().err().or(told.as_ref()).map(String::as_str)).note(&note).show(ui);
            let told = refused(cx, Field::Amount);
            let note = received.as_ref().map_or_else(
                |_| String::new(),
                |received| format!("{} of {}", style.money(*received), style.money(payout.gross)),
            );
            let hint = received_hint(style);
            let field = TextField::new("Received", &mut self.received).hint(&hint).autofocus();
            field.reason(received.as_ref().err().or(told.as_ref()).map(String::as_str)).note(&note).show(ui);
            if let Some(question) = &question {
                question_ui(ui, question, &mut self.difference, refused(cx, Field::Difference));
            }
            let told = refused(cx, Field::Note);
            TextField::new("Note", &mut self.note).rows(2).reason(told.as_deref()).show(ui);
            if let Some(refused) = refused_elsewhere(cx, &[Field::Day, Field::Amount, Field::Difference, Field::Note]) {
                reason_ui(ui, &refused);
            }
        });
        match (shown.outcome, day, received) {
            (Outcome::Cancelled, _, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(on), Ok(received)) => {
                let difference = self.difference.filter(|_| question.is_some());
                let correction = Correction { payout: self.id, on, received, difference, note: self.note.clone() };
                actions.push(Action::Submit(Command::CorrectPayout(Box::new(correction))));
            }
            (Outcome::Sent | Outcome::Open, _, _) => {}
        }
    }
}

/// What should arrive of a payout: its gross less the fee and tax that are known in its currency.
fn net(payout: &Payout) -> Money {
    let cuts = [payout.platform_fee, payout.tax_withheld];
    let known = cuts.into_iter().flatten().filter(|cut| cut.currency == payout.gross.currency);
    payout.gross.with(payout.gross.amount.saturating_sub(known.map(|cut| cut.amount).sum()))
}

/// The one question, where less came than should have.
fn question(payout: &Payout, received: Money, style: Style) -> Option<String> {
    let net = net(payout);
    let same = received.currency == payout.gross.currency && payout.received != Some(received);
    let less = same && received.amount < payout.gross.amount && received != net;
    less.then(|| {
        let whole = if received.amount < net.amount { net } else { payout.gross };
        format!("Why {} less?", style.money(whole.with(whole.amount.saturating_sub(received.amount))))
    })
}
