//! Files of others, read and weighed by a thread: what came of it is looked at in a dialog before anything is taken in.

use std::borrow::Cow;
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::query::incoming::Choices;
use crate::domain::span::{Now, user_day};
use crate::door;
use crate::import::{self, Mappings, Options, Unreadable};
use crate::ports::Disk;
use crate::ui::view::statement::{
    Looked, NotRead, ReadBy, ReadWish, Source, StatementRead, ToMap, Tries, WeighWish, Weighed, plain,
};

/// Reads a file and weighs it against a Book. `wake` is called as it goes on.
pub(super) fn read(
    disk: Option<&dyn Disk>,
    wish: &ReadWish,
    book: &Book,
    now: Now,
    wake: &dyn Fn(),
) -> Result<Box<StatementRead>, NotRead> {
    let bytes = bytes_of(disk, &wish.source)?;
    let goes_on = |share| {
        if wish.going.step(share) {
            wake();
        }
        !wish.going.is_stopped()
    };
    let options = Options::said(wish.read_as, book.settings().zone);
    let going = import::Going(&goes_on);
    let saved = &book.settings().mappings;
    let mappings = match &wish.by {
        ReadBy::Itself => Mappings::Saved(saved),
        ReadBy::Mapping(mapping) => Mappings::This(mapping),
        ReadBy::Columns => return Err(to_map(&bytes, book, &going)),
    };
    let statement = match import::read_by(&bytes, options, mappings, &going) {
        Ok(statement) => statement,
        Err(Unreadable::Unknown | Unreadable::Unmapped | Unreadable::Line { .. }) if door::is_rates(&bytes) => {
            let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
            return Err(door::look_at_rates(&bytes, book, today).map_or_else(NotRead::Failed, NotRead::Rates));
        }
        Err(Unreadable::Unmapped) => return Err(to_map(&bytes, book, &going)),
        Err(why) => return Err(not_read(why)),
    };
    let choices = Choices::proposed(book, &statement, statement.payer.as_deref());
    let weighed = Weighed::of(book, &statement, &choices, now);
    if wish.going.is_stopped() {
        return Err(NotRead::Stopped);
    }
    let looked = Looked { choices, weighed, revision: book.revision() };
    Ok(Box::new(StatementRead { statement: Arc::new(statement), looked }))
}

/// Weighs a statement against a Book as the user decided.
pub(super) fn weigh(wish: WeighWish, book: &Book, now: Now) -> Looked {
    let WeighWish { statement, choices, payer, .. } = wish;
    let choices = match payer {
        Some(payer) => Choices { wanted: choices.wanted, ..Choices::proposed_to(book, &statement, payer) },
        None => choices,
    };
    let weighed = Weighed::of(book, &statement, &choices, now);
    Looked { choices, weighed, revision: book.revision() }
}

/// The bytes of a file, or of a text that was pasted.
fn bytes_of<'a>(disk: Option<&dyn Disk>, source: &'a Source) -> Result<Cow<'a, [u8]>, NotRead> {
    match source {
        Source::Pasted(text) => Ok(Cow::Borrowed(text.as_bytes())),
        Source::File(path) => {
            let disk = disk.ok_or_else(|| NotRead::Failed("There is no disk here".to_owned()))?;
            let read = door::bytes_of(disk, path).map(Cow::Owned);
            read.map_err(|error| NotRead::Failed(super::jobs::trouble("read", &error)))
        }
    }
}

/// A table whose columns are to be named.
fn to_map(bytes: &[u8], book: &Book, going: &import::Going<'_>) -> NotRead {
    let zone = book.settings().zone;
    match import::glimpse(bytes, &book.settings().mappings, going) {
        Err(why) => not_read(why),
        Ok(sampled) => {
            let glimpse = sampled.glimpse.clone();
            let tries = Tries::new(move |mapping, said| sampled.tried(mapping, said, zone));
            NotRead::Maps(Box::new(ToMap { glimpse, tries }))
        }
    }
}

fn not_read(why: Unreadable) -> NotRead {
    if let Unreadable::Asks(question) = why {
        NotRead::Asks(question)
    } else if why == Unreadable::Stopped {
        NotRead::Stopped
    } else {
        NotRead::Failed(plain(&why.to_string()))
    }
}
