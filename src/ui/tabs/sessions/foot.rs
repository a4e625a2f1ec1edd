//! The foot of the list: what is chosen, and its verbs. Lists to choose from stand here, also for the row's menu.

use egui::{Align, Context, Id, Layout, RichText, Ui};

use super::acts;
use super::chosen::Chosen;
use crate::domain::command::{Credited, SessionSetting};
use crate::domain::session::Activity;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::verbs::Verb;
use crate::ui::view::bar::ProjectChoice;
use crate::ui::view::names;
use crate::ui::view::sessions::SessionsView;
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::picker::{self, Choice, Picked, Picker};
use crate::ui::widgets::{button, menu};
use crate::ui::{format, theme, typed};

/// What the foot is drawn from.
pub(super) struct Parts<'p> {
    pub(super) view: &'p SessionsView,
    pub(super) projects: &'p [ProjectChoice],
    pub(super) task_types: &'p [String],
    pub(super) chosen: &'p Chosen,
}

/// The verbs that choose from a list.
const LISTS: [Verb; 4] = [Verb::MoveTo, Verb::SetActivity, Verb::SetTaskType, Verb::SetCredited];

fn list_id(verb: Verb) -> Id {
    Id::unique(("chosen-sessions", verb))
}

/// Opens the list of a verb; it stands at the foot.
pub(super) fn open_list(ctx: &Context, verb: Verb) {
    picker::open(ctx, list_id(verb));
}

/// The keys of the lists.
pub(super) fn keys(ctx: &Context) {
    for verb in LISTS {
        if verb.pressed(ctx) {
            open_list(ctx, verb);
        }
    }
}

/// Its height with the space over it; nothing is drawn where nothing is chosen.
pub(super) fn height(ui: &Ui, chosen: &Chosen) -> f32 {
    let sizes = &theme::tokens(ui).sizes;
    if chosen.ids.is_empty() { 0.0 } else { sizes.row_dense + sizes.gap_s + ui.spacing().item_spacing.y }
}

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, parts: &Parts<'_>, actions: &mut Vec<Action>) {
    if parts.chosen.ids.is_empty() {
        return;
    }
    let tokens = theme::tokens(ui);
    ui.add_space(tokens.sizes.gap_s);
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), tokens.sizes.row_dense),
        Layout::right_to_left(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
            verbs_ui(ui, cx, parts, actions);
            let words = words(parts);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(words).small().color(tokens.muted)).truncate());
            });
        },
    );
}

fn words(parts: &Parts<'_>) -> String {
    if let Some(row) = parts.chosen.one().and_then(|id| parts.view.row(id)) {
        return format!("Chosen: {}", row.name);
    }
    let hours = format::hours(parts.chosen.told(parts.view).secs);
    format!("{} sessions chosen, {hours}", parts.chosen.ids.len())
}

/// From the right.
fn verbs_ui(ui: &mut Ui, cx: &Cx<'_>, parts: &Parts<'_>, actions: &mut Vec<Action>) {
    let can = !cx.read_only;
    let ids = || parts.chosen.list();
    if verb_ui(ui, Verb::Delete, can) {
        actions.push(acts::delete(ids()));
    }
    let one = parts.chosen.one().and_then(|id| parts.view.row(id));
    if let Some(row) = &one {
        let more = ui.add(button::chip("More").menu().tip("More", "Shift+F10", "All verbs of the chosen row"));
        menu::under(&more, |ui| super::menu::one_ui(ui, cx, row, actions));
    } else {
        let all_paid = parts.chosen.told(parts.view).all_paid;
        let turn = acts::turn_paid_words(all_paid);
        let key = Verb::TurnPaid.key_text();
        let chip = button::chip(turn).enabled(can).tip(turn, &key, Verb::TurnPaid.words().line);
        if ui.add(chip).clicked() {
            actions.push(acts::turn_paid(ids(), all_paid));
        }
    }
    // With one chosen the lists of the menu stand here only while they are open.
    for verb in LISTS.into_iter().rev() {
        if one.is_none() || verb == Verb::MoveTo || picker::is_open(ui.ctx(), list_id(verb)) {
            list_ui(ui, parts, verb, can, actions);
        }
    }
    if let Some(row) = &one {
        if verb_ui(ui, Verb::Edit, can) {
            actions.push(acts::edit(cx, &row.session));
        }
        if verb_ui(ui, Verb::Continue, can && !row.session.is_open()) {
            actions.push(acts::go_on(cx, &row.session));
        }
    }
}

fn verb_ui(ui: &mut Ui, verb: Verb, enabled: bool) -> bool {
    let words = verb.words();
    let key = verb.key_text();
    ui.add(button::chip(words.name).enabled(enabled).tip(words.name, &key, words.line)).clicked()
}

fn list_ui(ui: &mut Ui, parts: &Parts<'_>, verb: Verb, enabled: bool, actions: &mut Vec<Action>) {
    let words = verb.words();
    let key = verb.key_text();
    let picker = if verb == Verb::SetActivity { Picker::few(words.name) } else { Picker::new(words.name) };
    let picker = picker.id(list_id(verb)).value(Choice::from(words.name)).chip().width(180.0);
    let picker = picker.enabled(enabled).tip(&key, words.line);
    #[expect(clippy::wildcard_enum_match_arm, reason = "the four of `LISTS` alone come here")]
    let setting = match verb {
        Verb::MoveTo => project_ui(ui, picker, parts.projects),
        Verb::SetActivity => activity_ui(ui, picker),
        Verb::SetTaskType => task_type_ui(ui, picker, parts.task_types),
        _ => credited_ui(ui, picker),
    };
    if let Some(to) = setting {
        actions.push(acts::set(parts.chosen.list(), to));
    }
}

fn project_ui(ui: &mut Ui, picker: Picker<'_>, projects: &[ProjectChoice]) -> Option<SessionSetting> {
    let mut choices: Vec<Choice<'_>> = projects
        .iter()
        .map(|project| Choice {
            text: &project.text,
            mark: project.mark.as_ref().map(|mark| PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
            detail: &project.pay,
        })
        .collect();
    choices.push(Choice { text: names::NO_PROJECT, mark: None, detail: "name it later" });
    let at = picker.pick(ui, &choices)?;
    Some(SessionSetting::Project(projects.get(at).map(|project| project.id)))
}

fn activity_ui(ui: &mut Ui, picker: Picker<'_>) -> Option<SessionSetting> {
    let choices = Activity::ALL.map(|activity| Choice {
        text: names::activity(activity),
        mark: None,
        detail: if activity.usually_paid() { "paid" } else { "unpaid" },
    });
    picker.pick(ui, &choices).and_then(|at| Activity::ALL.get(at)).copied().map(SessionSetting::Activity)
}

fn task_type_ui(ui: &mut Ui, picker: Picker<'_>, known: &[String]) -> Option<SessionSetting> {
    let mut choices: Vec<Choice<'_>> = known.iter().map(|text| Choice::from(text.as_str())).collect();
    choices.push(Choice { text: "None", mark: None, detail: "as the project" });
    let create = |typed: &str| {
        let is_known = known.iter().any(|known| known == typed);
        (!typed.is_empty() && !is_known).then(|| format!("New: “{typed}”"))
    };
    Some(SessionSetting::TaskType(match picker.show(ui, &choices, create)? {
        Picked::Chosen(at) => known.get(at).cloned(),
        Picked::Create(text) => Some(text),
    }))
}

fn credited_ui(ui: &mut Ui, picker: Picker<'_>) -> Option<SessionSetting> {
    let choices = [
        Choice { text: "As own time", mark: None, detail: "all of it" },
        Choice { text: "Not known", mark: None, detail: "or type 1h 40m" },
    ];
    let read = |typed: &str| typed::duration(typed).ok();
    let picked = picker.show(ui, &choices, |typed| read(typed).map(|secs| format!("{} each", format::hours(secs))))?;
    Some(SessionSetting::Credited(match picked {
        Picked::Chosen(0) => Credited::AsOwn,
        Picked::Chosen(_) => Credited::Unknown,
        Picked::Create(text) => Credited::Each(read(&text)?),
    }))
}
