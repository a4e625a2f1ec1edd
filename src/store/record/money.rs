//! Earnings, payouts, movements and exchange rates in a file, as of schemas 1 and 2. An amount always stands with its currency.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Problem;
use super::shape::{Shape, shape_enum, shape_struct};
use super::text::Text;
use crate::domain::ids::{EarningId, MovementId, PayoutId, PlatformId, ProjectId, RateId, RouteId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::span::DayRange;
use crate::domain::statement::Origin;
use crate::domain::{earning, exchange, movement, payout, statement};

shape_struct! {
    /// What a platform owes for some work.
    Earning for earning::Earning {
        id: Text<EarningId>,
        platform: Text<PlatformId>,
        kind: EarningKind,
        amount: Text<Money>,
        worked: Text<DayRange>,
        ;
        project: Option<Text<ProjectId>>,
        covers: Covers,
        states: Vec<DatedState>,
        platform_fee: Option<Text<Money>>,
        tax_withheld: Option<Text<Money>>,
        route: Option<Text<RouteId>>,
        due_on: Option<Text<NaiveDate>>,
        not_before: Option<Text<NaiveDate>>,
        held: Option<Held>,
        chase_on: Option<Text<NaiveDate>>,
        credited_secs: Option<i64>,
        #[serde(alias = "external_key")]
        origin: Option<Text<Origin>>,
        note: String,
    }
}

shape_enum! {
    /// What an earning is for.
    EarningKind for earning::EarningKind { Work, Milestone, Bonus, Adjustment, Opening }
}

shape_enum! {
    /// The work that an earning stands for.
    #[derive(Default)]
    Covers for earning::Covers {
        #[default]
        Nothing,
        Sessions(sessions: Vec<Text<SessionId>>),
        Days { project: Text<ProjectId>, days: Text<DayRange>, },
    }
}

shape_struct! {
    /// A state from a day on.
    DatedState for earning::DatedState {
        on: Text<NaiveDate>,
        state: EarningState,
    }
}

/// Where an earning stands. A part that was approved is a name of its own, so that it can't be taken for the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum EarningState {
    /// To be reported.
    ToReport,
    /// Handed in.
    Submitted,
    /// Owed in full.
    Approved,
    /// Owed in part.
    ApprovedPart(Text<Money>),
    /// Invoiced.
    Invoiced,
    /// Refused.
    Rejected,
    /// Contested after a refusal.
    Appealed,
    /// Being done again.
    Reworked,
    /// The amount is contested.
    Contested,
    /// Given up.
    WrittenOff,
}

impl Shape<earning::EarningState> for EarningState {
    fn from_domain(domain: &earning::EarningState) -> Self {
        match domain {
            earning::EarningState::ToReport => Self::ToReport,
            earning::EarningState::Submitted => Self::Submitted,
            earning::EarningState::Approved(None) => Self::Approved,
            earning::EarningState::Approved(Some(part)) => Self::ApprovedPart(Text(*part)),
            earning::EarningState::Invoiced => Self::Invoiced,
            earning::EarningState::Rejected => Self::Rejected,
            earning::EarningState::Appealed => Self::Appealed,
            earning::EarningState::Reworked => Self::Reworked,
            earning::EarningState::Contested => Self::Contested,
            earning::EarningState::WrittenOff => Self::WrittenOff,
        }
    }

    fn into_domain(self) -> Result<earning::EarningState, Problem> {
        Ok(match self {
            Self::ToReport => earning::EarningState::ToReport,
            Self::Submitted => earning::EarningState::Submitted,
            Self::Approved => earning::EarningState::Approved(None),
            Self::ApprovedPart(part) => earning::EarningState::Approved(Some(part.0)),
            Self::Invoiced => earning::EarningState::Invoiced,
            Self::Rejected => earning::EarningState::Rejected,
            Self::Appealed => earning::EarningState::Appealed,
            Self::Reworked => earning::EarningState::Reworked,
            Self::Contested => earning::EarningState::Contested,
            Self::WrittenOff => earning::EarningState::WrittenOff,
        })
    }
}

shape_struct! {
    /// Why an earning is kept from being paid.
    Held for earning::Held {
        kind: HeldKind,
        since: Text<NaiveDate>,
        ;
        why: String,
    }
}

shape_enum! {
    /// What holds it.
    HeldKind for earning::HeldKind { Frozen, Disputed, UntilAccepted }
}

shape_struct! {
    /// One transfer from a platform.
    Payout for payout::Payout {
        id: Text<PayoutId>,
        gross: Text<Money>,
        ;
        platform: Option<Text<PlatformId>>,
        gross_computed: bool,
        platform_fee: Option<Text<Money>>,
        tax_withheld: Option<Text<Money>>,
        sent_on: Option<Text<NaiveDate>>,
        legs: Vec<Leg>,
        received: Option<Text<Money>>,
        received_on: Option<Text<NaiveDate>>,
        route: Option<Text<RouteId>>,
        allocations: Vec<Allocation>,
        difference: Option<Difference>,
        chase_on: Option<Text<NaiveDate>>,
        #[serde(alias = "external_key")]
        origin: Option<Text<Origin>>,
        note: String,
    }
}

shape_struct! {
    /// One transfer of a payout.
    Leg for payout::Leg {
        to: String,
        ;
        sent_on: Option<Text<NaiveDate>>,
        arrived_on: Option<Text<NaiveDate>>,
        fee: Option<Text<Money>>,
        rate: Option<Text<Decimal>>,
        arrived: Option<Text<Money>>,
    }
}

shape_struct! {
    /// A part of a payout that settles an earning.
    Allocation for payout::Allocation {
        earning: Text<EarningId>,
        amount: Text<Money>,
    }
}

shape_enum! {
    /// Why gross and received differ.
    Difference for payout::Difference { Fee, PlatformFee, TaxWithheld, Exchange, PartRejected, RestLater, Unexplained }
}

shape_struct! {
    /// Money that came to an account or left it.
    Movement for movement::Movement {
        id: Text<MovementId>,
        account: String,
        on: Text<NaiveDate>,
        amount: Text<Money>,
        kind: MoveKind,
        ;
        fee: Option<Text<Money>>,
        state: MoveState,
        other: String,
        text: String,
        reference: String,
        parent: String,
        role: Role,
        origin: Option<Text<Origin>>,
    }
}

shape_enum! {
    /// What a movement is.
    MoveKind for statement::MoveKind { Payment, Own, Exchange, Fee, Hold, Refund }
}

shape_enum! {
    /// Whether it has come to pass.
    #[derive(Default)]
    MoveState for statement::MoveState {
        #[default]
        Done,
        Pending,
    }
}

shape_enum! {
    /// What it is to the user's pay.
    #[derive(Default)]
    Role for movement::Role {
        #[default]
        Unsaid,
        Payout(payout: Text<PayoutId>),
        Own,
        Other,
    }
}

shape_struct! {
    /// An exchange rate of one day.
    #[expect(clippy::struct_field_names, reason = "the rate of a rate has no other name")]
    Rate for exchange::ExchangeRate {
        id: Text<RateId>,
        base: Text<Currency>,
        quote: Text<Currency>,
        on: Text<NaiveDate>,
        rate: Text<Decimal>,
        ;
        source: String,
        estimate: bool,
    }
}
