//! The verbs of the window: words, key and one line each, from one table.
//!
//! Buttons, menus, tooltips and the key handler read it, so that they never disagree. Single letters act only when
//! no field has the focus; a test fails where two verbs share a key.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::action::Tab;

/// A verb of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Start a timer, or switch to another project.
    Start,
    /// Pause the timer.
    Pause,
    /// Go on with it.
    Resume,
    /// Stop it.
    Stop,
    /// Choose the project.
    PickProject,
    /// Count a task.
    CountTask,
    /// Add a session by hand.
    AddSession,
    /// Add a platform.
    AddPlatform,
    /// Add a project.
    AddProject,
    /// Take the last change back.
    Undo,
    /// Do it again.
    Redo,
    /// Open the settings.
    Settings,
    /// Go to a tab.
    Show(Tab),
    /// Mark the chosen payout as landed.
    Landed,
    /// Move the chosen payout to another day.
    MovePayout,
    /// Month or agenda.
    Agenda,
    /// The next payout of the chosen day.
    NextOfDay,
    /// Add a bill.
    AddBill,
    /// The month or period before.
    Previous,
    /// The month or period after.
    Next,
    /// Back to today.
    Today,
    /// Go on with the chosen session's work.
    Continue,
    /// Edit what is chosen in a list.
    Edit,
    /// Delete what is chosen in a list.
    Delete,
    /// The list of keys.
    Keys,
}

/// What a verb is called and how it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The button's text.
    pub name: &'static str,
    /// One line for its tooltip.
    pub line: &'static str,
    /// Its key.
    pub key: KeyboardShortcut,
}

const fn letter(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn control(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

impl Verb {
    /// All of them.
    pub const ALL: [Self; 28] = [
        Self::Start,
        Self::Pause,
        Self::Resume,
        Self::Stop,
        Self::PickProject,
        Self::CountTask,
        Self::AddSession,
        Self::AddPlatform,
        Self::AddProject,
        Self::Undo,
        Self::Redo,
        Self::Settings,
        Self::Show(Tab::Sessions),
        Self::Show(Tab::Platforms),
        Self::Show(Tab::Payouts),
        Self::Show(Tab::Rates),
        Self::Landed,
        Self::MovePayout,
        Self::Agenda,
        Self::NextOfDay,
        Self::AddBill,
        Self::Previous,
        Self::Next,
        Self::Today,
        Self::Continue,
        Self::Edit,
        Self::Delete,
        Self::Keys,
    ];

    /// Its words and key.
    #[must_use]
    pub fn words(self) -> Words {
        let (name, line, key) = match self {
            Self::Start => ("Start", "Start the timer; while one runs, switch to this project", letter(Key::S)),
            Self::Pause => ("Pause", "Stop counting without ending the session", letter(Key::P)),
            Self::Resume => ("Resume", "Go on counting", letter(Key::R)),
            Self::Stop => ("Stop", "End the session", letter(Key::X)),
            Self::PickProject => ("Project", "Choose what is worked on, or create it", letter(Key::J)),
            Self::CountTask => ("+1", "Count one task done", letter(Key::Plus)),
            Self::AddSession => ("Add session", "Enter time by hand", letter(Key::A)),
            Self::AddPlatform => ("Add platform", "From the catalogue, or blank", letter(Key::N)),
            Self::AddProject => ("Add project", "A stream of work with its pay", letter(Key::B)),
            Self::Undo => ("Undo", "Take the last change back", control(Key::Z)),
            Self::Redo => ("Redo", "Do it again", control(Key::Y)),
            Self::Settings => ("Settings", "Currency, zone, floor, theme, exchange rates", control(Key::Comma)),
            Self::Show(Tab::Sessions) => ("Sessions", "What was worked, day by day", alt(Key::Num1)),
            Self::Show(Tab::Platforms) => ("Platforms", "Who pays, and how", alt(Key::Num2)),
            Self::Show(Tab::Payouts) => ("Payouts", "Which money lands on which day", alt(Key::Num3)),
            Self::Show(Tab::Rates) => ("Rates", "What an hour really pays", alt(Key::Num4)),
            Self::Landed => ("Landed…", "The money has arrived", letter(Key::L)),
            Self::MovePayout => ("Move…", "The chosen payout: not before a day, or promised for one", letter(Key::M)),
            Self::Agenda => ("Agenda", "Month or agenda: the same payouts by week", letter(Key::G)),
            Self::NextOfDay => ("Next of the day", "Another payout of the chosen day", letter(Key::Space)),
            Self::AddBill => ("Add bill", "Money that must be there by a day", letter(Key::I)),
            Self::Previous => ("Previous", "The month before", letter(Key::PageUp)),
            Self::Next => ("Next", "The month after", letter(Key::PageDown)),
            Self::Today => ("Today", "Back to today", letter(Key::T)),
            Self::Continue => ("Continue", "The same work again, from now on", letter(Key::C)),
            Self::Edit => ("Edit…", "Change what is chosen in the list", letter(Key::Enter)),
            Self::Delete => ("Delete", "Take what is chosen away; Undo brings it back", letter(Key::Delete)),
            Self::Keys => ("Keys", "All keys at a glance", letter(Key::F1)),
        };
        Words { name, line, key }
    }

    /// Its key as people read it: `Ctrl+Z`.
    #[must_use]
    pub fn key_text(self) -> String {
        key_text(self.words().key)
    }

    /// Whether its key was pressed in this frame; consumes it. Keys without Ctrl or Alt act only while no
    /// field has the focus and no menu is open.
    #[must_use]
    pub fn pressed(self, ctx: &egui::Context) -> bool {
        let key = self.words().key;
        let plain = key.modifiers == Modifiers::NONE;
        if plain && (ctx.text_edit_focused() || egui::Popup::is_any_open(ctx)) {
            return false;
        }
        ctx.input_mut(|input| input.consume_shortcut(&key))
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "egui knows a hundred keys and their names")]
fn key_text(shortcut: KeyboardShortcut) -> String {
    let mut text = String::new();
    if shortcut.modifiers.command {
        text.push_str(if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" });
    }
    if shortcut.modifiers.alt {
        text.push_str("Alt+");
    }
    if shortcut.modifiers.shift {
        text.push_str("Shift+");
    }
    text.push_str(match shortcut.logical_key {
        Key::PageUp => "Page Up",
        Key::PageDown => "Page Down",
        Key::Plus => "+",
        Key::Comma => ",",
        other => other.name(),
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_verbs_share_a_key_or_a_name() {
        let words: Vec<Words> = Verb::ALL.into_iter().map(Verb::words).collect();
        for (at, one) in words.iter().enumerate() {
            for other in &words[at + 1..] {
                assert_ne!(one.key, other.key, "{} and {}", one.name, other.name);
                assert_ne!(one.name, other.name);
            }
        }
    }

    #[test]
    fn keys_read_as_people_write_them() {
        assert_eq!(Verb::Show(Tab::Payouts).key_text(), "Alt+3");
        assert_eq!(Verb::Previous.key_text(), "Page Up");
        assert_eq!(Verb::CountTask.key_text(), "+");
    }
}
