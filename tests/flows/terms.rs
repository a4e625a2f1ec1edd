//! Terms in full: a cap that is set in the project's dialog and warns in the bar, a milestone that becomes an earning, a
//! mission that is reached, units that are counted in parts, a change of terms told before and after.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::command::Command;
use truerate::domain::earning::{EarningKind, EarningState};
use truerate::domain::ids::TermsId;
use truerate::domain::money::Currency;
use truerate::domain::span::DayRange;
use truerate::domain::terms::{Milestone, Mission, Pay, Terms};

use crate::desk::{Desk, Look};

/// A timer that has run for fourteen minutes on the project Aloe of Outlier, at $25 an hour.
fn fourteen_minutes() -> Desk {
    let mut desk = Desk::empty(Look::default());
    desk.press("Start");
    desk.pass(840);
    desk.key(Key::J);
    desk.type_text("Aloe");
    desk.key(Key::Enter);
    desk.type_text("outl");
    desk.key(Key::Enter);
    desk.key(Key::Enter);
    desk.key(Key::J);
    desk.type_text("Aloe $25");
    desk.key(Key::Enter);
    desk
}

/// The same with other terms of that project.
fn with_terms(change: impl FnOnce(&mut Terms)) -> Desk {
    let desk = fourteen_minutes();
    let mut terms = the_terms(&desk);
    change(&mut terms);
    let mut desk = desk.changed_elsewhere(&Command::SetTerms(Box::new(terms)));
    desk.settle();
    desk
}

fn the_terms(desk: &Desk) -> Terms {
    let book = desk.book();
    let project = book.projects().next().expect("there is a project").id;
    (***book.terms_of(project).last().expect("there are terms")).clone()
}

fn to_the_page(desk: &mut Desk) {
    desk.key_with(Modifiers::ALT, Key::Num2);
    desk.key(Key::ArrowDown);
    desk.key(Key::O);
    assert!(desk.reads("Terms over time"), "{:?}", desk.texts());
}

fn edit_the_project(desk: &mut Desk) {
    let row = desk.texts().into_iter().find(|text| text.starts_with("Aloe, ")).expect("its row");
    desk.click(Role::Row, &row);
    assert!(desk.reads("Edit Aloe"), "{:?}", desk.texts());
}

#[test]
fn a_cap_is_set_in_the_dialog_and_the_bar_and_the_page_warn() {
    let mut desk = fourteen_minutes();
    assert!(!desk.reads("14 m of"));
    to_the_page(&mut desk);
    edit_the_project(&mut desk);
    desk.fill("Paid hours a day, at most", "none");
    assert!(desk.harness.get_by_role_and_label(Role::Button, "Save").accesskit_node().is_disabled());
    desk.fill("Paid hours a day, at most", "15 m");
    desk.press("Save");
    assert_eq!(the_terms(&desk).cap_hours_a_day, "0.25".parse().ok());
    let old = desk.book().all_terms().find(|terms| terms.cap_hours_a_day.is_none()).cloned().expect("the old terms");
    assert_eq!((desk.book().all_terms().count(), old.from), (2, None), "new terms from today; the old ones stand");
    // In the bar and under the projects.
    assert!(desk.texts().iter().any(|text| text == "14 m of 15 m today"), "{:?}", desk.texts());
    assert!(desk.reads("Aloe: 14 m of 15 m today, 1 m left"), "{:?}", desk.texts());
    desk.pass(120);
    assert!(desk.reads("15 m of 15 m today"), "{:?}", desk.texts());
    assert!(desk.reads("$6.25"), "a quarter of an hour at $25: {:?}", desk.texts());
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(!desk.reads("15 m of 15 m today"));
}

#[test]
fn a_milestone_and_a_mission_are_recorded_by_a_click_and_never_by_themselves() {
    let mut desk = with_terms(|terms| {
        let draft = Milestone { name: "Draft".into(), amount: 200.into(), due_on: None };
        terms.pay = Pay::Milestones(vec![draft]);
        let days = DayRange::new("2026-11-01".parse().unwrap(), "2026-12-31".parse().unwrap());
        terms.missions = vec![Mission { name: "tasks".into(), count: 2, amount: 50.into(), days }];
    });
    to_the_page(&mut desk);
    assert!(desk.reads("0 of 2 tasks"), "{:?}", desk.texts());
    desk.key(Key::Plus);
    desk.key(Key::Plus);
    assert!(desk.reads("reached: 2 of 2 tasks"), "{:?}", desk.texts());
    assert_eq!(desk.book().earnings().count(), 0);
    desk.press("Record 2 tasks of Aloe");
    desk.press("Record Draft of Aloe");
    let kinds: Vec<_> = desk.book().earnings().map(|one| (one.kind, one.amount.amount, one.state())).collect();
    for expected in [(EarningKind::Bonus, 50), (EarningKind::Milestone, 200)] {
        let found = (expected.0, expected.1.into(), Some(EarningState::Submitted));
        assert!(kinds.contains(&found), "{kinds:?}");
    }
    assert!(desk.harness.query_by_role_and_label(Role::Button, "Record Draft of Aloe").is_none());
    desk.key_with(Modifiers::COMMAND, Key::Z);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book().earnings().count(), 0);
}

#[test]
fn units_have_their_name_and_are_counted_in_parts() {
    let mut desk = with_terms(|terms| {
        terms.pay = Pay::PerUnit { unit: "audio minute".into(), price: "0.90".parse().unwrap() };
    });
    desk.key(Key::Plus);
    assert!(desk.reads("1 audio minute · "), "{:?}", desk.texts());
    desk.press("Stop");
    desk.key_with(Modifiers::ALT, Key::Num1);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert!(desk.reads("Audio minutes"), "{:?}", desk.texts());
    desk.fill("Audio minutes", "12.5");
    assert!(desk.reads("$11.25"), "{:?}", desk.texts());
    desk.key(Key::Enter);
    assert_eq!(desk.book().sessions().next().and_then(|session| session.units()), "12.5".parse().ok());
}

#[test]
fn a_change_of_terms_is_told_before_and_after() {
    let desk = fourteen_minutes();
    let old = the_terms(&desk);
    let new = Terms { id: TermsId(77), from: Some("2026-11-22".parse().unwrap()), ..old.clone() };
    let new = Terms { pay: Pay::PerHour(20.into()), currency: Currency::USD, ..new };
    let mut desk = desk.changed_elsewhere(&Command::SetTerms(Box::new(new)));
    to_the_page(&mut desk);
    assert!(desk.reads("Aloe, $20.00/h, after, Sun 22 Nov: too little to say: 14 m"), "{:?}", desk.texts());
    assert!(desk.reads("Aloe, $25.00/h, before, Sun 25 Oct – Sat 21 Nov: nothing was worked"), "{:?}", desk.texts());
}
