//! What every form of money that arrived asks: the day, the amount, and, where less came than should have, why.
//!
//! What was typed is read on each frame and shown back at once. A refusal counts until something is changed.

use chrono::NaiveDate;
use egui::Ui;
use rust_decimal::Decimal;

use super::super::cx::Cx;
use super::super::format::Style;
use super::super::typed;
use super::super::widgets::field::Field as TextField;
use super::difference::question_ui;
use super::parts::day_words;
use crate::domain::money::{Currency, Money};
use crate::domain::payout::Difference;
use crate::domain::refusal::Field;

/// What an amount means beside what is owed and what should arrive of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
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
    pub(super) fn of(received: Money, gross: Money, net: Money) -> Self {
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
    pub(super) fn question(self, style: Style) -> Option<String> {
        match self {
            Self::Less(missing) => Some(format!("Why {} less?", style.money(missing))),
            Self::Between(missing) => Some(format!("Why {} less than owed?", style.money(missing))),
            Self::Whole | Self::More(_) | Self::Exchanged => None,
        }
    }
}

/// The fields of an arrival.
#[derive(Debug)]
pub(super) struct Arrival {
    day: String,
    received: String,
    pub(super) difference: Option<Difference>,
    /// Whether anything was changed since it was sent: a refusal of before says nothing of what stands now.
    pub(super) changed: bool,
}

impl Arrival {
    /// Prefilled with a day and an amount.
    pub(super) fn new(cx: &Cx<'_>, on: NaiveDate, received: Money, difference: Option<Difference>) -> Self {
        let style = Style::of(cx.book.settings());
        Self { day: style.day(on, today(cx)), received: style.draft(received), difference, changed: false }
    }

    pub(super) fn read_day(&self, cx: &Cx<'_>) -> Result<NaiveDate, String> {
        let day = typed::date(&self.day, today(cx)).map_err(|unreadable| unreadable.to_string())?;
        if day > today(cx) {
            return Err("Lies in the future: mark it once it is there".to_owned());
        }
        Ok(day)
    }

    pub(super) fn read_received(&self, otherwise: Currency, style: Style) -> Result<Money, String> {
        above_zero(to_the_minor_unit(style, &self.received, otherwise)?)
    }

    /// The reason of the last refusal, for a field, or for none of those given.
    pub(super) fn refused(&self, cx: &Cx<'_>, field: Field) -> Option<String> {
        let refused = cx.refused.as_ref().filter(|_| !self.changed)?;
        (refused.field == field).then(|| refused.to_string())
    }

    /// The reason of the last refusal where none of the fields shows it.
    pub(super) fn refused_but(&self, cx: &Cx<'_>, shown: &[Field]) -> Option<String> {
        let refused = cx.refused.as_ref().filter(|_| !self.changed)?;
        (!shown.contains(&refused.field)).then(|| refused.to_string())
    }

    pub(super) fn day_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, day: &Result<NaiveDate, String>) {
        let refused = self.refused(cx, Field::Day);
        let reason = day.as_ref().err().or(refused.as_ref());
        let words = |day: &NaiveDate| day_words(*day, today(cx), Style::of(cx.book.settings()));
        let note = day.as_ref().map(words).unwrap_or_default();
        let field = TextField::new("Day", &mut self.day).hint("22 Nov, yesterday, Mon");
        let out = field.reason(reason.map(String::as_str)).note(&note).show(ui);
        self.changed |= out.response.changed();
    }

    /// The amount, with what it is beside what was owed.
    pub(super) fn received_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        received: &Result<Money, String>,
        note: impl FnOnce(Money) -> String,
    ) {
        let refused = self.refused(cx, Field::Amount);
        let reason = received.as_ref().err().or(refused.as_ref());
        let note = received.as_ref().map_or_else(|_| String::new(), |received| note(*received));
        let hint = received_hint(Style::of(cx.book.settings()));
        let field = TextField::new("Received", &mut self.received).hint(&hint).autofocus();
        let out = field.reason(reason.map(String::as_str)).note(&note).show(ui);
        self.changed |= out.response.changed();
    }

    pub(super) fn question_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, question: &str) {
        let refused = self.refused(cx, Field::Difference);
        self.changed |= question_ui(ui, question, &mut self.difference, refused);
    }
}

/// An amount that was typed, with no more decimals than its currency has.
pub(super) fn to_the_minor_unit(style: Style, text: &str, otherwise: Currency) -> Result<Money, String> {
    style.reader().cash(text, otherwise).map_err(|unreadable| unreadable.to_string())
}

/// An amount that was typed, where it is one that can be.
pub(super) fn above_zero(money: Money) -> Result<Money, String> {
    if money.amount > Decimal::ZERO { Ok(money) } else { Err("Must be above zero".to_owned()) }
}

/// What is owed, and what of it should arrive where fees are known.
pub(super) fn owed_words(gross: Money, net: Money, style: Style) -> String {
    if net == gross {
        format!("{} is owed", style.money(gross))
    } else {
        format!("{} is owed, {} after known fees", style.money(gross), style.money(net))
    }
}

/// What can be typed for what arrived: "180, or 18.10 EUR".
fn received_hint(style: Style) -> String {
    format!("180, or {} EUR", style.decimals(Decimal::new(1810, 2), 2))
}

/// The user's calendar date: a payout lands on a date, whenever the user's own day begins.
pub(super) fn today(cx: &Cx<'_>) -> NaiveDate {
    crate::domain::span::date_in(cx.now.at, cx.now.zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

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
