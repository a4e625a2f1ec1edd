//! Buttons: `primary`, `danger`, `quiet`, `chip`, `link`, `tab` and `icon`, all announced by their words.
//!
//! One accent and one filled red at a time: that is for the screen to keep, the kinds only draw. A key
//! that does the same goes into the tooltip, never into the label.

use egui::{
    Color32, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget, WidgetInfo, pos2, vec2,
};

use super::icon::Icon;
use crate::ui::theme::{self, Tokens};

/// The one main button of a screen, in the accent.
pub fn primary(text: &str) -> Button<'_> {
    Button::new(text, Kind::Primary)
}

/// Stops or removes; filled red. One at a time on the screen.
pub fn danger(text: &str) -> Button<'_> {
    Button::new(text, Kind::Danger)
}

/// Any other button.
pub fn quiet(text: &str) -> Button<'_> {
    Button::new(text, Kind::Quiet)
}

/// A small one for filters and menus, 28 high; with [`Button::menu`] it shows a ▾.
pub fn chip(text: &str) -> Button<'_> {
    Button::new(text, Kind::Chip).dense()
}

/// Words only: Undo, Redo, Settings, "6 sessions".
pub fn link(text: &str) -> Button<'_> {
    Button::new(text, Kind::Link).dense()
}

/// Words only, small and low: under a chart or a list.
pub fn small_link(text: &str) -> Button<'_> {
    Button::new(text, Kind::SmallLink).dense()
}

/// A tab of the strip, or one of a few views of a screen; `selected` lies on *raised*.
pub fn tab(text: &str, selected: bool) -> Button<'_> {
    Button::new(text, Kind::Tab).selected(selected)
}

/// A sign alone, with the name that stands for it in tooltips and for screen readers.
pub fn icon(sign: Icon, name: &str) -> Button<'_> {
    let mut button = Button::new("", Kind::Chip).dense().named(name);
    button.sign = Some(sign);
    button
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Primary,
    Danger,
    Quiet,
    Chip,
    Link,
    SmallLink,
    Tab,
}

/// A button being described; give it to `ui.add`.
#[derive(Clone, Debug)]
#[must_use = "give it to `ui.add`"]
pub struct Button<'a> {
    text: &'a str,
    name: Option<&'a str>,
    kind: Kind,
    sign: Option<Icon>,
    dense: bool,
    enabled: bool,
    opens_menu: bool,
    selected: Option<bool>,
    color: Option<Color32>,
    width: Option<f32>,
    tip: Option<Tip<'a>>,
}

#[derive(Clone, Copy, Debug)]
struct Tip<'a> {
    name: &'a str,
    key: &'a str,
    line: &'a str,
}

impl<'a> Button<'a> {
    const fn new(text: &'a str, kind: Kind) -> Self {
        Self {
            text,
            name: None,
            kind,
            sign: None,
            dense: false,
            enabled: true,
            opens_menu: false,
            selected: None,
            color: None,
            width: None,
            tip: None,
        }
    }

    /// 28 high instead of 36.
    pub const fn dense(mut self) -> Self {
        self.dense = true;
        self
    }

    /// Greyed out and without effect where false.
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// With a drawn ▾ at the right: opens a menu.
    pub const fn menu(mut self) -> Self {
        self.opens_menu = true;
        self
    }

    /// One that stays pressed; said to screen readers as pressed or not.
    pub const fn selected(mut self, selected: bool) -> Self {
        self.selected = Some(selected);
        self
    }

    /// Another colour of the text, from the tokens ("2 need you" in *warn*).
    pub const fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    /// A fixed width in points; longer text is cut with an ellipsis.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// The accessible name where the words on the button don't say enough: "Edit Aloe, 09:14".
    pub const fn named(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// The tooltip: name, key (may be empty) and one line (may be empty).
    pub const fn tip(mut self, name: &'a str, key: &'a str, line: &'a str) -> Self {
        self.tip = Some(Tip { name, key, line });
        self
    }

    fn colors(&self, tokens: &Tokens, response: &Response) -> (Color32, Color32) {
        let down = response.is_pointer_button_down_on();
        let hovered = response.hovered();
        let selected = self.selected == Some(true);
        let raised = if down {
            tokens.raised_press
        } else if hovered {
            tokens.raised_hover
        } else {
            tokens.raised
        };
        let (fill, ink) = match self.kind {
            Kind::Primary => {
                let fill = if hovered { tokens.accent_hover } else { tokens.accent };
                (fill, tokens.on_accent)
            }
            Kind::Danger => {
                let fill = if hovered { tokens.bad_hover } else { tokens.bad };
                (fill, tokens.on_bad)
            }
            Kind::Chip if self.selected == Some(false) => (raised, tokens.muted),
            Kind::Quiet | Kind::Chip => (raised, tokens.text),
            Kind::Link | Kind::SmallLink => {
                let ink = if hovered || down { tokens.text } else { tokens.muted };
                (Color32::TRANSPARENT, ink)
            }
            Kind::Tab if selected => (raised, tokens.text),
            Kind::Tab => {
                let fill = if hovered { tokens.row_hover } else { Color32::TRANSPARENT };
                (fill, if hovered { tokens.text } else { tokens.muted })
            }
        };
        (fill, self.color.unwrap_or(ink))
    }

    fn font(&self, tokens: &Tokens) -> FontId {
        let sizes = &tokens.sizes;
        match self.kind {
            Kind::Primary | Kind::Danger | Kind::Quiet => {
                theme::semibold(if self.dense { sizes.small } else { sizes.body })
            }
            Kind::Chip | Kind::SmallLink => theme::regular(sizes.small),
            Kind::Tab if self.selected == Some(true) => theme::semibold(sizes.body),
            Kind::Link | Kind::Tab => theme::regular(sizes.body),
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui);
        let sizes = &tokens.sizes;
        let height = match self.kind {
            Kind::Tab => 32.0,
            Kind::SmallLink => 20.0,
            Kind::Primary | Kind::Danger | Kind::Quiet | Kind::Chip | Kind::Link => {
                if self.dense {
                    sizes.row_dense
                } else {
                    sizes.row
                }
            }
        };
        let margin = match self.kind {
            Kind::Link | Kind::SmallLink => 0.0,
            Kind::Chip => 10.0,
            Kind::Primary | Kind::Danger | Kind::Quiet | Kind::Tab => {
                if self.dense {
                    12.0
                } else {
                    14.0
                }
            }
        };
        let arrow = if self.opens_menu { Icon::SIDE + 4.0 } else { 0.0 };
        let text_width = self.width.map_or(f32::INFINITY, |width| (width - 2.0 * margin - arrow).max(0.0));
        let galley = super::rich::one_line(ui, self.text, self.font(tokens), Color32::PLACEHOLDER, text_width);
        let content = if self.sign.is_some() { Icon::SIDE } else { galley.size().x };
        let natural = content + arrow + 2.0 * margin;
        let width = self.width.unwrap_or(natural.max(if self.sign.is_some() { height } else { 0.0 }));

        let response =
            ui.add_enabled_ui(self.enabled, |ui| ui.allocate_response(vec2(width, height), Sense::click())).inner;
        let name = self.name.unwrap_or(self.text);
        response.widget_info(|| match self.selected {
            Some(selected) => WidgetInfo::selected(Role::Button, self.enabled, selected, name),
            None => WidgetInfo::labeled(Role::Button, self.enabled, name),
        });
        let rect = response.rect;
        if ui.is_rect_visible(rect) {
            let (mut fill, mut ink) = self.colors(tokens, &response);
            if !self.enabled {
                if matches!(self.kind, Kind::Primary | Kind::Danger) {
                    fill = tokens.raised;
                }
                ink = tokens.muted.gamma_multiply(0.7);
            }
            let painter = ui.painter();
            painter.rect_filled(rect, tokens.radius(), fill);
            if self.kind == Kind::Chip && self.selected == Some(true) {
                // Brighter words alone are not seen: the chosen one of several has an edge.
                let edge = Stroke::new(1.0, tokens.muted.gamma_multiply(0.6));
                painter.rect_stroke(rect, tokens.radius(), edge, StrokeKind::Inside);
            }
            if let Some(sign) = self.sign {
                let side = Rect::from_center_size(rect.center(), Vec2::splat(Icon::SIDE));
                sign.paint(painter, side, ink);
            }
            let text_at = if self.width.is_some() && !self.opens_menu {
                rect.center().x - galley.size().x / 2.0
            } else {
                rect.left() + margin
            };
            let at = pos2(text_at, rect.center().y - galley.size().y / 2.0);
            painter.galley(at, galley, ink);
            if self.opens_menu {
                let center = pos2(rect.right() - margin - Icon::SIDE / 2.0, rect.center().y + 0.5);
                Icon::Down.paint(painter, Rect::from_center_size(center, Vec2::splat(Icon::SIDE)), ink);
            }
            focus_ring(ui, &response, tokens);
        }
        match self.tip {
            Some(Tip { name, key, line }) => tip(response, name, key, line),
            None if self.sign.is_some() => tip(response, name, "", ""),
            None => response,
        }
    }
}

/// The ring around what the keyboard is on, for widgets that are drawn by hand.
pub fn focus_ring(ui: &Ui, response: &Response, tokens: &Tokens) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            tokens.radius(),
            Stroke::new(2.0, tokens.accent),
            StrokeKind::Outside,
        );
    }
}

/// A tooltip in our order: name in semi-bold, its key, one line below. Empty parts are left out.
pub fn tip(response: Response, name: &str, key: &str, line: &str) -> Response {
    let show = |ui: &mut Ui| {
        let tokens = theme::tokens(ui);
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(name).font(theme::semibold(tokens.sizes.small)));
            if !key.is_empty() {
                super::keycap::keycap(ui, key);
            }
        });
        if !line.is_empty() {
            ui.label(egui::RichText::new(line).small().color(tokens.muted));
        }
    };
    // One that was open when a dialog came up would stay above it for as long as the pointer rests.
    if !response.ctx.memory(|memory| memory.allows_interaction(response.layer_id)) {
        return response;
    }
    response.on_hover_ui(show).on_disabled_hover_ui(show)
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn each_kind_is_found_and_clicked_by_its_words() {
        let mut harness = window(Vec::<&str>::new(), |ui, clicked| {
            for button in [
                primary("Start"),
                danger("Stop"),
                quiet("Pause"),
                chip("Platform").menu(),
                link("Undo"),
                tab("Payouts", true),
            ] {
                let text = button.text;
                if ui.add(button).clicked() {
                    clicked.push(text);
                }
            }
            if ui.add(icon(Icon::Left, "Previous month")).clicked() {
                clicked.push("previous");
            }
        });
        for name in ["Start", "Stop", "Pause", "Platform", "Undo", "Payouts", "Previous month"] {
            harness.get_by_role_and_label(Role::Button, name).click();
            harness.run();
        }
        assert_eq!(harness.state().as_slice(), ["Start", "Stop", "Pause", "Platform", "Undo", "Payouts", "previous"]);
    }

    #[test]
    fn a_button_that_is_off_says_so_and_does_nothing() {
        let mut harness = window(0, |ui, clicks| {
            if ui.add(quiet("Redo").enabled(false).tip("Redo", "Ctrl+Y", "Nothing to redo")).clicked() {
                *clicks += 1;
            }
        });
        assert!(harness.get_by_role_and_label(Role::Button, "Redo").accesskit_node().is_disabled());
        harness.get_by_role_and_label(Role::Button, "Redo").click();
        harness.run();
        assert_eq!(*harness.state(), 0);
    }

    #[test]
    fn heights_are_those_of_the_grid() {
        let harness = window((), |ui, ()| {
            ui.add(primary("Start"));
            ui.add(quiet("Leave").dense());
        });
        let height = |name| harness.get_by_role_and_label(Role::Button, name).rect().height();
        assert!((height("Start") - 36.0).abs() < 0.5);
        assert!((height("Leave") - 28.0).abs() < 0.5);
    }
}
