//! Reads a Book into [`Work`]: sessions priced, earnings laid over them, what arrived shared out.
//!
//! Two rounds: settled earnings first, since they teach the share at which the open work of their projects counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::claim::{Claim, Part, SettledShares, Valuer};
use super::facts::Facts;
use super::landed::landed;
use super::{Piece, SETTLED_ITEMS, Work, Worth, estimate, price};
use crate::domain::book::Book;
use crate::domain::earning::{Covers, Earning, EarningKind};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Timestamp};

pub(super) fn work(book: &Book) -> Work {
    let facts = Facts::of(book);
    let landed = landed(book, &facts);
    let mut pieces: Vec<Piece> = book
        .sessions()
        // An open session is valued when it is asked for; here it takes no time.
        .map(|session| piece(&facts, session, book.day_of(session), session.started_at))
        .collect();
    pieces.sort_by_key(|piece| (piece.session.started_at, piece.session.id));
    let places: HashMap<SessionId, usize> =
        pieces.iter().enumerate().map(|(at, piece)| (piece.session.id, at)).collect();
    let claims = claims(book, &facts, &places, &mut pieces);
    let open: Vec<usize> =
        pieces.iter().enumerate().filter(|(_, piece)| piece.session.is_open()).map(|(at, _)| at).collect();
    let live = claims
        .values()
        .filter(|claim| claim.members.iter().any(|at| open.binary_search(at).is_ok()))
        .map(|claim| claim.earning.id)
        .collect();

    let mut work = Work {
        latest_ends: latest_ends(&pieces),
        parts: vec![Vec::new(); pieces.len()],
        book: book.clone(),
        facts,
        pieces,
        places,
        open,
        claims: HashMap::new(),
        landed,
        settled_shares: SettledShares::new(),
        loose: Vec::new(),
        live,
    };
    let by_id: HashMap<EarningId, Claim> = claims.iter().map(|(id, claim)| (*id, claim.clone())).collect();
    work.claims = by_id;
    let (settled, unsettled): (Vec<&Claim>, Vec<&Claim>) =
        claims.values().partition(|claim| work.valuer().is_settled(claim));
    let settled = value_all(&work, &settled);
    work.settled_shares = settled_shares(settled.iter().flat_map(|(_, parts)| parts));
    let unsettled = value_all(&work, &unsettled);
    for (claim, parts) in settled.into_iter().chain(unsettled) {
        if claim.members.is_empty() {
            work.loose.extend(parts);
            continue;
        }
        for (at, part) in claim.members.iter().zip(parts) {
            if let Some(held) = work.parts.get_mut(*at) {
                held.push(part);
            }
        }
    }
    work.loose.sort_by_key(|part| (part.day, part.earning.id));
    for piece in &mut work.pieces {
        piece.estimate = estimate(&work.facts, &work.settled_shares, piece);
    }
    work
}

fn value_all<'c>(work: &Work, claims: &[&'c Claim]) -> Vec<(&'c Claim, Vec<Part>)> {
    let valuer: Valuer<'_> = work.valuer();
    claims
        .iter()
        .map(|claim| {
            let parts = valuer.parts(claim, &work.claims, |at| work.pieces.get(at));
            (*claim, parts)
        })
        .collect()
}

/// A session with its price up to `now`, not yet laid under any earning.
pub(super) fn piece(facts: &Facts, session: &Arc<Session>, day: NaiveDate, now: Timestamp) -> Piece {
    let own_secs = session.own_secs(now);
    let terms = facts.terms_on(session.project, day);
    let advertised = terms.filter(|_| session.paid).and_then(|terms| {
        let range = terms.advertised?;
        let middle = crate::domain::money::Money::new(range.middle(), terms.currency);
        Some(facts.to_home(middle, day))
    });
    let credited_secs = session.credited_secs.unwrap_or(own_secs);
    Piece {
        day,
        platform: facts.platform_of(session),
        own_secs,
        price: price(facts, session, day, own_secs),
        advertised,
        covered_by: Vec::new(),
        estimate: Worth::default(),
        credited: price(facts, session, day, credited_secs).ok().map(|priced| priced.money),
        session: Arc::clone(session),
    }
}

fn latest_ends(pieces: &[Piece]) -> Vec<Timestamp> {
    let mut latest = Timestamp::MIN_UTC;
    pieces
        .iter()
        .map(|piece| {
            let session = &piece.session;
            latest = latest.max(session.interval(session.started_at).until);
            latest
        })
        .collect()
}

/// Lays the earnings over the sessions, by the rules of [`Coverage`](crate::domain::query::coverage::Coverage): one
/// that names a session goes before one that covers its day, and of the latter the first by id.
fn claims(
    book: &Book,
    facts: &Facts,
    places: &HashMap<SessionId, usize>,
    pieces: &mut [Piece],
) -> BTreeMap<EarningId, Claim> {
    let earnings: BTreeMap<EarningId, &Arc<Earning>> = book
        .earnings()
        .filter(|earning| earning.kind != EarningKind::Opening)
        .map(|earning| (earning.id, earning))
        .collect();
    let by_day = ByDay::of(facts, pieces);
    let mut claims: BTreeMap<EarningId, Claim> = BTreeMap::new();
    let mut add = |earning: &Arc<Earning>, members: Vec<usize>, covers| {
        let claim = Claim { earning: Arc::clone(earning), members, covers };
        claims.insert(earning.id, claim);
    };
    for earning in earnings.values() {
        if let Covers::Sessions(named) = &earning.covers {
            let members = named_members(named, places, pieces);
            for at in &members {
                cover(pieces, *at, earning.id);
            }
            add(earning, members, true);
        }
    }
    let named: Vec<bool> = pieces.iter().map(|piece| !piece.covered_by.is_empty()).collect();
    let is_named = |at: usize| named.get(at).copied().unwrap_or(false);
    for earning in earnings.values() {
        match &earning.covers {
            Covers::Sessions(_) => {}
            Covers::Days { project, days } => {
                let mut members = by_day.of_project(*project, *days);
                members.retain(|at| !is_named(*at) && pieces.get(*at).is_some_and(|piece| piece.covered_by.is_empty()));
                for at in &members {
                    cover(pieces, *at, earning.id);
                }
                add(earning, members, true);
            }
            Covers::Nothing => {
                let members = match earning.project {
                    Some(project) => by_day.of_project(project, earning.worked),
                    None => by_day.of_platform(earning.platform, earning.worked),
                };
                add(earning, members, false);
            }
        }
    }
    claims
}

fn cover(pieces: &mut [Piece], at: usize, by: EarningId) {
    if let Some(piece) = pieces.get_mut(at) {
        piece.covered_by.push(by);
    }
}

/// The named sessions that are there: the paid ones, or all where none is paid.
fn named_members(named: &[SessionId], places: &HashMap<SessionId, usize>, pieces: &[Piece]) -> Vec<usize> {
    let found: BTreeSet<usize> = named.iter().filter_map(|id| places.get(id).copied()).collect();
    let paid: Vec<usize> =
        found.iter().copied().filter(|at| pieces.get(*at).is_some_and(|piece| piece.session.paid)).collect();
    if paid.is_empty() { found.into_iter().collect() } else { paid }
}

/// Paid sessions by their day in the schedule's zone.
struct ByDay {
    projects: HashMap<ProjectId, Vec<(NaiveDate, usize)>>,
    platforms: HashMap<PlatformId, Vec<(NaiveDate, usize)>>,
}

impl ByDay {
    fn of(facts: &Facts, pieces: &[Piece]) -> Self {
        let mut by_day = Self { projects: HashMap::new(), platforms: HashMap::new() };
        let mut paid: Vec<(NaiveDate, usize)> = pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| piece.session.paid)
            .map(|(at, piece)| (facts.schedule_day(&piece.session, piece.day), at))
            .collect();
        paid.sort_unstable();
        for (day, at) in paid {
            let Some(piece) = pieces.get(at) else {
                continue;
            };
            if let Some(project) = piece.session.project {
                by_day.projects.entry(project).or_default().push((day, at));
            }
            if let Some(platform) = piece.platform {
                by_day.platforms.entry(platform).or_default().push((day, at));
            }
        }
        by_day
    }

    fn of_project(&self, project: ProjectId, days: DayRange) -> Vec<usize> {
        on_days(self.projects.get(&project), days)
    }

    fn of_platform(&self, platform: PlatformId, days: DayRange) -> Vec<usize> {
        on_days(self.platforms.get(&platform), days)
    }
}

fn on_days(sorted: Option<&Vec<(NaiveDate, usize)>>, days: DayRange) -> Vec<usize> {
    let Some(sorted) = sorted else {
        return Vec::new();
    };
    let first = sorted.partition_point(|(day, _)| *day < days.first);
    sorted.iter().skip(first).take_while(|(day, _)| *day <= days.last).map(|(_, at)| *at).collect()
}

/// What the settled earnings of each project teach: received ÷ recorded, from [`SETTLED_ITEMS`] of them on.
///
/// Parts that could not be converted are left out on both sides; a project that recorded nothing teaches nothing.
fn settled_shares<'p>(parts: impl Iterator<Item = &'p Part>) -> SettledShares {
    #[derive(Default)]
    struct Sums {
        items: BTreeSet<EarningId>,
        recorded: Decimal,
        received: Decimal,
    }
    let mut by_project: BTreeMap<ProjectId, Sums> = BTreeMap::new();
    for part in parts {
        let Some(project) = part.project else {
            continue;
        };
        let sums = by_project.entry(project).or_default();
        sums.items.insert(part.earning.id);
        if part.worth.missing.is_empty() {
            sums.recorded = sums.recorded.saturating_add(part.worth.recorded);
            sums.received = sums.received.saturating_add(part.worth.received);
        }
    }
    by_project
        .into_iter()
        .filter(|(_, sums)| sums.items.len() >= SETTLED_ITEMS && sums.recorded > Decimal::ZERO)
        .filter_map(|(project, sums)| {
            let share = sums.received.checked_div(sums.recorded)?;
            Some((project, share.max(Decimal::ZERO)))
        })
        .collect()
}
