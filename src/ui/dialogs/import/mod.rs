//! Import: files of others, one after the other: read off the frame, looked at row by row, and taken in as one change.
//!
//! ```text
//! asked ──► reading ──┬─► a question of the file ──► reading
//!   ▲                 ├─► it can't be read, and why
//!   ├─────────────────┼─► a table that nobody knows: what its columns are ──► reading
//!   ├─────────────────┼─► exchange rates ──► Import, too
//!   └─────────────────┴─► what it says ──► Import: one command, and on to the next file
//! ```

mod goes;
mod mapper;
mod place;
mod preview;
mod rows;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Event, ProgressBar, RichText, Role, Ui, WidgetInfo};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::view::reasons::counted;
use super::super::view::statement::{self as view, Going, Looked, NotRead, ReadBy, ReadWish, Source, StatementRead};
use super::super::widgets::button;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::reason_ui;
use super::parts;
use super::rates_preview::RatesPreview;
use crate::domain::statement::{DateOrder, Decimals, Question, ReadAs};
use crate::ports::Chosen;
use mapper::Mapper;
use place::{Answer, Place};
use preview::Preview;

/// Width of the dialog where there is little to see, in points.
const NARROW: f32 = 560.0;
/// With the rows of a file.
const WIDE: f32 = 940.0;

/// How far the first of the files is.
#[derive(Debug, Default)]
enum State {
    /// Its place is asked for.
    #[default]
    Asked,
    /// It is known and to be read.
    ToRead,
    /// It is being read.
    Reading(Going),
    /// It leaves something open.
    Asks(Question),
    /// Its columns are being named.
    Maps(Box<Mapper>),
    /// It can't be read, and why.
    Failed(String),
    /// It holds exchange rates.
    Rates(RatesPreview),
    /// It was read.
    Read(Box<Preview>),
}

/// By what the file that is looked at is read.
#[derive(Debug, Default)]
enum By {
    /// What its content says.
    #[default]
    Itself,
    /// Its columns are asked for.
    Columns,
    /// What was said of its columns.
    Mapper(Box<Mapper>),
}

/// Files of others.
#[derive(Debug, Default)]
pub struct ImportDialog {
    place: Place,
    /// The file that is looked at, and those that wait.
    files: VecDeque<Source>,
    /// How many were looked at before.
    before: usize,
    read_as: ReadAs,
    by: By,
    state: State,
}

impl ImportDialog {
    /// Of files that are known: dropped on the window.
    #[must_use]
    pub fn of(files: Vec<PathBuf>) -> Self {
        Self { files: files.into_iter().map(Source::File).collect(), state: State::ToRead, ..Self::default() }
    }

    /// With the desktop's own dialog for files before it.
    #[must_use]
    pub fn choosing() -> Self {
        Self { place: Place::choosing(), ..Self::default() }
    }

    /// What came of the desktop's own dialog.
    pub fn chosen(&mut self, chosen: Chosen) {
        self.place.chosen(&chosen);
        if let Chosen::Files(files) = chosen {
            self.take(files);
        }
    }

    /// Files that were chosen or dropped: looked at now, or behind those that wait.
    fn take(&mut self, files: Vec<PathBuf>) {
        if files.is_empty() {
            return;
        }
        self.files.extend(files.into_iter().map(Source::File));
        if matches!(self.state, State::Asked) {
            self.state = State::ToRead;
        }
    }

    /// The files that are dropped in this frame.
    #[must_use]
    pub fn dropped(ctx: &egui::Context) -> Vec<PathBuf> {
        ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect())
    }

    /// What came of reading a file. Of one that is not asked for any more it says nothing.
    pub fn read(&mut self, going: &Going, read: Result<Box<StatementRead>, NotRead>) {
        if !matches!(&self.state, State::Reading(asked) if asked.is(going)) {
            return;
        }
        self.state = match read {
            Ok(read) => State::Read(Box::new(Preview::new(*read))),
            Err(NotRead::Asks(question)) => State::Asks(question),
            Err(NotRead::Maps(to_map)) => {
                let name = self.files.front().map(|source| source.names().0).unwrap_or_default();
                State::Maps(Box::new(Mapper::new(to_map, &name)))
            }
            Err(NotRead::Rates(rates)) => State::Rates(RatesPreview::new(rates)),
            Err(NotRead::Failed(why)) => State::Failed(why),
            Err(NotRead::Stopped) => State::Failed("It was not read to its end: nothing was taken".to_owned()),
        };
    }

    /// What came of weighing a statement again.
    pub fn weighed(&mut self, going: &Going, looked: Looked) {
        if let State::Read(preview) = &mut self.state {
            preview.weighed(going, looked);
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        self.take(Self::dropped(ctx));
        if matches!(self.state, State::Asked) {
            self.place.keys(ctx);
        }
        if matches!(self.state, State::Asked)
            && let Some(pasted) = pasted(ctx)
        {
            self.files.push_front(pasted);
            self.state = State::ToRead;
        }
        if matches!(self.state, State::ToRead) {
            self.begin(actions);
        }
        actions.extend(self.place.asks());
        let title = self.title();
        match &mut self.state {
            State::Asked | State::ToRead => self.place_ui(ctx, &title, actions),
            State::Reading(going) => {
                let going = going.clone();
                let shown = Dialog::new(&title, "").cancel("Stop").width(NARROW).show(ctx, |ui| {
                    self.file_ui(ui);
                    progress_ui(ui, going.share());
                });
                if shown.outcome != Outcome::Open {
                    going.stop();
                    self.state = State::Failed("It was not read to its end: nothing was taken".to_owned());
                }
            }
            State::Asks(_) | State::Failed(_) => self.open_ui(ctx, &title, actions),
            State::Maps(_) => self.mapper_ui(ctx, cx, &title, actions),
            State::Rates(_) => self.rates_ui(ctx, cx, &title, actions),
            State::Read(_) => self.preview_ui(ctx, cx, &title, actions),
        }
    }

    /// "Import", "Import: file 2 of 3".
    fn title(&self) -> String {
        let of = self.before + self.files.len();
        if of < 2 { "Import".to_owned() } else { format!("Import: file {} of {of}", self.before + 1) }
    }

    fn begin(&mut self, actions: &mut Vec<Action>) {
        self.state = match self.files.front() {
            None => State::Asked,
            Some(source) => {
                let going = Going::default();
                let by = match &self.by {
                    By::Itself => ReadBy::Itself,
                    By::Columns => ReadBy::Columns,
                    By::Mapper(mapper) => ReadBy::Mapping(Box::new(mapper.mapping())),
                };
                let wish = ReadWish { source: source.clone(), read_as: self.read_as, by, going: going.clone() };
                actions.push(Action::ReadStatement(wish));
                State::Reading(going)
            }
        };
    }

    /// Those that wait behind the file that is looked at; `None` where there are none.
    fn rest(&mut self) -> Option<Self> {
        self.files.pop_front();
        let files = std::mem::take(&mut self.files);
        let rest = Self { files, before: self.before + 1, state: State::ToRead, ..Self::default() };
        (!rest.files.is_empty()).then_some(rest)
    }

    /// On to the next file, or done.
    fn skip(&mut self, actions: &mut Vec<Action>) {
        match self.rest() {
            Some(rest) => *self = rest,
            None => actions.push(Action::CloseDialog),
        }
    }

    fn waits(&self) -> bool {
        self.files.len() > 1
    }

    fn place_ui(&mut self, ctx: &egui::Context, title: &str, actions: &mut Vec<Action>) {
        match self.place.ui(ctx, title) {
            Some(Answer::Closed) => actions.push(Action::CloseDialog),
            Some(Answer::File(path)) => {
                self.files.push_front(Source::File(path));
                self.begin(actions);
            }
            None => {}
        }
    }

    /// The name of the file that is looked at, its whole path under the pointer; and how many wait.
    fn file_ui(&self, ui: &mut Ui) {
        let Some(source) = self.files.front() else { return };
        let (name, whole) = source.names();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
            let name = RichText::new(name).font(theme::semibold(theme::tokens(ui).sizes.body));
            let name = ui.add(egui::Label::new(name).truncate());
            if !whole.is_empty() {
                name.on_hover_text(whole);
            }
            if let Some(waiting @ 1..) = self.files.len().checked_sub(1) {
                let names: Vec<String> = self.files.iter().skip(1).map(|source| source.names().0).collect();
                card::note(ui, &format!("{} to come: {}", counted(waiting, "file"), names.join(", ")));
            }
        });
    }

    /// A file that leaves something open, or can't be read.
    fn open_ui(&mut self, ctx: &egui::Context, title: &str, actions: &mut Vec<Action>) {
        let skip = if self.waits() { "Skip this file" } else { "" };
        let mut said = None;
        let mut another = false;
        let shown = Dialog::new(title, "").cancel("Close").other(skip).width(NARROW).show(ctx, |ui| {
            self.file_ui(ui);
            match &self.state {
                State::Asks(question) => {
                    ui.add(egui::Label::new(question.to_string()).wrap());
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
                        for (first, words) in [true, false].into_iter().zip(view::answers(question)) {
                            if ui.add(button::quiet(words)).clicked() {
                                said = Some(first);
                            }
                        }
                    });
                    card::note(ui, "It holds for the whole file.");
                }
                State::Failed(why) => {
                    reason_ui(ui, why);
                    another = ui.add(button::quiet("Another file…")).clicked();
                }
                State::Asked
                | State::ToRead
                | State::Reading(_)
                | State::Maps(_)
                | State::Rates(_)
                | State::Read(_) => {}
            }
        });
        if let (Some(first), State::Asks(question)) = (said, &self.state) {
            match question {
                Question::DateOrder(_) => {
                    self.read_as.dates = Some(if first { DateOrder::DayFirst } else { DateOrder::MonthFirst });
                }
                Question::Decimals(_) => {
                    self.read_as.decimals = Some(if first { Decimals::Point } else { Decimals::Comma });
                }
            }
            self.state = State::ToRead;
            ctx.request_repaint();
        } else if another {
            let path = self.files.pop_front().map(|source| source.names().1).unwrap_or_default();
            let place = Place::of(path);
            *self = Self { place, files: std::mem::take(&mut self.files), before: self.before, ..Self::default() };
        } else if shown.other {
            self.skip(actions);
        } else if shown.outcome == Outcome::Cancelled {
            actions.push(Action::CloseDialog);
        }
    }

    /// A table whose columns are being named.
    fn mapper_ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, title: &str, actions: &mut Vec<Action>) {
        let skip = if self.waits() { "Skip this file" } else { "" };
        let mut read_as = self.read_as;
        let State::Maps(mapper) = &self.state else { return };
        let lacks = mapper.lacks(cx);
        let dialog = Dialog::new(title, "Read rows").sendable(lacks.is_empty()).note(&lacks).other(skip).width(WIDE);
        let shown = dialog.show(ctx, |ui| {
            self.file_ui(ui);
            if let State::Maps(mapper) = &mut self.state {
                mapper.ui(ui, cx, &mut read_as);
            }
        });
        self.read_as = read_as;
        match shown.outcome {
            Outcome::Sent => {
                if let State::Maps(mapper) = std::mem::replace(&mut self.state, State::ToRead) {
                    actions.extend(mapper.remembering(cx).map(Action::Do));
                    self.by = By::Mapper(mapper);
                    ctx.request_repaint();
                }
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open if shown.other => self.skip(actions),
            Outcome::Open => {}
        }
    }

    /// Exchange rates.
    fn rates_ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, title: &str, actions: &mut Vec<Action>) {
        let skip = if self.waits() { "Skip this file" } else { "" };
        let State::Rates(preview) = &self.state else { return };
        let note = preview.outcome(Style::of(cx.book.settings()));
        let dialog = Dialog::new(title, "Import").sendable(preview.can_take(cx)).note(&note).other(skip).width(NARROW);
        let shown = dialog.show(ctx, |ui| {
            self.file_ui(ui);
            if let State::Rates(preview) = &mut self.state {
                preview.ui(ui, cx);
            }
        });
        let State::Rates(preview) = &self.state else { return };
        match shown.outcome {
            Outcome::Sent => {
                actions.push(Action::TakeIn(preview.command(cx)));
                self.skip(actions);
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open if shown.other => self.skip(actions),
            Outcome::Open => {}
        }
    }

    /// Back to the columns of a table that was read by what they are.
    fn back_to_columns(&mut self) {
        self.state = match std::mem::take(&mut self.by) {
            By::Mapper(mapper) => State::Maps(mapper),
            By::Itself | By::Columns => {
                self.by = By::Columns;
                State::ToRead
            }
        };
    }

    fn preview_ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, title: &str, actions: &mut Vec<Action>) {
        let skip = if self.waits() { "Skip this file" } else { "" };
        let mut read_as = self.read_as;
        let mut columns = false;
        let State::Read(preview) = &self.state else { return };
        let note = preview.outcome(cx);
        let dialog = Dialog::new(title, "Import").sendable(preview.can_import(cx)).note(&note).other(skip).width(WIDE);
        let shown = dialog.show(ctx, |ui| {
            self.file_ui(ui);
            answered_ui(ui, &mut read_as);
            let State::Read(preview) = &mut self.state else { return };
            columns = preview.is_mapped() && ui.add(button::quiet("Columns…")).clicked();
            preview.ui(ui, cx, actions);
        });
        if columns {
            self.back_to_columns();
            ctx.request_repaint();
            return;
        }
        if read_as != self.read_as {
            self.read_as = read_as;
            self.state = State::ToRead;
            ctx.request_repaint();
            return;
        }
        let State::Read(preview) = &self.state else { return };
        match shown.outcome {
            Outcome::Sent => {
                let command = preview.command(cx);
                // A backup comes first, and the frame goes on meanwhile.
                actions.push(Action::TakeIn(command));
                self.skip(actions);
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open if shown.other => self.skip(actions),
            Outcome::Open => {}
        }
    }
}

/// What the user said of the file, to be said otherwise.
fn answered_ui(ui: &mut Ui, read_as: &mut ReadAs) {
    if read_as.dates.is_none() && read_as.decimals.is_none() {
        return;
    }
    parts::row(ui, |ui| {
        if let Some(dates) = &mut read_as.dates {
            let options = [(DateOrder::DayFirst, "Day first"), (DateOrder::MonthFirst, "Month first")];
            parts::choose(ui, "Days of the file", 180.0, &options, dates);
        }
        if let Some(decimals) = &mut read_as.decimals {
            let options = [(Decimals::Point, "Point"), (Decimals::Comma, "Comma")];
            parts::choose(ui, "Decimal mark of the file", 180.0, &options, decimals);
        }
    });
}

fn progress_ui(ui: &mut Ui, share: f32) {
    let words = format!("Reading … {} %", theme::whole_i8(share * 100.0));
    ui.label(&words);
    let bar = ui.add(ProgressBar::new(share));
    bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &words));
}

/// A table that was pasted: text of several lines, or with tabs. What has neither goes to the field that has the keyboard.
fn pasted(ctx: &egui::Context) -> Option<Source> {
    let is_table = |text: &str| text.contains('\t') || text.trim_end().contains('\n');
    ctx.input_mut(|input| {
        let at = input.events.iter().position(|event| matches!(event, Event::Paste(text) if is_table(text)))?;
        let event = input.events.remove(at);
        if let Event::Paste(text) = event { Some(Source::Pasted(Arc::from(text))) } else { None }
    })
}
