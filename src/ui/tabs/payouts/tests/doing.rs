//! The sheet, the agenda, and what is done with a payout or a bill, on the same book.

use super::*;

#[test]
fn in_a_narrow_window_the_chosen_payout_lies_on_a_sheet() {
    let mut harness = narrow();
    assert!(harness.query_by_role_and_label(Role::Table, "Next payouts").is_none());
    assert!(harness.query_by_role_and_label(Role::Heading, "4 days late").is_none());
    click(&mut harness, Role::Button, "Wed 18 Nov, Upwork, $48.00 4 days late, should have landed Wed 18 Nov");
    harness.get_by_role_and_label(Role::Heading, "4 days late");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::Heading, "4 days late").is_none());
    click(&mut harness, Role::Button, "Agenda");
    click(&mut harness, Role::Row, "Tue 24 Nov, Outlier, about $180.00 expected, lands Tue 24 – Wed 25 Nov");
    harness.get_by_role_and_label(Role::Heading, "Lands Tue 24 – Wed 25 Nov");
    click(&mut harness, Role::Button, "Close payout");
    assert!(harness.query_by_role_and_label(Role::Heading, "Lands Tue 24 – Wed 25 Nov").is_none());
}

#[test]
fn the_agenda_begins_where_a_look_is_needed_and_follows_the_keys() {
    let mut harness = wide();
    harness.run();
    press(&mut harness, Key::G);
    harness.get_by_role_and_label(Role::Table, "Agenda");
    harness.get_by_role_and_label(Role::Row, "Now");
    harness.get_by_role_and_label(Role::Row, "Outlier: Cut-off Mon 23 Nov 23:59 UTC, that is Tue 02:59 in Nairobi");
    for _ in 0..4 {
        press(&mut harness, Key::ArrowDown);
    }
    let name = "Tue 24 Nov, Outlier, about $180.00 expected, lands Tue 24 – Wed 25 Nov";
    harness.get_by_role_and_label(Role::Heading, "Lands Tue 24 – Wed 25 Nov");
    assert!(harness.get_by_role_and_label(Role::Row, name).is_focused(), "a screen reader says the row");
    press(&mut harness, Key::Enter);
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Landed from Outlier");
}

#[test]
fn where_the_arrows_go_the_focus_goes_and_says_what_is_there() {
    let mut harness = wide();
    harness.run();
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::ArrowRight);
    assert!(harness.get_by_role_and_label(Role::Cell, "Monday 16 November").is_focused());
    press(&mut harness, Key::ArrowRight);
    assert!(harness.get_by_role_and_label(Role::Button, "Tue 17 Nov, Outlier, $188.40 landed").is_focused());
    press(&mut harness, Key::Delete);
    assert!(matches!(harness.state().actions.as_slice(), [Action::Do(Command::DeletePayout(_))]));
}

#[test]
fn enter_edits_what_has_landed() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Button, "Tue 17 Nov, Outlier, $188.40 landed");
    click(&mut harness, Role::Button, "Edit…");
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Payout of Outlier");
    retype(&mut harness, "Received", "180");
    harness.get_by_role_and_label(Role::RadioGroup, "Why $8.40 less?");
    press(&mut harness, Key::Enter);
    assert!(harness.state().actions.is_empty(), "nobody said why yet");
    click(&mut harness, Role::Button, "Payout fee");
    harness.get_by_role_and_label(Role::MultilineTextInput, "Note").focus();
    harness.run();
    harness.get_by_role_and_label(Role::MultilineTextInput, "Note").type_text("bank took its share");
    harness.run();
    click(&mut harness, Role::Button, "Save");
    let Some(Action::Submit(command)) = harness.state_mut().actions.pop() else { panic!("not sent") };
    let Command::CorrectPayout(correction) = &command else { panic!("{command:?}") };
    assert_eq!((correction.received, correction.difference), (sample::usd("180"), Some(Difference::Fee)));
    assert_eq!(correction.note, "bank took its share");
    crate::domain::command::plan(&harness.state().desk.book, &command, sample::now()).unwrap();
}

#[test]
fn an_expected_payout_is_moved_held_and_given_up() {
    use crate::domain::command::Act;
    let mut harness = wide();
    harness.run();
    let act = |harness: &mut Harness<'_, Window>| -> Act {
        let action = harness.state_mut().actions.pop();
        let Some(Action::Submit(Command::ActOnExpected(on)) | Action::Do(Command::ActOnExpected(on))) = action else {
            panic!("{action:?}")
        };
        harness.state_mut().dialog = None;
        harness.run();
        on.act
    };
    click(&mut harness, Role::Row, "Outlier, Tue 24 – Wed 25 Nov, ~ $180.00");
    press(&mut harness, Key::M);
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Move the payout of Outlier");
    harness.get_by_label("The estimate of $180.00 is recorded as an earning first");
    press(&mut harness, Key::Enter);
    assert!(harness.state().actions.is_empty(), "no day yet");
    click(&mut harness, Role::Button, "Promised for");
    retype(&mut harness, "Day", "Fri");
    harness.get_by_label("Friday 27 November, in 5 days");
    click(&mut harness, Role::Button, "Move");
    assert_eq!(act(&mut harness), Act::DueOn(sample::day("2026-11-27")));

    click(&mut harness, Role::Button, "More");
    click(&mut harness, Role::MenuItem, "Hold…");
    open(&mut harness);
    click(&mut harness, Role::Button, "Disputed");
    retype(&mut harness, "Why", "hours were cut");
    click(&mut harness, Role::Button, "Hold");
    let disputed = crate::domain::earning::HeldKind::Disputed;
    assert_eq!(act(&mut harness), Act::Hold(disputed, "hours were cut".to_owned()));

    click(&mut harness, Role::Button, "More");
    click(&mut harness, Role::MenuItem, "Write off");
    assert_eq!(act(&mut harness), Act::WriteOff);
}

#[test]
fn the_right_button_opens_the_verbs_of_a_block_and_of_a_row() {
    let mut harness = wide();
    harness.run();
    let block = "Tue 24 Nov, Outlier, about $180.00 expected, lands Tue 24 – Wed 25 Nov";
    harness.get_by_role_and_label(Role::Button, block).click_secondary();
    harness.run();
    harness.get_by_role_and_label(Role::MenuItem, "Landed…");
    click(&mut harness, Role::MenuItem, "Move…");
    open(&mut harness);
    harness.state_mut().dialog = None;
    harness.run();
    harness.get_by_role_and_label(Role::Row, "DataAnnotation, drawable now, ~ $96.00").click_secondary();
    harness.run();
    click(&mut harness, Role::MenuItem, "Platform");
    assert!(matches!(harness.state().actions.as_slice(), [Action::ShowPlatform(sample::DATA)]));
}

#[test]
fn a_total_opens_to_its_rows() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Button, "landed £18.40 + $764.50, 5 payouts");
    assert_eq!(harness.query_all_by_role(Role::MenuItem).count(), 5);
    click(&mut harness, Role::MenuItem, "Upwork  $240.00");
    harness.get_by_role_and_label(Role::Heading, "Landed Wed 11 Nov");
}

#[test]
fn a_bill_is_added_and_stands_on_its_day() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Button, "Add bill");
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Add bill");
    retype(&mut harness, "Name", "Rent");
    retype(&mut harness, "Amount", "900");
    retype(&mut harness, "Due", "1 Dec");
    harness.get_by_label("Tuesday 1 December, in 9 days");
    retype(&mut harness, "Until", "1 Oct");
    click(&mut harness, Role::Button, "Add");
    let Some(Action::Submit(command)) = harness.state_mut().actions.pop() else { panic!("not sent") };
    let refused = crate::domain::command::plan(&harness.state().desk.book, &command, sample::now()).unwrap_err();
    assert_eq!(refused.field, Field::Day, "it ends before it begins");
    let Command::SetBill(bill) = command else { panic!("no bill") };
    harness.state_mut().dialog = None;
    harness.state_mut().desk.put(crate::domain::bill::Bill { until: None, ..*bill });
    harness.run();
    harness
        .get_by_role_and_label(
            Role::Link,
            "By Tue 1 Dec: sure $0.00 · likely $712.00 · Rent $900.00 · short $188.00 · no rate for £14.20",
        )
        .click();
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "Rent due Tue 1 Dec");
    harness.get_by_role_and_label(Role::Button, "Tue 1 Dec, Rent, $900.00 due");
    press(&mut harness, Key::Enter);
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Edit bill");
    click(&mut harness, Role::Button, "Delete bill");
    assert!(matches!(harness.state().actions.as_slice(), [Action::Submit(Command::DeleteBill(_))]));
}

#[test]
fn the_draws_of_a_platform_open_to_their_days() {
    let mut desk = sample::sample();
    desk.session(sample::DATA, "2026-11-21T06:00:00Z", Some("2026-11-21T08:00:00Z"));
    let mut harness = window(desk, [1260.0, 680.0], ThemeChoice::Dark);
    harness.run();
    let scroll = |harness: &mut Harness<'_, Window>, row: &str| {
        for _ in 0..4 {
            harness.get_by_role_and_label(Role::Row, row).scroll_down();
            harness.run();
        }
    };
    let day = "DataAnnotation, drawable from Sat 28 Nov, ~ $48.00";
    scroll(&mut harness, "Prolific, Sat 21 – Mon 23 Nov, ~ £14.20");
    assert!(harness.query_by_label(day).is_none());
    click(&mut harness, Role::Row, "DataAnnotation, drawable on 2 days, Fri 27 – Sat 28 Nov, ~ $72.00, closed");
    harness.get_by_role_and_label(Role::Heading, "4 days late");
    let open = "DataAnnotation, drawable on 2 days, Fri 27 – Sat 28 Nov, ~ $72.00, open";
    scroll(&mut harness, open);
    click(&mut harness, Role::Row, day);
    harness.get_by_role_and_label(Role::Heading, "Drawable from Sat 28 Nov");
    // Closed again, its row stands for the one that is chosen.
    click(&mut harness, Role::Row, open);
    assert!(harness.query_by_label(day).is_none());
}

#[test]
fn the_menu_of_the_focused_payout_opens_by_key_and_the_arrows_walk_through_it() {
    let mut harness = wide();
    harness.run();
    // From Sunday 22: two days on there is Outlier's payout, and it has the focus.
    for _ in 0..2 {
        press(&mut harness, Key::ArrowRight);
    }
    harness.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    harness.run();
    let focused = |harness: &Harness<'_, Window>, name| {
        harness.get_by_role_and_label(Role::MenuItem, name).accesskit_node().is_focused()
    };
    assert!(focused(&harness, "Landed…"));
    press(&mut harness, Key::ArrowDown);
    assert!(focused(&harness, "Move…"));
    press(&mut harness, Key::Enter);
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Move the payout of Outlier");
}

#[test]
fn the_key_for_menus_opens_one_menu_where_nothing_has_the_focus() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Row, "DataAnnotation, drawable now, ~ $96.00");
    press(&mut harness, Key::Menu);
    assert_eq!(harness.query_all_by_role_and_label(Role::MenuItem, "Landed…").count(), 1);
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_role(Role::MenuItem).is_none());
}
