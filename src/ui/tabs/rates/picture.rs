//! "Copy as picture": the summary in a layout of its own, drawn beside the window and put on the clipboard.

use egui::{Align, ColorImage, Label, Layout, Rect, RichText, Sense, Ui, UiBuilder, vec2};

use super::steps::ROW;
use super::{Asked, head, sides, steps};
use crate::domain::query::rates::GroupBy;
use crate::ui::offscreen;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::rates::{Look, NamesShown, Picture, RatesView, Sample};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::{button, menu};

/// Width of the picture in points, and how many pixels a point has.
const WIDTH: f32 = 760.0;
const SCALE: f32 = 2.0;

/// The button; where rows have names of the user's own, a menu asks whether they are shown.
pub(super) fn button_ui(ui: &mut Ui, view: &RatesView, look: &Look, asked: &mut Vec<Asked>) {
    let words = Verb::CopyPicture.words();
    let key = Verb::CopyPicture.key_text();
    let mut copy = |ui: &Ui, shown| asked.push(self::asked(ui, view, shown));
    let own = match look.by {
        GroupBy::Platform => None,
        GroupBy::Project => Some(("Projects as “Project 1”, “Project 2”…", "With project names")),
        GroupBy::TaskType => Some(("Task types as “Task type 1”…", "With the names of task types")),
    };
    let Some((numbered, named)) = own.filter(|_| view.sample == Sample::Enough) else {
        if ui.add(button::chip(words.name).tip(words.name, &key, words.line)).clicked() {
            copy(ui, NamesShown::Platforms);
        }
        return;
    };
    let response = ui.add(button::chip(words.name).menu().tip(words.name, &key, words.line));
    menu::under(&response, |ui| {
        if menu::item(ui, numbered, &key) {
            copy(ui, NamesShown::Platforms);
        }
        if menu::item(ui, named, "") {
            copy(ui, NamesShown::All);
        }
    });
}

/// The picture of a view, drawn.
pub(super) fn asked(ui: &Ui, view: &RatesView, shown: NamesShown) -> Asked {
    Asked::Picture(draw(ui, &Picture::of(view, shown)))
}

/// The picture in the colours of the window; `None` where it could not be drawn.
fn draw(ui: &Ui, picture: &Picture) -> Option<ColorImage> {
    let ground = theme::tokens(ui).background;
    offscreen::draw(ui.ctx(), WIDTH, SCALE, ground, |ui| picture_ui(ui, picture))
}

fn picture_ui(ui: &mut Ui, picture: &Picture) {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let inside = Rect::from_min_size(
        ui.max_rect().min + vec2(sizes.gap_xl, sizes.gap_xl),
        vec2(ui.max_rect().width() - 2.0 * sizes.gap_xl, ui.max_rect().height()),
    );
    let shown = ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.horizontal(|ui| {
            card::title(ui, picture.title);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&picture.about).color(tokens.muted)).truncate());
            });
        });
        head::answer_ui(ui, &picture.answer);
        ui.add_space(sizes.gap_l);
        Card::new().title("Where the hour goes").show(ui, |ui| {
            ui.add_space(sizes.gap_xs);
            let top = steps::top(&picture.steps);
            for step in &picture.steps {
                let rect = row(ui);
                steps::paint_row(ui, step, top, picture.sample == Sample::UnderAnHour, rect);
            }
            if picture.sample != Sample::Enough {
                ui.add_space(sizes.gap_xs);
                card::note(ui, "under ten paid hours: too little to say more");
            }
        });
        if !picture.sides.rows.is_empty() {
            ui.add_space(sizes.gap_l);
            sides_ui(ui, picture);
        }
        ui.add_space(sizes.gap_m);
        mark_ui(ui);
    });
    ui.advance_cursor_after_rect(shown.response.rect.expand2(vec2(0.0, sizes.gap_l)));
}

fn sides_ui(ui: &mut Ui, picture: &Picture) {
    let tokens = theme::tokens(ui);
    Card::new().title(&picture.sides.title).show(ui, |ui| {
        ui.add_space(tokens.sizes.gap_xs);
        let columns = sides::Columns::of(ui.available_rect_before_wrap());
        let mut drawn = Rect::NOTHING;
        for side in &picture.sides.rows {
            let rect = row(ui);
            sides::paint_row(ui, &picture.sides, side, &columns, rect);
            drawn = drawn.union(rect);
        }
        sides::floor_ui(ui.painter(), tokens, &picture.sides, &columns, drawn.y_range());
        ui.add_space(tokens.sizes.gap_xs);
        let notes = [picture.more.as_str(), picture.sides.legend.as_str()];
        card::note(ui, &notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join(" · "));
    });
}

fn row(ui: &mut Ui) -> Rect {
    ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover()).0
}

/// Who drew it, small at the right.
fn mark_ui(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    let size = vec2(ui.available_width(), tokens.sizes.gap_l);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let font = theme::semibold(tokens.sizes.small);
        ui.label(RichText::new("TrueRate").font(font).color(tokens.muted));
    });
}
