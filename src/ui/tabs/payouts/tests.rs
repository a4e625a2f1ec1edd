//! The tab and its dialog as a user meets them, by role and label, on the sample of the view.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::domain::command::Command;
use crate::domain::payout::Difference;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::engine::Figures;
use crate::ports::fake::FakeIds;
use crate::ui::cx::Fresh;
use crate::ui::theme::ThemeChoice;
use crate::ui::view::lacking::Lacking;
use crate::ui::view::payouts::tests::{self as sample, Desk};

mod doing;
mod paying;

/// A window with the tab alone, or with a dialog over it.
pub(crate) struct Window {
    pub(crate) desk: Desk,
    pub(crate) tab: PayoutsTab,
    pub(crate) dialog: Option<Dialog>,
    pub(crate) actions: Vec<Action>,
    pub(crate) refused: Option<Refused>,
}

pub(crate) fn window(desk: Desk, size: [f32; 2], theme: ThemeChoice) -> Harness<'static, Window> {
    let state = Window { desk, tab: PayoutsTab::default(), dialog: None, actions: Vec::new(), refused: None };
    Harness::builder()
        .with_size(size)
        .with_theme(if theme == ThemeChoice::Light { egui::Theme::Light } else { egui::Theme::Dark })
        .with_context_setup(move |ctx| crate::ui::theme::install(ctx, theme))
        .build_ui_state(
            |ui, window: &mut Window| {
                let figures = Figures::of(&window.desk.book, sample::now());
                let mut ids = FakeIds::after(9_000);
                let fresh = Fresh::new(&mut ids);
                let lacking = Lacking::default();
                let cx = Cx {
                    refused: window.refused.clone(),
                    ..Cx::of(&window.desk.book, &figures, sample::now(), &[], &lacking, &fresh)
                };
                let tokens = theme::tokens(ui);
                ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, tokens.background);
                window.tab.ui(ui, &cx, &mut window.actions);
                if let Some(dialog) = &mut window.dialog {
                    dialog.ui(ui.ctx(), &cx, &mut window.actions);
                }
            },
            state,
        )
}

fn wide() -> Harness<'static, Window> {
    window(sample::sample(), [1260.0, 680.0], ThemeChoice::Dark)
}

fn click(harness: &mut Harness<'_, Window>, role: Role, name: &str) {
    harness.get_by_role_and_label(role, name).click();
    harness.run();
}

fn press(harness: &mut Harness<'_, Window>, key: Key) {
    harness.key_press(key);
    harness.run();
}

/// Takes the only action and opens the dialog that it holds.
fn open(harness: &mut Harness<'_, Window>) {
    let mut actions = std::mem::take(&mut harness.state_mut().actions);
    assert_eq!(actions.len(), 1, "{actions:?}");
    let Some(Action::Open(dialog)) = actions.pop() else { panic!("no dialog was opened") };
    harness.state_mut().dialog = Some(*dialog);
    harness.run();
}

fn retype(harness: &mut Harness<'_, Window>, field: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
    harness.run();
}

#[test]
fn a_click_on_a_block_or_a_row_opens_the_reasons_and_the_sessions() {
    let mut harness = wide();
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "4 days late");
    click(&mut harness, Role::Button, "Tue 24 Nov, Outlier, about $180.00 expected, lands Tue 24 – Wed 25 Nov");
    harness.get_by_role_and_label(Role::Heading, "Lands Tue 24 – Wed 25 Nov");
    harness.get_by_label("Cut-off Mon 23 Nov 23:59 UTC");
    harness.get_by_label("that is Tue 02:59 in Nairobi");
    click(&mut harness, Role::Link, "7 h 12 m so far × $25.00, 6 sessions");
    let Some(Action::ShowSessions(filter)) = harness.state_mut().actions.pop() else { panic!("no sessions") };
    assert_eq!(filter.sessions.map(|ids| ids.len()), Some(6));
    assert_eq!(filter.words, "Outlier, Tue 24 – Wed 25 Nov");
    click(&mut harness, Role::Row, "DataAnnotation, drawable now, ~ $96.00");
    harness.get_by_role_and_label(Role::Heading, "Drawable now");
}

#[test]
fn the_keys_step_through_months_days_and_the_payouts_of_a_day() {
    let mut harness = wide();
    harness.run();
    press(&mut harness, Key::PageDown);
    harness.get_by_role_and_label(Role::Heading, "December 2026");
    press(&mut harness, Key::PageUp);
    press(&mut harness, Key::PageUp);
    harness.get_by_role_and_label(Role::Heading, "October 2026");
    press(&mut harness, Key::T);
    harness.get_by_role_and_label(Role::Heading, "November 2026");
    // From Sunday 22: three days on there are Outlier's second day and Upwork.
    for _ in 0..3 {
        press(&mut harness, Key::ArrowRight);
    }
    harness.get_by_role_and_label(Role::Heading, "Lands Tue 24 – Wed 25 Nov");
    press(&mut harness, Key::Space);
    harness.get_by_role_and_label(Role::Heading, "Lands Wed 25 Nov");
    press(&mut harness, Key::ArrowDown);
    harness.get_by_role_and_label(Role::Heading, "December 2026");
    press(&mut harness, Key::L);
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Landed from Upwork");
    // Behind a dialog the keys of the tab are silent.
    press(&mut harness, Key::PageDown);
    harness.get_by_role_and_label(Role::Heading, "December 2026");
}

#[test]
fn another_screen_can_show_an_expected_payout_in_its_month() {
    let mut desk = sample::sample();
    desk.earning(sample::UPWORK, sample::usd("70"), "2026-11-30", "2026-12-06");
    let book = desk.book.clone();
    let figures = Figures::of(&book, sample::now());
    let key = figures.calendar.expected.iter().find(|one| one.gross == sample::usd("70")).unwrap().key;
    let mut harness = window(desk, [1260.0, 680.0], ThemeChoice::Light);
    harness.state_mut().tab.show(key);
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "December 2026");
    harness.get_by_role_and_label(Role::Heading, "Lands Wed 16 Dec");
}

#[test]
fn landed_is_prefilled_and_settles_the_sessions() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Row, "Outlier, Tue 24 – Wed 25 Nov, ~ $180.00");
    click(&mut harness, Role::Button, "Landed…");
    open(&mut harness);
    let value = |harness: &Harness<'_, Window>, name: &str| {
        harness.get_by_role_and_label(Role::TextInput, name).accesskit_node().value()
    };
    assert_eq!(value(&harness, "Day").as_deref(), Some("Sun 22 Nov"));
    assert_eq!(value(&harness, "Received").as_deref(), Some("$180.00"));
    harness.get_by_label("Sunday 22 November, today");
    harness.get_by_label("Settles 6 sessions, $180.00");
    press(&mut harness, Key::Enter);
    let Some(Action::Submit(Command::Land(landing))) = harness.state_mut().actions.pop() else { panic!("not sent") };
    assert_eq!((landing.on, landing.received, landing.difference), (sample::today(), sample::usd("180"), None));
    assert_ne!(landing.payout.0, landing.earning_seed.0);
    crate::domain::command::plan(&harness.state().desk.book, &Command::Land(landing), sample::now()).unwrap();
}

#[test]
fn less_than_owed_asks_why_once_and_is_not_sent_before() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Row, "Outlier, Tue 24 – Wed 25 Nov, ~ $180.00");
    press(&mut harness, Key::L);
    open(&mut harness);
    retype(&mut harness, "Received", "168");
    harness.get_by_role_and_label(Role::RadioGroup, "Why $12.00 less?");
    press(&mut harness, Key::Enter);
    assert!(harness.state().actions.is_empty(), "nobody said why yet");
    click(&mut harness, Role::Button, "Rest comes later");
    harness.get_by_label("Settles $168.00 of $180.00; the rest stays open");
    click(&mut harness, Role::Button, "Payout fee");
    harness.get_by_label("Settles 6 sessions, $180.00");
    click(&mut harness, Role::Button, "Mark as landed");
    let Some(Action::Submit(Command::Land(landing))) = harness.state_mut().actions.pop() else { panic!("not sent") };
    assert_eq!((landing.received, landing.difference), (sample::usd("168"), Some(Difference::Fee)));
    // Typed right after all: the answer is not sent along.
    retype(&mut harness, "Received", "180");
    assert!(harness.query_by_role_and_label(Role::RadioGroup, "Why $12.00 less?").is_none());
    press(&mut harness, Key::Enter);
    let Some(Action::Submit(Command::Land(landing))) = harness.state_mut().actions.pop() else { panic!("not sent") };
    assert_eq!(landing.difference, None);
}

#[test]
fn more_than_owed_and_another_currency_are_taken_as_they_are() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Row, "Outlier, Tue 24 – Wed 25 Nov, ~ $180.00");
    press(&mut harness, Key::L);
    open(&mut harness);
    retype(&mut harness, "Received", "190");
    harness.get_by_label("$10.00 more than owed: the surplus stands as unexplained");
    retype(&mut harness, "Received", "165.10 EUR");
    harness.get_by_label("€165.10 · $180.00 is owed");
    retype(&mut harness, "Day", "yesterday");
    harness.get_by_label("Saturday 21 November, yesterday");
    press(&mut harness, Key::Enter);
    let Some(Action::Submit(Command::Land(landing))) = harness.state_mut().actions.pop() else { panic!("not sent") };
    assert_eq!(landing.received.currency.code(), "EUR");
    assert_eq!(landing.on, sample::day("2026-11-21"));
}

#[test]
fn what_does_not_fit_is_said_beside_its_field_and_nothing_is_sent() {
    let mut harness = wide();
    harness.run();
    press(&mut harness, Key::L);
    open(&mut harness);
    for (field, text, reason) in [
        ("Day", "soon", "A day such as 22 Nov, 2026-11-22 or yesterday, please"),
        ("Day", "tomorrow", "Lies in the future: mark it once it is there"),
        ("Received", "", "Nothing typed yet"),
        ("Received", "0", "Must be above zero"),
        ("Received", "47.9999", "USD has 2 decimals at the most"),
    ] {
        retype(&mut harness, field, text);
        if text.is_empty() {
            press(&mut harness, Key::Delete);
        }
        harness.get_by_label(reason);
        press(&mut harness, Key::Enter);
        assert!(harness.state().actions.is_empty(), "{field} {text}");
        retype(&mut harness, field, if field == "Day" { "today" } else { "48" });
    }
    harness.state_mut().refused = Some(Refusal::Absurd(48.into(), 40.into()).at(Field::Amount));
    press(&mut harness, Key::Enter);
    harness.get_by_label("48 is more than 40: a slip of the keys?");
    retype(&mut harness, "Received", "47");
    assert!(harness.query_by_label("48 is more than 40: a slip of the keys?").is_none(), "said of another amount");
}

#[test]
fn a_running_timer_is_left_out_and_said_so() {
    let mut desk = sample::sample();
    desk.session(sample::OUTLIER, "2026-11-22T11:20:00Z", None);
    let mut harness = window(desk, [1260.0, 680.0], ThemeChoice::Dark);
    harness.run();
    click(&mut harness, Role::Row, "Outlier, Tue 24 – Wed 25 Nov, ~ $205.00");
    press(&mut harness, Key::L);
    open(&mut harness);
    harness.get_by_label("Settles 6 sessions, $180.00");
    harness.get_by_label("Leaves out 1 running timer: that work is still open");
}

#[test]
fn a_landed_payout_can_be_deleted() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Button, "Tue 17 Nov, Outlier, $188.40 landed");
    harness.get_by_role_and_label(Role::Heading, "Landed Tue 17 Nov");
    harness.get_by_label("What it settled");
    click(&mut harness, Role::Button, "Delete");
    assert!(matches!(harness.state().actions.as_slice(), [Action::Do(Command::DeletePayout(_))]));
}

#[test]
fn money_without_a_schedule_leads_to_one() {
    let mut harness = narrow();
    press(&mut harness, Key::G);
    let row = "Mindrift, about $20.00 expected, date unknown";
    // It stands at the end of the list.
    for _ in 0..12 {
        press(&mut harness, Key::ArrowDown);
    }
    click(&mut harness, Role::Row, row);
    harness.get_by_label("Date unknown: no schedule yet");
    click(&mut harness, Role::Button, "Schedule…");
    let [Action::Open(dialog)] = harness.state().actions.as_slice() else { panic!("nothing opened") };
    assert!(matches!(**dialog, Dialog::Schedule(_)));
}

fn narrow() -> Harness<'static, Window> {
    let mut harness = window(sample::sample(), [868.0, 452.0], ThemeChoice::Light);
    harness.run();
    harness
}

#[test]
fn what_has_no_lane_is_counted_and_listed() {
    let mut desk = sample::sample();
    for _ in 0..6 {
        desk.landed(sample::OUTLIER, sample::usd("5"), ("2026-10-01", "2026-10-02"), "2026-11-12");
    }
    let mut harness = window(desk, [1260.0, 680.0], ThemeChoice::Dark);
    harness.run();
    let blocks = harness.query_all_by_role_and_label(Role::Button, "Thu 12 Nov, Outlier, $5.00 landed").count();
    let hidden = 6 - blocks;
    assert!(blocks > 0 && hidden > 0);
    click(&mut harness, Role::Button, &format!("{hidden} more on Thu 12 Nov"));
    assert_eq!(harness.query_all_by_role_and_label(Role::MenuItem, "Outlier  $5.00").count(), 6);
}

#[test]
fn without_platforms_the_first_step_is_offered() {
    let mut harness = window(Desk::new(), [868.0, 452.0], ThemeChoice::Dark);
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "No payouts yet");
    click(&mut harness, Role::Button, "Add platform");
    let [Action::Open(dialog)] = harness.state().actions.as_slice() else { panic!("nothing opened") };
    assert!(matches!(**dialog, Dialog::AddPlatform(_)));
}

#[test]
fn with_platforms_and_no_work_the_list_says_what_goes_there() {
    for size in [[1100.0, 452.0], [1260.0, 680.0]] {
        let mut desk = Desk::new();
        let pay = crate::domain::terms::Pay::PerHour(25.into());
        desk.platform(sample::OUTLIER, "Outlier", "OU", pay, crate::domain::money::Currency::USD);
        let mut harness = window(desk, size, ThemeChoice::Dark);
        harness.run();
        harness.get_by_role_and_label(Role::Heading, "Nothing expected");
        click(&mut harness, Role::Button, "Add session");
        let [Action::Open(dialog)] = harness.state().actions.as_slice() else { panic!("nothing opened") };
        assert!(matches!(**dialog, Dialog::Session(_)));
    }
}
