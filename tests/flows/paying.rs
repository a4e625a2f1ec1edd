//! Money that comes otherwise than expected, end to end: in parts, in another currency over two accounts, more than owed.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use rust_decimal::Decimal;
use truerate::domain::command::Command;
use truerate::domain::earning::EarningKind;
use truerate::domain::ids::RouteId;
use truerate::domain::money::Currency;
use truerate::domain::payout::Payout;
use truerate::domain::platform::Platform;
use truerate::domain::query::balance::balance;
use truerate::domain::query::calendar::calendar;
use truerate::domain::route::{Fee, Route, RouteStep};
use truerate::domain::schedule::Lag;

use crate::desk::{Desk, Look};

fn upwork(desk: &Desk) -> Platform {
    let book = desk.book();
    let found = book.platforms().find(|platform| platform.name == "Upwork").expect("it is there");
    (**found).clone()
}

/// What Upwork owes, by the calendar.
fn owed(desk: &Desk) -> Decimal {
    let upwork = upwork(desk).id;
    desk.expected().iter().filter(|one| one.key.platform == upwork).map(|one| one.gross.amount).sum()
}

/// The payout of a hundred dollars.
fn hundred(desk: &Desk) -> Payout {
    let book = desk.book();
    let found = book.payouts().find(|payout| payout.gross.amount == Decimal::ONE_HUNDRED).expect("it is there");
    (**found).clone()
}

fn pick(desk: &mut Desk, picker: &str, choice: &str) {
    desk.click(Role::ComboBox, picker);
    desk.click(Role::ListBoxOption, choice);
}

/// Opens the form by its key and says that Upwork paid so much gross.
fn from_upwork(desk: &mut Desk, gross: &str) {
    desk.key_with(Modifiers::COMMAND, Key::L);
    pick(desk, "Platform of the payout", "Upwork");
    desk.fill("Gross", gross);
}

fn every_cent_is_somewhere(desk: &Desk) {
    let book = desk.book();
    let calendar = calendar(&book, desk.now());
    for platform in book.platforms() {
        for currency in [Currency::USD, Currency::GBP] {
            let balance = balance(&book, &calendar, platform.id, currency);
            // Estimates are exact to more digits than a sum can hold.
            let (owed, became) = (balance.owed().round_dp(10), balance.became().round_dp(10));
            assert_eq!(owed, became, "{}: {balance:?}", platform.name);
        }
    }
}

#[test]
fn work_is_paid_in_two_parts_and_all_of_it_is_taken_back() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Payouts");
    let before = desk.book();
    let whole = owed(&desk);
    assert!(whole > 100.into(), "{whole}");
    from_upwork(&mut desk, "60");
    desk.fill("Platform fee", "6");
    assert!(
        desk.reads("~ $54.00 should arrive, by these figures") && desk.reads("Settles $60.00"),
        "{:?}",
        desk.texts()
    );
    desk.fill("Received", "54");
    desk.press("Record");
    assert!(desk.reads("Recorded Upwork payout"), "{:?}", desk.texts());
    assert_eq!(owed(&desk), whole - Decimal::from(60));
    // The same again is asked about, not refused.
    from_upwork(&mut desk, "60");
    assert!(desk.reads("Looks like the payout of Sun 22 Nov from Upwork, $54.00"), "{:?}", desk.texts());
    desk.click(Role::CheckBox, "It is another one: record both");
    desk.press("Record");
    assert_eq!(owed(&desk), whole - Decimal::from(120));
    every_cent_is_somewhere(&desk);
    let mut desk = desk.closed_and_opened_again();
    assert_eq!(owed(&desk), whole - Decimal::from(120), "it is on the disk");
    desk.press("Undo");
    desk.press("Undo");
    assert_eq!(desk.book(), before);
}

#[test]
fn dollars_go_over_paypal_to_a_bank_in_shillings() {
    let desk = Desk::filled(Look::default());
    let upwork = upwork(&desk);
    let step = |to: &str, least, most, fee| RouteStep { to: to.to_owned(), transit: Some(Lag::days(least, most)), fee };
    let percent = Some(Fee { percent: Some(3.into()), ..Fee::default() });
    let route = Route {
        id: RouteId(4_242),
        platform: Some(upwork.id),
        name: "PayPal to Equity".to_owned(),
        steps: vec![step("PayPal", 0, 1, None), step("Equity Bank", 2, 4, percent)],
        landed_after_step: 0,
        minimum: None,
        ceiling: None,
        yearly_ceiling: None,
    };
    let usual = Platform { default_route: Some(route.id), ..upwork };
    let words = "Add route".to_owned();
    let commands = vec![Command::SetRoute(Box::new(route)), Command::EditPlatform(Box::new(usual))];
    let mut desk = desk.changed_elsewhere(&Command::Together { words, commands });
    desk.press("Payouts");
    from_upwork(&mut desk, "100");
    desk.fill("Sent", "18 Nov");
    // Still under way.
    desk.fill("Arrived", "–");
    desk.press("Record");
    assert_eq!(hundred(&desk).arrived(), None);
    let row = desk.texts().into_iter().find(|text| text.starts_with("Upwork, Fri 20 – ")).expect("it is under way");
    desk.click(Role::Row, &row);
    assert!(desk.reads("On its way to PayPal: Wed 18 – Thu 19 Nov"), "{:?}", desk.texts());
    desk.press("Arrived…");
    desk.fill("Arrived", "19 Nov");
    desk.fill("Fee", "1.50");
    assert!(desk.reads("$100.00 went in · $98.50 arrives if nothing else is said"), "{:?}", desk.texts());
    desk.press("Mark as arrived");
    assert!(desk.reads("At PayPal Thu 19 Nov, $98.50, fee $1.50"), "{:?}", desk.texts());
    assert!(desk.reads("Next to Equity Bank: Sat 21 – Mon 23 Nov (counts as landed)"), "{:?}", desk.texts());
    // By key; the rate is of one dollar, and what came is in shillings.
    desk.key(Key::V);
    desk.fill("Exchange rate", "125.4");
    desk.fill("What arrived", "12,351.90 KES");
    desk.press("Mark as arrived");
    let payout = hundred(&desk);
    assert_eq!(payout.received.map(|money| money.to_string()).as_deref(), Some("12351.90 KES"));
    assert_eq!((payout.legs.len(), payout.rate()), (2, Some("125.4".parse().expect("a rate"))));
    assert!(desk.reads("Landed Sun 22 Nov") && desk.reads("KES 12,351.90 for $98.50"), "{:?}", desk.texts());
    every_cent_is_somewhere(&desk);
    // The page of the platform says what the way took.
    desk.press("Platforms");
    // Without a rate for shillings its own rate is not known.
    desk.click(Role::Row, "Upwork");
    desk.key(Key::O);
    assert!(desk.reads("Routes compared"), "{:?}", desk.texts());
    let way = desk.texts().into_iter().find(|text| text.starts_with("PayPal to Equity, own payouts")).expect("a row");
    // The days are of this payout; its cost is unknown, because no reference rate for shillings is.
    assert!(way.contains(" and 4 days, by 2 payouts, quoted ~ 3 % and ~ 2–5 days"), "{way}");
}

#[test]
fn more_than_was_owed_stands_as_unexplained_until_it_is_a_bonus() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Payouts");
    let whole = owed(&desk).round_dp(2);
    let gross = (whole + Decimal::from(20)).to_string();
    from_upwork(&mut desk, &gross);
    desk.fill("Received", &gross);
    assert!(desk.reads("$20.00 stands as unexplained"), "{:?}", desk.texts());
    desk.press("Record");
    assert_eq!(owed(&desk), Decimal::ZERO);
    let row = desk.texts().into_iter().find(|text| text.starts_with("Sun 22 Nov, Upwork, ")).expect("its block");
    desk.click(Role::Button, &row);
    assert!(desk.reads("More than owed"), "{:?}", desk.texts());
    desk.press("Explain…");
    desk.fill("Note", "weekend mission");
    desk.press("Record");
    assert!(!desk.reads("More than owed"), "{:?}", desk.texts());
    let book = desk.book();
    let bonus = book.earnings().find(|earning| earning.note == "weekend mission").expect("it is recorded");
    assert_eq!((bonus.kind, bonus.amount.amount), (EarningKind::Bonus, 20.into()));
    every_cent_is_somewhere(&desk);
    // Another match: nothing of it, and all is owed again.
    desk.key(Key::O);
    desk.press("Nothing");
    desk.press("Save");
    assert_eq!(owed(&desk), whole + Decimal::from(20), "the bonus is owed too");
    desk.press("Undo");
    assert_eq!(owed(&desk), Decimal::ZERO);
}
