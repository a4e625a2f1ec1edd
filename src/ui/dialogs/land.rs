//! Landed: an expected payout has arrived. Prefilled with today and the amount that should arrive.
//!
//! What was typed is shown back at once with what it will settle. Where less came than is owed, one question asks why;
//! it is never guessed. Timers that still run are left out and said so.

use std::collections::BTreeSet;

use egui::Ui;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::view::reasons;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::reason_ui;
use super::super::widgets::rich;
use super::arrival::{Arrival, Came, owed_words, today};
use crate::domain::command::{Command, Landing, gross_of_part, settleable, settleable_gross, settleable_net};
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::money::Money;
use crate::domain::payout::Difference;
use crate::domain::query::calendar::{Expected, ExpectedKey, Source};
use crate::domain::refusal::Field;

/// The fields that show their own refusals.
const OWN: [Field; 3] = [Field::Day, Field::Amount, Field::Difference];

/// Landed: an expected payout has arrived.
#[derive(Debug)]
pub struct LandDialog {
    key: ExpectedKey,
    title: String,
    arrival: Arrival,
}

impl LandDialog {
    /// Prefilled with today and the expected amount.
    #[must_use]
    pub fn new(cx: &Cx<'_>, expected: &Expected) -> Self {
        let net = settleable_net(cx.book, expected);
        let platform = cx.book.platform(expected.key.platform).map_or("a platform", |platform| platform.name.as_str());
        Self {
            key: expected.key,
            title: format!("Landed from {platform}"),
            arrival: Arrival::new(cx, today(cx), net, None),
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let expected = cx.figures.calendar.expected.iter().find(|expected| expected.key == self.key);
        let Some(expected) = expected else {
            self.gone_ui(ctx, actions);
            return;
        };
        let style = Style::of(cx.book.settings());
        let gross = settleable_gross(cx.book, expected);
        let net = settleable_net(cx.book, expected);
        let day = self.arrival.read_day(cx);
        let received = self.arrival.read_received(gross.currency, style);
        let came = received.as_ref().ok().map(|received| Came::of(*received, gross, net));
        let question = came.and_then(|came| came.question(style));
        let sendable = day.is_ok() && received.is_ok() && (question.is_none() || self.arrival.difference.is_some());
        let title = self.title.clone();
        let shown = Dialog::new(&title, "Mark as landed").sendable(sendable).show(ctx, |ui| {
            self.arrival.day_ui(ui, cx, &day);
            self.arrival.received_ui(ui, cx, &received, |received| {
                let owed = owed_words(gross, net, style);
                format!("{} · {owed}", style.money(received))
            });
            if let Some(question) = &question {
                self.arrival.question_ui(ui, cx, question);
            }
            if let (Ok(received), Some(came)) = (&received, came) {
                self.outcome_ui(ui, cx, expected, *received, (gross, net), came);
            }
            if let Some(refused) = self.arrival.refused_but(cx, &OWN) {
                reason_ui(ui, &refused);
            }
        });
        match (shown.outcome, day, received) {
            (Outcome::Cancelled, _, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(on), Ok(received)) => {
                self.arrival.changed = false;
                actions.push(Action::Submit(Command::Land(Box::new(Landing {
                    key: self.key,
                    on,
                    received,
                    difference: self.arrival.difference.filter(|_| question.is_some()),
                    payout: PayoutId(cx.fresh.draw()),
                    earning_seed: EarningId(cx.fresh.draw()),
                }))));
            }
            (Outcome::Sent | Outcome::Open, _, _) => {}
        }
    }

    /// What was expected has gone while the dialog stood open, as by undo.
    fn gone_ui(&self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        let shown = Dialog::new(&self.title, "").cancel("Close").show(ctx, |ui| {
            ui.add(egui::Label::new("It isn’t expected any more: it has landed, or its work has changed.").wrap());
        });
        if shown.outcome != Outcome::Open {
            actions.push(Action::CloseDialog);
        }
    }

    /// What comes of it: which sessions are settled, and what happens to the rest.
    fn outcome_ui(
        &self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        expected: &Expected,
        received: Money,
        owed: (Money, Money),
        came: Came,
    ) {
        let style = Style::of(cx.book.settings());
        let tokens = theme::tokens(ui);
        let mut lines = Vec::new();
        // What is settled hangs on the answer, where there is a question.
        if came.question(style).is_none() || self.arrival.difference.is_some() {
            lines.push(self.settles(cx, expected, received, owed, came));
        }
        if let Came::More(surplus) = came {
            lines.push(format!("{} more than owed: the surplus stands as unexplained", style.money(surplus)));
        }
        let running = running(cx, expected);
        if running > 0 {
            let timer = reasons::counted(running, "running timer");
            lines.push(format!("Leaves out {timer}: that work is still open"));
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
            for line in lines {
                ui.add(egui::Label::new(rich::figure(&line).color(tokens.muted).job(tokens)).wrap());
            }
        });
    }

    fn settles(
        &self,
        cx: &Cx<'_>,
        expected: &Expected,
        received: Money,
        (gross, net): (Money, Money),
        came: Came,
    ) -> String {
        let style = Style::of(cx.book.settings());
        let rows: Vec<Source> = settleable(cx.book, expected).map(|row| row.source).collect();
        let count = |wanted: fn(&Source) -> bool| rows.iter().copied().filter(wanted).collect::<BTreeSet<_>>().len();
        let sessions = count(|source| matches!(source, Source::Session(_)));
        let earnings = count(|source| matches!(source, Source::Earning(_)));
        let what = [(sessions, "session"), (earnings, "earning")];
        let what: Vec<String> = what
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| reasons::counted(count, noun))
            .collect();
        let (what, owed) = (what.join(" and "), style.money(gross));
        let asked = came.question(style).is_some();
        let part = style.money(gross_of_part(received, gross, net));
        match self.arrival.difference.filter(|_| asked) {
            Some(Difference::Unexplained) => {
                format!("Settles {} of {owed}; the rest stays open", style.money(received))
            }
            Some(Difference::RestLater) => format!("Settles {part} of {owed}; the rest stays open"),
            Some(Difference::PartRejected) => format!("Settles {what}, {part} of {owed}; the rest was rejected"),
            Some(Difference::Fee | Difference::PlatformFee | Difference::TaxWithheld | Difference::Exchange) | None => {
                format!("Settles {what}, {owed}")
            }
        }
    }
}

/// The timers behind an amount that still run.
fn running(cx: &Cx<'_>, expected: &Expected) -> usize {
    let open: BTreeSet<_> = expected
        .rows
        .iter()
        .filter_map(|row| match row.source {
            Source::Session(id) => cx.book.session(id).filter(|session| session.is_open()).map(|session| session.id),
            Source::Earning(_) => None,
        })
        .collect();
    open.len()
}
