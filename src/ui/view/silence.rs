//! What to ask about a time of which nothing is known although a timer ran: its words, and the command of each answer.

use chrono::NaiveDate;

use super::names;
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::query::silence::{Cause, Silence};
use crate::domain::session::Session;
use crate::domain::span::{Now, Timestamp};
use crate::ui::format::{self, Style};

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub struct SilenceView {
    /// "The timer on “Aloe” was running when the computer went off. Last sign at 14:32, the next at 16:42 (2 h 10 m)."
    pub text: String,
    /// "End it at 14:32".
    pub end: String,
    /// The session, ended there.
    pub ended: Command,
    /// The session as it is, with the time in it: nothing but that it was asked.
    pub kept: Command,
    /// "Work stopped at 14:32 and went on at 16:42".
    pub pause_line: String,
    /// The session, paused for that time.
    pub paused: Command,
    /// The session, for its editor.
    pub session: Session,
}

impl SilenceView {
    /// The question of a silence; `None` where it is answered.
    #[must_use]
    pub fn of(book: &Book, silence: &Silence, now: Now, today: NaiveDate) -> Option<Self> {
        let session = silence.asks(book)?;
        let style = Style::of(book.settings());
        let at = |moment: Timestamp| {
            let local = moment.with_timezone(&now.zone).date_naive();
            let clock = format::time(moment, now.zone);
            if local == now.at.with_timezone(&now.zone).date_naive() {
                clock
            } else {
                format!("{} {clock}", style.day(local, today))
            }
        };
        let (from, until, long) = (at(silence.from), at(silence.until), format::hours(silence.secs()));
        let named = session.project.and_then(|id| book.project(id)).is_some();
        let name = if named { names::project(book, session.project) } else { "work".to_owned() };
        let timer = if named { format!("The timer on “{name}”") } else { "The timer".to_owned() };
        let text = match silence.cause {
            Cause::Asleep => {
                format!("{timer} was running while the computer slept, from {from} until {until} ({long}).")
            }
            cause @ (Cause::Off | Cause::Ended | Cause::OffOrEnded) => {
                let what = match cause {
                    Cause::Off => "the computer went off",
                    Cause::Ended => "TrueRate ended without being closed",
                    Cause::OffOrEnded | Cause::Asleep => "TrueRate or the computer went off",
                };
                format!("{timer} was running when {what}. Last sign at {from}, the next at {until} ({long}).")
            }
        };
        let edit = |words: String, session: Session| Command::Together {
            words,
            commands: vec![Command::EditSession(Box::new(session))],
        };
        Some(Self {
            text,
            end: format!("End it at {from}"),
            ended: edit(format!("End {name} at {from}"), silence.ended(session)),
            kept: Command::SetSeen {
                words: format!("Leave {long} in {name}"),
                seen: Box::new(silence.kept(book.seen(), session.id, today)),
            },
            pause_line: format!("Work stopped at {from} and went on at {until}"),
            paused: edit(format!("Pause {name} from {from} to {until}"), silence.paused(session)),
            session: (**session).clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::Change;
    use crate::domain::command::plan;
    use crate::domain::ids::{PlatformId, ProjectId, SessionId};
    use crate::domain::money::Currency;
    use crate::domain::platform::{Platform, Project};
    use crate::domain::settings::Settings;
    use crate::domain::testing::{at, day};

    const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

    fn book(project: Option<u64>) -> Book {
        let mut book = Book::new(Settings::new(Currency::EUR, ZONE));
        let outlier = Platform::new(PlatformId(1), "Outlier", Currency::USD);
        book.apply(&Change::create(outlier));
        book.apply(&Change::create(Project::new(ProjectId(1), PlatformId(1), "Aloe")));
        let begun = Session::begun(SessionId(1), at("2026-11-22T12:00:00Z"), ZONE);
        book.apply(&Change::create(Session { project: project.map(ProjectId), ..begun }));
        book
    }

    fn view(book: &Book, cause: Cause, now: &str) -> Option<SilenceView> {
        let silence = Silence {
            from: at("2026-11-22T13:32:00Z"),
            until: at("2026-11-22T15:42:00Z"),
            cause,
            sessions: vec![SessionId(1)],
        };
        let now = Now { at: at(now), zone: ZONE };
        SilenceView::of(book, &silence, now, now.at.with_timezone(&ZONE).date_naive())
    }

    #[test]
    fn it_says_what_happened_and_when_on_the_users_clocks() {
        let text = |project, cause, now| view(&book(project), cause, now).unwrap().text;
        let soon = "2026-11-22T15:43:00Z";
        for (project, cause, now, says) in [
            (
                Some(1),
                Cause::Off,
                soon,
                "The timer on “Aloe” was running when the computer went off. Last sign at 14:32, the next at 16:42 (2 h 10 m).",
            ),
            (
                None,
                Cause::Ended,
                soon,
                "The timer was running when TrueRate ended without being closed. Last sign at 14:32, the next at 16:42 (2 h 10 m).",
            ),
            (
                Some(1),
                Cause::Asleep,
                "2026-11-23T08:00:00Z",
                "The timer on “Aloe” was running while the computer slept, from Sun 22 Nov 14:32 until Sun 22 Nov 16:42 (2 h 10 m).",
            ),
        ] {
            assert_eq!(text(project, cause, now), says);
        }
    }

    #[test]
    fn each_answer_is_a_command_that_settles_it() {
        let book = book(Some(1));
        let now = Now { at: at("2026-11-22T15:43:00Z"), zone: ZONE };
        let asked = view(&book, Cause::Off, "2026-11-22T15:43:00Z").unwrap();
        assert_eq!(asked.end, "End it at 14:32");
        for (command, own_minutes) in [(&asked.ended, 92), (&asked.kept, 223), (&asked.paused, 93)] {
            let mut after = book.clone();
            after.apply(&plan(&book, command, now).unwrap());
            let session = after.session(SessionId(1)).unwrap();
            assert_eq!(session.own_secs(now.at), own_minutes * 60, "{command:?}");
            assert_eq!(view(&after, Cause::Off, "2026-11-22T15:43:00Z"), None, "{command:?}");
        }
        assert_eq!(asked.kept, {
            let silence = Silence {
                from: at("2026-11-22T13:32:00Z"),
                until: at("2026-11-22T15:42:00Z"),
                cause: Cause::Off,
                sessions: vec![SessionId(1)],
            };
            let seen = Box::new(silence.kept(book.seen(), SessionId(1), day("2026-11-22")));
            Command::SetSeen { words: "Leave 2 h 10 m in Aloe".to_owned(), seen }
        });
    }
}
