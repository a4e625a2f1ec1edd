//! Books for the tests of the store: one that holds every kind and variant, and any number of arbitrary ones.

use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};
use rust_decimal::Decimal;
use truerate::domain::book::Book;
use truerate::domain::change::{Change, Edit, Record};
use truerate::domain::earning::{Covers, DatedState, Earning, EarningKind, EarningState, Held, HeldKind};
use truerate::domain::exchange::ExchangeRate;
use truerate::domain::fact::{Provenance, Standing};
use truerate::domain::ids::{
    EarningId, PayoutId, PlatformId, ProjectId, RateId, RouteId, ScheduleId, SessionId, TermsId,
};
use truerate::domain::money::{Currency, Money};
use truerate::domain::payout::{Allocation, Difference, Leg, Payout};
use truerate::domain::platform::{DatedStage, EndedBy, Link, Platform, PlatformKind, Project, Stage, TaxForm};
use truerate::domain::route::{Fee, Route, RouteStep};
use truerate::domain::schedule::{
    ChaseAfter, CutOff, CutOffAction, Cycle, DayCount, EarningShape, Holidays, InvoiceClock, ItemEvent, Lag, Modifiers,
    MonthDays, PayDay, Precision, ReleaseShape, Repeat, RequestBefore, Review, Rule, RunDays, Schedule, Shift,
};
use truerate::domain::session::{Activity, Pause, Session};
use truerate::domain::settings::{DateStyle, Settings, Theme};
use truerate::domain::span::{DayRange, Timestamp, Zone};
use truerate::domain::terms::{Milestone, Pay, Range, Terms};

pub const NAIROBI: Zone = chrono_tz::Africa::Nairobi;

/// Settings of a new Book.
pub fn defaults() -> Settings {
    Settings::new(Currency::USD, NAIROBI)
}

/// A Book of these records.
pub fn book_of(records: Vec<Record>) -> Book {
    let mut book = Book::new(defaults());
    book.apply(&Change::new(records.into_iter().map(Edit::create).collect()));
    book
}

/// An ended session of an hour, as short as it can be.
pub fn session(id: u64, start: &str) -> Session {
    let started_at: Timestamp = start.parse().unwrap();
    Session {
        id: SessionId(id),
        started_at,
        ended_at: Some(started_at + TimeDelta::hours(1)),
        zone: NAIROBI,
        pauses: Vec::new(),
        declared_secs: None,
        project: Some(ProjectId(7)),
        activity: Activity::PaidWork,
        paid: true,
        task_type: None,
        tasks: None,
        own_price: None,
        credited_secs: None,
        reported_at: None,
        note: String::new(),
    }
}

/// Source of choices: bytes that run out into zeros, and zero is the plainest choice, so that failures shrink.
pub struct Dice<'a>(std::slice::Iter<'a, u8>);

const ZONES: [Zone; 4] = [NAIROBI, chrono_tz::UTC, chrono_tz::America::New_York, chrono_tz::Asia::Kolkata];
const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
const LETTERS: [&str; 12] = ["a", "Ω", "\"", "\\", "\n", "\r", "\0", "//", "ẹ̀", "\u{2028}", "\u{feff}", ")"];

impl<'a> Dice<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or(0)
    }

    fn number(&mut self) -> u32 {
        u32::from_be_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    fn up_to(&mut self, most: u32) -> u32 {
        self.number() % (most + 1)
    }

    fn yes(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::from(self.byte()) % of.len()].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    fn some<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.byte() % 3).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> String {
        (0..self.byte() % 5).map(|_| self.one(&LETTERS)).collect()
    }

    fn decimal(&mut self) -> Decimal {
        let whole = i64::from(self.number()) - i64::from(u32::MAX / 2);
        Decimal::new(whole, self.up_to(28))
    }

    fn currency(&mut self) -> Currency {
        let all = Currency::all();
        self.one(&all)
    }

    fn money(&mut self) -> Money {
        Money::new(self.decimal(), self.currency())
    }

    fn day(&mut self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + TimeDelta::days(i64::from(self.up_to(800)))
    }

    fn days(&mut self) -> DayRange {
        DayRange::new(self.day(), self.day())
    }

    fn time(&mut self) -> NaiveTime {
        NaiveTime::from_num_seconds_from_midnight_opt(self.up_to(86_399), 0).unwrap()
    }

    fn at(&mut self) -> Timestamp {
        self.day().and_time(self.time()).and_utc()
    }

    fn zone(&mut self) -> Zone {
        self.one(&ZONES)
    }

    fn weekday(&mut self) -> Weekday {
        self.one(&WEEKDAYS)
    }

    fn lag(&mut self) -> Lag {
        let min_days = self.up_to(60);
        let count = self.one(&[DayCount::Calendar, DayCount::Business]);
        Lag { min_days, max_days: min_days + self.up_to(60), count }
    }

    fn fee(&mut self) -> Fee {
        Fee { percent: self.maybe(Self::decimal), fixed: self.maybe(Self::money), at_least: self.maybe(Self::money) }
    }

    fn stage(&mut self) -> DatedStage {
        DatedStage {
            from: self.day(),
            stage: self.one(&STAGES),
            ended_by: self.maybe(|dice| dice.one(&[EndedBy::User, EndedBy::Platform])),
            why: self.text(),
        }
    }

    fn activity(&mut self) -> Activity {
        self.one(&Activity::ALL)
    }

    pub fn settings(&mut self) -> Settings {
        Settings {
            home_currency: self.currency(),
            second_currency: self.maybe(Self::currency),
            zone: self.zone(),
            day_start_minutes: self.up_to(1439),
            week_start: self.weekday(),
            set_aside_percent: self.maybe(Self::decimal),
            floor: self.maybe(Self::money),
            theme: self.one(&[Theme::System, Theme::Light, Theme::Dark]),
            date_style: self.one(&[DateStyle::DayMonth, DateStyle::MonthDay, DateStyle::Iso]),
            scale_percent: 50 + self.up_to(250),
            reduced_motion: self.yes(),
        }
    }

    fn platform(&mut self, id: u64) -> Platform {
        Platform {
            id: PlatformId(id),
            name: self.text(),
            badge: self.text(),
            hue: self.number(),
            kind: self.one(&PLATFORM_KINDS),
            currency: self.currency(),
            stages: self.some(Self::stage),
            default_route: self.maybe(|dice| RouteId(dice.number().into())),
            preset: self.maybe(Self::text),
            note: self.text(),
            links: self.some(|dice| Link { title: dice.text(), address: dice.text() }),
            found_at: self.text(),
            tax_form: self.maybe(|dice| TaxForm { name: dice.text(), handed_in_on: dice.maybe(Self::day) }),
            needs_tracker: self.yes(),
        }
    }

    fn project(&mut self, id: u64) -> Project {
        Project {
            id: ProjectId(id),
            platform: PlatformId(self.number().into()),
            name: self.text(),
            stages: self.some(Self::stage),
            usual_activity: self.activity(),
            usual_task_type: self.maybe(Self::text),
            expertise: self.some(Self::text),
            work_source: self.maybe(Self::text),
            platform_fee_percent: self.maybe(Self::decimal),
            note: self.text(),
        }
    }

    fn terms(&mut self, id: u64) -> Terms {
        let pay = match self.byte() % 5 {
            0 => Pay::PerHour(self.decimal()),
            1 => Pay::PerTask(self.decimal()),
            2 => Pay::PerUnit { unit: self.text(), price: self.decimal() },
            3 => Pay::Milestones(self.some(|dice| Milestone {
                name: dice.text(),
                amount: dice.decimal(),
                due_on: dice.maybe(Self::day),
            })),
            _ => Pay::BySession,
        };
        Terms {
            id: TermsId(id),
            project: ProjectId(self.number().into()),
            from: self.maybe(Self::day),
            currency: self.currency(),
            pay,
            advertised: self.maybe(|dice| Range { low: dice.decimal(), high: dice.decimal() }),
            held_percent: self.maybe(Self::decimal),
            cap_hours_a_day: self.maybe(Self::decimal),
            cap_hours_a_week: self.maybe(Self::decimal),
        }
    }

    fn cycle(&mut self) -> Cycle {
        match self.byte() % 3 {
            0 => Cycle::Weeks { every: 1 + self.up_to(3), starts: self.weekday(), anchor: self.maybe(Self::day) },
            1 => Cycle::TwiceAMonth { second_from: 2 + self.up_to(26) },
            _ => Cycle::Monthly { from_day: 1 + self.up_to(27) },
        }
    }

    fn month_day(&mut self) -> u32 {
        1 + self.up_to(30)
    }

    fn earning_shape(&mut self) -> EarningShape {
        match self.byte() % 4 {
            0 => EarningShape::PeriodBatch {
                cycle: self.cycle(),
                zone: self.zone(),
                starts_at: self.time(),
                pay_day: match self.byte() % 3 {
                    0 => {
                        PayDay::Weekday { weekday: self.weekday(), weeks_later_min: 0, weeks_later_max: self.up_to(3) }
                    }
                    1 => {
                        PayDay::DayOfMonth { from: self.month_day(), to: self.month_day(), months_later: self.up_to(2) }
                    }
                    _ => PayDay::After(self.lag()),
                },
            },
            1 => EarningShape::ItemClock {
                event: self.one(&ITEM_EVENTS),
                zone: self.zone(),
                lag: self.lag(),
                per_task_lag: self.maybe(Self::lag),
            },
            2 => EarningShape::InvoiceNet {
                net: self.lag(),
                clock: self.one(&INVOICE_CLOCKS),
                cycle: self.maybe(Self::cycle),
            },
            _ => EarningShape::OwnDate {
                on: self.maybe(Self::day),
                repeat: self
                    .maybe(|dice| if dice.yes() { Repeat::Monthly } else { Repeat::EveryWeeks(1 + dice.up_to(5)) }),
            },
        }
    }

    fn release_shape(&mut self) -> ReleaseShape {
        if self.yes() {
            return ReleaseShape::OnDemand {
                cooldown_hours: self.maybe(Self::number),
                balance_ceiling: self.maybe(Self::money),
            };
        }
        ReleaseShape::PayRun {
            days: if self.yes() {
                RunDays::Weekly { from: self.weekday(), to: self.weekday() }
            } else {
                RunDays::Monthly(self.some(|dice| MonthDays { from: dice.month_day(), to: dice.month_day() }))
            },
            zone: self.zone(),
            request_before: self.maybe(|dice| RequestBefore { days_before: dice.number(), at: dice.time() }),
        }
    }

    fn modifiers(&mut self) -> Modifiers {
        Modifiers {
            pay_zone: self.maybe(Self::zone),
            cut_off: self.maybe(|dice| CutOff {
                action: dice.one(&CUT_OFF_ACTIONS),
                days_after: dice.number(),
                at: dice.maybe(Self::time),
                remind_hours: dice.number(),
            }),
            review: self.maybe(|dice| Review { lag: dice.lag(), automatic: dice.yes() }),
            precision: self.one(&[Precision::On, Precision::By]),
            shift: self.one(&SHIFTS),
            holidays: match self.byte() % 5 {
                0 => Holidays::None,
                1 => Holidays::UsFederal,
                2 => Holidays::Target,
                3 => Holidays::UkBank,
                _ => Holidays::Own(self.some(Self::day)),
            },
            extra_business_days: self.number(),
            minimum: self.maybe(Self::money),
            ceiling: self.maybe(Self::money),
            first_payout_hold_days: self.maybe(Self::number),
            held_percent: self.maybe(Self::decimal),
            platform_fee: self.maybe(Self::fee),
            payout_fee: self.maybe(Self::fee),
            transit: self.maybe(Self::lag),
            chase_after: self.maybe(|dice| {
                if dice.yes() { ChaseAfter::DayOfMonth(dice.month_day()) } else { ChaseAfter::Lag(dice.lag()) }
            }),
            frozen: self.maybe(Self::text),
        }
    }

    fn schedule(&mut self, id: u64) -> Schedule {
        Schedule {
            id: ScheduleId(id),
            platform: PlatformId(self.number().into()),
            project: self.maybe(|dice| ProjectId(dice.number().into())),
            route: self.maybe(|dice| RouteId(dice.number().into())),
            valid_from: self.maybe(Self::day),
            valid_until: self.maybe(Self::day),
            rule: Rule {
                earning: self.earning_shape(),
                release: self.maybe(Self::release_shape),
                modifiers: self.modifiers(),
            },
            provenance: Provenance {
                standing: self.one(&STANDINGS),
                source: self.text(),
                checked_on: self.maybe(Self::day),
                taken_by_user: self.yes(),
            },
        }
    }

    fn route(&mut self, id: u64) -> Route {
        Route {
            id: RouteId(id),
            platform: self.maybe(|dice| PlatformId(dice.number().into())),
            name: self.text(),
            steps: self.some(|dice| RouteStep {
                to: dice.text(),
                transit: dice.maybe(Self::lag),
                fee: dice.maybe(Self::fee),
            }),
            landed_after_step: self.number(),
            minimum: self.maybe(Self::money),
            ceiling: self.maybe(Self::money),
            yearly_ceiling: self.maybe(Self::money),
        }
    }

    fn rate(&mut self, id: u64) -> ExchangeRate {
        ExchangeRate {
            id: RateId(id),
            base: self.currency(),
            quote: self.currency(),
            on: self.day(),
            rate: self.decimal(),
            source: self.text(),
            estimate: self.yes(),
        }
    }

    pub fn session(&mut self, id: u64) -> Session {
        let started_at = self.at();
        Session {
            id: SessionId(id),
            started_at,
            ended_at: self.maybe(|dice| started_at + TimeDelta::seconds(dice.up_to(100_000).into())),
            zone: self.zone(),
            pauses: self.some(|dice| Pause { from: dice.at(), until: dice.maybe(Self::at) }),
            declared_secs: self.maybe(|dice| dice.number().into()),
            project: self.maybe(|dice| ProjectId(dice.number().into())),
            activity: self.activity(),
            paid: self.yes(),
            task_type: self.maybe(Self::text),
            tasks: self.maybe(Self::number),
            own_price: self.maybe(Self::money),
            credited_secs: self.maybe(|dice| dice.number().into()),
            reported_at: self.maybe(Self::at),
            note: self.text(),
        }
    }

    fn earning(&mut self, id: u64) -> Earning {
        Earning {
            id: EarningId(id),
            platform: PlatformId(self.number().into()),
            project: self.maybe(|dice| ProjectId(dice.number().into())),
            kind: self.one(&EARNING_KINDS),
            amount: self.money(),
            worked: self.days(),
            covers: match self.byte() % 3 {
                0 => Covers::Nothing,
                1 => Covers::Sessions(self.some(|dice| SessionId(dice.number().into()))),
                _ => Covers::Days { project: ProjectId(self.number().into()), days: self.days() },
            },
            states: self.some(|dice| DatedState {
                on: dice.day(),
                state: {
                    let part = dice.maybe(Self::money);
                    dice.one(&states(part))
                },
            }),
            platform_fee: self.maybe(Self::money),
            tax_withheld: self.maybe(Self::money),
            route: self.maybe(|dice| RouteId(dice.number().into())),
            due_on: self.maybe(Self::day),
            not_before: self.maybe(Self::day),
            held: self.maybe(|dice| Held {
                kind: dice.one(&[HeldKind::Frozen, HeldKind::Disputed]),
                since: dice.day(),
                why: dice.text(),
            }),
            external_key: self.maybe(Self::text),
            note: self.text(),
        }
    }

    fn payout(&mut self, id: u64) -> Payout {
        Payout {
            id: PayoutId(id),
            platform: self.maybe(|dice| PlatformId(dice.number().into())),
            gross: self.money(),
            platform_fee: self.maybe(Self::money),
            tax_withheld: self.maybe(Self::money),
            sent_on: self.maybe(Self::day),
            legs: self.some(|dice| Leg {
                to: dice.text(),
                sent_on: dice.maybe(Self::day),
                arrived_on: dice.maybe(Self::day),
                fee: dice.maybe(Self::money),
                rate: dice.maybe(Self::decimal),
                arrived: dice.maybe(Self::money),
            }),
            received: self.maybe(Self::money),
            received_on: self.maybe(Self::day),
            route: self.maybe(|dice| RouteId(dice.number().into())),
            allocations: self
                .some(|dice| Allocation { earning: EarningId(dice.number().into()), amount: dice.money() }),
            difference: self.maybe(|dice| dice.one(&Difference::ALL)),
            external_key: self.maybe(Self::text),
            note: self.text(),
        }
    }

    /// A record of any kind but settings.
    pub fn record(&mut self, id: u64) -> Record {
        match self.byte() % 9 {
            0 => self.session(id).into(),
            1 => self.earning(id).into(),
            2 => self.payout(id).into(),
            3 => self.platform(id).into(),
            4 => self.project(id).into(),
            5 => self.terms(id).into(),
            6 => self.schedule(id).into(),
            7 => self.route(id).into(),
            _ => self.rate(id).into(),
        }
    }
}

const STAGES: [Stage; 8] = [
    Stage::Considering,
    Stage::Applied,
    Stage::Assessing,
    Stage::Onboarding,
    Stage::Active,
    Stage::Dry,
    Stage::Paused,
    Stage::Ended,
];
const PLATFORM_KINDS: [PlatformKind; 3] =
    [PlatformKind::Contractor, PlatformKind::DirectClient, PlatformKind::Employer];
const ITEM_EVENTS: [ItemEvent; 5] =
    [ItemEvent::Submitted, ItemEvent::Credited, ItemEvent::Charged, ItemEvent::Approved, ItemEvent::Completed];
const INVOICE_CLOCKS: [InvoiceClock; 3] = [InvoiceClock::Submitted, InvoiceClock::Corrected, InvoiceClock::Approved];
const CUT_OFF_ACTIONS: [CutOffAction; 5] =
    [CutOffAction::Submit, CutOffAction::Report, CutOffAction::Approve, CutOffAction::Invoice, CutOffAction::Request];
const SHIFTS: [Shift; 3] = [Shift::None, Shift::Next, Shift::Previous];
const STANDINGS: [Standing; 4] = [Standing::Documented, Standing::Reported, Standing::Unverified, Standing::Own];
const EARNING_KINDS: [EarningKind; 5] =
    [EarningKind::Work, EarningKind::Milestone, EarningKind::Bonus, EarningKind::Adjustment, EarningKind::Opening];

fn states(part: Option<Money>) -> [EarningState; 9] {
    [
        EarningState::ToReport,
        EarningState::Submitted,
        EarningState::Approved(part),
        EarningState::Invoiced,
        EarningState::Rejected,
        EarningState::Appealed,
        EarningState::Reworked,
        EarningState::Contested,
        EarningState::WrittenOff,
    ]
}

/// Records that hold every variant of every enum, and every field at least once filled and once empty.
pub fn every_kind() -> Vec<Record> {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let dec = |text: &str| text.parse::<Decimal>().unwrap();
    let usd = |text: &str| Money::new(dec(text), Currency::USD);
    let kes = |text: &str| Money::new(dec(text), "KES".parse().unwrap());
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    let mut records: Vec<Record> = vec![
        Settings {
            second_currency: Some("KES".parse().unwrap()),
            day_start_minutes: 240,
            set_aside_percent: Some(dec("30")),
            floor: Some(usd("15")),
            theme: Theme::Dark,
            date_style: DateStyle::Iso,
            scale_percent: 125,
            reduced_motion: true,
            ..defaults()
        }
        .into(),
    ];

    for (at, kind) in (1..).zip(PLATFORM_KINDS) {
        records.push(
            Platform {
                id: PlatformId(at),
                name: format!("Platform {at}"),
                badge: format!("P{at}"),
                hue: u32::try_from(at).unwrap(),
                kind,
                currency: Currency::USD,
                stages: Vec::new(),
                default_route: None,
                preset: None,
                note: String::new(),
                links: Vec::new(),
                found_at: String::new(),
                tax_form: None,
                needs_tracker: false,
            }
            .into(),
        );
    }
    records.push(
        Platform {
            id: PlatformId(u64::MAX),
            name: "Acme “Works”".to_owned(),
            badge: "AW".to_owned(),
            hue: 0,
            kind: PlatformKind::Contractor,
            currency: Currency::GBP,
            stages: STAGES
                .into_iter()
                .map(|stage| DatedStage {
                    from: day("2026-01-12"),
                    stage,
                    ended_by: match stage {
                        Stage::Paused => Some(EndedBy::User),
                        Stage::Ended => Some(EndedBy::Platform),
                        _ => None,
                    },
                    why: if stage == Stage::Ended { "no tasks\nsince May".to_owned() } else { String::new() },
                })
                .collect(),
            default_route: Some(RouteId(40)),
            preset: Some("acme".to_owned()),
            note: "Pays late, \\o/".to_owned(),
            links: vec![Link { title: "Help".to_owned(), address: "https://example.org/help".to_owned() }],
            found_at: "a forum".to_owned(),
            tax_form: Some(TaxForm { name: "W-8BEN".to_owned(), handed_in_on: Some(day("2026-01-20")) }),
            needs_tracker: true,
        }
        .into(),
    );
    records.push(
        Project {
            id: ProjectId(7),
            platform: PlatformId(1),
            name: "Aloe".to_owned(),
            stages: Vec::new(),
            usual_activity: Activity::PaidWork,
            usual_task_type: None,
            expertise: Vec::new(),
            work_source: None,
            platform_fee_percent: None,
            note: String::new(),
        }
        .into(),
    );
    records.push(
        Project {
            id: ProjectId(8),
            platform: PlatformId(u64::MAX),
            name: "Utafiti".to_owned(),
            stages: vec![DatedStage {
                from: day("2026-02-01"),
                stage: Stage::Active,
                ended_by: None,
                why: String::new(),
            }],
            usual_activity: Activity::Assessment,
            usual_task_type: Some("rating".to_owned()),
            expertise: vec!["Swahili".to_owned(), "Rust".to_owned()],
            work_source: Some("Initech".to_owned()),
            platform_fee_percent: Some(dec("8.5")),
            note: "Ask first".to_owned(),
        }
        .into(),
    );

    let pays = [
        Pay::PerHour(dec("25.00")),
        Pay::PerTask(dec("0.64")),
        Pay::PerUnit { unit: "audio minute".to_owned(), price: dec("0.9") },
        Pay::Milestones(vec![
            Milestone { name: "Draft".to_owned(), amount: dec("200"), due_on: Some(day("2026-12-01")) },
            Milestone { name: "Final".to_owned(), amount: dec("300"), due_on: None },
        ]),
        Pay::BySession,
    ];
    for (at, pay) in (20..).zip(pays) {
        let full = at == 20;
        records.push(
            Terms {
                id: TermsId(at),
                project: ProjectId(7),
                from: full.then(|| day("2026-03-01")),
                currency: Currency::USD,
                pay,
                advertised: full.then(|| Range { low: dec("20"), high: dec("30") }),
                held_percent: full.then(|| dec("10")),
                cap_hours_a_day: full.then(|| dec("8")),
                cap_hours_a_week: full.then(|| dec("37.5")),
            }
            .into(),
        );
    }

    let weekly = Cycle::Weeks { every: 1, starts: Weekday::Tue, anchor: None };
    let lag = Lag::days(3, 7);
    let business = Lag { count: DayCount::Business, ..lag };
    let batch =
        |cycle, pay_day| EarningShape::PeriodBatch { cycle, zone: chrono_tz::UTC, starts_at: time("00:00"), pay_day };
    let mut shapes = vec![
        (batch(weekly, PayDay::Weekday { weekday: Weekday::Tue, weeks_later_min: 0, weeks_later_max: 1 }), None),
        (
            batch(
                Cycle::Weeks { every: 2, starts: Weekday::Sat, anchor: Some(day("2026-11-07")) },
                PayDay::DayOfMonth { from: 15, to: 17, months_later: 1 },
            ),
            None,
        ),
        (batch(Cycle::TwiceAMonth { second_from: 16 }, PayDay::After(business)), None),
        (batch(Cycle::Monthly { from_day: 1 }, PayDay::After(lag)), None),
        (
            EarningShape::OwnDate { on: None, repeat: None },
            Some(ReleaseShape::OnDemand { cooldown_hours: Some(72), balance_ceiling: Some(usd("1000")) }),
        ),
        (
            EarningShape::OwnDate { on: Some(day("2026-12-24")), repeat: Some(Repeat::Monthly) },
            Some(ReleaseShape::OnDemand { cooldown_hours: None, balance_ceiling: None }),
        ),
        (
            EarningShape::OwnDate { on: Some(day("2026-12-24")), repeat: Some(Repeat::EveryWeeks(2)) },
            Some(ReleaseShape::PayRun {
                days: RunDays::Weekly { from: Weekday::Thu, to: Weekday::Sun },
                zone: chrono_tz::Europe::London,
                request_before: Some(RequestBefore { days_before: 1, at: time("17:30") }),
            }),
        ),
        (
            EarningShape::OwnDate { on: None, repeat: None },
            Some(ReleaseShape::PayRun {
                days: RunDays::Monthly(vec![MonthDays { from: 1, to: 5 }, MonthDays { from: 15, to: 20 }]),
                zone: chrono_tz::UTC,
                request_before: None,
            }),
        ),
    ];
    for event in ITEM_EVENTS {
        let per_task_lag = (event == ItemEvent::Submitted).then_some(Lag::days(3, 3));
        shapes.push((EarningShape::ItemClock { event, zone: chrono_tz::UTC, lag, per_task_lag }, None));
    }
    for clock in INVOICE_CLOCKS {
        let cycle = (clock == InvoiceClock::Approved).then_some(weekly);
        shapes.push((EarningShape::InvoiceNet { net: Lag::days(30, 30), clock, cycle }, None));
    }
    for weekday in WEEKDAYS {
        let pay_day = PayDay::Weekday { weekday, weeks_later_min: 1, weeks_later_max: 1 };
        shapes.push((batch(weekly, pay_day), None));
    }

    let fee = Fee { percent: Some(dec("2.9")), fixed: Some(usd("0.30")), at_least: Some(usd("1")) };
    let plain = |action| CutOff { action, days_after: 0, at: None, remind_hours: 0 };
    let mut modifiers = vec![
        Modifiers {
            pay_zone: Some(chrono_tz::America::Los_Angeles),
            cut_off: Some(CutOff {
                days_after: 1,
                at: Some(time("23:59")),
                remind_hours: 12,
                ..plain(CutOffAction::Submit)
            }),
            review: Some(Review { lag: business, automatic: true }),
            precision: Precision::By,
            shift: Shift::Next,
            holidays: Holidays::Own(vec![day("2026-12-25"), day("2026-12-26")]),
            extra_business_days: 2,
            minimum: Some(usd("10")),
            ceiling: Some(usd("2500")),
            first_payout_hold_days: Some(14),
            held_percent: Some(dec("5")),
            platform_fee: Some(fee.clone()),
            payout_fee: Some(Fee { percent: Some(dec("1")), ..Fee::default() }),
            transit: Some(Lag::days(1, 2)),
            chase_after: Some(ChaseAfter::DayOfMonth(20)),
            frozen: Some("identity check".to_owned()),
        },
        Modifiers {
            cut_off: Some(plain(CutOffAction::Report)),
            review: Some(Review { lag, automatic: false }),
            shift: Shift::Previous,
            holidays: Holidays::UsFederal,
            chase_after: Some(ChaseAfter::Lag(lag)),
            ..Modifiers::default()
        },
        Modifiers { cut_off: Some(plain(CutOffAction::Approve)), holidays: Holidays::Target, ..Modifiers::default() },
        Modifiers { cut_off: Some(plain(CutOffAction::Invoice)), holidays: Holidays::UkBank, ..Modifiers::default() },
        Modifiers { cut_off: Some(plain(CutOffAction::Request)), ..Modifiers::default() },
    ];
    modifiers.resize(shapes.len(), Modifiers::default());
    for (at, ((earning, release), modifiers)) in (60..).zip(shapes.into_iter().zip(modifiers)) {
        let standing = STANDINGS[usize::try_from(at % 4).unwrap()];
        let own = standing == Standing::Own;
        records.push(
            Schedule {
                id: ScheduleId(at),
                platform: PlatformId(1),
                project: own.then_some(ProjectId(7)),
                route: own.then_some(RouteId(40)),
                valid_from: own.then(|| day("2026-01-01")),
                valid_until: own.then(|| day("2026-12-31")),
                rule: Rule { earning, release, modifiers },
                provenance: Provenance {
                    standing,
                    source: if own { String::new() } else { "help centre".to_owned() },
                    checked_on: (!own).then(|| day("2026-11-22")),
                    taken_by_user: standing == Standing::Unverified,
                },
            }
            .into(),
        );
    }

    records.push(
        Route {
            id: RouteId(40),
            platform: Some(PlatformId(1)),
            name: "PayPal, then bank".to_owned(),
            steps: vec![
                RouteStep { to: "PayPal".to_owned(), transit: Some(Lag::days(0, 1)), fee: None },
                RouteStep { to: "Bank".to_owned(), transit: None, fee: Some(fee) },
            ],
            landed_after_step: 1,
            minimum: Some(usd("10")),
            ceiling: Some(usd("5000")),
            yearly_ceiling: Some(usd("10000")),
        }
        .into(),
    );
    records.push(
        Route {
            id: RouteId(41),
            platform: None,
            name: "M-Pesa".to_owned(),
            steps: Vec::new(),
            landed_after_step: 0,
            minimum: None,
            ceiling: None,
            yearly_ceiling: None,
        }
        .into(),
    );
    for (id, estimate) in [(50, false), (51, true)] {
        records.push(
            ExchangeRate {
                id: RateId(id),
                base: Currency::USD,
                quote: "KES".parse().unwrap(),
                on: day("2026-11-17"),
                rate: dec("129.250"),
                source: if estimate { String::new() } else { "my bank".to_owned() },
                estimate,
            }
            .into(),
        );
    }

    for (hour, activity) in (100..).zip(Activity::ALL) {
        let mut session = session(hour, "2026-11-20T06:00:00Z");
        session.activity = activity;
        session.paid = activity.usually_paid() != (activity == Activity::Rework);
        records.push(session.into());
    }
    records.push(Session { paid: false, ..session(110, "2026-10-31T20:59:59Z") }.into());
    records.push(
        Session {
            zone: chrono_tz::Europe::Berlin,
            pauses: vec![Pause { from: at("2026-10-25T00:10:00Z"), until: Some(at("2026-10-25T00:20:00Z")) }],
            declared_secs: Some(1800),
            task_type: Some("rating".to_owned()),
            tasks: Some(12),
            own_price: Some(Money::new(dec("9.00"), Currency::GBP)),
            credited_secs: Some(3300),
            reported_at: Some(at("2026-10-25T02:00:00Z")),
            note: "Two lines:\n“one”, two".to_owned(),
            ..session(111, "2026-10-25T00:00:00Z")
        }
        .into(),
    );
    records.push(Session { ended_at: None, project: None, ..session(112, "2026-11-22T05:00:00Z") }.into());
    records.push(
        Session {
            ended_at: None,
            zone: chrono_tz::UTC,
            pauses: vec![Pause { from: at("2026-11-22T05:30:00Z"), until: None }],
            ..session(113, "2026-11-22T05:00:00Z")
        }
        .into(),
    );

    let covers = [
        Covers::Nothing,
        Covers::Sessions(vec![SessionId(100), SessionId(110)]),
        Covers::Days { project: ProjectId(7), days: DayRange::new(day("2026-11-02"), day("2026-11-08")) },
    ];
    for (at, kind) in (200..).zip(EARNING_KINDS) {
        let full = kind == EarningKind::Work;
        let mut dated: Vec<DatedState> = Vec::new();
        if full {
            dated.extend(states(None).into_iter().map(|state| DatedState { on: day("2026-11-10"), state }));
            dated.push(DatedState { on: day("2026-11-11"), state: EarningState::Approved(Some(usd("150.00"))) });
        }
        records.push(
            Earning {
                id: EarningId(at),
                platform: PlatformId(1),
                project: full.then_some(ProjectId(7)),
                kind,
                amount: usd("162.50"),
                worked: if full {
                    DayRange::new(day("2026-11-02"), day("2026-11-08"))
                } else {
                    DayRange::day(day("2026-10-31"))
                },
                covers: covers[usize::try_from(at % 3).unwrap()].clone(),
                states: dated,
                platform_fee: full.then(|| usd("16.25")),
                tax_withheld: full.then(|| usd("0.01")),
                route: full.then_some(RouteId(40)),
                due_on: full.then(|| day("2026-11-15")),
                not_before: full.then(|| day("2026-11-14")),
                held: match kind {
                    EarningKind::Work => {
                        Some(Held { kind: HeldKind::Frozen, since: day("2026-11-12"), why: "audit".to_owned() })
                    }
                    EarningKind::Bonus => {
                        Some(Held { kind: HeldKind::Disputed, since: day("2026-11-12"), why: String::new() })
                    }
                    _ => None,
                },
                external_key: full.then(|| "row-17".to_owned()),
                note: if full { "week 45".to_owned() } else { String::new() },
            }
            .into(),
        );
    }

    for (at, difference) in (300..).zip(Difference::ALL.map(Some).into_iter().chain([None])) {
        let full = at == 300;
        records.push(
            Payout {
                id: PayoutId(at),
                platform: full.then_some(PlatformId(1)),
                gross: usd("162.50"),
                platform_fee: full.then(|| usd("1")),
                tax_withheld: full.then(|| usd("2")),
                sent_on: full.then(|| day("2026-11-17")),
                legs: if full {
                    vec![
                        Leg {
                            to: "PayPal".to_owned(),
                            sent_on: Some(day("2026-11-17")),
                            arrived_on: Some(day("2026-11-18")),
                            fee: Some(usd("0.50")),
                            rate: Some(dec("128.4")),
                            arrived: Some(kes("20415.60")),
                        },
                        Leg {
                            to: "Bank".to_owned(),
                            sent_on: None,
                            arrived_on: None,
                            fee: None,
                            rate: None,
                            arrived: None,
                        },
                    ]
                } else {
                    Vec::new()
                },
                received: full.then(|| kes("20415.60")),
                received_on: (at == 301).then(|| day("2026-11-19")),
                route: full.then_some(RouteId(40)),
                allocations: if full {
                    vec![Allocation { earning: EarningId(200), amount: usd("150.00") }]
                } else {
                    Vec::new()
                },
                difference,
                external_key: full.then(|| "tx-1".to_owned()),
                note: if full { "first one".to_owned() } else { String::new() },
            }
            .into(),
        );
    }
    records
}
