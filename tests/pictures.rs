//! Pictures of the four tabs, light and dark, wide and narrow, with a filled book and an empty one.
//!
//! A test binary of its own: it looks for a Vulkan adapter (Mesa's software one serves) and lists its tests as
//! ignored, with the reason, where there is none. `UPDATE_SNAPSHOTS=1 cargo test --test pictures` makes them anew; a
//! changed picture is looked at before it is accepted.

use egui::accesskit::Role;
use egui_kittest::SnapshotOptions;
use libtest_mimic::{Arguments, Failed, Trial};
use truerate::domain::settings::Theme;
use truerate::ui::action::Tab;

#[path = "support/desk.rs"]
#[expect(dead_code, reason = "the flows use the rest")]
mod desk;
#[path = "support/sample.rs"]
mod sample;

use desk::{Desk, Look};

fn main() {
    let arguments = Arguments::from_args();
    let lacks = missing_adapter();
    let mut trials = Vec::new();
    for tab in Tab::ALL {
        for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let look = Look { theme, drawn: true, ..Look::default() };
            trials.push(picture(format!("{}-{theme_name}", tab.name().to_lowercase()), look, tab, true));
        }
        let narrow = Look { width: 900.0, height: 600.0, theme: Theme::Light, drawn: true };
        trials.push(picture(format!("{}-narrow", tab.name().to_lowercase()), narrow, tab, true));
        trials.push(picture(format!("{}-empty", tab.name().to_lowercase()), narrow, tab, false));
    }
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let look = Look { theme, drawn: true, ..Look::default() };
        trials.push(first_start(format!("first-start-{theme_name}"), look));
    }
    let narrow = Look { width: 900.0, height: 600.0, theme: Theme::Light, drawn: true };
    trials.push(settings("settings-narrow".to_owned(), narrow, "Look"));
    trials.push(first_start("first-start-narrow".to_owned(), narrow));
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        // As tall as the page, so that all of it is seen.
        let look = Look { theme, drawn: true, height: 1_700.0, ..Look::default() };
        trials.push(page(format!("platform-page-{theme_name}"), look));
    }
    trials.push(page(
        "platform-page-narrow".to_owned(),
        Look { width: 900.0, height: 600.0, theme: Theme::Light, drawn: true },
    ));
    if let Some(reason) = &lacks {
        eprintln!("pictures are ignored: {reason}");
        trials = trials.into_iter().map(|trial| trial.with_kind("no Vulkan adapter").with_ignored_flag(true)).collect();
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn picture(name: String, look: Look, tab: Tab, filled: bool) -> Trial {
    Trial::test(name.clone(), move || {
        let mut desk = if filled { Desk::sample(look) } else { Desk::empty(look) };
        desk.wait_until_saved();
        desk.click(Role::Button, tab.name());
        desk.harness.remove_cursor();
        desk.settle();
        // Another driver rounds an edge otherwise here and there; a moved line is many more pixels.
        let options = SnapshotOptions::new().threshold(1.5).max_failed_pixels(40);
        desk.harness.try_snapshot_options(&name, &options).map_err(|error| Failed::from(error.to_string()))
    })
}

/// The sheet of a first start, with what the picture of the design has in it.
fn first_start(name: String, look: Look) -> Trial {
    Trial::test(name.clone(), move || {
        let mut desk = Desk::first_start(look);
        for platform in ["Outlier", "DataAnnotation", "Prolific"] {
            desk.click(Role::CheckBox, platform);
        }
        for (field, text) in [
            ("My rate, Outlier", "25"),
            ("Owed to me now, Outlier", "221.50"),
            ("Last payout, Outlier", "17 Nov 188.40"),
            ("My rate, DataAnnotation", "22"),
            ("Owed to me now, DataAnnotation", "96"),
            ("Last payout, DataAnnotation", "19 Nov 131"),
            ("Owed to me now, Prolific", "14.20"),
            ("Last payout, Prolific", "13 Nov 18.40"),
        ] {
            desk.fill(field, text);
        }
        desk.key(egui::Key::Tab);
        desk.harness.remove_cursor();
        desk.settle();
        let options = SnapshotOptions::new().threshold(1.5).max_failed_pixels(40);
        desk.harness.try_snapshot_options(&name, &options).map_err(|error| Failed::from(error.to_string()))
    })
}

/// A page of the settings.
fn settings(name: String, look: Look, page: &'static str) -> Trial {
    Trial::test(name.clone(), move || {
        let mut desk = Desk::filled(look);
        desk.press("Settings");
        desk.press(page);
        desk.harness.remove_cursor();
        desk.settle();
        let options = SnapshotOptions::new().threshold(1.5).max_failed_pixels(40);
        desk.harness.try_snapshot_options(&name, &options).map_err(|error| Failed::from(error.to_string()))
    })
}

/// The page of a platform.
fn page(name: String, look: Look) -> Trial {
    Trial::test(name.clone(), move || {
        let mut desk = Desk::filled(look);
        desk.wait_until_saved();
        desk.click(Role::Button, Tab::Platforms.name());
        desk.key(egui::Key::ArrowDown);
        desk.key(egui::Key::O);
        desk.harness.remove_cursor();
        desk.settle();
        let options = SnapshotOptions::new().threshold(1.5).max_failed_pixels(40);
        desk.harness.try_snapshot_options(&name, &options).map_err(|error| Failed::from(error.to_string()))
    })
}

/// Why no picture can be drawn here; `None` where a Vulkan adapter is at hand.
fn missing_adapter() -> Option<String> {
    let mut description = wgpu::InstanceDescriptor::new_without_display_handle();
    description.backends = wgpu::Backends::VULKAN;
    let instance = wgpu::Instance::new(description);
    let adapters = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::VULKAN));
    adapters.is_empty().then(|| "no Vulkan adapter; Debian has one in mesa-vulkan-drivers".to_owned())
}
