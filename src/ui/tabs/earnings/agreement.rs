//! The page of what agrees: what differs at the top, each with a text for a ticket and a way to contest it; under it
//! promised, credited and paid by week and project.

use egui::{Align, Key, Layout, Modifiers, Popup, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::domain::command::{Command, OnOwed, OwedAct};
use crate::domain::earning::EarningState;
use crate::domain::ids::{EarningId, PlatformId};
use crate::engine::Stamp;
use crate::ui::action::{Action, SessionFilter};
use crate::ui::cx::Cx;
use crate::ui::tabs::filters;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::earnings::agreement::{AgreementView, DiffLine, Look, WeekCells, WeekLine, view};
use crate::ui::view::memo::Memo;
use crate::ui::view::names::Mark;
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::table::{self, Column, RowSpec, Table};
use crate::ui::widgets::{button, rich};

/// Most of the page's height that the differences take, of one.
const DIFFERENCES: f32 = 0.48;
/// The least height of the page, in points: some rows of both cards. In a lower window it scrolls.
const LEAST: f32 = 600.0;

/// What the page remembers about looking.
#[derive(Default)]
pub(super) struct AgreementPage {
    look: Look,
    view: Memo<(Stamp, Look), AgreementView>,
    /// The name of the chosen difference.
    chosen: Option<String>,
}

/// What was asked for while the rows were drawn.
#[derive(Clone, Copy)]
enum Asked {
    Copy(usize),
    Contest(usize),
    Sessions(usize),
}

impl AgreementPage {
    /// Shows what differs on a platform.
    pub(super) fn show(&mut self, platform: PlatformId) {
        self.look = Look { platform: Some(platform), ..Look::default() };
        self.chosen = None;
    }

    pub(super) fn lacks(&self, verb: Verb) -> Option<&'static str> {
        if !matches!(verb, Verb::CopyText | Verb::Contest | Verb::SessionsBehind) {
            return Some("Go to “Owed” first");
        }
        self.chosen.is_none().then_some("Choose a difference first")
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Self { look, view: memo, chosen } = self;
        let wanted = *look;
        let shown = memo.get((cx.figures.stamp, wanted), || {
            view(cx.book, &cx.figures.work, wanted, cx.now, cx.today, cx.figures.at)
        });
        let by_key = keys(ui, cx, shown, chosen);
        if cx.book.platforms().next().is_none() {
            let height = ui.available_height();
            Card::new().named("Differences").height(height).show(ui, |ui| {
                let line = "Promised, credited and paid stand here side by side once there is paid work.";
                super::no_payer_ui(ui, cx, "Nothing to compare yet", line, actions);
            });
            return;
        }
        let asked = scrolled(ui, |ui, space| cards_ui(ui, space, cx, look, shown, chosen)).or(by_key);
        if let Some(action) = asked.and_then(|asked| action(cx, shown, asked)) {
            if matches!(asked, Some(Asked::Copy(_))) {
                actions.push(Action::Say("Copied the text".to_owned()));
            }
            actions.push(action);
        }
    }
}

/// Draws into all the room there is; where that is too low for both cards, the page scrolls. The bar stands in the
/// window's margin.
fn scrolled<R>(ui: &mut Ui, draw: impl FnOnce(&mut Ui, Rect) -> R) -> R {
    let room = ui.available_rect_before_wrap();
    let area = room.with_max_x(room.max.x + theme::tokens(ui).sizes.gap_m);
    let scope = ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        let scroll = ScrollArea::vertical().id_salt("agreement").auto_shrink(false);
        scroll.show(ui, |ui| {
            let (space, _) = ui.allocate_exact_size(vec2(room.width(), room.height().max(LEAST)), Sense::hover());
            draw(ui, space)
        })
    });
    scope.inner.inner
}

/// What differs, and below it the weeks.
fn cards_ui(
    ui: &mut Ui,
    space: Rect,
    cx: &Cx<'_>,
    look: &mut Look,
    shown: &AgreementView,
    chosen: &mut Option<String>,
) -> Option<Asked> {
    let sizes = &theme::tokens(ui).sizes;
    let mut asked = None;
    let rows = shown.differences.len() as f32;
    // Where nothing differs one line says so, without heads.
    let head = if shown.differences.is_empty() { 2.0 } else { 3.0 } * sizes.row + 2.0 * sizes.gap_l;
    let high = (head + rows * sizes.row).min(space.height() * DIFFERENCES);
    let (above, below) = space.split_top_bottom_at_y(space.top() + high);
    let mut child = ui.new_child(UiBuilder::new().max_rect(above));
    Card::new().named("Differences").height(above.height()).show(&mut child, |ui| {
        head_ui(ui, cx, look, shown);
        if shown.differences.is_empty() {
            ui.label("Nothing differs: what was credited is what you worked, as far as it was said.");
            return;
        }
        asked = differences_ui(ui, cx, shown, chosen);
    });
    let below = below.with_min_y(below.top() + sizes.gap_l);
    let mut child = ui.new_child(UiBuilder::new().max_rect(below));
    Card::new().title("Promised, credited, paid").height(below.height()).show(&mut child, |ui| {
        if shown.weeks.is_empty() {
            empty(ui, "No paid work in this period", "Its weeks stand here with what came of them.", None);
            return;
        }
        weeks_ui(ui, shown);
    });
    asked
}

fn action(cx: &Cx<'_>, view: &AgreementView, asked: Asked) -> Option<Action> {
    match asked {
        Asked::Copy(at) => Some(Action::Copy(view.differences.get(at)?.ticket.clone())),
        Asked::Contest(at) => {
            let line = view.differences.get(at).filter(|line| !line.contested && !cx.read_only)?;
            Some(Action::Do(Command::ActOnOwed(Box::new(OnOwed {
                of: vec![line.id],
                act: OwedAct::State(EarningState::Contested),
                on: cx.today,
                earning_seed: EarningId(cx.fresh.draw()),
            }))))
        }
        Asked::Sessions(at) => {
            let line = view.differences.get(at).filter(|line| !line.sessions.is_empty())?;
            Some(Action::ShowSessions(SessionFilter {
                words: format!("{}, {}", line.project, line.worked),
                sessions: Some(line.sessions.iter().copied().collect()),
                ..SessionFilter::default()
            }))
        }
    }
}

/// The arrows walk through the differences; the verbs act on the chosen one.
fn keys(ui: &Ui, cx: &Cx<'_>, view: &AgreementView, chosen: &mut Option<String>) -> Option<Asked> {
    let ctx = ui.ctx();
    if ctx.memory(|memory| memory.top_modal_layer().is_some()) || ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return None;
    }
    let place = |name: &str| view.differences.iter().position(|line| line.name == name);
    let at = chosen.as_deref().and_then(place);
    if ctx.memory(|memory| memory.focused().is_none()) {
        let pressed = |key: Key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = view.differences.len().saturating_sub(1);
        let next = if pressed(Key::ArrowDown) {
            Some(at.map_or(0, |at| (at + 1).min(last)))
        } else if pressed(Key::ArrowUp) {
            Some(at.map_or(0, |at| at.saturating_sub(1)))
        } else {
            None
        };
        if let Some(line) = next.and_then(|at| view.differences.get(at)) {
            *chosen = Some(line.name.clone());
        }
    }
    let at = chosen.as_deref().and_then(place)?;
    if Verb::CopyText.pressed(ctx) {
        return Some(Asked::Copy(at));
    }
    if Verb::SessionsBehind.pressed(ctx) {
        return Some(Asked::Sessions(at));
    }
    (!cx.read_only && Verb::Contest.pressed(ctx)).then_some(Asked::Contest(at))
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look, view: &AgreementView) {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        filters::platform_ui(ui, &cx.book.platforms_by_name(), &mut look.platform, "Only work of this platform");
        filters::period_ui(ui, &mut look.period);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(&view.sum).font(theme::semibold(tokens.sizes.body)));
        });
    });
    ui.add_space(tokens.sizes.gap_xs);
}

fn differences_ui(ui: &mut Ui, cx: &Cx<'_>, view: &AgreementView, chosen: &mut Option<String>) -> Option<Asked> {
    let tokens = theme::tokens(ui);
    let height = (ui.available_height() - tokens.sizes.row_dense).max(tokens.sizes.row);
    let mut asked = None;
    let table = Table::new("Differences list")
        .column(Column::fill("Project", 150.0))
        .column(Column::exact("Worked", 150.0).priority(1))
        .column(Column::exact("My log", 84.0).right().priority(2))
        .column(Column::exact("Credited", 84.0).right().priority(2))
        .column(Column::exact("Time", 80.0).right())
        .column(Column::exact("Money", 96.0).right())
        .column(Column::exact("", 190.0).right())
        .max_height(height)
        .fill_height();
    let out = table.show(
        ui,
        view.differences.len(),
        |at| match view.differences.get(at) {
            Some(line) => {
                RowSpec::new(("difference", &line.name), &line.name).selected(chosen.as_ref() == Some(&line.name))
            }
            None => RowSpec::new(("none", at), "").plain(),
        },
        |row| {
            let at = row.index();
            let Some(line) = view.differences.get(at) else { return };
            if let Some(found) = difference_ui(row, cx, at, line) {
                asked = Some(found);
            }
        },
    );
    if let Some(line) = out.clicked.and_then(|at| view.differences.get(at)) {
        *chosen = Some(line.name.clone());
    }
    asked
}

fn mark_ui(ui: &mut Ui, mark: Option<&Mark>, platform: &str) {
    if let Some(mark) = mark {
        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, platform));
    }
}

fn difference_ui(row: &mut table::Row<'_>, cx: &Cx<'_>, at: usize, line: &DiffLine) -> Option<Asked> {
    let mut asked = None;
    row.cell(|ui| {
        mark_ui(ui, line.mark.as_ref(), &line.platform);
        ui.add(egui::Label::new(&line.project).truncate());
    });
    row.muted(&line.worked);
    row.figure(&line.own);
    row.figure(&line.credited);
    row.cell(|ui| by_ui(ui, &line.time_by, line.less));
    row.cell(|ui| by_ui(ui, &line.money_by, line.less));
    row.cell(|ui| {
        ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_xs;
        let words = Verb::Contest.words();
        let text = if line.contested { "Contested" } else { words.name };
        let name = format!("{text}: {}", line.name);
        let chip = button::chip(text).named(&name).enabled(!cx.read_only && !line.contested);
        if ui.add(chip.tip(words.name, &Verb::Contest.key_text(), words.line)).clicked() {
            asked = Some(Asked::Contest(at));
        }
        let words = Verb::CopyText.words();
        let name = format!("{}: {}", words.name, line.name);
        let chip = button::chip(words.name).named(&name);
        if ui.add(chip.tip(words.name, &Verb::CopyText.key_text(), "The facts, for a support ticket")).clicked() {
            asked = Some(Asked::Copy(at));
        }
    });
    asked
}

fn by_ui(ui: &mut Ui, text: &str, less: bool) {
    let tokens = theme::tokens(ui);
    ui.add(rich::figure(text).color(if less { tokens.warn } else { tokens.text }));
}

fn weeks_ui(ui: &mut Ui, view: &AgreementView) {
    let tokens = theme::tokens(ui);
    let height = (ui.available_height() - tokens.sizes.row_dense).max(tokens.sizes.row);
    Table::new("Weeks list")
        .column(Column::fill("Project", 150.0))
        .column(Column::exact("My log", 92.0).right().priority(2))
        .column(Column::exact("Credited time", 112.0).right().priority(1))
        .column(Column::exact("Promised", 104.0).right())
        .column(Column::exact("Credited", 104.0).right())
        .column(Column::exact("Paid", 104.0).right())
        .row_height(tokens.sizes.row_dense)
        .max_height(height)
        .fill_height()
        .show(
            ui,
            view.weeks.len(),
            |at| match view.weeks.get(at) {
                Some(WeekLine::Head(week, title)) => RowSpec::new(("week", *week), title).head(),
                Some(WeekLine::Row(cells)) => RowSpec::new(("week-row", &cells.name), &cells.name).plain(),
                None => RowSpec::new(("none", at), "").plain(),
            },
            |row| match view.weeks.get(row.index()) {
                Some(WeekLine::Head(_, title)) => row.strong(title),
                Some(WeekLine::Row(cells)) => cells_ui(row, cells),
                None => {}
            },
        );
}

fn cells_ui(row: &mut table::Row<'_>, cells: &WeekCells) {
    row.cell(|ui| {
        mark_ui(ui, cells.mark.as_ref(), &cells.platform);
        ui.add(egui::Label::new(&cells.project).truncate());
    });
    row.figure(&cells.own);
    row.cell(|ui| differs_ui(ui, &cells.credited_time, cells.time_differs));
    row.figure(&cells.promised);
    row.cell(|ui| differs_ui(ui, &cells.credited, cells.money_differs));
    row.figure(&cells.paid);
}

fn differs_ui(ui: &mut Ui, text: &str, differs: bool) {
    let tokens = theme::tokens(ui);
    ui.add(rich::figure(text).color(if differs { tokens.warn } else { tokens.text }));
}
