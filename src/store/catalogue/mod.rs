//! The platform catalogue: what is publicly known about platforms, read from `assets/catalogue`.
//!
//! Promises: the files are built into the program, so reading needs no disk; a file that cannot be read is told with
//! its name, line and column. Presets come by name. This module turns text into [`Preset`] values and does nothing
//! else: what fills a form and what is only offered is the domain's rule. How a file is written: `docs/catalogue.md`.

mod rule;
mod shape;
#[cfg(test)]
mod tests;
mod text;

use ron::Options;
use ron::extensions::Extensions;

use crate::domain::preset::Preset;

/// The files, by name.
const FILES: [(&str, &str); 8] = [
    ("alignerr.ron", include_str!("../../../assets/catalogue/alignerr.ron")),
    ("crowdgen.ron", include_str!("../../../assets/catalogue/crowdgen.ron")),
    ("dataannotation.ron", include_str!("../../../assets/catalogue/dataannotation.ron")),
    ("mindrift.ron", include_str!("../../../assets/catalogue/mindrift.ron")),
    ("outlier.ron", include_str!("../../../assets/catalogue/outlier.ron")),
    ("prolific.ron", include_str!("../../../assets/catalogue/prolific.ron")),
    ("remotasks.ron", include_str!("../../../assets/catalogue/remotasks.ron")),
    ("upwork.ron", include_str!("../../../assets/catalogue/upwork.ron")),
];

/// Why a file of the catalogue cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, column {column}: {reason}")]
pub struct CatalogueError {
    /// The file's name in `assets/catalogue`.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1: where reading stopped, which is at the end of the text that was refused.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
}

/// All presets, by name without regard to case.
///
/// # Errors
/// [`CatalogueError`] for the first file that cannot be read. The shipped files are read by a test.
pub fn read() -> Result<Vec<Preset>, CatalogueError> {
    let mut presets = FILES.iter().map(|(file, text)| read_file(file, text)).collect::<Result<Vec<_>, _>>()?;
    presets.sort_by_cached_key(|preset| preset.name.to_lowercase());
    Ok(presets)
}

/// One file.
fn read_file(file: &'static str, text: &str) -> Result<Preset, CatalogueError> {
    // A value where it is given, nothing where it is not: no `Some(…)` around every one.
    let options = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str::<shape::FileShape>(text).map(Preset::from).map_err(|error| CatalogueError {
        file,
        line: error.span.end.line,
        column: error.span.end.col,
        reason: error.code.to_string(),
    })
}
