//! Payoneer: the long report with credit and debit apart, and the short one with a sign. Who paid stands in the text.

use rust_decimal::Decimal;

use super::{Found, Known, Reading, Then, joined, needed};
use crate::domain::money::Money;
use crate::domain::span::Timestamp;
use crate::domain::statement::{Decimals, MoveKind, MoveState, Moved, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, Days, instant_in, time_of_day};
use crate::import::table::{Column, Line, Sheet};
use crate::import::{Options, Unreadable};

pub(super) const KNOWN: [Known; 2] = [
    Known {
        needs: &["transaction date", "description", "credit amount", "debit amount", "currency", "running balance"],
        then: Then::Read(long),
    },
    Known {
        needs: &["date", "description", "amount", "currency", "status", "running balance", "transaction id"],
        then: Then::Read(short),
    },
];

/// The user's own name and account.
const PERSONAL: [&str; 1] = ["target"];

struct Columns {
    day: Column,
    time: Option<Column>,
    zone: Option<Column>,
    id: Option<Column>,
    text: Column,
    more: Option<Column>,
    source: Option<Column>,
    currency: Column,
    status: Option<Column>,
}

fn long(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let columns = columns(sheet, "transaction date")?;
    let (credit_column, debit_column) = (needed(sheet, &["credit amount"])?, needed(sheet, &["debit amount"])?);
    let amounts = Amounts::with(Decimals::Point, options);
    let days = Days::decided(sheet.cells(columns.day), options)?;
    Ok(Reading::new("Payoneer report", "payoneer").without(sheet, &PERSONAL).rows(sheet, false, |line| {
        let currency = amounts.currency(line.cell(columns.currency))?;
        let of = |column| amounts.money(line.cell(column), currency);
        let sum = match (of(credit_column)?, of(debit_column)?) {
            (None, None) => return Err(Why::Amount(String::new())),
            (credit, debit) => {
                let part = |money: Option<Money>| money.map_or(Decimal::ZERO, |money| money.amount);
                // Either column may have a sign of its own: credit is what came.
                part(credit)
                    .checked_sub(part(debit).abs())
                    .ok_or_else(|| Why::Amount(line.cell(debit_column).to_owned()))?
            }
        };
        row(&columns, days, Money::new(sum, currency), line)
    }))
}

fn short(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let columns = columns(sheet, "date")?;
    let amount = needed(sheet, &["amount"])?;
    let amounts = Amounts::with(Decimals::Point, options);
    let days = Days::decided(sheet.cells(columns.day), options)?;
    Ok(Reading::new("Payoneer statement", "payoneer").without(sheet, &[]).rows(sheet, false, |line| {
        let currency = amounts.currency(line.cell(columns.currency))?;
        row(&columns, days, amounts.must(line.cell(amount), currency)?, line)
    }))
}

fn columns(sheet: &Sheet<'_>, day: &str) -> Result<Columns, Unreadable> {
    Ok(Columns {
        day: needed(sheet, &[day])?,
        time: sheet.column(&["transaction time"]),
        zone: sheet.column(&["time zone"]),
        id: sheet.column(&["transaction id"]),
        text: needed(sheet, &["description"])?,
        more: sheet.column(&["additional description"]),
        source: sheet.column(&["source"]),
        currency: needed(sheet, &["currency"])?,
        status: sheet.column(&["status"]),
    })
}

fn row(columns: &Columns, days: Days, amount: Money, line: &Line) -> Result<Found, Why> {
    let (state, note) = match line.cell_of(columns.status) {
        "" | "Completed" => (MoveState::Done, None),
        "Pending" => (MoveState::Pending, None),
        "Canceled" | "Cancelled" => return Err(Why::Skipped("it was cancelled")),
        other => (MoveState::Pending, Some(Note::StateUnknown(other.to_owned()))),
    };
    let on = days.day(line.cell(columns.day))?;
    let text = line.cell(columns.text);
    let lower = text.to_lowercase();
    let payer = text.strip_prefix("Payment from ").or_else(|| text.strip_prefix("Payment to "));
    let kind = match lower.as_str() {
        _ if lower.contains("withdraw") || lower.contains("transfer to bank") => MoveKind::Own,
        _ if lower.contains("conversion") || lower.contains("transfer between") => MoveKind::Exchange,
        _ if lower.contains("refund") => MoveKind::Refund,
        _ if lower.ends_with(" fee") || lower.starts_with("fee") => MoveKind::Fee,
        _ => MoveKind::Payment,
    };
    // The holder's own name, and the end of their account's number, are nobody's business here.
    let is_own = kind == MoveKind::Own;
    let text = if is_own { text.split(" ending ").next().unwrap_or(text) } else { text };
    let source = if is_own { "" } else { line.cell_of(columns.source) };
    let other = payer.map(str::trim).filter(|payer| !payer.is_empty()).unwrap_or(source);
    let id = line.cell_of(columns.id);
    let says = Moved {
        on,
        at: at(columns, on, line),
        kind,
        amount,
        // No row of a fee was ever seen: what comes may be less than was paid, and nobody says.
        fee: None,
        other: other.to_owned(),
        text: joined(text, line.cell_of(columns.more)),
        state,
        reference: id.to_owned(),
        parent: String::new(),
    };
    let sum = amount.amount.normalize().to_string();
    let found = if id.is_empty() {
        Found::new(&[&on.to_string(), &sum, amount.currency.code(), text], Says::Moved(says))
    } else {
        Found::new(&[id], Says::Moved(says))
    };
    Ok(found.noting(note))
}

fn at(columns: &Columns, on: chrono::NaiveDate, line: &Line) -> Option<Timestamp> {
    let time = time_of_day(line.cell_of(columns.time)).ok()?;
    instant_in(on, time, line.cell_of(columns.zone))
}
