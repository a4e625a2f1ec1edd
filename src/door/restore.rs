//! A backup back into the Book that it was made of: read off the frame, then one command.

use std::path::Path;

use super::errand::{Plan, Planned};
use crate::domain::backup::{Backup, Reason};
use crate::domain::book::Book;
use crate::domain::query::restore::Restoring;
use crate::domain::settings::Settings;
use crate::domain::span::{Now, user_day};
use crate::ports::Disk;
use crate::ports::door::{Answer, Outcome};
use crate::store::backup::{self, Looked};
use crate::ui::format::Style;
use crate::ui::view::backups as view;

/// A backup as it was read.
pub struct BackupRead {
    backup: Backup,
    looked: Looked,
}

impl BackupRead {
    /// Reads a backup of the Book in a folder, by its name; `defaults` are for settings that it lacks.
    ///
    /// # Errors
    /// A sentence that says why it can't be read.
    pub fn read(name: &str, folder: &Path, defaults: &Settings, disk: &dyn Disk) -> Result<Self, String> {
        let backup = backup::from_name(name)
            .ok_or_else(|| format!("no backup has this name; `truerate backup --list` names them: {name}"))?;
        let looked = backup::look(disk, folder, backup, defaults.clone());
        Ok(Self { backup, looked: looked.map_err(|error| format!("{error}: {name}"))? })
    }

    /// What restoring it comes to.
    #[must_use]
    pub fn look(&self, book: &Book) -> Restoring {
        Restoring::of(book, &self.looked.book, self.backup.at, &self.looked.unread)
    }

    /// What makes a Book what it holds.
    pub(super) fn plan(&self, book: &Book, now: Now) -> Planned {
        let settings = book.settings();
        let (style, today) = (Style::of(settings), user_day(now.at, now.zone, settings.day_start_minutes));
        let restoring = self.look(book);
        let lines = view::differences(&restoring, style);
        if restoring.is_empty() {
            return Planned::Answer(Answer { lines, outcome: Outcome::Done });
        }
        let command = restoring.command(view::words(&view::when(self.backup, now.zone, today, style)));
        Planned::Command(Plan::new(command, Reason::BeforeRestore, lines, None))
    }
}
