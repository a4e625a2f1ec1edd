//! Terms as they are being typed: what is paid for, at which price, from which day.
//!
//! Free of egui. What doesn't read names its field and the reason.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::missions;
use crate::domain::ids::{ProjectId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::refusal::Refusal;
use crate::domain::terms::{Milestone, Mission, Pay, Range, Terms};
use crate::ui::dialogs::parts::{optional, text};
use crate::ui::format::Style;
use crate::ui::typed;

/// The names of the fields, on the screen and for reasons.
pub(super) mod field {
    pub const PRICE: &str = "Price";
    pub const UNIT: &str = "Unit";
    pub const ADVERTISED: &str = "Advertised, an hour";
    pub const HELD: &str = "Held until acceptance";
    pub const FROM: &str = "From day";
    pub const MILESTONES: &str = "Milestones, one a line";
    pub const A_DAY: &str = "Paid hours a day, at most";
    pub const A_WEEK: &str = "Paid hours a week, at most";
    pub const MISSIONS: &str = "Missions, one a line";
}

/// What is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PayKind {
    None,
    PerHour,
    PerTask,
    PerUnit,
    BySession,
    Milestones,
}

/// Why fields don't read, by their name.
pub(super) type Reasons = BTreeMap<&'static str, String>;

/// Terms as they are being typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TermsDraft {
    pub kind: PayKind,
    pub currency: Currency,
    pub price: String,
    pub unit: String,
    pub advertised: String,
    pub held: String,
    pub milestones: String,
    /// Caps on paid hours.
    pub a_day: String,
    pub a_week: String,
    pub missions: String,
    /// The day from which they hold; empty from the beginning.
    pub from: String,
    /// How the user writes numbers and days.
    style: Style,
}

/// Terms that read: everything but their ids.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read {
    pub from: Option<NaiveDate>,
    pub currency: Currency,
    pub pay: Pay,
    pub advertised: Option<Range>,
    pub held_percent: Option<Decimal>,
    pub cap_hours_a_day: Option<Decimal>,
    pub cap_hours_a_week: Option<Decimal>,
    pub missions: Vec<Mission>,
}

impl TermsDraft {
    /// Nothing typed yet.
    pub(super) fn new(currency: Currency, style: Style) -> Self {
        Self {
            kind: PayKind::PerHour,
            currency,
            price: String::new(),
            unit: String::new(),
            advertised: String::new(),
            held: String::new(),
            milestones: String::new(),
            a_day: String::new(),
            a_week: String::new(),
            missions: String::new(),
            from: String::new(),
            style,
        }
    }

    /// Terms taken apart.
    pub(super) fn of(terms: &Terms, style: Style) -> Self {
        let amount = |amount| amount_text(Money::new(amount, terms.currency), style);
        let mut draft = Self::new(terms.currency, style);
        match &terms.pay {
            Pay::PerHour(rate) => {
                draft.kind = PayKind::PerHour;
                draft.price = amount(*rate);
            }
            Pay::PerTask(price) => {
                draft.kind = PayKind::PerTask;
                draft.price = amount(*price);
            }
            Pay::PerUnit { unit, price } => {
                draft.kind = PayKind::PerUnit;
                draft.unit.clone_from(unit);
                draft.price = amount(*price);
            }
            Pay::BySession => draft.kind = PayKind::BySession,
            Pay::Milestones(milestones) => {
                draft.kind = PayKind::Milestones;
                draft.milestones = milestones
                    .iter()
                    .map(|one| {
                        let due = one.due_on.map_or_else(String::new, |day| format!(", {}", style.date_in_list(day)));
                        format!("{}, {}{due}", one.name, amount(one.amount))
                    })
                    .collect::<Vec<_>>()
                    .join("\n");
            }
        }
        draft.advertised = terms.advertised.map_or_else(String::new, |range| {
            if range.low == range.high {
                amount(range.low)
            } else {
                format!("{}–{}", style.exact(range.low), style.exact(range.high))
            }
        });
        draft.held = terms.held_percent.map_or_else(String::new, |share| format!("{} %", style.exact(share)));
        let cap = |hours: Option<Decimal>| hours.map_or_else(String::new, |hours| style.exact(hours));
        (draft.a_day, draft.a_week) = (cap(terms.cap_hours_a_day), cap(terms.cap_hours_a_week));
        draft.missions =
            terms.missions.iter().map(|one| missions::line(one, terms.currency, style)).collect::<Vec<_>>().join("\n");
        draft.from = terms.from.map_or_else(String::new, |day| style.date(day));
        draft
    }

    /// How the user writes numbers and days.
    pub(super) fn style(&self) -> Style {
        self.style
    }

    /// Whether nothing is said of the pay.
    pub(super) fn is_empty(&self) -> bool {
        let no_price = self.price.trim().is_empty() && self.milestones.trim().is_empty();
        match self.kind {
            PayKind::None => true,
            PayKind::BySession => false,
            PayKind::PerHour | PayKind::PerTask | PayKind::PerUnit | PayKind::Milestones => {
                no_price && [&self.advertised, &self.held, &self.missions].iter().all(|text| text.trim().is_empty())
            }
        }
    }

    /// The terms that are typed; `None` where nothing is.
    ///
    /// # Errors
    /// The reason of each field that doesn't read.
    pub(super) fn read(&self, today: NaiveDate) -> Result<Option<Read>, Reasons> {
        if self.is_empty() {
            return Ok(None);
        }
        let mut reasons = Reasons::new();
        let mut note = |name, reason: String| {
            reasons.insert(name, reason);
        };
        let price = |draft: &str| match self.amount(draft) {
            Ok(figure) if figure <= Decimal::ZERO => Err(Refusal::NotAboveZero(figure).to_string()),
            read => read,
        };
        let pay = match self.kind {
            PayKind::None | PayKind::BySession => Ok(Pay::BySession),
            PayKind::PerHour => price(&self.price).map(Pay::PerHour).map_err(|reason| (field::PRICE, reason)),
            PayKind::PerTask => price(&self.price).map(Pay::PerTask).map_err(|reason| (field::PRICE, reason)),
            PayKind::PerUnit => match (text(&self.unit), price(&self.price)) {
                (Some(unit), Ok(price)) => Ok(Pay::PerUnit { unit, price }),
                (None, _) => Err((field::UNIT, "A unit such as word or audio minute, please".to_owned())),
                (Some(_), Err(reason)) => Err((field::PRICE, reason)),
            },
            PayKind::Milestones => {
                self.milestones(today).map(Pay::Milestones).map_err(|reason| (field::MILESTONES, reason))
            }
        };
        let pay = pay.map_err(|(name, reason)| note(name, reason)).ok();
        let advertised = self.range().map_err(|reason| note(field::ADVERTISED, reason)).ok();
        let held = optional(&self.held, |text| self.style.reader().percent(text))
            .map_err(|reason| note(field::HELD, reason))
            .ok();
        let from =
            optional(&self.from, |text| typed::date(text, today)).map_err(|reason| note(field::FROM, reason)).ok();
        // Caps are for hours; what stands in their fields while something else is paid for is not read.
        let hourly = self.kind == PayKind::PerHour;
        let mut cap = |text: &str, name| {
            let text = if hourly { text } else { "" };
            optional(text, |text| self.cap(text)).map_err(|reason| note(name, reason)).ok()
        };
        let (a_day, a_week) = (cap(&self.a_day, field::A_DAY), cap(&self.a_week, field::A_WEEK));
        let missions = missions::read(&self.missions, today, self.style, |text| self.amount(text))
            .map_err(|reason| note(field::MISSIONS, reason))
            .ok();
        match (pay, advertised, held, from, a_day, a_week, missions) {
            (
                Some(pay),
                Some(advertised),
                Some(held_percent),
                Some(from),
                Some(cap_hours_a_day),
                Some(cap_hours_a_week),
                Some(missions),
            ) => Ok(Some(Read {
                from,
                currency: self.currency,
                pay,
                advertised,
                held_percent,
                cap_hours_a_day,
                cap_hours_a_week,
                missions,
            })),
            _ => Err(reasons),
        }
    }

    fn amount(&self, draft: &str) -> Result<Decimal, String> {
        let bare = draft.trim().trim_end_matches("/h");
        let money = self.style.reader().money(bare, self.currency).map_err(|reason| reason.to_string())?;
        if money.currency == self.currency {
            Ok(money.amount)
        } else {
            Err(format!("These terms are in {}", self.currency))
        }
    }

    /// "8", "7.5", "8 h", "7 h 30 m": in hours.
    fn cap(&self, text: &str) -> Result<Decimal, typed::Unreadable> {
        match self.style.reader().decimal(text) {
            Ok(hours) => Ok(hours),
            Err(_) => typed::duration(text).map(|secs| (Decimal::from(secs) / Decimal::from(3600)).round_dp(4)),
        }
    }

    /// "25" or "20–30".
    fn range(&self) -> Result<Option<Range>, String> {
        if self.advertised.trim().is_empty() {
            return Ok(None);
        }
        let both = self.advertised.split_once(['–', '—']).or_else(|| {
            // A minus at the front is a sign, not a range.
            self.advertised.trim_start().split_once('-').filter(|(low, _)| !low.trim().is_empty())
        });
        match both {
            Some((low, high)) => {
                let (low, high) = (self.amount(low)?, self.amount(high)?);
                if high < low {
                    return Err(crate::domain::refusal::Refusal::RangeReversed.to_string());
                }
                Ok(Some(Range { low, high }))
            }
            None => self.amount(&self.advertised).map(Range::exactly).map(Some),
        }
    }

    /// "Name, amount" or "Name, amount, day", one a line; a name may hold commas.
    fn milestones(&self, today: NaiveDate) -> Result<Vec<Milestone>, String> {
        let mut found = Vec::new();
        for (at, line) in self.milestones.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let why = |reason: &str| format!("Line {}: {reason}", at + 1);
            let (rest, last) = cut(line).ok_or_else(|| why("a name, an amount and a day, with commas, please"))?;
            let whole = self.amount(last).map(|amount| (rest, amount, None)).or_else(|_| {
                let due = typed::date(last, today).map_err(|reason| why(&reason.to_string()))?;
                let (name, amount) = cut(rest).ok_or_else(|| why("a name and an amount before the day, please"))?;
                let amount = self.amount(amount).map_err(|reason| why(&reason))?;
                Ok::<_, String>((name, amount, Some(due)))
            })?;
            let (name, amount, due_on) = whole;
            found.push(Milestone { name: name.trim().to_owned(), amount, due_on });
        }
        if found.is_empty() { Err("At least one milestone, please".to_owned()) } else { Ok(found) }
    }
}

impl Read {
    /// As a record.
    pub(super) fn terms(self, id: TermsId, project: ProjectId) -> Terms {
        Terms {
            id,
            project,
            from: self.from,
            currency: self.currency,
            pay: self.pay,
            advertised: self.advertised,
            held_percent: self.held_percent,
            cap_hours_a_day: self.cap_hours_a_day,
            cap_hours_a_week: self.cap_hours_a_week,
            missions: self.missions,
        }
    }

    fn caps_as(&self, terms: &Terms) -> bool {
        // What is not paid by the hour has no caps, whatever stood there.
        !matches!(self.pay, Pay::PerHour(_))
            || (self.cap_hours_a_day, self.cap_hours_a_week) == (terms.cap_hours_a_day, terms.cap_hours_a_week)
    }

    /// Whether it pays the same as some terms, whatever the day. Missions come and go beside the pay.
    pub(super) fn pays_as(&self, terms: &Terms) -> bool {
        self.currency == terms.currency
            && self.pay == terms.pay
            && self.advertised == terms.advertised
            && self.held_percent == terms.held_percent
            && self.caps_as(terms)
    }
}

/// Cuts a line at its last comma. One between two digits is a mark of the number and parts nothing.
pub(super) fn cut(line: &str) -> Option<(&str, &str)> {
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    line.rmatch_indices(',')
        .map(|(at, comma)| (line.split_at(at).0, line.split_at(at + comma.len()).1))
        .find(|(before, after)| !(digit(before.chars().next_back()) && digit(after.chars().next())))
}

/// Exact, so that nothing is lost by opening a form.
pub(super) fn amount_text(money: Money, style: Style) -> String {
    if money.rounded() == money { style.money(money) } else { style.exact(money.amount) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::span::DayRange;
    use crate::domain::testing::day;

    fn today() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    fn hourly(price: &str, advertised: &str) -> TermsDraft {
        TermsDraft {
            price: price.to_owned(),
            advertised: advertised.to_owned(),
            ..TermsDraft::new(Currency::USD, Style::PLAIN)
        }
    }

    #[test]
    fn a_price_and_a_range_are_read_as_people_type_them() {
        let read = hourly("$25/h", "20–30").read(today()).unwrap().unwrap();
        assert_eq!(read.pay, Pay::PerHour(25.into()));
        assert_eq!(read.advertised, Some(Range { low: 20.into(), high: 30.into() }));
        let one = hourly("25", "25").read(today()).unwrap().unwrap();
        assert_eq!(one.advertised, Some(Range::exactly(25.into())));
    }

    #[test]
    fn what_does_not_read_names_its_field() {
        let reasons = hourly("much", "30-20").read(today()).unwrap_err();
        assert!(reasons.contains_key(field::PRICE) && reasons.contains_key(field::ADVERTISED), "{reasons:?}");
        let other = hourly("€25", "").read(today()).unwrap_err();
        assert_eq!(other[field::PRICE], "These terms are in USD");
        assert_eq!(hourly(" ", "").read(today()), Ok(None));
        let below = hourly("-5", "30-20").read(today()).unwrap_err();
        assert_eq!(below[field::PRICE], "Must be above zero, not -5", "beside the other reasons");
    }

    #[test]
    fn milestones_are_a_list_of_lines() {
        let draft = TermsDraft {
            kind: PayKind::Milestones,
            milestones: "First draft, 200\nRest, with tables, $300, 15 Dec 2026".to_owned(),
            ..TermsDraft::new(Currency::USD, Style::PLAIN)
        };
        let read = draft.read(today()).unwrap().unwrap();
        let expected = Pay::Milestones(vec![
            Milestone { name: "First draft".into(), amount: 200.into(), due_on: None },
            Milestone { name: "Rest, with tables".into(), amount: 300.into(), due_on: "2026-12-15".parse().ok() },
        ]);
        assert_eq!(read.pay, expected);
        let terms = read.terms(TermsId(1), ProjectId(1));
        assert_eq!(TermsDraft::of(&terms, Style::PLAIN).read(today()).unwrap().unwrap().pay, expected);
    }

    #[test]
    fn in_each_style_what_a_form_is_filled_with_reads_back_the_same() {
        use crate::domain::settings::{DateStyle, NumberStyle};
        let exact = |text: &str| text.parse::<Decimal>().unwrap();
        let due_on = "2026-12-15".parse().ok();
        for numbers in NumberStyle::ALL {
            for dates in [DateStyle::DayMonth, DateStyle::MonthDay, DateStyle::Iso] {
                let style = Style { numbers, dates };
                for pay in [
                    Pay::PerHour(exact("1234.5")),
                    Pay::PerTask(exact("0.645")),
                    Pay::PerUnit { unit: "word".into(), price: exact("0.0125") },
                    Pay::Milestones(vec![
                        Milestone { name: "Rest, with tables".into(), amount: exact("1300.5"), due_on },
                        Milestone { name: "Draft".into(), amount: exact("12.345"), due_on: None },
                    ]),
                ] {
                    let terms = Terms {
                        advertised: Some(Range { low: exact("20.5"), high: exact("1030.125") }),
                        held_percent: Some(exact("12.5")),
                        cap_hours_a_day: matches!(pay, Pay::PerHour(_)).then(|| exact("7.5")),
                        cap_hours_a_week: matches!(pay, Pay::PerHour(_)).then(|| exact("1.125")),
                        missions: vec![Mission {
                            name: "tasks, by Sunday".into(),
                            count: 1_200,
                            amount: exact("1050.5"),
                            days: DayRange::new(day("2026-11-16"), day("2026-11-22")),
                        }],
                        from: "2026-03-01".parse().ok(),
                        ..Terms::new(TermsId(1), ProjectId(1), Currency::USD, pay)
                    };
                    let read = TermsDraft::of(&terms, style).read(today()).unwrap().unwrap();
                    let same = read.missions == terms.missions && read.from == terms.from;
                    assert!(read.pays_as(&terms) && same, "{style:?}: {read:?}");
                }
            }
        }
    }

    #[test]
    fn caps_are_hours_of_pay_by_the_hour() {
        let mut draft = hourly("25", "");
        for (text, hours) in [("8", "8"), ("7 h 30 m", "7.5"), ("", "")] {
            draft.a_day = text.to_owned();
            let read = draft.read(today()).unwrap().unwrap();
            assert_eq!(read.cap_hours_a_day, hours.parse().ok(), "{text}");
        }
        draft.a_week = "many".to_owned();
        assert!(draft.read(today()).unwrap_err().contains_key(field::A_WEEK));
        draft.kind = PayKind::PerTask;
        assert_eq!(draft.read(today()).unwrap().unwrap().cap_hours_a_week, None, "tasks have none");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}") {
            for kind in [PayKind::PerHour, PayKind::PerUnit, PayKind::Milestones] {
                let draft = TermsDraft {
                    kind,
                    price: text.clone(),
                    unit: text.clone(),
                    advertised: text.clone(),
                    held: text.clone(),
                    milestones: text.clone(),
                    a_day: text.clone(),
                    a_week: text.clone(),
                    missions: text.clone(),
                    from: text.clone(),
                    ..TermsDraft::new(Currency::USD, Style::PLAIN)
                };
                drop(draft.read(today()));
            }
        }
    }
}
