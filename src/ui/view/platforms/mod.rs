//! The Platforms tab, finished: a row a platform with its rate over all hours, and what is known of the chosen one.
//!
//! Promises: hours, earned and rate of a row are of the same work and period; what is missing is shown as missing.
//! Free of egui.

mod detail;
mod open;
mod page;
#[cfg(test)]
mod page_tests;
mod promised;
mod quality;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod ways;

pub use detail::{Detail, Joining, Offer, ProjectLine, ScheduleWords};
pub use open::{OpenLine, OpenMoney, OpenPart};
pub use page::{Page, PageOf, ProjectRow, RouteRow, StageRow, stage_rows};
pub use promised::PromiseRow;
pub use quality::{QualityRow, QualityView, Trend, fall_words};
pub use table::{AllRow, PlatformRow, Sort, Table, Tone};
pub use terms::{TermsChart, TermsLine, TermsRow, TermsSpan, TermsView};
pub use ways::{WayRow, usual_sum, ways};
