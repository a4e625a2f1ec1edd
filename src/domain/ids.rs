//! Ids: random 64-bit numbers, written as 13 letters of Crockford's base 32.
//!
//! Random, so that two devices never clash; a type per record, so that they can't be mixed up.
//! Drawing the numbers is the outside's matter (`ports::Ids`).

use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 13 letters of 5 bits hold 65 bits; the first letter uses four of them.
const LETTERS: usize = 13;

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id has 13 letters or digits, not “{0}”")]
pub struct NoId(pub String);

/// Writes 64 bits as 13 letters, most significant first.
#[must_use]
pub fn letters_from_bits(bits: u64) -> String {
    (0..LETTERS)
        .map(|at| {
            let shift = 5 * (LETTERS - 1 - at);
            let five = u8::try_from((bits >> shift) & 31).unwrap_or(0);
            char::from(ALPHABET.get(usize::from(five)).copied().unwrap_or(b'0'))
        })
        .collect()
}

/// Reads 13 letters back. Small letters count as capitals; I and L as 1, O as 0, as Crockford asks.
///
/// # Errors
/// [`NoId`] on another length, a letter outside the alphabet, or more than 64 bits.
pub fn bits_from_letters(text: &str) -> Result<u64, NoId> {
    let refuse = || NoId(text.chars().take(40).collect());
    if text.len() != LETTERS {
        return Err(refuse());
    }
    let mut bits: u64 = 0;
    for letter in text.bytes() {
        let five = VALUES.get(usize::from(letter)).copied().filter(|five| *five != NO_LETTER).ok_or_else(refuse)?;
        if bits.leading_zeros() < 5 {
            return Err(refuse());
        }
        bits = (bits << 5) | u64::from(five);
    }
    Ok(bits)
}

/// What a byte that is no letter of ours stands for.
const NO_LETTER: u8 = u8::MAX;

/// The five bits of each letter.
const VALUES: [u8; 256] = values();

#[expect(clippy::indexing_slicing, reason = "the compiler runs it; a place outside would not compile")]
const fn values() -> [u8; 256] {
    let mut values = [NO_LETTER; 256];
    let mut five: u8 = 0;
    while five < 32 {
        let letter = ALPHABET[five as usize];
        values[letter as usize] = five;
        values[letter.to_ascii_lowercase() as usize] = five;
        five += 1;
    }
    let alike = [(b'I', 1), (b'i', 1), (b'L', 1), (b'l', 1), (b'O', 0), (b'o', 0)];
    let mut at = 0;
    while at < alike.len() {
        values[alike[at].0 as usize] = alike[at].1;
        at += 1;
    }
    values
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&letters_from_bits(self.0))
            }
        }

        impl FromStr for $name {
            type Err = NoId;

            fn from_str(text: &str) -> Result<Self, NoId> {
                bits_from_letters(text).map(Self)
            }
        }
    };
}

id!(
    /// Names a platform.
    PlatformId
);
id!(
    /// Names a project.
    ProjectId
);
id!(
    /// Names the terms of a project from one date on.
    TermsId
);
id!(
    /// Names a schedule of a platform from one date on.
    ScheduleId
);
id!(
    /// Names a route.
    RouteId
);
id!(
    /// Names an exchange rate of one day.
    RateId
);
id!(
    /// Names a bill.
    BillId
);
id!(
    /// Names a session.
    SessionId
);
id!(
    /// Names an earning.
    EarningId
);
id!(
    /// Names a payout.
    PayoutId
);
id!(
    /// Names a movement of an account.
    MovementId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_reads_back_as_it_was_written() {
        for bits in [0, 1, 31, 32, u64::MAX, 0x0123_4567_89AB_CDEF] {
            let text = letters_from_bits(bits);
            assert_eq!(text.len(), 13);
            assert_eq!(bits_from_letters(&text), Ok(bits));
            assert_eq!(bits_from_letters(&text.to_lowercase()), Ok(bits));
        }
        assert_eq!(letters_from_bits(u64::MAX), "FZZZZZZZZZZZZ");
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "0", "GZZZZZZZZZZZZ", "0000000000U00", "00000000000000", "ééééééé"] {
            assert!(bits_from_letters(text).is_err(), "{text}");
        }
    }

    #[test]
    fn letters_that_look_like_digits_count_as_digits() {
        assert_eq!(bits_from_letters("00000000000OI"), Ok(1));
    }
}
