//! The view over small Books; expected figures come from the design and its pictures.

use super::*;
use crate::domain::ids::ProjectId;
use crate::domain::money::Currency;
use crate::domain::query::work::testkit::{Kit, at, day, usd};

const TODAY: &str = "2026-11-22";

fn now() -> Now {
    Now { at: at("2026-11-22T13:20:17Z"), zone: chrono_tz::UTC }
}

fn view(kit: &Kit, look: &Look) -> SessionsView {
    SessionsView::of(&kit.book, &kit.of(), look, now(), day(TODAY))
}

fn heads(view: &SessionsView) -> Vec<(&str, &Totals)> {
    view.lines
        .iter()
        .filter_map(|line| match line {
            Line::Day(head) => Some((head.title.as_str(), &head.totals)),
            Line::Session(_) | Line::Earning(_) => None,
        })
        .collect()
}

#[test]
fn the_check_of_the_design_stands_in_the_head_of_its_day() {
    // Source: design.md, "Rate steps", check: 6.5 paid hours at $25 over 11 hours in all are $14.77 an hour.
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-21T06:00:00Z", "2026-11-21T12:30:00Z", |_| {});
    kit.unpaid(2, 1, "2026-11-21T13:00:00Z", "2026-11-21T17:30:00Z");
    let view = view(&kit, &Look::default());
    let [(title, totals)] = heads(&view)[..] else { panic!("one day") };
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
    let rows: Vec<[&str; 5]> = view
        .sessions()
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
    let flag = |id| view.row(SessionId(id)).and_then(|row| row.overlaps.clone());
    assert_eq!(flag(1).as_deref(), Some("Overlaps Project 2, 10:00 – 12:00; both are kept"));
    assert!(flag(2).is_some());
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
    let shown = |look: Look| -> Vec<u64> { view(&kit, &look).sessions().map(|row| row.id().0).collect() };
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
    assert_eq!(view.row(SessionId(1)).map(|row| row.value.as_str()), Some("£3.30"));
}

#[test]
fn a_bonus_is_a_row_of_the_figure_that_it_is_part_of() {
    let mut kit = Kit::new();
    kit.earning(1, "20", &[]);
    let view = view(&kit, &Look::default());
    let [Line::Day(head), Line::Earning(bonus)] = view.lines.as_slice() else { panic!("a day and a bonus") };
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
    assert_eq!((row(1).time.as_str(), row(1).own.as_str()), ("hours only", "22 h"));
    assert_eq!(row(2).more, "Ends on Fri 20 Nov at 02:00\nlate shift");
}
