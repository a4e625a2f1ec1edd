//! Owed: every piece of money that platforms owe for work, and what became of those that they owe no more.
//!
//! Recorded earnings stand each for themselves. Work that no earning stands for yet is an estimate; it is grouped as the
//! calendar groups it: by expected payout and project. So each open cent is in one row, and the open amounts sum to those
//! of the calendar (but for opening and recorded money that is refused or given up, which is owed no more).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::{Calendar, Expected, ExpectedKey, Reason, Source, UnknownDate, Window};
use super::work::{Work, open_of};
use crate::domain::book::Book;
use crate::domain::earning::{Covers, Earning, EarningKind, EarningState, HeldKind};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::payout::{Allocation, Payout};
use crate::domain::schedule::{CutOffAction, Precision};
use crate::domain::span::{DayRange, Timestamp, Zone};

/// Names a piece of money that is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwedId {
    /// A recorded earning.
    Earning(EarningId),
    /// Work of a project under an expected payout that no earning stands for yet.
    Work(ExpectedKey, Option<ProjectId>),
    /// The work of one session, whether an earning stands for it or not.
    Session(SessionId),
}

/// Where a piece of money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwedState {
    /// No earning stands for the work yet; `growing` while more work can join.
    Estimate {
        /// Whether more work can join.
        growing: bool,
    },
    /// Recorded; nothing more was said.
    Recorded,
    /// Its last state.
    At(EarningState),
    /// Kept from being paid.
    Held(HeldKind),
    /// All that is owed was sent and has not arrived.
    UnderWay,
    /// All that is owed has arrived.
    Paid,
}

impl OwedState {
    /// Whether nothing more is to come.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Paid | Self::At(EarningState::Rejected | EarningState::WrittenOff))
    }
}

/// What comes next of a piece of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextDay {
    /// Something must be done by an instant.
    Act {
        /// What.
        action: CutOffAction,
        /// The last instant.
        at: Timestamp,
        /// The zone of the rule.
        zone: Zone,
    },
    /// A claimed task or a milestone is due on a day.
    Due(NaiveDate),
    /// It can land on these days.
    Lands {
        /// The days.
        days: DayRange,
        /// On one of them, or by the last.
        precision: Precision,
    },
    /// It can be drawn from these days on: at the earliest and at the latest.
    DrawableFrom(DayRange),
    /// It can be drawn now.
    DrawableNow,
    /// Its invoice is to be sent: that starts the clock.
    ToInvoice,
    /// It should have landed some days ago.
    Late {
        /// How many.
        days: i64,
        /// Whether the day stands; see [`Expected::is_surely_late`].
        surely: bool,
    },
}

/// A piece of money that is or was owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedRow {
    /// Its name.
    pub id: OwedId,
    /// Who owes it.
    pub platform: PlatformId,
    /// The project; `None` where it belongs to the platform as a whole.
    pub project: Option<ProjectId>,
    /// What it is for; `None` for an estimate.
    pub kind: Option<EarningKind>,
    /// The days of the work, in the schedule's zone.
    pub worked: DayRange,
    /// Gross: as recorded, or the estimate, exact.
    pub amount: Money,
    /// What of it was accepted, where less or more than all of it was.
    pub accepted: Option<Money>,
    /// What is still open of it, gross.
    pub open: Money,
    /// Where it stands.
    pub state: OwedState,
    /// Since when: the day of its last state, of an estimate the last day of work.
    pub since: NaiveDate,
    /// What comes next, where anything is known.
    pub next: Option<NextDay>,
    /// The expected payout that it is part of.
    pub payout: Option<ExpectedKey>,
    /// How many sessions stand behind it.
    pub sessions: usize,
    /// Whether only timers that still run stand behind it: nothing can be done to it yet.
    pub only_running: bool,
}

/// Every recorded earning and every group of work without one: the newest work first.
///
/// `calendar` is that of the same Book and moment.
#[must_use]
pub fn owed(book: &Book, calendar: &Calendar) -> Vec<OwedRow> {
    rows_of(book, calendar, book.earnings(), &Paid::of(book))
}

/// What of it is not settled, by a reading of the Book: at the cost of what is open.
#[must_use]
pub fn unsettled(work: &Work, calendar: &Calendar) -> Vec<OwedRow> {
    let earnings = work.may_be_open();
    let paid = Paid::by(work, earnings.values().copied());
    let mut rows = rows_of(work.book(), calendar, earnings.into_values(), &paid);
    rows.retain(|row| !row.state.is_settled());
    rows
}

fn rows_of<'b>(
    book: &Book,
    calendar: &Calendar,
    earnings: impl Iterator<Item = &'b Arc<Earning>>,
    paid: &Paid,
) -> Vec<OwedRow> {
    let mut rows: Vec<OwedRow> = calendar.expected.iter().flat_map(|expected| estimates(book, expected)).collect();
    let mut under: HashMap<EarningId, &Expected> = HashMap::new();
    for expected in &calendar.expected {
        for row in &expected.rows {
            if let Source::Earning(id) = row.source {
                under.insert(id, expected);
            }
        }
    }
    rows.extend(earnings.map(|earning| of_earning(earning, under.get(&earning.id).copied(), paid)));
    rows.sort_by_key(|row| (std::cmp::Reverse(row.worked.last), row.platform, row.project, row.id));
    rows
}

fn estimates(book: &Book, expected: &Expected) -> Vec<OwedRow> {
    let mut groups: BTreeMap<Option<ProjectId>, OwedRow> = BTreeMap::new();
    for row in &expected.rows {
        let Source::Session(session) = row.source else { continue };
        let runs = book.session(session).is_none_or(|session| session.is_open());
        let group = groups.entry(row.project).or_insert_with(|| OwedRow {
            id: OwedId::Work(expected.key, row.project),
            platform: expected.key.platform,
            project: row.project,
            kind: None,
            worked: DayRange::day(row.worked_on),
            amount: Money::zero(expected.key.currency),
            accepted: None,
            open: Money::zero(expected.key.currency),
            state: OwedState::Estimate { growing: expected.still_growing },
            since: row.worked_on,
            next: next_of(expected, None),
            payout: Some(expected.key),
            sessions: 0,
            only_running: true,
        });
        group.worked.first = group.worked.first.min(row.worked_on);
        group.worked.last = group.worked.last.max(row.worked_on);
        group.since = group.worked.last;
        group.amount.amount = group.amount.amount.saturating_add(row.amount.amount);
        group.open = group.amount;
        group.sessions += 1;
        group.only_running &= runs;
    }
    groups.into_values().collect()
}

fn of_earning(earning: &Earning, expected: Option<&Expected>, paid: &Paid) -> OwedRow {
    let owed = earning.owed();
    let (arrived, sent) = paid.0.get(&earning.id).copied().unwrap_or_default();
    let open = open_of(owed, arrived.saturating_add(sent)).unwrap_or_else(|| Money::zero(owed.currency));
    let last = earning.states.last();
    let refused = matches!(earning.state(), Some(EarningState::Rejected | EarningState::WrittenOff));
    let state = if refused {
        earning.state().map_or(OwedState::Recorded, OwedState::At)
    } else if open.amount.is_zero() && !owed.amount.is_zero() {
        if sent.is_zero() { OwedState::Paid } else { OwedState::UnderWay }
    } else if let Some(held) = &earning.held {
        OwedState::Held(held.kind)
    } else {
        earning.state().map_or(OwedState::Recorded, OwedState::At)
    };
    let since = match (&earning.held, state) {
        (Some(held), OwedState::Held(_)) => held.since,
        _ => last.map_or(earning.worked.last, |dated| dated.on),
    };
    let accepted = earning.accepted();
    OwedRow {
        id: OwedId::Earning(earning.id),
        platform: earning.platform,
        project: earning.project,
        kind: Some(earning.kind),
        worked: earning.worked,
        amount: earning.amount,
        accepted: (accepted != earning.amount).then_some(accepted),
        open,
        state,
        since,
        next: if state.is_settled() { None } else { next_of_earning(earning, expected) },
        payout: expected.map(|expected| expected.key),
        sessions: if let Covers::Sessions(named) = &earning.covers { named.len() } else { 0 },
        only_running: false,
    }
}

fn next_of_earning(earning: &Earning, expected: Option<&Expected>) -> Option<NextDay> {
    match (earning.deadline(), expected) {
        (Some(day), _) => Some(NextDay::Due(day)),
        (None, Some(expected)) => next_of(expected, earning.state()),
        (None, None) => None,
    }
}

/// What comes next of money under an expected payout: what must still be done for it, else when it lands.
fn next_of(expected: &Expected, state: Option<EarningState>) -> Option<NextDay> {
    let asked = expected.reasons.iter().find_map(|reason| {
        let Reason::CutOff { action: Some(action), at, zone } = *reason else { return None };
        Some((action, at, zone))
    });
    let open = |action: CutOffAction| match action {
        CutOffAction::Submit | CutOffAction::Report | CutOffAction::Approve => {
            matches!(state, None | Some(EarningState::ToReport | EarningState::Reworked))
        }
        CutOffAction::Invoice => !matches!(state, Some(EarningState::Invoiced)),
        CutOffAction::Request => true,
    };
    match asked.filter(|(action, ..)| open(*action)) {
        _ if expected.late_days > 0 => {
            Some(NextDay::Late { days: expected.late_days, surely: expected.is_surely_late() })
        }
        Some((action, at, zone)) => Some(NextDay::Act { action, at, zone }),
        None => match expected.window {
            Window::Lands { days, precision } => Some(NextDay::Lands { days, precision }),
            Window::DrawableFrom(days) => Some(NextDay::DrawableFrom(days)),
            Window::DrawableNow { .. } => Some(NextDay::DrawableNow),
            Window::Unknown(UnknownDate::NotInvoiced) => Some(NextDay::ToInvoice),
            Window::BelowMinimum { .. } | Window::Unknown(_) => None,
        },
    }
}

/// What payouts settle of each earning, in its currency: what has arrived, and what is under way.
struct Paid(HashMap<EarningId, (Decimal, Decimal)>);

impl Paid {
    fn of(book: &Book) -> Self {
        // Read in one pass: to look each up would go through its months.
        let currencies: HashMap<EarningId, Currency> =
            book.earnings().map(|earning| (earning.id, earning.amount.currency)).collect();
        let mut sums: HashMap<EarningId, (Decimal, Decimal)> = HashMap::with_capacity(currencies.len());
        for payout in book.payouts() {
            for part in &payout.allocations {
                if currencies.get(&part.earning) != Some(&part.amount.currency) {
                    continue;
                }
                add(sums.entry(part.earning).or_default(), payout, part);
            }
        }
        Self(sums)
    }

    /// Of some earnings alone.
    fn by<'b>(work: &Work, earnings: impl Iterator<Item = &'b Arc<Earning>>) -> Self {
        let mut sums: HashMap<EarningId, (Decimal, Decimal)> = HashMap::new();
        for earning in earnings {
            let currency = earning.amount.currency;
            for payout in work.payers(earning.id) {
                let of_it = |part: &&Allocation| part.earning == earning.id && part.amount.currency == currency;
                for part in payout.allocations.iter().filter(of_it) {
                    add(sums.entry(earning.id).or_default(), payout, part);
                }
            }
        }
        Self(sums)
    }
}

fn add((arrived, sent): &mut (Decimal, Decimal), payout: &Payout, part: &Allocation) {
    let sum = if payout.received.is_some() { arrived } else { sent };
    *sum = sum.saturating_add(part.amount.amount);
}

/// What no payout has settled of an earning, in the currency that is owed; never of the other sign than what is owed.
#[must_use]
pub fn open_amount(book: &Book, earning: &Earning, owed: Money) -> Money {
    let settled: Decimal = book
        .payouts()
        .flat_map(|payout| payout.allocations.iter())
        .filter(|part| part.earning == earning.id && part.amount.currency == owed.currency)
        .fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.amount.amount));
    open_of(owed, settled).unwrap_or_else(|| Money::zero(owed.currency))
}
