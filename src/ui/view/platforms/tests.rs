//! Tests of the Platforms view over a small Book.

use chrono::NaiveDate;

use super::*;
use crate::domain::book::Book;
use crate::domain::command::{Command, plan};
use crate::domain::ids::{PlatformId, ProjectId, ScheduleId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::calendar::calendar;
use crate::domain::query::hours::Period;
use crate::domain::query::work::Work;
use crate::domain::query::work::testkit::{Kit, at, day, session};
use crate::domain::session::Activity;
use crate::domain::span::Now;
use crate::domain::terms::Pay;

const NOW: &str = "2026-11-22T20:00:00Z";

fn now() -> Now {
    Now { at: at(NOW), zone: chrono_tz::UTC }
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

/// 6 h 30 m paid at $25, 4 h 30 m of assessment. Source of the figures: design.md, "Rate steps", check.
fn eleven_hours() -> Book {
    let mut kit = Kit::new();
    kit.put(session(1, "2026-11-20T08:00:00Z", Some("2026-11-20T14:30:00Z")));
    let mut tests = session(2, "2026-11-21T08:00:00Z", Some("2026-11-21T12:30:00Z"));
    tests.activity = Activity::Assessment;
    tests.paid = false;
    kit.put(tests);
    kit.book
}

fn table(book: &Book) -> Table {
    let days = Period::Last4Weeks.days(today(), chrono::Weekday::Mon);
    Table::of(book, &Work::of(book), &calendar(book, now()), days, now().at, today())
}

fn done(book: &mut Book, command: &Command) {
    let change = plan(book, command, now()).unwrap();
    book.apply(&change);
}

fn with_floor(mut book: Book, floor: i64) -> Book {
    let mut settings = (**book.settings()).clone();
    settings.floor = Some(Money::new(floor.into(), Currency::USD));
    done(&mut book, &Command::SetSettings(Box::new(settings)));
    book
}

#[test]
fn hours_earned_and_rate_of_a_row_divide() {
    let table = table(&with_floor(eleven_hours(), 18));
    let row = &table.rows[0];
    assert_eq!((row.hours.as_str(), row.earned.as_str(), row.rate.as_str()), ("11 h 00 m", "$162.50", "$14.77"));
    assert_eq!(row.tone, Tone::Warn);
    assert_eq!(row.share_words, "59 % of the advertised $25.00");
    assert_eq!(row.unpaid, "$162.50");
    assert_eq!(row.unpaid_state, "date unknown");
    assert_eq!(row.spoken(), "Platform 1, $14.77 over all hours");
    assert_eq!(table.all.rate, "$14.77");
    assert_eq!(table.all.floor, "floor $18.00");
}

#[test]
fn the_second_currency_stands_behind_the_open_money_where_a_rate_is_known() {
    let kes: Currency = "KES".parse().unwrap();
    let mut kit = Kit { book: eleven_hours() };
    kit.settings(|settings| settings.second_currency = Some(kes));
    assert!(!table(&kit.book).all.unpaid_tip.contains('≈'));
    kit.put(shillings(kes));
    // 162.50 × 129.25 = 21,003.125
    let tip = table(&kit.book).all.unpaid_tip;
    assert_eq!(tip.lines().next(), Some("≈ KES 21,003"), "{tip}");
    assert!(tip.lines().count() > 1, "the states stay: {tip}");
}

fn shillings(kes: Currency) -> crate::domain::exchange::ExchangeRate {
    crate::domain::exchange::ExchangeRate {
        id: crate::domain::ids::RateId(1),
        base: Currency::USD,
        quote: kes,
        on: today(),
        rate: "129.25".parse().unwrap(),
        source: "own".into(),
        estimate: false,
    }
}

#[test]
fn at_the_floor_a_rate_is_good_and_without_a_floor_it_is_plain() {
    assert_eq!(table(&with_floor(eleven_hours(), 14)).rows[0].tone, Tone::Good);
    let plain = table(&eleven_hours());
    assert_eq!(plain.rows[0].tone, Tone::Plain);
    assert_eq!(plain.all.floor, "");
}

#[test]
fn a_platform_without_work_shows_dashes_and_no_zeros() {
    let table = table(&eleven_hours());
    let idle = &table.rows[1];
    for shown in [&idle.hours, &idle.earned, &idle.rate, &idle.unpaid, &idle.next] {
        assert_eq!(shown, "–");
    }
    assert_eq!(idle.share, None);
    assert_eq!(idle.spoken(), "Platform 2");
}

#[test]
fn a_rate_from_under_an_hour_is_muted_with_its_sample() {
    let mut kit = Kit::new();
    kit.put(session(1, "2026-11-20T08:00:00Z", Some("2026-11-20T08:42:00Z")));
    let table = table(&kit.book);
    assert_eq!(table.rows[0].rate, "$25.00");
    assert_eq!(table.rows[0].tone, Tone::Muted);
    assert_eq!(table.rows[0].rate_tip, "From 42 m: too little to say");
}

#[test]
fn a_missing_exchange_rate_is_named_and_never_guessed() {
    let mut book = eleven_hours();
    let mut terms = (**book.terms_of(ProjectId(1))[0]).clone();
    terms.currency = Currency::GBP;
    terms.id = TermsId(1_000);
    terms.from = None;
    let old = book.terms_of(ProjectId(1))[0].id;
    done(&mut book, &Command::DeleteTerms(old));
    done(&mut book, &Command::SetTerms(Box::new(terms)));
    let table = table(&book);
    let row = &table.rows[0];
    assert_eq!((row.earned.as_str(), row.rate.as_str()), ("–", "–"));
    assert_eq!(row.rate_tip, "No exchange rate from GBP to USD near Fri 20 Nov");
    assert_eq!(row.unpaid, "£162.50");
    assert_eq!(table.all.unpaid, "£162.50");
}

#[test]
fn rows_sort_by_any_figure_and_those_without_one_stand_last() {
    let mut book = eleven_hours();
    let mut short = session(9, "2026-11-19T08:00:00Z", Some("2026-11-19T10:00:00Z"));
    short.project = Some(ProjectId(2));
    let change = plan(&book, &Command::AddSession(Box::new(short)), now()).unwrap();
    book.apply(&change);
    let table = table(&book);
    let names = |sort, descending| -> Vec<&str> {
        table.order(sort, descending).into_iter().map(|at| table.rows[at].name.as_str()).collect()
    };
    assert_eq!(names(Sort::Name, false), ["Platform 1", "Platform 2"]);
    assert_eq!(names(Sort::Name, true), ["Platform 2", "Platform 1"]);
    assert_eq!(names(Sort::Rate, true), ["Platform 2", "Platform 1"], "$25.00 before $14.77");
    assert_eq!(names(Sort::Hours, true), ["Platform 1", "Platform 2"]);
    let idle = table_of_one_worked();
    for descending in [false, true] {
        let order = idle.order(Sort::Rate, descending);
        assert_eq!(idle.rows[order[1]].name, "Platform 2", "without a rate");
    }
}

fn table_of_one_worked() -> Table {
    table(&eleven_hours())
}

fn detail(book: &Book) -> Detail {
    Detail::of(book, &Work::of(book), &calendar(book, now()), &[], PlatformId(1), now().at, today()).unwrap()
}

#[test]
fn a_life_so_far_includes_the_tests() {
    let detail = detail(&eleven_hours());
    assert_eq!(detail.joining.rate, "$14.77");
    assert_eq!(detail.joining.hours, "11 h · tests and onboarding 4 h 30 m included");
    assert_eq!(detail.joining.earned, "$162.50 earned, $162.50 of it not settled yet");
    assert_eq!(detail.schedule, None);
}

#[test]
fn older_terms_of_a_project_stand_under_the_ones_in_force() {
    let mut book = eleven_hours();
    let mut newer = (**book.terms_of(ProjectId(1))[0]).clone();
    newer.id = TermsId(1_000);
    newer.from = Some(day("2026-11-16"));
    newer.pay = Pay::PerHour(28.into());
    done(&mut book, &Command::SetTerms(Box::new(newer)));
    let lines = detail(&book).projects;
    assert_eq!(
        (lines[0].pay.as_str(), lines[0].since.as_str(), lines[0].past),
        ("$28.00/h", "since Mon 16 Nov", false)
    );
    assert_eq!((lines[1].pay.as_str(), lines[1].kind.as_str(), lines[1].past), ("$25.00/h", "before", true));
    assert_eq!(lines[1].since, "until Sun 15 Nov");
    assert_eq!(table(&book).rows[0].earned, "$182.00", "6.5 h at $28: the terms in force on the day");
}

#[test]
fn a_schedule_is_told_with_its_source_and_next_windows() {
    use crate::domain::fact::{Provenance, Standing};
    use crate::domain::schedule::{Cycle, EarningShape, PayDay, Rule, Schedule};
    let mut book = eleven_hours();
    let schedule = Schedule {
        provenance: Provenance {
            standing: Standing::Unverified,
            source: "workers’ threads".to_owned(),
            checked_on: Some(today()),
            taken_by_user: true,
        },
        ..Schedule::of(
            ScheduleId(5),
            PlatformId(1),
            Rule::of(EarningShape::PeriodBatch {
                cycle: Cycle::Weeks { every: 1, starts: chrono::Weekday::Tue, anchor: None },
                zone: chrono_tz::UTC,
                starts_at: chrono::NaiveTime::MIN,
                pay_day: PayDay::Weekday { weekday: chrono::Weekday::Tue, weeks_later_min: 0, weeks_later_max: 0 },
            }),
        )
    };
    done(&mut book, &Command::SetSchedule(Box::new(schedule)));
    let words = detail(&book).schedule.unwrap();
    assert_eq!(words.rule.main, ["Works Tuesday – Monday, UTC", "Paid the Tuesday after"]);
    assert_eq!(words.provenance, "unverified · checked 22 Nov 2026 · taken by you");
    assert!(words.doubtful);
    // Source: platform facts, Outlier's lead on its earliest reading.
    let next: Vec<String> = words.next.unwrap().into_iter().map(|one| one.when).collect();
    assert_eq!(next, ["Tue 24 Nov", "Tue 1 Dec", "Tue 8 Dec"]);
    assert_eq!(table(&book).rows[0].next, "Tue 24 Nov");
    assert_eq!(table(&book).rows[0].unpaid_state, "in review");
}
