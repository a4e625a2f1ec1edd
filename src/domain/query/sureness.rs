//! Sureness: how well money that is still out can be counted on, and on which days it can come. One rule, for "enough
//! by" and for the forecast.
//!
//! - *Sure* is what only time stands before: sent and not late; drawable now, if the transfer is known; approved or
//!   invoiced under a rule that is documented or the user's own.
//! - *Likely* is what else was worked: in review, estimates (those of a window that is still open as far as it was
//!   worked), what hangs on a rule that workers report, draws of which nobody says how long they take; and what is late
//!   already.
//! - *Possible* is what may not come at all: contested, appealed or held; and what is only planned: not reported yet,
//!   or not delivered yet. Hours that are not worked are nowhere.
//!
//! An expected payout is told in up to three parts, whose gross and net are its own, exact; each row stands in one of
//! them. Gross is what is owed; net is what should arrive after the known fees and tax. Of what was sent both are the
//! gross that it settles. See docs/decisions/0028-sure-likely-possible.md.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::drawn_on;
use super::calendar::{Calendar, Expected, ExpectedKey, InTransit, Part, Source, SourceRow, UnknownDate, Window};
use crate::domain::book::Book;
use crate::domain::earning::EarningState;
use crate::domain::fact::Standing;
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::money::Money;
use crate::domain::span::DayRange;

/// How well money can be counted on; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sureness {
    /// Only time stands before it.
    Sure,
    /// Worked, and usually paid.
    Likely,
    /// It may not come at all.
    Possible,
}

impl Sureness {
    /// All of them, the best first.
    pub const ALL: [Self; 3] = [Self::Sure, Self::Likely, Self::Possible];
}

/// Which money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comes {
    /// An expected payout.
    Expected(ExpectedKey),
    /// A payout that was sent.
    Sent(PayoutId),
}

/// When it can come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// On one of these days; what has to be drawn, if it is drawn as soon as it can be.
    Days(DayRange),
    /// Its last day has passed.
    Late,
    /// It waits for more, below the least sum that is paid.
    BelowMinimum,
    /// Nobody knows.
    Unknown,
    /// It is frozen or disputed.
    Held,
}

/// What a day rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RestsOn {
    /// It was sent.
    Sent,
    /// A rule that the platform documents.
    Documented,
    /// A rule or day of the user's own.
    Own,
    /// A rule that workers report.
    Reported,
    /// A rule that nobody has checked.
    Unverified,
    /// No rule at all.
    Nothing,
}

/// Money that is still out: all of a sent payout, or the part of an expected one that is equally sure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// Which.
    pub of: Comes,
    /// Who pays, where known.
    pub platform: Option<PlatformId>,
    /// When it can come.
    pub when: When,
    /// How well it can be counted on.
    pub sureness: Sureness,
    /// What is owed, exact.
    pub gross: Money,
    /// What should arrive, exact.
    pub net: Money,
    /// Whether any of it is an estimate from sessions.
    pub estimate: bool,
    /// Whether its window is still open, so that more work can join.
    pub so_far: bool,
    /// Whether the user has to draw it, and can now.
    pub to_draw: bool,
    /// What its days rest on.
    pub rests_on: RestsOn,
}

/// All money that is still out, in the order of the calendar, the surest part of each first.
#[must_use]
pub fn coming(book: &Book, calendar: &Calendar, today: NaiveDate) -> Vec<Coming> {
    let mut all: Vec<Coming> = calendar.expected.iter().flat_map(|expected| parts_of(book, expected, today)).collect();
    all.extend(calendar.in_transit.iter().map(|payout| of_sent(payout, today)));
    all
}

/// When an expected payout can come, and whether somebody says how long a draw of it takes.
fn when(book: &Book, expected: &Expected, today: NaiveDate) -> (When, bool) {
    if expected.late_days > 0 {
        return (When::Late, true);
    }
    let drawn = |days: DayRange| {
        let (first, last) = (drawn_on(book, expected, days.first)?, drawn_on(book, expected, days.last)?);
        Some(DayRange::new(first.first, last.last))
    };
    let if_drawn = |days: DayRange| drawn(days).map_or((When::Days(days), false), |days| (When::Days(days), true));
    match &expected.window {
        Window::Lands { days, .. } => (When::Days(*days), true),
        Window::DrawableFrom(days) => if_drawn(*days),
        Window::DrawableNow { next_draw_on } => if_drawn(DayRange::day(next_draw_on.unwrap_or(today))),
        Window::BelowMinimum { .. } => (When::BelowMinimum, true),
        Window::Unknown(UnknownDate::Frozen | UnknownDate::Disputed) => (When::Held, true),
        Window::Unknown(_) => (When::Unknown, true),
    }
}

/// The parts of an expected payout that are equally sure.
fn parts_of(book: &Book, expected: &Expected, today: NaiveDate) -> Vec<Coming> {
    let (when, timed) = when(book, expected, today);
    let mut sums: BTreeMap<Sureness, (Decimal, bool)> = BTreeMap::new();
    for row in &expected.rows {
        let (sum, estimate) = sums.entry(row_sureness(book, expected, row, timed, today)).or_default();
        *sum = sum.saturating_add(row.amount.amount);
        *estimate |= matches!(row.source, Source::Session(_));
    }
    let rests_on = rests_on(expected);
    let to_draw = matches!(expected.window, Window::DrawableNow { .. });
    let last = sums.keys().next_back().copied();
    let mut rest = expected.net.amount;
    let mut parts = Vec::with_capacity(sums.len());
    for (sureness, (gross, estimate)) in sums {
        // The last one has what is left: the parts are the whole, to the last digit.
        let net = if Some(sureness) == last { rest } else { share(expected, gross) };
        rest = rest.saturating_sub(net);
        parts.push(Coming {
            of: Comes::Expected(expected.key),
            platform: Some(expected.key.platform),
            when,
            sureness,
            gross: expected.gross.with(gross),
            net: expected.net.with(net),
            estimate,
            so_far: estimate && expected.still_growing,
            to_draw,
            rests_on,
        });
    }
    parts
}

/// What should arrive of a part of the gross.
pub(super) fn share(expected: &Expected, gross: Decimal) -> Decimal {
    let net = gross.checked_mul(expected.net.amount).and_then(|product| product.checked_div(expected.gross.amount));
    net.unwrap_or_default()
}

/// How well a row of an expected payout can be counted on. `timed` says whether it is known how long a draw takes.
fn row_sureness(book: &Book, expected: &Expected, row: &SourceRow, timed: bool, today: NaiveDate) -> Sureness {
    let earning = match row.source {
        Source::Earning(id) => book.earning(id),
        Source::Session(_) => None,
    };
    let state = earning.and_then(|earning| earning.state());
    let contested = matches!(state, Some(EarningState::Contested | EarningState::Appealed));
    let held = earning.is_some_and(|earning| earning.held.is_some())
        || matches!(expected.window, Window::Unknown(UnknownDate::Frozen | UnknownDate::Disputed));
    if contested || held {
        return Sureness::Possible;
    }
    let approved = earning.is_some_and(|earning| earning.approved_on().is_some());
    let firm = timed && approved && stands_firm(expected);
    match &expected.window {
        _ if expected.late_days > 0 => Sureness::Likely,
        Window::DrawableNow { .. } if timed => Sureness::Sure,
        Window::DrawableNow { .. } => Sureness::Likely,
        Window::Lands { .. } | Window::DrawableFrom(_) if firm => Sureness::Sure,
        Window::Lands { .. } | Window::DrawableFrom(_) | Window::BelowMinimum { .. } | Window::Unknown(_) => {
            let not_reported = state == Some(EarningState::ToReport);
            let not_delivered = !approved && earning.is_some_and(|earning| earning.worked.first > today);
            if not_reported || not_delivered { Sureness::Possible } else { Sureness::Likely }
        }
    }
}

/// The rows of an expected payout that are no worse than likely.
pub(super) fn counted_rows<'e>(
    book: &'e Book,
    expected: &'e Expected,
    today: NaiveDate,
) -> impl Iterator<Item = &'e SourceRow> {
    let (_, timed) = when(book, expected, today);
    let counts = move |row: &&SourceRow| row_sureness(book, expected, row, timed, today) != Sureness::Possible;
    expected.rows.iter().filter(counts)
}

/// Whether its rule can be counted on: its platform says so, or the user set it.
fn stands_firm(expected: &Expected) -> bool {
    expected
        .schedule
        .as_ref()
        .is_some_and(|(_, provenance)| matches!(provenance.standing, Standing::Documented | Standing::Own))
}

fn rests_on(expected: &Expected) -> RestsOn {
    match &expected.schedule {
        Some((_, provenance)) => match provenance.standing {
            Standing::Documented => RestsOn::Documented,
            Standing::Reported => RestsOn::Reported,
            Standing::Unverified => RestsOn::Unverified,
            Standing::Own => RestsOn::Own,
        },
        None if matches!(expected.key.part, Part::OwnDate(_)) => RestsOn::Own,
        None => RestsOn::Nothing,
    }
}

/// A payout that was sent: sure until its latest day has passed.
fn of_sent(payout: &InTransit, today: NaiveDate) -> Coming {
    let late = payout.lands.is_some_and(|days| days.last < today);
    let when = match payout.lands {
        Some(_) if late => When::Late,
        Some(days) => When::Days(days),
        None => When::Unknown,
    };
    Coming {
        of: Comes::Sent(payout.payout),
        platform: payout.platform,
        when,
        sureness: if late || payout.lands.is_none() { Sureness::Likely } else { Sureness::Sure },
        gross: payout.gross,
        net: payout.gross,
        estimate: false,
        so_far: false,
        to_draw: false,
        rests_on: RestsOn::Sent,
    }
}
