//! The platforms of the sheet: what is known of each, and what the user typed of it. Drafts stay text; what they mean
//! is read on each frame and shown back once a field is left.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::super::cx::Cx;
use super::super::super::format::Style;
use super::super::super::typed::{Payment, Unreadable};
use super::super::super::view::catalogue::{best, known, standing};
use crate::domain::fact::Standing;
use crate::domain::money::{Currency, Money};
use crate::domain::platform::badge_from_name;
use crate::domain::preset::{PayKind, Preset};

/// Entries that many workers have; they stand on top while nothing is typed.
const COMMON: [&str; 8] =
    ["Outlier", "DataAnnotation", "Prolific", "Upwork", "Clickworker", "Alignerr", "Mindrift", "CrowdGen"];

/// A platform that can be ticked, with what was typed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its place in the catalogue; `None` for one of the user's own.
    pub(super) preset: Option<usize>,
    pub(super) name: String,
    pub(super) badge: String,
    pub(super) hue: usize,
    pub(super) currency: Currency,
    /// "Each item is payable after 7 days (reported)".
    pub(super) known: String,
    /// Whether nobody could confirm it.
    pub(super) unsure: bool,
    /// The unverified rule that is offered, as its place in the preset.
    pub(super) offer: Option<usize>,
    /// Whether the offer was taken.
    pub(super) taken: bool,
    /// Whether each session has a price of its own, so that a rate is rare.
    pub(super) by_study: bool,
    /// Its place among the ticked ones; `None` while it isn't ticked.
    pub(super) ticked: Option<usize>,
    pub(super) rate: String,
    pub(super) owed: String,
    pub(super) last: String,
}

/// What was typed of a ticked platform, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    /// The hourly rate.
    pub(super) rate: Option<Money>,
    /// What is owed.
    pub(super) owed: Option<Money>,
    /// The last payout.
    pub(super) last: Option<Payment>,
}

impl Entry {
    fn of(at: usize, preset: &Preset, home: Currency, style: Style) -> Self {
        let offer = preset.default_schedules().next().is_none().then(|| preset.offers().next()).flatten();
        let words = match (offer, best(preset)) {
            (Some((_, offer)), _) => {
                let question = offer.question.as_deref().unwrap_or(&offer.words);
                question.trim_end_matches("Use it?").trim_end().trim_end_matches('.').to_owned()
            }
            (None, Some(best)) => format!("{} ({})", known(preset, style), standing(best.provenance.standing)),
            (None, None) => known(preset, style),
        };
        Self {
            preset: Some(at),
            name: preset.name.clone(),
            badge: preset.badge.clone(),
            hue: usize::try_from(preset.hue_hint).unwrap_or(0),
            currency: preset.currency().unwrap_or(home),
            known: words,
            unsure: best(preset).is_some_and(|best| best.provenance.standing == Standing::Unverified),
            offer: offer.map(|(at, _)| at),
            taken: false,
            by_study: preset.pays.first() == Some(&PayKind::BySession),
            ticked: None,
            rate: String::new(),
            owed: String::new(),
            last: String::new(),
        }
    }

    /// One of the user's own, by its name.
    pub(super) fn blank(name: &str, home: Currency) -> Self {
        Self {
            preset: None,
            name: name.to_owned(),
            badge: badge_from_name(name),
            hue: 0,
            currency: home,
            known: "Not in the catalogue: when it pays can be said later".to_owned(),
            unsure: false,
            offer: None,
            taken: false,
            by_study: false,
            ticked: None,
            rate: String::new(),
            owed: String::new(),
            last: String::new(),
        }
    }

    /// The entries of the catalogue that are not in the Book yet: common ones first, then those whose pay days are
    /// known, then the rest, each by name.
    pub(super) fn all(cx: &Cx<'_>) -> Vec<Self> {
        let home = cx.book.settings().home_currency;
        let in_book = |preset: &Preset| {
            cx.book.platforms().any(|platform| platform.name.trim().eq_ignore_ascii_case(preset.name.trim()))
        };
        let mut entries: Vec<(usize, bool, Self)> = cx
            .presets
            .iter()
            .enumerate()
            .filter(|(_, preset)| !in_book(preset))
            .map(|(at, preset)| {
                let common = COMMON.iter().position(|name| *name == preset.name).unwrap_or(COMMON.len());
                (common, best(preset).is_none(), Self::of(at, preset, home, Style::of(cx.book.settings())))
            })
            .collect();
        entries.sort_by_key(|(common, unknown, _)| (*common, *unknown));
        entries.into_iter().map(|(_, _, entry)| entry).collect()
    }

    /// What was typed, understood.
    ///
    /// # Errors
    /// The first reason why not, with the name of its column.
    pub(super) fn read(&self, today: NaiveDate, style: Style) -> Result<Read, String> {
        let named = |column: &str, why: String| format!("{column}: {why}");
        Ok(Read {
            rate: self.rate(style).map_err(|why| named("My rate", why))?,
            owed: self.owed(style).map_err(|why| named("Owed", why))?,
            last: self.last(today, style).map_err(|why| named("Last payout", why))?,
        })
    }

    /// The rate an hour; nothing typed is none.
    pub(super) fn rate(&self, style: Style) -> Result<Option<Money>, String> {
        let draft = self.rate.trim().to_lowercase();
        let figure = draft.strip_suffix("/hr").or_else(|| draft.strip_suffix("/h")).unwrap_or(&draft);
        above_zero(style.reader().money(figure, self.currency))
    }

    /// What is owed; nothing typed, or zero, is none.
    pub(super) fn owed(&self, style: Style) -> Result<Option<Money>, String> {
        match optional(style.reader().money(&self.owed, self.currency))? {
            Some(owed) if owed.amount.is_zero() => Ok(None),
            Some(owed) if owed.amount.is_sign_negative() => Err("Must not be below zero".to_owned()),
            owed => Ok(owed),
        }
    }

    /// The last payout; nothing typed is none.
    pub(super) fn last(&self, today: NaiveDate, style: Style) -> Result<Option<Payment>, String> {
        match optional(style.reader().payment(&self.last, today, self.currency))? {
            Some(last) if last.on > today => Err(format!("{} is still to come", style.day(last.on, today))),
            Some(last) if last.amount.amount <= Decimal::ZERO => Err("Must be above zero".to_owned()),
            last => Ok(last),
        }
    }

    /// Writes what was understood back into the drafts that are not being typed in.
    pub(super) fn tidy_rate(&mut self, style: Style) {
        if let Ok(Some(rate)) = self.rate(style) {
            self.rate = style.money(rate);
        }
    }

    /// Likewise for what is owed.
    pub(super) fn tidy_owed(&mut self, style: Style) {
        if let Ok(Some(owed)) = self.owed(style) {
            self.owed = style.money(owed);
        }
    }

    /// Likewise for the last payout.
    pub(super) fn tidy_last(&mut self, today: NaiveDate, style: Style) {
        if let Ok(Some(last)) = self.last(today, style) {
            self.last = format!("{} · {}", style.day(last.on, today), style.money(last.amount));
        }
    }
}

/// `None` for an empty field.
fn optional<T>(read: Result<T, Unreadable>) -> Result<Option<T>, String> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(Unreadable::Empty) => Ok(None),
        Err(why) => Err(why.to_string()),
    }
}

fn above_zero(read: Result<Money, Unreadable>) -> Result<Option<Money>, String> {
    match optional(read)? {
        Some(money) if money.amount <= Decimal::ZERO => Err("Must be above zero".to_owned()),
        money => Ok(money),
    }
}
