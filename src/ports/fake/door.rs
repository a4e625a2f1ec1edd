//! Doors within one program: who rings and who answers are two threads of a test.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::held;
use crate::ports::door::{Answer, Call, Door, Doorbell, Lent, NoAnswer, Porch, Waiting, Wake};

/// How often a test waits a step for an answer: ten seconds in all.
const STEPS: u32 = 1_000;
const STEP: Duration = Duration::from_millis(10);

/// The doors of a test. Clones share them.
#[derive(Clone, Default)]
pub struct FakeBell(Arc<Mutex<Doors>>);

#[derive(Default)]
struct Doors {
    open: BTreeMap<PathBuf, (Porch, Wake)>,
    silent: bool,
}

impl FakeBell {
    /// From now on nobody answers, though somebody is there.
    pub fn fall_silent(&self) {
        held(&self.0).silent = true;
    }

    /// Leaves a call at the door of a folder, to look for the answer later; `None` where there is no door.
    #[must_use]
    pub fn leave(&self, folder: &Path, call: Call) -> Option<Waiting> {
        let doors = held(&self.0);
        let (porch, wake) = doors.open.get(folder)?;
        let waiting = porch.show_in(call)?;
        wake();
        Some(waiting)
    }
}

impl Doorbell for FakeBell {
    fn open(&self, folder: &Path, wake: Wake) -> Result<Door, String> {
        let (door, porch) = Door::new(Box::new(()));
        held(&self.0).open.insert(folder.to_owned(), (porch, wake));
        Ok(door)
    }

    fn ring(&self, folder: &Path, call: &Call) -> Result<Answer, NoAnswer> {
        if held(&self.0).silent {
            return Err(NoAnswer::Silent);
        }
        let waiting = self.leave(folder, call.clone()).ok_or(NoAnswer::Nobody)?;
        let mut left = STEPS;
        waiting.wait(STEP, |_begun| {
            left -= 1;
            left > 0
        })
    }

    fn pause(&self) {}

    fn lend(&self, file: &Path) -> io::Result<Lent> {
        Ok(Lent::new(file.to_owned(), None))
    }
}
