//! What the user has seen, in a file, as of schemas 1 and 2.

use chrono::NaiveDate;

use super::shape::shape_struct;
use super::text::Text;
use crate::domain::ids::PlatformId;
use crate::domain::money::Money;
use crate::domain::seen;
use crate::domain::span::Month;

shape_struct! {
    /// What the user has seen.
    Seen for seen::Seen {
        ;
        dismissed: Vec<Dismissed>,
        figures: Vec<SeenFigure>,
    }
}

shape_struct! {
    /// Something put aside.
    Dismissed for seen::Dismissed {
        need: String,
        on: Text<NaiveDate>,
    }
}

shape_struct! {
    /// What a platform's month said.
    SeenFigure for seen::SeenFigure {
        platform: Text<PlatformId>,
        month: Text<Month>,
        earned: Text<Money>,
        credited_secs: i64,
    }
}
