//! What each folder of `src` may name: the arrows between our layers, and the packages and parts of the
//! standard library that only some layers may touch. The tables are the architecture of the program;
//! a new arrow is a decision and belongs into `docs/architecture.md` too.
//!
//! Pure: judges paths and headers that it is given and reads no file.

use crate::paths::{Named, named};

/// Each layer and the layers that it may use besides itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("ports", &["domain"]),
    ("sample", &["domain"]),
    ("engine", &["ports", "domain"]),
    ("store", &["ports", "domain"]),
    ("import", &["domain"]),
    ("export", &["ui", "domain"]),
    ("ui", &["engine", "ports", "domain"]),
    ("door", &["import", "ui", "engine", "store", "ports", "domain"]),
    ("cli", &["door", "import", "export", "ui", "engine", "store", "sample", "ports", "domain"]),
    ("system", &["engine", "store", "ports", "domain"]),
    ("app", &["door", "import", "export", "system", "ui", "engine", "store", "sample", "ports", "domain"]),
    ("window", &["door", "app", "cli", "system", "ui", "engine", "store", "sample", "ports", "domain"]),
    ("main", &["window", "door", "app", "cli", "system", "ui", "engine", "store", "sample", "ports", "domain"]),
];

/// The parts of the ui that the terminal shares: they know no window and nothing else of the ui.
const WINDOWLESS_UI: &[&str] = &["ui::view", "ui::format", "ui::typed"];

/// Something from outside of the crate, and the only places that may name it.
struct Outside {
    /// A path from its start (`std::fs`) or, with a leading `…::`, its end (`Utc::now`).
    names: &'static [&'static str],
    /// Modules that may, with all that is in them; `!` in front takes one out again.
    only: &'static [&'static str],
    what: &'static str,
    /// Whether test code may name it anywhere.
    free_in_tests: bool,
}

const OUTSIDE: &[Outside] = &[
    Outside {
        names: &["egui", "eframe", "egui_extras", "egui_plot", "egui_glow", "epaint", "emath", "ecolor"],
        only: &["ui", "app", "window", "!ui::view", "!ui::format", "!ui::typed"],
        what: "the window toolkit",
        free_in_tests: false,
    },
    Outside {
        names: &["serde", "ron", "serde_json", "csv"],
        only: &["store", "import", "cli", "system::door", "ui::theme", "ui::catalogue"],
        what: "a file format",
        free_in_tests: false,
    },
    Outside {
        names: &["roxmltree", "html5gum", "calamine", "zip"],
        only: &["import"],
        what: "a file format",
        free_in_tests: false,
    },
    Outside { names: &["icalendar", "ical"], only: &["export"], what: "a file format", free_in_tests: false },
    Outside { names: &["clap"], only: &["cli", "main"], what: "the arguments' parser", free_in_tests: false },
    Outside {
        names: &["std::fs", "tempfile", "directories"],
        only: &["system"],
        what: "the disk",
        free_in_tests: true,
    },
    Outside { names: &["std::env"], only: &["system", "main"], what: "the environment", free_in_tests: true },
    Outside { names: &["std::net", "std::os::unix::net"], only: &["system"], what: "a socket", free_in_tests: false },
    Outside {
        names: &["…::Utc::now", "…::Local::now", "chrono::Local", "iana_time_zone"],
        only: &["system"],
        what: "the machine's clock or zone",
        free_in_tests: false,
    },
    Outside {
        names: &["…::SystemTime::now", "…::Instant::now"],
        only: &["system"],
        what: "the machine's clock",
        free_in_tests: false,
    },
    Outside { names: &["getrandom"], only: &["system"], what: "random numbers", free_in_tests: false },
    Outside {
        names: &["std::thread"],
        only: &["domain::ahead", "store", "system", "app", "main", "window"],
        what: "threads",
        free_in_tests: true,
    },
];

/// Where raw colours may stand, and the two constants that name no colour.
const COLOUR_PLACES: &[&str] = &["ui::theme"];
const COLOURLESS: &[&str] = &["TRANSPARENT", "PLACEHOLDER"];

/// Judges one file of `src`: gives a line a broken rule, each with the file and the line.
pub fn broken_rules(file: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let first = text.lines().next().unwrap_or_default();
    let header = first.strip_prefix("//!").map(str::trim).unwrap_or_default();
    if header.chars().count() < 20 {
        broken.push(format!("{file}:1: a file opens with a `//!` header that says what it is for"));
    }
    let module = module_of(file);
    let layer = layer_of(file, &module);
    // Of `main` and the crate root only the packages are judged: they know every layer.
    let test_file = module.iter().any(|part| part == "tests" || part.ends_with("_tests"));
    for mut path in named(text, &module) {
        path.test |= test_file;
        let verdict =
            if path.ours { wrong_arrow(&layer, &module, &path) } else { wrong_outside(&layer, &module, &path) };
        broken.extend(verdict.map(|rule| format!("{file}:{}: {rule}", path.line)));
    }
    broken
}

/// The module of a file below `src`, from the crate root: `src/ui/view/mod.rs` is `ui`, `view`.
fn module_of(file: &str) -> Vec<String> {
    let inside = file.strip_prefix("src/").unwrap_or(file);
    let mut parts: Vec<String> = inside.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod")) || matches!(inside, "main.rs" | "lib.rs") {
        parts.pop();
    }
    parts
}

fn layer_of(file: &str, module: &[String]) -> String {
    match module.first() {
        None if file.ends_with("lib.rs") => "lib".to_owned(),
        None => "main".to_owned(),
        Some(first) if first == "bin" => "main".to_owned(),
        Some(first) => first.clone(),
    }
}

fn wrong_arrow(layer: &str, module: &[String], path: &Named) -> Option<String> {
    if matches!(layer, "lib" | "main") {
        return None;
    }
    let Some((_, may)) = ARROWS.iter().find(|(name, _)| *name == layer) else {
        return Some(format!("`{layer}` is no layer of the design: add it to tests/layers/rules.rs"));
    };
    let Some(target) = path.segments.first().filter(|first| *first != "*") else {
        return Some(format!("{layer} takes in the whole crate; name the layer it needs"));
    };
    if ARROWS.iter().all(|(name, _)| name != target) {
        return None;
    }
    if target != layer && !may.contains(&target.as_str()) {
        // Tests of the outer layers may run against a real disk and clock.
        let real = path.test && target == "system" && layer != "domain";
        let list = if may.is_empty() { "no other layer".to_owned() } else { may.join(", ") };
        return (!real).then(|| format!("{layer} may not use {target}; it may use {list}"));
    }
    let windowless = matches!(layer, "cli" | "door" | "export") || in_any(module, WINDOWLESS_UI);
    if target == "ui" && windowless && !in_any(&path.segments, WINDOWLESS_UI) {
        let from = module.join("::");
        return Some(format!(
            "{from} may use of the ui only {}; this is {}",
            WINDOWLESS_UI.join(", "),
            path.segments.join("::")
        ));
    }
    None
}

/// Finds `Color32::RED` and `hex_color!`; clippy bans the functions that make a colour, but not its constants.
fn raw_colour(module: &[String], path: &Named) -> bool {
    let constant = path.segments.windows(2).any(|pair| {
        matches!(pair, [owner, name] if owner == "Color32"
            && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
            && !COLOURLESS.contains(&name.as_str()))
    });
    let made = path.segments.iter().any(|part| part == "hex_color");
    (constant || made) && !path.test && !in_any(module, COLOUR_PLACES)
}

fn wrong_outside(layer: &str, module: &[String], path: &Named) -> Option<String> {
    if raw_colour(module, path) {
        return Some(format!("{} is a raw colour: name a token in ui::theme", path.segments.join("::")));
    }
    let here: Vec<String> = if module.is_empty() { vec![layer.to_owned()] } else { module.to_vec() };
    let rule = OUTSIDE.iter().find(|rule| rule.names.iter().any(|name| names(name, &path.segments)))?;
    let (out, only): (Vec<&str>, Vec<&str>) = rule.only.iter().partition(|place| place.starts_with('!'));
    let out: Vec<&str> = out.iter().map(|place| place.trim_start_matches('!')).collect();
    let allowed = in_any(&here, &only) && !in_any(&here, &out);
    if allowed || (path.test && rule.free_in_tests) {
        return None;
    }
    let mut places = only.join(", ");
    if !out.is_empty() {
        places = format!("{places} (but not {})", out.join(", "));
    }
    Some(format!("{} may not name {}: {}; only {places} may", here.join("::"), path.segments.join("::"), rule.what))
}

/// Whether `path` begins with `pattern` or, for a pattern with a leading `…::`, holds it anywhere.
fn names(pattern: &str, path: &[String]) -> bool {
    let (anywhere, pattern) = pattern.strip_prefix("…::").map_or((false, pattern), |rest| (true, rest));
    let parts: Vec<&str> = pattern.split("::").collect();
    let mut windows = path.windows(parts.len());
    if anywhere { windows.any(|window| window == parts) } else { windows.next().is_some_and(|window| window == parts) }
}

fn in_any(module: &[String], places: &[&str]) -> bool {
    places.iter().any(|place| names(place, module))
}
