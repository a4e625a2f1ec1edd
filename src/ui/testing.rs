//! For tests of screens: what a frame is given, over a Book, a fixed moment and counted ids.

use crate::domain::book::Book;
use crate::domain::refusal::Refused;
use crate::domain::span::Now;
use crate::engine::Figures;
use crate::ports::Ids;
use crate::ui::cx::{Cx, Fresh};
use crate::ui::view::lacking::Lacking;

/// Ids that count up from 1000.
struct Counted(u64);

impl Ids for Counted {
    fn draw(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// Runs one frame's work over a Book at a moment, given in the form `2026-11-22T13:00:00Z`, in the Book's zone.
pub fn with_cx<R>(book: &Book, now: &str, refused: Option<Refused>, frame: impl FnOnce(&Cx<'_>) -> R) -> R {
    let now = Now { at: now.parse().expect("an instant"), zone: book.settings().zone };
    let figures = Figures::of(book, now);
    let mut ids = Counted(1000);
    let fresh = Fresh::new(&mut ids);
    frame(&Cx { refused, ..Cx::of(book, &figures, now, &[], &Lacking::default(), &fresh) })
}
