//! Wise: the statement of a balance, and the history of all transactions. The same money twice, under the same numbers.
//!
//! The statement's amounts have the fee in them, or in older files as a row of its own under the same number. The history
//! is unsigned: its direction tells, and what a payment out costs is the source amount and the fee.

use super::{Found, Known, Reading, Then, joined, needed};
use crate::domain::money::Money;
use crate::domain::statement::{DateOrder, Decimals, MoveKind, MoveState, Moved, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, Days, instant_in, time_of_day};
use crate::import::table::{Column, Line, Sheet};
use crate::import::{Options, Unreadable};

pub(super) const KNOWN: [Known; 2] = [
    Known { needs: &["transferwise id", "date", "amount", "currency", "running balance"], then: Then::Read(statement) },
    Known {
        needs: &["id", "status", "direction", "source amount (after fees)", "target currency"],
        then: Then::Read(history),
    },
];

/// Numbers of accounts and cards, and what was bought where.
const PERSONAL: [&str; 6] =
    ["payee account number", "card last four digits", "card holder full name", "created by", "merchant", "note"];

fn statement(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let (id, day) = (needed(sheet, &["transferwise id"])?, needed(sheet, &["date"])?);
    let (amount, currency) = (needed(sheet, &["amount"])?, needed(sheet, &["currency"])?);
    let instant = sheet.column(&["date time"]);
    let (text, reference) = (sheet.column(&["description"]), sheet.column(&["payment reference"]));
    let (payer, payee, fees) =
        (sheet.column(&["payer name"]), sheet.column(&["payee name"]), sheet.column(&["total fees"]));
    let amounts = Amounts::with(Decimals::Point, options);
    let days = Days::with(DateOrder::DayFirst);
    let reading = Reading::new("Wise statement", "wise").without(sheet, &PERSONAL);
    Ok(reading.rows(sheet, false, |line| {
        let on = days.day(line.cell(day))?;
        let currency = amounts.currency(line.cell(currency))?;
        let amount = amounts.must(line.cell(amount), currency)?;
        let (number, description) = (line.cell(id), line.cell_of(text));
        let is_fee = description.starts_with("Wise Charges for");
        let kind = match number {
            _ if is_fee => MoveKind::Fee,
            _ if number.starts_with("BALANCE-") => MoveKind::Exchange,
            _ => MoveKind::Payment,
        };
        let time = line.cell_of(instant).split(' ').nth(1).and_then(|time| time_of_day(time).ok());
        let other = [line.cell_of(payer), line.cell_of(payee)].into_iter().find(|name| !name.is_empty());
        let says = Moved {
            on,
            at: time.and_then(|time| instant_in(on, time, "UTC")),
            kind,
            amount,
            fee: amounts.money(line.cell_of(fees), currency)?,
            other: other.unwrap_or_default().to_owned(),
            text: joined(description, line.cell_of(reference)),
            state: MoveState::Done,
            reference: number.to_owned(),
            parent: String::new(),
        };
        let parts = [number, currency.code(), sign(amount), if is_fee { "fee" } else { "" }];
        Ok(Found::new(&parts, Says::Moved(says)))
    }))
}

struct History {
    id: Column,
    status: Column,
    direction: Column,
    finished: Column,
    fee: Option<Column>,
    source: (Option<Column>, Column, Column),
    target: (Option<Column>, Column, Column),
    reference: Option<Column>,
}

fn history(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let columns = History {
        id: needed(sheet, &["id"])?,
        status: needed(sheet, &["status"])?,
        direction: needed(sheet, &["direction"])?,
        finished: needed(sheet, &["finished on"])?,
        fee: sheet.column(&["source fee amount"]),
        source: (
            sheet.column(&["source name"]),
            needed(sheet, &["source amount (after fees)"])?,
            needed(sheet, &["source currency"])?,
        ),
        target: (
            sheet.column(&["target name"]),
            needed(sheet, &["target amount (after fees)"])?,
            needed(sheet, &["target currency"])?,
        ),
        reference: sheet.column(&["reference"]),
    };
    let amounts = Amounts::with(Decimals::Point, options);
    let reading = Reading::new("Wise history", "wise").without(sheet, &PERSONAL);
    Ok(reading.rows(sheet, false, |line| of_history(&columns, amounts, line)))
}

fn of_history(columns: &History, amounts: Amounts, line: &Line) -> Result<Found, Why> {
    let incoming = line.cell(columns.direction) == "IN";
    let (state, note) = match (line.cell(columns.status), incoming) {
        ("COMPLETED" | "REFUNDED", true) | ("COMPLETED", false) => (MoveState::Done, None),
        ("REFUNDED", false) => return Err(Why::Skipped("it left and came back")),
        ("CANCELLED", _) => return Err(Why::Skipped("it was cancelled")),
        (other, _) => (MoveState::Pending, Some(Note::StateUnknown(other.to_owned()))),
    };
    let finished = line.cell(columns.finished);
    let on = Days::with(DateOrder::DayFirst).day(finished)?;
    let time = finished.split(' ').nth(1).and_then(|time| time_of_day(time).ok());
    let (from, to) = (line.cell_of(columns.source.0), line.cell_of(columns.target.0));
    let (other, (_, sum, currency)) = if incoming { (from, columns.target) } else { (to, columns.source) };
    let currency = amounts.currency(line.cell(currency))?;
    let sum = amounts.must(line.cell(sum), currency)?;
    let (amount, fee) = if incoming {
        // The fee is the sender's.
        (sum, None)
    } else {
        let fee = amounts.money(line.cell_of(columns.fee), currency)?.unwrap_or(Money::zero(currency));
        let cost = sum.amount.checked_add(fee.amount).ok_or_else(|| Why::Amount(sum.to_string()))?;
        (sum.with(-cost), Some(fee))
    };
    let is_own = from == to && !from.is_empty();
    let kind = match (is_own, incoming) {
        (true, true) => MoveKind::Own,
        (true, false) => MoveKind::Exchange,
        (false, _) if line.cell(columns.status) == "REFUNDED" => MoveKind::Refund,
        (false, _) => MoveKind::Payment,
    };
    let id = line.cell(columns.id);
    let says = Moved {
        on,
        at: time.and_then(|time| instant_in(on, time, "UTC")),
        kind,
        amount,
        fee,
        other: if is_own { String::new() } else { other.to_owned() },
        text: line.cell_of(columns.reference).to_owned(),
        state,
        reference: id.to_owned(),
        parent: String::new(),
    };
    // The key of the statement: the same money has the same number there.
    Ok(Found::new(&[id, currency.code(), sign(amount), ""], Says::Moved(says)).noting(note))
}

fn sign(amount: Money) -> &'static str {
    if amount.amount.is_sign_negative() { "-" } else { "+" }
}
