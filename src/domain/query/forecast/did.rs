//! How last month's forecast did: what the forecast of its first morning said for the month, against what came.
//!
//! Formula, in the home currency. *Sure*, *likely*, *possible*: what would have been told on the first of the month of
//! money whose latest day lay in it (at the rates of that day), found from dated facts: see `then`. *Came*: what arrived in the
//! month for the sure and likely part (at the rate of its own day), each payout shared over the earnings that it settles
//! by the amounts settled. *Late*: what is owed for that part and had not arrived by the month's end (at the rates of that
//! day). *Besides*: all else that arrived. Where an earning stands for more than what was forecast, it counts by the
//! share of its sessions' value. All of it is an estimate: records have no day on which they were typed in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::then::{Then, as_of};
use crate::domain::book::Book;
use crate::domain::ids::{EarningId, SessionId};
use crate::domain::money::{Bag, Money};
use crate::domain::payout::Payout;
use crate::domain::query::calendar::{Calendar, Source, calendar};
use crate::domain::query::coverage::covered;
use crate::domain::query::sureness::{Comes, Sureness, When, coming, counted_rows, share};
use crate::domain::query::value;
use crate::domain::query::work::Work;
use crate::domain::span::{Month, Now};

/// How the forecast of a month did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    /// The month.
    pub month: Month,
    /// What was sure on its first morning.
    pub sure: Money,
    /// What was likely.
    pub likely: Money,
    /// What was possible.
    pub possible: Money,
    /// What came of the sure and likely part.
    pub came: Money,
    /// What of it is owed and had not come by the month's end.
    pub late: Money,
    /// What came besides, of newer work or of what was only possible.
    pub besides: Money,
    /// Money that is in no sum, for lack of a rate.
    pub without_rate: Bag,
}

impl Did {
    /// What was forecast: sure and likely.
    #[must_use]
    pub fn forecast(&self) -> Money {
        self.sure.with(self.sure.amount.saturating_add(self.likely.amount))
    }

    /// How much more (or, below nothing, less) than forecast came, apart from what was late: fees, cuts, exchange.
    #[must_use]
    pub fn more(&self) -> Money {
        let left = self.forecast().amount.saturating_sub(self.late.amount);
        self.came.with(self.came.amount.saturating_sub(left))
    }
}

/// How the forecast of the month before today's did; `None` where nothing was forecast and nothing came. `landed` is
/// the calendar of today.
#[must_use]
pub fn how_it_did(work: &Work, landed: &Calendar, today: NaiveDate, now: Now) -> Option<Did> {
    let book = work.book();
    let month = Month::of_day(today).previous();
    let (first, last) = (month.first_day(), month.last_day());
    let Then { book: then, morning, recorded_since } = as_of(work, first, now);
    let told = calendar(&then, morning);
    let zero = Money::zero(book.settings().home_currency);
    let mut sums = Adder { book, without_rate: Bag::default() };
    let (mut sure, mut likely, mut possible) = (zero, zero, zero);
    // Which money was told for the month: what came of the rest comes besides.
    let mut in_month: BTreeSet<Comes> = BTreeSet::new();
    for one in coming(&then, &told, first) {
        let When::Days(days) = one.when else { continue };
        if days.last > last {
            continue;
        }
        in_month.insert(one.of);
        let sum = match one.sureness {
            Sureness::Sure => &mut sure,
            Sureness::Likely => &mut likely,
            Sureness::Possible => &mut possible,
        };
        sums.add(sum, one.net, first);
    }
    let mut traced = Traced { book, now, shares: BTreeMap::new(), open: Vec::new() };
    for expected in told.expected.iter().filter(|one| in_month.contains(&Comes::Expected(one.key))) {
        for row in counted_rows(&then, expected, first) {
            let net = row.amount.with(share(expected, row.amount.amount));
            traced.trace(row.source, net, &recorded_since);
        }
    }
    let sent = |payout: &Payout| in_month.contains(&Comes::Sent(payout.id));
    let (mut came, mut all, mut late) = (zero, zero, zero);
    for one in landed.landed.iter().filter(|one| Month::of_day(one.on) == month) {
        let Some(payout) = book.payout(one.payout) else { continue };
        let part = if sent(payout) { Decimal::ONE } else { traced.part_of(payout) };
        sums.add(&mut all, one.received, one.on);
        let of_it = one.received.amount.saturating_mul(part);
        sums.add_quietly(&mut came, one.received.with(of_it), one.on);
    }
    for money in traced.left(last) {
        sums.add(&mut late, money, last);
    }
    for payout in book.payouts().filter(|payout| sent(payout)) {
        let arrived = landed.landed.iter().any(|one| one.payout == payout.id && one.on <= last);
        if !arrived {
            sums.add(&mut late, payout.gross, last);
        }
    }
    let besides = all.with(all.amount.saturating_sub(came.amount));
    let did = Did { month, sure, likely, possible, came, late, besides, without_rate: sums.without_rate };
    let nothing = did.forecast().amount.is_zero() && all.amount.is_zero() && did.without_rate.is_empty();
    (!nothing).then_some(did)
}

/// Sums in the home currency, and what no rate was known for.
struct Adder<'b> {
    book: &'b Book,
    without_rate: Bag,
}

impl Adder<'_> {
    fn add(&mut self, sum: &mut Money, money: Money, on: NaiveDate) {
        if !self.add_quietly(sum, money, on) {
            self.without_rate.add(money);
        }
    }

    /// Whether a rate was known.
    fn add_quietly(&self, sum: &mut Money, money: Money, on: NaiveDate) -> bool {
        let Ok(home) = self.book.convert(money, sum.currency, on) else { return false };
        *sum = sum.with(sum.amount.saturating_add(home.amount));
        true
    }
}

/// What became of what was forecast.
struct Traced<'b> {
    book: &'b Book,
    now: Now,
    /// The share of each earning that was forecast, up to all of it.
    shares: BTreeMap<EarningId, Decimal>,
    /// Work for which no earning stands yet.
    open: Vec<Money>,
}

impl Traced<'_> {
    fn trace(&mut self, source: Source, net: Money, recorded_since: &BTreeMap<SessionId, EarningId>) {
        let (earning, part) = match source {
            Source::Earning(id) => (id, Decimal::ONE),
            Source::Session(session) => {
                let Some(id) = recorded_since.get(&session) else {
                    self.open.push(net);
                    return;
                };
                (*id, self.part_of_session(*id, session))
            }
        };
        let held = self.shares.entry(earning).or_default();
        *held = held.saturating_add(part).min(Decimal::ONE);
    }

    /// The share of a session in the value of all that an earning covers; equal shares where one has no value.
    fn part_of_session(&self, earning: EarningId, session: SessionId) -> Decimal {
        let Some(earning) = self.book.earning(earning) else { return Decimal::ZERO };
        let (mut whole, mut part, mut known) = (Decimal::ZERO, Decimal::ZERO, true);
        let all = covered(self.book, earning);
        for one in &all {
            match value::credited(self.book, one, self.now.at) {
                Ok(priced) => {
                    whole = whole.saturating_add(priced.money.amount);
                    if one.id == session {
                        part = priced.money.amount;
                    }
                }
                Err(_no_value) => known = false,
            }
        }
        let equal = || Decimal::ONE.checked_div(Decimal::from(all.len())).unwrap_or(Decimal::ONE);
        part.checked_div(whole).filter(|_| known).unwrap_or_else(equal)
    }

    /// The share of a payout that came for what was forecast.
    fn part_of(&self, payout: &Payout) -> Decimal {
        let all = payout.allocations.iter().map(|part| part.amount.amount).fold(Decimal::ZERO, Decimal::saturating_add);
        // A surplus that no earning accounts for is none of it.
        let whole = all.max(payout.gross.amount);
        let of_it = payout.allocations.iter().fold(Decimal::ZERO, |sum, part| {
            let share = self.shares.get(&part.earning).copied().unwrap_or_default();
            sum.saturating_add(part.amount.amount.saturating_mul(share))
        });
        of_it.checked_div(whole).unwrap_or_default()
    }

    /// What is owed of it and had not arrived by a day.
    fn left(&self, last: NaiveDate) -> Vec<Money> {
        let mut arrived: BTreeMap<EarningId, Decimal> = BTreeMap::new();
        for payout in self.book.payouts() {
            let on = payout.received_on.or_else(|| payout.received.and(payout.booked_on()));
            if on.is_none_or(|on| on > last) {
                continue;
            }
            for part in payout.allocations.iter().filter(|part| self.shares.contains_key(&part.earning)) {
                let sum = arrived.entry(part.earning).or_default();
                *sum = sum.saturating_add(part.amount.amount);
            }
        }
        let open = self.shares.iter().filter_map(|(id, share)| {
            let owed = self.book.earning(*id)?.owed();
            let rest = owed.amount.saturating_sub(arrived.get(id).copied().unwrap_or_default());
            (rest > Decimal::ZERO).then(|| owed.with(rest.saturating_mul(*share)))
        });
        self.open.iter().copied().chain(open).collect()
    }
}
