//! Countries by their two-letter ISO 3166-1 codes, with English names: for the user to say where they work from.
//!
//! Nothing is derived from a country here; what holds where is said by the facts of platforms.

use iso_currency::Country;

/// All countries by name: code and name.
#[must_use]
pub fn all() -> Vec<(String, &'static str)> {
    let letters = || 'A'..='Z';
    let mut all: Vec<(String, &'static str)> = letters()
        .flat_map(|one| letters().map(move |other| [one, other].iter().collect::<String>()))
        .filter_map(|code| name(&code).map(|name| (code, name)))
        .collect();
    all.sort_by_key(|(_, name)| *name);
    all
}

/// The name of a country; `None` where the code names none.
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    let country: Country = code.parse().ok()?;
    Some(country.name()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_a_code_that_leads_back_to_its_name() {
        // Source: ISO 3166-1 has 249 countries and territories.
        let all = all();
        assert!((240..=252).contains(&all.len()), "{}", all.len());
        assert!(all.iter().all(|(code, known)| name(code) == Some(known)));
        assert_eq!(name("KE"), Some("Kenya"));
        assert_eq!((name("ZZ"), name(""), name("ke")), (None, None, None));
    }
}
