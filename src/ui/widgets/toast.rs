//! "Deleted session · Undo Ctrl+Z" in the tab strip, for ten seconds.
//!
//! It takes what room is left there and covers nothing: no row and none of its verbs. The time comes from the caller;
//! here is no clock. Nothing is lost when it goes, or where there is no room: Undo stays in the strip.

use std::time::Duration;

use egui::accesskit::Live;
use egui::{Align, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{button, keycap, rich};
use crate::ui::theme;

/// How long a toast stays, in seconds.
pub const SECONDS: f64 = 10.0;

/// With less room than this, in points, it says nothing rather than a syllable.
pub const LEAST: f32 = 104.0;
/// With less room than this Undo is left to the strip's own button.
pub const UNDO_FROM: f32 = 150.0;
/// Below this width the key of Undo is in its tooltip alone.
const KEY_FROM: f32 = 260.0;

/// What became of a toast in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toast {
    /// It stays.
    Showing,
    /// Its button was clicked; take it away.
    Undone,
    /// Its time is over.
    Over,
}

/// The width in points that a text takes without a button, with the gap beside it.
#[must_use]
pub fn width_of(ui: &Ui, text: &str) -> f32 {
    let tokens = theme::tokens(ui);
    let font = theme::regular(tokens.sizes.body);
    rich::one_line(ui, text, font, tokens.text, f32::INFINITY).size().x + 3.0 * tokens.sizes.gap_m
}

/// Shows `text` and the words and key of a button (none where `undo` is), `shown_secs` after it came up, in what room is
/// left of a row that is laid out from the right.
///
/// Asks for one repaint when its time is over, none before.
#[must_use]
pub fn toast(ui: &mut Ui, text: &str, undo: Option<(&str, &str)>, shown_secs: f64) -> Toast {
    let left = SECONDS - shown_secs;
    if left <= 0.0 || left.is_nan() {
        return Toast::Over;
    }
    ui.ctx().request_repaint_after(Duration::from_secs_f64(left.min(SECONDS)));
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    if ui.available_width() < LEAST {
        return Toast::Showing;
    }
    let room = ui.available_width() - sizes.gap_m;
    let (words, key) = undo.filter(|_| ui.available_width() >= UNDO_FROM).unwrap_or_default();
    let measure =
        |text: &str, size: f32| rich::one_line(ui, text, theme::regular(size), tokens.text, f32::INFINITY).size().x;
    let with_key = room >= KEY_FROM && !key.is_empty();
    // Between button and cap, and the cap's own margins.
    let of_key = if with_key { measure(key, sizes.small) + sizes.gap_s + 12.0 } else { 0.0 };
    let of_undo = if words.is_empty() { 0.0 } else { measure(words, sizes.body) + sizes.gap_l + of_key };
    let of_text = room - of_undo - 2.0 * sizes.gap_m;
    let said = rich::one_line(ui, text, theme::regular(sizes.body), tokens.text, of_text);
    let size = vec2(said.size().x + of_undo + 2.0 * sizes.gap_m, sizes.row_dense + 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    ui.painter().rect_filled(rect, tokens.radius(), tokens.raised);
    let at = pos2(rect.left() + sizes.gap_m, rect.center().y - said.size().y / 2.0);
    let cut = said.elided;
    ui.painter().galley(at, said, tokens.text);
    if cut {
        button::tip(response, text, "", "");
    }
    if words.is_empty() {
        return Toast::Showing;
    }
    let end = pos2(rect.right() - sizes.gap_m, rect.center().y);
    if with_key {
        keycap::paint(ui, end, key, tokens.surface);
    }
    let place = Rect::from_min_max(pos2(end.x - of_undo, rect.top()), pos2(end.x - of_key, rect.bottom()));
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
    // The strip has a button of the same word; this one says what it takes back.
    let name = format!("{words}: {text}");
    if row.add(button::link(words).color(tokens.accent).named(&name).tip(words, key, text)).clicked() {
        Toast::Undone
    } else {
        Toast::Showing
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn it_offers_undo_for_ten_seconds_and_is_gone_then() {
        let mut harness = window((0.0, Toast::Over), |ui, (secs, became)| {
            if *became != Toast::Undone {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    *became = toast(ui, "Deleted session", Some(("Undo", "Ctrl+Z")), *secs);
                });
            }
        });
        harness.step();
        assert_eq!(harness.state().1, Toast::Showing);
        harness.get_by_label("Deleted session");
        harness.state_mut().0 = 9.9;
        harness.step();
        assert_eq!(harness.state().1, Toast::Showing);
        harness.get_by_role_and_label(Role::Button, "Undo: Deleted session").click();
        harness.step();
        harness.step();
        assert_eq!(harness.state().1, Toast::Undone);

        harness.state_mut().0 = 10.0;
        harness.state_mut().1 = Toast::Showing;
        harness.step();
        assert_eq!(harness.state().1, Toast::Over);
        assert!(harness.query_by_label("Deleted session").is_none());
    }
}
