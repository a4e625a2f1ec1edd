//! Fails where a layer of `src` points the wrong way: reads every file, lists the paths that it names and
//! holds them against the tables in `layers/rules.rs`. The message names file, line and rule.
//!
//! The second half feeds it known bad lines: a check that cannot fail proves nothing.
#![expect(clippy::disallowed_methods, reason = "this test reads the sources from the disk")]

#[path = "layers/paths.rs"]
mod paths;
#[path = "layers/rules.rs"]
mod rules;

use std::fs;
use std::path::{Path, PathBuf};

use rules::broken_rules;

#[test]
fn every_file_of_src_keeps_to_its_layer_and_has_a_header() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = rust_files(&root.join("src"));
    assert!(files.len() >= 8, "only {} files found below src", files.len());
    let mut broken = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        broken.extend(broken_rules(&name, &text));
    }
    assert!(broken.is_empty(), "{} broken rules:\n{}", broken.len(), broken.join("\n"));
}

/// The `.rs` files below a folder, in the order of their names.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            files.extend(rust_files(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
    files
}

const HEADER: &str = "//! A header that says what this file is for.\n";

/// Asserts that `code` in `file` breaks exactly the rules whose words are given, all on line two.
#[track_caller]
fn check(file: &str, code: &str, expected: &[&str]) {
    let broken = broken_rules(file, &format!("{HEADER}{code}\n"));
    assert_eq!(broken.len(), expected.len(), "{file}: {code}\n{broken:#?}");
    for (line, words) in broken.iter().zip(expected) {
        assert!(line.starts_with(&format!("{file}:2: ")), "{line}");
        assert!(line.contains(words), "expected «{words}» in: {line}");
    }
}

#[test]
fn wrong_arrows_are_found_however_they_are_written() {
    check("src/domain/money.rs", "use crate::ports::Clock;", &["domain may not use ports; it may use no other layer"]);
    check("src/engine/mod.rs", "use crate::store;", &["engine may not use store; it may use ports, domain"]);
    check("src/store/journal.rs", "pub(crate) use crate::engine::History as Past;", &["store may not use engine"]);
    check("src/ui/bar.rs", "use crate::{domain::book::Book, store::{self, Disk}};", &["ui may not use store"; 2]);
    check("src/ui/tabs/rates.rs", "use super::super::super::store::load;", &["ui may not use store"]);
    check("src/ports.rs", "fn f() -> super::engine::Engine { loop {} }", &["ports may not use engine"]);
    check("src/cli/report.rs", "fn f() { let _ = crate::app::open(1); }", &["cli may not use app"]);
    check("src/store/mod.rs", "mod inner { use super::super::ui::view; }", &["store may not use ui"]);
    check("src/store/mod.rs", "fn f(x: &'static truerate::engine::Engine) {}", &["store may not use engine"]);
    check(
        "src/domain/x.rs",
        "#[cfg(test)] mod tests { use crate::system::RealClock; }",
        &["domain may not use system"],
    );
    check("src/ui/x.rs", "fn f() { call('\"', crate::store::X, '\\'', b'\"'); }", &["ui may not use store"]);
}

#[test]
fn the_whole_crate_and_unknown_layers_are_refused() {
    check("src/engine/mod.rs", "use crate::*;", &["takes in the whole crate"]);
    check("src/ports.rs", "use super::*;", &["takes in the whole crate"]);
    check("src/engine/mod.rs", "use crate as all;", &["takes in the whole crate"]);
    check("src/helpers.rs", "use crate::domain::money::Money;", &["`helpers` is no layer of the design"]);
}

#[test]
fn the_terminal_and_the_views_stay_free_of_the_window() {
    check("src/cli/report.rs", "use crate::ui::theme::Tokens;", &["cli::report may use of the ui only"]);
    check("src/ui/view/rates.rs", "use crate::ui::widgets::bar;", &["ui::view::rates may use of the ui only"]);
    check("src/ui/format.rs", "use super::theme::Tokens;", &["ui::format may use of the ui only"]);
    check("src/ui/view/rates.rs", "fn f(ui: &mut egui::Ui) {}", &["the window toolkit"]);
    check("src/ui/typed.rs", "use egui::TextEdit;", &["the window toolkit"]);
    check("src/engine/mod.rs", "use ::egui_plot::Plot;", &["the window toolkit"]);
    check("src/system.rs", "use eframe::egui;", &["the window toolkit"]);
}

#[test]
fn disk_clock_formats_and_chance_stay_in_their_places() {
    check("src/store/mod.rs", "use std::{fs::File, io};", &["the disk"]);
    check("src/main.rs", "fn f() { std::fs::read(x); }", &["the disk"]);
    check("src/cli/mod.rs", "fn f() { std::env::args(); }", &["the environment"]);
    check("src/engine/mod.rs", "fn f() { chrono::Utc::now(); }", &["the machine's clock"]);
    check("src/app.rs", "fn f() { Instant::now(); }", &["the machine's clock"]);
    check(
        "src/ui/x.rs",
        "#[cfg(test)] mod tests { fn f() { std::time::SystemTime::now(); } }",
        &["the machine's clock"],
    );
    check("src/store/ids.rs", "fn f() { getrandom::fill(b); }", &["random numbers"]);
    check("src/ui/jobs.rs", "use std::thread;", &["threads"]);
    check("src/domain/money.rs", "use serde::Serialize;", &["a file format"]);
    check("src/domain/money.rs", "#[serde(default)] struct A;", &["a file format"]);
    check("src/engine/mod.rs", "fn f() { ron::from_str(x); }", &["a file format"]);
    check("src/ui/tabs/x.rs", "use serde::Deserialize;", &["a file format"]);
}

#[test]
fn raw_colours_stand_in_the_theme_alone() {
    check("src/ui/bar.rs", "fn f() { g(Color32::RED); }", &["raw colour"]);
    check("src/ui/bar.rs", "fn f() { g(egui::Color32::LIGHT_BLUE); }", &["raw colour"]);
    check("src/app.rs", "fn f() { egui::hex_color!(\"#fff\"); }", &["raw colour"]);
    check("src/ui/bar.rs", "fn f() { g(egui::Color32::TRANSPARENT, Color32::default()); }", &[]);
    check("src/ui/theme/light.rs", "const A: Color32 = Color32::WHITE;", &[]);
}

#[test]
fn what_is_allowed_passes() {
    check("src/ui/bar.rs", "use crate::engine::Engine; use egui::Ui; use super::view::bar::BarView;", &[]);
    check("src/ui/theme.rs", "use serde::Deserialize; fn f() { ron::from_str(x); }", &[]);
    check("src/cli/report.rs", "use crate::{store::load, ui::{format, view::rates}}; use clap::Parser;", &[]);
    check("src/main.rs", "use truerate::{app, cli, system}; fn f() { std::env::args_os(); }", &[]);
    check("src/system.rs", "use std::{env, fs}; fn f() { chrono::Utc::now(); std::time::Instant::now(); }", &[]);
    check(
        "src/store/mod.rs",
        "#[cfg(test)] mod tests { use super::*; use std::fs; use crate::system::RealDisk; }",
        &[],
    );
    check("src/store/tests.rs", "use std::fs; use crate::system::RealDisk;", &[]);
    check("src/domain/x.rs", "mod tests { use super::*; use super::super::money::Money; }", &[]);
    check("src/domain/x.rs", "fn f<'a>() -> impl Iterator + use<'a> { self.store::<crate::domain::X>() }", &[]);
}

#[test]
fn comments_strings_and_lifetimes_are_not_code() {
    check("src/domain/x.rs", "// use crate::store::X;", &[]);
    check("src/domain/x.rs", "/* /* use egui::Ui; */ use crate::ui; */", &[]);
    check("src/domain/x.rs", "/// See `crate::store` and [`egui::Ui`].", &[]);
    check(
        "src/domain/x.rs",
        r##"const A: &str = "use crate::ui; \" std::fs"; const B: &str = r#"" crate::ui::x "#;"##,
        &[],
    );
    check(
        "src/domain/x.rs",
        "fn f<'serde>(c: char) -> &'serde str { if c == '\"' { \"crate::ui::x\" } else { \"\" } }",
        &[],
    );
}

#[test]
fn a_violation_after_test_code_is_still_a_violation() {
    check("src/store/x.rs", "#[cfg(test)] use std::fs; fn f() { std::fs::read(x); }", &["the disk"]);
    check("src/store/x.rs", "#[cfg(test)] mod tests { use std::fs; } use std::fs;", &["the disk"]);
    check("src/store/x.rs", "#[cfg(not(test))] use std::fs;", &["the disk"]);
}

#[test]
fn a_file_without_a_header_is_named() {
    for text in ["", "use std::io;\n", "//!\n", "//! x\n", "// Only a comment that is long enough.\n"] {
        let broken = broken_rules("src/domain/x.rs", text);
        assert_eq!(broken.len(), 1, "{text:?}: {broken:?}");
        assert!(
            broken.iter().all(|line| line.starts_with("src/domain/x.rs:1: ") && line.contains("header")),
            "{broken:?}"
        );
    }
}
