//! Money that moved: which of it is kept, and which of it the Book has already.
//!
//! Kept is what came in, what went between the user's own accounts and balances, and what belongs to such: a fee, a refund.
//! What the user paid to others is nobody's business here and stays out, unless a rule of theirs says that it is their own. A
//! row that was on its way may come back done under another number, and with another amount.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::account::{Closeness, account_of, may_be_one};
use super::{Doubt, Idle, Verdict};
use crate::domain::book::Book;
use crate::domain::command::limits;
use crate::domain::ids::MovementId;
use crate::domain::money::{Currency, Money};
use crate::domain::movement::Movement;
use crate::domain::payer_rule::{Rules, Whose, plain};
use crate::domain::span::day_plus;
use crate::domain::statement::{MoveKind, MoveState, Moved, Origin, Row, Says, Statement};

/// How many days a movement of the same amount may be away and still be the same money.
const DAYS: i64 = 3;
/// The same where it is not known that the accounts are one.
const DAYS_PERHAPS: i64 = 1;
/// Letters of a word that two texts of the same money share, where it is not known that the accounts are one.
const SHARED: usize = 4;

/// Movements by their day: of those of one amount or payer there may be very many.
type ByDay<'a> = BTreeMap<NaiveDate, Vec<&'a Arc<Movement>>>;
/// What stays of a movement that comes through under another number: account, currency, direction, who and what for.
type Lasting = (String, Currency, bool, String);

/// What a Book has of money that moved, and what of a file is kept.
pub(super) struct Moves<'a> {
    statement: &'a Statement,
    rules: Rules<'a>,
    /// The keys of the file's rows.
    keys: HashSet<&'a str>,
    /// What came from rows, by key.
    known: HashMap<&'a str, (&'a Arc<Movement>, &'a Origin)>,
    /// Those that may be told by the file once more under another kind of key, by amount.
    amounts: HashMap<Money, ByDay<'a>>,
    /// Those of this format that the file has not, and of which one may have come through, by what stays.
    lasting: HashMap<Lasting, ByDay<'a>>,
    /// The numbers of what is kept, in the Book and in the file; and with their days.
    numbers: HashSet<&'a str>,
    dated: HashSet<(&'a str, NaiveDate)>,
    /// The fees that stand as movements of their own, by the number that they share with what they were taken for.
    fees: HashSet<(&'a str, Money)>,
    /// Movements that a row was found to be already.
    claimed: HashSet<MovementId>,
}

impl<'a> Moves<'a> {
    pub(super) fn of(book: &'a Book, statement: &'a Statement) -> Self {
        let mut moves = Self {
            statement,
            rules: Rules::of(&book.settings().payer_rules),
            keys: HashSet::new(),
            known: HashMap::new(),
            amounts: HashMap::new(),
            lasting: HashMap::new(),
            numbers: HashSet::new(),
            dated: HashSet::new(),
            fees: HashSet::new(),
            claimed: HashSet::new(),
        };
        if !statement.rows.iter().any(|row| matches!(row.says, Says::Moved(_))) {
            return moves;
        }
        moves.keys = statement.rows.iter().map(|row| row.key.as_str()).collect();
        let moved = || {
            statement.rows.iter().filter_map(|row| if let Says::Moved(moved) = &row.says { Some(moved) } else { None })
        };
        let is_numbered = |reference: &str| !reference.is_empty();
        let numbers = [true, false].map(|has| moved().any(|moved| is_numbered(&moved.reference) == has));
        let waits = moved().any(|moved| moved.state == MoveState::Pending);
        for movement in book.movements() {
            moves.hold(movement, numbers, waits);
        }
        for moved in moved() {
            if moves.keeps(moved) == Keeps::Yes {
                moves.number(moved.kind, &moved.reference, moved.on);
            }
        }
        moves
    }

    /// Takes what the Book has. `numbers`: whether the file has rows with a number, and without; `waits`: whether any of its
    /// rows is on its way.
    fn hold(&mut self, movement: &'a Arc<Movement>, numbers: [bool; 2], waits: bool) {
        let origin = movement.origin.as_ref();
        let is_in_file = origin.is_some_and(|origin| self.keys.contains(origin.key.as_str()));
        let of_this = origin.is_some_and(|origin| origin.code() == self.statement.code);
        let [numbered, plain] = numbers;
        let told_otherwise = if movement.reference.is_empty() { numbered } else { plain };
        if !of_this || told_otherwise && !is_in_file {
            self.amounts.entry(movement.amount).or_default().entry(movement.on).or_default().push(movement);
        }
        if of_this {
            self.number(movement.kind, &movement.reference, movement.on);
            if movement.kind == MoveKind::Fee {
                self.fees.insert((&movement.reference, movement.amount));
            }
            if !is_in_file && (waits || movement.state == MoveState::Pending) {
                let lasting = lasting(&movement.account, movement.amount, &movement.other, &movement.text);
                self.lasting.entry(lasting).or_default().entry(movement.on).or_default().push(movement);
            }
        }
        if let Some(origin) = origin {
            self.known.insert(&origin.key, (movement, origin));
        }
    }

    /// Remembers the number of what is kept: others may belong to it.
    fn number(&mut self, kind: MoveKind, reference: &'a str, on: NaiveDate) {
        if kind != MoveKind::Fee && !reference.is_empty() {
            self.numbers.insert(reference);
            self.dated.insert((reference, on));
        }
    }

    /// Whether a row is kept, as far as it says so itself.
    fn keeps(&self, moved: &Moved) -> Keeps {
        let came = moved.amount.amount > Decimal::ZERO;
        let keeps = match (moved.kind, came) {
            (MoveKind::Hold, _) => return Keeps::No(Idle::Held),
            (MoveKind::Own | MoveKind::Exchange, _) | (MoveKind::Payment, true) | (MoveKind::Refund, false) => {
                Keeps::Yes
            }
            (MoveKind::Payment, false) => Keeps::No(Idle::Private),
            (MoveKind::Refund, true) => Keeps::WithWhatItBelongsTo(Idle::PaidBack),
            (MoveKind::Fee, _) => Keeps::WithWhatItBelongsTo(Idle::LooseFee),
        };
        let ruled = || matches!(self.rules.whose(&moved.other, &moved.text), Some(Whose::Own | Whose::Platform(_)));
        if keeps != Keeps::Yes && ruled() { Keeps::Yes } else { keeps }
    }

    /// What becomes of a row.
    pub(super) fn verdict(&mut self, row: &Row, moved: &Moved) -> Verdict {
        if let Some((movement, origin)) = self.known.get(row.key.as_str()) {
            // An older file may still have it on its way; a fee that is told apart is no other amount; and of two files of
            // an account one may know more of what a row is.
            let is_older = movement.state == MoveState::Done && moved.state == MoveState::Pending;
            let says_more = movement.kind == MoveKind::Payment && moved.kind != MoveKind::Payment;
            let is_known = origin.said == moved.said() && !says_more || self.has_fee_apart(movement, moved);
            return if is_known || is_older { Verdict::Known } else { Verdict::Changed };
        }
        if moved.amount.amount.is_zero() {
            return Verdict::Nothing(Idle::Zero);
        }
        if moved.amount.amount.abs() > limits::AMOUNT.into() {
            return Verdict::Nothing(Idle::TooMuch);
        }
        match self.keeps(moved) {
            Keeps::Yes => {}
            Keeps::No(why) => return Verdict::Nothing(why),
            Keeps::WithWhatItBelongsTo(why) => {
                let belongs = self.numbers.contains(moved.parent.as_str())
                    || moved.kind == MoveKind::Fee && self.dated.contains(&(moved.reference.as_str(), moved.on));
                if !belongs {
                    return Verdict::Nothing(why);
                }
            }
        }
        let account = account_of(self.statement, row);
        if let Some(found) = self.under_another_number(&account, moved) {
            let (id, was) = (found.id, found.state);
            self.claimed.insert(id);
            return match (was, moved.state) {
                (MoveState::Done, MoveState::Pending) => Verdict::Doubtful(Doubt::Movement(id)),
                _ => Verdict::CameThrough(id),
            };
        }
        match self.elsewhere(&account, moved).map(|found| found.id) {
            Some(id) => {
                self.claimed.insert(id);
                Verdict::Doubtful(Doubt::Movement(id))
            }
            None => Verdict::New,
        }
    }

    /// Whether a row says the same as its movement, but for a fee that stands as a movement of its own.
    fn has_fee_apart(&self, movement: &Movement, moved: &Moved) -> bool {
        let Some(fee) = moved.fee.filter(|fee| !fee.amount.is_zero()) else { return false };
        let cost = fee.with(-fee.amount);
        movement.amount.currency == moved.amount.currency
            && movement.amount.amount.checked_sub(fee.amount) == Some(moved.amount.amount)
            && self.fees.contains(&(moved.reference.as_str(), cost))
    }

    /// A movement of this format that the file has not under its own number: one of the two was on its way, and nearly as
    /// much came through.
    fn under_another_number(&self, account: &str, moved: &Moved) -> Option<&'a Arc<Movement>> {
        let lasting = lasting(account, moved.amount, &moved.other, &moved.text);
        if lasting.3.is_empty() {
            return None;
        }
        let nearly = |one: Money, other: Money| {
            let (one, other) = (one.amount.abs(), other.amount.abs());
            (one - other).abs() * Decimal::TEN <= one.max(other)
        };
        let fits = |movement: &&Arc<Movement>| {
            let waits = movement.state == MoveState::Pending || moved.state == MoveState::Pending;
            waits && !self.claimed.contains(&movement.id) && nearly(movement.amount, moved.amount)
        };
        nearest(self.lasting.get(&lasting)?, moved.on, fits)
    }

    /// A movement of the same amount around the same day in a file of another format, or with another kind of number.
    fn elsewhere(&self, account: &str, moved: &Moved) -> Option<&'a Arc<Movement>> {
        let code = self.statement.code.as_ref();
        let fits = |movement: &&Arc<Movement>| {
            let origin = movement.origin.as_ref();
            let theirs = (origin.map_or("", Origin::code), movement.account.as_str());
            let told_otherwise = theirs.0 != code || movement.reference.is_empty() != moved.reference.is_empty();
            told_otherwise
                && !self.claimed.contains(&movement.id)
                && match may_be_one((code, account), theirs) {
                    Closeness::Same => true,
                    Closeness::Perhaps => away(movement.on, moved.on) <= DAYS_PERHAPS && share_a_word(movement, moved),
                    Closeness::Apart => false,
                }
        };
        nearest(self.amounts.get(&moved.amount)?, moved.on, fits)
    }
}

/// Of the movements within some days, the nearest that fits.
fn nearest<'a>(
    by_day: &ByDay<'a>,
    on: NaiveDate,
    fits: impl Fn(&&'a Arc<Movement>) -> bool,
) -> Option<&'a Arc<Movement>> {
    let around = by_day.range(day_plus(on, -DAYS)..=day_plus(on, DAYS));
    let found = around.flat_map(|(_, movements)| movements).copied().filter(fits);
    found.min_by_key(|movement| away(movement.on, on))
}

/// Whether a row is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeps {
    Yes,
    /// Only where it belongs to what is kept; else why not.
    WithWhatItBelongsTo(Idle),
    No(Idle),
}

fn away(one: NaiveDate, other: NaiveDate) -> i64 {
    (one - other).num_days().abs()
}

fn lasting(account: &str, amount: Money, other: &str, text: &str) -> Lasting {
    (account.to_owned(), amount.currency, amount.amount > Decimal::ZERO, plain(&format!("{other} {text}")))
}

/// Whether the texts of the same amount have a word in common: banks cut and shout them, but don't change the words.
fn share_a_word(movement: &Movement, moved: &Moved) -> bool {
    let words = |other: &str, text: &str| -> HashSet<String> {
        let all = plain(&format!("{other} {text}"));
        let words = all.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.chars().count() >= SHARED).map(str::to_owned).collect()
    };
    !words(&movement.other, &movement.text).is_disjoint(&words(&moved.other, &moved.text))
}
