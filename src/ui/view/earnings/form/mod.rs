//! An earning as it is typed: what it is for, the amount (or tasks and a price), what it stands for, fees, states.
//!
//! Drafts in, an earning or the reasons beside the fields out. Pure: the plan of the command says what else is refused.

mod amounts;
mod dated;
mod kinds;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::earning::{Covers, DatedState, Earning, EarningState, per_hour};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, RouteId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::coverage::schedule_day;
use crate::domain::query::value;
use crate::domain::query::work::Work;
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Now};
use crate::domain::terms::Pay;
use crate::ui::format::{self, Style};
use crate::ui::typed;

use amounts::read_cut;
pub use kinds::{CoversKind, Input, Kind, StateDraft, StateKind};

/// The drafts.
#[derive(Debug, Clone)]
pub struct EarningForm {
    /// The earning that is edited.
    pub before: Option<Box<Earning>>,
    /// What it is for.
    pub kind: Kind,
    /// Who owes it.
    pub platform: Option<PlatformId>,
    /// The project.
    pub project: Option<ProjectId>,
    /// The name of a milestone.
    pub name: String,
    /// How many tasks.
    pub count: String,
    /// The price of one.
    pub price: String,
    /// The share of them that was accepted, in per cent.
    pub accepted: String,
    /// The amount; empty where a batch says it.
    pub amount: String,
    /// The days of the work.
    pub days: String,
    /// What it stands for.
    pub covers: CoversKind,
    /// The chosen sessions.
    pub sessions: Vec<SessionId>,
    /// The platform's fee.
    pub fee: String,
    /// Tax withheld.
    pub tax: String,
    /// The due day.
    pub due: String,
    /// The route; `None` is the usual one.
    pub route: Option<RouteId>,
    /// The states.
    pub states: Vec<StateDraft>,
    /// The note.
    pub note: String,
}

/// What the drafts say.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// The earning; `None` while something is missing or does not fit.
    pub earning: Option<Earning>,
    /// Why a field does not fit.
    pub reasons: BTreeMap<Input, String>,
    /// What was understood of it.
    pub notes: BTreeMap<Input, String>,
    /// What comes of it: "$19.20 · $7.15/h over 2 h 41 m".
    pub sum: String,
}

impl EarningForm {
    /// A new one on a platform.
    #[must_use]
    pub fn new(platform: Option<PlatformId>, project: Option<ProjectId>) -> Self {
        Self {
            before: None,
            kind: Kind::Work,
            platform,
            project,
            name: String::new(),
            count: String::new(),
            price: String::new(),
            accepted: String::new(),
            amount: String::new(),
            days: String::new(),
            covers: CoversKind::Nothing,
            sessions: Vec::new(),
            fee: String::new(),
            tax: String::new(),
            due: String::new(),
            route: None,
            states: Vec::new(),
            note: String::new(),
        }
    }

    /// One for chosen sessions, at what they are worth. The paid ones count, of the project of the first.
    #[must_use]
    pub fn of_sessions(book: &Book, sessions: &[SessionId], now: Now) -> Self {
        let style = Style::of(book.settings());
        let mut found: Vec<_> = sessions.iter().filter_map(|id| book.session(*id)).collect();
        found.sort_by_key(|session| (session.started_at, session.id));
        let project = found.iter().find_map(|session| session.project);
        found.retain(|session| session.project == project && session.paid && !session.is_open());
        let mut form = Self::new(book.platform_of(project).map(|platform| platform.id), project);
        form.covers = CoversKind::Sessions;
        form.sessions = found.iter().map(|session| session.id).collect();
        let days: Vec<NaiveDate> = found.iter().map(|session| schedule_day(book, session)).collect();
        if let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) {
            form.days = style.dates(DayRange::new(*first, *last));
        }
        let mut sum: Option<Money> = None;
        for session in &found {
            let Ok(priced) = value::credited(book, session, now.at) else { continue };
            sum = match sum {
                None => Some(priced.money),
                Some(sum) => sum.plus(priced.money).or(Some(sum)),
            };
        }
        if let Some(sum) = sum {
            form.amount = style.draft(sum.rounded());
        }
        form
    }

    /// An earning as it is.
    #[must_use]
    pub fn edit(earning: &Earning, style: Style) -> Self {
        let kind = Kind::of(earning);
        let money = |money: Option<Money>| money.map_or_else(String::new, |money| style.draft(money));
        let (name, note) = if kind == Kind::Milestone {
            let name = earning.title().to_owned();
            let rest = earning.note.trim().strip_prefix(&name).unwrap_or("").trim().to_owned();
            (name, rest)
        } else {
            (String::new(), earning.note.clone())
        };
        let (covers, sessions) = match &earning.covers {
            Covers::Nothing => (CoversKind::Nothing, Vec::new()),
            Covers::Sessions(ids) => (CoversKind::Sessions, ids.clone()),
            Covers::Days { .. } => (CoversKind::Days, Vec::new()),
        };
        let amount =
            if kind == Kind::ClawBack { earning.amount.with(earning.amount.amount.abs()) } else { earning.amount };
        Self {
            before: Some(Box::new(earning.clone())),
            kind,
            platform: Some(earning.platform),
            project: earning.project,
            name,
            amount: style.draft(amount),
            days: style.dates(earning.worked),
            covers,
            sessions,
            fee: money(earning.platform_fee),
            tax: money(earning.tax_withheld),
            due: earning.due_on.map_or_else(String::new, |day| style.date(day)),
            route: earning.route,
            states: earning
                .states
                .iter()
                .map(|dated| StateDraft {
                    day: style.date(dated.on),
                    kind: StateKind::of(dated.state),
                    part: if let EarningState::Approved(Some(part)) = dated.state {
                        style.draft(part)
                    } else {
                        String::new()
                    },
                })
                .collect(),
            note,
            ..Self::new(None, None)
        }
    }

    /// The currency that is meant where none is typed: of the terms, else of the platform.
    #[must_use]
    pub fn currency(&self, book: &Book, today: NaiveDate) -> Currency {
        let of_earning = self.before.as_ref().map(|earning| earning.amount.currency);
        let of_terms = || Some(book.terms_on(self.project?, today)?.currency);
        let of_platform = || Some(book.platform(self.platform?)?.currency);
        of_earning.or_else(of_terms).or_else(of_platform).unwrap_or(book.settings().home_currency)
    }

    /// The price of a task at the project's terms, for a batch whose price isn't typed.
    #[must_use]
    pub fn usual_price(&self, book: &Book, today: NaiveDate) -> Option<Money> {
        let terms = book.terms_on(self.project?, today)?;
        match terms.pay {
            Pay::PerTask(price) | Pay::PerUnit { price, .. } => Some(Money::new(price, terms.currency)),
            Pay::PerHour(_) | Pay::Milestones(_) | Pay::BySession => None,
        }
    }

    /// The paid sessions of the project for which no other earning stands, newest first, and the chosen ones.
    #[must_use]
    pub fn choices(&self, work: &Work) -> Vec<SessionId> {
        const MOST: usize = 60;
        let Some(project) = self.project else { return self.sessions.clone() };
        let own = self.before.as_ref().map(|earning| earning.id);
        let mut found: Vec<&Arc<Session>> = work.waiting_for_an_earning(project, own);
        found.truncate(MOST);
        let known: BTreeSet<SessionId> = found.iter().map(|session| session.id).collect();
        let chosen = self.sessions.iter().filter(|id| !known.contains(id)).filter_map(|id| work.book().session(*id));
        found.extend(chosen.filter(|one| one.project == Some(project) && one.paid && !one.is_open()));
        found.sort_by_key(|session| std::cmp::Reverse((session.started_at, session.id)));
        found.into_iter().map(|session| session.id).collect()
    }

    /// What the drafts say.
    #[must_use]
    pub fn read(&self, book: &Book, id: EarningId, now: Now, today: NaiveDate) -> Read {
        let style = Style::of(book.settings());
        let currency = self.currency(book, today);
        let mut read = Read::default();
        let platform = self.platform.and_then(|id| book.platform(id)).map(|platform| platform.id);
        let (amount, part) = self.read_amount(book, style, currency, today, &mut read);
        let worked = self.read_days(book, style, today, &mut read);
        let covers = self.read_covers(worked, &mut read);
        let of_currency = amount.map_or(currency, |amount| amount.currency);
        let fee = read_cut(&self.fee, Input::Fee, style, of_currency, &mut read);
        let tax = read_cut(&self.tax, Input::Tax, style, of_currency, &mut read);
        let due_on = self.read_due(style, today, &mut read);
        let mut states = self.read_states(style, of_currency, today, &mut read);
        if let Some(part) = part {
            states.push(DatedState { on: today, state: EarningState::Approved(Some(part)) });
        }
        if self.kind == Kind::Milestone && self.name.trim().is_empty() {
            read.reasons.insert(Input::Name, "A name is needed".to_owned());
        }
        self.tell_sum(book, amount.filter(|_| part.is_none()).or(part), style, now, &mut read);
        if let (Some(platform), Some(amount), Some(worked), Some(covers)) = (platform, amount, worked, covers)
            && read.reasons.is_empty()
        {
            let base = self.before.as_deref().cloned();
            let base = base.unwrap_or_else(|| Earning::work(id, platform, amount, worked));
            read.earning = Some(Earning {
                platform,
                project: self.project,
                kind: self.kind.domain(),
                amount,
                worked,
                covers,
                states,
                platform_fee: fee,
                tax_withheld: tax,
                route: self.route,
                due_on,
                note: self.whole_note(style),
                ..base
            });
        }
        read
    }

    fn whole_note(&self, style: Style) -> String {
        let note = self.note.trim();
        let first = match self.kind {
            Kind::Milestone => self.name.trim().to_owned(),
            Kind::Batch => match style.reader().count(&self.count) {
                Ok(1) => "1 task".to_owned(),
                Ok(count) => format!("{count} tasks"),
                Err(_) => String::new(),
            },
            Kind::Work | Kind::Bonus | Kind::Adjustment | Kind::ClawBack | Kind::Opening => String::new(),
        };
        match (first.as_str(), note) {
            ("", note) => note.to_owned(),
            (first, "") => first.to_owned(),
            (first, note) => format!("{first}\n{note}"),
        }
    }

    fn read_days(&self, book: &Book, style: Style, today: NaiveDate, read: &mut Read) -> Option<DayRange> {
        if self.days.trim().is_empty() && self.before.is_none() {
            read.notes.insert(Input::Days, style.day_in_full(today, today));
            return Some(DayRange::day(today));
        }
        match typed::days(&self.days, today, book.settings().week_start) {
            Ok(days) => {
                read.notes.insert(Input::Days, style.days(days, today));
                Some(days)
            }
            Err(why) => {
                read.reasons.insert(Input::Days, why.to_string());
                None
            }
        }
    }

    fn read_covers(&self, worked: Option<DayRange>, read: &mut Read) -> Option<Covers> {
        match self.covers {
            CoversKind::Nothing => Some(Covers::Nothing),
            CoversKind::Sessions if self.sessions.is_empty() => {
                read.reasons.insert(Input::Covers, "Choose at least one session".to_owned());
                None
            }
            CoversKind::Sessions => Some(Covers::Sessions(self.sessions.clone())),
            CoversKind::Days => {
                if self.project.is_none() {
                    read.reasons.insert(Input::Covers, "Choose the project first".to_owned());
                }
                let (project, days) = (self.project?, worked?);
                Some(Covers::Days { project, days })
            }
        }
    }

    fn read_due(&self, style: Style, today: NaiveDate, read: &mut Read) -> Option<NaiveDate> {
        if self.due.trim().is_empty() {
            return None;
        }
        match typed::date(&self.due, today) {
            Ok(day) => {
                let works =
                    self.states.last().is_some_and(|s| matches!(s.kind, StateKind::ToReport | StateKind::Reworked));
                let what = if works { "To be handed in by" } else { "Money promised for" };
                let when = format::relative(day, today);
                read.notes.insert(Input::Due, format!("{what} {}, {when}", style.day(day, today)));
                Some(day)
            }
            Err(why) => {
                read.reasons.insert(Input::Due, why.to_string());
                None
            }
        }
    }

    fn tell_sum(&self, book: &Book, amount: Option<Money>, style: Style, now: Now, read: &mut Read) {
        let Some(amount) = amount else { return };
        let secs: i64 = match self.covers {
            CoversKind::Sessions => {
                let found = self.sessions.iter().filter_map(|id| book.session(*id));
                found.map(|session| session.own_secs(now.at)).sum()
            }
            CoversKind::Nothing | CoversKind::Days => 0,
        };
        read.sum = match per_hour(amount, secs) {
            Some(rate) => {
                let rate = style.rate(rate.amount, rate.currency);
                format!("{} · {rate} over {}", style.money(amount), format::hours(secs))
            }
            None => style.money(amount),
        };
    }
}
