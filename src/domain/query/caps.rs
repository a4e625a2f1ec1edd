//! Caps: where terms pay for so many hours a day or a week only, how much of each session still counts.
//!
//! A cap is of a project, on the user's day and the user's week (decision 0030). Of paid time by the hour, in the order
//! of its starts, each session takes what room is left; what is above it is worth nothing at these terms. Where the
//! platform said what it credits, that was taken, and it stands whatever the cap.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::hours::week_of;
use crate::domain::book::Book;
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Timestamp};
use crate::domain::terms::{Pay, Terms};

/// Paid time of a project by the hour, as far as a cap needs it.
#[derive(Debug, Clone, Copy)]
pub struct Stint<'t> {
    /// The user's day.
    pub day: NaiveDate,
    /// Own seconds.
    pub own_secs: i64,
    /// The seconds that the platform pays for, where it said so.
    pub credited_secs: Option<i64>,
    /// The terms in force.
    pub terms: &'t Terms,
}

impl Stint<'_> {
    /// The seconds that count where so much room is left: what the platform credited stands whatever the cap.
    fn counts(&self, room: Option<i64>) -> i64 {
        let own = self.own_secs.max(0);
        self.credited_secs.unwrap_or_else(|| room.map_or(own, |room| own.min(room)))
    }
}

/// What of a cap is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapUse {
    /// Over which days it goes.
    pub over: CapOver,
    /// Seconds that count so far, what is running included.
    pub used_secs: i64,
    /// Paid seconds that were worked beyond the cap.
    pub beyond_secs: i64,
    /// The cap, in seconds.
    pub cap_secs: i64,
}

/// Over which days a cap goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapOver {
    /// The user's day.
    Day,
    /// The user's week.
    Week,
}

impl CapUse {
    /// Whether all of it is used.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.used_secs >= self.cap_secs
    }

    /// Whether nine tenths of it are used.
    #[must_use]
    pub fn is_near(self) -> bool {
        self.used_secs.saturating_mul(10) >= self.cap_secs.saturating_mul(9)
    }
}

fn secs(hours: Option<Decimal>) -> Option<i64> {
    hours?.checked_mul(Decimal::from(3600))?.floor().to_i64()
}

/// The room of each stint of a project's week, in order of their starts: the seconds of its own time that can still
/// count. `None` where its terms have no cap.
#[must_use]
pub fn rooms(week: &[Stint<'_>]) -> Vec<Option<i64>> {
    let mut of_days: HashMap<NaiveDate, i64> = HashMap::new();
    let mut of_week: i64 = 0;
    week.iter()
        .map(|stint| {
            let of_day = of_days.entry(stint.day).or_default();
            let left = [(secs(stint.terms.cap_hours_a_day), *of_day), (secs(stint.terms.cap_hours_a_week), of_week)]
                .into_iter()
                .filter_map(|(cap, used)| Some(cap?.saturating_sub(used).max(0)))
                .min();
            let counted = stint.counts(left);
            *of_day = of_day.saturating_add(counted);
            of_week = of_week.saturating_add(counted);
            left
        })
        .collect()
}

/// Whether a session takes of its project's hours.
#[must_use]
pub fn is_by_the_hour(session: &Session, terms: &Terms) -> bool {
    session.paid && session.own_price.is_none() && matches!(terms.pay, Pay::PerHour(_))
}

/// Whether any terms of a project have a cap.
#[must_use]
pub fn is_capped(book: &Book, project: ProjectId) -> bool {
    book.all_terms().any(|terms| terms.project == project && terms.is_capped())
}

/// The user's week of a project: its sessions by the hour in order of their starts. `asked` is one that may not be in
/// the Book yet, or stand there otherwise.
fn week<'b>(
    book: &'b Book,
    project: ProjectId,
    days: DayRange,
    now: Timestamp,
    asked: Option<&Session>,
) -> (Vec<(Timestamp, SessionId)>, Vec<Stint<'b>>) {
    let others = book
        .sessions_on(days)
        .map(AsRef::as_ref)
        .filter(|session| session.project == Some(project) && asked.is_none_or(|asked| asked.id != session.id));
    let mut found: Vec<(Timestamp, SessionId, Stint<'b>)> = others
        .chain(asked)
        .filter_map(|session| {
            let day = book.day_of(session);
            let terms = book.terms_on(project, day)?;
            is_by_the_hour(session, terms).then(|| {
                let own_secs = session.own_secs(now);
                let stint = Stint { day, own_secs, credited_secs: session.credited_secs, terms };
                (session.started_at, session.id, stint)
            })
        })
        .collect();
    found.sort_by_key(|(at, id, _)| (*at, *id));
    found.into_iter().map(|(at, id, stint)| ((at, id), stint)).unzip()
}

/// The rooms of sessions of a Book, each project's week looked up once.
#[derive(Debug)]
pub struct Rooms<'b> {
    book: &'b Book,
    now: Timestamp,
    capped: BTreeMap<ProjectId, bool>,
    weeks: HashMap<(ProjectId, NaiveDate), HashMap<SessionId, i64>>,
}

impl<'b> Rooms<'b> {
    /// Those of a Book, running sessions up to `now`.
    #[must_use]
    pub fn of(book: &'b Book, now: Timestamp) -> Self {
        Self { book, now, capped: BTreeMap::new(), weeks: HashMap::new() }
    }

    /// The seconds of a session's own time that can count; `None` where no cap holds for it.
    pub fn room(&mut self, session: &Session) -> Option<i64> {
        let project = session.project.filter(|_| session.paid && session.own_price.is_none())?;
        let book = self.book;
        if !*self.capped.entry(project).or_insert_with(|| is_capped(book, project)) {
            return None;
        }
        let days = week_of(book.day_of(session), book.settings().week_start);
        let now = self.now;
        let of_week = self.weeks.entry((project, days.first)).or_insert_with(|| {
            let (keys, stints) = week(book, project, days, now, None);
            keys.into_iter().zip(rooms(&stints)).filter_map(|((_, id), room)| Some((id, room?))).collect()
        });
        of_week.get(&session.id).copied()
    }
}

/// The room of one session, which may be one that is only being typed.
#[must_use]
pub fn room(book: &Book, session: &Session, now: Timestamp) -> Option<i64> {
    let project = session.project.filter(|project| is_capped(book, *project))?;
    let days = week_of(book.day_of(session), book.settings().week_start);
    let (keys, stints) = week(book, project, days, now, Some(session));
    let at = keys.iter().position(|(_, id)| *id == session.id)?;
    rooms(&stints).get(at).copied().flatten()
}

/// How much of each cap of a project is used on a day and in its week, the terms of that day in force: the fuller
/// one first. Empty where there is none.
#[must_use]
pub fn uses(book: &Book, project: ProjectId, today: NaiveDate, now: Timestamp) -> Vec<CapUse> {
    let Some(terms) = book.terms_on(project, today).filter(|terms| terms.is_capped()) else {
        return Vec::new();
    };
    let (_, stints) = week(book, project, week_of(today, book.settings().week_start), now, None);
    let counted: Vec<(NaiveDate, i64, i64)> = stints
        .iter()
        .zip(rooms(&stints))
        .map(|(stint, room)| {
            let counts = stint.counts(room);
            (stint.day, counts, if stint.credited_secs.is_some() { 0 } else { stint.own_secs.max(0) - counts })
        })
        .collect();
    let over = |over: CapOver, cap: Option<Decimal>| {
        let of_it = counted.iter().filter(|(day, ..)| over == CapOver::Week || *day == today);
        let (used_secs, beyond_secs) =
            of_it.fold((0, 0), |(used, beyond), (_, counts, lost)| (used + counts, beyond + lost));
        Some(CapUse { over, used_secs, beyond_secs, cap_secs: secs(cap)? })
    };
    let mut uses: Vec<CapUse> =
        [over(CapOver::Day, terms.cap_hours_a_day), over(CapOver::Week, terms.cap_hours_a_week)]
            .into_iter()
            .flatten()
            .collect();
    // By the share used, the fuller first; of equals the day.
    uses.sort_by_key(|one| std::cmp::Reverse(Decimal::from(one.used_secs).checked_div(one.cap_secs.into())));
    uses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::TermsId;
    use crate::domain::money::Currency;
    use crate::domain::query::hours::Selection;
    use crate::domain::query::rates::rates;
    use crate::domain::query::value;
    use crate::domain::query::work::Work;
    use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
    use proptest::prelude::*;

    const PROJECT: ProjectId = ProjectId(1);
    const NOW: &str = "2026-11-22T20:00:00Z";

    /// Project 1 at $25 an hour with caps.
    fn capped(a_day: Option<&str>, a_week: Option<&str>) -> Kit {
        let mut kit = Kit::new();
        kit.put(Terms {
            cap_hours_a_day: a_day.map(dec),
            cap_hours_a_week: a_week.map(dec),
            ..Terms::new(TermsId(1), PROJECT, Currency::USD, Pay::PerHour(25.into()))
        });
        kit
    }

    fn earned(kit: &Kit) -> (Decimal, i64) {
        let all = rates(&kit.of(), &Selection::period(DayRange::all()).project(PROJECT), at(NOW));
        (all.recorded, all.hours.paid_secs)
    }

    #[test]
    fn hours_above_the_cap_of_a_day_are_worth_nothing_and_still_count_as_worked() {
        let mut kit = capped(Some("8"), None);
        // Wed 18 Nov: 6 h, then 4 h: 8 × 25 = 200. Thursday has room of its own.
        kit.work(1, 1, "2026-11-18T08:00:00Z", "2026-11-18T14:00:00Z", |_| {});
        kit.work(2, 1, "2026-11-18T15:00:00Z", "2026-11-18T19:00:00Z", |_| {});
        kit.work(3, 1, "2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z", |_| {});
        assert_eq!(earned(&kit), (dec("225"), 11 * 3600));
        let value = |id| value::credited(&kit.book, kit.book.session(SessionId(id)).unwrap(), at(NOW)).unwrap().money;
        assert_eq!((value(1), value(2), value(3)), (usd("150"), usd("50"), usd("25")));
        let used = uses(&kit.book, PROJECT, day("2026-11-18"), at(NOW));
        let expected = CapUse { over: CapOver::Day, used_secs: 8 * 3600, beyond_secs: 2 * 3600, cap_secs: 8 * 3600 };
        assert_eq!(used, [expected]);
        assert!(expected.is_full() && expected.is_near());
    }

    #[test]
    fn the_cap_of_a_week_counts_what_the_days_let_through_and_begins_anew() {
        let mut kit = capped(Some("8"), Some("20"));
        for (id, date) in (1..).zip(["16", "17", "18", "19", "23"]) {
            let (from, until) = (format!("2026-11-{date}T08:00:00Z"), format!("2026-11-{date}T18:00:00Z"));
            kit.work(id, 1, &from, &until, |_| {});
        }
        // Mon 8, Tue 8, Wed 4 are the 20 hours; Thu nothing; the next Monday 8: 28 × 25 = 700.
        let all = rates(&kit.of(), &Selection::period(DayRange::all()).project(PROJECT), at("2026-11-24T20:00:00Z"));
        assert_eq!(all.recorded, dec("700"));
        let used = uses(&kit.book, PROJECT, day("2026-11-19"), at("2026-11-24T20:00:00Z"));
        assert_eq!(used[0].over, CapOver::Week, "the fuller one first");
        assert_eq!((used[0].used_secs, used[1].used_secs), (20 * 3600, 0));
    }

    #[test]
    fn what_the_platform_credited_stands_and_takes_of_the_room() {
        let mut kit = capped(Some("8"), None);
        // It credited 6 of 9 hours: two of the next three still count, 8 × 25 in all.
        kit.work(1, 1, "2026-11-18T06:00:00Z", "2026-11-18T15:00:00Z", |one| one.credited_secs = Some(6 * 3600));
        kit.work(2, 1, "2026-11-18T16:00:00Z", "2026-11-18T19:00:00Z", |_| {});
        let session = |id| kit.book.session(SessionId(id)).unwrap();
        let value = |id| value::credited(&kit.book, session(id), at(NOW)).unwrap().money;
        assert_eq!((value(1), value(2)), (usd("150"), usd("50")));
        // A fact above the cap is one all the same.
        kit.work(1, 1, "2026-11-18T06:00:00Z", "2026-11-18T15:00:00Z", |one| one.credited_secs = Some(9 * 3600));
        let session = |id| kit.book.session(SessionId(id)).unwrap();
        let value = |id| value::credited(&kit.book, session(id), at(NOW)).unwrap().money;
        assert_eq!((value(1), value(2)), (usd("225"), usd("0")));
    }

    #[test]
    fn a_running_timer_fills_the_cap_and_unpaid_time_does_not() {
        let mut kit = capped(Some("8"), None);
        kit.unpaid(1, 1, "2026-11-22T06:00:00Z", "2026-11-22T11:00:00Z");
        kit.put(crate::domain::query::work::testkit::session(2, "2026-11-22T11:00:00Z", None));
        for (now, recorded, near) in
            [("2026-11-22T17:20:00Z", "158.33", false), ("2026-11-22T18:12:00Z", "180", true), (NOW, "200", true)]
        {
            let all = rates(&kit.of(), &Selection::period(DayRange::all()).project(PROJECT), at(now));
            assert_eq!(all.recorded.round_dp(2), dec(recorded), "{now}");
            assert_eq!(uses(&kit.book, PROJECT, day("2026-11-22"), at(now))[0].is_near(), near, "{now}");
        }
    }

    /// Stretches of a week and a half: start in quarter hours, length in quarter hours, credited hours, paid.
    type Stretch = (i64, i64, Option<i64>, bool);

    fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
        prop::collection::vec((0i64..1000, 0i64..60, prop::option::weighted(0.2, 0i64..12), any::<bool>()), 1..14)
    }

    fn worked(kit: &mut Kit, id: u64, (start, length, credited, paid): Stretch) {
        let from = at("2026-11-09T00:00:00Z") + chrono::TimeDelta::minutes(15 * start);
        let mut session = crate::domain::query::work::testkit::session(id, "2026-11-09T00:00:00Z", None);
        session.started_at = from;
        session.ended_at = (id != 3).then(|| from + chrono::TimeDelta::minutes(15 * length));
        session.credited_secs = credited.map(|hours| hours * 3600);
        session.paid = paid;
        kit.put(session);
    }

    proptest! {
        #[test]
        fn the_reading_and_its_following_agree_with_the_value_of_each_session(
            stretches in stretches(),
            edits in prop::collection::vec((0usize..14, stretches().prop_map(|all| all[0])), 0..6),
        ) {
            let mut kit = capped(Some("3"), Some("10"));
            for (id, one) in (1..).zip(&stretches) {
                worked(&mut kit, id, *one);
            }
            let mut followed = kit.of();
            for (at_place, one) in edits {
                worked(&mut kit, (at_place % stretches.len()) as u64 + 1, one);
                followed.follow(&kit.book);
            }
            let now = at("2026-12-01T00:00:00Z");
            let whole = Selection::period(DayRange::all()).project(PROJECT);
            let expected: Decimal = kit
                .book
                .sessions()
                .filter_map(|session| value::credited(&kit.book, session, now).ok())
                .map(|priced| priced.money.amount)
                .sum();
            for work in [&followed, &Work::of(&kit.book)] {
                prop_assert_eq!(rates(work, &whole, now).accepted.round_dp(10), expected.round_dp(10));
            }
        }
    }
}
