//! The table itself: each verb once, by where it is carried out.
//!
//! In the order in which the palette offers them: the timer first. A row is a name in the code, whether it changes the
//! Book or only looks, its name on the screen, one line for its tooltip, and its key.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{Scope, Words};
use crate::ui::action::Tab;

/// Whether a verb can be used on a Book that is only read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Changes,
    Looks,
}

/// All that is known of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) scope: Scope,
    pub(super) kind: Kind,
    pub(super) words: Words,
}

/// The enum, all of it as a list, and a row for each: a verb that stands here can't be missing from keys, palette or
/// sheet.
macro_rules! verbs {
    ($($scope:expr => { $($(#[$doc:meta])* $name:ident: $kind:ident, $words:literal, $line:literal, $key:expr;)* })*) => {
        /// A verb of the window.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Verb {
            $($($(#[$doc])* $name,)*)*
            /// Go to a tab.
            Show(Tab),
        }

        impl Verb {
            /// All of them.
            pub const ALL: &'static [Self] = &[
                $($(Self::$name,)*)*
                Self::Show(Tab::Sessions),
                Self::Show(Tab::Platforms),
                Self::Show(Tab::Payouts),
                Self::Show(Tab::Rates),
                Self::Show(Tab::Earnings),
                Self::Show(Tab::Outlook),
                Self::Show(Tab::Check),
            ];

            /// What the table says of it.
            pub(super) fn row(self) -> Row {
                match self {
                    $($(Self::$name => Row {
                        scope: $scope,
                        kind: Kind::$kind,
                        words: Words { name: $words, line: $line, key: $key },
                    },)*)*
                    Self::Show(tab) => Row { scope: Scope::Everywhere, kind: Kind::Looks, words: show(tab) },
                }
            }
        }
    };
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

const fn control_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

fn show(tab: Tab) -> Words {
    let (line, key) = match tab {
        Tab::Sessions => ("What was worked, day by day", Key::Num1),
        Tab::Platforms => ("Who pays, and how", Key::Num2),
        Tab::Payouts => ("Which money lands on which day", Key::Num3),
        Tab::Rates => ("What an hour really pays", Key::Num4),
        Tab::Earnings => ("What is owed, and where it stands", Key::Num5),
        Tab::Outlook => ("What is still out, what comes, and the month as a page", Key::Num6),
        Tab::Check => ("Logged, credited and received beside each other", Key::Num7),
    };
    Words { name: tab.name(), line, key: alt(key) }
}

verbs! {
    Scope::Bar => {
        /// Start a timer, or switch to another project.
        Start: Changes, "Start", "Start the timer; while one runs, switch to this project", letter(Key::S);
        /// Pause the timer.
        Pause: Changes, "Pause", "Stop counting without ending the session", letter(Key::P);
        /// Go on with it.
        Resume: Changes, "Resume", "Go on counting", letter(Key::R);
        /// Stop it.
        Stop: Changes, "Stop", "End the session", letter(Key::X);
        /// Choose the project.
        PickProject: Changes, "Project", "Choose what is worked on, or create it", letter(Key::J);
        /// Count a task.
        CountTask: Changes, "+1", "Count one task done", letter(Key::Plus);
    }
    Scope::Everywhere => {
        /// Add a session by hand.
        AddSession: Changes, "Add session", "Enter time by hand", letter(Key::A);
        /// Add a platform.
        AddPlatform: Changes, "Add platform", "From the catalogue, or blank", letter(Key::N);
        /// Add a project.
        AddProject: Changes, "Add project", "A stream of work with its pay", letter(Key::B);
        /// Take the last change back.
        Undo: Changes, "Undo", "Take the last change back", control(Key::Z);
        /// Do it again.
        Redo: Changes, "Redo", "Do it again", control(Key::Y);
        /// Open the settings.
        Settings: Looks, "Settings", "Currency, zone, floor, theme, exchange rates", control(Key::Comma);
        /// Add a bill.
        AddBill: Changes, "Add bill", "Money that must be there by a day", control(Key::B);
        /// Record a payout by hand.
        RecordPayout: Changes, "Record payout…", "Money that came, from any platform, with all its figures",
            control(Key::L);
        /// The list of keys.
        Keys: Looks, "Keys", "All keys at a glance", letter(Key::F1);
        /// Back to where a figure was followed from.
        GoBack: Looks, "Go back", "To the screen on which a figure was followed", alt(Key::ArrowLeft);
        /// Everything at a few letters.
        Palette: Looks, "Find…", "Every verb and place at a few letters", control(Key::K);
        /// What needs the user.
        Needs: Looks, "What needs you", "Late money, cut-offs and the like, in one list", letter(Key::F2);
        /// Add hours without clock times.
        AddHours: Changes, "Add hours…", "Hours without clock times: last week, 22 h", letter(Key::H);
        /// The menu of the chosen row.
        RowMenu: Looks, "Row menu", "The verbs of the row that is chosen or has the focus", shift(Key::F10);
        /// A copy of the whole book in another folder.
        SaveCopy: Looks, "Save a copy elsewhere…", "The whole book as it is now, in a folder of its own; also where the disk is full",
            control_shift(Key::S);
        /// A backup by hand.
        BackUp: Changes, "Back up now", "A backup of the book beside it, which stays until you remove its folder",
            control_shift(Key::U);
        /// Write at once what could not be saved.
        TrySaving: Looks, "Try to save again", "What waits to be saved, without waiting for the next try", control(Key::S);
        /// See what others made of the files.
        CompareOutside: Changes, "Compare changed files…", "What another program or device made of the book’s files, record by record",
            control_shift(Key::M);
        /// Leave a sample or a backup.
        BackToOwn: Looks, "Back to my book", "From a sample, or a backup that is looked at", control_shift(Key::H);
        /// Take files of platforms, banks and trackers in.
        Import: Changes, "Import…", "Files of platforms, banks and trackers; dropping one on the window does it too",
            control(Key::I);
        /// Choose files to take in.
        ChooseFiles: Changes, "Choose files…", "Files to import, in the desktop’s own dialog", control(Key::O);
        /// Several platforms at once, as at the first start.
        SetUp: Changes, "Set up…", "Several platforms at once, with what they owe", control(Key::N);
    }
    Scope::Tab(Tab::Sessions) => {
        /// Go on with the chosen session's work.
        Continue: Changes, "Continue", "The same work again, from now on", letter(Key::C);
        /// Edit what is chosen in a list.
        Edit: Changes, "Edit…", "Change what is chosen in the list", letter(Key::Enter);
        /// Delete what is chosen in a list.
        Delete: Changes, "Delete", "Take what is chosen away; Undo brings it back", letter(Key::Delete);
        /// Search the sessions.
        Find: Looks, "Search", "Project, platform, task type or note; / does it too", control(Key::F);
        /// A new session like the chosen one.
        Duplicate: Changes, "Duplicate…", "A new session like this one", control(Key::D);
        /// Cut the chosen session in two.
        Split: Changes, "Split…", "Cut the session in two", letter(Key::K);
        /// Move what is chosen to another project.
        MoveTo: Changes, "Move to…", "Another project for what is chosen", letter(Key::M);
        /// Set the activity of what is chosen.
        SetActivity: Changes, "Activity…", "What the time of what is chosen went to", letter(Key::V);
        /// Set the task type of what is chosen.
        SetTaskType: Changes, "Task type…", "The kind of task of what is chosen", letter(Key::Y);
        /// Set the credited time of what is chosen.
        SetCredited: Changes, "Credited…", "What the platform pays for", letter(Key::D);
        /// Turn paid time into unpaid, or back.
        TurnPaid: Changes, "Paid or unpaid", "Turn paid time into unpaid, or back", letter(Key::U);
        /// Record the gap beside the chosen session.
        FillGap: Changes, "Fill…", "Record the gap beside the chosen session", letter(Key::F);
        /// Put that gap aside.
        LeaveGap: Changes, "Leave", "The gap beside the chosen session was free time", letter(Key::W);
        /// Record an earning for what is chosen.
        RecordEarning: Changes, "Record earning…", "An amount that the platform owes for what is chosen", letter(Key::E);
        /// Choose all that is shown.
        ChooseAll: Looks, "Choose all", "All sessions that are shown", control(Key::A);
        /// Show the platform of the chosen session.
        ShowPlatform: Looks, "Show platform", "The platform of the chosen session", letter(Key::G);
        /// Show the payout that the chosen session belongs to.
        ShowPayout: Looks, "Show payout", "The payout that the chosen session belongs to", letter(Key::O);
    }
    Scope::Tab(Tab::Platforms) => {
        /// Open the page of the chosen platform.
        OpenPage: Looks, "Open page", "All that is known of the chosen platform", letter(Key::O);
        /// Back from a page to its list.
        Back: Looks, "Back", "From a platform’s page to the list", letter(Key::Escape);
        /// Change the stage of the chosen platform.
        ChangeStage: Changes, "Change stage…", "Active, dry, ended …, from a day on", letter(Key::G);
        /// Note what a platform said of the work.
        NoteQuality: Changes, "Note quality…", "A score, an error rate, a warning", letter(Key::Q);
        /// Add a route.
        AddRoute: Changes, "Add route…", "The way its money takes to your account", letter(Key::W);
        /// Add something to do for a platform.
        AddCheck: Changes, "Add to do…", "A document, a test, a profile", letter(Key::K);
        /// Add a link.
        AddLink: Changes, "Add link…", "A web address worth keeping", letter(Key::I);
        /// Access to the chosen platform ended.
        EndAccess: Changes, "Access ended…", "Stop its timers, contest what is owed, set a day to ask again",
            letter(Key::D);
        /// Write a folder with all that is known of what a platform owes.
        CollectEvidence: Looks, "Collect evidence…", "A folder with all that was worked and what is owed",
            letter(Key::E);
        /// Add a file.
        AddFile: Changes, "Add file…", "A contract, a message: its place is kept, not the file", letter(Key::U);
    }
    Scope::Tab(Tab::Payouts) => {
        /// Mark the chosen payout as landed.
        Landed: Changes, "Landed…", "The money has arrived", letter(Key::L);
        /// Move the chosen payout to another day.
        MovePayout: Changes, "Move…", "The chosen payout: not before a day, or promised for one", letter(Key::M);
        /// Month or agenda.
        Agenda: Looks, "Agenda", "Month or agenda: the same payouts by week", letter(Key::G);
        /// The next payout of the chosen day.
        NextOfDay: Looks, "Next of the day", "Another payout of the chosen day", letter(Key::Space);
        /// Correct the chosen payout, or edit the chosen bill.
        EditPayout: Changes, "Edit payout…", "Day, amount, note; of a bill all that it is", letter(Key::E);
        /// Delete the chosen payout or bill.
        DeletePayout: Changes, "Delete payout", "The chosen payout or bill; Undo brings it back", letter(Key::Delete);
        /// The chosen money was drawn.
        DrawPayout: Changes, "Draw…", "The chosen money was asked for: all of it, or a part", letter(Key::D);
        /// The chosen payout has arrived at the next account.
        PayoutArrived: Changes, "Arrived…", "The chosen payout is at a wallet or a bank on its way", letter(Key::V);
        /// Ask where the chosen payout is.
        ChasePayout: Changes, "Chase…", "A text that asks where the chosen payout is", letter(Key::C);
        /// Say what the chosen payout brought beyond what was owed.
        ExplainSurplus: Changes, "Explain…", "What the chosen payout brought beyond what was owed", letter(Key::K);
        /// All figures of the chosen payout.
        PayoutFigures: Changes, "All figures…", "Of the chosen payout: fees, tax, exchange, each transfer", letter(Key::F);
        /// Another match of the chosen payout.
        PayoutSettles: Changes, "Change what it settles…", "Which work the chosen payout pays for", letter(Key::O);
        /// The month or period before.
        Previous: Looks, "Previous", "The month before", letter(Key::PageUp);
        /// The month or period after.
        Next: Looks, "Next", "The month after", letter(Key::PageDown);
        /// The calendar as a file for other calendars.
        ExportCalendar: Looks, "Export calendar…", "Pay days, cut-offs and bills for the calendar you look at anyway",
            control(Key::E);
        /// Back to today.
        Today: Looks, "Today", "Back to today", letter(Key::T);
    }
    Scope::Tab(Tab::Rates) => {
        /// Put the summary of the rates on the clipboard as a picture.
        CopyPicture: Looks, "Copy as picture",
            "The answer, the steps and the sides; nothing else is in it", letter(Key::C);
        /// Leave out what isn't settled.
        SettledOnly: Looks, "Settled only",
            "Leave out paid work whose money hasn’t landed; unpaid time stays", letter(Key::E);
        /// Put what sources say beside the platforms.
        CompareMarket: Looks, "Compare with the market",
            "What sources say these platforms advertise; never part of your own figures", letter(Key::M);
    }
    Scope::Tab(Tab::Earnings) => {
        /// The page of what is owed.
        ShowOwed: Looks, "Owed", "Every open piece of money, by where it stands", letter(Key::O);
        /// The page of what is to be reported.
        ShowToReport: Looks, "To report", "Own time that a platform has to be told", letter(Key::T);
        /// The page of what agrees.
        ShowAgreement: Looks, "Agreement", "Promised, credited and paid; and what differs", letter(Key::G);
        /// Add an earning by hand.
        AddEarning: Changes, "Add earning…", "Hours, a batch, a milestone, a bonus, a claw-back", letter(Key::E);
        /// Edit the chosen earning.
        EditEarning: Changes, "Edit…", "Change the chosen earning", letter(Key::Enter);
        /// Delete what is chosen.
        DeleteEarning: Changes, "Delete", "Take the chosen earnings away; Undo brings them back", letter(Key::Delete);
        /// Search what is owed.
        FindOwed: Looks, "Search", "Project, platform, note or state; / does it too", control(Key::F);
        /// Choose all that is shown.
        ChooseAllOwed: Looks, "Choose all", "All that is shown", control(Key::A);
        /// Mark as handed in.
        MarkReported: Changes, "Mark reported", "Handed in today; its clock starts", letter(Key::M);
        /// Mark as approved.
        MarkApproved: Changes, "Approved", "Accepted in full today", letter(Key::V);
        /// Mark a part as approved.
        ApprovePart: Changes, "Approved in part…", "Only this much was accepted", letter(Key::D);
        /// Mark as invoiced.
        MarkInvoiced: Changes, "Invoiced", "The invoice went out today", letter(Key::I);
        /// Mark as rejected.
        MarkRejected: Changes, "Rejected", "Refused; nothing is owed for it", letter(Key::K);
        /// Mark as appealed.
        MarkAppealed: Changes, "Appealed", "The refusal is contested", letter(Key::Y);
        /// Mark as being reworked.
        MarkReworked: Changes, "Being reworked", "It is done again", letter(Key::Q);
        /// Contest the amount.
        Contest: Changes, "Contest", "The amount is contested; it is no longer counted on", letter(Key::C);
        /// Give it up.
        WriteOff: Changes, "Write off", "Give it up; Undo brings it back", letter(Key::W);
        /// Settle by hand.
        SettleOwed: Changes, "Settle…", "The money has come: day and amount", letter(Key::L);
        /// Hold or free it.
        HoldOwed: Changes, "Hold…", "Frozen by the platform, or disputed by you; free it again", letter(Key::F);
        /// The sessions behind what is chosen.
        SessionsBehind: Looks, "Sessions behind it", "The work that the amount is made of", letter(Key::Z);
        /// The payout that it is part of.
        PayoutOfOwed: Looks, "Show payout", "The expected payout that it is part of", letter(Key::U);
        /// Copy the text of the chosen row.
        CopyText: Looks, "Copy text",
            "The minutes to report, or the facts for a ticket, of the chosen row", letter(Key::F3);
    }
    Scope::Tab(Tab::Outlook) => {
        /// The page of what is still out.
        ShowExposure: Looks, "Exposure", "What is still out, by platform and by age", letter(Key::E);
        /// The page of what lands.
        ShowForecast: Looks, "Forecast", "What lands in the next twelve weeks", letter(Key::F);
        /// The page of a month.
        ShowMonth: Looks, "Month page", "One month as it was, to print as a proof of income", letter(Key::M);
        /// The month before, on the month page.
        MonthBefore: Looks, "Month before", "The month page of the month before", letter(Key::PageUp);
        /// The month after.
        MonthAfter: Looks, "Month after", "The month page of the month after", letter(Key::PageDown);
        /// The month of today.
        ThisMonth: Looks, "This month", "The month page of this month", letter(Key::T);
        /// Print the month.
        PrintMonth: Looks, "Print…", "The month as a proof of income: a page to print", control(Key::P);
        /// Put the exposure table on the clipboard.
        CopyExposure: Looks, "Copy exposure", "The table as text with tabs and plain numbers, for a spreadsheet",
            letter(Key::C);
        /// Access to the platform of the chosen row ended.
        EndAccessHere: Changes, "Access ended…", "Stop its timers, contest what is owed, set a day to ask again",
            letter(Key::D);
    }
    Scope::Tab(Tab::Check) => {
        /// Show what doesn't fit.
        ShowDiffers: Looks, "Doesn’t fit", "Work without credit, credit without work, money without a name", letter(Key::Num1);
        /// Show what waits for the user.
        ShowWaits: Looks, "Waits for you", "Money that came and fits something open; nothing is settled unasked",
            letter(Key::Num2);
        /// Show what fits.
        ShowFits: Looks, "Fits", "What was logged, credited and received and agrees", letter(Key::Num3);
        /// The chosen payment settles what it pays.
        TakeAsPay: Changes, "Settle", "The payment is pay: it settles what it fits", letter(Key::L);
        /// All payments that surely fit settle what they pay.
        TakeAllSure: Changes, "Settle all that are sure", "Every shown payment that surely fits, as one step",
            letter(Key::U);
        /// The chosen payout goes on with its transfer.
        FollowOn: Changes, "Follow on", "The payout goes on to the account that its money reached", letter(Key::F);
        /// Say whose the chosen money is.
        WhoseIsIt: Changes, "Whose is it…", "A platform’s, between own accounts, or nothing of work; and a rule for it",
            letter(Key::W);
        /// Record the chosen payment as pay for which nothing was open.
        RecordAsPay: Changes, "Record as pay", "A payout of this platform that settles nothing recorded",
            letter(Key::M);
        /// Log the hours that the platform counts for what it credited.
        LogItsHours: Changes, "Log its hours", "The hours that the platform counts, on their days", letter(Key::G);
        /// Add hours for what was credited and not logged.
        AddTheseHours: Changes, "Add its hours…", "A session for what was credited and not logged", letter(Key::D);
        /// Record an earning for work that was never credited.
        RecordUncredited: Changes, "Record earning…", "An amount that the platform owes for this work", letter(Key::E);
        /// The work is not paid.
        NotPaid: Changes, "Not paid", "These sessions are unpaid time", letter(Key::K);
        /// Contest what was credited.
        ContestCredit: Changes, "Contest", "The amount is contested; it is no longer counted on", letter(Key::C);
        /// Ask where pay is that never came.
        ChaseMissing: Changes, "Chase…", "A text that asks where the money is", letter(Key::Q);
        /// Pay that was thought missing has come.
        MissingLanded: Changes, "Landed…", "The money has arrived", letter(Key::V);
        /// Show the payout of the chosen line.
        PayoutOfLine: Looks, "Show payout", "The payout that the line is about", letter(Key::O);
        /// The sessions of the chosen line.
        SessionsOfLine: Looks, "Sessions behind it", "The work that the line is about", letter(Key::Z);
        /// Put a line aside that doesn't fit.
        PutAside: Changes, "Put aside", "It is known; it comes up again only when its figures change",
            letter(Key::I);
    }
}
