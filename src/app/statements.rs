//! Files of others, read and weighed by a thread: what came of it is looked at in a dialog before anything is taken in.

use std::path::Path;
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::query::incoming::Choices;
use crate::domain::span::Now;
use crate::door;
use crate::import::{self, Options, Unreadable};
use crate::ports::Disk;
use crate::ui::view::statement::{Looked, NotRead, ReadWish, StatementRead, WeighWish, Weighed, plain};

/// Reads a file and weighs it against a Book. `wake` is called as it goes on.
pub(super) fn read(
    disk: Option<&dyn Disk>,
    wish: &ReadWish,
    book: &Book,
    now: Now,
    wake: &dyn Fn(),
) -> Result<Box<StatementRead>, NotRead> {
    let disk = disk.ok_or_else(|| NotRead::Failed("There is no disk here".to_owned()))?;
    let bytes = bytes_of(disk, &wish.path)?;
    let goes_on = |share| {
        if wish.going.step(share) {
            wake();
        }
        !wish.going.is_stopped()
    };
    let options = Options::said(wish.read_as, book.settings().zone);
    let statement = import::read(&bytes, options, &import::Going(&goes_on)).map_err(|why| not_read(why, &bytes))?;
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

fn bytes_of(disk: &dyn Disk, path: &Path) -> Result<Vec<u8>, NotRead> {
    door::bytes_of(disk, path).map_err(|error| NotRead::Failed(super::jobs::trouble("read", &error)))
}

fn not_read(why: Unreadable, bytes: &[u8]) -> NotRead {
    let rates = matches!(why, Unreadable::Unknown | Unreadable::Line { .. }) && door::is_rates(bytes);
    if let Unreadable::Asks(question) = why {
        NotRead::Asks(question)
    } else if why == Unreadable::Stopped {
        NotRead::Stopped
    } else if rates {
        NotRead::Failed("These are exchange rates: they are taken in under Settings, Exchange rates".to_owned())
    } else {
        NotRead::Failed(plain(&why.to_string()))
    }
}
