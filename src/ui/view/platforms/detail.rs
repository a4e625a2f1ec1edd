//! What stands below the table for the chosen platform: its projects, its schedule, and its life so far.

use chrono::NaiveDate;

use super::quality::falls_words;
use super::table::missing_words;
use crate::domain::book::Book;
use crate::domain::fact::Standing;
use crate::domain::ids::{PlatformId, ProjectId, ScheduleId};
use crate::domain::money::Money;
use crate::domain::platform::{DatedStage, EndedBy, Platform, Project, Stage, stage_on};
use crate::domain::preset::Preset;
use crate::domain::query::calendar::{Calendar, Reason, preview};
use crate::domain::query::exposure::exposure;
use crate::domain::query::payback::pay_back;
use crate::domain::query::rates::{Step, since_joining};
use crate::domain::query::work::Work;
use crate::domain::schedule::Schedule;
use crate::domain::session::Activity;
use crate::domain::span::{Timestamp, Zone, day_plus};
use crate::domain::terms::Terms;
use crate::ui::format::{self, NONE, Style};
use crate::ui::view::bar::pay_words;
use crate::ui::view::fill::Fill;
use crate::ui::view::names::{self, Mark};
use crate::ui::view::reasons;
use crate::ui::view::rule_words::{RuleWords, WindowWords, unknown};

/// How many coming windows are shown.
pub const WINDOWS: usize = 3;

/// The chosen platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Its id.
    pub id: PlatformId,
    /// Its badge.
    pub mark: Mark,
    /// Its name.
    pub name: String,
    /// "active since 12 Jan 2026 · PayPal · found at a forum".
    pub line: String,
    /// The user's note; may be empty.
    pub note: String,
    /// Its projects, one line for each of their terms, the newest first.
    pub projects: Vec<ProjectLine>,
    /// The schedule in force; `None` where there is none.
    pub schedule: Option<ScheduleWords>,
    /// Other schedules: of projects, of other times.
    pub others: Vec<ScheduleWords>,
    /// Rules that are offered while there is no schedule.
    pub offers: Vec<Offer>,
    /// Its life so far.
    pub joining: Joining,
}

/// One line of a project: what it pays, since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectLine {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its usual work, "before" for terms that hold no more, its stage where that is not the platform's.
    pub kind: String,
    /// "$25.00/h"; [`NONE`] where it has no terms.
    pub pay: String,
    /// "since Mon 3 Aug", "until Sun 2 Aug".
    pub since: String,
    /// Whether these terms hold no more, or not yet.
    pub past: bool,
    /// Read aloud.
    pub spoken: String,
}

/// A schedule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleWords {
    /// Its id.
    pub id: ScheduleId,
    /// What it is for where that is not all work now: "Aloe", "from Fri 1 Jan 2027"; else empty.
    pub only: String,
    /// The rule.
    pub rule: RuleWords,
    /// "reported by workers · checked 22 Nov 2026 · taken by you".
    pub provenance: String,
    /// Where that was read; may be empty.
    pub source: String,
    /// Whether nobody could confirm it.
    pub doubtful: bool,
    /// "Your last 6: Tuesday + 1 – 2 days", where the rule is not documented and there are enough payouts; else empty.
    pub taught: String,
    /// The next windows, or why there are none.
    pub next: Result<Vec<WindowWords>, &'static str>,
}

/// A rule of the catalogue that is off until taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its place in the schedules of the preset.
    pub at: usize,
    /// "Workers say Tue–Mon UTC, paid Tuesday. Use it?"
    pub question: String,
    /// Who says so.
    pub provenance: String,
}

/// The life on a platform so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joining {
    /// "$13.92"; [`NONE`] where nothing was worked or an exchange rate is missing.
    pub rate: String,
    /// Whether it is from under an hour.
    pub muted: bool,
    /// "412 h 20 m · tests and onboarding 6 h 10 m".
    pub hours: String,
    /// "$5,741.00 earned, $221.50 of it not settled yet".
    pub earned: String,
    /// What is missing or too little; empty where nothing is to be said.
    pub hint: String,
    /// What the user's own payouts can say where an exchange rate is missing.
    pub fill: Option<Fill>,
    /// "Tests and onboarding 6 h 10 m unpaid, paid back after 23 h"; empty where there is nothing to say or no floor.
    pub paid_back: String,
    /// What got worse of late: "Quality score 3.9, was 4.4 · $221.50 open".
    pub falls: Vec<String>,
}

impl Detail {
    /// What is known of a platform; `None` where it is gone.
    #[must_use]
    pub fn of(
        book: &Book,
        work: &Work,
        calendar: &Calendar,
        presets: &[Preset],
        id: PlatformId,
        at: Timestamp,
        today: NaiveDate,
    ) -> Option<Self> {
        let platform = book.platform(id)?;
        let zone = book.settings().zone;
        let current = book.schedule_on(id, None, today);
        let words = |schedule: &Schedule| schedule_words(book, calendar, schedule, today, zone);
        let others = book
            .schedules_of(id)
            .into_iter()
            .filter(|schedule| current.is_none_or(|current| current.id != schedule.id))
            .map(|schedule| words(schedule))
            .collect();
        Some(Self {
            id,
            mark: Mark::of(platform),
            name: platform.name.clone(),
            line: line(book, platform, today),
            note: platform.note.clone(),
            projects: project_lines(book, id, today),
            schedule: current.map(|schedule| words(schedule)),
            others,
            offers: if current.is_none() { offers(platform, presets, Style::of(book.settings())) } else { Vec::new() },
            joining: Joining {
                paid_back: paid_back(book, work, id, at, today),
                falls: falls_words(book, platform, &open_total(book, calendar, id), today),
                ..joining(work, id, at, today, Style::of(book.settings()))
            },
        })
    }
}

/// "active since 13 Oct 2026", "ended by them since 3 Aug 2026 (no tasks)".
pub(super) fn stage_words(dated: &DatedStage, style: Style) -> String {
    let by = match dated.ended_by {
        Some(EndedBy::User) => " by you",
        Some(EndedBy::Platform) => " by them",
        None => "",
    };
    let why = if dated.why.is_empty() { String::new() } else { format!(" ({})", dated.why) };
    format!("{}{by} since {}{why}", dated.stage.word(), style.date(dated.from))
}

fn open_total(book: &Book, calendar: &Calendar, id: PlatformId) -> String {
    let style = Style::of(book.settings());
    let open = exposure(book, calendar).remove(&id).unwrap_or_default();
    style.bag(&open.not_yet_paid())
}

fn paid_back(book: &Book, work: &Work, id: PlatformId, at: Timestamp, today: NaiveDate) -> String {
    let settings = book.settings();
    let floor = settings.floor.and_then(|floor| book.convert(floor, settings.home_currency, today).ok());
    let Some(back) = floor.and_then(|floor| pay_back(work, id, floor.amount, at)) else { return String::new() };
    let unpaid = format::hours(back.unpaid_secs);
    match back.after_paid_secs {
        Some(after) => format!("Tests and onboarding {unpaid} unpaid, paid back after {}", format::hours(after)),
        None => format!("Tests and onboarding {unpaid} unpaid, not paid back yet"),
    }
}

fn line(book: &Book, platform: &Platform, today: NaiveDate) -> String {
    let style = Style::of(book.settings());
    let mut words = Vec::new();
    words.extend(stage_on(&platform.stages, today).map(|dated| stage_words(dated, style)));
    let routes: Vec<&str> =
        book.routes().filter(|route| route.platform == Some(platform.id)).map(|route| route.name.as_str()).collect();
    if !routes.is_empty() {
        words.push(routes.join(", "));
    }
    if !platform.found_at.is_empty() {
        words.push(format!("found at {}", platform.found_at));
    }
    if let Some(form) = &platform.tax_form {
        let on = form.handed_in_on.map_or_else(String::new, |day| format!(" of {}", style.date(day)));
        words.push(format!("{}{on}", form.name));
    }
    if platform.needs_tracker {
        words.push("asks for its own tracker".to_owned());
    }
    words.join(" · ")
}

fn project_lines(book: &Book, platform: PlatformId, today: NaiveDate) -> Vec<ProjectLine> {
    let mut projects: Vec<_> = book.projects_of(platform).collect();
    let ended = |project: &Project| stage_on(&project.stages, today).is_some_and(|dated| dated.stage == Stage::Ended);
    projects.sort_by_cached_key(|project| (ended(project), project.name.to_lowercase(), project.id));
    let style = Style::of(book.settings());
    let mut lines = Vec::new();
    for project in projects {
        let terms = book.terms_of(project.id);
        let in_force = book.terms_on(project.id, today).map(|terms| terms.id);
        if terms.is_empty() {
            lines.push(project_line(project, None, None, true, today, style));
        }
        // The end of some terms is the day before the next ones.
        let mut until: Option<NaiveDate> = None;
        let mut of_project = Vec::new();
        for terms in terms.iter().rev() {
            of_project.push(project_line(project, Some(terms), until, in_force == Some(terms.id), today, style));
            until = terms.from.map(|from| day_plus(from, -1));
        }
        lines.extend(of_project);
    }
    lines
}

fn project_line(
    project: &Project,
    terms: Option<&Terms>,
    until: Option<NaiveDate>,
    in_force: bool,
    today: NaiveDate,
    style: Style,
) -> ProjectLine {
    let stage = stage_on(&project.stages, today).map(|dated| dated.stage.word());
    let usual = project.usual_task_type.clone().unwrap_or_else(|| {
        if project.usual_activity == Activity::PaidWork {
            String::new()
        } else {
            names::activity(project.usual_activity).to_lowercase()
        }
    });
    let day = |day: NaiveDate| style.day(day, today);
    let later = terms.and_then(|terms| terms.from).is_some_and(|from| from > today);
    let kind = match (in_force, later, stage) {
        (true, _, Some(stage)) => stage.to_owned(),
        (true, _, None) => usual,
        (false, true, _) => "later".to_owned(),
        (false, false, _) => "before".to_owned(),
    };
    let since = match (terms.and_then(|terms| terms.from), until) {
        (Some(from), None) if later => format!("from {}", day(from)),
        (Some(from), None) => format!("since {}", day(from)),
        (Some(from), Some(until)) => format!("{} – {}", day(from), day(until)),
        (None, Some(until)) => format!("until {}", day(until)),
        (None, None) => String::new(),
    };
    let pay = terms.map_or_else(|| NONE.to_owned(), |terms| pay_words(&terms.pay, terms.currency, style));
    let spoken = [project.name.as_str(), kind.as_str(), pay.as_str(), since.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    ProjectLine { id: project.id, name: project.name.clone(), kind, pay, since, past: !in_force, spoken }
}

fn schedule_words(
    book: &Book,
    calendar: &Calendar,
    schedule: &Schedule,
    today: NaiveDate,
    zone: Zone,
) -> ScheduleWords {
    let style = Style::of(book.settings());
    let mut only = Vec::new();
    if let Some(project) = schedule.project {
        only.push(names::project(book, Some(project)));
    }
    if let Some(route) = schedule.route.and_then(|id| book.route(id)) {
        only.push(format!("by {}", route.name));
    }
    if let Some(from) = schedule.valid_from.filter(|from| *from > today) {
        only.push(format!("from {}", style.day(from, today)));
    }
    if let Some(until) = schedule.valid_until {
        only.push(format!("until {}", style.day(until, today)));
    }
    ScheduleWords {
        id: schedule.id,
        only: only.join(" · "),
        rule: RuleWords::of(&schedule.rule, style),
        provenance: names::provenance(&schedule.provenance, style),
        source: schedule.provenance.source.clone(),
        doubtful: schedule.provenance.standing == Standing::Unverified,
        taught: taught_words(calendar, schedule.id, today, style),
        next: preview(&schedule.rule, today, zone, WINDOWS)
            .map(|found| found.iter().map(|one| WindowWords::of(one, today, style)).collect())
            .map_err(unknown),
    }
}

/// What the user's own payouts taught of a schedule, as far as its open money says.
fn taught_words(calendar: &Calendar, schedule: ScheduleId, today: NaiveDate, style: Style) -> String {
    let of_it = calendar.expected.iter().filter(|one| one.schedule.as_ref().is_some_and(|(id, _)| *id == schedule));
    let taught = of_it.flat_map(|one| &one.reasons).find(|reason| matches!(reason, Reason::OwnLags(_)));
    taught.map_or_else(String::new, |reason| reasons::sentence(reason, today, style))
}

fn offers(platform: &Platform, presets: &[Preset], style: Style) -> Vec<Offer> {
    let preset = presets.iter().find(|preset| platform.preset.as_deref() == Some(preset.name.as_str()));
    preset
        .into_iter()
        .flat_map(Preset::offers)
        .map(|(at, offer)| Offer {
            at,
            question: offer.question.clone().unwrap_or_else(|| format!("{}. Use it?", offer.words)),
            provenance: names::provenance(&offer.provenance, style),
        })
        .collect()
}

fn joining(work: &Work, id: PlatformId, at: Timestamp, today: NaiveDate, style: Style) -> Joining {
    let rates = since_joining(work, id, at);
    if rates.is_empty() {
        return Joining {
            rate: NONE.to_owned(),
            muted: true,
            hours: "nothing worked yet".to_owned(),
            ..Joining::default()
        };
    }
    let money = |amount| style.money(Money::new(amount, rates.home));
    let own = format::hours(rates.hours.own_secs);
    let hint = match rates.missing_for(Step::AllHours).next() {
        Some(missing) => missing_words(missing, today, style),
        None if rates.too_little() => format!("From {own}: too little to say"),
        None => String::new(),
    };
    Joining {
        fill: Fill::of_rates(work.book(), &rates, today),
        paid_back: String::new(),
        falls: Vec::new(),
        rate: rates.per_hour(Step::AllHours).map_or_else(|| NONE.to_owned(), money),
        muted: rates.too_little(),
        hours: if rates.entry_secs == 0 {
            format!("{own} · tests included")
        } else {
            format!("{own} · tests and onboarding {} included", format::hours(rates.entry_secs))
        },
        earned: rates.earned().map_or_else(String::new, |earned| {
            if rates.unsettled.is_zero() {
                format!("{} earned", money(earned))
            } else {
                format!("{} earned, {} of it not settled yet", money(earned), money(rates.unsettled))
            }
        }),
        hint,
    }
}
