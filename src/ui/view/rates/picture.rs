//! The summary as it is put on the clipboard as a picture: the answer, the steps and the sides, and nothing else.
//!
//! Platforms are named. The names of projects and task types are the user's own: they are numbered instead, unless
//! the user asks for them. No note, no link, no account and no warning is ever in it.

use super::{Answer, RatesView, Sample, Side, Sides, StepRow};
use crate::domain::query::rates::Group;

/// How many sides a picture has room for.
const MOST_SIDES: usize = 12;

/// Whether the user's own names may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesShown {
    /// Projects and task types are numbered.
    Platforms,
    /// All names as they are.
    All,
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// "What an hour pays".
    pub title: &'static str,
    /// "Mon 26 Oct – Sun 22 Nov · all platforms".
    pub about: String,
    /// The one figure that matters.
    pub answer: Answer,
    /// How much there is to go by.
    pub sample: Sample,
    /// Where the hour goes.
    pub steps: Vec<StepRow>,
    /// The sides, the best first, as many as there is room for.
    pub sides: Sides,
    /// "and 18 more"; empty where all are shown.
    pub more: String,
}

impl Picture {
    /// The picture of a view.
    #[must_use]
    pub fn of(view: &RatesView, shown: NamesShown) -> Self {
        let mut sides = view.sides.clone();
        if sides.rows.iter().any(|row| !row.market.is_empty()) {
            // The market is a reference for the user, not a figure of theirs.
            for row in &mut sides.rows {
                row.market.clear();
            }
        }
        if view.sample != Sample::Enough {
            sides.rows.clear();
        }
        let more = sides.rows.len().saturating_sub(MOST_SIDES);
        sides.rows.truncate(MOST_SIDES);
        if shown == NamesShown::Platforms {
            for (at, row) in sides.rows.iter_mut().enumerate() {
                mask(row, at + 1);
            }
        }
        sides.rescale();
        Self {
            title: "What an hour pays",
            about: format!("{} · {}", view.days, view.platforms_shown),
            answer: view.answer.clone(),
            sample: view.sample,
            steps: view.steps.clone(),
            sides,
            more: if more == 0 { String::new() } else { format!("and {more} more") },
        }
    }
}

/// A number in place of a name that is the user's own.
fn mask(row: &mut Side, number: usize) {
    let name = match &row.group {
        Some(Group::Project(_)) => format!("Project {number}"),
        Some(Group::TaskType(Some(_))) => format!("Task type {number}"),
        Some(Group::Platform(_) | Group::TaskType(None)) | None => return,
    };
    row.spoken.clear();
    row.tip.clear();
    row.full_name.clone_from(&name);
    row.name = name;
}
