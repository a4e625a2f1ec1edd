//! Record payout: a payout by hand, of a platform or of nobody knows whom, with its six figures, its transfers and what it
//! settles. The same form for one that is there: all its figures, and another match.
//!
//! Every field may stay empty. What follows from the rest is told as computed, and what does not add up as unexplained.

mod legs;
mod settles;

use egui::{RichText, Ui};

use super::arrival::today;
use super::parts::{answer, labelled, row, share};
use crate::domain::command::{Command, limits};
use crate::domain::ids::{EarningId, PayoutId, PlatformId};
use crate::domain::query::settles::Open;
use crate::domain::refusal::Field as At;
use crate::engine::Stamp;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::view::memo::Memo;
use crate::ui::view::names::{self, Mark};
use crate::ui::view::payout_form::{PayoutForm, Read};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::button;
use crate::ui::widgets::dialog::Dialog;
use crate::ui::widgets::field::{Field, reason_ui};
use crate::ui::widgets::picker::{Choice, Picker};

/// What a payout is of whose payer nobody knows.
const UNKNOWN: &str = "A platform not named";

/// A payout with all its figures.
#[derive(Debug)]
pub struct RecordPayoutDialog {
    form: PayoutForm,
    title: String,
    open: Memo<(Stamp, Option<PlatformId>), Vec<Open>>,
    /// Sent, and not changed since: then a refusal is of this draft.
    sent: bool,
}

impl RecordPayoutDialog {
    /// A new payout that came today; `platform` is the likely payer.
    #[must_use]
    pub fn new(cx: &Cx<'_>, platform: Option<PlatformId>) -> Self {
        let ids = (PayoutId(cx.fresh.draw()), EarningId(cx.fresh.draw()));
        Self::over("Record payout".to_owned(), PayoutForm::new(cx.book, platform, today(cx), ids))
    }

    /// One that is there; `None` where it is gone.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, id: PayoutId) -> Option<Self> {
        let payout = cx.book.payout(id)?;
        let form = PayoutForm::edit(cx.book, payout, today(cx), EarningId(cx.fresh.draw()));
        let name = names::payer(cx.book, payout.platform);
        Some(Self::over(format!("Figures of the payout of {name}"), form))
    }

    fn over(title: String, form: PayoutForm) -> Self {
        Self { form, title, open: Memo::default(), sent: false }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let read = self.read(cx);
        let title = self.title.clone();
        let send = if self.form.before.is_some() { "Save" } else { "Record" };
        let dialog = Dialog::new(&title, send).sendable(read.settling.is_some() && !cx.read_only).width(700.0);
        let shown = dialog.show(ctx, |ui| self.body_ui(ui, cx, &read));
        if shown.inner {
            self.sent = false;
        }
        let sent = answer(shown.outcome, actions, || {
            self.read(cx).settling.map(|settling| Command::SettlePayout(Box::new(settling)))
        });
        self.sent |= sent;
    }

    fn read(&mut self, cx: &Cx<'_>) -> Read {
        let form = &self.form;
        let key = (cx.figures.stamp, form.platform);
        let open = self.open.get(key, || form.open(cx.book, &cx.figures.calendar));
        form.read(cx.book, open, today(cx))
    }

    /// Why it was refused, where that belongs to this field.
    fn refused(&self, cx: &Cx<'_>, field: At) -> Option<String> {
        let refused = cx.refused.as_ref().filter(|_| self.sent)?;
        (refused.field == field).then(|| refused.to_string())
    }

    /// The fields; true where something was changed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read) -> bool {
        const SHOWN: [At; 6] = [At::Day, At::Amount, At::Fee, At::Rate, At::Settles, At::Note];
        let refused = SHOWN.map(|field| (field, self.refused(cx, field)));
        let of = |field: At| refused.iter().find(|(known, _)| *known == field).and_then(|(_, why)| why.as_ref());
        let mut changed = self.payer_ui(ui, cx);
        changed |= self.days_ui(ui, read, of(At::Day));
        changed |= self.figures_ui(ui, read, [of(At::Amount), of(At::Fee), of(At::Rate)]);
        changed |= legs::ui(ui, cx, &mut self.form, read);
        changed |= settles::ui(ui, &mut self.form, read, of(At::Settles));
        let told = of(At::Note);
        let note = Field::new("Note", &mut self.form.note).limit(limits::NOTE_LETTERS).reason(told.map(String::as_str));
        changed |= note.show(ui).response.changed();
        if !read.duplicate.is_empty() {
            reason_ui(ui, &read.duplicate);
            changed |= ui.checkbox(&mut self.form.another, "It is another one: record both").changed();
        }
        if let Some(refused) = cx.refused.as_ref().filter(|refused| self.sent && !SHOWN.contains(&refused.field)) {
            reason_ui(ui, &refused.to_string());
        }
        changed
    }

    /// Who paid, and by which way.
    fn payer_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> bool {
        let mut changed = false;
        row(ui, |ui| {
            let width = share(ui, 2);
            labelled(ui, "Platform", width, |ui| {
                let platforms = cx.book.platforms_by_name();
                let marks: Vec<Mark> = platforms.iter().map(|platform| Mark::of(platform)).collect();
                let mut choices = vec![Choice { text: UNKNOWN, mark: None, detail: "say later who paid" }];
                choices.extend(platforms.iter().zip(&marks).map(|(platform, mark)| Choice {
                    text: &platform.name,
                    mark: Some(PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
                    detail: "",
                }));
                let held = self.form.platform;
                let at = held.and_then(|id| platforms.iter().position(|platform| platform.id == id));
                let chosen = Some(at.map_or(0, |at| at + 1));
                let picked = Picker::new("Platform of the payout").chosen(chosen).width(width).pick(ui, &choices);
                if let Some(at) = picked {
                    let id = at.checked_sub(1).and_then(|at| platforms.get(at)).map(|platform| platform.id);
                    self.form.set_platform(id);
                    changed = true;
                }
            });
            labelled(ui, "Route", width, |ui| {
                let of_platform = |platform: Option<PlatformId>| platform.is_none() || platform == self.form.platform;
                let routes: Vec<_> = cx.book.routes().filter(|route| of_platform(route.platform)).collect();
                let mut choices = vec![Choice { text: "The usual one", mark: None, detail: "" }];
                choices.extend(routes.iter().map(|route| Choice::from(route.name.as_str())));
                let at = self.form.route.and_then(|id| routes.iter().position(|route| route.id == id));
                let chosen = Some(at.map_or(0, |at| at + 1));
                let picked = Picker::few("Route of the payout").chosen(chosen).width(width).pick(ui, &choices);
                if let Some(at) = picked {
                    self.form.route = at.checked_sub(1).and_then(|at| routes.get(at)).map(|route| route.id);
                    changed = true;
                }
            });
        });
        changed
    }

    fn days_ui(&mut self, ui: &mut Ui, read: &Read, refused: Option<&String>) -> bool {
        let mut changed = false;
        row(ui, |ui| {
            let width = share(ui, 2);
            let why = read.sent.as_ref().err().or(refused);
            let field = Field::new("Sent", &mut self.form.sent).width(width).hint("not known");
            changed |= field.reason(why.map(String::as_str)).show(ui).response.changed();
            let why = read.arrived.as_ref().err();
            let field = Field::new("Arrived", &mut self.form.arrived).width(width).hint("still under way");
            changed |= field.reason(why.map(String::as_str)).show(ui).response.changed();
        });
        changed
    }

    /// The six figures, and what they come to.
    fn figures_ui(&mut self, ui: &mut Ui, read: &Read, refused: [Option<&String>; 3]) -> bool {
        let [amount, fee, rate] = refused;
        let form = &mut self.form;
        let one = form.legs.is_empty();
        let new = form.before.is_none();
        let mut changed = false;
        row(ui, |ui| {
            let width = share(ui, 3);
            let why = read.gross.as_ref().err().or(amount);
            let mut field = Field::new("Gross", &mut form.gross).width(width).hint("–");
            if new {
                field = field.autofocus();
            }
            changed |= field.reason(why.map(String::as_str)).show(ui).response.changed();
            let why = read.platform_fee.as_ref().err().or(fee);
            let field = Field::new("Platform fee", &mut form.platform_fee).width(width).hint("–");
            changed |= field.reason(why.map(String::as_str)).show(ui).response.changed();
            let why = read.tax.as_ref().err();
            let field = Field::new("Tax withheld or on the fee", &mut form.tax).width(width).hint("–");
            changed |= field.reason(why.map(String::as_str)).show(ui).response.changed();
        });
        row(ui, |ui| {
            let width = share(ui, 3);
            if one {
                let why = read.payout_fee.as_ref().err();
                let field = Field::new("Payout fee", &mut form.payout_fee).width(width).hint("–");
                changed |= field.reason(why.map(String::as_str)).show(ui).response.changed();
                let why = read.rate.as_ref().err().or(rate);
                let field = Field::new("Exchange rate", &mut form.rate).width(width).hint("– of what arrived for 1");
                changed |= field.reason(why.map(String::as_str)).show(ui).response.changed();
            }
            let why = read.received.as_ref().err();
            let field = Field::new("Received", &mut form.received).width(width).hint("–, or 12,900 KES");
            changed |= field.reason(why.map(String::as_str)).show(ui).response.changed();
        });
        let tokens = theme::tokens(ui);
        let ink = if read.off { tokens.warn } else { tokens.muted };
        ui.add(egui::Label::new(RichText::new(&read.sum).color(ink)).wrap());
        changed
    }
}

/// A small chip at the right of a heading; true where it was clicked.
fn heading_chips<const N: usize>(ui: &mut Ui, text: &str, chips: [(&str, &str); N]) -> Option<usize> {
    let mut clicked = None;
    ui.horizontal(|ui| {
        let body = theme::tokens(ui).sizes.body;
        let label = ui.label(RichText::new(text).font(theme::semibold(body)));
        label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
            for (at, (words, line)) in chips.into_iter().enumerate().rev() {
                if ui.add(button::chip(words).tip(words, "", line)).clicked() {
                    clicked = Some(at);
                }
            }
        });
    });
    clicked
}
