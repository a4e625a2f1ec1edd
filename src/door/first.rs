//! Who comes first has the lock; who comes second rings, and is answered.
//!
//! A window that is only just opening, or only just closing, holds the lock and has no door for a moment: that moment is
//! waited for.

use std::path::Path;

use crate::ports::door::{Answer, Call, Doorbell, NoAnswer};
use crate::store::OpenError;

/// How often it is tried where the lock is held and nobody answers: about a second in all.
const TRIES: u32 = 20;

/// What came of it.
pub enum Tried<T> {
    /// The Book is open here.
    Opened(T),
    /// The window that has it open answered.
    Answered(Answer),
    /// Another program has it open and did not answer, and why.
    Unanswered(NoAnswer),
    /// It can't be opened at all.
    Failed(OpenError),
}

/// Rings at the window that has a Book open, or where there is none opens it. `rung` is what came of a first ring, where
/// that was tried already.
pub fn open_or_ring<T>(
    folder: &Path,
    call: &Call,
    bell: &dyn Doorbell,
    mut rung: Option<NoAnswer>,
    mut open: impl FnMut() -> Result<T, OpenError>,
) -> Tried<T> {
    let mut left = TRIES;
    loop {
        left -= 1;
        let why = match rung.take().map_or_else(|| bell.ring(folder, call), Err) {
            Ok(answer) => return Tried::Answered(answer),
            Err(why) => why,
        };
        match open() {
            Ok(opened) => return Tried::Opened(opened),
            Err(OpenError::InUse { .. }) if why == NoAnswer::Nobody && left > 0 => bell.pause(),
            Err(OpenError::InUse { .. }) => return Tried::Unanswered(why),
            Err(error) => return Tried::Failed(error),
        }
    }
}

/// Why a Book can't be written that another program has open, in a sentence that ends with the folder.
#[must_use]
pub fn unanswered(folder: &Path, why: &NoAnswer) -> String {
    let told = match why {
        NoAnswer::Nobody => "This book is open elsewhere, and no window on this computer answers; close it there first",
        NoAnswer::Silent => {
            "This book is open in another window, which does not answer; use that one, or close it first"
        }
        NoAnswer::Late | NoAnswer::Unknown | NoAnswer::Refused(_) | NoAnswer::Cannot(_) => {
            return format!("{why}. This book is open in another window: {}", folder.display());
        }
    };
    format!("{told}: {}", folder.display())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::{Arc, Barrier};

    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::settings::Settings;
    use crate::ports::door::Outcome;
    use crate::ports::fake::FakeBell;
    use crate::store::{self, Site};
    use crate::system::{RealBell, RealClock, RealDisk};

    fn in_use() -> OpenError {
        OpenError::InUse { dir: PathBuf::from("/book") }
    }

    /// What came of it, and how often the lock was tried.
    fn tried(bell: &FakeBell, mut open: impl FnMut(u32) -> Result<u32, OpenError>) -> (Tried<u32>, u32) {
        let mut tries = 0;
        let tried = open_or_ring(Path::new("/book"), &Call::Raise, bell, None, || {
            tries += 1;
            open(tries)
        });
        (tried, tries)
    }

    #[test]
    fn a_book_that_nobody_has_open_is_opened() {
        assert!(matches!(tried(&FakeBell::default(), |_| Ok(7)), (Tried::Opened(7), 1)));
    }

    #[test]
    fn a_window_that_did_not_answer_is_not_asked_again_and_a_free_book_is_opened_all_the_same() {
        let bell = FakeBell::default();
        let door = bell.open(Path::new("/book"), Arc::new(|| {})).unwrap();
        let tried = |open: fn() -> Result<u32, OpenError>| {
            open_or_ring(Path::new("/book"), &Call::Raise, &bell, Some(NoAnswer::Silent), open)
        };
        assert!(matches!(tried(|| Err(in_use())), Tried::Unanswered(NoAnswer::Silent)));
        assert!(matches!(tried(|| Ok(3)), Tried::Opened(3)));
        assert!(door.next().is_none());
    }

    #[test]
    fn a_window_that_is_closing_just_now_is_waited_for() {
        let (tried, tries) = tried(&FakeBell::default(), |tries| if tries < 5 { Err(in_use()) } else { Ok(1) });
        assert!(matches!(tried, Tried::Opened(1)));
        assert_eq!(tries, 5);
    }

    #[test]
    fn where_nobody_answers_it_ends_and_says_why() {
        let bell = FakeBell::default();
        let nobody = tried(&bell, |_| Err(in_use()));
        assert!(matches!(nobody, (Tried::Unanswered(NoAnswer::Nobody), TRIES)));
        bell.fall_silent();
        let silent = tried(&bell, |_| Err(in_use()));
        assert!(matches!(silent, (Tried::Unanswered(NoAnswer::Silent), 1)), "asked once");
        assert_eq!(
            unanswered(Path::new("/book"), &NoAnswer::Silent),
            "This book is open in another window, which does not answer; use that one, or close it first: /book"
        );
        let full = || OpenError::Writer { source: std::io::Error::other("no thread") };
        assert!(matches!(tried(&bell, |_| Err(full())), (Tried::Failed(OpenError::Writer { .. }), 1)));
    }

    #[test]
    fn the_window_that_has_it_open_is_asked() {
        let bell = FakeBell::default();
        let door = bell.open(Path::new("/book"), Arc::new(|| {})).unwrap();
        let window = std::thread::Builder::new().name("window".to_owned());
        let window = window.spawn(move || {
            loop {
                if let Some(caller) = door.next() {
                    assert!(caller.begin());
                    caller.answer(Answer { lines: vec!["here".to_owned()], outcome: Outcome::Done });
                    return;
                }
                std::thread::yield_now();
            }
        });
        let (tried, tries) = tried(&bell, |_| Err(in_use()));
        assert!(matches!(tried, Tried::Answered(Answer { outcome: Outcome::Done, .. })));
        assert_eq!(tries, 0, "its lock is left alone");
        window.unwrap().join().unwrap();
    }

    #[cfg_attr(not(unix), ignore = "there are no doors")]
    #[test]
    fn of_starts_that_race_one_has_the_book_and_the_others_find_it() {
        let (book, doors) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let bell = RealBell::within(vec![doors.path().join("run")]);
        for _round in 0..10 {
            let together = Arc::new(Barrier::new(4));
            let starts: Vec<_> = (0..4)
                .map(|_| {
                    let (together, bell, book) = (Arc::clone(&together), bell.clone(), book.path().to_owned());
                    let start = std::thread::Builder::new().name("start".to_owned());
                    start.spawn(move || is_first(&book, &bell, &together)).unwrap()
                })
                .collect();
            let first: Vec<bool> = starts.into_iter().map(|start| start.join().unwrap()).collect();
            assert_eq!(first.iter().filter(|first| **first).count(), 1, "{first:?}");
        }
    }

    /// A start as the window does it, on a real disk and with a real door; whether the Book is open here.
    fn is_first(book: &Path, bell: &RealBell, together: &Barrier) -> bool {
        together.wait();
        let site = || Site::new(Arc::new(RealDisk), Arc::new(RealClock), book);
        let open = || store::open(site(), Settings::new(Currency::USD, chrono_tz::UTC));
        let opened = match open_or_ring(book, &Call::Raise, bell, None, open) {
            Tried::Opened(opened) => opened,
            Tried::Answered(_) => {
                together.wait();
                return false;
            }
            Tried::Unanswered(why) => panic!("{why}"),
            Tried::Failed(error) => panic!("{error}"),
        };
        // Nobody has looked at the door yet: the thread at it says that the Book is just being opened.
        let door = bell.open(book, Arc::new(|| {})).unwrap();
        together.wait();
        drop(door);
        opened.journal.close().unwrap();
        true
    }
}
