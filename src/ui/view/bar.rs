//! The bar's view: the timer, the projects to pick from, today and this week.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::names::{self, Mark};
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::query::caps::{self, CapOver};
use crate::domain::query::rates::{Rates, Step};
use crate::domain::session::{Activity, Session, SessionState};
use crate::domain::span::{Now, Timestamp};
use crate::domain::terms::{Pay, Terms};
use crate::ui::format::{self, Style};

/// A project to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectChoice {
    /// Its id.
    pub id: ProjectId,
    /// "Outlier · Aloe".
    pub text: String,
    /// "Aloe".
    pub name: String,
    /// Its platform's badge.
    pub mark: Option<Mark>,
    /// How it pays: "$25.00/h"; empty where it has no terms.
    pub pay: String,
    /// The activity its sessions start with.
    pub activity: Activity,
}

/// The projects to pick from, the last worked on first, then by name; ended ones are left out.
#[must_use]
pub fn project_choices(book: &Book, today: NaiveDate) -> Vec<ProjectChoice> {
    let open: Vec<_> = book.projects().filter(|project| !has_ended(book, project.id, today)).collect();
    let last_worked = last_worked(book, &open.iter().map(|project| project.id).collect::<Vec<_>>());
    let mut projects: Vec<_> =
        open.into_iter().map(|project| (last_worked.get(&project.id).copied(), project)).collect();
    projects.sort_by_cached_key(|(worked, project)| {
        (std::cmp::Reverse(*worked), names::project_on_platform(book, Some(project.id)).to_lowercase())
    });
    projects
        .into_iter()
        .map(|(_, project)| ProjectChoice {
            id: project.id,
            text: names::project_on_platform(book, Some(project.id)),
            name: project.name.clone(),
            mark: Mark::of_id(book, Some(project.platform)),
            pay: book
                .terms_on(project.id, today)
                .map_or_else(String::new, |terms| pay_words(&terms.pay, terms.currency, Style::of(book.settings()))),
            activity: project.usual_activity,
        })
        .collect()
}

/// A unit with its article: "a word", "an audio minute", "an hour".
#[must_use]
pub fn with_article(unit: &str) -> String {
    let vowel = unit.to_lowercase().starts_with(['a', 'e', 'i', 'o']) || unit.to_lowercase() == "hour";
    format!("{} {unit}", if vowel { "an" } else { "a" })
}

/// What terms set beside their pay: "10 % held · at most 8 h a day, 40 h a week"; may be empty.
#[must_use]
pub fn limit_words(terms: &Terms, style: Style) -> String {
    let mut words = Vec::new();
    if let Some(held) = terms.held_percent.filter(|held| !held.is_zero()) {
        words.push(format!("{} % held", style.exact(held)));
    }
    if terms.is_capped() {
        let cap = |hours: Option<Decimal>, of: &str| hours.map(|hours| format!("{} h a {of}", style.exact(hours)));
        let caps: Vec<String> =
            [cap(terms.cap_hours_a_day, "day"), cap(terms.cap_hours_a_week, "week")].into_iter().flatten().collect();
        words.push(format!("at most {}", caps.join(", ")));
    }
    words.join(" · ")
}

/// How full a cap is, from nine tenths on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapWords {
    /// "7 h 20 m of 8 h today".
    pub text: String,
    /// "40 m left", "what comes now is unpaid", "40 m beyond it are unpaid".
    pub rest: String,
    /// What it means: "These terms pay up to 8 h a day: 40 m left".
    pub line: String,
    /// Whether nothing is left of it.
    pub full: bool,
}

impl CapWords {
    /// How full the fullest cap of a project is on the user's day; `None` below nine tenths or without one.
    #[must_use]
    pub fn of(book: &Book, project: ProjectId, today: NaiveDate, at: Timestamp) -> Option<Self> {
        let used = caps::uses(book, project, today, at).into_iter().next().filter(|used| used.is_near())?;
        let cap = format::hours(used.cap_secs);
        let (when, of) = match used.over {
            CapOver::Day => ("today", "day"),
            CapOver::Week => ("this week", "week"),
        };
        let rest = if used.beyond_secs > 0 {
            format!("{} beyond it are unpaid", format::hours(used.beyond_secs))
        } else if used.is_full() {
            "what comes now is unpaid".to_owned()
        } else {
            format!("{} left", format::hours(used.cap_secs - used.used_secs))
        };
        Some(Self {
            text: format!("{} of {cap} {when}", format::hours(used.used_secs)),
            line: format!("These terms pay up to {cap} a {of}: {rest}"),
            rest,
            full: used.is_full(),
        })
    }
}

/// How terms pay: "$25.00/h", "$0.64 a task", "by study".
#[must_use]
pub fn pay_words(pay: &Pay, currency: crate::domain::money::Currency, style: Style) -> String {
    let money = |amount| style.price(Money::new(amount, currency));
    match pay {
        Pay::PerHour(rate) => format!("{}/h", money(*rate)),
        Pay::PerTask(price) => format!("{} a task", money(*price)),
        Pay::PerUnit { unit, price } => format!("{} {}", money(*price), with_article(unit)),
        Pay::Milestones(_) => "by milestone".to_owned(),
        Pay::BySession => "by study".to_owned(),
    }
}

/// When each of some projects was last worked on, from the last months that hold sessions.
fn last_worked(book: &Book, asked: &[ProjectId]) -> HashMap<ProjectId, Timestamp> {
    let mut last: HashMap<ProjectId, Timestamp> = HashMap::new();
    for (_, bucket) in book.months().rev().take(6) {
        for session in bucket.sessions() {
            if let Some(project) = session.project {
                let at = last.entry(project).or_insert(session.started_at);
                *at = (*at).max(session.started_at);
            }
        }
        // What began in an earlier month is no later.
        if asked.iter().all(|project| last.contains_key(project)) {
            break;
        }
    }
    last
}

fn has_ended(book: &Book, project: ProjectId, today: NaiveDate) -> bool {
    use crate::domain::platform::{Stage, stage_on};
    let ended = |stages| stage_on(stages, today).is_some_and(|dated| dated.stage == Stage::Ended);
    book.project(project).is_some_and(|project| {
        ended(&project.stages) || book.platform(project.platform).is_some_and(|platform| ended(&platform.stages))
    })
}

/// The platform a new project goes to unless another is named: that of the chosen project, else of the last
/// worked one, else the only one.
#[must_use]
pub fn likely_platform(book: &Book, chosen: Option<ProjectId>, choices: &[ProjectChoice]) -> Option<PlatformId> {
    let of = |id: ProjectId| book.project(id).map(|project| project.platform);
    chosen
        .and_then(of)
        .or_else(|| choices.first().and_then(|choice| of(choice.id)))
        .or_else(|| book.platforms_by_name().first().map(|platform| platform.id))
}

/// The timer as it stands.
#[derive(Debug, Clone)]
pub struct TimerView {
    /// The session; `None` while nothing is open.
    pub session: Option<Arc<Session>>,
    /// Running, paused or nothing.
    pub state: SessionState,
    /// "0:42:17".
    pub clock: String,
    /// "since 12:38", "nothing running".
    pub since: String,
    /// "12 tasks · 3 m 31 s each", "12.5 audio minutes · …"; empty where nothing was counted.
    pub count: String,
    /// What it counts, in the singular; empty while nothing is open.
    pub unit: String,
    /// How many more timers are open.
    pub others: usize,
}

/// The timer that began last, of those that are open.
#[must_use]
pub fn timer(book: &Book, now: Now) -> TimerView {
    let open: Vec<_> = book.open_sessions().collect();
    let Some(session) = open.iter().max_by_key(|session| (session.started_at, session.id)) else {
        return TimerView {
            session: None,
            state: SessionState::Ended,
            clock: format::clock(0),
            since: "nothing running".to_owned(),
            count: String::new(),
            unit: String::new(),
            others: 0,
        };
    };
    let secs = session.own_secs(now.at);
    let began = session.started_at.with_timezone(&now.zone);
    let today = now.at.with_timezone(&now.zone).date_naive();
    let since = if began.date_naive() == today {
        began.format("since %H:%M").to_string()
    } else {
        began.format("since %a %H:%M").to_string()
    };
    TimerView {
        state: session.state(),
        clock: format::clock(secs),
        since: if session.state() == SessionState::Paused { format!("paused · {since}") } else { since },
        count: session.units().filter(|units| *units > Decimal::ZERO).map_or_else(String::new, |units| {
            let unit = names::unit_of(book, session.project, book.day_of(session));
            let each = Decimal::from(secs).checked_div(units).and_then(|each| each.trunc().to_i64()).unwrap_or(0);
            let count = names::units(units, unit, Style::of(book.settings()));
            format!("{count} · {} each", format::minutes_and_seconds(each))
        }),
        unit: names::unit_of(book, session.project, book.day_of(session)).to_owned(),
        others: open.len() - 1,
        session: Some(Arc::clone(session)),
    }
}

/// When the last session before now ended: for "since the last one ended". `None` where none did within a day.
#[must_use]
pub fn last_end(book: &Book, before: Option<SessionId>, now: Now) -> Option<Timestamp> {
    book.months()
        .rev()
        .take(2)
        .flat_map(|(_, bucket)| bucket.sessions())
        .filter(|session| Some(session.id) != before && session.declared_secs.is_none())
        .filter_map(|session| session.ended_at)
        .filter(|ended| *ended <= now.at && (now.at - *ended).num_hours() < 24)
        .max()
}

/// Hours, earned and rate of a day or week, for the right end of the bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// "3 h 20 m"; "–" where nothing was worked.
    pub hours: String,
    /// "$59.29"; empty where nothing was worked, "–" where a rate is missing.
    pub earned: String,
    /// "$17.76/h"; empty where nothing was worked.
    pub rate: String,
    /// Whether it rests on under an hour: shown muted.
    pub muted: bool,
}

impl Pace {
    /// The words of a period.
    #[must_use]
    pub fn of(rates: &Rates, style: Style) -> Self {
        if rates.hours.own_secs == 0 {
            return Self { hours: format::NONE.to_owned(), ..Self::default() };
        }
        let home = |amount: Option<rust_decimal::Decimal>| {
            amount.map(|amount| style.money(crate::domain::money::Money::new(amount, rates.home)))
        };
        Self {
            hours: format::hours(rates.hours.own_secs),
            earned: home(rates.earned()).unwrap_or_else(|| format::NONE.to_owned()),
            rate: home(rates.per_hour(Step::AllHours)).map_or_else(String::new, |rate| format!("{rate}/h")),
            muted: rates.too_little(),
        }
    }
}

/// An activity with its place in the list of all.
#[must_use]
pub fn activity_index(activity: Activity) -> usize {
    Activity::ALL.iter().position(|known| *known == activity).unwrap_or(0)
}
