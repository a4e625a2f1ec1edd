//! A folder that is being written in the background: how far it is, what came of it, and the way to stop it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use egui::{ProgressBar, Ui};

/// What came of writing a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It stands here; what could not be copied, a sentence each.
    Written {
        /// The folder.
        folder: String,
        /// What was left out.
        left_out: Vec<String>,
    },
    /// It was not written, and why.
    Failed(String),
}

/// How far it is.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) done: usize,
    pub(super) of: usize,
    stopped: bool,
    pub(super) told: Option<Told>,
}

/// A folder that is being written: shared by the dialog and the thread that writes. Clones are of one folder.
#[derive(Debug, Clone, Default)]
pub struct UnderWay(Arc<Mutex<State>>);

impl UnderWay {
    fn held(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says how far it is; whether to go on.
    #[must_use]
    pub fn step(&self, done: usize, of: usize) -> bool {
        let mut state = self.held();
        (state.done, state.of) = (done, of);
        !state.stopped
    }

    /// Says what came of it.
    pub fn tell(&self, told: Told) {
        self.held().told = Some(told);
    }

    pub(super) fn stop(&self) {
        self.held().stopped = true;
    }

    pub(super) fn state(&self) -> State {
        self.held().clone()
    }
}

/// How far it is, in words and as a bar.
pub(super) fn progress_ui(ui: &mut Ui, done: usize, of: usize) {
    let words =
        if of == 0 { "Gathering …".to_owned() } else { format!("Writing file {} of {of}", (done + 1).min(of)) };
    ui.label(&words);
    let share = done as f32 / of.max(1) as f32;
    let bar = ui.add(ProgressBar::new(share));
    bar.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &words));
}
