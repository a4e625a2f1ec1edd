//! What to watch of money that is not yet paid: most of it in one place, a platform that is about to close, and one
//! whose record can't be downloaded.
//!
//! Stages are the user's, falls what the platform said of the work, closures and downloads what the catalogue knows.
//! Limits are settings; see docs/decisions/0026-owed-by-age.md for their defaults.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{OpenRow, Overview, Owed, in_currency};
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::money::{Bag, Money};
use crate::domain::platform::{Platform, Stage, stage_on};
use crate::domain::preset::{HistoryAccess, Preset, PresetStatus};
use crate::domain::query::quality::{Falling, falling};
use crate::domain::settings::Settings;

/// What is to be done where a platform's record can't be downloaded: the words on its to-do list. A day on which it was
/// done quiets the warning for all work up to that day.
pub const SAVE_PAGE: &str = "Save the payments page";

/// The share in per cent from which on most of the whole hangs on one platform, where the user chose none.
const MOST_PERCENT: Decimal = Decimal::from_parts(50, 0, 0, false, 0);
/// The sum from which on a page is worth saving, where the user chose none: a day's work and more. The second one is for
/// currencies of small units: 200 dollars are some 26,000 Kenyan shillings and 31,000 yen.
const SAVE_ABOVE: i64 = 200;
const SAVE_ABOVE_IN_SMALL_UNITS: i64 = 20_000;
const LARGE_UNITS: [&str; 8] = ["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"];

/// Something to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Risk {
    /// More than the set share of the whole hangs on one platform of several.
    Concentrated {
        /// The platform.
        platform: PlatformId,
        /// Its share in per cent, exact.
        share: Decimal,
        /// What it owes, in home currency, exact.
        owed: Money,
    },
    /// A platform that is about to close still owes.
    Closing {
        /// The platform.
        platform: PlatformId,
        /// What says so.
        why: Closing,
        /// What it owes, exact.
        owed: Bag,
    },
    /// A platform's record can't be downloaded, and it owes more than the set sum for work since its page was saved.
    NoDownload {
        /// The platform.
        platform: PlatformId,
        /// Whether a source says that there is no download; otherwise none is known.
        said: bool,
        /// What it owes for that work, exact.
        owed: Bag,
    },
}

/// What says that a platform is about to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// Its stage: dry, paused or ended, from this day on.
    Stage(Stage, NaiveDate),
    /// The catalogue: it has closed on this day.
    Catalogue(NaiveDate),
    /// A figure of the user's work that got worse of late.
    Falling(Falling),
}

impl Risk {
    /// Which platform it is about.
    #[must_use]
    pub fn platform(&self) -> PlatformId {
        match self {
            Self::Concentrated { platform, .. }
            | Self::Closing { platform, .. }
            | Self::NoDownload { platform, .. } => *platform,
        }
    }
}

/// The share in per cent above which most of the whole hangs on one platform.
#[must_use]
pub fn most_percent(settings: &Settings) -> Decimal {
    settings.most_on_one_percent.unwrap_or(MOST_PERCENT)
}

/// The sum above which the page of a platform without a download is worth saving, in home currency.
#[must_use]
pub fn save_above(settings: &Settings) -> Money {
    let home = settings.home_currency;
    let usual = if LARGE_UNITS.contains(&home.code()) { SAVE_ABOVE } else { SAVE_ABOVE_IN_SMALL_UNITS };
    settings.save_page_above.filter(|sum| sum.currency == home).unwrap_or(Money::new(usual.into(), home))
}

/// What to watch, what is lost first on top: closing platforms, then the one that most hangs on, then pages to save.
///
/// `presets` is the catalogue. A platform that owes nothing, or that wants money back, is no risk.
#[must_use]
pub fn risks(book: &Book, presets: &[Preset], overview: &Overview, today: NaiveDate) -> Vec<Risk> {
    let mut found = Vec::new();
    let owing = || overview.rows.iter().filter_map(|row| Some((row, book.platform(row.platform?)?))).filter(owes);
    for (row, platform) in owing() {
        if let Some(why) = closing(book, presets, platform, today) {
            found.push(Risk::Closing { platform: platform.id, why, owed: row.states.not_yet_paid() });
        }
    }
    if owing().count() > 1 {
        for (row, platform) in owing() {
            if let (Some(share), Some(owed)) = (overview.share(row), row.home)
                && share > most_percent(book.settings())
            {
                found.push(Risk::Concentrated { platform: platform.id, share, owed });
            }
        }
    }
    found.extend(owing().filter_map(|(row, platform)| no_download(book, presets, row, platform, today)));
    found
}

fn owes((row, _): &(&Owed, &std::sync::Arc<Platform>)) -> bool {
    row.states.not_yet_paid().iter().any(|money| money.amount > Decimal::ZERO)
}

fn preset<'a>(presets: &'a [Preset], platform: &Platform) -> Option<&'a Preset> {
    let name = platform.preset.as_deref()?;
    presets.iter().find(|preset| preset.name == name)
}

fn closing(book: &Book, presets: &[Preset], platform: &Platform, today: NaiveDate) -> Option<Closing> {
    if let Some(dated) = stage_on(&platform.stages, today)
        && matches!(dated.stage, Stage::Dry | Stage::Paused | Stage::Ended)
    {
        return Some(Closing::Stage(dated.stage, dated.from));
    }
    match preset(presets, platform).map(|preset| preset.status) {
        Some(PresetStatus::Closed { on }) => Some(Closing::Catalogue(on)),
        Some(PresetStatus::Open | PresetStatus::CheckStatus) | None => {
            falling(book, platform.id, today).map(Closing::Falling)
        }
    }
}

fn no_download(book: &Book, presets: &[Preset], row: &Owed, platform: &Platform, today: NaiveDate) -> Option<Risk> {
    let said = match preset(presets, platform)?.history()? {
        HistoryAccess::NoDownload => true,
        HistoryAccess::OnScreen => false,
        HistoryAccess::Csv | HistoryAccess::Download => return None,
    };
    let saved_on =
        platform.checklist.iter().filter(|todo| todo.text == SAVE_PAGE).filter_map(|todo| todo.done_on).max();
    let since = |row: &&OpenRow| saved_on.is_none_or(|saved| row.on.is_some_and(|on| on > saved));
    let owed: Bag = row.rows.iter().filter(since).map(|row| row.amount).collect();
    let limit = save_above(book.settings());
    let worth = match in_currency(book, &owed, limit.currency, today) {
        Ok(sum) => sum.amount > limit.amount,
        // Without a rate nobody can tell that it is less.
        Err(_no_rate) => owed.iter().any(|money| money.amount > Decimal::ZERO),
    };
    worth.then_some(Risk::NoDownload { platform: platform.id, said, owed })
}
