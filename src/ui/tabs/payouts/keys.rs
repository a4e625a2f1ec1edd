//! The keys of the tab: days and months, month or agenda, and the verbs of what is chosen.
//!
//! Arrows, Space and Enter act while nothing has the focus but a day or a payout of the calendar itself, no dialog and
//! no menu is open; elsewhere they belong to what is focused. Where the arrows go, the focus goes too, so that a screen reader says what is there.

use egui::{Context, Key, Modifiers};

use super::asked::{Asked, Step};
use super::{Mode, PayoutsTab, Target, agenda, menus};
use crate::domain::span::{Month, day_plus};
use crate::ui::cx::Cx;
use crate::ui::verbs::{self, Verb};
use crate::ui::view::payouts::{EntryId, EntryVerb, PayoutsView};

impl PayoutsTab {
    /// Whether the keys belong to the tab.
    fn free(&self, ctx: &Context) -> bool {
        let (focused, modal) = ctx.memory(|memory| (memory.focused(), memory.top_modal_layer().is_some()));
        let here = focused.is_none_or(|id| self.own.contains(&id));
        here && !modal && !egui::Popup::is_any_open(ctx)
    }

    /// Takes the keys of this frame.
    pub(super) fn keys(&mut self, ctx: &Context, cx: &Cx<'_>, view: &PayoutsView, asked: &mut Asked) {
        for (verb, step) in [(Verb::Previous, Step::Previous), (Verb::Next, Step::Next), (Verb::Today, Step::Today)] {
            if verb.pressed(ctx) {
                self.step(step, cx.today);
            }
        }
        asked.export |= Verb::ExportCalendar.pressed(ctx);
        if Verb::Agenda.pressed(ctx) {
            self.set_mode(if self.mode == Mode::Month { Mode::Agenda } else { Mode::Month });
        }
        if !self.free(ctx) {
            self.verb_keys(ctx, cx, view, asked);
            return;
        }
        if self.sheet && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            asked.close = true;
        }
        match self.mode {
            Mode::Month => self.month_keys(ctx, cx, view),
            Mode::Agenda => self.agenda_keys(ctx, view),
        }
        self.verb_keys(ctx, cx, view, asked);
        self.enter(ctx, cx, view, asked);
        // What has the focus opens its own.
        if ctx.memory(|memory| memory.focused().is_none()) && verbs::row_menu_pressed(ctx) {
            asked.menu = self.detail(cx, view).map(|detail| detail.id);
        }
    }

    /// Arrows go from day to day; the next key goes through the payouts of a day.
    fn month_keys(&mut self, ctx: &Context, cx: &Cx<'_>, view: &PayoutsView) {
        let days = [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::ArrowUp, -7), (Key::ArrowDown, 7)];
        let by = presses(ctx, days);
        if by != 0 {
            let month = self.month.unwrap_or(Month::of_day(cx.today));
            let from = self.day.unwrap_or(if month == Month::of_day(cx.today) { cx.today } else { month.first_day() });
            self.go_to(day_plus(from, by), cx.today);
            let Some(day) = self.day else { return };
            let first = self.view(cx).on(day).next().map(|entry| entry.id);
            self.choose_by_key(first);
            self.aim(ctx, Some(first.map_or(Target::Day(day), Target::Entry)));
        }
        if Verb::NextOfDay.pressed(ctx)
            && let Some(day) = self.day
        {
            let ids: Vec<EntryId> = view.on(day).map(|entry| entry.id).collect();
            let at = self.chosen.and_then(|chosen| ids.iter().position(|id| *id == chosen));
            let next = at.map_or(0, |at| at + 1);
            let id = ids.get(next).or(ids.first()).copied();
            self.choose_by_key(id);
            self.aim(ctx, id.map(Target::Entry));
        }
    }

    /// Up and down go from row to row.
    fn agenda_keys(&mut self, ctx: &Context, view: &PayoutsView) {
        let by = presses(ctx, [(Key::ArrowUp, -1), (Key::ArrowDown, 1)]);
        if by == 0 {
            return;
        }
        let choices: Vec<(usize, EntryId)> = view.agenda.choices(&view.entries).collect();
        let at = choices.iter().position(|(_, id)| Some(*id) == self.chosen);
        let ahead = choices.iter().position(|(row, _)| *row >= view.agenda.start).unwrap_or(0);
        let next = at.map_or(ahead, |at| {
            let steps = usize::try_from(by.unsigned_abs()).unwrap_or(1);
            if by < 0 { at.saturating_sub(steps) } else { (at + steps).min(choices.len().saturating_sub(1)) }
        });
        let id = choices.get(next).map(|(_, id)| *id);
        self.choose_by_key(id);
        self.aim(ctx, id.map(Target::Entry));
        self.scrolls = id.map(agenda::Scroll::To);
    }

    /// The focus goes there as soon as it is drawn.
    fn aim(&mut self, ctx: &Context, target: Option<Target>) {
        self.target = target.map(|target| (target, ctx.cumulative_pass_nr()));
        ctx.request_repaint();
    }

    fn choose_by_key(&mut self, id: Option<EntryId>) {
        if id.is_some() {
            self.chosen = id;
            self.shown = None;
        }
    }

    /// The verbs of what is chosen.
    fn verb_keys(&mut self, ctx: &Context, cx: &Cx<'_>, view: &PayoutsView, asked: &mut Asked) {
        let Some(id) = self.detail(cx, view).map(|detail| detail.id) else { return };
        for verb in EntryVerb::ALL {
            if menus::key_of(verb).is_some_and(|key| key.pressed(ctx)) {
                asked.verb = Some((id, verb));
            }
        }
    }

    /// Enter does the main verb of what is chosen.
    fn enter(&mut self, ctx: &Context, cx: &Cx<'_>, view: &PayoutsView, asked: &mut Asked) {
        let Some(id) = self.detail(cx, view).map(|detail| detail.id) else { return };
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            asked.open = true;
            let edits = matches!(id, EntryId::Landed(_) | EntryId::Bill(..));
            asked.verb = Some((id, if edits { EntryVerb::Edit } else { EntryVerb::Land }));
        }
    }
}

/// How far the keys that were pressed go together.
fn presses<const N: usize>(ctx: &Context, keys: [(Key, i64); N]) -> i64 {
    ctx.input_mut(|input| {
        let pressed = |(key, by): (Key, i64)| if input.consume_key(Modifiers::NONE, key) { by } else { 0 };
        keys.map(pressed).iter().sum()
    })
}
