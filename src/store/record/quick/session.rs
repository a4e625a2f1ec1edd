//! Sessions, letter by letter. Unusual are pauses and declared hours, too.

use super::Rest;
use crate::store::record::moment::{Moment, Stretch};
use crate::store::record::session::{Activity, Session};
use crate::store::record::text::Text;

/// A session in the usual form, without its kind of task, and that kind; `None` where it is for RON to read.
#[must_use]
pub fn quick_session(text: &str) -> Option<(Session, Option<&str>)> {
    let mut rest = Rest(text);
    rest.take(b"(id:")?;
    let id = rest.id()?;
    rest.take(b",at:\"")?;
    let from = Moment::Instant(rest.instant()?);
    let until = if rest.take(b"/").is_some() { Some(rest.moment()?) } else { None };
    rest.take(b"\"")?;
    let mut session = Session::bare(id, Text(Stretch { from, until }));
    let mut task_type = None;
    if rest.take(b",project:").is_some() {
        session.project = Some(rest.id()?);
    }
    if rest.take(b",activity:").is_some() {
        session.activity = activity(rest.word())?;
    }
    if rest.take(b",paid:").is_some() {
        session.paid = Some(match rest.word() {
            "true" => true,
            "false" => false,
            _ => return None,
        });
    }
    if rest.take(b",type:").is_some() {
        task_type = Some(rest.plain()?);
    }
    if rest.take(b",tasks:").is_some() {
        session.tasks = Some(rest.number()?);
    }
    if rest.take(b",own_price:").is_some() {
        session.own_price = Some(rest.text()?);
    }
    if rest.take(b",credited_secs:").is_some() {
        session.credited_secs = Some(rest.number()?.into());
    }
    if rest.take(b",reported_at:\"").is_some() {
        session.reported_at = Some(Text(rest.moment()?));
        rest.take(b"\"")?;
    }
    if rest.take(b",note:").is_some() {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::changed;
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
        fn no_change_of_a_usual_line_makes_the_two_ways_differ(text in changed(&USUAL)) {
            prop_assert!(agree(&text), "{}", text);
        }
    }
}
