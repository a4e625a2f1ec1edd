//! Figures in mixed weight: the number counts, its unit stands back (`17 h 40 m`, `$17.76/h`, `~ $180.00`).
//!
//! The text itself is not changed: what is read aloud and copied is what was given.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, FontId, Galley, Response, Sense, Ui, Widget};

use crate::ui::theme::{self, Tokens};

/// Words that stand back when they follow a number.
const UNITS: [&str; 8] = ["h", "m", "s", "d", "%", "sessions", "session", "tasks"];

/// A figure being described; give it to `ui.add`.
#[derive(Clone, Debug)]
#[must_use = "give it to `ui.add`, or take its `job`"]
pub struct Figure<'a> {
    text: &'a str,
    strong: bool,
    size: Option<f32>,
    color: Option<Color32>,
}

/// A figure in body size.
pub const fn figure(text: &str) -> Figure<'_> {
    Figure { text, strong: false, size: None, color: None }
}

impl Figure<'_> {
    /// Numbers in semi-bold.
    pub const fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    /// Size of the numbers in points, from the tokens; units are two thirds of it, at least 12.
    pub const fn size(mut self, size: f32) -> Self {
        self.size = Some(size);
        self
    }

    /// Colour of the numbers, from the tokens; units stay muted.
    pub const fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    /// The text laid out in parts.
    #[must_use]
    pub fn job(&self, tokens: &Tokens) -> LayoutJob {
        let size = self.size.unwrap_or(tokens.sizes.body);
        let font = if self.strong { theme::semibold(size) } else { theme::regular(size) };
        let unit_size = (size * 2.0 / 3.0).max(tokens.sizes.small).min(size);
        let number =
            TextFormat { valign: Align::BOTTOM, ..TextFormat::simple(font, self.color.unwrap_or(tokens.text)) };
        let unit = TextFormat { valign: Align::BOTTOM, ..TextFormat::simple(theme::regular(unit_size), tokens.muted) };
        let mut job = LayoutJob::default();
        for (part, is_unit) in parts(self.text) {
            job.append(part, 0.0, if is_unit { unit.clone() } else { number.clone() });
        }
        job
    }
}

impl Widget for Figure<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let job = self.job(theme::tokens(ui));
        ui.add(egui::Label::new(job).sense(Sense::hover()))
    }
}

/// Cuts a figure into (part, is it a unit); joined they are the text again.
fn parts(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut after_number = false;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let unit = bare == "~" || (after_number && UNITS.contains(&bare));
        match bare.find('/') {
            Some(slash) if !unit && bare.starts_with(|c: char| !c.is_alphabetic()) => {
                let (number, per) = word.split_at(slash);
                parts.push((number, false));
                parts.push((per, true));
            }
            _ => parts.push((word, unit)),
        }
        after_number = bare.ends_with(|c: char| c.is_ascii_digit());
    }
    parts
}

/// One line of text, cut with an ellipsis where it is wider than `width` points.
#[must_use]
pub fn one_line(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    if width.is_finite() {
        job.wrap = TextWrapping::truncate_at_width(width);
    }
    ui.painter().layout_job(job)
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::window;

    fn units(text: &str) -> Vec<&str> {
        let parts = parts(text);
        assert_eq!(parts.iter().map(|(part, _)| *part).collect::<String>(), text);
        parts.into_iter().filter_map(|(part, unit)| unit.then_some(part.trim())).collect()
    }

    #[test]
    fn units_stand_back_and_nothing_is_lost() {
        assert_eq!(units("17 h 40 m"), ["h", "m"]);
        assert_eq!(units("$17.76/h"), ["/h"]);
        assert_eq!(units("~ $180.00"), ["~"]);
        assert_eq!(units("312 sessions"), ["sessions"]);
        assert_eq!(units("62 %"), ["%"]);
        assert_eq!(units("in review"), Vec::<&str>::new());
        assert_eq!(units("earned m"), Vec::<&str>::new());
        assert_eq!(units(""), Vec::<&str>::new());
    }

    #[test]
    fn a_figure_is_read_aloud_whole() {
        let harness = window((), |ui, ()| {
            ui.add(figure("17 h 40 m").strong());
        });
        harness.get_by_label("17 h 40 m");
    }
}
