//! Chase: a text with the facts, to ask the platform where the money is; and the day on which to ask again.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::payouts::{EntryId, chase_text, payer};
use super::super::widgets::button;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::move_payout::act_on;
use super::parts::{coming_day, day_words, refused, refused_elsewhere};
use crate::domain::command::{Act, Command};
use crate::domain::payout::Payout;
use crate::domain::refusal::Field as At;
use crate::domain::span::day_plus;

/// Days until it is asked again, unless said otherwise: what help pages ask to wait for an answer.
const AGAIN_AFTER: i64 = 7;
/// The longest text, in characters.
const LETTERS: usize = 4_000;

/// Asks where money is.
#[derive(Debug)]
pub struct ChaseDialog {
    id: EntryId,
    title: String,
    text: String,
    day: String,
}

impl ChaseDialog {
    /// For an expected payout or one under way; `None` where it is gone.
    #[must_use]
    pub fn new(cx: &Cx<'_>, id: EntryId) -> Option<Self> {
        let style = Style::of(cx.book.settings());
        let text = chase_text(cx.book, &cx.figures.calendar, id, cx.today)?;
        let name = match id {
            EntryId::Expected(key) => cx.book.platform(key.platform)?.name.clone(),
            EntryId::UnderWay(payout) | EntryId::Landed(payout) => payer(cx.book, cx.book.payout(payout)?),
            EntryId::Bill(..) => return None,
        };
        let again = day_plus(cx.today, AGAIN_AFTER);
        Some(Self { id, title: format!("Ask {name}"), text, day: style.day(again, cx.today) })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let day = coming_day(&self.day, cx.today);
        let day = day.and_then(|day| if day < cx.today { Err("Has passed".to_owned()) } else { Ok(day) });
        let title = self.title.clone();
        let dialog = Dialog::new(&title, "Ask again then").sendable(day.is_ok() && !cx.read_only);
        let mut copied = false;
        let shown = dialog.width(560.0).cancel("Close").show(ctx, |ui| {
            Field::new("Text", &mut self.text).rows(9).limit(LETTERS).show(ui);
            let words = "Copy text";
            copied = ui.add(button::quiet(words).tip(words, "", "To paste into a ticket or a mail")).clicked();
            let told = refused(cx, At::Day);
            let why = day.as_ref().err().or(told.as_ref());
            let style = Style::of(cx.book.settings());
            let note = day.as_ref().map(|day| day_words(*day, cx.today, style)).unwrap_or_default();
            let field = Field::new("Ask again on", &mut self.day).hint("Fri, 4 Dec").note(&note);
            field.reason(why.map(String::as_str)).show(ui);
            if let Some(reason) = refused_elsewhere(cx, &[At::Day]) {
                reason_ui(ui, &reason);
            }
        });
        if copied {
            actions.push(Action::Copy(self.text.clone()));
            actions.push(Action::Say("Copied the text".to_owned()));
        }
        match (shown.outcome, day) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(day)) => actions.extend(self.command(cx, day)),
            (Outcome::Sent | Outcome::Open, _) => {}
        }
    }

    fn command(&self, cx: &Cx<'_>, day: NaiveDate) -> Option<Action> {
        match self.id {
            EntryId::Expected(key) => Some(act_on(cx, key, Act::ChaseOn(day))),
            EntryId::UnderWay(id) => {
                let before = cx.book.payout(id)?;
                let payout = Payout { chase_on: Some(day), ..(**before).clone() };
                let words = format!("{} again on {}", self.title, day.format("%a %-d %b"));
                let commands = vec![Command::SetPayout(Box::new(payout))];
                Some(Action::Submit(Command::Together { words, commands }))
            }
            EntryId::Landed(_) | EntryId::Bill(..) => None,
        }
    }
}
