//! What a platform says of the user's work: the log, a trend a measure, and what got worse in words.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::domain::book::Book;
use crate::domain::ids::ProjectId;
use crate::domain::platform::{Platform, QualityMeasure, QualityNote};
use crate::domain::query::quality::{Falling, Series, falls, series};
use crate::ui::format::{NONE, Style};
use crate::ui::view::names;

/// The log with its trends.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QualityView {
    /// One a measure, subject and scale that has figures.
    pub trends: Vec<Trend>,
    /// The log, newest first.
    pub rows: Vec<QualityRow>,
}

/// How a measure went.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// "Quality score", "Error rate of Aloe".
    pub name: String,
    /// "3.9, was 4.4", "4.1 of 5".
    pub words: String,
    /// Whether its last move was for the worse.
    pub worse: bool,
    /// Its figures as (days since the first, figure): pixel figures.
    pub points: Vec<(f64, f64)>,
}

impl Trend {
    /// Read aloud.
    #[must_use]
    pub fn spoken(&self) -> String {
        format!("{} {}", self.name, self.words)
    }
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityRow {
    /// Its place in the platform's list.
    pub at: usize,
    /// "Thu 19 Nov".
    pub on: String,
    /// "Quality score".
    pub measure: &'static str,
    /// "3.9 of 5", "4 %", "3.5 m"; empty where there is none.
    pub figure: String,
    /// "Aloe", "account".
    pub about: String,
    /// The words.
    pub note: String,
    /// Whether it is a warning.
    pub warning: bool,
}

impl QualityRow {
    /// Read aloud: "Quality score 3.9 of 5, account, Thu 19 Nov".
    #[must_use]
    pub fn spoken(&self) -> String {
        let head = format!("{} {}", self.measure, self.figure);
        format!("{}, {}, {}", head.trim_end(), self.about, self.on)
    }
}

impl QualityView {
    /// The log of a platform.
    #[must_use]
    pub fn of(book: &Book, platform: &Platform, today: NaiveDate) -> Self {
        let mut rows: Vec<QualityRow> =
            platform.quality.iter().enumerate().map(|(at, note)| row(book, at, note, today)).collect();
        rows.reverse();
        Self { trends: series(platform, today).iter().map(|one| trend(book, one)).collect(), rows }
    }
}

fn row(book: &Book, at: usize, note: &QualityNote, today: NaiveDate) -> QualityRow {
    let style = Style::of(book.settings());
    QualityRow {
        at,
        on: style.day(note.on, today),
        measure: names::measure(note.measure),
        figure: note.value.map_or_else(String::new, |value| {
            let figure = figure(note.measure, value, style);
            note.out_of.map_or_else(|| figure.clone(), |best| format!("{figure} of {}", style.exact(best)))
        }),
        about: note.project.map_or_else(|| "account".to_owned(), |id| names::project(book, Some(id))),
        note: note.note.clone(),
        warning: note.measure == QualityMeasure::Warning,
    }
}

fn trend(book: &Book, series: &Series) -> Trend {
    let style = Style::of(book.settings());
    let scale = series.out_of.map_or_else(String::new, |best| format!(" of {}", style.exact(best)));
    let newest = series.figures.last().map(|(_, now)| figure(series.measure, *now, style));
    let words = match (series.last_move(), newest) {
        (Some((was, now, _)), _) => {
            format!("{}{scale}, was {}", figure(series.measure, now, style), figure(series.measure, was, style))
        }
        (None, Some(only)) => format!("{only}{scale}"),
        (None, None) => NONE.to_owned(),
    };
    let first = series.figures.first().map(|(on, _)| *on);
    Trend {
        name: subject(book, series.measure, series.project),
        words,
        worse: series.fall().is_some(),
        points: series
            .figures
            .iter()
            .filter_map(|(on, value)| {
                let days = i32::try_from((*on - first?).num_days()).ok()?;
                Some((f64::from(days), value.to_f64()?))
            })
            .collect(),
    }
}

/// "Quality score", "Error rate of Aloe".
fn subject(book: &Book, measure: QualityMeasure, project: Option<ProjectId>) -> String {
    let name = names::measure(measure);
    project.map_or_else(|| name.to_owned(), |id| format!("{name} of {}", names::project(book, Some(id))))
}

/// "3.9", "4 %", "3.5 m".
fn figure(measure: QualityMeasure, value: Decimal, style: Style) -> String {
    let value = style.exact(value);
    match measure {
        QualityMeasure::Score | QualityMeasure::Warning => value,
        QualityMeasure::ErrorRate | QualityMeasure::Acceptance => format!("{value} %"),
        QualityMeasure::HandlingTime => format!("{value} m"),
    }
}

/// What got worse: "Quality score 3.9, was 4.4".
#[must_use]
pub fn fall_words(book: &Book, fall: &Falling) -> String {
    let style = Style::of(book.settings());
    let name = subject(book, fall.measure, fall.project);
    format!("{name} {}, was {}", figure(fall.measure, fall.now, style), figure(fall.measure, fall.was, style))
}

/// What got worse of late beside money that is not yet paid: "Quality score 3.9, was 4.4 · $221.50 open". Without
/// such money the fall alone; nothing where nothing fell. `open` as in
/// [`OpenMoney::total`](super::OpenMoney::total).
#[must_use]
pub fn falls_words(book: &Book, platform: &Platform, open: &str, today: NaiveDate) -> Vec<String> {
    falls(book, platform.id, today)
        .iter()
        .map(|fall| {
            let words = fall_words(book, fall);
            if open == NONE { words } else { format!("{words} · {open} open") }
        })
        .collect()
}
