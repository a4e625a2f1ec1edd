//! Move: an expected payout, or a part of it, comes on another day than its schedule says, or by its schedule again.
//!
//! It says what will happen to the earnings under it, and that an estimate is recorded first.

use chrono::NaiveDate;
use egui::RichText;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::theme;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::arrival::{above_zero, to_the_minor_unit};
use super::parts::{coming_day, day_words, one_of, refused, refused_elsewhere};
use crate::domain::command::{Act, Command, OnExpected, settleable_gross};
use crate::domain::earning::Earning;
use crate::domain::ids::EarningId;
use crate::domain::money::Money;
use crate::domain::query::calendar::{Expected, ExpectedKey, Source};
use crate::domain::refusal::Field;
use crate::ui::format::Style;

/// How it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    NotBefore,
    Promised,
    /// A part of it is promised for a day of its own.
    Part,
    BySchedule,
}

/// Moves an expected payout.
#[derive(Debug)]
pub struct MovePayoutDialog {
    key: ExpectedKey,
    title: String,
    how: How,
    day: String,
    amount: String,
    /// Whether it was moved before, and can go back.
    moved: bool,
    /// What is recorded first, in words; empty where all of it is.
    records: String,
}

impl MovePayoutDialog {
    /// For an expected payout as it stands.
    #[must_use]
    pub fn new(cx: &Cx<'_>, expected: &Expected) -> Self {
        let platform = cx.book.platform(expected.key.platform).map_or("a platform", |platform| platform.name.as_str());
        let earnings = || expected.rows.iter().filter_map(|row| earning_of(cx, row.source));
        let records = if expected.estimate {
            format!(
                "The estimate of {} is recorded as an earning first",
                Style::of(cx.book.settings()).money(expected.gross)
            )
        } else {
            String::new()
        };
        Self {
            key: expected.key,
            title: format!("Move the payout of {platform}"),
            how: How::NotBefore,
            day: String::new(),
            amount: String::new(),
            moved: earnings().any(|earning| earning.not_before.is_some() || earning.due_on.is_some()),
            records,
        }
    }

    fn act(&self, today: NaiveDate, amount: &Result<Money, String>) -> Result<Act, String> {
        Ok(match self.how {
            How::Part => Act::PartDueOn(amount.clone()?, coming_day(&self.day, today)?),
            How::NotBefore => Act::NotBefore(coming_day(&self.day, today)?),
            How::Promised => Act::DueOn(coming_day(&self.day, today)?),
            How::BySchedule => Act::BySchedule,
        })
    }

    /// How much of it, where only a part moves: less than the whole.
    fn read_amount(&self, cx: &Cx<'_>, style: Style) -> Result<Money, String> {
        let expected = cx.figures.calendar.expected.iter().find(|expected| expected.key == self.key);
        let whole = expected.map(|expected| settleable_gross(cx.book, expected)).ok_or("It isn’t expected any more")?;
        let amount = to_the_minor_unit(style, &self.amount, whole.currency).and_then(above_zero)?;
        if amount.currency == whole.currency && amount.amount >= whole.amount {
            return Err(format!("Must be less than the whole, {}", style.money(whole)));
        }
        Ok(amount)
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let style = Style::of(cx.book.settings());
        let amount = self.read_amount(cx, style);
        let act = self.act(cx.today, &amount);
        let title = self.title.clone();
        let shown = Dialog::new(&title, "Move").sendable(act.is_ok()).show(ctx, |ui| {
            let mut options = vec![
                (How::NotBefore, "Not before", "Its schedule goes on from that day: a batch pays on its next pay day"),
                (How::Promised, "Promised for", "It comes on that day, whatever its schedule says"),
            ];
            options.push((
                How::Part,
                "Only a part",
                "So much of it, the oldest first, is promised for a day of its own",
            ));
            if self.moved {
                options.push((How::BySchedule, "By its schedule", "Take the day back that you gave it"));
            }
            one_of(ui, "How it moves", &options, &mut self.how);
            if self.how == How::Part {
                let told = refused(cx, Field::Amount);
                let typed = !self.amount.trim().is_empty();
                let reason = amount.as_ref().err().filter(|_| typed).or(told.as_ref());
                let field = TextField::new("How much", &mut self.amount).hint("50").autofocus();
                field.reason(reason.map(String::as_str)).show(ui);
            }
            if self.how != How::BySchedule {
                let told = refused(cx, Field::Day);
                let day = coming_day(&self.day, cx.today);
                let note = day
                    .as_ref()
                    .map_or_else(|_| String::new(), |day| day_words(*day, cx.today, Style::of(cx.book.settings())));
                let typed = !self.day.trim().is_empty();
                let part = self.how == How::Part;
                let reason = day.as_ref().err().filter(|_| typed).or(told.as_ref());
                let field = TextField::new("Day", &mut self.day).hint("27 Nov, Fri, tomorrow");
                let field = if part { field } else { field.autofocus() };
                field.reason(reason.map(String::as_str)).note(&note).show(ui);
            }
            let tokens = theme::tokens(ui);
            if !self.records.is_empty() {
                ui.add(egui::Label::new(RichText::new(&self.records).color(tokens.muted)).wrap());
            }
            if let Some(refused) = refused_elsewhere(cx, &[Field::Day, Field::Amount]) {
                reason_ui(ui, &refused);
            }
        });
        match (shown.outcome, act) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(act)) => actions.push(act_on(cx, self.key, act)),
            (Outcome::Sent | Outcome::Open, _) => {}
        }
    }
}

/// The action that does something to an expected payout.
pub(super) fn act_on(cx: &Cx<'_>, key: ExpectedKey, act: Act) -> Action {
    let earning_seed = EarningId(cx.fresh.draw());
    Action::Submit(Command::ActOnExpected(Box::new(OnExpected { key, act, earning_seed })))
}

fn earning_of<'a>(cx: &Cx<'a>, source: Source) -> Option<&'a Earning> {
    match source {
        Source::Earning(id) => cx.book.earning(id).map(AsRef::as_ref),
        Source::Session(_) => None,
    }
}
