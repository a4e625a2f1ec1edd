//! The opened line: why, and its rows in three columns; each row leads to where it stands.

use egui::{Align, Layout, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::acts;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::check::{CheckLine, Detail, Part, Side};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{button, rich};

/// The share of the width that the reasons take.
const REASONS: f32 = 0.28;
/// Height of the heads over the columns, in points.
const HEAD: f32 = 24.0;

/// What was asked for.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) closed: bool,
    pub(super) verb: Option<Verb>,
}

/// Draws it, so high.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    height: f32,
    line: &CheckLine,
    detail: &Detail,
    actions: &mut Vec<Action>,
) -> Asked {
    let mut asked = Asked::default();
    let tokens = theme::tokens(ui);
    let bottom = ui.cursor().top() + height - tokens.sizes.gap_l;
    Card::new().named("Opened line").height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
        head_ui(ui, cx, line, detail, &mut asked);
        let room = Rect::from_min_max(ui.cursor().min, egui::pos2(ui.max_rect().right(), bottom));
        let gap = tokens.sizes.gap_l;
        let why = (room.width() * REASONS).floor();
        let (left, right) = room.split_left_right_at_x(room.left() + why);
        because_ui(&mut ui.new_child(UiBuilder::new().max_rect(left)), detail);
        let each = ((right.width() - 3.0 * gap) / 3.0).floor();
        for (at, side) in detail.sides.iter().enumerate() {
            let from = right.left() + gap + (each + gap) * at as f32;
            let place = Rect::from_x_y_ranges(from..=from + each, right.y_range());
            side_ui(&mut ui.new_child(UiBuilder::new().max_rect(place)), tokens, line, side, actions);
        }
    });
    asked
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, line: &CheckLine, detail: &Detail, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let row = vec2(ui.available_width(), tokens.sizes.row_dense);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        let close = button::icon(Icon::Close, "Close the line").tip("Close", "Esc", "Back to the list");
        asked.closed = ui.add(close).clicked();
        for verb in acts::verbs(line).into_iter().rev() {
            let (words, key) = (verb.words(), verb.key_text());
            let enabled = !cx.read_only || verb.only_looks();
            if ui.add(button::chip(words.name).enabled(enabled).tip(words.name, &key, words.line)).clicked() {
                asked.verb = Some(verb);
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let title = ui.add(egui::Label::new(RichText::new(&detail.title).heading()).truncate());
            title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &detail.title));
            ui.add(egui::Label::new(RichText::new(&detail.whose).small().color(tokens.muted)).truncate());
        });
    });
}

fn because_ui(ui: &mut Ui, detail: &Detail) {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(HEAD);
        ui.label(RichText::new("Why").small().color(tokens.muted));
    });
    ScrollArea::vertical().id_salt("check reasons").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
        for sentence in &detail.because {
            ui.add(egui::Label::new(sentence).wrap());
        }
    });
}

fn side_ui(ui: &mut Ui, tokens: &Tokens, line: &CheckLine, side: &Side, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.set_min_height(HEAD);
        ui.label(RichText::new(side.head).small().color(tokens.muted));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(rich::figure(&side.sum).strong());
        });
    });
    let line_height = ui.spacing().item_spacing.y;
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top() - line_height / 2.0, tokens.hairline());
    let height = tokens.sizes.row;
    ScrollArea::vertical().id_salt(("check rows", side.head)).auto_shrink(false).show_rows(
        ui,
        height,
        side.parts.len(),
        |ui, rows| {
            for part in side.parts.get(rows).unwrap_or_default() {
                if part_ui(ui, tokens, height, part).clicked() {
                    actions.extend(part.opens.map(|to| acts::opens(line, to)));
                }
            }
        },
    );
}

/// A row of two lines with its figure; a click leads to where it stands.
fn part_ui(ui: &mut Ui, tokens: &Tokens, height: f32, part: &Part) -> Response {
    let sense = if part.opens.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), sense);
    let role = if part.opens.is_some() { Role::Link } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, &part.name));
    if part.opens.is_some() && response.hovered() {
        ui.painter().rect_filled(rect, 4.0, tokens.row_hover);
    }
    // The bar of the scroll area lies over its content.
    let rect = rect.shrink2(vec2(4.0, 1.0)).with_max_x(rect.right() - tokens.sizes.gap_s);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center)));
    child.add(rich::figure(&part.figure));
    child.with_layout(Layout::top_down(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(egui::Label::new(&part.text).truncate().selectable(false));
        ui.add(egui::Label::new(RichText::new(&part.under).small().color(tokens.muted)).truncate().selectable(false));
    });
    button::focus_ring(ui, &response, tokens);
    match part.opens {
        Some(_) => button::tip(response, &part.name, "", "Open where it stands")
            .on_hover_cursor(egui::CursorIcon::PointingHand),
        None => response,
    }
}
