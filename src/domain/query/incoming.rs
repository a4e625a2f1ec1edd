//! Incoming: what a Book would take of a statement, row by row, before anything is taken.
//!
//! A row is known by its key. One that comes back saying something else updates its record, unless the user has changed
//! that by hand: then the user's word stands, and it is said. A row that nobody knows and that looks like something the user
//! wrote down themselves, or like a row of another format, is doubtful: it is left out unless the user wants it.

mod account;
mod busy;
mod choices;
mod made;
mod moves;
mod said;
mod twins;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::command::limits;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::ids::{EarningId, MovementId, PlatformId, SessionId};
use crate::domain::money::Money;
use crate::domain::session::Session;
use crate::domain::span::{Interval, Now, date_in};
use crate::domain::statement::{CreditKind, Credited, Logged, Origin, Row, Says, Statement};

pub use account::account_of;
use busy::Busy;
pub use choices::{Choices, Label, Payer, Target};
pub use made::Made;
use moves::Moves;
use twins::{Twins, row_by_row};

/// What would become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A new record.
    New,
    /// Its record stands already, and says the same.
    Known,
    /// Its record is brought up to what it says now.
    Changed,
    /// This movement was on its way under another number: it is brought up to what the row says.
    CameThrough(MovementId),
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
    Time(SessionId),
    /// This earning of the platform has the same amount around the same day.
    Money(EarningId),
    /// This movement of the account has the same amount around the same day, or was on its way and has come through.
    Movement(MovementId),
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
    /// Money that was paid to somebody else.
    Private,
    /// What came back of a payment that is not kept.
    PaidBack,
    /// A fee for nothing that is kept.
    LooseFee,
    /// Money that was kept from being used, or let go again: the two net out.
    Held,
    /// Nobody is named who pays it.
    NobodyPays,
}

impl Idle {
    /// Whether it is the user's own spending, which is not kept.
    #[must_use]
    pub fn is_private(self) -> bool {
        matches!(self, Self::Private | Self::PaidBack | Self::LooseFee)
    }
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

/// What a Book has that rows of a format may be already.
struct Held<'a> {
    /// The format.
    code: &'a str,
    /// What came from rows, by key.
    sessions: HashMap<&'a str, (&'a Arc<Session>, &'a Origin)>,
    earnings: HashMap<&'a str, (&'a Arc<Earning>, &'a Origin)>,
    /// The time of sessions that did not come from files of this format.
    busy: Busy<'a>,
    /// The earnings that did not come from files of this format, by platform and amount.
    others: HashMap<(PlatformId, Money), Vec<&'a Arc<Earning>>>,
    /// What it tells in other pieces.
    twins: Twins,
}

impl<'a> Held<'a> {
    fn of(book: &'a Book, code: &'a str) -> Self {
        let session =
            |session: &'a Arc<Session>| session.origin.as_ref().map(|origin| (origin.key.as_str(), (session, origin)));
        let earning =
            |earning: &'a Arc<Earning>| earning.origin.as_ref().map(|origin| (origin.key.as_str(), (earning, origin)));
        let mut others: HashMap<_, Vec<_>> = HashMap::new();
        for earning in book.earnings().filter(|earning| is_of_others(earning.origin.as_ref(), code)) {
            others.entry((earning.platform, earning.amount)).or_default().push(earning);
        }
        Self {
            code,
            sessions: book.sessions().filter_map(session).collect(),
            earnings: book.earnings().filter_map(earning).collect(),
            busy: Busy::of(book.sessions().filter(|session| is_of_others(session.origin.as_ref(), code))),
            others,
            twins: Twins::of(book, code),
        }
    }
}

impl Incoming {
    /// What a Book would take of a statement.
    #[must_use]
    pub fn of(book: &Book, statement: &Statement, choices: &Choices, now: Now) -> Self {
        let held = Held::of(book, &statement.code);
        let mut moves = Moves::of(book, statement);
        // Many rows have one label, and who pays it is a walk over the platforms.
        let mut payers: HashMap<Label, (Option<PlatformId>, bool)> = HashMap::new();
        let verdicts = statement.rows.iter().map(|row| {
            let verdict = match &row.says {
                Says::Logged(logged) => of_time(&held, row, logged, now),
                Says::Credited(credited) => {
                    let label = Label::of(row).unwrap_or_default();
                    let (platform, has_platform) = payers.get(&label).copied().unwrap_or_else(|| {
                        let found = (choices.platform(book, &label), choices.has_platform(book, &label));
                        payers.insert(label, found);
                        found
                    });
                    let verdict = of_money(&held, row, credited, platform);
                    let payable = verdict != Verdict::New || has_platform;
                    if payable { verdict } else { Verdict::Nothing(Idle::NobodyPays) }
                }
                Says::Moved(moved) => moves.verdict(row, moved),
            };
            let wanted = matches!(verdict, Verdict::Doubtful(_)) && choices.wanted.contains(&row.key);
            if wanted { Verdict::New } else { verdict }
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
                Verdict::Changed | Verdict::CameThrough(_) => &mut counts.changed,
                Verdict::YoursStays => &mut counts.yours,
                Verdict::Doubtful(_) => &mut counts.doubtful,
                Verdict::Nothing(_) => &mut counts.nothing,
            } += 1;
        }
        counts
    }

    /// The doubtful rows, by key: those that the user may want all the same.
    pub fn doubtful<'a>(&'a self, statement: &'a Statement) -> impl Iterator<Item = &'a str> {
        let rows = statement.rows.iter().zip(&self.verdicts);
        rows.filter(|(_, verdict)| matches!(verdict, Verdict::Doubtful(_))).map(|(row, _)| row.key.as_str())
    }

    /// Whether the Book would stay as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let changes = |verdict: &Verdict| matches!(verdict, Verdict::New | Verdict::Changed | Verdict::CameThrough(_));
        !self.verdicts.iter().any(changes)
    }
}

fn of_time(held: &Held<'_>, row: &Row, logged: &Logged, now: Now) -> Verdict {
    let Some(ended_at) = logged.ended_at else { return Verdict::Nothing(Idle::Runs) };
    if let Some((session, origin)) = held.sessions.get(row.key.as_str()) {
        let said = logged.said();
        let as_it_was = session
            .ended_at
            .map(|end| session.declared_secs.unwrap_or_else(|| (end - session.started_at).num_seconds()))
            .is_some_and(|secs| format!("{secs} s") == origin.said);
        return match (origin.said == said, as_it_was) {
            (true, _) => Verdict::Known,
            (false, true) => Verdict::Changed,
            (false, false) => Verdict::YoursStays,
        };
    }
    // Noon of a day without clock times may be still to come.
    let is_future = match logged.declared_secs {
        Some(_) => date_in(ended_at, now.zone) > date_in(now.at, now.zone),
        None => ended_at > now.at + limits::FUTURE,
    };
    if is_future {
        return Verdict::Nothing(Idle::Future);
    }
    let time = Interval { from: logged.started_at, until: ended_at };
    let most = if logged.declared_secs.is_some() { 24 } else { limits::SESSION_HOURS };
    if logged.secs() > most * 3_600 {
        return Verdict::Nothing(Idle::TooLong);
    }
    // Another row of the same format is no doubt: people do two things at once, and trackers log both.
    match held.busy.half_of(time) {
        Some(session) => Verdict::Doubtful(Doubt::Time(session.id)),
        None => Verdict::New,
    }
}

/// Whether a record is none of this format: the user wrote it down, or it came from a file of another format, which may
/// tell the same work.
fn is_of_others(origin: Option<&Origin>, code: &str) -> bool {
    origin.is_none_or(|origin| origin.code() != code)
}

/// How many days an earning of the same amount may be away and still be the same money.
const SAME_MONEY_DAYS: i64 = 7;

fn of_money(held: &Held<'_>, row: &Row, credited: &Credited, platform: Option<PlatformId>) -> Verdict {
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
    let same = platform.and_then(|platform| held.others.get(&(platform, credited.amount))?.iter().find(near));
    // Fees are alike by nature; only a twin tells the very same ones.
    let is_twin = |earning: &Earning| earning.origin.as_ref().is_some_and(|from| row_by_row(from.code(), held.code));
    let same = same.filter(|earning| credited.kind != CreditKind::Fee || is_twin(earning)).map(|earning| earning.id);
    let told = || {
        let is_piece = matches!(credited.kind, CreditKind::Work | CreditKind::Bonus);
        platform.filter(|_| is_piece).and_then(|platform| held.twins.near(platform, credited.on))
    };
    match same.or_else(told) {
        Some(earning) => Verdict::Doubtful(Doubt::Money(earning)),
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
