//! The text of a file: which encoding it is in, told from its bytes.
//!
//! A mark of the byte order first, then strict UTF-8, then UTF-16 by its zero bytes, else Windows-1252, which every byte
//! fits. What was taken is said, so that a wrong guess at letters with accents can be seen.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file and the encoding it was taken to be in.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) text: Cow<'a, str>,
    /// The name of the encoding, such as `windows-1252`.
    pub(super) encoding: &'static str,
}

/// How many bytes are looked at for the pattern of UTF-16.
const LOOK: usize = 4096;

/// The text of some bytes; `None` where they are none, such as a picture or a program.
pub(super) fn decoded(bytes: &[u8]) -> Option<Text<'_>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return of(encoding, bytes.get(mark..)?);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Some(Text { text: Cow::Borrowed(text), encoding: UTF_8.name() });
    }
    let head = bytes.get(..LOOK).unwrap_or(bytes);
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Latin letters leave every other byte empty.
    let most = head.len() / 4;
    match (even, odd) {
        (0, 0) => of(WINDOWS_1252, bytes),
        (0, odd) if odd > most => of(UTF_16LE, bytes),
        (even, 0) if even > most => of(UTF_16BE, bytes),
        _ => None,
    }
}

fn of<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Text<'a>> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Text { text, encoding: encoding.name() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<(String, &'static str)> {
        decoded(bytes).map(|text| (text.text.into_owned(), text.encoding))
    }

    #[test]
    fn encodings_are_told_from_the_bytes() {
        let said = |text: &str, encoding| Some((text.to_owned(), encoding));
        assert_eq!(read("Währung".as_bytes()), said("Währung", "UTF-8"));
        assert_eq!(read("\u{feff}Währung".as_bytes()), said("Währung", "UTF-8"));
        assert_eq!(read(b"W\xe4hrung"), said("Währung", "windows-1252"));
        let wide: Vec<u8> = "Datum\tBetrag".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&[b"\xff\xfe".as_slice(), &wide].concat()), said("Datum\tBetrag", "UTF-16LE"));
        assert_eq!(read(&wide), said("Datum\tBetrag", "UTF-16LE"), "without a mark");
        assert_eq!(read(b""), said("", "UTF-8"));
    }

    #[test]
    fn what_is_no_text_is_not_taken_for_one() {
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"), None);
        assert_eq!(read(b"a\0b"), None);
        // Half a letter at the end of a marked file.
        assert_eq!(read(b"\xff\xfea"), None);
    }
}
