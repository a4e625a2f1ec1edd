//! Newest first: the newest months of a Book for a window that can't wait, and the rest of it for another thread.
//!
//! Two months, or the newest alone where it holds the whole of the last week and fills the window by itself.
//!
//! The first look is no other Book: the rest is read from its beginning by the same rules, files and journal as they
//! stood at the first look. Until it is there nothing but the journal is written, so that no file of a month that was
//! not read can be touched. Where the first look finds anything wrong there is none: the Book is read as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Datelike as _;

use super::get::Got;
use super::{Loaded, Loading, load_with};
use crate::domain::change::Record;
use crate::domain::settings::Settings;
use crate::domain::span::Month;
use crate::ports::Disk;
use crate::store::files::{FileId, JOURNAL, MONEY, SESSIONS, month_from_path, segment_from_path};

/// How many of the newest months are read at once: a week may lie in two.
const MONTHS: usize = 2;

/// From so many sessions on the newest month fills the first look by itself.
const MANY: usize = 200;

/// From the second day of a month's second week on, in whatever zone, the week began in that month.
const WEEK_IN: u32 = 9;

/// The journal's segments as they stood at the first look, each with its bytes.
pub(super) type Frozen = BTreeMap<PathBuf, Vec<u8>>;

/// The newest months of a Book.
pub(in crate::store) struct Newest {
    /// What was read: not the whole Book, and no files for a checkpoint.
    pub(in crate::store) loaded: Loaded,
    /// The months that were not read.
    pub(in crate::store) unread: BTreeSet<Month>,
    /// The rest.
    pub(in crate::store) rest: Rest,
}

/// What is needed to read the whole Book as it stood at the first look.
pub(in crate::store) struct Rest {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    defaults: Settings,
    frozen: Frozen,
}

impl Rest {
    /// Reads the whole Book; `reading` is told each month before it is read.
    pub(in crate::store) fn read(self, reading: &dyn Fn(Month)) -> Loaded {
        load_with(self.disk.as_ref(), &self.dir, self.defaults, Some(self.frozen), reading)
    }
}

/// Reads the newest months; `None` where there is no more than that, or where anything is wrong.
pub(in crate::store) fn newest(disk: &Arc<dyn Disk>, dir: &Path, defaults: &Settings) -> Option<Newest> {
    let mut loading = Loading::new(disk.as_ref(), dir, defaults.clone());
    loading.read_file(FileId::Book);
    let through = loading.files.get(&FileId::Book)?.through;
    let months = |loading: &mut Loading<'_>, folder| -> BTreeSet<Month> {
        loading.list(folder).iter().filter_map(|path| month_from_path(path)).collect()
    };
    let (sessions, money) = (months(&mut loading, SESSIONS), months(&mut loading, MONEY));
    let all: BTreeSet<Month> = sessions.union(&money).copied().collect();
    if all.len() <= MONTHS {
        return None;
    }
    let mut unread = all.clone();
    for month in all.iter().rev().take(MONTHS) {
        if loading.fills_a_first_look() {
            break;
        }
        unread.remove(month);
        for (held, file) in [(&sessions, FileId::Sessions(*month)), (&money, FileId::Money(*month))] {
            if held.contains(month) {
                loading.read_file(file);
            }
        }
    }
    let frozen = freeze(&mut loading)?;
    for (path, own, is_last) in needed(&frozen, &disk.device(), through) {
        loading.read_segment(&path, own, is_last);
    }
    loading.part_ways();
    if loading.others.fork.is_some() {
        return None;
    }
    // What a checkpoint has taken up stands in files: those that were read, or the rest.
    loading.entries.retain(|entry| entry.sequence > through);
    let whole = loading.findings.is_empty() && loading.newer.is_none() && loading.unread_entries == 0;
    if !whole {
        return None;
    }
    loading.replay_entries();
    let loaded = loading.finish();
    let rest = Rest { disk: Arc::clone(disk), dir: dir.to_owned(), defaults: defaults.clone(), frozen };
    Some(Newest { loaded, unread, rest })
}

impl Loading<'_> {
    /// Whether what was read of one month is enough for a first look: many sessions, and all of the last one's week.
    fn fills_a_first_look(&self) -> bool {
        let sessions = || {
            self.candidates.values().filter_map(|candidate| {
                if let Record::Session(session) = &candidate.record { Some(session) } else { None }
            })
        };
        let last = sessions().map(|session| session.started_at).max();
        last.is_some_and(|last| last.day() >= WEEK_IN) && sessions().count() >= MANY
    }
}

/// The bytes of all segments; `None` where one can't be read.
fn freeze(loading: &mut Loading<'_>) -> Option<Frozen> {
    let mut frozen = Frozen::new();
    for path in loading.list(JOURNAL) {
        let Got::Bytes { bytes, linked: false } = loading.bytes(&path) else { return None };
        frozen.insert(path, bytes);
    }
    loading.frozen = Some(frozen.clone());
    Some(frozen)
}

/// The segments that hold changes which no checkpoint has taken up: of each device the last ones, down to the first
/// that begins at or before the checkpoint. Each with whether it is this device's, and whether it is its last.
fn needed(frozen: &Frozen, device: &str, through: u64) -> Vec<(PathBuf, bool, bool)> {
    let mut by_device: BTreeMap<String, Vec<(u64, &PathBuf)>> = BTreeMap::new();
    for path in frozen.keys() {
        if let Some((by, first)) = segment_from_path(path) {
            by_device.entry(by).or_default().push((first, path));
        }
    }
    let mut needed = Vec::new();
    for (by, mut segments) in by_device {
        segments.sort_unstable();
        let from = segments.iter().rposition(|(first, _)| *first <= through).unwrap_or(0);
        let last = segments.len() - 1;
        let wanted = segments.iter().enumerate().skip(from);
        needed.extend(wanted.map(|(at, (_, path))| ((*path).clone(), by == device, at == last)));
    }
    needed
}
