//! Working ahead: work on many things in two threads, its results taken in order.
//!
//! Promises: the same results in the same order as with one thread, so that whoever asks can't tell them apart; only a few
//! are held at a time; where the system gives no second thread, or that ends by a fault, the first does all of the
//! work.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How far work may be ahead of what was taken.
const AHEAD: usize = 8;
/// With fewer things a second thread costs more than it brings.
const FEW: usize = 4;

/// So many small things are worked on as one.
const AT_ONCE: usize = 64;

/// Works on all of many small things. Returns the results in their order.
pub(crate) fn map<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let mut results = Vec::with_capacity(items.len());
    let batches: Vec<&[I]> = items.chunks(AT_ONCE).collect();
    let batch = |(): &mut (), batch: &&[I]| batch.iter().map(&work).collect::<Vec<T>>();
    in_order(&batches, || (), batch, |_, of_batch| results.extend(of_batch));
    results
}

/// Works on all items and takes the results in their order. `begin` makes what each thread keeps between two of them.
pub(crate) fn in_order<I: Sync, S, T: Send>(
    items: &[I],
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &I) -> T + Sync,
    mut take: impl FnMut(&I, T),
) {
    let mut own = begin();
    let single = thread::available_parallelism().map_or(1, NonZero::get) == 1;
    if single || items.len() < FEW {
        for item in items {
            let result = work(&mut own, item);
            take(item, result);
        }
        return;
    }
    let desk = Desk { state: Mutex::default(), bell: Condvar::new(), count: items.len() };
    thread::scope(|scope| {
        // Without a second thread the first claims everything.
        let _helper = thread::Builder::new().name("truerate-ahead".to_owned()).spawn_scoped(scope, || {
            let mut own = begin();
            while let Some(at) = desk.claim_or_wait() {
                let mut claim = Claim { desk: &desk, at, result: None };
                claim.result = items.get(at).map(|item| work(&mut own, item));
            }
        });
        let _leaving = Leaving(&desk);
        for (at, item) in items.iter().enumerate() {
            let result = loop {
                match desk.next_for(at) {
                    Next::Result(result) => break result,
                    Next::Lost => break work(&mut own, item),
                    Next::Work(other) => {
                        let result = items.get(other).map(|item| work(&mut own, item));
                        desk.put(other, result);
                    }
                }
            };
            take(item, result);
        }
    });
}

/// What both threads know.
struct Desk<T> {
    state: Mutex<State<T>>,
    bell: Condvar,
    count: usize,
}

struct State<T> {
    /// The first that nobody works on.
    unclaimed: usize,
    /// How many were taken.
    taken: usize,
    /// What is ready; `None` where the thread that worked on it ended.
    ready: BTreeMap<usize, Option<T>>,
    /// Nobody takes anything any more.
    leaving: bool,
    /// How many threads wait for the bell.
    waiting: usize,
}

impl<T> Default for State<T> {
    fn default() -> Self {
        Self { unclaimed: 0, taken: 0, ready: BTreeMap::new(), leaving: false, waiting: 0 }
    }
}

/// What the first thread does next.
enum Next<T> {
    Result(T),
    Lost,
    Work(usize),
}

impl<T> Desk<T> {
    fn held(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the other thread.
    fn wait<'d>(&self, mut state: MutexGuard<'d, State<T>>) -> MutexGuard<'d, State<T>> {
        state.waiting += 1;
        let mut state = self.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state
    }

    /// Wakes the other thread where it waits: ringing costs a call of the system even where nobody hears it.
    fn ring(&self, state: MutexGuard<'_, State<T>>) {
        let heard = state.waiting > 0;
        drop(state);
        if heard {
            self.bell.notify_all();
        }
    }

    fn claim(&self, state: &mut State<T>) -> Option<usize> {
        let may = state.unclaimed < self.count.min(state.taken + AHEAD);
        may.then(|| {
            state.unclaimed += 1;
            state.unclaimed - 1
        })
    }

    /// The next thing for the second thread; `None` at the end.
    fn claim_or_wait(&self) -> Option<usize> {
        let mut state = self.held();
        loop {
            if state.leaving || state.unclaimed >= self.count {
                return None;
            }
            if let Some(at) = self.claim(&mut state) {
                return Some(at);
            }
            state = self.wait(state);
        }
    }

    /// The result that is to be taken now, or what to do until it is there.
    fn next_for(&self, at: usize) -> Next<T> {
        let mut state = self.held();
        loop {
            if let Some(result) = state.ready.remove(&at) {
                state.taken = at + 1;
                self.ring(state);
                return result.map_or(Next::Lost, Next::Result);
            }
            if let Some(other) = self.claim(&mut state) {
                return Next::Work(other);
            }
            state = self.wait(state);
        }
    }

    fn put(&self, at: usize, result: Option<T>) {
        let mut state = self.held();
        state.ready.insert(at, result);
        self.ring(state);
    }
}

/// Work of the second thread: put on the desk even where it ended by a fault.
struct Claim<'d, T> {
    desk: &'d Desk<T>,
    at: usize,
    result: Option<T>,
}

impl<T> Drop for Claim<'_, T> {
    fn drop(&mut self) {
        self.desk.put(self.at, self.result.take());
    }
}

/// Sends the second thread home, even where the first ended by a fault.
struct Leaving<'d, T>(&'d Desk<T>);

impl<T> Drop for Leaving<'_, T> {
    fn drop(&mut self) {
        let mut state = self.0.held();
        state.leaving = true;
        self.0.ring(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_each_costs() {
        for count in [0, 1, 3, 4, 5, 200] {
            let items: Vec<u64> = (0..count).collect();
            let mut taken = Vec::new();
            let work = |(): &mut (), item: &u64| {
                let turns = if item.is_multiple_of(7) { 20_000 } else { 10 };
                (0..turns).fold(*item, |sum: u64, turn| std::hint::black_box(sum ^ turn))
            };
            in_order(&items, || (), work, |item, result| taken.push((*item, result)));
            let expected: Vec<_> = items.iter().map(|item| (*item, work(&mut (), item))).collect();
            assert_eq!(taken, expected);
            let results: Vec<u64> = taken.iter().map(|(_, result)| *result).collect();
            assert_eq!(map(&items, |item| work(&mut (), item)), results);
        }
    }

    #[test]
    fn a_fault_in_the_work_ends_both_threads_and_hangs_neither() {
        let items: Vec<u32> = (0..50).collect();
        let work = |(): &mut (), item: &u32| assert!(*item != 20, "the twentieth is bad");
        let outcome = std::panic::catch_unwind(|| in_order(&items, || (), work, |_, ()| ()));
        assert!(outcome.is_err());
    }
}
