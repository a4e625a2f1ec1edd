//! The Rates tab by role and label: what is shown, and what a click asks for.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::work::testkit::Kit;
use crate::domain::span::DayRange;
use crate::ui::testing::with_cx;
use crate::ui::theme::ThemeChoice;
use egui::Role;

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

fn last(harness: &Harness<'_, Scene>) -> SessionFilter {
    match harness.state().asked.last() {
        Some(Action::ShowSessions(filter)) => filter.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_answer_and_what_it_keeps_stand_on_the_screen() {
    for size in [[1280.0, 700.0], [900.0, 480.0]] {
        let harness = window(&eleven_hours(), size);
        harness.get_by_label("$14.77");
        harness.get_by_label_contains("advertised $25.00 · you keep 59 %");
        harness.get_by_role_and_label(Role::Button, "recorded: 25.00 USD an hour");
        harness.get_by_label("under ten paid hours: too little to say more");
    }
}

#[test]
fn a_bar_and_its_row_open_to_the_sessions_of_the_platform() {
    let mut harness = window(&eleven_hours(), [1280.0, 900.0]);
    let bar = "Platform 1: 14.77 USD an hour over all hours, of 25.00";
    harness.get_by_role_and_label(Role::Button, bar).click();
    harness.run();
    let filter = last(&harness);
    assert_eq!(filter.platform, Some(PlatformId(1)));
    assert_eq!(filter.words, "Platform 1, Mon 26 Oct – Sun 22 Nov");
    let days = DayRange::new("2026-10-26".parse().unwrap(), "2026-11-22".parse().unwrap());
    assert_eq!((filter.days, filter.sessions), (Some(days), None));
    let row = "Platform 1, 11 h 00 m, 14.77 an hour over all hours, earned $162.50";
    harness.get_by_role_and_label(Role::Row, row).click();
    harness.run();
    assert_eq!(last(&harness).platform, Some(PlatformId(1)));
    let chart = "Platforms side by side, chart; the table below holds the same figures";
    harness.get_by_role_and_label(Role::Image, chart);
}

#[test]
fn a_click_on_the_drawn_bar_is_a_click_on_its_row() {
    let mut harness = window(&eleven_hours(), [1280.0, 900.0]);
    let chart = "Platforms side by side, chart; the table below holds the same figures";
    let at = harness.get_by_role_and_label(Role::Image, chart).rect().left_center() + vec2(20.0, 0.0);
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    assert_eq!(last(&harness).platform, Some(PlatformId(1)));
}

#[test]
fn a_step_opens_to_all_of_the_sessions_and_a_task_type_to_its_own() {
    let mut kit = eleven_hours();
    kit.work(3, 2, "2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z", |session| {
        session.task_type = Some("rating".into());
    });
    let mut harness = window(&kit, [1280.0, 900.0]);
    harness.get_by_role_and_label(Role::Button, "recorded: 25.00 USD an hour").click();
    harness.run();
    assert_eq!(last(&harness).words, "all platforms, Mon 26 Oct – Sun 22 Nov");
    harness.get_by_role_and_label(Role::ComboBox, "Compare").click();
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, "Task types").click();
    harness.run();
    harness.get_by_role_and_label(Role::Row, "rating, 1 h 00 m, 25.00 an hour over all hours, earned $25.00").click();
    harness.run();
    assert_eq!(last(&harness).sessions, Some(BTreeSet::from([SessionId(3)])));
    harness.get_by_role_and_label(Role::ComboBox, "Compare").click();
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, "Projects").click();
    harness.run();
    let project = "Platform 2 · Project 2, 1 h 00 m, 25.00 an hour over all hours, earned $25.00";
    harness.get_by_role_and_label(Role::Row, project).click();
    harness.run();
    assert_eq!(last(&harness).project, Some(ProjectId(2)));
}

#[test]
fn the_table_is_put_on_the_clipboard() {
    let mut harness = window(&eleven_hours(), [1280.0, 900.0]);
    harness.get_by_role_and_label(Role::Button, "Copy").click();
    harness.run();
    let Some(Action::Copy(text)) = harness.state().asked.last() else { panic!("nothing copied") };
    assert_eq!(
        text,
        "Platform\tHours\tPaid\tAdvertised\tRecorded\tAccepted\tReceived\tAll hours\tAfter tax\tEarned\n\
         Platform 1\t11 h 00 m\t6 h 30 m\t25.00\t25.00\t25.00\t25.00\t14.77\t–\t$162.50\n\
         Together\t11 h 00 m\t6 h 30 m\t25.00\t25.00\t25.00\t25.00\t14.77\t–\t$162.50\n"
    );
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
    let mut kit = eleven_hours();
    kit.work(3, 2, "2026-08-01T08:00:00Z", "2026-08-01T09:00:00Z", |_| {});
    let mut harness = window(&kit, [1280.0, 900.0]);
    assert!(harness.query_by_label("Platform 2").is_none());
    harness.get_by_role_and_label(Role::ComboBox, "Period").click();
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, "All time").click();
    harness.run();
    let row = "Platform 2, 1 h 00 m, 25.00 an hour over all hours, earned $25.00";
    harness.get_by_role_and_label(Role::Row, row);
    harness.get_by_role_and_label(Role::ComboBox, "Platform filter").click();
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, "Platform 2").click();
    harness.run();
    harness.get_by_label_contains("1 h paid, 0 m unpaid");
    harness.get_by_role_and_label(Role::Button, "Settled only").click();
    harness.run();
    assert!(harness.state().tab.look.settled_only);
    harness.get_by_role_and_label(Role::Button, "Show all of it").click();
    harness.run();
    assert_eq!(harness.state().tab.look, Look { period: Period::All, ..Look::default() });
}

#[test]
fn an_empty_book_offers_to_enter_time() {
    let mut harness = window(&Kit::new(), [900.0, 480.0]);
    harness.get_by_role_and_label(Role::Heading, "No work yet");
    harness.get_by_role_and_label(Role::Button, "Enter time…").click();
    harness.run();
    assert!(matches!(harness.state().asked.as_slice(), [Action::Open(_)]));
}
