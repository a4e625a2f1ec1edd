//! The columns of a table: above each what it is, under its name the first cells. What is still free can be dragged there.
//!
//! Only the columns in sight are drawn: a table may have hundreds.

use egui::{
    Align, CursorIcon, Id, Label, LayerId, Layout, Order, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, pos2, vec2,
};

use crate::domain::statement::{Glimpse, Mapping, Meaning};
use crate::ui::theme;
use crate::ui::view::statement::{mapping as view, plain};
use crate::ui::widgets::card;
use crate::ui::widgets::picker::{Choice, Picker};
use crate::ui::widgets::tag;

/// Width of a column, in points.
const WIDTH: f32 = 168.0;
/// Rows of cells that are shown.
const ROWS: usize = 4;
/// Height of a row of cells, in points.
const ROW: f32 = 22.0;
/// Room for the bar under the columns, in points.
const BAR: f32 = 10.0;
/// The most letters of a cell that are drawn.
const LETTERS: usize = 80;

/// What a column became.
#[derive(Debug, Clone, Copy)]
enum Became {
    NotRead,
    Read(Meaning),
}

/// Where the keyboard was in the frame before.
#[derive(Debug, Default)]
pub(super) struct Columns {
    focused: Option<Id>,
}

impl Columns {
    pub(super) fn ui(&mut self, ui: &mut Ui, glimpse: &Glimpse, mapping: &mut Mapping) {
        chips_ui(ui, mapping);
        let row_dense = theme::tokens(ui).sizes.row_dense;
        let shown = glimpse.rows.len().min(ROWS);
        let rows: f32 = (0..shown).map(|_| ROW).sum();
        let height = row_dense + ROW + rows + theme::tokens(ui).sizes.gap_s;
        let total: f32 = glimpse.columns.iter().map(|_| WIDTH).sum();
        let mut set = None;
        let focus = ui.memory(egui::Memory::focused);
        let moved = focus != self.focused;
        self.focused = focus;
        ScrollArea::horizontal().id_salt("columns of the table").max_height(height + BAR).show_viewport(
            ui,
            |ui, viewport| {
                let (place, _) = ui.allocate_exact_size(vec2(total, height), Sense::hover());
                // One more on each side, so that the keyboard gets to what lies beyond.
                let sight = viewport.x_range();
                let mut left = 0.0;
                for (nth, column) in (1..).zip(&glimpse.columns) {
                    let at = left;
                    left += WIDTH;
                    if at > sight.max + WIDTH || at + WIDTH < sight.min - WIDTH {
                        continue;
                    }
                    let rect = Rect::from_min_size(pos2(place.left() + at, place.top()), vec2(WIDTH - 8.0, height));
                    let meaning = mapping.meaning(&column.place);
                    let id = Id::unique(("column", nth));
                    if moved && focus == Some(id) {
                        ui.scroll_to_rect(rect, None);
                    }
                    dropped_ui(ui, rect, mapping, id).inspect(|meaning| set = Some((nth, Became::Read(*meaning))));
                    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
                    child.spacing_mut().item_spacing.y = 0.0;
                    if let Some(picked) = picker_ui(&mut child, id, &view::picker_name(column, nth), mapping, meaning) {
                        set = Some((nth, picked));
                    }
                    let cells =
                        glimpse.rows.iter().take(ROWS).map(|(_, cells)| cells.get(nth - 1).map_or("", String::as_str));
                    cells_ui(&mut child, &view::column_name(column, nth), cells, meaning.is_some());
                }
            },
        );
        if let Some((nth, became)) = set
            && let Some(column) = glimpse.columns.get(nth - 1)
        {
            let meaning = if let Became::Read(meaning) = became { Some(meaning) } else { None };
            mapping.set(&column.place, meaning);
        }
    }
}

/// What no column is yet, to be dragged onto one.
fn chips_ui(ui: &mut Ui, mapping: &Mapping) {
    ui.horizontal_wrapped(|ui| {
        let tokens = theme::tokens(ui);
        ui.spacing_mut().item_spacing = egui::Vec2::splat(tokens.sizes.gap_s);
        card::note(ui, "Say above each column what it is, or drag:");
        let free = Meaning::ALL.into_iter().filter(|known| known.is_of(mapping.rows) && !mapping.has(*known));
        for meaning in free {
            let words = view::meaning(meaning);
            let chip = tag::tag(ui, words, tokens.accent).interact(Sense::drag()).on_hover_cursor(CursorIcon::Grab);
            chip.dnd_set_drag_payload(meaning);
            if chip.dragged() {
                carried_ui(ui, words);
            }
        }
    });
}

/// The words that are being dragged, beside the pointer.
fn carried_ui(ui: &Ui, words: &str) {
    let Some(at) = ui.ctx().pointer_interact_pos() else { return };
    let tokens = theme::tokens(ui);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::unique("what is dragged")));
    let galley = painter.layout_no_wrap(words.to_owned(), theme::regular(tokens.sizes.small), tokens.accent);
    let rect = Rect::from_min_size(at + vec2(12.0, 12.0), galley.size()).expand2(vec2(8.0, 3.0));
    painter.rect_filled(rect, tokens.radius_small(), tokens.raised);
    painter.galley(rect.min + vec2(8.0, 3.0), galley, tokens.accent);
}

/// Marks a column that something is dragged over; what was dropped on it.
fn dropped_ui(ui: &Ui, rect: Rect, mapping: &Mapping, id: Id) -> Option<Meaning> {
    let response = ui.interact(rect, id.with("drop"), Sense::hover());
    if let Some(meaning) = response.dnd_hover_payload::<Meaning>()
        && meaning.is_of(mapping.rows)
    {
        let tokens = theme::tokens(ui);
        ui.painter().rect_stroke(rect, tokens.radius(), Stroke::new(2.0, tokens.accent), StrokeKind::Inside);
    }
    response.dnd_release_payload::<Meaning>().map(|meaning| *meaning).filter(|meaning| meaning.is_of(mapping.rows))
}

/// What the column became by a choice; `None` where nothing was chosen.
fn picker_ui(ui: &mut Ui, id: Id, name: &str, mapping: &Mapping, meaning: Option<Meaning>) -> Option<Became> {
    let offered: Vec<Meaning> = Meaning::ALL.into_iter().filter(|known| known.is_of(mapping.rows)).collect();
    let mut choices = vec![Choice::from("Not read")];
    choices.extend(offered.iter().map(|known| Choice::from(view::meaning(*known))));
    let chosen = meaning.and_then(|meaning| offered.iter().position(|known| *known == meaning));
    let picker = Picker::new(name).id(id).chip().width(WIDTH - 8.0).chosen(Some(chosen.map_or(0, |at| at + 1)));
    let picked = picker.pick(ui, &choices)?;
    Some(picked.checked_sub(1).and_then(|at| offered.get(at)).map_or(Became::NotRead, |meaning| Became::Read(*meaning)))
}

fn cells_ui<'a>(ui: &mut Ui, name: &str, cells: impl Iterator<Item = &'a str>, is_read: bool) {
    let tokens = theme::tokens(ui);
    let (head, ink) = (tokens.muted, if is_read { tokens.text } else { tokens.muted });
    let line = |ui: &mut Ui, text: RichText| {
        let size = vec2(ui.available_width(), ROW);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(size);
            ui.add(Label::new(text).truncate().selectable(false));
        });
    };
    line(ui, RichText::new(name).small().color(head));
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), tokens.hairline());
    for cell in cells {
        let short: String = plain(cell).chars().take(LETTERS).collect();
        line(ui, RichText::new(short).color(ink));
    }
}
