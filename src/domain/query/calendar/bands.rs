//! Bands: the work periods of platforms with open work, for the thin lines at the foot of calendar days.

use std::collections::BTreeMap;

use super::Calendar;
use super::batch::Batch;
use super::parcel::{Parcel, Parcels};
use super::place::Moment;
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::span::{DayRange, Timestamp};

/// A work period of a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The platform.
    pub platform: PlatformId,
    /// Its days, in the schedule's zone.
    pub days: DayRange,
    /// The last instant for what must be done for it; its last second where nothing must be.
    pub cut_off: Option<Timestamp>,
}

/// Work periods as they are found: the last instant of each by platform and days.
pub(super) type Found = BTreeMap<(PlatformId, DayRange), Option<Timestamp>>;

/// Notes the work periods of a balance: every period with open work, and the one that runs now.
pub(super) fn note(found: &mut Found, book: &Book, platform: PlatformId, parcels: &Parcels<'_>, moment: Moment) {
    let mut keep = |parcel: &Parcel<'_>| {
        if let Some(window) = parcel.window {
            found.entry((platform, window.days)).or_insert_with(|| parcel.cut_off());
        }
    };
    parcels.values().for_each(&mut keep);
    let current = book.schedule_on(platform, None, moment.today);
    if let Some((schedule, batch)) = current.and_then(|schedule| Some((schedule, Batch::of(&schedule.rule)?))) {
        let running = batch.place(batch.windows.at(moment.now), moment.now);
        keep(&Parcel::at(&running, Some(schedule), Some(&schedule.rule)));
    }
}

/// What was found, by platform, then by day.
pub(super) fn in_order(found: Found) -> Vec<Band> {
    found.into_iter().map(|((platform, days), cut_off)| Band { platform, days, cut_off }).collect()
}

/// The work periods that touch some days.
#[must_use]
pub fn bands(calendar: &Calendar, days: DayRange) -> Vec<Band> {
    let touch = |band: &&Band| band.days.meets(days);
    calendar.bands.iter().filter(touch).copied().collect()
}
