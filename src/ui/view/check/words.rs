//! The words of the check: what a line is, and why things are taken to belong together.

use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::command::Pays;
use crate::domain::query::rails::Link;
use crate::domain::query::reconcile::{Because, Line, Place, What};
use crate::ui::format::{self, Style};
use crate::ui::view::names;
use crate::ui::view::reasons::{counted, late_words, later_words};
use crate::ui::view::statement::plain;

/// A place, as a title: "Doesn’t fit".
#[must_use]
pub fn place(place: Place) -> &'static str {
    match place {
        Place::Differs => "Doesn’t fit",
        Place::Waits => "Waits for you",
        Place::Fits => "Fits",
    }
}

/// What is said where nothing stands in a place: a title and a line.
#[must_use]
pub fn place_line(place: Place) -> (&'static str, &'static str) {
    match place {
        Place::Differs => ("All that came fits", "Nothing was credited, paid or taken that you don’t know of."),
        Place::Waits => ("Nothing waits for you", "Payments that fit something open stand here until you settle them."),
        Place::Fits => ("Nothing fits yet", "What was logged, credited and received and agrees stands here."),
    }
}

/// What a line is, in a few words: "Credited less than promised", "Pays 5 credits".
#[must_use]
pub fn what(book: &Book, line: &Line, style: Style) -> String {
    match &line.what {
        What::NeverCredited => "Work never credited".to_owned(),
        What::NoSession => "Credit without a session".to_owned(),
        What::CreditDiffers if less(line) => "Credited less than promised".to_owned(),
        What::CreditDiffers => "Credited more than promised".to_owned(),
        What::NeverCame { late_days, surely: true, .. } => format!("Pay is {}", late_words(*late_days)),
        What::NeverCame { late_days, surely: false, .. } => format!("Pay is {}", later_words(*late_days)),
        What::UnknownOrigin => "Money of unknown origin".to_owned(),
        What::NothingOwed => "Paid, but nothing was open".to_owned(),
        What::FeeLarger { promised, charged } => {
            format!("Fee larger than promised: {} for {}", style.money(*charged), style.money(*promised))
        }
        What::RateFar { percent } => {
            let side = if *percent < Decimal::ZERO { "below" } else { "above" };
            format!("Rate {} {side} the day’s", per_cent(*percent, style))
        }
        What::Arrived(Pays::Pieces(pieces)) => format!("Pays {}", counted(pieces.len(), "credit")),
        What::Arrived(Pays::Expected(_)) => "Pays what was expected".to_owned(),
        What::Arrived(Pays::Payout(_)) => "Is a payout that you know".to_owned(),
        What::GoesOn(_) => {
            let to = line.movements.get(1).and_then(|id| book.movement(*id));
            format!("Moved on to {}", to.map_or_else(|| "the next account".to_owned(), |to| plain(&to.account)))
        }
        // Where no price is known nothing was promised.
        What::CreditFits if line.promised.is_none() => "Credited".to_owned(),
        What::CreditFits => "Credited as promised".to_owned(),
        What::PayFits => "Paid and settled".to_owned(),
    }
}

/// Whether less was credited than promised.
fn less(line: &Line) -> bool {
    line.credited.zip(line.promised).is_none_or(|(credited, promised)| credited.amount < promised.amount)
}

/// Why a line is what it is, a sentence each: first what it comes to, then what links its parts.
#[must_use]
pub fn because(book: &Book, line: &Line, style: Style, today: chrono::NaiveDate) -> Vec<String> {
    let mut sentences = vec![itself(line, style, today)];
    sentences.extend(line.because.iter().map(|one| reason(book, line, one, style, today)));
    sentences
}

fn itself(line: &Line, style: Style, today: chrono::NaiveDate) -> String {
    let credits = || counted(line.earnings.len(), "credit");
    match &line.what {
        What::NeverCredited => {
            format!("{} of paid time, and the platform says nothing of that week", format::hours(line.logged_secs))
        }
        What::NoSession => {
            let of = line.credited_secs.map_or_else(String::new, |secs| format!(" of {}", format::hours(secs)));
            format!("The platform tells of {}{of} and you logged nothing there", credits())
        }
        What::CreditDiffers => match line.credited.zip(line.promised) {
            Some((credited, promised)) => {
                let by = style.money(promised.with((credited.amount - promised.amount).abs()));
                let side = if less(line) { "less" } else { "more" };
                format!("{by} {side} than {} come to at their terms", format::hours(line.logged_secs))
            }
            None => "The platform credited another sum than your terms say".to_owned(),
        },
        What::NeverCame { surely, .. } => {
            let last = style.day(line.days.last, today);
            if *surely { format!("It had to come by {last}") } else { format!("It was expected by {last}") }
        }
        What::UnknownOrigin => "Neither its text nor a rule of yours says whose it is".to_owned(),
        What::NothingOwed => "Nothing that is open comes to this amount".to_owned(),
        What::FeeLarger { promised, charged } => {
            format!("The route takes {}; on the way {} went", style.money(*promised), style.money(*charged))
        }
        What::RateFar { percent } => {
            let side = if *percent < Decimal::ZERO { "less" } else { "more" };
            format!("{} {side} came than the day’s exchange rate gives", per_cent(*percent, style))
        }
        What::Arrived(_) => "Nothing is settled until you say so".to_owned(),
        What::GoesOn(_) => "The payout stands where the money was before".to_owned(),
        What::CreditFits => match line.promised {
            Some(_) => "What differs is no more than rounding to minutes can make".to_owned(),
            None => "Your terms name no price to hold it against".to_owned(),
        },
        What::PayFits => {
            let payments = counted(line.movements.len(), "payment");
            format!("{payments} on your accounts brought this payout")
        }
    }
}

fn reason(book: &Book, line: &Line, because: &Because, style: Style, today: chrono::NaiveDate) -> String {
    match because {
        Because::Rule(words) => format!("Your rule “{}” says whose it is", plain(words)),
        Because::PayerNamed => format!("The payment names {}", names::payer(book, line.platform)),
        Because::AmountAlone => "Nothing but the amount says whose it is".to_owned(),
        Because::Exact => "The amount fits to the cent".to_owned(),
        Because::ExactWithFee(fee) => format!("The amount fits to the cent, with the fee of {}", style.money(*fee)),
        Because::ByRate => "By the day’s exchange rate it comes to about that".to_owned(),
        Because::InWindow => "It came on a day on which it was expected".to_owned(),
        Because::DaysOff(days @ 0..) => format!("It came {} after it was expected", days_words(*days)),
        Because::DaysOff(days) => format!("It came {} before it was expected", days_words(-days)),
        Because::Row(count) => format!("{} in a row add up to it", counted(*count, "credit")),
        Because::Rivals(count) => format!("{} would fit too", counted(*count, "other open sum")),
        Because::Linked(Link::Number) => "Both accounts give its transfer the same number".to_owned(),
        Because::Linked(Link::Named) => "Where it arrived, the account that it left is named".to_owned(),
        Because::Linked(Link::Amount) => "Its transfer is known by amount and day, and nothing else fits".to_owned(),
        Because::LaterIsCredited(day) => format!("Work up to {} has been credited since", style.day(*day, today)),
        Because::Number => "The platform’s own number stands with the payment".to_owned(),
    }
}

/// "9.3 %", whichever side of nothing.
fn per_cent(value: Decimal, style: Style) -> String {
    format!("{} %", style.decimals(value.abs().round_dp(1), 1))
}

fn days_words(days: i64) -> String {
    counted(usize::try_from(days).unwrap_or_default(), "day")
}
