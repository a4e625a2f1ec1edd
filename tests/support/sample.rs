//! Four weeks of a believable worker on four platforms, up to Sunday 22 November 2026, made with the program's own
//! commands.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use rust_decimal::Decimal;
use truerate::domain::command::{Command, Landing, Start, settleable_gross};
use truerate::domain::exchange::ExchangeRate;
use truerate::domain::ids::{EarningId, PayoutId, PlatformId, ProjectId, RateId, SessionId, TermsId};
use truerate::domain::money::{Currency, Money};
use truerate::domain::platform::{AttachedFile, Check, DatedStage, Link, Project, QualityMeasure, QualityNote, Stage};
use truerate::domain::preset::{Preset, Wish, instantiate};
use truerate::domain::query::calendar::{Window, calendar};
use truerate::domain::session::{Activity, Session};
use truerate::domain::settings::Settings;
use truerate::domain::span::{Now, Timestamp, Zone, day_plus, instant_at};
use truerate::domain::terms::{Pay, Range, Terms};
use truerate::engine::Engine;

/// The morning of the picture's day.
pub const TODAY: (i32, u32, u32) = (2026, 11, 22);

struct Filler<'a> {
    engine: &'a mut Engine,
    zone: Zone,
    next: u64,
}

/// Fills an engine's empty Book.
pub fn fill(engine: &mut Engine, presets: &[Preset], zone: Zone, now: Timestamp) {
    let mut filler = Filler { engine, zone, next: 1_000_000 };
    let now = Now { at: now, zone };
    filler.settings(now);
    filler.rates(now);
    let outlier = filler.platform(presets, "Outlier", Some(0), now);
    let annotation = filler.platform(presets, "DataAnnotation", None, now);
    let upwork = filler.platform(presets, "Upwork", None, now);
    let prolific = filler.platform(presets, "Prolific", None, now);
    let aloe = filler.project(outlier, "Aloe", Currency::USD, Pay::PerHour(25.into()), now);
    let lantern = filler.project(annotation, "Lantern", Currency::USD, Pay::PerHour(22.into()), now);
    let northwind = filler.project(upwork, "Northwind contract", Currency::USD, Pay::PerHour(45.into()), now);
    let reading = filler.project(prolific, "Reading speed study", Currency::GBP, Pay::BySession, now);
    let last = day();
    for back in (1..=28).rev() {
        let day = day_plus(last, -back);
        let odd = i64::from(day.day() % 3) * 10;
        if day.weekday() != Weekday::Sun {
            filler.session(aloe, Activity::PaidWork, day, (9, 14), 100 + odd, now);
            filler.session(aloe, Activity::Searching, day, (12, 30), 25 + odd, now);
        }
        match day.weekday() {
            Weekday::Mon | Weekday::Thu => {
                filler.session(lantern, Activity::PaidWork, day, (14, 10), 140 + odd, now);
                filler.session(lantern, Activity::Assessment, day, (17, 0), 20 + odd, now);
            }
            Weekday::Wed => filler.session(northwind, Activity::PaidWork, day, (14, 0), 180, now),
            Weekday::Sat => filler.study(reading, day, 22 + odd, now),
            Weekday::Tue | Weekday::Fri | Weekday::Sun => {}
        }
    }
    filler.land_what_is_due(now);
    filler.story(outlier, aloe, now);
    filler.session(aloe, Activity::PaidWork, last, (9, 14), 108, now);
    filler.session(lantern, Activity::Assessment, last, (11, 5), 45, now);
}

/// Starts a timer that has run for a while.
pub fn start_timer(engine: &mut Engine, zone: Zone, now: Timestamp) {
    let project = engine.book().projects().find(|project| project.name == "Aloe").map(|project| project.id);
    let start = Start {
        id: SessionId(77),
        project,
        activity: Activity::PaidWork,
        task_type: None,
        started_at: now - TimeDelta::seconds(42 * 60 + 17),
    };
    engine.dispatch(&Command::StartSession(start), Now { at: now, zone }).expect("a timer starts");
    let count = Command::CountTasks { id: SessionId(77), more: 12 };
    engine.dispatch(&count, Now { at: now, zone }).expect("tasks are counted");
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(TODAY.0, TODAY.1, TODAY.2).expect("a day of the calendar")
}

impl Filler<'_> {
    fn id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn run(&mut self, command: &Command, now: Now) {
        if let Err(refused) = self.engine.dispatch(command, now) {
            panic!("{command:?}: {refused}");
        }
    }

    fn settings(&mut self, now: Now) {
        let settings = Settings {
            set_aside_percent: Some(25.into()),
            floor: Some(Money::new(18.into(), Currency::USD)),
            ..(**self.engine.book().settings()).clone()
        };
        self.run(&Command::SetSettings(Box::new(settings)), now);
    }

    fn rates(&mut self, now: Now) {
        for back in [29, 22, 15, 8, 1] {
            let rate = ExchangeRate {
                id: RateId(self.id()),
                base: Currency::GBP,
                quote: Currency::USD,
                on: day_plus(day(), -back),
                rate: Decimal::new(131, 2),
                source: "own".into(),
                estimate: false,
            };
            self.run(&Command::SetRate(Box::new(rate)), now);
        }
    }

    fn platform(&mut self, presets: &[Preset], name: &str, take: Option<usize>, now: Now) -> PlatformId {
        let preset = presets.iter().find(|preset| preset.name == name).expect("the catalogue has it");
        let taken: Vec<usize> = take.into_iter().filter_map(|at| preset.offers().nth(at)).map(|(at, _)| at).collect();
        let wish = Wish {
            stage: Stage::Active,
            from: day_plus(day(), -40),
            currency_if_unknown: Currency::USD,
            country: None,
            taken_schedules: &taken,
            taken_routes: &[],
        };
        let (mut platform, schedules, routes) = instantiate(preset, &wish, &mut || self.id());
        platform.hue = u32::try_from(self.engine.book().platforms().count()).unwrap_or(0);
        let id = platform.id;
        self.run(&Command::AddPlatform { platform: Box::new(platform), schedules, routes }, now);
        id
    }

    fn project(&mut self, platform: PlatformId, name: &str, currency: Currency, pay: Pay, now: Now) -> ProjectId {
        let id = ProjectId(self.id());
        let advertised = match &pay {
            Pay::PerHour(rate) => Some(Range::exactly(*rate)),
            Pay::PerTask(_) | Pay::PerUnit { .. } | Pay::Milestones(_) | Pay::BySession => {
                Some(Range { low: 9.into(), high: 12.into() })
            }
        };
        let project = Project::new(id, platform, name);
        let terms = Terms { advertised, ..Terms::new(TermsId(self.id()), id, currency, pay) };
        self.run(&Command::AddProject { project: Box::new(project), terms: Some(Box::new(terms)) }, now);
        id
    }

    fn worked(
        &mut self,
        project: ProjectId,
        activity: Activity,
        day: NaiveDate,
        at: (u32, u32),
        minutes: i64,
    ) -> Session {
        let time = NaiveTime::from_hms_opt(at.0, at.1, 0).expect("a time of the day");
        let started_at = instant_at(day, time, self.zone);
        Session {
            ended_at: Some(started_at + TimeDelta::minutes(minutes)),
            project: Some(project),
            activity,
            paid: activity.usually_paid(),
            ..Session::begun(SessionId(self.id()), started_at, self.zone)
        }
    }

    fn session(
        &mut self,
        project: ProjectId,
        activity: Activity,
        day: NaiveDate,
        at: (u32, u32),
        minutes: i64,
        now: Now,
    ) {
        let mut session = self.worked(project, activity, day, at, minutes);
        if session.paid && day.day().is_multiple_of(5) {
            session.credited_secs = Some((minutes - 8) * 60);
        }
        self.run(&Command::AddSession(Box::new(session)), now);
    }

    fn study(&mut self, project: ProjectId, day: NaiveDate, minutes: i64, now: Now) {
        let mut session = self.worked(project, Activity::PaidWork, day, (18, 0), minutes);
        session.own_price = Some(Money::new(Decimal::new(330, 2), Currency::GBP));
        self.run(&Command::AddSession(Box::new(session)), now);
    }

    /// What a worker writes down of a platform over the weeks: its stages, its scores, what is to be done.
    fn story(&mut self, id: PlatformId, project: ProjectId, now: Now) {
        let mut platform = (**self.engine.book().platform(id).expect("it was added")).clone();
        let score = |back: i64, value: i64| QualityNote {
            on: day_plus(day(), -back),
            project: None,
            measure: QualityMeasure::Score,
            value: Some(Decimal::new(value, 1)),
            out_of: Some(5.into()),
            note: String::new(),
        };
        platform.stages.insert(0, DatedStage::since(day_plus(day(), -47), Stage::Assessing));
        platform.quality = vec![score(38, 42), score(24, 44), score(6, 39)];
        platform.quality.push(QualityNote {
            measure: QualityMeasure::Warning,
            value: None,
            out_of: None,
            note: "Too many skipped tasks".to_owned(),
            ..score(4, 0)
        });
        platform.checklist = vec![
            Check { done_on: Some(day_plus(day(), -46)), ..Check::new("W-8BEN") },
            Check::new("Second language test"),
        ];
        platform
            .links
            .push(Link { title: "Dashboard".to_owned(), address: "https://app.outlier.ai/en/expert".to_owned() });
        "a forum".clone_into(&mut platform.found_at);
        let file = AttachedFile {
            title: "Contract".to_owned(),
            path: "/home/ada/outlier contract.pdf".to_owned(),
            added_on: day_plus(day(), -45),
        };
        platform.files.push(file);
        self.run(&Command::EditPlatform(Box::new(platform)), now);
        // The pay was better for the first three weeks.
        let terms = self.engine.book().terms_of(project).first().map(|terms| (***terms).clone()).expect("it has terms");
        let range = Some(Range { low: 20.into(), high: 30.into() });
        let before = Terms { id: TermsId(self.id()), pay: Pay::PerHour(28.into()), advertised: range, ..terms.clone() };
        let since = Terms { from: Some(day_plus(day(), -12)), ..terms };
        self.run(&Command::SetTerms(Box::new(before)), now);
        self.run(&Command::SetTerms(Box::new(since)), now);
    }

    /// Everything whose latest day is past has landed on that day; what could be drawn a week ago was drawn.
    fn land_what_is_due(&mut self, now: Now) {
        for back in (1..=28).rev() {
            let at = Now { at: now.at - TimeDelta::days(back), ..now };
            let today = day_plus(day(), -back);
            let due: Vec<_> = calendar(self.engine.book(), at)
                .expected
                .into_iter()
                .filter(|expected| match &expected.window {
                    Window::Lands { days, .. } => days.last == today,
                    Window::DrawableNow { next_draw_on: None } => today.weekday() == Weekday::Thu,
                    Window::DrawableNow { .. }
                    | Window::DrawableFrom(_)
                    | Window::BelowMinimum { .. }
                    | Window::Unknown(_) => false,
                })
                .collect();
            for expected in due {
                let landing = Landing {
                    key: expected.key,
                    on: today,
                    received: settleable_gross(self.engine.book(), &expected),
                    difference: None,
                    payout: PayoutId(self.id()),
                    earning_seed: EarningId(self.id() * 1_000),
                };
                self.run(&Command::Land(Box::new(landing)), at);
            }
        }
    }
}
