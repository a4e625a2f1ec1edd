//! Stand-ins for the outside: a clock that is set by hand, ids that count, a disk in memory. For tests only.
//!
//! They stand here, not behind a test flag, because the tests in `tests/` are crates of their own. The disk keeps a
//! list of what was done and can be told to fail at a step.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;

use super::{Chosen, Clock, Desktop, Disk, Ids, LockGuard, PathKind, Stat};
use crate::domain::span::{Now, Timestamp, Zone};

mod door;

pub use door::FakeBell;

/// A clock that stands still until it is set.
#[derive(Debug, Clone)]
pub struct FakeClock(Arc<Mutex<Time>>);

#[derive(Debug)]
struct Time {
    now: Now,
    awake: Duration,
    boots: u32,
}

impl FakeClock {
    /// A clock at an instant in a zone.
    #[must_use]
    pub fn new(at: Timestamp, zone: Zone) -> Self {
        Self(Arc::new(Mutex::new(Time { now: Now { at, zone }, awake: Duration::ZERO, boots: 1 })))
    }

    /// Sets the instant, as one sets the clock of a machine.
    pub fn set(&self, at: Timestamp) {
        held(&self.0).now.at = at;
    }

    /// Moves the user to another zone.
    pub fn set_zone(&self, zone: Zone) {
        held(&self.0).now.zone = zone;
    }

    /// Lets seconds pass.
    pub fn advance(&self, secs: i64) {
        self.sleep(secs);
        held(&self.0).awake += Duration::from_secs(secs.unsigned_abs());
    }

    /// Lets seconds pass while the machine sleeps.
    pub fn sleep(&self, secs: i64) {
        held(&self.0).now.at += TimeDelta::seconds(secs);
    }

    /// The machine goes off and on again.
    pub fn boot_again(&self) {
        held(&self.0).boots += 1;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Now {
        held(&self.0).now
    }

    fn awake(&self) -> Option<Duration> {
        Some(held(&self.0).awake)
    }

    fn boot(&self) -> Option<String> {
        Some(held(&self.0).boots.to_string())
    }
}

/// Ids that count up.
#[derive(Debug, Clone, Default)]
pub struct FakeIds(u64);

impl FakeIds {
    /// The first id is the one after this.
    #[must_use]
    pub fn after(last: u64) -> Self {
        Self(last)
    }
}

impl Ids for FakeIds {
    /// Leaves room after each: some commands count up from the one they were given.
    fn draw(&mut self) -> u64 {
        let drawn = self.0 + 1;
        self.0 += 64;
        drawn
    }
}

/// A desktop that notes what it was asked for. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct FakeDesktop(Arc<Mutex<DesktopMemory>>);

#[derive(Debug, Default)]
struct DesktopMemory {
    files: BTreeSet<String>,
    seen: Arc<BTreeMap<String, bool>>,
    opened: Vec<String>,
    raises_nothing: bool,
    /// What its dialog for files will come to, and what it came to.
    will_choose: Option<Chosen>,
    chosen: Option<Chosen>,
    titles: Vec<String>,
}

impl FakeDesktop {
    /// Makes it one on which no program raises its window.
    pub fn raise_nothing(&self) {
        held(&self.0).raises_nothing = true;
    }

    /// Puts a file there.
    pub fn put(&self, path: &str) {
        held(&self.0).files.insert(path.to_owned());
    }

    /// What its dialog for files comes to the next time it is shown; until this is said it stays open.
    pub fn will_choose(&self, chosen: Chosen) {
        held(&self.0).will_choose = Some(chosen);
    }

    /// Under which titles its dialog for files was shown, in order.
    #[must_use]
    pub fn dialogs(&self) -> Vec<String> {
        held(&self.0).titles.clone()
    }

    /// What was opened, in order.
    #[must_use]
    pub fn opened(&self) -> Vec<String> {
        held(&self.0).opened.clone()
    }
}

impl Desktop for FakeDesktop {
    fn cannot_open(&self) -> Option<&'static str> {
        None
    }

    fn open(&self, what: &str) -> Result<(), String> {
        held(&self.0).opened.push(what.to_owned());
        Ok(())
    }

    fn look(&self, paths: Vec<String>) {
        let mut memory = held(&self.0);
        let found: Vec<_> = paths.into_iter().map(|path| (memory.files.contains(&path), path)).collect();
        Arc::make_mut(&mut memory.seen).extend(found.into_iter().map(|(there, path)| (path, there)));
    }

    fn seen(&self) -> Arc<BTreeMap<String, bool>> {
        Arc::clone(&held(&self.0).seen)
    }

    fn documents(&self) -> Option<PathBuf> {
        Some(PathBuf::from("/home/ada/Documents"))
    }

    fn choose_files(&self, title: &str) -> bool {
        let mut memory = held(&self.0);
        memory.titles.push(title.to_owned());
        memory.chosen = memory.will_choose.take();
        true
    }

    fn chosen(&self) -> Option<Chosen> {
        held(&self.0).chosen.take()
    }

    fn can_raise(&self) -> bool {
        !held(&self.0).raises_nothing
    }
}

/// What can be done to a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// [`Disk::read`].
    Read,
    /// [`Disk::write_synced`].
    Write,
    /// [`Disk::append_synced`].
    Append,
    /// [`Disk::truncate`].
    Truncate,
    /// [`Disk::rename`].
    Rename,
    /// [`Disk::sync_folder`].
    SyncFolder,
    /// [`Disk::make_folder`].
    MakeFolder,
    /// [`Disk::list`].
    List,
    /// [`Disk::stat`].
    Stat,
    /// [`Disk::link_or_copy`].
    Link,
    /// [`Disk::remove`].
    Remove,
    /// [`Disk::remove_folder`].
    RemoveFolder,
    /// [`Disk::lock`].
    Lock,
}

/// A step that fails until it is mended.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Which step.
    pub operation: Operation,
    /// On paths that contain this text.
    pub path_contains: String,
    /// How it fails.
    pub kind: io::ErrorKind,
    /// Bytes of a write or append that reach the file all the same.
    pub bytes_written: usize,
}

#[derive(Debug, Clone, Default)]
struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
    folders: BTreeSet<PathBuf>,
    /// Seconds since 1970 at which each was last written, as a count of what was written.
    modified: BTreeMap<PathBuf, i64>,
    writes: i64,
    locked: BTreeSet<PathBuf>,
    fault: Option<Fault>,
    /// Files whose path contains this are not read before who asks is woken.
    kept_waiting: Option<(String, Arc<Condvar>)>,
    steps: Vec<(Operation, PathBuf)>,
}

impl Memory {
    /// Notes the step and says how it fails, if it does.
    fn step(&mut self, operation: Operation, path: &Path) -> Result<(), (io::Error, usize)> {
        self.steps.push((operation, path.to_owned()));
        match &self.fault {
            Some(fault)
                if fault.operation == operation && path.to_string_lossy().contains(fault.path_contains.as_str()) =>
            {
                Err((io::Error::from(fault.kind), fault.bytes_written))
            }
            _ => Ok(()),
        }
    }

    fn whole_step(&mut self, operation: Operation, path: &Path) -> io::Result<()> {
        self.step(operation, path).map_err(|(error, _)| error)
    }

    /// Notes that a file was written.
    fn touch(&mut self, path: &Path) {
        self.writes += 1;
        self.modified.insert(path.to_owned(), self.writes);
    }

    fn file(&mut self, path: &Path) -> io::Result<&mut Vec<u8>> {
        self.files.get_mut(path).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn is_there(&self, path: &Path) -> bool {
        self.files.contains_key(path) || self.folders.contains(path)
    }

    fn folder_is_there(&self, path: &Path) -> io::Result<()> {
        if path.parent().is_some_and(|folder| self.folders.contains(folder)) {
            Ok(())
        } else {
            Err(io::Error::from(io::ErrorKind::NotFound))
        }
    }
}

/// Everything by its path, with what stood at or below one path at or below another.
fn moved<T>(all: BTreeMap<PathBuf, T>, from: &Path, to: &Path) -> BTreeMap<PathBuf, T> {
    let (moving, mut staying): (BTreeMap<_, _>, BTreeMap<_, _>) =
        all.into_iter().partition(|(path, _)| path.starts_with(from));
    let renamed = |path: &Path| match path.strip_prefix(from) {
        Ok(below) if below.as_os_str().is_empty() => to.to_owned(),
        Ok(below) => to.join(below),
        Err(_) => path.to_owned(),
    };
    staying.extend(moving.into_iter().map(|(path, value)| (renamed(&path), value)));
    staying
}

/// A disk in memory. Clones share it; [`MemoryDisk::after_power_cut`] gives one of its own.
#[derive(Debug, Clone, Default)]
pub struct MemoryDisk(Arc<Mutex<Memory>>);

impl MemoryDisk {
    /// An empty disk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What stands on the disk now, on a disk of its own, without locks and faults.
    #[must_use]
    pub fn after_power_cut(&self) -> Self {
        let memory = held(&self.0).clone();
        let memory = Memory { locked: BTreeSet::new(), fault: None, kept_waiting: None, steps: Vec::new(), ..memory };
        Self(Arc::new(Mutex::new(memory)))
    }

    /// Keeps who reads files whose path contains a text waiting, as a slow disk does; `None` lets them go on.
    pub fn keep_waiting(&self, path_contains: Option<&str>) {
        let waits = path_contains.map(|part| (part.to_owned(), Arc::default()));
        if let Some((_, wake)) = std::mem::replace(&mut held(&self.0).kept_waiting, waits) {
            wake.notify_all();
        }
    }

    /// Makes a step fail from now on; `None` mends it.
    pub fn set_fault(&self, fault: Option<Fault>) {
        held(&self.0).fault = fault;
    }

    /// The steps since the beginning, or since they were last taken.
    #[must_use]
    pub fn take_steps(&self) -> Vec<(Operation, PathBuf)> {
        std::mem::take(&mut held(&self.0).steps)
    }

    /// Puts a file there, and its folder.
    pub fn put(&self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        let path = path.into();
        let mut memory = held(&self.0);
        if let Some(folder) = path.parent() {
            memory.folders.extend(folder.ancestors().map(Path::to_owned));
        }
        memory.touch(&path);
        memory.files.insert(path, bytes.into());
    }

    /// Takes a file away.
    pub fn take(&self, path: &Path) -> Option<Vec<u8>> {
        held(&self.0).files.remove(path)
    }

    /// All files.
    #[must_use]
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        held(&self.0).files.clone()
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut memory = held(&self.0);
        while let Some((_, wake)) =
            memory.kept_waiting.as_ref().filter(|(part, _)| path.to_string_lossy().contains(part.as_str()))
        {
            let wake = Arc::clone(wake);
            memory = wake.wait(memory).unwrap_or_else(PoisonError::into_inner);
        }
        memory.whole_step(Operation::Read, path)?;
        memory.file(path).cloned()
    }

    fn write_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut memory = held(&self.0);
        memory.folder_is_there(path)?;
        let outcome = memory.step(Operation::Write, path);
        let written = outcome.as_ref().map_or_else(|(_, part)| *part, |()| bytes.len());
        memory.touch(path);
        memory.files.insert(path.to_owned(), bytes.iter().copied().take(written).collect());
        outcome.map_err(|(error, _)| error)
    }

    fn append_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut memory = held(&self.0);
        memory.folder_is_there(path)?;
        let outcome = memory.step(Operation::Append, path);
        let written = outcome.as_ref().map_or_else(|(_, part)| *part, |()| bytes.len());
        memory.touch(path);
        memory.files.entry(path.to_owned()).or_default().extend(bytes.iter().take(written));
        outcome.map_err(|(error, _)| error)
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::Truncate, path)?;
        memory.file(path)?.truncate(usize::try_from(len).unwrap_or(usize::MAX));
        memory.touch(path);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::Rename, to)?;
        if !memory.is_there(from) {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        // A folder goes with all that is in it.
        memory.files = moved(std::mem::take(&mut memory.files), from, to);
        memory.modified = moved(std::mem::take(&mut memory.modified), from, to);
        let folders = std::mem::take(&mut memory.folders).into_iter().map(|folder| (folder, ())).collect();
        memory.folders = moved(folders, from, to).into_keys().collect();
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        held(&self.0).whole_step(Operation::SyncFolder, folder)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::MakeFolder, folder)?;
        memory.folders.extend(folder.ancestors().map(Path::to_owned));
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::List, folder)?;
        let there: BTreeSet<&PathBuf> = memory.files.keys().chain(&memory.folders).collect();
        Ok(there.into_iter().filter(|path| path.parent() == Some(folder)).cloned().collect())
    }

    fn stat(&self, path: &Path) -> io::Result<Option<Stat>> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::Stat, path)?;
        let modified =
            Timestamp::from_timestamp(memory.modified.get(path).copied().unwrap_or(0), 0).unwrap_or_default();
        let len = memory.files.get(path).map(|bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let kind = if len.is_some() { PathKind::File } else { PathKind::Folder };
        Ok(memory.is_there(path).then_some(Stat { kind, len: len.unwrap_or(0), modified }))
    }

    fn link_or_copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::Link, to)?;
        memory.folder_is_there(to)?;
        if memory.is_there(to) {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists));
        }
        let bytes = memory.file(from)?.clone();
        let modified = memory.modified.get(from).copied().unwrap_or(0);
        memory.files.insert(to.to_owned(), bytes);
        memory.modified.insert(to.to_owned(), modified);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::Remove, path)?;
        memory.files.remove(path);
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::RemoveFolder, folder)?;
        memory.files.retain(|path, _| !path.starts_with(folder));
        memory.folders.retain(|path| !path.starts_with(folder));
        // Who makes the folder anew makes another file to lock.
        memory.locked.retain(|path| !path.starts_with(folder));
        Ok(())
    }

    fn device(&self) -> String {
        "test".to_owned()
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>> {
        let mut memory = held(&self.0);
        memory.whole_step(Operation::Lock, path)?;
        memory.folder_is_there(path)?;
        memory.files.entry(path.to_owned()).or_default();
        if memory.locked.insert(path.to_owned()) {
            Ok(Some(Box::new(MemoryLock { disk: Arc::clone(&self.0), path: path.to_owned() })))
        } else {
            Ok(None)
        }
    }
}

struct MemoryLock {
    disk: Arc<Mutex<Memory>>,
    path: PathBuf,
}

impl LockGuard for MemoryLock {}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        held(&self.disk).locked.remove(&self.path);
    }
}

/// A test that panicked while it held the lock leaves good data behind: every step is done before the next.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
