//! Two versions of a Book: what differs, who changed it, and what a choice brings along.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::domain::change::Change;
use crate::domain::command::{Command, plan};
use crate::domain::ids::{EarningId, PayoutId, PlatformId, ProjectId, SessionId};
use crate::domain::money::Currency;
use crate::domain::payout::{Allocation, Payout};
use crate::domain::platform::{Platform, Project};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::settings::Settings;
use crate::domain::span::Now;
use crate::domain::testing::{at, usd};

const NOW: &str = "2026-11-22T12:00:00Z";

fn now() -> Now {
    Now { at: at(NOW), zone: chrono_tz::UTC }
}

fn session(id: u64, project: u64, from: &str, note: &str) -> Session {
    let mut session = Session::begun(SessionId(id), at(from), chrono_tz::UTC);
    session.project = Some(ProjectId(project));
    noted(&session, note)
}

fn noted(before: &Session, note: &str) -> Session {
    let mut session = before.clone();
    note.clone_into(&mut session.seldom.note);
    session
}

fn book() -> Book {
    let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
    let platform = Platform::new(PlatformId(1), "Upwork", Currency::USD);
    let project = Project::new(ProjectId(1), PlatformId(1), "Aloe");
    book.apply(&Change::create(platform).then(Change::create(project)));
    for (id, from) in [(1, "2026-09-03T08:00:00Z"), (2, "2026-10-03T08:00:00Z"), (3, "2026-11-03T08:00:00Z")] {
        book.apply(&Change::create(session(id, 1, from, "")));
    }
    book
}

fn with(book: &Book, change: &Change) -> Book {
    let mut book = book.clone();
    book.apply(change);
    book
}

fn taking(ours: &Book, differences: &Differences, choice: &Choice) -> Book {
    let command = Command::TakeOver { words: "Take over".to_owned(), taken: choice.chosen(differences) };
    with(ours, &plan(ours, &command, now()).unwrap())
}

#[test]
fn a_book_and_its_copy_differ_in_nothing_and_share_their_months() {
    let book = book();
    assert!(Differences::of(&book, &book.clone()).is_empty());
    let mut rebuilt = Book::new((**book.settings()).clone());
    rebuilt.apply(&Change::new(crate::domain::query::references::records(&book).map(Edit::create).collect()));
    assert!(Differences::of(&book, &rebuilt).is_empty(), "equal by value");
}

#[test]
fn records_are_found_on_one_side_on_the_other_and_on_both_even_in_another_month() {
    let book = book();
    let ours = with(&book, &Change::create(session(4, 1, "2026-11-04T08:00:00Z", "ours")));
    let moved = session(2, 1, "2026-11-20T08:00:00Z", "moved");
    let theirs = with(&book, &Change::replace(book.session(SessionId(2)).unwrap(), moved.clone()));
    let theirs = with(&theirs, &Change::create(session(5, 1, "2026-08-04T08:00:00Z", "theirs")));
    let theirs = with(&theirs, &Change::new(vec![Edit::delete(book.session(SessionId(3)).unwrap().clone())]));
    let found = Differences::of(&ours, &theirs);
    let told: Vec<_> = found.list().iter().map(|one| (one.key, one.ours.is_some(), one.theirs.is_some())).collect();
    let key = |id| Key::Session(SessionId(id));
    assert_eq!(told, [(key(2), true, true), (key(3), true, false), (key(4), true, false), (key(5), false, true)]);
    assert_eq!(found.get(key(2)).unwrap().theirs, Some(Record::from(moved)));
    let counts = Counts { only_ours: 2, only_theirs: 1, unlike: 1 };
    assert_eq!(found.summary(), BTreeMap::from([(Kind::Session, counts)]));
    assert_eq!(taking(&ours, &found, &Choice::all(Side::Theirs, &found)), theirs);
    assert_eq!(taking(&ours, &found, &Choice::all(Side::Ours, &found)), ours);
}

#[test]
fn what_only_one_side_changed_since_both_were_one_is_no_clash() {
    let base = book();
    let note = |book: &Book, id, note: &str| {
        let before = book.session(SessionId(id)).unwrap();
        with(book, &Change::replace(before, noted(before, note)))
    };
    let ours = note(&base, 1, "ours");
    let theirs = note(&base, 2, "theirs");
    let apart = Differences::since(&base, &ours, &theirs);
    assert_eq!(
        apart.list().iter().map(|one| (one.key, one.changed)).collect::<Vec<_>>(),
        [(Key::Session(SessionId(2)), Changed::Theirs)]
    );
    assert!(!apart.clash());
    let both = Differences::since(&base, &note(&ours, 3, "ours"), &note(&note(&theirs, 3, "theirs"), 1, "ours"));
    let told: Vec<_> = both.list().iter().map(|one| (one.key, one.changed)).collect();
    let key = |id| Key::Session(SessionId(id));
    assert_eq!(told, [(key(2), Changed::Theirs), (key(3), Changed::Both)], "one that both changed alike is none");
    assert!(both.clash());
    assert_eq!(Choice::unclashing(&both).chosen(&both).len(), 1);
}

#[test]
fn a_record_brings_along_what_it_names() {
    let ours = book();
    let platform = Platform::new(PlatformId(2), "Mercor", Currency::USD);
    let project = Project::new(ProjectId(2), PlatformId(2), "Fern");
    let news = Change::create(platform).then(Change::create(project));
    let theirs = with(&with(&ours, &news), &Change::create(session(9, 2, "2026-11-09T08:00:00Z", "")));
    let found = Differences::of(&ours, &theirs);
    let mut choice = Choice::default();
    choice.set(Key::Session(SessionId(9)), Side::Theirs);
    let closed = choice.closed(&ours, &found);
    assert_eq!((choice.taken(), closed.taken()), (1, 3));
    assert_eq!(taking(&ours, &found, &closed), theirs);
}

#[test]
fn what_a_record_that_stays_names_does_not_go() {
    let ours = book();
    let record = |key| ours.record(key).unwrap();
    let keys = [Key::Platform(PlatformId(1)), Key::Project(ProjectId(1)), Key::Session(SessionId(1))];
    let edits = keys.iter().filter_map(|key| Edit::from_sides(Some(record(*key)), None)).collect();
    let theirs = with(&ours, &Change::new(edits));
    let found = Differences::of(&ours, &theirs);
    // Sessions 2 and 3 stay and are of the project, which is of the platform.
    let closed = Choice::all(Side::Theirs, &found).closed(&ours, &found);
    assert_eq!(closed.chosen(&found).iter().map(|one| one.key).collect::<Vec<_>>(), [Key::Session(SessionId(1))]);
}

#[test]
fn a_payout_names_its_platform_and_what_it_settles() {
    let mut payout = Payout::new(PayoutId(1), PlatformId(1), usd("10"));
    payout.allocations = vec![Allocation { earning: EarningId(7), amount: usd("10") }];
    let mut named = BTreeSet::new();
    crate::domain::query::references::named_by(&Record::from(payout), |key| _ = named.insert(key));
    assert_eq!(named, BTreeSet::from([Key::Platform(PlatformId(1)), Key::Earning(EarningId(7))]));
}

#[test]
fn a_record_that_moved_on_since_it_was_compared_is_not_overwritten() {
    let ours = book();
    let before = ours.session(SessionId(1)).unwrap();
    let theirs = with(&ours, &Change::replace(before, noted(before, "theirs")));
    let found = Differences::of(&ours, &theirs);
    let later = with(&ours, &Change::replace(before, noted(before, "later")));
    let command =
        Command::TakeOver { words: "Take over".to_owned(), taken: Choice::all(Side::Theirs, &found).chosen(&found) };
    let refused = plan(&later, &command, now()).unwrap_err();
    assert_eq!(refused.refusal, Refusal::ChangedMeanwhile(Key::Session(SessionId(1))));
}

#[test]
fn shared_months_are_not_looked_into() {
    let ours = book();
    let theirs = with(&ours, &Change::create(session(4, 1, "2026-11-04T08:00:00Z", "")));
    let shared = |month: &str| {
        let bucket = |book: &Book| book.months().find(|(held, _)| held.to_string() == month).unwrap().1.clone();
        Arc::ptr_eq(&bucket(&ours), &bucket(&theirs))
    };
    assert!(shared("2026-09") && shared("2026-10") && !shared("2026-11"));
    assert_eq!(Differences::of(&ours, &theirs).list().len(), 1);
}
