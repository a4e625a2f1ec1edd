//! A proof of income: whose it is and where it goes. Nothing that is typed here is stored; the page is written off the
//! frame, for the user alone, and opened with their own program, which prints it.

use std::path::PathBuf;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format;
use super::super::typed;
use super::super::view::proof::{self, Person};
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use crate::domain::query::month::month_figures;
use crate::domain::span::Month;

/// How far it is.
#[derive(Debug)]
enum State {
    /// It is asked for.
    Asked,
    /// It is being written; the dialog is closed once it is.
    Writing,
    /// It could not be written, and why.
    Failed(String),
}

/// A proof of income being made.
#[derive(Debug)]
pub struct ProofDialog {
    month: Month,
    person: Person,
    path: String,
    state: State,
}

impl ProofDialog {
    /// Of a month; `proposed` is the place that stands there to begin with.
    #[must_use]
    pub fn new(month: Month, proposed: String) -> Self {
        Self { month, person: Person::default(), path: proposed, state: State::Asked }
    }

    /// It could not be written, and why.
    pub fn failed(&mut self, why: String) {
        self.state = State::Failed(why);
    }

    fn page(&self, cx: &Cx<'_>) -> String {
        let figures = cx.figures;
        let month = month_figures(&figures.work, &figures.calendar, &figures.closed, self.month, cx.today, figures.at);
        proof::html(cx.book, &month, &self.person, cx.today)
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let read = read(&self.path);
        let writing = matches!(self.state, State::Writing);
        let dialog = Dialog::new("Proof of income", "Save and open").sendable(read.is_ok() && !writing).width(520.0);
        let shown = dialog.note(if writing { "Writing …" } else { "" }).show(ctx, |ui| {
            let words = format!(
                "A page with the payouts that landed in {}: day, payer, amount, and their sum with its exchange rates. \
                 Your browser prints it, or keeps it as a PDF.",
                format::month(self.month)
            );
            ui.add(egui::Label::new(words).wrap());
            Field::new("Name", &mut self.person.name).hint("left out").limit(200).autofocus().show(ui);
            Field::new("Address", &mut self.person.address).hint("left out").rows(3).limit(600).show(ui);
            card::note(ui, "Name and address stand on this page alone; TrueRate keeps neither.");
            // Nothing typed yet is no slip.
            let reason = read.as_ref().err().filter(|_| !self.path.trim().is_empty()).map(String::as_str);
            let field = Field::new("File", &mut self.path).hint("/home/ada/Documents/income.html").limit(1000);
            let place = field.reason(reason).show(ui).response;
            if place.changed() {
                self.state = State::Asked;
            }
            if let State::Failed(why) = &self.state {
                reason_ui(ui, why);
            }
            place
        });
        match (shown.outcome, read) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(path)) => {
                actions.push(Action::WritePage(path, self.page(cx)));
                self.state = State::Writing;
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
    let page = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
    if page { Ok(path) } else { Err("A file whose name ends in .html, please".to_owned()) }
}

#[cfg(test)]
mod tests;
