//! Payer rules: whose money it is where certain words stand with it (“PAYPAL *OUTLIER” is Outlier).
//!
//! A rule is learned from a decision of the user's or written by them; it speaks only where nobody has said what a movement is.

use super::ids::PlatformId;

/// Whose money it is where certain words stand with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerRule {
    /// The words, in the order in which they stand there; whatever their case and the space between them.
    pub words: String,
    /// Whose it is.
    pub whose: Whose,
}

/// Whose a movement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// Pay of this platform.
    Platform(PlatformId),
    /// The user's own, from or to another account of theirs.
    Own,
    /// Nothing of work.
    Other,
}

/// Rules made ready for many movements: those with the most letters first.
#[derive(Debug)]
pub struct Rules<'a>(Vec<(String, &'a PayerRule)>);

impl<'a> Rules<'a> {
    /// Of these.
    #[must_use]
    pub fn of(rules: &'a [PayerRule]) -> Self {
        let mut ready: Vec<_> = rules.iter().map(|rule| (plain(&rule.words), rule)).collect();
        ready.retain(|(words, _)| !words.is_empty());
        ready.sort_by_key(|(words, _)| std::cmp::Reverse(words.chars().count()));
        Self(ready)
    }

    /// The rule that speaks where this stands: in whom money came from or went to, or in its text.
    #[must_use]
    pub fn rule(&self, other: &str, text: &str) -> Option<&'a PayerRule> {
        if self.0.is_empty() {
            return None;
        }
        let (other, text) = (plain(other), plain(text));
        self.0.iter().find(|(words, _)| other.contains(words) || text.contains(words)).map(|(_, rule)| *rule)
    }

    /// Whose money it is where this stands, as the rule that speaks says.
    #[must_use]
    pub fn whose(&self, other: &str, text: &str) -> Option<Whose> {
        self.rule(other, text).map(|rule| rule.whose)
    }
}

/// Words in small letters with single spaces between them, so that two ways of writing them are one.
#[must_use]
pub fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(words: &str, whose: Whose) -> PayerRule {
        PayerRule { words: words.to_owned(), whose }
    }

    #[test]
    fn a_rule_fits_words_of_any_case_and_spacing_in_the_payer_or_the_text() {
        let whose = |words: &str, other, text| Rules::of(&[rule(words, Whose::Own)]).whose(other, text);
        let text = "PAYPAL  *Outlier 402-935-7733";
        assert_eq!(whose("paypal *outlier", "", text), Some(Whose::Own));
        assert_eq!(whose("outlier paypal", "", text), None);
        assert_eq!(whose("  ", "", text), None, "no words are no rule");
        assert_eq!(whose("OUTLIER LTD", "Outlier Ltd", ""), Some(Whose::Own));
    }

    #[test]
    fn the_longest_rule_speaks_and_of_equal_ones_the_first() {
        let rules =
            [rule("paypal", Whose::Own), rule("paypal *outlier", Whose::Other), rule("PAYPAL *OUTLIER", Whose::Own)];
        let whose = |text| Rules::of(&rules).whose("", text);
        assert_eq!(whose("paypal *outlier"), Some(Whose::Other));
        assert_eq!(whose("paypal *somebody"), Some(Whose::Own));
        assert_eq!(whose("Lantern Ltd"), None);
    }
}
