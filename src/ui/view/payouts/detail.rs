//! The chosen payout: when, how much, why; or, once landed, what came and what it settled.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::entries::late_days;
use super::exchange;
use super::figures::facts;
use super::verbs::{EntryVerb, verbs};
use super::{EntryId, Standing, due, platform_name, way};
use crate::domain::bill::{Bill, Repeats};
use crate::domain::book::Book;
use crate::domain::command::settleable_gross;
use crate::domain::ids::{EarningId, PlatformId, SessionId};
use crate::domain::money::Money;
use crate::domain::payout::Payout;
use crate::domain::query::calendar::{Calendar, Expected, InTransit, Reason, UnknownDate, Window, if_done};
use crate::domain::span::Now;
use crate::ui::format::Style;
use crate::ui::view::names::{self, Mark};
use crate::ui::view::reasons::{self, Line};

/// The chosen payout, ready to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Which one.
    pub id: EntryId,
    /// Its platform; `None` where that is not known.
    pub platform: Option<PlatformId>,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name.
    pub name: String,
    /// "Lands Tue 24 – Wed 25 Nov", "4 days late", "Landed Tue 17 Nov".
    pub title: String,
    /// "~ $180.00".
    pub amount: String,
    /// Beside the amount: "estimate · $178.20 after fees"; empty where there is nothing to add.
    pub note: String,
    /// How it is drawn.
    pub standing: Standing,
    /// The reasons of an expected payout, in order.
    pub lines: Vec<Line>,
    /// What a landed payout came to, each with its figure.
    pub facts: Vec<Fact>,
    /// The earnings that a landed payout settled.
    pub settled: Vec<Settled>,
    /// The sessions behind the amount.
    pub sessions: BTreeSet<SessionId>,
    /// What those sessions are, for a filter: "Outlier, Tue 24 – Wed 25 Nov".
    pub sessions_words: String,
    /// The recorded earnings behind it, so that it is found again when it moves.
    pub earnings: BTreeSet<EarningId>,
    /// What can be done with it, the main verb first.
    pub verbs: Vec<EntryVerb>,
    /// Why it can't be marked as landed; empty where it can, or where it has landed.
    pub cannot_land: &'static str,
    /// Whether the platform lacks a schedule for it.
    pub wants_schedule: bool,
}

/// A figure of a landed payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// "Platform fee".
    pub name: &'static str,
    /// "−$1.80".
    pub figure: String,
}

/// An earning that was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Its project, or what it is.
    pub what: String,
    /// The days of its work.
    pub days: String,
    /// How much of it, gross.
    pub amount: String,
    /// The sessions that it stands for.
    pub sessions: BTreeSet<SessionId>,
}

/// The chosen payout; `None` where it is not there any more.
#[must_use]
pub fn detail(book: &Book, calendar: &Calendar, id: EntryId, now: Now, today: NaiveDate) -> Option<Detail> {
    let found = match id {
        EntryId::Expected(key) => {
            let expected = calendar.expected.iter().find(|expected| expected.key == key)?;
            of_expected(book, calendar, expected, now, today)
        }
        EntryId::UnderWay(payout) => {
            let under_way = calendar.in_transit.iter().find(|one| one.payout == payout)?;
            of_transit(book, under_way, today)
        }
        EntryId::Landed(payout) => {
            let landed = calendar.landed.iter().find(|one| one.payout == payout)?;
            of_landed(book, id, book.payout(payout)?, landed.on, landed.received, now, today)
        }
        EntryId::Bill(bill, on) => of_bill(book, calendar, book.bill(bill)?, on, today),
    };
    Some(Detail { verbs: verbs(book, calendar, id, today), ..found })
}

/// Whether an expected payout can be marked as landed: not where only a timer that still runs stands behind it.
#[must_use]
pub fn can_land(book: &Book, expected: &Expected) -> bool {
    settleable_gross(book, expected).amount > Decimal::ZERO
}

fn blank(book: &Book, id: EntryId, platform: Option<PlatformId>) -> Detail {
    let found = platform.and_then(|id| book.platform(id));
    Detail {
        id,
        platform: found.map(|platform| platform.id),
        mark: found.map(|platform| Mark::of(platform)),
        name: platform_name(found),
        title: String::new(),
        amount: String::new(),
        note: String::new(),
        standing: Standing::Expected,
        lines: Vec::new(),
        facts: Vec::new(),
        settled: Vec::new(),
        sessions: BTreeSet::new(),
        sessions_words: String::new(),
        earnings: BTreeSet::new(),
        verbs: Vec::new(),
        cannot_land: "",
        wants_schedule: false,
    }
}

/// A line without anything to open.
fn line(text: String) -> Line {
    Line { text, under: String::new(), opens_sessions: false }
}

fn of_expected(book: &Book, calendar: &Calendar, expected: &Expected, now: Now, today: NaiveDate) -> Detail {
    let style = Style::of(book.settings());
    let late = expected.late_days > 0;
    let mut lines = reasons::lines(book, expected, now, today);
    if late {
        let due = format!("Should have landed {}", style.window(&expected.window, today));
        lines.insert(0, line(due));
    }
    lines.extend(next_draw(calendar, expected, today, style));
    let asks = super::verbs::earnings(book, expected).filter_map(|earning| earning.chase_on).max();
    lines.extend(asks.map(|on| asks_again(on, today, style)));
    lines.extend(reasons::if_done_lines(&if_done(book, expected, now), today, style).into_iter().map(line));
    let mut notes = Vec::new();
    if expected.estimate {
        notes.push("estimate".to_owned());
    }
    if expected.net.rounded() != expected.gross.rounded() {
        notes.push(format!("{} after fees", style.money(expected.net)));
    }
    let can_land = can_land(book, expected);
    let blank = blank(book, EntryId::Expected(expected.key), Some(expected.key.platform));
    Detail {
        title: reasons::title(expected, today, style),
        amount: reasons::amount(expected, style),
        note: notes.join(" · "),
        standing: Standing::of_late(expected.late_days, expected.is_surely_late()),
        lines,
        sessions: reasons::sessions_behind(book, expected),
        sessions_words: format!("{}, {}", blank.name, style.window(&expected.window, today)),
        earnings: super::verbs::earnings(book, expected).map(|earning| earning.id).collect(),
        cannot_land: if can_land { "" } else { "Only a running timer so far; stop it first" },
        wants_schedule: expected.reasons.contains(&Reason::Unknown(UnknownDate::NoSchedule)),
        ..blank
    }
}

/// Of money that can be drawn now: what can be drawn next, and from when.
fn next_draw(calendar: &Calendar, expected: &Expected, today: NaiveDate, style: Style) -> Option<Line> {
    if !matches!(expected.window, Window::DrawableNow { .. }) {
        return None;
    }
    let same = |other: &&Expected| {
        (other.key.platform, other.key.currency, other.key.route)
            == (expected.key.platform, expected.key.currency, expected.key.route)
    };
    let later = |other: &Expected| {
        if let Window::DrawableFrom(days) = other.window { Some((days, reasons::amount(other, style))) } else { None }
    };
    let (days, amount) =
        calendar.expected.iter().filter(same).filter_map(later).min_by_key(|(days, _)| (days.first, days.last))?;
    let words = style.window(&Window::DrawableFrom(days), today);
    Some(line(format!("Next {amount}, {words}")))
}

/// The day on which to ask again.
fn asks_again(on: NaiveDate, today: NaiveDate, style: Style) -> Line {
    let verb = if on > today { "Ask again on" } else { "To be asked again since" };
    line(format!("{verb} {}", style.day(on, today)))
}

fn of_bill(book: &Book, calendar: &Calendar, bill: &Bill, on: NaiveDate, today: NaiveDate) -> Detail {
    let style = Style::of(book.settings());
    let again = match bill.repeats {
        Repeats::Never => String::new(),
        Repeats::Weekly | Repeats::Monthly | Repeats::Yearly => names::repeats(bill.repeats).to_lowercase(),
    };
    let past = on < today;
    Detail {
        name: bill.name.clone(),
        title: format!("{} {} {}", bill.name, if past { "was due" } else { "due" }, style.day(on, today)),
        amount: style.money(bill.amount),
        note: again,
        standing: Standing::Due,
        lines: if past { Vec::new() } else { due::lines(book, calendar, on, today) },
        ..blank(book, EntryId::Bill(bill.id, on), None)
    }
}

fn of_transit(book: &Book, payout: &InTransit, today: NaiveDate) -> Detail {
    let style = Style::of(book.settings());
    let late = late_days(payout, today);
    let mut lines = Vec::new();
    lines.extend(payout.sent_on.map(|day| line(format!("Sent {}", style.day(day, today)))));
    if let Some(payout) = book.payout(payout.payout) {
        lines.extend(way::lines(book, payout, today).into_iter().map(line));
    }
    lines.push(line(payout.lands.map_or_else(
        || "Date unknown: nobody says how long the transfer takes".to_owned(),
        |days| format!("Lands {}", style.days(days, today)),
    )));
    let held = book.payout(payout.payout);
    lines.extend(held.and_then(|payout| payout.chase_on).map(|on| asks_again(on, today, style)));
    let parts = held.map(|payout| settled(book, payout, today)).unwrap_or_default();
    let blank = blank(book, EntryId::UnderWay(payout.payout), payout.platform);
    Detail {
        title: if late > 0 { reasons::late_words(late) } else { "Under way".to_owned() },
        amount: style.money(payout.gross),
        standing: Standing::of_late(late, true),
        lines,
        sessions: all_sessions(&parts),
        sessions_words: format!("{}, under way", blank.name),
        settled: parts,
        ..blank
    }
}

fn of_landed(
    book: &Book,
    id: EntryId,
    payout: &Payout,
    on: NaiveDate,
    received: Money,
    now: Now,
    today: NaiveDate,
) -> Detail {
    let style = Style::of(book.settings());
    let parts = settled(book, payout, today);
    let blank = blank(book, id, payout.platform);
    let on = style.day(on, today);
    let mut lines: Vec<Line> = way::lines(book, payout, today).into_iter().map(line).collect();
    if payout.platform.is_none() {
        lines.push(line("Nobody said who paid: name the platform under All figures…".to_owned()));
    }
    lines.extend((!payout.note.is_empty()).then(|| line(payout.note.clone())));
    let mut facts = facts(payout, received, style);
    facts.extend(exchange::facts(book, payout, now, today));
    Detail {
        title: format!("Landed {on}"),
        amount: style.money(received),
        standing: Standing::Landed,
        facts,
        lines,
        sessions: all_sessions(&parts),
        sessions_words: format!("{}, landed {on}", blank.name),
        settled: parts,
        ..blank
    }
}

fn settled(book: &Book, payout: &Payout, today: NaiveDate) -> Vec<Settled> {
    let style = Style::of(book.settings());
    let of = |part: &crate::domain::payout::Allocation| {
        let earning = book.earning(part.earning);
        Settled {
            what: earning.map_or_else(
                || "an earning that is gone".to_owned(),
                |earning| match earning.project {
                    Some(project) => names::project(book, Some(project)),
                    None => "The platform as a whole".to_owned(),
                },
            ),
            days: earning.map_or_else(String::new, |earning| style.days(earning.worked, today)),
            amount: style.money(part.amount),
            sessions: earning
                .map(|earning| reasons::sessions_covered(book, &earning.covers).into_iter().collect())
                .unwrap_or_default(),
        }
    };
    payout.allocations.iter().map(of).collect()
}

fn all_sessions(parts: &[Settled]) -> BTreeSet<SessionId> {
    parts.iter().flat_map(|part| part.sessions.iter().copied()).collect()
}
