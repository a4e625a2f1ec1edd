//! Settings as they are being typed, and how they are read. What the form doesn't show stays as it is.

use chrono::{Timelike as _, Weekday};
use rust_decimal::Decimal;

use crate::domain::money::{Currency, Money};
use crate::domain::settings::{DateStyle, NumberStyle, Settings, Theme};
use crate::domain::span::Zone;
use crate::ui::format::Style;
use crate::ui::typed::{self, Reader, Unreadable};

/// The themes on offer.
pub(super) const THEMES: [(Theme, &str); 3] =
    [(Theme::System, "As the system"), (Theme::Light, "Light"), (Theme::Dark, "Dark")];

/// The ways to write a date.
pub(super) const DATES: [(DateStyle, &str); 3] =
    [(DateStyle::DayMonth, "Tue 24 Nov"), (DateStyle::MonthDay, "Tue Nov 24"), (DateStyle::Iso, "Tue 2026-11-24")];

/// The ways to write a number.
pub(super) const NUMBERS: [(NumberStyle, &str); 4] = [
    (NumberStyle::PointComma, "1,234.50"),
    (NumberStyle::CommaPoint, "1.234,50"),
    (NumberStyle::CommaSpace, "1\u{202f}234,50"),
    (NumberStyle::PointApostrophe, "1’234.50"),
];

/// The sizes on offer, in per cent.
pub(super) const SCALES: [u32; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

/// The days a week can start on.
pub(super) const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "Monday"),
    (Weekday::Tue, "Tuesday"),
    (Weekday::Wed, "Wednesday"),
    (Weekday::Thu, "Thursday"),
    (Weekday::Fri, "Friday"),
    (Weekday::Sat, "Saturday"),
    (Weekday::Sun, "Sunday"),
];

/// What stands in the form.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) home: Currency,
    pub(super) second: Option<Currency>,
    pub(super) set_aside: String,
    pub(super) floor: String,
    pub(super) zone: Zone,
    pub(super) day_start: String,
    pub(super) week_start: Weekday,
    pub(super) theme: Theme,
    pub(super) scale_percent: u32,
    pub(super) country: Option<String>,
    pub(super) dates: DateStyle,
    pub(super) numbers: NumberStyle,
    pub(super) reduced_motion: bool,
    pub(super) most_on_one: String,
    pub(super) save_above: String,
}

impl Draft {
    pub(super) fn of(settings: &Settings) -> Self {
        let minutes = settings.day_start_minutes;
        Self {
            home: settings.home_currency,
            second: settings.second_currency,
            set_aside: settings.set_aside_percent.map_or_else(String::new, |share| plain(share, settings.number_style)),
            floor: settings.floor.map_or_else(String::new, |floor| floor_text(floor, settings.number_style)),
            zone: settings.zone,
            day_start: format!("{}:{:02}", minutes / 60, minutes % 60),
            week_start: settings.week_start,
            theme: settings.theme,
            scale_percent: settings.scale_percent,
            country: settings.country.clone(),
            dates: settings.date_style,
            numbers: settings.number_style,
            reduced_motion: settings.reduced_motion,
            most_on_one: settings
                .most_on_one_percent
                .map_or_else(String::new, |share| plain(share, settings.number_style)),
            save_above: settings.save_page_above.map_or_else(String::new, |sum| floor_text(sum, settings.number_style)),
        }
    }

    /// The settings as typed; `now` has what the form doesn't show.
    pub(super) fn read(&self, now: &Settings) -> Result<Settings, String> {
        Ok(Settings {
            home_currency: self.home,
            second_currency: self.second.filter(|second| *second != self.home),
            set_aside_percent: self.set_aside().map_err(|why| format!("Set aside for tax: {why}"))?,
            floor: self.floor().map_err(|why| format!("Floor: {why}"))?,
            zone: self.zone,
            day_start_minutes: self.day_start().map_err(|why| format!("Day starts at: {why}"))?,
            week_start: self.week_start,
            theme: self.theme,
            scale_percent: self.scale_percent,
            country: self.country.clone(),
            date_style: self.dates,
            number_style: self.numbers,
            reduced_motion: self.reduced_motion,
            most_on_one_percent: self.most_on_one().map_err(|why| format!("Most on one platform: {why}"))?,
            save_page_above: self.save_above().map_err(|why| format!("Save the page above: {why}"))?,
            mappings: now.mappings.clone(),
            payer_rules: now.payer_rules.clone(),
        })
    }

    /// How the form writes numbers and days: as chosen in it.
    pub(super) fn style(&self) -> Style {
        Style { numbers: self.numbers, dates: self.dates }
    }

    /// Another way to write numbers: what was typed is written anew.
    pub(super) fn change_numbers(&mut self, numbers: NumberStyle) {
        if numbers == self.numbers {
            return;
        }
        let (set_aside, floor) = (self.set_aside(), self.floor());
        let (most_on_one, save_above) = (self.most_on_one(), self.save_above());
        self.numbers = numbers;
        if let Ok(Some(share)) = most_on_one {
            self.most_on_one = plain(share, numbers);
        }
        if let Ok(Some(sum)) = save_above {
            self.save_above = floor_text(sum, numbers);
        }
        if let Ok(Some(share)) = set_aside {
            self.set_aside = plain(share, numbers);
        }
        if let Ok(Some(floor)) = floor {
            self.floor = floor_text(floor, numbers);
        }
    }

    /// The share to put aside; an empty field means that none is chosen.
    pub(super) fn set_aside(&self) -> Result<Option<Decimal>, Unreadable> {
        optional(Reader(self.numbers).percent(&self.set_aside))
    }

    /// The floor, in home currency; an empty field means none.
    pub(super) fn floor(&self) -> Result<Option<Money>, String> {
        self.home_sum(&self.floor, "no floor")
    }

    /// The share above which most hangs on one platform; an empty field means the usual one.
    pub(super) fn most_on_one(&self) -> Result<Option<Decimal>, Unreadable> {
        optional(Reader(self.numbers).percent(&self.most_on_one))
    }

    /// The sum above which a payments page is worth saving, in home currency; an empty field means the usual one.
    pub(super) fn save_above(&self) -> Result<Option<Money>, String> {
        self.home_sum(&self.save_above, "the usual sum")
    }

    fn home_sum(&self, draft: &str, empty: &str) -> Result<Option<Money>, String> {
        match optional(Reader(self.numbers).money(draft, self.home)).map_err(|why| why.to_string())? {
            Some(sum) if sum.currency != self.home => Err(format!("Must be in {}, not {}", self.home, sum.currency)),
            Some(sum) if sum.amount <= Decimal::ZERO => Err(format!("Must be above zero; empty means {empty}")),
            sum => Ok(sum),
        }
    }

    /// When the day starts, in minutes after midnight; an empty field means midnight.
    pub(super) fn day_start(&self) -> Result<u32, Unreadable> {
        let time = optional(typed::time(&self.day_start))?;
        Ok(time.map_or(0, |time| time.hour() * 60 + time.minute()))
    }
}

/// The floor as one types it, without a sign.
fn floor_text(floor: Money, numbers: NumberStyle) -> String {
    let places = floor.currency.minor_units().max(floor.amount.normalize().scale());
    Style { numbers, ..Style::PLAIN }.decimals(floor.amount, places)
}

/// A figure with the decimals that it has.
fn plain(figure: Decimal, numbers: NumberStyle) -> String {
    Style { numbers, ..Style::PLAIN }.exact(figure)
}

/// `None` for an empty field.
fn optional<T>(read: Result<T, Unreadable>) -> Result<Option<T>, Unreadable> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(Unreadable::Empty) => Ok(None),
        Err(why) => Err(why),
    }
}
