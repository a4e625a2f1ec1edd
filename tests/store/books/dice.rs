//! Arbitrary records from a string of bytes, in a form that shrinks.

use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};
use rust_decimal::Decimal;
use truerate::domain::bill::{Bill, Repeats};
use truerate::domain::change::Record;
use truerate::domain::earning::{Covers, DatedState, Earning, Held, HeldKind};
use truerate::domain::exchange::ExchangeRate;
use truerate::domain::fact::Provenance;
use truerate::domain::ids::{
    BillId, EarningId, MovementId, PayoutId, PlatformId, ProjectId, RateId, RouteId, ScheduleId, SessionId, TermsId,
};
use truerate::domain::money::{Currency, Money};
use truerate::domain::movement::{Movement, Role};
use truerate::domain::payer_rule::{PayerRule, Whose};
use truerate::domain::payout::{Allocation, Difference, Leg, Payout};
use truerate::domain::platform::{
    AttachedFile, Check, DatedStage, EndedBy, Link, Platform, Project, QualityMeasure, QualityNote, TaxForm,
};
use truerate::domain::route::{Fee, Route, RouteStep};
use truerate::domain::schedule::{
    ChaseAfter, CutOff, Cycle, DayCount, EarningShape, Holidays, Lag, Modifiers, MonthDays, PayDay, Precision,
    ReleaseShape, Repeat, RequestBefore, Review, Rule, RunDays, Schedule,
};
use truerate::domain::seen::{Dismissed, Seen, SeenFigure};
use truerate::domain::session::{Activity, Pause, Rare, Seldom, Session};
use truerate::domain::settings::{DateStyle, NumberStyle, Settings, Theme};
use truerate::domain::span::{DayRange, Month, Timestamp, Zone};
use truerate::domain::statement::{
    Head, Kind, Mapping, Meaning, MoveKind, MoveState, Origin, Place, RowKind, Signs, Standing,
};
use truerate::domain::terms::{Milestone, Mission, Pay, Range, Terms};

use super::{
    CUT_OFF_ACTIONS, EARNING_KINDS, INVOICE_CLOCKS, ITEM_EVENTS, NAIROBI, PLATFORM_KINDS, SHIFTS, STAGES, STANDINGS,
    WEEKDAYS, states,
};

/// Source of choices: bytes that run out into zeros, and zero is the plainest choice, so that failures shrink.
pub struct Dice<'a>(std::slice::Iter<'a, u8>);

const ZONES: [Zone; 4] = [NAIROBI, chrono_tz::UTC, chrono_tz::America::New_York, chrono_tz::Asia::Kolkata];
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

    fn origin(&mut self) -> Origin {
        Origin { key: format!("row|{}", self.text()), said: self.text() }
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
            number_style: self.one(&NumberStyle::ALL),
            country: self.maybe(Self::text),
            scale_percent: 50 + self.up_to(250),
            reduced_motion: self.yes(),
            most_on_one_percent: self.maybe(Self::decimal),
            save_page_above: self.maybe(Self::money),
            mappings: self.some(Self::mapping),
            payer_rules: self.some(|dice| {
                let of = Whose::Platform(PlatformId(dice.number().into()));
                PayerRule { words: dice.text(), whose: dice.one(&[of, Whose::Own, Whose::Other]) }
            }),
        }
    }

    fn mapping(&mut self) -> Mapping {
        let place = |dice: &mut Self| {
            if dice.yes() { Place::Named(dice.text()) } else { Place::Nth(dice.number()) }
        };
        let signs = match self.up_to(2) {
            0 => Signs::AsWritten,
            1 => Signs::Reversed,
            _ => Signs::OutWhere(self.some(Self::text).into_iter().collect()),
        };
        let names = self.some(Self::text).into_iter().collect();
        Mapping {
            name: self.text(),
            head: if self.yes() { Head::Names(names) } else { Head::Columns(self.number()) },
            rows: self.one(&RowKind::ALL),
            columns: self.some(|dice| (place(dice), dice.one(&Meaning::ALL))),
            signs,
            fee_beside: self.yes(),
            states: self.some(|dice| (dice.text(), dice.one(&Standing::ALL))).into_iter().collect(),
            kinds: self.some(|dice| (dice.text(), dice.one(&Kind::ALL))).into_iter().collect(),
            currency: self.maybe(Self::currency),
            payer: self.text(),
            account: self.text(),
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
            self_reports: self.maybe(|dice| dice.one(&[true, false])),
            tax_form: self.maybe(|dice| TaxForm { name: dice.text(), handed_in_on: dice.maybe(Self::day) }),
            needs_tracker: self.yes(),
            checklist: self.some(|dice| Check {
                text: dice.text(),
                due_on: dice.maybe(Self::day),
                done_on: dice.maybe(Self::day),
            }),
            quality: self.some(|dice| QualityNote {
                on: dice.day(),
                project: dice.maybe(|dice| ProjectId(dice.number().into())),
                measure: dice.one(&QualityMeasure::ALL),
                value: dice.maybe(Self::decimal),
                out_of: dice.maybe(Self::decimal),
                note: dice.text(),
            }),
            files: self.some(|dice| AttachedFile { title: dice.text(), path: dice.text(), added_on: dice.day() }),
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
            missions: self.some(|dice| Mission {
                name: dice.text(),
                count: dice.number(),
                amount: dice.decimal(),
                days: dice.days(),
            }),
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
            days: match self.byte() % 3 {
                0 => RunDays::Weekly { from: self.weekday(), to: self.weekday() },
                1 => RunDays::Weekdays(self.some(Self::weekday)),
                _ => RunDays::Monthly(self.some(|dice| MonthDays { from: dice.month_day(), to: dice.month_day() })),
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

    fn bill(&mut self, id: u64) -> Bill {
        Bill {
            id: BillId(id),
            name: self.text(),
            amount: self.money(),
            due_on: self.day(),
            repeats: self.one(&Repeats::ALL),
            until: self.maybe(Self::day),
        }
    }

    fn seen(&mut self) -> Seen {
        Seen {
            dismissed: self.some(|dice| Dismissed { need: dice.text(), on: dice.day() }),
            figures: self.some(|dice| SeenFigure {
                platform: PlatformId(dice.number().into()),
                month: Month::of_day(dice.day()),
                earned: dice.money(),
                credited_secs: dice.number().into(),
            }),
        }
    }

    pub fn session(&mut self, id: u64) -> Session {
        let started_at = self.at();
        Session {
            id: SessionId(id),
            started_at,
            ended_at: self.maybe(|dice| started_at + TimeDelta::seconds(dice.up_to(100_000).into())),
            zone: self.zone(),
            project: self.maybe(|dice| ProjectId(dice.number().into())),
            activity: self.activity(),
            paid: self.yes(),
            task_type: self.maybe(Self::text).as_deref().map(Into::into),
            tasks: self.maybe(Self::number).and_then(nonmax::NonMaxU32::new),
            credited_secs: self.maybe(|dice| dice.number().into()),
            seldom: Seldom {
                own_price: self.maybe(Self::money),
                reported_at: self.maybe(Self::at),
                rare: Rare {
                    origin: self.maybe(Self::origin),
                    pauses: self.some(|dice| Pause { from: dice.at(), until: dice.maybe(Self::at) }),
                    declared_secs: self.maybe(|dice| dice.number().into()),
                    unit_thousandths: self.up_to(1_000),
                    note: self.text(),
                }
                .into(),
            }
            .into(),
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
            chase_on: self.maybe(Self::day),
            credited_secs: self.maybe(Self::number).map(i64::from),
            origin: self.maybe(Self::origin),
            note: self.text(),
        }
    }

    fn payout(&mut self, id: u64) -> Payout {
        Payout {
            id: PayoutId(id),
            platform: self.maybe(|dice| PlatformId(dice.number().into())),
            gross: self.money(),
            gross_computed: self.byte().is_multiple_of(2),
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
            chase_on: self.maybe(Self::day),
            origin: self.maybe(Self::origin),
            note: self.text(),
        }
    }

    fn movement(&mut self, id: u64) -> Movement {
        const KINDS: [MoveKind; 6] =
            [MoveKind::Payment, MoveKind::Own, MoveKind::Exchange, MoveKind::Fee, MoveKind::Hold, MoveKind::Refund];
        let payout = Role::Payout(PayoutId(self.number().into()));
        Movement {
            id: MovementId(id),
            account: self.text(),
            on: self.day(),
            amount: self.money(),
            fee: self.maybe(Self::money),
            kind: self.one(&KINDS),
            state: self.one(&[MoveState::Done, MoveState::Pending]),
            other: self.text(),
            text: self.text(),
            reference: self.text(),
            parent: self.text(),
            role: self.one(&[Role::Unsaid, payout, Role::Own, Role::Other]),
            origin: self.maybe(Self::origin),
        }
    }

    /// A record of any kind but settings.
    pub fn record(&mut self, id: u64) -> Record {
        match self.byte() % 12 {
            0 => self.session(id).into(),
            9 => self.bill(id).into(),
            10 => self.seen().into(),
            11 => self.movement(id).into(),
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
