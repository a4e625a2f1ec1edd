//! What every input must hold to, in one place: lengths, ranges, order.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::money::{Currency, Money};
use crate::domain::payout::Payout;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::schedule::Lag;
use crate::domain::session::Session;
use crate::domain::span::{Now, date_in, day_plus};
use crate::domain::terms::{Pay, Range, Terms};

/// How much is taken in. Generous: what lies beyond is a slip or an attack.
pub mod limits {
    use chrono::TimeDelta;

    /// Letters of a name.
    pub const NAME_LETTERS: usize = 120;
    /// Letters of a note.
    pub const NOTE_LETTERS: usize = 4_000;
    /// Hours of one session by the clock; longer ones are a wrong day.
    pub const SESSION_HOURS: i64 = 72;
    /// Hours of a session that only declares its hours ("last month, 160 h").
    pub const DECLARED_HOURS: i64 = 1_000;
    /// Days over which hours without clock times are spread: a year.
    pub const DECLARED_DAYS: i64 = 366;
    /// Tasks of one session.
    pub const TASKS: u32 = 100_000;
    /// The highest hourly rate or price, in major units of a currency worth about a dollar or more.
    pub const RATE: i64 = 10_000;
    /// The same for every other currency: 25 dollars are some 400,000 rupiah.
    pub const RATE_IN_SMALL_UNITS: i64 = 10_000_000;
    /// The highest amount, in major units of any currency.
    pub const AMOUNT: i64 = 1_000_000_000;
    /// How far the machine's clock may be behind a time that was typed.
    pub const FUTURE: TimeDelta = TimeDelta::minutes(2);
}

/// A name: something, and not too much of it.
pub(super) fn name(what: &'static str, text: &str) -> Result<(), Refused> {
    if text.trim().is_empty() {
        return Err(Refusal::Empty(what).at(Field::Name));
    }
    letters(what, text, limits::NAME_LETTERS, Field::Name)
}

/// A text that may be empty: not too long.
pub(super) fn text(what: &'static str, text: &str) -> Result<(), Refused> {
    letters(what, text, limits::NAME_LETTERS, Field::Name)
}

/// A web address or a path: something, and not too long.
pub(super) fn place(what: &'static str, text: &str) -> Result<(), Refused> {
    if text.trim().is_empty() {
        return Err(Refusal::Empty(what).at(Field::Place));
    }
    letters(what, text, limits::NOTE_LETTERS, Field::Place)
}

/// A note: not too long.
pub(super) fn note(text: &str) -> Result<(), Refused> {
    letters("The note", text, limits::NOTE_LETTERS, Field::Note)
}

fn letters(what: &'static str, text: &str, most: usize, field: Field) -> Result<(), Refused> {
    let letters = text.chars().count();
    if letters > most { Err(Refusal::TooManyLetters { what, letters, most }.at(field)) } else { Ok(()) }
}

/// A rate or price: above zero and believable in its currency.
pub(super) fn rate(rate: Money) -> Result<(), Refused> {
    above_zero(rate.amount, most_an_hour(rate.currency), Field::Rate)
}

/// An exchange rate: above zero and believable.
pub(super) fn exchange_rate(rate: Decimal) -> Result<(), Refused> {
    above_zero(rate, limits::RATE_IN_SMALL_UNITS, Field::Rate)
}

fn most_an_hour(currency: Currency) -> i64 {
    let large = ["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"];
    if large.contains(&currency.code()) { limits::RATE } else { limits::RATE_IN_SMALL_UNITS }
}

/// An amount that may be negative, but is believable.
pub(super) fn amount(money: Money) -> Result<(), Refused> {
    let most = Decimal::from(limits::AMOUNT);
    if money.amount.abs() > most { Err(Refusal::Absurd(money.amount, most).at(Field::Amount)) } else { Ok(()) }
}

/// A figure above zero, of minutes or of a scale.
pub(super) fn positive_figure(figure: Decimal) -> Result<(), Refused> {
    above_zero(figure, limits::AMOUNT, Field::Amount)
}

/// An amount above zero.
pub(super) fn positive_amount(money: Money) -> Result<(), Refused> {
    above_zero(money.amount, limits::AMOUNT, Field::Amount)
}

fn above_zero(figure: Decimal, most: i64, field: Field) -> Result<(), Refused> {
    let most = Decimal::from(most);
    if figure <= Decimal::ZERO {
        Err(Refusal::NotAboveZero(figure).at(field))
    } else if figure > most {
        Err(Refusal::Absurd(figure, most).at(field))
    } else {
        Ok(())
    }
}

/// A fee, a tax or what arrived, which may be nothing.
pub(super) fn not_negative(money: Option<Money>, field: Field) -> Result<(), Refused> {
    let Some(money) = money else { return Ok(()) };
    amount(money).map_err(|refused| refused.refusal.at(field))?;
    if money.amount < Decimal::ZERO { Err(Refusal::Negative(money.amount).at(field)) } else { Ok(()) }
}

/// A payout: no fee below nothing, rates above it, days in order, cuts in the currency of the gross.
pub(super) fn payout(payout: &Payout) -> Result<(), Refused> {
    amount(payout.gross)?;
    not_negative(payout.received.filter(|_| payout.gross.amount >= Decimal::ZERO), Field::Amount)?;
    for cut in [payout.platform_fee, payout.tax_withheld].into_iter().flatten() {
        not_negative(Some(cut), Field::Fee)?;
        if cut.currency != payout.gross.currency {
            let refusal = Refusal::WrongCurrency { expected: payout.gross.currency, found: cut.currency };
            return Err(refusal.at(Field::Fee));
        }
    }
    let in_order = |sent: Option<chrono::NaiveDate>, arrived: Option<chrono::NaiveDate>| match (sent, arrived) {
        (Some(sent), Some(arrived)) if arrived < sent => {
            Err(Refusal::ArrivesBeforeSent { sent, arrived }.at(Field::Day))
        }
        _ => Ok(()),
    };
    for leg in &payout.legs {
        text("The account", &leg.to)?;
        not_negative(leg.fee, Field::Fee)?;
        leg.rate.map_or(Ok(()), exchange_rate)?;
        not_negative(leg.arrived, Field::Amount)?;
        in_order(leg.sent_on, leg.arrived_on)?;
    }
    in_order(payout.sent_on, payout.received_on)?;
    note(&payout.note)
}

/// A share: 0 to 100 per cent.
pub(super) fn percent(share: Option<Decimal>) -> Result<(), Refused> {
    match share {
        Some(share) if share < Decimal::ZERO || share > Decimal::ONE_HUNDRED => {
            Err(Refusal::NotAShare(share).at(Field::Percent))
        }
        _ => Ok(()),
    }
}

/// An advertised range: both ends above zero and in order.
fn advertised(range: Range, currency: Currency) -> Result<(), Refused> {
    for end in [range.low, range.high] {
        above_zero(end, most_an_hour(currency), Field::Advertised)?;
    }
    if range.low > range.high { Err(Refusal::RangeReversed.at(Field::Advertised)) } else { Ok(()) }
}

/// Terms: rates, prices and shares that can be.
pub(super) fn terms(terms: &Terms) -> Result<(), Refused> {
    match &terms.pay {
        Pay::PerHour(price) | Pay::PerTask(price) => rate(Money::new(*price, terms.currency))?,
        Pay::PerUnit { unit, price } => {
            name("The unit", unit).map_err(|refused| refused.refusal.at(Field::Unit))?;
            rate(Money::new(*price, terms.currency))?;
        }
        Pay::Milestones(milestones) => {
            for milestone in milestones {
                name("The milestone", &milestone.name).map_err(|refused| refused.refusal.at(Field::Milestones))?;
                above_zero(milestone.amount, limits::AMOUNT, Field::Milestones)?;
            }
        }
        Pay::BySession => {}
    }
    if let Some(range) = terms.advertised {
        advertised(range, terms.currency)?;
    }
    percent(terms.held_percent)?;
    for (cap, most) in [(terms.cap_hours_a_day, 24), (terms.cap_hours_a_week, 168)] {
        cap.map_or(Ok(()), |cap| above_zero(cap, most, Field::Cap))?;
    }
    for mission in &terms.missions {
        name("The mission", &mission.name).map_err(|refused| refused.refusal.at(Field::Missions))?;
        above_zero(mission.count.into(), limits::TASKS.into(), Field::Missions)?;
        above_zero(mission.amount, limits::AMOUNT, Field::Missions)?;
    }
    Ok(())
}

/// A lag: in order, and under ten years.
pub(super) fn lag(lag: Lag) -> Result<(), Refused> {
    if lag.min_days > lag.max_days {
        return Err(Refusal::RangeReversed.at(Field::Rule));
    }
    if lag.max_days > 3_650 { Err(Refusal::TooMany(lag.max_days, 3_650).at(Field::Rule)) } else { Ok(()) }
}

/// A day on which money came: not after today, in the user's zone.
pub(super) fn has_come(on: NaiveDate, now: Now) -> Result<(), Refused> {
    if on > date_in(now.at, now.zone) {
        return Err(Refusal::InTheFuture { now: now.at, zone: now.zone }.at(Field::Day));
    }
    Ok(())
}

/// A day of money or of a promise: it may be a day ahead of the first day of the work where zones differ, and no more.
pub(super) fn after_the_work(on: NaiveDate, worked: NaiveDate) -> Result<(), Refused> {
    if on < day_plus(worked, -1) { Err(Refusal::BeforeTheWork(worked).at(Field::Day)) } else { Ok(()) }
}

/// A session: in order, not in the future, believable.
pub(super) fn session(session: &Session, now: Now) -> Result<(), Refused> {
    let latest = now.at + limits::FUTURE;
    let future = Refusal::InTheFuture { now: now.at, zone: session.zone };
    if session.started_at > latest {
        return Err(future.at(Field::Start));
    }
    if let Some(ended_at) = session.ended_at {
        if ended_at < session.started_at {
            let refusal = Refusal::EndsBeforeStart { started_at: session.started_at, ended_at, zone: session.zone };
            return Err(refusal.at(Field::End));
        }
        if session.declared_secs.is_none() {
            if ended_at > latest {
                return Err(future.at(Field::End));
            }
            if (ended_at - session.started_at).num_hours() > limits::SESSION_HOURS {
                return Err(Refusal::TooLong(limits::SESSION_HOURS).at(Field::End));
            }
        }
    }
    pauses(session)?;
    if let Some(secs) = session.declared_secs {
        if secs <= 0 {
            return Err(Refusal::NoTime.at(Field::End));
        }
        if secs > limits::DECLARED_HOURS * 3600 {
            return Err(Refusal::TooLong(limits::DECLARED_HOURS).at(Field::End));
        }
    }
    if let Some(secs) = session.credited_secs {
        if secs < 0 {
            return Err(Refusal::NotAboveZero(secs.into()).at(Field::Credited));
        }
        if secs > limits::DECLARED_HOURS * 3600 {
            return Err(Refusal::TooLong(limits::DECLARED_HOURS).at(Field::Credited));
        }
    }
    if let Some(tasks) = session.tasks.map(u32::from)
        && tasks > limits::TASKS
    {
        return Err(Refusal::TooMany(tasks, limits::TASKS).at(Field::Tasks));
    }
    if session.unit_thousandths > 999 {
        return Err(Refusal::TooMany(session.unit_thousandths, 999).at(Field::Tasks));
    }
    if let Some(price) = session.own_price {
        rate(price)?;
    }
    if let Some(task_type) = &session.task_type {
        letters("The task type", task_type, limits::NAME_LETTERS, Field::Name)?;
    }
    note(&session.note)
}

fn pauses(session: &Session) -> Result<(), Refused> {
    let outside = || Refusal::PauseOutside.at(Field::Whole);
    let mut after = session.started_at;
    for (at, pause) in session.pauses.iter().enumerate() {
        let last = at + 1 == session.pauses.len();
        if pause.from < after || session.ended_at.is_some_and(|end| pause.from > end) {
            return Err(outside());
        }
        match pause.until {
            Some(until) if until < pause.from || session.ended_at.is_some_and(|end| until > end) => {
                return Err(outside());
            }
            Some(until) => after = until,
            None if !last || session.ended_at.is_some() => return Err(outside()),
            None => {}
        }
    }
    Ok(())
}

/// A count with its noun: "1 session", "2 sessions".
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
