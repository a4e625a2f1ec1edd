//! The way of a payout in words: which accounts it has passed, on which transfer it is, when the next should arrive.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::payout::Payout;
use crate::domain::query::calendar::{self, Stop};
use crate::ui::format::Style;

/// A line a stop; none of a way of one stop of which nothing is recorded.
pub(super) fn lines(book: &Book, payout: &Payout, today: NaiveDate) -> Vec<String> {
    let style = Style::of(book.settings());
    let stops = calendar::way(book, payout);
    let told = payout.legs.iter().any(|leg| leg.arrived_on != payout.received_on || leg.sent_on.is_some());
    if stops.len() < 2 && !told {
        return Vec::new();
    }
    let on = stops.iter().position(|stop| stop.arrived_on().is_none());
    let line = |(at, stop): (usize, &Stop)| {
        let to = if stop.to.is_empty() { format!("account {}", at + 1) } else { stop.to.clone() };
        let left = stop.leg.as_ref().and_then(|leg| leg.sent_on).is_some();
        let mut words = match stop.arrived_on() {
            Some(day) => format!("At {to} {}", style.day(day, today)),
            None if on == Some(at) && (at == 0 || left) => format!("On its way to {to}"),
            None if on == Some(at) => format!("Next to {to}"),
            None => format!("Then to {to}"),
        };
        if let Some(leg) = &stop.leg {
            words.extend(leg.arrived.map(|arrived| format!(", {}", style.money(arrived))));
            words.extend(leg.fee.map(|fee| format!(", fee {}", style.money(fee))));
            words.extend(leg.rate.map(|rate| format!(", at {}", style.exact(rate.round_dp(4).normalize()))));
        }
        if stop.arrived_on().is_none() {
            words.extend(stop.expected.map(|days| format!(": {}", style.days(days, today))));
        }
        if stop.counts && stops.len() > 1 {
            words.push_str(" (counts as landed)");
        }
        words
    };
    stops.iter().enumerate().map(line).collect()
}
