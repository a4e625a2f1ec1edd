//! Landed: payouts that have arrived, and those that are under way.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::gather::Schedules;
use super::travel::Travel;
use super::{InTransit, Landed};
use crate::domain::book::Book;
use crate::domain::payout::Payout;
use crate::domain::schedule::Modifiers;
use crate::domain::span::DayRange;

/// The payouts that landed and those under way, newest first.
pub(super) fn payouts(book: &Book) -> (Vec<Landed>, Vec<InTransit>) {
    let mut landed = Vec::new();
    let mut under_way = Vec::new();
    let schedules = Schedules::of(book);
    for payout in book.payouts() {
        match landed_on(payout) {
            Some(on) => landed.push(Landed {
                payout: payout.id,
                platform: payout.platform,
                on,
                received: payout.received.unwrap_or_else(|| after_known_cuts(payout)),
            }),
            None => under_way.push(InTransit {
                payout: payout.id,
                platform: payout.platform,
                sent_on: payout.booked_on(),
                gross: payout.gross,
                lands: expected_days(book, &schedules, payout),
            }),
        }
    }
    landed.sort_by_key(|one| (Reverse(one.on), one.payout));
    under_way.sort_by_key(|one| (Reverse(one.sent_on), one.payout));
    (landed, under_way)
}

/// The day it arrived; where only the sum was recorded, the last day that is known of it.
fn landed_on(payout: &Payout) -> Option<NaiveDate> {
    payout.received_on.or_else(|| {
        payout.received?;
        payout.legs.iter().rev().find_map(|leg| leg.arrived_on).or_else(|| payout.booked_on())
    })
}

/// The gross less the fee and tax that are known in its currency.
fn after_known_cuts(payout: &Payout) -> crate::domain::money::Money {
    let cuts = [payout.platform_fee, payout.tax_withheld];
    cuts.into_iter()
        .flatten()
        .filter(|cut| cut.currency == payout.gross.currency)
        .fold(payout.gross, |left, cut| left.with(left.amount.saturating_sub(cut.amount)))
}

/// When a payout under way should arrive by its route, or by its platform's schedule; `None` where neither says.
fn expected_days(book: &Book, schedules: &Schedules<'_>, payout: &Payout) -> Option<DayRange> {
    let sent_on = payout.booked_on()?;
    let platform = payout.platform.and_then(|id| book.platform(id));
    let route = payout.route.or_else(|| platform?.default_route).and_then(|id| book.route(id));
    let by = route.map(|route| route.id);
    let schedule = platform.and_then(|platform| schedules.on(platform.id, None, by, sent_on));
    let none = Modifiers::default();
    let modifiers = schedule.map_or(&none, |schedule| &schedule.rule.modifiers);
    let travel = Travel { modifiers, route: route.map(AsRef::as_ref), first: false, worked: sent_on };
    let transits = travel.transits();
    if transits.is_empty() {
        return None;
    }
    let sent = DayRange::day(sent_on);
    Some(transits.into_iter().fold(sent, |days, (lag, _)| super::dates::after(days, lag, &modifiers.holidays)))
}
