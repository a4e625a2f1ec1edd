//! Choosing rows of a list: by click with Ctrl and Shift, by the arrow keys, all at once.
//!
//! What the lists that have it share: the choice itself, and the keys that move it while nothing is typed and no list or
//! dialog is open.

use std::cell::Cell;
use std::collections::BTreeSet;

use egui::{Context, Key, Modifiers, Popup};

use crate::ui::verbs::{self, Verb};

/// The rows of a list in the order in which they are shown; places between them may hold something else.
pub(super) trait Rows {
    /// What names a row.
    type Id: Copy + Ord;
    /// The rows in their order.
    fn in_order(&self) -> impl DoubleEndedIterator<Item = Self::Id>;
    /// How many places there are.
    fn places(&self) -> usize;
    /// The row at a place.
    fn row_at(&self, place: usize) -> Option<Self::Id>;
    /// The place of a row that is shown.
    fn place_of(&self, id: Self::Id) -> Option<usize>;
    /// The rows from one place to another, both included, in either order.
    fn between(&self, from: usize, to: usize) -> impl Iterator<Item = Self::Id>;
}

/// The chosen rows.
#[derive(Debug)]
pub(super) struct Choice<Id: Copy> {
    pub(super) ids: BTreeSet<Id>,
    /// Where a stretch begins that Shift makes.
    pub(super) anchor: Option<Id>,
    /// The one that was chosen last: where the arrows go from.
    pub(super) last: Option<Id>,
    /// To be brought into sight.
    pub(super) show: Cell<Option<Id>>,
    /// How often it was changed: what is summed of it holds until the next time.
    pub(super) changes: u64,
}

impl<Id: Copy> Default for Choice<Id> {
    fn default() -> Self {
        Self { ids: BTreeSet::new(), anchor: None, last: None, show: Cell::new(None), changes: 0 }
    }
}

impl<Id: Copy + Ord> Choice<Id> {
    pub(super) fn only(&mut self, id: Id) {
        self.changes += 1;
        self.ids = BTreeSet::from([id]);
        (self.last, self.anchor) = (Some(id), Some(id));
    }

    /// A click with what was held down.
    pub(super) fn click(&mut self, rows: &impl Rows<Id = Id>, id: Id, held: Modifiers) {
        if held.shift {
            self.reach(rows, id, held.command);
        } else if held.command {
            self.changes += 1;
            if !self.ids.remove(&id) {
                self.ids.insert(id);
            }
            (self.last, self.anchor) = (Some(id), Some(id));
        } else {
            self.only(id);
        }
    }

    /// Everything from where the stretch began to here; with `keep` what was chosen before stays.
    fn reach(&mut self, rows: &impl Rows<Id = Id>, id: Id, keep: bool) {
        let from = self.anchor.and_then(|anchor| rows.place_of(anchor));
        let (Some(from), Some(to)) = (from, rows.place_of(id)) else { return self.only(id) };
        self.changes += 1;
        if !keep {
            self.ids.clear();
        }
        self.ids.extend(rows.between(from, to));
        self.last = Some(id);
    }

    /// To a row, alone or with all on the way.
    fn go(&mut self, rows: &impl Rows<Id = Id>, to: Option<Id>, reach: bool) {
        let Some(id) = to else { return };
        if reach {
            self.reach(rows, id, false);
        } else {
            self.only(id);
        }
        self.show.set(Some(id));
    }

    /// All that is shown.
    pub(super) fn all(&mut self, rows: &impl Rows<Id = Id>) {
        self.changes += 1;
        self.ids = rows.in_order().collect();
        self.last = self.last.or_else(|| rows.in_order().next());
        self.anchor = self.anchor.or(self.last);
    }

    pub(super) fn clear(&mut self) {
        *self = Self { changes: self.changes + 1, ..Self::default() };
    }

    /// The only chosen row.
    pub(super) fn one(&self) -> Option<Id> {
        self.ids.first().copied().filter(|_| self.ids.len() == 1)
    }
}

/// What the keys asked for that is not about the choice.
#[derive(Debug, Default)]
pub(super) struct Pressed {
    /// The search gets the focus.
    pub(super) find: bool,
    /// The chosen row's menu opens.
    pub(super) menu: bool,
    /// Whether the verbs of the rows may act: nothing is typed, and no list or dialog is open.
    pub(super) free: bool,
}

/// Moves a choice by the keys. `find` and `all` are the list's own verbs for that; `was_typing` says whether a field
/// had the focus before this frame's keys.
pub(super) fn keys<R: Rows>(
    ctx: &Context,
    rows: &R,
    choice: &mut Choice<R::Id>,
    (find, all): (Verb, Verb),
    was_typing: bool,
) -> Pressed {
    let mut found = Pressed::default();
    if ctx.memory(|memory| memory.top_modal_layer().is_some()) {
        return found;
    }
    // The search can be reached from any field.
    found.find = find.pressed(ctx);
    if ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return found;
    }
    found.free = true;
    let pressed = |modifiers: Modifiers, key: Key| ctx.input_mut(|input| input.consume_key(modifiers, key));
    found.find |= pressed(Modifiers::NONE, Key::Slash);
    if all.pressed(ctx) {
        choice.all(rows);
    }
    found.menu = choice.last.is_some() && verbs::row_menu_pressed(ctx);
    if ctx.memory(|memory| memory.focused().is_none()) {
        walk(&pressed, rows, choice);
        // An Escape that left a field was meant for the field.
        if !was_typing && !choice.ids.is_empty() && pressed(Modifiers::NONE, Key::Escape) {
            choice.clear();
        }
    }
    found
}

/// The arrows, Home and End; with Shift all on the way are chosen. Shift goes first: it may be held for any key. From
/// nothing an arrow leads to the first row.
fn walk<R: Rows>(pressed: &impl Fn(Modifiers, Key) -> bool, rows: &R, choice: &mut Choice<R::Id>) {
    for (modifiers, reach) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
        for key in [Key::ArrowDown, Key::ArrowUp, Key::Home, Key::End] {
            if !pressed(modifiers, key) {
                continue;
            }
            let to = match (key, choice.last.and_then(|id| rows.place_of(id))) {
                (Key::End, _) => rows.in_order().next_back(),
                (Key::Home, _) | (_, None) => rows.in_order().next(),
                (Key::ArrowDown, Some(at)) => (at + 1..rows.places()).find_map(|place| rows.row_at(place)),
                (_, Some(at)) => (0..at).rev().find_map(|place| rows.row_at(place)),
            };
            choice.go(rows, to, reach);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows with a head at every place that holds nothing.
    struct List(Vec<Option<u32>>);

    impl Rows for List {
        type Id = u32;

        fn in_order(&self) -> impl DoubleEndedIterator<Item = u32> {
            self.0.iter().flatten().copied()
        }

        fn places(&self) -> usize {
            self.0.len()
        }

        fn row_at(&self, place: usize) -> Option<u32> {
            self.0.get(place).copied().flatten()
        }

        fn place_of(&self, id: u32) -> Option<usize> {
            self.0.iter().position(|row| *row == Some(id))
        }

        fn between(&self, from: usize, to: usize) -> impl Iterator<Item = u32> {
            self.0[from.min(to)..=from.max(to)].iter().flatten().copied()
        }
    }

    #[test]
    fn arrows_step_over_heads_and_stay_at_the_ends() {
        let rows = List(vec![None, Some(7), None, Some(8), Some(9)]);
        let mut choice = Choice::default();
        let mut press = |key: Key, held: Modifiers| {
            walk(&|modifiers, asked| (modifiers, asked) == (held, key), &rows, &mut choice);
            (choice.ids.iter().copied().collect::<Vec<_>>(), choice.show.take())
        };
        let none = Modifiers::NONE;
        assert_eq!(press(Key::ArrowUp, none), (vec![7], Some(7)), "from nothing to the first");
        assert_eq!(press(Key::ArrowDown, none), (vec![8], Some(8)));
        assert_eq!(press(Key::End, Modifiers::SHIFT), (vec![8, 9], Some(9)));
        assert_eq!(press(Key::ArrowDown, none), (vec![8, 9], None), "there is nothing below");
        assert_eq!(press(Key::Home, Modifiers::SHIFT), (vec![7, 8], Some(7)), "from where the stretch began");
        assert_eq!(press(Key::End, none), (vec![9], Some(9)));
    }
}
