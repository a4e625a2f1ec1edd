//! The words of the records on the screen: activities, stages, standings, projects with their platforms.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::bill::Repeats;
use crate::domain::book::Book;
use crate::domain::earning::EarningKind;
use crate::domain::fact::{Provenance, Standing};
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::money::Bag;
use crate::domain::payout::Difference;
use crate::domain::platform::{Platform, PlatformKind, QualityMeasure};
use crate::domain::query::exposure::OpenState;
use crate::domain::query::hours::Period;
use crate::domain::query::rates::Step;
use crate::domain::session::Activity;
use crate::ui::format::Style;

/// What stands where a session has no project yet.
pub const NO_PROJECT: &str = "not named yet";

/// An activity, as a title: "Paid work".
#[must_use]
pub fn activity(activity: Activity) -> &'static str {
    match activity {
        Activity::PaidWork => "Paid work",
        Activity::Assessment => "Assessment",
        Activity::Onboarding => "Onboarding",
        Activity::Searching => "Searching",
        Activity::Instructions => "Instructions",
        Activity::Rework => "Rework",
        Activity::Admin => "Admin",
        Activity::Appeal => "Appeal",
        Activity::Learning => "Learning",
    }
}

/// What is counted, in the plural: "tasks", "audio minutes", "entries".
#[must_use]
pub fn plural(unit: &str) -> String {
    let mut letters = unit.chars().rev();
    let (last, before) = (letters.next(), letters.next());
    match last {
        Some('s' | 'x') => format!("{unit}es"),
        Some('y') if !matches!(before, Some('a' | 'e' | 'i' | 'o' | 'u')) => {
            format!("{}ies", unit.strip_suffix('y').unwrap_or(unit))
        }
        _ => format!("{unit}s"),
    }
}

/// So many of a unit: "1 task", "12.5 audio minutes".
#[must_use]
pub fn units(count: Decimal, unit: &str, style: Style) -> String {
    let noun = if count == Decimal::ONE { unit.to_owned() } else { plural(unit) };
    format!("{} {noun}", style.decimals(count, count.normalize().scale()))
}

/// The name of what a project's sessions count on a day, in the singular: "task" where its terms name no other.
#[must_use]
pub fn unit_of(book: &Book, project: Option<ProjectId>, day: NaiveDate) -> &str {
    project.and_then(|project| book.terms_on(project, day)).map_or("task", |terms| terms.unit())
}

/// A word as a title: "Audio minutes".
#[must_use]
pub fn title(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Tells rows that would read the same apart by a number: screen readers and tests find each.
pub fn number_twins<'n>(names: impl Iterator<Item = &'n mut String>) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        let before = times.entry(name.clone()).or_default();
        *before += 1;
        if *before > 1 {
            *name = format!("{name} ({before})");
        }
    }
}

/// What is measured of the quality of work: "Quality score".
#[must_use]
pub fn measure(measure: QualityMeasure) -> &'static str {
    match measure {
        QualityMeasure::Score => "Quality score",
        QualityMeasure::ErrorRate => "Error rate",
        QualityMeasure::Acceptance => "Acceptance",
        QualityMeasure::HandlingTime => "Handling time",
        QualityMeasure::Warning => "Warning",
    }
}

/// How far money that is not yet paid has come: "in review".
#[must_use]
pub fn open_state(state: OpenState) -> &'static str {
    match state {
        OpenState::Late => "late",
        OpenState::InReview => "in review",
        OpenState::Approved => "approved",
        OpenState::Drawable => "drawable",
        OpenState::BelowMinimum => "below the minimum",
        OpenState::InTransit => "in transit",
        OpenState::DateUnknown => "date unknown",
        OpenState::Frozen => "frozen",
        OpenState::Disputed => "disputed",
    }
}

/// A kind of payer.
#[must_use]
pub fn platform_kind(kind: PlatformKind) -> &'static str {
    match kind {
        PlatformKind::Contractor => "Contractor platform",
        PlatformKind::DirectClient => "Direct client",
        PlatformKind::Employer => "Employer that withholds tax",
    }
}

/// Who says so: "documented", "reported by workers".
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Documented => "documented",
        Standing::Reported => "reported by workers",
        Standing::Unverified => "unverified",
        Standing::Own => "your own setting",
    }
}

/// Where a fact comes from, in one line: "reported by workers · checked 22 Nov 2026 · taken by you".
#[must_use]
pub fn provenance(of: &Provenance, style: Style) -> String {
    let mut words = vec![standing(of.standing).to_owned()];
    if let Some(day) = of.checked_on {
        words.push(format!("checked {}", style.date(day)));
    }
    if of.taken_by_user {
        words.push("taken by you".to_owned());
    }
    words.join(" · ")
}

/// What an earning is for, as a word: "bonus".
#[must_use]
pub fn earning_kind(kind: EarningKind) -> &'static str {
    match kind {
        EarningKind::Work => "earning",
        EarningKind::Milestone => "milestone",
        EarningKind::Bonus => "bonus",
        EarningKind::Adjustment => "adjustment",
        EarningKind::Opening => "owed before",
    }
}

/// Why a payout differs from what was expected.
#[must_use]
pub fn difference(difference: Difference) -> &'static str {
    match difference {
        Difference::Fee => "Payout fee",
        Difference::PlatformFee => "Platform fee",
        Difference::TaxWithheld => "Tax withheld",
        Difference::Exchange => "Exchange",
        Difference::PartRejected => "Part rejected",
        Difference::RestLater => "Rest comes later",
        Difference::Unexplained => "Don’t know yet",
    }
}

/// How often a bill comes again.
#[must_use]
pub fn repeats(repeats: Repeats) -> &'static str {
    match repeats {
        Repeats::Never => "Once",
        Repeats::Weekly => "Every week",
        Repeats::Monthly => "Every month",
        Repeats::Yearly => "Every year",
    }
}

/// A platform's badge: two letters and the number of its hue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// The letters.
    pub letters: String,
    /// The hue, counted from 0.
    pub hue: usize,
}

impl Mark {
    /// The badge of a platform.
    #[must_use]
    pub fn of(platform: &Platform) -> Self {
        Self { letters: platform.badge.clone(), hue: usize::try_from(platform.hue).unwrap_or(0) }
    }

    /// The badge of a platform by its id; `None` where it is gone.
    #[must_use]
    pub fn of_id(book: &Book, platform: Option<PlatformId>) -> Option<Self> {
        book.platform(platform?).map(|platform| Self::of(platform))
    }
}

/// Of money that goes from one account of the user's to another.
pub const OWN_MONEY: &str = "between own accounts";

/// Of money that has nothing to do with work.
pub const OTHER_MONEY: &str = "nothing of work";

/// Where nobody said who pays.
pub const NO_PAYER: &str = "a platform not named";

/// The name of who pays, or that it is not named.
#[must_use]
pub fn payer(book: &Book, id: Option<PlatformId>) -> String {
    id.and_then(|id| book.platform(id)).map_or_else(|| NO_PAYER.to_owned(), |platform| platform.name.clone())
}

/// What is in no sum, for lack of an exchange rate; empty where all is.
#[must_use]
pub fn without_rate(bag: &Bag, style: Style) -> String {
    if bag.is_empty() {
        return String::new();
    }
    format!("In no sum: {}. No exchange rate of the last seven days; add one in the settings", style.bag(bag))
}

/// A project's name alone: "Aloe", or that it is not named yet.
#[must_use]
pub fn project(book: &Book, id: Option<ProjectId>) -> String {
    id.and_then(|id| book.project(id)).map_or_else(|| NO_PROJECT.to_owned(), |project| project.name.clone())
}

/// A project with its platform: "Outlier · Aloe".
#[must_use]
pub fn project_on_platform(book: &Book, id: Option<ProjectId>) -> String {
    let Some(project) = id.and_then(|id| book.project(id)) else { return NO_PROJECT.to_owned() };
    match book.platform(project.platform) {
        Some(platform) => format!("{} · {}", platform.name, project.name),
        None => project.name.clone(),
    }
}

/// A rate step, as a word: "all hours".
#[must_use]
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Advertised => "advertised",
        Step::Recorded => "recorded",
        Step::Accepted => "accepted",
        Step::Received => "received",
        Step::AllHours => "all hours",
        Step::AfterTax => "after tax",
    }
}

/// A period on offer: "Last 4 weeks".
#[must_use]
pub fn period(period: Period) -> &'static str {
    match period {
        Period::Today => "Today",
        Period::ThisWeek => "This week",
        Period::Last4Weeks => "Last 4 weeks",
        Period::ThisMonth => "This month",
        Period::LastMonth => "Last month",
        Period::ThisQuarter => "This quarter",
        Period::ThisYear => "This year",
        Period::All => "All time",
    }
}
