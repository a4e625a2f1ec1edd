//! If done: when money would land if what its cut-off asks for were done today, or tomorrow.
//!
//! The same path as the calendar's, over the rows of one expected payout, with what is still to be done supposed to be
//! done at that moment. Nothing is supposed of what was done already.

use chrono::{NaiveDate, TimeDelta};

use super::gather::{Sources, gather};
use super::place::Moment;
use super::release::{Ground, Paid, release};
use super::{Expected, Part, Reason, UnknownDate, Window, lags, parcels};
use crate::domain::book::Book;
use crate::domain::query::work::last_payouts;
use crate::domain::schedule::CutOffAction;
use crate::domain::span::{Now, user_day};

/// What comes of doing it on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfDone {
    /// What is to be done.
    pub action: CutOffAction,
    /// The user's day on which it is.
    pub on: NaiveDate,
    /// When the money lands then.
    pub window: Window,
}

/// What is still to be done for an expected payout: what its open cut-off asks for, or what starts its clock.
fn to_do(expected: &Expected, now: Now) -> Option<CutOffAction> {
    expected.reasons.iter().find_map(|reason| {
        if let Reason::CutOff { action: Some(action), at, .. } = reason
            && *at > now.at
        {
            return Some(*action);
        }
        let waits =
            [(UnknownDate::NotReported, CutOffAction::Report), (UnknownDate::NotInvoiced, CutOffAction::Invoice)];
        waits.into_iter().find(|(why, _)| *reason == Reason::Unknown(*why)).map(|(_, action)| action)
    })
}

/// When an expected payout lands if what it still asks for is done now, and if it is done a day later. Empty where it
/// asks for nothing that can still be done in time.
#[must_use]
pub fn if_done(book: &Book, expected: &Expected, now: Now) -> Vec<IfDone> {
    let Some(action) = to_do(expected, now) else {
        return Vec::new();
    };
    let settings = book.settings();
    let today = user_day(now.at, settings.zone, settings.day_start_minutes);
    let sources = Sources::of_rows(book, &expected.rows);
    let paid = last_payouts(book).get(&expected.key.platform).map_or(Paid::Never, |day| Paid::Last(*day));
    let on_day = |later: i64| {
        let at = now.at + TimeDelta::days(later);
        let moment = Moment { now: now.at, today, zone: settings.zone, done_at: Some(at) };
        let mut best: Option<Expected> = None;
        for (balance, opens) in gather(&sources, now.at) {
            let parcels = parcels(&opens, moment);
            let lags = lags::Taught::default().of(book, balance.0, &parcels, moment);
            let all = release(Ground { book, balance, moment, paid, lags }, parcels);
            let most = all.into_iter().filter(|one| one.key.part != Part::Undated(UnknownDate::UntilAccepted));
            best = best.into_iter().chain(most).max_by_key(|one| one.gross.amount);
        }
        let on = user_day(at, settings.zone, settings.day_start_minutes);
        best.map(|one| IfDone { action, on, window: one.window })
    };
    [0, 1].into_iter().filter_map(on_day).collect()
}
