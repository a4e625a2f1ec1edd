//! Release: how payable money leaves, and the expected payouts that come of it.
//!
//! Without a release shape money lands by itself; with pay runs the balance is swept by the next one; on demand it waits to
//! be drawn, and is never late before a draw is recorded. What is below the least sum, or above the most that is paid at
//! once, is carried to the next parcel; each row stays in exactly one. Where a rule is only reported or a lead, the
//! user's own lags go before its days.

mod on_demand;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ceiling::{MOST_ROUNDS, near, next, paid_in_year, split, without_date};
use super::dates::{after, day_in, plus, sane};
use super::fees::fees;
use super::gather::Balance;
use super::parcel::{Parcel, Parcels, Place};
use super::place::{Moment, blocked};
use super::runs::Runs;
use super::travel::Travel;
use super::{Expected, ExpectedKey, OwnLags, Part, Reason, UnknownDate, Window, is_soft};
use crate::domain::book::Book;
use crate::domain::ids::ScheduleId;
use crate::domain::money::{Currency, Money};
use crate::domain::route::Route;
use crate::domain::schedule::{Lag, Modifiers, Precision, ReleaseShape, Rule};
use crate::domain::span::DayRange;

/// What expected payouts of one balance are found from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'b> {
    pub(super) book: &'b Book,
    pub(super) balance: Balance,
    pub(super) moment: Moment,
    /// What the platform has paid so far.
    pub(super) paid: Paid,
    /// What the user's own payouts taught, where its rules are not documented.
    pub(super) lags: Option<OwnLags>,
}

/// What a platform has paid so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paid {
    /// Nothing yet.
    Never,
    /// Something, the last time on this day; `None` where no day is known.
    Last(Option<NaiveDate>),
}

/// What goes with the next payout, and why.
#[derive(Debug)]
enum Carried<'b> {
    /// It is below the least sum.
    TooLittle(Parcel<'b>),
    /// It is above the most that is paid at once.
    Rest(Parcel<'b>),
}

/// The expected payouts of a balance.
pub(super) fn release(ground: Ground<'_>, parcels: Parcels<'_>) -> Vec<Expected> {
    let mut found = Vec::new();
    let mut landing = Vec::new();
    let mut to_sweep = Vec::new();
    let mut pool = Vec::new();
    for parcel in parcels.into_values() {
        let why = parcel.payable.err().or_else(|| parcel.rule.and_then(blocked));
        if let Some(why) = why {
            found.push(ground.unknown(parcel, why));
            continue;
        }
        match parcel.rule.and_then(|rule| rule.release.as_ref()) {
            Some(ReleaseShape::OnDemand { .. }) => pool.push(parcel),
            Some(ReleaseShape::PayRun { .. }) => to_sweep.push(parcel),
            None => landing.push(parcel),
        }
    }
    landing.extend(ground.swept(to_sweep, &mut found));
    found.extend(ground.landing(landing));
    found.extend(ground.on_demand(pool));
    found
}

/// The last day on which a parcel is payable; the calendar's last where that is not known.
fn latest(parcel: &Parcel<'_>) -> NaiveDate {
    parcel.payable.map_or(NaiveDate::MAX, |days| days.last)
}

impl Ground<'_> {
    fn currency(&self) -> Currency {
        self.balance.1
    }

    /// The route of the balance, else the platform's usual one.
    fn route(&self) -> Option<&Route> {
        self.book.route_taken(self.balance.2, Some(self.balance.0)).map(AsRef::as_ref)
    }

    /// The least sum that is paid: the route's, else the rule's, in the currency of the balance. Where no route is named
    /// yet, less than the least of all routes goes out by none of them.
    fn minimum(&self, rule: Option<&Rule>) -> Option<Money> {
        let own = |minimum: Option<Money>| minimum.filter(|minimum| minimum.currency == self.currency());
        let rule = rule?;
        let route = self.route();
        let least = || if route.is_none() { self.least_of_routes() } else { None };
        own(route.and_then(|route| route.minimum)).or_else(|| own(rule.modifiers.minimum)).or_else(least)
    }

    /// The least sum of the platform's routes, in the currency of the balance; `None` where one of them has none.
    fn least_of_routes(&self) -> Option<Money> {
        let routes = self.book.routes().filter(|route| route.platform == Some(self.balance.0));
        let mut minimums = routes.map(|route| route.minimum).collect::<Option<Vec<Money>>>()?;
        minimums.retain(|minimum| minimum.currency == self.currency());
        minimums.into_iter().min_by_key(|minimum| minimum.amount)
    }

    /// The most that is paid at once: the route's, else the rule's, in the currency of the balance.
    fn ceiling(&self, rule: Option<&Rule>) -> Option<Money> {
        let own = |most: Option<Money>| most.filter(|most| most.currency == self.currency());
        let rule = rule?;
        own(self.route().and_then(|route| route.ceiling)).or_else(|| own(rule.modifiers.ceiling))
    }

    fn unknown(&self, parcel: Parcel<'_>, why: UnknownDate) -> Expected {
        self.expected(parcel, Window::Unknown(why), vec![Reason::Unknown(why)])
    }

    /// Balances that are swept, by the run that takes them: the first payout waits before its run is looked for.
    fn swept<'p>(&self, parcels: Vec<Parcel<'p>>, never: &mut Vec<Expected>) -> Vec<Parcel<'p>> {
        let began = parcels.iter().filter_map(|parcel| parcel.payable.ok()).min();
        let mut by_run: BTreeMap<(Option<ScheduleId>, NaiveDate), Parcel<'p>> = BTreeMap::new();
        for mut parcel in parcels {
            let found = parcel.rule.zip(parcel.payable.ok()).and_then(|(rule, mut payable)| {
                let runs = Runs::of(rule)?;
                let hold = rule.modifiers.first_payout_hold_days.filter(|_| self.paid == Paid::Never);
                if let Some((days, began)) = hold.filter(|days| *days > 0).zip(began) {
                    let until = after(began, Lag::days(days, days), &rule.modifiers.holidays);
                    if until.first > payable.first {
                        parcel.leaves.push(Reason::FirstPayoutHold { days });
                    }
                    payable = DayRange::new(payable.first.max(until.first), payable.last.max(until.last));
                }
                let dated = |day: NaiveDate| day_in(day.max(parcel.worked.last), parcel.zone, runs.zone);
                runs.sweep(DayRange::new(dated(payable.first), dated(payable.last)), self.moment)
            });
            let Some(swept) = found else {
                never.push(self.unknown(parcel, UnknownDate::NeverPays));
                continue;
            };
            parcel.part = Part::Run(swept.run);
            parcel.payable = Ok(swept.days);
            parcel.leaves.extend(swept.reasons);
            let name = (parcel.schedule.map(|schedule| schedule.id), swept.run);
            match by_run.remove(&name) {
                Some(before) => by_run.insert(name, before.swept_with(parcel)),
                None => by_run.insert(name, parcel),
            };
        }
        by_run.into_values().collect()
    }

    /// Whether a parcel's money is paid, with its least sum told.
    fn reaches(&self, parcel: &mut Parcel<'_>) -> bool {
        let sum = parcel.sum();
        let minimum = self.minimum(parcel.rule);
        parcel.minimum = minimum.map(|minimum| (minimum, minimum.with(sum)));
        sum > Decimal::ZERO && minimum.is_none_or(|minimum| sum >= minimum.amount)
    }

    /// Money that lands by itself: in order of its days, with what is too little, or too much at once, carried to the
    /// next.
    fn landing(&self, mut parcels: Vec<Parcel<'_>>) -> Vec<Expected> {
        parcels.sort_by_key(|parcel| (latest(parcel), parcel.part));
        let mut found = Vec::new();
        let mut carried: Option<Carried<'_>> = None;
        let mut first = self.paid == Paid::Never;
        for mut parcel in parcels {
            // A day promised by hand stands alone: nothing is carried to it, and no least sum counts.
            if parcel.rule.is_none() {
                found.push(self.lands(parcel, false));
                continue;
            }
            if let Some(Carried::TooLittle(before) | Carried::Rest(before)) = carried.take() {
                parcel.take_over(before);
            }
            carried = self.pays(parcel, &mut first, &mut found);
        }
        let mut rounds = 0;
        while let Some(Carried::Rest(rest)) = carried {
            rounds += 1;
            let next = if rounds > MOST_ROUNDS { without_date(rest) } else { next(rest, self.moment) };
            carried = match next.payable {
                Ok(_) => self.pays(next, &mut first, &mut found),
                Err(why) => {
                    found.push(self.unknown(next, why));
                    None
                }
            };
        }
        if let Some(Carried::TooLittle(parcel)) = carried {
            found.push(self.below_minimum(parcel));
        }
        found
    }

    /// Pays what reaches the least sum, up to the most that is paid at once; gives back what goes with the next payout.
    fn pays<'p>(&self, mut parcel: Parcel<'p>, first: &mut bool, found: &mut Vec<Expected>) -> Option<Carried<'p>> {
        if !self.reaches(&mut parcel) {
            return Some(Carried::TooLittle(parcel));
        }
        let (now, rest) = match self.ceiling(parcel.rule) {
            Some(most) => split(parcel, most),
            None => (parcel, None),
        };
        found.push(self.lands(now, *first));
        *first = false;
        rest.map(Carried::Rest)
    }

    fn lands(&self, parcel: Parcel<'_>, first: bool) -> Expected {
        let promised = Modifiers::default();
        let route = parcel.rule.and_then(|_| self.route());
        let modifiers = parcel.rule.map_or(&promised, |rule| &rule.modifiers);
        // A run was held before it was looked for.
        let first = first && !matches!(parcel.part, Part::Run(_));
        let payable = match parcel.payable {
            Ok(payable) => payable,
            Err(why) => return self.unknown(parcel, why),
        };
        let worked = if parcel.rule.is_some() { sane(parcel.worked.last) } else { payable.first };
        let travel = Travel { modifiers, route, first, worked };
        let mut reasons = Vec::new();
        let mut days = travel.lands(payable, &mut reasons);
        let mut precision = modifiers.precision;
        let soft = parcel.schedule.is_some_and(|schedule| is_soft(schedule.provenance.standing));
        if let Some(own) = self.lags.filter(|_| soft) {
            days = DayRange::new(plus(payable.first, own.low).max(worked), plus(payable.first, own.high).max(worked));
            precision = Precision::On;
            reasons.push(Reason::OwnLags(own));
        }
        if parcel.rule.is_none() {
            reasons.clear();
        } else {
            reasons.extend(self.yearly_limit(parcel.sum()));
        }
        self.expected(parcel, Window::Lands { days, precision }, reasons)
    }

    fn below_minimum(&self, mut parcel: Parcel<'_>) -> Expected {
        let minimum = self.minimum(parcel.rule).unwrap_or(Money::zero(self.currency()));
        parcel.part = Part::BelowMinimum;
        self.expected(parcel, Window::BelowMinimum { minimum }, Vec::new())
    }

    /// The most that the route takes in a year, where this year's payouts with this one come near it.
    fn yearly_limit(&self, sum: Decimal) -> Option<Reason> {
        let route = self.route()?;
        let most = route.yearly_ceiling.filter(|most| most.currency == self.currency())?;
        let usual = self.book.platform(self.balance.0).and_then(|platform| platform.default_route);
        let paid = paid_in_year(self.book, self.balance.0, route.id, usual == Some(route.id), self.moment.today);
        let paid = paid.of(most.currency).amount.saturating_add(sum);
        near(Some(most), paid, most.currency).map(|most| Reason::YearlyCeiling { most, paid: most.with(paid) })
    }

    /// An expected payout of a parcel with its window; the reasons given come after those of the parcel.
    fn expected(&self, mut parcel: Parcel<'_>, window: Window, after: Vec<Reason>) -> Expected {
        parcel.sort_rows();
        let gross = Money::new(parcel.sum(), self.currency());
        let mut reasons = parcel.reasons();
        reasons.extend(after);
        let rows = std::mem::take(&mut parcel.rows);
        let route = parcel.rule.and_then(|_| self.route());
        let taken = fees(self.book, gross, &rows, parcel.rule, route);
        for fee in [taken.platform, taken.payout] {
            if fee > Decimal::ZERO {
                reasons.push(Reason::Fee(gross.with(fee)));
            }
        }
        if taken.tax > Decimal::ZERO {
            reasons.push(Reason::TaxWithheld(gross.with(taken.tax)));
        }
        let late_days = match &window {
            Window::Lands { days, .. } => (self.moment.today - days.last).num_days().max(0),
            Window::DrawableFrom(_) | Window::DrawableNow { .. } | Window::BelowMinimum { .. } | Window::Unknown(_) => {
                0
            }
        };
        // What is drawn is one sum whatever rules it came by.
        let schedule = parcel.schedule.filter(|_| parcel.part != Part::Drawable).map(|schedule| schedule.id);
        Expected {
            key: ExpectedKey {
                platform: self.balance.0,
                currency: self.currency(),
                route: self.balance.2,
                schedule,
                part: parcel.part,
            },
            window,
            gross,
            net: taken.net(gross),
            estimate: rows.iter().any(|row| matches!(row.source, super::Source::Session(_))),
            still_growing: parcel.growing,
            reasons,
            schedule: parcel.schedule.map(|schedule| (schedule.id, schedule.provenance.clone())),
            rows,
            late_days,
        }
    }
}

/// Sorts expected payouts: late ones first, then drawable ones, then by latest day, then those without a date.
pub(super) fn sort(expected: &mut [Expected]) {
    expected.sort_by_key(|one| {
        let rank = match &one.window {
            _ if one.late_days > 0 => 0,
            Window::DrawableNow { .. } => 1,
            Window::Lands { .. } | Window::DrawableFrom(_) => 2,
            Window::BelowMinimum { .. } => 3,
            Window::Unknown(_) => 4,
        };
        (rank, one.window.days().map(|days| (days.last, Reverse(days.first))), one.key)
    });
}

/// The window of work of one rule, as a preview tells it.
///
/// # Errors
/// [`UnknownDate::NeverPays`] where no run ever comes.
pub(super) fn preview_window(
    rule: &Rule,
    place: &Place,
    moment: Moment,
    reasons: &mut Vec<Reason>,
) -> Result<Window, UnknownDate> {
    let mut payable = place.payable?;
    if matches!(rule.release, Some(ReleaseShape::OnDemand { .. })) {
        return Ok(Window::DrawableFrom(payable));
    }
    if let Some(runs) = Runs::of(rule) {
        let dated = |day: NaiveDate| day_in(day, place.zone, runs.zone);
        let days = DayRange::new(dated(payable.first), dated(payable.last));
        let swept = runs.sweep(days, moment).ok_or(UnknownDate::NeverPays)?;
        payable = swept.days;
        reasons.extend(swept.reasons);
    }
    let precision: Precision = rule.modifiers.precision;
    let travel = Travel { modifiers: &rule.modifiers, route: None, first: false, worked: sane(place.worked.last) };
    let days = travel.lands(payable, reasons);
    Ok(Window::Lands { days, precision })
}
