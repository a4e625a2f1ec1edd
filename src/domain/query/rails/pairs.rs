//! Pairs: two movements that tell of one money, what left a balance of the user's and what arrived at another.
//!
//! The two sides of an exchange know each other by their numbers, or stand alone on their day. What left for another
//! account is what arrived there to the cent, its fee taken off, from a day before until a week after: banks take up to five
//! working days. In another currency the amount says nothing: then the text has to name the account it came from.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::ids::MovementId;
use crate::domain::movement::{Movement, Role};
use crate::domain::payer_rule::{Rules, Whose, plain};
use crate::domain::span::day_plus;
use crate::domain::statement::MoveKind;

/// From how many days before it left until how many after it a transfer may be booked where it arrives.
const DAYS: std::ops::RangeInclusive<i64> = -1..=7;

/// How two movements are known to be one money; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// Their numbers say so.
    Number,
    /// What arrived names the account that it left, or says that it is the user's own.
    Named,
    /// Amount and day fit, and nothing else does.
    Amount,
}

/// Which movements are one money.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    after: HashMap<MovementId, (MovementId, Link)>,
    arrivals: HashSet<MovementId>,
}

impl Pairs {
    /// Among movements, in the order of their days.
    pub(super) fn of(book: &Book, movements: &[&Arc<Movement>]) -> Self {
        let mut pairs = Self::default();
        pairs.exchanges(movements);
        pairs.transfers(book, movements);
        pairs
    }

    /// Whether it is what arrived of a pair.
    pub(super) fn arrives(&self, id: MovementId) -> bool {
        self.arrivals.contains(&id)
    }

    /// What arrived of what left.
    pub(super) fn after(&self, id: MovementId) -> Option<(MovementId, Link)> {
        self.after.get(&id).copied()
    }

    /// Both sides of all pairs.
    pub(super) fn own(&self) -> BTreeSet<MovementId> {
        self.after.keys().chain(&self.arrivals).copied().collect()
    }

    fn join(&mut self, left: &Movement, arrived: &Movement, link: Link) {
        self.after.insert(left.id, (arrived.id, link));
        self.arrivals.insert(arrived.id);
    }

    fn exchanges(&mut self, movements: &[&Arc<Movement>]) {
        let mut by_day: BTreeMap<_, Vec<&Arc<Movement>>> = BTreeMap::new();
        for movement in movements.iter().filter(|movement| movement.kind == MoveKind::Exchange) {
            by_day.entry((movement.account.as_str(), movement.on)).or_default().push(movement);
        }
        for sides in by_day.values() {
            let (came, left): (Vec<&Arc<Movement>>, Vec<&Arc<Movement>>) = sides.iter().partition(|one| one.came());
            for out in &left {
                let mut free =
                    came.iter().filter(|one| !self.arrives(one.id) && one.amount.currency != out.amount.currency);
                if let Some(one) = free.clone().find(|one| same_numbers(out, one)) {
                    self.join(out, one, Link::Number);
                } else if let (Some(one), None, 1) = (free.next(), free.next(), left.len()) {
                    self.join(out, one, Link::Amount);
                }
            }
        }
    }

    fn transfers(&mut self, book: &Book, movements: &[&Arc<Movement>]) {
        let platforms: Vec<String> = book.platforms().map(|platform| plain(&platform.name)).collect();
        let rules = Rules::of(&book.settings().payer_rules);
        let ins: Vec<&Arc<Movement>> =
            movements.iter().filter(|one| one.came() && can_be_own(&rules, one)).copied().collect();
        for left in movements.iter().filter(|one| is_out(one)) {
            let sent = -left.amount.amount;
            let net = sent - left.fee.map_or(Decimal::ZERO, |fee| fee.amount);
            let near = near(&ins, left.on)
                .iter()
                .copied()
                .filter(|one| one.account != left.account && may_be_one(left, one) && !self.arrives(one.id));
            let near: Vec<&Arc<Movement>> = near.collect();
            let link = |one: &Movement| {
                let own = one.kind == MoveKind::Own || one.role == Role::Own || names(one, &left.account);
                let paid = || platforms.iter().any(|name| !name.is_empty() && says(one, name));
                if own { Some(Link::Named) } else { (!paid()).then_some(Link::Amount) }
            };
            let (same, others): (Vec<&Arc<Movement>>, Vec<&Arc<Movement>>) =
                near.into_iter().partition(|one| one.amount.currency == left.amount.currency);
            let found = same
                .into_iter()
                .filter(|one| one.amount.amount == net || one.amount.amount == sent)
                .filter_map(|one| Some((link(one)?, (one.on - left.on).num_days().abs(), one)))
                .min_by_key(|(link, away, one)| (*link, *away, one.id));
            if let Some((link, _, one)) = found {
                self.join(left, one, link);
                continue;
            }
            // In another currency: only what names this account, and only where there is no second one.
            let mut others = others.into_iter().filter(|one| names(one, &left.account));
            if let (Some(one), None) = (others.next(), others.next()) {
                self.join(left, one, Link::Named);
            }
        }
    }
}

/// Of movements in the order of their days, those that may be what left on a day.
fn near<'m, 'b>(ins: &'m [&'b Arc<Movement>], left: NaiveDate) -> &'m [&'b Arc<Movement>] {
    let (first, last) = (day_plus(left, *DAYS.start()), day_plus(left, *DAYS.end()));
    let from = ins.partition_point(|one| one.on < first);
    let until = ins.partition_point(|one| one.on <= last);
    ins.get(from..until).unwrap_or_default()
}

/// Whether what was said of two movements lets them be one: steps of the same payout, or neither of one.
fn may_be_one(left: &Movement, arrived: &Movement) -> bool {
    match (left.role, arrived.role) {
        (Role::Payout(one), Role::Payout(other)) => one == other,
        (_, Role::Payout(_)) => false,
        (_, Role::Unsaid | Role::Own | Role::Other) => true,
    }
}

/// What left for another account of the user's.
fn is_out(movement: &Movement) -> bool {
    let own = movement.kind == MoveKind::Own || movement.role == Role::Own;
    own && !movement.came() && movement.kind != MoveKind::Exchange
}

/// Whether what came can have come from an account of the user's own.
fn can_be_own(rules: &Rules<'_>, movement: &Movement) -> bool {
    let ruled = || rules.whose(&movement.other, &movement.text).is_none_or(|whose| whose == Whose::Own);
    matches!(movement.kind, MoveKind::Payment | MoveKind::Own) && ruled()
}

fn same_numbers(one: &Movement, other: &Movement) -> bool {
    let same = |a: &str, b: &str| !a.is_empty() && a == b;
    same(&one.parent, &other.parent)
        || same(&one.parent, &other.reference)
        || same(&one.reference, &other.parent)
        || same(&one.reference, &other.reference)
}

/// Whether what is written with a movement names an account: by its first word, “PayPal” of “PayPal balance”.
fn names(movement: &Movement, account: &str) -> bool {
    let first = account.split_whitespace().next().map(plain).unwrap_or_default();
    first.chars().count() > 2 && says(movement, &first)
}

fn says(movement: &Movement, words: &str) -> bool {
    plain(&movement.other).contains(words) || plain(&movement.text).contains(words)
}
