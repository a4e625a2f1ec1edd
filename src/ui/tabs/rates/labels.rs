//! Places for the labels at the ends of lines: as near to their line as can be, and none over another.

/// The tops of labels of one height, in the order in which their wishes are given.
///
/// Each is wished at a height; all lie between `top` and `bottom`, in the order of their wishes, and none overlaps
/// another. `None` where they have no room: leave some out then.
pub(super) fn spread(wishes: &[f32], height: f32, top: f32, bottom: f32) -> Option<Vec<f32>> {
    if height * wishes.len() as f32 > bottom - top {
        return None;
    }
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    let wish = |at: usize| wishes.get(at).copied().unwrap_or(top);
    order.sort_by(|a, b| wish(*a).total_cmp(&wish(*b)));
    let mut places = vec![top; wishes.len()];
    // Down from the top, each at its wish or right under the one before.
    let mut free_from = top;
    for at in &order {
        let place = wish(*at).max(free_from);
        free_from = place + height;
        if let Some(slot) = places.get_mut(*at) {
            *slot = place;
        }
    }
    // What was pushed over the end goes back up, and pushes what stands in its way.
    let mut free_until = bottom;
    for at in order.iter().rev() {
        if let Some(slot) = places.get_mut(*at) {
            *slot = slot.min(free_until - height);
            free_until = *slot;
        }
    }
    Some(places)
}

/// How many labels have room.
pub(super) fn most(height: f32, top: f32, bottom: f32) -> usize {
    let mut count = 0;
    while height * (count + 1) as f32 <= bottom - top {
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_that_are_apart_stay_and_close_ones_make_room() {
        assert_eq!(spread(&[10.0, 60.0], 16.0, 0.0, 100.0), Some(vec![10.0, 60.0]));
        assert_eq!(spread(&[50.0, 52.0], 16.0, 0.0, 100.0), Some(vec![50.0, 66.0]));
        assert_eq!(spread(&[95.0, 93.0], 16.0, 0.0, 100.0), Some(vec![84.0, 68.0]));
        assert_eq!(spread(&[0.0; 7], 16.0, 0.0, 100.0), None);
        assert_eq!(most(16.0, 0.0, 100.0), 6);
    }

    proptest! {
        #[test]
        fn no_two_labels_overlap_and_none_leaves_the_chart(
            wishes in proptest::collection::vec(-50.0f32..250.0, 0..12),
        ) {
            let places = spread(&wishes, 16.0, 0.0, 200.0).expect("twelve have room");
            prop_assert_eq!(places.len(), wishes.len());
            let mut sorted = places.clone();
            sorted.sort_by(f32::total_cmp);
            for pair in sorted.windows(2) {
                prop_assert!(pair[1] - pair[0] >= 16.0 - 0.01, "{sorted:?}");
            }
            prop_assert!(places.iter().all(|place| *place >= -0.01 && *place <= 184.01), "{places:?}");
        }
    }
}
