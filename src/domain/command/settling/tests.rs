//! Payouts by hand on the worker's week of the landing tests: $105.00 for Tue 10 to Mon 16 Nov, $25.00 for the next.

use proptest::prelude::*;

use super::*;
use crate::domain::command::landing::tests::{book, now};
use crate::domain::command::{Command, plan};
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::payout::{Difference, Leg};
use crate::domain::query::balance::balance;
use crate::domain::query::calendar::{Part, calendar};
use crate::domain::query::settles::{oldest_first, open};
use crate::domain::testing::{day, usd};

const OUTLIER: PlatformId = PlatformId(1);

fn noon() -> Now {
    now("2026-11-25T12:00:00Z")
}

fn sent(id: u64, gross: &str) -> Payout {
    Payout {
        sent_on: Some(day("2026-11-17")),
        received: Some(usd(gross)),
        received_on: Some(day("2026-11-18")),
        ..Payout::new(PayoutId(id), OUTLIER, usd(gross))
    }
}

fn settling(payout: Payout, settles: Vec<Share>) -> Command {
    let earning_seed = EarningId(1_000 * payout.id.0);
    Command::SettlePayout(Box::new(Settling { payout, settles, earning_seed }))
}

/// Lays a payout over what is open, the oldest first.
fn oldest(book: &Book, payout: Payout) -> Command {
    let before = book.payout(payout.id).map(AsRef::as_ref);
    let open = open(book, &calendar(book, noon()), OUTLIER, before);
    let parts = oldest_first(payout.gross, &open);
    let settles = open.iter().zip(parts).map(|(piece, part)| Share { of: piece.of, amount: usd("0").with(part) });
    settling(payout, settles.collect())
}

fn done(book: &mut Book, command: &Command) -> Change {
    let change = plan(book, command, noon()).unwrap();
    let before = book.clone();
    book.apply(&change);
    let mut back = book.clone();
    back.apply(&change.reversed());
    assert_eq!(back, before, "it can be taken back");
    change
}

fn open_sum(book: &Book) -> Decimal {
    calendar(book, noon()).expected.iter().map(|one| one.gross.amount).sum()
}

fn refused(book: &Book, command: &Command) -> Refused {
    plan(book, command, noon()).unwrap_err()
}

#[test]
fn one_payout_settles_several_weeks_and_what_is_left_stands_as_unexplained() {
    let mut book = book();
    assert_eq!(open_sum(&book), Decimal::from(130));
    let command = oldest(&book, sent(900, "140"));
    done(&mut book, &command);
    assert_eq!(open_sum(&book), Decimal::ZERO);
    let payout = book.payout(PayoutId(900)).unwrap();
    assert_eq!(payout.unallocated(), usd("10"));
    // The session over the week's end is recorded in both weeks, and no cent twice.
    let recorded: Decimal = book.earnings().map(|earning| earning.amount.amount).sum();
    assert_eq!(recorded, Decimal::from(130));
}

#[test]
fn many_payouts_settle_one_piece_in_parts_and_it_is_never_settled_twice() {
    let mut book = book();
    for (id, gross, left) in [(901, "40", 90), (902, "40", 50), (903, "50", 0)] {
        let command = oldest(&book, sent(id, gross));
        done(&mut book, &command);
        assert_eq!(open_sum(&book), Decimal::from(left));
    }
    let earning = book.payouts().next().unwrap().allocations[0].earning;
    let share = Share { of: Settleable::Earning(earning), amount: usd("0.01") };
    let more = refused(&book, &settling(sent(904, "1"), vec![share]));
    assert_eq!((more.field, more.to_string().as_str()), (Field::Settles, "Only 0.00 USD is open of it"));
}

#[test]
fn the_match_can_be_changed_and_what_it_settled_is_open_again() {
    let mut book = book();
    let command = oldest(&book, sent(900, "105"));
    done(&mut book, &command);
    assert_eq!(open_sum(&book), Decimal::from(25));
    let pieces = open(&book, &calendar(&book, noon()), OUTLIER, book.payout(PayoutId(900)).map(AsRef::as_ref));
    let own: Decimal = pieces.iter().map(|piece| piece.settled.amount).sum();
    let all: Decimal = pieces.iter().map(|piece| piece.left.amount).sum();
    assert_eq!((own, all), (Decimal::from(105), Decimal::from(130)), "what it settles is open to it");
    let last = pieces.last().unwrap();
    let share = Share { of: last.of, amount: last.left };
    done(&mut book, &settling(sent(900, "105"), vec![share]));
    assert_eq!(open_sum(&book), Decimal::from(105));
    let payout = book.payout(PayoutId(900)).unwrap();
    assert_eq!((payout.allocations.len(), payout.unallocated()), (1, usd("80")));
}

#[test]
fn money_of_nobody_knows_whom_is_recorded_and_assigned_later() {
    let mut book = book();
    let unknown = Payout { platform: None, ..sent(900, "105") };
    done(&mut book, &settling(unknown, Vec::new()));
    assert_eq!(open_sum(&book), Decimal::from(130), "it settles nothing yet");
    let command = oldest(&book, sent(900, "105"));
    done(&mut book, &command);
    assert_eq!(open_sum(&book), Decimal::from(25));
    assert_eq!(book.payouts().count(), 1);
}

#[test]
fn a_draw_takes_a_part_of_an_expected_payout_the_oldest_first() {
    let mut book = book();
    let key = crate::domain::command::landing::tests::week(&book).key;
    assert_eq!(key.part, Part::Period(day("2026-11-10")));
    let drawn = Payout { received: None, received_on: None, ..sent(900, "60") };
    done(&mut book, &settling(drawn, vec![Share { of: Settleable::Expected(key), amount: usd("60") }]));
    assert_eq!(open_sum(&book), Decimal::from(70));
    assert_eq!(calendar(&book, noon()).in_transit.len(), 1);
}

#[test]
fn nonsense_is_refused_beside_its_field_and_changes_nothing() {
    let book = book();
    let with = |change: fn(&mut Payout)| {
        let mut payout = sent(900, "105");
        change(&mut payout);
        refused(&book, &settling(payout, Vec::new()))
    };
    assert_eq!(with(|payout| (payout.sent_on, payout.received_on) = (None, None)).field, Field::Day);
    assert_eq!(with(|payout| payout.received_on = Some(day("2026-11-16"))).field, Field::Day);
    assert_eq!(with(|payout| payout.received_on = Some(day("2026-11-26"))).field, Field::Day);
    assert_eq!(with(|payout| payout.platform_fee = Some(usd("-1"))).field, Field::Fee);
    let rate = |rate: i64| vec![Leg { rate: Some(rate.into()), ..Leg::default() }];
    let mut no_rate = sent(900, "105");
    no_rate.legs = rate(0);
    assert_eq!(refused(&book, &settling(no_rate, Vec::new())).field, Field::Rate);
    let euro = |payout: &mut Payout| {
        payout.platform_fee = Some(Money::new(1.into(), crate::domain::money::Currency::EUR));
    };
    assert_eq!(with(euro).to_string(), "Must be in USD, not EUR");
    let early = Payout { sent_on: None, received_on: Some(day("2026-11-09")), ..sent(900, "105") };
    let early = refused(&book, &oldest(&book, early));
    assert_eq!(early, Refusal::BeforeTheWork(day("2026-11-11")).at(Field::Day));
    let key = crate::domain::command::landing::tests::week(&book).key;
    let share = |amount: &str| vec![Share { of: Settleable::Expected(key), amount: usd(amount) }];
    let more = refused(&book, &settling(sent(900, "50"), share("60")));
    assert_eq!(more.to_string(), "Settles 60.00 USD, more than its gross of 50.00 USD");
    assert_eq!(refused(&book, &settling(sent(900, "200"), share("105.01"))).field, Field::Settles);
    assert_eq!(refused(&book, &settling(sent(900, "200"), share("-5"))).field, Field::Settles);
}

/// Something that is done to the Book, from a few small numbers; `None` where it can't be thought of.
fn act(book: &Book, (kind, a, b): (u8, u32, u8), id: u64) -> Command {
    let cents = Money::new(Decimal::new(i64::from(a % 12_000) + 1, 2), crate::domain::money::Currency::USD);
    let seed = EarningId(id * 1_000);
    let calendar = calendar(book, noon());
    let expected = calendar.expected.get(usize::from(b) % calendar.expected.len().max(1));
    let reason = Difference::ALL[usize::from(b) % Difference::ALL.len()];
    let payout = book.payouts().nth(usize::from(b) % book.payouts().count().max(1)).cloned();
    let new = || {
        let mut payout = sent(id, "1");
        (payout.gross, payout.received) = (cents, Some(cents));
        payout
    };
    match (kind % 6, expected, payout) {
        (0, Some(expected), _) => Command::Land(Box::new(crate::domain::command::Landing {
            key: expected.key,
            on: day("2026-11-24"),
            received: cents,
            difference: Some(reason),
            payout: PayoutId(id),
            earning_seed: seed,
        })),
        (1, _, Some(payout)) => Command::CorrectPayout(Box::new(crate::domain::command::Correction {
            payout: payout.id,
            on: day("2026-11-24"),
            received: cents,
            difference: Some(reason),
            note: String::new(),
        })),
        (2, _, Some(payout)) => Command::ExplainSurplus(Box::new(crate::domain::command::Explanation {
            payout: payout.id,
            amount: cents,
            bonus: b % 2 == 0,
            project: None,
            note: String::new(),
            earning: seed,
        })),
        (3, Some(expected), _) => {
            let act = if b % 2 == 0 {
                crate::domain::command::Act::WriteOff
            } else {
                crate::domain::command::Act::PartDueOn(cents, day("2026-12-01"))
            };
            let on = crate::domain::command::OnExpected { key: expected.key, act, earning_seed: seed };
            Command::ActOnExpected(Box::new(on))
        }
        (4, _, Some(payout)) if payout.sent_net().amount > Decimal::ZERO => {
            let mut changed = (*payout).clone();
            changed.legs = vec![Leg { fee: Some(cents), arrived_on: changed.received_on, ..Leg::default() }];
            oldest(book, changed)
        }
        _ => oldest(book, new()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_every_cent_is_somewhere_and_each_step_can_be_taken_back(
        acts in proptest::collection::vec((any::<u8>(), any::<u32>(), any::<u8>()), 1..12),
    ) {
        let mut book = book();
        for (id, chosen) in (10_u64..).zip(acts) {
            let command = act(&book, chosen, id);
            let Ok(change) = plan(&book, &command, noon()) else { continue };
            let before = book.clone();
            book.apply(&change);
            let mut back = book.clone();
            back.apply(&change.reversed());
            prop_assert_eq!(&back, &before);
            // Worked + adjustments + surplus = sent net + fees + tax + rejected + written off + open.
            let calendar = calendar(&book, noon());
            let balance = balance(&book, &calendar, OUTLIER, crate::domain::money::Currency::USD);
            prop_assert_eq!(balance.owed(), balance.became(), "{:?} after {:?}", balance, command);
            // What is open by the states is what the calendar expects.
            let expected: Decimal = calendar.expected.iter().map(|one| one.gross.amount).sum();
            prop_assert_eq!(balance.open, expected, "{:?} after {:?}", balance, command);
            for earning in book.earnings() {
                let paid: Decimal = book.payouts().flat_map(|payout| &payout.allocations)
                    .filter(|part| part.earning == earning.id).map(|part| part.amount.amount).sum();
                prop_assert!(paid <= earning.accepted().amount, "{:?} is paid {} after {:?}", earning, paid, command);
            }
        }
    }
}
