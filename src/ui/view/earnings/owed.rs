//! What is owed, as a list: recorded earnings, and greyed the work that has none yet; filters, and totals of what is shown.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::command::OwedAct;
use crate::domain::earning::{EarningKind, EarningState, HeldKind};
use crate::domain::ids::{EarningId, PlatformId};
use crate::domain::money::Bag;
use crate::domain::query::calendar::{ExpectedKey, Window};
use crate::domain::query::owed::{NextDay, OwedId, OwedRow, OwedState};
use crate::domain::span::Zone;
use crate::ui::format::Style;
use crate::ui::view::names::{self, Mark};
use crate::ui::view::reasons::{self, counted};
use crate::ui::view::sessions::folded;
use crate::ui::view::states;

pub use super::look::{Look, Stand};

/// How much a row's next day matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As usual.
    Calm,
    /// Near, or something is asked.
    Warn,
    /// Late or missed.
    Bad,
}

/// A row, ready to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The row of the domain.
    pub row: OwedRow,
    /// Its name for screen readers: "Aloe, Outlier, worked Mon 16 – Sun 22 Nov, about $162.50, no earning yet". Unique.
    pub name: String,
    /// "Aloe", "Draft", "Bonus".
    pub what: String,
    /// What stands back beside it: "bonus", "6 sessions"; may be empty.
    pub aside: String,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name.
    pub platform: String,
    /// "Mon 16 – Sun 22 Nov".
    pub worked: String,
    /// "$162.50", "~ $162.50".
    pub amount: String,
    /// What of it was accepted, where that is not all; else empty.
    pub accepted: String,
    /// "in review", "estimate".
    pub state: String,
    /// "Tue 24 Nov".
    pub since: String,
    /// "5 days".
    pub age: String,
    /// "report by Mon 23 Nov 11:59 UTC", "lands Tue 24 Nov", "drawable from Sat 28 Nov", "3 days late"; may be empty.
    pub next: String,
    /// How much that matters.
    pub tone: Tone,
    /// Whether it is drawn greyed: an estimate, or settled.
    pub grey: bool,
}

impl Line {
    /// Whether something can be done to it now.
    #[must_use]
    pub fn can(&self, act: &OwedAct) -> bool {
        if self.row.only_running {
            return false;
        }
        let from = match self.row.state {
            OwedState::Paid | OwedState::UnderWay => return *act == OwedAct::State(EarningState::Contested),
            OwedState::At(state) => Some(state),
            OwedState::Estimate { .. } | OwedState::Recorded | OwedState::Held(_) => None,
        };
        let held = matches!(self.row.state, OwedState::Held(_));
        match act {
            OwedAct::Hold(..) => !held && !self.row.state.is_settled(),
            OwedAct::Free => held,
            OwedAct::State(_) => act.fits(from),
        }
    }

    /// Whether it can be settled by hand.
    #[must_use]
    pub fn can_settle(&self) -> bool {
        !self.row.only_running && !matches!(self.row.state, OwedState::Paid | OwedState::UnderWay)
    }

    /// The earning, where it is recorded.
    #[must_use]
    pub fn earning(&self) -> Option<EarningId> {
        match self.row.id {
            OwedId::Earning(id) => Some(id),
            OwedId::Work(..) | OwedId::Session(_) => None,
        }
    }

    /// The expected payout that it is part of.
    #[must_use]
    pub fn payout(&self) -> Option<ExpectedKey> {
        self.row.payout
    }
}

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwedView {
    /// The rows, the newest work first.
    pub lines: Vec<Line>,
    /// "12 shown".
    pub count: String,
    /// What is open of what is shown: "$582.03 + £4.20 open".
    pub open: String,
    /// The same where there is little room: "$582.03 + 6 currencies".
    pub open_in_short: String,
    /// What of that is an estimate: "~ $180.00 of it without an earning"; empty where nothing is.
    pub estimates: String,
    /// Whether there is anything at all, whatever is looked at.
    pub any: bool,
}

impl OwedView {
    /// The place of a row.
    #[must_use]
    pub fn place(&self, id: OwedId) -> Option<usize> {
        self.lines.iter().position(|line| line.row.id == id)
    }

    /// A row that is shown.
    #[must_use]
    pub fn line(&self, id: OwedId) -> Option<&Line> {
        self.lines.iter().find(|line| line.row.id == id)
    }
}

/// Every row with its words, before the search.
#[must_use]
pub fn lines(book: &Book, rows: &[OwedRow], look: &Look, today: NaiveDate, home: Zone) -> Vec<Line> {
    let days = look.period.days(today, book.settings().week_start);
    let shown = rows.iter().filter(|row| look.shows(row, days));
    let mut lines: Vec<Line> = shown.map(|row| line(book, row, today, home)).collect();
    names::number_twins(lines.iter_mut().map(|line| &mut line.name));
    lines
}

/// What is shown of some lines by a search in what stands in them.
#[must_use]
pub fn view(book: &Book, lines: &[Line], search: &str, any: bool) -> OwedView {
    let style = Style::of(book.settings());
    let wanted = folded(search.trim());
    let fits = |line: &&Line| wanted.is_empty() || folded(&format!("{} {}", line.name, line.aside)).contains(&wanted);
    let lines: Vec<Line> = lines.iter().filter(fits).cloned().collect();
    let (mut open, mut estimates) = (Bag::default(), Bag::default());
    for line in &lines {
        let money = line.row.open.rounded();
        if money.amount.is_zero() {
            continue;
        }
        open.add(money);
        if matches!(line.row.state, OwedState::Estimate { .. }) {
            estimates.add(money);
        }
    }
    OwedView {
        count: style.counted(lines.len(), "row"),
        open: style.bag(&open),
        open_in_short: style.bag_in_short(&open, book.settings().home_currency),
        estimates: if estimates.is_empty() {
            String::new()
        } else {
            format!("{} of it has no earning yet", style.bag(&estimates))
        },
        lines,
        any,
    }
}

fn line(book: &Book, row: &OwedRow, today: NaiveDate, home: Zone) -> Line {
    let style = Style::of(book.settings());
    let platform = book.platform(row.platform);
    let name = names::payer(book, Some(row.platform));
    let estimate = matches!(row.state, OwedState::Estimate { .. });
    let project = row.project.map(|id| names::project(book, Some(id)));
    let earning = match row.id {
        OwedId::Earning(id) => book.earning(id),
        OwedId::Work(..) | OwedId::Session(_) => None,
    };
    let note = earning.map_or("", |earning| earning.title());
    let (what, aside) = match row.kind {
        None => (project.unwrap_or_else(|| name.clone()), counted(row.sessions, "session")),
        Some(EarningKind::Work) => (project.unwrap_or_else(|| name.clone()), note.to_owned()),
        Some(EarningKind::Milestone) if !note.is_empty() => (note.to_owned(), beside("milestone", project)),
        Some(kind) => {
            let words = names::earning_kind(kind);
            let of = project.unwrap_or_else(|| name.clone());
            (of, if note.is_empty() { words.to_owned() } else { format!("{words}, {note}") })
        }
    };
    let amount = if estimate { style.estimate(row.amount) } else { style.money(row.amount) };
    let accepted = match row.accepted {
        Some(accepted) => style.money(accepted),
        None => String::new(),
    };
    let state = state_words(row.state).to_owned();
    let (next, tone) = next_words(row.next, today, home, style);
    let worked = style.days(row.worked, today);
    let whose = if what == name { String::new() } else { format!(", {name}") };
    let spoken = format!("{what}{whose}, worked {worked}, {}, {state}", amount.replace("~ ", "about "));
    Line {
        name: spoken,
        what,
        aside,
        mark: platform.map(|platform| Mark::of(platform)),
        platform: name,
        worked,
        amount,
        accepted,
        state,
        since: style.day(row.since, today),
        age: reasons::age_words(row.worked.last, today),
        next,
        tone,
        grey: estimate || row.state.is_settled(),
        row: row.clone(),
    }
}

fn beside(kind: &str, project: Option<String>) -> String {
    project.map_or_else(|| kind.to_owned(), |project| format!("{kind}, {project}"))
}

/// Where a row stands: "no earning yet", "in review", "frozen".
#[must_use]
pub fn state_words(state: OwedState) -> &'static str {
    match state {
        OwedState::Estimate { growing: true } => "estimate, growing",
        OwedState::Estimate { growing: false } => "estimate",
        OwedState::Recorded => "recorded",
        OwedState::At(EarningState::Approved(Some(_))) => "approved in part",
        OwedState::At(state) => states::earning(state),
        OwedState::Held(HeldKind::Frozen) => "frozen",
        OwedState::Held(HeldKind::Disputed) => "disputed",
        OwedState::Held(HeldKind::UntilAccepted) => "held until accepted",
        OwedState::UnderWay => "under way",
        OwedState::Paid => "paid",
    }
}

fn next_words(next: Option<NextDay>, today: NaiveDate, home: Zone, style: Style) -> (String, Tone) {
    match next {
        None => (String::new(), Tone::Calm),
        Some(NextDay::Late { days, surely: true }) => (reasons::late_words(days), Tone::Bad),
        Some(NextDay::Late { days, surely: false }) => (reasons::later_words(days), Tone::Warn),
        Some(NextDay::Lands { days, precision }) => {
            let window = style.window(&Window::Lands { days, precision }, today);
            (format!("lands {window}"), Tone::Calm)
        }
        Some(NextDay::DrawableFrom(days)) => (style.window(&Window::DrawableFrom(days), today), Tone::Calm),
        Some(NextDay::DrawableNow) => ("drawable now".to_owned(), Tone::Calm),
        Some(NextDay::ToInvoice) => ("to be invoiced".to_owned(), Tone::Warn),
        Some(NextDay::Due(day)) => (format!("due {}", style.day(day, today)), tone_of(day, today)),
        Some(NextDay::Act { action, at, zone }) => {
            let here = at.with_timezone(&home).date_naive();
            let words = format!("{} by {}", act_words(action), reasons::moment_words(at, zone, today, style));
            (words, tone_of(here, today))
        }
    }
}

fn tone_of(day: NaiveDate, today: NaiveDate) -> Tone {
    match (day - today).num_days() {
        ..=-1 => Tone::Bad,
        0..=1 => Tone::Warn,
        2.. => Tone::Calm,
    }
}

fn act_words(action: crate::domain::schedule::CutOffAction) -> &'static str {
    use crate::domain::schedule::CutOffAction as A;
    match action {
        A::Submit => "hand in",
        A::Report => "report",
        A::Approve => "approve",
        A::Invoice => "invoice",
        A::Request => "ask",
    }
}

/// What some rows are called together: "the Aloe earning", "3 earnings".
#[must_use]
pub fn called(lines: &[&Line]) -> String {
    match lines {
        [one] if one.what == one.platform => one.what.clone(),
        [one] => format!("{}, {}", one.what, one.platform),
        several => counted(several.len(), "earning"),
    }
}

/// The platforms that owe or owed anything: of earnings, settled or not, and of work that has none yet.
#[must_use]
pub fn platforms(book: &Book, open: &[OwedRow]) -> BTreeSet<PlatformId> {
    book.earnings().map(|earning| earning.platform).chain(open.iter().map(|row| row.platform)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::day;
    use crate::domain::schedule::Precision;
    use crate::domain::span::DayRange;

    #[test]
    fn the_next_day_says_whether_money_lands_or_is_drawn_and_how_sure_it_is_late() {
        let next = |next| next_words(Some(next), day("2026-11-22"), chrono_tz::UTC, Style::PLAIN);
        let days = DayRange::new(day("2026-11-24"), day("2026-12-11"));
        let calm = |words: &str| (words.to_owned(), Tone::Calm);
        let lands = |precision| next(NextDay::Lands { days, precision });
        assert_eq!(lands(Precision::On), calm("lands Tue 24 Nov – Fri 11 Dec"));
        assert_eq!(lands(Precision::By), calm("lands by Fri 11 Dec"));
        assert_eq!(next(NextDay::DrawableFrom(days)), calm("drawable by Fri 11 Dec"));
        assert_eq!(next(NextDay::DrawableFrom(DayRange::day(days.first))), calm("drawable from Tue 24 Nov"));
        assert_eq!(next(NextDay::DrawableNow), calm("drawable now"));
        let late = |surely| next(NextDay::Late { days: 4, surely });
        assert_eq!(late(true), ("4 days late".to_owned(), Tone::Bad));
        assert_eq!(late(false), ("4 days later than expected".to_owned(), Tone::Warn));
    }
}
