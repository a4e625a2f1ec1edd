//! A history: the program lives over a simulated disk, is closed, opened and killed, and every step on the disk is
//! noted, with what was asked and told in between.

use std::sync::{Arc, Mutex};

use fastrand::Rng;
use truerate::domain::book::Book;
use truerate::ports::fake::FakeClock;
use truerate::store::What;

use crate::desk::{Desk, Record, Step, clock, defaults, held, read};
use crate::disk::{Broken, SimDisk};
use crate::script;
use crate::tree::Op;

/// What happened.
pub struct History {
    pub seed: u64,
    /// Every step on the disk, from an empty one on.
    pub log: Vec<Op>,
    /// Where in the log each life of the program ends, and all changes of the Book up to there.
    pub lives: Vec<(usize, Record)>,
}

/// Lives through so many steps. With kills, the program is killed now and then, and opened over what it wrote.
///
/// # Errors
/// What was lost by a kill; the history up to there is gone.
pub fn live(seed: u64, steps: u64, broken: Option<Broken>, kills: bool) -> Result<History, String> {
    let mut rng = Rng::with_seed(seed);
    let mut disk = SimDisk::breaking(broken);
    let clock = clock();
    let record = Arc::new(Mutex::new(Record::beginning_with(Book::new(defaults()))));
    let mut lives = Vec::new();
    if kills {
        disk.kill_at(rng.usize(1..60));
    }
    let mut desk = open(&mut disk, &clock, &record, &mut lives, false)?;
    for nth in 0..steps {
        if kills && rng.u8(0..6) == 0 {
            disk.kill_at(rng.usize(1..30));
        }
        let step = script::next(&mut rng, desk.engine.book(), desk.now(), nth);
        desk.does(&step);
        let saved = desk.saved();
        if saved && !matches!(step, Step::Reopen) {
            continue;
        }
        // Where it was killed it says that something is not saved, or has nothing to say.
        let closed = desk.close();
        assert!(closed.is_ok() || disk.is_dead(), "seed {seed}: {closed:?}");
        desk = open(&mut disk, &clock, &record, &mut lives, rng.bool())
            .map_err(|lost| format!("seed {seed}, step {nth}: {lost}"))?;
    }
    drop(desk.close());
    lives.push((disk.log().len(), held(&record).clone()));
    Ok(History { seed, log: disk.log(), lives })
}

/// Opens the Book, as often as the program is killed meanwhile.
fn open(
    disk: &mut SimDisk,
    clock: &FakeClock,
    record: &Arc<Mutex<Record>>,
    lives: &mut Vec<(usize, Record)>,
    newest_first: bool,
) -> Result<Desk, String> {
    loop {
        if disk.is_dead() {
            lives.push((disk.log().len(), held(record).clone()));
            *disk = disk.again();
            after_a_kill(disk, record)?;
        }
        match Desk::open(disk, clock, record, newest_first) {
            Ok(desk) if desk.saved() => return Ok(desk),
            Ok(desk) => drop(desk.close()),
            Err(error) if disk.is_dead() => drop(error),
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// What the next life finds must be what the last one left.
fn after_a_kill(disk: &SimDisk, record: &Mutex<Record>) -> Result<(), String> {
    let loaded = read(disk);
    let told = disk.log().iter().rev().find_map(|op| if let Op::Told(told) = op { Some(*told) } else { None });
    let mut record = held(record);
    let found = loaded.last_sequence;
    if found < told.unwrap_or(0) || found > record.last() {
        return Err(format!("after a kill {found} changes are there; {told:?} were called saved"));
    }
    if let Some(finding) = loaded.findings.iter().find(|finding| !matches!(finding.what, What::Torn(_))) {
        return Err(format!("after a kill: {finding}"));
    }
    if record.books[usize::try_from(found).unwrap()] != loaded.book {
        return Err(format!("after a kill the book is not that of change {found}"));
    }
    record.back_to(found);
    disk.note(Op::Asked(found));
    Ok(())
}
