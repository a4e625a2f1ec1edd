//! The window's inside: views of the Book, drawn; actions, returned.
//!
//! A screen is given a [`cx::Cx`] and pushes [`action::Action`]s; it holds only what is about looking. It never
//! changes the Book, never reads a clock or a file. `view`, `format` and `typed` know no egui: the terminal prints
//! the same words.

pub mod action;
pub mod bar;
pub mod cx;
pub mod dialogs;
pub mod edits;
pub mod flat;
pub mod format;
mod lack;
pub mod needs;
pub mod offscreen;
pub mod outside;
mod screens;
pub mod tabs;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod typed;
pub mod verbs;
pub mod view;
pub mod widgets;

pub use screens::{Screens, Shown};
