//! Presets: what is publicly known about a platform, each fact with its source, standing and last-checked day.
//!
//! Promises: documented and reported facts fill a form; unverified ones are offered and stay off until the user
//! takes them; sources that contradict each other are all kept. A preset is copied into the Book when it is added
//! and never changes records afterwards. The facts themselves are data of the catalogue; none stands in the code.

use chrono::NaiveDate;

use super::fact::{Provenance, Standing};
use super::ids::{PlatformId, ProjectId, RouteId, ScheduleId};
use super::money::{Currency, Money};
use super::platform::{DatedStage, Platform, PlatformKind, Stage};
use super::route::{Route, RouteStep};
use super::schedule::{Rule, Schedule};
use super::terms::Range;

/// What is known about a platform that a user may add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// Its name, unique in the catalogue; a platform that came from it keeps it in [`Platform::preset`].
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

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactTopic {
    /// The work that there is.
    Work,
    /// Whether it is open.
    Status,
    /// How work is paid.
    PayKind,
    /// What is advertised or promised.
    AdvertisedPay,
    /// Which time counts, and how it is measured.
    TimeCredited,
    /// The stretch of work that is paid together.
    PayPeriod,
    /// What must be done by when.
    CutOff,
    /// The platform's check of the work.
    Review,
    /// When money leaves or arrives.
    WhenPaid,
    /// The ways of being paid.
    Methods,
    /// The least sum that is paid, and what happens below it.
    Minimum,
    /// The platform's cut.
    PlatformFee,
    /// What a payout costs.
    PayoutFee,
    /// In which currencies.
    Currency,
    /// What happens to rejected work.
    RejectedWork,
    /// What can be seen or downloaded of the past.
    History,
    /// Where workers can be.
    Regions,
    /// Tax forms and statements.
    Tax,
    /// Unpaid tests and training.
    Onboarding,
    /// What to do about missing money.
    MissingPay,
    /// Weeks without work, ends of projects and of accounts.
    Steadiness,
}

impl FactTopic {
    /// All topics in the order in which they are told.
    pub const ALL: [Self; 21] = [
        Self::Work,
        Self::Status,
        Self::PayKind,
        Self::AdvertisedPay,
        Self::TimeCredited,
        Self::PayPeriod,
        Self::CutOff,
        Self::Review,
        Self::WhenPaid,
        Self::Methods,
        Self::Minimum,
        Self::PlatformFee,
        Self::PayoutFee,
        Self::Currency,
        Self::RejectedWork,
        Self::History,
        Self::Regions,
        Self::Tax,
        Self::Onboarding,
        Self::MissingPay,
        Self::Steadiness,
    ];
}

/// One thing that a source says of a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub topic: FactTopic,
    /// What the source says, in the words of a worker.
    pub text: String,
    /// The same for the machine, where there is a use for it.
    pub figure: Option<Figure>,
    /// Facts of one preset with the same word here contradict each other: show them together.
    pub conflict: Option<String>,
    /// The first day it holds for, where the source says.
    pub valid_from: Option<NaiveDate>,
    /// The last day it holds for, where the source says.
    pub valid_until: Option<NaiveDate>,
    /// Who says so.
    pub provenance: Provenance,
}

/// What a fact says, for the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// An advertised hourly range.
    PerHour {
        /// The range, an hour.
        range: Range,
        /// Whether the upper end is open: "65 and more".
        or_more: bool,
        /// The currency of the range.
        currency: Currency,
    },
    /// Where workers can be.
    Places(Places),
    /// A tax form that is asked for.
    TaxForm {
        /// Its name, such as W-8BEN.
        name: String,
        /// From whom.
        of: String,
    },
    /// What can be had of the past.
    History(HistoryAccess),
}

/// Where workers can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Places {
    /// Nearly everywhere.
    Wide,
    /// These.
    Named(Vec<Place>),
    /// So many countries at least, which ones is not said.
    AtLeast(u32),
    /// Not these.
    Except(Vec<Place>),
}

/// A country or a group of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A country by its two-letter ISO 3166 code.
    Country(String),
    /// Europe, as far as the source means it.
    Europe,
}

/// What can be had of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HistoryAccess {
    /// A file or report can be taken away.
    Download,
    /// It can be looked at; whether it can be taken away is not said.
    OnScreen,
    /// A source says that it can't be taken away.
    NoDownload,
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
    /// The first day of work it holds for.
    pub valid_from: Option<NaiveDate>,
    /// The last day of work it holds for.
    pub valid_until: Option<NaiveDate>,
    /// Who says so.
    pub provenance: Provenance,
}

impl PresetSchedule {
    /// The rule as a record of a platform, or of one of its projects.
    ///
    /// What was assumed goes into the source, so that it can still be told when the preset is gone. A rule that was
    /// only offered is marked as taken by the user.
    #[must_use]
    pub fn schedule(
        &self,
        id: ScheduleId,
        platform: PlatformId,
        project: Option<ProjectId>,
    ) -> Schedule {
        let mut provenance = self.provenance.clone();
        if let Some(assumed) = &self.assumed {
            provenance.source = format!("{}; {assumed}", provenance.source);
        }
        provenance.taken_by_user = !fills(&self.provenance);
        Schedule {
            id,
            platform,
            project,
            route: None,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            rule: self.rule.clone(),
            provenance,
        }
    }
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

impl PresetRoute {
    /// The route as a record of a platform. Money counts as landed after the last step.
    #[must_use]
    pub fn route(&self, id: RouteId, platform: PlatformId) -> Route {
        Route {
            id,
            platform: Some(platform),
            name: self.name.clone(),
            steps: self.steps.clone(),
            landed_after_step: 0,
            minimum: self.minimum,
            ceiling: self.ceiling,
            yearly_ceiling: self.yearly_ceiling,
        }
    }
}

/// An advertised hourly range with who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvertisedFact {
    /// The range, an hour.
    pub range: Range,
    /// Whether the upper end is open.
    pub or_more: bool,
    /// Its currency.
    pub currency: Currency,
    /// What the source says, in words.
    pub note: String,
    /// Who says so.
    pub provenance: Provenance,
}

/// What the user asks for when adding a platform from the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Its stage.
    pub stage: Stage,
    /// The first day of that stage, in the user's zone.
    pub from: NaiveDate,
    /// The currency to use where no source states or advertises one: the home currency.
    pub currency_if_unknown: Currency,
    /// Offered schedules that the user takes, as positions in [`Preset::schedules`].
    pub taken_schedules: &'a [usize],
    /// Offered routes that the user takes, as positions in [`Preset::routes`].
    pub taken_routes: &'a [usize],
}

/// Whether a fact may fill a form without being asked for: documented or reported.
fn fills(provenance: &Provenance) -> bool {
    matches!(
        provenance.standing,
        Standing::Documented | Standing::Reported
    )
}

impl Preset {
    /// The facts of a topic, in the order of the catalogue.
    pub fn facts_of(&self, topic: FactTopic) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.topic == topic)
    }

    /// The work that there is, in a few words; empty where nothing is said.
    #[must_use]
    pub fn work(&self) -> &str {
        self.facts_of(FactTopic::Work)
            .next()
            .map_or("", |fact| fact.text.as_str())
    }

    /// The advertised hourly ranges, the most general one first.
    #[must_use]
    pub fn advertised(&self) -> Vec<AdvertisedFact> {
        self.facts
            .iter()
            .filter_map(|fact| match &fact.figure {
                Some(Figure::PerHour {
                    range,
                    or_more,
                    currency,
                }) => Some(AdvertisedFact {
                    range: *range,
                    or_more: *or_more,
                    currency: *currency,
                    note: fact.text.clone(),
                    provenance: fact.provenance.clone(),
                }),
                Some(Figure::Places(_) | Figure::TaxForm { .. } | Figure::History(_)) | None => {
                    None
                }
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
            Some(Figure::PerHour { .. } | Figure::Places(_) | Figure::TaxForm { .. }) | None => {
                None
            }
        })
    }

    /// What sources say about where workers can be; they may contradict each other.
    pub fn regions(&self) -> impl Iterator<Item = (&Places, &Fact)> {
        self.facts.iter().filter_map(|fact| match &fact.figure {
            Some(Figure::Places(places)) => Some((places, fact)),
            Some(Figure::PerHour { .. } | Figure::TaxForm { .. } | Figure::History(_)) | None => {
                None
            }
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
        groups
            .into_iter()
            .map(|(_, group)| group)
            .filter(|group| group.len() > 1)
            .collect()
    }

    /// The currency for a form: the first one stated, else that of the first advertised range, else `None`.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.currencies.first().copied().or_else(|| {
            self.advertised()
                .first()
                .map(|advertised| advertised.currency)
        })
    }

    /// Rules that fill the form: documented or reported, and for all of the platform's work.
    pub fn default_schedules(&self) -> impl Iterator<Item = &PresetSchedule> {
        self.schedules
            .iter()
            .filter(|schedule| fills(&schedule.provenance) && schedule.only_for.is_none())
    }

    /// Unverified rules, off until taken, with their position in [`Preset::schedules`].
    pub fn offers(&self) -> impl Iterator<Item = (usize, &PresetSchedule)> {
        self.schedules
            .iter()
            .enumerate()
            .filter(|(_, schedule)| !fills(&schedule.provenance) && schedule.only_for.is_none())
    }

    /// Rules for a part of the work, to be given to projects by hand, with their position.
    pub fn project_schedules(&self) -> impl Iterator<Item = (usize, &PresetSchedule)> {
        self.schedules
            .iter()
            .enumerate()
            .filter(|(_, schedule)| schedule.only_for.is_some())
    }

    /// Routes that fill the form: documented or reported.
    pub fn default_routes(&self) -> impl Iterator<Item = &PresetRoute> {
        self.routes.iter().filter(|route| fills(&route.provenance))
    }

    /// Unverified routes, off until taken, with their position in [`Preset::routes`].
    pub fn offered_routes(&self) -> impl Iterator<Item = (usize, &PresetRoute)> {
        self.routes
            .iter()
            .enumerate()
            .filter(|(_, route)| !fills(&route.provenance))
    }

    /// Whether a search finds it: by its name, another name, or a word of its work. An empty search finds all.
    #[must_use]
    pub fn matches(&self, search: &str) -> bool {
        let search = search.trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&search);
        holds(&self.name) || self.also.iter().any(|name| holds(name)) || holds(self.work())
    }
}

/// Copies a preset into records: the platform, its schedules and its routes.
///
/// Documented and reported schedules and routes are copied; offered ones only where taken, and then a taken schedule
/// stands in place of the default ones. Positions that name no offer are passed over. Rules for a part of the work
/// are left to projects. The default route is set only where there is just one. `next_id` draws a fresh number for each
/// record: first the platform, then its schedules, then its routes.
#[must_use]
pub fn instantiate(
    preset: &Preset,
    wish: &Wish<'_>,
    next_id: &mut dyn FnMut() -> u64,
) -> (Platform, Vec<Schedule>, Vec<Route>) {
    let id = PlatformId(next_id());
    let taken: Vec<&PresetSchedule> = preset
        .offers()
        .filter(|(at, _)| wish.taken_schedules.contains(at))
        .map(|(_, offer)| offer)
        .collect();
    let chosen = if taken.is_empty() {
        preset.default_schedules().collect()
    } else {
        taken
    };
    let schedules = chosen
        .into_iter()
        .map(|offer| offer.schedule(ScheduleId(next_id()), id, None))
        .collect();
    let routes: Vec<Route> = preset
        .routes
        .iter()
        .enumerate()
        .filter(|(at, route)| fills(&route.provenance) || wish.taken_routes.contains(at))
        .map(|(_, route)| route.route(RouteId(next_id()), id))
        .collect();
    let platform = Platform {
        id,
        name: preset.name.clone(),
        badge: preset.badge.clone(),
        hue: preset.hue_hint,
        kind: preset.kind,
        currency: preset.currency().unwrap_or(wish.currency_if_unknown),
        stages: vec![DatedStage {
            from: wish.from,
            stage: wish.stage,
            ended_by: None,
            why: String::new(),
        }],
        default_route: match routes.as_slice() {
            [only] => Some(only.id),
            _ => None,
        },
        preset: Some(preset.name.clone()),
        note: String::new(),
        links: Vec::new(),
        found_at: String::new(),
        tax_form: None,
        needs_tracker: preset.needs_tracker,
    };
    (platform, schedules, routes)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::schedule::{EarningShape, Modifiers};

    fn said(standing: Standing) -> Provenance {
        Provenance {
            standing,
            source: "a page".to_owned(),
            checked_on: Some("2026-11-22".parse().unwrap()),
            taken_by_user: false,
        }
    }

    fn schedule(standing: Standing, only_for: Option<&str>) -> PresetSchedule {
        PresetSchedule {
            rule: Rule {
                earning: EarningShape::OwnDate {
                    on: None,
                    repeat: None,
                },
                release: None,
                modifiers: Modifiers::default(),
            },
            words: "when it comes".to_owned(),
            assumed: Some("zone not stated, UTC taken".to_owned()),
            question: None,
            only_for: only_for.map(str::to_owned),
            valid_from: None,
            valid_until: None,
            provenance: said(standing),
        }
    }

    fn route(name: &str, standing: Standing) -> PresetRoute {
        PresetRoute {
            name: name.to_owned(),
            steps: vec![RouteStep {
                to: name.to_owned(),
                transit: None,
                fee: None,
            }],
            minimum: None,
            ceiling: None,
            yearly_ceiling: None,
            provenance: said(standing),
        }
    }

    fn fact(topic: FactTopic, figure: Option<Figure>, conflict: Option<&str>) -> Fact {
        Fact {
            topic,
            text: "Maps".to_owned(),
            figure,
            conflict: conflict.map(str::to_owned),
            valid_from: None,
            valid_until: None,
            provenance: said(Standing::Reported),
        }
    }

    fn preset() -> Preset {
        Preset {
            name: "Acme".to_owned(),
            also: vec!["Bolt Works".to_owned()],
            badge: "AC".to_owned(),
            hue_hint: 3,
            kind: PlatformKind::Contractor,
            pays: vec![PayKind::PerHour],
            currencies: Vec::new(),
            status: PresetStatus::Open,
            needs_tracker: true,
            facts: vec![fact(FactTopic::Work, None, None)],
            schedules: vec![
                schedule(Standing::Unverified, None),
                schedule(Standing::Reported, None),
                schedule(Standing::Documented, Some("milestones")),
            ],
            routes: vec![
                route("PayPal", Standing::Documented),
                route("Bank", Standing::Unverified),
            ],
        }
    }

    fn add(
        preset: &Preset,
        schedules: &[usize],
        routes: &[usize],
    ) -> (Platform, Vec<Schedule>, Vec<Route>) {
        let mut last = 0;
        let wish = Wish {
            stage: Stage::Active,
            from: "2026-11-22".parse().unwrap(),
            currency_if_unknown: Currency::EUR,
            taken_schedules: schedules,
            taken_routes: routes,
        };
        instantiate(preset, &wish, &mut || {
            last += 1;
            last
        })
    }

    #[test]
    fn known_facts_fill_the_form_and_offers_stay_off() {
        let (platform, schedules, routes) = add(&preset(), &[], &[]);
        assert_eq!(platform.preset.as_deref(), Some("Acme"));
        assert_eq!(
            (platform.hue, platform.needs_tracker, platform.currency),
            (3, true, Currency::EUR)
        );
        assert_eq!(platform.stages.len(), 1);
        assert_eq!(schedules.len(), 1);
        assert_eq!(schedules[0].provenance.standing, Standing::Reported);
        assert!(!schedules[0].provenance.taken_by_user);
        assert_eq!(
            schedules[0].provenance.source,
            "a page; zone not stated, UTC taken"
        );
        assert_eq!(
            routes
                .iter()
                .map(|route| route.name.as_str())
                .collect::<Vec<_>>(),
            ["PayPal"]
        );
        assert_eq!(platform.default_route, Some(routes[0].id));
    }

    #[test]
    fn a_taken_offer_stands_in_place_of_the_default_and_is_marked() {
        let (platform, schedules, routes) = add(&preset(), &[0], &[1]);
        assert_eq!(schedules.len(), 1);
        assert_eq!(schedules[0].provenance.standing, Standing::Unverified);
        assert!(schedules[0].provenance.taken_by_user);
        assert_eq!(routes.len(), 2);
        assert_eq!(
            platform.default_route, None,
            "two routes: the user says which"
        );
    }

    #[test]
    fn positions_that_name_no_offer_change_nothing() {
        assert_eq!(add(&preset(), &[1, 2, 99], &[99]), add(&preset(), &[], &[]));
    }

    #[test]
    fn every_record_gets_an_id_of_its_own() {
        let (platform, schedules, routes) = add(&preset(), &[0], &[1]);
        let mut ids = vec![platform.id.0];
        ids.extend(schedules.iter().map(|schedule| schedule.id.0));
        ids.extend(routes.iter().map(|route| route.id.0));
        assert_eq!(ids, [1, 2, 3, 4]);
        assert!(
            schedules
                .iter()
                .all(|schedule| schedule.platform == platform.id)
        );
        assert!(
            routes
                .iter()
                .all(|route| route.platform == Some(platform.id))
        );
    }

    #[test]
    fn the_currency_is_the_stated_one_before_the_advertised_one() {
        let mut preset = preset();
        assert_eq!(preset.currency(), None);
        let range = Range {
            low: Decimal::from(15),
            high: Decimal::from(50),
        };
        let figure = Figure::PerHour {
            range,
            or_more: false,
            currency: Currency::USD,
        };
        preset
            .facts
            .push(fact(FactTopic::AdvertisedPay, Some(figure), None));
        assert_eq!(preset.currency(), Some(Currency::USD));
        preset.currencies = vec![Currency::GBP, Currency::USD];
        assert_eq!(preset.currency(), Some(Currency::GBP));
    }

    #[test]
    fn contradicting_facts_stand_together() {
        let mut preset = preset();
        for word in [Some("fee"), None, Some("alone"), Some("fee")] {
            preset.facts.push(fact(FactTopic::PlatformFee, None, word));
        }
        let sizes: Vec<usize> = preset.conflicts().iter().map(Vec::len).collect();
        assert_eq!(sizes, [2]);
    }

    #[test]
    fn a_search_finds_names_owners_and_work_in_any_case() {
        for (search, found) in [
            ("acm", true),
            ("BOLT", true),
            (" maps ", true),
            ("", true),
            ("zebra", false),
        ] {
            assert_eq!(preset().matches(search), found, "{search}");
        }
    }
}
