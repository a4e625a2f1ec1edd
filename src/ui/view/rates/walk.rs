//! Walking the points of the lines with the arrow keys: along a line, and from line to line.

use rust_decimal::Decimal;

use super::over::Over;

/// A point that the keyboard is on: the places of its line and of the point in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Which line.
    pub line: usize,
    /// Which of its points.
    pub point: usize,
}

/// Where an arrow key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// The point before on the line.
    Earlier,
    /// The point after.
    Later,
    /// The next line above, as near in time as can be.
    Higher,
    /// The next line below.
    Lower,
}

impl Over {
    /// Where the keyboard begins: the last point of the first line that has one.
    #[must_use]
    pub fn begin(&self) -> Option<Cursor> {
        self.lines.iter().enumerate().find_map(|(line, of)| {
            let (point, _, _) = of.drawn().next_back()?;
            Some(Cursor { line, point })
        })
    }

    /// The cursor where it still stands on a point that is drawn.
    #[must_use]
    pub fn still(&self, cursor: Cursor) -> Option<Cursor> {
        self.point(cursor.line, cursor.point).filter(|(_, point)| point.rate.is_some()).map(|_| cursor)
    }

    /// The next point that way; the same one where there is none.
    #[must_use]
    pub fn walk(&self, cursor: Cursor, towards: Towards) -> Cursor {
        let next = match towards {
            Towards::Earlier | Towards::Later => self.along(cursor, towards),
            Towards::Higher | Towards::Lower => self.across(cursor, towards),
        };
        next.unwrap_or(cursor)
    }

    fn along(&self, cursor: Cursor, towards: Towards) -> Option<Cursor> {
        let mut drawn = self.lines.get(cursor.line)?.drawn().map(|(point, _, _)| point);
        let point = if towards == Towards::Later {
            drawn.find(|point| *point > cursor.point)
        } else {
            drawn.take_while(|point| *point < cursor.point).last()
        }?;
        Some(Cursor { point, ..cursor })
    }

    /// Of each line the point that is nearest in time; of these the next one above or below.
    fn across(&self, cursor: Cursor, towards: Towards) -> Option<Cursor> {
        let (_, here) = self.point(cursor.line, cursor.point)?;
        let mut order: Vec<(Decimal, Cursor)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(line, of)| {
                let nearest = of.drawn().min_by_key(|(_, point, _)| (point.at - here.at).abs());
                let (point, _, rate) = if line == cursor.line { (cursor.point, here, here.rate?) } else { nearest? };
                Some((rate, Cursor { line, point }))
            })
            .collect();
        // Equal rates keep the order of the lines, so that each is reached.
        order.sort_by_key(|(rate, _)| *rate);
        let at = order.iter().position(|(_, of)| of.line == cursor.line)?;
        let next = if towards == Towards::Higher { at.checked_add(1) } else { at.checked_sub(1) }?;
        order.get(next).map(|(_, cursor)| *cursor)
    }
}
