//! Exposure, end to end: a platform's access ends with money open; what is owed, what is counted on and the list of needs
//! follow at once, a folder of evidence is written, and undo brings all of it back.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc, Weekday};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use truerate::domain::command::Command;
use truerate::domain::ids::{PlatformId, ProjectId, ScheduleId, SessionId, TermsId};
use truerate::domain::money::Currency;
use truerate::domain::platform::{Platform, Project, Stage, stage_on};
use truerate::domain::query::calendar::calendar;
use truerate::domain::query::enough::enough;
use truerate::domain::query::exposure::exposure;
use truerate::domain::schedule::{Cycle, EarningShape, PayDay, Rule, Schedule};
use truerate::domain::session::Session;
use truerate::domain::span::day_plus;
use truerate::domain::terms::{Pay, Terms};

use crate::desk::{Desk, Look, ZONE};

const ACME: PlatformId = PlatformId(501);
const BETA: PlatformId = PlatformId(502);

/// A platform that pays the week from Monday on the Wednesday after, with so many hours worked at $25 in the last week.
fn platform(id: PlatformId, name: &str, hours: i64) -> Vec<Command> {
    let mut schedule = Schedule::of(
        ScheduleId(id.0),
        id,
        Rule::of(EarningShape::PeriodBatch {
            cycle: Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None },
            zone: ZONE,
            starts_at: NaiveTime::MIN,
            pay_day: PayDay::Weekday { weekday: Weekday::Wed, weeks_later_min: 0, weeks_later_max: 0 },
        }),
    );
    schedule.valid_from = None;
    let project = ProjectId(id.0);
    let mut commands = vec![
        Command::AddPlatform {
            platform: Box::new(Platform::new(id, name, Currency::USD)),
            schedules: vec![schedule],
            routes: Vec::new(),
        },
        Command::AddProject {
            project: Box::new(Project::new(project, id, format!("{name} work"))),
            terms: Some(Box::new(Terms::new(TermsId(id.0), project, Currency::USD, Pay::PerHour(25.into())))),
        },
    ];
    let monday: DateTime<Utc> = "2026-11-16T08:00:00Z".parse().expect("an instant");
    for (day, session) in (0..hours / 4).zip(id.0 * 10..) {
        let start = monday + TimeDelta::days(day);
        commands.push(Command::AddSession(Box::new(Session {
            ended_at: Some(start + TimeDelta::hours(4)),
            project: Some(project),
            ..Session::begun(SessionId(session), start, ZONE)
        })));
    }
    commands
}

/// $400 on Acme, $100 on Beta, and the exposure page.
fn desk() -> Desk {
    let mut commands = platform(ACME, "Acme", 16);
    commands.extend(platform(BETA, "Beta", 4));
    let together = Command::Together { words: "Set up".to_owned(), commands };
    let mut desk = Desk::empty(Look::default()).changed_elsewhere(&together);
    desk.press("Outlook");
    desk
}

/// What a platform owes, and how much of it is contested, in dollars.
fn owed(desk: &Desk, platform: PlatformId) -> (String, String) {
    let book = desk.book();
    let found = exposure(&book, &calendar(&book, desk.now())).remove(&platform).unwrap_or_default();
    let dollars = |bag: &truerate::domain::money::Bag| bag.of(Currency::USD).amount.round_dp(2).normalize().to_string();
    (dollars(&found.not_yet_paid()), dollars(&found.disputed))
}

/// What is sure or likely in the next four weeks.
fn coming(desk: &Desk) -> String {
    let (book, now) = (desk.book(), desk.now());
    let today = now.at.with_timezone(&ZONE).date_naive();
    let found = enough(&book, &calendar(&book, now), day_plus(today, 28), today);
    (found.sure.amount + found.likely.amount).round_dp(2).normalize().to_string()
}

#[test]
fn access_ends_with_400_dollars_open_and_all_follows_and_comes_back() {
    let mut desk = desk();
    let before = desk.book();
    assert!(desk.reads("Acme, not yet paid $400.00, 80 %"), "{:?}", desk.texts());
    assert!(desk.reads("80 % of what is not paid yet hangs on Acme"), "{:?}", desk.texts());
    assert_eq!((owed(&desk, ACME), coming(&desk)), (("400".into(), "0".into()), "500".into()));
    desk.key(Key::D);
    assert!(desk.reads("Next 4 weeks: $500.00 now, $100.00 without it"), "{:?}", desk.texts());
    assert!(desk.reads("Records what was estimated: 1 earning, $400.00"), "{:?}", desk.texts());
    desk.click(Role::CheckBox, "Then collect evidence in a folder");
    desk.press("Record it");
    assert_eq!((owed(&desk, ACME), coming(&desk)), (("400".into(), "400".into()), "100".into()));
    assert_eq!(owed(&desk, BETA), ("100".into(), "0".into()));
    assert!(desk.reads("disputed $400.00") && desk.reads("$500.00"), "{:?}", desk.texts());
    assert!(desk.reads("Acme is ended since Sun 22 Nov and still owes"), "{:?}", desk.texts());
    assert!(desk.reads("Ended access to Acme"), "{:?}", desk.texts());
    let stage = |desk: &Desk| {
        let today = desk.now().at.with_timezone(&ZONE).date_naive();
        stage_on(&desk.book().platform(ACME).unwrap().stages, today).map(|dated| dated.stage)
    };
    assert_eq!(stage(&desk), Some(Stage::Ended));
    // What has ended can't end again.
    desk.key(Key::D);
    assert!(!desk.reads("Record it"), "{:?}", desk.texts());
    // On the day to ask again What needs you says so.
    desk.pass(7 * 86_400);
    desk.key(Key::F2);
    assert!(desk.reads("Acme: Ask for the last pay"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    desk.press("Undo");
    assert_eq!(desk.book(), before);
    assert_eq!((owed(&desk, ACME), coming(&desk)), (("400".into(), "0".into()), "500".into()));
    assert!(!desk.reads("disputed $400.00"));
}

#[test]
fn evidence_is_written_beside_and_a_second_folder_gets_a_number() {
    let mut desk = desk();
    desk.key(Key::D);
    desk.press("Under review");
    desk.press("Record it");
    assert!(desk.reads("Evidence of Acme"), "{:?}", desk.texts());
    assert!(desk.reads("My account on Acme is under review since Sun 22 Nov 2026."), "{:?}", desk.texts());
    let collect = |desk: &mut Desk| {
        desk.fill("Folder", "/home/ada/acme");
        desk.press("Write the folder");
        for _ in 0..500 {
            if desk.reads("The folder is written") {
                break;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(2));
            desk.settle();
        }
        assert!(desk.reads("The folder is written"), "{:?}", desk.texts());
    };
    collect(&mut desk);
    desk.press("Open folder");
    assert_eq!(desk.desktop.opened(), ["/home/ada/acme"]);
    desk.press("Close");
    let files = desk.disk.files();
    for name in ["sessions.csv", "earnings.csv", "payouts.csv", "quality.csv", "terms.txt", "appeal.txt"] {
        assert!(files.contains_key(std::path::Path::new(&format!("/home/ada/acme/{name}"))), "{name}");
    }
    let sessions = String::from_utf8(files[std::path::Path::new("/home/ada/acme/sessions.csv")].clone()).unwrap();
    assert_eq!(sessions.lines().count(), 5, "{sessions}");
    desk.press("Platforms");
    desk.key(Key::E);
    collect(&mut desk);
    assert!(desk.reads("/home/ada/acme-2"), "{:?}", desk.texts());
}

#[test]
fn the_text_to_send_says_what_the_tables_say_although_a_timer_ran() {
    let mut desk = desk().changed_elsewhere(&Command::AddSession(Box::new(Session {
        project: Some(ProjectId(ACME.0)),
        ..Session::begun(SessionId(1), "2026-11-22T10:00:00Z".parse().expect("an instant"), ZONE)
    })));
    desk.press("Outlook");
    desk.pass(3_601);
    desk.key(Key::D);
    desk.press("Record it");
    let (open, contested) = owed(&desk, ACME);
    assert_eq!(open, contested);
    assert!(desk.reads(&format!("By my records ${open} of my work is not paid yet")), "{open}: {:?}", desk.texts());
}

#[test]
fn a_full_disk_says_so_and_leaves_nothing_behind() {
    use truerate::ports::fake::{Fault, Operation};
    let mut desk = desk();
    desk.press("Platforms");
    desk.key(Key::E);
    desk.fill("Folder", "/media/stick/acme");
    desk.disk.set_fault(Some(Fault {
        operation: Operation::Write,
        path_contains: "payouts.csv".to_owned(),
        kind: std::io::ErrorKind::StorageFull,
        bytes_written: 0,
    }));
    desk.press("Write the folder");
    for _ in 0..500 {
        if desk.reads("The disk is full") {
            break;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(2));
        desk.settle();
    }
    assert!(desk.reads("The disk is full: nothing was kept"), "{:?}", desk.texts());
    assert!(!desk.disk.files().keys().any(|path| path.starts_with("/media")));
    desk.press("Try again");
    assert!(desk.reads("Write the folder"));
}

#[test]
fn the_figures_are_walked_by_arrows_and_open_to_their_payouts() {
    let mut desk = desk();
    desk.key(Key::Enter);
    assert!(desk.harness.query_by_role_and_label(Role::Group, "Pieces").is_some(), "{:?}", desk.texts());
    assert!(desk.reads("Acme, 0–7 days"), "{:?}", desk.texts());
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_role_and_label(Role::Group, "Pieces").is_none());
    for _ in 0..9 {
        desk.key(Key::ArrowRight);
    }
    for _ in 0..5 {
        desk.key(Key::ArrowDown);
    }
    desk.key(Key::Enter);
    assert!(desk.reads("All") && desk.reads("5 pieces"), "{:?}", desk.texts());
    desk.key(Key::ArrowLeft);
    desk.key(Key::Enter);
    assert!(!desk.reads("0 pieces") && desk.reads("5 pieces"), "nothing is that old: {:?}", desk.texts());
    desk.key(Key::ArrowRight);
    desk.key(Key::ArrowUp);
    desk.key(Key::Enter);
    assert!(desk.reads("1 piece"), "{:?}", desk.texts());
    desk.click(Role::Row, "Beta, Beta work, Mon 16 Nov, in review, ~ $100.00, row 1");
    assert!(desk.reads("Lands Wed 25 Nov"), "{:?}", desk.texts());
}

#[test]
fn a_saved_page_is_ticked_off_and_the_warning_is_gone() {
    let mut desk = Desk::sample(Look::default());
    desk.press("Outlook");
    let warning = "DataAnnotation has no download of its record: save your payments page";
    assert!(desk.reads(warning), "the sample owes enough there: {:?}", desk.texts());
    desk.press("Saved today DataAnnotation");
    assert!(!desk.reads(warning), "{:?}", desk.texts());
    let book = desk.book();
    let platform = book.platforms().find(|platform| platform.name == "DataAnnotation").unwrap();
    let today = desk.now().at.with_timezone(&ZONE).date_naive();
    assert!(platform.checklist.iter().any(|todo| todo.text == "Save the payments page" && todo.done_on == Some(today)));
    desk.press("Undo");
    assert!(desk.reads(warning));
}
