//! TrueRate: what an hour really pays on each platform, and on which day which money lands.
//!
//! Folders are layers. An arrow points at what a layer may use, and nothing else may be used:
//!
//! ```text
//! main -> app, cli, system -> door, export -> ui, engine, store, import -> ports -> domain
//! ```
//!
//! - [`domain`] is pure: no clock, no zone of the machine, no disk, no file formats.
//! - [`ports`] says what the outside must offer, as traits.
//! - [`engine`] owns the one Book and its history; the only place where a change is applied.
//! - [`store`] keeps the Book in RON files. It and the engine do not know each other.
//! - [`ui`] turns the Book into views and draws them; it returns actions and changes nothing.
//! - [`import`] reads what others publish; [`export`] writes what other programs read. Bytes in, bytes out: no disk.
//! - [`door`] is what two programs on one Book have to do with each other: the second asks the first.
//! - [`cli`] is the terminal: the same queries and views, no window.
//! - [`app`] wires the window; [`system`] is the only place that touches the machine.
//!
//! `tests/layers.rs` reads the `use` lines and fails where an arrow points the wrong way.

pub mod app;
pub mod cli;
pub mod domain;
pub mod door;
pub mod engine;
pub mod export;
pub mod import;
pub mod ports;
pub mod sample;
pub mod store;
pub mod system;
pub mod ui;
