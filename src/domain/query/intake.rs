//! Intake: what a Book takes of a sheet of reference rates.
//!
//! Only the currencies that it uses, from its first day on: the sheet of the European Central Bank holds two hundred
//! thousand rates, a Book with three currencies needs five hundred a year. What the user typed is never replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::exchange::{ExchangeRate, MAX_AGE_DAYS, Sheet};
use crate::domain::ids::RateId;
use crate::domain::money::Currency;
use crate::domain::span::{DayRange, day_plus};

/// Which currencies of a sheet are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// Those that the Book uses.
    #[default]
    Used,
    /// All of them.
    All,
}

/// A rate that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Taken {
    /// The rate of the same publisher that it replaces.
    replaces: Option<RateId>,
    on: NaiveDate,
    quote: Currency,
    rate: Decimal,
}

/// What a Book takes of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// Who publishes the sheet.
    pub source: &'static str,
    /// Its base.
    pub base: Currency,
    /// The days of the sheet; `None` where it is empty.
    pub sheet_days: Option<DayRange>,
    /// How many days have rates in it.
    pub sheet_day_count: usize,
    /// How many rates it holds.
    pub sheet_count: usize,
    /// The days of what is taken, known rates included; `None` where nothing of it is of use.
    pub days: Option<DayRange>,
    /// The currencies that are taken, known ones included.
    pub currencies: BTreeSet<Currency>,
    /// The currencies that the Book uses and the sheet lacks on the days asked for.
    pub lacking: BTreeSet<Currency>,
    /// How many of its rates the Book holds already, figure for figure.
    pub known: usize,
    /// How many rates stay as the user typed them, although the sheet has one of the same pair and day.
    pub typed: usize,
    taken: Vec<Taken>,
}

impl Intake {
    /// What a Book takes of a sheet: the days from a week before the Book's first day on, so that the first day finds the
    /// last rate before it. `today` is the user's day, for a Book that holds nothing yet.
    #[must_use]
    pub fn of(book: &Book, sheet: &Sheet, extent: Extent, today: NaiveDate) -> Self {
        let used = used_currencies(book);
        let from = day_plus(first_day(book).map_or(today, |first| first.min(today)), -MAX_AGE_DAYS);
        // One currency alone is never converted.
        let needed = used.len() > 1 || extent == Extent::All;
        let wanted = |currency: &Currency| needed && (extent == Extent::All || used.contains(currency));
        let held = held(book, sheet.base);
        let mut intake = Self {
            source: sheet.source,
            base: sheet.base,
            sheet_days: sheet.span(),
            sheet_day_count: sheet.days.len(),
            sheet_count: sheet.count(),
            days: None,
            currencies: BTreeSet::new(),
            lacking: BTreeSet::new(),
            known: 0,
            typed: 0,
            taken: Vec::new(),
        };
        for (on, rates) in sheet.days.range(from..) {
            for (quote, rate) in rates.iter().filter(|(quote, _)| wanted(quote)) {
                intake.currencies.insert(*quote);
                intake.days = Some(intake.days.map_or(DayRange::day(*on), |days| DayRange::new(days.first, *on)));
                intake.take(*on, *quote, *rate, held.get(&(*quote, *on)));
            }
        }
        if needed {
            intake.lacking = used;
            intake.lacking.retain(|one| *one != sheet.base && !intake.currencies.contains(one));
        }
        intake
    }

    fn take(&mut self, on: NaiveDate, quote: Currency, rate: Decimal, held: Option<&Arc<ExchangeRate>>) {
        let replaces = match held {
            Some(held) if held.source != self.source && !held.estimate => {
                self.typed += 1;
                return;
            }
            Some(held) if held.source == self.source && held.rate == rate => {
                self.known += 1;
                return;
            }
            Some(held) => Some(held.id),
            None => None,
        };
        self.taken.push(Taken { replaces, on, quote, rate });
    }

    /// How many rates are new.
    #[must_use]
    pub fn new_count(&self) -> usize {
        self.taken.iter().filter(|taken| taken.replaces.is_none()).count()
    }

    /// How many rates say something else than the Book's: corrected ones, and estimates that give way.
    #[must_use]
    pub fn changed_count(&self) -> usize {
        self.taken.len() - self.new_count()
    }

    /// Whether the Book would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.taken.is_empty()
    }

    /// The rates as the Book is to hold them; `draw` gives ids for the new ones.
    pub fn rates(&self, mut draw: impl FnMut() -> u64) -> Vec<ExchangeRate> {
        self.taken
            .iter()
            .map(|taken| ExchangeRate {
                id: taken.replaces.unwrap_or_else(|| RateId(draw())),
                base: self.base,
                quote: taken.quote,
                on: taken.on,
                rate: taken.rate,
                source: self.source.to_owned(),
                estimate: false,
            })
            .collect()
    }
}

/// The rates of a base that the Book holds, by the other currency and day; of two of a day what the user typed. What
/// the user typed the other way round says the same.
fn held(book: &Book, base: Currency) -> BTreeMap<(Currency, NaiveDate), Arc<ExchangeRate>> {
    let mut held: BTreeMap<(Currency, NaiveDate), Arc<ExchangeRate>> = BTreeMap::new();
    for rate in book.rates() {
        let other = match (rate.base == base, rate.quote == base && !rate.estimate) {
            (true, _) => rate.quote,
            (false, true) => rate.base,
            (false, false) => continue,
        };
        held.entry((other, rate.on))
            .and_modify(|known| {
                if known.estimate {
                    *known = Arc::clone(rate);
                }
            })
            .or_insert_with(|| Arc::clone(rate));
    }
    held
}

/// The currencies that a Book's money is in, those of settings and platforms included.
#[must_use]
pub fn used_currencies(book: &Book) -> BTreeSet<Currency> {
    let settings = book.settings();
    let mut used = BTreeSet::from([settings.home_currency]);
    used.extend(settings.second_currency);
    used.extend(book.platforms().map(|platform| platform.currency));
    used.extend(book.all_terms().map(|terms| terms.currency));
    used.extend(book.bills().map(|bill| bill.amount.currency));
    used.extend(book.earnings().map(|earning| earning.amount.currency));
    for payout in book.payouts() {
        used.insert(payout.gross.currency);
        used.extend(payout.received.map(|received| received.currency));
        used.extend(payout.legs.iter().filter_map(|leg| leg.arrived).map(|arrived| arrived.currency));
    }
    used.extend(book.sessions().filter_map(|session| session.own_price).map(|price| price.currency));
    used
}

/// The first day of anything that has money or time: in the user's zone.
fn first_day(book: &Book) -> Option<NaiveDate> {
    // A payout without any day stands in the first month of the calendar: it says nothing.
    let payouts = book.payouts().filter_map(|payout| payout.booked_on());
    let sessions = book.sessions().map(|session| book.day_of(session));
    let earnings = book.earnings().map(|earning| earning.worked.first);
    payouts.chain(sessions).chain(earnings).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::{Kit, day, dec};

    /// Five days of the test, of which the first lies before anything the Book holds.
    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("European Central Bank", Currency::EUR);
        for (on, dollars) in [("2020-01-02", "1.1193"), ("2026-11-16", "1.1590"), ("2026-11-17", "1.1600")] {
            let rates = [(Currency::USD, dec(dollars)), (Currency::GBP, dec("0.87")), (code("JPY"), dec("180"))];
            sheet.days.insert(day(on), rates.into());
        }
        sheet
    }

    fn code(text: &str) -> Currency {
        text.parse().unwrap()
    }

    /// Work in dollars and pounds from 20 November on.
    fn kit() -> Kit {
        let mut kit = Kit::new();
        kit.terms(9, 2, Currency::GBP, crate::domain::terms::Pay::PerHour(20.into()));
        kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
        kit
    }

    fn intake(kit: &Kit, extent: Extent) -> Intake {
        Intake::of(&kit.book, &sheet(), extent, day("2026-11-22"))
    }

    #[test]
    fn only_used_currencies_are_taken_and_only_from_a_week_before_the_first_day_on() {
        let intake = intake(&kit(), Extent::Used);
        assert_eq!(intake.currencies, BTreeSet::from([Currency::GBP, Currency::USD]));
        assert_eq!(intake.days, Some(DayRange::new(day("2026-11-16"), day("2026-11-17"))));
        assert_eq!((intake.new_count(), intake.changed_count(), intake.known, intake.typed), (4, 0, 0, 0));
        assert_eq!((intake.sheet_count, intake.sheet_days.map(|days| days.first)), (9, Some(day("2020-01-02"))));
        assert!(intake.lacking.is_empty());
        let all = Intake::of(&kit().book, &sheet(), Extent::All, day("2026-11-22"));
        assert_eq!((all.new_count(), all.currencies.len()), (6, 3), "all currencies, on the days that count");
    }

    #[test]
    fn taken_once_everything_is_known_and_what_was_typed_stays() {
        let mut kit = kit();
        let mut next = 100;
        let first = intake(&kit, Extent::Used);
        for rate in first.rates(|| {
            next += 1;
            next
        }) {
            assert_eq!(
                (rate.source.as_str(), rate.estimate, rate.base),
                ("European Central Bank", false, Currency::EUR)
            );
            kit.put(rate);
        }
        let again = intake(&kit, Extent::Used);
        assert!(again.is_empty());
        assert_eq!(again.known, 4);
        let of = |kit: &Kit, on: &str| {
            let found = kit.book.rates().find(|rate| rate.quote == Currency::USD && rate.on == day(on));
            (**found.unwrap()).clone()
        };
        // One of the publisher's was corrected, one was typed by the user, one is an estimate.
        let corrected = of(&kit, "2026-11-16");
        kit.put(ExchangeRate { rate: dec("1.15"), ..corrected.clone() });
        kit.put(ExchangeRate { source: "own".into(), rate: dec("1.14"), ..of(&kit, "2026-11-17") });
        let third = intake(&kit, Extent::Used);
        assert_eq!((third.new_count(), third.changed_count(), third.known, third.typed), (0, 1, 2, 1));
        assert_eq!(third.rates(|| 0), [corrected]);
        kit.put(ExchangeRate { estimate: true, source: "payout".into(), ..of(&kit, "2026-11-17") });
        assert_eq!(intake(&kit, Extent::Used).changed_count(), 2, "an estimate gives way");
    }

    #[test]
    fn a_book_of_one_currency_needs_none_and_what_the_sheet_lacks_is_named() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
        assert!(intake(&kit, Extent::Used).is_empty());
        kit.settings(|settings| settings.home_currency = code("KES"));
        let intake = intake(&kit, Extent::Used);
        assert_eq!(intake.currencies, BTreeSet::from([Currency::USD]));
        assert_eq!(intake.lacking, BTreeSet::from([code("KES")]));
    }
}
