//! `truerate check`: verifies every file, checksum, reference and invariant of a book, and its backups.
//!
//! It takes no lock and writes nothing, so it may run beside an open window; what that is writing at the very moment may
//! then look unfinished.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Status, fail};
use crate::domain::settings::Settings;
use crate::ports::Disk;
use crate::store::{self, Checked, Finding, Weight};

/// How to check.
#[derive(Debug, Args)]
pub struct Check {
    /// How to print what is found.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
}

/// How to print what checking found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// A line a finding: file, line, column, words.
    Text,
    /// One object: what was read, and what was found.
    Json,
}

/// Checks the book of a folder.
pub(super) fn run(asked: &Check, folder: &Path, disk: &dyn Disk, defaults: &Settings) -> ExitCode {
    match disk.stat(folder).and_then(|there| disk.list(folder).map(|_| there)) {
        Ok(Some(_)) => {}
        Ok(None) => return fail(Status::NoFolder, &format!("there is no such folder: {}", folder.display())),
        Err(error) => {
            return fail(Status::NoFolder, &format!("this folder can’t be read ({error}): {}", folder.display()));
        }
    }
    let checked = store::check(disk, folder, defaults);
    match print(&checked, asked.format, &mut io::stdout().lock()) {
        Ok(()) => {}
        // A reader that closes early (`| head`) is no fault.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => return fail(Status::NoOutput, &format!("could not write what was found: {error}")),
    }
    eprintln!("truerate: {}", summary(&checked));
    if checked.findings.is_empty() { ExitCode::SUCCESS } else { Status::Found.into() }
}

/// "18 files, 1203 records, 310 changes and 2 backups were read; 3 things were found".
fn summary(checked: &Checked) -> String {
    let Checked { findings, files, records, changes, backups } = checked;
    let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let found = match findings.len() {
        0 => "nothing is wrong".to_owned(),
        1 => "1 thing was found".to_owned(),
        several => format!("{several} things were found"),
    };
    format!(
        "{}, {}, {} and {} were read; {found}",
        counted(*files, "file"),
        counted(*records, "record"),
        counted(*changes, "change"),
        counted(*backups, "backup")
    )
}

/// Prints what was found.
///
/// # Errors
/// As the output says.
pub fn print(checked: &Checked, format: CheckFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        CheckFormat::Text => {
            for finding in &checked.findings {
                writeln!(out, "{}{}. {}", place(finding), finding.what, finding.kept())?;
            }
            Ok(())
        }
        CheckFormat::Json => {
            let findings: Vec<Value> = checked.findings.iter().map(as_json).collect();
            let whole = json!({
                "files": checked.files,
                "records": checked.records,
                "changes": checked.changes,
                "backups": checked.backups,
                "findings": findings,
            });
            serde_json::to_writer_pretty(&mut *out, &whole)?;
            writeln!(out)
        }
    }
}

/// "sessions/2026-11.ron:3:14: ", as editors and compilers write it.
fn place(finding: &Finding) -> String {
    let numbers = [finding.line, finding.line.and(finding.column)].into_iter().flatten();
    let place = numbers.fold(finding.file.display().to_string(), |place, number| format!("{place}:{number}"));
    format!("{place}: ")
}

fn as_json(finding: &Finding) -> Value {
    json!({
        "file": finding.file.display().to_string(),
        "line": finding.line,
        "column": finding.column,
        "what": finding.what.to_string(),
        "kept": finding.kept(),
        "locked": finding.locked,
        "harmless": finding.weight() == Weight::Quiet,
        "month": finding.month().map(|month| month.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::domain::money::Currency;
    use crate::ports::fake::MemoryDisk;
    use crate::store::What;

    fn checked() -> Checked {
        let finding =
            |file: &str, line, column, what, locked| Finding { file: PathBuf::from(file), line, column, what, locked };
        Checked {
            findings: vec![
                finding("journal", None, None, What::ChangesMissing { first: 3, last: 4 }, false),
                finding("sessions/2026-11.ron", Some(3), Some(14), What::Line("Expected comma".to_owned()), true),
                finding("sessions/notes.ron", None, None, What::Stranger, false),
            ],
            files: 2,
            records: 1,
            changes: 310,
            backups: 0,
        }
    }

    fn printed(format: CheckFormat) -> String {
        let mut out = Vec::new();
        print(&checked(), format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_has_a_line_a_finding_with_its_place_as_editors_know_it() {
        let lines: Vec<String> = printed(CheckFormat::Text).lines().map(str::to_owned).collect();
        assert_eq!(
            lines,
            [
                "journal: Changes 3 to 4 are missing from the journal. What the files hold of them is shown",
                "sessions/2026-11.ron:3:14: This line can’t be read (Expected comma). The line is kept as it is; what \
                 the journal still knows of it is shown",
                "sessions/notes.ron: This file has no name of ours and is not read. It is left as it is",
            ]
        );
        assert_eq!(summary(&checked()), "2 files, 1 record, 310 changes and 0 backups were read; 3 things were found");
    }

    #[test]
    fn json_is_one_object_with_what_was_read_and_what_was_found() {
        let whole: Value = serde_json::from_str(&printed(CheckFormat::Json)).unwrap();
        assert_eq!(whole["changes"], 310);
        let one = &whole["findings"][1];
        assert_eq!(
            (&one["file"], &one["line"], &one["column"]),
            (&json!("sessions/2026-11.ron"), &json!(3), &json!(14))
        );
        assert_eq!((&one["month"], &one["locked"], &one["harmless"]), (&json!("2026-11"), &json!(true), &json!(false)));
        assert_eq!((&whole["findings"][0]["line"], &whole["findings"][2]["harmless"]), (&Value::Null, &json!(true)));
    }

    #[test]
    fn the_status_says_whether_anything_was_found() {
        let status = |disk: &MemoryDisk| {
            let settings = Settings::new(Currency::USD, chrono_tz::UTC);
            let asked = Check { format: CheckFormat::Text };
            format!("{:?}", run(&asked, Path::new("/book"), disk, &settings))
        };
        let disk = MemoryDisk::new();
        assert_eq!(status(&disk), format!("{:?}", ExitCode::from(Status::NoFolder)));
        disk.make_folder(Path::new("/book")).unwrap();
        assert_eq!(status(&disk), format!("{:?}", ExitCode::SUCCESS), "an empty book");
        disk.put("/book/book.ron", "nonsense\n");
        let before = disk.files();
        assert_eq!(status(&disk), format!("{:?}", ExitCode::from(Status::Found)));
        assert_eq!(disk.files(), before);
    }
}
