//! Export calendar: where the payout calendar goes as a file for other calendars. It is written off the frame.

use std::path::{Path, PathBuf};

use super::super::action::Action;
use super::super::typed;
use super::super::view::reasons;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};

/// How far it is.
#[derive(Debug)]
enum State {
    /// The place is asked for.
    Asked,
    /// It is being written there.
    Writing(PathBuf),
    /// It could not be written, and why.
    Failed(String),
    /// It was written: so many events.
    Written { path: PathBuf, events: usize },
}

/// Where the payout calendar goes.
#[derive(Debug)]
pub struct ExportCalendarDialog {
    path: String,
    /// Why the desktop can't open a folder; `None` where it can.
    cannot_open: Option<&'static str>,
    state: State,
}

impl ExportCalendarDialog {
    /// Asks for the place; `proposed` stands there to begin with.
    #[must_use]
    pub fn new(proposed: String, cannot_open: Option<&'static str>) -> Self {
        Self { path: proposed, cannot_open, state: State::Asked }
    }

    /// What came of writing it: how many events, or why it was not. Of a place that is not asked for any more it says nothing.
    pub fn written(&mut self, path: PathBuf, written: Result<usize, String>) {
        if !matches!(&self.state, State::Writing(asked) if *asked == path) {
            return;
        }
        self.state = match written {
            Ok(events) => State::Written { path, events },
            Err(why) => State::Failed(why),
        };
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        if let State::Written { path, events } = &self.state {
            written_ui(ctx, path, *events, self.cannot_open, actions);
            return;
        }
        let read = read(&self.path);
        let writing = matches!(self.state, State::Writing(_));
        let dialog = Dialog::new("Export calendar", "Write").sendable(read.is_ok() && !writing).width(560.0);
        let shown = dialog.note(if writing { "Writing …" } else { "" }).show(ctx, |ui| {
            ui.add(
                egui::Label::new(
                    "Pay days, cut-offs and bills for the calendar that you look at anyway. Import it there; a later \
                     export of the same place updates what is there.",
                )
                .wrap(),
            );
            // Nothing typed yet is no slip.
            let reason = read.as_ref().err().filter(|_| !self.path.trim().is_empty()).map(String::as_str);
            let field =
                Field::new("File", &mut self.path).hint("/home/ada/Documents/truerate.ics").limit(1000).autofocus();
            let place = field.reason(reason).show(ui).response;
            if place.changed() {
                self.state = State::Asked;
            }
            if let State::Failed(why) = &self.state {
                reason_ui(ui, why);
            }
            card::note(ui, "Only you can read the file. What is in it leaves this computer only if you give it away.");
            place
        });
        match (shown.outcome, read) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(path)) => {
                actions.push(Action::WriteCalendar(path.clone()));
                self.state = State::Writing(path);
                // Should it fail, the next letters mend the place.
                shown.inner.request_focus();
            }
            (Outcome::Sent, Err(_)) | (Outcome::Open, _) => {}
        }
    }
}

/// The place as typed: a file of the kind, so that no other file is written over by a slip.
fn read(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(typed::path(text).map_err(|reason| reason.to_string())?);
    let ics = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ics"));
    if ics { Ok(path) } else { Err("A file whose name ends in .ics, please".to_owned()) }
}

fn written_ui(ctx: &egui::Context, path: &Path, events: usize, cannot_open: Option<&str>, actions: &mut Vec<Action>) {
    let send = if cannot_open.is_none() { "Open folder" } else { "" };
    let shown = Dialog::new("Calendar written", send).cancel("Close").width(560.0).show(ctx, |ui| {
        ui.label(reasons::counted(events, "event"));
        ui.add(egui::Label::new(path.display().to_string()).wrap());
        if let Some(why) = cannot_open {
            card::note(ui, &format!("Its folder can’t be opened from here: {why}."));
        }
    });
    match shown.outcome {
        Outcome::Open => {}
        Outcome::Cancelled => actions.push(Action::CloseDialog),
        Outcome::Sent => {
            let folder = path.parent().map(|folder| Action::OpenOutside(folder.to_string_lossy().into_owned()));
            actions.extend(folder);
            actions.push(Action::CloseDialog);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::Role;
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::ui::theme::{self, ThemeChoice};

    fn window(path: &str, cannot_open: Option<&'static str>) -> Harness<'static, (ExportCalendarDialog, Vec<Action>)> {
        let mut harness = Harness::builder()
            .with_size([900.0, 600.0])
            .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
            .build_ui_state(
                |ui, (dialog, asked): &mut (ExportCalendarDialog, Vec<Action>)| dialog.ui(ui.ctx(), asked),
                (ExportCalendarDialog::new(path.to_owned(), cannot_open), Vec::new()),
            );
        harness.run();
        harness
    }

    #[test]
    fn only_a_whole_path_of_a_calendar_file_is_written_to() {
        for (path, reason) in [
            ("calendar.ics", true),
            ("/home/ada/notes.txt", true),
            ("/home/ada/", true),
            ("/home/ada/money.ICS", false),
        ] {
            assert_eq!(read(path).is_err(), reason, "{path}");
            let harness = window(path, None);
            let write = harness.get_by_role_and_label(Role::Button, "Write");
            assert_eq!(write.accesskit_node().is_disabled(), reason, "{path}");
        }
    }

    #[test]
    fn what_came_of_it_is_said_and_its_folder_is_opened_where_that_can_be() {
        let mut harness = window("/home/ada/truerate.ics", None);
        harness.get_by_role_and_label(Role::Button, "Write").click();
        harness.run();
        let path = PathBuf::from("/home/ada/truerate.ics");
        assert!(matches!(harness.state().1.as_slice(), [Action::WriteCalendar(asked)] if *asked == path));
        harness.get_by_label("Writing …");
        harness.state_mut().0.written(path.clone(), Err("there is no such folder".to_owned()));
        harness.run();
        harness.get_by_label("there is no such folder");
        let place = harness.get_by_role_and_label(Role::TextInput, "File");
        assert!(place.is_focused(), "the place can be typed anew");
        harness.get_by_role_and_label(Role::Button, "Write").click();
        harness.run();
        harness.state_mut().0.written(path.clone(), Ok(14));
        harness.run();
        harness.get_by_label("14 events");
        harness.get_by_role_and_label(Role::Button, "Open folder").click();
        harness.run();
        assert!(matches!(
            harness.state().1.as_slice(),
            [.., Action::OpenOutside(folder), Action::CloseDialog] if folder == "/home/ada"
        ));
        let mut harness = window("/home/ada/truerate.ics", Some("there is no desktop"));
        harness.get_by_role_and_label(Role::Button, "Write").click();
        harness.run();
        harness.state_mut().0.written(path, Ok(1));
        harness.run();
        harness.get_by_label("Its folder can’t be opened from here: there is no desktop.");
        assert!(harness.query_by_role_and_label(Role::Button, "Open folder").is_none());
    }
}
