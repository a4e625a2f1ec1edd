//! The import verb: files of others into the book, or only looked at; and exchange rates.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Map, Value, json};

use super::files::read_folder;
use super::writing::{Place, carry, tell};
use super::{Status, fail, say};
use crate::domain::book::Book;
use crate::domain::query::intake::Intake;
use crate::domain::span::{Now, Zone, user_day};
use crate::domain::statement::{DateOrder, Decimals, ReadAs};
use crate::door::{Looked, Read, StatementFile};
use crate::ports::Ids;
use crate::ports::door::{Errand, Outcome, Taking};
use crate::ui::format::Style;
use crate::ui::view::rates_file;
use crate::ui::view::statement::{self as view, Entry, Fate, Words};

/// What to take in.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Wanted {
    /// What to take in, where it is no file of a platform, a bank or a tracker.
    #[command(subcommand)]
    pub what: Option<Special>,
    /// The files; `-` for standard input. What each is, its content says.
    #[arg(value_name = "FILE", help = files_help())]
    pub files: Vec<PathBuf>,
    /// Only say what would be taken in; nothing is written.
    #[arg(long)]
    pub dry_run: bool,
    /// Say it as JSON on standard output.
    #[arg(long, requires = "dry_run")]
    pub json: bool,
    /// The time zone of clock times that name none, such as Europe/Berlin; the book’s where it is left out.
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<Zone>,
    /// Whether the day or the month comes first in days such as 02/01/2026; as the file looks where it is left out.
    #[arg(long, value_enum)]
    pub dates: Option<Dates>,
    /// Which mark stands before the decimals; as the file looks where it is left out.
    #[arg(long, value_enum)]
    pub decimals: Option<Mark>,
    /// Read these files by a mapping: one that you named in the window, or one that comes with the program, such as
    /// Monzo. A file with the columns of one of them needs none.
    #[arg(long, value_name = "NAME")]
    pub mapping: Option<String>,
    /// Who pays by these files, where they don’t say.
    #[arg(long, value_name = "NAME")]
    pub platform: Option<String>,
    /// Also take rows that look like what you wrote down yourself.
    #[arg(long)]
    pub doubtful: bool,
}

fn files_help() -> String {
    format!("The files; `-` for standard input. What each is, its content says. {}", view::formats().join(". "))
}

/// What to take in beside files of rows.
#[derive(Debug, Subcommand)]
pub enum Special {
    /// Reference rates of the European Central Bank, from a file that you downloaded: eurofxref-hist.csv (unpacked), or
    /// one of its XML files. Takes the currencies that the book uses, from its first day on.
    Rates {
        /// The file; `-` for standard input.
        file: PathBuf,
        /// Take all currencies of the file.
        #[arg(long)]
        all: bool,
    },
}

/// Whether the day or the month comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dates {
    /// 29/12/2026
    DayFirst,
    /// 12/29/2026
    MonthFirst,
}

/// Which mark stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mark {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

impl Wanted {
    fn taking(&self) -> Taking {
        let dates = self.dates.map(|dates| match dates {
            Dates::DayFirst => DateOrder::DayFirst,
            Dates::MonthFirst => DateOrder::MonthFirst,
        });
        let decimals = self.decimals.map(|mark| match mark {
            Mark::Point => Decimals::Point,
            Mark::Comma => Decimals::Comma,
        });
        let read_as = ReadAs { zone: self.zone, dates, decimals };
        Taking { read_as, mapping: self.mapping.clone(), platform: self.platform.clone(), doubtful: self.doubtful }
    }
}

/// Takes files in, or only looks at them. One that fails leaves the others be; the status is the first failure’s.
pub(super) fn run(wanted: &Wanted, folder: &Path, place: &Place<'_>, ids: &mut dyn Ids) -> ExitCode {
    if wanted.files.is_empty() {
        return fail(Status::Usage, "name the files to take in; `truerate import --help` tells which are known");
    }
    if wanted.dry_run {
        return look(wanted, folder, place);
    }
    let mut worst: Option<ExitCode> = None;
    for file in &wanted.files {
        let named = file.display().to_string();
        let done = match place.bell.lend(file) {
            Ok(lent) => {
                let errand = Errand::Import { file: lent.path.clone(), named, taking: wanted.taking() };
                carry(errand, folder, place, ids).map_or_else(
                    |failed| (failed, false),
                    |answer| {
                        let is_done = answer.outcome == Outcome::Done;
                        (tell(&answer), is_done)
                    },
                )
            }
            Err(error) => (fail(Status::NoInput, &format!("{error}: {named}")), false),
        };
        if let (failed, false) = done {
            worst.get_or_insert(failed);
        }
    }
    worst.unwrap_or(ExitCode::SUCCESS)
}

/// Says what would be taken in.
fn look(wanted: &Wanted, folder: &Path, place: &Place<'_>) -> ExitCode {
    let (book, _) = match read_folder(folder, place.disk.as_ref(), place.defaults.clone()) {
        Ok(read) => read,
        Err(failed) => return failed,
    };
    let now = Now { zone: book.settings().zone, ..place.clock.now() };
    let mut failed = false;
    let (mut lines, mut files) = (Vec::new(), Vec::new());
    for file in &wanted.files {
        let named = file.display().to_string();
        match look_at(file, &named, wanted, &book, now, place) {
            Ok(Sight::Rows(looked)) if wanted.json => files.push(as_json(&looked, &named, &book, now)),
            Ok(Sight::Rows(looked)) => lines.extend(looked.lines(&named, &book, now, usize::MAX)),
            Ok(Sight::Rates(intake)) if wanted.json => files.push(rates_as_json(&intake, &named)),
            Ok(Sight::Rates(intake)) => {
                let style = Style::of(book.settings());
                let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
                lines.push(format!("{named}: exchange rates"));
                lines.extend(rates_file::lines(&intake, today, style));
                lines.push(rates_file::taken(&intake, style));
            }
            Err(why) => {
                failed = true;
                if wanted.json {
                    files.push(json!({ "file": named, "error": why }));
                }
                say(&format!("{why}: {named}"));
            }
        }
    }
    let text = if wanted.json { format!("{:#}", Value::Array(files)) } else { lines.join("\n") };
    let printed = if text.is_empty() { Ok(()) } else { writeln!(io::stdout().lock(), "{text}") };
    match printed {
        // A reader that closes early (`| head`) is no fault.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            fail(Status::NoOutput, &format!("could not write what would be taken: {error}"))
        }
        Ok(()) | Err(_) if failed => Status::NoInput.into(),
        Ok(()) | Err(_) => ExitCode::SUCCESS,
    }
}

/// What the book would take of a file.
enum Sight {
    /// Of somebody's rows.
    Rows(Looked),
    /// Of exchange rates.
    Rates(Intake),
}

fn look_at(
    file: &Path,
    named: &str,
    wanted: &Wanted,
    book: &Book,
    now: Now,
    place: &Place<'_>,
) -> Result<Sight, String> {
    let lent = place.bell.lend(file).map_err(|error| error.to_string())?;
    match StatementFile::read(&lent.path, named, &wanted.taking(), now.zone, place.disk.as_ref())? {
        Read::Statement(read) => read.look(book, now).map(Sight::Rows),
        Read::Rates(rates) => {
            let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
            Ok(Sight::Rates(rates.look(book, today)))
        }
    }
}

fn rates_as_json(intake: &Intake, named: &str) -> Value {
    let codes: Vec<&str> = intake.currencies.iter().map(|one| one.code()).collect();
    json!({
        "file": named,
        "format": "exchange rates",
        "source": intake.source,
        "rates": intake.sheet_count,
        "currencies": codes,
        "first_day": intake.days.map(|days| days.first.to_string()),
        "last_day": intake.days.map(|days| days.last.to_string()),
        "counts": {
            "new": intake.new_count(),
            "known": intake.known,
            "changed": intake.changed_count(),
            "yours_stay": intake.typed,
        },
    })
}

fn as_json(looked: &Looked, named: &str, book: &Book, now: Now) -> Value {
    let Looked { statement, weighed, .. } = looked;
    let settings = book.settings();
    let today = user_day(now.at, now.zone, settings.day_start_minutes);
    let words = Words { book, today, style: Style::PLAIN };
    let sums = |bag: &crate::domain::money::Bag| -> Value {
        let sums = bag.iter().map(|money| (money.currency.code().to_owned(), json!(money.amount.to_string())));
        Value::Object(sums.collect::<Map<_, _>>())
    };
    let line = |entry: &Entry| {
        let row = view::words(words, statement, weighed, *entry);
        let about = row.what.clone();
        json!({ "line": row.line.parse::<u64>().ok(), "about": about, "figure": row.figure, "reason": row.reason })
    };
    let lines = |fate| -> Value { weighed.lines(Some(fate)).iter().map(line).collect() };
    let counts: Map<String, Value> =
        Fate::ALL.into_iter().map(|fate| (key_of(fate).to_owned(), json!(weighed.count(fate)))).collect();
    let (secs, money) = statement.sums();
    let made = &weighed.made;
    let projects: Vec<Value> =
        made.projects.iter().map(|(platform, name)| json!({ "platform": platform, "name": name })).collect();
    json!({
        "file": named,
        "format": statement.format,
        "account": statement.account,
        "rows": statement.rows.len(),
        "first_day": statement.days(settings.zone).map(|days| days.first.to_string()),
        "last_day": statement.days(settings.zone).map(|days| days.last.to_string()),
        "seconds": secs,
        "sums": sums(&money),
        "counts": counts,
        "payments_not_kept": weighed.private,
        "makes": {
            "sessions": made.sessions,
            "seconds": made.secs,
            "earnings": made.earnings,
            "sums": sums(&made.money),
            "movements": made.movements,
            "paid_to_you": sums(&made.came),
            "changed": made.changed,
            "platforms": made.platforms,
            "projects": projects,
        },
        "changed": lines(Fate::Changed),
        "yours_stay": lines(Fate::Yours),
        "doubtful": lines(Fate::Doubtful),
        "left_out": lines(Fate::LeftOut),
        "columns_not_read": statement.personal,
    })
}

fn key_of(fate: Fate) -> &'static str {
    match fate {
        Fate::New => "new",
        Fate::Known => "known",
        Fate::Changed => "changed",
        Fate::Yours => "yours_stay",
        Fate::Doubtful => "doubtful",
        Fate::LeftOut => "left_out",
    }
}
