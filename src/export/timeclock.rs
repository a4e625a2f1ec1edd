//! Sessions in timeclock format, which `ledger` and `hledger` read: a line where work begins and one where it ends.
//!
//! Promises: the same Book at the same moment gives the same bytes; the durations are those of the Book, to the second. The
//! format knows no zones, so that times stand at one fixed offset, which the first line names: a clock change would lose
//! or invent an hour. An account is the platform and the project, of unpaid time the activity too. Pauses are gaps; hours
//! without clock times stand from their instant on; what runs ends now. The format has no account twice at once: of two
//! sessions of one project that run beside each other, the later begun stands in an account of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset, Offset as _, TimeDelta};

use super::plain;
use crate::domain::book::Book;
use crate::domain::session::Session;
use crate::domain::span::{Interval, Now, Timestamp};
use crate::ui::view::names;

/// What is written: the text of the file, and how many sessions are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file, in UTF-8.
    pub text: String,
    /// How many sessions have time that is in it.
    pub sessions: usize,
}

/// The time of a Book's sessions, those that run up to `now`; times at the offset that the zone of `now` has then.
#[must_use]
pub fn written(book: &Book, now: Now) -> Written {
    let offset = now.at.with_timezone(&now.zone).offset().fix();
    let accounts = accounts(book);
    let mut stretches: Vec<(Interval, &str)> = Vec::new();
    let mut sessions = 0;
    for session in book.sessions() {
        let Some(account) = accounts.get(&of(session)) else { continue };
        let before = stretches.len();
        stretches.extend(time(session, now.at).into_iter().map(|stretch| (stretch, account.as_str())));
        sessions += usize::from(stretches.len() > before);
    }
    stretches.sort_unstable();
    let mut text = format!("; times at UTC{offset}\n");
    // By their ends; at one instant something ends before something else begins.
    let mut running: BTreeSet<(Timestamp, &str, u32)> = BTreeSet::new();
    for (stretch, account) in stretches {
        while let Some(ends) = running.first().copied().filter(|(end, ..)| *end <= stretch.from) {
            running.remove(&ends);
            line(&mut text, 'o', ends.0, offset, ends.1, ends.2);
        }
        let beside: BTreeSet<u32> =
            running.iter().filter(|(_, held, _)| *held == account).map(|(.., nth)| *nth).collect();
        let nth = (1..=u32::MAX).find(|nth| !beside.contains(nth)).unwrap_or(u32::MAX);
        line(&mut text, 'i', stretch.from, offset, account, nth);
        running.insert((stretch.until, account, nth));
    }
    for (end, account, nth) in running {
        line(&mut text, 'o', end, offset, account, nth);
    }
    Written { text, sessions }
}

/// What decides the account of a session.
type Of = (Option<crate::domain::ids::ProjectId>, Option<crate::domain::session::Activity>);

fn of(session: &Session) -> Of {
    (session.project, (!session.paid).then_some(session.activity))
}

fn accounts(book: &Book) -> BTreeMap<Of, String> {
    let mut accounts = BTreeMap::new();
    for session in book.sessions() {
        accounts.entry(of(session)).or_insert_with(|| {
            let project = session.project.and_then(|id| book.project(id));
            let platform = book.platform_of(session.project);
            let activity = (!session.paid).then(|| names::activity(session.activity));
            let names = [platform.map(|one| one.name.as_str()), project.map(|one| one.name.as_str())];
            let named = names.into_iter().flatten().chain(activity).map(plain).filter(|name| !name.is_empty());
            let named: Vec<String> = named.collect();
            if project.is_some() { named.join(":") } else { format!("Not named:{}", named.join(":")) }
        });
    }
    for account in accounts.values_mut() {
        account.truncate(account.trim_end_matches(':').len());
    }
    accounts
}

fn time(session: &Session, now: Timestamp) -> Vec<Interval> {
    match session.declared_secs.filter(|secs| *secs > 0) {
        Some(secs) => {
            let until = session.started_at.checked_add_signed(TimeDelta::try_seconds(secs).unwrap_or_default());
            until.map(|until| Interval { from: session.started_at, until }).into_iter().collect()
        }
        None => session.stretches(now),
    }
}

fn line(text: &mut String, kind: char, at: Timestamp, offset: FixedOffset, account: &str, nth: u32) {
    let at: DateTime<FixedOffset> = at.with_timezone(&offset);
    let beside = if nth > 1 { format!(":beside {nth}") } else { String::new() };
    // Writing to a string can't fail.
    _ = writeln!(text, "{kind} {} {account}{beside}", at.format("%Y/%m/%d %H:%M:%S"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Record};
    use crate::domain::ids::{PlatformId, ProjectId, SessionId};
    use crate::domain::money::Currency;
    use crate::domain::platform::{Platform, Project};
    use crate::domain::session::{Activity, Pause};
    use crate::domain::settings::Settings;
    use crate::domain::testing::at;

    fn book(sessions: impl IntoIterator<Item = Session>) -> Book {
        let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::Europe::Berlin));
        let mut put = |record: Record| book.apply(&Change::create(record));
        put(Platform::new(PlatformId(1), "Data  (work): annotation", Currency::USD).into());
        put(Project::new(ProjectId(1), PlatformId(1), "Aloe").into());
        sessions.into_iter().for_each(|session| put(session.into()));
        book
    }

    fn session(id: u64, from: &str, until: Option<&str>) -> Session {
        let zone = chrono_tz::Europe::Berlin;
        Session {
            project: Some(ProjectId(1)),
            ended_at: until.map(at),
            ..Session::begun(SessionId(id), at(from), zone)
        }
    }

    fn lines(sessions: impl IntoIterator<Item = Session>) -> Vec<String> {
        let now = Now { at: at("2026-11-27T09:00:00Z"), zone: chrono_tz::Europe::Berlin };
        written(&book(sessions), now).text.lines().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn pauses_are_gaps_and_what_runs_ends_now() {
        let mut paused = session(1, "2026-11-27T06:00:00Z", Some("2026-11-27T08:00:00Z"));
        paused.pauses.push(Pause { from: at("2026-11-27T06:30:00Z"), until: Some(at("2026-11-27T07:00:00Z")) });
        let mut unpaid = session(2, "2026-11-27T08:00:00Z", None);
        unpaid.activity = Activity::Searching;
        unpaid.paid = false;
        // Berlin is an hour ahead in November.
        assert_eq!(
            lines([paused, unpaid]),
            [
                "; times at UTC+01:00",
                "i 2026/11/27 07:00:00 Data work annotation:Aloe",
                "o 2026/11/27 07:30:00 Data work annotation:Aloe",
                "i 2026/11/27 08:00:00 Data work annotation:Aloe",
                "o 2026/11/27 09:00:00 Data work annotation:Aloe",
                "i 2026/11/27 09:00:00 Data work annotation:Aloe:Searching",
                "o 2026/11/27 10:00:00 Data work annotation:Aloe:Searching",
            ]
        );
    }

    #[test]
    fn two_at_once_of_one_project_have_accounts_of_their_own() {
        let first = session(1, "2026-11-26T10:00:00Z", Some("2026-11-26T12:00:00Z"));
        let second = session(2, "2026-11-26T11:00:00Z", Some("2026-11-26T13:00:00Z"));
        assert_eq!(
            lines([first, second])[1..],
            [
                "i 2026/11/26 11:00:00 Data work annotation:Aloe",
                "i 2026/11/26 12:00:00 Data work annotation:Aloe:beside 2",
                "o 2026/11/26 13:00:00 Data work annotation:Aloe",
                "o 2026/11/26 14:00:00 Data work annotation:Aloe:beside 2",
            ]
        );
    }

    #[test]
    fn hours_without_clock_times_and_work_that_is_not_named_are_in_it() {
        let mut declared = session(1, "2026-11-20T11:00:00Z", Some("2026-11-20T11:00:00Z"));
        declared.declared_secs = Some(22 * 3600);
        declared.project = None;
        let empty = session(2, "2026-11-22T11:00:00Z", Some("2026-11-22T11:00:00Z"));
        assert_eq!(
            lines([declared, empty])[1..],
            ["i 2026/11/20 12:00:00 Not named", "o 2026/11/21 10:00:00 Not named"]
        );
    }

    #[test]
    fn a_clock_change_takes_nothing() {
        // Berlin, 29 Mar 2026: 01:00 to 04:00 on the clocks are two hours.
        let spring = session(1, "2026-03-29T00:00:00Z", Some("2026-03-29T02:00:00Z"));
        assert_eq!(
            lines([spring])[1..],
            ["i 2026/03/29 01:00:00 Data work annotation:Aloe", "o 2026/03/29 03:00:00 Data work annotation:Aloe"]
        );
    }
}
