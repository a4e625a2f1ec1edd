//! Everything at a few letters: each verb of the table with its key, and the places one can go to.
//!
//! What can't be used now is greyed and says what it lacks. Enter carries out, Escape closes.

mod entries;
mod rank;

use egui::{Align2, Color32, Context, Frame, Id, Key, Margin, Modal, Modifiers, Response, RichText, Role, Ui};
use egui::{WidgetInfo, pos2, vec2};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::theme;
use super::super::verbs::Verb;
use super::super::view::memo::Memo;
use super::super::widgets::field::{Field, Label};
use super::super::widgets::listbox::{self, ListBox};
use super::super::widgets::{keycap, rich};
use super::{Dialog, SettingsDialog};
use crate::domain::command::{Command, Start};
use crate::domain::ids::{PlatformId, ProjectId, SessionId};

/// Width, where the window has room for it, and its distance from the window's top.
const WIDTH: f32 = 580.0;
const TOP: f32 = 80.0;
const ROW: f32 = 34.0;
const MOST_ROWS: usize = 10;

/// Where an entry leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// A verb of the table.
    Verb(Verb),
    /// The timer of a project.
    Start(ProjectId),
    /// A platform in its tab.
    Platform(PlatformId),
    /// The settings, at the exchange rates.
    ExchangeRates,
}

/// One line of the palette.
#[derive(Debug, Clone)]
struct Entry {
    /// "Add session", "Start Aloe", "Outlier".
    text: String,
    /// Where it belongs: "Timer", "Payouts", "platform". Searched too.
    place: String,
    /// What stands after it: one line about it; may be empty.
    line: &'static str,
    /// Its key; empty where it has none.
    key: String,
    /// What must be there before it can be used; `None` where it can be.
    lacks: Option<String>,
    /// How long ago it was used, counted in uses; `None` for never.
    used: Option<usize>,
    go: Go,
}

/// Everything at a few letters.
#[derive(Debug)]
pub struct PaletteDialog {
    typed: String,
    at: usize,
    entries: Vec<Entry>,
    found: Memo<String, Vec<usize>>,
    is_new: bool,
}

impl PaletteDialog {
    /// All that can be reached. `lacks` says what a verb lacks; `used` is what was used last, the latest first.
    #[must_use]
    pub fn new(cx: &Cx<'_>, lacks: impl Fn(Verb) -> Option<&'static str>, used: &[Go]) -> Self {
        let entries = entries::entries(cx, lacks, used);
        Self { typed: String::new(), at: 0, entries, found: Memo::default(), is_new: true }
    }

    /// Draws the palette and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let tokens = theme::tokens(ctx);
        let width = WIDTH.min(ctx.content_rect().width() - 48.0);
        let frame = Frame::new()
            .fill(tokens.surface)
            .stroke(tokens.hairline())
            .corner_radius(tokens.radius())
            .inner_margin(Margin::same(theme::whole_i8(tokens.sizes.gap_s)));
        let id = Id::unique("palette");
        let area = Modal::default_area(id).accessible_name("Find").anchor(Align2::CENTER_TOP, vec2(0.0, TOP));
        let modal = Modal::new(id).area(area).frame(frame).backdrop_color(tokens.backdrop).show(ctx, |ui| {
            ui.set_width(width);
            // Not what is left under where it stood: it would grow over several frames.
            ui.set_max_height(ctx.content_rect().height() - TOP - 2.0 * tokens.sizes.gap_l);
            self.body_ui(ui)
        });
        if let Some(at) = modal.inner
            && let Some(entry) = self.entries.get(at)
            && entry.lacks.is_none()
        {
            actions.push(Action::Found(entry.go));
            carry_out(cx, entry.go, actions);
        } else if modal.should_close() {
            actions.push(Action::CloseDialog);
        }
    }

    /// The field and the list; the number of the entry that was chosen.
    fn body_ui(&mut self, ui: &mut Ui) -> Option<usize> {
        let tokens = theme::tokens(ui);
        let entries = &self.entries;
        let before = self.found.get(self.typed.clone(), || rank::rank(entries, &self.typed)).len();
        let moved = listbox::walk(ui, &mut self.at, before, MOST_ROWS);
        // Taken before the field sees it: there it would drop the focus.
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) && !self.is_new;
        let out = Field::new("Find a verb or a place", &mut self.typed)
            .id(Id::unique("palette field"))
            .label(Label::Unseen)
            .hint("Type a few letters of what you want to do or see…")
            .show(ui);
        if std::mem::take(&mut self.is_new) {
            out.response.request_focus();
        }
        if out.response.changed() {
            self.at = 0;
        }
        let found = self.found.get(self.typed.clone(), || rank::rank(entries, &self.typed));
        ui.add_space(tokens.sizes.gap_xs);
        if found.is_empty() {
            ui.label(RichText::new("Nothing found").color(tokens.muted));
        }
        let list = ListBox::new(Id::unique("palette list"), ROW, MOST_ROWS);
        let clicked = list.show(ui, found.len(), self.at, moved || out.response.changed(), |ui, number, response| {
            if let Some(entry) = found.get(number).and_then(|at| entries.get(*at)) {
                row_ui(ui, entry, response);
            }
        });
        let chosen = clicked.or_else(|| enter.then_some(self.at))?;
        found.get(chosen).copied()
    }
}

fn carry_out(cx: &Cx<'_>, go: Go, actions: &mut Vec<Action>) {
    match go {
        Go::Verb(verb) => actions.push(Action::Ask(verb)),
        Go::Platform(id) => actions.push(Action::ShowPlatform(id)),
        Go::ExchangeRates => {
            let settings = SettingsDialog::exchange_rates(cx, None);
            actions.push(Action::Open(Box::new(Dialog::Settings(settings))));
        }
        Go::Start(id) => {
            let Some(project) = cx.book.project(id) else { return };
            let start = Start {
                id: SessionId(cx.fresh.draw()),
                project: Some(id),
                activity: project.usual_activity,
                task_type: None,
                started_at: cx.now.at,
            };
            actions.extend([Action::CloseDialog, Action::Do(Command::SwitchSession(start))]);
        }
    }
}

fn row_ui(ui: &Ui, entry: &Entry, response: &Response) {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    response.widget_info(|| {
        let parts =
            [&entry.text, &entry.place, &entry.key].map(String::as_str).into_iter().chain(entry.lacks.as_deref());
        let name = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        WidgetInfo::labeled(Role::ListBoxOption, entry.lacks.is_none(), name)
    });
    let rect = response.rect;
    let middle = rect.center().y;
    // Beside the scroll bar.
    let mut right = rect.right() - sizes.gap_l;
    if !entry.key.is_empty() {
        right -= keycap::paint(ui, pos2(right, middle), &entry.key, tokens.raised) + sizes.gap_m;
    }
    let put = |text: &str, x: f32, width: f32, size: f32, ink: Color32| {
        let galley = rich::one_line(ui, text, theme::regular(size), ink, width.max(0.0));
        let after = x + galley.size().x;
        ui.painter().galley(pos2(x, middle - galley.size().y / 2.0), galley, ink);
        after
    };
    let x = rect.left() + sizes.gap_s;
    let ink = if entry.lacks.is_none() { tokens.text } else { tokens.muted };
    let x = put(&entry.text, x, right - x, sizes.body, ink) + sizes.gap_m;
    let line = entry.lacks.as_deref().unwrap_or(entry.line);
    let parts: Vec<&str> = [entry.place.as_str(), line].into_iter().filter(|part| !part.is_empty()).collect();
    put(&parts.join(" · "), x, right - x, sizes.small, tokens.muted);
}
