//! The rows behind a week: one for each part of a payout that is equally sure, and one for each bill.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::ids::{BillId, PayoutId};
use crate::domain::query::calendar::{Calendar, Expected, ExpectedKey, InTransit};
use crate::domain::query::enough::Due;
use crate::domain::query::sureness::{Comes, Coming, Sureness};
use crate::ui::format::Style;
use crate::ui::view::names::{self, Mark};
use crate::ui::view::payouts::in_list;
use crate::ui::view::reasons;

/// Where a row leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Goes {
    /// To an expected payout.
    Expected(ExpectedKey),
    /// To a payout that was sent.
    Sent(PayoutId),
    /// To a bill, on the day on which it comes due.
    Bill(BillId, NaiveDate),
}

/// Money that comes, or goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyRow {
    /// Where it leads.
    pub goes: Goes,
    /// The platform's badge; none for a bill.
    pub mark: Option<Mark>,
    /// The platform's name; what a bill is for.
    pub name: String,
    /// "Fri 27 Nov – Tue 1 Dec", "drawable now", "4 days late".
    pub when: String,
    /// The same in a narrow list: "draw from Sun 29 Nov".
    pub in_list: String,
    /// "~ $180.00": what should arrive; of a bill "−$900.00".
    pub amount: String,
    /// How sure it is; `None` for a bill.
    pub sureness: Option<Sureness>,
    /// For screen readers: "Outlier, Fri 27 Nov – Tue 1 Dec, ~ $180.00, likely".
    pub spoken: String,
}

/// How well money can be counted on, as a word.
#[must_use]
pub fn sureness(of: Sureness) -> &'static str {
    match of {
        Sureness::Sure => "sure",
        Sureness::Likely => "likely",
        Sureness::Possible => "possible",
    }
}

/// Writes rows.
pub(super) struct Teller<'a> {
    book: &'a Book,
    expected: BTreeMap<ExpectedKey, &'a Expected>,
    sent: BTreeMap<PayoutId, &'a InTransit>,
    today: NaiveDate,
    style: Style,
}

impl<'a> Teller<'a> {
    pub(super) fn new(book: &'a Book, calendar: &'a Calendar, today: NaiveDate) -> Self {
        Self {
            book,
            expected: calendar.expected.iter().map(|expected| (expected.key, expected)).collect(),
            sent: calendar.in_transit.iter().map(|payout| (payout.payout, payout)).collect(),
            today,
            style: Style::of(book.settings()),
        }
    }

    /// The row of a part of a payout; `None` where it is gone.
    pub(super) fn row(&self, one: &Coming) -> Option<MoneyRow> {
        let (goes, when) = match one.of {
            Comes::Expected(key) => {
                (Goes::Expected(key), reasons::when(self.expected.get(&key)?, self.today, self.style))
            }
            Comes::Sent(id) => {
                let days = self.sent.get(&id)?.lands;
                let when = days.map_or_else(|| "under way".to_owned(), |days| self.style.days(days, self.today));
                (Goes::Sent(id), when)
            }
        };
        let name = names::payer(self.book, one.platform);
        let when = if one.so_far { format!("{when}, so far") } else { when };
        let amount = if one.estimate { self.style.estimate(one.net) } else { self.style.money(one.net) };
        Some(MoneyRow {
            goes,
            mark: Mark::of_id(self.book, one.platform),
            spoken: format!("{name}, {when}, {amount}, {}", sureness(one.sureness)),
            name,
            in_list: in_list(&when),
            when,
            amount,
            sureness: Some(one.sureness),
        })
    }

    /// The row of a bill; `None` where it is gone.
    pub(super) fn bill(&self, due: &Due) -> Option<MoneyRow> {
        let bill = self.book.bill(due.bill)?;
        let when = self.style.day(due.on, self.today);
        let amount = self.style.money(due.amount.with(-due.amount.amount));
        Some(MoneyRow {
            goes: Goes::Bill(due.bill, due.on),
            mark: None,
            spoken: format!("Bill: {}, {when}, {}", bill.name, self.style.money(due.amount)),
            name: bill.name.clone(),
            in_list: format!("{}, {when}", bill.name),
            when,
            amount,
            sureness: None,
        })
    }
}
