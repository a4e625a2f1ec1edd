//! The table of platform and age: figures that open, a bar of the ages, the share and the states.

use egui::{Color32, CornerRadius, Painter, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::WHOLE;
use crate::domain::query::exposure::Age;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{AccessEndedDialog, Dialog, EvidenceDialog};
use crate::ui::format::NONE;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::{Verb, row_menu_pressed};
use crate::ui::view::exposure::{ExposureView, Pick, Row, age as age_words};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::table::{self as list, Column, RowSpec, Table};
use crate::ui::widgets::{button, hatch, menu, rich};

/// Height of a bar and of a cell, in points.
const BAR: f32 = 10.0;
const CELL: f32 = 26.0;
/// Over this many platforms the table scrolls by itself.
const MOST_ROWS: usize = 10;
/// So many rows say how wide a figure can be; the largest platforms stand first.
const MEASURED: usize = 40;

/// A figure that was picked.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &ExposureView,
    at: (usize, usize),
    opened: Option<Pick>,
    actions: &mut Vec<Action>,
) -> Option<Pick> {
    let mut picked = None;
    Card::new().named("By platform and age").show(ui, |ui| {
        let tokens = theme::tokens(ui);
        let sizes = &tokens.sizes;
        ui.spacing_mut().item_spacing.y = sizes.gap_xs;
        card::title(ui, "By platform and days since the work");
        let rows = view.rows.len();
        let room = sizes.row * rows.min(MOST_ROWS) as f32;
        let widths = Widths::of(ui, view);
        let menu_by_key = ui.memory(|memory| memory.focused().is_none()) && row_menu_pressed(ui.ctx());
        let mut draw = |line: &mut list::Row<'_>, place: usize| {
            let Some(row) = view.row(place) else { return };
            if let Some(pick) = row_ui(line, row, place, at, opened) {
                picked = Some(pick);
            }
            if row.platform.is_some() {
                line.menu_by_key(menu_by_key && at.0 == place, |ui| menu_ui(ui, cx, view, row, actions));
            }
        };
        let size = vec2(ui.available_width(), room + sizes.row_dense);
        let out = ui
            .allocate_ui(size, |ui| {
                columns(Table::new("Not yet paid by age").max_height(room), widths).show(
                    ui,
                    rows,
                    |place| {
                        let row = view.rows.get(place);
                        let name = row.map_or_else(String::new, Row::spoken);
                        RowSpec::new(("exposure", row.map(|row| row.platform)), name).selected(at.0 == place)
                    },
                    |line| {
                        let place = line.index();
                        draw(line, place);
                    },
                )
            })
            .inner;
        ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top() - 2.0, tokens.hairline());
        columns(Table::new("All platforms by age").headless(), widths).show(
            ui,
            1,
            |_| RowSpec::new("exposure-all", view.all.spoken()).selected(at.0 == rows).plain(),
            |line| draw(line, rows),
        );
        if picked.is_none() {
            picked = out.clicked.map(|row| Pick::Row { row, age: None });
        }
        legend_ui(ui, tokens);
    });
    picked
}

/// Widths of the columns of figures: as the widest figure needs, so that none is cut.
#[derive(Clone, Copy)]
struct Widths {
    age: f32,
    total: f32,
}

impl Widths {
    fn of(ui: &Ui, view: &ExposureView) -> Self {
        let tokens = theme::tokens(ui);
        let (regular, strong) = (theme::regular(tokens.sizes.body), theme::semibold(tokens.sizes.body));
        let wide = |text: &str, font: &egui::FontId| {
            rich::one_line(ui, text, font.clone(), tokens.text, f32::INFINITY).size().x + 18.0
        };
        let rows = || view.rows.iter().take(MEASURED);
        let ages = rows().flat_map(|row| &row.cells).map(|cell| wide(&cell.amount, &regular));
        let totals = rows().map(|row| wide(&row.total, &strong));
        Self { age: ages.fold(0.0, f32::max).clamp(96.0, 124.0), total: totals.fold(0.0, f32::max).clamp(112.0, 140.0) }
    }
}

fn columns(table: Table<'_>, widths: Widths) -> Table<'_> {
    let mut table = table.column(Column::fill("Platform", 150.0));
    for age in Age::ALL {
        table = table.column(Column::exact(age_words(age), widths.age).right());
    }
    table
        .column(Column::exact("Not yet paid", widths.total).right())
        .column(Column::exact("Share", 62.0).right().priority(2))
        .column(Column::exact("By age", 120.0).priority(4))
        .column(Column::fill("State", 190.0).priority(3))
}

fn row_ui(line: &mut list::Row<'_>, row: &Row, place: usize, at: (usize, usize), opened: Option<Pick>) -> Option<Pick> {
    let mut picked = None;
    line.cell(|ui| {
        if let Some(mark) = &row.mark {
            ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &row.name));
        }
        let font = theme::semibold(theme::tokens(ui).sizes.body);
        ui.add(egui::Label::new(RichText::new(&row.name).font(font)).truncate());
    });
    for (age, cell) in Age::ALL.into_iter().zip(&row.cells) {
        let pick = Pick::Row { row: place, age: Some(age) };
        let look = Look { on_it: at == (place, age.place()), open: opened == Some(pick), strong: false };
        line.cell(|ui| {
            if cell_ui(ui, &cell.amount, &row.cell_name(age), look) {
                picked = Some(pick);
            }
        });
    }
    let pick = Pick::Row { row: place, age: None };
    let look = Look { on_it: at == (place, WHOLE), open: opened == Some(pick), strong: true };
    line.cell(|ui| {
        if cell_ui(ui, &row.total, &format!("{}, not yet paid {}", row.name, row.total), look) {
            picked = Some(pick);
        }
    });
    line.figure(&row.share);
    line.cell(|ui| bar_ui(ui, row));
    line.cell(|ui| {
        let tokens = theme::tokens(ui);
        let ink = match (row.surely_late, row.late) {
            (true, _) => tokens.bad,
            (false, true) => tokens.warn,
            (false, false) => tokens.muted,
        };
        let label = egui::Label::new(RichText::new(&row.in_short).small().color(ink)).truncate();
        // The tooltip says all of it, with every amount.
        ui.add(label.show_tooltip_when_elided(false)).on_hover_text(&row.states);
    });
    picked
}

/// How a figure stands out.
#[derive(Clone, Copy)]
struct Look {
    /// The arrows are on it.
    on_it: bool,
    /// Its pieces are shown.
    open: bool,
    strong: bool,
}

/// A figure that opens; true where it was clicked. Nothing doesn't open.
fn cell_ui(ui: &mut Ui, amount: &str, name: &str, look: Look) -> bool {
    let tokens = theme::tokens(ui);
    let opens = amount != NONE;
    let sense = if opens { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CELL), sense);
    let role = if opens { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    let fill = if look.open {
        Some(tokens.raised)
    } else if opens && response.hovered() {
        Some(tokens.raised_hover)
    } else {
        None
    };
    let around = rect.expand2(vec2(6.0, 0.0));
    if let Some(fill) = fill {
        ui.painter().rect_filled(around, tokens.radius_small(), fill);
    }
    if look.on_it {
        let ring = egui::Stroke::new(1.0, tokens.accent);
        ui.painter().rect_stroke(around, tokens.radius_small(), ring, egui::StrokeKind::Inside);
    }
    let font = if look.strong { theme::semibold(tokens.sizes.body) } else { theme::regular(tokens.sizes.body) };
    let ink = if opens { tokens.text } else { tokens.muted };
    let galley = rich::one_line(ui, amount, font, ink, rect.width());
    let cut = galley.elided;
    let left = pos2(rect.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(left, galley, ink);
    button::focus_ring(ui, &response.clone().with_new_rect(around), tokens);
    if cut {
        return response.on_hover_text(amount).clicked();
    }
    response.clicked()
}

/// The ages of a row one after another: recorded money solid, estimates hatched.
fn bar_ui(ui: &mut Ui, row: &Row) {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
    let parts: Vec<String> = Age::ALL
        .into_iter()
        .zip(&row.cells)
        .filter(|(_, cell)| cell.amount != NONE)
        .map(|(age, cell)| format!("{}: {}", age_words(age), cell.amount))
        .collect();
    let spoken = format!("{} by age, {}", row.name, parts.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &spoken));
    let mut x = rect.left();
    let mut any = false;
    for (age, cell) in Age::ALL.into_iter().zip(&row.cells) {
        let Some((fact, estimate)) = cell.bar else { continue };
        for (share, estimated) in [(fact, false), (estimate, true)] {
            let width = share.clamp(0.0, 1.0) * rect.width();
            let right = (x + width).min(rect.right());
            if right - x >= 0.5 {
                any = true;
                part_ui(ui.painter(), tokens, Rect::from_x_y_ranges(x..=right, rect.y_range()), age, estimated);
            }
            x = right;
        }
    }
    if any {
        response.on_hover_text(parts.join("\n"));
    }
}

fn part_ui(painter: &Painter, tokens: &Tokens, rect: Rect, age: Age, estimated: bool) {
    let ink = ink_of(tokens, age);
    // A hair between two parts.
    let rect = rect.with_max_x((rect.right() - 1.0).max(rect.left() + 1.0));
    let radius = CornerRadius::same(2);
    if estimated {
        painter.rect_filled(rect, radius, tokens.surface.lerp_to_gamma(ink, 0.25));
        hatch::fill(painter, rect, ink, 5.0);
    } else {
        painter.rect_filled(rect, radius, ink);
    }
}

/// The older, the louder: the accent gains strength, then what needs a look, then what is nearly lost.
fn ink_of(tokens: &Tokens, age: Age) -> Color32 {
    match age {
        Age::Week => tokens.surface.lerp_to_gamma(tokens.accent, 0.4),
        Age::Fortnight => tokens.surface.lerp_to_gamma(tokens.accent, 0.7),
        Age::Month => tokens.accent,
        Age::TwoMonths => tokens.warn,
        Age::Older => tokens.bad,
    }
}

fn legend_ui(ui: &mut Ui, tokens: &Tokens) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_xs;
        let swatch = |ui: &mut Ui, age: Age, estimated: bool, words: &str| {
            let (rect, response) = ui.allocate_exact_size(vec2(14.0, BAR), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Sign of {words}")));
            part_ui(ui.painter(), tokens, rect, age, estimated);
            card::note(ui, words);
            ui.add_space(tokens.sizes.gap_s);
        };
        for age in Age::ALL {
            swatch(ui, age, false, &age_words(age).to_lowercase());
        }
        swatch(ui, Age::Month, true, "estimated");
    });
}

/// The verbs of a row.
fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ExposureView, row: &Row, actions: &mut Vec<Action>) {
    let Some(id) = row.platform else { return };
    let words = Verb::EndAccessHere.words();
    if menu::item_enabled(ui, words.name, &Verb::EndAccessHere.key_text(), AccessEndedDialog::is_offered(cx, id)) {
        let dialog = AccessEndedDialog::new(cx, id).map(Dialog::AccessEnded);
        actions.extend(dialog.map(|dialog| Action::Open(Box::new(dialog))));
    }
    if menu::item(ui, "Collect evidence…", "") {
        let dialog = EvidenceDialog::new(cx, id, None).map(Dialog::Evidence);
        actions.extend(dialog.map(|dialog| Action::Open(Box::new(dialog))));
    }
    menu::separator(ui);
    if menu::item(ui, "Show platform", "") {
        actions.push(Action::ShowPlatform(id));
    }
    if menu::item_enabled(ui, "Show largest payout", "", row.largest_key.is_some())
        && let Some(key) = row.largest_key
    {
        actions.push(Action::ShowExpected(key));
    }
    if menu::item(ui, "Copy the table", &Verb::CopyExposure.key_text()) {
        actions.push(Action::Copy(view.tab_separated()));
    }
}
