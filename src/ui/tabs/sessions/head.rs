//! The row over the list: the filters, `Add session`, and the totals of what is shown.

use egui::{Align, Layout, RichText, Ui};

use crate::domain::session::Activity;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::names::{self, Mark};
use crate::ui::view::sessions::{Look, PERIODS, SessionsView, Totals, period};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::picker::{Choice, Picker};
use crate::ui::widgets::{button, rich};

/// Below this width the totals stand in a row of their own while a filter is shown.
const ONE_ROW_FROM: f32 = 860.0;

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look, view: &SessionsView, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let two_rows = look.filter.is_some() && ui.available_width() < ONE_ROW_FROM;
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        filter_ui(ui, look);
        period_ui(ui, look);
        platform_ui(ui, cx, look);
        activity_ui(ui, look);
        let words = Verb::AddSession.words();
        let key = Verb::AddSession.key_text();
        let shown = button::chip(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
        if ui.add(shown).clicked() {
            actions.push(super::add(cx));
        }
        if !two_rows {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| totals_ui(ui, &view.totals));
        }
    });
    if two_rows {
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.sizes.row_dense);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| totals_ui(ui, &view.totals));
        });
    }
    ui.add_space(tokens.sizes.gap_xs);
}

/// What another screen asked for, until it is cleared.
fn filter_ui(ui: &mut Ui, look: &mut Look) {
    let Some(filter) = &look.filter else { return };
    let text = format!("{} ×", filter.words);
    let name = format!("Clear filter: {}", filter.words);
    let tokens = theme::tokens(ui);
    let long = rich::one_line(ui, &text, theme::regular(tokens.sizes.small), tokens.text, f32::INFINITY).size().x;
    let mut chip = button::chip(&text).selected(true).color(tokens.accent).named(&name).tip(
        &filter.words,
        "",
        "Shows only this; a click clears it",
    );
    if long > 240.0 {
        chip = chip.width(260.0);
    }
    if ui.add(chip).clicked() {
        look.filter = None;
    }
}

fn period_ui(ui: &mut Ui, look: &mut Look) {
    // Days of a filter win, and so the period says nothing then.
    if look.filter.as_ref().is_some_and(|filter| filter.days.is_some() || filter.sessions.is_some()) {
        return;
    }
    let choices = PERIODS.map(|one| Choice::from(period(one)));
    let picked = Picker::few("Period")
        .chosen(PERIODS.iter().position(|one| *one == look.period))
        .chip()
        .tip("", "Which days are shown")
        .pick(ui, &choices);
    if let Some(one) = picked.and_then(|at| PERIODS.get(at)) {
        look.period = *one;
    }
}

fn platform_ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look) {
    let platforms = cx.book.platforms_by_name();
    let marks: Vec<Mark> = platforms.iter().map(|platform| Mark::of(platform)).collect();
    let mut choices = vec![Choice::from("All platforms")];
    choices.extend(platforms.iter().zip(&marks).map(|(platform, mark)| Choice {
        text: &platform.name,
        mark: Some(PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
        detail: "",
    }));
    let at = look.platform.and_then(|id| platforms.iter().position(|platform| platform.id == id));
    let picked = Picker::new("Platform filter")
        .chosen(at.map(|at| at + 1))
        .hint("Platform")
        .chip()
        .width(180.0)
        .tip("", "Only sessions on this platform")
        .pick(ui, &choices);
    if let Some(at) = picked {
        look.platform = at.checked_sub(1).and_then(|at| platforms.get(at)).map(|platform| platform.id);
    }
}

fn activity_ui(ui: &mut Ui, look: &mut Look) {
    let mut choices = vec![Choice::from("All activities")];
    choices.extend(Activity::ALL.map(|activity| Choice::from(names::activity(activity))));
    let at = look.activity.and_then(|chosen| Activity::ALL.iter().position(|activity| *activity == chosen));
    let picked = Picker::few("Activity filter")
        .chosen(at.map(|at| at + 1))
        .hint("Activity")
        .chip()
        .tip("", "Only time that went to this")
        .pick(ui, &choices);
    if let Some(at) = picked {
        look.activity = at.checked_sub(1).and_then(|at| Activity::ALL.get(at)).copied();
    }
}

/// From the right: rate, earned, hours, sessions.
fn totals_ui(ui: &mut Ui, totals: &Totals) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.x = tokens.sizes.gap_m;
    let note = if totals.note.is_empty() { "What was earned for the work that is shown" } else { &totals.note };
    if !totals.rate.is_empty() {
        let shown = rich::figure(&totals.rate).strong();
        let shown = if totals.too_little { shown.color(tokens.muted) } else { shown };
        let line = if totals.too_little {
            "Earned ÷ all own time; from under an hour"
        } else {
            "Earned ÷ all own time, unpaid activities included"
        };
        button::tip(ui.add(shown), "Rate over all hours", "", line);
    }
    button::tip(ui.add(rich::figure(&totals.earned)), "Earned", "", note);
    button::tip(ui.add(rich::figure(&totals.own)), "Own time", "", "By your own clock, parallel time once");
    if ui.available_width() > 80.0 {
        ui.add(egui::Label::new(RichText::new(&totals.sessions).small().color(tokens.muted)).truncate());
    }
}
