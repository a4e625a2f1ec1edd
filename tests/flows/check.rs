//! The three-way check, end to end: what waits is settled and taken back, whose money it is is said once and known from
//! then on, what doesn't fit is put aside or set right.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::ids::{EarningId, MovementId, PayoutId, SessionId};
use truerate::domain::movement;

use crate::desk::{Desk, Look};

/// At the tab, once all is set beside each other.
fn at_check() -> Desk {
    let mut desk = Desk::three_ways(Look::default());
    desk.key_with(Modifiers::ALT, Key::Num7);
    desk.wait_until_reads("Opened line");
    desk
}

/// The names of the rows that are shown.
fn rows(desk: &Desk) -> Vec<String> {
    desk.harness.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label()).collect()
}

/// Chooses the row whose name begins so, once it is there.
fn choose(desk: &mut Desk, begin: &str) {
    desk.wait_until(|desk| rows(desk).iter().any(|name| name.starts_with(begin)));
    let name = rows(desk).into_iter().find(|name| name.starts_with(begin)).expect("it was waited for");
    desk.click(Role::Row, &name);
}

fn gone(desk: &mut Desk, begin: &str) {
    desk.wait_until(|desk| !rows(desk).is_empty() && !rows(desk).iter().any(|name| name.starts_with(begin)));
}

fn role(desk: &Desk, id: u64) -> movement::Role {
    desk.book().movement(MovementId(id)).expect("it stays").role
}

#[test]
fn a_payment_that_fits_is_settled_and_undone() {
    let mut desk = at_check();
    let before = desk.book();
    desk.key(Key::Num2);
    choose(&mut desk, "Is a payout that you know, Upwork");
    desk.key(Key::L);
    assert_eq!(role(&desk, 4), movement::Role::Payout(PayoutId(2)), "{:?}", desk.texts());
    gone(&mut desk, "Is a payout that you know, Upwork");
    let payout = desk.book();
    let payout = payout.payout(PayoutId(2)).expect("it is there");
    assert!(payout.received_on.is_some());
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
    choose(&mut desk, "Is a payout that you know, Upwork");
}

#[test]
fn a_payout_is_followed_on_to_the_bank() {
    let mut desk = at_check();
    desk.key(Key::Num2);
    choose(&mut desk, "Moved on to Bank …1234, Outlier");
    desk.key(Key::F);
    assert_eq!(role(&desk, 3), movement::Role::Payout(PayoutId(1)), "{:?}", desk.texts());
    let book = desk.book();
    let payout = book.payout(PayoutId(1)).expect("it is there");
    let legs: Vec<&str> = payout.legs.iter().map(|leg| leg.to.as_str()).collect();
    assert_eq!(legs, ["PayPal", "Bank …1234"]);
}

#[test]
fn money_of_unknown_origin_gets_a_rule_and_is_settled_by_it() {
    let mut desk = at_check();
    // The amount alone says whose it may be: that is doubtful, and can be said.
    desk.key(Key::Num1);
    choose(&mut desk, "Money of unknown origin, not known, Fri 20 Nov");
    desk.key(Key::W);
    desk.click(Role::ComboBox, "Whose it is");
    desk.click(Role::ListBoxOption, "Outlier");
    desk.press("Save");
    let book = desk.book();
    let rules: Vec<&str> = book.settings().payer_rules.iter().map(|rule| rule.words.as_str()).collect();
    assert_eq!(rules, ["Smart Ecosystem Inc"], "{:?}", desk.texts());
    assert_eq!(role(&desk, 6), movement::Role::Unsaid, "nothing is settled unasked");
    desk.key(Key::Num2);
    choose(&mut desk, "Pays 1 credit, Outlier");
    desk.key(Key::L);
    let book = desk.book();
    let settles =
        |id: u64| book.payouts().any(|payout| payout.allocations.iter().any(|part| part.earning == EarningId(id)));
    assert!(settles(2), "{:?}", desk.texts());
}

#[test]
fn what_does_not_fit_is_put_aside_and_stays_so() {
    let mut desk = at_check();
    choose(&mut desk, "Rate ");
    desk.key(Key::I);
    gone(&mut desk, "Rate ");
    let mut desk = desk.closed_and_opened_again();
    desk.key_with(Modifiers::ALT, Key::Num7);
    desk.wait_until_reads("Opened line");
    gone(&mut desk, "Rate ");
}

#[test]
fn work_that_was_never_credited_is_said_to_be_unpaid() {
    let mut desk = at_check();
    let before = desk.book();
    choose(&mut desk, "Work never credited, Outlier, Aloe, Mon 9 Nov");
    desk.key(Key::K);
    assert!(!desk.book().session(SessionId(3)).expect("it stays").paid);
    gone(&mut desk, "Work never credited");
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
}

#[test]
fn credit_without_a_session_gets_its_hours() {
    let mut desk = at_check();
    choose(&mut desk, "Credit without a session, DataAnnotation");
    desk.key(Key::D);
    desk.fill("Hours", "1.82");
    desk.press("Add");
    gone(&mut desk, "Credit without a session");
    desk.key(Key::Num3);
    choose(&mut desk, "Credited as promised, DataAnnotation, Comparing long answers of two models, Wed 18 Nov");
}
