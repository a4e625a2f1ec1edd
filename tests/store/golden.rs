//! The golden Books: of each schema one is read as it is; that of ours is written again to the very same bytes.
//!
//! Their bytes are a promise: where these tests fail, old books would not be read as they were written. While a schema is
//! new and no book is in it yet, `TRUERATE_WRITE_GOLDEN=1` writes its fixture anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use truerate::domain::change::{Change, Edit, Record};
use truerate::domain::earning::Earning;
use truerate::domain::history::{Entry, EntryKind};
use truerate::domain::payout::Payout;
use truerate::domain::settings::Settings;
use truerate::domain::statement::Origin;
use truerate::ports::fake::MemoryDisk;
use truerate::store;

use crate::books::{self, Dice, book_of, defaults, every_kind};
use crate::{DIR, Desk};

/// The schema that is written.
const OURS: u32 = 2;

fn root_of(schema: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/schema-{schema}"))
}

/// The files of a fixture, without the lock.
pub fn golden_files(schema: u32) -> BTreeMap<PathBuf, String> {
    let root = root_of(schema);
    let mut files = BTreeMap::new();
    for folder in ["", "sessions", "money", "journal"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(&root).unwrap().to_owned();
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

pub fn files_on(disk: &MemoryDisk) -> BTreeMap<PathBuf, String> {
    disk.files()
        .into_iter()
        .map(|(path, bytes)| (path.strip_prefix(DIR).unwrap().to_owned(), String::from_utf8(bytes).unwrap()))
        // While it is open there is a lock, and under a running timer a heartbeat. The backup of the day may be made or not
        // before it is closed.
        .filter(|(path, _)| !["lock", "heartbeat"].map(Path::new).contains(&path.as_path()) && !is_of_the_day(path))
        .collect()
}

/// Whether a file is in a backup of the day, or in what is left of one that was begun.
fn is_of_the_day(path: &Path) -> bool {
    path.starts_with("backups") && path.to_string_lossy().contains("-daily")
}

pub fn golden_disk(schema: u32, keep: impl Fn(&Path) -> bool) -> MemoryDisk {
    let disk = MemoryDisk::new();
    for (path, text) in golden_files(schema).into_iter().filter(|(path, _)| keep(path)) {
        disk.put(Path::new(DIR).join(path), text);
    }
    disk
}

/// Every kind of record as a schema could hold it: schema 1 knew the key of a row alone, of sessions none, and no
/// hours of earnings, mappings, rules of payers and movements.
fn every_kind_of(schema: u32) -> Vec<Record> {
    let key_alone = |origin: &Option<Origin>| {
        let key = origin.as_ref()?.reference().to_owned();
        Some(Origin { key, said: String::new() })
    };
    let as_then = |record: Record| {
        Some(match record {
            Record::Movement(_) => return None,
            Record::Session(session) => {
                let mut session = (*session).clone();
                if session.origin.is_some() {
                    session.seldom.origin = None;
                }
                session.into()
            }
            Record::Earning(earning) => {
                Earning { credited_secs: None, origin: key_alone(&earning.origin), ..(*earning).clone() }.into()
            }
            Record::Payout(payout) => Payout { origin: key_alone(&payout.origin), ..(*payout).clone() }.into(),
            Record::Settings(settings) => {
                Settings { mappings: Vec::new(), payer_rules: Vec::new(), ..(*settings).clone() }.into()
            }
            other @ (Record::Platform(_)
            | Record::Project(_)
            | Record::Terms(_)
            | Record::Schedule(_)
            | Record::Route(_)
            | Record::Rate(_)
            | Record::Bill(_)
            | Record::Seen(_)) => other,
        })
    };
    if schema == 1 { every_kind().into_iter().filter_map(as_then).collect() } else { every_kind() }
}

/// How the golden Book came to be: everything at once, then a deletion, its undo and its redo.
fn golden_entries(schema: u32) -> Vec<Entry> {
    let records = every_kind_of(schema);
    let book = book_of(records.clone());
    let create = |record: Record| {
        let before = matches!(record, Record::Settings(_)).then(|| Record::from(defaults()));
        Edit::from_sides(before, Some(record)).unwrap()
    };
    let doomed = book.sessions().next().unwrap();
    let deletion = Change::new(vec![Edit::delete(std::sync::Arc::clone(doomed))]);
    [
        ("Add “everything”", EntryKind::Do, Change::new(records.into_iter().map(create).collect())),
        ("Delete session", EntryKind::Do, deletion.clone()),
        ("Undo delete session", EntryKind::Undo(2), deletion.reversed()),
        ("Redo delete session", EntryKind::Redo(2), deletion),
    ]
    .into_iter()
    .zip(1..)
    .map(|((words, kind, change), sequence)| Entry {
        sequence,
        at: "2026-11-22T08:00:00Z".parse().unwrap(),
        words: words.to_owned(),
        kind,
        change,
    })
    .collect()
}

fn written_anew(schema: u32) -> (MemoryDisk, truerate::domain::book::Book) {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    for entry in golden_entries(schema) {
        desk.enter(entry);
    }
    (disk, desk.close())
}

/// Opens a golden Book, or a part of it, that must be the whole Book.
fn assert_whole(schema: u32, keep: impl Fn(&Path) -> bool) -> store::Loaded {
    let (_, book) = written_anew(schema);
    let loaded = store::open_read(&golden_disk(schema, keep), Path::new(DIR), defaults());
    assert_eq!(loaded.findings, [], "schema {schema}");
    assert_eq!(loaded.book, book, "schema {schema}");
    assert_eq!(loaded.last_sequence, 4, "schema {schema}");
    assert_eq!(loaded.older, (schema != OURS).then_some(schema));
    loaded
}

#[test]
fn the_golden_book_of_our_schema_is_written_byte_for_byte() {
    let (disk, _) = written_anew(OURS);
    if std::env::var_os("TRUERATE_WRITE_GOLDEN").is_some() {
        for (path, text) in files_on(&disk) {
            let path = root_of(OURS).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    assert_eq!(files_on(&disk), golden_files(OURS));
}

#[test]
fn the_golden_books_read_as_what_they_were_made_from() {
    for schema in 1..=OURS {
        let loaded = assert_whole(schema, |_| true);
        assert_eq!(loaded.entries.iter().map(|entry| (**entry).clone()).collect::<Vec<_>>(), golden_entries(schema));
    }
}

#[test]
fn the_files_without_the_journal_hold_the_whole_book() {
    for schema in 1..=OURS {
        assert_whole(schema, |path| !path.starts_with("journal"));
    }
}

#[test]
fn the_journal_without_the_files_gives_the_book_and_says_what_is_missing() {
    for schema in 1..=OURS {
        let (_, book) = written_anew(schema);
        let disk = golden_disk(schema, |path| path.starts_with("journal"));
        let loaded = store::open_read(&disk, Path::new(DIR), defaults());
        assert_eq!(loaded.book, book);
        assert!(matches!(loaded.findings.as_slice(), [only] if only.what == store::What::Missing && only.locked));
    }
}

#[test]
fn sessions_without_notes_take_at_most_130_bytes_each() {
    // Source: the size that years of sessions are planned with. Of a sample with projects, kinds of tasks and credits.
    let now = truerate::domain::span::Now { at: "2026-11-22T08:00:00Z".parse().unwrap(), zone: books::NAIROBI };
    let plan = truerate::sample::Plan::of_size(3_000, 7, now);
    let book = truerate::sample::book(&plan, &store::catalogue::read().unwrap());
    let disk = MemoryDisk::new();
    store::create(&disk, Path::new(DIR), &book).unwrap();
    let files = files_on(&disk);
    let lines = || {
        let months = files.iter().filter(|(path, _)| path.starts_with("sessions"));
        months.flat_map(|(_, text)| text.lines()).filter(|line| line.starts_with("(id:") && !line.contains("note:"))
    };
    let (count, bytes) = (lines().count(), lines().map(|line| line.len() + 1).sum::<usize>());
    assert!(count > 2_000 && bytes <= 130 * count, "{bytes} bytes for {count}: {:?}", lines().next());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn any_book_goes_through_the_files_and_through_the_journal_unchanged(
        bytes in proptest::collection::vec(any::<u8>(), 0..3000),
        count in 0u64..30,
    ) {
        let mut dice = Dice::new(&bytes);
        let settings = Edit::from_sides(Some(defaults().into()), Some(dice.settings().into()));
        let records = (1..=count).map(|id| Edit::create(dice.record(id)));
        let change = Change::new(records.chain(settings).collect());
        let disk = MemoryDisk::new();
        let mut desk = Desk::open(&disk);
        desk.change(change);
        desk.wait_saved();
        let crashed = store::open_read(&disk.after_power_cut(), Path::new(DIR), defaults());
        prop_assert_eq!(&crashed.findings, &[]);
        prop_assert_eq!(&crashed.book, &desk.opened.book);
        let book = desk.close();
        let files = disk.after_power_cut();
        for path in files.files().into_keys().filter(|path| path.to_string_lossy().contains("journal")) {
            files.take(&path);
        }
        let loaded = store::open_read(&files, Path::new(DIR), defaults());
        prop_assert_eq!(&loaded.findings, &[]);
        prop_assert_eq!(&loaded.book, &book);
    }

    /// Changes one by one, with checkpoints and restarts between them, give the Book that they give in memory.
    #[test]
    fn any_changes_with_checkpoints_and_power_cuts_between_them_are_kept(
        bytes in proptest::collection::vec(any::<u8>(), 0..2000),
        steps in proptest::collection::vec((0u64..6, 0u8..6), 1..30),
    ) {
        let mut dice = Dice::new(&bytes);
        let mut disk = MemoryDisk::new();
        let mut desk = Desk::open(&disk);
        for (id, what) in steps {
            let old = desk.opened.book.session(truerate::domain::ids::SessionId(id)).cloned().map(Record::from);
            match what {
                0 => {
                    use truerate::ports::Journal;
                    let book = desk.opened.book.clone();
                    desk.opened.journal.checkpoint(&book);
                }
                1 => {
                    desk.wait_saved();
                    let expected = desk.opened.book.clone();
                    let cut = disk.after_power_cut();
                    drop(desk);
                    disk = cut;
                    desk = Desk::open(&disk);
                    prop_assert_eq!(&desk.opened.findings, &[]);
                    prop_assert_eq!(&desk.opened.book, &expected);
                }
                2 => {
                    let expected = desk.close();
                    desk = Desk::open(&disk);
                    prop_assert_eq!(&desk.opened.findings, &[]);
                    prop_assert_eq!(&desk.opened.book, &expected);
                }
                3 => {
                    if let Some(edit) = Edit::from_sides(old, None) {
                        desk.change(Change::new(vec![edit]));
                    }
                }
                _ => {
                    let new = Record::from(dice.session(id));
                    desk.change(Change::new(Edit::from_sides(old, Some(new)).into_iter().collect()));
                }
            }
        }
        desk.close();
    }
}
