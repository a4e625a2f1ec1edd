//! A text that asks a platform where money is, with nothing but facts: what for, how much, due when, how late, under which
//! reference.

use chrono::NaiveDate;

use super::EntryId;
use super::entries::late_days;
use super::verbs::earnings;
use crate::domain::book::Book;
use crate::domain::command::{settleable, settleable_net};
use crate::domain::query::calendar::{Calendar, Expected, InTransit, Source};
use crate::domain::span::DayRange;
use crate::domain::statement::Origin;
use crate::ui::format::Style;
use crate::ui::view::names;
use crate::ui::view::reasons::counted;

/// The text for an expected payout or one under way; `None` for anything else, or where it is gone.
#[must_use]
pub fn chase_text(book: &Book, calendar: &Calendar, id: EntryId, today: NaiveDate) -> Option<String> {
    let facts = match id {
        EntryId::Expected(key) => of_expected(book, calendar.expected.iter().find(|expected| expected.key == key)?),
        EntryId::UnderWay(payout) => {
            of_transit(book, calendar.in_transit.iter().find(|one| one.payout == payout)?, today)
        }
        EntryId::Landed(_) | EntryId::Bill(..) => return None,
    };
    let facts: Vec<String> = facts.into_iter().map(|(name, fact)| format!("{name}: {fact}")).collect();
    let facts = facts.join("\n");
    Some(format!(
        "Hello,\n\nI am still waiting for a payout:\n\n{facts}\n\nCould you tell me where it is, and on which day it will be paid?\n\nThank you"
    ))
}

/// Names and facts, in order.
type Facts = Vec<(&'static str, String)>;

fn late(days: i64) -> String {
    counted(usize::try_from(days).unwrap_or(0), "day")
}

fn of_expected(book: &Book, expected: &Expected) -> Facts {
    let style = Style::of(book.settings());
    let mut facts = Facts::new();
    let worked = settleable(book, expected).map(|row| match row.source {
        Source::Earning(id) => book.earning(id).map_or(DayRange::day(row.worked_on), |earning| earning.worked),
        Source::Session(_) => DayRange::day(row.worked_on),
    });
    let worked = worked.reduce(DayRange::join);
    facts.extend(worked.map(|days| ("Work of", style.dates(days))));
    let by = if expected.estimate { ", by my own log" } else { "" };
    facts.push(("Amount", format!("{}{by}", style.money(settleable_net(book, expected)))));
    if let Some(days) = expected.window.days() {
        let says = expected.schedule.as_ref().map(|(_, says)| format!(" ({})", names::standing(says.standing)));
        facts.push(("Due", format!("{}{}", style.dates(days), says.unwrap_or_default())));
    }
    if expected.late_days > 0 {
        facts.push(("Late by", late(expected.late_days)));
    }
    let references: Vec<&str> =
        earnings(book, expected).filter_map(|earning| earning.origin.as_ref()).map(Origin::reference).take(5).collect();
    if !references.is_empty() {
        facts.push(("Reference", references.join(", ")));
    }
    facts
}

fn of_transit(book: &Book, payout: &InTransit, today: NaiveDate) -> Facts {
    let style = Style::of(book.settings());
    let mut facts = Facts::new();
    let held = book.payout(payout.payout);
    facts.extend(payout.sent_on.map(|day| ("Sent on", style.date(day))));
    let sum = held.map_or(payout.gross, |payout| payout.sent_net());
    facts.push(("Amount", style.money(sum)));
    facts.extend(payout.lands.map(|days| ("Due", style.dates(days))));
    let days = late_days(payout, today);
    if days > 0 {
        facts.push(("Late by", late(days)));
    }
    facts.extend(
        held.and_then(|payout| payout.origin.as_ref()).map(|origin| ("Reference", origin.reference().to_owned())),
    );
    facts
}
