//! Doors on the machine: real sockets in a folder of the test's own.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use tempfile::TempDir;

use super::*;
use crate::domain::query::intake::Extent;
use crate::ports::door::{Errand, Outcome};

/// A Book's folder, and a place for its door.
struct Home {
    dir: TempDir,
    bell: RealBell,
}

impl Home {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("book")).unwrap();
        let bell = RealBell::within(vec![dir.path().join("run")]);
        Self { dir, bell }
    }

    fn book(&self) -> PathBuf {
        self.dir.path().join("book")
    }

    fn open(&self) -> Door {
        self.bell.open(&self.book(), Arc::new(|| {})).unwrap()
    }

    fn raise(&self) -> Result<Answer, NoAnswer> {
        self.bell.ring(&self.book(), &Call::Raise)
    }

    fn socket(&self) -> PathBuf {
        self.dir.path().join("run").join(place::name(&place::whole(&self.book()).unwrap()))
    }

    /// A program at the socket that is none of ours.
    fn connect(&self) -> UnixStream {
        UnixStream::connect(self.socket()).unwrap()
    }
}

fn answer(line: &str) -> Answer {
    Answer { lines: vec![line.to_owned()], outcome: Outcome::Done }
}

/// A window that answers with what it was asked, until it is told to leave.
struct Window {
    leaves: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Window {
    fn at(door: Door) -> Self {
        let leaves = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&leaves);
        // Looked at once, so that nobody is told that it is opening.
        assert!(door.next().is_none());
        let thread = thread::spawn(move || {
            while !told.load(Ordering::Acquire) {
                if let Some(caller) = door.next() {
                    let said = answer(&format!("{:?}", caller.call()));
                    if caller.begin() {
                        caller.answer(said);
                    }
                }
                thread::park_timeout(Duration::from_millis(2));
            }
        });
        Self { leaves, thread: Some(thread) }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.leaves.store(true, Ordering::Release);
        self.thread.take().unwrap().join().unwrap();
    }
}

#[test]
fn a_window_is_asked_to_come_to_the_front_and_to_do_something() {
    let home = Home::new();
    assert_eq!(home.raise(), Err(NoAnswer::Nobody));
    let window = Window::at(home.open());
    assert_eq!(home.raise(), Ok(answer("Raise")));
    let call = Call::Do(Errand::ImportRates { file: "/x.csv".into(), named: "x.csv".to_owned(), extent: Extent::Used });
    assert_eq!(home.bell.ring(&home.book(), &call), Ok(answer(&format!("{call:?}"))));
    // The folder under another name is the same Book.
    let other_name = home.dir.path().join("same");
    symlink(home.book(), &other_name).unwrap();
    assert_eq!(home.bell.ring(&other_name, &Call::Raise), Ok(answer("Raise")));
    drop(window);
    assert!(!home.socket().exists(), "closing takes the socket away");
    assert_eq!(home.raise(), Err(NoAnswer::Nobody));
}

#[test]
fn a_window_that_is_only_just_opening_says_so_at_once() {
    let home = Home::new();
    let _door = home.open();
    assert_eq!(home.raise(), Ok(answer("TrueRate is just opening this book")));
}

#[test]
fn files_are_for_the_user_alone() {
    let home = Home::new();
    let _door = home.open();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.socket()), 0o600);
    assert_eq!(mode(home.socket().parent().unwrap()), 0o700);
}

#[test]
fn what_a_killed_program_left_is_replaced_and_what_is_no_socket_stays() {
    let home = Home::new();
    place::made(home.socket().parent().unwrap()).unwrap();
    drop(UnixListener::bind(home.socket()).unwrap());
    assert!(home.socket().exists(), "a listener leaves its file");
    assert_eq!(home.raise(), Err(NoAnswer::Nobody));
    let window = Window::at(home.open());
    assert_eq!(home.raise(), Ok(answer("Raise")));
    drop(window);
    fs::write(home.socket(), "mine").unwrap();
    let why = home.bell.open(&home.book(), Arc::new(|| {})).err().unwrap();
    assert!(why.starts_with("something else stands there"), "{why}");
    assert_eq!(fs::read_to_string(home.socket()).unwrap(), "mine");
}

#[test]
fn a_door_takes_only_its_own_socket_away() {
    let home = Home::new();
    let first = home.open();
    let second = home.open();
    drop(first);
    assert!(home.socket().exists());
    assert_eq!(home.raise(), Ok(answer("TrueRate is just opening this book")));
    drop(second);
    assert!(!home.socket().exists());
}

#[test]
fn where_nobody_listens_or_the_window_hangs_it_is_known_within_two_seconds() {
    let home = Home::new();
    place::made(home.socket().parent().unwrap()).unwrap();
    let stopped = UnixListener::bind(home.socket()).unwrap();
    let began = Instant::now();
    assert_eq!(home.raise(), Err(NoAnswer::Silent), "it takes the question and never reads it");
    assert!(began.elapsed() < Duration::from_secs(2));
    drop(stopped);

    let door = home.open();
    assert!(door.next().is_none());
    let began = Instant::now();
    assert_eq!(home.raise(), Err(NoAnswer::Late), "the thread at the door lives, the window does not draw");
    assert!(began.elapsed() < Duration::from_secs(2));
    let late = door.next().unwrap();
    assert!(!late.begin(), "nobody waits for it any more");
}

#[test]
fn who_has_gone_is_not_served() {
    let home = Home::new();
    let door = home.open();
    assert!(door.next().is_none());
    let call = Call::Do(Errand::ImportRates { file: "/x".into(), named: "x".to_owned(), extent: Extent::All });
    let mut caller = home.connect();
    caller.write_all(wire::ask(&place::whole(&home.book()).unwrap(), &call).unwrap().as_bytes()).unwrap();
    let shown_in = loop {
        if let Some(shown_in) = door.next() {
            break shown_in;
        }
        thread::park_timeout(Duration::from_millis(2));
    };
    drop(caller);
    // The thread at the door finds out by itself; it is given the time for many looks.
    thread::park_timeout(Duration::from_secs(1));
    assert!(!shown_in.begin());
}

#[test]
fn hostile_callers_are_refused_and_do_no_harm() {
    let home = Home::new();
    let window = Window::at(home.open());
    let said = |bytes: &[u8]| {
        let mut caller = home.connect();
        caller.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        // The other side may hang up in the middle.
        let sent = caller.write_all(bytes);
        let mut said = String::new();
        let read = caller.read_to_string(&mut said);
        assert!(sent.is_ok() || read.is_err() || said.is_empty());
        said
    };
    for garbled in [&b"\n"[..], b"GET / HTTP/1.1\r\n", b"\xff\xfe\n", b"(version:1,book:\"/\",call:Raise)\n"] {
        assert!(said(garbled).contains("Refused"), "{garbled:?}");
    }
    assert_eq!(said(&vec![b'('; 2 * wire::MOST]), "", "too long: nobody listens to the end");
    assert_eq!(said(b"(version:1"), "", "nothing comes of half a question");
    // As many as are heard at a time, all silent: one more is sent away, and they don't stay.
    let silent: Vec<UnixStream> = (0..40).map(|_| home.connect()).collect();
    thread::park_timeout(Duration::from_millis(200));
    assert_eq!(home.raise(), Err(NoAnswer::Silent));
    thread::park_timeout(Duration::from_millis(1_500));
    assert_eq!(home.raise(), Ok(answer("Raise")));
    drop((silent, window));
}

#[test]
fn a_folder_that_others_can_open_is_no_place_for_a_door() {
    let home = Home::new();
    let run = home.dir.path().join("run");
    let refused = |why: &str| {
        let opened = home.bell.open(&home.book(), Arc::new(|| {}));
        assert!(opened.err().unwrap().starts_with("this folder is not for you alone"), "{why}");
        assert!(matches!(home.raise(), Err(NoAnswer::Cannot(_))), "{why}");
        assert!(home.bell.lend(Path::new("/dev/null")).is_err(), "{why}");
    };
    fs::create_dir(&run).unwrap();
    fs::set_permissions(&run, fs::Permissions::from_mode(0o755)).unwrap();
    refused("others may look in");
    fs::set_permissions(&run, fs::Permissions::from_mode(0o720)).unwrap();
    refused("others may write");
    fs::set_permissions(&run, fs::Permissions::from_mode(0o700)).unwrap();
    drop(home.open());
    // Only the administrator can give a folder away.
    if place::user() == 0 {
        chown(&run, Some(12_345), None).unwrap();
        refused("another user’s");
        chown(&run, Some(0), None).unwrap();
    }
    fs::rename(&run, home.dir.path().join("elsewhere")).unwrap();
    symlink(home.dir.path().join("elsewhere"), &run).unwrap();
    refused("a link");
    // Where one place won’t do the next is taken, and found.
    let next = RealBell::within(vec![run, home.dir.path().join("next")]);
    let _door = next.open(&home.book(), Arc::new(|| {})).unwrap();
    assert!(next.ring(&home.book(), &Call::Raise).is_ok());
}

#[test]
fn a_path_longer_than_a_socket_may_have_is_no_hindrance() {
    let home = Home::new();
    let deep = home.book().join("a".repeat(120)).join("b".repeat(120));
    fs::create_dir_all(&deep).unwrap();
    let long = RealBell::within(vec![home.book().join("r".repeat(120)), home.dir.path().join("run")]);
    let _door = long.open(&deep, Arc::new(|| {})).unwrap();
    assert!(long.ring(&deep, &Call::Raise).is_ok());
    assert_eq!(long.ring(&home.book(), &Call::Raise), Err(NoAnswer::Nobody));
}

#[test]
fn a_file_is_lent_as_it_is_and_a_pipe_as_a_copy_that_goes() {
    let home = Home::new();
    let file = home.book().join("rates.csv");
    fs::write(&file, "Date").unwrap();
    let link = home.book().join("link.csv");
    symlink(&file, &link).unwrap();
    assert_eq!(home.bell.lend(&link).unwrap().path, place::whole(&file).unwrap());
    assert!(home.bell.lend(&home.book().join("none.csv")).is_err());
    assert!(home.bell.lend(&home.book()).is_err(), "a folder");

    let (out, mut into) = std::io::pipe().unwrap();
    into.write_all(b"Date,USD\n").unwrap();
    drop(into);
    let lent = home.bell.lend(Path::new(&format!("/dev/fd/{}", out.as_raw_fd()))).unwrap();
    assert_eq!(fs::read(&lent.path).unwrap(), b"Date,USD\n");
    assert_eq!(fs::metadata(&lent.path).unwrap().permissions().mode() & 0o777, 0o600);
    let path = lent.path.clone();
    drop(lent);
    assert!(!path.exists());
}
