//! Every reason reads as a sentence.

use super::*;

use crate::domain::span::DayRange;
use crate::domain::testing::{day, usd};

fn range(first: &str, last: &str) -> DayRange {
    DayRange::new(day(first), day(last))
}

fn taught(low: i64, high: i64, weekday: Option<chrono::Weekday>) -> OwnLags {
    OwnLags { count: 6, median: low, low, high, weekday }
}

#[test]
fn what_comes_of_doing_it_is_told_once_where_the_days_are_the_same() {
    let lands = |day| Window::Lands { days: range(day, day), precision: Precision::On };
    let one = |on, window| IfDone { action: CutOffAction::Report, on: day(on), window };
    let told = |done: &[IfDone]| if_done_lines(done, day("2026-11-22"), Style::PLAIN);
    let (today, tomorrow) = ("2026-11-22", "2026-11-23");
    assert_eq!(
        told(&[one(today, lands("2026-11-27")), one(tomorrow, lands("2026-12-04"))]),
        ["Report the time today: lands Fri 27 Nov", "Report the time tomorrow: lands Fri 4 Dec"]
    );
    assert_eq!(
        told(&[one(today, lands("2026-11-27")), one(tomorrow, lands("2026-11-27"))]),
        ["Report the time today or tomorrow: lands Fri 27 Nov"]
    );
    assert!(told(&[]).is_empty());
}

#[test]
fn every_reason_reads_as_a_sentence() {
    let business = Lag { count: DayCount::Business, ..Lag::days(3, 7) };
    let at = "2026-11-23T23:59:59Z".parse().unwrap();
    let cut = |action| Reason::CutOff { action, at, zone: Zone::UTC };
    let cases = [
        (
            Reason::Worked {
                days: range("2026-11-17", "2026-11-23"),
                zone: Zone::UTC,
                secs: 25_920,
                sessions: 6,
                earnings: 0,
            },
            "Worked Tue 17 – Mon 23 Nov, UTC",
        ),
        (cut(None), "Cut-off Mon 23 Nov 23:59 UTC"),
        (cut(Some(CutOffAction::Submit)), "Hand the work in by Mon 23 Nov 23:59 UTC"),
        (cut(Some(CutOffAction::Report)), "Report the time by Mon 23 Nov 23:59 UTC"),
        (cut(Some(CutOffAction::Approve)), "Approve your entries by Mon 23 Nov 23:59 UTC"),
        (cut(Some(CutOffAction::Invoice)), "Send the invoice by Mon 23 Nov 23:59 UTC"),
        (cut(Some(CutOffAction::Request)), "Ask for the payout by Mon 23 Nov 23:59 UTC"),
        (
            Reason::CutOff { action: None, at, zone: chrono_tz::America::New_York },
            "Cut-off Mon 23 Nov 18:59 New York time",
        ),
        (Reason::Review { lag: Lag::days(3, 3), automatic: false }, "Review 3 days"),
        (Reason::Review { lag: business, automatic: true }, "Review 3 – 7 business days"),
        (
            Reason::Matures { lag: Lag::days(7, 7), days: range("2026-11-16", "2026-11-22") },
            "Matures after 7 days: Mon 16 – Sun 22 Nov",
        ),
        (Reason::Approved(day("2026-11-16")), "Approved Mon 16 Nov"),
        (Reason::Paid { days: range("2026-11-24", "2026-11-24"), precision: Precision::On }, "Paid Tue 24 Nov"),
        (Reason::Paid { days: range("2026-11-24", "2026-11-25"), precision: Precision::By }, "Paid by Wed 25 Nov"),
        (Reason::Shifted { from: day("2026-11-28") }, "Moved from Sat 28 Nov, no business day"),
        (Reason::FirstPayoutHold { days: 7 }, "The first payout is held 7 days longer"),
        (Reason::FirstPayoutHold { days: 1 }, "The first payout is held 1 day longer"),
        (Reason::Transit { lag: Lag::days(0, 1), by: "PayPal".into() }, "Transit 0 – 1 days by PayPal"),
        (Reason::Transit { lag: Lag::days(1, 1), by: String::new() }, "Transit 1 day"),
        (Reason::Transit { lag: Lag::days(0, 0), by: "bank".into() }, "Transit the same day by bank"),
        (Reason::Fee(usd("1.8")), "Fee $1.80"),
        (Reason::TaxWithheld(usd("12")), "Tax withheld $12.00"),
        (Reason::Minimum { minimum: usd("5"), balance: usd("3.2") }, "Below the minimum: $3.20 of $5.00"),
        (Reason::Minimum { minimum: usd("5"), balance: usd("5") }, "Minimum of $5.00 reached"),
        (
            Reason::Cooldown { hours: 72, last_draw_on: day("2026-11-16") },
            "Last draw Mon 16 Nov, the next one 3 days later",
        ),
        (
            Reason::Cooldown { hours: 30, last_draw_on: day("2026-11-16") },
            "Last draw Mon 16 Nov, the next one 30 h later",
        ),
        (Reason::OwnDate(day("2026-11-27")), "Your own date: Fri 27 Nov"),
        (Reason::NotBefore(day("2027-01-04")), "Not before Mon 4 Jan 2027, as you said"),
        (Reason::Unknown(UnknownDate::NoSchedule), "Date unknown: no schedule yet"),
        (
            Reason::MissedCutOff { action: CutOffAction::Report, at, zone: Zone::UTC },
            "Not reported by Mon 23 Nov 23:59 UTC: it goes with the next period",
        ),
        (Reason::HeldPart("12.5".parse().unwrap()), "12.5 % of it is held until the work is accepted"),
        (Reason::Invoice { days: range("2026-11-15", "2026-11-15"), sent: true }, "Invoiced Sun 15 Nov"),
        (Reason::Invoice { days: range("2026-11-29", "2026-11-29"), sent: false }, "To be invoiced Sun 29 Nov"),
        (
            Reason::Net { lag: Lag::days(30, 30), days: range("2026-12-15", "2026-12-15") },
            "Due after 30 days: Tue 15 Dec",
        ),
        (
            Reason::IfAsked { by: at, zone: Zone::UTC, run: range("2026-11-24", "2026-11-24") },
            "Asked for by Mon 23 Nov 23:59 UTC it comes Tue 24 Nov, else with the next run",
        ),
        (Reason::OwnLags(taught(1, 2, Some(chrono::Weekday::Tue))), "Your last 6: Tuesday + 1 – 2 days"),
        (Reason::OwnLags(taught(1, 1, Some(chrono::Weekday::Tue))), "Your last 6: Tuesday + 1 day"),
        (Reason::OwnLags(taught(0, 0, Some(chrono::Weekday::Fri))), "Your last 6: Friday"),
        (Reason::OwnLags(taught(-1, 3, None)), "Your last 6: the rule’s day − 1 to + 3 days"),
        (Reason::Chase(day("2026-11-25")), "Ask where it is after Wed 25 Nov"),
        (Reason::Ceiling { most: usd("500"), rest: usd("120") }, "At most $500.00 at once; $120.00 more follows"),
        (
            Reason::CeilingNear { most: usd("1000"), balance: usd("820") },
            "Near the ceiling: $820.00 of at most $1,000.00",
        ),
        (Reason::YearlyCeiling { most: usd("300"), paid: usd("280") }, "Near the most in a year: $280.00 of $300.00"),
        (Reason::Unknown(UnknownDate::NoAnchor), "Date unknown: nobody says which week is a first one"),
        (Reason::Unknown(UnknownDate::NeverPays), "Date unknown: its rule names no day on which it pays"),
        (Reason::Unknown(UnknownDate::NotReported), "Date unknown: the clock starts once you report it"),
        (Reason::Unknown(UnknownDate::NotInvoiced), "Date unknown: the clock starts once you send the invoice"),
        (Reason::Unknown(UnknownDate::UntilAccepted), "Date unknown: held until the work is accepted"),
        (Reason::Unknown(UnknownDate::AboveCeiling), "Date unknown: above what is paid at once"),
        (Reason::Unknown(UnknownDate::NoRule), "Date unknown: outstanding, no rule is known"),
        (Reason::Unknown(UnknownDate::Frozen), "Date unknown: payouts are frozen"),
        (Reason::Unknown(UnknownDate::Disputed), "Date unknown: it is disputed"),
        (Reason::Unknown(UnknownDate::WaitsForEvent), "Date unknown: waits for the platform’s approval"),
    ];
    for (reason, words) in cases {
        assert_eq!(sentence(&reason, day("2026-11-22"), Style::PLAIN), words);
    }
}

#[test]
fn a_cut_off_is_converted_only_where_the_clocks_differ() {
    let at = "2026-11-23T23:59:59Z".parse().unwrap();
    let told = |home| conversion(at, Zone::UTC, home);
    assert_eq!(told(chrono_tz::Africa::Nairobi).as_deref(), Some("that is Tue 02:59 in Nairobi"));
    assert_eq!(told(chrono_tz::America::New_York).as_deref(), Some("that is Mon 18:59 in New York"));
    // London is on UTC in November: the same clocks need no second line.
    assert_eq!(told(chrono_tz::Europe::London), None);
    assert_eq!(told(Zone::UTC), None);
}
