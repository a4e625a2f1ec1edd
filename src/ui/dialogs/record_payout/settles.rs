//! The list of what a payout settles: a row a piece of open money, with a box and, where it is ticked, how much of it.

use std::collections::BTreeMap;

use egui::{Align, Id, Layout, RichText, Role, ScrollArea, Sense, Ui, UiBuilder};

use super::heading_chips;
use crate::domain::command::Settleable;
use crate::ui::theme;
use crate::ui::view::payout_form::{Item, PayoutForm, Read};
use crate::ui::widgets::card;
use crate::ui::widgets::field::{Field, Label, reason_ui};

/// Rows in sight; more of them scroll.
const ROWS: usize = 5;
/// Width of an amount.
const AMOUNT: f32 = 120.0;

/// What was done to a row.
enum Done {
    Ticked(Settleable, Option<String>),
    Typed(Settleable, String),
}

/// Draws the list; true where something was changed.
pub(super) fn ui(ui: &mut Ui, form: &mut PayoutForm, read: &Read, refused: Option<&String>) -> bool {
    let tokens = theme::tokens(ui);
    let chips = [
        ("Oldest first", "As far as the gross reaches, the oldest work first"),
        ("Nothing", "Settle nothing for now: it stands as unexplained"),
    ];
    let mut changed = true;
    match heading_chips(ui, "What it settles", chips) {
        Some(0) => form.settles = None,
        Some(_) => form.settles = Some(BTreeMap::new()),
        None => changed = false,
    }
    if form.platform.is_none() {
        card::note(ui, "Nobody knows yet who paid: say it here once you do, and what it settles.");
        return changed;
    }
    let items = &read.matched.items;
    if items.is_empty() {
        card::note(ui, "Nothing is open on this platform.");
        return changed;
    }
    let row = tokens.sizes.row;
    let group = UiBuilder::new().accessibility_role(Role::Group).accessibility_label("What it settles");
    let mut done = None;
    ui.scope_builder(group, |ui| {
        let high = row * items.len().min(ROWS) as f32;
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("settles").max_height(high).auto_shrink([false, true]);
        area.show_rows(ui, row, items.len(), |ui, range| {
            for item in items.get(range).unwrap_or_default() {
                done = row_ui(ui, row, item).or(done.take());
            }
        });
    });
    let reason = items.iter().find_map(|item| item.reason.as_ref()).or(refused);
    if let Some(reason) = reason {
        reason_ui(ui, reason);
    }
    if !read.matched.words.is_empty() {
        let ink = if read.matched.reads { tokens.muted } else { tokens.bad };
        ui.add(egui::Label::new(RichText::new(&read.matched.words).color(ink)).wrap());
    }
    if let Some(done) = done {
        take(form, items, done);
        changed = true;
    }
    changed
}

/// The user's own choice begins with what was suggested.
fn take(form: &mut PayoutForm, items: &[Item], done: Done) {
    let shown = || items.iter().filter_map(|item| Some((item.of, item.draft.clone()?))).collect();
    let chosen = form.settles.get_or_insert_with(shown);
    match done {
        Done::Ticked(of, Some(draft)) | Done::Typed(of, draft) => _ = chosen.insert(of, draft),
        Done::Ticked(of, None) => _ = chosen.remove(&of),
    }
}

fn row_ui(ui: &mut Ui, height: f32, item: &Item) -> Option<Done> {
    let tokens = theme::tokens(ui);
    let mut done = None;
    let size = egui::vec2(ui.available_width(), height);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.with_max_x(rect.right() - tokens.sizes.gap_m);
    let (left, right) = rect.split_left_right_at_x(rect.right() - AMOUNT);
    // A field stands at the top of its place: as high as it is, in the middle.
    let right = right.shrink2(egui::vec2(0.0, ((height - tokens.sizes.row_dense) / 2.0).max(0.0)));
    if let Some(draft) = &item.draft {
        let mut typed = draft.clone();
        let name = format!("Part of {}", item.name);
        let field = Field::new(&name, &mut typed).label(Label::Unseen).dense().right().width(AMOUNT);
        let field = field.id(Id::unique(("settles", item.of))).reason(item.reason.as_deref()).reason_aside();
        let mut child = ui.new_child(UiBuilder::new().max_rect(right));
        if field.show(&mut child).response.changed() {
            done = Some(Done::Typed(item.of, typed));
        }
    } else {
        let layout = Layout::right_to_left(Align::Center);
        let mut child = ui.new_child(UiBuilder::new().max_rect(right).layout(layout));
        child.add_space(tokens.sizes.gap_s);
        child.label(RichText::new(&item.open).color(tokens.muted));
    }
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(left).layout(layout));
    let mut ticked = item.draft.is_some();
    let tick = child.checkbox(&mut ticked, &item.what);
    tick.widget_info(|| egui::WidgetInfo::selected(Role::CheckBox, true, ticked, &item.name));
    if tick.changed() {
        let whole = item.open.strip_prefix("~ ").unwrap_or(&item.open).to_owned();
        done = Some(Done::Ticked(item.of, ticked.then_some(whole)));
    }
    child.add(egui::Label::new(RichText::new(&item.when).small().color(tokens.muted)).truncate());
    done
}
