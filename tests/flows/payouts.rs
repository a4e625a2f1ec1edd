//! Payouts, end to end: what is late moves, a bill is set against what comes, what landed is put right, all undone.

use egui::Key;
use egui::accesskit::Role;
use truerate::domain::command::{Command, plan};
use truerate::domain::query::calendar::calendar;

use crate::desk::{Desk, Look};

fn at_payouts() -> Desk {
    let mut desk = Desk::filled(Look::default());
    desk.press("Payouts");
    desk
}

fn more(desk: &mut Desk, verb: &str) {
    desk.press("More");
    desk.click(Role::MenuItem, verb);
}

#[test]
fn an_expected_payout_is_moved_held_let_go_and_given_up_and_all_is_undone() {
    let mut desk = at_payouts();
    let before = desk.book();
    // The first of the list is an estimate: it is recorded as it moves, and stays chosen.
    desk.key(Key::M);
    desk.press("Promised for");
    desk.fill("Day", "4 Dec");
    desk.press("Move");
    assert!(desk.reads("Lands Fri 4 Dec"), "{:?}", desk.texts());
    assert!(desk.reads("Moved DataAnnotation payout to Fri 4 Dec"), "{:?}", desk.texts());
    more(&mut desk, "Hold…");
    desk.press("Disputed");
    desk.fill("Why", "hours were cut");
    desk.press("Hold");
    assert!(desk.reads("since Sun 22 Nov · hours were cut"), "{:?}", desk.texts());
    more(&mut desk, "No longer held");
    assert!(desk.reads("Lands Fri 4 Dec"), "{:?}", desk.texts());
    more(&mut desk, "Write off");
    assert!(!desk.reads("Lands Fri 4 Dec"));
    let sum = |desk: &Desk| -> rust_decimal::Decimal {
        calendar(&desk.book(), desk.now()).expected.iter().map(|one| one.gross.amount).sum()
    };
    let given_up = sum(&desk);
    for _ in 0..4 {
        desk.press("Undo");
    }
    assert_eq!(desk.book(), before);
    assert_eq!(sum(&desk) - given_up, rust_decimal::Decimal::from(55), "2 h 30 m at $22.00 were given up");
}

#[test]
fn a_bill_says_whether_it_is_enough_and_survives_the_program() {
    let mut desk = at_payouts();
    assert!(desk.reads("Is it enough for the rent?"));
    desk.key_with(egui::Modifiers::COMMAND, Key::B);
    desk.fill("Name", "Rent");
    desk.fill("Amount", "900");
    desk.fill("Due", "1 Dec");
    desk.key(Key::Enter);
    let line = |desk: &Desk| desk.texts().into_iter().find(|text| text.starts_with("By Tue 1 Dec: sure")).unwrap();
    let told = line(&desk);
    assert!(told.contains("Rent $900.00") && told.contains("short $"), "{told}");
    let mut desk = desk.closed_and_opened_again();
    desk.press("Payouts");
    assert_eq!(line(&desk), told);
    desk.click(Role::Link, &told);
    assert!(desk.reads("Rent due Tue 1 Dec"), "{:?}", desk.texts());
    desk.key(Key::Delete);
    assert!(desk.reads("Deleted bill Rent") && desk.reads("Is it enough for the rent?"), "{:?}", desk.texts());
    desk.press("Undo");
    assert_eq!(line(&desk), told);
}

#[test]
fn what_landed_is_corrected_or_taken_away() {
    let mut desk = at_payouts();
    desk.click(Role::Button, "Tue 17 Nov, Outlier, $263.33 landed");
    desk.key(Key::Enter);
    desk.fill("Received", "260");
    desk.press("Rest comes later");
    desk.fill("Day", "18 Nov");
    desk.press("Save");
    assert!(desk.reads("Landed Wed 18 Nov") && desk.reads("$260.00"), "{:?}", desk.texts());
    assert!(desk.expected().iter().any(|one| one.gross.amount.to_string() == "3.33"), "the rest is expected again");
    desk.key(Key::Delete);
    assert!(desk.reads("Deleted Outlier payout"), "{:?}", desk.texts());
    desk.press("Undo");
    desk.press("Undo");
    assert!(desk.reads("Tue 17 Nov, Outlier, $263.33 landed"), "{:?}", desk.texts());
}

#[test]
fn forty_payouts_in_a_month_are_counted_on_their_days_and_listed_in_the_agenda() {
    let mut desk = Desk::busy(Look { width: 900.0, height: 600.0, ..Look::default() });
    desk.press("Payouts");
    let more = desk.texts().into_iter().find(|text| text.ends_with("more on Thu 12 Nov")).expect("no day is crowded");
    desk.press(&more);
    desk.click(Role::MenuItem, "Lagos Remote Review  ₦23,471.25");
    assert!(desk.reads("Landed Thu 12 Nov"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    desk.key(Key::G);
    assert!(desk.reads("Agenda"));
    // Every row of the agenda can be reached by key, and none is there twice.
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..60 {
        desk.key(Key::ArrowDown);
        let focused = desk.focused().expect("a row has the focus");
        seen.insert(focused);
    }
    assert!(seen.len() >= 20, "{seen:?}");
    let land = Command::DeletePlatform(truerate::domain::ids::PlatformId(800));
    assert!(plan(&desk.book(), &land, desk.now()).is_err(), "it holds money");
}
