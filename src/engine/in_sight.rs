//! What was seen goes with the user's own changes: a past figure that their hand moved in the window is no news to them.
//! Commands that come otherwise (the terminal, a file, another device) leave it, and so are told.

use std::sync::Arc;

use chrono::NaiveDate;

use super::derived::Figures;
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::command::{self, Command};
use crate::domain::query::needs::{Closed, closed, follow};
use crate::domain::query::work::Work;
use crate::domain::span::{Month, Now};

/// The change with what is seen after it, and what the closed months say then. `figures` are those of `book`.
pub(super) fn with_what_was_seen(
    book: &Book,
    command: &Command,
    change: Change,
    figures: &Figures,
    now: Now,
) -> (Change, Arc<Closed>) {
    let before = &figures.closed;
    // What the user says to have seen stands as it is.
    if matches!(command, Command::SetSeen { .. }) {
        return (change, Arc::clone(before));
    }
    let mut after = book.clone();
    after.apply(&change);
    let is = if moves_no_past(book, command, figures.stamp.today) {
        Arc::clone(before)
    } else {
        let mut work = Work::clone(&figures.work);
        work.follow(&after);
        Arc::new(closed(&work, figures.stamp.today, now.at))
    };
    let seen = follow(after.seen(), before, &is);
    let set = Command::SetSeen { words: String::new(), seen: Box::new(seen) };
    match command::plan(&after, &set, now) {
        Ok(with_it) => (change.then(with_it), is),
        Err(_refused) => (change, is),
    }
}

/// The verbs of the timer act on open sessions, which are in no closed month's figures unless they began in one: the
/// figures are not read again for them, because these are the clicks that happen all day.
fn moves_no_past(book: &Book, command: &Command, today: NaiveDate) -> bool {
    let of_timer = matches!(
        command,
        Command::StartSession(_)
            | Command::SwitchSession(_)
            | Command::PauseSession(_)
            | Command::ResumeSession(_)
            | Command::StopSession(_)
            | Command::CountTasks { .. }
    );
    of_timer && book.open_sessions().all(|session| Month::of_day(book.day_of(session)) >= Month::of_day(today))
}
