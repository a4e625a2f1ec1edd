//! The order of what the palette finds: best match first, lately used ones before others of the same worth.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Entry;

/// Numbers of the entries that fit what is typed, the best first. Everything fits an empty text: then lately used ones
/// come first, and what can't be used now last.
pub(super) fn rank(entries: &[Entry], typed: &str) -> Vec<usize> {
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let mut matcher = Matcher::new(config);
    let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize)> = entries
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| {
            let searched = format!("{} {}", entry.text, entry.place);
            let score = pattern.score(Utf32Str::new(&searched, &mut buffer), &mut matcher)?;
            // What is called so stands before what is only done there.
            let named = pattern.score(Utf32Str::new(&entry.text, &mut buffer), &mut matcher).unwrap_or(0);
            Some((score.saturating_add(named), at))
        })
        .collect();
    let order = |at: usize| {
        let entry = entries.get(at);
        let used = entry.and_then(|entry| entry.used).unwrap_or(usize::MAX);
        (entry.is_some_and(|entry| entry.lacks.is_some()), used, at)
    };
    found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), order(*at)));
    found.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Go;
    use super::*;
    use crate::ui::verbs::Verb;

    fn entry(text: &str) -> Entry {
        Entry {
            text: text.to_owned(),
            place: String::new(),
            line: "",
            key: String::new(),
            lacks: None,
            used: None,
            go: Go::Verb(Verb::Start),
        }
    }

    fn found(entries: &[Entry], typed: &str) -> Vec<String> {
        rank(entries, typed).into_iter().map(|at| entries[at].text.clone()).collect()
    }

    #[test]
    fn a_few_letters_of_each_word_find_it_whatever_their_case() {
        let entries = ["Pause", "Add platform", "Add session", "Start Aloe", "Größe"].map(entry);
        assert_eq!(found(&entries, "adpl"), ["Add platform"]);
        assert_eq!(found(&entries, "session add"), ["Add session"]);
        assert_eq!(found(&entries, "ALOE"), ["Start Aloe"]);
        assert_eq!(found(&entries, "grosse"), Vec::<String>::new());
        assert_eq!(found(&entries, "größ"), ["Größe"]);
        assert_eq!(found(&entries, "xyz"), Vec::<String>::new());
    }

    #[test]
    fn a_whole_word_stands_before_letters_picked_from_several() {
        let entries = ["Previous artifacts, unsorted edge", "Pause"].map(entry);
        assert_eq!(found(&entries, "pause")[0], "Pause");
    }

    #[test]
    fn a_name_stands_before_a_place_and_its_beginning_before_the_rest() {
        let mut entries = ["Copy as picture", "Exchange rates", "Rates"].map(entry);
        entries[0].place = "Rates".to_owned();
        entries[0].used = Some(0);
        assert_eq!(found(&entries, "rat"), ["Rates", "Exchange rates", "Copy as picture"]);
        assert_eq!(found(&entries, "rates copy"), ["Copy as picture"]);
    }

    #[test]
    fn with_nothing_typed_what_was_used_comes_first_and_what_lacks_something_last() {
        let mut entries = ["Undo", "Stop", "Sessions", "Keys"].map(entry);
        entries[0].lacks = Some("Nothing to undo".to_owned());
        entries[3].used = Some(0);
        assert_eq!(found(&entries, ""), ["Keys", "Stop", "Sessions", "Undo"]);
        assert_eq!(found(&entries, "  "), ["Keys", "Stop", "Sessions", "Undo"]);
    }
}
