//! Two programs on one Book: the second asks the window that has it open, instead of writing beside it.
//!
//! ```text
//! first     the Book's lock, or else a ring at the window that holds it
//! errand    what a writing verb of the terminal does: in the terminal with the lock, in the window without
//! ```
//!
//! Promises: a verb comes to the same lines and the same end on both ways, and to one change with undo. It knows no
//! window, no socket and no terminal.

mod errand;
mod first;
mod rates;
mod restore;
mod statement;

pub use errand::{BackedUp, Plan, Planned, Prepared, backed_up, carry_out, done, plan, prepare};
pub use first::{Tried, open_or_ring, unanswered};
pub use rates::{RatesFile, look_at_rates};
pub use restore::BackupRead;
pub use statement::{Looked, Read, StatementFile, bytes_of, is_rates};
