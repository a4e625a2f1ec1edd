//! PayPal: the activity download and the statement, in English, German, Spanish and French.
//!
//! Columns are the user's choice and the language the account's. Gross is signed, the fee below zero where it was charged,
//! net is their sum: that is proved on the file before it is believed. A conversion is two rows beside the payment that they
//! name: the payment counts, they are an exchange between own balances.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Found, Known, Reading, Then, joined, needed};
use crate::domain::money::Money;
use crate::domain::span::Timestamp;
use crate::domain::statement::{MoveKind, MoveState, Moved, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, Days, instant_in, time_of_day};
use crate::import::table::{Column, Line, Sheet};
use crate::import::{Options, Unreadable};

pub(super) const KNOWN: [Known; 6] = [
    Known { needs: &["transaction id", "gross", "fee", "net", "type", "status"], then: Then::Read(activity) },
    Known { needs: &["transaktionscode", "brutto", "netto", "typ", "status"], then: Then::Read(activity) },
    Known {
        needs: &["numéro de transaction", "avant commission", "commission", "net", "type"],
        then: Then::Read(activity),
    },
    Known { needs: &["transaction id", "gross", "fee", "net", "description"], then: Then::Read(statement) },
    Known { needs: &["transaktionscode", "brutto", "netto", "beschreibung"], then: Then::Read(statement) },
    Known { needs: &["id. de transacción", "bruto", "neto", "descripción"], then: Then::Read(statement) },
];

/// Addresses, telephone numbers and the like.
const PERSONAL: [&str; 20] = [
    "from email address",
    "to email address",
    "shipping address",
    "address line 1",
    "address line 2/district/neighborhood",
    "town/city",
    "state/province/region/county/territory/prefecture/republic",
    "zip/postal code",
    "contact phone number",
    "bank name",
    "bank account",
    "absender e-mail-adresse",
    "empfänger e-mail-adresse",
    "lieferadresse",
    "adresszeile 1",
    "adresszusatz",
    "ort",
    "bundesland",
    "plz",
    "telefon",
];

struct Columns {
    day: Column,
    time: Option<Column>,
    zone: Option<Column>,
    word: Column,
    status: Option<Column>,
    currency: Column,
    gross: Column,
    fee: Option<Column>,
    net: Column,
    id: Column,
    parent: Option<Column>,
    effect: Option<Column>,
    name: Option<Column>,
    subject: Option<Column>,
}

fn activity(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    read(sheet, options, Reading::new("PayPal activity", "paypal"))
}

/// Of the same money as the activity, and with the same numbers: its rows have the same keys.
fn statement(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    read(sheet, options, Reading::new("PayPal statement", "paypal"))
}

fn read(sheet: &Sheet<'_>, options: Options, reading: Reading) -> Result<Statement, Unreadable> {
    let columns = Columns {
        day: needed(sheet, &["date", "datum", "fecha"])?,
        time: sheet.column(&["time", "uhrzeit", "hora", "heure"]),
        zone: sheet.column(&["timezone", "time zone", "zeitzone", "zona horaria", "fuseau horaire"]),
        word: needed(sheet, &["type", "typ", "description", "beschreibung", "descripción"])?,
        status: sheet.column(&["status", "état", "estado"]),
        currency: needed(sheet, &["currency", "währung", "divisa", "devise"])?,
        gross: needed(sheet, &["gross", "brutto", "bruto", "avant commission"])?,
        fee: sheet.column(&["fee", "gebühr", "entgelt", "comisión", "commission"]),
        net: needed(sheet, &["net", "netto", "neto"])?,
        id: needed(sheet, &["transaction id", "transaktionscode", "id. de transacción", "numéro de transaction"])?,
        parent: sheet.column(&[
            "reference txn id",
            "zugehöriger transaktionscode",
            "id. de referencia de trans.",
            "numéro de la transaction de référence",
        ]),
        effect: sheet.column(&["balance impact", "auswirkung auf guthaben"]),
        name: sheet.column(&["name", "nombre", "nom"]),
        subject: sheet.column(&["subject", "betreff", "asunto", "objet"]),
    };
    let days = Days::decided(sheet.cells(columns.day), options)?;
    let sums = [Some(columns.gross), columns.fee, Some(columns.net)].into_iter().flatten();
    let amounts = Amounts::decided(sums.flat_map(|column| sheet.cells(column)), options)?;
    let fee_is_taken_off = fee_is_taken_off(sheet, &columns, amounts)?;
    let reading = reading.without(sheet, &PERSONAL);
    Ok(reading.rows(sheet, true, |line| row(&columns, days, amounts, fee_is_taken_off, line)))
}

/// Whether net is gross less the fee, instead of gross and the fee: which of the two holds in the rows with a fee.
fn fee_is_taken_off(sheet: &Sheet<'_>, columns: &Columns, amounts: Amounts) -> Result<bool, Unreadable> {
    let number = |line: &Line, column| amounts.number(line.cell_of(column)).ok().flatten().map(|(number, _)| number);
    let (mut plus, mut minus, mut neither) = (0_usize, 0_usize, None);
    for line in sheet.rows() {
        let (gross, net) = (number(line, Some(columns.gross)), number(line, Some(columns.net)));
        let (Some(gross), Some(net), Some(fee)) = (gross, net, number(line, columns.fee)) else { continue };
        if fee.is_zero() {
            continue;
        }
        if gross.checked_add(fee) == Some(net) {
            plus += 1;
        } else if gross.checked_sub(fee) == Some(net) {
            minus += 1;
        } else {
            neither.get_or_insert(line.number);
        }
    }
    match neither {
        Some(line) if plus + minus == 0 => {
            Err(Unreadable::Line { line, why: "gross, fee and net don’t add up, here and in every row with a fee" })
        }
        _ => Ok(minus > plus),
    }
}

fn row(columns: &Columns, days: Days, amounts: Amounts, fee_is_taken_off: bool, line: &Line) -> Result<Found, Why> {
    if line.cell_of(columns.effect).eq_ignore_ascii_case("memo") {
        return Err(Why::Skipped("a memo moves no money"));
    }
    let on = days.day(line.cell(columns.day))?;
    let currency = amounts.currency(line.cell(columns.currency))?;
    let amount = amounts.must(line.cell(columns.net), currency)?;
    let fee = amounts.money(line.cell_of(columns.fee), currency)?;
    let fee = fee.map(|fee| if fee_is_taken_off { fee } else { fee.with(-fee.amount) });
    let (at, bad_clock) = instant(columns, on, line);
    let word = line.cell(columns.word);
    let (state, unknown) = state(line.cell_of(columns.status));
    let (id, name) = (line.cell(columns.id), line.cell_of(columns.name));
    let sign = if amount.amount.is_sign_negative() { "-" } else { "+" };
    let says = Moved {
        on,
        at,
        kind: kind(word),
        amount,
        fee: fee.filter(|fee| !fee.amount.is_zero()).or(Some(Money::new(Decimal::ZERO, currency))),
        other: name.to_owned(),
        text: joined(word, line.cell_of(columns.subject)),
        state,
        reference: id.to_owned(),
        parent: line.cell_of(columns.parent).to_owned(),
    };
    let found = Found::new(&[id, currency.code(), sign], Says::Moved(says));
    Ok(found.noting(unknown).noting(bad_clock))
}

/// The instant, where time and zone are there; a clock time that can't be must not lose the row.
fn instant(columns: &Columns, on: NaiveDate, line: &Line) -> (Option<Timestamp>, Option<Note>) {
    let cell = line.cell_of(columns.time);
    if cell.is_empty() {
        return (None, None);
    }
    match time_of_day(cell) {
        Ok(time) => (instant_in(on, time, line.cell_of(columns.zone)), None),
        Err(_why) => (None, Some(Note::BadClock(cell.to_owned()))),
    }
}

fn state(word: &str) -> (MoveState, Option<Note>) {
    match word.to_lowercase().as_str() {
        // The statement has no states: what stands there is booked.
        "" | "completed" | "abgeschlossen" | "completado" | "terminé" => (MoveState::Done, None),
        "pending" | "ausstehend" | "pendiente" | "en attente" => (MoveState::Pending, None),
        _ => (MoveState::Pending, Some(Note::StateUnknown(word.to_owned()))),
    }
}

/// What a row is, by the words of its type. Held back goes before given back: letting go of a hold is called either.
fn kind(word: &str) -> MoveKind {
    const WORDS: [(MoveKind, &[&str]); 4] = [
        (
            MoveKind::Exchange,
            &["currency conversion", "währungsumrechnung", "conversión de divisa", "conversion de devise"],
        ),
        (MoveKind::Hold, &["hold", "release", "einbehaltung", "retención", "blocage"]),
        (
            MoveKind::Own,
            &["withdrawal", "bank deposit", "abbuchung", "bankgutschrift", "retirada", "retrait", "virement vers"],
        ),
        (MoveKind::Refund, &["refund", "reversal", "rückzahlung", "rückbuchung", "reembolso", "remboursement"]),
    ];
    let word = word.to_lowercase();
    let found = WORDS.iter().find(|(_, words)| words.iter().any(|known| word.contains(known)));
    found.map_or(MoveKind::Payment, |(kind, _)| *kind)
}
