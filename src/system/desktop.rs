//! The desktop: opens web addresses and files with the user's programs, and looks which named files are there.
//!
//! Promises: only secure web addresses and whole paths are handed on, each as one argument and never through a shell;
//! looking and writing happen on threads of their own, no file is read, and none that is there is written over.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::RealDisk;
use crate::ports::{Desktop, Disk as _, Written};

/// The machine's desktop.
pub struct RealDesktop {
    seen: Arc<Mutex<Arc<BTreeMap<String, bool>>>>,
    written: Arc<Mutex<Vec<Written>>>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl RealDesktop {
    /// One that wakes the window with `wake` when it has found something out.
    #[must_use]
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { seen: Arc::default(), written: Arc::default(), wake }
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
        open::that_detached(what).map_err(|error| format!("The desktop has nothing to open it with: {error}"))
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

    fn write(&self, path: String, bytes: Vec<u8>) {
        let (written, wake) = (Arc::clone(&self.written), Arc::clone(&self.wake));
        let writing = thread::Builder::new().name("writes".to_owned()).spawn(move || {
            let outcome = whole_path(&path).and_then(|whole| write_new(&whole, &bytes));
            held(&written).push(Written { asked: path, outcome });
            wake();
        });
        if let Err(error) = writing {
            log::warn!("no thread to write a file: {error}");
        }
    }

    fn written(&self) -> Vec<Written> {
        std::mem::take(&mut *held(&self.written))
    }
}

/// How often a taken name is numbered before it is given up.
const MOST_NUMBERS: u32 = 999;

/// A path as it was typed: whole, in the home folder (`~/`), or a name in the folder of the user's documents.
fn whole_path(typed: &str) -> Result<PathBuf, String> {
    let path = Path::new(typed);
    if path.is_absolute() {
        return Ok(path.to_owned());
    }
    let dirs = directories::UserDirs::new().ok_or("There is no home folder: give the whole path")?;
    Ok(match path.strip_prefix("~") {
        Ok(rest) => dirs.home_dir().join(rest),
        Err(_no_tilde) => dirs.document_dir().unwrap_or(dirs.home_dir()).join(path),
    })
}

/// Writes a new file, numbered where its name is taken: beside its place first, then at once in it.
fn write_new(path: &Path, bytes: &[u8]) -> Result<String, String> {
    let why = |error: std::io::Error| format!("The file was not written ({error}): {}", path.display());
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    let folder = path.parent().ok_or_else(|| format!("This is no file’s name: {}", path.display()))?;
    let numbered = (2..=MOST_NUMBERS).map(|number| folder.join(format!("{stem} ({number}){ending}")));
    let free = std::iter::once(path.to_owned()).chain(numbered).find(|path| !path.exists());
    let free = free.ok_or_else(|| format!("Every name like this is taken: {}", path.display()))?;
    let beside = free.with_extension("part");
    RealDisk.write_synced(&beside, bytes).map_err(why)?;
    RealDisk.rename(&beside, &free).map_err(why)?;
    RealDisk.sync_folder(folder).map_err(why)?;
    Ok(free.to_string_lossy().into_owned())
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
    fn a_file_is_written_for_the_user_alone_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("income-2026-10.html");
        let (woken, wakes) = mpsc::channel();
        let woken = Mutex::new(woken);
        let desktop = RealDesktop::new(Arc::new(move || held(&woken).send(()).unwrap()));
        let mut names = Vec::new();
        for text in ["first", "second"] {
            desktop.write(path.to_string_lossy().into_owned(), text.as_bytes().to_vec());
            wakes.recv_timeout(Duration::from_secs(10)).unwrap();
            let written = desktop.written();
            let [Written { outcome: Ok(name), .. }] = written.as_slice() else { panic!("{written:?}") };
            assert_eq!(std::fs::read_to_string(name).unwrap(), text);
            names.push(name.clone());
        }
        assert!(names[1].ends_with("income-2026-10 (2).html"), "{names:?}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing half written is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        desktop.write(folder.path().join("no/such/folder.html").to_string_lossy().into_owned(), Vec::new());
        wakes.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(desktop.written().iter().all(|written| written.outcome.is_err()));
        assert!(desktop.written().is_empty(), "each is told once");
    }

    #[test]
    fn a_bare_name_lies_with_the_documents_and_a_tilde_is_the_home_folder() {
        let Ok(documents) = whole_path("income.html") else { return };
        assert!(documents.is_absolute() && documents.ends_with("income.html"));
        let home = directories::UserDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(whole_path("~/a/income.html"), Ok(home.join("a/income.html")));
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
