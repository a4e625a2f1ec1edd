//! The machine: the real disk, clock, zone, random numbers and the user's folder. The only place that touches them.
//!
//! Promises: files are for the user alone (0600, folders 0700 on Unix); a write that returned is on the disk, and so
//! is a name once its folder was synced. It holds no rules: what to do with a failure is for the caller to say.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the ports of the other layers end here")]

use std::env;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};

use crate::domain::money::Currency;
use crate::domain::settings::{DateStyle, NumberStyle, Settings};
use crate::domain::span::{Now, Zone};
use crate::ports::{Clock, Disk, Ids, LockGuard, PathKind, Stat, whole_seconds};

mod desktop;
mod door;
mod ending;

pub use desktop::RealDesktop;
pub use door::RealBell;
pub use ending::when_asked_to_end;

/// The machine's clock and zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> Now {
        Now { at: whole_seconds(DateTime::<Utc>::from(SystemTime::now())), zone: machine_zone() }
    }
}

/// The zone the machine is set to; UTC where it doesn't say or names one that the zone data lack.
#[must_use]
pub fn machine_zone() -> Zone {
    iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(chrono_tz::UTC)
}

/// Random numbers from the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsIds;

impl Ids for OsIds {
    /// # Panics
    /// Where the operating system has no random numbers. Ids that could clash would mix up two records, so nothing
    /// can go on without.
    fn draw(&mut self) -> u64 {
        getrandom::u64().expect("every supported system has random numbers once it is up")
    }
}

/// The folder of the Book unless the user names another: `truerate` in the user's configuration folder.
///
/// `None` where the system knows no home folder.
#[must_use]
pub fn home() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "truerate").map(|dirs| dirs.config_dir().to_owned())
}

/// The arguments of the program, its name first.
pub fn arguments() -> impl Iterator<Item = OsString> {
    env::args_os()
}

/// The folder of the Book: the one that was named, else the one in the user's configuration folder.
///
/// # Errors
/// A sentence, where none was named and the system knows no home folder.
pub fn book_folder(named: Option<&Path>) -> Result<PathBuf, String> {
    let found = match named {
        Some(folder) => std::path::absolute(folder).ok(),
        None => home(),
    };
    found.ok_or_else(|| "there is no home folder to keep the book in; name a folder with --dir".to_owned())
}

/// What is missing to open a window; `None` where a display is at hand. Asks nothing but the environment.
#[must_use]
pub fn missing_display() -> Option<&'static str> {
    let desktop = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    let lacks = cfg!(all(unix, not(target_os = "macos")))
        && desktop.iter().all(|name| env::var_os(name).is_none_or(|value| value.is_empty()));
    lacks.then_some("there is no display")
}

/// Sends warnings and errors of the program itself to standard error. With `RUST_LOG=debug` those of the packages too.
pub fn log_to_standard_error() {
    let all = env::var("RUST_LOG").is_ok_and(|level| level.eq_ignore_ascii_case("debug"));
    let mut logger = env_logger::Builder::new();
    if all {
        logger.filter_level(log::LevelFilter::Debug);
    } else {
        logger.filter_module("truerate", log::LevelFilter::Warn);
    }
    logger.init();
}

/// Reports a panic in one line on standard error, with the place in the program, instead of a trace.
///
/// Nothing is lost by one: a change is in the journal from the moment it is made.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        let what = panic.payload_as_str().unwrap_or("no reason given");
        let what = what.lines().next().unwrap_or_default();
        eprintln!("truerate: a fault of the program{place}: {what}. What was saved is safe");
    }));
}

/// What the user's locale suggests for money, numbers and days: `LC_ALL`, else the variable of its own, else `LANG`
/// (as POSIX has it). US dollar, `1,234.50` and `Tue 24 Nov` where none says.
#[must_use]
pub fn suggested_settings() -> Settings {
    let money = locale_of("LC_MONETARY").and_then(|locale| currency_from_locale(&locale));
    Settings {
        number_style: locale_of("LC_NUMERIC").map_or(NumberStyle::default(), |locale| numbers_of_locale(&locale)),
        date_style: locale_of("LC_TIME").map_or(DateStyle::default(), |locale| dates_of_locale(&locale)),
        ..Settings::new(money.unwrap_or(Currency::USD), machine_zone())
    }
}

/// The locale of a category: the first that is set.
fn locale_of(category: &str) -> Option<String> {
    ["LC_ALL", category, "LANG"].into_iter().filter_map(|name| env::var(name).ok()).find(|value| !value.is_empty())
}

/// Language and country of a POSIX locale: `de` and `CH` of `de_CH.UTF-8`.
fn language_and_country(locale: &str) -> (&str, &str) {
    let name = locale.split(['.', '@']).next().unwrap_or_default();
    name.split_once('_').unwrap_or((name, ""))
}

/// How numbers are written there. Source: Unicode CLDR 46, decimal and group symbols of Latin digits.
fn numbers_of_locale(locale: &str) -> NumberStyle {
    const COMMA_POINT: [&str; 19] = [
        "bs", "ca", "da", "de", "el", "es", "gl", "hr", "id", "is", "it", "mk", "nl", "pt", "ro", "sl", "sr", "tr",
        "vi",
    ];
    const COMMA_SPACE: [&str; 23] = [
        "be", "bg", "cs", "et", "fi", "fr", "hu", "hy", "ka", "kk", "ky", "lt", "lv", "nb", "nn", "no", "pl", "ru",
        "sk", "sq", "sv", "uk", "uz",
    ];
    match language_and_country(locale) {
        ("de" | "it", "CH" | "LI") => NumberStyle::PointApostrophe,
        ("es", "MX" | "US" | "PR" | "GT" | "HN" | "NI" | "PA" | "PE" | "SV" | "DO") => NumberStyle::PointComma,
        ("pt", "PT" | "AO" | "MZ") => NumberStyle::CommaSpace,
        (language, _) if COMMA_POINT.contains(&language) => NumberStyle::CommaPoint,
        (language, _) if COMMA_SPACE.contains(&language) => NumberStyle::CommaSpace,
        _ => NumberStyle::PointComma,
    }
}

/// How days are written there. Source: Unicode CLDR 46, the short form of a month and a day.
fn dates_of_locale(locale: &str) -> DateStyle {
    match language_and_country(locale) {
        ("en", "US" | "PH") | ("fil", _) => DateStyle::MonthDay,
        ("zh" | "ja" | "ko" | "hu" | "lt", _) => DateStyle::Iso,
        _ => DateStyle::DayMonth,
    }
}

/// The currency in use in the country of a POSIX locale such as `en_KE.UTF-8`.
fn currency_from_locale(locale: &str) -> Option<Currency> {
    let (_, rest) = locale.split_once('_')?;
    let territory = rest.split(['.', '@']).next()?;
    let country: iso_currency::Country = territory.parse().ok()?;
    // Not `Currency::from(country)`: that panics for a country without a currency of its own.
    let used = iso_currency::Currency::from_country(country);
    used.iter().find(|currency| currency.flags().is_empty())?.code().parse().ok()
}

/// The machine's disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

fn stat_of(found: io::Result<fs::Metadata>) -> io::Result<Option<Stat>> {
    let found = match found {
        Ok(found) => found,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let of = found.file_type();
    let kind = if of.is_file() {
        PathKind::File
    } else if of.is_dir() {
        PathKind::Folder
    } else if of.is_symlink() {
        PathKind::Link
    } else {
        PathKind::Other
    };
    Ok(Some(Stat { kind, len: found.len(), modified: DateTime::<Utc>::from(found.modified()?) }))
}

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn write_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = private().write(true).create(true).truncate(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn append_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = private().append(true).create(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(len)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// Windows opens no folder as a file; NTFS writes its names through its own journal.
    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists()).collect();
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        for made in missing {
            if let Some(above) = made.parent().filter(|above| !above.as_os_str().is_empty()) {
                // A folder above may be closed to us; what is ours was made all the same.
                if let Err(error) = self.sync_folder(above) {
                    log::debug!("{}: not synced: {error}", above.display());
                }
            }
        }
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort_unstable();
        Ok(paths)
    }

    fn stat(&self, path: &Path) -> io::Result<Option<Stat>> {
        stat_of(fs::symlink_metadata(path))
    }

    fn follow(&self, path: &Path) -> io::Result<Option<Stat>> {
        stat_of(fs::metadata(path))
    }

    fn link_or_copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
            outcome => return outcome,
        }
        let mut copy = private().write(true).create_new(true).open(to)?;
        io::copy(&mut File::open(from)?, &mut copy)?;
        copy.sync_all()
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// A checksum of what the system says of itself: its machine id, or its name. Only files are named by it.
    fn device(&self) -> String {
        let said = fs::read_to_string("/etc/machine-id")
            .ok()
            .or_else(|| env::var("COMPUTERNAME").ok())
            .or_else(|| fs::read_to_string("/etc/hostname").ok())
            .or_else(|| env::var("HOSTNAME").ok())
            .unwrap_or_default();
        format!("{:08x}", crc32fast::hash(said.trim().as_bytes()))
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>> {
        let file = private().write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(FileLock(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Options for a file that is for the user alone.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Says in the log that something was not removed, where it is still there.
fn report_left(path: &Path, removed: io::Result<()>) {
    if let Err(error) = removed
        && error.kind() != io::ErrorKind::NotFound
    {
        log::debug!("{}: left there: {error}", path.display());
    }
}

/// The system lets go of the lock when the file is closed, also after a crash.
#[derive(Debug)]
struct FileLock(#[expect(dead_code, reason = "held open, never read")] File);

impl LockGuard for FileLock {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_suggests_the_currency_of_its_country() {
        for (locale, code) in [
            ("en_KE.UTF-8", Some("KES")),
            ("de_DE@euro", Some("EUR")),
            ("en_PH", Some("PHP")),
            ("en_GB.UTF-8", Some("GBP")),
            ("en_US.UTF-8", Some("USD")),
            ("C.UTF-8", None),
            ("C", None),
            ("en_ZZ", None),
            ("en_AQ", None),
        ] {
            assert_eq!(currency_from_locale(locale).map(Currency::code), code, "{locale}");
        }
    }

    #[test]
    fn a_locale_suggests_how_numbers_and_days_are_written() {
        use NumberStyle::{CommaPoint, CommaSpace, PointApostrophe, PointComma};
        for (locale, numbers, dates) in [
            ("en_KE.UTF-8", PointComma, DateStyle::DayMonth),
            ("en_US.UTF-8", PointComma, DateStyle::MonthDay),
            ("de_DE.UTF-8", CommaPoint, DateStyle::DayMonth),
            ("de_CH", PointApostrophe, DateStyle::DayMonth),
            ("fr_FR@euro", CommaSpace, DateStyle::DayMonth),
            ("es_ES", CommaPoint, DateStyle::DayMonth),
            ("es_MX", PointComma, DateStyle::DayMonth),
            ("pt_BR", CommaPoint, DateStyle::DayMonth),
            ("pt_PT", CommaSpace, DateStyle::DayMonth),
            ("ja_JP.UTF-8", PointComma, DateStyle::Iso),
            ("C.UTF-8", PointComma, DateStyle::DayMonth),
            ("", PointComma, DateStyle::DayMonth),
        ] {
            assert_eq!((numbers_of_locale(locale), dates_of_locale(locale)), (numbers, dates), "{locale}");
        }
    }

    #[test]
    fn a_second_lock_is_refused_until_the_first_is_let_go() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let first = RealDisk.lock(&path).unwrap();
        assert!(first.is_some());
        assert!(RealDisk.lock(&path).unwrap().is_none());
        drop(first);
        assert!(RealDisk.lock(&path).unwrap().is_some());
    }

    #[test]
    fn files_are_appended_cut_and_listed() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a/b");
        RealDisk.make_folder(&folder).unwrap();
        RealDisk.make_folder(&folder).unwrap();
        let path = folder.join("x.ron");
        RealDisk.append_synced(&path, b"one").unwrap();
        RealDisk.append_synced(&path, b"two").unwrap();
        RealDisk.truncate(&path, 4).unwrap();
        assert_eq!(RealDisk.read(&path).unwrap(), b"onet");
        RealDisk.write_synced(&path, b"new").unwrap();
        RealDisk.rename(&path, &folder.join("y.ron")).unwrap();
        RealDisk.sync_folder(&folder).unwrap();
        assert_eq!(RealDisk.list(&folder).unwrap(), [folder.join("y.ron")]);
        assert_eq!(RealDisk.list(&dir.path().join("none")).unwrap(), Vec::<PathBuf>::new());
        RealDisk.remove(&path).unwrap();
    }

    #[test]
    fn a_path_is_told_without_reading_it_and_a_second_name_outlives_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (dir.path().join("a.ron"), dir.path().join("b.ron"));
        assert_eq!(RealDisk.stat(&first).unwrap(), None);
        RealDisk.write_synced(&first, b"old").unwrap();
        let stat = RealDisk.stat(&first).unwrap().unwrap();
        assert_eq!((stat.kind, stat.len), (PathKind::File, 3));
        RealDisk.link_or_copy(&first, &second).unwrap();
        assert_eq!(RealDisk.link_or_copy(&first, &second).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        RealDisk.replace(&first, b"newer").unwrap();
        assert_eq!(RealDisk.read(&second).unwrap(), b"old");
        assert_eq!(RealDisk.stat(dir.path()).unwrap().unwrap().kind, PathKind::Folder);
        assert_eq!(RealDisk.stat(&first.join("below")).unwrap(), None);
        RealDisk.remove_folder(dir.path()).unwrap();
        RealDisk.remove_folder(dir.path()).unwrap();
        assert_eq!(RealDisk.stat(dir.path()).unwrap(), None);
    }

    #[test]
    fn ids_are_not_drawn_twice() {
        assert_ne!(OsIds.draw(), OsIds.draw());
    }
}
