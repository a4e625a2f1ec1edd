//! What is checked of a platform's dated lists: stages, what it said of the work, things to do, links, files.
//!
//! Only what is new is checked, so that an old slip never stands in the way of another change. Lists that are kept by
//! date are put into its order; entries of one day keep theirs.

use rust_decimal::Decimal;

use super::check;
use crate::domain::book::Book;
use crate::domain::change::Key;
use crate::domain::platform::{DatedStage, Platform, QualityMeasure, QualityNote};
use crate::domain::refusal::{Field, Refusal, Refused};

/// A platform with its lists checked against what was there before, and in order.
pub(super) fn ordered(book: &Book, before: Option<&Platform>, after: &Platform) -> Result<Platform, Refused> {
    let mut platform = after.clone();
    platform.stages = stages(before.map_or(&[], |before| &before.stages), &after.stages)?;
    for note in fresh(before.map_or(&[], |before| &before.quality), &after.quality) {
        quality(book, after, note)?;
    }
    platform.quality.sort_by_key(|note| note.on);
    for todo in fresh(before.map_or(&[], |before| &before.checklist), &after.checklist) {
        check::name("What is to be done", &todo.text)?;
    }
    for link in fresh(before.map_or(&[], |before| &before.links), &after.links) {
        check::text("The title", &link.title)?;
        check::place("An address", &link.address)?;
    }
    for file in fresh(before.map_or(&[], |before| &before.files), &after.files) {
        check::text("The title", &file.title)?;
        check::place("A path", &file.path)?;
    }
    Ok(platform)
}

/// Stages in order; no two new ones of one day, since only one of them could hold.
pub(super) fn stages(before: &[DatedStage], after: &[DatedStage]) -> Result<Vec<DatedStage>, Refused> {
    for stage in fresh(before, after) {
        check::note(&stage.why)?;
        if after.iter().filter(|other| other.from == stage.from).count() > 1 {
            return Err(Refusal::StageTwice(stage.from).at(Field::Day));
        }
    }
    let mut stages = after.to_vec();
    stages.sort_by_key(|stage| stage.from);
    Ok(stages)
}

/// What stands in a list and did not before.
fn fresh<'a, T: PartialEq>(before: &'a [T], after: &'a [T]) -> impl Iterator<Item = &'a T> {
    after.iter().filter(|one| !before.contains(one))
}

/// A note of quality: a figure that its measure can have, about a project of the platform.
fn quality(book: &Book, platform: &Platform, note: &QualityNote) -> Result<(), Refused> {
    check::note(&note.note)?;
    if let Some(id) = note.project
        && book.project(id).is_none_or(|project| project.platform != platform.id)
    {
        return Err(Refusal::Gone(Key::Project(id)).into());
    }
    if let Some(best) = note.out_of {
        check::positive_figure(best)?;
    }
    let Some(figure) = note.value else {
        return match note.measure {
            QualityMeasure::Warning => Ok(()),
            QualityMeasure::Score
            | QualityMeasure::ErrorRate
            | QualityMeasure::Acceptance
            | QualityMeasure::HandlingTime => Err(Refusal::Empty("A figure").at(Field::Amount)),
        };
    };
    match note.measure {
        QualityMeasure::ErrorRate | QualityMeasure::Acceptance => check::percent(Some(figure)),
        QualityMeasure::HandlingTime => check::positive_figure(figure),
        QualityMeasure::Score | QualityMeasure::Warning => match note.out_of {
            _ if figure < Decimal::ZERO => Err(Refusal::NotAboveZero(figure).at(Field::Amount)),
            Some(best) if figure > best => Err(Refusal::Absurd(figure, best).at(Field::Amount)),
            _ => Ok(()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{Command, plan};
    use crate::domain::ids::{PlatformId, ProjectId};
    use crate::domain::platform::{AttachedFile, Check, Link, Stage};
    use crate::domain::query::work::testkit::{Kit, at, day, dec};
    use crate::domain::span::Now;

    fn edited(kit: &Kit, edit: impl FnOnce(&mut Platform)) -> Result<Platform, Refused> {
        let now = Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC };
        let mut platform = (**kit.book.platform(PlatformId(1)).unwrap()).clone();
        edit(&mut platform);
        let change = plan(&kit.book, &Command::EditPlatform(Box::new(platform)), now)?;
        let mut book = kit.book.clone();
        book.apply(&change);
        Ok((**book.platform(PlatformId(1)).unwrap()).clone())
    }

    fn note(measure: QualityMeasure, value: &str, out_of: &str) -> QualityNote {
        let figure = |text: &str| (!text.is_empty()).then(|| dec(text));
        let (value, out_of) = (figure(value), figure(out_of));
        QualityNote { on: day("2026-11-20"), project: None, measure, value, out_of, note: String::new() }
    }

    #[test]
    fn a_figure_is_one_that_its_measure_can_have() {
        use QualityMeasure::{Acceptance, ErrorRate, HandlingTime, Score, Warning};
        let kit = Kit::new();
        let field = |measure, value, out_of| {
            edited(&kit, |platform| platform.quality.push(note(measure, value, out_of))).err().map(|why| why.field)
        };
        for (measure, value, out_of) in [
            (Score, "3.9", "5"),
            (Score, "0", "5"),
            (Score, "71", ""),
            (ErrorRate, "0", ""),
            (Acceptance, "100", ""),
            (HandlingTime, "4.5", ""),
            (Warning, "", ""),
        ] {
            assert_eq!(field(measure, value, out_of), None, "{measure:?} {value} of {out_of}");
        }
        for (measure, value, out_of, at) in [
            (Score, "5.1", "5", Field::Amount),
            (Score, "-1", "", Field::Amount),
            (Score, "", "5", Field::Amount),
            (Score, "3", "0", Field::Amount),
            (ErrorRate, "101", "", Field::Percent),
            (Acceptance, "-1", "", Field::Percent),
            (HandlingTime, "0", "", Field::Amount),
        ] {
            assert_eq!(field(measure, value, out_of), Some(at), "{measure:?} {value} of {out_of}");
        }
        let elsewhere = edited(&kit, |platform| {
            platform.quality.push(QualityNote { project: Some(ProjectId(2)), ..note(Score, "3.9", "5") });
        });
        assert_eq!(elsewhere.unwrap_err().refusal, Refusal::Gone(Key::Project(ProjectId(2))));
    }

    #[test]
    fn dated_lists_are_kept_by_date() {
        let kit = Kit::new();
        let platform = edited(&kit, |platform| {
            platform.stages.push(DatedStage::since(day("2026-02-01"), Stage::Active));
            platform.stages.push(DatedStage::since(day("2026-01-12"), Stage::Assessing));
            platform.quality.push(note(QualityMeasure::Score, "3.9", "5"));
            platform.quality.push(QualityNote { on: day("2026-10-01"), ..note(QualityMeasure::Score, "4.4", "5") });
        })
        .unwrap();
        assert_eq!(platform.stages[0].stage, Stage::Assessing);
        assert_eq!(platform.quality[0].value, Some(dec("4.4")));
    }

    #[test]
    fn two_stages_of_one_day_are_refused_and_empty_entries_too() {
        let mut kit = Kit::new();
        let refused = edited(&kit, |platform| {
            platform.stages.push(DatedStage::since(day("2026-02-01"), Stage::Active));
            platform.stages.push(DatedStage::since(day("2026-02-01"), Stage::Dry));
        })
        .unwrap_err();
        assert_eq!(
            (refused.field, refused.to_string().as_str()),
            (Field::Day, "A stage begins on Sun 1 Feb 2026 already")
        );
        let todo = Check::new(" ");
        assert_eq!(edited(&kit, |platform| platform.checklist.push(todo.clone())).unwrap_err().field, Field::Name);
        let link = Link { title: "Dashboard".into(), address: String::new() };
        assert_eq!(edited(&kit, |platform| platform.links.push(link)).unwrap_err().field, Field::Place);
        let file = AttachedFile { title: String::new(), path: String::new(), added_on: day("2026-11-20") };
        assert_eq!(edited(&kit, |platform| platform.files.push(file)).unwrap_err().field, Field::Place);
        // What an older version let through is no reason to refuse another change.
        let old = Platform { checklist: vec![todo], ..(**kit.book.platform(PlatformId(1)).unwrap()).clone() };
        kit.put(old);
        assert!(edited(&kit, |platform| platform.note = "mended".into()).is_ok());
    }
}
