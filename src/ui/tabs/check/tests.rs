//! The tab through its widgets, by role and name: what is asked for and what comes of it.

use egui::accesskit::Role;
use egui::{Key, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::ids::{EarningId, MovementId, PayoutId, SessionId};
use crate::domain::movement::Role as Is;
use crate::domain::query::work::testkit::Kit;
use crate::domain::refusal::Refused;
use crate::domain::span::Now;
use crate::domain::testing::at;
use crate::engine::Figures;
use crate::ports::fake::FakeIds;
use crate::ui::action::{EarningsPlace, SessionFilter};
use crate::ui::cx::Fresh;
use crate::ui::dialogs::Dialog;
use crate::ui::theme::{self, ThemeChoice};
use crate::ui::view::check::tests::three_ways;
use crate::ui::view::lacking::Lacking;

/// A tab over a Book that follows what is asked for.
struct Stage {
    book: Book,
    tab: CheckTab,
    dialog: Option<Dialog>,
    refused: Option<Refused>,
    ids: FakeIds,
    read_only: bool,
    /// Whether what is asked to be set beside each other comes.
    comes: bool,
    shown: Vec<SessionFilter>,
    earnings: Vec<EarningsPlace>,
    told: Vec<String>,
    verbs: Vec<Verb>,
    done: Vec<Command>,
}

fn now() -> Now {
    Now { at: at("2026-11-27T12:00:00Z"), zone: chrono_tz::UTC }
}

impl Stage {
    fn frame(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        let figures = Figures::of(&self.book, now());
        {
            let fresh = Fresh::new(&mut self.ids);
            let lacking = Lacking::default();
            let cx = Cx {
                refused: self.refused.clone(),
                read_only: self.read_only,
                ..Cx::of(&self.book, &figures, now(), &[], &lacking, &fresh)
            };
            self.tab.ui(ui, &cx, &mut actions);
            if let Some(dialog) = &mut self.dialog {
                dialog.ui(ui.ctx(), &cx, &mut actions);
            }
        }
        for action in actions {
            self.carry_out(action, &figures);
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the tab asks for these alone")]
    fn carry_out(&mut self, action: Action, figures: &Figures) {
        match action {
            Action::SetBeside(stamp) if self.comes => {
                let made = Checked::of(&self.book, &figures.calendar, now(), figures.stamp.today);
                self.tab.checked(stamp, Ok(made));
            }
            Action::SetBeside(stamp) => self.tab.checked(stamp, Err("There is no room for the thread".to_owned())),
            Action::Do(command) => self.run(&command).expect("nothing is refused"),
            Action::Submit(command) => match self.run(&command) {
                Ok(()) => (self.dialog, self.refused) = (None, None),
                Err(refused) => self.refused = Some(refused),
            },
            Action::Open(dialog) => self.dialog = Some(*dialog),
            Action::CloseDialog => self.dialog = None,
            Action::Say(text) => self.told.push(text),
            Action::Ask(verb) => self.verbs.push(verb),
            Action::ShowSessions(filter) => self.shown.push(filter),
            Action::ShowEarnings(place) => self.earnings.push(place),
            other => panic!("not asked for here: {other:?}"),
        }
    }

    fn run(&mut self, command: &Command) -> Result<(), Refused> {
        let change = command::plan(&self.book, command, now())?;
        self.book.apply(&change);
        self.done.push(command.clone());
        Ok(())
    }
}

fn over(book: Book) -> Harness<'static, Stage> {
    staged(book, |_| {})
}

fn staged(book: Book, shape: impl FnOnce(&mut Stage)) -> Harness<'static, Stage> {
    let mut stage = Stage {
        book,
        tab: CheckTab::default(),
        dialog: None,
        refused: None,
        ids: FakeIds::after(1000),
        read_only: false,
        comes: true,
        shown: Vec::new(),
        earnings: Vec::new(),
        told: Vec::new(),
        verbs: Vec::new(),
        done: Vec::new(),
    };
    shape(&mut stage);
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1200.0, 700.0))
        .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
        .build_ui_state(|ui, stage: &mut Stage| stage.frame(ui), stage);
    harness.run_steps(3);
    harness
}

fn press(harness: &mut Harness<'_, Stage>, role: Role, name: &str) {
    harness.get_by_role_and_label(role, name).click();
    harness.run_steps(3);
}

fn key(harness: &mut Harness<'_, Stage>, key: Key) {
    harness.key_press(key);
    harness.run_steps(3);
}

const UNKNOWN: &str = "Money of unknown origin, not known, Fri 20 Nov, received $99.00";
const NEVER: &str = "Work never credited, Platform 1, Project 1, Tue 3 Nov, logged 2 h, $50.00";

#[test]
fn nothing_imported_leads_to_the_import() {
    let mut harness = over(Kit::new().book);
    press(&mut harness, Role::Button, "Import…");
    assert_eq!(harness.state().verbs, [Verb::Import]);
}

#[test]
fn what_could_not_be_made_says_why_and_is_tried_again() {
    let mut harness = staged(three_ways().book, |stage| stage.comes = false);
    harness.get_by_label("There is no room for the thread");
    harness.state_mut().comes = true;
    press(&mut harness, Role::Button, "Try again");
    harness.get_by_role_and_label(Role::Row, UNKNOWN);
}

#[test]
fn what_does_not_fit_stands_first_and_a_line_is_put_aside_by_key() {
    let mut harness = over(three_ways().book);
    harness.get_by_role_and_label(Role::Button, "Doesn’t fit");
    harness.get_by_role_and_label(Role::Heading, "Money of unknown origin");
    key(&mut harness, Key::ArrowDown);
    key(&mut harness, Key::ArrowDown);
    harness.get_by_role_and_label(Role::Heading, "Credited less than promised");
    key(&mut harness, Key::L);
    assert_eq!(harness.state().told, ["Not possible here: Settle"]);
    key(&mut harness, Key::I);
    let [Command::SetSeen { words, .. }] = harness.state().done.as_slice() else { panic!("it is put aside") };
    assert_eq!(words, "Dismiss “Credited less than promised”");
    // The one that took its place is chosen.
    harness.get_by_role_and_label(Role::Heading, "Work never credited");
}

#[test]
fn a_payment_is_settled_by_its_button_and_then_fits() {
    let mut harness = over(three_ways().book);
    key(&mut harness, Key::Num2);
    let name = "Settle: Is a payout that you know, Platform 1, Tue 10 Nov, credited $120.00, received $120.00";
    press(&mut harness, Role::Button, name);
    let movement = harness.state().book.movement(MovementId(3)).unwrap().role;
    assert_eq!(movement, Is::Payout(PayoutId(5)));
    key(&mut harness, Key::Num3);
    harness.get_by_role_and_label(
        Role::Row,
        "Paid and settled, Platform 1, Tue 10 Nov, credited $120.00, received $120.00",
    );
}

#[test]
fn all_that_are_sure_are_settled_as_one_step() {
    let mut harness = over(three_ways().book);
    key(&mut harness, Key::U);
    let [Command::Together { words, commands }] = harness.state().done.as_slice() else { panic!("it is one step") };
    assert_eq!((words.as_str(), commands.len()), ("Settle 1 payment", 1), "the one that is only likely stays");
    key(&mut harness, Key::U);
    assert_eq!(harness.state().told, ["No payment waits that surely fits"]);
}

#[test]
fn money_of_nobody_known_is_given_a_platform_with_a_rule() {
    let mut kit = three_ways();
    let movement = (**kit.book.movement(MovementId(1)).unwrap()).clone();
    kit.put(crate::domain::movement::Movement { other: "Smart Eco Inc".to_owned(), ..movement });
    let mut harness = over(kit.book);
    key(&mut harness, Key::W);
    press(&mut harness, Role::ComboBox, "Whose it is");
    press(&mut harness, Role::ListBoxOption, "Platform 2");
    press(&mut harness, Role::Button, "Save");
    let rules = &harness.state().book.settings().payer_rules;
    assert_eq!(rules.iter().map(|rule| rule.words.as_str()).collect::<Vec<_>>(), ["Smart Eco Inc"]);
    harness.get_by_role_and_label(Role::Row, "Paid, but nothing was open, Platform 2, Fri 20 Nov, received $99.00");
    key(&mut harness, Key::M);
    assert!(matches!(harness.state().book.movement(MovementId(1)).unwrap().role, Is::Payout(_)));
}

#[test]
fn money_that_is_nothing_of_work_is_said_once_without_a_rule() {
    let mut harness = over(three_ways().book);
    press(&mut harness, Role::Button, &format!("Whose is it…: {UNKNOWN}"));
    press(&mut harness, Role::ComboBox, "Whose it is");
    press(&mut harness, Role::ListBoxOption, "nothing of work");
    // Nothing is written with it that a rule could go by.
    harness.get_by_label("Say words, or don’t remember it");
    press(&mut harness, Role::Button, "Remember for next time");
    press(&mut harness, Role::Button, "Save");
    let book = &harness.state().book;
    assert_eq!((book.movement(MovementId(1)).unwrap().role, book.settings().payer_rules.len()), (Is::Other, 0));
    assert!(harness.query_by_role_and_label(Role::Row, UNKNOWN).is_none());
}

#[test]
fn rows_behind_a_line_lead_to_where_they_stand() {
    let mut harness = over(three_ways().book);
    press(&mut harness, Role::Row, NEVER);
    press(&mut harness, Role::Link, "Session Tue 3 Nov, 09:00 – 11:00, 2 h");
    let shown: Vec<_> = harness.state().shown.iter().flat_map(|filter| filter.sessions.clone().unwrap()).collect();
    assert_eq!(shown, [SessionId(2)]);
    key(&mut harness, Key::Num3);
    press(&mut harness, Role::Link, "Credit Tue 24 Nov, recorded, $50.00");
    assert_eq!(harness.state().earnings.len(), 1);
}

#[test]
fn work_that_was_never_credited_is_unpaid_or_gets_an_earning() {
    let mut harness = over(three_ways().book);
    press(&mut harness, Role::Row, NEVER);
    key(&mut harness, Key::E);
    assert!(matches!(harness.state().dialog, Some(Dialog::Earning(_))));
    key(&mut harness, Key::Escape);
    key(&mut harness, Key::K);
    assert!(!harness.state().book.session(SessionId(2)).unwrap().paid);
    assert!(harness.query_by_role_and_label(Role::Row, NEVER).is_none());
}

#[test]
fn a_book_that_is_only_read_is_looked_at() {
    let mut harness = staged(three_ways().book, |stage| stage.read_only = true);
    key(&mut harness, Key::I);
    key(&mut harness, Key::U);
    press(&mut harness, Role::Row, NEVER);
    key(&mut harness, Key::Z);
    assert_eq!((harness.state().done.len(), harness.state().shown.len()), (0, 1));
}

#[test]
fn hours_that_the_platform_counts_are_logged_by_a_key_and_then_fit() {
    let mut kit = three_ways();
    let bare = "Credit without a session, Platform 1, Project 1, Mon 16 Nov, credited $30.00";
    let mut harness = over(kit.book.clone());
    press(&mut harness, Role::Row, bare);
    key(&mut harness, Key::G);
    assert_eq!(harness.state().told, ["Not possible here: Log its hours"], "its file says nothing of hours");
    kit.edit_earning(EarningId(5), |earning| earning.credited_secs = Some(4_320));
    let mut harness = over(kit.book);
    press(&mut harness, Role::Row, bare);
    harness.get_by_label("The platform tells of 1 credit of 1 h 12 m and you logged nothing there");
    key(&mut harness, Key::G);
    assert!(harness.query_by_role_and_label(Role::Row, bare).is_none());
    key(&mut harness, Key::Num3);
    let fits = "Credited as promised, Platform 1, Project 1, Mon 16 Nov, logged 1 h 12 m, $30.00, credited $30.00";
    harness.get_by_role_and_label(Role::Row, fits);
}
