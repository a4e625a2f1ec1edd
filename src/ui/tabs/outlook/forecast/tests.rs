//! The page by role and label: what is shown, and what a click or a key asks for.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::domain::book::Book;
use crate::domain::query::work::testkit::Kit;
use crate::ui::testing::with_cx;
use crate::ui::theme::ThemeChoice;
use crate::ui::view::forecast::tests::two_weeks;
use egui::Key;

const NOW: &str = "2026-11-22T12:00:00Z";
const CHART: &str = "The next twelve weeks, chart; the arrow keys walk its weeks";

struct Scene {
    page: ForecastPage,
    book: Book,
    asked: Vec<Action>,
}

fn window(kit: &Kit, size: [f32; 2]) -> Harness<'static, Scene> {
    let scene = Scene { page: ForecastPage::default(), book: kit.book.clone(), asked: Vec::new() };
    Harness::builder().with_size(size).with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark)).build_ui_state(
        |ui, scene: &mut Scene| {
            let Scene { page, book, asked } = scene;
            with_cx(book, NOW, None, |cx| page.ui(ui, cx, asked));
        },
        scene,
    )
}

fn said(harness: &Harness<'_, Scene>) -> String {
    harness.get_by_role_and_label(Role::Image, CHART).accesskit_node().value().unwrap_or_default()
}

#[test]
fn by_keys_alone_a_week_is_walked_to_and_read_out() {
    let mut harness = window(&two_weeks(), [1200.0, 700.0]);
    harness.run();
    assert!(said(&harness).starts_with("Mon 16 – Sun 22 Nov"), "{}", said(&harness));
    harness.get_by_role_and_label(Role::Image, CHART).focus();
    harness.run();
    for (key, week) in [
        (Key::ArrowRight, "Mon 23 – Sun 29 Nov: sure $300.00 · likely $100.00"),
        (Key::ArrowRight, "Mon 30 Nov – Sun 6 Dec"),
        (Key::ArrowLeft, "Mon 23"),
        (Key::End, "Mon 1 – Sun 7 Feb 2027"),
        (Key::ArrowRight, "Mon 1 – Sun 7 Feb 2027"),
        (Key::Home, "Mon 16"),
    ] {
        harness.key_press(key);
        harness.run();
        assert!(said(&harness).starts_with(week), "{key:?}: {}", said(&harness));
    }
    assert!(harness.get_by_role_and_label(Role::Image, CHART).is_focused());
}

#[test]
fn the_arrows_walk_the_weeks_although_nothing_has_the_focus() {
    let mut harness = window(&two_weeks(), [1200.0, 700.0]);
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert!(said(&harness).starts_with("Mon 23"), "{}", said(&harness));
    harness.get_by_role_and_label(Role::Button, "The same figures as a table ›: weeks").focus();
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert!(said(&harness).starts_with("Mon 23"), "another has the keys: {}", said(&harness));
}

#[test]
fn the_table_is_brought_into_sight_when_it_is_opened() {
    let mut harness = window(&two_weeks(), [1200.0, 700.0]);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "The same figures as a table ›: weeks").click();
    for _ in 0..60 {
        harness.step();
    }
    let copy = harness.get_by_role_and_label(Role::Button, "Copy the weeks").rect();
    assert!(copy.top() > 0.0 && copy.bottom() < 700.0, "{copy:?}");
}

#[test]
fn a_row_of_the_week_leads_to_its_payout_and_a_bill_opens() {
    let mut harness = window(&two_weeks(), [1200.0, 700.0]);
    harness.run();
    harness.state_mut().page.pick = Pick::Week(1);
    harness.run();
    harness.get_by_role_and_label(Role::Row, "Platform 1, Wed 25 Nov, $300.00, sure").click();
    harness.run();
    assert!(matches!(harness.state().asked.as_slice(), [Action::ShowExpected(_)]), "{:?}", harness.state().asked);
    harness.state_mut().asked.clear();
    harness.state_mut().page.pick = Pick::Week(2);
    harness.run();
    harness.get_by_role_and_label(Role::Row, "Bill: Rent, Tue 1 Dec, $900.00").click();
    harness.run();
    match harness.state().asked.as_slice() {
        [Action::Open(dialog)] => assert!(matches!(**dialog, Dialog::Bill(_))),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_line_about_the_bills_opens_the_bill() {
    let mut harness = window(&two_weeks(), [1200.0, 700.0]);
    harness.run();
    let line = "By Tue 1 Dec: sure $300.00 · likely $100.00 · Rent $900.00 · short $500.00";
    harness.get_by_role_and_label(Role::Link, line).click();
    harness.run();
    assert!(matches!(harness.state().asked.as_slice(), [Action::Open(_)]), "{:?}", harness.state().asked);
}

#[test]
fn what_stands_beside_opens_in_the_list() {
    let mut kit = two_weeks();
    kit.work(3, 2, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", |_| {});
    let mut harness = window(&kit, [1200.0, 700.0]);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Beside the weeks: date unknown, $25.00").click();
    harness.run();
    harness.get_by_role_and_label(Role::Row, "Platform 2, date unknown, ~ $25.00, likely");
    harness.get_by_role_and_label(Role::Heading, "Date unknown");
}

#[test]
fn the_table_holds_the_same_figures_and_can_be_copied() {
    let mut harness = window(&two_weeks(), [900.0, 900.0]);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "The same figures as a table ›: weeks").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Copy the weeks").click();
    harness.run();
    match harness.state().asked.as_slice() {
        [Action::Copy(text), Action::Say(_)] => assert!(text.contains("2026-11-23\t2026-11-29\t300.00\t100.00")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_click_on_a_bar_chooses_its_week() {
    let mut harness = window(&two_weeks(), [1200.0, 700.0]);
    harness.run();
    let rect = harness.get_by_role_and_label(Role::Image, CHART).rect();
    // The second of twelve places.
    let at = egui::pos2(rect.left() + rect.width() * 1.5 / 12.0, rect.center().y);
    harness.hover_at(at);
    harness.run();
    assert!(said(&harness).starts_with("Mon 23"), "{}", said(&harness));
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    assert_eq!(harness.state().page.pick, Pick::Week(1));
}

#[test]
fn a_book_without_money_out_says_what_goes_here_and_the_first_step() {
    let mut harness = window(&Kit::new(), [900.0, 600.0]);
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "Nothing is out");
    harness.get_by_role_and_label(Role::Button, "Enter time…").click();
    harness.run();
    assert!(matches!(harness.state().asked.as_slice(), [Action::Open(_)]), "{:?}", harness.state().asked);
}
