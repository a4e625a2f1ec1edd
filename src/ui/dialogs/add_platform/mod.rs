//! Add a platform from the catalogue, or blank.
//!
//! First a list that filters as one types, then a form filled with what is documented or reported. Unverified rules
//! are offered and stay off until taken. The entry is copied into the Book; nothing leads back to the catalogue.

mod facts;
mod find;
mod form;
mod marks;
#[cfg(test)]
mod tests;

use super::super::action::Action;
use super::super::cx::Cx;
use find::{Chosen, Find};
use form::Form;
pub(super) use marks::{free_badge, free_hue};

/// Add a platform from the catalogue, or blank.
#[derive(Debug)]
pub struct AddPlatformDialog {
    find: Find,
    form: Option<Form>,
}

impl AddPlatformDialog {
    /// Over the catalogue.
    #[must_use]
    pub fn new(cx: &Cx<'_>) -> Self {
        Self { find: Find::new(cx), form: None }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        if let Some(form) = &mut self.form {
            if form.ui(ctx, cx, actions) {
                self.form = None;
                // The same dialog in its other shape: drawn at once, so that nothing flickers.
                ctx.request_repaint();
            }
            return;
        }
        let chosen = self.find.ui(ctx, cx, actions);
        if let Some(chosen) = chosen {
            self.form = Some(match chosen {
                Chosen::Preset(at) => {
                    cx.presets.get(at).map_or_else(|| Form::blank(cx, ""), |preset| Form::of(cx, preset))
                }
                Chosen::Blank(name) => Form::blank(cx, &name),
            });
            // The form starts without a focus: Enter sends, Tab walks, single letters act.
            ctx.memory_mut(|memory| {
                if let Some(id) = memory.focused() {
                    memory.surrender_focus(id);
                }
            });
            ctx.request_repaint();
        }
    }
}
