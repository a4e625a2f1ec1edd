//! Parcels: open money that becomes payable together, before it is asked how it leaves.
//!
//! A parcel keeps its rows and what its reasons need; merging two keeps every row once. It knows no route and no
//! today.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::gather::{Open, Work};
use super::windows::WorkWindow;
use super::{Part, Reason, Source, SourceRow, UnknownDate, cut_off};
use crate::domain::ids::{ProjectId, ScheduleId};
use crate::domain::money::Money;
use crate::domain::schedule::{CutOffAction, Lag, Rule, Schedule};
use crate::domain::span::{DayRange, Timestamp, Zone};

/// Where a piece of open money belongs.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) part: Part,
    /// Whether it follows its schedule; a day promised by hand does not.
    pub(super) by_schedule: bool,
    /// When it is payable, before shift, hold and transit.
    pub(super) payable: Result<DayRange, UnknownDate>,
    pub(super) worked: DayRange,
    pub(super) zone: Zone,
    pub(super) window: Option<WorkWindow>,
    pub(super) matures: Option<(Lag, DayRange)>,
    /// The days of the invoice, and whether it was sent.
    pub(super) invoice: Option<(DayRange, bool)>,
    /// How long after its event the invoice is due, and when.
    pub(super) net: Option<(Lag, DayRange)>,
    pub(super) approved: Option<NaiveDate>,
    pub(super) own_day: Option<NaiveDate>,
    /// What was not done in time for its own window, and by when it should have been.
    pub(super) missed: Option<(CutOffAction, Timestamp)>,
    /// The share that is held back, in per cent, where it is that share.
    pub(super) held_percent: Option<Decimal>,
    /// Whether the platform's check counts for it.
    pub(super) reviewed: bool,
    /// Whether more work can join.
    pub(super) growing: bool,
    /// The day on which it was owed, where it is from before the Book was begun.
    pub(super) owed_on: Option<NaiveDate>,
}

impl Place {
    /// A place with nothing but its part, its work and its days.
    pub(super) fn new(part: Part, payable: Result<DayRange, UnknownDate>, worked: DayRange, zone: Zone) -> Self {
        Self {
            part,
            by_schedule: true,
            payable,
            worked,
            zone,
            window: None,
            matures: None,
            invoice: None,
            net: None,
            approved: None,
            own_day: None,
            missed: None,
            held_percent: None,
            reviewed: false,
            growing: false,
            owed_on: None,
        }
    }

    /// A place without a date.
    pub(super) fn undated(why: UnknownDate, worked: DayRange, zone: Zone) -> Self {
        Self::new(Part::Undated(why), Err(why), worked, zone)
    }
}

/// Open money that becomes payable together.
#[derive(Debug, Clone)]
pub(super) struct Parcel<'b> {
    pub(super) part: Part,
    pub(super) schedule: Option<&'b Arc<Schedule>>,
    pub(super) rule: Option<&'b Rule>,
    pub(super) rows: Vec<SourceRow>,
    pub(super) worked: DayRange,
    pub(super) zone: Zone,
    pub(super) payable: Result<DayRange, UnknownDate>,
    pub(super) window: Option<WorkWindow>,
    matures: BTreeMap<Lag, DayRange>,
    invoices: BTreeMap<bool, DayRange>,
    net: BTreeMap<Lag, DayRange>,
    approved: BTreeSet<NaiveDate>,
    own_day: Option<NaiveDate>,
    /// The last cut-off that was missed.
    missed: Option<(Timestamp, CutOffAction)>,
    held_percents: BTreeSet<Decimal>,
    /// How it leaves, where that has reasons of its own: asked for, held, cut.
    pub(super) leaves: Vec<Reason>,
    not_before: Option<NaiveDate>,
    /// The least sum and what there is, where a least sum is paid.
    pub(super) minimum: Option<(Money, Money)>,
    reviewed: bool,
    pub(super) growing: bool,
    /// The last day on which money from before the Book was owed, where there is such.
    owed_on: Option<NaiveDate>,
    /// Whether there is other money in it.
    has_work: bool,
}

/// The parcels of a balance, by schedule and part.
pub(super) type Parcels<'b> = BTreeMap<(Option<ScheduleId>, Part), Parcel<'b>>;

fn union(a: DayRange, b: DayRange) -> DayRange {
    DayRange { first: a.first.min(b.first), last: a.last.max(b.last) }
}

/// Adds days to those of the same kind.
fn join<K: Ord>(held: &mut BTreeMap<K, DayRange>, more: impl IntoIterator<Item = (K, DayRange)>) {
    for (kind, days) in more {
        held.entry(kind).and_modify(|held| *held = union(*held, days)).or_insert(days);
    }
}

impl<'b> Parcel<'b> {
    /// An empty parcel at a place.
    pub(super) fn at(place: &Place, schedule: Option<&'b Arc<Schedule>>, rule: Option<&'b Rule>) -> Self {
        let follows = place.by_schedule;
        Self {
            part: place.part,
            schedule: schedule.filter(|_| follows),
            rule: rule.filter(|_| follows),
            rows: Vec::new(),
            worked: place.worked,
            zone: place.zone,
            payable: place.payable,
            window: place.window,
            matures: place.matures.into_iter().collect(),
            invoices: place.invoice.into_iter().map(|(days, sent)| (sent, days)).collect(),
            net: place.net.into_iter().collect(),
            approved: place.approved.into_iter().collect(),
            own_day: place.own_day,
            missed: place.missed.map(|(action, at)| (at, action)),
            held_percents: place.held_percent.into_iter().collect(),
            leaves: Vec::new(),
            not_before: None,
            minimum: None,
            reviewed: place.reviewed,
            growing: place.growing,
            owed_on: None,
            has_work: false,
        }
    }

    /// Adds a row at its place to the parcel there.
    pub(super) fn add_to(parcels: &mut Parcels<'b>, open: &Open<'b>, place: &Place, row: SourceRow) {
        let schedule = open.schedule.filter(|_| place.by_schedule);
        let parcel = parcels
            .entry((schedule.map(|schedule| schedule.id), place.part))
            .or_insert_with(|| Self::at(place, open.schedule, open.schedule.map(|schedule| &schedule.rule)));
        parcel.worked = union(parcel.worked, place.worked);
        parcel.join_payable(place.payable);
        join(&mut parcel.matures, place.matures);
        join(&mut parcel.invoices, place.invoice.map(|(days, sent)| (sent, days)));
        join(&mut parcel.net, place.net);
        parcel.approved.extend(place.approved);
        parcel.missed = parcel.missed.max(place.missed.map(|(action, at)| (at, action)));
        parcel.held_percents.extend(place.held_percent);
        parcel.reviewed |= place.reviewed;
        parcel.growing |= place.growing;
        parcel.owed_on = parcel.owed_on.max(place.owed_on);
        parcel.has_work |= place.owed_on.is_none();
        if let Work::Earning { earning, .. } = open.work {
            parcel.not_before = parcel.not_before.max(earning.not_before);
        }
        parcel.rows.push(row);
    }

    fn join_payable(&mut self, other: Result<DayRange, UnknownDate>) {
        if let (Ok(own), Ok(other)) = (self.payable, other) {
            self.payable = Ok(union(own, other));
        }
    }

    /// Takes over the rows of a parcel whose money goes out with this one.
    pub(super) fn take_over(&mut self, other: Self) {
        self.take_over_days(&other);
        self.rows.extend(other.rows);
        self.approved.extend(other.approved);
        self.missed = self.missed.max(other.missed);
        self.held_percents.extend(other.held_percents);
        self.not_before = self.not_before.max(other.not_before);
        self.reviewed |= other.reviewed;
        self.growing |= other.growing;
        self.owed_on = self.owed_on.max(other.owed_on);
        self.has_work |= other.has_work;
    }

    /// Takes over on which days its work is done and its money is due.
    pub(super) fn take_over_days(&mut self, other: &Self) {
        self.worked = union(self.worked, other.worked);
        join(&mut self.matures, other.matures.iter().map(|(lag, days)| (*lag, *days)));
        join(&mut self.invoices, other.invoices.iter().map(|(sent, days)| (*sent, *days)));
        join(&mut self.net, other.net.iter().map(|(lag, days)| (*lag, *days)));
    }

    /// Both, where one run takes both: its rows, days and reasons together.
    pub(super) fn swept_with(mut self, other: Self) -> Self {
        self.join_payable(other.payable);
        for reason in &other.leaves {
            if !self.leaves.contains(reason) {
                self.leaves.push(reason.clone());
            }
        }
        self.take_over(other);
        self
    }

    /// The sum of its rows.
    pub(super) fn sum(&self) -> Decimal {
        self.rows.iter().fold(Decimal::ZERO, |sum, row| sum.saturating_add(row.amount.amount))
    }

    /// Puts its rows in the order of their days.
    pub(super) fn sort_rows(&mut self) {
        self.rows.sort_by_key(|row| (row.worked_on, row.source));
    }

    /// The last instant to do something for its window, else the window's last second.
    pub(super) fn cut_off(&self) -> Option<Timestamp> {
        let window = self.window?;
        let asked = self.rule.and_then(|rule| rule.modifiers.cut_off);
        Some(asked.map_or_else(|| window.last_second(), |cut| cut_off::instant(cut, window, self.zone)))
    }

    /// The reasons up to the day on which it is payable.
    pub(super) fn reasons(&self) -> Vec<Reason> {
        let count = |wanted: fn(Source) -> bool| {
            self.rows.iter().map(|row| row.source).filter(|source| wanted(*source)).collect::<BTreeSet<_>>().len()
        };
        let mut reasons = Vec::new();
        if self.has_work || self.owed_on.is_none() {
            reasons.push(Reason::Worked {
                days: self.worked,
                zone: self.zone,
                secs: self.rows.iter().map(|row| row.secs).sum(),
                sessions: count(|source| matches!(source, Source::Session(_))),
                earnings: count(|source| matches!(source, Source::Earning(_))),
            });
        }
        reasons.extend(self.owed_on.map(Reason::Owed));
        reasons.extend(self.held_percents.iter().copied().map(Reason::HeldPart));
        reasons.extend(self.missed.map(|(at, action)| Reason::MissedCutOff { action, at, zone: self.zone }));
        if let Some(window) = self.window {
            reasons.push(Reason::CutOff { action: None, at: window.last_second(), zone: self.zone });
            if let Some(cut) = self.rule.and_then(|rule| rule.modifiers.cut_off) {
                let at = cut_off::instant(cut, window, self.zone);
                reasons.push(Reason::CutOff { action: Some(cut.action), at, zone: self.zone });
            }
        }
        reasons.extend(self.invoices.iter().map(|(sent, days)| Reason::Invoice { days: *days, sent: *sent }));
        if let Some(review) = self.rule.and_then(|rule| rule.modifiers.review).filter(|_| self.reviewed) {
            reasons.push(Reason::Review { lag: review.lag, automatic: review.automatic });
        }
        reasons.extend(self.approved.iter().copied().map(Reason::Approved));
        reasons.extend(self.matures.iter().map(|(lag, days)| Reason::Matures { lag: *lag, days: *days }));
        reasons.extend(self.net.iter().map(|(lag, days)| Reason::Net { lag: *lag, days: *days }));
        reasons.extend(self.own_day.map(Reason::OwnDate));
        reasons.extend(self.not_before.map(Reason::NotBefore));
        reasons.extend(self.minimum.map(|(minimum, balance)| Reason::Minimum { minimum, balance }));
        reasons.extend(self.leaves.iter().cloned());
        reasons
    }
}

/// The row of a piece of open money, or of a part of it.
pub(super) fn row(open: &Open<'_>, amount: Money, secs: i64, worked_on: NaiveDate) -> SourceRow {
    let project: Option<ProjectId> = open.project;
    let source = match open.work {
        Work::Session { session, .. } => Source::Session(session.id),
        Work::Earning { earning, .. } => Source::Earning(earning.id),
    };
    SourceRow { source, project, amount, secs, worked_on }
}
