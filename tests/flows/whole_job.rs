//! Six platforms of six kinds, from an empty folder: each shows the window and the reasons that its rule gives, and each
//! is settled by two keys. Source of the days: platform facts, section 2, checked with a calendar. Today is Sunday,
//! 22 November 2026, in Berlin.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::earning::EarningState;

use crate::desk::{Desk, Look};

fn empty() -> Desk {
    Desk::empty(Look { width: 1600.0, height: 1400.0, ..Look::default() })
}

/// N, its name, Enter; what is only said by workers is taken where asked for.
fn platform(desk: &mut Desk, name: &str, take: bool) {
    desk.key(Key::N);
    desk.type_text(name);
    desk.key(Key::Enter);
    if take {
        desk.key(Key::U);
    }
    desk.key(Key::Enter);
}

/// Picks an option of a combo box.
fn pick(desk: &mut Desk, combo: &str, option: &str) {
    desk.click(Role::ComboBox, combo);
    desk.click(Role::ListBoxOption, option);
}

/// A project with its price; where none is given each session has its own.
fn project(desk: &mut Desk, platform: &str, name: &str, price: &str) {
    desk.key(Key::B);
    pick(desk, "Platform", platform);
    desk.fill("Name", name);
    if !price.is_empty() {
        desk.fill("Price", price);
    }
    desk.key(Key::Enter);
    assert!(desk.book().projects().any(|project| project.name == name), "{:?}", desk.texts());
}

/// A session by hand: project, day, start, length and its own price.
fn session(desk: &mut Desk, of: &str, (day, start, length): (&str, &str, &str), price: &str) {
    let before = desk.book().sessions().count();
    desk.key(Key::A);
    pick(desk, "Project of the session", of);
    desk.fill("Day", day);
    desk.fill("Start", start);
    desk.fill("Length", length);
    if !price.is_empty() {
        desk.fill("Own price", price);
    }
    desk.key(Key::Enter);
    assert_eq!(desk.book().sessions().count(), before + 1, "{:?}", desk.texts());
}

/// Chooses the row whose name begins so.
fn choose(desk: &mut Desk, begins: &str) {
    let named = |name: Option<String>| name.is_some_and(|name| name.starts_with(begins));
    let row = desk
        .harness
        .query_all_by_role(Role::Row)
        .find(|row| named(row.accesskit_node().label()))
        .unwrap_or_else(|| panic!("no row begins with {begins}: {:?}", desk.texts()));
    row.click();
    desk.settle();
}

/// Chooses a payout and reads the lines about it.
fn payout_says(desk: &mut Desk, begins: &str, lines: &[&str]) {
    desk.press("Payouts");
    choose(desk, begins);
    for line in lines {
        assert!(desk.reads(line), "{begins}: no {line:?} in {:?}", desk.texts());
    }
}

/// How many payouts there are after the chosen one was marked as landed with what is expected.
fn land(desk: &mut Desk) -> usize {
    desk.key(Key::L);
    desk.key(Key::Enter);
    desk.book().payouts().count()
}

#[test]
fn a_weekly_window_of_a_rule_that_workers_report_is_settled_in_parts() {
    let mut desk = empty();
    platform(&mut desk, "Outlier", true);
    project(&mut desk, "Outlier", "Aloe", "25");
    session(&mut desk, "Outlier · Aloe", ("10 Nov", "9:00", "4h"), "");
    payout_says(
        &mut desk,
        "Outlier, Tue 17 – Tue 24 Nov",
        &["Worked Tue 10 – Mon 16 Nov, UTC", "4 h × $25.00, 1 session", "Cut-off Mon 16 Nov 23:59 UTC", "unverified"],
    );
    desk.key(Key::L);
    desk.fill("Received", "60");
    desk.press("Rest comes later");
    desk.key(Key::Enter);
    assert_eq!(desk.book().payouts().count(), 1, "{:?}", desk.texts());
    payout_says(&mut desk, "Outlier, Tue 17 – Tue 24 Nov, $40.00", &[]);
    assert_eq!(land(&mut desk), 2);
    assert!(desk.expected().is_empty(), "{:?}", desk.expected());
    // What is past its latest day of such a rule is asked about, on every page in the same words.
    session(&mut desk, "Outlier · Aloe", ("3 Nov", "9:00", "4h"), "");
    desk.press("Payouts");
    assert!(desk.reads("5 days late?"), "{:?}", desk.texts());
    desk.press("Earnings");
    let texts = desk.texts();
    assert!(texts.iter().any(|text| text == "5 days later than expected"), "{texts:?}");
    assert!(texts.iter().all(|text| text != "5 days late"), "{texts:?}");
}

#[test]
fn a_report_after_the_deadline_goes_with_the_next_month() {
    let mut desk = empty();
    platform(&mut desk, "CrowdGen", false);
    project(&mut desk, "CrowdGen", "Maps", "15");
    session(&mut desk, "CrowdGen · Maps", ("12 Oct", "9:00", "6h"), "");
    payout_says(&mut desk, "CrowdGen, 8 days late", &["Worked Thu 1 – Sat 31 Oct, UTC"]);
    desk.press("Platforms");
    desk.press("Edit schedule");
    pick(&mut desk, "Cut-off", "Report the time");
    desk.fill("Cut-off, days after", "-1");
    assert!(desk.reads("please"), "a cut-off before the window ends is refused: {:?}", desk.texts());
    desk.fill("Cut-off, days after", "0");
    desk.press("Save");
    // October's report is too late: it goes with November's, paid by 14 December.
    payout_says(&mut desk, "CrowdGen, by Mon 14 Dec", &["Sat 31 Oct"]);
    // It must not be missed once more, and no money is called late that was never asked for.
    assert!(desk.reads("1 needs you") && !desk.reads("days late"), "{:?}", desk.texts());
    desk.key(Key::F2);
    assert!(desk.reads("CrowdGen: 6 h to report by Mon 30 Nov 23:59 UTC"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    desk.press("Earnings");
    desk.key(Key::T);
    choose(&mut desk, "Maps");
    desk.key(Key::M);
    let book = desk.book();
    assert!(book.earnings().all(|earning| earning.state() == Some(EarningState::Submitted)));
    desk.key(Key::O);
    assert!(desk.reads("lands by Mon 14 Dec"), "as the calendar says it: {:?}", desk.texts());
    choose(&mut desk, "Maps");
    assert_eq!(land(&mut desk), 1, "{:?}", desk.texts());
}

#[test]
fn studies_in_pounds_are_drawn_and_a_rejected_one_is_owed_no_more() {
    let mut desk = empty();
    platform(&mut desk, "Prolific", false);
    project(&mut desk, "Prolific", "Studies", "");
    session(&mut desk, "Prolific · Studies", ("1 Nov", "9:00", "30m"), "6.50");
    session(&mut desk, "Prolific · Studies", ("16 Nov", "9:00", "20m"), "3.00");
    // Approved by itself on day 21: drawable now. The other one by 7 December.
    payout_says(&mut desk, "Prolific, drawable now, ~ £6.50", &["Review 1 – 21 days"]);
    desk.press("Earnings");
    assert!(desk.reads("drawable now") && desk.reads("drawable by Mon 7 Dec"), "{:?}", desk.texts());
    choose(&mut desk, "Studies, Prolific, worked Mon 16 Nov");
    desk.key(Key::K);
    assert!(desk.expected().iter().all(|one| one.gross.amount.to_string() != "3.00"));
    desk.press("Payouts");
    choose(&mut desk, "Prolific, drawable now");
    assert_eq!(land(&mut desk), 1);
    assert!(desk.expected().is_empty(), "{:?}", desk.expected());
}

#[test]
fn what_is_below_every_minimum_waits_over_two_runs_and_then_goes_out() {
    let mut desk = empty();
    platform(&mut desk, "Clickworker", false);
    project(&mut desk, "Clickworker", "Tasks", "8");
    session(&mut desk, "Clickworker · Tasks", ("3 Nov", "9:00", "30m"), "4");
    session(&mut desk, "Clickworker · Tasks", ("9 Nov", "9:00", "30m"), "4");
    // Runs of 11–13 and 18–20 November passed; neither way of being paid takes less than €10.
    payout_says(
        &mut desk,
        "Clickworker, below the minimum of €10.00, ~ €8.00",
        &["Below the minimum: €8.00 of €10.00"],
    );
    assert!(!desk.reads("late") && !desk.reads("needs you"), "{:?}", desk.texts());
    session(&mut desk, "Clickworker · Tasks", ("12 Nov", "9:00", "30m"), "4");
    // The last one is payable on Thursday 19 November, within a run: it goes out with that one or the next.
    payout_says(&mut desk, "Clickworker, Thu 19 – Fri 27 Nov, ~ €12.00", &["Minimum of €10.00 reached"]);
    assert_eq!(land(&mut desk), 1);
}

#[test]
fn a_client_pays_thirty_days_after_the_invoice() {
    let mut desk = empty();
    platform(&mut desk, "Acme", false);
    desk.press("Platforms");
    desk.press("Add schedule");
    pick(&mut desk, "Kind of schedule", "By invoice");
    desk.press("Add");
    project(&mut desk, "Acme", "Site copy", "40");
    session(&mut desk, "Acme · Site copy", ("16 Nov", "9:00", "5h"), "");
    payout_says(&mut desk, "Acme, date unknown", &["Send the invoice today: lands Tue 22 Dec"]);
    desk.press("Earnings");
    assert!(desk.reads("to be invoiced"), "{:?}", desk.texts());
    choose(&mut desk, "Site copy");
    desk.key(Key::I);
    assert!(desk.reads("lands Tue 22 Dec"), "{:?}", desk.texts());
    payout_says(&mut desk, "Acme, Tue 22 Dec, $200.00", &["Invoiced Sun 22 Nov"]);
    desk.press("Earnings");
    choose(&mut desk, "Site copy");
    assert_eq!(land(&mut desk), 1);
}

#[test]
fn a_week_is_cut_in_india_and_paid_in_los_angeles() {
    let mut desk = empty();
    platform(&mut desk, "Mercor", false);
    project(&mut desk, "Mercor", "Law", "60");
    // 17:30 to 19:30 UTC: the week ends at 18:30 UTC, which is midnight in India.
    session(&mut desk, "Mercor · Law", ("20 Nov", "18:30", "2h"), "");
    let halves: Vec<String> = desk.expected().iter().map(|one| one.gross.to_string()).collect();
    assert_eq!(halves, ["60.00 USD", "60.00 USD"], "{:?}", desk.expected());
    // Paid by Wed 25 Nov; the first payout is held for 7 days, then 3–7 business days to a bank.
    payout_says(
        &mut desk,
        "Mercor, by Fri 11 Dec",
        &["Worked Sat 14 – Fri 20 Nov, Kolkata time", "Cut-off Fri 20 Nov 23:59 Kolkata time", "Paid by Wed 25 Nov"],
    );
    assert_eq!(land(&mut desk), 1);
}
