//! Every cent is somewhere, and once: what was worked is sent, cut, given up or open, and what is open has a place.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;
use truerate::domain::book::Book;
use truerate::domain::earning::{EarningKind, EarningState, HeldKind};
use truerate::domain::ids::PlatformId;
use truerate::domain::money::{Bag, Currency};
use truerate::domain::query::calendar::{Calendar, Source, UnknownDate, Window, calendar};
use truerate::domain::query::coverage::Coverage;
use truerate::domain::query::exposure::{OpenState, exposure};
use truerate::domain::query::value;

use crate::generated::{book_after, now, steps};

type Key = (PlatformId, Currency);

/// One platform's money in one currency, as its records tell it; `open` as the calendar does.
#[derive(Debug, Default, PartialEq)]
struct Balance {
    worked: Decimal,
    adjustments: Decimal,
    surplus: Decimal,
    sent_net: Decimal,
    platform_fee: Decimal,
    payout_fee: Decimal,
    tax_withheld: Decimal,
    rejected: Decimal,
    written_off: Decimal,
    open: Decimal,
}

impl Balance {
    fn left(&self) -> Decimal {
        self.worked + self.adjustments + self.surplus
    }

    fn right(&self) -> Decimal {
        let sent = self.sent_net + self.platform_fee + self.payout_fee + self.tax_withheld;
        sent + self.rejected + self.written_off + self.open
    }
}

fn balances(book: &Book, calendar: &Calendar) -> BTreeMap<Key, Balance> {
    let mut all: BTreeMap<Key, Balance> = BTreeMap::new();
    let coverage = Coverage::of(book);
    for session in book.sessions().filter(|session| session.paid) {
        let Some(platform) = book.platform_of(session.project) else { continue };
        if coverage.earning_of(book, session).is_none()
            && let Ok(priced) = value::credited(book, session, now().at)
        {
            all.entry((platform.id, priced.money.currency)).or_default().worked += priced.money.amount;
        }
    }
    let mut paid: BTreeMap<_, Decimal> = BTreeMap::new();
    for part in book.payouts().flat_map(|payout| &payout.allocations) {
        *paid.entry(part.earning).or_default() += part.amount.amount;
    }
    for earning in book.earnings() {
        let of = all.entry((earning.platform, earning.amount.currency)).or_default();
        let amount = earning.amount.amount;
        if earning.kind == EarningKind::Adjustment {
            of.adjustments += amount;
        } else {
            of.worked += amount;
        }
        let (accepted, owed) = (earning.accepted().amount, earning.owed().amount);
        of.rejected += amount - accepted;
        let paid = paid.get(&earning.id).copied().unwrap_or_default();
        // More than is owed was paid, or it was paid before it was refused.
        let rest = owed - paid;
        let over = if rest.is_zero() || (rest > Decimal::ZERO) == (owed > Decimal::ZERO) && !owed.is_zero() {
            Decimal::ZERO
        } else {
            -rest
        };
        of.surplus += over;
        if earning.state() == Some(EarningState::WrittenOff) {
            of.written_off += accepted;
        }
    }
    for payout in book.payouts() {
        let of = all.entry((payout.platform.unwrap(), payout.gross.currency)).or_default();
        let known = |money: Option<truerate::domain::money::Money>| money.map_or(Decimal::ZERO, |money| money.amount);
        let (fee, tax) = (known(payout.platform_fee), known(payout.tax_withheld));
        let rest = payout.gross.amount - fee - tax;
        // In another currency, or on its way, what was sent in this one is all that was not taken off.
        let net =
            payout.received.filter(|money| money.currency == payout.gross.currency).map_or(rest, |money| money.amount);
        of.platform_fee += fee;
        of.tax_withheld += tax;
        of.sent_net += net;
        of.payout_fee += rest - net;
        of.surplus += payout.unallocated().amount;
    }
    for expected in &calendar.expected {
        all.entry((expected.key.platform, expected.key.currency)).or_default().open += expected.gross.amount;
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn worked_money_is_sent_cut_given_up_or_open_to_the_cent(
        seed in 0u64..1_000,
        sessions in 40u32..220,
        steps in steps(14),
    ) {
        let book = book_after(seed, sessions, &steps);
        let calendar = calendar(&book, now());
        for (key, balance) in balances(&book, &calendar) {
            prop_assert_eq!(balance.left().round_dp(2), balance.right().round_dp(2), "{:?}: {:#?}", key, balance);
        }
    }

    #[test]
    fn not_yet_paid_is_windows_drawable_below_minimum_in_transit_unknown_and_held(
        seed in 0u64..1_000,
        sessions in 40u32..220,
        steps in steps(14),
    ) {
        let book = book_after(seed, sessions, &steps);
        let calendar = calendar(&book, now());
        let mut places: BTreeMap<PlatformId, [Bag; 6]> = BTreeMap::new();
        for expected in &calendar.expected {
            let of = places.entry(expected.key.platform).or_default();
            for row in &expected.rows {
                of[place(&book, &expected.window, row.source)].add(row.amount);
            }
        }
        for payout in book.payouts().filter(|payout| payout.received.is_none()) {
            places.entry(payout.platform.unwrap()).or_default()[3].add(payout.gross);
        }
        let told = exposure(&book, &calendar);
        prop_assert_eq!(places.keys().collect::<Vec<_>>(), told.keys().collect::<Vec<_>>());
        for (platform, places) in &places {
            let told = &told[platform];
            let mut beside = told.frozen.clone();
            beside.add_all(&told.disputed);
            let mut windows = Bag::default();
            for state in [OpenState::Late, OpenState::InReview, OpenState::Approved] {
                windows.add_all(told.of(state));
            }
            // What is late may also be drawable or below its minimum.
            for (place, told) in places[1..].iter().zip([&told.drawable, &told.below_minimum, &told.in_transit, &told.date_unknown, &beside]) {
                same(place, told)?;
            }
            same(&places[0], &windows)?;
            let mut sum = places[..5].iter().fold(Bag::default(), |mut sum, place| { sum.add_all(place); sum });
            same(&sum, &told.not_yet_paid())?;
            sum.add_all(&places[5]);
        }
    }
}

fn same(a: &Bag, b: &Bag) -> Result<(), TestCaseError> {
    let currencies: Vec<Currency> = a.iter().chain(b.iter()).map(|money| money.currency).collect();
    for currency in currencies {
        prop_assert_eq!(a.of(currency).amount.round_dp(2), b.of(currency).amount.round_dp(2));
    }
    Ok(())
}

/// Windows, drawable, below minimum, (in transit), date unknown, held.
fn place(book: &Book, window: &Window, source: Source) -> usize {
    let earning = match source {
        Source::Earning(id) => book.earning(id),
        Source::Session(_) => None,
    };
    let held = earning.and_then(|earning| earning.held.as_ref()).map(|held| held.kind);
    let contested = earning.and_then(|earning| earning.state());
    if matches!(held, Some(HeldKind::Frozen | HeldKind::Disputed))
        || matches!(contested, Some(EarningState::Contested | EarningState::Appealed))
    {
        return 5;
    }
    match window {
        Window::Lands { .. } | Window::DrawableFrom(_) => 0,
        Window::DrawableNow { .. } => 1,
        Window::BelowMinimum { .. } => 2,
        Window::Unknown(UnknownDate::Frozen) => 5,
        Window::Unknown(_) => 4,
    }
}
