//! Tables as text: a line a row, tabs between the cells, and numbers that a spreadsheet reads as numbers.

use rust_decimal::{Decimal, RoundingStrategy};

/// A table being written.
pub(in crate::ui::view) struct Lines(String);

impl Lines {
    pub(in crate::ui::view) fn new(heads: &[&str]) -> Self {
        let mut lines = Self(String::new());
        lines.line(heads);
        lines
    }

    pub(in crate::ui::view) fn line(&mut self, cells: &[&str]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.0.push('\t');
            }
            // A name may hold what would break the table.
            self.0.push_str(&cell.replace(['\t', '\n', '\r'], " "));
        }
        self.0.push('\n');
    }

    pub(in crate::ui::view) fn finish(self) -> String {
        self.0
    }
}

/// "-1234.50": rounded half to even, no groups, nothing where there is no figure.
pub(in crate::ui::view) fn number(value: Option<Decimal>, places: u32) -> String {
    let Some(value) = value else { return String::new() };
    let places = places.min(28);
    let mut rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
    // A rounded nothing has no sign; more decimals than it holds are noughts.
    if rounded.is_zero() {
        rounded = Decimal::ZERO;
    }
    rounded.rescale(places);
    rounded.to_string()
}

/// Hours as a number: "6.5", to four decimals.
pub(in crate::ui::view) fn hours(secs: i64) -> String {
    let hours = Decimal::from(secs) / Decimal::from(3600);
    hours.round_dp_with_strategy(4, RoundingStrategy::MidpointNearestEven).normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_cells_keep_to_their_line() {
        let dec = |text: &str| text.parse::<Decimal>().ok();
        assert_eq!(number(dec("-1234.505"), 2), "-1234.50");
        assert_eq!(number(dec("-0.001"), 2), "0.00");
        assert_eq!(number(dec("7"), 0), "7");
        assert_eq!(number(None, 2), "");
        assert_eq!([hours(23_400), hours(0), hours(100)], ["6.5", "0", "0.0278"]);
        let mut lines = Lines::new(&["A", "B"]);
        lines.line(&["a\tb", "c\nd"]);
        assert_eq!(lines.finish(), "A\tB\na b\tc d\n");
    }
}
