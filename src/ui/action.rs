//! Actions: what the user asked for in a frame. Screens push them; `app.rs` carries them out after drawing.

use std::path::PathBuf;

use crate::domain::backup::Backup;
use crate::domain::command::Command;
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::query::calendar::ExpectedKey;
use crate::domain::span::Month;
use crate::engine::Stamp;
use crate::ports::LookedThrough;

use super::dialogs::{CopyWish, Dialog, EvidenceWish, Go};
use super::verbs::Verb;
use super::view::statement::{ReadWish, WeighWish};

pub use super::view::filter::{EarningsPlace, SessionFilter};
pub use super::view::findings::MendBy;

/// What the user asked for.
#[derive(Debug)]
pub enum Action {
    /// Carry a command out; a refusal is shown as a notice.
    Do(Command),
    /// Carry the command of the open dialog (or inline form) out: it closes when done, and stays with the reason
    /// beside the field when refused.
    Submit(Command),
    /// The same, and then open another dialog in its place; not where it was refused.
    SubmitThenOpen(Command, Box<Dialog>),
    /// Write a folder of evidence in the background.
    CollectEvidence(EvidenceWish),
    /// Take the last change back.
    Undo,
    /// Do what was taken back again.
    Redo,
    /// Go to a tab.
    Show(Tab),
    /// Back to the tab from which a figure was followed.
    Back,
    /// Open a dialog.
    Open(Box<Dialog>),
    /// Close the open dialog.
    CloseDialog,
    /// Open a figure to its rows: the Sessions tab with this filter.
    ShowSessions(SessionFilter),
    /// Close the window although changes are not saved.
    CloseWindow,
    /// Show a place of the Earnings tab.
    ShowEarnings(EarningsPlace),
    /// Show a platform in its tab.
    ShowPlatform(PlatformId),
    /// Open the page of a platform.
    ShowPage(PlatformId),
    /// Open a web address or a file with the user's own program.
    OpenOutside(String),
    /// Show the desktop's own dialog for files, for the open dialog.
    ChooseFiles,
    /// Read a rates file in the background, for the exchange rates of the settings.
    ReadRates(PathBuf),
    /// Read a file of somebody else in the background, for the open dialog.
    ReadStatement(ReadWish),
    /// Weigh in the background what a statement comes to, for the open dialog.
    Weigh(WeighWish),
    /// Set logged, credited and received beside each other in the background, for the Check tab.
    SetBeside(Stamp),
    /// Ask where the payout calendar goes.
    ExportCalendar,
    /// Write the payout calendar there, in the background.
    WriteCalendar(PathBuf),
    /// Ask whose proof of income it is, of a month, and where it goes.
    ProveIncome(Month),
    /// Write a page there, in the background, and open it with the user's own program.
    WritePage(PathBuf, String),
    /// Ask where a copy of the whole Book goes.
    SaveCopy,
    /// Write a copy of the whole Book there, in the background.
    WriteCopy(CopyWish),
    /// Try at once to save what could not be saved.
    TrySaving,
    /// Make the folder of the Book anew, with the whole Book in it.
    MakeFolderAnew,
    /// Look in the background which of these files are there.
    LookForFiles(Vec<String>),
    /// Show an expected payout in its tab.
    ShowExpected(ExpectedKey),
    /// Show a payout that was sent or has landed in its tab.
    ShowPayout(PayoutId),
    /// Carry a verb out as if its key were pressed, on its own tab where it has one.
    Ask(Verb),
    /// Remember what was found in the palette: it comes first the next time.
    Found(Go),
    /// Tell something in the strip.
    Say(String),
    /// Put a text on the clipboard.
    Copy(String),
    /// Put a picture on the clipboard.
    CopyPicture(egui::ColorImage),
    /// Show what was found wrong in the files.
    ShowFindings,
    /// Mend a file of the book, inside its folder, and read the book again.
    MendFile(String, MendBy),
    /// Read the book again from its files.
    ReadAgain,
    /// Take something in from elsewhere: a backup is made first.
    TakeIn(Command),
    /// Make a backup now.
    BackUp,
    /// Show the folder of the backups with the desktop's own program.
    ShowBackups,
    /// Look at a backup in the place of the user's own Book, which waits meanwhile.
    LookAtBackup(Backup),
    /// Ask whether to restore a backup, with what it comes to.
    AskToRestore(Backup),
    /// Restore the backup of the open dialog.
    Restore,
    /// Look at what others made of the files.
    CompareOutside,
    /// Take all of it over.
    TakeOverOutside,
    /// Carry out what was chosen of it: these files were looked through.
    LookThrough(Command, LookedThrough),
    /// Look around in a sample; the user's own Book waits meanwhile.
    OpenSample,
    /// Back from the sample, or a backup, to the user's own Book.
    CloseSample,
}

/// The tabs, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Tab {
    /// What was worked.
    #[default]
    Sessions,
    /// Who pays.
    Platforms,
    /// When money lands.
    Payouts,
    /// What an hour pays.
    Rates,
    /// What is owed.
    Earnings,
    /// What is still out, and what comes.
    Outlook,
    /// Logged, credited and received beside each other.
    Check,
}

impl Tab {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::Sessions, Self::Platforms, Self::Payouts, Self::Rates, Self::Earnings, Self::Outlook, Self::Check];

    /// Its name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sessions => "Sessions",
            Self::Platforms => "Platforms",
            Self::Payouts => "Payouts",
            Self::Rates => "Rates",
            Self::Earnings => "Earnings",
            Self::Outlook => "Outlook",
            Self::Check => "Check",
        }
    }
}
