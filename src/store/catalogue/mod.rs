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
const FILES: [(&str, &str); 42] = [
    ("alignerr.ron", include_str!("../../../assets/catalogue/alignerr.ron")),
    ("braintrust.ron", include_str!("../../../assets/catalogue/braintrust.ron")),
    ("claru.ron", include_str!("../../../assets/catalogue/claru.ron")),
    ("clickworker.ron", include_str!("../../../assets/catalogue/clickworker.ron")),
    ("cloudresearch.ron", include_str!("../../../assets/catalogue/cloudresearch.ron")),
    ("crowdgen.ron", include_str!("../../../assets/catalogue/crowdgen.ron")),
    ("dataannotation.ron", include_str!("../../../assets/catalogue/dataannotation.ron")),
    ("fiverr.ron", include_str!("../../../assets/catalogue/fiverr.ron")),
    ("freelancer.ron", include_str!("../../../assets/catalogue/freelancer.ron")),
    ("gini.ron", include_str!("../../../assets/catalogue/gini.ron")),
    ("handshake.ron", include_str!("../../../assets/catalogue/handshake.ron")),
    ("hive.ron", include_str!("../../../assets/catalogue/hive.ron")),
    ("imerit.ron", include_str!("../../../assets/catalogue/imerit.ron")),
    ("invisible.ron", include_str!("../../../assets/catalogue/invisible.ron")),
    ("linkedin.ron", include_str!("../../../assets/catalogue/linkedin.ron")),
    ("mercor.ron", include_str!("../../../assets/catalogue/mercor.ron")),
    ("micro1.ron", include_str!("../../../assets/catalogue/micro1.ron")),
    ("mindrift.ron", include_str!("../../../assets/catalogue/mindrift.ron")),
    ("mturk.ron", include_str!("../../../assets/catalogue/mturk.ron")),
    ("neevo.ron", include_str!("../../../assets/catalogue/neevo.ron")),
    ("oneforma.ron", include_str!("../../../assets/catalogue/oneforma.ron")),
    ("opentrain.ron", include_str!("../../../assets/catalogue/opentrain.ron")),
    ("outlier.ron", include_str!("../../../assets/catalogue/outlier.ron")),
    ("prolific.ron", include_str!("../../../assets/catalogue/prolific.ron")),
    ("remotasks.ron", include_str!("../../../assets/catalogue/remotasks.ron")),
    ("respondent.ron", include_str!("../../../assets/catalogue/respondent.ron")),
    ("rev.ron", include_str!("../../../assets/catalogue/rev.ron")),
    ("rws.ron", include_str!("../../../assets/catalogue/rws.ron")),
    ("sama.ron", include_str!("../../../assets/catalogue/sama.ron")),
    ("spare5.ron", include_str!("../../../assets/catalogue/spare5.ron")),
    ("stellar.ron", include_str!("../../../assets/catalogue/stellar.ron")),
    ("superannotate.ron", include_str!("../../../assets/catalogue/superannotate.ron")),
    ("surge.ron", include_str!("../../../assets/catalogue/surge.ron")),
    ("telus.ron", include_str!("../../../assets/catalogue/telus.ron")),
    ("toloka.ron", include_str!("../../../assets/catalogue/toloka.ron")),
    ("transcribeme.ron", include_str!("../../../assets/catalogue/transcribeme.ron")),
    ("turing.ron", include_str!("../../../assets/catalogue/turing.ron")),
    ("uhrs.ron", include_str!("../../../assets/catalogue/uhrs.ron")),
    ("upwork.ron", include_str!("../../../assets/catalogue/upwork.ron")),
    ("userlytics.ron", include_str!("../../../assets/catalogue/userlytics.ron")),
    ("usertesting.ron", include_str!("../../../assets/catalogue/usertesting.ron")),
    ("welocalize.ron", include_str!("../../../assets/catalogue/welocalize.ron")),
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
