//! The engine whose Book the window shows, and the user's own, which waits and goes on saving while something else is
//! looked at: a sample, or a backup.

use crate::engine::Engine;

/// One engine, or two.
pub(super) struct Engines {
    /// That of the Book that is shown.
    pub(super) shown: Engine,
    /// The user's own, while another is shown.
    own: Option<Engine>,
}

impl Engines {
    /// Of the user's own Book.
    pub(super) fn of(own: Engine) -> Self {
        Self { shown: own, own: None }
    }

    /// That of the user's own Book, whatever is shown.
    pub(super) fn own(&self) -> &Engine {
        self.own.as_ref().unwrap_or(&self.shown)
    }

    /// The same, to be changed.
    pub(super) fn own_mut(&mut self) -> &mut Engine {
        self.own.as_mut().unwrap_or(&mut self.shown)
    }

    /// Whether something else than the user's own Book is shown.
    pub(super) fn shows_another(&self) -> bool {
        self.own.is_some()
    }

    /// Shows another Book; the user's own waits.
    pub(super) fn show(&mut self, other: Engine) {
        let before = std::mem::replace(&mut self.shown, other);
        self.own.get_or_insert(before);
    }

    /// Back to the user's own Book; false where that is shown already.
    pub(super) fn show_own(&mut self) -> bool {
        let Some(own) = self.own.take() else { return false };
        self.shown = own;
        true
    }

    /// All of them, the user's own first.
    pub(super) fn all(&mut self) -> impl Iterator<Item = &mut Engine> {
        self.own.iter_mut().chain([&mut self.shown])
    }
}
