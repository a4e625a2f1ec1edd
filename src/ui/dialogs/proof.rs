//! A proof of income: whose it is and where it goes. Nothing that is typed here is stored; the file is written for the
//! user alone and opened with their own program, which prints it.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format;
use super::super::view::proof::{self, Person};
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::Field;
use crate::domain::query::month::{MonthFigures, month_figures};
use crate::domain::span::Month;

/// A proof of income being made.
#[derive(Debug)]
pub struct ProofDialog {
    month: Month,
    person: Person,
    file: String,
}

impl ProofDialog {
    /// Of a month.
    #[must_use]
    pub fn new(month: Month) -> Self {
        Self { month, person: Person::default(), file: proof::file_name(month) }
    }

    fn figures(&self, cx: &Cx<'_>) -> MonthFigures {
        let figures = cx.figures;
        month_figures(&figures.work, &figures.calendar, &figures.closed, self.month, cx.today, figures.at)
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let named = !self.file.trim().is_empty();
        let note = "A page for your browser, which prints it or keeps it as a PDF.";
        let dialog = Dialog::new("Proof of income", "Save and open").sendable(named).width(480.0).note(note);
        let shown = dialog.show(ctx, |ui| {
            ui.label(format!(
                "The payouts that landed in {}: day, payer, amount, and their sum with its exchange rates.",
                format::month(self.month)
            ));
            Field::new("Name", &mut self.person.name).hint("left out").limit(200).autofocus().show(ui);
            Field::new("Address", &mut self.person.address).hint("left out").rows(3).limit(600).show(ui);
            card::note(ui, "Name and address stand on this page alone; TrueRate keeps neither.");
            let folder = "in your documents folder, unless the whole path is given; nothing is overwritten";
            Field::new("File", &mut self.file).note(folder).limit(1000).show(ui);
        });
        match shown.outcome {
            Outcome::Open => {}
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Sent => {
                let page = proof::html(cx.book, &self.figures(cx), &self.person, cx.today);
                let path = self.file.trim().to_owned();
                actions.extend([Action::WriteFile { path, bytes: page.into_bytes(), open: true }, Action::CloseDialog]);
            }
        }
    }
}

#[cfg(test)]
mod tests;
