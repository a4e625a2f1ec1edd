//! What stands on a simulated disk: folders and files as numbered nodes, and the single steps that change them.
//!
//! A name is an entry of a folder and has a life apart from the file's bytes, as on a real file system: that is what
//! makes a rename before a sync dangerous. Contents are shared between trees, so that a tree is cheap to copy.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// The number of a file or folder.
pub type Node = usize;

/// The folder that everything is in.
pub const ROOT: Node = 0;

/// One single step on a disk.
#[derive(Debug, Clone)]
pub enum Op {
    /// A file or folder comes to be, without a name.
    NewFile,
    NewFolder,
    /// A name comes into a folder.
    Enter {
        folder: Node,
        name: String,
        node: Node,
    },
    /// A name goes.
    Leave {
        folder: Node,
        name: String,
    },
    /// A name moves, at once, over what had the new one.
    Move {
        from: (Node, String),
        to: (Node, String),
        node: Node,
    },
    /// Bytes of a file; what lies between its end and them is zeros.
    Write {
        node: Node,
        at: usize,
        bytes: Arc<[u8]>,
    },
    /// A file is cut.
    Cut {
        node: Node,
        len: usize,
    },
    /// What was written to a file is on the platters.
    SyncFile(Node),
    /// A sync failed: the system has given up what was written, and forgets that it ever had to write it.
    GaveUp(Node),
    /// The names of a folder are on the platters.
    SyncFolder(Node),
    /// A change of this number was handed to the journal.
    Asked(u64),
    /// Every change up to this number was called saved.
    Told(u64),
}

impl Op {
    /// The folders whose names it changes.
    pub fn folders(&self) -> Option<[Node; 2]> {
        match self {
            Self::Enter { folder, .. } | Self::Leave { folder, .. } => Some([*folder, *folder]),
            Self::Move { from, to, .. } => Some([from.0, to.0]),
            Self::NewFile
            | Self::NewFolder
            | Self::Write { .. }
            | Self::Cut { .. }
            | Self::SyncFile(_)
            | Self::GaveUp(_)
            | Self::SyncFolder(_)
            | Self::Asked(_)
            | Self::Told(_) => None,
        }
    }

    /// The file whose bytes it changes.
    pub fn file(&self) -> Option<Node> {
        match self {
            Self::Write { node, .. } | Self::Cut { node, .. } => Some(*node),
            Self::NewFile
            | Self::NewFolder
            | Self::Enter { .. }
            | Self::Leave { .. }
            | Self::Move { .. }
            | Self::SyncFile(_)
            | Self::GaveUp(_)
            | Self::SyncFolder(_)
            | Self::Asked(_)
            | Self::Told(_) => None,
        }
    }
}

/// The bytes of a file, with their hash once somebody asked for it.
#[derive(Debug, Default)]
pub struct Content {
    pub bytes: Vec<u8>,
    hash: OnceLock<u64>,
}

impl Content {
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, hash: OnceLock::new() }
    }

    fn hash(&self) -> u64 {
        *self.hash.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            self.bytes.hash(&mut hasher);
            hasher.finish()
        })
    }
}

#[derive(Debug, Clone)]
enum Kind {
    Folder(Arc<BTreeMap<String, Node>>),
    File(Arc<Content>),
}

/// Folders and files. Nodes without a name are out of reach, and stay.
#[derive(Debug, Clone)]
pub struct Tree(Vec<Kind>);

impl Default for Tree {
    fn default() -> Self {
        Self(vec![Kind::Folder(Arc::default())])
    }
}

impl Tree {
    /// The number that the next node gets.
    pub fn next(&self) -> Node {
        self.0.len()
    }

    /// The node of a path.
    pub fn find(&self, path: &Path) -> Option<Node> {
        path.components().filter(|part| matches!(part, Component::Normal(_))).try_fold(ROOT, |folder, part| match self
            .0
            .get(folder)?
        {
            Kind::Folder(names) => names.get(part.as_os_str().to_str()?).copied(),
            Kind::File(_) => None,
        })
    }

    /// The names in a folder; `None` where it is a file.
    pub fn names(&self, folder: Node) -> Option<&BTreeMap<String, Node>> {
        match self.0.get(folder)? {
            Kind::Folder(names) => Some(names),
            Kind::File(_) => None,
        }
    }

    /// The bytes of a file; `None` where it is a folder.
    pub fn content(&self, file: Node) -> Option<&Arc<Content>> {
        match self.0.get(file)? {
            Kind::File(content) => Some(content),
            Kind::Folder(_) => None,
        }
    }

    fn put(&mut self, file: Node, bytes: Vec<u8>) {
        self.0[file] = Kind::File(Arc::new(Content::new(bytes)));
    }

    fn rename(&mut self, folder: Node, name: &str, node: Option<Node>) {
        let Some(Kind::Folder(names)) = self.0.get_mut(folder) else { panic!("{folder} is a folder") };
        let names = Arc::make_mut(names);
        match node {
            Some(node) => _ = names.insert(name.to_owned(), node),
            None => _ = names.remove(name),
        }
    }

    /// Does one step.
    pub fn apply(&mut self, op: &Op) {
        match op {
            Op::NewFile => self.0.push(Kind::File(Arc::default())),
            Op::NewFolder => self.0.push(Kind::Folder(Arc::default())),
            Op::Enter { folder, name, node } => self.rename(*folder, name, Some(*node)),
            Op::Leave { folder, name } => self.rename(*folder, name, None),
            Op::Move { from, to, node } => {
                self.rename(from.0, &from.1, None);
                self.rename(to.0, &to.1, Some(*node));
            }
            Op::Write { node, at, bytes } => {
                let mut all = self.content(*node).map(|content| content.bytes.clone()).unwrap_or_default();
                all.resize(all.len().max(at + bytes.len()), 0);
                all[*at..at + bytes.len()].copy_from_slice(bytes);
                self.put(*node, all);
            }
            Op::Cut { node, len } => {
                let all = self.content(*node).map(|content| content.bytes.as_slice()).unwrap_or_default();
                let kept = all.iter().take(*len).copied().collect();
                self.put(*node, kept);
            }
            Op::SyncFile(_) | Op::GaveUp(_) | Op::SyncFolder(_) | Op::Asked(_) | Op::Told(_) => {}
        }
    }

    /// Lengthens a file with zeros: its length is on the disk, its bytes are not.
    pub fn pad(&mut self, file: Node, len: usize) {
        let mut all = self.content(file).map(|content| content.bytes.clone()).unwrap_or_default();
        all.resize(all.len().max(len), 0);
        self.put(file, all);
    }

    /// What can be reached, as one number: equal trees have equal ones.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash_folder(ROOT, &mut hasher);
        hasher.finish()
    }

    fn hash_folder(&self, folder: Node, hasher: &mut DefaultHasher) {
        for (name, node) in self.names(folder).into_iter().flatten() {
            name.hash(hasher);
            match self.content(*node) {
                Some(content) => content.hash().hash(hasher),
                None => self.hash_folder(*node, hasher),
            }
        }
        u64::MAX.hash(hasher);
    }

    /// Every file that can be reached, for a report.
    pub fn files(&self) -> BTreeMap<PathBuf, Arc<Content>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![(PathBuf::from("/"), ROOT)];
        while let Some((path, folder)) = folders.pop() {
            for (name, node) in self.names(folder).into_iter().flatten() {
                match self.content(*node) {
                    Some(content) => _ = files.insert(path.join(name), Arc::clone(content)),
                    None => folders.push((path.join(name), *node)),
                }
            }
        }
        files
    }
}

/// What is surely on the platters after some steps, and what may or may not be.
#[derive(Debug, Clone, Default)]
pub struct Platters {
    pub sure: Tree,
    pub pending: Vec<Op>,
}

impl Platters {
    /// A disk on which everything is sure.
    pub fn holding(sure: Tree) -> Self {
        Self { sure, pending: Vec::new() }
    }

    /// Takes the next step. POSIX and no more: a file's sync makes its bytes sure and not its name, a folder's sync its
    /// names and nothing of the files.
    pub fn take(&mut self, op: &Op) {
        match op {
            Op::NewFile | Op::NewFolder => self.sure.apply(op),
            Op::SyncFile(file) => self.settle(|pending| pending.file() == Some(*file)),
            Op::SyncFolder(folder) => {
                self.settle(|pending| pending.folders().is_some_and(|folders| folders.contains(folder)));
            }
            Op::GaveUp(file) => self.pending.retain(|pending| pending.file() != Some(*file)),
            Op::Asked(_) | Op::Told(_) => {}
            Op::Enter { .. } | Op::Leave { .. } | Op::Move { .. } | Op::Write { .. } | Op::Cut { .. } => {
                self.pending.push(op.clone());
            }
        }
    }

    fn settle(&mut self, is_settled: impl Fn(&Op) -> bool) {
        let (settled, pending) = std::mem::take(&mut self.pending).into_iter().partition(is_settled);
        self.pending = pending;
        let settled: Vec<Op> = settled;
        for op in &settled {
            self.sure.apply(op);
        }
    }
}
