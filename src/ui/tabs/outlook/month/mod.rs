//! The month page: one month as it was, to read, to copy, and to print as a proof of income.
//!
//! Draws a finished view. Hours open to their sessions, payouts to the Payouts tab, platforms to theirs.

mod cards;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use egui::{Align, Label, Layout, RichText, Role, ScrollArea, Ui, UiBuilder, WidgetInfo};

use crate::domain::query::month::{MonthFigures, month_figures};
use crate::domain::span::{DayRange, Month};
use crate::engine::Stamp;
use crate::ui::action::{Action, SessionFilter};
use crate::ui::cx::Cx;
use crate::ui::dialogs::{Dialog, SessionDialog};
use crate::ui::lack;
use crate::ui::tabs::rates::answer_ui;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::memo::Memo;
use crate::ui::view::month::MonthView;
use crate::ui::widgets::button;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::empty;
use crate::ui::widgets::icon::Icon;

/// From this width on the cards stand in two columns.
const BESIDE_FROM: f32 = 1000.0;

/// What the page remembers about looking.
#[derive(Default)]
pub struct MonthPage {
    /// The month that was chosen; that of today where none was.
    chosen: Option<Month>,
    view: Memo<(Stamp, Month), (MonthFigures, MonthView)>,
}

/// What the user asked for in a frame.
pub(super) enum Asked {
    Step(Step),
    Print,
    EnterTime,
    Copy,
    Sessions(Option<crate::domain::ids::PlatformId>),
    Payout(crate::domain::ids::PayoutId),
    Platform(crate::domain::ids::PlatformId),
}

/// Where a verb goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Before,
    After,
    This,
}

impl MonthPage {
    /// The verbs of the page: what each asks for. They work from the other pages too, which then give way to this one.
    pub(super) const VERBS: [Verb; 4] = [Verb::MonthBefore, Verb::MonthAfter, Verb::ThisMonth, Verb::PrintMonth];

    /// Why a verb of the page can't be used; `None` where it can be.
    pub(super) fn lacks(&self, verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        let this = Month::of_day(cx.today);
        let last = self.chosen.unwrap_or(this) >= this;
        (verb == Verb::MonthAfter && last).then_some("There is no later month yet")
    }

    /// Carries a verb of the page out.
    pub(super) fn carry(&mut self, verb: Verb, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let steps = [(Verb::MonthBefore, Step::Before), (Verb::MonthAfter, Step::After), (Verb::ThisMonth, Step::This)];
        match steps.into_iter().find(|(of, _)| *of == verb) {
            Some((_, step)) => self.step(step, cx.today),
            None => self.print(cx, actions),
        }
    }

    fn step(&mut self, step: Step, today: NaiveDate) {
        let this = Month::of_day(today);
        let month = self.chosen.unwrap_or(this);
        self.chosen = match step {
            Step::Before => Some(month.previous()),
            // What has not begun holds nothing.
            Step::After => Some(month.next().min(this)),
            Step::This => None,
        };
    }

    fn print(&self, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let month = self.chosen.unwrap_or(Month::of_day(cx.today));
        actions.push(Action::ProveIncome(month));
    }

    /// Draws the page and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let month = self.chosen.unwrap_or(Month::of_day(cx.today));
        let figures = cx.figures;
        let (_, view) = self.view.get((figures.stamp, month), || {
            let found = month_figures(&figures.work, &figures.calendar, &figures.closed, month, cx.today, figures.at);
            let view = MonthView::of(cx.book, &found, cx.today);
            (found, view)
        });
        let mut asked = Vec::new();
        // The scroll bar stands in the window's margin, beside the cards.
        let width = ui.available_width();
        let mut area = ui.available_rect_before_wrap();
        area.max.x += theme::tokens(ui).sizes.gap_m;
        let last = month >= Month::of_day(cx.today);
        ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
            ScrollArea::vertical().id_salt("month").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                let gap = theme::tokens(ui).sizes.gap_l;
                head_ui(ui, view, last, &mut asked);
                // Money that lands in a month was often sent in the one before.
                let days = DayRange::new(month.previous().first_day(), month.last_day());
                lack::mark_ui(ui, cx.lacking.within(days).as_ref(), "Month", actions);
                ui.add_space(gap);
                if view.is_empty {
                    nothing_ui(ui, cx.read_only, &mut asked);
                } else {
                    body_ui(ui, view, &mut asked);
                }
            });
        });
        let (words, days, copied) = (view.title.clone(), view.days, view.tab_separated());
        for asked in asked {
            match asked {
                Asked::Step(step) => self.step(step, cx.today),
                Asked::Print => self.print(cx, actions),
                Asked::EnterTime => actions.push(Action::Open(Box::new(Dialog::Session(SessionDialog::add(cx))))),
                Asked::Copy => {
                    actions.extend([Action::Copy(copied.clone()), Action::Say("Copied the month".to_owned())]);
                }
                Asked::Sessions(platform) => actions.push(Action::ShowSessions(SessionFilter {
                    words: words.clone(),
                    days: Some(days),
                    platform,
                    ..SessionFilter::default()
                })),
                Asked::Payout(payout) => actions.push(Action::ShowPayout(payout)),
                Asked::Platform(platform) => actions.push(Action::ShowPlatform(platform)),
            }
        }
    }
}

fn nothing_ui(ui: &mut Ui, read_only: bool, asked: &mut Vec<Asked>) {
    Card::new().named("Month").show(ui, |ui| {
        let line = "What is worked and what lands in it stands here.";
        if empty::empty(ui, "Nothing in this month", line, (!read_only).then_some("Enter time…")) {
            asked.push(Asked::EnterTime);
        }
    });
}

/// The month with its steps, and what can be done with it; below them what landed.
fn head_ui(ui: &mut Ui, view: &MonthView, last: bool, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.sizes.row);
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
            if verb_ui(ui, button::icon(Icon::Left, "Month before"), Verb::MonthBefore) {
                asked.push(Asked::Step(Step::Before));
            }
            let title = ui.label(RichText::new(&view.title).heading());
            title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &view.title));
            if verb_ui(ui, button::icon(Icon::Right, "Month after").enabled(!last), Verb::MonthAfter) {
                asked.push(Asked::Step(Step::After));
            }
            if verb_ui(ui, button::chip(Verb::ThisMonth.words().name).enabled(!last), Verb::ThisMonth) {
                asked.push(Asked::Step(Step::This));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if verb_ui(ui, button::chip(Verb::PrintMonth.words().name), Verb::PrintMonth) {
                    asked.push(Asked::Print);
                }
                let line = "The page as text with tabs and plain numbers, for a spreadsheet";
                if ui.add(button::chip("Copy").named("Copy the month").tip("Copy the month", "", line)).clicked() {
                    asked.push(Asked::Copy);
                }
            });
        });
        answer_ui(ui, &view.answer);
        for warning in &view.warnings {
            ui.horizontal(|ui| {
                Icon::Warn.show(ui, 14.0, tokens.warn);
                ui.add(Label::new(RichText::new(warning).color(tokens.warn)).wrap());
            });
        }
    });
}

fn verb_ui(ui: &mut Ui, button: button::Button<'_>, verb: Verb) -> bool {
    let (words, key) = (verb.words(), verb.key_text());
    ui.add(button.tip(words.name, &key, words.line)).clicked()
}

fn body_ui(ui: &mut Ui, view: &MonthView, asked: &mut Vec<Asked>) {
    let gap = theme::tokens(ui).sizes.gap_l;
    let width = ui.available_width();
    let worked = |ui: &mut Ui, asked: &mut Vec<Asked>| cards::worked_ui(ui, view, asked);
    let rest = |ui: &mut Ui, asked: &mut Vec<Asked>| {
        cards::out_ui(ui, view, asked);
        ui.add_space(gap);
        cards::lost_ui(ui, view);
        if !view.moved.is_empty() {
            ui.add_space(gap);
            cards::moved_ui(ui, view);
        }
    };
    if width < BESIDE_FROM {
        worked(ui, asked);
        ui.add_space(gap);
        cards::landed_ui(ui, view, asked);
        ui.add_space(gap);
        rest(ui, asked);
        return;
    }
    let left = ((width - gap) * 0.58).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        card::column(ui, left, |ui| {
            worked(ui, asked);
            ui.add_space(gap);
            cards::landed_ui(ui, view, asked);
        });
        card::column(ui, width - gap - left, |ui| rest(ui, asked));
    });
}
