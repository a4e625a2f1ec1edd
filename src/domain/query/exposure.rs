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
use crate::domain::ids::PlatformId;
use crate::domain::money::{Bag, Currency, Money};

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
            self.bag_of(book, expected, row).add(row.amount);
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

    fn bag_of(&mut self, book: &Book, expected: &Expected, row: &SourceRow) -> &mut Bag {
        let earning = match row.source {
            Source::Earning(id) => book.earning(id),
            Source::Session(_) => None,
        };
        let held = earning.and_then(|earning| earning.held.as_ref());
        let state = earning.and_then(|earning| earning.state());
        let contested = matches!(state, Some(EarningState::Contested | EarningState::Appealed));
        match held.map(|held| held.kind) {
            Some(HeldKind::Frozen) => return &mut self.frozen,
            Some(HeldKind::Disputed) => return &mut self.disputed,
            None if contested => return &mut self.disputed,
            None => {}
        }
        match &expected.window {
            Window::Unknown(UnknownDate::Frozen) => &mut self.frozen,
            _ if expected.late_days > 0 => &mut self.late,
            Window::DrawableNow { .. } => &mut self.drawable,
            Window::BelowMinimum { .. } => &mut self.below_minimum,
            Window::Unknown(_) => &mut self.date_unknown,
            Window::Lands { .. } | Window::DrawableFrom(_) => {
                if earning.is_some_and(|earning| earning.approved_on().is_some()) {
                    &mut self.approved
                } else {
                    &mut self.in_review
                }
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
    for payout in book.payouts().filter(|payout| payout.received.is_none()) {
        let of_earning = || {
            let part = payout.allocations.first()?;
            book.earning(part.earning).map(|earning| earning.platform)
        };
        if let Some(platform) = payout.platform.or_else(of_earning) {
            let exposure = platforms.entry(platform).or_default();
            exposure.in_transit.add(payout.gross);
        }
    }
    platforms
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
