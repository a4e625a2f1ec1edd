//! The Rates tab by role and label: what is shown, and what a click or a key asks for.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use std::collections::BTreeSet;

use super::*;
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::hours::Period;
use crate::domain::query::work::testkit::Kit;
use crate::ui::action::SessionFilter;
use crate::ui::dialogs::Dialog;
use crate::ui::testing::with_cx;
use crate::ui::theme::ThemeChoice;
use crate::ui::view::rates::Days;
use egui::{Key, Role};

const NOW: &str = "2026-11-22T13:00:00Z";

struct Scene {
    tab: RatesTab,
    book: Book,
    asked: Vec<Action>,
}

fn window(kit: &Kit, size: [f32; 2]) -> Harness<'static, Scene> {
    let scene = Scene { tab: RatesTab::default(), book: kit.book.clone(), asked: Vec::new() };
    Harness::builder().with_size(size).with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark)).build_ui_state(
        |ui, scene: &mut Scene| {
            let Scene { tab, book, asked } = scene;
            with_cx(book, NOW, None, |cx| tab.ui(ui, cx, asked));
        },
        scene,
    )
}

fn eleven_hours() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T14:30:00Z", |_| {});
    kit.unpaid(2, 1, "2026-11-20T15:00:00Z", "2026-11-20T19:30:00Z");
    kit
}

/// The same work on two days: 13 paid hours of 22.
fn twice() -> Kit {
    let mut kit = eleven_hours();
    kit.work(3, 1, "2026-11-13T08:00:00Z", "2026-11-13T14:30:00Z", |_| {});
    kit.unpaid(4, 1, "2026-11-13T15:00:00Z", "2026-11-13T19:30:00Z");
    kit
}

const BAR: &str = "Platform 1: 14.77 USD an hour over all hours, of 25.00";
const ROW: &str = "Platform 1, 22 h 00 m, 14.77 an hour over all hours, earned $325.00";
const CHART: &str = "Over time, chart; the arrow keys walk its points";

fn open_table(harness: &mut Harness<'_, Scene>, of: &str) {
    let name = format!("The same figures as a table ›: {of}");
    harness.get_by_role_and_label(Role::Button, &name).click();
    harness.run();
}

fn choose(harness: &mut Harness<'_, Scene>, picker: &str, option: &str) {
    harness.get_by_role_and_label(Role::ComboBox, picker).click();
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, option).click();
    harness.run();
}

fn copied(harness: &Harness<'_, Scene>) -> String {
    match harness.state().asked.as_slice() {
        [.., Action::Copy(text), Action::Say(said)] if said == "Copied the table" => text.clone(),
        other => panic!("{other:?}"),
    }
}

fn last(harness: &Harness<'_, Scene>) -> SessionFilter {
    match harness.state().asked.last() {
        Some(Action::ShowSessions(filter)) => filter.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn under_ten_paid_hours_there_is_one_figure_and_two_bars() {
    for size in [[1280.0, 700.0], [900.0, 480.0]] {
        let harness = window(&eleven_hours(), size);
        harness.get_by_label("$14.77");
        harness.get_by_label_contains("advertised $25.00 · you keep 59 %");
        harness.get_by_role_and_label(Role::Button, "recorded: 25.00 USD an hour");
        harness.get_by_label("under ten paid hours: too little to say more");
        assert!(harness.query_by_label("Platforms side by side").is_none());
        assert!(harness.query_by_role_and_label(Role::Image, CHART).is_none());
    }
}

#[test]
fn a_bar_and_its_row_open_to_the_sessions_of_the_platform() {
    for size in [[1280.0, 900.0], [640.0, 900.0]] {
        let mut harness = window(&twice(), size);
        harness.get_by_role_and_label(Role::Button, BAR).click();
        harness.run();
        let filter = last(&harness);
        assert_eq!(filter.platform, Some(PlatformId(1)));
        assert_eq!(filter.words, "Platform 1, Mon 26 Oct – Sun 22 Nov");
        let days = DayRange::new("2026-10-26".parse().unwrap(), "2026-11-22".parse().unwrap());
        assert_eq!((filter.days, filter.sessions), (Some(days), None));
    }
    let mut harness = window(&twice(), [1280.0, 900.0]);
    open_table(&mut harness, "platforms");
    harness.get_by_role_and_label(Role::Row, ROW).click();
    harness.run();
    assert_eq!(last(&harness).platform, Some(PlatformId(1)));
}

#[test]
fn a_step_opens_to_all_of_the_sessions_and_a_task_type_to_its_own() {
    let mut kit = twice();
    kit.work(5, 2, "2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z", |session| {
        session.task_type = Some("rating".into());
    });
    let mut harness = window(&kit, [1280.0, 900.0]);
    harness.get_by_role_and_label(Role::Button, "recorded: 25.00 USD an hour").click();
    harness.run();
    assert_eq!(last(&harness).words, "all platforms, Mon 26 Oct – Sun 22 Nov");
    choose(&mut harness, "Compare", "Task types");
    harness.get_by_role_and_label(Role::Button, "rating: 25.00 USD an hour over all hours, of 25.00").click();
    harness.run();
    assert_eq!(last(&harness).sessions, Some(BTreeSet::from([SessionId(5)])));
    choose(&mut harness, "Compare", "Projects");
    let project = "Platform 2 · Project 2: 25.00 USD an hour over all hours, of 25.00";
    harness.get_by_role_and_label(Role::Button, project).click();
    harness.run();
    assert_eq!(last(&harness).project, Some(ProjectId(2)));
}

#[test]
fn each_table_is_put_on_the_clipboard_in_plain_numbers() {
    let mut harness = window(&twice(), [1280.0, 900.0]);
    open_table(&mut harness, "platforms");
    harness.get_by_role_and_label(Role::Button, "Copy the sides").click();
    harness.run();
    assert_eq!(
        copied(&harness).lines().nth(1),
        Some("Platform 1\t22\t13\t25.00\t25.00\t25.00\t25.00\t14.77\t\t325.00")
    );
    open_table(&mut harness, "steps");
    harness.get_by_role_and_label(Role::Button, "Copy the steps").click();
    harness.run();
    assert_eq!(copied(&harness).lines().nth(5), Some("all hours\t14.77\t-10.23\t325.00\t22\t−10.23 unpaid hours"));
    harness.get_by_role_and_label(Role::Button, "Hide the table: steps").click();
    harness.run();
    assert!(harness.query_by_label("Copy the steps").is_none());
    open_table(&mut harness, "rates over time");
    harness.get_by_role_and_label(Role::Button, "Copy the rates over time").click();
    harness.run();
    assert_eq!(copied(&harness).lines().nth(1), Some("2026-11-09\t2026-11-15\tPlatform 1\t14.77\t11\t6.5\t162.50"));
}

#[test]
fn the_arrow_keys_walk_the_points_which_are_read_out_and_open_to_their_sessions() {
    let mut harness = window(&twice(), [1280.0, 900.0]);
    let chart = |harness: &Harness<'_, Scene>| {
        harness.get_by_role_and_label(Role::Image, CHART).accesskit_node().value().unwrap_or_default()
    };
    harness.get_by_role_and_label(Role::Image, CHART).focus();
    harness.run();
    let newest = "Platform 1, week of 16 Nov: $14.77/h over all hours · 6 h 30 m paid of 11 h · earned $162.50";
    assert_eq!(chart(&harness), newest);
    harness.get_by_label(newest);
    harness.key_press(Key::ArrowLeft);
    harness.run();
    assert!(chart(&harness).starts_with("Platform 1, week of 9 Nov: $14.77/h"), "{}", chart(&harness));
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert!(harness.get_by_role_and_label(Role::Image, CHART).is_focused(), "there is no line below");
    harness.key_press(Key::Enter);
    harness.run();
    let filter = last(&harness);
    assert_eq!(filter.words, "Platform 1, Mon 9 – Sun 15 Nov");
    let days = DayRange::new("2026-11-09".parse().unwrap(), "2026-11-15".parse().unwrap());
    assert_eq!((filter.platform, filter.days), (Some(PlatformId(1)), Some(days)));
}

#[test]
fn thirty_platforms_scroll_and_the_arrow_keys_reach_the_last() {
    let mut kit = twice();
    for n in 3..=30 {
        kit.put(crate::domain::platform::Platform::new(PlatformId(n), format!("Platform {n}"), Currency::USD));
        kit.put(crate::domain::platform::Project::new(ProjectId(n), PlatformId(n), format!("Project {n}")));
        kit.terms(n, n, Currency::USD, crate::domain::terms::Pay::PerHour(i64::try_from(60 - n).unwrap().into()));
        kit.work(n + 10, n, "2026-11-19T12:00:00Z", "2026-11-19T13:00:00Z", |_| {});
    }
    let mut harness = window(&kit, [1280.0, 900.0]);
    let bars = |harness: &Harness<'_, Scene>| {
        let all = harness.query_all_by_role(Role::Button);
        all.filter(|node| node.accesskit_node().label().is_some_and(|name| name.contains("an hour over all hours")))
            .count()
    };
    assert!(bars(&harness) <= 7, "{}", bars(&harness));
    let first = "Platform 3: 57.00 USD an hour over all hours, of 57.00";
    harness.get_by_role_and_label(Role::Button, first).focus();
    harness.run();
    for _ in 0..40 {
        harness.key_press(Key::ArrowDown);
        harness.run();
    }
    assert!(harness.get_by_role_and_label(Role::Button, BAR).is_focused());
    assert!(bars(&harness) <= 7);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(last(&harness).platform, Some(PlatformId(1)));
}

#[test]
fn the_summary_is_copied_as_a_picture_and_asks_before_it_names_projects() {
    let mut harness = window(&twice(), [900.0, 480.0]);
    harness.get_by_role_and_label(Role::Button, "Copy as picture").click();
    harness.run();
    let picture = |harness: &Harness<'_, Scene>| match harness.state().asked.as_slice() {
        [.., Action::CopyPicture(image), Action::Say(said)] if said == "Copied as a picture" => image.clone(),
        other => panic!("{} actions", other.len()),
    };
    let by_platform = picture(&harness);
    assert_eq!(by_platform.width(), 1520);
    assert!(by_platform.height() > 700, "{}", by_platform.height());
    choose(&mut harness, "Compare", "Projects");
    harness.get_by_role_and_label(Role::Button, "Copy as picture").click();
    harness.run();
    harness.get_by_role_and_label(Role::MenuItem, "Projects as “Project 1”, “Project 2”…").click();
    harness.run();
    let masked = picture(&harness);
    harness.get_by_role_and_label(Role::Button, "Copy as picture").click();
    harness.run();
    harness.get_by_role_and_label(Role::MenuItem, "With project names").click();
    harness.run();
    assert_eq!(masked.pixels, picture(&harness).pixels, "its name is Project 1 anyway");
    assert_ne!(masked.pixels, by_platform.pixels);
}

#[test]
fn a_missing_exchange_rate_says_its_pair_and_opens_the_settings_there() {
    let mut kit = eleven_hours();
    kit.work(3, 2, "2026-11-03T08:00:00Z", "2026-11-03T09:00:00Z", |session| {
        session.own_price = Some(Money::new(9.into(), Currency::GBP));
    });
    let mut harness = window(&kit, [900.0, 480.0]);
    let text = "No rate from GBP to USD for Tue 3 Nov: figures that need it are left out";
    harness.get_by_label(text);
    harness.get_by_role_and_label(Role::Button, &format!("Exchange rates… {text}")).click();
    harness.run();
    let Some(Action::Open(dialog)) = harness.state().asked.last() else { panic!("nothing opened") };
    assert!(matches!(**dialog, Dialog::Settings(_)));
}

#[test]
fn periods_and_platforms_are_chosen_and_settled_only_is_a_switch() {
    let mut kit = twice();
    kit.work(5, 2, "2026-08-01T08:00:00Z", "2026-08-01T20:00:00Z", |_| {});
    let mut harness = window(&kit, [1280.0, 900.0]);
    assert!(harness.query_by_label_contains("Platform 2: 25.00").is_none());
    choose(&mut harness, "Period", "All time");
    harness.get_by_label_contains("Platform 2: 25.00");
    harness.get_by_role_and_label(Role::Button, "Platform filter: All platforms").click();
    harness.run();
    harness.get_by_role_and_label(Role::CheckBox, "Platform 2").click();
    harness.run();
    harness.get_by_label_contains("12 h paid, 0 m unpaid");
    harness.get_by_role_and_label(Role::CheckBox, "Platform 1").click();
    harness.run();
    harness.get_by_label_contains("25 h paid, 9 h unpaid");
    harness.key_press(Key::Escape);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Platform filter: 2 platforms").click();
    harness.run();
    harness.get_by_role_and_label(Role::CheckBox, "Platform 1").click();
    harness.key_press(Key::Escape);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Settled only").click();
    harness.run();
    assert!(harness.state().tab.look.settled_only);
    harness.get_by_role_and_label(Role::Button, "Show all of it").click();
    harness.run();
    assert_eq!(harness.state().tab.look, Look { days: Days::Period(Period::All), ..Look::default() });
}

#[test]
fn several_platforms_open_to_their_sessions_one_by_one() {
    let mut kit = twice();
    kit.work(5, 2, "2026-11-19T08:00:00Z", "2026-11-19T10:00:00Z", |_| {});
    let mut harness = window(&kit, [1280.0, 900.0]);
    harness.state_mut().tab.look.platforms = BTreeSet::from([PlatformId(1), PlatformId(2)]);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "recorded: 25.00 USD an hour").click();
    harness.run();
    let filter = last(&harness);
    assert_eq!(filter.words, "2 platforms, Mon 26 Oct – Sun 22 Nov");
    assert_eq!((filter.platform, filter.sessions.map(|of| of.len())), (None, Some(5)));
}

#[test]
fn days_of_ones_own_are_typed_and_a_wrong_one_says_why() {
    let mut harness = window(&twice(), [1280.0, 900.0]);
    choose(&mut harness, "Period", "Own days…");
    let fill = |harness: &mut Harness<'_, Scene>, field: &str, text: &str| {
        harness.get_by_role_and_label(Role::TextInput, field).click();
        harness.run();
        harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        harness.key_press(Key::Enter);
        harness.run();
    };
    fill(&mut harness, "From", "20 Nov");
    harness.get_by_label_contains("6 h 30 m paid, 4 h 30 m unpaid");
    fill(&mut harness, "To", "19 Nov");
    harness.get_by_label("Ends before it starts");
    harness.get_by_label_contains("6 h 30 m paid, 4 h 30 m unpaid");
    fill(&mut harness, "From", "13 Nov");
    assert!(harness.query_by_label("Ends before it starts").is_none());
    harness.get_by_label_contains("6 h 30 m paid, 4 h 30 m unpaid");
    let days = DayRange::new("2026-11-13".parse().unwrap(), "2026-11-19".parse().unwrap());
    assert_eq!(harness.state().tab.look.days, Days::Own(days));
    choose(&mut harness, "Period", "Last 4 weeks");
    assert!(harness.query_by_role_and_label(Role::TextInput, "From").is_none());
}

#[test]
fn weeks_and_months_are_a_switch() {
    let mut harness = window(&twice(), [1280.0, 900.0]);
    open_table(&mut harness, "rates over time");
    harness.get_by_label_contains("week of 16 Nov: $14.77/h");
    harness.get_by_role_and_label(Role::Button, "Months").click();
    harness.run();
    harness.get_by_label_contains("Nov 2026: $14.77/h");
}

#[test]
fn what_sources_say_is_shown_when_asked_for() {
    let mut harness = window(&twice(), [1280.0, 900.0]);
    assert!(harness.query_by_label("What sources say is advertised").is_none());
    harness.get_by_role_and_label(Role::Button, "Compare with the market").click();
    harness.run();
    harness.get_by_label("No hourly range is known of Platform 1");
}

#[test]
fn an_empty_book_offers_to_enter_time() {
    let mut harness = window(&Kit::new(), [900.0, 480.0]);
    harness.get_by_role_and_label(Role::Heading, "No work yet");
    harness.get_by_role_and_label(Role::Button, "Enter time…").click();
    harness.run();
    assert!(matches!(harness.state().asked.as_slice(), [Action::Open(_)]));
}
