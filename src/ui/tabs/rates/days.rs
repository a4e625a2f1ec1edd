//! The days that are looked at: one of the periods, or days of one's own in two fields.

use chrono::{Datelike, NaiveDate};
use egui::{Align, Layout, Ui};

use super::Held;
use crate::domain::query::hours::Period;
use crate::domain::span::DayRange;
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::typed;
use crate::ui::view::names;
use crate::ui::view::rates::{Days, Look};
use crate::ui::widgets::field::{Ended, Field, Label};
use crate::ui::widgets::picker::{Choice, Picker};

const OWN: &str = "Own days…";

/// The days being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnDays {
    from: String,
    until: String,
    /// The field takes the focus when it comes up.
    fresh: bool,
}

impl OwnDays {
    fn of(days: DayRange, style: Style) -> Self {
        Self { from: style.date(days.first), until: style.date(days.last), fresh: true }
    }

    /// The days, or why there are none: of the first field, of the second.
    fn read(&self, today: NaiveDate) -> Result<DayRange, [Option<String>; 2]> {
        let from = typed::date(&self.from, today);
        let until = typed::date(&self.until, today);
        match (from, until) {
            (Ok(from), Ok(until)) if from <= until => Ok(DayRange::new(from, until)),
            (Ok(_), Ok(_)) => Err([None, Some("Ends before it starts".to_owned())]),
            (from, until) => Err([from.err().map(|why| why.to_string()), until.err().map(|why| why.to_string())]),
        }
    }
}

/// The picker of the period.
pub(super) fn picker_ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look, held: &mut Held) {
    let mut choices: Vec<Choice<'_>> = Period::ALL.map(|of| Choice::from(names::period(of))).into();
    choices.push(Choice::from(OWN));
    let words = look.days_in_words(cx.book, cx.today);
    let mut picker = Picker::few("Period").chip().width(230.0).tip("", "Which days of work");
    picker = match look.days {
        Days::Period(period) => picker.chosen(Period::ALL.iter().position(|of| *of == period)),
        Days::Own(_) => picker.chosen(Some(Period::ALL.len())).value(Choice::from(words.as_str())),
    };
    let Some(at) = picker.pick(ui, &choices) else { return };
    if let Some(period) = Period::ALL.get(at) {
        look.days = Days::Period(*period);
        held.own_days = None;
    } else {
        let days = look.days(cx.book, cx.today);
        // All time has no ends to begin with.
        let days = if days.first.year() < 1900 || days.last.year() > 2200 {
            Period::Last4Weeks.days(cx.today, cx.book.settings().week_start)
        } else {
            days
        };
        held.own_days = Some(OwnDays::of(days, Style::of(cx.book.settings())));
        look.days = Days::Own(days);
    }
}

/// The two fields, while days of one's own are looked at.
pub(super) fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look, held: &mut Held) {
    let Some(own) = &mut held.own_days else { return };
    let read = own.read(cx.today);
    let [from_reason, until_reason] = read.as_ref().err().cloned().unwrap_or_default();
    let width = theme::tokens(ui).sizes.gap_l * 8.0;
    let mut ended = Vec::new();
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        let mut from = Field::new("From", &mut own.from)
            .label(Label::Left(40))
            .hint("26 Oct")
            .width(width)
            .reason(from_reason.as_deref())
            .dense();
        if own.fresh {
            from = from.autofocus();
        }
        ended.push(from.show(ui).ended);
        let until = Field::new("To", &mut own.until)
            .label(Label::Left(24))
            .hint("22 Nov")
            .width(width)
            .reason(until_reason.as_deref())
            .dense();
        ended.push(until.show(ui).ended);
    });
    own.fresh = false;
    let done = |ended: &Option<Ended>| matches!(ended, Some(Ended::Entered | Ended::Left));
    if ended.contains(&Some(Ended::Cancelled)) {
        if let Days::Own(days) = look.days {
            *own = OwnDays { fresh: false, ..OwnDays::of(days, Style::of(cx.book.settings())) };
        }
    } else if ended.iter().any(done)
        && let Ok(days) = read
    {
        look.days = Days::Own(days);
    }
}
