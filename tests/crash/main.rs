//! Nothing that was called "Saved" is lost: the proofs.
//!
//! ```text
//! tree       folders, files, and the single steps on them      disk      a disk behind the port that notes each step
//! desk       the program over such a disk                      script    what its user does
//! history    a run with restarts and kills                     states    every disk that a power cut could leave
//! faults     every step fails, each in every way               proved    a disk that breaks its word is found out
//! kill       a real process on a real disk, ended by SIGKILL
//! ```

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where it fails")]

mod desk;
mod disk;
mod faults;
mod history;
mod kill;
mod proved;
mod script;
mod states;
mod tree;
