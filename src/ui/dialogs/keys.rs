//! All keys at a glance, grouped by where they act, from the one table of verbs; what lists and dialogs understand last.

use egui::{Id, RichText, Ui};

use super::super::action::Action;
use super::super::theme;
use super::super::verbs::{Scope, Verb};
use super::super::view::memo::Memo;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, Label};
use super::super::widgets::keycap::keycap;
use super::super::widgets::table::{Column, RowSpec, Table};

/// What is understood everywhere and is no verb: keys, and what they do.
const FIXED: [(&str, &str, &str); 9] = [
    ("Next field or button", "Tab", "With Shift the one before; Space or Enter presses a button"),
    ("Choose in a list", "Arrows", "Page Up and Page Down go by pages; Enter takes what is marked"),
    ("Open a picker", "Enter", "Then type to find; what isn’t there can often be created"),
    ("Send a dialog", "Enter", "In a box of several lines Ctrl+Enter"),
    ("Close a dialog or a list", "Esc", "Nothing is changed"),
    ("Several rows", "Shift+click", "Up to the row; with Ctrl one by one"),
    ("Menu of a row", "Right click", "Everything its buttons do"),
    ("A day’s payouts", "Enter", "On Payouts, where the arrows walk from day to day"),
    ("Undo typing", "Ctrl+Z", "While a field has the keyboard"),
];

/// All keys at a glance.
#[derive(Debug, Default)]
pub struct KeysDialog {
    typed: String,
    lines: Memo<String, Vec<Line>>,
}

/// A line of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Head(&'static str),
    Key { name: String, key: String, line: &'static str },
}

impl KeysDialog {
    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        let dialog = Dialog::new("Keys", "").cancel("Close").width(720.0);
        let shown = dialog.note("Single letters act while nothing is being typed").show(ctx, |ui| {
            Field::new("Find a key", &mut self.typed)
                .id(Id::unique("keys field"))
                .label(Label::Unseen)
                .hint("Type to find…")
                .autofocus()
                .show(ui);
            let lines = self.lines.get(self.typed.clone(), || lines(&self.typed));
            if lines.is_empty() {
                ui.label(RichText::new("Nothing found").color(theme::tokens(ui).muted));
            }
            list_ui(ui, lines);
        });
        if shown.outcome != Outcome::Open {
            actions.push(Action::CloseDialog);
        }
    }
}

/// The lines that hold every typed word, each group under its head; groups without any are left out.
fn lines(typed: &str) -> Vec<Line> {
    let wanted = typed.to_lowercase();
    let holds = |head: &str, name: &str, key: &str, line: &str| {
        let whole = format!("{head} {name} {key} {line}").to_lowercase();
        wanted.split_whitespace().all(|word| whole.contains(word))
    };
    let mut all = Vec::new();
    let mut group = |head: &'static str, keys: Vec<(String, String, &'static str)>| {
        let keys: Vec<_> = keys.into_iter().filter(|(name, key, line)| holds(head, name, key, line)).collect();
        if !keys.is_empty() {
            all.push(Line::Head(head));
        }
        all.extend(keys.into_iter().map(|(name, key, line)| Line::Key { name, key, line }));
    };
    for scope in Scope::ALL {
        let verbs = Verb::ALL.iter().filter(|verb| verb.scope() == scope);
        let keys = verbs.map(|verb| (verb.words().name.to_owned(), verb.key_text(), verb.words().line));
        group(scope.name(), keys.collect());
    }
    group(
        "Lists and dialogs",
        FIXED.map(|(name, key, line)| (name.to_owned(), key.to_owned(), line)).into_iter().collect(),
    );
    all
}

fn list_ui(ui: &mut Ui, lines: &[Line]) {
    let height = theme::tokens(ui).sizes.row_dense;
    Table::new("All keys")
        .headless()
        .column(Column::exact("Verb", 190.0))
        .column(Column::exact("Key", 110.0))
        .column(Column::fill("What it does", 160.0).priority(1))
        .row_height(height)
        .show(
            ui,
            lines.len(),
            |at| match lines.get(at) {
                Some(Line::Head(name)) => RowSpec::new(("keys of", *name), *name).head(),
                Some(Line::Key { name, key, line }) => {
                    RowSpec::new(("key", name, line), format!("{name}, {key}: {line}")).plain()
                }
                None => RowSpec::new(("key", at), "").plain(),
            },
            |row| match lines.get(row.index()) {
                Some(Line::Head(name)) => row.strong(name),
                Some(Line::Key { name, key, line }) => {
                    row.text(name);
                    row.cell(|ui| {
                        keycap(ui, key);
                    });
                    row.muted(line);
                }
                None => {}
            },
        );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_stands_on_the_sheet_with_its_key() {
        let all = lines("");
        for verb in Verb::ALL {
            let (name, key) = (verb.words().name, verb.key_text());
            let stands = |line: &Line| matches!(line, Line::Key { name: n, key: k, .. } if n == name && *k == key);
            assert!(all.iter().any(stands), "{verb:?}");
        }
        let heads: Vec<_> = all.iter().filter(|line| matches!(line, Line::Head(_))).collect();
        assert_eq!(heads.first(), Some(&&Line::Head("Everywhere")));
        assert_eq!(heads.last(), Some(&&Line::Head("Lists and dialogs")));
    }

    #[test]
    fn it_finds_by_name_key_and_place() {
        let found = |typed: &str| lines(typed).len();
        assert_eq!(lines("landed payouts").first(), Some(&Line::Head("Payouts")));
        assert_eq!(found("landed payouts"), 2);
        assert!(lines("ctrl+z").contains(&Line::Head("Everywhere")));
        assert_eq!(found("zzzz"), 0);
    }
}
