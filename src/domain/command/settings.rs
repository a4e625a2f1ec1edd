//! Settings: set as a whole.

use super::check;
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::settings::Settings;

pub(super) fn set(book: &Book, settings: &Settings) -> Result<Change, Refused> {
    check::percent(settings.set_aside_percent)?;
    if let Some(floor) = settings.floor {
        check::rate(floor)?;
        if floor.currency != settings.home_currency {
            let wrong = Refusal::WrongCurrency { expected: settings.home_currency, found: floor.currency };
            return Err(wrong.at(Field::Rate));
        }
    }
    check::percent(settings.most_on_one_percent)?;
    if let Some(sum) = settings.save_page_above {
        check::positive_amount(sum)?;
        if sum.currency != settings.home_currency {
            let wrong = Refusal::WrongCurrency { expected: settings.home_currency, found: sum.currency };
            return Err(wrong.at(Field::Amount));
        }
    }
    if settings.day_start_minutes >= 24 * 60 {
        return Err(Refusal::TooMany(settings.day_start_minutes, 24 * 60 - 1).at(Field::Start));
    }
    if !(50..=300).contains(&settings.scale_percent) {
        return Err(Refusal::TooMany(settings.scale_percent, 300).at(Field::Percent));
    }
    Ok(Change::replace(book.settings(), settings.clone()))
}
