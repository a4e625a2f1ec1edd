//! Finished views: strings formatted, rows sorted, empty states named. Free of egui; the terminal uses them too.

pub mod bar;
pub mod catalogue;
pub mod changed;
pub mod day;
pub mod fill;
pub mod filter;
pub mod forecast;
pub mod hours_form;
pub mod memo;
pub mod month;
pub mod names;
pub mod needs;
pub mod new_project;
pub mod payout_form;
pub mod payouts;
pub mod platforms;
pub mod proof;
pub mod rates;
pub mod rates_file;
pub mod reasons;
pub mod rule_words;
mod scale;
pub mod second;
pub mod session_form;
pub mod sessions;
pub mod states;
