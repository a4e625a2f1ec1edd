//! The words of a table's states, kinds and directions, and what each means.

use std::collections::BTreeMap;

use egui::{Checkbox, Ui};

use crate::domain::statement::{Glimpse, Kind, Mapping, Meaning, Signs, Standing};
use crate::ui::theme;
use crate::ui::view::statement::{mapping as view, plain};
use crate::ui::widgets::card;
use crate::ui::widgets::picker::{Choice, Picker};

/// The most words of a column that are offered.
const MOST: usize = 8;

pub(super) fn ui(ui: &mut Ui, glimpse: &Glimpse, mapping: &mut Mapping) {
    let states: Vec<(Standing, &str)> = Standing::ALL
        .into_iter()
        .filter_map(|standing| Some((standing, view::standing(standing, mapping.rows)?)))
        .collect();
    let words = view::words_of(glimpse, mapping, Meaning::State);
    words_ui(ui, "States:", words, &states, &mut mapping.states);
    let kinds: Vec<(Kind, &str)> =
        Kind::ALL.into_iter().filter(|kind| kind.is_of(mapping.rows)).map(|kind| (kind, view::kind(kind))).collect();
    let words = view::words_of(glimpse, mapping, Meaning::Type);
    words_ui(ui, "Kinds:", words, &kinds, &mut mapping.kinds);
    directions_ui(ui, view::words_of(glimpse, mapping, Meaning::Direction), &mut mapping.signs);
}

/// A picker for each word; what is not said is taken as usual.
fn words_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    words: &[String],
    options: &[(T, &str)],
    said: &mut BTreeMap<String, T>,
) {
    if words.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::splat(theme::tokens(ui).sizes.gap_s);
        card::note(ui, label);
        let mut choices = vec![Choice::from("As usual")];
        choices.extend(options.iter().map(|(_, text)| Choice::from(*text)));
        for word in words.iter().take(MOST) {
            let shown = plain(word);
            let name = format!("{label} what “{shown}” means");
            let known = said.get(word).and_then(|known| options.iter().position(|(option, _)| option == known));
            let picker =
                Picker::few(&name).chip().caption(&shown).width(320.0).chosen(Some(known.map_or(0, |at| at + 1)));
            match picker.pick(ui, &choices).map(|at| at.checked_sub(1).and_then(|at| options.get(at))) {
                Some(Some((option, _))) => {
                    said.insert(word.clone(), *option);
                }
                Some(None) => {
                    said.remove(word);
                }
                None => {}
            }
        }
    });
}

/// Which words say that an amount left.
fn directions_ui(ui: &mut Ui, words: &[String], signs: &mut Signs) {
    let Signs::OutWhere(out) = signs else { return };
    if words.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_m;
        card::note(ui, "It went out where the column says:");
        for word in words.iter().take(MOST) {
            let mut left = out.contains(word);
            if ui.add(Checkbox::new(&mut left, plain(word))).clicked() {
                if left {
                    out.insert(word.clone());
                } else {
                    out.remove(word);
                }
            }
        }
    });
}
