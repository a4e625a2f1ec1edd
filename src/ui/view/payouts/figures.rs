//! The figures of a payout that has landed: the way from what was owed to what arrived, what is missing told as such.

use rust_decimal::Decimal;

use super::detail::Fact;
use crate::domain::money::Money;
use crate::domain::payout::{Figure, Figures, Payout, Sum};
use crate::ui::format::{NONE, Style};
use crate::ui::view::names;

/// Gross, what was taken off, the exchange, what is left unexplained. A figure that nobody said stands as "–" where it may
/// be why the others don't add up; what follows from the others is marked as computed.
pub(super) fn facts(payout: &Payout, received: Money, style: Style) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut say = |name: &'static str, figure: String| facts.push(Fact { name, figure });
    let off = |money: Money| style.money(money.with(-money.amount));
    if payout.gross_computed {
        say("Gross, computed", style.estimate(payout.gross));
    } else if payout.gross != received {
        say("Gross", style.money(payout.gross));
    }
    let mut missing = Vec::new();
    if let (Sum::Left { of, .. }, None) = (Figures::of(payout).sum(), payout.difference) {
        missing = of;
    }
    for (name, figure, cut) in [
        ("Platform fee", Figure::PlatformFee, payout.platform_fee),
        ("Tax withheld", Figure::Tax, payout.tax_withheld),
        ("Payout fee", Figure::PayoutFee, payout.payout_fee()),
    ] {
        match cut {
            Some(cut) => say(name, off(cut)),
            None if missing.contains(&figure) => say(name, NONE.to_owned()),
            None => {}
        }
    }
    let left = payout.sent_net();
    let surplus = payout.unallocated();
    if surplus.amount > Decimal::ZERO {
        say("More than owed", style.money(surplus));
    }
    if received.currency == left.currency {
        let rest = left.with(left.amount.saturating_sub(received.amount));
        if !rest.amount.is_zero() {
            let (name, computed) = match missing.as_slice() {
                _ if payout.difference.is_some() => (payout.difference.map_or("Unexplained", names::difference), false),
                [] => ("Unexplained", false),
                [_] => ("It follows", true),
                _ => ("Not said which", true),
            };
            say(name, if computed { format!("~ {}", off(rest)) } else { off(rest) });
        }
    } else {
        say("Exchange", format!("{} for {}", style.money(received), style.money(left)));
    }
    // Where the payout is what was received by the user's word, its figures say nothing of what is missing.
    if let Some(difference) = payout.difference.filter(|_| payout.gross == received && surplus.amount.is_zero()) {
        say("Less than expected", names::difference(difference).to_owned());
    }
    if payout.received.is_none() {
        say("Received, computed", style.estimate(received));
    } else {
        say("Received", style.money(received));
    }
    facts
}
