//! The agenda: payouts, bills and cut-offs by week, in a list that is drawn only where it is seen.

use egui::{Rect, RichText, Sense, Ui, vec2};

use super::asked::Asked;
use super::{Target, menus};
use crate::ui::cx::Cx;
use crate::ui::tabs::ink;
use crate::ui::theme;
use crate::ui::view::payouts::{AgendaRow, Entry, EntryId, PayoutsView};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::hatch;
use crate::ui::widgets::rich;
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Where the list goes in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scroll {
    /// To what needs a look now.
    Start,
    /// To an entry.
    To(EntryId),
}

/// How the list is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks {
    pub(super) chosen: Option<EntryId>,
    pub(super) target: Option<Target>,
    pub(super) scroll: Option<Scroll>,
}

/// Width of the mark that tells facts from estimates.
const SIGN: f32 = 14.0;

/// Draws the agenda into all the room there is.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &PayoutsView, looks: Looks, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let agenda = &view.agenda;
    if agenda.rows.is_empty() {
        empty(ui, "Nothing in this month", "What lands, and what must be paid, stands here by its day.", None);
        return;
    }
    let row_height = tokens.sizes.row_dense + 4.0;
    // No row is cut in half where the list stands still.
    let height = (ui.available_height() / row_height).floor().max(1.0) * row_height;
    let seen = (0..agenda.rows.len()).take_while(|rows| (*rows + 2) as f32 * row_height <= height + 0.5).count();
    let scroll = looks.scroll.and_then(|scroll| match scroll {
        // Brought into sight together with as many rows as fit below it, so that it stands on top.
        Scroll::Start => Some((agenda.start + seen).min(agenda.rows.len() - 1)),
        Scroll::To(id) => agenda.choices(&view.entries).find(|(_, held)| *held == id).map(|(row, _)| row),
    });
    let entry = |at: usize| view.entries.get(at);
    let spec = |index: usize| match agenda.rows.get(index) {
        Some(AgendaRow::Entry { at, .. }) => match entry(*at) {
            Some(entry) => RowSpec::new(("agenda", entry.id), &*entry.name).selected(looks.chosen == Some(entry.id)),
            None => RowSpec::new(("agenda-gone", index), "").plain(),
        },
        Some(AgendaRow::CutOff(mark)) => RowSpec::new(("agenda-cut-off", mark.on, &*mark.name), &*mark.name).plain(),
        Some(AgendaRow::Head { title, .. }) => RowSpec::new(("agenda-head", index), &**title).head(),
        None => RowSpec::new(("agenda-none", index), "").plain(),
    };
    let out = Table::new("Agenda")
        .column(Column::exact("Day", 104.0))
        .column(Column::exact("Mark", 40.0))
        .column(Column::fill("Platform", 120.0))
        .column(Column::fill("What", 150.0))
        .column(Column::exact("Amount", 150.0).right())
        .row_height(row_height)
        .max_height(height)
        .fill_height()
        .headless()
        .scroll_to(scroll)
        .show(ui, agenda.rows.len(), spec, |row| match agenda.rows.get(row.index()) {
            Some(AgendaRow::Head { title, sum }) => {
                row.rest(|ui| {
                    let text = RichText::new(title).font(theme::semibold(tokens.sizes.small));
                    ui.add(egui::Label::new(text).truncate());
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        ui.label(RichText::new(sum).small().color(tokens.muted));
                    });
                });
            }
            Some(AgendaRow::Entry { at, day, what }) => {
                let Some(entry) = entry(*at) else { return };
                asked.keep(row.response(), looks.target == Some(Target::Entry(entry.id)));
                row.muted(day);
                row.cell(|ui| mark_ui(ui, entry));
                row.text(&entry.platform);
                row.cell(|ui| {
                    let color = ink::of_standing(tokens, entry.standing, tokens.muted);
                    sign_ui(ui, entry);
                    ui.label(RichText::new(what).color(color));
                });
                row.cell(|ui| {
                    let color = ink::of_standing(tokens, entry.standing, tokens.text);
                    ui.add(rich::figure(&entry.amount).color(color));
                });
                menus::context(row.response(), cx, entry.id, asked);
            }
            Some(AgendaRow::CutOff(mark)) => {
                row.muted(&mark.day);
                row.cell(|ui| {
                    if let Some(badge_of) = &mark.mark {
                        let letters = PlatformMark { letters: &badge_of.letters, hue_index: badge_of.hue };
                        ui.add(badge(letters, &mark.platform));
                    }
                });
                row.muted(&mark.platform);
                row.cell(|ui| {
                    ui.add_space(SIGN + ui.spacing().item_spacing.x);
                    ui.label(RichText::new(&mark.what).color(tokens.muted)).on_hover_text(&mark.name);
                });
            }
            None => {}
        });
    let clicked = out.clicked.and_then(|row| agenda.rows.get(row));
    if let Some(AgendaRow::Entry { at, .. }) = clicked
        && let Some(entry) = entry(*at)
    {
        asked.choose = Some(entry.id);
        asked.open = true;
        asked.day = entry.days.map(|days| days.first);
    }
}

fn mark_ui(ui: &mut Ui, entry: &Entry) {
    if let Some(mark) = &entry.mark {
        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &entry.platform));
    }
}

/// A small block that says whether it is a fact, an estimate, late, or a bill.
fn sign_ui(ui: &mut Ui, entry: &Entry) {
    let tokens = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(SIGN, SIGN), Sense::hover());
    let rect = Rect::from_center_size(rect.center(), vec2(SIGN, 10.0));
    let hue = entry.mark.as_ref().map_or(tokens.muted, |mark| tokens.hue(mark.hue));
    match super::block::drawn_as(entry.standing) {
        Some(standing) => hatch::block(ui.painter(), tokens, rect, hue, standing),
        None => {
            ui.painter().rect_filled(rect, tokens.radius_small(), tokens.raised_press);
        }
    }
}
