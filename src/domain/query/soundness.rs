//! Soundness: what no command would make, and files that were edited, lost or merged elsewhere may hold all the same.
//!
//! Nothing is mended here and no figure depends on it: a record that names another which isn't there is kept, and counts
//! as far as it can by itself. What a platform said of a project's work may outlive the project and is no breach.

use std::fmt;

use chrono::TimeDelta;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::change::Key;
use crate::domain::earning::Covers;
use crate::domain::payer_rule::Whose;
use crate::domain::payout::Payout;
use crate::domain::query::work::Work;
use crate::domain::session::Session;

/// What is not as it must be about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breach {
    /// It names a record that isn't there.
    Dangling(Key),
    /// It ends before it starts.
    EndsBeforeStart,
    /// Its pauses overlap, lie outside of it, or one that isn't the last has no end.
    Pauses,
    /// Its day or days are in no order: the last before the first.
    DaysReversed,
    /// Its payout settles more than its gross.
    SettlesMore,
    /// Its payout settles in another currency than its own.
    SettlesOther,
}

impl Breach {
    /// Whether no figure is any different for it.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::Dangling(Key::Session(_)))
    }
}

/// In words, as the end of a sentence about the record: "names a project that isn’t there".
impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dangling(Key::Session(_)) => "stands for a session that isn’t there",
            Self::Dangling(Key::Earning(_)) => "settles an earning that isn’t there",
            Self::Dangling(Key::Project(_)) => "names a project that isn’t there",
            Self::Dangling(Key::Platform(_)) => "names a platform that isn’t there",
            Self::Dangling(Key::Route(_)) => "names a route that isn’t there",
            Self::Dangling(Key::Payout(_)) => "belongs to a payout that isn’t there",
            Self::Dangling(_) => "names a record that isn’t there",
            Self::EndsBeforeStart => "ends before it starts",
            Self::Pauses => "has pauses that overlap or lie outside of it",
            Self::DaysReversed => "has a last day before its first",
            Self::SettlesMore => "settles more than its gross",
            Self::SettlesOther => "settles in another currency than its own",
        })
    }
}

/// The records of a Book that name others which aren't there, each with what it names; tables first, then by month.
#[must_use]
pub fn dangling(book: &Book) -> Vec<(Key, Key)> {
    dangling_beyond(book, None)
}

/// The same of the Book of a reading, which knows of most records that what they name is there.
#[must_use]
pub fn dangling_in(work: &Work) -> Vec<(Key, Key)> {
    dangling_beyond(work.book(), Some(work))
}

fn dangling_beyond(book: &Book, known: Option<&Work>) -> Vec<(Key, Key)> {
    let mut found = Vec::new();
    let mut look = |of: Key, named: Option<Key>, there: bool| {
        if let Some(named) = named.filter(|_| !there) {
            found.push((of, named));
        }
    };
    macro_rules! look {
        ($of:expr, $kind:ident, $id:expr, $table:ident) => {{
            let id = $id;
            look($of, id.map(Key::$kind), id.is_some_and(|id| book.$table(id).is_some()));
        }};
    }
    for rule in &book.settings().payer_rules {
        if let Whose::Platform(platform) = rule.whose {
            look!(Key::Settings, Platform, Some(platform), platform);
        }
    }
    for platform in book.platforms() {
        look!(Key::Platform(platform.id), Route, platform.default_route, route);
    }
    for project in book.projects() {
        look!(Key::Project(project.id), Platform, Some(project.platform), platform);
    }
    for terms in book.all_terms() {
        look!(Key::Terms(terms.id), Project, Some(terms.project), project);
    }
    for schedule in book.schedules() {
        let of = Key::Schedule(schedule.id);
        look!(of, Platform, Some(schedule.platform), platform);
        look!(of, Project, schedule.project, project);
        look!(of, Route, schedule.route, route);
    }
    for route in book.routes() {
        look!(Key::Route(route.id), Platform, route.platform, platform);
    }
    if known.is_none_or(Work::names_a_strange_project) {
        for session in book.sessions() {
            look!(Key::Session(session.id), Project, session.project, project);
        }
    }
    for earning in book.earnings() {
        let of = Key::Earning(earning.id);
        look!(of, Platform, Some(earning.platform), platform);
        look!(of, Project, earning.project, project);
        look!(of, Route, earning.route, route);
        match &earning.covers {
            Covers::Nothing => {}
            Covers::Sessions(_) if known.is_some_and(|work| work.has_all_named(earning)) => {}
            Covers::Sessions(named) => {
                for id in named {
                    look!(of, Session, Some(*id), session);
                }
            }
            Covers::Days { project, .. } if earning.project == Some(*project) => {}
            Covers::Days { project, .. } => look!(of, Project, Some(*project), project),
        }
    }
    for payout in book.payouts() {
        let of = Key::Payout(payout.id);
        look!(of, Platform, payout.platform, platform);
        look!(of, Route, payout.route, route);
        for part in &payout.allocations {
            look!(of, Earning, Some(part.earning), earning);
        }
    }
    for movement in book.movements() {
        look!(Key::Movement(movement.id), Payout, movement.role.payout(), payout);
    }
    found
}

/// All breaches of a Book, in the order of [`dangling`], then what is wrong within records.
#[must_use]
pub fn breaches(book: &Book) -> Vec<(Key, Breach)> {
    let mut found: Vec<_> = dangling(book).into_iter().map(|(of, named)| (of, Breach::Dangling(named))).collect();
    for session in book.sessions() {
        found.extend(of_session(session).map(|breach| (Key::Session(session.id), breach)));
    }
    for earning in book.earnings() {
        let covered = if let Covers::Days { days, .. } = earning.covers { days } else { earning.worked };
        if earning.worked.last < earning.worked.first || covered.last < covered.first {
            found.push((Key::Earning(earning.id), Breach::DaysReversed));
        }
    }
    for payout in book.payouts() {
        found.extend(of_payout(payout).map(|breach| (Key::Payout(payout.id), breach)));
    }
    found
}

fn of_session(session: &Session) -> Option<Breach> {
    if session.ended_at.is_some_and(|ended| ended < session.started_at) {
        return Some(Breach::EndsBeforeStart);
    }
    let mut from = session.started_at;
    let last = session.seldom.pauses.len().checked_sub(1);
    for (at, pause) in session.seldom.pauses.iter().enumerate() {
        let open_before_the_last = pause.until.is_none() && Some(at) != last;
        let until = pause.until.or(session.ended_at).unwrap_or(pause.from);
        // An open session has no end yet that a pause could lie beyond.
        let beyond = session.ended_at.is_some_and(|ended| until > ended);
        if open_before_the_last || pause.from < from || until - pause.from < TimeDelta::zero() || beyond {
            return Some(Breach::Pauses);
        }
        from = until;
    }
    None
}

fn of_payout(payout: &Payout) -> Option<Breach> {
    if payout.allocations.iter().any(|part| part.amount.currency != payout.gross.currency) {
        return Some(Breach::SettlesOther);
    }
    let settled: Decimal = payout.allocations.iter().map(|part| part.amount.amount).sum();
    (settled > payout.gross.amount && !settled.is_zero()).then_some(Breach::SettlesMore)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Edit, Record};
    use crate::domain::earning::Earning;
    use crate::domain::ids::{EarningId, PayoutId, PlatformId, ProjectId, SessionId, TermsId};
    use crate::domain::money::{Currency, Money};
    use crate::domain::payout::Allocation;
    use crate::domain::query::work::testkit::{Kit, at, day, dec, session, usd};
    use crate::domain::session::Pause;
    use crate::domain::span::DayRange;
    use crate::domain::terms::{Pay, Terms};

    fn found(kit: &Kit) -> Vec<String> {
        assert_eq!(dangling_in(&kit.of()), dangling(&kit.book));
        breaches(&kit.book).iter().map(|(key, breach)| format!("{key:?} {breach}")).collect()
    }

    fn earning(id: u64) -> Earning {
        Earning::work(EarningId(id), PlatformId(1), usd("50"), DayRange::day(day("2026-11-20")))
    }

    #[test]
    fn a_sound_book_has_no_breach() {
        let mut kit = Kit::new();
        kit.put(session(7, "2026-11-20T07:00:00Z", None));
        kit.put(Earning { covers: Covers::Sessions(vec![SessionId(7)]), ..earning(1) });
        let settles = vec![Allocation { earning: EarningId(1), amount: usd("50") }];
        kit.put(Payout { allocations: settles, ..Payout::new(PayoutId(1), PlatformId(1), usd("50")) });
        assert_eq!(found(&kit), [""; 0]);
    }

    #[test]
    fn each_reference_to_nothing_is_told_of_the_record_that_names_it() {
        let mut kit = Kit::new();
        let gone = Some(ProjectId(99));
        kit.put(Session { project: gone, ..session(7, "2026-11-20T07:00:00Z", None) });
        kit.put(Session { project: gone, ..session(9, "2026-11-20T05:00:00Z", Some("2026-11-20T06:00:00Z")) });
        kit.put(Earning { project: gone, covers: Covers::Sessions(vec![SessionId(7), SessionId(8)]), ..earning(1) });
        let settles = vec![Allocation { earning: EarningId(3), amount: usd("50") }];
        kit.put(Payout { allocations: settles, ..Payout::new(PayoutId(1), PlatformId(1), usd("50")) });
        kit.put(Terms::new(TermsId(5), ProjectId(98), Currency::USD, Pay::PerHour(25.into())));
        let settings = (**kit.book.settings()).clone();
        let mut bare = Book::new(settings);
        bare.apply(&Change::new(vec![Edit::create(Record::from(earning(2)))]));
        assert_eq!(
            found(&kit),
            [
                "Terms(TermsId(5)) names a project that isn’t there",
                "Session(SessionId(7)) names a project that isn’t there",
                "Session(SessionId(9)) names a project that isn’t there",
                "Earning(EarningId(1)) names a project that isn’t there",
                "Earning(EarningId(1)) stands for a session that isn’t there",
                "Payout(PayoutId(1)) settles an earning that isn’t there",
            ]
        );
        assert_eq!(dangling(&bare), [(Key::Earning(EarningId(2)), Key::Platform(PlatformId(1)))]);
        assert!(Breach::Dangling(Key::Session(SessionId(8))).is_harmless());
        assert!(!Breach::Dangling(Key::Project(ProjectId(99))).is_harmless());
    }

    #[test]
    fn what_is_wrong_within_a_record_is_told() {
        let pauses = |pauses: &[(&str, Option<&str>)]| {
            let mut session = session(7, "2026-11-20T07:00:00Z", None);
            session.ended_at = Some(at("2026-11-20T09:00:00Z"));
            let pauses = pauses.iter().map(|(from, until)| Pause { from: at(from), until: until.map(at) });
            session.seldom.pauses = pauses.collect();
            of_session(&session)
        };
        let (early, late) = ("2026-11-20T07:30:00Z", "2026-11-20T08:00:00Z");
        assert_eq!(pauses(&[(early, Some(late))]), None);
        assert_eq!(pauses(&[(late, Some(early))]), Some(Breach::Pauses));
        assert_eq!(pauses(&[(early, None), (late, Some(late))]), Some(Breach::Pauses));
        assert_eq!(pauses(&[(early, Some("2026-11-20T09:30:00Z"))]), Some(Breach::Pauses));
        assert_eq!(pauses(&[("2026-11-20T06:00:00Z", Some(late))]), Some(Breach::Pauses));
        let reversed =
            Session { ended_at: Some(at("2026-11-20T06:00:00Z")), ..session(7, "2026-11-20T07:00:00Z", None) };
        assert_eq!(of_session(&reversed), Some(Breach::EndsBeforeStart));
        let payout = |amount| {
            let settles = vec![Allocation { earning: EarningId(1), amount }];
            of_payout(&Payout { allocations: settles, ..Payout::new(PayoutId(1), PlatformId(1), usd("50")) })
        };
        assert_eq!(payout(usd("50")), None);
        assert_eq!(payout(usd("50.01")), Some(Breach::SettlesMore));
        assert_eq!(payout(Money::new(dec("5"), Currency::EUR)), Some(Breach::SettlesOther));
    }
}
