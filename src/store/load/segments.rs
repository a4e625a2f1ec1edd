//! The journal: its segments, where each ends, and which of them is gone on with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::get::{Got, LARGEST_SEGMENT, get};
use super::{Current, Loading, Segment};
use crate::store::files::{FileId, JOURNAL, segment_from_path};
use crate::store::finding::What;
use crate::store::journal::{self, SegmentRead};
use crate::store::record::SCHEMA;

impl Loading<'_> {
    /// The bytes of a segment: as they stood at a first look, where there was one.
    pub(super) fn bytes(&self, path: &Path) -> Got {
        match self.frozen.as_ref().and_then(|frozen| frozen.get(path)) {
            Some(bytes) => Got::Bytes { bytes: bytes.clone(), linked: false },
            None => get(self.disk, &self.dir.join(path), LARGEST_SEGMENT),
        }
    }

    pub(super) fn read_journal(&mut self) {
        let device = self.disk.device();
        let mut names: Vec<(String, u64, PathBuf)> = Vec::new();
        let paths = match &self.frozen {
            Some(frozen) => frozen.keys().cloned().collect(),
            None => self.list(JOURNAL),
        };
        for path in paths {
            match segment_from_path(&path) {
                Some((device, first)) => names.push((device, first, path)),
                None => self.find(&path, None, None, What::Stranger, false),
            }
        }
        names.sort_unstable();
        let through = self.files.get(&FileId::Book).map_or(0, |state| state.through);
        let mut names = names.into_iter().peekable();
        while let Some((by, _, path)) = names.next() {
            let next = names.peek().filter(|(next, ..)| *next == by).map(|(_, first, _)| *first);
            let is_read = self.read_segment(&path, by == device, next.is_none());
            if !is_read && next.is_none_or(|next| next > through + 1) {
                self.unread.get_or_insert(path);
            }
        }
        self.part_ways();
    }

    /// Reads a segment, unless the system will not; says whether it did. What is no file is none of ours.
    pub(super) fn read_segment(&mut self, path: &Path, own: bool, is_last: bool) -> bool {
        let mut segment = Segment {
            path: path.to_owned(),
            own,
            damaged: false,
            touched: false,
            last_at: None,
            touches: BTreeMap::new(),
        };
        match self.bytes(path) {
            Got::Nothing => return true,
            Got::Refused(what) => {
                let is_none = matches!(what, What::NoFile(_));
                self.find(path, None, None, what, false);
                self.tail.segments.push(Segment { damaged: true, ..segment });
                return is_none;
            }
            Got::Bytes { bytes, linked } => {
                if linked {
                    self.find(path, None, None, What::Link, false);
                    segment.damaged = true;
                }
                let mut read = journal::read_segment(&bytes);
                if let Some(schema) = read.newer {
                    self.is_newer(path, schema);
                    segment.damaged = true;
                }
                // A header that is broken though its line has an end was not cut off in writing.
                let begun = read.header.is_some() || !bytes.contains(&b'\n');
                // Nor was a line that has its end, and no hole: what is wrong with it came later.
                let rest = bytes.get(read.good_len..).unwrap_or_default();
                let cut_off = !rest.ends_with(b"\n") || rest.contains(&0);
                let torn = is_last && begun && cut_off && !read.tail_faults.is_empty();
                let broken_end = is_last && !torn && !read.tail_faults.is_empty();
                if broken_end && own {
                    self.unread_at_end += u64::try_from(read.tail_faults.len()).unwrap_or(u64::MAX);
                }
                if torn {
                    let first = read.tail_faults.drain(..).next();
                    if let Some(fault) = first {
                        let reason =
                            if let What::JournalLine(reason) = fault.what { reason } else { fault.what.to_string() };
                        let what = What::Torn(reason);
                        self.find(path, Some(fault.line), fault.column, what, false);
                    }
                }
                read.faults.append(&mut read.tail_faults);
                segment.damaged |= !read.faults.is_empty();
                for fault in std::mem::take(&mut read.faults) {
                    self.unread_entries += 1;
                    let is_plain = matches!(fault.what, What::JournalLine(_) | What::Header(_));
                    let what = if is_plain { fault.what } else { What::JournalLine(fault.what.to_string()) };
                    self.find(path, Some(fault.line), fault.column, what, false);
                }
                for entry in &read.entries {
                    segment.note(entry);
                }
                if own && is_last && begun && !broken_end && read.newer.is_none() && !linked {
                    self.tail.current = self.going_on(path, &read, &bytes);
                }
                let entries = read.entries.into_iter().map(Arc::new);
                if own {
                    self.entries.extend(entries);
                } else {
                    self.take_others(path, &bytes, entries.collect());
                }
            }
        }
        self.tail.segments.push(segment);
        true
    }

    /// The last segment of this device, where it can be gone on with: it was not closed by a checkpoint, or its torn
    /// end must be put aside.
    fn going_on(&self, path: &Path, read: &SegmentRead, bytes: &[u8]) -> Option<Current> {
        let through = self.files.get(&FileId::Book).map_or(0, |state| state.through);
        let torn = bytes.get(read.good_len..).unwrap_or_default().to_vec();
        let last = read.entries.iter().map(|entry| entry.sequence).max();
        let closed = last.is_some_and(|last| last <= through) && torn.is_empty();
        // Without a header only an empty segment can be gone on with: there it is written anew.
        let zone = match &read.header {
            Some(header) => header.zone.0,
            None if read.good_len == 0 => chrono_tz::UTC,
            None => return None,
        };
        let older = read.header.as_ref().is_some_and(|header| header.schema < SCHEMA);
        (!closed).then(|| Current {
            path: path.to_owned(),
            zone,
            len: read.good_len,
            unended: read.unended,
            torn,
            older,
        })
    }
}
