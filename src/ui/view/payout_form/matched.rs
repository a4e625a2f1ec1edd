//! What a payout settles: the list of what is open with its amounts, the oldest suggested until the user chooses.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::command::{Settleable, Share};
use crate::domain::money::{Currency, Money};
use crate::domain::query::calendar::Window;
use crate::domain::query::settles::{Open, oldest_first};
use crate::ui::format::Style;
use crate::ui::view::names;

/// A piece that can be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub of: Settleable,
    /// Its project: "Aloe".
    pub what: String,
    /// "worked Tue 17 – Mon 23 Nov · lands Tue 24 Nov".
    pub when: String,
    /// What is open of it.
    pub open: String,
    /// Its draft, where it is settled.
    pub draft: Option<String>,
    /// Why the draft does not fit.
    pub reason: Option<String>,
    /// Its name, unique in the list.
    pub name: String,
}

/// What is settled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Match {
    /// The pieces, the oldest first.
    pub items: Vec<Item>,
    /// What is settled, piece by piece.
    pub shares: Vec<Share>,
    /// The sum of it.
    pub sum: Decimal,
    /// "Settles $250.00 of $258.00 · $8.00 stands as unexplained".
    pub words: String,
    /// Whether every draft reads, and no more is settled than came.
    pub reads: bool,
}

pub(super) fn matched(
    book: &Book,
    style: Style,
    today: NaiveDate,
    open: &[Open],
    chosen: Option<&BTreeMap<Settleable, String>>,
    gross: Option<Money>,
    currency: Currency,
) -> Match {
    let suggested = oldest_first(gross.unwrap_or(Money::zero(currency)), open);
    let mut found = Match { reads: true, ..Match::default() };
    for (piece, suggested) in open.iter().zip(suggested) {
        if piece.left.currency != currency {
            continue;
        }
        let draft = match chosen {
            Some(chosen) => chosen.get(&piece.of).cloned(),
            None => (!suggested.is_zero()).then(|| style.money(piece.left.with(suggested))),
        };
        let read = draft.as_deref().map(|draft| part(draft, piece, style));
        match &read {
            Some(Ok(amount)) => {
                found.sum = found.sum.saturating_add(amount.amount);
                found.shares.push(Share { of: piece.of, amount: *amount });
            }
            Some(Err(_)) => found.reads = false,
            None => {}
        }
        found.items.push(item(book, style, today, piece, draft, read.and_then(Result::err)));
    }
    (found.words, found.reads) = told(&found, gross, style);
    found
}

/// A part of a piece that was typed.
fn part(draft: &str, piece: &Open, style: Style) -> Result<Money, String> {
    let typed = style.reader().cash(draft, piece.left.currency).map_err(|reason| reason.to_string())?;
    let amount = typed.amount;
    if typed.currency != piece.left.currency {
        return Err(format!("Must be in {}", piece.left.currency));
    }
    if amount.abs() > piece.left.amount.abs() || amount.is_sign_negative() != piece.left.amount.is_sign_negative() {
        return Err(format!("Only {} is open of it", style.money(piece.left)));
    }
    Ok(typed)
}

fn item(
    book: &Book,
    style: Style,
    today: NaiveDate,
    piece: &Open,
    draft: Option<String>,
    reason: Option<String>,
) -> Item {
    let what = match piece.project {
        Some(project) => names::project(book, Some(project)),
        None => "The platform as a whole".to_owned(),
    };
    let worked = style.days(piece.worked, today);
    let lands = piece.window.as_ref().map(|window| {
        let lands = if matches!(window, Window::Lands { .. }) { "lands " } else { "" };
        format!(" · {lands}{}", style.window(window, today))
    });
    let open = if piece.estimate { style.estimate(piece.left) } else { style.money(piece.left) };
    Item {
        of: piece.of,
        name: format!("{what}, worked {worked}, {open}"),
        when: format!("worked {worked}{}", lands.unwrap_or_default()),
        what,
        open,
        draft,
        reason,
    }
}

/// What it comes to, in words, and whether it can be.
fn told(found: &Match, gross: Option<Money>, style: Style) -> (String, bool) {
    let Some(gross) = gross else { return (String::new(), found.reads) };
    let settled = gross.with(found.sum);
    let rest = gross.amount - found.sum;
    if rest < Decimal::ZERO {
        return (format!("Settles {}, more than the {} that came", style.money(settled), style.money(gross)), false);
    }
    let words = if rest.is_zero() {
        format!("Settles {}", style.money(settled))
    } else {
        let rest = style.money(gross.with(rest));
        format!("Settles {} of {} · {rest} stands as unexplained", style.money(settled), style.money(gross))
    };
    (words, found.reads)
}
