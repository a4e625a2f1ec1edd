//! The evidence verb: a folder of what is known of a platform, as the window writes it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Status, fail};
use crate::domain::book::Book;
use crate::domain::platform::same_name;
use crate::domain::query::calendar::calendar;
use crate::domain::span::{Now, user_day};
use crate::ports::Disk;
use crate::store;
use crate::ui::view::evidence::{Whose, appeal, folder_name, pack};
use crate::ui::view::lacking::Lacking;

/// Whose evidence, and where to.
#[derive(Debug, Args)]
pub struct Wanted {
    /// The platform, by its name.
    #[arg(long, value_name = "NAME")]
    pub platform: String,
    /// Only this project of it, by its name.
    #[arg(long, value_name = "NAME")]
    pub project: Option<String>,
    /// The folder to be made; beside the book where it is left out. One that is in use gets a number.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

/// Writes the folder and says where it stands. `beside` is the folder of the book.
pub(super) fn write(
    (book, lacking): (&Book, &Lacking),
    wanted: &Wanted,
    beside: Option<&Path>,
    disk: &dyn Disk,
    now: Now,
) -> ExitCode {
    let now = Now { zone: book.settings().zone, ..now };
    let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
    let whose = match whose(book, wanted) {
        Ok(whose) => whose,
        Err(reason) => return fail(Status::Usage, &reason),
    };
    let usual = || beside.map(|folder| folder.join("evidence").join(folder_name(book, whose, today)));
    let Some(folder) = wanted.out.clone().or_else(usual) else {
        return fail(Status::Usage, "name a folder to write to with --out");
    };
    let text = appeal((book, lacking.in_all().as_ref()), &calendar(book, now), whose, None, now, today);
    let pack = pack(book, whose, text, now, today);
    match store::evidence::write(disk, &folder, &pack, &|_| true) {
        Ok(written) => {
            for line in &written.left_out {
                eprintln!("truerate: not copied: {line}");
            }
            println!("{}", written.folder.display());
            ExitCode::SUCCESS
        }
        Err(why) => fail(Status::NoOutput, &why.to_string()),
    }
}

fn whose(book: &Book, wanted: &Wanted) -> Result<Whose, String> {
    let Some(platform) = book.platforms().find(|platform| same_name(&platform.name, &wanted.platform)) else {
        let names: Vec<&str> = book.platforms_by_name().into_iter().map(|platform| platform.name.as_str()).collect();
        let others =
            if names.is_empty() { "there is none at all".to_owned() } else { format!("there is {}", names.join(", ")) };
        return Err(format!("there is no platform “{}”; {others}", wanted.platform));
    };
    let project = match &wanted.project {
        None => None,
        Some(asked) => {
            let found = book.projects_of(platform.id).find(|project| same_name(&project.name, asked));
            Some(found.ok_or_else(|| format!("{} has no project “{asked}”", platform.name))?.id)
        }
    };
    Ok(Whose { platform: platform.id, project })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::{Kit, at};
    use crate::ports::fake::MemoryDisk;

    #[test]
    fn a_platform_is_found_by_its_name_and_written_beside_the_book() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T12:00:00Z", |_| {});
        let now = Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC };
        let wanted = |name: &str| Wanted { platform: name.to_owned(), project: None, out: None };
        let disk = MemoryDisk::new();
        let code = write((&kit.book, &Lacking::default()), &wanted("platform 1"), Some(Path::new("/book")), &disk, now);
        assert_eq!(code, ExitCode::SUCCESS);
        let files: Vec<PathBuf> = disk.files().into_keys().collect();
        assert!(files.contains(&PathBuf::from("/book/evidence/platform-1-2026-11-22/sessions.csv")), "{files:?}");
        let why = whose(&kit.book, &wanted("Acme")).unwrap_err();
        assert_eq!(why, "there is no platform “Acme”; there is Platform 1, Platform 2");
        let empty = Book::new((**kit.book.settings()).clone());
        let why = super::whose(&empty, &wanted("Acme")).unwrap_err();
        assert_eq!(why, "there is no platform “Acme”; there is none at all");
    }
}
