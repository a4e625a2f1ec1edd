//! Worked figures: those of the drawing of the Payouts tab, and one case for each rule.

use super::*;
use crate::domain::bill::{Bill, Repeats};
use crate::domain::earning::{DatedState, EarningState};
use crate::domain::fact::Provenance;
use crate::domain::fact::Standing;
use crate::domain::ids::{PayoutId, PlatformId, ScheduleId, SessionId};
use crate::domain::query::calendar::{
    Expected, ExpectedKey, InTransit, Part, Reason, Source, SourceRow, UnknownDate, Window,
};
use crate::domain::query::work::testkit::{Kit, day, usd};
use crate::domain::schedule::{EarningShape, Lag, Precision, Rule, Schedule};
use crate::domain::span::DayRange;

pub(in crate::domain::query) const TODAY: &str = "2026-11-22";
pub(in crate::domain::query) const RENT_DAY: &str = "2026-12-01";

pub(in crate::domain::query) fn gbp(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::GBP)
}

pub(in crate::domain::query) fn bill(id: u64, amount: Money, due_on: &str, repeats: Repeats) -> Bill {
    Bill { id: BillId(id), name: "Rent".to_owned(), amount, due_on: day(due_on), repeats, until: None }
}

/// A Book with a schedule of platform 1 that takes so long to send, and the rent.
pub(in crate::domain::query) fn kit(transit: Option<Lag>) -> Kit {
    let mut kit = Kit::new();
    let mut rule = Rule::of(EarningShape::OwnDate { on: None, repeat: None });
    rule.modifiers.transit = transit;
    kit.put(Schedule::of(ScheduleId(1), PlatformId(1), rule));
    kit.put(bill(1, usd("900"), RENT_DAY, Repeats::Monthly));
    kit
}

pub(in crate::domain::query) fn approve(kit: &mut Kit, id: u64, amount: &str) -> Source {
    let id = kit.earning(id, amount, &[]);
    kit.edit_earning(id, |earning| {
        earning.states = vec![DatedState { on: day("2026-11-20"), state: EarningState::Approved(None) }];
    });
    Source::Earning(id)
}

pub(in crate::domain::query) fn expected(window: Window, rows: &[(Source, Money)], standing: Standing) -> Expected {
    let currency = rows.first().map_or(Currency::USD, |(_, money)| money.currency);
    let gross = Money::new(rows.iter().map(|(_, money)| money.amount).sum(), currency);
    let part = Part::Period(window.days().map_or(day(TODAY), |days| days.first));
    Expected {
        key: ExpectedKey { platform: PlatformId(1), currency, route: None, schedule: None, part },
        window,
        gross,
        net: gross,
        estimate: false,
        still_growing: false,
        reasons: Vec::new(),
        schedule: Some((ScheduleId(1), Provenance { standing, ..Provenance::own() })),
        rows: rows
            .iter()
            .map(|(source, amount)| SourceRow {
                source: *source,
                project: None,
                amount: *amount,
                secs: 0,
                worked_on: day("2026-11-20"),
            })
            .collect(),
        late_days: 0,
    }
}

pub(in crate::domain::query) const WORK: Source = Source::Session(SessionId(9));

pub(in crate::domain::query) fn lands(first: &str, last: &str) -> Window {
    Window::Lands { days: DayRange::new(day(first), day(last)), precision: Precision::On }
}

fn by(kit: &Kit, expected: Vec<Expected>, on: &str) -> Enough {
    enough(&kit.book, &Calendar { expected, ..Calendar::default() }, day(on), day(TODAY))
}

#[test]
fn the_drawing_s_month_is_short_by_193_97() {
    // Source: the drawing of the tab: late $48.00, drawable $96.00, £14.20, ~ $180.00, $364.00, rent $900.00 on 1 Dec:
    // sure $460.00, likely $246.03, short $193.97; a pound at $1.27.
    let mut kit = kit(Some(Lag::days(0, 0)));
    kit.rate(1, Currency::GBP, "2026-11-20", "1.27");
    let upwork = approve(&mut kit, 1, "364");
    let late = Expected {
        late_days: 4,
        ..expected(lands("2026-11-18", "2026-11-18"), &[(WORK, usd("48"))], Standing::Reported)
    };
    let drawable = expected(Window::DrawableNow { next_draw_on: None }, &[(WORK, usd("96"))], Standing::Reported);
    let found = by(
        &kit,
        vec![
            late,
            drawable,
            expected(lands("2026-11-21", "2026-11-23"), &[(WORK, gbp("14.20"))], Standing::Documented),
            expected(lands("2026-11-24", "2026-11-25"), &[(WORK, usd("180"))], Standing::Reported),
            expected(lands("2026-11-25", "2026-11-25"), &[(upwork, usd("364"))], Standing::Documented),
        ],
        RENT_DAY,
    );
    assert_eq!((found.sure.rounded(), found.to_draw), (usd("460"), usd("96")));
    assert_eq!(found.likely.rounded(), usd("246.03"));
    assert_eq!(found.due, usd("900"));
    assert_eq!(found.short().unwrap().rounded(), usd("193.97"));
    assert!(!found.is_sure());
}

#[test]
fn six_hundred_and_forty_sure_and_180_likely_are_short_by_80() {
    let mut kit = kit(None);
    let sure = approve(&mut kit, 1, "640");
    let window = || lands("2026-11-24", "2026-12-01");
    let rows = [(sure, usd("640")), (WORK, usd("180"))];
    let found = by(&kit, vec![expected(window(), &rows, Standing::Own)], RENT_DAY);
    assert_eq!((found.sure, found.likely, found.short()), (usd("640"), usd("180"), Some(usd("80"))));
    // A rule that workers report makes the same money no more than likely.
    let found = by(&kit, vec![expected(window(), &rows, Standing::Reported)], RENT_DAY);
    assert_eq!((found.sure, found.likely), (usd("0"), usd("820")));
}

#[test]
fn a_window_that_can_end_after_the_day_is_told_and_not_counted() {
    let kit = kit(None);
    let straddles = expected(lands("2026-11-30", "2026-12-02"), &[(WORK, usd("55"))], Standing::Own);
    let after = expected(lands("2026-12-02", "2026-12-03"), &[(WORK, usd("70"))], Standing::Own);
    let found = by(&kit, vec![straddles, after], RENT_DAY);
    assert_eq!((found.may_be_later, found.likely, found.short()), (usd("55"), usd("0"), Some(usd("900"))));
    assert_eq!(found.shares.len(), 1, "what cannot come in time is not named");
}

#[test]
fn a_draw_is_sure_only_where_its_transfer_is_known_to_fit() {
    let draw = |next: Option<&str>| {
        expected(Window::DrawableNow { next_draw_on: next.map(day) }, &[(WORK, usd("96"))], Standing::Reported)
    };
    let told = |transit, next| {
        let found = by(&kit(transit), vec![draw(next)], RENT_DAY);
        (found.sure.amount, found.likely.amount, found.may_be_later.amount)
    };
    let (none, sum) = (Decimal::ZERO, Decimal::from(96));
    assert_eq!(told(Some(Lag::days(1, 9)), None), (sum, none, none), "1 Dec at the latest");
    assert_eq!(told(Some(Lag::days(1, 10)), None), (none, none, sum));
    assert_eq!(told(None, None), (none, sum, none), "nobody says how long it takes");
    assert_eq!(told(Some(Lag::days(0, 0)), Some("2026-12-02")), (none, none, none), "the cooldown runs longer");
    let mut held = draw(None);
    held.reasons = vec![Reason::FirstPayoutHold { days: 14 }];
    assert_eq!(by(&kit(Some(Lag::days(0, 0))), vec![held], RENT_DAY).sure, usd("0"), "the first payout is held");
}

#[test]
fn money_to_be_drawn_later_counts_by_the_day_it_lands() {
    let from = Window::DrawableFrom(DayRange::new(day("2026-11-27"), day("2026-11-28")));
    let drawn = || expected(from.clone(), &[(WORK, usd("24"))], Standing::Documented);
    assert_eq!(by(&kit(Some(Lag::days(0, 3))), vec![drawn()], RENT_DAY).likely, usd("24"));
    assert_eq!(by(&kit(Some(Lag::days(0, 4))), vec![drawn()], RENT_DAY).may_be_later, usd("24"));
}

#[test]
fn what_was_sent_is_sure_until_it_is_late() {
    let kit = kit(None);
    let sent = |lands: Option<(&str, &str)>| InTransit {
        payout: PayoutId(1),
        platform: Some(PlatformId(1)),
        sent_on: Some(day("2026-11-18")),
        gross: usd("60"),
        lands: lands.map(|(first, last)| DayRange::new(day(first), day(last))),
    };
    let told = |lands| {
        let calendar = Calendar { in_transit: vec![sent(lands)], ..Calendar::default() };
        enough(&kit.book, &calendar, day(RENT_DAY), day(TODAY)).shares.first().map(|share| share.chance)
    };
    assert_eq!(told(Some(("2026-11-20", "2026-11-22"))), Some(Chance::Sure));
    assert_eq!(told(Some(("2026-11-20", "2026-11-21"))), Some(Chance::Likely));
    assert_eq!(told(Some(("2026-12-01", "2026-12-02"))), Some(Chance::MayBeLater));
    assert_eq!(told(Some(("2026-12-02", "2026-12-02"))), None);
    assert_eq!(told(None), None);
}

#[test]
fn held_undated_and_too_small_money_counts_nowhere() {
    let kit = kit(None);
    let found = by(
        &kit,
        vec![
            expected(Window::Unknown(UnknownDate::Disputed), &[(WORK, usd("30"))], Standing::Own),
            expected(Window::Unknown(UnknownDate::NoSchedule), &[(WORK, usd("30"))], Standing::Own),
            expected(Window::BelowMinimum { minimum: usd("10") }, &[(WORK, usd("3"))], Standing::Own),
        ],
        RENT_DAY,
    );
    assert!(found.shares.is_empty());
}

#[test]
fn bills_before_the_day_are_summed_and_the_first_short_day_is_told() {
    let mut kit = kit(None);
    kit.put(bill(2, usd("50"), "2026-11-25", Repeats::Weekly));
    // 25 Nov, 2, 9, 16 Dec …: up to 1 Dec the weekly one comes once.
    let calendar = Calendar {
        expected: vec![expected(lands("2026-11-24", "2026-11-24"), &[(WORK, usd("100"))], Standing::Own)],
        ..Calendar::default()
    };
    let on_rent_day = enough(&kit.book, &calendar, day(RENT_DAY), day(TODAY));
    assert_eq!((on_rent_day.due, on_rent_day.bills.len()), (usd("950"), 2));
    let told = next(&kit.book, &calendar, day(TODAY)).unwrap();
    assert_eq!((told.by, told.short()), (day(RENT_DAY), Some(usd("850"))), "25 Nov is covered");
    // Rent is due again on 1 January: what is earned until then is not known yet, so that it is not told.
    let calendar = Calendar {
        expected: vec![expected(lands("2026-11-24", "2026-11-24"), &[(WORK, usd("1200"))], Standing::Own)],
        ..Calendar::default()
    };
    assert_eq!(next(&kit.book, &calendar, day(TODAY)).unwrap().by, day("2026-11-25"));
    // Enough everywhere: the next bill is told.
    let calendar = Calendar {
        expected: vec![expected(lands("2026-11-24", "2026-11-24"), &[(WORK, usd("9000"))], Standing::Own)],
        ..Calendar::default()
    };
    let told = next(&kit.book, &calendar, day(TODAY)).unwrap();
    assert_eq!((told.by, told.short()), (day("2026-11-25"), Some(usd("0"))));
    assert!(next(&Kit::new().book, &calendar, day(TODAY)).is_none());
}

#[test]
fn a_bill_far_ahead_is_told_by_its_day() {
    let mut kit = Kit::new();
    kit.put(bill(1, usd("40"), "2027-06-01", Repeats::Yearly));
    assert_eq!(next(&kit.book, &Calendar::default(), day(TODAY)).unwrap().by, day("2027-06-01"));
}

#[test]
fn what_has_no_rate_is_named_and_never_taken_one_to_one() {
    let mut kit = kit(None);
    let pounds = || expected(lands("2026-11-24", "2026-11-24"), &[(WORK, gbp("14.20"))], Standing::Own);
    let found = by(&kit, vec![pounds()], RENT_DAY);
    assert_eq!((found.likely, found.short()), (usd("0"), Some(usd("900"))));
    assert_eq!(found.money_without_rate.of(Currency::GBP), gbp("14.20"));
    // A rate of eight days ago is too old.
    kit.rate(1, Currency::GBP, "2026-11-14", "1.27");
    assert!(!by(&kit, vec![pounds()], RENT_DAY).money_without_rate.is_empty());
    kit.put(bill(2, gbp("20"), "2026-11-28", Repeats::Never));
    let found = by(&kit, vec![pounds()], RENT_DAY);
    assert_eq!(found.short(), None, "nobody can tell");
    assert_eq!(found.bills_without_rate.of(Currency::GBP), gbp("20"));
    assert!(!found.is_sure());
}

#[test]
fn fees_are_shared_between_what_is_sure_and_what_is_not() {
    let mut kit = kit(None);
    let sure = approve(&mut kit, 1, "75");
    let rows = [(sure, usd("75")), (WORK, usd("25"))];
    let with_fee =
        Expected { net: usd("90"), ..expected(lands("2026-11-24", "2026-11-24"), &rows, Standing::Documented) };
    let found = by(&kit, vec![with_fee], RENT_DAY);
    assert_eq!((found.sure, found.likely), (usd("67.50"), usd("22.50")));
}
