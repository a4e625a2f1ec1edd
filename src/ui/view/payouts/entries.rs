//! Entries: one for each expected payout, each under way, each that has landed, and each bill that comes due.

use chrono::NaiveDate;

use super::{Entry, EntryId, Standing, platform_name};
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::money::Money;
use crate::domain::query::calendar::{Calendar, Expected, InTransit, Landed, Window};
use crate::domain::query::enough::Due;
use crate::domain::schedule::Precision;
use crate::domain::span::{DayRange, Month};
use crate::ui::format::Style;
use crate::ui::view::names::Mark;
use crate::ui::view::reasons;

/// What is expected or under way, in the order of the list.
pub(super) fn listed(book: &Book, calendar: &Calendar, today: NaiveDate) -> Vec<Entry> {
    let mut listed: Vec<(Place, Entry)> = Vec::new();
    for expected in &calendar.expected {
        listed.push((rank(expected), of_expected(book, expected, today)));
    }
    for payout in &calendar.in_transit {
        let late = late_days(payout, today) > 0;
        let place = match payout.lands {
            _ if late => 0,
            Some(_) => 2,
            None => 4,
        };
        let days = payout.lands.map(|days| (days.last, days.first));
        listed.push(((place, days), of_transit(book, payout, today)));
    }
    // Stable: within a day the calendar's own order stands.
    listed.sort_by_key(|(place, _)| *place);
    listed.into_iter().map(|(_, entry)| entry).collect()
}

/// A place in the list: a rank, then the latest and the earliest day.
type Place = (u8, Option<(NaiveDate, NaiveDate)>);

/// Late ones first, then drawable ones, then by latest day, then below the minimum, then those without a date.
fn rank(expected: &Expected) -> Place {
    let place = match expected.window {
        _ if expected.late_days > 0 => 0,
        Window::DrawableNow { .. } => 1,
        Window::Lands { .. } | Window::DrawableFrom(_) => 2,
        Window::BelowMinimum { .. } => 3,
        Window::Unknown(_) => 4,
    };
    (place, expected.window.days().map(|days| (days.last, days.first)))
}

/// How many days a payout under way is late.
pub(super) fn late_days(payout: &InTransit, today: NaiveDate) -> i64 {
    payout.lands.map_or(0, |days| (today - days.last).num_days().max(0))
}

fn entry(book: &Book, id: EntryId, platform: Option<PlatformId>, look: Look, today: NaiveDate) -> Entry {
    let platform = platform.and_then(|id| book.platform(id));
    Entry { mark: platform.map(|platform| Mark::of(platform)), ..named(book, id, platform_name(platform), look, today) }
}

fn named(book: &Book, id: EntryId, name: String, look: Look, today: NaiveDate) -> Entry {
    let style = Style::of(book.settings());
    let money = look.money.rounded();
    let on = look.days.map_or_else(String::new, |days| format!("{}, ", style.day(days.first, today)));
    let about = look.amount.strip_prefix("~ ").map_or_else(|| look.amount.clone(), |sum| format!("about {sum}"));
    let home = book.settings().home_currency;
    let then = look.days.filter(|_| look.standing == Standing::Landed).map_or(today, |days| days.last);
    Entry {
        id,
        mark: None,
        name: format!("{on}{name}, {about} {}", look.spoken),
        platform: name,
        in_list: look.days.map_or_else(|| undated(&look.when), |days| short(days, &look.when, today, style)),
        when: look.when,
        amount: look.amount,
        standing: look.standing,
        late: look.late,
        days: look.days,
        money,
        home: book.convert(money, home, then).ok().map(Money::rounded),
        drawable: look.drawable,
    }
}

/// Words for a narrow list: two days of this month without its name, "draw from" for "drawable from", "4 days late?".
fn short(days: DayRange, words: &str, today: NaiveDate, style: Style) -> String {
    let this = |day| Month::of_day(day) == Month::of_day(today);
    let range = words == style.days(days, today) && days.first != days.last;
    if range && this(days.first) && this(days.last) { style.days_in_short(days, today) } else { draw_words(words) }
}

/// "draw from Sun 29 Nov", for "drawable"; "4 days late?" for what is later than expected.
fn draw_words(words: &str) -> String {
    if let Some(days) = words.strip_suffix(" later than expected") {
        return format!("{days} late?");
    }
    words.strip_prefix("drawable ").map_or_else(|| words.to_owned(), |rest| format!("draw {rest}"))
}

/// Words for a narrow list where there is no day in the month: "next draw Sun 29 Nov".
fn undated(words: &str) -> String {
    words.strip_prefix("drawable, next draw from ").map_or_else(|| words.to_owned(), |day| format!("next draw {day}"))
}

/// Words for a narrow list of any month: "next draw Sun 29 Nov", "draw from Sun 29 Nov".
pub(in crate::ui::view) fn in_list(words: &str) -> String {
    match words {
        "drawable now" => words.to_owned(),
        _ if words.starts_with("drawable, ") => undated(words),
        _ => draw_words(words),
    }
}

/// What differs from one kind of entry to the next.
struct Look {
    when: String,
    /// What follows the amount in the name: "expected, lands Tue 24 – Wed 25 Nov".
    spoken: String,
    amount: String,
    standing: Standing,
    late: &'static str,
    days: Option<DayRange>,
    money: Money,
    drawable: bool,
}

/// The days of a block in the month: a window that ends "by" a day, or from which on money can be drawn, stands on
/// that day alone; three weeks of "perhaps" would hide everything else.
fn block_days(window: &Window) -> Option<DayRange> {
    match window {
        Window::Lands { days, precision: Precision::By } | Window::DrawableFrom(days) => Some(DayRange::day(days.last)),
        Window::Lands { days, precision: Precision::On } => Some(*days),
        Window::DrawableNow { .. } | Window::BelowMinimum { .. } | Window::Unknown(_) => None,
    }
}

fn of_expected(book: &Book, expected: &Expected, today: NaiveDate) -> Entry {
    let style = Style::of(book.settings());
    let late = expected.late_days > 0;
    let window = style.window(&expected.window, today);
    let spoken = match expected.window {
        _ if late => format!("{}, should have landed {window}", reasons::overdue_words(expected)),
        Window::Lands { .. } => format!("expected, lands {window}"),
        Window::DrawableFrom(_) | Window::DrawableNow { .. } | Window::BelowMinimum { .. } | Window::Unknown(_) => {
            format!("expected, {window}")
        }
    };
    let standing = Standing::of_late(expected.late_days, expected.is_surely_late());
    let look = Look {
        when: reasons::when(expected, today, style),
        spoken,
        amount: reasons::amount(expected, style),
        standing,
        late: match standing {
            Standing::Late => "late",
            Standing::LaterThanExpected => "late?",
            Standing::Landed | Standing::Expected | Standing::Due => "",
        },
        days: block_days(&expected.window),
        money: expected.gross,
        drawable: matches!(expected.window, Window::DrawableNow { .. }),
    };
    entry(book, EntryId::Expected(expected.key), Some(expected.key.platform), look, today)
}

fn of_transit(book: &Book, payout: &InTransit, today: NaiveDate) -> Entry {
    let style = Style::of(book.settings());
    let late = late_days(payout, today);
    let on = payout.lands.map_or_else(|| "under way".to_owned(), |days| style.days(days, today));
    let spoken = match payout.lands {
        Some(_) if late > 0 => format!("{}, should have landed {on}", reasons::late_words(late)),
        Some(_) => format!("under way, lands {on}"),
        None => "under way, date unknown".to_owned(),
    };
    let look = Look {
        when: if late > 0 { reasons::late_words(late) } else { on },
        spoken,
        amount: style.money(payout.gross),
        standing: Standing::of_late(late, true),
        late: if late > 0 { "late" } else { "" },
        days: payout.lands,
        money: payout.gross,
        drawable: false,
    };
    entry(book, EntryId::UnderWay(payout.payout), payout.platform, look, today)
}

/// A payout that has landed.
pub(super) fn of_landed(book: &Book, landed: &Landed, today: NaiveDate) -> Entry {
    let style = Style::of(book.settings());
    let look = Look {
        when: style.day(landed.on, today),
        spoken: "landed".to_owned(),
        amount: style.money(landed.received),
        standing: Standing::Landed,
        late: "",
        days: Some(DayRange::day(landed.on)),
        money: landed.received,
        drawable: false,
    };
    entry(book, EntryId::Landed(landed.payout), landed.platform, look, today)
}

/// A bill on its day; `None` where it is gone.
pub(super) fn of_due(book: &Book, due: &Due, today: NaiveDate) -> Option<Entry> {
    let bill = book.bill(due.bill)?;
    let style = Style::of(book.settings());
    let look = Look {
        when: format!("due {}", style.day(due.on, today)),
        spoken: "due".to_owned(),
        amount: style.money(due.amount),
        standing: Standing::Due,
        late: "",
        days: Some(DayRange::day(due.on)),
        money: due.amount,
        drawable: false,
    };
    Some(named(book, EntryId::Bill(due.bill, due.on), bill.name.clone(), look, today))
}
