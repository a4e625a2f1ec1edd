//! The payer rules: whose money it is where certain words stand with it. Each change acts at once.
//!
//! A rule is planned before it is sent, so that a refusal stands beside it and not behind the dialog.

use egui::{Key, Modifiers, Ui};

use super::GAP;
use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::payer_rule::{PayerRule, Whose};
use crate::domain::refusal::Refusal;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::parts::labelled;
use crate::ui::dialogs::whose::whose_ui;
use crate::ui::theme;
use crate::ui::view::names;
use crate::ui::view::statement::plain;
use crate::ui::widgets::button;
use crate::ui::widgets::card;
use crate::ui::widgets::field::{Ended, Field};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Over this height, in points, the list scrolls by itself.
const LIST: f32 = 112.0;
/// Width of the words and of whose they are, in points.
const WORDS: f32 = 230.0;
const WHOSE: f32 = 190.0;
/// Width of the buttons beside them.
const BUTTONS: f32 = 176.0;

/// The rule that is being typed.
#[derive(Debug, Default)]
pub(super) struct PayerRules {
    words: String,
    whose: Option<Whose>,
    /// The words of the rule that it takes the place of.
    edited: Option<String>,
}

impl PayerRules {
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let rules = &cx.book.settings().payer_rules;
        if self.edited.as_ref().is_some_and(|words| !rules.iter().any(|rule| rule.words == *words)) {
            *self = Self::default();
        }
        card::note(
            ui,
            "Payer rules: whose money it is where these words stand in a payment, such as “PAYPAL *OUTLIER”. What you said \
             of a payment yourself stays.",
        );
        self.list_ui(ui, cx, actions);
        if !cx.read_only {
            self.rule_ui(ui, cx, actions);
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let rules = &cx.book.settings().payer_rules;
        if rules.is_empty() {
            return;
        }
        Table::new("Payer rules")
            .row_height(theme::tokens(ui).sizes.row_dense)
            .max_height(LIST)
            .column(Column::fill("Words", 160.0))
            .column(Column::exact("Is", 190.0))
            .column(Column::exact("", 116.0).right())
            .show(
                ui,
                rules.len(),
                |at| {
                    let name = rules.get(at).map_or_else(String::new, |rule| {
                        format!("{}, {}", plain(&rule.words), whose_words(cx.book, rule.whose))
                    });
                    RowSpec::new(("payer rule", at), name).plain()
                },
                |row| {
                    let Some(rule) = rules.get(row.index()) else { return };
                    let words = plain(&rule.words);
                    row.text(&words);
                    row.text(&whose_words(cx.book, rule.whose));
                    row.cell(|ui| {
                        // From the right.
                        let forget = format!("Forget payer rule {words}");
                        if ui.add(button::icon(Icon::Close, &forget).enabled(!cx.read_only)).clicked() {
                            actions.push(Action::Do(Command::ForgetPayerRule(rule.words.clone())));
                        }
                        let edit = format!("Edit payer rule {words}");
                        if ui.add(button::small_link("Edit").named(&edit).enabled(!cx.read_only)).clicked() {
                            self.words.clone_from(&rule.words);
                            self.whose = Some(rule.whose);
                            self.edited = Some(rule.words.clone());
                        }
                    });
                },
            );
    }

    /// The words and whose they are, of a new rule or one that is edited.
    fn rule_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let planned = self.planned(cx);
        let reason = planned.as_ref().err().and_then(Option::as_deref);
        let (mut sent, mut given_up) = (false, false);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP / 2.0;
            let field = Field::new("Words of a payment", &mut self.words).hint("PAYPAL *OUTLIER").width(WORDS);
            let entered =
                field.limit(command::limits::NAME_LETTERS).reason(reason).show(ui).ended == Some(Ended::Entered);
            whose_ui(ui, cx, WHOSE, &mut self.whose);
            labelled(ui, " ", BUTTONS, |ui| {
                ui.horizontal(|ui| {
                    let send = if self.edited.is_some() { "Save rule" } else { "Add rule" };
                    let add = button::quiet(send).enabled(planned.is_ok()).tip(send, "Enter", "Acts at once");
                    sent = ui.add(add).clicked() || entered && planned.is_ok();
                    given_up = self.edited.is_some() && ui.add(button::quiet("Leave it")).clicked();
                });
            });
            if entered {
                // Enter here means this rule, not the whole dialog.
                ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            }
        });
        match planned {
            Ok(command) if sent => {
                actions.push(Action::Do(command));
                *self = Self::default();
            }
            _ if given_up => *self = Self::default(),
            _ => {}
        }
    }

    /// The command of what is typed; without a reason where something is still to be said.
    fn planned(&self, cx: &Cx<'_>) -> Result<Command, Option<String>> {
        let Some(whose) = self.whose else { return Err(None) };
        let to = PayerRule { words: self.words.clone(), whose };
        let command = match &self.edited {
            Some(words) => Command::EditPayerRule { words: words.clone(), to },
            None => Command::RememberPayerRule(to),
        };
        match command::plan(cx.book, &command, cx.now) {
            Ok(_) => Ok(command),
            // Nothing typed yet is no fault.
            Err(refused) if self.edited.is_none() && matches!(refused.refusal, Refusal::Empty(_)) => Err(None),
            Err(refused) => Err(Some(refused.to_string())),
        }
    }
}

/// "Outlier", "between own accounts", "nothing of work".
fn whose_words(book: &Book, whose: Whose) -> String {
    match whose {
        Whose::Platform(id) => names::payer(book, Some(id)),
        Whose::Own => names::OWN_MONEY.to_owned(),
        Whose::Other => names::OTHER_MONEY.to_owned(),
    }
}
