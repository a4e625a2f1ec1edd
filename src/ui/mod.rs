//! The window's inside: views of the Book, drawn; actions, returned.
pub mod action;
pub mod cx;
pub mod dialogs;
pub mod tabs;
pub mod verbs;
