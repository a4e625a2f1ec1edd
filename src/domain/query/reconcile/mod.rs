//! The three-way check: what was *logged* (own sessions), what was *credited* (rows of platforms), what was *received*
//! (payments on the user's accounts), set beside each other.
//!
//! ```text
//! logged ──by project and week──► credited ──by payer, amount and day──► received
//! ```
//!
//! What fits is a line; what doesn't is a line too, and stands on top; in between is what fits and waits for the user's
//! word, because nothing is settled unasked. Every line says how sure it is and why. Pure; amounts are as they were written,
//! exact, in the currency that they came in.

mod arrivals;
mod logged;
mod openings;
mod payouts;

use std::collections::HashSet;

use chrono::NaiveDate;

use super::calendar::{Calendar, ExpectedKey};
use super::rails::{Link, Rails};
pub use super::sureness::Sureness;
use crate::domain::book::Book;
use crate::domain::command::Pays;
use crate::domain::ids::{EarningId, MovementId, PayoutId, PlatformId, ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::span::{DayRange, Now};

/// All three, set beside each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// What doesn't fit, then what waits for a word, then what fits; in each the newest first.
    pub lines: Vec<Line>,
    /// How many movements only went from one account of the user's to another: they are no income.
    pub own: usize,
}

/// Something that was logged, credited or received, with what belongs to it of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub what: What,
    /// Whose money or work it is, where known.
    pub platform: Option<PlatformId>,
    /// The project, where it is of one.
    pub project: Option<ProjectId>,
    /// Its days: of the work, or the day on which the money came.
    pub days: DayRange,
    /// Own seconds of paid time.
    pub logged_secs: i64,
    /// What they come to at their terms, where these are known.
    pub promised: Option<Money>,
    /// The sessions.
    pub sessions: Vec<SessionId>,
    /// What the platform says it owes or owed.
    pub credited: Option<Money>,
    /// The time that it counts for that, in seconds; `None` where of some of it time or project are not known.
    pub credited_secs: Option<i64>,
    /// The earnings that say so.
    pub earnings: Vec<EarningId>,
    /// What came.
    pub received: Option<Money>,
    /// The payments that brought it.
    pub movements: Vec<MovementId>,
    /// The payout that it is, where there is one.
    pub payout: Option<PayoutId>,
    /// How sure it is that these belong together.
    pub sureness: Sureness,
    /// Why.
    pub because: Vec<Because>,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Work that the platform should have credited by now.
    NeverCredited,
    /// Credit without a session.
    NoSession,
    /// The platform credited another sum than was promised.
    CreditDiffers,
    /// Pay that should have come by now; so many days late, and whether the day stands.
    NeverCame {
        /// Days past the latest day.
        late_days: i64,
        /// Whether that day stands, else it is later than expected.
        surely: bool,
        /// Which pay.
        expected: ExpectedKey,
    },
    /// Money of which nobody knows whose it is.
    UnknownOrigin,
    /// Pay of a platform of which nothing was open.
    NothingOwed,
    /// The way took more than its route says.
    FeeLarger {
        /// What the route's steps say.
        promised: Money,
        /// What was taken.
        charged: Money,
    },
    /// Exchanged at a rate far from the day's: by so many per cent, below zero where less came.
    RateFar {
        /// Per cent of what the day's rate would have brought, exact.
        percent: rust_decimal::Decimal,
    },
    /// A payment that pays something that is open.
    Arrived(Pays),
    /// A transfer that payouts took and that is not in them yet; named by the movement that left.
    GoesOn(MovementId),
    /// Logged and credited agree.
    CreditFits,
    /// A payout that came as a payment.
    PayFits,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Something doesn't fit.
    Differs,
    /// It fits, and waits for the user's word.
    Waits,
    /// It fits.
    Fits,
}

impl Place {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Differs, Self::Waits, Self::Fits];
}

impl What {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::NeverCredited
            | Self::NoSession
            | Self::CreditDiffers
            | Self::NeverCame { .. }
            | Self::UnknownOrigin
            | Self::NothingOwed
            | Self::FeeLarger { .. }
            | Self::RateFar { .. } => Place::Differs,
            Self::Arrived(_) | Self::GoesOn(_) => Place::Waits,
            Self::CreditFits | Self::PayFits => Place::Fits,
        }
    }

    /// A word of it that never changes: part of its name where it is put aside.
    fn word(&self) -> &'static str {
        match self {
            Self::NeverCredited => "uncredited",
            Self::NoSession => "unlogged",
            Self::CreditDiffers => "differs",
            Self::NeverCame { .. } => "late",
            Self::UnknownOrigin => "whose",
            Self::NothingOwed => "not-owed",
            Self::FeeLarger { .. } => "fee",
            Self::RateFar { .. } => "rate",
            Self::Arrived(_) => "arrived",
            Self::GoesOn(_) => "goes-on",
            Self::CreditFits => "credit",
            Self::PayFits => "pay",
        }
    }
}

/// Why things are taken to belong together, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// A rule of the user's with these words names the payer.
    Rule(String),
    /// The platform's name stands with the payment.
    PayerNamed,
    /// Nobody names the payer: the amount alone says it.
    AmountAlone,
    /// The amount fits to the cent.
    Exact,
    /// It does, with what the account's provider kept.
    ExactWithFee(Money),
    /// By the exchange rate of the day it comes to about that.
    ByRate,
    /// It came on a day on which it was expected.
    InWindow,
    /// It came so many days after the last day on which it was expected; before the first, below zero.
    DaysOff(i64),
    /// So many credits in a row add up to it.
    Row(usize),
    /// Another number of open sums would fit too: so many.
    Rivals(usize),
    /// How a transfer between own accounts was known.
    Linked(Link),
    /// Its day is past what the platform's file tells of: it has credited later work.
    LaterIsCredited(NaiveDate),
    /// The platform's own number stands with the payment.
    Number,
}

impl Because {
    /// By how many days a payment missed those on which it was expected.
    fn days_off(days: i64) -> Self {
        if days == 0 { Self::InWindow } else { Self::DaysOff(days) }
    }
}

impl Line {
    /// Of days, with nothing in it yet; surely so.
    fn new(what: What, days: DayRange) -> Self {
        Self {
            what,
            platform: None,
            project: None,
            days,
            logged_secs: 0,
            promised: None,
            sessions: Vec::new(),
            credited: None,
            credited_secs: None,
            earnings: Vec::new(),
            received: None,
            movements: Vec::new(),
            payout: None,
            sureness: Sureness::Sure,
            because: Vec::new(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.what.place()
    }

    /// What it is put aside by: what it is about and what it says, so that news of it comes up again.
    #[must_use]
    pub fn name(&self) -> String {
        let id = self
            .movements
            .first()
            .map(|id| format!("{id}"))
            .or_else(|| self.payout.map(|id| format!("{id}")))
            .or_else(|| self.project.map(|id| format!("{id}")))
            .or_else(|| self.platform.map(|id| format!("{id}")))
            .unwrap_or_default();
        let sums = [self.promised, self.credited, self.received]
            .map(|sum| sum.map_or_else(|| "-".to_owned(), |sum| sum.to_string()));
        format!("check {} {id} {} {}", self.what.word(), self.days.first, sums.join(" "))
    }
}

/// Sets logged, credited and received beside each other. `calendar` is that of the same Book and moment.
#[must_use]
pub fn reconcile(book: &Book, calendar: &Calendar, now: Now) -> Reconciled {
    let rails = Rails::of(book);
    let mut lines = logged::lines(book, now);
    lines.extend(arrivals::lines(book, calendar, &rails));
    let pays = |line: &Line| if let What::Arrived(pays) = &line.what { Some(pays.clone()) } else { None };
    let paid: Vec<Pays> = lines.iter().filter_map(pays).collect();
    lines.extend(payouts::lines(book, calendar, &paid));
    let aside: HashSet<&str> = book.seen().dismissed.iter().map(|one| one.need.as_str()).collect();
    lines.retain(|line| line.place() != Place::Differs || !aside.contains(line.name().as_str()));
    lines.sort_by(|one, other| {
        let newest = other.days.last.cmp(&one.days.last);
        one.place().cmp(&other.place()).then(newest).then_with(|| one.movements.cmp(&other.movements))
    });
    Reconciled { lines, own: rails.own.len() }
}

#[cfg(test)]
mod tests;
