//! Platforms, projects, terms, schedules and routes by their fields.

use super::{Facts, Words, line, listed, yes};
use crate::domain::platform::{DatedStage, EndedBy, Platform, Project};
use crate::domain::route::{Route, RouteStep};
use crate::domain::schedule::Schedule;
use crate::domain::terms::{Mission, Pay, Terms};
use crate::ui::view::bar::pay_words;
use crate::ui::view::names;
use crate::ui::view::rule_words::{self, RuleWords};

fn stages(stages: &[DatedStage], words: &Words<'_>) -> String {
    let ended_by = |stage: &DatedStage| match stage.ended_by {
        Some(EndedBy::User) => "by you".to_owned(),
        Some(EndedBy::Platform) => "by the platform".to_owned(),
        None => String::new(),
    };
    listed(stages.iter().map(|stage| {
        line([format!("{} from {}", stage.stage.word(), words.day(stage.from)), ended_by(stage), stage.why.clone()])
    }))
}

pub(super) fn platform(platform: &Platform, words: &Words<'_>) -> Facts {
    let Platform {
        id: _,
        name,
        badge,
        hue,
        kind,
        currency,
        stages: dated,
        default_route,
        preset,
        note,
        links,
        found_at,
        tax_form,
        needs_tracker,
        self_reports,
        checklist,
        quality,
        files,
    } = platform;
    let done = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| format!("done {}", words.day(day)));
    let due = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| format!("due {}", words.day(day)));
    vec![
        ("Name", name.clone()),
        ("Badge", badge.clone()),
        ("Colour", (hue + 1).to_string()),
        ("Kind", names::platform_kind(*kind).to_owned()),
        ("Currency", currency.code().to_owned()),
        ("Stages", stages(dated, words)),
        ("Usual route", words.route(*default_route)),
        ("From the catalogue", preset.clone().unwrap_or_default()),
        ("Found at", found_at.clone()),
        (
            "Tax form",
            tax_form
                .as_ref()
                .map_or_else(String::new, |form| line([form.name.clone(), words.maybe_day(form.handed_in_on)])),
        ),
        ("Own tracker", yes(*needs_tracker)),
        ("You report time", self_reports.map_or_else(String::new, yes)),
        (
            "To do",
            listed(checklist.iter().map(|check| line([check.text.clone(), due(check.due_on), done(check.done_on)]))),
        ),
        (
            "Quality",
            listed(quality.iter().map(|note| {
                let value = note.value.map_or_else(String::new, |value| words.style.exact(value));
                let out_of = note.out_of.map_or_else(String::new, |best| format!("of {}", words.style.exact(best)));
                line([
                    words.day(note.on),
                    words.project(note.project),
                    names::measure(note.measure).to_owned(),
                    value,
                    out_of,
                    note.note.clone(),
                ])
            })),
        ),
        ("Links", listed(links.iter().map(|link| line([link.title.clone(), link.address.clone()])))),
        (
            "Files",
            listed(files.iter().map(|file| line([file.title.clone(), file.path.clone(), words.day(file.added_on)]))),
        ),
        ("Note", note.clone()),
    ]
}

pub(super) fn project(project: &Project, words: &Words<'_>) -> Facts {
    let Project {
        id: _,
        platform,
        name,
        stages: dated,
        usual_activity,
        usual_task_type,
        expertise,
        work_source,
        platform_fee_percent,
        note,
    } = project;
    vec![
        ("Name", name.clone()),
        ("Platform", words.platform(*platform)),
        ("Stages", stages(dated, words)),
        ("Usual activity", names::activity(*usual_activity).to_owned()),
        ("Usual task type", usual_task_type.clone().unwrap_or_default()),
        ("Expertise", expertise.join(", ")),
        ("Work comes from", work_source.clone().unwrap_or_default()),
        ("Platform fee", platform_fee_percent.map_or_else(String::new, |share| words.style.percent(share))),
        ("Note", note.clone()),
    ]
}

pub(super) fn terms(terms: &Terms, words: &Words<'_>) -> Facts {
    let Terms {
        id: _,
        project,
        from,
        currency,
        pay,
        advertised,
        held_percent,
        cap_hours_a_day,
        cap_hours_a_week,
        missions,
    } = terms;
    let hours = |cap: &Option<rust_decimal::Decimal>| {
        cap.map_or_else(String::new, |cap| format!("{} h", words.style.exact(cap)))
    };
    let price = |amount| words.style.price(crate::domain::money::Money::new(amount, *currency));
    let mission = |mission: &Mission| {
        line([format!("{} × {}", mission.count, mission.name), price(mission.amount), words.style.dates(mission.days)])
    };
    let milestones = match pay {
        Pay::Milestones(milestones) => listed(milestones.iter().map(|milestone| {
            line([milestone.name.clone(), price(milestone.amount), words.maybe_day(milestone.due_on)])
        })),
        Pay::PerHour(_) | Pay::PerTask(_) | Pay::PerUnit { .. } | Pay::BySession => String::new(),
    };
    vec![
        ("Project", words.project(Some(*project))),
        ("From", from.map_or_else(|| "the beginning".to_owned(), |day| words.day(day))),
        ("Pays", pay_words(pay, *currency, words.style)),
        ("Currency", currency.code().to_owned()),
        ("Milestones", milestones),
        (
            "Advertised",
            advertised.map_or_else(String::new, |range| format!("{} – {}", price(range.low), price(range.high))),
        ),
        ("Held back", held_percent.map_or_else(String::new, |share| words.style.percent(share))),
        ("Most a day", hours(cap_hours_a_day)),
        ("Most a week", hours(cap_hours_a_week)),
        ("Missions", listed(missions.iter().map(mission))),
    ]
}

pub(super) fn schedule(schedule: &Schedule, words: &Words<'_>) -> Facts {
    let Schedule { id: _, platform, project, route, valid_from, valid_until, rule, provenance } = schedule;
    vec![
        ("Platform", words.platform(*platform)),
        ("Only for", words.project(*project)),
        ("Only by", words.route(*route)),
        ("From", valid_from.map_or_else(|| "the beginning".to_owned(), |day| words.day(day))),
        ("Until", words.maybe_day(*valid_until)),
        ("Rule", RuleWords::of(rule, words.style).line()),
        ("Standing", line([names::provenance(provenance, words.style), provenance.source.clone()])),
    ]
}

pub(super) fn route(route: &Route, words: &Words<'_>) -> Facts {
    let Route { id: _, platform, name, steps, landed_after_step, minimum, ceiling, yearly_ceiling } = route;
    let step = |step: &RouteStep| {
        let lag = step.transit.map_or_else(String::new, rule_words::lag);
        let fee = step.fee.as_ref().and_then(|fee| rule_words::fee(fee, words.style)).unwrap_or_default();
        line([step.to.clone(), lag, fee])
    };
    vec![
        ("Name", name.clone()),
        ("Platform", platform.map_or_else(String::new, |id| words.platform(id))),
        ("Transfers", listed(steps.iter().map(step))),
        ("Landed after", if *landed_after_step == 0 { "the last".to_owned() } else { landed_after_step.to_string() }),
        ("Minimum", words.money(*minimum)),
        ("Most at once", words.money(*ceiling)),
        ("Most a year", words.money(*yearly_ceiling)),
    ]
}
