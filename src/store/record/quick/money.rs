//! Earnings and payouts, letter by letter: they name the sessions and the earnings that they stand for.

use super::Rest;
use crate::domain::ids::SessionId;
use crate::domain::span::DayRange;
use crate::store::record::Record;
use crate::store::record::money::{Allocation, Covers, DatedState, Earning, EarningKind, EarningState, Payout};
use crate::store::record::text::Text;

/// An earning or a payout in the usual form; `None` where it is for RON to read.
#[must_use]
pub fn quick_money(text: &str) -> Option<Record> {
    let mut rest = Rest(text);
    let record = if rest.take(b"Earning(").is_some() {
        Record::Earning(earning(&mut rest)?)
    } else {
        rest.take(b"Payout(")?;
        Record::Payout(payout(&mut rest)?)
    };
    (rest.0 == ")").then_some(record)
}

/// A field that may be left out, named with the comma before it.
macro_rules! optional {
    ($rest:ident, $name:literal, $read:expr) => {
        if $rest.take($name).is_some() { Some($read?) } else { None }
    };
}

fn earning(rest: &mut Rest<'_>) -> Option<Earning> {
    rest.take(b"id:")?;
    let id = rest.id()?;
    rest.take(b",platform:")?;
    let platform = rest.id()?;
    rest.take(b",kind:")?;
    let kind = kind(rest.word())?;
    rest.take(b",amount:")?;
    let amount = rest.text()?;
    rest.take(b",worked:")?;
    let worked = days(rest)?;
    Some(Earning {
        id,
        platform,
        kind,
        amount,
        worked,
        project: optional!(rest, b",project:", rest.id()),
        covers: optional!(rest, b",covers:", covers(rest)).unwrap_or_default(),
        states: optional!(rest, b",states:", rest.list(state)).unwrap_or_default(),
        platform_fee: optional!(rest, b",platform_fee:", rest.text()),
        tax_withheld: optional!(rest, b",tax_withheld:", rest.text()),
        route: optional!(rest, b",route:", rest.id()),
        due_on: None,
        not_before: None,
        held: None,
        chase_on: None,
        credited_secs: None,
        origin: None,
        note: String::new(),
    })
}

fn payout(rest: &mut Rest<'_>) -> Option<Payout> {
    rest.take(b"id:")?;
    let id = rest.id()?;
    rest.take(b",gross:")?;
    let gross = rest.text()?;
    Some(Payout {
        id,
        gross,
        platform: optional!(rest, b",platform:", rest.id()),
        gross_computed: false,
        platform_fee: optional!(rest, b",platform_fee:", rest.text()),
        tax_withheld: optional!(rest, b",tax_withheld:", rest.text()),
        sent_on: optional!(rest, b",sent_on:", rest.day()),
        legs: Vec::new(),
        received: optional!(rest, b",received:", rest.text()),
        received_on: optional!(rest, b",received_on:", rest.day()),
        route: optional!(rest, b",route:", rest.id()),
        allocations: optional!(rest, b",allocations:", rest.list(allocation)).unwrap_or_default(),
        difference: None,
        chase_on: None,
        origin: None,
        note: String::new(),
    })
}

fn kind(name: &str) -> Option<EarningKind> {
    Some(match name {
        "Work" => EarningKind::Work,
        "Milestone" => EarningKind::Milestone,
        "Bonus" => EarningKind::Bonus,
        "Adjustment" => EarningKind::Adjustment,
        "Opening" => EarningKind::Opening,
        _ => return None,
    })
}

/// `"2026-11-02/2026-11-08"`, or one day alone.
fn days(rest: &mut Rest<'_>) -> Option<Text<DayRange>> {
    rest.take(b"\"")?;
    let first = rest.date()?;
    let last = if rest.take(b"/").is_some() { rest.date()? } else { first };
    rest.take(b"\"")?;
    (first <= last).then_some(Text(DayRange { first, last }))
}

fn covers(rest: &mut Rest<'_>) -> Option<Covers> {
    rest.take(b"Sessions(")?;
    let sessions: Vec<Text<SessionId>> = rest.list(Rest::id)?;
    rest.take(b")")?;
    Some(Covers::Sessions(sessions))
}

fn state(rest: &mut Rest<'_>) -> Option<DatedState> {
    rest.take(b"(on:")?;
    let on = rest.day()?;
    rest.take(b",state:")?;
    let state = match rest.word() {
        "ToReport" => EarningState::ToReport,
        "Submitted" => EarningState::Submitted,
        "Approved" => EarningState::Approved,
        "ApprovedPart" => {
            rest.take(b"(")?;
            let part = rest.text()?;
            rest.take(b")")?;
            EarningState::ApprovedPart(part)
        }
        "Invoiced" => EarningState::Invoiced,
        "Rejected" => EarningState::Rejected,
        "Appealed" => EarningState::Appealed,
        "Reworked" => EarningState::Reworked,
        "Contested" => EarningState::Contested,
        "WrittenOff" => EarningState::WrittenOff,
        _ => return None,
    };
    rest.take(b")")?;
    Some(DatedState { on, state })
}

fn allocation(rest: &mut Rest<'_>) -> Option<Allocation> {
    rest.take(b"(earning:")?;
    let earning = rest.id()?;
    rest.take(b",amount:")?;
    let amount = rest.text()?;
    rest.take(b")")?;
    Some(Allocation { earning, amount })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::changed;
    use super::*;
    use crate::store::line::ron_options;

    /// The quick way says nothing, or what RON says.
    fn agree(text: &str) -> bool {
        let quick = quick_money(text);
        quick.is_none() || quick == ron_options().from_str(text).ok()
    }

    const USUAL: [&str; 5] = [
        r#"Earning(id:"AW7P75NVN1CSC",platform:"6BEV78H2967MG",kind:Work,amount:"22.50 GBP",worked:"2020-05-01/2020-05-06",project:"CQVEHWWR6Y3YY",covers:Sessions(["89ND0F0P8YVT6","3CWVDVQNN48ZS"]),states:[(on:"2020-05-06",state:Submitted),(on:"2020-05-07",state:ApprovedPart("22.00 GBP"))])"#,
        r#"Earning(id:"AW7P75NVN1CSC",platform:"6BEV78H2967MG",kind:Bonus,amount:"-0.5 KWD",worked:"2020-05-01",platform_fee:"1.00 KWD",tax_withheld:"0 KWD",route:"17QXYXZPGHX0G")"#,
        r#"Earning(id:"AW7P75NVN1CSC",platform:"6BEV78H2967MG",kind:Opening,amount:"1 USD",worked:"2020-05-01",states:[(on:"2020-05-06",state:WrittenOff)])"#,
        r#"Payout(id:"DRWJYZVCK6GWR",gross:"408.64 USD",platform:"38SDJGHY2AAXK",platform_fee:"16.86 USD",tax_withheld:"1 USD",sent_on:"2020-05-21",received:"408.64 USD",received_on:"2020-05-21",route:"AXXTVAB4E75VW",allocations:[(earning:"7FAK40KJ9XYSK",amount:"346.67 USD"),(earning:"6493NSAVX6GNG",amount:"61.97 USD")])"#,
        r#"Payout(id:"DRWJYZVCK6GWR",gross:"408.64 USD")"#,
    ];

    #[test]
    fn usual_lines_are_read_and_as_ron_reads_them() {
        for text in USUAL {
            assert!(quick_money(text).is_some() && agree(text), "{text}");
        }
    }

    #[test]
    fn unusual_ones_are_left_to_ron() {
        for (from, to) in [
            ("kind:Work", "kind: Work"),
            ("kind:Work", "kind:Works"),
            ("22.50 GBP", "22.50 XYZ"),
            ("22.50 GBP", "22,50 GBP"),
            ("2020-05-01/2020-05-06", "2020-05-07/2020-05-06"),
            ("2020-05-01/", "2020-02-30/"),
            ("Sessions([\"89ND0F0P8YVT6\",\"3CWVDVQNN48ZS\"])", "Sessions([])"),
            ("3CWVDVQNN48ZS", "3CWVDVQNN48Z"),
            ("Submitted)", "Submitted,)"),
            ("))])", "))],note:\"mine\")"),
        ] {
            let text = USUAL[0].replacen(from, to, 1);
            assert_ne!(text, USUAL[0], "{from}");
            assert!(quick_money(&text).is_none(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn no_change_of_a_usual_line_makes_the_two_ways_differ(text in changed(&USUAL)) {
            prop_assert!(agree(&text), "{}", text);
        }
    }
}
