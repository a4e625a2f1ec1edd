//! Payments that came: whose they are, what they pay, and how pay that is known goes on.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::openings::Openings;
use super::{Because, Line, Sureness, What};
use crate::domain::book::Book;
use crate::domain::ids::{MovementId, PayoutId, PlatformId};
use crate::domain::movement::{Movement, Role};
use crate::domain::payer_rule::{Rules, Whose, plain};
use crate::domain::payout::Payout;
use crate::domain::query::calendar::Calendar;
use crate::domain::query::rails::{Journey, Rails, Step};
use crate::domain::span::DayRange;

pub(super) fn lines(book: &Book, calendar: &Calendar, rails: &Rails) -> Vec<Line> {
    let mut openings = Openings::of(book, calendar);
    let payers = Payers::of(book);
    let mut lines: Vec<Line> = Vec::new();
    let mut paid: BTreeMap<PayoutId, Vec<MovementId>> = BTreeMap::new();
    // Those whose payer is known choose first: an amount alone takes what they leave.
    let mut nameless: Vec<(&Movement, &Journey)> = Vec::new();
    for journey in &rails.journeys {
        for movement in journey.origins.iter().filter_map(|id| book.movement(*id)) {
            match movement.role {
                Role::Payout(id) => paid.entry(id).or_default().push(movement.id),
                Role::Own | Role::Other => {}
                Role::Unsaid => match payers.whose(movement) {
                    Payer::NotPay => {}
                    Payer::Platform(platform, why) => {
                        lines.push(of_platform(&mut openings, movement, journey, platform, why));
                    }
                    Payer::Unknown => nameless.push((movement, journey)),
                },
            }
        }
        lines.extend(journey.steps.iter().filter_map(|step| goes_on(book, step)));
    }
    for (movement, journey) in nameless {
        let mut line = came(movement, journey);
        if let Some(found) = openings.find_anywhere(movement) {
            line.what = What::Arrived(found.pays);
            (line.platform, line.credited) = (Some(found.platform), Some(found.credited));
            (line.sureness, line.because) = (found.sureness, found.because);
        }
        lines.push(line);
    }
    lines.extend(paid.into_iter().filter_map(|(id, movements)| fits(book, id, movements)));
    lines
}

fn of_platform(
    openings: &mut Openings<'_>,
    movement: &Movement,
    journey: &Journey,
    platform: PlatformId,
    why: Because,
) -> Line {
    let line = Line { platform: Some(platform), because: vec![why], ..came(movement, journey) };
    let Some(found) = openings.find(platform, movement) else { return Line { what: What::NothingOwed, ..line } };
    let because = line.because.iter().cloned().chain(found.because).collect();
    Line { what: What::Arrived(found.pays), credited: Some(found.credited), sureness: found.sureness, because, ..line }
}

/// A payment of which nothing is known yet but how its money went on.
fn came(movement: &Movement, journey: &Journey) -> Line {
    let links = journey.steps.iter().filter(|step| step.of == [movement.id]).map(|step| Because::Linked(step.link));
    Line {
        received: Some(movement.amount),
        movements: vec![movement.id],
        because: links.collect(),
        ..Line::new(What::UnknownOrigin, DayRange::day(movement.on))
    }
}

/// A step that payouts took and that is not said of them yet.
fn goes_on(book: &Book, step: &Step) -> Option<Line> {
    let payout = |id: &MovementId| book.payout(book.movement(*id)?.role.payout()?);
    let payouts: Vec<&Arc<Payout>> = step.of.iter().map(payout).collect::<Option<_>>()?;
    let first = *payouts.first()?;
    let [left, arrived] = step.movements;
    let (left, arrived) = (book.movement(left)?, book.movement(arrived)?);
    if left.role != Role::Unsaid && arrived.role != Role::Unsaid {
        return None;
    }
    Some(Line {
        platform: first.platform.filter(|_| payouts.iter().all(|payout| payout.platform == first.platform)),
        credited: Some(left.amount.with(-left.amount.amount)),
        received: Some(arrived.amount),
        movements: step.movements.to_vec(),
        payout: Some(first.id),
        because: vec![Because::Linked(step.link)],
        sureness: Sureness::Sure,
        ..Line::new(What::GoesOn(left.id), DayRange::day(arrived.on))
    })
}

/// A payout and the payments that brought it.
fn fits(book: &Book, id: PayoutId, movements: Vec<MovementId>) -> Option<Line> {
    let payout = book.payout(id)?;
    let first = movements.first().and_then(|id| book.movement(*id))?;
    Some(Line {
        platform: payout.platform,
        credited: Some(payout.gross),
        earnings: payout.allocations.iter().map(|part| part.earning).collect(),
        received: payout.arrived().or(Some(first.amount)),
        movements,
        payout: Some(id),
        ..Line::new(What::PayFits, DayRange::day(payout.received_on.unwrap_or(first.on)))
    })
}

/// Whose a payment is.
enum Payer {
    Platform(PlatformId, Because),
    NotPay,
    Unknown,
}

/// How payers are known: by the user's rules, else by the names of the platforms, the longest that stands there.
struct Payers<'b> {
    book: &'b Book,
    rules: Rules<'b>,
    names: Vec<(String, PlatformId)>,
}

impl<'b> Payers<'b> {
    fn of(book: &'b Book) -> Self {
        let mut names: Vec<(String, PlatformId)> = book
            .platforms()
            .flat_map(|platform| {
                let own = [Some(platform.name.as_str()), platform.preset.as_deref()];
                own.into_iter().flatten().map(|name| (plain(name), platform.id)).collect::<Vec<_>>()
            })
            // One or two letters stand in any text.
            .filter(|(name, _)| name.chars().count() > 2)
            .collect();
        names.sort_by_key(|(name, id)| (std::cmp::Reverse(name.chars().count()), *id));
        Self { book, rules: Rules::of(&book.settings().payer_rules), names }
    }

    fn whose(&self, movement: &Movement) -> Payer {
        if let Some(rule) = self.rules.rule(&movement.other, &movement.text) {
            return match rule.whose {
                Whose::Platform(id) if self.book.platform(id).is_some() => {
                    Payer::Platform(id, Because::Rule(rule.words.clone()))
                }
                Whose::Platform(_) => Payer::Unknown,
                Whose::Own | Whose::Other => Payer::NotPay,
            };
        }
        let (other, text) = (plain(&movement.other), plain(&movement.text));
        let named = self.names.iter().find(|(name, _)| has_word(&other, name) || has_word(&text, name));
        named.map_or(Payer::Unknown, |(_, id)| Payer::Platform(*id, Because::PayerNamed))
    }
}

/// Whether words stand in a text by themselves, not as a part of longer ones.
fn has_word(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + words.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
