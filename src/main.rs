//! The thin binary: arguments, logging, the panic report; opens the window or runs a verb of the terminal.

use std::process::ExitCode;

use truerate::cli;
use truerate::system;

mod window;

fn main() -> ExitCode {
    system::report_panics();
    let arguments = match cli::parse(system::arguments()) {
        Ok(arguments) => arguments,
        Err(done) => return done.print(),
    };
    let folder = match system::book_folder(arguments.dir.as_deref()) {
        Ok(folder) => folder,
        Err(reason) => return cli::fail(cli::Status::NoFolder, &reason),
    };
    match arguments.verb {
        Some(verb) => cli::run(&verb, &folder, &system::RealDisk, system::RealClock.now_in_machine_zone()),
        None => window::open(&folder),
    }
}
