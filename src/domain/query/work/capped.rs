//! Capped: the weeks of projects whose terms pay for so many hours only, each session priced for the room left to it.
//!
//! What a session is worth there depends on those before it: where one of them changes, its week is read again.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};

use super::delta::Delta;
use super::{Moment, Piece, Work};
use crate::domain::ids::ProjectId;
use crate::domain::query::caps::{Stint, rooms};
use crate::domain::query::hours::week_of;
use crate::domain::session::Session;
use crate::domain::span::{day_plus, user_day};

/// A project's week, by its first day.
type Week = (ProjectId, NaiveDate);

impl Work {
    /// The capped week that a session is in; `None` where its project has no cap.
    fn capped_week(&self, session: &Session) -> Option<Week> {
        let project = session.project.filter(|project| self.facts.is_capped(*project))?;
        let settings = self.book.settings();
        let day = user_day(session.started_at, session.zone, settings.day_start_minutes);
        Some((project, week_of(day, settings.week_start).first))
    }

    /// The places of a week's sessions, by start.
    fn places_of(&self, (project, first): Week) -> Vec<usize> {
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        // A user's day lies within two days of the UTC date of its starts.
        let from = self.shelf.began_before(midnight(day_plus(first, -2)));
        let until = self.shelf.began_before(midnight(day_plus(first, 10)));
        let days = first..=day_plus(first, 6);
        let of_week = |piece: &Piece| piece.session.project == Some(project) && days.contains(&piece.day);
        let places = self.shelf.in_order(from..until).iter().copied();
        places.filter(|at| self.shelf.piece(*at).is_some_and(of_week)).collect()
    }

    /// Adds to what changed the other sessions of capped weeks in which anything did.
    pub(super) fn reread_weeks(&self, delta: &mut Delta) {
        let sides = delta.sessions.values().flat_map(|(before, after)| before.iter().chain(after));
        let weeks: BTreeSet<Week> = sides.filter_map(|session| self.capped_week(session)).collect();
        for at in weeks.into_iter().flat_map(|week| self.places_of(week)) {
            if let Some(piece) = self.shelf.piece(at) {
                delta.reread(&piece.session);
            }
        }
    }

    /// Prices the sessions of the capped weeks that some places are in for the room left to each.
    pub(super) fn fit_weeks(&mut self, set: &[usize]) {
        let sessions = set.iter().filter_map(|at| self.shelf.piece(*at)).map(|piece| &piece.session);
        let weeks: BTreeSet<Week> = sessions.filter_map(|session| self.capped_week(session)).collect();
        for week in weeks {
            let places = self.places_of(week);
            for (at, room) in self.rooms_of(&places, |at| self.shelf.piece(at)) {
                if let Some(piece) = self.shelf.piece_mut(at) {
                    piece.fit(&self.facts, room);
                }
            }
        }
    }

    /// The same for a moment: what runs takes of the room of what began after it.
    pub(super) fn fit_at(&self, moment: &mut Moment<'_>) {
        let running = self.open.iter().filter_map(|at| self.shelf.piece(*at));
        let weeks: BTreeSet<Week> = running.filter_map(|piece| self.capped_week(&piece.session)).collect();
        for week in weeks {
            let places = self.places_of(week);
            for (at, room) in self.rooms_of(&places, |at| moment.piece(at)) {
                let Some(mut piece) = moment.piece(at).cloned() else { continue };
                piece.fit(&self.facts, room);
                piece.estimate = piece.estimated(&self.facts, self.taught.shares());
                moment.pieces.insert(at, piece);
            }
        }
    }

    fn rooms_of<'p>(&self, places: &[usize], piece: impl Fn(usize) -> Option<&'p Piece>) -> Vec<(usize, Option<i64>)> {
        let found: Vec<(usize, Stint<'_>)> =
            places.iter().filter_map(|at| Some((*at, piece(*at)?.stint(&self.facts)?))).collect();
        let stints: Vec<Stint<'_>> = found.iter().map(|(_, stint)| *stint).collect();
        found.iter().map(|(at, _)| *at).zip(rooms(&stints)).collect()
    }
}
