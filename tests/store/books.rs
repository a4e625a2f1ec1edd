//! Books for the tests of the store: one that holds every kind and variant, and any number of arbitrary ones.

use chrono::{TimeDelta, Weekday};
use truerate::domain::book::Book;
use truerate::domain::change::{Change, Edit, Record};
use truerate::domain::earning::{EarningKind, EarningState};
use truerate::domain::fact::Standing;
use truerate::domain::ids::{ProjectId, SessionId};
use truerate::domain::money::{Currency, Money};
use truerate::domain::platform::{PlatformKind, Stage};
use truerate::domain::schedule::{CutOffAction, InvoiceClock, ItemEvent, Shift};
use truerate::domain::session::Session;
use truerate::domain::settings::Settings;
use truerate::domain::span::{Timestamp, Zone};

mod dice;
mod every_kind;

pub use dice::Dice;
pub use every_kind::every_kind;

pub const NAIROBI: Zone = chrono_tz::Africa::Nairobi;

/// Settings of a new Book.
pub fn defaults() -> Settings {
    Settings::new(Currency::USD, NAIROBI)
}

/// A Book of these records.
pub fn book_of(records: Vec<Record>) -> Book {
    let mut book = Book::new(defaults());
    book.apply(&Change::new(records.into_iter().map(Edit::create).collect()));
    book
}

/// An ended session of an hour, as short as it can be.
pub fn session(id: u64, start: &str) -> Session {
    let started_at: Timestamp = start.parse().unwrap();
    Session {
        ended_at: Some(started_at + TimeDelta::hours(1)),
        project: Some(ProjectId(7)),
        ..Session::begun(SessionId(id), started_at, NAIROBI)
    }
}

const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
const STAGES: [Stage; 8] = [
    Stage::Considering,
    Stage::Applied,
    Stage::Assessing,
    Stage::Onboarding,
    Stage::Active,
    Stage::Dry,
    Stage::Paused,
    Stage::Ended,
];
const PLATFORM_KINDS: [PlatformKind; 3] =
    [PlatformKind::Contractor, PlatformKind::DirectClient, PlatformKind::Employer];
const ITEM_EVENTS: [ItemEvent; 5] =
    [ItemEvent::Submitted, ItemEvent::Credited, ItemEvent::Charged, ItemEvent::Approved, ItemEvent::Completed];
const INVOICE_CLOCKS: [InvoiceClock; 3] = [InvoiceClock::Submitted, InvoiceClock::Corrected, InvoiceClock::Approved];
const CUT_OFF_ACTIONS: [CutOffAction; 5] =
    [CutOffAction::Submit, CutOffAction::Report, CutOffAction::Approve, CutOffAction::Invoice, CutOffAction::Request];
const SHIFTS: [Shift; 3] = [Shift::None, Shift::Next, Shift::Previous];
const STANDINGS: [Standing; 4] = [Standing::Documented, Standing::Reported, Standing::Unverified, Standing::Own];
const EARNING_KINDS: [EarningKind; 5] =
    [EarningKind::Work, EarningKind::Milestone, EarningKind::Bonus, EarningKind::Adjustment, EarningKind::Opening];

fn states(part: Option<Money>) -> [EarningState; 9] {
    [
        EarningState::ToReport,
        EarningState::Submitted,
        EarningState::Approved(part),
        EarningState::Invoiced,
        EarningState::Rejected,
        EarningState::Appealed,
        EarningState::Reworked,
        EarningState::Contested,
        EarningState::WrittenOff,
    ]
}
