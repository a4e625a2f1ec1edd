//! The records of the golden Book: every kind and variant, every field filled and empty.

use chrono::{NaiveDate, NaiveTime, Weekday};
use rust_decimal::Decimal;
use truerate::domain::bill::{Bill, Repeats};
use truerate::domain::change::Record;
use truerate::domain::earning::{Covers, DatedState, Earning, EarningKind, EarningState, Held, HeldKind};
use truerate::domain::exchange::ExchangeRate;
use truerate::domain::fact::{Provenance, Standing};
use truerate::domain::ids::{
    BillId, EarningId, MovementId, PayoutId, PlatformId, ProjectId, RateId, RouteId, ScheduleId, SessionId, TermsId,
};
use truerate::domain::money::{Currency, Money};
use truerate::domain::movement::{Movement, Role};
use truerate::domain::payer_rule::{PayerRule, Whose};
use truerate::domain::payout::{Allocation, Difference, Leg, Payout};
use truerate::domain::platform::{
    AttachedFile, Check, DatedStage, EndedBy, Link, Platform, PlatformKind, Project, QualityMeasure, QualityNote,
    Stage, TaxForm,
};
use truerate::domain::route::{Fee, Route, RouteStep};
use truerate::domain::schedule::{
    ChaseAfter, CutOff, CutOffAction, Cycle, DayCount, EarningShape, Holidays, InvoiceClock, ItemEvent, Lag, Modifiers,
    MonthDays, PayDay, Precision, ReleaseShape, Repeat, RequestBefore, Review, Rule, RunDays, Schedule, Shift,
};
use truerate::domain::seen::{Dismissed, Seen, SeenFigure};
use truerate::domain::session::{Activity, Pause, Rare, Seldom, Session};
use truerate::domain::settings::{DateStyle, NumberStyle, Settings, Theme};
use truerate::domain::span::{DayRange, Month, Timestamp};
use truerate::domain::statement::{
    self, Head, Kind, Mapping, Meaning, MoveKind, MoveState, Origin, Place, RowKind, Signs,
};
use truerate::domain::terms::{Milestone, Mission, Pay, Range, Terms};

use super::{
    EARNING_KINDS, INVOICE_CLOCKS, ITEM_EVENTS, PLATFORM_KINDS, STAGES, STANDINGS, WEEKDAYS, defaults, session, states,
};

fn origin(reference: &str) -> Origin {
    Origin { key: format!("format||{reference}"), said: "1.50 USD sent".to_owned() }
}

/// Records that hold every variant of every enum, and every field at least once filled and once empty.
#[expect(clippy::too_many_lines, reason = "a list")]
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
            number_style: NumberStyle::CommaSpace,
            country: Some("KE".to_owned()),
            scale_percent: 125,
            reduced_motion: true,
            most_on_one_percent: Some(dec("60")),
            save_page_above: Some(usd("150")),
            mappings: vec![mapping()],
            payer_rules: [Whose::Platform(PlatformId(1)), Whose::Own, Whose::Other]
                .map(|whose| PayerRule { words: "PAYPAL *LANTERN".to_owned(), whose })
                .to_vec(),
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
                self_reports: None,
                checklist: Vec::new(),
                quality: Vec::new(),
                files: Vec::new(),
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
                    ended_by: if stage == Stage::Ended {
                        Some(EndedBy::Platform)
                    } else {
                        (stage == Stage::Paused).then_some(EndedBy::User)
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
            self_reports: Some(true),
            checklist: vec![
                Check { done_on: Some(day("2026-01-20")), ..Check::new("Send the tax form") },
                Check { due_on: Some(day("2026-03-01")), ..Check::new("Take the second test") },
            ],
            quality: QualityMeasure::ALL
                .into_iter()
                .map(|measure| QualityNote {
                    on: day("2026-03-05"),
                    project: (measure == QualityMeasure::Score).then_some(ProjectId(8)),
                    measure,
                    value: (measure != QualityMeasure::Warning).then(|| dec("3.9")),
                    out_of: (measure == QualityMeasure::Score).then(|| dec("5")),
                    note: if measure == QualityMeasure::Warning { "“Too fast”".to_owned() } else { String::new() },
                })
                .collect(),
            files: vec![AttachedFile {
                title: "Contract".to_owned(),
                path: "/home/ada/contracts/acme.pdf".to_owned(),
                added_on: day("2026-01-12"),
            }],
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
                missions: full
                    .then(|| Mission {
                        name: "Twenty by Sunday".to_owned(),
                        count: 20,
                        amount: dec("50"),
                        days: DayRange::new(day("2026-11-16"), day("2026-11-22")),
                    })
                    .into_iter()
                    .collect(),
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

    for (id, repeats) in (60..).zip(Repeats::ALL) {
        records.push(
            Bill {
                id: BillId(id),
                name: "Rent".to_owned(),
                amount: kes("25000"),
                due_on: day("2026-12-01"),
                repeats,
                until: (repeats == Repeats::Monthly).then(|| day("2027-06-30")),
            }
            .into(),
        );
    }
    records.push(
        Seen {
            dismissed: vec![Dismissed { need: "late acme 2026-11-18".to_owned(), on: day("2026-11-22") }],
            figures: vec![SeenFigure {
                platform: PlatformId(1),
                month: Month { year: 2026, month: 10 },
                earned: usd("605.57"),
                credited_secs: 147_600,
            }],
        }
        .into(),
    );

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
            task_type: Some("rating".into()),
            tasks: nonmax::NonMaxU32::new(12),
            credited_secs: Some(3300),
            seldom: Seldom {
                own_price: Some(Money::new(dec("9.00"), Currency::GBP)),
                reported_at: Some(at("2026-10-25T02:00:00Z")),
                rare: Rare {
                    origin: Some(origin("toggl-3")),
                    pauses: vec![Pause { from: at("2026-10-25T00:10:00Z"), until: Some(at("2026-10-25T00:20:00Z")) }],
                    declared_secs: Some(1800),
                    unit_thousandths: 500,
                    note: "Two lines:\n“one”, two".to_owned(),
                }
                .into(),
            }
            .into(),
            ..session(111, "2026-10-25T00:00:00Z")
        }
        .into(),
    );
    records.push(Session { ended_at: None, project: None, ..session(112, "2026-11-22T05:00:00Z") }.into());
    records.push(
        Session {
            ended_at: None,
            zone: chrono_tz::UTC,
            seldom: Rare { pauses: vec![Pause { from: at("2026-11-22T05:30:00Z"), until: None }], ..Rare::default() }
                .into(),
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
                held: (full || kind == EarningKind::Bonus).then(|| Held {
                    kind: if full { HeldKind::Frozen } else { HeldKind::Disputed },
                    since: day("2026-11-12"),
                    why: if full { "audit".to_owned() } else { String::new() },
                }),
                chase_on: full.then(|| day("2026-11-26")),
                credited_secs: full.then_some(5_400),
                origin: full.then(|| origin("row-17")),
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
                gross_computed: at == 301,
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
                chase_on: (at == 302).then(|| day("2026-11-27")),
                origin: full.then(|| origin("tx-1")),
                note: if full { "first one".to_owned() } else { String::new() },
            }
            .into(),
        );
    }
    records.extend(movements().map(Record::from));
    records
}

fn movements() -> impl Iterator<Item = Movement> {
    let kinds = [MoveKind::Payment, MoveKind::Own, MoveKind::Exchange, MoveKind::Fee, MoveKind::Hold, MoveKind::Refund];
    let roles = [Role::Unsaid, Role::Payout(PayoutId(300)), Role::Own, Role::Other];
    (400..).zip(kinds.into_iter().zip(roles.into_iter().cycle())).map(|(at, (kind, role))| {
        let full = at == 400;
        let usd = |cents| Money::new(Decimal::new(cents, 2), Currency::USD);
        let text = |text: &str| if full { text.to_owned() } else { String::new() };
        Movement {
            id: MovementId(at),
            account: "PayPal".to_owned(),
            on: "2026-11-20".parse().unwrap(),
            amount: usd(if full { 16_130 } else { -2_000 }),
            fee: full.then(|| usd(120)),
            kind,
            state: if full { MoveState::Pending } else { MoveState::Done },
            other: text("Lantern Ltd"),
            text: text("October"),
            reference: text("8AB12345"),
            parent: text("7ZZ99999"),
            role,
            origin: full.then(|| origin("8AB12345")),
        }
    })
}

fn mapping() -> Mapping {
    let named = |name: &str| Place::Named(name.to_owned());
    Mapping {
        name: "Lantern bank".to_owned(),
        head: Head::Names(["betrag".to_owned(), "datum".to_owned(), "soll/haben".to_owned()].into()),
        rows: RowKind::Moved,
        columns: vec![
            (named("datum"), Meaning::Day),
            (named("betrag"), Meaning::Amount),
            (named("soll/haben"), Meaning::Direction),
            (Place::Nth(4), Meaning::Text),
        ],
        signs: Signs::OutWhere(["s".to_owned()].into()),
        fee_beside: true,
        states: [("vorgemerkt".to_owned(), statement::Standing::Skipped)].into(),
        kinds: [("umbuchung".to_owned(), Kind::Own)].into(),
        currency: Some(Currency::EUR),
        payer: "Lantern Ltd".to_owned(),
        account: "Giro".to_owned(),
    }
}
