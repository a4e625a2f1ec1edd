//! What a user does in the proofs: from the first change in an empty folder on, drawn from a seed.
//!
//! Every history has a first change, checkpoints, new segments, old ones that are dropped, records that move from month
//! to month, changes of two files at once, undo and redo, money that lands, and several changes that are saved together.

use std::sync::Arc;

use chrono::TimeDelta;
use fastrand::Rng;
use nonmax::NonMaxU32;
use rust_decimal::Decimal;
use truerate::domain::bill::{Bill, Repeats};
use truerate::domain::book::Book;
use truerate::domain::command::{Command, Start};
use truerate::domain::earning::Earning;
use truerate::domain::ids::{BillId, EarningId, PayoutId, PlatformId, ProjectId, SessionId, TermsId};
use truerate::domain::money::{Currency, Money};
use truerate::domain::payout::{Allocation, Payout};
use truerate::domain::platform::{Platform, Project};
use truerate::domain::session::{Activity, Session};
use truerate::domain::settings::Settings;
use truerate::domain::span::{DayRange, Now, date_in};
use truerate::domain::terms::{Pay, Terms};

use crate::desk::{Step, ZONE};

const PLATFORM: PlatformId = PlatformId(1);
const PROJECT: ProjectId = ProjectId(2);

fn usd(cents: i64) -> Money {
    Money::new(Decimal::new(cents, 2), Currency::USD)
}

/// The first things that anybody does: whatever of it is not there.
fn beginning(book: &Book) -> Option<Step> {
    let platform = Platform::new(PLATFORM, "Aloe", Currency::USD);
    let project = Project::new(PROJECT, PLATFORM, "Maps");
    let terms = Terms::new(TermsId(3), PROJECT, Currency::USD, Pay::PerHour(Decimal::from(21)));
    let platform = Command::AddPlatform { platform: Box::new(platform), schedules: Vec::new(), routes: Vec::new() };
    let project = Command::AddProject { project: Box::new(project), terms: Some(Box::new(terms)) };
    let next = match (book.platform(PLATFORM), book.project(PROJECT)) {
        (None, _) => platform,
        (Some(_), None) => project,
        (Some(_), Some(_)) => return None,
    };
    Some(Step::Do(vec![next]))
}

/// The next thing that is done; `nth` keeps ids apart.
pub fn next(rng: &mut Rng, book: &Book, now: Now, nth: u64) -> Step {
    if let Some(first) = beginning(book) {
        return first;
    }
    match rng.u8(0..32) {
        0..=2 => Step::Checkpoint,
        3 | 4 => Step::Days(rng.i64(1..45)),
        5 => Step::Reopen,
        6 | 7 => Step::Undo,
        8 => Step::Redo,
        9..=11 => {
            let several = (0..rng.u64(2..5)).filter_map(|more| command(rng, book, now, nth * 8 + more));
            Step::Do(several.collect())
        }
        _ => Step::Do(command(rng, book, now, nth * 8).into_iter().collect()),
    }
}

/// One change of the user's.
pub fn command(rng: &mut Rng, book: &Book, now: Now, id: u64) -> Option<Command> {
    let id = 100 + id;
    let ended: Vec<&Arc<Session>> = book.sessions().filter(|session| !session.is_open()).collect();
    match rng.u8(0..16) {
        0..=2 => Some(match book.open_sessions().next() {
            Some(open) => Command::StopSession(open.id),
            None => Command::StartSession(Start {
                id: SessionId(id),
                project: Some(PROJECT),
                activity: Activity::PaidWork,
                task_type: rng.bool().then(|| "Label".to_owned()),
                started_at: now.at - TimeDelta::minutes(rng.i64(0..90)),
            }),
        }),
        3..=5 => {
            let started_at = now.at - TimeDelta::hours(rng.i64(2..24 * 80));
            let ended_at = Some(started_at + TimeDelta::minutes(rng.i64(1..110)));
            let session =
                Session { ended_at, project: Some(PROJECT), ..Session::begun(SessionId(id), started_at, ZONE) };
            Some(Command::AddSession(Box::new(session)))
        }
        6..=8 => {
            let mut session = Session::clone(rng.choice(ended)?);
            let by = TimeDelta::days(rng.i64(20..50)) * if rng.bool() { 1 } else { -1 };
            let by = if session.started_at + by > now.at { -by } else { by };
            session.started_at += by;
            session.ended_at = session.ended_at.map(|ended| ended + by);
            Some(Command::EditSession(Box::new(session)))
        }
        9 => Some(Command::DeleteSessions(vec![rng.choice(&ended)?.id, rng.choice(&ended)?.id])),
        10 => {
            let mut first = Session::clone(rng.choice(&ended)?);
            let mut second = Session::clone(rng.choice(&ended)?);
            (first.tasks, second.tasks) = (NonMaxU32::new(rng.u32(1..99)), NonMaxU32::new(rng.u32(1..99)));
            let commands = [first, second].map(|session| Command::EditSession(Box::new(session)));
            Some(Command::Together { words: "Count both".to_owned(), commands: commands.into() })
        }
        11 => {
            let worked = DayRange::day(date_in(now.at - TimeDelta::days(rng.i64(0..60)), ZONE));
            let earning = Earning::work(EarningId(id), PLATFORM, usd(rng.i64(100..9_000)), worked);
            Some(Command::SetEarning(Box::new(Earning { project: Some(PROJECT), ..earning })))
        }
        12 | 13 => Some(landed(rng, book, now, id)?),
        14 => {
            let bill = Bill {
                id: BillId(7),
                name: "Rent".to_owned(),
                amount: usd(rng.i64(1..99_999)),
                due_on: date_in(now.at, ZONE),
                repeats: Repeats::Monthly,
                until: None,
            };
            Some(Command::SetBill(Box::new(bill)))
        }
        _ => {
            let settings = Settings { scale_percent: rng.u16(50..300).into(), ..(**book.settings()).clone() };
            Some(Command::SetSettings(Box::new(settings)))
        }
    }
}

/// Money lands for an earning, or a payout that has landed turns out to be of another day.
fn landed(rng: &mut Rng, book: &Book, now: Now, id: u64) -> Option<Command> {
    let on = date_in(now.at - TimeDelta::days(rng.i64(0..70)), ZONE);
    let payouts: Vec<_> = book.payouts().collect();
    if rng.bool()
        && let Some(payout) = rng.choice(payouts)
    {
        let moved = Payout { sent_on: Some(on), received_on: Some(on), ..(**payout).clone() };
        return Some(Command::SetPayout(Box::new(moved)));
    }
    let earning = rng.choice(book.earnings().collect::<Vec<_>>())?;
    let payout = Payout {
        sent_on: Some(on),
        received: Some(earning.amount),
        received_on: Some(on),
        allocations: vec![Allocation { earning: earning.id, amount: earning.amount }],
        ..Payout::new(PayoutId(id), PLATFORM, earning.amount)
    };
    Some(Command::SetPayout(Box::new(payout)))
}
