//! The Rates tab: what an hour pays, where the rest went, and how platforms compare, side by side and over time.
//!
//! Draws a finished view; each figure opens to its sessions. Holds what is looked at and nothing else.

mod days;
mod head;
mod labels;
mod open;
mod over;
mod picture;
mod platforms;
mod sides;
mod steps;
mod table;
#[cfg(test)]
mod tests;

use egui::{ColorImage, Layout, Pos2, ScrollArea, Ui, UiBuilder, vec2};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::dialogs::FirstStartDialog;
use super::super::lack;
use super::super::theme;
use super::super::verbs::Verb;
use super::super::view::fill::Fill;
use super::super::view::memo::Memo;
use super::super::view::rates::{Cursor, Look, NamesShown, RatesView, Sample, WarningVerb};
use super::super::widgets::button;
use super::super::widgets::card::{self, Card};
use super::super::widgets::empty;
use super::changed;
use crate::domain::query::rates::{Group, GroupBy};
use crate::domain::span::DayRange;
use crate::engine::Stamp;
use days::OwnDays;
pub(super) use head::answer_ui;
use over::Drawn;

/// From this width on the cards stand beside each other.
const BESIDE_FROM: f32 = 1000.0;

/// What the Rates tab remembers about looking.
#[derive(Default)]
pub struct RatesTab {
    look: Look,
    held: Held,
    view: Memo<(Stamp, Look), (RatesView, Drawn)>,
}

/// What is looked at beside the figures themselves.
#[derive(Default)]
struct Held {
    tables: Tables,
    /// The row of the sides that the keyboard goes to.
    row: Option<usize>,
    /// The point over time that the keyboard is on, and the one under the pointer.
    cursor: Option<Cursor>,
    hovered: Option<Cursor>,
    /// Where the pointer lay when an arrow key was pressed.
    pointer_at_key: Option<Pos2>,
    /// Whether the chart takes the focus when it is drawn again: one comes back to where one was.
    refocus: bool,
    /// How wide the chips of the head were.
    chips: Option<f32>,
    /// Days of one's own, being typed.
    own_days: Option<OwnDays>,
}

/// Which tables are open.
#[derive(Debug, Default, Clone, Copy)]
struct Tables {
    steps: bool,
    sides: bool,
    over: bool,
}

/// What the user asked for in a frame.
enum Asked {
    /// The sessions of a side, of everything that is looked at where `None`; of some days where they are given.
    Sessions { group: Option<Group>, days: Option<DayRange> },
    /// What a warning offers.
    Verb(WarningVerb),
    /// The user's own payouts instead of a missing rate.
    Fill(Fill),
    /// A table as text.
    Copy(String),
    /// The summary as a picture; `None` where it could not be drawn.
    Picture(Option<ColorImage>),
    /// The first step of the empty state.
    AddSession,
}

impl Asked {
    fn sessions(group: Option<Group>) -> Self {
        Self::Sessions { group, days: None }
    }
}

impl RatesTab {
    /// What must be there before a verb of the tab can be used, in words; `None` where it can be.
    #[must_use]
    pub fn lacks(&self, verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        let no_work = || cx.book.sessions().next().is_none() && cx.book.earnings().next().is_none();
        if verb == Verb::CompareMarket && self.look.by != GroupBy::Platform {
            Some("Only platforms have a market to compare")
        } else if verb == Verb::CopyPicture && no_work() {
            Some("There is no work yet")
        } else {
            None
        }
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let figures = cx.figures;
        let mut look = self.look.clone();
        let (view, drawn) = self.view.get((figures.stamp, look.clone()), || {
            let view = RatesView::of(&figures.work, cx.presets, &self.look, figures.at, cx.today);
            let drawn = Drawn::of(&view.over);
            (view, drawn)
        });
        let held = &mut self.held;
        let mut asked = Vec::new();
        if Verb::CopyPicture.pressed(ui.ctx()) && view.sample != Sample::None {
            asked.push(picture::asked(ui, view, NamesShown::Platforms));
        }
        if Verb::SettledOnly.pressed(ui.ctx()) {
            look.settled_only = !look.settled_only;
        }
        if Verb::CompareMarket.pressed(ui.ctx()) && look.by == GroupBy::Platform {
            look.market = !look.market;
        }
        // The scroll bar stands in the window's margin, beside the cards.
        let width = ui.available_width();
        let bottom = ui.available_rect_before_wrap().bottom();
        let mut area = ui.available_rect_before_wrap();
        area.max.x += theme::tokens(ui).sizes.gap_m;
        ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
            ScrollArea::vertical().id_salt("rates").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(width);
                let begins = ui.cursor().top();
                // Between cards by hand: inside them things stand closer.
                ui.spacing_mut().item_spacing.y = 0.0;
                let gap = theme::tokens(ui).sizes.gap_l;
                head::ui(ui, cx, view, &mut look, held, &mut asked);
                let lacks = cx.lacking.within(self.look.days(cx.book, cx.today));
                lack::mark_ui(ui, lacks.as_ref(), "Rates", actions);
                ui.add_space(gap);
                match view.sample {
                    Sample::None => nothing_ui(ui, cx, &mut look, &mut asked, actions),
                    // The figure, two bars, and nothing that would say more than is known.
                    Sample::UnderAnHour | Sample::Thin => steps::ui(ui, view, held, &mut asked),
                    Sample::Enough => {
                        cards_ui(ui, view, &mut look, held, &mut asked);
                        let used = ui.cursor().top() - begins + gap;
                        let left = bottom - area.top() - used;
                        ui.add_space(gap);
                        over::ui(ui, &view.over, drawn, left, &mut look, held, &mut asked);
                    }
                }
            });
        });
        for asked in asked {
            open::answer(asked, cx, &self.look, actions);
        }
        self.look = look;
    }
}

fn nothing_ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look, asked: &mut Vec<Asked>, actions: &mut Vec<Action>) {
    let all = look.all();
    let any = cx.book.sessions().next().is_some() || cx.book.earnings().next().is_some();
    Card::new().named("Rates").show(ui, |ui| {
        if any && *look != all {
            let line = "There is work, but none in this choice.";
            if empty::empty(ui, "Nothing here", line, Some("Show all of it")) {
                *look = all;
            }
        } else {
            let line =
                "Start the timer or enter time by hand: what an hour pays, and where the rest went, stands here.";
            if empty::empty(ui, "No work yet", line, Some("Enter time…")) {
                asked.push(Asked::AddSession);
            }
            FirstStartDialog::offer_ui(ui, cx, actions);
        }
    });
}

/// The steps and the sides, and below them what was asked for as a table.
fn cards_ui(ui: &mut Ui, view: &RatesView, look: &mut Look, held: &mut Held, asked: &mut Vec<Asked>) {
    let gap = theme::tokens(ui).sizes.gap_l;
    let width = ui.available_width();
    if width >= BESIDE_FROM {
        let left = ((width - gap) * 0.46).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            card::column(ui, left, |ui| steps::ui(ui, view, held, asked));
            card::column(ui, width - gap - left, |ui| sides::ui(ui, view, look, held, asked));
        });
    } else {
        steps::ui(ui, view, held, asked);
        ui.add_space(gap);
        sides::ui(ui, view, look, held, asked);
    }
    if held.tables.sides {
        ui.add_space(gap);
        table::sides_ui(ui, &view.sides, asked);
    }
    if !view.changed.is_empty() {
        ui.add_space(gap);
        Card::new().named("What changed").show(ui, |ui| {
            card::title_row(ui, "What changed with the terms, four weeks before and after", |_| {});
            let project = changed::ui(ui, &view.changed);
            asked.extend(project.map(|project| Asked::sessions(Some(Group::Project(project)))));
        });
    }
    if let Some(market) = &view.market {
        ui.add_space(gap);
        table::market_ui(ui, market, asked);
    }
}

/// The line under a chart: a note at the left, and what opens and closes the table at the right.
fn foot_ui(ui: &mut Ui, note: &str, open: &mut bool, of: &str) {
    let tokens = theme::tokens(ui);
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), steps::FOOT),
        Layout::right_to_left(egui::Align::Center),
        |ui| {
            let words = if *open { "Hide the table" } else { "The same figures as a table ›" };
            let name = format!("{words}: {of}");
            if ui.add(button::small_link(words).named(&name)).clicked() {
                *open = !*open;
            }
            ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
                let text = egui::RichText::new(note).small().color(tokens.muted);
                ui.add(egui::Label::new(text).truncate());
            });
        },
    );
}
