//! The agenda, bills and what can be done, on the same book.

use super::*;

#[test]
fn the_agenda_holds_the_same_money_by_week_with_what_needs_a_look_between() {
    let mut desk = sample();
    desk.bill("Rent", usd("900"), "2026-11-01", Repeats::Monthly);
    let view = view_of(&desk);
    let told: Vec<String> = view
        .agenda
        .rows
        .iter()
        .map(|row| match row {
            AgendaRow::Head { title, sum } => format!("# {title} {sum}"),
            AgendaRow::Entry { at, day, what } => {
                let entry = &view.entries[*at];
                format!("{day} | {} | {what} | {}", entry.platform, entry.amount)
            }
            AgendaRow::CutOff(mark) => format!("{} | {} | {}", mark.day, mark.platform, mark.what),
        })
        .collect();
    let from = told.iter().position(|row| row.starts_with("# Now")).unwrap();
    assert_eq!(view.agenda.start, from);
    assert_eq!(
        told[from..],
        [
            "# Now $144.00",
            " | Upwork | 4 days late | $48.00",
            " | DataAnnotation | drawable now | ~ $96.00",
            "# This week, Mon 16 – Sun 22 Nov £14.20",
            "Sun 22 Nov | Prolific | lands Sat 21 – Mon 23 Nov | ~ £14.20",
            "# Next week, Mon 23 – Sun 29 Nov $568.00",
            "Mon 23 Nov | Outlier | cut-off 23:59 UTC",
            "Tue 24 Nov | Outlier | lands Tue 24 – Wed 25 Nov | ~ $180.00",
            "Wed 25 Nov | Upwork | expected | $364.00",
            "Fri 27 Nov | DataAnnotation | drawable from Fri 27 Nov | ~ $24.00",
            "# Mon 30 Nov – Sun 6 Dec ",
            "Tue 1 Dec | Rent | due | $900.00",
            "# Mon 28 Dec 2026 – Sun 3 Jan 2027 ",
            "Fri 1 Jan 2027 | Rent | due | $900.00",
            "# Without a date $20.00",
            " | Mindrift | date unknown | ~ $20.00",
        ]
    );
    assert_eq!(
        told[..3],
        ["# Mon 26 Oct – Sun 1 Nov ", "Sun 1 Nov | Rent | due | $900.00", "# Mon 2 – Sun 8 Nov $164.20"]
    );
    let october = payouts(&desk.book, &calendar(&desk.book, now()), november().previous(), now(), today());
    assert!(october.agenda.rows.is_empty(), "nothing of another month stands in it");
}

#[test]
fn the_line_under_the_list_says_whether_it_is_enough_for_the_rent() {
    // Source of the figures: the drawing of the tab.
    let mut desk = sample();
    desk.rate(Currency::GBP, "2026-11-20", "1.27");
    assert_eq!(view_of(&desk).enough, None);
    let rent = desk.bill("Rent", usd("900"), "2026-12-01", Repeats::Monthly);
    let line = view_of(&desk).enough.unwrap();
    // Nothing of the sample is approved under a documented rule, and nobody says how long a draw takes: no part is sure.
    // 48.00 + 96.00 + 18.034 + 180.00 + 364.00 + 24.00.
    assert_eq!(line.name, "By Tue 1 Dec: sure $0.00 · likely $730.03 · Rent $900.00 · short $169.97");
    assert_eq!(line.parts.last().unwrap().tone, Tone::Bad);
    assert_eq!(line.id, EntryId::Bill(rent, day("2026-12-01")));
    desk.bill("Gym", money("20", Currency::EUR), "2026-11-30", Repeats::Never);
    let line = view_of(&desk).enough.unwrap();
    assert!(line.name.ends_with("Gym €20.00 · no rate for €20.00: can’t tell"), "{}", line.name);
}

#[test]
fn a_bill_stands_on_its_day_and_tells_what_it_is_paid_from() {
    let mut desk = sample();
    let rent = desk.bill("Rent", usd("900"), "2026-12-01", Repeats::Monthly);
    let december = payouts(&desk.book, &calendar(&desk.book, now()), november().next(), now(), today());
    let entry = december.entry(EntryId::Bill(rent, day("2026-12-01"))).unwrap();
    assert_eq!((entry.name.as_str(), entry.standing), ("Tue 1 Dec, Rent, $900.00 due", Standing::Due));
    assert!(
        december.totals.iter().all(|total| total.rows.iter().all(|at| december.entries[*at].standing != Standing::Due))
    );
    let detail = chosen(&desk, EntryId::Bill(rent, day("2026-12-01")));
    assert_eq!(
        (detail.title.as_str(), detail.amount.as_str(), detail.note.as_str()),
        ("Rent due Tue 1 Dec", "$900.00", "every month")
    );
    let texts: Vec<&str> = detail.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["Short $188.00", "Likely $712.00", "Bills until then $900.00", "Not counted: £14.20"]);
    assert!(detail.lines[1].under.contains("Upwork $364.00"), "{}", detail.lines[1].under);
    assert_eq!(detail.verbs, [EntryVerb::Edit, EntryVerb::Delete]);
    let past = chosen(&desk, EntryId::Bill(rent, day("2026-11-01")));
    assert_eq!((past.title.as_str(), past.lines.len()), ("Rent was due Sun 1 Nov", 0));
}

#[test]
fn what_can_be_done_hangs_on_how_it_stands() {
    use EntryVerb::{
        Chase, Delete, Edit, Figures, Hold, Land, Move, Platform, Release, Schedule, Sessions, Settles, WriteOff,
    };
    let mut desk = sample();
    let detail = chosen(&desk, expected(&desk.book, OUTLIER));
    assert_eq!(detail.verbs, [Land, Move, Hold, WriteOff, Sessions, Platform, Schedule]);
    let landed = calendar(&desk.book, now()).landed[0].payout;
    assert_eq!(chosen(&desk, EntryId::Landed(landed)).verbs, [Edit, Delete, Figures, Settles, Platform]);
    let earning = desk.earning(MINDRIFT, usd("30"), "2026-11-10", "2026-11-10");
    let before = Arc::clone(desk.book.earning(earning).unwrap());
    let held = crate::domain::earning::Held {
        kind: crate::domain::earning::HeldKind::Disputed,
        since: day("2026-11-18"),
        why: "hours were cut".to_owned(),
    };
    desk.book.apply(&Change::replace(&before, Earning { held: Some(held), ..(*before).clone() }));
    let calendar = calendar(&desk.book, now());
    let disputed = calendar.expected.iter().find(|one| one.gross == usd("30")).unwrap().key;
    let detail = chosen(&desk, EntryId::Expected(disputed));
    assert_eq!(detail.verbs, [Land, Move, Release, WriteOff, Chase, Platform, Schedule]);
    let last = detail.lines.last().unwrap();
    assert_eq!(
        (last.text.as_str(), last.under.as_str()),
        ("Date unknown: it is disputed", "since Wed 18 Nov · hours were cut")
    );
}

#[test]
fn money_that_can_be_drawn_says_what_comes_next() {
    let detail = chosen(&sample(), expected(&sample().book, DATA));
    assert_eq!(detail.title, "Drawable now");
    assert_eq!(detail.lines.last().unwrap().text, "Next ~ $24.00, drawable from Fri 27 Nov");
}

#[test]
fn money_that_moved_is_found_again_by_its_work() {
    use crate::domain::command::{Act, Command, OnExpected, plan};
    let mut desk = sample();
    let EntryId::Expected(key) = expected(&desk.book, OUTLIER) else { panic!("not expected") };
    let before = chosen(&desk, EntryId::Expected(key));
    let act = OnExpected { key, act: Act::DueOn(day("2026-12-04")), earning_seed: EarningId(7_000) };
    let change = plan(&desk.book, &Command::ActOnExpected(Box::new(act)), now()).unwrap();
    desk.book.apply(&change);
    let after = calendar(&desk.book, now());
    let found = follow(&desk.book, &after, &before.earnings, &before.sessions).unwrap();
    assert_eq!(chosen(&desk, found).title, "Lands Fri 4 Dec");
    assert_eq!(
        follow(&desk.book, &after, &std::collections::BTreeSet::new(), &std::collections::BTreeSet::new()),
        None
    );
}

#[test]
fn a_claimed_task_stands_on_its_day_in_month_and_agenda_until_it_is_handed_in() {
    use crate::domain::earning::{DatedState, Earning, EarningState};
    let mut desk = sample();
    let platform = desk.book.platforms().find(|platform| platform.name == "Mindrift").unwrap().id;
    let id = crate::domain::ids::EarningId(4_711);
    let worked = DayRange::day(day("2026-11-20"));
    let states = vec![DatedState { on: day("2026-11-20"), state: EarningState::ToReport }];
    let task = Earning {
        due_on: Some(day("2026-11-25")),
        note: "Batch 7".to_owned(),
        states,
        ..Earning::work(id, platform, usd("40"), worked)
    };
    desk.put(task.clone());
    let marks = |desk: &_| -> Vec<String> {
        let view = view_of(desk);
        let rows = view.agenda.rows.iter().filter_map(|row| {
            let AgendaRow::CutOff(mark) = row else { return None };
            mark.what.contains("due").then(|| format!("{} | {}", mark.platform, mark.what))
        });
        let rows: Vec<String> = rows.collect();
        let days = view.month.weeks.iter().flat_map(|week| &week.days);
        let days = days.filter(|day| day.cut_off == "“Batch 7” due").map(|day| day.number.clone());
        rows.into_iter().chain(days).collect()
    };
    assert_eq!(marks(&desk), ["Mindrift | “Batch 7” due", "25"]);
    let submitted = DatedState { on: day("2026-11-22"), state: EarningState::Submitted };
    desk.put(Earning { due_on: None, states: vec![submitted], ..task });
    assert_eq!(marks(&desk), Vec::<String>::new());
}
