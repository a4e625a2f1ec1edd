//! The fields of an earning: kind, platform and project, amounts, days; and what few earnings have.

use egui::Ui;

use super::{EarningDialog, note};
use crate::domain::ids::{PlatformId, RouteId};
use crate::domain::money::Money;
use crate::domain::refusal::Field;
use crate::domain::terms::{Milestone, Pay};
use crate::ui::cx::Cx;
use crate::ui::dialogs::parts::{choose, labelled, one_of, refused, row, share};
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::view::earnings::form::{EarningForm, Input, Kind, Read};
use crate::ui::view::names;
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::button;
use crate::ui::widgets::field::Field as TextField;
use crate::ui::widgets::picker::{Choice, Picker};

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, read: &Read) {
    let kinds = Kind::ALL.map(|kind| (kind, kind.words().0, kind.words().1));
    one_of(ui, "What it is for", &kinds, &mut dialog.form.kind);
    row(ui, |ui| {
        let width = share(ui, 2);
        platform_ui(ui, cx, &mut dialog.form, width);
        project_ui(ui, cx, dialog, width);
    });
    match dialog.form.kind {
        Kind::Batch => batch_ui(ui, cx, dialog, read),
        Kind::Milestone => {
            milestone_ui(ui, cx, dialog, read);
            row(ui, |ui| {
                let width = share(ui, 2);
                amount_ui(ui, cx, dialog, read, width);
                days_ui(ui, cx, dialog, read, width);
            });
        }
        Kind::Work | Kind::Bonus | Kind::Adjustment | Kind::ClawBack | Kind::Opening => {
            row(ui, |ui| {
                let width = share(ui, 2);
                amount_ui(ui, cx, dialog, read, width);
                days_ui(ui, cx, dialog, read, width);
            });
        }
    }
}

fn platform_ui(ui: &mut Ui, cx: &Cx<'_>, form: &mut EarningForm, width: f32) {
    labelled(ui, "Platform", width, |ui| {
        let platforms = cx.book.platforms_by_name();
        let marks: Vec<names::Mark> = platforms.iter().map(|platform| names::Mark::of(platform)).collect();
        let choices: Vec<Choice<'_>> = platforms
            .iter()
            .zip(&marks)
            .map(|(platform, mark)| Choice {
                text: &platform.name,
                mark: Some(PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
                detail: "",
            })
            .collect();
        let at = form.platform.and_then(|id| platforms.iter().position(|platform| platform.id == id));
        let picked = Picker::new("Platform of the earning").chosen(at).hint("Choose one").width(width);
        if let Some(platform) = picked.pick(ui, &choices).and_then(|at| platforms.get(at)) {
            set_platform(cx, form, platform.id);
        }
    });
}

/// Another platform: a project and a route of the one before are none of it.
fn set_platform(cx: &Cx<'_>, form: &mut EarningForm, platform: PlatformId) {
    if form.platform != Some(platform) {
        form.platform = Some(platform);
        form.project = form.project.filter(|id| cx.book.project(*id).is_some_and(|one| one.platform == platform));
        form.route = None;
        form.sessions.clear();
    }
}

fn project_ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, width: f32) {
    let form = &mut dialog.form;
    labelled(ui, "Project", width, |ui| {
        let of_it: Vec<_> = dialog
            .projects
            .iter()
            .filter(|choice| cx.book.project(choice.id).is_some_and(|one| Some(one.platform) == form.platform))
            .collect();
        let mut choices = vec![Choice { text: "The platform as a whole", mark: None, detail: "" }];
        choices.extend(of_it.iter().map(|choice| Choice { text: &choice.name, mark: None, detail: &choice.pay }));
        let at = form.project.and_then(|id| of_it.iter().position(|choice| choice.id == id));
        let current = names::project(cx.book, form.project);
        let picker = Picker::new("Project of the earning").width(width);
        let picker = match (at, form.project) {
            (None, Some(_)) => picker.value(Choice::from(current.as_str())),
            (None, None) => picker.chosen(Some(0)),
            (Some(at), _) => picker.chosen(Some(at + 1)),
        };
        if let Some(at) = picker.pick(ui, &choices) {
            let project = at.checked_sub(1).and_then(|at| of_it.get(at)).map(|choice| choice.id);
            if project != form.project {
                form.project = project;
                form.sessions.clear();
            }
        }
    });
}

fn amount_ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, read: &Read, width: f32) {
    let draft = dialog.form.amount.clone();
    let reason = dialog.reason(cx, read, Input::Amount, &draft, Some(Field::Amount));
    let label = if dialog.form.kind == Kind::ClawBack { "Taken back" } else { "Amount" };
    let field = TextField::new(label, &mut dialog.form.amount).hint("19.20, or 18 EUR").width(width);
    field.autofocus().reason(reason.as_deref()).note(note(read, Input::Amount)).show(ui);
}

fn days_ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, read: &Read, width: f32) {
    let draft = dialog.form.days.clone();
    let reason = dialog.reason(cx, read, Input::Days, &draft, Some(Field::Day));
    let label = if dialog.form.kind == Kind::Opening { "Owed by" } else { "Worked" };
    let field = TextField::new(label, &mut dialog.form.days).hint("today, 16–22 Nov, last week").width(width);
    field.reason(reason.as_deref()).note(note(read, Input::Days)).show(ui);
}

fn batch_ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, read: &Read) {
    row(ui, |ui| {
        let width = share(ui, 3);
        let draft = dialog.form.count.clone();
        let reason = dialog.reason(cx, read, Input::Count, &draft, None);
        let field = TextField::new("Tasks", &mut dialog.form.count).hint("30").width(width).autofocus();
        field.reason(reason.as_deref()).note(note(read, Input::Count)).show(ui);
        let draft = dialog.form.price.clone();
        let reason = dialog.reason(cx, read, Input::Price, &draft, None);
        let usual = dialog.form.usual_price(cx.book, cx.today);
        let hint = usual.map_or_else(|| "0.64".to_owned(), |price| Style::of(cx.book.settings()).draft(price));
        let field = TextField::new("Price of one", &mut dialog.form.price).hint(&hint).width(width);
        field.reason(reason.as_deref()).note(note(read, Input::Price)).show(ui);
        let draft = dialog.form.amount.clone();
        let reason = dialog.reason(cx, read, Input::Amount, &draft, Some(Field::Amount));
        let field = TextField::new("Amount of all", &mut dialog.form.amount).hint("19.20").width(width);
        field.reason(reason.as_deref()).note(note(read, Input::Amount)).show(ui);
    });
    row(ui, |ui| {
        let width = share(ui, 3);
        let draft = dialog.form.accepted.clone();
        let reason = dialog.reason(cx, read, Input::Accepted, &draft, None);
        let field = TextField::new("Accepted", &mut dialog.form.accepted).hint("all").unit("%").width(width);
        field.reason(reason.as_deref()).note(note(read, Input::Accepted)).show(ui);
        days_ui(ui, cx, dialog, read, width);
    });
}

/// The milestones of the project's terms on offer, and a name of one's own.
fn milestone_ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, read: &Read) {
    row(ui, |ui| {
        let agreed = agreed(cx, &dialog.form);
        let width = if agreed.is_empty() { ui.available_width() } else { share(ui, 2) };
        let draft = dialog.form.name.clone();
        let reason = dialog.reason(cx, read, Input::Name, &draft, None);
        let field = TextField::new("Name", &mut dialog.form.name).hint("First draft").width(width);
        field.reason(reason.as_deref()).show(ui);
        if agreed.is_empty() {
            return;
        }
        let style = Style::of(cx.book.settings());
        labelled(ui, "Agreed in the terms", width, |ui| {
            let details: Vec<String> = agreed.iter().map(|(_, money)| style.money(*money)).collect();
            let choices: Vec<Choice<'_>> = agreed
                .iter()
                .zip(&details)
                .map(|((milestone, _), detail)| Choice { text: &milestone.name, mark: None, detail })
                .collect();
            let at = agreed.iter().position(|(milestone, _)| milestone.name.trim() == dialog.form.name.trim());
            let picker = Picker::few("Agreed milestone").chosen(at).hint("Choose one").width(width);
            if let Some((milestone, _)) = picker.pick(ui, &choices).and_then(|at| agreed.get(at)) {
                take_milestone(cx, &mut dialog.form, &milestone.name);
            }
        });
    });
}

fn agreed(cx: &Cx<'_>, form: &EarningForm) -> Vec<(Milestone, Money)> {
    let Some(project) = form.project else { return Vec::new() };
    let mut found = Vec::new();
    for terms in cx.book.terms_of(project) {
        if let Pay::Milestones(milestones) = &terms.pay {
            let money = |milestone: &Milestone| Money::new(milestone.amount, terms.currency);
            found.extend(milestones.iter().map(|milestone| (milestone.clone(), money(milestone))));
        }
    }
    found
}

/// Takes a milestone over from the terms: its name, its amount.
pub(super) fn take_milestone(cx: &Cx<'_>, form: &mut EarningForm, name: &str) {
    name.clone_into(&mut form.name);
    let found = agreed(cx, form).into_iter().find(|(milestone, _)| milestone.name.trim() == name.trim());
    if let Some((_, money)) = found {
        form.amount = Style::of(cx.book.settings()).draft(money);
    }
}

/// Fee, tax, due day, route and note: what few earnings have lies behind a link.
pub(super) fn more_ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, read: &Read) {
    if dialog.more {
        row(ui, |ui| {
            let width = share(ui, 4);
            let draft = dialog.form.fee.clone();
            let reason = dialog.reason(cx, read, Input::Fee, &draft, Some(Field::Rate));
            let field = TextField::new("Platform fee", &mut dialog.form.fee).hint("none known").width(width);
            field.reason(reason.as_deref()).show(ui);
            let draft = dialog.form.tax.clone();
            let reason = dialog.reason(cx, read, Input::Tax, &draft, None);
            let field = TextField::new("Tax withheld", &mut dialog.form.tax).hint("none known").width(width);
            field.reason(reason.as_deref()).show(ui);
            let draft = dialog.form.due.clone();
            let reason = dialog.reason(cx, read, Input::Due, &draft, None);
            let field = TextField::new("Due", &mut dialog.form.due).hint("24 Nov").width(width);
            field.reason(reason.as_deref()).note(note(read, Input::Due)).show(ui);
            route_ui(ui, cx, &mut dialog.form, width);
        });
    }
    let told = refused(cx, Field::Note);
    let label = if dialog.form.kind == Kind::ClawBack { "Reason" } else { "Note" };
    TextField::new(label, &mut dialog.form.note).rows(2).reason(told.as_deref()).show(ui);
    if !dialog.more {
        let line = "What is known of cuts, a day to hand in or to be paid, another route";
        let link = button::link("Fee, tax, due day, route").color(theme::tokens(ui).accent);
        dialog.more = ui.add(link.tip("Fee, tax, due day, route", "", line)).clicked();
    }
}

fn route_ui(ui: &mut Ui, cx: &Cx<'_>, form: &mut EarningForm, width: f32) {
    let mine = |of: Option<PlatformId>| of.is_none() || of == form.platform;
    let routes: Vec<_> = cx.book.routes().filter(|route| mine(route.platform)).collect();
    let mut options: Vec<(Option<RouteId>, &str)> = vec![(None, "the usual one")];
    options.extend(routes.iter().map(|route| (Some(route.id), route.name.as_str())));
    choose(ui, "Route", width, &options, &mut form.route);
}
