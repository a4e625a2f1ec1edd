//! stub of the rates
use crate::domain::money::Currency;
/// s
pub enum Step { 
/// s
AllHours }
/// s
#[derive(Debug)]
pub struct Hours { 
/// s
pub own_secs: i64 }
/// s
#[derive(Debug)]
pub struct Rates { 
/// s
pub home: Currency, 
/// s
pub hours: Hours }
impl Rates { 
/// s
pub fn earned(&self) -> Option<rust_decimal::Decimal> { None } 
/// s
pub fn per_hour(&self, _s: Step) -> Option<rust_decimal::Decimal> { None } }
