//! Refusals: why a command is not carried out, as values that a person can act on.
//!
//! Each has a reason in plain words and, where there is one, the field beside which it is shown.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::change::Key;
use super::money::{Currency, Money};
use super::span::{Timestamp, Zone};

/// Why a command is not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A file of which everything is known.
    #[error("There is nothing new in this file")]
    NothingToTake,
    /// The record is not there any more.
    #[error("It is not there any more")]
    Gone(Key),
    /// The payment is a step of a payout already.
    #[error("It is pay already, of another payout")]
    PaysAlready,
    /// The record is not what it was when it was compared.
    #[error("It was changed meanwhile: compare once more")]
    ChangedMeanwhile(Key),
    /// The id of a new record is in use.
    #[error("There is such a record already")]
    IdTaken(Key),
    /// A session would end before it starts.
    #[error("Ends before it starts: {} < {}", clock(.ended_at, *.zone), clock(.started_at, *.zone))]
    EndsBeforeStart {
        /// Its start.
        started_at: Timestamp,
        /// Its end.
        ended_at: Timestamp,
        /// The zone in which both are shown.
        zone: Zone,
    },
    /// A session would take no time.
    #[error("Takes no time: give an end or a length")]
    NoTime,
    /// A session would begin or end in the future.
    #[error("Lies in the future: it is {} now", clock(.now, *.zone))]
    InTheFuture {
        /// Now.
        now: Timestamp,
        /// The zone in which it is shown.
        zone: Zone,
    },
    /// Money would land before its work was done.
    #[error("Lies before the work, which began on {}", .0.format("%a %-d %b %Y"))]
    BeforeTheWork(NaiveDate),
    /// A wall-clock time that the clocks skip.
    #[error("{} doesn’t exist on {}: the clocks go forward", .time.format("%H:%M"), .day.format("%a %-d %b %Y"))]
    TimeSkipped {
        /// The day.
        day: NaiveDate,
        /// The time.
        time: NaiveTime,
    },
    /// A wall-clock time that happens twice.
    #[error("{} happens twice on {}: say which", .time.format("%H:%M"), .day.format("%a %-d %b %Y"))]
    TimeTwice {
        /// The day.
        day: NaiveDate,
        /// The time.
        time: NaiveTime,
    },
    /// A session that is longer than a session can be.
    #[error("Longer than {0} hours: is the day right?")]
    TooLong(i64),
    /// A pause outside its session, or out of order.
    #[error("A pause must lie inside the session")]
    PauseOutside,
    /// An instant that must lie between the start and the end of a session.
    #[error("Must lie between {} and {}", clock(.from, *.zone), clock(.until, *.zone))]
    OutsideSession {
        /// The session's start.
        from: Timestamp,
        /// The session's end.
        until: Timestamp,
        /// The zone in which both are shown.
        zone: Zone,
    },
    /// Something that needs clock times, of a session that has none.
    #[error("Has hours only, no clock times to cut at")]
    NoClockTimes,
    /// A price of its own stands for the whole session and has no parts.
    #[error("Has a price of its own, which stands for the whole: take it off first")]
    HasOwnPrice,
    /// More hours than the days have.
    #[error("More than 24 hours a day")]
    DayTooShort,
    /// Hours that leave some days without a minute.
    #[error("Less than a minute a day: name fewer days")]
    TooLittleADay,
    /// A day after today.
    #[error("Lies in the future: today is {}", .0.format("%a %-d %b %Y"))]
    DayInTheFuture(NaiveDate),
    /// A day before today, of something to come.
    #[error("Has passed: today is {}", .0.format("%a %-d %b %Y"))]
    DayHasPassed(NaiveDate),
    /// The session has ended already.
    #[error("It has ended already")]
    AlreadyEnded,
    /// The session is paused already.
    #[error("It is paused already")]
    AlreadyPaused,
    /// The session is not paused.
    #[error("It isn’t paused")]
    NotPaused,
    /// An empty field that must be filled.
    #[error("{0} is needed")]
    Empty(&'static str),
    /// A text that is too long.
    #[error("{what} has {letters} letters; at most {most}")]
    TooManyLetters {
        /// The field.
        what: &'static str,
        /// How many there are.
        letters: usize,
        /// How many there may be.
        most: usize,
    },
    /// A name that is taken.
    #[error("“{0}” is there already")]
    NameTaken(String),
    /// An amount that must be above zero.
    #[error("Must be above zero, not {0}")]
    NotAboveZero(Decimal),
    /// An amount that cannot be right.
    #[error("{0} is more than {1}: a slip of the keys?")]
    Absurd(Decimal, Decimal),
    /// A per cent figure outside 0 to 100.
    #[error("Must be between 0 and 100 per cent, not {0}")]
    NotAShare(Decimal),
    /// A day or number outside what the rule allows.
    #[error("Must be from {0} to {1}")]
    NoSuchDay(u32, u32),
    /// A range whose end lies before its start.
    #[error("The end of the range lies before its start")]
    RangeReversed,
    /// A rule with a least sum above the most that is paid at once.
    #[error("Nothing would ever be paid: the minimum of {minimum} is above the {most} that are paid at once")]
    MinimumAboveCeiling {
        /// The least sum.
        minimum: Money,
        /// The most at once.
        most: Money,
    },
    /// A pay run that would have to be asked for before the one before it.
    #[error("Lies more than {0} days before: nobody could keep it")]
    TooEarly(u32),
    /// A share of all, held back.
    #[error("Nothing would be left to pay: less than 100 per cent, please")]
    AllHeld,
    /// A count that is too large.
    #[error("{0} is more than {1}")]
    TooMany(u32, u32),
    /// A platform, project … that still holds records.
    #[error("Still holds {0}: end it instead, so that nothing is lost")]
    InUse(String),
    /// A route that payouts, earnings or schedules name.
    #[error("Still named by {0}: it stays, so that they can be told")]
    StillNamed(String),
    /// Two stages would begin on one day.
    #[error("A stage begins on {} already", .0.format("%a %-d %b %Y"))]
    StageTwice(NaiveDate),
    /// An expected payout that is not expected any more.
    #[error("It isn’t expected any more: it has landed or its work has changed")]
    NotExpected,
    /// Only timers that still run stand behind an expected payout.
    #[error("Only a running timer so far; stop it first")]
    OnlyRunning,
    /// A payout that nothing holds.
    #[error("Nothing holds it: its platform’s payouts may be frozen as a whole")]
    NotHeld,
    /// Sessions for which another earning stands already.
    #[error("{0}: they would count twice")]
    CoveredTwice(String),
    /// An amount below nothing where only an adjustment may be.
    #[error("Must not be below zero: take money back with an adjustment")]
    BelowZero,
    /// A state that does not follow from the one that an earning is in.
    #[error("It is {is}, so it can’t be {wished}")]
    NotFromHere {
        /// The state it is in.
        is: &'static str,
        /// The state that was wished for.
        wished: &'static str,
    },
    /// A state that would begin before the last one.
    #[error("Lies before its last state, of {}", .0.format("%a %-d %b %Y"))]
    BeforeItsState(NaiveDate),
    /// States that are not in the order of their days.
    #[error("The states are not in the order of their days")]
    StatesOutOfOrder,
    /// Earnings that can't be paid together.
    #[error("They are of several platforms or currencies: settle each by itself")]
    NotTogether,
    /// An amount in the wrong currency.
    #[error("Must be in {expected}, not {found}")]
    WrongCurrency {
        /// The currency it must be in.
        expected: Currency,
        /// The currency it is in.
        found: Currency,
    },
    /// An exchange rate between a currency and itself.
    #[error("{0} to itself is always one")]
    SameCurrency(Currency),
    /// An amount differs from what is owed, and nobody said why.
    #[error("{received} instead of {expected}: say why")]
    DifferenceUnsaid {
        /// What was expected.
        expected: Money,
        /// What was received.
        received: Money,
    },
    /// An amount that can't be below nothing.
    #[error("Can’t be below zero, as {0} is")]
    Negative(Decimal),
    /// Money would arrive before it left.
    #[error("Arrives on {} before it left on {}", .arrived.format("%a %-d %b"), .sent.format("%a %-d %b %Y"))]
    ArrivesBeforeSent {
        /// The day it left.
        sent: NaiveDate,
        /// The day it arrived.
        arrived: NaiveDate,
    },
    /// More than is open of an earning, or with the other sign.
    #[error("Only {open} is open of it")]
    MoreThanOpen {
        /// What is open.
        open: Money,
    },
    /// A payout would settle more than it brought.
    #[error("Settles {settles}, more than its gross of {gross}")]
    SettlesMore {
        /// Its gross.
        gross: Money,
        /// What it would settle.
        settles: Money,
    },
    /// A surplus that is less than what is to be explained of it.
    #[error("Only {0} of it is unexplained")]
    NoSuchSurplus(Money),
    /// Something that needs to know who paid.
    #[error("Say first which platform paid")]
    PayerUnknown,
    /// A part that must leave something.
    #[error("Must be less than the whole, {0}")]
    NotAPart(Money),
    /// There is nothing to take back or do again.
    #[error("There is nothing to {0}")]
    NothingTo(&'static str),
    /// The Book is open for reading only.
    #[error("This book is open for reading only")]
    ReadOnly,
    /// Older months of the Book are still being read.
    #[error("Older months are still being read; try again in a moment")]
    StillOpening,
}

/// The input that a refusal belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A name.
    Name,
    /// A start.
    Start,
    /// An end or a length.
    End,
    /// A note.
    Note,
    /// An hourly rate or a price.
    Rate,
    /// An advertised range.
    Advertised,
    /// An amount.
    Amount,
    /// A cap on paid hours.
    Cap,
    /// Milestones.
    Milestones,
    /// Missions.
    Missions,
    /// The name of what is counted.
    Unit,
    /// A count of tasks.
    Tasks,
    /// Credited time.
    Credited,
    /// A day.
    Day,
    /// A share in per cent.
    Percent,
    /// A rule of a schedule.
    Rule,
    /// A web address or the path of a file.
    Place,
    /// A reason.
    Difference,
    /// A fee or tax.
    Fee,
    /// What a payout settles.
    Settles,
    /// The work that an earning stands for.
    Covers,
    /// The states of an earning.
    States,
    /// No single input.
    Whole,
}

/// A refusal and the input it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{refusal}")]
pub struct Refused {
    /// The input.
    pub field: Field,
    /// The reason.
    pub refusal: Refusal,
}

impl Refusal {
    /// This refusal at an input.
    #[must_use]
    pub fn at(self, field: Field) -> Refused {
        Refused { field, refusal: self }
    }
}

/// A refusal that belongs to no single input.
impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        refusal.at(Field::Whole)
    }
}

fn clock(at: &Timestamp, zone: Zone) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}
