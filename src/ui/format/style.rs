//! How the user writes numbers and days, and everything that is written so.
//!
//! A value of two small choices: screens and views take it from the settings once and pass it down, so that every
//! figure on the screen follows it and every function stays pure.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{NONE, money, time};
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::query::calendar::Window;
use crate::domain::schedule::Precision;
use crate::domain::settings::{DateStyle, NumberStyle, Settings};
use crate::domain::span::DayRange;
use crate::ui::typed::Reader;

/// How the user writes numbers and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Numbers.
    pub numbers: NumberStyle,
    /// Days.
    pub dates: DateStyle,
}

impl Style {
    /// `1,234.50` and `Tue 24 Nov`.
    pub const PLAIN: Self = Self { numbers: NumberStyle::PointComma, dates: DateStyle::DayMonth };

    /// The user's choice.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self { numbers: settings.number_style, dates: settings.date_style }
    }

    /// Reads what is typed in this style.
    #[must_use]
    pub fn reader(self) -> Reader {
        Reader(self.numbers)
    }

    /// `$1,234.50`, `−$3.33`: rounded to the minor unit, half to even.
    #[must_use]
    pub fn money(self, money: Money) -> String {
        money::money(money.amount, money.currency.code(), money.currency.minor_units(), self.numbers)
    }

    /// An amount as it is typed: as people write it where that reads back as the same, else with its code and all its
    /// decimals.
    #[must_use]
    pub fn draft(self, money: Money) -> String {
        let words = self.money(money);
        if self.reader().money(&words, money.currency) == Ok(money) {
            words
        } else {
            format!("{} {}", self.exact(money.amount), money.currency)
        }
    }

    /// `$1,235`: in whole units, half to even.
    #[must_use]
    pub fn money_in_whole(self, money: Money) -> String {
        money::money(money.amount, money.currency.code(), 0, self.numbers)
    }

    /// `$25.00`, `$0.0125`: a price of one, with the decimals that it has, and no fewer than its currency.
    #[must_use]
    pub fn price(self, price: Money) -> String {
        let places = price.amount.normalize().scale().max(price.currency.minor_units());
        money::money(price.amount, price.currency.code(), places, self.numbers)
    }

    /// `~ $180.00`: an amount that is not certain yet.
    #[must_use]
    pub fn estimate(self, money: Money) -> String {
        money::money_estimate(money.amount, money.currency.code(), money.currency.minor_units(), self.numbers)
    }

    /// `$1.00 + £2.00`, or [`NONE`].
    #[must_use]
    pub fn bag(self, bag: &Bag) -> String {
        let sums: Vec<String> = bag.iter().map(|sum| self.money(sum)).collect();
        if sums.is_empty() { NONE.to_owned() } else { sums.join(" + ") }
    }

    /// The same where there is little room: of more than two currencies `home` and how many others,
    /// "$415.00 + 6 currencies".
    #[must_use]
    pub fn bag_in_short(self, bag: &Bag, home: Currency) -> String {
        let others = bag.iter().filter(|money| money.currency != home).count();
        if others < 2 {
            return self.bag(bag);
        }
        match bag.of(home) {
            none if none.amount.is_zero() => format!("{others} currencies"),
            some => format!("{} + {others} currencies", self.money(some)),
        }
    }

    /// `$1.00`, `$1.00 + £2.00`, `£2.00`: a sum, with what could not be converted into it beside it.
    #[must_use]
    pub fn sum_and(self, sum: Money, beside: &Bag) -> String {
        match (beside.is_empty(), sum.amount.is_zero()) {
            (true, _) => self.money(sum),
            (false, true) => self.bag(beside),
            (false, false) => format!("{} + {}", self.money(sum), self.bag(beside)),
        }
    }

    /// `$14.77/h`.
    #[must_use]
    pub fn rate(self, per_hour: Decimal, currency: Currency) -> String {
        money::rate(per_hour, currency.code(), currency.minor_units(), self.numbers)
    }

    /// `62 %`, from 62 for 62 %; never nothing or all where it is not.
    #[must_use]
    pub fn percent(self, value: Decimal) -> String {
        money::percent(value, self.numbers)
    }

    /// A figure with grouped thousands and exactly `places` decimals, half to even: `1,234.50`.
    #[must_use]
    pub fn decimals(self, value: Decimal, places: u32) -> String {
        money::decimals(value, places, self.numbers)
    }

    /// A count with grouped thousands: `1,234`.
    #[must_use]
    pub fn count(self, count: usize) -> String {
        self.decimals(Decimal::from(count), 0)
    }

    /// A count of something: `1 rate`, `1,234 rates`.
    #[must_use]
    pub fn counted(self, count: usize, noun: &str) -> String {
        format!("{} {noun}{}", self.count(count), if count == 1 { "" } else { "s" })
    }

    /// A figure with the decimals that it has: `12.5`. For fields: nothing is lost, and it reads back the same.
    #[must_use]
    pub fn exact(self, value: Decimal) -> String {
        // At least four decimals where there are three: one mark before three digits could part thousands.
        let places = value.normalize().scale();
        money::decimals(value, if places == 3 { 4 } else { places }, self.numbers)
    }

    /// `Tue 24 Nov`; with its year where that is not the one of `today`.
    #[must_use]
    pub fn day(self, day: NaiveDate, today: NaiveDate) -> String {
        time::day(day, today, self.dates)
    }

    /// `Tue 24 Nov 2026`: with its year always.
    #[must_use]
    pub fn day_and_year(self, day: NaiveDate) -> String {
        time::day_and_year(day, self.dates)
    }

    /// `24 Nov 2026`: without its weekday, for fields and sources; it reads back as the same day.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        time::date(day, self.dates)
    }

    /// `24 Nov 2026`, `24 Nov 2026 – 3 Dec 2026`: days without their weekday; they read back as the same.
    #[must_use]
    pub fn dates(self, days: DayRange) -> String {
        let DayRange { first, last } = days;
        if first == last { self.date(first) } else { format!("{} – {}", self.date(first), self.date(last)) }
    }

    /// `24 Nov 2026`, `Nov 24 2026`: the same without a comma of its own, for lists with commas; it reads back.
    #[must_use]
    pub fn date_in_list(self, day: NaiveDate) -> String {
        self.date(day).replace(',', "")
    }

    /// `24 Nov`, where there is little room and the year is known.
    #[must_use]
    pub fn day_and_month(self, day: NaiveDate) -> String {
        time::day_and_month(day, self.dates)
    }

    /// `Sunday 22 November`, for heads.
    #[must_use]
    pub fn day_in_full(self, day: NaiveDate, today: NaiveDate) -> String {
        time::day_in_full(day, today, self.dates)
    }

    /// `by Mon 23 Nov`.
    #[must_use]
    pub fn by_day(self, last: NaiveDate, today: NaiveDate) -> String {
        time::by_day(last, today, self.dates)
    }

    /// `Tue 24 – Wed 25 Nov`, `Fri 27 Nov – Tue 1 Dec`, `Tue 24 Nov`.
    #[must_use]
    pub fn days(self, days: DayRange, today: NaiveDate) -> String {
        time::window(days.first, days.last, today, self.dates)
    }

    /// `Tue 24 – Wed 25`, `Sun 29 – Fri 4 Dec`: several days from this month on, where there is little room.
    #[must_use]
    pub fn days_in_short(self, days: DayRange, today: NaiveDate) -> String {
        time::window_in_short(days.first, days.last, today, self.dates)
    }

    /// When an expected payout lands: `Tue 24 – Wed 25 Nov`, `by Mon 23 Nov`, `drawable from Mon 16 Nov`, `drawable now`,
    /// `below the minimum of £5.00`, `date unknown`.
    #[must_use]
    pub fn window(self, window: &Window, today: NaiveDate) -> String {
        match window {
            Window::Lands { days: range, precision: Precision::On } => self.days(*range, today),
            Window::Lands { days: range, precision: Precision::By } => self.by_day(range.last, today),
            Window::DrawableFrom(range) if range.first == range.last => {
                format!("drawable from {}", self.day(range.first, today))
            }
            Window::DrawableFrom(range) => format!("drawable {}", self.by_day(range.last, today)),
            Window::DrawableNow { next_draw_on: None } => "drawable now".to_owned(),
            Window::DrawableNow { next_draw_on: Some(next) } => {
                format!("drawable, next draw from {}", self.day(*next, today))
            }
            Window::BelowMinimum { minimum } => format!("below the minimum of {}", self.money(*minimum)),
            Window::Unknown(_) => "date unknown".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                    let text = style.draft(net);
                    assert_eq!(style.reader().money(&text, currency), Ok(net), "{currency} {amount}: {text}");
                }
            }
        }
    }
}
