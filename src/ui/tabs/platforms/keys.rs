//! The verbs of the tab: what each opens for a platform, the chosen one of the table or the one whose page is open.

use egui::Context;

use crate::domain::ids::PlatformId;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{
    AccessEndedDialog, Dialog, EntryDialog, EntryKind, EvidenceDialog, QualityDialog, RouteDialog, StageDialog,
};
use crate::ui::verbs::Verb;

/// Those that change something of a platform.
const CHANGES: [Verb; 7] = [
    Verb::ChangeStage,
    Verb::NoteQuality,
    Verb::EndAccess,
    Verb::AddRoute,
    Verb::AddCheck,
    Verb::AddLink,
    Verb::AddFile,
];

/// Opens the dialogs of the verbs that are wanted in this frame. Evidence can be collected of a Book that is only read.
pub(super) fn changes(ctx: &Context, cx: &Cx<'_>, id: PlatformId, actions: &mut Vec<Action>) {
    if Verb::CollectEvidence.pressed(ctx) {
        let dialog = EvidenceDialog::new(cx, id, None).map(Dialog::Evidence);
        actions.extend(dialog.map(|dialog| Action::Open(Box::new(dialog))));
    }
    if cx.read_only {
        return;
    }
    let wanted = CHANGES.into_iter().filter(|verb| verb.pressed(ctx));
    let dialogs = wanted.filter_map(|verb| dialog(verb, cx, id));
    actions.extend(dialogs.map(|dialog| Action::Open(Box::new(dialog))));
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the verbs of other places are theirs")]
fn dialog(verb: Verb, cx: &Cx<'_>, id: PlatformId) -> Option<Dialog> {
    let entry = |kind| EntryDialog::add(cx, id, kind, "").map(Dialog::Entry);
    match verb {
        Verb::ChangeStage => StageDialog::of_platform(cx, id).map(Dialog::Stage),
        Verb::NoteQuality => QualityDialog::add(cx, id).map(Dialog::Quality),
        Verb::EndAccess => AccessEndedDialog::new(cx, id).map(Dialog::AccessEnded),
        Verb::AddRoute => RouteDialog::add(cx, id).map(Dialog::Route),
        Verb::AddCheck => entry(EntryKind::Check),
        Verb::AddLink => entry(EntryKind::Link),
        Verb::AddFile => entry(EntryKind::File),
        _ => None,
    }
}
