//! Movements: money that came to an account of the user's or left it, as the account's own file tells it.
//!
//! A movement is no income by itself. What it is to the user's pay is its role: a step on the way of a payout, a move
//! between own accounts, nothing of work, or not said yet.

use chrono::NaiveDate;

use super::ids::{MovementId, PayoutId};
use super::money::Money;
use super::statement::{MoveKind, MoveState, Moved, Origin};

/// Money that came to an account or left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Its id.
    pub id: MovementId,
    /// The account, as the user knows it: “PayPal”, “Bank …1234”.
    pub account: String,
    /// The day, as the account's file writes it.
    pub on: NaiveDate,
    /// By how much the account changed, fee and all: below zero where it left.
    pub amount: Money,
    /// What the provider kept, zero or more; it is in `amount` already. `None` where the file doesn't say.
    pub fee: Option<Money>,
    /// What it is.
    pub kind: MoveKind,
    /// Whether it has come to pass.
    pub state: MoveState,
    /// Who it came from or went to; empty where nobody says.
    pub other: String,
    /// What is written with it.
    pub text: String,
    /// The provider's own number; empty where it has none.
    pub reference: String,
    /// The number of the movement that it belongs to; empty where it stands alone.
    pub parent: String,
    /// What it is to the user's pay.
    pub role: Role,
    /// The row of a file that it was made of.
    pub origin: Option<Origin>,
}

/// What a movement is to the user's pay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Nobody has said.
    #[default]
    Unsaid,
    /// A step on the way of this payout.
    Payout(PayoutId),
    /// A move between accounts of the user's own.
    Own,
    /// Nothing of work: a gift, a refund, a sale.
    Other,
}

impl Role {
    /// The payout on whose way the movement is a step.
    #[must_use]
    pub fn payout(self) -> Option<PayoutId> {
        if let Self::Payout(id) = self { Some(id) } else { None }
    }
}

impl Movement {
    /// A movement of an account as its row says it; what it is to the user's pay is not said yet.
    #[must_use]
    pub fn of_row(id: MovementId, account: String, moved: &Moved) -> Self {
        Self {
            id,
            account,
            on: moved.on,
            amount: moved.amount,
            fee: moved.fee,
            kind: moved.kind,
            state: moved.state,
            other: moved.other.clone(),
            text: moved.text.clone(),
            reference: moved.reference.clone(),
            parent: moved.parent.clone(),
            role: Role::Unsaid,
            origin: None,
        }
    }

    /// Whether money came to the account.
    #[must_use]
    pub fn came(&self) -> bool {
        self.amount.amount.is_sign_positive() && !self.amount.amount.is_zero()
    }
}
