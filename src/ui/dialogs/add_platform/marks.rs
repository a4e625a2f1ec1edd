//! The badge and the colour of a new platform: those of the catalogue where no other platform has them.

use crate::domain::book::Book;

/// The colour that is asked for where it is free, else the first free one; with all eight taken they start over.
pub(in super::super) fn free_hue(book: &Book, hint: u32) -> u32 {
    let used = book.used_hues();
    if hint < 8 && !used.contains(&hint) {
        return hint;
    }
    (0..=u32::MAX).find(|hue| !used.contains(hue)).unwrap_or(hint)
}

/// Letters that no other platform has: those asked for, else the first of the name with another one of it.
pub(in super::super) fn free_badge(book: &Book, wanted: &str, name: &str) -> String {
    let taken = |letters: &str| book.platforms().any(|platform| platform.badge.eq_ignore_ascii_case(letters));
    if wanted.is_empty() || !taken(wanted) {
        return wanted.to_owned();
    }
    let letters: Vec<char> = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let Some((first, rest)) = letters.split_first() else { return wanted.to_owned() };
    rest.iter()
        .map(|second| [*first, *second].iter().flat_map(|letter| letter.to_uppercase()).take(2).collect::<String>())
        .find(|pair| !taken(pair))
        .unwrap_or_else(|| wanted.to_owned())
}
