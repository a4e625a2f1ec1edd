//! The window as a whole: bar, tab strip, notices, the chosen tab, the open dialog, the toast.

mod banner;
mod carry;
mod files;
mod strip;
mod trouble;

use banner::{notice, notice_with};
use egui::{CentralPanel, Frame, Margin, Panel};

use super::action::{Action, Tab};
use super::bar::Bar;
use super::cx::Cx;
use super::dialogs::{Dialog, Go};
use super::lack;
use super::needs::NeedsList;
use super::outside::{Strip, strip_ui};
use super::tabs::check::CheckTab;
use super::tabs::earnings::EarningsTab;
use super::tabs::outlook::OutlookTab;
use super::tabs::payouts::PayoutsTab;
use super::tabs::platforms::PlatformsTab;
use super::tabs::rates::RatesTab;
use super::tabs::sessions::SessionsTab;
use super::theme;
use super::verbs::Verb;
use super::view::findings::Found;
use super::view::memo::Memo;
use super::view::silence::SilenceView;
use crate::domain::backup::Backup;
use crate::domain::query::silence::Silence;
use crate::domain::refusal::Refused;
use crate::domain::span::Timestamp;
use crate::engine::Stamp;
use crate::ports::{Failing, Saving};

use files::Files;

/// What the whole window shows beside the Book.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The state of saving.
    pub saving: &'a Saving,
    /// The changes of the user's own Book that can't be saved, also while something else is looked at.
    pub trouble: Option<&'a Failing>,
    /// Times of which nothing is known although a timer ran.
    pub silences: &'a [Silence],
    /// What undo would take back.
    pub undoable: Option<&'a str>,
    /// What redo would do again.
    pub redoable: Option<&'a str>,
    /// Whether the user's own Book waits behind something else: a sample, or a backup.
    pub own_book_waits: bool,
    /// The backup that is looked at, and what is said of it.
    pub looks_at: Option<(Backup, &'a str)>,
    /// Why totals are not complete: older months are still being read.
    pub opening: Option<&'a str>,
    /// Files that others touched.
    pub outside: Option<&'a Strip>,
    /// Whether the window was cleared to the background, so that nothing needs to be filled with it once more.
    pub cleared: bool,
}

/// How many things found in the palette are remembered.
const MOST_FOUND: usize = 8;

/// A short message in the strip.
struct Message {
    text: String,
    undo: bool,
    /// egui's time at which it came up, in seconds.
    since: f64,
}

/// All that is about looking: the chosen tab, the open dialog, what each tab remembers.
pub struct Screens {
    tab: Tab,
    /// The tab from which a figure was followed to this one.
    came_from: Option<Tab>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// Why the last submitted command was refused.
    pub refused: Option<Refused>,
    /// A refusal that belongs to no form, until dismissed.
    pub notice: Option<String>,
    files: Files,
    needs: NeedsList,
    /// What was found in the palette, the latest first.
    found: Vec<Go>,
    message: Option<Message>,
    /// The question about a time of which nothing is known, by what it depends on.
    asked: Memo<(Stamp, i64, Option<Timestamp>), Option<SilenceView>>,
    /// What had the focus when the open dialog came up: it gets it back.
    focus: Option<egui::Id>,
    /// Whether a dialog was open in the frame before.
    was_open: bool,
    /// The bar.
    pub bar: Bar,
    /// The Sessions tab.
    pub sessions: SessionsTab,
    /// The Platforms tab.
    pub platforms: PlatformsTab,
    /// The Payouts tab.
    pub payouts: PayoutsTab,
    /// The Rates tab.
    pub rates: RatesTab,
    /// The Earnings tab.
    pub earnings: EarningsTab,
    /// The Outlook tab.
    pub outlook: OutlookTab,
    /// The Check tab.
    pub check: CheckTab,
}

impl Screens {
    /// The first look, with what loading found wrong.
    #[must_use]
    pub fn new(found: Vec<Found>) -> Self {
        Self {
            tab: Tab::default(),
            came_from: None,
            dialog: None,
            refused: None,
            notice: None,
            files: Files::of(found),
            needs: NeedsList::default(),
            found: Vec::new(),
            message: None,
            asked: Memo::default(),
            focus: None,
            was_open: false,
            bar: Bar::default(),
            sessions: SessionsTab::default(),
            platforms: PlatformsTab::default(),
            payouts: PayoutsTab::default(),
            rates: RatesTab::default(),
            earnings: EarningsTab::default(),
            outlook: OutlookTab::default(),
            check: CheckTab::default(),
        }
    }

    /// Goes to a tab.
    pub fn show(&mut self, tab: Tab) {
        self.tab = tab;
        self.came_from = None;
    }

    /// Goes to the tab to which a figure leads; [`back`](Self::back) returns from it.
    pub fn follow(&mut self, tab: Tab) {
        if self.tab != tab {
            self.came_from = Some(self.tab);
        }
        self.tab = tab;
    }

    /// Returns to the tab from which a figure was followed; each tab still looks as it was left.
    pub fn back(&mut self) {
        if let Some(tab) = self.came_from.take() {
            self.tab = tab;
        }
    }

    /// Opens a dialog in place of any other.
    pub fn open(&mut self, dialog: Dialog) {
        self.refused = None;
        self.dialog = Some(dialog);
    }

    /// Closes the dialog.
    pub fn close_dialog(&mut self) {
        self.refused = None;
        self.dialog = None;
    }

    /// Remembers what was found in the palette, as the latest.
    pub fn remember(&mut self, go: Go) {
        self.found.retain(|known| *known != go);
        self.found.insert(0, go);
        self.found.truncate(MOST_FOUND);
    }

    /// When what needs the user may look different although nothing is changed.
    #[must_use]
    pub fn changes_at(&self) -> Option<Timestamp> {
        self.needs.changes_at()
    }

    /// Says what was done and offers to take it back.
    pub fn toast(&mut self, text: String, time: f64) {
        self.message = Some(Message { text, undo: true, since: time });
    }

    /// Says what was done.
    pub fn say(&mut self, text: String, time: f64) {
        self.message = Some(Message { text, undo: false, since: time });
    }

    /// Whether a message is shown that goes by itself.
    #[must_use]
    pub fn has_toast(&self) -> bool {
        self.message.is_some()
    }

    /// Makes what is shown at first, so that it only needs to be drawn.
    pub fn prepare(&mut self, cx: &Cx<'_>, opening: bool) {
        self.bar.prepare(cx);
        self.needs.prepare(cx, self.files.found(), opening);
        self.sessions.prepare(cx);
    }

    /// Draws the window and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, shown: &Shown<'_>, actions: &mut Vec<Action>) {
        self.return_focus(ui.ctx());
        let tokens = theme::tokens(ui);
        let surface = Frame::new().fill(tokens.surface);
        let side = theme::whole_i8(tokens.sizes.gap_l);
        Panel::top("bar")
            .frame(surface.inner_margin(Margin::symmetric(side, 0)))
            .exact_size(tokens.sizes.bar_height)
            .show(ui, |ui| self.bar.ui(ui, cx, actions));
        Panel::top("tabs")
            .frame(surface.inner_margin(Margin::symmetric(side, 0)))
            .exact_size(tokens.sizes.tab_strip_height)
            .show(ui, |ui| self.strip_ui(ui, cx, shown, actions));
        self.notices_ui(ui, cx, shown, actions);
        self.trouble_ui(ui, cx, shown, actions);
        let ground = if shown.cleared { Frame::new() } else { Frame::new().fill(tokens.background) };
        CentralPanel::default().frame(ground.inner_margin(Margin::same(side))).show(ui, |ui| {
            // What these show carries all that came before; the others say by themselves what their days lack.
            if matches!(self.tab, Tab::Platforms | Tab::Payouts | Tab::Earnings | Tab::Check) {
                lack::mark_ui(ui, cx.lacking.in_all().as_ref(), self.tab.name(), actions);
            }
            match self.tab {
                Tab::Sessions => self.sessions.ui(ui, cx, actions),
                Tab::Platforms => self.platforms.ui(ui, cx, actions),
                Tab::Payouts => self.payouts.ui(ui, cx, actions),
                Tab::Rates => self.rates.ui(ui, cx, actions),
                Tab::Earnings => self.earnings.ui(ui, cx, actions),
                Tab::Outlook => self.outlook.ui(ui, cx, actions),
                Tab::Check => self.check.ui(ui, cx, actions),
            }
        });
        // What was refused is being mended: the reason would stand in the way of the next Enter.
        if self.refused.is_some() && ui.input(|input| input.events.iter().any(edits)) {
            self.refused = None;
        }
        self.take_dropped(ui.ctx(), cx, actions);
        if let Some(dialog) = &mut self.dialog {
            dialog.ui(ui.ctx(), cx, actions);
        }
    }

    /// Where the focus was before a dialog came up, it is again once that is gone, unless something else has taken it.
    fn return_focus(&mut self, ctx: &egui::Context) {
        let focused = ctx.memory(egui::Memory::focused);
        if self.dialog.is_some() {
            self.was_open = true;
        } else if !self.was_open {
            self.focus = focused;
        } else if ctx.memory(|memory| memory.top_modal_layer().is_some()) {
            // For a frame more nothing under the dialog can take the focus.
            ctx.request_repaint();
        } else {
            self.was_open = false;
            if let (Some(id), None) = (self.focus, focused) {
                ctx.memory_mut(|memory| memory.request_focus(id));
            }
        }
    }

    fn notices_ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, shown: &Shown<'_>, actions: &mut Vec<Action>) {
        if let Some((backup, text)) = shown.looks_at {
            match notice_with(ui, "backup", text, &[Verb::BackToOwn.words().name, "Restore…"]) {
                Some("Restore…") => actions.push(Action::AskToRestore(backup)),
                Some(_) => actions.push(Action::CloseSample),
                None => {}
            }
        } else if shown.own_book_waits {
            let text = "This is a made-up book to look around in. Nothing you do here is kept.";
            if notice(ui, "sample", text, Some(Verb::BackToOwn.words().name)) {
                actions.push(Action::CloseSample);
            }
        }
        if let Some(text) = self.files.quiet(cx.book).map(str::to_owned)
            && notice(ui, "files", &text, Some("Dismiss"))
        {
            self.files.dismiss_quiet();
        }
        if let Some(strip) = shown.outside {
            strip_ui(ui, strip, actions);
        }
        if let Some(text) = self.notice.clone()
            && notice(ui, "refused", &text, Some("Dismiss"))
        {
            self.notice = None;
        }
    }
}

/// Whether an event may change what stands in a form.
fn edits(event: &egui::Event) -> bool {
    use egui::{Event, Key};
    if let Event::PointerButton { pressed, .. } = event {
        *pressed
    } else if let Event::Key { key, pressed, .. } = event {
        *pressed && matches!(key, Key::Backspace | Key::Delete | Key::Z | Key::Y)
    } else {
        matches!(event, Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Ime(_))
    }
}
