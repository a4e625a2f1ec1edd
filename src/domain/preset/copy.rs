//! Copying a preset into records of the Book.
//!
//! Promises: documented and reported facts are copied, offered ones only where the user took them, and the records say
//! which it was. Nothing leads back: later changes of the catalogue change no record. Ids are drawn by the caller.

use chrono::NaiveDate;

use super::{Preset, PresetRoute, PresetSchedule, fills};
use crate::domain::ids::{PlatformId, ProjectId, RouteId, ScheduleId};
use crate::domain::money::Currency;
use crate::domain::platform::{DatedStage, Platform, Stage};
use crate::domain::route::Route;
use crate::domain::schedule::Schedule;

/// What the user asks for when adding a platform from the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Its stage.
    pub stage: Stage,
    /// The first day of that stage, in the user's zone.
    pub from: NaiveDate,
    /// The currency to use where no source states or advertises one: the home currency.
    pub currency_if_unknown: Currency,
    /// The country that the user works from, by its two letters of ISO 3166-1.
    pub country: Option<&'a str>,
    /// Offered schedules that the user takes, as positions in [`Preset::schedules`].
    pub taken_schedules: &'a [usize],
    /// Offered routes that the user takes, as positions in [`Preset::routes`].
    pub taken_routes: &'a [usize],
}

/// Copies a preset into records: the platform, its schedules and its routes.
///
/// Documented and reported schedules and routes are copied; offered ones only where taken, and then a taken schedule
/// stands in place of the default ones. Positions that name no offer are passed over. Rules for a part of the work
/// are left to projects, those for one way of being paid are copied with its route. The default route is set only where
/// there is just one. `next_id` draws a fresh number for each record: first the platform, then its schedules, then its
/// routes, then the schedules of single routes.
#[must_use]
pub fn instantiate(
    preset: &Preset,
    wish: &Wish<'_>,
    next_id: &mut dyn FnMut() -> u64,
) -> (Platform, Vec<Schedule>, Vec<Route>) {
    let id = PlatformId(next_id());
    let taken: Vec<&PresetSchedule> =
        preset.offers().filter(|(at, _)| wish.taken_schedules.contains(at)).map(|(_, offer)| offer).collect();
    let chosen = if taken.is_empty() { preset.default_schedules().collect() } else { taken };
    let copied = |offer: &PresetSchedule, own: u64| Schedule {
        rule: offer.rule_in(wish.country),
        ..offer.schedule(ScheduleId(own), id, None)
    };
    let mut schedules: Vec<Schedule> = chosen.into_iter().map(|offer| copied(offer, next_id())).collect();
    let routes: Vec<Route> = preset
        .routes
        .iter()
        .enumerate()
        .filter(|(at, route)| fills(&route.provenance) || wish.taken_routes.contains(at))
        .map(|(_, route)| route.route(RouteId(next_id()), id))
        .collect();
    for (name, offer) in preset.route_schedules() {
        if let Some(route) = routes.iter().find(|route| route.name == name) {
            schedules.push(Schedule { route: Some(route.id), ..copied(offer, next_id()) });
        }
    }
    let platform = Platform {
        badge: preset.badge.clone(),
        hue: preset.hue_hint,
        kind: preset.kind,
        stages: vec![DatedStage::since(wish.from, wish.stage)],
        default_route: match routes.as_slice() {
            [only] => Some(only.id),
            _ => None,
        },
        preset: Some(preset.name.clone()),
        needs_tracker: preset.needs_tracker,
        ..Platform::new(id, preset.name.clone(), preset.currency().unwrap_or(wish.currency_if_unknown))
    };
    (platform, schedules, routes)
}

impl PresetSchedule {
    /// The rule as a record of a platform, or of one of its projects.
    ///
    /// What was assumed goes into the source, so that it can still be told when the preset is gone. A rule that was
    /// only offered is marked as taken by the user.
    #[must_use]
    pub fn schedule(&self, id: ScheduleId, platform: PlatformId, project: Option<ProjectId>) -> Schedule {
        let mut provenance = self.provenance.clone();
        if let Some(assumed) = &self.assumed {
            provenance.source = format!("{}; {assumed}", provenance.source);
        }
        provenance.taken_by_user = !fills(&self.provenance);
        Schedule {
            id,
            platform,
            project,
            route: None,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            rule: self.rule.clone(),
            provenance,
        }
    }
}

impl PresetRoute {
    /// The route as a record of a platform. Money counts as landed after the last step.
    #[must_use]
    pub fn route(&self, id: RouteId, platform: PlatformId) -> Route {
        Route {
            id,
            platform: Some(platform),
            name: self.name.clone(),
            steps: self.steps.clone(),
            landed_after_step: 0,
            minimum: self.minimum,
            ceiling: self.ceiling,
            yearly_ceiling: self.yearly_ceiling,
        }
    }
}
