//! Files that change underneath: never overwritten, what was saved stays saved, and both versions can be brought together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use truerate::domain::book::Book;
use truerate::domain::change::{Change, Edit, Key};
use truerate::domain::command::{Command, plan};
use truerate::domain::ids::SessionId;
use truerate::domain::query::differs::{Changed, Choice, Side};
use truerate::domain::session::Session;
use truerate::domain::span::Now;
use truerate::ports::fake::MemoryDisk;
use truerate::ports::{Compared, Disk, Journal, LookedThrough, OutsideFile, Touched};
use truerate::store::{self, Finding, What};

use crate::books::{defaults, session};
use crate::{DIR, Desk, at};

const OCTOBER: &str = "sessions/2026-10.ron";
const NOVEMBER: &str = "sessions/2026-11.ron";
const OWN: &str = "journal/test-0000000001.ron";

fn bytes(disk: &MemoryDisk, file: &str) -> Vec<u8> {
    disk.files()[&at(file)].clone()
}

fn noted(id: u64, start: &str, note: &str) -> Session {
    let mut session = session(id, start);
    note.clone_into(&mut session.seldom.note);
    session
}

/// A Book of two months, closed.
fn begun() -> MemoryDisk {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-10-22T05:00:00Z")));
    desk.change(Change::create(session(2, "2026-11-21T05:00:00Z")));
    desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
    desk.wait_saved();
    desk.close();
    disk
}

/// What another device makes of the Book, on a disk of its own; its journal has its own name there.
fn elsewhere(disk: &MemoryDisk, edit: impl FnOnce(&mut Desk), closes: bool) -> MemoryDisk {
    let theirs = disk.after_power_cut();
    let mut desk = Desk::open(&theirs);
    edit(&mut desk);
    desk.wait_saved();
    let cut = if closes { None } else { Some(theirs.after_power_cut()) };
    desk.close();
    let theirs = cut.unwrap_or(theirs);
    for (path, bytes) in theirs.files() {
        if !disk.files().contains_key(&path) && path.starts_with(at("journal")) {
            theirs.take(&path);
            theirs.put(path.to_string_lossy().replace("test-", "phone-"), bytes);
        }
    }
    theirs
}

fn replace(desk: &mut Desk, after: Session) {
    let before = desk.opened.book.session(after.id).unwrap().clone();
    desk.change(Change::replace(&before, after));
}

fn outside(desk: &mut Desk) -> Arc<Vec<OutsideFile>> {
    desk.opened.journal.look_outside();
    desk.wait(|_| !desk.opened.journal.outside().is_empty());
    desk.opened.journal.outside()
}

fn told(files: &[OutsideFile]) -> Vec<(PathBuf, Touched)> {
    files.iter().map(|file| (file.path.clone(), file.what)).collect()
}

fn named(file: &str, what: Touched) -> (PathBuf, Touched) {
    (PathBuf::from(file), what)
}

fn look(desk: &mut Desk) -> Compared {
    outside(desk);
    desk.opened.journal.comparer().unwrap()(&desk.opened.book)
}

/// Takes over what is chosen, as the engine does.
fn take_over(desk: &mut Desk, compared: &Compared, choice: &Choice) {
    let taken = choice.closed(&desk.opened.book, &compared.differences).chosen(&compared.differences);
    let command = Command::TakeOver { words: "Take over".into(), taken };
    let now = Now { at: "2026-11-22T09:00:00Z".parse().unwrap(), zone: chrono_tz::UTC };
    let change = plan(&desk.opened.book, &command, now).unwrap();
    desk.opened.last_sequence = desk.opened.last_sequence.max(compared.looked.through);
    if !change.is_empty() {
        desk.change(change);
    }
    desk.opened.journal.looked_through(compared.looked.clone());
    desk.wait(|_| desk.opened.journal.outside().is_empty());
    desk.wait_saved();
}

fn reopened(disk: &MemoryDisk) -> (Book, Vec<Finding>) {
    let loaded = store::open_read(&disk.after_power_cut(), Path::new(DIR), defaults());
    (loaded.book, loaded.findings)
}

fn notes(book: &Book) -> Vec<(u64, String)> {
    let mut notes: Vec<_> = book.sessions().map(|session| (session.id.0, session.seldom.note.clone())).collect();
    notes.sort_unstable();
    notes
}

#[test]
fn a_month_that_another_device_rewrote_is_never_overwritten_and_ours_stays_in_the_journal() {
    let disk = begun();
    let theirs = elsewhere(&disk, |desk| replace(desk, noted(2, "2026-11-21T05:00:00Z", "theirs")), true);
    let mut desk = Desk::open(&disk);
    disk.put(at(NOVEMBER), bytes(&theirs, NOVEMBER));
    replace(&mut desk, noted(1, "2026-10-22T05:00:00Z", "ours"));
    replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
    desk.wait_saved();
    assert_eq!(told(&outside(&mut desk)), [named(NOVEMBER, Touched::Changed)]);
    desk.close();
    assert_eq!(bytes(&disk, NOVEMBER), bytes(&theirs, NOVEMBER), "byte for byte");
    assert!(String::from_utf8(bytes(&disk, OCTOBER)).unwrap().contains("ours"), "the others are written");
    let (book, findings) = reopened(&disk);
    assert_eq!(findings, []);
    assert_eq!(notes(&book), [(1, "ours".into()), (2, "theirs".into()), (3, "ours".into())]);
}

#[test]
fn only_a_moved_time_is_nothing() {
    let disk = begun();
    let mut desk = Desk::open(&disk);
    for file in ["book.ron", OCTOBER, NOVEMBER] {
        disk.put(at(file), bytes(&disk, file));
    }
    replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
    desk.wait_saved();
    desk.opened.journal.look_outside();
    let book = desk.close();
    assert!(String::from_utf8(bytes(&disk, NOVEMBER)).unwrap().contains("ours"));
    let (again, findings) = reopened(&disk);
    assert_eq!((findings.as_slice(), again), ([].as_slice(), book));
}

#[test]
fn a_month_that_appears_is_not_written_over_and_both_come_together() {
    let disk = begun();
    let theirs =
        elsewhere(&disk, |desk| _ = desk.change(Change::create(noted(8, "2026-12-01T05:00:00Z", "theirs"))), true);
    let mut desk = Desk::open(&disk);
    let december = "sessions/2026-12.ron";
    disk.put(at(december), bytes(&theirs, december));
    desk.change(Change::create(noted(9, "2026-12-02T05:00:00Z", "ours")));
    desk.wait_saved();
    let compared = look(&mut desk);
    assert_eq!(told(&compared.looked.files), [named(december, Touched::Appeared)]);
    let found: Vec<_> = compared.differences.list().iter().map(|one| (one.key, one.changed)).collect();
    assert_eq!(found, [(Key::Session(SessionId(8)), Changed::Theirs)], "ours, which they have not seen, stands");
    take_over(&mut desk, &compared, &Choice::unclashing(&compared.differences));
    let book = desk.close();
    let (again, findings) = reopened(&disk);
    assert_eq!((findings.as_slice(), &again), ([].as_slice(), &book));
    assert!(String::from_utf8(bytes(&disk, december)).unwrap().lines().count() == 3, "both are in the file");
    let aside: Vec<_> = disk.files().into_iter().filter(|(path, _)| path.starts_with(at("aside"))).collect();
    assert_eq!(aside.iter().map(|(_, kept)| kept.clone()).collect::<Vec<_>>(), [bytes(&theirs, december)]);
}

#[test]
fn keeping_ours_keeps_the_other_version_aside_and_holds_at_the_next_opening() {
    let disk = begun();
    let theirs = elsewhere(
        &disk,
        |desk| {
            for note in ["one", "two", "three", "theirs"] {
                replace(desk, noted(2, "2026-11-21T05:00:00Z", note));
            }
        },
        false,
    );
    let mut desk = Desk::open(&disk);
    replace(&mut desk, noted(2, "2026-11-21T05:00:00Z", "ours"));
    desk.wait_saved();
    let phone = "journal/phone-0000000004.ron";
    disk.put(at(phone), bytes(&theirs, phone));
    let compared = look(&mut desk);
    let found: Vec<_> = compared.differences.list().iter().map(|one| (one.key, one.changed)).collect();
    assert_eq!(found, [(Key::Session(SessionId(2)), Changed::Both)]);
    take_over(&mut desk, &compared, &Choice::all(Side::Ours, &compared.differences));
    desk.close();
    assert_eq!(bytes(&disk, phone), bytes(&theirs, phone), "their journal is theirs");
    let (book, _) = reopened(&disk);
    assert_eq!(notes(&book)[1], (2, "ours".into()));
}

#[test]
fn the_journal_of_another_device_is_taken_over_by_record() {
    let disk = begun();
    let theirs = elsewhere(
        &disk,
        |desk| {
            replace(desk, noted(2, "2026-11-21T05:00:00Z", "theirs"));
            desk.change(Change::create(noted(8, "2026-11-02T05:00:00Z", "theirs")));
            let gone = desk.opened.book.session(SessionId(1)).unwrap().clone();
            desk.change(Change::new(vec![Edit::delete(gone)]));
        },
        false,
    );
    let mut desk = Desk::open(&disk);
    replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
    desk.wait_saved();
    let phone = "journal/phone-0000000004.ron";
    disk.put(at(phone), bytes(&theirs, phone));
    let compared = look(&mut desk);
    assert!(!compared.differences.clash());
    assert_eq!(compared.differences.list().len(), 3);
    assert!(compared.times.values().all(|times| times.theirs.is_some()));
    take_over(&mut desk, &compared, &Choice::unclashing(&compared.differences));
    let book = desk.close();
    let expected = [(2, "theirs".to_owned()), (3, "ours".to_owned()), (8, "theirs".to_owned())];
    assert_eq!(notes(&book), expected);
    assert_eq!(notes(&reopened(&disk).0), expected);
}

#[test]
fn a_segment_of_ours_that_somebody_cut_loses_nothing() {
    for meddle in [None, Some(&b""[..]), Some(b"(schema: 1, zone: \"Africa/Nairobi\")\nnot a change\n")] {
        let disk = MemoryDisk::new();
        let mut desk = Desk::open(&disk);
        desk.change(Change::create(session(1, "2026-10-22T05:00:00Z")));
        desk.change(Change::create(session(2, "2026-11-21T05:00:00Z")));
        desk.wait_saved();
        match meddle {
            Some(bytes) => disk.put(at(OWN), bytes),
            None => _ = disk.take(&at(OWN)),
        }
        desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
        desk.wait_saved();
        let what = if meddle.is_some() { Touched::Changed } else { Touched::Missing };
        assert_eq!(told(&outside(&mut desk)), [named(OWN, what)]);
        let (killed, _) = reopened(&disk);
        assert_eq!(killed, desk.opened.book, "all three are in the journal");
        let compared = look(&mut desk);
        assert!(compared.differences.is_empty());
        desk.close();
        assert_eq!(disk.files().get(&at(OWN)).map(Vec::as_slice), meddle, "the changed one stays");
    }
}

#[test]
fn an_idle_program_writes_what_a_lost_segment_held() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-10-22T05:00:00Z")));
    desk.wait_saved();
    disk.take(&at(OWN));
    outside(&mut desk);
    while !disk.files().contains_key(&at("journal/test-0000000002.ron")) {
        std::thread::yield_now();
    }
    assert_eq!(reopened(&disk).0, desk.opened.book);
}

#[test]
fn a_month_that_went_missing_is_written_again_only_when_the_user_says_so() {
    let disk = begun();
    let mut desk = Desk::open(&disk);
    disk.take(&at(OCTOBER));
    replace(&mut desk, noted(1, "2026-10-22T05:00:00Z", "ours"));
    desk.wait_saved();
    let compared = look(&mut desk);
    assert_eq!(told(&compared.looked.files), [named(OCTOBER, Touched::Missing)]);
    desk.opened.journal.checkpoint(&desk.opened.book);
    assert!(compared.differences.is_empty());
    assert!(!disk.files().contains_key(&at(OCTOBER)));
    take_over(&mut desk, &compared, &Choice::default());
    let book = desk.close();
    assert!(disk.files().contains_key(&at(OCTOBER)));
    assert_eq!(reopened(&disk), (book, vec![]));
}

#[test]
fn settings_and_tables_that_another_device_wrote_are_kept_and_taken_over() {
    let disk = begun();
    let theirs = elsewhere(
        &disk,
        |desk| {
            let before = desk.opened.book.settings().clone();
            desk.change(Change::replace(&before, {
                let mut after = (*before).clone();
                after.scale_percent = 150;
                after
            }));
        },
        true,
    );
    let mut desk = Desk::open(&disk);
    disk.put(at("book.ron"), bytes(&theirs, "book.ron"));
    let compared = look(&mut desk);
    assert_eq!(compared.differences.list().iter().map(|one| one.key).collect::<Vec<_>>(), [Key::Settings]);
    replace(&mut desk, noted(1, "2026-10-22T05:00:00Z", "ours"));
    desk.wait_saved();
    take_over(&mut desk, &compared, &Choice::unclashing(&compared.differences));
    let book = desk.close();
    assert_eq!(book.settings().scale_percent, 150);
    assert_eq!(reopened(&disk), (book, vec![]));
}

#[test]
fn a_copy_in_conflict_is_found_compared_and_put_aside() {
    let disk = begun();
    let theirs = elsewhere(&disk, |desk| replace(desk, noted(2, "2026-11-21T05:00:00Z", "theirs")), true);
    let copy = "sessions/2026-11.sync-conflict-20261127-104500-ABCDEFG.ron";
    disk.put(at(copy), bytes(&theirs, NOVEMBER));
    let mut desk = Desk::open(&disk);
    assert!(matches!(desk.opened.findings.as_slice(), [Finding { what: What::Stranger, .. }]));
    replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
    desk.wait_saved();
    let compared = look(&mut desk);
    assert_eq!(compared.differences.list().iter().map(|one| one.key).collect::<Vec<_>>(), [Key::Session(SessionId(2))]);
    take_over(&mut desk, &compared, &Choice::unclashing(&compared.differences));
    let book = desk.close();
    assert!(!disk.files().contains_key(&at(copy)));
    assert!(disk.files().iter().any(|(path, kept)| path.starts_with(at("aside")) && *kept == bytes(&theirs, NOVEMBER)));
    assert_eq!(reopened(&disk), (book, vec![]));
}

#[test]
fn a_file_of_theirs_that_can_not_be_read_whole_stays_held_and_its_gaps_are_no_deletions() {
    let disk = begun();
    let mut desk = Desk::open(&disk);
    let text = String::from_utf8(bytes(&disk, NOVEMBER)).unwrap();
    let whole: Vec<&str> = text.lines().take(2).collect();
    let broken = format!("{}\nSession(id: \"0000\n", whole.join("\n"));
    disk.put(at(NOVEMBER), broken.clone());
    let compared = look(&mut desk);
    assert!(compared.differences.is_empty() && compared.looked.files.is_empty());
    let [unreadable] = compared.unreadable.as_slice() else { panic!("{:?}", compared.unreadable) };
    assert!(unreadable.starts_with("sessions/2026-11.ron, line 3"), "{unreadable}");
    replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
    desk.wait_saved();
    desk.close();
    assert_eq!(bytes(&disk, NOVEMBER), broken.into_bytes());
    assert_eq!(notes(&reopened(&disk).0)[2], (3, "ours".into()));
}

#[test]
fn a_file_whose_lines_others_broke_is_written_anew_where_the_user_wants_it_and_kept_as_it_was() {
    let disk = begun();
    let mut desk = Desk::open(&disk);
    let good = notes(&desk.opened.book);
    let mut broken = bytes(&disk, NOVEMBER);
    broken.extend_from_slice(b"Session(id: \"0000\n");
    disk.put(at(NOVEMBER), broken.clone());
    let compared = look(&mut desk);
    assert_eq!(told(&compared.broken), [named(NOVEMBER, Touched::Changed)]);
    desk.opened.journal.looked_through(LookedThrough { files: compared.broken, through: 0 });
    replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
    desk.wait_saved();
    desk.close();
    let (again, findings) = reopened(&disk);
    assert_eq!(findings, []);
    assert_eq!(notes(&again).len(), good.len());
    let kept = |(path, kept): (&PathBuf, &Vec<u8>)| path.starts_with(at("aside")) && *kept == broken;
    assert!(disk.files().iter().any(kept), "{:?}", disk.files().keys());
}

#[test]
fn a_file_that_moves_on_after_it_was_looked_through_is_held_again() {
    let disk = begun();
    let theirs = elsewhere(&disk, |desk| replace(desk, noted(2, "2026-11-21T05:00:00Z", "theirs")), true);
    let mut desk = Desk::open(&disk);
    disk.put(at(NOVEMBER), bytes(&theirs, NOVEMBER));
    let compared = look(&mut desk);
    let later = [bytes(&theirs, NOVEMBER), b"// later\n".to_vec()].concat();
    disk.put(at(NOVEMBER), later.clone());
    desk.opened.journal.looked_through(LookedThrough { files: compared.looked.files, through: 0 });
    replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
    desk.wait_saved();
    assert_eq!(told(&outside(&mut desk)), [named(NOVEMBER, Touched::Changed)]);
    desk.close();
    assert_eq!(bytes(&disk, NOVEMBER), later);
}

/// A disk on which another program writes a month while this one writes its own version beside it.
struct Meddling(MemoryDisk);

impl Disk for Meddling {
    fn write_synced(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        if path.to_string_lossy().contains("2026-11.ron") {
            self.0.put(at(NOVEMBER), "// theirs\n");
        }
        self.0.write_synced(path, bytes)
    }
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        self.0.read(path)
    }
    fn append_synced(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        self.0.append_synced(path, bytes)
    }
    fn truncate(&self, path: &Path, len: u64) -> std::io::Result<()> {
        self.0.truncate(path, len)
    }
    fn rename(&self, from: &Path, to: &Path) -> std::io::Result<()> {
        self.0.rename(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> std::io::Result<()> {
        self.0.sync_folder(folder)
    }
    fn make_folder(&self, folder: &Path) -> std::io::Result<()> {
        self.0.make_folder(folder)
    }
    fn list(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        self.0.list(folder)
    }
    fn stat(&self, path: &Path) -> std::io::Result<Option<truerate::ports::Stat>> {
        self.0.stat(path)
    }
    fn link_or_copy(&self, from: &Path, to: &Path) -> std::io::Result<()> {
        self.0.link_or_copy(from, to)
    }
    fn remove(&self, path: &Path) -> std::io::Result<()> {
        self.0.remove(path)
    }
    fn remove_folder(&self, folder: &Path) -> std::io::Result<()> {
        self.0.remove_folder(folder)
    }
    fn device(&self) -> String {
        self.0.device()
    }
    fn lock(&self, path: &Path) -> std::io::Result<Option<Box<dyn truerate::ports::LockGuard>>> {
        self.0.lock(path)
    }
}

#[test]
fn a_file_that_changes_between_the_look_and_the_rename_is_not_replaced() {
    let disk = begun();
    let clock = truerate::ports::fake::FakeClock::new("2026-11-22T08:00:00Z".parse().unwrap(), chrono_tz::UTC);
    let site = store::Site::new(Arc::new(Meddling(disk.clone())), Arc::new(clock), Path::new(DIR));
    let (_, bell) = std::sync::mpsc::channel();
    let mut desk = Desk { opened: store::open(site, defaults()).unwrap(), bell };
    replace(&mut desk, noted(1, "2026-10-22T05:00:00Z", "ours"));
    replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
    desk.close();
    assert_eq!(bytes(&disk, NOVEMBER), b"// theirs\n");
    assert!(String::from_utf8(bytes(&disk, OCTOBER)).unwrap().contains("ours"), "the rest is written");
    assert!(reopened(&disk).0.session(SessionId(3)).is_some_and(|session| session.seldom.note == "ours"));
}

/// Writes a file as an editor does that keeps the file and fills it anew, or one that puts a new one in its place.
fn save_as_an_editor(path: &Path, text: &str, in_place: bool) {
    if in_place {
        std::fs::write(path, text).unwrap();
    } else {
        let beside = path.with_extension("swp");
        std::fs::write(&beside, text).unwrap();
        std::fs::rename(&beside, path).unwrap();
    }
}

#[test]
fn an_editor_on_the_machines_own_disk_is_noticed_however_it_saves() {
    use truerate::system::{RealClock, RealDisk};
    for in_place in [true, false] {
        let home = tempfile::tempdir().unwrap();
        let open = || {
            let site = store::Site::new(Arc::new(RealDisk), Arc::new(RealClock), home.path());
            Desk { opened: store::open(site, defaults()).unwrap(), bell: std::sync::mpsc::channel().1 }
        };
        let mut desk = open();
        desk.change(Change::create(session(1, "2026-10-22T05:00:00Z")));
        desk.change(Change::create(session(2, "2026-11-21T05:00:00Z")));
        desk.close();
        let mut desk = open();
        let (october, november) = (home.path().join(OCTOBER), home.path().join(NOVEMBER));
        // The same text, saved again: only the time moves.
        save_as_an_editor(&october, &std::fs::read_to_string(&october).unwrap(), in_place);
        let mine = std::fs::read_to_string(&november).unwrap() + "// mine\n";
        save_as_an_editor(&november, &mine, in_place);
        replace(&mut desk, noted(1, "2026-10-22T05:00:00Z", "ours"));
        replace(&mut desk, noted(2, "2026-11-21T05:00:00Z", "ours"));
        let book = desk.close();
        assert_eq!(std::fs::read_to_string(&november).unwrap(), mine, "in place: {in_place}");
        assert!(std::fs::read_to_string(&october).unwrap().contains("ours"));
        assert_eq!(store::open_read(&RealDisk, home.path(), defaults()).book, book);
    }
}

#[test]
fn two_devices_that_wrote_at_once_lose_nothing_and_are_asked_once() {
    for (side, file_of_theirs) in [(Side::Theirs, true), (Side::Ours, true), (Side::Theirs, false), (Side::Ours, false)]
    {
        let disk = begun();
        let theirs = elsewhere(
            &disk,
            |desk| {
                replace(desk, noted(1, "2026-10-22T05:00:00Z", "theirs"));
                replace(desk, noted(2, "2026-11-21T05:00:00Z", "theirs"));
                replace(desk, noted(2, "2026-11-21T05:00:00Z", "theirs at last"));
            },
            true,
        );
        let mut desk = Desk::open(&disk);
        replace(&mut desk, noted(3, "2026-11-22T05:00:00Z", "ours"));
        replace(&mut desk, noted(1, "2026-10-22T05:00:00Z", "ours"));
        desk.wait_saved();
        desk.close();
        // The folder is synced: of one file theirs, of the others ours, and both journals.
        let phone = "journal/phone-0000000004.ron";
        disk.put(at(phone), bytes(&theirs, phone));
        if file_of_theirs {
            disk.put(at(NOVEMBER), bytes(&theirs, NOVEMBER));
        }
        let mut desk = Desk::open(&disk);
        let whats: Vec<_> = desk.opened.findings.iter().map(|finding| finding.what.clone()).collect();
        assert_eq!(whats, [What::SequenceTwice(4)]);
        let second = if file_of_theirs { "theirs at last" } else { "" };
        assert_eq!(notes(&desk.opened.book), [(1, "ours".into()), (2, second.into()), (3, "ours".into())]);
        assert_eq!(desk.opened.last_sequence, 6, "what comes next is after both");
        let compared = look(&mut desk);
        assert_eq!(told(&compared.looked.files), [named(phone, Touched::Appeared)]);
        let changed: Vec<_> = compared.differences.list().iter().map(|one| (one.key, one.changed)).collect();
        let first = (Key::Session(SessionId(1)), Changed::Both);
        let expected = [first, (Key::Session(SessionId(2)), Changed::Theirs)];
        assert_eq!(changed, expected[..if file_of_theirs { 1 } else { 2 }]);
        let choice = Choice::all(side, &compared.differences);
        take_over(&mut desk, &compared, &choice);
        let book = desk.close();
        let chosen = if side == Side::Theirs { "theirs" } else { "ours" };
        assert_eq!(notes(&book)[0], (1, chosen.into()));
        assert_eq!(reopened(&disk), (book, vec![]), "{side:?}, {file_of_theirs}");
        let mut desk = Desk::open(&disk);
        assert_eq!(told(&desk.opened.journal.outside()), [], "asked once");
        // What the other device does from now on is told again, and that alone.
        let before = disk.files();
        let theirs = {
            let theirs = disk.after_power_cut();
            let mut other = Desk::open(&theirs);
            replace(&mut other, noted(3, "2026-11-22T05:00:00Z", "theirs later"));
            other.wait_saved();
            let cut = theirs.after_power_cut();
            other.close();
            cut
        };
        for (path, new) in theirs.files().into_iter().filter(|(path, _)| !before.contains_key(path)) {
            disk.put(path.to_string_lossy().replace("test-", "phone-"), new);
        }
        let compared = look(&mut desk);
        let keys: Vec<_> = compared.differences.list().iter().map(|one| (one.key, one.changed)).collect();
        assert_eq!(keys, [(Key::Session(SessionId(3)), Changed::Theirs)]);
    }
}

#[test]
fn a_journal_that_grows_is_compared_from_where_it_was_known() {
    let disk = begun();
    let one = elsewhere(&disk, |desk| replace(desk, noted(2, "2026-11-21T05:00:00Z", "theirs")), false);
    let both = elsewhere(
        &disk,
        |desk| {
            replace(desk, noted(2, "2026-11-21T05:00:00Z", "theirs"));
            replace(desk, noted(3, "2026-11-22T05:00:00Z", "theirs"));
        },
        false,
    );
    let phone = "journal/phone-0000000004.ron";
    disk.put(at(phone), bytes(&one, phone));
    // One after the other: what the other did is part of the Book.
    let mut desk = Desk::open(&disk);
    assert_eq!(notes(&desk.opened.book)[1], (2, "theirs".into()));
    replace(&mut desk, noted(2, "2026-11-21T05:00:00Z", "ours now"));
    desk.wait_saved();
    disk.put(at(phone), bytes(&both, phone));
    let compared = look(&mut desk);
    let keys: Vec<_> = compared.differences.list().iter().map(|one| (one.key, one.changed)).collect();
    assert_eq!(keys, [(Key::Session(SessionId(3)), Changed::Theirs)]);
}
