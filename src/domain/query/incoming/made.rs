//! Made: what taking a statement in would make and change, in sum. It follows the plan of `command/taking_in`.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Choices, Incoming, Label, Payer, Target, Verdict};
use crate::domain::book::Book;
use crate::domain::money::Bag;
use crate::domain::statement::{MoveKind, Row, Says, Statement};

/// What would be made and changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// New sessions.
    pub sessions: usize,
    /// Their time, in seconds.
    pub secs: i64,
    /// New earnings.
    pub earnings: usize,
    /// Their amounts.
    pub money: Bag,
    /// New movements of accounts.
    pub movements: usize,
    /// What others paid to the user in them, fees taken off: moves of their own and exchanges are no income.
    pub came: Bag,
    /// Records that are brought up to what their rows say.
    pub changed: usize,
    /// New platforms, by name.
    pub platforms: BTreeSet<String>,
    /// New projects: platform and name.
    pub projects: BTreeSet<(String, String)>,
}

impl Made {
    /// Of a statement that is looked at.
    #[must_use]
    pub fn of(book: &Book, statement: &Statement, choices: &Choices, incoming: &Incoming) -> Self {
        let mut made = Self::default();
        // The labels of new rows, and whether any of them is money: that needs somebody who pays.
        let mut labels: BTreeMap<Label, bool> = BTreeMap::new();
        for (row, verdict) in statement.rows.iter().zip(&incoming.verdicts) {
            match verdict {
                Verdict::New => made.take(row, &mut labels),
                Verdict::Changed | Verdict::CameThrough(_) => made.changed += 1,
                Verdict::Known | Verdict::YoursStays | Verdict::Doubtful(_) | Verdict::Nothing(_) => {}
            }
        }
        let mut platforms = Names::default();
        let mut projects = Names::default();
        for (label, money) in &labels {
            let target = choices.targets.get(label).copied().unwrap_or(Target::Unnamed);
            if target != Target::New && !(target == Target::Unnamed && *money) {
                continue;
            }
            let (known, new) = (choices.platform(book, label), new_platform(choices, label));
            if known.is_none() {
                made.platforms.extend(platforms.first(new));
            }
            if target == Target::New {
                let of = known.and_then(|id| book.platform(id)).map_or(new, |platform| platform.name.as_str());
                if projects.first(&format!("{of}\n{}", label.name())).is_some() {
                    made.projects.insert((of.to_owned(), label.name().to_owned()));
                }
            }
        }
        made
    }

    fn take(&mut self, row: &Row, labels: &mut BTreeMap<Label, bool>) {
        match &row.says {
            Says::Logged(logged) => {
                self.sessions += 1;
                self.secs = self.secs.saturating_add(logged.secs());
            }
            Says::Credited(credited) => {
                self.earnings += 1;
                self.money.add(credited.amount);
            }
            Says::Moved(moved) => {
                self.movements += 1;
                if moved.kind == MoveKind::Payment && moved.amount.amount > Decimal::ZERO {
                    self.came.add(moved.amount);
                }
                return;
            }
        }
        if let Some(label) = Label::of(row) {
            *labels.entry(label).or_default() |= matches!(row.says, Says::Credited(_));
        }
    }
}

/// The name of the platform that a label would make.
fn new_platform<'a>(choices: &'a Choices, label: &'a Label) -> &'a str {
    match &choices.payer {
        Payer::New(name) => name.trim(),
        Payer::ByClient | Payer::Known(_) => label.client().trim(),
    }
}

/// Names that were met, whatever their case.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    /// The name, where it is met for the first time and is one.
    fn first(&mut self, name: &str) -> Option<String> {
        let is_new = !name.is_empty() && self.0.insert(name.to_lowercase());
        is_new.then(|| name.to_owned())
    }
}
