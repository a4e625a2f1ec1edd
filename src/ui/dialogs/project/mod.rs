//! A project with its terms: add or edit.
//!
//! New terms never change old work: changed ones hold from a day on, unless the user says that the old ones were
//! wrong. Everything of the form is one step of undo.

mod missions;
mod save;
mod terms;

use std::collections::BTreeSet;

use egui::RichText;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::typed;
use super::super::view::bar::{likely_platform, pay_words, project_choices};
use super::super::view::names;
use super::super::widgets::badge::PlatformMark;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::widgets::picker::{Choice, Picker};
use super::super::widgets::{button, table};
use super::parts::{choose, choose_currency, heading, labelled, optional, refused, refused_elsewhere, row, share};
use crate::domain::command::{Command, limits};
use crate::domain::ids::{PlatformId, TermsId};
use crate::domain::money::Currency;
use crate::domain::platform::Project;
use crate::domain::refusal::Field as At;
use crate::domain::session::Activity;
use crate::domain::terms::Terms;
use terms::{PayKind, Read, Reasons, TermsDraft, field};

const PAY_KINDS: [(PayKind, &str); 6] = [
    (PayKind::PerHour, "By the hour"),
    (PayKind::PerTask, "By the task"),
    (PayKind::PerUnit, "By a unit"),
    (PayKind::BySession, "By study"),
    (PayKind::Milestones, "By milestones"),
    (PayKind::None, "Not known yet"),
];

/// What is to become of changed terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changed {
    /// New ones from a day on; old work keeps the old ones.
    FromADay,
    /// The old ones were wrong.
    Correct,
}

const CHANGED: [(Changed, &str); 2] =
    [(Changed::FromADay, "New terms from a day on"), (Changed::Correct, "Correct the old terms")];

/// A project with its terms: add or edit.
#[derive(Debug)]
pub struct ProjectDialog {
    before: Option<Project>,
    platform: Option<PlatformId>,
    name: String,
    activity: Activity,
    task_type: String,
    expertise: String,
    work_source: String,
    fee: String,
    note: String,
    terms: TermsDraft,
    /// The terms that the draft began with.
    basis: Option<Terms>,
    changed: Changed,
    new_from: String,
    deleted: BTreeSet<TermsId>,
}

/// What the form amounts to.
struct Parsed {
    fee: Option<rust_decimal::Decimal>,
    terms: Option<Read>,
    new_from: Option<chrono::NaiveDate>,
}

impl ProjectDialog {
    /// A new project.
    #[must_use]
    pub fn add(cx: &Cx<'_>, platform: Option<PlatformId>) -> Self {
        let platform = platform.or_else(|| likely_platform(cx.book, None, &project_choices(cx.book, cx.today)));
        let currency = currency_of(cx, platform);
        let style = Style::of(cx.book.settings());
        Self {
            before: None,
            platform,
            name: String::new(),
            activity: Activity::PaidWork,
            task_type: String::new(),
            expertise: String::new(),
            work_source: String::new(),
            fee: String::new(),
            note: String::new(),
            terms: TermsDraft::new(currency, style),
            basis: None,
            changed: Changed::FromADay,
            new_from: String::new(),
            deleted: BTreeSet::new(),
        }
    }

    /// An existing project.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, project: &Project) -> Self {
        let basis = cx
            .book
            .terms_on(project.id, cx.today)
            .or_else(|| cx.book.terms_of(project.id).first().copied())
            .map(|terms| (**terms).clone());
        let currency = currency_of(cx, Some(project.platform));
        let style = Style::of(cx.book.settings());
        Self {
            platform: Some(project.platform),
            name: project.name.clone(),
            activity: project.usual_activity,
            task_type: project.usual_task_type.clone().unwrap_or_default(),
            expertise: project.expertise.join(", "),
            work_source: project.work_source.clone().unwrap_or_default(),
            fee: project.platform_fee_percent.map_or_else(String::new, |share| format!("{} %", style.exact(share))),
            note: project.note.clone(),
            terms: basis
                .as_ref()
                .map_or_else(|| TermsDraft::new(currency, style), |terms| TermsDraft::of(terms, style)),
            basis,
            changed: Changed::FromADay,
            new_from: style.date(cx.today),
            deleted: BTreeSet::new(),
            before: Some(project.clone()),
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let style = Style::of(cx.book.settings());
        let fee = optional(&self.fee, |text| style.reader().percent(text));
        let read = self.terms.read(cx.today);
        let new_from = optional(&self.new_from, |text| typed::date(text, cx.today));
        let asks = self.asks(read.as_ref().ok().and_then(Option::as_ref));
        let nameless = self.name.trim().is_empty();
        let lacks_day = asks && self.changed == Changed::FromADay && !matches!(new_from, Ok(Some(_)));
        let sendable = fee.is_ok() && read.is_ok() && !lacks_day && !nameless && self.platform.is_some();
        let title = match &self.before {
            Some(project) => format!("Edit {}", project.name),
            None => "Add project".to_owned(),
        };
        let send = if self.before.is_some() { "Save" } else { "Add" };
        let shown = Dialog::new(&title, send).sendable(sendable).width(680.0).show(ctx, |ui| {
            if cx.book.platforms().next().is_none() {
                reason_ui(ui, "A project is on a platform: add one first");
            }
            self.head_ui(ui, cx);
            self.terms_ui(ui, cx, read.as_ref().err(), asks, new_from.as_ref().err().map(String::as_str));
            self.more_ui(ui, cx, fee.as_ref().err().map(String::as_str), actions);
            let shown = [
                At::Name,
                At::Note,
                At::Rate,
                At::Advertised,
                At::Percent,
                At::Cap,
                At::Milestones,
                At::Missions,
                At::Unit,
            ];
            if let Some(reason) = refused_elsewhere(cx, &shown) {
                reason_ui(ui, &reason);
            }
        });
        match shown.outcome {
            Outcome::Sent => {
                if let (Ok(fee), Ok(terms), Some(platform)) = (fee, read, self.platform) {
                    let parsed = Parsed { fee, terms, new_from: new_from.ok().flatten() };
                    actions.push(Action::Submit(self.command(cx, platform, parsed)));
                }
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open => {}
        }
    }

    /// Whether the terms differ from those in force, so that the day must be asked for.
    fn asks(&self, read: Option<&Read>) -> bool {
        match (&self.basis, read) {
            (Some(basis), Some(read)) => !self.deleted.contains(&basis.id) && !read.pays_as(basis),
            _ => false,
        }
    }

    fn head_ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        row(ui, |ui| {
            let width = share(ui, 2);
            labelled(ui, "Platform", width, |ui| {
                let platforms = cx.book.platforms_by_name();
                let choices: Vec<Choice<'_>> = platforms
                    .iter()
                    .map(|platform| Choice {
                        text: &platform.name,
                        mark: Some(PlatformMark {
                            letters: &platform.badge,
                            hue_index: usize::try_from(platform.hue).unwrap_or(0),
                        }),
                        detail: platform.currency.code(),
                    })
                    .collect();
                let chosen = platforms.iter().position(|platform| Some(platform.id) == self.platform);
                let picked =
                    Picker::new("Platform").chosen(chosen).hint("Choose a platform…").width(width).pick(ui, &choices);
                if let Some(platform) = picked.and_then(|at| platforms.get(at)) {
                    self.platform = Some(platform.id);
                    if self.basis.is_none() {
                        self.terms.currency = platform.currency;
                    }
                }
            });
            let reason = refused(cx, At::Name);
            Field::new("Name", &mut self.name)
                .width(width)
                .limit(limits::NAME_LETTERS)
                .hint("Aloe")
                .autofocus()
                .reason(reason.as_deref())
                .show(ui);
        });
    }

    fn terms_ui(
        &mut self,
        ui: &mut egui::Ui,
        cx: &Cx<'_>,
        reasons: Option<&Reasons>,
        asks: bool,
        new_from: Option<&str>,
    ) {
        heading(ui, "How it pays");
        let reason = |name: &str| reasons.and_then(|reasons| reasons.get(name)).map(String::as_str);
        let price_reason = refused(cx, At::Rate);
        let advertised_reason = refused(cx, At::Advertised);
        let (milestones_reason, unit_reason) = (refused(cx, At::Milestones), refused(cx, At::Unit));
        let draft = &mut self.terms;
        row(ui, |ui| {
            let width = share(ui, 3);
            choose(ui, "Pay", width, &PAY_KINDS, &mut draft.kind);
            match draft.kind {
                PayKind::None | PayKind::BySession => {}
                PayKind::Milestones => choose_currency(ui, "Currency", width, &mut draft.currency),
                PayKind::PerHour | PayKind::PerTask | PayKind::PerUnit => {
                    let unit = match draft.kind {
                        PayKind::PerHour => "/h",
                        PayKind::PerTask => "a task",
                        PayKind::PerUnit | PayKind::BySession | PayKind::Milestones | PayKind::None => "",
                    };
                    let why = reason(field::PRICE).or(price_reason.as_deref());
                    Field::new(field::PRICE, &mut draft.price).width(width).hint("25").unit(unit).reason(why).show(ui);
                    choose_currency(ui, "Currency", width, &mut draft.currency);
                }
            }
        });
        if draft.kind == PayKind::Milestones {
            Field::new(field::MILESTONES, &mut draft.milestones)
                .rows(3)
                .limit(limits::NOTE_LETTERS)
                .hint("First draft, 200, 15 Dec")
                .reason(reason(field::MILESTONES).or(milestones_reason.as_deref()))
                .show(ui);
        }
        if draft.kind != PayKind::None {
            row(ui, |ui| {
                let width = share(ui, if draft.kind == PayKind::PerUnit { 4 } else { 3 });
                if draft.kind == PayKind::PerUnit {
                    let why = reason(field::UNIT).or(unit_reason.as_deref());
                    Field::new(field::UNIT, &mut draft.unit).width(width).hint("audio minute").reason(why).show(ui);
                }
                let why = reason(field::ADVERTISED).or(advertised_reason.as_deref());
                Field::new(field::ADVERTISED, &mut draft.advertised)
                    .width(width)
                    .hint("25, or 20–30")
                    .reason(why)
                    .show(ui);
                let why = reason(field::HELD);
                Field::new(field::HELD, &mut draft.held).width(width).hint("0 %").reason(why).show(ui);
                if !asks {
                    let why = reason(field::FROM);
                    Field::new(field::FROM, &mut draft.from).width(width).hint("the beginning").reason(why).show(ui);
                }
            });
        }
        let cap = refused(cx, At::Cap);
        if draft.kind == PayKind::PerHour {
            row(ui, |ui| {
                let width = share(ui, 2);
                for (name, text, hint) in
                    [(field::A_DAY, &mut draft.a_day, "no cap"), (field::A_WEEK, &mut draft.a_week, "no cap")]
                {
                    let why = reason(name).or(cap.as_deref());
                    Field::new(name, text).width(width).hint(hint).unit("h").reason(why).show(ui);
                }
            });
        }
        if draft.kind != PayKind::None {
            let refusal = refused(cx, At::Missions);
            Field::new(field::MISSIONS, &mut draft.missions)
                .rows(2)
                .limit(limits::NOTE_LETTERS)
                .hint("20 tasks, $50, 16 Nov – 22 Nov")
                .reason(reason(field::MISSIONS).or(refusal.as_deref()))
                .show(ui);
        }
        if asks {
            row(ui, |ui| {
                let width = share(ui, 2);
                choose(ui, "The pay has changed", width, &CHANGED, &mut self.changed);
                if self.changed == Changed::FromADay {
                    let empty = self.new_from.trim().is_empty().then_some("A day is needed");
                    Field::new("New terms from", &mut self.new_from).width(width).reason(new_from.or(empty)).show(ui);
                }
            });
        }
        self.history_ui(ui, cx);
    }

    /// The terms over time; each can be deleted.
    fn history_ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let Some(project) = &self.before else { return };
        let terms = cx.book.terms_of(project.id);
        if terms.is_empty() || (terms.len() == 1 && self.deleted.is_empty()) {
            return;
        }
        let tokens = theme::tokens(ui);
        let style = self.terms.style();
        ui.label(RichText::new("Terms over time").small().color(tokens.muted));
        let mut toggled = None;
        table::Table::new("Terms over time")
            .headless()
            .row_height(tokens.sizes.row_dense + 4.0)
            .max_height(120.0)
            .column(table::Column::exact("Pay", 180.0))
            .column(table::Column::fill("From", 120.0))
            .column(table::Column::exact("", 110.0).right())
            .show(
                ui,
                terms.len(),
                |at| {
                    let name = terms.get(at).map_or_else(String::new, |terms| terms_name(terms, style));
                    table::RowSpec::new(("terms", terms.get(at).map(|terms| terms.id)), name).plain()
                },
                |row| {
                    let Some(terms) = terms.get(row.index()) else { return };
                    let gone = self.deleted.contains(&terms.id);
                    row.cell(|ui| {
                        let text = RichText::new(pay_words(&terms.pay, terms.currency, style));
                        ui.label(if gone { text.strikethrough().color(tokens.muted) } else { text });
                    });
                    row.muted(&from_words(terms, style));
                    row.cell(|ui| {
                        let word = if gone { "Keep" } else { "Delete" };
                        let name = format!("{word} terms {}", terms_name(terms, style));
                        if ui.add(button::chip(word).named(&name)).clicked() {
                            toggled = Some(terms.id);
                        }
                    });
                },
            );
        if let Some(id) = toggled
            && !self.deleted.remove(&id)
        {
            self.deleted.insert(id);
        }
    }

    fn more_ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, fee: Option<&str>, actions: &mut Vec<Action>) {
        heading(ui, "The work");
        row(ui, |ui| {
            let width = share(ui, 3);
            let activities = Activity::ALL.map(|activity| (activity, names::activity(activity)));
            choose(ui, "Usual activity", width, &activities, &mut self.activity);
            Field::new("Usual task type", &mut self.task_type).width(width).hint("rating").show(ui);
            Field::new("Expertise", &mut self.expertise).width(width).hint("nursing, Swahili").show(ui);
        });
        row(ui, |ui| {
            let width = share(ui, 2);
            Field::new("Source of the work", &mut self.work_source).width(width).hint("the payer").show(ui);
            let percent = refused(cx, At::Percent);
            Field::new("Platform fee", &mut self.fee)
                .width(width)
                .hint("as the schedule says")
                .reason(fee.or(percent.as_deref()))
                .show(ui);
        });
        Field::new("Note", &mut self.note)
            .rows(2)
            .limit(limits::NOTE_LETTERS)
            .reason(refused(cx, At::Note).as_deref())
            .show(ui);
        if let Some(project) = &self.before
            && ui.add(button::link("Delete project").tip("Delete project", "", "It can be undone")).clicked()
        {
            actions.push(Action::Submit(Command::DeleteProject(project.id)));
        }
    }
}

fn currency_of(cx: &Cx<'_>, platform: Option<PlatformId>) -> Currency {
    platform.and_then(|id| cx.book.platform(id)).map_or(cx.book.settings().home_currency, |platform| platform.currency)
}

fn from_words(terms: &Terms, style: Style) -> String {
    terms.from.map_or_else(|| "from the beginning".to_owned(), |day| format!("from {}", style.day_and_year(day)))
}

fn terms_name(terms: &Terms, style: Style) -> String {
    format!("{}, {}", pay_words(&terms.pay, terms.currency, style), from_words(terms, style))
}
