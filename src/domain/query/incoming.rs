//! Incoming: what a Book would take of a statement, row by row, before anything is taken.
//!
//! A row is known by its key. One that comes back saying something else updates its record, unless the user has changed
//! that by hand: then the user's word stands, and it is said. A row that nobody knows and that looks like something the user
//! wrote down themselves is doubtful: it is left out unless the user wants it. Money that moved is not taken here.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::command::limits;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::platform::{Platform, Project};
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Interval, Now, date_in, day_plus};
use crate::domain::statement::{CreditKind, CreditState, Credited, Logged, Origin, Row, Says, Statement};

/// What the rows of a file call the work: client and project, either of which may be empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The client, or empty.
    pub client: String,
    /// The project, or empty.
    pub project: String,
}

/// Where the work of a label goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A project of the Book.
    Known(ProjectId),
    /// A new one that is called like the label.
    New,
    /// Nowhere yet: sessions are named later, earnings belong to the platform as a whole.
    Unnamed,
}

/// Who the statement is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payer {
    /// A platform of the Book.
    Known(PlatformId),
    /// A new one with this name.
    New(String),
    /// Each client is one: a time tracker's rows.
    ByClient,
}

/// What the user decided about a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Who it is of.
    pub payer: Payer,
    /// Where each label goes.
    pub targets: BTreeMap<Label, Target>,
    /// The doubtful rows that are taken all the same, by key.
    pub wanted: BTreeSet<String>,
}

/// What would become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A new record.
    New,
    /// Its record stands already, and says the same.
    Known,
    /// Its record is brought up to what it says now.
    Changed,
    /// It says something else now, and so does the user: the user's word stands.
    YoursStays,
    /// It may be what the user wrote down already.
    Doubtful(Doubt),
    /// Nothing is to be taken of it.
    Nothing(Idle),
}

/// What a doubtful row may be already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// This session covers at least half of its time.
    SameTime(SessionId),
    /// This earning of the platform has the same amount around the same day.
    SameMoney(EarningId),
}

/// Why nothing is taken of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Idle {
    /// It still runs: it comes with its end.
    Runs,
    /// It ends in the future.
    Future,
    /// It is longer than any session: a wrong day.
    TooLong,
    /// More money than anybody earns: a wrong mark.
    TooMuch,
    /// It was given back before anything was owed.
    Returned,
    /// Zero, and only the trace of a correction.
    Zero,
    /// Money that moved on an account.
    Moved,
}

/// What a Book would take of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What becomes of each row, in the statement's order.
    pub verdicts: Vec<Verdict>,
}

/// How many rows have which fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// New.
    pub new: usize,
    /// Known.
    pub known: usize,
    /// Changed.
    pub changed: usize,
    /// The user's word stands.
    pub yours: usize,
    /// Doubtful.
    pub doubtful: usize,
    /// Nothing to take.
    pub nothing: usize,
}

/// What of a Book came from rows, by key.
struct Held<'a> {
    sessions: HashMap<&'a str, (&'a Arc<Session>, &'a Origin)>,
    earnings: HashMap<&'a str, (&'a Arc<Earning>, &'a Origin)>,
}

impl<'a> Held<'a> {
    fn of(book: &'a Book) -> Self {
        let session =
            |session: &'a Arc<Session>| session.origin.as_ref().map(|origin| (origin.key.as_str(), (session, origin)));
        let earning =
            |earning: &'a Arc<Earning>| earning.origin.as_ref().map(|origin| (origin.key.as_str(), (earning, origin)));
        Self {
            sessions: book.sessions().filter_map(session).collect(),
            earnings: book.earnings().filter_map(earning).collect(),
        }
    }
}

impl Label {
    /// What a row calls its work; `None` for money that moved.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        match &row.says {
            Says::Logged(logged) => Some(Self { client: logged.client.clone(), project: logged.project.clone() }),
            Says::Credited(credited) => Some(Self { client: String::new(), project: credited.project.clone() }),
            Says::Moved(_) => None,
        }
    }

    /// Whether it names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.client.is_empty() && self.project.is_empty()
    }
}

impl Choices {
    /// What is proposed: platforms and projects of the same name, whatever their case, else new ones. `payer` is what the
    /// format is known to be of; `None` for time trackers.
    #[must_use]
    pub fn proposed(book: &Book, statement: &Statement, payer: Option<&str>) -> Self {
        let payer = match payer {
            None => Payer::ByClient,
            Some(name) => {
                let of_it = |platform: &&Arc<Platform>| {
                    same(&platform.name, name) || platform.preset.as_deref().is_some_and(|preset| same(preset, name))
                };
                let known = book.platforms_by_name().into_iter().find(of_it);
                known.map_or_else(|| Payer::New(name.to_owned()), |platform| Payer::Known(platform.id))
            }
        };
        let mut choices = Self { payer, targets: BTreeMap::new(), wanted: BTreeSet::new() };
        for label in statement.rows.iter().filter_map(Label::of) {
            if !choices.targets.contains_key(&label) {
                let target = choices.proposed_for(book, &label);
                choices.targets.insert(label, target);
            }
        }
        choices
    }

    fn proposed_for(&self, book: &Book, label: &Label) -> Target {
        if label.is_empty() {
            return Target::Unnamed;
        }
        let of_platform = |project: &&Arc<Project>| match &self.payer {
            Payer::Known(platform) => project.platform == *platform,
            Payer::New(_) => false,
            Payer::ByClient => {
                let platform = book.platform(project.platform);
                label.client.is_empty() || platform.is_some_and(|platform| same(&platform.name, &label.client))
            }
        };
        let mut found = book.projects().filter(|project| same(&project.name, label.name())).filter(of_platform);
        match (found.next(), found.next()) {
            (Some(one), None) => Target::Known(one.id),
            _ => Target::New,
        }
    }

    /// The platform of a label's work, where the Book has it.
    #[must_use]
    pub fn platform(&self, book: &Book, label: &Label) -> Option<PlatformId> {
        if let Some(Target::Known(project)) = self.targets.get(label) {
            return book.project(*project).map(|project| project.platform);
        }
        match &self.payer {
            Payer::Known(platform) => Some(*platform),
            Payer::New(_) => None,
            Payer::ByClient => {
                let client = label.client();
                book.platforms_by_name()
                    .into_iter()
                    .find(|platform| same(&platform.name, client))
                    .map(|platform| platform.id)
            }
        }
    }
}

impl Label {
    /// The project's name, or the client's where there is no project.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.project.is_empty() { &self.client } else { &self.project }
    }

    /// The client's name, or the project's where there is no client.
    #[must_use]
    pub fn client(&self) -> &str {
        if self.client.is_empty() { &self.project } else { &self.client }
    }
}

/// Whether two names are the same but for case and blanks around them.
fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

impl Incoming {
    /// What a Book would take of a statement.
    #[must_use]
    pub fn of(book: &Book, statement: &Statement, choices: &Choices, now: Now) -> Self {
        let held = Held::of(book);
        let own_money = own_money(book);
        let verdicts = statement.rows.iter().map(|row| {
            let verdict = match &row.says {
                Says::Logged(logged) => of_time(book, &held, row, logged, now),
                Says::Credited(credited) => {
                    let platform = Label::of(row).and_then(|label| choices.platform(book, &label));
                    of_money(&held, &own_money, row, credited, platform)
                }
                Says::Moved(_) => Verdict::Nothing(Idle::Moved),
            };
            match verdict {
                Verdict::Doubtful(_) if choices.wanted.contains(&row.key) => Verdict::New,
                other => other,
            }
        });
        Self { verdicts: verdicts.collect() }
    }

    /// How many rows have which fate.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for verdict in &self.verdicts {
            *match verdict {
                Verdict::New => &mut counts.new,
                Verdict::Known => &mut counts.known,
                Verdict::Changed => &mut counts.changed,
                Verdict::YoursStays => &mut counts.yours,
                Verdict::Doubtful(_) => &mut counts.doubtful,
                Verdict::Nothing(_) => &mut counts.nothing,
            } += 1;
        }
        counts
    }

    /// Whether the Book would stay as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.verdicts.iter().all(|verdict| !matches!(verdict, Verdict::New | Verdict::Changed))
    }
}

impl Statement {
    /// The first and the last day; `None` where there is no row.
    #[must_use]
    pub fn days(&self) -> Option<DayRange> {
        let days = || {
            self.rows.iter().map(|row| match &row.says {
                Says::Logged(logged) => date_in(logged.started_at, chrono_tz::UTC),
                Says::Credited(credited) => credited.on,
                Says::Moved(moved) => moved.on,
            })
        };
        Some(DayRange::new(days().min()?, days().max()?))
    }

    /// Seconds that were logged, and money that was credited or moved.
    #[must_use]
    pub fn sums(&self) -> (i64, Bag) {
        let mut secs = 0_i64;
        let mut money = Bag::default();
        for row in &self.rows {
            match &row.says {
                Says::Logged(logged) => secs = secs.saturating_add(logged.secs()),
                Says::Credited(credited) => money.add(credited.amount),
                Says::Moved(moved) => money.add(moved.amount),
            }
        }
        (secs, money)
    }

    /// The currency that most of its rows are in.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        let mut counts: BTreeMap<Currency, usize> = BTreeMap::new();
        for row in &self.rows {
            if let Says::Credited(Credited { amount, .. }) = &row.says {
                *counts.entry(amount.currency).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(currency, _)| currency)
    }
}

impl Logged {
    /// Its length in seconds; 0 while it runs.
    #[must_use]
    pub fn secs(&self) -> i64 {
        self.ended_at.map_or(0, |end| (end - self.started_at).num_seconds())
    }

    /// What its record remembers of what it said.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{} s", self.secs())
    }
}

impl Credited {
    /// What its record remembers of what it said.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{} {}", self.amount, self.state.word())
    }

    /// The state of its earning; `None` where nothing is owed.
    #[must_use]
    pub fn earning_state(&self) -> Option<EarningState> {
        match &self.state {
            CreditState::Pending | CreditState::Unknown(_) => Some(EarningState::Submitted),
            // What has left is owed until it has come.
            CreditState::Approved | CreditState::Available | CreditState::Sent => Some(EarningState::Approved(None)),
            CreditState::Refused => Some(EarningState::Rejected),
            CreditState::Returned => None,
        }
    }
}

impl CreditState {
    /// Its word.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Available => "available",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Returned => "returned",
            Self::Unknown(word) => word,
        }
    }
}

fn of_time(book: &Book, held: &Held<'_>, row: &Row, logged: &Logged, now: Now) -> Verdict {
    let Some(ended_at) = logged.ended_at else { return Verdict::Nothing(Idle::Runs) };
    if let Some((session, origin)) = held.sessions.get(row.key.as_str()) {
        let said = logged.said();
        let as_it_was = session
            .ended_at
            .is_some_and(|end| format!("{} s", (end - session.started_at).num_seconds()) == origin.said);
        return match (origin.said == said, as_it_was) {
            (true, _) => Verdict::Known,
            (false, true) => Verdict::Changed,
            (false, false) => Verdict::YoursStays,
        };
    }
    if ended_at > now.at + limits::FUTURE {
        return Verdict::Nothing(Idle::Future);
    }
    let time = Interval { from: logged.started_at, until: ended_at };
    if time.secs() > limits::SESSION_HOURS * 3_600 {
        return Verdict::Nothing(Idle::TooLong);
    }
    let days = DayRange::new(date_in(time.from, chrono_tz::UTC), date_in(time.until, chrono_tz::UTC));
    let around = DayRange::new(day_plus(days.first, -1), day_plus(days.last, 1));
    let half = |session: &&Arc<Session>| {
        let own = session.ended_at.map(|until| Interval { from: session.started_at, until });
        let shared = own.and_then(|own| own.overlap(time)).map_or(0, Interval::secs);
        // Another row of a file is no doubt: people do two things at once, and trackers log both.
        session.origin.is_none() && shared * 2 >= time.secs() && shared > 0
    };
    match book.sessions_on(around).find(half) {
        Some(session) => Verdict::Doubtful(Doubt::SameTime(session.id)),
        None => Verdict::New,
    }
}

/// The earnings that the user wrote down, by platform and amount.
fn own_money(book: &Book) -> HashMap<(PlatformId, Money), Vec<&Arc<Earning>>> {
    let mut own: HashMap<_, Vec<_>> = HashMap::new();
    for earning in book.earnings().filter(|earning| earning.origin.is_none()) {
        own.entry((earning.platform, earning.amount)).or_default().push(earning);
    }
    own
}

/// How many days an earning of the same amount may be away and still be the same money.
const SAME_MONEY_DAYS: i64 = 7;

fn of_money(
    held: &Held<'_>,
    own: &HashMap<(PlatformId, Money), Vec<&Arc<Earning>>>,
    row: &Row,
    credited: &Credited,
    platform: Option<PlatformId>,
) -> Verdict {
    if let Some((earning, origin)) = held.earnings.get(row.key.as_str()) {
        return match (origin.said == credited.said(), is_as_it_was(earning, origin)) {
            (true, _) => Verdict::Known,
            (false, true) => Verdict::Changed,
            (false, false) => Verdict::YoursStays,
        };
    }
    if credited.earning_state().is_none() {
        return Verdict::Nothing(Idle::Returned);
    }
    if credited.amount.amount.is_zero() {
        return Verdict::Nothing(Idle::Zero);
    }
    if credited.amount.amount.abs() > limits::AMOUNT.into() {
        return Verdict::Nothing(Idle::TooMuch);
    }
    let near = |earning: &&&Arc<Earning>| {
        let away = |day: NaiveDate| (credited.on - day).num_days().abs();
        earning.worked.contains(credited.on)
            || away(earning.worked.first).min(away(earning.worked.last)) <= SAME_MONEY_DAYS
    };
    let same = platform.and_then(|platform| own.get(&(platform, credited.amount))?.iter().find(near));
    match same.filter(|_| credited.kind != CreditKind::Fee) {
        Some(earning) => Verdict::Doubtful(Doubt::SameMoney(earning.id)),
        None => Verdict::New,
    }
}

/// Whether an earning still is what its row said when it was taken in: amount and state.
fn is_as_it_was(earning: &Earning, origin: &Origin) -> bool {
    let word = match earning.state() {
        Some(EarningState::Submitted) => "pending",
        Some(EarningState::Approved(_)) => "approved",
        Some(EarningState::Rejected) => "refused",
        _ => return false,
    };
    let amount = match earning.state() {
        Some(EarningState::Approved(Some(part))) => part,
        _ => earning.amount,
    };
    let said = origin.said.strip_prefix(&amount.to_string()).map(str::trim);
    said.is_some_and(|said| match said {
        "approved" | "available" | "sent" => word == "approved",
        "refused" => word == "refused",
        _ => word == "pending",
    })
}
