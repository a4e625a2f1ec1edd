//! "Deleted session · Undo" at the foot of the window, for ten seconds.
//!
//! The time comes from the caller; here is no clock. Nothing is lost when it goes: Undo stays in the strip.

use std::time::Duration;

use egui::accesskit::Live;
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, RichText, Role, WidgetInfo, vec2};

use super::button;
use crate::ui::theme;

/// How long a toast stays, in seconds.
pub const SECONDS: f64 = 10.0;

/// How far over the foot of the window it stands, in points: over the verbs at the foot of a list, not on them.
const OVER_FOOT: f32 = 84.0;

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

/// Shows `text` and a button (none where `verb` is empty), `shown_secs` after it came up.
///
/// Asks for one repaint when its time is over, none before.
#[must_use]
pub fn toast(ctx: &Context, text: &str, verb: &str, shown_secs: f64) -> Toast {
    let left = SECONDS - shown_secs;
    if left <= 0.0 || left.is_nan() {
        return Toast::Over;
    }
    ctx.request_repaint_after(Duration::from_secs_f64(left.min(SECONDS)));
    let tokens = theme::tokens(ctx);
    let sizes = &tokens.sizes;
    let mut became = Toast::Showing;
    Area::new(Id::unique("toast")).order(Order::Foreground).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -OVER_FOOT)).show(
        ctx,
        |ui| {
            Frame::popup(ui.style()).fill(tokens.raised).inner_margin(Margin::symmetric(16, 4)).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.set_min_height(sizes.row_dense);
                    ui.spacing_mut().item_spacing.x = sizes.gap_l;
                    let said = ui.label(RichText::new(text));
                    said.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
                    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
                    if !verb.is_empty() {
                        // The strip has a button of the same word; this one says what it takes back.
                        let name = format!("{verb}: {text}");
                        let button = button::link(verb).color(tokens.accent).named(&name);
                        if ui.add(button).clicked() {
                            became = Toast::Undone;
                        }
                    }
                });
            });
        },
    );
    became
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
                *became = toast(ui.ctx(), "Deleted session", "Undo", *secs);
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
