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
