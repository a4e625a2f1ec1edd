//! What is in a folder of evidence, and what the text to send says.

use super::*;
use crate::domain::command::AccessEnded;
use crate::domain::ids::{EarningId, TermsId};
use crate::domain::money::Currency;
use crate::domain::platform::{AttachedFile, Platform, QualityMeasure, QualityNote};
use crate::domain::query::calendar::{Calendar, calendar};
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::span::DayRange;
use crate::domain::terms::{Milestone, Mission};

const PLATFORM: PlatformId = PlatformId(1);
const TODAY: &str = "2026-11-22";

fn now() -> Now {
    Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC }
}

fn kit() -> Kit {
    let mut kit = Kit::new();
    let worked = kit.work(1, 1, "2026-11-18T09:00:00Z", "2026-11-18T11:00:00Z", |session| {
        session.tasks = Some(30);
        session.credited_secs = Some(6000);
    });
    kit.work(2, 1, "2026-11-19T09:00:00Z", "2026-11-19T10:00:00Z", |_| {});
    kit.work(3, 2, "2026-11-19T09:00:00Z", "2026-11-19T10:00:00Z", |_| {});
    kit.earning(4, "41.67", &[worked]);
    kit.payout(1, "10", Some(usd("9.50")), "2026-11-20", &[]);
    let note = QualityNote {
        on: day("2026-11-01"),
        project: None,
        measure: QualityMeasure::Score,
        value: Some("3.90".parse().unwrap()),
        out_of: Some(5.into()),
        note: "hasty".into(),
    };
    let file = AttachedFile { title: "Contract".into(), path: "/home/ada/c.pdf".into(), added_on: day("2026-01-01") };
    let name = "Outlier / AI ©".to_owned();
    let platform = (**kit.book.platform(PLATFORM).unwrap()).clone();
    kit.put(Platform { quality: vec![note], files: vec![file], name, ..platform });
    kit
}

#[test]
fn the_folder_holds_only_what_is_of_that_platform() {
    let kit = kit();
    let whose = Whose::of(PLATFORM, None);
    let pack = pack(&kit.book, whose, "Please pay".to_owned(), now(), day(TODAY));
    let sheet = |name: &str| pack.sheets.iter().find(|sheet| sheet.name == name).unwrap();
    for sheet in &pack.sheets {
        assert!(sheet.rows.iter().all(|row| row.len() == sheet.head.len()), "{}", sheet.name);
    }
    let sessions = sheet("sessions.csv");
    assert_eq!(sessions.rows.len(), 2);
    let of = |sheet: &Sheet, row: usize, head: &str| {
        let at = sheet.head.iter().position(|known| *known == head).unwrap();
        sheet.rows[row][at].clone()
    };
    assert_eq!(of(sessions, 0, "started_at"), "2026-11-18T09:00:00Z");
    assert_eq!((of(sessions, 0, "own_secs"), of(sessions, 0, "credited_secs")), ("7200".into(), "6000".into()));
    assert_eq!((of(sessions, 0, "value"), of(sessions, 0, "currency")), ("41.67".into(), "USD".into()));
    let earnings = sheet("earnings.csv");
    assert_eq!((of(earnings, 0, "amount"), of(earnings, 0, "sessions")), ("41.67".into(), "1".into()));
    assert_eq!(of(sheet("payouts.csv"), 0, "received"), "9.50");
    assert_eq!(of(sheet("quality.csv"), 0, "value"), "3.9");
    assert_eq!(pack.copies, ["/home/ada/c.pdf"]);
    assert_eq!(pack.len(), 7);
    let terms = &pack.texts[0].text;
    assert!(
        terms.contains("Project 1\n  from the beginning: $25.00/h, advertised $25.00 to $25.00 an hour"),
        "{terms}"
    );
    assert!(!terms.contains("Project 2"));
    let only = Whose { platform: PLATFORM, project: Some(ProjectId(2)) };
    assert!(super::sessions(&kit.book, only, now()).rows.len() == 1);
}

#[test]
fn the_terms_say_what_is_held_and_every_sum_that_was_promised() {
    let mut kit = kit();
    let milestone = Milestone { name: "Draft".into(), amount: 200.into(), due_on: Some(day("2026-12-01")) };
    let days = DayRange::new(day("2026-11-16"), day("2026-11-22"));
    kit.put(Terms {
        held_percent: Some(10.into()),
        missions: vec![Mission { name: "tasks".into(), count: 20, amount: 50.into(), days }],
        ..Terms::new(TermsId(1), ProjectId(1), Currency::USD, Pay::Milestones(vec![milestone]))
    });
    let text = terms(&kit.book, Whose::of(PLATFORM, None), day(TODAY));
    let said: Vec<&str> = text.lines().skip_while(|line| *line != "Project 1").take(5).collect();
    let expected = [
        "Project 1",
        "  from the beginning: by milestone",
        "    10 % held",
        "    Draft: $200.00, due 1 Dec 2026",
        "    20 tasks from 16 Nov 2026 to 22 Nov 2026: $50.00",
    ];
    assert_eq!(said, expected);
}

#[test]
fn the_text_has_the_period_hours_tasks_amounts_and_what_is_asked() {
    let kit = kit();
    let ended = AccessEnded {
        platform: PLATFORM,
        ending: Ending::Platform,
        on: day("2026-11-20"),
        why: "They wrote “quality”.".into(),
        contest: true,
        appeal_by: None,
        chase_on: Some(day("2026-12-04")),
        earning_seed: EarningId(1),
    };
    let calendar = calendar(&kit.book, now());
    let text = appeal(&kit.book, &calendar, Whose::of(PLATFORM, None), Some(&ended), now(), day(TODAY));
    assert!(text.contains("My access to Outlier / AI © ended on Fri 20 Nov 2026. They wrote “quality”."), "{text}");
    assert!(text.contains("$66.67 of my work is not paid yet"), "{text}");
    let line = "- Project 1: $66.67 for 3 h in 2 sessions, 30 tasks, Thu 19 Nov 2026 to Fri 20 Nov 2026";
    assert!(text.contains(line), "{text}");
    assert!(text.contains("3. answer in writing by Fri 4 Dec 2026."), "{text}");
    let nothing = appeal(&kit.book, &Calendar::default(), Whose::of(PLATFORM, None), None, now(), day(TODAY));
    assert!(nothing.contains("nothing is open") && nothing.contains("that is not paid yet"), "{nothing}");
}

#[test]
fn a_folder_is_named_by_letters_that_every_disk_takes() {
    let mut kit = kit();
    let named = |kit: &Kit| folder_name(&kit.book, Whose::of(PLATFORM, None), day(TODAY));
    assert_eq!(named(&kit), "outlier-ai-2026-11-22");
    for (name, slug) in [("../../etc", "etc"), ("///", "platform"), ("Łódź Works", "łódź-works"), ("con:?*", "con")]
    {
        let platform = (**kit.book.platform(PLATFORM).unwrap()).clone();
        kit.put(Platform { name: name.to_owned(), ..platform });
        assert_eq!(named(&kit), format!("{slug}-{TODAY}"));
    }
}
