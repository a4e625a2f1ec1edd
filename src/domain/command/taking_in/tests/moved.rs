//! Money that moved: what is kept of it, that it is kept once, and that what the user said of it stays.

use super::*;
use crate::domain::movement::Role;
use crate::domain::payer_rule::{PayerRule, Whose};
use crate::domain::statement::{MoveKind, MoveState};

fn row(on: &str, kind: MoveKind, amount: &str) -> Moved {
    Moved {
        on: day(on),
        at: None,
        kind,
        amount: usd(amount),
        fee: None,
        other: "Lantern Ltd".to_owned(),
        text: "General Payment".to_owned(),
        state: MoveState::Done,
        reference: String::new(),
        parent: String::new(),
    }
}

fn paid(on: &str, amount: &str) -> Moved {
    row(on, MoveKind::Payment, amount)
}

fn of(format: &'static str, code: &'static str, rows: Vec<(&str, Moved)>) -> Statement {
    let rows = rows.into_iter().map(|(key, moved)| (key, Says::Moved(moved))).collect();
    Statement { format: format.into(), code: code.into(), payer: None, ..statement(rows) }
}

fn paypal(rows: Vec<(&str, Moved)>) -> Statement {
    of("PayPal activity", "paypal", rows)
}

fn seen(book: &Book, statement: &Statement) -> Vec<Verdict> {
    verdicts(book, statement, &Choices::proposed(book, statement, None))
}

fn amounts(book: &Book) -> Vec<String> {
    book.movements().map(|movement| movement.amount.to_string()).collect()
}

#[test]
fn what_came_and_what_is_the_users_own_is_kept_and_what_they_paid_to_others_is_not() {
    let mut book = Kit::new().book;
    let with = |moved: Moved, reference: &str, parent: &str| Moved {
        reference: reference.to_owned(),
        parent: parent.to_owned(),
        ..moved
    };
    let file = paypal(vec![
        ("paypal||a", with(paid("2026-11-20", "90"), "A", "")),
        ("paypal||b", with(paid("2026-11-20", "-31"), "B", "")),
        ("paypal||c", row("2026-11-21", MoveKind::Own, "-50")),
        ("paypal||d", row("2026-11-21", MoveKind::Exchange, "-20")),
        ("paypal||e", row("2026-11-21", MoveKind::Hold, "-5")),
        ("paypal||f", row("2026-11-21", MoveKind::Hold, "5")),
        ("paypal||g", with(row("2026-11-22", MoveKind::Fee, "-1"), "", "A")),
        ("paypal||h", with(row("2026-11-22", MoveKind::Fee, "-2"), "", "B")),
        ("paypal||i", with(row("2026-11-23", MoveKind::Refund, "31"), "I", "B")),
        ("paypal||j", with(row("2026-11-23", MoveKind::Refund, "-9"), "J", "A")),
        ("paypal||k", paid("2026-11-23", "0")),
        ("paypal||l", paid("2026-11-23", "5000000000")),
        // A fee with the number of what it was taken for.
        ("paypal||m", with(row("2026-11-20", MoveKind::Fee, "-3"), "A", "")),
    ]);
    let nothing = Verdict::Nothing;
    assert_eq!(
        seen(&book, &file),
        [
            Verdict::New,
            nothing(Idle::Private),
            Verdict::New,
            Verdict::New,
            nothing(Idle::Held),
            nothing(Idle::Held),
            Verdict::New,
            nothing(Idle::LooseFee),
            nothing(Idle::PaidBack),
            Verdict::New,
            nothing(Idle::Zero),
            nothing(Idle::TooMuch),
            Verdict::New,
        ]
    );
    let choices = Choices::proposed(&book, &file, None);
    let made = Made::of(&book, &file, &choices, &Incoming::of(&book, &file, &choices, now()));
    take(&mut book, &file, None).unwrap();
    assert_eq!(amounts(&book), ["90.00 USD", "-50.00 USD", "-20.00 USD", "-1.00 USD", "-9.00 USD", "-3.00 USD"]);
    assert_eq!((made.movements, made.came.of(usd("1").currency)), (6, usd("90")), "what others paid is what came");
    assert!(book.movements().all(|movement| movement.account == "PayPal" && movement.role == Role::Unsaid));
    assert_eq!(book.earnings().count(), 0, "money that came is no income by itself");
}

#[test]
fn a_rule_of_the_user_keeps_what_they_paid_to_themselves() {
    let mut book = Kit::new().book;
    let rule = |words: &str, whose| Command::RememberPayerRule(PayerRule { words: words.to_owned(), whose });
    for command in [rule("ada example", Whose::Own), rule("rent", Whose::Other)] {
        book.apply(&plan(&book, &command, now()).unwrap());
    }
    let to =
        |other: &str, text: &str| Moved { other: other.to_owned(), text: text.to_owned(), ..paid("2026-11-20", "-40") };
    let file = paypal(vec![("paypal||a", to("ADA  Example", "sent on")), ("paypal||b", to("Kite Homes", "Rent"))]);
    assert_eq!(seen(&book, &file), [Verdict::New, Verdict::Nothing(Idle::Private)]);
}

#[test]
fn the_same_file_twice_adds_nothing_and_a_changed_row_keeps_what_the_user_said() {
    let mut book = Kit::new().book;
    let of = |amount: &str, state| paypal(vec![("paypal||a", Moved { state, ..paid("2026-11-20", amount) })]);
    let pending = of("90", MoveState::Pending);
    take(&mut book, &pending, None).unwrap();
    assert_eq!(seen(&book, &pending), [Verdict::Known]);
    assert!(take(&mut book, &pending, None).is_err());
    let id = book.movements().next().unwrap().id;
    let role = Command::SetRole { movements: vec![id], role: Role::Own, learn: None };
    book.apply(&plan(&book, &role, now()).unwrap());
    let done = of("89.50", MoveState::Done);
    assert_eq!(seen(&book, &done), [Verdict::Changed]);
    take(&mut book, &done, None).unwrap();
    let movement = book.movement(id).unwrap();
    assert_eq!((movement.amount, movement.state, movement.role), (usd("89.50"), MoveState::Done, Role::Own));
    assert_eq!(book.movements().count(), 1);
    // The older file once more takes nothing back.
    assert_eq!(seen(&book, &pending), [Verdict::Known]);
}

#[test]
fn what_was_on_its_way_under_another_number_is_brought_up_to_date_and_never_doubled() {
    let on_its_way = || Moved { state: MoveState::Pending, ..paid("2026-11-20", "90") };
    let first = of("Revolut statement", "revolut", vec![("revolut||90", on_its_way())]);
    let later = of("Revolut statement", "revolut", vec![("revolut||88", paid("2026-11-21", "88"))]);
    let mut book = Kit::new().book;
    take(&mut book, &first, None).unwrap();
    let id = book.movements().next().unwrap().id;
    assert_eq!(seen(&book, &later), [Verdict::CameThrough(id)]);
    take(&mut book, &later, None).unwrap();
    assert_eq!((amounts(&book), seen(&book, &later)), (vec!["88.00 USD".to_owned()], vec![Verdict::Known]));
    assert_eq!(seen(&book, &first), [Verdict::Doubtful(Doubt::Movement(id))]);
    // The other way round it is one, too.
    let mut turned = Kit::new().book;
    take(&mut turned, &later, None).unwrap();
    assert!(take(&mut turned, &first, None).is_err());
    assert_eq!(amounts(&turned), amounts(&book));
    // Both in one file, or far apart in day or amount: they are two.
    for other in [
        paid("2026-11-27", "90"),
        paid("2026-11-21", "70"),
        Moved { other: "Kite".to_owned(), ..paid("2026-11-20", "90") },
    ] {
        let mut book = Kit::new().book;
        take(&mut book, &first, None).unwrap();
        let file = of("Revolut statement", "revolut", vec![("revolut||c", other)]);
        assert_eq!(seen(&book, &file), [Verdict::New]);
    }
    let both = of(
        "Revolut statement",
        "revolut",
        vec![("revolut||90", on_its_way()), ("revolut||88", paid("2026-11-21", "88"))],
    );
    assert_eq!(seen(&turned, &both), [Verdict::New, Verdict::Known]);
}

#[test]
fn the_same_money_in_another_format_of_the_account_is_doubtful_once_for_each_movement() {
    let mut book = Kit::new().book;
    let ofx =
        of("OFX", "ofx", vec![("ofx|1/4567|1", paid("2026-11-20", "90")), ("ofx|1/4567|2", paid("2026-11-21", "90"))]);
    take(&mut book, &ofx, None).unwrap();
    let ids: Vec<_> = book.movements().map(|movement| movement.id).collect();
    let same = |nth: usize| Verdict::Doubtful(Doubt::Movement(ids[nth]));
    let camt = |account: &'static str, days: [&str; 3]| {
        let keys = ["a", "b", "c"].map(|key| format!("camt|{account}|{key}"));
        of("camt.053", "camt", keys.iter().map(String::as_str).zip(days.map(|on| paid(on, "90"))).collect())
    };
    let days = ["2026-11-21", "2026-11-20", "2026-11-22"];
    assert_eq!(seen(&book, &camt("4567", days)), [same(1), same(0), Verdict::New], "two are known, the third is new");
    assert_eq!(seen(&book, &camt("1111", days)), [Verdict::New; 3], "another account");
    // A bank's table names no number: the words decide, and the day.
    let table = |other: &str, on: &str| {
        of("DKB", "dkb", vec![("dkb||1", Moved { other: other.to_owned(), text: String::new(), ..paid(on, "90") })])
    };
    assert_eq!(seen(&book, &table("LANTERN LIMITED", "2026-11-20")), [same(0)]);
    assert_eq!(seen(&book, &table("Kite SARL", "2026-11-20")), [Verdict::New]);
    assert_eq!(seen(&book, &table("LANTERN LIMITED", "2026-11-24")), [Verdict::New]);
    // PayPal is no bank: money goes from the one to the other.
    assert_eq!(seen(&book, &paypal(vec![("paypal||a", paid("2026-11-20", "90"))])), [Verdict::New]);
    // What is doubtful can be taken all the same.
    let file = camt("4567", days);
    let mut choices = Choices::proposed(&book, &file, None);
    choices.wanted.insert("camt|4567|a".to_owned());
    take_as(&mut book, &file, &choices).unwrap();
    assert_eq!(book.movements().count(), 4);
}

#[test]
fn a_format_that_knows_a_row_by_a_number_here_and_not_there_tells_it_once() {
    let mut book = Kit::new().book;
    let with = |reference: &str| Moved { reference: reference.to_owned(), ..paid("2026-11-20", "90") };
    take(&mut book, &of("Payoneer report", "payoneer", vec![("payoneer||2026-11-20|90", with(""))]), None).unwrap();
    let id = book.movements().next().unwrap().id;
    let short = of("Payoneer statement", "payoneer", vec![("payoneer||70000001", with("70000001"))]);
    assert_eq!(seen(&book, &short), [Verdict::Doubtful(Doubt::Movement(id))]);
}

#[test]
fn of_two_files_of_an_account_the_one_that_knows_more_of_a_row_is_heard_whichever_comes_first() {
    let plain = of("Wise statement", "wise", vec![("wise||T-9|+|", paid("2026-11-20", "100"))]);
    let own = Moved { other: String::new(), ..row("2026-11-20", MoveKind::Own, "100") };
    let own = of("Wise history", "wise", vec![("wise||T-9|+|", own)]);
    for order in [[&plain, &own], [&own, &plain]] {
        let mut book = Kit::new().book;
        for file in order {
            let _nothing_new = take(&mut book, file, None);
        }
        let movement = book.movements().next().unwrap();
        assert_eq!((movement.kind, book.movements().count()), (MoveKind::Own, 1));
        assert_eq!((seen(&book, &plain), seen(&book, &own)), (vec![Verdict::Known], vec![Verdict::Known]));
    }
}

#[test]
fn a_fee_that_one_file_of_wise_tells_apart_and_the_other_within_is_counted_once() {
    let number = "TRANSFER-1";
    let own = |amount: &str, fee: Option<&str>| Moved {
        fee: fee.map(usd),
        reference: number.to_owned(),
        ..row("2026-11-20", MoveKind::Own, amount)
    };
    let fee = Moved { reference: number.to_owned(), ..row("2026-11-20", MoveKind::Fee, "-0.41") };
    let statement =
        of("Wise statement", "wise", vec![("wise||TRANSFER-1|-|", own("-100", None)), ("wise||TRANSFER-1|-|fee", fee)]);
    let history = of("Wise history", "wise", vec![("wise||TRANSFER-1|-|", own("-100.41", Some("0.41")))]);
    let mut book = Kit::new().book;
    take(&mut book, &statement, None).unwrap();
    assert_eq!(seen(&book, &history), [Verdict::Known]);
    let mut turned = Kit::new().book;
    take(&mut turned, &history, None).unwrap();
    take(&mut turned, &statement, None).unwrap();
    assert_eq!(amounts(&turned), ["-100.00 USD", "-0.41 USD"]);
    assert_eq!(seen(&turned, &history), [Verdict::Known]);
}
