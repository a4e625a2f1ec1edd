//! Quality: what a platform says of the user's work, as series over time, and which of them got worse.
//!
//! Figures are compared only with figures of the same measure, about the same project (or the account), on the same
//! scale: 3.9 of 5 and 71 of 100 say nothing of each other. Warnings have no figure and are no series.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::platform::{Platform, QualityMeasure};

/// For how many days a figure that got worse is worth a word: an older one is the usual one by now.
pub const RECENT_DAYS: i64 = 90;

/// The figures of one measure, about one project or the account, on one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What was measured.
    pub measure: QualityMeasure,
    /// The project; `None` for the account.
    pub project: Option<ProjectId>,
    /// The best that a figure can be, where the scale is known.
    pub out_of: Option<Decimal>,
    /// The figures in the measure's unit with their days, oldest first; never empty.
    pub figures: Vec<(NaiveDate, Decimal)>,
}

/// A figure that got worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Falling {
    /// What was measured.
    pub measure: QualityMeasure,
    /// The project; `None` for the account.
    pub project: Option<ProjectId>,
    /// The best that the figures can be, where the scale is known.
    pub out_of: Option<Decimal>,
    /// The last other figure before, which was better.
    pub was: Decimal,
    /// The newest figure.
    pub now: Decimal,
    /// The first day of the newest figure: when it got worse.
    pub on: NaiveDate,
}

impl Series {
    /// The newest figure and its first day, with the last other one before it; `None` where it never changed.
    #[must_use]
    pub fn last_move(&self) -> Option<(Decimal, Decimal, NaiveDate)> {
        let mut newest_first = self.figures.iter().rev();
        let (mut since, now) = *newest_first.next()?;
        for (on, figure) in newest_first {
            if *figure != now {
                return Some((*figure, now, since));
            }
            since = *on;
        }
        None
    }

    /// How it got worse, if its last move was for the worse.
    #[must_use]
    pub fn fall(&self) -> Option<Falling> {
        let (was, now, on) = self.last_move()?;
        let worse = if self.measure.more_is_better()? { now < was } else { now > was };
        worse.then_some(Falling { measure: self.measure, project: self.project, out_of: self.out_of, was, now, on })
    }
}

/// The series of a platform up to a day, the account before its projects, each in the order of
/// [`QualityMeasure::ALL`]. Of several figures of one day the one further down the list is the newer.
#[must_use]
pub fn series(platform: &Platform, today: NaiveDate) -> Vec<Series> {
    let mut notes: Vec<_> = platform.quality.iter().filter(|note| note.on <= today).collect();
    notes.sort_by_key(|note| note.on);
    let mut all: BTreeMap<_, Vec<(NaiveDate, Decimal)>> = BTreeMap::new();
    for note in notes {
        if let Some(figure) = note.value
            && note.measure.more_is_better().is_some()
        {
            all.entry((note.project, note.measure, note.out_of)).or_default().push((note.on, figure));
        }
    }
    all.into_iter().map(|((project, measure, out_of), figures)| Series { measure, project, out_of, figures }).collect()
}

/// What got worse of late on a platform, the newest fall first; the account before a project on the same day.
///
/// A fall is the last move of a series, not older than [`RECENT_DAYS`] on `today` (the user's day). Where a measure
/// changed its scale, only the series of the newer scale speaks.
#[must_use]
pub fn falls(book: &Book, platform: PlatformId, today: NaiveDate) -> Vec<Falling> {
    let Some(platform) = book.platform(platform) else { return Vec::new() };
    let all = series(platform, today);
    let newest = |one: &Series| one.figures.last().map(|(on, _)| *on);
    let replaced = |one: &Series| {
        all.iter()
            .any(|other| (other.measure, other.project) == (one.measure, one.project) && newest(other) > newest(one))
    };
    let mut found: Vec<Falling> = all
        .iter()
        .filter(|one| !replaced(one))
        .filter_map(Series::fall)
        .filter(|fall| (today - fall.on).num_days() <= RECENT_DAYS)
        .collect();
    found.sort_by_key(|fall| (std::cmp::Reverse(fall.on), fall.project, fall.measure));
    found
}

/// The newest fall of a platform; see [`falls`].
#[must_use]
pub fn falling(book: &Book, platform: PlatformId, today: NaiveDate) -> Option<Falling> {
    falls(book, platform, today).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::platform::QualityNote;
    use crate::domain::query::work::testkit::{Kit, day, dec};

    const ID: PlatformId = PlatformId(1);

    fn note(on: &str, measure: QualityMeasure, value: &str, out_of: &str) -> QualityNote {
        let figure = |text: &str| (!text.is_empty()).then(|| dec(text));
        QualityNote {
            on: day(on),
            project: None,
            measure,
            value: figure(value),
            out_of: figure(out_of),
            note: String::new(),
        }
    }

    fn score(on: &str, value: &str) -> QualityNote {
        note(on, QualityMeasure::Score, value, "5")
    }

    fn of(quality: Vec<QualityNote>) -> Option<Falling> {
        let mut kit = Kit::new();
        kit.put(Platform { quality, ..(**kit.book.platform(ID).unwrap()).clone() });
        falling(&kit.book, ID, day("2026-11-22"))
    }

    /// Source of the figures: look/platforms-light.png, "Quality score 3.9, was 4.4".
    #[test]
    fn a_score_that_fell_says_from_what_and_when() {
        let fall = of(vec![score("2026-10-01", "4.4"), score("2026-11-02", "3.9"), score("2026-11-16", "3.9")]);
        let fall = fall.unwrap();
        assert_eq!((fall.was, fall.now, fall.on), (dec("4.4"), dec("3.9"), day("2026-11-02")));
        assert_eq!((fall.measure, fall.project), (QualityMeasure::Score, None));
    }

    #[test]
    fn what_rose_again_stayed_or_is_long_ago_is_no_fall() {
        assert_eq!(of(vec![score("2026-10-01", "4.4"), score("2026-11-02", "3.9"), score("2026-11-16", "4.1")]), None);
        assert_eq!(of(vec![score("2026-10-01", "4.4"), score("2026-11-02", "4.4")]), None);
        assert_eq!(of(vec![score("2026-11-02", "1")]), None, "one figure is no move");
        assert_eq!(of(vec![score("2026-06-01", "4.4"), score("2026-08-23", "3.9")]), None, "91 days ago");
        assert!(of(vec![score("2026-06-01", "4.4"), score("2026-08-24", "3.9")]).is_some(), "90 days ago");
        assert_eq!(of(vec![score("2026-10-01", "4.4"), score("2026-11-23", "3.9")]), None, "tomorrow's");
        assert_eq!(of(Vec::new()), None);
    }

    #[test]
    fn of_errors_and_minutes_more_is_worse() {
        let rate = |on, value| note(on, QualityMeasure::ErrorRate, value, "");
        assert!(of(vec![rate("2026-10-01", "2"), rate("2026-11-02", "5")]).is_some());
        assert_eq!(of(vec![rate("2026-10-01", "5"), rate("2026-11-02", "2")]), None);
        let minutes = |on, value| note(on, QualityMeasure::HandlingTime, value, "");
        assert!(of(vec![minutes("2026-10-01", "3.5"), minutes("2026-11-02", "4")]).is_some());
        let accepted = |on, value| note(on, QualityMeasure::Acceptance, value, "");
        assert!(of(vec![accepted("2026-10-01", "98"), accepted("2026-11-02", "91")]).is_some());
        let warning = |on| note(on, QualityMeasure::Warning, "", "");
        assert_eq!(of(vec![warning("2026-10-01"), warning("2026-11-02")]), None);
    }

    #[test]
    fn scales_and_projects_are_not_mixed() {
        let other = note("2026-11-02", QualityMeasure::Score, "3.9", "10");
        assert_eq!(of(vec![score("2026-10-01", "4.4"), other]), None, "of 10 is not of 5");
        let mut aloe = score("2026-11-02", "3.9");
        aloe.project = Some(ProjectId(1));
        assert_eq!(of(vec![score("2026-10-01", "4.4"), aloe.clone()]), None);
        let mut before = score("2026-10-01", "4.4");
        before.project = Some(ProjectId(1));
        assert_eq!(of(vec![before, aloe]).map(|fall| fall.project), Some(Some(ProjectId(1))));
        // The scale changed after the fall: what was said on the old one is over.
        let scaled = note("2026-11-20", QualityMeasure::Score, "80", "100");
        assert_eq!(of(vec![score("2026-10-01", "4.4"), score("2026-11-02", "3.9"), scaled]), None);
    }

    #[test]
    fn the_newest_fall_comes_first_whatever_the_order_of_the_list() {
        let rate = |on, value| note(on, QualityMeasure::ErrorRate, value, "");
        let found = of(vec![
            rate("2026-11-10", "5"),
            score("2026-11-02", "3.9"),
            rate("2026-10-10", "2"),
            score("2026-10-01", "4.4"),
        ]);
        assert_eq!(found.map(|fall| (fall.measure, fall.on)), Some((QualityMeasure::ErrorRate, day("2026-11-10"))));
    }
}
