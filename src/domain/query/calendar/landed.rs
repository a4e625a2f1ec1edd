//! Landed: payouts that have arrived, and those that are under way.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::gather::Schedules;
use super::way::way_by;
use super::{InTransit, Landed};
use crate::domain::book::Book;
use crate::domain::payout::Payout;
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
                received: payout.arrived().unwrap_or_else(|| payout.sent_net()),
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

/// When a payout under way should arrive at the account that counts; `None` where nobody says.
fn expected_days(book: &Book, schedules: &Schedules<'_>, payout: &Payout) -> Option<DayRange> {
    way_by(book, schedules, payout).into_iter().find(|stop| stop.counts).and_then(|stop| stop.expected)
}
