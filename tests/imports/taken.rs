//! What holds for taking files in: twice is once, undo is before, and the order of the files is of no matter.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use proptest::prelude::*;
use truerate::domain::book::Book;
use truerate::domain::change::Change;
use truerate::domain::command::{Command, TakenIn, plan};
use truerate::domain::money::Currency;
use truerate::domain::movement::Movement;
use truerate::domain::query::incoming::{Choices, Incoming, Made};
use truerate::domain::settings::Settings;
use truerate::domain::span::Now;
use truerate::domain::statement::{FORMATS, Says, Statement};
use truerate::import::{self, Going, Options};

use crate::{ZONE, files};

fn now() -> Now {
    Now { at: "2026-11-27T20:00:00Z".parse().unwrap(), zone: ZONE }
}

/// The files that can be read, by name.
fn statements() -> Vec<(PathBuf, Statement)> {
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).unwrap();
        import::read(&bytes, Options::new(ZONE), &Going::ON).ok().map(|statement| (path, statement))
    };
    files().into_iter().filter_map(read).collect()
}

fn empty() -> Book {
    Book::new(Settings::new(Currency::USD, ZONE))
}

/// The change that takes a file in; `None` where there is nothing to take.
fn change(book: &Book, statement: &Statement, seed: u64) -> Option<Change> {
    let choices = Choices::proposed(book, statement, statement.payer.as_deref());
    let taken = TakenIn { statement: Arc::new(statement.clone()), choices, zone: ZONE, seed };
    plan(book, &Command::TakeIn(Box::new(taken)), now()).ok()
}

/// What a Book holds, whatever its ids.
fn held(book: &Book) -> BTreeSet<String> {
    let project = |id| {
        let project = book.project(id)?;
        Some(format!("{} of {}", project.name.to_lowercase(), book.platform(project.platform)?.name.to_lowercase()))
    };
    let sessions = book.sessions().map(|session| {
        let work = session.project.and_then(project);
        format!("{} {:?} {work:?} {} {:?}", session.started_at, session.ended_at, session.note, session.origin)
    });
    let earnings = book.earnings().map(|earning| {
        let platform = book.platform(earning.platform).map(|platform| platform.name.to_lowercase());
        let work = earning.project.and_then(project);
        format!("{platform:?} {work:?} {:?} {} {:?} {:?}", earning.kind, earning.amount, earning.states, earning.origin)
    });
    // Two files of one account word the same money each in their own way.
    let movements = book.movements().map(|movement| {
        let Movement { account, on, amount, kind, state, role, origin, .. } = &**movement;
        let key = origin.as_ref().map(|origin| &origin.key);
        format!("{account} {on} {amount} {kind:?} {state:?} {role:?} {key:?}")
    });
    let platforms = book.platforms().map(|platform| platform.name.to_lowercase());
    sessions.chain(earnings).chain(movements).chain(platforms).collect()
}

#[test]
fn each_file_twice_is_once_undo_is_before_and_what_is_said_is_made() {
    let mut taken = 0;
    for (path, statement) in statements() {
        let before = empty();
        let choices = Choices::proposed(&before, &statement, statement.payer.as_deref());
        let incoming = Incoming::of(&before, &statement, &choices, now());
        let made = Made::of(&before, &statement, &choices, &incoming);
        let Some(change) = change(&before, &statement, 1) else {
            assert_eq!(made, Made::default(), "{}", path.display());
            continue;
        };
        let mut book = before.clone();
        book.apply(&change);
        let counts = [
            book.sessions().count(),
            book.earnings().count(),
            book.movements().count(),
            book.platforms().count(),
            book.projects().count(),
        ];
        let said = [made.sessions, made.earnings, made.movements, made.platforms.len(), made.projects.len()];
        assert_eq!(counts, said, "{}", path.display());
        assert_eq!(self::change(&book, &statement, 500_000), None, "{}", path.display());
        book.apply(&change.reversed());
        assert_eq!(book, before, "{}", path.display());
        taken += 1;
    }
    assert!(taken > 30, "only {taken} files hold anything to take");
}

/// What a Book holds of money after files of these names, taken in one after the other.
fn money_after(names: &[(&str, &[u8])]) -> Vec<String> {
    let mut book = empty();
    for (name, bytes) in names {
        let statement = import::read(bytes, Options::new(ZONE), &Going::ON).unwrap();
        if let Some(change) = change(&book, &statement, 1_000 + book.revision() * 1_000) {
            book.apply(&change);
        }
        assert!(book.earnings().count() > 0, "{name} holds money");
    }
    let mut money: Vec<_> = book.earnings().map(|earning| earning.amount.to_string()).collect();
    money.sort();
    money
}

#[test]
fn the_files_of_upwork_tell_the_same_money_and_only_the_first_of_them_adds_work() {
    let file = |name: &str| fs::read(crate::folder().join(name)).unwrap();
    let (weekly, report) = (file("upwork-weekly.csv"), file("upwork-2026.csv"));
    // The weekly summary knows no fees: those of the report are new.
    let both = money_after(&[("weekly", &weekly), ("report", &report)]);
    assert_eq!(
        both,
        ["-25.80 USD", "-4.13 USD", "-4.90 USD", "-7.60 USD", "25.00 USD", "40.00 USD", "80.00 USD", "80.00 USD"]
    );
    let turned = money_after(&[("report", &report), ("weekly", &weekly)]);
    assert_eq!(turned, money_after(&[("report", &report)]));
    // The same rows as the statement of old tells them, under other numbers.
    let old = b"Date,Ref ID,Type,Description,Agency,Freelancer,Team,Account Name,PO,Amount,Amount in local currency,Currency,Balance\n\
        \"Mar 4, 2026\",700000002,Service Fee,Fee,,Ada Example,Lantern Ltd,Ada Example,,-25.80,,,232.20\n\
        \"Mar 4, 2026\",700000001,Hourly,Maps,,Ada Example,Lantern Ltd,Ada Example,,258.00,,,258.00\n";
    for order in [[("report", report.as_slice()), ("old", old)], [("old", old.as_slice()), ("report", &report)]] {
        assert_eq!(money_after(&order), money_after(&[("report", &report)]), "{} first", order[0].0);
    }
}

/// What a Book holds after statements, taken in one after the other.
fn after<'a>(statements: impl IntoIterator<Item = &'a Statement>) -> Book {
    let mut book = empty();
    for statement in statements {
        if let Some(change) = change(&book, statement, 1_000 + book.revision() * 1_000) {
            book.apply(&change);
        }
    }
    book
}

/// What our files hold of persons and of what they bought: none of it is in any record that is made of them.
#[test]
fn what_is_private_never_comes_through_the_door() {
    const PRIVATE: [&str; 14] = [
        "ada@example.com",
        "me@example.com",
        "pay@example.com",
        "Ada Example",
        "Kite Cafe",
        "KITE CAFE",
        "RENT",
        "DE00100200300001234567",
        "0001234567",
        "Zed Example",
        "Pizza",
        "Tea house",
        "*1234",
        "ending 1234",
    ];
    let (mut records, mut formats) = (0, BTreeSet::new());
    for (path, statement) in statements() {
        let book = after([&statement]);
        let sessions = book.sessions().map(|session| format!("{session:?}"));
        let earnings = book.earnings().map(|earning| format!("{earning:?}"));
        let movements = book.movements().map(|movement| format!("{movement:?}"));
        for record in sessions.chain(earnings).chain(movements) {
            let found = PRIVATE.iter().find(|word| record.contains(**word));
            assert_eq!(found, None, "{}: {record}", path.display());
            records += 1;
        }
        formats.insert(statement.code.into_owned());
    }
    assert!(records > 60, "only {records} records of all files");
    // Each format that is told of has a file of our own.
    let told: BTreeSet<String> =
        FORMATS.iter().flat_map(|format| format.codes).map(|code| (*code).to_owned()).collect();
    assert_eq!(formats, told);
}

/// The files of money that moved.
fn money() -> Vec<(PathBuf, Statement)> {
    let moves = |statement: &Statement| statement.rows.iter().any(|row| matches!(row.says, Says::Moved(_)));
    statements().into_iter().filter(|(_, statement)| moves(statement)).collect()
}

#[test]
fn a_file_of_money_cut_in_two_is_the_whole_in_either_order() {
    let all = money();
    assert!(all.len() > 20, "only {} files of money", all.len());
    for (path, whole) in all {
        let wanted = held(&after([&whole]));
        for cut in 0..=whole.rows.len() {
            let half = |rows: &[_]| Statement { rows: rows.to_vec(), ..whole.clone() };
            let (first, second) = whole.rows.split_at(cut);
            let (first, second) = (half(first), half(second));
            for halves in [[&first, &second], [&second, &first]] {
                assert_eq!(held(&after(halves)), wanted, "{} cut at {cut}", path.display());
            }
            assert_eq!(
                held(&after([&first, &whole, &second])),
                wanted,
                "{} with a half before and after",
                path.display()
            );
        }
    }
}

#[test]
fn an_account_in_two_formats_adds_nothing_the_second_time_whichever_comes_first() {
    let file = |name: &str| {
        let bytes = fs::read(crate::folder().join(name)).unwrap();
        import::read(&bytes, Options::new(ZONE), &Going::ON).unwrap()
    };
    let amounts = |book: &Book| {
        let mut amounts: Vec<String> = book.movements().map(|movement| movement.amount.to_string()).collect();
        amounts.sort();
        amounts
    };
    let (ofx, camt) = (file("bank-1.ofx"), file("camt053.xml"));
    // One account: 90.00 stands in both, 1200.00 in the one and 60.00 in the other.
    for order in [[&ofx, &camt], [&camt, &ofx]] {
        assert_eq!(amounts(&after(order)), ["1200.00 EUR", "60.00 EUR", "90.00 EUR"]);
    }
    // What the user paid at the café stands in neither.
    assert!(after([&ofx, &camt]).movements().all(|movement| movement.account == "Bank …4567"));
    let (statement, history) = (file("wise-statement.csv"), file("wise-history.csv"));
    for order in [[&statement, &history], [&history, &statement]] {
        assert_eq!(amounts(&after(order)), ["-100.00 USD", "100.00 EUR", "115.80 USD"]);
    }
    let (long, short) = (file("payoneer-long.csv"), file("payoneer-short.csv"));
    for order in [[&long, &short], [&short, &long]] {
        assert_eq!(amounts(&after(order)), ["-900.00 USD", "1115.80 USD"]);
    }
}

/// Files of formats that don't tell the same work once more: of those, the first that comes is kept.
fn apart() -> Vec<Statement> {
    let all = statements();
    let alone = |statement: &Statement| {
        let others = all.iter().map(|(_, other)| other).filter(|other| other.code != statement.code);
        let mut book = empty();
        for other in others {
            if let Some(change) = change(&book, other, 1_000 + book.revision() * 1_000) {
                book.apply(&change);
            }
        }
        let choices = Choices::proposed(&book, statement, statement.payer.as_deref());
        Incoming::of(&book, statement, &choices, now()).counts().doubtful == 0
    };
    all.iter().map(|(_, statement)| statement).filter(|statement| alone(statement)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_files_and_how_often_they_come_is_of_no_matter(
        order in Just(apart()).prop_shuffle(),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let taken = |order: &mut dyn Iterator<Item = &Statement>| {
            let mut book = empty();
            for statement in order {
                if let Some(change) = change(&book, statement, 1_000 + book.revision() * 1_000) {
                    book.apply(&change);
                }
            }
            book
        };
        let once = held(&taken(&mut apart().iter()));
        let more: Vec<&Statement> = again.iter().map(|at| at.get(&order)).collect();
        prop_assert!(once.len() > 20);
        prop_assert_eq!(held(&taken(&mut order.iter().chain(more))), once);
    }
}
