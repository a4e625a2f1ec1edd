//! Finished views: strings formatted, rows sorted, empty states named. Free of egui; the terminal uses them too.

pub mod bar;
pub mod catalogue;
pub mod day;
pub mod filter;
pub mod hours_form;
pub mod memo;
pub mod names;
pub mod needs;
pub mod new_project;
pub mod payout_form;
pub mod payouts;
pub mod platforms;
pub mod rates;
pub mod reasons;
pub mod rule_words;
pub mod second;
pub mod session_form;
pub mod sessions;
pub mod states;
