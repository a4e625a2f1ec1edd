//! "2 need you ▾" in the strip, and the list under it: what needs the user, each with the verb that mends it.
//!
//! Arrows walk, Enter mends, Delete puts aside. Where the Book can only be read, what is put aside is gone for this
//! window alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align, EventFilter, Id, Key, Layout, Modifiers, Popup, PopupCloseBehavior, Rect, Response, Role, Sense};
use egui::{Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::action::{Action, EarningsPlace, SessionFilter};
use super::cx::Cx;
use super::dialogs::{Dialog, EarningDialog, SessionDialog};
use super::theme;
use super::verbs::Verb;
use super::view::findings::Found;
use super::view::memo::Memo;
use super::view::needs::{Mend, NeedRow, NeedsView};
use super::widgets::badge::PlatformMark;
use super::widgets::icon::Icon;
use super::widgets::listbox::{self, ListBox};
use super::widgets::{button, rich};
use crate::domain::command::Command;
use crate::domain::query::needs::{Closed, Severity, with_catalogue};
use crate::domain::span::Timestamp;
use crate::engine::Stamp;

/// Width of the list, where the window has room for it.
const WIDTH: f32 = 720.0;
/// Height of a row; beyond so many the list scrolls.
const ROW: f32 = 40.0;
const MOST_ROWS: usize = 8;
/// Room for the verb and the cross at the right of a row.
const VERBS: f32 = 138.0;

/// All that the list depends on: figures, the minute, whether months are still read, the findings and how
/// many rows are hidden.
type ViewKey = (Stamp, i64, bool, Arc<[Found]>, usize);

/// What the button and its list remember.
#[derive(Default)]
pub struct NeedsList {
    /// Put aside in this window alone.
    hidden: BTreeSet<String>,
    view: Memo<ViewKey, (NeedsView, Option<Timestamp>)>,
    changes_at: Option<Timestamp>,
}

fn list_id() -> Id {
    Id::unique("what needs you")
}

/// Opens the list, as if the button were clicked. Where nothing needs the user there is no button, and nothing opens.
pub fn open(ctx: &egui::Context) {
    ctx.data_mut(|data| data.remove::<usize>(list_id()));
    Popup::open_id(ctx, list_id());
}

impl NeedsList {
    /// When the list may look different although nothing is changed.
    #[must_use]
    pub fn changes_at(&self) -> Option<Timestamp> {
        self.changes_at
    }

    /// Makes what is drawn at first.
    pub fn prepare(&mut self, cx: &Cx<'_>, findings: &Arc<[Found]>, opening: bool) {
        self.read(cx, findings, opening);
    }

    /// Whether nothing needs the user, as of the last frame.
    #[must_use]
    pub fn is_empty(&mut self, cx: &Cx<'_>, findings: &Arc<[Found]>, opening: bool) -> bool {
        self.read(cx, findings, opening).rows.is_empty()
    }

    /// The words of the button; `None` where nothing needs the user.
    #[must_use]
    pub fn title(&mut self, cx: &Cx<'_>, findings: &Arc<[Found]>, opening: bool) -> Option<&str> {
        let view = self.read(cx, findings, opening);
        (!view.rows.is_empty()).then_some(&*view.title)
    }

    /// While older months are still read, past figures are not complete and nothing is said of them.
    fn read(&mut self, cx: &Cx<'_>, findings: &Arc<[Found]>, opening: bool) -> &NeedsView {
        let minute = cx.now.at.timestamp().div_euclid(60);
        let hidden = &self.hidden;
        let (view, changes_at) =
            self.view.get((cx.figures.stamp, minute, opening, Arc::clone(findings), hidden.len()), || {
                let unknown = Closed::default();
                let closed = if opening { &unknown } else { &*cx.figures.closed };
                let needs =
                    with_catalogue(&cx.figures.work, &cx.figures.calendar, closed, cx.presets, cx.now, cx.today);
                (NeedsView::of(cx.book, &needs, findings, hidden, cx.now, cx.today), needs.changes_at)
            });
        self.changes_at = *changes_at;
        view
    }

    /// Draws the button, where anything needs the user, and its open list.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, findings: &Arc<[Found]>, opening: bool, actions: &mut Vec<Action>) {
        let view = self.read(cx, findings, opening);
        if view.rows.is_empty() {
            return;
        }
        let tokens = theme::tokens(ui);
        let (words, key) = (Verb::Needs.words(), Verb::Needs.key_text());
        let link = button::link(&view.title).menu().color(tokens.warn).tip(words.name, &key, words.line);
        let response = ui.add(link);
        if response.clicked() {
            ui.data_mut(|data| data.remove::<usize>(list_id()));
        }
        let width = WIDTH.min(ui.ctx().content_rect().width() - 48.0);
        let mut hide = None;
        let shown = Popup::from_toggle_button_response(&response)
            .id(list_id())
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .layout(Layout::top_down_justified(Align::Min))
            .gap(8.0)
            .width(width)
            .accessible_name(words.name)
            .show(|ui| {
                ui.set_width(width);
                // Not the height of fewer rows before: what comes again while it is open is seen whole.
                ui.set_max_height(ROW * MOST_ROWS as f32);
                let Some((asked, at)) = list_ui(ui, &view.rows) else { return };
                let Some(row) = view.rows.get(at) else { return };
                match asked {
                    Asked::Mend => {
                        actions.extend(mend(cx, row));
                        ui.close();
                    }
                    Asked::PutAside if cx.read_only => hide = Some(row.name.clone()),
                    Asked::PutAside => {
                        let (words, seen) = view.put_aside(cx.book, row, cx.today);
                        actions.push(Action::Do(Command::SetSeen { words, seen: Box::new(seen) }));
                    }
                }
            });
        if let Some(shown) = shown {
            ui.ctx().move_to_top(shown.response.layer_id);
            if shown.response.should_close() && !shown.response.clicked_elsewhere() {
                response.request_focus();
            }
        }
        self.hidden.extend(hide);
    }
}

/// What was asked for of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Mend,
    PutAside,
}

fn mend(cx: &Cx<'_>, row: &NeedRow) -> Option<Action> {
    let open = |dialog: Dialog| Action::Open(Box::new(dialog));
    Some(match &row.mend {
        Mend::Payout(key) => Action::ShowExpected(*key),
        Mend::Session(id) => open(Dialog::Session(SessionDialog::edit(cx, cx.book.session(*id)?))),
        Mend::Platform(id) => Action::ShowPlatform(*id),
        Mend::Sessions { platform, days, words } => Action::ShowSessions(SessionFilter {
            words: words.clone(),
            days: Some(*days),
            platform: Some(*platform),
            ..SessionFilter::default()
        }),
        Mend::Page(id) => Action::ShowPage(*id),
        Mend::Exposure => Action::Ask(Verb::ShowExposure),
        Mend::ToReport(id) => Action::ShowEarnings(EarningsPlace::ToReport(*id)),
        Mend::Earning(id) => Action::ShowEarnings(EarningsPlace::Earning(*id)),
        Mend::Milestone(project, name) => open(Dialog::Earning(EarningDialog::milestone(cx, *project, name))),
        Mend::Agreement(id) => Action::ShowEarnings(EarningsPlace::Agreement(*id)),
        Mend::Files => Action::ShowFindings,
    })
}

/// The rows; what was asked for, and of which.
fn list_ui(ui: &mut Ui, rows: &[NeedRow]) -> Option<(Asked, usize)> {
    let known: Option<usize> = ui.data(|data| data.get_temp(list_id()));
    let mut at = known.unwrap_or(0).min(rows.len().saturating_sub(1));
    let holds = hold_keys(ui, known.is_none());
    let mut asked = None;
    let mut moved = false;
    if holds {
        moved = listbox::walk(ui, &mut at, rows.len(), MOST_ROWS);
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        // The key that opened the list asks for nothing in it.
        if pressed(Key::Enter) && known.is_some() {
            asked = Some((Asked::Mend, at));
        } else if pressed(Key::Delete) || pressed(Key::Backspace) {
            asked = Some((Asked::PutAside, at));
        }
    }
    let list = ListBox::new(list_id().with("rows"), ROW, MOST_ROWS);
    let clicked = list.show(ui, rows.len(), at, moved, |ui, number, response| {
        let Some(row) = rows.get(number) else { return };
        if let Some(of_row) = row_ui(ui, row, response) {
            asked = Some((of_row, number));
        }
    });
    if let Some(number) = clicked {
        asked = asked.or(Some((Asked::Mend, number)));
    }
    ui.data_mut(|data| data.insert_temp(list_id(), at));
    asked
}

/// Takes the focus when the list opens, so that arrows, Enter and Delete are its own. Whether it has it.
fn hold_keys(ui: &Ui, just_opened: bool) -> bool {
    let id = list_id().with("keys");
    let rect = Rect::from_min_size(ui.next_widget_position(), vec2(1.0, 1.0));
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, Verb::Needs.words().name));
    if just_opened {
        response.request_focus();
    }
    ui.memory_mut(|memory| {
        memory.set_focus_lock_filter(id, EventFilter { vertical_arrows: true, ..EventFilter::default() });
    });
    response.has_focus() || just_opened
}

fn row_ui(ui: &mut Ui, row: &NeedRow, response: &Response) -> Option<Asked> {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    response.widget_info(|| {
        let name = if row.amount.is_empty() { row.text.clone() } else { format!("{}, {}", row.text, row.amount) };
        WidgetInfo::labeled(Role::ListBoxOption, true, name)
    });
    let rect = response.rect;
    let middle = rect.center().y;
    let mut x = rect.left() + sizes.gap_s;
    let sign = Rect::from_center_size(pos2(x + PlatformMark::SIZE.x / 2.0, middle), PlatformMark::SIZE);
    match &row.mark {
        Some(mark) => PlatformMark { letters: &mark.letters, hue_index: mark.hue }.paint(ui.painter(), tokens, sign),
        None => Icon::Warn.paint(ui.painter(), sign, tokens.warn),
    }
    x += PlatformMark::SIZE.x + sizes.gap_s;
    let mut right = rect.right() - VERBS - 28.0 - sizes.gap_s;
    let ink = match row.severity {
        Severity::Bad => tokens.bad,
        Severity::Warn | Severity::News => tokens.text,
    };
    if !row.amount.is_empty() {
        let amount = rich::one_line(ui, &row.amount, theme::semibold(sizes.body), ink, f32::INFINITY);
        right -= amount.size().x;
        ui.painter().galley(pos2(right, middle - amount.size().y / 2.0), amount, ink);
        right -= sizes.gap_m;
    }
    let text = rich::one_line(ui, &row.text, theme::regular(sizes.body), tokens.text, (right - x).max(0.0));
    let cut = text.elided;
    ui.painter().galley(pos2(x, middle - text.size().y / 2.0), text, tokens.text);
    if cut {
        button::tip(response.clone(), &row.text, "", "");
    }
    let verbs = Rect::from_min_max(pos2(rect.right() - VERBS - 28.0, rect.top()), rect.max);
    let mut verbs = ui.new_child(UiBuilder::new().max_rect(verbs).layout(Layout::right_to_left(Align::Center)));
    verbs.spacing_mut().item_spacing.x = sizes.gap_xs;
    let aside = format!("{}: {}", row.aside, row.text);
    let mut asked = None;
    if verbs.add(button::icon(Icon::Close, &aside).tip(row.aside, "Delete", "Until there is news of it")).clicked() {
        asked = Some(Asked::PutAside);
    }
    let name = format!("{}: {}", row.verb, row.text);
    if verbs.add(button::chip(row.verb).named(&name).tip(row.verb, "Enter", "")).clicked() {
        asked = Some(Asked::Mend);
    }
    asked
}
