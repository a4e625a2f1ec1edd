//! Packed: the parts of a claim as they are kept, exact, in few bytes each.
//!
//! A figure of all parts is a column: nothing at all, the same as another column, or whole numbers of one scale in as many
//! bytes as the largest needs. Most work is settled, untaxed and in one currency, so that of nine figures two or three
//! take room.

use rust_decimal::Decimal;

use super::worth::{Exchange, Worth};
use crate::domain::exchange::MissingRate;
use crate::domain::query::rates::Step;

/// The figures of a part, in the order of the columns.
const FIGURES: usize = 9;
/// Of the whole number in a Decimal, without its sign.
const MANTISSA_BITS: u32 = 96;
/// The bytes of a figure that is kept as decimals are.
const WIDEST: usize = 16;

/// What a part of a claim is worth, and its value in the earning's currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Valued {
    pub(super) worth: Worth,
    pub(super) value: Decimal,
}

/// How a column is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// All of it is nothing.
    Nothing,
    /// The same as an earlier one.
    As(u8),
    /// Whole numbers, so many decimals of a unit, in so many bytes.
    Whole { scale: u8, width: u8 },
    /// As decimals are, where numbers of one scale would be too large.
    Exact,
}

impl Column {
    fn width(self) -> usize {
        match self {
            Self::Nothing | Self::As(_) => 0,
            Self::Whole { width, .. } => usize::from(width),
            Self::Exact => WIDEST,
        }
    }
}

/// The conversions of a part that could not be made.
type Missing = Vec<(Step, MissingRate)>;

/// The parts of a claim, in the order of its members.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    columns: [Column; FIGURES],
    /// A row a part.
    bytes: Box<[u8]>,
    count: u32,
    /// The conversions that could not be made, by part; `None` where all could.
    missing: Option<Box<[Missing]>>,
}

impl Default for Packed {
    fn default() -> Self {
        Self { columns: [Column::Nothing; FIGURES], bytes: Box::default(), count: 0, missing: None }
    }
}

fn figures(part: &Valued) -> [Decimal; FIGURES] {
    let Worth { recorded, accepted, received, unsettled, taxed, exchange, .. } = part.worth;
    let Exchange { drift, spread, unsplit } = exchange;
    [recorded, accepted, received, part.value, unsettled, taxed, drift, spread, unsplit]
}

impl Packed {
    /// Keeps parts.
    pub(super) fn of<'p>(parts: impl ExactSizeIterator<Item = &'p Valued> + Clone) -> Self {
        let mut columns = [Column::Nothing; FIGURES];
        let mut figured: [Vec<Decimal>; FIGURES] = std::array::from_fn(|_| Vec::new());
        for (nth, part) in parts.clone().enumerate() {
            for (column, figure) in figured.iter_mut().zip(figures(part)) {
                // A column begins with its first figure that is something.
                if column.is_empty() {
                    if figure.is_zero() {
                        continue;
                    }
                    column.reserve_exact(parts.len());
                    column.resize(nth, Decimal::ZERO);
                }
                column.push(figure.normalize());
            }
        }
        let mut numbers: Vec<Vec<i128>> = Vec::with_capacity(FIGURES);
        for (at, (kept, column)) in columns.iter_mut().zip(&figured).enumerate() {
            let same = figured.iter().take(at).position(|earlier| earlier == column);
            let (how, of_it) = match same.and_then(|earlier| u8::try_from(earlier).ok()) {
                _ if column.is_empty() => (Column::Nothing, Vec::new()),
                Some(earlier) => (Column::As(earlier), Vec::new()),
                None => whole(column).unwrap_or_else(|| {
                    (Column::Exact, column.iter().map(|figure| i128::from_le_bytes(figure.serialize())).collect())
                }),
            };
            *kept = how;
            numbers.push(of_it);
        }
        let stride: usize = columns.iter().map(|column| column.width()).sum();
        let mut bytes = Vec::with_capacity(stride * parts.len());
        for part in 0..parts.len() {
            for (column, numbers) in columns.iter().zip(&numbers) {
                let number = numbers.get(part).copied().unwrap_or_default().to_le_bytes();
                bytes.extend(number.iter().take(column.width()));
            }
        }
        let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        let none_missing = parts.clone().all(|part| part.worth.missing.is_empty());
        let missing = (!none_missing).then(|| parts.map(|part| part.worth.missing.clone()).collect());
        Self { columns, bytes: bytes.into_boxed_slice(), count, missing }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }

    /// One of them; `None` where there are fewer.
    pub(super) fn get(&self, part: usize) -> Option<Valued> {
        if part >= self.count() {
            return None;
        }
        let stride = self.bytes.len() / self.count().max(1);
        let mut row = self.bytes.get(part * stride..(part + 1) * stride)?;
        let mut found = [Decimal::ZERO; FIGURES];
        for (at, column) in self.columns.iter().enumerate() {
            let (number, rest) = row.split_at_checked(column.width())?;
            row = rest;
            let figure = match column {
                Column::Nothing => continue,
                Column::As(earlier) => found.get(usize::from(*earlier)).copied()?,
                Column::Whole { scale, .. } => decimal(number, *scale),
                Column::Exact => Decimal::deserialize(number.try_into().ok()?),
            };
            *found.get_mut(at)? = figure;
        }
        let [recorded, accepted, received, value, unsettled, taxed, drift, spread, unsplit] = found;
        let exchange = Exchange { drift, spread, unsplit };
        let missing = self.missing.as_ref().and_then(|missing| missing.get(part)).cloned().unwrap_or_default();
        Some(Valued { worth: Worth { recorded, accepted, received, unsettled, taxed, exchange, missing }, value })
    }
}

/// Figures as whole numbers of one scale; `None` where one of them is too large for that.
fn whole(column: &[Decimal]) -> Option<(Column, Vec<i128>)> {
    let scale = column.iter().map(Decimal::scale).max()?;
    let numbers: Option<Vec<i128>> = column
        .iter()
        .map(|figure| figure.mantissa().checked_mul(10_i128.checked_pow(scale - figure.scale())?))
        .collect();
    let numbers = numbers?;
    // What a Decimal can't hold is no figure; seven bits are left for each further byte but the last, which has the sign.
    let bits = numbers.iter().map(|number| i128::BITS - number.unsigned_abs().leading_zeros() + 1).max()?;
    if bits > MANTISSA_BITS + 1 {
        return None;
    }
    let width = u8::try_from(bits.div_ceil(8)).ok()?;
    Some((Column::Whole { scale: u8::try_from(scale).ok()?, width }, numbers))
}

fn decimal(number: &[u8], scale: u8) -> Decimal {
    let negative = number.last().is_some_and(|last| *last >= 0x80);
    let fill = if negative { u8::MAX } else { 0 };
    if number.len() <= 8 {
        let mut bytes = [fill; 8];
        bytes.iter_mut().zip(number).for_each(|(to, from)| *to = *from);
        let number = i64::from_le_bytes(bytes);
        return Decimal::new(number, u32::from(scale));
    }
    let mut bytes = [fill; WIDEST];
    bytes.iter_mut().zip(number).for_each(|(to, from)| *to = *from);
    Decimal::try_from_i128_with_scale(i128::from_le_bytes(bytes), u32::from(scale)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_figure() -> impl Strategy<Value = Decimal> {
        let small = (-2_000_000_i64..2_000_000, 0u32..4).prop_map(|(number, scale)| Decimal::new(number, scale));
        let any = (any::<i128>(), 0u32..=28).prop_map(|(number, scale)| {
            // The largest mantissa has 96 bits.
            Decimal::from_i128_with_scale(number >> 32, scale)
        });
        prop_oneof![4 => small, 2 => Just(Decimal::ZERO), 1 => any, 1 => Just(Decimal::MAX), 1 => Just(Decimal::MIN)]
    }

    fn any_part() -> impl Strategy<Value = Valued> {
        proptest::array::uniform9(any_figure()).prop_map(|found| {
            let [recorded, accepted, received, value, unsettled, taxed, drift, spread, unsplit] = found;
            let exchange = Exchange { drift, spread, unsplit };
            let worth = Worth { recorded, accepted, received, unsettled, taxed, exchange, missing: Vec::new() };
            Valued { worth, value }
        })
    }

    proptest! {
        #[test]
        fn parts_come_out_as_they_went_in(parts in proptest::collection::vec(any_part(), 0..6)) {
            let packed = Packed::of(parts.iter());
            prop_assert_eq!(packed.count(), parts.len());
            for (at, part) in parts.iter().enumerate() {
                prop_assert_eq!(packed.get(at), Some(part.clone()));
            }
            prop_assert_eq!(packed.get(parts.len()), None);
        }
    }

    #[test]
    fn settled_work_in_one_currency_takes_a_few_bytes_a_part() {
        let part = |cents: i64| {
            let money = Decimal::new(cents, 2);
            let worth =
                Worth { recorded: money, accepted: money, received: Decimal::new(cents - 31, 2), ..Worth::default() };
            Valued { worth, value: money }
        };
        let packed = Packed::of((0..25).map(|n| part(1_000 + n)).collect::<Vec<_>>().iter());
        // Up to 10.24 is two bytes with the sign; the value and what was accepted are what was recorded.
        assert_eq!(packed.bytes.len(), 25 * 4);
    }
}
