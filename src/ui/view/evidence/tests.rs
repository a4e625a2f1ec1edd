//! What is in a folder of evidence, and what the text to send says.

use nonmax::NonMaxU32;

use super::*;
use crate::domain::command::AccessEnded;
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::payout::Leg;
use crate::domain::platform::{AttachedFile, Platform, QualityMeasure, QualityNote};
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::span::DayRange;
use crate::domain::terms::{Mission, Terms};
use crate::ports::Lacked;
use crate::ui::view::lacking::{Lack, Lacking};

const PLATFORM: PlatformId = PlatformId(1);
const TODAY: &str = "2026-11-22";

fn now() -> Now {
    Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC }
}

fn kit() -> Kit {
    let mut kit = Kit::new();
    let worked = kit.work(1, 1, "2026-11-18T09:00:00Z", "2026-11-18T11:00:00Z", |session| {
        session.tasks = NonMaxU32::new(30);
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
    assert_eq!((of(earnings, 0, "open"), of(earnings, 0, "state")), ("41.67".into(), "recorded".into()));
    assert_eq!(of(sheet("payouts.csv"), 0, "received"), "9.50");
    assert_eq!(of(sheet("quality.csv"), 0, "value"), "3.9");
    assert_eq!(pack.copies, ["/home/ada/c.pdf"]);
    assert_eq!(pack.len(), 7);
    let terms = &pack.texts[0].text;
    assert!(terms.contains("Project 1\n  from the beginning: $25.00/h, advertised $25.00 an hour"), "{terms}");
    assert!(!terms.contains("Project 2"));
    let only = Whose { platform: PLATFORM, project: Some(ProjectId(2)) };
    assert!(super::sessions(&kit.book, only, now()).rows.len() == 1);
}

#[test]
fn the_tables_tell_paid_from_open_and_the_terms_what_they_hold_and_promise() {
    let mut kit = kit();
    let bonus = kit.earning(5, "40", &[]);
    kit.edit_earning(bonus, |earning| earning.project = None);
    kit.payout(2, "41.67", None, "2026-11-21", &[(EarningId(4), "41.67")]);
    let sent = (**kit.book.payout(PayoutId(2)).unwrap()).clone();
    let leg =
        |fee| Leg { to: "Wise".into(), sent_on: None, arrived_on: None, fee: Some(fee), rate: None, arrived: None };
    let legs = vec![leg(usd("1.50")), leg(usd("0.25")), leg(Money::new(30.into(), "KES".parse().unwrap()))];
    kit.put(Payout { legs, received: Some(usd("39.92")), received_on: sent.sent_on, ..sent });
    let old = (**kit.book.terms_of(ProjectId(1))[0]).clone();
    let until = DayRange::new(day("2026-11-16"), day("2026-11-22"));
    let mission = Mission { name: "Tasks by Sunday".into(), count: 20, amount: 50.into(), days: until };
    let held_percent = Some(10.into());
    kit.put(Terms { held_percent, cap_hours_a_week: Some(40.into()), missions: vec![mission], ..old });
    let pack = pack(&kit.book, Whose::of(PLATFORM, None), String::new(), now(), day(TODAY));
    let column = |name: &str, head: &str| -> Vec<String> {
        let sheet = pack.sheets.iter().find(|sheet| sheet.name == name).unwrap();
        let at = sheet.head.iter().position(|known| *known == head).unwrap();
        sheet.rows.iter().map(|row| row[at].clone()).collect()
    };
    assert_eq!(column("earnings.csv", "open"), ["0.00", "40.00"]);
    assert_eq!(column("earnings.csv", "state"), ["paid", "recorded"]);
    assert_eq!(column("payouts.csv", "payout_fees"), ["", "30.00 KES + 1.75 USD"]);
    let terms = &pack.texts[0].text;
    assert!(terms.contains("advertised $25.00 an hour, 10 % held · at most 40 h a week\n"), "{terms}");
    assert!(terms.contains("    Tasks by Sunday: $50.00 for 20, 16 Nov 2026 to 22 Nov 2026\n"), "{terms}");
    kit.edit_earning(bonus, |earning| earning.worked.first = day("2026-11-18"));
    let text =
        appeal((&kit.book, None), &calendar(&kit.book, now()), Whose::of(PLATFORM, None), None, now(), day(TODAY));
    assert!(text.contains("- Bonus: $40.00, Wed 18 Nov 2026 to Fri 20 Nov 2026"), "{text}");
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
    let text = appeal((&kit.book, None), &calendar, Whose::of(PLATFORM, None), Some(&ended), now(), day(TODAY));
    assert!(text.contains("My access to Outlier / AI © ended on Fri 20 Nov 2026. They wrote “quality”."), "{text}");
    assert!(text.contains("$66.67 of my work is not paid yet"), "{text}");
    let line = "- Project 1: $66.67 for 3 h in 2 sessions, 30 tasks, Thu 19 Nov 2026 to Fri 20 Nov 2026";
    assert!(text.contains(line), "{text}");
    assert!(text.contains("3. answer in writing by Fri 4 Dec 2026."), "{text}");
    let nothing = appeal((&kit.book, None), &Calendar::default(), Whose::of(PLATFORM, None), None, now(), day(TODAY));
    let mut lacking = Lacking::default();
    lacking.note(Lacked::Money("2024-03".parse().unwrap()), Lack::Whole);
    let lacks = lacking.in_all();
    let part = appeal((&kit.book, lacks.as_ref()), &calendar, Whose::of(PLATFORM, None), None, now(), day(TODAY));
    assert!(part.contains("By my records, without March 2024, $66.67 of my work is not paid yet:"), "{part}");
    assert!(
        nothing.contains("By my records nothing is open.") && nothing.contains("that is not paid yet"),
        "{nothing}"
    );
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
