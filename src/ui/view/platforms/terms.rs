//! The terms of a platform's projects over time: a line a project, and the same as a table.
//!
//! What is paid for decides the chart: an hour, a task and a word have no common height. So does the currency: no price
//! is converted, since no rate of one day would be true of all of it. Milestones and studies stand in the table alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::ids::{ProjectId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::Platform;
use crate::domain::query::hours::Selection;
use crate::domain::query::rates::{Rates, Step, rates};
use crate::domain::query::work::Work;
use crate::domain::span::{DayRange, Timestamp, day_plus};
use crate::domain::terms::{Pay, Range, Terms};
use crate::ui::format::{NONE, Style};
use crate::ui::view::bar::{limit_words, pay_words, with_article};

/// How far beyond today the line goes, so that its last step is seen.
const AHEAD_DAYS: i64 = 7;

/// Terms over time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TermsView {
    /// A chart for each thing that is paid for and each currency, pay by the hour in the platform's currency first.
    pub charts: Vec<TermsChart>,
    /// One row a terms, by project, the newest first.
    pub rows: Vec<TermsRow>,
    /// What is in no chart, or not in all of one; empty where all is.
    pub left_out: String,
}

/// The prices of one thing in one currency over time.
#[derive(Debug, Clone, PartialEq)]
pub struct TermsChart {
    /// What the figures at its left are: "USD an hour", "EUR a task", "USD a word".
    pub unit: String,
    /// A line a project.
    pub lines: Vec<TermsLine>,
    /// Its first and last day.
    pub days: DayRange,
    /// Its upper end; its lower end is nothing.
    pub top: Decimal,
    /// The figures at which a line is drawn across, with their words.
    pub ticks: Vec<(Decimal, String)>,
}

/// One project of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct TermsLine {
    /// Its name.
    pub name: String,
    /// Which of the page's lines it is: it decides its colour in every chart.
    pub nth: usize,
    /// Its spans, oldest first.
    pub spans: Vec<TermsSpan>,
}

/// A stretch of days under one price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsSpan {
    /// Which.
    pub id: TermsId,
    /// Its days, up to a little after today where they hold until further notice.
    pub days: DayRange,
    /// The rate an hour, or the price of one.
    pub rate: Decimal,
    /// The advertised range; of pay by the hour only.
    pub advertised: Option<Range>,
    /// The rate over all hours; of pay by the hour only. `None` where there is too little to say, or in another
    /// currency.
    pub all_hours: Option<Decimal>,
}

/// One row: a project's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsRow {
    /// Which.
    pub id: TermsId,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// "$25.00/h".
    pub pay: String,
    /// "10 % held · at most 8 h a day"; empty where the terms set nothing of the kind.
    pub limits: String,
    /// "$20.00 – $30.00/h"; [`NONE`] where nothing was advertised.
    pub advertised: String,
    /// "$14.77", over all hours of the span; [`NONE`] where there is too little to say.
    pub all_hours: String,
    /// "since Mon 3 Aug", "Mon 12 Jan – Sun 2 Aug".
    pub when: String,
    /// Whether they hold no more, or not yet.
    pub past: bool,
}

impl TermsRow {
    /// Read aloud.
    #[must_use]
    pub fn spoken(&self) -> String {
        let mut words = format!("{}, {}", self.name, self.pay);
        if !self.when.is_empty() {
            words = format!("{words}, {}", self.when);
        }
        if !self.limits.is_empty() {
            words = format!("{words}, {}", self.limits);
        }
        if self.all_hours != NONE {
            words = format!("{words}, {} over all hours", self.all_hours);
        }
        words
    }
}

struct Found {
    project: ProjectId,
    name: String,
    terms: Terms,
    days: DayRange,
    /// Whether they hold from the beginning or until further notice.
    open_start: bool,
    open_end: bool,
    all_hours: Option<Decimal>,
}

impl TermsView {
    /// The terms of a platform's projects. `lives` are the figures of all time of those that have any.
    #[must_use]
    pub fn of(
        book: &Book,
        work: &Work,
        platform: &Platform,
        lives: &BTreeMap<ProjectId, Rates>,
        at: Timestamp,
        today: NaiveDate,
    ) -> Self {
        let found = found(book, work, platform, lives, at, today);
        let style = Style::of(book.settings());
        let home = book.settings().home_currency;
        let charts = charts(&found, platform.currency, home, style);
        let drawn: usize = charts.iter().flat_map(|chart| &chart.lines).map(|line| line.spans.len()).sum();
        let left_out = found.len() - drawn;
        let mut notes = Vec::new();
        if left_out > 0 && drawn > 0 {
            let stand = if left_out == 1 { "stands" } else { "stand" };
            notes.push(format!("{left_out} by milestones or by study {stand} in the table alone"));
        }
        let other = |one: &Found| matches!(one.terms.pay, Pay::PerHour(_)) && one.terms.currency != home;
        if found.iter().any(other) {
            notes.push(format!("the rate over all hours is in {home} and stands in the table alone where pay is not"));
        }
        Self {
            charts,
            rows: found.iter().map(|one| row(one, home, today, style)).collect(),
            left_out: notes.join(" · "),
        }
    }
}

/// What a price is for, and how it is said at a chart: "an hour". `None` where there is no price of one.
fn priced(pay: &Pay) -> Option<(Decimal, String)> {
    match pay {
        Pay::PerHour(rate) => Some((*rate, "an hour".to_owned())),
        Pay::PerTask(price) => Some((*price, "a task".to_owned())),
        Pay::PerUnit { unit, price } => Some((*price, with_article(unit))),
        Pay::Milestones(_) | Pay::BySession => None,
    }
}

/// What a chart is of: by the hour first, then by the task; the platform's currency before others.
type ChartKey = (u8, bool, Currency, String);

/// Prices of the same thing in the same currency share a chart.
fn charts(found: &[Found], platform: Currency, home: Currency, style: Style) -> Vec<TermsChart> {
    let mut names: Vec<ProjectId> = Vec::new();
    for one in found.iter().filter(|one| priced(&one.terms.pay).is_some()) {
        if !names.contains(&one.project) {
            names.push(one.project);
        }
    }
    let mut charts: BTreeMap<ChartKey, Vec<TermsLine>> = BTreeMap::new();
    for one in found.iter().rev() {
        let Some((rate, unit)) = priced(&one.terms.pay) else { continue };
        let (currency, hourly) = (one.terms.currency, matches!(one.terms.pay, Pay::PerHour(_)));
        let order = if hourly { 0 } else { 1 + u8::from(matches!(one.terms.pay, Pay::PerUnit { .. })) };
        let lines = charts.entry((order, currency != platform, currency, unit)).or_default();
        let span = TermsSpan {
            id: one.terms.id,
            days: one.days,
            rate,
            advertised: one.terms.advertised.filter(|_| hourly),
            all_hours: one.all_hours.filter(|_| hourly && home == currency),
        };
        let nth = names.iter().position(|project| *project == one.project).unwrap_or(0);
        match lines.iter_mut().find(|line| line.nth == nth) {
            Some(line) => line.spans.push(span),
            None => lines.push(TermsLine { name: one.name.clone(), nth, spans: vec![span] }),
        }
    }
    charts
        .into_iter()
        .filter_map(|((_, _, currency, unit), mut lines)| {
            lines.sort_by_key(|line| line.nth);
            let spans = || lines.iter().flat_map(|line| &line.spans);
            let first = spans().map(|span| span.days.first).min()?;
            let last = spans().map(|span| span.days.last).max()?;
            let most = spans()
                .flat_map(|span| [Some(span.rate), span.advertised.map(|range| range.high), span.all_hours])
                .flatten()
                .max()?;
            let top = most.saturating_mul(Decimal::new(112, 2));
            Some(TermsChart {
                unit: format!("{currency} {unit}"),
                days: DayRange::new(first, last),
                top,
                ticks: ticks(top, currency, style),
                lines,
            })
        })
        .collect()
}

/// By project (by name), the newest terms first.
fn found(
    book: &Book,
    work: &Work,
    platform: &Platform,
    lives: &BTreeMap<ProjectId, Rates>,
    at: Timestamp,
    today: NaiveDate,
) -> Vec<Found> {
    let mut projects: Vec<_> = book.projects_of(platform.id).collect();
    projects.sort_by_cached_key(|project| (project.name.to_lowercase(), project.id));
    let began = work.began(&lives.keys().copied().collect());
    let joined = platform.stages.first().map(|stage| stage.from);
    let mut all = Vec::new();
    for project in projects {
        let terms = book.terms_of(project.id);
        let began = began.get(&project.id).copied();
        let terms_count = terms.len();
        let mut of_project = Vec::new();
        let mut until: Option<NaiveDate> = None;
        for terms in terms.iter().rev() {
            let last = until.unwrap_or_else(|| day_plus(terms.from.unwrap_or(today).max(today), AHEAD_DAYS));
            // Terms from the beginning begin with the work, or where the platform was joined.
            let start = terms.from.or_else(|| began.into_iter().chain(joined).min()).unwrap_or(today);
            let days = DayRange { first: start.min(last), last };
            let whole =
                DayRange::new(terms.from.unwrap_or(DayRange::all().first), until.unwrap_or(DayRange::all().last));
            let worked = match terms_count {
                1 => lives.get(&project.id).cloned(),
                _ => Some(rates(work, &Selection::period(whole).project(project.id), at)),
            };
            of_project.push(Found {
                project: project.id,
                name: project.name.clone(),
                terms: (***terms).clone(),
                days,
                open_start: terms.from.is_none(),
                open_end: until.is_none(),
                all_hours: worked
                    .filter(|worked| !worked.too_little())
                    .and_then(|worked| worked.per_hour(Step::AllHours)),
            });
            until = Some(day_plus(terms.from.unwrap_or(start), -1));
        }
        all.extend(of_project);
    }
    all
}

fn row(one: &Found, home: Currency, today: NaiveDate, style: Style) -> TermsRow {
    let Found { terms, days, .. } = one;
    let day = |day| style.day(day, today);
    let later = terms.from.is_some_and(|from| from > today);
    let when = match (one.open_start, one.open_end) {
        (true, true) => String::new(),
        (true, false) => format!("until {}", day(days.last)),
        (false, true) if later => format!("from {}", day(days.first)),
        (false, true) => format!("since {}", day(days.first)),
        (false, false) => format!("{} – {}", day(days.first), day(days.last)),
    };
    let money = |amount| style.money(Money::new(amount, terms.currency));
    TermsRow {
        id: terms.id,
        project: one.project,
        name: one.name.clone(),
        pay: pay_words(&terms.pay, terms.currency, style),
        limits: limit_words(terms, style),
        advertised: terms.advertised.map_or_else(
            || NONE.to_owned(),
            |range| {
                if range.low == range.high {
                    format!("{}/h", money(range.low))
                } else {
                    format!("{} – {}/h", money(range.low), money(range.high))
                }
            },
        ),
        all_hours: one.all_hours.map_or_else(|| NONE.to_owned(), |rate| style.money(Money::new(rate, home))),
        when,
        past: later || !one.open_end,
    }
}

/// Up to four round figures above zero and below the top: steps of 1, 2 or 5 times a power of ten. Below a cent they
/// are written with the decimals that they have.
fn ticks(top: Decimal, currency: Currency, style: Style) -> Vec<(Decimal, String)> {
    let most = Decimal::from(4);
    // 0.000001 → 0.000002 → 0.000005 → 0.00001 …
    let grow = [Decimal::TWO, Decimal::new(25, 1), Decimal::TWO];
    let mut step = Decimal::new(1, 6);
    for times in grow.into_iter().cycle().take(72) {
        if step.saturating_mul(most) >= top {
            break;
        }
        step = step.saturating_mul(times).normalize();
    }
    std::iter::successors(Some(step), |tick| tick.checked_add(step))
        .take_while(|tick| *tick < top)
        .take(4)
        .map(|tick| (tick, style.price(Money::new(tick, currency))))
        .collect()
}
