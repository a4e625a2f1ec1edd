//! What the drafts of a payout mean: each figure or the reason why it is none, whether they add up, and the command.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::matched::{self, Match};
use super::{LegDraft, PayoutForm};
use crate::domain::book::Book;
use crate::domain::command::Settling;
use crate::domain::money::{Currency, Money};
use crate::domain::payout::{Difference, Figure, Figures, Leg, Payout, Sum};
use crate::domain::query::settles::Open;
use crate::ui::format::Style;
use crate::ui::typed;
use crate::ui::view::names;

/// A value that may be missing, or the reason why what was typed is none.
type Maybe<T> = Result<Option<T>, String>;

/// A transfer as it was read.
#[derive(Debug, Clone)]
pub struct LegRead {
    /// The day it left.
    pub sent: Maybe<NaiveDate>,
    /// The day it arrived.
    pub arrived: Maybe<NaiveDate>,
    /// Its fee.
    pub fee: Maybe<Money>,
    /// Its rate.
    pub rate: Maybe<Decimal>,
    /// What arrived.
    pub amount: Maybe<Money>,
}

/// The form as it was read.
#[derive(Debug, Clone)]
pub struct Read {
    /// The day it was sent.
    pub sent: Maybe<NaiveDate>,
    /// The day it arrived.
    pub arrived: Maybe<NaiveDate>,
    /// Gross.
    pub gross: Maybe<Money>,
    /// The platform's fee.
    pub platform_fee: Maybe<Money>,
    /// Tax.
    pub tax: Maybe<Money>,
    /// What the transfers cost.
    pub payout_fee: Maybe<Money>,
    /// The exchange rate.
    pub rate: Maybe<Decimal>,
    /// What arrived.
    pub received: Maybe<Money>,
    /// The transfers one by one.
    pub legs: Vec<LegRead>,
    /// What the figures come to, in words: "~ $4.13 taken off as tax".
    pub sum: String,
    /// Whether they don't add up.
    pub off: bool,
    /// What it settles.
    pub matched: Match,
    /// The payout that it looks like, in words; empty where there is none.
    pub duplicate: String,
    /// What can be sent.
    pub settling: Option<Settling>,
}

struct Reader {
    style: Style,
    today: NaiveDate,
}

impl Reader {
    fn day(&self, draft: &str) -> Maybe<NaiveDate> {
        let day = optional(draft, |text| typed::date(text, self.today).map_err(|reason| reason.to_string()))?;
        if day.is_some_and(|day| day > self.today) { Err("Lies in the future".to_owned()) } else { Ok(day) }
    }

    fn money(&self, draft: &str, otherwise: Currency) -> Maybe<Money> {
        optional(draft, |text| self.style.reader().cash(text, otherwise).map_err(|reason| reason.to_string()))
    }

    /// A sum that is not below nothing; of a currency, where one is asked for.
    fn sum(&self, draft: &str, otherwise: Currency, only: Option<Currency>) -> Maybe<Money> {
        let money = self.money(draft, otherwise)?;
        match money {
            Some(money) if money.amount < Decimal::ZERO => Err("Can’t be below zero".to_owned()),
            Some(money) if only.is_some_and(|only| only != money.currency) => {
                Err(format!("Must be in {otherwise}, as the gross is"))
            }
            money => Ok(money),
        }
    }

    fn rate(&self, draft: &str) -> Maybe<Decimal> {
        optional(draft, |text| {
            let rate = self.style.reader().decimal(text).map_err(|reason| reason.to_string())?;
            if rate > Decimal::ZERO { Ok(rate) } else { Err("A rate is above zero".to_owned()) }
        })
    }

    fn leg(&self, draft: &LegDraft, currency: Currency) -> LegRead {
        let sent = self.day(&draft.sent);
        let arrived = in_order(&sent, self.day(&draft.arrived));
        LegRead {
            arrived,
            sent,
            fee: self.sum(&draft.fee, currency, None),
            rate: self.rate(&draft.rate),
            amount: self.sum(&draft.amount, currency, None),
        }
    }
}

/// A draft that may be empty.
fn optional<T>(draft: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Maybe<T> {
    let text = draft.trim();
    if text.is_empty() || text == "–" { Ok(None) } else { read(text).map(Some) }
}

/// A day of arrival, not before the day it was sent.
fn in_order(sent: &Maybe<NaiveDate>, arrived: Maybe<NaiveDate>) -> Maybe<NaiveDate> {
    match (sent, arrived) {
        (Ok(Some(sent)), Ok(Some(arrived))) if arrived < *sent => Err("Lies before the day it was sent".to_owned()),
        (_, arrived) => arrived,
    }
}

fn known<T: Copy>(figure: &Maybe<T>) -> Option<T> {
    figure.as_ref().ok().copied().flatten()
}

impl LegRead {
    fn reads(&self) -> bool {
        let money = self.fee.is_ok() && self.amount.is_ok() && self.rate.is_ok();
        self.sent.is_ok() && self.arrived.is_ok() && money
    }

    fn leg(&self, to: &str) -> Leg {
        Leg {
            to: to.trim().to_owned(),
            sent_on: known(&self.sent),
            arrived_on: known(&self.arrived),
            fee: known(&self.fee),
            rate: known(&self.rate),
            arrived: known(&self.amount),
        }
    }
}

impl PayoutForm {
    /// Reads the drafts. `open` is what the payout can settle; `today` the calendar's date of the user.
    #[must_use]
    pub fn read(&self, book: &Book, open: &[Open], today: NaiveDate) -> Read {
        let style = Style::of(book.settings());
        let reader = Reader { style, today };
        let currency = known(&reader.money(&self.gross, self.currency(book)))
            .map_or_else(|| self.currency(book), |gross| gross.currency);
        let sent = reader.day(&self.sent);
        let legs: Vec<LegRead> = self.legs.iter().map(|draft| reader.leg(draft, currency)).collect();
        let mut read = Read {
            arrived: in_order(&sent, reader.day(&self.arrived)),
            sent,
            gross: reader.sum(&self.gross, currency, None),
            platform_fee: reader.sum(&self.platform_fee, currency, Some(currency)),
            tax: reader.sum(&self.tax, currency, Some(currency)),
            payout_fee: reader.sum(&self.payout_fee, currency, None),
            rate: reader.rate(&self.rate),
            received: reader.sum(&self.received, currency, None),
            legs,
            sum: String::new(),
            off: false,
            matched: Match::default(),
            duplicate: String::new(),
            settling: None,
        };
        if known(&read.sent).is_none() && known(&read.arrived).is_none() && read.arrived.is_ok() {
            read.arrived = Err("A day is needed: sent, or arrived".to_owned());
        }
        self.check_currencies(&mut read, currency);
        let mut payout = self.payout(&read, book, currency);
        let figures = Figures { gross: known(&read.gross), received: known(&read.received), ..Figures::of(&payout) };
        let sum = figures.sum();
        (read.sum, read.off) = words(&sum, style);
        let gross = match (&sum, known(&read.gross)) {
            (_, Some(gross)) => Some(gross),
            (Sum::Gross(gross), None) => Some(*gross),
            _ => None,
        };
        read.matched = matched::matched(book, style, today, open, self.settles.as_ref(), gross, currency);
        // Where nothing tells the gross, it is what the payout is said to settle.
        let settled = Money::new(read.matched.sum, currency);
        let gross = gross.or_else(|| Some(settled).filter(|sum| sum.amount > Decimal::ZERO));
        if let Some(duplicate) = self.duplicate(book, &read, gross) {
            read.duplicate = duplicate_words(book, duplicate, style, today);
        }
        let Some(gross) = gross else { return read };
        payout.gross = gross;
        payout.gross_computed = known(&read.gross).is_none();
        let surplus = gross.amount - read.matched.sum;
        payout.difference = match self.before.as_ref().and_then(|before| before.difference) {
            None if surplus > Decimal::ZERO => Some(Difference::Unexplained),
            Some(Difference::Unexplained) if surplus.is_zero() => None,
            difference => difference,
        };
        if self.reads(&read) {
            let settles = read.matched.shares.clone();
            read.settling = Some(Settling { payout, settles, earning_seed: self.earning_seed });
        }
        read
    }

    /// Whether every draft reads, and nothing is asked any more.
    fn reads(&self, read: &Read) -> bool {
        let days = read.sent.is_ok() && read.arrived.is_ok();
        let cuts = read.platform_fee.is_ok() && read.tax.is_ok() && read.payout_fee.is_ok() && read.rate.is_ok();
        let ends = read.gross.is_ok() && read.received.is_ok();
        let legs = read.legs.iter().all(LegRead::reads);
        let asked = read.duplicate.is_empty() || self.another;
        days && cuts && ends && legs && asked && read.matched.reads
    }

    /// A fee in a currency that is neither that of the gross nor the one it arrived in, and a rate of a currency to itself.
    fn check_currencies(&self, read: &mut Read, currency: Currency) {
        let arrives_in = known(&read.received).map(|received| received.currency);
        if let Some(fee) = known(&read.payout_fee)
            && fee.currency != currency
            && arrives_in.is_some_and(|arrives_in| arrives_in != fee.currency)
        {
            let other = arrives_in.filter(|other| *other != currency).map(|other| format!(" or {other}"));
            read.payout_fee = Err(format!("Must be in {currency}{}", other.unwrap_or_default()));
        }
        let told = self.before.as_ref().and_then(|before| before.rate());
        if known(&read.rate).is_some_and(|rate| Some(rate) != told && rate != Decimal::ONE)
            && arrives_in == Some(currency)
        {
            read.rate = Err(format!("It arrived in {currency}: there is no exchange"));
        }
    }

    /// The payout without its gross and what it settles.
    fn payout(&self, read: &Read, book: &Book, currency: Currency) -> Payout {
        let mut payout = self
            .before
            .as_ref()
            .map_or_else(|| Payout::of_unknown(self.id, Money::zero(currency)), |before| (**before).clone());
        payout.gross.currency = currency;
        payout.platform = self.platform;
        payout.route = self.route;
        payout.platform_fee = known(&read.platform_fee);
        payout.tax_withheld = known(&read.tax);
        payout.sent_on = known(&read.sent);
        payout.received_on = known(&read.arrived);
        payout.received = known(&read.received);
        self.note.trim().clone_into(&mut payout.note);
        payout.legs = if self.legs.is_empty() {
            self.one_leg(read, book, &payout).into_iter().collect()
        } else {
            self.legs.iter().zip(&read.legs).map(|(draft, read)| read.leg(&draft.to)).collect()
        };
        payout
    }

    /// The way told as one transfer; `None` where neither fee nor rate is known and none was recorded.
    fn one_leg(&self, read: &Read, book: &Book, payout: &Payout) -> Option<Leg> {
        let (fee, rate) = (known(&read.payout_fee), known(&read.rate));
        let before = self.before.as_ref().and_then(|before| before.legs.first());
        if fee.is_none() && rate.is_none() && before.is_none() {
            return None;
        }
        let to = book.route_taken(payout.route, payout.platform).map_or_else(String::new, |route| route.name.clone());
        let before = before.cloned().unwrap_or(Leg { to, ..Leg::default() });
        Some(Leg { fee, rate, arrived_on: payout.received_on, arrived: payout.received, ..before })
    }

    /// Another payout of the same platform, day and amount.
    fn duplicate<'b>(&self, book: &'b Book, read: &Read, gross: Option<Money>) -> Option<&'b Payout> {
        let (sent, arrived) = (known(&read.sent), known(&read.arrived));
        let amounts = [known(&read.received), gross];
        let same_day = |payout: &Payout| {
            (arrived.is_some() && payout.received_on == arrived) || (sent.is_some() && payout.sent_on == sent)
        };
        let same_sum = |payout: &Payout| {
            amounts.into_iter().flatten().any(|sum| payout.received == Some(sum) || payout.gross == sum)
        };
        let before = self.before.as_ref();
        let moved = before.is_none_or(|before| before.received_on != arrived || before.platform != self.platform);
        let others = book.payouts().filter(|payout| payout.id != self.id && payout.platform == self.platform);
        others.map(AsRef::as_ref).find(|payout| moved && same_day(payout) && same_sum(payout))
    }
}

fn duplicate_words(book: &Book, payout: &Payout, style: Style, today: NaiveDate) -> String {
    let name = names::payer(book, payout.platform);
    let amount = style.money(payout.arrived().unwrap_or(payout.gross));
    let on = payout.received_on.or(payout.booked_on()).map(|on| format!(" of {}", style.day(on, today)));
    format!("Looks like the payout{} from {name}, {amount}", on.unwrap_or_default())
}

/// What the figures come to, and whether they don't add up.
fn words(sum: &Sum, style: Style) -> (String, bool) {
    match sum {
        Sum::AddsUp => ("The figures add up".to_owned(), false),
        Sum::Gross(gross) => (format!("Gross {}, computed from the rest", style.estimate(*gross)), false),
        Sum::Received(received) => (format!("{} should arrive, by these figures", style.estimate(*received)), false),
        Sum::Rate(rate) => (format!("Exchange ~ {}, computed from both ends", style.exact(rate.round_dp(4))), false),
        Sum::Left { rest, of } if of.is_empty() => {
            (format!("{} less arrived than the figures say: unexplained", style.money(*rest)), true)
        }
        Sum::Left { rest, of } => {
            let figures: Vec<&str> = of.iter().map(|figure| figure_words(*figure)).collect();
            (format!("{} more was taken off: {}, not said which", style.estimate(*rest), figures.join(" or ")), false)
        }
        Sum::Over(more) => (format!("{} more arrived than the figures leave", style.money(*more)), true),
        Sum::Unknown => ("Gross or received is needed; with an exchange both, or its rate".to_owned(), false),
    }
}

/// A figure inside a sentence.
#[must_use]
pub fn figure_words(figure: Figure) -> &'static str {
    match figure {
        Figure::Gross => "gross",
        Figure::PlatformFee => "platform fee",
        Figure::Tax => "tax",
        Figure::PayoutFee => "payout fee",
        Figure::Received => "received",
    }
}
