//! The words of an expected payout's reasons: one sentence each, in order, and a small line under it.
//!
//! Pure and free of egui; the window and the terminal say the same. A reason is told in the zone of its rule; where
//! the user's clocks show another time, the line under it converts. Nothing is added that the calendar did not find.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{names, rule_words};
use crate::domain::book::Book;
use crate::domain::earning::Covers;
use crate::domain::ids::SessionId;
use crate::domain::money::Money;
use crate::domain::query::calendar::{Expected, IfDone, OwnLags, Reason, Source, UnknownDate, Window};
use crate::domain::query::value::{self, Basis};
use crate::domain::schedule::{CutOffAction, DayCount, Lag, Precision};
use crate::domain::span::{Now, Timestamp, Zone};
use crate::domain::terms::Pay;
use crate::ui::format::{self, Style};

/// One reason, told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The sentence: "Cut-off Mon 23 Nov 23:59 UTC".
    pub text: String,
    /// The small line under it; empty where there is nothing to add.
    pub under: String,
    /// Whether the small line opens to the sessions behind the amount.
    pub opens_sessions: bool,
}

/// The reasons of an expected payout in order, each with what stands under it.
#[must_use]
pub fn lines(book: &Book, expected: &Expected, now: Now, today: NaiveDate) -> Vec<Line> {
    let style = Style::of(book.settings());
    let mut lines: Vec<Line> = expected
        .reasons
        .iter()
        .map(|reason| {
            let work = matches!(reason, Reason::Worked { .. });
            let under =
                if work { work_words(book, expected, now) } else { under(reason, now.zone).unwrap_or_default() };
            let opens_sessions = work && !under.is_empty();
            Line { text: sentence(reason, today, style), under, opens_sessions }
        })
        .collect();
    if let Some((_, provenance)) = &expected.schedule {
        // One schedule gave all of them: who says so stands once, under the reason that carries the most.
        let carrier = expected
            .reasons
            .iter()
            .zip(&mut lines)
            .filter(|(_, line)| line.under.is_empty())
            .filter_map(|(reason, line)| carries(reason).map(|rank| (rank, line)))
            .min_by_key(|(rank, _)| *rank);
        if let Some((_, line)) = carrier {
            line.under = names::provenance(provenance, style);
        }
    }
    for (reason, line) in expected.reasons.iter().zip(&mut lines).filter(|(_, line)| line.under.is_empty()) {
        line.under = source(book, expected, reason, today);
    }
    lines
}

/// Where a fact comes from, where nothing else stands under it.
fn source(book: &Book, expected: &Expected, reason: &Reason, today: NaiveDate) -> String {
    let by_rule = || expected.schedule.as_ref().map_or("", |(_, provenance)| names::standing(provenance.standing));
    let words = match reason {
        Reason::CutOff { .. }
        | Reason::MissedCutOff { .. }
        | Reason::HeldPart(_)
        | Reason::Review { .. }
        | Reason::Matures { .. }
        | Reason::Net { .. }
        | Reason::Invoice { sent: false, .. }
        | Reason::Paid { .. }
        | Reason::FirstPayoutHold { .. }
        | Reason::Chase(_)
        | Reason::Ceiling { .. }
        | Reason::Minimum { .. }
        | Reason::Cooldown { .. } => by_rule(),
        Reason::IfAsked { .. } => "nobody says whether it was asked for",
        Reason::CeilingNear { .. } => "draw before work stops",
        Reason::OwnLags(_) => "what came so far counts more than a rule that nobody documents",
        Reason::Shifted { .. } => "weekends and holidays of its schedule",
        Reason::Transit { by, .. } if by.is_empty() => by_rule(),
        Reason::Transit { .. } | Reason::YearlyCeiling { .. } => "from the route it takes",
        Reason::Approved(_) | Reason::TaxWithheld(_) | Reason::Owed(_) | Reason::Invoice { sent: true, .. } => {
            "as recorded"
        }
        Reason::Fee(_) => "taken off before it lands",
        Reason::Unknown(UnknownDate::NoSchedule) => "add one, and the dates follow",
        Reason::Unknown(UnknownDate::Frozen | UnknownDate::Disputed) => return held_words(book, expected, today),
        Reason::Worked { .. } | Reason::OwnDate(_) | Reason::NotBefore(_) | Reason::Unknown(_) => "",
    };
    words.to_owned()
}

/// Since when it is held, and why, as the user said: "since Wed 18 Nov · account review".
fn held_words(book: &Book, expected: &Expected, today: NaiveDate) -> String {
    let held = expected.rows.iter().find_map(|row| match row.source {
        Source::Earning(id) => book.earning(id)?.held.as_ref(),
        Source::Session(_) => None,
    });
    held.map_or_else(String::new, |held| {
        let since = format!("since {}", Style::of(book.settings()).day(held.since, today));
        if held.why.is_empty() { since } else { format!("{since} · {}", held.why) }
    })
}

/// How well a reason stands for its schedule: the pay day best; `None` for what comes from elsewhere.
fn carries(reason: &Reason) -> Option<u8> {
    match reason {
        Reason::Paid { .. } => Some(0),
        Reason::Matures { .. } | Reason::Net { .. } => Some(1),
        Reason::Review { .. } => Some(2),
        Reason::Minimum { .. } | Reason::Cooldown { .. } => Some(3),
        Reason::CutOff { .. } => Some(4),
        Reason::HeldPart(_) => Some(5),
        Reason::Worked { .. }
        | Reason::Owed(_)
        | Reason::MissedCutOff { .. }
        | Reason::Invoice { .. }
        | Reason::IfAsked { .. }
        | Reason::Approved(_)
        | Reason::Shifted { .. }
        | Reason::FirstPayoutHold { .. }
        | Reason::Transit { .. }
        | Reason::OwnLags(_)
        | Reason::Chase(_)
        | Reason::Ceiling { .. }
        | Reason::CeilingNear { .. }
        | Reason::YearlyCeiling { .. }
        | Reason::Fee(_)
        | Reason::TaxWithheld(_)
        | Reason::OwnDate(_)
        | Reason::NotBefore(_)
        | Reason::Unknown(_) => None,
    }
}

/// A reason as a sentence.
#[must_use]
pub fn sentence(reason: &Reason, today: NaiveDate, style: Style) -> String {
    let day = |day: NaiveDate| style.day(day, today);
    match reason {
        Reason::Worked { days, zone, .. } => format!("Worked {}, {}", style.days(*days, today), zone_words(*zone)),
        Reason::Owed(on) => format!("Owed on {}, from before", day(*on)),
        Reason::CutOff { action, at, zone } => {
            let moment = moment_words(*at, *zone, today, style);
            action.map_or_else(|| format!("Cut-off {moment}"), |action| format!("{} by {moment}", to_do(action)))
        }
        Reason::MissedCutOff { action, at, zone } => {
            let moment = moment_words(*at, *zone, today, style);
            format!("Not {} by {moment}: it goes with the next period", done_words(*action))
        }
        Reason::HeldPart(percent) => format!("{} % of it is held until the work is accepted", style.exact(*percent)),
        Reason::Invoice { days, sent: true } => format!("Invoiced {}", style.days(*days, today)),
        Reason::Invoice { days, sent: false } => format!("To be invoiced {}", style.days(*days, today)),
        Reason::IfAsked { by, zone, run } => {
            let moment = moment_words(*by, *zone, today, style);
            format!("Asked for by {moment} it comes {}, else with the next run", style.days(*run, today))
        }
        Reason::Review { lag, .. } => format!("Review {}", lag_words(*lag)),
        Reason::Matures { lag, days } => {
            format!("Matures after {}: {}", lag_words(*lag), style.days(*days, today))
        }
        Reason::Net { lag, days } => format!("Due after {}: {}", lag_words(*lag), style.days(*days, today)),
        Reason::Approved(on) => format!("Approved {}", day(*on)),
        Reason::Paid { days, precision: Precision::On } => format!("Paid {}", style.days(*days, today)),
        Reason::Paid { days, precision: Precision::By } => format!("Paid by {}", day(days.last)),
        Reason::Shifted { from } => format!("Moved from {}, no business day", day(*from)),
        Reason::FirstPayoutHold { days: 1 } => "The first payout is held 1 day longer".to_owned(),
        Reason::FirstPayoutHold { days } => format!("The first payout is held {days} days longer"),
        Reason::Transit { lag, by } if by.is_empty() => format!("Transit {}", lag_words(*lag)),
        Reason::Transit { lag, by } => format!("Transit {} by {by}", lag_words(*lag)),
        Reason::OwnLags(lags) => own_lags_words(*lags),
        Reason::Chase(on) => format!("Ask where it is after {}", day(*on)),
        Reason::Ceiling { most, rest } => {
            format!("At most {} at once; {} more follows", style.money(*most), style.money(*rest))
        }
        Reason::CeilingNear { most, balance } => {
            format!("Near the ceiling: {} of at most {}", style.money(*balance), style.money(*most))
        }
        Reason::YearlyCeiling { most, paid } => {
            format!("Near the most in a year: {} of {}", style.money(*paid), style.money(*most))
        }
        Reason::Fee(fee) => format!("Fee {}", style.money(*fee)),
        Reason::TaxWithheld(tax) => format!("Tax withheld {}", style.money(*tax)),
        Reason::Minimum { minimum, balance } => minimum_words(*minimum, *balance, style),
        Reason::Cooldown { hours, last_draw_on } => {
            format!("Last draw {}, the next one {} later", day(*last_draw_on), cooldown_words(*hours))
        }
        Reason::OwnDate(on) => format!("Your own date: {}", day(*on)),
        Reason::NotBefore(on) => format!("Not before {}, as you said", day(*on)),
        Reason::Unknown(why) => format!("Date unknown: {}", unknown_words(*why)),
    }
}

/// "Mon 23 Nov 23:59 UTC": an instant in the zone of a rule.
#[must_use]
pub fn moment_words(at: Timestamp, zone: Zone, today: NaiveDate, style: Style) -> String {
    let local = at.with_timezone(&zone).date_naive();
    format!("{} {} {}", style.day(local, today), format::time(at, zone), zone_words(zone))
}

/// What a cut-off asks for: "Report the time".
#[must_use]
pub fn to_do(action: CutOffAction) -> &'static str {
    match action {
        CutOffAction::Submit => "Hand the work in",
        CutOffAction::Report => "Report the time",
        CutOffAction::Approve => "Approve your entries",
        CutOffAction::Invoice => "Send the invoice",
        CutOffAction::Request => "Ask for the payout",
    }
}

fn done_words(action: CutOffAction) -> &'static str {
    match action {
        CutOffAction::Submit => "handed in",
        CutOffAction::Report => "reported",
        CutOffAction::Approve => "approved",
        CutOffAction::Invoice => "invoiced",
        CutOffAction::Request => "asked for",
    }
}

/// "Your last 6: Tuesday + 1 – 2 days".
fn own_lags_words(lags: OwnLags) -> String {
    let base = lags.weekday.map_or("the rule’s day", rule_words::weekday);
    let days = match (lags.low, lags.high) {
        (0, 0) => String::new(),
        (low, high) if low == high => format!(" {} {}", sign(low), counted_days(low)),
        (low, high) if low < 0 => format!(" {} {} to + {high} days", sign(low), low.unsigned_abs()),
        (low, high) => format!(" + {low} – {high} days"),
    };
    format!("Your last {}: {base}{days}", lags.count)
}

fn sign(days: i64) -> &'static str {
    if days < 0 { "−" } else { "+" }
}

fn counted_days(days: i64) -> String {
    counted(usize::try_from(days.unsigned_abs()).unwrap_or_default(), "day")
}

/// What comes of doing what an expected payout asks for: "Report the time today: lands Fri 20 Nov"; empty where it asks
/// for nothing that can still be done in time.
#[must_use]
pub fn if_done_lines(done: &[IfDone], today: NaiveDate, style: Style) -> Vec<String> {
    let words = |one: &IfDone| match one.window {
        Window::Lands { .. } => format!("lands {}", style.window(&one.window, today)),
        Window::DrawableFrom(_) | Window::DrawableNow { .. } | Window::BelowMinimum { .. } | Window::Unknown(_) => {
            style.window(&one.window, today)
        }
    };
    match done {
        [first, second] if first.window == second.window => {
            vec![format!("{} today or tomorrow: {}", to_do(first.action), words(first))]
        }
        several => several
            .iter()
            .zip(["today", "tomorrow"])
            .map(|(one, when)| format!("{} {when}: {}", to_do(one.action), words(one)))
            .collect(),
    }
}

/// Why no date is known, in a few words.
#[must_use]
pub fn unknown_words(why: UnknownDate) -> &'static str {
    match why {
        UnknownDate::NoSchedule => "no schedule yet",
        UnknownDate::NoRule => "outstanding, no rule is known",
        UnknownDate::NoAnchor => "nobody says which week is a first one",
        UnknownDate::NeverPays => "its rule names no day on which it pays",
        UnknownDate::Frozen => "payouts are frozen",
        UnknownDate::Disputed => "it is disputed",
        UnknownDate::WaitsForEvent => "waits for the platform’s approval",
        UnknownDate::NotReported => "the clock starts once you report it",
        UnknownDate::NotInvoiced => "the clock starts once you send the invoice",
        UnknownDate::UntilAccepted => "held until the work is accepted",
        UnknownDate::AboveCeiling => "above what is paid at once",
    }
}

/// The head of an expected payout: "Lands Tue 24 – Wed 25 Nov", "Drawable now", "4 days late".
#[must_use]
pub fn title(expected: &Expected, today: NaiveDate, style: Style) -> String {
    if expected.late_days > 0 {
        return overdue_words(expected);
    }
    let words = style.window(&expected.window, today);
    match expected.window {
        Window::Lands { .. } => format!("Lands {words}"),
        Window::DrawableFrom(_) | Window::DrawableNow { .. } | Window::BelowMinimum { .. } | Window::Unknown(_) => {
            names::title(&words)
        }
    }
}

/// When it lands, for a line of a list: "4 days late", "drawable now", "Tue 24 – Wed 25 Nov".
#[must_use]
pub fn when(expected: &Expected, today: NaiveDate, style: Style) -> String {
    if expected.late_days > 0 { overdue_words(expected) } else { style.window(&expected.window, today) }
}

/// Its amount: "~ $180.00" where a part of it is an estimate, else "$180.00".
#[must_use]
pub fn amount(expected: &Expected, style: Style) -> String {
    if expected.estimate { style.estimate(expected.gross) } else { style.money(expected.gross) }
}

/// "4 days late"; "4 days later than expected" where the day was only reported, or a lead.
#[must_use]
pub fn overdue_words(expected: &Expected) -> String {
    if expected.is_surely_late() {
        return late_words(expected.late_days);
    }
    later_words(expected.late_days)
}

/// "1 day later than expected", "4 days later than expected".
#[must_use]
pub fn later_words(days: i64) -> String {
    format!("{} later than expected", counted_days(days))
}

/// "1 day late", "4 days late".
#[must_use]
pub fn late_words(days: i64) -> String {
    if days == 1 { "1 day late".to_owned() } else { format!("{days} days late") }
}

/// The sessions behind an amount: those of its rows, and those that its recorded earnings cover.
#[must_use]
pub fn sessions_behind(book: &Book, expected: &Expected) -> BTreeSet<SessionId> {
    let mut sessions = BTreeSet::new();
    for row in &expected.rows {
        match row.source {
            Source::Session(id) => {
                sessions.insert(id);
            }
            Source::Earning(id) => {
                if let Some(earning) = book.earning(id) {
                    sessions.extend(sessions_covered(book, &earning.covers));
                }
            }
        }
    }
    sessions
}

/// The sessions that an earning stands for.
#[must_use]
pub fn sessions_covered(book: &Book, covers: &Covers) -> Vec<SessionId> {
    match covers {
        Covers::Nothing => Vec::new(),
        Covers::Sessions(ids) => ids.iter().copied().filter(|id| book.session(*id).is_some()).collect(),
        Covers::Days { project, days } => book
            .sessions_on(*days)
            .filter(|session| session.paid && session.project == Some(*project))
            .map(|session| session.id)
            .collect(),
    }
}

/// What stands under a reason beside its provenance.
fn under(reason: &Reason, home: Zone) -> Option<String> {
    match reason {
        Reason::CutOff { at, zone, .. }
        | Reason::MissedCutOff { at, zone, .. }
        | Reason::IfAsked { by: at, zone, .. } => conversion(*at, *zone, home),
        Reason::Review { automatic: true, .. } => Some("then approved by itself".to_owned()),
        Reason::Worked { .. }
        | Reason::Owed(_)
        | Reason::HeldPart(_)
        | Reason::Invoice { .. }
        | Reason::Review { .. }
        | Reason::Matures { .. }
        | Reason::Net { .. }
        | Reason::Approved(_)
        | Reason::Paid { .. }
        | Reason::Shifted { .. }
        | Reason::FirstPayoutHold { .. }
        | Reason::Transit { .. }
        | Reason::OwnLags(_)
        | Reason::Chase(_)
        | Reason::Ceiling { .. }
        | Reason::CeilingNear { .. }
        | Reason::YearlyCeiling { .. }
        | Reason::Fee(_)
        | Reason::TaxWithheld(_)
        | Reason::Minimum { .. }
        | Reason::Cooldown { .. }
        | Reason::OwnDate(_)
        | Reason::NotBefore(_)
        | Reason::Unknown(_) => None,
    }
}

/// "that is Tue 02:59 in Nairobi"; `None` where both clocks show the same.
#[must_use]
pub fn conversion(at: Timestamp, zone: Zone, home: Zone) -> Option<String> {
    let (there, here) = (at.with_timezone(&zone).naive_local(), at.with_timezone(&home).naive_local());
    (there != here).then(|| format!("that is {} in {}", here.format("%a %H:%M"), place_words(home)))
}

/// "7 h 12 m so far × $25.00, 6 sessions", "2 earnings"; empty where nothing is behind the amount.
fn work_words(book: &Book, expected: &Expected, now: Now) -> String {
    let of = |wanted: fn(Source) -> bool| -> usize {
        expected.rows.iter().map(|row| row.source).filter(|source| wanted(*source)).collect::<BTreeSet<_>>().len()
    };
    let sessions = of(|source| matches!(source, Source::Session(_)));
    let earnings = of(|source| matches!(source, Source::Earning(_)));
    let secs: i64 = expected.rows.iter().map(|row| row.secs).sum();
    let mut words = Vec::new();
    if secs > 0 {
        let mut time = format::hours(secs);
        if expected.still_growing {
            time.push_str(" so far");
        }
        if let Some(rate) = one_rate(book, expected, now).filter(|_| earnings == 0) {
            time.push_str(" × ");
            time.push_str(&Style::of(book.settings()).money(rate));
        }
        words.push(time);
    }
    if sessions > 0 {
        words.push(counted(sessions, "session"));
    }
    if earnings > 0 {
        words.push(counted(earnings, "earning"));
    }
    words.join(", ")
}

/// The hourly rate of all the sessions behind an amount, where they share one.
fn one_rate(book: &Book, expected: &Expected, now: Now) -> Option<Money> {
    let mut found: Option<(Decimal, Money)> = None;
    for row in &expected.rows {
        let Source::Session(id) = row.source else { continue };
        let Basis::Terms(terms) = value::credited(book, book.session(id)?, now.at).ok()?.basis else { return None };
        let terms = book.terms(terms)?;
        let Pay::PerHour(rate) = terms.pay else { return None };
        match found {
            Some((held, _)) if held != rate => return None,
            Some(_) => {}
            None => found = Some((rate, Money::new(rate, terms.currency))),
        }
    }
    found.map(|(_, rate)| rate)
}

/// "1 session", "6 sessions".
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// How old something is: "today", "5 days".
#[must_use]
pub fn age_words(day: NaiveDate, today: NaiveDate) -> String {
    match usize::try_from((today - day).num_days()) {
        Ok(days @ 1..) => counted(days, "day"),
        Ok(0) | Err(_) => "today".to_owned(),
    }
}

fn minimum_words(minimum: Money, balance: Money, style: Style) -> String {
    if balance.amount < minimum.amount {
        format!("Below the minimum: {} of {}", style.money(balance), style.money(minimum))
    } else {
        format!("Minimum of {} reached", style.money(minimum))
    }
}

/// "3 days", "0 – 1 days", "3 – 7 business days", "the same day".
#[must_use]
pub fn lag_words(lag: Lag) -> String {
    let business = match lag.count {
        DayCount::Calendar => "",
        DayCount::Business => "business ",
    };
    match (lag.min_days, lag.max_days) {
        (0, 0) => "the same day".to_owned(),
        (1, 1) => format!("1 {business}day"),
        (least, most) if least == most => format!("{most} {business}days"),
        (least, most) => format!("{least} – {most} {business}days"),
    }
}

fn cooldown_words(hours: u32) -> String {
    if hours.is_multiple_of(24) && hours > 0 {
        counted(usize::try_from(hours / 24).unwrap_or_default(), "day")
    } else {
        format!("{hours} h")
    }
}

/// A zone as people say it after a time: "UTC", "New York time".
#[must_use]
pub fn zone_words(zone: Zone) -> String {
    if is_utc(zone) { "UTC".to_owned() } else { format!("{} time", place_words(zone)) }
}

/// A zone as a place: "UTC", "New York".
#[must_use]
pub fn place_words(zone: Zone) -> String {
    if is_utc(zone) {
        return "UTC".to_owned();
    }
    let name = zone.name();
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}

fn is_utc(zone: Zone) -> bool {
    matches!(zone.name(), "UTC" | "Etc/UTC" | "Etc/UCT" | "UCT" | "Zulu" | "Etc/Zulu" | "Universal" | "Etc/Universal")
}

#[cfg(test)]
mod tests;
