//! What a sent project form changes: one command, so that it is one step of undo.
//!
//! New terms never change old work: changed ones begin on a day, unless the user corrects the old ones.

use super::terms::Read;
use super::{Changed, Parsed, ProjectDialog};
use crate::domain::command::Command;
use crate::domain::ids::{PlatformId, ProjectId, TermsId};
use crate::domain::platform::Project;
use crate::ui::cx::Cx;
use crate::ui::dialogs::parts;

impl ProjectDialog {
    /// The command of the form as it stands.
    pub(super) fn command(&self, cx: &Cx<'_>, platform: PlatformId, parsed: Parsed) -> Command {
        let id = self.before.as_ref().map_or_else(|| ProjectId(cx.fresh.draw()), |project| project.id);
        let project = Project {
            id,
            platform,
            name: self.name.trim().to_owned(),
            stages: self.before.as_ref().map_or_else(Vec::new, |project| project.stages.clone()),
            usual_activity: self.activity,
            usual_task_type: parts::text(&self.task_type),
            expertise: self.expertise.split(',').filter_map(parts::text).collect(),
            work_source: parts::text(&self.work_source),
            platform_fee_percent: parsed.fee,
            note: self.note.clone(),
        };
        let Some(before) = &self.before else {
            let terms = parsed.terms.map(|read| Box::new(read.terms(TermsId(cx.fresh.draw()), id)));
            return Command::AddProject { project: Box::new(project), terms };
        };
        let words = format!("Edit {}", before.name);
        let mut commands = vec![Command::EditProject(Box::new(project))];
        commands.extend(self.deleted.iter().map(|id| Command::DeleteTerms(*id)));
        commands.extend(parsed.terms.and_then(|read| self.set_terms(cx, id, read, parsed.new_from)));
        match commands.len() {
            1 => commands.remove(0),
            _ => Command::Together { words, commands },
        }
    }

    /// The terms to set; `None` where they stand as they were.
    fn set_terms(
        &self,
        cx: &Cx<'_>,
        project: ProjectId,
        mut read: Read,
        new_from: Option<chrono::NaiveDate>,
    ) -> Option<Command> {
        let fresh = || TermsId(cx.fresh.draw());
        let terms = match &self.basis {
            None => read.terms(fresh(), project),
            Some(basis) if self.deleted.contains(&basis.id) => {
                if read.pays_as(basis) {
                    return None;
                }
                read.terms(fresh(), project)
            }
            Some(basis) if read.pays_as(basis) => {
                if read.from == basis.from && read.missions == basis.missions {
                    return None;
                }
                read.terms(basis.id, project)
            }
            Some(basis) => match self.changed {
                Changed::Correct => {
                    read.from = basis.from;
                    read.terms(basis.id, project)
                }
                Changed::FromADay => {
                    read.from = new_from;
                    // Two terms of one day would hide each other: the ones that begin on it are set anew.
                    let same_day = cx
                        .book
                        .terms_of(project)
                        .into_iter()
                        .find(|terms| terms.from == new_from && !self.deleted.contains(&terms.id))
                        .map(|terms| terms.id);
                    read.terms(same_day.unwrap_or_else(fresh), project)
                }
            },
        };
        Some(Command::SetTerms(Box::new(terms)))
    }
}
