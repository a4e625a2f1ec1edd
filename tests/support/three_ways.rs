//! A book in which platforms and accounts have told: work, credits and payments of a month, with what doesn't fit, what
//! waits for a word and what fits.

use truerate::domain::book::Book;
use truerate::domain::change::{Change, Edit, Record};
use truerate::domain::earning::{Covers, Earning};
use truerate::domain::exchange::ExchangeRate;
use truerate::domain::ids::{
    EarningId, MovementId, PayoutId, PlatformId, ProjectId, RateId, RouteId, SessionId, TermsId,
};
use truerate::domain::money::{Currency, Money};
use truerate::domain::movement::{Movement, Role};
use truerate::domain::payout::{Allocation, Leg, Payout};
use truerate::domain::platform::{Platform, Project};
use truerate::domain::route::{Fee, Route, RouteStep};
use truerate::domain::session::Session;
use truerate::domain::settings::Settings;
use truerate::domain::span::{DayRange, Zone};
use truerate::domain::statement::{MoveKind, MoveState, Origin};
use truerate::domain::terms::{Pay, Terms};

struct Maker {
    book: Book,
    zone: Zone,
}

/// The book, up to Sunday 22 November 2026.
pub fn book(settings: Settings) -> Book {
    let zone = settings.zone;
    let mut maker = Maker { book: Book::new(settings), zone };
    let payers = [
        ("Outlier", "Ou", "Aloe", 25),
        ("DataAnnotation", "Da", "Comparing long answers of two models", 20),
        ("Upwork", "Up", "Northwind", 45),
    ];
    for (at, (name, badge, project, rate)) in (1_u64..).zip(payers) {
        let mut platform = Platform::new(PlatformId(at), name.to_owned(), Currency::USD);
        badge.clone_into(&mut platform.badge);
        platform.hue = u32::try_from(at).expect("a small number");
        maker.put(platform);
        maker.put(Project::new(ProjectId(at), PlatformId(at), project.to_owned()));
        maker.put(Terms::new(TermsId(at), ProjectId(at), Currency::USD, Pay::PerHour(rate.into())));
    }
    maker.put(ExchangeRate {
        id: RateId(1),
        base: Currency::USD,
        quote: Currency::EUR,
        on: day("2026-11-12"),
        rate: "0.92".parse().expect("a number"),
        source: "test".to_owned(),
        estimate: false,
    });
    maker.work_and_credits();
    maker.money();
    maker.book
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

fn money(text: &str, currency: Currency) -> Money {
    Money::new(text.parse().expect("a number"), currency)
}

impl Maker {
    fn put(&mut self, record: impl Into<Record>) {
        let edit = Edit::from_sides(None, Some(record.into())).expect("it is new");
        self.book.apply(&Change::new(vec![edit]));
    }

    fn session(&mut self, id: u64, project: u64, on: &str, hours: i64) {
        let from = format!("{on}T09:00:00Z").parse().expect("an instant");
        let mut session = Session::begun(SessionId(id), from, self.zone);
        session.ended_at = Some(from + chrono::TimeDelta::hours(hours));
        session.project = Some(ProjectId(project));
        self.put(session);
    }

    fn credit(&mut self, id: u64, project: u64, on: &str, amount: &str) {
        let days = DayRange::day(day(on));
        self.put(Earning {
            project: Some(ProjectId(project)),
            covers: Covers::Days { project: ProjectId(project), days },
            origin: Some(Origin { key: format!("told||{id}"), said: amount.to_owned() }),
            ..Earning::work(EarningId(id), PlatformId(project), money(amount, Currency::USD), days)
        });
    }

    fn work_and_credits(&mut self) {
        // Outlier: a week that fits, one credited in part, one not at all, and one that is credited again.
        for (id, on, hours) in [(1, "2026-10-26", 2), (2, "2026-11-03", 3), (3, "2026-11-09", 2), (4, "2026-11-17", 4)]
        {
            self.session(id, 1, on, hours);
        }
        for (id, on, amount) in [(1, "2026-10-26", "50"), (2, "2026-11-03", "62.50"), (3, "2026-11-17", "100")] {
            self.credit(id, 1, on, amount);
        }
        // DataAnnotation: credits in a row, of which one week was never logged.
        for (id, on, hours) in [(5, "2026-10-27", 1), (6, "2026-11-02", 3), (7, "2026-11-10", 2)] {
            self.session(id, 2, on, hours);
        }
        for (id, on, amount) in
            [(4, "2026-10-27", "20"), (5, "2026-11-02", "60"), (6, "2026-11-10", "40"), (7, "2026-11-18", "36.40")]
        {
            self.credit(id, 2, on, amount);
        }
    }

    fn moved(&mut self, id: u64, account: &str, on: &str, amount: Money, other: &str, role: Role) {
        self.put(Movement {
            id: MovementId(id),
            account: account.to_owned(),
            on: day(on),
            amount,
            fee: None,
            kind: if amount.amount.is_sign_negative() { MoveKind::Own } else { MoveKind::Payment },
            state: MoveState::Done,
            other: other.to_owned(),
            text: String::new(),
            reference: format!("REF{id}"),
            parent: String::new(),
            role,
            origin: None,
        });
    }

    fn money(&mut self) {
        let usd = |text: &str| money(text, Currency::USD);
        // A payout of Outlier that came to PayPal and went on to the bank in euros.
        self.put(Payout {
            received: Some(usd("50")),
            received_on: Some(day("2026-11-04")),
            allocations: vec![Allocation { earning: EarningId(1), amount: usd("50") }],
            legs: vec![Leg {
                to: "PayPal".to_owned(),
                arrived_on: Some(day("2026-11-04")),
                arrived: Some(usd("50")),
                ..Leg::default()
            }],
            ..Payout::new(PayoutId(1), PlatformId(1), usd("50"))
        });
        self.moved(1, "PayPal", "2026-11-04", usd("50"), "Outlier", Role::Payout(PayoutId(1)));
        self.moved(2, "PayPal", "2026-11-06", usd("-50"), "Bank transfer", Role::Unsaid);
        self.moved(3, "Bank …1234", "2026-11-07", usd("50"), "PayPal", Role::Unsaid);
        // One under way that has come, credits in a row, and money of nobody known.
        self.put(Payout { sent_on: Some(day("2026-11-16")), ..Payout::new(PayoutId(2), PlatformId(3), usd("220.73")) });
        self.moved(4, "Bank …1234", "2026-11-18", usd("220.73"), "UPWORK ESCROW INC", Role::Unsaid);
        self.moved(5, "PayPal", "2026-11-12", usd("120"), "DataAnnotation", Role::Unsaid);
        self.moved(6, "PayPal", "2026-11-20", usd("62.50"), "Smart Ecosystem Inc", Role::Unsaid);
        self.moved(7, "PayPal", "2026-11-21", usd("18"), "Garden Tools Ltd", Role::Unsaid);
        // A fee above the route's, and a rate far from the day's.
        self.put(Route {
            id: RouteId(1),
            platform: Some(PlatformId(3)),
            name: "Wire".to_owned(),
            steps: vec![RouteStep {
                to: "Bank …1234".to_owned(),
                transit: None,
                fee: Some(Fee { fixed: Some(usd("1")), ..Fee::default() }),
            }],
            landed_after_step: 0,
            minimum: None,
            ceiling: None,
            yearly_ceiling: None,
        });
        self.put(Payout {
            received: Some(money("80", Currency::EUR)),
            received_on: Some(day("2026-11-12")),
            route: Some(RouteId(1)),
            legs: vec![Leg {
                to: "Bank …1234".to_owned(),
                arrived_on: Some(day("2026-11-12")),
                fee: Some(usd("3")),
                arrived: Some(money("80", Currency::EUR)),
                ..Leg::default()
            }],
            ..Payout::new(PayoutId(3), PlatformId(3), usd("100"))
        });
    }
}
