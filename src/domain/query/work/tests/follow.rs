//! Following a Book is reading it: after any changes, there and back, every figure is that of a reading from scratch.

use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::testkit::session;
use super::*;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::earning::{DatedState, EarningKind};
use crate::domain::ids::{PayoutId, RateId, ScheduleId};
use crate::domain::money::Currency;
use crate::domain::payout::{Allocation, Payout};
use crate::domain::platform::PlatformKind;
use crate::domain::query::calendar::{calendar, of_work};
use crate::domain::query::hours::{Selection, counted, day_totals};
use crate::domain::query::owed;
use crate::domain::query::rates::{Every, Group, GroupBy, by_month, rates, rows, side_by_side, sides_over_time, tally};
use crate::domain::schedule::{EarningShape, ItemEvent, Lag, Modifiers, Rule, Schedule};
use crate::domain::span::{Now, Timestamp};

/// Numbers that a step is made of.
type Roll = [u32; 6];

/// Twenty settled items of project 1, so that one of them more or less decides whether they teach a share.
fn desk() -> Kit {
    let mut kit = Kit::new();
    kit.rate(1, Currency::GBP, "2026-11-04", "1.3173");
    for n in 0..20u64 {
        let id = kit.earning(100 + n, "10.37", &[]);
        kit.edit_earning(id, |earning| earning.worked = DayRange::day(day("2026-10-20")));
        kit.payout(100 + n, "10.37", Some(usd("9.11")), "2026-10-28", &[(id, "10.37")]);
    }
    kit
}

/// Minutes from the end of October on, so that two months are met.
fn moment(minute: u32) -> Timestamp {
    at("2026-10-28T00:00:00Z") + chrono::TimeDelta::minutes(i64::from(minute % 12_000))
}

fn days(from: u32, long: u32) -> DayRange {
    let first = moment(from).date_naive();
    DayRange::new(first, day_plus(first, i64::from(long % 4)))
}

fn money(number: u32) -> Money {
    let currency = if number.is_multiple_of(5) { Currency::GBP } else { Currency::USD };
    Money::new(Decimal::new(i64::from(number % 9_000) + 1, 2), currency)
}

/// One record set or taken out.
fn edit(book: &Book, [kind, id, a, b, c, d]: Roll) -> Option<Edit> {
    let project = (c % 4 != 0).then(|| ProjectId(u64::from(c % 2) + 1));
    let after: Record = match kind % 16 {
        0..=4 => {
            let mut one = session(u64::from(id % 12) + 1, NOW, None);
            one.started_at = moment(a);
            one.ended_at = (d % 7 != 0).then(|| one.started_at + chrono::TimeDelta::minutes(i64::from(b % 700)));
            one.project = project;
            one.paid = d % 5 != 0;
            one.own_price = (d % 11 == 0).then(|| money(b));
            one.credited_secs = (d % 3 == 0).then_some(i64::from(b % 9_000));
            one.declared_secs = (d % 13 == 0).then_some(1_234);
            one.into()
        }
        5..=8 => {
            let named = (0..b % 4).map(|n| SessionId(u64::from((a + n * (1 + d % 3)) % 14) + 1)).collect();
            let covers = match d % 3 {
                0 => Covers::Sessions(named),
                1 => Covers::Days { project: project.unwrap_or(ProjectId(1)), days: days(a, b) },
                _ => Covers::Nothing,
            };
            let kind = [EarningKind::Work, EarningKind::Bonus, EarningKind::Opening][usize::from(d % 17 == 0) * 2];
            let state = match d % 19 {
                0 => Some(EarningState::Rejected),
                1..=6 => Some(EarningState::Approved(Some(money(a)))),
                _ => None,
            };
            Earning {
                project,
                kind,
                covers,
                states: state.into_iter().map(|state| DatedState { on: day("2026-11-20"), state }).collect(),
                platform_fee: (d % 6 == 0).then(|| usd("0.40")),
                ..Earning::work(
                    EarningId(u64::from(id % 8) + 1),
                    PlatformId(u64::from(b % 2) + 1),
                    money(c),
                    days(a, b),
                )
            }
            .into()
        }
        9..=11 => {
            let part = |n: u32| Allocation { earning: EarningId(u64::from((id + n) % 9) + 1), amount: money(c + n) };
            let received = (d % 4 != 0).then(|| money(b));
            Payout {
                sent_on: Some(moment(a).date_naive()),
                received,
                received_on: received.map(|_| day_plus(moment(a).date_naive(), 3)),
                allocations: (0..d % 3).map(part).collect(),
                ..Payout::new(PayoutId(u64::from(id % 5) + 1), PlatformId(1), money(a))
            }
            .into()
        }
        12 => {
            let rate = (**book.rate(RateId(1))?).clone();
            let on = moment(a).date_naive();
            crate::domain::exchange::ExchangeRate { id: RateId(u64::from(id % 3) + 1), on, ..rate }.into()
        }
        13 => {
            let mut terms = (**book.terms(TermsId(1))?).clone();
            terms.id = TermsId(u64::from(id % 2) * 10 + 1);
            terms.from = (id % 2 == 1).then(|| moment(a).date_naive());
            terms.pay = Pay::PerHour(Decimal::from(b % 40));
            terms.into()
        }
        14 => {
            let earning = EarningShape::ItemClock {
                zone: chrono_tz::Asia::Kolkata,
                event: ItemEvent::Submitted,
                lag: Lag::days(b % 9, b % 9),
                per_task_lag: None,
            };
            let rule = Rule { earning, release: None, modifiers: Modifiers::default() };
            Schedule::of(ScheduleId(u64::from(id % 2) + 1), PlatformId(u64::from(c % 2) + 1), rule).into()
        }
        _ => match d % 4 {
            0 => {
                let mut platform = (**book.platform(PlatformId(1))?).clone();
                platform.kind = if b % 2 == 0 { PlatformKind::Employer } else { PlatformKind::Contractor };
                platform.into()
            }
            1 => {
                let mut project = (**book.project(ProjectId(1))?).clone();
                project.platform_fee_percent = Some(Decimal::from(b % 30));
                project.into()
            }
            2 => {
                let mut project = (**book.project(ProjectId(1))?).clone();
                project.platform = PlatformId(u64::from(b % 2) + 1);
                project.into()
            }
            _ => {
                let mut settings = (**book.settings()).clone();
                settings.day_start_minutes = (b % 3) * 240;
                settings.home_currency = if b % 7 == 0 { Currency::GBP } else { Currency::USD };
                settings.into()
            }
        },
    };
    let key = after.key();
    let before = book.record(key);
    let goes = d % 5 == 4 && matches!(key, Key::Session(_) | Key::Earning(_) | Key::Payout(_) | Key::Rate(_));
    Edit::from_sides(before, Some(after).filter(|_| !goes))
}

fn same(followed: &Work, book: &Book) -> Result<(), TestCaseError> {
    let scratch = Work::of(book);
    let now = Now { at: at("2026-11-30T00:00:00Z"), zone: chrono_tz::UTC };
    for place in scratch.shelf.taken() {
        let piece = scratch.shelf.piece(place).unwrap();
        let other = followed.shelf.place(piece.session.id).unwrap();
        let held = followed.shelf.piece(other).unwrap();
        prop_assert_eq!((held.day, held.own_secs()), (piece.day, piece.own_secs()));
        prop_assert_eq!((held.schedule_day(), held.room_secs()), (piece.schedule_day(), piece.room_secs()));
        prop_assert_eq!(followed.estimates.get(&other), scratch.estimates.get(&place));
        let parts = |work: &Work, at: Place| -> Vec<_> {
            let moment = work.at(piece.session.started_at);
            moment.parts(at).map(|part| (part.earning.id, part.settled, part.covers, part.worth, part.value)).collect()
        };
        prop_assert_eq!(parts(followed, other), parts(&scratch, place));
    }
    prop_assert_eq!(followed.shelf.taken().count(), scratch.shelf.taken().count());
    prop_assert_eq!(followed.estimates.len(), scratch.estimates.len());
    prop_assert_eq!(followed.sums(), scratch.sums());
    prop_assert_eq!(&followed.adding, &scratch.adding);
    prop_assert_eq!(followed.shelf.latest_ends(), scratch.shelf.latest_ends());
    prop_assert_eq!(&followed.live, &scratch.live);
    prop_assert_eq!(&followed.unsettled, &scratch.unsettled);
    prop_assert_eq!(followed.taught.shares(), scratch.taught.shares());
    prop_assert_eq!(followed.owing(), scratch.owing());
    prop_assert_eq!(followed.uncovered(), scratch.uncovered());
    let all = Selection::period(DayRange::all());
    let two_days = Selection::period(DayRange::new(day("2026-10-31"), day("2026-11-01")));
    for selection in [all.clone(), all.clone().settled(), all.platform(PlatformId(1)), two_days] {
        prop_assert_eq!(rates(followed, &selection, now.at), rates(&scratch, &selection, now.at));
        prop_assert_eq!(rows(followed, &selection, now.at), rows(&scratch, &selection, now.at));
        prop_assert_eq!(day_totals(followed, &selection, now.at), day_totals(&scratch, &selection, now.at));
        prop_assert_eq!(by_month(followed, &selection, now.at), by_month(&scratch, &selection, now.at));
        let sides = |work| side_by_side(work, &selection, GroupBy::Project, now.at);
        prop_assert_eq!(sides(followed), sides(&scratch));
    }
    prop_assert_eq!(of_work(followed, now, None), calendar(book, now));
    sums_up(followed, now.at)?;
    watches(followed, book)
}

/// Figures that are taken from sums are those that a count of every session gives.
fn sums_up(followed: &Work, now: Timestamp) -> Result<(), TestCaseError> {
    let moment = followed.at(now);
    let count = |selection: &Selection| {
        tally(&moment, &counted(&moment, selection), &moment.loose(selection), selection.settled_only)
    };
    let all = Selection::period(DayRange::all());
    let most = Selection::period(DayRange::new(day("2026-09-30"), day("2026-12-01")));
    for selection in [all.clone(), most, all.clone().platform(PlatformId(2)), all.clone().project(ProjectId(1))] {
        prop_assert_eq!(rates(followed, &selection, now), count(&selection));
        let months = by_month(followed, &selection, now);
        let days = |days| Selection { days, ..selection.clone() };
        for (month, of_month) in &months {
            prop_assert_eq!(of_month, &count(&days(*month)));
        }
        let hours: i64 = months.iter().map(|(_, of_month)| of_month.hours.own_secs).sum();
        prop_assert_eq!(hours, count(&selection).hours.own_secs);
    }
    for side in sides_over_time(followed, &all, GroupBy::Platform, Every::Month, now) {
        let Group::Platform(platform) = side.group else { continue };
        let of_side = all.clone().platform(platform);
        prop_assert_eq!(&side.whole, &count(&of_side));
        prop_assert_eq!(side.buckets, by_month(followed, &of_side, now));
    }
    Ok(())
}

/// What is found without a walk is what a walk over the Book finds.
fn watches(followed: &Work, book: &Book) -> Result<(), TestCaseError> {
    let mut began: BTreeMap<ProjectId, NaiveDate> = BTreeMap::new();
    for session in book.sessions() {
        if let Some(project) = session.project {
            let first = began.entry(project).or_insert(NaiveDate::MAX);
            *first = book.day_of(session).min(*first);
        }
    }
    prop_assert_eq!(followed.began(&began.keys().copied().collect()), began);
    let (covering, coverage) = (followed.covering(), Coverage::of(book));
    for session in book.sessions().filter(|session| session.paid) {
        prop_assert_eq!(covering.earning_of(session), coverage.earning_of(book, session));
        let names =
            |earning: &&Arc<Earning>| matches!(&earning.covers, Covers::Sessions(named) if named.contains(&session.id));
        prop_assert_eq!(
            covering.times_named(followed.shelf.place(session.id).unwrap(), session.id),
            book.earnings().filter(names).count()
        );
    }
    let calendar = calendar(book, Now { at: at("2026-11-30T00:00:00Z"), zone: chrono_tz::UTC });
    let mut open = owed::owed(book, &calendar);
    open.retain(|row| !row.state.is_settled());
    prop_assert_eq!(owed::unsettled(followed, &calendar), open);
    let in_book = |fits: &dyn Fn(&Earning) -> bool| -> Vec<Arc<Earning>> {
        book.earnings().filter(|earning| fits(earning)).cloned().collect()
    };
    let found = |earnings: Vec<&Arc<Earning>>| -> Vec<Arc<Earning>> { earnings.into_iter().cloned().collect() };
    let days = DayRange::new(day("2026-10-30"), day("2026-11-02"));
    let meets = |one: &Earning| one.worked.first <= days.last && days.first <= one.worked.last;
    prop_assert_eq!(found(followed.earnings_of(days)), in_book(&meets));
    let refused = |one: &Earning| one.state() == Some(EarningState::Rejected);
    prop_assert_eq!(found(followed.refused_since(day("2026-11-20"))), in_book(&refused));
    prop_assert_eq!(followed.refused_since(day("2026-11-21")).len(), 0);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn following_any_changes_and_taking_them_back_is_reading_anew(
        steps in proptest::collection::vec((any::<Roll>(), 0u8..8), 1..24),
    ) {
        let mut kit = desk();
        let mut followed = kit.of();
        let mut before = vec![kit.book.clone()];
        for (roll, step) in steps {
            match step {
                // Several steps back at once: a Book is followed to any other.
                0 => {
                    let back = before.len().saturating_sub(1 + usize::from(roll[0] % 3 == 0) * 2);
                    kit.book = before[back].clone();
                }
                1 => {
                    let edits: Vec<Edit> = (0..6)
                        .filter_map(|n| edit(&kit.book, roll.map(|number| number.wrapping_mul(n * 2 + 1))))
                        .collect();
                    let mut seen = BTreeSet::new();
                    let once = edits.into_iter().filter(|edit| seen.insert(edit.key())).collect();
                    kit.book.apply(&Change::new(once));
                }
                _ => {
                    if let Some(edit) = edit(&kit.book, roll) {
                        kit.book.apply(&Change::new(vec![edit]));
                    }
                }
            }
            followed.follow(&kit.book);
            same(&followed, &kit.book)?;
            before.push(kit.book.clone());
        }
    }
}

#[test]
fn a_session_that_comes_back_is_found_by_the_earning_that_names_it() {
    let mut kit = Kit::new();
    let id = kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    kit.earning(1, "50", &[id]);
    let mut work = kit.of();
    let whole = kit.book.clone();
    let gone = Edit::delete(Arc::clone(kit.book.session(id).unwrap()));
    kit.book.apply(&Change::new(vec![gone]));
    work.follow(&kit.book);
    assert_eq!(work.loose.len(), 1, "the earning stands by itself");
    work.follow(&whole);
    assert!(work.loose.is_empty());
    assert_eq!(rates(&work, &Selection::period(DayRange::all()), at(NOW)).received, dec("50"));
}

#[test]
fn the_twentieth_settled_item_moves_what_open_work_of_its_project_counts() {
    let mut kit = desk();
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    let mut work = kit.of();
    let received = |work: &Work| {
        let days = DayRange::day(day("2026-11-20"));
        rates(work, &Selection::period(days), at(NOW)).received.round_dp(2)
    };
    // Two hours at $25, of which settled work brought 9.11 of each 10.37.
    assert_eq!(received(&work), dec("43.92"));
    let paid = Arc::clone(kit.book.payout(PayoutId(119)).unwrap());
    kit.book.apply(&Change::new(vec![Edit::delete(paid)]));
    work.follow(&kit.book);
    assert_eq!(received(&work), dec("50"));
}
