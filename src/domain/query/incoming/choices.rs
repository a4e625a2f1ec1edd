//! Choices: where what a statement names goes: who pays, and which project each label is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::platform::{Platform, Project, same_name};
use crate::domain::statement::{Row, Says, Statement};

/// What the rows of a file call the work: client and project, either of which may be empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Label {
    /// The client, or empty.
    pub client: String,
    /// The project, or empty.
    pub project: String,
}

/// Where the work of a label goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A project of the Book.
    Known(ProjectId),
    /// A new one that is called like the label.
    New,
    /// Nowhere yet: sessions are named later, earnings belong to the platform as a whole.
    Unnamed,
}

/// Who the statement is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payer {
    /// A platform of the Book.
    Known(PlatformId),
    /// A new one with this name.
    New(String),
    /// Each client is one: a time tracker's rows.
    ByClient,
}

/// What the user decided about a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Who it is of.
    pub payer: Payer,
    /// Where each label goes.
    pub targets: BTreeMap<Label, Target>,
    /// The doubtful rows that are taken all the same, by key.
    pub wanted: BTreeSet<String>,
}

impl Label {
    /// What a row calls its work; `None` for money that moved.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        match &row.says {
            Says::Logged(logged) => Some(Self { client: logged.client.clone(), project: logged.project.clone() }),
            Says::Credited(credited) => Some(Self { client: String::new(), project: credited.project.clone() }),
            Says::Moved(_) => None,
        }
    }

    /// Whether it names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.client.is_empty() && self.project.is_empty()
    }
}

impl Choices {
    /// What is proposed: platforms and projects of the same name, whatever their case, else new ones. `payer` is what the
    /// format is known to be of; `None` for time trackers.
    #[must_use]
    pub fn proposed(book: &Book, statement: &Statement, payer: Option<&str>) -> Self {
        let payer = match payer {
            None => Payer::ByClient,
            Some(name) => {
                let of_it = |platform: &&Arc<Platform>| {
                    same_name(&platform.name, name)
                        || platform.preset.as_deref().is_some_and(|preset| same_name(preset, name))
                };
                let known = book.platforms_by_name().into_iter().find(of_it);
                known.map_or_else(|| Payer::New(name.to_owned()), |platform| Payer::Known(platform.id))
            }
        };
        Self::proposed_to(book, statement, payer)
    }

    /// What is proposed where somebody is known to pay.
    #[must_use]
    pub fn proposed_to(book: &Book, statement: &Statement, payer: Payer) -> Self {
        let mut choices = Self { payer, targets: BTreeMap::new(), wanted: BTreeSet::new() };
        for label in statement.rows.iter().filter_map(Label::of) {
            if !choices.targets.contains_key(&label) {
                let target = choices.proposed_for(book, &label);
                choices.targets.insert(label, target);
            }
        }
        choices
    }

    fn proposed_for(&self, book: &Book, label: &Label) -> Target {
        if label.is_empty() {
            return Target::Unnamed;
        }
        let of_platform = |project: &&Arc<Project>| match &self.payer {
            Payer::Known(platform) => project.platform == *platform,
            Payer::New(_) => false,
            Payer::ByClient => {
                let platform = book.platform(project.platform);
                label.client.is_empty() || platform.is_some_and(|platform| same_name(&platform.name, &label.client))
            }
        };
        let mut found = book.projects().filter(|project| same_name(&project.name, label.name())).filter(of_platform);
        match (found.next(), found.next()) {
            (Some(one), None) => Target::Known(one.id),
            _ => Target::New,
        }
    }

    /// Whether a label's work has a platform, in the Book or a new one.
    #[must_use]
    pub fn has_platform(&self, book: &Book, label: &Label) -> bool {
        self.platform(book, label).is_some()
            || match &self.payer {
                Payer::Known(_) => true,
                Payer::New(name) => !name.trim().is_empty(),
                Payer::ByClient => !label.client().trim().is_empty(),
            }
    }

    /// The platform of a label's work, where the Book has it.
    #[must_use]
    pub fn platform(&self, book: &Book, label: &Label) -> Option<PlatformId> {
        if let Some(Target::Known(project)) = self.targets.get(label) {
            return book.project(*project).map(|project| project.platform);
        }
        match &self.payer {
            Payer::Known(platform) => Some(*platform),
            Payer::New(_) => None,
            Payer::ByClient => {
                let client = label.client();
                book.platforms_by_name()
                    .into_iter()
                    .find(|platform| same_name(&platform.name, client))
                    .map(|platform| platform.id)
            }
        }
    }
}

impl Label {
    /// The project's name, or the client's where there is no project.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.project.is_empty() { &self.client } else { &self.project }
    }

    /// The client's name, or the project's where there is no client.
    #[must_use]
    pub fn client(&self) -> &str {
        if self.client.is_empty() { &self.project } else { &self.client }
    }
}
