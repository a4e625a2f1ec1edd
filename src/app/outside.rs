//! Files that others touched: compared on a thread of their own as soon as they are noticed, offered in a line across the
//! window, and taken up where nothing differs.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::App;
use super::carry::{STILL_READING, done};
use crate::domain::command::Command;
use crate::domain::span::Now;
use crate::engine::Engine;
use crate::ports::{Compared, Comparer, LookedThrough, OutsideFile, Touched};
use crate::ui::action::Action;
use crate::ui::dialogs::{Dialog, MergeDialog, look_through};
use crate::ui::outside::Strip;
use crate::ui::view::merge::{self, MergeView};

/// What was compared, with its view.
type Arrived = (Arc<Compared>, Arc<MergeView>);

/// How far it is with files that others touched.
#[derive(Default)]
pub(super) struct Outside {
    /// The files that were compared, or are being.
    files: Arc<Vec<OutsideFile>>,
    /// The Book's revision then.
    revision: u64,
    arrives: Option<Receiver<Arrived>>,
    compared: Option<Arrived>,
    /// Whether the dialog opens when it is compared.
    opens: bool,
    strip: Option<Strip>,
    focused: bool,
}

impl Outside {
    /// The line across the window.
    pub(super) fn strip(&self) -> Option<&Strip> {
        self.strip.as_ref()
    }

    fn begin(&mut self, ctx: &egui::Context, engine: &Engine, comparer: Comparer) {
        let (done, arrives) = channel();
        let (ctx, book) = (ctx.clone(), engine.book().clone());
        self.revision = book.revision();
        self.arrives = Some(arrives);
        let begun = std::thread::Builder::new().name("truerate-compare".to_owned()).spawn(move || {
            let compared = comparer(&book);
            let view = MergeView::of(&book, &compared);
            if done.send((Arc::new(compared), Arc::new(view))).is_err() {
                log::debug!("nobody waits any more for what was compared");
            }
            ctx.request_repaint();
        });
        if let Err(error) = begun {
            log::error!("no thread compares files: {error}");
        }
    }
}

/// Whether there is nothing to decide: others wrote files that hold what the Book holds.
fn says_nothing(compared: &Compared) -> bool {
    let changed = |file: &OutsideFile| file.what != Touched::Missing;
    compared.differences.is_empty()
        && compared.unreadable.is_empty()
        && !compared.looked.files.is_empty()
        && compared.looked.files.iter().all(changed)
}

impl App {
    /// Looks at what others did to the files, and at what came of comparing it.
    pub(super) fn look_outside(&mut self, ctx: &egui::Context, now: Now) {
        let focused = ctx.input(|input| input.focused);
        let own = self.engines.own_mut();
        if focused && !std::mem::replace(&mut self.outside.focused, focused) {
            own.look_outside();
        }
        self.outside.focused = focused;
        let files = own.outside();
        if files.is_empty() {
            if !self.outside.files.is_empty() {
                self.outside = Outside { focused, ..Outside::default() };
            }
            return;
        }
        match self.outside.arrives.as_ref().map(Receiver::try_recv) {
            Some(Err(TryRecvError::Empty)) => return,
            Some(Ok(arrived)) => {
                self.outside.arrives = None;
                self.take_comparison(arrived, now);
            }
            Some(Err(TryRecvError::Disconnected)) => self.outside.arrives = None,
            None => {}
        }
        let own = self.engines.own_mut();
        if !Arc::ptr_eq(&files, &self.outside.files)
            && let Some(comparer) = own.comparer()
        {
            self.outside.strip = Some(Strip { text: merge::strip(&files), take_over: None });
            self.outside.compared = None;
            self.outside.files = files;
            self.outside.begin(ctx, own, comparer);
        }
    }

    fn take_comparison(&mut self, (compared, view): Arrived, now: Now) {
        if says_nothing(&compared) {
            let nothing = Command::TakeOver { words: view.take_over.clone(), taken: Vec::new() };
            let own = self.engines.own_mut();
            if let Err(refused) = own.look_through(&nothing, compared.looked.clone(), now) {
                log::debug!("not looked through: {refused}");
            }
            return;
        }
        if let Some(strip) = &mut self.outside.strip {
            let offered = !view.clash && view.unreadable.is_empty() && !view.rows.is_empty();
            strip.take_over = offered.then(|| view.take_over.clone());
        }
        if std::mem::take(&mut self.outside.opens) {
            self.screens.open(Dialog::Merge(MergeDialog::new(
                Arc::clone(&compared),
                Arc::clone(&view),
                self.engines.shown.book(),
            )));
        }
        self.outside.compared = Some((compared, view));
    }

    /// Opens what was compared; compares once more where the Book moved on since.
    pub(super) fn compare_outside(&mut self, ctx: &egui::Context) {
        let current = self.engines.shown.book().revision() == self.outside.revision;
        if let Some((compared, view)) = self.outside.compared.clone().filter(|_| current) {
            self.screens.open(Dialog::Merge(MergeDialog::new(compared, view, self.engines.shown.book())));
        } else if self.engines.shown.is_opening() {
            self.screens.notice = Some(STILL_READING.to_owned());
        } else {
            self.outside.opens = true;
            if self.outside.arrives.is_none()
                && let Some(comparer) = self.engines.shown.comparer()
            {
                self.outside.begin(ctx, &self.engines.shown, comparer);
            }
        }
    }

    /// Takes over all that others changed, where nothing clashes.
    pub(super) fn take_over_outside(&mut self, ctx: &egui::Context, now: Now) {
        let Some((compared, view)) = self.outside.compared.clone() else { return };
        let chosen = view.first_choice(&compared).closed(self.engines.shown.book(), &compared.differences);
        if let Action::LookThrough(command, looked) = look_through(&compared, &view, &chosen, &[]) {
            self.look_through(ctx, &command, looked, now);
        }
    }

    /// Carries out what was chosen, and offers to take it back.
    pub(super) fn look_through(&mut self, ctx: &egui::Context, command: &Command, looked: LookedThrough, now: Now) {
        let takes = matches!(command, Command::TakeOver { taken, .. } if !taken.is_empty());
        match self.engines.shown.look_through(command, looked, now) {
            Ok(words) => {
                self.screens.close_dialog();
                let time = ctx.input(|input| input.time);
                if takes {
                    self.screens.toast(done(&words), time);
                } else {
                    self.screens.say("Yours stay; theirs are kept in the folder “aside”".to_owned(), time);
                }
            }
            Err(refused) => {
                self.screens.close_dialog();
                self.screens.notice = Some(refused.to_string());
                self.outside.compared = None;
            }
        }
    }
}
