//! Exposure: each cent in one state and one age, and the warnings that come of it.

use super::*;
use crate::domain::earning::Held;
use crate::domain::ids::{EarningId, SessionId};
use crate::domain::platform::{Platform, Stage};
use crate::domain::preset::{HistoryAccess, Preset, PresetStatus};
use crate::domain::query::calendar::{InTransit, Part};
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::schedule::Precision;
use crate::domain::span::DayRange;

const PLATFORM: PlatformId = PlatformId(1);

fn row(source: Source, amount: Money) -> SourceRow {
    SourceRow { source, project: None, amount, secs: 0, worked_on: day("2026-11-20") }
}

fn expected(part: Part, window: Window, late_days: i64, rows: Vec<SourceRow>) -> Expected {
    let gross: Decimal = rows.iter().map(|row| row.amount.amount).sum();
    Expected {
        key: ExpectedKey { platform: PLATFORM, currency: Currency::USD, route: None, schedule: None, part },
        window,
        gross: Money::new(gross, Currency::USD),
        net: Money::new(gross, Currency::USD),
        estimate: true,
        still_growing: false,
        reasons: Vec::new(),
        schedule: None,
        rows,
        late_days,
    }
}

fn lands(first: &str, last: &str) -> Window {
    Window::Lands { days: DayRange::new(day(first), day(last)), precision: Precision::On }
}

#[test]
fn each_cent_is_in_one_state_and_held_money_is_part_of_the_whole() {
    let mut kit = Kit::new();
    let approved = kit.earning(1, "100", &[]);
    kit.edit_earning(approved, |earning| {
        earning.states =
            vec![crate::domain::earning::DatedState { on: day("2026-11-21"), state: EarningState::Approved(None) }];
    });
    let disputed = kit.earning(2, "30", &[]);
    kit.edit_earning(disputed, |earning| {
        earning.held = Some(Held { kind: HeldKind::Disputed, since: day("2026-11-21"), why: String::new() });
    });
    kit.payout(1, "55", None, "2026-11-20", &[]);
    let session = |amount| row(Source::Session(SessionId(9)), usd(amount));
    let calendar = Calendar {
        expected: vec![
            expected(Part::Period(day("2026-11-10")), lands("2026-11-17", "2026-11-18"), 4, vec![session("48")]),
            expected(
                Part::Period(day("2026-11-17")),
                lands("2026-11-24", "2026-11-25"),
                0,
                vec![
                    session("20"),
                    row(Source::Earning(EarningId(1)), usd("100")),
                    row(Source::Earning(EarningId(2)), usd("30")),
                ],
            ),
            expected(
                Part::Undated(UnknownDate::NoSchedule),
                Window::Unknown(UnknownDate::NoSchedule),
                0,
                vec![session("7")],
            ),
        ],
        in_transit: vec![InTransit {
            payout: PayoutId(1),
            platform: Some(PLATFORM),
            sent_on: Some(day("2026-11-20")),
            gross: usd("55"),
            lands: None,
        }],
        ..Calendar::default()
    };
    let all = exposure(&kit.book, &calendar);
    let of = &all[&PLATFORM];
    let dollars = |bag: &Bag| bag.of(Currency::USD);
    assert_eq!(dollars(&of.late), usd("48"));
    assert_eq!(of.late_days, 4);
    assert_eq!(dollars(&of.in_review), usd("20"));
    assert_eq!(dollars(&of.approved), usd("100"));
    assert_eq!(dollars(&of.disputed), usd("30"));
    assert_eq!(dollars(&of.date_unknown), usd("7"));
    assert_eq!(dollars(&of.in_transit), usd("55"));
    assert_eq!(dollars(&of.not_yet_paid()), usd("260"), "what is disputed is part of it");
    let next = of.next.as_ref().unwrap();
    assert_eq!(next.key.part, Part::Period(day("2026-11-17")));

    let rows = open_rows(&kit.book, &calendar, PLATFORM);
    assert_eq!(rows.len(), 6);
    for state in OpenState::ALL {
        let sum: Bag = rows.iter().filter(|row| row.state == state).map(|row| row.amount).collect();
        assert_eq!(&sum, of.of(state), "{state:?}: the rows are what the sum is made of");
    }
    assert!(open_rows(&kit.book, &calendar, PlatformId(2)).is_empty());
}

#[test]
fn what_can_be_drawn_now_comes_first_and_the_minimum_is_named() {
    let kit = Kit::new();
    let session = |amount| row(Source::Session(SessionId(9)), usd(amount));
    let calendar = Calendar {
        expected: vec![
            expected(Part::OwnDate(day("2026-11-24")), lands("2026-11-24", "2026-11-24"), 0, vec![session("1")]),
            expected(Part::Drawable, Window::DrawableNow { next_draw_on: None }, 0, vec![session("96")]),
            expected(Part::BelowMinimum, Window::BelowMinimum { minimum: usd("10") }, 0, vec![session("7.20")]),
        ],
        ..Calendar::default()
    };
    let all = exposure(&kit.book, &calendar);
    let of = &all[&PLATFORM];
    assert_eq!(of.drawable.of(Currency::USD), usd("96"));
    assert_eq!(of.below_minimum.of(Currency::USD), usd("7.20"));
    assert_eq!(of.minimum, Some(usd("10")));
    assert_eq!(of.next.as_ref().unwrap().key.part, Part::Drawable);
}

#[test]
fn a_bag_with_a_missing_rate_has_no_sum() {
    let kit = Kit::new();
    let pounds = Money::new(5.into(), Currency::GBP);
    let bag: Bag = [usd("10"), pounds].into_iter().collect();
    let missing = in_currency(&kit.book, &bag, Currency::USD, day("2026-11-22")).unwrap_err();
    assert_eq!(missing.len(), 1);
    let bag: Bag = [usd("10")].into_iter().collect();
    let sum = in_currency(&kit.book, &bag, Currency::USD, day("2026-11-22"));
    assert_eq!(sum, Ok(usd("10")));
}

const TODAY: &str = "2026-11-22";

fn overview(kit: &Kit) -> Overview {
    let now = crate::domain::span::Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC };
    owed(&kit.book, &crate::domain::query::calendar::calendar(&kit.book, now), day(TODAY))
}

fn worked(kit: &mut Kit, id: u64, project: u64, on: &str) {
    kit.work(id, project, &format!("{on}T09:00:00Z"), &format!("{on}T10:00:00Z"), |_| {});
}

/// Source of the ages: the issue, "0–7, 8–14, 15–30, 31–60, over 60 days".
#[test]
fn ages_begin_and_end_on_their_days() {
    for (on, age) in [
        ("2026-11-30", Age::Week),
        ("2026-11-22", Age::Week),
        ("2026-11-15", Age::Week),
        ("2026-11-14", Age::Fortnight),
        ("2026-11-08", Age::Fortnight),
        ("2026-11-07", Age::Month),
        ("2026-10-23", Age::Month),
        ("2026-10-22", Age::TwoMonths),
        ("2026-09-23", Age::TwoMonths),
        ("2026-09-22", Age::Older),
    ] {
        assert_eq!(Age::of(Some(day(on)), day(TODAY)), age, "{on}");
    }
    assert_eq!(Age::of(None, day(TODAY)), Age::Older);
}

#[test]
fn a_payout_under_way_is_as_old_as_the_work_it_settles() {
    let mut kit = Kit::new();
    let old = kit.earning(1, "30", &[]);
    kit.edit_earning(old, |earning| earning.worked = crate::domain::span::DayRange::day(day("2026-09-01")));
    kit.payout(1, "50", None, "2026-11-20", &[(old, "30")]);
    let found = overview(&kit);
    let row = found.row(PLATFORM).unwrap();
    let of = |age| row.of(age).sum.of(Currency::USD);
    assert_eq!((of(Age::Older), of(Age::Week)), (usd("30"), usd("20")), "the surplus is as old as its day");
    assert_eq!((row.oldest, row.home), (Some(day("2026-09-01")), Some(usd("50"))));
    // More parts than it holds: it stays in one piece, as old as the oldest.
    kit.payout(1, "20", None, "2026-11-20", &[(old, "30")]);
    let row = overview(&kit).rows.remove(0);
    assert_eq!((row.of(Age::Older).sum.of(Currency::USD), row.rows.len()), (usd("20"), 1));
}

#[test]
fn shares_are_of_the_whole_in_home_currency_and_missing_where_a_rate_is() {
    let mut kit = Kit::new();
    worked(&mut kit, 1, 1, "2026-11-20");
    kit.terms(2, 2, Currency::EUR, crate::domain::terms::Pay::PerHour(20.into()));
    worked(&mut kit, 2, 2, "2026-11-20");
    let found = overview(&kit);
    assert!(found.rows.iter().all(|row| found.share(row).is_none()), "never guessed");
    assert_eq!(found.missing.len(), 1);
    assert!(found.all.home.is_none());
    kit.rate(1, Currency::EUR, TODAY, "1.25");
    let found = overview(&kit);
    let shares: Vec<_> = found.rows.iter().map(|row| found.share(row).unwrap().normalize()).collect();
    assert_eq!(shares, [50.into(), 50.into()]);
    assert!(found.missing.is_empty());
}

#[test]
fn the_largest_payout_has_a_day_or_can_be_drawn() {
    let kit = Kit::new();
    let session = |amount| row(Source::Session(SessionId(9)), usd(amount));
    let calendar = Calendar {
        expected: vec![
            expected(Part::OwnDate(day("2026-11-24")), lands("2026-11-24", "2026-11-24"), 0, vec![session("40")]),
            expected(Part::Drawable, Window::DrawableNow { next_draw_on: None }, 0, vec![session("96")]),
            expected(Part::Undated(UnknownDate::NoRule), Window::Unknown(UnknownDate::NoRule), 0, vec![session("900")]),
        ],
        ..Calendar::default()
    };
    let found = owed(&kit.book, &calendar, day(TODAY));
    assert_eq!(found.all.largest.as_ref().map(|next| next.gross), Some(usd("96")));
    assert_eq!(found.row(PLATFORM).unwrap().rows.len(), 3);
}

#[test]
fn what_is_surely_late_of_a_platform_is_so_of_all() {
    let kit = Kit::new();
    let rows = vec![row(Source::Session(SessionId(9)), usd("48"))];
    let late = expected(Part::Period(day("2026-11-10")), lands("2026-11-17", "2026-11-18"), 4, rows);
    assert!(late.is_surely_late(), "no rule that is only reported stands behind it");
    let found = owed(&kit.book, &Calendar { expected: vec![late], ..Calendar::default() }, day(TODAY));
    for states in [&found.row(PLATFORM).unwrap().states, &found.all.states] {
        assert_eq!((states.late_days, states.surely_late), (4, true));
    }
}

/// Two platforms; the first owes four fifths.
fn two() -> Kit {
    let mut kit = Kit::new();
    for (id, on) in [(1, "2026-11-17"), (2, "2026-11-18"), (3, "2026-11-19"), (4, "2026-11-20")] {
        worked(&mut kit, id, 1, on);
    }
    worked(&mut kit, 5, 2, "2026-11-20");
    kit
}

fn found(kit: &Kit, presets: &[Preset]) -> Vec<Risk> {
    risks(&kit.book, presets, &overview(kit), day(TODAY))
}

fn preset(history: Option<HistoryAccess>, status: PresetStatus) -> Preset {
    use crate::domain::fact::{Provenance, Standing};
    use crate::domain::preset::{Fact, FactTopic, Figure};
    let facts = history.map(|access| Fact {
        topic: FactTopic::History,
        text: "as a source says".to_owned(),
        figure: Some(Figure::History(access)),
        conflict: None,
        valid_from: None,
        valid_until: None,
        provenance: Provenance {
            standing: Standing::Documented,
            source: "help".to_owned(),
            checked_on: None,
            taken_by_user: false,
        },
    });
    Preset {
        name: "one".to_owned(),
        also: Vec::new(),
        badge: "ON".to_owned(),
        hue_hint: 0,
        kind: crate::domain::platform::PlatformKind::Contractor,
        pays: Vec::new(),
        currencies: Vec::new(),
        status,
        needs_tracker: false,
        facts: facts.into_iter().collect(),
        schedules: Vec::new(),
        routes: Vec::new(),
    }
}

fn edit_platform(kit: &mut Kit, edit: impl FnOnce(&mut Platform)) {
    let mut platform = (**kit.book.platform(PLATFORM).unwrap()).clone();
    edit(&mut platform);
    kit.put(platform);
}

#[test]
fn most_on_one_of_several_is_a_risk_from_the_set_share_on() {
    let mut kit = two();
    let [Risk::Concentrated { platform, share, owed }] = &found(&kit, &[])[..] else { panic!("one risk") };
    assert_eq!((*platform, share.normalize(), *owed), (PLATFORM, 80.into(), usd("100")));
    kit.settings(|settings| settings.most_on_one_percent = Some(80.into()));
    assert_eq!(found(&kit, &[]), [], "above it, not at it");
    let mut alone = Kit::new();
    worked(&mut alone, 1, 1, "2026-11-20");
    assert_eq!(found(&alone, &[]), [], "one platform holds all of it");
}

#[test]
fn a_platform_that_is_about_to_close_is_a_risk_while_it_owes() {
    use crate::domain::platform::{DatedStage, QualityMeasure, QualityNote};
    let mut kit = two();
    kit.settings(|settings| settings.most_on_one_percent = Some(Decimal::ONE_HUNDRED));
    let why = |kit: &Kit, presets: &[Preset]| match &found(kit, presets)[..] {
        [] => None,
        [Risk::Closing { why, .. }] => Some(*why),
        other => panic!("{other:?}"),
    };
    assert_eq!(why(&kit, &[]), None);
    let note = |on: &str, value: i64| QualityNote {
        on: day(on),
        project: None,
        measure: QualityMeasure::Score,
        value: Some(value.into()),
        out_of: None,
        note: String::new(),
    };
    edit_platform(&mut kit, |platform| platform.quality = vec![note("2026-10-01", 5), note("2026-11-01", 4)]);
    assert!(matches!(why(&kit, &[]), Some(Closing::Falling(_))));
    edit_platform(&mut kit, |platform| platform.preset = Some("one".to_owned()));
    let closed = preset(None, PresetStatus::Closed { on: day("2026-09-30") });
    assert_eq!(why(&kit, &[closed]), Some(Closing::Catalogue(day("2026-09-30"))));
    for stage in [Stage::Dry, Stage::Paused, Stage::Ended] {
        edit_platform(&mut kit, |platform| platform.stages = vec![DatedStage::since(day("2026-11-10"), stage)]);
        assert_eq!(why(&kit, &[]), Some(Closing::Stage(stage, day("2026-11-10"))));
    }
}

#[test]
fn a_page_that_was_saved_is_worth_saving_again_for_newer_work() {
    use crate::domain::platform::Check;
    let mut kit = two();
    kit.settings(|settings| {
        settings.most_on_one_percent = Some(Decimal::ONE_HUNDRED);
        settings.save_page_above = Some(usd("49.99"));
    });
    edit_platform(&mut kit, |platform| platform.preset = Some("one".to_owned()));
    let none = [preset(Some(HistoryAccess::NoDownload), PresetStatus::Open)];
    let owed_of = |kit: &Kit| match &found(kit, &none)[..] {
        [] => None,
        [Risk::NoDownload { said: true, owed, .. }] => Some(owed.of(Currency::USD)),
        other => panic!("{other:?}"),
    };
    assert_eq!(owed_of(&kit), Some(usd("100")));
    let done = |kit: &mut Kit, on: &str| {
        let todo = Check { done_on: Some(day(on)), ..Check::new(SAVE_PAGE) };
        edit_platform(kit, |platform| platform.checklist = vec![todo]);
    };
    done(&mut kit, "2026-11-18");
    assert_eq!(owed_of(&kit), Some(usd("50")), "two hours came after that day");
    done(&mut kit, "2026-11-19");
    assert_eq!(owed_of(&kit), None);
    for access in [HistoryAccess::Csv, HistoryAccess::Download] {
        assert_eq!(found(&kit, &[preset(Some(access), PresetStatus::Open)]), []);
    }
    assert_eq!(
        save_above(&crate::domain::settings::Settings::new("KES".parse().unwrap(), chrono_tz::UTC)).amount,
        20_000.into()
    );
}
