//! Where doors stand: in a folder of this user's alone, under a name that is made of the Book's folder.
//!
//! Not in the Book's folder: that may lie on a network, be synced, or have a longer path than a socket may (108 bytes). The
//! folder is refused where it is another user's, a link, or open to others.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

/// The places, the best first: the session's own folder, where systemd has it, the folder for what is temporary.
pub fn folders() -> Vec<PathBuf> {
    let user = user();
    let session = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_absolute());
    // A terminal over ssh or of cron lacks the variable, not the folder.
    let usual = Some(PathBuf::from(format!("/run/user/{user}"))).filter(|folder| folder.is_dir());
    let mut folders: Vec<PathBuf> = session.into_iter().chain(usual).map(|folder| folder.join("truerate")).collect();
    folders.push(env::temp_dir().join(format!("truerate-{user}")));
    folders.dedup();
    folders
}

/// The number of the user that this program acts for.
pub fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// The Book's folder as every program names it, however it was asked for.
pub fn whole(book: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(book)
}

/// The file of a Book's door. Two Books may share it: whoever rings says which one is meant.
pub fn name(whole: &Path) -> String {
    // FNV-1a, 64 bits: the same in every version of the program.
    let bytes = whole.as_os_str().as_encoded_bytes();
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}.socket")
}

/// Makes a folder for the user alone where there is none, and sees to it that it is.
pub fn made(folder: &Path) -> Result<(), String> {
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(format!("{error}: {}", folder.display())),
        _ => private(folder)?.ok_or_else(|| format!("it went away at once: {}", folder.display())),
    }
}

/// Whether a folder is there; an error where somebody else could reach into it.
pub fn private(folder: &Path) -> Result<Option<()>, String> {
    let found = match fs::symlink_metadata(folder) {
        Ok(found) => found,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(format!("{error}: {}", folder.display())),
    };
    if !found.is_dir() || found.uid() != user() || found.mode() & 0o077 != 0 {
        return Err(format!("this folder is not for you alone: {}", folder.display()));
    }
    Ok(Some(()))
}
