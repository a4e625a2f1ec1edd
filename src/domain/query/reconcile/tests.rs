//! Small Books in which one thing does not fit.

use super::*;
use crate::domain::change::Change;
use crate::domain::command::{Arrival, Command, Settleable, plan};
use crate::domain::money::Currency;
use crate::domain::movement::{Movement, Role};
use crate::domain::payer_rule::{PayerRule, Whose};
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::testkit::Kit;
use crate::domain::seen::Seen;
use crate::domain::testing::{at, day, dec, movement, usd};

fn now() -> Now {
    Now { at: at("2026-11-27T12:00:00Z"), zone: chrono_tz::UTC }
}

fn of(kit: &Kit) -> Reconciled {
    reconcile(&kit.book, &calendar(&kit.book, now()), now())
}

fn whats(found: &Reconciled) -> Vec<&What> {
    found.lines.iter().map(|line| &line.what).collect()
}

#[test]
fn an_empty_book_has_nothing_to_set_beside_anything() {
    assert_eq!(of(&Kit::new()), Reconciled::default());
}

#[test]
fn a_week_that_was_credited_as_promised_is_one_line_that_fits() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-09T09:00:00Z", "2026-11-09T11:00:00Z", |_| {});
    kit.work(2, 1, "2026-11-10T23:30:00Z", "2026-11-11T00:30:00Z", |_| {});
    // 2 h + 1 h at $25; the platform counts the late evening to the next day, and whole minutes.
    kit.credit(1, "50", "2026-11-09");
    kit.credit(2, "24.99", "2026-11-11");
    let found = of(&kit);
    assert_eq!(whats(&found), [&What::CreditFits]);
    let line = &found.lines[0];
    assert_eq!((line.logged_secs, line.promised, line.credited), (3 * 3600, Some(usd("75")), Some(usd("74.99"))));
    assert_eq!((line.sessions.len(), line.earnings.len()), (2, 2));
}

#[test]
fn work_that_was_never_credited_credit_without_a_session_and_less_credit_stand_on_top() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-02T09:00:00Z", "2026-11-02T11:00:00Z", |_| {});
    kit.credit(1, "50", "2026-11-02");
    kit.work(2, 1, "2026-11-10T09:00:00Z", "2026-11-10T11:00:00Z", |_| {});
    kit.credit(3, "30", "2026-11-16");
    kit.work(4, 1, "2026-11-23T09:00:00Z", "2026-11-23T11:00:00Z", |_| {});
    kit.credit(4, "40", "2026-11-24");
    // After the last day of which the platform has told: its file may be of that morning.
    kit.work(5, 1, "2026-11-26T09:00:00Z", "2026-11-26T11:00:00Z", |_| {});
    let found = of(&kit);
    let expected = [&What::CreditDiffers, &What::NoSession, &What::NeverCredited, &What::CreditFits];
    assert_eq!(whats(&found), expected);
    assert_eq!((found.lines[0].promised, found.lines[0].credited), (Some(usd("50")), Some(usd("40"))));
    assert_eq!(found.lines[2].because, [Because::LaterIsCredited(day("2026-11-24"))]);
}

#[test]
fn what_was_credited_before_anything_was_logged_is_one_line() {
    let mut kit = Kit::new();
    for (id, on) in [(1, "2026-09-01"), (2, "2026-09-15"), (3, "2026-10-07")] {
        kit.credit(id, "20", on);
    }
    kit.work(1, 1, "2026-11-02T09:00:00Z", "2026-11-02T11:00:00Z", |_| {});
    kit.credit(4, "50", "2026-11-02");
    let found = of(&kit);
    assert_eq!(whats(&found), [&What::NoSession, &What::CreditFits]);
    assert_eq!((found.lines[0].credited, found.lines[0].earnings.len()), (Some(usd("60")), 3));
}

#[test]
fn hours_of_a_platform_that_tells_nothing_and_earnings_by_hand_are_not_compared() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-02T09:00:00Z", "2026-11-02T11:00:00Z", |_| {});
    assert_eq!(of(&kit).lines, []);
    let by_hand = kit.earning(7, "50", &[SessionId(1)]);
    assert_eq!(of(&kit).lines, []);
    kit.credit(8, "1", "2026-11-01");
    kit.credit(9, "1", "2026-11-04");
    assert!(of(&kit).lines.iter().all(|line| !line.earnings.contains(&by_hand) && line.sessions.is_empty()));
}

#[test]
fn a_payment_of_a_platform_that_is_named_pays_credits_in_a_row() {
    let mut kit = Kit::new();
    for (id, amount, on) in [(1, "40", "2026-11-02"), (2, "35.50", "2026-11-03"), (3, "12", "2026-11-12")] {
        kit.credit(id, amount, on);
    }
    kit.came(1, "75.50", "2026-11-10", "PLATFORM 1 weekly pay");
    let found = of(&kit);
    let line = found.lines.iter().find(|line| line.place() == Place::Waits).unwrap();
    let What::Arrived(Pays::Pieces(pieces)) = &line.what else { panic!("{:?}", line.what) };
    let of: Vec<_> = pieces.iter().map(|piece| piece.of).collect();
    assert_eq!(of, [1, 2].map(|id| Settleable::Earning(EarningId(id))));
    assert_eq!(line.because, [Because::PayerNamed, Because::Exact, Because::Row(2)]);
    assert_eq!(
        (line.platform, line.credited, line.sureness),
        (Some(PlatformId(1)), Some(usd("75.50")), Sureness::Likely)
    );
}

#[test]
fn two_payments_never_pay_the_same_and_the_fee_of_the_account_counts() {
    let mut kit = Kit::new();
    kit.credit(1, "40", "2026-11-02");
    kit.credit(2, "40", "2026-11-03");
    let mut first = movement(1, usd("38"));
    (first.fee, first.other, first.on) = (Some(usd("2")), "Platform 1".to_owned(), day("2026-11-05"));
    kit.put(first);
    kit.came(2, "40", "2026-11-06", "platform 1");
    kit.came(3, "40", "2026-11-07", "platform 1");
    let found = of(&kit);
    let by = |id| found.lines.iter().find(|line| line.movements == [MovementId(id)]).unwrap();
    assert!(by(1).because.contains(&Because::ExactWithFee(usd("2"))));
    let piece = |id| {
        let What::Arrived(Pays::Pieces(pieces)) = &by(id).what else { panic!("{:?}", by(id).what) };
        pieces[0].of
    };
    assert_ne!(piece(1), piece(2));
    assert_eq!(by(3).what, What::NothingOwed);
}

#[test]
fn money_of_nobody_known_is_asked_about_and_a_rule_speaks_from_then_on() {
    let mut kit = Kit::new();
    kit.credit(1, "40", "2026-11-02");
    kit.came(1, "99", "2026-11-10", "SMART ECO* pay");
    assert_eq!(of(&kit).lines[0].what, What::UnknownOrigin);
    let rule = |kit: &mut Kit, whose| {
        kit.settings(|settings| settings.payer_rules = vec![PayerRule { words: "smart eco*".into(), whose }]);
        of(kit).lines
    };
    let lines = rule(&mut kit, Whose::Platform(PlatformId(1)));
    assert_eq!((&lines[0].what, lines[0].platform), (&What::NothingOwed, Some(PlatformId(1))));
    assert_eq!(lines[0].because, [Because::Rule("smart eco*".to_owned())]);
    let lines = rule(&mut kit, Whose::Other);
    assert!(lines.iter().all(|line| line.movements.is_empty()), "a gift is no pay");
    let lines = rule(&mut kit, Whose::Platform(PlatformId(77)));
    assert_eq!(lines[0].what, What::UnknownOrigin, "a platform that is no more says nothing");
}

#[test]
fn a_payout_under_way_is_known_by_its_amount_alone_with_less_certainty() {
    let mut kit = Kit::new();
    kit.payout(5, "120", None, "2026-11-08", &[]);
    kit.came(1, "120", "2026-11-10", "transfer");
    let found = of(&kit);
    let line = found.lines.iter().find(|line| line.place() == Place::Waits).unwrap();
    assert_eq!(line.what, What::Arrived(Pays::Payout(PayoutId(5))));
    assert_eq!(line.sureness, Sureness::Possible);
    assert!(line.because.contains(&Because::AmountAlone));
    kit.came(2, "120", "2026-12-24", "transfer");
    let late = of(&kit).lines;
    assert!(late.iter().any(|line| line.movements == [MovementId(2)] && line.what == What::UnknownOrigin));
}

#[test]
fn what_was_settled_fits_and_what_went_on_waits_for_a_word() {
    let mut kit = Kit::new();
    kit.credit(1, "40", "2026-11-02");
    kit.came(1, "40", "2026-11-05", "platform 1");
    let found = of(&kit);
    let line = found.lines.iter().find(|line| line.place() == Place::Waits).unwrap();
    let What::Arrived(pays) = line.what.clone() else { panic!() };
    let command = Command::TakeAsPay(Box::new(Arrival {
        movement: line.movements[0],
        platform: line.platform.unwrap(),
        pays,
        payout: PayoutId(9),
        earning_seed: EarningId(90),
    }));
    let change = plan(&kit.book, &command, now()).unwrap();
    kit.book.apply(&change);
    let pay = of(&kit).lines.into_iter().find(|line| line.what == What::PayFits).unwrap();
    assert_eq!((pay.payout, pay.credited, pay.received), (Some(PayoutId(9)), Some(usd("40")), Some(usd("40"))));

    kit.put(Movement {
        kind: crate::domain::statement::MoveKind::Own,
        on: day("2026-11-06"),
        ..movement(2, usd("-40"))
    });
    kit.put(Movement {
        account: "Bank".into(),
        on: day("2026-11-07"),
        text: "PayPal".into(),
        ..movement(3, usd("40"))
    });
    let found = of(&kit);
    assert!(whats(&found).contains(&&What::GoesOn(MovementId(2))));
    assert_eq!(found.own, 2);
    let change = plan(&kit.book, &Command::GoOn(MovementId(2)), now()).unwrap();
    kit.book.apply(&change);
    assert!(of(&kit).lines.iter().all(|line| line.place() == Place::Fits || line.what == What::NoSession));
    assert_eq!(kit.book.movement(MovementId(3)).unwrap().role, Role::Payout(PayoutId(9)));
}

#[test]
fn pay_in_another_currency_fits_what_is_expected_by_the_rate_of_the_day() {
    let mut kit = Kit::new();
    kit.rate(1, Currency::EUR, "2026-11-09", "1.10");
    kit.payout(5, "110", None, "2026-11-08", &[]);
    kit.put(Movement {
        on: day("2026-11-10"),
        text: "Platform 1".into(),
        ..movement(1, Money::new(dec("98"), Currency::EUR))
    });
    let found = of(&kit);
    let line = found.lines.iter().find(|line| line.place() == Place::Waits).unwrap();
    assert_eq!(line.what, What::Arrived(Pays::Payout(PayoutId(5))));
    assert!(line.because.contains(&Because::ByRate));
}

#[test]
fn a_fee_above_the_routes_and_a_rate_far_from_the_days_are_told_until_put_aside() {
    use crate::domain::payout::{Leg, Payout};
    use crate::domain::route::{Fee, Route, RouteStep};
    let mut kit = Kit::new();
    kit.put(Route {
        id: crate::domain::ids::RouteId(1),
        platform: Some(PlatformId(1)),
        name: "PayPal".into(),
        steps: vec![RouteStep {
            to: "PayPal".into(),
            transit: None,
            fee: Some(Fee { fixed: Some(usd("1")), ..Fee::default() }),
        }],
        landed_after_step: 0,
        minimum: None,
        ceiling: None,
        yearly_ceiling: None,
    });
    kit.rate(1, Currency::EUR, "2026-11-10", "1.10");
    let leg = Leg { fee: Some(usd("3")), ..Leg::default() };
    kit.put(Payout {
        received: Some(Money::new(dec("80"), Currency::EUR)),
        received_on: Some(day("2026-11-10")),
        route: Some(crate::domain::ids::RouteId(1)),
        legs: vec![leg],
        ..Payout::new(PayoutId(1), PlatformId(1), usd("100"))
    });
    let found = of(&kit);
    let fee = What::FeeLarger { promised: usd("1"), charged: usd("3") };
    assert!(whats(&found).contains(&&fee), "{:?}", whats(&found));
    let rate = found.lines.iter().find(|line| matches!(line.what, What::RateFar { .. })).unwrap();
    // 97 dollars are 88.18 euros at the day's rate; 80 came.
    let What::RateFar { percent } = rate.what else { panic!() };
    assert_eq!(percent.round_dp(1), dec("-9.3"));
    let seen = Seen::default().dismissing(rate.name(), day("2026-11-27"));
    kit.book.apply(&Change::replace(kit.book.seen(), seen));
    assert!(!of(&kit).lines.iter().any(|line| matches!(line.what, What::RateFar { .. })));
}
