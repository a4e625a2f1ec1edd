//! What sources say of a platform: topics, words, and the same for the machine where there is a use for it.
//!
//! Promises: a fact always has who says so; two facts that contradict each other can both stand.

use chrono::NaiveDate;

use crate::domain::fact::Provenance;
use crate::domain::money::Currency;
use crate::domain::terms::Range;

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
    /// A table as CSV, which can be read in again.
    Csv,
    /// A file or report can be taken away.
    Download,
    /// It can be looked at; whether it can be taken away is not said.
    OnScreen,
    /// A source says that it can't be taken away.
    NoDownload,
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
