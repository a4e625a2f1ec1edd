//! A record as a list of labels and values, in the words of the forms: what two versions of it are told apart by.
//!
//! Every field has a label; a value that is not there is an empty text. A record is taken apart whole, so that a new field
//! can't be forgotten here.

mod money;
mod setup;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::bill::Bill;
use crate::domain::book::Book;
use crate::domain::change::{Key, Record};
use crate::domain::exchange::ExchangeRate;
use crate::domain::ids::{EarningId, PayoutId, PlatformId, ProjectId, RouteId};
use crate::domain::money::Money;
use crate::domain::payer_rule::{PayerRule, Whose};
use crate::domain::query::differs::Differences;
use crate::domain::seen::Seen;
use crate::domain::session::Session;
use crate::domain::settings::Settings;
use crate::domain::span::{Timestamp, Zone};
use crate::ui::format::{self, Style};
use crate::ui::view::{names, reasons};

/// Labels and values, in the order of the forms.
pub(super) type Facts = Vec<(&'static str, String)>;

/// What values are written with: the user's style, and the names of records that only the other side has.
pub(super) struct Words<'a> {
    book: &'a Book,
    theirs: BTreeMap<Key, &'a Record>,
    pub(super) style: Style,
}

impl<'a> Words<'a> {
    pub(super) fn new(book: &'a Book, differences: &'a Differences) -> Self {
        let theirs = differences.list().iter().filter(|one| one.ours.is_none());
        let theirs = theirs.filter_map(|one| Some((one.key, one.theirs.as_ref()?))).collect();
        Self { book, theirs, style: Style::of(book.settings()) }
    }

    /// A record as we have it, or as only they do.
    fn known(&self, key: Key) -> Option<Record> {
        self.book.record(key).or_else(|| self.theirs.get(&key).map(|record| (*record).clone()))
    }

    pub(super) fn platform(&self, id: PlatformId) -> String {
        match self.known(Key::Platform(id)) {
            Some(Record::Platform(platform)) => platform.name.clone(),
            _ => names::NO_PAYER.to_owned(),
        }
    }

    pub(super) fn project(&self, id: Option<ProjectId>) -> String {
        match id.map(|id| self.known(Key::Project(id))) {
            None => String::new(),
            Some(Some(Record::Project(project))) => format!("{} · {}", self.platform(project.platform), project.name),
            Some(_) => names::NO_PROJECT.to_owned(),
        }
    }

    /// A project without its platform, for a row's name.
    pub(super) fn project_alone(&self, id: Option<ProjectId>) -> String {
        match id.and_then(|id| self.known(Key::Project(id))) {
            Some(Record::Project(project)) => project.name.clone(),
            _ => names::NO_PROJECT.to_owned(),
        }
    }

    pub(super) fn route(&self, id: Option<RouteId>) -> String {
        match id.map(|id| self.known(Key::Route(id))) {
            None => String::new(),
            Some(Some(Record::Route(route))) => route.name.clone(),
            Some(_) => "another route".to_owned(),
        }
    }

    /// An earning among those that a payout settles.
    pub(super) fn earning(&self, id: EarningId) -> String {
        match self.known(Key::Earning(id)) {
            Some(Record::Earning(earning)) => self.style.dates(earning.worked),
            _ => "another earning".to_owned(),
        }
    }

    /// A payout that a movement is a step of.
    pub(super) fn payout(&self, id: PayoutId) -> String {
        match self.known(Key::Payout(id)) {
            Some(Record::Payout(payout)) => {
                let platform = payout.platform.map_or_else(|| names::NO_PAYER.to_owned(), |id| self.platform(id));
                format!("{platform}, {}", self.style.money(payout.gross))
            }
            _ => "another payout".to_owned(),
        }
    }

    /// “PAYPAL *OUTLIER” is Outlier.
    fn rule(&self, rule: &PayerRule) -> String {
        let whose = match rule.whose {
            Whose::Platform(id) => self.platform(id),
            Whose::Own => names::OWN_MONEY.to_owned(),
            Whose::Other => names::OTHER_MONEY.to_owned(),
        };
        format!("“{}” is {whose}", rule.words)
    }

    pub(super) fn day(&self, day: NaiveDate) -> String {
        self.style.date(day)
    }

    pub(super) fn maybe_day(&self, day: Option<NaiveDate>) -> String {
        day.map_or_else(String::new, |day| self.day(day))
    }

    pub(super) fn money(&self, money: Option<Money>) -> String {
        money.map_or_else(String::new, |money| self.style.money(money))
    }

    pub(super) fn moment(&self, at: Timestamp, zone: Zone) -> String {
        let there = at.with_timezone(&zone);
        format!("{} {}", self.day(there.date_naive()), format::time(at, zone))
    }
}

/// "yes", "no".
pub(super) fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

/// Parts of a list, as one text.
pub(super) fn listed(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

/// Parts of a line, without the empty ones.
pub(super) fn line<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// All of a record.
pub(super) fn facts(record: &Record, words: &Words<'_>) -> Facts {
    match record {
        Record::Settings(settings) => of_settings(settings, words),
        Record::Platform(platform) => setup::platform(platform, words),
        Record::Project(project) => setup::project(project, words),
        Record::Terms(terms) => setup::terms(terms, words),
        Record::Schedule(schedule) => setup::schedule(schedule, words),
        Record::Route(route) => setup::route(route, words),
        Record::Rate(rate) => of_rate(rate, words),
        Record::Bill(bill) => of_bill(bill, words),
        Record::Seen(seen) => of_seen(seen, words),
        Record::Session(session) => of_session(session, words),
        Record::Earning(earning) => money::earning(earning, words),
        Record::Payout(payout) => money::payout(payout, words),
        Record::Movement(movement) => money::movement(movement, words),
    }
}

fn of_session(session: &Session, words: &Words<'_>) -> Facts {
    let Session {
        id: _,
        started_at,
        ended_at,
        zone,
        project,
        activity,
        paid,
        task_type,
        tasks: _,
        credited_secs,
        seldom,
    } = session;
    let crate::domain::session::Seldom { own_price, reported_at, rare } = &**seldom;
    let crate::domain::session::Rare { pauses, declared_secs, unit_thousandths: _, origin, note } = &**rare;
    let pause = |pause: &crate::domain::session::Pause| {
        let until = pause.until.map_or_else(|| "now".to_owned(), |until| format::time(until, *zone));
        format!("{} – {until}", format::time(pause.from, *zone))
    };
    let count = session.units().map_or_else(String::new, |units| words.style.exact(units));
    vec![
        ("Project", words.project(*project)),
        ("Start", words.moment(*started_at, *zone)),
        ("End", ended_at.map_or_else(|| "still runs".to_owned(), |at| words.moment(at, *zone))),
        ("Zone", reasons::place_words(*zone)),
        ("Activity", names::activity(*activity).to_owned()),
        ("Paid", yes(*paid)),
        ("Pauses", listed(pauses.iter().map(pause))),
        ("Hours", declared_secs.map_or_else(String::new, format::hours)),
        ("Credited", credited_secs.map_or_else(String::new, format::hours)),
        ("Task type", task_type.as_deref().unwrap_or_default().to_owned()),
        ("Count", count),
        ("Price", words.money(*own_price)),
        ("Reported", reported_at.map_or_else(String::new, |at| words.moment(at, *zone))),
        ("Key of its row", origin.as_ref().map_or_else(String::new, ToString::to_string)),
        ("Note", note.clone()),
    ]
}

fn of_settings(settings: &Settings, words: &Words<'_>) -> Facts {
    use crate::domain::settings::{DateStyle, Theme};
    let Settings {
        home_currency,
        second_currency,
        zone,
        day_start_minutes,
        week_start,
        set_aside_percent,
        floor,
        theme,
        date_style,
        number_style,
        country,
        scale_percent,
        reduced_motion,
        most_on_one_percent,
        save_page_above,
        mappings,
        payer_rules,
    } = settings;
    let percent =
        |share: &Option<rust_decimal::Decimal>| share.map_or_else(String::new, |share| words.style.percent(share));
    let example = Style { numbers: *number_style, ..words.style };
    vec![
        ("Home currency", home_currency.code().to_owned()),
        ("Second currency", second_currency.map_or_else(String::new, |currency| currency.code().to_owned())),
        ("Zone", reasons::place_words(*zone)),
        ("Day starts at", format!("{:02}:{:02}", day_start_minutes / 60, day_start_minutes % 60)),
        ("Week starts on", crate::ui::view::rule_words::weekday(*week_start).to_owned()),
        ("Set aside", percent(set_aside_percent)),
        ("Floor", words.money(*floor)),
        (
            "Theme",
            match theme {
                Theme::System => "as the system",
                Theme::Light => "light",
                Theme::Dark => "dark",
            }
            .to_owned(),
        ),
        (
            "Dates",
            match date_style {
                DateStyle::DayMonth => "24 Nov",
                DateStyle::MonthDay => "Nov 24",
                DateStyle::Iso => "2026-11-24",
            }
            .to_owned(),
        ),
        ("Numbers", example.exact(rust_decimal::Decimal::new(123_450, 2))),
        ("Country", country.clone().unwrap_or_default()),
        ("Scale", format!("{scale_percent} %")),
        ("Reduced motion", yes(*reduced_motion)),
        ("Most on one platform", percent(most_on_one_percent)),
        ("Save page above", words.money(*save_page_above)),
        ("Mappings", mappings.iter().map(|mapping| mapping.name.as_str()).collect::<Vec<_>>().join(", ")),
        ("Payer rules", listed(payer_rules.iter().map(|rule| words.rule(rule)))),
    ]
}

fn of_rate(rate: &ExchangeRate, words: &Words<'_>) -> Facts {
    let ExchangeRate { id: _, base, quote, on, rate, source, estimate } = rate;
    vec![
        ("From", base.code().to_owned()),
        ("To", quote.code().to_owned()),
        ("Day", words.day(*on)),
        ("Rate", words.style.exact(*rate)),
        ("Source", source.clone()),
        ("Estimate", yes(*estimate)),
    ]
}

fn of_bill(bill: &Bill, words: &Words<'_>) -> Facts {
    let Bill { id: _, name, amount, due_on, repeats, until } = bill;
    vec![
        ("Name", name.clone()),
        ("Amount", words.style.money(*amount)),
        ("Due", words.day(*due_on)),
        ("Repeats", names::repeats(*repeats).to_owned()),
        ("Until", words.maybe_day(*until)),
    ]
}

fn of_seen(seen: &Seen, words: &Words<'_>) -> Facts {
    let Seen { dismissed, figures } = seen;
    let figure = |seen: &crate::domain::seen::SeenFigure| {
        let credited = format::hours(seen.credited_secs);
        format!("{} {}: {}, {credited}", words.platform(seen.platform), seen.month, words.style.money(seen.earned))
    };
    vec![
        ("Put aside", listed(dismissed.iter().map(|one| format!("{} ({})", one.need, words.day(one.on))))),
        ("Past figures", listed(figures.iter().map(figure))),
    ]
}
