//! The verbs of an entry as a menu: under "More", and on the right click of a block or a row.

use egui::{Id, Response, Ui};

use super::asked::Asked;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::payouts::{self as view, Entry, EntryId, EntryVerb};
use crate::ui::widgets::menu;

/// The verb of the window whose key does the same; `None` where there is no key.
pub(super) fn key_of(verb: EntryVerb) -> Option<Verb> {
    match verb {
        EntryVerb::Land => Some(Verb::Landed),
        EntryVerb::Move => Some(Verb::MovePayout),
        EntryVerb::Edit => Some(Verb::EditPayout),
        EntryVerb::Delete => Some(Verb::DeletePayout),
        EntryVerb::Draw => Some(Verb::DrawPayout),
        EntryVerb::Arrived => Some(Verb::PayoutArrived),
        EntryVerb::Chase => Some(Verb::ChasePayout),
        EntryVerb::Explain => Some(Verb::ExplainSurplus),
        EntryVerb::Figures => Some(Verb::PayoutFigures),
        EntryVerb::Settles => Some(Verb::PayoutSettles),
        EntryVerb::Hold
        | EntryVerb::Release
        | EntryVerb::WriteOff
        | EntryVerb::Sessions
        | EntryVerb::Platform
        | EntryVerb::Schedule => None,
    }
}

/// The verbs that can be used now, but those given.
fn usable(cx: &Cx<'_>, id: EntryId, without: &[EntryVerb]) -> Vec<EntryVerb> {
    let found = view::verbs(cx.book, &cx.figures.calendar, id, cx.today).into_iter();
    found.filter(|verb| !(without.contains(verb) || cx.read_only && verb.changes())).collect()
}

/// Draws the items of an entry, but those given.
pub(super) fn items_ui(ui: &mut Ui, cx: &Cx<'_>, id: EntryId, without: &[EntryVerb], asked: &mut Asked) {
    for verb in usable(cx, id, without) {
        let key = key_of(verb).map_or_else(String::new, Verb::key_text);
        if menu::item(ui, verb.words(id).0, &key) {
            asked.verb = Some((id, verb));
        }
    }
}

/// What the second button of the mouse opens on a block or a row, or the key for menus.
pub(super) fn context(response: &Response, cx: &Cx<'_>, id: EntryId, asked: &mut Asked) {
    // The first place where the chosen one stands.
    let by_key = asked.menu.take_if(|wanted| *wanted == id).is_some();
    menu::context(response, by_key, |ui| items_ui(ui, cx, id, &[], asked));
}

/// A list of entries in a menu; a long one scrolls.
pub(super) fn entries_ui<'a>(ui: &mut Ui, salt: Id, entries: impl Iterator<Item = &'a Entry>, asked: &mut Asked) {
    let row = theme::tokens(ui).sizes.row_dense + 4.0;
    egui::ScrollArea::vertical().id_salt(salt).max_height(10.5 * row).show(ui, |ui| {
        // As wide as the longest of them, so that the days stand under each other.
        ui.set_min_width(WIDE);
        ui.set_max_width(WIDE);
        for entry in entries {
            let words = format!("{}  {}", shortened(&entry.platform), entry.amount);
            if menu::item(ui, &words, &entry.when) {
                asked.choose = Some(entry.id);
                asked.go_to = entry.days;
                asked.open = true;
            }
        }
    });
}

/// Width of a list of entries: a name that is cut, an amount and a day.
const WIDE: f32 = 380.0;
/// The most letters of a name in a menu.
const LETTERS: usize = 24;

/// A name with its end cut off where it is long.
fn shortened(name: &str) -> std::borrow::Cow<'_, str> {
    match name.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or(name).trim_end()).into(),
        None => name.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_name_is_cut_between_letters() {
        assert_eq!(shortened("Outlier"), "Outlier");
        assert_eq!(shortened("İstanbul Çeviri ve Yerelleştirme"), "İstanbul Çeviri ve Yerel…");
        assert_eq!(shortened("The Very Long Name of a Cooperative"), "The Very Long Name of a…");
    }
}
