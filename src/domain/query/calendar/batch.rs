//! Period batches: which windows a piece of open money belongs to.
//!
//! Hourly work is split at the boundaries by unpaused time, to the minor unit by largest remainder; what is left below
//! it stays with the last part, so that the parts sum exactly to the whole. Tasks and own prices count at their end,
//! earnings on the last day of their work.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::dates::sane;
use super::gather::{Open, Work};
use super::parcel::{Parcel, Parcels, Place, row};
use super::pay_day::pay_days;
use super::place::{Moment, blocked, days_by_user, last_second};
use super::windows::{Cut, Windows, WorkWindow};
use super::{Part, UnknownDate, cut_off};
use crate::domain::earning::Earning;
use crate::domain::money::{Money, split_by_weight};
use crate::domain::schedule::{EarningShape, PayDay, Rule};
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Timestamp, Zone, date_in};

/// The parts of a rule that are a period batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Batch<'a> {
    pub(super) rule: &'a Rule,
    pub(super) windows: Windows,
    pub(super) zone: Zone,
    pub(super) pay_day: PayDay,
}

impl<'a> Batch<'a> {
    /// A rule as a period batch; `None` where it is none, or where its windows can't be told.
    pub(super) fn of(rule: &'a Rule) -> Option<Self> {
        match rule.earning {
            EarningShape::PeriodBatch { cycle, zone, starts_at, pay_day } => {
                let windows = Windows::new(cycle, zone, starts_at)?;
                Some(Self { rule, windows, zone, pay_day })
            }
            EarningShape::ItemClock { .. } | EarningShape::InvoiceNet { .. } | EarningShape::OwnDate { .. } => None,
        }
    }

    /// The pay days of a window, before shift, hold and transit.
    pub(super) fn payable(&self, window: WorkWindow) -> Result<DayRange, UnknownDate> {
        if let Some(why) = blocked(self.rule) {
            return Err(why);
        }
        // Where the pay zone dates the window's end later, the pay day is counted from there.
        let pay_zone = self.rule.modifiers.pay_zone.unwrap_or(self.zone);
        let last = sane(date_in(window.last_second(), pay_zone)).max(window.days.last);
        Ok(pay_days(self.pay_day, last, &self.rule.modifiers.holidays))
    }

    /// The place of work in a window.
    pub(super) fn place(&self, window: WorkWindow, now: Timestamp) -> Place {
        let part = Part::Period(window.days.first);
        Place {
            window: Some(window),
            reviewed: true,
            growing: now < window.interval.until,
            ..Place::new(part, self.payable(window), window.days, self.zone)
        }
    }

    /// The place of open money whose own window is given: that one, or a later one where its cut-off was missed.
    pub(super) fn place_in_time(&self, own: WorkWindow, open: &Open<'_>, moment: Moment) -> Place {
        let (window, missed) = cut_off::window_in_time(self, own, open, moment);
        let worked = if missed.is_some() { own.days } else { window.days };
        Place { worked, missed, ..self.place(window, moment.now) }
    }

    /// The first window that pays on a day or later, not before the window given.
    fn paid_from(&self, window: WorkWindow, not_before: NaiveDate) -> WorkWindow {
        let too_early = |window| self.payable(window).is_ok_and(|days| days.last < not_before);
        if !too_early(window) {
            return window;
        }
        // The window that holds the day pays after it; earlier ones may still do, and pay days lag by few windows.
        let mut found = self.windows.of_day(not_before);
        for _ in 0..64 {
            let before = self.windows.previous(found);
            if before.days.first <= window.days.first || too_early(before) {
                break;
            }
            found = before;
        }
        found
    }
}

/// Puts a piece of open money into the parcels of its windows.
pub(super) fn place<'b>(parcels: &mut Parcels<'b>, open: &Open<'b>, rule: &'b Rule, moment: Moment) {
    let Some(batch) = Batch::of(rule) else {
        let found = Place::undated(blocked(rule).unwrap_or(UnknownDate::NoAnchor), days_by_user(open), moment.zone);
        let secs = if let Work::Session { secs, .. } = open.work { secs } else { 0 };
        return Parcel::add_to(parcels, open, &found, row(open, open.money, secs, found.worked.last));
    };
    match open.work {
        Work::Earning { earning, .. } => {
            let found = of_earning(&batch, open, earning, moment);
            Parcel::add_to(parcels, open, &found, row(open, open.money, 0, earning.worked.last));
        }
        Work::Session { session, secs, hourly, .. } => {
            for (cut, amount) in parts(&batch, session, open.money, secs, hourly, moment.now) {
                let found = batch.place_in_time(cut.window, open, moment);
                let worked_on = batch.windows.day_in(cut.window, cut.from);
                Parcel::add_to(parcels, open, &found, row(open, amount, cut.secs, worked_on));
            }
        }
    }
}

/// The place of a recorded earning: by the last day of its work, and not before the day that the user said.
pub(super) fn of_earning(batch: &Batch<'_>, open: &Open<'_>, earning: &Earning, moment: Moment) -> Place {
    let own = batch.windows.of_day(earning.worked.last);
    let found = batch.place_in_time(own, open, moment);
    let Some((window, day)) = found.window.zip(earning.not_before) else {
        return found;
    };
    let later = batch.paid_from(window, day);
    if later == window { found } else { Place { missed: found.missed, ..batch.place(later, moment.now) } }
}

/// The parts of a session by window: seconds sum to `secs`, amounts to `money`.
fn parts(
    batch: &Batch<'_>,
    session: &Session,
    money: Money,
    secs: i64,
    hourly: bool,
    now: Timestamp,
) -> Vec<(Cut, Money)> {
    let whole = session.interval(now);
    let mut cuts = Vec::new();
    if hourly {
        cuts = batch.windows.cut(&session.stretches(now));
        if cuts.is_empty() {
            // Declared hours, or credited time without own: all that is known is from when to when.
            cuts = batch.windows.cut(&[whole]);
        }
    }
    if cuts.len() < 2 {
        let end = last_second(whole.from, whole.until);
        let found = cuts.first().copied();
        let cut = found.unwrap_or_else(|| Cut { window: batch.windows.at(end), secs, from: end });
        return vec![(Cut { secs, ..cut }, money)];
    }
    let weights: Vec<i64> = cuts.iter().map(|cut| cut.secs).collect();
    let amounts = split_exactly(money, &weights);
    let seconds = split_secs(secs, &weights);
    cuts.into_iter().zip(amounts).zip(seconds).map(|((cut, amount), secs)| (Cut { secs, ..cut }, amount)).collect()
}

/// Cuts an exact amount by weight: whole minor units by largest remainder, and what lies below them to the last part.
fn split_exactly(money: Money, weights: &[i64]) -> Vec<Money> {
    let weights: Vec<Decimal> = weights.iter().copied().map(Decimal::from).collect();
    let mut parts = split_by_weight(money, &weights);
    let sum: Decimal = parts.iter().map(|part| part.amount).sum();
    if let Some(last) = parts.last_mut() {
        last.amount = last.amount.saturating_add(money.amount.saturating_sub(sum));
    }
    parts
}

/// Cuts seconds by weight; what the division leaves goes to the last parts, a second each.
fn split_secs(secs: i64, weights: &[i64]) -> Vec<i64> {
    let total: i128 = weights.iter().copied().map(i128::from).sum();
    let mut done: i128 = 0;
    let mut given: i64 = 0;
    weights
        .iter()
        .map(|weight| {
            done += i128::from(*weight);
            let up_to = if total == 0 { i128::from(secs) } else { i128::from(secs) * done / total };
            let up_to = i64::try_from(up_to).unwrap_or(secs);
            let part = up_to - given;
            given = up_to;
            part
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn parts_sum_to_the_exact_amount_and_show_whole_cents() {
        let money = Money::new(Decimal::new(147_727, 4), Currency::USD);
        let parts = split_exactly(money, &[3600, 3600, 1]);
        assert_eq!(parts.iter().map(|part| part.amount).sum::<Decimal>(), money.amount);
        let shown: Decimal = parts.iter().map(|part| part.rounded().amount).sum();
        assert_eq!(shown, Decimal::new(1477, 2));
    }

    proptest::proptest! {
        #[test]
        fn seconds_and_money_of_the_parts_sum_to_the_whole(
            secs in 0i64..1_000_000,
            amount in -10_000_000i64..10_000_000,
            weights in proptest::collection::vec(0i64..700_000, 1..9),
        ) {
            let money = Money::new(Decimal::new(amount, 4), Currency::USD);
            let sum: Decimal = split_exactly(money, &weights).iter().map(|part| part.amount).sum();
            proptest::prop_assert_eq!(sum, money.amount);
            proptest::prop_assert_eq!(split_secs(secs, &weights).iter().sum::<i64>(), secs);
        }
    }
}
