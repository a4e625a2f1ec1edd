//! Everything that is drawn in more than one place, in our look and with an accessible name.
//!
//! A widget takes what it shows and answers what was done; it knows neither Book nor actions. Colours and
//! sizes come from `theme`; signs that the shipped face lacks are drawn (`icon`).

pub mod badge;
pub mod button;
pub mod card;
pub mod dialog;
pub mod empty;
pub mod field;
pub mod hatch;
pub mod icon;
pub mod keycap;
pub mod lack;
pub mod listbox;
pub mod menu;
pub mod picker;
pub mod plot;
pub mod rich;
pub mod table;
pub mod tag;
pub mod toast;

#[cfg(test)]
pub mod testing;
