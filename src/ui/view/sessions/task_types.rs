//! The task types in use, by name: kept by month, so that an edit costs a look through its month alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::book::{Book, Bucket};
use crate::domain::session::TaskType;
use crate::domain::span::Month;

/// About so many sessions are looked through in one frame: a few milliseconds.
const A_FRAME: usize = 40_000;

/// The task types of a Book.
#[derive(Debug, Default)]
pub struct TaskTypes {
    /// The revision of the Book that all of them are of.
    complete: Option<u64>,
    months: BTreeMap<Month, (Arc<Bucket>, BTreeSet<TaskType>)>,
    names: Vec<String>,
}

impl TaskTypes {
    /// Keeps up with a Book, the newest months first, as far as a frame lets it. Says whether it did.
    pub fn follow(&mut self, book: &Book) -> bool {
        if self.complete == Some(book.revision()) {
            return true;
        }
        let mut left = A_FRAME;
        let mut months = BTreeMap::new();
        let mut complete = true;
        for (month, bucket) in book.months().rev() {
            let held = self.months.remove(&month);
            let known = match held {
                Some((of, known)) if Arc::ptr_eq(&of, bucket) => known,
                _ if left == 0 => {
                    complete = false;
                    continue;
                }
                _ => {
                    let looked = bucket.sessions().inspect(|_| left = left.saturating_sub(1));
                    looked.filter_map(|session| session.task_type.clone()).collect()
                }
            };
            months.insert(month, (Arc::clone(bucket), known));
        }
        self.months = months;
        self.complete = complete.then(|| book.revision());
        let of_sessions = self.months.values().flat_map(|(_, known)| known).map(|known| &**known);
        let of_projects = book.projects().filter_map(|project| project.usual_task_type.as_deref());
        let all: BTreeSet<&str> = of_sessions.chain(of_projects).collect();
        self.names = all.into_iter().map(ToOwned::to_owned).collect();
        complete
    }

    /// Their names, sorted.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Edit};
    use crate::domain::ids::SessionId;
    use crate::domain::query::work::testkit::Kit;
    use crate::domain::session::Session;
    use crate::domain::testing::at;

    fn session(id: u64, from: &str, task_type: &str) -> Session {
        let task_type = Some(task_type.into());
        Session { task_type, ..Session::begun(SessionId(id), at(from), chrono_tz::UTC) }
    }

    #[test]
    fn types_come_and_go_with_the_sessions_that_have_them() {
        let mut kit = Kit::new();
        kit.put(session(1, "2026-10-02T10:00:00Z", "rating"));
        kit.put(session(2, "2026-11-02T10:00:00Z", "coding"));
        let mut types = TaskTypes::default();
        assert!(types.follow(&kit.book));
        assert_eq!(types.names(), ["coding", "rating"]);
        kit.put(session(2, "2026-11-02T10:00:00Z", "audio"));
        assert!(types.follow(&kit.book));
        assert_eq!(types.names(), ["audio", "rating"]);
        kit.put(session(1, "2026-11-03T10:00:00Z", "audio"));
        assert!(types.follow(&kit.book));
        assert_eq!(types.names(), ["audio"]);
    }

    #[test]
    fn of_a_large_book_the_newest_months_come_first_and_the_rest_in_later_frames() {
        let mut kit = Kit::new();
        let many = |first: u64, month: &'static str, task_type: &'static str| {
            (0..A_FRAME as u64).map(move |n| Edit::create(session(first + n, month, task_type)))
        };
        let older = many(1, "2026-09-02T10:00:00Z", "rating");
        kit.book.apply(&Change::new(older.chain(many(1 << 20, "2026-10-02T10:00:00Z", "coding")).collect()));
        kit.put(session(1 << 30, "2026-11-02T10:00:00Z", "audio"));
        let mut types = TaskTypes::default();
        assert!(!types.follow(&kit.book));
        assert_eq!(types.names(), ["audio", "coding"]);
        // An edit meanwhile costs the months that are known no second look.
        kit.put(session(1 << 30, "2026-11-02T10:00:00Z", "video"));
        assert!(types.follow(&kit.book));
        assert_eq!(types.names(), ["coding", "rating", "video"]);
        assert!(types.follow(&kit.book));
    }
}
