//! What an earning by hand must be: believable, in one currency, with its states in order, and standing for work that no
//! other earning stands for.

use super::check;
use crate::domain::book::Book;
use crate::domain::change::Key;
use crate::domain::earning::{Covers, Earning, EarningKind, EarningState};
use crate::domain::ids::{EarningId, SessionId};
use crate::domain::money::Money;
use crate::domain::query::coverage::schedule_day;
use crate::domain::refusal::{Field, Refusal, Refused};

pub(super) fn check(book: &Book, earning: &Earning) -> Result<(), Refused> {
    if let Some(id) = earning.project
        && book.project(id).is_none()
    {
        return Err(Refusal::Gone(Key::Project(id)).into());
    }
    if let Some(id) = earning.route
        && book.route(id).is_none()
    {
        return Err(Refusal::Gone(Key::Route(id)).into());
    }
    check::amount(earning.amount)?;
    if earning.kind != EarningKind::Adjustment && earning.amount.amount.is_sign_negative() {
        return Err(Refusal::BelowZero.at(Field::Amount));
    }
    if earning.worked.last < earning.worked.first {
        return Err(Refusal::RangeReversed.at(Field::Day));
    }
    for cut in [earning.platform_fee, earning.tax_withheld].into_iter().flatten() {
        same_currency(cut, earning, Field::Rate)?;
        check::amount(cut)?;
    }
    states(earning)?;
    check::note(&earning.note)?;
    covers(book, earning)
}

fn same_currency(money: Money, earning: &Earning, field: Field) -> Result<(), Refused> {
    let (expected, found) = (earning.amount.currency, money.currency);
    if expected == found { Ok(()) } else { Err(Refusal::WrongCurrency { expected, found }.at(field)) }
}

fn states(earning: &Earning) -> Result<(), Refused> {
    for (dated, next) in earning.states.iter().zip(earning.states.iter().skip(1)) {
        if next.on < dated.on {
            return Err(Refusal::StatesOutOfOrder.at(Field::States));
        }
    }
    for dated in &earning.states {
        if let EarningState::Approved(Some(part)) = dated.state {
            same_currency(part, earning, Field::States)?;
        }
    }
    Ok(())
}

/// Refuses work for which another earning stands. What the same earning stood for before stays, however it came about:
/// the end of a week cuts a session between two earnings.
fn covers(book: &Book, earning: &Earning) -> Result<(), Refused> {
    let before = book.earning(earning.id).map(|before| &before.covers);
    match &earning.covers {
        Covers::Nothing => Ok(()),
        Covers::Sessions(named) => {
            let had = |id: &SessionId| matches!(before, Some(Covers::Sessions(held)) if held.contains(id));
            let new: Vec<SessionId> = named.iter().copied().filter(|id| !had(id)).collect();
            if let Some(gone) = new.iter().find(|id| book.session(**id).is_none()) {
                return Err(Refusal::Gone(Key::Session(*gone)).at(Field::Covers));
            }
            let twice = taken(book, earning.id, &new);
            if twice == 0 { Ok(()) } else { Err(twice_words(twice)) }
        }
        Covers::Days { project, days } => {
            if book.project(*project).is_none() {
                return Err(Refusal::Gone(Key::Project(*project)).at(Field::Covers));
            }
            if days.last < days.first {
                return Err(Refusal::RangeReversed.at(Field::Covers));
            }
            if before == Some(&earning.covers) {
                return Ok(());
            }
            let mut others = book.earnings().filter(|other| other.id != earning.id);
            let twice = others.any(|other| match &other.covers {
                Covers::Days { project: of, days: theirs } => of == project && theirs.meets(*days),
                Covers::Nothing | Covers::Sessions(_) => false,
            });
            if twice {
                let words = "Another earning stands for some of these days already".to_owned();
                return Err(Refusal::CoveredTwice(words).at(Field::Covers));
            }
            // A session that is named by another earning belongs to that one: its days may still be covered.
            Ok(())
        }
    }
}

fn twice_words(twice: usize) -> Refused {
    let words = match twice {
        1 => "Another earning stands for one of these sessions already".to_owned(),
        several => format!("Other earnings stand for {several} of these sessions already"),
    };
    Refusal::CoveredTwice(words).at(Field::Covers)
}

/// How many of some sessions another earning stands for: by name, or by its days.
fn taken(book: &Book, own: EarningId, sessions: &[SessionId]) -> usize {
    let found = sessions.iter().filter_map(|id| book.session(*id));
    found
        .filter(|session| {
            let day = schedule_day(book, session);
            book.earnings().filter(|other| other.id != own).any(|other| match &other.covers {
                Covers::Nothing => false,
                Covers::Sessions(named) => named.contains(&session.id),
                Covers::Days { project, days } => {
                    session.paid && session.project == Some(*project) && days.contains(day)
                }
            })
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{Command, plan};
    use crate::domain::earning::DatedState;
    use crate::domain::ids::{PlatformId, ProjectId};
    use crate::domain::money::Currency;
    use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
    use crate::domain::span::{DayRange, Now};

    fn earning(amount: &str) -> Earning {
        let worked = DayRange::day(day("2026-11-20"));
        Earning { project: Some(ProjectId(1)), ..Earning::work(EarningId(90), PlatformId(1), usd(amount), worked) }
    }

    fn refused(kit: &Kit, earning: Earning) -> Option<(Field, Refusal)> {
        let now = Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC };
        plan(&kit.book, &Command::SetEarning(Box::new(earning)), now).err().map(|one| (one.field, one.refusal))
    }

    fn kit() -> (Kit, SessionId) {
        let mut kit = Kit::new();
        let id = kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |_| {});
        (kit, id)
    }

    #[test]
    fn only_an_adjustment_takes_money_back() {
        let (kit, _) = kit();
        assert_eq!(refused(&kit, earning("-5")), Some((Field::Amount, Refusal::BelowZero)));
        assert_eq!(refused(&kit, Earning { kind: EarningKind::Adjustment, ..earning("-5") }), None);
        // Source: platform facts, Clickworker: some jobs are booked at 0.00 first and given a price later.
        assert_eq!(refused(&kit, earning("0")), None);
    }

    #[test]
    fn work_that_another_earning_stands_for_is_not_covered_twice() {
        let (mut kit, session) = kit();
        let of = |covers| Earning { covers, ..earning("50") };
        let days = |first: &str, last: &str| Covers::Days {
            project: ProjectId(1),
            days: DayRange::new(day(first), day(last)),
        };
        assert_eq!(refused(&kit, of(Covers::Sessions(vec![session]))), None);
        let named = kit.earning(9, "50", &[session]);
        let twice = refused(&kit, of(Covers::Sessions(vec![session])));
        assert!(matches!(twice, Some((Field::Covers, Refusal::CoveredTwice(_)))), "{twice:?}");
        // What it stood for before, it still may.
        let own = Earning { note: "again".to_owned(), ..(**kit.book.earning(named).unwrap()).clone() };
        assert_eq!(refused(&kit, own), None);
        kit.edit_earning(named, |earning| earning.covers = days("2026-11-16", "2026-11-20"));
        assert!(refused(&kit, of(Covers::Sessions(vec![session]))).is_some());
        assert!(refused(&kit, of(days("2026-11-20", "2026-11-22"))).is_some());
        assert_eq!(refused(&kit, of(days("2026-11-21", "2026-11-22"))), None);
        let gone = refused(&kit, of(Covers::Sessions(vec![SessionId(7)])));
        assert_eq!(gone, Some((Field::Covers, Refusal::Gone(Key::Session(SessionId(7))))));
    }

    #[test]
    fn one_currency_and_the_order_of_days_hold() {
        let (kit, _) = kit();
        let euro = Money::new(dec("1"), Currency::EUR);
        let fee = refused(&kit, Earning { platform_fee: Some(euro), ..earning("50") });
        let wrong = Refusal::WrongCurrency { expected: Currency::USD, found: Currency::EUR };
        assert_eq!(fee, Some((Field::Rate, wrong.clone())));
        let state = |on: &str, state| DatedState { on: day(on), state };
        let part = vec![state("2026-11-21", EarningState::Approved(Some(euro)))];
        assert_eq!(refused(&kit, Earning { states: part, ..earning("50") }), Some((Field::States, wrong)));
        let backwards =
            vec![state("2026-11-21", EarningState::Approved(None)), state("2026-11-20", EarningState::Submitted)];
        let found = refused(&kit, Earning { states: backwards, ..earning("50") });
        assert_eq!(found, Some((Field::States, Refusal::StatesOutOfOrder)));
        let mut reversed = earning("50");
        (reversed.worked.first, reversed.worked.last) =
            (reversed.worked.last.succ_opt().unwrap(), reversed.worked.first);
        assert_eq!(refused(&kit, reversed), Some((Field::Day, Refusal::RangeReversed)));
    }
}
