//! Lines: a file is a header and then one record a line, each read by itself, so that a broken line costs itself alone.
//!
//! Reading is one pass over the bytes. It never fails: what can't be read is a fault with line and column. Lines that
//! hold only a `//` comment are kept. Writing gives RON on one line that a person can read and mend.

use ron::Options;
use ron::error::SpannedError;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::finding::What;
use super::record::text::Text;
use super::record::{Record, SCHEMA};
use crate::domain::change;
use crate::domain::span::Zone;

/// The first line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The schema of the lines.
    pub schema: u32,
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
        Self { schema: SCHEMA, zone: Text(zone), through: Some(through) }
    }

    /// The header of a journal segment.
    #[must_use]
    pub fn of_segment(zone: Zone) -> Self {
        Self { schema: SCHEMA, zone: Text(zone), through: None }
    }
}

/// What the first line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderRead {
    /// A header of this schema.
    Known(Header),
    /// A file of a newer schema; nothing more of it is read.
    Newer(u32),
    /// No header.
    Broken(Fault),
}

/// Something in a line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The letter in it, from 1; `None` where the whole line is meant.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: What,
}

/// A line of a file with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// Its bytes without the line end.
    pub bytes: &'a [u8],
    /// The offset of its first byte.
    pub start: usize,
    /// The offset after its line end.
    pub end: usize,
    /// Whether it has a line end.
    pub ended: bool,
}

/// The lines of a file, in order.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    bytes.split_inclusive(|byte| *byte == b'\n').enumerate().map(move |(at, whole)| {
        let line = Line {
            number: at + 1,
            bytes: whole.strip_suffix(b"\n").unwrap_or(whole),
            start,
            end: start + whole.len(),
            ended: whole.ends_with(b"\n"),
        };
        start = line.end;
        line
    })
}

impl<'a> Line<'a> {
    /// Its text without spaces around it, and how many letters were cut off in front.
    ///
    /// # Errors
    /// A [`Fault`] where it is no UTF-8.
    pub fn text(&self) -> Result<(&'a str, usize), Fault> {
        let text = std::str::from_utf8(self.bytes).map_err(|error| Fault {
            line: self.number,
            column: Some(error.valid_up_to() + 1),
            what: What::NotText,
        })?;
        Ok((text.trim(), text.chars().take_while(|letter| letter.is_whitespace()).count()))
    }

    /// A fault of the whole line.
    #[must_use]
    pub fn fault(&self, what: What) -> Fault {
        Fault { line: self.number, column: None, what }
    }

    /// Reads a text of this line; `column` letters stand before it.
    ///
    /// # Errors
    /// A [`Fault`] with line and column.
    pub fn read<'t, T: Deserialize<'t>>(&self, text: &'t str, column: usize) -> Result<T, Fault> {
        options().from_str(text).map_err(|error| self.ron_fault(&error, column))
    }

    fn ron_fault(&self, error: &SpannedError, column: usize) -> Fault {
        Fault {
            line: self.number,
            column: Some(error.span.start.col + column),
            what: What::Line(error.code.to_string()),
        }
    }
}

/// A value on one line.
///
/// # Panics
/// Never: shapes are shallow and hold texts, numbers and lists, all of which RON can write.
#[must_use]
pub fn written<T: Serialize>(value: &T) -> String {
    options()
        .to_string_pretty(value, PrettyConfig::new().depth_limit(0))
        .expect("shapes hold only what RON can write, and their depth is far from its limit")
}

/// How RON is read and written everywhere.
pub fn options() -> Options {
    Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// Reads a first line: the version before all else, then the header of that version.
#[must_use]
pub fn read_header(line: &Line<'_>) -> HeaderRead {
    /// What every header of any schema has.
    #[derive(Deserialize)]
    struct Version {
        schema: u32,
    }

    let (text, column) = match line.text() {
        Ok((text, column)) => (text.trim_start_matches('\u{feff}'), column),
        Err(fault) => return HeaderRead::Broken(fault),
    };
    let broken = |fault: Fault| {
        let what = if let What::Line(reason) = fault.what { What::Header(reason) } else { fault.what };
        HeaderRead::Broken(Fault { what, ..fault })
    };
    match line.read::<Version>(text, column) {
        Ok(version) if version.schema > SCHEMA => HeaderRead::Newer(version.schema),
        Ok(version) if version.schema < SCHEMA => {
            HeaderRead::Broken(line.fault(What::Header(format!("there never was a schema {}", version.schema))))
        }
        Ok(_) => match line.read(text, column) {
            Ok(header) => HeaderRead::Known(header),
            Err(fault) => broken(fault),
        },
        Err(fault) => broken(fault),
    }
}

/// What a file of the Book holds.
#[derive(Debug, Default)]
pub struct FileRead {
    /// Its header, where it can be read.
    pub header: Option<Header>,
    /// The newer schema it is in; nothing more was read then.
    pub newer: Option<u32>,
    /// The records, with their lines.
    pub records: Vec<(usize, change::Record)>,
    /// Lines that hold only a comment.
    pub comments: Vec<String>,
    /// What can't be read.
    pub faults: Vec<Fault>,
}

/// Reads a file of the Book.
///
/// Where the header can't be read, its lines are tried as this schema's; sessions that name no zone are faults then.
#[must_use]
pub fn read_file(bytes: &[u8]) -> FileRead {
    let mut file = FileRead::default();
    let mut lines = lines(bytes);
    let Some(first) = lines.next() else {
        file.faults.push(Fault { line: 1, column: None, what: What::Header("the file is empty".to_owned()) });
        return file;
    };
    match read_header(&first) {
        HeaderRead::Known(header) => file.header = Some(header),
        HeaderRead::Newer(schema) => {
            file.newer = Some(schema);
            return file;
        }
        HeaderRead::Broken(fault) => file.faults.push(fault),
    }
    let zone = file.header.as_ref().map(|header| header.zone.0);
    for line in lines {
        match read_record(&line, zone) {
            Ok(Content::Record(record)) => file.records.push((line.number, *record)),
            Ok(Content::Comment(comment)) => file.comments.push(comment),
            Ok(Content::Nothing) => {}
            Err(fault) => file.faults.push(fault),
        }
    }
    file
}

enum Content {
    Record(Box<change::Record>),
    Comment(String),
    Nothing,
}

fn read_record(line: &Line<'_>, zone: Option<Zone>) -> Result<Content, Fault> {
    let (text, column) = line.text()?;
    if text.is_empty() {
        return Ok(Content::Nothing);
    }
    if text.starts_with("//") {
        return Ok(Content::Comment(text.to_owned()));
    }
    let shape: Record = line.read(text, column)?;
    let record = shape.into_domain(zone).map_err(|problem| line.fault(What::Record(problem)))?;
    Ok(Content::Record(Box::new(record)))
}

/// Writes a file of the Book: header, comments, then a record a line in the order given.
#[must_use]
pub fn written_file<'a>(
    header: &Header,
    comments: &[String],
    records: impl Iterator<Item = &'a change::Record>,
) -> String {
    let mut text = written(header);
    text.push('\n');
    for comment in comments {
        text.push_str(comment);
        text.push('\n');
    }
    for record in records {
        text.push_str(&written(&Record::from_domain(record, header.zone.0)));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "(schema: 1, zone: \"Africa/Nairobi\", through: 42)\n";

    #[test]
    fn a_header_reads_back_and_names_its_version_first() {
        let header = Header::of_file(chrono_tz::Africa::Nairobi, 42);
        assert_eq!(written(&header) + "\n", HEADER);
        assert_eq!(read_file(HEADER.as_bytes()).header, Some(header));
        let newer = read_file(b"(schema: 2, hours: \"whatever\", list: [1, (2, {\"a\": 3})])\nnot RON at all");
        assert_eq!((newer.newer, newer.faults.len()), (Some(2), 0));
        assert!(matches!(read_file(b"(schema: 0)").faults.first().unwrap().what, What::Header(_)));
    }

    #[test]
    fn a_broken_line_costs_itself_alone_and_is_named_by_line_and_column() {
        let text = format!(
            "{HEADER}// mine\n\nSession(id: \"0000000000001\", start: \"2026-11-22T08:00:00Z\")\n\
             Session(id: \"0000000000002\", start: \"2026-11-22T08:00:00\")\n\
             Session(id: \"0000000000003\", start: \"2026-11-22T08:00:00Z\", mood: \"fine\")\r\n\
             Session(id: \"0000000000004\", start: \"2026-11-22T08:00:00Z\", note: \"\u{2028} ẹ̀\\n\")\r\n"
        );
        let file = read_file(text.as_bytes());
        assert_eq!(file.records.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 7]);
        assert_eq!(file.comments, ["// mine"]);
        let places: Vec<_> = file.faults.iter().map(|fault| (fault.line, fault.column.is_some())).collect();
        assert_eq!(places, [(5, true), (6, true)]);
        let What::Line(reason) = &file.faults.first().unwrap().what else { panic!("a fault of the line") };
        assert!(reason.contains("is not an instant"), "{reason}");
    }

    #[test]
    fn bytes_that_are_no_text_are_a_fault_of_their_line() {
        let mut bytes = HEADER.as_bytes().to_vec();
        bytes.extend(b"Session(\xff)\n\x00\n");
        let file = read_file(&bytes);
        assert_eq!(file.faults.first().unwrap(), &Fault { line: 2, column: Some(9), what: What::NotText });
        assert_eq!(file.faults.len(), 2);
    }

    #[test]
    fn without_a_header_only_records_that_need_no_zone_are_read() {
        let text = "(schema: 1, zone: \"Mars/Base\")\n\
             Session(id: \"0000000000001\", start: \"2026-11-22T08:00:00Z\")\n\
             Session(id: \"0000000000002\", start: \"2026-11-22T08:00:00Z\", zone: \"Europe/Berlin\")\n";
        let file = read_file(text.as_bytes());
        assert_eq!(file.records.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3]);
        assert!(matches!(file.faults.first().unwrap().what, What::Header(_)));
        assert_eq!(file.faults.len(), 2);
    }

    #[test]
    fn deep_nesting_is_a_fault_and_no_overflow() {
        let mut text = HEADER.to_owned();
        text.push_str(&"[(".repeat(200_000));
        assert_eq!(read_file(text.as_bytes()).faults.len(), 1);
    }
}
