//! Tests of the page that is printed: what stands in it, and how it is written.

use super::*;
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::Platform;
use crate::domain::query::work::testkit::{Kit, day};
use crate::ui::view::month::tests::{a_month, figures, november};

fn page(kit: &Kit, person: &Person) -> String {
    html(&kit.book, &figures(kit, november()), person, day("2026-12-05"))
}

#[test]
fn it_holds_what_landed_its_sum_and_where_it_comes_from() {
    let page = page(&a_month(), &Person::default());
    for text in [
        "<title>Proof of income, November 2026</title>",
        "<p class=\"period\">1 Nov 2026 – 30 Nov 2026</p>",
        "<tr><td>18 Nov 2026</td><td>Platform 1</td><td class=\"n\">$90.00</td><td class=\"n\">$90.00</td></tr>",
        "Received in all</td><td class=\"n\">$90.00</td>",
        "Made on 5 Dec 2026 with TrueRate from the recipient’s own records",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    assert!(!page.contains("class=\"who\""), "nothing was typed");
    for private in ["$20.00", "$50.00", "$140.00", "4 h", "Project"] {
        assert!(!page.contains(private), "rates, hours and what is out are the user’s own: {private}");
    }
    assert!(!page.contains("<script") && !page.contains("http"), "no script, no network");
}

#[test]
fn what_was_typed_is_text_and_never_markup() {
    let mut kit = a_month();
    let mut platform: Platform = (**kit.book.platform(PlatformId(1)).unwrap()).clone();
    platform.name = "<b>A & B</b>".to_owned();
    kit.put(platform);
    let person = Person {
        name: " Wanjikũ \"W\" <script>alert(1)</script>".to_owned(),
        address: "Line 1\nLine 2\u{7}".to_owned(),
    };
    let page = page(&kit, &person);
    assert!(page.contains("<td>&lt;b&gt;A &amp; B&lt;/b&gt;</td>"), "{page}");
    let who = "<p class=\"who\">Wanjikũ &quot;W&quot; &lt;script&gt;alert(1)&lt;/script&gt;\nLine 1\nLine 2</p>";
    assert!(page.contains(who), "{page}");
    assert!(!page.contains("<script>"));
}

#[test]
fn another_currency_names_its_rate_or_that_there_is_none() {
    let mut kit = a_month();
    let pounds = |amount: i64| Money::new(amount.into(), Currency::GBP);
    kit.payout(21, "8", Some(pounds(8)), "2026-11-19", &[]);
    assert!(page(&kit, &Person::default()).contains("<td class=\"n\">£8.00</td><td class=\"n\">no exchange rate</td>"));
    assert!(page(&kit, &Person::default()).contains("<td class=\"n\">$90.00 + £8.00</td>"));
    kit.rate(1, Currency::GBP, "2026-11-17", "1.25");
    let with_rate = page(&kit, &Person::default());
    assert!(with_rate.contains("<td class=\"n\">£8.00</td><td class=\"n\">$10.00</td>"), "{with_rate}");
    assert!(with_rate.contains("Exchange rates: 1 GBP = 1.25 USD on 17 Nov 2026 (test)."), "{with_rate}");
    assert!(with_rate.contains("<td class=\"n\">$100.00</td>"));
}

#[test]
fn a_month_without_payouts_says_so_and_a_payer_may_be_unknown() {
    let mut kit = Kit::new();
    assert!(page(&kit, &Person::default()).contains("No payout was received in this month."));
    kit.payout(20, "5", Some(Money::new(5.into(), Currency::USD)), "2026-11-18", &[]);
    let mut payout = (**kit.book.payout(PayoutId(20)).unwrap()).clone();
    payout.platform = None;
    kit.put(payout);
    assert!(page(&kit, &Person::default()).contains("<td>a platform not named</td>"));
    assert_eq!(file_name(november()), "income-2026-11.html");
}
