//! The whole of a file of the Book: its header, its comments, a record a line.
//!
//! In the month files of sessions a line is a session without saying so; elsewhere each names its kind. Older schemas are
//! read by the shapes that they had.

use std::collections::HashSet;
use std::sync::Arc;

use ahash::RandomState;
use serde::Deserialize;

use super::{Fault, Header, HeaderRead, LONGEST_LINE, Line, lines, read_header, written, written_tight};
use crate::domain::change;
use crate::domain::session::TaskType;
use crate::domain::span::Zone;
use crate::store::finding::What;
use crate::store::record::session::Session;
use crate::store::record::{Record, SessionShape, quick_money, quick_session, v1};

/// How many comments of a file are kept.
const MOST_COMMENTS: usize = 100_000;

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
    /// Whether all can be read, but isn't as it was written.
    pub changed: bool,
}

/// The kinds of tasks that were met: there are few, and many sessions, which share them.
#[derive(Debug, Default)]
pub struct Words(HashSet<TaskType, RandomState>);

impl Words {
    fn share(&mut self, word: &str) -> TaskType {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        let word = TaskType::from(word);
        self.0.insert(word.clone());
        word
    }
}

/// Reads a file of the Book.
///
/// Where the header can't be read, its lines are tried as each schema has them; sessions that name no zone are faults
/// then.
#[must_use]
pub fn read_file(bytes: &[u8]) -> FileRead {
    read_file_sharing(bytes, &mut Words::default())
}

/// The same, sharing words with files that were read before.
#[must_use]
pub fn read_file_sharing(bytes: &[u8], words: &mut Words) -> FileRead {
    let mut file = FileRead::default();
    let mut lines = lines(bytes);
    let Some(first) = lines.next() else {
        file.faults.push(Fault { line: 1, column: None, what: What::Header("the file is empty".to_owned()) });
        return file;
    };
    match read_header(&first) {
        HeaderRead::Known(header) => {
            file.changed = !header.vouches_for(bytes, &first);
            file.header = Some(header);
        }
        HeaderRead::Newer(schema) => {
            file.newer = Some(schema);
            return file;
        }
        HeaderRead::Broken(fault) => file.faults.push(fault),
    }
    let mut reader = Reader {
        schema: file.header.as_ref().map(|header| header.schema),
        zone: file.header.as_ref().map(|header| header.zone.0),
        words,
    };
    for line in lines {
        match reader.read(&line) {
            Ok(Content::Record(record)) => file.records.push((line.number, record)),
            Ok(Content::Comment(comment)) if file.comments.len() < MOST_COMMENTS => {
                file.comments.push(comment.to_owned());
            }
            // The file is locked then, so that they stay.
            Ok(Content::Comment(_)) => {
                line.fault(What::Line("there are too many comments".to_owned())).add_to(&mut file.faults);
            }
            Ok(Content::Nothing) => {}
            Err(fault) => fault.add_to(&mut file.faults),
        }
    }
    file.changed &= file.faults.is_empty();
    file
}

enum Content<'a> {
    Record(change::Record),
    Comment(&'a str),
    Nothing,
}

/// Reads lines below a header.
struct Reader<'w> {
    /// The schema; `None` where the header can't be read.
    schema: Option<u32>,
    zone: Option<Zone>,
    words: &'w mut Words,
}

impl Reader<'_> {
    fn read<'a>(&mut self, line: &Line<'a>) -> Result<Content<'a>, Fault> {
        let (text, column) = line.short_text()?;
        if text.is_empty() {
            return Ok(Content::Nothing);
        }
        if text.starts_with("//") {
            return Ok(Content::Comment(text));
        }
        let record = match self.schema {
            Some(v1::SCHEMA) => self.record::<v1::Session>(line, text, column),
            Some(_) => self.newest(line, text, column),
            None => self
                .newest(line, text, column)
                .or_else(|fault| self.record::<v1::Session>(line, text, column).map_err(|_same_line| fault)),
        };
        record.map(Content::Record)
    }

    fn newest(&mut self, line: &Line<'_>, text: &str, column: usize) -> Result<change::Record, Fault> {
        if !text.starts_with('(') {
            return match quick_money(text) {
                Some(shape) => self.in_domain(line, shape),
                None => self.record::<Session>(line, text, column),
            };
        }
        let Some((shape, task_type)) = quick_session(text) else {
            return self.in_domain(line, Record::Session(line.read::<Session>(text, column)?));
        };
        let mut session = shape.into_domain(self.zone).map_err(|problem| line.fault(What::Record(problem)))?;
        session.task_type = task_type.map(|word| self.words.share(word));
        Ok(session.into())
    }

    fn record<'t, S>(&mut self, line: &Line<'_>, text: &'t str, column: usize) -> Result<change::Record, Fault>
    where
        S: SessionShape + Deserialize<'t>,
    {
        let shape: Record<S> = line.read(text, column)?;
        self.in_domain(line, shape)
    }

    fn in_domain<S: SessionShape>(&mut self, line: &Line<'_>, shape: Record<S>) -> Result<change::Record, Fault> {
        let mut record = shape.into_domain(self.zone).map_err(|problem| line.fault(What::Record(problem)))?;
        if let change::Record::Session(session) = &mut record
            && let Some(task_type) = Arc::make_mut(session).task_type.as_mut()
        {
            *task_type = self.words.share(task_type);
        }
        Ok(record)
    }
}

/// Writes a file of the Book: header, comments, then a record a line in the order given. `tight` is for the files of
/// the months, of which there are many: sessions without their kind, nothing with spaces.
///
/// # Errors
/// The length of a line that is too long to be read back.
pub fn written_file<'a>(
    header: &Header,
    tight: bool,
    comments: &[String],
    records: impl Iterator<Item = &'a change::Record>,
) -> Result<String, usize> {
    let zone = header.zone.0;
    let mut lines = String::new();
    for comment in comments {
        lines.push_str(comment);
        lines.push('\n');
    }
    for record in records {
        let line = if !tight {
            written(&Record::from_domain(record, zone))
        } else if let change::Record::Session(session) = record {
            written_tight(&Session::from_domain(session, zone))
        } else {
            written_tight(&Record::from_domain(record, zone))
        };
        if line.len() > LONGEST_LINE {
            return Err(line.len());
        }
        lines.push_str(&line);
        lines.push('\n');
    }
    Ok(header.before(&lines))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::SessionId;
    use crate::store::line::MOST_FAULTS;
    use crate::store::record::Problem;

    const HEADER: &str = "(schema: 2, zone: \"Africa/Nairobi\", through: 42)\n";

    #[test]
    fn a_broken_line_costs_itself_alone_and_is_named_by_line_and_column() {
        let text = format!(
            "{HEADER}// mine\n\n(id:\"0000000000001\",at:\"2026-11-22T08:00Z\")\n\
             (id:\"0000000000002\",at:\"2026-11-22T08:00\")\n\
             Session(id: \"0000000000003\", at: \"2026-11-22T08:00:00Z\", mood: \"fine\")\r\n\
             Session(id: \"0000000000004\", at: \"2026-11-22T08:00:00Z\", note: \"\u{2028} ẹ̀\\n\")\r\n\
             (id:\"0000000000005\",at:\"08:00/09:00\")\n"
        );
        let file = read_file(text.as_bytes());
        assert_eq!(file.records.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 7]);
        assert_eq!(file.comments, ["// mine"]);
        let places: Vec<_> = file.faults.iter().map(|fault| (fault.line, fault.column.is_some())).collect();
        assert_eq!(places, [(5, true), (6, true), (8, false)]);
        let What::Line(reason) = &file.faults.first().unwrap().what else { panic!("a fault of the line") };
        assert!(reason.contains("is not a stretch of time"), "{reason}");
        assert_eq!(file.faults.last().unwrap().what, What::Record(Problem::NoDay));
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
        let text = "(schema: 2, zone: \"Mars/Base\")\n\
             (id:\"0000000000001\",at:\"2026-11-22T08:00Z\")\n\
             Session(id: \"0000000000002\", at: \"2026-11-22T08:00Z\", zone: \"Europe/Berlin\")\n\
             Session(id: \"0000000000003\", start: \"2026-11-22T08:00:00Z\", zone: \"Europe/Berlin\")\n";
        let file = read_file(text.as_bytes());
        assert_eq!(file.records.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4]);
        assert!(matches!(file.faults.first().unwrap().what, What::Header(_)));
        assert_eq!(file.faults.len(), 2);
    }

    #[test]
    fn sessions_of_schema_1_are_read_as_they_were_written_and_in_no_newer_file() {
        let line = "Session(id: \"0000000000001\", start: \"2026-11-22T23:00:00Z\", end: \"2026-11-23T00:10:00Z\", \
             pauses: [(from: \"2026-11-22T23:30:00Z\")], task_type: \"rating\", reported_at: \"2026-11-24T00:10:00Z\")";
        let older = read_file(format!("(schema: 1, zone: \"UTC\", through: 1)\n{line}\n").as_bytes());
        assert_eq!((older.faults.as_slice(), older.changed), ([].as_slice(), false));
        let records: Vec<_> = older.records.into_iter().map(|(_, record)| record).collect();
        let header = Header::of_file(chrono_tz::UTC, 1);
        let text = written_file(&header, true, &[], records.iter()).unwrap();
        assert_eq!(
            text.lines().nth(1),
            Some(
                "(id:\"0000000000001\",at:\"2026-11-22T23:00Z/2026-11-23T00:10Z\",pauses:[\"23:30\"],type:\"rating\",\
                 reported_at:\"2026-11-24T00:10Z\")"
            )
        );
        let newer = read_file(text.as_bytes());
        assert_eq!(newer.records.into_iter().map(|(_, record)| record).collect::<Vec<_>>(), records);
        assert_eq!(read_file(format!("{HEADER}{line}\n").as_bytes()).faults.len(), 1);
    }

    #[test]
    fn sessions_share_the_words_for_their_tasks_with_those_of_other_files() {
        let mut words = Words::default();
        let mut task_type = |line: &str| {
            let file = read_file_sharing(format!("{HEADER}{line}\n").as_bytes(), &mut words);
            let Some((_, change::Record::Session(session))) = file.records.into_iter().next() else {
                panic!("{:?}", file.faults)
            };
            session.task_type.clone().unwrap()
        };
        let quick = task_type("(id:\"0000000000001\",at:\"2026-11-22T08:00Z\",type:\"rating\")");
        let by_ron = task_type("(id: \"0000000000002\", at: \"2026-11-22T08:00Z\", type: \"rating\")");
        assert!(std::ptr::eq(&raw const *quick, &raw const *by_ron));
    }

    #[test]
    fn a_line_that_no_record_has_is_a_fault_and_none_is_written() {
        let long = "x".repeat(LONGEST_LINE + 1);
        for line in [&long, &format!("// {long}")] {
            let file = read_file(format!("{HEADER}{line}\n").as_bytes());
            assert!(matches!(file.faults.as_slice(), [Fault { line: 2, what: What::TooLong(_), .. }]));
        }
        assert!(matches!(read_file(long.as_bytes()).faults.as_slice(), [Fault { line: 1, .. }]));
        let at = "2026-11-22T08:00:00Z".parse().unwrap();
        let mut session = crate::domain::session::Session::begun(SessionId(1), at, chrono_tz::UTC);
        session.note = long;
        let written = written_file(&Header::of_file(chrono_tz::UTC, 1), true, &[], [session.into()].iter());
        assert!(matches!(written, Err(bytes) if bytes > LONGEST_LINE));
    }

    #[test]
    fn of_many_faults_the_first_are_told_and_the_rest_are_counted() {
        let file = read_file(format!("{HEADER}{}", "nonsense\n".repeat(MOST_FAULTS + 500)).as_bytes());
        assert_eq!(file.faults.len(), MOST_FAULTS + 1);
        let last = file.faults.last().unwrap();
        assert_eq!((last.line, &last.what), (MOST_FAULTS + 2, &What::More(500)));
        let comments = read_file(format!("{HEADER}{}", "//\n".repeat(MOST_COMMENTS + 1)).as_bytes());
        assert_eq!((comments.comments.len(), comments.faults.len()), (MOST_COMMENTS, 1));
    }

    #[test]
    fn deep_nesting_is_a_fault_and_no_overflow() {
        let mut text = HEADER.to_owned();
        text.push_str(&"[(".repeat(200_000));
        assert_eq!(read_file(text.as_bytes()).faults.len(), 1);
    }
}
