//! Hold: an expected payout, or pieces of what is owed, are kept from being paid. Frozen by its platform, or disputed by the user; and why.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::move_payout::act_on;
use super::parts::{one_of, refused, refused_elsewhere};
use crate::domain::command::{Act, Command, OnOwed, OwedAct};
use crate::domain::earning::HeldKind;
use crate::domain::ids::EarningId;
use crate::domain::query::calendar::{Expected, ExpectedKey};
use crate::domain::query::owed::OwedId;
use crate::domain::refusal::Field;

/// What is held.
#[derive(Debug)]
enum Target {
    Expected(ExpectedKey),
    Owed(Vec<OwedId>),
}

/// Holds an expected payout, or pieces of what is owed.
#[derive(Debug)]
pub struct HoldDialog {
    target: Target,
    title: String,
    kind: HeldKind,
    why: String,
}

impl HoldDialog {
    /// For an expected payout as it stands.
    #[must_use]
    pub fn new(cx: &Cx<'_>, expected: &Expected) -> Self {
        let platform = cx.book.platform(expected.key.platform).map_or("a platform", |platform| platform.name.as_str());
        Self {
            target: Target::Expected(expected.key),
            title: format!("Hold the payout of {platform}"),
            kind: HeldKind::Frozen,
            why: String::new(),
        }
    }

    /// For pieces of what is owed; `what` names them: "3 earnings".
    #[must_use]
    pub fn of_owed(of: Vec<OwedId>, what: &str) -> Self {
        Self { target: Target::Owed(of), title: format!("Hold {what}"), kind: HeldKind::Frozen, why: String::new() }
    }

    fn action(&self, cx: &Cx<'_>) -> Action {
        match &self.target {
            Target::Expected(key) => act_on(cx, *key, Act::Hold(self.kind, self.why.clone())),
            Target::Owed(of) => Action::Submit(Command::ActOnOwed(Box::new(OnOwed {
                of: of.clone(),
                act: OwedAct::Hold(self.kind, self.why.clone()),
                on: cx.today,
                earning_seed: EarningId(cx.fresh.draw()),
            }))),
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let title = self.title.clone();
        let shown = Dialog::new(&title, "Hold").show(ctx, |ui| {
            let options = [
                (HeldKind::Frozen, "Frozen", "The platform keeps the account or its payouts back"),
                (HeldKind::Disputed, "Disputed", "You contest what it pays, or that it does not"),
            ];
            one_of(ui, "What holds it", &options, &mut self.kind);
            let told = refused(cx, Field::Note);
            let field = TextField::new("Why", &mut self.why).hint("account review, hours were cut").autofocus();
            field.reason(told.as_deref()).note("It stands beside “not yet paid” until you let it go").show(ui);
            if let Some(refused) = refused_elsewhere(cx, &[Field::Note]) {
                reason_ui(ui, &refused);
            }
        });
        match shown.outcome {
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Sent => actions.push(self.action(cx)),
            Outcome::Open => {}
        }
    }
}
