//! OFX and QFX: what banks give to money programs. Version 1 leaves tags open, version 2 is XML, and real files mix both.
//!
//! Read as a run of tags with their texts, which holds for both. The sign gives the direction: a word that says otherwise
//! is noted. A bank's own number is unique for an account only if the bank is kind: day and amount are part of the key.

use rust_decimal::Decimal;

use super::{Found, Reading, end_of};
use crate::domain::money::{Currency, Money};
use crate::domain::statement::{DateOrder, Decimals, MoveKind, MoveState, Moved, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, Days};
use crate::import::{Options, Unreadable};

/// The most letters of a tag's name.
const MOST_NAME: usize = 40;

/// Whether a text is one.
pub(super) fn is_one(text: &str) -> bool {
    let start: String = text.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).chars().take(2_000).collect();
    let start = start.to_uppercase();
    start.starts_with("OFXHEADER") || start.contains("<OFX>") || start.contains("<?OFX")
}

/// A tag with the text that follows it.
struct Tag<'a> {
    line: u64,
    /// In capitals; with a stroke in front where it ends something.
    name: String,
    text: &'a str,
}

/// The tags of a text. A `<` that begins no tag is text.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut line = 1;
    text.split_inclusive('<')
        .scan((), move |(), piece| {
            let here = line;
            line += u64::try_from(piece.matches('\n').count()).unwrap_or(0);
            Some((here, piece.strip_suffix('<').unwrap_or(piece)))
        })
        .skip(1)
        .filter_map(|(line, piece)| {
            let (name, text) = piece.split_once('>')?;
            let is_name = name.len() <= MOST_NAME && !name.contains(char::is_whitespace);
            is_name.then(|| Tag { line, name: name.to_uppercase(), text: text.trim() })
        })
}

/// A transaction that is being read.
#[derive(Default)]
struct Transaction<'a> {
    line: u64,
    word: &'a str,
    day: &'a str,
    amount: &'a str,
    number: &'a str,
    name: &'a str,
    memo: &'a str,
}

pub(super) fn read(text: &str, options: Options) -> Result<Statement, Unreadable> {
    let mut reading = Reading::new("OFX", "ofx");
    let sums: Vec<&str> = tags(text).filter(|tag| tag.name == "TRNAMT").map(|tag| tag.text).collect();
    // A point is the rule, also before three digits.
    let amounts = if sums.iter().any(|sum| sum.contains(',')) {
        Amounts::decided(sums.into_iter(), options)?
    } else {
        Amounts::with(Decimals::Point, options)
    };
    let mut currency: Result<Currency, Why> = Err(Why::Currency(String::new()));
    let (mut bank, mut account) = ("", "");
    let mut open: Option<Transaction<'_>> = None;
    let mut read_any = false;
    for Tag { line, name, text } in tags(text) {
        let into = match name.as_str() {
            "CURDEF" => {
                currency = amounts.currency(text);
                continue;
            }
            "BANKID" => {
                bank = text;
                continue;
            }
            "ACCTID" => {
                reading.statement.personal.insert("account numbers, but for their last four digits".to_owned());
                account = text;
                continue;
            }
            "STMTTRN" | "/STMTTRN" | "/BANKTRANLIST" | "/OFX" => {
                if let Some(done) = open.take() {
                    read_any = true;
                    let found = transaction(&done, currency.clone(), amounts);
                    reading.of_account(&format!("{bank}/{}", end_of(account)), done.line, found);
                }
                if name == "STMTTRN" {
                    open = Some(Transaction { line, ..Transaction::default() });
                }
                continue;
            }
            _ => open.as_mut(),
        };
        let Some(transaction) = into else { continue };
        match name.as_str() {
            "TRNTYPE" => transaction.word = text,
            "DTPOSTED" => transaction.day = text,
            "TRNAMT" => transaction.amount = text,
            "FITID" => transaction.number = text,
            "NAME" | "PAYEE" => transaction.name = text,
            "MEMO" => transaction.memo = text,
            _ => {}
        }
    }
    if let Some(cut_off) = open {
        // The file ends in the middle of it.
        reading.take(cut_off.line, Err(Why::Skipped("the file breaks off here")));
    }
    if read_any { Ok(reading.statement) } else { Err(Unreadable::Empty) }
}

fn transaction(read: &Transaction<'_>, currency: Result<Currency, Why>, amounts: Amounts) -> Result<Found, Why> {
    let currency = currency?;
    // Without an offset it is UTC by the rules and local in practice: the day counts as it is written.
    let day = read.day.get(..8).unwrap_or(read.day);
    let on = Days::with(DateOrder::DayFirst).day(day)?;
    let amount = amounts.must(read.amount, currency)?;
    let came = amount.amount >= Decimal::ZERO;
    let says_otherwise = match read.word.to_uppercase().as_str() {
        "CREDIT" | "DEP" | "DIRECTDEP" | "INT" | "DIV" => !came,
        "DEBIT" | "PAYMENT" | "CHECK" | "ATM" | "POS" | "FEE" | "SRVCHG" => came,
        _ => false,
    };
    let kind = match read.word.to_uppercase().as_str() {
        "FEE" | "SRVCHG" => MoveKind::Fee,
        _ => MoveKind::Payment,
    };
    let (name, memo) = (plain(read.name), plain(read.memo));
    let says = Moved {
        on,
        at: None,
        kind,
        amount: Money::new(amount.amount, currency),
        fee: None,
        other: name,
        text: memo,
        state: MoveState::Done,
        reference: read.number.to_owned(),
        parent: String::new(),
    };
    let sum = amount.amount.normalize().to_string();
    let found = Found::new(&[read.number, &on.to_string(), &sum], Says::Moved(says));
    Ok(found.noting(says_otherwise.then_some(Note::SignAgainstWord)))
}

/// A text with its entities as letters; others than the five stay as they are.
fn plain(text: &str) -> String {
    let mut plain = text.to_owned();
    for (entity, letter) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        if plain.contains(entity) {
            plain = plain.replace(entity, letter);
        }
    }
    plain
}
