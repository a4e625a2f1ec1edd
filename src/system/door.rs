//! The real doors: a socket a Book, in a folder that this user alone can open.
//!
//! ```text
//! place     where a door stands, and that nobody else can open it
//! wire      one question and one answer, as text
//! listen    the side of the window: a thread that shows callers in
//! ring      the side of the caller
//! ```
//!
//! Promises: nothing goes over a network; a question that is garbled, too long, too slow or of another user is refused
//! and changes nothing; every wait is bounded. Systems without Unix sockets have no doors, and say so.

use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::{private, report_left};
use crate::ports::door::{Answer, Call, Door, Doorbell, Lent, NoAnswer, Wake};

#[cfg(unix)]
mod listen;
#[cfg(unix)]
mod place;
#[cfg(unix)]
mod ring;
#[cfg(unix)]
#[cfg(test)]
mod tests;
#[cfg(unix)]
mod wire;

/// Between two rings at a window that is only just opening.
const PAUSE: Duration = Duration::from_millis(50);

/// As much is copied of what is no file: more than any file that a verb reads.
const MOST_COPIED: u64 = 256 * 1024 * 1024;

/// The doors of this user on this machine.
#[derive(Debug, Clone)]
pub struct RealBell {
    /// Where doors stand, the best place first. Another program may have stood its door in any of them.
    folders: Vec<PathBuf>,
}

impl RealBell {
    /// Doors where the system keeps what lives as long as a session, else in the folder for what is temporary.
    #[cfg(unix)]
    #[must_use]
    pub fn new() -> Self {
        Self::within(place::folders())
    }

    /// No doors: this system has no private sockets that the standard library knows.
    #[cfg(not(unix))]
    #[must_use]
    pub fn new() -> Self {
        Self::within(vec![std::env::temp_dir().join("truerate")])
    }

    /// Doors in these folders, each of which is made for the user alone where it isn't there.
    #[must_use]
    pub fn within(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// A new file for the user alone, of which the name is taken by nobody.
    fn copy(&self, reader: impl Read) -> io::Result<Lent> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut bytes = Vec::new();
        reader.take(MOST_COPIED + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_COPIED {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "this is larger than 256 MB"));
        }
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for folder in &self.folders {
            if let Err(why) = made(folder) {
                last = io::Error::other(why);
                continue;
            }
            let path = folder.join(format!("{}-{}.copy", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
            // What a program of this number left there when it was killed is of no use to anyone.
            report_left(&path, std::fs::remove_file(&path));
            let mut file = private().write(true).create_new(true).open(&path)?;
            let copy = Copy(path.clone());
            file.write_all(&bytes)?;
            return Ok(Lent::new(path, Some(Box::new(copy))));
        }
        Err(last)
    }
}

impl Default for RealBell {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(unix)]
fn made(folder: &Path) -> Result<(), String> {
    place::made(folder)
}

#[cfg(not(unix))]
fn made(folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())
}

/// A copy that goes when nobody needs it any more.
struct Copy(PathBuf);

impl Drop for Copy {
    fn drop(&mut self) {
        report_left(&self.0, std::fs::remove_file(&self.0));
    }
}

impl Doorbell for RealBell {
    #[cfg(unix)]
    fn open(&self, folder: &Path, wake: Wake) -> Result<Door, String> {
        listen::open(&self.folders, folder, wake)
    }

    #[cfg(not(unix))]
    fn open(&self, _folder: &Path, _wake: Wake) -> Result<Door, String> {
        Err("this system has no private sockets".to_owned())
    }

    #[cfg(unix)]
    fn ring(&self, folder: &Path, call: &Call) -> Result<Answer, NoAnswer> {
        ring::ring(&self.folders, folder, call)
    }

    #[cfg(not(unix))]
    fn ring(&self, _folder: &Path, _call: &Call) -> Result<Answer, NoAnswer> {
        Err(NoAnswer::Cannot("On this system a window can’t be asked".to_owned()))
    }

    fn pause(&self) {
        std::thread::park_timeout(PAUSE);
    }

    fn lend(&self, file: &Path) -> io::Result<Lent> {
        if file == Path::new("-") {
            return self.copy(io::stdin().lock());
        }
        // `/dev/stdin` and `/dev/fd/3` are another file in another program: what they lead to is not, where it is one.
        let whole = std::fs::canonicalize(file);
        match whole {
            Ok(whole) if whole.is_file() && whole.to_str().is_some() => Ok(Lent::new(whole, None)),
            _ => self.copy(std::fs::File::open(file)?),
        }
    }
}
