//! Routes compared: what each way of a platform's money costs and how long it takes, by the user's own payouts and by what
//! its steps say of a sum.
//!
//! Cost = (gross − platform fee − tax − received) ÷ (gross − platform fee − tax), in per cent; what was received in another
//! currency counts at the reference rate of the day it arrived, and without one the cost is unknown. Days = from sent to
//! received. Of several payouts the median counts; of an even number, the middle of the two.

use rust_decimal::Decimal;

use super::calendar::way_fee;
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, RouteId};
use crate::domain::money::Money;
use crate::domain::payout::Payout;
use crate::domain::route::Route;
use crate::domain::schedule::DayCount;

/// A median and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Median {
    /// The median.
    pub value: Decimal,
    /// How many payouts told of it.
    pub of: usize,
}

/// What the steps of a route say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// What it costs in per cent of the sum asked about; `None` where no step says.
    pub cost: Option<Decimal>,
    /// Days from sent to arrived, at least and at most, added up; `None` where no step says.
    pub days: Option<(u32, u32)>,
    /// Whether some of them are business days.
    pub business: bool,
}

/// A way of a platform's money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The route.
    pub route: RouteId,
    /// The cost of the user's own payouts, in per cent.
    pub cost: Option<Median>,
    /// The days of the user's own payouts.
    pub days: Option<Median>,
    /// What its steps say.
    pub quote: Quote,
    /// Whether no other route costs less and one costs more, measured where it is, else as quoted.
    pub cheapest: bool,
    /// Whether no other route is faster and one is slower.
    pub fastest: bool,
}

impl Compared {
    /// Its cost in per cent: measured, else as quoted.
    #[must_use]
    pub fn best_cost(&self) -> Option<Decimal> {
        self.cost.map(|cost| cost.value).or(self.quote.cost)
    }

    /// Its days: measured, else the latest as quoted.
    #[must_use]
    pub fn best_days(&self) -> Option<Decimal> {
        self.days.map(|days| days.value).or_else(|| self.quote.days.map(|(_, most)| Decimal::from(most)))
    }
}

/// The routes of a platform beside each other, in the order of the Book; `sum` is what is asked about.
#[must_use]
pub fn compare(book: &Book, platform: PlatformId, sum: Money) -> Vec<Compared> {
    let usual = book.platform(platform).and_then(|platform| platform.default_route);
    let mut all: Vec<Compared> = book
        .routes()
        .filter(|route| route.platform == Some(platform))
        .map(|route| {
            let took = |payout: &&Payout| payout.route.or(usual) == Some(route.id);
            let payouts: Vec<&Payout> = book
                .payouts()
                .map(AsRef::as_ref)
                .filter(|payout| payout.platform == Some(platform))
                .filter(took)
                .collect();
            Compared {
                route: route.id,
                cost: median(payouts.iter().filter_map(|payout| cost(book, payout)).collect()),
                days: median(payouts.iter().filter_map(|payout| days(payout)).collect()),
                quote: quote(route, sum),
                cheapest: false,
                fastest: false,
            }
        })
        .collect();
    let costs: Vec<Option<Decimal>> = all.iter().map(Compared::best_cost).collect();
    let lags: Vec<Option<Decimal>> = all.iter().map(Compared::best_days).collect();
    for ((one, cheapest), fastest) in all.iter_mut().zip(best(&costs)).zip(best(&lags)) {
        (one.cheapest, one.fastest) = (cheapest, fastest);
    }
    all
}

/// Which of some figures are the least, where not all that are known are alike.
fn best(figures: &[Option<Decimal>]) -> Vec<bool> {
    let known = || figures.iter().flatten();
    let (least, most) = (known().min(), known().max());
    figures.iter().map(|figure| figure.is_some() && least != most && figure.as_ref() == least).collect()
}

/// What a payout cost on its way, in per cent; `None` where it has not arrived, or a reference rate is missing.
fn cost(book: &Book, payout: &Payout) -> Option<Decimal> {
    let received = payout.received?;
    if payout.gross_computed {
        return None;
    }
    let cuts = [payout.platform_fee, payout.tax_withheld].into_iter().flatten().map(|cut| cut.amount);
    let sent = payout.gross.with(cuts.fold(payout.gross.amount, Decimal::saturating_sub));
    if sent.amount <= Decimal::ZERO {
        return None;
    }
    let on = payout.received_on.or_else(|| payout.booked_on())?;
    let arrived = book.convert(received, sent.currency, on).ok()?;
    let lost = sent.amount.checked_sub(arrived.amount)?;
    lost.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(sent.amount)
}

/// Days from sent to received.
fn days(payout: &Payout) -> Option<Decimal> {
    let sent = payout.sent_on.or_else(|| payout.legs.first()?.sent_on)?;
    Some(Decimal::from((payout.received_on? - sent).num_days()))
}

fn quote(route: &Route, sum: Money) -> Quote {
    let cost = way_fee(route, sum)
        .and_then(|fee| fee.amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(sum.amount))
        .filter(|_| sum.amount > Decimal::ZERO);
    let counted = usize::try_from(route.landed_after_step).ok().filter(|step| *step > 0).unwrap_or(route.steps.len());
    let lags: Vec<_> = route.steps.iter().take(counted).filter_map(|step| step.transit).collect();
    let days = lags.iter().fold((0_u32, 0_u32), |(least, most), lag| {
        (least.saturating_add(lag.min_days), most.saturating_add(lag.max_days))
    });
    Quote {
        cost,
        days: (!lags.is_empty()).then_some(days),
        business: lags.iter().any(|lag| lag.count == DayCount::Business),
    }
}

/// The median of some figures; `None` where there are none.
fn median(mut figures: Vec<Decimal>) -> Option<Median> {
    figures.sort_unstable();
    let of = figures.len();
    let upper = *figures.get(of / 2)?;
    let value = if of % 2 == 1 { upper } else { (*figures.get((of / 2).checked_sub(1)?)? + upper) / Decimal::TWO };
    Some(Median { value, of })
}

#[cfg(test)]
mod tests;
