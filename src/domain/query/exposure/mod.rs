//! Exposure: money that is not yet paid, by platform, by how far it has come and by its age.
//!
//! Gross, from the first worked minute (running timers included) until it lands. Each cent is in one state and of one
//! age, so that both sum to "not yet paid"; frozen and disputed money is part of it, and nobody counts on it. Currencies
//! are never added. [`owed`] lays it out by age, [`risks`] says what to watch.

mod age;
mod risk;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use age::{AGES, Age, Overview, Owed, Slot, owed};
pub use risk::{Closing, Risk, SAVE_PAGE, most_percent, risks, save_above};

use super::calendar::{Calendar, Expected, ExpectedKey, Source, SourceRow, UnknownDate, Window};
use crate::domain::book::Book;
use crate::domain::earning::{EarningState, HeldKind};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{PayoutId, PlatformId, ProjectId};
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::payout::Payout;

/// Money of one platform that is not yet paid, gross, by state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Worked, running, or handed in; nobody has said yes.
    pub in_review: Bag,
    /// Approved, and on its way to a pay day.
    pub approved: Bag,
    /// Can be drawn now.
    pub drawable: Bag,
    /// Waits for more, below the least sum that is paid.
    pub below_minimum: Bag,
    /// Sent, and not arrived.
    pub in_transit: Bag,
    /// Owed, and nobody knows when it comes.
    pub date_unknown: Bag,
    /// Past its latest day.
    pub late: Bag,
    /// Kept back because an account or its payouts are frozen.
    pub frozen: Bag,
    /// Disputed, contested or appealed.
    pub disputed: Bag,
    /// The largest number of days that any of it is late; 0 where none is.
    pub late_days: i64,
    /// Whether any of it is surely late; otherwise it is later than expected: the day was only reported, or a lead.
    pub surely_late: bool,
    /// The least sum that money below the minimum waits for.
    pub minimum: Option<Money>,
    /// What comes next: what can be drawn now, else the earliest window that isn't late.
    pub next: Option<Next>,
}

/// How far money that is not yet paid has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpenState {
    /// See [`Exposure::late`].
    Late,
    /// See [`Exposure::in_review`].
    InReview,
    /// See [`Exposure::approved`].
    Approved,
    /// See [`Exposure::drawable`].
    Drawable,
    /// See [`Exposure::below_minimum`].
    BelowMinimum,
    /// See [`Exposure::in_transit`].
    InTransit,
    /// See [`Exposure::date_unknown`].
    DateUnknown,
    /// See [`Exposure::frozen`].
    Frozen,
    /// See [`Exposure::disputed`].
    Disputed,
}

impl OpenState {
    /// All of them: what is late first, what nobody counts on last.
    pub const ALL: [Self; 9] = [
        Self::Late,
        Self::InReview,
        Self::Approved,
        Self::Drawable,
        Self::BelowMinimum,
        Self::InTransit,
        Self::DateUnknown,
        Self::Frozen,
        Self::Disputed,
    ];

    /// Whether nobody counts on it before it is freed or settled.
    #[must_use]
    pub fn is_held(self) -> bool {
        matches!(self, Self::Frozen | Self::Disputed)
    }
}

/// One piece of money that is not yet paid: what a state's sum is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRow {
    /// How far it has come.
    pub state: OpenState,
    /// The expected payout that it is part of; `None` for what was sent already.
    pub expected: Option<ExpectedKey>,
    /// The payout that was sent; `None` for what is expected.
    pub payout: Option<PayoutId>,
    /// The session or earning, where one is known.
    pub source: Option<Source>,
    /// The project, where one is known.
    pub project: Option<ProjectId>,
    /// Gross, exact.
    pub amount: Money,
    /// The day of the work; of a payout that settles no known work the day on which it was sent.
    pub on: Option<NaiveDate>,
}

impl OpenRow {
    /// Whether it is an estimate from a session.
    #[must_use]
    pub fn is_estimate(&self) -> bool {
        matches!(self.source, Some(Source::Session(_)))
    }
}

/// What comes next of a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The expected payout.
    pub key: ExpectedKey,
    /// When.
    pub window: Window,
    /// Gross, exact.
    pub gross: Money,
    /// What should arrive, exact.
    pub net: Money,
    /// Whether any part is an estimate.
    pub estimate: bool,
}

impl Next {
    fn of(expected: &Expected) -> Self {
        Self {
            key: expected.key,
            window: expected.window.clone(),
            gross: expected.gross,
            net: expected.net,
            estimate: expected.estimate,
        }
    }
}

impl Exposure {
    /// Not yet paid: all states, what is frozen or disputed included.
    #[must_use]
    pub fn not_yet_paid(&self) -> Bag {
        let mut sum = Bag::default();
        for state in OpenState::ALL {
            sum.add_all(self.of(state));
        }
        sum
    }

    /// The money of a state.
    #[must_use]
    pub fn of(&self, state: OpenState) -> &Bag {
        match state {
            OpenState::Late => &self.late,
            OpenState::InReview => &self.in_review,
            OpenState::Approved => &self.approved,
            OpenState::Drawable => &self.drawable,
            OpenState::BelowMinimum => &self.below_minimum,
            OpenState::InTransit => &self.in_transit,
            OpenState::DateUnknown => &self.date_unknown,
            OpenState::Frozen => &self.frozen,
            OpenState::Disputed => &self.disputed,
        }
    }

    fn of_mut(&mut self, state: OpenState) -> &mut Bag {
        match state {
            OpenState::Late => &mut self.late,
            OpenState::InReview => &mut self.in_review,
            OpenState::Approved => &mut self.approved,
            OpenState::Drawable => &mut self.drawable,
            OpenState::BelowMinimum => &mut self.below_minimum,
            OpenState::InTransit => &mut self.in_transit,
            OpenState::DateUnknown => &mut self.date_unknown,
            OpenState::Frozen => &mut self.frozen,
            OpenState::Disputed => &mut self.disputed,
        }
    }

    /// Adds another platform's money; `next`, `minimum` and the days late are of one platform and stay.
    pub fn add(&mut self, other: &Self) {
        for state in OpenState::ALL {
            self.of_mut(state).add_all(other.of(state));
        }
    }

    fn read(&mut self, book: &Book, expected: &Expected) {
        for row in &expected.rows {
            self.of_mut(state_of(book, expected, row)).add(row.amount);
        }
        self.late_days = self.late_days.max(expected.late_days);
        self.surely_late |= expected.is_surely_late();
        if let Window::BelowMinimum { minimum } = expected.window {
            self.minimum = Some(minimum);
        }
        if comes(expected) && self.next.as_ref().is_none_or(|next| order(expected) < order_of(next)) {
            self.next = Some(Next::of(expected));
        }
    }
}

/// How far a row of an expected payout has come.
fn state_of(book: &Book, expected: &Expected, row: &SourceRow) -> OpenState {
    let earning = match row.source {
        Source::Earning(id) => book.earning(id),
        Source::Session(_) => None,
    };
    let held = earning.and_then(|earning| earning.held.as_ref());
    let state = earning.and_then(|earning| earning.state());
    let contested = matches!(state, Some(EarningState::Contested | EarningState::Appealed));
    match held.map(|held| held.kind) {
        Some(HeldKind::Frozen) => return OpenState::Frozen,
        Some(HeldKind::Disputed) => return OpenState::Disputed,
        None | Some(HeldKind::UntilAccepted) if contested => return OpenState::Disputed,
        None | Some(HeldKind::UntilAccepted) => {}
    }
    match &expected.window {
        Window::Unknown(UnknownDate::Frozen) => OpenState::Frozen,
        _ if expected.late_days > 0 => OpenState::Late,
        Window::DrawableNow { .. } => OpenState::Drawable,
        Window::BelowMinimum { .. } => OpenState::BelowMinimum,
        Window::Unknown(_) => OpenState::DateUnknown,
        Window::Lands { .. } | Window::DrawableFrom(_) => {
            if earning.is_some_and(|earning| earning.approved_on().is_some()) {
                OpenState::Approved
            } else {
                OpenState::InReview
            }
        }
    }
}

/// Whether an expected payout can be what comes next.
fn comes(expected: &Expected) -> bool {
    expected.late_days <= 0 && has_day(&expected.window)
}

/// Whether it has a day, or can be drawn now.
fn has_day(window: &Window) -> bool {
    match window {
        Window::Lands { .. } | Window::DrawableFrom(_) | Window::DrawableNow { .. } => true,
        Window::BelowMinimum { .. } | Window::Unknown(_) => false,
    }
}

/// What can be drawn now first, then by first and last day.
fn order(expected: &Expected) -> (Option<(NaiveDate, NaiveDate)>, ExpectedKey) {
    (days(&expected.window), expected.key)
}

fn order_of(next: &Next) -> (Option<(NaiveDate, NaiveDate)>, ExpectedKey) {
    (days(&next.window), next.key)
}

fn days(window: &Window) -> Option<(NaiveDate, NaiveDate)> {
    window.days().map(|days| (days.first, days.last))
}

/// What is not yet paid, by platform. Platforms without any open money are left out, and so is what was sent by
/// nobody knows whom.
///
/// Expected payouts come from the calendar; what was sent and has not arrived comes from the payouts themselves,
/// with their gross.
#[must_use]
pub fn exposure(book: &Book, calendar: &Calendar) -> BTreeMap<PlatformId, Exposure> {
    let mut platforms: BTreeMap<PlatformId, Exposure> = BTreeMap::new();
    for expected in &calendar.expected {
        platforms.entry(expected.key.platform).or_default().read(book, expected);
    }
    for payout in sent(book, calendar) {
        if let Some(platform) = payer(book, payout) {
            platforms.entry(platform).or_default().in_transit.add(payout.gross);
        }
    }
    platforms
}

/// The payouts under way.
fn sent<'a>(book: &'a Book, calendar: &'a Calendar) -> impl Iterator<Item = &'a Payout> {
    calendar.in_transit.iter().filter_map(|sent| book.payout(sent.payout)).map(AsRef::as_ref)
}

fn payer(book: &Book, payout: &Payout) -> Option<PlatformId> {
    payout.platform.or_else(|| {
        let part = payout.allocations.first()?;
        book.earning(part.earning).map(|earning| earning.platform)
    })
}

/// What is not yet paid by a platform, piece by piece, by state and then by day: the rows of [`exposure`]'s sums.
#[must_use]
pub fn open_rows(book: &Book, calendar: &Calendar, platform: PlatformId) -> Vec<OpenRow> {
    let expected = calendar.expected.iter().filter(|expected| expected.key.platform == platform);
    let mut rows: Vec<OpenRow> = expected.flat_map(|expected| expected_rows(book, expected)).collect();
    let sent = sent(book, calendar).filter(|payout| payer(book, payout) == Some(platform));
    rows.extend(sent.flat_map(|payout| sent_rows(book, payout)));
    rows.sort_by_key(|row| (row.state, row.on));
    rows
}

fn expected_rows<'a>(book: &'a Book, expected: &'a Expected) -> impl Iterator<Item = OpenRow> + 'a {
    expected.rows.iter().map(|row| OpenRow {
        state: state_of(book, expected, row),
        expected: Some(expected.key),
        payout: None,
        source: Some(row.source),
        project: row.project,
        amount: row.amount,
        on: Some(row.worked_on),
    })
}

/// The pieces of a payout under way; their sum is its gross. Where its parts say what work it settles, each has the day
/// of that work; where they don't fit the gross (another currency, more than it holds) it stays in one piece.
fn sent_rows(book: &Book, payout: &Payout) -> Vec<OpenRow> {
    let row = |amount, source, project, on| OpenRow {
        state: OpenState::InTransit,
        expected: None,
        payout: Some(payout.id),
        source,
        project,
        amount,
        on,
    };
    let gross = payout.gross;
    let parts = &payout.allocations;
    let settled = parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.amount.amount));
    let fits = parts.iter().all(|part| part.amount.currency == gross.currency) && settled <= gross.amount;
    let earnings = || parts.iter().filter_map(|part| book.earning(part.earning));
    if !fits {
        let oldest = earnings().map(|earning| earning.worked.last).min();
        return vec![row(gross, None, None, oldest.or_else(|| payout.booked_on()))];
    }
    let mut rows: Vec<OpenRow> = parts
        .iter()
        .map(|part| {
            let earning = book.earning(part.earning);
            let on = earning.map(|earning| earning.worked.last).or_else(|| payout.booked_on());
            row(part.amount, Some(Source::Earning(part.earning)), earning.and_then(|earning| earning.project), on)
        })
        .collect();
    let rest = gross.amount.saturating_sub(settled);
    if !rest.is_zero() {
        rows.push(row(gross.with(rest), None, None, payout.booked_on()));
    }
    rows
}

/// Sums of several currencies in one, at the rates of a day: what is owed now is worth what it would bring now.
///
/// # Errors
/// The exchange rates that are missing.
pub fn in_currency(book: &Book, bag: &Bag, currency: Currency, on: NaiveDate) -> Result<Money, BTreeSet<MissingRate>> {
    let mut missing = BTreeSet::new();
    let mut sum = Decimal::ZERO;
    for money in bag.iter() {
        match book.convert(money, currency, on) {
            Ok(converted) => sum = sum.saturating_add(converted.amount),
            Err(lacks) => {
                missing.insert(lacks);
            }
        }
    }
    if missing.is_empty() { Ok(Money::new(sum, currency)) } else { Err(missing) }
}
