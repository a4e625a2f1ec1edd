//! What a file says, before it is taken in: in sum, who pays, where it goes, and each row.

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use super::goes;
use super::rows::{self, Rows};
use crate::domain::command::{Command, TakenIn};
use crate::domain::query::incoming::{Choices, Payer};
use crate::domain::statement::{Says, Statement};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::view::bar::{ProjectChoice, project_choices};
use crate::ui::view::memo::Memo;
use crate::ui::view::statement::{self as view, Fate, Going, Looked, StatementRead, WeighWish};
use crate::ui::widgets::button;
use crate::ui::widgets::card;

/// A file that was read.
#[derive(Debug)]
pub(super) struct Preview {
    statement: Arc<Statement>,
    looked: Looked,
    /// What is being weighed again.
    weighing: Option<Going>,
    /// Only lines of this fate.
    only: Option<Fate>,
    /// Whether it is of somebody who pays: it is not only money that moved on an account.
    is_of_payer: bool,
    projects: Memo<u64, Vec<ProjectChoice>>,
}

/// What was decided in this frame.
#[derive(Debug)]
pub(super) enum Decided {
    /// Somebody else pays.
    Payer(Payer),
    /// Something else of the choices.
    Choices(Choices),
}

impl Preview {
    pub(super) fn new(read: StatementRead) -> Self {
        let StatementRead { statement, looked } = read;
        let is_of_payer = statement.rows.iter().any(|row| !matches!(row.says, Says::Moved(_)));
        Self { statement, looked, weighing: None, only: None, is_of_payer, projects: Memo::default() }
    }

    /// What came of weighing it again; dropped where it was decided otherwise since.
    pub(super) fn weighed(&mut self, going: &Going, looked: Looked) {
        if self.weighing.as_ref().is_some_and(|asked| asked.is(going)) {
            self.weighing = None;
            self.looked = looked;
        }
    }

    /// Whether it was read by what its columns are.
    pub(super) fn is_mapped(&self) -> bool {
        self.statement.is_mapped()
    }

    /// Whether there is something to take in, and nothing is being weighed.
    pub(super) fn can_import(&self, cx: &Cx<'_>) -> bool {
        self.weighing.is_none() && !cx.read_only && !self.looked.weighed.incoming.is_empty()
    }

    /// What Import comes to, in one sentence.
    pub(super) fn outcome(&self, cx: &Cx<'_>) -> String {
        if self.weighing.is_some() {
            return "Looking …".to_owned();
        }
        view::made(&self.looked.weighed.made, Style::of(cx.book.settings()))
    }

    /// The command that takes it in.
    pub(super) fn command(&self, cx: &Cx<'_>) -> Command {
        Command::TakeIn(Box::new(TakenIn {
            statement: Arc::clone(&self.statement),
            choices: self.looked.choices.clone(),
            zone: cx.book.settings().zone,
            seed: cx.fresh.draw(),
        }))
    }

    fn weigh(&mut self, decided: Decided, actions: &mut Vec<Action>) {
        let going = Going::default();
        self.weighing = Some(going.clone());
        let payer = match decided {
            Decided::Payer(payer) => Some(payer),
            Decided::Choices(choices) => {
                self.looked.choices = choices;
                None
            }
        };
        let (statement, choices) = (Arc::clone(&self.statement), self.looked.choices.clone());
        actions.push(Action::Weigh(WeighWish { statement, choices, payer, going }));
    }

    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let style = Style::of(cx.book.settings());
        ui.add(Label::new(view::head(&self.statement, cx.book.settings().zone, cx.today, style)).wrap());
        for remark in view::remarks(&self.statement, &self.looked.weighed) {
            let muted = theme::tokens(ui).muted;
            ui.add(Label::new(RichText::new(remark).small().color(muted)).wrap());
        }
        let mut decided = None;
        if self.is_of_payer {
            let projects = self.projects.get(cx.book.revision(), || project_choices(cx.book, cx.today));
            decided = goes::ui(ui, cx, &self.statement, &self.looked, projects);
        }
        self.filters_ui(ui);
        let rows = Rows { statement: &self.statement, looked: &self.looked, only: self.only };
        decided = rows::ui(ui, cx, &rows).or(decided);
        // The Book may have changed meanwhile, by the terminal.
        let stale = self.weighing.is_none() && self.looked.revision != cx.book.revision();
        if let Some(decided) = decided.or_else(|| stale.then(|| Decided::Choices(self.looked.choices.clone()))) {
            self.weigh(decided, actions);
        }
    }

    /// So many lines of each fate; a click shows only those.
    fn filters_ui(&mut self, ui: &mut Ui) {
        let weighed = &self.looked.weighed;
        let mut only = self.only;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::splat(theme::tokens(ui).sizes.gap_s);
            let all = format!("All {}", weighed.lines(None).len());
            if ui.add(button::chip(&all).selected(only.is_none())).clicked() {
                only = None;
            }
            for fate in Fate::ALL {
                let count = weighed.count(fate);
                if count == 0 && !fate.is_always_told() {
                    continue;
                }
                let words = format!("{} {count}", fate.name());
                if ui.add(button::chip(&words).selected(only == Some(fate))).clicked() {
                    only = if only == Some(fate) { None } else { Some(fate) };
                }
            }
        });
        if self.weighing.is_some() {
            card::note(ui, "Looking …");
        }
        self.only = only;
    }
}
