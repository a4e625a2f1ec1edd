//! Taking: the earnings behind some pieces of money that are owed, recorded where they are not yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::recording::{Recorded, Recording, ids_from};
use crate::domain::book::Book;
use crate::domain::change::{Edit, Key};
use crate::domain::earning::{Covers, Earning};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::query::calendar::{self, Calendar, ExpectedKey, Source, SourceRow};
use crate::domain::query::coverage::Coverage;
use crate::domain::query::owed::{OwedId, open_amount};
use crate::domain::refusal::{Refusal, Refused};
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Now};

/// How work is recorded.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// An earning a day, as time is reported; otherwise one a project and expected payout.
    pub(super) by_day: bool,
    /// The day of work that has none.
    pub(super) on: NaiveDate,
}

/// What was taken.
pub(super) struct Taken {
    /// The earnings, in the order of their work.
    pub(super) parts: Vec<Recorded>,
    /// The parts of recorded sessions that were not asked for: open earnings of their own.
    pub(super) rest: Vec<Edit>,
    /// The sessions that were asked for, and those of estimates that were.
    pub(super) sessions: Vec<Arc<Session>>,
}

/// What was asked for, sorted out.
struct Wanted {
    earnings: BTreeSet<EarningId>,
    work: BTreeSet<(ExpectedKey, Option<ProjectId>)>,
    sessions: BTreeSet<SessionId>,
}

impl Wanted {
    /// Sessions for which an earning stands lead to it.
    fn of(book: &Book, of: &[OwedId]) -> Result<Self, Refused> {
        let mut wanted = Self { earnings: BTreeSet::new(), work: BTreeSet::new(), sessions: BTreeSet::new() };
        let mut coverage: Option<Coverage> = None;
        for id in of {
            match id {
                OwedId::Earning(id) => {
                    wanted.earnings.insert(*id);
                }
                OwedId::Work(key, project) => {
                    wanted.work.insert((*key, *project));
                }
                OwedId::Session(id) => {
                    let session = book.session(*id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Session(*id))))?;
                    let coverage = coverage.get_or_insert_with(|| Coverage::of(book));
                    wanted.earnings.extend(coverage.earning_of(book, session));
                    wanted.sessions.insert(*id);
                }
            }
        }
        Ok(wanted)
    }

    fn holds(&self, key: ExpectedKey, row: &SourceRow) -> bool {
        let Source::Session(session) = row.source else { return false };
        self.sessions.contains(&session) || self.work.contains(&(key, row.project))
    }
}

pub(super) fn take(book: &Book, of: &[OwedId], how: How, seed: EarningId, now: Now) -> Result<Taken, Refused> {
    let wanted = Wanted::of(book, of)?;
    let calendar = calendar::calendar(book, now);
    let mut parts: Vec<Recorded> = Vec::new();
    for id in &wanted.earnings {
        let before = book.earning(*id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Earning(*id))))?;
        let open = open_amount(book, before, before.owed());
        parts.push(Recorded { before: Some(Arc::clone(before)), earning: (**before).clone(), open });
    }
    let mut ids = ids_from(seed);
    let (fresh, taken_sessions) = record(book, &calendar, &wanted, how, &mut ids);
    if fresh.is_empty() && parts.is_empty() && wanted.sessions.is_empty() {
        let runs = calendar.expected.iter().any(|one| wanted.work.iter().any(|(key, _)| *key == one.key));
        return Err(if runs { Refusal::OnlyRunning } else { Refusal::NotExpected }.into());
    }
    let rest = rest(book, &calendar, &wanted, &taken_sessions, how, &mut ids);
    parts.extend(fresh);
    parts.sort_by_key(|part| (part.earning.worked.first, part.earning.id));
    let mut sessions = taken_sessions;
    sessions.extend(&wanted.sessions);
    for part in parts.iter().filter(|part| part.before.is_some()) {
        if let Covers::Sessions(named) = &part.earning.covers {
            sessions.extend(named);
        }
    }
    let sessions = sessions.into_iter().filter_map(|id| book.session(id)).filter(|session| !session.is_open());
    Ok(Taken { parts, rest, sessions: sessions.cloned().collect() })
}

fn ended(book: &Book, id: SessionId) -> bool {
    book.session(id).is_some_and(|session| !session.is_open())
}

/// New earnings for the wanted work; and the sessions behind it.
fn record(
    book: &Book,
    calendar: &Calendar,
    wanted: &Wanted,
    how: How,
    ids: &mut impl Iterator<Item = EarningId>,
) -> (Vec<Recorded>, BTreeSet<SessionId>) {
    type Group = (ExpectedKey, Option<ProjectId>, Option<NaiveDate>);
    let mut groups: BTreeMap<Group, Vec<&SourceRow>> = BTreeMap::new();
    let mut sessions = BTreeSet::new();
    for expected in &calendar.expected {
        for row in &expected.rows {
            let Source::Session(session) = row.source else { continue };
            if !wanted.holds(expected.key, row) || !ended(book, session) {
                continue;
            }
            sessions.insert(session);
            let day = how.by_day.then_some(row.worked_on);
            groups.entry((expected.key, row.project, day)).or_default().push(row);
        }
    }
    let fresh = groups.into_iter().zip(ids).map(|(((key, project, _), rows), id)| {
        let sum = rows.iter().fold(Decimal::ZERO, |sum, row| sum.saturating_add(row.amount.amount));
        let open = Money::new(sum, key.currency).rounded();
        let days = || rows.iter().map(|row| row.worked_on);
        let worked = DayRange::new(days().min().unwrap_or(how.on), days().max().unwrap_or(how.on));
        let of: BTreeSet<SessionId> = rows.iter().filter_map(|row| session_of(row)).collect();
        let earning = Recording { book, key, otherwise: how.on }.work(id, project, open, worked, of);
        Recorded { before: None, earning, open }
    });
    (fresh.collect(), sessions)
}

fn session_of(row: &SourceRow) -> Option<SessionId> {
    match row.source {
        Source::Session(id) => Some(id),
        Source::Earning(_) => None,
    }
}

/// What of the recorded sessions lies in other windows: open earnings of their own.
fn rest(
    book: &Book,
    calendar: &Calendar,
    wanted: &Wanted,
    taken: &BTreeSet<SessionId>,
    how: How,
    ids: &mut impl Iterator<Item = EarningId>,
) -> Vec<Edit> {
    let rows = calendar.expected.iter().flat_map(|expected| expected.rows.iter().map(|row| (expected.key, row)));
    let left = rows.filter_map(|(key, row)| {
        let session = session_of(row).filter(|id| taken.contains(id) && !wanted.holds(key, row))?;
        Some((key, row, session))
    });
    left.zip(ids)
        .map(|((key, row, session), id)| {
            let recording = Recording { book, key, otherwise: how.on };
            let days = DayRange::day(row.worked_on);
            let covers = BTreeSet::from([session]);
            Edit::create(recording.work(id, row.project, row.amount.rounded(), days, covers))
        })
        .collect()
}

/// What settling some pieces of money by hand would settle: their gross to the cent, and what should arrive of it after
/// the fees and taxes that are known of the earnings.
///
/// What was refused or given up counts in full: it is settled because it came after all.
///
/// # Errors
/// They are of several platforms or currencies, only timers that still run, or not there any more.
pub fn settleable_owed(book: &Book, of: &[OwedId], on: NaiveDate, now: Now) -> Result<(Money, Money), Refused> {
    let taken = take(book, of, How { by_day: false, on }, EarningId(0), now)?;
    let parts: Vec<Recorded> = taken.parts.into_iter().map(|part| came_after_all(book, part)).collect();
    sums(&parts)
}

pub(super) fn sums(parts: &[Recorded]) -> Result<(Money, Money), Refused> {
    let Some(first) = parts.first() else { return Err(Refusal::NotExpected.into()) };
    let (platform, currency) = (first.earning.platform, first.open.currency);
    if parts.iter().any(|part| (part.earning.platform, part.open.currency) != (platform, currency)) {
        return Err(Refusal::NotTogether.into());
    }
    let gross = parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.open.amount));
    let cuts = parts.iter().filter(|part| part.open == part.earning.amount).fold(Decimal::ZERO, |sum, part| {
        let known = [part.earning.platform_fee, part.earning.tax_withheld];
        let known = known.into_iter().flatten().filter(|cut| cut.currency == currency);
        known.fold(sum, |sum, cut| sum.saturating_add(cut.amount))
    });
    let gross = Money::new(gross, currency).rounded();
    let net = gross.with(gross.amount.saturating_sub(cuts)).rounded();
    Ok((gross, if net.amount > Decimal::ZERO { net } else { gross }))
}

/// An earning whose money came though it was refused or given up: all that nothing settled of it is open again.
pub(super) fn came_after_all(book: &Book, part: Recorded) -> Recorded {
    let lost = |earning: &Earning| earning.owed().amount.is_zero() && !earning.amount.amount.is_zero();
    if lost(&part.earning) {
        let open = open_amount(book, &part.earning, part.earning.amount);
        Recorded { open, ..part }
    } else {
        part
    }
}
