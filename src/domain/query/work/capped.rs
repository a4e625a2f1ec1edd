//! Capped: the weeks of projects whose terms pay for so many hours only, each session priced for the room left to it.
//!
//! What a session is worth there depends on those before it: where one of them changes, its week is read again.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::delta::Delta;
use super::shelf::Place;
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
    fn places_of(&self, (project, first): Week) -> Vec<Place> {
        let days = first..=day_plus(first, 6);
        let of_week = |piece: Piece<'_>| piece.session.project == Some(project) && days.contains(&piece.day);
        // A user's day lies within two days of the UTC date of its starts.
        let near = self.shelf.began_on(day_plus(first, -2)..=day_plus(first, 9));
        near.filter(|at| self.shelf.piece(*at).is_some_and(of_week)).collect()
    }

    /// Adds to what changed the other sessions of capped weeks in which anything did.
    pub(super) fn reread_weeks(&self, delta: &mut Delta) {
        let sides = delta.sessions.values().flat_map(|(before, after)| before.iter().chain(after));
        let weeks: BTreeSet<Week> = sides.filter_map(|session| self.capped_week(session)).collect();
        for at in weeks.into_iter().flat_map(|week| self.places_of(week)) {
            if let Some(piece) = self.shelf.piece(at) {
                delta.reread(piece.session);
            }
        }
    }

    /// Prices the sessions of the capped weeks that some places are in for the room left to each.
    pub(super) fn fit_weeks(&mut self, set: &[Place]) {
        if !self.facts.any_capped() {
            return;
        }
        let sessions = set.iter().filter_map(|at| self.shelf.session(*at));
        let weeks: BTreeSet<Week> = sessions.filter_map(|session| self.capped_week(session)).collect();
        for week in weeks {
            let places = self.places_of(week);
            for (at, room) in self.rooms_of(&places, |at| self.shelf.piece(at)) {
                self.shelf.fit(at, room);
            }
        }
    }

    /// The same for a moment: what runs takes of the room of what began after it.
    pub(super) fn fit_at(&self, moment: &mut Moment<'_>) {
        let running = self.open.iter().filter_map(|at| self.shelf.piece(*at));
        let weeks: BTreeSet<Week> = running.filter_map(|piece| self.capped_week(piece.session)).collect();
        for week in weeks {
            let places = self.places_of(week);
            for (at, room) in self.rooms_of(&places, |at| moment.piece(at)) {
                let Some(piece) = moment.piece(at) else { continue };
                moment.set(at, piece.fit(room));
            }
        }
    }

    fn rooms_of<'p>(&self, places: &[Place], piece: impl Fn(Place) -> Option<Piece<'p>>) -> Vec<(Place, Option<u32>)> {
        let found: Vec<(Place, Stint<'_>)> =
            places.iter().filter_map(|at| Some((*at, piece(*at)?.stint(&self.facts)?))).collect();
        let stints: Vec<Stint<'_>> = found.iter().map(|(_, stint)| *stint).collect();
        let rooms = rooms(&stints).into_iter().map(|room| room.map(|secs| u32::try_from(secs).unwrap_or(u32::MAX - 1)));
        found.iter().map(|(at, _)| *at).zip(rooms).collect()
    }
}
