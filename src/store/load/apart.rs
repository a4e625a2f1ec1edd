//! Two devices that changed the Book at the same time, in a folder that was synced later: their journals give the same
//! numbers to different changes.
//!
//! From the first such number on, this device's changes count, whatever a file of the other says it is past; what the
//! other changed is not lost but apart: it is found as a segment that nobody looked through, compared and asked about.
//! How far another device's segment was looked through stands in a file of ours, `journal/<device>.looked`: a line
//! each with its name, its length then and the checksum of that. What was looked through is not replayed.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Loading;
use crate::domain::history::Entry;
use crate::ports::Disk;
use crate::store::files::{JOURNAL, segment_from_path};
use crate::store::journal::read_segment;

/// How far segments of other devices were looked through, by path inside the Book's folder: the length then, and the
/// checksum of that much.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Looked(pub BTreeMap<PathBuf, (u64, u32)>);

impl Looked {
    fn path(disk: &dyn Disk, dir: &Path) -> PathBuf {
        dir.join(JOURNAL).join(format!("{}.looked", disk.device()))
    }

    /// As it stands on the disk. A line that can't be read is left out: what it says is asked once more.
    pub(in crate::store) fn read(disk: &dyn Disk, dir: &Path) -> Self {
        let bytes = disk.read(&Self::path(disk, dir)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().filter_map(|line| {
            let mut words = line.rsplitn(3, ' ');
            let checksum = u32::from_str_radix(words.next()?, 16).ok()?;
            let len = words.next()?.parse().ok()?;
            Some((Path::new(JOURNAL).join(words.next()?), (len, checksum)))
        });
        Self(lines.collect())
    }

    /// Puts it on the disk.
    ///
    /// # Errors
    /// As the disk says; what stood there stands.
    pub(in crate::store) fn write(&self, disk: &dyn Disk, dir: &Path) -> io::Result<()> {
        let lines = self.0.iter().filter_map(|(path, (len, checksum))| {
            Some(format!("{} {len} {checksum:08x}\n", path.file_name()?.to_string_lossy()))
        });
        let text: String = lines.collect();
        disk.replace(&Self::path(disk, dir), text.as_bytes())
    }

    /// How many changes of a segment were looked through.
    fn count(&self, path: &Path, bytes: &[u8]) -> usize {
        let Some((len, checksum)) = self.0.get(path) else { return 0 };
        let seen = usize::try_from(*len).ok().and_then(|len| bytes.get(..len));
        let seen = seen.filter(|seen| crc32fast::hash(seen) == *checksum);
        seen.map_or(0, |seen| read_segment(seen).entries.len())
    }
}

/// What the segments of other devices hold.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// The changes that nobody looked through, by segment.
    segments: Vec<(PathBuf, Vec<Arc<Entry>>)>,
    /// The sequences of changes that are not replayed.
    pub(super) aside: Vec<u64>,
    /// The first sequence that this device and another gave to different changes.
    pub(super) fork: Option<u64>,
}

impl Loading<'_> {
    /// Takes the changes of another device's segment.
    pub(super) fn take_others(&mut self, path: &Path, bytes: &[u8], mut entries: Vec<Arc<Entry>>) {
        let news = entries.split_off(self.tail.looked.count(path, bytes).min(entries.len()));
        self.others.aside.extend(entries.iter().map(|entry| entry.sequence));
        self.others.segments.push((path.to_owned(), news));
    }

    /// Decides which changes of other devices follow ours, and which were made at the same time.
    pub(super) fn part_ways(&mut self) {
        self.entries.sort_by_key(|entry| (entry.sequence, entry.at));
        let clashes = |entry: &Arc<Entry>| {
            let from = self.entries.partition_point(|known| known.sequence < entry.sequence);
            let mut alike =
                self.entries.iter().skip(from).take_while(|known| known.sequence == entry.sequence).peekable();
            alike.peek().is_some() && alike.all(|known| known != entry)
        };
        let device = |path: &Path| segment_from_path(path).map(|(device, _)| device);
        let mut apart = BTreeSet::new();
        for (path, entries) in &self.others.segments {
            if let Some(entry) = entries.iter().find(|entry| clashes(entry)) {
                apart.extend(device(path));
                self.others.fork = Some(self.others.fork.map_or(entry.sequence, |fork| fork.min(entry.sequence)));
            }
        }
        for (path, entries) in std::mem::take(&mut self.others.segments) {
            let fork = self.others.fork.filter(|_| device(&path).is_some_and(|device| apart.contains(&device)));
            let (follow, at_once): (Vec<_>, Vec<_>) =
                entries.into_iter().partition(|entry| fork.is_none_or(|fork| entry.sequence < fork));
            if !at_once.is_empty() {
                self.others.aside.extend(at_once.iter().map(|entry| entry.sequence));
                self.tail.apart.push(path);
            }
            self.entries.extend(follow);
        }
        self.entries.sort_by_key(|entry| (entry.sequence, entry.at));
        self.entries.dedup();
    }
}
