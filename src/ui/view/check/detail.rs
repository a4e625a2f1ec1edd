//! A line opened to its rows: sessions, credits, payments and transfers, side by side, each with the way to it.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::command::{Pays, Settleable};
use crate::domain::earning::Earning;
use crate::domain::ids::{EarningId, MovementId, PayoutId, SessionId};
use crate::domain::query::calendar::ExpectedKey;
use crate::domain::query::reconcile::{Line, What};
use crate::domain::span::Timestamp;
use crate::ui::format::{self, NONE, Style};
use crate::ui::view::names;
use crate::ui::view::reasons::counted;
use crate::ui::view::sessions::time_words;
use crate::ui::view::statement::plain;
use crate::ui::view::states;

use super::CheckLine;
use super::words::because;

/// Where a row leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// To a session.
    Session(SessionId),
    /// To an earning.
    Earning(EarningId),
    /// To a payout.
    Payout(PayoutId),
    /// To an expected payout.
    Expected(ExpectedKey),
}

/// A row behind a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// "Tue 10 Nov", "PayPal", "To Bank …1234".
    pub text: String,
    /// What stands under it: "09:14 – 11:02", "Wed 11 Nov, PLATFORM 1 weekly pay"; may be empty.
    pub under: String,
    /// "2 h", "$50.00"; empty where it has none.
    pub figure: String,
    /// Where it leads.
    pub opens: Option<Opens>,
    /// Its name for screen readers; unique among the rows of a line.
    pub name: String,
}

/// One of the three: what was logged, credited or received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// "Logged".
    pub head: &'static str,
    /// "2 h, $50.00"; that it is missing where it is.
    pub sum: String,
    /// Its rows.
    pub parts: Vec<Part>,
}

/// A line opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// "Work never credited".
    pub title: String,
    /// "Outlier, Aloe, Tue 10 Nov".
    pub whose: String,
    /// Why, a sentence each.
    pub because: Vec<String>,
    /// Logged, credited, received.
    pub sides: [Side; 3],
}

/// Opens a line. `now` is the moment of the figures.
#[must_use]
pub fn detail(book: &Book, one: &CheckLine, now: Timestamp, today: NaiveDate) -> Detail {
    let teller = Teller { book, line: &one.line, style: Style::of(book.settings()), now, today };
    let mut sides = [teller.logged(one), teller.credited(one), teller.received(one)];
    names::number_twins(sides.iter_mut().flat_map(|side| &mut side.parts).map(|part| &mut part.name));
    let whose = [&one.platform, &one.project, &one.days].into_iter().filter(|word| !word.is_empty());
    Detail {
        title: one.what.clone(),
        whose: whose.cloned().collect::<Vec<_>>().join(", "),
        because: because(book, &one.line, teller.style, today),
        sides,
    }
}

struct Teller<'a> {
    book: &'a Book,
    line: &'a Line,
    style: Style,
    now: Timestamp,
    today: NaiveDate,
}

impl Teller<'_> {
    fn logged(&self, one: &CheckLine) -> Side {
        let sum = match (one.time.is_empty(), self.line.promised.is_some()) {
            (true, _) => NONE.to_owned(),
            (false, true) => format!("{}, {}", one.time, one.promised),
            (false, false) => one.time.clone(),
        };
        let parts = self.line.sessions.iter().filter_map(|id| self.session(*id)).collect();
        Side { head: "Logged", sum, parts }
    }

    fn session(&self, id: SessionId) -> Option<Part> {
        let session = self.book.session(id)?;
        let day = self.style.day(self.book.day_of(session), self.today);
        let under = time_words(session);
        let time = format::hours(session.own_secs(self.now));
        let name = format!("Session {day}, {under}, {time}");
        Some(Part { text: day, under, figure: time, opens: Some(Opens::Session(id)), name })
    }

    fn credited(&self, one: &CheckLine) -> Side {
        let mut parts: Vec<Part> = Vec::new();
        match &self.line.what {
            What::Arrived(Pays::Pieces(pieces)) => {
                for piece in pieces {
                    let mut part = match piece.of {
                        Settleable::Earning(id) => self.book.earning(id).map(|earning| self.earning(earning)),
                        Settleable::Estimate(key, project) => {
                            let text = names::project(self.book, project);
                            Some(self.expected(key, format!("{text}, no earning yet")))
                        }
                        Settleable::Expected(key) => Some(self.expected(key, "Expected payout".to_owned())),
                    };
                    if let Some(part) = &mut part {
                        part.figure = self.style.money(piece.amount);
                    }
                    parts.extend(part);
                }
            }
            What::Arrived(Pays::Expected(key)) | What::NeverCame { expected: key, .. } => {
                let mut part = self.expected(*key, "Expected payout".to_owned());
                part.figure.clone_from(&one.credited);
                parts.push(part);
            }
            What::Arrived(Pays::Payout(id)) => parts.extend(self.payout(*id)),
            What::NeverCredited
            | What::NoSession
            | What::CreditDiffers
            | What::UnknownOrigin
            | What::NothingOwed
            | What::FeeLarger { .. }
            | What::RateFar { .. }
            | What::GoesOn(_)
            | What::CreditFits
            | What::PayFits => {}
        }
        if parts.is_empty() || !matches!(self.line.what, What::Arrived(Pays::Pieces(_))) {
            let mut earnings: Vec<_> = self.line.earnings.iter().filter_map(|id| self.book.earning(*id)).collect();
            earnings.sort_by_key(|earning| (earning.worked, earning.id));
            parts.extend(earnings.into_iter().map(|earning| self.earning(earning)));
        }
        Side { head: "Credited", sum: one.credited.clone(), parts }
    }

    fn earning(&self, earning: &Earning) -> Part {
        let mut days = self.style.days(earning.worked, self.today);
        if let Some(secs) = earning.credited_secs {
            days = format!("{days}, {}", format::hours(secs));
        }
        let project = earning.project.filter(|_| self.line.project.is_none());
        let (text, under) = match (earning.title(), project) {
            ("", None) => (days, earning.state().map_or("recorded", states::earning).to_owned()),
            ("", Some(project)) => (names::project(self.book, Some(project)), days),
            (title, _) => (plain(title), days),
        };
        let figure = self.style.money(earning.accepted());
        let name = format!("Credit {text}, {under}, {figure}");
        Part { text, under, figure, opens: Some(Opens::Earning(earning.id)), name }
    }

    fn expected(&self, key: ExpectedKey, text: String) -> Part {
        let under = names::payer(self.book, Some(key.platform));
        let name = format!("{text}, {under}");
        Part { text, under, figure: String::new(), opens: Some(Opens::Expected(key)), name }
    }

    fn payout(&self, id: PayoutId) -> Option<Part> {
        let payout = self.book.payout(id)?;
        let under = match payout.allocations.len() {
            0 => "settles nothing recorded".to_owned(),
            count => format!("settles {}", counted(count, "earning")),
        };
        let figure = self.style.money(payout.gross);
        let name = format!("Payout {under}, {figure}");
        Some(Part { text: "Payout".to_owned(), under, figure, opens: Some(Opens::Payout(id)), name })
    }

    fn received(&self, one: &CheckLine) -> Side {
        let mut parts: Vec<Part> = self.line.movements.iter().filter_map(|id| self.movement(*id)).collect();
        if let Some(id) = self.line.payout {
            parts.extend(self.payout(id));
            parts.extend(self.legs(id));
        }
        Side { head: "Received", sum: one.received.clone(), parts }
    }

    fn movement(&self, id: MovementId) -> Option<Part> {
        let movement = self.book.movement(id)?;
        let said = if movement.other.is_empty() { &movement.text } else { &movement.other };
        let day = self.style.day(movement.on, self.today);
        let under = if said.is_empty() { day } else { format!("{day}, {}", plain(said)) };
        let (text, figure) = (plain(&movement.account), self.style.money(movement.amount));
        let name = format!("Movement {text}, {under}, {figure}");
        Some(Part { text, under, figure, opens: None, name })
    }

    /// The transfers that a payout took.
    fn legs(&self, id: PayoutId) -> Vec<Part> {
        let Some(payout) = self.book.payout(id) else { return Vec::new() };
        let part = |(at, leg): (usize, &crate::domain::payout::Leg)| {
            let text =
                if leg.to.is_empty() { format!("To account {}", at + 1) } else { format!("To {}", plain(&leg.to)) };
            let mut under: Vec<String> =
                leg.arrived_on.map(|day| self.style.day(day, self.today)).into_iter().collect();
            under.extend(leg.fee.map(|fee| format!("fee {}", self.style.money(fee))));
            under.extend(leg.rate.map(|rate| format!("at {}", self.style.exact(rate.round_dp(4).normalize()))));
            let figure = leg.arrived.map_or_else(String::new, |arrived| self.style.money(arrived));
            let under = under.join(", ");
            let name = format!("{text}, {under}, {figure}");
            Part { text, under, figure, opens: Some(Opens::Payout(id)), name }
        };
        payout.legs.iter().enumerate().map(part).collect()
    }
}
