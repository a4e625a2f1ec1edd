//! Seldom: what few sessions have, kept apart so that the many are small.
//!
//! A book of ten years has a hundred thousand sessions. Most have no price of their own and are not reported one by one:
//! those have nothing here but an empty pointer. Fewer still have a pause or a note. All of it is read and written as if
//! it stood in the session itself.

use std::ops::{Deref, DerefMut};

use super::{Pause, Session};
use crate::domain::money::Money;
use crate::domain::span::Timestamp;
use crate::domain::statement::Origin;

/// What few sessions have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seldom {
    /// A price of its own, such as a study's reward; it goes before any terms.
    pub own_price: Option<Money>,
    /// When the user reported it to the platform, where that is needed.
    pub reported_at: Option<Timestamp>,
    /// Pauses, a note, and what else is rarer still.
    pub rare: Kept<Rare>,
}

/// What fewer have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rare {
    /// Pauses in order, without overlap, inside the session; only the last may be open.
    pub pauses: Vec<Pause>,
    /// Own seconds declared without clock times ("last week, 22 h"); start and end then only say on which days.
    pub declared_secs: Option<i64>,
    /// What was done of a unit beyond the whole ones of `tasks`, in thousandths, 0 to 999: 12.5 audio minutes are 12
    /// and 500.
    pub unit_thousandths: u32,
    /// The row of a file that it was made of.
    pub origin: Option<Origin>,
    /// The user's note.
    pub note: String,
}

static NOTHING_SELDOM: Seldom = Seldom { own_price: None, reported_at: None, rare: Kept(None) };

static NOTHING_RARE: Rare =
    Rare { pauses: Vec::new(), declared_secs: None, unit_thousandths: 0, origin: None, note: String::new() };

/// What can be left out.
pub trait Few: Default + PartialEq + 'static {
    /// None of it.
    fn nothing() -> &'static Self;

    /// Whether there is none of it: sooner known than by comparing empty texts and lists.
    fn is_nothing(&self) -> bool;
}

impl Few for Seldom {
    fn nothing() -> &'static Self {
        &NOTHING_SELDOM
    }

    fn is_nothing(&self) -> bool {
        let Self { own_price, reported_at, rare } = self;
        own_price.is_none() && reported_at.is_none() && rare.is_nothing()
    }
}

impl Few for Rare {
    fn nothing() -> &'static Self {
        &NOTHING_RARE
    }

    fn is_nothing(&self) -> bool {
        let Self { pauses, declared_secs, unit_thousandths, origin, note } = self;
        pauses.is_empty() && declared_secs.is_none() && *unit_thousandths == 0 && origin.is_none() && note.is_empty()
    }
}

/// What few have, with room taken only where there is any of it.
#[derive(Debug, Clone, Default)]
pub struct Kept<T>(Option<Box<T>>);

impl<T: Few> From<T> for Kept<T> {
    fn from(few: T) -> Self {
        Self((!few.is_nothing()).then(|| Box::new(few)))
    }
}

impl From<Rare> for Kept<Seldom> {
    fn from(rare: Rare) -> Self {
        Seldom { rare: rare.into(), ..Seldom::default() }.into()
    }
}

impl<T: Few> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::nothing())
    }
}

impl<T: Few> DerefMut for Kept<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

/// Room that was taken for nothing makes no difference.
impl<T: Few> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => one == other,
            (Some(few), None) | (None, Some(few)) => few.is_nothing(),
        }
    }
}

impl<T: Few + Eq> Eq for Kept<T> {}

impl Deref for Session {
    type Target = Seldom;

    fn deref(&self) -> &Seldom {
        &self.seldom
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Seldom {
        &mut self.seldom
    }
}

impl Deref for Seldom {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        &self.rare
    }
}

impl DerefMut for Seldom {
    fn deref_mut(&mut self) -> &mut Rare {
        &mut self.rare
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::SessionId;
    use crate::domain::testing::at;

    #[test]
    fn a_session_is_small_and_one_whose_note_was_cleared_is_as_one_without() {
        assert!(size_of::<Session>() <= 88, "{}", size_of::<Session>());
        assert!(size_of::<Seldom>() <= 40, "{}", size_of::<Seldom>());
        let plain = Session::begun(SessionId(1), at("2026-11-22T10:00:00Z"), chrono_tz::UTC);
        let mut noted = plain.clone();
        noted.note = "Slow page".to_owned();
        assert_ne!(noted, plain);
        noted.note.clear();
        assert_eq!(noted, plain);
        assert_eq!(Kept::from((*noted).clone()).0, None);
        noted.reported_at = Some(noted.started_at);
        assert_ne!(noted, plain);
    }
}
