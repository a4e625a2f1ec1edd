//! Movements: what they are to the user's pay, and the rules that tell it of others.
//!
//! What an account's file says of a movement is not changed by hand; its role is. Rules stand in the settings, each under
//! its words.

use std::sync::Arc;

use super::{check, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::{MovementId, PayoutId, PlatformId};
use crate::domain::movement::{Movement, Role};
use crate::domain::payer_rule::{PayerRule, Whose, plain};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::settings::Settings;

/// The most rules that are kept.
const MOST: u32 = 500;

/// Says what movements are to the user's pay; `learn` is kept as a rule in the same step.
pub(super) fn set_role(
    book: &Book,
    ids: &[MovementId],
    role: Role,
    learn: Option<&PayerRule>,
) -> Result<Change, Refused> {
    if let Role::Payout(id) = role
        && book.payout(id).is_none()
    {
        return Err(Refusal::Gone(Key::Payout(id)).into());
    }
    let mut edits = Vec::with_capacity(ids.len() + 1);
    for id in ids {
        edits.extend(with_role(movement(book, *id)?, role));
    }
    if let Some(rule) = learn {
        edits.extend(remember(book, rule)?.edits().iter().cloned());
    }
    Ok(Change::new(edits))
}

/// Deletes movements. A file that has them brings them back.
pub(super) fn delete(book: &Book, ids: &[MovementId]) -> Result<Change, Refused> {
    let edits: Result<Vec<Edit>, Refused> =
        ids.iter().map(|id| movement(book, *id).map(|movement| Edit::delete(Arc::clone(movement)))).collect();
    edits.map(Change::new)
}

/// Of the movements that are steps of a payout nobody has said anything any more: the payout goes.
pub(super) fn without(book: &Book, payout: PayoutId) -> impl Iterator<Item = Edit> + '_ {
    let of_it = book.movements().filter(move |movement| movement.role == Role::Payout(payout));
    of_it.filter_map(|movement| with_role(movement, Role::Unsaid))
}

/// Keeps a rule. One of the same words is replaced, whatever their case.
pub(super) fn remember(book: &Book, rule: &PayerRule) -> Result<Change, Refused> {
    let rule = checked(book, rule)?;
    let mut rules = book.settings().payer_rules.clone();
    rules.retain(|known| plain(&known.words) != plain(&rule.words));
    rules.push(rule);
    kept(book, rules)
}

/// Sets the rule of these words to another.
pub(super) fn edit(book: &Book, words: &str, to: &PayerRule) -> Result<Change, Refused> {
    let rule = checked(book, to)?;
    let mut rules = but(book, words)?;
    if let Some(known) = rules.iter().find(|known| plain(&known.words) == plain(&rule.words)) {
        return Err(Refusal::NameTaken(known.words.clone()).at(Field::Name));
    }
    rules.push(rule);
    kept(book, rules)
}

/// Forgets the rule of these words. What was said by hand stays.
pub(super) fn forget(book: &Book, words: &str) -> Result<Change, Refused> {
    kept(book, but(book, words)?)
}

/// Without the rules that name a platform: the platform goes. Nothing where none does.
pub(super) fn without_rules_of(book: &Book, platform: PlatformId) -> Vec<Edit> {
    let known = &book.settings().payer_rules;
    let rules: Vec<PayerRule> = known.iter().filter(|rule| rule.whose != Whose::Platform(platform)).cloned().collect();
    if rules.len() == known.len() { Vec::new() } else { with(book, rules).edits().to_vec() }
}

/// A movement that is there.
pub(super) fn movement(book: &Book, id: MovementId) -> Result<&Arc<Movement>, Refused> {
    book.movement(id).ok_or_else(|| Refusal::Gone(Key::Movement(id)).into())
}

fn with_role(before: &Arc<Movement>, role: Role) -> Option<Edit> {
    let after = Movement { role, ..(**before).clone() };
    Edit::from_sides(Some(Arc::clone(before).into()), Some(after.into()))
}

/// A rule as it is kept.
fn checked(book: &Book, rule: &PayerRule) -> Result<PayerRule, Refused> {
    let words = rule.words.split_whitespace().collect::<Vec<_>>().join(" ");
    check::name("Words", &words)?;
    if let Whose::Platform(id) = rule.whose {
        platform::platform_of(book, id)?;
    }
    Ok(PayerRule { words, whose: rule.whose })
}

/// All rules but that of these words, which is there.
fn but(book: &Book, words: &str) -> Result<Vec<PayerRule>, Refused> {
    let known = &book.settings().payer_rules;
    let rules: Vec<PayerRule> = known.iter().filter(|rule| plain(&rule.words) != plain(words)).cloned().collect();
    if rules.len() == known.len() { Err(Refusal::Gone(Key::Settings).into()) } else { Ok(rules) }
}

fn kept(book: &Book, mut rules: Vec<PayerRule>) -> Result<Change, Refused> {
    let count = u32::try_from(rules.len()).unwrap_or(u32::MAX);
    if count > MOST {
        return Err(Refusal::TooMany(count, MOST).into());
    }
    rules.sort_by_cached_key(|rule| plain(&rule.words));
    Ok(with(book, rules))
}

fn with(book: &Book, payer_rules: Vec<PayerRule>) -> Change {
    Change::replace(book.settings(), Settings { payer_rules, ..(**book.settings()).clone() })
}

/// What setting a role is, for the history: "Mark 3 movements as moves between own accounts".
pub(super) fn words(book: &Book, ids: &[MovementId], role: Role) -> String {
    let which = which(book, ids);
    let (a_move, is) = if ids.len() == 1 { ("a move", "is") } else { ("moves", "are") };
    match role {
        Role::Unsaid => format!("Clear what {which} {is}"),
        Role::Own => format!("Mark {which} as {a_move} between own accounts"),
        Role::Other => format!("Mark {which} as nothing of work"),
        Role::Payout(id) => {
            let payer = book.payout(id).and_then(|payout| book.platform(payout.platform?));
            let of = payer.map_or_else(|| "a payout".to_owned(), |platform| format!("{} payout", platform.name));
            format!("Mark {which} as part of {of}")
        }
    }
}

/// "movement of 90.00 EUR", "3 movements".
pub(super) fn which(book: &Book, ids: &[MovementId]) -> String {
    match ids {
        [id] => book
            .movement(*id)
            .map_or_else(|| "movement".to_owned(), |movement| format!("movement of {}", movement.amount)),
        _ => check::counted(ids.len(), "movement"),
    }
}

#[cfg(test)]
mod tests;
