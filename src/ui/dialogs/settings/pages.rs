//! The pages of the settings that hold no money: time and place, look, files.

use egui::Ui;

use super::super::super::action::Action;
use super::super::super::cx::{Cx, Folder};
use super::super::super::format;
use super::super::super::widgets::button;
use super::super::super::widgets::card;
use super::super::super::widgets::field::Field;
use super::super::super::widgets::picker::{Choice, Picker};
use super::draft::{DATES, Draft, NUMBERS, SCALES, THEMES, WEEKDAYS};
use super::{GAP, half, labelled, pick, refused_at};
use crate::domain::country;
use crate::domain::refusal::Field as At;

/// The zone, where the user works from, when their day and week begin.
pub(super) fn time_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let half = half(ui);
    let there = format!("It is {} there now", format::time(cx.now.at, draft.zone));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        labelled(ui, "Time zone", Some(&there), |ui| {
            let choices: Vec<Choice<'_>> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name().into()).collect();
            let chosen = chrono_tz::TZ_VARIANTS.iter().position(|zone| *zone == draft.zone);
            let picker = Picker::new("Time zone").width(half).chosen(chosen).value(draft.zone.name().into());
            if let Some(zone) = picker.pick(ui, &choices).and_then(|at| chrono_tz::TZ_VARIANTS.get(at)) {
                draft.zone = *zone;
            }
        });
        let countries = country::all();
        let line = "Some facts of platforms hold in some countries only";
        labelled(ui, "Country", Some(line), |ui| {
            let mut choices = vec![Choice::from("Not said")];
            choices.extend(countries.iter().map(|country| Choice {
                text: country.name,
                detail: country.code,
                mark: None,
            }));
            let known =
                draft.country.as_ref().and_then(|chosen| countries.iter().position(|country| country.code == chosen));
            let chosen = if draft.country.is_none() { Some(0) } else { known.map(|at| at + 1) };
            let mut picker = Picker::new("Country").width(half).chosen(chosen);
            if let (None, Some(code)) = (chosen, &draft.country) {
                picker = picker.value(code.as_str().into());
            }
            if let Some(at) = picker.pick(ui, &choices) {
                draft.country =
                    at.checked_sub(1).and_then(|at| countries.get(at)).map(|country| country.code.to_owned());
            }
        });
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let refused = refused_at(cx.refused.as_ref(), At::Start);
        let read = draft.day_start();
        let reason = read.as_ref().err().map(ToString::to_string).or(refused);
        let note = match read {
            Ok(0) | Err(_) => "Your day starts at midnight".to_owned(),
            Ok(minutes) => {
                let (hour, minute) = (minutes / 60, minutes % 60);
                format!("What starts before {hour}:{minute:02} counts for the day before")
            }
        };
        Field::new("Day starts at", &mut draft.day_start)
            .hint("0:00")
            .width(half)
            .limit(16)
            .reason(reason.as_deref())
            .note(&note)
            .show(ui);
        pick(ui, "Week starts on", None, half, &WEEKDAYS, &mut draft.week_start);
    });
}

/// Colours, size, how dates and numbers are written, motion.
pub(super) fn look_ui(ui: &mut Ui, draft: &mut Draft) {
    let half = half(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        pick(ui, "Theme", None, half, &THEMES, &mut draft.theme);
        labelled(ui, "Size", None, |ui| {
            let names = SCALES.map(|scale| format!("{scale} %"));
            let choices: Vec<Choice<'_>> = names.iter().map(|name| name.as_str().into()).collect();
            let chosen = SCALES.iter().position(|scale| *scale == draft.scale_percent);
            let other = format!("{} %", draft.scale_percent);
            let mut picker = Picker::few("Size").width(half).chosen(chosen);
            if chosen.is_none() {
                picker = picker.value(Choice::from(other.as_str()));
            }
            if let Some(scale) = picker.pick(ui, &choices).and_then(|at| SCALES.get(at)) {
                draft.scale_percent = *scale;
            }
        });
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        pick(
            ui,
            "Dates",
            Some("On the screen; the terminal’s CSV and JSON stay 2026-11-24"),
            half,
            &DATES,
            &mut draft.dates,
        );
        let mut numbers = draft.numbers;
        pick(ui, "Numbers", Some("Amounts are shown and typed like this"), half, &NUMBERS, &mut numbers);
        draft.change_numbers(numbers);
    });
    ui.checkbox(&mut draft.reduced_motion, "Reduced motion");
    card::note(ui, "The text cursor stops blinking. Nothing else in the window moves by itself.");
}

/// Where the Book is kept.
pub(super) fn files_ui(ui: &mut Ui, folder: Option<Folder<'_>>, actions: &mut Vec<Action>) {
    let Some(folder) = folder else {
        card::note(ui, "This book is in memory only and is gone with the window.");
        return;
    };
    labelled(ui, "Folder of the book", Some("Text files that you can read, copy and back up"), |ui| {
        ui.add(egui::Label::new(folder.path).wrap());
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        if folder.cannot_open.is_none()
            && ui.add(button::quiet("Open folder").tip("Open folder", "", "In the desktop’s file manager")).clicked()
        {
            actions.push(Action::OpenOutside(folder.path.to_owned()));
        }
        if ui.add(button::quiet("Copy path").tip("Copy path", "", "Onto the clipboard")).clicked() {
            actions.push(Action::Copy(folder.path.to_owned()));
        }
    });
    labelled(ui, "What was found in your files", Some("Lines and files that can’t be read"), |ui| {
        let words = match folder.found {
            0 => "Nothing is wrong".to_owned(),
            1 => "1 thing".to_owned(),
            several => format!("{several} things"),
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP / 2.0;
            ui.label(words);
            let look = button::chip("Show").named("Show what was found");
            if folder.found > 0 && ui.add(look.tip("Show", "", "With what can be done about each")).clicked() {
                actions.push(Action::ShowFindings);
            }
            let again = button::chip("Read again").tip("Read again", "", "After you changed a file by hand");
            if folder.reads_again && ui.add(again).clicked() {
                actions.extend([Action::CloseDialog, Action::ReadAgain]);
            }
        });
    });
    if let Some(why) = folder.cannot_open {
        card::note(ui, &format!("It can’t be opened from here: {why}."));
    }
}
