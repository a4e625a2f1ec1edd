//! Accounts: what the account of a row is called, and whether two names may be one account.

use crate::domain::statement::{MAPPED, Row, Statement};

/// Products that tell their own account by their name alone, by the codes of their formats.
const PRODUCTS: [(&str, &str); 9] = [
    ("paypal", "PayPal"),
    ("wise", "Wise"),
    ("payoneer", "Payoneer"),
    ("revolut-business", "Revolut Business"),
    ("revolut", "Revolut"),
    ("stripe", "Stripe"),
    ("cash-app", "Cash App"),
    ("venmo", "Venmo"),
    ("upwork", "Upwork"),
];

/// Formats of any bank: they name an account by its number and never the bank.
const OF_ANY_BANK: [&str; 2] = ["ofx", "camt"];

/// What an account of any bank is called.
const BANK: &str = "Bank";

/// So many digits and more are a number of an account, and not shown in full.
const NUMBER: usize = 6;

/// What the account of a row is called: “PayPal”, “Bank …1234”. Never a whole number of an account.
#[must_use]
pub fn account_of(statement: &Statement, row: &Row) -> String {
    let code = statement.code.as_ref();
    let said = statement.account.trim();
    let said = if said.is_empty() { row.key.split('|').nth(1).unwrap_or_default().trim() } else { said };
    if OF_ANY_BANK.contains(&code) {
        let number = said.rsplit('/').next().unwrap_or(said);
        return if number.is_empty() { BANK.to_owned() } else { ending(number) };
    }
    if said.is_empty() {
        return product(statement);
    }
    if digits(said) < NUMBER { said.to_owned() } else { ending(said) }
}

/// The account's name where its file says none.
fn product(statement: &Statement) -> String {
    match product_of(&statement.code) {
        Some(name) => name.to_owned(),
        None => statement.format.split(" (").next().unwrap_or_default().trim().to_owned(),
    }
}

/// What the product is called whose format this is.
fn product_of(code: &str) -> Option<&'static str> {
    let is_of = |product: &str| code.strip_prefix(product).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    PRODUCTS.iter().find(|(product, _)| is_of(product)).map(|(_, name)| *name)
}

/// The most digits that stand together in a text, blanks between them or not.
fn digits(text: &str) -> usize {
    let close = text.chars().filter(|letter| !letter.is_whitespace());
    let (mut most, mut run) = (0, 0);
    for letter in close {
        run = if letter.is_ascii_digit() { run + 1 } else { 0 };
        most = most.max(run);
    }
    most
}

/// An account of a bank by the end of its number.
fn ending(number: &str) -> String {
    let letters: Vec<char> = number.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let end: String = letters.iter().skip(letters.len().saturating_sub(4)).collect();
    format!("{BANK} …{end}")
}

/// Whether money of two files may be of one account: one name, or two accounts of banks of which at least one is told by
/// its number or by the user, so that nobody knows that they are two. What each says of itself: its format's code and the account.
pub(super) fn may_be_one(one: (&str, &str), other: (&str, &str)) -> Closeness {
    if one.1 == other.1 {
        return Closeness::Same;
    }
    let nameless = |code: &str| OF_ANY_BANK.contains(&code) || code.starts_with(MAPPED);
    let numbered = |account: &str| account.starts_with(&format!("{BANK} …"));
    if product_of(one.0).is_some() || product_of(other.0).is_some() || numbered(one.1) && numbered(other.1) {
        Closeness::Apart
    } else if nameless(one.0) || nameless(other.0) {
        Closeness::Perhaps
    } else {
        Closeness::Apart
    }
}

/// Whether two accounts are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closeness {
    /// They have one name.
    Same,
    /// Nobody knows.
    Perhaps,
    /// They are two.
    Apart,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::query::work::testkit::{day, usd};
    use crate::domain::statement::{MoveKind, MoveState, Moved, Says};

    fn named(format: &'static str, code: &'static str, account: &str, key: &str) -> String {
        let says = Says::Moved(Moved {
            on: day("2026-11-20"),
            at: None,
            kind: MoveKind::Payment,
            amount: usd("1"),
            fee: None,
            other: String::new(),
            text: String::new(),
            state: MoveState::Done,
            reference: String::new(),
            parent: String::new(),
        });
        let row = Row { line: 2, key: key.to_owned(), says, notes: Vec::new() };
        let statement = Statement {
            format: format.into(),
            code: code.into(),
            payer: None,
            account: account.to_owned(),
            rows: Vec::new(),
            left_out: Vec::new(),
            personal: BTreeSet::new(),
        };
        account_of(&statement, &row)
    }

    #[test]
    fn an_account_is_called_as_its_file_says_else_like_the_product_and_no_number_is_shown() {
        assert_eq!(named("PayPal statement", "paypal", "", "paypal||1AB|USD|+"), "PayPal");
        assert_eq!(named("Revolut Business", "revolut-business", "", "revolut-business||1"), "Revolut Business");
        assert_eq!(named("Stripe payouts", "stripe-payouts", "", "stripe-payouts||po_1"), "Stripe");
        assert_eq!(named("N26 (German)", "n26-de", "", "n26-de||1"), "N26");
        assert_eq!(named("Lantern bank", "table-1f", "Giro", "table-1f|Giro|1"), "Giro");
        // The same account in two formats has one name.
        assert_eq!(named("OFX", "ofx", "", "ofx|10020030/4567|1"), "Bank …4567");
        assert_eq!(named("camt.053", "camt", "", "camt|4567|EX1"), "Bank …4567");
        assert_eq!(named("OFX", "ofx", "", "ofx|/|1"), "Bank");
        let iban = "DE89 3704 0044 0532 0130 00";
        assert_eq!(named("Lantern bank", "table-1f", iban, ""), "Bank …3000");
        assert_eq!(named("Lantern bank", "table-1f", "Giro 2", ""), "Giro 2");
    }

    #[test]
    fn a_bank_by_its_number_may_be_a_bank_by_its_name_and_two_products_are_two() {
        let paypal = ("paypal", "PayPal");
        let (ofx, camt) = (("ofx", "Bank …4567"), ("camt", "Bank …4567"));
        let (n26, dkb) = (("n26", "N26"), ("dkb", "DKB"));
        assert_eq!(may_be_one(ofx, camt), Closeness::Same);
        assert_eq!(may_be_one(ofx, n26), Closeness::Perhaps);
        assert_eq!(may_be_one(n26, ("table-1f", "Giro")), Closeness::Perhaps);
        for (one, other) in [(n26, dkb), (paypal, ofx), (ofx, ("camt", "Bank …1111")), (paypal, ("wise", "Wise"))] {
            assert_eq!(may_be_one(one, other), Closeness::Apart, "{one:?} {other:?}");
        }
    }
}
