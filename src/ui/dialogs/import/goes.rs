//! Where a file goes: who pays, and a project for each label.

use egui::{Label as Text, RichText, Ui};

use super::preview::Decided;
use crate::domain::platform::same_name;
use crate::domain::query::incoming::{Label, Payer, Target};
use crate::domain::statement::{Says, Statement};
use crate::ui::cx::Cx;
use crate::ui::dialogs::parts::labelled;
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::view::bar::ProjectChoice;
use crate::ui::view::names;
use crate::ui::view::statement::{Looked, plain};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::picker::{Choice, Picked, Picker};
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Width of the picker of who pays, in points.
const PAYER: f32 = 300.0;
/// Labels that are seen without scrolling.
const SEEN: f32 = 3.0;

/// Draws it; what was decided.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    statement: &Statement,
    looked: &Looked,
    projects: &[ProjectChoice],
) -> Option<Decided> {
    let payer = payer_ui(ui, cx, statement, &looked.choices.payer).map(Decided::Payer);
    payer.or(labels_ui(ui, cx, statement, looked, projects))
}

fn payer_ui(ui: &mut Ui, cx: &Cx<'_>, statement: &Statement, payer: &Payer) -> Option<Payer> {
    let platforms = cx.book.platforms_by_name();
    let mut options: Vec<(Payer, String)> = Vec::new();
    if statement.payer.is_none() {
        options.push((Payer::ByClient, "Each client is a platform of its own".to_owned()));
    }
    let known = |name: &str| platforms.iter().any(|platform| same_name(&platform.name, name));
    let typed = if let Payer::New(name) = payer { Some(name.as_str()) } else { None };
    let mut new: Vec<&str> = statement.payer.as_deref().into_iter().chain(typed).filter(|name| !known(name)).collect();
    new.dedup();
    options.extend(new.into_iter().map(|name| (Payer::New(name.to_owned()), name.to_owned())));
    options.extend(platforms.iter().map(|platform| (Payer::Known(platform.id), platform.name.clone())));
    let marks: Vec<Option<names::Mark>> = options
        .iter()
        .map(|(option, _)| if let Payer::Known(id) = option { names::Mark::of_id(cx.book, Some(*id)) } else { None })
        .collect();
    let choices: Vec<Choice<'_>> = options
        .iter()
        .zip(&marks)
        .map(|((option, text), mark)| Choice {
            text,
            mark: mark.as_ref().map(|mark| PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
            detail: if matches!(option, Payer::New(_)) { "new platform" } else { "" },
        })
        .collect();
    let at = options.iter().position(|(option, _)| option == payer);
    let picked = labelled(ui, "Who pays", PAYER, |ui| {
        let picker = Picker::new("Who pays").chosen(at).width(PAYER);
        picker.show(ui, &choices, |typed| Some(format!("New platform “{typed}”")))
    });
    match picked? {
        Picked::Chosen(index) => options.into_iter().nth(index).map(|(option, _)| option),
        Picked::Create(name) => Some(Payer::New(name)),
    }
}

/// A row for each label of the file, with the project that it goes to.
fn labels_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    statement: &Statement,
    looked: &Looked,
    projects: &[ProjectChoice],
) -> Option<Decided> {
    let labels = &looked.weighed.labels;
    if labels.is_empty() {
        return None;
    }
    let time = statement.rows.iter().any(|row| matches!(row.says, Says::Logged(_)));
    let unnamed = if time { "Named later" } else { "No project: the platform as a whole" };
    let mut decided = None;
    let height = theme::tokens(ui).sizes.row;
    let table = Table::new("Where it goes")
        .column(Column::fill("In the file", 160.0))
        .column(Column::exact("Rows", 90.0).right().priority(1))
        .column(Column::exact("Goes to", 336.0))
        .max_height(height * SEEN);
    table.show(
        ui,
        labels.len(),
        |index| {
            let name = labels.get(index).map_or_else(String::new, |(label, _)| label_words(label));
            RowSpec::new(("label", index), format!("Label {name}")).plain()
        },
        |row| {
            let Some((label, count)) = labels.get(row.index()) else { return };
            let words = label_words(label);
            row.text(&words);
            row.muted(&Style::of(cx.book.settings()).counted(*count, "row"));
            row.cell(|ui| {
                let target = looked.choices.targets.get(label).copied().unwrap_or(Target::Unnamed);
                if let Some(target) = target_ui(ui, cx, (label, &words), target, projects, unnamed) {
                    let mut choices = looked.choices.clone();
                    choices.targets.insert(label.clone(), target);
                    decided = Some(Decided::Choices(choices));
                }
            });
        },
    );
    decided
}

fn target_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (label, words): (&Label, &str),
    target: Target,
    projects: &[ProjectChoice],
    unnamed: &str,
) -> Option<Target> {
    let new = format!("New project “{}”", plain(label.name()));
    let mut choices = vec![Choice::from(new.as_str()), Choice::from(unnamed)];
    choices.extend(projects.iter().map(|project| Choice {
        text: &project.text,
        mark: project.mark.as_ref().map(|mark| PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
        detail: &project.pay,
    }));
    let name = format!("Project for {words}");
    let ended;
    let picker = Picker::new(&name).chip().width(320.0);
    let picker = match target {
        Target::New => picker.chosen(Some(0)),
        Target::Unnamed => picker.chosen(Some(1)),
        Target::Known(id) => {
            if let Some(at) = projects.iter().position(|project| project.id == id) {
                picker.chosen(Some(at + 2))
            } else {
                // A project that has ended is not offered, but stays.
                ended = names::project_on_platform(cx.book, Some(id));
                picker.value(Choice::from(ended.as_str()))
            }
        }
    };
    match picker.pick(ui, &choices)? {
        0 => Some(Target::New),
        1 => Some(Target::Unnamed),
        at => projects.get(at - 2).map(|project| Target::Known(project.id)),
    }
}

/// "Lantern Ltd · Maps".
fn label_words(label: &Label) -> String {
    let parts = [label.client.trim(), label.project.trim()];
    let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    plain(&named.join(" · "))
}

/// A line that stands back; kept here as the two tables of the dialog share it.
pub(super) fn muted(ui: &mut Ui, text: &str) {
    let ink = theme::tokens(ui).muted;
    ui.add(Text::new(RichText::new(text).color(ink)).truncate());
}
