//! The heights inside a week of the month, and what there is room for.

/// The heights inside a week, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heights {
    /// Of a day's number.
    pub(super) number: f32,
    /// Of a block, and from one to the next.
    pub(super) block: f32,
    pub(super) pitch: f32,
    /// Of the line of a work period, and from one to the next.
    pub(super) band: f32,
    pub(super) band_pitch: f32,
}

impl Heights {
    const ROOMY: Self = Self { number: 24.0, block: 20.0, pitch: 23.0, band: 4.0, band_pitch: 7.0 };
    /// For low windows: at 900 by 600 two blocks fit, with the line about bills under the month.
    const TIGHT: Self = Self { number: 18.0, block: 18.0, pitch: 19.0, band: 3.0, band_pitch: 5.0 };
    /// From this height of a week on there is room.
    const ROOMY_FROM: f32 = 76.0;

    /// Those of a week so high.
    pub(super) fn of(week: f32) -> Self {
        if week < Self::ROOMY_FROM { Self::TIGHT } else { Self::ROOMY }
    }

    /// Height of lines of work periods at the foot.
    fn foot(self, lines: usize) -> f32 {
        if lines == 0 { 2.0 } else { 4.0 + lines as f32 * self.band_pitch }
    }

    /// How many lanes of blocks, and how many lines of work periods, a week of a height has room for.
    ///
    /// Lines are given up before blocks, but only where a block gains by that; the days' numbers stay free of both.
    pub(super) fn room(self, week: f32, blocks: usize, lines: usize) -> (usize, usize) {
        let lanes = |lines: usize| {
            let room = week - self.number - self.foot(lines) + self.pitch - self.block;
            (0..64).take_while(|lane| room >= (lane + 1) as f32 * self.pitch).count()
        };
        let free = |lines: &usize| *lines == 0 || week >= self.number + self.foot(*lines);
        // Of equals the last: the most lines.
        let lines = (0..=lines).filter(free).max_by_key(|lines| lanes(*lines).min(blocks)).unwrap_or(0);
        (lanes(lines), lines)
    }
}

#[cfg(test)]
mod tests {
    use super::Heights;

    #[test]
    fn in_a_low_week_lines_give_way_to_blocks_and_leave_the_numbers_free() {
        let room = |week: f32, blocks, lines| Heights::of(week).room(week, blocks, lines);
        assert_eq!(room(110.0, 1, 3), (2, 3), "room for all");
        assert_eq!(room(42.0, 1, 3), (1, 0), "one block instead of three lines");
        assert_eq!(room(48.0, 1, 3), (1, 1), "no more lines are given up than needed");
        assert_eq!(room(42.0, 0, 3), (0, 3), "without a block its room is the lines'");
        assert_eq!(room(34.0, 1, 3), (0, 2), "too low for a block, which is counted; no line crosses the number");
        assert_eq!(room(20.0, 2, 3), (0, 0));
    }
}
