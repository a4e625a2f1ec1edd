//! A route: the steps that money takes from a platform to the account that counts as landed, with days and fees.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::widgets::button;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::parts::{choose, heading, optional, refused, refused_elsewhere, row, share};
use super::schedule::text;
use crate::domain::command::{Command, limits};
use crate::domain::ids::{PlatformId, RouteId};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::Platform;
use crate::domain::refusal::Field as At;
use crate::domain::route::{Route, RouteStep};

/// The most steps of the form.
const STEPS: usize = 6;

/// A step as it is typed.
#[derive(Debug, Clone, Default)]
struct StepDraft {
    to: String,
    transit: String,
    fee: String,
}

/// A route.
#[derive(Debug)]
pub struct RouteDialog {
    platform: Platform,
    before: Option<Route>,
    name: String,
    steps: Vec<StepDraft>,
    landed_after_step: u32,
    minimum: String,
    ceiling: String,
    yearly_ceiling: String,
    usual: bool,
}

/// A step that reads, or why not: of its transit and of its fee.
struct StepRead {
    step: RouteStep,
    transit: Option<String>,
    fee: Option<String>,
}

impl StepDraft {
    fn of(step: &RouteStep, style: Style) -> Self {
        Self {
            to: step.to.clone(),
            transit: step.transit.map_or_else(String::new, text::lag_text),
            fee: step.fee.as_ref().map_or_else(String::new, |fee| text::fee_text(fee, style)),
        }
    }

    fn read(&self, currency: Currency, style: Style) -> StepRead {
        let transit = if self.transit.trim().is_empty() { Ok(None) } else { text::lag(&self.transit).map(Some) };
        let fee = text::fee(&self.fee, currency, style);
        StepRead {
            transit: transit.as_ref().err().cloned(),
            fee: fee.as_ref().err().cloned(),
            step: RouteStep { to: self.to.trim().to_owned(), transit: transit.ok().flatten(), fee: fee.ok().flatten() },
        }
    }
}

impl RouteDialog {
    /// A new route of a platform; `None` where that is gone.
    #[must_use]
    pub fn add(cx: &Cx<'_>, platform: PlatformId) -> Option<Self> {
        let platform = (**cx.book.platform(platform)?).clone();
        let first = !cx.book.routes().any(|route| route.platform == Some(platform.id));
        Some(Self {
            platform,
            before: None,
            name: String::new(),
            steps: vec![StepDraft::default()],
            landed_after_step: 0,
            minimum: String::new(),
            ceiling: String::new(),
            yearly_ceiling: String::new(),
            usual: first,
        })
    }

    /// A route that is there; `None` where it is gone.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, platform: PlatformId, id: RouteId) -> Option<Self> {
        let platform = (**cx.book.platform(platform)?).clone();
        let route = (**cx.book.route(id)?).clone();
        let style = Style::of(cx.book.settings());
        let amount = |money: Option<Money>| money.map_or_else(String::new, |money| style.money(money));
        Some(Self {
            usual: platform.default_route == Some(id),
            platform,
            name: route.name.clone(),
            steps: route.steps.iter().map(|step| StepDraft::of(step, style)).collect(),
            landed_after_step: route.landed_after_step,
            minimum: amount(route.minimum),
            ceiling: amount(route.ceiling),
            yearly_ceiling: amount(route.yearly_ceiling),
            before: Some(route),
        })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let currency = self.platform.currency;
        let style = Style::of(cx.book.settings());
        let reader = style.reader();
        let amount = |draft: &str| optional(draft, |text| reader.money(text, currency));
        let minimum = amount(&self.minimum);
        let ceiling = amount(&self.ceiling);
        let yearly_ceiling = amount(&self.yearly_ceiling);
        let steps: Vec<StepRead> = self.steps.iter().map(|step| step.read(currency, style)).collect();
        let reads = steps.iter().all(|step| step.transit.is_none() && step.fee.is_none());
        let nameless = self.name.trim().is_empty();
        let sendable = reads && !nameless && minimum.is_ok() && ceiling.is_ok() && yearly_ceiling.is_ok();
        let title = match &self.before {
            Some(route) => format!("Edit route {}", route.name),
            None => format!("Add route of {}", self.platform.name),
        };
        let send = if self.before.is_some() { "Save" } else { "Add" };
        let shown = Dialog::new(&title, send).sendable(sendable).width(660.0).show(ctx, |ui| {
            // A form that was only opened says nothing yet.
            let says = nameless && (self.before.is_some() || self.is_begun());
            let reason = refused(cx, At::Name).or_else(|| says.then(|| "A name is needed".to_owned()));
            Field::new("Name", &mut self.name)
                .limit(limits::NAME_LETTERS)
                .hint("PayPal, bank")
                .autofocus()
                .reason(reason.as_deref())
                .show(ui);
            self.steps_ui(ui, &steps);
            heading(ui, "Limits");
            let refused_amount = refused(cx, At::Amount);
            row(ui, |ui| {
                let width = share(ui, 3);
                let why = minimum.as_ref().err().map(String::as_str).or(refused_amount.as_deref());
                Field::new("Minimum", &mut self.minimum).width(width).hint("none").reason(why).show(ui);
                let why = ceiling.as_ref().err().map(String::as_str);
                Field::new("Most at once", &mut self.ceiling).width(width).hint("none").reason(why).show(ui);
                let why = yearly_ceiling.as_ref().err().map(String::as_str);
                Field::new("Most a year", &mut self.yearly_ceiling).width(width).hint("none").reason(why).show(ui);
            });
            ui.checkbox(&mut self.usual, "Money takes it unless said otherwise");
            if let Some(reason) = refused_elsewhere(cx, &[At::Name, At::Amount]) {
                reason_ui(ui, &reason);
            }
        });
        match shown.outcome {
            Outcome::Sent => {
                if let (Ok(minimum), Ok(ceiling), Ok(yearly_ceiling)) = (minimum, ceiling, yearly_ceiling) {
                    let id = self.before.as_ref().map_or_else(|| RouteId(cx.fresh.draw()), |route| route.id);
                    let last = u32::try_from(steps.len()).unwrap_or(u32::MAX);
                    let route = Route {
                        id,
                        platform: Some(self.platform.id),
                        name: self.name.trim().to_owned(),
                        steps: steps.into_iter().map(|read| read.step).collect(),
                        landed_after_step: if self.landed_after_step >= last { 0 } else { self.landed_after_step },
                        minimum,
                        ceiling,
                        yearly_ceiling,
                    };
                    actions.push(Action::Submit(self.command(route)));
                }
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open => {}
        }
    }

    /// Whether anything but the name was typed.
    fn is_begun(&self) -> bool {
        let steps = self.steps.iter().flat_map(|step| [&step.to, &step.transit, &step.fee]);
        steps.chain([&self.minimum, &self.ceiling, &self.yearly_ceiling]).any(|text| !text.trim().is_empty())
    }

    fn steps_ui(&mut self, ui: &mut egui::Ui, read: &[StepRead]) {
        heading(ui, "Steps, in order");
        let several = self.steps.len() > 1;
        let mut gone = None;
        for (at, (step, read)) in self.steps.iter_mut().zip(read).enumerate() {
            row(ui, |ui| {
                let nth = at + 1;
                let width = ((ui.available_width() - if several { 120.0 } else { 24.0 }) / 3.0).max(60.0);
                let id = |part: &str| egui::Id::unique(("route-step", at, part));
                Field::new(&format!("Step {nth} to"), &mut step.to)
                    .id(id("to"))
                    .limit(limits::NAME_LETTERS)
                    .width(width)
                    .hint("PayPal")
                    .show(ui);
                Field::new(&format!("Step {nth} takes"), &mut step.transit)
                    .id(id("transit"))
                    .width(width)
                    .hint("1–3 business days")
                    .reason(read.transit.as_deref())
                    .show(ui);
                Field::new(&format!("Step {nth} fee"), &mut step.fee)
                    .id(id("fee"))
                    .width(width)
                    .hint("2 % + $1")
                    .reason(read.fee.as_deref())
                    .show(ui);
                if several {
                    ui.vertical(|ui| {
                        ui.add_space(22.0);
                        if ui.add(button::chip("Remove").named(&format!("Remove step {nth}"))).clicked() {
                            gone = Some(at);
                        }
                    });
                }
            });
        }
        if let Some(at) = gone {
            self.steps.remove(at);
        }
        row(ui, |ui| {
            if ui.add(button::chip("Add step").enabled(self.steps.len() < STEPS)).clicked() {
                self.steps.push(StepDraft::default());
            }
            if self.steps.len() > 1 {
                let words: Vec<String> = (1..self.steps.len()).map(|nth| format!("after step {nth}")).collect();
                let mut landed = vec![(0, "after the last step")];
                landed.extend(words.iter().zip(1..).map(|(words, nth)| (nth, words.as_str())));
                choose(ui, "Counts as landed", 200.0, &landed, &mut self.landed_after_step);
            }
        });
    }

    fn command(&self, route: Route) -> Command {
        let verb = if self.before.is_some() { "Edit" } else { "Add" };
        let words = format!("{verb} route {}", route.name);
        let id = route.id;
        let mut commands = vec![Command::SetRoute(Box::new(route))];
        let usual = self.platform.default_route == Some(id);
        if usual != self.usual {
            let default_route = self.usual.then_some(id);
            let platform = Platform { default_route, ..self.platform.clone() };
            commands.push(Command::EditPlatform(Box::new(platform)));
        }
        Command::Together { words, commands }
    }
}
