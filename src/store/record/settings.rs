//! Settings in a file, as of schemas 1 and 2.

use chrono::Weekday as DomainWeekday;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Problem;
use super::mapping::Mapping;
use super::shape::{Shape, is_default, shape_enum, shape_struct};
use super::text::Text;
use crate::domain::ids::PlatformId;
use crate::domain::money::{Currency, Money};
use crate::domain::span::Zone;
use crate::domain::{payer_rule, settings};

shape_enum! {
    /// A day of the week.
    Weekday for DomainWeekday { Mon, Tue, Wed, Thu, Fri, Sat, Sun }
}

shape_enum! {
    /// The window's colours.
    Theme for settings::Theme { System, Light, Dark }
}

shape_enum! {
    /// How dates are written.
    DateStyle for settings::DateStyle { DayMonth, MonthDay, Iso }
}

shape_enum! {
    /// How numbers are written.
    NumberStyle for settings::NumberStyle { PointComma, CommaPoint, CommaSpace, PointApostrophe }
}

shape_enum! {
    /// Whose a movement is.
    Whose for payer_rule::Whose { Platform(platform: Text<PlatformId>), Own, Other }
}

shape_struct! {
    /// Whose money it is where certain words stand with it.
    PayerRule for payer_rule::PayerRule {
        words: String,
        whose: Whose,
        ;
    }
}

/// The settings. What was never chosen is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    home_currency: Text<Currency>,
    zone: Text<Zone>,
    week_start: Weekday,
    #[serde(default, skip_serializing_if = "is_default")]
    second_currency: Option<Text<Currency>>,
    #[serde(default, skip_serializing_if = "is_default")]
    day_start_minutes: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    set_aside_percent: Option<Text<Decimal>>,
    #[serde(default, skip_serializing_if = "is_default")]
    floor: Option<Text<Money>>,
    #[serde(default = "system", skip_serializing_if = "is_system")]
    theme: Theme,
    #[serde(default = "day_month", skip_serializing_if = "is_day_month")]
    date_style: DateStyle,
    #[serde(default = "point_comma", skip_serializing_if = "is_point_comma")]
    number_style: NumberStyle,
    #[serde(default, skip_serializing_if = "is_default")]
    country: Option<String>,
    #[serde(default = "hundred", skip_serializing_if = "is_hundred")]
    scale_percent: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    reduced_motion: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    most_on_one_percent: Option<Text<Decimal>>,
    #[serde(default, skip_serializing_if = "is_default")]
    save_page_above: Option<Text<Money>>,
    #[serde(default, skip_serializing_if = "is_default")]
    mappings: Vec<Mapping>,
    #[serde(default, skip_serializing_if = "is_default")]
    payer_rules: Vec<PayerRule>,
}

fn system() -> Theme {
    Theme::System
}

fn is_system(theme: &Theme) -> bool {
    *theme == system()
}

fn day_month() -> DateStyle {
    DateStyle::DayMonth
}

fn is_day_month(style: &DateStyle) -> bool {
    *style == day_month()
}

fn point_comma() -> NumberStyle {
    NumberStyle::PointComma
}

fn is_point_comma(style: &NumberStyle) -> bool {
    *style == point_comma()
}

fn hundred() -> u32 {
    100
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_hundred(percent: &u32) -> bool {
    *percent == hundred()
}

impl Shape<settings::Settings> for Settings {
    fn from_domain(domain: &settings::Settings) -> Self {
        Self {
            home_currency: Text(domain.home_currency),
            zone: Text(domain.zone),
            week_start: Shape::from_domain(&domain.week_start),
            second_currency: domain.second_currency.map(Text),
            day_start_minutes: domain.day_start_minutes,
            set_aside_percent: domain.set_aside_percent.map(Text),
            floor: domain.floor.map(Text),
            theme: Shape::from_domain(&domain.theme),
            date_style: Shape::from_domain(&domain.date_style),
            number_style: Shape::from_domain(&domain.number_style),
            country: domain.country.clone(),
            scale_percent: domain.scale_percent,
            reduced_motion: domain.reduced_motion,
            most_on_one_percent: domain.most_on_one_percent.map(Text),
            save_page_above: domain.save_page_above.map(Text),
            mappings: Shape::from_domain(&domain.mappings),
            payer_rules: Shape::from_domain(&domain.payer_rules),
        }
    }

    fn into_domain(self) -> Result<settings::Settings, Problem> {
        Problem::outside("day_start_minutes", self.day_start_minutes, 0, 1439)?;
        Problem::outside("scale_percent", self.scale_percent, 25, 500)?;
        Ok(settings::Settings {
            home_currency: self.home_currency.0,
            second_currency: self.second_currency.map(|text| text.0),
            zone: self.zone.0,
            day_start_minutes: self.day_start_minutes,
            week_start: self.week_start.into_domain()?,
            set_aside_percent: self.set_aside_percent.map(|text| text.0),
            floor: self.floor.map(|text| text.0),
            theme: self.theme.into_domain()?,
            date_style: self.date_style.into_domain()?,
            number_style: self.number_style.into_domain()?,
            country: self.country,
            scale_percent: self.scale_percent,
            reduced_motion: self.reduced_motion,
            most_on_one_percent: self.most_on_one_percent.map(|text| text.0),
            save_page_above: self.save_page_above.map(|text| text.0),
            mappings: self.mappings.into_domain()?,
            payer_rules: self.payer_rules.into_domain()?,
        })
    }
}
