//! Rows of a comparison, in words.

use super::*;
use crate::domain::change::{Change, Edit};
use crate::domain::ids::{PlatformId, ProjectId, SessionId};
use crate::domain::money::Currency;
use crate::domain::platform::{Platform, Project};
use crate::domain::query::differs::Differences;
use crate::domain::session::Session;
use crate::domain::settings::Settings;
use crate::domain::testing::at;
use crate::ports::{LookedThrough, Times};

fn book() -> Book {
    let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
    let platform = Platform::new(PlatformId(1), "Upwork", Currency::USD);
    book.apply(&Change::create(platform).then(Change::create(Project::new(ProjectId(1), PlatformId(1), "Aloe"))));
    book
}

fn session(id: u64, project: u64, from: &str, note: &str) -> Session {
    let started_at = at(from);
    let mut session = Session::begun(SessionId(id), started_at, chrono_tz::UTC);
    session.ended_at = Some(started_at + chrono::TimeDelta::hours(1));
    session.project = Some(ProjectId(project));
    note.clone_into(&mut session.seldom.note);
    session
}

fn with(book: &Book, change: &Change) -> Book {
    let mut book = book.clone();
    book.apply(change);
    book
}

fn compared(ours: &Book, theirs: &Book) -> Compared {
    let looked = LookedThrough {
        files: vec![OutsideFile {
            path: "sessions/2026-11.ron".into(),
            what: Touched::Changed,
            checksum: Some(1),
            known: 0,
        }],
        through: 0,
    };
    Compared { differences: Differences::of(ours, theirs), looked, ..Compared::default() }
}

#[test]
fn a_record_is_told_by_the_fields_that_differ() {
    let ours = with(&book(), &Change::create(session(1, 1, "2026-11-21T09:00:00Z", "mine")));
    let mut after = session(1, 1, "2026-11-21T09:00:00Z", "");
    after.ended_at = Some(at("2026-11-21T11:30:00Z"));
    let theirs = with(&ours, &Change::replace(ours.session(SessionId(1)).unwrap(), after));
    let view = MergeView::of(&ours, &compared(&ours, &theirs));
    assert_eq!(view.summary, "Different: 1 session");
    assert_eq!(view.files, ["sessions/2026-11.ron was changed"]);
    assert_eq!(view.take_over, "Take over 1 change made outside TrueRate");
    let [row] = view.rows.as_slice() else { panic!("one row: {:?}", view.rows) };
    assert_eq!((row.kind, row.name.as_str()), ("Session", "Aloe, 21 Nov 2026 09:00"));
    assert_eq!(row.ours, "End 21 Nov 2026 10:00 · Note mine");
    assert_eq!(row.theirs, "End 21 Nov 2026 11:30 · Note –");
    let labels: Vec<_> = row.fields.iter().map(|field| field.label).collect();
    assert_eq!(labels, ["End", "Note"]);
}

#[test]
fn a_record_of_theirs_is_named_by_what_only_they_have() {
    let ours = book();
    let theirs = with(&ours, &Change::create(Project::new(ProjectId(2), PlatformId(1), "Fern")));
    let theirs = with(&theirs, &Change::create(session(2, 2, "2026-11-21T09:00:00Z", "")));
    let view = MergeView::of(&ours, &compared(&ours, &theirs));
    let told: Vec<_> = view.rows.iter().map(|row| (row.name.as_str(), row.ours.as_str())).collect();
    assert_eq!(told, [("Fern", "not there"), ("Fern, 21 Nov 2026 09:00", "not there")]);
    assert_eq!(view.summary, "Different: 1 project and 1 session");
}

#[test]
fn what_no_field_shows_is_told_all_the_same_and_twins_are_numbered() {
    let twice = Change::create(session(1, 1, "2026-11-21T09:00:00Z", "")).then(Change::create(session(
        2,
        1,
        "2026-11-21T09:00:00Z",
        "",
    )));
    let theirs = with(&book(), &twice);
    let view = MergeView::of(&book(), &compared(&book(), &theirs));
    assert_ne!(view.rows.first().unwrap().name, view.rows.last().unwrap().name);
    // A platform whose colour alone differs.
    let mut after = (**theirs.platform(PlatformId(1)).unwrap()).clone();
    after.hue = 3;
    let other = with(&theirs, &Change::replace(theirs.platform(PlatformId(1)).unwrap(), after));
    let view = MergeView::of(&theirs, &compared(&theirs, &other));
    assert_eq!(view.rows.first().unwrap().ours, "Colour 1");
}

#[test]
fn the_newer_is_known_where_both_journals_tell_and_chosen_where_both_changed() {
    let ours = with(&book(), &Change::create(session(1, 1, "2026-11-21T09:00:00Z", "ours")));
    let theirs = with(
        &ours,
        &Change::replace(ours.session(SessionId(1)).unwrap(), session(1, 1, "2026-11-21T09:00:00Z", "theirs")),
    );
    let mut compared = compared(&ours, &theirs);
    let key = Key::Session(SessionId(1));
    assert_eq!(MergeView::of(&ours, &compared).first_choice(&compared).side(key), Side::Ours);
    let times = Times { ours: Some(at("2026-11-22T08:00:00Z")), theirs: Some(at("2026-11-22T09:00:00Z")) };
    compared.times.insert(key, times);
    let view = MergeView::of(&ours, &compared);
    assert_eq!(view.first_choice(&compared).side(key), Side::Theirs);
    assert!(view.clash);
}

#[test]
fn the_line_names_one_file_and_counts_the_rest() {
    let file = |path: &str, what| OutsideFile { path: path.into(), what, checksum: None, known: 0 };
    assert_eq!(strip(&[]), "");
    let changed = file("sessions/2026-11.ron", Touched::Changed);
    assert_eq!(strip(std::slice::from_ref(&changed)), "Files changed outside TrueRate: sessions/2026-11.ron");
    let gone = file("book.ron", Touched::Missing);
    assert_eq!(strip(&[gone.clone(), changed]), "Files changed outside TrueRate: book.ron and 1 more");
    assert_eq!(strip(&[gone]), "Files gone from the folder: book.ron");
}

#[test]
fn a_deletion_is_said_to_be_not_there() {
    let ours = with(&book(), &Change::create(session(1, 1, "2026-11-21T09:00:00Z", "")));
    let gone = Edit::delete(ours.session(SessionId(1)).unwrap().clone());
    let theirs = with(&ours, &Change::new(vec![gone]));
    let view = MergeView::of(&ours, &compared(&ours, &theirs));
    let row = view.rows.first().unwrap();
    assert_eq!(row.theirs, "not there");
    assert!(row.ours.starts_with("End 21 Nov 2026 10:00 · Zone UTC"), "{}", row.ours);
}
