//! The catalogue in words: a line for each platform, what it asks for, and what its sources say of the user's country.
//!
//! Promises: closed platforms come last and say why; a platform whose sources don't name the user's country says so and
//! is never left out of a search, only out of the filter that was asked for; what nobody says is told as not known.

mod facts;
#[cfg(test)]
mod tests;

pub use facts::{FactBlock, FactLine, FactWords, facts};

use super::names::Mark;
use crate::domain::book::Book;
use crate::domain::country;
use crate::domain::fact::Standing;
use crate::domain::platform::PlatformKind;
use crate::domain::preset::{FromCountry, HistoryAccess, PayKind, Preset, PresetSchedule, PresetStatus};
use crate::ui::format::Style;

/// A platform of the catalogue, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the catalogue.
    pub preset: usize,
    /// Its name.
    pub name: String,
    /// Its badge.
    pub mark: Mark,
    /// "by the hour, by the task".
    pub pays: String,
    /// Its rule in a line, that it is in the Book already, or why it is closed.
    pub known: String,
    /// "asks for a tracker", "tax form W-8BEN", "history: download as CSV".
    pub tags: String,
    /// What its sources say of the user's country; empty where none is set.
    pub country: String,
    /// Whether that is nothing.
    pub silent: bool,
    /// Whether those words warn.
    pub warns: bool,
    /// Who gives the rule: "reported"; empty where none is known.
    pub standing: &'static str,
    /// Whether that is only a lead.
    pub unsure: bool,
    /// Whether it has closed.
    pub closed: bool,
    from: Option<FromCountry>,
}

/// All platforms of the catalogue by name, closed ones last. `country`: the user's, two letters of ISO 3166-1.
#[must_use]
pub fn entries(presets: &[Preset], book: &Book, country: Option<&str>) -> Vec<Entry> {
    let mut entries: Vec<Entry> =
        presets.iter().enumerate().map(|(at, preset)| Entry::of(at, preset, book, country)).collect();
    entries.sort_by_key(|entry| entry.closed);
    entries
}

impl Entry {
    fn of(at: usize, preset: &Preset, book: &Book, country: Option<&str>) -> Self {
        let in_book = book.platforms().any(|platform| platform.name.trim().eq_ignore_ascii_case(preset.name.trim()));
        let rule = best(preset);
        let from = country.map(|code| preset.workers_from(code));
        Self {
            preset: at,
            name: preset.name.clone(),
            mark: Mark { letters: preset.badge.clone(), hue: usize::try_from(preset.hue_hint).unwrap_or(0) },
            pays: pays(preset),
            known: if in_book { "Already in your book".to_owned() } else { known(preset, Style::of(book.settings())) },
            tags: tags(preset, country).join(" · "),
            country: country.map_or_else(String::new, |code| country_words(preset.workers_from(code), code)),
            silent: from == Some(FromCountry::NotSaid),
            warns: from.is_some_and(warns),
            standing: rule.map_or("", |schedule| standing(schedule.provenance.standing)),
            unsure: rule.is_some_and(|schedule| schedule.provenance.standing == Standing::Unverified),
            closed: matches!(preset.status, PresetStatus::Closed { .. }),
            from,
        }
    }
}

/// What a search finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The lines, as places in the entries.
    pub rows: Vec<usize>,
    /// How many more there would be without the filter by country.
    pub hidden: usize,
}

/// The entries that a text finds; those whose name begins with it come first.
///
/// With `only_country`, those whose sources all speak against the user's country are left out and counted, and those
/// that say nothing of it come after those that do.
#[must_use]
pub fn search(entries: &[Entry], presets: &[Preset], text: &str, only_country: bool) -> Found {
    let wanted = text.trim().to_lowercase();
    let finds = |entry: &&Entry| presets.get(entry.preset).is_some_and(|preset| preset.matches(text));
    let against = |entry: &Entry| only_country && entry.from.is_some_and(FromCountry::is_closed);
    let hidden = entries.iter().filter(finds).filter(|entry| against(entry)).count();
    let mut rows: Vec<(bool, bool, bool, usize)> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| finds(entry) && !against(entry))
        .map(|(at, entry)| {
            let begins = entry.name.to_lowercase().starts_with(&wanted);
            let silent = only_country && entry.from.is_some_and(|from| !from.is_open());
            (!begins, entry.closed, silent, at)
        })
        .collect();
    rows.sort_unstable();
    Found { rows: rows.into_iter().map(|(_, _, _, at)| at).collect(), hidden }
}

/// What a platform asks for and gives, in a few words each: tracker, tax forms, history.
///
/// Of the tax forms those for the user's country, where it is known whether that is the US.
#[must_use]
pub fn tags(preset: &Preset, country: Option<&str>) -> Vec<String> {
    let mut tags = Vec::new();
    if preset.needs_tracker {
        tags.push("asks for a tracker".to_owned());
    }
    let forms: Vec<&str> = preset
        .tax_forms()
        .filter(|(_, of)| match (country, *of) {
            (Some(code), "workers in the US") => code == "US",
            (Some(code), "everyone else") => code != "US",
            _ => true,
        })
        .map(|(name, _)| name)
        .collect();
    match forms.as_slice() {
        [] => {}
        [one] => tags.push(format!("tax form {one}")),
        several => tags.push(format!("tax forms {}", several.join(", "))),
    }
    tags.push(history(preset.history()).to_owned());
    tags
}

fn history(access: Option<HistoryAccess>) -> &'static str {
    match access {
        Some(HistoryAccess::Csv) => "history: download as CSV",
        Some(HistoryAccess::Download) => "history: download",
        Some(HistoryAccess::OnScreen) => "history: on the page",
        Some(HistoryAccess::NoDownload) => "history: only on the page",
        None => "history: not known",
    }
}

/// Whether a worker of a country should look before counting on the platform.
#[must_use]
pub const fn warns(from: FromCountry) -> bool {
    matches!(from, FromCountry::Differ | FromCountry::OthersNamed | FromCountry::Excluded)
}

/// What sources say of a country: "Germany is not among the countries that sources name".
#[must_use]
pub fn country_words(from: FromCountry, code: &str) -> String {
    let name = country::name(code).unwrap_or(code);
    match from {
        FromCountry::Named => format!("{name} is named"),
        FromCountry::Wide => "Open to most of the world".to_owned(),
        FromCountry::NotSaid => "Countries not known".to_owned(),
        FromCountry::Differ => format!("Sources differ on {name}"),
        FromCountry::OthersNamed => format!("{name} is not named, others are"),
        FromCountry::Excluded => format!("{name} is left out, a source says"),
    }
}

fn pays(preset: &Preset) -> String {
    let words: Vec<&str> = preset
        .pays
        .iter()
        .map(|kind| match kind {
            PayKind::PerHour => "by the hour",
            PayKind::PerTask => "by the task",
            PayKind::PerUnit => "by a unit",
            PayKind::BySession => "by study",
            PayKind::Milestones => "by milestones",
            PayKind::Bonuses => "bonuses",
        })
        .take(2)
        .collect();
    match (words.is_empty(), preset.kind) {
        (false, _) => words.join(", "),
        (true, PlatformKind::Employer) => "a salary".to_owned(),
        (true, PlatformKind::Contractor | PlatformKind::DirectClient) => "not known".to_owned(),
    }
}

/// What is known of its pay days, or why it is closed.
#[must_use]
pub fn known(preset: &Preset, style: Style) -> String {
    match preset.status {
        PresetStatus::Open => rule_words(preset),
        PresetStatus::CheckStatus => format!("{} – check whether it is open", rule_words(preset)),
        PresetStatus::Closed { .. } => closed_words(preset, style).unwrap_or_default(),
    }
}

/// "Closed since 30 Sep 2026: Amazon closed it"; `None` where it is not.
#[must_use]
pub fn closed_words(preset: &Preset, style: Style) -> Option<String> {
    let PresetStatus::Closed { on } = preset.status else { return None };
    let day = style.date(on);
    let why = preset.status_fact().map_or("", |fact| fact.text.as_str());
    Some(if why.is_empty() { format!("Closed since {day}") } else { format!("Closed since {day}: {why}") })
}

fn rule_words(preset: &Preset) -> String {
    best(preset).map_or_else(|| "When it pays is not known".to_owned(), |schedule| schedule.words.clone())
}

/// The rule that is told: one that fills the form, else one that is offered.
#[must_use]
pub fn best(preset: &Preset) -> Option<&PresetSchedule> {
    preset.default_schedules().next().or_else(|| preset.offers().next().map(|(_, offer)| offer))
}

/// A standing in one word.
#[must_use]
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Documented => "documented",
        Standing::Reported => "reported",
        Standing::Unverified => "unverified",
        Standing::Own => "your own",
    }
}
