//! The money of a Book as a journal of double entries, which `hledger` and `ledger` read: what was earned, what is owed, what
//! came, and what was taken off on the way.
//!
//! ```text
//! 2026-03-08 Outlier, Aloe                  2026-03-18 Outlier paid
//!     Owed:Outlier          50.00 USD           Received          44.10 EUR
//!     Earned:Outlier:Aloe  -50.00 USD           Fees:Outlier       1.00 USD
//!                                               Exchange:Outlier -44.10 EUR
//!                                               Exchange:Outlier  49.00 USD
//!                                               Owed:Outlier     -50.00 USD
//! ```
//!
//! Promises: the same Book gives the same bytes; each amount stands as it is recorded, exact, and currencies never add: each
//! of them comes to zero in each entry. An earning stands on its last day of work with what is owed of it, one that was
//! refused or given up with what was paid of it all the same. A payout stands on the day it arrived, else on the one it was
//! sent. Estimates are in no entry.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::plain;
use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningKind, EarningState};
use crate::domain::ids::{EarningId, PlatformId};
use crate::domain::money::{Currency, Money};
use crate::domain::payout::Payout;
use crate::domain::span::Month;

/// What is written: the text of the file, and how many earnings and payouts are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file, in UTF-8.
    pub text: String,
    /// How many earnings have money that is in it.
    pub earnings: usize,
    /// How many payouts.
    pub payouts: usize,
}

/// The recorded money of a Book, by day.
#[must_use]
pub fn written(book: &Book) -> Written {
    let mut paid: BTreeMap<EarningId, Decimal> = BTreeMap::new();
    for payout in book.payouts() {
        for part in &payout.allocations {
            let currency = book.earning(part.earning).map(|earning| earning.amount.currency);
            if currency == Some(part.amount.currency) {
                *paid.entry(part.earning).or_default() += part.amount.amount;
            }
        }
    }
    let of_earning = |earning: &Earning| {
        let paid = paid.get(&earning.id).copied().unwrap_or_default();
        earned(book, earning, paid)
    };
    let mut entries: Vec<Entry> = book.earnings().filter_map(|earning| of_earning(earning)).collect();
    let earnings = entries.len();
    entries.extend(book.payouts().filter_map(|payout| came(book, payout)));
    let payouts = entries.len() - earnings;
    // What stands on one day stays in the order of the Book: earnings before payouts.
    entries.sort_by_key(|entry| entry.on);
    let mut text = String::from("; Money as it is recorded; estimates are not in it\n");
    for entry in entries {
        entry.write(&mut text);
    }
    Written { text, earnings, payouts }
}

/// An entry: its day, what it is, and accounts with what they get.
struct Entry {
    on: NaiveDate,
    what: String,
    postings: Vec<(String, Money)>,
}

impl Entry {
    /// An entry with the postings that are not zero; `None` where there are none.
    fn of(on: NaiveDate, what: String, postings: impl IntoIterator<Item = (String, Money)>) -> Option<Self> {
        let postings: Vec<_> = postings.into_iter().filter(|(_, money)| !money.amount.is_zero()).collect();
        (!postings.is_empty()).then_some(Self { on, what, postings })
    }

    fn write(&self, text: &mut String) {
        // Writing to a string can't fail.
        _ = writeln!(text, "\n{} {}", self.on, self.what);
        for (account, money) in &self.postings {
            _ = writeln!(text, "    {account}  {} {}", money.amount.normalize(), money.currency.code());
        }
    }
}

fn earned(book: &Book, earning: &Earning, paid: Decimal) -> Option<Entry> {
    let is_over = matches!(earning.state(), Some(EarningState::Rejected | EarningState::WrittenOff));
    let money = if is_over { earning.amount.with(paid) } else { earning.owed() };
    let project = earning.project.and_then(|id| book.project(id)).map(|project| plain(&project.name));
    let project = project.filter(|name| !name.is_empty());
    let payer = payer(book, Some(earning.platform));
    let first = if earning.kind == EarningKind::Opening { "Brought in" } else { "Earned" };
    let from = match &project {
        Some(project) => format!("{first}:{payer}:{project}"),
        None => format!("{first}:{payer}"),
    };
    let what = project.map_or_else(|| payer.clone(), |project| format!("{payer}, {project}"));
    let postings = [(format!("Owed:{payer}"), money), (from, money.with(-money.amount))];
    Entry::of(earning.worked.last, what, postings)
}

fn came(book: &Book, payout: &Payout) -> Option<Entry> {
    let settles = || payout.allocations.iter().find_map(|part| book.earning(part.earning));
    let payer = payer(book, payout.platform.or_else(|| settles().map(|earning| earning.platform)));
    let (arrives, arrived) = match payout.arrived() {
        Some(arrived) => ("Received".to_owned(), arrived),
        None => (format!("Under way:{payer}"), payout.sent_net()),
    };
    let fees = [payout.platform_fee, payout.payout_fee()].into_iter().flatten();
    let mut postings = vec![(arrives, arrived)];
    postings.extend(fees.map(|fee| (format!("Fees:{payer}"), fee)));
    postings.extend(payout.tax_withheld.map(|tax| (format!("Tax withheld:{payer}"), tax)));
    for part in &payout.allocations {
        let platform = book.earning(part.earning).map(|earning| earning.platform).or(payout.platform);
        let owes = self::payer(book, platform);
        postings.push((format!("Owed:{owes}"), part.amount.with(-part.amount.amount)));
    }
    let surplus = payout.unallocated();
    postings.push((format!("Surplus:{payer}"), surplus.with(-surplus.amount)));
    let rests = rests(&postings);
    // One currency that does not come to zero is a difference that nobody explained; two are an exchange.
    let why = if rests.len() > 1 { "Exchange" } else { "Unexplained" };
    postings.extend(rests.into_iter().map(|rest| (format!("{why}:{payer}"), rest.with(-rest.amount))));
    let on = payout.received_on.or_else(|| payout.booked_on());
    // Without a day it stands where it stands in the Book.
    let on = on.unwrap_or_else(|| Month { year: 1970, month: 1 }.first_day());
    Entry::of(on, format!("{payer} paid"), postings)
}

/// What the postings of each currency come to, where it is not zero.
fn rests(postings: &[(String, Money)]) -> Vec<Money> {
    let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
    for (_, money) in postings {
        *sums.entry(money.currency).or_default() += money.amount;
    }
    let rests = sums.into_iter().filter(|(_, sum)| !sum.is_zero());
    rests.map(|(currency, sum)| Money::new(sum, currency)).collect()
}

/// The part of an account that stands for a platform.
fn payer(book: &Book, platform: Option<PlatformId>) -> String {
    let name = platform.and_then(|id| book.platform(id)).map(|platform| plain(&platform.name));
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "Not named".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Record};
    use crate::domain::earning::DatedState;
    use crate::domain::ids::{PayoutId, ProjectId};
    use crate::domain::payout::{Allocation, Leg};
    use crate::domain::platform::{Platform, Project};
    use crate::domain::query::work::testkit::{day, dec};
    use crate::domain::settings::Settings;
    use crate::domain::span::DayRange;

    fn usd(amount: &str) -> Money {
        Money::new(dec(amount), Currency::USD)
    }

    fn earning(id: u64, amount: &str, on: &str) -> Earning {
        let days = DayRange::day(day(on));
        Earning { project: Some(ProjectId(1)), ..Earning::work(EarningId(id), PlatformId(1), usd(amount), days) }
    }

    fn text(records: impl IntoIterator<Item = Record>) -> String {
        let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
        let mut put = |record: Record| book.apply(&Change::create(record));
        put(Platform::new(PlatformId(1), "Data: (work)", Currency::USD).into());
        put(Project::new(ProjectId(1), PlatformId(1), "Aloe; two").into());
        records.into_iter().for_each(put);
        written(&book).text
    }

    #[test]
    fn an_exchange_comes_to_zero_in_each_currency() {
        let payout = Payout {
            received: Some(Money::new(dec("44.10"), Currency::EUR)),
            received_on: Some(day("2026-03-18")),
            platform_fee: Some(usd("1")),
            allocations: vec![Allocation { earning: EarningId(1), amount: usd("50") }],
            legs: vec![Leg { fee: Some(Money::new(dec("0.9"), Currency::EUR)), ..Leg::default() }],
            ..Payout::new(PayoutId(1), PlatformId(1), usd("52"))
        };
        assert_eq!(
            text([earning(1, "50.00", "2026-03-08").into(), payout.into()]),
            "; Money as it is recorded; estimates are not in it\n\
             \n2026-03-08 Data work, Aloe two\n    Owed:Data work  50 USD\n    Earned:Data work:Aloe two  -50 USD\n\
             \n2026-03-18 Data work paid\n    Received  44.1 EUR\n    Fees:Data work  1 USD\n    Fees:Data work  0.9 EUR\n    \
             Owed:Data work  -50 USD\n    Surplus:Data work  -2 USD\n    Exchange:Data work  -45 EUR\n    \
             Exchange:Data work  51 USD\n"
        );
    }

    #[test]
    fn what_was_refused_is_worth_what_was_paid_of_it_and_a_difference_is_unexplained() {
        let mut refused = earning(1, "50.00", "2026-03-08");
        refused.states.push(DatedState { on: day("2026-03-09"), state: EarningState::Rejected });
        let mut given_up = earning(2, "30.00", "2026-03-08");
        given_up.states.push(DatedState { on: day("2026-03-09"), state: EarningState::WrittenOff });
        let payout = Payout {
            received: Some(usd("9")),
            received_on: Some(day("2026-03-18")),
            allocations: vec![Allocation { earning: EarningId(2), amount: usd("10") }],
            ..Payout::new(PayoutId(1), PlatformId(1), usd("10"))
        };
        assert_eq!(
            text([refused.into(), given_up.into(), payout.into()]),
            "; Money as it is recorded; estimates are not in it\n\
             \n2026-03-08 Data work, Aloe two\n    Owed:Data work  10 USD\n    Earned:Data work:Aloe two  -10 USD\n\
             \n2026-03-18 Data work paid\n    Received  9 USD\n    Owed:Data work  -10 USD\n    Unexplained:Data work  1 USD\n"
        );
    }
}
