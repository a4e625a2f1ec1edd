//! A book of half a year: the window opens over its newest months, and older ones come while it is used.

use crate::desk::{Desk, Look};

#[test]
fn the_window_is_used_while_older_months_are_read_and_then_has_them() {
    let whole = Desk::sample(Look::default());
    let (book, disk, clock) = (whole.book(), whole.disk.clone(), whole.clock.clone());
    assert!(book.months().count() > 5, "half a year");
    drop(whole);

    let mut desk = Desk::opening(disk, clock, Look::default());
    desk.press("Pause");
    desk.wait_until_read();
    assert!(!desk.reads("totals are not complete"), "{:?}", desk.texts());
    let paused = desk.book();
    assert_eq!(paused.sessions().count(), book.sessions().count());
    assert_eq!(paused.payouts().count(), book.payouts().count());
    // Their arrival is no change: undo takes the pause back, and nothing is left to undo.
    desk.press("Undo");
    assert_eq!(desk.book(), book);
    assert_eq!(desk.harness.state().engine().undoable(), None);
    let desk = desk.closed_and_opened_again();
    assert_eq!(desk.book(), book);
}
