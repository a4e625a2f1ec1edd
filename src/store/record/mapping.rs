//! Mappings of tables in a file: a part of the settings, since schema 2.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use super::shape::{Shape, shape_enum, shape_struct};
use super::text::Text;
use crate::domain::money::Currency;
use crate::domain::statement;

shape_enum! {
    /// By what a table is known again.
    Head for statement::Head { Names(names: Vec<String>), Columns(count: u32) }
}

shape_enum! {
    /// Which column.
    Place for statement::Place { Named(name: String), Nth(nth: u32) }
}

shape_enum! {
    /// What a row is.
    RowKind for statement::RowKind { Time, Credited, Moved }
}

shape_enum! {
    /// What a column means.
    Meaning for statement::Meaning {
        Day, Clock, Zone, Start, EndDay, End, Length, Amount, In, Out, Direction, Fee, Currency, State, Type, Client, Project,
        Note, Other, From, To, Text, Reference, Parent
    }
}

shape_enum! {
    /// Which way an amount goes.
    Signs for statement::Signs { AsWritten, Reversed, OutWhere(words: Vec<String>) }
}

shape_enum! {
    /// What the word of a state means.
    Standing for statement::Standing { Pending, Approved, Available, Done, Refused, Returned, Skipped }
}

shape_enum! {
    /// What the word of a kind means.
    Kind for statement::Kind { Work, Bonus, Adjustment, Fee, Payment, Own, Exchange, Hold, Refund, Skipped }
}

shape_struct! {
    /// What the columns of a table mean.
    Mapping for statement::Mapping {
        name: String,
        head: Head,
        rows: RowKind,
        columns: Vec<(Place, Meaning)>,
        signs: Signs,
        ;
        fee_beside: bool,
        states: Vec<(String, Standing)>,
        kinds: Vec<(String, Kind)>,
        currency: Option<Text<Currency>>,
        payer: String,
        account: String,
    }
}

impl<A, B, S: Shape<A>, T: Shape<B>> Shape<(A, B)> for (S, T) {
    fn from_domain((a, b): &(A, B)) -> Self {
        (S::from_domain(a), T::from_domain(b))
    }

    fn into_domain(self) -> Result<(A, B), Problem> {
        Ok((self.0.into_domain()?, self.1.into_domain()?))
    }
}

impl<D: Ord, S: Shape<D>> Shape<BTreeSet<D>> for Vec<S> {
    fn from_domain(domain: &BTreeSet<D>) -> Self {
        domain.iter().map(S::from_domain).collect()
    }

    fn into_domain(self) -> Result<BTreeSet<D>, Problem> {
        self.into_iter().map(S::into_domain).collect()
    }
}

impl<K: Ord, V, S: Shape<K>, T: Shape<V>> Shape<BTreeMap<K, V>> for Vec<(S, T)> {
    fn from_domain(domain: &BTreeMap<K, V>) -> Self {
        domain.iter().map(|(key, value)| (S::from_domain(key), T::from_domain(value))).collect()
    }

    fn into_domain(self) -> Result<BTreeMap<K, V>, Problem> {
        self.into_iter().map(|(key, value)| Ok((key.into_domain()?, value.into_domain()?))).collect()
    }
}
