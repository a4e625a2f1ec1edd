//! A banner below the strip: something that stays until it is mended or answered, with what can be done about it.
//!
//! Where the window is wide its buttons stand beside the words, else under them; nothing is cut off.

use egui::{Align, Color32, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use crate::ui::theme;
use crate::ui::widgets::{button, rich};

/// What a chip has beside its words, with the gap to the next.
const AROUND: f32 = 30.0;

/// A line that can be dismissed, where it has words for that; true where it was.
pub(super) fn notice(ui: &mut Ui, id: &str, text: &str, dismiss: Option<&str>) -> bool {
    notice_with(ui, id, text, dismiss.as_slice()).is_some()
}

/// A line with verbs at its right, the first at the very right; the one that was clicked.
pub(super) fn notice_with<'v>(ui: &mut Ui, id: &str, text: &str, verbs: &[&'v str]) -> Option<&'v str> {
    let ink = theme::tokens(ui).warn;
    let offered: Vec<(&'v str, &str)> = verbs.iter().rev().map(|words| (*words, "")).collect();
    let asked = Banner { id, text, ink, detail: "", aside: "", verbs: &offered }.show(ui)?;
    offered.get(asked).map(|(words, _)| *words)
}

/// A banner being described; `show` draws it.
pub(super) struct Banner<'a> {
    /// Its name among banners.
    pub id: &'a str,
    /// What it says.
    pub text: &'a str,
    /// The colour of that.
    pub ink: Color32,
    /// A tooltip of the words; empty for none.
    pub detail: &'a str,
    /// A few muted words before the buttons.
    pub aside: &'a str,
    /// What can be done: words, and a line about it.
    pub verbs: &'a [(&'a str, &'a str)],
}

impl Banner<'_> {
    /// Draws it; which of its buttons was clicked.
    pub(super) fn show(&self, ui: &mut Ui) -> Option<usize> {
        let tokens = theme::tokens(ui);
        let sizes = &tokens.sizes;
        let wide = |size: f32, text: &str| {
            rich::one_line(ui, text, theme::regular(size), Color32::PLACEHOLDER, f32::INFINITY).size().x
        };
        let verbs: f32 = self.verbs.iter().map(|(words, _)| wide(sizes.small, words) + AROUND).sum();
        let aside = if self.aside.is_empty() { 0.0 } else { wide(sizes.small, self.aside) + AROUND };
        let beside = wide(sizes.body, self.text) + aside + verbs <= ui.available_width() - 2.0 * sizes.gap_l;
        let high = if beside { sizes.gap_xs } else { sizes.gap_s };
        let margin = Margin::symmetric(theme::whole_i8(sizes.gap_l), theme::whole_i8(high));
        let frame = Frame::new().fill(tokens.surface).inner_margin(margin);
        let panel = Panel::top(("notice", self.id)).frame(frame);
        panel.show(ui, |ui| if beside { self.beside_ui(ui) } else { self.under_ui(ui) }).inner
    }

    fn beside_ui(&self, ui: &mut Ui) -> Option<usize> {
        ui.horizontal(|ui| {
            ui.set_min_height(theme::tokens(ui).sizes.row_dense);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let mut asked = None;
                for (at, verb) in self.verbs.iter().enumerate().rev() {
                    asked = asked.or(verb_ui(ui, *verb).then_some(at));
                }
                self.aside_ui(ui);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| self.text_ui(ui));
                asked
            })
            .inner
        })
        .inner
    }

    fn under_ui(&self, ui: &mut Ui) -> Option<usize> {
        self.text_ui(ui);
        ui.horizontal_wrapped(|ui| {
            let mut asked = None;
            for (at, verb) in self.verbs.iter().enumerate() {
                asked = asked.or(verb_ui(ui, *verb).then_some(at));
            }
            self.aside_ui(ui);
            asked
        })
        .inner
    }

    fn text_ui(&self, ui: &mut Ui) {
        let label = ui.add(Label::new(RichText::new(self.text).color(self.ink)).wrap());
        if !self.detail.is_empty() {
            button::tip(label, self.text, "", self.detail);
        }
    }

    fn aside_ui(&self, ui: &mut Ui) {
        if !self.aside.is_empty() {
            ui.label(RichText::new(self.aside).small().color(theme::tokens(ui).muted));
        }
    }
}

fn verb_ui(ui: &mut Ui, (words, line): (&str, &str)) -> bool {
    ui.add(button::chip(words).tip(words, "", line)).clicked()
}
