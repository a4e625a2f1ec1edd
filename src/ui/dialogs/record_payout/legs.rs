//! The transfers of a payout one by one: account, days, fee, rate, what arrived there.

use egui::{Id, Ui};

use super::super::parts::{row, share};
use super::heading_chips;
use crate::domain::command::limits;
use crate::ui::cx::Cx;
use crate::ui::view::payout_form::{LegDraft, LegRead, PayoutForm, Read};
use crate::ui::widgets::button;
use crate::ui::widgets::field::Field;

/// The most transfers that can be told: as many as a route can have.
const MOST: usize = 6;

/// Draws the transfers; true where something was changed.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, form: &mut PayoutForm, read: &Read) -> bool {
    if form.legs.is_empty() {
        let words = [("Each transfer…", "Days, fee and rate of every account on its way")];
        let clicked = heading_chips(ui, "One transfer", words).is_some();
        if clicked {
            form.tell_legs(cx.book);
        }
        return clicked;
    }
    let words = [("Add transfer", "One account more on its way")];
    let mut changed = false;
    if heading_chips(ui, "Transfers, in order", words).is_some() && form.legs.len() < MOST {
        form.legs.push(LegDraft::default());
        changed = true;
    }
    let mut gone = None;
    for (at, draft) in form.legs.iter_mut().enumerate() {
        let (moved, removed) = leg_ui(ui, at, draft, read.legs.get(at));
        changed |= moved || removed;
        if removed {
            gone = Some(at);
        }
    }
    if let Some(at) = gone {
        form.legs.remove(at);
    }
    changed
}

/// One transfer: whether it was changed, and whether it goes.
fn leg_ui(ui: &mut Ui, at: usize, draft: &mut LegDraft, read: Option<&LegRead>) -> (bool, bool) {
    let nth = at + 1;
    let mut changed = false;
    let mut field = |ui: &mut Ui, part: &str, draft: &mut String, hint: &str, why: Option<&String>, width: f32| {
        let name = format!("Transfer {nth} {part}");
        let field = Field::new(&name, draft).id(Id::unique(("leg", at, part))).limit(limits::NAME_LETTERS);
        let field = field.width(width).hint(hint).reason(why.map(String::as_str));
        changed |= field.show(ui).response.changed();
    };
    let why = |of: fn(&LegRead) -> Option<&String>| read.and_then(of);
    row(ui, |ui| {
        let width = share(ui, 3);
        field(ui, "to", &mut draft.to, "PayPal, bank, M-Pesa", None, width);
        field(ui, "sent", &mut draft.sent, "–", why(|read| read.sent.as_ref().err()), width);
        field(ui, "arrived", &mut draft.arrived, "–", why(|read| read.arrived.as_ref().err()), width);
    });
    let mut removed = false;
    row(ui, |ui| {
        let width = ((share(ui, 3) * 3.0 - 90.0) / 3.0).floor();
        field(ui, "fee", &mut draft.fee, "–", why(|read| read.fee.as_ref().err()), width);
        field(ui, "rate", &mut draft.rate, "–", why(|read| read.rate.as_ref().err()), width);
        field(ui, "brought", &mut draft.amount, "–", why(|read| read.amount.as_ref().err()), width);
        ui.vertical(|ui| {
            ui.add_space(22.0);
            removed = ui.add(button::chip("Remove").named(&format!("Remove transfer {nth}"))).clicked();
        });
    });
    (changed, removed)
}
