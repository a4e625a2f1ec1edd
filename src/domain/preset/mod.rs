//! Presets: what is publicly known about a platform, each fact with its source, standing and last-checked day.
//!
//! Promises: documented and reported facts fill a form; unverified ones are offered and stay off until the user
//! takes them; sources that contradict each other are all kept. A preset is copied into the Book when it is added
//! and never changes records afterwards. The facts themselves are data of the catalogue; none stands in the code.

mod copy;
mod facts;
mod places;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use copy::{Wish, instantiate};
pub use facts::{AdvertisedFact, Fact, FactTopic, Figure, HistoryAccess, Place, Places};
pub use places::FromCountry;

use super::fact::{Provenance, Standing};
use super::money::{Currency, Money};
use super::platform::PlatformKind;
use super::route::RouteStep;
use super::schedule::Rule;

/// What is known about a platform that a user may add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// Its name, unique in the catalogue; a platform that came from it keeps it in [`Platform::preset`](super::platform::Platform::preset).
    pub name: String,
    /// Other names under which people look for it: owners, earlier names, sites.
    pub also: Vec<String>,
    /// The two letters of its badge.
    pub badge: String,
    /// The platform colour it asks for, counted from 0.
    pub hue_hint: u32,
    /// What kind of payer it is.
    pub kind: PlatformKind,
    /// How its work is paid, the usual way first.
    pub pays: Vec<PayKind>,
    /// The currencies that a source states, the usual one first; empty where none does.
    pub currencies: Vec<Currency>,
    /// Whether it takes work on.
    pub status: PresetStatus,
    /// Whether a source says that it asks for a time tracker of its own.
    pub needs_tracker: bool,
    /// Everything that is said of it, by topic.
    pub facts: Vec<Fact>,
    /// How it pays out, as rules.
    pub schedules: Vec<PresetSchedule>,
    /// The ways its money takes.
    pub routes: Vec<PresetRoute>,
}

/// How work can be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PayKind {
    /// So much an hour.
    PerHour,
    /// So much a task.
    PerTask,
    /// So much a named unit.
    PerUnit,
    /// Each session has a price of its own: studies.
    BySession,
    /// Agreed sums for agreed results.
    Milestones,
    /// Bonuses beside the usual pay.
    Bonuses,
}

/// Whether a platform takes work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresetStatus {
    /// Sources show it at work; nobody signed in to see.
    Open,
    /// Sources differ or are old: look before you count on it.
    CheckStatus,
    /// It has closed; only its history is left.
    Closed {
        /// The last day of work.
        on: NaiveDate,
    },
}

/// A rule that a source gives or that a lead suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresetSchedule {
    /// The rule.
    pub rule: Rule,
    /// The rule in a line: "Works Tuesday – Monday, UTC · paid the Tuesday after".
    pub words: String,
    /// What the source leaves open and the rule had to assume: "zone not stated, UTC taken".
    pub assumed: Option<String>,
    /// For an unverified rule, the question that offers it.
    pub question: Option<String>,
    /// The part of the work it is for, where that is not all: "milestones". Such a rule is for projects, by hand.
    pub only_for: Option<String>,
    /// The way of being paid it is for, by the name of its route, where that is not all. It is copied with that route.
    pub only_by: Option<String>,
    /// Business days more for workers of a country, by its two letters of ISO 3166-1.
    pub extra_in: Option<(String, u32)>,
    /// The first day of work it holds for.
    pub valid_from: Option<NaiveDate>,
    /// The last day of work it holds for.
    pub valid_until: Option<NaiveDate>,
    /// Who says so.
    pub provenance: Provenance,
}

/// A way that a platform's money takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresetRoute {
    /// Its name: PayPal, bank.
    pub name: String,
    /// The transfers in order.
    pub steps: Vec<RouteStep>,
    /// The least sum that is sent this way.
    pub minimum: Option<Money>,
    /// The most that can be drawn at once or held.
    pub ceiling: Option<Money>,
    /// The most in a calendar year.
    pub yearly_ceiling: Option<Money>,
    /// Who says so.
    pub provenance: Provenance,
}

impl PresetSchedule {
    /// Whether it is for all work and every way of being paid.
    fn is_for_all(&self) -> bool {
        self.only_for.is_none() && self.only_by.is_none()
    }

    /// The rule for a worker of a country, with the business days more that this takes.
    #[must_use]
    pub fn rule_in(&self, country: Option<&str>) -> Rule {
        let mut rule = self.rule.clone();
        if let Some((of, days)) = &self.extra_in
            && country == Some(of)
        {
            rule.modifiers.extra_business_days = *days;
        }
        rule
    }
}

/// Whether a fact may fill a form without being asked for: documented or reported.
fn fills(provenance: &Provenance) -> bool {
    matches!(provenance.standing, Standing::Documented | Standing::Reported)
}

impl Preset {
    /// The facts of a topic, in the order of the catalogue.
    pub fn facts_of(&self, topic: FactTopic) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.topic == topic)
    }

    /// The work that there is, in a few words; empty where nothing is said.
    #[must_use]
    pub fn work(&self) -> &str {
        self.facts_of(FactTopic::Work).next().map_or("", |fact| fact.text.as_str())
    }

    /// Why its status is what it is: what sources say of it, with who says so; `None` where none does.
    #[must_use]
    pub fn status_fact(&self) -> Option<&Fact> {
        self.facts_of(FactTopic::Status).next()
    }

    /// The advertised hourly ranges, the most general one first.
    #[must_use]
    pub fn advertised(&self) -> Vec<AdvertisedFact> {
        self.facts
            .iter()
            .filter_map(|fact| match &fact.figure {
                Some(Figure::PerHour { range, or_more, currency }) => Some(AdvertisedFact {
                    range: *range,
                    or_more: *or_more,
                    currency: *currency,
                    note: fact.text.clone(),
                    provenance: fact.provenance.clone(),
                }),
                Some(Figure::Places(_) | Figure::TaxForm { .. } | Figure::History(_)) | None => None,
            })
            .collect()
    }

    /// The tax forms that are asked for: name and from whom.
    pub fn tax_forms(&self) -> impl Iterator<Item = (&str, &str)> {
        self.facts.iter().filter_map(|fact| match &fact.figure {
            Some(Figure::TaxForm { name, of }) => Some((name.as_str(), of.as_str())),
            Some(Figure::PerHour { .. } | Figure::Places(_) | Figure::History(_)) | None => None,
        })
    }

    /// What can be had of the past; `None` where no source says.
    #[must_use]
    pub fn history(&self) -> Option<HistoryAccess> {
        self.facts.iter().find_map(|fact| match &fact.figure {
            Some(Figure::History(access)) => Some(*access),
            Some(Figure::PerHour { .. } | Figure::Places(_) | Figure::TaxForm { .. }) | None => None,
        })
    }

    /// What sources say about where workers can be; they may contradict each other.
    pub fn regions(&self) -> impl Iterator<Item = (&Places, &Fact)> {
        self.facts.iter().filter_map(|fact| match &fact.figure {
            Some(Figure::Places(places)) => Some((places, fact)),
            Some(Figure::PerHour { .. } | Figure::TaxForm { .. } | Figure::History(_)) | None => None,
        })
    }

    /// Facts that contradict each other, in groups of two or more, by topic.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Vec<&Fact>> {
        let mut groups: Vec<(&str, Vec<&Fact>)> = Vec::new();
        for fact in &self.facts {
            let Some(word) = fact.conflict.as_deref() else {
                continue;
            };
            match groups.iter_mut().find(|(known, _)| *known == word) {
                Some((_, group)) => group.push(fact),
                None => groups.push((word, vec![fact])),
            }
        }
        groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1).collect()
    }

    /// The currency for a form: the first one stated, else that of the first advertised range, else `None`.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.currencies.first().copied().or_else(|| self.advertised().first().map(|advertised| advertised.currency))
    }

    /// Rules that fill the form: documented or reported, and for all of the platform's work.
    pub fn default_schedules(&self) -> impl Iterator<Item = &PresetSchedule> {
        self.schedules.iter().filter(|schedule| fills(&schedule.provenance) && schedule.is_for_all())
    }

    /// Rules for one way of being paid, documented or reported: each is copied with its route.
    pub fn route_schedules(&self) -> impl Iterator<Item = (&str, &PresetSchedule)> {
        self.schedules
            .iter()
            .filter(|schedule| fills(&schedule.provenance) && schedule.only_for.is_none())
            .filter_map(|schedule| schedule.only_by.as_deref().map(|route| (route, schedule)))
    }

    /// Unverified rules, off until taken, with their position in [`Preset::schedules`].
    pub fn offers(&self) -> impl Iterator<Item = (usize, &PresetSchedule)> {
        self.schedules.iter().enumerate().filter(|(_, schedule)| !fills(&schedule.provenance) && schedule.is_for_all())
    }

    /// Rules for a part of the work, to be given to projects by hand, with their position.
    pub fn project_schedules(&self) -> impl Iterator<Item = (usize, &PresetSchedule)> {
        self.schedules.iter().enumerate().filter(|(_, schedule)| schedule.only_for.is_some())
    }

    /// Routes that fill the form: documented or reported.
    pub fn default_routes(&self) -> impl Iterator<Item = &PresetRoute> {
        self.routes.iter().filter(|route| fills(&route.provenance))
    }

    /// Unverified routes, off until taken, with their position in [`Preset::routes`].
    pub fn offered_routes(&self) -> impl Iterator<Item = (usize, &PresetRoute)> {
        self.routes.iter().enumerate().filter(|(_, route)| !fills(&route.provenance))
    }

    /// Whether a search finds it: by its name, another name, or a word of its work; or by letters of its name in
    /// order from the first on ("datan"). An empty search finds all.
    #[must_use]
    pub fn matches(&self, search: &str) -> bool {
        let search = search.trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&search);
        holds(&self.name)
            || self.also.iter().any(|name| holds(name))
            || holds(self.work())
            || abbreviates(&search, &self.name.to_lowercase())
    }
}

/// Whether the letters stand in the name in order, the first one first.
fn abbreviates(letters: &str, name: &str) -> bool {
    let mut rest = name.chars();
    letters.chars().next() == name.chars().next() && letters.chars().all(|letter| rest.any(|known| known == letter))
}
