//! Roles are set and cleared in one step, rules are kept under their words, and what goes takes its name out of both.

use super::*;
use crate::domain::command::{Command, plan, words};
use crate::domain::payout::Payout;
use crate::domain::query::soundness::breaches;
use crate::domain::query::work::testkit::{Kit, at, usd};
use crate::domain::span::Now;
use crate::domain::testing;

const PAYOUT: PayoutId = PayoutId(70);

fn now() -> Now {
    Now { at: at("2026-11-27T20:00:00Z"), zone: chrono_tz::UTC }
}

/// Two movements and a payout.
fn book() -> Book {
    let mut book = Kit::new().book;
    let movement = |id| Edit::create(testing::movement(id, usd("90")));
    let payout = Payout { sent_on: Some(testing::day("2026-11-18")), ..Payout::new(PAYOUT, PlatformId(1), usd("90")) };
    book.apply(&Change::new(vec![movement(1), movement(2), Edit::create(payout)]));
    book
}

fn set(role: Role, learn: Option<PayerRule>) -> Command {
    Command::SetRole { movements: vec![MovementId(1), MovementId(2)], role, learn }
}

fn rule(words: &str, whose: Whose) -> PayerRule {
    PayerRule { words: words.to_owned(), whose }
}

/// Carries it out; undo is proved on the way.
fn done(book: &mut Book, command: &Command) {
    let before = book.clone();
    let change = plan(book, command, now()).unwrap();
    book.apply(&change);
    let mut back = book.clone();
    back.apply(&change.reversed());
    assert_eq!(back, before, "undo puts all of it back");
}

fn roles(book: &Book) -> Vec<Role> {
    book.movements().map(|movement| movement.role).collect()
}

fn rules(book: &Book) -> Vec<(&str, Whose)> {
    book.settings().payer_rules.iter().map(|rule| (rule.words.as_str(), rule.whose)).collect()
}

#[test]
fn a_role_is_set_on_all_and_learned_in_one_step() {
    let mut book = book();
    let learned = set(Role::Payout(PAYOUT), Some(rule(" PAYPAL   *OUTLIER ", Whose::Platform(PlatformId(1)))));
    let name = book.platform(PlatformId(1)).unwrap().name.clone();
    assert_eq!(words(&book, &learned), format!("Mark 2 movements as part of {name} payout"));
    done(&mut book, &learned);
    assert_eq!(roles(&book), [Role::Payout(PAYOUT); 2]);
    assert_eq!(rules(&book), [("PAYPAL *OUTLIER", Whose::Platform(PlatformId(1)))]);
    // A later decision about the same words takes the place of the one before.
    done(&mut book, &set(Role::Own, Some(rule("paypal *Outlier", Whose::Own))));
    assert_eq!((roles(&book), rules(&book)), (vec![Role::Own; 2], vec![("paypal *Outlier", Whose::Own)]));
    let one = Command::SetRole { movements: vec![MovementId(1)], role: Role::Own, learn: None };
    assert_eq!(words(&book, &one), "Mark movement of 90.00 USD as a move between own accounts");
    assert_eq!(words(&book, &set(Role::Other, None)), "Mark 2 movements as nothing of work");
    assert_eq!(words(&book, &set(Role::Unsaid, None)), "Clear what 2 movements are");
}

#[test]
fn what_is_gone_and_words_that_are_none_are_refused() {
    let book = book();
    let refused = |command: &Command| plan(&book, command, now()).unwrap_err();
    let gone = refused(&set(Role::Payout(PayoutId(9)), None));
    assert_eq!(gone.refusal, Refusal::Gone(Key::Payout(PayoutId(9))));
    let none = Command::SetRole { movements: vec![MovementId(8)], role: Role::Own, learn: None };
    assert_eq!(refused(&none).refusal, Refusal::Gone(Key::Movement(MovementId(8))));
    assert_eq!(refused(&Command::DeleteMovements(vec![MovementId(8)])), refused(&none));
    let remembered = |words: &str, whose| refused(&Command::RememberPayerRule(rule(words, whose)));
    assert_eq!(remembered(" \u{a0} ", Whose::Own), Refusal::Empty("Words").at(Field::Name));
    assert_eq!(remembered(&"x".repeat(121), Whose::Own).field, Field::Name);
    assert_eq!(remembered("x", Whose::Platform(PlatformId(99))).refusal, Refusal::Gone(Key::Platform(PlatformId(99))));
    assert_eq!(refused(&set(Role::Own, Some(rule("", Whose::Own)))).field, Field::Name);
}

#[test]
fn rules_are_edited_and_forgotten_by_their_words_and_no_two_have_the_same() {
    let mut book = book();
    for words in ["Lantern Ltd", "kite"] {
        done(&mut book, &Command::RememberPayerRule(rule(words, Whose::Other)));
    }
    assert_eq!(rules(&book), [("kite", Whose::Other), ("Lantern Ltd", Whose::Other)]);
    let edit = |words: &str, to| Command::EditPayerRule { words: words.to_owned(), to };
    let taken = plan(&book, &edit("kite", rule("LANTERN  ltd", Whose::Own)), now()).unwrap_err();
    assert_eq!(taken, Refusal::NameTaken("Lantern Ltd".to_owned()).at(Field::Name));
    done(&mut book, &edit("KITE", rule("Kite SARL", Whose::Own)));
    assert_eq!(rules(&book), [("Kite SARL", Whose::Own), ("Lantern Ltd", Whose::Other)]);
    let forget = Command::ForgetPayerRule("lantern ltd".to_owned());
    assert_eq!(words(&book, &forget), "Forget payer rule “lantern ltd”");
    done(&mut book, &forget);
    assert_eq!(rules(&book), [("Kite SARL", Whose::Own)]);
    for command in [&forget, &edit("kite", rule("x", Whose::Own))] {
        assert_eq!(plan(&book, command, now()).unwrap_err().refusal, Refusal::Gone(Key::Settings));
    }
}

#[test]
fn there_is_an_end_to_rules() {
    let mut book = book();
    for nth in 0..MOST {
        book.apply(&remember(&book, &rule(&format!("payer {nth}"), Whose::Own)).unwrap());
    }
    let refused = remember(&book, &rule("one more", Whose::Own)).unwrap_err();
    assert_eq!(refused.refusal, Refusal::TooMany(MOST + 1, MOST));
    assert!(remember(&book, &rule("PAYER 7", Whose::Other)).is_ok(), "one that is there may be replaced");
}

#[test]
fn a_payout_that_is_deleted_leaves_its_movements_unsaid() {
    let mut book = book();
    done(&mut book, &set(Role::Payout(PAYOUT), None));
    done(&mut book, &Command::DeletePayout(PAYOUT));
    assert_eq!(roles(&book), [Role::Unsaid; 2]);
    assert_eq!(breaches(&book), []);
}

#[test]
fn a_platform_that_is_deleted_takes_its_rules_with_it() {
    let mut book = book();
    let lonely = crate::domain::platform::Platform::new(PlatformId(40), "Lonely", usd("1").currency);
    book.apply(&Change::create(lonely));
    for (words, whose) in [("lonely", Whose::Platform(PlatformId(40))), ("savings", Whose::Own)] {
        done(&mut book, &Command::RememberPayerRule(rule(words, whose)));
    }
    done(&mut book, &Command::DeletePlatform(PlatformId(40)));
    assert_eq!(rules(&book), [("savings", Whose::Own)]);
    assert_eq!(breaches(&book), []);
}

#[test]
fn movements_are_deleted_in_one_step() {
    let mut book = book();
    let both = Command::DeleteMovements(vec![MovementId(1), MovementId(2)]);
    assert_eq!(words(&book, &both), "Delete 2 movements");
    done(&mut book, &both);
    assert_eq!(book.movements().count(), 0);
}
