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

/// Why no picture can be drawn here; `None` where a Vulkan adapter is at hand.
fn missing_adapter() -> Option<String> {
    let mut description = wgpu::InstanceDescriptor::new_without_display_handle();
    description.backends = wgpu::Backends::VULKAN;
    let instance = wgpu::Instance::new(description);
    let adapters = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::VULKAN));
    adapters.is_empty().then(|| "no Vulkan adapter; Debian has one in mesa-vulkan-drivers".to_owned())
}
