//! The desktop: opens web addresses and files with the user's programs, and looks which named files are there.
//!
//! Promises: only secure web addresses and whole paths are handed on, each as one argument and never through a shell;
//! looking happens on a thread of its own, and no file is read.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
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

/// The desktop's own programs: `xdg-open` and its like, `open` on a Mac, the Explorer on Windows.
impl Desktop for RealDesktop {
    fn cannot_open(&self) -> Option<&'static str> {
        // What the `open` package tries, in its order, on a desktop of this kind.
        const OPENERS: [&str; 4] = ["xdg-open", "gio", "gnome-open", "kde-open"];
        if cfg!(any(windows, target_os = "macos")) {
            return None;
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let found = env::split_paths(&path).any(|folder| OPENERS.iter().any(|name| folder.join(name).is_file()));
        (!found).then_some("this desktop has no xdg-open")
    }

    fn open(&self, what: &str) -> Result<(), String> {
        if !may_be_opened(what) {
            return Err("Only a web address with https:// or a file with its whole path can be opened".to_owned());
        }
        open::that_detached(what).map_err(|error| {
            log::warn!("nothing opened {what}: {error}");
            "The desktop has nothing to open it with".to_owned()
        })
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

    fn documents(&self) -> Option<PathBuf> {
        let dirs = directories::UserDirs::new()?;
        Some(dirs.document_dir().unwrap_or_else(|| dirs.home_dir()).to_owned())
    }

    /// Not under Wayland, which the window takes where it is at hand (winit 0.30).
    fn can_raise(&self) -> bool {
        let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let may_have_wayland = cfg!(all(unix, not(target_os = "macos")));
        !(may_have_wayland && (set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")))
    }
}

/// Whether something can be handed to the desktop: a secure web address, or a whole path.
fn may_be_opened(what: &str) -> bool {
    let web = what.starts_with("https://") && !what.contains(char::is_whitespace);
    (web || Path::new(what).is_absolute()) && !what.contains(char::is_control)
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
