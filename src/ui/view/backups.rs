//! Backups in words: the list of them, what one is called, what restoring it comes to. Times are in the user's zone.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::backup::{Backup, Reason, Size};
use crate::domain::query::differs::{Counts, Kind};
use crate::domain::query::restore::Restoring;
use crate::domain::span::Zone;
use crate::ui::format::{self, Style};

/// What the list says of how long they stay.
pub const STAYS: &str = "One is made each day, before an import and before a restore. The last of 7 days, 5 weeks and 13 months stay; \
those before a large step stay for 90 days, those by hand until you remove their folder.";

/// What stands in the place of an empty list.
pub const NONE_YET: &str = "No backup yet. The first is made with the first change of a day.";

/// A backup in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub backup: Backup,
    /// "Wed 25 Nov, 14:02".
    pub when: String,
    /// "Daily".
    pub why: &'static str,
    /// "1.2 MB".
    pub size: String,
    /// "2 days ago".
    pub age: String,
    /// All of it, for its row's name.
    pub spoken: String,
}

/// Day and time of a backup: "Wed 25 Nov, 14:02".
#[must_use]
pub fn when(backup: Backup, zone: Zone, today: NaiveDate, style: Style) -> String {
    let day = backup.at.with_timezone(&zone).date_naive();
    format!("{}, {}", style.day(day, today), format::time(backup.at, zone))
}

/// Why it was made.
#[must_use]
pub fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::Daily => "Daily",
        Reason::ByHand => "By hand",
        Reason::BeforeImport => "Before an import",
        Reason::BeforeRestore => "Before a restore",
        Reason::BeforeMigration => "Before a new file format",
    }
}

/// The list, the newest first.
#[must_use]
pub fn lines(backups: &[(Backup, Size)], zone: Zone, today: NaiveDate, style: Style) -> Vec<Line> {
    let newest_first = backups.iter().rev();
    newest_first
        .map(|(backup, size)| {
            let when = when(*backup, zone, today, style);
            let day = backup.at.with_timezone(&zone).date_naive();
            let (why, bytes, age) = (why(backup.reason), bytes(size.whole, style), format::relative(day, today));
            let spoken = format!("Backup of {when}, {}, {bytes}, {age}", why.to_lowercase());
            Line { backup: *backup, when, why, size: bytes, age, spoken }
        })
        .collect()
}

/// What they take together: "9 backups take 3.4 MB; what has not changed is kept once".
#[must_use]
pub fn sum(backups: &[(Backup, Size)], style: Style) -> String {
    let own = backups.iter().map(|(_, size)| size.own).sum();
    let count = style.counted(backups.len(), "backup");
    let take = if backups.len() == 1 { "takes" } else { "take" };
    format!("{count} {take} {}; what has not changed is kept once", bytes(own, style))
}

/// A size in decimal units: "482 bytes", "12 kB", "1.2 MB".
#[must_use]
pub fn bytes(bytes: u64, style: Style) -> String {
    let tenth = |unit: u64| Decimal::from(bytes / (unit / 10)) / Decimal::TEN;
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", style.decimals(Decimal::from(bytes / 1_000), 0)),
        1_000_000..1_000_000_000 => format!("{} MB", style.decimals(tenth(1_000_000), 1)),
        _ => format!("{} GB", style.decimals(tenth(1_000_000_000), 1)),
    }
}

/// What the strip says while a backup is looked at.
#[must_use]
pub fn looking_at(when: &str, whole: bool) -> String {
    let lacks = if whole { "" } else { ". Some of it can’t be read, so totals lack it" };
    format!("Backup of {when}: look only{lacks}")
}

/// What the history says of it: "Restore the backup of Wed 25 Nov, 14:02".
#[must_use]
pub fn words(when: &str) -> String {
    format!("Restore the backup of {when}")
}

/// What restoring comes to, a line a kind of records, and what else is to be known.
#[must_use]
pub fn differences(restoring: &Restoring, style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    let summary = restoring.summary();
    for (kind, counts) in &summary {
        // What was seen goes along with the rest; it is told where it is all.
        if *kind != Kind::Seen || summary.len() == 1 {
            lines.push(line(*kind, *counts, style));
        }
    }
    if restoring.is_empty() {
        lines.push("This backup holds what your book holds: there is nothing to restore".to_owned());
    }
    if restoring.timer_goes_on {
        lines.push("The timer that runs now goes on".to_owned());
    }
    if restoring.ended_then > 0 {
        let timers = style.counted(restoring.ended_then, "timer");
        let end = if restoring.ended_then == 1 { "ends" } else { "end" };
        lines.push(format!("{timers} that ran then {end} with the backup"));
    }
    if restoring.spared > 0 {
        let stay = if restoring.spared == 1 { "stays" } else { "stay" };
        let records = style.counted(restoring.spared, "record");
        lines.push(format!("{records} {stay}: some of the backup can’t be read"));
    }
    lines
}

/// "Sessions: 12 go, 3 come back, 1 changes".
fn line(kind: Kind, counts: Counts, style: Style) -> String {
    let name = match kind {
        Kind::Settings => return "Settings: as they were".to_owned(),
        Kind::Seen => return "What you have seen: as it was".to_owned(),
        Kind::Platform => "Platforms",
        Kind::Project => "Projects",
        Kind::Terms => "Terms",
        Kind::Schedule => "Schedules",
        Kind::Route => "Routes",
        Kind::Rate => "Exchange rates",
        Kind::Bill => "Bills",
        Kind::Session => "Sessions",
        Kind::Earning => "Earnings",
        Kind::Payout => "Payouts",
        Kind::Movement => "Money that moved",
    };
    let part = |count: usize, one: &str, many: &str| {
        let verb = if count == 1 { one } else { many };
        (count > 0).then(|| format!("{} {verb}", style.count(count)))
    };
    let parts: Vec<String> = [
        part(counts.only_ours, "goes", "go"),
        part(counts.only_theirs, "comes back", "come back"),
        part(counts.unlike, "changes back", "change back"),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!("{name}: {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::Key;
    use crate::domain::ids::SessionId;
    use crate::domain::query::differs::{Changed, Difference};
    use crate::domain::query::work::testkit::{Kit, day};

    const ZONE: Zone = chrono_tz::Europe::Berlin;

    fn backup(at: &str, reason: Reason) -> Backup {
        Backup { at: at.parse().unwrap(), reason }
    }

    #[test]
    fn a_row_says_when_why_how_big_and_how_old_in_the_user_s_zone() {
        let list = [
            (backup("2025-11-25T23:30:00Z", Reason::BeforeMigration), Size { whole: 482, own: 482 }),
            (backup("2026-11-25T13:02:00Z", Reason::Daily), Size { whole: 1_249_999, own: 12_999 }),
        ];
        let lines = lines(&list, ZONE, day("2026-11-27"), Style::PLAIN);
        assert_eq!(
            (lines[0].when.as_str(), lines[0].why, lines[0].size.as_str(), lines[0].age.as_str()),
            ("Wed 25 Nov, 14:02", "Daily", "1.2 MB", "2 days ago")
        );
        assert_eq!(lines[0].spoken, "Backup of Wed 25 Nov, 14:02, daily, 1.2 MB, 2 days ago");
        assert_eq!(lines[1].when, "Wed 26 Nov 2025, 00:30", "the day is the user’s, with its year");
        assert_eq!(sum(&list, Style::PLAIN), "2 backups take 13 kB; what has not changed is kept once");
    }

    #[test]
    fn sizes_read_as_people_say_them() {
        for (count, said) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (999_999, "999 kB"),
            (1_000_000, "1.0 MB"),
            (130_000_000, "130.0 MB"),
            (2_540_000_000, "2.5 GB"),
        ] {
            assert_eq!(bytes(count, Style::PLAIN), said);
        }
    }

    #[test]
    fn what_restoring_comes_to_is_told_by_kind_with_what_stays() {
        let kit = {
            let mut kit = Kit::new();
            for id in 1..=3 {
                kit.work(id, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
            }
            kit
        };
        let record = |id| kit.book.record(Key::Session(SessionId(id)));
        let differs = |id, ours, theirs| Difference {
            key: Key::Session(SessionId(id)),
            ours: if ours { record(id) } else { None },
            theirs: if theirs { record(id) } else { None },
            changed: Changed::Unknown,
        };
        let restoring = Restoring {
            taken: vec![differs(1, true, false), differs(2, true, false), differs(3, false, true)],
            timer_goes_on: true,
            ended_then: 1,
            spared: 1_200,
        };
        assert_eq!(
            differences(&restoring, Style::PLAIN),
            [
                "Sessions: 2 go, 1 comes back",
                "The timer that runs now goes on",
                "1 timer that ran then ends with the backup",
                "1,200 records stay: some of the backup can’t be read",
            ]
        );
        let same = Restoring { taken: Vec::new(), timer_goes_on: false, ended_then: 0, spared: 0 };
        assert_eq!(
            differences(&same, Style::PLAIN),
            ["This backup holds what your book holds: there is nothing to restore"]
        );
    }
}
