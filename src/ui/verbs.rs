//! The verbs of the window: words, key, place and one line each, from one table.
//!
//! Buttons, menus, tooltips, the palette, the sheet of keys and the key handlers read it, so that they never disagree.
//! Whoever carries a verb out asks [`Verb::pressed`]: it answers to the key, and to what was [asked](ask) for by the
//! palette, so that a verb does the same however it is reached. Single letters act only when no field has the focus; a
//! test fails where two verbs that can meet share a key or a name.

mod asked;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::action::Tab;
use asked::was_asked;

pub use asked::{ask, unanswered};

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
    pub const ALL: [Self; 6] = [
        Self::Everywhere,
        Self::Bar,
        Self::Tab(Tab::Sessions),
        Self::Tab(Tab::Platforms),
        Self::Tab(Tab::Payouts),
        Self::Tab(Tab::Rates),
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

/// The enum, and all of it as a list: a verb that stands here can't be missing from keys, palette or sheet.
macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A verb of the window.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Verb {
            $($(#[$doc])* $name,)*
            /// Go to a tab.
            Show(Tab),
        }

        impl Verb {
            /// All of them.
            pub const ALL: &'static [Self] = &[
                $(Self::$name,)*
                Self::Show(Tab::Sessions),
                Self::Show(Tab::Platforms),
                Self::Show(Tab::Payouts),
                Self::Show(Tab::Rates),
            ];
        }
    };
}

verbs! {
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
    /// Mark the chosen payout as landed.
    Landed,
    /// Move the chosen payout to another day.
    MovePayout,
    /// Month or agenda.
    Agenda,
    /// The next payout of the chosen day.
    NextOfDay,
    /// Correct the chosen payout, or edit the chosen bill.
    EditPayout,
    /// Delete the chosen payout or bill.
    DeletePayout,
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
    /// Back to where a figure was followed from.
    GoBack,
    /// Put the summary of the rates on the clipboard as a picture.
    CopyPicture,
    /// Leave out what isn't settled.
    SettledOnly,
    /// Put what sources say beside the platforms.
    CompareMarket,
    /// Everything at a few letters.
    Palette,
    /// What needs the user.
    Needs,
    /// Search the sessions.
    Find,
    /// Add hours without clock times.
    AddHours,
    /// A new session like the chosen one.
    Duplicate,
    /// Cut the chosen session in two.
    Split,
    /// Move what is chosen to another project.
    MoveTo,
    /// Set the activity of what is chosen.
    SetActivity,
    /// Set the task type of what is chosen.
    SetTaskType,
    /// Set the credited time of what is chosen.
    SetCredited,
    /// Turn paid time into unpaid, or back.
    TurnPaid,
    /// Record the gap beside the chosen session.
    FillGap,
    /// Put that gap aside.
    LeaveGap,
    /// Choose all that is shown.
    ChooseAll,
    /// The menu of the chosen row.
    RowMenu,
    /// Show the platform of the chosen session.
    ShowPlatform,
    /// Show the payout that the chosen session belongs to.
    ShowPayout,
    /// Open the page of the chosen platform.
    OpenPage,
    /// Back from a page to its list.
    Back,
    /// Change the stage of the chosen platform.
    ChangeStage,
    /// Note what a platform said of the work.
    NoteQuality,
    /// Add a route.
    AddRoute,
    /// Add something to do for a platform.
    AddCheck,
    /// Add a link.
    AddLink,
    /// Add a file.
    AddFile,
    /// Several platforms at once, as at the first start.
    SetUp,
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

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

impl Verb {
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
            Self::EditPayout => ("Edit payout…", "Day, amount, note; of a bill all that it is", letter(Key::E)),
            Self::DeletePayout => {
                ("Delete payout", "The chosen payout or bill; Undo brings it back", letter(Key::Delete))
            }
            Self::AddBill => ("Add bill", "Money that must be there by a day", control(Key::B)),
            Self::Previous => ("Previous", "The month before", letter(Key::PageUp)),
            Self::Next => ("Next", "The month after", letter(Key::PageDown)),
            Self::Today => ("Today", "Back to today", letter(Key::T)),
            Self::Continue => ("Continue", "The same work again, from now on", letter(Key::C)),
            Self::Edit => ("Edit…", "Change what is chosen in the list", letter(Key::Enter)),
            Self::Delete => ("Delete", "Take what is chosen away; Undo brings it back", letter(Key::Delete)),
            Self::SetUp => ("Set up…", "Several platforms at once, with what they owe", control(Key::N)),
            Self::Keys => ("Keys", "All keys at a glance", letter(Key::F1)),
            Self::GoBack => ("Go back", "To the screen on which a figure was followed", alt(Key::ArrowLeft)),
            Self::CopyPicture => {
                ("Copy as picture", "The answer, the steps and the sides; nothing else is in it", letter(Key::C))
            }
            Self::SettledOnly => {
                ("Settled only", "Leave out paid work whose money hasn’t landed; unpaid time stays", letter(Key::E))
            }
            Self::CompareMarket => (
                "Compare with the market",
                "What sources say these platforms advertise; never part of your own figures",
                letter(Key::M),
            ),
            Self::Palette => ("Find…", "Every verb and place at a few letters", control(Key::K)),
            Self::Needs => ("What needs you", "Late money, cut-offs and the like, in one list", letter(Key::F2)),
            Self::Find => ("Search", "Project, platform, task type or note; / does it too", control(Key::F)),
            Self::AddHours => ("Add hours…", "Hours without clock times: last week, 22 h", letter(Key::H)),
            Self::Duplicate => ("Duplicate…", "A new session like this one", control(Key::D)),
            Self::Split => ("Split…", "Cut the session in two", letter(Key::K)),
            Self::MoveTo => ("Move to…", "Another project for what is chosen", letter(Key::M)),
            Self::SetActivity => ("Activity…", "What the time of what is chosen went to", letter(Key::V)),
            Self::SetTaskType => ("Task type…", "The kind of task of what is chosen", letter(Key::Y)),
            Self::SetCredited => ("Credited…", "What the platform pays for", letter(Key::D)),
            Self::TurnPaid => ("Paid or unpaid", "Turn paid time into unpaid, or back", letter(Key::U)),
            Self::FillGap => ("Fill…", "Record the gap beside the chosen session", letter(Key::F)),
            Self::LeaveGap => ("Leave", "The gap beside the chosen session was free time", letter(Key::W)),
            Self::ChooseAll => ("Choose all", "All sessions that are shown", control(Key::A)),
            Self::RowMenu => ("Row menu", "The verbs of the row that is chosen or has the focus", shift(Key::F10)),
            Self::ShowPlatform => ("Show platform", "The platform of the chosen session", letter(Key::G)),
            Self::ShowPayout => ("Show payout", "The payout that the chosen session belongs to", letter(Key::O)),
            Self::OpenPage => ("Open page", "All that is known of the chosen platform", letter(Key::O)),
            Self::Back => ("Back", "From a platform’s page to the list", letter(Key::Escape)),
            Self::ChangeStage => ("Change stage…", "Active, dry, ended …, from a day on", letter(Key::G)),
            Self::NoteQuality => ("Note quality…", "A score, an error rate, a warning", letter(Key::Q)),
            Self::AddRoute => ("Add route…", "The way its money takes to your account", letter(Key::W)),
            Self::AddCheck => ("Add to do…", "A document, a test, a profile", letter(Key::K)),
            Self::AddLink => ("Add link…", "A web address worth keeping", letter(Key::I)),
            Self::AddFile => ("Add file…", "A contract, a message: its place is kept, not the file", letter(Key::U)),
        };
        Words { name, line, key }
    }

    /// Where it is carried out.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Self::AddSession
            | Self::AddHours
            | Self::AddBill
            | Self::AddPlatform
            | Self::AddProject
            | Self::SetUp
            | Self::Undo
            | Self::Redo
            | Self::Settings
            | Self::Show(_)
            | Self::Keys
            | Self::Palette
            | Self::Needs
            | Self::RowMenu
            | Self::GoBack => Scope::Everywhere,
            Self::Start | Self::Pause | Self::Resume | Self::Stop | Self::PickProject | Self::CountTask => Scope::Bar,
            Self::Continue
            | Self::Edit
            | Self::Delete
            | Self::Find
            | Self::Duplicate
            | Self::Split
            | Self::MoveTo
            | Self::SetActivity
            | Self::SetTaskType
            | Self::SetCredited
            | Self::TurnPaid
            | Self::FillGap
            | Self::LeaveGap
            | Self::ChooseAll
            | Self::ShowPlatform
            | Self::ShowPayout => Scope::Tab(Tab::Sessions),
            Self::Landed
            | Self::MovePayout
            | Self::Agenda
            | Self::NextOfDay
            | Self::EditPayout
            | Self::DeletePayout
            | Self::Previous
            | Self::Next
            | Self::Today => Scope::Tab(Tab::Payouts),
            Self::CopyPicture | Self::SettledOnly | Self::CompareMarket => Scope::Tab(Tab::Rates),
            Self::OpenPage
            | Self::Back
            | Self::ChangeStage
            | Self::NoteQuality
            | Self::AddRoute
            | Self::AddCheck
            | Self::AddLink
            | Self::AddFile => Scope::Tab(Tab::Platforms),
        }
    }

    /// Whether it only looks: then it can be used on a Book that is only read.
    #[must_use]
    pub fn only_looks(self) -> bool {
        matches!(
            self,
            Self::Settings
                | Self::Show(_)
                | Self::Keys
                | Self::Palette
                | Self::Needs
                | Self::GoBack
                | Self::NextOfDay
                | Self::Agenda
                | Self::Previous
                | Self::Next
                | Self::Today
                | Self::Find
                | Self::ChooseAll
                | Self::RowMenu
                | Self::ShowPlatform
                | Self::ShowPayout
                | Self::CopyPicture
                | Self::SettledOnly
                | Self::CompareMarket
                | Self::OpenPage
                | Self::Back
        )
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
