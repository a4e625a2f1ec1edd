//! The thin binary: arguments, the panic report; opens the window or runs a verb of the terminal.

use std::process::ExitCode;
use std::sync::Arc;

use truerate::cli::{self, Source};
use truerate::domain;
use truerate::ports::{Clock, Disk};
use truerate::system::{self, OsIds, RealBell, RealClock, RealDisk};

mod window;

fn main() -> ExitCode {
    system::report_panics();
    system::log_to_standard_error();
    let arguments = match cli::parse(system::arguments()) {
        Ok(arguments) => arguments,
        Err(done) => return done.print(),
    };
    let folder = match system::book_folder(arguments.dir.as_deref()) {
        Ok(folder) => folder,
        Err(reason) => return cli::fail(cli::Status::NoFolder, &reason),
    };
    let source = match arguments.dir {
        _ if arguments.demo => Source::Demo,
        Some(_) => Source::Named(&folder),
        None => Source::Usual(&folder),
    };
    match arguments.verb {
        Some(verb) => {
            let (disk, clock): (Arc<dyn Disk>, Arc<dyn Clock>) = (Arc::new(RealDisk), Arc::new(RealClock));
            cli::run(&verb, source, &disk, &mut OsIds, first_settings(), &clock, &RealBell::new())
        }
        None => window::open(source),
    }
}

/// The settings of a Book that has none yet: what the machine suggests.
fn first_settings() -> domain::settings::Settings {
    system::suggested_settings()
}
