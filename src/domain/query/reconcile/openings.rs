//! What is open, and what of it a payment pays.
//!
//! In this order, and each open sum once: a payout whose own number stands with the payment; a payout under way or written
//! down; an expected payout; a credit; credits in a row, the oldest first. Amounts fit to the cent, with what the account's
//! provider kept or without it. Where the currency is another one, a payout that is under way or expected fits by the rate
//! of the day.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Because;
use crate::domain::book::Book;
use crate::domain::command::{Pays, Settleable, Share, settleable_gross, settleable_net};
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::money::Money;
use crate::domain::movement::Movement;
use crate::domain::payout::Payout;
use crate::domain::query::calendar::{Calendar, Expected, Source, SourceRow};
use crate::domain::query::settles::{Open, open};
use crate::domain::query::sureness::Sureness;
use crate::domain::span::{DayRange, day_plus};

/// How many days a payment may come before or after the days of a payout that it is.
const DAYS: i64 = 10;

/// How far a payment in another currency may be from what the day's rate gives, in per cent: providers keep up to this.
const EXCHANGE_PERCENT: i64 = 5;

/// What a payment pays, and why.
pub(super) struct Found {
    pub(super) platform: PlatformId,
    pub(super) pays: Pays,
    /// What is settled by it, in the currency in which it is owed.
    pub(super) credited: Money,
    pub(super) sureness: Sureness,
    pub(super) because: Vec<Because>,
}

/// What is open, by platform.
pub(super) struct Openings<'b> {
    book: &'b Book,
    calendar: &'b Calendar,
    expected: Vec<Due<'b>>,
    /// With the days on which each left or arrived.
    payouts: BTreeMap<PlatformId, Vec<(DayRange, &'b Arc<Payout>)>>,
    pieces: HashMap<PlatformId, Vec<Open>>,
    /// What an earlier payment is taken to pay.
    taken: BTreeSet<Settleable>,
    taken_payouts: BTreeSet<PayoutId>,
}

impl<'b> Openings<'b> {
    pub(super) fn of(book: &'b Book, calendar: &'b Calendar) -> Self {
        let told: BTreeSet<PayoutId> = book.movements().filter_map(|movement| movement.role.payout()).collect();
        let mut payouts: BTreeMap<PlatformId, Vec<_>> = BTreeMap::new();
        for payout in book.payouts().filter(|payout| !told.contains(&payout.id)) {
            if let (Some(platform), Some(days)) = (payout.platform, days_of(payout)) {
                payouts.entry(platform).or_default().push((days, payout));
            }
        }
        Self {
            book,
            calendar,
            expected: calendar.expected.iter().map(|expected| Due::of(book, expected)).collect(),
            payouts,
            pieces: HashMap::new(),
            taken: BTreeSet::new(),
            taken_payouts: BTreeSet::new(),
        }
    }

    /// What a payment of a platform pays; `None` where nothing that is open fits.
    pub(super) fn find(&mut self, platform: PlatformId, movement: &Movement) -> Option<Found> {
        let sums = Sums::of(movement);
        let found = self
            .payout(platform, movement, sums)
            .or_else(|| self.expected(platform, movement, sums))
            .or_else(|| self.row(platform, movement, sums))?;
        self.take(&found.pays);
        Some(found)
    }

    /// The only open sum of any platform that a payment fits, where nobody says whose it is: no rows of credits.
    pub(super) fn find_anywhere(&mut self, movement: &Movement) -> Option<Found> {
        let sums = Sums::of(movement);
        let platforms: Vec<PlatformId> = self.book.platforms().map(|platform| platform.id).collect();
        let fitting: Vec<Found> = platforms
            .into_iter()
            .filter_map(|id| self.payout(id, movement, sums).or_else(|| self.expected(id, movement, sums)))
            .filter(|found| !found.because.contains(&Because::ByRate))
            .collect();
        let rivals = fitting.len();
        let mut found = fitting.into_iter().next()?;
        found.sureness = Sureness::Possible;
        found.because.push(Because::AmountAlone);
        if rivals > 1 {
            found.because.push(Because::Rivals(rivals - 1));
        }
        self.take(&found.pays);
        Some(found)
    }

    fn take(&mut self, pays: &Pays) {
        match pays {
            Pays::Payout(id) => {
                self.taken_payouts.insert(*id);
            }
            Pays::Expected(key) => {
                let due = self.expected.iter().filter(|due| due.of.key == *key);
                self.taken.extend(due.flat_map(|due| &due.pieces));
            }
            Pays::Pieces(pieces) => self.taken.extend(pieces.iter().map(|piece| piece.of)),
        }
    }

    fn payout(&self, platform: PlatformId, movement: &Movement, sums: Sums) -> Option<Found> {
        let fits = self.payouts.get(&platform)?.iter().filter_map(|(days, payout)| {
            let away = days_off(*days, movement.on);
            let numbered = payout.origin.as_ref().is_some_and(|origin| stands_with(movement, origin.reference()));
            if (!numbered && away.abs() > DAYS) || self.taken_payouts.contains(&payout.id) {
                return None;
            }
            let figures = [Some(payout.gross), Some(payout.sent_net()), payout.received];
            let exact = figures.into_iter().flatten().find_map(|figure| sums.fit(figure));
            let by_rate = || {
                let due = payout.received.is_none().then(|| payout.sent_net())?;
                sums.by_rate(self.book, due, movement.on)
            };
            let fit = exact.or_else(by_rate)?;
            Some((numbered, away, payout, fit))
        });
        let best = |(numbered, away, payout, _): &(bool, i64, &&Arc<Payout>, _)| (!numbered, away.abs(), payout.id);
        let (numbered, away, payout, fit) = fits.min_by_key(best)?;
        let because = vec![fit, if numbered { Because::Number } else { Because::days_off(away) }];
        Some(Found {
            platform,
            pays: Pays::Payout(payout.id),
            credited: payout.gross,
            sureness: Sureness::Sure,
            because,
        })
    }

    fn expected(&self, platform: PlatformId, movement: &Movement, sums: Sums) -> Option<Found> {
        let open = self.expected.iter().filter(|due| {
            due.of.key.platform == platform
                && due.began <= movement.on
                && !due.pieces.iter().any(|piece| self.taken.contains(piece))
        });
        let fits = open.filter_map(|due| {
            let fit = sums.fit(due.net).or_else(|| sums.fit(due.gross));
            let fit = fit.or_else(|| sums.by_rate(self.book, due.net, movement.on))?;
            let away = due.of.window.days().map(|days| days_off(days, movement.on));
            away.is_none_or(|away| away >= -DAYS).then_some((away.map_or(DAYS, i64::abs), due, fit, away))
        });
        let (_, due, fit, away) = fits.min_by_key(|(away, due, ..)| (*away, due.of.key))?;
        let sureness = if fit == Because::ByRate { Sureness::Likely } else { Sureness::Sure };
        let mut because = vec![fit];
        because.extend(away.map(Because::days_off));
        Some(Found { platform, pays: Pays::Expected(due.of.key), credited: due.gross, sureness, because })
    }

    /// One credit, or credits in a row, whose sum it is; of several, the row that begins first.
    fn row(&mut self, platform: PlatformId, movement: &Movement, sums: Sums) -> Option<Found> {
        let on = movement.on;
        let (book, calendar) = (self.book, self.calendar);
        let free: Vec<&Open> = self
            .pieces
            .entry(platform)
            .or_insert_with(|| open(book, calendar, platform, None))
            .iter()
            .filter(|piece| !self.taken.contains(&piece.of) && piece.worked.last <= on)
            .filter(|piece| piece.left.currency == movement.amount.currency)
            .collect();
        let (row, fit) = [sums.came, sums.whole].into_iter().find_map(|sum| {
            let single = free.iter().rposition(|piece| piece.left == sum).map(|at| at..at + 1);
            Some((single.or_else(|| first_row(&free, sum.amount))?, sums.fit(sum)?))
        })?;
        let pieces = free.get(row)?;
        let shares: Vec<Share> = pieces.iter().map(|piece| Share { of: piece.of, amount: piece.left }).collect();
        let credited = movement.amount.with(shares.iter().map(|share| share.amount.amount).sum());
        let mut because = vec![fit];
        if shares.len() > 1 {
            because.push(Because::Row(shares.len()));
        }
        Some(Found { platform, pays: Pays::Pieces(shares), credited, sureness: Sureness::Likely, because })
    }
}

/// The first run of pieces that adds up to a sum.
fn first_row(pieces: &[&Open], sum: Decimal) -> Option<std::ops::Range<usize>> {
    let mut ends: HashMap<Decimal, usize> = HashMap::from([(Decimal::ZERO, 0)]);
    let mut so_far = Decimal::ZERO;
    let mut best: Option<std::ops::Range<usize>> = None;
    for (at, piece) in pieces.iter().enumerate() {
        so_far = so_far.checked_add(piece.left.amount)?;
        if let Some(start) = ends.get(&so_far.checked_sub(sum)?)
            && best.as_ref().is_none_or(|best| *start < best.start)
        {
            best = Some(*start..at + 1);
        }
        ends.entry(so_far).or_insert(at + 1);
    }
    best
}

/// An expected payout, and what it is made of.
struct Due<'b> {
    of: &'b Expected,
    gross: Money,
    net: Money,
    pieces: BTreeSet<Settleable>,
    /// The first day of its work.
    began: NaiveDate,
}

impl<'b> Due<'b> {
    fn of(book: &Book, of: &'b Expected) -> Self {
        let piece = |row: &SourceRow| match row.source {
            Source::Earning(id) => Settleable::Earning(id),
            Source::Session(_) => Settleable::Estimate(of.key, row.project),
        };
        Self {
            of,
            gross: settleable_gross(book, of),
            net: settleable_net(book, of),
            pieces: of.rows.iter().map(piece).collect(),
            began: of.rows.iter().map(|row| row.worked_on).min().unwrap_or(NaiveDate::MIN),
        }
    }
}

/// What came of a payment, and that with what the account's provider kept.
#[derive(Clone, Copy)]
struct Sums {
    came: Money,
    whole: Money,
    fee: Option<Money>,
}

impl Sums {
    fn of(movement: &Movement) -> Self {
        let fee = movement.fee.filter(|fee| fee.currency == movement.amount.currency && !fee.amount.is_zero());
        let taken = fee.map_or(Decimal::ZERO, |fee| fee.amount);
        let whole = movement.amount.with(movement.amount.amount.saturating_add(taken));
        Self { came: movement.amount, whole, fee }
    }

    /// Whether a sum is one of them, to the cent.
    fn fit(self, sum: Money) -> Option<Because> {
        if sum.rounded() == self.came.rounded() {
            return Some(Because::Exact);
        }
        self.fee.filter(|_| sum.rounded() == self.whole.rounded()).map(Because::ExactWithFee)
    }

    /// Whether a sum of another currency comes to about as much.
    fn by_rate(self, book: &Book, sum: Money, on: NaiveDate) -> Option<Because> {
        if sum.currency == self.came.currency {
            return None;
        }
        let worth = book.convert(sum, self.came.currency, on).ok()?;
        let off = (worth.amount - self.came.amount).abs();
        let most = worth.amount.checked_mul(EXCHANGE_PERCENT.into())? / Decimal::ONE_HUNDRED;
        (worth.amount > Decimal::ZERO && off <= most).then_some(Because::ByRate)
    }
}

/// The days on which a payout left or arrived, as far as they are known.
fn days_of(payout: &Payout) -> Option<DayRange> {
    let first = payout.booked_on()?;
    Some(DayRange::new(first, payout.received_on.unwrap_or_else(|| day_plus(first, DAYS)).max(first)))
}

/// How many days a day lies after some days, or before them, below zero.
fn days_off(days: DayRange, on: NaiveDate) -> i64 {
    if on > days.last { (on - days.last).num_days() } else { (on - days.first).num_days().min(0) }
}

/// Whether a number of the platform's own stands with a payment: short ones say nothing.
fn stands_with(movement: &Movement, number: &str) -> bool {
    number.len() > 5
        && [&movement.reference, &movement.text, &movement.parent].into_iter().any(|text| text.contains(number))
}
