//! The events of the calendar, in words: expected payouts, cut-offs, money under way, money that landed, bills.

use chrono::NaiveDate;

use super::{BILL_DAYS, Entry, LANDED_DAYS, When};
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::query::calendar::{Calendar, Expected, Reason, Window};
use crate::domain::query::needs::{cut_off_is_open, key_name, remind_hours};
use crate::domain::span::{DayRange, Now, day_plus};
use crate::ui::format::Style;
use crate::ui::view::reasons;

/// What the events are made from.
struct Ground<'a> {
    book: &'a Book,
    style: Style,
    now: Now,
    today: NaiveDate,
}

/// All events: by kind, each in the order of the calendar.
pub(super) fn entries(book: &Book, calendar: &Calendar, now: Now, today: NaiveDate) -> Vec<Entry> {
    let ground = Ground { book, style: Style::of(book.settings()), now, today };
    let mut entries: Vec<Entry> = calendar.expected.iter().filter_map(|expected| ground.expected(expected)).collect();
    entries.extend(calendar.expected.iter().flat_map(|expected| ground.cut_offs(expected)));
    entries.extend(ground.under_way(calendar));
    entries.extend(ground.landed(calendar));
    entries.extend(ground.bills());
    entries
}

impl Ground<'_> {
    fn platform(&self, id: Option<PlatformId>) -> String {
        let platform = id.and_then(|id| self.book.platform(id));
        platform.map_or_else(|| "A payout".to_owned(), |platform| platform.name.clone())
    }

    /// Money over the days on which it can land or be drawn; none where no day is known.
    fn expected(&self, expected: &Expected) -> Option<Entry> {
        let days = expected.window.days()?;
        let name = self.platform(Some(expected.key.platform));
        let amount = if expected.estimate { self.style.estimate(expected.net) } else { self.style.money(expected.net) };
        let title = match expected.window {
            Window::DrawableFrom(_) => format!("{name} {amount} drawable"),
            Window::Lands { .. } | Window::DrawableNow { .. } | Window::BelowMinimum { .. } | Window::Unknown(_) => {
                format!("{name} {amount}")
            }
        };
        let mut lines = vec![reasons::title(expected, self.today, self.style)];
        if expected.estimate {
            lines.push("Estimate: from your own hours, and it may still grow".to_owned());
        }
        if expected.net.rounded() != expected.gross.rounded() {
            lines.push(format!("{} before fees", self.style.money(expected.gross)));
        }
        for line in reasons::lines(self.book, expected, self.now, self.today) {
            lines.push(if line.under.is_empty() { line.text } else { format!("{} ({})", line.text, line.under) });
        }
        Some(Entry {
            name: format!("expected {}", key_name(&expected.key)),
            when: When::Days(days),
            title,
            description: lines.join("\n"),
            tentative: expected.estimate,
            remind_hours: 0,
        })
    }

    /// What must be done by a moment that is still to come, for money that still waits for it.
    fn cut_offs(&self, expected: &Expected) -> Vec<Entry> {
        let name = self.platform(Some(expected.key.platform));
        expected
            .reasons
            .iter()
            .filter_map(|reason| {
                let Reason::CutOff { action: Some(action), at, .. } = *reason else { return None };
                if at <= self.now.at || !cut_off_is_open(self.book, expected, action) {
                    return None;
                }
                let amount = reasons::amount(expected, self.style);
                Some(Entry {
                    name: format!("cut-off {}", key_name(&expected.key)),
                    when: When::At(at),
                    title: format!("{name}: {}", reasons::sentence(reason, self.today, self.style)),
                    description: format!("{amount} hang on it"),
                    tentative: false,
                    remind_hours: remind_hours(self.book, expected),
                })
            })
            .collect()
    }

    /// Money that was sent, over the days on which it should arrive.
    fn under_way(&self, calendar: &Calendar) -> Vec<Entry> {
        let of = |days, sent: &crate::domain::query::calendar::InTransit| {
            let on = sent.sent_on.map(|on| format!("Sent {}", self.style.day(on, self.today)));
            Entry {
                name: format!("payout {}", sent.payout),
                when: When::Days(days),
                title: format!("{} {} under way", self.platform(sent.platform), self.style.money(sent.gross)),
                description: on.unwrap_or_default(),
                tentative: false,
                remind_hours: 0,
            }
        };
        calendar.in_transit.iter().filter_map(|sent| Some(of(sent.lands?, sent))).collect()
    }

    /// Money that landed of late. It has the name of the money under way: that becomes this.
    fn landed(&self, calendar: &Calendar) -> Vec<Entry> {
        let from = day_plus(self.today, -LANDED_DAYS);
        calendar
            .landed
            .iter()
            .filter(|landed| landed.on >= from)
            .map(|landed| Entry {
                name: format!("payout {}", landed.payout),
                when: When::Days(DayRange::day(landed.on)),
                title: format!("{} {} landed", self.platform(landed.platform), self.style.money(landed.received)),
                description: self.book.payout(landed.payout).map(|payout| payout.note.clone()).unwrap_or_default(),
                tentative: false,
                remind_hours: 0,
            })
            .collect()
    }

    /// Bills, each day by itself: one that is moved or ends is then one event less.
    fn bills(&self) -> Vec<Entry> {
        let last = day_plus(self.today, BILL_DAYS);
        self.book
            .bills()
            .flat_map(|bill| {
                bill.due_from(self.today).take_while(move |on| *on <= last).map(|on| Entry {
                    name: format!("bill {} {on}", bill.id),
                    when: When::Days(DayRange::day(on)),
                    title: format!("{} {} due", bill.name, self.style.money(bill.amount)),
                    description: String::new(),
                    tentative: false,
                    remind_hours: 0,
                })
            })
            .collect()
    }
}
