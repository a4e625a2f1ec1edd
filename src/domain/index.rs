//! Index: where the record of an id stands, in six to eight bytes a record.
//!
//! Ids are random 64-bit numbers: their first bits choose a shelf, their last ones are searched there in one sorted row.
//! An answer names candidates (two ids may share those bits); whoever asks has the records and looks. A copy costs a
//! few pointers, a change copies one shelf.

use std::sync::Arc;

use super::ahead;

/// How many of the first bits choose the shelf.
const SHELF_BITS: u32 = 10;

/// Room that a shelf takes at once.
const LEAST_ROOM: usize = 4;

/// Ids to small values, such as a place or a month.
#[derive(Debug, Clone)]
pub(crate) struct Index<V> {
    /// One for each choice of the first bits; none while nothing was noted.
    shelves: Vec<Arc<Shelf<V>>>,
}

#[derive(Debug, Clone)]
struct Shelf<V> {
    /// The last 32 bits of each id, sorted.
    bits: Vec<u32>,
    /// What stands for each.
    values: Vec<V>,
}

impl<V> Default for Index<V> {
    fn default() -> Self {
        Self { shelves: Vec::new() }
    }
}

impl<V> Default for Shelf<V> {
    fn default() -> Self {
        Self { bits: Vec::new(), values: Vec::new() }
    }
}

impl<V: Copy + Ord> Shelf<V> {
    fn with_room(count: usize) -> Self {
        Self { bits: Vec::with_capacity(count), values: Vec::with_capacity(count) }
    }

    /// The same in order, each row once.
    fn sorted(&self) -> Self {
        let mut rows: Vec<(u32, V)> = self.bits.iter().copied().zip(self.values.iter().copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut sorted = Self::with_room(rows.len());
        sorted.bits.extend(rows.iter().map(|(bits, _)| *bits));
        sorted.values.extend(rows.iter().map(|(_, value)| *value));
        sorted
    }
}

/// The shelf of an id, and what it is found by there.
fn split(id: u64) -> (usize, u32) {
    let shelf = usize::try_from(id >> (u64::BITS - SHELF_BITS)).unwrap_or_default();
    let bits = u32::try_from(id & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    (shelf, bits)
}

/// Many ids that become an index at once: in no order until then, so that each is put down and not moved.
#[derive(Debug)]
pub(crate) struct Gathered<V> {
    shelves: Vec<Shelf<V>>,
}

impl<V: Copy + Ord + Send + Sync> Gathered<V> {
    /// Nothing yet; room for about so many.
    pub(crate) fn with_room(count: usize) -> Self {
        // Ids are random: shelves are nearly alike. A little more for what is chance.
        let each = count >> SHELF_BITS;
        let room = each + each / 8;
        Self { shelves: (0..1 << SHELF_BITS).map(|_| Shelf::with_room(room)).collect() }
    }

    /// Notes what stands for an id.
    pub(crate) fn put(&mut self, id: u64, value: V) {
        let (shelf, bits) = split(id);
        if let Some(shelf) = self.shelves.get_mut(shelf) {
            shelf.bits.push(bits);
            shelf.values.push(value);
        }
    }

    /// The index of them.
    pub(crate) fn sorted(self) -> Index<V> {
        Index { shelves: ahead::map(&self.shelves, |shelf| Arc::new(shelf.sorted())) }
    }
}

impl<V: Copy + Ord + Send + Sync> Index<V> {
    /// What stands for an id, perhaps with what stands for others.
    pub(crate) fn candidates(&self, id: u64) -> impl Iterator<Item = V> + '_ {
        let (shelf, bits) = split(id);
        let shelf = self.shelves.get(shelf);
        let first = shelf.map_or(0, |shelf| shelf.bits.partition_point(|held| *held < bits));
        let found = shelf.into_iter().flat_map(move |shelf| shelf.bits.iter().zip(&shelf.values).skip(first));
        found.take_while(move |(held, _)| **held == bits).map(|(_, value)| *value)
    }

    /// Notes what stands for an id; noting it twice is the same as once.
    pub(crate) fn put(&mut self, id: u64, value: V) {
        if self.candidates(id).any(|held| held == value) {
            return;
        }
        let (shelf, bits) = split(id);
        let Some(shelf) = self.shelf_mut(shelf).map(Arc::make_mut) else { return };
        let at = shelf.bits.partition_point(|held| *held < bits);
        if shelf.bits.len() == shelf.bits.capacity() {
            // An eighth more: a vector would take as much again.
            let more = (shelf.bits.len() / 8).max(LEAST_ROOM);
            shelf.bits.reserve_exact(more);
            shelf.values.reserve_exact(more);
        }
        shelf.bits.insert(at, bits);
        shelf.values.insert(at, value);
    }

    fn shelf_mut(&mut self, shelf: usize) -> Option<&mut Arc<Shelf<V>>> {
        if self.shelves.is_empty() {
            self.shelves = vec![Arc::default(); 1 << SHELF_BITS];
        }
        self.shelves.get_mut(shelf)
    }

    /// Notes what stands for many ids.
    pub(crate) fn put_many(&mut self, all: &[(u64, V)]) {
        if self.shelves.is_empty() {
            let mut gathered = Gathered::with_room(all.len());
            for (id, value) in all {
                gathered.put(*id, *value);
            }
            *self = gathered.sorted();
        } else {
            for (id, value) in all {
                self.put(*id, *value);
            }
        }
    }

    /// Forgets what stands for an id.
    pub(crate) fn remove(&mut self, id: u64, value: V) {
        let (shelf, bits) = split(id);
        let Some(shelf) = self.shelves.get_mut(shelf) else { return };
        let first = shelf.bits.partition_point(|held| *held < bits);
        let same = shelf.bits.iter().zip(&shelf.values).skip(first).take_while(|(held, _)| **held == bits);
        if let Some(nth) = same.into_iter().position(|(_, held)| *held == value) {
            let shelf = Arc::make_mut(shelf);
            shelf.bits.remove(first + nth);
            shelf.values.remove(first + nth);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_found_beside_ids_that_share_its_bits() {
        let twin = 7 | (1 << 40);
        let mut index = Index::default();
        index.put_many(&[(7, 1u32), (u64::MAX, 2), (twin, 3)]);
        let of = |index: &Index<u32>, id| index.candidates(id).collect::<Vec<_>>();
        assert_eq!((of(&index, 7), of(&index, twin)), (vec![1, 3], vec![1, 3]));
        assert_eq!((of(&index, u64::MAX), of(&index, 8)), (vec![2], vec![]));
        let before = index.clone();
        index.put(8, 4);
        index.put(8, 4);
        index.remove(7, 3);
        index.remove(9, 1);
        assert_eq!((of(&index, 7), of(&index, 8)), (vec![1], vec![4]));
        assert_eq!((of(&before, 7), of(&before, 8)), (vec![1, 3], vec![]), "a copy stands by itself");
    }
}
