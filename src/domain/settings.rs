//! What the user chose for the whole Book.

use chrono::Weekday;
use rust_decimal::Decimal;

use super::money::{Currency, Money};
use super::payer_rule::PayerRule;
use super::span::Zone;
use super::statement::Mapping;

/// Settings of the Book. They travel with it; what belongs to one window only is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The currency the user thinks in.
    pub home_currency: Currency,
    /// A second one shown beside it.
    pub second_currency: Option<Currency>,
    /// The user's zone: new sessions are recorded in it.
    pub zone: Zone,
    /// Minutes after midnight at which the user's day starts, 0 to 1439.
    pub day_start_minutes: u32,
    /// The first day of the user's week.
    pub week_start: Weekday,
    /// The share of received money to put aside for tax, in per cent; `None` where the user has not chosen one.
    pub set_aside_percent: Option<Decimal>,
    /// The hourly rate under which the user does not want to work.
    pub floor: Option<Money>,
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// How dates are written.
    pub date_style: DateStyle,
    /// How numbers are written.
    pub number_style: NumberStyle,
    /// The country the user works from, two letters of ISO 3166-1; `None` where they have not said.
    pub country: Option<String>,
    /// Size of the window's content in per cent of the system's.
    pub scale_percent: u32,
    /// No motion beyond what is needed.
    pub reduced_motion: bool,
    /// The share of what is not yet paid, in per cent, above which most of it hangs on one platform; `None` where the
    /// user has not chosen one.
    pub most_on_one_percent: Option<Decimal>,
    /// The sum, in home currency, above which the payments page of a platform without a download is worth saving; `None`
    /// where the user has not chosen one.
    pub save_page_above: Option<Money>,
    /// How tables are read that no format is known for, by name.
    pub mappings: Vec<Mapping>,
    /// Whose money it is where certain words stand with it; of rules that fit equally well, the first speaks.
    pub payer_rules: Vec<PayerRule>,
}

impl Settings {
    /// Settings of a new Book, with the zone and currency that the machine suggests.
    #[must_use]
    pub fn new(home_currency: Currency, zone: Zone) -> Self {
        Self {
            home_currency,
            second_currency: None,
            zone,
            day_start_minutes: 0,
            week_start: Weekday::Mon,
            set_aside_percent: None,
            floor: None,
            theme: Theme::System,
            date_style: DateStyle::DayMonth,
            number_style: NumberStyle::PointComma,
            country: None,
            scale_percent: 100,
            reduced_motion: false,
            most_on_one_percent: None,
            save_page_above: None,
            mappings: Vec::new(),
            payer_rules: Vec::new(),
        }
    }
}

/// The window's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateStyle {
    /// Tue 24 Nov
    #[default]
    DayMonth,
    /// Tue Nov 24
    MonthDay,
    /// Tue 2026-11-24
    Iso,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumberStyle {
    /// 1,234.50
    #[default]
    PointComma,
    /// 1.234,50
    CommaPoint,
    /// 1 234,50, with a narrow space that does not break
    CommaSpace,
    /// 1’234.50
    PointApostrophe,
}

impl NumberStyle {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::PointComma, Self::CommaPoint, Self::CommaSpace, Self::PointApostrophe];
}
