//! Landed: an expected payout has arrived. Prefilled with today and the amount that should arrive.
//!
//! What was typed is shown back at once with what it will settle. Where less came than is owed, one question asks why;
//! it is never guessed. Timers that still run are left out and said so.

use std::collections::BTreeSet;

use egui::Ui;
use rust_decimal::Decimal;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::typed;
use super::super::view::reasons;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::super::widgets::rich;
use super::difference::question_ui;
use super::parts::day_words;
use crate::domain::command::{Command, Landing, settleable, settleable_gross, settleable_net};
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::money::Money;
use crate::domain::payout::Difference;
use crate::domain::query::calendar::{Expected, ExpectedKey, Source};
use crate::domain::refusal::Field;

/// Landed: an expected payout has arrived.
#[derive(Debug)]
pub struct LandDialog {
    key: ExpectedKey,
    title: String,
    day: String,
    received: String,
    difference: Option<Difference>,
    /// Whether anything was changed since it was sent: a refusal of before says nothing of what stands now.
    changed: bool,
}

/// What an amount means for an expected payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// All that is owed, or all of it less the fees that are known.
    Whole,
    /// More than is owed, by this much.
    More(Money),
    /// Less than should arrive, by this much.
    Less(Money),
    /// More than after the known fees, but less than is owed, by this much.
    Between(Money),
    /// Another currency.
    Exchanged,
}

impl Came {
    fn of(received: Money, gross: Money, net: Money) -> Self {
        if received.currency != gross.currency {
            Self::Exchanged
        } else if received == gross || received == net {
            Self::Whole
        } else if received.amount > gross.amount {
            Self::More(gross.with(received.amount.saturating_sub(gross.amount)))
        } else if received.amount > net.amount {
            Self::Between(gross.with(gross.amount.saturating_sub(received.amount)))
        } else {
            Self::Less(net.with(net.amount.saturating_sub(received.amount)))
        }
    }

    /// The one question that is asked, where there is one.
    fn question(self, style: Style) -> Option<String> {
        match self {
            Self::Less(missing) => Some(format!("Why {} less?", style.money(missing))),
            Self::Between(missing) => Some(format!("Why {} less than owed?", style.money(missing))),
            Self::Whole | Self::More(_) | Self::Exchanged => None,
        }
    }
}

impl LandDialog {
    /// Prefilled with today and the expected amount.
    #[must_use]
    pub fn new(cx: &Cx<'_>, expected: &Expected) -> Self {
        let style = Style::of(cx.book.settings());
        let net = settleable_net(cx.book, expected);
        let platform = cx.book.platform(expected.key.platform).map_or("a platform", |platform| platform.name.as_str());
        Self {
            key: expected.key,
            title: format!("Landed from {platform}"),
            day: style.day(today(cx), today(cx)),
            received: prefill(net, style),
            difference: None,
            changed: false,
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let expected = cx.figures.calendar.expected.iter().find(|expected| expected.key == self.key);
        let Some(expected) = expected else {
            self.gone_ui(ctx, actions);
            return;
        };
        let style = Style::of(cx.book.settings());
        let gross = settleable_gross(cx.book, expected);
        let net = settleable_net(cx.book, expected);
        let day = self.read_day(cx);
        let received = self.read_received(gross, style);
        let came = received.as_ref().ok().map(|received| Came::of(*received, gross, net));
        let question = came.and_then(|came| came.question(style));
        let sendable = day.is_ok() && received.is_ok() && (question.is_none() || self.difference.is_some());
        let title = self.title.clone();
        let shown = Dialog::new(&title, "Mark as landed").sendable(sendable).show(ctx, |ui| {
            self.day_ui(ui, cx, &day);
            self.received_ui(ui, cx, &received, gross, net);
            if let Some(question) = &question {
                let refused = self.refused(cx, Some(Field::Difference));
                self.changed |= question_ui(ui, question, &mut self.difference, refused);
            }
            if let (Ok(received), Some(came)) = (&received, came) {
                self.outcome_ui(ui, cx, expected, *received, gross, came);
            }
            if let Some(refused) = self.refused(cx, None) {
                reason_ui(ui, &refused);
            }
        });
        match (shown.outcome, day, received) {
            (Outcome::Cancelled, _, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(on), Ok(received)) => {
                self.changed = false;
                actions.push(Action::Submit(Command::Land(Box::new(Landing {
                    key: self.key,
                    on,
                    received,
                    difference: self.difference.filter(|_| question.is_some()),
                    payout: PayoutId(cx.fresh.draw()),
                    earning_seed: EarningId(cx.fresh.draw()),
                }))));
            }
            (Outcome::Sent | Outcome::Open, _, _) => {}
        }
    }

    /// What was expected has gone while the dialog stood open, as by undo.
    fn gone_ui(&self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        let shown = Dialog::new(&self.title, "").cancel("Close").show(ctx, |ui| {
            ui.add(egui::Label::new("It isn’t expected any more: it has landed, or its work has changed.").wrap());
        });
        if shown.outcome != Outcome::Open {
            actions.push(Action::CloseDialog);
        }
    }

    fn read_day(&self, cx: &Cx<'_>) -> Result<chrono::NaiveDate, String> {
        let day = typed::date(&self.day, today(cx)).map_err(|unreadable| unreadable.to_string())?;
        if day > today(cx) {
            return Err("Lies in the future: mark it once it is there".to_owned());
        }
        Ok(day)
    }

    fn read_received(&self, gross: Money, style: Style) -> Result<Money, String> {
        let received =
            style.reader().money(&self.received, gross.currency).map_err(|unreadable| unreadable.to_string())?;
        if received.amount <= Decimal::ZERO {
            return Err("Must be above zero".to_owned());
        }
        if received.rounded() != received {
            let least = received.currency.minor_units();
            return Err(format!("{} has {least} decimals at the most", received.currency));
        }
        Ok(received)
    }

    /// The reason of the last refusal, for a field, or for none of the dialog's own.
    fn refused(&self, cx: &Cx<'_>, field: Option<Field>) -> Option<String> {
        const OWN: [Field; 3] = [Field::Day, Field::Amount, Field::Difference];
        let refused = cx.refused.as_ref().filter(|_| !self.changed)?;
        let here = field.map_or(!OWN.contains(&refused.field), |field| refused.field == field);
        here.then(|| refused.to_string())
    }

    fn day_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, day: &Result<chrono::NaiveDate, String>) {
        let refused = self.refused(cx, Some(Field::Day));
        let reason = day.as_ref().err().or(refused.as_ref());
        let note = day
            .as_ref()
            .map_or_else(|_| String::new(), |day| day_words(*day, today(cx), Style::of(cx.book.settings())));
        let field = TextField::new("Day", &mut self.day).hint("22 Nov, yesterday, Mon");
        let out = field.reason(reason.map(String::as_str)).note(&note).show(ui);
        self.changed |= out.response.changed();
    }

    fn received_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, received: &Result<Money, String>, gross: Money, net: Money) {
        let style = Style::of(cx.book.settings());
        let refused = self.refused(cx, Some(Field::Amount));
        let reason = received.as_ref().err().or(refused.as_ref());
        let note = received.as_ref().map_or_else(
            |_| String::new(),
            |received| {
                let owed = if net == gross {
                    format!("{} is owed", style.money(gross))
                } else {
                    format!("{} is owed, {} after known fees", style.money(gross), style.money(net))
                };
                format!("{} · {owed}", style.money(*received))
            },
        );
        let hint = received_hint(style);
        let field = TextField::new("Received", &mut self.received).hint(&hint).autofocus();
        let out = field.reason(reason.map(String::as_str)).note(&note).show(ui);
        self.changed |= out.response.changed();
    }

    /// What comes of it: which sessions are settled, and what happens to the rest.
    fn outcome_ui(&self, ui: &mut Ui, cx: &Cx<'_>, expected: &Expected, received: Money, gross: Money, came: Came) {
        let style = Style::of(cx.book.settings());
        let tokens = theme::tokens(ui);
        let mut lines = Vec::new();
        // What is settled hangs on the answer, where there is a question.
        if came.question(style).is_none() || self.difference.is_some() {
            lines.push(self.settles(cx, expected, received, gross, came));
        }
        if let Came::More(surplus) = came {
            lines.push(format!("{} more than owed: the surplus stands as unexplained", style.money(surplus)));
        }
        let running = running(cx, expected);
        if running > 0 {
            let timer = reasons::counted(running, "running timer");
            lines.push(format!("Leaves out {timer}: that work is still open"));
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
            for line in lines {
                ui.add(egui::Label::new(rich::figure(&line).color(tokens.muted).job(tokens)).wrap());
            }
        });
    }

    fn settles(&self, cx: &Cx<'_>, expected: &Expected, received: Money, gross: Money, came: Came) -> String {
        let style = Style::of(cx.book.settings());
        let rows: Vec<Source> = settleable(cx.book, expected).map(|row| row.source).collect();
        let count = |wanted: fn(&Source) -> bool| rows.iter().copied().filter(wanted).collect::<BTreeSet<_>>().len();
        let sessions = count(|source| matches!(source, Source::Session(_)));
        let earnings = count(|source| matches!(source, Source::Earning(_)));
        let what = [(sessions, "session"), (earnings, "earning")];
        let what: Vec<String> = what
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| reasons::counted(count, noun))
            .collect();
        let (what, owed) = (what.join(" and "), style.money(gross));
        let asked = came.question(style).is_some();
        match self.difference.filter(|_| asked) {
            Some(Difference::RestLater | Difference::Unexplained) => {
                format!("Settles {} of {owed}; the rest stays open", style.money(received))
            }
            Some(Difference::PartRejected) => {
                format!("Settles {what}, {} of {owed}; the rest was rejected", style.money(received))
            }
            Some(Difference::Fee | Difference::TaxWithheld | Difference::Exchange) | None => {
                format!("Settles {what}, {owed}")
            }
        }
    }
}

/// An amount as people write it, where that reads back as the same; else with its code.
pub(super) fn prefill(net: Money, style: Style) -> String {
    let words = style.money(net);
    if style.reader().money(&words, net.currency) == Ok(net) {
        words
    } else {
        format!("{} {}", style.exact(net.amount), net.currency)
    }
}

/// What can be typed for what arrived: "180, or 18.10 EUR".
pub(super) fn received_hint(style: Style) -> String {
    format!("180, or {} EUR", style.decimals(Decimal::new(1810, 2), 2))
}

/// The user's calendar date: a payout lands on a date, whenever the user's own day begins.
pub(super) fn today(cx: &Cx<'_>) -> chrono::NaiveDate {
    crate::domain::span::date_in(cx.now.at, cx.now.zone)
}

/// The timers behind an amount that still run.
fn running(cx: &Cx<'_>, expected: &Expected) -> usize {
    let open: BTreeSet<_> = expected
        .rows
        .iter()
        .filter_map(|row| match row.source {
            Source::Session(id) => cx.book.session(id).filter(|session| session.is_open()).map(|session| session.id),
            Source::Earning(_) => None,
        })
        .collect();
    open.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::settings::NumberStyle;

    #[test]
    fn what_is_prefilled_reads_back_as_the_same_amount_in_every_currency() {
        for currency in Currency::all() {
            for amount in ["180", "1234.5", "1234567", "0.5"] {
                let net = Money::new(amount.parse().unwrap(), currency).rounded();
                if net.amount.is_zero() {
                    continue;
                }
                for numbers in NumberStyle::ALL {
                    let style = Style { numbers, ..Style::PLAIN };
                    let text = prefill(net, style);
                    assert_eq!(style.reader().money(&text, currency), Ok(net), "{currency} {amount}: {text}");
                }
            }
        }
    }

    #[test]
    fn every_amount_is_of_one_kind_and_only_less_asks_why() {
        let usd = |text: &str| Money::new(text.parse().unwrap(), Currency::USD);
        let (gross, net) = (usd("180"), usd("178.20"));
        let euro = Money::new(Decimal::TEN, Currency::EUR);
        for (received, came, question) in [
            (usd("180"), Came::Whole, None),
            (usd("178.2"), Came::Whole, None),
            (usd("190"), Came::More(usd("10")), None),
            (usd("179"), Came::Between(usd("1")), Some("Why $1.00 less than owed?")),
            (usd("168.2"), Came::Less(usd("10")), Some("Why $10.00 less?")),
            (euro, Came::Exchanged, None),
        ] {
            let found = Came::of(received, gross, net);
            assert_eq!(found, came);
            assert_eq!(found.question(Style::PLAIN).as_deref(), question);
        }
    }
}
