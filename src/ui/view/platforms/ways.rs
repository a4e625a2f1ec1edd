//! The routes of a platform beside each other: what each costs and how long it takes, by the user's own payouts, and as its
//! steps say of a sum; which of them is cheapest and which is fastest.

use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, RouteId};
use crate::domain::money::Money;
use crate::domain::query::routes::{Compared, Median, compare};
use crate::ui::format::{NONE, Style};
use crate::ui::view::reasons::counted;

/// A route beside the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayRow {
    /// Which.
    pub id: RouteId,
    /// Its name.
    pub name: String,
    /// "2.1 %": the median cost of the user's own payouts.
    pub cost: String,
    /// "3 days": their median.
    pub days: String,
    /// "5 payouts": what both rest on.
    pub of: String,
    /// "~ 2 %": what its steps say of the sum.
    pub quoted_cost: String,
    /// "~ 1–3 days".
    pub quoted_days: String,
    /// "cheapest, fastest"; empty where it is neither.
    pub mark: String,
}

impl WayRow {
    /// All of it, for screen readers.
    #[must_use]
    pub fn spoken(&self) -> String {
        let mut words = format!(
            "{}, own payouts {} and {}, by {}, quoted {} and {}",
            self.name, self.cost, self.days, self.of, self.quoted_cost, self.quoted_days
        );
        if !self.mark.is_empty() {
            words = format!("{words}, {}", self.mark);
        }
        words
    }
}

/// The rows, the usual route first, then by name.
#[must_use]
pub fn ways(book: &Book, platform: PlatformId, sum: Money) -> Vec<WayRow> {
    let style = Style::of(book.settings());
    let usual = book.platform(platform).and_then(|platform| platform.default_route);
    let mut rows: Vec<WayRow> = compare(book, platform, sum).iter().filter_map(|way| row(book, way, style)).collect();
    rows.sort_by_cached_key(|row| (usual != Some(row.id), row.name.to_lowercase(), row.id));
    rows
}

/// What is asked about unless said otherwise: the middle of what the platform has sent so far, else a hundred.
#[must_use]
pub fn usual_sum(book: &Book, platform: PlatformId) -> Money {
    let currency = book.platform(platform).map_or(book.settings().home_currency, |platform| platform.currency);
    let payouts = book.payouts().filter(|payout| payout.platform == Some(platform));
    let mut sums: Vec<Decimal> = payouts
        .filter(|payout| payout.gross.currency == currency && payout.gross.amount > Decimal::ZERO)
        .map(|payout| payout.sent_net().amount)
        .collect();
    sums.sort_unstable();
    let middle = sums.get(sums.len() / 2).copied().filter(|sum| *sum > Decimal::ZERO);
    Money::new(middle.unwrap_or(Decimal::ONE_HUNDRED), currency).rounded()
}

fn row(book: &Book, way: &Compared, style: Style) -> Option<WayRow> {
    let percent = |share: Decimal| style.percent(share.round_dp(1).normalize());
    let days = |days: Decimal| format!("{} {}", style.exact(days.normalize()), day_noun(days == Decimal::ONE));
    let value = |median: Option<Median>, words: &dyn Fn(Decimal) -> String| {
        median.map_or_else(|| NONE.to_owned(), |median| words(median.value))
    };
    let of = way.cost.map_or(0, |cost| cost.of).max(way.days.map_or(0, |days| days.of));
    let quoted = |(least, most): (u32, u32)| {
        let range = if least == most { format!("{most}") } else { format!("{least}–{most}") };
        let business = if way.quote.business { "business " } else { "" };
        format!("~ {range} {business}{}", day_noun(most == 1))
    };
    let marks = [(way.cheapest, "cheapest"), (way.fastest, "fastest")];
    let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
    Some(WayRow {
        id: way.route,
        name: book.route(way.route)?.name.clone(),
        cost: value(way.cost, &percent),
        days: value(way.days, &days),
        of: if of == 0 { "none yet".to_owned() } else { counted(of, "payout") },
        quoted_cost: way.quote.cost.map_or_else(|| NONE.to_owned(), |cost| format!("~ {}", percent(cost))),
        quoted_days: way.quote.days.map_or_else(|| NONE.to_owned(), quoted),
        mark: marks.join(", "),
    })
}

const fn day_noun(one: bool) -> &'static str {
    if one { "day" } else { "days" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::payout::Payout;
    use crate::domain::query::work::testkit::{Kit, day, usd};
    use crate::domain::route::{Fee, Route, RouteStep};
    use crate::domain::schedule::Lag;

    #[test]
    fn each_route_says_what_it_cost_and_what_its_steps_say_and_the_best_are_marked() {
        let mut kit = Kit::new();
        for (id, name, percent, least, most) in [(1, "PayPal", 2, 0, 1), (2, "Wire", 0, 3, 5)] {
            let fee = Fee { percent: Some(percent.into()), ..Fee::default() };
            kit.put(Route {
                id: RouteId(id),
                platform: Some(PlatformId(1)),
                name: name.to_owned(),
                steps: vec![RouteStep { to: name.to_owned(), transit: Some(Lag::days(least, most)), fee: Some(fee) }],
                landed_after_step: 0,
                minimum: None,
                ceiling: None,
                yearly_ceiling: None,
            });
        }
        kit.put(Payout {
            sent_on: Some(day("2026-11-10")),
            received: Some(usd("97")),
            received_on: Some(day("2026-11-11")),
            route: Some(RouteId(1)),
            ..Payout::new(crate::domain::ids::PayoutId(1), PlatformId(1), usd("100"))
        });
        let rows = ways(&kit.book, PlatformId(1), usd("100"));
        let told: Vec<String> = rows.iter().map(WayRow::spoken).collect();
        assert_eq!(
            told,
            [
                "PayPal, own payouts 3 % and 1 day, by 1 payout, quoted ~ 2 % and ~ 0–1 day, fastest",
                "Wire, own payouts – and –, by none yet, quoted ~ 0 % and ~ 3–5 days, cheapest",
            ]
        );
        assert_eq!(usual_sum(&kit.book, PlatformId(1)), usd("100"));
        assert_eq!(usual_sum(&kit.book, PlatformId(2)), usd("100"));
    }
}
