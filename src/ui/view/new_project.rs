//! What a typed text creates in the project picker: "Aloe", "Aloe $25", "Aloe on Outlier 25/h".
//!
//! A price counts only with a sign, a code or "/h", so that "Lantern 2" stays a name. Without one, the last hourly
//! price of the platform is taken and shown.

use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::Project;
use crate::domain::terms::{Pay, Range, Terms};
use crate::ui::format::Style;
use crate::ui::typed::{Amount, Reader};

/// How much of a name stands in the picker's last entry.
const SHOWN_LETTERS: usize = 20;

/// A project to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub platform: PlatformId,
    /// Its hourly rate; `None` where none was typed and none is known.
    pub rate: Option<Money>,
    /// The project of this name that is there already: it is chosen, not created.
    pub existing: Option<ProjectId>,
}

impl NewProject {
    /// Reads a typed text. `likely` is the platform where none is named.
    #[must_use]
    pub fn read(book: &Book, text: &str, likely: Option<PlatformId>) -> Option<Self> {
        let reader = Style::of(book.settings()).reader();
        let mut rest = text.trim();
        let mut typed_rate = None;
        if let Some((before, last)) = rest.rsplit_once(char::is_whitespace)
            && let Some(rate) = read_rate(last, reader)
        {
            typed_rate = Some(rate);
            rest = before.trim_end_matches([',', ' ']);
        }
        let mut platform = likely;
        if let Some(at) = rest.to_lowercase().rfind(" on ")
            && let (Some(name), Some(wanted)) = (rest.get(..at), rest.get(at + 4..))
            && let Some(found) = platform_named(book, wanted)
        {
            platform = Some(found);
            rest = name.trim_end();
        }
        let platform = platform?;
        let rest = rest.trim_end_matches([',', ' ']);
        if rest.is_empty() {
            return None;
        }
        let currency = book.platform(platform)?.currency;
        let rate = match typed_rate {
            Some((amount, code)) => Some(Money::new(amount, code.unwrap_or(currency))),
            None => last_rate(book, platform),
        };
        let existing = book
            .projects_of(platform)
            .find(|project| project.name.trim().eq_ignore_ascii_case(rest))
            .map(|project| project.id);
        Some(Self { name: rest.to_owned(), platform, rate, existing })
    }

    /// The words of the picker's last entry: "Create “Aloe” on Outlier, $25.00/h".
    #[must_use]
    pub fn words(&self, book: &Book) -> String {
        let platform = book.platform(self.platform).map_or("", |platform| platform.name.as_str());
        // Of a long name the end is left out: where it goes and what it pays must be seen.
        let mut name: String = self.name.chars().take(SHOWN_LETTERS).collect();
        if name.len() < self.name.len() {
            name = format!("{}…", name.trim_end());
        }
        match self.rate {
            _ if self.existing.is_some() => format!("“{name}” on {platform}"),
            Some(rate) => format!("Create “{name}” on {platform}, {}/h", Style::of(book.settings()).money(rate)),
            None => format!("Create “{name}” on {platform}"),
        }
    }

    /// The records to add; `draw` gives random numbers for their ids.
    #[must_use]
    pub fn records(&self, draw: &mut dyn FnMut() -> u64) -> (Project, Option<Terms>) {
        let project = Project::new(ProjectId(draw()), self.platform, self.name.clone());
        let terms = self.rate.map(|rate| Terms {
            // What a worker calls "my rate" is what the platform advertised to them, until they say otherwise.
            advertised: Some(Range::exactly(rate.amount)),
            ..Terms::new(TermsId(draw()), project.id, rate.currency, Pay::PerHour(rate.amount))
        });
        (project, terms)
    }
}

fn read_rate(word: &str, reader: Reader) -> Option<(rust_decimal::Decimal, Option<Currency>)> {
    let lower = word.to_lowercase();
    let bare = lower.strip_suffix("/h").or_else(|| lower.strip_suffix("/hr"));
    let Amount { value: amount, currency: code } = reader.amount(bare.unwrap_or(word)).ok()?;
    let currency = match code {
        Some(code) => Some(code.parse().ok()?),
        None if bare.is_some() => None,
        None => return None,
    };
    (amount > rust_decimal::Decimal::ZERO).then_some((amount, currency))
}

fn platform_named(book: &Book, wanted: &str) -> Option<PlatformId> {
    let wanted = wanted.trim().to_lowercase();
    if wanted.is_empty() {
        return None;
    }
    let platforms = book.platforms_by_name();
    let name = |at: &usize| platforms.get(*at).map(|platform| platform.name.to_lowercase()).unwrap_or_default();
    (0..platforms.len())
        .find(|at| name(at) == wanted)
        .or_else(|| (0..platforms.len()).find(|at| name(at).starts_with(&wanted)))
        .and_then(|at| platforms.get(at).map(|platform| platform.id))
}

/// The hourly rate of the newest hourly terms on a platform.
fn last_rate(book: &Book, platform: PlatformId) -> Option<Money> {
    book.projects_of(platform)
        .flat_map(|project| book.terms_of(project.id))
        .filter_map(|terms| match terms.pay {
            Pay::PerHour(rate) => Some((terms.from, terms.id, Money::new(rate, terms.currency))),
            Pay::PerTask(_) | Pay::PerUnit { .. } | Pay::Milestones(_) | Pay::BySession => None,
        })
        .max_by_key(|(from, id, _)| (*from, *id))
        .map(|(_, _, rate)| rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::Kit;

    #[test]
    fn of_a_long_name_the_end_is_left_out_so_that_place_and_price_are_seen() {
        let book = Kit::new().book;
        let read = |text: &str| NewProject::read(&book, text, Some(PlatformId(1))).expect("it is a project");
        let long = read("Ten thousand pictures of cats and dogs on Platform 2 $25");
        assert_eq!(long.name, "Ten thousand pictures of cats and dogs", "all of it is kept");
        assert_eq!(long.words(&book), "Create “Ten thousand picture…” on Platform 2, $25.00/h");
        assert!(read("Aloe $25").words(&book).starts_with("Create “Aloe” on Platform 1"));
    }
}
