//! A small Book for tests: two platforms, a project each at $25 an hour, everything in UTC and US dollars.

use std::sync::Arc;

use super::Work;
use crate::domain::book::Book;
use crate::domain::change::{Change, Record};
use crate::domain::earning::{Covers, Earning, EarningKind};
use crate::domain::exchange::ExchangeRate;
use crate::domain::ids::{EarningId, PayoutId, PlatformId, ProjectId, RateId, SessionId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::movement::Movement;
use crate::domain::payout::{Allocation, Payout};
use crate::domain::platform::{Platform, Project};
use crate::domain::session::{Activity, Session};
use crate::domain::settings::Settings;
use crate::domain::span::DayRange;
use crate::domain::statement::Origin;
use crate::domain::terms::{Pay, Range, Terms};
use crate::domain::testing::movement;
pub(crate) use crate::domain::testing::{at, day, dec, usd};

/// Paid work of project 1.
pub(crate) fn session(id: u64, from: &str, until: Option<&str>) -> Session {
    Session {
        ended_at: until.map(at),
        project: Some(ProjectId(1)),
        ..Session::begun(SessionId(id), at(from), chrono_tz::UTC)
    }
}

/// A Book under construction. Platform and project `n` belong together, for n = 1 and 2.
#[derive(Debug)]
pub(crate) struct Kit {
    pub(crate) book: Book,
}

impl Kit {
    pub(crate) fn new() -> Self {
        let mut kit = Self { book: Book::new(Settings::new(Currency::USD, chrono_tz::UTC)) };
        for n in [1, 2] {
            kit.put(Platform::new(PlatformId(n), format!("Platform {n}"), Currency::USD));
            kit.put(Project::new(ProjectId(n), PlatformId(n), format!("Project {n}")));
            kit.terms(n, n, Currency::USD, Pay::PerHour(25.into()));
        }
        kit
    }

    /// Sets a record, whatever was there before.
    pub(crate) fn put(&mut self, record: impl Into<Record>) {
        let record: Record = record.into();
        let before = self.book.record(record.key());
        let edit = crate::domain::change::Edit::from_sides(before, Some(record)).unwrap();
        self.book.apply(&Change::new(vec![edit]));
    }

    pub(crate) fn terms(&mut self, id: u64, project: u64, currency: Currency, pay: Pay) {
        self.put(Terms {
            advertised: match pay {
                Pay::PerHour(rate) => Some(Range::exactly(rate)),
                Pay::PerTask(_) | Pay::PerUnit { .. } | Pay::Milestones(_) | Pay::BySession => None,
            },
            ..Terms::new(TermsId(id), ProjectId(project), currency, pay)
        });
    }

    pub(crate) fn rate(&mut self, id: u64, base: Currency, on: &str, rate: &str) {
        self.put(ExchangeRate {
            id: RateId(id),
            base,
            quote: Currency::USD,
            on: day(on),
            rate: dec(rate),
            source: "test".into(),
            estimate: false,
        });
    }

    /// Work of a platform's project; `shape` changes it before it is put down.
    pub(crate) fn work(
        &mut self,
        id: u64,
        project: u64,
        from: &str,
        until: &str,
        shape: impl FnOnce(&mut Session),
    ) -> SessionId {
        let mut session = session(id, from, Some(until));
        session.project = Some(ProjectId(project));
        shape(&mut session);
        self.put(session);
        SessionId(id)
    }

    /// Unpaid time of a project.
    pub(crate) fn unpaid(&mut self, id: u64, project: u64, from: &str, until: &str) {
        self.work(id, project, from, until, |session| {
            session.activity = Activity::Assessment;
            session.paid = false;
        });
    }

    /// An earning of project 1 in dollars that stands for sessions; a bonus where it names none.
    pub(crate) fn earning(&mut self, id: u64, amount: &str, covers: &[SessionId]) -> EarningId {
        self.put(Earning {
            project: Some(ProjectId(1)),
            kind: if covers.is_empty() { EarningKind::Bonus } else { EarningKind::Work },
            covers: if covers.is_empty() { Covers::Nothing } else { Covers::Sessions(covers.to_vec()) },
            ..Earning::work(EarningId(id), PlatformId(1), usd(amount), DayRange::day(day("2026-11-20")))
        });
        EarningId(id)
    }

    /// Work of a day on project 1 as the platform's file credits it.
    pub(crate) fn credit(&mut self, id: u64, amount: &str, on: &str) {
        let days = DayRange::day(day(on));
        self.put(Earning {
            project: Some(ProjectId(1)),
            covers: Covers::Days { project: ProjectId(1), days },
            origin: Some(Origin { key: format!("outlier||{id}"), said: format!("{amount} USD sent") }),
            ..Earning::work(EarningId(id), PlatformId(1), usd(amount), days)
        });
    }

    /// Dollars that came to PayPal.
    pub(crate) fn came(&mut self, id: u64, amount: &str, on: &str, text: &str) {
        self.put(Movement { on: day(on), text: text.to_owned(), ..movement(id, usd(amount)) });
    }

    pub(crate) fn edit_earning(&mut self, id: EarningId, edit: impl FnOnce(&mut Earning)) {
        let before = Arc::clone(self.book.earning(id).unwrap());
        let mut after = (*before).clone();
        edit(&mut after);
        self.book.apply(&Change::replace(&before, after));
    }

    /// A payout of platform 1 in dollars.
    pub(crate) fn payout(
        &mut self,
        id: u64,
        gross: &str,
        received: Option<Money>,
        on: &str,
        settles: &[(EarningId, &str)],
    ) {
        self.put(Payout {
            sent_on: Some(day(on)),
            received,
            received_on: received.map(|_| day(on)),
            allocations: settles
                .iter()
                .map(|(earning, amount)| Allocation { earning: *earning, amount: usd(amount) })
                .collect(),
            ..Payout::new(PayoutId(id), PlatformId(1), usd(gross))
        });
    }

    pub(crate) fn settings(&mut self, edit: impl FnOnce(&mut Settings)) {
        let mut settings = (**self.book.settings()).clone();
        edit(&mut settings);
        self.put(settings);
    }

    pub(crate) fn of(&self) -> Work {
        Work::of(&self.book)
    }
}
