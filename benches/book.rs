//! What a book of ten years costs: 100,000 sessions with their earnings and payouts, made from a seed.
//!
//! `cargo bench --bench book` (with `-- imports` and the like a part of it) prints for each case the fastest of several runs, since what else the machine does only
//! slows, and of long ones (from 20 ms on, on Linux) the processor's time alone. Beside it stands how that compares with
//! the yardstick of the same run: one walk over all sessions that adds up their seconds. Nothing is asserted: a busy
//! machine is not a fault. `docs/speed.md` has the targets and the latest figures.
#![expect(clippy::disallowed_methods, reason = "a bench measures time, and reads no clock for the program")]

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use egui::{Context, RawInput, Rect, Vec2};
use truerate::app::App;
use truerate::domain::book::Book;
use truerate::domain::change::{Change, Edit};
use truerate::domain::command::{self, AccessEnded, Command, Ending, TakenIn};
use truerate::domain::earning::Earning;
use truerate::domain::history::Entry;
use truerate::domain::ids::{EarningId, MovementId, SessionId};
use truerate::domain::money::Money;
use truerate::domain::movement::{Movement, Role};
use truerate::domain::platform::Platform;
use truerate::domain::preset::Preset;
use truerate::domain::query::agreement::disagreements;
use truerate::domain::query::calendar;
use truerate::domain::query::deadlines;
use truerate::domain::query::exposure;
use truerate::domain::query::forecast::{forecast, how_it_did};
use truerate::domain::query::hours::{Period, Selection};
use truerate::domain::query::incoming::Choices;
use truerate::domain::query::month::month_figures;
use truerate::domain::query::needs::{self, with_catalogue};
use truerate::domain::query::owed::{owed, unsettled};
use truerate::domain::query::rates::{GroupBy, by_month, by_week, rates, side_by_side};
use truerate::domain::query::reconcile::Place;
use truerate::domain::query::to_report::unreported;
use truerate::domain::query::work::Work;
use truerate::domain::session::Session;
use truerate::domain::span::{DayRange, Month, Now};
use truerate::domain::statement::{MoveKind, MoveState, Statement};
use truerate::engine::{self, Engine, Figures};
use truerate::import::{self, Going, Options};
use truerate::ports::fake::{FakeClock, FakeIds, MemoryDisk};
use truerate::ports::{Journal, Progress};
use truerate::sample::{self, Plan};
use truerate::store::{self, Site, catalogue};
use truerate::ui::action::Tab;
use truerate::ui::theme::{self, ThemeChoice};
use truerate::ui::verbs::{self, Verb};
use truerate::ui::view::access;
use truerate::ui::view::check::Checked;
use truerate::ui::view::statement::Weighed;

const SESSIONS: u32 = 100_000;
/// So few that there are some 20,000 earnings.
const SESSIONS_AN_EARNING: usize = 4;
const FOLDER: &str = "/book";

/// A part of the bench, by its name.
type Part = (&'static str, fn(&Sheet));

fn main() {
    let sheet = Sheet::new();
    let parts: [Part; 8] = [
        ("work", of_work),
        ("owed", of_what_is_owed),
        ("rates", of_rates),
        ("window", of_the_window),
        ("files", of_files),
        ("imports", of_imports),
        ("check", of_the_check),
        ("million", of_a_million),
    ];
    // cargo adds a word of its own.
    let named: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    for (name, part) in parts {
        if named.is_empty() || named.iter().any(|word| word == name) {
            part(&sheet);
        }
    }
}

/// Prints one line a case.
struct Sheet {
    yardstick: Duration,
}

impl Sheet {
    fn new() -> Self {
        let walk = || {
            let secs: i64 = book().sessions().map(|session| session.own_secs(session.started_at)).sum();
            assert!(secs > 0, "there is work in the book");
        };
        walk();
        let yardstick = fastest(21, walk);
        println!("{:<46} {:>10} {:>12}", format!("{SESSIONS} sessions"), "ms", "x yardstick");
        println!("{:<46} {:>10.3} {:>12}", "yardstick: one walk over all sessions", millis(yardstick), 1);
        Self { yardstick }
    }

    fn say(&self, what: &str, runs: usize, run: impl FnMut()) {
        self.row(what, fastest(runs, run));
    }

    fn row(&self, what: &str, took: Duration) {
        let ratio = took.as_secs_f64() / self.yardstick.as_secs_f64();
        println!("{what:<46} {:>10.3} {ratio:>12.4}", millis(took));
    }
}

fn now() -> Now {
    Now { at: "2026-11-22T11:38:00Z".parse().expect("an instant"), zone: chrono_tz::Europe::Berlin }
}

/// The book, made once.
fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let plan = Plan { running: true, ..Plan::of_size(SESSIONS, sample::SEED, now()) };
        sample::book(&plan, presets())
    })
}

/// The same sessions with five times the earnings, made once; one platform in three is told by the user.
fn book_owed() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let plan = Plan { running: true, ..Plan::of_size(SESSIONS, sample::SEED, now()) };
        let book = sample::book(&Plan { sessions_an_earning: Some(SESSIONS_AN_EARNING), ..plan }, presets());
        let told = book
            .platforms()
            .step_by(3)
            .map(|platform| Change::replace(platform, Platform { self_reports: Some(true), ..(**platform).clone() }));
        let mut after = book.clone();
        after.apply(&told.fold(Change::default(), Change::then));
        after
    })
}

/// The catalogue.
fn presets() -> &'static [Preset] {
    static PRESETS: OnceLock<Vec<Preset>> = OnceLock::new();
    PRESETS.get_or_init(|| catalogue::read().expect("the catalogue is whole"))
}

/// The reading of the book, made once.
fn work() -> &'static Work {
    static WORK: OnceLock<Work> = OnceLock::new();
    WORK.get_or_init(|| Work::of(book()))
}

/// The book after an edit: one session of a month is a minute longer.
fn edited(newest: bool) -> Book {
    let mut months = book().months();
    let month = if newest { months.next_back() } else { months.nth(3) };
    let sessions: Vec<&Arc<Session>> = month.expect("ten years").1.sessions().collect();
    let before = sessions.iter().find(|session| session.paid && !session.is_open()).expect("paid work");
    let mut after = (***before).clone();
    after.ended_at = after.ended_at.map(|at| at + chrono::TimeDelta::minutes(1));
    changed(&Change::replace(before, after))
}

/// The book after a payout was taken out.
fn with_one_payout_less() -> Book {
    let payout = book().payouts().last().expect("payouts");
    changed(&Change::new(vec![Edit::delete(Arc::clone(payout))]))
}

fn changed(change: &Change) -> Book {
    let mut after = book().clone();
    after.apply(change);
    after
}

/// Follows two books in turn.
struct Turns {
    work: Work,
    books: [Book; 2],
}

impl Turns {
    fn new(other: Book) -> Self {
        Self { work: work().clone(), books: [other, book().clone()] }
    }

    fn step(&mut self) {
        let [next, _] = &self.books;
        self.work.follow(next);
        self.books.swap(0, 1);
    }
}

fn of_work(sheet: &Sheet) {
    sheet.say("reading of the book, from scratch", 5, || drop(Work::of(book())));
    for (what, other) in [
        ("… after an edit of today", edited(true)),
        ("… after an edit of ten years ago", edited(false)),
        ("… after a payout", with_one_payout_less()),
    ] {
        let mut turns = Turns::new(other);
        sheet.say(what, 41, || turns.step());
    }
    sheet.say("calendar, from scratch", 5, || drop(calendar::calendar(book(), now())));
    sheet.say("… of what is open", 41, || drop(calendar::of_work(work(), now(), None)));
    let mut engine = engine();
    engine.figures(now());
    let running = running();
    sheet.say("every shared figure after an edit", 41, || drop(edit(&mut engine, running)));
    let mut moment = now();
    sheet.say("… after a minute of the running timer", 41, || {
        moment.at += chrono::TimeDelta::minutes(1);
        engine.figures(moment);
    });
}

/// The same sessions with five times the earnings: what is owed, and when it lands, cold, again, and after an edit.
fn of_what_is_owed(sheet: &Sheet) {
    let book = book_owed();
    let earnings = book.earnings().count();
    let read = Work::of(book);
    let figures = calendar::of_work(&read, now(), None);
    let today = now().at.date_naive();
    sheet.say(&format!("{earnings} earnings: reading, from cold"), 5, || drop(Work::of(book)));
    sheet.say("… calendar, from cold", 5, || drop(calendar::calendar(book, now())));
    sheet.say("… of the reading, from cold", 41, || drop(calendar::of_work(&read, now(), None)));
    sheet.say("… exposure of it", 41, || drop(exposure::exposure(book, &figures)));
    sheet.say("… exposure by age", 41, || drop(exposure::owed(book, &figures, today)));
    sheet.say("… forecast", 41, || drop(forecast(book, &figures, today)));
    sheet.say("… how last month's forecast did", 11, || drop(how_it_did(&read, &figures, today, now())));
    sheet.say("… the list of what is owed", 11, || drop(unsettled(&read, &figures)));
    sheet.say("… and of what was", 11, || drop(owed(book, &figures)));
    sheet.say("… what is to be reported", 21, || drop(unreported(&read, &figures, now(), today)));
    sheet.say("… deadlines", 21, || drop(deadlines::of_work(&read, &figures, today)));
    let weeks = Period::Last4Weeks.days(today, chrono::Weekday::Mon);
    sheet.say("… what does not agree, of four weeks", 21, || drop(disagreements(&read, weeks, now())));
    let mut engine = Engine::new(book.clone(), Vec::new(), 0, Box::new(Forgets), None);
    let closed = Arc::clone(&engine.figures(now()).closed);
    let month = Month::of_day(today);
    sheet.say("… month page", 21, || drop(month_figures(&read, &figures, &closed, month, today, now().at)));
    sheet.say("… what needs the user", 21, || what_needs_the_user(&engine.figures(now())));

    sheet.say("… every shared figure, unchanged", 41, || drop(engine.figures(now())));
    let running = running_in(book);
    sheet.say("… every shared figure after an edit", 41, || drop(edit(&mut engine, running)));
    sheet.say("… and what needs the user", 41, || {
        let figures = edit(&mut engine, running);
        what_needs_the_user(&figures);
    });
    let past = book.sessions().filter(|session| session.paid && !session.is_open()).last().expect("paid work").id;
    let mut credited = 0;
    sheet.say("… after an edit in a dialog, seen", 21, || {
        credited += 60;
        let before = engine.book().session(past).expect("it stays");
        let edited = Session { credited_secs: Some(credited), ..(**before).clone() };
        engine.dispatch_in_sight(&Command::EditSession(Box::new(edited)), now()).expect("a session is credited");
        drop(engine.figures(now()));
    });
    // Every other time the bonus is taken back, so that the book doesn't grow.
    let mut there = false;
    let platform = book.platforms().next().expect("platforms").id;
    let amount = Money::new(50.into(), book.settings().home_currency);
    sheet.say("… after an earning is added or taken out", 41, || {
        let id = EarningId(1);
        let worked = DayRange::day(now().at.date_naive());
        let add = || Command::SetEarning(Box::new(Earning::work(id, platform, amount, worked)));
        let command = if there { Command::DeleteEarning(id) } else { add() };
        there = !there;
        engine.dispatch(&command, now()).expect("an earning comes and goes");
        let figures = engine.figures(now());
        drop(exposure::exposure(engine.book(), &figures.calendar));
    });
    sheet.say("… what an end of access comes to", 11, || {
        let ended = AccessEnded {
            platform,
            ending: Ending::Platform,
            on: today,
            why: String::new(),
            contest: true,
            appeal_by: None,
            chase_on: None,
            earning_seed: EarningId(1),
        };
        let figures = engine.figures(now());
        drop(access::preview(&figures.work, &figures.calendar, &ended, now(), today));
    });
}

fn what_needs_the_user(figures: &Figures) {
    let found =
        with_catalogue(&figures.work, &figures.calendar, &figures.closed, presets(), now(), now().at.date_naive());
    assert!(!found.needs.is_empty(), "something needs the user in a book of ten years");
}

fn of_rates(sheet: &Sheet) {
    for period in ["this week", "this year", "all"] {
        let selection = selection(period);
        let at = now().at;
        sheet.say(&format!("rates of {period}"), 11, || drop(rates(work(), &selection, at)));
        sheet.say("… by week", 11, || drop(by_week(work(), &selection, at)));
        sheet.say("… by month", 11, || drop(by_month(work(), &selection, at)));
        sheet.say("… side by side", 11, || drop(side_by_side(work(), &selection, GroupBy::Platform, at)));
    }
}

/// The pages of the tabs that have several, with the tab that each is on.
const PAGES: [(Tab, Verb); 6] = [
    (Tab::Earnings, Verb::ShowOwed),
    (Tab::Earnings, Verb::ShowToReport),
    (Tab::Earnings, Verb::ShowAgreement),
    (Tab::Outlook, Verb::ShowExposure),
    (Tab::Outlook, Verb::ShowForecast),
    (Tab::Outlook, Verb::ShowMonth),
];

fn of_the_window(sheet: &Sheet) {
    for tab in Tab::ALL {
        let mut window = Window::at(book_owed(), tab);
        sheet.say(&format!("one pass of {}, timer running", tab.name()), 61, || {
            window.pass();
        });
        sheet.say("… when the minute turns", 11, || {
            window.clock.advance(60);
            window.pass();
        });
    }
    let mut window = Window::at(book_owed(), Tab::Sessions);
    window.pass_with(vec![egui::Event::PointerMoved(egui::Pos2::new(400.0, 500.0))]);
    sheet.say("… of Sessions under the wheel", 61, || {
        window.pass_with(vec![egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -40.0),
            modifiers: egui::Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        }]);
    });
    of_pages(sheet);
}

/// Pages over what is owed: shown for the first time, again, and when the minute turns.
fn of_pages(sheet: &Sheet) {
    for (tab, verb) in PAGES {
        let name = verb.words().name;
        let runs = (0..3).map(|_| first_shown(tab, verb));
        let (mut window, shown) = runs.min_by_key(|(_, took)| *took).expect("three runs");
        sheet.row(&format!("{name}: shown for the first time"), shown);
        sheet.say("… one pass, timer running", 61, || {
            window.pass();
        });
        sheet.say("… when the minute turns", 11, || {
            window.clock.advance(60);
            window.pass();
        });
    }
}

/// A window in which a page is shown that was never shown before, and what its longest pass took.
fn first_shown(tab: Tab, verb: Verb) -> (Window, Duration) {
    let mut window = Window::at(book_owed(), Tab::Payouts);
    let with_tab = window.show(Verb::Show(tab));
    // The first page comes with its tab.
    let first = matches!(verb, Verb::ShowOwed | Verb::ShowExposure);
    let took = if first { with_tab } else { window.show(verb) };
    (window, took)
}

fn of_files(sheet: &Sheet) {
    let disk = MemoryDisk::new();
    store::create(&disk, Path::new(FOLDER), book()).expect("a disk in memory takes everything");
    let defaults = (**book().settings()).clone();
    sheet.say("reading all files", 5, || drop(store::open_read(&disk, Path::new(FOLDER), defaults.clone())));
    let site = Site::new(Arc::new(disk.clone()), Arc::new(FakeClock::new(now().at, now().zone)), Path::new(FOLDER));
    sheet.say("reading the newest months", 11, || {
        let opened = store::open_newest_first(site.clone(), defaults.clone());
        drop(opened.expect("a free folder opens"));
    });
}

/// Files of others with as many rows as the book has sessions: read and weighed against it, then planned.
fn of_imports(sheet: &Sheet) {
    for (name, text) in [("Toggl", toggl()), ("Outlier", outlier()), ("a bank", bank()), ("PayPal", paypal())] {
        let options = Options::new(now().zone);
        let read = || import::read(text.as_bytes(), options, &Going::ON).expect("a good file");
        let weigh = |statement: &Statement| {
            let choices = Choices::proposed(book(), statement, statement.payer.as_deref());
            let weighed = Weighed::of(book(), statement, &choices, now());
            (choices, weighed)
        };
        sheet.say(&format!("import: reading {SESSIONS} rows of {name}"), 3, || drop(read()));
        let statement = Arc::new(read());
        sheet.say(&format!("import: weighing {SESSIONS} rows of {name}"), 3, || drop(weigh(&statement)));
        let (choices, weighed) = weigh(&statement);
        println!("{:<46} {:?}", "", weighed.incoming.counts());
        // Of a table it is asked all along; other texts are read in one go.
        if !text.starts_with("OFX") {
            sheet.say("import: stopped after a tenth", 3, || {
                let stopped = import::read(text.as_bytes(), options, &Going(&|share| share < 0.1));
                assert!(stopped.is_err(), "it was told to stop");
            });
        }
        if weighed.incoming.is_empty() {
            continue;
        }
        let taken = TakenIn { statement, choices, zone: now().zone, seed: 1 << 62 };
        let take = Command::TakeIn(Box::new(taken));
        sheet.say(&format!("import: the plan of {SESSIONS} rows of {name}"), 3, || {
            drop(command::plan(book(), &take, now()).expect("there is something new"));
        });
        let change = command::plan(book(), &take, now()).expect("there is something new");
        let book = book().clone();
        sheet.say(&format!("import: applying {SESSIONS} rows of {name}"), 3, || book.clone().apply(&change));
        of_the_frame(sheet, &book, take);
    }
}

/// The three-way check over ten years of what was logged, credited and received.
fn of_the_check(sheet: &Sheet) {
    let book = with_movements();
    let calendar = calendar::calendar(&book, now());
    let today = now().at.date_naive();
    let checked = Checked::of(&book, &calendar, now(), today);
    let counts = Place::ALL.map(|place| checked.lines.iter().filter(|line| line.line.place() == place).count());
    println!("{:<46} {} movements, lines: {counts:?}", "", book.movements().count());
    sheet.say("the check: logged, credited, received", 5, || drop(Checked::of(&book, &calendar, now(), today)));
}

/// The book with the movements of two accounts: each payout lands on one and goes on to the other, every second of them
/// settled, with as many sales between them. The newest earnings are not paid yet.
fn with_movements() -> Book {
    let mut edits = Vec::new();
    let mut add = |account: &str, on: chrono::NaiveDate, amount: Money, kind: MoveKind, role: Role| {
        let id = MovementId((1 << 62) + edits.len() as u64);
        let other = if role == Role::Other { "Garden Tools Ltd" } else { "Annotators" };
        let movement = Movement {
            id,
            account: account.to_owned(),
            on,
            amount,
            fee: None,
            kind,
            state: MoveState::Done,
            other: other.to_owned(),
            text: String::new(),
            reference: format!("{:x}", edits.len()),
            parent: String::new(),
            role,
            origin: None,
        };
        edits.push(Edit::create(movement));
    };
    let landed = book().payouts().filter_map(|payout| Some((payout, payout.received?, payout.received_on?)));
    for (number, (payout, sum, on)) in landed.enumerate() {
        let role = if number % 2 == 0 { Role::Payout(payout.id) } else { Role::Unsaid };
        let own = if number % 2 == 0 { role } else { Role::Own };
        add("PayPal", on, sum, MoveKind::Payment, role);
        add("PayPal", on, Money::new(-sum.amount, sum.currency), MoveKind::Own, own);
        add("Bank", on + chrono::Days::new(2), sum, MoveKind::Own, own);
        add("PayPal", on, sum, MoveKind::Payment, Role::Other);
    }
    changed(&Change::new(edits))
}

/// What the window does of it: a thread prepares, a frame takes over, and the same for undo.
fn of_the_frame(sheet: &Sheet, book: &Book, take: Command) {
    let mut engine = Engine::new(book.clone(), Vec::new(), 0, Box::new(Forgets), None);
    engine.figures(now());
    let wanted = [engine::Wanted::DoInSight(Arc::new(take)), engine::Wanted::Undo];
    let mut steps = [Duration::MAX; 8];
    for _ in 0..3 {
        let mut took = Vec::new();
        for wanted in &wanted {
            let mut snapshot = None;
            took.push(fastest(1, || snapshot = Some(engine.snapshot(now()))));
            let mut prepared = None;
            took.push(fastest(1, || prepared = snapshot.take().map(|snapshot| snapshot.prepare(wanted, now()))));
            // The window lets it go in a thread.
            let mut replaced = None;
            took.push(fastest(1, || {
                if let Some(Ok(prepared)) = prepared.take() {
                    replaced = Some(engine.take_prepared(prepared, now()).expect("the book is the same"));
                }
            }));
            drop(replaced);
            took.push(fastest(1, || drop(engine.figures(now()))));
        }
        for (least, took) in steps.iter_mut().zip(took) {
            *least = took.min(*least);
        }
    }
    let names =
        ["the snapshot, a frame", "plan and all figures, a thread", "taking it over, a frame", "figures after it"];
    let whats = ["", "undo: "].into_iter().flat_map(|what| names.map(|name| format!("… {what}{name}")));
    for (name, took) in whats.zip(steps) {
        sheet.row(&name, took);
    }
}

/// A bank's OFX: every tenth is pay, the rest is what was bought.
fn bank() -> String {
    let mut text = String::from(
        "OFXHEADER:100\nCHARSET:1252\n\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>0001234567</BANKACCTFROM>\n\
         <BANKTRANLIST>\n",
    );
    let first = "2016-11-20".parse::<chrono::NaiveDate>().expect("a day");
    for row in 0..SESSIONS {
        let day = (first + chrono::Days::new(u64::from(row % 3_650))).format("%Y%m%d").to_string();
        let (kind, sum, who) =
            if row % 10 == 0 { ("CREDIT", "90.00", "LANTERN LTD") } else { ("DEBIT", "-4.20", "SHOP") };
        let number = row.to_string();
        text.extend(["<STMTTRN><TRNTYPE>", kind, "<DTPOSTED>", &day, "<TRNAMT>", sum, "<FITID>", &number]);
        text.extend(["<NAME>", who, "<MEMO>INV-", &number, "</STMTTRN>\n"]);
    }
    text.push_str("</BANKTRANLIST></STMTRS></OFX>\n");
    text
}

/// PayPal's activity: pay, each with its fee.
fn paypal() -> String {
    let mut text = String::from(
        "\"Date\",\"Time\",\"TimeZone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"Transaction ID\"\n",
    );
    let first = "2016-11-20".parse::<chrono::NaiveDate>().expect("a day");
    for row in 0..SESSIONS {
        let day = (first + chrono::Days::new(u64::from(row % 3_650))).format("%d/%m/%Y").to_string();
        let rest = "\",\"09:15:00\",\"CET\",\"Lantern Ltd\",\"General Payment\",\"Completed\",\"USD\",\"120.00\",\"-4.20\",\"115.80\",\"";
        text.extend(["\"", &day, rest, &format!("{row:017X}"), "\"\n"]);
    }
    text
}

/// Nine minutes each, one after the other, of forty projects of four clients.
fn toggl() -> String {
    let mut text = String::from(
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n",
    );
    let mut at = "2022-03-01T08:00:00".parse::<chrono::NaiveDateTime>().expect("an instant");
    for row in 0..SESSIONS {
        let end = at + chrono::TimeDelta::minutes(9);
        let (client, project) = (row % 4, row % 40);
        let (from, until) = (at.format("%Y-%m-%d,%H:%M:%S"), end.format("%Y-%m-%d,%H:%M:%S"));
        let what = format!("Client {client},Project {project},,Row {row}");
        let row = ["Ada,ada@example.com,", &what, ",Yes,", &from.to_string(), ",", &until.to_string(), ",00:09:00,\n"];
        text.extend(row);
        at = end;
    }
    text
}

/// A task each, of thirty projects, over ten years.
fn outlier() -> String {
    let mut text = String::from("workDate,itemID,duration,rateApplied,payout,payType,projectName,status\n");
    let first = "2016-11-20".parse::<chrono::NaiveDate>().expect("a day");
    for row in 0..SESSIONS {
        let day = first + chrono::Days::new(u64::from(row % 3_650));
        let day = day.format("%b %-d, %Y").to_string();
        let (item, project) = (format!("{row:024x}"), (row % 30).to_string());
        let pay = "\",\"12m 30s\",\"$24.00/hr\",\"$5.00\",\"prepay\",\"project_";
        text.extend(["\"", &day, "\",\"", &item, pay, &project, "\",\"processed\"\n"]);
    }
    text
}

/// One edit in a book of a million sessions over twenty years, by when the session was: what is planned and applied, what
/// the reading follows, and every shared figure after it.
fn of_a_million(sheet: &Sheet) {
    let plan = Plan { running: true, ..Plan::of_size(1_000_000, sample::SEED, now()) };
    let book = sample::book(&plan, presets());
    let mut read = None;
    sheet.say("a million sessions: reading of the book", 2, || read = Some(Work::of(&book)));
    let Some(read) = read else { return };
    for period in [Period::ThisWeek, Period::Last4Weeks, Period::ThisYear, Period::All] {
        let selection = Selection::period(period.days(now().at.date_naive(), chrono::Weekday::Mon));
        sheet.say(&format!("… rates of {period:?}"), 11, || drop(rates(&read, &selection, now().at)));
        sheet.say("… by month", 11, || drop(by_month(&read, &selection, now().at)));
        sheet.say("… side by side", 11, || drop(side_by_side(&read, &selection, GroupBy::Platform, now().at)));
    }
    drop(read);
    of_a_large_window(sheet, &book);
    let mut engine = Engine::new(book, Vec::new(), 0, Box::new(Forgets), None);
    let mut follows = Work::of(engine.book());
    engine.figures(now());
    for (when, day) in [("this week", "2026-11-20"), ("in August", "2026-08-19"), ("of ten years ago", "2016-11-16")] {
        let days = DayRange::day(day.parse().expect("a day"));
        let ended = |session: &&Arc<Session>| session.paid && !session.is_open();
        let id = engine.book().sessions_on(days).find(ended).expect("paid work on a weekday").id;
        let mut secs = 0;
        let mut edit = |engine: &mut Engine| {
            secs += 60;
            let before = engine.book().session(id).expect("it stays");
            let edited = Session { credited_secs: Some(secs), ..(**before).clone() };
            engine.dispatch(&Command::EditSession(Box::new(edited)), now()).expect("a session is credited");
        };
        let mut steps = [Duration::MAX; 4];
        for _ in 0..41 {
            let planned = fastest(1, || edit(&mut engine));
            let book = engine.book().clone();
            let followed = fastest(1, || follows.follow(&book));
            let closed = fastest(1, || drop(needs::closed(&follows, now().at.date_naive())));
            drop(book);
            let figures = fastest(1, || drop(engine.figures(now())));
            for (least, took) in steps.iter_mut().zip([planned, followed, closed, figures]) {
                *least = took.min(*least);
            }
        }
        let names = ["planned and applied", "followed by the reading", "closed months", "every shared figure"];
        for (name, took) in names.into_iter().zip(steps) {
            sheet.row(&format!("… an edit {when}: {name}"), took);
        }
    }
}

/// The tabs over a million sessions: shown for the first time, and the longest pass after one more task was counted.
fn of_a_large_window(sheet: &Sheet, book: &Book) {
    let mut window = Window::at(book, Tab::Payouts);
    for tab in Tab::ALL {
        let shown = window.show(Verb::Show(tab));
        sheet.row(&format!("… {}: shown for the first time", tab.name()), shown);
        let counted = (0..11).map(|_| window.show(Verb::CountTask)).min().unwrap_or_default();
        sheet.row("… … after an edit", counted);
    }
}

fn selection(period: &str) -> Selection {
    let of = |period: Period| period.days(now().at.date_naive(), chrono::Weekday::Mon);
    Selection::period(match period {
        "this week" => of(Period::ThisWeek),
        "this year" => of(Period::ThisYear),
        _ => DayRange::all(),
    })
}

fn edit(engine: &mut Engine, session: SessionId) -> Arc<Figures> {
    engine.dispatch(&Command::CountTasks { id: session, more: 1 }, now()).expect("a task counts");
    engine.figures(now())
}

fn running() -> SessionId {
    running_in(book())
}

fn running_in(book: &Book) -> SessionId {
    book.open_sessions().next().expect("a timer runs").id
}

fn engine() -> Engine {
    Engine::new(book().clone(), Vec::new(), 0, Box::new(Forgets), None)
}

/// A journal that takes everything at once.
struct Forgets;

impl Journal for Forgets {
    fn append(&mut self, _entry: &Arc<Entry>, _book: &Book) {}

    fn progress(&self) -> Progress {
        Progress { acknowledged: u64::MAX, ..Progress::default() }
    }

    fn checkpoint(&mut self, _book: &Book) {}

    fn close(&mut self) -> Result<(), String> {
        Ok(())
    }
}

/// A window without a screen.
struct Window {
    app: App,
    ctx: Context,
    clock: FakeClock,
    secs: f64,
}

impl Window {
    fn at(book: &Book, tab: Tab) -> Self {
        let clock = FakeClock::new(now().at, now().zone);
        let engine = Engine::new(book.clone(), Vec::new(), 0, Box::new(Forgets), None);
        let ids = Box::new(FakeIds::after(1));
        let app = App::new(engine, Arc::new(clock.clone()), ids, presets().to_vec(), Vec::new());
        let ctx = Context::default();
        theme::install(&ctx, ThemeChoice::Dark);
        let mut window = Self { app, ctx, clock, secs: 0.0 };
        window.pass();
        window.show(Verb::Show(tab));
        window
    }

    /// Carries a verb out and lets the window come to rest. Returns what its longest pass took.
    fn show(&mut self, verb: Verb) -> Duration {
        verbs::ask(&self.ctx, verb);
        let mut pass = || {
            self.pass();
        };
        (0..5).map(|_| fastest(1, &mut pass)).max().unwrap_or_default()
    }

    /// One pass: layout and tessellation. A second goes by, as while a timer runs.
    fn pass(&mut self) -> usize {
        self.pass_with(Vec::new())
    }

    fn pass_with(&mut self, events: Vec<egui::Event>) -> usize {
        self.secs += 1.0;
        self.clock.advance(1);
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, Vec2::new(1280.0, 800.0))),
            time: Some(self.secs),
            events,
            ..RawInput::default()
        };
        let output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        let pixels = output.pixels_per_point;
        let meshes = self.ctx.tessellate(output.shapes.clone(), pixels).len();
        output.drop_without_applying_deltas();
        meshes
    }
}

/// From here on a run is long enough for the processor's time to be told exactly enough.
const LONG: Duration = Duration::from_millis(20);

fn fastest(runs: usize, mut run: impl FnMut()) -> Duration {
    let times = (0..runs.max(1)).map(|_| {
        let (begun, worked) = (Instant::now(), processor_time());
        run();
        let wall = begun.elapsed();
        match (worked, processor_time()) {
            (Some(before), Some(after)) if wall > LONG => after.saturating_sub(before),
            _ => wall,
        }
    });
    times.min().unwrap_or_default()
}

/// What the processor has done for this thread; `None` where the system doesn't say.
fn processor_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
