//! The tab and its dialogs through their widgets, by role and name: what is asked for and what comes of it.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

mod verbs;

use super::*;
use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::query::work::testkit::{Kit, at, day};
use crate::domain::refusal::Refused;
use crate::domain::session::{Activity, Session, SessionState};
use crate::domain::span::{DayRange, Now};
use crate::engine::Figures;
use crate::ports::fake::FakeIds;
use crate::ui::cx::Fresh;
use crate::ui::dialogs::Dialog;
use crate::ui::theme::ThemeChoice;
use crate::ui::view::lacking::Lacking;

/// A tab over a Book that follows what is asked for.
struct Stage {
    book: Book,
    now: Now,
    tab: SessionsTab,
    dialog: Option<Dialog>,
    refused: Option<Refused>,
    ids: FakeIds,
    commands: Vec<Command>,
    /// The platforms that were to be shown.
    platforms: Vec<PlatformId>,
    /// The landed payouts that were to be shown.
    payouts: Vec<PayoutId>,
    /// What was told.
    told: Vec<String>,
}

impl Stage {
    fn new(book: Book, now: &str) -> Self {
        let zone = book.settings().zone;
        Self {
            book,
            now: Now { at: at(now), zone },
            tab: SessionsTab::default(),
            dialog: None,
            refused: None,
            ids: FakeIds::after(1000),
            commands: Vec::new(),
            platforms: Vec::new(),
            payouts: Vec::new(),
            told: Vec::new(),
        }
    }

    fn frame(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        {
            let fresh = Fresh::new(&mut self.ids);
            let figures = Figures::of(&self.book, self.now);
            let lacking = Lacking::default();
            let cx =
                Cx { refused: self.refused.clone(), ..Cx::of(&self.book, &figures, self.now, &[], &lacking, &fresh) };
            self.tab.ui(ui, &cx, &mut actions);
            if let Some(dialog) = &mut self.dialog {
                dialog.ui(ui.ctx(), &cx, &mut actions);
            }
        }
        for action in actions {
            match action {
                Action::Do(command) => self.run(command).expect("nothing was refused"),
                Action::Submit(command) => match self.run(command) {
                    Ok(()) => self.close(),
                    Err(refused) => self.refused = Some(refused),
                },
                Action::Open(dialog) => {
                    self.refused = None;
                    self.dialog = Some(*dialog);
                }
                Action::CloseDialog => self.close(),
                Action::ShowPlatform(platform) => self.platforms.push(platform),
                Action::ShowPayout(payout) => self.payouts.push(payout),
                Action::Say(text) => self.told.push(text),
                other @ (Action::Undo
                | Action::Redo
                | Action::SubmitThenOpen(..)
                | Action::CollectEvidence(_)
                | Action::Show(_)
                | Action::Back
                | Action::ShowSessions(_)
                | Action::ShowPage(_)
                | Action::OpenOutside(_)
                | Action::ProveIncome(_)
                | Action::WritePage(..)
                | Action::LookForFiles(_)
                | Action::SetBeside(_)
                | Action::ShowExpected(_)
                | Action::ShowEarnings(_)
                | Action::CloseWindow
                | Action::Ask(_)
                | Action::Found(_)
                | Action::Copy(_)
                | Action::CopyPicture(_)
                | Action::ShowFindings
                | Action::MendFile(..)
                | Action::ReadAgain
                | Action::OpenSample
                | Action::ReadRates(_)
                | Action::ChooseFiles
                | Action::ExportCalendar
                | Action::ReadStatement(_)
                | Action::Weigh(_)
                | Action::WriteCalendar(_)
                | Action::SaveCopy
                | Action::WriteCopy(_)
                | Action::TrySaving
                | Action::MakeFolderAnew
                | Action::TakeIn(_)
                | Action::BackUp
                | Action::ShowBackups
                | Action::LookAtBackup(_)
                | Action::AskToRestore(_)
                | Action::Restore
                | Action::CompareOutside
                | Action::TakeOverOutside
                | Action::LookThrough(..)
                | Action::CloseSample) => panic!("not asked for here: {other:?}"),
            }
        }
    }

    fn close(&mut self) {
        self.refused = None;
        self.dialog = None;
    }

    fn run(&mut self, command: Command) -> Result<(), Refused> {
        let change = command::plan(&self.book, &command, self.now)?;
        self.book.apply(&change);
        self.commands.push(command);
        self.refused = None;
        Ok(())
    }

    fn session(&self, id: u64) -> &Session {
        self.book.session(SessionId(id)).expect("it is there")
    }
}

const NOW: &str = "2026-11-22T13:20:17Z";

/// The Sunday of the pictures: an hour and 48 minutes of paid work, 50 minutes of assessment, a running timer.
fn sunday() -> Book {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-22T09:14:00Z", "2026-11-22T11:02:00Z", |session| session.credited_secs = Some(6000));
    kit.unpaid(2, 2, "2026-11-22T11:10:00Z", "2026-11-22T12:00:00Z");
    let mut running = crate::domain::query::work::testkit::session(3, "2026-11-22T12:38:00Z", None);
    running.project = Some(crate::domain::ids::ProjectId(1));
    kit.put(running);
    kit.work(4, 2, "2026-11-21T14:10:00Z", "2026-11-21T16:40:00Z", |_| {});
    kit.book
}

fn in_berlin(mut kit: Kit) -> Kit {
    kit.settings(|settings| settings.zone = chrono_tz::Europe::Berlin);
    kit
}

fn stage(stage: Stage) -> Harness<'static, Stage> {
    Harness::builder()
        .with_size([1280.0, 684.0])
        .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
        .build_ui_state(|ui, stage: &mut Stage| stage.frame(ui), stage)
}

const MORNING: &str = "Project 1, paid work, Sun 22 Nov, 09:14 – 11:02";
const TEST: &str = "Project 2, assessment, Sun 22 Nov, 11:10 – 12:00";

fn type_into(harness: &mut Harness<'_, Stage>, name: &str, text: &str) {
    let field = harness.get_by_role_and_label(Role::TextInput, name);
    field.focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, name).type_text(text);
    harness.run();
}

fn click_at(harness: &mut Harness<'_, Stage>, pos: egui::Pos2) {
    harness.hover_at(pos);
    harness.run();
    harness.drag_at(pos);
    harness.drop_at(pos);
    harness.run();
}

/// Chooses a row and then clicks one of its cells, this far from the left or (below zero) from the right.
fn click_cell(harness: &mut Harness<'_, Stage>, row: &str, cell: &str, inset: f32) {
    if harness.state().tab.chosen.one().is_none() {
        harness.get_by_role_and_label(Role::Row, row).click();
        harness.run();
        assert!(harness.state().tab.editing.is_none(), "the first click chooses the row");
        // Longer than a double click.
        harness.run_steps(4);
    }
    let row = harness.get_by_role_and_label(Role::Row, row).rect();
    let head = harness.get_by_role_and_label(Role::ColumnHeader, cell).rect();
    let x = if inset > 0.0 { head.left() } else { head.right() } + inset;
    click_at(harness, egui::pos2(x, row.center().y));
}

#[test]
fn days_stand_with_their_totals_and_rows_with_their_state() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    for label in ["Sunday 22 November", "Saturday 21 November", "running", "12:38 –", "unpaid", "1 h 40 m"] {
        assert!(harness.query_all_by_label(label).next().is_some(), "{label}");
    }
    // 1 h 48 m + 50 m + 42 m 17 s = 3 h 20 m (17 s); 4 sessions with the 2 h 30 m of the day before.
    harness.get_by_label("3 h 20 m");
    harness.get_by_label("4 sessions");
}

#[test]
fn what_was_made_beforehand_is_what_is_drawn() {
    let (book, now, lacking) = (sunday(), Now { at: at(NOW), zone: chrono_tz::UTC }, Lacking::default());
    let figures = Figures::of(&book, now);
    let mut tab = SessionsTab::default();
    tab.prepare(&Cx::of(&book, &figures, now, &[], &lacking, &Fresh::new(&mut FakeIds::after(1000))));
    // What is made of these has no rows.
    let of_nothing = Figures { work: Arc::new(Work::of(&Kit::new().book)), ..figures };
    let mut harness = Harness::builder()
        .with_size([1280.0, 684.0])
        .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
        .build_ui_state(
            move |ui, tab: &mut SessionsTab| {
                let mut ids = FakeIds::after(1000);
                let fresh = Fresh::new(&mut ids);
                tab.ui(ui, &Cx::of(&book, &of_nothing, now, &[], &lacking, &fresh), &mut Vec::new());
            },
            tab,
        );
    harness.run();
    harness.get_by_role_and_label(Role::Row, MORNING);
    harness.get_by_label("4 sessions");
}

#[test]
fn an_empty_book_says_what_goes_here_and_offers_the_first_step() {
    let mut harness = stage(Stage::new(Kit::new().book, NOW));
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "No sessions yet");
    harness.get_by_role_and_label(Role::Button, "Add session").click();
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "Add session");
}

#[test]
fn continue_begins_the_same_work_now_and_stops_what_runs() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    harness.get_by_role_and_label(Role::Row, TEST).click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Continue").click();
    harness.run();
    let [Command::SwitchSession(start)] = harness.state().commands.as_slice() else { panic!("a switch") };
    assert_eq!((start.activity, start.started_at), (Activity::Assessment, at(NOW)));
    assert_eq!(harness.state().session(3).state(), SessionState::Ended);
}

#[test]
fn delete_takes_all_that_is_chosen_without_a_question() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    harness.get_by_role_and_label(Role::Row, MORNING).click();
    harness.run();
    harness.get_by_role_and_label(Role::Row, TEST).click_modifiers(Modifiers::COMMAND);
    harness.run();
    harness.get_by_label("2 sessions chosen, 2 h 38 m");
    harness.key_press(Key::Delete);
    harness.run();
    assert_eq!(harness.state().commands, [Command::DeleteSessions(vec![SessionId(1), SessionId(2)])]);
    assert!(harness.query_by_role_and_label(Role::Row, TEST).is_none());
}

#[test]
fn the_menu_of_a_row_holds_the_same_verbs() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    harness.get_by_role_and_label(Role::Row, MORNING).click_secondary();
    harness.run();
    for verb in ["Continue", "Edit…", "Delete"] {
        harness.get_by_role_and_label(Role::MenuItem, verb);
    }
    harness.get_by_role_and_label(Role::MenuItem, "Edit…").click();
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "Edit session");
}

#[test]
fn a_time_is_edited_in_its_cell_and_read_as_people_type_it() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    // The left half is the start, the right half the end.
    click_cell(&mut harness, MORNING, "Time", 14.0);
    let field = format!("Start of {MORNING}");
    assert!(harness.get_by_role_and_label(Role::TextInput, &field).accesskit_node().is_focused());
    // All of it is marked, so that typing replaces it.
    harness.get_by_role_and_label(Role::TextInput, &field).type_text("0905");
    harness.run();
    harness.get_by_label("09:05 – 11:02, 1 h 57 m");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().session(1).started_at, at("2026-11-22T09:05:00Z"));
    assert_eq!(harness.state().session(1).ended_at, Some(at("2026-11-22T11:02:00Z")));
    assert!(harness.query_by_role_and_label(Role::TextInput, &field).is_none(), "the cell is a text again");
}

#[test]
fn a_length_is_edited_in_its_cell_and_escape_puts_it_back() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    click_cell(&mut harness, MORNING, "Own", 14.0);
    let field = format!("Own time of {MORNING}");
    harness.get_by_role_and_label(Role::TextInput, &field).type_text("2h");
    harness.run();
    harness.get_by_label("2 h, ends 11:14");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().commands.is_empty());
    click_cell(&mut harness, MORNING, "Own", 14.0);
    harness.get_by_role_and_label(Role::TextInput, &field).type_text("2h");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().session(1).ended_at, Some(at("2026-11-22T11:14:00Z")));
}

#[test]
fn what_does_not_fit_stays_in_the_cell_with_its_reason() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    click_cell(&mut harness, MORNING, "Time", -14.0);
    let field = format!("End of {MORNING}");
    harness.get_by_role_and_label(Role::TextInput, &field).type_text("9:00");
    harness.run();
    harness.get_by_label("Ends before it starts: 09:00 < 09:14");
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, &field);
    assert!(harness.state().commands.is_empty());
}

#[test]
fn the_activity_is_chosen_in_its_cell_and_paid_follows() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    click_cell(&mut harness, MORNING, "Activity", 14.0);
    harness.get_by_role_and_label(Role::ListBoxOption, "Rework").click();
    harness.run();
    let session = harness.state().session(1);
    assert_eq!((session.activity, session.paid), (Activity::Rework, false));
}

#[test]
fn enter_opens_the_chosen_row_and_ends_before_it_starts_is_said_at_the_end() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    harness.get_by_role_and_label(Role::Row, MORNING).click();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "Edit session");
    type_into(&mut harness, "Start", "14:20");
    type_into(&mut harness, "End", "2.05pm");
    let reason = harness.get_by_label("Ends before it starts: 14:05 < 14:20").rect();
    let field = harness.get_by_role_and_label(Role::TextInput, "End").rect();
    assert!(reason.top() >= field.bottom() && reason.top() < field.bottom() + 20.0, "{reason:?} under {field:?}");
    assert!(harness.get_by_role_and_label(Role::Button, "Save").accesskit_node().is_disabled());
}

#[test]
fn a_note_of_ten_thousand_letters_is_refused_beside_it_and_kept() {
    let mut harness = stage(Stage::new(sunday(), NOW));
    harness.run();
    harness.get_by_role_and_label(Role::Row, MORNING).click();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_role_and_label(Role::MultilineTextInput, "Note").focus();
    harness.run();
    harness.get_by_role_and_label(Role::MultilineTextInput, "Note").type_text(&"n".repeat(10_000));
    harness.run();
    harness.get_by_label("The note has 10000 letters; at most 4000");
    assert!(harness.get_by_role_and_label(Role::Button, "Save").accesskit_node().is_disabled());
    let value = harness.get_by_role_and_label(Role::MultilineTextInput, "Note").value().unwrap_or_default();
    assert_eq!(value.len(), 10_000);
}

#[test]
fn a_session_is_added_by_hand_with_a_length() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-22T09:14:00Z", "2026-11-22T11:02:00Z", |_| {});
    let mut harness = stage(Stage::new(kit.book, NOW));
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Add session").click();
    harness.run();
    // From the end of the last one, on the last project.
    let value = |harness: &Harness<'_, Stage>, name| {
        harness.get_by_role_and_label(Role::TextInput, name).value().unwrap_or_default()
    };
    assert_eq!(value(&harness, "Start"), "11:02");
    type_into(&mut harness, "Length", "1h 30m");
    assert_eq!(value(&harness, "End"), "12:32");
    harness.get_by_label("1 h 30 m, ends 12:32");
    harness.get_by_label("1 h 30 m · $37.50");
    harness.key_press(Key::Enter);
    harness.run();
    let [Command::AddSession(added)] = harness.state().commands.as_slice() else { panic!("one was added") };
    assert_eq!(added.started_at, at("2026-11-22T11:02:00Z"));
    assert_eq!(added.ended_at, Some(at("2026-11-22T12:32:00Z")));
    assert_eq!(added.id, SessionId(1001));
    assert!(harness.state().dialog.is_none());
}

#[test]
fn the_hour_that_the_clocks_skip_is_refused_at_the_start() {
    let mut harness = stage(Stage::new(in_berlin(Kit::new()).book, "2026-03-29T10:00:00Z"));
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Add session").click();
    harness.run();
    type_into(&mut harness, "Start", "2:30");
    // Source: IANA tzdata, Europe/Berlin: 02:00 to 03:00 on Sun 29 Mar 2026 does not exist.
    harness.get_by_label("02:30 doesn’t exist on Sun 29 Mar 2026: the clocks go forward");
}

#[test]
fn the_hour_that_comes_twice_is_asked_back() {
    let mut harness = stage(Stage::new(in_berlin(Kit::new()).book, "2026-10-25T10:00:00Z"));
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Add session").click();
    harness.run();
    type_into(&mut harness, "Start", "2:30");
    type_into(&mut harness, "End", "4:00");
    harness.get_by_label("02:30 happens twice on Sun 25 Oct 2026: say which");
    harness.get_by_role_and_label(Role::Button, "Start: the first time").click();
    harness.run();
    // From 02:30 summer time to 04:00 winter time are two and a half hours.
    harness.get_by_label("2 h 30 m, ends 04:00");
    harness.get_by_role_and_label(Role::Button, "Start: the second time").click();
    harness.run();
    harness.get_by_label("1 h 30 m, ends 04:00");
    harness.get_by_role_and_label(Role::Button, "Add").click();
    harness.run();
    let [Command::AddSession(added)] = harness.state().commands.as_slice() else { panic!("one was added") };
    assert_eq!(added.started_at, at("2026-10-25T01:30:00Z"));
}

#[test]
fn a_filter_of_another_screen_shows_its_days_and_can_be_cleared() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", |_| {});
    kit.work(2, 2, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |_| {});
    let mut harness = stage(Stage::new(kit.book, NOW));
    harness.run();
    assert!(harness.query_by_label("Monday 2 March").is_none(), "outside of the period");
    harness.state_mut().tab.show(SessionFilter {
        words: "Platform 1, Mon 2 Mar".into(),
        days: Some(DayRange::day(day("2026-03-02"))),
        ..SessionFilter::default()
    });
    harness.run();
    assert!(harness.query_all_by_label("Monday 2 March").next().is_some());
    assert!(harness.query_by_label("Saturday 21 November").is_none());
    harness.get_by_role_and_label(Role::Button, "Clear filter: Platform 1, Mon 2 Mar").click();
    harness.run();
    assert!(harness.query_all_by_label("Saturday 21 November").next().is_some());
}

#[test]
fn all_keys_are_listed() {
    let mut stage_of = Stage::new(Kit::new().book, NOW);
    stage_of.dialog = Some(Dialog::Keys(crate::ui::dialogs::KeysDialog::default()));
    let mut harness = stage(stage_of);
    harness.run();
    harness.get_by_role_and_label(Role::Row, "Undo, Ctrl+Z: Take the last change back");
    // The sheet has the keyboard: what is typed finds.
    harness.event(egui::Event::Text("stop".to_owned()));
    harness.run();
    harness.get_by_role_and_label(Role::Row, "Stop, X: End the session");
    assert!(harness.query_by_role_and_label(Role::Row, "Undo, Ctrl+Z: Take the last change back").is_none());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().dialog.is_none());
}
