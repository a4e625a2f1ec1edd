//! Tests of the sheet: its rows and what they make of typed text, and what comes of it before it is sent.

use super::entry::Entry;
use super::*;
use crate::domain::earning::EarningKind;
use crate::domain::money::Money;
use crate::domain::query::work::testkit::{Kit, day, dec};
use crate::ui::testing::with_cx;

const NOW: &str = "2026-11-22T13:00:00Z";

fn entry(rate: &str, owed: &str, last: &str) -> Entry {
    let entry = Entry::blank("Garden & Sons", Currency::USD);
    Entry { rate: rate.into(), owed: owed.into(), last: last.into(), ticked: Some(1), ..entry }
}

fn dollars(figure: &str) -> Money {
    Money::new(dec(figure), Currency::USD)
}

#[test]
fn what_is_typed_in_a_row_is_understood_and_shown_back() {
    let today = day("2026-11-22");
    let mut row = entry("25/h", "221.50", "17 Nov 188.40");
    let read = row.read(today, Style::PLAIN).expect("it reads");
    assert_eq!((read.rate, read.owed), (Some(dollars("25")), Some(dollars("221.50"))));
    row.tidy_rate(Style::PLAIN);
    row.tidy_owed(Style::PLAIN);
    row.tidy_last(today, Style::PLAIN);
    assert_eq!([&row.rate, &row.owed, &row.last], ["$25.00", "$221.50", "Tue 17 Nov · $188.40"]);
    assert_eq!(row.read(today, Style::PLAIN), Ok(read), "what is shown back reads the same");
    let none = entry("", " ", "").read(today, Style::PLAIN).expect("nothing is typed");
    assert_eq!((none.rate, none.owed, none.last), (None, None, None));
    assert_eq!(entry("", "0", "").read(today, Style::PLAIN).map(|read| read.owed), Ok(None));
    for (rate, owed, last, reason) in [
        ("x", "", "", "My rate: An amount"),
        ("-3", "", "", "My rate: Must be above zero"),
        ("", "-3", "", "Owed: Must not be below zero"),
        ("", "", "17 Nov 0", "Last payout: Must be above zero"),
        ("", "", "23 Nov 5", "Last payout: Mon 23 Nov is still to come"),
    ] {
        let why = entry(rate, owed, last).read(today, Style::PLAIN).expect_err("it does not read");
        assert!(why.starts_with(reason), "{why}");
    }
}

#[test]
fn what_comes_of_it_is_planned_and_told_before_it_is_sent() {
    let kit = Kit::new();
    with_cx(&kit.book, NOW, None, |cx| {
        let row = entry("25", "221.50", "");
        let read = row.read(cx.today, Style::PLAIN).expect("it reads");
        let zone = cx.book.settings().zone;
        let outcome = build::outcome(cx, Currency::USD, zone, &[(row.clone(), read)]);
        assert_eq!(outcome.words, "1 platform · $221.50 owed · no pay day known yet");
        let command = outcome.command.expect("it can be sent");
        let mut after = cx.book.clone();
        after.apply(&crate::domain::command::plan(cx.book, &command, cx.now).expect("it is planned"));
        let opening: Vec<_> = after.earnings().collect();
        assert_eq!(opening.len(), 1);
        assert_eq!((opening[0].kind, opening[0].amount), (EarningKind::Opening, dollars("221.50")));
        // The same name twice is refused before it is sent, and says whose it is.
        let twice = [(row.clone(), read), (row, read)];
        let outcome = build::outcome(cx, Currency::USD, zone, &twice);
        assert!(outcome.command.is_none());
        assert_eq!(outcome.refused, "Garden & Sons: “Garden & Sons” is there already");
    });
}

#[test]
fn a_field_that_does_not_read_is_named_with_its_platform() {
    let kit = Kit::new();
    with_cx(&kit.book, NOW, None, |cx| {
        let mut sheet = FirstStartDialog::new(cx);
        sheet.entries.push(entry("x", "", ""));
        let why = sheet.read(cx.today, Style::PLAIN).expect_err("it does not read");
        assert!(why.starts_with("Garden & Sons, My rate: An amount"), "{why}");
    });
}

#[test]
fn a_rate_that_cannot_be_is_refused_with_its_platform() {
    let kit = Kit::new();
    with_cx(&kit.book, NOW, None, |cx| {
        let row = entry("99999999", "", "");
        let read = row.read(cx.today, Style::PLAIN).expect("it reads");
        let outcome = build::outcome(cx, Currency::USD, cx.book.settings().zone, &[(row, read)]);
        assert!(outcome.refused.starts_with("Garden & Sons: "), "{}", outcome.refused);
    });
}

#[test]
fn what_is_ticked_stays_in_sight_whatever_is_searched_for() {
    let kit = Kit::new();
    with_cx(&kit.book, NOW, None, |cx| {
        let mut sheet = FirstStartDialog::new(cx);
        let mut other = entry("25", "", "");
        (other.name, other.ticked) = ("Harbour Lights".to_owned(), None);
        sheet.entries = vec![entry("25", "", ""), other];
        sheet.find = "harb".to_owned();
        assert!(matches!(sheet.lines(cx).as_slice(), [Line::Entry(1), Line::Entry(0), Line::Blank]));
        sheet.entries[0].ticked = None;
        assert!(matches!(sheet.lines(cx).as_slice(), [Line::Entry(1), Line::Blank]));
    });
}
