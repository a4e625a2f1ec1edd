//! A table whose columns somebody names, in words: what columns, words and rows can be, and how a row is read.

use super::row::{RowWords, Words, said};
use super::{Fate, plain};
use crate::domain::statement::{Glimpse, Glimpsed, Kind, Mapping, Meaning, Place, Row, RowKind, Signs, Standing, Why};
use crate::ui::view::reasons::counted;

/// What a row is.
#[must_use]
pub fn row_kind(rows: RowKind) -> &'static str {
    match rows {
        RowKind::Time => "Time worked",
        RowKind::Credited => "Earnings",
        RowKind::Moved => "Money that moved",
    }
}

/// What a column is.
#[must_use]
pub fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Day => "Day",
        Meaning::Clock => "Time of day",
        Meaning::Zone => "Time zone",
        Meaning::Start => "Start",
        Meaning::EndDay => "Day of the end",
        Meaning::End => "End",
        Meaning::Length => "Length",
        Meaning::Amount => "Amount",
        Meaning::In => "Came in",
        Meaning::Out => "Went out",
        Meaning::Direction => "In or out",
        Meaning::Fee => "Fee",
        Meaning::Currency => "Currency",
        Meaning::State => "State",
        Meaning::Type => "Kind",
        Meaning::Client => "Client",
        Meaning::Project => "Project",
        Meaning::Note => "Note",
        Meaning::Other => "Other party",
        Meaning::From => "From",
        Meaning::To => "To",
        Meaning::Text => "Text",
        Meaning::Reference => "Number",
        Meaning::Parent => "Belongs to number",
    }
}

/// A state of a kind of rows; `None` where they have no such state.
#[must_use]
pub fn standing(standing: Standing, rows: RowKind) -> Option<&'static str> {
    match (standing, rows) {
        (Standing::Pending, _) => Some("Pending"),
        (Standing::Done, RowKind::Moved) => Some("Done"),
        (Standing::Done, _) => Some("Paid"),
        (Standing::Refused, RowKind::Moved) => Some("Never came"),
        (Standing::Refused, _) => Some("Refused"),
        (Standing::Approved | Standing::Available | Standing::Returned, RowKind::Moved) => None,
        (Standing::Approved, _) => Some("Approved"),
        (Standing::Available, _) => Some("Available"),
        (Standing::Returned, _) => Some("Returned"),
        (Standing::Skipped, _) => Some("Leave out"),
    }
}

/// What a row can be of.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Work => "Work",
        Kind::Bonus => "Bonus",
        Kind::Adjustment => "Correction",
        Kind::Fee => "Fee",
        Kind::Payment => "Payment",
        Kind::Own => "Own account",
        Kind::Exchange => "Exchange",
        Kind::Hold => "Hold",
        Kind::Refund => "Refund",
        Kind::Skipped => "Leave out",
    }
}

/// Which way amounts go: the two ways that need no column.
#[must_use]
pub fn signs(signs: &Signs) -> &'static str {
    match signs {
        Signs::AsWritten => "As written",
        Signs::Reversed => "The other way",
        Signs::OutWhere(_) => "By a column",
    }
}

/// "24 rows. No format is known for these columns: say what they are".
#[must_use]
pub fn head(glimpse: &Glimpse) -> String {
    format!("{}. No format is known for these columns: say what they are.", counted(glimpse.count, "row"))
}

/// "Betrag", or "Column 3" where it has no name.
#[must_use]
pub fn column_name(column: &Glimpsed, nth: usize) -> String {
    let name = plain(column.name.trim());
    if name.is_empty() { format!("Column {nth}") } else { name }
}

/// "Column 3, Betrag: what it is".
#[must_use]
pub fn picker_name(column: &Glimpsed, nth: usize) -> String {
    let name = plain(column.name.trim());
    if name.is_empty() { format!("Column {nth}: what it is") } else { format!("Column {nth}, {name}: what it is") }
}

/// The words of a column that need a meaning of their own; none where the column has many different ones.
#[must_use]
pub fn words_of<'a>(glimpse: &'a Glimpse, mapping: &Mapping, of: Meaning) -> &'a [String] {
    let is_it = |place: &Place| mapping.meaning(place) == Some(of);
    glimpse.columns.iter().find(|column| is_it(&column.place)).map_or(&[], |column| &column.words)
}

/// A row as it is read, or why it can't be.
#[must_use]
pub fn example(with: Words<'_>, line: u64, read: &Result<Row, Why>) -> RowWords {
    let (day, what, figure, state, fate, reason) = match read {
        Ok(row) => {
            let (day, what, figure, state) = said(with, &row.says);
            let notes: Vec<String> = row.notes.iter().map(super::row::note).collect();
            (day, what, figure, state, Fate::New, notes.join(". "))
        }
        Err(why) => {
            let none = String::new;
            (none(), none(), none(), none(), Fate::LeftOut, why.to_string())
        }
    };
    RowWords { line: line.to_string(), day, what: plain(&what), figure, state, fate, reason: plain(&reason) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::Kit;
    use crate::domain::statement::{MoveKind, MoveState, Moved, Note, Says};
    use crate::domain::testing::{day, mapping, usd};
    use crate::ui::format::Style;

    fn column(name: &str, words: &[&str]) -> Glimpsed {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Glimpsed { place: Place::Named(name.to_lowercase()), name: name.to_owned(), words }
    }

    #[test]
    fn columns_are_told_by_place_and_name() {
        let (named, nameless) = (column("Betrag", &[]), column(" ", &[]));
        assert_eq!(
            (column_name(&named, 3), picker_name(&named, 3)),
            ("Betrag".into(), "Column 3, Betrag: what it is".into())
        );
        assert_eq!(
            (column_name(&nameless, 4), picker_name(&nameless, 4)),
            ("Column 4".into(), "Column 4: what it is".into())
        );
    }

    #[test]
    fn the_words_of_a_state_are_those_of_its_column() {
        let mut mapping = mapping("Lantern bank");
        mapping.set(&Place::Named("info".to_owned()), Some(Meaning::State));
        let glimpse = Glimpse {
            columns: vec![column("Betrag", &[]), column("Info", &["gebucht", "vorgemerkt"])],
            rows: Vec::new(),
            count: 1,
            proposed: mapping.clone(),
            known: Vec::new(),
        };
        assert_eq!(words_of(&glimpse, &mapping, Meaning::State), ["gebucht", "vorgemerkt"]);
        assert!(words_of(&glimpse, &mapping, Meaning::Type).is_empty());
        assert_eq!(head(&glimpse), "1 row. No format is known for these columns: say what they are.");
    }

    #[test]
    fn every_meaning_state_and_kind_has_a_name_of_its_own_among_its_rows() {
        for rows in RowKind::ALL {
            let mut names: Vec<&str> =
                Meaning::ALL.into_iter().filter(|known| known.is_of(rows)).map(meaning).collect();
            names.extend(
                Standing::ALL.into_iter().filter_map(|known| standing(known, rows)).filter(|name| *name != "Leave out"),
            );
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{names:?}");
        }
        let mut kinds = Kind::ALL.map(kind).to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), Kind::ALL.len());
        assert_ne!(row_kind(RowKind::Time), row_kind(RowKind::Moved));
        assert_ne!(signs(&Signs::AsWritten), signs(&Signs::Reversed));
    }

    #[test]
    fn a_row_is_shown_as_it_is_read_or_with_the_reason_why_it_is_not() {
        let book = Kit::new().book;
        let with = Words { book: &book, today: day("2026-11-27"), style: Style::PLAIN };
        let moved = Moved {
            on: day("2026-11-20"),
            at: None,
            kind: MoveKind::Payment,
            amount: usd("90"),
            fee: None,
            other: "Lantern Ltd".to_owned(),
            text: "INV-7".to_owned(),
            state: MoveState::Pending,
            reference: String::new(),
            parent: String::new(),
        };
        let notes = vec![Note::StateUnknown("info".to_owned())];
        let row = Row { line: 4, key: "x".to_owned(), says: Says::Moved(moved), notes };
        let shown = example(with, 4, &Ok(row));
        assert_eq!(
            (shown.day.as_str(), shown.figure.as_str(), shown.state.as_str()),
            ("Fri 20 Nov", "$90.00", "Pending")
        );
        assert_eq!(shown.reason, "“info” is no known state: it counts as pending");
        let wrong = example(with, 5, &Err(Why::Amount("3,0".to_owned())));
        assert_eq!(wrong.name(), "Line 5, Left out, “3,0” is no amount");
    }
}
