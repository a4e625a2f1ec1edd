//! A list that the arrow keys walk through, with one row that Enter means. Virtual: only rows in sight are drawn.
//!
//! Who uses it keeps `at` and draws the rows; here are the keys, the highlight and the scrolling.

use egui::{Id, Key, Modifiers, Rect, Response, ScrollArea, Sense, Ui, pos2, vec2};

use crate::ui::theme;

/// Takes the arrow keys (and Page Up, Page Down) of this frame and moves `at` among `count` rows, round at the ends for
/// single steps. True where one was pressed. Call it before a field is drawn that would take them for itself.
pub fn walk(ui: &Ui, at: &mut usize, count: usize, page: usize) -> bool {
    let last = count.saturating_sub(1);
    let mut moved = false;
    let mut pressed = |key: Key| {
        let pressed = ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        moved |= pressed;
        pressed
    };
    *at = (*at).min(last);
    if pressed(Key::ArrowDown) {
        *at = if *at == last { 0 } else { *at + 1 };
    }
    if pressed(Key::ArrowUp) {
        *at = at.checked_sub(1).unwrap_or(last);
    }
    if pressed(Key::PageDown) {
        *at = (*at + page).min(last);
    }
    if pressed(Key::PageUp) {
        *at = at.saturating_sub(page);
    }
    moved
}

/// A list being described; `show` draws it.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct ListBox {
    id: Id,
    row_height: f32,
    most_rows: usize,
}

impl ListBox {
    /// Rows of one height, in points; beyond `most_rows` it scrolls.
    pub const fn new(id: Id, row_height: f32, most_rows: usize) -> Self {
        Self { id, row_height, most_rows }
    }

    /// Draws the rows in sight; `row` is given each one's number, and its response, which it names. The row that was
    /// clicked, if any. `moved` brings `at` into sight.
    pub fn show(
        self,
        ui: &mut Ui,
        count: usize,
        at: usize,
        moved: bool,
        mut row: impl FnMut(&mut Ui, usize, &Response),
    ) -> Option<usize> {
        let tokens = theme::tokens(ui);
        let mut clicked = None;
        let height = self.row_height;
        let y = |row: usize| row as f32 * height;
        ScrollArea::vertical()
            .id_salt(self.id)
            .max_height(y(self.most_rows.min(count)))
            .auto_shrink([false, true])
            .show_viewport(ui, |ui, view| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let (left, top) = (ui.max_rect().left(), ui.max_rect().top());
                ui.set_height(y(count));
                let size = vec2(ui.available_width(), height);
                for number in 0..count {
                    let rect = Rect::from_min_size(pos2(left, top + y(number)), size);
                    if number == at && moved {
                        ui.scroll_to_rect(rect, None);
                    }
                    if y(number) + height < view.top() || y(number) > view.bottom() {
                        continue;
                    }
                    let response = ui.interact(rect, self.id.with(("row", number)), Sense::CLICK);
                    if number == at || response.hovered() {
                        let fill = if number == at { tokens.raised_hover } else { tokens.raised };
                        ui.painter().rect_filled(rect, tokens.radius_small(), fill);
                    }
                    row(ui, number, &response);
                    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(number == at));
                    if response.clicked() {
                        clicked = Some(number);
                    }
                }
            });
        clicked
    }
}
