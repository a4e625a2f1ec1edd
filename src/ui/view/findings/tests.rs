//! What was found in the files, in words.

use super::*;
use crate::domain::span::Month;

fn found(file: &str, line: Option<usize>, remedy: Remedy) -> Found {
    Found {
        file: file.to_owned(),
        line,
        column: line.map(|_| 14),
        words: "This line can’t be read (Expected comma)".to_owned(),
        kept: "The line is kept as it is",
        sentence: format!("{file}: sentence"),
        locked: true,
        quiet: false,
        remedy,
        is_missing: false,
        lacks: Some((Lacked::Sessions(Month { year: 2024, month: 3 }), Lack::Part)),
    }
}

fn looked(file: &str, backup: Option<&str>) -> LookedUp {
    let lines = [((file.to_owned(), 3), "…2024-03-05X07…".to_owned())].into();
    LookedUp { lines, backups: backup.map(|name| (file.to_owned(), name.to_owned())).into_iter().collect() }
}

const MARCH: &str = "sessions/2024-03.ron";

#[test]
fn a_file_says_where_what_it_means_and_what_each_choice_does_with_the_original() {
    let found = [found(MARCH, Some(3), Remedy::Lines)];
    let before = FindingsView::of(&found, None, true);
    assert_eq!(before.groups[0].rows[0].excerpt, "", "nothing is guessed before it was looked up");
    let view = FindingsView::of(&found, Some(&looked(MARCH, Some("2026-11-20-daily"))), true);
    let [group] = view.groups.as_slice() else { panic!("one file") };
    assert_eq!(group.rows[0].place, "Line 3, column 14");
    assert_eq!(group.rows[0].words, "This line can’t be read (Expected comma)");
    assert_eq!(group.rows[0].excerpt, "…2024-03-05X07…");
    assert!(group.means[1].contains("Totals over March 2024 may be without a part of it"), "{:?}", group.means);
    assert_eq!(group.means[0], "The line is kept as it is.", "said once");
    assert!(group.means[2].contains("Nothing is written over this file"), "{:?}", group.means);
    let by: Vec<_> = group.offers.iter().map(|offer| (offer.by, offer.words)).collect();
    assert_eq!(by, [(MendBy::Backup, "Use the backup’s copy"), (MendBy::SettingAside, "Set the broken lines aside")]);
    assert!(group.offers.iter().all(|offer| offer.line.contains("“damaged”")), "{:?}", group.offers);
    assert!(group.is_there);
}

#[test]
fn without_a_backup_or_in_a_book_that_is_only_read_no_more_is_offered_than_can_be_done() {
    let found = [found(MARCH, Some(3), Remedy::Lines)];
    let view = FindingsView::of(&found, Some(&looked(MARCH, None)), true);
    assert_eq!(view.groups[0].offers.len(), 1);
    assert!(view.groups[0].means.contains(&"No backup holds it whole.".to_owned()));
    assert_eq!(FindingsView::of(&found, Some(&looked(MARCH, Some("a"))), false).groups[0].offers, []);
}

#[test]
fn a_file_that_is_gone_or_broken_as_a_whole_is_begun_anew() {
    let gone = Found {
        is_missing: true,
        lacks: Some((Lacked::Sessions(Month { year: 2024, month: 3 }), Lack::Whole)),
        ..found(MARCH, None, Remedy::File)
    };
    let view = FindingsView::of(&[gone, found(MARCH, Some(3), Remedy::Lines)], None, true);
    let group = &view.groups[0];
    assert!(!group.is_there && group.offers[0].words == "Begin the file anew");
    assert_eq!(group.means[1], "Totals over March 2024 are without it and say so.");
    assert_eq!(group.rows[0].place, "");
}

#[test]
fn what_asks_for_a_choice_stands_first_and_small_things_are_one_line() {
    let quiet = |file: &str| Found { quiet: true, lacks: None, locked: false, ..found(file, Some(9), Remedy::None) };
    let all = [quiet("journal/a.ron"), found(MARCH, Some(3), Remedy::Lines)];
    let view = FindingsView::of(&all, None, true);
    let order: Vec<_> = view.groups.iter().map(|group| (group.file.as_str(), group.quiet)).collect();
    assert_eq!(order, [(MARCH, false), ("journal/a.ron", true)]);
    assert_eq!(told(&all), ["sessions/2024-03.ron: sentence"]);
    assert_eq!(quiet_line(&all), "The line is kept as it is. journal/a.ron: This line can’t be read (Expected comma)");
    assert_eq!(quiet_line(&[]), "");
    assert!(quiet_line(&[quiet("a"), quiet("b")]).starts_with("2 small things"));
}

#[test]
fn a_file_of_many_broken_lines_is_told_once_and_shows_the_first_ones() {
    let many: Vec<Found> = (2..200).map(|line| found(MARCH, Some(line), Remedy::Lines)).collect();
    assert_eq!(told(&many), ["sessions/2024-03.ron: 198 things are wrong, the first in line 2"]);
    let view = FindingsView::of(&many, None, true);
    let rows = &view.groups[0].rows;
    assert_eq!((rows.len(), rows.last().unwrap().words.as_str()), (MOST_ROWS + 1, "and 178 more in this file"));
}
