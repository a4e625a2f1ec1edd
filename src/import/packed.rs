//! Packed files: a workbook of a spreadsheet, or a zip with one file in it.
//!
//! Told from what is in them, never by a name. Before anything is read it is unpacked into nothing, and counted: what says
//! too little of how large it is, or packs too much into too few bytes, is refused. Nothing is written to a disk, names and
//! paths in a zip are not followed, a zip in a zip is not opened.

mod workbook;

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use zip::ZipArchive;

use super::{Going, MOST_BYTES, Reads, Unreadable};

/// The most bytes that all files of a zip may have together, unpacked.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;
/// How many times as large as its packed bytes a file of a zip may be, beyond the first [`FREE`] bytes of it.
const MOST_RATIO: u64 = 200;
/// What no ratio is asked of: small files of blanks pack well.
const FREE: u64 = 4 * 1024 * 1024;
/// The most files of a zip.
const MOST_FILES: usize = 2_000;
/// What a workbook has, wherever it was made.
const TYPES: &str = "[Content_Types].xml";

/// Whether bytes are packed.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Reads what is packed.
///
/// # Errors
/// As the file that is in it; [`Unreadable::Zip`] where there isn't one alone, [`Unreadable::Bomb`] where it is too much.
pub(super) fn read<R: Reads>(bytes: &[u8], reads: &R, going: &Going<'_>) -> Result<R::Out, Unreadable> {
    let packed = Packed::of(bytes, going)?;
    if packed.is_workbook {
        // The package that reads them stumbles over places of cells beyond all sheets, where its sums are checked: such a file
        // is damaged, and no more than that.
        let read = catch_unwind(AssertUnwindSafe(|| workbook::read(bytes, reads, going)));
        read.unwrap_or(Err(Unreadable::DamagedZip))
    } else {
        super::read_plain(&packed.only()?, reads, going)
    }
}

/// The one file of a zip.
///
/// # Errors
/// As [`read`].
pub(super) fn only(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    Packed::of(bytes, &Going::ON)?.only()
}

/// A zip that was counted.
struct Packed<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Which of its files are more than what a system puts beside them.
    files: Vec<usize>,
    is_workbook: bool,
}

impl<'a> Packed<'a> {
    fn of(bytes: &'a [u8], going: &Going<'_>) -> Result<Self, Unreadable> {
        let damaged = |_error| Unreadable::DamagedZip;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MOST_FILES {
            return Err(Unreadable::Bomb);
        }
        let (mut total, mut files, mut is_workbook) = (0_u64, Vec::new(), false);
        for nth in 0..archive.len() {
            let file = archive.by_index_raw(nth).map_err(damaged)?;
            let (locked, folder, packed) = (file.encrypted(), file.is_dir(), file.compressed_size());
            let name = file.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
            drop(file);
            if locked {
                return Err(Unreadable::Locked);
            }
            if folder {
                continue;
            }
            let file = archive.by_index(nth).map_err(damaged)?;
            let by_ratio = FREE.saturating_add(packed.saturating_mul(MOST_RATIO));
            let most = MOST_UNPACKED.saturating_sub(total).min(by_ratio);
            // What the file says of its own size is not believed.
            let unpacked =
                io::copy(&mut file.take(most + 1), &mut io::sink()).map_err(|_error| Unreadable::DamagedZip)?;
            if unpacked > most {
                return Err(Unreadable::Bomb);
            }
            total += unpacked;
            is_workbook |= name == TYPES;
            if !is_beside(&name) {
                files.push(nth);
            }
            going.on(0, 1)?;
        }
        Ok(Self { archive, files, is_workbook })
    }

    fn only(mut self) -> Result<Vec<u8>, Unreadable> {
        let [only] = self.files.as_slice() else { return Err(Unreadable::Zip) };
        let file = self.archive.by_index(*only).map_err(|_error| Unreadable::DamagedZip)?;
        let (mut inside, most) = (Vec::new(), u64::try_from(MOST_BYTES).unwrap_or(u64::MAX));
        file.take(most + 1).read_to_end(&mut inside).map_err(|_error| Unreadable::DamagedZip)?;
        if inside.len() > MOST_BYTES {
            return Err(Unreadable::TooLarge);
        }
        if is_one(&inside) { Err(Unreadable::Zip) } else { Ok(inside) }
    }
}

/// Whether a file of a zip is only what a system puts beside the others.
fn is_beside(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|name| name.starts_with('.'))
}

#[cfg(test)]
mod tests;
