//! The bar that is always there: the clock, the project, the activity, start and stop, today and this week.
//!
//! What doesn't fit goes in this order: the week, the pace (tasks and "since"), the activity.

use std::sync::Arc;

use egui::{Align, Galley, Id, Layout, Response, RichText, Sense, Ui, pos2, vec2};

use super::action::Action;
use super::cx::Cx;
use super::dialogs::{AddPlatformDialog, Dialog};
use super::format::Style;
use super::lack;
use super::theme::{self, Tokens};
use super::verbs::Verb;
use super::view::bar::{self as view, CapWords, Pace, ProjectChoice, TimerView};
use super::view::lacking::LackWords;
use super::view::memo::Memo;
use super::view::names;
use super::view::new_project::NewProject;
use super::widgets::badge::PlatformMark;
use super::widgets::lack::SIDE;
use super::widgets::picker::{self, Choice, Picked, Picker};
use super::widgets::{button, menu, rich};
use crate::domain::command::{Command, Start};
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::query::hours::Period;
use crate::domain::session::{Activity, Session, SessionState};
use crate::domain::span::Timestamp;
use crate::engine::Stamp;

/// Below this width the lines beside the clock are left out while a timer runs.
const PACE_FROM: f32 = 1100.0;
/// Below this width the activity is left out.
const ACTIVITY_FROM: f32 = 720.0;
/// The project picker takes what the verbs and today leave, between these widths.
const PICKER_WIDTH: std::ops::RangeInclusive<f32> = 128.0..=200.0;
/// Width of the lines beside the clock.
const LINES_WIDTH: f32 = 134.0;
/// The same with a cap that is nearly full: "23 h 45 m of 24 h 30 m this week".
const CAP_WIDTH: f32 = 186.0;
/// Width of the activity's picker.
const ACTIVITY_WIDTH: f32 = 130.0;

/// "I began … ago": minutes on offer.
const EARLIER_MINUTES: [i64; 5] = [5, 10, 15, 30, 60];

/// What the bar remembers: the choice for the next start, and the list to pick from.
#[derive(Default)]
pub struct Bar {
    /// What the next timer is for; `None` until chosen: then the last worked project.
    project: Option<ProjectId>,
    activity: Option<Activity>,
    choices: Memo<Stamp, Vec<ProjectChoice>>,
    cap: Memo<(Stamp, ProjectId), Option<CapWords>>,
}

impl Bar {
    /// What must be there before a verb of the bar can be used; `None` where it can be.
    #[must_use]
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest are not the bar's")]
    pub fn lacks(verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        let state = view::timer(cx.book, cx.now).state;
        let (ready, lacks) = match verb {
            Verb::Start => (state == SessionState::Ended, "A timer runs already"),
            Verb::Pause => (state == SessionState::Running, "No timer runs"),
            Verb::Resume => (state == SessionState::Paused, "No timer is paused"),
            Verb::Stop | Verb::CountTask => (state != SessionState::Ended, "No timer runs"),
            _ => (true, ""),
        };
        (!ready).then_some(lacks)
    }

    /// What a verb of the bar comes to; `None` where it is done at once, can't be, or isn't the bar's.
    pub fn carry_out(&self, verb: Verb, ctx: &egui::Context, cx: &Cx<'_>) -> Option<Action> {
        let timer = view::timer(cx.book, cx.now);
        let open = timer.session.as_ref().map(|session| session.id);
        let command = match (verb, open) {
            (Verb::PickProject, _) => {
                picker::open(ctx, picker_id());
                return None;
            }
            (Verb::Start, _) => return Some(self.start(cx, cx.now.at)),
            (Verb::Pause, Some(id)) => Command::PauseSession(id),
            (Verb::Resume, Some(id)) => Command::ResumeSession(id),
            (Verb::Stop, Some(id)) => Command::StopSession(id),
            (Verb::CountTask, Some(id)) => Command::CountTasks { id, more: 1 },
            _ => return None,
        };
        Some(Action::Do(command))
    }

    /// Makes what is drawn at first.
    pub fn prepare(&mut self, cx: &Cx<'_>) {
        choices(&mut self.choices, cx);
    }

    /// Draws the bar and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let tokens = theme::tokens(ui);
        let timer = view::timer(cx.book, cx.now);
        let style = Style::of(cx.book.settings());
        let today = PaceLabel::new(ui, "Today", &Pace::of(&cx.figures.today, style));
        let week = PaceLabel::new(ui, "Week", &Pace::of(&cx.figures.week, style));
        let width = ui.available_width();
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_m;
            let project = timer.session.as_ref().and_then(|session| session.project);
            let cap = project.and_then(|project| {
                let words = || CapWords::of(cx.book, project, cx.today, cx.figures.at);
                self.cap.get((cx.figures.stamp, project), words).as_ref()
            });
            dot_ui(ui, tokens, timer.state);
            clock_ui(ui, &timer.clock);
            // A cap that is nearly full is seen at any width.
            if width >= PACE_FROM || timer.session.is_none() || cap.is_some() {
                lines_ui(ui, cx, &timer, cap, actions);
            }
            ui.add_space(tokens.sizes.gap_xs);
            let verbs = if timer.session.is_some() { 190.0 } else { 150.0 };
            let activity = if width >= ACTIVITY_FROM { ACTIVITY_WIDTH + tokens.sizes.gap_m } else { 0.0 };
            let mut left = ui.available_width() - verbs - activity - 3.0 * tokens.sizes.gap_m;
            // Where even the least leaves today no room, there is no need to keep any for it.
            if left - today.width >= *PICKER_WIDTH.start() {
                left -= today.width;
            }
            self.project_ui(ui, cx, left.clamp(*PICKER_WIDTH.start(), *PICKER_WIDTH.end()), &timer, actions);
            if width >= ACTIVITY_FROM {
                self.activity_ui(ui, cx, &timer, actions);
            }
            self.verbs_ui(ui, cx, &timer, actions);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = tokens.sizes.gap_xl;
                let lacks = |period: Period| cx.lacking.within(period.days(cx.today, cx.book.settings().week_start));
                if ui.available_width() >= today.width + week.width + tokens.sizes.gap_xl {
                    week.ui(ui, lacks(Period::ThisWeek).as_ref(), actions);
                }
                if ui.available_width() >= today.width {
                    today.ui(ui, lacks(Period::Today).as_ref(), actions);
                }
            });
        });
    }

    fn start(&self, cx: &Cx<'_>, started_at: Timestamp) -> Action {
        let start = Start {
            id: SessionId(cx.fresh.draw()),
            project: self.project.filter(|id| cx.book.project(*id).is_some()),
            activity: self.activity.unwrap_or(Activity::PaidWork),
            task_type: None,
            started_at,
        };
        Action::Do(Command::SwitchSession(start))
    }

    fn project_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, width: f32, timer: &TimerView, actions: &mut Vec<Action>) {
        let choices = choices(&mut self.choices, cx);
        // The last worked project stands ready until another is chosen.
        let current = match &timer.session {
            Some(session) => session.project,
            None => self.project.or_else(|| choices.first().map(|choice| choice.id)),
        };
        self.project = current;
        let shown: Vec<Choice<'_>> = choices
            .iter()
            .map(|choice| Choice {
                text: &choice.text,
                mark: choice.mark.as_ref().map(|mark| PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
                detail: &choice.pay,
            })
            .collect();
        let key = Verb::PickProject.key_text();
        let likely = view::likely_platform(cx.book, current, choices);
        let read = |typed: &str| NewProject::read(cx.book, typed, likely);
        let chosen = choices.iter().find(|choice| Some(choice.id) == current);
        // Where not all of it fits the badge says the platform.
        let cut = |choice: &&ProjectChoice| {
            let font = theme::regular(theme::tokens(ui).sizes.body);
            let long = rich::one_line(ui, &choice.text, font, egui::Color32::PLACEHOLDER, f32::INFINITY).size().x;
            choice.mark.is_some() && long > picker::room(ui, width)
        };
        let short = chosen.filter(cut).map(|choice| Choice {
            text: &choice.name,
            mark: choice.mark.as_ref().map(|mark| PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
            detail: "",
        });
        let picker = Picker::new("Project");
        let picker = if let Some(short) = short { picker.value(short) } else { picker };
        let picked = picker
            .chosen(choices.iter().position(|choice| Some(choice.id) == current))
            .hint(if timer.session.is_some() { names::NO_PROJECT } else { "Choose a project…" })
            .width(width)
            .id(picker_id())
            .enabled(!cx.read_only)
            .tip(&key, Verb::PickProject.words().line)
            .show(ui, &shown, |typed| match read(typed) {
                Some(new) => Some(new.words(cx.book)),
                None if cx.book.platforms().next().is_none() => Some("Add a platform first…".to_owned()),
                None => None,
            });
        match picked {
            Some(Picked::Chosen(at)) => {
                if let Some(choice) = choices.get(at) {
                    let (id, usual) = (choice.id, choice.activity);
                    self.choose(cx, timer, id, usual, actions);
                }
            }
            Some(Picked::Create(typed)) => match read(&typed) {
                Some(NewProject { existing: Some(id), .. }) => {
                    let usual = cx.book.project(id).map_or(Activity::PaidWork, |project| project.usual_activity);
                    self.choose(cx, timer, id, usual, actions);
                }
                Some(new) => actions.push(self.create_and_start(cx, timer, &new)),
                None => actions.push(Action::Open(Box::new(Dialog::AddPlatform(AddPlatformDialog::new(cx))))),
            },
            None => {}
        }
    }

    /// A timer that runs without a project is named; one of another project is switched; else it stands ready.
    fn choose(&mut self, cx: &Cx<'_>, timer: &TimerView, id: ProjectId, usual: Activity, actions: &mut Vec<Action>) {
        self.project = Some(id);
        match &timer.session {
            Some(session) if session.project.is_none() => {
                let named = Session { project: Some(id), ..(**session).clone() };
                actions.push(Action::Do(Command::EditSession(Box::new(named))));
            }
            Some(session) if session.project != Some(id) => {
                self.activity = Some(usual);
                actions.push(self.start(cx, cx.now.at));
            }
            Some(_) => {}
            None => self.activity = Some(usual),
        }
    }

    /// The new project, its terms and its running timer, as one step.
    fn create_and_start(&mut self, cx: &Cx<'_>, timer: &TimerView, new: &NewProject) -> Action {
        let (project, terms) = new.records(&mut || cx.fresh.draw());
        let id = project.id;
        let add = Command::AddProject { project: Box::new(project), terms: terms.map(Box::new) };
        self.project = Some(id);
        // A timer that runs without a project is named: its time belongs to the new one.
        let (words, run) = if let Some(session) = timer.session.as_ref().filter(|session| session.project.is_none()) {
            let named = Session { project: Some(id), ..(**session).clone() };
            (format!("Name the work {}", new.name), Command::EditSession(Box::new(named)))
        } else {
            self.activity = Some(Activity::PaidWork);
            let start = Start {
                id: SessionId(cx.fresh.draw()),
                project: Some(id),
                activity: Activity::PaidWork,
                task_type: None,
                started_at: cx.now.at,
            };
            (format!("Start {}", new.name), Command::SwitchSession(start))
        };
        Action::Do(Command::Together { words, commands: vec![add, run] })
    }

    fn activity_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, timer: &TimerView, actions: &mut Vec<Action>) {
        let current = timer
            .session
            .as_ref()
            .map_or_else(|| self.activity.unwrap_or(Activity::PaidWork), |session| session.activity);
        let choices: Vec<Choice<'_>> = Activity::ALL
            .iter()
            .map(|activity| Choice {
                text: names::activity(*activity),
                mark: None,
                detail: if activity.usually_paid() { "paid" } else { "unpaid" },
            })
            .collect();
        let picked = Picker::few("Activity")
            .chosen(Some(view::activity_index(current)))
            .width(ACTIVITY_WIDTH)
            .enabled(!cx.read_only)
            .tip("", "What the time goes to; while a timer runs, switches it")
            .pick(ui, &choices);
        if let Some(activity) = picked.and_then(|at| Activity::ALL.get(at)).copied()
            && activity != current
        {
            self.activity = Some(activity);
            if timer.session.is_some() {
                actions.push(self.start(cx, cx.now.at));
            }
        }
    }

    fn verbs_ui(&self, ui: &mut Ui, cx: &Cx<'_>, timer: &TimerView, actions: &mut Vec<Action>) {
        let Some(session) = &timer.session else {
            if verb_ui(ui, button::primary, Verb::Start, !cx.read_only).clicked() {
                actions.extend(self.carry_out(Verb::Start, ui.ctx(), cx));
            }
            let earlier = ui.add(button::chip("Earlier").menu().named("Began earlier").enabled(!cx.read_only).tip(
                "Began earlier",
                "",
                "Start with a time that has passed already",
            ));
            menu::under(&earlier, |ui| {
                if let Some(at) = earlier_items(ui, cx, None) {
                    actions.push(self.start(cx, at));
                }
            });
            return;
        };
        // The second click of a double click on Start lands here; nobody finishes a task in no time.
        let just_begun = session.own_secs(cx.now.at) < 1;
        let (count, key) = (Verb::CountTask.words(), Verb::CountTask.key_text());
        let line = format!("Count one {} done", timer.unit);
        let more = button::quiet(count.name).enabled(!cx.read_only).tip(count.name, &key, &line);
        if ui.add(more).clicked() && !just_begun {
            actions.extend(self.carry_out(Verb::CountTask, ui.ctx(), cx));
        }
        let go_on = if timer.state == SessionState::Paused { Verb::Resume } else { Verb::Pause };
        if verb_ui(ui, button::quiet, go_on, !cx.read_only).clicked() {
            actions.extend(self.carry_out(go_on, ui.ctx(), cx));
        }
        if verb_ui(ui, button::danger, Verb::Stop, !cx.read_only).clicked() {
            actions.extend(self.carry_out(Verb::Stop, ui.ctx(), cx));
        }
    }
}

/// The projects to pick from.
fn choices<'m>(known: &'m mut Memo<Stamp, Vec<ProjectChoice>>, cx: &Cx<'_>) -> &'m [ProjectChoice] {
    known.get(cx.figures.stamp, || view::project_choices(cx.book, cx.today))
}

fn picker_id() -> Id {
    Id::unique("bar project")
}

fn verb_ui(ui: &mut Ui, look: fn(&str) -> button::Button<'_>, verb: Verb, enabled: bool) -> Response {
    let words = verb.words();
    let key = verb.key_text();
    ui.add(look(words.name).enabled(enabled).tip(words.name, &key, words.line))
}

fn dot_ui(ui: &mut Ui, tokens: &Tokens, state: SessionState) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    let color = match state {
        SessionState::Running => tokens.running,
        SessionState::Paused => tokens.warn,
        SessionState::Ended => tokens.raised,
    };
    ui.painter().circle_filled(rect.center(), 5.0, color);
}

/// The digits are of one width, so that they don't jump; the box is as wide as the text with hours in two digits.
fn clock_ui(ui: &mut Ui, clock: &str) {
    let font = theme::semibold(theme::tokens(ui).sizes.figure);
    let label = ui.add(egui::Label::new(RichText::new(clock).font(font)).selectable(false));
    button::tip(label, "Own time", "", "By your own clock, pauses taken out");
}

fn lines_ui(ui: &mut Ui, cx: &Cx<'_>, timer: &TimerView, cap: Option<&CapWords>, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    ui.vertical(|ui| {
        // Of one width whatever it says, so that no button moves under the pointer.
        ui.set_width(if cap.is_some() { CAP_WIDTH } else { LINES_WIDTH });
        ui.spacing_mut().item_spacing.y = 0.0;
        let lines = 1 + usize::from(!timer.count.is_empty() || timer.others > 0 || cap.is_some());
        #[expect(clippy::cast_precision_loss, reason = "one or two lines")]
        let height = lines as f32 * 17.0;
        ui.add_space((tokens.sizes.bar_height - height) / 2.0 - 2.0);
        let small = |text: &str| RichText::new(text).small().color(tokens.muted);
        match &timer.session {
            Some(session) => {
                let since = egui::Label::new(small(&timer.since)).selectable(false).sense(Sense::click());
                let since = ui.add_enabled(!cx.read_only, since);
                since.widget_info(|| {
                    egui::WidgetInfo::labeled(
                        egui::Role::Button,
                        !cx.read_only,
                        format!("Move the start: {}", timer.since),
                    )
                });
                let since = button::tip(since, "Move the start", "", "I began earlier, or since the last one ended");
                menu::under(&since, |ui| {
                    if let Some(started_at) = earlier_items(ui, cx, Some((session.id, session.started_at))) {
                        actions.push(Action::Do(Command::MoveStart { id: session.id, started_at }));
                    }
                });
            }
            None => {
                ui.label(small(&timer.since));
            }
        }
        if let Some(cap) = cap {
            let ink = if cap.full { tokens.bad } else { tokens.warn };
            let text = RichText::new(&cap.text).small().color(ink);
            let label = ui.add(egui::Label::new(text).truncate().selectable(false));
            button::tip(label, if cap.full { "Cap reached" } else { "Cap nearly reached" }, "", &cap.line);
        } else if timer.others > 0 {
            ui.label(small(&format!("and {} more running", timer.others)));
        } else if !timer.count.is_empty() {
            ui.label(small(&timer.count));
        }
    });
}

/// "I began 10 min ago" and "Since the last one ended"; the chosen start. For a running timer the minutes go back
/// from its start.
fn earlier_items(ui: &mut Ui, cx: &Cx<'_>, running: Option<(SessionId, Timestamp)>) -> Option<Timestamp> {
    let mut chosen = None;
    let from = running.map_or(cx.now.at, |(_, started_at)| started_at);
    for minutes in EARLIER_MINUTES {
        let words = if running.is_some() {
            format!("Began {minutes} min earlier")
        } else {
            format!("I began {minutes} min ago")
        };
        let at = from - chrono::TimeDelta::minutes(minutes);
        if menu::item(ui, &words, &at.with_timezone(&cx.now.zone).format("%H:%M").to_string()) {
            chosen = Some(at);
        }
    }
    if let Some(at) = view::last_end(cx.book, running.map(|(id, _)| id), cx.now) {
        menu::separator(ui);
        if menu::item(ui, "Since the last one ended", &at.with_timezone(&cx.now.zone).format("%H:%M").to_string()) {
            chosen = Some(at);
        }
    }
    chosen
}

/// Hours, earned and rate of a period, right-aligned under its title; one node for a screen reader.
struct PaceLabel {
    title: &'static str,
    head: Arc<Galley>,
    figures: Vec<Arc<Galley>>,
    spoken: String,
    width: f32,
}

impl PaceLabel {
    fn new(ui: &Ui, title: &'static str, pace: &Pace) -> Self {
        let tokens = theme::tokens(ui);
        let parts = [(&pace.hours, false), (&pace.earned, false), (&pace.rate, true)];
        let figures: Vec<_> = parts
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, strong)| {
                let figure = rich::figure(text);
                let figure = match (strong, pace.muted) {
                    (true, true) => figure.color(tokens.muted),
                    (true, false) => figure.strong(),
                    (false, _) => figure,
                };
                ui.painter().layout_job(figure.job(tokens))
            })
            .collect();
        let font = theme::regular(tokens.sizes.small);
        let head = ui.painter().layout_no_wrap(title.to_owned(), font, tokens.muted);
        #[expect(clippy::cast_precision_loss, reason = "three figures at most")]
        let gaps = figures.len().saturating_sub(1) as f32 * tokens.sizes.gap_m;
        let width = figures.iter().map(|figure| figure.size().x).sum::<f32>() + gaps;
        let spoken = format!("{title}: {} {} {}", pace.hours, pace.earned, pace.rate).trim_end().to_owned();
        Self { title, width: width.max(head.size().x), head, figures, spoken }
    }

    fn ui(self, ui: &mut Ui, lacks: Option<&LackWords>, actions: &mut Vec<Action>) {
        let tokens = theme::tokens(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(self.width, 40.0), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &self.spoken));
        let head = pos2(rect.right() - self.head.size().x, rect.top());
        // Beside the title there is room in any case.
        let sign = pos2(head.x - SIDE / 2.0 - tokens.sizes.gap_xs, head.y + self.head.size().y / 2.0);
        let sign = egui::Rect::from_center_size(sign, vec2(SIDE, SIDE));
        ui.painter().galley(head, self.head, tokens.muted);
        let mut right = rect.right();
        for figure in self.figures.into_iter().rev() {
            right -= figure.size().x;
            let top = rect.bottom() - figure.size().y;
            ui.painter().galley(pos2(right, top), figure, tokens.text);
            right -= tokens.sizes.gap_m;
        }
        button::tip(response, self.title, "", "Hours, earned, and the rate over all hours");
        lack::sign_at(ui, sign, lacks, self.title, actions);
    }
}
