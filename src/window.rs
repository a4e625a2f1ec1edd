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
use truerate::system::{self, OsIds, RealClock, RealDisk};
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
    let waker = {
        let context = Arc::clone(&context);
        // The writer wakes the window when its progress moved.
        Arc::new(move || {
            if let Some(context) = context.get() {
                context.request_repaint();
            }
        })
    };
    let opened = match source {
        Source::Named(folder) | Source::Usual(folder) => open_folder(folder, waker),
        Source::Demo => {
            let sample = sample::book(&sample::Plan::to_look_at(RealClock.now()), &presets);
            Ok((Engine::of_sample(sample), Vec::new()))
        }
    };
    let (engine, findings) = match opened {
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
            Ok(Box::new(App::new(engine, Arc::new(RealClock), Box::new(OsIds), presets, findings)))
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

/// An engine over the Book of a folder, and what loading found wrong.
fn open_folder(folder: &Path, waker: Waker) -> Result<(Engine, Vec<String>), String> {
    let (engine, findings) = match store::open(Arc::new(RealDisk), folder, crate::first_settings(), waker) {
        Ok(Opened { book, entries, last_sequence, findings, journal, read_only, .. }) => {
            (Engine::new(book, entries, last_sequence, Box::new(journal), read_only), findings)
        }
        Err(OpenError::Writer { source }) => return Err(source.to_string()),
        // Another window holds the Book, or the folder can't be written: this one only reads, and says so.
        Err(error @ (OpenError::InUse { .. } | OpenError::Folder { .. })) => {
            let loaded = store::open_read(&RealDisk, folder, crate::first_settings());
            (Engine::to_read(loaded.book, error.to_string()), loaded.findings)
        }
    };
    Ok((engine, findings.iter().map(ToString::to_string).collect()))
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
