//! What comes of "Access ended" before it is sent: the command is carried out on a copy of the Book and the difference told.
//!
//! "Next 4 weeks" is what is sure or likely to land in the next 28 days, net, by the rule of
//! [`enough`](crate::domain::query::enough), before and after.

use chrono::NaiveDate;

use super::names;
use super::reasons::counted;
use crate::domain::book::Book;
use crate::domain::change::{Change, Record};
use crate::domain::command::{AccessEnded, Ending, end_of_work};
use crate::domain::money::{Bag, Money};
use crate::domain::query::calendar::{Calendar, of_platform_after, with_platform};
use crate::domain::query::enough::enough;
use crate::domain::query::exposure::{Exposure, exposure};
use crate::domain::query::work::Work;
use crate::domain::refusal::Refused;
use crate::domain::span::{Now, day_plus};
use crate::ui::format::Style;

/// How far ahead is looked, in days.
const AHEAD_DAYS: i64 = 28;

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessPreview {
    /// "Next 4 weeks: $1,200.00 now, $760.00 without it".
    pub next: String,
    /// What it does to timers and money, a sentence each.
    pub lines: Vec<String>,
}

/// What comes of an end of access for timers and money, by a reading of the Book; its days change nothing of that.
///
/// # Errors
/// Why it would be refused.
pub fn preview(
    work: &Work,
    calendar: &Calendar,
    ended: &AccessEnded,
    now: Now,
    today: NaiveDate,
) -> Result<AccessPreview, Refused> {
    let book = work.book();
    let change = end_of_work(work, ended, now)?;
    let mut after = book.clone();
    after.apply(&change);
    let found = of_platform_after(work, &after, &change, ended.platform, now);
    let then = with_platform(calendar, ended.platform, found);
    let style = Style::of(book.settings());
    let (before_sum, lacks) = coming(book, calendar, today);
    let (after_sum, _) = coming(&after, &then, today);
    let lacks = if lacks.is_empty() { String::new() } else { format!("; no rate for {}", style.bag(&lacks)) };
    let next = format!("Next 4 weeks: {} now, {} without it{lacks}", style.money(before_sum), style.money(after_sum));
    let mut lines = does(book, &change, style);
    let open = exposure(&after, &then).remove(&ended.platform).unwrap_or_default();
    lines.extend(money(&open, ended.contest, style));
    Ok(AccessPreview { next, lines })
}

/// What its days come to, a sentence each: the stage, and when to act.
#[must_use]
pub fn dated(book: &Book, ended: &AccessEnded, today: NaiveDate) -> Vec<String> {
    let style = Style::of(book.settings());
    let mut lines = vec![stage(book, ended, style, today)];
    for (what, day) in [("Appeal by", ended.appeal_by), ("Ask again on", ended.chase_on)] {
        if let Some(day) = day {
            lines.push(format!("{what} {}: on its to-do list, and in What needs you that day", style.day(day, today)));
        }
    }
    lines
}

/// What is sure or likely in the next weeks, and what no rate is known for.
fn coming(book: &Book, calendar: &Calendar, today: NaiveDate) -> (Money, Bag) {
    let found = enough(book, calendar, day_plus(today, AHEAD_DAYS), today);
    (found.sure.with(found.sure.amount.saturating_add(found.likely.amount)), found.money_without_rate)
}

/// Timers that stop and estimates that are recorded, by the change itself.
fn does(book: &Book, change: &Change, style: Style) -> Vec<String> {
    let mut timers = Vec::new();
    let (mut recorded, mut sum) = (0, Bag::default());
    for edit in change.edits() {
        match (edit.before(), edit.after()) {
            (Some(Record::Session(before)), Some(Record::Session(after))) if before.is_open() && !after.is_open() => {
                timers.push(names::project(book, after.project));
            }
            (None, Some(Record::Earning(earning))) => {
                recorded += 1;
                sum.add(earning.amount);
            }
            _ => {}
        }
    }
    let mut lines = Vec::new();
    if !timers.is_empty() {
        lines.push(format!("Stops {}: {}", counted(timers.len(), "timer"), timers.join(", ")));
    }
    if recorded > 0 {
        lines.push(format!("Records what was estimated: {}, {}", counted(recorded, "earning"), style.bag(&sum)));
    }
    lines
}

fn money(open: &Exposure, contest: bool, style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    if contest && !open.disputed.is_empty() {
        let sum = style.bag(&open.disputed);
        lines.push(format!("{sum} is contested: possible, no longer sure or likely; still not yet paid"));
    } else if !open.not_yet_paid().is_empty() {
        lines.push(format!("{} stays expected by its schedule", style.bag(&open.not_yet_paid())));
    } else {
        lines.push("Nothing is owed there".to_owned());
    }
    if contest && !open.in_transit.is_empty() {
        lines.push(format!("{} is on its way and stays so", style.bag(&open.in_transit)));
    }
    lines
}

fn stage(book: &Book, ended: &AccessEnded, style: Style, today: NaiveDate) -> String {
    let platform = book.platform(ended.platform).map_or("It", |platform| platform.name.as_str());
    let from = style.day(ended.on, today);
    match ended.ending {
        Ending::Platform => format!("{platform} is ended by them from {from}"),
        Ending::User => format!("{platform} is ended by you from {from}"),
        Ending::Project(id) => {
            format!("{} is ended by them from {from}; {platform} goes on", names::project(book, Some(id)))
        }
        Ending::Review => format!("{platform} is paused from {from}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{EarningId, PlatformId, ProjectId};
    use crate::domain::query::calendar::calendar;
    use crate::domain::query::work::testkit::{Kit, at, day, session};

    fn told(kit: &Kit, ending: Ending, contest: bool) -> (AccessPreview, Vec<String>) {
        let now = Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC };
        let ended = AccessEnded {
            platform: PlatformId(1),
            ending,
            on: day("2026-11-20"),
            why: String::new(),
            contest,
            appeal_by: Some(day("2026-12-01")),
            chase_on: None,
            earning_seed: EarningId(900),
        };
        let today = day("2026-11-22");
        let told = preview(&kit.of(), &calendar(&kit.book, now), &ended, now, today).unwrap();
        (told, dated(&kit.book, &ended, today))
    }

    #[test]
    fn timers_estimates_and_days_are_told_before_it_is_sent() {
        let mut kit = Kit::new();
        kit.put(session(1, "2026-11-22T11:00:00Z", None));
        let (comes, days) = told(&kit, Ending::Platform, true);
        assert_eq!(
            comes.lines,
            [
                "Stops 1 timer: Project 1",
                "Records what was estimated: 1 earning, $25.00",
                "$25.00 is contested: possible, no longer sure or likely; still not yet paid",
            ]
        );
        assert_eq!(comes.next, "Next 4 weeks: $0.00 now, $0.00 without it", "it had no date before either");
        assert_eq!(days[0], "Platform 1 is ended by them from Fri 20 Nov");
        assert_eq!(days[1], "Appeal by Tue 1 Dec: on its to-do list, and in What needs you that day");
    }

    #[test]
    fn money_that_is_left_alone_or_not_there_is_said() {
        let mut kit = Kit::new();
        assert_eq!(told(&kit, Ending::Review, true).0.lines, ["Nothing is owed there"]);
        kit.work(1, 1, "2026-11-18T09:00:00Z", "2026-11-18T10:00:00Z", |_| {});
        assert_eq!(told(&kit, Ending::User, false).0.lines, ["$25.00 stays expected by its schedule"]);
        let (_, days) = told(&kit, Ending::Project(ProjectId(1)), true);
        assert_eq!(days[0], "Project 1 is ended by them from Fri 20 Nov; Platform 1 goes on");
    }
}
