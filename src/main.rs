//! The thin binary: arguments, the panic report; opens the window or runs a verb of the terminal.

use std::process::ExitCode;

use truerate::domain::settings::Settings;
use truerate::ports::Clock;
use truerate::system::{self, RealClock, RealDisk};
use truerate::{cli, domain};

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
    match arguments.verb {
        Some(verb) => cli::run(&verb, &folder, &RealDisk, first_settings(), RealClock.now()),
        None => window::open(&folder),
    }
}

/// The settings of a Book that has none yet: what the machine suggests.
fn first_settings() -> domain::settings::Settings {
    Settings::new(system::suggested_currency(), system::machine_zone())
}
