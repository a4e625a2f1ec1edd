//! Tests of the calendar: a small Book to put platforms, work and money into, and the suites that use it.
//!
//! Dates of the worked examples come from the platform facts, checked 2026-11-22, section 2.

mod cut_offs;
mod examples;
mod invoices;
mod laws;
mod limits;
mod money_states;
mod opening;
mod owed;
mod own_lags;
mod preview;
mod runs;

use chrono::{NaiveTime, Weekday};
use rust_decimal::Decimal;

use super::{Expected, Reason, Window, calendar};
use crate::domain::book::Book;
use crate::domain::change::{Change, Record};
use crate::domain::earning::{Covers, DatedState, Earning, EarningState};
use crate::domain::ids::{EarningId, PayoutId, PlatformId, ProjectId, ScheduleId, SessionId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::payout::{Allocation, Payout};
use crate::domain::platform::{Platform, Project};
pub(super) use crate::domain::query::work::testkit::session;
use crate::domain::schedule::{Cycle, EarningShape, Modifiers, PayDay, Precision, Rule, Schedule};
use crate::domain::session::Session;
use crate::domain::settings::Settings;
use crate::domain::span::{DayRange, Now, Zone};
use crate::domain::terms::{Pay, Terms};
pub(super) use crate::domain::testing::{at, day, usd};

pub(super) const PLATFORM: PlatformId = PlatformId(1);
pub(super) const PROJECT: ProjectId = ProjectId(1);

pub(super) fn days(first: &str, last: &str) -> DayRange {
    DayRange::new(day(first), day(last))
}

pub(super) fn now(text: &str) -> Now {
    Now { at: at(text), zone: chrono_tz::UTC }
}

/// A weekly batch, cut at midnight.
pub(super) fn weekly(starts: Weekday, zone: Zone, pay_day: PayDay) -> Rule {
    batch(Cycle::Weeks { every: 1, starts, anchor: None }, zone, pay_day)
}

pub(super) fn batch(cycle: Cycle, zone: Zone, pay_day: PayDay) -> Rule {
    Rule::of(EarningShape::PeriodBatch { cycle, zone, starts_at: NaiveTime::MIN, pay_day })
}

pub(super) fn on_weekday(weekday: Weekday) -> PayDay {
    PayDay::Weekday { weekday, weeks_later_min: 0, weeks_later_max: 0 }
}

pub(super) fn with(rule: Rule, change: impl FnOnce(&mut Modifiers)) -> Rule {
    let mut rule = rule;
    change(&mut rule.modifiers);
    rule
}

/// A Book to put things into.
pub(super) struct Desk {
    pub(super) book: Book,
    next: u64,
}

impl Desk {
    /// One platform in USD with one project at $25 an hour; the user lives in UTC.
    pub(super) fn new(rule: Option<Rule>) -> Self {
        let mut desk = Self::bare();
        desk.platform(PLATFORM);
        desk.project(PROJECT, PLATFORM, Pay::PerHour(25.into()), Currency::USD);
        if let Some(rule) = rule {
            desk.schedule(PLATFORM, rule);
        }
        desk
    }

    pub(super) fn bare() -> Self {
        Self { book: Book::new(Settings::new(Currency::USD, chrono_tz::UTC)), next: 100 }
    }

    pub(super) fn put(&mut self, record: impl Into<Record>) {
        self.book.apply(&Change::create(record));
    }

    fn id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(super) fn platform(&mut self, id: PlatformId) {
        self.put(Platform::new(id, format!("Platform {}", id.0), Currency::USD));
    }

    pub(super) fn project(&mut self, id: ProjectId, platform: PlatformId, pay: Pay, currency: Currency) {
        self.put(Project::new(id, platform, format!("Project {}", id.0)));
        let terms = TermsId(self.id());
        self.put(Terms::new(terms, id, currency, pay));
    }

    pub(super) fn schedule(&mut self, platform: PlatformId, rule: Rule) -> ScheduleId {
        let id = ScheduleId(self.id());
        self.put(Schedule::of(id, platform, rule));
        id
    }

    /// Adds an ended session of the project.
    pub(super) fn worked(&mut self, from: &str, until: &str) -> SessionId {
        let id = self.id();
        self.put(session(id, from, Some(until)));
        SessionId(id)
    }

    pub(super) fn earning(&mut self, amount: Money, worked: DayRange, change: impl FnOnce(&mut Earning)) -> EarningId {
        let id = EarningId(self.id());
        let mut earning = Earning { project: Some(PROJECT), ..Earning::work(id, PLATFORM, amount, worked) };
        change(&mut earning);
        self.put(earning);
        id
    }

    pub(super) fn payout(&mut self, gross: Money, change: impl FnOnce(&mut Payout)) -> PayoutId {
        let id = PayoutId(self.id());
        let mut payout = Payout::new(id, PLATFORM, gross);
        change(&mut payout);
        self.put(payout);
        id
    }

    /// The expected payouts at a moment.
    pub(super) fn expected(&self, when: &str) -> Vec<Expected> {
        calendar(&self.book, now(when)).expected
    }

    /// The only expected payout.
    pub(super) fn only(&self, when: &str) -> Expected {
        let mut found = self.expected(when);
        assert_eq!(found.len(), 1, "{found:#?}");
        found.remove(0)
    }
}

pub(super) fn state(on: &str, state: EarningState) -> DatedState {
    DatedState { on: day(on), state }
}

pub(super) fn allocation(earning: EarningId, amount: Money) -> Allocation {
    Allocation { earning, amount }
}

/// A window that lands on days.
pub(super) fn lands(first: &str, last: &str) -> Window {
    Window::Lands { days: days(first, last), precision: Precision::On }
}

/// A window that lands by a day.
pub(super) fn lands_by(last: &str) -> Window {
    Window::Lands { days: days(last, last), precision: Precision::By }
}

/// The sum of what is expected, with the law that gross is the sum of the rows checked.
pub(super) fn total(expected: &[Expected]) -> Decimal {
    expected
        .iter()
        .map(|one| {
            let rows: Decimal = one.rows.iter().map(|row| row.amount.amount).sum();
            assert_eq!(one.gross.amount, rows);
            rows
        })
        .sum()
}

/// The names of reasons, in order.
pub(super) fn kinds(reasons: &[Reason]) -> Vec<&'static str> {
    reasons
        .iter()
        .map(|reason| match reason {
            Reason::Worked { .. } => "worked",
            Reason::Owed(_) => "owed",
            Reason::HeldPart(_) => "held part",
            Reason::MissedCutOff { .. } => "missed",
            Reason::Invoice { sent: true, .. } => "invoiced",
            Reason::Invoice { sent: false, .. } => "to invoice",
            Reason::Net { .. } => "net",
            Reason::IfAsked { .. } => "if asked",
            Reason::OwnLags(_) => "own lags",
            Reason::Chase(_) => "chase",
            Reason::Ceiling { .. } => "ceiling",
            Reason::CeilingNear { .. } => "ceiling near",
            Reason::YearlyCeiling { .. } => "yearly ceiling",
            Reason::CutOff { action: None, .. } => "window ends",
            Reason::CutOff { action: Some(_), .. } => "cut-off",
            Reason::Review { .. } => "review",
            Reason::Matures { .. } => "matures",
            Reason::Approved(_) => "approved",
            Reason::Paid { .. } => "paid",
            Reason::Shifted { .. } => "shifted",
            Reason::FirstPayoutHold { .. } => "hold",
            Reason::Transit { .. } => "transit",
            Reason::Fee(_) => "fee",
            Reason::TaxWithheld(_) => "tax",
            Reason::Minimum { .. } => "minimum",
            Reason::Cooldown { .. } => "cooldown",
            Reason::OwnDate(_) => "own date",
            Reason::NotBefore(_) => "not before",
            Reason::Unknown(_) => "unknown",
        })
        .collect()
}
