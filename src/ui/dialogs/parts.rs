//! What the forms of several dialogs share: rows, pickers with a label, drafts that may be empty, reasons.
//!
//! A draft stays text until the form is sent; what it means is read on each frame and shown back at once.

use std::sync::OnceLock;

use chrono::{NaiveDate, Weekday};
use egui::{RichText, Role, Ui, UiBuilder};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::{self, Style};
use super::super::theme;
use super::super::typed;
use super::super::typed::Unreadable;
use super::super::view::bar::ProjectChoice;
use super::super::view::{names, rule_words};
use super::super::widgets::badge::PlatformMark;
use super::super::widgets::button;
use super::super::widgets::dialog::Outcome;
use super::super::widgets::picker::{Choice, Picker};
use crate::domain::command::Command;
use crate::domain::ids::ProjectId;
use crate::domain::money::Currency;
use crate::domain::refusal::Field;
use crate::domain::session::Activity;
use crate::domain::span::{Zone, day_plus};

/// Closes a form that was given up, or sends its command; true where it was sent. `command` reads the form once more: what
/// was typed in this very frame counts.
pub(super) fn answer(outcome: Outcome, actions: &mut Vec<Action>, command: impl FnOnce() -> Option<Command>) -> bool {
    match outcome {
        Outcome::Open => false,
        Outcome::Cancelled => {
            actions.push(Action::CloseDialog);
            false
        }
        Outcome::Sent => {
            let command = command();
            let sent = command.is_some();
            actions.extend(command.map(Action::Submit));
            sent
        }
    }
}

/// Fields side by side, their tops aligned.
pub(super) fn row<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_m;
        content(ui)
    })
    .inner
}

/// The width of each of `columns` equal fields in a row of all the width there is.
pub(super) fn share(ui: &Ui, columns: u8) -> f32 {
    let gap = theme::tokens(ui).sizes.gap_m;
    let columns = f32::from(columns.max(1));
    ((ui.available_width() - gap * (columns - 1.0)) / columns).floor().max(60.0)
}

/// Something under a small label, as a field has.
pub(super) fn labelled<R>(ui: &mut Ui, label: &str, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        let tokens = theme::tokens(ui);
        ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
        ui.set_max_width(width);
        ui.label(RichText::new(label).small().color(tokens.muted));
        content(ui)
    })
    .inner
}

/// A project that was picked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named(
    /// `None` where it is to be named later.
    pub(super) Option<ProjectId>,
);

/// What was picked of the work of a form in this frame.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Work {
    /// The project.
    pub(super) project: Option<Named>,
    /// The activity.
    pub(super) activity: Option<Activity>,
}

/// What the time of a form was for: the project and the activity, side by side. `of` names them: "session".
pub(super) fn choose_work(
    ui: &mut Ui,
    cx: &Cx<'_>,
    projects: &[ProjectChoice],
    of: &str,
    (project, activity): (Option<ProjectId>, Activity),
) -> Work {
    let current = names::project_on_platform(cx.book, project);
    let mut picked = Work::default();
    row(ui, |ui| {
        let gap = ui.spacing().item_spacing.x;
        let width = ((ui.available_width() - gap) * 0.55).floor();
        labelled(ui, "Project", width, |ui| {
            let mut choices = vec![Choice { text: names::NO_PROJECT, mark: None, detail: "name it later" }];
            choices.extend(projects.iter().map(|project| Choice {
                text: &project.text,
                mark: project.mark.as_ref().map(|mark| PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
                detail: &project.pay,
            }));
            let at = project.and_then(|id| projects.iter().position(|project| project.id == id));
            let name = format!("Project of the {of}");
            let picker = Picker::new(&name).width(width);
            let picker = match (at, project) {
                // A project that has ended is not offered, but stays.
                (None, Some(_)) => picker.value(Choice::from(current.as_str())),
                (None, None) => picker.chosen(None).hint(names::NO_PROJECT),
                (Some(at), _) => picker.chosen(Some(at + 1)),
            };
            if let Some(at) = picker.pick(ui, &choices) {
                let project = at.checked_sub(1).and_then(|at| projects.get(at)).map(|project| project.id);
                picked.project = Some(Named(project));
            }
        });
        let width = ui.available_width();
        labelled(ui, "Activity", width, |ui| {
            let choices = Activity::ALL.map(|activity| Choice {
                text: names::activity(activity),
                mark: None,
                detail: if activity.usually_paid() { "paid" } else { "unpaid" },
            });
            let at = Activity::ALL.iter().position(|known| *known == activity);
            let name = format!("Activity of the {of}");
            let picker = Picker::few(&name).chosen(at).width(width);
            picked.activity = picker.pick(ui, &choices).and_then(|at| Activity::ALL.get(at)).copied();
        });
    });
    picked
}

/// A heading inside a form.
pub(super) fn heading(ui: &mut Ui, text: &str) {
    let tokens = theme::tokens(ui);
    ui.add_space(tokens.sizes.gap_xs);
    let size = tokens.sizes.body;
    let label = ui.label(RichText::new(text).font(theme::semibold(size)));
    label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, text));
}

/// A choice among a few values, under its label. True where it moved.
pub(super) fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    width: f32,
    options: &[(T, &str)],
    value: &mut T,
) -> bool {
    labelled(ui, label, width, |ui| {
        let choices: Vec<Choice<'_>> = options.iter().map(|(_, text)| Choice::from(*text)).collect();
        let chosen = options.iter().position(|(known, _)| known == value);
        let picked = Picker::few(label).chosen(chosen).width(width).pick(ui, &choices);
        let Some((next, _)) = picked.and_then(|at| options.get(at)) else { return false };
        let moved = next != value;
        *value = *next;
        moved
    })
}

/// The ISO currencies with their names, made once.
pub(super) fn currencies() -> &'static [(Currency, String)] {
    static ALL: OnceLock<Vec<(Currency, String)>> = OnceLock::new();
    ALL.get_or_init(|| Currency::all().into_iter().map(|currency| (currency, currency.name())).collect())
}

/// A currency, found by code or name.
pub(super) fn choose_currency(ui: &mut Ui, label: &str, width: f32, value: &mut Currency) {
    labelled(ui, label, width, |ui| {
        let all = currencies();
        let choices: Vec<Choice<'_>> = all
            .iter()
            .map(|(currency, name)| Choice { text: currency.code(), detail: name, ..Choice::default() })
            .collect();
        let chosen = all.iter().position(|(currency, _)| currency == value);
        let shown = Choice::from(value.code());
        let picked = Picker::new(label).chosen(chosen).value(shown).width(width).pick(ui, &choices);
        if let Some((currency, _)) = picked.and_then(|at| all.get(at)) {
            *value = *currency;
        }
    });
}

/// A time zone, found by its name.
pub(super) fn choose_zone(ui: &mut Ui, label: &str, width: f32, value: &mut Zone) {
    labelled(ui, label, width, |ui| {
        let choices: Vec<Choice<'_>> = chrono_tz::TZ_VARIANTS.iter().map(|zone| Choice::from(zone.name())).collect();
        let chosen = chrono_tz::TZ_VARIANTS.iter().position(|zone| zone == value);
        // An old name of a zone, such as the plain UTC of a file, may be missing from the list's own order.
        let shown = Choice::from(value.name());
        let picked = Picker::new(label).chosen(chosen).value(shown).width(width).pick(ui, &choices);
        if let Some(zone) = picked.and_then(|at| chrono_tz::TZ_VARIANTS.get(at)) {
            *value = *zone;
        }
    });
}

/// A weekday.
pub(super) fn choose_weekday(ui: &mut Ui, label: &str, width: f32, value: &mut Weekday) {
    const WEEK: [Weekday; 7] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let options = WEEK.map(|day| (day, rule_words::weekday(day)));
    choose(ui, label, width, &options, value);
}

/// A draft that may be empty: nothing, a value, or the reason why it is neither.
pub(super) fn optional<T>(draft: &str, read: impl FnOnce(&str) -> Result<T, Unreadable>) -> Result<Option<T>, String> {
    if draft.trim().is_empty() { Ok(None) } else { read(draft).map(Some).map_err(|reason| reason.to_string()) }
}

/// A day that was typed for something to come: a bare weekday is the next one, not the last.
pub(super) fn coming_day(draft: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let read = |from| typed::date(draft, from).map_err(|unreadable: Unreadable| unreadable.to_string());
    let day = read(today)?;
    let bare =
        !draft.contains(|letter: char| letter.is_ascii_digit()) && !draft.trim().eq_ignore_ascii_case("yesterday");
    if day < today && bare { read(day_plus(today, 6)) } else { Ok(day) }
}

/// What a day means, for the note under its field: "Tuesday 1 December, in 9 days".
pub(super) fn day_words(day: NaiveDate, today: NaiveDate, style: Style) -> String {
    format!("{}, {}", style.day_in_full(day, today), format::relative(day, today))
}

/// Chips of which one is chosen, in a named group; true where another one was.
pub(super) fn one_of<T: Copy + PartialEq>(
    ui: &mut Ui,
    group: &str,
    options: &[(T, &str, &str)],
    chosen: &mut T,
) -> bool {
    let builder = UiBuilder::new().accessibility_role(Role::RadioGroup).accessibility_label(group);
    let mut moved = false;
    ui.scope_builder(builder, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
            for (value, words, line) in options {
                if ui.add(button::chip(words).selected(chosen == value).tip(words, "", line)).clicked() {
                    *chosen = *value;
                    moved = true;
                }
            }
        });
    });
    moved
}

/// A draft with something in it, without the spaces at its ends.
pub(super) fn text(draft: &str) -> Option<String> {
    let text = draft.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Why the form was refused, where that belongs to this field.
pub(super) fn refused(cx: &Cx<'_>, field: Field) -> Option<String> {
    cx.refused.as_ref().filter(|refused| refused.field == field).map(ToString::to_string)
}

/// Why the form was refused, where no field of it shows that.
pub(super) fn refused_elsewhere(cx: &Cx<'_>, shown: &[Field]) -> Option<String> {
    cx.refused.as_ref().filter(|refused| !shown.contains(&refused.field)).map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_weekday_of_something_to_come_is_the_next_one() {
        // 22 November 2026 is a Sunday.
        let today: NaiveDate = "2026-11-22".parse().unwrap();
        let read = |text: &str| coming_day(text, today).map(|day| day.to_string());
        for (typed, day) in [
            ("Tue", "2026-11-24"),
            ("sunday", "2026-11-22"),
            ("Sat", "2026-11-28"),
            ("1 Dec", "2026-12-01"),
            ("yesterday", "2026-11-21"),
            ("20 Nov", "2026-11-20"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(day), "{typed}");
        }
        assert!(read("soon").is_err());
    }
}
