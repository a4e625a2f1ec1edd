//! Logged and credited: own time of a project's week beside what its platform credited for that week.
//!
//! A week is compared, not a day: platforms count days in zones of their own, and credit a late evening's work to the day
//! after. Only platforms that have told something by a file are compared, and only the days of which they have told. Money
//! without time (bonuses, corrections, fees) is nobody's session.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Because, Line, What};
use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningKind};
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::money::Money;
use crate::domain::query::agreement::DIFFERS_FROM_SECS;
use crate::domain::query::coverage::Coverage;
use crate::domain::query::hours::week_of;
use crate::domain::query::value;
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Now};

#[derive(Default)]
struct Week<'b> {
    sessions: Vec<&'b Arc<Session>>,
    earnings: Vec<&'b Arc<Earning>>,
    days: Option<DayRange>,
}

impl Week<'_> {
    fn with(&mut self, day: NaiveDate) {
        let day = DayRange::day(day);
        self.days = Some(self.days.map_or(day, |days| days.join(day)));
    }
}

pub(super) fn lines(book: &Book, now: Now) -> Vec<Line> {
    let told = told(book);
    if told.is_empty() {
        return Vec::new();
    }
    let start = book.settings().week_start;
    let mut weeks: BTreeMap<(PlatformId, Option<ProjectId>, NaiveDate), Week<'_>> = BTreeMap::new();
    let credits = book.earnings().filter(|earning| earning.origin.is_some() && earning.kind == EarningKind::Work);
    for earning in credits {
        let day = earning.worked.first;
        let week = weeks.entry((earning.platform, earning.project, week_of(day, start).first)).or_default();
        week.earnings.push(earning);
        week.with(day);
    }
    let coverage = Coverage::of(book);
    let mut logs_since: BTreeMap<PlatformId, NaiveDate> = BTreeMap::new();
    let by_hand = |session: &Session| {
        let earning = coverage.earning_of(book, session).and_then(|id| book.earning(id));
        earning.is_some_and(|earning| earning.origin.is_none())
    };
    for session in book.sessions().filter(|session| session.paid && !session.is_open()) {
        let Some(platform) = book.platform_of(session.project).map(|platform| platform.id) else { continue };
        let Some(days) = told.get(&platform) else { continue };
        let day = book.day_of(session);
        logs_since.entry(platform).and_modify(|first| *first = day.min(*first)).or_insert(day);
        if !days.contains(day) || by_hand(session) {
            continue;
        }
        let week = weeks.entry((platform, session.project, week_of(day, start).first)).or_default();
        week.sessions.push(session);
        week.with(day);
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut before: BTreeMap<PlatformId, Line> = BTreeMap::new();
    for ((platform, project, _), week) in weeks {
        let Some(mut line) = line(book, platform, project, &week, now) else { continue };
        let Some(days) = told.get(&platform) else { continue };
        let since = logs_since.get(&platform);
        if line.what == What::NeverCredited {
            if line.days.last >= days.last {
                // The file may be of before that day ended.
                continue;
            }
            line.because.push(Because::LaterIsCredited(days.last));
        } else if line.what == What::NoSession && since.is_none_or(|since| line.days.last < *since) {
            // Nothing was logged yet then: one line says it all.
            match before.get_mut(&platform) {
                Some(whole) => join(whole, line),
                None => {
                    before.insert(platform, line);
                }
            }
            continue;
        }
        lines.push(line);
    }
    lines.extend(before.into_values());
    lines
}

/// Of which days each platform has told by files.
fn told(book: &Book) -> BTreeMap<PlatformId, DayRange> {
    let mut told: BTreeMap<PlatformId, DayRange> = BTreeMap::new();
    for earning in book.earnings().filter(|earning| earning.origin.is_some()) {
        let days = told.entry(earning.platform).or_insert(earning.worked);
        *days = days.join(earning.worked);
    }
    told
}

fn line(book: &Book, platform: PlatformId, project: Option<ProjectId>, week: &Week<'_>, now: Now) -> Option<Line> {
    let secs: i64 = week.sessions.iter().map(|session| session.own_secs(now.at)).sum();
    let credited = week.earnings.iter().map(|earning| earning.accepted()).reduce(|sum, one| {
        // One project pays in one currency; another one is beside the point here.
        if one.currency == sum.currency { sum.with(sum.amount.saturating_add(one.amount)) } else { sum }
    });
    let promised = week
        .sessions
        .iter()
        .map(|session| value::recorded(book, session, now.at).ok().map(|priced| priced.money))
        .reduce(|sum, one| {
            let (sum, one) = (sum?, one?);
            (sum.currency == one.currency).then(|| sum.with(sum.amount.saturating_add(one.amount)))
        })
        .flatten();
    let what = match (week.sessions.is_empty(), credited) {
        (true, None) => return None,
        (false, None) => What::NeverCredited,
        (true, Some(_)) => What::NoSession,
        (false, Some(credited)) => {
            let differs = promised.filter(|promised| promised.currency == credited.currency).is_some_and(|promised| {
                let by = (credited.amount - promised.amount).abs();
                by > tolerance(promised.amount, secs, week.sessions.len(), credited.currency.minor_units())
            });
            if differs { What::CreditDiffers } else { What::CreditFits }
        }
    };
    Some(Line {
        platform: Some(platform),
        project,
        logged_secs: secs,
        promised: promised.map(Money::rounded),
        sessions: week.sessions.iter().map(|session| session.id).collect(),
        credited,
        credited_secs: week.earnings.iter().map(|earning| earning.project.and(earning.credited_secs)).sum(),
        earnings: week.earnings.iter().map(|earning| earning.id).collect(),
        ..Line::new(what, week.days?)
    })
}

/// What may lie between promised and credited and is none: platforms count whole minutes, and each session may have been
/// rounded by itself.
fn tolerance(promised: Decimal, secs: i64, sessions: usize, places: u32) -> Decimal {
    let count = Decimal::from(sessions.max(1));
    let minutes =
        promised.checked_mul(DIFFERS_FROM_SECS.into()).and_then(|price| price.checked_div(secs.max(1).into()));
    let cents = Decimal::new(1, places);
    minutes.unwrap_or_default().abs().max(cents).saturating_mul(count)
}

/// Weeks of a platform as one line.
fn join(whole: &mut Line, line: Line) {
    whole.credited_secs = whole.credited_secs.zip(line.credited_secs).map(|(secs, more)| secs.saturating_add(more));
    whole.days = whole.days.join(line.days);
    whole.earnings.extend(line.earnings);
    if whole.project != line.project {
        whole.project = None;
    }
    if let (Some(sum), Some(more)) = (whole.credited, line.credited)
        && sum.currency == more.currency
    {
        whole.credited = Some(sum.with(sum.amount.saturating_add(more.amount)));
    }
}
