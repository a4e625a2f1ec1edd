//! A bill: what for, how much, by which day, how often, until when. For adding and for editing.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::typed;
use super::super::view::names;
use super::super::widgets::button;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::parts::{choose, choose_currency, coming_day, day_words, optional, refused, refused_elsewhere, row, share};
use crate::domain::bill::{Bill, Repeats};
use crate::domain::command::Command;
use crate::domain::ids::BillId;
use crate::domain::money::{Currency, Money};
use crate::domain::refusal::Field;

/// A bill being added or edited.
#[derive(Debug)]
pub struct BillDialog {
    /// The bill being edited; `None` for a new one.
    id: Option<BillId>,
    name: String,
    amount: String,
    currency: Currency,
    due_on: String,
    repeats: Repeats,
    until: String,
}

impl BillDialog {
    /// A new bill in the home currency.
    #[must_use]
    pub fn add(cx: &Cx<'_>) -> Self {
        Self {
            id: None,
            name: String::new(),
            amount: String::new(),
            currency: cx.book.settings().home_currency,
            due_on: String::new(),
            repeats: Repeats::Monthly,
            until: String::new(),
        }
    }

    /// A bill as it is; `None` where it is gone.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, id: BillId) -> Option<Self> {
        let style = Style::of(cx.book.settings());
        let bill = cx.book.bill(id)?;
        Some(Self {
            id: Some(id),
            name: bill.name.clone(),
            amount: style.draft(bill.amount),
            currency: bill.amount.currency,
            due_on: style.day(bill.due_on, cx.today),
            repeats: bill.repeats,
            until: bill.until.map_or_else(String::new, |day| style.day(day, cx.today)),
        })
    }

    fn read_amount(&self, style: Style) -> Result<Money, String> {
        style.reader().cash(&self.amount, self.currency).map_err(|unreadable| unreadable.to_string())
    }

    fn read_until(&self, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
        if self.repeats == Repeats::Never {
            return Ok(None);
        }
        optional(&self.until, |text| typed::date(text, today))
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let style = Style::of(cx.book.settings());
        let amount = self.read_amount(style);
        let due_on = coming_day(&self.due_on, cx.today);
        let until = self.read_until(cx.today);
        let named = !self.name.trim().is_empty();
        let sendable = named && amount.is_ok() && due_on.is_ok() && until.is_ok();
        let (title, send) = if self.id.is_some() { ("Edit bill", "Save") } else { ("Add bill", "Add") };
        let mut deleted = false;
        let shown = Dialog::new(title, send).sendable(sendable).show(ctx, |ui| {
            let told = refused(cx, Field::Name);
            TextField::new("Name", &mut self.name).hint("Rent").autofocus().reason(told.as_deref()).show(ui);
            row(ui, |ui| {
                let width = share(ui, 2);
                let told = refused(cx, Field::Amount);
                let typed = !self.amount.trim().is_empty();
                let reason = amount.as_ref().err().filter(|_| typed).or(told.as_ref());
                let note = amount.as_ref().map_or_else(|_| String::new(), |amount| style.money(*amount));
                let field = TextField::new("Amount", &mut self.amount).hint("900").width(width);
                field.reason(reason.map(String::as_str)).note(&note).show(ui);
                choose_currency(ui, "Currency", width, &mut self.currency);
            });
            row(ui, |ui| {
                let width = share(ui, 2);
                let typed = !self.due_on.trim().is_empty();
                let reason = due_on.as_ref().err().filter(|_| typed);
                let note = due_on.as_ref().map_or_else(|_| String::new(), |day| day_words(*day, cx.today, style));
                let field = TextField::new("Due", &mut self.due_on).hint("1 Dec").width(width);
                field.reason(reason.map(String::as_str)).note(&note).show(ui);
                let options = Repeats::ALL.map(|repeats| (repeats, names::repeats(repeats)));
                choose(ui, "Repeats", width, &options, &mut self.repeats);
            });
            if self.repeats != Repeats::Never {
                let told = refused(cx, Field::Day);
                let reason = until.as_ref().err().or(told.as_ref());
                let field = TextField::new("Until", &mut self.until).hint("no end");
                field.reason(reason.map(String::as_str)).show(ui);
            }
            if self.id.is_some() {
                let line = "Take this bill away, with all its days";
                deleted = ui.add(button::quiet("Delete bill").tip("Delete bill", "", line)).clicked();
            }
            if let Some(refused) = refused_elsewhere(cx, &[Field::Name, Field::Amount, Field::Day]) {
                reason_ui(ui, &refused);
            }
        });
        if let Some(id) = self.id.filter(|_| deleted) {
            actions.push(Action::Submit(Command::DeleteBill(id)));
            return;
        }
        match (shown.outcome, amount, due_on, until) {
            (Outcome::Cancelled, ..) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(amount), Ok(due_on), Ok(until)) => {
                let id = self.id.unwrap_or_else(|| BillId(cx.fresh.draw()));
                let name = self.name.trim().to_owned();
                let bill = Bill { id, name, amount, due_on, repeats: self.repeats, until };
                actions.push(Action::Submit(Command::SetBill(Box::new(bill))));
            }
            (Outcome::Sent | Outcome::Open, ..) => {}
        }
    }
}
