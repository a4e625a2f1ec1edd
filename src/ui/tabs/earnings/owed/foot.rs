//! The foot of the list: what is chosen, and the verbs that usually come next; all others in its menu.

use egui::{Align, Layout, RichText, Ui};

use super::chosen::Chosen;
use super::{acts, menu as row_menu};
use crate::domain::money::Bag;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::earnings::owed::{Line, OwedView};
use crate::ui::widgets::{button, menu};

/// The verbs that stand at the foot, from the left; those that can't be used now are left out.
const VERBS: [Verb; 6] = [
    Verb::SettleOwed,
    Verb::EditEarning,
    Verb::MarkReported,
    Verb::MarkApproved,
    Verb::MarkAppealed,
    Verb::MarkRejected,
];

/// Its height with the space over it; nothing is drawn where nothing is chosen.
pub(super) fn height(ui: &Ui, chosen: &Chosen) -> f32 {
    let sizes = &theme::tokens(ui).sizes;
    if chosen.ids.is_empty() { 0.0 } else { sizes.row_dense + sizes.gap_s + ui.spacing().item_spacing.y }
}

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &OwedView, chosen: &Chosen, actions: &mut Vec<Action>) {
    if chosen.ids.is_empty() {
        return;
    }
    let tokens = theme::tokens(ui);
    let lines = chosen.lines(view);
    let mut asked = None;
    ui.add_space(tokens.sizes.gap_s);
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), tokens.sizes.row_dense),
        Layout::right_to_left(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
            let more = ui.add(button::chip("More").menu().tip("More", "Shift+F10", "All verbs of what is chosen"));
            if let Some(Some(verb)) = menu::under(&more, |ui| row_menu::ui(ui, cx, &lines)) {
                asked = Some(verb);
            }
            for verb in VERBS.into_iter().rev() {
                if acts::fitting(verb, &lines).is_empty() {
                    continue;
                }
                let (words, key) = (verb.words(), verb.key_text());
                let chip = button::chip(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
                if ui.add(chip).clicked() {
                    asked = Some(verb);
                }
            }
            let words = words(cx, &lines);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(words).small().color(tokens.muted)).truncate());
            });
        },
    );
    actions.extend(asked.and_then(|verb| acts::action(cx, verb, &lines)));
}

fn words(cx: &Cx<'_>, lines: &[&Line]) -> String {
    if let [one] = lines {
        return format!("Chosen: {}", one.name);
    }
    let mut sum = Bag::default();
    for line in lines {
        sum.add(line.row.open.rounded());
    }
    format!("{} rows chosen, {} open", lines.len(), Style::of(cx.book.settings()).bag(&sum))
}
