//! The side of the window: a thread at the socket, and one for each caller, few at a time.
//!
//! Whoever opens a door holds the Book's lock: a socket that stands there was left by a program that was killed, and is
//! replaced. Closing takes the socket away, unless another door stands there by now.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::super::report_left;
use super::{place, ring, wire};
use crate::ports::door::{Answer, Call, Door, NoAnswer, Outcome, Porch, Wake};

/// A caller has so long to say what is wanted.
const TO_ASK: Duration = Duration::from_secs(1);
/// A window has so long to come to the front.
const TO_RAISE: Duration = Duration::from_millis(900);
/// A window has so long to begin with something: it may still be reading older months.
pub const TO_BEGIN: Duration = Duration::from_secs(20);
/// And so long to finish it.
pub const TO_FINISH: Duration = Duration::from_mins(1);
/// Between two looks whether the caller is still there.
const STEP: Duration = Duration::from_millis(20);
/// So many callers are heard at a time; more are sent away.
const MOST_CALLERS: usize = 8;
/// After an error of the system, such as too many open files.
const AFTER_AN_ERROR: Duration = Duration::from_millis(200);

/// Opens a door in the first of the folders that will have it.
pub fn open(folders: &[PathBuf], book: &Path, wake: Wake) -> Result<Door, String> {
    let whole = place::whole(book).map_err(|error| format!("{error}: {}", book.display()))?;
    let mut why = "there is no place for it".to_owned();
    for folder in folders {
        let path = folder.join(place::name(&whole));
        let bound =
            place::made(folder).and_then(|()| bind(&path).map_err(|error| format!("{error}: {}", path.display())));
        match bound {
            Ok((listener, file)) => return attend(listener, Frame::new(path, file), whole, wake),
            Err(error) => why = error,
        }
    }
    Err(why)
}

/// What tells one file from another under the same name.
type FileNumber = (u64, u64);

fn number(path: &Path) -> io::Result<FileNumber> {
    fs::symlink_metadata(path).map(|found| (found.dev(), found.ino()))
}

fn bind(path: &Path) -> io::Result<(UnixListener, FileNumber)> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_socket() => fs::remove_file(path)?,
        Ok(_) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, "something else stands there")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let listener = UnixListener::bind(path)?;
    // The folder keeps others out already.
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok((listener, number(path)?))
}

/// Closes the door when it is dropped.
struct Frame {
    path: PathBuf,
    file: FileNumber,
    closing: Arc<AtomicBool>,
}

impl Frame {
    fn new(path: PathBuf, file: FileNumber) -> Self {
        Self { path, file, closing: Arc::default() }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Release);
        if number(&self.path).is_ok_and(|file| file == self.file) {
            // The thread at the socket waits for a caller: this is the last one.
            if let Err(error) = UnixStream::connect(&self.path) {
                log::debug!("nobody was at the door any more: {error}");
            }
            report_left(&self.path, fs::remove_file(&self.path));
        }
    }
}

/// What the threads at a door share.
struct Post {
    porch: Porch,
    book: PathBuf,
    wake: Wake,
    callers: AtomicUsize,
}

fn attend(listener: UnixListener, frame: Frame, book: PathBuf, wake: Wake) -> Result<Door, String> {
    let closing = Arc::clone(&frame.closing);
    let (door, porch) = Door::new(Box::new(frame));
    let post = Arc::new(Post { porch, book, wake, callers: AtomicUsize::new(0) });
    let thread = thread::Builder::new().name("truerate-door".to_owned()).spawn(move || {
        for caller in listener.incoming() {
            if closing.load(Ordering::Acquire) {
                return;
            }
            match caller {
                Ok(caller) => hear(caller, &post),
                Err(error) => {
                    log::warn!("nobody could be heard at the door: {error}");
                    thread::park_timeout(AFTER_AN_ERROR);
                }
            }
        }
    });
    thread.map(|_runs| door).map_err(|error| format!("there is no room for a thread ({error})"))
}

fn hear(caller: UnixStream, post: &Arc<Post>) {
    if post.callers.fetch_add(1, Ordering::AcqRel) >= MOST_CALLERS {
        post.callers.fetch_sub(1, Ordering::AcqRel);
        log::warn!("too many are at the door");
        return;
    }
    let served = Arc::clone(post);
    let thread = thread::Builder::new().name("truerate-caller".to_owned()).spawn(move || {
        if let Err(error) = serve(&caller, &served) {
            log::debug!("a caller was not served: {error}");
        }
        served.callers.fetch_sub(1, Ordering::AcqRel);
    });
    if let Err(error) = thread {
        post.callers.fetch_sub(1, Ordering::AcqRel);
        log::warn!("no thread for a caller: {error}");
    }
}

/// Hears one caller out and says what came of it.
fn serve(caller: &UnixStream, post: &Post) -> io::Result<()> {
    ring::same_user(caller)?;
    caller.set_write_timeout(Some(TO_ASK))?;
    let line = ring::read_line(caller, Instant::now() + TO_ASK)?;
    let came = match wire::asked(&line, &post.book) {
        Ok(Call::Raise) if !post.porch.is_attended() => {
            Ok(Answer { lines: vec!["TrueRate is just opening this book".to_owned()], outcome: Outcome::Done })
        }
        Ok(call) => ask_the_window(call, caller, post),
        Err(why) => Err(NoAnswer::Refused(why)),
    };
    ring::write_line(caller, &wire::say(came))
}

fn ask_the_window(call: Call, caller: &UnixStream, post: &Post) -> Result<Answer, NoAnswer> {
    let is_there = || {
        let looked = caller.set_nonblocking(true).is_ok() && !ring::has_gone(caller);
        caller.set_nonblocking(false).is_ok() && looked
    };
    // A program that was stopped for a while hears those who have long gone.
    if !is_there() {
        return Err(NoAnswer::Late);
    }
    let to_begin = if call == Call::Raise { TO_RAISE } else { TO_BEGIN };
    let waiting = post.porch.show_in(call).ok_or(NoAnswer::Late)?;
    (post.wake)();
    let came = Instant::now();
    waiting.wait(STEP, |begun| {
        let patience = if begun { TO_FINISH } else { to_begin };
        came.elapsed() < patience && (begun || is_there())
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn who_had_gone_before_a_stopped_program_went_on_is_not_shown_in() {
        let (door, porch) = Door::new(Box::new(()));
        assert!(door.next().is_none());
        let (book, wake): (PathBuf, Wake) = ("/book".into(), Arc::new(|| {}));
        let post = Post { porch, book, wake, callers: AtomicUsize::new(1) };
        let (mut caller, heard) = UnixStream::pair().unwrap();
        caller.write_all(wire::ask(Path::new("/book"), &Call::Raise).unwrap().as_bytes()).unwrap();
        drop(caller);
        assert!(serve(&heard, &post).is_err(), "nobody takes the answer");
        assert!(door.next().is_none());
    }
}
