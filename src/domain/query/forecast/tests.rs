//! Worked weeks around Sunday, 22 November 2026: the week of Mon 16 is this one.

use chrono::Weekday;

use super::*;
use crate::domain::bill::Repeats;
use crate::domain::earning::{Covers, DatedState, Earning, EarningState};
use crate::domain::fact::Standing;
use crate::domain::ids::{EarningId, PayoutId, PlatformId, ScheduleId, SessionId};
use crate::domain::query::calendar::{Expected, InTransit, Part, Source, UnknownDate, Window, calendar, of_work};
use crate::domain::query::enough::enough;
use crate::domain::query::enough::tests::{TODAY, WORK, approve, bill, expected, gbp, kit, lands};
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::schedule::{Cycle, EarningShape, Lag, PayDay, Rule, Schedule};
use crate::domain::span::Now;

fn told(kit: &Kit, expected: Vec<Expected>) -> Forecast {
    forecast(&kit.book, &Calendar { expected, ..Calendar::default() }, day(TODAY))
}

fn sums(week: &Week) -> [Money; 3] {
    Sureness::ALL.map(|of| week.sums.of(of))
}

/// The places of the weeks in which anything lands.
fn filled(forecast: &Forecast) -> Vec<usize> {
    let weeks = forecast.weeks.iter().enumerate();
    weeks.filter(|(_, week)| !week.coming.is_empty()).map(|(at, _)| at).collect()
}

#[test]
fn a_window_over_two_weeks_stands_in_the_week_of_its_last_day() {
    let kit = Kit::new();
    let over = expected(lands("2026-11-27", "2026-12-01"), &[(WORK, usd("55"))], Standing::Own);
    let found = told(&kit, vec![over]);
    assert_eq!(found.weeks.len(), 12);
    assert_eq!(found.weeks[0].days, DayRange::new(day("2026-11-16"), day("2026-11-22")));
    assert_eq!(filled(&found), [2]);
    let When::Days(days) = found.coming[found.weeks[2].coming[0]].when else { panic!("it has days") };
    assert_eq!(days, DayRange::new(day("2026-11-27"), day("2026-12-01")), "the whole span is kept");
}

#[test]
fn weeks_begin_where_the_user_s_do_and_end_after_twelve() {
    let mut kit = Kit::new();
    kit.settings(|settings| settings.week_start = Weekday::Sun);
    let on = |day: &str| expected(lands(day, day), &[(WORK, usd("1"))], Standing::Own);
    let found = told(&kit, vec![on("2026-11-28"), on("2026-11-29"), on("2027-02-13"), on("2027-02-14")]);
    assert_eq!(found.weeks[0].days, DayRange::new(day("2026-11-22"), day("2026-11-28")));
    assert_eq!(filled(&found), [0, 1, 11]);
    assert_eq!(found.aside(Beside::Beyond).map(|aside| aside.sums.likely), Some(usd("1")));
}

#[test]
fn approved_in_review_and_what_may_not_come_are_told_apart() {
    let mut kit = kit(None);
    let approved = approve(&mut kit, 1, "364");
    let contested = approve(&mut kit, 2, "30");
    let Source::Earning(id) = contested else { panic!("an earning") };
    kit.edit_earning(id, |earning| {
        earning.states.push(DatedState { on: day("2026-11-21"), state: EarningState::Appealed });
    });
    let rows = [(approved, usd("364")), (WORK, usd("20")), (contested, usd("30"))];
    let in_review = expected(lands("2026-11-25", "2026-11-25"), &rows, Standing::Documented);
    let open = Expected {
        still_growing: true,
        ..expected(lands("2026-11-26", "2026-11-26"), &[(WORK, usd("7"))], Standing::Own)
    };
    let found = told(&kit, vec![in_review, open]);
    assert_eq!(sums(&found.weeks[1]), [usd("364"), usd("27"), usd("30")]);
    let so_far: Vec<Money> = found.coming.iter().filter(|one| one.so_far).map(|one| one.net).collect();
    assert_eq!(so_far, [usd("7")], "the window that is still open says so");
    assert_eq!(found.weeks[1].coming.len(), 4, "three parts of the one, one of the other");
    assert_eq!(found.near.counted(), usd("391"));
    // What workers report is no more than likely, whatever is approved.
    let reported = expected(lands("2026-11-25", "2026-11-25"), &rows, Standing::Reported);
    assert_eq!(sums(&told(&kit, vec![reported]).weeks[1]), [usd("0"), usd("384"), usd("30")]);
}

#[test]
fn what_is_not_reported_or_not_delivered_is_only_possible() {
    let mut kit = kit(None);
    let to_report = kit.earning(1, "40", &[]);
    kit.edit_earning(to_report, |earning| {
        earning.states = vec![DatedState { on: day("2026-11-20"), state: EarningState::ToReport }];
    });
    let milestone = kit.earning(2, "500", &[]);
    kit.edit_earning(milestone, |earning| earning.worked = DayRange::day(day("2026-12-10")));
    let rows = [(Source::Earning(to_report), usd("40")), (Source::Earning(milestone), usd("500"))];
    let found = told(&kit, vec![expected(lands("2026-12-15", "2026-12-15"), &rows, Standing::Documented)]);
    assert_eq!(sums(&found.weeks[4]), [usd("0"), usd("0"), usd("540")]);
}

#[test]
fn what_has_no_day_is_in_no_week() {
    let kit = kit(None);
    let late =
        Expected { late_days: 4, ..expected(lands("2026-11-18", "2026-11-18"), &[(WORK, usd("48"))], Standing::Own) };
    let of = |window| expected(window, &[(WORK, usd("3"))], Standing::Own);
    let found = told(
        &kit,
        vec![
            late,
            of(Window::Unknown(UnknownDate::NoSchedule)),
            of(Window::Unknown(UnknownDate::Disputed)),
            of(Window::BelowMinimum { minimum: usd("10") }),
        ],
    );
    assert!(filled(&found).is_empty());
    let beside: Vec<_> = found.beside.iter().map(|aside| (aside.why, aside.sums.all())).collect();
    let three = usd("3");
    let expected =
        [(Beside::Late, usd("48")), (Beside::DateUnknown, three), (Beside::BelowMinimum, three), (Beside::Held, three)];
    assert_eq!(beside, expected);
    let held = found.aside(Beside::Held).unwrap();
    assert_eq!(held.sums.possible, three, "what is disputed may not come");
}

#[test]
fn sent_money_stands_in_its_week_until_it_is_late() {
    let kit = kit(None);
    let sent = |id, lands: Option<(&str, &str)>| InTransit {
        payout: PayoutId(id),
        platform: Some(PlatformId(1)),
        sent_on: Some(day("2026-11-18")),
        gross: usd("60"),
        lands: lands.map(|(first, last)| DayRange::new(day(first), day(last))),
    };
    let in_transit =
        vec![sent(1, Some(("2026-11-20", "2026-11-24"))), sent(2, Some(("2026-11-19", "2026-11-20"))), sent(3, None)];
    let found = forecast(&kit.book, &Calendar { in_transit, ..Calendar::default() }, day(TODAY));
    assert_eq!(sums(&found.weeks[1]), [usd("60"), usd("0"), usd("0")]);
    assert_eq!(found.aside(Beside::Late).map(|aside| aside.sums.likely), Some(usd("60")));
    assert_eq!(found.aside(Beside::DateUnknown).map(|aside| aside.coming.len()), Some(1));
    assert_eq!(found.rests_on, BTreeMap::from([(RestsOn::Sent, 1)]));
}

#[test]
fn after_bills_is_what_enough_by_the_last_day_of_the_week_leaves() {
    let mut kit = kit(None);
    kit.put(bill(2, usd("50"), "2026-11-25", Repeats::Weekly));
    let approved = approve(&mut kit, 1, "640");
    let late =
        Expected { late_days: 2, ..expected(lands("2026-11-20", "2026-11-20"), &[(WORK, usd("48"))], Standing::Own) };
    let calendar = Calendar {
        expected: vec![
            late,
            expected(lands("2026-11-24", "2026-11-30"), &[(approved, usd("640")), (WORK, usd("10"))], Standing::Own),
            expected(lands("2026-12-08", "2026-12-09"), &[(WORK, usd("200"))], Standing::Reported),
        ],
        ..Calendar::default()
    };
    let found = forecast(&kit.book, &calendar, day(TODAY));
    for week in &found.weeks {
        let by = enough(&kit.book, &calendar, week.days.last, day(TODAY));
        let left = by.sure.amount + by.likely.amount - by.due.amount;
        assert_eq!(week.after_bills, Some(usd("0").with(left)), "{:?}", week.days);
    }
    assert_eq!(found.weeks[1].due, usd("50"));
    assert_eq!((found.weeks[2].due, found.weeks[2].bills.len()), (usd("950"), 2), "the rent and the weekly one");
    assert_eq!(found.weeks[1].after_bills, Some(usd("-2")), "48 late less 50");
}

#[test]
fn what_has_no_rate_is_named_and_in_no_sum() {
    let mut kit = kit(None);
    kit.put(bill(2, gbp("20"), "2026-12-08", Repeats::Never));
    let pounds = expected(lands("2026-11-24", "2026-11-24"), &[(WORK, gbp("14.20"))], Standing::Own);
    let found = told(&kit, vec![pounds]);
    assert_eq!(found.weeks[1].sums.all(), usd("0"));
    assert_eq!(found.without_rate().of(Currency::GBP), gbp("34.20"));
    assert!(found.weeks[2].after_bills.is_some());
    assert!(found.weeks[3..].iter().all(|week| week.after_bills.is_none()), "from then on nobody can tell");
}

#[test]
fn on_what_it_rests_counts_each_payout_once() {
    let mut kit = kit(None);
    let approved = approve(&mut kit, 1, "100");
    let rows = [(approved, usd("100")), (WORK, usd("1"))];
    let found = told(
        &kit,
        vec![
            expected(lands("2026-11-24", "2026-11-24"), &rows, Standing::Documented),
            expected(lands("2026-11-25", "2026-11-25"), &[(WORK, usd("1"))], Standing::Reported),
            expected(Window::Unknown(UnknownDate::NoRule), &[(WORK, usd("1"))], Standing::Own),
        ],
    );
    assert_eq!(found.rests_on, BTreeMap::from([(RestsOn::Documented, 1), (RestsOn::Reported, 1)]));
}

const NOON: &str = "2026-11-22T12:00:00Z";

/// Weeks from Monday on, paid ten days after their end: the user's own rule.
pub(crate) fn weekly() -> Kit {
    let mut kit = Kit::new();
    let rule = Rule::of(EarningShape::PeriodBatch {
        cycle: Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None },
        zone: chrono_tz::UTC,
        starts_at: chrono::NaiveTime::MIN,
        pay_day: PayDay::After(Lag::days(10, 10)),
    });
    kit.put(Schedule::of(ScheduleId(1), PlatformId(1), rule));
    kit
}

/// An earning of some days that was approved on one.
pub(crate) fn earned(
    kit: &mut Kit,
    id: u64,
    amount: &str,
    on: &str,
    covers: &[SessionId],
    approved: &str,
) -> EarningId {
    let id = kit.earning(id, amount, covers);
    kit.edit_earning(id, |earning| {
        earning.worked = DayRange::day(day(on));
        earning.states = vec![DatedState { on: day(approved), state: EarningState::Approved(None) }];
    });
    id
}

fn did(kit: &Kit) -> Option<Did> {
    let work = kit.of();
    let now = Now { at: at(NOON), zone: chrono_tz::UTC };
    how_it_did(&work, &of_work(&work, now, None), day(TODAY), now)
}

#[test]
fn last_month_is_told_as_it_stood_on_its_first_morning() {
    let mut kit = weekly();
    // The week of 21 September is due on 7 October. Four hours are $100: likely on the first, since their earning is of
    // 6 October; of it $97 came.
    let tuesday = kit.work(1, 1, "2026-09-22T08:00:00Z", "2026-09-22T12:00:00Z", |_| {});
    let likely = earned(&mut kit, 10, "100", "2026-09-22", &[tuesday], "2026-10-06");
    kit.payout(20, "100", Some(usd("97")), "2026-10-07", &[(likely, "100")]);
    // Approved in September: sure.
    let sure = earned(&mut kit, 11, "40", "2026-09-23", &[], "2026-09-28");
    kit.payout(21, "40", Some(usd("40")), "2026-10-07", &[(sure, "40")]);
    // The week that was open on the first, as far as it was worked. It came on 14 October.
    let open = kit.work(2, 1, "2026-09-29T08:00:00Z", "2026-09-29T10:00:00Z", |_| {});
    let newer = earned(&mut kit, 12, "50", "2026-09-29", &[open], "2026-10-13");
    kit.payout(22, "50", Some(usd("50")), "2026-10-14", &[(newer, "50")]);
    // Worked on the first itself, and after: that came besides.
    let besides = earned(&mut kit, 14, "10", "2026-10-01", &[], "2026-10-13");
    kit.payout(24, "10", Some(usd("10")), "2026-10-14", &[(besides, "10")]);
    // Due on 7 October too, and here in November.
    let friday = kit.work(3, 1, "2026-09-25T08:00:00Z", "2026-09-25T09:00:00Z", |_| {});
    let late = earned(&mut kit, 13, "25", "2026-09-25", &[friday], "2026-11-02");
    kit.payout(23, "25", Some(usd("25")), "2026-11-03", &[(late, "25")]);
    let found = did(&kit).unwrap();
    assert_eq!((found.month.to_string().as_str(), found.sure, found.likely), ("2026-10", usd("40"), usd("175")));
    assert_eq!((found.possible, found.came, found.late), (usd("0"), usd("187"), usd("25")));
    assert_eq!((found.besides, found.more()), (usd("10"), usd("-3")));
}

#[test]
fn a_payout_that_was_under_way_is_forecast_by_its_own_days() {
    let mut kit = weekly();
    let mut rule = (**kit.book.schedule(ScheduleId(1)).unwrap()).clone();
    rule.rule.modifiers.transit = Some(Lag::days(3, 5));
    kit.put(rule);
    let earning = earned(&mut kit, 10, "80", "2026-09-15", &[], "2026-09-20");
    kit.payout(20, "80", Some(usd("80")), "2026-09-30", &[(earning, "80")]);
    let mut payout = (**kit.book.payout(PayoutId(20)).unwrap()).clone();
    payout.received_on = Some(day("2026-10-04"));
    kit.put(payout);
    let found = did(&kit).unwrap();
    assert_eq!((found.sure, found.came, found.late), (usd("80"), usd("80"), usd("0")));
    assert_eq!(found.more(), usd("0"));
}

#[test]
fn what_never_came_is_late_and_a_month_without_anything_is_not_told() {
    let mut kit = weekly();
    assert_eq!(did(&kit), None);
    kit.work(1, 1, "2026-09-22T08:00:00Z", "2026-09-22T12:00:00Z", |_| {});
    let found = did(&kit).unwrap();
    assert_eq!((found.likely, found.came, found.late), (usd("100"), usd("0"), usd("100")));
}

#[test]
fn work_after_the_first_morning_was_not_known_on_it() {
    let mut kit = weekly();
    // From 22:00 on 30 September to 02:00: two hours were worked by the first morning.
    kit.work(1, 1, "2026-09-30T22:00:00Z", "2026-10-01T02:00:00Z", |_| {});
    let work = kit.of();
    let then = then::as_of(&work, day("2026-10-01"), Now { at: at(NOON), zone: chrono_tz::UTC });
    let found = calendar(&then.book, then.morning).expected;
    assert_eq!(found.iter().map(|one| one.gross).collect::<Vec<_>>(), [usd("50")]);
}

#[test]
fn an_earning_of_days_gives_its_sessions_back() {
    let mut kit = weekly();
    for (id, hours) in [(1, ("08", "10")), (2, ("11", "12"))] {
        kit.work(id, 1, &format!("2026-09-24T{}:00:00Z", hours.0), &format!("2026-09-24T{}:00:00Z", hours.1), |_| {});
    }
    let id = earned(&mut kit, 10, "70", "2026-09-24", &[], "2026-10-05");
    kit.edit_earning(id, |earning: &mut Earning| {
        let days = DayRange::new(day("2026-09-21"), day("2026-09-27"));
        earning.covers = Covers::Days { project: crate::domain::ids::ProjectId(1), days };
    });
    kit.payout(20, "70", Some(usd("70")), "2026-10-07", &[(id, "70")]);
    let found = did(&kit).unwrap();
    // Three hours at $25 were told; $70 came for both sessions, five dollars less.
    assert_eq!((found.likely, found.came, found.more()), (usd("75"), usd("70"), usd("-5")));
}

/// A part and what it is of, for the laws.
pub(crate) fn each_cent_once(calendar: &Calendar, found: &Forecast) {
    let open = |currency: Currency| -> Decimal {
        let expected = calendar.expected.iter().map(|one| one.gross);
        let sent = calendar.in_transit.iter().map(|one| one.gross);
        expected.chain(sent).filter(|money| money.currency == currency).map(|money| money.amount).sum()
    };
    let places: Vec<usize> = found
        .weeks
        .iter()
        .flat_map(|week| &week.coming)
        .chain(found.beside.iter().flat_map(|aside| &aside.coming))
        .copied()
        .collect();
    let once: BTreeSet<usize> = places.iter().copied().collect();
    assert_eq!((places.len(), once.len()), (found.coming.len(), found.coming.len()), "each part stands in one place");
    let names: BTreeSet<(Comes, Sureness)> = found.coming.iter().map(|one| (one.of, one.sureness)).collect();
    assert_eq!(names.len(), found.coming.len(), "no payout is told twice as sure");
    let currencies: BTreeSet<Currency> = found.coming.iter().map(|one| one.gross.currency).collect();
    for currency in currencies {
        let told: Decimal =
            found.coming.iter().map(|one| one.gross).filter(|money| money.currency == currency).map(|m| m.amount).sum();
        // Thirds of cents are cut at the 28th digit, wherever a sum begins.
        assert_eq!(told.round_dp(15), open(currency).round_dp(15), "{currency}");
    }
    for (key, net) in calendar.expected.iter().map(|one| (one.key, one.net)) {
        let parts: Decimal =
            found.coming.iter().filter(|one| one.of == Comes::Expected(key)).map(|one| one.net.amount).sum();
        assert_eq!(parts.round_dp(15), net.amount.round_dp(15), "the net of the parts is that of the whole");
    }
}

#[test]
fn part_of_a_key_is_no_payout_of_its_own() {
    let mut kit = kit(None);
    let approved = approve(&mut kit, 1, "10");
    let rows = [(approved, usd("10")), (WORK, usd("20"))];
    let one = Expected { net: usd("27"), ..expected(lands("2026-11-24", "2026-11-24"), &rows, Standing::Own) };
    assert!(matches!(one.key.part, Part::Period(_)));
    let calendar = Calendar { expected: vec![one], ..Calendar::default() };
    let found = forecast(&kit.book, &calendar, day(TODAY));
    each_cent_once(&calendar, &found);
    assert_eq!(sums(&found.weeks[1]), [usd("9"), usd("18"), usd("0")], "the fee is shared by amount");
}
