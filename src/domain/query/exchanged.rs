//! Exchanged: what changing money cost on its way from what was sent to what arrived.
//!
//! Formulas, all of one payout. *Sent net* N = gross − platform fee − tax withheld − fees of legs, each as far as it is
//! known, in the gross's currency. *Received* R is the fact. The *reference* r is the dated rate of the Book that stands for
//! the day the payout was sent: given, no estimate. *Implied* = R ÷ N. *Spread* = R − N × r: what the exchange took (below
//! zero) or gave beside the market. Where no reference is known for the day, the spread is unknown, and nothing is put in
//! its place. Exact; nothing is rounded.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::exchange::{Quote, RateTable};
use crate::domain::ids::EarningId;
use crate::domain::money::{Currency, Money};
use crate::domain::payout::{Difference, Payout};

/// An exchange on the way of a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchanged {
    /// What was sent, less what was taken off on the way as far as known.
    pub sent_net: Money,
    /// What arrived, in another currency; or in the same, where the user says that the exchange made the difference.
    pub received: Money,
    /// The day it was sent; the day it arrived where that is not known.
    pub on: NaiveDate,
    /// How much of the received currency one unit of the sent one brought; `None` where nothing was sent.
    pub implied: Option<Decimal>,
    /// The reference that stands for the day; `None` where none is known.
    pub reference: Option<Reference>,
}

/// A rate that was given by somebody else than the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// How much of the received currency one unit of the sent one is worth by it.
    pub rate: Decimal,
    /// The day it is of.
    pub on: NaiveDate,
    /// The rates that it is made of; `None` where both currencies are the same.
    pub quote: Option<Quote>,
    /// What would have arrived by it.
    pub worth: Money,
}

impl Exchanged {
    /// What the exchange took (below zero) or gave beside the reference, in the received currency; `None` where no
    /// reference is known.
    #[must_use]
    pub fn spread(&self) -> Option<Money> {
        let worth = self.reference?.worth;
        self.received.amount.checked_sub(worth.amount).map(|spread| worth.with(spread))
    }

    /// The spread as a share of what the reference would have brought, in per cent; `None` where it is unknown.
    #[must_use]
    pub fn spread_percent(&self) -> Option<Decimal> {
        let worth = self.reference?.worth.amount;
        self.spread()?.amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(worth)
    }
}

/// The exchange of a payout that has arrived; `None` where nothing was exchanged, or where it is still under way.
#[must_use]
pub fn exchanged(book: &Book, payout: &Payout) -> Option<Exchanged> {
    of(book.rate_table(), payout)
}

/// The same by a table of rates.
pub(super) fn of(rates: &RateTable, payout: &Payout) -> Option<Exchanged> {
    let received = payout.received?;
    let same = received.currency == payout.gross.currency;
    if same && payout.difference != Some(Difference::Exchange) {
        return None;
    }
    let on = payout.booked_on()?;
    let sent_net = sent_net(rates, payout, on);
    let implied = received.amount.checked_div(sent_net.amount);
    let reference = reference(rates, sent_net, received.currency, on);
    Some(Exchanged { sent_net, received, on, implied, reference })
}

/// What the market moved of a landed payout between the days of its work and the day it was sent, in the received
/// currency: for each part of the work net × (r(sent) − r(work)). Of money that came as it was sent, in home currency and up
/// to the day it arrived, at whose rate it counts.
///
/// `worked` says of each earning on which days it was worked, each with its weight. `None` where any of the rates is missing
/// or an estimate, and where no market is between.
pub fn drift(book: &Book, payout: &Payout, worked: impl Fn(EarningId) -> Vec<(NaiveDate, Decimal)>) -> Option<Money> {
    let rates = book.rate_table();
    let received = payout.received?;
    let from = payout.gross.currency;
    let (net, to, until) = match of(rates, payout) {
        Some(exchanged) => (exchanged.sent_net, received.currency, exchanged.on),
        None => (received, book.settings().home_currency, payout.received_on.or_else(|| payout.booked_on())?),
    };
    if from == to {
        return None;
    }
    let given = |on| rates.quote(from, to, on).ok().filter(|quote| !quote.is_estimate());
    let at_end = given(until)?;
    let parts = payout.allocations.iter().filter(|part| part.amount.currency == from);
    // A surplus was not worked for: it keeps its share of what was sent.
    let whole = payout.allocations.iter().map(|part| part.amount.amount).sum::<Decimal>().max(payout.gross.amount);
    let mut moved = Decimal::ZERO;
    for part in parts {
        let days = worked(part.earning);
        let weight: Decimal = days.iter().map(|(_, weight)| *weight).sum();
        for (day, of_day) in days {
            let share = net.amount.checked_mul(part.amount.amount)?.checked_div(whole)?;
            let share = share.checked_mul(of_day)?.checked_div(weight)?;
            let change = at_end.apply(share)?.checked_sub(given(day)?.apply(share)?)?;
            moved = moved.checked_add(change)?;
        }
    }
    Some(Money::new(moved, to))
}

/// Gross less what is known to have been taken off before the exchange. What can't be converted is not taken off.
fn sent_net(rates: &RateTable, payout: &Payout, on: NaiveDate) -> Money {
    let of_legs = payout.legs.iter().filter_map(|leg| leg.fee);
    // A fee in the received currency was taken off after the exchange; of the same currency both are one.
    let before = |fee: &Money| {
        fee.currency == payout.gross.currency
            || payout.received.is_some_and(|received| fee.currency != received.currency)
    };
    let cuts = [payout.platform_fee, payout.tax_withheld].into_iter().flatten().chain(of_legs.filter(before));
    cuts.fold(payout.gross, |left, cut| {
        let cut = rates.convert(cut, left.currency, on).map_or(Decimal::ZERO, |cut| cut.amount);
        left.with(left.amount.saturating_sub(cut))
    })
}

fn reference(rates: &RateTable, sent: Money, to: Currency, on: NaiveDate) -> Option<Reference> {
    if sent.currency == to {
        return Some(Reference { rate: Decimal::ONE, on, quote: None, worth: sent });
    }
    let quote = rates.quote(sent.currency, to, on).ok().filter(|quote| !quote.is_estimate())?;
    let (rate, worth) = (quote.apply(Decimal::ONE)?, quote.apply(sent.amount)?);
    Some(Reference { rate, on: quote.on, quote: Some(quote), worth: Money::new(worth, to) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::{Kit, day, dec, usd};

    fn pounds(text: &str) -> Money {
        Money::new(dec(text), Currency::GBP)
    }

    /// $100.00 sent on 16 November, of which the platform kept $10.00; £66.50 came two days later.
    fn kit() -> (Kit, Payout) {
        let mut kit = Kit::new();
        kit.payout(1, "100.00", Some(pounds("66.50")), "2026-11-18", &[]);
        let payout = kit.book.payouts().next().unwrap();
        let payout =
            Payout { sent_on: Some(day("2026-11-16")), platform_fee: Some(usd("10.00")), ..(**payout).clone() };
        (kit, payout)
    }

    #[test]
    fn the_spread_is_what_came_less_what_the_reference_of_the_sent_day_would_have_brought() {
        let (mut kit, payout) = kit();
        // One pound is $1.25 on the day it was sent: $90.00 are £72.00. Later it is dearer, which is no spread.
        kit.rate(1, Currency::GBP, "2026-11-16", "1.25");
        kit.rate(2, Currency::GBP, "2026-11-18", "1.50");
        let of = exchanged(&kit.book, &payout).unwrap();
        assert_eq!((of.sent_net, of.on), (usd("90.00"), day("2026-11-16")));
        assert_eq!(
            of.reference.map(|reference| (reference.rate, reference.worth)),
            Some((dec("0.8"), pounds("72.00")))
        );
        // £66.50 − £72.00 = −£5.50; of £72.00 that is −7.6388… %.
        assert_eq!(of.spread(), Some(pounds("-5.50")));
        assert_eq!(of.spread_percent().map(|share| share.round_dp(2)), Some(dec("-7.64")));
        // £66.50 for $90.00.
        assert_eq!(of.implied.map(|rate| rate.round_dp(6)), Some(dec("0.738889")));
    }

    #[test]
    fn without_a_given_rate_of_the_sent_day_the_spread_is_unknown() {
        let (mut kit, payout) = kit();
        kit.rate(2, Currency::GBP, "2026-11-18", "1.50");
        let of = exchanged(&kit.book, &payout).unwrap();
        assert_eq!((of.reference, of.spread(), of.spread_percent()), (None, None, None));
        assert!(of.implied.is_some());
        let later = kit.book.rates().next().unwrap();
        kit.put(crate::domain::exchange::ExchangeRate { estimate: true, on: day("2026-11-16"), ..(**later).clone() });
        assert_eq!(exchanged(&kit.book, &payout).unwrap().spread(), None, "an estimate is no reference");
    }

    #[test]
    fn what_the_market_moved_runs_from_the_days_of_the_work_to_the_day_it_was_sent() {
        let (mut kit, payout) = kit();
        let allocations = vec![crate::domain::payout::Allocation { earning: EarningId(1), amount: usd("100.00") }];
        let payout = Payout { allocations, ..payout };
        // A pound is $1.20 on 2 November, $1.50 on the 9th, $1.25 on the 16th, when it was sent.
        for (id, on, rate) in [(1, "2026-11-02", "1.20"), (2, "2026-11-09", "1.50"), (3, "2026-11-16", "1.25")] {
            kit.rate(id, Currency::GBP, on, rate);
        }
        let worked = |_| vec![(day("2026-11-02"), dec("1")), (day("2026-11-09"), dec("2"))];
        // $30 of the net $90: £24.00 instead of £25.00; $60: £48.00 instead of £40.00.
        assert_eq!(drift(&kit.book, &payout, worked), Some(pounds("7.00")));
        assert_eq!(drift(&kit.book, &payout, |_| vec![(day("2026-10-20"), dec("1"))]), None, "no rate of the work day");
        // As it was sent, in a book of another home currency: £90.00 at $1.25 instead of $1.20 are $4.50.
        let same = Payout {
            gross: pounds("100"),
            platform_fee: Some(pounds("10")),
            received: Some(pounds("90")),
            received_on: Some(day("2026-11-16")),
            allocations: vec![crate::domain::payout::Allocation { earning: EarningId(1), amount: pounds("100") }],
            ..payout
        };
        assert_eq!(drift(&kit.book, &same, |_| vec![(day("2026-11-02"), dec("1"))]), Some(usd("4.50")));
    }

    #[test]
    fn money_of_one_currency_is_exchanged_only_where_the_user_says_so() {
        let (kit, payout) = kit();
        let same = Payout { received: Some(usd("85.00")), ..payout };
        assert_eq!(exchanged(&kit.book, &same), None);
        let said = Payout { difference: Some(Difference::Exchange), ..same };
        assert_eq!(exchanged(&kit.book, &said).unwrap().spread(), Some(usd("-5.00")));
        assert_eq!(exchanged(&kit.book, &Payout { received: None, ..said }), None, "still under way");
    }
}
