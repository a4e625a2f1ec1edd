//! The words of the check, over a small Book in which every kind of line stands.

use super::*;
use crate::domain::ids::{EarningId, MovementId, PayoutId};
use crate::domain::money::Currency;
use crate::domain::movement::Movement;
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::statement::MoveKind;
use crate::domain::terms::Pay;
use crate::domain::testing::{dec, movement};

/// Work that was never credited, credit without a session, less credit than promised, money of nobody known, a payment
/// that surely fits and one that likely does, a week that fits.
pub(crate) fn three_ways() -> Kit {
    let mut kit = Kit::new();
    for (id, on) in [(1, "2026-10-26"), (2, "2026-11-03"), (3, "2026-11-10"), (4, "2026-11-24")] {
        kit.work(id, 1, &format!("{on}T09:00:00Z"), &format!("{on}T11:00:00Z"), |_| {});
    }
    for (id, amount, on) in
        [(1, "50", "2026-10-26"), (3, "40", "2026-11-10"), (5, "30", "2026-11-16"), (4, "50", "2026-11-24")]
    {
        kit.credit(id, amount, on);
    }
    kit.put(movement(1, usd("99")));
    kit.came(2, "50", "2026-11-25", "platform 1 weekly pay");
    kit.payout(5, "120", None, "2026-11-08", &[]);
    kit.came(3, "120", "2026-11-10", "PLATFORM 1");
    kit
}

fn now() -> Now {
    Now { at: at("2026-11-27T12:00:00Z"), zone: chrono_tz::UTC }
}

fn of(kit: &Kit) -> Checked {
    Checked::of(&kit.book, &calendar(&kit.book, now()), now(), day("2026-11-27"))
}

fn whats(checked: &Checked) -> Vec<&str> {
    checked.lines.iter().map(|line| line.what.as_str()).collect()
}

#[test]
fn an_empty_book_has_told_nothing() {
    let checked = of(&Kit::new());
    assert_eq!(checked, Checked::default());
    assert_eq!(shown(&checked, &Look::default(), day("2026-11-27"), Weekday::Mon), ShownLines::default());
}

#[test]
fn without_a_price_nothing_was_promised() {
    let mut kit = Kit::new();
    kit.terms(1, 1, Currency::USD, Pay::BySession);
    kit.work(1, 1, "2026-11-16T08:00:00Z", "2026-11-16T09:00:00Z", |_| {});
    kit.credit(1, "12", "2026-11-16");
    let checked = of(&kit);
    assert_eq!(whats(&checked), ["Credited"]);
    assert_eq!(checked.lines[0].promised, NONE);
}

#[test]
fn each_line_says_what_it_is_whose_and_what_stands_on_each_side() {
    let checked = of(&three_ways());
    assert_eq!(
        whats(&checked),
        [
            "Money of unknown origin",
            "Credit without a session",
            "Credited less than promised",
            "Work never credited",
            "Pays 1 credit",
            "Is a payout that you know",
            "Credited as promised",
            "Credited as promised",
        ]
    );
    let names: Vec<&str> = checked.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names[0], "Money of unknown origin, not known, Fri 20 Nov, received $99.00");
    assert_eq!(
        names[2],
        "Credited less than promised, Platform 1, Project 1, Tue 10 Nov, logged 2 h, $50.00, credited $40.00"
    );
    let differs = &checked.lines[2];
    let cells = [&differs.time, &differs.promised, &differs.credited, &differs.received].map(String::as_str);
    assert_eq!(cells, ["2 h", "$50.00", "$40.00", NONE]);
    assert_eq!((differs.sureness, checked.lines[4].sureness, checked.lines[5].sureness), ("", "likely", "sure"));
    assert!(!checked.lines[4].settles_surely() && checked.lines[5].settles_surely());
}

#[test]
fn the_first_place_with_anything_in_it_is_shown_and_filters_count() {
    let checked = of(&three_ways());
    let look = |look: &Look| shown(&checked, look, day("2026-11-27"), Weekday::Mon);
    let all = look(&Look::default());
    assert_eq!(
        (all.place, all.rows.as_slice(), all.counts, all.sure.as_slice()),
        (Some(Place::Differs), &[0, 1, 2, 3][..], [4, 2, 2], &[5][..])
    );
    let fits = look(&Look { place: Some(Place::Fits), ..Look::default() });
    assert_eq!((fits.place, fits.rows.as_slice()), (Some(Place::Fits), &[6, 7][..]));
    let of_one = look(&Look { platform: Some(PlatformId(1)), ..Look::default() });
    assert_eq!(of_one.counts, [3, 2, 2], "money of nobody known is no platform’s");
    let this_week = look(&Look { period: Period::ThisWeek, ..Look::default() });
    assert_eq!((this_week.counts, this_week.place), ([0, 1, 1], Some(Place::Waits)));
}

#[test]
fn an_opened_line_says_why_and_leads_to_its_rows() {
    let kit = three_ways();
    let checked = of(&kit);
    let open = |at: usize| detail(&kit.book, &checked.lines[at], now().at, day("2026-11-27"));
    let differs = open(2);
    assert_eq!(differs.whose, "Platform 1, Project 1, Tue 10 Nov");
    assert_eq!(differs.because, ["$10.00 less than 2 h come to at their terms"]);
    let [logged, credited, received] = &differs.sides;
    assert_eq!((logged.sum.as_str(), credited.sum.as_str(), received.sum.as_str()), ("2 h, $50.00", "$40.00", NONE));
    assert_eq!(logged.parts[0].name, "Session Tue 10 Nov, 09:00 – 11:00, 2 h");
    assert_eq!(credited.parts[0].opens, Some(Opens::Earning(EarningId(3))));
    let never = open(3);
    assert_eq!(never.because[1], "Work up to Tue 24 Nov has been credited since");
    let pays = open(4);
    assert_eq!(
        pays.because,
        ["Nothing is settled until you say so", "The payment names Platform 1", "The amount fits to the cent"]
    );
    assert_eq!(pays.sides[1].parts[0].name, "Credit Project 1, Tue 24 Nov, $50.00");
    assert_eq!(pays.sides[2].parts[0].name, "Movement PayPal, Wed 25 Nov, platform 1 weekly pay, $50.00");
    assert_eq!(open(5).sides[1].parts[0].opens, Some(Opens::Payout(PayoutId(5))));
}

#[test]
fn moves_between_own_accounts_are_told_as_no_income() {
    let mut kit = Kit::new();
    kit.put(Movement { kind: MoveKind::Own, on: day("2026-11-06"), ..movement(2, usd("-40")) });
    let arrived =
        Movement { account: "Bank".into(), on: day("2026-11-07"), text: "PayPal".into(), ..movement(3, usd("40")) };
    kit.put(arrived);
    assert_eq!(of(&kit).own, "2 moves between your own accounts are no income");
}

#[test]
fn fees_rates_and_late_pay_are_told_with_their_figures() {
    let kit = three_ways();
    let base = of(&kit).lines[0].line.clone();
    let said = |what: What| super::what(&kit.book, &Line { what, ..base.clone() }, Style::of(kit.book.settings()));
    assert_eq!(
        said(What::FeeLarger { promised: usd("1"), charged: usd("3") }),
        "Fee larger than promised: $3.00 for $1.00"
    );
    assert_eq!(said(What::RateFar { percent: dec("-9.28") }), "Rate 9.3 % below the day’s");
    assert_eq!(said(What::RateFar { percent: dec("6") }), "Rate 6.0 % above the day’s");
    assert_eq!(said(What::GoesOn(MovementId(1))), "Moved on to the next account");
}
