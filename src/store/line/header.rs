//! The first line of a file: the schema, the checksum of what follows it, the zone of sessions that name none.
//!
//! `(schema: 2, crc: "8f3a1c02", zone: "Africa/Nairobi", through: 42)`. The checksum is the CRC-32 (IEEE) in hex of all
//! bytes after its own digits, with line ends as they were written: an editor that writes others changes nothing. It is
//! no lock: a person may mend a file, and is told that it isn't as it was written. Segments of the journal have one a line.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Fault, Line, written};
use crate::domain::span::Zone;
use crate::store::finding::What;
use crate::store::record::text::{Text, TextForm};
use crate::store::record::{SCHEMA, v1};

/// What some editors put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The first line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The schema of the lines.
    pub schema: u32,
    /// For the files of the Book from schema 2 on: the checksum of what follows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crc: Option<Text<Checksum>>,
    /// The zone of the sessions that name none.
    pub zone: Text<Zone>,
    /// For the files of the Book: every change up to this sequence is in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<u64>,
}

impl Header {
    /// The header of a file that holds every change up to a sequence.
    #[must_use]
    pub fn of_file(zone: Zone, through: u64) -> Self {
        Self { schema: SCHEMA, crc: None, zone: Text(zone), through: Some(through) }
    }

    /// The header of a journal segment.
    #[must_use]
    pub fn of_segment(zone: Zone) -> Self {
        Self { schema: SCHEMA, crc: None, zone: Text(zone), through: None }
    }

    /// The text of a file of the Book: this header with the checksum, then the lines.
    #[must_use]
    pub fn before(&self, lines: &str) -> String {
        let nothing = Text(Checksum(0));
        let header = written(&Self { crc: Some(nothing), ..self.clone() });
        let (lead, rest) = header.split_once(&nothing.to_string()).unwrap_or((&header, ""));
        let follows = format!("{rest}\n{lines}");
        format!("{lead}{}{follows}", Text(Checksum(crc32fast::hash(follows.as_bytes()))))
    }

    /// Whether a file with this first line is as it was written.
    #[must_use]
    pub fn vouches_for(&self, file: &[u8], first: &Line<'_>) -> bool {
        if self.schema == v1::SCHEMA {
            return true;
        }
        let Some(crc) = self.crc else { return false };
        let mark = if first.bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let written = file.get(first.start + mark..).unwrap_or_default();
        let lead = format!("(schema: {}, crc: \"{crc}", self.schema);
        let Some(follows) = written.strip_prefix(lead.as_bytes()) else { return false };
        crc32fast::hash(follows) == crc.0.0 || (follows.contains(&b'\r') && with_our_line_ends(follows) == crc.0.0)
    }
}

/// The checksum of a text as if each of its lines ended as we end them.
fn with_our_line_ends(text: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => {
                hasher.update(line);
                hasher.update(b"\n");
            }
            None => hasher.update(line),
        }
    }
    hasher.finalize()
}

/// A CRC-32 (IEEE).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checksum(u32);

impl TextForm for Checksum {
    const WHAT: &'static str = "a checksum of eight digits and letters from a to f";

    fn read(text: &str) -> Option<Self> {
        let plain = text.len() == 8 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if plain { u32::from_str_radix(text, 16).ok().map(Self) } else { None }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// What the first line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderRead {
    /// A header of a schema that we know.
    Known(Header),
    /// A file of a newer schema; nothing more of it is read.
    Newer(u32),
    /// No header.
    Broken(Fault),
}

/// Reads a first line: the version before all else, then the header of that version.
#[must_use]
pub fn read_header(line: &Line<'_>) -> HeaderRead {
    /// What every header of any schema has.
    #[derive(Deserialize)]
    struct Version {
        schema: u32,
    }

    let (text, column) = match line.short_text() {
        Ok((text, column)) => (text.trim_start_matches('\u{feff}'), column),
        Err(fault) => return HeaderRead::Broken(fault),
    };
    let broken = |fault: Fault| {
        let what = if let What::Line(reason) = fault.what { What::Header(reason) } else { fault.what };
        HeaderRead::Broken(Fault { what, ..fault })
    };
    let read = line.read::<Version>(text, column).map(|version| version.schema).and_then(|schema| match schema {
        SCHEMA => line.read(text, column).map(HeaderRead::Known),
        v1::SCHEMA => line.read::<v1::Header>(text, column).map(|header| HeaderRead::Known(header.into())),
        newer if newer > SCHEMA => Ok(HeaderRead::Newer(newer)),
        never => Err(line.fault(What::Header(format!("there never was a schema {never}")))),
    });
    read.unwrap_or_else(broken)
}

impl From<v1::Header> for Header {
    fn from(older: v1::Header) -> Self {
        Self { schema: older.schema, crc: None, zone: older.zone, through: older.through }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::line::{lines, read_file};

    const ZONE: Zone = chrono_tz::Africa::Nairobi;

    fn file() -> String {
        Header::of_file(ZONE, 42).before("// one\n// two\n")
    }

    fn is_as_written(bytes: &[u8]) -> bool {
        let first = lines(bytes).next().unwrap();
        let HeaderRead::Known(header) = read_header(&first) else { panic!("a header") };
        header.vouches_for(bytes, &first)
    }

    #[test]
    fn a_header_reads_back_with_the_checksum_of_what_follows_it() {
        // Source: zlib.crc32 of Python over the bytes from the quote after the digits on.
        assert_eq!(file(), "(schema: 2, crc: \"d228357a\", zone: \"Africa/Nairobi\", through: 42)\n// one\n// two\n");
        assert!(is_as_written(file().as_bytes()));
        let read = read_file(file().as_bytes()).header.unwrap();
        assert_eq!(Header { crc: None, ..read }, Header::of_file(ZONE, 42));
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_of_an_editor_are_as_written() {
        let theirs = format!("\u{feff}{}", file().replace('\n', "\r\n"));
        assert!(is_as_written(theirs.as_bytes()));
        assert_eq!(read_file(theirs.as_bytes()).faults, []);
    }

    #[test]
    fn any_other_change_is_not_as_written() {
        let good = file();
        for (from, to) in [
            ("schema: 2", "schema:  2"),
            ("through: 42", "through: 43"),
            ("// one", "// öne"),
            ("// two\n", ""),
            ("// two\n", "// two"),
            ("Nairobi", "Harare"),
            ("\n//", "\n //"),
        ] {
            assert!(!is_as_written(good.replacen(from, to, 1).as_bytes()), "{to}");
        }
        assert!(!is_as_written(b"(schema: 2, zone: \"UTC\", through: 42)\n"), "without one");
        assert!(is_as_written(b"(schema: 1, zone: \"UTC\", through: 42)\n"), "schema 1 had none");
    }

    #[test]
    fn the_version_is_read_before_all_else() {
        let read = |text: &str| read_header(&lines(text.as_bytes()).next().unwrap());
        assert_eq!(read("(schema: 3, hours: \"whatever\", list: [1, (2, {\"a\": 3})])"), HeaderRead::Newer(3));
        for text in [
            "(schema: 0)",
            "(schema: 1, crc: \"00000000\", zone: \"UTC\")",
            "(schema: 2, crc: \"0000000G\", zone: \"UTC\")",
        ] {
            assert!(matches!(read(text), HeaderRead::Broken(Fault { what: What::Header(_), .. })), "{text}");
        }
    }
}
