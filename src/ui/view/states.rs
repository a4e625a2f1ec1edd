//! The words of states: where the money of a session or an earning stands.

use crate::domain::earning::EarningState;
use crate::domain::query::value::NoValue;
use crate::domain::query::work::Standing;
use crate::domain::session::{Session, SessionState};

/// Where a session's money stands: "running", "unpaid", "in review", "paid".
#[must_use]
pub fn work(session: &Session, standing: Standing) -> &'static str {
    match session.state() {
        SessionState::Running => return "running",
        SessionState::Paused => return "paused",
        SessionState::Ended => {}
    }
    match standing {
        Standing::Unpaid => "unpaid",
        Standing::Unpriced(why) => no_value(why),
        Standing::Estimated => "in review",
        Standing::Open(state) => state.map_or("in review", earning),
        Standing::Paid => "paid",
        Standing::Rejected => "rejected",
        Standing::WrittenOff => "written off",
    }
}

/// Why a session has no value.
#[must_use]
pub fn no_value(why: NoValue) -> &'static str {
    match why {
        NoValue::Unpaid => "unpaid",
        NoValue::NoProject => "no project yet",
        NoValue::NoTerms => "no terms",
        NoValue::NoTasks => "no task count",
        NoValue::NoPrice => "no price",
    }
}

/// The state of an earning.
#[must_use]
pub fn earning(state: EarningState) -> &'static str {
    match state {
        EarningState::ToReport => "to report",
        EarningState::Submitted => "in review",
        EarningState::Approved(_) => "approved",
        EarningState::Invoiced => "invoiced",
        EarningState::Rejected => "rejected",
        EarningState::Appealed => "appealed",
        EarningState::Reworked => "being reworked",
        EarningState::Contested => "contested",
        EarningState::WrittenOff => "written off",
    }
}
