//! Reference rates out of a file into the Book.

use std::path::Path;

use chrono::NaiveDate;

use super::errand::{Plan, Planned};
use crate::domain::backup::Reason;
use crate::domain::book::Book;
use crate::domain::exchange::Sheet;
use crate::domain::query::intake::{Extent, Intake};
use crate::domain::span::{Now, user_day};
use crate::import::ecb;
use crate::ports::Disk;
use crate::ports::door::{Answer, Outcome};
use crate::ui::format::Style;
use crate::ui::view::rates_file::{self, RatesRead};

/// A rates file as it was read.
pub struct RatesFile {
    sheet: Sheet,
    extent: Extent,
}

impl RatesFile {
    /// Reads it.
    ///
    /// # Errors
    /// A sentence that says why it can't be read.
    pub(super) fn read(file: &Path, extent: Extent, disk: &dyn Disk) -> Result<Self, String> {
        let bytes = disk.read(file).map_err(|error| error.to_string())?;
        let sheet = ecb::read(&bytes).map_err(|unreadable| unreadable.to_string())?;
        Ok(Self { sheet, extent })
    }

    /// Whether a file is one, readable or not.
    pub(super) fn is_one(bytes: &[u8]) -> bool {
        let read = ecb::read(bytes);
        !matches!(
            read,
            Err(ecb::Unreadable::Other | ecb::Unreadable::NoText | ecb::Unreadable::Empty | ecb::Unreadable::Zip)
        )
    }

    /// What a Book would take of it.
    #[must_use]
    pub fn look(&self, book: &Book, today: NaiveDate) -> Intake {
        Intake::of(book, &self.sheet, self.extent, today)
    }

    /// What stands in a file, for the currencies that a Book uses.
    ///
    /// # Errors
    /// A sentence that says why it can't be read.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, String> {
        let sheet = ecb::read(bytes).map_err(|unreadable| unreadable.to_string())?;
        Ok(Self { sheet, extent: Extent::Used })
    }
}

/// What a rates file holds for a Book, before any of it is taken.
///
/// # Errors
/// A sentence that says why it can't be read.
pub fn look_at_rates(bytes: &[u8], book: &Book, today: NaiveDate) -> Result<Box<RatesRead>, String> {
    let sheet = ecb::read(bytes).map_err(|unreadable| unreadable.to_string())?;
    let of = |extent| Intake::of(book, &sheet, extent, today);
    Ok(Box::new(RatesRead { used: of(Extent::Used), all: of(Extent::All) }))
}

impl RatesFile {
    /// What takes in what a Book needs of it.
    pub(super) fn plan(&self, book: &Book, seed: u64, now: Now) -> Planned {
        let settings = book.settings();
        let (style, today) = (Style::of(settings), user_day(now.at, now.zone, settings.day_start_minutes));
        let intake = self.look(book, today);
        let mut lines = rates_file::lines(&intake, today, style);
        if intake.is_empty() {
            lines.push("nothing new".to_owned());
            return Planned::Answer(Answer { lines, outcome: Outcome::Done });
        }
        let mut next = seed;
        let draw = || {
            next = next.wrapping_add(1);
            next
        };
        Planned::Command(Plan::new(rates_file::command(&intake, draw), Reason::BeforeImport, lines, None))
    }
}
