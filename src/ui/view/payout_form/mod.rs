//! A payout by hand: drafts of its figures, its transfers and what it settles, and what they mean. No egui.
//!
//! A draft stays text until the form is sent. What is left empty is missing and never zero; what follows from the rest is
//! told as computed.

mod matched;
mod read;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::command::Settleable;
use crate::domain::ids::{EarningId, PayoutId, PlatformId, RouteId};
use crate::domain::money::{Currency, Money};
use crate::domain::payout::{Leg, Payout};
use crate::domain::query::calendar::Calendar;
use crate::domain::query::settles::{self, Open};
use crate::ui::format::Style;

pub use matched::{Item, Match};
pub use read::{LegRead, Read};

/// A transfer while it is typed.
#[derive(Debug, Clone, Default)]
pub struct LegDraft {
    /// The account.
    pub to: String,
    /// The day it left.
    pub sent: String,
    /// The day it arrived.
    pub arrived: String,
    /// Its fee.
    pub fee: String,
    /// Its exchange rate.
    pub rate: String,
    /// What arrived.
    pub amount: String,
}

/// The form.
#[derive(Debug)]
pub struct PayoutForm {
    /// The payout as it was; `None` of a new one.
    pub before: Option<Arc<Payout>>,
    id: PayoutId,
    earning_seed: EarningId,
    /// Who paid; `None` where that is not known.
    pub platform: Option<PlatformId>,
    /// The way it took; `None` means the usual one.
    pub route: Option<RouteId>,
    /// The day it was sent.
    pub sent: String,
    /// The day it arrived.
    pub arrived: String,
    /// Gross.
    pub gross: String,
    /// The platform's fee.
    pub platform_fee: String,
    /// Tax withheld, or on the fee.
    pub tax: String,
    /// What the transfers cost, where they are not told one by one.
    pub payout_fee: String,
    /// The exchange rate, where the transfers are not told one by one.
    pub rate: String,
    /// What arrived.
    pub received: String,
    /// The transfers one by one; empty where they are told as one.
    pub legs: Vec<LegDraft>,
    /// What it settles, in the user's own choice; `None` while the oldest is suggested.
    pub settles: Option<BTreeMap<Settleable, String>>,
    /// The user's note.
    pub note: String,
    /// It looks like another, and is none.
    pub another: bool,
}

/// An amount as people write it, where that reads back as the same; else with its code.
fn words(money: Option<Money>, style: Style) -> String {
    money.map_or_else(String::new, |money| {
        let words = style.money(money);
        let same = style.reader().money(&words, money.currency) == Ok(money);
        if same { words } else { format!("{} {}", style.exact(money.amount), money.currency) }
    })
}

impl PayoutForm {
    /// A new payout that came today from the platform given.
    #[must_use]
    pub fn new(
        book: &Book,
        platform: Option<PlatformId>,
        today: NaiveDate,
        (id, earning_seed): (PayoutId, EarningId),
    ) -> Self {
        let style = Style::of(book.settings());
        Self {
            before: None,
            id,
            earning_seed,
            platform,
            route: None,
            sent: String::new(),
            arrived: style.day(today, today),
            gross: String::new(),
            platform_fee: String::new(),
            tax: String::new(),
            payout_fee: String::new(),
            rate: String::new(),
            received: String::new(),
            legs: Vec::new(),
            settles: None,
            note: String::new(),
            another: false,
        }
    }

    /// One that is there, with all that is known of it.
    #[must_use]
    pub fn edit(book: &Book, payout: &Arc<Payout>, today: NaiveDate, earning_seed: EarningId) -> Self {
        let style = Style::of(book.settings());
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| style.day(day, today));
        let rate = |rate: Option<rust_decimal::Decimal>| rate.map_or_else(String::new, |rate| style.exact(rate));
        let several = payout.legs.len() > 1;
        let leg = |leg: &Leg| LegDraft {
            to: leg.to.clone(),
            sent: day(leg.sent_on),
            arrived: day(leg.arrived_on),
            fee: words(leg.fee, style),
            rate: rate(leg.rate),
            amount: words(leg.arrived, style),
        };
        let part = |part: &crate::domain::payout::Allocation| {
            (Settleable::Earning(part.earning), words(Some(part.amount), style))
        };
        Self {
            id: payout.id,
            earning_seed,
            platform: payout.platform,
            route: payout.route,
            sent: day(payout.sent_on),
            arrived: day(payout.received_on),
            gross: words(Some(payout.gross).filter(|_| !payout.gross_computed), style),
            platform_fee: words(payout.platform_fee, style),
            tax: words(payout.tax_withheld, style),
            payout_fee: words(payout.payout_fee().filter(|_| !several), style),
            rate: rate(payout.rate().filter(|_| !several)),
            received: words(payout.received, style),
            legs: if several { payout.legs.iter().map(leg).collect() } else { Vec::new() },
            settles: Some(payout.allocations.iter().map(part).collect()),
            note: payout.note.clone(),
            another: false,
            before: Some(Arc::clone(payout)),
        }
    }

    /// The currency of what is owed: that of the payout as it was, else the platform's, else the user's own.
    #[must_use]
    pub fn currency(&self, book: &Book) -> Currency {
        let before = self.before.as_ref().map(|payout| payout.gross.currency);
        let platform = self.platform.and_then(|id| book.platform(id)).map(|platform| platform.currency);
        before.or(platform).unwrap_or(book.settings().home_currency)
    }

    /// What it can settle, the oldest first; nothing while nobody knows who paid.
    #[must_use]
    pub fn open(&self, book: &Book, calendar: &Calendar) -> Vec<Open> {
        self.platform.map_or_else(Vec::new, |id| settles::open(book, calendar, id, self.before.as_deref()))
    }

    /// Another platform: the choice of what it settles begins anew.
    pub fn set_platform(&mut self, platform: Option<PlatformId>) {
        if platform != self.platform {
            self.platform = platform;
            self.route = None;
            self.settles = None;
        }
    }

    /// The transfers one by one: those of the route, else one.
    pub fn tell_legs(&mut self, book: &Book) {
        let route = book.route_taken(self.route, self.platform);
        let steps = route.map(|route| route.steps.as_slice()).unwrap_or_default();
        self.legs = steps.iter().map(|step| LegDraft { to: step.to.clone(), ..LegDraft::default() }).collect();
        while self.legs.len() < 2 {
            self.legs.push(LegDraft::default());
        }
        let fee = std::mem::take(&mut self.payout_fee);
        let rate = std::mem::take(&mut self.rate);
        if let Some(first) = self.legs.first_mut() {
            (first.fee, first.rate) = (fee, rate);
        }
    }
}
