//! The tab strip: the tabs at the left; what needs the user, saving, undo, redo and settings at the right.
//!
//! Where the window is narrow, what matters less goes first and nothing lies over another; each has its key still.

use egui::{Align, Color32, Layout, RichText, Ui};

use super::{Screens, Shown};
use crate::ports::Saving;
use crate::ui::action::{Action, Tab};
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::widgets::{button, menu, rich, toast};

/// The room in the strip from which on every tab stands there.
const TABS_FROM: f32 = 640.0;
/// The room in the strip from which on the way back has its own words there.
const BACK_FROM: f32 = 400.0;
/// Between the words at the right.
const GAP: f32 = 18.0;
/// The mark of a menu after its words.
const MENU_MARK: f32 = 20.0;
/// What totals lack while months are read, where there is no room for more.
const NOT_COMPLETE: &str = "Totals incomplete";

/// What of the right side has room.
struct Fits<'a> {
    needs: bool,
    undo: bool,
    settings: bool,
    /// The words about saving or reading.
    said: Option<&'a str>,
    redo: bool,
}

/// The state of saving, or that months are still read.
struct Said<'a> {
    words: &'a str,
    color: Color32,
    line: &'static str,
}

impl Screens {
    pub(super) fn strip_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, shown: &Shown<'_>, actions: &mut Vec<Action>) {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if ui.available_width() < TABS_FROM {
                self.tab_menu_ui(ui, actions);
            } else {
                for tab in Tab::ALL {
                    if ui.add(tab_button(tab.name(), &Verb::Show(tab).key_text(), tab, self.tab == tab)).clicked() {
                        actions.push(Action::Show(tab));
                    }
                }
            }
            // Where there is no room for it the key still goes back.
            if let Some(from) = self.came_from.filter(|_| ui.available_width() > BACK_FROM) {
                ui.add_space(theme::tokens(ui).sizes.gap_m);
                let (verb, text) = (Verb::GoBack.words(), format!("‹ Back to {}", from.name()));
                if ui.add(button::link(&text).tip(verb.name, &Verb::GoBack.key_text(), verb.line)).clicked() {
                    actions.push(Action::Back);
                }
            }
            let said = said(ui, shown);
            let fits = self.fits(ui, cx, shown, said.words);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                if fits.settings && verb_link(ui, Verb::Settings, true, None) {
                    actions.extend(self.carry_out(Verb::Settings, ui.ctx(), cx));
                }
                if fits.redo && verb_link(ui, Verb::Redo, shown.redoable.is_some(), shown.redoable) {
                    actions.extend(self.carry_out(Verb::Redo, ui.ctx(), cx));
                }
                if fits.undo && verb_link(ui, Verb::Undo, shown.undoable.is_some(), shown.undoable) {
                    actions.extend(self.carry_out(Verb::Undo, ui.ctx(), cx));
                }
                if let Some(words) = fits.said {
                    let label = ui.label(RichText::new(words).color(said.color));
                    button::tip(label, said.words, "", said.line);
                }
                if fits.needs {
                    self.needs.ui(ui, cx, self.files.found(), shown.opening.is_some(), actions);
                }
                self.message_ui(ui, actions);
            });
        });
    }

    /// The tabs behind the one that is shown, where they have no room beside each other.
    fn tab_menu_ui(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let shown = ui.add(tab_button(self.tab.name(), "", self.tab, true).menu().named("Tabs"));
        menu::under(&shown, |ui| {
            for tab in Tab::ALL {
                if menu::item(ui, tab.name(), &Verb::Show(tab).key_text()) {
                    actions.push(Action::Show(tab));
                }
            }
        });
    }

    /// What has room beside the tabs, what matters most first.
    fn fits<'a>(&mut self, ui: &Ui, cx: &Cx<'_>, shown: &Shown<'_>, said: &'a str) -> Fits<'a> {
        let font = theme::regular(theme::tokens(ui).sizes.body);
        let wide = |text: &str| rich::one_line(ui, text, font.clone(), Color32::PLACEHOLDER, f32::INFINITY).size().x;
        let name = |verb: Verb| wide(verb.words().name);
        let needs =
            self.needs.title(cx, self.files.found(), shown.opening.is_some()).map(|title| wide(title) + MENU_MARK);
        // The first of them needs no gap beside it.
        let mut room = ui.available_width() - ui.spacing().item_spacing.x + GAP;
        let take = |room: &mut f32, width: f32| {
            let fits = *room >= width + GAP;
            if fits {
                *room -= width + GAP;
            }
            fits
        };
        let needs = needs.is_some_and(|width| take(&mut room, width));
        // That totals are not complete is said at any width.
        let mut reading = [said, NOT_COMPLETE].into_iter().filter(|_| shown.opening.is_some());
        let reading = reading.find(|words| take(&mut room, wide(words)));
        // The Undo of a message stands for that of the strip.
        let stands_in = self.message.as_ref().is_some_and(|message| {
            // One with an Undo comes after every edit: much else stays beside it. One without says what else nobody does, and
            // is whole as long as there is room.
            let whole = || toast::width_of(ui, &message.text).min(room - GAP).max(toast::LEAST);
            let wanted = if message.undo { toast::UNDO_FROM } else { whole() };
            take(&mut room, wanted) && message.undo
        });
        let undo = !stands_in && take(&mut room, name(Verb::Undo));
        let settings = take(&mut room, name(Verb::Settings));
        let saving = || (shown.opening.is_none() && take(&mut room, wide(said))).then_some(said);
        let said = reading.or_else(saving);
        let undo = undo || stands_in && take(&mut room, name(Verb::Undo));
        Fits { needs, undo, settings, said, redo: take(&mut room, name(Verb::Redo)) }
    }

    /// What was done, in what is left of the strip: it covers nothing.
    fn message_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(message) = &self.message else { return };
        let shown_secs = ui.input(|input| input.time) - message.since;
        let undo = message.undo.then(|| (Verb::Undo.words().name, Verb::Undo.key_text()));
        let undo = undo.as_ref().map(|(name, key)| (*name, key.as_str()));
        match toast::toast(ui, &message.text, undo, shown_secs) {
            toast::Toast::Showing => {}
            toast::Toast::Undone => {
                actions.push(Action::Undo);
                self.message = None;
            }
            toast::Toast::Over => self.message = None,
        }
    }
}

fn tab_button<'a>(text: &'a str, key: &'a str, tab: Tab, selected: bool) -> button::Button<'a> {
    button::tab(text, selected).tip(tab.name(), key, Verb::Show(tab).words().line)
}

fn verb_link(ui: &mut Ui, verb: Verb, enabled: bool, what: Option<&str>) -> bool {
    let words = verb.words();
    let key = verb.key_text();
    ui.add(button::link(words.name).enabled(enabled).tip(words.name, &key, what.unwrap_or(words.line))).clicked()
}

/// What is said of saving, or of months that are still read.
fn said<'a>(ui: &Ui, shown: &Shown<'a>) -> Said<'a> {
    let tokens = theme::tokens(ui);
    if let Some(words) = shown.opening {
        return Said { words, color: tokens.warn, line: "Work on; they come by themselves" };
    }
    let (words, color, line) = match shown.saving {
        Saving::Saved => ("Saved", tokens.muted, "Everything is on this computer’s disk"),
        Saving::Pending => ("Saving…", tokens.muted, "On its way to the disk"),
        Saving::Failing(_) => ("Not saved", tokens.bad, "Kept in memory and tried again"),
        Saving::ReadOnly(_) => ("Read only", tokens.warn, "Nothing can be changed in this window"),
        Saving::Sample => ("Sample", tokens.warn, "Made up to look around in; nothing here is kept"),
    };
    Said { words, color, line }
}
