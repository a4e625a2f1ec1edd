//! Lists in our look: small muted heads, rows of one height, hairlines, figures at the right.
//!
//! Only the rows in sight are drawn. Columns leave from the right, least important first, when the width is
//! short. Each row is one stop of the Tab key, one click target and one named node; its id comes from its
//! key, never from its place. (The table of `egui_extras` makes every cell such a stop, with an id by place.)

use std::fmt::Debug;
use std::hash::Hash;

use egui::accesskit::Role;
use egui::{
    Align, Id, Layout, Rangef, Rect, Response, RichText, ScrollArea, Sense, TextWrapMode, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::{button, card, menu, rich};
use crate::ui::theme;

/// Space left and right inside a cell, in points.
const PAD: f32 = 8.0;
/// Side of the mark beside the head that is sorted by, in points.
const SORT_ARROW: f32 = 7.0;

/// A column being described.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    head: &'a str,
    width: f32,
    share: f32,
    right: bool,
    priority: u8,
    sort: Option<Sorted>,
}

/// How a column that can be sorted by stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Another column decides.
    No,
    /// The least on top.
    Up,
    /// The greatest on top.
    Down,
}

impl<'a> Column<'a> {
    /// Always `width` points wide, padding included.
    #[must_use]
    pub const fn exact(head: &'a str, width: f32) -> Self {
        Self { head, width, share: 0.0, right: false, priority: 0, sort: None }
    }

    /// At least `least` points; shares what is left with others of its kind.
    #[must_use]
    pub const fn fill(head: &'a str, least: f32) -> Self {
        Self { head, width: least, share: 1.0, right: false, priority: 0, sort: None }
    }

    /// Another head.
    #[must_use]
    pub const fn head(mut self, head: &'a str) -> Self {
        self.head = head;
        self
    }

    /// Head and cells at the right, for figures.
    #[must_use]
    pub const fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// A head that is clicked to sort; see [`TableOutput::head`].
    #[must_use]
    pub const fn sorted(mut self, sorted: Sorted) -> Self {
        self.sort = Some(sorted);
        self
    }

    /// 0 stays always; the greater, the sooner it goes when the width is short. Of equals the right one goes first.
    #[must_use]
    pub const fn priority(mut self, priority: u8) -> Self {
        self.priority = priority;
        self
    }
}

/// What a row is, before it is drawn.
#[derive(Clone, Debug)]
pub struct RowSpec {
    key: Id,
    name: String,
    selected: bool,
    head: bool,
    clickable: bool,
}

impl RowSpec {
    /// `key` is the record's own id, unique in the table; `name` is read aloud and found by tests:
    /// "Aloe, paid work, 09:14 – 11:02".
    #[must_use]
    pub fn new(key: impl Hash + Debug, name: impl Into<String>) -> Self {
        Self { key: Id::unique(key), name: name.into(), selected: false, head: false, clickable: true }
    }

    /// Whether it is the chosen row.
    #[must_use]
    pub const fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// A head between rows, on *raised*; not clickable.
    #[must_use]
    pub const fn head(mut self) -> Self {
        self.head = true;
        self.clickable = false;
        self
    }

    /// A row that only holds buttons of its own, such as a gap.
    #[must_use]
    pub const fn plain(mut self) -> Self {
        self.clickable = false;
        self
    }
}

/// What was done to rows in this frame, by index, and which columns had room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOutput {
    /// Clicked, or Enter on the row that has the focus.
    pub clicked: Option<usize>,
    /// The row that was clicked twice, or on which Enter was pressed.
    pub double_clicked: Option<usize>,
    /// The head of this column was clicked; only of columns that can be sorted by.
    pub head: Option<usize>,
    /// How many columns did not fit.
    pub hidden_columns: usize,
}

/// A table being described; `show` draws it into all the width there is.
///
/// ```text
/// let out = Table::new("Sessions")
///     .column(Column::fill("Project", 160.0))
///     .column(Column::exact("Activity", 120.0).priority(3))
///     .column(Column::exact("Own", 90.0).right())
///     .column(Column::exact("Value", 120.0).right().priority(1))
///     .show(
///         ui,
///         rows.len(),
///         |index| RowSpec::new(("session", rows[index].id), &rows[index].name).selected(chosen == index),
///         |row| {
///             let session = &rows[row.index()];
///             row.cell(|ui| { ui.add(badge(session.mark, &session.platform)); ui.label(&session.project); });
///             row.muted(&session.activity);
///             row.figure(&session.own);
///             row.figure(&session.value);
///             row.menu(|ui| if menu::item(ui, "Delete", "Del") { actions.push(…) });
///         },
///     );
/// if let Some(index) = out.clicked { … }
/// ```
///
/// Cells come in the order of the columns; those of hidden columns are skipped, so the caller never asks
/// which are shown. At the right of a cell, widgets are placed from the right: the last one first.
#[derive(Clone, Debug)]
#[must_use = "call `show`"]
pub struct Table<'a> {
    name: &'a str,
    columns: Vec<Column<'a>>,
    row_height: Option<f32>,
    max_height: f32,
    fill_height: bool,
    headless: bool,
    scroll_to: Option<usize>,
}

impl<'a> Table<'a> {
    /// `name` is the accessible name, and unique among the tables of a screen.
    pub const fn new(name: &'a str) -> Self {
        Self {
            name,
            columns: Vec::new(),
            row_height: None,
            max_height: f32::INFINITY,
            fill_height: false,
            headless: false,
            scroll_to: None,
        }
    }

    /// One more column.
    pub fn column(mut self, column: Column<'a>) -> Self {
        self.columns.push(column);
        self
    }

    /// Height of each row in points; 36 otherwise.
    pub const fn row_height(mut self, height: f32) -> Self {
        self.row_height = Some(height);
        self
    }

    /// Scrolls above this height, heads not counted.
    pub const fn max_height(mut self, height: f32) -> Self {
        self.max_height = height;
        self
    }

    /// Takes all the height there is, also with few rows.
    pub const fn fill_height(mut self) -> Self {
        self.fill_height = true;
        self
    }

    /// Without a row of heads.
    pub const fn headless(mut self) -> Self {
        self.headless = true;
        self
    }

    /// Brings this row into sight, in this frame only.
    pub const fn scroll_to(mut self, row: Option<usize>) -> Self {
        self.scroll_to = row;
        self
    }

    /// Draws the head and the rows that are in sight.
    pub fn show(
        self,
        ui: &mut Ui,
        rows: usize,
        spec: impl Fn(usize) -> RowSpec,
        mut draw: impl FnMut(&mut Row<'_>),
    ) -> TableOutput {
        let builder = UiBuilder::new()
            .id_salt(("table", self.name))
            .accessibility_role(Role::Table)
            .accessibility_label(self.name);
        let shown = ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
            let layout = lay_out(&self.columns, ui.available_width());
            let head = if self.headless { None } else { self.heads_ui(ui, &layout) };
            let output = self.rows_ui(ui, rows, &layout, &spec, &mut draw);
            (ui.unique_id(), TableOutput { head, ..output })
        });
        let (id, output) = shown.inner;
        card::set_bounds(ui, id, shown.response.rect);
        output
    }

    /// The column whose head was clicked.
    fn heads_ui(&self, ui: &mut Ui, layout: &[Option<Rangef>]) -> Option<usize> {
        let tokens = theme::tokens(ui);
        let mut clicked = None;
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), tokens.sizes.row_dense));
        for (at, (column, place)) in self.columns.iter().zip(layout).enumerate() {
            let Some(place) = place else { continue };
            if column.head.is_empty() {
                continue;
            }
            let cell = cell_rect(rect, *place);
            let sense = if column.sort.is_some() { Sense::click() } else { Sense::hover() };
            let response = ui.interact(cell, ui.unique_id().with(("head", at)), sense);
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, column.head));
            let direction = match column.sort {
                Some(Sorted::Up) => Some(egui::accesskit::SortDirection::Ascending),
                Some(Sorted::Down) => Some(egui::accesskit::SortDirection::Descending),
                Some(Sorted::No) | None => None,
            };
            if let Some(direction) = direction {
                ui.ctx().accesskit_node_builder(response.id, |node| node.set_sort_direction(direction));
            }
            let decides = direction.is_some();
            let ink = if decides || (column.sort.is_some() && response.hovered()) { tokens.text } else { tokens.muted };
            let arrow = if decides { SORT_ARROW + 3.0 } else { 0.0 };
            let room = (cell.width() - 2.0 * PAD - arrow).max(0.0);
            let galley = rich::one_line(ui, column.head, theme::regular(tokens.sizes.small), ink, room);
            let x = if column.right { cell.right() - PAD - galley.size().x } else { cell.left() + PAD };
            if decides {
                let middle = if column.right {
                    x - 3.0 - SORT_ARROW / 2.0
                } else {
                    x + galley.size().x + 3.0 + SORT_ARROW / 2.0
                };
                let place = Rect::from_center_size(pos2(middle, rect.center().y), egui::Vec2::splat(SORT_ARROW));
                let icon =
                    if column.sort == Some(Sorted::Up) { super::icon::Icon::Up } else { super::icon::Icon::Down };
                icon.paint(ui.painter(), place, ink);
            }
            let cut = galley.elided;
            ui.painter().galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, ink);
            if response.has_focus() {
                button::focus_ring(ui, &response.clone().with_new_rect(cell.shrink(2.0)), tokens);
            }
            if response.clicked() {
                clicked = Some(at);
            }
            if cut {
                response.on_hover_text(column.head);
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), tokens.hairline());
        clicked
    }

    fn rows_ui(
        &self,
        ui: &mut Ui,
        rows: usize,
        layout: &[Option<Rangef>],
        spec: &dyn Fn(usize) -> RowSpec,
        draw: &mut dyn FnMut(&mut Row<'_>),
    ) -> TableOutput {
        let tokens = theme::tokens(ui);
        let height = self.row_height.unwrap_or(tokens.sizes.row).max(1.0);
        let mut output = TableOutput {
            hidden_columns: layout.iter().filter(|place| place.is_none()).count(),
            ..TableOutput::default()
        };
        #[expect(
            clippy::cast_precision_loss,
            reason = "a million rows of 36 points are below f32's whole numbers' end"
        )]
        let y = |row: usize| row as f32 * height;
        ScrollArea::vertical()
            .id_salt(("rows", self.name))
            .max_height(self.max_height)
            .auto_shrink([false, !self.fill_height])
            .show_viewport(ui, |ui, view| {
                ui.set_height(y(rows));
                ui.set_width(ui.available_width());
                let (top, x) = (ui.max_rect().top(), ui.max_rect().x_range());
                let row_rect = |row| Rect::from_x_y_ranges(x, Rangef::new(top + y(row), top + y(row) + height));
                if let Some(row) = self.scroll_to.filter(|row| *row < rows) {
                    ui.scroll_to_rect(row_rect(row), None);
                }
                for index in rows_in(view.top(), view.bottom(), height, rows) {
                    let rect = row_rect(index);
                    let spec = spec(index);
                    let response = row_base(ui, self.name, rect, &spec);
                    if response.clicked() {
                        output.clicked = Some(index);
                    }
                    if response.double_clicked() {
                        output.double_clicked = Some(index);
                    }
                    let mut row =
                        Row { ui: &mut *ui, index, rect, columns: &self.columns, layout, next: 0, response: &response };
                    draw(&mut row);
                    if index + 1 < rows {
                        ui.painter().hline(rect.x_range(), rect.bottom(), tokens.hairline());
                    }
                }
            });
        output
    }
}

/// Indices of the rows between two heights of the content.
fn rows_in(top: f32, bottom: f32, height: f32, rows: usize) -> std::ops::Range<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "floats turn into the nearest index, nothing into 0"
    )]
    let at = |y: f32| (y / height).max(0.0) as usize;
    let first = at(top.floor()).min(rows);
    let last = at(bottom.ceil()).saturating_add(1).min(rows);
    first..last.max(first)
}

/// Ground, click and name of a row, under its cells.
fn row_base(ui: &Ui, table: &str, rect: Rect, spec: &RowSpec) -> Response {
    let tokens = theme::tokens(ui);
    let sense = if spec.clickable { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, Id::unique(("row", table, spec.key)), sense);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Row, ui.is_enabled(), &spec.name);
        info.selected = spec.clickable.then_some(spec.selected);
        info
    });
    let fill = if spec.head {
        Some(tokens.raised)
    } else if spec.selected {
        Some(tokens.row_selected)
    } else if spec.clickable && response.contains_pointer() {
        Some(tokens.row_hover)
    } else {
        None
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    if response.has_focus() {
        let inside = response.clone().with_new_rect(rect.shrink(3.0));
        button::focus_ring(ui, &inside, tokens);
    }
    response
}

/// A row being drawn: cells in the order of the columns.
pub struct Row<'r> {
    ui: &'r mut Ui,
    index: usize,
    rect: Rect,
    columns: &'r [Column<'r>],
    layout: &'r [Option<Rangef>],
    next: usize,
    response: &'r Response,
}

impl Row<'_> {
    /// Place of the row in the list.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// The whole row, under its cells.
    #[must_use]
    pub const fn response(&self) -> &Response {
        self.response
    }

    /// The next cell; not called where its column is hidden.
    pub fn cell(&mut self, content: impl FnOnce(&mut Ui)) {
        let at = self.next;
        self.next += 1;
        let (Some(column), Some(Some(place))) = (self.columns.get(at), self.layout.get(at)) else {
            return;
        };
        let rect = cell_rect(self.rect, *place).shrink2(vec2(PAD, 0.0));
        let layout =
            if column.right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
        self.child(rect, layout, at, content);
    }

    /// Text in the next cell.
    pub fn text(&mut self, text: &str) {
        self.cell(|ui| {
            ui.label(text);
        });
    }

    /// Text in semi-bold.
    pub fn strong(&mut self, text: &str) {
        self.cell(|ui| {
            let size = theme::tokens(ui).sizes.body;
            ui.label(RichText::new(text).font(theme::semibold(size)));
        });
    }

    /// Text that stands back.
    pub fn muted(&mut self, text: &str) {
        self.cell(|ui| {
            let color = theme::tokens(ui).muted;
            ui.label(RichText::new(text).color(color));
        });
    }

    /// A figure with its units standing back.
    pub fn figure(&mut self, text: &str) {
        self.cell(|ui| {
            ui.add(rich::figure(text));
        });
    }

    /// An empty cell.
    pub const fn skip(&mut self) {
        self.next += 1;
    }

    /// All columns that are left, as one cell from left to right.
    pub fn rest(&mut self, content: impl FnOnce(&mut Ui)) {
        self.rest_with(Layout::left_to_right(Align::Center), content);
    }

    /// As [`Row::rest`], from the right: for the buttons at the end of a gap row.
    pub fn rest_right(&mut self, content: impl FnOnce(&mut Ui)) {
        self.rest_with(Layout::right_to_left(Align::Center), content);
    }

    fn rest_with(&mut self, layout: Layout, content: impl FnOnce(&mut Ui)) {
        let at = self.next;
        self.next = self.columns.len();
        let left = self.layout.iter().skip(at).flatten().next().map(|place| place.min);
        if let Some(left) = left {
            let rect = self.rect.with_min_x(self.rect.left() + left).shrink2(vec2(PAD, 0.0));
            self.child(rect, layout, at, content);
        }
    }

    /// What the second button of the mouse opens; the same verbs as the buttons of the row.
    pub fn menu(&self, content: impl FnOnce(&mut Ui)) {
        self.menu_by_key(false, content);
    }

    /// As [`Row::menu`]; it opens under the row, too, in a frame in which `by_key` is set.
    pub fn menu_by_key(&self, by_key: bool, content: impl FnOnce(&mut Ui)) {
        menu::context(self.response, by_key, content);
    }

    fn child(&mut self, rect: Rect, layout: Layout, at: usize, content: impl FnOnce(&mut Ui)) {
        let builder = UiBuilder::new()
            .scope_id(self.response.id.with(("cell", at)))
            .max_rect(rect)
            .layout(layout)
            .accessibility_parent(self.response.id);
        let mut child = self.ui.new_child(builder);
        child.shrink_clip_rect(rect.expand2(vec2(PAD, 0.0)));
        content(&mut child);
    }
}

fn cell_rect(row: Rect, place: Rangef) -> Rect {
    Rect::from_x_y_ranges(place.min + row.left()..=place.max + row.left(), row.y_range())
}

/// Places of the columns from the left edge, `None` for those without room.
fn lay_out(columns: &[Column<'_>], width: f32) -> Vec<Option<Rangef>> {
    let mut shown = vec![true; columns.len()];
    let need = |shown: &[bool]| -> f32 {
        columns.iter().zip(shown).filter(|(_, on)| **on).map(|(column, _)| column.width).sum()
    };
    while need(&shown) > width {
        let go = columns
            .iter()
            .enumerate()
            .filter(|(at, column)| column.priority > 0 && shown.get(*at) == Some(&true))
            .max_by_key(|(at, column)| (column.priority, *at))
            .map(|(at, _)| at);
        let Some(on) = go.and_then(|at| shown.get_mut(at)) else {
            break;
        };
        *on = false;
    }
    let left = width - need(&shown);
    let shares: f32 = columns.iter().zip(&shown).filter(|(_, on)| **on).map(|(column, _)| column.share).sum();
    // Too narrow for even the columns that stay: those that fill give way down to nothing.
    let per_share = if shares > 0.0 { left / shares } else { 0.0 };
    let mut x = 0.0;
    columns
        .iter()
        .zip(shown)
        .map(|(column, on)| {
            on.then(|| {
                let from = x;
                x += (column.width + column.share * per_share).max(0.0);
                Rangef::new(from, x)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::ui::widgets::testing::window;

    fn columns() -> Vec<Column<'static>> {
        vec![
            Column::fill("Project", 160.0),
            Column::exact("Activity", 100.0).priority(2),
            Column::exact("Own", 80.0).right(),
            Column::exact("Value", 100.0).right().priority(1),
            Column::exact("State", 100.0).priority(2),
        ]
    }

    #[test]
    fn columns_leave_by_importance_and_from_the_right() {
        let shown = |width: f32| -> Vec<&str> {
            let columns = columns();
            let layout = lay_out(&columns, width);
            columns.iter().zip(layout).filter_map(|(c, place)| place.map(|_| c.head)).collect()
        };
        assert_eq!(shown(540.0), ["Project", "Activity", "Own", "Value", "State"]);
        assert_eq!(shown(539.0), ["Project", "Activity", "Own", "Value"]);
        assert_eq!(shown(400.0), ["Project", "Own", "Value"]);
        assert_eq!(shown(300.0), ["Project", "Own"]);
        assert_eq!(shown(10.0), ["Project", "Own"]);
    }

    #[test]
    fn what_is_left_goes_to_the_columns_that_fill() {
        let layout = lay_out(&columns(), 640.0);
        assert_eq!(layout.first(), Some(&Some(Rangef::new(0.0, 260.0))));
        assert_eq!(layout.last(), Some(&Some(Rangef::new(540.0, 640.0))));
    }

    #[test]
    fn only_rows_in_sight_are_asked_for() {
        assert_eq!(rows_in(0.0, 100.0, 36.0, 1_000_000), 0..3);
        assert_eq!(rows_in(3_600.0, 3_700.0, 36.0, 1_000_000), 100..103);
        assert_eq!(rows_in(0.0, 100.0, 36.0, 2), 0..2);
        assert_eq!(rows_in(900.0, 1_000.0, 36.0, 2), 2..2);
        assert_eq!(rows_in(f32::NAN, 0.0, 36.0, 0), 0..0);
    }

    #[derive(Default)]
    struct Done {
        clicked: Vec<usize>,
        filled: usize,
        deleted: usize,
    }

    fn sessions(rows: usize) -> Harness<'static, Done> {
        window(Done::default(), move |ui, done: &mut Done| {
            let mut table = Table::new("Sessions").max_height(300.0);
            for column in columns() {
                table = table.column(column);
            }
            let out = table.show(
                ui,
                rows,
                |index| match index {
                    0 => RowSpec::new("day", "Sunday 22 November").head(),
                    1 => RowSpec::new("gap", "38 m not recorded").plain(),
                    _ => RowSpec::new(("session", index), format!("Session {index}")).selected(index == 2),
                },
                |row| match row.index() {
                    0 => row.strong("Sunday 22 November"),
                    1 => row.rest_right(|ui| {
                        if ui.add(button::chip("Fill…")).clicked() {
                            done.filled += 1;
                        }
                    }),
                    index => {
                        row.text(&format!("Aloe {index}"));
                        row.muted("paid work");
                        row.figure("42 m");
                        row.figure("$17.62");
                        row.skip();
                        row.menu(|ui| {
                            if menu::item(ui, "Delete", "Del") {
                                done.deleted += 1;
                            }
                        });
                    }
                },
            );
            done.clicked.extend(out.clicked);
        })
    }

    #[test]
    fn a_row_is_one_named_target_and_its_buttons_still_work() {
        let mut harness = sessions(10);
        harness.get_by_role_and_label(Role::Row, "Session 3").click();
        harness.run();
        assert_eq!(harness.state().clicked, [3]);
        harness.get_by_role_and_label(Role::Button, "Fill…").click();
        harness.run();
        assert_eq!(harness.state().filled, 1);
        // A click on the text of a row is a click on the row.
        harness.get_by_label("Aloe 4").hover();
        harness.run();
        let at = harness.get_by_label("Aloe 4").rect().center();
        harness.drag_at(at);
        harness.drop_at(at);
        harness.run();
        assert_eq!(harness.state().clicked, [3, 4]);
        harness.get_by_role_and_label(Role::ColumnHeader, "Project");
        harness.get_by_role_and_label(Role::Table, "Sessions");
    }

    #[test]
    fn the_menu_of_a_row_opens_with_the_second_button() {
        let mut harness = sessions(10);
        harness.get_by_role_and_label(Role::Row, "Session 5").click_secondary();
        harness.run();
        harness.get_by_role_and_label(Role::MenuItem, "Delete").click();
        harness.run();
        assert_eq!(harness.state().deleted, 1);
        assert!(harness.state().clicked.is_empty());
    }

    #[test]
    fn a_hundred_thousand_rows_draw_only_those_in_sight() {
        let harness = sessions(100_000);
        let drawn = harness.query_all_by_role(Role::Row).count();
        assert!(drawn < 20, "{drawn} rows");
        let rows: Vec<_> = harness.query_all_by_role(Role::Row).collect();
        assert!(rows.iter().all(|row| (row.rect().height() - 36.0).abs() < 0.5));
        assert!(rows.iter().all(|row| row.accesskit_node().label().is_some()));
    }
}
