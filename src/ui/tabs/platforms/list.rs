//! The table of the Platforms tab: a row a platform, the row of all, and the verbs of a row.

use egui::{Modifiers, RichText, Ui, vec2};

use super::sessions;
use crate::domain::command::Command;
use crate::domain::ids::PlatformId;
use crate::domain::span::DayRange;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{
    AccessEndedDialog, Dialog, EvidenceDialog, PlatformDialog, ProjectDialog, QualityDialog, ScheduleDialog,
    StageDialog,
};
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::platforms::{PlatformRow, Sort, Table, Tone};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{self as list, Column, RowSpec, Sorted};
use crate::ui::widgets::{card, menu, rich};

/// What was asked for in the table in this frame.
#[derive(Default)]
pub(super) struct Asked {
    pub chosen: Option<PlatformId>,
    /// Clicked twice, or Enter on the row that has the focus.
    pub open: Option<PlatformId>,
    pub sort: Option<Sort>,
}

/// Whether a first click on a head puts the greatest on top: figures, not names and days.
pub(super) fn starts_descending(sort: Sort) -> bool {
    match sort {
        Sort::Name | Sort::Stage | Sort::State | Sort::Next => false,
        Sort::Hours | Sort::Earned | Sort::Income | Sort::Rate | Sort::Share | Sort::Unpaid | Sort::Amount => true,
    }
}

/// The heads in order, with what a click sorts by.
const HEADS: [(&str, Sort); 11] = [
    ("Platform", Sort::Name),
    ("Stage", Sort::Stage),
    ("Hours", Sort::Hours),
    ("Earned", Sort::Earned),
    ("Share", Sort::Income),
    ("Rate over all hours", Sort::Rate),
    ("of the advertised", Sort::Share),
    ("Not yet paid", Sort::Unpaid),
    ("State", Sort::State),
    ("Next", Sort::Next),
    ("Amount", Sort::Amount),
];

/// From this row height on a second line has room.
const TWO_LINES: f32 = 44.0;

/// The table of a frame.
pub(super) struct Shown<'a> {
    pub table: &'a Table,
    /// The places of its rows, sorted.
    pub order: &'a [usize],
    pub days: DayRange,
    pub chosen: Option<PlatformId>,
    pub sort: Sort,
    pub descending: bool,
    pub row_height: f32,
    /// Height for its rows, in points.
    pub room: f32,
    pub scroll_to: Option<usize>,
}

impl<'a> Shown<'a> {
    fn columns(&self, mut table: list::Table<'a>) -> list::Table<'a> {
        let plain = [
            Column::fill("", 152.0),
            Column::exact("", 92.0).priority(6),
            Column::exact("", 88.0).right().priority(1),
            Column::exact("", 90.0).right().priority(1),
            Column::exact("", 54.0).right().priority(5),
            Column::exact("", 126.0).right(),
            Column::exact("", 124.0).priority(7),
            Column::exact("", 94.0).right(),
            Column::exact("", 96.0).priority(4),
            Column::exact("", 202.0).priority(2),
            Column::exact("", 86.0).right().priority(3),
        ];
        for (column, (head, sort)) in plain.into_iter().zip(HEADS) {
            let column = column.head(head);
            table = table.column(match sort {
                sort if sort == self.sort && self.descending => column.sorted(Sorted::Down),
                sort if sort == self.sort => column.sorted(Sorted::Up),
                _ => column.sorted(Sorted::No),
            });
        }
        table
    }

    pub(super) fn ui(&self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) -> Asked {
        let row_of = |index: usize| self.order.get(index).and_then(|at| self.table.rows.get(*at));
        let table =
            list::Table::new("Platforms").row_height(self.row_height).max_height(self.room).scroll_to(self.scroll_to);
        let mut entered = None;
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
                    let on_it = line.response();
                    if on_it.has_focus()
                        && on_it.ctx.input_mut(|input| input.consume_key(Modifiers::NONE, egui::Key::Enter))
                    {
                        entered = Some(row.id);
                    }
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
                line.figure(&all.income);
                line.cell(|ui| rate_ui(ui, &all.rate, all.tone, &all.rate_tip));
                line.cell(|ui| {
                    card::note(ui, &all.floor);
                });
                line.cell(|ui| unpaid_ui(ui, &all.unpaid, &all.unpaid_tip));
                line.skip();
                line.skip();
                line.figure(&all.next_amount);
            },
        );
        let id_of = |at: Option<usize>| at.and_then(row_of).map(|row| row.id);
        Asked {
            chosen: id_of(output.clicked).or(entered),
            open: id_of(output.double_clicked).or(entered),
            sort: output.head.and_then(|at| HEADS.get(at)).map(|(_, sort)| *sort),
        }
    }

    fn row_ui(&self, line: &mut list::Row<'_>, row: &PlatformRow, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        line.cell(|ui| {
            let mark = PlatformMark { letters: &row.mark.letters, hue_index: row.mark.hue };
            ui.add(badge(mark, &row.name));
            let tokens = theme::tokens(ui);
            let font = theme::semibold(tokens.sizes.body);
            if row.falls.is_empty() {
                ui.label(RichText::new(&row.name).font(font));
                return;
            }
            let room = (ui.available_width() - 24.0).max(0.0);
            ui.scope(|ui| {
                ui.set_max_width(room);
                ui.label(RichText::new(&row.name).font(font));
            });
            let warned = Icon::Warn.show(ui, 14.0, tokens.warn);
            warned.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &row.falls));
            warned.on_hover_text(&row.falls);
        });
        line.cell(|ui| self.stage_ui(ui, row));
        line.figure(&row.hours);
        line.figure(&row.earned);
        line.figure(&row.income);
        line.cell(|ui| rate_ui(ui, &row.rate, row.tone, &row.rate_tip));
        line.cell(|ui| share_ui(ui, row));
        line.cell(|ui| unpaid_ui(ui, &row.unpaid, &row.unpaid_tip));
        line.cell(|ui| {
            let tokens = theme::tokens(ui);
            let ink = if row.late { tokens.bad } else { tokens.muted };
            let state = ui.label(RichText::new(&row.unpaid_state).small().color(ink));
            if !row.unpaid_tip.is_empty() {
                state.on_hover_text(&row.unpaid_tip);
            }
        });
        line.text(&row.next);
        line.figure(&row.next_amount);
        line.menu(|ui| row_menu(ui, row, self.days, cx, actions));
    }

    fn stage_ui(&self, ui: &mut Ui, row: &PlatformRow) {
        let tokens = theme::tokens(ui);
        let shown = if self.row_height >= TWO_LINES && !row.stage_since.is_empty() {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space((self.row_height - 38.0).max(0.0) / 2.0);
                ui.label(RichText::new(row.stage).color(tokens.muted));
                card::note(ui, &row.stage_since);
            })
            .response
        } else {
            ui.label(RichText::new(row.stage).color(tokens.muted))
        };
        if !row.stage_tip.is_empty() {
            shown.on_hover_text(&row.stage_tip);
        }
    }
}

/// The verbs of a row.
fn row_menu(ui: &mut Ui, row: &PlatformRow, days: DayRange, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let write = !cx.read_only;
    if menu::item(ui, Verb::OpenPage.words().name, &Verb::OpenPage.key_text()) {
        actions.push(Action::ShowPage(row.id));
    }
    let mut open = |dialog: Dialog| actions.push(Action::Open(Box::new(dialog)));
    if menu::item_enabled(ui, Verb::ChangeStage.words().name, &Verb::ChangeStage.key_text(), write)
        && let Some(dialog) = StageDialog::of_platform(cx, row.id)
    {
        open(Dialog::Stage(dialog));
    }
    if menu::item_enabled(ui, Verb::NoteQuality.words().name, &Verb::NoteQuality.key_text(), write)
        && let Some(dialog) = QualityDialog::add(cx, row.id)
    {
        open(Dialog::Quality(dialog));
    }
    if menu::item_enabled(
        ui,
        Verb::EndAccess.words().name,
        &Verb::EndAccess.key_text(),
        AccessEndedDialog::is_offered(cx, row.id),
    ) && let Some(dialog) = AccessEndedDialog::new(cx, row.id)
    {
        open(Dialog::AccessEnded(dialog));
    }
    if menu::item(ui, Verb::CollectEvidence.words().name, &Verb::CollectEvidence.key_text())
        && let Some(dialog) = EvidenceDialog::new(cx, row.id, None)
    {
        open(Dialog::Evidence(dialog));
    }
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

/// What is not yet paid, with all its states in the tooltip.
fn unpaid_ui(ui: &mut Ui, unpaid: &str, tip: &str) {
    let label = ui.add(rich::figure(unpaid));
    if !tip.is_empty() {
        label.on_hover_text(tip);
    }
}

pub(super) fn tone_color(tokens: &Tokens, tone: Tone) -> egui::Color32 {
    match tone {
        Tone::Plain => tokens.text,
        Tone::Good => tokens.good,
        Tone::Warn => tokens.warn,
        Tone::Muted => tokens.muted,
    }
}

/// The boldest figure of a row.
pub(super) fn rate_ui(ui: &mut Ui, rate: &str, tone: Tone, tip: &str) {
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
    const BAR: f32 = 56.0;
    let tokens = theme::tokens(ui);
    let Some(share) = row.share else {
        card::note(ui, &row.advertised);
        return;
    };
    let (rect, bar) = ui.allocate_exact_size(vec2(BAR, 6.0), egui::Sense::hover());
    bar.widget_info(|| {
        let name = format!("{}: {}", row.name, row.share_words);
        egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, name)
    });
    let radius = egui::CornerRadius::same(3);
    ui.painter().rect_filled(rect, radius, tokens.raised);
    let kept = rect.with_max_x(rect.left() + (BAR * share).max(3.0));
    ui.painter().rect_filled(kept, radius, tone_color(tokens, row.tone));
    bar.on_hover_text(&row.share_words);
    card::note(ui, &row.advertised);
}
