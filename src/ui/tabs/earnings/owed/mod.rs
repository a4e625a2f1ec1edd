//! The page of what is owed: filters and totals, the list, the verbs of what is chosen at its foot.
//!
//! It remembers what is looked at, what is typed to search and what is chosen; it never changes the Book.

pub(super) mod acts;
mod chosen;
mod foot;
mod head;
mod keys;
mod list;
mod menu;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Ui;

use crate::domain::ids::{EarningId, PlatformId};
use crate::domain::query::owed::{OwedRow, owed, unsettled};
use crate::engine::Stamp;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::tabs::choice;
use crate::ui::verbs::Verb;
use crate::ui::view::earnings::owed::{Line, Look, OwedView, lines, platforms, view};
use crate::ui::view::memo::Memo;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::empty::empty;
use chosen::Chosen;

/// The rows, and the platforms that any is of, settled or not.
type Rows = (Vec<OwedRow>, BTreeSet<PlatformId>);

/// What the page remembers about looking.
#[derive(Default)]
pub(super) struct OwedPage {
    look: Look,
    search: String,
    /// All of them where those that are settled may be shown, else the others.
    rows: Memo<(Stamp, bool), Arc<Rows>>,
    lines: Memo<(Stamp, Look), Arc<Vec<Line>>>,
    view: Memo<(Stamp, Look, String), OwedView>,
    /// The list that the choice was last held against.
    kept: Option<(Stamp, Look, String)>,
    chosen: Chosen,
    /// Whether a field had the focus when the last frame ended.
    was_typing: bool,
}

impl OwedPage {
    /// Shows one earning, whatever was looked at.
    pub(super) fn show(&mut self, id: EarningId) {
        self.look = Look { only: Some(id), ..Look::default() };
        self.search.clear();
        self.chosen.only(crate::domain::query::owed::OwedId::Earning(id));
        self.kept = None;
    }

    pub(super) fn lacks(&self, verb: Verb) -> Option<&'static str> {
        if matches!(verb, Verb::FindOwed | Verb::ChooseAllOwed) {
            return None;
        }
        if verb == Verb::CopyText {
            return Some("Go to “To report” or “Agreement” first");
        }
        let one = matches!(
            verb,
            Verb::EditEarning | Verb::ApprovePart | Verb::SessionsBehind | Verb::PayoutOfOwed | Verb::RowMenu
        );
        if one && self.chosen.one().is_none() {
            return Some("Choose one row first");
        }
        self.chosen.ids.is_empty().then_some("Choose a row first")
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Self { look, search, rows, lines: memo, view: views, kept, chosen, was_typing } = self;
        let stamp = cx.figures.stamp;
        let all = look.reaches_settled();
        let rows = rows.get((stamp, all), || {
            let calendar = &cx.figures.calendar;
            let rows = if all { owed(cx.book, calendar) } else { unsettled(&cx.figures.work, calendar) };
            let used = platforms(cx.book, &rows);
            Arc::new((rows, used))
        });
        let (rows, used) = &*Arc::clone(rows);
        let key = (stamp, look.clone(), search.clone());
        let shown = views.get(key.clone(), || {
            let lines = memo.get((stamp, look.clone()), || Arc::new(lines(cx.book, rows, look, cx.today, cx.now.zone)));
            view(cx.book, lines, search, !used.is_empty())
        });
        if kept.as_ref() != Some(&key) {
            let same_look = kept.as_ref().is_some_and(|(_, look, search)| (look, search) == (&key.1, &key.2));
            chosen.keep(shown, same_look);
            *kept = Some(key);
        }
        let pressed = choice::keys(ui.ctx(), shown, chosen, (Verb::FindOwed, Verb::ChooseAllOwed), *was_typing);
        if pressed.free {
            keys::verbs(ui.ctx(), cx, shown, chosen, actions);
        }
        let height = ui.available_height();
        Card::new().named("Owed").height(height).show(ui, |ui| {
            if !shown.any {
                let line = "Paid work stands here from its first minute, until its money has landed.";
                if cx.book.platforms().next().is_none() {
                    super::no_payer_ui(ui, cx, "Nothing is owed yet", line, actions);
                    return;
                }
                let first = (!cx.read_only).then_some(Verb::AddEarning.words().name);
                if empty(ui, "Nothing is owed yet", line, first) {
                    actions.push(acts::add(cx));
                }
                return;
            }
            let mut parts = head::Parts { look, search, view: shown, used, find: pressed.find };
            head::ui(ui, cx, &mut parts, actions);
            if shown.lines.is_empty() {
                let line = "No money fits the filters. What is settled is shown with “Settled too”.";
                if empty(ui, "Nothing here", line, Some("Show all")) {
                    *look = Look::default();
                    search.clear();
                }
                return;
            }
            let mut parts = list::Parts { view: shown, chosen, menu_key: pressed.menu };
            list::ui(ui, cx, &mut parts, actions);
        });
        *was_typing = ui.ctx().text_edit_focused();
    }
}
