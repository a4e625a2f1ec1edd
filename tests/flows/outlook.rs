//! Outlook: from a week of the forecast to its payout and back, a month page by keys, and a proof of income as a file.

use std::path::Path;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rust_decimal::Decimal;
use truerate::domain::money::{Bag, Currency, Money};
use truerate::domain::query::calendar::calendar;
use truerate::domain::query::exposure::exposure;
use truerate::domain::query::forecast::{Forecast, forecast};
use truerate::domain::query::hours::Selection;
use truerate::domain::query::month::month_figures;
use truerate::domain::query::needs::closed;
use truerate::domain::query::rates::rates;
use truerate::domain::query::work::Work;
use truerate::domain::span::{Month, Now, user_day};
use truerate::ports::{Clock as _, Disk as _};
use truerate::ui::view::payouts::{TotalKind, payouts};

use crate::desk::{Desk, Look, ZONE};

const FILE: &str = "/home/ada/Documents/income-2026-10.html";
const CHART: &str = "The next twelve weeks, chart; the arrow keys walk its weeks";

fn on(page: Key) -> Desk {
    let mut desk = Desk::sample(Look::default());
    desk.press("Outlook");
    desk.key(page);
    desk
}

fn now(desk: &Desk) -> Now {
    Now { zone: ZONE, ..desk.clock.now() }
}

/// Files are written off the frame.
#[test]
fn by_keys_alone_a_week_s_payout_is_followed_and_back_shows_the_week_again() {
    let mut desk = on(Key::F);
    assert!(desk.reads("sure in the next 4 weeks"), "{:?}", desk.texts());
    desk.harness.get_by_role_and_label(Role::Image, CHART).focus();
    desk.settle();
    desk.key(Key::ArrowRight);
    let said = |desk: &Desk| {
        desk.harness.get_by_role_and_label(Role::Image, CHART).accesskit_node().value().unwrap_or_default()
    };
    let week = said(&desk);
    assert!(week.starts_with("Mon 23 – Sun 29 Nov: "), "{week}");
    let row = desk
        .harness
        .get_all_by_role(Role::Row)
        .filter_map(|row| row.accesskit_node().label())
        .find(|name| name.starts_with("Upwork, Wed 25 Nov, ~ $"))
        .expect("Upwork pays on Wednesday");
    assert!(row.ends_with(", likely"), "{row}");
    desk.click(Role::Row, &row);
    assert!(desk.reads("‹ Back to Outlook"), "{:?}", desk.texts());
    assert!(desk.reads("Wed 25 Nov"));
    desk.key_with(egui::Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(said(&desk), week);
}

#[test]
fn a_month_is_paged_to_by_keys_from_any_page_and_its_figures_open() {
    let mut desk = on(Key::F);
    desk.key(Key::PageUp);
    assert!(desk.reads("October 2026"), "{:?}", desk.texts());
    desk.key(Key::PageUp);
    assert!(desk.reads("September 2026"));
    desk.key(Key::T);
    assert!(desk.reads("November 2026"));
    desk.key(Key::PageDown);
    assert!(desk.reads("November 2026"), "what has not begun has no page");
}

#[test]
fn a_proof_of_income_is_written_for_the_user_and_opened() {
    let mut desk = on(Key::M);
    desk.disk.make_folder(Path::new("/home/ada/Documents")).expect("a folder");
    desk.key(Key::PageUp);
    desk.key_with(egui::Modifiers::COMMAND, Key::P);
    desk.fill("Name", "Amina Otieno");
    desk.press("Save and open");
    desk.wait_until_reads("Saved: /home/ada/Documents/income-2026-10.html");
    assert_eq!(desk.desktop.opened(), [FILE]);
    let page = String::from_utf8(desk.disk.read(Path::new(FILE)).expect("it was written")).expect("text");
    for text in ["Proof of income", "Amina Otieno", "1 Oct 2026 – 31 Oct 2026", "Outlier", "Exchange rates: 1 "] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    // Nothing of the person is kept: asked again, the fields are empty.
    desk.key_with(egui::Modifiers::COMMAND, Key::P);
    let name = desk.harness.get_by_role_and_label(Role::TextInput, "Name");
    assert_eq!(name.accesskit_node().value().unwrap_or_default(), "");
    let with_name = desk.disk.files().into_iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Amina"));
    assert_eq!(with_name.map(|(path, _)| path).collect::<Vec<_>>(), [Path::new(FILE)], "no file of the book has them");
}

#[test]
fn a_file_that_can_t_be_written_is_told_and_nothing_is_opened() {
    let mut desk = on(Key::M);
    desk.key_with(egui::Modifiers::COMMAND, Key::P);
    desk.fill("File", "/nowhere/income.html");
    desk.press("Save and open");
    desk.wait_until_reads("There is no such folder");
    assert!(desk.reads("Proof of income"), "what was typed is still there");
    assert!(desk.desktop.opened().is_empty());
}

#[test]
fn an_empty_book_says_what_stands_on_each_page() {
    let mut desk = Desk::empty(Look { width: 900.0, height: 600.0, ..Look::default() });
    desk.press("Outlook");
    desk.key(Key::F);
    assert!(desk.reads("Nothing is out"), "{:?}", desk.texts());
    desk.key(Key::M);
    assert!(desk.reads("Nothing in this month"));
}

/// All that a forecast tells, gross, of a currency.
fn told(found: &Forecast, currency: Currency) -> Decimal {
    found.coming.iter().map(|one| one.gross).filter(|money| money.currency == currency).map(|money| money.amount).sum()
}

#[test]
fn the_forecast_of_the_sample_is_what_is_not_yet_paid_each_cent_once() {
    let desk = Desk::sample(Look::default());
    let (book, now) = (desk.harness.state().engine().book(), now(&desk));
    let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
    let calendar = calendar(book, now);
    let found = forecast(book, &calendar, today);
    let mut out = Bag::default();
    for exposure in exposure(book, &calendar).values() {
        out.add_all(&exposure.not_yet_paid());
    }
    assert!(!out.is_empty());
    for money in out.iter() {
        assert_eq!(told(&found, money.currency).round_dp(12), money.amount.round_dp(12), "{}", money.currency);
    }
    let places = found.weeks.iter().flat_map(|week| &week.coming);
    let places = places.chain(found.beside.iter().flat_map(|aside| &aside.coming)).count();
    assert_eq!(places, found.coming.len(), "each part stands in one place");
}

#[test]
fn a_month_of_the_sample_agrees_with_the_rates_and_the_payouts_tab() {
    let desk = Desk::sample(Look::default());
    let (book, now) = (desk.harness.state().engine().book(), now(&desk));
    let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
    let (work, calendar) = (Work::of(book), calendar(book, now));
    for number in [7, 8, 9, 10, 11] {
        let month = Month { year: 2026, month: number };
        let found = month_figures(&work, &calendar, &closed(&work, today), month, today, now.at);
        assert_eq!(found.rates, rates(&work, &Selection::period(found.days), now.at), "{month}");
        let sides: Decimal = found.sides.iter().map(|(_, rates)| rates.received).sum();
        assert_eq!(sides.round_dp(10), found.rates.received.round_dp(10), "{month}: platforms sum to the month");
        let view = payouts(book, &calendar, month, now, today);
        let landed = view.totals.iter().find(|total| total.kind == TotalKind::Landed);
        let home = book.settings().home_currency;
        let cents: Decimal = found.landed.iter().filter_map(|row| row.home).map(|home| home.rounded().amount).sum();
        let sum = truerate::ui::format::Style::of(book.settings()).money(Money::new(cents, home));
        assert_eq!(landed.map_or("$0.00", |total| total.figure.as_str()), sum, "{month}");
    }
}
