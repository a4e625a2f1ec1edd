//! What the verbs of the page ask for; one table says which verb is which act.

use std::collections::BTreeSet;

use crate::domain::command::{Command, OnOwed, OwedAct};
use crate::domain::earning::EarningState;
use crate::domain::ids::{EarningId, SessionId};
use crate::domain::query::calendar::Source;
use crate::domain::query::owed::OwedId;
use crate::ui::action::{Action, SessionFilter};
use crate::ui::cx::Cx;
use crate::ui::dialogs::{ApproveDialog, Dialog, EarningDialog, HoldDialog, SettleDialog};
use crate::ui::verbs::Verb;
use crate::ui::view::earnings::owed::{Line, called};
use crate::ui::view::reasons::sessions_covered;

/// The verbs of what is chosen, in the order of the menu: what usually comes next first. `None` parts them.
pub(super) const MENU: [Option<Verb>; 19] = [
    Some(Verb::SettleOwed),
    Some(Verb::EditEarning),
    None,
    Some(Verb::MarkReported),
    Some(Verb::MarkApproved),
    Some(Verb::ApprovePart),
    Some(Verb::MarkInvoiced),
    None,
    Some(Verb::MarkRejected),
    Some(Verb::MarkAppealed),
    Some(Verb::MarkReworked),
    Some(Verb::Contest),
    Some(Verb::HoldOwed),
    Some(Verb::WriteOff),
    None,
    Some(Verb::SessionsBehind),
    Some(Verb::PayoutOfOwed),
    None,
    Some(Verb::DeleteEarning),
];

/// The state that a verb sets.
fn state_of(verb: Verb) -> Option<EarningState> {
    const STATES: [(Verb, EarningState); 8] = [
        (Verb::MarkReported, EarningState::Submitted),
        (Verb::MarkApproved, EarningState::Approved(None)),
        (Verb::MarkInvoiced, EarningState::Invoiced),
        (Verb::MarkRejected, EarningState::Rejected),
        (Verb::MarkAppealed, EarningState::Appealed),
        (Verb::MarkReworked, EarningState::Reworked),
        (Verb::Contest, EarningState::Contested),
        (Verb::WriteOff, EarningState::WrittenOff),
    ];
    STATES.iter().find(|(known, _)| *known == verb).map(|(_, state)| *state)
}

/// Those of some rows to which a verb can be done.
pub(super) fn fitting<'v>(verb: Verb, lines: &[&'v Line]) -> Vec<&'v Line> {
    let of = |fits: &dyn Fn(&Line) -> bool| lines.iter().copied().filter(|line| fits(line)).collect::<Vec<_>>();
    if let Some(state) = state_of(verb) {
        return of(&|line| line.can(&OwedAct::State(state)));
    }
    let single = |fits: bool| if fits { lines.to_vec() } else { Vec::new() };
    #[expect(clippy::wildcard_enum_match_arm, reason = "the verbs of `MENU` alone come here")]
    match verb {
        Verb::SettleOwed => of(&Line::can_settle),
        Verb::HoldOwed => of(&|line| line.can(&held_act(lines))),
        Verb::DeleteEarning => of(&|line| line.earning().is_some()),
        Verb::EditEarning => single(lines.len() == 1 && lines.iter().any(|line| !line.row.only_running)),
        Verb::ApprovePart => single(lines.len() == 1 && lines.iter().any(|line| line.can_settle())),
        Verb::SessionsBehind => single(lines.len() == 1),
        Verb::PayoutOfOwed => single(lines.len() == 1 && lines.iter().any(|line| line.payout().is_some())),
        _ => Vec::new(),
    }
}

/// Held rows are freed where all of them are held; otherwise those that are not are held.
fn held_act(lines: &[&Line]) -> OwedAct {
    let frees = !lines.is_empty() && lines.iter().all(|line| line.can(&OwedAct::Free));
    if frees { OwedAct::Free } else { OwedAct::Hold(crate::domain::earning::HeldKind::Frozen, String::new()) }
}

/// The words of a verb for some rows: "No longer held" where holding would free.
pub(super) fn words_of(verb: Verb, lines: &[&Line]) -> &'static str {
    if verb == Verb::HoldOwed && held_act(lines) == OwedAct::Free { "No longer held" } else { verb.words().name }
}

fn open(dialog: Dialog) -> Action {
    Action::Open(Box::new(dialog))
}

pub(in super::super) fn add(cx: &Cx<'_>) -> Action {
    open(Dialog::Earning(EarningDialog::add(cx)))
}

/// What a verb comes to for some rows; `None` where it can't be done to any of them.
pub(super) fn action(cx: &Cx<'_>, verb: Verb, lines: &[&Line]) -> Option<Action> {
    let fitting = fitting(verb, lines);
    let first = *fitting.first()?;
    let of: Vec<OwedId> = fitting.iter().map(|line| line.row.id).collect();
    if cx.read_only && !verb.only_looks() {
        return None;
    }
    if let Some(state) = state_of(verb) {
        return Some(act(cx, of, OwedAct::State(state)));
    }
    let what = called(&fitting);
    #[expect(clippy::wildcard_enum_match_arm, reason = "the verbs of `MENU` alone come here")]
    Some(match verb {
        Verb::SettleOwed => open(Dialog::Settle(SettleDialog::new(cx, of, &what))),
        Verb::HoldOwed if held_act(lines) == OwedAct::Free => act(cx, of, OwedAct::Free),
        Verb::HoldOwed => open(Dialog::Hold(HoldDialog::of_owed(of, &what))),
        Verb::DeleteEarning => {
            Action::Do(Command::DeleteEarnings(fitting.iter().filter_map(|one| one.earning()).collect()))
        }
        Verb::EditEarning => open(Dialog::Earning(match first.earning() {
            Some(id) => EarningDialog::edit(cx, cx.book.earning(id)?),
            // Work without an earning: one for its sessions.
            None => EarningDialog::of_sessions(cx, &behind(cx, first)),
        })),
        Verb::ApprovePart => open(Dialog::Approve(ApproveDialog::new(cx, first.row.id, &what, first.row.amount))),
        Verb::SessionsBehind => sessions(cx, first),
        Verb::PayoutOfOwed => Action::ShowExpected(first.payout()?),
        _ => return None,
    })
}

fn act(cx: &Cx<'_>, of: Vec<OwedId>, act: OwedAct) -> Action {
    let earning_seed = EarningId(cx.fresh.draw());
    Action::Do(Command::ActOnOwed(Box::new(OnOwed { of, act, on: cx.today, earning_seed })))
}

/// The sessions behind a row, by id.
fn behind(cx: &Cx<'_>, line: &Line) -> Vec<SessionId> {
    let found: BTreeSet<SessionId> = match line.row.id {
        OwedId::Earning(id) => {
            let earning = cx.book.earning(id);
            earning.map(|one| sessions_covered(cx.book, &one.covers)).unwrap_or_default().into_iter().collect()
        }
        OwedId::Work(key, project) => {
            let expected = cx.figures.calendar.expected.iter().find(|one| one.key == key);
            let rows = expected.into_iter().flat_map(|one| one.rows.iter()).filter(|row| row.project == project);
            rows.filter_map(|row| if let Source::Session(id) = row.source { Some(id) } else { None }).collect()
        }
        OwedId::Session(id) => [id].into(),
    };
    found.into_iter().collect()
}

/// Shows the sessions behind a row; where there are none, a word.
fn sessions(cx: &Cx<'_>, line: &Line) -> Action {
    let found = behind(cx, line);
    if found.is_empty() {
        return Action::Say("It stands for no session".to_owned());
    }
    Action::ShowSessions(SessionFilter {
        words: format!("{}, {}", line.what, line.worked),
        sessions: Some(found.into_iter().collect()),
        ..SessionFilter::default()
    })
}
