//! Routes: add, replace, delete. One that money took stays, so that the payouts can be told.

use std::sync::Arc;

use super::{check, platform, schedule};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::RouteId;
use crate::domain::platform::Platform;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::route::Route;

/// The most steps of a route: from the platform over wallets and banks to the account that counts.
const STEPS: usize = 6;

pub(super) fn set(book: &Book, route: &Route) -> Result<Change, Refused> {
    if let Some(id) = route.platform {
        platform::platform_of(book, id)?;
    }
    check_route(route)?;
    Ok(match book.route(route.id) {
        Some(before) => Change::replace(before, route.clone()),
        None => Change::create(route.clone()),
    })
}

/// Deletes a route that nothing names; platforms whose usual one it is have none then.
pub(super) fn delete(book: &Book, id: RouteId) -> Result<Change, Refused> {
    let route = book.route(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Route(id))))?;
    let counts = [
        (book.payouts().filter(|payout| payout.route == Some(id)).count(), "payout"),
        (book.earnings().filter(|earning| earning.route == Some(id)).count(), "earning"),
        (book.schedules().filter(|schedule| schedule.route == Some(id)).count(), "schedule"),
    ];
    if let Some((count, noun)) = counts.into_iter().find(|(count, _)| *count > 0) {
        return Err(Refusal::StillNamed(check::counted(count, noun)).into());
    }
    let mut edits: Vec<Edit> = Vec::new();
    for platform in book.platforms().filter(|platform| platform.default_route == Some(id)) {
        let without = Platform { default_route: None, ..(**platform).clone() };
        edits.extend(Change::replace(platform, without).edits().iter().cloned());
    }
    edits.push(Edit::delete(Arc::clone(route)));
    Ok(Change::new(edits))
}

/// Whether a route makes sense.
fn check_route(route: &Route) -> Result<(), Refused> {
    check::name("A name", &route.name)?;
    if route.steps.len() > STEPS {
        let steps = u32::try_from(route.steps.len()).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany(steps, u32::try_from(STEPS).unwrap_or(u32::MAX)).at(Field::Rule));
    }
    for step in &route.steps {
        check::text("The account", &step.to)?;
        step.transit.map_or(Ok(()), check::lag)?;
        step.fee.as_ref().map_or(Ok(()), schedule::check_fee)?;
    }
    for money in [route.minimum, route.ceiling, route.yearly_ceiling].into_iter().flatten() {
        check::positive_amount(money)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{Command, plan};
    use crate::domain::ids::PlatformId;
    use crate::domain::query::work::testkit::{Kit, at, dec, usd};
    use crate::domain::route::{Fee, RouteStep};
    use crate::domain::schedule::Lag;
    use crate::domain::span::Now;

    const ID: RouteId = RouteId(7);

    fn route() -> Route {
        Route {
            id: ID,
            platform: Some(PlatformId(1)),
            name: "PayPal".into(),
            steps: vec![RouteStep { to: "PayPal".into(), transit: Some(Lag::days(0, 1)), fee: None }],
            landed_after_step: 0,
            minimum: Some(usd("10")),
            ceiling: None,
            yearly_ceiling: None,
        }
    }

    fn now() -> Now {
        Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
    }

    fn done(book: &mut Book, command: &Command) -> Change {
        let change = plan(book, command, now()).unwrap();
        book.apply(&change);
        change
    }

    fn refusal(book: &Book, route: Route) -> Refused {
        plan(book, &Command::SetRoute(Box::new(route)), now()).unwrap_err()
    }

    #[test]
    fn a_route_is_added_changed_and_deleted_and_each_can_be_taken_back() {
        let mut book = Kit::new().book;
        let empty = book.clone();
        let added = done(&mut book, &Command::SetRoute(Box::new(route())));
        assert_eq!(book.route(ID).map(|route| route.name.as_str()), Some("PayPal"));
        let before = book.clone();
        let renamed = Route { name: "Bank".into(), ..route() };
        let changed = done(&mut book, &Command::SetRoute(Box::new(renamed)));
        assert_eq!(book.route(ID).map(|route| route.name.as_str()), Some("Bank"));
        book.apply(&changed.reversed());
        assert_eq!(book, before);
        book.apply(&added.reversed());
        assert_eq!(book, empty);
    }

    #[test]
    fn the_usual_route_of_a_platform_goes_with_it_in_one_step() {
        let mut book = Kit::new().book;
        done(&mut book, &Command::SetRoute(Box::new(route())));
        let usual = Platform { default_route: Some(ID), ..(**book.platform(PlatformId(1)).unwrap()).clone() };
        done(&mut book, &Command::EditPlatform(Box::new(usual)));
        let before = book.clone();
        let deleted = done(&mut book, &Command::DeleteRoute(ID));
        assert_eq!(book.route(ID), None);
        assert_eq!(book.platform(PlatformId(1)).unwrap().default_route, None);
        book.apply(&deleted.reversed());
        assert_eq!(book, before);
        done(&mut book, &Command::DeleteRoute(ID));
        let gone = plan(&book, &Command::DeleteRoute(ID), now()).unwrap_err();
        assert_eq!(gone.refusal, Refusal::Gone(Key::Route(ID)));
    }

    #[test]
    fn a_route_that_money_took_stays() {
        let mut kit = Kit::new();
        kit.put(route());
        let earning = kit.earning(1, "100", &[]);
        kit.payout(1, "55", Some(usd("55")), "2026-11-20", &[(earning, "55")]);
        let payout = kit.book.payouts().next().unwrap();
        let payout = crate::domain::payout::Payout { route: Some(ID), ..(**payout).clone() };
        kit.put(payout);
        let refused = plan(&kit.book, &Command::DeleteRoute(ID), now()).unwrap_err();
        assert_eq!(refused.to_string(), "Still named by 1 payout: it stays, so that they can be told");
    }

    #[test]
    fn what_makes_no_sense_is_refused_beside_its_field() {
        let book = Kit::new().book;
        assert_eq!(refusal(&book, Route { name: " ".into(), ..route() }).field, Field::Name);
        assert_eq!(refusal(&book, Route { minimum: Some(usd("0")), ..route() }).field, Field::Amount);
        assert_eq!(refusal(&book, Route { ceiling: Some(usd("-5")), ..route() }).field, Field::Amount);
        let step = |fee, transit| RouteStep { to: "Bank".into(), transit, fee };
        let of = |step: RouteStep| Route { steps: vec![step], ..route() };
        let fee = Fee { percent: Some(dec("120")), ..Fee::default() };
        assert_eq!(refusal(&book, of(step(Some(fee), None))).field, Field::Percent);
        let backwards = Lag { min_days: 3, max_days: 1, ..Lag::days(0, 1) };
        assert_eq!(refusal(&book, of(step(None, Some(backwards)))).refusal, Refusal::RangeReversed);
        assert_eq!(refusal(&book, Route { steps: vec![step(None, None); 7], ..route() }).field, Field::Rule);
        let gone = Route { platform: Some(PlatformId(9)), ..route() };
        assert_eq!(refusal(&book, gone).refusal, Refusal::Gone(Key::Platform(PlatformId(9))));
    }
}
