//! The Platforms tab: the table, and below it the projects, the schedule and the life of the chosen platform.

use egui::{Align, Layout, RichText, Ui, vec2};

use super::super::action::{Action, SessionFilter};
use super::super::cx::Cx;
use super::super::dialogs::{AddPlatformDialog, Dialog, PlatformDialog, ProjectDialog, ScheduleDialog};
use super::super::theme::{self, Tokens};
use super::super::verbs::Verb;
use super::super::view::memo::Memo;
use super::super::view::names;
use super::super::view::platforms::{Detail, Joining, PlatformRow, ProjectLine, ScheduleWords, Sort, Table, Tone};
use super::super::widgets::badge::{PlatformMark, badge};
use super::super::widgets::button;
use super::super::widgets::card::{self, Card};
use super::super::widgets::empty;
use super::super::widgets::menu;
use super::super::widgets::picker::{Choice, Picker};
use super::super::widgets::rich;
use super::super::widgets::table::{self as list, Column, RowSpec, Sorted};
use crate::domain::command::Command;
use crate::domain::ids::{PlatformId, ScheduleId};
use crate::domain::query::hours::Period;
use crate::domain::span::DayRange;
use crate::engine::Stamp;

/// Below this width the three cards become one with a choice of what it shows, in points.
const NARROW: f32 = 1_000.0;
/// Height of the title of a card below the table, in points: that of the tabs that may stand in its place.
const TITLE_ROW: f32 = 32.0;

/// What the one card of a narrow window shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Sheet {
    #[default]
    Projects,
    Schedule,
    Joining,
}

const SHEETS: [(Sheet, &str); 3] =
    [(Sheet::Projects, "Projects"), (Sheet::Schedule, "Schedule"), (Sheet::Joining, "Since joining")];

/// What the Platforms tab remembers about looking: scroll, choice, filters, cached view.
pub struct PlatformsTab {
    period: Period,
    sort: Sort,
    descending: bool,
    chosen: Option<PlatformId>,
    sheet: Sheet,
    scroll_to_chosen: bool,
    table: Memo<(Stamp, Period), Table>,
    detail: Memo<(Stamp, PlatformId), Option<Detail>>,
}

impl Default for PlatformsTab {
    fn default() -> Self {
        Self {
            period: Period::Last4Weeks,
            sort: Sort::Name,
            descending: false,
            chosen: None,
            sheet: Sheet::default(),
            scroll_to_chosen: false,
            table: Memo::default(),
            detail: Memo::default(),
        }
    }
}

/// What was asked for in the table in this frame.
#[derive(Default)]
struct Asked {
    chosen: Option<PlatformId>,
    head: Option<usize>,
}

impl PlatformsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, platform: PlatformId) {
        self.chosen = Some(platform);
        self.scroll_to_chosen = true;
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        if cx.book.platforms().next().is_none() {
            Card::new().named("Platforms").show(ui, |ui| {
                let line = "Add the places that pay you: their pay days and their real hourly rate follow.";
                if empty::empty(ui, "No platforms yet", line, Some("Add platform")) {
                    actions.push(Action::Open(Box::new(Dialog::AddPlatform(AddPlatformDialog::new(cx)))));
                }
            });
            return;
        }
        let tokens = theme::tokens(ui);
        let gap = tokens.sizes.gap_l;
        ui.spacing_mut().item_spacing.y = gap;
        let height = ui.available_height();
        let narrow = ui.available_width() < NARROW;
        // Below the table there is room for the cards; above that, for as many rows as there are.
        let cards = if height < 520.0 { 170.0 } else { 220.0 };
        self.table_card_ui(ui, cx, height - cards - gap, actions);
        let Some(id) = self.chosen.filter(|id| cx.book.platform(*id).is_some()) else { return };
        let stamp = cx.figures.stamp;
        let detail = self
            .detail
            .get((stamp, id), || Detail::of(cx.book, &cx.figures.work, cx.presets, id, cx.figures.at, cx.today));
        let Some(detail) = detail else { return };
        let rest = ui.available_height();
        if narrow {
            sheet_ui(ui, cx, detail, &mut self.sheet, rest, actions);
        } else {
            cards_ui(ui, cx, detail, rest, actions);
        }
    }

    fn table_card_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, height: f32, actions: &mut Vec<Action>) {
        let tokens = theme::tokens(ui);
        Card::new().named("Platforms overview").show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
            self.head_ui(ui, cx, actions);
            let settings = cx.book.settings();
            let days = self.period.days(cx.today, settings.week_start);
            let figures = cx.figures;
            let table = self.table.get((figures.stamp, self.period), || {
                Table::of(cx.book, &figures.work, &figures.calendar, days, figures.at, cx.today)
            });
            let order = table.order(self.sort, self.descending);
            if !self.chosen.is_some_and(|id| table.rows.iter().any(|row| row.id == id)) {
                self.chosen = order.first().and_then(|at| table.rows.get(*at)).map(|row| row.id);
            }
            let scroll_to = std::mem::take(&mut self.scroll_to_chosen)
                .then(|| order.iter().position(|at| table.rows.get(*at).map(|row| row.id) == self.chosen))
                .flatten();
            // Head, row of heads, row of all, margins.
            let other = tokens.sizes.row + tokens.sizes.row_dense + tokens.sizes.row + 2.0 * tokens.sizes.gap_l + 16.0;
            let room = (height - other).max(2.0 * tokens.sizes.row);
            // Rows are as tall as they can be without scrolling, and never cut in half.
            let rows = table.rows.len().max(1) as f32;
            let room = room + tokens.sizes.row;
            let row_height = (room / (rows + 1.0)).floor().clamp(32.0, 52.0);
            let room = ((room / row_height).floor() - 1.0).max(1.0) * row_height;
            let shown = Shown {
                table,
                order: &order,
                days,
                chosen: self.chosen,
                sort: self.sort,
                descending: self.descending,
                row_height,
                room,
                scroll_to,
            };
            let asked = shown.ui(ui, cx, actions);
            if let Some(sort) = asked.head.and_then(|at| HEADS.get(at)).and_then(|(_, sort)| *sort) {
                // Names from A on, figures from the greatest on; a second click turns it round.
                self.descending = if self.sort == sort { !self.descending } else { starts_descending(sort) };
                self.sort = sort;
            }
            if asked.chosen.is_some() {
                self.chosen = asked.chosen;
            }
        });
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let row = theme::tokens(ui).sizes.row;
        ui.allocate_ui_with_layout(vec2(ui.available_width(), row), Layout::left_to_right(Align::Center), |ui| {
            card::title(ui, "Platforms");
            let choices = Period::ALL.map(|period| Choice::from(names::period(period)));
            let chosen = Period::ALL.iter().position(|period| *period == self.period);
            let picked = Picker::few("Period").chip().chosen(chosen).pick(ui, &choices);
            if let Some(period) = picked.and_then(|at| Period::ALL.get(at)) {
                self.period = *period;
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = Verb::AddPlatform.words();
                let key = Verb::AddPlatform.key_text();
                let add = button::primary(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
                if ui.add(add).clicked() {
                    actions.push(Action::Open(Box::new(Dialog::AddPlatform(AddPlatformDialog::new(cx)))));
                }
            });
        });
    }
}

fn starts_descending(sort: Sort) -> bool {
    match sort {
        Sort::Name | Sort::Stage | Sort::Next => false,
        Sort::Hours | Sort::Earned | Sort::Rate | Sort::Share | Sort::Unpaid => true,
    }
}

/// The heads in order, with what a click sorts by.
const HEADS: [(&str, Option<Sort>); 10] = [
    ("Platform", Some(Sort::Name)),
    ("Stage", Some(Sort::Stage)),
    ("Hours", Some(Sort::Hours)),
    ("Earned", Some(Sort::Earned)),
    ("Rate over all hours", Some(Sort::Rate)),
    ("of the advertised", Some(Sort::Share)),
    ("Not yet paid", Some(Sort::Unpaid)),
    ("", None),
    ("Next", Some(Sort::Next)),
    ("", None),
];

/// The table of a frame.
struct Shown<'a> {
    table: &'a Table,
    order: &'a [usize],
    days: DayRange,
    chosen: Option<PlatformId>,
    sort: Sort,
    descending: bool,
    row_height: f32,
    room: f32,
    scroll_to: Option<usize>,
}

impl<'a> Shown<'a> {
    fn columns(&self, mut table: list::Table<'a>) -> list::Table<'a> {
        let plain = [
            Column::fill("", 150.0),
            Column::exact("", 80.0).priority(4),
            Column::exact("", 96.0).right().priority(1),
            Column::exact("", 96.0).right().priority(1),
            Column::exact("", 138.0).right(),
            Column::exact("", 166.0).priority(5),
            Column::exact("", 100.0).right(),
            Column::exact("", 114.0).priority(6),
            Column::exact("", 160.0).priority(2),
            Column::exact("", 92.0).right().priority(3),
        ];
        for (column, (head, sort)) in plain.into_iter().zip(HEADS) {
            let column = column.head(head);
            table = table.column(match sort {
                Some(sort) if sort == self.sort && self.descending => column.sorted(Sorted::Down),
                Some(sort) if sort == self.sort => column.sorted(Sorted::Up),
                Some(_) => column.sorted(Sorted::No),
                None => column,
            });
        }
        table
    }

    fn ui(&self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) -> Asked {
        let row_of = |index: usize| self.order.get(index).and_then(|at| self.table.rows.get(*at));
        let table =
            list::Table::new("Platforms").row_height(self.row_height).max_height(self.room).scroll_to(self.scroll_to);
        let output = self.columns(table).show(
            ui,
            self.order.len(),
            |index| {
                let row = row_of(index);
                let spoken = row.map_or_else(String::new, PlatformRow::spoken);
                RowSpec::new(("platform", row.map(|row| row.id)), spoken)
                    .selected(row.is_some_and(|row| Some(row.id) == self.chosen))
            },
            |line| {
                if let Some(row) = row_of(line.index()) {
                    self.row_ui(line, row, cx, actions);
                }
            },
        );
        let tokens = theme::tokens(ui);
        ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top() - 2.0, tokens.hairline());
        let all = &self.table.all;
        let table = list::Table::new("All platforms").headless().row_height(self.row_height);
        self.columns(table).show(
            ui,
            1,
            |_| RowSpec::new("all", format!("All, {} over all hours", all.rate)).plain(),
            |line| {
                line.strong("All");
                line.skip();
                line.figure(&all.hours);
                line.figure(&all.earned);
                line.cell(|ui| rate_ui(ui, &all.rate, all.tone, &all.rate_tip));
                line.cell(|ui| {
                    card::note(ui, &all.floor);
                });
                line.figure(&all.unpaid);
            },
        );
        Asked { chosen: output.clicked.and_then(row_of).map(|row| row.id), head: output.head }
    }

    fn row_ui(&self, line: &mut list::Row<'_>, row: &PlatformRow, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        line.cell(|ui| {
            let mark = PlatformMark { letters: &row.mark.letters, hue_index: row.mark.hue };
            ui.add(badge(mark, &row.name));
            let font = theme::semibold(theme::tokens(ui).sizes.body);
            ui.label(RichText::new(&row.name).font(font));
        });
        line.muted(row.stage);
        line.figure(&row.hours);
        line.figure(&row.earned);
        line.cell(|ui| rate_ui(ui, &row.rate, row.tone, &row.rate_tip));
        line.cell(|ui| share_ui(ui, row));
        line.figure(&row.unpaid);
        line.cell(|ui| {
            let tokens = theme::tokens(ui);
            let ink = if row.late { tokens.bad } else { tokens.muted };
            ui.label(RichText::new(&row.unpaid_state).small().color(ink));
        });
        line.text(&row.next);
        line.figure(&row.next_amount);
        line.menu(|ui| row_menu(ui, row, self.days, cx, actions));
    }
}

/// The verbs of a row.
fn row_menu(ui: &mut Ui, row: &PlatformRow, days: DayRange, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let write = !cx.read_only;
    let mut open = |dialog: Dialog| actions.push(Action::Open(Box::new(dialog)));
    if menu::item_enabled(ui, "Edit…", "", write)
        && let Some(platform) = cx.book.platform(row.id)
    {
        open(Dialog::Platform(PlatformDialog::edit(cx, platform)));
    }
    if menu::item_enabled(ui, "Add project…", &Verb::AddProject.key_text(), write) {
        open(Dialog::Project(ProjectDialog::add(cx, Some(row.id))));
    }
    let schedule = cx.book.schedule_on(row.id, None, cx.today).map(|schedule| schedule.id);
    let words = if schedule.is_some() { "Edit schedule…" } else { "Add schedule…" };
    if menu::item_enabled(ui, words, "", write) {
        open(Dialog::Schedule(ScheduleDialog::new(cx, row.id, schedule)));
    }
    menu::separator(ui);
    if menu::item(ui, "Show sessions", "") {
        actions.push(Action::ShowSessions(sessions(row.id, &row.name, Some(days))));
    }
    if menu::item_enabled(ui, "Show next payout", "", row.next_key.is_some())
        && let Some(key) = row.next_key
    {
        actions.push(Action::ShowExpected(key));
    }
    menu::separator(ui);
    if menu::item_enabled(ui, "Delete", "", write) {
        actions.push(Action::Do(Command::DeletePlatform(row.id)));
    }
}

fn sessions(platform: PlatformId, name: &str, days: Option<DayRange>) -> SessionFilter {
    SessionFilter { words: name.to_owned(), days, platform: Some(platform), ..SessionFilter::default() }
}

fn tone_color(tokens: &Tokens, tone: Tone) -> egui::Color32 {
    match tone {
        Tone::Plain => tokens.text,
        Tone::Good => tokens.good,
        Tone::Warn => tokens.warn,
        Tone::Muted => tokens.muted,
    }
}

/// The boldest figure of a row.
fn rate_ui(ui: &mut Ui, rate: &str, tone: Tone, tip: &str) {
    let tokens = theme::tokens(ui);
    let size = if tone == Tone::Muted { tokens.sizes.body } else { tokens.sizes.body + 2.0 };
    let text = RichText::new(rate).color(tone_color(tokens, tone));
    let text = if tone == Tone::Muted { text.font(theme::regular(size)) } else { text.font(theme::semibold(size)) };
    let label = ui.label(text);
    if !tip.is_empty() {
        label.on_hover_text(tip);
    }
}

/// A bar of what is kept of the advertised rate, and that rate.
fn share_ui(ui: &mut Ui, row: &PlatformRow) {
    const BAR: f32 = 92.0;
    let tokens = theme::tokens(ui);
    let Some(share) = row.share else {
        card::note(ui, &row.advertised);
        return;
    };
    let (rect, bar) = ui.allocate_exact_size(vec2(BAR, 6.0), egui::Sense::hover());
    bar.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &row.share_words));
    let radius = egui::CornerRadius::same(3);
    ui.painter().rect_filled(rect, radius, tokens.raised);
    let kept = rect.with_max_x(rect.left() + (BAR * share).max(3.0));
    ui.painter().rect_filled(kept, radius, tone_color(tokens, row.tone));
    bar.on_hover_text(&row.share_words);
    card::note(ui, &row.advertised);
}

/// Three cards beside each other.
fn cards_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, height: f32, actions: &mut Vec<Action>) {
    let gap = theme::tokens(ui).sizes.gap_l;
    let width = ui.available_width() - 2.0 * gap;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (sheet, name) in SHEETS {
            let share = if sheet == Sheet::Projects { 0.36 } else { 0.32 };
            let size = vec2((width * share).floor(), height);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_width(size.x);
                ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
                Card::new().named(name).height(height).show(ui, |ui| {
                    body_ui(ui, cx, detail, &Face { sheet, height, tabs: false }, actions);
                });
            });
        }
    });
}

/// One card with a choice of what it shows.
fn sheet_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, sheet: &mut Sheet, height: f32, actions: &mut Vec<Action>) {
    let picked = Card::new()
        .named("Chosen platform")
        .height(height)
        .show(ui, |ui| body_ui(ui, cx, detail, &Face { sheet: *sheet, height, tabs: true }, actions));
    if let Some(picked) = picked.inner {
        *sheet = picked;
    }
}

/// How a card below the table is shown.
struct Face {
    sheet: Sheet,
    height: f32,
    /// Whether the choice of the sheet stands in place of its title.
    tabs: bool,
}

impl Face {
    /// The title, or the choice of the sheet; what was chosen.
    fn title_ui(&self, ui: &mut Ui, title: impl FnOnce(&mut Ui)) -> Option<Sheet> {
        if !self.tabs {
            title(ui);
            return None;
        }
        let mut picked = None;
        ui.spacing_mut().item_spacing.x = 4.0;
        for (one, name) in SHEETS {
            if ui.add(button::tab(name, self.sheet == one)).clicked() {
                picked = Some(one);
            }
        }
        picked
    }
}

/// What was chosen of the sheets.
fn body_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, face: &Face, actions: &mut Vec<Action>) -> Option<Sheet> {
    let tokens = theme::tokens(ui);
    let height = (face.height - 2.0 * tokens.sizes.gap_l - TITLE_ROW - tokens.sizes.gap_xs).max(40.0);
    ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
    match face.sheet {
        Sheet::Projects => projects_ui(ui, cx, detail, face, height, actions),
        Sheet::Schedule => schedule_card_ui(ui, cx, detail, face, height, actions),
        Sheet::Joining => {
            let picked = title_row(ui, |_| {}, |ui| face.title_ui(ui, |ui| _ = card::title(ui, "Since joining")));
            scrolled(ui, "joining", height, |ui| joining_ui(ui, detail, actions));
            picked
        }
    }
}

fn scrolled(ui: &mut Ui, id: &str, height: f32, content: impl FnOnce(&mut Ui)) {
    egui::ScrollArea::vertical().id_salt(id).max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        content(ui);
    });
}

/// A title with its buttons at the right; what the title answers.
fn title_row<R>(ui: &mut Ui, buttons: impl FnOnce(&mut Ui), title: impl FnOnce(&mut Ui) -> R) -> R {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), TITLE_ROW), Layout::right_to_left(Align::Center), |ui| {
        buttons(ui);
        ui.with_layout(Layout::left_to_right(Align::Center), title).inner
    })
    .inner
}

fn projects_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    detail: &Detail,
    face: &Face,
    height: f32,
    actions: &mut Vec<Action>,
) -> Option<Sheet> {
    let tokens = theme::tokens(ui);
    let mut open = |dialog: Dialog| actions.push(Action::Open(Box::new(dialog)));
    let picked = title_row(
        ui,
        |ui| {
            let words = Verb::AddProject.words();
            let key = Verb::AddProject.key_text();
            let add = button::chip(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
            if ui.add(add).clicked() {
                open(Dialog::Project(ProjectDialog::add(cx, Some(detail.id))));
            }
            let edit = button::chip("Edit platform").enabled(!cx.read_only);
            if ui.add(edit.tip("Edit platform", "", "Name, stage, links, tax form")).clicked()
                && let Some(platform) = cx.book.platform(detail.id)
            {
                open(Dialog::Platform(PlatformDialog::edit(cx, platform)));
            }
        },
        |ui| {
            face.title_ui(ui, |ui| {
                let mark = PlatformMark { letters: &detail.mark.letters, hue_index: detail.mark.hue };
                ui.add(badge(mark, &detail.name));
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                card::title(ui, &detail.name);
            })
        },
    );
    let line = ui.add(egui::Label::new(RichText::new(&detail.line).small().color(tokens.muted)).truncate());
    if !detail.note.is_empty() {
        line.on_hover_text(&detail.note);
    }
    if detail.projects.is_empty() {
        ui.add_space(tokens.sizes.gap_s);
        ui.add(
            egui::Label::new(
                RichText::new("No projects yet. A project says what an hour or a task pays.").color(tokens.muted),
            )
            .wrap(),
        );
        return picked;
    }
    let line_of = |index: usize| detail.projects.get(index);
    let room = (height - 20.0 - tokens.sizes.gap_xs).max(tokens.sizes.row);
    let output = list::Table::new("Projects")
        .headless()
        .max_height(room)
        .column(Column::fill("", 90.0))
        .column(Column::exact("", 76.0).priority(1))
        .column(Column::exact("", 86.0).right())
        .column(Column::exact("", 136.0).right().priority(2))
        .show(
            ui,
            detail.projects.len(),
            |index| {
                let line = line_of(index);
                let spoken = line.map_or("", |line| line.spoken.as_str());
                RowSpec::new(("project", index, line.map(|line| line.id)), spoken)
            },
            |row| {
                let Some(line) = line_of(row.index()) else { return };
                project_row_ui(row, line);
                row.menu(|ui| {
                    if menu::item_enabled(ui, "Edit…", "", !cx.read_only)
                        && let Some(project) = cx.book.project(line.id)
                    {
                        actions.push(Action::Open(Box::new(Dialog::Project(ProjectDialog::edit(cx, project)))));
                    }
                    if menu::item(ui, "Show sessions", "") {
                        actions.push(Action::ShowSessions(SessionFilter {
                            words: format!("{} · {}", detail.name, line.name),
                            project: Some(line.id),
                            ..SessionFilter::default()
                        }));
                    }
                    menu::separator(ui);
                    if menu::item_enabled(ui, "Delete", "", !cx.read_only) {
                        actions.push(Action::Do(Command::DeleteProject(line.id)));
                    }
                });
            },
        );
    if let Some(project) = output.clicked.and_then(line_of).and_then(|line| cx.book.project(line.id))
        && !cx.read_only
    {
        actions.push(Action::Open(Box::new(Dialog::Project(ProjectDialog::edit(cx, project)))));
    }
    picked
}

fn project_row_ui(row: &mut list::Row<'_>, line: &ProjectLine) {
    if line.past {
        row.muted(&line.name)
    } else {
        row.text(&line.name)
    }
    row.muted(&line.kind);
    if line.past {
        row.muted(&line.pay)
    } else {
        row.figure(&line.pay)
    }
    row.muted(&line.since);
}

fn schedule_card_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    detail: &Detail,
    face: &Face,
    height: f32,
    actions: &mut Vec<Action>,
) -> Option<Sheet> {
    let mut edit = |id: Option<ScheduleId>| {
        actions.push(Action::Open(Box::new(Dialog::Schedule(ScheduleDialog::new(cx, detail.id, id)))));
    };
    let words = if detail.schedule.is_some() { "Edit schedule" } else { "Add schedule" };
    let picked = title_row(
        ui,
        |ui| {
            let button = button::chip(words).enabled(!cx.read_only);
            if ui.add(button.tip(words, "", "When this platform pays, with the next windows")).clicked() {
                edit(detail.schedule.as_ref().map(|schedule| schedule.id));
            }
        },
        |ui| face.title_ui(ui, |ui| _ = card::title(ui, "Schedule")),
    );
    scrolled(ui, "schedule", height, |ui| schedules_ui(ui, cx, detail, actions));
    picked
}

fn schedules_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    match &detail.schedule {
        Some(schedule) => schedule_ui(ui, schedule),
        None => {
            let text = "No schedule: what it owes has no date yet.";
            ui.add(egui::Label::new(RichText::new(text).color(tokens.muted)).wrap());
        }
    }
    for other in &detail.others {
        ui.horizontal(|ui| {
            let name = format!("Edit schedule: {}", other.only);
            if ui.add(button::chip("Edit").named(&name).enabled(!cx.read_only)).clicked() {
                let dialog = ScheduleDialog::new(cx, detail.id, Some(other.id));
                actions.push(Action::Open(Box::new(Dialog::Schedule(dialog))));
            }
            let text = if other.only.is_empty() {
                other.rule.line()
            } else {
                format!("{}: {}", other.only, other.rule.line())
            };
            ui.add(egui::Label::new(RichText::new(&text).small()).truncate()).on_hover_text(&text);
        });
    }
    for (nth, offer) in detail.offers.iter().enumerate() {
        ui.add_space(tokens.sizes.gap_xs);
        ui.add(egui::Label::new(offer.question.as_str()).wrap());
        let several = format!("Use it: {}", offer.question);
        let name = if nth == 0 { "Use it" } else { several.as_str() };
        ui.horizontal(|ui| {
            let take = button::chip("Use it").named(name).enabled(!cx.read_only);
            if ui.add(take.tip("Use it", "", "Fills the schedule with this rule; it stays yours to change")).clicked()
                && let Some(schedule) = taken(cx, detail.id, offer.at)
            {
                actions.push(Action::Do(schedule));
            }
            card::note(ui, &offer.provenance);
        });
    }
}

/// The command that takes an offered rule over.
fn taken(cx: &Cx<'_>, platform: PlatformId, at: usize) -> Option<Command> {
    let name = cx.book.platform(platform)?.preset.as_deref()?;
    let preset = cx.presets.iter().find(|preset| preset.name == name)?;
    let schedule = preset.schedules.get(at)?.schedule(ScheduleId(cx.fresh.draw()), platform, None);
    Some(Command::SetSchedule(Box::new(schedule)))
}

fn schedule_ui(ui: &mut Ui, schedule: &ScheduleWords) {
    let tokens = theme::tokens(ui);
    for sentence in &schedule.rule.main {
        ui.add(egui::Label::new(sentence.as_str()).wrap());
    }
    if !schedule.rule.more.is_empty() {
        let more = schedule.rule.more.join(" · ");
        ui.add(egui::Label::new(RichText::new(more).small().color(tokens.muted)).wrap());
    }
    if !schedule.only.is_empty() {
        card::note(ui, &schedule.only);
    }
    let ink = if schedule.doubtful { tokens.warn } else { tokens.muted };
    let label = ui.add(egui::Label::new(RichText::new(&schedule.provenance).small().color(ink)).truncate());
    if !schedule.source.is_empty() {
        label.on_hover_text(&schedule.source);
    }
    ui.add_space(tokens.sizes.gap_xs);
    match &schedule.next {
        Err(why) => {
            ui.add(egui::Label::new(RichText::new(*why).color(tokens.warn)).wrap());
        }
        Ok(next) if next.is_empty() => {}
        Ok(next) => {
            card::note(ui, "Next");
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = tokens.sizes.gap_l;
                for window in next {
                    let label = ui.label(&window.when);
                    let mut tip = vec![window.worked.as_str()];
                    tip.extend(window.reasons.iter().map(String::as_str));
                    label.on_hover_text(tip.join(" · "));
                }
            });
        }
    }
}

fn joining_ui(ui: &mut Ui, detail: &Detail, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let Joining { rate, muted, hours, earned, hint } = &detail.joining;
    ui.horizontal(|ui| {
        let ink = if *muted { tokens.muted } else { tokens.text };
        let font = theme::semibold(tokens.sizes.figure);
        ui.label(RichText::new(rate).font(font).color(ink));
        ui.label(RichText::new("per hour of your life").color(tokens.muted));
    });
    ui.add(rich::figure(hours));
    if !earned.is_empty() {
        ui.add(egui::Label::new(RichText::new(earned).color(tokens.muted)).wrap());
    }
    if !hint.is_empty() {
        ui.add(egui::Label::new(RichText::new(hint).color(tokens.warn)).wrap());
    }
    if *muted && earned.is_empty() {
        return;
    }
    let show =
        button::link("Show its sessions").tip("Show its sessions", "", "The rows that these figures are made of");
    if ui.add(show).clicked() {
        actions.push(Action::ShowSessions(sessions(detail.id, &detail.name, Some(DayRange::all()))));
    }
}
