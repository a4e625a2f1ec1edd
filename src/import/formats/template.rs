//! Our own template: a table that anybody can fill in, for platforms without a file of their own.
//!
//! `date,project,kind,amount,currency,time,status,reference`. Only day, amount and currency must be there. Kind is work,
//! bonus, adjustment or fee; time is `1h 2m` or `1:02:00`; status is a platform's usual word.

use super::{Found, Known, Reading, Then, needed};
use crate::domain::statement::{CreditKind, CreditState, Credited, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, Days, clock, words};
use crate::import::table::Sheet;
use crate::import::{Options, Unreadable};

pub(super) const KNOWN: [Known; 1] =
    [Known { needs: &["date", "project", "amount", "currency", "status", "reference"], then: Then::Read(read) }];

fn read(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    let (day, project) = (needed(sheet, &["date"])?, needed(sheet, &["project"])?);
    let (amount, currency) = (needed(sheet, &["amount"])?, needed(sheet, &["currency"])?);
    let (status, reference) = (needed(sheet, &["status"])?, needed(sheet, &["reference"])?);
    let (kind, time) = (sheet.column(&["kind"]), sheet.column(&["time"]));
    let days = Days::decided(sheet.cells(day), options)?;
    let amounts = Amounts::decided(sheet.cells(amount), options)?;
    Ok(Reading::new("TrueRate template", "template").without(sheet, &[]).rows(sheet, false, |line| {
        let currency = amounts.currency(line.cell(currency))?;
        let word = line.cell_of(kind);
        let kind = match word.to_lowercase().as_str() {
            "bonus" | "mission" | "referral" => CreditKind::Bonus,
            "adjustment" | "correction" => CreditKind::Adjustment,
            "fee" | "tax" => CreditKind::Fee,
            _ => CreditKind::Work,
        };
        let length = line.cell_of(time);
        let secs = if length.contains(':') { Some(clock(length)?) } else { words(length)? };
        let state = state(line.cell(status));
        let unknown =
            if let CreditState::Unknown(word) = &state { Some(Note::StateUnknown(word.clone())) } else { None };
        let on = days.day(line.cell(day))?;
        let amount = amounts.must(line.cell(amount), currency)?;
        if amount.amount.is_sign_negative() && kind == CreditKind::Work {
            return Err(Why::Amount(amount.to_string()));
        }
        let says = Credited {
            on,
            is_work_day: true,
            at: None,
            kind,
            word: word.to_owned(),
            amount,
            state,
            secs,
            project: line.cell(project).to_owned(),
            reference: line.cell(reference).to_owned(),
        };
        let sum = amount.amount.normalize().to_string();
        let parts = [line.cell(reference), &on.to_string(), line.cell(project), word, &sum, currency.code()];
        Ok(Found::new(&parts, Says::Credited(says)).noting(unknown))
    }))
}

/// Where something stands, by the words of platforms.
pub(super) fn state(word: &str) -> CreditState {
    match word.trim().to_lowercase().as_str() {
        "" | "pending" | "submitted" | "awaiting review" | "pending approval" | "in review" => CreditState::Pending,
        "approved" | "accepted" => CreditState::Approved,
        "available" | "transferrable" | "transferable" => CreditState::Available,
        "paid" | "sent" | "processed" => CreditState::Sent,
        "rejected" | "refused" => CreditState::Refused,
        "returned" | "timed-out" | "abandoned" | "cancelled" | "canceled" => CreditState::Returned,
        _ => CreditState::Unknown(word.trim().to_owned()),
    }
}
