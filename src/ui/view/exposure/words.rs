//! What is to be watched of money that is not yet paid, in words: for the page and for What needs you.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::platform::{QualityMeasure, Stage};
use crate::domain::query::exposure::{Age, Closing, OpenState, Risk};
use crate::ui::format::Style;
use crate::ui::view::names;
use crate::ui::view::platforms::OpenPart;

/// An age as a head: "8–14 days".
#[must_use]
pub fn age(age: Age) -> &'static str {
    match age {
        Age::Week => "0–7 days",
        Age::Fortnight => "8–14 days",
        Age::Month => "15–30 days",
        Age::TwoMonths => "31–60 days",
        Age::Older => "Over 60 days",
    }
}

/// The states of a row where there is little room: "in review · drawable $132.47". The largest part that isn't late
/// stands for the rest, without its amount; the total beside it says the sum.
pub(super) fn in_short(parts: &[OpenPart]) -> String {
    let size = |part: &OpenPart| part.share.unwrap_or_default();
    let calm = parts.iter().filter(|part| part.state != OpenState::Late);
    let rest = calm.max_by(|one, other| size(one).total_cmp(&size(other))).map(|part| part.state);
    let words = parts.iter().map(|part| {
        let words = part.words.strip_suffix(" than expected").unwrap_or(&part.words);
        if parts.len() == 1 || rest == Some(part.state) { words.to_owned() } else { format!("{words} {}", part.amount) }
    });
    words.collect::<Vec<_>>().join(" · ")
}

/// A warning as a sentence without its amount.
#[must_use]
pub fn risk(book: &Book, risk: &Risk, today: NaiveDate) -> String {
    let style = Style::of(book.settings());
    let name = book.platform(risk.platform()).map_or("A platform", |platform| platform.name.as_str());
    match risk {
        Risk::Concentrated { share, .. } => {
            format!("{} of what is not paid yet hangs on {name}", style.percent(*share))
        }
        Risk::Closing { why: Closing::Stage(stage, from), .. } => {
            let since = style.day(*from, today);
            match stage {
                Stage::Dry => format!("{name} has had no tasks since {since} and still owes"),
                Stage::Paused => format!("{name} is paused since {since} and still owes"),
                Stage::Ended
                | Stage::Considering
                | Stage::Applied
                | Stage::Assessing
                | Stage::Onboarding
                | Stage::Active => format!("{name} is {} since {since} and still owes", stage.word()),
            }
        }
        Risk::Closing { why: Closing::Catalogue(on), .. } => {
            format!("{name} closed on {} and still owes", style.date(*on))
        }
        Risk::Closing { why: Closing::Falling(fall), .. } => {
            let what = names::measure(fall.measure).to_lowercase();
            let moved = if fall.measure.more_is_better() == Some(false) { "rose" } else { "fell" };
            let unit = match fall.measure {
                QualityMeasure::ErrorRate | QualityMeasure::Acceptance => " %",
                QualityMeasure::Score | QualityMeasure::HandlingTime | QualityMeasure::Warning => "",
            };
            let (was, now) = (style.exact(fall.was), style.exact(fall.now));
            format!("{name}: {what} {moved} from {was}{unit} to {now}{unit}, and it still owes")
        }
        Risk::NoDownload { said: true, .. } => {
            format!("{name} has no download of its record: save your payments page")
        }
        Risk::NoDownload { said: false, .. } => {
            format!("No download is known of {name}’s record: save your payments page")
        }
    }
}

/// What a warning is about, in money: "$880.00".
#[must_use]
pub fn risk_amount(book: &Book, risk: &Risk) -> String {
    let style = Style::of(book.settings());
    match risk {
        Risk::Concentrated { owed, .. } => style.money(*owed),
        Risk::Closing { owed, .. } | Risk::NoDownload { owed, .. } => style.bag(owed),
    }
}
