//! The tab and its dialogs through their widgets, by role and name: what is asked for and what comes of it.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::earning::{Covers, EarningState};
use crate::domain::ids::{PlatformId, SessionId};
use crate::domain::platform::Platform;
use crate::domain::query::work::testkit::{Kit, at, usd};
use crate::domain::refusal::Refused;
use crate::domain::span::Now;
use crate::engine::Figures;
use crate::ports::fake::FakeIds;
use crate::ui::action::SessionFilter;
use crate::ui::cx::Fresh;
use crate::ui::dialogs::Dialog;
use crate::ui::theme::{self, ThemeChoice};
use crate::ui::view::lacking::Lacking;

/// A tab over a Book that follows what is asked for.
struct Stage {
    book: Book,
    now: Now,
    tab: EarningsTab,
    dialog: Option<Dialog>,
    refused: Option<Refused>,
    ids: FakeIds,
    read_only: bool,
    copied: Vec<String>,
    shown: Vec<SessionFilter>,
    told: Vec<String>,
}

impl Stage {
    fn frame(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        {
            let fresh = Fresh::new(&mut self.ids);
            let figures = Figures::of(&self.book, self.now);
            let lacking = Lacking::default();
            let cx = Cx {
                refused: self.refused.clone(),
                read_only: self.read_only,
                ..Cx::of(&self.book, &figures, self.now, &[], &lacking, &fresh)
            };
            self.tab.ui(ui, &cx, &mut actions);
            if let Some(dialog) = &mut self.dialog {
                dialog.ui(ui.ctx(), &cx, &mut actions);
            }
        }
        for action in actions {
            self.carry_out(action);
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the tab asks for these alone")]
    fn carry_out(&mut self, action: Action) {
        match action {
            Action::Do(command) => self.run(&command).expect("nothing is refused"),
            Action::Submit(command) => match self.run(&command) {
                Ok(()) => (self.dialog, self.refused) = (None, None),
                Err(refused) => self.refused = Some(refused),
            },
            Action::Open(dialog) => self.dialog = Some(*dialog),
            Action::CloseDialog => self.dialog = None,
            Action::Copy(text) => self.copied.push(text),
            Action::Say(text) => self.told.push(text),
            Action::ShowSessions(filter) => self.shown.push(filter),
            other => panic!("not asked for here: {other:?}"),
        }
    }

    fn run(&mut self, command: &Command) -> Result<(), Refused> {
        let change = command::plan(&self.book, command, self.now)?;
        self.book.apply(&change);
        Ok(())
    }
}

fn kit() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-18T09:00:00Z", "2026-11-18T10:48:00Z", |session| {
        session.credited_secs = Some(100 * 60);
    });
    kit.work(2, 2, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |_| {});
    let platform = (**kit.book.platform(PlatformId(1)).unwrap()).clone();
    kit.put(Platform { self_reports: Some(true), ..platform });
    kit
}

fn over(book: Book, size: egui::Vec2, read_only: bool) -> Harness<'static, Stage> {
    let stage = Stage {
        book,
        now: Now { at: at("2026-11-22T13:00:00Z"), zone: chrono_tz::UTC },
        tab: EarningsTab::default(),
        dialog: None,
        refused: None,
        ids: FakeIds::after(1000),
        read_only,
        copied: Vec::new(),
        shown: Vec::new(),
        told: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
        .build_ui_state(|ui, stage: &mut Stage| stage.frame(ui), stage);
    harness.run_steps(3);
    harness
}

fn tab() -> Harness<'static, Stage> {
    over(kit().book, egui::vec2(1280.0, 700.0), false)
}

fn key(harness: &mut Harness<'_, Stage>, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

fn press(harness: &mut Harness<'_, Stage>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run_steps(4);
}

fn rows(harness: &Harness<'_, Stage>) -> Vec<String> {
    harness.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label()).collect()
}

fn states(harness: &Harness<'_, Stage>) -> Vec<Option<EarningState>> {
    harness.state().book.earnings().map(|earning| earning.state()).collect()
}

const ESTIMATE: &str = "Project 2, Platform 2, worked Fri 20 Nov, about $50.00, estimate";

#[test]
fn estimates_and_recorded_money_stand_in_one_list_and_are_searched() {
    let mut harness = tab();
    assert_eq!(rows(&harness).iter().filter(|row| row.contains("estimate")).count(), 2, "{:?}", rows(&harness));
    harness.get_by_role_and_label(Role::TextInput, "Search what is owed").click();
    harness.run_steps(2);
    harness.event(egui::Event::Text("platform 2".to_owned()));
    harness.run_steps(4);
    assert!(rows(&harness).contains(&ESTIMATE.to_owned()));
    assert_eq!(rows(&harness).iter().filter(|row| row.contains("estimate")).count(), 1);
    press(&mut harness, "Clear search and filters");
    assert_eq!(rows(&harness).iter().filter(|row| row.contains("estimate")).count(), 2);
}

#[test]
fn several_are_approved_by_key_and_stay_chosen_for_the_next() {
    let mut harness = tab();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(3);
    key(&mut harness, Key::V);
    assert_eq!(states(&harness), [Some(EarningState::Approved(None)); 2]);
    key(&mut harness, Key::I);
    assert_eq!(states(&harness), [Some(EarningState::Invoiced); 2]);
    key(&mut harness, Key::Y);
    assert_eq!(harness.state().told, ["Not possible now: Appealed"]);
}

#[test]
fn a_part_is_approved_in_its_dialog_and_held_money_is_freed_by_the_same_verb() {
    let mut harness = tab();
    key(&mut harness, Key::ArrowDown);
    key(&mut harness, Key::D);
    harness.event(egui::Event::Text("45".to_owned()));
    harness.run_steps(3);
    key(&mut harness, Key::Enter);
    assert_eq!(states(&harness), [Some(EarningState::Approved(Some(usd("45"))))]);
    key(&mut harness, Key::F);
    press(&mut harness, "Disputed");
    press(&mut harness, "Hold");
    assert!(harness.state().book.earnings().all(|earning| earning.held.is_some()));
    assert!(rows(&harness).iter().any(|row| row.ends_with("disputed")), "{:?}", rows(&harness));
    key(&mut harness, Key::F);
    assert!(harness.state().book.earnings().all(|earning| earning.held.is_none()));
}

#[test]
fn what_was_written_off_is_settled_in_two_steps_all_the_same() {
    let mut harness = tab();
    press(&mut harness, "Settled too");
    harness.get_by_role_and_label(Role::Row, ESTIMATE).click();
    harness.run_steps(3);
    key(&mut harness, Key::W);
    assert_eq!(states(&harness), [Some(EarningState::WrittenOff)]);
    press(&mut harness, "Settle…");
    press(&mut harness, "Mark as paid");
    assert!(rows(&harness).iter().any(|row| row.ends_with("$50.00, paid")), "{:?}", rows(&harness));
    let payout = harness.state().book.payouts().next().cloned().unwrap();
    assert_eq!((payout.gross, payout.received), (usd("50"), Some(usd("50"))));
}

#[test]
fn less_than_owed_asks_why_before_it_is_settled() {
    let mut harness = tab();
    key(&mut harness, Key::ArrowDown);
    key(&mut harness, Key::L);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(2);
    harness.event(egui::Event::Text("48".to_owned()));
    harness.run_steps(3);
    key(&mut harness, Key::Enter);
    assert_eq!(harness.state().book.payouts().count(), 0);
    harness.get_by_role_and_label(Role::Label, "Why $2.00 less?");
    press(&mut harness, "Payout fee");
    press(&mut harness, "Mark as paid");
    assert_eq!(harness.state().book.payouts().count(), 1);
}

#[test]
fn an_earning_is_added_with_its_reasons_beside_the_fields_edited_and_deleted() {
    let mut harness = tab();
    key(&mut harness, Key::E);
    press(&mut harness, "Batch");
    press(&mut harness, "Add");
    harness.get_by_role_and_label(Role::TextInput, "Tasks").click();
    harness.run_steps(2);
    harness.event(egui::Event::Text("30".to_owned()));
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::TextInput, "Price of one").click();
    harness.run_steps(2);
    harness.event(egui::Event::Text("0.64".to_owned()));
    harness.run_steps(2);
    press(&mut harness, "Add state");
    press(&mut harness, "Add");
    let earning = harness.state().book.earnings().next().cloned().expect("it was added");
    assert_eq!((earning.amount, earning.state()), (usd("19.20"), Some(EarningState::Submitted)));
    let row = rows(&harness).into_iter().find(|row| row.contains("$19.20")).unwrap();
    harness.get_by_role_and_label(Role::Row, &row).click();
    harness.run_steps(3);
    key(&mut harness, Key::Enter);
    assert!(harness.state().dialog.is_some());
    press(&mut harness, "Delete earning");
    assert_eq!(harness.state().book.earnings().count(), 0);
}

#[test]
fn work_that_is_covered_already_is_refused_beside_what_it_stands_for() {
    let mut kit = kit();
    kit.earning(9, "41.67", &[SessionId(1)]);
    let mut harness = over(kit.book, egui::vec2(1280.0, 700.0), false);
    let stage = harness.state_mut();
    let mut dialog = None;
    crate::ui::testing::with_cx(&stage.book.clone(), "2026-11-22T13:00:00Z", None, |cx| {
        dialog = Some(crate::ui::dialogs::EarningDialog::of_sessions(cx, &[SessionId(1)]));
    });
    stage.dialog = dialog.map(Dialog::Earning);
    harness.run_steps(3);
    press(&mut harness, "Add");
    let text = "Another earning stands for one of these sessions already: they would count twice";
    assert!(harness.query_by_label(text).is_some());
    let covers: Vec<_> = harness.state().book.earnings().map(|earning| earning.covers.clone()).collect();
    assert_eq!(covers, [Covers::Sessions(vec![SessionId(1)])]);
}

#[test]
fn minutes_are_copied_and_marked_reported_by_one_click_each() {
    let mut harness = tab();
    key(&mut harness, Key::T);
    press(&mut harness, "Copy minutes: Project 1, Platform 1, Wed 18 Nov");
    assert_eq!(harness.state().copied, ["108"]);
    press(&mut harness, "Copy all: Platform 1");
    assert_eq!(harness.state().copied[1], "Wed 18 Nov, Project 1: 108 min");
    key(&mut harness, Key::ArrowDown);
    key(&mut harness, Key::M);
    assert_eq!(states(&harness), [Some(EarningState::Submitted)]);
    assert!(harness.query_by_role_and_label(Role::Heading, "All is reported").is_some());
    // Who is told is chosen there, too.
    harness.get_by_role_and_label(Role::ComboBox, "Platforms that I report to").click();
    harness.run_steps(4);
    harness.get_by_role_and_label(Role::ListBoxOption, "Platform 2").click();
    harness.run_steps(4);
    assert!(rows(&harness).iter().any(|row| row.starts_with("Project 2, Platform 2")), "{:?}", rows(&harness));
}

#[test]
fn a_difference_is_copied_opened_and_contested() {
    let mut harness = tab();
    key(&mut harness, Key::G);
    let name = "Project 1, Platform 1, Wed 18 Nov, −8 m, −$3.33";
    press(&mut harness, &format!("Copy text: {name}"));
    assert!(harness.state().copied[0].contains("Difference in pay: −$3.33"));
    key(&mut harness, Key::ArrowDown);
    key(&mut harness, Key::Z);
    assert_eq!(harness.state().shown.len(), 1);
    key(&mut harness, Key::C);
    assert_eq!(states(&harness), [Some(EarningState::Contested)]);
    assert!(harness.query_by_label(&format!("Contested: {name}")).is_some());
    assert!(harness.query_by_label("Project 2, Platform 2, week of Mon 16 Nov").is_some());
}

#[test]
fn a_book_that_is_only_read_offers_no_change() {
    let mut harness = over(kit().book, egui::vec2(900.0, 460.0), true);
    key(&mut harness, Key::ArrowDown);
    for changes in [Key::V, Key::W, Key::L, Key::E, Key::M] {
        key(&mut harness, changes);
    }
    assert_eq!(harness.state().book.earnings().count(), 0);
    assert!(harness.state().dialog.is_none());
}

#[test]
fn a_book_without_work_says_what_goes_here() {
    let mut harness = over(Kit::new().book, egui::vec2(900.0, 460.0), false);
    assert!(harness.query_by_role_and_label(Role::Heading, "Nothing is owed yet").is_some());
    key(&mut harness, Key::T);
    assert!(harness.query_by_role_and_label(Role::Heading, "No platform to report to").is_some());
    key(&mut harness, Key::G);
    assert!(harness.query_by_role_and_label(Role::Heading, "No paid work in this period").is_some());
}

#[test]
fn without_a_platform_every_page_leads_to_the_first_one() {
    let book = Book::new((**Kit::new().book.settings()).clone());
    let mut harness = over(book, egui::vec2(900.0, 460.0), false);
    for (page, title) in
        [(Key::O, "Nothing is owed yet"), (Key::T, "Nothing to report"), (Key::G, "Nothing to compare yet")]
    {
        key(&mut harness, page);
        assert!(harness.query_by_role_and_label(Role::Heading, title).is_some(), "{title}");
        harness.get_by_role_and_label(Role::Button, "Add platform").click();
        harness.run();
        assert!(matches!(harness.state_mut().dialog.take(), Some(Dialog::AddPlatform(_))), "{title}");
        harness.run();
    }
}
