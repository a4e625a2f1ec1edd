//! The terms of a platform's projects as a text: those in force and those before them, what they hold back, cap and
//! promise, and the rule by which the platform pays.

use chrono::NaiveDate;

use super::Whose;
use crate::domain::book::Book;
use crate::domain::money::Money;
use crate::domain::terms::{Milestone, Pay, Terms};
use crate::ui::format::Style;
use crate::ui::view::bar::{limit_words, pay_words};
use crate::ui::view::names;
use crate::ui::view::rule_words::RuleWords;

/// The terms then in force and those before them, and the rule by which the platform pays.
pub(super) fn terms(book: &Book, whose: Whose, today: NaiveDate) -> String {
    let style = Style::of(book.settings());
    let mut lines =
        vec![format!("Terms of {}, in force on {}", whose.name(book), style.day_and_year(today)), String::new()];
    for project in whose.projects(book) {
        lines.push(project.name.clone());
        let all = book.terms_of(project.id);
        if all.is_empty() {
            lines.push("  no terms recorded".to_owned());
        }
        for terms in all.iter().rev() {
            let from =
                terms.from.map_or_else(|| "from the beginning".to_owned(), |from| format!("from {}", style.date(from)));
            let advertised = terms.advertised.map_or_else(String::new, |range| {
                let money = |amount| style.money(Money::new(amount, terms.currency));
                let to = if range.low == range.high { String::new() } else { format!(" to {}", money(range.high)) };
                format!(", advertised {}{to} an hour", money(range.low))
            });
            let limits = limit_words(terms, style);
            let limits = if limits.is_empty() { limits } else { format!(", {limits}") };
            lines.push(format!("  {from}: {}{advertised}{limits}", pay_words(&terms.pay, terms.currency, style)));
            lines.extend(promises(terms, style));
        }
    }
    if let Some(schedule) = book.schedule_on(whose.platform, whose.project, today) {
        lines.push(String::new());
        lines.push(format!("Pays: {}", RuleWords::of(&schedule.rule, style).line()));
        lines.push(format!("Source: {}", names::provenance(&schedule.provenance, style)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What terms promise beside their pay, a line each: milestones and bonuses for so much work.
fn promises(terms: &Terms, style: Style) -> Vec<String> {
    let money = |amount| style.money(Money::new(amount, terms.currency));
    let due = |on: Option<NaiveDate>| on.map_or_else(String::new, |on| format!(", due {}", style.date(on)));
    let mut lines = Vec::new();
    if let Pay::Milestones(milestones) = &terms.pay {
        let one = |of: &Milestone| format!("    {}: {}{}", of.name, money(of.amount), due(of.due_on));
        lines.extend(milestones.iter().map(one));
    }
    lines.extend(terms.missions.iter().map(|mission| {
        let days = format!("{} to {}", style.date(mission.days.first), style.date(mission.days.last));
        format!("    {}: {} for {}, {days}", mission.name, money(mission.amount), mission.count)
    }));
    lines
}
