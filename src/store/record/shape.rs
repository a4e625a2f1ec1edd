//! How a shape in a file and a domain type become each other, and the macros that say it field by field.
//!
//! Promises: every field of a domain type is named in its shape, or it does not compile; an unknown field in a file
//! is a problem and never dropped; an amount, a date or an id is read exactly or not at all.

use super::Problem;

/// The shape in a file of a domain type.
pub trait Shape<D>: Sized {
    /// The shape of a value.
    fn from_domain(domain: &D) -> Self;

    /// The value of a shape.
    ///
    /// # Errors
    /// [`Problem`] where the parts don't go together, such as a range that ends before it begins.
    fn into_domain(self) -> Result<D, Problem>;
}

macro_rules! plain {
    ($($type:ty),+) => {
        $(
            impl Shape<$type> for $type {
                fn from_domain(domain: &$type) -> Self {
                    domain.clone()
                }

                fn into_domain(self) -> Result<$type, Problem> {
                    Ok(self)
                }
            }
        )+
    };
}

plain!(String, bool, u32, i64);

impl<D, S: Shape<D>> Shape<Option<D>> for Option<S> {
    fn from_domain(domain: &Option<D>) -> Self {
        domain.as_ref().map(S::from_domain)
    }

    fn into_domain(self) -> Result<Option<D>, Problem> {
        self.map(S::into_domain).transpose()
    }
}

impl<D, S: Shape<D>> Shape<Vec<D>> for Vec<S> {
    fn from_domain(domain: &Vec<D>) -> Self {
        domain.iter().map(S::from_domain).collect()
    }

    fn into_domain(self) -> Result<Vec<D>, Problem> {
        self.into_iter().map(S::into_domain).collect()
    }
}

/// Whether a field is left out of a line.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The shape of a struct: fields that always stand in the line, then those that are left out where they hold nothing.
macro_rules! shape_struct {
    (
        $(#[$doc:meta])*
        $name:ident for $($domain:ident)::+ $(, check $check:ident)? {
            $($field:ident: $type:ty,)*
            $(; $($(#[$meta:meta])* $optional:ident: $optional_type:ty,)*)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(pub(in crate::store::record) $field: $type,)*
            $($(
                $(#[$meta])*
                #[serde(default, skip_serializing_if = "crate::store::record::shape::is_default")]
                pub(in crate::store::record) $optional: $optional_type,
            )*)?
        }

        impl crate::store::record::shape::Shape<$($domain)::+> for $name {
            fn from_domain(domain: &$($domain)::+) -> Self {
                Self {
                    $($field: crate::store::record::shape::Shape::from_domain(&domain.$field),)*
                    $($($optional: crate::store::record::shape::Shape::from_domain(&domain.$optional),)*)?
                }
            }

            fn into_domain(self) -> Result<$($domain)::+, crate::store::record::Problem> {
                let domain = $($domain)::+ {
                    $($field: crate::store::record::shape::Shape::into_domain(self.$field)?,)*
                    $($($optional: crate::store::record::shape::Shape::into_domain(self.$optional)?,)*)?
                };
                $($check(&domain)?;)?
                Ok(domain)
            }
        }
    };
}
pub(super) use shape_struct;

/// The shape of an enum: plain names, names with one value, names with fields.
macro_rules! shape_enum {
    (
        $(#[$doc:meta])*
        $name:ident for $($domain:ident)::+ $(, check $check:ident)? {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident
                $(($bind:ident: $inner:ty))?
                $({ $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })?
            ),+ $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                $variant $(($inner))? $({ $($(#[$field_meta])* $field: $type,)* })?,
            )+
        }

        impl crate::store::record::shape::Shape<$($domain)::+> for $name {
            fn from_domain(domain: &$($domain)::+) -> Self {
                type Domain = $($domain)::+;
                match domain {
                    $(
                        Domain::$variant $(($bind))? $({ $($field,)* })? => Self::$variant
                            $((crate::store::record::shape::Shape::from_domain($bind)))?
                            $({ $($field: crate::store::record::shape::Shape::from_domain($field),)* })?,
                    )+
                }
            }

            fn into_domain(self) -> Result<$($domain)::+, crate::store::record::Problem> {
                type Domain = $($domain)::+;
                let domain = match self {
                    $(
                        Self::$variant $(($bind))? $({ $($field,)* })? => Domain::$variant
                            $((crate::store::record::shape::Shape::into_domain($bind)?))?
                            $({ $($field: crate::store::record::shape::Shape::into_domain($field)?,)* })?,
                    )+
                };
                $($check(&domain)?;)?
                Ok(domain)
            }
        }
    };
}
pub(super) use shape_enum;
