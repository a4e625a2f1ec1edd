//! Search: every word of a text must be found, whatever its case and accents.
//!
//! Sessions share few texts (project, platform, task type): each is looked through once a search, and only notes are
//! looked through one by one. So a search over a hundred thousand sessions takes a few milliseconds.

use std::collections::HashMap;

/// Letters with an accent or a stroke of their own, and under them the plain ones; in order.
const ACCENTED: &str = "\
    àáâãäåçèéêëìíîïðñòóôõöøùúûüýÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľłńņňōŏőŕŗřśŝşšţťŧũūŭůűųŵŷźżžơưǎǐǒ\
    ǔǖǘǚǜǟǡǧǩǫǭǰǵǹǻȁȃȅȇȉȋȍȏȑȓȕȗșțȟȧȩȫȭȯȱȳḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭ\
    ṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕẖẗẘẙạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ";
const PLAIN: &str = "\
    aaaaaaceeeeiiiidnoooooouuuuyyaaaccccddeeeeegggghhiiiiijkllllnnnooorrrsssstttuuuuuuwyzzzouaio\
    uuuuuaagkoojgnaaaeeiioorruusthaeooooyabbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrssssstt\
    ttuuuuuvvwwwwwxxyzzzhtwyaaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy";

/// A text in small letters without accents: "Łódź Čeština" is found by "lodz cestina".
#[must_use]
pub fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            _ if letter.is_ascii() => plain.push(letter),
            _ => plain.push(unaccented(letter)),
        }
    }
    plain
}

fn unaccented(letter: char) -> char {
    static TABLE: std::sync::OnceLock<HashMap<char, char>> = std::sync::OnceLock::new();
    let table = TABLE.get_or_init(|| ACCENTED.chars().zip(PLAIN.chars()).collect());
    table.get(&letter).copied().unwrap_or(letter)
}

/// Texts that many rows share, folded; each once.
#[derive(Debug, Default)]
pub struct Texts {
    folded: Vec<String>,
}

impl Texts {
    /// Adds a text; its place.
    pub fn add(&mut self, text: &str) -> usize {
        self.folded.push(folded(text));
        self.folded.len() - 1
    }
}

/// A search over some texts.
#[derive(Debug)]
pub struct Search {
    /// For each word, folded, which of the shared texts hold it.
    words: Vec<(String, Vec<bool>)>,
}

impl Search {
    /// What is typed; `None` where that is nothing.
    #[must_use]
    pub fn of(typed: &str, texts: &Texts) -> Option<Self> {
        let words: Vec<(String, Vec<bool>)> = folded(typed)
            .split_whitespace()
            .map(|word| (word.to_owned(), texts.folded.iter().map(|text| text.contains(word)).collect()))
            .collect();
        (!words.is_empty()).then_some(Self { words })
    }

    /// Whether a row with this shared text and this folded note has every word.
    #[must_use]
    pub fn finds(&self, text: usize, note: &str) -> bool {
        self.words.iter().all(|(word, holds)| {
            holds.get(text).copied().unwrap_or(false) || (note.len() >= word.len() && note.contains(word.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_make_no_difference() {
        for (text, plain) in [
            ("Łódź Čeština", "lodz cestina"),
            ("Straße ÆON", "strasse aeon"),
            ("Việt Ngữ", "viet ngu"),
            ("İstanbul ılık", "istanbul ilik"),
            ("e\u{301}tude", "etude"),
            ("日本 Привет", "日本 привет"),
        ] {
            assert_eq!(folded(text), plain, "{text}");
        }
        assert_eq!(ACCENTED.chars().count(), PLAIN.chars().count());
    }

    #[test]
    fn every_word_must_be_found_wherever_it_stands() {
        let mut texts = Texts::default();
        let aloe = texts.add("Outlier Aloe Coding");
        let lantern = texts.add("DataAnnotation Lantern");
        let found = |typed: &str, text, note| Search::of(typed, &texts).is_some_and(|search| search.finds(text, note));
        assert!(found("ALOE cod", aloe, ""));
        assert!(found("aloe réview", aloe, "second review"));
        assert!(!found("aloe review", aloe, ""));
        assert!(!found("aloe", lantern, "no such"));
        assert!(Search::of("  ", &texts).is_none(), "nothing typed is no search");
    }
}
