//! A platform with everything at once; what is done by commands is checked where they are.

use super::*;
use crate::domain::earning::DatedState;
use crate::domain::ids::PayoutId;
use crate::domain::payout::Leg;
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::testkit::{Kit, at, day, dec, session, usd};
use crate::domain::span::Now;

#[test]
fn every_cent_that_was_worked_for_is_somewhere() {
    let mut kit = Kit::new();
    let state = |kit: &mut Kit, id, state| {
        kit.edit_earning(id, |earning| {
            earning.kind = EarningKind::Work;
            earning.states.push(DatedState { on: day("2026-11-21"), state });
        });
    };
    let paid = kit.earning(1, "100", &[]);
    state(&mut kit, paid, EarningState::Approved(Some(usd("90"))));
    let refused = kit.earning(2, "40", &[]);
    state(&mut kit, refused, EarningState::Rejected);
    let given_up = kit.earning(3, "30", &[]);
    state(&mut kit, given_up, EarningState::WrittenOff);
    kit.earning(4, "5", &[]);
    kit.put(session(9, "2026-11-20T08:00:00Z", Some("2026-11-20T09:00:00Z")));
    // $70.00 of the $90.00 and $10.00 of the bonus's five are there; the fee of the way stands in its leg.
    kit.payout(1, "80", Some(usd("70")), "2026-11-22", &[(paid, "70")]);
    let mut payout = (**kit.book.payout(PayoutId(1)).unwrap()).clone();
    payout.platform_fee = Some(usd("8"));
    payout.legs = vec![Leg { fee: Some(usd("2")), ..Leg::default() }];
    kit.put(payout);
    let now = Now { at: at("2026-11-25T12:00:00Z"), zone: chrono_tz::UTC };
    let balance = balance(&kit.book, &calendar(&kit.book, now), PlatformId(1), Currency::USD);
    let expected = Balance {
        // 100 + 40 + 30, and an hour at $25.00.
        worked: dec("195"),
        adjustments: dec("5"),
        surplus: dec("10"),
        sent_net: dec("70"),
        platform_fee: dec("8"),
        payout_fee: dec("2"),
        tax: dec("0"),
        // $10.00 that was not approved, and the $40.00.
        rejected: dec("50"),
        written_off: dec("30"),
        // $20.00 of the first, the bonus, and the hour.
        open: dec("50"),
    };
    assert_eq!(balance, expected);
    assert_eq!(balance.owed(), balance.became());
}
