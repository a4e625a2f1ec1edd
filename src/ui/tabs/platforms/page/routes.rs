//! The ways that a platform's money takes: steps with days and fees, least and most; the usual one first. Below, all of
//! them beside each other: what each costs and how long it takes.

use egui::{Align, Layout, RichText, Ui};
use rust_decimal::Decimal;

use super::{Draw, nothing, section};
use crate::domain::command::Command;
use crate::ui::action::Action;
use crate::ui::dialogs::{Dialog, RouteDialog};
use crate::ui::edits;
use crate::ui::format::{NONE, Style};
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::platforms::{RouteRow, WayRow, usual_sum, ways};
use crate::ui::widgets::field::{Field, Label, reason_ui};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{Column, RowSpec, Table};
use crate::ui::widgets::{button, card};

pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let write = !draw.cx.read_only;
    let id = draw.page.detail.id;
    let rows = &draw.page.routes;
    let add = section(ui, "Routes", Some((Verb::AddRoute, write)), |ui| {
        if rows.is_empty() {
            nothing(ui, "No route yet: how its money reaches your account, and what that costs.");
        }
        for row in rows {
            row_ui(ui, draw, row);
        }
        if !rows.is_empty() {
            compared_ui(ui, draw);
        }
    });
    if add {
        draw.open(RouteDialog::add(draw.cx, id).map(Dialog::Route));
    }
}

fn row_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>, row: &RouteRow) {
    let tokens = theme::tokens(ui);
    let write = !draw.cx.read_only;
    let size = egui::vec2(ui.available_width(), tokens.sizes.row_dense);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let name = format!("Delete route {}", row.name);
        if ui.add(button::icon(Icon::Close, &name).enabled(write)).clicked() {
            draw.actions.push(Action::Do(Command::DeleteRoute(row.id)));
        }
        let name = format!("Edit route {}", row.name);
        if ui.add(button::chip("Edit").named(&name).enabled(write)).clicked() {
            draw.open(RouteDialog::edit(draw.cx, draw.page.detail.id, row.id).map(Dialog::Route));
        }
        if row.usual {
            card::note(ui, "the usual one");
        } else {
            let name = format!("Use {} unless said otherwise", row.name);
            if ui.add(button::chip("Make usual").named(&name).enabled(write)).clicked() {
                let words = format!("Make {} the usual route of {}", row.name, draw.platform.name);
                let usual = edits::platform(draw.platform, words, |platform| platform.default_route = Some(row.id));
                draw.actions.push(Action::Do(usual));
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let font = theme::semibold(tokens.sizes.body);
            ui.add(egui::Label::new(RichText::new(&row.name).font(font)).truncate());
        });
    });
    for text in [&row.steps, &row.limits].into_iter().filter(|text| !text.is_empty()) {
        ui.add(egui::Label::new(RichText::new(text).small().color(tokens.muted)).wrap());
    }
}

/// The routes beside each other, for a sum that can be typed.
fn compared_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let tokens = theme::tokens(ui);
    let (book, id) = (draw.cx.book, draw.page.detail.id);
    let style = Style::of(book.settings());
    let usual = *draw.state.way_usual.get((draw.cx.figures.stamp, id), || usual_sum(book, id));
    let typed = draw.state.way_sum.get_or_insert_with(|| style.money(usual));
    let read = style.reader().money(typed, usual.currency);
    let reason = read.as_ref().err().map(ToString::to_string);
    let reason = reason.or_else(|| {
        let wrong = read.as_ref().is_ok_and(|sum| sum.currency != usual.currency || sum.amount <= Decimal::ZERO);
        wrong.then(|| format!("A sum in {} above zero", usual.currency))
    });
    ui.add_space(tokens.sizes.gap_s);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Compared, quotes for").color(tokens.muted));
        let field = Field::new("Sum to compare routes for", typed).label(Label::Unseen).dense().width(96.0);
        field.reason(reason.as_deref()).reason_aside().show(ui);
    });
    if let Some(reason) = &reason {
        reason_ui(ui, reason);
    }
    let sum = read.ok().filter(|_| reason.is_none()).unwrap_or(usual);
    let key = (draw.cx.figures.stamp, id, sum);
    let rows = draw.state.ways.get(key, || ways(book, id, sum));
    let table = Table::new("Routes compared")
        .row_height(tokens.sizes.row_dense)
        .column(Column::fill("Route", 100.0))
        .column(Column::exact("Cost", 54.0).right())
        .column(Column::exact("Took", 60.0).right())
        .column(Column::exact("Quoted", 64.0).right())
        .column(Column::exact("Days", 80.0).right().priority(1))
        .column(Column::exact("Best", 74.0).priority(2));
    table.show(
        ui,
        rows.len(),
        |at| {
            let row = rows.get(at);
            RowSpec::new(("way", row.map(|row| row.id)), row.map_or_else(String::new, WayRow::spoken)).plain()
        },
        |line| {
            let Some(row) = rows.get(line.index()) else { return };
            line.text(&row.name);
            line.figure(&row.cost);
            line.figure(&row.days);
            line.muted(&row.quoted_cost);
            line.muted(&row.quoted_days);
            line.muted(&row.mark);
        },
    );
    let own = rows.iter().filter(|row| row.cost != NONE || row.days != NONE);
    let own: Vec<String> = own.map(|row| format!("{}: {}", row.name, row.of)).collect();
    let words = if own.is_empty() {
        "Cost and days stand here once payouts took a route; quotes are what its steps say".to_owned()
    } else {
        format!("Cost and days: the middle of {}", own.join(", "))
    };
    card::note(ui, &words);
}
