//! Figures of a payout that are missing, its way, and the text that asks for it.

use super::*;
use crate::domain::ids::RouteId;
use crate::domain::payout::Leg;
use crate::domain::route::{Route, RouteStep};

fn with_route(desk: &mut Desk) {
    let step = |to: &str, least, most| RouteStep { to: to.into(), transit: Some(Lag::days(least, most)), fee: None };
    desk.put(Route {
        id: RouteId(1),
        platform: Some(UPWORK),
        name: "PayPal to Equity".into(),
        steps: vec![step("PayPal", 0, 1), step("Equity Bank", 2, 4)],
        landed_after_step: 0,
        minimum: None,
        ceiling: None,
        yearly_ceiling: None,
    });
}

fn sent(desk: &mut Desk) -> Payout {
    with_route(desk);
    let earning = desk.earning(UPWORK, usd("60"), "2026-11-09", "2026-11-15");
    let mut sent = payout(PayoutId(1), UPWORK, usd("60"), earning, "2026-11-20");
    (sent.received, sent.received_on, sent.sent_on) = (None, None, Some(day("2026-11-17")));
    sent.route = Some(RouteId(1));
    sent
}

fn lines(desk: &Desk, id: EntryId) -> Vec<String> {
    chosen(desk, id).lines.into_iter().map(|line| line.text).collect()
}

#[test]
fn a_payout_on_its_way_says_on_which_transfer_it_is_and_when_the_next_arrives() {
    let mut desk = sample();
    let mut sent = sent(&mut desk);
    desk.put(sent.clone());
    let id = EntryId::UnderWay(PayoutId(1));
    assert_eq!(
        lines(&desk, id),
        [
            "Sent Tue 17 Nov",
            "On its way to PayPal: Tue 17 – Wed 18 Nov",
            "Then to Equity Bank: Thu 19 – Sun 22 Nov (counts as landed)",
            "Lands Thu 19 – Sun 22 Nov",
        ]
    );
    let fee = Some(usd("1.20"));
    let arrived_on = Some(day("2026-11-18"));
    sent.legs = vec![Leg { to: "PayPal".into(), arrived_on, fee, arrived: Some(usd("58.80")), ..Leg::default() }];
    desk.put(sent);
    assert_eq!(
        lines(&desk, id)[1..3],
        ["At PayPal Wed 18 Nov, $58.80, fee $1.20", "Next to Equity Bank: Fri 20 – Sun 22 Nov (counts as landed)"]
    );
    assert!(chosen(&desk, id).verbs.contains(&EntryVerb::Arrived));
}

#[test]
fn a_figure_that_nobody_said_stands_as_missing_beside_what_follows() {
    let mut desk = sample();
    let earning = desk.earning(OUTLIER, usd("100"), "2026-10-20", "2026-10-26");
    let mut one = payout(PayoutId(1), OUTLIER, usd("100"), earning, "2026-11-20");
    (one.received, one.platform_fee, one.tax_withheld) = (Some(usd("85")), Some(usd("10")), Some(usd("0")));
    let mut two = Payout { id: PayoutId(2), platform_fee: None, ..one.clone() };
    two.tax_withheld = None;
    let mut computed = Payout { id: PayoutId(3), ..one.clone() };
    (computed.received, computed.gross_computed) = (None, false);
    for payout in [one, two, computed] {
        desk.put(payout);
    }
    let facts = |id: u64| -> Vec<String> {
        let detail = chosen(&desk, EntryId::Landed(PayoutId(id)));
        detail.facts.into_iter().map(|fact| format!("{} {}", fact.name, fact.figure)).collect()
    };
    let first = ["Gross $100.00", "Platform fee −$10.00", "Tax withheld $0.00", "Payout fee –", "It follows ~ −$5.00"];
    assert_eq!(facts(1)[..5], first);
    assert_eq!(facts(2)[1..5], ["Platform fee –", "Tax withheld –", "Payout fee –", "Not said which ~ −$15.00"]);
    assert_eq!(facts(3).last().map(String::as_str), Some("Received, computed ~ $90.00"));
}

#[test]
fn the_text_that_asks_for_late_money_holds_the_facts_and_nothing_else() {
    let desk = sample();
    let calendar = calendar(&desk.book, now());
    let late = calendar.expected.iter().find(|expected| expected.late_days > 0).unwrap();
    let id = EntryId::Expected(late.key);
    let text = chase_text(&desk.book, &calendar, id, today()).unwrap();
    assert_eq!(
        text,
        "Hello,\n\nI am still waiting for a payout:\n\nWork of: 2 Nov 2026 – 8 Nov 2026\nAmount: $48.00\n\
         Due: 18 Nov 2026 (documented)\nLate by: 4 days\n\n\
         Could you tell me where it is, and on which day it will be paid?\n\nThank you"
    );
    let verbs = chosen(&desk, id).verbs;
    assert_eq!(verbs[..2], [EntryVerb::Land, EntryVerb::Chase]);
    let landed = calendar.landed[0].payout;
    assert_eq!(chase_text(&desk.book, &calendar, EntryId::Landed(landed), today()), None);
}

#[test]
fn money_that_can_be_drawn_can_be_drawn() {
    let desk = sample();
    let verbs = chosen(&desk, expected(&desk.book, DATA)).verbs;
    assert_eq!(verbs[..2], [EntryVerb::Land, EntryVerb::Draw]);
    assert!(!chosen(&desk, expected(&desk.book, OUTLIER)).verbs.contains(&EntryVerb::Draw));
}
