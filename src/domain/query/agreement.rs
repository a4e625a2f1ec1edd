//! Agreement: what was promised, what the platform credited, what it paid; and each piece of work on which they differ.
//!
//! - *promised*: the work at its terms, own time × rate or tasks × price (the *recorded* step of the rates).
//! - *credited*: what was accepted of it, or the credited time at the same terms (the *accepted* step).
//! - *paid*: what has arrived of it (the *received* step less what is still expected).
//!
//! Sums by week are in home currency at the rates of the work days, as in the rates; single differences are in the
//! currency of the work. A week begins on the user's first day of the week.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{NaiveDate, Weekday};
use rust_decimal::Decimal;

use super::hours::{Selection, week_of};
use super::owed::OwedId;
use super::rates::{Row, Step, rows};
use super::work::{Covers as Covering, Moment, Piece, Place, Work};
use crate::domain::earning::{Covers, Earning, EarningKind, EarningState};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Now, Timestamp};

/// From how many seconds on credited time differs from own time: platforms count whole minutes.
pub const DIFFERS_FROM_SECS: i64 = 60;

/// A week of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekRow {
    /// The first day of the week.
    pub week: NaiveDate,
    /// The platform.
    pub platform: PlatformId,
    /// The project; `None` for money of the platform as a whole.
    pub project: Option<ProjectId>,
    /// Own seconds of paid time.
    pub own_secs: i64,
    /// Seconds that the platform pays for, own ones where nothing was said.
    pub credited_secs: i64,
    /// Promised, in home currency; `None` where an exchange rate is missing.
    pub promised: Option<Money>,
    /// Credited.
    pub credited: Option<Money>,
    /// Paid.
    pub paid: Option<Money>,
}

#[derive(Default)]
struct Sum {
    own: i64,
    credited_secs: i64,
    promised: Decimal,
    credited: Decimal,
    paid: Decimal,
    missing: [bool; 3],
}

/// The weeks of some days, the newest first; in a week by platform and project.
#[must_use]
pub fn weeks(work: &Work, days: DayRange, week_start: Weekday, now: Timestamp) -> Vec<WeekRow> {
    let mut sums: BTreeMap<(std::cmp::Reverse<NaiveDate>, PlatformId, Option<ProjectId>), Sum> = BTreeMap::new();
    for row in rows(work, &Selection::period(days), now) {
        let Some(platform) = row.platform else { continue };
        let (own, credited) = match &row.row {
            Row::Session(session) if session.paid => {
                let own = session.own_secs(now);
                (own, session.credited_secs.unwrap_or(own))
            }
            Row::Session(_) | Row::Earning(_) => (0, 0),
        };
        let worth = &row.worth;
        let nothing = worth.recorded.is_zero() && worth.accepted.is_zero() && worth.received.is_zero();
        if own == 0 && nothing && worth.missing.is_empty() {
            continue;
        }
        let key = (std::cmp::Reverse(week_of(row.day, week_start).first), platform, row.project);
        let sum = sums.entry(key).or_default();
        sum.own += own;
        sum.credited_secs += credited;
        sum.promised = sum.promised.saturating_add(worth.recorded);
        sum.credited = sum.credited.saturating_add(worth.accepted);
        sum.paid = sum.paid.saturating_add(worth.received.saturating_sub(worth.unsettled));
        for (step, _) in &worth.missing {
            match step {
                Step::Recorded => sum.missing[0] = true,
                Step::Accepted => sum.missing[1] = true,
                Step::Advertised | Step::Received | Step::AllHours | Step::AfterTax => sum.missing[2] = true,
            }
        }
    }
    let home = work.home();
    let known = |amount: Decimal, missing: bool| (!missing).then(|| Money::new(amount, home));
    sums.into_iter()
        .map(|((week, platform, project), sum)| WeekRow {
            week: week.0,
            platform,
            project,
            own_secs: sum.own,
            credited_secs: sum.credited_secs,
            promised: known(sum.promised, sum.missing[0]),
            credited: known(sum.credited, sum.missing[1]),
            paid: known(sum.paid, sum.missing[2]),
        })
        .collect()
}

/// A piece of work on which promised and credited differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// What can be acted on: the earning that stands for it, else the session.
    pub id: OwedId,
    /// The platform.
    pub platform: PlatformId,
    /// The project.
    pub project: Option<ProjectId>,
    /// The user's days of the work.
    pub worked: DayRange,
    /// The sessions behind it, by start.
    pub sessions: Vec<SessionId>,
    /// Own seconds behind it.
    pub own_secs: i64,
    /// Seconds that the platform pays for; `None` where it said nothing of time.
    pub credited_secs: Option<i64>,
    /// What it was promised; `None` where it has no price.
    pub promised: Option<Money>,
    /// What was credited.
    pub credited: Option<Money>,
    /// Whether it is contested or appealed already.
    pub contested: bool,
}

impl Disagreement {
    /// By how many seconds the credited time differs; below nothing where less was credited.
    #[must_use]
    pub fn secs_by(&self) -> i64 {
        self.credited_secs.map_or(0, |secs| secs - self.own_secs)
    }

    /// By how much money it differs; below nothing where less was credited.
    #[must_use]
    pub fn money_by(&self) -> Option<Money> {
        let (promised, credited) = (self.promised?, self.credited?);
        (promised.currency == credited.currency).then(|| credited.with(credited.amount.saturating_sub(promised.amount)))
    }
}

/// What does not agree of the work of some days, the newest first.
///
/// Where credited time explains what an earning was cut by, only the sessions stand there, so that nothing is told
/// twice. Cents that rounding leaves are no difference.
#[must_use]
pub fn disagreements(work: &Work, days: DayRange, now: Now) -> Vec<Disagreement> {
    let book = work.book();
    let (covering, moment) = (work.covering(), work.at(now.at));
    let mut by_time: HashMap<EarningId, Decimal> = HashMap::new();
    let mut found: Vec<Disagreement> = Vec::new();
    for session in book.sessions_on(days).filter(|session| differs(session, now.at)) {
        let earning = covering.earning_of(session).and_then(|id| book.earning(id));
        let Some(one) = of_session(&moment, session, earning) else { continue };
        if let (Some(earning), Some(by)) = (earning, one.money_by()) {
            let sum = by_time.entry(earning.id).or_default();
            *sum = sum.saturating_add(by.amount);
        }
        found.push(one);
    }
    for earning in work.earnings_of(days) {
        let explained = by_time.get(&earning.id).copied().unwrap_or_default();
        found.extend(of_earning(&moment, earning, &covering, explained));
    }
    found.sort_by(|a, b| b.worked.last.cmp(&a.worked.last).then(a.platform.cmp(&b.platform)).then(a.id.cmp(&b.id)));
    found
}

/// Whether the time that was credited for a session is another than its own.
fn differs(session: &Session, now: Timestamp) -> bool {
    let by = session.credited_secs.map_or(0, |credited| (credited - session.own_secs(now)).abs());
    session.paid && !session.is_open() && by >= DIFFERS_FROM_SECS
}

fn of_session(moment: &Moment<'_>, session: &Session, earning: Option<&Arc<Earning>>) -> Option<Disagreement> {
    let piece = moment.piece(moment.place(session.id)?)?;
    Some(Disagreement {
        id: earning.map_or(OwedId::Session(session.id), |earning| OwedId::Earning(earning.id)),
        platform: moment.platform(&piece)?,
        project: session.project,
        worked: DayRange::day(piece.day),
        sessions: vec![session.id],
        own_secs: piece.own_secs(),
        credited_secs: Some(session.credited_secs?),
        promised: moment.price(&piece),
        credited: moment.credited(&piece),
        contested: earning.is_some_and(|earning| is_contested(earning)),
    })
}

fn is_contested(earning: &Earning) -> bool {
    matches!(earning.state(), Some(EarningState::Contested | EarningState::Appealed))
}

fn of_earning(
    moment: &Moment<'_>,
    earning: &Arc<Earning>,
    covering: &Covering<'_>,
    explained: Decimal,
) -> Option<Disagreement> {
    if earning.kind != EarningKind::Work && earning.kind != EarningKind::Milestone {
        return None;
    }
    let there = |id: &SessionId| moment.place(*id).and_then(|at| Some((at, moment.piece(at)?)));
    let mut sessions: Vec<(Place, Piece<'_>)> = match &earning.covers {
        Covers::Sessions(ids) => ids.iter().filter_map(there).filter(|(_, piece)| piece.session.paid).collect(),
        Covers::Nothing | Covers::Days { .. } => Vec::new(),
    };
    sessions.sort_by_key(|(_, piece)| (piece.session.started_at, piece.session.id));
    // A week's end may cut a session: where two earnings name it, none of them stands for its whole price.
    let by_it_alone = |(at, piece): &(Place, Piece<'_>)| covering.times_named(*at, piece.session.id) < 2;
    let twice = sessions.windows(2).any(|two| matches!(two, [one, other] if one.0 == other.0));
    let whole = !sessions.is_empty() && !twice && sessions.iter().all(by_it_alone);
    let prices: Option<Decimal> = sessions
        .iter()
        .map(|(_, piece)| moment.price(piece))
        .map(|money| money.filter(|money| money.currency == earning.amount.currency).map(|money| money.amount))
        .sum();
    let promised = match prices.filter(|_| whole) {
        Some(prices) => earning.amount.with(prices),
        None => earning.amount,
    };
    let accepted = earning.accepted();
    if accepted.currency != promised.currency {
        return None;
    }
    let by = accepted.amount.saturating_sub(promised.amount);
    let left = by.saturating_sub(explained);
    // Each session may have been rounded by itself.
    let cents = Decimal::new(1, earning.amount.currency.minor_units());
    let rounding = cents.saturating_mul(Decimal::from(sessions.len().max(1)));
    if left.abs() <= rounding {
        return None;
    }
    Some(Disagreement {
        id: OwedId::Earning(earning.id),
        platform: earning.platform,
        project: earning.project,
        worked: earning.worked,
        own_secs: sessions.iter().map(|(_, piece)| piece.own_secs()).sum(),
        sessions: sessions.iter().map(|(_, piece)| piece.session.id).collect(),
        credited_secs: None,
        promised: Some(promised.with(promised.amount.saturating_add(explained))),
        credited: Some(accepted),
        contested: is_contested(earning),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::earning::DatedState;
    use crate::domain::query::work::testkit::{Kit, at, day, usd};

    fn now() -> Now {
        Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
    }

    fn all() -> DayRange {
        DayRange::new(day("2026-11-01"), day("2026-11-22"))
    }

    /// Source of the figures: design.md, "since you last looked: Outlier credited 1 h 40 m of 1 h 48 m, −$3.33".
    fn cut() -> Kit {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-16T09:00:00Z", "2026-11-16T10:48:00Z", |session| {
            session.credited_secs = Some(100 * 60);
        });
        kit.work(2, 1, "2026-11-17T09:00:00Z", "2026-11-17T11:00:00Z", |_| {});
        kit
    }

    #[test]
    fn credited_time_that_differs_is_told_in_minutes_and_money() {
        let found = disagreements(&cut().of(), all(), now());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].secs_by(), -8 * 60);
        assert_eq!(found[0].money_by().map(Money::rounded), Some(usd("-3.33")));
        assert_eq!(found[0].id, OwedId::Session(SessionId(1)));
    }

    #[test]
    fn an_earning_cut_for_the_same_reason_is_not_told_twice_and_one_cut_further_is() {
        let mut kit = cut();
        // Promised 1 h 48 m + 2 h at $25.00 = $95.00; credited 1 h 40 m + 2 h = $91.67.
        let earning = kit.earning(9, "95", &[SessionId(1), SessionId(2)]);
        let approve = |kit: &mut Kit, part: &str| {
            kit.edit_earning(earning, |earning| {
                let state = EarningState::Approved(Some(usd(part)));
                earning.states = vec![DatedState { on: day("2026-11-19"), state }];
            });
            disagreements(&kit.of(), all(), now())
        };
        let found = approve(&mut kit, "91.67");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id, OwedId::Earning(earning), "the earning that stands for it can be contested");
        let found = approve(&mut kit, "80");
        let by: Vec<_> = found.iter().map(|one| one.money_by().map(Money::rounded)).collect();
        assert_eq!(by.len(), 2);
        assert!(by.contains(&Some(usd("-3.33"))) && by.contains(&Some(usd("-11.67"))), "{by:?}");
    }

    #[test]
    fn a_refused_earning_is_told_whole_and_rounding_is_no_difference() {
        let mut kit = Kit::new();
        // 1 h 0 m 20 s at $25.00 are $25.1388…
        kit.work(1, 1, "2026-11-16T09:00:00Z", "2026-11-16T10:00:20Z", |_| {});
        let earning = kit.earning(9, "25.14", &[SessionId(1)]);
        assert_eq!(disagreements(&kit.of(), all(), now()), Vec::new());
        kit.edit_earning(earning, |earning| {
            earning.states = vec![DatedState { on: day("2026-11-19"), state: EarningState::Rejected }];
        });
        let found = disagreements(&kit.of(), all(), now());
        assert_eq!(found[0].money_by().map(Money::rounded), Some(usd("-25.14")));
        assert!(!found[0].contested);
    }

    #[test]
    fn weeks_begin_on_the_users_day_and_sum_to_the_work() {
        let mut kit = cut();
        let earning = kit.earning(9, "95", &[SessionId(1), SessionId(2)]);
        kit.payout(1, "95", Some(usd("95")), "2026-11-20", &[(earning, "95")]);
        kit.work(3, 1, "2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z", |_| {});
        let work = kit.of();
        let by_monday = weeks(&work, all(), Weekday::Mon, now().at);
        assert_eq!(by_monday.len(), 1);
        assert_eq!((by_monday[0].week, by_monday[0].own_secs), (day("2026-11-16"), 288 * 60));
        assert_eq!(by_monday[0].promised, Some(usd("120")));
        assert_eq!(by_monday[0].paid.map(Money::rounded), Some(usd("95")));
        // 22 November 2026 is a Sunday.
        let by_sunday = weeks(&work, all(), Weekday::Sun, now().at);
        let found: Vec<_> = by_sunday.iter().map(|row| (row.week, row.promised)).collect();
        assert_eq!(found, [(day("2026-11-22"), Some(usd("25"))), (day("2026-11-15"), Some(usd("95")))]);
    }
}
