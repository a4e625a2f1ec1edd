//! The law of what is not yet paid, over generated Books: by window, by state and by age it is the same money, to the cent.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::laws::{desk, owed as some_owed, rule, work};
use super::*;
use crate::domain::earning::{Held, HeldKind};
use crate::domain::query::calendar::UnknownDate;
use crate::domain::query::exposure::{Age, OpenState, owed};
use crate::domain::span::user_day;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn ages_sum_to_states_sum_to_what_is_not_yet_paid(
        rules in prop::collection::vec(rule(), 0..3),
        work in work(),
        mut owing in some_owed(),
        held in prop::collection::vec((0i64..20_000, any::<bool>()), 0..3),
        sent in prop::collection::vec((0i64..30, 0i64..20_000, 0i64..20_000), 0..4),
        hours in 0i64..1500,
    ) {
        owing.truncate(6);
        let mut desk = desk(rules, work, owing, false);
        for (cents, frozen) in held {
            let kind = if frozen { HeldKind::Frozen } else { HeldKind::Disputed };
            let money = Money::new(Decimal::new(cents, 2), Currency::USD);
            desk.earning(money, days("2026-11-03", "2026-11-04"), |earning| {
                earning.held = Some(Held { kind, since: day("2026-11-05"), why: String::new() });
            });
        }
        let mut in_transit = Decimal::ZERO;
        for (later, gross, part) in sent {
            let money = |cents| Money::new(Decimal::new(cents, 2), Currency::USD);
            let earning = desk.earning(money(part), days("2026-09-01", "2026-09-02"), |_| {});
            desk.payout(money(gross), |payout| {
                payout.sent_on = Some(day("2026-11-01") + chrono::TimeDelta::days(later));
                payout.allocations = vec![allocation(earning, money(part))];
            });
            in_transit += Decimal::new(gross, 2);
        }
        let now = Now { at: at("2026-11-01T00:00:00Z") + chrono::TimeDelta::hours(hours), zone: chrono_tz::UTC };
        let calendar = calendar(&desk.book, now);
        let found = owed(&desk.book, &calendar, user_day(now.at, now.zone, 0));

        // By what the calendar says of each expected payout, without asking for any state.
        let by_window = |wanted: &dyn Fn(&Window) -> bool| -> Decimal {
            calendar.expected.iter().filter(|one| wanted(&one.window)).map(|one| one.gross.amount).sum()
        };
        let windows = by_window(&|window| matches!(window, Window::Lands { .. } | Window::DrawableFrom(_)));
        let drawable = by_window(&|window| matches!(window, Window::DrawableNow { .. }));
        let below = by_window(&|window| matches!(window, Window::BelowMinimum { .. }));
        let kept = |why: &UnknownDate| matches!(why, UnknownDate::Frozen | UnknownDate::Disputed);
        let unknown = by_window(&|window| matches!(window, Window::Unknown(why) if !kept(why)));
        let frozen_and_disputed = by_window(&|window| matches!(window, Window::Unknown(why) if kept(why)));
        let all = windows + drawable + below + in_transit + unknown + frozen_and_disputed;

        let dollars = |bag: &crate::domain::money::Bag| bag.of(Currency::USD).amount.round_dp(15);
        let whole = dollars(&found.all.states.not_yet_paid());
        prop_assert_eq!(whole, all.round_dp(15));
        for row in found.rows.iter().chain([&found.all]) {
            let states: Decimal = OpenState::ALL.iter().map(|state| dollars(row.states.of(*state))).sum();
            let ages: Decimal = Age::ALL.iter().map(|age| dollars(&row.of(*age).sum)).sum();
            prop_assert_eq!(states.round_dp(12), ages.round_dp(12));
            prop_assert_eq!(ages.round_dp(12), dollars(&row.states.not_yet_paid()).round_dp(12));
        }
        // The pieces are what the sums are made of.
        for row in &found.rows {
            let pieces: Decimal = row.rows.iter().map(|piece| piece.amount.amount).sum();
            prop_assert_eq!(pieces.round_dp(12), dollars(&row.states.not_yet_paid()).round_dp(12));
        }
        prop_assert_eq!(found.all.home.map(|sum| sum.amount.round_dp(15)), Some(whole));
    }
}
