//! The view over small Books; expected figures come from the design and its pictures.

use super::*;
use crate::domain::earning::EarningState;
use crate::domain::ids::ProjectId;
use crate::domain::money::{Currency, Money};
use crate::domain::query::hours::Period;
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::session::Activity;
use crate::domain::span::{DayRange, Now};
use crate::ui::view::filter::SessionFilter;

const TODAY: &str = "2026-11-22";

fn now() -> Now {
    Now { at: at("2026-11-22T13:20:17Z"), zone: chrono_tz::UTC }
}

fn index(kit: &Kit, look: &Look) -> Arc<Index> {
    Arc::new(Index::of(&kit.book, &kit.of(), look, now(), day(TODAY)))
}

fn view(kit: &Kit, look: &Look) -> SessionsView {
    index(kit, look).search("")
}

fn heads(view: &SessionsView) -> Vec<(String, Totals)> {
    let days = view.lines().iter().filter_map(|line| if let Line::Day(day) = line { view.head(*day) } else { None });
    days.map(|head| (head.title, head.totals)).collect()
}

fn rows(view: &SessionsView) -> Vec<Arc<SessionRow>> {
    view.ids().filter_map(|id| view.row(id)).collect()
}

fn ids(view: &SessionsView) -> Vec<u64> {
    view.ids().map(|id| id.0).collect()
}

#[test]
fn the_check_of_the_design_stands_in_the_head_of_its_day() {
    // Source: design.md, "Rate steps", check: 6.5 paid hours at $25 over 11 hours in all are $14.77 an hour.
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-21T06:00:00Z", "2026-11-21T12:30:00Z", |_| {});
    kit.unpaid(2, 1, "2026-11-21T13:00:00Z", "2026-11-21T17:30:00Z");
    let view = view(&kit, &Look::default());
    let [(title, totals)] = &heads(&view)[..] else { panic!("one day") };
    assert_eq!(title, "Saturday 21 November");
    assert_eq!((totals.own.as_str(), totals.earned.as_str(), totals.rate.as_str()), ("11 h", "$162.50", "$14.77/h"));
    assert_eq!(view.totals.sessions, "2 sessions");
    assert_eq!(view.totals.rate, "$14.77/h");
}

#[test]
fn rows_stand_newest_first_with_what_is_known_of_them() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-22T09:14:00Z", "2026-11-22T11:02:00Z", |session| session.credited_secs = Some(6000));
    kit.unpaid(2, 2, "2026-11-22T11:10:00Z", "2026-11-22T12:00:00Z");
    kit.put(crate::domain::query::work::testkit::session(3, "2026-11-22T12:38:00Z", None));
    kit.work(4, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |session| session.project = None);
    let view = view(&kit, &Look::default());
    let all = rows(&view);
    let rows: Vec<[&str; 5]> = all
        .iter()
        .map(|row| [row.time.as_str(), row.own.as_str(), row.credited.as_str(), row.value.as_str(), row.state])
        .collect();
    // Source: look.md, the Sessions picture: 1 h 40 m credited at $25 are $41.67; 42 m 17 s are $17.62.
    assert_eq!(
        rows,
        [
            ["12:38 –", "42 m", "–", "~ $17.62", "running"],
            ["11:10 – 12:00", "50 m", "–", "unpaid", ""],
            ["09:14 – 11:02", "1 h 48 m", "1 h 40 m", "$41.67", "in review"],
            ["09:00 – 10:00", "1 h", "–", "–", "no project yet"],
        ]
    );
    assert!(view.row(SessionId(1)).is_some_and(|row| row.credited_differs));
    assert!(view.row(SessionId(3)).is_some_and(|row| !row.credited_differs));
}

#[test]
fn overlaps_are_flagged_on_both_and_kept() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-21T09:00:00Z", "2026-11-21T11:00:00Z", |_| {});
    kit.work(2, 2, "2026-11-21T10:00:00Z", "2026-11-21T12:00:00Z", |_| {});
    kit.work(3, 2, "2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z", |_| {});
    let view = view(&kit, &Look::default());
    let flag = |id| view.row(SessionId(id)).and_then(|row| row.overlap.clone());
    let first = flag(1).expect("it is told");
    assert_eq!(first.words, "overlaps Project 2");
    assert_eq!(first.line, "At the same time as Project 2, 10:00 – 12:00; both count");
    assert_eq!(flag(2).map(|of| of.words).as_deref(), Some("overlaps Project 1"));
    assert_eq!(flag(2).map(|of| of.repairs.len()), Some(3));
    assert_eq!(flag(3), None);
    // Parallel time counts once: 09:00 to 13:00.
    assert_eq!(view.totals.own, "4 h");
}

#[test]
fn filters_of_another_screen_and_of_the_tab_hold_together() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", |_| {});
    kit.work(2, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |_| {});
    kit.work(3, 2, "2026-11-21T11:00:00Z", "2026-11-21T12:00:00Z", |_| {});
    kit.unpaid(4, 2, "2026-11-21T13:00:00Z", "2026-11-21T14:00:00Z");
    let shown = |look: Look| -> Vec<u64> { ids(&view(&kit, &look)) };
    let filter = |filter| Look { filter: Some(filter), ..Look::default() };
    assert_eq!(shown(Look::default()), [4, 3, 2]);
    assert_eq!(shown(Look { period: Period::All, ..Look::default() }), [4, 3, 2, 1]);
    assert_eq!(shown(Look { activity: Some(Activity::Assessment), ..Look::default() }), [4]);
    let of_one = SessionFilter { platform: Some(PlatformId(1)), ..SessionFilter::default() };
    assert_eq!(shown(filter(of_one.clone())), [2], "within the period");
    assert_eq!(shown(Look { platform: Some(PlatformId(2)), ..filter(of_one) }), [0; 0]);
    let days = SessionFilter { days: Some(DayRange::day(day("2026-03-02"))), ..SessionFilter::default() };
    assert_eq!(shown(filter(days)), [1], "its days win");
    let project = SessionFilter { project: Some(ProjectId(2)), ..SessionFilter::default() };
    assert_eq!(shown(filter(project)), [4, 3]);
    let named = SessionFilter { sessions: Some([SessionId(1), SessionId(3)].into()), ..SessionFilter::default() };
    assert_eq!(shown(filter(named.clone())), [3, 1]);
    assert_eq!(view(&kit, &filter(named)).totals.earned, "$50.00");
}

#[test]
fn a_missing_exchange_rate_is_said_and_never_guessed() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |session| {
        session.own_price = Some(Money::new("3.30".parse().unwrap(), Currency::GBP));
    });
    let view = view(&kit, &Look::default());
    assert_eq!((view.totals.earned.as_str(), view.totals.rate.as_str()), ("–", ""));
    assert_eq!(view.totals.note, "No figure: no rate from GBP to USD for 2026-11-21");
    assert_eq!(view.row(SessionId(1)).map(|row| row.value.clone()).as_deref(), Some("£3.30"));
}

#[test]
fn a_bonus_is_a_row_of_the_figure_that_it_is_part_of() {
    let mut kit = Kit::new();
    kit.earning(1, "20", &[]);
    let view = view(&kit, &Look::default());
    let [Line::Day(head), Line::Earning(bonus)] = *view.lines() else { panic!("a day and a bonus") };
    let (head, bonus) = (view.head(head).unwrap(), view.earning(bonus).unwrap());
    assert_eq!((head.totals.earned.as_str(), bonus.value.as_str(), bonus.kind), ("$20.00", "$20.00", "bonus"));
}

#[test]
fn hours_without_clock_times_and_ends_on_another_day_say_so() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z", |session| session.declared_secs = Some(22 * 3600));
    kit.work(2, 1, "2026-11-19T22:00:00Z", "2026-11-20T02:00:00Z", |session| session.note = "late shift".into());
    kit.settings(|settings| settings.home_currency = usd("1").currency);
    let view = view(&kit, &Look::default());
    let row = |id| view.row(SessionId(id)).expect("it is shown");
    assert_eq!((row(1).time.as_str(), row(1).own.as_str()), ("declared", "22 h"));
    assert_eq!(row(2).more, "Ends on Fri 20 Nov at 02:00\nlate shift");
}

/// Three days with two platforms, a bonus, time in parallel, a study in pounds and an unpaid hour.
fn full() -> Kit {
    let mut kit = Kit::new();
    kit.settings(|settings| settings.home_currency = usd("1").currency);
    kit.rate(1, Currency::GBP, "2026-11-20", "1.25");
    kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |session| {
        session.note = "Révision of tables".into();
    });
    kit.work(2, 2, "2026-11-20T10:00:00Z", "2026-11-20T12:00:00Z", |session| {
        session.task_type = Some("Coding".into());
    });
    kit.unpaid(3, 2, "2026-11-20T12:38:00Z", "2026-11-20T13:00:00Z");
    kit.work(4, 2, "2026-11-21T09:00:00Z", "2026-11-21T09:30:00Z", |session| {
        session.own_price = Some(Money::new("4".parse().unwrap(), Currency::GBP));
    });
    kit.work(5, 1, "2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z", |_| {});
    kit.work(6, 1, "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z", |session| session.declared_secs = Some(3600));
    kit.earning(1, "20", &[]);
    kit
}

#[test]
fn a_search_finds_every_word_in_project_platform_task_type_and_note() {
    let kit = full();
    let index = index(&kit, &Look::default());
    let found = |typed: &str| ids(&index.search(typed));
    assert_eq!(found("PROJECT 1"), [5, 6, 1]);
    assert_eq!(found("platform 2 coding"), [2]);
    assert_eq!(found("revision"), [1], "without its accent");
    assert_eq!(found("revision project 2"), [0; 0], "every word must be found");
    assert_eq!(found("   "), found(""), "nothing typed is no search");
    assert!(index.search("revision").searched);
}

#[test]
fn totals_of_what_is_found_sum_over_its_days_and_divide() {
    let kit = full();
    let index = index(&kit, &Look::default());
    let all = index.search("");
    // All rows hold the word: the sums of the rows are those of the domain.
    let found = index.search("platform");
    assert_eq!(ids(&found), ids(&all));
    assert_eq!(found.totals, all.totals);
    assert_eq!(all.totals.own, "5 h 52 m", "10:00 to 11:00 counts once");
    let two = index.search("project 2");
    // Sessions 2 ($50), 3 (unpaid) and 4 ($5): 2 h + 22 m + 30 m; 55 / 2.8667 = 19.19.
    let totals = (two.totals.sessions.as_str(), two.totals.own.as_str(), two.totals.earned.as_str());
    assert_eq!((totals, two.totals.rate.as_str()), (("3 sessions", "2 h 52 m", "$55.00"), "$19.19/h"));
    let of_days: Vec<String> = heads(&two).into_iter().map(|(_, totals)| totals.earned).collect();
    assert_eq!(of_days, ["$5.00", "$50.00"]);
}

#[test]
fn what_is_settled_is_told_from_what_is_open() {
    let mut kit = Kit::new();
    let paid = kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    kit.work(2, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |_| {});
    let lost = kit.work(3, 1, "2026-11-21T11:00:00Z", "2026-11-21T12:00:00Z", |_| {});
    kit.unpaid(4, 1, "2026-11-21T13:00:00Z", "2026-11-21T14:00:00Z");
    let earning = kit.earning(1, "25", &[paid]);
    kit.payout(1, "25", Some(usd("25")), "2026-11-22", &[(earning, "25")]);
    let refused = kit.earning(2, "25", &[lost]);
    kit.edit_earning(refused, |earning| {
        let state = EarningState::Rejected;
        earning.states.push(crate::domain::earning::DatedState { on: day("2026-11-22"), state });
    });
    let shown = |settled| view(&kit, &Look { settled: Some(settled), ..Look::default() });
    let settled = shown(Settled::Settled);
    assert_eq!(ids(&settled), [3, 1]);
    assert_eq!((settled.totals.own.as_str(), settled.totals.rate.as_str()), ("2 h", "$12.50/h"));
    assert_eq!(ids(&shown(Settled::Open)), [2]);
}

#[test]
fn projects_task_types_and_own_days_narrow_too() {
    let kit = full();
    let shown = |look: Look| ids(&view(&kit, &look));
    assert_eq!(shown(Look { project: Some(ProjectId(1)), ..Look::default() }), [5, 6, 1]);
    assert_eq!(shown(Look { task_type: Some("Coding".into()), ..Look::default() }), [2]);
    let days = Some(DayRange::day(day("2026-11-21")));
    assert_eq!(shown(Look { days, period: Period::Today, ..Look::default() }), [4], "own days win");
    let look = Look { days, project: Some(ProjectId(1)), period: Period::All, ..Look::default() };
    assert!(look.is_filtered() && !look.cleared().is_filtered());
    assert_eq!(look.cleared().period, Period::All);
}

#[test]
fn gaps_stand_between_their_sessions_where_days_are_whole() {
    let mut kit = full();
    let lines = |view: &SessionsView| -> Vec<String> {
        view.lines()
            .iter()
            .filter_map(|line| match line {
                Line::Gap(gap) => Some(view.gap(*gap).words),
                Line::Session(_) => view.id_at(*line).map(|id| id.0.to_string()),
                Line::Day(_) | Line::Earning(_) => None,
            })
            .collect()
    };
    let all = view(&kit, &Look::default());
    assert_eq!(lines(&all), ["5", "6", "4", "3", "38 m not recorded, 12:00 – 12:38", "2", "1"]);
    let gap = all.gap_beside(SessionId(2)).expect("after it");
    assert_eq!(all.gap_beside(SessionId(3)), Some(gap));
    assert_eq!(all.gap_beside(SessionId(5)), None);
    let filtered = view(&kit, &Look { platform: Some(PlatformId(2)), ..Look::default() });
    assert_eq!(lines(&filtered), ["4", "3", "2"], "not where sessions are left out");
    assert_eq!(lines(&index(&kit, &Look::default()).search("project 2")), ["4", "3", "2"]);
    // Left alone, it is gone.
    let command = repair::leave(&kit.book, &gap, day(TODAY));
    kit.book.apply(&crate::domain::command::plan(&kit.book, &command, now()).unwrap());
    assert_eq!(lines(&view(&kit, &Look::default())), ["5", "6", "4", "3", "2", "1"]);
}

#[test]
fn an_overlap_that_is_right_is_no_longer_told_and_still_counts_once() {
    let mut kit = full();
    let told = |kit: &Kit| -> Vec<u64> {
        rows(&view(kit, &Look::default())).iter().filter(|row| row.overlap.is_some()).map(|row| row.id().0).collect()
    };
    assert_eq!(told(&kit), [2, 1]);
    let repairs = view(&kit, &Look::default()).row(SessionId(1)).unwrap().overlap.clone().unwrap().repairs;
    let right = repairs.last().unwrap();
    assert_eq!(right.words, "Both are right");
    kit.book.apply(&crate::domain::command::plan(&kit.book, &right.command, now()).unwrap());
    assert_eq!(told(&kit), [0; 0]);
    assert_eq!(view(&kit, &Look::default()).totals.own, "5 h 52 m");
}

#[test]
fn a_row_says_its_zone_where_that_is_not_the_users() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |session| {
        session.zone = chrono_tz::America::New_York;
        session.note = "\n from the train \nsecond line".into();
    });
    let view = view(&kit, &Look::default());
    let row = view.row(SessionId(1)).unwrap();
    assert_eq!((row.aside.as_str(), row.time.as_str()), ("in New York · from the train", "04:00 – 05:00"));
    assert_eq!(in_zone(chrono_tz::UTC), "in UTC");
}

#[test]
fn lines_are_found_by_their_session() {
    let kit = full();
    let view = view(&kit, &Look::default());
    for id in view.ids() {
        let line = view.line_of(id).expect("it is shown");
        assert_eq!(view.id_at(view.lines()[line]), Some(id));
    }
    assert_eq!(view.line_of(SessionId(99)), None);
    let (from, to) = (view.line_of(SessionId(4)).unwrap(), view.line_of(SessionId(2)).unwrap());
    assert_eq!(view.ids_between(to, from).map(|id| id.0).collect::<Vec<_>>(), [4, 3, 2]);
}

#[test]
fn figures_are_written_as_the_user_writes_them() {
    let mut kit = Kit::new();
    kit.settings(|settings| settings.number_style = crate::domain::settings::NumberStyle::CommaPoint);
    kit.work(1, 1, "2026-11-21T06:00:00Z", "2026-11-21T12:30:00Z", |_| {});
    let view = view(&kit, &Look::default());
    assert_eq!(view.totals.earned, "$162,50");
    assert_eq!(view.row(SessionId(1)).map(|row| row.value.clone()).as_deref(), Some("$162,50"));
}
