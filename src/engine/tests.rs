//! Undo and redo over any sequence of commands, and the meaning of "Saved".

use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::*;
use crate::domain::command::Start;
use crate::domain::ids::{PlatformId, ProjectId, SessionId, TermsId};
use crate::domain::money::Currency;
use crate::domain::platform::{Platform, Project};
use crate::domain::session::{Activity, Session};
use crate::domain::settings::Settings;
use crate::domain::span::Timestamp;
use crate::domain::terms::{Pay, Terms};
use crate::ports::{Kind, Progress, Trouble};

/// A journal that acknowledges when it is told to.
#[derive(Clone, Default)]
struct FakeJournal(Arc<Mutex<(Vec<Arc<Entry>>, Progress)>>);

impl Journal for FakeJournal {
    fn append(&mut self, entry: &Arc<Entry>, _book: &Book) {
        self.0.lock().unwrap().0.push(Arc::clone(entry));
    }

    fn progress(&self) -> Progress {
        self.0.lock().unwrap().1.clone()
    }

    fn checkpoint(&mut self, _book: &Book) {}

    fn close(&mut self) -> Result<(), String> {
        Ok(())
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_timestamp(1_795_300_000 + minute * 60, 0).unwrap()
}

fn now(minute: i64) -> Now {
    Now { at: at(minute), zone: chrono_tz::Africa::Nairobi }
}

fn engine(journal: &FakeJournal) -> Engine {
    let book = Book::new(Settings::new(Currency::USD, chrono_tz::Africa::Nairobi));
    Engine::new(book, Vec::new(), 0, Box::new(journal.clone()), None)
}

fn session(id: u64, start: i64, minutes: i64) -> Session {
    Session {
        ended_at: Some(at(start + minutes)),
        ..Session::begun(SessionId(id), at(start), chrono_tz::Africa::Nairobi)
    }
}

fn platform(id: u64) -> Command {
    let platform = Platform::new(PlatformId(id), format!("Platform {id}"), Currency::USD);
    Command::AddPlatform { platform: Box::new(platform), schedules: Vec::new(), routes: Vec::new() }
}

fn project(id: u64, platform: u64) -> Command {
    let project = Project::new(ProjectId(id), PlatformId(platform), format!("Project {id}"));
    let terms = Terms::new(TermsId(id), project.id, Currency::USD, Pay::PerHour(25.into()));
    Command::AddProject { project: Box::new(project), terms: Some(Box::new(terms)) }
}

fn start(id: u64, minute: i64) -> Start {
    Start {
        id: SessionId(id),
        project: id.is_multiple_of(2).then_some(ProjectId(id % 3)),
        activity: Activity::Searching,
        task_type: None,
        started_at: at(minute),
    }
}

/// Any command over a handful of ids; many are refused, which is part of the test.
fn any_command() -> impl Strategy<Value = Command> {
    let id = 0u64..6;
    let minute = -3000i64..0;
    prop_oneof![
        (id.clone(), minute.clone()).prop_map(|(id, minute)| Command::StartSession(start(id, minute))),
        (id.clone(), minute.clone()).prop_map(|(id, minute)| Command::SwitchSession(start(id, minute))),
        id.clone().prop_map(|id| Command::PauseSession(SessionId(id))),
        id.clone().prop_map(|id| Command::ResumeSession(SessionId(id))),
        id.clone().prop_map(|id| Command::StopSession(SessionId(id))),
        (id.clone(), minute.clone())
            .prop_map(|(id, minute)| Command::MoveStart { id: SessionId(id), started_at: at(minute) }),
        (id.clone(), 0u32..9).prop_map(|(id, more)| Command::CountTasks { id: SessionId(id), more }),
        // 60,000 minutes back is another month: sessions move between buckets.
        (id.clone(), prop_oneof![minute, -60_000i64..-50_000], 1i64..600)
            .prop_map(|(id, from, long)| Command::EditSession(Box::new(session(id, from - long, long)))),
        (6u64..9, -3000i64..-600, 1i64..600)
            .prop_map(|(id, from, long)| Command::AddSession(Box::new(session(id, from, long)))),
        proptest::collection::vec(0u64..9, 1..3)
            .prop_map(|ids| Command::DeleteSessions(ids.into_iter().map(SessionId).collect())),
        (0u64..3).prop_map(platform),
        (0u64..3, 0u64..3).prop_map(|(id, on)| project(id, on)),
        (0u64..3).prop_map(|id| Command::DeletePlatform(PlatformId(id))),
        (0u64..3).prop_map(|id| Command::DeleteProject(ProjectId(id))),
    ]
}

/// A step of the user.
#[derive(Debug, Clone)]
enum Step {
    Do(Command),
    Undo,
    Redo,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![6 => any_command().prop_map(Step::Do), 2 => Just(Step::Undo), 1 => Just(Step::Redo)]
}

proptest! {
    #[test]
    fn undoing_everything_gives_the_first_book_and_redoing_the_last(
        steps in proptest::collection::vec(any_step(), 1..60),
    ) {
        let journal = FakeJournal::default();
        let mut engine = engine(&journal);
        let first = engine.book().clone();
        for step in steps {
            // Refusals change nothing; that they don't is checked by the replay below.
            let _refused_or_done = match step {
                Step::Do(command) => engine.dispatch(&command, now(0)).is_ok(),
                Step::Undo => engine.undo(now(0)).is_ok(),
                Step::Redo => engine.redo(now(0)).is_ok(),
            };
        }
        let last = engine.book().clone();

        // The journal alone rebuilds the Book and its history.
        let entries = journal.0.lock().unwrap().0.clone();
        let mut replayed = first.clone();
        for entry in &entries {
            replayed.apply(&entry.change);
        }
        prop_assert_eq!(&replayed, &last);
        let count = entries.len() as u64;
        let mut reopened = Engine::new(replayed, entries, count, Box::new(FakeJournal::default()), None);
        prop_assert_eq!(reopened.undoable(), engine.undoable());
        prop_assert_eq!(reopened.redoable(), engine.redoable());

        let mut undone = 0;
        while reopened.undo(now(0)).is_ok() {
            undone += 1;
        }
        prop_assert_eq!(reopened.book(), &first);
        for _ in 0..undone {
            reopened.redo(now(0)).unwrap();
        }
        prop_assert_eq!(reopened.book(), &last);
    }
}

#[test]
fn saved_means_that_the_last_change_is_acknowledged() {
    let journal = FakeJournal::default();
    let mut engine = engine(&journal);
    assert_eq!(engine.saving(), Saving::Saved);
    engine.dispatch(&Command::StartSession(start(1, -5)), now(0)).unwrap();
    assert_eq!(engine.saving(), Saving::Pending);
    let trouble = Trouble { kind: Kind::Full, said: "no space left".into(), since: at(0), next_try: at(1) };
    journal.0.lock().unwrap().1.trouble = Some(trouble.clone());
    assert_eq!(engine.saving(), Saving::Failing(Failing { trouble, changes: 1 }));
    journal.0.lock().unwrap().1 = Progress { acknowledged: 1, ..Progress::default() };
    assert_eq!(engine.saving(), Saving::Saved);
}

#[test]
fn a_book_for_reading_refuses_every_change_with_its_reason() {
    let book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
    let why = "Another TrueRate has this book open".to_owned();
    let mut engine = Engine::to_read(book, why.clone());
    let refused = engine.dispatch(&Command::StartSession(start(1, -5)), now(0)).unwrap_err();
    assert_eq!(refused.refusal, Refusal::ReadOnly);
    assert_eq!(engine.saving(), Saving::ReadOnly(why));
}

#[test]
fn figures_are_kept_until_the_book_the_day_or_the_running_minute_moves() {
    let journal = FakeJournal::default();
    let mut engine = engine(&journal);
    let idle = engine.figures(now(0));
    assert!(Arc::ptr_eq(&idle, &engine.figures(now(5))), "nothing runs, the day is the same");
    engine.dispatch(&Command::StartSession(start(1, -5)), now(0)).unwrap();
    let running = engine.figures(now(0));
    assert!(!Arc::ptr_eq(&idle, &running));
    let later = engine.figures(now(1));
    assert_eq!(later.today.hours.own_secs, running.today.hours.own_secs + 60);
    assert!(Arc::ptr_eq(&later.work, &running.work), "the Book is read once a revision");
}

/// A paid hour on Wednesday, 14 October 2026 at 25 dollars, recorded in sight of the user in November.
fn with_october(journal: &FakeJournal) -> (Engine, Now, Session) {
    let moment = Now { at: "2026-11-22T12:00:00Z".parse().unwrap(), zone: chrono_tz::UTC };
    let mut engine = engine(journal);
    engine.dispatch(&platform(1), moment).unwrap();
    engine.dispatch(&project(1, 1), moment).unwrap();
    let session = Session {
        project: Some(ProjectId(1)),
        ended_at: Some("2026-10-14T11:00:00Z".parse().unwrap()),
        ..Session::begun(SessionId(1), "2026-10-14T09:00:00Z".parse().unwrap(), chrono_tz::UTC)
    };
    engine.dispatch(&Command::AddSession(Box::new(session.clone())), moment).unwrap();
    (engine, moment, session)
}

fn seen_secs(engine: &Engine) -> Vec<i64> {
    engine.book().seen().figures.iter().map(|figure| figure.credited_secs).collect()
}

#[test]
fn what_was_seen_goes_with_the_users_own_changes_and_with_their_undo() {
    let (mut engine, moment, session) = with_october(&FakeJournal::default());
    assert_eq!(seen_secs(&engine), Vec::<i64>::new(), "nobody looked yet");
    engine.dispatch_in_sight(&Command::StartSession(start(3, 0)), moment).unwrap();
    assert_eq!(seen_secs(&engine), [7200], "the first change in the window takes October in");
    let mut edit = |secs: i64| {
        let edited = Session { credited_secs: Some(secs), ..session.clone() };
        engine.dispatch_in_sight(&Command::EditSession(Box::new(edited)), moment).unwrap();
        seen_secs(&engine)
    };
    assert_eq!(edit(3600), [3600]);
    assert_eq!(edit(1800), [1800]);
    engine.undo(moment).unwrap();
    engine.undo(moment).unwrap();
    assert_eq!(seen_secs(&engine), [7200]);
    assert_eq!(engine.undoable(), Some("Start work"), "no entry of its own");
    // From the terminal it is news: what was seen stays.
    let edited = Session { credited_secs: Some(3600), ..session };
    engine.dispatch(&Command::EditSession(Box::new(edited)), moment).unwrap();
    assert_eq!(seen_secs(&engine), [7200]);
    engine.undo(moment).unwrap();
    engine.undo(moment).unwrap();
    assert_eq!(seen_secs(&engine), Vec::<i64>::new());
}

#[test]
fn figures_that_were_made_for_what_was_seen_are_those_of_the_book_after_it() {
    let (mut engine, moment, session) = with_october(&FakeJournal::default());
    for secs in [3600, 1800] {
        let edited = Session { credited_secs: Some(secs), ..session.clone() };
        engine.dispatch_in_sight(&Command::EditSession(Box::new(edited)), moment).unwrap();
        let (held, fresh) = (engine.figures(moment), Figures::of(engine.book(), moment));
        assert_eq!(held.stamp, fresh.stamp);
        assert_eq!(held.work.book().seen(), engine.book().seen());
        assert_eq!((&held.calendar, &held.closed, &held.week), (&fresh.calendar, &fresh.closed, &fresh.week));
        engine.undo(moment).unwrap();
        assert_eq!(engine.figures(moment).closed, Figures::of(engine.book(), moment).closed);
    }
}

#[test]
fn what_was_prepared_beside_the_window_is_what_a_frame_would_have_done() {
    let journals = [FakeJournal::default(), FakeJournal::default()];
    let [(mut beside, moment, session), (mut framed, ..)] = [with_october(&journals[0]), with_october(&journals[1])];
    beside.figures(moment);
    let edited = Session { credited_secs: Some(3600), ..session };
    let command = Arc::new(Command::EditSession(Box::new(edited)));
    let prepared = beside.snapshot(moment).prepare(&Wanted::DoInSight(Arc::clone(&command)), moment).unwrap();
    assert_eq!(seen_secs(&beside), Vec::<i64>::new(), "nothing is changed yet");
    let (words, _) = beside.take_prepared(prepared, moment).unwrap();
    assert_eq!(Ok(words), framed.dispatch_in_sight(&command, moment));
    assert_eq!(beside.book(), framed.book());
    assert_eq!(seen_secs(&beside), [3600]);
    let entries = |journal: &FakeJournal| journal.0.lock().unwrap().0.clone();
    assert_eq!(entries(&journals[0]), entries(&journals[1]), "the journal has the same");
    let (held, fresh) = (beside.figures(moment), Figures::of(beside.book(), moment));
    assert_eq!(held.stamp, fresh.stamp);
    assert_eq!((&held.calendar, &held.closed, &held.week), (&fresh.calendar, &fresh.closed, &fresh.week));
    assert_eq!(beside.steps_back(), (2, 0), "the session, and what was seen");
    for (wanted, back) in [
        (Wanted::Undo, Engine::undo as fn(&mut Engine, Now) -> Result<String, Refused>),
        (Wanted::Redo, Engine::redo),
        (Wanted::Undo, Engine::undo),
    ] {
        let prepared = beside.snapshot(moment).prepare(&wanted, moment).unwrap();
        let taken = beside.take_prepared(prepared, moment).map(|(words, _)| words);
        assert_eq!(taken, back(&mut framed, moment).map_err(NotTaken::Refused));
        assert_eq!(beside.book(), framed.book());
        assert_eq!(entries(&journals[0]), entries(&journals[1]));
        assert_eq!((beside.undoable(), beside.redoable()), (framed.undoable(), framed.redoable()));
        let (held, fresh) = (beside.figures(moment), Figures::of(framed.book(), moment));
        assert_eq!((&held.calendar, &held.closed, &held.week), (&fresh.calendar, &fresh.closed, &fresh.week));
    }
    assert_eq!(seen_secs(&beside), Vec::<i64>::new());
}

#[test]
fn what_was_prepared_over_a_book_that_moved_on_is_not_taken() {
    let (mut engine, moment, session) = with_october(&FakeJournal::default());
    let edited = Session { credited_secs: Some(3600), ..session };
    let command = Wanted::DoInSight(Arc::new(Command::EditSession(Box::new(edited))));
    let prepared = engine.snapshot(moment).prepare(&command, moment).unwrap();
    engine.dispatch(&Command::StartSession(start(3, 0)), moment).unwrap();
    let before = engine.book().clone();
    assert_eq!(engine.take_prepared(prepared, moment).err(), Some(NotTaken::Moved));
    assert_eq!((engine.book(), engine.undoable()), (&before, Some("Start work")));
    // Planned again it holds both.
    let again = engine.snapshot(moment).prepare(&command, moment).unwrap();
    _ = engine.take_prepared(again, moment).unwrap();
    assert_eq!(engine.book().session(SessionId(1)).unwrap().credited_secs, Some(3600));
    assert_eq!(engine.book().running_sessions().count(), 1);
    // What is refused is refused beside the window, too.
    let gone = Wanted::DoInSight(Arc::new(Command::DeleteProject(ProjectId(77))));
    assert!(engine.snapshot(moment).prepare(&gone, moment).is_err());
}
