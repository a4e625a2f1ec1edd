//! `report check`: logged, credited and received beside each other, a line each, with why.

use super::super::table::{Cell, Table};
use super::{column, day_cell, money_cell, right};
use crate::domain::book::Book;
use crate::domain::money::Money;
use crate::domain::query::calendar::calendar;
use crate::domain::query::reconcile::Place;
use crate::domain::span::{DayRange, Now};
use crate::ui::format::{NONE, Style, hours_in_column};
use crate::ui::view::check::{CheckLine, Checked, because, place};
use chrono::NaiveDate;

/// The table of a Book at a moment, of what has a day among these.
pub(super) fn table(book: &Book, days: DayRange, now: Now, today: NaiveDate) -> Table {
    let checked = Checked::of(book, &calendar(book, now), now, today);
    let style = Style::of(book.settings());
    let within = |line: &&CheckLine| line.line.days.first <= days.last && line.line.days.last >= days.first;
    let shown: Vec<&CheckLine> = checked.lines.iter().filter(within).collect();
    let rows = shown.iter().map(|line| cells(book, line, style, today)).collect();
    let count = |of: Place| shown.iter().filter(|line| line.line.place() == of).count();
    let counts: Vec<String> =
        Place::ALL.into_iter().map(|of| format!("{} {}", place(of).to_lowercase(), count(of))).collect();
    let mut notes = vec![if checked.told {
        format!("{}.", counts.join(", "))
    } else {
        "No platform and no account has told anything yet: import their files.".to_owned()
    }];
    notes.extend(Some(&checked.own).filter(|own| !own.is_empty()).map(|own| format!("{own}.")));
    let columns = vec![
        column("Stands", "place"),
        column("What", "what"),
        column("Platform", "platform"),
        column("Project", "project"),
        column("From", "first_day"),
        column("To", "last_day"),
        right("Logged", "logged_secs"),
        right("Promised", "promised"),
        right("Credited", "credited"),
        column("In", "currency"),
        right("Received", "received"),
        column("In", "received_currency"),
        column("Sure", "sureness"),
        column("Why", "because"),
    ];
    Table { columns, rows, notes, without_months: Vec::new() }
}

fn cells(book: &Book, one: &CheckLine, style: Style, today: NaiveDate) -> Vec<Cell> {
    let line = &one.line;
    let code = |money: Option<Money>| Cell::text(money.map_or("", |money| money.currency.code()));
    let time = if line.sessions.is_empty() { NONE.to_owned() } else { hours_in_column(line.logged_secs) };
    vec![
        Cell::text(place(line.place())),
        Cell::text(one.what.as_str()),
        Cell::text(if line.platform.is_some() { one.platform.as_str() } else { "" }),
        Cell::text(one.project.as_str()),
        day_cell(Some(line.days.first)),
        day_cell(Some(line.days.last)),
        Cell::whole(time, line.logged_secs),
        money_cell(line.promised, style),
        money_cell(line.credited, style),
        code(line.credited.or(line.promised)),
        money_cell(line.received, style),
        code(line.received),
        Cell::text(one.sureness),
        Cell::text(because(book, line, style, today).join(" · ")),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::print;
    use crate::cli::{Format, Report, Subject};
    use crate::domain::query::work::testkit::at;
    use crate::domain::span::Now;
    use crate::ui::view::check::tests::three_ways;
    use crate::ui::view::lacking::Lacking;

    fn printed(format: Format, from: Option<&str>) -> String {
        let report = Report { subject: Subject::Check, from: from.map(str::to_owned), to: None, month: None, format };
        let mut out = Vec::new();
        let now = Now { at: at("2026-11-27T12:00:00Z"), zone: chrono_tz::UTC };
        print(&three_ways().book, &Lacking::default(), &report, now, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_line_is_a_row_with_plain_figures_and_why() {
        let csv = printed(Format::Csv, None);
        assert!(csv.starts_with("place,what,platform,project,first_day,last_day,logged_secs,promised,"), "{csv}");
        for row in [
            "Doesn’t fit,Work never credited,Platform 1,Project 1,2026-11-03,2026-11-03,7200,50.00,,USD,,,,",
            "Doesn’t fit,Money of unknown origin,,,2026-11-20,2026-11-20,0,,,,99.00,USD,,",
        ] {
            assert!(csv.contains(row), "{row}\n{csv}");
        }
    }

    #[test]
    fn days_narrow_it_and_people_read_how_much_stands_where() {
        let text = printed(Format::Table, Some("2026-11-16"));
        assert!(!text.contains("Work never credited") && text.contains("Money of unknown origin"), "{text}");
        assert!(text.contains("doesn’t fit"), "{text}");
    }
}
