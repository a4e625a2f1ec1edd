//! The payout calendar: which money is expected on which days, why, and what has landed.
//!
//! Expected payouts are derived from schedules, open earnings and sessions; they are never stored. Every shape and
//! modifier is computed; what a rule leaves open is [`Window::Unknown`] with its reason, never a guess. Every open amount
//! stands in exactly one expected payout, and none is expected before its work ended.
//!
//! `gather` finds open money, `place` says where each piece belongs (`windows` and `batch` with `cut_off`, `items`,
//! `invoice`, `own_date`), `parcel` holds what is payable together, `release` (with `runs` and `ceiling`) and `travel` say
//! how it leaves and lands, `lags` what the user's own payouts taught where nobody documents the rule.

mod bands;
mod batch;
mod ceiling;
mod cut_off;
mod dates;
mod drawing;
mod fees;
mod gather;
mod if_done;
mod invoice;
mod items;
mod lags;
mod landed;
mod opening;
mod own_date;
mod parcel;
mod pay_day;
mod place;
mod preview;
mod reason;
mod release;
mod runs;
mod travel;
mod way;
mod windows;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::NaiveDate;

pub use bands::{Band, bands};
pub use drawing::drawn_on;
pub use fees::{Fees, fees_of, way_fee};
pub use if_done::{IfDone, if_done};
pub use preview::{Preview, preview};
pub use reason::{OwnLags, Reason, Source, UnknownDate};
pub use way::{Stop, way};

use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::fact::{Provenance, Standing};
use crate::domain::ids::{PayoutId, PlatformId, ProjectId, RouteId, ScheduleId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::work::{Work, last_payouts};
use crate::domain::schedule::Precision;
use crate::domain::span::{DayRange, Now, user_day};

/// Names an expected payout; the same as long as its work is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExpectedKey {
    /// Who pays.
    pub platform: PlatformId,
    /// In which currency.
    pub currency: Currency,
    /// By which route; `None` means the usual one, or none is known.
    pub route: Option<RouteId>,
    /// The schedule it follows: two of one platform may cut the same days. `None` where it follows none, and for what
    /// is drawn as one sum.
    pub schedule: Option<ScheduleId>,
    /// Which part of the open money.
    pub part: Part,
}

/// Which part of a platform's open money an expected payout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The work of a window that starts on this day (in the schedule's zone).
    Period(NaiveDate),
    /// Items that are payable from this day at the latest.
    Items(NaiveDate),
    /// A balance that is swept by the run that begins on this day, at the latest.
    Run(NaiveDate),
    /// What can be drawn now.
    Drawable,
    /// Money below the minimum, waiting for more.
    BelowMinimum,
    /// Money promised for this day.
    OwnDate(NaiveDate),
    /// Money without a date, by why.
    Undated(UnknownDate),
}

/// When an expected payout can land.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// Between these days, both included: calendar dates of the zone in which the platform pays.
    Lands {
        /// The days.
        days: DayRange,
        /// On one of them, or by the last.
        precision: Precision,
    },
    /// It can be drawn from these days on: at the earliest and at the latest.
    DrawableFrom(DayRange),
    /// It can be drawn now; the next draw is possible from the day given, where a cooldown runs.
    DrawableNow {
        /// The first day of the next draw; `None` where it is possible now.
        next_draw_on: Option<NaiveDate>,
    },
    /// Below the minimum: it waits for more.
    BelowMinimum {
        /// The least sum that is paid.
        minimum: Money,
    },
    /// No date is known, and why.
    Unknown(UnknownDate),
}

impl Window {
    /// The days for a calendar; `None` where there is no date, or no need for one.
    #[must_use]
    pub fn days(&self) -> Option<DayRange> {
        match self {
            Self::Lands { days, .. } | Self::DrawableFrom(days) => Some(*days),
            Self::DrawableNow { .. } | Self::BelowMinimum { .. } | Self::Unknown(_) => None,
        }
    }
}

/// One row behind an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceRow {
    /// Session or earning.
    pub source: Source,
    /// The project, where named.
    pub project: Option<ProjectId>,
    /// Its part of the amount, gross, exact; for an earning what is still open of it.
    pub amount: Money,
    /// The seconds of the part that fall into the window: paid own (or credited) time. 0 for earnings.
    pub secs: i64,
    /// The day of the work in the schedule's zone.
    pub worked_on: NaiveDate,
}

/// Money that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Its name.
    pub key: ExpectedKey,
    /// When it can land.
    pub window: Window,
    /// Gross, exact: the sum of the rows.
    pub gross: Money,
    /// What should arrive after the known fees and tax, exact, never below nothing; the gross where none is known.
    pub net: Money,
    /// Whether any part is an estimate from sessions; otherwise all of it is recorded.
    pub estimate: bool,
    /// Whether the window is still open, so that more work can join.
    pub still_growing: bool,
    /// The reasons in order.
    pub reasons: Vec<Reason>,
    /// The schedule it follows, and who says so.
    pub schedule: Option<(ScheduleId, Provenance)>,
    /// The rows behind the amount, by day.
    pub rows: Vec<SourceRow>,
    /// Days past the latest day; 0 where it is not late. See [`Expected::is_surely_late`].
    pub late_days: i64,
}

impl Expected {
    /// Whether it is late by a day that stands: a documented one, the user's own word, or what the user's own payouts
    /// taught. Past the day of a rule that is only reported or a lead, it is "later than expected".
    #[must_use]
    pub fn is_surely_late(&self) -> bool {
        let stands = |(_, who): &(ScheduleId, Provenance)| !is_soft(who.standing);
        let taught = || self.reasons.iter().any(|reason| matches!(reason, Reason::OwnLags(_)));
        self.late_days > 0 && (self.schedule.as_ref().is_none_or(stands) || taught())
    }

    /// The day after which to ask where the money is; `None` where its rule names none.
    #[must_use]
    pub fn chase_on(&self) -> Option<NaiveDate> {
        self.reasons.iter().find_map(|reason| if let Reason::Chase(day) = reason { Some(*day) } else { None })
    }
}

/// Whether a rule leans on the user's own payouts once there are some: nobody documents it.
fn is_soft(standing: Standing) -> bool {
    matches!(standing, Standing::Reported | Standing::Unverified)
}

/// Money that has landed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landed {
    /// The payout.
    pub payout: PayoutId,
    /// Who paid, where known.
    pub platform: Option<PlatformId>,
    /// The day.
    pub on: NaiveDate,
    /// What arrived.
    pub received: Money,
}

/// Money that was sent and has not arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTransit {
    /// The payout.
    pub payout: PayoutId,
    /// Who paid, where known.
    pub platform: Option<PlatformId>,
    /// The day it left, where known.
    pub sent_on: Option<NaiveDate>,
    /// The gross that it settles.
    pub gross: Money,
    /// When it should arrive, where a route or schedule says how long that takes.
    pub lands: Option<DayRange>,
}

/// The calendar as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Expected payouts: late ones first, then drawable ones, then by latest day, then those without a date.
    pub expected: Vec<Expected>,
    /// Landed payouts by day, newest first.
    pub landed: Vec<Landed>,
    /// Payouts under way, last sent first. Their money is in no expected payout.
    pub in_transit: Vec<InTransit>,
    /// The work periods of platforms that pay by period and owe for work: every period with open work, and the one that
    /// runs now. By platform, then by day; each once.
    pub bands: Vec<Band>,
}

/// The calendar of a Book at a moment.
///
/// Formula: open money = paid sessions that no earning covers at [credited](super::value::credited) value, running ones
/// up to now, plus what earnings owe less what payouts settled. Today is the user's day in the Book's zone. Amounts
/// are exact.
#[must_use]
pub fn calendar(book: &Book, now: Now) -> Calendar {
    let (landed, in_transit) = landed::payouts(book);
    let last = last_payouts(book);
    let (expected, bands) = expected(&gather::Sources::all(book, None), book, &last, now);
    Calendar { expected, landed, in_transit, bands }
}

/// The same calendar by a reading of the Book, at the cost of what is open: ten settled years are not walked.
///
/// `before` is a calendar of an earlier moment whose payouts still stand: see [`Work::payouts_at`].
#[must_use]
pub fn of_work(work: &Work, now: Now, before: Option<Calendar>) -> Calendar {
    let (expected, bands) = expected(&gather::Sources::open(work), work.book(), work.last_payouts(), now);
    if let Some(before) = before {
        return Calendar { expected, bands, ..before };
    }
    let (landed, in_transit) = landed::payouts(work.book());
    Calendar { expected, landed, in_transit, bands }
}

/// The expected payout of a name, as it stands now; `None` where nothing is open under it.
#[must_use]
pub fn find(book: &Book, key: &ExpectedKey, now: Now) -> Option<Expected> {
    let sources = gather::Sources::all(book, Some(key.platform));
    expected(&sources, book, &last_payouts(book), now).0.into_iter().find(|one| one.key == *key)
}

/// The same calendar with other expected payouts of one platform.
#[must_use]
pub fn with_platform(before: &Calendar, platform: PlatformId, mut found: Vec<Expected>) -> Calendar {
    found.extend(before.expected.iter().filter(|one| one.key.platform != platform).cloned());
    release::sort(&mut found);
    let (landed, in_transit, bands) = (before.landed.clone(), before.in_transit.clone(), before.bands.clone());
    Calendar { expected: found, landed, in_transit, bands }
}

/// The expected payouts of one platform.
#[must_use]
pub fn of_platform(book: &Book, platform: PlatformId, now: Now) -> Vec<Expected> {
    let sources = gather::Sources::all(book, Some(platform));
    let mut found = expected(&sources, book, &last_payouts(book), now).0;
    release::sort(&mut found);
    found
}

/// The expected payouts of one platform after a change that moves no payout and takes no earning out, by a reading of the
/// Book before it: at the cost of what is open. `after` is the Book with the change.
#[must_use]
pub fn of_platform_after(work: &Work, after: &Book, change: &Change, platform: PlatformId, now: Now) -> Vec<Expected> {
    let sources = gather::Sources::after(work, after, change, platform);
    let mut found = expected(&sources, after, work.last_payouts(), now).0;
    release::sort(&mut found);
    found
}

fn expected(
    sources: &gather::Sources<'_>,
    book: &Book,
    last_payouts: &HashMap<PlatformId, Option<NaiveDate>>,
    now: Now,
) -> (Vec<Expected>, Vec<Band>) {
    let settings = book.settings();
    let today = user_day(now.at, settings.zone, settings.day_start_minutes);
    let moment = place::Moment { now: now.at, today, zone: settings.zone, done_at: None };
    let mut bands = bands::Found::new();
    let mut found = Vec::new();
    let mut taught = lags::Taught::default();
    for (balance, opens) in gather::gather(sources, now.at) {
        let parcels = parcels(&opens, moment);
        bands::note(&mut bands, book, balance.0, &parcels, moment);
        let paid = last_payouts.get(&balance.0).map_or(release::Paid::Never, |day| release::Paid::Last(*day));
        let lags = taught.of(book, balance.0, &parcels, moment);
        found.extend(release::release(release::Ground { book, balance, moment, paid, lags }, parcels));
    }
    release::sort(&mut found);
    (found, bands::in_order(bands))
}

/// The parcels of a balance's open money.
fn parcels<'b>(opens: &[gather::Open<'b>], moment: place::Moment) -> parcel::Parcels<'b> {
    let mut parcels = parcel::Parcels::new();
    for open in opens {
        place::place(&mut parcels, open, moment);
    }
    parcels
}
