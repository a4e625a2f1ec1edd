//! What was seen goes with the user's own changes: a past figure that their hand moved in the window is no news to them.
//! Commands that come otherwise (the terminal, a file, another device) leave it, and so are told.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::command::{self, Command};
use crate::domain::query::needs::{Closed, follow};
use crate::domain::span::{Month, Now};

/// What is seen after a change: `after` is the Book with it, `was` and `is` what the closed months said before and say
/// then. `None` where that can't be noted.
pub(super) fn seen_after(after: &Book, was: &Closed, is: &Closed, now: Now) -> Option<Change> {
    let seen = follow(after.seen(), was, is);
    command::plan(after, &Command::SetSeen { words: String::new(), seen: Box::new(seen) }, now).ok()
}

/// Whether what a command does to past figures is seen by whoever gives it. What the user says to have seen stands as it
/// is; what comes from another device is to be told.
pub(super) fn is_seen(command: &Command) -> bool {
    !matches!(command, Command::SetSeen { .. } | Command::TakeOver { .. })
}

/// The verbs of the timer act on open sessions, which are in no closed month's figures unless they began in one: the
/// figures are not read again for them, because these are the clicks that happen all day. What the user says to have
/// seen moves no figure at all.
pub(super) fn moves_no_past(book: &Book, command: &Command, today: NaiveDate) -> bool {
    if matches!(command, Command::SetSeen { .. }) {
        return true;
    }
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
