//! The Check tab: what was logged, credited and received, set beside each other. What doesn't fit stands first; what fits
//! and waits for a word next; a line opens below to its reasons and its rows.
//!
//! Setting them beside each other reads the whole Book, so it is asked for and made off the frame; until it is of the
//! Book as it stands, nothing can be done to a line.

mod acts;
mod detail;
mod head;
mod list;

#[cfg(test)]
mod tests;

use egui::{Key, Modifiers, Popup, Ui, vec2};

use crate::domain::query::reconcile::Place;
use crate::engine::Stamp;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::check::{CheckLine, Checked, Detail, Look, ShownLines, detail as opened, place_line, shown};
use crate::ui::view::memo::Memo;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::empty::empty;

/// The share of the height that the opened line takes, and the least and the most of it, in points.
const OPENED: f32 = 0.42;
const OPENED_FROM: f32 = 190.0;
const OPENED_TO: f32 = 320.0;

/// The places, each with the verb that shows it.
const PLACES: [(Place, Verb); 3] =
    [(Place::Differs, Verb::ShowDiffers), (Place::Waits, Verb::ShowWaits), (Place::Fits, Verb::ShowFits)];

/// What the Check tab remembers about looking.
#[derive(Default)]
pub struct CheckTab {
    /// What was made last, and of which Book and moment.
    made: Option<(Stamp, Checked)>,
    /// Why it could not be made.
    failed: Option<String>,
    /// Of what it was asked for last.
    asked: Option<Stamp>,
    look: Look,
    shown: Memo<(Stamp, Look), ShownLines>,
    detail: Memo<(Stamp, String), Detail>,
    chosen: Chosen,
}

/// The chosen line.
#[derive(Default)]
struct Chosen {
    /// By what it is known.
    key: Option<String>,
    /// Its place in the list: where it has gone, the one that took its place is chosen.
    at: usize,
    /// Whether it is to be brought into sight.
    show: bool,
    /// Whether its rows are hidden.
    closed: bool,
}

impl Chosen {
    fn only(&mut self, at: usize, line: &CheckLine) {
        (self.key, self.at, self.closed) = (Some(line.key.clone()), at, false);
    }
}

/// The lines that are shown, as they stand.
struct Lines<'v> {
    checked: &'v Checked,
    rows: &'v [usize],
}

impl<'v> Lines<'v> {
    fn get(&self, at: usize) -> Option<&'v CheckLine> {
        self.checked.lines.get(*self.rows.get(at)?)
    }

    fn place_of(&self, key: &str) -> Option<usize> {
        self.rows.iter().position(|at| self.checked.lines.get(*at).is_some_and(|line| line.key == key))
    }
}

impl CheckTab {
    /// What was asked for is made, or could not be.
    pub fn checked(&mut self, stamp: Stamp, checked: Result<Checked, String>) {
        if self.asked != Some(stamp) {
            return;
        }
        match checked {
            Ok(checked) => (self.made, self.failed) = (Some((stamp, checked)), None),
            Err(why) => self.failed = Some(why),
        }
    }

    /// What must be there before a verb of the tab can be used, in words; `None` where it can be.
    #[must_use]
    pub fn lacks(&self, verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        if PLACES.iter().any(|(_, known)| *known == verb) {
            return None;
        }
        let fresh = self.made.as_ref().filter(|(stamp, _)| stamp.revision == cx.figures.stamp.revision);
        let Some((_, checked)) = fresh else { return Some("Open the tab first") };
        if verb == Verb::TakeAllSure {
            let any = checked.lines.iter().any(CheckLine::settles_surely);
            return (!any).then_some("No payment waits that surely fits");
        }
        let chosen = self.chosen.key.as_ref().and_then(|key| checked.lines.iter().find(|line| line.key == *key));
        match chosen {
            None => Some("Choose a line first"),
            Some(line) if !acts::verbs(line).contains(&verb) => Some("Not possible for the chosen line"),
            Some(_) => None,
        }
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let stamp = cx.figures.stamp;
        if self.made.as_ref().is_none_or(|(made, _)| *made != stamp) && self.asked != Some(stamp) {
            self.asked = Some(stamp);
            actions.push(Action::SetBeside(stamp));
        }
        let Self { made, failed, asked, look, shown: memo, detail, chosen } = self;
        let height = ui.available_height();
        let Some((made, checked)) = made else {
            Card::new().named("Check").height(height).show(ui, |ui| match failed {
                Some(why) => {
                    if empty(ui, "Nothing could be set beside each other", why, Some("Try again")) {
                        (*failed, *asked) = (None, None);
                    }
                }
                None => _ = empty(ui, "Setting it beside each other…", "The whole book is read.", None),
            });
            return;
        };
        if !checked.told {
            nothing_ui(ui, cx, height, actions);
            return;
        }
        let places =
            |ctx: &egui::Context| PLACES.into_iter().find(|(_, verb)| verb.pressed(ctx)).map(|(place, _)| place);
        let before = look.place;
        look.place = places(ui.ctx()).or(look.place);
        if look.place != before {
            *chosen = Chosen { closed: chosen.closed, ..Chosen::default() };
        }
        let found = memo.get((*made, *look), || shown(checked, look, cx.today, cx.book.settings().week_start));
        // The first place with anything in it, and from then on that one until another is asked for.
        look.place = look.place.or(found.place);
        let lines = Lines { checked, rows: &found.rows };
        chosen.keep(&lines);
        let fresh = made.revision == stamp.revision;
        let mut asked_verb =
            if fresh { keys(ui, cx, &lines, chosen, actions, &sure_ones(checked, found)) } else { None };
        let open = lines.get(chosen.at).filter(|_| !chosen.closed && chosen.key.is_some());
        let below =
            if open.is_some() { (height * OPENED).clamp(OPENED_FROM, OPENED_TO).min(height * 0.55) } else { 0.0 };
        let gap = if open.is_some() { theme::tokens(ui).sizes.gap_l } else { 0.0 };
        let size = vec2(ui.available_width(), height - below - gap);
        ui.allocate_ui(size, |ui| {
            Card::new().named("Check").height(size.y).show(ui, |ui| {
                let mut parts = head::Parts { look, found, checked };
                if head::ui(ui, cx, &mut parts, actions) && fresh {
                    actions.extend(acts::all_sure(cx, &sure_ones(checked, found)));
                }
                if found.rows.is_empty() {
                    let (title, line) = place_line(found.place.unwrap_or(Place::Differs));
                    empty(ui, title, line, None);
                    return;
                }
                asked_verb = list::ui(ui, cx, &lines, chosen).or(asked_verb);
            });
        });
        if let Some(line) = open {
            ui.add_space(gap - ui.spacing().item_spacing.y.min(gap));
            let at = cx.figures.at;
            let shown = detail.get((*made, line.key.clone()), || opened(cx.book, line, at, cx.today));
            let asked = detail::ui(ui, cx, below, line, shown, actions);
            chosen.closed |= asked.closed;
            asked_verb = asked.verb.or(asked_verb);
        }
        if let Some((verb, line)) = asked_verb.filter(|_| fresh).and_then(|verb| Some((verb, lines.get(chosen.at)?))) {
            actions.extend(acts::action(cx, verb, line));
        }
    }
}

/// The payments that are settled together: all that surely fit, of what the filters show.
fn sure_ones<'v>(checked: &'v Checked, found: &ShownLines) -> Vec<&'v CheckLine> {
    found.sure.iter().filter_map(|at| checked.lines.get(*at)).collect()
}

impl Chosen {
    /// The chosen line where it stands now; where it has gone, the one in its place, and at first the first.
    fn keep(&mut self, lines: &Lines<'_>) {
        let at = self.key.as_deref().and_then(|key| lines.place_of(key));
        self.at = at.unwrap_or(self.at).min(lines.rows.len().saturating_sub(1));
        if at.is_none() {
            self.key = lines.get(self.at).map(|line| line.key.clone());
        }
    }
}

/// The arrows walk through the lines; the verbs act on the chosen one.
fn keys(
    ui: &Ui,
    cx: &Cx<'_>,
    lines: &Lines<'_>,
    chosen: &mut Chosen,
    actions: &mut Vec<Action>,
    sure: &[&CheckLine],
) -> Option<Verb> {
    let ctx = ui.ctx();
    if ctx.memory(|memory| memory.top_modal_layer().is_some()) || ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return None;
    }
    if ctx.memory(|memory| memory.focused().is_none()) {
        let pressed = |key: Key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = lines.rows.len().saturating_sub(1);
        let to = if pressed(Key::ArrowDown) {
            Some((chosen.at + 1).min(last))
        } else if pressed(Key::ArrowUp) {
            Some(chosen.at.saturating_sub(1))
        } else if pressed(Key::Home) {
            Some(0)
        } else if pressed(Key::End) {
            Some(last)
        } else {
            None
        };
        if let Some((at, line)) = to.and_then(|at| Some((at, lines.get(at)?))) {
            chosen.only(at, line);
            chosen.show = true;
        }
        if pressed(Key::Enter) {
            chosen.closed = !chosen.closed;
        }
        if !chosen.closed && pressed(Key::Escape) {
            chosen.closed = true;
        }
    }
    if Verb::TakeAllSure.pressed(ctx) {
        if sure.is_empty() {
            actions.push(Action::Say("No payment waits that surely fits".to_owned()));
        } else if !cx.read_only {
            actions.extend(acts::all_sure(cx, sure));
        }
    }
    let line = lines.get(chosen.at)?;
    let verb = acts::ALL.into_iter().find(|verb| verb.pressed(ctx))?;
    if acts::verbs(line).contains(&verb) {
        return Some(verb);
    }
    actions.push(Action::Say(format!("Not possible here: {}", verb.words().name)));
    None
}

fn nothing_ui(ui: &mut Ui, cx: &Cx<'_>, height: f32, actions: &mut Vec<Action>) {
    Card::new().named("Check").height(height).show(ui, |ui| {
        let line = "Import what platforms and accounts say, and it is set beside your sessions here.";
        let first = (!cx.read_only).then_some(Verb::Import.words().name);
        if empty(ui, "Nothing to set beside your sessions yet", line, first) {
            actions.push(Action::Ask(Verb::Import));
        }
    });
}
