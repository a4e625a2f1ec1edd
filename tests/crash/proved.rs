//! The search for crash states, and that it can fail: a disk that breaks its word is found out.
#![expect(clippy::disallowed_methods, reason = "how many states are wanted is said from outside")]

use std::env;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::disk::Broken;
use crate::history::live;
use crate::states::{Count, search};

/// Steps of the user in each history.
const STEPS: u64 = 48;

/// Looks through so many states, of as many histories as it takes.
fn look_through(most: u64, broken: Option<Broken>) -> Result<Count, String> {
    let seeds = AtomicU64::new(1);
    let left = AtomicU64::new(most);
    let worker = || {
        let mut count = Count::default();
        loop {
            let mine = left.load(Ordering::SeqCst);
            if mine == 0 {
                return Ok(count);
            }
            let seed = seeds.fetch_add(1, Ordering::SeqCst);
            let found = live(seed, STEPS, broken, seed.is_multiple_of(2)).and_then(|history| search(&history, mine));
            match found {
                Ok(found) => {
                    left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                        Some(left.saturating_sub(found.states))
                    })
                    .unwrap();
                    count.add(found);
                }
                Err(error) => {
                    left.store(0, Ordering::SeqCst);
                    return Err(error);
                }
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_fold(Count::default(), |mut all, worker| {
            all.add(worker.join().unwrap()?);
            Ok(all)
        })
    })
}

#[test]
fn every_crash_state_holds_what_was_called_saved() {
    let most = env::var("TRUERATE_CRASH_STATES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let count = look_through(most, None).unwrap_or_else(|error| panic!("{error}"));
    println!(
        "{} crash states at {} moments, {} of them different; the program went on over {}",
        count.states, count.moments, count.different, count.gone_on
    );
    assert!(count.states >= most);
}

fn is_found_out(broken: Broken) {
    let found = look_through(100_000, Some(broken)).expect_err("a lost change must be found");
    println!("{broken:?}: {}", found.lines().next().unwrap_or_default());
}

#[test]
fn an_append_without_its_sync_is_found_out() {
    is_found_out(Broken::AppendUnsynced);
}

#[test]
fn a_rename_before_the_sync_of_the_file_is_found_out() {
    is_found_out(Broken::RenameFirst);
}

#[test]
fn a_folder_that_is_not_synced_is_found_out() {
    is_found_out(Broken::FolderUnsynced);
}
