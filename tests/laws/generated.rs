//! Books of the sample, and random steps of a user on them.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use rust_decimal::Decimal;
use truerate::domain::book::Book;
use truerate::domain::command::{Act, Command, Landing, OnExpected, plan};
use truerate::domain::earning::{DatedState, Earning, EarningKind, EarningState, HeldKind};
use truerate::domain::exchange::ExchangeRate;
use truerate::domain::ids::{EarningId, PayoutId, RateId, SessionId, TermsId};
use truerate::domain::money::{Currency, Money};
use truerate::domain::payout::{Difference, Payout};
use truerate::domain::query::calendar::{Expected, calendar};
use truerate::domain::session::Session;
use truerate::domain::span::{DayRange, Now, day_plus};
use truerate::domain::terms::{Pay, Terms};
use truerate::sample::{self, Plan};
use truerate::store::catalogue;

/// A verb of the user, and the numbers that choose what it is done to.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub verb: Verb,
    pub pick: usize,
    pub cents: i64,
    pub days: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// An expected payout lands: in full, short for each reason, or with more than was owed.
    Land,
    /// One is moved, held, freed or given up.
    Act,
    /// A bonus, or a correction either way.
    Earn,
    /// An earning is accepted in part, refused, contested, given up.
    Judge,
    /// A session is credited otherwise, or a new one is added.
    Work,
    /// A payout goes back on its way, or is taken out.
    Payout,
    /// Money that nothing accounts for.
    Surplus,
    /// New terms from a day on.
    Terms,
    /// A schedule with another fee and another lag.
    Schedule,
    /// An exchange rate.
    Rate,
}

/// New facts: they are about what is agreed, not about what happened. Rates reach furthest, and come most often.
const FACTS: [Verb; 6] = [Verb::Rate, Verb::Rate, Verb::Rate, Verb::Terms, Verb::Terms, Verb::Schedule];

const ALL: [Verb; 10] = [
    Verb::Land,
    Verb::Act,
    Verb::Earn,
    Verb::Judge,
    Verb::Work,
    Verb::Payout,
    Verb::Surplus,
    Verb::Terms,
    Verb::Schedule,
    Verb::Rate,
];

fn step_of(verbs: &'static [Verb]) -> impl Strategy<Value = Step> {
    (prop::sample::select(verbs), any::<u16>(), -9_999i64..30_000, -60i64..=60)
        .prop_map(|(verb, pick, cents, days)| Step { verb, pick: pick.into(), cents, days })
}

/// Up to so many steps of any kind.
pub fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step_of(&ALL), 0..most)
}

/// One new fact.
pub fn fact() -> impl Strategy<Value = Step> {
    step_of(&FACTS)
}

pub fn now() -> Now {
    Now { at: "2026-11-22T11:38:00Z".parse().unwrap(), zone: chrono_tz::Europe::Berlin }
}

pub fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

/// A book of half a year with so many sessions.
pub fn book(seed: u64, sessions: u32) -> Book {
    let presets = catalogue::read().unwrap();
    sample::book(&Plan { running: true, ..Plan::of_size(sessions, seed, now()) }, &presets)
}

/// The same after some steps; those that are refused change nothing.
pub fn book_after(seed: u64, sessions: u32, steps: &[Step]) -> Book {
    let mut book = book(seed, sessions);
    for (nth, step) in steps.iter().enumerate() {
        if let Some(change) = command(&book, *step, nth).and_then(|command| plan(&book, &command, now()).ok()) {
            book.apply(&change);
        }
    }
    book
}

fn one<T>(all: &[T], pick: usize) -> Option<&T> {
    all.get(pick % all.len().max(1))
}

/// The command of a step on a Book as it stands; `nth` keeps new ids apart.
pub fn command(book: &Book, step: Step, nth: usize) -> Option<Command> {
    let Step { verb, pick, cents, days } = step;
    let id = 1_000_000 * (nth as u64 + 1);
    let amount = Decimal::new(cents, 2);
    match verb {
        Verb::Land => land(book, step, id),
        Verb::Act => {
            let found = calendar(book, now()).expected;
            let acts = [
                Act::NotBefore(day_plus(today(), days)),
                Act::DueOn(day_plus(today(), days.abs())),
                Act::BySchedule,
                Act::Hold(HeldKind::Frozen, "why".into()),
                Act::Hold(HeldKind::Disputed, "why".into()),
                Act::Release,
                Act::WriteOff,
            ];
            let act = one(&acts, usize::try_from(cents.abs()).unwrap())?.clone();
            let key = one(&found, pick)?.key;
            Some(Command::ActOnExpected(Box::new(OnExpected { key, act, earning_seed: EarningId(id) })))
        }
        Verb::Earn => {
            let projects: Vec<_> = book.projects().collect();
            let project = one(&projects, pick)?;
            let currency = book.platform(project.platform)?.currency;
            let kind = if cents < 0 || days < 0 { EarningKind::Adjustment } else { EarningKind::Bonus };
            let worked = DayRange::day(day_plus(today(), -days.abs()));
            let earning = Earning::work(EarningId(id), project.platform, Money::new(amount, currency), worked);
            Some(Command::SetEarning(Box::new(Earning { kind, project: Some(project.id), ..earning })))
        }
        Verb::Judge => {
            let all: Vec<_> = book.earnings().collect();
            let mut earning = (***one(&all, pick)?).clone();
            let part = earning.amount.with((earning.amount.amount * Decimal::new(days.abs(), 2)).round_dp(2));
            let states = [
                EarningState::Approved(Some(part)),
                EarningState::Approved(None),
                EarningState::Rejected,
                EarningState::Appealed,
                EarningState::Contested,
                EarningState::Invoiced,
                EarningState::WrittenOff,
            ];
            let state = *one(&states, usize::try_from(cents.abs()).unwrap())?;
            earning.states.push(DatedState { on: today(), state });
            Some(Command::SetEarning(Box::new(earning)))
        }
        Verb::Work => {
            let all: Vec<_> = book.sessions().filter(|session| !session.is_open()).collect();
            let session = one(&all, pick)?;
            let mut changed = (***session).clone();
            if days < 0 {
                changed.credited_secs = Some(cents.abs());
                return Some(Command::EditSession(Box::new(changed)));
            }
            let started_at = now().at - TimeDelta::hours(24 * days + 2);
            let added = Session {
                ended_at: Some(started_at + TimeDelta::minutes(cents.abs() % 119 + 1)),
                project: changed.project,
                ..Session::begun(SessionId(id), started_at, now().zone)
            };
            Some(Command::AddSession(Box::new(added)))
        }
        Verb::Payout => {
            let all: Vec<_> = book.payouts().collect();
            let payout = one(&all, pick)?;
            if days < 0 {
                return Some(Command::DeletePayout(payout.id));
            }
            let sent_on = payout.booked_on();
            let under_way = Payout { received: None, received_on: None, sent_on, ..(***payout).clone() };
            Some(Command::SetPayout(Box::new(under_way)))
        }
        Verb::Surplus => {
            let platforms: Vec<_> = book.platforms().collect();
            let platform = one(&platforms, pick)?;
            let gross = Money::new(amount.abs() + Decimal::ONE, platform.currency);
            let day = Some(day_plus(today(), -days.abs()));
            let payout = Payout::new(PayoutId(id), platform.id, gross);
            Some(Command::SetPayout(Box::new(Payout { received: Some(gross), received_on: day, ..payout })))
        }
        Verb::Terms => {
            let projects: Vec<_> = book.projects().collect();
            let project = one(&projects, pick)?;
            let currency = book.platform(project.platform)?.currency;
            let pay =
                if cents % 2 == 0 { Pay::PerHour(amount.abs() / Decimal::TEN + Decimal::ONE) } else { Pay::BySession };
            let terms = Terms::new(TermsId(id), project.id, currency, pay);
            let cap = (cents % 3 == 0).then_some(Decimal::TWO);
            let from = Some(day_plus(today(), days * 2 - 40));
            Some(Command::SetTerms(Box::new(Terms { from, cap_hours_a_day: cap, ..terms })))
        }
        Verb::Schedule => {
            let all: Vec<_> = book.schedules().collect();
            let mut schedule = (***one(&all, pick)?).clone();
            schedule.rule.modifiers.extra_business_days = u32::try_from(days.abs() % 9).unwrap();
            schedule.rule.modifiers.frozen = (days % 7 == 0).then(|| "why".to_owned());
            Some(Command::SetSchedule(Box::new(schedule)))
        }
        Verb::Rate => {
            let bases = [Currency::GBP, Currency::EUR];
            Some(Command::SetRate(Box::new(ExchangeRate {
                id: RateId(id),
                base: *one(&bases, pick)?,
                quote: Currency::USD,
                on: day_plus(today(), -days.abs() * 3),
                rate: Decimal::ONE + Decimal::new(cents.abs(), 5),
                source: "drawn".into(),
                estimate: false,
            })))
        }
    }
}

fn land(book: &Book, step: Step, id: u64) -> Option<Command> {
    let found = calendar(book, now()).expected;
    let expected: &Expected = one(&found, step.pick)?;
    let reasons = [None, None, Some(Difference::Fee), Some(Difference::TaxWithheld), Some(Difference::PartRejected)];
    let more = [Some(Difference::RestLater), Some(Difference::Unexplained), Some(Difference::Exchange)];
    let reasons: Vec<_> = reasons.into_iter().chain(more).collect();
    let difference = *one(&reasons, usize::try_from(step.days.unsigned_abs()).unwrap())?;
    let net = expected.net.rounded();
    let received = match difference {
        None if step.cents > 20_000 => net.with(net.amount + Decimal::new(step.cents, 3).round_dp(2)),
        None => net,
        Some(Difference::Exchange) => Money::new((net.amount * Decimal::TWO).round_dp(2), "KES".parse().unwrap()),
        Some(_) => net.with((net.amount * Decimal::new(step.cents.abs() % 100, 2)).round_dp(2)),
    };
    Some(Command::Land(Box::new(Landing {
        key: expected.key,
        on: today(),
        received,
        difference,
        payout: PayoutId(id),
        earning_seed: EarningId(id),
    })))
}
