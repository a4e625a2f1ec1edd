//! A disk behind the port that notes every single step, can fail at any of them, and can break its promises.
//!
//! `write_synced` is create, write in chunks, sync; `append_synced` likewise; `replace` is the port's own. A handle
//! belongs to one life of the program: once that is killed, its handle does nothing more.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use truerate::domain::span::Timestamp;
use truerate::ports::{Disk, LockGuard, PathKind, Stat};

use crate::tree::{Node, Op, Platters, ROOT, Tree};

/// Bytes that reach the disk together, unless said otherwise.
const CHUNK: usize = 256;

/// A promise of the disk that is not kept: with any of them, the proofs must fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// An append is not synced.
    AppendUnsynced,
    /// A file is renamed before it is synced.
    RenameFirst,
    /// A folder is not synced.
    FolderUnsynced,
}

/// How a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    /// ENOSPC.
    Full,
    /// EIO.
    Broken,
    /// EACCES.
    Denied,
    /// EROFS.
    ReadOnly,
    /// EINTR.
    Interrupted,
    /// A part of the bytes is written, then there is no space.
    Short,
    /// The program itself is at fault.
    Panics,
}

impl Failing {
    /// Those that are the disk's.
    pub const ALL: [Self; 6] = [Self::Full, Self::Broken, Self::Denied, Self::ReadOnly, Self::Interrupted, Self::Short];

    fn error(self) -> io::Error {
        match self {
            Self::Full | Self::Short => io::Error::from(io::ErrorKind::StorageFull),
            Self::Broken => io::Error::other("input/output error"),
            Self::Denied => io::Error::from(io::ErrorKind::PermissionDenied),
            Self::ReadOnly => io::Error::from(io::ErrorKind::ReadOnlyFilesystem),
            Self::Interrupted => io::Error::from(io::ErrorKind::Interrupted),
            Self::Panics => panic!("a fault that the test made"),
        }
    }
}

/// Steps that fail.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// The first of them, counted from 1 since it was set.
    pub from: usize,
    /// How many.
    pub count: usize,
    pub how: Failing,
}

#[derive(Debug, Default)]
struct Inner {
    tree: Tree,
    chunk: usize,
    log: Vec<Op>,
    writes: Vec<(Node, i64)>,
    locked: BTreeSet<PathBuf>,
    broken: Option<Broken>,
    unsynced: Vec<Node>,
    steps: usize,
    fault: Option<Fault>,
    failed: usize,
    kill_at: Option<usize>,
    life: u64,
}

/// A handle on a disk. [`SimDisk::again`] gives one for the next life.
#[derive(Debug, Clone)]
pub struct SimDisk {
    inner: Arc<Mutex<Inner>>,
    life: u64,
}

impl SimDisk {
    pub fn holding(tree: Tree) -> Self {
        Self { inner: Arc::new(Mutex::new(Inner { tree, chunk: CHUNK, ..Inner::default() })), life: 0 }
    }

    /// The same, writing so many bytes at once.
    pub fn in_chunks(self, chunk: usize) -> Self {
        self.held().chunk = chunk;
        self
    }

    pub fn breaking(broken: Option<Broken>) -> Self {
        let disk = Self::holding(Tree::default());
        disk.held().broken = broken;
        disk
    }

    /// The disk after the program was killed: everything it wrote is there for other programs, synced or not.
    pub fn again(&self) -> Self {
        let mut inner = self.held();
        inner.life += 1;
        inner.locked.clear();
        inner.kill_at = None;
        Self { inner: Arc::clone(&self.inner), life: inner.life }
    }

    /// Counts steps anew and makes some of them fail; `None` mends the disk.
    pub fn set_fault(&self, fault: Option<Fault>) {
        let mut inner = self.held();
        (inner.steps, inner.failed, inner.fault) = (0, 0, fault);
    }

    /// Kills the program before its step of this number from now on.
    pub fn kill_at(&self, step: usize) {
        let mut inner = self.held();
        (inner.steps, inner.kill_at) = (0, Some(step));
    }

    pub fn is_dead(&self) -> bool {
        self.held().life != self.life
    }

    /// Steps since they were last counted, and how many of them failed.
    pub fn steps(&self) -> (usize, usize) {
        let inner = self.held();
        (inner.steps, inner.failed)
    }

    pub fn tree(&self) -> Tree {
        self.held().tree.clone()
    }

    /// Everything that was done.
    pub fn log(&self) -> Vec<Op> {
        self.held().log.clone()
    }

    /// Notes something beside the steps.
    pub fn note(&self, op: Op) {
        self.held().log.push(op);
    }

    /// What a power cut now would surely leave.
    pub fn sure(&self, begun_with: &Tree) -> Tree {
        let mut platters = Platters::holding(begun_with.clone());
        for op in &self.held().log {
            platters.take(op);
        }
        platters.sure
    }

    fn held(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a step, or says how it fails.
    fn step(&self, inner: &mut Inner) -> Result<(), (io::Error, Option<Failing>)> {
        let dead = || io::Error::other("the program was killed");
        if inner.life != self.life {
            return Err((dead(), None));
        }
        inner.steps += 1;
        if inner.kill_at == Some(inner.steps) {
            inner.life += 1;
            return Err((dead(), None));
        }
        match inner.fault {
            Some(fault) if (fault.from..fault.from + fault.count).contains(&inner.steps) => {
                inner.failed += 1;
                Err((fault.how.error(), Some(fault.how)))
            }
            _ => Ok(()),
        }
    }

    fn begin(&self) -> io::Result<MutexGuard<'_, Inner>> {
        let mut inner = self.held();
        self.step(&mut inner).map_err(|(error, _)| error)?;
        Ok(inner)
    }

    fn write(&self, inner: &mut Inner, node: Node, bytes: &[u8]) -> io::Result<()> {
        for chunk in bytes.chunks(inner.chunk) {
            let outcome = self.step(inner);
            let written = match &outcome {
                Ok(()) => chunk.len(),
                Err((_, Some(Failing::Short))) => chunk.len() / 2,
                Err(_) => 0,
            };
            let at = inner.tree.content(node).map_or(0, |content| content.bytes.len());
            if written > 0 {
                let bytes = chunk.iter().take(written).copied().collect();
                inner.does(Op::Write { node, at, bytes });
            }
            outcome.map_err(|(error, _)| error)?;
        }
        Ok(())
    }

    fn sync(&self, inner: &mut Inner, node: Node) -> io::Result<()> {
        match self.step(inner) {
            Ok(()) => {
                inner.does(Op::SyncFile(node));
                Ok(())
            }
            Err((error, how)) => {
                if how.is_some() {
                    inner.does(Op::GaveUp(node));
                }
                Err(error)
            }
        }
    }

    /// The file under a path, made where there is none.
    fn file(&self, inner: &mut Inner, path: &Path) -> io::Result<Node> {
        self.step(inner).map_err(|(error, _)| error)?;
        if let Some(node) = inner.tree.find(path) {
            return inner.tree.content(node).map(|_| node).ok_or_else(|| io::ErrorKind::IsADirectory.into());
        }
        let (folder, name) = inner.place(path)?;
        let node = inner.tree.next();
        inner.does(Op::NewFile);
        inner.does(Op::Enter { folder, name, node });
        Ok(node)
    }
}

impl Inner {
    fn does(&mut self, op: Op) {
        if let Some(node) = op.file() {
            let count = i64::try_from(self.log.len()).unwrap();
            self.writes.push((node, count));
        }
        self.tree.apply(&op);
        self.log.push(op);
    }

    /// The folder and the name of a path.
    fn place(&self, path: &Path) -> io::Result<(Node, String)> {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let folder = path.parent().and_then(|folder| self.tree.find(folder)).ok_or_else(missing)?;
        self.tree.names(folder).ok_or_else(missing)?;
        Ok((folder, path.file_name().ok_or_else(missing)?.to_string_lossy().into_owned()))
    }

    fn node(&self, path: &Path) -> io::Result<Node> {
        self.tree.find(path).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn len(&self, node: Node) -> usize {
        self.tree.content(node).map_or(0, |content| content.bytes.len())
    }
}

impl Disk for SimDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let inner = self.begin()?;
        let node = inner.node(path)?;
        let content = inner.tree.content(node).ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?;
        Ok(content.bytes.clone())
    }

    fn write_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut inner = self.held();
        let node = self.file(&mut inner, path)?;
        if inner.len(node) > 0 {
            inner.does(Op::Cut { node, len: 0 });
        }
        self.write(&mut inner, node, bytes)?;
        if inner.broken == Some(Broken::RenameFirst) {
            inner.unsynced.push(node);
            return Ok(());
        }
        self.sync(&mut inner, node)
    }

    fn append_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut inner = self.held();
        let node = self.file(&mut inner, path)?;
        self.write(&mut inner, node, bytes)?;
        if inner.broken == Some(Broken::AppendUnsynced) {
            return Ok(());
        }
        self.sync(&mut inner, node)
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let mut inner = self.begin()?;
        let node = inner.node(path)?;
        inner.does(Op::Cut { node, len: usize::try_from(len).unwrap() });
        self.sync(&mut inner, node)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inner = self.begin()?;
        let node = inner.node(from)?;
        let (from, to) = (inner.place(from)?, inner.place(to)?);
        inner.does(Op::Move { from, to, node });
        while let Some(late) = inner.unsynced.pop() {
            self.sync(&mut inner, late)?;
        }
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut inner = self.begin()?;
        let node = inner.node(folder)?;
        if inner.broken != Some(Broken::FolderUnsynced) {
            inner.does(Op::SyncFolder(node));
        }
        Ok(())
    }

    /// As the real one: what is missing is made, then the names above are synced as far as that goes.
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut inner = self.begin()?;
        let mut missing: Vec<&Path> = folder.ancestors().take_while(|path| inner.tree.find(path).is_none()).collect();
        missing.reverse();
        let mut above = Vec::new();
        for path in missing {
            let (folder, name) = inner.place(path)?;
            let node = inner.tree.next();
            inner.does(Op::NewFolder);
            inner.does(Op::Enter { folder, name, node });
            above.push(folder);
        }
        for folder in above {
            if self.step(&mut inner).is_ok() && inner.broken != Some(Broken::FolderUnsynced) {
                inner.does(Op::SyncFolder(folder));
            }
        }
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let inner = self.begin()?;
        let names = inner.tree.find(folder).and_then(|node| inner.tree.names(node));
        Ok(names.into_iter().flatten().map(|(name, _)| folder.join(name)).collect())
    }

    fn stat(&self, path: &Path) -> io::Result<Option<Stat>> {
        let inner = self.begin()?;
        let Some(node) = inner.tree.find(path) else { return Ok(None) };
        let written = inner.writes.iter().rev().find(|(written, _)| *written == node).map_or(0, |(_, count)| *count);
        let kind = if inner.tree.content(node).is_some() { PathKind::File } else { PathKind::Folder };
        let modified = Timestamp::from_timestamp(written, 0).unwrap();
        Ok(Some(Stat { kind, len: inner.len(node) as u64, modified }))
    }

    fn link_or_copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inner = self.begin()?;
        let node = inner.node(from)?;
        if inner.tree.find(to).is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let (folder, name) = inner.place(to)?;
        inner.does(Op::Enter { folder, name, node });
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut inner = self.begin()?;
        if inner.tree.find(path).is_some() {
            let (folder, name) = inner.place(path)?;
            inner.does(Op::Leave { folder, name });
        }
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let inside = self.list(folder)?;
        for path in inside {
            let is_folder = self.stat(&path)?.is_some_and(|stat| stat.kind == PathKind::Folder);
            if is_folder { self.remove_folder(&path)? } else { self.remove(&path)? }
        }
        self.remove(folder)
    }

    fn device(&self) -> String {
        "sim".to_owned()
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>> {
        let mut inner = self.held();
        self.file(&mut inner, path)?;
        if !inner.locked.insert(path.to_owned()) {
            return Ok(None);
        }
        Ok(Some(Box::new(SimLock { disk: self.clone(), path: path.to_owned() })))
    }
}

struct SimLock {
    disk: SimDisk,
    path: PathBuf,
}

impl LockGuard for SimLock {}

impl Drop for SimLock {
    fn drop(&mut self) {
        if !self.disk.is_dead() {
            self.disk.held().locked.remove(&self.path);
        }
    }
}

#[test]
fn only_what_was_synced_is_sure_and_names_apart_from_bytes() {
    let disk = SimDisk::breaking(None);
    let (folder, old, new) = (Path::new("/f"), Path::new("/f/old"), Path::new("/f/new"));
    disk.make_folder(folder).unwrap();
    disk.write_synced(old, b"bytes").unwrap();
    assert!(disk.sure(&Tree::default()).find(old).is_none(), "a file’s sync does not make its name sure");
    disk.sync_folder(folder).unwrap();
    disk.set_fault(Some(Fault { from: 2, count: 1, how: Failing::Short }));
    disk.append_synced(old, b"more").unwrap_err();
    assert_eq!(disk.read(old).unwrap(), b"bytesmo");
    disk.rename(old, new).unwrap();
    let sure = disk.sure(&Tree::default());
    assert_eq!(sure.content(sure.find(old).unwrap()).unwrap().bytes, b"bytes");
    assert!(sure.find(new).is_none() && disk.tree().find(old).is_none());
    assert_ne!(sure.fingerprint(), disk.tree().fingerprint());
    assert_eq!(disk.tree().find(Path::new("/")), Some(ROOT));
}
