//! A platform's page: all that is known of one platform, section by section.
//!
//! Figures of the head are of the period of the tab; projects and terms are of all time. What is missing is said.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Tone;
use super::detail::{Detail, stage_words};
use super::open::OpenMoney;
use super::promised::{PromiseRow, promise_rows};
use super::quality::{QualityView, falls_words};
use super::table::Sources;
use super::terms::TermsView;
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId, RouteId};
use crate::domain::money::{Bag, Money};
use crate::domain::platform::{DatedStage, EndedBy, Platform, Project, Stage, stage_on};
use crate::domain::preset::Preset;
use crate::domain::query::calendar::Calendar;
use crate::domain::query::exposure::exposure;
use crate::domain::query::held::held_parts;
use crate::domain::query::hours::Selection;
use crate::domain::query::rates::{Group, GroupBy, Rates, rates, side_by_side};
use crate::domain::query::work::Work;
use crate::domain::route::{Route, RouteStep};
use crate::domain::session::Activity;
use crate::domain::span::{DayRange, Timestamp};
use crate::ui::format::{self, NONE, Style};
use crate::ui::view::bar::{CapWords, pay_words};
use crate::ui::view::changed::{ChangedRow, changes};
use crate::ui::view::{names, rule_words};

/// A platform's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Projects' terms, schedule, life so far.
    pub detail: Detail,
    /// "active since 13 Oct 2026".
    pub stage: String,
    /// "Contractor platform · paid in USD".
    pub kind: String,
    /// "found at a forum", "W-8BEN of 12 Jan 2026", "asks for its own tracker".
    pub facts: Vec<String>,
    /// The rate over all hours of the period.
    pub rate: String,
    /// How it stands to the floor.
    pub tone: Tone,
    /// What is missing for it, or its sample; empty where nothing is to be said.
    pub rate_tip: String,
    /// "59 % of the advertised $25.00"; empty where nothing was advertised.
    pub kept: String,
    /// "60 h 30 m · $1,149.28 earned"; empty where nothing was worked.
    pub worked: String,
    /// What got worse, each beside the open money.
    pub falls: Vec<String>,
    /// What is not yet paid.
    pub open: OpenMoney,
    /// Its projects, those that are over last.
    pub projects: Vec<ProjectRow>,
    /// Their terms over time.
    pub terms: TermsView,
    /// What changed with them.
    pub changed: Vec<ChangedRow>,
    /// Milestones and missions of the terms in force.
    pub promised: Vec<PromiseRow>,
    /// What it says of the work.
    pub quality: QualityView,
    /// Its routes, the usual one first.
    pub routes: Vec<RouteRow>,
    /// Its stages, the newest first.
    pub stages: Vec<StageRow>,
}

/// A project with its figures of all time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRow {
    /// Which.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its stage, or that of its platform.
    pub stage: &'static str,
    /// Whether it is over.
    pub over: bool,
    /// Its usual work and what it asks for: "rating · nursing, Swahili".
    pub work: String,
    /// "$25.00/h"; [`NONE`] where it has no terms today.
    pub pay: String,
    /// How full the cap of its hours is, from nine tenths on.
    pub cap: Option<CapWords>,
    /// What of its open work is paid only on acceptance: "$16.25 of what is open is held until accepted"; empty where nothing is.
    pub held: String,
    /// "41 h 00 m".
    pub hours: String,
    /// "$605.57".
    pub earned: String,
    /// "$14.77", over all hours.
    pub rate: String,
    /// How it stands to the floor.
    pub tone: Tone,
    /// What is missing for it, or its sample.
    pub rate_tip: String,
}

impl ProjectRow {
    /// Read aloud.
    #[must_use]
    pub fn spoken(&self) -> String {
        let mut words = format!("{}, {}", self.name, self.pay);
        if let Some(cap) = &self.cap {
            words = format!("{words}, {}", cap.text);
        }
        if self.rate != NONE {
            words = format!("{words}, {} over all hours", self.rate);
        }
        words
    }
}

/// A route in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteRow {
    /// Which.
    pub id: RouteId,
    /// Its name.
    pub name: String,
    /// "PayPal, 0–1 days, 2 % → Bank, 1–3 business days".
    pub steps: String,
    /// "from $10.00 · at most $500.00 at once"; may be empty.
    pub limits: String,
    /// Whether money takes it unless said otherwise.
    pub usual: bool,
}

/// A stage with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRow {
    /// Its place in the platform's list.
    pub at: usize,
    /// "ended by them".
    pub stage: String,
    /// "Mon 12 Jan – Sun 2 Aug", "since Mon 3 Aug", "from Tue 1 Dec".
    pub when: String,
    /// Why.
    pub why: String,
    /// Whether it holds today.
    pub now: bool,
}

impl StageRow {
    /// Read aloud.
    #[must_use]
    pub fn spoken(&self) -> String {
        format!("{}, {}", self.stage, self.when)
    }
}

/// What a page is made from.
pub struct PageOf<'a> {
    /// The Book.
    pub book: &'a Book,
    /// Its work.
    pub work: &'a Work,
    /// Its payout calendar.
    pub calendar: &'a Calendar,
    /// The catalogue.
    pub presets: &'a [Preset],
    /// The days of the head's figures.
    pub days: DayRange,
    /// The moment of the figures.
    pub at: Timestamp,
    /// The user's day.
    pub today: NaiveDate,
}

impl PageOf<'_> {
    /// The page of a platform; `None` where it is gone.
    #[must_use]
    pub fn page(&self, id: PlatformId) -> Option<Page> {
        let Self { book, work, calendar, presets, at, today, .. } = *self;
        let platform = book.platform(id)?;
        let style = Style::of(book.settings());
        let sources = Sources::of(book, today);
        let of_days = rates(work, &Selection::period(self.days).platform(id), at);
        let (rate, tone, rate_tip) = sources.rate(&of_days);
        let lives = self.lives(id);
        let open = exposure(book, calendar).remove(&id).unwrap_or_default();
        let open = OpenMoney::of(book, calendar, id, &open, today);
        Some(Page {
            detail: Detail::of(book, work, calendar, presets, id, at, today)?,
            stage: stage_on(&platform.stages, today)
                .map_or_else(|| "no stage yet".to_owned(), |dated| stage_words(dated, style)),
            kind: format!("{} · paid in {}", names::platform_kind(platform.kind), platform.currency),
            facts: facts(platform, style),
            kept: sources.kept_words(&of_days),
            worked: if of_days.is_empty() {
                String::new()
            } else {
                format!("{} · {} earned", format::hours(of_days.hours.own_secs), sources.earned(&of_days))
            },
            rate,
            tone,
            rate_tip,
            falls: falls_words(book, platform, &open.total, today),
            open,
            projects: self.projects(platform, &sources, &lives),
            terms: TermsView::of(book, work, platform, &lives, at, today),
            changed: changes(book, work, book.projects_of(id).map(|project| project.id), DayRange::all(), at, today),
            promised: promise_rows(book, id, today),
            quality: QualityView::of(book, platform, today),
            routes: routes(book, platform),
            stages: stage_rows(&platform.stages, today, style),
        })
    }

    /// The figures of all time of each project of a platform that holds any.
    fn lives(&self, platform: PlatformId) -> BTreeMap<ProjectId, Rates> {
        let selection = Selection::period(DayRange::all()).platform(platform);
        side_by_side(self.work, &selection, GroupBy::Project, self.at)
            .into_iter()
            .filter_map(|(group, rates)| match group {
                Group::Project(id) => Some((id, rates)),
                Group::Platform(_) | Group::TaskType(_) => None,
            })
            .collect()
    }

    fn projects(
        &self,
        platform: &Platform,
        sources: &Sources<'_>,
        lives: &BTreeMap<ProjectId, Rates>,
    ) -> Vec<ProjectRow> {
        let today = self.today;
        let settings = self.book.settings();
        let none = Rates::none(settings.home_currency, settings.set_aside_percent);
        let usual = stage_on(&platform.stages, today).map(|dated| dated.stage);
        let held = held_parts(self.book, self.calendar);
        let mut rows: Vec<ProjectRow> = self
            .book
            .projects_of(platform.id)
            .map(|project| {
                let stage = stage_on(&project.stages, today).map(|dated| dated.stage).or(usual);
                let figures = lives.get(&project.id).unwrap_or(&none);
                let terms = self.book.terms_on(project.id, today);
                let pay = terms.map(|terms| pay_words(&terms.pay, terms.currency, sources.style));
                let cap = CapWords::of(self.book, project.id, today, self.at);
                let held = held.get(&project.id).map_or_else(String::new, |held| held_words(held, sources.style));
                ProjectRow { cap, held, ..project_row(project, stage, figures, pay, sources) }
            })
            .collect();
        rows.sort_by_cached_key(|row| (row.over, row.name.to_lowercase(), row.id));
        rows
    }
}

fn project_row(
    project: &Project,
    stage: Option<Stage>,
    figures: &Rates,
    pay: Option<String>,
    sources: &Sources<'_>,
) -> ProjectRow {
    let (rate, tone, rate_tip) = sources.rate(figures);
    let usual = || {
        if project.usual_activity == Activity::PaidWork {
            String::new()
        } else {
            names::activity(project.usual_activity).to_lowercase()
        }
    };
    let mut work = vec![project.usual_task_type.clone().unwrap_or_else(usual)];
    work.push(project.expertise.join(", "));
    work.extend(project.work_source.iter().map(|source| format!("for {source}")));
    work.retain(|part| !part.is_empty());
    ProjectRow {
        id: project.id,
        name: project.name.clone(),
        stage: stage.map_or("", Stage::word),
        over: stage == Some(Stage::Ended),
        work: work.join(" · "),
        pay: pay.unwrap_or_else(|| NONE.to_owned()),
        cap: None,
        held: String::new(),
        hours: if figures.hours.own_secs == 0 {
            NONE.to_owned()
        } else {
            format::hours_in_column(figures.hours.own_secs)
        },
        earned: sources.earned(figures),
        rate,
        tone,
        rate_tip,
    }
}

fn held_words(held: &Bag, style: Style) -> String {
    format!("{} of what is open is held until accepted", style.bag(held))
}

fn facts(platform: &Platform, style: Style) -> Vec<String> {
    let mut facts = Vec::new();
    if !platform.found_at.is_empty() {
        facts.push(format!("found at {}", platform.found_at));
    }
    if let Some(form) = &platform.tax_form {
        let on = form.handed_in_on.map_or_else(String::new, |day| format!(" of {}", style.date(day)));
        facts.push(format!("{}{on}", form.name));
    }
    if platform.needs_tracker {
        facts.push("asks for its own tracker".to_owned());
    }
    facts
}

fn routes(book: &Book, platform: &Platform) -> Vec<RouteRow> {
    let style = Style::of(book.settings());
    let mut rows: Vec<RouteRow> = book
        .routes()
        .filter(|route| route.platform == Some(platform.id))
        .map(|route| RouteRow {
            id: route.id,
            name: route.name.clone(),
            steps: steps(route, style),
            limits: limits(route, style),
            usual: platform.default_route == Some(route.id),
        })
        .collect();
    rows.sort_by_cached_key(|row| (!row.usual, row.name.to_lowercase(), row.id));
    rows
}

fn steps(route: &Route, style: Style) -> String {
    let step = |step: &RouteStep| {
        let mut words = Vec::new();
        if !step.to.is_empty() {
            words.push(step.to.clone());
        }
        words.extend(step.transit.map(rule_words::lag));
        words.extend(step.fee.as_ref().and_then(|fee| rule_words::fee(fee, style)).map(|fee| format!("fee {fee}")));
        if words.is_empty() { "one step".to_owned() } else { words.join(", ") }
    };
    route.steps.iter().map(step).collect::<Vec<_>>().join(", then ")
}

fn limits(route: &Route, style: Style) -> String {
    let money = |money: Option<Money>| money.map(|figure| style.money(figure));
    let words = [
        money(route.minimum).map(|least| format!("from {least}")),
        money(route.ceiling).map(|most| format!("at most {most} at once")),
        money(route.yearly_ceiling).map(|most| format!("at most {most} a year")),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The stages with their dates, the newest first.
#[must_use]
pub fn stage_rows(stages: &[DatedStage], today: NaiveDate, style: Style) -> Vec<StageRow> {
    let held = stages.iter().rposition(|stage| stage.from <= today);
    let day = |day| style.day(day, today);
    let mut rows: Vec<StageRow> = stages
        .iter()
        .enumerate()
        .map(|(at, stage)| {
            let next = stages.get(at + 1).map(|next| crate::domain::span::day_plus(next.from, -1));
            let when = match next {
                Some(last) if last > stage.from => format!("{} – {}", day(stage.from), day(last)),
                Some(_) => day(stage.from),
                None if stage.from > today => format!("from {}", day(stage.from)),
                None => format!("since {}", day(stage.from)),
            };
            let by = match stage.ended_by {
                Some(EndedBy::User) => " by you",
                Some(EndedBy::Platform) => " by them",
                None => "",
            };
            StageRow {
                at,
                stage: format!("{}{by}", stage.stage.word()),
                when,
                why: stage.why.clone(),
                now: held == Some(at),
            }
        })
        .collect();
    rows.reverse();
    rows
}
