//! Axes of charts: round figures, as few as can be told apart.

use rust_decimal::Decimal;

use crate::domain::money::Currency;
use crate::ui::format::Style;

/// How many lines over the chart's floor are drawn, at most.
const MOST_TICKS: u32 = 4;

/// The upper end of the axis and its lines: round figures, so that the highest rate lies between the last two.
pub(super) fn ticks(high: Decimal, home: Currency, style: Style) -> (Decimal, Vec<(Decimal, String)>) {
    let step = round_step(high);
    let places = if step.fract().is_zero() { 0 } else { home.minor_units().max(step.normalize().scale()) };
    let mut ticks = vec![(Decimal::ZERO, style.decimals(Decimal::ZERO, places))];
    let mut at = Decimal::ZERO;
    while at < high && ticks.len() <= usize::try_from(MOST_TICKS).unwrap_or(4) {
        at = at.saturating_add(step);
        ticks.push((at, style.decimals(at, places)));
    }
    (at.max(step), ticks)
}

/// The smallest of 1, 1.5, 2, 2.5, 3, 4, 5 and 8, times a power of ten, of which so many reach the highest rate.
fn round_step(high: Decimal) -> Decimal {
    let wanted = high.max(Decimal::new(1, 2)) / Decimal::from(MOST_TICKS);
    let mut unit = Decimal::new(1, 3);
    loop {
        for tenths in [10, 15, 20, 25, 30, 40, 50, 80] {
            let step = unit.saturating_mul(Decimal::new(tenths, 1));
            if step >= wanted {
                return step;
            }
        }
        match unit.checked_mul(Decimal::TEN) {
            Some(next) => unit = next,
            None => return wanted,
        }
    }
}
