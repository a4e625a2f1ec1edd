//! The formats that are read, in one list: the window and the terminal tell it, and tests hold the readers to it.

/// A format, or the formats of one provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// What it is called.
    pub name: &'static str,
    /// What its files hold.
    pub holds: Holds,
    /// The codes of its statements.
    pub codes: &'static [&'static str],
}

/// What files of a format hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    /// Work that a platform credits.
    Work,
    /// Time that a tracker measured.
    Time,
    /// Money that moved on an account.
    Money,
}

impl Holds {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Work, Self::Time, Self::Money];
}

const fn format(name: &'static str, holds: Holds, codes: &'static [&'static str]) -> Format {
    Format { name, holds, codes }
}

/// All of them, the most usual ones of each kind first.
pub const FORMATS: &[Format] = &[
    format("Outlier", Holds::Work, &["outlier"]),
    format("DataAnnotation’s saved payments page", Holds::Work, &["dataannotation", "dataannotation-rows"]),
    format("Upwork", Holds::Work, &["upwork", "upwork-statement", "upwork-weekly"]),
    format("MTurk Suite", Holds::Work, &["mturk"]),
    format("TrueRate’s own template", Holds::Work, &["template"]),
    format("Toggl", Holds::Time, &["toggl"]),
    format("Clockify", Holds::Time, &["clockify"]),
    format("Harvest", Holds::Time, &["harvest"]),
    format("Kimai", Holds::Time, &["kimai"]),
    format("solidtime", Holds::Time, &["solidtime"]),
    format("timeclock", Holds::Time, &["timeclock"]),
    format("ISO time entries", Holds::Time, &["iso-time"]),
    format("PayPal", Holds::Money, &["paypal"]),
    format("Wise", Holds::Money, &["wise"]),
    format("Payoneer", Holds::Money, &["payoneer"]),
    format("Revolut", Holds::Money, &["revolut", "revolut-business"]),
    format("Stripe", Holds::Money, &["stripe", "stripe-payouts"]),
    format("Cash App", Holds::Money, &["cash-app"]),
    format("Venmo", Holds::Money, &["venmo"]),
    format("Monzo", Holds::Money, &["monzo"]),
    format("N26", Holds::Money, &["n26"]),
    format("ING", Holds::Money, &["ing"]),
    format("DKB", Holds::Money, &["dkb"]),
    format("Bank of America", Holds::Money, &["boa"]),
    format("Wells Fargo", Holds::Money, &["wells-fargo"]),
    format("OFX and QFX", Holds::Money, &["ofx"]),
    format("camt.053", Holds::Money, &["camt"]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_code_and_each_name_stands_there_once() {
        let codes: Vec<&str> = FORMATS.iter().flat_map(|format| format.codes.iter().copied()).collect();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
        assert_eq!(FORMATS.iter().map(|format| format.name).collect::<BTreeSet<_>>().len(), FORMATS.len());
    }
}
