//! The ink of what a view says: how much a state or a day matters, as a colour of the theme. Each stands beside its word.

use egui::Color32;
use egui::text::{LayoutJob, TextFormat};

use crate::domain::query::exposure::OpenState;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::earnings::owed;
use crate::ui::view::payouts::{EnoughLine, Standing, Tone};

/// Of money that is not yet paid; late money is bad where it is surely late, not only later than expected.
pub(super) fn of_state(tokens: &Tokens, state: OpenState, surely_late: bool) -> Color32 {
    match state {
        OpenState::Late if surely_late => tokens.bad,
        OpenState::Late | OpenState::Frozen | OpenState::Disputed | OpenState::DateUnknown => tokens.warn,
        OpenState::InReview
        | OpenState::Approved
        | OpenState::Drawable
        | OpenState::BelowMinimum
        | OpenState::InTransit => tokens.text,
    }
}

/// Of a payout that is late; `otherwise` of any other.
pub(super) fn of_standing(tokens: &Tokens, standing: Standing, otherwise: Color32) -> Color32 {
    match standing {
        Standing::Late => tokens.bad,
        Standing::LaterThanExpected => tokens.warn,
        Standing::Landed | Standing::Expected | Standing::Due => otherwise,
    }
}

/// Of the next day of money that is owed.
pub(super) fn of_next(tokens: &Tokens, tone: owed::Tone) -> Color32 {
    match tone {
        owed::Tone::Calm => tokens.muted,
        owed::Tone::Warn => tokens.warn,
        owed::Tone::Bad => tokens.bad,
    }
}

/// The line about bills in letters of a size, each part in its ink; `words` may change the text of a part.
pub(super) fn enough_line(tokens: &Tokens, line: &EnoughLine, size: f32, words: impl Fn(&str) -> String) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (at, part) in line.parts.iter().enumerate() {
        let color = match part.tone {
            Tone::Plain => tokens.muted,
            Tone::Good => tokens.good,
            Tone::Warn => tokens.warn,
            Tone::Bad => tokens.bad,
        };
        let format = |color| TextFormat::simple(theme::regular(size), color);
        if at > 0 {
            job.append(" · ", 0.0, format(tokens.muted));
        }
        job.append(&words(&part.text), 0.0, format(color));
    }
    job
}
