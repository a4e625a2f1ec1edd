//! Bills: money that the user must have by a day, such as rent. They say what "enough by" is measured against.
//!
//! A bill is never income and never a cost of a platform: it touches no rate and no total.

use chrono::{Days, Months, NaiveDate};

use super::ids::BillId;
use super::money::Money;

/// A sum that must be there on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Its id.
    pub id: BillId,
    /// What it is for: "Rent".
    pub name: String,
    /// How much, more than nothing.
    pub amount: Money,
    /// The day by which the money must be there; of one that repeats, the first such day.
    pub due_on: NaiveDate,
    /// How often it comes again.
    pub repeats: Repeats,
    /// The last day on which it may come due; `None` where it has no end.
    pub until: Option<NaiveDate>,
}

/// How often something comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repeats {
    /// Once only.
    Never,
    /// Every week.
    Weekly,
    /// Every month on that day, or on the month's last day where it has no such day.
    Monthly,
    /// Every year.
    Yearly,
}

impl Repeats {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Never, Self::Weekly, Self::Monthly, Self::Yearly];
}

impl Bill {
    /// The days on which it is due from a day on, in order. Each is counted from the first, so that the 31st comes back
    /// after February.
    pub fn due_from(&self, from: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        (0..)
            .map_while(|nth| self.nth(nth))
            .skip_while(move |day| *day < from)
            .take_while(|day| self.until.is_none_or(|until| *day <= until))
    }

    /// The nth day on which it is due, counted from 0; `None` where it does not come again or the calendar ends.
    fn nth(&self, nth: u32) -> Option<NaiveDate> {
        match self.repeats {
            Repeats::Never => (nth == 0).then_some(self.due_on),
            Repeats::Weekly => self.due_on.checked_add_days(Days::new(7 * u64::from(nth))),
            Repeats::Monthly => self.due_on.checked_add_months(Months::new(nth)),
            Repeats::Yearly => self.due_on.checked_add_months(Months::new(12u32.checked_mul(nth)?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    fn bill(due_on: &str, repeats: Repeats) -> Bill {
        Bill {
            id: BillId(1),
            name: "Rent".to_owned(),
            amount: Money::new(900.into(), Currency::USD),
            due_on: due_on.parse().unwrap(),
            repeats,
            until: None,
        }
    }

    fn due(bill: &Bill, from: &str, count: usize) -> Vec<String> {
        bill.due_from(from.parse().unwrap()).take(count).map(|day| day.to_string()).collect()
    }

    #[test]
    fn a_monthly_bill_of_the_31st_falls_on_the_last_day_of_short_months() {
        let rent = bill("2026-01-31", Repeats::Monthly);
        assert_eq!(due(&rent, "2026-02-01", 3), ["2026-02-28", "2026-03-31", "2026-04-30"]);
    }

    #[test]
    fn a_bill_ends_where_it_is_said_to_and_a_single_one_is_over_after_its_day() {
        let gym = Bill { until: Some("2026-11-15".parse().unwrap()), ..bill("2026-11-02", Repeats::Weekly) };
        assert_eq!(due(&gym, "2026-11-03", 9), ["2026-11-09"]);
        let once = bill("2026-11-02", Repeats::Never);
        assert_eq!(due(&once, "2026-11-02", 9), ["2026-11-02"]);
        assert!(due(&once, "2026-11-03", 9).is_empty());
    }

    #[test]
    fn days_at_the_end_of_the_calendar_end_the_list() {
        let late = bill("+262142-12-30", Repeats::Weekly);
        assert_eq!(due(&late, "2026-01-01", 3).len(), 1);
    }
}
