//! Mappings: kept in the settings, each under its name.

use super::check;
use crate::domain::book::Book;
use crate::domain::change::{Change, Key};
use crate::domain::platform::same_name;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::settings::Settings;
use crate::domain::statement::Mapping;

/// The most mappings that are kept.
const MOST: u32 = 200;

/// Keeps a mapping. One of the same name for the same columns is replaced.
pub(super) fn remember(book: &Book, mapping: &Mapping) -> Result<Change, Refused> {
    let name = mapping.name.trim();
    check::name("The name", name)?;
    let mut mappings = book.settings().mappings.clone();
    let kept = Mapping { name: name.to_owned(), ..mapping.clone() };
    match mappings.iter_mut().find(|known| same_name(&known.name, name)) {
        Some(known) if known.head == mapping.head => *known = kept,
        Some(known) => return Err(Refusal::NameTaken(known.name.clone()).at(Field::Name)),
        None => mappings.push(kept),
    }
    let count = u32::try_from(mappings.len()).unwrap_or(u32::MAX);
    if count > MOST {
        return Err(Refusal::TooMany(count, MOST).into());
    }
    mappings.sort_by_cached_key(|known| known.name.to_lowercase());
    Ok(with(book, mappings))
}

/// Forgets a mapping. What was read by it stays.
pub(super) fn forget(book: &Book, name: &str) -> Result<Change, Refused> {
    let known = &book.settings().mappings;
    let mappings: Vec<Mapping> = known.iter().filter(|known| !same_name(&known.name, name)).cloned().collect();
    if mappings.len() == known.len() {
        return Err(Refusal::Gone(Key::Settings).into());
    }
    Ok(with(book, mappings))
}

fn with(book: &Book, mappings: Vec<Mapping>) -> Change {
    Change::replace(book.settings(), Settings { mappings, ..(**book.settings()).clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::statement::Head;
    use crate::domain::testing::mapping;

    fn book() -> Book {
        Book::new(Settings::new(Currency::EUR, chrono_tz::Europe::Berlin))
    }

    fn names(book: &Book) -> Vec<&str> {
        book.settings().mappings.iter().map(|mapping| mapping.name.as_str()).collect()
    }

    #[test]
    fn mappings_stand_by_name_and_one_for_the_same_columns_is_replaced() {
        let mut book = book();
        for name in ["Lantern bank", "kite", " Lantern bank "] {
            let change = remember(&book, &mapping(name)).unwrap();
            book.apply(&change);
        }
        assert_eq!(names(&book), ["kite", "Lantern bank"]);
        let other = Mapping { head: Head::Columns(9), ..mapping("KITE") };
        assert_eq!(remember(&book, &other).unwrap_err().refusal, Refusal::NameTaken("kite".to_owned()));
        assert_eq!(remember(&book, &mapping(" ")).unwrap_err().field, Field::Name);
    }

    #[test]
    fn a_mapping_is_forgotten_and_undo_brings_it_back() {
        let mut book = book();
        book.apply(&remember(&book, &mapping("kite")).unwrap());
        let before = book.clone();
        let change = forget(&book, "Kite").unwrap();
        book.apply(&change);
        assert_eq!(names(&book), [""; 0]);
        assert!(forget(&book, "Kite").is_err());
        book.apply(&change.reversed());
        assert_eq!(book, before);
    }
}
