//! Invoices: net days from sending, correcting or approving, and cycles with a cut-off.

use chrono_tz::UTC;

use super::*;
use crate::domain::query::calendar::{Part, UnknownDate, if_done};
use crate::domain::schedule::{CutOff, CutOffAction, InvoiceClock, Lag, Review};

fn net(days: u32, clock: InvoiceClock, cycle: Option<Cycle>) -> Rule {
    Rule::of(EarningShape::InvoiceNet { net: Lag::days(days, days), clock, cycle })
}

const WEEKS: Cycle = Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None };
const MONTHS: Cycle = Cycle::Monthly { from_day: 1 };

fn invoiced(desk: &mut Desk, worked: &str, states: &[(&str, EarningState)]) {
    desk.earning(usd("500"), DayRange::day(day(worked)), |earning| {
        earning.states = states.iter().map(|(on, one)| state(on, *one)).collect();
    });
}

#[test]
fn braintrusts_invoice_of_15_nov_is_due_on_15_dec() {
    let mut desk = Desk::new(Some(net(30, InvoiceClock::Submitted, Some(WEEKS))));
    invoiced(&mut desk, "2026-11-13", &[("2026-11-15", EarningState::Invoiced)]);
    let one = desk.only("2026-11-16T12:00:00Z");
    assert_eq!((one.window.clone(), one.key.part), (lands("2026-12-15", "2026-12-15"), Part::Items(day("2026-12-15"))));
    assert_eq!(kinds(&one.reasons), ["worked", "invoiced", "net", "paid"]);
    // Not invoiced yet, the week's end is taken: Sun 15 Nov as well.
    let mut desk = Desk::new(Some(net(30, InvoiceClock::Submitted, Some(WEEKS))));
    desk.worked("2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z");
    let one = desk.only("2026-11-12T12:00:00Z");
    assert_eq!((one.window.clone(), one.still_growing), (lands("2026-12-15", "2026-12-15"), true));
    assert_eq!(kinds(&one.reasons), ["worked", "window ends", "to invoice", "net", "paid"]);
}

#[test]
fn without_a_cycle_the_day_is_unknown_until_the_invoice_is_sent() {
    let mut desk = Desk::new(Some(net(14, InvoiceClock::Submitted, None)));
    desk.worked("2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z");
    let when = "2026-11-16T12:00:00Z";
    let waits = desk.only(when);
    assert_eq!(waits.window, Window::Unknown(UnknownDate::NotInvoiced));
    let sent: Vec<_> = if_done(&desk.book, &waits, now(when)).into_iter().map(|one| (one.on, one.window)).collect();
    assert_eq!(
        sent,
        [
            (day("2026-11-16"), lands("2026-11-30", "2026-11-30")),
            (day("2026-11-17"), lands("2026-12-01", "2026-12-01")),
        ]
    );
}

#[test]
fn a_corrected_invoice_starts_the_clock_again_only_where_the_rule_says_so() {
    let states = [
        ("2026-11-02", EarningState::Invoiced),
        ("2026-11-05", EarningState::Reworked),
        ("2026-11-09", EarningState::Invoiced),
    ];
    for (clock, due) in [(InvoiceClock::Submitted, "2026-12-02"), (InvoiceClock::Corrected, "2026-12-09")] {
        let mut desk = Desk::new(Some(net(30, clock, None)));
        invoiced(&mut desk, "2026-10-30", &states);
        assert_eq!(desk.only("2026-11-16T12:00:00Z").window, lands(due, due), "{clock:?}");
    }
}

#[test]
fn approval_starts_the_clock_once_it_comes_or_after_a_known_review() {
    let rule = net(10, InvoiceClock::Approved, None);
    let mut desk = Desk::new(Some(rule.clone()));
    invoiced(&mut desk, "2026-10-30", &[("2026-11-02", EarningState::Invoiced)]);
    assert_eq!(desk.only("2026-11-16T12:00:00Z").window, Window::Unknown(UnknownDate::WaitsForEvent));
    let mut desk = Desk::new(Some(with(rule.clone(), |m| {
        m.review = Some(Review { lag: Lag::days(1, 5), automatic: true });
    })));
    invoiced(&mut desk, "2026-10-30", &[("2026-11-02", EarningState::Invoiced)]);
    assert_eq!(desk.only("2026-11-04T12:00:00Z").window, lands("2026-11-13", "2026-11-17"));
    let mut desk = Desk::new(Some(rule));
    let approved = [("2026-11-02", EarningState::Invoiced), ("2026-11-04", EarningState::Approved(None))];
    invoiced(&mut desk, "2026-10-30", &approved);
    assert_eq!(desk.only("2026-11-05T12:00:00Z").window, lands("2026-11-14", "2026-11-14"));
}

#[test]
fn a_missed_cut_off_moves_the_invoice_to_the_next_cycle() {
    // An agency: the month's invoice by the 3rd, paid 14 days after.
    let rule = with(net(14, InvoiceClock::Submitted, Some(MONTHS)), |m| {
        m.cut_off = Some(CutOff { action: CutOffAction::Invoice, days_after: 3, at: None, remind_hours: 0 });
    });
    let mut desk = Desk::new(Some(rule.clone()));
    invoiced(&mut desk, "2026-10-20", &[("2026-11-02", EarningState::Invoiced)]);
    assert_eq!(desk.only("2026-11-10T12:00:00Z").window, lands("2026-11-16", "2026-11-16"));
    // Sent on the 5th: it counts as November's, invoiced at its end.
    let mut desk = Desk::new(Some(rule.clone()));
    invoiced(&mut desk, "2026-10-20", &[("2026-11-05", EarningState::Invoiced)]);
    let late = desk.only("2026-11-10T12:00:00Z");
    assert_eq!(late.window, lands("2026-12-14", "2026-12-14"));
    let missed = Reason::MissedCutOff { action: CutOffAction::Invoice, at: at("2026-11-03T23:59:59Z"), zone: UTC };
    assert!(late.reasons.contains(&missed), "{:?}", late.reasons);
    // Not sent at all: the same, once the cut-off has passed.
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-10-20T09:00:00Z", "2026-10-20T10:00:00Z");
    assert_eq!(desk.only("2026-11-03T12:00:00Z").window, lands("2026-11-14", "2026-11-14"));
    assert_eq!(desk.only("2026-11-04T12:00:00Z").window, lands("2026-12-14", "2026-12-14"));
}
