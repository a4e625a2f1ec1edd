//! The rows of a file: what each says, what becomes of it and why; a tick for the doubtful ones.

use egui::{Checkbox, Color32, RichText, Role, Ui, WidgetInfo};

use super::goes::muted;
use super::preview::Decided;
use crate::domain::statement::Statement;
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::statement::{self as view, Entry, Fate, Looked, Words};
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// The least and the greatest height of the table, in points.
const HEIGHT: egui::Rangef = egui::Rangef { min: 112.0, max: 392.0 };
/// What else stands in the dialog and the window around it, in points.
const BESIDE: f32 = 520.0;

/// The rows that are shown.
pub(super) struct Rows<'a> {
    pub(super) statement: &'a Statement,
    pub(super) looked: &'a Looked,
    /// Only lines of this fate.
    pub(super) only: Option<Fate>,
}

/// Draws them; what was decided.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, rows: &Rows<'_>) -> Option<Decided> {
    let weighed = &rows.looked.weighed;
    let entries = weighed.lines(rows.only);
    if entries.is_empty() {
        muted(ui, "No row of the file is of that kind.");
        return None;
    }
    let words = Words { book: cx.book, today: cx.today, style: Style::of(cx.book.settings()) };
    let of = |index: usize| entries.get(index).map(|entry| view::words(words, rows.statement, weighed, *entry));
    let mut ticked = None;
    let height = HEIGHT.clamp(ui.ctx().content_rect().height() - BESIDE);
    let table = Table::new("Rows of the file")
        .column(Column::exact("Line", 60.0).right().priority(2))
        .column(Column::exact("Day", 104.0))
        .column(Column::fill("What", 150.0))
        .column(Column::exact("Amount", 104.0).right())
        .column(Column::exact("State", 112.0).priority(1))
        .column(Column::fill("Becomes", 250.0))
        .row_height(theme::tokens(ui).sizes.row_dense)
        .max_height(height);
    table.show(
        ui,
        entries.len(),
        |index| {
            let name = of(index).map_or_else(String::new, |row| row.name());
            RowSpec::new(("row of the file", index), name).plain()
        },
        |row| {
            let Some(entry) = entries.get(row.index()).copied() else { return };
            let line = view::words(words, rows.statement, weighed, entry);
            row.muted(&line.line);
            row.text(&line.day);
            row.text(&line.what);
            row.figure(&line.figure);
            row.muted(&line.state);
            row.cell(|ui| {
                let tokens = theme::tokens(ui);
                ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
                if let Some(key) = key_of_doubtful(rows, entry) {
                    let mut taken = rows.looked.choices.wanted.contains(key);
                    let name = format!("Take line {}", line.line);
                    let tick = ui.add(Checkbox::without_text(&mut taken));
                    tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, taken, &name));
                    if tick.clicked() {
                        ticked = Some((key.to_owned(), taken));
                    }
                }
                ui.label(RichText::new(line.fate.name()).color(ink(tokens, line.fate)));
                muted(ui, &line.reason);
            });
        },
    );
    let (key, taken) = ticked?;
    let mut choices = rows.looked.choices.clone();
    if taken {
        choices.wanted.insert(key);
    } else {
        choices.wanted.remove(&key);
    }
    Some(Decided::Choices(choices))
}

/// The key of a row that is doubtful, or was until it was ticked.
fn key_of_doubtful<'a>(rows: &Rows<'a>, entry: Entry) -> Option<&'a str> {
    let Entry::Row(at) = entry else { return None };
    let key = rows.statement.rows.get(at)?.key.as_str();
    let doubtful = rows.looked.weighed.fate(entry) == Fate::Doubtful || rows.looked.choices.wanted.contains(key);
    doubtful.then_some(key)
}

fn ink(tokens: &Tokens, fate: Fate) -> Color32 {
    match fate {
        Fate::New => tokens.good,
        Fate::Changed => tokens.accent,
        Fate::Yours | Fate::Doubtful => tokens.warn,
        Fate::Known | Fate::LeftOut => tokens.muted,
    }
}
