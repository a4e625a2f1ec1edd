//! Arrived: the next transfer of a payout, at a wallet or a bank; one transfer may take several payouts along.
//!
//! What it cost and what arrived are of all of them together, and are shared by what each sent into it.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use egui::{RichText, Ui};
use rust_decimal::Decimal;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::typed;
use super::super::view::memo::Memo;
use super::super::view::payouts::payer;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::arrival::{above_zero, to_the_minor_unit, today};
use super::parts::{heading, optional, refused, refused_elsewhere, row, share};
use crate::domain::command::{Command, Transfer, holds, limits};
use crate::domain::ids::PayoutId;
use crate::domain::money::Money;
use crate::domain::payout::{Leg, Payout};
use crate::domain::query::calendar::way;
use crate::domain::refusal::Field as At;
use crate::engine::Stamp;

/// The next transfer of a payout.
#[derive(Debug)]
pub struct ArrivedDialog {
    id: PayoutId,
    title: String,
    to: String,
    sent: String,
    arrived: String,
    fee: String,
    rate: String,
    amount: String,
    lands: bool,
    /// Other payouts that it takes along.
    along: BTreeSet<PayoutId>,
    /// Those that it could take along.
    beside: Memo<Stamp, Vec<PayoutId>>,
}

/// What was read of the form.
struct Read {
    sent: Result<Option<NaiveDate>, String>,
    arrived: Result<Option<NaiveDate>, String>,
    fee: Result<Option<Money>, String>,
    rate: Result<Option<Decimal>, String>,
    amount: Result<Option<Money>, String>,
}

impl ArrivedDialog {
    /// The next transfer of a payout, prefilled by its route; `None` where it is gone.
    #[must_use]
    pub fn new(cx: &Cx<'_>, id: PayoutId) -> Option<Self> {
        let style = Style::of(cx.book.settings());
        let payout = cx.book.payout(id)?;
        let stops = way(cx.book, payout);
        let at = stops.iter().position(|stop| stop.arrived_on().is_none());
        let next = at.and_then(|at| stops.get(at));
        let open = next.and_then(|stop| stop.leg.as_ref());
        let day = |day: NaiveDate| style.day(day, today(cx));
        Some(Self {
            id,
            title: format!("Arrived from {}", payer(cx.book, payout)),
            to: next.map_or_else(String::new, |stop| stop.to.clone()),
            sent: open.and_then(|leg| leg.sent_on).map_or_else(String::new, day),
            arrived: day(today(cx)),
            fee: String::new(),
            rate: String::new(),
            amount: String::new(),
            lands: payout.received.is_none() && next.is_none_or(|stop| stop.counts),
            along: BTreeSet::new(),
            beside: Memo::default(),
        })
    }

    /// The payouts that it takes along, the one it was opened for first.
    fn payouts(&self) -> Vec<PayoutId> {
        std::iter::once(self.id).chain(self.along.iter().copied().filter(|id| *id != self.id)).collect()
    }

    fn read(&self, cx: &Cx<'_>, sent: Money) -> Read {
        let style = Style::of(cx.book.settings());
        let day = |draft: &str| optional(draft, |text| typed::date(text, today(cx)));
        let money = |draft: &str| match draft.trim() {
            "" => Ok(None),
            text => to_the_minor_unit(style, text, sent.currency).map(Some),
        };
        let fee = money(&self.fee).and_then(|fee| match fee {
            Some(fee) if fee.amount < Decimal::ZERO => Err("Can’t be below zero".to_owned()),
            fee => Ok(fee),
        });
        let rate = optional(&self.rate, |text| style.reader().decimal(text)).and_then(|rate| match rate {
            Some(rate) if rate <= Decimal::ZERO => Err("A rate is above zero".to_owned()),
            rate => Ok(rate),
        });
        let amount = money(&self.amount).and_then(|amount| amount.map(above_zero).transpose());
        Read { sent: day(&self.sent), arrived: day(&self.arrived), fee, rate, amount }
    }

    /// What arrives by the fee and the rate that were typed, where nothing else was said; `None` where it can't be told.
    fn follows(read: &Read, sent: Money, abroad: bool) -> Option<Money> {
        let fee = read.fee.as_ref().ok()?.filter(|fee| fee.currency == sent.currency);
        let left = sent.with(sent.amount.checked_sub(fee.map_or(Decimal::ZERO, |fee| fee.amount))?);
        let rate = *read.rate.as_ref().ok()?;
        (rate.is_none() && !abroad).then_some(left).filter(|left| left.amount > Decimal::ZERO)
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Some(payout) = cx.book.payout(self.id) else {
            actions.push(Action::CloseDialog);
            return;
        };
        let own = holds(payout);
        let all = self.payouts().into_iter().filter_map(|id| cx.book.payout(id)).map(|payout| holds(payout).amount);
        let sent = own.with(all.sum());
        let read = self.read(cx, sent);
        let abroad = read.fee.as_ref().is_ok_and(|fee| fee.is_some_and(|fee| fee.currency != sent.currency));
        let follows = Self::follows(&read, sent, abroad);
        let transfer = self.transfer(&read, follows);
        let title = self.title.clone();
        let send = if self.arrived.trim().is_empty() { "Mark as sent" } else { "Mark as arrived" };
        let shown =
            Dialog::new(&title, send).sendable(transfer.is_some() && !cx.read_only).width(620.0).show(ctx, |ui| {
                self.body_ui(ui, cx, payout, &read, (sent, follows));
            });
        match (shown.outcome, transfer) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Some(transfer)) => {
                actions.push(Action::Submit(Command::TransferPayouts(Box::new(transfer))));
            }
            (Outcome::Sent | Outcome::Open, _) => {}
        }
    }

    fn transfer(&self, read: &Read, follows: Option<Money>) -> Option<Transfer> {
        let (sent_on, arrived_on) = (*read.sent.as_ref().ok()?, *read.arrived.as_ref().ok()?);
        let arrived = read.amount.as_ref().ok()?.or(follows.filter(|_| arrived_on.is_some()));
        let leg = Leg {
            to: self.to.trim().to_owned(),
            sent_on,
            arrived_on,
            fee: *read.fee.as_ref().ok()?,
            rate: *read.rate.as_ref().ok()?,
            arrived,
        };
        let lands = self.lands && arrived_on.is_some();
        (sent_on.is_some() || arrived_on.is_some()).then_some(())?;
        (!lands || arrived.is_some()).then(|| Transfer { payouts: self.payouts(), leg, lands })
    }

    fn body_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, payout: &Payout, read: &Read, of: (Money, Option<Money>)) {
        let style = Style::of(cx.book.settings());
        let (sent, follows) = of;
        let day = refused(cx, At::Day);
        row(ui, |ui| {
            let width = share(ui, 3);
            Field::new("To", &mut self.to)
                .limit(limits::NAME_LETTERS)
                .width(width)
                .hint("PayPal, bank, M-Pesa")
                .show(ui);
            let why = read.sent.as_ref().err().or(day.as_ref());
            Field::new("Sent", &mut self.sent).width(width).hint("–").reason(why.map(String::as_str)).show(ui);
            let why = read.arrived.as_ref().err();
            let field = Field::new("Arrived", &mut self.arrived).width(width).hint("still under way");
            field.reason(why.map(String::as_str)).show(ui);
        });
        let (fee, rate, amount) = (refused(cx, At::Fee), refused(cx, At::Rate), refused(cx, At::Amount));
        row(ui, |ui| {
            let width = share(ui, 3);
            let why = read.fee.as_ref().err().or(fee.as_ref());
            Field::new("Fee", &mut self.fee).width(width).hint("–").reason(why.map(String::as_str)).show(ui);
            let why = read.rate.as_ref().err().or(rate.as_ref());
            Field::new("Exchange rate", &mut self.rate).width(width).hint("–").reason(why.map(String::as_str)).show(ui);
            let why = read.amount.as_ref().err().or(amount.as_ref());
            let hint = follows.map_or_else(|| "12,900 KES".to_owned(), |money| style.money(money));
            let field = Field::new("What arrived", &mut self.amount).width(width).hint(&hint).autofocus();
            field.reason(why.map(String::as_str)).show(ui);
        });
        let tokens = theme::tokens(ui);
        let words = match follows.filter(|_| self.amount.trim().is_empty()) {
            Some(money) => {
                format!("{} went in · {} arrives if nothing else is said", style.money(sent), style.money(money))
            }
            None => format!("{} went in", style.money(sent)),
        };
        ui.add(egui::Label::new(RichText::new(words).color(tokens.muted)).wrap());
        if payout.received.is_none() {
            ui.checkbox(&mut self.lands, "This account counts as landed");
        }
        self.along_ui(ui, cx, payout);
        if let Some(reason) = refused_elsewhere(cx, &[At::Day, At::Fee, At::Rate, At::Amount]) {
            reason_ui(ui, &reason);
        }
    }

    /// Other payouts that stand where this one stands.
    fn along_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, payout: &Payout) {
        let others = self.beside.get(cx.figures.stamp, || beside(cx, payout));
        let others: Vec<&Arc<Payout>> = others.iter().filter_map(|id| cx.book.payout(*id)).collect();
        if others.is_empty() {
            return;
        }
        let style = Style::of(cx.book.settings());
        heading(ui, "Together with");
        egui::ScrollArea::vertical().id_salt("along").max_height(120.0).show(ui, |ui| {
            for other in others {
                let mut taken = self.along.contains(&other.id);
                let on = other.booked_on().map_or_else(String::new, |on| format!(", {}", style.day(on, today(cx))));
                let words = format!("{}{on}, {}", payer(cx.book, other), style.money(holds(other)));
                if ui.checkbox(&mut taken, words).changed() {
                    if taken {
                        self.along.insert(other.id);
                    } else {
                        self.along.remove(&other.id);
                    }
                }
            }
        });
    }
}

/// The account at which a payout stands, once it is on its way.
fn place(payout: &Payout) -> Option<&str> {
    payout.legs.iter().rev().find(|leg| leg.arrived_on.is_some()).map(|leg| leg.to.as_str())
}

/// Payouts that stand at the same account in the same currency and can go on together, the newest first.
fn beside(cx: &Cx<'_>, payout: &Payout) -> Vec<PayoutId> {
    const MOST: usize = 20;
    let mut others: Vec<&Arc<Payout>> = cx
        .book
        .payouts()
        .filter(|other| other.id != payout.id && holds(other).currency == holds(payout).currency)
        .filter(|other| place(other) == place(payout) && other.received.is_none() == payout.received.is_none())
        .filter(|other| way(cx.book, other).iter().any(|stop| stop.arrived_on().is_none()))
        .collect();
    others.sort_by_key(|other| std::cmp::Reverse((other.booked_on(), other.id)));
    others.into_iter().take(MOST).map(|other| other.id).collect()
}
