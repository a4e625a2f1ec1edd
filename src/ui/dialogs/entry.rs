//! An entry of a platform's lists: something to do, a link, a file. The program keeps where a file lies, not the file.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::{edits, typed};
use super::parts::{coming_day, optional, refused, refused_elsewhere};
use crate::domain::command::{Command, limits};
use crate::domain::ids::PlatformId;
use crate::domain::platform::{AttachedFile, Check, Link, Platform};
use crate::domain::refusal::Field as At;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// Something to do.
    Check,
    /// A web address.
    Link,
    /// A file.
    File,
}

/// An entry of a platform's lists.
#[derive(Debug)]
pub struct EntryDialog {
    before: Platform,
    kind: EntryKind,
    /// Its place in the list; `None` for a new one.
    at: Option<usize>,
    /// What is to be done, or a title.
    words: String,
    /// The day it was done, an address, or a path.
    place: String,
    /// The day by which something is to be done.
    due: String,
}

impl EntryDialog {
    /// A new entry; `None` where the platform is gone. A dropped file comes with its path.
    #[must_use]
    pub fn add(cx: &Cx<'_>, platform: PlatformId, kind: EntryKind, place: &str) -> Option<Self> {
        let before = (**cx.book.platform(platform)?).clone();
        Some(Self { before, kind, at: None, words: String::new(), place: place.to_owned(), due: String::new() })
    }

    /// An entry that is there; `None` where it is gone.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, platform: PlatformId, kind: EntryKind, at: usize) -> Option<Self> {
        let before = (**cx.book.platform(platform)?).clone();
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| Style::of(cx.book.settings()).date(day));
        let mut due = String::new();
        let (words, place) = match kind {
            EntryKind::Check => {
                let todo = before.checklist.get(at)?;
                due = day(todo.due_on);
                (todo.text.clone(), day(todo.done_on))
            }
            EntryKind::Link => before.links.get(at).map(|link| (link.title.clone(), link.address.clone()))?,
            EntryKind::File => before.files.get(at).map(|file| (file.title.clone(), file.path.clone()))?,
        };
        Some(Self { before, kind, at: Some(at), words, place, due })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let read = self.read(cx);
        let (noun, first, hint, second, second_hint) = match self.kind {
            EntryKind::Check => ("to do", "What is to be done", "W-8BEN, second test", "Done on", "not yet"),
            EntryKind::Link => ("link", "Title", "Dashboard", "Address", "https://…"),
            EntryKind::File => ("file", "Title", "Contract", "Path", "/home/ada/contract.pdf"),
        };
        let verb = if self.at.is_some() { "Edit" } else { "Add" };
        let title = format!("{verb} {noun} of {}", self.before.name);
        let send = if self.at.is_some() { "Save" } else { "Add" };
        let shown = Dialog::new(&title, send).sendable(read.is_ok()).width(560.0).show(ctx, |ui| {
            Field::new(first, &mut self.words)
                .limit(limits::NAME_LETTERS)
                .hint(hint)
                .autofocus()
                .reason(refused(cx, At::Name).as_deref())
                .show(ui);
            if self.kind == EntryKind::Check {
                let due = self.read_due(cx.today);
                let reason = due.as_ref().err().map(String::as_str);
                let note = "What needs you says so on that day";
                Field::new("By", &mut self.due).hint("no day").reason(reason).note(note).show(ui);
            }
            // Nothing typed yet is no slip.
            let wrong = self.wrong_place(cx.today).filter(|_| !self.place.trim().is_empty());
            let reason = wrong.or_else(|| refused(cx, At::Place));
            Field::new(second, &mut self.place)
                .limit(limits::NOTE_LETTERS)
                .hint(second_hint)
                .reason(reason.as_deref())
                .show(ui);
            if let Some(reason) = refused_elsewhere(cx, &[At::Name, At::Place]) {
                reason_ui(ui, &reason);
            }
        });
        match shown.outcome {
            Outcome::Sent => {
                if let Ok(entry) = read {
                    actions.push(Action::Submit(self.command(noun, verb, entry)));
                }
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open => {}
        }
    }

    fn read(&self, cx: &Cx<'_>) -> Result<Entry, String> {
        let words = self.words.trim().to_owned();
        Ok(match self.kind {
            EntryKind::Check => {
                let done_on = optional(&self.place, |text| typed::date(text, cx.today))?;
                Entry::Check(Check { text: words, due_on: self.read_due(cx.today)?, done_on })
            }
            EntryKind::Link => {
                let address = typed::address(&self.place).map_err(|reason| reason.to_string())?;
                Entry::Link(Link { title: words, address })
            }
            EntryKind::File => {
                let path = typed::path(&self.place).map_err(|reason| reason.to_string())?;
                let known = self.at.and_then(|at| self.before.files.get(at));
                let added_on = known.map_or(cx.today, |file| file.added_on);
                Entry::File(AttachedFile { title: words, path, added_on })
            }
        })
    }

    /// The day by which it is to be done, where there is one.
    fn read_due(&self, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
        if self.due.trim().is_empty() { Ok(None) } else { coming_day(&self.due, today).map(Some) }
    }

    /// Why the second field can't be read.
    fn wrong_place(&self, today: NaiveDate) -> Option<String> {
        match self.kind {
            EntryKind::Check => optional(&self.place, |text| typed::date(text, today)).err(),
            EntryKind::Link => typed::address(&self.place).err().map(|reason| reason.to_string()),
            EntryKind::File => typed::path(&self.place).err().map(|reason| reason.to_string()),
        }
    }

    fn command(&self, noun: &str, verb: &str, entry: Entry) -> Command {
        let words = format!("{verb} {noun} of {}", self.before.name);
        edits::platform(&self.before, words, |platform| match entry {
            Entry::Check(todo) => put(&mut platform.checklist, self.at, todo),
            Entry::Link(link) => put(&mut platform.links, self.at, link),
            Entry::File(file) => put(&mut platform.files, self.at, file),
        })
    }
}

enum Entry {
    Check(Check),
    Link(Link),
    File(AttachedFile),
}

fn put<T>(list: &mut Vec<T>, at: Option<usize>, entry: T) {
    match at.and_then(|at| list.get_mut(at)) {
        Some(known) => *known = entry,
        None => list.push(entry),
    }
}
