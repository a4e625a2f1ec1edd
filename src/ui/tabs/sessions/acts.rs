//! What the verbs of the tab ask for.

use std::sync::Arc;

use super::super::super::dialogs::{AddHoursDialog, Dialog, EarningDialog, SessionDialog, SplitDialog};
use crate::domain::command::{Command, SessionSetting, Start};
use crate::domain::ids::{EarningId, PayoutId, SessionId};
use crate::domain::payout::Payout;
use crate::domain::query::calendar::Source;
use crate::domain::query::coverage::Coverage;
use crate::domain::session::Session;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::view::sessions::repair;
use crate::ui::view::sessions::{GapRow, SessionRow};

fn open(dialog: Dialog) -> Action {
    Action::Open(Box::new(dialog))
}

pub(super) fn add(cx: &Cx<'_>) -> Action {
    open(Dialog::Session(SessionDialog::add(cx)))
}

pub(super) fn add_hours(cx: &Cx<'_>) -> Action {
    open(Dialog::AddHours(AddHoursDialog::new(cx)))
}

pub(super) fn edit(cx: &Cx<'_>, session: &Session) -> Action {
    open(Dialog::Session(SessionDialog::edit(cx, session)))
}

pub(super) fn duplicate(cx: &Cx<'_>, session: &Session) -> Action {
    open(Dialog::Session(SessionDialog::like(cx, session)))
}

pub(super) fn split(cx: &Cx<'_>, session: &Session) -> Action {
    open(Dialog::Split(SplitDialog::new(cx, session)))
}

/// An earning for these sessions.
pub(super) fn record(cx: &Cx<'_>, ids: &[SessionId]) -> Action {
    open(Dialog::Earning(EarningDialog::of_sessions(cx, ids)))
}

/// Whether a session has two parts to be cut into.
pub(super) fn can_split(session: &Session) -> bool {
    session.declared_secs.is_none() && session.own_price.is_none()
}

/// A session with the times of a gap, on the work before it.
pub(super) fn fill(cx: &Cx<'_>, gap: &GapRow) -> Action {
    open(Dialog::Session(SessionDialog::fill(cx, &gap.gap, gap.zone)))
}

pub(super) fn leave(cx: &Cx<'_>, gap: &GapRow) -> Action {
    Action::Do(repair::leave(cx.book, &gap.gap, cx.today))
}

pub(super) fn delete(ids: Vec<SessionId>) -> Action {
    Action::Do(Command::DeleteSessions(ids))
}

pub(super) fn set(ids: Vec<SessionId>, to: SessionSetting) -> Action {
    Action::Do(Command::SetSessions { ids, to })
}

/// Unpaid where all of them are paid, else paid.
pub(super) fn turn_paid(ids: Vec<SessionId>, all_paid: bool) -> Action {
    set(ids, SessionSetting::Paid(!all_paid))
}

/// "Mark as unpaid" where all of them are paid, else "Mark as paid".
pub(super) fn turn_paid_words(all_paid: bool) -> &'static str {
    if all_paid { "Mark as unpaid" } else { "Mark as paid" }
}

/// The same work, begun again now; whatever else runs is stopped.
pub(super) fn go_on(cx: &Cx<'_>, session: &Session) -> Action {
    Action::Do(Command::SwitchSession(Start {
        id: SessionId(cx.fresh.draw()),
        project: session.project,
        activity: session.activity,
        task_type: session.task_type.as_deref().map(ToOwned::to_owned),
        started_at: cx.now.at,
    }))
}

pub(super) fn show_platform(row: &SessionRow) -> Option<Action> {
    row.platform_id.map(Action::ShowPlatform)
}

/// The payout that a session's money is part of: the expected one of the session, or of the earning that stands for
/// it; else the latest that settled that earning.
pub(super) fn show_payout(cx: &Cx<'_>, session: &Session) -> Option<Action> {
    let expected = |wanted: Source| {
        let all = cx.figures.calendar.expected.iter();
        all.filter(|expected| expected.rows.iter().any(|row| row.source == wanted)).map(|expected| expected.key).next()
    };
    if let Some(key) = expected(Source::Session(session.id)) {
        return Some(Action::ShowExpected(key));
    }
    let earning = Coverage::of(cx.book).earning_of(cx.book, session)?;
    match expected(Source::Earning(earning)) {
        Some(key) => Some(Action::ShowExpected(key)),
        None => settled_by(cx, earning).map(Action::ShowPayout),
    }
}

/// The latest payout that settles a part of an earning; one under way is later than any that has landed.
fn settled_by(cx: &Cx<'_>, earning: EarningId) -> Option<PayoutId> {
    let settles = |payout: &&Arc<Payout>| payout.allocations.iter().any(|part| part.earning == earning);
    let day = |payout: &Arc<Payout>| (payout.received_on.is_none(), payout.received_on.or(payout.sent_on), payout.id);
    cx.book.payouts().filter(settles).max_by_key(|payout| day(payout)).map(|payout| payout.id)
}
