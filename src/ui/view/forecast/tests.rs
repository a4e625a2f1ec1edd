//! The words of the page, over worked weeks around Sunday, 22 November 2026.

use super::*;
use crate::domain::bill::{Bill, Repeats};
use crate::domain::ids::BillId;
use crate::domain::query::calendar::of_work;
use crate::domain::query::forecast::how_it_did;
use crate::domain::query::forecast::tests::{earned, weekly};
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::span::Now;
use crate::ui::view::payouts::Tone;

const NOON: &str = "2026-11-22T12:00:00Z";

fn view(kit: &Kit) -> ForecastView {
    let now = Now { at: at(NOON), zone: chrono_tz::UTC };
    let work = kit.of();
    let (calendar, today) = (of_work(&work, now, None), day("2026-11-22"));
    let did = how_it_did(&work, &calendar, today, now);
    ForecastView::of(&kit.book, &calendar, did.as_ref(), today)
}

/// Weeks paid ten days after their end: $300 approved and $100 in review of the week of 9 November, two hours of this
/// week, and the rent.
pub(crate) fn two_weeks() -> Kit {
    let mut kit = weekly();
    kit.work(1, 1, "2026-11-10T08:00:00Z", "2026-11-10T12:00:00Z", |_| {});
    earned(&mut kit, 10, "300", "2026-11-11", &[], "2026-11-18");
    kit.work(2, 1, "2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    kit.put(Bill {
        id: BillId(1),
        name: "Rent".to_owned(),
        amount: usd("900"),
        due_on: day("2026-12-01"),
        repeats: Repeats::Monthly,
        until: None,
    });
    kit
}

#[test]
fn the_answer_is_what_is_sure_and_names_the_rest() {
    let view = view(&two_weeks());
    assert_eq!((view.answer.figure.as_str(), view.answer.words), ("$300.00", "sure in the next 4 weeks"));
    assert_eq!(view.answer.line, "$450.00 with what is likely · after known fees");
    assert_eq!(view.rests_on, "2 payouts: 2 by your own rule or day");
    assert!(view.did.is_empty() && view.warning.is_empty() && !view.is_empty);
    let enough = view.enough.unwrap();
    assert_eq!(enough.name, "By Tue 1 Dec: sure $300.00 · likely $100.00 · Rent $900.00 · short $500.00");
    assert!(enough.parts.iter().any(|part| part.tone == Tone::Bad));
}

#[test]
fn a_week_says_what_lands_what_is_due_and_what_is_left() {
    let view = view(&two_weeks());
    let [this, next, rent, ..] = view.weeks.as_slice() else { panic!("twelve weeks") };
    assert_eq!(this.title, "This week, Mon 16 – Sun 22 Nov");
    assert_eq!(this.readout, "Mon 16 – Sun 22 Nov: nothing known yet");
    assert_eq!(next.readout, "Mon 23 – Sun 29 Nov: sure $300.00 · likely $100.00");
    let words = "Mon 30 Nov – Sun 6 Dec: likely $50.00 · bills $900.00 · after them −$450.00";
    assert_eq!((rent.readout.as_str(), rent.short), (words, true));
    assert_eq!(next.cells, ["$300.00", "$100.00", "–", "–", "$400.00", "2"].map(str::to_owned));
    let spoken: Vec<&str> = next.rows.iter().map(|row| row.spoken.as_str()).collect();
    assert_eq!(spoken, ["Platform 1, Wed 25 Nov, $300.00, sure", "Platform 1, Wed 25 Nov, ~ $100.00, likely"]);
    let spoken: Vec<&str> = rent.rows.iter().map(|row| row.spoken.as_str()).collect();
    assert_eq!(spoken, ["Platform 1, Wed 2 Dec, so far, ~ $50.00, likely", "Bill: Rent, Tue 1 Dec, $900.00"]);
    assert_eq!((view.past_days, view.weeks.len()), (6, 12));
    assert!(view.weeks[7].after_is_told_but_not_short(), "the rent of January is told, without alarm");
}

impl WeekView {
    fn after_is_told_but_not_short(&self) -> bool {
        !self.short && self.cells[4].starts_with('−')
    }
}

#[test]
fn the_axis_reaches_the_highest_bar_and_the_highest_bill() {
    let view = view(&two_weeks());
    assert!(view.top >= Decimal::from(900), "{}", view.top);
    let ticks: Vec<&str> = view.ticks.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(ticks, ["0", "250", "500", "750", "1,000"]);
}

#[test]
fn what_has_no_day_stands_beside_under_its_name() {
    let mut kit = two_weeks();
    // Project 2's platform has no schedule at all.
    kit.work(3, 2, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", |_| {});
    // Due on Wed 11 November.
    kit.work(4, 1, "2026-10-28T08:00:00Z", "2026-10-28T10:00:00Z", |_| {});
    let view = view(&kit);
    let names: Vec<&str> = view.beside.iter().map(|aside| aside.name.as_str()).collect();
    assert_eq!(names, ["Beside the weeks: late, $50.00", "Beside the weeks: date unknown, $25.00"]);
    assert_eq!(view.beside[0].rows[0].spoken, "Platform 1, 11 days late, ~ $50.00, likely");
}

#[test]
fn how_last_month_did_is_one_line() {
    let mut kit = weekly();
    let session = kit.work(1, 1, "2026-09-22T08:00:00Z", "2026-09-22T12:00:00Z", |_| {});
    let earning = earned(&mut kit, 10, "100", "2026-09-22", &[session], "2026-10-06");
    kit.payout(20, "100", Some(usd("97")), "2026-10-07", &[(earning, "100")]);
    let newer = earned(&mut kit, 11, "60", "2026-10-06", &[], "2026-10-13");
    kit.payout(21, "60", Some(usd("60")), "2026-10-20", &[(newer, "60")]);
    kit.work(2, 1, "2026-09-24T08:00:00Z", "2026-09-24T10:00:00Z", |_| {});
    assert_eq!(
        view(&kit).did,
        "October: forecast ~ $150.00 (sure $0.00) · came $97.00 · $50.00 late · $3.00 less · $60.00 of newer work"
    );
}

#[test]
fn the_table_as_text_is_in_plain_numbers() {
    let text = view(&two_weeks()).tab_separated();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 13);
    assert_eq!(lines[0], "From\tTo\tSure in USD\tLikely in USD\tPossible in USD\tBills in USD");
    assert_eq!(lines[2], "2026-11-23\t2026-11-29\t300.00\t100.00\t0.00\t0.00");
}

#[test]
fn a_book_without_work_is_empty() {
    let view = view(&Kit::new());
    assert!(view.is_empty && view.enough.is_none() && view.did.is_empty());
    assert!(view.weeks.iter().all(|week| week.rows.is_empty()));
}
