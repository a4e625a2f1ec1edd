//! What stands in the palette: every verb of the table, then the places.

use super::{Entry, Go};
use crate::ui::cx::Cx;
use crate::ui::verbs::{Scope, Verb};
use crate::ui::view::bar::project_choices;

/// All entries. The palette itself is none of them.
pub(super) fn entries(cx: &Cx<'_>, lacks: impl Fn(Verb) -> Option<&'static str>, used: &[Go]) -> Vec<Entry> {
    let used = |go: Go| used.iter().position(|known| *known == go);
    let mut entries: Vec<Entry> = Verb::ALL
        .iter()
        .copied()
        .filter(|verb| *verb != Verb::Palette)
        .map(|verb| Entry {
            text: verb.words().name.to_owned(),
            place: place(verb).to_owned(),
            line: verb.words().line,
            key: verb.key_text(),
            lacks: lacks(verb).map(str::to_owned),
            used: used(Go::Verb(verb)),
            go: Go::Verb(verb),
        })
        .collect();
    let read_only = cx.read_only.then(|| "The book can only be read".to_owned());
    let runs = cx.book.open_sessions().next().is_some();
    let runs_for = |id| cx.book.open_sessions().any(|session| session.project == Some(id));
    for choice in project_choices(cx.book, cx.today) {
        let platform = cx.book.platform_of(Some(choice.id)).map_or_else(String::new, |platform| platform.name.clone());
        let verb = if runs { "Switch to" } else { "Start" };
        entries.push(Entry {
            text: format!("{verb} {}", choice.name),
            place: platform,
            line: "",
            key: String::new(),
            lacks: read_only.clone().or_else(|| runs_for(choice.id).then(|| "Runs already".to_owned())),
            used: used(Go::Start(choice.id)),
            go: Go::Start(choice.id),
        });
    }
    for platform in cx.book.platforms_by_name() {
        entries.push(Entry {
            text: platform.name.clone(),
            place: "platform".to_owned(),
            line: "",
            key: String::new(),
            lacks: None,
            used: used(Go::Platform(platform.id)),
            go: Go::Platform(platform.id),
        });
    }
    entries.push(Entry {
        text: "Exchange rates".to_owned(),
        place: "settings".to_owned(),
        line: "",
        key: String::new(),
        lacks: None,
        used: used(Go::ExchangeRates),
        go: Go::ExchangeRates,
    });
    entries
}

fn place(verb: Verb) -> &'static str {
    match (verb, verb.scope()) {
        (Verb::Show(_), _) => "tab",
        (_, Scope::Everywhere) => "",
        (_, Scope::Bar) => "timer",
        (_, Scope::Tab(tab)) => tab.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{PlatformId, ProjectId, SessionId};
    use crate::domain::query::work::testkit::{Kit, session};
    use crate::ui::testing::with_cx;

    fn all(kit: &Kit, used: &[Go]) -> Vec<Entry> {
        let lacks = |verb| (verb == Verb::Undo).then_some("Nothing to undo");
        with_cx(&kit.book, "2026-11-22T13:00:00Z", None, |cx| entries(cx, lacks, used))
    }

    #[test]
    fn every_verb_but_the_palette_itself_stands_in_it_with_its_key_and_what_it_lacks() {
        let all = all(&Kit::new(), &[]);
        for verb in Verb::ALL {
            let found: Vec<_> = all.iter().filter(|entry| entry.go == Go::Verb(*verb)).collect();
            if *verb == Verb::Palette {
                assert!(found.is_empty());
                continue;
            }
            let [entry] = found.as_slice() else { panic!("{verb:?}: {found:?}") };
            assert_eq!((entry.text.as_str(), &entry.key), (verb.words().name, &verb.key_text()));
            assert_eq!(entry.lacks.is_some(), *verb == Verb::Undo, "{verb:?}");
        }
    }

    #[test]
    fn projects_start_or_switch_and_the_one_that_runs_says_so() {
        let mut kit = Kit::new();
        let of = |kit: &Kit, used: &[Go], go: Go| {
            let entry = all(kit, used).into_iter().find(|entry| entry.go == go).expect("it stands in the palette");
            (entry.text, entry.lacks, entry.used)
        };
        let (one, two) = (Go::Start(ProjectId(1)), Go::Start(ProjectId(2)));
        assert_eq!(of(&kit, &[], one), ("Start Project 1".to_owned(), None, None));
        kit.put(session(7, "2026-11-22T12:00:00Z", None));
        assert_eq!(kit.book.session(SessionId(7)).unwrap().project, Some(ProjectId(1)));
        assert_eq!(of(&kit, &[], one).1.as_deref(), Some("Runs already"));
        assert_eq!(of(&kit, &[one, two], two), ("Switch to Project 2".to_owned(), None, Some(1)));
        assert_eq!(of(&kit, &[], Go::Platform(PlatformId(2))).0, "Platform 2");
    }
}
