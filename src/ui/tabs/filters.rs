//! Filters that several tabs have: by words, by platform and by period.

use std::sync::Arc;

use egui::{Id, Ui};

use crate::domain::ids::PlatformId;
use crate::domain::platform::Platform;
use crate::domain::query::hours::Period;
use crate::ui::verbs::Verb;
use crate::ui::view::names::{self, Mark};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::button;
use crate::ui::widgets::field::{Ended, Field, Label};
use crate::ui::widgets::picker::{Choice, Picker};

/// What is searched for; Escape clears it. `find` is the verb that gets there, and whether it was asked for.
pub(super) fn search_ui(ui: &mut Ui, name: &str, id: Id, text: &mut String, width: f32, find: (Verb, bool)) {
    let out = Field::new(name, text).id(id).label(Label::Unseen).hint("Search…").dense().width(width).show(ui);
    let (verb, asked) = find;
    if asked {
        out.response.request_focus();
    }
    if out.ended == Some(Ended::Cancelled) {
        text.clear();
    }
    let words = verb.words();
    button::tip(out.response, words.name, &verb.key_text(), words.line);
}

/// Only one of some platforms, or all; true where another was picked. `line` is the tooltip.
pub(super) fn platform_ui(
    ui: &mut Ui,
    platforms: &[&Arc<Platform>],
    chosen: &mut Option<PlatformId>,
    line: &str,
) -> bool {
    let marks: Vec<Mark> = platforms.iter().map(|platform| Mark::of(platform)).collect();
    let mut choices = vec![Choice::from("All platforms")];
    choices.extend(platforms.iter().zip(&marks).map(|(platform, mark)| Choice {
        text: &platform.name,
        mark: Some(PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
        detail: "",
    }));
    let at = chosen.and_then(|id| platforms.iter().position(|platform| platform.id == id));
    let picker = Picker::new("Platform filter").chosen(at.map(|at| at + 1)).hint("Platform").chip().width(180.0);
    let Some(at) = picker.tip("", line).pick(ui, &choices) else { return false };
    *chosen = at.checked_sub(1).and_then(|at| platforms.get(at)).map(|platform| platform.id);
    true
}

/// Only work of a period.
pub(super) fn period_ui(ui: &mut Ui, chosen: &mut Period) {
    let choices = Period::ALL.map(|period| Choice::from(names::period(period)));
    let at = Period::ALL.iter().position(|period| period == chosen);
    let picker = Picker::few("Period").chosen(at).chip().tip("", "Only work of these days");
    if let Some(period) = picker.pick(ui, &choices).and_then(|at| Period::ALL.get(at)) {
        *chosen = *period;
    }
}
