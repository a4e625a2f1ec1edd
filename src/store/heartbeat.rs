//! The heartbeat: a small file that says when the program was last there while a timer ran.
//!
//! ```text
//! ("8f3a1c02", (device: "5f2a", boot: "c1d7…", at: "2026-11-22T13:32:00Z"))
//! ```
//!
//! It is no part of the Book: not in the journal, without undo, and gone once it has nothing to say. What is torn or no
//! heartbeat is as if it were missing.

use std::path::Path;

use chrono::SecondsFormat;
use serde::{Deserialize, Serialize};

use super::line;
use crate::domain::query::silence::Sign;
use crate::ports::{Disk, PathKind};

/// Its name in the Book's folder.
pub const HEARTBEAT: &str = "heartbeat";
/// A longer file is something else.
const LONGEST: u64 = 1_024;

#[derive(Debug, Serialize, Deserialize)]
struct Shape {
    device: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    boot: Option<String>,
    at: String,
}

/// The heartbeat of a folder; `None` where there is none, or where it can't be read.
pub fn read(disk: &dyn Disk, dir: &Path) -> Option<Sign> {
    let path = dir.join(HEARTBEAT);
    let stat = disk.stat(&path).ok()??;
    if stat.kind != PathKind::File || stat.len > LONGEST {
        return None;
    }
    parsed(&disk.read(&path).ok()?)
}

fn parsed(bytes: &[u8]) -> Option<Sign> {
    let text = std::str::from_utf8(bytes).ok()?.trim_end();
    let (checksum, rest) = text.strip_prefix("(\"")?.split_once("\", ")?;
    let body = rest.strip_suffix(')')?;
    if u32::from_str_radix(checksum, 16) != Ok(crc32fast::hash(body.as_bytes())) {
        return None;
    }
    let Shape { device, boot, at } = line::ron_options().from_str(body).ok()?;
    Some(Sign { device, boot, at: at.parse().ok()? })
}

/// The text of a heartbeat.
pub fn written(sign: &Sign) -> String {
    let Sign { device, boot, at } = sign.clone();
    let body = line::written(&Shape { device, boot, at: at.to_rfc3339_opts(SecondsFormat::Secs, true) });
    format!("(\"{:08x}\", {body})\n", crc32fast::hash(body.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::at;
    use crate::ports::fake::MemoryDisk;

    fn sign(boot: Option<&str>) -> Sign {
        Sign { device: "5f2a".to_owned(), boot: boot.map(str::to_owned), at: at("2026-11-22T13:32:00Z") }
    }

    #[test]
    fn a_heartbeat_reads_back_in_one_line() {
        for boot in [None, Some("c1d7-\"2\"")] {
            let text = written(&sign(boot));
            assert_eq!(text.lines().count(), 1, "{text}");
            assert_eq!(parsed(text.as_bytes()), Some(sign(boot)), "{text}");
        }
        assert!(written(&sign(None)).ends_with("(device: \"5f2a\", at: \"2026-11-22T13:32:00Z\"))\n"));
    }

    #[test]
    fn a_torn_or_changed_one_is_as_if_it_were_missing() {
        let text = written(&sign(Some("1")));
        let whole = text.trim_end().len();
        for cut in 0..whole {
            assert_eq!(parsed(text.as_bytes().get(..cut).unwrap()), None, "cut at {cut}");
        }
        for at in 0..whole {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            // The case of a digit of the checksum may change: it says the same.
            assert!(parsed(&bytes).is_none_or(|read| read == sign(Some("1"))), "flipped at {at}");
        }
        let dir = Path::new("/book");
        let disk = MemoryDisk::new();
        assert_eq!(read(&disk, dir), None);
        disk.put("/book/heartbeat", "x".repeat(100_000));
        assert_eq!(read(&disk, dir), None);
        disk.put("/book/heartbeat", text);
        assert_eq!(read(&disk, dir), Some(sign(Some("1"))));
        disk.remove_folder(dir).unwrap();
        disk.make_folder(&dir.join(HEARTBEAT)).unwrap();
        assert_eq!(read(&disk, dir), None);
    }
}
