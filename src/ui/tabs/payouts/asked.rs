//! What was asked for while drawing; carried out after it.

use chrono::NaiveDate;
use egui::{EventFilter, IdSet, Response};

use super::{Mode, PayoutsTab, agenda};
use crate::domain::command::{Act, Command, OnExpected};
use crate::domain::ids::EarningId;
use crate::domain::query::calendar::{Expected, ExpectedKey};
use crate::domain::span::{DayRange, Month};
use crate::ui::action::{Action, SessionFilter};
use crate::ui::cx::Cx;
use crate::ui::dialogs::{
    ArrivedDialog, BillDialog, ChaseDialog, Dialog, DrawDialog, ExplainDialog, HoldDialog, LandDialog,
    MovePayoutDialog, PayoutDialog, RecordPayoutDialog, ScheduleDialog,
};
use crate::ui::view::payouts::{self as view, DrawsId, EntryId, EntryVerb, PayoutsView};

/// The years one can leaf through; beyond them nothing can be recorded.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2200;

/// What was asked for while drawing.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// This payout is chosen.
    pub(super) choose: Option<EntryId>,
    /// What is chosen is to be seen, also where a sheet must open for it.
    pub(super) open: bool,
    /// The sheet is closed.
    pub(super) close: bool,
    /// The keys go to this day; the month stays.
    pub(super) day: Option<NaiveDate>,
    /// The keys go to the first of these days, and the month of the last is shown.
    pub(super) go_to: Option<DayRange>,
    pub(super) step: Option<Step>,
    pub(super) mode: Option<Mode>,
    /// Something is done with an entry.
    pub(super) verb: Option<(EntryId, EntryVerb)>,
    /// The menu of this entry opens, at the first place where it is drawn.
    pub(super) menu: Option<EntryId>,
    pub(super) add_bill: bool,
    /// A payout is recorded by hand.
    pub(super) record: bool,
    /// The calendar goes to a file.
    pub(super) export: bool,
    /// The draws of a platform in the list are opened to their days, or closed.
    pub(super) fold: Option<DrawsId>,
    /// What of the calendar can hold the focus, as drawn in this frame.
    pub(super) own: IdSet,
    /// Whether what the keys went to was drawn, and has the focus now.
    pub(super) reached: bool,
}

impl Asked {
    /// Takes note of a day, block or row of the calendar: it takes the focus where the keys went to it, and keeps the
    /// arrow keys from going elsewhere while it has it.
    pub(super) fn keep(&mut self, response: &Response, wanted: bool) {
        self.own.insert(response.id);
        if wanted {
            self.reached = true;
            response.request_focus();
            // The arrow keys are kept from a frame on in which it had the focus.
            response.ctx.request_repaint();
        }
        if response.has_focus() {
            let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
            response.ctx.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
    }
}

/// A step through the months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Previous,
    Next,
    Today,
}

impl PayoutsTab {
    pub(super) fn go_to(&mut self, day: NaiveDate, today: NaiveDate) {
        let month = Month::of_day(day);
        if YEARS.contains(&month.year) {
            self.day = Some(day);
            self.month = Some(month).filter(|month| *month != Month::of_day(today));
        }
    }

    pub(super) fn step(&mut self, step: Step, today: NaiveDate) {
        let month = self.month.unwrap_or(Month::of_day(today));
        let to = match step {
            Step::Previous => month.previous(),
            Step::Next => month.next(),
            Step::Today => Month::of_day(today),
        };
        if YEARS.contains(&to.year) {
            self.month = Some(to).filter(|to| *to != Month::of_day(today));
            self.day = (step == Step::Today).then_some(today);
            self.scrolls = Some(agenda::Scroll::Start);
        }
    }

    pub(super) fn set_mode(&mut self, mode: Mode) {
        if mode != self.mode {
            self.mode = mode;
            self.scrolls = Some(agenda::Scroll::Start);
        }
    }

    pub(super) fn carry_out(
        &mut self,
        cx: &Cx<'_>,
        asked: &Asked,
        view: &PayoutsView,
        wide: bool,
        actions: &mut Vec<Action>,
    ) {
        if let Some(mode) = asked.mode {
            self.set_mode(mode);
        }
        if let Some(step) = asked.step {
            self.step(step, cx.today);
        }
        if let Some(day) = asked.day {
            self.day = Some(day);
        }
        if let Some(days) = asked.go_to {
            self.go_to(days.last, cx.today);
            self.day = Some(days.first);
        }
        if let Some(id) = asked.choose {
            self.chosen = Some(id);
            self.shown = None;
            if self.mode == Mode::Agenda && view.agenda.choices(&view.entries).any(|(_, held)| held == id) {
                self.scrolls = Some(agenda::Scroll::To(id));
            }
        }
        if let Some(draws) = asked.fold
            && !self.open.remove(&draws)
        {
            self.open.insert(draws);
        }
        self.sheet = !asked.close && !wide && (asked.open || self.sheet);
        if asked.add_bill && !cx.read_only {
            actions.push(Action::Open(Box::new(Dialog::Bill(BillDialog::add(cx)))));
        }
        if asked.record && !cx.read_only {
            actions.push(Action::Open(Box::new(Dialog::RecordPayout(RecordPayoutDialog::new(cx, None)))));
        }
        if asked.export {
            actions.push(Action::ExportCalendar);
        }
        if let Some((id, verb)) = asked.verb
            && !(cx.read_only && verb.changes())
            && view::verbs(cx.book, &cx.figures.calendar, id, cx.today).contains(&verb)
        {
            self.chosen = Some(id);
            actions.extend(action(cx, id, verb));
        }
    }
}

/// What a verb of an entry comes to.
fn action(cx: &Cx<'_>, id: EntryId, verb: EntryVerb) -> Option<Action> {
    let open = |dialog: Dialog| Action::Open(Box::new(dialog));
    let expected = || match id {
        EntryId::Expected(key) => cx.figures.calendar.expected.iter().find(|one| one.key == key),
        EntryId::UnderWay(_) | EntryId::Landed(_) | EntryId::Bill(..) => None,
    };
    match (verb, id) {
        (EntryVerb::Land, EntryId::Expected(_)) => Some(open(Dialog::Land(LandDialog::new(cx, expected()?)))),
        (EntryVerb::Land | EntryVerb::Edit, EntryId::UnderWay(payout) | EntryId::Landed(payout)) => {
            Some(open(Dialog::Payout(PayoutDialog::new(cx, payout)?)))
        }
        (EntryVerb::Edit, EntryId::Bill(bill, _)) => Some(open(Dialog::Bill(BillDialog::edit(cx, bill)?))),
        (EntryVerb::Delete, EntryId::Bill(bill, _)) => Some(Action::Do(Command::DeleteBill(bill))),
        (EntryVerb::Delete, EntryId::UnderWay(payout) | EntryId::Landed(payout)) => {
            Some(Action::Do(Command::DeletePayout(payout)))
        }
        (EntryVerb::Figures | EntryVerb::Settles, EntryId::UnderWay(payout) | EntryId::Landed(payout)) => {
            Some(open(Dialog::RecordPayout(RecordPayoutDialog::edit(cx, payout)?)))
        }
        (EntryVerb::Explain, EntryId::Landed(payout)) => Some(open(Dialog::Explain(ExplainDialog::new(cx, payout)?))),
        (EntryVerb::Arrived, EntryId::UnderWay(payout) | EntryId::Landed(payout)) => {
            Some(open(Dialog::Arrived(ArrivedDialog::new(cx, payout)?)))
        }
        (EntryVerb::Chase, _) => Some(open(Dialog::Chase(ChaseDialog::new(cx, id)?))),
        (EntryVerb::Draw, _) => Some(open(Dialog::Draw(DrawDialog::new(cx, expected()?)))),
        (EntryVerb::Move, _) => Some(open(Dialog::MovePayout(MovePayoutDialog::new(cx, expected()?)))),
        (EntryVerb::Hold, _) => Some(open(Dialog::Hold(HoldDialog::new(cx, expected()?)))),
        (EntryVerb::Release, _) => Some(act_on(cx, expected()?.key, Act::Release)),
        (EntryVerb::WriteOff, _) => Some(act_on(cx, expected()?.key, Act::WriteOff)),
        (EntryVerb::Sessions, _) => sessions(cx, id),
        (EntryVerb::Platform, _) => {
            let detail = view::detail(cx.book, &cx.figures.calendar, id, cx.now, cx.today)?;
            Some(Action::ShowPlatform(detail.platform?))
        }
        (EntryVerb::Schedule, _) => expected().map(|expected| open(schedule(cx, expected))),
        (
            EntryVerb::Land
            | EntryVerb::Edit
            | EntryVerb::Delete
            | EntryVerb::Figures
            | EntryVerb::Settles
            | EntryVerb::Explain
            | EntryVerb::Arrived,
            _,
        ) => None,
    }
}

fn act_on(cx: &Cx<'_>, key: ExpectedKey, act: Act) -> Action {
    let earning_seed = EarningId(cx.fresh.draw());
    Action::Do(Command::ActOnExpected(Box::new(OnExpected { key, act, earning_seed })))
}

fn schedule(cx: &Cx<'_>, expected: &Expected) -> Dialog {
    let schedule = expected.schedule.as_ref().map(|(id, _)| *id);
    Dialog::Schedule(ScheduleDialog::new(cx, expected.key.platform, schedule))
}

fn sessions(cx: &Cx<'_>, id: EntryId) -> Option<Action> {
    let detail = view::detail(cx.book, &cx.figures.calendar, id, cx.now, cx.today)?;
    (!detail.sessions.is_empty()).then(|| {
        Action::ShowSessions(SessionFilter {
            words: detail.sessions_words,
            sessions: Some(detail.sessions),
            ..SessionFilter::default()
        })
    })
}
