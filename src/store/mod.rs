//! (to be written)

pub mod catalogue;
