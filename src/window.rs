//! Opens the Book and the window over it, and says in one line what is missing where it can't.
//!
//! The Book is opened by a thread of its own while the toolkit makes the window: neither waits for the other.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use truerate::app::open::Ready;
use truerate::app::{self, App};
use truerate::cli::{self, Source, Status};
use truerate::domain::preset::Preset;
use truerate::domain::span::Now;
use truerate::engine::Engine;
use truerate::ports::Clock as _;
use truerate::sample;
use truerate::store::{Site, Waker, catalogue};
use truerate::system::{self, OsIds, RealClock, RealDesktop, RealDisk};
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
    let opener = match begin_to_open(kept_in.clone(), Arc::clone(&waker)) {
        Ok(opener) => opener,
        Err(error) => return cli::fail(Status::Bug, &error.to_string()),
    };
    let not_opened: Arc<OnceLock<(Status, String)>> = Arc::default();
    let says_why = Arc::clone(&not_opened);

    let options = eframe::NativeOptions {
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
            let opened = opener.join().unwrap_or_else(|_panic| Err((Status::Bug, NOT_READ.to_owned())));
            let Begun { presets, ready, site } = match opened {
                Ok(ready) => ready,
                Err((status, reason)) => {
                    let said = reason.clone();
                    says_why.get_or_init(|| (status, reason));
                    return Err(said.into());
                }
            };
            let Ready { engine, findings, unread, rest } = ready;
            let app = App::new(engine, Arc::new(RealClock), Box::new(OsIds), presets, findings);
            let app = app.with_desktop(Box::new(desktop)).with_disk(Arc::new(RealDisk));
            let app = match kept_in {
                Some(folder) => app.kept_in(&folder),
                None => app,
            };
            Ok(Box::new(match (site, rest) {
                (Some(site), Some(rest)) => {
                    app.with_rest(rest, site.clone(), unread).with_site(site, crate::first_settings())
                }
                (Some(site), None) => app.with_site(site, crate::first_settings()),
                (None, _) => app,
            }))
        }),
    );
    if let Some((status, reason)) = not_opened.get() {
        return cli::fail(*status, reason);
    }
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::debug!("{error}");
            cli::fail(Status::NoDisplay, &no_window(missing_for(&error)))
        }
    }
}

/// What the window shows.
struct Begun {
    presets: Vec<Preset>,
    ready: Ready,
    /// Where the Book is; a sample is nowhere.
    site: Option<Site>,
}

/// Begins to open the Book of a folder, or to make the sample where there is none.
fn begin_to_open(folder: Option<PathBuf>, waker: Waker) -> io::Result<JoinHandle<Result<Begun, (Status, String)>>> {
    std::thread::Builder::new().name("truerate-opener".to_owned()).spawn(move || {
        let presets = catalogue::read().map_err(|error| (Status::Bug, error.to_string()))?;
        let site = folder.map(|folder| Site::new(Arc::new(RealDisk), Arc::new(RealClock), &folder).waking(waker));
        let mut ready = if let Some(site) = &site {
            app::open::open(site, &crate::first_settings()).map_err(|reason| (Status::NoFolder, reason))?
        } else {
            let sample = sample::book(&sample::Plan::to_look_at(RealClock.now()), &presets);
            let engine = Engine::of_sample(sample);
            Ready { engine, findings: Vec::new(), unread: BTreeSet::new(), rest: None }
        };
        // The first frame finds its figures made.
        let zone = ready.engine.book().settings().zone;
        let _made = ready.engine.figures(Now { zone, ..RealClock.now() });
        Ok(Begun { presets, ready, site })
    })
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
