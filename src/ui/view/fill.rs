//! "Use my last payout's rate": what the user's own payouts can say where an exchange rate is missing, as one click.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::reasons;
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::exchange::MissingRate;
use crate::domain::query::payout_rate::Filling;
use crate::domain::query::rates::Rates;
use crate::domain::span::DayRange;
use crate::ui::format::Style;

/// The click, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// "Use my last payout’s rate, Tue 17 Nov".
    pub words: String,
    /// What comes of it, in one line: "1 USD = 130.2 KES, for 12 days, marked as an estimate".
    pub line: String,
    told: String,
    filling: Filling,
}

impl Fill {
    /// For the missing days of one pair; `None` where no payout changed the one currency into the other.
    #[must_use]
    pub fn of(book: &Book, missing: &BTreeSet<MissingRate>, today: NaiveDate) -> Option<Self> {
        let style = Style::of(book.settings());
        let filling = Filling::of(book, missing);
        let (first, last) = filling.payouts()?;
        let pair = missing.first()?;
        let when = style.days(DayRange::new(first.on, last.on), today);
        let one = first.payout == last.payout;
        let words = if one { "Use my last payout’s rate" } else { "Use my payouts’ rates" };
        let days =
            reasons::counted(missing.iter().filter(|one| (one.from, one.to) == (pair.from, pair.to)).count(), "day");
        let rates = if one {
            format!("1 {} = {} {}", last.base, style.exact(last.rate.normalize()), last.quote)
        } else {
            "Each day by the last payout before it".to_owned()
        };
        Some(Self {
            words: format!("{words}, {when}"),
            line: format!("{rates}, for {days}, marked as an estimate"),
            told: format!("Set rates {} to {} from payouts", pair.from, pair.to),
            filling,
        })
    }

    /// For the first pair that a figure lacks.
    #[must_use]
    pub fn of_rates(book: &Book, rates: &Rates, today: NaiveDate) -> Option<Self> {
        let (_, first) = rates.missing.first()?;
        let same = |missing: &&MissingRate| (missing.from, missing.to) == (first.from, first.to);
        let missing: BTreeSet<MissingRate> =
            rates.missing.iter().map(|(_, missing)| missing).filter(same).copied().collect();
        Self::of(book, &missing, today)
    }

    /// The command, with fresh ids from `draw`.
    pub fn command(&self, draw: impl FnMut() -> u64) -> Command {
        Command::SetRates { words: self.told.clone(), rates: self.filling.rates(draw) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::{Currency, Money};
    use crate::domain::query::work::testkit::{Kit, day, dec};

    #[test]
    fn the_click_names_the_payout_and_what_comes_of_it() {
        let shillings: Currency = "KES".parse().unwrap();
        let mut kit = Kit::new();
        let lacks = |on: &str| MissingRate { from: Currency::USD, to: shillings, on: day(on) };
        let missing = BTreeSet::from([lacks("2026-11-18"), lacks("2026-11-20")]);
        assert_eq!(Fill::of(&kit.book, &missing, day("2026-11-22")), None);
        kit.payout(1, "100.00", Some(Money::new(dec("13020"), shillings)), "2026-11-17", &[]);
        let fill = Fill::of(&kit.book, &missing, day("2026-11-22")).unwrap();
        assert_eq!(fill.words, "Use my last payout’s rate, Tue 17 Nov");
        assert_eq!(fill.line, "1 USD = 130.2 KES, for 2 days, marked as an estimate");
        let Command::SetRates { words, rates } = fill.command(|| 9) else { panic!("a command that sets rates") };
        assert_eq!(words, "Set rates USD to KES from payouts");
        assert_eq!(
            rates.iter().map(|rate| (rate.on, rate.rate)).collect::<Vec<_>>(),
            [(day("2026-11-18"), dec("130.2"))]
        );
        kit.payout(2, "100.00", Some(Money::new(dec("13100"), shillings)), "2026-11-19", &[]);
        let fill = Fill::of(&kit.book, &missing, day("2026-11-22")).unwrap();
        assert_eq!(fill.words, "Use my payouts’ rates, Tue 17 – Thu 19 Nov");
        assert_eq!(fill.line, "Each day by the last payout before it, for 2 days, marked as an estimate");
    }
}
