//! The desktop: opens web addresses and files with the user's programs, looks which named files are there, and shows its own
//! dialog for files.
//!
//! Promises: only secure web addresses and whole paths are handed on, each as one argument and never through a shell;
//! looking and choosing happen on threads of their own, and no file is read.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::ports::{Chosen, Desktop};

/// The machine's desktop.
pub struct RealDesktop {
    seen: Arc<Mutex<Arc<BTreeMap<String, bool>>>>,
    /// What comes of the dialog for files, while it is open.
    choosing: Mutex<Option<Receiver<Chosen>>>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl RealDesktop {
    /// One that wakes the window with `wake` when it has found something out.
    #[must_use]
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { seen: Arc::default(), choosing: Mutex::default(), wake }
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

    fn choose_files(&self, title: &str) -> bool {
        let mut choosing = held(&self.choosing);
        if choosing.is_some() {
            return true;
        }
        let (closed, closes) = sync_channel(1);
        let (dialog, wake) = (rfd::FileDialog::new().set_title(title), Arc::clone(&self.wake));
        let shown = thread::Builder::new().name("choose files".to_owned()).spawn(move || {
            let chosen = what_came(dialog.pick_files());
            if closed.send(chosen).is_err() {
                log::debug!("the window was closed before files were chosen");
            }
            wake();
        });
        match shown {
            Ok(_thread) => {
                *choosing = Some(closes);
                true
            }
            Err(error) => {
                log::warn!("no thread to choose files: {error}");
                false
            }
        }
    }

    fn chosen(&self) -> Option<Chosen> {
        let mut choosing = held(&self.choosing);
        let chosen = match choosing.as_ref()?.try_recv() {
            Ok(chosen) => chosen,
            Err(TryRecvError::Empty) => return None,
            // It ended without a word: the log has why.
            Err(TryRecvError::Disconnected) => Chosen::NoDialog,
        };
        *choosing = None;
        Some(chosen)
    }

    /// Not under Wayland, which the window takes where it is at hand (winit 0.30).
    fn can_raise(&self) -> bool {
        let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let may_have_wayland = cfg!(all(unix, not(target_os = "macos")));
        !(may_have_wayland && (set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")))
    }
}

/// What came of the dialog. Windows and the Mac always have one, and give nothing where it was cancelled; elsewhere that is an
/// empty list, and nothing means that there is neither a portal nor zenity.
fn what_came(picked: Option<Vec<PathBuf>>) -> Chosen {
    match picked {
        Some(files) if !files.is_empty() => Chosen::Files(files),
        None if cfg!(not(any(windows, target_os = "macos"))) => Chosen::NoDialog,
        _ => Chosen::Nothing,
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
    fn a_dialog_that_was_cancelled_is_told_from_one_that_is_not_there() {
        let file = PathBuf::from("/home/ada/earnings.csv");
        assert_eq!(what_came(Some(vec![file.clone()])), Chosen::Files(vec![file]));
        assert_eq!(what_came(Some(Vec::new())), Chosen::Nothing);
        let has_always_one = cfg!(any(windows, target_os = "macos"));
        assert_eq!(what_came(None), if has_always_one { Chosen::Nothing } else { Chosen::NoDialog });
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
