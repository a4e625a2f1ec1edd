//! A book of half a year: the window opens over its newest months, and older ones come while it is used.

use crate::desk::{Desk, Look};

#[test]
fn at_any_width_the_window_says_that_totals_are_not_complete_yet() {
    let whole = Desk::sample(Look::default());
    let (disk, clock) = (whole.disk.clone(), whole.clock.clone());
    drop(whole);
    disk.keep_waiting(Some("2026-08"));
    let mut desk = Desk::opening(disk, clock, Look::default());
    assert!(desk.reads("totals are not complete"), "{:?}", desk.texts());
    desk.resize(900.0, 600.0);
    assert!(desk.reads("Totals incomplete"), "{:?}", desk.texts());
    desk.disk.keep_waiting(None);
    desk.wait_until_read();
    assert!(!desk.reads("Totals incomplete") && desk.reads("Saved"), "{:?}", desk.texts());
}

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
