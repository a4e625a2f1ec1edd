//! A window for widget tests: our theme, no renderer, found by role and label.

use egui::Ui;
use egui_kittest::Harness;

use crate::ui::theme::{self, ThemeChoice};

/// A dark window of 900 × 600 with our fonts and style, already drawn once.
pub fn window<'a, State>(state: State, draw: impl FnMut(&mut Ui, &mut State) + 'a) -> Harness<'a, State> {
    Harness::builder()
        .with_size([900.0, 600.0])
        .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
        .build_ui_state(draw, state)
}
