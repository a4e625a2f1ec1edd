//! The verbs of the window: words, key, place and one line each, from one table.
//!
//! Buttons, menus, tooltips, the palette, the sheet of keys and the key handlers read it, so that they never disagree.
//! Whoever carries a verb out asks [`Verb::pressed`]: it answers to the key, and to what was [asked](ask) for by the
//! palette, so that a verb does the same however it is reached. Single letters act only when no field has the focus; a
//! test fails where two verbs that can meet share a key or a name.

mod asked;
mod table;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::action::Tab;
use asked::was_asked;
use table::Kind;

pub use asked::{ask, unanswered};
pub use table::Verb;

/// Where a verb is carried out, and so where its key acts. Keys may repeat on different tabs, and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// On every tab.
    Everywhere,
    /// On every tab, by the bar: the timer.
    Bar,
    /// On one tab alone.
    Tab(Tab),
}

impl Scope {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 9] = [
        Self::Everywhere,
        Self::Bar,
        Self::Tab(Tab::Sessions),
        Self::Tab(Tab::Platforms),
        Self::Tab(Tab::Payouts),
        Self::Tab(Tab::Rates),
        Self::Tab(Tab::Earnings),
        Self::Tab(Tab::Outlook),
        Self::Tab(Tab::Check),
    ];

    /// Its name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Bar => "Timer",
            Self::Tab(tab) => tab.name(),
        }
    }

    /// Whether keys of both can act at the same time.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Tab(one), Self::Tab(other)) => one == other,
            _ => true,
        }
    }
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

impl Verb {
    /// Its words and key.
    #[must_use]
    pub fn words(self) -> Words {
        self.row().words
    }

    /// Where it is carried out.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.row().scope
    }

    /// Whether it only looks: then it can be used on a Book that is only read.
    #[must_use]
    pub fn only_looks(self) -> bool {
        self.row().kind == Kind::Looks
    }

    /// Its key as people read it: `Ctrl+Z`.
    #[must_use]
    pub fn key_text(self) -> String {
        key_text(self.words().key)
    }

    /// Whether it is wanted in this frame: asked for by the palette, or by its key; consumes that.
    ///
    /// No key acts under a dialog. Keys without Ctrl or Alt act only while no field has the focus and no menu is open
    /// (F1 to F12 always), and Enter only while nothing at all has it: there it means what is focused.
    #[must_use]
    pub fn pressed(self, ctx: &egui::Context) -> bool {
        if was_asked(ctx, self) {
            return true;
        }
        let key = self.words().key;
        if ctx.memory(|memory| memory.top_modal_layer().is_some()) {
            return false;
        }
        let plain = key.modifiers == Modifiers::NONE && !is_function_key(key.logical_key);
        if plain && (ctx.text_edit_focused() || egui::Popup::is_any_open(ctx)) {
            return false;
        }
        if key.logical_key == Key::Enter && ctx.memory(|memory| memory.focused().is_some()) {
            return false;
        }
        ctx.input_mut(|input| input.consume_shortcut(&key))
    }
}

impl Verb {
    /// Whether its key is pressed in a dialog that carries it out itself; consumes that.
    #[must_use]
    pub fn pressed_in_dialog(self, ctx: &egui::Context) -> bool {
        ctx.input_mut(|input| input.consume_shortcut(&self.words().key))
    }
}

/// Whether the menu of a row is wanted in this frame: by [`Verb::RowMenu`], or by the key that keyboards have for menus;
/// consumes that.
#[must_use]
pub fn row_menu_pressed(ctx: &egui::Context) -> bool {
    if ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) {
        return false;
    }
    let modal = ctx.memory(|memory| memory.top_modal_layer().is_some());
    Verb::RowMenu.pressed(ctx) || !modal && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Menu))
}

fn is_function_key(key: Key) -> bool {
    (Key::F1..=Key::F12).contains(&key)
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
        Key::Escape => "Esc",
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
    fn no_two_verbs_that_can_meet_share_a_key_or_a_name() {
        for (at, one) in Verb::ALL.iter().enumerate() {
            for other in Verb::ALL.iter().skip(at + 1).filter(|other| one.scope().meets(other.scope())) {
                assert_ne!(one.words().key, other.words().key, "{one:?} and {other:?}");
                assert_ne!(one.words().name, other.words().name, "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn every_verb_has_words_and_a_place_among_those_that_are_told() {
        for verb in Verb::ALL {
            let words = verb.words();
            assert!(!words.name.is_empty() && !words.line.is_empty() && !verb.key_text().is_empty(), "{verb:?}");
            assert!(Scope::ALL.contains(&verb.scope()), "{verb:?}");
        }
    }

    #[test]
    fn keys_read_as_people_write_them() {
        assert_eq!(Verb::Show(Tab::Payouts).key_text(), "Alt+3");
        assert_eq!(Verb::Previous.key_text(), "Page Up");
        assert_eq!(Verb::CountTask.key_text(), "+");
    }
}
