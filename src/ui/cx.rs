//! What every screen is given for a frame: the Book to read, the figures, the moment, and fresh ids.

use std::cell::RefCell;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::preset::Preset;
use crate::domain::refusal::Refused;
use crate::domain::span::{Now, user_day};
use crate::engine::Figures;
use crate::ports::Ids;

use super::view::lacking::Lacking;

/// What a screen is given for a frame.
pub struct Cx<'a> {
    /// The Book as it stands.
    pub book: &'a Book,
    /// Figures derived from it.
    pub figures: &'a Figures,
    /// The moment and the user's zone.
    pub now: Now,
    /// The user's day.
    pub today: NaiveDate,
    /// The catalogue, by name.
    pub presets: &'a [Preset],
    /// Why the last submitted command was refused, for the form that sent it.
    pub refused: Option<Refused>,
    /// Whether the Book can only be read.
    pub read_only: bool,
    /// Whether a sample Book can be looked around in.
    pub sample_offered: bool,
    /// What totals may lack.
    pub lacking: &'a Lacking,
    /// Where the Book is kept; `None` where it is in memory only.
    pub folder: Option<Folder<'a>>,
    /// Fresh ids for the commands of this frame.
    pub fresh: &'a Fresh<'a>,
}

impl<'a> Cx<'a> {
    /// Over a Book that is in memory only, where nothing was refused.
    #[must_use]
    pub fn of(
        book: &'a Book,
        figures: &'a Figures,
        now: Now,
        presets: &'a [Preset],
        lacking: &'a Lacking,
        fresh: &'a Fresh<'a>,
    ) -> Self {
        Self {
            book,
            figures,
            now,
            today: user_day(now.at, now.zone, book.settings().day_start_minutes),
            presets,
            refused: None,
            read_only: false,
            sample_offered: false,
            lacking,
            folder: None,
            fresh,
        }
    }
}

/// The folder of the Book.
#[derive(Debug, Clone, Copy)]
pub struct Folder<'a> {
    /// Its path, for people.
    pub path: &'a str,
    /// Why the desktop can't open it; `None` where it can.
    pub cannot_open: Option<&'static str>,
    /// How many things were found wrong in its files.
    pub found: usize,
    /// Whether its files can be read again.
    pub reads_again: bool,
}

/// Hands out fresh ids.
pub struct Fresh<'a>(RefCell<&'a mut dyn Ids>);

impl<'a> Fresh<'a> {
    /// Ids from a source.
    pub fn new(ids: &'a mut dyn Ids) -> Self {
        Self(RefCell::new(ids))
    }

    /// 64 fresh random bits.
    pub fn draw(&self) -> u64 {
        self.0.borrow_mut().draw()
    }
}
