//! Outlier: the earnings CSV of its earnings page.
//!
//! One task may have several rows: time up to an allowance, time beyond it at another rate, a correction. The amount counts
//! and never rate × time, which differ in some rows. “Processed” money has left the platform; it has not come yet.

use rust_decimal::Decimal;

use super::{Found, Known, Reading, Then, needed};
use crate::domain::money::Currency;
use crate::domain::statement::{CreditKind, CreditState, Credited, Decimals, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, day_of_words, words};
use crate::import::table::{Column, Line, Sheet};
use crate::import::{Options, Unreadable};

pub(super) const KNOWN: [Known; 1] =
    [Known { needs: &["workdate", "itemid", "rateapplied", "paytype", "payout"], then: Then::Read(read) }];

struct Columns {
    day: Column,
    item: Column,
    length: Option<Column>,
    rate: Column,
    payout: Column,
    word: Column,
    project: Option<Column>,
    status: Option<Column>,
}

fn read(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let columns = Columns {
        day: needed(sheet, &["workdate"])?,
        item: needed(sheet, &["itemid"])?,
        length: sheet.column(&["duration"]),
        rate: needed(sheet, &["rateapplied"])?,
        payout: needed(sheet, &["payout"])?,
        word: needed(sheet, &["paytype"])?,
        project: sheet.column(&["projectname"]),
        status: sheet.column(&["status"]),
    };
    let amounts = Amounts::with(Decimals::Point, options);
    let reading = Reading::new("Outlier earnings", "outlier").paid_by("Outlier").without(sheet, &[]);
    Ok(reading.rows(sheet, false, |line| row(&columns, amounts, line)))
}

fn row(columns: &Columns, amounts: Amounts, line: &Line) -> Result<Found, Why> {
    let (day, payout, word) = (line.cell(columns.day), line.cell(columns.payout), line.cell(columns.word));
    // A spreadsheet makes ISO days and bare numbers of them.
    let on = day_of_words(day).or_else(|| day.parse().ok()).ok_or_else(|| Why::Day(day.to_owned()))?;
    let amount = amounts.must(payout, Currency::USD)?;
    let secs = words(line.cell_of(columns.length))?;
    let kind = match word {
        "prepay" | "overtimePay" | "hubstaffOperation" | "trainingTask" => CreditKind::Work,
        "missionReward" | "bonusReward" | "referralReward" => CreditKind::Bonus,
        "payAdjustment" => CreditKind::Adjustment,
        // A word that is new: time tells work.
        _ if secs.is_some() => CreditKind::Work,
        _ => CreditKind::Bonus,
    };
    let status = line.cell_of(columns.status);
    let state = match status {
        "processed" => CreditState::Sent,
        other => CreditState::Unknown(other.to_owned()),
    };
    let unknown = matches!(state, CreditState::Unknown(_)).then(|| Note::StateUnknown(status.to_owned()));
    let rate = amounts.number(line.cell(columns.rate).trim_end_matches("/hr"))?.map(|(rate, _)| rate);
    let differs = rate.zip(secs).is_some_and(|(rate, secs)| !agrees(amount.amount, rate, secs));
    let project = line.cell_of(columns.project);
    let says = Credited {
        on,
        is_work_day: true,
        at: None,
        kind,
        word: word.to_owned(),
        amount,
        state,
        secs,
        project: if project == "-" { String::new() } else { project.to_owned() },
        reference: line.cell(columns.item).to_owned(),
    };
    let found = Found::new(&[line.cell(columns.item), word, &as_written(payout, amount.amount)], Says::Credited(says));
    Ok(found.noting(unknown).noting(differs.then_some(Note::NotRateTimesTime)))
}

/// An amount as the page writes it, `$1,234.50`, also where a spreadsheet kept only its number: rows are known by it.
fn as_written(cell: &str, amount: Decimal) -> String {
    if cell.contains('$') {
        return cell.to_owned();
    }
    let plain = format!("{:.2}", amount.abs());
    let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut grouped = String::from(if amount.is_sign_negative() { "-$" } else { "$" });
    for (nth, digit) in whole.chars().enumerate() {
        if nth > 0 && (whole.len() - nth).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{cents}")
}

/// Whether an amount is rate × time, give or take two cents.
fn agrees(amount: Decimal, rate: Decimal, secs: i64) -> bool {
    let product = rate.checked_mul(Decimal::from(secs)).map(|sum| sum / Decimal::from(3_600));
    product.is_some_and(|product| (product - amount).abs() <= Decimal::new(2, 2))
}
