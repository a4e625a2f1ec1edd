//! Whether a platform takes workers from a country, as far as its sources say.
//!
//! Promises: a source that is silent is never a no, and a no never keeps anybody from adding the platform. Sources
//! that contradict each other give neither yes nor no. Facts that a newer one replaced and leads don't count.

use super::{Figure, Place, Places, Preset};
use crate::domain::country;
use crate::domain::fact::Standing;

/// What the sources of a platform say of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FromCountry {
    /// A source names it, or Europe with it in.
    Named,
    /// A source says that it is open to most of the world.
    Wide,
    /// No source says, or only how many countries there are.
    NotSaid,
    /// Sources contradict each other.
    Differ,
    /// Sources name others.
    OthersNamed,
    /// A source says that it is left out.
    Excluded,
}

impl FromCountry {
    /// Whether some source speaks for it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Named | Self::Wide | Self::Differ)
    }

    /// Whether all that is said speaks against it.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::OthersNamed | Self::Excluded)
    }
}

impl Preset {
    /// What its sources say of a country, by its two letters of ISO 3166-1.
    ///
    /// Sources differ where one speaks for the country and one against it, or where one names others and a fact that
    /// contradicts it leaves open which countries there are.
    #[must_use]
    pub fn workers_from(&self, code: &str) -> FromCountry {
        let in_europe = country::by_code(code).is_some_and(|country| country.in_europe);
        let holds = |place: &Place| match place {
            Place::Country(known) => known == code,
            Place::Europe => in_europe,
        };
        let (mut named, mut wide, mut perhaps, mut others, mut excluded) = (false, false, false, false, false);
        for fact in &self.facts {
            if fact.provenance.standing == Standing::Unverified || fact.valid_until.is_some() {
                continue;
            }
            match &fact.figure {
                Some(Figure::Places(Places::Wide)) => wide = true,
                Some(Figure::Places(Places::Named(places))) if places.iter().any(holds) => named = true,
                Some(Figure::Places(Places::Named(_))) => others = true,
                Some(Figure::Places(Places::Except(places))) if places.iter().any(holds) => excluded = true,
                Some(Figure::Places(Places::AtLeast(_))) => perhaps |= fact.conflict.is_some(),
                Some(
                    Figure::Places(Places::Except(_))
                    | Figure::PerHour { .. }
                    | Figure::TaxForm { .. }
                    | Figure::History(_),
                )
                | None => {}
            }
        }
        match (named || wide, others || excluded) {
            (true, true) => FromCountry::Differ,
            (true, false) if named => FromCountry::Named,
            (true, false) => FromCountry::Wide,
            (false, true) if perhaps => FromCountry::Differ,
            (false, true) if excluded => FromCountry::Excluded,
            (false, true) => FromCountry::OthersNamed,
            (false, false) => FromCountry::NotSaid,
        }
    }
}
