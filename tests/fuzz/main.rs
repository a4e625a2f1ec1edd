//! Fuzzing on the stable toolchain: each reader is given its corpus, and its corpus damaged, by a seed that is printed.
//!
//! `cargo +nightly fuzz run statement` (see `fuzz/`) searches with coverage; this finds what damage alone finds, in seconds.
//! `TRUERATE_FUZZ_CASES=100000 cargo test --test fuzz` searches longer, `TRUERATE_FUZZ_SEED` elsewhere.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test that reads files of its own, and ends where they are not there"
)]

mod damage;
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fastrand::Rng;
use targets::{TARGETS, Target, corpus};

/// Cases for each target: a few seconds in all.
const CASES: u64 = 1_500;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The corpus of a target, in an order that is the same everywhere.
fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(corpus(target.name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort_unstable();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn no_reader_breaks_on_damaged_files() {
    let (cases, seed) = (number("TRUERATE_FUZZ_CASES", CASES), number("TRUERATE_FUZZ_SEED", 6));
    let mut broken = Vec::new();
    for target in &TARGETS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{} has no corpus", target.name);
        let mut chance = Rng::with_seed(seed);
        let damaged = (0..cases).map(|_| damage::damaged(&seeds, &mut chance));
        for bytes in seeds.iter().cloned().chain(damaged) {
            if catch_unwind(AssertUnwindSafe(|| (target.check)(&bytes))).is_err() {
                let kept = std::env::temp_dir().join(format!("truerate-fuzz-{}-{}", target.name, broken.len()));
                fs::write(&kept, &bytes).unwrap();
                broken.push(format!("{}: {}", target.name, kept.display()));
                break;
            }
        }
    }
    println!("{} targets, {cases} damaged files each, seed {seed}", TARGETS.len());
    assert!(broken.is_empty(), "broken by:\n{}", broken.join("\n"));
}
