//! A book of five platforms on Sunday 22 November 2026, as in the drawing of the tab, and what its view must say.

use chrono::{NaiveTime, Weekday};
use rust_decimal::Decimal;

use super::*;
use crate::domain::bill::{Bill, Repeats};
use crate::domain::change::{Change, Record};
use crate::domain::earning::Earning;
use crate::domain::fact::{Provenance, Standing as FactStanding};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, ScheduleId, SessionId, TermsId};
use crate::domain::money::Currency;
use crate::domain::payout::{Allocation, Difference, Payout};
use crate::domain::platform::Project;
use crate::domain::query::calendar::calendar;
use crate::domain::schedule::{
    Cycle, EarningShape, InvoiceClock, ItemEvent, Lag, Modifiers, PayDay, ReleaseShape, Rule, Schedule,
};
use crate::domain::session::Session;
use crate::domain::settings::Settings;
use crate::domain::span::Zone;
use crate::domain::terms::{Pay, Terms};
pub(crate) use crate::domain::testing::{at, day, usd};

mod agenda_and_bills;
mod on_its_way;

pub(crate) const OUTLIER: PlatformId = PlatformId(1);
pub(crate) const DATA: PlatformId = PlatformId(2);
pub(crate) const PROLIFIC: PlatformId = PlatformId(3);
pub(crate) const UPWORK: PlatformId = PlatformId(4);
pub(crate) const MINDRIFT: PlatformId = PlatformId(5);

pub(crate) fn money(text: &str, currency: Currency) -> Money {
    Money::new(text.parse().unwrap(), currency)
}

/// Sunday 22 November 2026, 15:20 in Nairobi.
pub(crate) fn now() -> Now {
    Now { at: at("2026-11-22T12:20:00Z"), zone: chrono_tz::Africa::Nairobi }
}

pub(crate) fn today() -> NaiveDate {
    day("2026-11-22")
}

pub(crate) fn november() -> Month {
    Month { year: 2026, month: 11 }
}

/// A Book to put records into.
pub(crate) struct Desk {
    pub(crate) book: Book,
    next: u64,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { book: Book::new(Settings::new(Currency::USD, chrono_tz::Africa::Nairobi)), next: 1000 }
    }

    pub(crate) fn put(&mut self, record: impl Into<Record>) {
        self.book.apply(&Change::create(record));
    }

    fn id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// A platform with one project of the same id.
    pub(crate) fn platform(&mut self, id: PlatformId, name: &str, badge: &str, pay: Pay, currency: Currency) {
        self.put(Platform {
            badge: badge.to_owned(),
            hue: u32::try_from(id.0 - 1).unwrap(),
            ..Platform::new(id, name, currency)
        });
        self.put(Project::new(ProjectId(id.0), id, format!("{name} work")));
        let terms = TermsId(self.id());
        self.put(Terms::new(terms, ProjectId(id.0), currency, pay));
    }

    pub(crate) fn schedule(&mut self, platform: PlatformId, rule: Rule) {
        let id = ScheduleId(self.id());
        self.put(Schedule {
            provenance: Provenance {
                // Upwork's help pages say when it pays; of the others workers do.
                standing: if platform == UPWORK { FactStanding::Documented } else { FactStanding::Reported },
                source: String::new(),
                checked_on: Some(today()),
                taken_by_user: true,
            },
            ..Schedule::of(id, platform, rule)
        });
    }

    pub(crate) fn session(&mut self, platform: PlatformId, from: &str, until: Option<&str>) -> SessionId {
        let id = SessionId(self.id());
        self.put(Session {
            ended_at: until.map(at),
            project: Some(ProjectId(platform.0)),
            ..Session::begun(id, at(from), chrono_tz::Africa::Nairobi)
        });
        id
    }

    /// A unit of a currency in dollars from a day on.
    pub(crate) fn rate(&mut self, base: Currency, on: &str, rate: &str) {
        let id = crate::domain::ids::RateId(self.id());
        self.put(crate::domain::exchange::ExchangeRate {
            id,
            base,
            quote: Currency::USD,
            on: day(on),
            rate: rate.parse().unwrap(),
            source: "test".to_owned(),
            estimate: false,
        });
    }

    pub(crate) fn bill(&mut self, name: &str, amount: Money, due_on: &str, repeats: Repeats) -> BillId {
        let id = BillId(self.id());
        self.put(Bill { id, name: name.to_owned(), amount, due_on: day(due_on), repeats, until: None });
        id
    }

    pub(crate) fn earning(&mut self, platform: PlatformId, amount: Money, first: &str, last: &str) -> EarningId {
        let id = EarningId(self.id());
        self.put(Earning {
            project: Some(ProjectId(platform.0)),
            ..Earning::work(id, platform, amount, DayRange::new(day(first), day(last)))
        });
        id
    }

    /// A payout that landed whole, with the earning that it settles.
    pub(crate) fn landed(&mut self, platform: PlatformId, amount: Money, worked: (&str, &str), on: &str) -> PayoutId {
        let earning = self.earning(platform, amount, worked.0, worked.1);
        let id = PayoutId(self.id());
        self.put(payout(id, platform, amount, earning, on));
        id
    }
}

fn payout(id: PayoutId, platform: PlatformId, amount: Money, earning: EarningId, on: &str) -> Payout {
    Payout {
        received: Some(amount),
        received_on: Some(day(on)),
        allocations: vec![Allocation { earning, amount }],
        ..Payout::new(id, platform, amount)
    }
}

pub(crate) fn weekly(starts: Weekday, pay_day: PayDay) -> Rule {
    Rule::of(EarningShape::PeriodBatch {
        cycle: Cycle::Weeks { every: 1, starts, anchor: None },
        zone: Zone::UTC,
        starts_at: NaiveTime::MIN,
        pay_day,
    })
}

fn items(lag: Lag, release: Option<ReleaseShape>) -> Rule {
    Rule {
        earning: EarningShape::ItemClock { event: ItemEvent::Submitted, zone: Zone::UTC, lag, per_task_lag: None },
        release,
        modifiers: Modifiers::default(),
    }
}

/// Outlier Tue–Mon paid Tuesday, DataAnnotation on demand, Prolific within two days, Upwork ten days after its week,
/// Mindrift without a schedule. A timer runs nowhere.
pub(crate) fn sample() -> Desk {
    let mut desk = Desk::new();
    let hourly = |rate: i64| Pay::PerHour(rate.into());
    desk.platform(OUTLIER, "Outlier", "OU", hourly(25), Currency::USD);
    desk.platform(DATA, "DataAnnotation", "DA", hourly(24), Currency::USD);
    desk.platform(PROLIFIC, "Prolific", "PR", hourly(12), Currency::GBP);
    desk.platform(UPWORK, "Upwork", "UW", hourly(40), Currency::USD);
    desk.platform(MINDRIFT, "Mindrift", "MI", hourly(20), Currency::USD);
    let tuesday = PayDay::Weekday { weekday: Weekday::Tue, weeks_later_min: 0, weeks_later_max: 0 };
    let mut outlier = weekly(Weekday::Tue, tuesday);
    outlier.modifiers.transit = Some(Lag::days(0, 1));
    desk.schedule(OUTLIER, outlier);
    desk.schedule(
        DATA,
        items(Lag::days(7, 7), Some(ReleaseShape::OnDemand { cooldown_hours: None, balance_ceiling: None })),
    );
    desk.schedule(PROLIFIC, items(Lag::days(0, 2), None));
    desk.schedule(UPWORK, weekly(Weekday::Mon, PayDay::After(Lag::days(10, 10))));
    // 7 h 12 m in six sessions: $180.00.
    for on in ["17", "18", "19", "20", "21", "22"] {
        desk.session(OUTLIER, &format!("2026-11-{on}T06:00:00Z"), Some(&format!("2026-11-{on}T07:12:00Z")));
    }
    desk.session(DATA, "2026-11-12T06:00:00Z", Some("2026-11-12T10:00:00Z"));
    desk.session(DATA, "2026-11-20T06:00:00Z", Some("2026-11-20T07:00:00Z"));
    desk.session(PROLIFIC, "2026-11-21T06:00:00Z", Some("2026-11-21T07:11:00Z"));
    desk.session(MINDRIFT, "2026-11-21T10:00:00Z", Some("2026-11-21T11:00:00Z"));
    desk.earning(UPWORK, usd("48"), "2026-11-02", "2026-11-08");
    desk.earning(UPWORK, usd("364"), "2026-11-09", "2026-11-15");
    desk.landed(OUTLIER, usd("164.20"), ("2026-10-27", "2026-11-02"), "2026-11-03");
    desk.landed(OUTLIER, usd("171.90"), ("2026-11-03", "2026-11-09"), "2026-11-10");
    desk.landed(OUTLIER, usd("188.40"), ("2026-11-10", "2026-11-16"), "2026-11-17");
    desk.landed(UPWORK, usd("240"), ("2026-10-26", "2026-11-01"), "2026-11-11");
    desk.landed(PROLIFIC, money("18.40", Currency::GBP), ("2026-11-10", "2026-11-12"), "2026-11-13");
    desk
}

fn view_of(desk: &Desk) -> PayoutsView {
    payouts(&desk.book, &calendar(&desk.book, now()), november(), now(), today())
}

fn chosen(desk: &Desk, id: EntryId) -> Detail {
    detail(&desk.book, &calendar(&desk.book, now()), id, now(), today()).unwrap()
}

/// The id of the first expected payout of a platform.
pub(crate) fn expected(book: &Book, platform: PlatformId) -> EntryId {
    let calendar = calendar(book, now());
    let found = calendar.expected.iter().find(|expected| expected.key.platform == platform);
    EntryId::Expected(found.unwrap().key)
}

fn listed(view: &PayoutsView) -> Vec<String> {
    let rows = &view.entries[..view.listed];
    rows.iter().map(|row| format!("{} | {} | {}", row.platform, row.in_list, row.amount)).collect()
}

#[test]
fn the_list_tells_late_ones_first_and_those_without_a_date_last() {
    assert_eq!(
        listed(&view_of(&sample())),
        [
            "Upwork | 4 days late | $48.00",
            "DataAnnotation | drawable now | ~ $96.00",
            "Prolific | Sat 21 – Mon 23 | ~ £14.20",
            "Outlier | Tue 24 – Wed 25 | ~ $180.00",
            "Upwork | Wed 25 Nov | $364.00",
            "DataAnnotation | draw from Fri 27 Nov | ~ $24.00",
            "Mindrift | date unknown | ~ $20.00",
        ]
    );
}

fn totals_of(view: &PayoutsView) -> Vec<&str> {
    view.totals.iter().map(|total| total.name.as_str()).collect()
}

#[test]
fn the_second_currency_stands_behind_the_totals_that_can_be_converted() {
    let kes: Currency = "KES".parse().unwrap();
    let mut desk = sample();
    let mut settings = (**desk.book.settings()).clone();
    settings.second_currency = Some(kes);
    desk.book.apply(&Change::replace(desk.book.settings(), settings));
    assert!(view_of(&desk).totals.iter().all(|total| total.second.is_empty()), "no rate");
    desk.book.apply(&Change::create(crate::domain::exchange::ExchangeRate {
        id: crate::domain::ids::RateId(1),
        base: Currency::USD,
        quote: kes,
        on: today(),
        rate: Decimal::ONE_HUNDRED,
        source: "own".into(),
        estimate: false,
    }));
    let view = view_of(&desk);
    let second: Vec<&str> = view.totals.iter().map(|total| total.second.as_str()).collect();
    // 48.00 × 100 and 96.00 × 100; what landed and what is expected hold pounds, for which there is no rate.
    assert_eq!(second, ["", "", "≈ KES 4,800", "≈ KES 9,600"]);
}

#[test]
fn totals_are_the_sums_of_the_blocks_of_the_month_by_currency_and_open_to_them() {
    let view = view_of(&sample());
    // 164.20 + 171.90 + 188.40 + 240.00; 180.00 + 364.00 + 24.00. Nobody gave a rate for the pound.
    assert_eq!(
        totals_of(&view),
        [
            "landed £18.40 + $764.50, 5 payouts",
            "expected £14.20 + $568.00, 4 payouts",
            "late $48.00, 1 payout",
            "drawable $96.00, 1 payout",
        ]
    );
    for total in &view.totals {
        let sum: crate::domain::money::Bag = total.rows.iter().map(|at| view.entries[*at].money).collect();
        assert_eq!(crate::ui::format::Style::PLAIN.bag(&sum), total.figure);
    }
    let desk = sample();
    let december = november().next();
    let view = payouts(&desk.book, &calendar(&desk.book, now()), december, now(), today());
    assert_eq!(totals_of(&view), ["drawable $96.00, 1 payout"], "what can be drawn can be drawn now");
    assert_eq!(view.listed, 7, "the list is the same in every month");
}

#[test]
fn many_currencies_are_counted_where_there_is_little_room() {
    let mut desk = sample();
    desk.landed(MINDRIFT, money("8120", Currency::EUR), ("2026-11-01", "2026-11-02"), "2026-11-09");
    let view = view_of(&desk);
    assert_eq!(view.totals[0].figure, "$764.50 + 2 currencies");
    assert_eq!(view.totals[0].name, "landed €8,120.00 + £18.40 + $764.50, 6 payouts");
}

#[test]
fn with_a_rate_totals_are_in_the_home_currency() {
    let mut desk = sample();
    desk.rate(Currency::GBP, "2026-11-10", "1.25");
    desk.rate(Currency::GBP, "2026-11-20", "1.27");
    // Landed 13 Nov at 1.25: 764.50 + 23.00; expected at today’s 1.27: 568.00 + 18.03.
    assert_eq!(totals_of(&view_of(&desk))[..2], ["landed $787.50, 5 payouts", "expected $586.03, 4 payouts"]);
}

#[test]
fn a_window_is_one_block_over_its_days_and_late_ones_stand_on_theirs() {
    let view = view_of(&sample());
    let week = |first: &str| view.month.weeks.iter().find(|week| week.days[0].date == day(first)).unwrap();
    let blocks = |week: &Week| -> Vec<(String, usize, usize, usize)> {
        let name = |span: &lanes::Span| view.entries[span.item].name.clone();
        week.spans.iter().map(|span| (name(span), span.from, span.until, span.lane)).collect()
    };
    assert_eq!(
        blocks(week("2026-11-23")),
        [
            ("Sat 21 Nov, Prolific, about £14.20 expected, lands Sat 21 – Mon 23 Nov".to_owned(), 0, 0, 0),
            ("Tue 24 Nov, Outlier, about $180.00 expected, lands Tue 24 – Wed 25 Nov".to_owned(), 1, 2, 0),
            ("Wed 25 Nov, Upwork, $364.00 expected, lands Wed 25 Nov".to_owned(), 2, 2, 1),
            ("Fri 27 Nov, DataAnnotation, about $24.00 expected, drawable from Fri 27 Nov".to_owned(), 4, 4, 0),
        ]
    );
    let before = week("2026-11-16");
    let late = before.spans.iter().find(|span| view.entries[span.item].standing == Standing::Late).unwrap();
    assert_eq!((late.from, late.until), (2, 2), "Wednesday 18");
    let cut = before.spans.last().unwrap();
    assert!(cut.starts && !cut.ends, "Prolific’s window goes on over the end of the week");
}

#[test]
fn the_work_period_and_its_cut_off_stand_on_the_days_of_its_zone() {
    let view = view_of(&sample());
    let days: Vec<&Day> = view.month.weeks.iter().flat_map(|week| &week.days).collect();
    let marked: Vec<(&str, &str)> = days
        .iter()
        .filter(|day| !day.cut_off.is_empty())
        .map(|day| (day.number.as_str(), day.cut_off.as_str()))
        .collect();
    assert_eq!(marked, [("23", "cut-off 23:59 UTC")]);
    let week = &view.month.weeks[4];
    let words: Vec<&str> = week.bands.iter().map(|band| band.words.as_str()).collect();
    assert_eq!(words, ["Outlier, worked Tue 17 – Mon 23 Nov"]);
    assert_eq!(week.band_spans.len(), 1);
    assert_eq!((week.band_spans[0].from, week.band_spans[0].until), (0, 0));
    assert!(week.band_spans[0].ends && !week.band_spans[0].starts);
}

#[test]
fn an_expected_payout_tells_its_reasons_in_order_with_where_they_come_from() {
    let desk = sample();
    let detail = chosen(&desk, expected(&desk.book, OUTLIER));
    assert_eq!(detail.title, "Lands Tue 24 – Wed 25 Nov");
    assert_eq!((detail.amount.as_str(), detail.note.as_str()), ("~ $180.00", "estimate"));
    let lines: Vec<(&str, &str)> = detail.lines.iter().map(|line| (line.text.as_str(), line.under.as_str())).collect();
    assert_eq!(
        lines,
        [
            ("Worked Tue 17 – Mon 23 Nov, UTC", "7 h 12 m so far × $25.00, 6 sessions"),
            ("Cut-off Mon 23 Nov 23:59 UTC", "that is Tue 02:59 in Nairobi"),
            ("Paid Tue 24 Nov", "reported by workers · checked 22 Nov 2026 · taken by you"),
            ("Transit 0 – 1 days", "reported by workers"),
        ]
    );
    assert_eq!(detail.sessions.len(), 6);
    assert_eq!(detail.sessions_words, "Outlier, Tue 24 – Wed 25 Nov");
    assert!(detail.verbs.contains(&EntryVerb::Land) && !detail.wants_schedule);
}

#[test]
fn money_without_a_schedule_offers_one_and_late_money_says_since_when() {
    let desk = sample();
    let unknown = chosen(&desk, expected(&desk.book, MINDRIFT));
    assert_eq!(unknown.title, "Date unknown");
    assert!(unknown.wants_schedule);
    assert_eq!(unknown.lines.last().unwrap().text, "Date unknown: no schedule yet");
    let late = chosen(&desk, expected(&desk.book, UPWORK));
    assert_eq!((late.title.as_str(), late.standing), ("4 days late", Standing::Late));
    assert_eq!(late.lines[0].text, "Should have landed Wed 18 Nov");
}

#[test]
fn an_invoice_that_was_not_sent_says_what_comes_of_sending_it() {
    let mut desk = sample();
    desk.schedule(
        MINDRIFT,
        Rule::of(EarningShape::InvoiceNet { net: Lag::days(30, 30), clock: InvoiceClock::Submitted, cycle: None }),
    );
    let detail = chosen(&desk, expected(&desk.book, MINDRIFT));
    let said: Vec<&str> = detail.lines.iter().map(|line| line.text.as_str()).collect();
    let last = [
        "Date unknown: the clock starts once you send the invoice",
        "Send the invoice today: lands Tue 22 Dec",
        "Send the invoice tomorrow: lands Wed 23 Dec",
    ];
    assert!(said.ends_with(&last), "{said:?}");
    assert!(!detail.wants_schedule);
}

#[test]
fn money_of_a_rule_that_only_workers_report_is_later_than_expected() {
    let mut desk = sample();
    let book = desk.book.clone();
    let schedule = book.schedules_of(UPWORK)[0];
    let mut reported = (**schedule).clone();
    reported.provenance.standing = FactStanding::Reported;
    desk.book.apply(&Change::replace(schedule, reported));
    let list = listed(&view_of(&desk));
    assert_eq!(list[0], "Upwork | 4 days late? | $48.00", "short in the narrow list");
    let late = desk.book.clone();
    let key = calendar(&late, now()).expected[0].key;
    let detail = chosen(&desk, EntryId::Expected(key));
    assert_eq!(detail.title, "4 days later than expected");
}

#[test]
fn a_fee_that_is_known_stands_beside_the_amount() {
    let mut desk = sample();
    let book = desk.book.clone();
    let schedule = book.schedules_of(OUTLIER)[0];
    let mut with_fee = (**schedule).clone();
    with_fee.rule.modifiers.payout_fee =
        Some(crate::domain::route::Fee { percent: Some(Decimal::ONE), fixed: None, at_least: None });
    desk.book.apply(&Change::replace(schedule, with_fee));
    let detail = chosen(&desk, expected(&desk.book, OUTLIER));
    assert_eq!(detail.note, "estimate · $178.20 after fees");
    assert!(detail.lines.iter().any(|line| line.text == "Fee $1.80"));
}

#[test]
fn only_a_running_timer_cannot_land() {
    let mut desk = Desk::new();
    desk.platform(OUTLIER, "Outlier", "OU", Pay::PerHour(25.into()), Currency::USD);
    desk.session(OUTLIER, "2026-11-22T10:20:00Z", None);
    let detail = chosen(&desk, expected(&desk.book, OUTLIER));
    assert_eq!(detail.amount, "~ $50.00");
    assert!(!detail.verbs.contains(&EntryVerb::Land));
    assert_eq!(detail.cannot_land, "Only a running timer so far; stop it first");
}

#[test]
fn a_landed_payout_shows_the_way_from_gross_to_received() {
    let mut desk = sample();
    let earning = desk.earning(OUTLIER, usd("100"), "2026-10-20", "2026-10-26");
    let mut with_fee = payout(PayoutId(1), OUTLIER, usd("100"), earning, "2026-11-20");
    with_fee.platform_fee = Some(usd("2"));
    with_fee.tax_withheld = Some(usd("10"));
    with_fee.received = Some(usd("85"));
    with_fee.difference = Some(Difference::Fee);
    desk.put(with_fee);
    let earning = desk.earning(OUTLIER, usd("10"), "2026-10-20", "2026-10-26");
    let mut surplus = payout(PayoutId(2), OUTLIER, usd("10"), earning, "2026-11-20");
    surplus.gross = usd("12");
    surplus.received = Some(usd("12"));
    surplus.difference = Some(Difference::Unexplained);
    desk.put(surplus);
    let earning = desk.earning(OUTLIER, usd("20"), "2026-10-20", "2026-10-26");
    let mut euro = payout(PayoutId(3), OUTLIER, usd("20"), earning, "2026-11-20");
    euro.received = Some(money("18.10", Currency::EUR));
    euro.difference = Some(Difference::Exchange);
    desk.put(euro);
    let facts = |id: u64| -> Vec<(&'static str, String)> {
        let detail = chosen(&desk, EntryId::Landed(PayoutId(id)));
        detail.facts.into_iter().map(|fact| (fact.name, fact.figure)).collect()
    };
    let told = |facts: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        facts.iter().map(|(name, figure)| (*name, (*figure).to_owned())).collect()
    };
    assert_eq!(
        facts(1),
        told(&[
            ("Gross", "$100.00"),
            ("Platform fee", "−$2.00"),
            ("Tax withheld", "−$10.00"),
            ("Payout fee", "−$3.00"),
            ("Received", "$85.00"),
        ])
    );
    assert_eq!(facts(2), told(&[("More than owed", "$2.00"), ("Received", "$12.00")]));
    assert_eq!(
        facts(3),
        told(&[
            ("Gross", "$20.00"),
            ("Exchange", "€18.10 for $20.00"),
            ("Received", "€18.10"),
            ("It came at", "1 USD = 0.9050 EUR"),
            ("Spread", "unknown, no reference rate"),
        ])
    );
    let detail = chosen(&desk, EntryId::Landed(PayoutId(1)));
    assert_eq!((detail.title.as_str(), detail.amount.as_str()), ("Landed Fri 20 Nov", "$85.00"));
    assert_eq!(detail.settled[0].what, "Outlier work");
    assert_eq!(detail.settled[0].days, "Tue 20 – Mon 26 Oct");
}

#[test]
fn a_payout_under_way_is_in_the_list_and_late_once_its_days_are_over() {
    let mut desk = sample();
    let earning = desk.earning(OUTLIER, usd("60"), "2026-10-20", "2026-10-26");
    let mut sent = payout(PayoutId(1), OUTLIER, usd("60"), earning, "2026-11-20");
    (sent.received, sent.received_on, sent.sent_on) = (None, None, Some(day("2026-11-19")));
    desk.put(sent);
    let view = view_of(&desk);
    // Outlier's transit is a day at the most: it should have been there on Friday 20.
    let row = view.entry(EntryId::UnderWay(PayoutId(1))).unwrap();
    assert_eq!((row.when.as_str(), row.standing), ("2 days late", Standing::Late));
    let detail = chosen(&desk, EntryId::UnderWay(PayoutId(1)));
    assert_eq!(detail.lines[0].text, "Sent Thu 19 Nov");
}

#[test]
fn an_empty_book_is_told_apart_from_one_without_work() {
    assert!(!view_of(&Desk::new()).any_platform);
    let mut desk = Desk::new();
    desk.platform(OUTLIER, "Outlier", "OU", Pay::PerHour(25.into()), Currency::USD);
    let view = view_of(&desk);
    assert!(view.any_platform && view.entries.is_empty());
    assert_eq!(view.month.title, "November 2026");
    assert_eq!(view.month.heads[0].full, "Monday");
}

#[test]
fn weeks_begin_where_the_user_says() {
    let mut desk = sample();
    let before = std::sync::Arc::clone(desk.book.settings());
    let sunday = Settings { week_start: Weekday::Sun, ..(*before).clone() };
    desk.book.apply(&Change::replace(&before, sunday));
    let view = view_of(&desk);
    assert_eq!(view.month.heads[0].full, "Sunday");
    assert_eq!(view.month.weeks.len(), 5);
    assert_eq!(view.month.weeks[0].days[0].date, day("2026-11-01"));
    assert!(view.month.weeks[3].days[0].today && view.month.weeks[3].days[0].weekend);
}
