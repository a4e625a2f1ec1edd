//! Tests of what a new platform is given where others are there already.

use super::marks::{free_badge, free_hue};
use crate::domain::book::Book;
use crate::domain::query::work::testkit::Kit;

/// A Book whose two platforms have these badges and hues.
fn book(marks: [(&str, u32); 2]) -> Book {
    let mut kit = Kit::new();
    let platforms: Vec<_> = kit.book.platforms().map(|platform| (**platform).clone()).collect();
    for (platform, (badge, hue)) in platforms.into_iter().zip(marks) {
        kit.put(crate::domain::platform::Platform { badge: badge.to_owned(), hue, ..platform });
    }
    kit.book
}

#[test]
fn a_hue_is_the_one_asked_for_or_the_first_free_one() {
    let taken = book([("OU", 0), ("DA", 2)]);
    assert_eq!(free_hue(&taken, 5), 5);
    assert_eq!(free_hue(&taken, 0), 1);
    assert_eq!(free_hue(&taken, 2), 1);
}

#[test]
fn no_two_platforms_share_their_letters() {
    let taken = book([("OU", 0), ("OT", 1)]);
    assert_eq!(free_badge(&taken, "PR", "Prolific"), "PR");
    assert_eq!(free_badge(&taken, "OU", "Outer Works"), "OE", "OU and OT are taken");
    assert_eq!(free_badge(&taken, "", ""), "");
}
