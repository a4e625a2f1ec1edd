//! The side of the caller: finds the socket, asks, and waits a bounded time. And what both sides do with a socket.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{listen, place, wire};
use crate::ports::door::{Answer, Call, NoAnswer};

/// So long is waited for a window to come to the front.
const FOR_A_WINDOW: Duration = Duration::from_millis(1_200);
/// Sending a line takes no longer, where anyone reads it.
const TO_SEND: Duration = Duration::from_secs(1);

/// Rings in the folders in turn, until somebody answers.
pub fn ring(folders: &[PathBuf], book: &Path, call: &Call) -> Result<Answer, NoAnswer> {
    // A folder that isn't there is open nowhere.
    let whole = place::whole(book).map_err(|_not_there| NoAnswer::Nobody)?;
    let question = wire::ask(&whole, call).map_err(NoAnswer::Cannot)?;
    let mut nobody = NoAnswer::Nobody;
    for folder in folders {
        match place::private(folder) {
            Ok(Some(())) => {}
            Ok(None) => continue,
            Err(why) => {
                nobody = NoAnswer::Cannot(format!("No window can be asked: {why}"));
                continue;
            }
        }
        let socket = match UnixStream::connect(folder.join(place::name(&whole))) {
            Ok(socket) => socket,
            Err(error) => {
                // Nothing there, or what was left of a program that was killed.
                log::debug!("nobody at the door in {}: {error}", folder.display());
                continue;
            }
        };
        let patience = if *call == Call::Raise { FOR_A_WINDOW } else { listen::TO_BEGIN + listen::TO_FINISH };
        return match converse(&socket, &question, patience) {
            // It was asked, and may have done it.
            Err(NoAnswer::Silent) if *call != Call::Raise => Err(NoAnswer::Unknown),
            came => came,
        };
    }
    Err(nobody)
}

fn converse(socket: &UnixStream, question: &str, patience: Duration) -> Result<Answer, NoAnswer> {
    let until = Instant::now() + patience;
    same_user(socket).map_err(|error| NoAnswer::Cannot(error.to_string()))?;
    let sent = socket.set_write_timeout(Some(TO_SEND)).and_then(|()| write_line(socket, question));
    if let Err(error) = sent {
        log::debug!("nobody took the question: {error}");
        return Err(NoAnswer::Silent);
    }
    match read_line(socket, until) {
        Ok(line) => wire::said(&line),
        Err(error) => {
            log::debug!("no answer: {error}");
            Err(NoAnswer::Silent)
        }
    }
}

/// An error where another user is at the other end, as far as the system says.
#[cfg(target_os = "linux")]
pub fn same_user(socket: &UnixStream) -> io::Result<()> {
    let other = rustix::net::sockopt::socket_peercred(socket)?.uid.as_raw();
    // The administrator can do everything anyway.
    let welcome = other == place::user() || other == 0;
    if welcome { Ok(()) } else { Err(io::Error::new(io::ErrorKind::PermissionDenied, "another user is there")) }
}

/// The folder keeps other users out; who is there is not asked.
#[cfg(not(target_os = "linux"))]
pub fn same_user(_socket: &UnixStream) -> io::Result<()> {
    Ok(())
}

/// A line, without its end, until an instant and of no more than [`wire::MOST`] bytes.
pub fn read_line(mut socket: &UnixStream, until: Instant) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut part = [0; 4096];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        socket.set_read_timeout(Some(left))?;
        let read = match socket.read(&mut part) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = part.get(..read).unwrap_or_default();
        let ends = bytes.iter().position(|byte| *byte == b'\n');
        line.extend_from_slice(bytes.get(..ends.unwrap_or(read)).unwrap_or_default());
        if line.len() >= wire::MOST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "this is too long"));
        }
        if ends.is_some() {
            return Ok(line);
        }
    }
}

/// Writes a line that has its end.
pub fn write_line(mut socket: &UnixStream, line: &str) -> io::Result<()> {
    socket.write_all(line.as_bytes())
}

/// Whether the other end was closed, or says what nobody asked for. Of a socket that doesn't wait.
pub fn has_gone(mut socket: &UnixStream) -> bool {
    let read: io::Result<usize> = socket.read(&mut [0]);
    read.map_or_else(|error| error.kind() != io::ErrorKind::WouldBlock, |_closed_or_talking| true)
}
