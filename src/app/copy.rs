//! A copy of the whole Book: written by a thread of its own, over the Book as it stood when it was asked for.

use std::path::Path;
use std::sync::Arc;

use super::jobs::{self, Spawn};
use crate::domain::book::Book;
use crate::ports::Disk;
use crate::store::copy;
use crate::ui::dialogs::{CopyWish, Told};

/// Begins to write a copy. `wake` is called when it is further, and when it is done.
pub fn begin(spawn: Spawn, disk: Option<Arc<dyn Disk>>, book: Book, wish: CopyWish, wake: impl Fn() + Send + 'static) {
    let under_way = wish.under_way.clone();
    let Some(disk) = disk else {
        under_way.tell(Told::Failed("There is no disk here to write to".to_owned()));
        return;
    };
    let begun = spawn(
        "truerate-copy",
        Box::new(move || {
            let goes_on = |done, of| {
                wake();
                wish.under_way.step(done, of)
            };
            wish.under_way.tell(match copy::write(disk.as_ref(), Path::new(&wish.folder), &book, &goes_on) {
                Ok(()) => Told::Written { folder: wish.folder.clone(), left_out: Vec::new() },
                Err(why) => Told::Failed(why.to_string()),
            });
            wake();
        }),
    );
    if let Err(error) = begun {
        under_way.tell(Told::Failed(jobs::no_thread(&error)));
    }
}
