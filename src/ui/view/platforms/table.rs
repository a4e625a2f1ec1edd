//! The table: one row a platform, sorted, and the row of all.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::domain::book::Book;
use crate::domain::exchange::MissingRate;
use crate::domain::ids::PlatformId;
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::platform::{Platform, stage_on};
use crate::domain::query::calendar::{Calendar, ExpectedKey};
use crate::domain::query::exposure::{Exposure, exposure, in_currency};
use crate::domain::query::hours::Selection;
use crate::domain::query::rates::{Group, GroupBy, Rates, Step, rates, side_by_side};
use crate::domain::query::work::Work;
use crate::domain::span::{DayRange, Timestamp};
use crate::ui::format::{self, NONE};
use crate::ui::view::names::{self, Mark};

/// How a figure stands to the user's floor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// There is no floor to compare with.
    #[default]
    Plain,
    /// At the floor or above.
    Good,
    /// Below the floor.
    Warn,
    /// From under an hour: too little to say.
    Muted,
}

/// The columns that can be sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By stage, in the order of a life.
    Stage,
    /// By own time.
    Hours,
    /// By earned.
    Earned,
    /// By rate over all hours.
    Rate,
    /// By the share of the advertised rate.
    Share,
    /// By what is not yet paid, at today's exchange rates.
    Unpaid,
    /// By the next window.
    Next,
}

/// One platform.
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformRow {
    /// Its id.
    pub id: PlatformId,
    /// Its badge.
    pub mark: Mark,
    /// Its name.
    pub name: String,
    /// "active"; empty where it has none yet.
    pub stage: &'static str,
    /// "41 h 00 m".
    pub hours: String,
    /// "$605.57"; [`NONE`] where nothing was worked or an exchange rate is missing.
    pub earned: String,
    /// "$14.77", over all hours.
    pub rate: String,
    /// How it stands to the floor.
    pub tone: Tone,
    /// What is missing for `earned` and `rate`, or from how little the rate is; empty where nothing is to be said.
    pub rate_tip: String,
    /// What is kept of the advertised rate, 0 to 1; a pixel figure.
    pub share: Option<f32>,
    /// "59 % of $25.00"; empty where nothing was advertised.
    pub share_words: String,
    /// "$25.00"; empty where nothing was advertised.
    pub advertised: String,
    /// "$221.50".
    pub unpaid: String,
    /// "in review", "$48.00 late".
    pub unpaid_state: String,
    /// Whether that is bad.
    pub late: bool,
    /// "Tue 24 – Wed 25 Nov".
    pub next: String,
    /// "~ $180.00".
    pub next_amount: String,
    /// The expected payout behind it.
    pub next_key: Option<ExpectedKey>,
    sort: Keys,
}

impl PlatformRow {
    /// What is read aloud: the name with the figure that counts.
    #[must_use]
    pub fn spoken(&self) -> String {
        if self.rate == NONE { self.name.clone() } else { format!("{}, {} over all hours", self.name, self.rate) }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Keys {
    name: String,
    stage: Option<usize>,
    secs: i64,
    earned: Option<Decimal>,
    rate: Option<Decimal>,
    share: Option<Decimal>,
    unpaid: Option<Decimal>,
    next: Option<NaiveDate>,
}

/// The last row: everything together, time without a platform too.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllRow {
    /// "96 h 30 m".
    pub hours: String,
    /// "$1,754.60".
    pub earned: String,
    /// "$18.18".
    pub rate: String,
    /// How it stands to the floor.
    pub tone: Tone,
    /// What is missing.
    pub rate_tip: String,
    /// "floor $18.00"; empty where none is set.
    pub floor: String,
    /// "$755.81", in home currency where every exchange rate is there, else each currency by itself.
    pub unpaid: String,
}

/// The whole table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The days it is of.
    pub days: Option<DayRange>,
    /// One row a platform, by name.
    pub rows: Vec<PlatformRow>,
    /// All of them.
    pub all: AllRow,
}

/// What the figures of a table are made from.
struct Sources<'a> {
    book: &'a Book,
    today: NaiveDate,
    home: Currency,
    floor: Option<Decimal>,
}

impl Table {
    /// The table of a period. `at` is the moment of the figures.
    #[must_use]
    pub fn of(book: &Book, work: &Work, calendar: &Calendar, days: DayRange, at: Timestamp, today: NaiveDate) -> Self {
        let settings = book.settings();
        let home = settings.home_currency;
        let floor = settings.floor.and_then(|floor| book.convert(floor, home, today).ok()).map(|floor| floor.amount);
        let sources = Sources { book, today, home, floor };
        let selection = Selection::period(days);
        let sides: BTreeMap<PlatformId, Rates> = side_by_side(work, &selection, GroupBy::Platform, at)
            .into_iter()
            .filter_map(|(group, rates)| match group {
                Group::Platform(id) => Some((id, rates)),
                Group::Project(_) | Group::TaskType(_) => None,
            })
            .collect();
        let open = exposure(book, calendar);
        let none = Rates::none(home, settings.set_aside_percent);
        let nothing = Exposure::default();
        let rows = book
            .platforms_by_name()
            .into_iter()
            .map(|platform| {
                let rates = sides.get(&platform.id).unwrap_or(&none);
                sources.row(platform, rates, open.get(&platform.id).unwrap_or(&nothing))
            })
            .collect();
        let mut unpaid = Bag::default();
        for one in open.values() {
            unpaid.add_all(&one.not_yet_paid());
        }
        let all = rates(work, &selection, at);
        let (rate, tone, rate_tip) = sources.rate(&all);
        Self {
            days: Some(days),
            rows,
            all: AllRow {
                hours: hours(&all),
                earned: sources.earned(&all),
                rate,
                tone,
                rate_tip,
                floor: settings.floor.map_or_else(String::new, |floor| format!("floor {}", format::money(floor))),
                unpaid: match in_currency(book, &unpaid, home, today) {
                    Ok(_) if unpaid.is_empty() => NONE.to_owned(),
                    Ok(sum) => format::money(sum),
                    Err(_) => format::bag(&unpaid),
                },
            },
        }
    }

    /// The rows' places in another order; names decide between equals, and those without a figure stand last.
    #[must_use]
    pub fn order(&self, sort: Sort, descending: bool) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by(|a, b| match (self.rows.get(*a), self.rows.get(*b)) {
            (Some(a), Some(b)) => {
                compare(&a.sort, &b.sort, sort, descending).then_with(|| a.sort.name.cmp(&b.sort.name))
            }
            _ => Ordering::Equal,
        });
        order
    }
}

fn compare(a: &Keys, b: &Keys, sort: Sort, descending: bool) -> Ordering {
    match sort {
        Sort::Name => turned(a.name.cmp(&b.name), descending),
        Sort::Stage => missing_last(a.stage, b.stage, descending),
        Sort::Hours => turned(a.secs.cmp(&b.secs), descending),
        Sort::Earned => missing_last(a.earned, b.earned, descending),
        Sort::Rate => missing_last(a.rate, b.rate, descending),
        Sort::Share => missing_last(a.share, b.share, descending),
        Sort::Unpaid => missing_last(a.unpaid, b.unpaid, descending),
        Sort::Next => missing_last(a.next, b.next, descending),
    }
}

fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

fn missing_last<T: Ord>(a: Option<T>, b: Option<T>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(a.cmp(&b), descending),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn hours(rates: &Rates) -> String {
    if rates.hours.own_secs == 0 { NONE.to_owned() } else { format::hours_in_column(rates.hours.own_secs) }
}

/// "No exchange rate from GBP to USD near Thu 12 Nov".
pub(super) fn missing_words(missing: MissingRate, today: NaiveDate) -> String {
    format!("No exchange rate from {} to {} near {}", missing.from, missing.to, format::day(missing.on, today))
}

impl Sources<'_> {
    fn earned(&self, rates: &Rates) -> String {
        if rates.is_empty() {
            return NONE.to_owned();
        }
        rates.earned().map_or_else(|| NONE.to_owned(), |earned| format::money(Money::new(earned, self.home)))
    }

    /// The rate over all hours, how it stands to the floor, and what is to be said of it.
    fn rate(&self, rates: &Rates) -> (String, Tone, String) {
        let mut missing = rates.missing_for(Step::AllHours);
        if let Some(first) = missing.next() {
            let more = missing.count();
            let more = if more == 0 { String::new() } else { format!(" (and {more} more)") };
            return (NONE.to_owned(), Tone::Muted, format!("{}{more}", missing_words(first, self.today)));
        }
        let Some(rate) = rates.per_hour(Step::AllHours) else {
            return (NONE.to_owned(), Tone::Muted, String::new());
        };
        let words = format::money(Money::new(rate, self.home));
        if rates.too_little() {
            let tip = format!("From {}: too little to say", format::hours(rates.hours.own_secs));
            return (words, Tone::Muted, tip);
        }
        let tone = match self.floor {
            None => Tone::Plain,
            Some(floor) if rate >= floor => Tone::Good,
            Some(_) => Tone::Warn,
        };
        (words, tone, String::new())
    }

    fn row(&self, platform: &Platform, rates: &Rates, open: &Exposure) -> PlatformRow {
        let (rate, tone, rate_tip) = self.rate(rates);
        let stage = stage_on(&platform.stages, self.today).map(|dated| dated.stage);
        let kept = rates.kept_percent();
        let advertised = rates
            .per_hour(Step::Advertised)
            .map_or_else(String::new, |rate| format::money(Money::new(rate, self.home)));
        let unpaid = open.not_yet_paid();
        let (unpaid_state, late) = Self::state(platform, open, &unpaid);
        let next = open.next.as_ref();
        PlatformRow {
            id: platform.id,
            mark: Mark::of(platform),
            name: platform.name.clone(),
            stage: stage.map_or("", names::stage),
            hours: hours(rates),
            earned: self.earned(rates),
            rate,
            tone,
            rate_tip,
            share: kept
                .map(|kept| (kept / Decimal::ONE_HUNDRED).clamp(Decimal::ZERO, Decimal::ONE))
                .and_then(|share| share.to_f32()),
            share_words: kept
                .map_or_else(String::new, |kept| format!("{} of the advertised {advertised}", format::percent(kept))),
            advertised,
            unpaid: format::bag(&unpaid),
            unpaid_state,
            late,
            next: next.map_or_else(|| NONE.to_owned(), |next| format::window(&next.window, self.today)),
            next_amount: next.map_or_else(String::new, |next| {
                if next.estimate { format::estimate(next.net) } else { format::money(next.net) }
            }),
            next_key: next.map(|next| next.key),
            sort: Keys {
                name: platform.name.to_lowercase(),
                stage: stage.and_then(|stage| names::STAGES.iter().position(|known| *known == stage)),
                secs: rates.hours.own_secs,
                earned: if rates.is_empty() { None } else { rates.earned() },
                rate: rates.per_hour(Step::AllHours),
                share: kept,
                unpaid: in_currency(self.book, &unpaid, self.home, self.today).ok().map(|sum| sum.amount),
                // What can be drawn now has no days and comes first.
                next: next.map(|next| next.window.days().map_or(NaiveDate::MIN, |days| days.last)),
            },
        }
    }

    /// The state that matters most of what is not yet paid: what is late, else the largest part in the platform's
    /// currency, else the first one that holds anything.
    fn state(platform: &Platform, open: &Exposure, unpaid: &Bag) -> (String, bool) {
        if !open.late.is_empty() {
            return (format!("{} late", format::bag(&open.late)), true);
        }
        let beside = [(&open.frozen, "frozen"), (&open.disputed, "disputed")];
        if unpaid.is_empty() {
            let words = beside.iter().find(|(bag, _)| !bag.is_empty());
            return (words.map_or_else(String::new, |(bag, word)| format!("{} {word}", format::bag(bag))), false);
        }
        let below = open
            .minimum
            .map_or_else(|| "below the minimum".to_owned(), |least| format!("of {} minimum", format::money(least)));
        let states = [
            (&open.drawable, "drawable"),
            (&open.approved, "approved"),
            (&open.in_transit, "in transit"),
            (&open.in_review, "in review"),
            (&open.below_minimum, below.as_str()),
            (&open.date_unknown, "date unknown"),
        ];
        let amount = |bag: &Bag| bag.of(platform.currency).amount;
        let mut main: Option<(&Bag, &str)> = None;
        for (bag, word) in states {
            if !bag.is_empty() && main.is_none_or(|(held, _)| amount(bag) > amount(held)) {
                main = Some((bag, word));
            }
        }
        (main.map_or_else(String::new, |(_, word)| word.to_owned()), false)
    }
}
