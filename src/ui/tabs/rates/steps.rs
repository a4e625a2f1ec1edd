//! "Where the hour goes": a waterfall, a bar a step. What was lost is hatched, what was gained is drawn on with a
//! plus, each with its cause in words; all bars are on one scale.

use egui::{Align2, Color32, Painter, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Asked, Held, foot_ui, table};
use crate::domain::query::rates::Step;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::rates::{RatesView, Sample, StepRow};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::{button, hatch, rich};

/// Height of a row, here and in the chart beside it.
pub(super) const ROW: f32 = 32.0;
/// Height of a bar.
pub(super) const BAR: f32 = 20.0;
/// Height of the line under the rows.
pub(super) const FOOT: f32 = 24.0;

const NAME: f32 = 84.0;
const FIGURE: f32 = 68.0;
const WORDS: f32 = 196.0;

pub(super) fn ui(ui: &mut Ui, view: &RatesView, tab: &mut Held, asked: &mut Vec<Asked>) {
    let title = "Where the hour goes";
    Card::new().named(title).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let open = tab.tables.steps;
        card::title_row(ui, title, |ui| {
            if open {
                table::copy_ui(ui, "Copy the steps", asked, || Asked::Copy(view.steps_text.clone()));
            }
        });
        ui.add_space(theme::tokens(ui).sizes.gap_xs);
        if open {
            table::steps_ui(ui, &view.steps);
        } else {
            let top = top(&view.steps);
            for step in &view.steps {
                row_ui(ui, step, top, view.sample == Sample::UnderAnHour, asked);
            }
        }
        let note = if matches!(view.sample, Sample::UnderAnHour | Sample::Thin) {
            "under ten paid hours: too little to say more"
        } else {
            ""
        };
        foot_ui(ui, note, &mut tab.tables.steps, "steps");
    });
}

/// The figure that the widest bar stands for.
pub(super) fn top(steps: &[StepRow]) -> Decimal {
    let values = steps.iter().filter_map(|step| step.value);
    values.max().filter(|top| *top > Decimal::ZERO).unwrap_or(Decimal::ONE)
}

fn row_ui(ui: &mut Ui, step: &StepRow, top: Decimal, muted: bool, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &step.spoken));
    if response.hovered() {
        let ground = rect.expand2(vec2(tokens.sizes.gap_s, 0.0));
        ui.painter().rect_filled(ground, tokens.radius_small(), tokens.row_hover);
    }
    let cut = paint_row(ui, step, top, muted, rect);
    if response.has_focus() {
        let inside = response.clone().with_new_rect(rect.shrink2(vec2(0.0, 3.0)));
        button::focus_ring(ui, &inside, tokens);
    }
    if response.clicked() {
        asked.push(Asked::sessions(None));
    }
    let words = if cut { step.words.as_str() } else { "" };
    let lines: Vec<&str> = [words, step.of_which.as_str(), step.made_of.as_str(), meaning(step.step)]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    button::tip(response, step.name, "", &lines.join("\n"));
}

/// What is seen of a step; whether its words had to be cut.
pub(super) fn paint_row(ui: &Ui, step: &StepRow, top: Decimal, muted: bool, rect: Rect) -> bool {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let painter = ui.painter();
    let middle = rect.center().y;
    let body = theme::regular(sizes.body);
    painter.text(pos2(rect.left(), middle), Align2::LEFT_CENTER, step.name, body, tokens.muted);
    let words = WORDS.min(rect.width() * 0.36);
    let figure_right = rect.right() - words - sizes.gap_s;
    let bar = Rect::from_min_max(
        pos2(rect.left() + NAME, middle - BAR / 2.0),
        pos2((figure_right - FIGURE).max(rect.left() + NAME + 1.0), middle + BAR / 2.0),
    );
    if let Some(value) = step.value {
        bar_ui(painter, tokens, step, value, top, muted, bar);
        let semibold = theme::semibold(sizes.body);
        let ink = if muted { tokens.muted } else { tokens.text };
        painter.text(pos2(figure_right, middle), Align2::RIGHT_CENTER, &step.figure, semibold, ink);
    }
    // Without a figure its reason stands in the place of the bar.
    let left = if step.value.is_some() { figure_right + sizes.gap_m } else { bar.left() };
    let ink = if step.gained() { tokens.good } else { tokens.muted };
    let galley = rich::one_line(ui, &step.words, theme::regular(sizes.small), ink, rect.right() - left);
    let cut = galley.elided;
    painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, ink);
    cut
}

/// The bar: what stays filled, what was lost hatched after it, what was gained drawn on with a plus.
fn bar_ui(painter: &Painter, tokens: &Tokens, step: &StepRow, value: Decimal, top: Decimal, muted: bool, bar: Rect) {
    let x = |value: Decimal| bar.left() + bar.width() * share(value, top);
    let color = color(tokens, step.step, muted);
    let before = step.before.unwrap_or(value);
    let kept = bar.with_max_x(x(value.min(before)));
    painter.rect_filled(kept, tokens.radius_small(), color);
    if before > value {
        let lost = bar.with_min_x(kept.right()).with_max_x(x(before));
        hatch::fill(painter, lost, tokens.bad.gamma_multiply(0.7), 5.0);
    } else if value > before {
        let gained = bar.with_min_x(kept.right()).with_max_x(x(value));
        painter.rect_filled(gained, tokens.radius_small(), if muted { color } else { tokens.good });
        // A plus of its own where there is room; the words say it anyway.
        if gained.width() >= 14.0 {
            let font = theme::semibold(tokens.sizes.body);
            painter.text(gained.center(), Align2::CENTER_CENTER, "+", font, tokens.surface);
        }
    }
}

/// The part of the widest bar that a figure takes, 0 to 1.
pub(super) fn share(value: Decimal, top: Decimal) -> f32 {
    value.checked_div(top).and_then(|share| share.to_f32()).unwrap_or(0.0).clamp(0.0, 1.0)
}

/// What was promised is grey, what work brings is blue, what an hour of life brings is green.
fn color(tokens: &Tokens, step: Step, muted: bool) -> Color32 {
    let color = match step {
        Step::Advertised => tokens.muted,
        Step::Recorded | Step::Accepted | Step::Received => tokens.accent,
        Step::AllHours | Step::AfterTax => tokens.good,
    };
    if muted { color.gamma_multiply(0.5) } else { color }
}

/// What a step means, in one line.
fn meaning(step: Step) -> &'static str {
    match step {
        Step::Advertised => "What the terms promise for the paid hours",
        Step::Recorded => "The work at its terms, over paid hours",
        Step::Accepted => "What the platform accepted of it, over paid hours",
        Step::Received => "What came or comes of it after fees, tax withheld and exchange, over paid hours",
        Step::AllHours => "The same money over all your hours, unpaid ones too",
        Step::AfterTax => "Less what you set aside for tax, over all your hours",
    }
}
