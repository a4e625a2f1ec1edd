//! Import: what others publish, from the bytes of a file to values of the domain.
//!
//! Reads no disk and changes no Book: what comes of it is looked at before it is taken. Nothing is skipped on the quiet:
//! a file that can't be read whole is refused, with its line and the reason.

pub mod ecb;
