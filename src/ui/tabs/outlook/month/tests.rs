//! The page by role and label.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::domain::book::Book;
use crate::domain::query::work::testkit::Kit;
use crate::ui::testing::with_cx;
use crate::ui::theme::ThemeChoice;
use crate::ui::view::month::tests::a_month;

const NOW: &str = "2026-12-05T12:00:00Z";

struct Scene {
    page: MonthPage,
    book: Book,
    asked: Vec<Action>,
}

fn window(kit: &Kit, size: [f32; 2]) -> Harness<'static, Scene> {
    let scene = Scene { page: MonthPage::default(), book: kit.book.clone(), asked: Vec::new() };
    Harness::builder().with_size(size).with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark)).build_ui_state(
        |ui, scene: &mut Scene| {
            let Scene { page, book, asked } = scene;
            with_cx(book, NOW, None, |cx| page.ui(ui, cx, asked));
        },
        scene,
    )
}

fn press(harness: &mut Harness<'_, Scene>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
}

#[test]
fn a_month_back_and_forth_but_never_past_this_one() {
    let mut harness = window(&a_month(), [1200.0, 700.0]);
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "December 2026");
    press(&mut harness, "Month after");
    harness.get_by_role_and_label(Role::Heading, "December 2026");
    press(&mut harness, "Month before");
    harness.get_by_role_and_label(Role::Heading, "November 2026");
    press(&mut harness, "Month before");
    harness.get_by_role_and_label(Role::Heading, "Nothing in this month");
    harness.get_by_role_and_label(Role::Button, "Enter time…");
    press(&mut harness, "This month");
    harness.get_by_role_and_label(Role::Heading, "December 2026");
    let lacks = with_cx(&harness.state().book, NOW, None, |cx| harness.state().page.lacks(Verb::MonthAfter, cx));
    assert_eq!(lacks, Some("There is no later month yet"));
}

#[test]
fn rows_lead_to_sessions_payouts_and_platforms() {
    for size in [[1200.0, 700.0], [860.0, 1400.0]] {
        let mut harness = window(&a_month(), size);
        harness.run();
        press(&mut harness, "Month before");
        for name in [
            "Platform 1: 4 h 00 m paid, 1 h 00 m unpaid, earned $90.00, $18.00 an hour over all hours",
            "Wed 18 Nov, Platform 1, $90.00 landed",
            "Platform 2: $50.00",
        ] {
            harness.get_by_role_and_label(Role::Row, name).click();
            harness.run();
        }
        match harness.state().asked.as_slice() {
            [Action::ShowSessions(filter), Action::ShowPayout(payout), Action::ShowPlatform(platform)] => {
                assert_eq!((payout.0, platform.0), (20, 2));
                let days = filter.days.unwrap();
                assert_eq!((days.first.to_string(), days.last.to_string()), ("2026-11-01".into(), "2026-11-30".into()));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn it_is_copied_and_printed() {
    let mut harness = window(&a_month(), [1200.0, 700.0]);
    harness.run();
    press(&mut harness, "Month before");
    press(&mut harness, "Copy the month");
    press(&mut harness, "Print…");
    match harness.state().asked.as_slice() {
        [Action::Copy(text), Action::Say(_), Action::ProveIncome(month)] => {
            assert!(text.contains("landed\tPlatform 1\t2026-11-18"), "{text}");
            assert_eq!(month.to_string(), "2026-11");
        }
        other => panic!("{other:?}"),
    }
}
