//! Who pays, and the streams of work on each payer.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::{PlatformId, ProjectId, RouteId};
use super::money::Currency;
use super::session::Activity;

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// Its id.
    pub id: PlatformId,
    /// Its name, as the user writes it.
    pub name: String,
    /// The two letters of its badge.
    pub badge: String,
    /// Which of the platform colours marks it, counted from 0.
    pub hue: u32,
    /// What kind of payer it is.
    pub kind: PlatformKind,
    /// The currency of new projects.
    pub currency: Currency,
    /// Its stages by date, oldest first.
    pub stages: Vec<DatedStage>,
    /// The route money takes unless an earning says otherwise.
    pub default_route: Option<RouteId>,
    /// The name of its entry in the catalogue, where it came from there.
    pub preset: Option<String>,
    /// The user's notes.
    pub note: String,
    /// Web addresses worth keeping.
    pub links: Vec<Link>,
    /// Where the user found it.
    pub found_at: String,
    /// The tax form handed in (W-9, W-8BEN …), and when.
    pub tax_form: Option<TaxForm>,
    /// Whether the platform asks for a time tracker of its own.
    pub needs_tracker: bool,
    /// Whether the user reports the time to it; `None` means as its schedule's cut-off says.
    pub self_reports: Option<bool>,
    /// What is to be done for it: documents, tests, profile.
    pub checklist: Vec<Check>,
    /// What the platform said of the user's work, by date, oldest first.
    pub quality: Vec<QualityNote>,
    /// Files that belong to it: contracts, messages, screenshots.
    pub files: Vec<AttachedFile>,
}

impl Platform {
    /// One that pays contractors, with the badge of its name and nothing else known: no stages, routes or notes.
    #[must_use]
    pub fn new(id: PlatformId, name: impl Into<String>, currency: Currency) -> Self {
        let name = name.into();
        Self {
            id,
            badge: badge_from_name(&name),
            name,
            hue: 0,
            kind: PlatformKind::Contractor,
            currency,
            stages: Vec::new(),
            default_route: None,
            preset: None,
            note: String::new(),
            links: Vec::new(),
            found_at: String::new(),
            tax_form: None,
            needs_tracker: false,
            self_reports: None,
            checklist: Vec::new(),
            quality: Vec::new(),
            files: Vec::new(),
        }
    }
}

/// What kind of payer a platform is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlatformKind {
    /// Pays contractors in full; tax is the worker's matter.
    Contractor,
    /// A client of the user's own, by invoice.
    DirectClient,
    /// An employer that withholds tax.
    Employer,
}

/// Where a platform or project stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Looked at, nothing sent.
    Considering,
    /// Application sent.
    Applied,
    /// In unpaid or paid tests.
    Assessing,
    /// Accepted, learning the work.
    Onboarding,
    /// Working.
    Active,
    /// Still in, but there are no tasks.
    Dry,
    /// Paused by the user.
    Paused,
    /// Over.
    Ended,
}

impl Stage {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 8] = [
        Self::Considering,
        Self::Applied,
        Self::Assessing,
        Self::Onboarding,
        Self::Active,
        Self::Dry,
        Self::Paused,
        Self::Ended,
    ];

    /// Its word: "active".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Considering => "considering",
            Self::Applied => "applied",
            Self::Assessing => "assessing",
            Self::Onboarding => "onboarding",
            Self::Active => "active",
            Self::Dry => "dry",
            Self::Paused => "paused",
            Self::Ended => "ended",
        }
    }
}

/// A stage from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedStage {
    /// The first day, in the user's zone.
    pub from: NaiveDate,
    /// The stage.
    pub stage: Stage,
    /// For an end: by whom. `None` where it is not known or not over.
    pub ended_by: Option<EndedBy>,
    /// Why, in the user's words.
    pub why: String,
}

impl DatedStage {
    /// A stage from a day on, not said by whom it ended or why.
    #[must_use]
    pub fn since(from: NaiveDate, stage: Stage) -> Self {
        Self { from, stage, ended_by: None, why: String::new() }
    }
}

/// Who ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndedBy {
    /// The user.
    User,
    /// The platform or client.
    Platform,
}

/// A web address with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub title: String,
    /// The address.
    pub address: String,
}

/// A tax form handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxForm {
    /// Its name, such as W-8BEN.
    pub name: String,
    /// The day it was handed in.
    pub handed_in_on: Option<NaiveDate>,
}

/// A thing to do for a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is.
    pub text: String,
    /// The day by which it should be done; `None` where there is none.
    pub due_on: Option<NaiveDate>,
    /// The day it was done; `None` while it is not.
    pub done_on: Option<NaiveDate>,
}

impl Check {
    /// Something to be done some day.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), due_on: None, done_on: None }
    }
}

/// What a platform said of the user's work on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityNote {
    /// The day, in the user's zone.
    pub on: NaiveDate,
    /// The project; `None` where it is about the account.
    pub project: Option<ProjectId>,
    /// What was measured.
    pub measure: QualityMeasure,
    /// The figure in the measure's unit; `None` where there is none, as for most warnings.
    pub value: Option<Decimal>,
    /// The best that the figure can be, where the scale is known: 5 of "3.9 of 5".
    pub out_of: Option<Decimal>,
    /// The platform's or the user's words.
    pub note: String,
}

/// What is measured of the quality of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QualityMeasure {
    /// A score on the platform's own scale; more is better.
    Score,
    /// Errors, in per cent; less is better.
    ErrorRate,
    /// Work accepted, in per cent; more is better.
    Acceptance,
    /// Minutes a task; less is better.
    HandlingTime,
    /// A warning; it has no figure.
    Warning,
}

impl QualityMeasure {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Score, Self::ErrorRate, Self::Acceptance, Self::HandlingTime, Self::Warning];

    /// Whether a larger figure is the better one; `None` where there is no figure.
    #[must_use]
    pub fn more_is_better(self) -> Option<bool> {
        match self {
            Self::Score | Self::Acceptance => Some(true),
            Self::ErrorRate | Self::HandlingTime => Some(false),
            Self::Warning => None,
        }
    }
}

/// A file that belongs to a platform. The program keeps where it lies, not the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// What it is.
    pub title: String,
    /// Where it lies on this computer.
    pub path: String,
    /// The day it was attached.
    pub added_on: NaiveDate,
}

/// A stream of work on a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Who pays for it.
    pub platform: PlatformId,
    /// Its name.
    pub name: String,
    /// Its stages by date, oldest first; empty means as the platform.
    pub stages: Vec<DatedStage>,
    /// The activity a session starts with unless said otherwise.
    pub usual_activity: Activity,
    /// The task type of its sessions unless said otherwise.
    pub usual_task_type: Option<String>,
    /// What the user must know for it: nursing, Rust, Swahili.
    pub expertise: Vec<String>,
    /// Where the work comes from, where that is not the payer.
    pub work_source: Option<String>,
    /// The platform's cut of this project, in per cent, where it differs from the schedule's.
    pub platform_fee_percent: Option<Decimal>,
    /// The user's notes.
    pub note: String,
}

impl Project {
    /// One of paid work, with the stages and the fee of its platform and nothing else known.
    #[must_use]
    pub fn new(id: ProjectId, platform: PlatformId, name: impl Into<String>) -> Self {
        Self {
            id,
            platform,
            name: name.into(),
            stages: Vec::new(),
            usual_activity: Activity::PaidWork,
            usual_task_type: None,
            expertise: Vec::new(),
            work_source: None,
            platform_fee_percent: None,
            note: String::new(),
        }
    }
}

/// The stage in force on a day; `None` before the first.
#[must_use]
pub fn stage_on(stages: &[DatedStage], day: NaiveDate) -> Option<&DatedStage> {
    stages.iter().rev().find(|dated| dated.from <= day)
}

/// A badge for a name: the first letters of its first two words or capitals, else its first two letters.
#[must_use]
pub fn badge_from_name(name: &str) -> String {
    let capitals: Vec<char> = name
        .split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| word.chars().enumerate().filter(|(at, c)| *at == 0 || c.is_uppercase()).map(|(_, c)| c))
        .collect();
    let letters: Vec<char> =
        if capitals.len() >= 2 { capitals } else { name.chars().filter(|c| c.is_alphanumeric()).collect() };
    letters.into_iter().take(2).flat_map(char::to_uppercase).take(2).collect()
}

/// Whether two names are the same but for case and blanks around them, as when one is typed.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_has_two_letters_that_people_recognise() {
        for (name, badge) in
            [("Outlier", "OU"), ("DataAnnotation", "DA"), ("Acme Works", "AW"), ("micro1", "MI"), ("X", "X"), ("", "")]
        {
            assert_eq!(badge_from_name(name), badge, "{name}");
        }
    }

    #[test]
    fn the_stage_in_force_is_the_last_that_began() {
        let dated = |from: &str, stage| DatedStage::since(from.parse().unwrap(), stage);
        let stages = [dated("2026-01-12", Stage::Assessing), dated("2026-02-01", Stage::Active)];
        let on = |day: &str| stage_on(&stages, day.parse().unwrap()).map(|dated| dated.stage);
        assert_eq!(on("2026-01-11"), None);
        assert_eq!(on("2026-01-31"), Some(Stage::Assessing));
        assert_eq!(on("2026-02-01"), Some(Stage::Active));
    }
}
