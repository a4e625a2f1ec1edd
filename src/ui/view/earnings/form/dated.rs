//! The states of an earning as they are typed: each with its day, in the order of the days.

use chrono::NaiveDate;

use super::{EarningForm, Input, Read, StateDraft, StateKind};
use crate::domain::earning::{DatedState, EarningState};
use crate::domain::money::Currency;
use crate::ui::format::Style;
use crate::ui::typed;

impl EarningForm {
    pub(super) fn read_states(
        &self,
        style: Style,
        currency: Currency,
        today: NaiveDate,
        read: &mut Read,
    ) -> Vec<DatedState> {
        let mut found: Vec<DatedState> = Vec::new();
        for (at, draft) in self.states.iter().enumerate() {
            let on = match typed::date(&draft.day, today) {
                Ok(day) if day > today && draft.kind != StateKind::ToReport => {
                    read.reasons.insert(Input::State(at), "Lies in the future".to_owned());
                    continue;
                }
                Ok(day) => day,
                Err(why) => {
                    read.reasons.insert(Input::State(at), why.to_string());
                    continue;
                }
            };
            if found.last().is_some_and(|before| on < before.on) {
                read.reasons.insert(Input::State(at), "Lies before the state above it".to_owned());
                continue;
            }
            match state_of(draft, style, currency) {
                Ok(state) => found.push(DatedState { on, state }),
                Err(why) => {
                    read.reasons.insert(Input::State(at), why);
                }
            }
        }
        found
    }
}

fn state_of(draft: &StateDraft, style: Style, currency: Currency) -> Result<EarningState, String> {
    Ok(match draft.kind {
        StateKind::ToReport => EarningState::ToReport,
        StateKind::Submitted => EarningState::Submitted,
        StateKind::Approved => EarningState::Approved(None),
        StateKind::ApprovedPart => {
            let part = style.reader().cash(&draft.part, currency).map_err(|why| why.to_string())?;
            if part.currency != currency {
                return Err(format!("In {currency}, please, as the amount"));
            }
            EarningState::Approved(Some(part))
        }
        StateKind::Invoiced => EarningState::Invoiced,
        StateKind::Rejected => EarningState::Rejected,
        StateKind::Appealed => EarningState::Appealed,
        StateKind::Reworked => EarningState::Reworked,
        StateKind::Contested => EarningState::Contested,
        StateKind::WrittenOff => EarningState::WrittenOff,
    })
}
