//! Release: how payable money leaves, and the expected payouts that come of it.
//!
//! Without a release shape money lands by itself; with pay runs the balance is swept by the next one; on demand it waits to
//! be drawn, and is never late before a draw is recorded. What is below the least sum, or above the most that is paid at
//! once, is carried to the next parcel; each row stays in exactly one. Where a rule is only reported or a lead, the
//! user's own lags go before its days.

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

/// Whole days of a cooldown in hours.
fn cooldown_days(hours: u32) -> i64 {
    i64::from(hours.div_ceil(24).min(36_525))
}

impl Ground<'_> {
    fn currency(&self) -> Currency {
        self.balance.1
    }

    /// The route of the balance, else the platform's usual one.
    fn route(&self) -> Option<&Route> {
        let usual = || self.book.platform(self.balance.0).and_then(|platform| platform.default_route);
        self.book.route(self.balance.2.or_else(usual)?).map(AsRef::as_ref)
    }

    /// The least sum that is paid: the route's, else the rule's, in the currency of the balance.
    fn minimum(&self, rule: Option<&Rule>) -> Option<Money> {
        let own = |minimum: Option<Money>| minimum.filter(|minimum| minimum.currency == self.currency());
        let rule = rule?;
        own(self.route().and_then(|route| route.minimum)).or_else(|| own(rule.modifiers.minimum))
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

    /// Money that is drawn: what has matured is one sum; what has not is told by its latest day.
    fn on_demand(&self, mut parcels: Vec<Parcel<'_>>) -> Vec<Expected> {
        parcels.sort_by_key(|parcel| (latest(parcel), parcel.part));
        // A batch and an item clock may feed one balance; the newest rule says how it is drawn.
        let rule = parcels
            .iter()
            .filter_map(|parcel| parcel.schedule)
            .max_by_key(|schedule| (schedule.valid_from, schedule.id));
        let cooldown = rule.and_then(|schedule| self.cooldown(&schedule.rule));
        let hold = |rule: Option<&Rule>| {
            let first = self.paid == Paid::Never;
            let days = rule.and_then(|rule| rule.modifiers.first_payout_hold_days).filter(|days| first && *days > 0);
            days.map(|days| Reason::FirstPayoutHold { days })
        };
        let mut matured: Option<Parcel<'_>> = None;
        let mut waiting = Vec::new();
        for mut parcel in parcels {
            if latest(&parcel) > self.moment.today {
                waiting.push(parcel);
                continue;
            }
            if let Some(before) = matured.take() {
                parcel.take_over(before);
            }
            matured = Some(parcel);
        }
        let mut found = Vec::new();
        let mut drawable = false;
        let mut carried: Vec<Parcel<'_>> = Vec::new();
        if let Some(mut parcel) = matured {
            if self.reaches(&mut parcel) {
                drawable = true;
                parcel.part = Part::Drawable;
                let next_draw_on = cooldown.as_ref().map(|(day, _)| *day).filter(|day| *day > self.moment.today);
                let reasons = cooldown.iter().map(|(_, reason)| reason.clone()).chain(hold(parcel.rule));
                let reasons = reasons.chain(self.draw_limits(&parcel)).collect();
                found.push(self.expected(parcel, Window::DrawableNow { next_draw_on }, reasons));
            } else {
                carried.push(parcel);
            }
        }
        for parcel in waiting {
            carried.push(parcel);
            let earliest = self.earliest_reached(&carried, drawable);
            let Some(mut whole) = merged(std::mem::take(&mut carried)) else {
                continue;
            };
            if !(self.reaches(&mut whole) || drawable && whole.sum() > Decimal::ZERO) {
                carried.push(whole);
                continue;
            }
            drawable = true;
            let last = latest(&whole);
            let next_draw = cooldown.as_ref().map_or(NaiveDate::MIN, |(day, _)| *day);
            let first = earliest.unwrap_or(last).min(last);
            let window = Window::DrawableFrom(DayRange::new(first.max(next_draw), last.max(next_draw)));
            let waits = cooldown.iter().filter(|(day, _)| *day > first).map(|(_, reason)| reason.clone());
            let reasons = waits.chain(hold(whole.rule)).collect();
            found.push(self.expected(whole, window, reasons));
        }
        found.extend(merged(carried).map(|parcel| self.below_minimum(parcel)));
        found
    }

    /// What limits a draw: the most that is held, where the balance is near it, and the most that is drawn at once.
    fn draw_limits(&self, parcel: &Parcel<'_>) -> Vec<Reason> {
        let balance = parcel.sum();
        let held = match parcel.rule.and_then(|rule| rule.release.as_ref()) {
            Some(ReleaseShape::OnDemand { balance_ceiling, .. }) => *balance_ceiling,
            Some(ReleaseShape::PayRun { .. }) | None => None,
        };
        let near = near(held, balance, self.currency());
        let near = near.map(|most| Reason::CeilingNear { most, balance: most.with(balance) });
        let most = self.ceiling(parcel.rule).filter(|most| most.amount > Decimal::ZERO && balance > most.amount);
        let cut = most.map(|most| Reason::Ceiling { most, rest: most.with(balance.saturating_sub(most.amount)) });
        near.into_iter().chain(cut).chain(self.yearly_limit(balance)).collect()
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

    /// The earliest day on which some parcels together reach the least sum; any of them where that is reached anyway.
    fn earliest_reached(&self, parcels: &[Parcel<'_>], reached: bool) -> Option<NaiveDate> {
        let mut days: Vec<(NaiveDate, Decimal)> =
            parcels.iter().filter_map(|parcel| Some((parcel.payable.ok()?.first, parcel.sum()))).collect();
        days.sort_unstable();
        let minimum = parcels.last().and_then(|parcel| self.minimum(parcel.rule)).filter(|_| !reached);
        let least = minimum.map_or(Decimal::ZERO, |minimum| minimum.amount);
        let mut sum = Decimal::ZERO;
        days.into_iter().find_map(|(day, part)| {
            sum = sum.saturating_add(part);
            (sum >= least).then_some(day)
        })
    }

    /// The first day of the next draw and why, where a cooldown runs since a last draw that is known.
    fn cooldown(&self, rule: &Rule) -> Option<(NaiveDate, Reason)> {
        let Some(ReleaseShape::OnDemand { cooldown_hours: Some(hours), .. }) = rule.release else {
            return None;
        };
        let Paid::Last(Some(last_draw_on)) = self.paid else {
            return None;
        };
        let next = plus(last_draw_on, cooldown_days(hours));
        (next > self.moment.today).then_some((next, Reason::Cooldown { hours, last_draw_on }))
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

/// Parcels as one: the last takes over the rest.
fn merged(parcels: Vec<Parcel<'_>>) -> Option<Parcel<'_>> {
    parcels.into_iter().reduce(|before, mut parcel| {
        parcel.take_over(before);
        parcel
    })
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
