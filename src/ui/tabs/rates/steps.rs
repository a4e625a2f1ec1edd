//! "Where the hour goes": a bar a step, the lost part hatched, its cause in words.

use egui::{Align2, Color32, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Asked;
use crate::domain::query::rates::Step;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::rates::{RatesView, Sample, StepRow};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::{button, hatch, rich};

/// Height of a row, here and in the chart beside it.
pub(super) const ROW: f32 = 34.0;
/// Height of a bar.
pub(super) const BAR: f32 = 20.0;
/// Title, margins and the line below.
pub(super) const AROUND: f32 = 90.0;

const NAME: f32 = 84.0;
const FIGURE: f32 = 84.0;
const WORDS: f32 = 196.0;

/// The height that the card wants.
pub(super) fn height(view: &RatesView) -> f32 {
    AROUND + ROW * view.steps.len() as f32
}

pub(super) fn ui(ui: &mut Ui, view: &RatesView, height: f32, asked: &mut Vec<Asked>) {
    Card::new().title("Where the hour goes").height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(theme::tokens(ui).sizes.gap_s);
        let top = view
            .steps
            .iter()
            .filter_map(|step| step.value)
            .max()
            .filter(|top| *top > Decimal::ZERO)
            .unwrap_or(Decimal::ONE);
        for step in &view.steps {
            row_ui(ui, step, top, view.sample == Sample::UnderAnHour, asked);
        }
        ui.add_space(theme::tokens(ui).sizes.gap_xs);
        if matches!(view.sample, Sample::UnderAnHour | Sample::Thin) {
            card::note(ui, "under ten paid hours: too little to say more");
        }
    });
}

fn row_ui(ui: &mut Ui, step: &StepRow, top: Decimal, muted: bool, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &step.spoken));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(sizes.gap_s, 0.0)), tokens.radius_small(), tokens.row_hover);
    }
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
    let color = color(tokens, step.step, muted);
    if let Some(value) = step.value {
        let filled = bar.with_max_x(bar.left() + bar.width() * share(value, top));
        painter.rect_filled(filled, tokens.radius_small(), color);
        if let Some(before) = step.before {
            let lost = bar.with_min_x(filled.right()).with_max_x(bar.left() + bar.width() * share(before, top));
            hatch::fill(painter, lost, tokens.bad.gamma_multiply(0.7), 5.0);
        }
        let semibold = theme::semibold(sizes.body);
        let ink = if muted { tokens.muted } else { tokens.text };
        painter.text(pos2(figure_right, middle), Align2::RIGHT_CENTER, &step.figure, semibold, ink);
    }
    // Without a figure its reason stands in the place of the bar.
    let left = if step.value.is_some() { figure_right + sizes.gap_m } else { bar.left() };
    let galley = rich::one_line(ui, &step.words, theme::regular(sizes.small), tokens.muted, rect.right() - left);
    let cut = galley.elided;
    ui.painter().galley(pos2(left, middle - galley.size().y / 2.0), galley, tokens.muted);
    button::focus_ring(ui, &response, tokens);
    let response = if cut {
        button::tip(response, step.name, "", &format!("{}\n{}", step.words, meaning(step.step)))
    } else {
        button::tip(response, step.name, "", meaning(step.step))
    };
    if response.clicked() {
        asked.push(Asked::Sessions(None));
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
