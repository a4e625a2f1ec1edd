//! Upwork: the statement of old, the transaction report of 2026, the weekly summary.
//!
//! In the first two what was earned, and fee, VAT on the fee and tax withheld as rows of their own below zero; all are
//! posted. The weekly summary is work: the same money before fees, without a state, and never added to the others.

use super::{Found, Known, Reading, Then, needed};
use crate::domain::money::Currency;
use crate::domain::statement::{
    CreditKind, CreditState, Credited, Decimals, MoveKind, MoveState, Moved, Note, Says, Statement,
};
use crate::import::cells::{Amounts, Days, hours};
use crate::import::table::{Column, Sheet};
use crate::import::{Options, Unreadable};

pub(super) const KNOWN: [Known; 3] = [
    Known { needs: &["ref id", "agency", "type", "amount", "balance"], then: Then::Read(statement) },
    Known {
        needs: &["transaction id", "transaction type", "transaction summary", "amount $"],
        then: Then::Read(report),
    },
    Known { needs: &["date", "contract", "hours", "amount", "payment type"], then: Then::Read(weekly) },
];

/// Names and numbers of others.
const PERSONAL: [&str; 4] = ["freelancer", "agency team", "account name", "payment method"];

struct Columns {
    day: Column,
    id: Column,
    word: Column,
    text: Option<Column>,
    client: Option<Column>,
    amount: Column,
}

fn statement(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let columns = Columns {
        day: needed(sheet, &["date"])?,
        id: needed(sheet, &["ref id"])?,
        word: needed(sheet, &["type"])?,
        text: sheet.column(&["description"]),
        client: sheet.column(&["team"]),
        amount: needed(sheet, &["amount"])?,
    };
    posted(sheet, options, &columns, Reading::new("Upwork statement", "upwork-statement").paid_by("Upwork"))
}

fn report(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let columns = Columns {
        day: needed(sheet, &["date"])?,
        id: needed(sheet, &["transaction id"])?,
        word: needed(sheet, &["transaction type"])?,
        text: sheet.column(&["transaction summary"]),
        client: sheet.column(&["client team"]),
        amount: needed(sheet, &["amount $"])?,
    };
    posted(sheet, options, &columns, Reading::new("Upwork transactions", "upwork").paid_by("Upwork"))
}

fn posted(sheet: &Sheet<'_>, options: Options, columns: &Columns, reading: Reading) -> Result<Statement, Unreadable> {
    let days = Days::decided(sheet.cells(columns.day), options)?;
    let amounts = Amounts::with(Decimals::Point, options);
    let reading = reading.without(sheet, &PERSONAL);
    Ok(reading.rows(sheet, false, |line| {
        let (cell, word, id) = (line.cell(columns.amount), line.cell(columns.word), line.cell(columns.id));
        let on = days.day(line.cell(columns.day))?;
        let amount = amounts.must(cell, Currency::USD)?;
        // A spreadsheet drops zeros at the end: rows are known by the amount as the file has it.
        let two_places = format!("{:.2}", amount.amount);
        let cell = if amount.amount.scale() < 2 { two_places.as_str() } else { cell };
        let (project, text) = (line.cell_of(columns.client).to_owned(), line.cell_of(columns.text).to_owned());
        let kind = match word.to_lowercase().as_str() {
            "withdrawal" => {
                let says = Moved {
                    on,
                    at: None,
                    kind: MoveKind::Own,
                    amount,
                    fee: None,
                    other: String::new(),
                    // The end of an account's number is nobody's business here.
                    text: text.split(':').next().unwrap_or_default().to_owned(),
                    state: MoveState::Done,
                    reference: id.to_owned(),
                    parent: String::new(),
                };
                return Ok(Found::new(&[id, word, cell], Says::Moved(says)));
            }
            "hourly" | "fixed price" | "fixed-price" | "milestone" => CreditKind::Work,
            "bonus" => CreditKind::Bonus,
            "refund" | "adjustment" | "miscellaneous" => CreditKind::Adjustment,
            // Fee, VAT on it, tax withheld, Connects, membership: what is new and below zero is a cost.
            _ if amount.amount.is_sign_negative() => CreditKind::Fee,
            _ => CreditKind::Adjustment,
        };
        let says = Credited {
            on,
            is_work_day: false,
            at: None,
            kind,
            word: word.to_owned(),
            amount,
            state: CreditState::Available,
            secs: None,
            project,
            reference: text,
        };
        Ok(found(&[id, word, cell], says))
    }))
}

fn weekly(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let (day, contract) = (needed(sheet, &["date"])?, needed(sheet, &["contract"])?);
    let (time, amount, word) =
        (needed(sheet, &["hours"])?, needed(sheet, &["amount"])?, needed(sheet, &["payment type"])?);
    let days = Days::decided(sheet.cells(day), options)?;
    let amounts = Amounts::with(Decimals::Point, options);
    let reading = Reading::new("Upwork weekly summary", "upwork-weekly").paid_by("Upwork").without(sheet, &[]);
    Ok(reading.rows(sheet, false, |line| {
        let (name, id) = contract_of(line.cell(contract));
        let kind = match line.cell(word) {
            "Bonus" => CreditKind::Bonus,
            _ => CreditKind::Work,
        };
        let secs = match amounts.number(line.cell(time))? {
            Some((number, _)) if !number.is_zero() => Some(hours(number)?),
            _ => None,
        };
        let says = Credited {
            on: days.day(line.cell(day))?,
            // What has a fixed price is told on the day of its payment.
            is_work_day: secs.is_some(),
            at: None,
            kind,
            word: line.cell(word).to_owned(),
            amount: amounts.must(line.cell(amount), Currency::USD)?,
            // The file has no states: what was worked is not what was approved.
            state: CreditState::Pending,
            secs,
            project: name.to_owned(),
            reference: id.to_owned(),
        };
        let parts = [line.cell(day), id, line.cell(word), line.cell(amount)];
        Ok(found(&parts, says))
    }))
}

/// What was credited; of work whose day is not told it says so.
fn found(parts: &[&str], says: Credited) -> Found {
    let is_untold = says.kind == CreditKind::Work && !says.is_work_day;
    Found::new(parts, Says::Credited(says)).noting(is_untold.then_some(Note::WorkDayUnknown))
}

/// Name and number of a contract: `Lantern maps (30000001)`.
fn contract_of(cell: &str) -> (&str, &str) {
    let parts = cell.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    parts.filter(|(_, id)| id.bytes().all(|letter| letter.is_ascii_digit())).unwrap_or((cell, cell))
}
