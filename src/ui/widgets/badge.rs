//! The mark of a platform: two dark letters on its hue.
//!
//! Eight hues, then the same hues with a pattern; the letters say it without any colour.

use egui::{Painter, Rect, Response, Role, Sense, Ui, Vec2, Widget, WidgetInfo, vec2};

use super::hatch;
use crate::ui::theme::{self, Tokens};

/// What stands for a platform in lists and on blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlatformMark<'a> {
    /// Two letters, already chosen so that no two platforms share them.
    pub letters: &'a str,
    /// Place in the order of platforms; from the ninth on a pattern is added.
    pub hue_index: usize,
}

impl PlatformMark<'_> {
    /// Size of a badge in points.
    pub const SIZE: Vec2 = vec2(24.0, 18.0);

    /// The platform's hue.
    #[must_use]
    pub fn hue(&self, tokens: &Tokens) -> egui::Color32 {
        tokens.hue(self.hue_index)
    }

    /// Whether all plain hues are taken and this one has a pattern.
    #[must_use]
    pub const fn has_pattern(&self, tokens: &Tokens) -> bool {
        self.hue_index >= tokens.platforms.len()
    }

    /// Draws the badge into `rect`, for widgets that lay themselves out.
    pub fn paint(&self, painter: &Painter, tokens: &Tokens, rect: Rect) {
        painter.rect_filled(rect, tokens.radius_small(), self.hue(tokens));
        if self.has_pattern(tokens) {
            let line = tokens.badge_ink.gamma_multiply(0.35);
            hatch::fill(painter, rect.shrink(1.0), line, 5.0);
        }
        painter.text(
            rect.center(),
            egui::Align2::CENTER_CENTER,
            self.letters,
            theme::semibold(tokens.sizes.badge),
            tokens.badge_ink,
        );
    }
}

/// The badge as a widget; its accessible name is the platform's.
pub const fn badge<'a>(mark: PlatformMark<'a>, platform: &'a str) -> Badge<'a> {
    Badge { mark, platform }
}

/// A badge being described; give it to `ui.add`.
#[derive(Clone, Copy, Debug)]
#[must_use = "give it to `ui.add`"]
pub struct Badge<'a> {
    mark: PlatformMark<'a>,
    platform: &'a str,
}

impl Widget for Badge<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(PlatformMark::SIZE, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.platform));
        if ui.is_rect_visible(rect) {
            self.mark.paint(ui.painter(), theme::tokens(ui), rect);
        }
        response.on_hover_text(self.platform)
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn a_badge_is_announced_as_its_platform() {
        let harness = window((), |ui, ()| {
            let mark = PlatformMark { letters: "OU", hue_index: 0 };
            ui.add(badge(mark, "Outlier"));
        });
        harness.get_by_role_and_label(Role::Image, "Outlier");
    }

    #[test]
    fn the_ninth_platform_has_a_hue_of_the_first_and_a_pattern() {
        let tokens = theme::tokens_of(egui::Theme::Dark);
        let mark = |hue_index| PlatformMark { letters: "XX", hue_index };
        assert!(!mark(7).has_pattern(tokens));
        assert!(mark(8).has_pattern(tokens));
        assert_eq!(mark(8).hue(tokens), mark(0).hue(tokens));
    }
}
