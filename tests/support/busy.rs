//! A month of forty payouts on nine platforms in eight currencies, with names as long as they come, and bills.

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use truerate::domain::bill::{Bill, Repeats};
use truerate::domain::command::Command;
use truerate::domain::earning::{DatedState, Earning, EarningState};
use truerate::domain::ids::{BillId, EarningId, PayoutId, PlatformId, ProjectId};
use truerate::domain::money::{Currency, Money};
use truerate::domain::payout::{Allocation, Payout};
use truerate::domain::platform::{Platform, Project};
use truerate::domain::span::{DayRange, Now, Timestamp, Zone, day_plus};
use truerate::engine::Engine;

/// Platforms with a badge and a currency.
const PLATFORMS: [(&str, &str, &str); 9] = [
    ("Outlier", "OU", "USD"),
    ("DataAnnotation", "DA", "USD"),
    ("The Very Long Name of a Translation and Localisation Cooperative of Nairobi", "TV", "KES"),
    ("Lagos Remote Review", "LR", "NGN"),
    ("Manila Transcripts", "MT", "PHP"),
    ("Bengaluru Code Labs", "BC", "INR"),
    ("İstanbul Çeviri", "İÇ", "TRY"),
    ("Prolific", "PR", "GBP"),
    ("Berlin Studien GmbH", "BS", "EUR"),
];

/// A currency by its code.
fn currency(code: &str) -> Currency {
    Currency::all().into_iter().find(|one| one.code() == code).expect("an ISO currency")
}

fn run(engine: &mut Engine, command: &Command, now: Now) {
    if let Err(refused) = engine.dispatch(command, now) {
        panic!("{command:?}: {refused}");
    }
}

/// Puts it into an engine's Book: twenty payouts that have landed since the 1st, twenty promised for the days to come.
pub fn fill(engine: &mut Engine, zone: Zone, now: Timestamp) {
    let now = Now { at: now, zone };
    let today = now.at.with_timezone(&zone).date_naive();
    for (at, (name, badge, code)) in PLATFORMS.iter().enumerate() {
        let id = PlatformId(800 + at as u64);
        let hue = u32::try_from(at % 8).expect("eight hues");
        let platform = Platform { badge: (*badge).to_owned(), hue, ..Platform::new(id, *name, currency(code)) };
        run(
            engine,
            &Command::AddPlatform { platform: Box::new(platform), schedules: Vec::new(), routes: Vec::new() },
            now,
        );
        let project = Project::new(ProjectId(id.0), id, format!("{name} work"));
        run(engine, &Command::AddProject { project: Box::new(project), terms: None }, now);
    }
    for nth in 0..40_u64 {
        payout(engine, nth, today, now);
    }
    for (id, name, amount, back) in
        [(1, "Rent", 900, 9), (2, "Internet and telephone contract", 42, -9), (3, "Gym", 20, 3)]
    {
        let bill = Bill {
            id: BillId(id),
            name: name.to_owned(),
            amount: Money::new(Decimal::from(amount), Currency::USD),
            due_on: day_plus(today, back),
            repeats: Repeats::Monthly,
            until: None,
        };
        run(engine, &Command::SetBill(Box::new(bill)), now);
    }
}

fn payout(engine: &mut Engine, nth: u64, today: NaiveDate, now: Now) {
    let at = usize::try_from(nth).expect("a small count") % PLATFORMS.len();
    let code = PLATFORMS.get(at).map_or("USD", |(_, _, code)| code);
    let platform = PlatformId(800 + at as u64);
    let units: i64 = match code {
        "KES" | "NGN" => 23_450,
        "PHP" | "INR" | "TRY" => 8_120,
        _ => 137,
    };
    let amount = Money::new(Decimal::new((units + i64::try_from(nth).unwrap_or(0) * 7) * 100 + 25, 2), currency(code));
    let id = EarningId(9_000 + nth);
    // Landed ones crowd the 12th, expected ones the 26th; the rest is spread.
    let back = if nth.is_multiple_of(3) { 10 } else { i64::try_from(nth % 20).unwrap_or(0) };
    let landed = nth < 20;
    let worked = day_plus(today, -back - 8);
    let due_on = day_plus(today, if nth.is_multiple_of(3) { 4 } else { i64::try_from(nth % 9).unwrap_or(0) });
    let earning = Earning {
        project: Some(ProjectId(platform.0)),
        due_on: (!landed).then_some(due_on),
        states: vec![DatedState { on: worked, state: EarningState::Approved(None) }],
        ..Earning::work(id, platform, amount, DayRange::day(worked))
    };
    run(engine, &Command::SetEarning(Box::new(earning)), now);
    if landed {
        let payout = Payout {
            received: Some(amount),
            received_on: Some(day_plus(today, -back)),
            allocations: vec![Allocation { earning: id, amount }],
            ..Payout::new(PayoutId(9_000 + nth), platform, amount)
        };
        let then = Now { at: now.at - TimeDelta::hours(1), ..now };
        run(engine, &Command::SetPayout(Box::new(payout)), then);
    }
}
