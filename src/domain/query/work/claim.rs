//! Claims: how an earning becomes the money of the sessions that it stands for, or adds to.
//!
//! Every amount of the earning is shared over its sessions, and the shares sum to it. Up to *accepted* each share
//! converts at the rate of its session's day. A session for which several earnings stand (a week's end cut it in two, a
//! platform credits each task of a day) counts its price once.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cut::{Weights, shares};
use super::facts::{Facts, PlatformCut, kept};
use super::landed::{Landed, in_its_currency, is_settled, still_owed};
use super::links::Links;
use super::packed::{Packed, Valued};
use super::shelf::{Place, Shelf};
use super::taught::Lesson;
use super::worth::{Exchange, Worth};
use super::{ByEarning, Piece};
use crate::domain::earning::Earning;
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::rates::Step;

/// An earning and the sessions that it stands for or adds to, with the part that each has of it.
#[derive(Debug, Clone)]
pub(in crate::domain::query) struct Claim {
    pub(in crate::domain::query) earning: Arc<Earning>,
    /// Places of the sessions, by start; none where it stands by itself on its first day.
    pub(super) members: Box<[Place]>,
    /// Whether it stands for the sessions; otherwise it adds to what they are worth.
    pub(in crate::domain::query) covers: bool,
    /// Whether nothing more is to come of it.
    pub(in crate::domain::query) settled: bool,
    /// What it taught, where it is settled.
    pub(super) lessons: Box<[Lesson]>,
    /// A part a member, in their order; one where it stands by itself.
    pub(super) parts: Packed,
}

/// Up to so many members are looked through one by one.
const FEW: usize = 16;

impl Claim {
    /// Which of its members a session is.
    pub(super) fn nth(&self, at: Place, shelf: &Shelf) -> Option<usize> {
        if self.members.len() <= FEW {
            return self.members.iter().position(|member| *member == at);
        }
        // Of a Book that was just read places grow with the starts, and no session needs to be looked at.
        let by_place = self.members.binary_search(&at);
        let by_start = |_| self.members.binary_search_by_key(&shelf.key(at), |member| shelf.key(*member));
        by_place.or_else(by_start).ok()
    }
}

/// A part of an earning: what one session has of it, or all of it where it stands by itself.
#[derive(Debug, Clone)]
pub(in crate::domain::query) struct Part<'w> {
    pub(in crate::domain::query) earning: &'w Arc<Earning>,
    pub(in crate::domain::query) day: NaiveDate,
    pub(in crate::domain::query) project: Option<ProjectId>,
    pub(in crate::domain::query) platform: PlatformId,
    pub(in crate::domain::query) covers: bool,
    pub(in crate::domain::query) settled: bool,
    pub(in crate::domain::query) worth: Worth,
    /// What was accepted of it as far as known, in the earning's currency.
    pub(in crate::domain::query) value: Money,
}

/// A part that was made, and whose it is.
pub(super) struct Made {
    pub(super) project: Option<ProjectId>,
    pub(super) valued: Valued,
}

/// What the settled work of a project taught: received ÷ recorded, from twenty settled items on.
pub(super) type SettledShares = HashMap<ProjectId, Decimal>;

/// What claims are valued with.
pub(super) struct Valuer<'a> {
    pub(super) facts: &'a Facts,
    pub(super) landed: &'a ByEarning<Landed>,
    pub(super) settled_shares: &'a SettledShares,
}

/// What one of several has of something that they share by amount; equally where they sum to nothing.
///
/// Cut at what has come before it, so that the parts sum to the whole and nobody needs all of them for one.
#[derive(Default)]
struct Stake {
    before: Decimal,
    own: Decimal,
    sum: Decimal,
    count_before: u32,
    count: u32,
}

impl Stake {
    /// One more shares; whether it is the one that is asked about.
    fn join(&mut self, amount: Decimal, is_it: bool) {
        if is_it {
            (self.before, self.own, self.count_before) = (self.sum, amount, self.count);
        }
        self.sum = self.sum.saturating_add(amount);
        self.count += 1;
    }

    fn part_of(&self, whole: Decimal) -> Decimal {
        let [before, own, all] = if self.sum.is_zero() {
            [self.count_before, 1, self.count].map(Decimal::from)
        } else {
            [self.before, self.own, self.sum]
        };
        let after = all.saturating_sub(before).saturating_sub(own);
        shares(whole, &[before, own, after]).get(1).copied().unwrap_or_default()
    }
}

/// One session of a claim, as far as the claim needs it.
struct Member {
    day: NaiveDate,
    project: Option<ProjectId>,
    own_secs: i64,
    /// The part of its price that the earning stands for.
    price: Option<Money>,
}

impl Valuer<'_> {
    pub(super) fn is_settled(&self, claim: &Claim) -> bool {
        is_settled(&claim.earning, self.landed.get(&claim.earning.id))
    }

    /// The parts of a claim, in the order of its members; one where it has none.
    pub(super) fn parts<'p>(
        &self,
        claim: &Claim,
        all: &Links,
        piece: impl Fn(Place) -> Option<Piece<'p>>,
    ) -> Vec<Made> {
        let earning = &claim.earning;
        let mut members: Vec<Member> = claim
            .members
            .iter()
            .filter_map(|at| Some((*at, piece(*at)?)))
            .map(|(at, piece)| Member {
                day: piece.day,
                project: piece.session.project,
                own_secs: piece.own_secs(),
                price: self.price_part(&piece, at, claim, all),
            })
            .collect();
        if members.is_empty() {
            members.push(Member { day: earning.worked.first, project: earning.project, own_secs: 0, price: None });
        }
        self.shared(claim, &members)
    }

    fn shared(&self, claim: &Claim, members: &[Member]) -> Vec<Made> {
        let earning = &claim.earning;
        let landed = self.landed.get(&earning.id);
        let settled = is_settled(earning, landed);
        let accepted = in_its_currency(earning, earning.accepted());
        let rest = if settled { Decimal::ZERO } else { still_owed(earning, landed) };
        // What part of the accepted work is still to be paid; its known fee and tax are so too.
        let open = rest.checked_div(accepted.amount).unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE);
        let still = |known: Option<Money>| known.map_or(Decimal::ZERO, |known| known.amount.saturating_mul(open));
        let weights = weights(members);
        let mut cuts = Cuts::by(&weights);
        let of_all = [
            earning.amount.amount,
            accepted.amount,
            rest,
            still(earning.platform_fee),
            still(earning.tax_withheld),
            landed.map_or(Decimal::ZERO, |landed| landed.actual),
            landed.map_or(Decimal::ZERO, |landed| landed.taxed),
        ]
        .map(|amount| cuts.cut(amount));
        let through = landed.and_then(|landed| landed.through.as_deref());
        let through = through.map(|through| {
            [through.net, through.at_reference, through.spread, through.unknown_net, through.unknown_actual]
                .map(|amount| cuts.cut(amount))
        });
        members
            .iter()
            .enumerate()
            .map(|(at, member)| {
                let [recorded, value, rest, fee, tax, actual, taxed] = of_all.map(|cut| cuts.part(cut, at));
                let share = Share {
                    recorded: member.price.unwrap_or(earning.amount.with(recorded)),
                    accepted: earning.amount.with(value),
                    rest: earning.amount.with(rest),
                    fee: earning.platform_fee.map(|known| known.with(fee)),
                    tax: earning.tax_withheld.map(|known| known.with(tax)),
                    open,
                    actual,
                    taxed,
                };
                let mut worth = self.worth(earning, member, &share);
                if let Some(through) = through {
                    let of = through.map(|cut| cuts.part(cut, at));
                    worth.exchange = self.exchange(earning.amount.currency, member.day, of);
                }
                for missing in landed.iter().flat_map(|landed| &landed.missing) {
                    worth.miss(Step::Received, *missing);
                }
                Made {
                    project: member.project.or(earning.project),
                    valued: Valued { worth, value: share.accepted.amount },
                }
            })
            .collect()
    }

    /// The part of a session's price that a claim stands for: all of it where no other stands for the session.
    ///
    /// Where several do, those that stand for nothing else have their own amounts of it, and the others share the rest by
    /// theirs.
    fn price_part(&self, piece: &Piece<'_>, at: Place, claim: &Claim, all: &Links) -> Option<Money> {
        if !claim.covers {
            return None;
        }
        let price = piece.price(self.facts).ok()?;
        if !all.is_shared(at) {
            return Some(price);
        }
        let comparable = |claim: &Claim| claim.earning.amount.currency == price.currency;
        let alone = |claim: &Claim| claim.members.len() == 1 && comparable(claim);
        let amount = |claim: &Claim| {
            if comparable(claim) { claim.earning.amount.amount.max(Decimal::ZERO) } else { Decimal::ZERO }
        };
        let (mut singles, mut others) = (Stake::default(), Stake::default());
        for held in all.covering(at) {
            let stake = if alone(held) { &mut singles } else { &mut others };
            stake.join(amount(held), held.earning.id == claim.earning.id);
        }
        let rest = price.amount.saturating_sub(singles.sum);
        let is_short = others.count == 0 || rest.is_sign_negative();
        let part = match (alone(claim), is_short) {
            (true, true) => singles.part_of(price.amount),
            (true, false) => amount(claim),
            (false, true) => Decimal::ZERO,
            (false, false) => others.part_of(rest),
        };
        Some(price.with(part))
    }

    /// What exchange made of a share, as [`Exchange`] has it; nothing where the work day has no rate, which is noted
    /// elsewhere.
    fn exchange(&self, from: Currency, day: NaiveDate, share: [Decimal; 5]) -> Exchange {
        let [net, at_reference, spread, unknown_net, unknown_actual] = share;
        let worked = |amount| self.facts.to_home(Money::new(amount, from), day).map(kept);
        let (Ok(worked_net), Ok(worked_unknown)) = (worked(net), worked(unknown_net)) else {
            return Exchange::default();
        };
        let moved = at_reference.saturating_sub(worked_net);
        let unsplit = unknown_actual.saturating_sub(worked_unknown);
        if self.facts.is_given(from, day) {
            Exchange { drift: moved, spread, unsplit }
        } else {
            // At an estimate of the work day nobody knows what the market did since.
            Exchange { drift: Decimal::ZERO, spread, unsplit: unsplit.saturating_add(moved) }
        }
    }

    fn worth(&self, earning: &Earning, member: &Member, share: &Share) -> Worth {
        let facts = self.facts;
        let project = member.project.or(earning.project);
        let mut worth = Worth::default();
        // Most often all of it is accepted, and the rest is all or nothing.
        let mut converted: Option<(Money, Decimal)> = None;
        let mut home = |worth: &mut Worth, step, money| {
            if let Some((_, amount)) = converted.filter(|(of, _)| *of == money) {
                return amount;
            }
            let amount = worth.home(facts, step, money, member.day);
            converted = worth.missing.is_empty().then_some((money, amount));
            amount
        };
        worth.recorded = home(&mut worth, Step::Recorded, share.recorded);
        worth.accepted = home(&mut worth, Step::Accepted, share.accepted);

        let mut expected = home(&mut worth, Step::Received, share.rest);
        for known in [share.fee, share.tax].into_iter().flatten() {
            expected = expected.saturating_sub(home(&mut worth, Step::Received, known));
        }
        let settled_share = || self.settled_shares.get(&project?);
        worth.unsettled = if share.open.is_zero() && expected.is_zero() {
            Decimal::ZERO
        } else if let Some(settled_share) = settled_share() {
            at_settled_share(&worth, *settled_share, share.open)
        } else {
            let cut = if share.fee.is_some() { PlatformCut::Known } else { PlatformCut::Expected };
            let after_fees = facts.share_after_fees(Some(earning.platform), project, member.day, cut);
            kept(expected.saturating_mul(after_fees))
        };
        worth.received = share.actual.saturating_add(worth.unsettled);
        let withheld =
            earning.tax_withheld.is_some_and(|tax| !tax.amount.is_zero()) || facts.is_employer(Some(earning.platform));
        worth.taxed = if withheld { worth.received } else { share.taxed };
        worth
    }
}

/// One session's share of a claim, in the currencies of the earning; `actual` and `taxed` in home currency.
struct Share {
    recorded: Money,
    accepted: Money,
    rest: Money,
    fee: Option<Money>,
    tax: Option<Money>,
    open: Decimal,
    actual: Decimal,
    taxed: Decimal,
}

/// What unsettled work should bring by what the settled work of its project taught: recorded × share, for the part
/// that is still open; never above what was accepted where that is less than what was recorded.
pub(super) fn at_settled_share(worth: &Worth, settled_share: Decimal, open: Decimal) -> Decimal {
    let expected = worth.recorded.saturating_mul(settled_share);
    let expected = if worth.accepted < worth.recorded { expected.min(worth.accepted) } else { expected };
    kept(expected.saturating_mul(open))
}

/// Amounts cut by the same weights: the same amount once, and nothing not at all.
struct Cuts<'w> {
    weights: &'w Weights,
    made: Vec<(Decimal, Vec<Decimal>)>,
}

/// One of the amounts that were cut; `None` is nothing.
type Cut = Option<usize>;

impl<'w> Cuts<'w> {
    fn by(weights: &'w Weights) -> Self {
        Self { weights, made: Vec::new() }
    }

    fn cut(&mut self, amount: Decimal) -> Cut {
        if amount.is_zero() {
            return None;
        }
        let known = self.made.iter().position(|(made, _)| *made == amount);
        known.or_else(|| {
            self.made.push((amount, self.weights.cut(amount)));
            Some(self.made.len() - 1)
        })
    }

    fn part(&self, cut: Cut, member: usize) -> Decimal {
        cut.and_then(|cut| self.made.get(cut)?.1.get(member).copied()).unwrap_or_default()
    }
}

/// By price where all have one in the same currency, else by own time.
fn weights(members: &[Member]) -> Weights {
    let currency = members.first().and_then(|member| member.price).map(|price| price.currency);
    let prices: Option<Vec<Decimal>> = members
        .iter()
        .map(|member| member.price.filter(|price| Some(price.currency) == currency))
        .map(|price| price.map(|price| price.amount.max(Decimal::ZERO)))
        .collect();
    match prices.filter(|prices| prices.iter().any(|price| !price.is_zero())) {
        Some(prices) => Weights::of(prices.iter().copied()),
        None => Weights::of(members.iter().map(|member| Decimal::from(member.own_secs.max(0)))),
    }
}
