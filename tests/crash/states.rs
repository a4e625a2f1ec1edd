//! Crash states, after ALICE (Pillai et al., “All File Systems Are Not Created Equal”, OSDI 2014): what a disk may hold
//! when the power goes between two steps.
//!
//! Two models, the second within the first, so that the first is what is looked through:
//! - Weak (POSIX and no more): every name that was made, moved or removed since its folder was synced has happened or
//!   not, each by itself. Of the bytes written to a file since it was synced, any number of the first chunks is there;
//!   the rest is missing, or its length is there and its bytes are zeros. A file's sync says nothing of its name.
//! - Ordered (ext4, `data=ordered`): names happen in order, and a sync of anything makes all names before it sure.
//!
//! Where a moment has more than [`AT_ONCE`] states, that many are drawn by chance, with the extremes among them.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use fastrand::Rng;
use truerate::store::What;

use crate::desk::{Desk, Record, Step, clock, read};
use crate::disk::SimDisk;
use crate::history::History;
use crate::tree::{Node, Op, Platters, Tree};

/// The most states that are looked at of one moment.
const AT_ONCE: u64 = 128;
/// The program goes on over one in so many different states.
const GOES_ON: u64 = 24;
/// Days for which changes can be taken back.
const UNDO_DAYS: i64 = 90;

/// What was looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Moments between two steps.
    pub moments: u64,
    /// States of the disk, all moments together.
    pub states: u64,
    /// Those that differ in what can be reached.
    pub different: u64,
    /// Those over which the program went on.
    pub gone_on: u64,
}

impl Count {
    pub fn add(&mut self, other: Self) {
        self.moments += other.moments;
        self.states += other.states;
        self.different += other.different;
        self.gone_on += other.gone_on;
    }
}

/// One state of a moment: which names happened, and how far each file came.
struct Choice {
    names: Vec<bool>,
    files: Vec<usize>,
}

/// What may or may not be on the disk at a moment.
struct Moment<'a> {
    platters: &'a Platters,
    names: Vec<&'a Op>,
    files: Vec<(Node, Vec<&'a Op>)>,
}

impl<'a> Moment<'a> {
    fn of(platters: &'a Platters) -> Self {
        let names = platters.pending.iter().filter(|op| op.folders().is_some()).collect();
        let mut files: Vec<(Node, Vec<&Op>)> = Vec::new();
        for op in &platters.pending {
            let Some(node) = op.file() else { continue };
            match files.iter_mut().find(|(known, _)| *known == node) {
                Some((_, ops)) => ops.push(op),
                None => files.push((node, vec![op])),
            }
        }
        Self { platters, names, files }
    }

    /// How many ways a file can be in: each number of first steps, the rest missing or zeros; and whole.
    fn ways(ops: &[&Op]) -> usize {
        2 * ops.len() + 1
    }

    fn count(&self) -> u64 {
        let names = 1u64.checked_shl(u32::try_from(self.names.len()).unwrap()).unwrap_or(u64::MAX);
        self.files.iter().fold(names, |all, (_, ops)| all.saturating_mul(Self::ways(ops) as u64))
    }

    /// The state of a number below the count.
    fn numbered(&self, mut number: u64) -> Choice {
        let names = self.names.iter().map(|_| {
            let happened = number % 2 == 1;
            number /= 2;
            happened
        });
        let names = names.collect();
        let files = self.files.iter().map(|(_, ops)| {
            let ways = Self::ways(ops) as u64;
            let way = number % ways;
            number /= ways;
            usize::try_from(way).unwrap()
        });
        Choice { names, files: files.collect() }
    }

    /// States by chance, the extremes first: no name, all, each alone and each left out, with all bytes or none; then
    /// names in order, as an ordered file system has them, and names in any way.
    fn drawn(&self, rng: &mut Rng) -> Vec<Choice> {
        let count = self.names.len();
        let none: Vec<usize> = self.files.iter().map(|_| 0).collect();
        let all: Vec<usize> = self.files.iter().map(|(_, ops)| Self::ways(ops) - 1).collect();
        let mut drawn = Vec::new();
        for files in [none, all] {
            for happened in [false, true] {
                drawn.push(Choice { names: vec![happened; count], files: files.clone() });
                for odd in 0..count {
                    let names = (0..count).map(|at| (at == odd) != happened).collect();
                    drawn.push(Choice { names, files: files.clone() });
                }
            }
        }
        let wanted = usize::try_from(AT_ONCE).unwrap();
        drawn.truncate(wanted);
        while drawn.len() < wanted {
            let first = rng.usize(0..=count);
            let in_order = rng.bool();
            let names = (0..count).map(|at| if in_order { at < first } else { rng.bool() }).collect();
            let files = self.files.iter().map(|(_, ops)| rng.usize(0..Self::ways(ops))).collect();
            drawn.push(Choice { names, files });
        }
        drawn
    }

    fn tree(&self, choice: &Choice) -> Tree {
        let mut tree = self.platters.sure.clone();
        for (op, happened) in self.names.iter().zip(&choice.names) {
            if *happened {
                tree.apply(op);
            }
        }
        for ((node, ops), way) in self.files.iter().zip(&choice.files) {
            let done = way / 2;
            for op in ops.iter().take(done) {
                tree.apply(op);
            }
            if way % 2 == 1 {
                let written = ops
                    .iter()
                    .filter_map(|op| if let Op::Write { at, bytes, .. } = op { Some(at + bytes.len()) } else { None });
                tree.pad(*node, written.max().unwrap_or(0));
            }
        }
        tree
    }
}

/// What opening a state gave: the number of the last change that is there, or what is wrong.
pub type Found = Result<u64, String>;

/// Looks through the states of a history, at most so many.
///
/// # Errors
/// The first state that breaks the promise.
pub fn search(history: &History, most: u64) -> Result<Count, String> {
    let mut rng = Rng::with_seed(history.seed);
    let mut count = Count::default();
    let mut platters = Platters::default();
    let (mut asked, mut told) = (0, 0);
    let mut from = 0;
    for (to, record) in &history.lives {
        let mut known: HashMap<u64, Found> = HashMap::new();
        for (at, op) in history.log.iter().enumerate().take(*to).skip(from) {
            if let Op::Asked(sequence) = op {
                asked = *sequence;
            }
            if let Op::Told(sequence) = op {
                told = *sequence;
            }
            platters.take(op);
            // The states after a step are those before the next one; only then it is known what was told of them.
            let next = history.log.get(at + 1);
            if matches!(next, Some(Op::NewFile | Op::NewFolder | Op::Asked(_) | Op::Told(_) | Op::GaveUp(_))) {
                continue;
            }
            count.moments += 1;
            let moment = Moment::of(&platters);
            let all = moment.count();
            let choices = if all <= AT_ONCE {
                (0..all).map(|number| moment.numbered(number)).collect()
            } else {
                moment.drawn(&mut rng)
            };
            for choice in choices {
                if count.states == most {
                    return Ok(count);
                }
                count.states += 1;
                let tree = moment.tree(&choice);
                let fingerprint = tree.fingerprint();
                let found = known.entry(fingerprint).or_insert_with(|| {
                    count.different += 1;
                    let goes_on = fingerprint.is_multiple_of(GOES_ON);
                    count.gone_on += u64::from(goes_on);
                    look(&tree, record, goes_on)
                });
                let is_right = found.as_ref().is_ok_and(|found| (told..=asked).contains(found));
                if !is_right {
                    return Err(told_of(history, at, (told, asked), &tree, found));
                }
            }
        }
        from = *to;
    }
    Ok(count)
}

/// Opens a state, for reading, and sometimes to go on.
fn look(tree: &Tree, record: &Record, goes_on: bool) -> Found {
    let sequence = holds(tree, record)?;
    if goes_on { go_on(&SimDisk::holding(tree.clone()), record, sequence) } else { Ok(sequence) }
}

/// Reads what a disk holds: one of the Books that were, with all that can be taken back, and nothing wrong but a torn
/// end of the journal. Says which Book.
///
/// # Errors
/// What is wrong.
pub fn holds(tree: &Tree, record: &Record) -> Found {
    let loaded = read(&SimDisk::holding(tree.clone()));
    let sequence = loaded.last_sequence;
    if let Some(finding) =
        loaded.findings.iter().find(|finding| !matches!(finding.what, What::Torn(_)) || finding.locked)
    {
        return Err(finding.to_string());
    }
    let expected = usize::try_from(sequence).ok().and_then(|sequence| record.books.get(sequence));
    if expected != Some(&loaded.book) {
        return Err(format!("the book is not that of change {sequence}"));
    }
    let until_then = record.entries.iter().take_while(|entry| entry.sequence <= sequence);
    if let Some(last) = until_then.clone().last() {
        let oldest = last.at - TimeDelta::days(UNDO_DAYS);
        let lost = until_then.filter(|entry| entry.at >= oldest).find(|entry| !loaded.entries.contains(entry));
        if let Some(lost) = lost {
            return Err(format!("change {} can’t be taken back", lost.sequence));
        }
    }
    Ok(sequence)
}

/// One more change over a state that holds so many: it is saved, and nothing is found afterwards.
///
/// # Errors
/// What goes wrong.
pub fn go_on(disk: &SimDisk, record: &Record, sequence: u64) -> Found {
    let mut record = record.clone();
    record.back_to(sequence);
    let record = Arc::new(std::sync::Mutex::new(record));
    let clock = clock();
    clock.advance(400 * 86_400);
    let open = || Desk::open(disk, &clock, &record, false).map_err(|error| error.to_string());
    let mut desk = open()?;
    let settings =
        truerate::domain::settings::Settings { scale_percent: 77, ..(**desk.engine.book().settings()).clone() };
    desk.does(&Step::Do(vec![truerate::domain::command::Command::SetSettings(Box::new(settings))]));
    if !desk.saved() {
        return Err("nothing more can be saved".to_owned());
    }
    desk.close()?;
    let loaded = read(disk);
    let expected = crate::desk::held(&record).books.last().cloned();
    match loaded.findings.first() {
        Some(finding) => Err(format!("after one more change: {finding}")),
        None if Some(&loaded.book) != expected.as_ref() => Err("after one more change the book is another".to_owned()),
        None => Ok(sequence),
    }
}

fn told_of(history: &History, at: usize, (told, asked): (u64, u64), tree: &Tree, found: &Found) -> String {
    let mut text = format!(
        "seed {}, after step {at} ({:?}): {told} changes were called saved, {asked} made; found {found:?}\n",
        history.seed, history.log[at]
    );
    for (path, content) in tree.files() {
        text.extend(["-- ", &path.to_string_lossy(), "\n", &String::from_utf8_lossy(&content.bytes), "\n"]);
    }
    text
}
