//! What comes of the sheet: one command that adds platforms, projects, opening money and last payouts, as one step of
//! undo, planned on a copy of the Book so that its first money can be told before it is sent.

use chrono::NaiveDate;

use super::super::super::cx::Cx;
use super::super::super::format::Style;
use super::super::add_platform::{free_badge, free_hue};
use super::entry::{Entry, Read};
use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::earning::{Earning, EarningKind};
use crate::domain::ids::{EarningId, PayoutId, PlatformId, ProjectId, TermsId};
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::payout::{Allocation, Payout};
use crate::domain::platform::{DatedStage, Platform, Project, Stage};
use crate::domain::preset::{Preset, Wish, instantiate};
use crate::domain::query::calendar::{Expected, Window, calendar};
use crate::domain::query::exposure::in_currency;
use crate::domain::settings::Settings;
use crate::domain::span::{DayRange, Now, Zone, user_day};
use crate::domain::terms::{Pay, Range, Terms};
use crate::ui::typed::Payment;

/// The project that a rate is given for.
const PROJECT: &str = "Usual work";
/// The note of money from before.
const NOTE: &str = "From before TrueRate";

/// What comes of the sheet as it stands.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// The command; `None` where nothing is ticked or something can't be.
    pub(super) command: Option<Command>,
    /// "3 platforms · $335.53 owed · first money: Mon 23 Nov".
    pub(super) words: String,
    /// Why it can't be carried out; empty where it can.
    pub(super) refused: String,
}

/// Settings with the home currency and zone of the sheet. A floor in another currency is no floor.
pub(super) fn settings(before: &Settings, home: Currency, zone: Zone) -> Settings {
    Settings {
        home_currency: home,
        zone,
        floor: before.floor.filter(|floor| floor.currency == home),
        second_currency: before.second_currency.filter(|second| *second != home),
        ..before.clone()
    }
}

/// What comes of ticked entries that were understood, in the order in which they were ticked.
pub(super) fn outcome(cx: &Cx<'_>, home: Currency, zone: Zone, ticked: &[(Entry, Read)]) -> Outcome {
    let none = |words: &str, refused: String| Outcome { command: None, words: words.to_owned(), refused };
    if ticked.is_empty() {
        return none("Tick the platforms you work on", String::new());
    }
    let mut builder = Builder {
        cx,
        now: Now { at: cx.now.at, zone },
        today: user_day(cx.now.at, zone, cx.book.settings().day_start_minutes),
        after: cx.book.clone(),
        commands: Vec::new(),
    };
    if let Err(why) = builder.all(home, ticked) {
        return none("", why);
    }
    let owed = ticked.iter().filter_map(|(_, read)| read.owed).collect();
    let words = builder.words(home, ticked.len(), &owed);
    let what = if ticked.len() == 1 { "platform" } else { "platforms" };
    let command = Command::Together { words: format!("Set up {} {what}", ticked.len()), commands: builder.commands };
    Outcome { command: Some(command), words, refused: String::new() }
}

/// Builds the commands, each planned over what those before it did.
struct Builder<'c, 'a> {
    cx: &'c Cx<'a>,
    now: Now,
    today: NaiveDate,
    after: Book,
    commands: Vec<Command>,
}

impl Builder<'_, '_> {
    fn all(&mut self, home: Currency, ticked: &[(Entry, Read)]) -> Result<(), String> {
        let settings = settings(self.cx.book.settings(), home, self.now.zone);
        if settings != **self.cx.book.settings() {
            self.add(Command::SetSettings(Box::new(settings)))?;
        }
        for (entry, read) in ticked {
            self.platform(entry, home, *read).map_err(|why| format!("{}: {why}", entry.name))?;
        }
        Ok(())
    }

    fn add(&mut self, command: Command) -> Result<(), String> {
        let change = command::plan(&self.after, &command, self.now).map_err(|why| why.to_string())?;
        self.after.apply(&change);
        self.commands.push(command);
        Ok(())
    }

    fn draw(&self) -> u64 {
        self.cx.fresh.draw()
    }

    fn platform(&mut self, entry: &Entry, home: Currency, read: Read) -> Result<(), String> {
        let preset = entry.preset.and_then(|at| self.cx.presets.get(at));
        let (platform, schedules, routes) = if let Some(preset) = preset {
            self.instance(entry, preset, home)
        } else {
            let id = PlatformId(self.draw());
            let stages = vec![DatedStage::since(self.today, Stage::Active)];
            (Platform { stages, ..Platform::new(id, entry.name.clone(), home) }, Vec::new(), Vec::new())
        };
        let platform = Platform {
            badge: free_badge(&self.after, &platform.badge, &platform.name),
            hue: free_hue(&self.after, platform.hue),
            ..platform
        };
        let id = platform.id;
        self.add(Command::AddPlatform { platform: Box::new(platform), schedules, routes })?;
        if let Some(rate) = read.rate {
            self.project(id, rate)?;
        }
        if let Some(owed) = read.owed {
            let earning = self.opening(id, owed, self.today);
            self.add(Command::SetEarning(Box::new(earning)))?;
        }
        if let Some(last) = read.last {
            self.last_payout(id, last)?;
        }
        Ok(())
    }

    fn instance(
        &self,
        entry: &Entry,
        preset: &Preset,
        home: Currency,
    ) -> (Platform, Vec<crate::domain::schedule::Schedule>, Vec<crate::domain::route::Route>) {
        let taken: Vec<usize> = entry.offer.filter(|_| entry.taken).into_iter().collect();
        let wish = Wish {
            stage: Stage::Active,
            from: self.today,
            currency_if_unknown: home,
            country: self.after.settings().country.as_deref(),
            taken_schedules: &taken,
            taken_routes: &[],
        };
        instantiate(preset, &wish, &mut || self.draw())
    }

    /// A project at the rate, which is the promised one too (decision 8).
    fn project(&mut self, platform: PlatformId, rate: Money) -> Result<(), String> {
        let project = Project::new(ProjectId(self.draw()), platform, PROJECT);
        let terms = Terms {
            advertised: Some(Range::exactly(rate.amount)),
            ..Terms::new(TermsId(self.draw()), project.id, rate.currency, Pay::PerHour(rate.amount))
        };
        self.add(Command::AddProject { project: Box::new(project), terms: Some(Box::new(terms)) })
    }

    fn opening(&self, platform: PlatformId, amount: Money, day: NaiveDate) -> Earning {
        Earning {
            kind: EarningKind::Opening,
            note: NOTE.to_owned(),
            ..Earning::work(EarningId(self.draw()), platform, amount, DayRange::day(day))
        }
    }

    /// The last payout has landed, and settles money from before: it explains itself and is in no rate.
    fn last_payout(&mut self, platform: PlatformId, last: Payment) -> Result<(), String> {
        let earning = self.opening(platform, last.amount, last.on);
        let payout = Payout {
            received: Some(last.amount),
            received_on: Some(last.on),
            allocations: vec![Allocation { earning: earning.id, amount: last.amount }],
            note: NOTE.to_owned(),
            ..Payout::new(PayoutId(self.draw()), platform, last.amount)
        };
        self.add(Command::SetEarning(Box::new(earning)))?;
        self.add(Command::SetPayout(Box::new(payout)))
    }

    fn words(&self, home: Currency, platforms: usize, owed: &Bag) -> String {
        let style = Style::of(self.after.settings());
        let mut words = vec![if platforms == 1 { "1 platform".to_owned() } else { format!("{platforms} platforms") }];
        if owed.iter().next().is_some() {
            let sum = if let Ok(sum) = in_currency(&self.after, owed, home, self.today) {
                style.money(sum)
            } else {
                // The home currency first.
                let mut sums: Vec<Money> = owed.iter().collect();
                sums.sort_by_key(|sum| sum.currency != home);
                sums.into_iter().map(|sum| style.money(sum)).collect::<Vec<_>>().join(" + ")
            };
            words.push(format!("{sum} owed"));
            let found = calendar(&self.after, self.now);
            match found
                .expected
                .iter()
                .filter(|one| comes(one))
                .min_by_key(|one| one.window.days().map(|days| (days.last, days.first)))
            {
                Some(first) => words.push(format!("first money: {}", style.window(&first.window, self.today))),
                None => words.push("no pay day known yet".to_owned()),
            }
        }
        words.join(" · ")
    }
}

/// Whether an expected payout has a day, or can be drawn now.
fn comes(expected: &Expected) -> bool {
    match expected.window {
        Window::Lands { .. } | Window::DrawableFrom(_) | Window::DrawableNow { .. } => true,
        Window::BelowMinimum { .. } | Window::Unknown(_) => false,
    }
}
