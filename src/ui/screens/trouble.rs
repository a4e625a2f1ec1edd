//! Banners of trouble: changes that can't be saved, a Book that can only be read, and the question about a time of which
//! nothing is known although a timer ran.

use egui::Ui;

use super::banner::Banner;
use super::{Screens, Shown};
use crate::ports::Saving;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{Dialog, SessionDialog};
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::saving::SavingView;
use crate::ui::view::silence::SilenceView;

const TRY: (&str, &str) = ("Try again now", "Without waiting for the next try");
const ANEW: (&str, &str) = (
    "Make the folder again",
    "Writes the whole book there as it is now. If the folder was only moved, or its disk taken out, put it back instead",
);
const AGAIN: (&str, &str) = ("Read again", "Opens the book anew, to be written where that is possible now");
const KEPT: (&str, &str) = ("It kept running", "That time was worked: nothing changes");
const CHOOSE: (&str, &str) = ("Choose a time…", "Opens the session");

impl Screens {
    /// What stays until it is mended or answered.
    pub(super) fn trouble_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, shown: &Shown<'_>, actions: &mut Vec<Action>) {
        let words = Verb::SaveCopy.words();
        let copy = (words.name, words.line);
        if let Some(failing) = shown.trouble {
            let view = SavingView::of(failing, cx.folder.map(|folder| folder.path), cx.now.at, cx.now.zone);
            let mut offers = vec![(copy, Action::SaveCopy)];
            if view.tried {
                offers.insert(0, (TRY, Action::TrySaving));
            }
            if view.gone {
                offers.push((ANEW, Action::MakeFolderAnew));
            }
            let verbs: Vec<_> = offers.iter().map(|(verb, _)| *verb).collect();
            let ink = theme::tokens(ui).bad;
            let banner =
                Banner { id: "saving", text: &view.text, ink, detail: &view.detail, aside: &view.since, verbs: &verbs };
            if let Some(at) = banner.show(ui) {
                actions.extend(offers.into_iter().nth(at).map(|(_, action)| action));
            }
        }
        // Of a backup that is said already.
        if let (Saving::ReadOnly(why), None) = (shown.saving, shown.looks_at) {
            let again = cx.folder.is_some_and(|folder| folder.reads_again);
            let verbs: &[_] = if again { &[copy, AGAIN] } else { &[copy] };
            let ink = theme::tokens(ui).warn;
            let banner = Banner { id: "read-only", text: why, ink, detail: "", aside: "", verbs };
            actions.extend(banner.show(ui).map(|at| if at == 0 { Action::SaveCopy } else { Action::ReadAgain }));
        }
        self.silence_ui(ui, cx, shown, actions);
    }

    /// Asks about a time of which nothing is known; once for each timer, until it is answered.
    fn silence_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, shown: &Shown<'_>, actions: &mut Vec<Action>) {
        let minute = cx.now.at.timestamp().div_euclid(60);
        let latest = shown.silences.last().map(|silence| silence.from);
        let asked = self.asked.get((cx.figures.stamp, minute, latest), || {
            shown.silences.iter().find_map(|silence| SilenceView::of(cx.book, silence, cx.now, cx.today))
        });
        let Some(asked) = asked.as_ref().filter(|_| !cx.read_only) else { return };
        let verbs = [
            (asked.end.as_str(), "What was counted after that is taken out"),
            KEPT,
            ("Pause for that time", asked.pause_line.as_str()),
            CHOOSE,
        ];
        let ink = theme::tokens(ui).text;
        let banner = Banner { id: "silence", text: &asked.text, ink, detail: "", aside: "", verbs: &verbs };
        actions.extend(banner.show(ui).map(|at| match at {
            0 => Action::Do(asked.ended.clone()),
            1 => Action::Do(asked.kept.clone()),
            2 => Action::Do(asked.paused.clone()),
            _ => Action::Open(Box::new(Dialog::Session(SessionDialog::edit(cx, &asked.session)))),
        }));
    }
}
