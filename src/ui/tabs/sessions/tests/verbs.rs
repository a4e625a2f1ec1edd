//! Search and filters, many rows at once, gaps and overlaps, the row's menu, hours without clock times; by key alone, too.

use super::*;
use crate::domain::command::{Credited, SessionSetting};
use crate::domain::ids::ProjectId;
use crate::domain::query::work::testkit::usd;

const SATURDAY: &str = "Project 2, paid work, Sat 21 Nov, 14:10 – 16:40";
const RUNNING: &str = "Project 1, paid work, Sun 22 Nov, 12:38 –";

fn open(book: Book) -> Harness<'static, Stage> {
    let mut harness = stage(Stage::new(book, NOW));
    harness.run();
    harness
}

fn key(harness: &mut Harness<'_, Stage>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn text(harness: &mut Harness<'_, Stage>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run();
}

fn press(harness: &mut Harness<'_, Stage>, role: Role, name: &str) {
    harness.get_by_role_and_label(role, name).click();
    harness.run();
}

fn shows(harness: &Harness<'_, Stage>, row: &str) -> bool {
    harness.query_by_role_and_label(Role::Row, row).is_some()
}

fn chosen(harness: &Harness<'_, Stage>) -> Vec<u64> {
    harness.state().tab.chosen.ids.iter().map(|id| id.0).collect()
}

#[test]
fn a_search_by_key_narrows_the_list_and_its_totals() {
    let mut harness = open(sunday());
    key(&mut harness, Modifiers::COMMAND, Key::F);
    text(&mut harness, "project 2");
    assert!(shows(&harness, TEST) && shows(&harness, SATURDAY) && !shows(&harness, MORNING));
    harness.get_by_label("2 sessions");
    harness.get_by_label("3 h 20 m");
    text(&mut harness, " nowhere");
    harness.get_by_role_and_label(Role::Heading, "Nothing found");
    harness.get_by_label("No session of these days and filters has “project 2 nowhere”.");
    press(&mut harness, Role::Button, "Show all");
    assert!(shows(&harness, MORNING));
    // The other key, and Escape takes the search back.
    key(&mut harness, Modifiers::NONE, Key::Slash);
    text(&mut harness, "platform 1");
    assert!(!shows(&harness, TEST));
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(shows(&harness, TEST));
}

#[test]
fn letters_typed_into_the_search_are_no_verbs() {
    let mut harness = open(sunday());
    press(&mut harness, Role::Row, TEST);
    key(&mut harness, Modifiers::COMMAND, Key::F);
    for letter in [Key::C, Key::U, Key::K, Key::Delete] {
        key(&mut harness, Modifiers::NONE, letter);
    }
    assert!(harness.state().commands.is_empty() && harness.state().dialog.is_none());
}

#[test]
fn filters_hold_together_and_one_click_clears_them() {
    let mut harness = open(sunday());
    assert!(harness.query_by_role_and_label(Role::Button, "Clear search and filters").is_none());
    press(&mut harness, Role::ComboBox, "Project filter");
    press(&mut harness, Role::ListBoxOption, "Project 2");
    assert!(shows(&harness, TEST) && !shows(&harness, MORNING));
    press(&mut harness, Role::ComboBox, "Settled filter");
    press(&mut harness, Role::ListBoxOption, "Not settled");
    assert!(!shows(&harness, TEST) && shows(&harness, SATURDAY), "unpaid time is neither");
    press(&mut harness, Role::Button, "Clear search and filters");
    assert!(shows(&harness, MORNING) && shows(&harness, TEST));
}

#[test]
fn own_days_are_typed_in_words() {
    let mut harness = open(sunday());
    press(&mut harness, Role::ComboBox, "Period");
    press(&mut harness, Role::ListBoxOption, "Own days…");
    text(&mut harness, "20–21 Nov");
    assert!(shows(&harness, SATURDAY) && !shows(&harness, MORNING));
    harness.get_by_label("Fri 20 – Sat 21 Nov");
    text(&mut harness, "x");
    harness.get_by_label("Days such as last week, 2–8 Nov or November, please");
    press(&mut harness, Role::ComboBox, "Period");
    press(&mut harness, Role::ListBoxOption, "This week");
    assert!(shows(&harness, MORNING), "a period takes the place of own days");
}

#[test]
fn a_gap_is_a_row_that_can_be_filled() {
    let mut harness = open(sunday());
    press(&mut harness, Role::Button, "Fill… 38 m not recorded, 12:00 – 12:38");
    harness.get_by_role_and_label(Role::Heading, "Add session");
    let value = |name| harness.get_by_role_and_label(Role::TextInput, name).value().unwrap_or_default();
    assert_eq!((value("Start"), value("End"), value("Length")), ("12:00".into(), "12:38".into(), "38 m".into()));
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let [Command::AddSession(added)] = harness.state().commands.as_slice() else { panic!("one was added") };
    assert_eq!((added.started_at, added.project), (at("2026-11-22T12:00:00Z"), Some(ProjectId(2))));
    assert!(!shows(&harness, "38 m not recorded, 12:00 – 12:38"));
}

#[test]
fn a_gap_can_be_left_by_key_and_is_not_told_again() {
    let mut kit = Kit { book: sunday() };
    kit.unpaid(5, 2, "2026-11-22T08:30:00Z", "2026-11-22T08:56:00Z");
    let mut harness = open(kit.book);
    assert!(shows(&harness, "18 m not recorded, 08:56 – 09:14"));
    assert!(!shows(&harness, "8 m not recorded, 11:02 – 11:10"), "a break is no gap");
    press(&mut harness, Role::Row, "Project 2, assessment, Sun 22 Nov, 08:30 – 08:56");
    key(&mut harness, Modifiers::NONE, Key::W);
    assert!(!shows(&harness, "18 m not recorded, 08:56 – 09:14"));
    assert!(shows(&harness, "38 m not recorded, 12:00 – 12:38"), "the other one stays");
    let [Command::SetSeen { words, .. }] = harness.state().commands.as_slice() else { panic!("it was put aside") };
    assert_eq!(words, "Leave 18 m not recorded");
}

#[test]
fn an_overlap_is_mended_where_it_is_told() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-22T09:00:00Z", "2026-11-22T11:00:00Z", |_| {});
    kit.work(2, 2, "2026-11-22T10:30:00Z", "2026-11-22T12:00:00Z", |_| {});
    let mut harness = open(kit.book);
    press(&mut harness, Role::Button, "Project 1, paid work, Sun 22 Nov, 09:00 – 11:00: overlaps Project 2");
    harness.get_by_role_and_label(Role::MenuItem, "Both are right");
    press(&mut harness, Role::MenuItem, "End the first at 10:30");
    assert_eq!(harness.state().session(1).ended_at, Some(at("2026-11-22T10:30:00Z")));
    assert!(harness.query_by_label("overlaps Project 1").is_none());
}

#[test]
fn rows_are_chosen_by_the_arrows_with_shift_and_all_at_once() {
    let mut harness = open(sunday());
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(chosen(&harness), [3], "the newest first");
    key(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    key(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(chosen(&harness), [1, 2, 3]);
    key(&mut harness, Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(chosen(&harness), [2, 3], "back again");
    key(&mut harness, Modifiers::SHIFT, Key::End);
    assert_eq!(chosen(&harness), [1, 2, 3, 4]);
    key(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(chosen(&harness), [3]);
    key(&mut harness, Modifiers::COMMAND, Key::A);
    assert_eq!(chosen(&harness), [1, 2, 3, 4]);
    harness.get_by_label("4 sessions chosen, 5 h 50 m");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(chosen(&harness), [0; 0]);
}

#[test]
fn shift_and_ctrl_clicks_choose_a_stretch_and_single_rows() {
    let mut harness = open(sunday());
    press(&mut harness, Role::Row, RUNNING);
    harness.get_by_role_and_label(Role::Row, MORNING).click_modifiers(Modifiers::SHIFT);
    harness.run();
    assert_eq!(chosen(&harness), [1, 2, 3]);
    harness.get_by_role_and_label(Role::Row, TEST).click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert_eq!(chosen(&harness), [1, 3]);
}

#[test]
fn several_are_moved_to_another_project_by_key_alone() {
    let mut harness = open(sunday());
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    key(&mut harness, Modifiers::SHIFT, Key::End);
    key(&mut harness, Modifiers::NONE, Key::M);
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let ids = [1, 2, 3, 4].map(SessionId).to_vec();
    let to = SessionSetting::Project(Some(ProjectId(2)));
    assert_eq!(harness.state().commands, [Command::SetSessions { ids, to }], "one step of undo");
    assert_eq!(harness.state().session(1).project, Some(ProjectId(2)));
}

#[test]
fn several_get_an_activity_a_task_type_credited_time_and_pay() {
    let mut harness = open(sunday());
    press(&mut harness, Role::Row, MORNING);
    harness.get_by_role_and_label(Role::Row, SATURDAY).click_modifiers(Modifiers::COMMAND);
    harness.run();
    press(&mut harness, Role::ComboBox, "Task type…");
    text(&mut harness, "Coding");
    press(&mut harness, Role::ListBoxOption, "New: “Coding”");
    assert_eq!(harness.state().session(4).task_type.as_deref(), Some("Coding"));
    press(&mut harness, Role::ComboBox, "Credited…");
    text(&mut harness, "1h 40m");
    press(&mut harness, Role::ListBoxOption, "1 h 40 m each");
    assert_eq!(harness.state().session(4).credited_secs, Some(6000));
    press(&mut harness, Role::ComboBox, "Credited…");
    press(&mut harness, Role::ListBoxOption, "As own time");
    press(&mut harness, Role::Button, "Mark as unpaid");
    assert!(!harness.state().session(1).paid);
    press(&mut harness, Role::Button, "Mark as paid");
    press(&mut harness, Role::ComboBox, "Activity…");
    press(&mut harness, Role::ListBoxOption, "Rework");
    let ids = || vec![SessionId(1), SessionId(4)];
    let set = |to| Command::SetSessions { ids: ids(), to };
    assert_eq!(
        harness.state().commands,
        [
            set(SessionSetting::TaskType(Some("Coding".into()))),
            set(SessionSetting::Credited(Credited::Each(6000))),
            set(SessionSetting::Credited(Credited::AsOwn)),
            set(SessionSetting::Paid(false)),
            set(SessionSetting::Paid(true)),
            set(SessionSetting::Activity(Activity::Rework)),
        ]
    );
}

#[test]
fn the_menu_opens_by_key_and_the_arrows_walk_through_it() {
    let mut harness = open(sunday());
    press(&mut harness, Role::Row, MORNING);
    key(&mut harness, Modifiers::SHIFT, Key::F10);
    harness.run();
    assert!(harness.get_by_role_and_label(Role::MenuItem, "Continue").accesskit_node().is_focused());
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(harness.get_by_role_and_label(Role::MenuItem, "Duplicate…").accesskit_node().is_focused());
    key(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_role_and_label(Role::Heading, "Add session");
    let value = |name| harness.get_by_role_and_label(Role::TextInput, name).value().unwrap_or_default();
    assert_eq!((value("Start"), value("Credited")), ("09:14".into(), String::new()), "credited time is of the other");
}

#[test]
fn the_menu_holds_every_verb_of_the_row() {
    let mut harness = open(sunday());
    harness.get_by_role_and_label(Role::Row, MORNING).click_secondary();
    harness.run();
    let verbs = [
        "Continue",
        "Edit…",
        "Duplicate…",
        "Split…",
        "Move to…",
        "Activity…",
        "Task type…",
        "Credited…",
        "Mark as unpaid",
        "Show platform",
        "Show payout",
        "Delete",
    ];
    for verb in verbs {
        harness.get_by_role_and_label(Role::MenuItem, verb);
    }
    press(&mut harness, Role::MenuItem, "Show platform");
    assert_eq!(harness.state().platforms, [PlatformId(1)]);
    harness.get_by_role_and_label(Role::Row, MORNING).click_secondary();
    harness.run();
    press(&mut harness, Role::MenuItem, "Credited…");
    press(&mut harness, Role::ListBoxOption, "Not known");
    assert_eq!(harness.state().session(1).credited_secs, None, "its list opened at the foot");
}

#[test]
fn the_payout_of_a_landed_session_is_shown_and_where_there_is_none_that_is_said() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-22T09:14:00Z", "2026-11-22T11:02:00Z", |_| {});
    kit.unpaid(2, 2, "2026-11-22T11:10:00Z", "2026-11-22T12:00:00Z");
    let owed = kit.earning(3, "45", &[SessionId(1)]);
    kit.payout(5, "25", Some(usd("25")), "2026-11-22", &[(owed, "25")]);
    kit.payout(6, "20", Some(usd("20")), "2026-11-21", &[(owed, "20")]);
    let mut harness = open(kit.book);
    press(&mut harness, Role::Row, MORNING);
    key(&mut harness, Modifiers::NONE, Key::O);
    assert_eq!(harness.state().payouts, [PayoutId(5)], "the latest of both");
    press(&mut harness, Role::Row, TEST);
    key(&mut harness, Modifiers::NONE, Key::O);
    assert_eq!(harness.state().payouts.len(), 1);
    assert_eq!(harness.state().told, ["No payout holds money of this session"]);
}

#[test]
fn a_session_is_split_where_it_was_typed() {
    let mut harness = open(sunday());
    press(&mut harness, Role::Row, MORNING);
    key(&mut harness, Modifiers::NONE, Key::K);
    harness.get_by_role_and_label(Role::Heading, "Split session");
    type_into(&mut harness, "At", "9:00");
    harness.get_by_label("Must lie between 09:14 and 11:02");
    assert!(harness.get_by_role_and_label(Role::Button, "Split").accesskit_node().is_disabled());
    type_into(&mut harness, "At", "10:02");
    harness.get_by_label("48 m and 1 h");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().session(1).ended_at, Some(at("2026-11-22T10:02:00Z")));
    // 1 h 40 m credited for 1 h 48 m, by time: 44 m 27 s and 55 m 33 s.
    assert_eq!(harness.state().session(1).credited_secs, Some(2667));
    assert!(harness.state().dialog.is_none());
}

#[test]
fn an_empty_list_offers_hours_without_clock_times_too() {
    let mut harness = open(Kit::new().book);
    harness.get_by_role_and_label(Role::Heading, "No sessions yet");
    press(&mut harness, Role::Button, "Add hours…");
    harness.get_by_role_and_label(Role::Heading, "Add hours");
}

#[test]
fn hours_of_last_week_are_added_and_stand_on_their_days() {
    let mut harness = open(sunday());
    press(&mut harness, Role::Button, "Add hours…");
    type_into(&mut harness, "Hours", "22");
    type_into(&mut harness, "Amount", "410");
    harness.get_by_label("Mon 9 – Sun 15 Nov");
    harness.get_by_label("about 3 h 08 m a day · $410.00 · $18.64/h");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let [Command::DeclareHours(declared)] = harness.state().commands.as_slice() else { panic!("hours were added") };
    assert_eq!((declared.secs, declared.amount), (22 * 3600, Some(usd("410"))));
    let row = "Project 1, paid work, Sun 15 Nov, declared";
    assert!(shows(&harness, row));
    press(&mut harness, Role::Row, row);
    assert!(harness.query_all_by_label("Sunday 15 November").count() >= 2, "a head, and the day beside");
    harness.get_by_label("Project 1 · paid work, 3 h 08 m, declared");
}
