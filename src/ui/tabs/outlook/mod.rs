//! The Outlook tab: how much is still out and with whom, what lands in the next weeks, and a month as a page.
//!
//! Three pages behind one switch. Each draws a finished view and remembers what is looked at and nothing else.

mod exposure;
mod forecast;
mod month;

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::lack;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::widgets::button;
use exposure::ExposurePage;
use forecast::ForecastPage;
use month::MonthPage;

/// The pages, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// What is still out, by platform and age.
    #[default]
    Exposure,
    /// What lands in the next twelve weeks.
    Forecast,
    /// One month as a page.
    Month,
}

impl Page {
    /// All of them, in order, each with the verb that shows it.
    const ALL: [(Self, Verb); 3] =
        [(Self::Exposure, Verb::ShowExposure), (Self::Forecast, Verb::ShowForecast), (Self::Month, Verb::ShowMonth)];
}

/// What the Outlook tab remembers about looking.
#[derive(Default)]
pub struct OutlookTab {
    page: Page,
    exposure: ExposurePage,
    forecast: ForecastPage,
    month: MonthPage,
}

impl OutlookTab {
    /// What must be there before a verb of the tab can be used, in words; `None` where it can be.
    #[must_use]
    pub fn lacks(&self, verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        if MonthPage::VERBS.contains(&verb) {
            return self.month.lacks(verb, cx);
        }
        if !matches!(verb, Verb::CopyExposure | Verb::EndAccessHere) {
            return None;
        }
        if self.page != Page::Exposure {
            return Some("Show the exposure page first");
        }
        let calendar = &cx.figures.calendar;
        (calendar.expected.is_empty() && calendar.in_transit.is_empty()).then_some("Nothing is owed")
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let gap = theme::tokens(ui).sizes.gap_s;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (page, verb) in Page::ALL {
                let (words, key) = (verb.words(), verb.key_text());
                let chip = button::chip(words.name).selected(self.page == page).tip(words.name, &key, words.line);
                if ui.add(chip).clicked() || verb.pressed(ui.ctx()) {
                    self.page = page;
                }
            }
        });
        for verb in MonthPage::VERBS {
            if verb.pressed(ui.ctx()) && self.month.lacks(verb, cx).is_none() {
                self.page = Page::Month;
                self.month.carry(verb, cx, actions);
            }
        }
        if self.page != Page::Month {
            lack::mark_ui(ui, cx.lacking.in_all().as_ref(), "Outlook", actions);
        }
        ui.add_space(gap);
        match self.page {
            Page::Exposure => self.exposure.ui(ui, cx, actions),
            Page::Forecast => self.forecast.ui(ui, cx, actions),
            Page::Month => self.month.ui(ui, cx, actions),
        }
    }
}
