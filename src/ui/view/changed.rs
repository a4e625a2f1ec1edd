//! What changed: the rate over all hours, and what it is made of, before and after a change of terms.
//!
//! Four weeks to each side, less where other terms or today come sooner. Both rows of a change are of the same figures
//! that the Rates tab shows for those days; under an hour of own time there is no rate, and it is said.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::bar::pay_words;
use crate::domain::book::Book;
use crate::domain::ids::{ProjectId, TermsId};
use crate::domain::money::Money;
use crate::domain::query::hours::Selection;
use crate::domain::query::rates::{Rates, Step, rates};
use crate::domain::query::work::Work;
use crate::domain::span::{DayRange, Timestamp, day_plus};
use crate::domain::terms::Terms;
use crate::ui::format::{self, NONE, Style};

/// How far a change is looked at to each side, in days.
const DAYS: i64 = 28;

/// One side of a change: two rows that follow each other are of one change, the one before it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRow {
    /// The terms of this side.
    pub id: TermsId,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// Whether it is the side after the change.
    pub after: bool,
    /// "$25.00/h".
    pub pay: String,
    /// "before, Mon 6 Jul – Sun 2 Aug".
    pub when: String,
    /// "before, 6 Jul – 2 Aug", where there is little room.
    pub when_in_short: String,
    /// "$18.10"; "too little", "no rate" or [`NONE`] where there is none.
    pub rate: String,
    /// "41 h 00 m".
    pub paid: String,
    /// "$742.10".
    pub earned: String,
    /// "22 %" of all hours; [`NONE`] where nothing was worked.
    pub unpaid: String,
    /// Why there is no rate: "too little to say: 40 m"; empty where there is one.
    pub lacks: String,
}

impl ChangedRow {
    /// Read aloud.
    #[must_use]
    pub fn spoken(&self) -> String {
        let Self { name, pay, when, rate, paid, earned, unpaid, lacks, .. } = self;
        let rate = if lacks.is_empty() { format!("{rate} over all hours") } else { lacks.clone() };
        format!("{name}, {pay}, {when}: {rate}, {paid} paid, {earned} earned, {unpaid} unpaid")
    }
}

/// The changes of terms of some projects, the newest first, two rows each. `within` leaves those out that began on
/// another day; future ones are always.
#[must_use]
pub fn changes(
    book: &Book,
    work: &Work,
    projects: impl IntoIterator<Item = ProjectId>,
    within: DayRange,
    at: Timestamp,
    today: NaiveDate,
) -> Vec<ChangedRow> {
    let mut found: Vec<(NaiveDate, [ChangedRow; 2])> = Vec::new();
    for project in projects {
        let Some(name) = book.project(project).map(|project| project.name.as_str()) else { continue };
        let all = book.terms_of(project);
        for (at_place, (old, new)) in all.iter().zip(all.iter().skip(1)).enumerate() {
            let Some(from) = new.from.filter(|from| within.contains(*from) && *from <= today) else { continue };
            if pays_as(old, new) {
                continue;
            }
            let next = all.get(at_place + 2).and_then(|next| next.from).map(|next| day_plus(next, -1));
            let first = day_plus(from, -DAYS).max(old.from.unwrap_or(NaiveDate::MIN));
            let last = [Some(day_plus(from, DAYS - 1)), next, Some(today)].into_iter().flatten().min().unwrap_or(from);
            if first >= from || last < from {
                // Two terms of one day: the first held on none.
                continue;
            }
            let side = |terms: &Terms, days: DayRange, after: bool| {
                let figures = rates(work, &Selection::period(days).project(project), at);
                row(book, name, terms, days, after, &figures, today)
            };
            let before = side(old, DayRange { first, last: day_plus(from, -1) }, false);
            found.push((from, [before, side(new, DayRange { first: from, last }, true)]));
        }
    }
    found.sort_by_key(|(from, [before, _])| (Reverse(*from), before.name.to_lowercase(), before.project));
    found.into_iter().flat_map(|(_, sides)| sides).collect()
}

/// Whether two terms pay the same: what changed then is no more than a mission or an advertised range.
fn pays_as(old: &Terms, new: &Terms) -> bool {
    let caps = |terms: &Terms| terms.is_capped().then_some((terms.cap_hours_a_day, terms.cap_hours_a_week));
    (old.currency, &old.pay, old.held_percent, caps(old)) == (new.currency, &new.pay, new.held_percent, caps(new))
}

/// "6 Jul – 2 Aug", "6 Jul".
fn in_short(days: DayRange, style: Style) -> String {
    let DayRange { first, last } = days;
    let day = |day| style.day_and_month(day);
    if first == last { day(first) } else { format!("{} – {}", day(first), day(last)) }
}

fn row(
    book: &Book,
    name: &str,
    terms: &Terms,
    days: DayRange,
    after: bool,
    figures: &Rates,
    today: NaiveDate,
) -> ChangedRow {
    let style = Style::of(book.settings());
    let home = |amount| style.money(Money::new(amount, figures.home));
    let own = figures.hours.own_secs;
    let side = if after { "after" } else { "before" };
    let per_hour = figures.per_hour(Step::AllHours).filter(|_| !figures.too_little());
    let (rate, lacks) = match per_hour {
        Some(rate) => (home(rate), String::new()),
        None if own == 0 => (NONE.to_owned(), "nothing was worked".to_owned()),
        None if figures.too_little() => ("too little".to_owned(), format!("too little to say: {}", format::hours(own))),
        None => ("no rate".to_owned(), "no exchange rate".to_owned()),
    };
    let unpaid = Decimal::from(figures.hours.unpaid_secs())
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|share| share.checked_div(own.into()));
    ChangedRow {
        id: terms.id,
        project: terms.project,
        name: name.to_owned(),
        after,
        pay: pay_words(&terms.pay, terms.currency, style),
        when: format!("{side}, {}", style.days(days, today)),
        when_in_short: format!("{side}, {}", in_short(days, style)),
        rate,
        paid: if own == 0 { NONE.to_owned() } else { format::hours_in_column(figures.hours.paid_secs) },
        earned: figures.earned().filter(|_| own > 0).map_or_else(|| NONE.to_owned(), home),
        unpaid: unpaid.map_or_else(|| NONE.to_owned(), |share| style.percent(share)),
        lacks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::query::work::testkit::{Kit, at, day};
    use crate::domain::terms::Pay;

    const PROJECT: ProjectId = ProjectId(1);

    fn told(kit: &Kit, within: DayRange) -> Vec<ChangedRow> {
        changes(&kit.book, &kit.of(), [PROJECT], within, at("2026-11-22T20:00:00Z"), day("2026-11-22"))
    }

    fn from(kit: &mut Kit, id: u64, from: &str, rate: i64) {
        let terms = Terms::new(TermsId(id), PROJECT, Currency::USD, Pay::PerHour(rate.into()));
        kit.put(Terms { from: Some(day(from)), ..terms });
    }

    #[test]
    fn before_and_after_stand_side_by_side() {
        let mut kit = Kit::new();
        from(&mut kit, 9, "2026-11-02", 20);
        // Before: 4 h paid at $25 and 1 h unpaid: $20 an hour. After: 6 h at $20 and 2 h unpaid: $15 an hour.
        kit.work(1, 1, "2026-10-20T08:00:00Z", "2026-10-20T12:00:00Z", |_| {});
        kit.unpaid(2, 1, "2026-10-21T08:00:00Z", "2026-10-21T09:00:00Z");
        kit.work(3, 1, "2026-11-03T08:00:00Z", "2026-11-03T14:00:00Z", |_| {});
        kit.unpaid(4, 1, "2026-11-04T08:00:00Z", "2026-11-04T10:00:00Z");
        // Five weeks before: too far.
        kit.work(5, 1, "2026-09-20T08:00:00Z", "2026-09-20T12:00:00Z", |_| {});
        let rows = told(&kit, DayRange::all());
        let spoken: Vec<String> = rows.iter().map(ChangedRow::spoken).collect();
        assert_eq!(
            spoken,
            [
                "Project 1, $25.00/h, before, Mon 5 Oct – Sun 1 Nov: $20.00 over all hours, 4 h 00 m paid, $100.00 \
                 earned, 20 % unpaid",
                "Project 1, $20.00/h, after, Mon 2 – Sun 22 Nov: $15.00 over all hours, 6 h 00 m paid, $120.00 earned, \
                 25 % unpaid",
            ]
        );
        assert!(told(&kit, DayRange::day(day("2026-11-03"))).is_empty(), "no terms began on that day");
    }

    #[test]
    fn too_little_is_said_and_sides_end_at_other_terms() {
        let mut kit = Kit::new();
        from(&mut kit, 9, "2026-11-02", 20);
        from(&mut kit, 10, "2026-11-09", 22);
        from(&mut kit, 11, "2026-12-01", 30);
        kit.work(1, 1, "2026-11-03T08:00:00Z", "2026-11-03T08:40:00Z", |_| {});
        let rows = told(&kit, DayRange::all());
        let told: Vec<(&str, &str, &str)> =
            rows.iter().map(|row| (row.when.as_str(), row.rate.as_str(), row.lacks.as_str())).collect();
        assert_eq!(
            told,
            [
                ("before, Mon 2 – Sun 8 Nov", "too little", "too little to say: 40 m"),
                ("after, Mon 9 – Sun 22 Nov", NONE, "nothing was worked"),
                ("before, Mon 5 Oct – Sun 1 Nov", NONE, "nothing was worked"),
                ("after, Mon 2 – Sun 8 Nov", "too little", "too little to say: 40 m"),
            ]
        );
    }
}
