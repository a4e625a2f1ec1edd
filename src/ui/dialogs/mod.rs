//! Dialogs: one at a time, one file each. Escape closes, Enter sends. A dialog sends [`Action::Submit`]; it closes
//! when the command was carried out, and stays with the reason beside the field when it was refused.

mod access_ended;
mod add_hours;
mod add_platform;
mod approve;
mod arrival;
mod arrived;
mod bill;
mod chase;
mod difference;
mod draw;
mod earning;
mod entry;
mod evidence;
mod explain;
mod export_calendar;
mod findings;
mod first_start;
mod hold;
mod import;
mod keys;
mod land;
mod merge;
mod move_payout;
mod palette;
mod parts;
mod payout;
mod platform;
mod project;
mod proof;
mod quality;
mod rates_preview;
mod record_payout;
mod restore;
mod route;
mod save_copy;
mod schedule;
mod session;
mod settings;
mod settle;
mod split;
mod stage;
mod under_way;
mod unsaved;
mod whose;

pub use access_ended::AccessEndedDialog;
pub use add_hours::AddHoursDialog;
pub use add_platform::AddPlatformDialog;
pub use approve::ApproveDialog;
pub use arrived::ArrivedDialog;
pub use bill::BillDialog;
pub use chase::ChaseDialog;
pub use draw::DrawDialog;
pub use earning::EarningDialog;
pub use entry::{EntryDialog, EntryKind};
pub use evidence::{EvidenceDialog, EvidenceWish};
pub use explain::ExplainDialog;
pub use export_calendar::ExportCalendarDialog;
pub use findings::FindingsDialog;
pub use first_start::FirstStartDialog;
pub use hold::HoldDialog;
pub use import::ImportDialog;
pub use keys::KeysDialog;
pub use land::LandDialog;
pub use merge::{MergeDialog, look_through};
pub use move_payout::MovePayoutDialog;
pub use palette::{Go, PaletteDialog};
pub use payout::PayoutDialog;
pub use platform::PlatformDialog;
pub use project::ProjectDialog;
pub use proof::ProofDialog;
pub use quality::QualityDialog;
pub use record_payout::RecordPayoutDialog;
pub use restore::RestoreDialog;
pub use route::RouteDialog;
pub use save_copy::{CopyWish, SaveCopyDialog};
pub use schedule::ScheduleDialog;
pub use session::SessionDialog;
pub use settings::{KnownBackups, SettingsDialog};
pub use settle::SettleDialog;
pub use split::SplitDialog;
pub use stage::StageDialog;
pub use under_way::{Told, UnderWay};
pub use unsaved::UnsavedDialog;
pub use whose::WhoseDialog;

use super::action::Action;
use super::cx::Cx;

/// The open dialog.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one is open at a time, and it is boxed where it is handed on")]
pub enum Dialog {
    /// A session by hand.
    Session(SessionDialog),
    /// Hours without clock times.
    AddHours(AddHoursDialog),
    /// A session cut in two.
    Split(SplitDialog),
    /// Add a platform.
    AddPlatform(AddPlatformDialog),
    /// Edit a platform.
    Platform(PlatformDialog),
    /// A project with its terms.
    Project(ProjectDialog),
    /// A schedule.
    Schedule(ScheduleDialog),
    /// The stages of a platform or project.
    Stage(StageDialog),
    /// What a platform said of the work.
    Quality(QualityDialog),
    /// A route.
    Route(RouteDialog),
    /// Something to do, a link or a file of a platform.
    Entry(EntryDialog),
    /// Access ended.
    AccessEnded(AccessEndedDialog),
    /// A folder of evidence.
    Evidence(EvidenceDialog),
    /// Landed.
    Land(LandDialog),
    /// Move an expected payout.
    MovePayout(MovePayoutDialog),
    /// Hold an expected payout.
    Hold(HoldDialog),
    /// An earning.
    Earning(EarningDialog),
    /// Part of what is owed is approved.
    Approve(ApproveDialog),
    /// Money that came is set against what is owed.
    Settle(SettleDialog),
    /// Correct a payout.
    Payout(PayoutDialog),
    /// A payout with all its figures.
    RecordPayout(RecordPayoutDialog),
    /// The next transfer of a payout.
    Arrived(ArrivedDialog),
    /// Draw money.
    Draw(DrawDialog),
    /// Ask where money is.
    Chase(ChaseDialog),
    /// Explain a surplus.
    Explain(ExplainDialog),
    /// A bill.
    Bill(BillDialog),
    /// Settings.
    Settings(SettingsDialog),
    /// A backup that is to be restored.
    Restore(RestoreDialog),
    /// All keys.
    Keys(KeysDialog),
    /// Everything at a few letters.
    Palette(PaletteDialog),
    /// A proof of income.
    Proof(ProofDialog),
    /// What was found wrong in the files.
    Findings(FindingsDialog),
    /// What others made of the files.
    Merge(MergeDialog),
    /// Closing with changes that are not saved.
    Unsaved(UnsavedDialog),
    /// A copy of the whole Book in another folder.
    SaveCopy(SaveCopyDialog),
    /// First start.
    FirstStart(FirstStartDialog),
    /// Where the payout calendar goes as a file.
    ExportCalendar(ExportCalendarDialog),
    /// Files of others, before they are taken in.
    Import(ImportDialog),
    /// Whose money it is that came.
    Whose(WhoseDialog),
}

impl Dialog {
    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        match self {
            Self::Session(dialog) => dialog.ui(ctx, cx, actions),
            Self::AddHours(dialog) => dialog.ui(ctx, cx, actions),
            Self::Split(dialog) => dialog.ui(ctx, cx, actions),
            Self::AddPlatform(dialog) => dialog.ui(ctx, cx, actions),
            Self::Platform(dialog) => dialog.ui(ctx, cx, actions),
            Self::Project(dialog) => dialog.ui(ctx, cx, actions),
            Self::Schedule(dialog) => dialog.ui(ctx, cx, actions),
            Self::Stage(dialog) => dialog.ui(ctx, cx, actions),
            Self::Quality(dialog) => dialog.ui(ctx, cx, actions),
            Self::Route(dialog) => dialog.ui(ctx, cx, actions),
            Self::Entry(dialog) => dialog.ui(ctx, cx, actions),
            Self::AccessEnded(dialog) => dialog.ui(ctx, cx, actions),
            Self::Evidence(dialog) => dialog.ui(ctx, cx, actions),
            Self::Land(dialog) => dialog.ui(ctx, cx, actions),
            Self::MovePayout(dialog) => dialog.ui(ctx, cx, actions),
            Self::Hold(dialog) => dialog.ui(ctx, cx, actions),
            Self::Earning(dialog) => dialog.ui(ctx, cx, actions),
            Self::Approve(dialog) => dialog.ui(ctx, cx, actions),
            Self::Settle(dialog) => dialog.ui(ctx, cx, actions),
            Self::Payout(dialog) => dialog.ui(ctx, cx, actions),
            Self::RecordPayout(dialog) => dialog.ui(ctx, cx, actions),
            Self::Arrived(dialog) => dialog.ui(ctx, cx, actions),
            Self::Draw(dialog) => dialog.ui(ctx, cx, actions),
            Self::Chase(dialog) => dialog.ui(ctx, cx, actions),
            Self::Explain(dialog) => dialog.ui(ctx, cx, actions),
            Self::Bill(dialog) => dialog.ui(ctx, cx, actions),
            Self::Settings(dialog) => dialog.ui(ctx, cx, actions),
            Self::Restore(dialog) => dialog.ui(ctx, cx, actions),
            Self::Keys(dialog) => dialog.ui(ctx, actions),
            Self::Palette(dialog) => dialog.ui(ctx, cx, actions),
            Self::Proof(dialog) => dialog.ui(ctx, cx, actions),
            Self::Findings(dialog) => dialog.ui(ctx, cx, actions),
            Self::Merge(dialog) => dialog.ui(ctx, cx, actions),
            Self::Unsaved(dialog) => dialog.ui(ctx, actions),
            Self::SaveCopy(dialog) => dialog.ui(ctx, actions),
            Self::FirstStart(dialog) => dialog.ui(ctx, cx, actions),
            Self::ExportCalendar(dialog) => dialog.ui(ctx, actions),
            Self::Import(dialog) => dialog.ui(ctx, cx, actions),
            Self::Whose(dialog) => dialog.ui(ctx, cx, actions),
        }
    }
}
