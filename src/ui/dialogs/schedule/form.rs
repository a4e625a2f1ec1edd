//! The fields of a rule: first when work is paid, then how money leaves, then everything that may change it.
//!
//! Only the fields of the chosen shape are drawn; a reason stands under the field that it belongs to.

use egui::Ui;

use super::draft::{CycleKind, Draft, HolidayKind, PayDayKind, ReleaseKind, RepeatKind, RunKind, Shape};
use super::read::{Reasons, field};
use crate::domain::schedule::{CutOffAction, InvoiceClock, ItemEvent, Precision, Shift};
use crate::ui::dialogs::parts::{choose, choose_weekday, choose_zone, heading, row, share};
use crate::ui::widgets::field::Field;

const SHAPES: [(Shape, &str); 4] = [
    (Shape::Period, "All work of a period together"),
    (Shape::Item, "Each item by itself, days later"),
    (Shape::Invoice, "By invoice"),
    (Shape::OwnDate, "On a day that I know, or unknown"),
];
const CYCLES: [(CycleKind, &str); 3] =
    [(CycleKind::Weeks, "Weeks"), (CycleKind::TwiceAMonth, "Twice a month"), (CycleKind::Monthly, "Monthly")];
const PAY_DAYS: [(PayDayKind, &str); 3] = [
    (PayDayKind::Weekday, "A weekday after"),
    (PayDayKind::DayOfMonth, "A day of the month"),
    (PayDayKind::After, "Days after"),
];
const EVENTS: [(ItemEvent, &str); 5] = [
    (ItemEvent::Submitted, "You submit it"),
    (ItemEvent::Credited, "It is credited"),
    (ItemEvent::Charged, "The client is charged"),
    (ItemEvent::Approved, "It is approved"),
    (ItemEvent::Completed, "It is completed"),
];
const CLOCKS: [(InvoiceClock, &str); 3] = [
    (InvoiceClock::Submitted, "The invoice is sent"),
    (InvoiceClock::Corrected, "A corrected one is received"),
    (InvoiceClock::Approved, "It is approved"),
];
const REPEATS: [(RepeatKind, &str); 3] =
    [(RepeatKind::Never, "Once"), (RepeatKind::Weeks, "Every few weeks"), (RepeatKind::Monthly, "Every month")];
const RELEASES: [(ReleaseKind, &str); 3] = [
    (ReleaseKind::None, "It comes by itself"),
    (ReleaseKind::OnDemand, "I draw it"),
    (ReleaseKind::PayRun, "Balances are paid on set days"),
];
const RUNS: [(RunKind, &str); 3] =
    [(RunKind::Weekly, "Every week"), (RunKind::Weekdays, "On several weekdays"), (RunKind::Monthly, "Every month")];
const CUT_OFFS: [(Option<CutOffAction>, &str); 6] = [
    (None, "Nothing to do"),
    (Some(CutOffAction::Submit), "Submit the work"),
    (Some(CutOffAction::Report), "Report the time"),
    (Some(CutOffAction::Approve), "Approve my entries"),
    (Some(CutOffAction::Invoice), "Send the invoice"),
    (Some(CutOffAction::Request), "Ask for the payout"),
];
const PRECISIONS: [(Precision, &str); 2] = [(Precision::On, "On the day"), (Precision::By, "By the day")];
const SHIFTS: [(Shift, &str); 3] =
    [(Shift::None, "Stays"), (Shift::Next, "The next business day"), (Shift::Previous, "The business day before")];
const HOLIDAYS: [(HolidayKind, &str); 5] = [
    (HolidayKind::None, "Weekends only"),
    (HolidayKind::UsFederal, "US federal"),
    (HolidayKind::Target, "Euro payment system"),
    (HolidayKind::UkBank, "England and Wales"),
    (HolidayKind::Own, "My own list"),
];

/// The fields with the reasons of this frame.
pub(super) struct Form<'a> {
    pub draft: &'a mut Draft,
    pub reasons: &'a Reasons,
    /// Whether the rarer fields are shown.
    pub more: bool,
}

impl Form<'_> {
    pub(super) fn ui(mut self, ui: &mut Ui) {
        heading(ui, "When work is paid");
        let width = share(ui, 1);
        choose(ui, "Kind of schedule", width, &SHAPES, &mut self.draft.shape);
        match self.draft.shape {
            Shape::Period => self.period_ui(ui),
            Shape::Item => self.item_ui(ui),
            Shape::Invoice => self.invoice_ui(ui),
            Shape::OwnDate => self.own_date_ui(ui),
        }
        heading(ui, "How the money leaves");
        self.release_ui(ui);
        heading(ui, "What changes it");
        self.usual_ui(ui);
        if self.more || self.reasons_in_more() {
            self.rare_ui(ui);
        }
    }

    fn period_ui(&mut self, ui: &mut Ui) {
        self.cycle_ui(ui);
        row(ui, |ui| {
            let width = share(ui, 2);
            choose_zone(ui, "Zone of the window", width, &mut self.draft.zone);
            text(ui, self.reasons, field::STARTS_AT, &mut self.draft.starts_at, width, "0:00");
        });
        row(ui, |ui| {
            let width = share(ui, 3);
            choose(ui, "Pay day", width, &PAY_DAYS, &mut self.draft.pay_day);
            match self.draft.pay_day {
                PayDayKind::Weekday => {
                    choose_weekday(ui, "Paid on", width, &mut self.draft.pay_weekday);
                    text(ui, self.reasons, field::WEEKS_LATER, &mut self.draft.weeks_later, width, "0, or 0–1");
                }
                PayDayKind::DayOfMonth => {
                    text(ui, self.reasons, field::MONTH_DAYS, &mut self.draft.month_days, width, "15, or 10–20");
                    text(ui, self.reasons, field::MONTHS_LATER, &mut self.draft.months_later, width, "0");
                }
                PayDayKind::After => {
                    text(ui, self.reasons, field::PAID_AFTER, &mut self.draft.paid_after, width, "3–5 days");
                }
            }
        });
    }

    fn cycle_ui(&mut self, ui: &mut Ui) {
        row(ui, |ui| {
            let width = share(ui, 3);
            choose(ui, "Windows", width, &CYCLES, &mut self.draft.cycle);
            match self.draft.cycle {
                CycleKind::Weeks => {
                    choose_weekday(ui, "From", width, &mut self.draft.starts);
                    text(ui, self.reasons, field::EVERY, &mut self.draft.every, width, "1");
                }
                CycleKind::TwiceAMonth => {
                    text(ui, self.reasons, field::SECOND_FROM, &mut self.draft.second_from, width, "16");
                }
                CycleKind::Monthly => {
                    text(ui, self.reasons, field::FROM_DAY, &mut self.draft.from_day, width, "1");
                }
            }
        });
        // Which week is a first one matters only where windows are longer.
        let several = self.draft.cycle == CycleKind::Weeks && self.draft.every.trim() != "1";
        if several || self.reasons.contains_key(field::ANCHOR) {
            let width = share(ui, 2);
            text(ui, self.reasons, field::ANCHOR, &mut self.draft.anchor, width, "Tue 3 Nov 2026");
        }
    }

    fn item_ui(&mut self, ui: &mut Ui) {
        row(ui, |ui| {
            let width = share(ui, 2);
            choose(ui, "The clock starts when", width, &EVENTS, &mut self.draft.event);
            choose_zone(ui, "Zone of its days", width, &mut self.draft.zone);
        });
        row(ui, |ui| {
            let width = share(ui, 2);
            text(ui, self.reasons, field::LAG, &mut self.draft.lag, width, "7 days");
            text(ui, self.reasons, field::PER_TASK, &mut self.draft.per_task, width, "the same");
        });
    }

    fn invoice_ui(&mut self, ui: &mut Ui) {
        row(ui, |ui| {
            let width = share(ui, 2);
            choose(ui, "The clock starts when", width, &CLOCKS, &mut self.draft.clock);
            text(ui, self.reasons, field::NET, &mut self.draft.net, width, "30 days");
        });
        ui.checkbox(&mut self.draft.invoice_windows, "Invoices are for set windows");
        if self.draft.invoice_windows {
            self.cycle_ui(ui);
        }
    }

    fn own_date_ui(&mut self, ui: &mut Ui) {
        row(ui, |ui| {
            let width = share(ui, 3);
            text(ui, self.reasons, field::OWN_DAY, &mut self.draft.own_day, width, "unknown");
            choose(ui, "Comes again", width, &REPEATS, &mut self.draft.repeat);
            if self.draft.repeat == RepeatKind::Weeks {
                text(ui, self.reasons, field::REPEAT_WEEKS, &mut self.draft.repeat_weeks, width, "2");
            }
        });
    }

    fn release_ui(&mut self, ui: &mut Ui) {
        row(ui, |ui| {
            let width = share(ui, 3);
            choose(ui, "Release", width, &RELEASES, &mut self.draft.release);
            match self.draft.release {
                ReleaseKind::None => {}
                ReleaseKind::OnDemand => {
                    text(ui, self.reasons, field::COOLDOWN, &mut self.draft.cooldown, width, "none");
                    text(ui, self.reasons, field::BALANCE_CEILING, &mut self.draft.balance_ceiling, width, "no limit");
                }
                ReleaseKind::PayRun => {
                    choose(ui, "Days of the run", width, &RUNS, &mut self.draft.run);
                    choose_zone(ui, "Zone of the run", width, &mut self.draft.run_zone);
                }
            }
        });
        if self.draft.release == ReleaseKind::PayRun {
            row(ui, |ui| {
                let width = share(ui, 4);
                match self.draft.run {
                    RunKind::Weekly => {
                        choose_weekday(ui, "First day of the run", width, &mut self.draft.run_from);
                        choose_weekday(ui, "Last day of the run", width, &mut self.draft.run_to);
                    }
                    RunKind::Weekdays => {
                        text(ui, self.reasons, field::RUN_WEEKDAYS, &mut self.draft.run_weekdays, width, "Mon, Thu");
                    }
                    RunKind::Monthly => {
                        text(ui, self.reasons, field::RUN_DAYS, &mut self.draft.run_days, width, "10–20, 25");
                    }
                }
                text(ui, self.reasons, field::REQUEST_DAYS, &mut self.draft.request_days, width, "not needed");
                if !self.draft.request_days.trim().is_empty() {
                    text(ui, self.reasons, field::REQUEST_AT, &mut self.draft.request_at, width, "0:00");
                }
            });
        }
    }

    fn usual_ui(&mut self, ui: &mut Ui) {
        row(ui, |ui| {
            let width = share(ui, 3);
            choose(ui, "The money comes", width, &PRECISIONS, &mut self.draft.precision);
            choose(ui, "A pay day on a weekend", width, &SHIFTS, &mut self.draft.shift);
            text(ui, self.reasons, field::TRANSIT, &mut self.draft.transit, width, "1–2 days");
        });
        row(ui, |ui| {
            let width = share(ui, 3);
            text(ui, self.reasons, field::REVIEW, &mut self.draft.review, width, "none, or 1–3 days");
            text(ui, self.reasons, field::MINIMUM, &mut self.draft.minimum, width, "none");
            text(ui, self.reasons, field::HOLD, &mut self.draft.hold, width, "0 days");
        });
        if !self.draft.review.trim().is_empty() {
            ui.checkbox(&mut self.draft.automatic, "After the longest review it passes by itself");
        }
        row(ui, |ui| {
            let width = share(ui, 2);
            text(ui, self.reasons, field::PLATFORM_FEE, &mut self.draft.platform_fee, width, "10 %");
            text(ui, self.reasons, field::PAYOUT_FEE, &mut self.draft.payout_fee, width, "2 % + $1, at least $2");
        });
        row(ui, |ui| {
            let width = share(ui, 2);
            choose(ui, "Cut-off", width, &CUT_OFFS, &mut self.draft.cut_off);
        });
        if self.draft.cut_off.is_some() {
            row(ui, |ui| {
                let width = share(ui, 3);
                text(ui, self.reasons, field::CUT_OFF_DAYS, &mut self.draft.cut_off_days, width, "0");
                text(ui, self.reasons, field::CUT_OFF_AT, &mut self.draft.cut_off_at, width, "end of the day");
                text(ui, self.reasons, field::REMIND, &mut self.draft.remind, width, "24");
            });
        }
    }

    fn rare_ui(&mut self, ui: &mut Ui) {
        row(ui, |ui| {
            let width = share(ui, 3);
            choose(ui, "Holidays", width, &HOLIDAYS, &mut self.draft.holidays);
            text(ui, self.reasons, field::EXTRA, &mut self.draft.extra, width, "0");
            text(ui, self.reasons, field::CHASE, &mut self.draft.chase, width, "15th, or 10 days");
        });
        if self.draft.holidays == HolidayKind::Own {
            let width = share(ui, 1);
            let list = &mut self.draft.own_holidays;
            text(ui, self.reasons, field::HOLIDAYS, list, width, "25 Dec 2026, 1 Jan 2027");
        }
        row(ui, |ui| {
            let width = share(ui, 2);
            text(ui, self.reasons, field::CEILING, &mut self.draft.ceiling, width, "no limit");
            text(ui, self.reasons, field::HELD, &mut self.draft.held, width, "0 %");
        });
        ui.checkbox(&mut self.draft.own_pay_zone, "The pay day is in another zone");
        if self.draft.own_pay_zone {
            let width = share(ui, 2);
            choose_zone(ui, "Zone of the pay day", width, &mut self.draft.pay_zone);
        }
        let width = share(ui, 1);
        Field::new("Payouts are frozen until", &mut self.draft.frozen).width(width).hint("not frozen").show(ui);
    }

    fn reasons_in_more(&self) -> bool {
        [field::EXTRA, field::CHASE, field::HOLIDAYS, field::CEILING, field::HELD]
            .iter()
            .any(|name| self.reasons.contains_key(name))
    }
}

fn text(ui: &mut Ui, reasons: &Reasons, name: &'static str, draft: &mut String, width: f32, hint: &str) {
    Field::new(name, draft).width(width).hint(hint).reason(reasons.get(name).map(String::as_str)).show(ui);
}
