//! A labelled line (or box) of text, with the reason under it when it does not fit.
//!
//! The draft stays with the caller, who parses it with `typed` and hands back the reason. While there is a
//! reason, Enter keeps the focus and the draft: nothing typed is lost. The label names the field for
//! screen readers.

use egui::{
    Align, Align2, Frame, Id, Key, Margin, Response, RichText, Role, Stroke, StrokeKind, TextEdit, TextStyle, Ui,
    WidgetInfo, vec2,
};

use crate::ui::theme;

/// The longest text of a field that does not say otherwise, in characters.
pub const DEFAULT_LIMIT: usize = 200;

/// Where the label stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Label {
    /// Small and muted, over the field.
    #[default]
    Above,
    /// In a column of this many points, left of the field.
    Left(u16),
    /// Not drawn: the name is for screen readers, the hint says it on the screen.
    Unseen,
}

/// How an edit ended in this frame, if it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Enter, and the text fits.
    Entered,
    /// The focus went elsewhere.
    Left,
    /// Escape: put the old text back.
    Cancelled,
}

/// What a field answers.
#[derive(Debug)]
pub struct FieldOutput {
    /// Of the text itself; `changed()` on each key.
    pub response: Response,
    /// How typing ended in this frame, if it did.
    pub ended: Option<Ended>,
}

/// A field being described; `show` draws it.
///
/// ```text
/// let typed = typed::clock(&draft.start);
/// let reason = typed.as_ref().err().map(ToString::to_string);
/// let out = Field::new("Start", &mut draft.start).hint("9:05").reason(reason.as_deref()).show(ui);
/// if out.ended == Some(Ended::Entered) { … }
/// ```
#[must_use = "call `show`"]
#[expect(clippy::struct_excessive_bools, reason = "a few switches of one widget, each set by a method of its name")]
pub struct Field<'a> {
    name: &'a str,
    draft: &'a mut String,
    label: Label,
    hint: &'a str,
    unit: &'a str,
    reason: Option<&'a str>,
    aside: bool,
    note: Option<&'a str>,
    width: Option<f32>,
    rows: usize,
    limit: usize,
    right: bool,
    enabled: bool,
    autofocus: bool,
    id: Option<Id>,
    dense: bool,
}

impl<'a> Field<'a> {
    /// `name` is the label and the accessible name.
    pub fn new(name: &'a str, draft: &'a mut String) -> Self {
        Self {
            name,
            draft,
            label: Label::default(),
            hint: "",
            unit: "",
            reason: None,
            aside: false,
            note: None,
            width: None,
            rows: 1,
            limit: DEFAULT_LIMIT,
            right: false,
            enabled: true,
            autofocus: false,
            id: None,
            dense: false,
        }
    }

    /// Where the label stands.
    pub const fn label(mut self, label: Label) -> Self {
        self.label = label;
        self
    }

    /// Shown in *muted* while the field is empty.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Shown in *muted* at the right end: "/h", "USD", "days".
    pub const fn unit(mut self, unit: &'a str) -> Self {
        self.unit = unit;
        self
    }

    /// Why the draft does not fit; drawn under the field in *bad*, with a ring of the same colour.
    pub const fn reason(mut self, reason: Option<&'a str>) -> Self {
        self.reason = reason;
        self
    }

    /// The reason is drawn elsewhere: only the ring says that there is one.
    pub const fn reason_aside(mut self) -> Self {
        self.aside = true;
        self
    }

    /// What was understood, or help; drawn under the field in *muted* while there is no reason.
    pub const fn note(mut self, note: &'a str) -> Self {
        self.note = Some(note);
        self
    }

    /// Width of the box in points; otherwise all there is.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// A box of several lines; Enter then makes a new line.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    /// Most characters that can be typed or pasted.
    pub const fn limit(mut self, chars: usize) -> Self {
        self.limit = chars;
        self
    }

    /// Aligned right, for figures.
    pub const fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// Greyed out and without effect where false.
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Takes the focus in the first frame that it is shown.
    pub const fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// 28 high instead of 36, for rows of a table.
    pub const fn dense(mut self) -> Self {
        self.dense = true;
        self
    }

    /// A fixed id, for fields in rows that move: `Id::unique(("session-note", id))`.
    pub const fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Draws it.
    pub fn show(self, ui: &mut Ui) -> FieldOutput {
        let tokens = theme::tokens(ui);
        let label_text = RichText::new(self.name).color(tokens.muted);
        match self.label {
            Label::Unseen => self.boxed(ui, None),
            Label::Above => {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
                    let label = ui.label(label_text.small());
                    self.boxed(ui, Some(label.id))
                })
                .inner
            }
            Label::Left(column) => {
                ui.horizontal_top(|ui| {
                    let height = if self.dense { tokens.sizes.row_dense } else { tokens.sizes.row };
                    let size = vec2(f32::from(column), height);
                    let layout = egui::Layout::left_to_right(Align::Center);
                    let label = ui.allocate_ui_with_layout(size, layout, |ui| {
                        ui.set_min_size(size);
                        ui.label(label_text)
                    });
                    self.boxed(ui, Some(label.inner.id))
                })
                .inner
            }
        }
    }

    fn boxed(self, ui: &mut Ui, label: Option<Id>) -> FieldOutput {
        let width = self.width.unwrap_or_else(|| ui.available_width());
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
            ui.set_max_width(width);
            self.text_and_reason(ui, label, width)
        })
        .inner
    }

    fn text_and_reason(self, ui: &mut Ui, label: Option<Id>, width: f32) -> FieldOutput {
        let tokens = theme::tokens(ui);
        let id = self.id.unwrap_or_else(|| ui.make_persistent_id(("field", self.name)));
        let is_new = ui.ctx().read_response(id).is_none();
        let height = if self.dense { tokens.sizes.row_dense } else { tokens.sizes.row };
        let line = ui.text_style_height(&TextStyle::Body);
        let side = if self.dense { 8 } else { 12 };
        let margin = Margin::symmetric(side, theme::whole_i8(((height - line) / 2.0).floor()));
        let frame = Frame::new().fill(tokens.raised).corner_radius(tokens.radius()).inner_margin(margin);
        let text_chars = self.draft.chars().count();
        let mut text = if self.rows > 1 {
            TextEdit::multiline(self.draft).desired_rows(self.rows)
        } else {
            TextEdit::singleline(self.draft)
        };
        text = text
            .id(id)
            .frame(frame)
            .margin(margin)
            .desired_width(width)
            .char_limit(self.limit)
            .min_size(vec2(width, height))
            .align(Align2([
                if self.right { Align::Max } else { Align::Min },
                if self.rows > 1 { Align::Min } else { Align::Center },
            ]));
        if !self.hint.is_empty() {
            text = text.hint_text(RichText::new(self.hint).color(tokens.muted));
        }
        if !self.unit.is_empty() {
            let unit = RichText::new(self.unit).small().color(tokens.muted);
            text = text.suffix(unit);
        }
        let response = if self.rows > 1 {
            // A long text scrolls inside its box; what stands below it stays where it is.
            #[expect(clippy::cast_precision_loss, reason = "a few rows")]
            let most = (self.rows * 2) as f32 * line + 2.0 * f32::from(margin.top);
            egui::ScrollArea::vertical()
                .id_salt(id)
                .max_height(most)
                .show(ui, |ui| ui.add_enabled(self.enabled, text))
                .inner
        } else {
            ui.add_enabled(self.enabled, text)
        };
        let response = match label {
            Some(label) => response.labelled_by(label),
            None => response.accessible_name(self.name),
        };
        if let Some(reason) = self.reason {
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_invalid(egui::accesskit::Invalid::True);
                node.set_description(reason);
            });
        }
        if self.autofocus {
            take_focus(ui, &response, is_new);
        }
        // `gained_focus` is not said of a focus that was asked for, so the last frame's is compared.
        let had_focus = !is_new && ui.data(|data| data.get_temp(seen_focus(&response))).unwrap_or(false);
        let by_pointer = ui.input(|input| input.pointer.any_pressed() || input.pointer.any_released());
        if self.rows == 1 && response.has_focus() && !had_focus && !by_pointer {
            select_all(ui, response.id, text_chars);
        }
        let ring = match (self.reason, response.has_focus()) {
            (Some(_), _) => Some(tokens.bad),
            (None, true) => Some(tokens.accent),
            (None, false) => None,
        };
        if let Some(color) = ring {
            let stroke = Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, color);
            ui.painter().rect_stroke(response.rect, tokens.radius(), stroke, StrokeKind::Inside);
        }
        under(ui, self.reason.filter(|_| !self.aside), self.note);

        let ended = ended(ui, &response, is_new, self.rows > 1, self.reason.is_some());
        FieldOutput { response, ended }
    }
}

/// Selects what stands in a field that was reached by key, so that typing replaces it.
fn select_all(ui: &Ui, id: Id, chars: usize) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(chars))));
    state.store(ui.ctx(), id);
}

/// The reason or the note under a field.
fn under(ui: &mut Ui, reason: Option<&str>, note: Option<&str>) {
    let tokens = theme::tokens(ui);
    match (reason, note) {
        (Some(reason), _) => {
            let text = RichText::new(reason).small().color(tokens.bad);
            let response = ui.add(egui::Label::new(text).wrap());
            // Said at once to those who don't see it appear.
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, reason));
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_live(egui::accesskit::Live::Polite);
            });
        }
        (None, Some(note)) => {
            ui.add(egui::Label::new(RichText::new(note).small().color(tokens.muted)).wrap());
        }
        (None, None) => {}
    }
}

/// Takes the focus when the field comes up, and once more where a closing menu took it back.
fn take_focus(ui: &Ui, response: &Response, is_new: bool) {
    const FRAMES: u8 = 3;
    let id = response.id.with("take_focus");
    let acted = ui.input(|input| {
        input.pointer.any_pressed() || input.events.iter().any(|event| matches!(event, egui::Event::Key { .. }))
    });
    let left = match ui.data(|data| data.get_temp::<u8>(id)) {
        _ if is_new => FRAMES,
        Some(_) if acted => 0,
        Some(left) => left,
        None => 0,
    };
    if left > 0 && !response.has_focus() {
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(id, left.saturating_sub(1)));
}

/// Where a field remembers whether it had the focus.
fn seen_focus(response: &Response) -> Id {
    response.id.with("had_focus")
}

/// Compares the focus with that of the last frame; `Response::lost_focus` says it twice.
fn ended(ui: &Ui, response: &Response, is_new: bool, several_lines: bool, refused: bool) -> Option<Ended> {
    let seen = seen_focus(response);
    let had_focus = !is_new && ui.data(|data| data.get_temp(seen)).unwrap_or(false);
    let (enter, escape) = ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
    let end = if !had_focus || response.has_focus() {
        None
    } else if escape {
        Some(Ended::Cancelled)
    } else if enter && !several_lines && refused {
        response.request_focus();
        None
    } else if enter && !several_lines {
        Some(Ended::Entered)
    } else {
        Some(Ended::Left)
    };
    let now = response.has_focus();
    ui.data_mut(|data| data.insert_temp(seen, now));
    end
}

/// A reason that belongs to no field, such as what a whole form lacks.
pub fn reason_ui(ui: &mut Ui, reason: &str) {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        super::icon::Icon::Warn.show(ui, 14.0, tokens.bad);
        ui.add(egui::Label::new(RichText::new(reason).color(tokens.bad)).wrap());
    });
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::ui::widgets::testing::window;

    #[derive(Default)]
    struct Form {
        draft: String,
        ended: Vec<Ended>,
    }

    fn form(ui: &mut Ui, form: &mut Form) {
        let reason = form.draft.contains('x').then_some("A time such as 9:05, please");
        let out = Field::new("Start", &mut form.draft)
            .hint("9:05")
            .unit("UTC")
            .reason(reason)
            .width(200.0)
            .limit(10)
            .show(ui);
        form.ended.extend(out.ended);
    }

    #[test]
    fn a_field_is_found_by_its_label_and_keeps_what_is_typed() {
        let mut harness = window(Form::default(), form);
        harness.get_by_role_and_label(Role::TextInput, "Start").focus();
        harness.run();
        harness.get_by_role_and_label(Role::TextInput, "Start").type_text("9:05");
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().draft, "9:05");
        assert_eq!(harness.state().ended, [Ended::Entered]);
    }

    #[test]
    fn with_a_reason_enter_keeps_draft_and_focus() {
        let mut harness = window(Form::default(), form);
        harness.get_by_role_and_label(Role::TextInput, "Start").focus();
        harness.run();
        harness.get_by_role_and_label(Role::TextInput, "Start").type_text("9x");
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().draft, "9x");
        assert!(harness.state().ended.is_empty());
        harness.get_by_label("A time such as 9:05, please");
        let field = harness.get_by_role_and_label(Role::TextInput, "Start");
        assert!(field.accesskit_node().is_focused());
        harness.key_press(Key::Escape);
        harness.run();
        assert_eq!(harness.state().ended, [Ended::Cancelled]);
    }

    #[test]
    fn a_pasted_novel_is_cut_at_the_limit() {
        let mut harness = window(Form::default(), form);
        harness.get_by_role_and_label(Role::TextInput, "Start").focus();
        harness.run();
        harness.get_by_role_and_label(Role::TextInput, "Start").type_text(&"9".repeat(10_000));
        harness.run();
        assert_eq!(harness.state().draft.len(), 10);
    }

    #[test]
    fn heights_are_those_of_the_grid() {
        let harness = window((String::new(), String::new()), |ui, (a, b)| {
            Field::new("Wide", a).label(Label::Unseen).hint("Search…").show(ui);
            Field::new("Dense", b).label(Label::Left(80)).dense().width(90.0).right().show(ui);
        });
        let rect = |name| harness.get_by_role_and_label(Role::TextInput, name).rect();
        assert!((rect("Wide").height() - 36.0).abs() < 1.0, "{:?}", rect("Wide"));
        assert!((rect("Dense").height() - 28.0).abs() < 1.0, "{:?}", rect("Dense"));
        assert!((rect("Dense").width() - 90.0).abs() < 1.0, "{:?}", rect("Dense"));
    }
}
