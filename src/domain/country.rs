//! Countries: the two letters of ISO 3166-1, their usual English names, and which of them are in Europe.
//!
//! The list is data, `assets/countries.tsv`, built into the program; it says nothing about borders or claims. A line
//! that cannot be read is passed over; a test reads them all.

use std::sync::OnceLock;

/// A country or territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// Its two capital letters.
    pub code: &'static str,
    /// Its usual English name.
    pub name: &'static str,
    /// Whether it is in Europe, as far as statistics of the UN and the EU count.
    pub in_europe: bool,
}

const LIST: &str = include_str!("../../assets/countries.tsv");

/// All of them, by name.
pub fn all() -> &'static [Country] {
    static ALL: OnceLock<Vec<Country>> = OnceLock::new();
    ALL.get_or_init(|| LIST.lines().filter(|line| !line.starts_with('#')).filter_map(read).collect())
}

/// The country of a code; `None` where there is no such country.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Country> {
    all().iter().find(|country| country.code == code)
}

/// The name of a country; `None` where the code names none.
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    by_code(code).map(|country| country.name)
}

/// Whether a text is the code of a country.
#[must_use]
pub fn is_code(text: &str) -> bool {
    by_code(text).is_some()
}

fn read(line: &'static str) -> Option<Country> {
    let mut parts = line.split('\t');
    let (code, name) = (parts.next()?, parts.next()?);
    Some(Country { code, name, in_europe: parts.next() == Some("Europe") })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_country_with_a_code_and_a_name_of_its_own() {
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!((lines, all().len()), (249, 249), "ISO 3166-1 has 249 entries");
        let codes: BTreeSet<&str> = all().iter().map(|country| country.code).collect();
        let names: BTreeSet<&str> = all().iter().map(|country| country.name).collect();
        assert_eq!((codes.len(), names.len()), (249, 249));
        for country in all() {
            assert!(country.code.len() == 2 && country.code.bytes().all(|letter| letter.is_ascii_uppercase()));
            assert!(!country.name.is_empty() && country.name.trim() == country.name, "{}", country.code);
        }
    }

    #[test]
    fn countries_are_found_by_their_letters() {
        assert_eq!(by_code("KE").map(|country| (country.name, country.in_europe)), Some(("Kenya", false)));
        assert_eq!(by_code("DE").map(|country| (country.name, country.in_europe)), Some(("Germany", true)));
        for wrong in ["", "ke", "UK", "Europe", "ZZ"] {
            assert_eq!((by_code(wrong), name(wrong)), (None, None), "{wrong}");
        }
    }

    #[test]
    fn the_members_of_the_european_union_are_in_europe() {
        // Source: european-union.europa.eu, list of the 27 members, as of 2020.
        let members = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
        for code in members.split(' ') {
            assert!(by_code(code).is_some_and(|country| country.in_europe), "{code}");
        }
    }
}
