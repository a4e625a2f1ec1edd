//! The table: one row a platform, sorted, and the row of all.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::open::OpenMoney;
use super::page::stage_rows;
use super::quality::falls_words;
use crate::domain::book::Book;
use crate::domain::exchange::MissingRate;
use crate::domain::ids::PlatformId;
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::platform::{Platform, Stage, stage_on};
use crate::domain::query::calendar::{Calendar, ExpectedKey};
use crate::domain::query::exposure::{Exposure, OpenState, exposure, in_currency};
use crate::domain::query::hours::Selection;
use crate::domain::query::rates::{Group, GroupBy, Rates, Step, rates, side_by_side};
use crate::domain::query::work::Work;
use crate::domain::span::{DayRange, Timestamp};
use crate::ui::format::{self, NONE, Style};
use crate::ui::view::names::{self, Mark};
use crate::ui::view::second;

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
    /// By the share of all that was earned.
    Income,
    /// By rate over all hours.
    Rate,
    /// By the share of the advertised rate.
    Share,
    /// By what is not yet paid, at today's exchange rates.
    Unpaid,
    /// By the state that matters most of it.
    State,
    /// By the next window.
    Next,
    /// By what should come next, at today's exchange rates.
    Amount,
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
    /// "since 13 Oct", "since Oct 2025"; empty where it has none yet.
    pub stage_since: String,
    /// Its stages with their dates, one a line, the newest first.
    pub stage_tip: String,
    /// "41 h 00 m".
    pub hours: String,
    /// "$605.57"; [`NONE`] where nothing was worked or an exchange rate is missing.
    pub earned: String,
    /// "35 %": its share of all that was earned on platforms; [`NONE`] where that can't be said.
    pub income: String,
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
    /// All states of it, one a line; empty where nothing is owed.
    pub unpaid_tip: String,
    /// What got worse of late: "Quality score 3.9, was 4.4 · $221.50 open"; empty where nothing did.
    pub falls: String,
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
    income: Option<Decimal>,
    rate: Option<Decimal>,
    share: Option<Decimal>,
    unpaid: Option<Decimal>,
    state: Option<OpenState>,
    next: Option<NaiveDate>,
    amount: Option<Decimal>,
}

/// The last row: everything together, time without a platform too.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllRow {
    /// "96 h 30 m".
    pub hours: String,
    /// "$1,754.60".
    pub earned: String,
    /// "100 %"; [`NONE`] where shares can't be said.
    pub income: String,
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
    /// It in the second currency where there is a rate for today, then all states of it, one a line.
    pub unpaid_tip: String,
    /// What comes next of all platforms, in home currency: "~ $1,234.00"; empty where nothing does or where an exchange
    /// rate is missing.
    pub next_amount: String,
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
pub(super) struct Sources<'a> {
    book: &'a Book,
    pub(super) style: Style,
    today: NaiveDate,
    home: Currency,
    floor: Option<Decimal>,
    /// What all platforms earned; `None` where an exchange rate is missing, or where it is nothing.
    income: Option<Decimal>,
}

impl Table {
    /// The table of a period. `at` is the moment of the figures.
    #[must_use]
    pub fn of(book: &Book, work: &Work, calendar: &Calendar, days: DayRange, at: Timestamp, today: NaiveDate) -> Self {
        let settings = book.settings();
        let style = Style::of(settings);
        let home = settings.home_currency;
        let mut sources = Sources::of(book, today);
        let selection = Selection::period(days);
        let sides: BTreeMap<PlatformId, Rates> = side_by_side(work, &selection, GroupBy::Platform, at)
            .into_iter()
            .filter_map(|(group, rates)| match group {
                Group::Platform(id) => Some((id, rates)),
                Group::Project(_) | Group::TaskType(_) => None,
            })
            .collect();
        let income: Option<Decimal> = sides.values().filter(|rates| !rates.is_empty()).map(Rates::earned).sum();
        sources.income = income.filter(|income| *income > Decimal::ZERO);
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
        let mut everything = Exposure::default();
        let mut next = Bag::default();
        let mut estimate = false;
        for one in open.values() {
            everything.add(one);
            if let Some(one) = &one.next {
                next.add(one.net);
                estimate |= one.estimate;
            }
        }
        let unpaid = everything.not_yet_paid();
        let next = in_currency(book, &next, home, today).ok().filter(|_| !next.is_empty());
        let all = rates(work, &selection, at);
        let (rate, tone, rate_tip) = sources.rate(&all);
        Self {
            days: Some(days),
            rows,
            all: AllRow {
                hours: hours(&all),
                earned: sources.earned(&all),
                income: if sources.income.is_some() { style.percent(Decimal::ONE_HUNDRED) } else { NONE.to_owned() },
                rate,
                tone,
                rate_tip,
                floor: settings.floor.map_or_else(String::new, |floor| format!("floor {}", style.money(floor))),
                unpaid: match in_currency(book, &unpaid, home, today) {
                    Ok(_) if unpaid.is_empty() => NONE.to_owned(),
                    Ok(sum) => style.money(sum),
                    Err(_) => style.bag(&unpaid),
                },
                unpaid_tip: unpaid_tip(book, &everything, home, today),
                next_amount: next
                    .map_or_else(String::new, |sum| if estimate { style.estimate(sum) } else { style.money(sum) }),
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

/// What stands behind the open money of all: "≈ KES 97,690" first, where a second currency is chosen.
fn unpaid_tip(book: &Book, everything: &Exposure, home: Currency, today: NaiveDate) -> String {
    let sum = in_currency(book, &everything.not_yet_paid(), home, today).ok();
    let second = sum.filter(|sum| !sum.amount.is_zero()).and_then(|sum| second::beside(book, sum, today));
    let states = OpenMoney::sums(book, everything, today).lines();
    second.map_or_else(|| states.clone(), |second| format!("{second}\n{states}"))
}

fn compare(a: &Keys, b: &Keys, sort: Sort, descending: bool) -> Ordering {
    match sort {
        Sort::Name => turned(a.name.cmp(&b.name), descending),
        Sort::Stage => missing_last(a.stage, b.stage, descending),
        Sort::Hours => turned(a.secs.cmp(&b.secs), descending),
        Sort::Earned => missing_last(a.earned, b.earned, descending),
        Sort::Income => missing_last(a.income, b.income, descending),
        Sort::Rate => missing_last(a.rate, b.rate, descending),
        Sort::Share => missing_last(a.share, b.share, descending),
        Sort::Unpaid => missing_last(a.unpaid, b.unpaid, descending),
        Sort::State => missing_last(a.state, b.state, descending),
        Sort::Next => missing_last(a.next, b.next, descending),
        Sort::Amount => missing_last(a.amount, b.amount, descending),
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

/// Short, for a narrow column: "since 13 Oct", of another year "since Oct 2025".
fn since_words(from: NaiveDate, today: NaiveDate, style: Style) -> String {
    use chrono::Datelike as _;
    if from.year() == today.year() {
        format!("since {}", style.day_and_month(from))
    } else {
        from.format("since %b %Y").to_string()
    }
}

/// "No exchange rate from GBP to USD near Thu 12 Nov".
pub(super) fn missing_words(missing: MissingRate, today: NaiveDate, style: Style) -> String {
    format!("No exchange rate from {} to {} near {}", missing.from, missing.to, style.day(missing.on, today))
}

impl<'a> Sources<'a> {
    pub(super) fn of(book: &'a Book, today: NaiveDate) -> Self {
        let settings = book.settings();
        let home = settings.home_currency;
        let floor = settings.floor.and_then(|floor| book.convert(floor, home, today).ok()).map(|floor| floor.amount);
        Self { book, style: Style::of(settings), today, home, floor, income: None }
    }

    /// "59 % of the advertised $25.00"; empty where nothing was advertised.
    pub(super) fn kept_words(&self, rates: &Rates) -> String {
        let advertised = rates.per_hour(Step::Advertised).map(|rate| self.style.money(Money::new(rate, self.home)));
        rates.kept_percent().zip(advertised).map_or_else(String::new, |(kept, advertised)| {
            format!("{} of the advertised {advertised}", self.style.percent(kept))
        })
    }

    pub(super) fn earned(&self, rates: &Rates) -> String {
        if rates.is_empty() {
            return NONE.to_owned();
        }
        rates.earned().map_or_else(|| NONE.to_owned(), |earned| self.style.money(Money::new(earned, self.home)))
    }

    /// The rate over all hours, how it stands to the floor, and what is to be said of it.
    pub(super) fn rate(&self, rates: &Rates) -> (String, Tone, String) {
        let mut missing = rates.missing_for(Step::AllHours);
        if let Some(first) = missing.next() {
            let more = missing.count();
            let more = if more == 0 { String::new() } else { format!(" (and {more} more)") };
            return (NONE.to_owned(), Tone::Muted, format!("{}{more}", missing_words(first, self.today, self.style)));
        }
        let Some(rate) = rates.per_hour(Step::AllHours) else {
            return (NONE.to_owned(), Tone::Muted, String::new());
        };
        let words = self.style.money(Money::new(rate, self.home));
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
        let dated = stage_on(&platform.stages, self.today);
        let stage = dated.map(|dated| dated.stage);
        let kept = rates.kept_percent();
        let advertised = rates
            .per_hour(Step::Advertised)
            .map_or_else(String::new, |rate| self.style.money(Money::new(rate, self.home)));
        let unpaid = open.not_yet_paid();
        let (state, unpaid_state, late) = self.state(platform, open);
        let next = open.next.as_ref();
        let money = OpenMoney::sums(self.book, open, self.today);
        let earned = if rates.is_empty() { None } else { rates.earned() };
        let income = earned.and_then(|earned| earned.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.income?));
        PlatformRow {
            id: platform.id,
            mark: Mark::of(platform),
            name: platform.name.clone(),
            stage: stage.map_or("", Stage::word),
            stage_since: dated.map_or_else(String::new, |dated| since_words(dated.from, self.today, self.style)),
            stage_tip: stage_rows(&platform.stages, self.today, self.style)
                .iter()
                .map(|row| format!("{}, {}", row.stage, row.when))
                .collect::<Vec<_>>()
                .join("\n"),
            hours: hours(rates),
            earned: self.earned(rates),
            income: income.map_or_else(|| NONE.to_owned(), |figure| self.style.percent(figure)),
            rate,
            tone,
            rate_tip,
            share: kept
                .map(|kept| (kept / Decimal::ONE_HUNDRED).clamp(Decimal::ZERO, Decimal::ONE))
                .and_then(|share| share.to_f32()),
            share_words: self.kept_words(rates),
            advertised,
            unpaid: self.style.bag(&unpaid),
            unpaid_state,
            late,
            unpaid_tip: money.lines(),
            falls: falls_words(self.book, platform, &money.total, self.today).join("\n"),
            next: next.map_or_else(
                || NONE.to_owned(),
                |next| {
                    let words = self.style.window(&next.window, self.today);
                    // That there is something to draw, the next draw says; the column has no room for both.
                    words.strip_prefix("drawable, ").map_or_else(|| words.clone(), str::to_owned)
                },
            ),
            next_amount: next.map_or_else(String::new, |next| {
                if next.estimate { self.style.estimate(next.net) } else { self.style.money(next.net) }
            }),
            next_key: next.map(|next| next.key),
            sort: Keys {
                name: platform.name.to_lowercase(),
                stage: stage.and_then(|stage| Stage::ALL.iter().position(|known| *known == stage)),
                secs: rates.hours.own_secs,
                earned,
                income,
                rate: rates.per_hour(Step::AllHours),
                share: kept,
                unpaid: in_currency(self.book, &unpaid, self.home, self.today).ok().map(|sum| sum.amount),
                // What can be drawn now has no days and comes first.
                next: next.map(|next| next.window.days().map_or(NaiveDate::MIN, |days| days.last)),
                state,
                amount: next
                    .and_then(|next| self.book.convert(next.net, self.home, self.today).ok().map(|sum| sum.amount)),
            },
        }
    }

    /// The state that matters most of what is not yet paid: what is late, else the largest part in the platform's
    /// currency, else the first one that holds anything.
    fn state(&self, platform: &Platform, open: &Exposure) -> (Option<OpenState>, String, bool) {
        if !open.late.is_empty() {
            let how = if open.surely_late { "late" } else { "late?" };
            return (Some(OpenState::Late), format!("{} {how}", self.style.bag(&open.late)), true);
        }
        let amount = |state| open.of(state).of(platform.currency).amount;
        let states = [
            OpenState::Drawable,
            OpenState::Approved,
            OpenState::InTransit,
            OpenState::InReview,
            OpenState::BelowMinimum,
            OpenState::DateUnknown,
            OpenState::Frozen,
            OpenState::Disputed,
        ];
        let mut main: Option<OpenState> = None;
        for state in states {
            if !open.of(state).is_empty() && main.is_none_or(|held| amount(state) > amount(held)) {
                main = Some(state);
            }
        }
        let words = match (main, open.minimum) {
            (Some(OpenState::BelowMinimum), Some(least)) => format!("of {} minimum", self.style.money(least)),
            (Some(state), _) => names::open_state(state).to_owned(),
            (None, _) => String::new(),
        };
        (main, words, false)
    }
}
