//! Reasons: why a window is where it is, step by step, and why no date is known where there is none.

use chrono::{NaiveDate, Weekday};
use rust_decimal::Decimal;

use crate::domain::ids::{EarningId, SessionId};
use crate::domain::money::Money;
use crate::domain::schedule::{CutOffAction, Lag, Precision};
use crate::domain::span::{DayRange, Timestamp, Zone};

/// Why no date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownDate {
    /// The platform has no schedule for this work.
    NoSchedule,
    /// The schedule says so: outstanding, date unknown.
    NoRule,
    /// Windows of several weeks, and no day says which week is a first one.
    NoAnchor,
    /// The rule can never pay: it names no day on which a balance is paid.
    NeverPays,
    /// Payouts are frozen: the account, or this earning.
    Frozen,
    /// The user disputes it.
    Disputed,
    /// The event that starts the clock has not happened.
    WaitsForEvent,
    /// The clock starts once the worker has reported it.
    NotReported,
    /// The clock starts once the worker has sent the invoice.
    NotInvoiced,
    /// The share that is held back until the work is accepted.
    UntilAccepted,
    /// More than is paid at once, and the rule names no next day.
    AboveCeiling,
}

/// One reason of a window; they are told in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The days worked, in the schedule's zone.
    Worked {
        /// The window or the days of the items.
        days: DayRange,
        /// The zone in which they are cut.
        zone: Zone,
        /// Own (or credited) seconds behind the amount.
        secs: i64,
        /// How many sessions.
        sessions: usize,
        /// How many recorded earnings.
        earnings: usize,
    },
    /// It was owed on this day, from before the Book was begun: nobody knows on which days it was worked.
    Owed(NaiveDate),
    /// This share of the work, in per cent, is held back until it is accepted.
    HeldPart(Decimal),
    /// A cut-off that passed before it was done: the work goes with the next window whose cut-off is still open.
    MissedCutOff {
        /// What was to be done.
        action: CutOffAction,
        /// The last instant.
        at: Timestamp,
        /// The zone of the rule.
        zone: Zone,
    },
    /// The end of the window or what must be done by when.
    CutOff {
        /// What must be done; `None` where the window just ends.
        action: Option<CutOffAction>,
        /// The last instant.
        at: Timestamp,
        /// The zone of the rule.
        zone: Zone,
    },
    /// The invoice: the days on which it was sent, or will be.
    Invoice {
        /// The days.
        days: DayRange,
        /// Whether it was sent.
        sent: bool,
    },
    /// The platform's check.
    Review {
        /// How long.
        lag: Lag,
        /// Whether it passes by itself at the end.
        automatic: bool,
    },
    /// It was approved on this day.
    Approved(NaiveDate),
    /// An item matures so long after its event.
    Matures {
        /// How long.
        lag: Lag,
        /// From the first to the last day on which an item does.
        days: DayRange,
    },
    /// An invoice is due so long after its event.
    Net {
        /// How long.
        lag: Lag,
        /// From the first to the last day on which one is.
        days: DayRange,
    },
    /// The time to ask for a run has passed, and nobody knows whether it was asked for: it comes with that run, or with
    /// the next one that can still be asked for.
    IfAsked {
        /// The last moment to ask for the earlier run.
        by: Timestamp,
        /// The zone of the rule.
        zone: Zone,
        /// The earlier run.
        run: DayRange,
    },
    /// The pay day or days.
    Paid {
        /// The days, in the pay zone.
        days: DayRange,
        /// On or by.
        precision: Precision,
    },
    /// A business-day shift moved the pay day.
    Shifted {
        /// From this day.
        from: NaiveDate,
    },
    /// The first payout is held.
    FirstPayoutHold {
        /// Extra days.
        days: u32,
    },
    /// Days between sent and arrived.
    Transit {
        /// How long.
        lag: Lag,
        /// By what: the route's name; empty where not known.
        by: String,
    },
    /// How long it took so far, where nobody documents the rule.
    OwnLags(OwnLags),
    /// After this day one asks where the money is.
    Chase(NaiveDate),
    /// At most so much is paid at once; the rest comes later.
    Ceiling {
        /// The most at once.
        most: Money,
        /// The rest.
        rest: Money,
    },
    /// The balance is near (or past) the most that is held before work stops.
    CeilingNear {
        /// The most that is held.
        most: Money,
        /// What is held.
        balance: Money,
    },
    /// The route is near (or past) the most that it takes in a calendar year.
    YearlyCeiling {
        /// The most in a year.
        most: Money,
        /// What was paid by it this year, with this payout.
        paid: Money,
    },
    /// A fee that is taken off: the platform's, then the payout's.
    Fee(Money),
    /// Tax that is known to be withheld.
    TaxWithheld(Money),
    /// The least sum that is paid.
    Minimum {
        /// The least sum.
        minimum: Money,
        /// What there is.
        balance: Money,
    },
    /// A cooldown between draws.
    Cooldown {
        /// Hours.
        hours: u32,
        /// The last draw.
        last_draw_on: NaiveDate,
    },
    /// The user's own day.
    OwnDate(NaiveDate),
    /// The user said not before.
    NotBefore(NaiveDate),
    /// The date is not known.
    Unknown(UnknownDate),
}

/// How many days after its rule's first pay day the user's money arrived so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnLags {
    /// How many payouts taught it, the newest ones, at least five.
    pub count: usize,
    /// The middle one, in days; of two middle ones the shorter.
    pub median: i64,
    /// The 10th percentile, by nearest rank.
    pub low: i64,
    /// The 90th percentile, by nearest rank.
    pub high: i64,
    /// The weekday of the rule's first pay day, where it was always the same.
    pub weekday: Option<Weekday>,
}

/// What a part of an amount comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// An estimate from a session.
    Session(SessionId),
    /// A recorded earning.
    Earning(EarningId),
}
