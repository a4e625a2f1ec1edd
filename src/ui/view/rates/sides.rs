//! Side by side: platforms, projects or task types, as bars and as the same figures in a table.
//!
//! The highest rate over all hours stands first, those without one last; the table ends with all of it together,
//! in which parallel time counts once.

use rust_decimal::Decimal;

use super::market::{Band, Market};
use super::{Look, groups, text};
use crate::domain::book::Book;
use crate::domain::money::Money;
use crate::domain::query::rates::{Group, GroupBy, Rates, SideOverTime, Step};
use crate::domain::query::work::Work;
use crate::ui::format::{self, Style};
use crate::ui::view::names::{self, Mark};

/// The table's columns after the first, whose head is what stands side by side.
pub const COLUMNS: [&str; 9] =
    ["Hours", "Paid", "Advertised", "Recorded", "Accepted", "Received", "All hours", "After tax", "Earned"];

/// One platform, project or task type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Which; `None` for all of it together.
    pub group: Option<Group>,
    /// Its name beside its badge.
    pub name: String,
    /// Its name by itself: of a project with its platform.
    pub full_name: String,
    /// The badge of its platform; none for task types.
    pub mark: Option<Mark>,
    /// The rate over all hours: the filled bar.
    pub all_hours: Option<Decimal>,
    /// The recorded rate: the mark on the bar.
    pub recorded: Option<Decimal>,
    /// The advertised rate: the dashed box.
    pub advertised: Option<Decimal>,
    /// "38.40", or a dash.
    pub figure: String,
    /// "of 45.00", "of 25.00 · below floor", "no exchange rate".
    pub words: String,
    /// Whether it pays less than the floor.
    pub below_floor: bool,
    /// Whether it rests on less than an hour.
    pub muted: bool,
    /// All of it, for those who don't see the bar.
    pub spoken: String,
    /// Three lines for its tooltip.
    pub tip: String,
    /// The table's cells, in the order of [`COLUMNS`].
    pub cells: [String; 9],
    /// What sources say is advertised on its platform, where that is asked for: never part of its own figures.
    pub market: Vec<Band>,
    /// The same cells in plain numbers.
    numbers: [String; 9],
}

/// The floor, as a line through the bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    /// Where it stands.
    pub value: Decimal,
    /// "$18.00".
    pub figure: String,
}

/// A comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// "Platforms side by side".
    pub title: String,
    /// Head of the first column: "Platform".
    pub head: &'static str,
    /// Every side, the best first.
    pub rows: Vec<Side>,
    /// All of it together; the table's last row.
    pub together: Side,
    /// The floor, where one is set.
    pub floor: Option<Floor>,
    /// What the signs of the chart mean.
    pub legend: String,
    /// The largest figure of the chart: its right end.
    pub top: Decimal,
    /// The unit of the table's rates: "Rates in USD an hour".
    pub unit: String,
    /// The home currency's code.
    code: &'static str,
}

impl Sides {
    pub(super) fn of(
        work: &Work,
        look: &Look,
        together: &Rates,
        sides: &[SideOverTime],
        market: Option<&Market>,
    ) -> Self {
        let book = work.book();
        let style = Style::of(book.settings());
        let floor = book.settings().floor.filter(|floor| floor.currency == together.home);
        let side = |group: Option<&Group>, rates: &Rates| Side::of(book, group, rates, floor);
        let mut rows: Vec<Side> = sides.iter().map(|one| side(Some(&one.group), &one.whole)).collect();
        if let Some(market) = market {
            for row in &mut rows {
                row.compare(market);
            }
        }
        let floor = floor.map(|floor| Floor { value: floor.amount, figure: style.money(floor) });
        let mut all = Self {
            title: format!("{} side by side", groups(look.by)),
            head: head_of(look.by),
            legend: String::new(),
            together: side(None, together),
            floor,
            top: Decimal::ONE,
            unit: format!("Rates in {} an hour", together.home),
            code: together.home.code(),
            rows,
        };
        all.rescale();
        all
    }

    /// Sets the chart's right end to the largest figure of its rows, and says what signs there are in them.
    pub(super) fn rescale(&mut self) {
        self.legend = legend(&self.rows, self.floor.as_ref());
        self.top = self
            .rows
            .iter()
            .flat_map(|row| [row.all_hours, row.recorded, row.advertised])
            .flatten()
            .chain(self.rows.iter().flat_map(|row| &row.market).map(|band| band.high))
            .chain(self.floor.as_ref().map(|floor| floor.value))
            .max()
            .filter(|top| *top > Decimal::ZERO)
            .unwrap_or(Decimal::ONE);
    }

    /// The table's rows in order, all of it together last.
    pub fn table(&self) -> impl Iterator<Item = &Side> {
        self.rows.iter().chain(std::iter::once(&self.together))
    }

    /// A row of the table.
    #[must_use]
    pub fn table_row(&self, at: usize) -> Option<&Side> {
        self.table().nth(at)
    }

    /// The table as text: a line a row, tabs between the cells, plain numbers; nothing where there is no figure.
    #[must_use]
    pub fn tab_separated(&self) -> String {
        let heads: Vec<String> = std::iter::once(self.head.to_owned())
            .chain(COLUMNS.into_iter().map(|column| match column {
                "Hours" => column.to_owned(),
                "Paid" => "Paid hours".to_owned(),
                "Earned" => format!("Earned in {}", self.code),
                rate => format!("{rate}, {} an hour", self.code),
            }))
            .collect();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut lines = text::Lines::new(&heads);
        for row in self.table() {
            let cells: Vec<&str> =
                std::iter::once(row.full_name.as_str()).chain(row.numbers.iter().map(String::as_str)).collect();
            lines.line(&cells);
        }
        lines.finish()
    }
}

/// What one of the sides is called.
pub(super) fn head_of(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Platform => "Platform",
        GroupBy::Project => "Project",
        GroupBy::TaskType => "Task type",
    }
}

fn legend(rows: &[Side], floor: Option<&Floor>) -> String {
    let mut words = vec!["filled: all hours".to_owned()];
    if rows.iter().any(|row| row.recorded.is_some()) {
        words.push("tick: recorded".to_owned());
    }
    if rows.iter().any(|row| row.advertised.is_some()) {
        words.push("box: advertised".to_owned());
    }
    if let Some(floor) = floor {
        words.push(format!("line: floor {}", floor.figure));
    }
    if rows.iter().any(|row| !row.market.is_empty()) {
        words.push("bands: what sources say".to_owned());
    }
    words.join(" · ")
}

impl Side {
    fn of(book: &Book, group: Option<&Group>, rates: &Rates, floor: Option<Money>) -> Self {
        let style = Style::of(book.settings());
        let places = rates.home.minor_units();
        let bare = |value: Option<Decimal>| {
            value.map_or_else(|| format::NONE.to_owned(), |value| style.decimals(value, places))
        };
        let step = |step: Step| rates.per_hour(step);
        let (name, mark) = names_of(book, group);
        let full_name = match group {
            Some(Group::Project(id)) => names::project_on_platform(book, Some(*id)),
            Some(Group::Platform(_) | Group::TaskType(_)) | None => name.clone(),
        };
        let all_hours = step(Step::AllHours);
        let advertised = step(Step::Advertised);
        let below_floor = matches!((all_hours, floor), (Some(rate), Some(floor)) if rate < floor.amount);
        let words = words(rates, all_hours, advertised.map(|_| bare(advertised)), below_floor);
        let number = |value| text::number(value, places);
        let figure = bare(all_hours);
        let hours = format::hours_in_column(rates.hours.own_secs);
        let paid = format::hours_in_column(rates.hours.paid_secs);
        let earned = rates
            .earned()
            .map_or_else(|| format::NONE.to_owned(), |earned| style.money(Money::new(earned, rates.home)));
        let line = |name: &str, value| format!("{name} {}", bare(value));
        let tip = format!(
            "{}\n{} · {}\n{hours}, {paid} of it paid · earned {earned}",
            line("all hours", all_hours),
            line("recorded", step(Step::Recorded)),
            line("advertised", advertised),
        );
        Self {
            spoken: format!("{full_name}: {figure} {} an hour over all hours, {words}", rates.home),
            cells: [
                hours,
                paid,
                bare(advertised),
                bare(step(Step::Recorded)),
                bare(step(Step::Accepted)),
                bare(step(Step::Received)),
                figure.clone(),
                bare(step(Step::AfterTax)),
                earned,
            ],
            numbers: [
                text::hours(rates.hours.own_secs),
                text::hours(rates.hours.paid_secs),
                number(advertised),
                number(step(Step::Recorded)),
                number(step(Step::Accepted)),
                number(step(Step::Received)),
                number(all_hours),
                number(step(Step::AfterTax)),
                number(rates.earned()),
            ],
            market: Vec::new(),
            group: group.cloned(),
            name,
            full_name,
            mark,
            all_hours,
            recorded: step(Step::Recorded),
            advertised,
            figure,
            words,
            below_floor,
            muted: rates.too_little(),
            tip,
        }
    }

    /// Puts beside it what sources say is advertised on its platform.
    fn compare(&mut self, market: &Market) {
        let Some(Group::Platform(platform)) = self.group else { return };
        for said in market.rows.iter().filter(|row| row.platform == platform) {
            self.market.extend(said.band.clone());
            self.tip.push_str("\nadvertised elsewhere: ");
            self.tip.push_str(&said.line);
        }
    }
}

fn words(rates: &Rates, all_hours: Option<Decimal>, of: Option<String>, below_floor: bool) -> String {
    if rates.missing_for(Step::AllHours).next().is_some() {
        return "no exchange rate".to_owned();
    }
    if all_hours.is_none() {
        return "no hours".to_owned();
    }
    let mut words: Vec<String> = of.map(|of| format!("of {of}")).into_iter().collect();
    if below_floor {
        words.push("below floor".to_owned());
    }
    if rates.too_little() {
        words.push(format!("from {} only", format::hours(rates.hours.own_secs)));
    }
    if words.is_empty() {
        words.push("none advertised".to_owned());
    }
    words.join(" · ")
}

pub(super) fn names_of(book: &Book, group: Option<&Group>) -> (String, Option<Mark>) {
    match group {
        None => ("Together".to_owned(), None),
        Some(Group::Platform(id)) => {
            let name = book.platform(*id).map_or_else(|| format::NONE.to_owned(), |platform| platform.name.clone());
            (name, Mark::of_id(book, Some(*id)))
        }
        Some(Group::Project(id)) => {
            let platform = book.platform_of(Some(*id)).map(|platform| platform.id);
            (names::project(book, Some(*id)), Mark::of_id(book, platform))
        }
        Some(Group::TaskType(Some(name))) => (name.clone(), None),
        Some(Group::TaskType(None)) => ("No task type".to_owned(), None),
    }
}
