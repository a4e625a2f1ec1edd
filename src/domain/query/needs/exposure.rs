//! Money that is not yet paid and hangs on too little: most of it on one platform, on one that is about to close, or on one
//! whose record can't be downloaded. A falling score is told by itself. Names hold shares in classes, stages with their
//! day, and the month of a page to save: a warning put aside comes again when there is more to it.

use rust_decimal::Decimal;

use super::{Ground, Need, Needs, Severity, What};
use crate::domain::query::exposure::{Closing, Risk, owed, risks, save_above};
use crate::domain::span::Month;

pub(super) const KIND: &str = "exposure ";

/// From which shares on, in per cent, the same platform is said again though it was put aside.
const CLASSES: [i64; 2] = [75, 90];

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    let overview = owed(ground.book, ground.calendar, ground.today);
    for risk in risks(ground.book, ground.presets, &overview, ground.today) {
        let platform = risk.platform();
        let said = match &risk {
            // Of little money no platform holds too much.
            Risk::Concentrated { owed, .. } if owed.amount <= save_above(ground.book.settings()).amount => continue,
            Risk::Concentrated { share, .. } => {
                let class = CLASSES.iter().filter(|from| *share >= Decimal::from(**from)).count();
                format!("most {platform} {class}")
            }
            Risk::Closing { why: Closing::Falling(_), .. } => continue,
            Risk::Closing { why: Closing::Stage(stage, from), .. } => {
                format!("closing {platform} {} {from}", stage.word())
            }
            Risk::Closing { why: Closing::Catalogue(on), .. } => format!("closing {platform} closed {on}"),
            Risk::NoDownload { .. } => {
                let month = Month::of_day(ground.today);
                format!("page {platform} {}-{:02}", month.year, month.month)
            }
        };
        all.needs.push(Need { name: format!("{KIND}{said}"), severity: Severity::Warn, what: What::Exposure(risk) });
    }
}
