//! Evidence: a folder written by a thread of its own, over the Book as it stood when it was asked for.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::jobs::{self, Spawn};
use crate::domain::book::Book;
use crate::domain::span::Now;
use crate::ports::Disk;
use crate::store::evidence::write;
use crate::ui::dialogs::{EvidenceWish, Told};
use crate::ui::view::evidence::pack;

/// Begins to write a folder. `wake` is called when it is further, and when it is done.
pub fn begin(
    spawn: Spawn,
    disk: Option<Arc<dyn Disk>>,
    book: Book,
    wish: EvidenceWish,
    (now, today): (Now, NaiveDate),
    wake: impl Fn() + Send + 'static,
) {
    let collecting = wish.collecting.clone();
    let Some(disk) = disk else {
        collecting.tell(Told::Failed("There is no disk here to write to".to_owned()));
        return;
    };
    let job = move || {
        let pack = pack(&book, wish.whose, wish.appeal, now, today);
        let of = pack.len();
        let goes_on = |done| {
            wake();
            wish.collecting.step(done, of)
        };
        wish.collecting.tell(match write(disk.as_ref(), Path::new(&wish.folder), &pack, &goes_on) {
            Ok(written) => Told::Written { folder: written.folder.display().to_string(), left_out: written.left_out },
            Err(why) => Told::Failed(why.to_string()),
        });
        wake();
    };
    if let Err(error) = spawn("truerate-evidence", Box::new(job)) {
        collecting.tell(Told::Failed(jobs::no_thread(&error)));
    }
}
