//! Forecast: what lands in the next twelve weeks.

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::empty::empty;

/// What the page remembers about looking.
#[derive(Default)]
pub struct ForecastPage {}

impl ForecastPage {
    /// Draws the page and pushes what the user asked for.
    #[expect(clippy::unused_self, clippy::needless_pass_by_ref_mut, reason = "what is chosen decides")]
    pub fn ui(&mut self, ui: &mut Ui, _cx: &Cx<'_>, _actions: &mut Vec<Action>) {
        Card::new().named("Forecast").show(ui, |ui| {
            empty(ui, "Nothing yet", "It stands here once there is work.", None);
        });
    }
}
