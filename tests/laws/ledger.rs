//! Our money beside a peer's: a year is written as a journal, hledger reads it, and its totals are ours to the cent.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use rust_decimal::Decimal;
use truerate::domain::book::Book;
use truerate::domain::earning::EarningState;
use truerate::domain::ids::PlatformId;
use truerate::domain::money::Currency;
use truerate::domain::query::balance::balance;
use truerate::domain::query::calendar::Calendar;
use truerate::domain::query::settles::open_of_earning;
use truerate::export::journal;
use truerate::sample::{self, Plan};
use truerate::store::catalogue;

use crate::generated::{book_after, now, steps};

/// Sums by the account's first and second part, and currency; those that are zero are left out.
type Totals = BTreeMap<(String, String, String), Decimal>;

/// What hledger makes of a journal; `None` where it is not at hand.
#[expect(clippy::disallowed_methods, reason = "a test that asks another program")]
fn by_hledger(journal: &str) -> Option<Totals> {
    let arguments = ["-f", "-", "balance", "--flat", "--depth", "2", "--no-total", "--layout", "bare", "-O", "csv"];
    let run = Command::new("hledger").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut run) = run else {
        eprintln!("skipped: there is no hledger here (on Debian: apt-get install hledger)");
        return None;
    };
    run.stdin.take().unwrap().write_all(journal.as_bytes()).unwrap();
    let told = run.wait_with_output().unwrap();
    assert!(told.status.success(), "hledger refuses the journal");
    let mut totals = Totals::new();
    for row in csv::Reader::from_reader(told.stdout.as_slice()).records() {
        let row = row.unwrap();
        let (first, second) = row[0].split_once(':').unwrap_or((&row[0], ""));
        let sum: Decimal = row[2].parse().unwrap();
        add(&mut totals, first, second, &row[1], sum);
    }
    totals.retain(|_, sum| !sum.is_zero());
    Some(totals)
}

fn add(totals: &mut Totals, first: &str, second: &str, currency: &str, sum: Decimal) {
    *totals.entry((first.to_owned(), second.to_owned(), currency.to_owned())).or_default() += sum;
}

/// The same by the queries that the window shows, of what they tell: owed, received, surplus, fees and tax.
fn ours(book: &Book) -> Totals {
    let mut totals = Totals::new();
    let name = |id: PlatformId| book.platform(id).map_or_else(String::new, |platform| platform.name.clone());
    for earning in book.earnings() {
        if !matches!(earning.state(), Some(EarningState::Rejected | EarningState::WrittenOff)) {
            let open = open_of_earning(book, earning, None);
            add(&mut totals, "Owed", &name(earning.platform), open.currency.code(), open.amount);
        }
    }
    for arrived in book.payouts().filter_map(|payout| payout.arrived()) {
        add(&mut totals, "Received", "", arrived.currency.code(), arrived.amount);
    }
    // A fee that was taken off after an exchange is no part of a balance.
    for payout in book.payouts() {
        let fee = payout.payout_fee().filter(|fee| fee.currency != payout.gross.currency);
        let settles = || payout.allocations.iter().find_map(|part| book.earning(part.earning));
        let payer = payout.platform.or_else(|| settles().map(|earning| earning.platform));
        if let (Some(fee), Some(payer)) = (fee, payer) {
            add(&mut totals, "Fees", &name(payer), fee.currency.code(), fee.amount);
        }
    }
    for platform in book.platforms() {
        let mut currencies: Vec<Currency> = book.payouts().map(|payout| payout.gross.currency).collect();
        currencies.sort_unstable();
        currencies.dedup();
        for currency in currencies {
            let balance = balance(book, &Calendar::default(), platform.id, currency);
            let name = name(platform.id);
            add(&mut totals, "Surplus", &name, currency.code(), -balance.surplus);
            add(&mut totals, "Fees", &name, currency.code(), balance.platform_fee + balance.payout_fee);
            add(&mut totals, "Tax withheld", &name, currency.code(), balance.tax);
        }
    }
    totals.retain(|_, sum| !sum.is_zero());
    totals
}

/// The totals of hledger that ours have, and ours.
fn compared(book: &Book) -> Option<(Totals, Totals)> {
    let mut theirs = by_hledger(&journal::written(book).text)?;
    let ours = ours(book);
    let sum: BTreeMap<String, Decimal> = theirs.iter().fold(BTreeMap::new(), |mut sums, ((.., currency), sum)| {
        *sums.entry(currency.clone()).or_default() += *sum;
        sums
    });
    assert!(sum.values().all(Decimal::is_zero), "each currency comes to zero: {sum:?}");
    let told = ["Owed", "Received", "Surplus", "Fees", "Tax withheld"];
    theirs.retain(|(first, ..), _| told.contains(&first.as_str()));
    Some((theirs, ours))
}

#[test]
fn a_year_comes_to_the_same_in_hledger_to_the_cent() {
    let presets = catalogue::read().unwrap();
    for seed in [sample::SEED, 5, 77] {
        let plan = Plan { days: 365, running: true, ..Plan::of_size(2_500, seed, now()) };
        let book = sample::book(&plan, &presets);
        assert!(book.earnings().count() > 100 && book.payouts().count() > 40, "there is something to compare");
        let Some((theirs, ours)) = compared(&book) else { return };
        assert_eq!(theirs, ours, "seed {seed}");
        assert!(ours.len() > 4, "{ours:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever is done to it: money that comes short, in another currency, too much, or goes back.
    #[test]
    fn hledger_agrees_whatever_the_user_did(seed in 0..u64::MAX, steps in steps(40)) {
        let book = book_after(seed, 150, &steps);
        if let Some((theirs, ours)) = compared(&book) {
            prop_assert_eq!(theirs, ours);
        }
    }
}
