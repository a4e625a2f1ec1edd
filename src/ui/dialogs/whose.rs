//! Whose money it is that came: a platform's, the user's own from another account, or nothing of work. What is said can be
//! kept as a rule, so that the next payment of the same payer is known.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::names::{self, Mark};
use super::super::view::statement::plain;
use super::super::widgets::badge::PlatformMark;
use super::super::widgets::button;
use super::super::widgets::card;
use super::super::widgets::dialog::Dialog;
use super::super::widgets::field::{Field, reason_ui};
use super::super::widgets::picker::{Choice, Picker};
use super::parts::{answer, labelled, refused, refused_elsewhere, share};
use crate::domain::command::{Arrival, Command, Pays};
use crate::domain::ids::{EarningId, MovementId, PayoutId, PlatformId};
use crate::domain::movement::{Movement, Role};
use crate::domain::payer_rule::{PayerRule, Rules, Whose};
use crate::domain::refusal::Field as At;

/// Whose money it is that came.
#[derive(Debug)]
pub struct WhoseDialog {
    movement: MovementId,
    /// "PayPal, Tue 10 Nov, $99.00".
    what: String,
    /// What stands with it.
    said: String,
    whose: Option<Whose>,
    words: String,
    remember: bool,
}

impl WhoseDialog {
    /// For a movement, with the platform that it was taken to be of; `None` where it is gone.
    #[must_use]
    pub fn new(cx: &Cx<'_>, id: MovementId, platform: Option<PlatformId>) -> Option<Self> {
        let movement = cx.book.movement(id)?;
        let style = Style::of(cx.book.settings());
        let what = [plain(&movement.account), style.day(movement.on, cx.today), style.money(movement.amount)];
        let said = [&movement.other, &movement.text].map(|text| plain(text));
        let said: Vec<&str> = said.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        Some(Self {
            movement: id,
            what: what.join(", "),
            said: said.join(" · "),
            whose: platform.map(Whose::Platform),
            words: proposed(movement),
            remember: true,
        })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let unfit = self.unfit(cx);
        let sendable = self.whose.is_some() && unfit.is_none() && !cx.read_only;
        let note = self.note(cx);
        let shown = Dialog::new("Whose is it", "Save").sendable(sendable).note(&note).show(ctx, |ui| {
            ui.label(&self.what);
            card::note(ui, if self.said.is_empty() { "Nothing is written with it" } else { &self.said });
            let width = share(ui, 2);
            whose_ui(ui, cx, width, &mut self.whose);
            ui.horizontal_top(|ui| {
                let told = refused(cx, At::Name);
                let field = Field::new("Words that name the payer", &mut self.words).enabled(self.remember);
                let reason = unfit.or(told.as_deref());
                field.width(share(ui, 2)).reason(reason).hint("PAYPAL *OUTLIER").show(ui);
                labelled(ui, " ", 200.0, |ui| {
                    let line = "A rule: where these words stand, it is known whose money it is";
                    let words = "Remember for next time";
                    let chip = button::quiet(words).selected(self.remember).tip(words, "", line);
                    if ui.add(chip).clicked() {
                        self.remember = !self.remember;
                    }
                });
            });
            if let Some(refused) = refused_elsewhere(cx, &[At::Name]) {
                reason_ui(ui, &refused);
            }
        });
        answer(shown.outcome, actions, || self.command(cx));
    }

    fn rule(&self) -> Option<PayerRule> {
        self.remember.then_some(PayerRule { words: self.words.trim().to_owned(), whose: self.whose? })
    }

    /// Why the words make no rule for this very movement.
    fn unfit(&self, cx: &Cx<'_>) -> Option<&'static str> {
        if !self.remember {
            return None;
        }
        if self.words.trim().is_empty() {
            return Some("Say words, or don’t remember it");
        }
        let movement = cx.book.movement(self.movement)?;
        let rule = PayerRule { words: self.words.clone(), whose: Whose::Other };
        (!fits(&rule, movement)).then_some("These words don’t stand with this payment")
    }

    /// What comes of it, in a line.
    fn note(&self, cx: &Cx<'_>) -> String {
        match (self.whose, self.remember) {
            (None, _) => String::new(),
            (Some(Whose::Platform(id)), true) => {
                format!("Then it waits as pay of {} to be settled", names::payer(cx.book, Some(id)))
            }
            (Some(Whose::Platform(id)), false) => {
                format!("Recorded as pay of {} that settles nothing", names::payer(cx.book, Some(id)))
            }
            (Some(Whose::Own | Whose::Other), _) => "It is no income and is asked about no more".to_owned(),
        }
    }

    fn command(&self, cx: &Cx<'_>) -> Option<Command> {
        let learn = self.rule();
        let role = match self.whose? {
            Whose::Platform(platform) => {
                let arrival = || Arrival {
                    movement: self.movement,
                    platform,
                    pays: Pays::Pieces(Vec::new()),
                    payout: PayoutId(cx.fresh.draw()),
                    earning_seed: EarningId(cx.fresh.draw()),
                };
                // By a rule it is found what it pays, and that is settled only when the user says so.
                return Some(match learn {
                    Some(rule) => Command::RememberPayerRule(rule),
                    None => Command::TakeAsPay(Box::new(arrival())),
                });
            }
            Whose::Own => Role::Own,
            Whose::Other => Role::Other,
        };
        Some(Command::SetRole { movements: vec![self.movement], role, learn })
    }
}

/// Whose money it is, picked among the platforms and what is no pay; in a field so wide.
pub(super) fn whose_ui(ui: &mut egui::Ui, cx: &Cx<'_>, width: f32, whose: &mut Option<Whose>) {
    let platforms = cx.book.platforms_by_name();
    let marks: Vec<Mark> = platforms.iter().map(|platform| Mark::of(platform)).collect();
    let mut options: Vec<Whose> = platforms.iter().map(|platform| Whose::Platform(platform.id)).collect();
    let mut choices: Vec<Choice<'_>> = platforms
        .iter()
        .zip(&marks)
        .map(|(platform, mark)| Choice {
            text: &platform.name,
            mark: Some(PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
            detail: "pay",
        })
        .collect();
    for (other, words) in [(Whose::Own, names::OWN_MONEY), (Whose::Other, names::OTHER_MONEY)] {
        options.push(other);
        choices.push(Choice { detail: "no income", ..Choice::from(words) });
    }
    let at = whose.and_then(|whose| options.iter().position(|option| *option == whose));
    labelled(ui, "Whose it is", width, |ui| {
        let picker = Picker::new("Whose it is").chosen(at).hint("Choose").width(width);
        if let Some(picked) = picker.pick(ui, &choices).and_then(|at| options.get(at)) {
            *whose = Some(*picked);
        }
    });
}

/// Whether a rule speaks for a movement.
fn fits(rule: &PayerRule, movement: &Movement) -> bool {
    Rules::of(std::slice::from_ref(rule)).rule(&movement.other, &movement.text).is_some()
}

/// The words by which a payer is known: who paid; else the text, without what is another number each time.
fn proposed(movement: &Movement) -> String {
    if !movement.other.trim().is_empty() {
        return plain(&movement.other).trim().to_owned();
    }
    let text = plain(&movement.text);
    let is_number = |word: &&str| word.chars().any(|letter| letter.is_ascii_digit());
    // Words in a row, as a rule has them: the longest stretch without a number.
    let words: Vec<&str> = text.split_whitespace().collect();
    let stretches = words.split(|word| is_number(word)).map(|stretch| stretch.join(" "));
    stretches.max_by_key(|stretch| stretch.chars().count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{movement, usd};

    #[test]
    fn the_payer_is_proposed_else_the_text_without_numbers() {
        let by = |other: &str, text: &str| {
            proposed(&Movement { other: other.to_owned(), text: text.to_owned(), ..movement(1, usd("9")) })
        };
        assert_eq!(by(" Smart Ecosystem Inc ", "PAYPAL *OUTLIER"), "Smart Ecosystem Inc");
        assert_eq!(by("", "PAYPAL *OUTLIER 402-935-7733 CA"), "PAYPAL *OUTLIER");
        assert_eq!(by("", "REF 4711"), "REF");
        assert_eq!(by("", "12345"), "");
        for text in ["PAYPAL *OUTLIER 402-935-7733 CA", "1 ACME GmbH Lohn 11/2026"] {
            let said = Movement { text: text.to_owned(), ..movement(1, usd("9")) };
            let rule = PayerRule { words: proposed(&said), whose: Whose::Other };
            assert!(fits(&rule, &said), "{text}");
        }
    }
}
