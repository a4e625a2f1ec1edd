//! The shape of a catalogue file: a platform, then what each source says of it.
//!
//! Promises: a fact cannot be written without its source, standing and last-checked day, since it stands under them;
//! the user's own standing cannot be written at all. Unknown fields are refused, so that a slip of the pen is seen.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::rule::{FeeShape, Lag, RuleShape};
use super::text::{CountryCode, CurrencyCode, Day, Number, PlaceName, Sum, Words};
use crate::domain::fact::{Provenance, Standing};
use crate::domain::platform::PlatformKind;
use crate::domain::preset::{self, Fact, Figure, Places, Preset, PresetRoute, PresetSchedule, PresetStatus};
use crate::domain::route::RouteStep;
use crate::domain::terms::Range;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileShape {
    name: Words,
    #[serde(default)]
    also: Vec<Words>,
    badge: Badge,
    hue: u8,
    kind: Kind,
    pays: Vec<PayKind>,
    currencies: Vec<CurrencyCode>,
    status: State,
    needs_tracker: bool,
    sources: Vec<SourceShape>,
}

/// What one source says, all of it with the same standing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceShape {
    source: Words,
    standing: Said,
    checked_on: Day,
    #[serde(default)]
    facts: Vec<FactShape>,
    #[serde(default)]
    schedules: Vec<ScheduleShape>,
    #[serde(default)]
    routes: Vec<RouteShape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactShape {
    topic: Topic,
    text: Words,
    #[serde(default)]
    figure: Option<FigureShape>,
    #[serde(default)]
    conflict: Option<Words>,
    #[serde(default)]
    valid_from: Option<Day>,
    #[serde(default)]
    valid_until: Option<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScheduleShape {
    words: Words,
    #[serde(default)]
    assumed: Option<Words>,
    #[serde(default)]
    question: Option<Words>,
    #[serde(default)]
    only_for: Option<Words>,
    #[serde(default)]
    only_by: Option<Words>,
    #[serde(default)]
    extra_in: Option<(CountryCode, u8)>,
    #[serde(default)]
    valid_from: Option<Day>,
    #[serde(default)]
    valid_until: Option<Day>,
    rule: RuleShape,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RouteShape {
    name: Words,
    steps: Vec<StepShape>,
    #[serde(default)]
    minimum: Option<Sum>,
    #[serde(default)]
    ceiling: Option<Sum>,
    #[serde(default)]
    yearly_ceiling: Option<Sum>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepShape {
    to: Words,
    #[serde(default)]
    transit: Option<Lag>,
    #[serde(default)]
    fee: Option<FeeShape>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum Said {
    Documented,
    Reported,
    Unverified,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum Kind {
    Contractor,
    DirectClient,
    Employer,
}

#[derive(Debug, Clone, Deserialize)]
enum State {
    Open,
    CheckStatus,
    Closed(Day),
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum PayKind {
    PerHour,
    PerTask,
    PerUnit,
    BySession,
    Milestones,
    Bonuses,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum Topic {
    Work,
    Status,
    PayKind,
    AdvertisedPay,
    TimeCredited,
    PayPeriod,
    CutOff,
    Review,
    WhenPaid,
    Methods,
    Minimum,
    PlatformFee,
    PayoutFee,
    Currency,
    RejectedWork,
    History,
    Regions,
    Tax,
    Onboarding,
    MissingPay,
    Steadiness,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
enum FigureShape {
    PerHour {
        currency: CurrencyCode,
        range: RangeShape,
        #[serde(default)]
        or_more: bool,
    },
    Places(PlacesShape),
    TaxForm {
        name: Words,
        of: Words,
    },
    History(HistoryAccess),
}

#[derive(Debug, Deserialize)]
enum PlacesShape {
    Wide,
    Named(Vec<PlaceName>),
    AtLeast(u16),
    Except(Vec<PlaceName>),
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum HistoryAccess {
    Csv,
    Download,
    OnScreen,
    NoDownload,
}

/// Two capital letters or digits.
#[derive(Debug)]
struct Badge(String);

impl<'de> Deserialize<'de> for Badge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()) {
            Ok(Self(text))
        } else {
            Err(D::Error::custom(format!("the badge “{text}” has not two capital letters")))
        }
    }
}

/// A range whose ends are in order.
#[derive(Debug)]
struct RangeShape(Range);

impl<'de> Deserialize<'de> for RangeShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (low, high) = <(Number, Number)>::deserialize(deserializer)?;
        if low.0.is_sign_negative() || low.0 > high.0 {
            return Err(D::Error::custom(format!("the range {} to {} is not in order", low.0, high.0)));
        }
        Ok(Self(Range { low: low.0, high: high.0 }))
    }
}

impl From<FileShape> for Preset {
    fn from(file: FileShape) -> Self {
        let mut preset = Self {
            name: file.name.0,
            also: file.also.into_iter().map(|name| name.0).collect(),
            badge: file.badge.0,
            hue_hint: file.hue.into(),
            kind: match file.kind {
                Kind::Contractor => PlatformKind::Contractor,
                Kind::DirectClient => PlatformKind::DirectClient,
                Kind::Employer => PlatformKind::Employer,
            },
            pays: file.pays.into_iter().map(Into::into).collect(),
            currencies: file.currencies.into_iter().map(|code| code.0).collect(),
            status: match file.status {
                State::Open => PresetStatus::Open,
                State::CheckStatus => PresetStatus::CheckStatus,
                State::Closed(day) => PresetStatus::Closed { on: day.0 },
            },
            needs_tracker: file.needs_tracker,
            facts: Vec::new(),
            schedules: Vec::new(),
            routes: Vec::new(),
        };
        for source in file.sources {
            let provenance = Provenance {
                standing: match source.standing {
                    Said::Documented => Standing::Documented,
                    Said::Reported => Standing::Reported,
                    Said::Unverified => Standing::Unverified,
                },
                source: source.source.0,
                checked_on: Some(source.checked_on.0),
                taken_by_user: false,
            };
            preset.facts.extend(source.facts.into_iter().map(|fact| fact.told(&provenance)));
            preset.schedules.extend(source.schedules.into_iter().map(|schedule| schedule.told(&provenance)));
            preset.routes.extend(source.routes.into_iter().map(|route| route.told(&provenance)));
        }
        // By topic; within one, as the file has them.
        preset.facts.sort_by_key(|fact| fact.topic);
        preset
    }
}

impl FactShape {
    fn told(self, by: &Provenance) -> Fact {
        Fact {
            topic: self.topic.into(),
            text: self.text.0,
            figure: self.figure.map(Into::into),
            conflict: self.conflict.map(|word| word.0),
            valid_from: self.valid_from.map(|day| day.0),
            valid_until: self.valid_until.map(|day| day.0),
            provenance: by.clone(),
        }
    }
}

impl ScheduleShape {
    fn told(self, by: &Provenance) -> PresetSchedule {
        PresetSchedule {
            rule: self.rule.into(),
            words: self.words.0,
            assumed: self.assumed.map(|words| words.0),
            question: self.question.map(|words| words.0),
            only_for: self.only_for.map(|words| words.0),
            only_by: self.only_by.map(|words| words.0),
            extra_in: self.extra_in.map(|(country, days)| (country.0, days.into())),
            valid_from: self.valid_from.map(|day| day.0),
            valid_until: self.valid_until.map(|day| day.0),
            provenance: by.clone(),
        }
    }
}

impl RouteShape {
    fn told(self, by: &Provenance) -> PresetRoute {
        PresetRoute {
            name: self.name.0,
            steps: self
                .steps
                .into_iter()
                .map(|step| RouteStep {
                    to: step.to.0,
                    transit: step.transit.map(|lag| lag.0),
                    fee: step.fee.map(Into::into),
                })
                .collect(),
            minimum: self.minimum.map(|sum| sum.0),
            ceiling: self.ceiling.map(|sum| sum.0),
            yearly_ceiling: self.yearly_ceiling.map(|sum| sum.0),
            provenance: by.clone(),
        }
    }
}

impl From<FigureShape> for Figure {
    fn from(figure: FigureShape) -> Self {
        let places = |names: Vec<PlaceName>| names.into_iter().map(|name| name.0).collect();
        match figure {
            FigureShape::PerHour { currency, range, or_more } => {
                Self::PerHour { range: range.0, or_more, currency: currency.0 }
            }
            FigureShape::Places(PlacesShape::Wide) => Self::Places(Places::Wide),
            FigureShape::Places(PlacesShape::Named(names)) => Self::Places(Places::Named(places(names))),
            FigureShape::Places(PlacesShape::AtLeast(number)) => Self::Places(Places::AtLeast(number.into())),
            FigureShape::Places(PlacesShape::Except(names)) => Self::Places(Places::Except(places(names))),
            FigureShape::TaxForm { name, of } => Self::TaxForm { name: name.0, of: of.0 },
            FigureShape::History(access) => Self::History(match access {
                HistoryAccess::Csv => preset::HistoryAccess::Csv,
                HistoryAccess::Download => preset::HistoryAccess::Download,
                HistoryAccess::OnScreen => preset::HistoryAccess::OnScreen,
                HistoryAccess::NoDownload => preset::HistoryAccess::NoDownload,
            }),
        }
    }
}

impl From<PayKind> for preset::PayKind {
    fn from(kind: PayKind) -> Self {
        match kind {
            PayKind::PerHour => Self::PerHour,
            PayKind::PerTask => Self::PerTask,
            PayKind::PerUnit => Self::PerUnit,
            PayKind::BySession => Self::BySession,
            PayKind::Milestones => Self::Milestones,
            PayKind::Bonuses => Self::Bonuses,
        }
    }
}

impl From<Topic> for preset::FactTopic {
    fn from(topic: Topic) -> Self {
        match topic {
            Topic::Work => Self::Work,
            Topic::Status => Self::Status,
            Topic::PayKind => Self::PayKind,
            Topic::AdvertisedPay => Self::AdvertisedPay,
            Topic::TimeCredited => Self::TimeCredited,
            Topic::PayPeriod => Self::PayPeriod,
            Topic::CutOff => Self::CutOff,
            Topic::Review => Self::Review,
            Topic::WhenPaid => Self::WhenPaid,
            Topic::Methods => Self::Methods,
            Topic::Minimum => Self::Minimum,
            Topic::PlatformFee => Self::PlatformFee,
            Topic::PayoutFee => Self::PayoutFee,
            Topic::Currency => Self::Currency,
            Topic::RejectedWork => Self::RejectedWork,
            Topic::History => Self::History,
            Topic::Regions => Self::Regions,
            Topic::Tax => Self::Tax,
            Topic::Onboarding => Self::Onboarding,
            Topic::MissingPay => Self::MissingPay,
            Topic::Steadiness => Self::Steadiness,
        }
    }
}
