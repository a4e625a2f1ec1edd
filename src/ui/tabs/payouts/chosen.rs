//! The chosen payout: when and how much, its reasons in order, its verbs; once landed, what came and what it settled.

use egui::{Align, Color32, Layout, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::asked::Asked;
use super::menus;
use crate::ui::cx::Cx;
use crate::ui::tabs::ink;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::payouts::{Detail, EntryId, EntryVerb};
use crate::ui::view::reasons;
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{button, menu, rich};

/// Draws the card of the chosen payout, so high; on a sheet it can be closed.
pub(super) fn ui(ui: &mut Ui, height: f32, cx: &Cx<'_>, detail: &Detail, sheet: bool, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let bottom = ui.max_rect().bottom() - sizes.gap_l;
    Card::new().named("Chosen payout").height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = sizes.gap_xs;
        head_ui(ui, tokens, detail, sheet, asked);
        let verbs = sizes.row + sizes.gap_m;
        let room = (bottom - ui.cursor().top() - verbs).max(40.0);
        ScrollArea::vertical()
            .id_salt(("reasons", detail.id))
            .max_height(room)
            .min_scrolled_height(room)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                // The bar of the scroll area lies over its content.
                ui.set_max_width(ui.available_width() - sizes.gap_s);
                ui.add_space(sizes.gap_s);
                lines_ui(ui, tokens, detail, asked);
                facts_ui(ui, tokens, detail);
                settled_ui(ui, tokens, detail, asked);
            });
        let place =
            Rect::from_min_max(pos2(ui.max_rect().left(), bottom - sizes.row), pos2(ui.max_rect().right(), bottom));
        let mut child =
            ui.new_child(egui::UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)));
        verbs_ui(&mut child, cx, detail, asked);
    });
}

fn head_ui(ui: &mut Ui, tokens: &Tokens, detail: &Detail, sheet: bool, asked: &mut Asked) {
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if sheet {
                let close = button::icon(Icon::Close, "Close payout").tip("Close", "Escape", "Back to the calendar");
                asked.close |= ui.add(close).clicked();
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(mark) = &detail.mark {
                    ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &detail.name));
                }
                let title = ui.add(egui::Label::new(RichText::new(&detail.title).heading()).truncate());
                title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &detail.title));
            });
        });
    });
    ui.horizontal(|ui| {
        let color = ink::of_standing(tokens, detail.standing, tokens.text);
        ui.add(rich::figure(&detail.amount).strong().size(tokens.sizes.figure).color(color));
        if !detail.note.is_empty() {
            // On the figure's baseline, not in its middle.
            ui.with_layout(Layout::left_to_right(Align::Max), |ui| {
                let note = RichText::new(&detail.note).small().color(tokens.muted);
                ui.add(egui::Label::new(note).truncate());
            });
        }
    });
}

fn lines_ui(ui: &mut Ui, tokens: &Tokens, detail: &Detail, asked: &mut Asked) {
    for line in &detail.lines {
        ui.add(egui::Label::new(&line.text).wrap());
        if line.under.is_empty() {
        } else if line.opens_sessions && !detail.sessions.is_empty() {
            if opens(ui, tokens, &line.under, &line.under).clicked() {
                asked.verb = Some((detail.id, EntryVerb::Sessions));
            }
        } else {
            ui.add(egui::Label::new(RichText::new(&line.under).small().color(tokens.muted)).wrap());
        }
        ui.add_space(tokens.sizes.gap_xs);
    }
}

/// A small line that opens to its rows: words, then a sign that says so.
fn opens(ui: &mut Ui, tokens: &Tokens, words: &str, name: &str) -> Response {
    let sign = 10.0;
    let font = theme::regular(tokens.sizes.small);
    let room = (ui.available_width() - sign - 4.0).max(0.0);
    let galley = rich::one_line(ui, words, font, Color32::PLACEHOLDER, room);
    let size = vec2(galley.size().x + 4.0 + sign, galley.size().y.max(18.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    let ink = if response.hovered() || response.has_focus() { tokens.text } else { tokens.muted };
    let end = rect.left() + galley.size().x + 4.0;
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(pos2(rect.left(), top), galley, ink);
    let place = Rect::from_min_size(pos2(end, rect.center().y - sign / 2.0 + 1.0), vec2(sign, sign));
    Icon::Right.paint(ui.painter(), place, ink);
    button::focus_ring(ui, &response, tokens);
    button::tip(response, name, "", "Open the sessions behind it").on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn facts_ui(ui: &mut Ui, tokens: &Tokens, detail: &Detail) {
    for fact in &detail.facts {
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.sizes.row_dense - tokens.sizes.gap_xs);
            ui.label(RichText::new(fact.name).color(tokens.muted));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add(egui::Label::new(&fact.figure).truncate());
            });
        });
    }
}

fn settled_ui(ui: &mut Ui, tokens: &Tokens, detail: &Detail, asked: &mut Asked) {
    if detail.settled.is_empty() {
        return;
    }
    ui.add_space(tokens.sizes.gap_s);
    let head = RichText::new("What it settled").font(theme::semibold(tokens.sizes.body));
    ui.label(head);
    for part in &detail.settled {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(&part.amount);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(&part.what).truncate());
                });
            });
        });
        if !part.days.is_empty() {
            ui.label(RichText::new(format!("worked {}", part.days)).small().color(tokens.muted));
        }
    }
    if !detail.sessions.is_empty() {
        let words = reasons::counted(detail.sessions.len(), "session");
        if opens(ui, tokens, &words, &words).clicked() {
            asked.verb = Some((detail.id, EntryVerb::Sessions));
        }
    }
}

/// The first two verbs as buttons, the rest under "More".
fn verbs_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, asked: &mut Asked) {
    ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
    let mut buttons: Vec<EntryVerb> = detail.verbs.iter().copied().filter(|verb| verb.changes()).take(2).collect();
    let lands = !matches!(detail.id, EntryId::Bill(..) | EntryId::Landed(_));
    if lands && !buttons.contains(&EntryVerb::Land) {
        // It can't yet; the button says why.
        buttons = vec![EntryVerb::Land];
    }
    if detail.wants_schedule {
        buttons = vec![EntryVerb::Land, EntryVerb::Schedule];
    }
    for verb in buttons.iter().copied() {
        let (name, line) = verb.words(detail.id);
        let line = if verb == EntryVerb::Land && !detail.cannot_land.is_empty() { detail.cannot_land } else { line };
        let key = menus::key_of(verb).map_or_else(String::new, Verb::key_text);
        let enabled = detail.verbs.contains(&verb) && !cx.read_only;
        let made = if verb == EntryVerb::Land { button::primary(name) } else { button::quiet(name) };
        if ui.add(made.enabled(enabled).tip(name, &key, line)).clicked() {
            asked.verb = Some((detail.id, verb));
        }
    }
    if detail.verbs.iter().any(|verb| !buttons.contains(verb)) {
        let more = ui.add(button::quiet("More").menu());
        menu::under(&more, |ui| menus::items_ui(ui, cx, detail.id, &buttons, asked));
    }
}
