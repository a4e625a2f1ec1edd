//! Who pays the worker of the sample: five platforms with their projects, prices and habits, as plain tables.
//!
//! The figures are made up and lie in the ranges that the catalogue gives for such work.

use chrono::Weekday;

/// A platform of the sample.
pub struct Payer {
    /// Its name, in the catalogue too.
    pub name: &'static str,
    /// ISO code of what it pays in.
    pub currency: &'static str,
    /// After how many days of the history the worker joined.
    pub joined_after_days: i64,
    /// How much of the time goes to it, against the others.
    pub weight: u32,
    /// How its money comes.
    pub rhythm: Rhythm,
    /// The platform's cut, in per cent.
    pub fee_percent: u32,
    /// In how many of a hundred sessions it credits less time than was worked.
    pub cuts_in_100: u32,
    /// In how many of a hundred settlements a part is refused.
    pub refusals_in_100: u32,
    /// In how many of a hundred sessions the time is not paid.
    pub unpaid_in_100: u32,
    /// What is worked on; one after the other, each for [`PROJECT_DAYS`], and then anew with a number.
    pub projects: &'static [Work],
}

/// For how many days a project runs before the next one begins.
pub const PROJECT_DAYS: i64 = 240;

/// A stream of work.
pub struct Work {
    /// Its name.
    pub name: &'static str,
    /// Its task type.
    pub task_type: &'static str,
    /// What it pays.
    pub pays: Pays,
    /// What was advertised an hour, in cents, from and to.
    pub advertised: (i64, i64),
    /// Minutes a task takes.
    pub task_minutes: i64,
}

/// What a project pays, in cents.
#[derive(Clone, Copy)]
pub enum Pays {
    /// So much an hour, and so much after a change of terms halfway.
    Hour(i64, i64),
    /// So much a task.
    Task(i64),
    /// A price for each session, by its length: so much an hour, from and to.
    Session(i64, i64),
}

/// When settled work is paid.
#[derive(Clone, Copy)]
pub enum Rhythm {
    /// Weeks that begin on a day, each paid so many days after its last day.
    Weekly { starts: Weekday, paid_after_days: i64 },
    /// Work so many days old is drawn on a day of the week, from a least sum in cents on.
    Drawn { after_days: i64, on: Weekday, minimum: i64 },
}

/// The platforms, the one with most of the work first.
pub const PAYERS: [Payer; 5] = [
    Payer {
        name: "Outlier",
        currency: "USD",
        joined_after_days: 0,
        weight: 42,
        rhythm: Rhythm::Weekly { starts: Weekday::Tue, paid_after_days: 1 },
        fee_percent: 0,
        cuts_in_100: 22,
        refusals_in_100: 10,
        unpaid_in_100: 30,
        projects: &[
            Work {
                name: "Aloe",
                task_type: "rating",
                pays: Pays::Hour(2_800, 2_500),
                advertised: (2_500, 3_000),
                task_minutes: 4,
            },
            Work {
                name: "Cedar rubrics",
                task_type: "writing",
                pays: Pays::Hour(3_000, 3_000),
                advertised: (3_000, 3_500),
                task_minutes: 18,
            },
            Work {
                name: "Fern review",
                task_type: "review",
                pays: Pays::Hour(2_600, 2_700),
                advertised: (2_500, 3_000),
                task_minutes: 7,
            },
        ],
    },
    Payer {
        name: "DataAnnotation",
        currency: "USD",
        joined_after_days: 24,
        weight: 30,
        rhythm: Rhythm::Drawn { after_days: 7, on: Weekday::Thu, minimum: 1_000 },
        fee_percent: 0,
        cuts_in_100: 4,
        refusals_in_100: 3,
        unpaid_in_100: 14,
        projects: &[
            Work {
                name: "Lantern",
                task_type: "chat rating",
                pays: Pays::Hour(2_200, 2_200),
                advertised: (2_000, 2_500),
                task_minutes: 9,
            },
            Work {
                name: "Lantern code",
                task_type: "code review",
                pays: Pays::Hour(4_000, 4_000),
                advertised: (4_000, 4_000),
                task_minutes: 25,
            },
        ],
    },
    Payer {
        name: "Upwork",
        currency: "USD",
        joined_after_days: 40,
        weight: 14,
        rhythm: Rhythm::Weekly { starts: Weekday::Mon, paid_after_days: 10 },
        fee_percent: 10,
        cuts_in_100: 0,
        refusals_in_100: 0,
        unpaid_in_100: 12,
        projects: &[
            Work {
                name: "Northwind contract",
                task_type: "transcript editing",
                pays: Pays::Hour(4_500, 4_500),
                advertised: (4_500, 4_500),
                task_minutes: 60,
            },
            Work {
                name: "Contoso subtitles",
                task_type: "subtitles",
                pays: Pays::Hour(3_800, 4_000),
                advertised: (3_500, 4_500),
                task_minutes: 45,
            },
        ],
    },
    Payer {
        name: "Prolific",
        currency: "GBP",
        joined_after_days: 10,
        weight: 10,
        rhythm: Rhythm::Drawn { after_days: 9, on: Weekday::Fri, minimum: 500 },
        fee_percent: 0,
        cuts_in_100: 0,
        refusals_in_100: 14,
        unpaid_in_100: 26,
        projects: &[Work {
            name: "Studies",
            task_type: "study",
            pays: Pays::Session(720, 1_150),
            advertised: (900, 1_200),
            task_minutes: 22,
        }],
    },
    Payer {
        name: "Clickworker",
        currency: "EUR",
        joined_after_days: 60,
        weight: 4,
        rhythm: Rhythm::Drawn { after_days: 7, on: Weekday::Wed, minimum: 1_000 },
        fee_percent: 0,
        cuts_in_100: 0,
        refusals_in_100: 8,
        unpaid_in_100: 34,
        projects: &[Work {
            name: "Sort pictures",
            task_type: "sorting",
            pays: Pays::Task(18),
            advertised: (900, 1_100),
            task_minutes: 2,
        }],
    },
];
