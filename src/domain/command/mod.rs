//! Commands: every change to the Book as a value, and one pure plan a verb.
//!
//! A plan reads the Book, decides, and returns a [`Change`] or a [`Refused`]; it changes nothing. Ids that a plan
//! needs are drawn before and come with the command. Each verb stands in a file of its own.

mod access;
mod arrival;
mod bill;
mod check;
mod correction;
mod declare;
mod earning;
mod exchange;
mod expected;
mod landing;
mod lists;
mod many;
mod mapping;
mod money;
mod movement;
mod owed;
mod part;
mod platform;
mod project;
mod recording;
mod route;
mod schedule;
mod seen;
mod session;
mod settings;
mod settling;
mod split;
mod surplus;
mod take_over;
mod taking_in;
mod timer;
mod transfer;

#[cfg(test)]
mod tests;

pub use access::{AccessEnded, Ending, end_of_work};
pub use arrival::{Arrival, Pays};
pub use check::limits;
pub use correction::Correction;
pub use declare::{CreditedHours, Declared, day_parts};
pub use expected::{Act, OnExpected};
pub use landing::{Landing, gross_of_part};
pub use many::{Credited, SessionSetting};
pub use owed::{OnOwed, OwedAct, SettledByHand, settleable_owed};
pub use recording::{settleable, settleable_gross, settleable_net};
pub use settling::{Settleable, Settling, Share};
pub use split::Split;
pub use surplus::Explanation;
pub use taking_in::TakenIn;
pub use timer::Start;
pub use transfer::{Transfer, holds, leaves_from};

use super::bill::Bill;
use super::book::Book;
use super::change::{Change, Edit};
use super::earning::Earning;
use super::exchange::ExchangeRate;
use super::ids::{
    BillId, EarningId, MovementId, PayoutId, PlatformId, ProjectId, RateId, RouteId, ScheduleId, SessionId, TermsId,
};
use super::movement::Role;
use super::payer_rule::PayerRule;
use super::payout::Payout;
use super::platform::{Platform, Project};
use super::query::differs::Difference;
use super::refusal::{Refusal, Refused};
use super::route::Route;
use super::schedule::Schedule;
use super::seen::Seen;
use super::session::Session;
use super::settings::Settings;
use super::span::{Now, Timestamp};
use super::statement::Mapping;
use super::terms::Terms;

/// A wish to change the Book.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Starts a timer and lets others run.
    StartSession(Start),
    /// Starts a timer and stops every other one at the same instant: the switch of the bar.
    SwitchSession(Start),
    /// Pauses a running timer.
    PauseSession(SessionId),
    /// Goes on with a paused one.
    ResumeSession(SessionId),
    /// Stops a timer; a paused one ends where its pause began.
    StopSession(SessionId),
    /// Moves the start of a session: "I began 10 min ago", "since the last one ended".
    MoveStart {
        /// The session.
        id: SessionId,
        /// Its new start.
        started_at: Timestamp,
    },
    /// Counts tasks of a session up.
    CountTasks {
        /// The session.
        id: SessionId,
        /// How many more.
        more: u32,
    },
    /// Adds a session by hand.
    AddSession(Box<Session>),
    /// Sets a session to new values; the id names it.
    EditSession(Box<Session>),
    /// Adds hours without clock times, a session a day.
    DeclareHours(Box<Declared>),
    /// Log the hours that a platform counts for what it credited, where nothing was logged.
    LogCredited(CreditedHours),
    /// Sets one thing of several sessions.
    SetSessions {
        /// The sessions.
        ids: Vec<SessionId>,
        /// What is set.
        to: SessionSetting,
    },
    /// Cuts a session in two.
    SplitSession(Split),
    /// Deletes sessions.
    DeleteSessions(Vec<SessionId>),
    /// Adds a platform with its schedules and routes, as from the catalogue.
    AddPlatform {
        /// The platform.
        platform: Box<Platform>,
        /// Its schedules.
        schedules: Vec<Schedule>,
        /// Its routes.
        routes: Vec<Route>,
    },
    /// Sets a platform to new values.
    EditPlatform(Box<Platform>),
    /// Deletes a platform that holds no work, with its projects, schedules and routes.
    DeletePlatform(PlatformId),
    /// Adds a project, with its first terms where known.
    AddProject {
        /// The project.
        project: Box<Project>,
        /// Its terms.
        terms: Option<Box<Terms>>,
    },
    /// Sets a project to new values.
    EditProject(Box<Project>),
    /// Deletes a project that holds no work, with its terms.
    DeleteProject(ProjectId),
    /// Adds terms or sets them to new values.
    SetTerms(Box<Terms>),
    /// Deletes terms.
    DeleteTerms(TermsId),
    /// Adds a schedule or sets it to new values.
    SetSchedule(Box<Schedule>),
    /// Deletes a schedule.
    DeleteSchedule(ScheduleId),
    /// Adds a route or sets it to new values.
    SetRoute(Box<Route>),
    /// Deletes a route that nothing names any more.
    DeleteRoute(RouteId),
    /// Marks an expected payout as landed.
    Land(Box<Landing>),
    /// Moves, holds, frees or gives up an expected payout: its earnings change, and estimates are recorded first.
    ActOnExpected(Box<OnExpected>),
    /// Records that access to a platform or a project ended, with all that this means for its timers and its money.
    EndAccess(Box<AccessEnded>),
    /// Sets states of money that is owed, holds or frees it: several at once, and estimates are recorded first.
    ActOnOwed(Box<OnOwed>),
    /// Settles pieces of what is owed by hand: a payout for exactly these.
    SettleOwed(Box<SettledByHand>),
    /// Deletes earnings that no payout settles; the work that they stood for is an estimate again.
    DeleteEarnings(Vec<EarningId>),
    /// Corrects a payout that has landed, or lets one that was under way land.
    CorrectPayout(Box<Correction>),
    /// Records a payout with what it settles, or sets one to new figures and another match.
    SettlePayout(Box<Settling>),
    /// Says what a payout brought beyond what was owed.
    ExplainSurplus(Box<Explanation>),
    /// The next leg of a payout, or one that gathers several.
    TransferPayouts(Box<Transfer>),
    /// Takes a payment that came to an account as pay.
    TakeAsPay(Box<Arrival>),
    /// Lets payouts go on with the transfer that a movement which left is of.
    GoOn(MovementId),
    /// Adds an earning or sets it to new values.
    SetEarning(Box<Earning>),
    /// Deletes an earning that no payout settles.
    DeleteEarning(EarningId),
    /// Adds a payout or sets it to new values.
    SetPayout(Box<Payout>),
    /// Deletes a payout; the earnings that it settled are open again.
    DeletePayout(PayoutId),
    /// Adds an exchange rate or sets it to new values.
    SetRate(Box<ExchangeRate>),
    /// Adds exchange rates or sets them to new values, as one step.
    SetRates {
        /// What they are, for people: "Import 512 rates of the European Central Bank".
        words: String,
        /// The rates.
        rates: Vec<ExchangeRate>,
    },
    /// Deletes an exchange rate.
    DeleteRate(RateId),
    /// Adds a bill or sets it to new values.
    SetBill(Box<Bill>),
    /// Deletes a bill.
    DeleteBill(BillId),
    /// Sets what the user has seen and put aside.
    SetSeen {
        /// What it is, for people: "Dismiss “Upwork is 4 days late”".
        words: String,
        /// What was seen.
        seen: Box<Seen>,
    },
    /// Takes in what a file of somebody else says.
    TakeIn(Box<TakenIn>),
    /// Keeps how a table is read, under its name.
    RememberMapping(Box<Mapping>),
    /// Forgets how a table is read, by its name.
    ForgetMapping(String),
    /// Says what movements are to the user's pay.
    SetRole {
        /// The movements.
        movements: Vec<MovementId>,
        /// What they are.
        role: Role,
        /// A rule that is kept of it in the same step.
        learn: Option<PayerRule>,
    },
    /// Deletes movements.
    DeleteMovements(Vec<MovementId>),
    /// Keeps whose money it is where certain words stand; one of the same words is replaced.
    RememberPayerRule(PayerRule),
    /// Sets the rule of certain words to another.
    EditPayerRule {
        /// Its words as they are.
        words: String,
        /// What it becomes.
        to: PayerRule,
    },
    /// Forgets a rule, by its words.
    ForgetPayerRule(String),
    /// Sets the settings.
    SetSettings(Box<Settings>),
    /// Takes records over as another version of the Book has them.
    TakeOver {
        /// What they are, for people: "Take over 3 changes from another device".
        words: String,
        /// The records, each as both have it.
        taken: Vec<Difference>,
    },
    /// Several commands in order, as one step of undo.
    Together {
        /// What they are, for people.
        words: String,
        /// The commands; each sees what those before it did.
        commands: Vec<Command>,
    },
}

/// Plans a command. Changes nothing.
///
/// # Errors
/// [`Refused`] with a reason and the input it belongs to.
pub fn plan(book: &Book, command: &Command, now: Now) -> Result<Change, Refused> {
    let change = plan_verb(book, command, now)?;
    // An id names one record for good: nothing new may stand in the place of something that is there.
    let taken = |edit: &&Edit| edit.before().is_none() && book.record(edit.key()).is_some();
    match change.edits().iter().find(taken) {
        Some(edit) if !matches!(command, Command::Together { .. }) => Err(Refusal::IdTaken(edit.key()).into()),
        _ => Ok(change),
    }
}

fn plan_verb(book: &Book, command: &Command, now: Now) -> Result<Change, Refused> {
    match command {
        Command::StartSession(start) => timer::start(book, start, now),
        Command::SwitchSession(start) => timer::switch(book, start, now),
        Command::PauseSession(id) => timer::pause(book, *id, now),
        Command::ResumeSession(id) => timer::resume(book, *id, now),
        Command::StopSession(id) => timer::stop(book, *id, now),
        Command::MoveStart { id, started_at } => timer::move_start(book, *id, *started_at, now),
        Command::CountTasks { id, more } => timer::count_tasks(book, *id, *more),
        Command::AddSession(session) => session::add(book, session, now),
        Command::EditSession(session) => session::edit(book, session, now),
        Command::DeclareHours(declared) => declare::plan(book, declared, now),
        Command::LogCredited(credited) => declare::plan_credited(book, credited, now),
        Command::SetSessions { ids, to } => many::set(book, ids, to, now),
        Command::SplitSession(split) => split::plan(book, split, now),
        Command::DeleteSessions(ids) => session::delete(book, ids),
        Command::AddPlatform { platform, schedules, routes } => platform::add(book, platform, schedules, routes),
        Command::EditPlatform(platform) => platform::edit(book, platform),
        Command::DeletePlatform(id) => platform::delete(book, *id),
        Command::AddProject { project, terms } => project::add(book, project, terms.as_deref()),
        Command::EditProject(project) => project::edit(book, project),
        Command::DeleteProject(id) => project::delete(book, *id),
        Command::SetTerms(terms) => project::set_terms(book, terms),
        Command::DeleteTerms(id) => project::delete_terms(book, *id),
        Command::SetSchedule(schedule) => schedule::set(book, schedule),
        Command::DeleteSchedule(id) => schedule::delete(book, *id),
        Command::SetRoute(route) => route::set(book, route),
        Command::DeleteRoute(id) => route::delete(book, *id),
        Command::Land(landing) => landing::land(book, landing, now),
        Command::ActOnExpected(on) => expected::act(book, on, now),
        Command::EndAccess(ended) => access::end(book, ended, now),
        Command::ActOnOwed(on) => owed::act(book, on, now),
        Command::SettleOwed(settling) => owed::settle(book, settling, now),
        Command::DeleteEarnings(ids) => money::delete_earnings(book, ids),
        Command::CorrectPayout(correction) => correction::correct(book, correction, now),
        Command::SettlePayout(settling) => settling::settle(book, settling, now),
        Command::ExplainSurplus(explanation) => surplus::explain(book, explanation, now),
        Command::TransferPayouts(transfer) => transfer::transfer(book, transfer, now),
        Command::TakeAsPay(arrival) => arrival::take(book, arrival, now),
        Command::GoOn(left) => arrival::go_on(book, *left, now),
        Command::SetEarning(earning) => money::set_earning(book, earning),
        Command::DeleteEarning(id) => money::delete_earning(book, *id),
        Command::SetPayout(payout) => money::set_payout(book, payout),
        Command::DeletePayout(id) => money::delete_payout(book, *id),
        Command::SetRate(rate) => exchange::set(book, rate),
        Command::SetRates { rates, .. } => exchange::set_all(book, rates),
        Command::DeleteRate(id) => exchange::delete(book, *id),
        Command::TakeIn(taken) => taking_in::plan(book, taken, now),
        Command::SetBill(bill) => bill::set(book, bill),
        Command::DeleteBill(id) => bill::delete(book, *id),
        Command::SetSeen { seen, .. } => Ok(seen::set(book, seen)),
        Command::RememberMapping(mapping) => mapping::remember(book, mapping),
        Command::ForgetMapping(name) => mapping::forget(book, name),
        Command::SetRole { movements, role, learn } => movement::set_role(book, movements, *role, learn.as_ref()),
        Command::DeleteMovements(ids) => movement::delete(book, ids),
        Command::RememberPayerRule(rule) => movement::remember(book, rule),
        Command::EditPayerRule { words, to } => movement::edit(book, words, to),
        Command::ForgetPayerRule(words) => movement::forget(book, words),
        Command::SetSettings(settings) => settings::set(book, settings),
        Command::TakeOver { taken, .. } => take_over::plan(book, taken),
        Command::Together { commands, .. } => together(book, commands, now),
    }
}

fn together(book: &Book, commands: &[Command], now: Now) -> Result<Change, Refused> {
    let mut after = book.clone();
    let mut whole = Change::default();
    for command in commands {
        let change = plan(&after, command, now)?;
        after.apply(&change);
        whole = whole.then(change);
    }
    Ok(whole)
}

/// What a command is, for the history: "Start Aloe", "Delete 2 sessions".
#[must_use]
pub fn words(book: &Book, command: &Command) -> String {
    let project_name = |id: Option<ProjectId>| {
        id.and_then(|id| book.project(id)).map_or_else(|| "work".to_owned(), |p| p.name.clone())
    };
    let session_name = |id: &SessionId| project_name(book.session(*id).and_then(|session| session.project));
    let platform_name = |id: &PlatformId| book.platform(*id).map_or_else(|| "platform".to_owned(), |p| p.name.clone());
    let payer_name = |id: Option<PlatformId>| id.map_or_else(|| "a".to_owned(), |id| platform_name(&id));
    match command {
        Command::StartSession(start) => format!("Start {}", project_name(start.project)),
        Command::SwitchSession(start) if book.open_sessions().next().is_none() => {
            format!("Start {}", project_name(start.project))
        }
        Command::SwitchSession(start) => format!("Switch to {}", project_name(start.project)),
        Command::PauseSession(id) => format!("Pause {}", session_name(id)),
        Command::ResumeSession(id) => format!("Resume {}", session_name(id)),
        Command::StopSession(id) => format!("Stop {}", session_name(id)),
        Command::MoveStart { id, .. } => format!("Move the start of {}", session_name(id)),
        Command::CountTasks { id, more } => format!("Count {more} of {}", session_name(id)),
        Command::AddSession(session) => format!("Add session of {}", project_name(session.project)),
        Command::EditSession(session) => {
            format!("Edit session of {}", project_name(session.project))
        }
        Command::DeclareHours(declared) => format!("Add hours of {}", project_name(declared.project)),
        Command::LogCredited(credited) => {
            format!("Log the hours of {}", check::counted(credited.earnings.len(), "credit"))
        }
        Command::SetSessions { ids, to } => {
            let which = match ids.as_slice() {
                [id] => format!("session of {}", session_name(id)),
                _ => check::counted(ids.len(), "session"),
            };
            match to {
                SessionSetting::Project(project) => format!("Move {which} to {}", project_name(*project)),
                SessionSetting::Activity(_) => format!("Set activity of {which}"),
                SessionSetting::TaskType(Some(task_type)) => format!("Set task type of {which} to {task_type}"),
                SessionSetting::TaskType(None) => format!("Clear task type of {which}"),
                SessionSetting::Paid(true) => format!("Mark {which} as paid work"),
                SessionSetting::Paid(false) => format!("Mark {which} as unpaid"),
                SessionSetting::Credited(_) => format!("Set credited time of {which}"),
            }
        }
        Command::SplitSession(split) => format!("Split session of {}", session_name(&split.id)),
        Command::DeleteSessions(ids) => match ids.as_slice() {
            [id] => format!("Delete session of {}", session_name(id)),
            _ => format!("Delete {}", check::counted(ids.len(), "session")),
        },
        Command::AddPlatform { platform, .. } => format!("Add {}", platform.name),
        Command::EditPlatform(platform) => format!("Edit {}", platform.name),
        Command::DeletePlatform(id) => format!("Delete {}", platform_name(id)),
        Command::AddProject { project, .. } => format!("Add {}", project.name),
        Command::EditProject(project) => format!("Edit {}", project.name),
        Command::DeleteProject(id) => format!("Delete {}", project_name(Some(*id))),
        Command::SetTerms(terms) => format!("Set terms of {}", project_name(Some(terms.project))),
        Command::DeleteTerms(_) => "Delete terms".to_owned(),
        Command::SetSchedule(schedule) => {
            format!("Set schedule of {}", platform_name(&schedule.platform))
        }
        Command::DeleteSchedule(_) => "Delete schedule".to_owned(),
        Command::SetRoute(route) => format!("Set route {}", route.name),
        Command::DeleteRoute(id) => match book.route(*id) {
            Some(route) => format!("Delete route {}", route.name),
            None => "Delete route".to_owned(),
        },
        Command::Land(landing) => format!("Mark {} payout as landed", platform_name(&landing.key.platform)),
        Command::ActOnExpected(on) => on.act.words(&platform_name(&on.key.platform)),
        Command::EndAccess(ended) => ended.words(book),
        Command::ActOnOwed(on) => on.act.words(&owed::what(book, &on.of)),
        Command::SettleOwed(settling) => format!("Mark {} as paid", owed::what(book, &settling.of)),
        Command::DeleteEarnings(ids) => format!("Delete {}", check::counted(ids.len(), "earning")),
        Command::CorrectPayout(correction) => {
            let platform = book.payout(correction.payout).and_then(|payout| payout.platform);
            format!("Edit {} payout", payer_name(platform))
        }
        Command::SettlePayout(settling) => {
            let verb = if book.payout(settling.payout.id).is_some() { "Set figures of" } else { "Record" };
            format!("{verb} {} payout", payer_name(settling.payout.platform))
        }
        Command::ExplainSurplus(explanation) => {
            let what = if explanation.bonus { "bonus" } else { "correction" };
            let payer = book.payout(explanation.payout).and_then(|payout| payout.platform);
            format!("Record {what} of {} from {}", explanation.amount, payer_name(payer))
        }
        Command::TransferPayouts(transfer) => {
            let which = match transfer.payouts.as_slice() {
                [id] => format!("{} payout", payer_name(book.payout(*id).and_then(|payout| payout.platform))),
                several => check::counted(several.len(), "payout"),
            };
            let to = if transfer.leg.to.is_empty() { "the next account" } else { &transfer.leg.to };
            match transfer.leg.arrived_on {
                Some(_) => format!("Mark {which} as arrived at {to}"),
                None => format!("Send {which} on to {to}"),
            }
        }
        Command::TakeAsPay(arrival) => {
            let amount = book.movement(arrival.movement).map_or_else(String::new, |one| format!(" {}", one.amount));
            format!("Take{amount} as pay of {}", platform_name(&arrival.platform))
        }
        Command::GoOn(left) => match book.movement(*left) {
            Some(left) => format!("Follow pay on from {}", left.account),
            None => "Follow pay on".to_owned(),
        },
        Command::SetEarning(earning) => {
            format!("Set earning of {}", platform_name(&earning.platform))
        }
        Command::DeleteEarning(_) => "Delete earning".to_owned(),
        Command::SetPayout(_) => "Set payout".to_owned(),
        Command::DeletePayout(id) => match book.payout(*id).and_then(|payout| payout.platform) {
            Some(platform) => format!("Delete {} payout", platform_name(&platform)),
            None => "Delete payout".to_owned(),
        },
        Command::SetRate(rate) => format!("Set rate {} to {}", rate.base, rate.quote),
        Command::DeleteRate(_) => "Delete rate".to_owned(),
        Command::SetBill(bill) => format!("Set bill {}", bill.name),
        Command::DeleteBill(id) => match book.bill(*id) {
            Some(bill) => format!("Delete bill {}", bill.name),
            None => "Delete bill".to_owned(),
        },
        Command::RememberMapping(mapping) => format!("Remember mapping “{}”", mapping.name.trim()),
        Command::ForgetMapping(name) => format!("Forget mapping “{name}”"),
        Command::SetRole { movements, role, .. } => movement::words(book, movements, *role),
        Command::DeleteMovements(ids) => format!("Delete {}", movement::which(book, ids)),
        Command::RememberPayerRule(rule) => format!("Remember payer rule “{}”", rule.words.trim()),
        Command::EditPayerRule { words, .. } => format!("Edit payer rule “{words}”"),
        Command::ForgetPayerRule(words) => format!("Forget payer rule “{words}”"),
        Command::SetSettings(_) => "Change settings".to_owned(),
        Command::TakeIn(taken) => format!("Import {}", taken.statement.format),
        Command::SetSeen { words, .. }
        | Command::SetRates { words, .. }
        | Command::TakeOver { words, .. }
        | Command::Together { words, .. } => words.clone(),
    }
}
