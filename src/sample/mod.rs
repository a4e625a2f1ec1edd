//! The sample: a believable book of one worker on five platforms, made up from a seed. For looking around, for
//! pictures, and in any size for measuring.
//!
//! Promises: the same plan gives the same book, record for record, on any machine; money adds up (what a payout says is
//! what its earnings were settled by); nothing lies after `now`. No name, amount or event in it is anybody's.
//! Never here: the clock, the disk, the window.
//!
//! ```text
//! payers   who pays, for what, and how often: plain tables
//! setup    payers -> platforms, projects, terms, schedules, and what stands beside them
//! work     days -> sessions
//! money    sessions -> earnings and payouts, day by day
//! ```

mod money;
mod payers;
mod setup;
mod work;

use chrono::NaiveDate;
use fastrand::Rng;

use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Record};
use crate::domain::preset::Preset;
use crate::domain::settings::Settings;
use crate::domain::span::{DayRange, Now, date_in, day_plus};

/// The seed where none is named.
pub const SEED: u64 = 11;

/// What sample to make.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Decides everything that chance decides.
    pub seed: u64,
    /// How many ended sessions there are.
    pub sessions: u32,
    /// Over how many days up to today they are spread, at least two.
    pub days: u32,
    /// The moment it is for, and the worker's zone.
    pub now: Now,
    /// Whether a timer runs.
    pub running: bool,
    /// How many sessions an earning covers at most; `None` for one earning a project and payout.
    pub sessions_an_earning: Option<usize>,
}

impl Plan {
    /// Half a year to look around in, six sessions a day, with a timer that runs.
    #[must_use]
    pub fn to_look_at(now: Now) -> Self {
        Self { running: true, ..Self::of_size(1_100, SEED, now) }
    }

    /// A history of a size: half a year of up to 1,100 sessions, ten years of 100,000 (27 a day), twenty of 1,000,000
    /// (137 a day), and in between as many days as lie between.
    #[must_use]
    pub fn of_size(sessions: u32, seed: u64, now: Now) -> Self {
        let between = |(few, short): (u32, u32), (many, long): (u32, u32)| {
            let share = u64::from(sessions - few) * u64::from(long - short) / u64::from(many - few);
            short + u32::try_from(share).unwrap_or(long)
        };
        let days = match sessions {
            0..=1_100 => 182,
            1_101..=100_000 => between((1_100, 182), (100_000, 3_652)),
            100_001..=1_000_000 => between((100_000, 3_652), (1_000_000, 7_305)),
            _ => 7_305,
        };
        Self { seed, sessions, days, now, running: false, sessions_an_earning: None }
    }

    fn today(&self) -> NaiveDate {
        date_in(self.now.at, self.now.zone)
    }

    /// The days of the history, today included.
    fn span(&self) -> DayRange {
        DayRange::new(day_plus(self.today(), 1 - i64::from(self.days.max(2))), self.today())
    }
}

/// Makes the book of a plan. Platforms come with what the catalogue knows of them, so far as it has them.
#[must_use]
pub fn book(plan: &Plan, presets: &[Preset]) -> Book {
    let mut rng = Rng::with_seed(plan.seed);
    let set_up = setup::set_up(plan, presets, &mut rng);
    let work = work::sessions(plan, &set_up.payers, &mut rng);
    let money = money::settle(plan, &set_up.payers, &work, &mut rng);

    let mut records = set_up.records;
    records.extend(work.into_iter().map(|done| Record::from(done.session)));
    records.extend(money);
    if plan.running {
        records.extend(work::running(plan, &set_up.payers, &mut rng).map(Record::from));
    }
    let mut book = Book::new(Settings::new(setup::HOME, plan.now.zone));
    let edit = |record: Record| {
        let before = book.record(record.key());
        Edit::from_sides(before, Some(record))
    };
    let change = Change::new(records.into_iter().filter_map(edit).collect());
    book.apply(&change);
    book
}
