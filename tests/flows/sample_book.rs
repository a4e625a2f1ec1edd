//! The promises of the sample: its size, that chance is only the seed, that money adds up, that its records are ones the
//! program would have taken.

use std::collections::BTreeSet;
use std::path::Path;

use egui::accesskit::Role;
use truerate::domain::book::Book;
use truerate::domain::command::{Command, plan};
use truerate::domain::earning::Covers;
use truerate::domain::money::Money;
use truerate::domain::query::calendar::{Window, calendar};
use truerate::domain::query::hours::Selection;
use truerate::domain::query::rates::{Step, rates};
use truerate::domain::query::work::Work;
use truerate::domain::span::{DayRange, Now};
use truerate::ports::fake::MemoryDisk;
use truerate::sample::{Plan, book};
use truerate::store::{self, CreateError, catalogue};

use crate::desk::{Desk, Look};

fn now() -> Now {
    Now { at: "2026-11-22T10:20:17Z".parse().expect("an instant"), zone: chrono_tz::Africa::Nairobi }
}

fn to_look_at() -> Book {
    book(&Plan::to_look_at(now()), &catalogue::read().expect("the catalogue is whole"))
}

#[test]
fn a_sample_has_just_as_many_sessions_as_were_asked_for_and_none_after_now() {
    for sessions in [0, 1, 40, 1_100, 2_500] {
        let book = book(&Plan::of_size(sessions, 3, now()), &[]);
        assert_eq!(book.sessions().count(), sessions as usize);
        assert!(book.sessions().all(|session| session.ended_at.is_some_and(|end| end <= now().at)));
    }
    let sample = to_look_at();
    assert_eq!(sample.sessions().count(), 1_101);
    assert_eq!(sample.open_sessions().count(), 1, "a timer runs");
}

#[test]
fn a_history_of_a_hundred_thousand_lasts_ten_years_and_of_a_million_twenty() {
    for (sessions, days, a_day) in [(100_000, 3_652, 27), (1_000_000, 7_305, 137)] {
        let plan = Plan::of_size(sessions, 1, now());
        assert_eq!(plan.days, days);
        assert_eq!(plan.sessions.div_ceil(days), a_day + u32::from(sessions == 100_000));
    }
}

#[test]
fn the_seed_alone_decides() {
    let of = |seed| book(&Plan::of_size(300, seed, now()), &[]);
    assert_eq!(of(5), of(5));
    assert_ne!(of(5), of(6));
}

#[test]
fn its_records_are_ones_that_the_program_takes() {
    let sample = to_look_at();
    for session in sample.sessions() {
        plan(&sample, &Command::EditSession(Box::new((**session).clone())), now()).unwrap();
    }
    for earning in sample.earnings() {
        plan(&sample, &Command::SetEarning(Box::new((**earning).clone())), now()).unwrap();
    }
    for payout in sample.payouts() {
        plan(&sample, &Command::SetPayout(Box::new((**payout).clone())), now()).unwrap();
    }
    for platform in sample.platforms() {
        plan(&sample, &Command::EditPlatform(Box::new((**platform).clone())), now()).unwrap();
    }
    for schedule in sample.schedules() {
        plan(&sample, &Command::SetSchedule(Box::new((**schedule).clone())), now()).unwrap();
    }
    for terms in sample.all_terms() {
        plan(&sample, &Command::SetTerms(Box::new((**terms).clone())), now()).unwrap();
    }
}

#[test]
fn each_payout_is_what_its_earnings_were_settled_by_and_no_session_is_paid_twice() {
    let sample = to_look_at();
    let mut covered = BTreeSet::new();
    for earning in sample.earnings() {
        if let Covers::Sessions(ids) = &earning.covers {
            for id in ids {
                assert!(sample.session(*id).is_some());
                assert!(covered.insert(*id), "{id} is covered once");
            }
        }
    }
    assert!(sample.payouts().count() > 50);
    for payout in sample.payouts() {
        assert_eq!(payout.unallocated(), Money::zero(payout.gross.currency));
        for part in &payout.allocations {
            assert_eq!(sample.earning(part.earning).unwrap().owed(), part.amount);
        }
    }
}

#[test]
fn it_shows_what_the_program_is_for() {
    let sample = to_look_at();
    let calendar = calendar(&sample, now());
    let late = calendar.expected.iter().any(
        |expected| matches!(&expected.window, Window::Lands { days, .. } if days.last < "2026-11-22".parse().unwrap()),
    );
    let ahead = calendar.expected.iter().any(
        |expected| matches!(&expected.window, Window::Lands { days, .. } if days.last >= "2026-11-22".parse().unwrap()),
    );
    assert!(late && ahead, "money is late, and money is on its way");
    let currencies: BTreeSet<_> = sample.payouts().map(|payout| payout.gross.currency.code()).collect();
    assert!(currencies.len() >= 2, "{currencies:?}");
    let work = Work::of(&sample);
    let all = rates(&work, &Selection::period(DayRange::all()), now().at);
    let hour = all.per_hour(Step::AllHours).unwrap();
    assert!(hour > 12.into() && hour < 25.into(), "${hour} an hour");
    assert!(all.per_hour(Step::Advertised).unwrap() > hour, "less than was promised");
}

#[test]
fn it_is_written_into_a_new_folder_only_and_reads_back_the_same() {
    let disk = MemoryDisk::new();
    let made = book(&Plan::of_size(500, 2, now()), &catalogue::read().unwrap());
    store::create(&disk, Path::new("/sample"), &made).unwrap();
    let read = store::open_read(&disk, Path::new("/sample"), (**made.settings()).clone());
    assert_eq!(read.findings, []);
    assert_eq!(read.book, made);
    let refused = store::create(&disk, Path::new("/sample"), &made).unwrap_err();
    assert!(matches!(refused, CreateError::Taken { .. }), "{refused}");
}

#[test]
fn a_window_over_the_sample_answers_both_questions() {
    let mut desk = Desk::sample(Look::default());
    desk.click(Role::Button, "Rates");
    assert!(desk.reads("per hour of your life"));
    desk.click(Role::Button, "Payouts");
    assert!(desk.reads("November 2026"));
}
