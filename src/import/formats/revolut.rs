//! Revolut: the personal statement in English and Italian, and the business one.
//!
//! The fee is above zero and not in the amount: the account changes by the amount less the fee. Pockets mirror the current
//! account. Personal rows have no number: they are known by when they began, since the end is written later.

use super::{Found, Known, Reading, Then, needed};
use crate::domain::money::{Currency, Money};
use crate::domain::statement::{MoveKind, MoveState, Moved, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, Days, instant_in, time_of_day};
use crate::import::table::{Column, Line, Sheet};
use crate::import::{Options, Unreadable};

pub(super) const KNOWN: [Known; 3] = [
    Known { needs: &["started date", "completed date", "state", "product", "amount"], then: Then::Read(personal) },
    Known {
        needs: &["data di inizio", "data di completamento", "stato", "prodotto", "importo"],
        then: Then::Read(personal),
    },
    Known {
        needs: &["date started (utc)", "id", "type", "state", "payment currency", "amount"],
        then: Then::Read(business),
    },
];

/// Numbers of cards and accounts.
const PERSONAL: [&str; 6] = [
    "card number",
    "card label",
    "beneficiary account number",
    "beneficiary sort code or routing number",
    "beneficiary iban",
    "beneficiary bic",
];

struct Columns {
    start: Column,
    id: Option<Column>,
    word: Column,
    state: Column,
    text: Option<Column>,
    payer: Option<Column>,
    product: Option<Column>,
    amount: Column,
    fee: Option<Column>,
    currency: Column,
    parent: Option<Column>,
}

fn personal(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let columns = Columns {
        start: needed(sheet, &["started date", "data di inizio"])?,
        id: None,
        word: needed(sheet, &["type", "tipo"])?,
        state: needed(sheet, &["state", "stato"])?,
        text: sheet.column(&["description", "descrizione"]),
        payer: None,
        product: sheet.column(&["product", "prodotto"]),
        amount: needed(sheet, &["amount", "importo"])?,
        fee: sheet.column(&["fee", "costo"]),
        currency: needed(sheet, &["currency", "valuta"])?,
        parent: None,
    };
    read(sheet, options, &columns, Reading::new("Revolut statement", "revolut").without(sheet, &[]))
}

fn business(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let columns = Columns {
        start: needed(sheet, &["date started (utc)"])?,
        id: sheet.column(&["id"]),
        word: needed(sheet, &["type"])?,
        state: needed(sheet, &["state"])?,
        text: sheet.column(&["description"]),
        payer: sheet.column(&["payer"]),
        product: None,
        amount: needed(sheet, &["amount"])?,
        fee: sheet.column(&["fee"]),
        currency: needed(sheet, &["payment currency"])?,
        parent: sheet.column(&["related transaction id"]),
    };
    read(sheet, options, &columns, Reading::new("Revolut Business", "revolut-business").without(sheet, &PERSONAL))
}

fn read(sheet: &Sheet<'_>, options: Options, columns: &Columns, reading: Reading) -> Result<Statement, Unreadable> {
    let days = Days::decided(sheet.cells(columns.start), options)?;
    let sums = [Some(columns.amount), columns.fee].into_iter().flatten();
    let amounts = Amounts::decided(sums.flat_map(|column| sheet.cells(column)), options)?;
    Ok(reading.rows(sheet, false, |line| row(columns, days, amounts, line)))
}

fn row(columns: &Columns, days: Days, amounts: Amounts, line: &Line) -> Result<Found, Why> {
    let (state, note) = match line.cell(columns.state) {
        "COMPLETED" | "COMPLETATO" => (MoveState::Done, None),
        "PENDING" => (MoveState::Pending, None),
        "REVERTED" | "DECLINED" | "FAILED" => return Err(Why::Skipped("it did not come to pass")),
        other => (MoveState::Pending, Some(Note::StateUnknown(other.to_owned()))),
    };
    if matches!(line.cell_of(columns.product), "Savings" | "Deposit" | "Pocket") {
        return Err(Why::Skipped("a pocket only mirrors the account"));
    }
    let start = line.cell(columns.start);
    let on = days.day(start)?;
    let currency = amounts.currency(line.cell(columns.currency))?;
    let gross = amounts.must(line.cell(columns.amount), currency)?;
    let fee = amounts.money(line.cell_of(columns.fee), currency)?.unwrap_or(Money::zero(currency));
    let sum = gross.amount.checked_sub(fee.amount).ok_or_else(|| Why::Amount(gross.to_string()))?;
    // Not the end of a card's number.
    let text = line.cell_of(columns.text).split(" by *").next().unwrap_or_default();
    let payer = text.strip_prefix("Payment from ").or_else(|| text.strip_prefix("From "));
    let kind = kind(line.cell(columns.word), payer.is_some());
    let other = [line.cell_of(columns.payer), payer.unwrap_or_default()].into_iter().find(|name| !name.is_empty());
    let time = start.split([' ', 'T']).nth(1).and_then(|time| time_of_day(time).ok());
    let id = line.cell_of(columns.id);
    let says = Moved {
        on,
        // The personal statement names no zone.
        at: time.filter(|_| columns.id.is_some()).and_then(|time| instant_in(on, time, "UTC")),
        kind,
        amount: gross.with(sum),
        fee: Some(fee),
        other: other.unwrap_or_default().to_owned(),
        text: text.to_owned(),
        state,
        reference: id.to_owned(),
        parent: line.cell_of(columns.parent).to_owned(),
    };
    let found = if id.is_empty() {
        Found::new(&by_begin(start, gross, fee, currency, text).each_ref().map(String::as_str), Says::Moved(says))
    } else {
        Found::new(&[id], Says::Moved(says))
    };
    Ok(found.noting(note))
}

/// What a row without a number is known by.
fn by_begin(start: &str, gross: Money, fee: Money, currency: Currency, text: &str) -> [String; 5] {
    let plain = |money: Money| money.amount.normalize().to_string();
    [start.to_owned(), plain(gross), plain(fee), currency.code().to_owned(), text.to_owned()]
}

fn kind(word: &str, from_somebody: bool) -> MoveKind {
    match word.to_uppercase().replace(' ', "_").as_str() {
        "EXCHANGE" | "CAMBIO_VALUTA" => MoveKind::Exchange,
        // A transfer from somebody was called a top-up once; others are from the user's own card.
        "TOPUP" | "TOP_UP" | "TOP-UP" | "DEPOSIT" | "RICARICA" if !from_somebody => MoveKind::Own,
        "CARD_REFUND" | "REFUND" => MoveKind::Refund,
        "FEE" | "CHARGE" => MoveKind::Fee,
        _ => MoveKind::Payment,
    }
}
