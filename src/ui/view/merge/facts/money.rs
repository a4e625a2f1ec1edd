//! Earnings, payouts and movements by their fields.

use super::{Facts, Words, line, listed, yes};
use crate::domain::earning::{Covers, DatedState, Earning, EarningState, HeldKind};
use crate::domain::movement::{Movement, Role};
use crate::domain::payout::{Allocation, Leg, Payout};
use crate::domain::statement::{MoveKind, MoveState};
use crate::ui::format;
use crate::ui::view::{names, reasons, states};

pub(super) fn earning(earning: &Earning, words: &Words<'_>) -> Facts {
    let Earning {
        id: _,
        platform,
        project,
        kind,
        amount,
        worked,
        covers,
        states: dated,
        platform_fee,
        tax_withheld,
        route,
        due_on,
        not_before,
        held,
        chase_on,
        credited_secs,
        origin,
        note,
    } = earning;
    let state = |dated: &DatedState| {
        let part = if let EarningState::Approved(part) = dated.state { words.money(part) } else { String::new() };
        line([format!("{} from {}", states::earning(dated.state), words.day(dated.on)), part])
    };
    let held_words = |held: &crate::domain::earning::Held| {
        let kind = match held.kind {
            HeldKind::Frozen => "frozen",
            HeldKind::Disputed => "disputed",
            HeldKind::UntilAccepted => "until the work is accepted",
        };
        line([format!("{kind} since {}", words.day(held.since)), held.why.clone()])
    };
    let covered = match covers {
        Covers::Nothing => String::new(),
        Covers::Sessions(ids) => reasons::counted(ids.len(), "session"),
        Covers::Days { project, days } => line([words.project(Some(*project)), words.style.dates(*days)]),
    };
    vec![
        ("Platform", words.platform(*platform)),
        ("Project", words.project(*project)),
        ("Kind", names::earning_kind(*kind).to_owned()),
        ("Amount", words.style.money(*amount)),
        ("Worked", words.style.dates(*worked)),
        ("Covers", covered),
        ("States", listed(dated.iter().map(state))),
        ("Platform fee", words.money(*platform_fee)),
        ("Tax withheld", words.money(*tax_withheld)),
        ("Route", words.route(*route)),
        ("Due", words.maybe_day(*due_on)),
        ("Not before", words.maybe_day(*not_before)),
        ("Held", held.as_ref().map_or_else(String::new, held_words)),
        ("Ask on", words.maybe_day(*chase_on)),
        ("Hours counted", credited_secs.map_or_else(String::new, format::hours)),
        ("Key of its row", origin.as_ref().map_or_else(String::new, ToString::to_string)),
        ("Note", note.clone()),
    ]
}

pub(super) fn payout(payout: &Payout, words: &Words<'_>) -> Facts {
    let Payout {
        id: _,
        platform,
        gross,
        gross_computed,
        platform_fee,
        tax_withheld,
        sent_on,
        legs,
        received,
        received_on,
        route,
        allocations,
        difference,
        chase_on,
        origin,
        note,
    } = payout;
    let labelled = |label: &str, value: String| if value.is_empty() { value } else { format!("{label} {value}") };
    let leg = |leg: &Leg| {
        line([
            leg.to.clone(),
            labelled("left", words.maybe_day(leg.sent_on)),
            labelled("arrived", words.maybe_day(leg.arrived_on)),
            words.money(leg.arrived),
            labelled("fee", words.money(leg.fee)),
            labelled("rate", leg.rate.map_or_else(String::new, |rate| words.style.exact(rate))),
        ])
    };
    let part = |part: &Allocation| format!("{} of {}", words.style.money(part.amount), words.earning(part.earning));
    vec![
        ("Platform", platform.map_or_else(String::new, |id| words.platform(id))),
        ("Gross", words.style.money(*gross)),
        ("Gross is worked out", yes(*gross_computed)),
        ("Platform fee", words.money(*platform_fee)),
        ("Tax withheld", words.money(*tax_withheld)),
        ("Sent", words.maybe_day(*sent_on)),
        ("Transfers", listed(legs.iter().map(leg))),
        ("Received", words.money(*received)),
        ("Landed", words.maybe_day(*received_on)),
        ("Route", words.route(*route)),
        ("Settles", listed(allocations.iter().map(part))),
        ("Difference", difference.map_or_else(String::new, |why| names::difference(why).to_owned())),
        ("Ask on", words.maybe_day(*chase_on)),
        ("Key of its row", origin.as_ref().map_or_else(String::new, ToString::to_string)),
        ("Note", note.clone()),
    ]
}

pub(super) fn movement(movement: &Movement, words: &Words<'_>) -> Facts {
    let Movement { id: _, account, on, amount, fee, kind, state, other, text, reference, parent, role, origin } =
        movement;
    let kind = match kind {
        MoveKind::Payment => "payment",
        MoveKind::Own => "between own accounts",
        MoveKind::Exchange => "exchange",
        MoveKind::Fee => "fee",
        MoveKind::Hold => "kept for a while",
        MoveKind::Refund => "given back",
    };
    let role = match role {
        Role::Unsaid => String::new(),
        Role::Payout(id) => words.payout(*id),
        Role::Own => names::OWN_MONEY.to_owned(),
        Role::Other => names::OTHER_MONEY.to_owned(),
    };
    vec![
        ("Account", account.clone()),
        ("Day", words.day(*on)),
        ("Amount", words.style.money(*amount)),
        ("Fee", words.money(*fee)),
        ("Kind", kind.to_owned()),
        ("State", if *state == MoveState::Pending { "on its way".to_owned() } else { String::new() }),
        ("With", other.clone()),
        ("Text", text.clone()),
        ("Reference", reference.clone()),
        ("Part of", parent.clone()),
        ("For your pay", role),
        ("Key of its row", origin.as_ref().map_or_else(String::new, ToString::to_string)),
    ]
}
