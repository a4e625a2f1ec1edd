//! Bills in a file, as of schemas 1 and 2.

use chrono::NaiveDate;

use super::shape::{shape_enum, shape_struct};
use super::text::Text;
use crate::domain::bill;
use crate::domain::ids::BillId;
use crate::domain::money::Money;

shape_struct! {
    /// A bill.
    Bill for bill::Bill {
        id: Text<BillId>,
        name: String,
        amount: Text<Money>,
        due_on: Text<NaiveDate>,
        repeats: Repeats,
        ;
        until: Option<Text<NaiveDate>>,
    }
}

shape_enum! {
    /// How often it comes again.
    Repeats for bill::Repeats { Never, Weekly, Monthly, Yearly }
}
