//! What an exchange on the way of a landed payout came to: its rate beside the reference, what it took, what the market did.
//!
//! Where no reference is known the spread is unknown, and says so; nothing is guessed.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::detail::Fact;
use crate::domain::book::Book;
use crate::domain::exchange::Quote;
use crate::domain::ids::EarningId;
use crate::domain::money::{Currency, Money};
use crate::domain::payout::Payout;
use crate::domain::query::exchanged::{drift, exchanged};
use crate::domain::query::value;
use crate::domain::span::Now;
use crate::ui::format::Style;
use crate::ui::view::reasons;

/// Digits of a rate that are shown: as many as the tables give.
const DIGITS: u32 = 6;

/// The facts of the exchange; none where nothing was exchanged and no market was between.
pub(super) fn facts(book: &Book, payout: &Payout, now: Now, today: NaiveDate) -> Vec<Fact> {
    let style = Style::of(book.settings());
    let mut facts = Vec::new();
    let mut say = |name: &'static str, figure: String| facts.push(Fact { name, figure });
    if let Some(of) = exchanged(book, payout) {
        let (from, to) = (of.sent_net.currency, of.received.currency);
        if let Some(implied) = of.implied.filter(|_| from != to) {
            say("It came at", pair(from, to, implied, style));
        }
        match of.reference {
            Some(reference) => {
                if let Some(quote) = reference.quote {
                    say("Reference rate", pair(from, to, reference.rate, style));
                    say("Its source", sources(book, quote, style, today));
                }
                if let Some(spread) = of.spread() {
                    let share = of.spread_percent().map(|share| share.round_dp(1).normalize());
                    let share = share.map_or_else(String::new, |share| format!(" ({} %)", style.exact(share)));
                    say("Spread", format!("{}{share}", signed(spread, style)));
                }
            }
            None => say("Spread", "unknown, no reference rate".to_owned()),
        }
    }
    if let Some(moved) = drift(book, payout, |earning| worked(book, earning, now)) {
        say("Market since the work", signed(moved, style));
    }
    facts
}

/// "1 USD = 0.738889 GBP".
fn pair(from: Currency, to: Currency, rate: Decimal, style: Style) -> String {
    format!("1 {from} = {} {to}", style.exact(rate.round_sf(DIGITS).unwrap_or(rate).normalize()))
}

/// "Fri 13 Nov, European Central Bank, through EUR": whose rate it is, and how it was made.
fn sources(book: &Book, quote: Quote, style: Style, today: NaiveDate) -> String {
    let mut sources: Vec<String> =
        quote.rates().filter_map(|id| book.rate(id)).map(|rate| rate.source.clone()).collect();
    sources.dedup();
    let via = quote.via.map_or_else(String::new, |via| format!(", through {via}"));
    format!("{}, {}{via}", style.day(quote.on, today), sources.join(" and "))
}

fn signed(money: Money, style: Style) -> String {
    let shown = style.money(money);
    if money.rounded().amount > Decimal::ZERO { format!("+{shown}") } else { shown }
}

/// The days on which an earning was worked, each with its weight: by price where every session has one in the same
/// currency, else by own time; its first day where it stands for no session.
fn worked(book: &Book, earning: EarningId, now: Now) -> Vec<(NaiveDate, Decimal)> {
    let Some(earning) = book.earning(earning) else { return Vec::new() };
    let sessions: Vec<_> =
        reasons::sessions_covered(book, &earning.covers).into_iter().filter_map(|id| book.session(id)).collect();
    if sessions.is_empty() {
        return vec![(earning.worked.first, Decimal::ONE)];
    }
    let price = |session: &&std::sync::Arc<crate::domain::session::Session>| {
        let priced = value::recorded(book, session, now.at).ok()?.money;
        (priced.currency == earning.amount.currency).then_some(priced.amount)
    };
    let prices: Option<Vec<Decimal>> = sessions.iter().map(price).collect();
    let by_time = || sessions.iter().map(|session| Decimal::from(session.own_secs(now.at))).collect();
    let weights = prices.filter(|prices| prices.iter().any(|price| !price.is_zero())).unwrap_or_else(by_time);
    sessions.iter().map(|session| book.day_of(session)).zip(weights).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::earning::{Covers, Earning};
    use crate::domain::exchange::ExchangeRate;
    use crate::domain::ids::{PayoutId, PlatformId, ProjectId, RateId};
    use crate::domain::payout::Allocation;
    use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
    use crate::domain::span::DayRange;
    use crate::domain::terms::Pay;

    /// Five hours at £20 on 2 November; £10.00 kept, the rest sent on the 16th, $112.00 came on the 18th.
    fn kit(rates: &[(&str, Currency, &str)]) -> Kit {
        let mut kit = Kit::new();
        kit.terms(2, 2, Currency::GBP, Pay::PerHour(20.into()));
        let session = kit.work(1, 2, "2026-11-02T09:00:00Z", "2026-11-02T14:00:00Z", |_| {});
        let pounds = |text| Money::new(dec(text), Currency::GBP);
        kit.put(Earning {
            project: Some(ProjectId(2)),
            covers: Covers::Sessions(vec![session]),
            ..Earning::work(EarningId(1), PlatformId(2), pounds("100"), DayRange::day(day("2026-11-02")))
        });
        kit.put(Payout {
            platform_fee: Some(pounds("10")),
            sent_on: Some(day("2026-11-16")),
            received: Some(usd("112")),
            received_on: Some(day("2026-11-18")),
            allocations: vec![Allocation { earning: EarningId(1), amount: pounds("100") }],
            ..Payout::new(PayoutId(1), PlatformId(2), pounds("100"))
        });
        for (id, (on, quote, rate)) in rates.iter().enumerate() {
            kit.put(ExchangeRate {
                id: RateId(id as u64 + 1),
                base: Currency::EUR,
                quote: *quote,
                on: day(on),
                rate: dec(rate),
                source: "European Central Bank".into(),
                estimate: false,
            });
        }
        kit
    }

    fn said(kit: &Kit) -> Vec<(&'static str, String)> {
        let payout = kit.book.payout(PayoutId(1)).unwrap();
        let now = Now { at: at("2026-11-22T13:00:00Z"), zone: chrono_tz::UTC };
        facts(&kit.book, payout, now, day("2026-11-22")).into_iter().map(|fact| (fact.name, fact.figure)).collect()
    }

    #[test]
    fn the_rate_it_came_at_stands_beside_the_reference_with_its_sources_and_the_day() {
        // By the euro: a pound is 1.17 ÷ 0.90 = $1.30 on the 2nd and 1.152 ÷ 0.90 = $1.28 on the 16th.
        let kit = kit(&[
            ("2026-11-02", Currency::USD, "1.17"),
            ("2026-11-02", Currency::GBP, "0.90"),
            ("2026-11-16", Currency::USD, "1.152"),
            ("2026-11-16", Currency::GBP, "0.90"),
        ]);
        // $112 for £90 are 1.24444; at the reference £90 are $115.20: −$3.20, of which −2.8 %. The market: 90 × −0.02.
        let expected = [
            ("It came at", "1 GBP = 1.24444 USD"),
            ("Reference rate", "1 GBP = 1.28 USD"),
            ("Its source", "Mon 16 Nov, European Central Bank, through EUR"),
            ("Spread", "−$3.20 (−2.8 %)"),
            ("Market since the work", "−$1.80"),
        ];
        assert_eq!(said(&kit), expected.map(|(name, figure)| (name, figure.to_owned())));
    }

    #[test]
    fn without_a_reference_the_spread_is_unknown_and_the_market_says_nothing() {
        let expected = [("It came at", "1 GBP = 1.24444 USD"), ("Spread", "unknown, no reference rate")];
        assert_eq!(said(&kit(&[])), expected.map(|(name, figure)| (name, figure.to_owned())));
    }
}
