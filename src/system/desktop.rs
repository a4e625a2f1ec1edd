//! The desktop: opens web addresses and files with the user's programs, and looks which named files are there.
//!
//! Promises: only secure web addresses and whole paths are handed on, each as one argument and never through a shell;
//! looking happens on a thread of its own, and no file is read.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::ports::Desktop;

/// The machine's desktop.
pub struct RealDesktop {
    seen: Arc<Mutex<Arc<BTreeMap<String, bool>>>>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl RealDesktop {
    /// One that wakes the window with `wake` when it has found something out.
    #[must_use]
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { seen: Arc::default(), wake }
    }
}

impl Desktop for RealDesktop {
    fn open(&self, what: &str) -> Result<(), String> {
        if !may_be_opened(what) {
            return Err("Only a web address with https:// or a file with its whole path can be opened".to_owned());
        }
        let mut child = opener(what)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("The desktop has nothing to open it with: {error}"))?;
        // Waited for, so that it leaves no zombie behind; how it ended is the other program's matter.
        let waiting = thread::Builder::new().name("open".to_owned()).spawn(move || child.wait());
        waiting.map(|_| ()).map_err(|error| format!("It was opened, but can’t be watched: {error}"))
    }

    fn lacks(&self) -> Option<&'static str> {
        if cfg!(any(windows, target_os = "macos")) {
            return None;
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let found = env::split_paths(&path).any(|folder| folder.join("xdg-open").is_file());
        (!found).then_some("this desktop has no xdg-open")
    }

    fn look(&self, paths: Vec<String>) {
        let (seen, wake) = (Arc::clone(&self.seen), Arc::clone(&self.wake));
        let looking = thread::Builder::new().name("files".to_owned()).spawn(move || {
            let found: Vec<(String, bool)> = paths
                .into_iter()
                .map(|path| {
                    let there = Path::new(&path).exists();
                    (path, there)
                })
                .collect();
            Arc::make_mut(&mut *held(&seen)).extend(found);
            wake();
        });
        if let Err(error) = looking {
            log::warn!("no thread to look for files: {error}");
        }
    }

    fn seen(&self) -> Arc<BTreeMap<String, bool>> {
        Arc::clone(&held(&self.seen))
    }
}

/// Whether something can be handed to the desktop: a secure web address, or a whole path.
fn may_be_opened(what: &str) -> bool {
    let web = what.starts_with("https://") && !what.contains(char::is_whitespace);
    (web || Path::new(what).is_absolute()) && !what.contains(char::is_control)
}

#[cfg(target_os = "macos")]
fn opener(what: &str) -> Command {
    let mut command = Command::new("open");
    command.arg(what);
    command
}

#[cfg(target_os = "windows")]
fn opener(what: &str) -> Command {
    let mut command = Command::new("rundll32");
    command.arg("url.dll,FileProtocolHandler").arg(what);
    command
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn opener(what: &str) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(what);
    command
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_secure_addresses_and_whole_paths_are_handed_on() {
        for what in ["https://example.org/pay?week=47", "/home/ada/contract 2026.pdf"] {
            assert_eq!(may_be_opened(what), cfg!(unix) || what.starts_with("https"), "{what}");
        }
        for what in
            ["http://example.org", "javascript:alert(1)", "--help", "contract.pdf", "", "https://a b", "/tmp/a\nb"]
        {
            assert!(!may_be_opened(what), "{what}");
        }
    }

    #[test]
    fn looking_says_which_files_are_there_and_wakes_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("contract.pdf");
        std::fs::write(&there, b"x").unwrap();
        let gone = folder.path().join("gone.pdf");
        let (woken, wakes) = mpsc::channel();
        let woken = Mutex::new(woken);
        let desktop = RealDesktop::new(Arc::new(move || held(&woken).send(()).unwrap()));
        let paths = [&there, &gone].map(|path| path.to_string_lossy().into_owned());
        desktop.look(paths.to_vec());
        wakes.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(desktop.seen().get(&paths[0]), Some(&true));
        assert_eq!(desktop.seen().get(&paths[1]), Some(&false));
    }
}
