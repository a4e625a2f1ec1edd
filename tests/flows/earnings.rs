//! Earnings, end to end and by keyboard alone: recorded from sessions and as a batch, reported, contested, refused and
//! settled all the same; all of it undone, and kept when the program is closed.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use truerate::domain::earning::{EarningKind, EarningState};

use crate::desk::{Desk, Look};

fn at_earnings() -> Desk {
    let mut desk = Desk::filled(Look::default());
    desk.key_with(Modifiers::ALT, Key::Num5);
    desk
}

/// Moves the focus on (or back) until it is there.
fn focus(desk: &mut Desk, name: &str, back: bool) {
    for _ in 0..40 {
        if desk.focused().as_deref() == Some(name) {
            return;
        }
        desk.key_with(if back { Modifiers::SHIFT } else { Modifiers::NONE }, Key::Tab);
    }
    panic!("{name} never has the focus: {:?}", desk.texts());
}

#[test]
fn a_batch_and_a_claw_back_are_added_by_keyboard_and_survive_the_program() {
    let mut desk = at_earnings();
    let before = desk.book().earnings().count();
    desk.key(Key::E);
    focus(&mut desk, "Batch", true);
    desk.key(Key::Space);
    focus(&mut desk, "Tasks", false);
    desk.type_text("30");
    focus(&mut desk, "Amount of all", false);
    desk.type_text("19.20");
    desk.key(Key::Enter);
    assert_eq!(desk.book().earnings().count(), before + 1, "{:?}", desk.texts());
    desk.key(Key::E);
    focus(&mut desk, "Claw-back", true);
    desk.key(Key::Space);
    focus(&mut desk, "Taken back", false);
    desk.type_text("12.50");
    desk.key(Key::Enter);
    let desk = desk.closed_and_opened_again();
    let book = desk.book();
    let amounts: Vec<_> = book.earnings().map(|earning| (earning.kind, earning.amount.to_string())).collect();
    assert!(amounts.contains(&(EarningKind::Work, "19.20 USD".to_owned())), "{amounts:?}");
    assert!(amounts.contains(&(EarningKind::Adjustment, "-12.50 USD".to_owned())), "{amounts:?}");
}

#[test]
fn chosen_sessions_become_an_earning_by_one_key_and_undo_takes_it_back() {
    let mut desk = Desk::filled(Look::default());
    let before = desk.book();
    // The newest paid session that has ended; the timer above it still runs.
    for _ in 0..12 {
        desk.key(Key::ArrowDown);
        if desk.reads("Chosen: Aloe, paid work") && !desk.reads("running, chosen") {
            desk.key(Key::E);
            if desk.reads("1 session chosen") {
                break;
            }
            desk.key(Key::Escape);
        }
    }
    assert!(desk.reads("1 session chosen"), "{:?}", desk.texts());
    desk.key(Key::Enter);
    assert_eq!(desk.book().earnings().count(), before.earnings().count() + 1);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), before);
}

#[test]
fn time_is_reported_contested_approved_and_settled_by_keyboard() {
    let mut desk = at_earnings();
    desk.key(Key::T);
    // The hours of Upwork's contract are entered by hand.
    desk.click(Role::ComboBox, "Platforms that I report to");
    desk.click(Role::ListBoxOption, "Upwork");
    desk.key(Key::Escape);
    let before = desk.book();
    desk.key(Key::ArrowDown);
    desk.key(Key::F3);
    assert!(desk.reads("Copied the minutes"), "{:?}", desk.texts());
    desk.key(Key::M);
    let book = desk.book();
    let submitted = Some(EarningState::Submitted);
    let id = book.earnings().find(|earning| earning.state() == submitted).expect("it was recorded").id;
    let state = |desk: &Desk| desk.book().earning(id).and_then(|earning| earning.state());
    assert!(book.sessions().any(|session| session.reported_at.is_some()));
    // It is found in the list of what is owed, and goes through its states.
    desk.key(Key::O);
    desk.key_with(Modifiers::COMMAND, Key::F);
    desk.type_text("northwind in review");
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.type_text("in review");
    desk.key(Key::Enter);
    desk.key(Key::ArrowDown);
    desk.key(Key::C);
    assert_eq!(state(&desk), Some(EarningState::Contested), "{:?}", desk.texts());
    // It is no longer in review, and so out of sight.
    desk.key_with(Modifiers::COMMAND, Key::Z);
    desk.key(Key::ArrowDown);
    desk.key(Key::V);
    assert_eq!(state(&desk), Some(EarningState::Approved(None)));
    // It is no longer in review: the search is given up.
    desk.key_with(Modifiers::COMMAND, Key::F);
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::F);
    desk.type_text("approved");
    desk.key(Key::Enter);
    desk.key(Key::ArrowDown);
    desk.key(Key::L);
    assert!(desk.reads("Mark as paid"), "{:?}", desk.texts());
    desk.key(Key::Enter);
    let paid = desk.book().payouts().filter(|payout| payout.allocations.iter().any(|part| part.earning == id)).count();
    assert_eq!(paid, 1, "{:?}", desk.texts());
    for _ in 0..3 {
        desk.key_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(desk.book(), before);
}

#[test]
fn what_differs_is_copied_for_a_ticket_and_contested() {
    let mut desk = at_earnings();
    desk.key(Key::G);
    assert!(desk.reads("−8 m"), "{:?}", desk.texts());
    desk.key(Key::ArrowDown);
    desk.key(Key::F3);
    assert!(desk.reads("Copied the text"));
    desk.key(Key::C);
    assert!(desk.book().earnings().any(|earning| earning.state() == Some(EarningState::Contested)));
    assert!(desk.reads("as contested"), "{:?}", desk.texts());
}
