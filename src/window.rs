//! Opens the Book and the window over it, and says in one line what is missing where it can't.
//!
//! The Book is opened, and what the first frame shows of it made, by a thread of its own while the toolkit makes the window:
//! neither waits for the other. Where a window has the Book open already, that one comes to the front and no second one is
//! made.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use truerate::app::App;
use truerate::app::open::{self, Ready};
use truerate::cli::{self, Source, Status};
use truerate::door::{self, Tried};
use truerate::engine::Engine;
use truerate::ports::door::{Answer, Call, Door, Doorbell as _, NoAnswer};
use truerate::ports::{Clock as _, Desktop};
use truerate::sample;
use truerate::store::{self, OpenError, Site, Waker, catalogue};
use truerate::system::{self, OsIds, RealBell, RealClock, RealDesktop, RealDisk};
use truerate::ui::theme::{self, ThemeChoice};

/// Why there is no Book where the thread that opens it ended without a word: the panic report has it.
const NOT_READ: &str = "the book could not be read";

/// Opens the window over a Book; returns when it is closed.
pub fn open(source: Source<'_>) -> ExitCode {
    if let Some(missing) = system::missing_display() {
        return cli::fail(Status::NoDisplay, &no_window(missing));
    }
    let context: Arc<OnceLock<egui::Context>> = Arc::default();
    let waker: Waker = {
        let context = Arc::clone(&context);
        // The writer wakes the window when its progress moved.
        Arc::new(move || {
            if let Some(context) = context.get() {
                context.request_repaint();
            }
        })
    };
    let desktop = RealDesktop::new(Arc::clone(&waker) as Arc<dyn Fn() + Send + Sync>);
    let kept_in = match source {
        Source::Named(folder) | Source::Usual(folder) => Some(folder.to_owned()),
        Source::Demo => None,
    };
    let rung = match kept_in.as_deref().map(|folder| RealBell::new().ring(folder, &Call::Raise)) {
        Some(Ok(answer)) => return is_open_already(&answer),
        Some(Err(why)) => Some(why),
        None => None,
    };
    let ends: Arc<AtomicBool> = Arc::default();
    {
        let (ends, waker) = (Arc::clone(&ends), Arc::clone(&waker));
        system::when_asked_to_end(move || {
            ends.store(true, Ordering::Release);
            waker();
        });
    }
    let opener = match begin_to_open(kept_in, waker, rung, Box::new(desktop), ends) {
        Ok(opener) => opener,
        Err(error) => return cli::fail(Status::Bug, &error.to_string()),
    };
    let not_opened: Arc<OnceLock<NotOpened>> = Arc::default();
    let says_why = Arc::clone(&not_opened);

    let options = eframe::NativeOptions {
        // It smooths gradients, of which there is none; in software OpenGL it is nine tenths of a repaint.
        dithering: false,
        viewport: egui::ViewportBuilder::default()
            .with_title("TrueRate")
            .with_app_id("truerate")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([720.0, 480.0])
            .with_icon(icon()),
        ..Default::default()
    };
    let shown = eframe::run_native(
        "truerate",
        options,
        Box::new(move |creation| {
            theme::install(&creation.egui_ctx, ThemeChoice::System);
            // The first context is the only one.
            let _first = context.set(creation.egui_ctx.clone());
            let opened =
                opener.join().unwrap_or_else(|_panic| Err(NotOpened::Failed(Status::Bug, NOT_READ.to_owned())));
            match opened {
                Ok(app) => Ok(Box::new(app)),
                Err(why) => {
                    says_why.get_or_init(|| why);
                    Err(NOT_READ.into())
                }
            }
        }),
    );
    match not_opened.get() {
        Some(NotOpened::Failed(status, reason)) => return cli::fail(*status, reason),
        Some(NotOpened::Elsewhere(answer)) => return is_open_already(answer),
        None => {}
    }
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::debug!("{error}");
            cli::fail(Status::NoDisplay, &no_window(missing_for(&error)))
        }
    }
}

/// Why there is no window.
enum NotOpened {
    /// The Book can't be opened.
    Failed(Status, String),
    /// Another window has it open, and said so.
    Elsewhere(Answer),
}

/// Says what the window said that has the Book open already.
fn is_open_already(answer: &Answer) -> ExitCode {
    for line in &answer.lines {
        cli::say(line);
    }
    ExitCode::SUCCESS
}

/// Begins to open the Book of a folder, or to make the sample where there is none.
fn begin_to_open(
    folder: Option<PathBuf>,
    waker: Waker,
    rung: Option<NoAnswer>,
    desktop: Box<dyn Desktop>,
    ends: Arc<AtomicBool>,
) -> io::Result<JoinHandle<Result<App, NotOpened>>> {
    std::thread::Builder::new().name("truerate-opener".to_owned()).spawn(move || {
        let presets = catalogue::read().map_err(|error| NotOpened::Failed(Status::Bug, error.to_string()))?;
        let app = |engine, findings, presets| {
            let app = App::new(engine, Arc::new(RealClock), Box::new(OsIds), presets, findings);
            app.with_desktop(desktop).with_disk(Arc::new(RealDisk)).ending_with(ends)
        };
        let Some(folder) = folder else {
            let sample = sample::book(&sample::Plan::to_look_at(RealClock.now()), &presets);
            return Ok(app(Engine::of_sample(sample), Vec::new(), presets).with_first_frame());
        };
        let site = Site::new(Arc::new(RealDisk), Arc::new(RealClock), &folder).waking(Arc::clone(&waker));
        let (ready, door) = open_folder(&site, rung)?;
        let Ready { engine, findings, unread, rest, older } = ready;
        let mut app = app(engine, findings, presets).in_schema(older).kept_in(&folder);
        if let Some(door) = door {
            app = app.with_door(door);
        }
        if let Some(rest) = rest {
            app = app.with_rest(rest, site.clone(), unread);
        }
        Ok(app
            .with_bell(Arc::new(RealBell::new()), &folder, waker)
            .with_site(site, crate::first_settings())
            .with_first_frame())
    })
}

/// The newest months of a folder's Book; or for reading only, where another program has it open and says nothing.
fn open_folder(site: &Site, rung: Option<NoAnswer>) -> Result<(Ready, Option<Door>), NotOpened> {
    let bell = RealBell::new();
    let defaults = crate::first_settings();
    let open = || store::open_newest_first(site.clone(), defaults.clone());
    match door::open_or_ring(&site.dir, &Call::Raise, &bell, rung, open) {
        Tried::Opened(opening) => {
            let ready = open::ready(site, opening);
            // A Book that is only read is not locked: its door is for whoever writes it.
            let door = if ready.engine.read_only().is_none() { stand_door(&bell, site) } else { None };
            Ok((ready, door))
        }
        Tried::Answered(answer) => Err(NotOpened::Elsewhere(answer)),
        Tried::Unanswered(why) => Ok((open::only_to_read(site, &defaults, door::unanswered(&site.dir, &why)), None)),
        Tried::Failed(error @ OpenError::Folder { .. }) => {
            Ok((open::only_to_read(site, &defaults, error.to_string()), None))
        }
        Tried::Failed(OpenError::Writer { source }) => Err(NotOpened::Failed(Status::NoFolder, source.to_string())),
        Tried::Failed(in_use @ OpenError::InUse { .. }) => Err(NotOpened::Failed(Status::NoFolder, in_use.to_string())),
    }
}

/// The door of a Book that is open here. Without one a second start can only read, and says so itself.
fn stand_door(bell: &RealBell, site: &Site) -> Option<Door> {
    let door = bell.open(&site.dir, Arc::clone(&site.waker));
    door.inspect_err(|why| log::warn!("a second start will not find this window: {why}")).ok()
}

/// What is missing, without the toolkit's own words.
fn missing_for(error: &eframe::Error) -> &'static str {
    use eframe::Error::{Glutin, NoGlutinConfigs, OpenGL, Winit, WinitEventLoop};
    if matches!(error, Winit(_) | WinitEventLoop(_)) {
        "the display does not answer"
    } else if matches!(error, Glutin(_) | NoGlutinConfigs(..) | OpenGL(_)) {
        "OpenGL can’t start here"
    } else {
        "the window can’t be made"
    }
}

fn no_window(missing: &str) -> String {
    format!("no window: {missing}. Start it in a desktop session with OpenGL, or use `truerate report --help` here")
}

fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon/truerate-256.png")).unwrap_or_default()
}
