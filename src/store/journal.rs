//! Journal segments: a header, then a change a line with its checksum.
//!
//! A line is RON: `("8f3a1c02", (sequence:43,at:…,words:…,kind:Do,edits:[(before:…,after:…)]))`. The
//! first text is the CRC-32 (IEEE) of the bytes of the second part, in hex. Reading never fails: a line with a wrong
//! checksum is a fault, and what stands after the last good line may be the torn end of a write.

use serde::Deserialize;

use super::finding::What;
use super::line::{self, Fault, Header, HeaderRead, Line};
use super::record::session::Session;
use super::record::{SessionShape, entry, v1};
use crate::domain::history::Entry;
use crate::domain::span::Zone;

/// Days that changes stay in the journal though the files hold them: they can be taken back.
pub const KEEP_DAYS: i64 = 90;

/// Letters of a checksum.
const HEX: usize = 8;
/// Letters before the second part: `("8f3a1c02", `.
const LEAD: usize = HEX + 5;

/// What a segment holds.
#[derive(Debug, Default)]
pub struct SegmentRead {
    /// Its header, where it can be read.
    pub header: Option<Header>,
    /// The newer schema it is in; nothing more was read then.
    pub newer: Option<u32>,
    /// Its entries in order of lines.
    pub entries: Vec<Entry>,
    /// What can't be read, before the last good line.
    pub faults: Vec<Fault>,
    /// What can't be read after the last good line: the end of a write that was cut off, if the segment is the last.
    pub tail_faults: Vec<Fault>,
    /// The offset after the last good line.
    pub good_len: usize,
    /// Whether the last good line has no line end.
    pub unended: bool,
}

/// Reads a segment.
#[must_use]
pub fn read_segment(bytes: &[u8]) -> SegmentRead {
    let mut segment = SegmentRead::default();
    let mut lines = line::lines(bytes);
    let Some(first) = lines.next() else { return segment };
    match line::read_header(&first) {
        HeaderRead::Known(header) if first.ended => {
            segment.header = Some(header);
            segment.good_len = first.end;
        }
        HeaderRead::Known(_) => {
            segment.tail_faults.push(first.fault(What::Header("its end is missing".to_owned())));
        }
        HeaderRead::Newer(schema) => {
            segment.newer = Some(schema);
            return segment;
        }
        HeaderRead::Broken(fault) => segment.tail_faults.push(fault),
    }
    let zone = segment.header.as_ref().map(|header| header.zone.0);
    let schema = segment.header.as_ref().map(|header| header.schema);
    for line in lines {
        match read_entry(&line, schema, zone) {
            Ok(None) => {}
            Ok(Some(entry)) => {
                segment.entries.push(entry);
                for fault in segment.tail_faults.drain(..) {
                    fault.add_to(&mut segment.faults);
                }
                segment.good_len = line.end;
                segment.unended = !line.ended;
            }
            Err(fault) => fault.add_to(&mut segment.tail_faults),
        }
    }
    segment
}

fn read_entry(line: &Line<'_>, schema: Option<u32>, zone: Option<Zone>) -> Result<Option<Entry>, Fault> {
    let (text, column) = line.text()?;
    if text.is_empty() || text.starts_with("//") {
        return Ok(None);
    }
    let no_entry = |reason: &str| line.fault(What::JournalLine(reason.to_owned()));
    let (checksum, rest) = text
        .strip_prefix("(\"")
        .and_then(|rest| rest.split_at_checked(HEX))
        .ok_or_else(|| no_entry("it has no checksum"))?;
    let body = rest
        .strip_prefix("\", ")
        .and_then(|rest| rest.strip_suffix(')'))
        .ok_or_else(|| no_entry("its end is missing"))?;
    if u32::from_str_radix(checksum, 16) != Ok(crc32fast::hash(body.as_bytes())) {
        return Err(no_entry("its checksum is wrong"));
    }
    let column = column + LEAD;
    let entry = match schema {
        Some(v1::SCHEMA) => of_shape::<v1::Session>(line, body, column, zone),
        Some(_) => of_shape::<Session>(line, body, column, zone),
        None => of_shape::<Session>(line, body, column, zone)
            .or_else(|fault| of_shape::<v1::Session>(line, body, column, zone).map_err(|_same_line| fault)),
    };
    entry.map(Some)
}

fn of_shape<'t, S>(line: &Line<'_>, body: &'t str, column: usize, zone: Option<Zone>) -> Result<Entry, Fault>
where
    S: SessionShape + Deserialize<'t>,
{
    let shape: entry::Entry<S> = line.read(body, column)?;
    shape.into_domain(zone).map_err(|problem| line.fault(What::Record(problem)))
}

/// The line of an entry, with its line end, in a segment whose header names this zone.
#[must_use]
pub fn written_entry(entry: &Entry, zone: Zone) -> String {
    let body = line::written_tight(&entry::Entry::from_domain(entry, zone));
    format!("(\"{:08x}\", {body})\n", crc32fast::hash(body.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::Change;
    use crate::domain::history::EntryKind;
    use crate::domain::money::Currency;
    use crate::domain::settings::Settings;

    const ZONE: Zone = chrono_tz::Africa::Nairobi;

    fn entry(sequence: u64) -> Entry {
        Entry {
            sequence,
            at: "2026-11-22T08:00:00Z".parse().unwrap(),
            words: "Set “home” to KES".to_owned(),
            kind: EntryKind::Redo(sequence - 1),
            change: Change::create(Settings::new(Currency::USD, ZONE)),
        }
    }

    fn segment(count: u64) -> String {
        let header = line::written(&Header::of_segment(ZONE)) + "\n";
        (1..=count).fold(header, |text, sequence| text + &written_entry(&entry(sequence), ZONE))
    }

    #[test]
    fn entries_read_back() {
        let text = segment(3);
        let read = read_segment(text.as_bytes());
        assert_eq!(read.entries, [entry(1), entry(2), entry(3)]);
        assert_eq!((read.good_len, read.unended), (text.len(), false));
        assert!(read.faults.is_empty() && read.tail_faults.is_empty());
    }

    #[test]
    fn a_segment_cut_at_any_byte_keeps_every_whole_line() {
        let text = segment(3);
        let header = text.find('\n').unwrap() + 1;
        for cut in 0..text.len() {
            let kept = text.as_bytes().get(..cut).unwrap();
            let read = read_segment(kept);
            let ends = kept.split(|byte| *byte == b'\n').count() - 1;
            let whole = text.as_bytes().get(cut) == Some(&b'\n') && cut > header;
            assert_eq!(read.entries.len(), ends.saturating_sub(1) + usize::from(whole), "cut at {cut}");
            assert!(read.faults.is_empty(), "cut at {cut}");
            assert_eq!(read.good_len < cut, !read.tail_faults.is_empty(), "cut at {cut}");
        }
    }

    #[test]
    fn a_flipped_byte_in_the_middle_costs_its_line_alone() {
        let text = segment(3);
        let start = text.find("sequence:2").unwrap();
        let mut bytes = text.into_bytes();
        bytes[start + 9] = b'7';
        let read = read_segment(&bytes);
        assert_eq!(read.entries, [entry(1), entry(3)]);
        assert_eq!(read.faults.first().unwrap().line, 3);
        assert!(read.tail_faults.is_empty());
    }
}
