//! On demand: what can be drawn now, what from which day on, and what limits a draw.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Ground, Paid, latest};
use crate::domain::query::calendar::ceiling::near;
use crate::domain::query::calendar::dates::{plus, sane};
use crate::domain::query::calendar::parcel::Parcel;
use crate::domain::query::calendar::{Expected, Part, Reason, Window};
use crate::domain::schedule::{ReleaseShape, Rule};
use crate::domain::span::DayRange;

/// Whole days of a cooldown in hours.
fn cooldown_days(hours: u32) -> i64 {
    i64::from(hours.div_ceil(24).min(36_525))
}

/// The first day on which a parcel may be drawn: not before it matures, nor before its work.
fn earliest(parcel: &Parcel<'_>) -> NaiveDate {
    let matures = parcel.payable.map_or(NaiveDate::MIN, |days| days.first);
    matures.max(sane(parcel.worked.last))
}

impl Ground<'_> {
    /// Money that is drawn: what has matured is one sum; what has not is told by its latest day.
    pub(super) fn on_demand(&self, mut parcels: Vec<Parcel<'_>>) -> Vec<Expected> {
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
        let mut carried: Option<Parcel<'_>> = None;
        if let Some(mut parcel) = matured {
            if self.reaches(&mut parcel) {
                drawable = true;
                parcel.part = Part::Drawable;
                let next_draw_on = cooldown.as_ref().map(|(day, _)| *day).filter(|day| *day > self.moment.today);
                let reasons = cooldown.iter().map(|(_, reason)| reason.clone()).chain(hold(parcel.rule));
                let reasons = reasons.chain(self.draw_limits(&parcel)).collect();
                found.push(self.expected(parcel, Window::DrawableNow { next_draw_on }, reasons));
            } else {
                carried = Some(parcel);
            }
        }
        // The whole sum is there once the last of its parts is.
        let mut first = NaiveDate::MIN;
        for mut parcel in waiting {
            first = first.max(earliest(&parcel));
            if let Some(before) = carried.take() {
                first = first.max(earliest(&before));
                parcel.take_over(before);
            }
            if !(self.reaches(&mut parcel) || drawable && parcel.sum() > Decimal::ZERO) {
                carried = Some(parcel);
                continue;
            }
            drawable = true;
            let last = latest(&parcel).max(first);
            let next_draw = cooldown.as_ref().map_or(NaiveDate::MIN, |(day, _)| *day);
            let window = Window::DrawableFrom(DayRange::new(first.max(next_draw), last.max(next_draw)));
            let waits = cooldown.iter().filter(|(day, _)| *day > first).map(|(_, reason)| reason.clone());
            let reasons = waits.chain(hold(parcel.rule)).collect();
            found.push(self.expected(parcel, window, reasons));
            first = NaiveDate::MIN;
        }
        found.extend(carried.map(|parcel| self.below_minimum(parcel)));
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
}
