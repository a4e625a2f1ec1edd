//! The ways that a platform's money takes: steps with days and fees, least and most; the usual one first.

use egui::{Align, Layout, RichText, Ui};

use super::{Draw, nothing, section};
use crate::domain::command::Command;
use crate::ui::action::Action;
use crate::ui::dialogs::{Dialog, RouteDialog};
use crate::ui::edits;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::platforms::RouteRow;
use crate::ui::widgets::icon::Icon;
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
