//! The terminal: reports without a window (to be written).
