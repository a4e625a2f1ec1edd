//! Routes: the way money takes from a platform to the account that counts as landed.

use rust_decimal::Decimal;

use super::ids::{PlatformId, RouteId};
use super::money::Money;
use super::schedule::Lag;

/// The way money takes from a platform to the account that counts as landed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its id.
    pub id: RouteId,
    /// The platform it starts at; `None` where several use it.
    pub platform: Option<PlatformId>,
    /// Its name: PayPal, bank.
    pub name: String,
    /// The transfers in order.
    pub steps: Vec<RouteStep>,
    /// How many steps must be done until money counts as landed; 0 means the last.
    pub landed_after_step: u32,
    /// The least sum the platform sends this way.
    pub minimum: Option<Money>,
    /// The most that can be drawn at once or held.
    pub ceiling: Option<Money>,
    /// The most in a calendar year.
    pub yearly_ceiling: Option<Money>,
}

/// One transfer of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteStep {
    /// The account it ends at.
    pub to: String,
    /// Days between sent and arrived.
    pub transit: Option<Lag>,
    /// The fee for it.
    pub fee: Option<Fee>,
}

/// A fee: a share, a fixed sum, a least sum; parts that are not charged are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fee {
    /// A share in per cent.
    pub percent: Option<Decimal>,
    /// A fixed sum on top.
    pub fixed: Option<Money>,
    /// At least this much.
    pub at_least: Option<Money>,
}
