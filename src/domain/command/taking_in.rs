//! Taking in a statement: the rows that are new or changed, with the platforms and projects that they need, as one change.
//!
//! A row of time becomes a session, a row of what a platform owes an earning, a row of an account a movement. An earning of work with time stands for the project's
//! sessions of its day, so that nothing counts twice; what is new is marked with its row, so that it is known again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::limits;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit};
use crate::domain::earning::{Covers, DatedState, Earning, EarningKind, EarningState};
use crate::domain::ids::{EarningId, MovementId, PlatformId, ProjectId, SessionId};
use crate::domain::movement::Movement;
use crate::domain::platform::{Platform, Project};
use crate::domain::query::incoming::{Choices, Incoming, Label, Payer, Target, Verdict, account_of};
use crate::domain::refusal::{Refusal, Refused};
use crate::domain::session::{Rare, Session};
use crate::domain::span::{DayRange, Now, Timestamp, Zone, date_in};
use crate::domain::statement::{CreditKind, Credited, Logged, MoveKind, Moved, Origin, Row, Says, Statement};

/// A statement that is taken in.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenIn {
    /// What the file says.
    pub statement: Arc<Statement>,
    /// What the user decided.
    pub choices: Choices,
    /// The zone of its sessions: it decides their days.
    pub zone: Zone,
    /// Where the ids of new records are counted on from.
    pub seed: u64,
}

pub(super) fn plan(book: &Book, taken: &TakenIn, now: Now) -> Result<Change, Refused> {
    let incoming = Incoming::of(book, &taken.statement, &taken.choices, now);
    let mut making = Making {
        book,
        taken,
        edits: Vec::new(),
        next: taken.seed,
        platforms: BTreeMap::new(),
        projects: BTreeMap::new(),
        met: BTreeMap::new(),
        now,
    };
    for (row, verdict) in taken.statement.rows.iter().zip(&incoming.verdicts) {
        match (verdict, &row.says) {
            (Verdict::New, Says::Logged(logged)) => making.session(row, logged),
            (Verdict::New, Says::Credited(credited)) => making.earning(row, credited),
            (Verdict::New, Says::Moved(moved)) => {
                let id = MovementId(making.id());
                making.edits.push(Edit::create(movement(id, &taken.statement, row, moved)));
            }
            _ => {}
        }
    }
    let mut edits = making.edits;
    edits.extend(updates(book, &taken.statement, &incoming, now));
    edits.extend(moved_on(book, &taken.statement, &incoming));
    if edits.is_empty() { Err(Refusal::NothingToTake.into()) } else { Ok(Change::new(edits)) }
}

/// The new records, and the ids they get.
struct Making<'a> {
    book: &'a Book,
    taken: &'a TakenIn,
    edits: Vec<Edit>,
    next: u64,
    /// New platforms, by their names in small letters.
    platforms: BTreeMap<String, PlatformId>,
    /// New projects.
    projects: BTreeMap<(PlatformId, String), ProjectId>,
    /// Where the labels go that were met: many rows have one.
    met: BTreeMap<Label, Option<ProjectId>>,
    now: Now,
}

impl Making<'_> {
    /// The next id that no record of these kinds has.
    fn id(&mut self) -> u64 {
        loop {
            self.next = self.next.wrapping_add(1);
            let (book, next) = (self.book, self.next);
            let taken = book.session(SessionId(next)).is_some()
                || book.earning(EarningId(next)).is_some()
                || book.movement(MovementId(next)).is_some()
                || book.platform(PlatformId(next)).is_some()
                || book.project(ProjectId(next)).is_some();
            if !taken {
                return next;
            }
        }
    }

    fn session(&mut self, row: &Row, logged: &Logged) {
        let project = Label::of(row).and_then(|label| self.project(&label));
        let origin = Some(Origin { key: row.key.clone(), said: logged.said() });
        let (started_at, ended_at) = stretch(logged, self.now);
        let note = cut(&logged.note, limits::NOTE_LETTERS);
        let session = Session {
            ended_at,
            project,
            seldom: Rare { note, origin, declared_secs: logged.declared_secs, ..Rare::default() }.into(),
            ..Session::begun(SessionId(self.id()), started_at, self.taken.zone)
        };
        self.edits.push(Edit::create(session));
    }

    fn earning(&mut self, row: &Row, credited: &Credited) {
        let Some(state) = credited.earning_state() else { return };
        let Some(label) = Label::of(row) else { return };
        let project = self.project(&label);
        let of_project = project.and_then(|id| self.book.project(id)).map(|project| project.platform);
        let Some(platform) = of_project.or_else(|| self.platform(&label)) else { return };
        let kind = match credited.kind {
            CreditKind::Work => EarningKind::Work,
            CreditKind::Bonus => EarningKind::Bonus,
            CreditKind::Adjustment | CreditKind::Fee => EarningKind::Adjustment,
        };
        let days = DayRange::day(credited.on);
        let covers = match project {
            Some(project) if kind == EarningKind::Work && credited.is_work_day => Covers::Days { project, days },
            _ => Covers::Nothing,
        };
        let earning = Earning {
            project,
            kind,
            covers,
            states: vec![DatedState { on: credited.on, state }],
            credited_secs: credited.secs,
            origin: Some(Origin { key: row.key.clone(), said: credited.said() }),
            note: cut(&credited.word, limits::NOTE_LETTERS),
            ..Earning::work(EarningId(self.id()), platform, credited.amount, days)
        };
        self.edits.push(Edit::create(earning));
    }

    /// The project of a label; `None` where its work belongs to none.
    fn project(&mut self, label: &Label) -> Option<ProjectId> {
        if let Some(project) = self.met.get(label) {
            return *project;
        }
        let project = self.made_project(label);
        self.met.insert(label.clone(), project);
        project
    }

    fn made_project(&mut self, label: &Label) -> Option<ProjectId> {
        match self.taken.choices.targets.get(label).copied().unwrap_or(Target::Unnamed) {
            Target::Unnamed => None,
            Target::Known(id) => Some(id),
            Target::New => {
                let platform = self.platform(label)?;
                let name = cut(label.name(), limits::NAME_LETTERS);
                let key = (platform, name.to_lowercase());
                if let Some(id) = self.projects.get(&key) {
                    return Some(*id);
                }
                let id = ProjectId(self.id());
                self.edits.push(Edit::create(Project::new(id, platform, name)));
                self.projects.insert(key, id);
                Some(id)
            }
        }
    }

    /// The platform of a label, made where there is none.
    fn platform(&mut self, label: &Label) -> Option<PlatformId> {
        if let Some(known) = self.taken.choices.platform(self.book, label) {
            return Some(known);
        }
        let name = match &self.taken.choices.payer {
            Payer::Known(id) => return Some(*id),
            Payer::New(name) => name.as_str(),
            Payer::ByClient => label.client(),
        };
        let name = cut(name.trim(), limits::NAME_LETTERS);
        if name.is_empty() {
            return None;
        }
        let key = name.to_lowercase();
        if let Some(id) = self.platforms.get(&key) {
            return Some(*id);
        }
        let id = PlatformId(self.id());
        let currency = self.taken.statement.currency().unwrap_or(self.book.settings().home_currency);
        let used = self.book.used_hues();
        let made = u32::try_from(self.platforms.len()).unwrap_or(u32::MAX);
        let hue =
            (0..=u32::MAX).filter(|hue| !used.contains(hue)).nth(usize::try_from(made).unwrap_or(0)).unwrap_or(made);
        self.edits.push(Edit::create(Platform { hue, ..Platform::new(id, name, currency) }));
        self.platforms.insert(key, id);
        Some(id)
    }
}

/// The records that are brought up to what their rows say now. The old amount stays: what is owed now stands in the state.
fn updates(book: &Book, statement: &Statement, incoming: &Incoming, now: Now) -> Vec<Edit> {
    let today = date_in(now.at, now.zone);
    let changed: BTreeMap<&str, &Row> = statement
        .rows
        .iter()
        .zip(&incoming.verdicts)
        .filter(|(_, verdict)| **verdict == Verdict::Changed)
        .map(|(row, _)| (row.key.as_str(), row))
        .collect();
    if changed.is_empty() {
        return Vec::new();
    }
    let row_of = |origin: &Option<Origin>| origin.as_ref().and_then(|origin| changed.get(origin.key.as_str()));
    let sessions = book.sessions().filter_map(|session| {
        let row = row_of(&session.origin)?;
        let Says::Logged(logged) = &row.says else { return None };
        let mut after = (**session).clone();
        (after.started_at, after.ended_at) = stretch(logged, now);
        after.seldom.declared_secs = logged.declared_secs;
        after.origin = Some(Origin { key: row.key.clone(), said: logged.said() });
        Edit::from_sides(Some(Arc::clone(session).into()), Some(after.into()))
    });
    let earnings = book.earnings().filter_map(|earning| {
        let row = row_of(&earning.origin)?;
        let Says::Credited(credited) = &row.says else { return None };
        let mut after = (**earning).clone();
        let owed = (credited.amount != earning.amount).then_some(credited.amount);
        let state = match credited.earning_state() {
            Some(EarningState::Approved(None)) => EarningState::Approved(owed),
            Some(EarningState::Submitted) => {
                after.amount = credited.amount;
                EarningState::Submitted
            }
            Some(state) => state,
            // It was given back: nothing is owed any more.
            None => EarningState::WrittenOff,
        };
        if after.state() != Some(state) {
            after.states.push(DatedState { on: today.max(credited.on), state });
        }
        after.credited_secs = credited.secs;
        after.origin = Some(Origin { key: row.key.clone(), said: credited.said() });
        Edit::from_sides(Some(Arc::clone(earning).into()), Some(after.into()))
    });
    sessions.chain(earnings).collect()
}

/// The movements that are brought up to what their rows say now. What they are to the user's pay stays.
fn moved_on(book: &Book, statement: &Statement, incoming: &Incoming) -> Vec<Edit> {
    let rows = || statement.rows.iter().zip(&incoming.verdicts);
    let is_changed = |verdict: &Verdict| *verdict == Verdict::Changed;
    let known: BTreeMap<&str, MovementId> = if incoming.verdicts.iter().any(is_changed) {
        let keyed = book.movements().filter_map(|movement| Some((movement.origin.as_ref()?.key.as_str(), movement.id)));
        keyed.collect()
    } else {
        BTreeMap::new()
    };
    rows()
        .filter_map(|(row, verdict)| {
            let Says::Moved(moved) = &row.says else { return None };
            let id = match verdict {
                Verdict::Changed => *known.get(row.key.as_str())?,
                Verdict::CameThrough(id) => *id,
                Verdict::New | Verdict::Known | Verdict::YoursStays | Verdict::Doubtful(_) | Verdict::Nothing(_) => {
                    return None;
                }
            };
            let before = book.movement(id)?;
            let says = movement(id, statement, row, moved);
            let or_before = |now: String, before: &str| if now.is_empty() { before.to_owned() } else { now };
            let after = Movement {
                role: before.role,
                // One file of an account may know more of a row than another.
                kind: if says.kind == MoveKind::Payment { before.kind } else { says.kind },
                fee: says.fee.or(before.fee),
                other: or_before(says.other, &before.other),
                text: or_before(says.text, &before.text),
                ..says
            };
            Edit::from_sides(Some(Arc::clone(before).into()), Some(after.into()))
        })
        .collect()
}

/// The movement that a row tells.
fn movement(id: MovementId, statement: &Statement, row: &Row, moved: &Moved) -> Movement {
    let read = Movement::of_row(id, cut(&account_of(statement, row), limits::NAME_LETTERS), moved);
    Movement {
        other: cut(&read.other, limits::NAME_LETTERS),
        text: cut(&read.text, limits::NOTE_LETTERS),
        origin: Some(Origin { key: row.key.clone(), said: moved.said() }),
        ..read
    }
}

/// When a session of it began and ended. Noon of a day without clock times may be still to come.
fn stretch(logged: &Logged, now: Now) -> (Timestamp, Option<Timestamp>) {
    match logged.declared_secs {
        Some(_) => (logged.started_at.min(now.at), logged.ended_at.map(|end| end.min(now.at))),
        None => (logged.started_at, logged.ended_at),
    }
}

/// A text of at most so many letters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests;
