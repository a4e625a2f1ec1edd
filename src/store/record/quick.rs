//! Sessions as this program writes them, read letter by letter: there may be a million lines.
//!
//! Promise: what it reads, RON reads as the same session; anything unusual (spaces, another order, escapes, pauses,
//! numbers of more than nine digits, whatever is wrong) is `None` and for RON to read. A test holds both together.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::moment::{Moment, Stretch};
use super::session::{Activity, Session};
use super::text::{Text, TextForm};
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::money::Money;

/// The most digits of a number: any such number fits each of our types.
const DIGITS: usize = 9;
const LETTERS_OF_AN_ID: usize = 13;

/// A session in the usual form, without its kind of task, and that kind; `None` where it is for RON to read.
#[must_use]
pub fn quick_session(text: &str) -> Option<(Session, Option<&str>)> {
    let mut rest = Rest(text);
    rest.take("(id:\"")?;
    let id = SessionId::read(rest.first(LETTERS_OF_AN_ID)?)?;
    rest.take("\",at:\"")?;
    let from = Moment::Instant(rest.instant()?);
    let until = if rest.take("/").is_some() { Some(rest.moment()?) } else { None };
    rest.take("\"")?;
    let mut session = Session::bare(Text(id), Text(Stretch { from, until }));
    let mut task_type = None;
    if rest.take(",project:\"").is_some() {
        session.project = Some(Text(ProjectId::read(rest.first(LETTERS_OF_AN_ID)?)?));
        rest.take("\"")?;
    }
    if rest.take(",activity:").is_some() {
        session.activity = activity(rest.until(|letter| !letter.is_ascii_alphabetic()))?;
    }
    if rest.take(",paid:").is_some() {
        session.paid = Some(match rest.until(|letter| !letter.is_ascii_alphabetic()) {
            "true" => true,
            "false" => false,
            _ => return None,
        });
    }
    if rest.take(",type:").is_some() {
        task_type = Some(rest.plain()?);
    }
    if rest.take(",tasks:").is_some() {
        session.tasks = Some(rest.number()?);
    }
    if rest.take(",own_price:").is_some() {
        session.own_price = Some(Text(Money::read(rest.plain()?)?));
    }
    if rest.take(",credited_secs:").is_some() {
        session.credited_secs = Some(rest.number()?.into());
    }
    if rest.take(",reported_at:\"").is_some() {
        session.reported_at = Some(Text(rest.moment()?));
        rest.take("\"")?;
    }
    if rest.take(",note:").is_some() {
        rest.plain()?.clone_into(&mut session.note);
    }
    (rest.0 == ")").then_some((session, task_type))
}

fn activity(name: &str) -> Option<Activity> {
    Some(match name {
        "PaidWork" => Activity::PaidWork,
        "Assessment" => Activity::Assessment,
        "Onboarding" => Activity::Onboarding,
        "Searching" => Activity::Searching,
        "Instructions" => Activity::Instructions,
        "Rework" => Activity::Rework,
        "Admin" => Activity::Admin,
        "Appeal" => Activity::Appeal,
        "Learning" => Activity::Learning,
        _ => return None,
    })
}

/// What is not yet read of a line.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn take(&mut self, expected: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    fn first(&mut self, bytes: usize) -> Option<&'a str> {
        let (first, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(first)
    }

    fn until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let len = self.0.bytes().position(ends).unwrap_or(self.0.len());
        self.first(len).unwrap_or_default()
    }

    /// A text in quotes, of letters that stand for themselves.
    fn plain(&mut self) -> Option<&'a str> {
        self.take("\"")?;
        let text = self.until(|letter| matches!(letter, b'"' | b'\\' | 0..0x20));
        self.take("\"")?;
        Some(text)
    }

    /// A number without a sign, and without noughts in front.
    fn number(&mut self) -> Option<u32> {
        let digits = self.until(|letter| !letter.is_ascii_digit());
        let plain = digits.len() <= DIGITS && (digits == "0" || !digits.starts_with('0'));
        if plain { digits.parse().ok() } else { None }
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        self.first(count)?
            .bytes()
            .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
    }

    /// `08:36` or `08:36:12`.
    fn time(&mut self) -> Option<NaiveTime> {
        let hours = self.digits(2)?;
        self.take(":")?;
        let minutes = self.digits(2)?;
        let seconds = if self.take(":").is_some() { self.digits(2)? } else { 0 };
        NaiveTime::from_hms_opt(hours, minutes, seconds)
    }

    /// `2026-11-22T08:00:12Z`.
    fn instant(&mut self) -> Option<DateTime<Utc>> {
        let year = self.digits(4)?;
        self.take("-")?;
        let month = self.digits(2)?;
        self.take("-")?;
        let day = self.digits(2)?;
        self.take("T")?;
        let time = self.time()?;
        self.take("Z")?;
        Some(NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?.and_time(time).and_utc())
    }

    fn moment(&mut self) -> Option<Moment> {
        if self.0.as_bytes().get(2) == Some(&b':') {
            self.time().map(Moment::Time)
        } else {
            self.instant().map(Moment::Instant)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::line::ron_options;

    /// What RON makes of a line, with its kind of task apart.
    fn by_ron(text: &str) -> Option<(Session, Option<String>)> {
        let mut session: Session = ron_options().from_str(text).ok()?;
        let task_type = session.task_type.take();
        Some((session, task_type))
    }

    /// The quick way says nothing, or what RON says.
    fn agree(text: &str) -> bool {
        let quick = quick_session(text).map(|(session, task_type)| (session, task_type.map(ToOwned::to_owned)));
        quick.is_none() || quick == by_ron(text)
    }

    const USUAL: [&str; 4] = [
        r#"(id:"7ZQ4K9M2T1XCA",at:"2026-11-22T08:00Z")"#,
        r#"(id:"7ZQ4K9M2T1XCA",at:"2026-11-22T08:00:12Z/08:36",project:"9XGFE0XS8S798",type:"rating",tasks:3)"#,
        r#"(id:"7ZQ4K9M2T1XCA",at:"2026-11-22T23:00:12Z/2026-11-23T00:36:59Z",activity:Searching,paid:true,type:"ẹ̀")"#,
        r#"(id:"7ZQ4K9M2T1XCA",at:"2026-11-22T08:00Z/09:00",own_price:"0.30 GBP",credited_secs:0,reported_at:"09:01",note:"a, (b)")"#,
    ];

    #[test]
    fn usual_lines_are_read_and_as_ron_reads_them() {
        for text in USUAL {
            assert!(quick_session(text).is_some() && agree(text), "{text}");
        }
    }

    #[test]
    fn unusual_ones_are_left_to_ron() {
        for (from, to) in [
            ("tasks:3", "tasks: 3"),
            ("tasks:3", "tasks:+3"),
            ("tasks:3", "tasks:0x3"),
            ("tasks:3", "tasks:03"),
            ("tasks:3", "tasks:3,"),
            ("tasks:3", "tasks:4294967296"),
            ("rating", "rat\\\"ing"),
            ("08:36", "24:36"),
            ("08:36", "08:36:60"),
            ("08:36", "08:36:00.5"),
            ("2026-11-22", "2026-02-30"),
            ("08:00:12Z", "08:00:12"),
            ("9XGFE0XS8S798", "9XGFE0XS8S79"),
            (",project", ",zone:\"UTC\",project"),
        ] {
            let text = USUAL[1].replacen(from, to, 1);
            assert!(quick_session(&text).is_none(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn no_change_of_a_usual_line_makes_the_two_ways_differ(
            which in 0..USUAL.len(),
            places in proptest::collection::vec((any::<prop::sample::Index>(), "[ -~]|é|\\PC"), 1..4),
            cut in any::<bool>(),
        ) {
            let mut letters: Vec<String> = USUAL[which].chars().map(String::from).collect();
            for (place, letter) in places {
                let at = place.index(letters.len());
                if cut { letters.remove(at); } else { letters[at] = letter; }
            }
            let text = letters.concat();
            prop_assert!(agree(&text), "{}", text);
        }
    }
}
