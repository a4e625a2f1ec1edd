//! Bands: the work periods of platforms with open work, for the thin lines at the foot of calendar days.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::gather::{Sources, gather};
use super::parcel::{Parcel, Parcels};
use super::place::{Moment, place};
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::span::{DayRange, Now, Timestamp, user_day};

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

/// The work periods that touch some days, of platforms that pay by period and owe for work: every period with open
/// work, and the one that runs now. By platform, then by day; each once.
#[must_use]
pub fn bands(book: &Book, days: DayRange, now: Now) -> Vec<Band> {
    let settings = book.settings();
    let today = user_day(now.at, settings.zone, settings.day_start_minutes);
    let moment = Moment { now: now.at, today, zone: settings.zone };
    let mut found: BTreeMap<(PlatformId, DayRange), Option<Timestamp>> = BTreeMap::new();
    let mut keep = |platform: PlatformId, parcel: &Parcel<'_>| {
        if let Some(window) =
            parcel.window.filter(|window| window.days.first <= days.last && days.first <= window.days.last)
        {
            found.entry((platform, window.days)).or_insert_with(|| parcel.cut_off());
        }
    };
    for ((platform, _, _), opens) in gather(&Sources::all(book, None), now.at) {
        let mut parcels = Parcels::new();
        for open in &opens {
            place(&mut parcels, open, moment);
        }
        for parcel in parcels.values() {
            keep(platform, parcel);
        }
        let current = book.schedule_on(platform, None, today);
        if let Some((schedule, batch)) = current.and_then(|schedule| Some((schedule, Batch::of(&schedule.rule)?))) {
            let running = batch.place(batch.windows.at(now.at), now.at);
            keep(platform, &Parcel::at(&running, Some(schedule), Some(&schedule.rule)));
        }
    }
    found.into_iter().map(|((platform, days), cut_off)| Band { platform, days, cut_off }).collect()
}
