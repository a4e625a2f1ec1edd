//! References: which records a record names, and so can't do without.
//!
//! What the user has seen and what a platform was measured on name others too, but read on without them: they are no
//! references here.

use std::collections::BTreeSet;

use crate::domain::book::Book;
use crate::domain::change::{Key, Record};
use crate::domain::earning::Covers;
use crate::domain::payer_rule::Whose;

/// Hands each record that this one names to `each`, in no order and perhaps more than once.
pub fn named_by(record: &Record, mut each: impl FnMut(Key)) {
    let mut some = |key: Option<Key>| {
        if let Some(key) = key {
            each(key);
        }
    };
    match record {
        Record::Settings(settings) => {
            for rule in &settings.payer_rules {
                if let Whose::Platform(platform) = rule.whose {
                    some(Some(Key::Platform(platform)));
                }
            }
        }
        Record::Rate(_) | Record::Bill(_) | Record::Seen(_) => {}
        Record::Platform(platform) => some(platform.default_route.map(Key::Route)),
        Record::Project(project) => some(Some(Key::Platform(project.platform))),
        Record::Terms(terms) => some(Some(Key::Project(terms.project))),
        Record::Schedule(schedule) => {
            some(Some(Key::Platform(schedule.platform)));
            some(schedule.project.map(Key::Project));
            some(schedule.route.map(Key::Route));
        }
        Record::Route(route) => some(route.platform.map(Key::Platform)),
        Record::Session(session) => some(session.project.map(Key::Project)),
        Record::Earning(earning) => {
            some(Some(Key::Platform(earning.platform)));
            some(earning.project.map(Key::Project));
            some(earning.route.map(Key::Route));
            match &earning.covers {
                Covers::Nothing => {}
                Covers::Sessions(ids) => ids.iter().for_each(|id| some(Some(Key::Session(*id)))),
                Covers::Days { project, .. } => some(Some(Key::Project(*project))),
            }
        }
        Record::Payout(payout) => {
            some(payout.platform.map(Key::Platform));
            some(payout.route.map(Key::Route));
            payout.allocations.iter().for_each(|part| some(Some(Key::Earning(part.earning))));
        }
        Record::Movement(movement) => some(movement.role.payout().map(Key::Payout)),
    }
}

/// Every record of a Book, the small tables first.
pub fn records(book: &Book) -> impl Iterator<Item = Record> + '_ {
    but_sessions(book).chain(Record::each(book.sessions()))
}

fn but_sessions(book: &Book) -> impl Iterator<Item = Record> + '_ {
    book.tables()
        .chain(Record::each(book.earnings()))
        .chain(Record::each(book.payouts()))
        .chain(Record::each(book.movements()))
}

/// Those of some records that anything else in the Book names; `without` are left out as namers.
#[must_use]
pub fn still_named(book: &Book, of: &BTreeSet<Key>, without: &BTreeSet<Key>) -> BTreeSet<Key> {
    let mut named = BTreeSet::new();
    if of.is_empty() {
        return named;
    }
    // Sessions are the many, and name nothing but projects.
    let by_sessions = of.iter().any(|key| matches!(key, Key::Project(_)));
    let sessions = by_sessions.then(|| Record::each(book.sessions())).into_iter().flatten();
    for record in but_sessions(book).chain(sessions) {
        if without.contains(&record.key()) {
            continue;
        }
        named_by(&record, |key| {
            if of.contains(&key) {
                named.insert(key);
            }
        });
    }
    named
}
