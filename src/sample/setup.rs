//! The platforms of the sample and what stands beside them: projects, terms, schedules, rates, bills, settings.

use chrono::{Datelike, NaiveDate};
use fastrand::Rng;
use rust_decimal::Decimal;

use super::Plan;
use super::payers::{PAYERS, PROJECT_DAYS, Payer, Pays, Work};
use crate::domain::bill::{Bill, Repeats};
use crate::domain::change::Record;
use crate::domain::exchange::ExchangeRate;
use crate::domain::ids::{BillId, PlatformId, ProjectId, RateId, RouteId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::{
    Check, DatedStage, Link, Platform, Project, QualityMeasure, QualityNote, Stage, TaxForm,
};
use crate::domain::preset::{Preset, Wish, instantiate};
use crate::domain::settings::Settings;
use crate::domain::span::{DayRange, day_plus};
use crate::domain::terms::{Milestone, Mission, Pay, Range, Terms};

/// The currency that the worker thinks in.
pub const HOME: Currency = Currency::USD;
/// How many days after joining the tests and the onboarding are over.
pub const ONBOARDING_DAYS: i64 = 12;
/// How often the sample's exchange rates are noted.
const RATE_EVERY_DAYS: i64 = 7;
/// How far behind the end of the history the terms of a project that still runs changed.
const TERMS_CHANGED_DAYS_AGO: i64 = 100;

/// A platform of the sample with the records made for it.
pub struct Joined {
    /// What it is like.
    pub payer: &'static Payer,
    /// Its record.
    pub platform: PlatformId,
    /// Its currency.
    pub currency: Currency,
    /// The route that its money takes, where it has one of its own.
    pub route: Option<RouteId>,
    /// The first day.
    pub from: NaiveDate,
    /// Its projects, in the order in which they begin.
    pub projects: Vec<Stream>,
}

/// A project of the sample.
pub struct Stream {
    /// What it is like.
    pub work: &'static Work,
    /// Its record.
    pub project: ProjectId,
    /// The days on which there is work in it.
    pub days: DayRange,
    /// The first day on which its second price holds.
    pub changed_on: NaiveDate,
}

/// What was set up.
pub struct SetUp {
    /// The platforms.
    pub payers: Vec<Joined>,
    /// Their records, and everything else that is no session and no money.
    pub records: Vec<Record>,
}

/// Sets everything up before the first session.
pub fn set_up(plan: &Plan, presets: &[Preset], rng: &mut Rng) -> SetUp {
    let span = plan.span();
    let mut records = vec![Record::from(settings(plan))];
    let payers: Vec<Joined> =
        (0..).zip(&PAYERS).map(|(hue, payer)| join(plan, hue, payer, presets, &mut records, rng)).collect();
    records.extend(by_milestones(plan, &payers));
    records.extend(rates(span, rng).map(Record::from));
    records.push(
        Bill {
            id: BillId(rng.u64(..)),
            name: "Rent".to_owned(),
            amount: Money::new(900.into(), HOME),
            due_on: span.first.with_day(1).unwrap_or(span.first),
            repeats: Repeats::Monthly,
            until: None,
        }
        .into(),
    );
    SetUp { payers, records }
}

/// Beside the work of the sample: a project that pays by milestones. Drawn from a seed of its own, so that it changes
/// nothing else.
fn by_milestones(plan: &Plan, payers: &[Joined]) -> Vec<Record> {
    let mut rng = Rng::with_seed(plan.seed ^ 0x70_72_6f_6d);
    let on = |days: i64| day_plus(plan.today(), days);
    let mut records = Vec::new();
    if let Some(joined) = payers.iter().find(|joined| joined.payer.name == "Upwork") {
        let project = ProjectId(rng.u64(..));
        let milestone = |name: &str, amount: i64, days: i64| Milestone {
            name: name.to_owned(),
            amount: amount.into(),
            due_on: Some(on(days)),
        };
        let milestones =
            vec![milestone("Outline", 150, -2), milestone("Draft", 300, 9), milestone("Final text", 450, 30)];
        let terms = Terms::new(TermsId(rng.u64(..)), project, joined.currency, Pay::Milestones(milestones));
        records.push(Project::new(project, joined.platform, "Fabrikam handbook").into());
        records.push(Terms { from: Some(on(-12)), held_percent: Some(10.into()), ..terms }.into());
    }
    records
}

fn settings(plan: &Plan) -> Settings {
    Settings {
        second_currency: "KES".parse().ok(),
        set_aside_percent: Some(25.into()),
        floor: Some(Money::new(18.into(), HOME)),
        ..Settings::new(HOME, plan.now.zone)
    }
}

/// Cents as an amount.
pub fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

fn join(
    plan: &Plan,
    hue: u32,
    payer: &'static Payer,
    presets: &[Preset],
    records: &mut Vec<Record>,
    rng: &mut Rng,
) -> Joined {
    let span = plan.span();
    let from = day_plus(span.first, payer.joined_after_days.min(span.len_days() / 4));
    let currency = payer.currency.parse().unwrap_or(HOME);
    let (platform, route) = platform(hue, payer, from, currency, presets, records, rng);
    let id = platform.id;
    let days = DayRange { first: from, last: span.last };
    records.push(with_story(platform, payer, days).into());
    let projects = streams(payer, id, currency, days, records, rng);
    Joined { payer, platform: id, currency, route, from, projects }
}

/// The platform as the catalogue has it, with its first offered rule where none is documented or reported.
fn platform(
    hue: u32,
    payer: &Payer,
    from: NaiveDate,
    currency: Currency,
    presets: &[Preset],
    records: &mut Vec<Record>,
    rng: &mut Rng,
) -> (Platform, Option<RouteId>) {
    let id = PlatformId(rng.u64(..));
    let Some(preset) = presets.iter().find(|preset| preset.name == payer.name) else {
        return (Platform { hue, ..Platform::new(id, payer.name, currency) }, None);
    };
    let taken: Vec<usize> = match preset.default_schedules().next() {
        Some(_) => Vec::new(),
        None => preset.offers().take(1).map(|(at, _)| at).collect(),
    };
    let wish = Wish {
        stage: Stage::Assessing,
        from,
        currency_if_unknown: currency,
        country: None,
        taken_schedules: &taken,
        taken_routes: &[],
    };
    let (platform, schedules, routes) = instantiate(preset, &wish, &mut || rng.u64(..));
    let route = platform.default_route;
    records.extend(routes.into_iter().map(Record::from));
    records.extend(schedules.into_iter().map(Record::from));
    (Platform { hue, currency, ..platform }, route)
}

/// What a worker would have noted of it by now.
fn with_story(platform: Platform, payer: &Payer, days: DayRange) -> Platform {
    let on = |after: i64| day_plus(days.first, after).min(days.last);
    let begun = Platform {
        stages: vec![
            DatedStage::since(days.first, Stage::Assessing),
            DatedStage::since(on(5), Stage::Onboarding),
            DatedStage::since(on(ONBOARDING_DAYS), Stage::Active),
        ],
        ..platform
    };
    match payer.name {
        "Outlier" => Platform {
            found_at: "a forum".to_owned(),
            note: "Tasks come on Mondays and thin out by Friday.".to_owned(),
            tax_form: Some(TaxForm { name: "W-8BEN".to_owned(), handed_in_on: Some(on(3)) }),
            checklist: vec![
                Check { done_on: Some(on(1)), ..Check::new("Identity check") },
                Check::new("Second language test"),
            ],
            quality: scores(days),
            ..begun
        },
        "DataAnnotation" => Platform {
            self_reports: Some(true),
            found_at: "a friend".to_owned(),
            links: vec![Link {
                title: "Projects page".to_owned(),
                address: "https://app.dataannotation.tech/workers/projects".to_owned(),
            }],
            ..begun
        },
        "Clickworker" => {
            let acceptance = |after, value: i64| QualityNote {
                on: on(after),
                project: None,
                measure: QualityMeasure::Acceptance,
                value: Some(Decimal::from(value)),
                out_of: None,
                note: String::new(),
            };
            Platform { quality: vec![acceptance(20, 96), acceptance(60, 98)], ..begun }
        }
        _ => begun,
    }
}

/// A score every four weeks, which fell at the end.
fn scores(days: DayRange) -> Vec<QualityNote> {
    let fourths = (1..=6).rev().map(|back| day_plus(days.last, -28 * back + 20));
    fourths
        .zip([43, 44, 45, 44, 44, 39])
        .filter(|(on, _)| days.contains(*on))
        .map(|(on, tenths)| QualityNote {
            on,
            project: None,
            measure: QualityMeasure::Score,
            value: Some(Decimal::new(tenths, 1)),
            out_of: Some(5.into()),
            note: String::new(),
        })
        .collect()
}

/// The projects of a platform, one after the other; where it has several, the second one runs beside the first.
fn streams(
    payer: &'static Payer,
    platform: PlatformId,
    currency: Currency,
    days: DayRange,
    records: &mut Vec<Record>,
    rng: &mut Rng,
) -> Vec<Stream> {
    let kinds = i64::try_from(payer.projects.len()).unwrap_or(1).max(1);
    // One project for good where there is only one kind; else a new one begins each time the last has run half its days.
    let step = if kinds == 1 { days.len_days().max(1) } else { PROJECT_DAYS / 2 };
    let mut streams = Vec::new();
    for (nth, begins) in
        (0..).map(|nth: i64| (nth, day_plus(days.first, nth * step))).take_while(|(_, b)| *b <= days.last)
    {
        let Some(work) = payer.projects.iter().cycle().nth(usize::try_from(nth % kinds).unwrap_or(0)) else { break };
        let ends = if kinds == 1 { days.last } else { day_plus(begins, PROJECT_DAYS - 1) };
        let round = nth / kinds + 1;
        let name = if round == 1 { work.name.to_owned() } else { format!("{} {round}", work.name) };
        let project = ProjectId(rng.u64(..));
        let days = DayRange { first: begins, last: ends.min(days.last) };
        let changed_on = day_plus(days.last, -TERMS_CHANGED_DAYS_AGO).max(day_plus(days.first, 20));
        let stage = if ends < days.last { Stage::Ended } else { Stage::Active };
        records.push(
            Project {
                stages: vec![DatedStage::since(begins, Stage::Active)]
                    .into_iter()
                    .chain((stage == Stage::Ended).then(|| DatedStage::since(day_plus(ends, 1), Stage::Ended)))
                    .collect(),
                usual_task_type: Some(work.task_type.to_owned()),
                ..Project::new(project, platform, name)
            }
            .into(),
        );
        records.extend(terms(work, project, currency, (changed_on, days.last), rng).into_iter().map(Record::from));
        streams.push(Stream { work, project, days, changed_on });
    }
    streams
}

fn terms(
    work: &Work,
    project: ProjectId,
    currency: Currency,
    (changed_on, last): (NaiveDate, NaiveDate),
    rng: &mut Rng,
) -> Vec<Terms> {
    let advertised = Some(Range { low: cents(work.advertised.0), high: cents(work.advertised.1) });
    let mut of = |pay, from| Terms { from, advertised, ..Terms::new(TermsId(rng.u64(..)), project, currency, pay) };
    match work.pays {
        Pays::Hour(first, then) if first == then => vec![of(Pay::PerHour(cents(first)), None)],
        Pays::Hour(first, then) => {
            vec![of(Pay::PerHour(cents(first)), None), of(Pay::PerHour(cents(then)), Some(changed_on))]
        }
        Pays::Task(price) => {
            // A bonus for the week that runs.
            let days = DayRange { first: day_plus(last, -5), last: day_plus(last, 1) };
            let mission = Mission { name: "pictures".to_owned(), count: 60, amount: 5.into(), days };
            vec![Terms { missions: vec![mission], ..of(Pay::PerTask(cents(price)), None) }]
        }
        Pays::Session(..) => vec![of(Pay::BySession, None)],
    }
}

/// A rate a week for each currency but the home one, wandering around where it starts.
fn rates(span: DayRange, rng: &mut Rng) -> impl Iterator<Item = ExchangeRate> {
    let mut rates = Vec::new();
    // How much of the quote one unit of the base buys at the start, in ten-thousandths.
    for (base, quote, start) in [("GBP", "USD", 13_100), ("EUR", "USD", 11_500), ("USD", "KES", 1_293_000)] {
        let (Ok(base), Ok(quote)) = (base.parse(), quote.parse()) else { continue };
        let mut rate: i64 = start;
        let mut on = day_plus(span.first, -RATE_EVERY_DAYS);
        while on <= span.last {
            let wander = rng.i64(-start / 150..=start / 150) + (start - rate) / 20;
            rate += wander;
            rates.push(ExchangeRate {
                id: RateId(rng.u64(..)),
                base,
                quote,
                on,
                rate: Decimal::new(rate, 4),
                source: "made up for the sample".to_owned(),
                estimate: false,
            });
            on = day_plus(on, RATE_EVERY_DAYS);
        }
    }
    rates.into_iter()
}
