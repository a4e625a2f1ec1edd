//! An earning as it is typed: what it is for, the amount (or tasks and a price), what it stands for, fees, states.
//!
//! Drafts in, an earning or the reasons beside the fields out. Pure: the plan of the command says what else is refused.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::earning::{Batch, Covers, DatedState, Earning, EarningKind, EarningState, per_hour};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, RouteId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::coverage::{Coverage, schedule_day};
use crate::domain::query::deadlines::first_line;
use crate::domain::query::value;
use crate::domain::span::{DayRange, Now};
use crate::domain::terms::Pay;
use crate::ui::format::{self, Style};
use crate::ui::typed;
use crate::ui::view::states;

/// What kinds of earnings are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Hours, studies: an amount for work.
    Work,
    /// So many tasks at a price.
    Batch,
    /// An agreed result, by its name.
    Milestone,
    /// A bonus or mission.
    Bonus,
    /// A correction, either way.
    Adjustment,
    /// Money that the platform takes back.
    ClawBack,
    /// Owed from before the Book was begun.
    Opening,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Work, Self::Batch, Self::Milestone, Self::Bonus, Self::Adjustment, Self::ClawBack, Self::Opening];

    /// Its words and a line about it.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Work => ("Work", "An amount for hours, tasks or a study"),
            Self::Batch => ("Batch", "So many tasks at a price: 30 tasks at $0.64"),
            Self::Milestone => ("Milestone", "An agreed sum for an agreed result"),
            Self::Bonus => ("Bonus", "A bonus or mission, on top of the work"),
            Self::Adjustment => ("Adjustment", "A correction, more or less"),
            Self::ClawBack => ("Claw-back", "Money that the platform takes back"),
            Self::Opening => ("Owed from before", "From before you used TrueRate; outside the rates"),
        }
    }

    fn domain(self) -> EarningKind {
        match self {
            Self::Work | Self::Batch => EarningKind::Work,
            Self::Milestone => EarningKind::Milestone,
            Self::Bonus => EarningKind::Bonus,
            Self::Adjustment | Self::ClawBack => EarningKind::Adjustment,
            Self::Opening => EarningKind::Opening,
        }
    }

    fn of(earning: &Earning) -> Self {
        match earning.kind {
            EarningKind::Work => Self::Work,
            EarningKind::Milestone => Self::Milestone,
            EarningKind::Bonus => Self::Bonus,
            EarningKind::Adjustment if earning.amount.amount.is_sign_negative() => Self::ClawBack,
            EarningKind::Adjustment => Self::Adjustment,
            EarningKind::Opening => Self::Opening,
        }
    }
}

/// What it stands for, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoversKind {
    /// No session.
    Nothing,
    /// Chosen sessions.
    Sessions,
    /// All paid sessions of the project on the days.
    Days,
}

/// The states on offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKind {
    /// To be reported.
    ToReport,
    /// Handed in.
    Submitted,
    /// Approved in full.
    Approved,
    /// Only a part was.
    ApprovedPart,
    /// Invoiced.
    Invoiced,
    /// Refused.
    Rejected,
    /// The refusal is contested.
    Appealed,
    /// Being done again.
    Reworked,
    /// The amount is contested.
    Contested,
    /// Given up.
    WrittenOff,
}

impl StateKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::ToReport,
        Self::Submitted,
        Self::Approved,
        Self::ApprovedPart,
        Self::Invoiced,
        Self::Rejected,
        Self::Appealed,
        Self::Reworked,
        Self::Contested,
        Self::WrittenOff,
    ];

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ApprovedPart => "approved in part",
            Self::ToReport => states::earning(EarningState::ToReport),
            Self::Submitted => states::earning(EarningState::Submitted),
            Self::Approved => states::earning(EarningState::Approved(None)),
            Self::Invoiced => states::earning(EarningState::Invoiced),
            Self::Rejected => states::earning(EarningState::Rejected),
            Self::Appealed => states::earning(EarningState::Appealed),
            Self::Reworked => states::earning(EarningState::Reworked),
            Self::Contested => states::earning(EarningState::Contested),
            Self::WrittenOff => states::earning(EarningState::WrittenOff),
        }
    }

    fn of(state: EarningState) -> Self {
        match state {
            EarningState::ToReport => Self::ToReport,
            EarningState::Submitted => Self::Submitted,
            EarningState::Approved(None) => Self::Approved,
            EarningState::Approved(Some(_)) => Self::ApprovedPart,
            EarningState::Invoiced => Self::Invoiced,
            EarningState::Rejected => Self::Rejected,
            EarningState::Appealed => Self::Appealed,
            EarningState::Reworked => Self::Reworked,
            EarningState::Contested => Self::Contested,
            EarningState::WrittenOff => Self::WrittenOff,
        }
    }
}

/// A state with its day, as typed.
#[derive(Debug, Clone)]
pub struct StateDraft {
    /// The day.
    pub day: String,
    /// The state.
    pub kind: StateKind,
    /// What was approved, of a part.
    pub part: String,
}

/// The input that a reason stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The name of a milestone.
    Name,
    /// The count of a batch.
    Count,
    /// The price of a batch.
    Price,
    /// The share that was accepted.
    Accepted,
    /// The amount.
    Amount,
    /// The days.
    Days,
    /// What it stands for.
    Covers,
    /// The platform's fee.
    Fee,
    /// Tax withheld.
    Tax,
    /// The due day.
    Due,
    /// A state, by its place.
    State(usize),
}

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
    pub fn of_sessions(book: &Book, sessions: &[SessionId], now: Now, today: NaiveDate) -> Self {
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
            form.days = days_text(DayRange::new(*first, *last), style, today);
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
            form.amount = amount_text(sum.rounded(), style);
        }
        form
    }

    /// An earning as it is.
    #[must_use]
    pub fn edit(earning: &Earning, style: Style, today: NaiveDate) -> Self {
        let kind = Kind::of(earning);
        let money = |money: Option<Money>| money.map_or_else(String::new, |money| amount_text(money, style));
        let (name, note) = if kind == Kind::Milestone {
            let name = first_line(&earning.note).to_owned();
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
            amount: amount_text(amount, style),
            days: days_text(earning.worked, style, today),
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
                    part: match dated.state {
                        EarningState::Approved(Some(part)) => amount_text(part, style),
                        _ => String::new(),
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
    pub fn choices(&self, book: &Book) -> Vec<SessionId> {
        const MOST: usize = 60;
        let Some(project) = self.project else { return self.sessions.clone() };
        let coverage = Coverage::of(book);
        let own = self.before.as_ref().map(|earning| earning.id);
        let mut found: Vec<_> = book
            .sessions()
            .filter(|session| session.project == Some(project) && session.paid && !session.is_open())
            .filter(|session| {
                let other = coverage.earning_of(book, session);
                self.sessions.contains(&session.id) || other.is_none() || other == own
            })
            .collect();
        found.sort_by_key(|session| std::cmp::Reverse((session.started_at, session.id)));
        let kept = |at: usize, id: SessionId| at < MOST || self.sessions.contains(&id);
        found.iter().enumerate().filter(|(at, session)| kept(*at, session.id)).map(|(_, one)| one.id).collect()
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
        let fee = self.read_cut(&self.fee, Input::Fee, style, of_currency, &mut read);
        let tax = self.read_cut(&self.tax, Input::Tax, style, of_currency, &mut read);
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
                note: self.whole_note(style, part.is_some()),
                ..base
            });
        }
        read
    }

    fn whole_note(&self, style: Style, _cut: bool) -> String {
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

    /// The amount; and what of it was accepted, where a batch says so.
    fn read_amount(
        &self,
        book: &Book,
        style: Style,
        currency: Currency,
        today: NaiveDate,
        read: &mut Read,
    ) -> (Option<Money>, Option<Money>) {
        if self.kind == Kind::Batch {
            return self.read_batch(book, style, currency, today, read);
        }
        let amount = match style.reader().money(&self.amount, currency) {
            Ok(amount) => amount,
            Err(why) => {
                read.reasons.insert(Input::Amount, why.to_string());
                return (None, None);
            }
        };
        if let Err(why) = whole_units(amount) {
            read.reasons.insert(Input::Amount, why);
            return (None, None);
        }
        let negative = amount.amount.is_sign_negative() && !amount.amount.is_zero();
        if negative && self.kind != Kind::Adjustment {
            let why = "Above zero, please; a claw-back takes money back".to_owned();
            read.reasons.insert(Input::Amount, why);
            return (None, None);
        }
        let amount = if self.kind == Kind::ClawBack { amount.with(-amount.amount) } else { amount };
        read.notes.insert(Input::Amount, style.money(amount));
        (Some(amount), None)
    }

    fn read_batch(
        &self,
        book: &Book,
        style: Style,
        currency: Currency,
        today: NaiveDate,
        read: &mut Read,
    ) -> (Option<Money>, Option<Money>) {
        let count = match style.reader().count(&self.count) {
            Ok(0) => Err("At least one".to_owned()),
            Ok(count) => Ok(count),
            Err(why) => Err(why.to_string()),
        };
        let whole = (!self.amount.trim().is_empty()).then(|| style.reader().money(&self.amount, currency));
        let price = match (self.price.trim(), &whole) {
            ("", Some(_)) => None,
            ("", None) => match self.usual_price(book, today) {
                Some(price) => Some(Ok(price)),
                None => Some(Err("A price of one, or the amount of all".to_owned())),
            },
            (text, _) => Some(style.reader().money(text, currency).map_err(|why| why.to_string())),
        };
        let count = match count {
            Ok(count) => count,
            Err(why) => {
                read.reasons.insert(Input::Count, why);
                return (None, None);
            }
        };
        let amount = match (price, whole) {
            (Some(Err(why)), _) => {
                read.reasons.insert(Input::Price, why);
                return (None, None);
            }
            (_, Some(Err(why))) => {
                read.reasons.insert(Input::Amount, why.to_string());
                return (None, None);
            }
            (Some(Ok(price)), None) => {
                let batch = Batch { count, price };
                read.notes.insert(Input::Price, format!("{} each", exact(price, style)));
                read.notes.insert(Input::Amount, format!("{} in all", style.money(batch.amount())));
                batch.amount().rounded()
            }
            (Some(Ok(price)), Some(Ok(amount))) => {
                let batch = Batch { count, price }.amount().rounded();
                if batch != amount {
                    let why = format!("{count} × {} is {}", exact(price, style), style.money(batch));
                    read.reasons.insert(Input::Amount, why);
                    return (None, None);
                }
                amount
            }
            (None, Some(Ok(amount))) => {
                let each = amount.with(amount.amount / Decimal::from(count));
                read.notes.insert(Input::Price, format!("{} each", exact(each, style)));
                amount
            }
            (None, None) => return (None, None),
        };
        if let Err(why) = whole_units(amount) {
            read.reasons.insert(Input::Amount, why);
            return (None, None);
        }
        if self.accepted.trim().is_empty() {
            return (Some(amount), None);
        }
        match style.reader().percent(&self.accepted) {
            Ok(percent) => {
                let part = amount.with(amount.amount.saturating_mul(percent) / Decimal::ONE_HUNDRED).rounded();
                read.notes.insert(Input::Accepted, format!("{} of it", style.money(part)));
                (Some(amount), (part != amount).then_some(part))
            }
            Err(why) => {
                read.reasons.insert(Input::Accepted, why.to_string());
                (Some(amount), None)
            }
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
            CoversKind::Days => match self.project {
                Some(project) => worked.map(|days| Covers::Days { project, days }),
                None => {
                    read.reasons.insert(Input::Covers, "Choose the project first".to_owned());
                    None
                }
            },
        }
    }

    fn read_cut(&self, text: &str, input: Input, style: Style, currency: Currency, read: &mut Read) -> Option<Money> {
        if text.trim().is_empty() {
            return None;
        }
        let found = style.reader().money(text, currency).map_err(|why| why.to_string());
        match found.and_then(|money| whole_units(money).map(|()| money)) {
            Ok(money) if money.currency != currency => {
                read.reasons.insert(input, format!("In {currency}, please, as the amount"));
                None
            }
            Ok(money) if money.amount.is_sign_negative() => {
                read.reasons.insert(input, "Not below zero, please".to_owned());
                None
            }
            Ok(money) => Some(money),
            Err(why) => {
                read.reasons.insert(input, why);
                None
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

    fn read_states(&self, style: Style, currency: Currency, today: NaiveDate, read: &mut Read) -> Vec<DatedState> {
        let mut found: Vec<DatedState> = Vec::new();
        for (at, draft) in self.states.iter().enumerate() {
            let on = match typed::date(&draft.day, today) {
                Ok(day) if day > today && draft.kind != StateKind::ToReport => {
                    read.reasons.insert(Input::State(at), "Lies in the future".to_owned());
                    continue;
                }
                Ok(day) => day,
                Err(why) => {
                    read.reasons.insert(Input::State(at), why.to_string());
                    continue;
                }
            };
            if found.last().is_some_and(|before| on < before.on) {
                read.reasons.insert(Input::State(at), "Lies before the state above it".to_owned());
                continue;
            }
            match state_of(draft, style, currency) {
                Ok(state) => found.push(DatedState { on, state }),
                Err(why) => {
                    read.reasons.insert(Input::State(at), why);
                }
            }
        }
        found
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

fn state_of(draft: &StateDraft, style: Style, currency: Currency) -> Result<EarningState, String> {
    Ok(match draft.kind {
        StateKind::ToReport => EarningState::ToReport,
        StateKind::Submitted => EarningState::Submitted,
        StateKind::Approved => EarningState::Approved(None),
        StateKind::ApprovedPart => {
            let part = style.reader().money(&draft.part, currency).map_err(|why| why.to_string())?;
            whole_units(part)?;
            if part.currency != currency {
                return Err(format!("In {currency}, please, as the amount"));
            }
            EarningState::Approved(Some(part))
        }
        StateKind::Invoiced => EarningState::Invoiced,
        StateKind::Rejected => EarningState::Rejected,
        StateKind::Appealed => EarningState::Appealed,
        StateKind::Reworked => EarningState::Reworked,
        StateKind::Contested => EarningState::Contested,
        StateKind::WrittenOff => EarningState::WrittenOff,
    })
}

fn whole_units(money: Money) -> Result<(), String> {
    if money.rounded() == money {
        Ok(())
    } else {
        Err(format!("{} has {} decimals at the most", money.currency, money.currency.minor_units()))
    }
}

/// A price with all its decimals: "$0.0125".
fn exact(money: Money, style: Style) -> String {
    if money.rounded() == money {
        style.money(money)
    } else {
        format!("{} {}", style.exact(money.amount), money.currency)
    }
}

/// An amount as it is typed and read back as the same.
pub fn amount_text(money: Money, style: Style) -> String {
    let words = style.money(money);
    if style.reader().money(&words, money.currency) == Ok(money) {
        words
    } else {
        format!("{} {}", style.exact(money.amount), money.currency)
    }
}

/// Days as they are typed and read back as the same.
fn days_text(days: DayRange, style: Style, _today: NaiveDate) -> String {
    if days.first == days.last {
        style.date(days.first)
    } else {
        format!("{} – {}", style.date(days.first), style.date(days.last))
    }
}
