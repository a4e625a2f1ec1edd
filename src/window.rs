//! Opens the Book and the window over it, and says in one line what is missing where it can't.

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use truerate::app::App;
use truerate::cli::{self, Source, Status};
use truerate::engine::Engine;
use truerate::ports::Clock as _;
use truerate::sample;
use truerate::store::{self, OpenError, Opened, Waker, catalogue};
use truerate::system::{self, OsIds, RealClock, RealDesktop, RealDisk};
use truerate::ui::theme::{self, ThemeChoice};

/// Opens the window over a Book; returns when it is closed.
pub fn open(source: Source<'_>) -> ExitCode {
    if let Some(missing) = system::missing_display() {
        return cli::fail(Status::NoDisplay, &no_window(missing));
    }
    let presets = match catalogue::read() {
        Ok(presets) => presets,
        Err(error) => return cli::fail(Status::Bug, &error.to_string()),
    };
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
    let opened = match source {
        Source::Named(folder) | Source::Usual(folder) => open_folder(folder, &waker),
        Source::Demo => {
            let sample = sample::book(&sample::Plan::to_look_at(RealClock.now()), &presets);
            Ok((Engine::of_sample(sample), Vec::new(), None))
        }
    };
    let (engine, findings, rest) = match opened {
        Ok(opened) => opened,
        Err(reason) => return cli::fail(Status::NoFolder, &reason),
    };

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
            let app = App::new(engine, Arc::new(RealClock), Box::new(OsIds), presets, findings);
            let app = app.with_desktop(Box::new(desktop));
            let app = match kept_in {
                Some(folder) => app.kept_in(&folder),
                None => app,
            };
            Ok(Box::new(match rest {
                Some(rest) => app.with_rest(rest, waker),
                None => app,
            }))
        }),
    );
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::debug!("{error}");
            cli::fail(Status::NoDisplay, &no_window(missing_for(&error)))
        }
    }
}

/// An engine over the newest months of a folder's Book, what loading found wrong, and the rest that is still to be read.
fn open_folder(folder: &Path, waker: &Waker) -> Result<(Engine, Vec<String>, Option<store::Rest>), String> {
    match store::open_newest_first(Arc::new(RealDisk), folder, crate::first_settings(), Arc::clone(waker)) {
        Ok(store::Opening { opened, rest }) => {
            let Opened { book, entries, last_sequence, findings, journal, read_only, .. } = opened;
            let engine = Engine::new(book, entries, last_sequence, Box::new(journal), read_only);
            let findings = findings.iter().map(ToString::to_string).collect();
            let Some(rest) = rest else {
                return Ok((engine, findings, None));
            };
            Ok((engine.opening(), findings, Some(rest)))
        }
        Err(OpenError::Writer { source }) => Err(source.to_string()),
        // Another window holds the Book, or the folder can't be written: this one only reads, and says so.
        Err(error @ (OpenError::InUse { .. } | OpenError::Folder { .. })) => {
            let loaded = store::open_read(&RealDisk, folder, crate::first_settings());
            let findings = loaded.findings.iter().map(ToString::to_string).collect();
            Ok((Engine::to_read(loaded.book, error.to_string()), findings, None))
        }
    }
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
