//! What holds for every file, whatever is in it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use proptest::prelude::*;
use truerate::domain::statement::Statement;
use truerate::import::{self, Going, Options, Unreadable};

use crate::{ZONE, files};

fn read(bytes: &[u8]) -> Result<Statement, Unreadable> {
    import::read(bytes, Options::new(ZONE), &Going::ON)
}

fn keys(statement: &Statement) -> BTreeSet<String> {
    statement.rows.iter().map(|row| row.key.clone()).collect()
}

#[test]
fn keys_are_one_a_row_and_the_same_the_next_time() {
    for path in files() {
        let bytes = fs::read(&path).unwrap();
        let (Ok(first), Ok(second)) = (read(&bytes), read(&bytes)) else { continue };
        assert_eq!(keys(&first).len(), first.rows.len(), "{}", path.display());
        assert_eq!(first, second, "{}", path.display());
    }
}

/// A table whose records each stand on a line of their own, cut in two between any of them: each half with the head.
#[test]
fn a_file_that_is_split_says_what_the_whole_says() {
    let mut split = 0;
    for path in files().into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "csv")) {
        let text = fs::read_to_string(&path).unwrap();
        let Ok(whole) = read(text.as_bytes()) else { continue };
        let (head, rows) = text.split_once('\n').unwrap();
        let rows: Vec<&str> = rows.lines().collect();
        for cut in 1..rows.len() {
            let of = |rows: &[&str]| read(format!("{head}\n{}\n", rows.join("\n")).as_bytes());
            // A half may leave open what the whole decides.
            let (Ok(first), Ok(second)) = (of(&rows[..cut]), of(&rows[cut..])) else { continue };
            let both: BTreeSet<_> = keys(&first).union(&keys(&second)).cloned().collect();
            // Equal rows on both sides of the cut have one key: they are counted within a file.
            assert!(both.is_subset(&keys(&whole)), "{} cut at {cut}", path.display());
            split += 1;
        }
    }
    assert!(split > 30, "only {split} halves could be read");
}

#[test]
fn what_is_encoded_otherwise_says_the_same() {
    let path = crate::folder().join("paypal-de.csv");
    let text = fs::read_to_string(path).unwrap();
    let whole = read(text.as_bytes()).unwrap();
    let plain = text.trim_start_matches('\u{feff}');
    let latin: Vec<u8> = plain.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lines = text.replace('\n', "\r\n");
    for bytes in [plain.as_bytes(), &latin, &wide, lines.as_bytes()] {
        assert_eq!(read(bytes).unwrap(), whole);
    }
}

#[test]
fn it_stops_when_it_is_told_to() {
    let mut text =
        String::from("Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n");
    for row in 0..20_000 {
        writeln!(text, "TRANSFER,Current,2026-03-04 10:00:00,,Nr {row},1.50,0.00,EUR,COMPLETED,").unwrap();
    }
    assert_eq!(read(text.as_bytes()).unwrap().rows.len(), 20_000);
    let stopped = import::read(text.as_bytes(), Options::new(ZONE), &Going(&|share| share < 0.5));
    assert_eq!(stopped, Err(Unreadable::Stopped));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _any = read(&bytes);
    }

    /// A good file with something wrong in it: cut off, with a byte changed, or with something put in.
    #[test]
    fn no_damage_panics_and_every_row_is_accounted_for(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        put in prop::sample::select(vec!["\"", "\u{0}", ",", "\n", "=1+1", "\u{feff}", "9999999999999999999999999999", ";;;;"]),
        cut in any::<bool>(),
    ) {
        let files: Vec<_> = files().into_iter().collect();
        let mut bytes = fs::read(which.get(&files)).unwrap();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes.splice(at..at, put.bytes());
        }
        if let Ok(statement) = read(&bytes) {
            let lines: BTreeSet<u64> = statement.rows.iter().map(|row| row.line).collect();
            prop_assert_eq!(lines.len(), statement.rows.len());
            prop_assert!(statement.left_out.iter().all(|left| !lines.contains(&left.line)));
        }
    }
}
