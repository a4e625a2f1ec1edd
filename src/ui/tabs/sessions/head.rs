//! The rows over the list: search, `Add session` and the totals of what is shown; under them the filters.

use egui::{Align, Id, Layout, RichText, Ui};

use super::acts;
use crate::domain::session::Activity;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::lack;
use crate::ui::tabs::filters;
use crate::ui::verbs::Verb;
use crate::ui::view::names::{self, Mark};
use crate::ui::view::sessions::{Look, PERIODS, SessionsView, Settled, period};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::field::{Ended, Field, Label};
use crate::ui::widgets::picker::{Choice, Picker};
use crate::ui::widgets::{button, rich};
use crate::ui::{format, theme, typed};

/// Below this width the totals stand in a row of their own.
const ONE_ROW_FROM: f32 = 680.0;
/// The search takes what is left beside buttons and totals, between these.
const SEARCH: egui::Rangef = egui::Rangef { min: 140.0, max: 260.0 };
/// Room for the totals.
const TOTALS: f32 = 330.0;
/// Width of the own days.
const DAYS: f32 = 170.0;

/// What is typed over the list.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) search: String,
    /// The user's own days, while they are asked for.
    days: Option<String>,
}

/// What the head is drawn from and changes.
pub(super) struct Parts<'p> {
    pub(super) look: &'p mut Look,
    pub(super) typed: &'p mut Typed,
    pub(super) view: &'p SessionsView,
    pub(super) task_types: &'p [String],
    /// The search gets the focus.
    pub(super) find: bool,
}

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let own_row = ui.available_width() < ONE_ROW_FROM;
    ui.spacing_mut().item_spacing.y = tokens.sizes.gap_s;
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        let totals = if own_row { 0.0 } else { TOTALS };
        let id = Id::unique("sessions-search");
        filters::search_ui(
            ui,
            "Search sessions",
            id,
            &mut parts.typed.search,
            SEARCH.clamp(ui.available_width() - 290.0 - totals),
            (Verb::Find, parts.find),
        );
        for (verb, action) in [
            (Verb::AddSession, acts::add as fn(&Cx<'_>) -> Action),
            (Verb::AddHours, acts::add_hours),
            (Verb::Import, |_cx| Action::Ask(Verb::Import)),
        ] {
            let words = verb.words();
            let key = verb.key_text();
            let chip = button::chip(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
            if ui.add(chip).clicked() {
                actions.push(action(cx));
            }
        }
        if !own_row {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| totals_ui(ui, cx, parts, actions));
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.spacing_mut().item_spacing = egui::Vec2::splat(tokens.sizes.gap_s);
        filters_ui(ui, cx, parts);
    });
    if own_row {
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.sizes.row_dense);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| totals_ui(ui, cx, parts, actions));
        });
    }
    ui.add_space(tokens.sizes.gap_xs - ui.spacing().item_spacing.y + 4.0);
}

fn filters_ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>) {
    filter_ui(ui, parts.look);
    platform_ui(ui, cx, parts.look);
    project_ui(ui, cx, parts.look);
    activity_ui(ui, parts.look);
    task_type_ui(ui, parts.task_types, parts.look);
    settled_ui(ui, parts.look);
    period_ui(ui, parts);
    days_ui(ui, cx, parts);
    let searched = !parts.typed.search.trim().is_empty();
    if parts.look.is_filtered() || searched || parts.typed.days.is_some() {
        let chip = button::link("Clear").named("Clear search and filters").tip("Clear", "", "No search and no filters");
        if ui.add(chip).clicked() {
            *parts.typed = Typed::default();
            *parts.look = parts.look.cleared();
        }
    }
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

fn period_ui(ui: &mut Ui, parts: &mut Parts<'_>) {
    // Days of a filter win, and so the period says nothing then.
    if parts.look.filter.as_ref().is_some_and(|filter| filter.days.is_some() || filter.sessions.is_some()) {
        return;
    }
    let mut choices: Vec<Choice<'_>> = PERIODS.iter().map(|one| Choice::from(period(*one))).collect();
    choices.push(Choice::from("Own days…"));
    let own = parts.look.days.is_some() || parts.typed.days.is_some();
    let of_period = PERIODS.iter().position(|one| *one == parts.look.period);
    let chosen = if own { Some(PERIODS.len()) } else { of_period };
    let picked = Picker::few("Period").chosen(chosen).chip().tip("", "Which days are shown").pick(ui, &choices);
    let Some(at) = picked else { return };
    if let Some(one) = PERIODS.get(at) {
        parts.look.period = *one;
        parts.look.days = None;
        parts.typed.days = None;
    } else {
        parts.typed.days.get_or_insert_default();
    }
}

/// The user's own days, while they are asked for.
fn days_ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>) {
    let Some(draft) = &mut parts.typed.days else { return };
    let out = Field::new("Own days", draft)
        .label(Label::Unseen)
        .hint("2–8 Nov, last week")
        .dense()
        .width(DAYS)
        .limit(60)
        .autofocus()
        .show(ui);
    let read = typed::days(draft, cx.today, cx.book.settings().week_start);
    if out.response.changed() {
        parts.look.days = read.as_ref().ok().copied();
    }
    let line = match &read {
        Ok(days) => format::Style::of(cx.book.settings()).days(*days, cx.today),
        Err(reason) => reason.to_string(),
    };
    if let (Err(_), false) = (&read, draft.trim().is_empty()) {
        let tokens = theme::tokens(ui);
        let stroke = egui::Stroke::new(1.0, tokens.bad);
        ui.painter().rect_stroke(out.response.rect, tokens.radius(), stroke, egui::StrokeKind::Inside);
    }
    if out.ended == Some(Ended::Cancelled) {
        parts.typed.days = None;
        parts.look.days = None;
    }
    let ink = if read.is_err() && !line.is_empty() { theme::tokens(ui).bad } else { theme::tokens(ui).muted };
    if parts.typed.days.as_ref().is_some_and(|draft| !draft.trim().is_empty()) {
        ui.label(RichText::new(line).small().color(ink));
    }
}

fn platform_ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look) {
    let platforms = cx.book.platforms_by_name();
    if filters::platform_ui(ui, &platforms, &mut look.platform, "Only sessions on this platform") {
        // A project of another platform would leave nothing.
        let of_it =
            |id| cx.book.project(id).is_some_and(|project| look.platform.is_none_or(|of| of == project.platform));
        look.project = look.project.filter(|id| of_it(*id));
    }
}

/// The projects of the chosen platform, ended ones too.
fn project_ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look) {
    let mut projects: Vec<_> =
        cx.book.projects().filter(|project| look.platform.is_none_or(|of| of == project.platform)).collect();
    projects.sort_by_cached_key(|project| (project.name.to_lowercase(), project.id));
    let marks: Vec<Option<Mark>> =
        projects.iter().map(|project| Mark::of_id(cx.book, Some(project.platform))).collect();
    let mut choices = vec![Choice::from("All projects")];
    choices.extend(projects.iter().zip(&marks).map(|(project, mark)| Choice {
        text: &project.name,
        mark: mark.as_ref().map(|mark| PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
        detail: "",
    }));
    let at = look.project.and_then(|id| projects.iter().position(|project| project.id == id));
    let picked = Picker::new("Project filter")
        .chosen(at.map(|at| at + 1))
        .hint("Project")
        .chip()
        .width(180.0)
        .tip("", "Only sessions of this project")
        .pick(ui, &choices);
    if let Some(at) = picked {
        look.project = at.checked_sub(1).and_then(|at| projects.get(at)).map(|project| project.id);
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

/// Not offered while no task has a type.
fn task_type_ui(ui: &mut Ui, task_types: &[String], look: &mut Look) {
    if task_types.is_empty() && look.task_type.is_none() {
        return;
    }
    let mut choices = vec![Choice::from("All task types")];
    choices.extend(task_types.iter().map(|text| Choice::from(text.as_str())));
    let at = look.task_type.as_ref().and_then(|chosen| task_types.iter().position(|text| text == chosen));
    let picked = Picker::new("Task type filter")
        .chosen(at.map(|at| at + 1))
        .hint("Task type")
        .chip()
        .width(180.0)
        .tip("", "Only tasks of this kind")
        .pick(ui, &choices);
    if let Some(at) = picked {
        look.task_type = at.checked_sub(1).and_then(|at| task_types.get(at)).cloned();
    }
}

fn settled_ui(ui: &mut Ui, look: &mut Look) {
    let mut choices = vec![Choice::from("Settled or not")];
    choices.extend(Settled::ALL.map(|one| Choice::from(one.words())));
    let at = look.settled.and_then(|chosen| Settled::ALL.iter().position(|one| *one == chosen));
    let picked = Picker::few("Settled filter")
        .chosen(at.map(|at| at + 1))
        .hint("Settled")
        .chip()
        .tip("", "Paid work whose money is all there, or still open")
        .pick(ui, &choices);
    if let Some(at) = picked {
        look.settled = at.checked_sub(1).and_then(|at| Settled::ALL.get(at)).copied();
    }
}

/// From the right: rate, earned, hours, sessions.
fn totals_ui(ui: &mut Ui, cx: &Cx<'_>, parts: &Parts<'_>, actions: &mut Vec<Action>) {
    let totals = &parts.view.totals;
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
    let lacks = cx.lacking.within(parts.look.days(cx.book, cx.today));
    lack::sign_ui(ui, lacks.as_ref(), "Sessions", actions);
    if ui.available_width() > 80.0 {
        ui.add(egui::Label::new(RichText::new(&totals.sessions).small().color(tokens.muted)).truncate());
    }
}
