//! What a rates file holds for the Book, before any of it is taken: for the settings and for an import.

use egui::{Label, RichText, Ui};

use crate::domain::command::Command;
use crate::domain::query::intake::{Extent, Intake};
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::view::rates_file::{self as view, RatesRead};

/// A rates file that was read.
#[derive(Debug)]
pub(super) struct RatesPreview {
    read: Box<RatesRead>,
    extent: Extent,
}

impl RatesPreview {
    /// With the currencies that the Book uses.
    pub(super) fn new(read: Box<RatesRead>) -> Self {
        Self { read, extent: Extent::default() }
    }

    fn intake(&self) -> &Intake {
        self.read.of(self.extent)
    }

    /// Whether the Book would change, and may.
    pub(super) fn can_take(&self, cx: &Cx<'_>) -> bool {
        !self.intake().is_empty() && !cx.read_only
    }

    /// "Take 58 rates".
    pub(super) fn verb(&self, style: Style) -> String {
        view::verb(self.intake(), style)
    }

    /// What taking it comes to: "58 rates".
    pub(super) fn outcome(&self, style: Style) -> String {
        view::taken(self.intake(), style)
    }

    /// The command that takes it.
    pub(super) fn command(&self, cx: &Cx<'_>) -> Command {
        view::command(self.intake(), || cx.fresh.draw())
    }

    /// Draws it: what is in the file, what of it is new, and whether all currencies are wanted.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        for line in view::lines(self.intake(), cx.today, Style::of(cx.book.settings())) {
            ui.add(Label::new(RichText::new(line)).wrap());
        }
        let mut all = self.extent == Extent::All;
        let count = self.read.all.currencies.len();
        if ui.checkbox(&mut all, format!("All {count} currencies, not only those in use")).changed() {
            self.extent = if all { Extent::All } else { Extent::Used };
        }
    }
}
