//! Damage: what disks, editors and programs do to files.

use fastrand::Rng;

/// Pieces that readers stumble over.
const PIECES: [&[u8]; 24] = [
    b"\"",
    b"(",
    b")",
    b"[",
    b"]",
    b",",
    b";",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"//",
    b"Some(",
    b"None",
    b"-",
    b"=1+1",
    b"9999999999999999999999999999999999",
    b"1.2E+308",
    b"-262143-01-01",
    b"+262142-12-31T23:59:60Z",
    b"29:18",
    b"((((((((((((((((((((((((((((((((",
    b"\xf0\x9f\x92\xb8",
];

/// One of some files with one to four things wrong.
pub fn damaged(seeds: &[Vec<u8>], chance: &mut Rng) -> Vec<u8> {
    let mut bytes = seeds.get(chance.usize(..seeds.len())).cloned().unwrap_or_default();
    for _ in 0..chance.usize(1..=4) {
        damage(&mut bytes, seeds, chance);
    }
    bytes
}

fn damage(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Rng) {
    let at = chance.usize(..=bytes.len());
    let until = (at + chance.usize(..=40)).min(bytes.len());
    match chance.u8(..7) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..until)),
        2 => {
            let again: Vec<u8> = bytes.get(at..until).unwrap_or_default().to_vec();
            bytes.splice(at..at, again);
        }
        3 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.u8(..8);
            }
        }
        4 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = chance.u8(..);
            }
        }
        5 => {
            let piece = PIECES.get(chance.usize(..PIECES.len())).copied().unwrap_or_default();
            bytes.splice(at..at, piece.iter().copied());
        }
        _ => {
            // A stretch of another file, as a lost block brings it.
            let other = seeds.get(chance.usize(..seeds.len())).map(Vec::as_slice).unwrap_or_default();
            let from = chance.usize(..=other.len());
            let piece = other.get(from..(from + 60).min(other.len())).unwrap_or_default();
            bytes.splice(at..until, piece.iter().copied());
        }
    }
}
