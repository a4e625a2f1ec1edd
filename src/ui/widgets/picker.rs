//! A drop-down that filters as one types, and can offer to create what was typed.
//!
//! Arrow keys and Enter choose, Escape closes, the focus returns to the button. The list is virtual. A
//! short list (`few`) has no filter. For screen readers it is a combo box with a name and a value.

use egui::accesskit::{HasPopup, Role};
use egui::{
    Align, Color32, EventFilter, Id, Key, Layout, Modifiers, Popup, PopupCloseBehavior, Rect, Response, ScrollArea,
    Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::badge::PlatformMark;
use super::field::{Field, Label};
use super::icon::Icon;
use super::{button, rich};
use crate::ui::theme;

/// One line of the list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// What is chosen.
    pub text: &'a str,
    /// Badge before the text.
    pub mark: Option<PlatformMark<'a>>,
    /// Small and muted at the right, also searched: "$25.00/h", "unpaid". May be empty.
    pub detail: &'a str,
}

impl<'a> From<&'a str> for Choice<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }
}

/// What was picked in this frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// Index into the choices as given.
    Chosen(usize),
    /// The typed text, trimmed; the caller offered to create it.
    Create(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// 36 high, a width of its own: the bar and forms.
    Wide,
    /// 28 high, small letters, as wide as its text: filters.
    Chip,
}

/// A picker being described; `show` draws it.
///
/// ```text
/// let picked = Picker::new("Project").chosen(view.chosen).hint("Choose a project…").width(200.0)
///     .show(ui, &view.choices, |typed| Some(format!("Create “{typed}” on Outlier, $25/h")));
/// match picked {
///     Some(Picked::Chosen(index)) => …,
///     Some(Picked::Create(name)) => …,
///     None => {}
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `show`"]
pub struct Picker<'a> {
    name: &'a str,
    chosen: Option<usize>,
    value: Option<Choice<'a>>,
    hint: &'a str,
    caption: &'a str,
    width: f32,
    look: Look,
    filter: bool,
    enabled: bool,
    id: Option<Id>,
    tip: Option<(&'a str, &'a str)>,
}

impl<'a> Picker<'a> {
    /// A picker with a filter; `name` is its accessible name.
    pub const fn new(name: &'a str) -> Self {
        Self {
            name,
            chosen: None,
            value: None,
            hint: "",
            caption: "",
            width: 200.0,
            look: Look::Wide,
            filter: true,
            enabled: true,
            id: None,
            tip: None,
        }
    }

    /// A picker among few choices, without a filter.
    pub const fn few(name: &'a str) -> Self {
        let mut picker = Self::new(name);
        picker.filter = false;
        picker
    }

    /// Index of the choice that holds now.
    pub const fn chosen(mut self, index: Option<usize>) -> Self {
        self.chosen = index;
        self
    }

    /// What stands on the button where it isn't one of the choices.
    pub const fn value(mut self, value: Choice<'a>) -> Self {
        self.value = Some(value);
        self
    }

    /// Shown in *muted* while nothing is chosen.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// A muted word before the value: "Home currency  USD".
    pub const fn caption(mut self, caption: &'a str) -> Self {
        self.caption = caption;
        self
    }

    /// Width in points; a chip takes what its text needs, up to this.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Small, as a filter over a list.
    pub const fn chip(mut self) -> Self {
        self.look = Look::Chip;
        self
    }

    /// Greyed out and without effect where false.
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// A fixed id, for keys that open it: `picker::open(ctx, id)`.
    pub const fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Key and line of the tooltip; either may be empty.
    pub const fn tip(mut self, key: &'a str, line: &'a str) -> Self {
        self.tip = Some((key, line));
        self
    }

    /// Draws it; `create` gives the words of the last entry for a typed text, or `None` for no such entry.
    pub fn show(self, ui: &mut Ui, choices: &[Choice<'_>], create: impl Fn(&str) -> Option<String>) -> Option<Picked> {
        let id = self.id.unwrap_or_else(|| ui.make_persistent_id(("picker", self.name)));
        let value = self.value.or_else(|| self.chosen.and_then(|index| choices.get(index)).copied());
        let response = self.face(ui, id, value);
        let popup_id = popup_id(id);
        if response.clicked() {
            ui.data_mut(|data| data.remove::<Typing>(popup_id));
        }
        let chosen = self.chosen;
        let width = self.width.max(if self.filter { 320.0 } else { 160.0 });
        let (name, filter) = (self.name, self.filter);
        let shown = Popup::from_toggle_button_response(&response)
            .id(popup_id)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .layout(Layout::top_down_justified(Align::Min))
            .gap(4.0)
            .width(width)
            .accessible_name(name)
            .show(|ui| {
                ui.set_width(width);
                let list = List { id: popup_id, name, filter, choices, chosen };
                let picked = list.show(ui, &create);
                if picked.is_some() {
                    ui.close();
                }
                picked
            });
        if let Some(shown) = &shown {
            // In each frame: where one frame both presses on a dialog and opens the list, egui asks for both to be on
            // top and leaves them as they stood, and a list that was open before stands under the dialog.
            ui.ctx().move_to_top(shown.response.layer_id);
        }
        if let Some(shown) = &shown
            && shown.response.should_close()
            && !shown.response.clicked_elsewhere()
        {
            response.request_focus();
        }
        shown.and_then(|shown| shown.inner)
    }

    /// [`Picker::show`] without creating.
    pub fn pick(self, ui: &mut Ui, choices: &[Choice<'_>]) -> Option<usize> {
        match self.show(ui, choices, |_| None) {
            Some(Picked::Chosen(index)) => Some(index),
            Some(Picked::Create(_)) | None => None,
        }
    }

    fn face(&self, ui: &mut Ui, id: Id, value: Option<Choice<'_>>) -> Response {
        let tokens = theme::tokens(ui);
        let sizes = &tokens.sizes;
        let (height, margin, font) = match self.look {
            Look::Wide => (sizes.row, sizes.gap_m, theme::regular(sizes.body)),
            Look::Chip => (sizes.row_dense, 10.0, theme::regular(sizes.small)),
        };
        let mark = value.and_then(|value| value.mark);
        let text = value.map_or(self.hint, |value| value.text);
        let mut ink = if value.is_some() { tokens.text } else { tokens.muted };
        if !self.enabled {
            ink = tokens.muted.gamma_multiply(0.7);
        }
        let caption = rich::one_line(ui, self.caption, font.clone(), tokens.muted, f32::INFINITY);
        let mut before = if mark.is_some() { PlatformMark::SIZE.x + sizes.gap_s } else { 0.0 };
        if !self.caption.is_empty() {
            before += caption.size().x + sizes.gap_s;
        }
        let after = Icon::SIDE + sizes.gap_s;
        let room = (self.width - 2.0 * margin - before - after).max(0.0);
        let galley = rich::one_line(ui, text, font, ink, room);
        let width = match self.look {
            Look::Wide => self.width,
            Look::Chip => before + galley.size().x + after + 2.0 * margin - 2.0,
        };
        let (_, rect) = ui.allocate_space(vec2(width, height));
        // In a child of its own, which takes no room: only it can be switched off.
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        if !self.enabled {
            child.disable();
        }
        let response = child.interact(rect, id, Sense::click());
        let open = Popup::is_id_open(ui.ctx(), popup_id(id));
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ComboBox, self.enabled, self.name);
            info.current_text_value = value.map(|value| value.text.to_owned());
            if value.is_none() {
                info.hint_text = Some(self.hint.to_owned());
            }
            info
        });
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_has_popup(HasPopup::Listbox);
            node.set_expanded(open);
        });
        if ui.is_rect_visible(rect) {
            let fill = if !self.enabled {
                tokens.raised
            } else if open || response.is_pointer_button_down_on() {
                tokens.raised_press
            } else if response.hovered() {
                tokens.raised_hover
            } else {
                tokens.raised
            };
            let painter = ui.painter();
            painter.rect_filled(rect, tokens.radius(), fill);
            let middle = rect.center().y;
            let mut x = rect.left() + margin;
            if let Some(mark) = mark {
                let center = pos2(x + PlatformMark::SIZE.x / 2.0, middle);
                mark.paint(painter, tokens, Rect::from_center_size(center, PlatformMark::SIZE));
                x += PlatformMark::SIZE.x + sizes.gap_s;
            }
            if !self.caption.is_empty() {
                painter.galley(pos2(x, middle - caption.size().y / 2.0), caption.clone(), tokens.muted);
                x += caption.size().x + sizes.gap_s;
            }
            let cut = galley.elided;
            painter.galley(pos2(x, middle - galley.size().y / 2.0), galley, ink);
            let arrow = pos2(rect.right() - margin - Icon::SIDE / 2.0, middle + 0.5);
            Icon::Down.paint(painter, Rect::from_center_size(arrow, Vec2::splat(Icon::SIDE)), tokens.muted);
            button::focus_ring(ui, &response, tokens);
            if let Some((key, line)) = self.tip {
                let line = if cut { text } else { line };
                return button::tip(response, self.name, key, line);
            } else if cut {
                return button::tip(response, self.name, "", text);
            }
        }
        response
    }
}

/// How much of a picker of this width is for the text, beside a platform's mark and the arrow, in points.
#[must_use]
pub fn room(ui: &Ui, width: f32) -> f32 {
    let sizes = &theme::tokens(ui).sizes;
    width - 2.0 * sizes.gap_m - PlatformMark::SIZE.x - Icon::SIDE - 2.0 * sizes.gap_s
}

/// Opens a picker that was given this id, as if it were clicked.
pub fn open(ctx: &egui::Context, id: Id) {
    let popup = popup_id(id);
    ctx.data_mut(|data| data.remove::<Typing>(popup));
    Popup::open_id(ctx, popup);
}

/// Whether the list of a picker that was given this id is open.
#[must_use]
pub fn is_open(ctx: &egui::Context, id: Id) -> bool {
    Popup::is_id_open(ctx, popup_id(id))
}

fn popup_id(id: Id) -> Id {
    id.with("list")
}

/// What is typed in an open list, and the row that Enter takes.
#[derive(Clone, Debug, Default)]
struct Typing {
    text: String,
    at: usize,
    /// Frames drawn so far, up to [`SETTLED`].
    frames: u8,
}

/// The first frame of a list only measures it; from this one on it scrolls by itself.
const SETTLED: u8 = 3;
/// Height of a row, and of the list in rows.
const ROW: f32 = 32.0;
const SHOWN_ROWS: f32 = 9.5;

enum Row<'a> {
    Choice(usize, Choice<'a>),
    Create(String),
}

struct List<'a> {
    id: Id,
    name: &'a str,
    filter: bool,
    choices: &'a [Choice<'a>],
    chosen: Option<usize>,
}

impl<'a> List<'a> {
    fn show(&self, ui: &mut Ui, create: &dyn Fn(&str) -> Option<String>) -> Option<Picked> {
        let tokens = theme::tokens(ui);
        let known: Option<Typing> = ui.data(|data| data.get_temp(self.id));
        let just_opened = known.is_none();
        let mut typing = known.unwrap_or_else(|| Typing { at: self.chosen.unwrap_or(0), ..Typing::default() });

        // Taken before the field sees them: there they would move the cursor and drop the focus.
        let (up, down, enter) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        // The Enter that opened the list chooses nothing.
        let enter = enter && !just_opened;
        if self.filter {
            self.filter_ui(ui, &mut typing, just_opened);
        } else {
            self.hold_focus(ui, just_opened);
        }

        let rows = self.rows(typing.text.trim(), create);
        let last = rows.len().saturating_sub(1);
        typing.at = typing.at.min(last);
        if down {
            typing.at = if typing.at == last { 0 } else { typing.at + 1 };
        } else if up {
            typing.at = typing.at.checked_sub(1).unwrap_or(last);
        }
        let moved = up || down;
        let mut taken = enter.then_some(typing.at);
        if rows.is_empty() {
            ui.add_space(tokens.sizes.gap_s);
            ui.label(egui::RichText::new("  Nothing found").color(tokens.muted));
            ui.add_space(tokens.sizes.gap_s);
        } else if let Some(clicked) = self.rows_ui(ui, &rows, &typing, moved) {
            taken = Some(clicked);
        }
        let picked = taken.and_then(|at| rows.into_iter().nth(at)).map(|row| match row {
            Row::Choice(index, _) => Picked::Chosen(index),
            Row::Create(_) => Picked::Create(typing.text.trim().to_owned()),
        });
        if typing.frames < SETTLED {
            typing.frames += 1;
            ui.ctx().request_repaint();
        }
        ui.data_mut(|data| data.insert_temp(self.id, typing));
        picked
    }

    fn filter_ui(&self, ui: &mut Ui, typing: &mut Typing, just_opened: bool) {
        let name = format!("Find: {}", self.name);
        let before = typing.text.len();
        let out = Field::new(&name, &mut typing.text)
            .id(self.id.with("filter"))
            .label(Label::Unseen)
            .hint("Type to find…")
            .dense()
            .show(ui);
        if just_opened {
            out.response.request_focus();
        }
        if out.response.changed() || typing.text.len() != before {
            typing.at = 0;
        }
    }

    /// Keeps arrow keys here while a short list is open.
    fn hold_focus(&self, ui: &Ui, just_opened: bool) {
        let id = self.id.with("keys");
        let rect = Rect::from_min_size(ui.next_widget_position(), Vec2::splat(1.0));
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        if just_opened {
            response.request_focus();
        }
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(id, EventFilter { vertical_arrows: true, ..EventFilter::default() });
        });
    }

    /// Rows that hold every typed word; those that begin with the text come first, "Create …" last.
    fn rows(&self, typed: &str, create: &dyn Fn(&str) -> Option<String>) -> Vec<Row<'a>> {
        let wanted = typed.to_lowercase();
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let mut begin = Vec::new();
        let mut rest = Vec::new();
        for (index, choice) in self.choices.iter().enumerate() {
            let text = choice.text.to_lowercase();
            let detail = choice.detail.to_lowercase();
            if !words.iter().all(|word| text.contains(word) || detail.contains(word)) {
                continue;
            }
            let list = if text.starts_with(&wanted) { &mut begin } else { &mut rest };
            list.push(Row::Choice(index, *choice));
        }
        begin.append(&mut rest);
        if !typed.is_empty()
            && let Some(words) = create(typed)
        {
            begin.push(Row::Create(words));
        }
        begin
    }

    fn rows_ui(&self, ui: &mut Ui, rows: &[Row<'_>], typing: &Typing, moved: bool) -> Option<usize> {
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        #[expect(clippy::cast_precision_loss, reason = "lists are far shorter than 2^24")]
        let y = |row: usize| row as f32 * ROW;
        let height = ROW * SHOWN_ROWS;
        let mut area = ScrollArea::vertical().id_salt(self.id).max_height(height).auto_shrink([false, true]);
        if typing.frames < SETTLED {
            // At once and not by a scroll of its own: what is chosen stands in the middle.
            let most = (y(rows.len()) - height).max(0.0);
            area = area.vertical_scroll_offset((y(typing.at) - (height - ROW) / 2.0).clamp(0.0, most));
        }
        area.show_viewport(ui, |ui, view| {
            let top = ui.max_rect().top();
            ui.set_height(y(rows.len()));
            for (at, row) in rows.iter().enumerate() {
                let rect =
                    Rect::from_min_size(pos2(ui.max_rect().left(), top + y(at)), vec2(ui.available_width(), ROW));
                let is_at = at == typing.at;
                if is_at && moved {
                    ui.scroll_to_rect(rect, None);
                }
                if y(at) + ROW < view.top() || y(at) > view.bottom() {
                    continue;
                }
                let response = ui.interact(rect, self.id.with(("row", at)), Sense::CLICK);
                self.row_ui(ui, row, &response, is_at);
                if response.clicked() {
                    clicked = Some(at);
                }
            }
        });
        clicked
    }

    fn row_ui(&self, ui: &Ui, row: &Row<'_>, response: &Response, is_at: bool) {
        let tokens = theme::tokens(ui);
        let sizes = &tokens.sizes;
        let (choice, is_chosen) = match row {
            Row::Choice(index, choice) => (*choice, self.chosen == Some(*index)),
            Row::Create(words) => (Choice::from(words.as_str()), false),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, choice.text));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_selected(is_chosen);
        });
        let rect = response.rect;
        let painter = ui.painter();
        let fill = if is_at { tokens.raised_hover } else { tokens.raised };
        if is_at || response.hovered() {
            painter.rect_filled(rect, tokens.radius_small(), fill);
        }
        let middle = rect.center().y;
        let mut x = rect.left() + sizes.gap_s;
        if let Some(mark) = choice.mark {
            let center = pos2(x + PlatformMark::SIZE.x / 2.0, middle);
            mark.paint(painter, tokens, Rect::from_center_size(center, PlatformMark::SIZE));
            x += PlatformMark::SIZE.x + sizes.gap_s;
        }
        let mut right = rect.right() - sizes.gap_s;
        if is_chosen {
            let center = pos2(right - Icon::SIDE / 2.0, middle);
            Icon::Check.paint(painter, Rect::from_center_size(center, Vec2::splat(Icon::SIDE)), tokens.accent);
            right -= Icon::SIDE + sizes.gap_s;
        }
        if !choice.detail.is_empty() {
            let galley = text(ui, choice.detail, sizes.small, tokens.muted, right - x);
            right -= galley.size().x;
            painter.galley(pos2(right, middle - galley.size().y / 2.0), galley, tokens.muted);
            right -= sizes.gap_s;
        }
        let ink = match row {
            Row::Choice(..) => tokens.text,
            Row::Create(_) => tokens.accent,
        };
        let galley = text(ui, choice.text, sizes.body, ink, right - x);
        painter.galley(pos2(x, middle - galley.size().y / 2.0), galley, ink);
    }
}

fn text(ui: &Ui, text: &str, size: f32, color: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    rich::one_line(ui, text, theme::regular(size), color, width.max(0.0))
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::ui::widgets::testing::window;

    const PROJECTS: [&str; 3] = ["Outlier · Aloe", "DataAnnotation · Lantern", "Prolific · Reading speed"];

    fn projects() -> Harness<'static, Vec<Picked>> {
        window(Vec::new(), |ui, all: &mut Vec<Picked>| {
            let choices = PROJECTS.map(Choice::from);
            let picked = Picker::new("Project")
                .chosen(Some(0))
                .hint("Choose a project…")
                .show(ui, &choices, |typed| Some(format!("Create “{typed}”")));
            all.extend(picked);
        })
    }

    fn open_projects(harness: &mut Harness<'_, Vec<Picked>>) {
        harness.get_by_role_and_label(Role::ComboBox, "Project").click();
        harness.run();
    }

    fn type_text(harness: &mut Harness<'_, Vec<Picked>>, text: &str) {
        harness.get_by_role_and_label(Role::TextInput, "Find: Project").type_text(text);
        harness.run();
    }

    #[test]
    fn it_is_a_combo_box_with_name_and_value() {
        let harness = projects();
        let node = harness.get_by_role_and_label(Role::ComboBox, "Project");
        assert_eq!(node.accesskit_node().value().as_deref(), Some("Outlier · Aloe"));
        assert!((node.rect().height() - 36.0).abs() < 0.5);
    }

    #[test]
    fn typing_filters_and_enter_takes_the_first() {
        let mut harness = projects();
        open_projects(&mut harness);
        let found = |harness: &Harness<'_, Vec<Picked>>, name| {
            harness.query_by_role_and_label(Role::ListBoxOption, name).is_some()
        };
        assert!(PROJECTS.into_iter().all(|name| found(&harness, name)));
        type_text(&mut harness, "lant");
        assert!(found(&harness, PROJECTS[1]) && !found(&harness, PROJECTS[0]));
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().as_slice(), [Picked::Chosen(1)]);
        assert!(harness.query_by_role(Role::ListBoxOption).is_none());
    }

    #[test]
    fn arrows_move_and_go_round() {
        let mut harness = projects();
        open_projects(&mut harness);
        for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Enter] {
            harness.key_press(key);
            harness.run();
        }
        assert_eq!(harness.state().as_slice(), [Picked::Chosen(2)]);
    }

    #[test]
    fn one_enter_creates_what_is_new() {
        let mut harness = projects();
        open_projects(&mut harness);
        type_text(&mut harness, " Juniper ");
        harness.get_by_role_and_label(Role::ListBoxOption, "Create “Juniper”");
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().as_slice(), [Picked::Create("Juniper".into())]);
    }

    #[test]
    fn escape_closes_and_the_next_opening_starts_afresh() {
        let mut harness = projects();
        open_projects(&mut harness);
        type_text(&mut harness, "zzz");
        harness.key_press(Key::Escape);
        harness.run();
        assert!(harness.query_by_role(Role::ListBoxOption).is_none());
        assert!(harness.state().is_empty());
        open_projects(&mut harness);
        harness.get_by_role_and_label(Role::ListBoxOption, PROJECTS[2]).click();
        harness.run();
        assert_eq!(harness.state().as_slice(), [Picked::Chosen(2)]);
    }

    #[test]
    fn a_short_list_is_driven_by_keys_without_a_filter() {
        let mut harness = window(None, |ui, picked| {
            let choices = ["Paid work", "Assessment", "Searching"].map(Choice::from);
            if let Some(index) = Picker::few("Activity").chosen(Some(0)).pick(ui, &choices) {
                *picked = Some(index);
            }
        });
        harness.get_by_role_and_label(Role::ComboBox, "Activity").click();
        harness.run();
        assert!(harness.query_by_role(Role::TextInput).is_none());
        harness.key_press(Key::ArrowDown);
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(*harness.state(), Some(1));
    }

    #[test]
    fn opened_by_a_key_it_shows_what_is_chosen() {
        let names: Vec<String> = (0..200).map(|n| format!("Project {n}")).collect();
        let mut harness = window(None, move |ui, picked| {
            let choices: Vec<Choice<'_>> = names.iter().map(|name| Choice::from(name.as_str())).collect();
            *picked = Picker::new("Project").chosen(Some(150)).pick(ui, &choices).or(*picked);
        });
        for key in [Key::Enter, Key::Space, Key::Enter] {
            harness.get_by_role_and_label(Role::ComboBox, "Project").focus();
            harness.run();
            harness.key_press(key);
            harness.run();
            let list = harness.get_by_role_and_label(Role::ListBoxOption, "Project 150").rect();
            assert!(list.top() > 60.0 && list.bottom() < 420.0, "{list:?}");
            assert_eq!(*harness.state(), None);
            harness.key_press(Key::End);
            harness.run();
            harness.key_press(Key::Escape);
            harness.run();
        }
    }

    #[test]
    fn ten_thousand_choices_draw_only_what_is_seen() {
        let names: Vec<String> = (0..10_000).map(|n| format!("Project {n}")).collect();
        let mut harness = window((), move |ui, ()| {
            let choices: Vec<Choice<'_>> = names.iter().map(|name| Choice::from(name.as_str())).collect();
            Picker::new("Project").pick(ui, &choices);
        });
        harness.get_by_role_and_label(Role::ComboBox, "Project").click();
        harness.run();
        assert!(harness.query_all_by_role(Role::ListBoxOption).count() < 20);
    }
}
