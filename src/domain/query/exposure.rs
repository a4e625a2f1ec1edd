//! Exposure: money that is not yet paid, by platform and by how far it has come.
//!
//! Gross, from the first worked minute (running timers included) until it lands. Each cent is in one state only, so
//! that the states sum to "not yet paid"; frozen and disputed money stands beside it. Currencies are never added.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::{Calendar, Expected, ExpectedKey, Source, SourceRow, UnknownDate, Window};
use crate::domain::book::Book;
use crate::domain::earning::{EarningState, HeldKind};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{PlatformId, ProjectId};
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
    /// Beside it: kept back because an account or its payouts are frozen.
    pub frozen: Bag,
    /// Beside it: disputed, contested or appealed.
    pub disputed: Bag,
    /// The largest number of days that any of it is late; 0 where none is.
    pub late_days: i64,
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
    /// See [`Exposure::frozen`]; beside "not yet paid".
    Frozen,
    /// See [`Exposure::disputed`]; beside "not yet paid".
    Disputed,
}

impl OpenState {
    /// All of them: what is late first, what stands beside "not yet paid" last.
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

    /// Whether it stands beside "not yet paid" and is no part of it.
    #[must_use]
    pub fn is_beside(self) -> bool {
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
    /// The project, where one is known.
    pub project: Option<ProjectId>,
    /// Gross, exact.
    pub amount: Money,
    /// The day of the work; of what was sent, the day on which it was.
    pub on: Option<NaiveDate>,
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

impl Exposure {
    /// Not yet paid: all states, without what is frozen or disputed.
    #[must_use]
    pub fn not_yet_paid(&self) -> Bag {
        let mut sum = Bag::default();
        for state in [
            &self.in_review,
            &self.approved,
            &self.drawable,
            &self.below_minimum,
            &self.in_transit,
            &self.date_unknown,
            &self.late,
        ] {
            sum.add_all(state);
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
        self.in_review.add_all(&other.in_review);
        self.approved.add_all(&other.approved);
        self.drawable.add_all(&other.drawable);
        self.below_minimum.add_all(&other.below_minimum);
        self.in_transit.add_all(&other.in_transit);
        self.date_unknown.add_all(&other.date_unknown);
        self.late.add_all(&other.late);
        self.frozen.add_all(&other.frozen);
        self.disputed.add_all(&other.disputed);
    }

    fn read(&mut self, book: &Book, expected: &Expected) {
        for row in &expected.rows {
            self.of_mut(state_of(book, expected, row)).add(row.amount);
        }
        self.late_days = self.late_days.max(expected.late_days);
        if let Window::BelowMinimum { minimum } = expected.window {
            self.minimum = Some(minimum);
        }
        if comes(expected) && self.next.as_ref().is_none_or(|next| order(expected) < order_of(next)) {
            self.next = Some(Next {
                key: expected.key,
                window: expected.window.clone(),
                gross: expected.gross,
                net: expected.net,
                estimate: expected.estimate,
            });
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
        None if contested => return OpenState::Disputed,
        None => {}
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
    expected.late_days <= 0
        && match expected.window {
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

/// What is not yet paid, by platform. Platforms without any open money are left out.
///
/// Expected payouts come from the calendar; what was sent and has not arrived comes from the payouts themselves,
/// with their gross.
#[must_use]
pub fn exposure(book: &Book, calendar: &Calendar) -> BTreeMap<PlatformId, Exposure> {
    let mut platforms: BTreeMap<PlatformId, Exposure> = BTreeMap::new();
    for expected in &calendar.expected {
        platforms.entry(expected.key.platform).or_default().read(book, expected);
    }
    for payout in book.payouts().filter(|payout| payout.arrived().is_none()) {
        if let Some(platform) = payer(book, payout) {
            let exposure = platforms.entry(platform).or_default();
            exposure.in_transit.add(payout.gross);
        }
    }
    platforms
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
    let mut rows = Vec::new();
    for expected in calendar.expected.iter().filter(|expected| expected.key.platform == platform) {
        rows.extend(expected.rows.iter().map(|row| OpenRow {
            state: state_of(book, expected, row),
            expected: Some(expected.key),
            project: row.project,
            amount: row.amount,
            on: Some(row.worked_on),
        }));
    }
    let sent = book.payouts().filter(|payout| payout.arrived().is_none() && payer(book, payout) == Some(platform));
    rows.extend(sent.map(|payout| OpenRow {
        state: OpenState::InTransit,
        expected: None,
        project: None,
        amount: payout.gross,
        on: payout.sent_on,
    }));
    rows.sort_by_key(|row| (row.state, row.on));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::earning::Held;
    use crate::domain::ids::{EarningId, SessionId};
    use crate::domain::query::calendar::Part;
    use crate::domain::query::work::testkit::{Kit, day, usd};
    use crate::domain::schedule::Precision;
    use crate::domain::span::DayRange;

    const PLATFORM: PlatformId = PlatformId(1);

    fn row(source: Source, amount: Money) -> SourceRow {
        SourceRow { source, project: None, amount, secs: 0, worked_on: day("2026-11-20") }
    }

    fn expected(part: Part, window: Window, late_days: i64, rows: Vec<SourceRow>) -> Expected {
        let gross: Decimal = rows.iter().map(|row| row.amount.amount).sum();
        Expected {
            key: ExpectedKey { platform: PLATFORM, currency: Currency::USD, route: None, schedule: None, part },
            window,
            gross: Money::new(gross, Currency::USD),
            net: Money::new(gross, Currency::USD),
            estimate: true,
            still_growing: false,
            reasons: Vec::new(),
            schedule: None,
            rows,
            late_days,
        }
    }

    fn lands(first: &str, last: &str) -> Window {
        Window::Lands { days: DayRange::new(day(first), day(last)), precision: Precision::On }
    }

    #[test]
    fn each_cent_is_in_one_state_and_held_money_stands_beside() {
        let mut kit = Kit::new();
        let approved = kit.earning(1, "100", &[]);
        kit.edit_earning(approved, |earning| {
            earning.states =
                vec![crate::domain::earning::DatedState { on: day("2026-11-21"), state: EarningState::Approved(None) }];
        });
        let disputed = kit.earning(2, "30", &[]);
        kit.edit_earning(disputed, |earning| {
            earning.held = Some(Held { kind: HeldKind::Disputed, since: day("2026-11-21"), why: String::new() });
        });
        kit.payout(1, "55", None, "2026-11-20", &[]);
        let session = |amount| row(Source::Session(SessionId(9)), usd(amount));
        let calendar = Calendar {
            expected: vec![
                expected(Part::Period(day("2026-11-10")), lands("2026-11-17", "2026-11-18"), 4, vec![session("48")]),
                expected(
                    Part::Period(day("2026-11-17")),
                    lands("2026-11-24", "2026-11-25"),
                    0,
                    vec![
                        session("20"),
                        row(Source::Earning(EarningId(1)), usd("100")),
                        row(Source::Earning(EarningId(2)), usd("30")),
                    ],
                ),
                expected(
                    Part::Undated(UnknownDate::NoSchedule),
                    Window::Unknown(UnknownDate::NoSchedule),
                    0,
                    vec![session("7")],
                ),
            ],
            ..Calendar::default()
        };
        let all = exposure(&kit.book, &calendar);
        let of = &all[&PLATFORM];
        let dollars = |bag: &Bag| bag.of(Currency::USD);
        assert_eq!(dollars(&of.late), usd("48"));
        assert_eq!(of.late_days, 4);
        assert_eq!(dollars(&of.in_review), usd("20"));
        assert_eq!(dollars(&of.approved), usd("100"));
        assert_eq!(dollars(&of.disputed), usd("30"));
        assert_eq!(dollars(&of.date_unknown), usd("7"));
        assert_eq!(dollars(&of.in_transit), usd("55"));
        assert_eq!(dollars(&of.not_yet_paid()), usd("230"));
        let next = of.next.as_ref().unwrap();
        assert_eq!(next.key.part, Part::Period(day("2026-11-17")));

        let rows = open_rows(&kit.book, &calendar, PLATFORM);
        assert_eq!(rows.len(), 6);
        for state in OpenState::ALL {
            let sum: Bag = rows.iter().filter(|row| row.state == state).map(|row| row.amount).collect();
            assert_eq!(&sum, of.of(state), "{state:?}: the rows are what the sum is made of");
        }
        assert!(open_rows(&kit.book, &calendar, PlatformId(2)).is_empty());
    }

    #[test]
    fn what_can_be_drawn_now_comes_first_and_the_minimum_is_named() {
        let kit = Kit::new();
        let session = |amount| row(Source::Session(SessionId(9)), usd(amount));
        let calendar = Calendar {
            expected: vec![
                expected(Part::OwnDate(day("2026-11-24")), lands("2026-11-24", "2026-11-24"), 0, vec![session("1")]),
                expected(Part::Drawable, Window::DrawableNow { next_draw_on: None }, 0, vec![session("96")]),
                expected(Part::BelowMinimum, Window::BelowMinimum { minimum: usd("10") }, 0, vec![session("7.20")]),
            ],
            ..Calendar::default()
        };
        let all = exposure(&kit.book, &calendar);
        let of = &all[&PLATFORM];
        assert_eq!(of.drawable.of(Currency::USD), usd("96"));
        assert_eq!(of.below_minimum.of(Currency::USD), usd("7.20"));
        assert_eq!(of.minimum, Some(usd("10")));
        assert_eq!(of.next.as_ref().unwrap().key.part, Part::Drawable);
    }

    #[test]
    fn a_bag_with_a_missing_rate_has_no_sum() {
        let kit = Kit::new();
        let pounds = Money::new(5.into(), Currency::GBP);
        let bag: Bag = [usd("10"), pounds].into_iter().collect();
        let missing = in_currency(&kit.book, &bag, Currency::USD, day("2026-11-22")).unwrap_err();
        assert_eq!(missing.len(), 1);
        let bag: Bag = [usd("10")].into_iter().collect();
        let sum = in_currency(&kit.book, &bag, Currency::USD, day("2026-11-22"));
        assert_eq!(sum, Ok(usd("10")));
    }
}
