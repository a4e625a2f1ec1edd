//! Draw: money that can be drawn was asked for, all of it or a part. It is under way from then on, and the time until the
//! next draw begins.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::typed;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::arrival::{above_zero, to_the_minor_unit, today};
use super::parts::{day_words, refused, refused_elsewhere};
use crate::domain::command::{Command, Settleable, Settling, Share, settleable_gross};
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::payout::Payout;
use crate::domain::query::calendar::{Expected, ExpectedKey, drawn_on};
use crate::domain::refusal::Field as At;

/// Draws money.
#[derive(Debug)]
pub struct DrawDialog {
    key: ExpectedKey,
    title: String,
    amount: String,
    day: String,
}

impl DrawDialog {
    /// For all of it, today.
    #[must_use]
    pub fn new(cx: &Cx<'_>, expected: &Expected) -> Self {
        let style = Style::of(cx.book.settings());
        let platform = cx.book.platform(expected.key.platform).map_or("a platform", |platform| platform.name.as_str());
        Self {
            key: expected.key,
            title: format!("Draw from {platform}"),
            amount: style.draft(settleable_gross(cx.book, expected)),
            day: style.day(today(cx), today(cx)),
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let expected = cx.figures.calendar.expected.iter().find(|expected| expected.key == self.key);
        let Some(expected) = expected else {
            actions.push(Action::CloseDialog);
            return;
        };
        let style = Style::of(cx.book.settings());
        let whole = settleable_gross(cx.book, expected);
        let amount = to_the_minor_unit(style, &self.amount, whole.currency).and_then(above_zero).and_then(|amount| {
            if amount.currency != whole.currency {
                Err(format!("Must be in {}", whole.currency))
            } else if amount.amount > whole.amount {
                Err(format!("Only {} can be drawn", style.money(whole)))
            } else {
                Ok(amount)
            }
        });
        let day = typed::date(&self.day, today(cx)).map_err(|reason| reason.to_string());
        let day = day.and_then(|day| if day > today(cx) { Err("Lies in the future".to_owned()) } else { Ok(day) });
        let title = self.title.clone();
        let sendable = amount.is_ok() && day.is_ok() && !cx.read_only;
        let shown = Dialog::new(&title, "Mark as drawn").sendable(sendable).show(ctx, |ui| {
            let told = refused(cx, At::Settles).or_else(|| refused(cx, At::Amount));
            let why = amount.as_ref().err().or(told.as_ref());
            let note = format!("{} can be drawn", style.money(whole));
            let field = Field::new("Amount", &mut self.amount).autofocus().note(&note);
            field.reason(why.map(String::as_str)).show(ui);
            let told = refused(cx, At::Day);
            let why = day.as_ref().err().or(told.as_ref());
            let note = day.as_ref().map(|day| day_words(*day, today(cx), style)).unwrap_or_default();
            let field = Field::new("Asked for on", &mut self.day).note(&note).hint("today, yesterday");
            field.reason(why.map(String::as_str)).show(ui);
            let lands = day.as_ref().ok().and_then(|day| drawn_on(cx.book, expected, *day));
            if let Some(lands) = lands {
                card::note(ui, &format!("Lands {}", style.days(lands, today(cx))));
            }
            if let Some(reason) = refused_elsewhere(cx, &[At::Settles, At::Amount, At::Day]) {
                reason_ui(ui, &reason);
            }
        });
        match (shown.outcome, amount, day) {
            (Outcome::Cancelled, _, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(amount), Ok(day)) => {
                let payout = Payout {
                    sent_on: Some(day),
                    route: self.key.route,
                    ..Payout::new(PayoutId(cx.fresh.draw()), self.key.platform, amount)
                };
                let settles = vec![Share { of: Settleable::Expected(self.key), amount }];
                let settling = Settling { payout, settles, earning_seed: EarningId(cx.fresh.draw()) };
                let words = format!("Draw {amount} from {}", self.title.trim_start_matches("Draw from "));
                let commands = vec![Command::SettlePayout(Box::new(settling))];
                actions.push(Action::Submit(Command::Together { words, commands }));
            }
            (Outcome::Sent | Outcome::Open, _, _) => {}
        }
    }
}
