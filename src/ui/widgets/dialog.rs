//! The frame of a dialog: title, body that scrolls when it must, buttons at the right.
//!
//! Escape closes, Enter sends (in a box of several lines Ctrl+Enter does); a click beside it does nothing,
//! so that nothing typed is lost. It fits a window of 900 × 600.

use egui::{
    Align, Context, Event, Frame, Id, Key, Layout, Margin, Modal, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use super::button;
use crate::ui::theme::{self, whole_i8};

/// What the user decided in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Goes on.
    Open,
    /// Escape or the other button.
    Cancelled,
    /// The main button or Enter, and the form could be sent.
    Sent,
}

/// What a dialog gives back.
#[derive(Clone, Copy, Debug)]
pub struct Shown<R> {
    /// What the user decided.
    pub outcome: Outcome,
    /// Whether the third button was clicked; see [`Dialog::other`].
    pub other: bool,
    /// What the body returned.
    pub inner: R,
}

/// A dialog being described; `show` draws it.
///
/// ```text
/// let shown = Dialog::new("Add platform", "Add").sendable(form.reason().is_none()).show(ctx, |ui| form.ui(ui));
/// match shown.outcome { Outcome::Sent => …, Outcome::Cancelled => …, Outcome::Open => {} }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `show`"]
pub struct Dialog<'a> {
    title: &'a str,
    send: &'a str,
    cancel: &'a str,
    sendable: bool,
    removes: bool,
    width: f32,
    note: &'a str,
    other: &'a str,
    large: bool,
}

impl<'a> Dialog<'a> {
    /// `title` is also its accessible name; `send` the words of the main button, empty for none.
    pub const fn new(title: &'a str, send: &'a str) -> Self {
        Self {
            title,
            send,
            cancel: "Cancel",
            sendable: true,
            removes: false,
            width: 480.0,
            note: "",
            other: "",
            large: false,
        }
    }

    /// Whether the form can be sent; otherwise main button and Enter do nothing, and a reason stands in the body.
    pub const fn sendable(mut self, sendable: bool) -> Self {
        self.sendable = sendable;
        self
    }

    /// The main button in red.
    pub const fn removes(mut self) -> Self {
        self.removes = true;
        self
    }

    /// Words of the other button: "Close", "Skip".
    pub const fn cancel(mut self, words: &'a str) -> Self {
        self.cancel = words;
        self
    }

    /// Width of the body in points; less where the window is narrower.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// What comes of it, at the left of the buttons.
    pub const fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// A third button, left of the others; none where the words are empty.
    pub const fn other(mut self, words: &'a str) -> Self {
        self.other = words;
        self
    }

    /// A title of 28, for a sheet that is a screen of its own.
    pub const fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// Draws it over the window.
    pub fn show<R>(self, ctx: &Context, body: impl FnOnce(&mut Ui) -> R) -> Shown<R> {
        let tokens = theme::tokens(ctx);
        let sizes = &tokens.sizes;
        let window = ctx.content_rect().size();
        let around = 2.0 * (sizes.gap_xl + sizes.gap_l);
        let width = self.width.min(window.x - around).max(120.0);
        // Title, footer and their gaps.
        let title_height = if self.large { sizes.figure + sizes.gap_m } else { 28.0 };
        let other = title_height + sizes.row + 2.0 * sizes.gap_l;
        let body_height = (window.y - around - other).max(60.0);

        let frame = Frame::new()
            .fill(tokens.surface)
            .stroke(tokens.hairline())
            .corner_radius(tokens.radius())
            .inner_margin(Margin::same(whole_i8(sizes.gap_xl)));
        let id = Id::unique(("dialog", self.title));
        let sends = Sends::before(ctx);
        let modal = Modal::new(id)
            .area(Modal::default_area(id).accessible_name(self.title))
            .frame(frame)
            .backdrop_color(tokens.backdrop)
            .show(ctx, |ui| {
                ui.set_width(width);
                // Not what is left under where it stood: it would grow over several frames.
                ui.set_max_height(body_height + other);
                let words = RichText::new(self.title);
                let title =
                    ui.label(if self.large { words.text_style(theme::figure_style()) } else { words.heading() });
                title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, self.title));
                ui.add_space(sizes.gap_s);
                // The bar of a long body stands in the margin, not over the ends of its fields.
                let place = ui.available_rect_before_wrap();
                let wide = place.with_max_x(place.right() + sizes.gap_l);
                let mut wide = ui.new_child(UiBuilder::new().max_rect(wide).layout(Layout::top_down(Align::Min)));
                let inner = ScrollArea::vertical()
                    .id_salt("body")
                    .max_height(body_height)
                    .auto_shrink([false, true])
                    .show(&mut wide, |ui| {
                        ui.set_max_width(place.width());
                        ui.spacing_mut().item_spacing.y = sizes.gap_m;
                        let inner = body(ui);
                        follow_focus(ui, body_height);
                        inner
                    })
                    .inner;
                ui.advance_cursor_after_rect(wide.min_rect().with_max_x(place.right()));
                ui.add_space(sizes.gap_s);
                (inner, self.footer(ui))
            });
        settle(ctx, id, modal.response.rect.size());
        let (inner, (mut outcome, other)) = modal.inner;
        if modal.is_top_modal && !modal.any_popup_open {
            if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
                outcome = Outcome::Cancelled;
            } else if outcome == Outcome::Open && self.can_send() && sends.after(ctx) {
                outcome = Outcome::Sent;
            }
        }
        Shown { outcome, other, inner }
    }

    const fn can_send(&self) -> bool {
        self.sendable && !self.send.is_empty()
    }

    /// What was decided, and whether the third button was clicked.
    fn footer(&self, ui: &mut Ui) -> (Outcome, bool) {
        let mut outcome = Outcome::Open;
        let mut other = false;
        let tokens = theme::tokens(ui);
        let size = vec2(ui.available_width(), tokens.sizes.row);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            if !self.send.is_empty() {
                let main = if self.removes { button::danger(self.send) } else { button::primary(self.send) };
                if ui.add(main.enabled(self.sendable).tip(self.send, "Enter", "")).clicked() {
                    outcome = Outcome::Sent;
                }
            }
            if ui.add(button::quiet(self.cancel).tip(self.cancel, "Esc", "")).clicked() {
                outcome = Outcome::Cancelled;
            }
            other = !self.other.is_empty() && ui.add(button::quiet(self.other)).clicked();
            if !self.note.is_empty() {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let note = RichText::new(self.note).color(tokens.muted);
                    ui.add(egui::Label::new(note).truncate());
                });
            }
        });
        (outcome, other)
    }
}

/// What has just got the focus comes into sight; the keys of pages scroll where nothing else takes them.
fn follow_focus(ui: &Ui, page: f32) {
    let focused = ui.memory(egui::Memory::focused);
    let seen = ui.scope_id().with("focused");
    let before = ui.data_mut(|data| {
        let before: Option<Option<Id>> = data.get_temp(seen);
        data.insert_temp(seen, focused);
        before.flatten()
    });
    // What stands in the footer is whole. A response is not asked for: where anything was pressed that takes the focus away.
    let hidden = |widget: &egui::WidgetRect| {
        widget.layer_id == ui.layer_id() && widget.interact_rect.height() < widget.rect.height() - 1.0
    };
    let moved = focused.filter(|_| before != focused);
    let widget = moved.and_then(|id| ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get(id).copied()));
    if let Some(widget) = widget.filter(hidden) {
        ui.scroll_to_rect(widget.rect, None);
    }
    for (key, way) in [(Key::PageDown, -1.0), (Key::PageUp, 1.0)] {
        if !ui.text_edit_focused() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta(vec2(0.0, way * 0.9 * page));
        }
    }
}

/// A dialog is centred by the size of the frame before: after a change it is drawn once more.
fn settle(ctx: &Context, id: Id, size: egui::Vec2) {
    let seen = id.with("size");
    let before: Option<egui::Vec2> = ctx.data(|data| data.get_temp(seen));
    if before != Some(size) {
        ctx.data_mut(|data| data.insert_temp(seen, size));
        ctx.request_repaint();
    }
}

/// Decides whether an Enter of this frame means "send".
struct Sends {
    enter: bool,
    with_ctrl: bool,
    /// Nothing, or a text field: on a button Enter means that button.
    from_text: bool,
}

impl Sends {
    fn before(ctx: &Context) -> Self {
        let focused = ctx.memory(egui::Memory::focused);
        Self {
            enter: ctx.input(|input| input.key_pressed(Key::Enter)),
            // As it was when Enter went down: on a slow frame Ctrl may be up again.
            with_ctrl: ctx.input(|input| input.events.iter().any(is_enter_with_ctrl)),
            from_text: focused.is_none_or(|id| TextEdit::load_state(ctx, id).is_some()),
        }
    }

    /// After the body was drawn: a single line has let go of the focus on Enter, a box of several lines or
    /// a field with a reason holds it. A body may have taken the key for itself.
    fn after(&self, ctx: &Context) -> bool {
        let still_there = ctx.input(|input| input.key_pressed(Key::Enter));
        let in_text = ctx.memory(egui::Memory::focused).is_some_and(|id| TextEdit::load_state(ctx, id).is_some());
        self.enter && still_there && self.from_text && (self.with_ctrl || !in_text)
    }
}

fn is_enter_with_ctrl(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if modifiers.command)
}

#[cfg(test)]
mod tests {
    use egui::PointerButton;
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::ui::widgets::field::Field;
    use crate::ui::widgets::menu;
    use crate::ui::widgets::picker::{Choice, Picker};
    use crate::ui::widgets::testing::window;

    #[derive(Default)]
    struct Form {
        name: String,
        note: String,
        outcomes: Vec<Outcome>,
        lines: usize,
    }

    fn form() -> Harness<'static, Form> {
        window(Form::default(), |ui, form: &mut Form| {
            let sendable = !form.name.is_empty();
            let (name, note, lines) = (&mut form.name, &mut form.note, form.lines);
            let shown = Dialog::new("Add project", "Add").sendable(sendable).note("1 project").show(ui.ctx(), |ui| {
                Field::new("Name", name).autofocus().show(ui);
                Field::new("Note", note).rows(3).show(ui);
                Picker::few("Paid by").chosen(Some(0)).pick(ui, &["the hour", "the task"].map(Choice::from));
                for line in 0..lines {
                    ui.label(format!("line {line}"));
                }
            });
            if shown.outcome != Outcome::Open {
                form.outcomes.push(shown.outcome);
            }
        })
    }

    #[test]
    fn what_gets_the_focus_comes_into_sight_and_the_keys_of_pages_scroll() {
        let mut harness = window((), |ui, (): &mut ()| {
            Dialog::new("What was found", "").show(ui.ctx(), |ui| {
                for line in 0..80 {
                    ui.add(button::quiet(&format!("Mend {line}")));
                }
            });
        });
        harness.run();
        let top = |harness: &Harness<'_, ()>, line: u32| harness.get_by_label(&format!("Mend {line}")).rect().top();
        let bottom = harness.ctx.content_rect().bottom();
        let first = top(&harness, 0);
        assert!(top(&harness, 70) > bottom);
        harness.get_by_label("Mend 70").focus();
        harness.run();
        assert!((0.0..bottom).contains(&top(&harness, 70)), "{}", top(&harness, 70));
        harness.get_by_label("Mend 0").focus();
        harness.run();
        assert!((top(&harness, 0) - first).abs() < 2.0, "{}", top(&harness, 0));
        harness.key_press(Key::PageDown);
        harness.run();
        assert!(top(&harness, 0) < 0.0);
        harness.key_press(Key::PageUp);
        harness.run();
        assert!((top(&harness, 0) - first).abs() < 2.0, "{}", top(&harness, 0));
    }

    fn type_into(harness: &mut Harness<'_, Form>, role: Role, name: &str, text: &str) {
        harness.get_by_role_and_label(role, name).focus();
        harness.run();
        harness.get_by_role_and_label(role, name).type_text(text);
        harness.run();
    }

    #[test]
    fn the_first_field_has_the_focus_and_enter_sends_once_the_form_is_whole() {
        let mut harness = form();
        harness.run();
        let name = harness.get_by_role_and_label(Role::TextInput, "Name");
        assert!(name.accesskit_node().is_focused());
        harness.key_press(Key::Enter);
        harness.run();
        assert!(harness.state().outcomes.is_empty(), "nothing to send yet");
        type_into(&mut harness, Role::TextInput, "Name", "Aloe");
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().outcomes, [Outcome::Sent]);
    }

    #[test]
    fn opened_from_a_menu_it_still_gives_its_first_field_the_focus() {
        let mut harness = window((false, String::new()), |ui, (open, name)| {
            let more = ui.add(button::quiet("More").menu());
            menu::under(&more, |ui| *open |= menu::item(ui, "Rename…", ""));
            if *open {
                Dialog::new("Rename", "Rename").show(ui.ctx(), |ui| Field::new("Name", name).autofocus().show(ui));
            }
        });
        harness.get_by_role_and_label(Role::Button, "More").click();
        harness.run();
        harness.get_by_role_and_label(Role::MenuItem, "Rename…").click();
        harness.run();
        let name = harness.get_by_role_and_label(Role::TextInput, "Name");
        assert!(name.accesskit_node().is_focused());
    }

    #[test]
    fn in_a_box_enter_makes_a_line_and_ctrl_enter_sends() {
        let mut harness = form();
        type_into(&mut harness, Role::TextInput, "Name", "Aloe");
        type_into(&mut harness, Role::MultilineTextInput, "Note", "a");
        harness.key_press(Key::Enter);
        harness.run();
        assert!(harness.state().outcomes.is_empty());
        assert_eq!(harness.state().note, "a\n");
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        harness.run();
        assert_eq!(harness.state().outcomes, [Outcome::Sent]);
    }

    #[test]
    fn ctrl_enter_sends_although_ctrl_is_up_again_by_the_end_of_the_frame() {
        let mut harness = form();
        type_into(&mut harness, Role::TextInput, "Name", "Aloe");
        type_into(&mut harness, Role::MultilineTextInput, "Note", "a");
        let enter = |pressed| Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        };
        harness.input_mut().events.extend([enter(true), enter(false)]);
        harness.run();
        assert_eq!(harness.state().outcomes, [Outcome::Sent]);
        assert_eq!(harness.state().note, "a");
    }

    #[test]
    fn escape_closes_the_list_first_and_the_dialog_next() {
        let mut harness = form();
        harness.run();
        harness.get_by_role_and_label(Role::ComboBox, "Paid by").click();
        harness.run();
        harness.key_press(Key::Escape);
        harness.run();
        assert!(harness.state().outcomes.is_empty());
        harness.key_press(Key::Escape);
        harness.run();
        assert_eq!(harness.state().outcomes, [Outcome::Cancelled]);
    }

    #[test]
    fn enter_in_an_open_list_chooses_and_does_not_send() {
        let mut harness = form();
        type_into(&mut harness, Role::TextInput, "Name", "Aloe");
        harness.get_by_role_and_label(Role::ComboBox, "Paid by").click();
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert!(harness.state().outcomes.is_empty());
    }

    #[test]
    fn enter_on_a_picker_opens_it_and_on_a_button_presses_it() {
        let mut harness = form();
        type_into(&mut harness, Role::TextInput, "Name", "Aloe");
        harness.get_by_role_and_label(Role::ComboBox, "Paid by").focus();
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        harness.get_by_role_and_label(Role::ListBoxOption, "the task");
        harness.key_press(Key::Enter);
        harness.run();
        assert!(harness.query_by_role(Role::ListBoxOption).is_none());
        assert!(harness.state().outcomes.is_empty());
        harness.get_by_role_and_label(Role::Button, "Cancel").focus();
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().outcomes, [Outcome::Cancelled]);
    }

    #[test]
    fn a_list_stands_before_its_dialog_each_time_the_dialog_opens() {
        let mut harness = window((false, Vec::new()), |ui, (open, picked): &mut (bool, Vec<usize>)| {
            *open |= ui.add(button::quiet("Settings")).clicked();
            if !*open {
                return;
            }
            let shown = Dialog::new("Settings", "Save").show(ui.ctx(), |ui| {
                let days = ["Monday", "Tuesday", "Wednesday"].map(Choice::from);
                picked.extend(Picker::few("Week starts on").chosen(Some(0)).pick(ui, &days));
                // The list covers a part of the dialog.
                ui.add_space(200.0);
            });
            *open = shown.outcome == Outcome::Open;
        });
        for round in 1..=3 {
            harness.get_by_role_and_label(Role::Button, "Settings").click();
            harness.run();
            // Press and release between two frames: the press brings the dialog to the top as the list opens.
            let pos = harness.get_by_role_and_label(Role::ComboBox, "Week starts on").rect().center();
            let events = &mut harness.input_mut().events;
            events.push(Event::PointerMoved(pos));
            for pressed in [true, false] {
                let button = PointerButton::Primary;
                events.push(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
            }
            harness.run();
            harness.get_by_role_and_label(Role::ListBoxOption, "Tuesday").click();
            harness.run();
            assert_eq!(harness.state().1.len(), round, "the list is behind the dialog");
            harness.key_press(Key::Escape);
            harness.run();
            assert!(!harness.state().0);
        }
    }

    #[test]
    fn buttons_stay_in_the_window_however_long_the_body_is() {
        let mut harness = form();
        harness.state_mut().lines = 200;
        harness.run();
        let rect = harness.get_by_role_and_label(Role::Button, "Add").rect();
        assert!(rect.bottom() < 600.0, "{rect:?}");
        harness.get_by_role_and_label(Role::Button, "Cancel").click();
        harness.run();
        assert_eq!(harness.state().outcomes, [Outcome::Cancelled]);
    }
}
