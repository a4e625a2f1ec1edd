//! The dialogs of payouts, by role and label: record, draw, chase, arrived, explain, a part that moves.

use super::*;
use crate::domain::command::{Act, Settleable, plan};
use crate::domain::ids::PayoutId;
use crate::domain::payout::Payout;
use crate::domain::testing::{day, usd};

/// The command that was sent; it is carried out on the book, and nothing refuses it.
fn sent(harness: &mut Harness<'_, Window>) -> Command {
    let action = harness.state_mut().actions.pop();
    let Some(Action::Submit(command)) = action else { panic!("{action:?}") };
    plan(&harness.state().desk.book, &command, sample::now()).unwrap();
    harness.state_mut().dialog = None;
    harness.run();
    command
}

fn settling(command: Command) -> crate::domain::command::Settling {
    if let Command::Together { mut commands, .. } = command {
        return settling(commands.remove(0));
    }
    let Command::SettlePayout(settling) = command else { panic!("{command:?}") };
    *settling
}

fn pick(harness: &mut Harness<'_, Window>, picker: &str, choice: &str) {
    click(harness, Role::ComboBox, picker);
    harness.get_by_role_and_label(Role::ListBoxOption, choice).click();
    harness.run();
}

#[test]
fn a_payout_is_recorded_by_hand_with_the_oldest_work_suggested() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Button, "Record payout…");
    open(&mut harness);
    harness.get_by_label("Nobody knows yet who paid: say it here once you do, and what it settles.");
    press(&mut harness, Key::Enter);
    assert!(harness.state().actions.is_empty(), "no amount yet");
    pick(&mut harness, "Platform of the payout", "Upwork");
    retype(&mut harness, "Gross", "400");
    retype(&mut harness, "Platform fee", "40");
    harness.get_by_label("~ $360.00 should arrive, by these figures");
    harness.get_by_label("Settles $400.00");
    let first = "Upwork work, worked Mon 2 – Sun 8 Nov, $48.00";
    click(&mut harness, Role::CheckBox, first);
    harness.get_by_label("Settles $352.00 of $400.00 · $48.00 stands as unexplained");
    retype(&mut harness, "Part of Upwork work, worked Mon 9 – Sun 15 Nov, $364.00", "400");
    harness.get_by_label("Only $364.00 is open of it");
    click(&mut harness, Role::Button, "Oldest first");
    retype(&mut harness, "Received", "360");
    harness.get_by_label("The figures add up");
    click(&mut harness, Role::Button, "Record");
    let settling = settling(sent(&mut harness));
    assert_eq!((settling.payout.gross, settling.payout.platform_fee), (usd("400"), Some(usd("40"))));
    let parts: Vec<_> = settling.settles.iter().map(|share| share.amount).collect();
    assert_eq!(parts, [usd("48"), usd("352")]);
}

#[test]
fn what_can_be_drawn_is_drawn_in_part() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Row, "DataAnnotation, drawable now, ~ $96.00");
    press(&mut harness, Key::D);
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Draw from DataAnnotation");
    retype(&mut harness, "Amount", "97");
    harness.get_by_label("Only $96.00 can be drawn");
    retype(&mut harness, "Amount", "50");
    click(&mut harness, Role::Button, "Mark as drawn");
    let settling = settling(sent(&mut harness));
    assert_eq!((settling.payout.sent_on, settling.payout.received), (Some(sample::today()), None));
    assert!(matches!(settling.settles[0].of, Settleable::Expected(_)) && settling.settles[0].amount == usd("50"));
}

#[test]
fn late_money_is_asked_for_with_a_text_and_a_day() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Button, "Chase…");
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "Ask Upwork");
    click(&mut harness, Role::Button, "Copy text");
    let actions = std::mem::take(&mut harness.state_mut().actions);
    assert!(matches!(&actions[0], Action::Copy(text) if text.contains("Late by: 4 days")), "{actions:?}");
    retype(&mut harness, "Ask again on", "yesterday");
    harness.get_by_label("Has passed");
    retype(&mut harness, "Ask again on", "Fri");
    click(&mut harness, Role::Button, "Ask again then");
    let command = sent(&mut harness);
    let Command::ActOnExpected(on) = command else { panic!("{command:?}") };
    assert_eq!(on.act, Act::ChaseOn(day("2026-11-27")));
}

#[test]
fn a_surplus_is_explained_as_a_bonus() {
    let mut desk = sample::sample();
    let earning = desk.earning(sample::OUTLIER, usd("100"), "2026-11-10", "2026-11-16");
    desk.put(Payout {
        received: Some(usd("112")),
        received_on: Some(day("2026-11-19")),
        allocations: vec![crate::domain::payout::Allocation { earning, amount: usd("100") }],
        ..Payout::new(PayoutId(77), sample::OUTLIER, usd("112"))
    });
    let mut harness = window(desk, [1260.0, 680.0], ThemeChoice::Light);
    harness.run();
    click(&mut harness, Role::Button, "Thu 19 Nov, Outlier, $112.00 landed");
    press(&mut harness, Key::K);
    open(&mut harness);
    harness.get_by_role_and_label(Role::Heading, "$12.00 more from Outlier");
    retype(&mut harness, "Amount", "13");
    click(&mut harness, Role::Button, "Record");
    let action = harness.state_mut().actions.pop();
    let Some(Action::Submit(command)) = action else { panic!("{action:?}") };
    let refused = plan(&harness.state().desk.book, &command, sample::now()).unwrap_err();
    harness.state_mut().refused = Some(refused);
    harness.run();
    harness.get_by_label("Only 12.00 USD of it is unexplained");
    harness.state_mut().refused = None;
    retype(&mut harness, "Amount", "12");
    click(&mut harness, Role::Button, "Record");
    let command = sent(&mut harness);
    let Command::ExplainSurplus(explanation) = command else { panic!("{command:?}") };
    assert!(explanation.bonus && explanation.amount == usd("12"));
}

#[test]
fn a_part_of_an_expected_payout_moves_alone() {
    let mut harness = wide();
    harness.run();
    click(&mut harness, Role::Row, "Upwork, Wed 25 Nov, $364.00");
    press(&mut harness, Key::M);
    open(&mut harness);
    click(&mut harness, Role::Button, "Only a part");
    retype(&mut harness, "How much", "364");
    harness.get_by_label("Must be less than the whole, $364.00");
    retype(&mut harness, "How much", "100");
    retype(&mut harness, "Day", "1 Dec");
    click(&mut harness, Role::Button, "Move");
    let command = sent(&mut harness);
    let Command::ActOnExpected(on) = command else { panic!("{command:?}") };
    assert_eq!(on.act, Act::PartDueOn(usd("100"), day("2026-12-01")));
}
