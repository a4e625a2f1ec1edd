//! The lists of a platform: things to do, links, files. Each entry is ticked, moved, edited or deleted where it stands.

use egui::{Align, Layout, RichText, Ui};

use super::{Draw, nothing, section};
use crate::domain::platform::{AttachedFile, Check, Link};
use crate::ui::action::Action;
use crate::ui::dialogs::{Dialog, EntryDialog, EntryKind};
use crate::ui::format::Style;
use crate::ui::verbs::Verb;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{button, card};
use crate::ui::{edits, theme};

/// What was asked for of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Edit,
    Delete,
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// With the user's own program.
    Open,
    /// To the clipboard.
    Copy,
}

/// The verbs that an entry has beside Edit and Delete, and whether each can act now.
#[derive(Debug, Clone, Copy, Default)]
struct More {
    up: Option<bool>,
    down: Option<bool>,
    open: Option<bool>,
    copy: Option<bool>,
}

/// An entry: its content at the left, its verbs at the right. `name` is that of the entry, unique in its list.
fn entry_ui(ui: &mut Ui, write: bool, name: &str, more: More, content: impl FnOnce(&mut Ui)) -> Option<Asked> {
    let mut asked = None;
    let size = egui::vec2(ui.available_width(), theme::tokens(ui).sizes.row_dense);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_xs;
        let mut verb = |ui: &mut Ui, word: &str, icon: Option<Icon>, enabled: Option<bool>, what| {
            let Some(enabled) = enabled else { return };
            let spoken = format!("{word} {name}");
            let button = match icon {
                Some(icon) => button::icon(icon, &spoken),
                None => button::chip(word).named(&spoken),
            };
            if ui.add(button.enabled(enabled)).clicked() {
                asked = Some(what);
            }
        };
        verb(ui, "Delete", Some(Icon::Close), Some(write), Asked::Delete);
        verb(ui, "Move down", Some(Icon::Down), more.down.map(|can| can && write), Asked::Down);
        verb(ui, "Move up", Some(Icon::Up), more.up.map(|can| can && write), Asked::Up);
        verb(ui, "Edit", None, Some(write), Asked::Edit);
        verb(ui, "Copy", None, more.copy, Asked::Copy);
        verb(ui, "Open", None, more.open, Asked::Open);
        ui.with_layout(Layout::left_to_right(Align::Center), content);
    });
    asked
}

/// Adds, edits, deletes or moves an entry.
fn carry_out(draw: &mut Draw<'_, '_>, kind: EntryKind, add: bool, asked: Option<(usize, Asked)>) {
    let id = draw.page.detail.id;
    if add {
        draw.open(EntryDialog::add(draw.cx, id, kind, "").map(Dialog::Entry));
    }
    let Some((at, asked)) = asked else { return };
    let noun = match kind {
        EntryKind::Check => "to do",
        EntryKind::Link => "link",
        EntryKind::File => "file",
    };
    let name = &draw.platform.name;
    let place = match kind {
        EntryKind::Check => None,
        EntryKind::Link => draw.platform.links.get(at).map(|link| link.address.clone()),
        EntryKind::File => draw.platform.files.get(at).map(|file| file.path.clone()),
    };
    match asked {
        Asked::Open => draw.actions.extend(place.map(Action::OpenOutside)),
        Asked::Copy => draw.actions.extend(place.map(Action::Copy)),
        Asked::Edit => {
            draw.open(EntryDialog::edit(draw.cx, id, kind, at).map(Dialog::Entry));
        }
        Asked::Delete => {
            let words = format!("Delete {noun} of {name}");
            draw.actions.push(Action::Do(edits::platform(draw.platform, words, |platform| match kind {
                EntryKind::Check => take(&mut platform.checklist, at),
                EntryKind::Link => take(&mut platform.links, at),
                EntryKind::File => take(&mut platform.files, at),
            })));
        }
        Asked::Up | Asked::Down => {
            let other = if asked == Asked::Up { at.checked_sub(1) } else { at.checked_add(1) };
            let words = format!("Move {noun} of {name}");
            draw.actions.push(Action::Do(edits::platform(draw.platform, words, |platform| {
                if let Some(other) = other.filter(|other| *other < platform.checklist.len()) {
                    platform.checklist.swap(at, other);
                }
            })));
        }
    }
}

fn take<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}

/// Things to do, ticked with the day.
pub(super) fn checklist_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let write = !draw.cx.read_only;
    let list: &[Check] = &draw.platform.checklist;
    let mut asked = None;
    let add = section(ui, "To do", Some((Verb::AddCheck, write)), |ui| {
        if list.is_empty() {
            nothing(ui, "Nothing to do: documents, tests and a profile can be ticked off here.");
        }
        for (at, todo) in list.iter().enumerate() {
            let name = unique(list.iter().map(|todo| todo.text.as_str()), at, &todo.text);
            let verb = entry_ui(
                ui,
                write,
                &name,
                More { up: Some(at > 0), down: Some(at + 1 < list.len()), ..More::default() },
                |ui| {
                    let mut done = todo.done_on.is_some();
                    let tick = ui.add_enabled(write, egui::Checkbox::without_text(&mut done));
                    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, write, done, &name));
                    if tick.clicked() {
                        let word = if done { "Tick" } else { "Untick" };
                        let words = format!("{word} {} of {}", todo.text, draw.platform.name);
                        let done_on = done.then_some(draw.cx.today);
                        draw.actions.push(Action::Do(edits::platform(draw.platform, words, |platform| {
                            if let Some(todo) = platform.checklist.get_mut(at) {
                                todo.done_on = done_on;
                            }
                        })));
                    }
                    let style = Style::of(draw.cx.book.settings());
                    if let Some(on) = todo.done_on {
                        card::note(ui, &style.day(on, draw.cx.today));
                    } else if let Some(due_on) = todo.due_on {
                        let ink = theme::tokens(ui);
                        let ink = if due_on <= draw.cx.today { ink.warn } else { ink.muted };
                        let by = format!("by {}", style.day(due_on, draw.cx.today));
                        ui.label(RichText::new(by).small().color(ink));
                    }
                    let ink = theme::tokens(ui);
                    let text =
                        RichText::new(&todo.text).color(if todo.done_on.is_some() { ink.muted } else { ink.text });
                    ui.add(egui::Label::new(text).truncate());
                },
            );
            asked = asked.or(verb.map(|verb| (at, verb)));
        }
    });
    carry_out(draw, EntryKind::Check, add, asked);
}

/// Web addresses: opened with the user's browser where they are secure, and copied.
pub(super) fn links_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let write = !draw.cx.read_only;
    let list: &[Link] = &draw.platform.links;
    let mut asked = None;
    let add = section(ui, "Links", Some((Verb::AddLink, write)), |ui| {
        if list.is_empty() {
            nothing(ui, "No links yet: its dashboard, its pay page.");
        }
        for (at, link) in list.iter().enumerate() {
            let title = if link.title.is_empty() { &link.address } else { &link.title };
            let titles = list.iter().map(|link| if link.title.is_empty() { &link.address } else { &link.title });
            let name = format!("link {}", unique(titles.map(String::as_str), at, title));
            let secure = link.address.starts_with("https://");
            let more = More { open: Some(secure), copy: Some(true), ..More::default() };
            let verb = entry_ui(ui, write, &name, more, |ui| {
                let line = if secure { link.address.as_str() } else { "Not https: copy it and open it yourself" };
                ui.add(egui::Label::new(title).truncate()).on_hover_text(line);
            });
            asked = asked.or(verb.map(|verb| (at, verb)));
        }
    });
    carry_out(draw, EntryKind::Link, add, asked);
}

/// Files by where they lie, and whether they are still there.
pub(super) fn files_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let write = !draw.cx.read_only;
    let list: &[AttachedFile] = &draw.platform.files;
    let mut asked = None;
    let add = section(ui, "Files", Some((Verb::AddFile, write)), |ui| {
        if list.is_empty() {
            nothing(ui, "No files yet: drop a contract or a screenshot here. Its place is kept, not the file.");
        }
        for (at, file) in list.iter().enumerate() {
            let title = if file.title.is_empty() { &file.path } else { &file.title };
            let titles = list.iter().map(|file| if file.title.is_empty() { &file.path } else { &file.title });
            let name = format!("file {}", unique(titles.map(String::as_str), at, title));
            let there = draw.state.files.get(&file.path).copied();
            let more = More { open: Some(there != Some(false)), copy: Some(true), ..More::default() };
            let verb = entry_ui(ui, write, &name, more, |ui| {
                if there == Some(false) {
                    let ink = theme::tokens(ui).warn;
                    ui.label(RichText::new("not there").small().color(ink)).on_hover_text(&file.path);
                }
                ui.add(egui::Label::new(title).truncate()).on_hover_text(&file.path);
            });
            asked = asked.or(verb.map(|verb| (at, verb)));
        }
    });
    carry_out(draw, EntryKind::File, add, asked);
}

/// The name of an entry, with its number where another has the same: names are what screen readers tell apart.
fn unique<'a>(names: impl Iterator<Item = &'a str>, at: usize, name: &str) -> String {
    if names.filter(|other| *other == name).count() > 1 { format!("{name}, {}", at + 1) } else { name.to_owned() }
}
