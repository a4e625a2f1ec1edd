//! Landed, as a worker on Outlier would meet it: weeks from Tuesday to Monday UTC, paid the Tuesday after.

use std::sync::Arc;

use chrono::{NaiveTime, Weekday};
use rust_decimal::Decimal;

use super::*;
use crate::domain::book::Book;
use crate::domain::change::Record;
use crate::domain::command::{Command, plan};
use crate::domain::ids::{PlatformId, ProjectId, ScheduleId, SessionId, TermsId};
use crate::domain::money::Currency;
use crate::domain::platform::{Platform, Project};
use crate::domain::query::calendar::{Expected, Part, calendar};
use crate::domain::query::hours::Selection;
use crate::domain::query::rates::{self, Step};
use crate::domain::query::work::Work;
use crate::domain::schedule::{Cycle, EarningShape, PayDay, Rule, Schedule};
use crate::domain::session::Session;
use crate::domain::settings::Settings;
use crate::domain::span::DayRange;
use crate::domain::terms::{Pay, Terms};
use crate::domain::testing::usd;

const OUTLIER: PlatformId = PlatformId(1);

pub(in crate::domain::command) fn now(text: &str) -> Now {
    Now { at: text.parse().unwrap(), zone: chrono_tz::UTC }
}

/// A worker on Outlier with three sessions, the last over a week's end.
pub(in crate::domain::command) fn book() -> Book {
    let platform = Platform::new(OUTLIER, "Outlier", Currency::USD);
    let schedule = Schedule::of(
        ScheduleId(1),
        OUTLIER,
        Rule::of(EarningShape::PeriodBatch {
            cycle: Cycle::Weeks { every: 1, starts: Weekday::Tue, anchor: None },
            zone: chrono_tz::UTC,
            starts_at: NaiveTime::MIN,
            pay_day: PayDay::Weekday { weekday: Weekday::Tue, weeks_later_min: 0, weeks_later_max: 0 },
        }),
    );
    let project = |id: u64, name: &str| Project::new(ProjectId(id), OUTLIER, name);
    let terms = |id: u64, rate: i64| Terms::new(TermsId(id), ProjectId(id), Currency::USD, Pay::PerHour(rate.into()));
    let mut edits = vec![Edit::create(platform), Edit::create(schedule)];
    for (id, name, rate) in [(1, "Aloe", 25), (2, "Lantern", 30)] {
        edits.push(Edit::create(project(id, name)));
        edits.push(Edit::create(terms(id, rate)));
    }
    // Wed 11 Nov: 2 h Aloe; Thu 12 Nov: 1 h Lantern; Mon 16 Nov 23:00 to Tue 17 Nov 01:00: over the week's end.
    for (id, project, from, until) in [
        (1, 1, "2026-11-11T09:00:00Z", "2026-11-11T11:00:00Z"),
        (2, 2, "2026-11-12T09:00:00Z", "2026-11-12T10:00:00Z"),
        (3, 1, "2026-11-16T23:00:00Z", "2026-11-17T01:00:00Z"),
    ] {
        edits.push(Edit::create(Session {
            ended_at: Some(until.parse().unwrap()),
            project: Some(ProjectId(project)),
            ..Session::begun(SessionId(id), from.parse().unwrap(), chrono_tz::UTC)
        }));
    }
    let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
    book.apply(&Change::new(edits));
    book
}

/// The week of Tue 10 to Mon 16 Nov: 2 h × $25 + 1 h × $30 + 1 h × $25.
pub(in crate::domain::command) fn week(book: &Book) -> Expected {
    let calendar = calendar(book, now("2026-11-18T12:00:00Z"));
    calendar
        .expected
        .into_iter()
        .find(|expected| expected.key.part == Part::Period("2026-11-10".parse().unwrap()))
        .unwrap()
}

pub(in crate::domain::command) fn landing(book: &Book, received: Money, difference: Option<Difference>) -> Landing {
    Landing {
        key: week(book).key,
        on: "2026-11-17".parse().unwrap(),
        received,
        difference,
        payout: PayoutId(900),
        earning_seed: EarningId(500),
    }
}

fn landed(received: Money, difference: Option<Difference>) -> Book {
    let mut book = book();
    let command = Command::Land(Box::new(landing(&book, received, difference)));
    let change = plan(&book, &command, now("2026-11-18T12:00:00Z")).unwrap();
    let before = book.clone();
    book.apply(&change);
    let mut undone = book.clone();
    undone.apply(&change.reversed());
    assert_eq!(undone, before, "landing is one step of undo");
    book
}

fn open(book: &Book) -> Money {
    let calendar = calendar(book, now("2026-11-18T12:00:00Z"));
    usd("0").with(calendar.expected.iter().map(|expected| expected.gross.amount).sum())
}

fn settled(book: &Book) -> Money {
    usd("0").with(book.payouts().flat_map(|payout| &payout.allocations).map(|part| part.amount.amount).sum())
}

fn recorded(book: &Book) -> Decimal {
    rates::rates(&Work::of(book), &Selection::period(DayRange::all()), now("2026-11-18T12:00:00Z").at)
        .money(Step::Recorded)
        .unwrap()
}

#[test]
fn what_was_expected_lands_and_leaves_the_open_money() {
    let before = book();
    assert_eq!(week(&before).gross, usd("105.00"));
    assert_eq!(open(&before), usd("130.00"));
    let book = landed(usd("105.00"), None);
    let calendar = calendar(&book, now("2026-11-18T12:00:00Z"));
    assert!(calendar.expected.iter().all(|expected| expected.key != week(&before).key));
    assert_eq!(calendar.landed.len(), 1);
    assert_eq!(settled(&book), usd("105.00"));
    // The hour after the week's end is still expected the week after, and nothing is counted twice.
    assert_eq!(open(&book), usd("25.00"));
    assert_eq!(recorded(&book), recorded(&before));
    // One earning a project, and one for the hour that belongs to the next week.
    assert_eq!(book.earnings().count(), 3);
}

#[test]
fn another_amount_asks_why() {
    let book = book();
    let command = Command::Land(Box::new(landing(&book, usd("100.00"), None)));
    let refused = plan(&book, &command, now("2026-11-18T12:00:00Z")).unwrap_err();
    assert_eq!(refused.field, Field::Difference);
    assert_eq!(refused.to_string(), "100.00 USD instead of 105.00 USD: say why");
}

#[test]
fn a_fee_or_tax_settles_all_of_it() {
    for difference in [Difference::Fee, Difference::Exchange, Difference::TaxWithheld] {
        let book = landed(usd("102.00"), Some(difference));
        assert_eq!((settled(&book), open(&book)), (usd("105.00"), usd("25.00")), "{difference:?}");
        let payout = book.payouts().next().unwrap();
        assert_eq!((payout.gross, payout.received), (usd("105.00"), Some(usd("102.00"))));
        let tax = (difference == Difference::TaxWithheld).then_some(usd("3.00"));
        assert_eq!(payout.tax_withheld, tax);
    }
}

#[test]
fn the_rest_that_comes_later_stays_open() {
    for difference in [Difference::RestLater, Difference::Unexplained] {
        let book = landed(usd("80.00"), Some(difference));
        assert_eq!((settled(&book), open(&book)), (usd("80.00"), usd("50.00")), "{difference:?}");
    }
}

#[test]
fn a_rejected_part_is_cut_from_all_in_proportion_and_is_owed_no_more() {
    let book = landed(usd("52.50"), Some(Difference::PartRejected));
    assert_eq!((settled(&book), open(&book)), (usd("52.50"), usd("25.00")));
    let owed: Decimal = book.earnings().map(|earning| earning.owed().amount).sum();
    assert_eq!(owed, usd("77.50").amount);
}

#[test]
fn more_than_owed_is_accepted_and_the_surplus_stands_as_unexplained() {
    let book = landed(usd("110.00"), None);
    let payout = book.payouts().next().unwrap();
    assert_eq!(payout.unallocated(), usd("5.00"));
    assert_eq!(payout.difference, Some(Difference::Unexplained));
    assert_eq!(open(&book), usd("25.00"));
}

#[test]
fn another_currency_is_an_exchange_of_the_whole() {
    let euros = Money::new(Decimal::from(90), Currency::EUR);
    let book = landed(euros, None);
    let payout = book.payouts().next().unwrap();
    assert_eq!(
        (payout.gross, payout.received, payout.difference),
        (usd("105.00"), Some(euros), Some(Difference::Exchange))
    );
    assert_eq!(settled(&book), usd("105.00"));
}

#[test]
fn a_running_timer_is_left_out_and_goes_on() {
    let mut book = book();
    let mut running = (**book.session(SessionId(3)).unwrap()).clone();
    let before = running.clone();
    running.ended_at = None;
    book.apply(&Change::new(
        Edit::from_sides(Some(Record::from(before)), Some(Record::from(running))).into_iter().collect(),
    ));
    assert_eq!(settleable_gross(&book, &week(&book)), usd("80.00"));
    let command = Command::Land(Box::new(landing(&book, usd("80.00"), None)));
    let change = plan(&book, &command, now("2026-11-18T12:00:00Z")).unwrap();
    book.apply(&change);
    assert_eq!(book.open_sessions().count(), 1);
    assert_eq!(week(&book).gross, usd("25.00"));
}

#[test]
fn what_is_not_expected_any_more_or_lies_in_the_future_is_refused() {
    let mut gone = landing(&book(), usd("105.00"), None);
    gone.key.part = Part::Period("2026-10-06".parse().unwrap());
    let mut future = landing(&book(), usd("105.00"), None);
    future.on = "2026-11-19".parse().unwrap();
    let refuse =
        |landing: Landing| plan(&book(), &Command::Land(Box::new(landing)), now("2026-11-18T12:00:00Z")).unwrap_err();
    assert_eq!(refuse(gone).refusal, Refusal::NotExpected);
    assert_eq!(refuse(future).field, Field::Day);
    let mut early = landing(&book(), usd("105.00"), None);
    early.on = "2020-01-01".parse().unwrap();
    assert_eq!(refuse(early).to_string(), "Lies before the work, which began on Wed 11 Nov 2026");
    assert_eq!(refuse(landing(&book(), usd("-0.01"), None)).field, Field::Amount);
}

/// The same week on a platform that keeps 10 %: $105.00, of which $94.50 should arrive.
fn with_fee() -> Book {
    let mut book = book();
    let before = Arc::clone(book.schedules().next().unwrap());
    let mut after = (*before).clone();
    let percent = Some(Decimal::TEN);
    after.rule.modifiers.platform_fee = Some(crate::domain::route::Fee { percent, ..Default::default() });
    book.apply(&Change::replace(&before, after));
    book
}

fn payout_of(mut book: Book, received: Money, difference: Option<Difference>) -> (Payout, Book) {
    let command = Command::Land(Box::new(landing(&book, received, difference)));
    let change = plan(&book, &command, now("2026-11-18T12:00:00Z")).unwrap();
    book.apply(&change);
    let payout = (**book.payouts().next().unwrap()).clone();
    (payout, book)
}

#[test]
fn each_reason_is_recorded_as_the_figure_that_it_is() {
    let of = |difference| payout_of(book(), usd("102.00"), Some(difference)).0;
    let fee = of(Difference::Fee);
    assert_eq!((fee.payout_fee(), fee.platform_fee, fee.tax_withheld), (Some(usd("3.00")), None, None));
    let platform = of(Difference::PlatformFee);
    assert_eq!((platform.payout_fee(), platform.platform_fee), (None, Some(usd("3.00"))));
    assert_eq!(of(Difference::TaxWithheld).tax_withheld, Some(usd("3.00")));
    // 102 ÷ 105, to ten decimals.
    assert_eq!(of(Difference::Exchange).rate(), Some("0.9714285714".parse().unwrap()));
    let kes = Money::new("13125".parse().unwrap(), "KES".parse().unwrap());
    let abroad = payout_of(book(), kes, None).0;
    assert_eq!((abroad.rate(), abroad.legs[0].arrived), (Some(125.into()), Some(kes)));
}

#[test]
fn known_fees_are_recorded_and_the_reason_tells_of_the_rest() {
    let (whole, _) = payout_of(with_fee(), usd("94.50"), None);
    assert_eq!((whole.gross, whole.platform_fee, whole.difference), (usd("105.00"), Some(usd("10.50")), None));
    let (wired, after) = payout_of(with_fee(), usd("91.50"), Some(Difference::Fee));
    assert_eq!((wired.platform_fee, wired.payout_fee()), (Some(usd("10.50")), Some(usd("3.00"))));
    assert_eq!(open(&after), usd("25.00"));
    // Between what should arrive and what is owed the known fee can't have been taken off.
    let (between, _) = payout_of(with_fee(), usd("100.00"), Some(Difference::Fee));
    assert_eq!((between.platform_fee, between.payout_fee()), (None, Some(usd("5.00"))));
}

#[test]
fn of_a_part_the_known_fee_was_taken_off_in_proportion() {
    let (half, after) = payout_of(with_fee(), usd("45.00"), Some(Difference::RestLater));
    assert_eq!((half.gross, half.platform_fee), (usd("50.00"), Some(usd("5.00"))));
    assert_eq!(open(&after), usd("80.00"), "$55.00 of the week stay open");
}

#[test]
fn a_rest_that_is_rejected_leaves_what_was_paid_before_accepted() {
    let (_, mut book) = payout_of(book(), usd("100.00"), Some(Difference::RestLater));
    let rest = week(&book);
    assert_eq!(rest.gross, usd("5.00"));
    let landing = Landing {
        payout: PayoutId(901),
        earning_seed: EarningId(901),
        ..landing(&book, usd("2.00"), Some(Difference::PartRejected))
    };
    book.apply(&plan(&book, &Command::Land(Box::new(landing)), now("2026-11-18T12:00:00Z")).unwrap());
    assert_eq!(open(&book), usd("25.00"));
    let owed: Decimal = book.earnings().map(|earning| earning.owed().amount).sum();
    assert_eq!(owed, usd("127.00").amount, "$102.00 of the week were accepted");
}
