//! Tally: sums of work before rates are taken of them. Tallies of different work add up, in any order.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Hours, RATE_DECIMALS, Rates, Step};
use crate::domain::earning::EarningKind;
use crate::domain::exchange::MissingRate;
use crate::domain::ids::ProjectId;
use crate::domain::money::Currency;
use crate::domain::query::work::{Counted, Moment, Part, Worth};
use crate::domain::span::DayRange;

/// Sums of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain::query) struct Tally {
    /// The rates, but for what is taken of the sums at the end.
    rates: Rates,
    /// Advertised rates, each as often as it has paid seconds.
    advertised: Decimal,
    /// The part of what was received that earnings add which stand for no session.
    pub(in crate::domain::query) added: Decimal,
    /// Whether an exchange rate is missing for what was received of a session.
    pub(in crate::domain::query) unknown: bool,
    /// Seconds of paid time: what was credited or, where nothing was said, worked.
    pub(in crate::domain::query) credited_secs: i64,
    /// Own seconds of unpaid assessment and onboarding.
    pub(in crate::domain::query) unpaid_entry_secs: i64,
    /// What was advertised for the project and day that came last: the next session is often of the same.
    last: Last,
}

/// What was advertised for a project on a day. It is no part of the sums: all are equal.
#[derive(Debug, Clone, Copy, Default)]
struct Last(Option<(ProjectId, NaiveDate, Advertised)>);

/// What is advertised an hour, in home currency; `None` where nothing is.
type Advertised = Option<Result<Decimal, MissingRate>>;

impl PartialEq for Last {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Last {}

impl Tally {
    /// No work at all.
    pub(in crate::domain::query) fn none(home: Currency) -> Self {
        Self {
            rates: Rates::none(home, None),
            advertised: Decimal::ZERO,
            added: Decimal::ZERO,
            unknown: false,
            credited_secs: 0,
            unpaid_entry_secs: 0,
            last: Last::default(),
        }
    }

    /// Adds a session with what it is worth.
    pub(in crate::domain::query) fn take(&mut self, moment: &Moment<'_>, one: &Counted, settled_only: bool) {
        let Some(piece) = moment.piece(one.at) else {
            return;
        };
        let rates = &mut self.rates;
        rates.sessions += 1;
        rates.hours.add(one);
        if piece.session.paid {
            let secs = piece.session.credited_secs.unwrap_or_else(|| piece.own_secs());
            self.credited_secs = self.credited_secs.saturating_add(secs);
        }
        if piece.session.activity.is_entry() {
            let own = piece.own_secs();
            rates.entry_secs = rates.entry_secs.saturating_add(own);
            if !piece.session.paid {
                self.unpaid_entry_secs = self.unpaid_entry_secs.saturating_add(own);
            }
        }
        if let Some(estimate) = moment.estimate(one.at) {
            let worth = estimate.worth();
            self.unknown |= worth.lacks(Step::Received);
            rates.add(&worth);
        }
        moment.each_part(one.at, |claim, worth| {
            if claim.covers {
                self.unknown |= worth.lacks(Step::Received);
                rates.add(worth);
            } else if claim.settled || !settled_only {
                rates.add(worth);
                rates.add_bonus(claim.earning.kind, worth);
                self.added = self.added.saturating_add(worth.received);
            }
        });
        if moment.unpriced(one.at).is_some() {
            // As with what is advertised, of time beside other work all: the sums of projects know nothing of each other.
            rates.unpriced_secs = rates.unpriced_secs.saturating_add(piece.paid_secs());
        }
        let Some(project) = piece.session.project.filter(|_| piece.session.paid) else {
            return;
        };
        let known = self.last.0.filter(|(of, day, _)| (*of, *day) == (project, piece.day));
        let (_, _, advertised) = known.unwrap_or_else(|| (project, piece.day, moment.advertised(&piece)));
        self.last = Last(Some((project, piece.day, advertised)));
        match advertised {
            None => {}
            Some(Err(missing)) => {
                rates.missing.insert((Step::Advertised, missing));
            }
            Some(Ok(an_hour)) => {
                let secs = piece.paid_secs();
                rates.advertised_secs = rates.advertised_secs.saturating_add(secs);
                let weighted = an_hour.saturating_mul(Decimal::from(secs));
                self.advertised = self.advertised.saturating_add(weighted);
            }
        }
    }

    /// Adds an earning that stands by itself.
    pub(in crate::domain::query) fn take_loose(&mut self, part: &Part<'_>) {
        self.rates.add(&part.worth);
        if !part.covers {
            self.rates.add_bonus(part.earning.kind, &part.worth);
        }
    }

    /// Adds the sums of other work.
    pub(in crate::domain::query) fn add(&mut self, other: &Self) {
        self.rates.add_sums(&other.rates);
        self.advertised = self.advertised.saturating_add(other.advertised);
        self.added = self.added.saturating_add(other.added);
        self.unknown |= other.unknown;
        self.credited_secs = self.credited_secs.saturating_add(other.credited_secs);
        self.unpaid_entry_secs = self.unpaid_entry_secs.saturating_add(other.unpaid_entry_secs);
    }

    /// How long the work took.
    pub(in crate::domain::query) fn hours(&self) -> Hours {
        self.rates.hours
    }

    /// Whether an exchange rate is missing for anything that was received.
    pub(in crate::domain::query) fn lacks_received(&self) -> bool {
        self.rates.missing_for(Step::Received).next().is_some()
    }

    /// Says how long the work took where its sessions alone don't: where parallel time counts once.
    pub(in crate::domain::query) fn set_hours(&mut self, hours: Hours) {
        self.rates.hours = hours;
    }

    /// The money of the *received* step, as far as it could be converted.
    pub(in crate::domain::query) fn received(&self) -> Decimal {
        self.rates.received
    }

    /// The rates of all of it.
    pub(in crate::domain::query) fn finish(mut self, set_aside_percent: Option<Decimal>) -> Rates {
        let secs = Decimal::from(self.rates.advertised_secs);
        self.rates.set_aside_percent = set_aside_percent;
        self.rates.advertised = self.advertised.checked_div(secs).map(|exact| exact.round_dp(RATE_DECIMALS));
        self.rates
    }
}

impl Rates {
    fn add(&mut self, worth: &Worth) {
        for (sum, more) in [
            (&mut self.recorded, worth.recorded),
            (&mut self.accepted, worth.accepted),
            (&mut self.received, worth.received),
            (&mut self.unsettled, worth.unsettled),
            (&mut self.taxed, worth.taxed),
        ] {
            // Much of it is nothing, and there may be a million.
            if !more.is_zero() {
                *sum = sum.saturating_add(more);
            }
        }
        if !worth.exchange.is_zero() {
            self.exchange.add(&worth.exchange);
        }
        self.missing.extend(worth.missing.iter().copied());
    }

    /// Notes how much of what is recorded is a bonus; the money itself is summed with the rest.
    fn add_bonus(&mut self, kind: EarningKind, worth: &Worth) {
        if kind == EarningKind::Bonus {
            self.bonuses = self.bonuses.saturating_add(worth.recorded);
        }
    }

    fn add_sums(&mut self, other: &Self) {
        self.hours.own_secs = self.hours.own_secs.saturating_add(other.hours.own_secs);
        self.hours.paid_secs = self.hours.paid_secs.saturating_add(other.hours.paid_secs);
        self.advertised_secs = self.advertised_secs.saturating_add(other.advertised_secs);
        self.recorded = self.recorded.saturating_add(other.recorded);
        self.accepted = self.accepted.saturating_add(other.accepted);
        self.received = self.received.saturating_add(other.received);
        self.unsettled = self.unsettled.saturating_add(other.unsettled);
        self.taxed = self.taxed.saturating_add(other.taxed);
        self.exchange.add(&other.exchange);
        self.bonuses = self.bonuses.saturating_add(other.bonuses);
        self.unpriced_secs = self.unpriced_secs.saturating_add(other.unpriced_secs);
        self.entry_secs = self.entry_secs.saturating_add(other.entry_secs);
        self.missing.extend(other.missing.iter().copied());
        self.sessions += other.sessions;
    }
}

/// Sums counted sessions and earnings that stand by themselves.
pub(in crate::domain::query) fn tally(
    moment: &Moment<'_>,
    counted: &[Counted],
    loose: &[Part<'_>],
    settled_only: bool,
) -> Rates {
    let mut sums = Tally::none(moment.work.home());
    for one in counted {
        sums.take(moment, one, settled_only);
    }
    for part in loose {
        sums.take_loose(part);
    }
    sums.finish(moment.work.book().settings().set_aside_percent)
}

/// Days that are no part of others which lie in them, in order and without overlap.
pub(super) fn gaps(days: DayRange, without: &[DayRange]) -> Vec<DayRange> {
    let mut gaps = Vec::new();
    let mut next = Some(days.first);
    for out in without {
        if let (Some(first), Some(last)) = (next, out.first.pred_opt())
            && first <= last
        {
            gaps.push(DayRange { first, last });
        }
        next = out.last.succ_opt();
    }
    gaps.extend(next.filter(|first| *first <= days.last).map(|first| DayRange { first, last: days.last }));
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn the_gaps_between_some_days_and_those_days_are_all_of_them() {
        let range = |first: &str, last: &str| DayRange::new(day(first), day(last));
        let days = range("2026-01-15", "2026-05-10");
        assert_eq!(gaps(days, &[]), [days]);
        let months = [range("2026-02-01", "2026-02-28"), range("2026-03-01", "2026-03-31")];
        assert_eq!(gaps(days, &months), [range("2026-01-15", "2026-01-31"), range("2026-04-01", "2026-05-10")]);
        assert_eq!(gaps(range("2026-02-01", "2026-03-31"), &months), []);
        let ends = gaps(DayRange::all(), &months);
        assert_eq!((ends[0].first, ends[1].last, ends.len()), (DayRange::all().first, DayRange::all().last, 2));
    }
}
