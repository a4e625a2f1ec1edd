//! Lanes: stretches of days of one week, laid under each other so that no two share a day and a lane.
//!
//! Pure geometry in whole days; it knows neither money nor pixels. Used for payouts and for work periods.

use crate::domain::span::DayRange;

/// Days of a week.
pub const WEEK: usize = 7;

/// A stretch of days inside one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Place of its item in the list that was packed.
    pub item: usize,
    /// Its first day, counted from 0.
    pub from: usize,
    /// Its last day, up to 6, never before the first.
    pub until: usize,
    /// Its lane, counted from 0.
    pub lane: usize,
    /// Whether the item begins here, not in a week before.
    pub starts: bool,
    /// Whether it ends here, not in a week after.
    pub ends: bool,
}

impl Span {
    /// Whether a day of the week lies in it.
    #[must_use]
    pub fn holds(&self, day: usize) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// The parts of items that fall into a week, each in the first lane that is free on all its days.
///
/// Earlier ones come first, then longer ones, then as given: the same items always give the same lanes.
#[must_use]
pub fn pack(items: impl IntoIterator<Item = (usize, DayRange)>, week: DayRange) -> Vec<Span> {
    let mut spans: Vec<Span> = items
        .into_iter()
        .filter(|(_, days)| days.meets(week))
        .map(|(item, days)| Span {
            item,
            from: place(days.first.max(week.first), week),
            until: place(days.last.min(week.last), week),
            lane: 0,
            starts: week.contains(days.first),
            ends: week.contains(days.last),
        })
        .collect();
    spans.sort_by_key(|span| (span.from, std::cmp::Reverse(span.until), span.item));
    // Sorted by start, so a lane is free for all days of a span once its last one has ended.
    let mut taken_until: Vec<usize> = Vec::new();
    for span in &mut spans {
        let free = taken_until.iter().position(|until| *until < span.from);
        span.lane = free.unwrap_or(taken_until.len());
        match taken_until.get_mut(span.lane) {
            Some(until) => *until = span.until,
            None => taken_until.push(span.until),
        }
    }
    spans
}

fn place(day: chrono::NaiveDate, week: DayRange) -> usize {
    usize::try_from((day - week.first).num_days()).unwrap_or(0).min(WEEK - 1)
}

/// How many spans of a day stand in lanes from `lanes` on, and so have no room.
#[must_use]
pub fn hidden_on(spans: &[Span], day: usize, lanes: usize) -> usize {
    spans.iter().filter(|span| span.holds(day) && span.lane >= lanes).count()
}

/// How many lanes of the first `lanes` are in use on a day, counted up to the last used one.
#[must_use]
pub fn used_on(spans: &[Span], day: usize, lanes: usize) -> usize {
    spans.iter().filter(|span| span.holds(day) && span.lane < lanes).map(|span| span.lane + 1).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::span::day_plus;

    fn week() -> DayRange {
        DayRange::new("2026-11-23".parse().unwrap(), "2026-11-29".parse().unwrap())
    }

    fn days(from: i64, len: i64) -> DayRange {
        let monday: NaiveDate = week().first;
        DayRange::new(day_plus(monday, from), day_plus(monday, from + len - 1))
    }

    #[test]
    fn a_window_over_a_week_end_is_cut_and_says_so() {
        let over_both = pack([(0, days(-2, 20))], week());
        assert_eq!(over_both, [Span { item: 0, from: 0, until: 6, lane: 0, starts: false, ends: false }]);
        let over_end = pack([(0, days(6, 2))], week());
        assert_eq!(over_end, [Span { item: 0, from: 6, until: 6, lane: 0, starts: true, ends: false }]);
        assert!(pack([(0, days(7, 1)), (1, days(-1, 1))], week()).is_empty());
    }

    #[test]
    fn a_free_lane_is_used_again_and_the_longer_one_lies_on_top() {
        // Mon 23 alone, then Tue 24 – Wed 25 over Wed 25, as in the drawing of the tab.
        let spans = pack([(0, days(2, 1)), (1, days(0, 1)), (2, days(1, 2))], week());
        let lanes: Vec<(usize, usize)> = spans.iter().map(|span| (span.item, span.lane)).collect();
        assert_eq!(lanes, [(1, 0), (2, 0), (0, 1)]);
        assert_eq!(used_on(&spans, 2, 9), 2);
        assert_eq!(used_on(&spans, 2, 1), 1);
        assert_eq!(hidden_on(&spans, 2, 1), 1);
        assert_eq!(hidden_on(&spans, 0, 1), 0);
    }

    proptest::proptest! {
        #[test]
        fn no_two_blocks_share_a_day_and_a_lane(
            items in proptest::collection::vec((-9i64..12, 1i64..12), 0..40),
            lanes in 0usize..6,
        ) {
            let items: Vec<(usize, DayRange)> =
                items.into_iter().map(|(from, len)| days(from, len)).enumerate().collect();
            let spans = pack(items.clone(), week());
            for (at, one) in spans.iter().enumerate() {
                proptest::prop_assert!(one.from <= one.until && one.until < WEEK);
                for other in &spans[at + 1..] {
                    let apart = one.until < other.from || other.until < one.from;
                    proptest::prop_assert!(apart || one.lane != other.lane);
                }
            }
            for day in 0..WEEK {
                let date = day_plus(week().first, i64::try_from(day).unwrap());
                let wanted = items.iter().filter(|(_, days)| days.contains(date)).count();
                let shown = spans.iter().filter(|span| span.holds(day) && span.lane < lanes).count();
                proptest::prop_assert_eq!(shown + hidden_on(&spans, day, lanes), wanted);
                // As many lanes as the fullest day needs, never more.
                proptest::prop_assert!(used_on(&spans, day, usize::MAX) <= items.len());
            }
        }
    }
}
