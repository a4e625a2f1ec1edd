//! Two versions of one Book, each changed by chance: whatever is chosen, every record is that of one of both sides, what
//! either has is offered, nothing names nothing, and undo brings back what was.

use std::collections::BTreeSet;

use proptest::prelude::*;
use truerate::domain::book::Book;
use truerate::domain::change::{Change, Edit, Key};
use truerate::domain::command::{Command, plan};
use truerate::domain::query::differs::{Changed, Choice, Differences, Side};
use truerate::domain::query::references::{named_by, records};

use crate::generated::{Step, book, command, now, steps};

/// The same Book after steps of its own and with some records taken out, and ids that no other side draws.
fn changed(base: &Book, steps: &[Step], ids_from: usize, gone: &[usize]) -> Book {
    let mut book = base.clone();
    for (nth, step) in steps.iter().enumerate() {
        let done = command(&book, *step, ids_from + nth).and_then(|command| plan(&book, &command, now()).ok());
        if let Some(change) = done {
            book.apply(&change);
        }
    }
    let ids: Vec<_> = book.sessions().map(|session| session.id).collect();
    for nth in gone {
        if let Some(session) = ids.get(nth % ids.len().max(1)).and_then(|id| book.session(*id)) {
            let edit = Edit::delete(session.clone());
            book.apply(&Change::new(vec![edit]));
        }
    }
    book
}

fn keys(book: &Book) -> BTreeSet<Key> {
    records(book).map(|record| record.key()).collect()
}

fn dangling(book: &Book) -> BTreeSet<(Key, Key)> {
    let mut found = BTreeSet::new();
    for record in records(book) {
        named_by(&record, |named| {
            if book.record(named).is_none() {
                found.insert((record.key(), named));
            }
        });
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_merge_takes_each_record_from_one_side_and_can_be_taken_back(
        seed in 0u64..1_000,
        our_steps in steps(8),
        their_steps in steps(8),
        gone in (prop::collection::vec(any::<u8>().prop_map(usize::from), 0..3), prop::collection::vec(any::<u8>().prop_map(usize::from), 0..3)),
        sides in prop::collection::vec(any::<bool>(), 1..40),
    ) {
        let base = book(seed, 60);
        let ours = changed(&base, &our_steps, 0, &gone.0);
        let theirs = changed(&base, &their_steps, 1_000, &gone.1);
        let found = Differences::of(&ours, &theirs);
        // What either side has is either the same in both, or offered.
        for key in keys(&ours).union(&keys(&theirs)) {
            let same = ours.record(*key) == theirs.record(*key);
            prop_assert_eq!(found.get(*key).is_none(), same, "{:?}", key);
        }
        let mut choice = Choice::default();
        for (difference, theirs) in found.list().iter().zip(sides.iter().cycle()) {
            choice.set(difference.key, if *theirs { Side::Theirs } else { Side::Ours });
        }
        let closed = choice.closed(&ours, &found);
        let command = Command::TakeOver { words: "Take over".into(), taken: closed.chosen(&found) };
        let change = plan(&ours, &command, now()).unwrap();
        let mut merged = ours.clone();
        merged.apply(&change);
        for key in keys(&ours).union(&keys(&theirs)) {
            let record = merged.record(*key);
            let side = if closed.side(*key) == Side::Theirs { theirs.record(*key) } else { ours.record(*key) };
            prop_assert!(record == side, "{:?}", key);
        }
        let known: BTreeSet<_> = dangling(&ours).union(&dangling(&theirs)).copied().collect();
        prop_assert!(dangling(&merged).is_subset(&known), "{:?}", dangling(&merged));
        merged.apply(&change.reversed());
        prop_assert!(merged == ours);
    }

    #[test]
    fn what_only_one_side_changed_is_merged_without_a_question(
        seed in 0u64..1_000,
        our_steps in steps(8),
        their_steps in steps(8),
    ) {
        let base = book(seed, 60);
        let ours = changed(&base, &our_steps, 0, &[]);
        let theirs = changed(&base, &their_steps, 1_000, &[]);
        let found = Differences::since(&base, &ours, &theirs);
        let mut merged = ours.clone();
        let taken = Choice::unclashing(&found).chosen(&found);
        merged.apply(&plan(&ours, &Command::TakeOver { words: "Take over".into(), taken }, now()).unwrap());
        for key in keys(&base).union(&keys(&ours)).chain(&keys(&theirs)) {
            let (was, our, their) = (base.record(*key), ours.record(*key), theirs.record(*key));
            let clash = our != was && their != was && our != their;
            prop_assert_eq!(found.get(*key).is_some_and(|one| one.changed == Changed::Both), clash, "{:?}", key);
            let expected = if their == was || clash { our } else { their };
            prop_assert!(merged.record(*key) == expected, "{:?}", key);
        }
        if our_steps.is_empty() {
            prop_assert!(merged == theirs);
        }
    }
}
