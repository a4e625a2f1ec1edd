//! What a file says, as text for people.

use std::fmt::Write as _;

use truerate::domain::statement::{Says, Statement};
use truerate::import::Unreadable;

pub fn of(read: &Result<Statement, Unreadable>) -> String {
    let statement = match read {
        Ok(statement) => statement,
        Err(why) => return format!("not read: {why}\n"),
    };
    let mut said = format!("{} ({})\n", statement.format, statement.code);
    if !statement.account.is_empty() {
        writeln!(said, "account {}", statement.account).unwrap();
    }
    if !statement.personal.is_empty() {
        let names: Vec<_> = statement.personal.iter().map(String::as_str).collect();
        writeln!(said, "not read: {}", names.join(", ")).unwrap();
    }
    for row in &statement.rows {
        writeln!(said, "\n{}  {}", row.line, row.key).unwrap();
        match &row.says {
            Says::Logged(logged) => {
                let end = logged.ended_at.map_or("runs".to_owned(), |at| at.to_rfc3339());
                writeln!(said, "  logged {} – {end}", logged.started_at.to_rfc3339()).unwrap();
                writeln!(said, "  client “{}”, project “{}”, “{}”", logged.client, logged.project, logged.note)
                    .unwrap();
            }
            Says::Credited(credited) => {
                let time = credited.secs.map_or("no time".to_owned(), |secs| format!("{secs} s"));
                writeln!(
                    said,
                    "  credited {} {:?} {}, {time}, {:?}",
                    credited.on, credited.kind, credited.amount, credited.state
                )
                .unwrap();
                writeln!(said, "  project “{}”, “{}”, “{}”", credited.project, credited.word, credited.reference)
                    .unwrap();
            }
            Says::Moved(moved) => {
                let at = moved.at.map_or("no time".to_owned(), |at| at.to_rfc3339());
                let fee = moved.fee.map_or("no fee known".to_owned(), |fee| format!("fee {fee}"));
                writeln!(
                    said,
                    "  moved {} ({at}) {:?} {}, {fee}, {:?}",
                    moved.on, moved.kind, moved.amount, moved.state
                )
                .unwrap();
                writeln!(said, "  “{}”, “{}”, number {} of {}", moved.other, moved.text, moved.reference, moved.parent)
                    .unwrap();
            }
        }
        for note in &row.notes {
            writeln!(said, "  note: {note:?}").unwrap();
        }
    }
    for left in &statement.left_out {
        let how = if left.why.is_refused() { "refused" } else { "skipped" };
        writeln!(said, "\n{}  {how}: {}", left.line, left.why).unwrap();
    }
    said
}
