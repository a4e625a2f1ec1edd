//! Failures of the store: why a Book can't be opened or closed. Each says what is safe and what to do.

use std::io;
use std::path::PathBuf;

/// Why a Book can't be opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another program has it open.
    #[error("This book is open in another window; use that one, or close it first: {}", .dir.display())]
    InUse {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder can't be made or written.
    #[error("This folder can’t be written, so nothing could be saved ({source}); choose another with --dir: {}", .dir.display())]
    Folder {
        /// The folder.
        dir: PathBuf,
        /// As the system says.
        source: io::Error,
    },
    /// The system gives no thread for writing.
    #[error("There is no room for the thread that saves ({source}); close other programs and try again")]
    Writer {
        /// As the system says.
        source: io::Error,
    },
}

/// Why a Book was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The folder is in use.
    #[error("There is something in this folder already; name a new one: {}", .dir.display())]
    Taken {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder can't be made or written.
    #[error("This folder can’t be written ({source}): {}", .dir.display())]
    Disk {
        /// The folder.
        dir: PathBuf,
        /// As the system says.
        source: io::Error,
    },
}

/// What was not done at closing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseError {
    /// Changes are not on the disk.
    #[error("{} could not be saved: {reason}", changes(*count))]
    Unsaved {
        /// How many.
        count: u64,
        /// Why.
        reason: String,
    },
    /// All changes are in the journal; the files could not be rewritten from it and will be next time.
    #[error("All changes are saved, but the files could not be tidied: {0}")]
    Checkpoint(String),
    /// The disk does not answer.
    #[error("The disk does not answer; {} may not be saved", changes(*.0))]
    Stuck(u64),
    /// The writer is gone, by a fault of the program.
    #[error("Saving has ended by a fault of the program; what was changed since “Saved” was last shown may be lost")]
    Ended,
}

/// How many changes, for people; the Book where it is none of them.
fn changes(count: u64) -> String {
    match count {
        0 => "The book".to_owned(),
        1 => "1 change".to_owned(),
        several => format!("{several} changes"),
    }
}
