//! What goes over the socket: one line of RON each way, of at most 64 kB, with the version of this protocol.
//!
//! Reading never fails in another way than with a reason, whatever the bytes. The shapes are a promise between the programs
//! that run at the same time: a call of another version is refused in words.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::query::intake::Extent;
use crate::domain::span::Zone;
use crate::domain::statement::{DateOrder, Decimals, ReadAs};
use crate::ports::door::{Answer, Call, Errand, NoAnswer, Outcome, Taking};

/// Of the shapes below.
const VERSION: u32 = 1;

/// A line is no longer than this, in bytes, its end included.
pub const MOST: usize = 64 * 1024;

#[derive(Serialize, Deserialize)]
struct Asked {
    version: u32,
    book: String,
    call: CallShape,
}

#[derive(Serialize, Deserialize)]
struct Said {
    version: u32,
    reply: Reply,
}

/// The version of any shape; what else stands there is passed over.
#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum CallShape {
    Raise,
    ImportRates {
        file: String,
        named: String,
        all: bool,
    },
    Import {
        file: String,
        named: String,
        zone: Option<String>,
        day_first: Option<bool>,
        point: Option<bool>,
        platform: Option<String>,
        doubtful: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mapping: Option<String>,
    },
    BackUp,
    Restore {
        named: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Reply {
    Answer { outcome: OutcomeShape, lines: Vec<String> },
    Late,
    Unknown,
    Refused(String),
}

#[derive(Serialize, Deserialize)]
enum OutcomeShape {
    Done,
    NotWritten,
    NotRead,
}

/// The line of a call.
///
/// # Errors
/// A sentence, where it is too long or a path is no text.
pub fn ask(book: &Path, call: &Call) -> Result<String, String> {
    let call = match call {
        Call::Raise => CallShape::Raise,
        Call::Do(Errand::ImportRates { file, named, extent }) => {
            CallShape::ImportRates { file: text(file)?, named: named.clone(), all: *extent == Extent::All }
        }
        Call::Do(Errand::Import { file, named, taking }) => CallShape::Import {
            file: text(file)?,
            named: named.clone(),
            zone: taking.read_as.zone.map(|zone| zone.name().to_owned()),
            day_first: taking.read_as.dates.map(|dates| dates == DateOrder::DayFirst),
            point: taking.read_as.decimals.map(|decimals| decimals == Decimals::Point),
            platform: taking.platform.clone(),
            doubtful: taking.doubtful,
            mapping: taking.mapping.clone(),
        },
        Call::Do(Errand::BackUp) => CallShape::BackUp,
        Call::Do(Errand::Restore { named }) => CallShape::Restore { named: named.clone() },
    };
    let line = line(&Asked { version: VERSION, book: book_name(book), call })?;
    if line.len() > MOST { Err("This is too long for a window to be asked".to_owned()) } else { Ok(line) }
}

/// What a line asks of the window that has this Book open.
///
/// # Errors
/// A sentence that says why it is not taken.
pub fn asked(line: &[u8], book: &Path) -> Result<Call, String> {
    let asked: Asked = read(line)?;
    if asked.book != book_name(book) {
        return Err("Another book is open there".to_owned());
    }
    Ok(match asked.call {
        CallShape::Raise => Call::Raise,
        CallShape::BackUp => Call::Do(Errand::BackUp),
        CallShape::Restore { named } => Call::Do(Errand::Restore { named }),
        CallShape::ImportRates { file, named, all } => {
            let extent = if all { Extent::All } else { Extent::Used };
            Call::Do(Errand::ImportRates { file: whole_path(file)?, named, extent })
        }
        CallShape::Import { file, named, zone, day_first, point, platform, doubtful, mapping } => {
            let zone = match zone {
                None => None,
                Some(name) => {
                    Some(name.parse::<Zone>().map_err(|_unknown| format!("No time zone is called “{name}”"))?)
                }
            };
            let order = |day_first| if day_first { DateOrder::DayFirst } else { DateOrder::MonthFirst };
            let mark = |point| if point { Decimals::Point } else { Decimals::Comma };
            let read_as = ReadAs { zone, dates: day_first.map(order), decimals: point.map(mark) };
            let taking = Taking { read_as, mapping, platform, doubtful };
            Call::Do(Errand::Import { file: whole_path(file)?, named, taking })
        }
    })
}

/// The line of what came of a call. Lines that have no room are left out.
pub fn say(came: Result<Answer, NoAnswer>) -> String {
    let (outcome, mut lines) = match came {
        Ok(Answer { lines, outcome }) => (outcome, lines),
        Err(NoAnswer::Late) => return whole(Reply::Late),
        Err(NoAnswer::Unknown) => return whole(Reply::Unknown),
        Err(why @ (NoAnswer::Nobody | NoAnswer::Silent | NoAnswer::Refused(_) | NoAnswer::Cannot(_))) => {
            return whole(Reply::Refused(why.to_string().chars().take(1_000).collect()));
        }
    };
    loop {
        let outcome = match outcome {
            Outcome::Done => OutcomeShape::Done,
            Outcome::NotWritten => OutcomeShape::NotWritten,
            Outcome::NotRead => OutcomeShape::NotRead,
        };
        let said = whole(Reply::Answer { outcome, lines: lines.clone() });
        // The last one says how it ended.
        if said.len() <= MOST || lines.len() < 2 {
            return said;
        }
        lines.remove(lines.len() - 2);
    }
}

/// What a line says.
///
/// # Errors
/// Why there is no answer.
pub fn said(line: &[u8]) -> Result<Answer, NoAnswer> {
    let said: Said = read(line).map_err(NoAnswer::Refused)?;
    match said.reply {
        Reply::Answer { outcome, lines } => {
            let outcome = match outcome {
                OutcomeShape::Done => Outcome::Done,
                OutcomeShape::NotWritten => Outcome::NotWritten,
                OutcomeShape::NotRead => Outcome::NotRead,
            };
            Ok(Answer { lines: lines.iter().map(|line| plain(line)).collect(), outcome })
        }
        Reply::Late => Err(NoAnswer::Late),
        Reply::Unknown => Err(NoAnswer::Unknown),
        Reply::Refused(why) => Err(NoAnswer::Refused(plain(&why))),
    }
}

fn text(path: &Path) -> Result<String, String> {
    path.to_str().map(str::to_owned).ok_or_else(|| "This path is no text in UTF-8".to_owned())
}

fn whole_path(file: String) -> Result<PathBuf, String> {
    let file = PathBuf::from(file);
    if file.is_absolute() { Ok(file) } else { Err("A file is named by its whole path".to_owned()) }
}

fn whole(reply: Reply) -> String {
    line(&Said { version: VERSION, reply }).unwrap_or_default()
}

fn line(shape: &impl Serialize) -> Result<String, String> {
    // RON without line ends: texts hold theirs as `\n`.
    ron::to_string(shape).map(|text| text + "\n").map_err(|error| error.to_string())
}

fn read<T: serde::de::DeserializeOwned>(line: &[u8]) -> Result<T, String> {
    const GARBLED: &str = "What was sent can’t be read";
    let text = str::from_utf8(line).map_err(|_no_text| GARBLED.to_owned())?;
    match ron::from_str::<Versioned>(text) {
        Ok(Versioned { version: VERSION }) => {}
        Ok(_) => return Err("That window is of another version of TrueRate: close it first".to_owned()),
        Err(_garbled) => return Err(GARBLED.to_owned()),
    }
    ron::from_str(text).map_err(|_garbled| GARBLED.to_owned())
}

/// The folder of a Book in words; a letter that is no text stands for itself on both sides.
fn book_name(book: &Path) -> String {
    book.to_string_lossy().into_owned()
}

/// A line for a terminal, without what could steer it.
fn plain(line: &str) -> String {
    line.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn calls() -> [Call; 7] {
        let rates = |extent| {
            let file = PathBuf::from("/home/ada/Zeit \"für\"\n.csv");
            Call::Do(Errand::ImportRates { file, named: "../x.csv".to_owned(), extent })
        };
        let import = |taking| {
            let file = PathBuf::from("/home/ada/Earnings (1).csv");
            Call::Do(Errand::Import { file, named: "Earnings (1).csv".to_owned(), taking })
        };
        let read_as = ReadAs {
            zone: Some(chrono_tz::Europe::Berlin),
            dates: Some(DateOrder::MonthFirst),
            decimals: Some(Decimals::Comma),
        };
        let said = Taking {
            read_as,
            mapping: Some("Lantern bank".to_owned()),
            platform: Some("Outlier \"AI\"".to_owned()),
            doubtful: true,
        };
        let of_others = [import(Taking::default()), import(said)];
        let [plain, told] = of_others;
        let back_up = Call::Do(Errand::BackUp);
        let restore = Call::Do(Errand::Restore { named: "2026-11-27T061000Z-daily".to_owned() });
        [Call::Raise, rates(Extent::Used), rates(Extent::All), back_up, restore, plain, told]
    }

    #[test]
    fn what_is_asked_and_said_arrives_as_it_was_meant() {
        let book = Path::new("/home/ada/.config/truerate");
        for call in calls() {
            let line = ask(book, &call).unwrap();
            assert_eq!(line.matches('\n').count(), 1, "one line: {line}");
            assert_eq!(asked(line.as_bytes(), book), Ok(call));
        }
        for outcome in [Outcome::Done, Outcome::NotWritten, Outcome::NotRead] {
            let answer = Answer { lines: vec!["Für dieses Buch: 4 new".to_owned(), "done".to_owned()], outcome };
            assert_eq!(said(say(Ok(answer.clone())).as_bytes()), Ok(answer));
        }
        for why in [NoAnswer::Late, NoAnswer::Unknown, NoAnswer::Refused("No".to_owned())] {
            assert_eq!(said(say(Err(why.clone())).as_bytes()), Err(why));
        }
    }

    #[test]
    fn another_book_another_version_and_half_a_path_are_refused_in_words() {
        let book = Path::new("/book");
        let line = ask(book, &Call::Raise).unwrap();
        assert_eq!(asked(line.as_bytes(), Path::new("/other")), Err("Another book is open there".to_owned()));
        for newer in ["(version:2,book:\"/book\",call:Raise)", "(version:2,call:Dance(1,[2]),more:(a:{}))"] {
            assert!(asked(newer.as_bytes(), book).unwrap_err().contains("another version"), "{newer}");
        }
        let half = "(version:1,book:\"/book\",call:ImportRates(file:\"x.csv\",named:\"x.csv\",all:false))";
        assert!(asked(half.as_bytes(), book).unwrap_err().contains("whole path"));
        let garbled =
            ["", "\n", "Raise", "(version:1)", "(version:1,book:\"/book\",call:Delete)", "(version:-1)", "\u{0}"];
        for line in garbled {
            assert_eq!(asked(line.as_bytes(), book), Err("What was sent can’t be read".to_owned()), "{line}");
        }
        let deep = format!("(version:1,x:{}", "[".repeat(50_000));
        assert!(asked(deep.as_bytes(), book).is_err());
    }

    #[test]
    fn a_line_steers_no_terminal_and_an_answer_keeps_its_end_where_it_is_too_long() {
        let steering = Answer { lines: vec!["\u{1b}[2Jgone\r\n".to_owned()], outcome: Outcome::Done };
        assert_eq!(said(say(Ok(steering)).as_bytes()).unwrap().lines, [" [2Jgone  "]);
        let mut lines = vec!["x".repeat(1_000); 200];
        lines.push("done".to_owned());
        let line = say(Ok(Answer { lines, outcome: Outcome::Done }));
        assert!(line.len() <= MOST);
        assert_eq!(said(line.as_bytes()).unwrap().lines.last().map(String::as_str), Some("done"));
        let long = Errand::ImportRates { file: "/x".into(), named: "x".repeat(MOST), extent: Extent::All };
        assert!(ask(Path::new("/book"), &Call::Do(long)).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_at_all_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(asked(&bytes, Path::new("/book")).is_err());
            prop_assert!(said(&bytes).is_err());
        }

        #[test]
        fn a_good_line_with_a_letter_changed_is_taken_as_it_stands_or_refused(at in 0_usize..200, byte in any::<u8>()) {
            for call in calls() {
                let mut line = ask(Path::new("/book"), &call).unwrap().into_bytes();
                let at = at % line.len();
                line[at] = byte;
                if let Ok(Call::Do(Errand::ImportRates { file, .. } | Errand::Import { file, .. })) = asked(&line, Path::new("/book")) {
                    prop_assert!(file.is_absolute());
                }
            }
        }
    }
}
