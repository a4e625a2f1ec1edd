//! The words of the month page.

use super::*;
use crate::domain::query::calendar::of_work;
use crate::domain::query::month::month_figures;
use crate::domain::query::needs::closed;
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::seen::{Seen, SeenFigure};
use crate::domain::span::Now;

const NOW: &str = "2026-12-05T12:00:00Z";

pub(crate) fn figures(kit: &Kit, month: Month) -> MonthFigures {
    let work = kit.of();
    let now = Now { at: at(NOW), zone: chrono_tz::UTC };
    let today = day("2026-12-05");
    month_figures(&work, &of_work(&work, now, None), &closed(&work, today), month, today, now.at)
}

pub(crate) fn november() -> Month {
    Month { year: 2026, month: 11 }
}

/// Four paid hours and one unpaid one; $90 landed of a $100 earning, less a fee of ten; two more hours are still out.
pub(crate) fn a_month() -> Kit {
    let mut kit = Kit::new();
    let paid = kit.work(1, 1, "2026-11-03T08:00:00Z", "2026-11-03T12:00:00Z", |_| {});
    kit.unpaid(2, 1, "2026-11-03T13:00:00Z", "2026-11-03T14:00:00Z");
    kit.work(3, 2, "2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    let earning = kit.earning(10, "100", &[paid]);
    kit.payout(20, "100", Some(usd("90")), "2026-11-18", &[(earning, "100")]);
    let mut payout = (**kit.book.payout(crate::domain::ids::PayoutId(20)).unwrap()).clone();
    payout.platform_fee = Some(usd("10"));
    kit.put(payout);
    kit
}

fn view(kit: &Kit) -> MonthView {
    MonthView::of(&kit.book, &figures(kit, november()), day("2026-12-05"))
}

#[test]
fn the_answer_is_what_landed_and_beside_it_what_was_earned() {
    let view = view(&a_month());
    assert_eq!(view.title, "November 2026");
    assert_eq!((view.answer.figure.as_str(), view.answer.words), ("$90.00", "landed"));
    assert_eq!(
        view.answer.line,
        "earned $140.00 by the work done in it · $20.00/h over all hours · $50.00 of it still out"
    );
    assert!(!view.is_empty && view.warnings.is_empty());
}

#[test]
fn each_card_has_its_rows() {
    let view = view(&a_month());
    let spoken: Vec<&str> = view.worked.iter().map(|row| row.spoken.as_str()).collect();
    assert_eq!(
        spoken,
        [
            "Platform 2: 2 h 00 m paid, 0 h 00 m unpaid, earned $50.00, $25.00 an hour over all hours",
            "Platform 1: 4 h 00 m paid, 1 h 00 m unpaid, earned $90.00, $18.00 an hour over all hours",
            "All: 6 h 00 m paid, 1 h 00 m unpaid, earned $140.00, $20.00 an hour over all hours",
        ]
    );
    assert_eq!(view.worked[1].cells[3], "$90.00", "all of it is settled");
    assert_eq!(view.worked[0].cells[3], "$0.00", "none of it is");
    assert_eq!(view.landed[0].spoken, "Wed 18 Nov, Platform 1, $90.00 landed");
    assert_eq!(view.landed_sum, "1 payout, $90.00");
    assert_eq!((view.out[0].name.as_str(), view.out[0].amount.as_str()), ("Platform 2", "$50.00"));
    let lost: Vec<_> = view.lost.iter().map(|row| (row.name.as_str(), row.amount.as_str())).collect();
    assert_eq!(lost, [("Platform fees", "$10.00")]);
}

#[test]
fn what_moved_says_by_how_much() {
    let mut kit = a_month();
    let figure = |platform, earned, credited_secs| SeenFigure {
        platform: crate::domain::ids::PlatformId(platform),
        month: november(),
        earned,
        credited_secs,
    };
    kit.put(Seen {
        dismissed: Vec::new(),
        figures: vec![figure(1, usd("90"), 4 * 3600), figure(2, usd("75"), 3 * 3600)],
    });
    assert_eq!(view(&kit).moved, ["Platform 2, November: 2 h credited instead of 3 h, −$25.00"]);
}

#[test]
fn the_page_as_text_holds_the_same_figures() {
    let view = view(&a_month());
    let text = view.tab_separated();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "What\tWho\tDay\tHours\tAmount\tCurrency\tIn home currency");
    for line in [
        "worked, paid\tAll\t\t6\t\t\t",
        "earned\tAll\t\t\t140.00\tUSD\t140.00",
        "landed\tPlatform 1\t2026-11-18\t\t90.00\tUSD\t90.00",
        "landed\tAll\t\t\t90.00\tUSD\t90.00",
        "still out\tAll\t\t\t50.00\tUSD\t50.00",
        "platform fees\t\t\t\t10.00\tUSD\t",
    ] {
        assert!(lines.contains(&line), "{line:?} in {text}");
    }
    assert_eq!(view.lines().len() + 1, lines.len());
}

#[test]
fn a_missing_rate_is_told_and_no_sum_pretends() {
    let mut kit = a_month();
    let pounds = Money::new(8.into(), crate::domain::money::Currency::GBP);
    kit.payout(21, "8", Some(pounds), "2026-11-19", &[]);
    let view = view(&kit);
    assert_eq!(view.answer.figure, "$90.00");
    assert_eq!(view.landed_sum, "2 payouts, $90.00 + £8.00");
    assert_eq!(view.landed[1].home, "–");
    assert!(view.warnings.iter().any(|text| text.starts_with("In no sum: £8.00.")), "{:?}", view.warnings);
}

#[test]
fn an_empty_month_is_empty() {
    let kit = a_month();
    let march = MonthView::of(&kit.book, &figures(&kit, Month { year: 2026, month: 3 }), day("2026-12-05"));
    assert!(march.is_empty && march.landed.is_empty());
    assert_eq!(march.out_sum, "all of it has landed");
}
