//! What was found in the files: by file, each with its place, what it means, and what can be done.
//!
//! Nothing is written over anything until a choice is made here, and each choice says what becomes of the file as it
//! stands. Going on without one is a choice too: it changes nothing.

use std::path::Path;
use std::sync::Arc;

use egui::{Align, Label, Layout, RichText, Role, Ui, UiBuilder};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::theme;
use super::super::view::findings::{FileGroup, FindingsView, Found, FoundRow, LookedUp};
use super::super::view::needs::name_of_file;
use super::super::widgets::button;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::parts;
use crate::domain::command::Command;
use crate::domain::query::needs::put_name_aside;

/// What was found in the files.
#[derive(Debug)]
pub struct FindingsDialog {
    found: Arc<[Found]>,
    can_mend: bool,
    view: FindingsView,
    /// What was just mended, or why not.
    done: Vec<String>,
}

impl FindingsDialog {
    /// About these findings. `can_mend` where files can be mended from here.
    #[must_use]
    pub fn new(found: Arc<[Found]>, can_mend: bool, done: Vec<String>) -> Self {
        let view = FindingsView::of(&found, None, can_mend);
        Self { found, can_mend, view, done }
    }

    /// Takes up what stands in the lines, and which backups could help.
    pub fn looked_up(&mut self, looked: &LookedUp) {
        self.view = FindingsView::of(&self.found, Some(looked), self.can_mend);
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let reads_again = cx.folder.is_some_and(|folder| folder.reads_again);
        let nothing = self.view.groups.is_empty();
        let dialog = Dialog::new("What was found in your files", if reads_again { "Read again" } else { "" });
        let dialog = dialog.cancel(if nothing { "Close" } else { "Go on without" }).width(680.0);
        let note = if nothing { "" } else { "Going on changes nothing in the files" };
        let shown = dialog.note(note).show(ctx, |ui| {
            for line in &self.done {
                ui.add(Label::new(line).wrap());
            }
            if nothing {
                ui.label(FindingsView::NOTHING);
            }
            for group in &self.view.groups {
                group_ui(ui, cx, group, actions);
            }
        });
        match shown.outcome {
            Outcome::Open => {}
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Sent => actions.push(Action::ReadAgain),
        }
    }
}

fn group_ui(ui: &mut Ui, cx: &Cx<'_>, group: &FileGroup, actions: &mut Vec<Action>) {
    let sizes = &theme::tokens(ui).sizes;
    let builder = UiBuilder::new().accessibility_role(Role::Group).accessibility_label(&group.file);
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = sizes.gap_s;
        ui.separator();
        ui.horizontal(|ui| {
            ui.set_min_height(sizes.row_dense);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                open_ui(ui, cx, group, actions);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let name = RichText::new(&group.file).font(theme::semibold(sizes.body));
                    ui.add(Label::new(name).truncate());
                });
            });
        });
        for row in &group.rows {
            row_ui(ui, row);
        }
        let muted = theme::tokens(ui).muted;
        ui.add(Label::new(RichText::new(group.means.join(" ")).color(muted)).wrap());
        offers_ui(ui, cx, group, actions);
    });
}

/// "Open the file", with the user's own program.
fn open_ui(ui: &mut Ui, cx: &Cx<'_>, group: &FileGroup, actions: &mut Vec<Action>) {
    let Some(folder) = cx.folder.filter(|folder| folder.cannot_open.is_none() && group.is_there) else { return };
    let name = format!("Open the file: {}", group.file);
    let chip = button::chip("Open the file").named(&name).tip("Open the file", "", "With your own program for it");
    if ui.add(chip).clicked() {
        let path = Path::new(folder.path).join(&group.file);
        actions.push(Action::OpenOutside(path.to_string_lossy().into_owned()));
    }
}

fn row_ui(ui: &mut Ui, row: &FoundRow) {
    let tokens = theme::tokens(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
        if !row.place.is_empty() {
            ui.label(RichText::new(&row.place).small().color(tokens.muted));
        }
        ui.add(Label::new(&row.words).wrap());
        if !row.excerpt.is_empty() {
            let margin =
                egui::Margin::symmetric(theme::whole_i8(tokens.sizes.gap_s), theme::whole_i8(tokens.sizes.gap_xs));
            let frame =
                egui::Frame::new().fill(tokens.raised).corner_radius(tokens.radius_small()).inner_margin(margin);
            frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.add(Label::new(RichText::new(&row.excerpt).color(tokens.text)).truncate());
            });
        }
    });
}

fn offers_ui(ui: &mut Ui, cx: &Cx<'_>, group: &FileGroup, actions: &mut Vec<Action>) {
    let aside = name_of_file(&group.told);
    let told_again = cx.book.seen().dismissed.iter().all(|known| known.need != aside);
    let dismisses = group.offers.is_empty() && !group.quiet && !cx.read_only && told_again;
    if group.offers.is_empty() && !dismisses {
        return;
    }
    parts::row(ui, |ui| {
        for offer in &group.offers {
            let name = format!("{}: {}", offer.words, group.file);
            if ui.add(button::quiet(offer.words).named(&name).tip(offer.words, "", &offer.line)).clicked() {
                actions.push(Action::MendFile(group.file.clone(), offer.by));
            }
        }
        if dismisses {
            let name = format!("Don’t tell again: {}", group.file);
            let line = "It stays as it is, and is told again when there is more of it";
            if ui.add(button::quiet("Don’t tell again").named(&name).tip("Don’t tell again", "", line)).clicked() {
                let mut seen = (**cx.book.seen()).clone();
                put_name_aside(&mut seen, &aside, cx.today);
                let words = format!("Dismiss “{}”", group.told);
                actions.push(Action::Do(Command::SetSeen { words, seen: Box::new(seen) }));
            }
        }
    });
    for offer in &group.offers {
        let words = RichText::new(format!("{}: {}.", offer.words, offer.line)).small().color(theme::tokens(ui).muted);
        ui.add(Label::new(words).wrap());
    }
}
