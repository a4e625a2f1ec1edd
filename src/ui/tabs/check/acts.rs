//! What the verbs of a line ask for; one table says which line has which.

use crate::domain::command::{self, Arrival, Command, CreditedHours, OnOwed, OwedAct, Pays, SessionSetting};
use crate::domain::earning::EarningState;
use crate::domain::ids::{EarningId, PayoutId, SessionId};
use crate::domain::query::calendar::ExpectedKey;
use crate::domain::query::owed::OwedId;
use crate::domain::query::reconcile::{Place, Sureness, What};
use crate::ui::action::{Action, SessionFilter};
use crate::ui::cx::Cx;
use crate::ui::dialogs::{AddHoursDialog, ChaseDialog, Dialog, EarningDialog, LandDialog, WhoseDialog};
use crate::ui::verbs::Verb;
use crate::ui::view::check::{CheckLine, Opens};
use crate::ui::view::payouts::EntryId;
use crate::ui::view::reasons::counted;

/// The verbs of lines, of all kinds.
pub(super) const ALL: [Verb; 14] = [
    Verb::TakeAsPay,
    Verb::FollowOn,
    Verb::WhoseIsIt,
    Verb::RecordAsPay,
    Verb::LogItsHours,
    Verb::AddTheseHours,
    Verb::RecordUncredited,
    Verb::NotPaid,
    Verb::ContestCredit,
    Verb::ChaseMissing,
    Verb::MissingLanded,
    Verb::PayoutOfLine,
    Verb::SessionsOfLine,
    Verb::PutAside,
];

/// What can be done to a line, what usually comes next first.
pub(super) fn verbs(line: &CheckLine) -> Vec<Verb> {
    let of = &line.line;
    let sessions = !of.sessions.is_empty();
    let less = of.credited.zip(of.promised).is_some_and(|(credited, promised)| credited.amount < promised.amount);
    let mut verbs = match &of.what {
        What::NeverCredited => vec![Verb::RecordUncredited, Verb::NotPaid],
        What::NoSession if of.credited_secs.is_some() => vec![Verb::LogItsHours, Verb::AddTheseHours],
        What::NoSession => vec![Verb::AddTheseHours],
        What::CreditDiffers if less => vec![Verb::ContestCredit],
        What::CreditDiffers | What::CreditFits => Vec::new(),
        What::NeverCame { .. } => vec![Verb::ChaseMissing, Verb::MissingLanded],
        What::UnknownOrigin => vec![Verb::WhoseIsIt],
        What::NothingOwed => vec![Verb::RecordAsPay, Verb::WhoseIsIt],
        What::FeeLarger { .. } | What::RateFar { .. } | What::PayFits => vec![Verb::PayoutOfLine],
        What::Arrived(_) if of.sureness == Sureness::Sure => vec![Verb::TakeAsPay],
        What::Arrived(_) => vec![Verb::TakeAsPay, Verb::WhoseIsIt],
        What::GoesOn(_) => vec![Verb::FollowOn],
    };
    if payout(line).is_some() && !verbs.contains(&Verb::PayoutOfLine) {
        verbs.push(Verb::PayoutOfLine);
    }
    if sessions {
        verbs.push(Verb::SessionsOfLine);
    }
    if of.place() == Place::Differs {
        verbs.push(Verb::PutAside);
    }
    verbs
}

/// The payout that a line is about, there or expected.
fn payout(line: &CheckLine) -> Option<Opens> {
    let known = |id: PayoutId| Opens::Payout(id);
    let due = |key: ExpectedKey| Opens::Expected(key);
    match &line.line.what {
        What::NeverCame { expected, .. } => Some(due(*expected)),
        What::Arrived(Pays::Expected(key)) => Some(due(*key)),
        What::Arrived(Pays::Payout(id)) => Some(known(*id)),
        What::NeverCredited
        | What::NoSession
        | What::CreditDiffers
        | What::UnknownOrigin
        | What::NothingOwed
        | What::FeeLarger { .. }
        | What::RateFar { .. }
        | What::Arrived(Pays::Pieces(_))
        | What::GoesOn(_)
        | What::CreditFits
        | What::PayFits => line.line.payout.map(known),
    }
}

fn open(dialog: Dialog) -> Action {
    Action::Open(Box::new(dialog))
}

/// What a verb comes to for a line; `None` where it can't be done to it.
pub(super) fn action(cx: &Cx<'_>, verb: Verb, line: &CheckLine) -> Option<Action> {
    if (cx.read_only && !verb.only_looks()) || !verbs(line).contains(&verb) {
        return None;
    }
    let of = &line.line;
    let expected = || {
        let What::NeverCame { expected, .. } = &of.what else { return None };
        cx.figures.calendar.expected.iter().find(|one| one.key == *expected)
    };
    #[expect(clippy::wildcard_enum_match_arm, reason = "the verbs of `ALL` alone come here")]
    match verb {
        Verb::TakeAsPay => Some(Action::Do(take(cx, line)?)),
        Verb::FollowOn => {
            let What::GoesOn(left) = of.what else { return None };
            Some(Action::Do(Command::GoOn(left)))
        }
        Verb::WhoseIsIt => Some(open(Dialog::Whose(WhoseDialog::new(cx, *of.movements.first()?, of.platform)?))),
        Verb::RecordAsPay => {
            Some(Action::Do(Command::TakeAsPay(Box::new(arrival(cx, line, Pays::Pieces(Vec::new()))?))))
        }
        Verb::LogItsHours => {
            let id_seed = SessionId(cx.fresh.draw());
            Some(Action::Do(Command::LogCredited(CreditedHours { id_seed, earnings: of.earnings.clone() })))
        }
        Verb::AddTheseHours => Some(open(Dialog::AddHours(AddHoursDialog::credited(cx, of.project, of.days)))),
        Verb::RecordUncredited => Some(open(Dialog::Earning(EarningDialog::of_sessions(cx, &of.sessions)))),
        Verb::NotPaid => {
            Some(Action::Do(Command::SetSessions { ids: of.sessions.clone(), to: SessionSetting::Paid(false) }))
        }
        Verb::ContestCredit => {
            let earning_seed = EarningId(cx.fresh.draw());
            let act = OwedAct::State(EarningState::Contested);
            let ids = of.earnings.iter().map(|id| OwedId::Earning(*id)).collect();
            Some(Action::Do(Command::ActOnOwed(Box::new(OnOwed { of: ids, act, on: cx.today, earning_seed }))))
        }
        Verb::ChaseMissing => Some(open(Dialog::Chase(ChaseDialog::new(cx, EntryId::Expected(expected()?.key))?))),
        Verb::MissingLanded => Some(open(Dialog::Land(LandDialog::new(cx, expected()?)))),
        Verb::PayoutOfLine => payout(line).map(|to| opens(line, to)),
        Verb::SessionsOfLine => Some(Action::ShowSessions(SessionFilter {
            words: format!("{}, {}", line.what, line.days),
            sessions: Some(of.sessions.iter().copied().collect()),
            ..SessionFilter::default()
        })),
        Verb::PutAside => {
            let words = format!("Dismiss “{}”", line.what);
            let seen = Box::new(cx.book.seen().dismissing(of.name(), cx.today));
            Some(Action::Do(Command::SetSeen { words, seen }))
        }
        _ => None,
    }
}

/// What leads to a row behind a line.
pub(super) fn opens(line: &CheckLine, to: Opens) -> Action {
    match to {
        Opens::Session(id) => Action::ShowSessions(SessionFilter {
            words: format!("{}, {}", line.what, line.days),
            sessions: Some([id].into()),
            ..SessionFilter::default()
        }),
        Opens::Earning(id) => Action::ShowEarnings(crate::ui::action::EarningsPlace::Earning(id)),
        Opens::Payout(id) => Action::ShowPayout(id),
        Opens::Expected(key) => Action::ShowExpected(key),
    }
}

fn arrival(cx: &Cx<'_>, line: &CheckLine, pays: Pays) -> Option<Arrival> {
    Some(Arrival {
        movement: *line.line.movements.first()?,
        platform: line.line.platform?,
        pays,
        payout: PayoutId(cx.fresh.draw()),
        earning_seed: EarningId(cx.fresh.draw()),
    })
}

fn take(cx: &Cx<'_>, line: &CheckLine) -> Option<Command> {
    let What::Arrived(pays) = &line.line.what else { return None };
    Some(Command::TakeAsPay(Box::new(arrival(cx, line, pays.clone())?)))
}

/// Settles several payments as one step. One that is refused once those before it are settled stays as it is.
pub(super) fn all_sure(cx: &Cx<'_>, lines: &[&CheckLine]) -> Option<Action> {
    if cx.read_only {
        return None;
    }
    let mut after = cx.book.clone();
    let mut commands = Vec::new();
    for command in lines.iter().filter_map(|line| take(cx, line)) {
        if let Ok(change) = command::plan(&after, &command, cx.now) {
            after.apply(&change);
            commands.push(command);
        }
    }
    let words = format!("Settle {}", counted(commands.len(), "payment"));
    (!commands.is_empty()).then_some(Action::Do(Command::Together { words, commands }))
}
