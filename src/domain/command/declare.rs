//! Hours without clock times: "last week, 22 h, $410".
//!
//! A session a day of the range, each with its part of the hours and of the amount, so that days, weeks, months and a
//! platform's windows each get their own (`docs/decisions/0012-declared-hours.md`). Minutes and cents go by largest
//! remainder, the earlier day first: the parts sum to what was said.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::check;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::money::{Money, split_by_weight};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::session::{Activity, Rare, Seldom, Session};
use crate::domain::span::{DayRange, Now, user_day};

/// Hours to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Where the ids of the sessions are counted on from.
    pub id_seed: SessionId,
    /// What was worked on; may be named later.
    pub project: Option<ProjectId>,
    /// What the time went to.
    pub activity: Activity,
    /// The user's days of it.
    pub days: DayRange,
    /// Own seconds over all days.
    pub secs: i64,
    /// What it pays in all, where known; time with an amount is paid, whatever the activity.
    pub amount: Option<Money>,
    /// A note, on each day's session.
    pub note: String,
}

pub(super) fn plan(book: &Book, declared: &Declared, now: Now) -> Result<Change, Refused> {
    if let Some(id) = declared.project
        && book.project(id).is_none()
    {
        return Err(Refusal::Gone(Key::Project(id)).into());
    }
    let day_start = book.settings().day_start_minutes;
    let today = user_day(now.at, now.zone, day_start);
    if declared.days.last > today {
        return Err(Refusal::DayInTheFuture(today).at(Field::Day));
    }
    if declared.secs <= 0 {
        return Err(Refusal::NoTime.at(Field::End));
    }
    let days = declared.days.len_days();
    if days > check::limits::DECLARED_DAYS {
        let most = u32::try_from(check::limits::DECLARED_DAYS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany(u32::try_from(days).unwrap_or(u32::MAX), most).at(Field::Day));
    }
    if declared.secs > days.saturating_mul(24 * 3600) {
        return Err(Refusal::DayTooShort.at(Field::End));
    }
    if declared.secs < days.saturating_mul(60) {
        return Err(Refusal::TooLittleADay.at(Field::End));
    }
    if let Some(amount) = declared.amount {
        check::positive_amount(amount)?;
    }
    let parts = day_parts(declared.days, declared.secs, declared.amount);
    let ids = (0..).map(|step| SessionId(declared.id_seed.0.wrapping_add(step)));
    let mut edits = Vec::with_capacity(parts.len());
    for ((day, (secs, amount)), id) in declared.days.days().zip(parts).zip(ids) {
        let at = Session::declared_at(day, now.zone, day_start, now.at);
        let session = Session {
            ended_at: Some(at),
            project: declared.project,
            activity: declared.activity,
            paid: declared.activity.usually_paid() || declared.amount.is_some(),
            seldom: Seldom {
                own_price: amount,
                rare: Rare { declared_secs: Some(secs), note: declared.note.clone(), ..Rare::default() }.into(),
                ..Seldom::default()
            }
            .into(),
            ..Session::begun(id, at, now.zone)
        };
        // A day whose part of the amount is below the minor unit has none, and says so.
        check::session(&session, now).map_err(|refused| {
            if refused.field == Field::Rate { refused.refusal.at(Field::Amount) } else { refused }
        })?;
        edits.push(Edit::create(session));
    }
    Ok(Change::new(edits))
}

/// Credits whose hours are to be logged as the platform counts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditedHours {
    /// Where the ids of the sessions are counted on from.
    pub id_seed: SessionId,
    /// The credits; those without hours or without a project are passed over.
    pub earnings: Vec<EarningId>,
}

/// What is written beside hours that nobody clocked.
const AS_CREDITED: &str = "as the platform counts it";

pub(super) fn plan_credited(book: &Book, credited: &CreditedHours, now: Now) -> Result<Change, Refused> {
    let mut of_days: BTreeMap<(ProjectId, NaiveDate), i64> = BTreeMap::new();
    for id in &credited.earnings {
        let earning = book.earning(*id).ok_or(Refusal::Gone(Key::Earning(*id)))?;
        if let (Some(project), Some(secs)) = (earning.project, earning.credited_secs) {
            for (day, (secs, _)) in earning.worked.days().zip(day_parts(earning.worked, secs, None)) {
                let sum = of_days.entry((project, day)).or_default();
                *sum = sum.saturating_add(secs);
            }
        }
    }
    of_days.retain(|_, secs| *secs > 0);
    if of_days.is_empty() {
        return Err(Refusal::NoTime.at(Field::End));
    }
    let day_start = book.settings().day_start_minutes;
    let today = user_day(now.at, now.zone, day_start);
    let ids = (0..).map(|step| SessionId(credited.id_seed.0.wrapping_add(step)));
    let mut edits = Vec::with_capacity(of_days.len());
    for (((project, day), secs), id) in of_days.into_iter().zip(ids) {
        if day > today {
            return Err(Refusal::DayInTheFuture(today).at(Field::Day));
        }
        let at = Session::declared_at(day, now.zone, day_start, now.at);
        let rare = Rare { declared_secs: Some(secs), note: AS_CREDITED.to_owned(), ..Rare::default() };
        let session = Session {
            ended_at: Some(at),
            project: Some(project),
            seldom: rare.into(),
            ..Session::begun(id, at, now.zone)
        };
        check::session(&session, now)?;
        edits.push(Edit::create(session));
    }
    Ok(Change::new(edits))
}

/// The part of each day in order: seconds, and money where there is some. They sum to the whole.
#[must_use]
pub fn day_parts(days: DayRange, secs: i64, amount: Option<Money>) -> Vec<(i64, Option<Money>)> {
    let count = days.len_days().max(1);
    let (minutes, below) = (secs.div_euclid(60), secs.rem_euclid(60));
    let (each, more) = (minutes.div_euclid(count), minutes.rem_euclid(count));
    let weights: Vec<Decimal> = (0..count).map(|_| Decimal::ONE).collect();
    let money = amount.map(|amount| split_by_weight(amount, &weights));
    (0..count)
        .enumerate()
        .map(|(at, day)| {
            let minutes = each + i64::from(day < more);
            let below = if day + 1 == count { below } else { 0 };
            (minutes * 60 + below, money.as_ref().and_then(|parts| parts.get(at)).copied())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{Command, plan, words};
    use crate::domain::earning::{DatedState, EarningState};
    use crate::domain::query::calendar::calendar;
    use crate::domain::query::hours::Selection;
    use crate::domain::query::overlaps::{gaps, overlaps};
    use crate::domain::query::rates::rates;
    use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
    use crate::domain::refusal::Refusal;
    use proptest::prelude::*;

    fn now() -> Now {
        Now { at: at("2026-11-27T20:00:00Z"), zone: chrono_tz::Europe::Berlin }
    }

    #[test]
    fn credited_hours_are_logged_on_their_days_and_cover_all_of_the_credit() {
        let mut kit = Kit::new();
        for (id, amount, on, secs) in [
            (1, "50", "2026-11-10", Some(7_200)),
            (2, "10", "2026-11-10", Some(1_800)),
            (3, "25", "2026-11-12", Some(3_600)),
            (4, "20", "2026-11-13", None),
        ] {
            kit.credit(id, amount, on);
            kit.edit_earning(EarningId(id), |earning| {
                earning.credited_secs = secs;
                earning.states = vec![DatedState { on: day(on), state: EarningState::Approved(None) }];
            });
        }
        let of = |earnings: &[u64]| {
            let earnings = earnings.iter().map(|id| EarningId(*id)).collect();
            Command::LogCredited(CreditedHours { id_seed: SessionId(100), earnings })
        };
        let change = plan(&kit.book, &of(&[1, 2, 3, 4]), now()).unwrap();
        let mut book = kit.book.clone();
        book.apply(&change);
        let logged: Vec<_> =
            book.sessions().map(|session| (book.day_of(session), session.declared_secs, session.paid)).collect();
        assert_eq!(logged, [(day("2026-11-10"), Some(9_000), true), (day("2026-11-12"), Some(3_600), true)]);
        assert!(book.sessions().all(|session| session.note == AS_CREDITED));
        let work = crate::domain::query::work::Work::of(&book);
        let days = DayRange::new(day("2026-11-10"), day("2026-11-12"));
        let rates = rates(&work, &Selection::period(days), now().at);
        assert_eq!(
            (rates.hours.paid_secs, rates.accepted),
            (12_600, dec("85")),
            "85 dollars in three and a half hours"
        );
        for (nothing, why) in [(of(&[4]), Refusal::NoTime), (of(&[9]), Refusal::Gone(Key::Earning(EarningId(9))))] {
            assert_eq!(plan(&book, &nothing, now()).unwrap_err().refusal, why);
        }
    }

    fn week() -> Declared {
        Declared {
            id_seed: SessionId(100),
            project: Some(ProjectId(1)),
            activity: Activity::PaidWork,
            days: DayRange::new(day("2026-11-16"), day("2026-11-22")),
            secs: 22 * 3600,
            amount: Some(usd("410")),
            note: "from the dashboard".into(),
        }
    }

    fn added(of: Declared) -> Book {
        let mut book = Kit::new().book;
        let change = plan(&book, &Command::DeclareHours(Box::new(of)), now()).unwrap();
        book.apply(&change);
        book
    }

    #[test]
    fn a_week_counts_in_hours_rates_and_what_is_not_yet_paid() {
        let book = added(week());
        assert_eq!(book.sessions().count(), 7);
        let work = crate::domain::query::work::Work::of(&book);
        let of = |first, last| Selection::period(DayRange::new(day(first), day(last)));
        let whole = rates(&work, &of("2026-11-16", "2026-11-22"), now().at);
        assert_eq!((whole.hours.own_secs, whole.hours.paid_secs), (22 * 3600, 22 * 3600));
        assert_eq!((whole.recorded, whole.received), (dec("410"), dec("410")));
        // Each day has its part: 22 h are 1320 minutes, 188 or 189 a day.
        assert_eq!(rates(&work, &of("2026-11-16", "2026-11-16"), now().at).hours.own_secs, 189 * 60);
        assert_eq!(rates(&work, &of("2026-11-22", "2026-11-22"), now().at).hours.own_secs, 188 * 60);
        let open: Decimal = calendar(&book, now()).expected.iter().map(|expected| expected.gross.amount).sum();
        assert_eq!(open, dec("410"));
    }

    #[test]
    fn they_overlap_nothing_and_leave_no_gap() {
        let mut book = added(week());
        let clock =
            crate::domain::query::work::testkit::session(1, "2026-11-18T10:00:00Z", Some("2026-11-18T15:00:00Z"));
        book.apply(&Change::create(clock));
        assert!(overlaps(book.sessions(), now().at).is_empty());
        assert!(gaps(book.sessions(), now().at).is_empty());
    }

    #[test]
    fn each_stands_on_its_day_also_where_the_day_starts_late() {
        let mut kit = Kit::new();
        kit.settings(|settings| settings.day_start_minutes = 240);
        let change = plan(&kit.book, &Command::DeclareHours(Box::new(week())), now()).unwrap();
        kit.book.apply(&change);
        let days: Vec<_> = kit.book.sessions().map(|session| kit.book.day_of(session)).collect();
        assert_eq!(days, week().days.days().collect::<Vec<_>>());
    }

    #[test]
    fn an_amount_makes_the_time_paid_and_none_leaves_it_to_the_activity() {
        let tested = added(Declared { activity: Activity::Assessment, ..week() });
        assert!(tested.sessions().all(|session| session.paid && session.own_price.is_some()));
        let unpaid = added(Declared { activity: Activity::Assessment, amount: None, ..week() });
        assert!(unpaid.sessions().all(|session| !session.paid && session.own_price.is_none()));
        let command = Command::DeclareHours(Box::new(week()));
        assert_eq!(words(&Kit::new().book, &command), "Add hours of Project 1");
    }

    #[test]
    fn what_cannot_be_is_refused_at_its_field() {
        let refused = |of: Declared| plan(&Kit::new().book, &Command::DeclareHours(Box::new(of)), now()).unwrap_err();
        let in_a_week = Declared { days: DayRange::new(day("2026-11-23"), day("2026-11-29")), ..week() };
        assert_eq!(refused(in_a_week).to_string(), "Lies in the future: today is Fri 27 Nov 2026");
        let cases = [
            (Declared { secs: 0, ..week() }, Field::End, Refusal::NoTime),
            (Declared { secs: 169 * 3600, ..week() }, Field::End, Refusal::DayTooShort),
            (Declared { secs: 360, ..week() }, Field::End, Refusal::TooLittleADay),
            (Declared { amount: Some(usd("0.03")), ..week() }, Field::Amount, Refusal::NotAboveZero(dec("0"))),
        ];
        for (of, field, refusal) in cases {
            let refused = refused(of);
            assert_eq!((refused.field, refused.refusal), (field, refusal));
        }
        let years = Declared { days: DayRange::new(day("2020-01-01"), day("2026-11-22")), ..week() };
        assert_eq!(refused(years).field, Field::Day);
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_what_was_said(days in 0i64..60, secs in 3_600i64..2_000_000, cents in 100i64..10_000_000) {
            let first = day("2026-01-01");
            let range = DayRange::new(first, crate::domain::span::day_plus(first, days));
            let amount = Money::new(Decimal::new(cents, 2), usd("1").currency);
            let parts = day_parts(range, secs, Some(amount));
            prop_assert_eq!(i64::try_from(parts.len()), Ok(range.len_days()));
            prop_assert_eq!(parts.iter().map(|(secs, _)| secs).sum::<i64>(), secs);
            prop_assert_eq!(parts.iter().filter_map(|(_, part)| *part).map(|part| part.amount).sum::<Decimal>(), amount.amount);
        }
    }
}
