//! Bills: whether it is enough by their day, in a line for the list and in lines for the chosen bill.

use chrono::NaiveDate;

use super::{EntryId, platform_name};
use crate::domain::book::Book;
use crate::domain::query::calendar::Calendar;
use crate::domain::query::enough::{self, Chance, Comes, Enough, Share};
use crate::ui::format::Style;
use crate::ui::view::names;
use crate::ui::view::reasons::Line;

/// How a part of the line stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It stands back.
    Plain,
    /// It is enough.
    Good,
    /// A fact is missing.
    Warn,
    /// It is short.
    Bad,
}

/// A part of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// "short $193.97".
    pub text: String,
    /// How it stands out.
    pub tone: Tone,
}

/// Whether it is enough by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnoughLine {
    /// The bill that it is about: the last one due by that day.
    pub id: EntryId,
    /// "By Tue 1 Dec: sure $460.00", "likely $246.03", "Rent $900.00", "short $193.97".
    pub parts: Vec<Part>,
    /// All of it, for screen readers.
    pub name: String,
}

/// The line for the next day on which it matters.
pub(super) fn line(book: &Book, calendar: &Calendar, today: NaiveDate) -> Option<EnoughLine> {
    let style = Style::of(book.settings());
    let found = enough::next(book, calendar, today)?;
    let last = found.bills.last()?;
    let mut parts = Vec::new();
    let mut say = |tone, text: String| parts.push(Part { text, tone });
    say(Tone::Plain, format!("By {}: sure {}", style.day(found.by, today), style.money(found.sure)));
    if !found.to_draw.amount.is_zero() {
        say(Tone::Plain, format!("{} of it to draw", style.money(found.to_draw)));
    }
    say(Tone::Plain, format!("likely {}", style.money(found.likely)));
    let bills = match found.bills.as_slice() {
        [one] => book.bill(one.bill).map_or_else(|| "bills".to_owned(), |bill| bill.name.clone()),
        _ => "bills".to_owned(),
    };
    say(Tone::Plain, format!("{bills} {}", style.sum_and(found.due, &found.bills_without_rate)));
    let (tone, text) = verdict(&found, style);
    say(tone, text);
    if !found.may_be_later.amount.is_zero() {
        say(Tone::Plain, format!("may come later {}", style.money(found.may_be_later)));
    }
    if !found.possible.amount.is_zero() {
        say(Tone::Plain, format!("possible {}", style.money(found.possible)));
    }
    if !found.money_without_rate.is_empty() {
        let rest = match found.money_without_rate.iter().count() {
            1 => style.bag(&found.money_without_rate),
            several => format!("{several} currencies"),
        };
        say(Tone::Warn, format!("no rate for {rest}"));
    }
    let name = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" · ");
    Some(EnoughLine { id: EntryId::Bill(last.bill, last.on), parts, name })
}

fn verdict(found: &Enough, style: Style) -> (Tone, String) {
    match found.short() {
        None => (Tone::Warn, format!("no rate for {}: can’t tell", style.bag(&found.bills_without_rate))),
        Some(short) if !short.rounded().amount.is_zero() => (Tone::Bad, format!("short {}", style.money(short))),
        Some(_) if found.is_sure() => (Tone::Good, "enough".to_owned()),
        Some(_) => (Tone::Good, "enough if all of it comes".to_owned()),
    }
}

/// What stands under a chosen bill: the verdict first, then what it is made of.
pub(super) fn lines(book: &Book, calendar: &Calendar, by: NaiveDate, today: NaiveDate) -> Vec<Line> {
    let style = Style::of(book.settings());
    let found = enough::enough(book, calendar, by, today);
    let mut lines = Vec::new();
    let mut say = |text: String, under: String| lines.push(Line { text, under, opens_sessions: false });
    let (_, words) = verdict(&found, style);
    say(
        names::title(&words),
        "bills less what is sure and likely by then; what has landed is yours to count".to_owned(),
    );
    for (chance, words, amount) in [
        (Chance::Sure, "Sure", found.sure),
        (Chance::Likely, "Likely", found.likely),
        (Chance::MayBeLater, "May come later", found.may_be_later),
        (Chance::Possible, "Possible", found.possible),
    ] {
        let shares: Vec<String> = found
            .shares
            .iter()
            .filter(|share| share.chance == chance)
            // What has no rate is in no sum; it is named below.
            .filter(|share| book.convert(share.amount, amount.currency, today).is_ok())
            .map(|share| share_words(book, calendar, share))
            .collect();
        if !shares.is_empty() {
            say(format!("{words} {}", style.money(amount)), shares.join("\n"));
        }
    }
    let bills: Vec<String> = found
        .bills
        .iter()
        .filter_map(|due| {
            let bill = book.bill(due.bill)?;
            Some(format!("{} {}, {}", bill.name, style.money(due.amount), style.day(due.on, today)))
        })
        .collect();
    say(format!("Bills until then {}", style.sum_and(found.due, &found.bills_without_rate)), bills.join("\n"));
    if !found.money_without_rate.is_empty() {
        let text = format!("Not counted: {}", style.bag(&found.money_without_rate));
        say(text, "no exchange rate of the last seven days; add one in the settings".to_owned());
    }
    lines
}

fn share_words(book: &Book, calendar: &Calendar, share: &Share) -> String {
    let platform = match share.of {
        Comes::Expected(key) => Some(key.platform),
        Comes::Sent(payout) => calendar.in_transit.iter().find(|one| one.payout == payout).and_then(|one| one.platform),
    };
    let name = platform_name(platform.and_then(|id| book.platform(id)));
    let draw = if share.to_draw { ", to draw" } else { "" };
    format!("{name} {}{draw}", Style::of(book.settings()).money(share.amount))
}
