//! The settings by role and label: what is sent, what is refused and where it is said.

use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::domain::book::Book;
use crate::domain::exchange::ExchangeRate;
use crate::domain::ids::{PlatformId, RateId};
use crate::domain::money::Money;
use crate::domain::payer_rule::{PayerRule, Whose};
use crate::domain::query::work::testkit::{Kit, day, dec};
use crate::domain::refusal::Refusal;
use crate::domain::settings::{DateStyle, NumberStyle, Settings, Theme};
use crate::ui::testing::with_cx;
use crate::ui::theme::ThemeChoice;

const NOW: &str = "2026-11-22T13:00:00Z";

struct Scene {
    dialog: SettingsDialog,
    book: Book,
    refused: Option<Refused>,
    asked: Vec<Action>,
}

fn window(kit: &Kit, refused: Option<Refused>, open: impl Fn(&Cx<'_>) -> SettingsDialog) -> Harness<'static, Scene> {
    let book = kit.book.clone();
    let dialog = with_cx(&book, NOW, None, open);
    let scene = Scene { dialog, book, refused, asked: Vec::new() };
    let mut harness = Harness::builder()
        .with_size([900.0, 1100.0])
        .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
        .build_ui_state(
            |ui, scene: &mut Scene| {
                let Scene { dialog, book, refused, asked } = scene;
                with_cx(book, NOW, refused.clone(), |cx| dialog.ui(ui.ctx(), cx, asked));
            },
            scene,
        );
    harness.run();
    harness
}

fn type_into(harness: &mut Harness<'_, Scene>, name: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, name).focus();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, name).type_text(text);
    harness.run();
}

fn pick(harness: &mut Harness<'_, Scene>, picker: &str, find: &str, choice: &str) {
    harness.get_by_role_and_label(Role::ComboBox, picker).click();
    harness.run();
    if !find.is_empty() {
        harness.get_by_role_and_label(Role::TextInput, &format!("Find: {picker}")).type_text(find);
        harness.run();
    }
    harness.get_by_role_and_label(Role::ListBoxOption, choice).click();
    harness.run();
}

fn page(harness: &mut Harness<'_, Scene>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
}

fn sent(harness: &Harness<'_, Scene>) -> Settings {
    match harness.state().asked.last() {
        Some(Action::Submit(Command::SetSettings(settings))) => (**settings).clone(),
        other => panic!("{other:?}"),
    }
}

fn with_floor() -> Kit {
    let mut kit = Kit::new();
    kit.settings(|settings| settings.floor = Some(Money::new(18.into(), Currency::USD)));
    kit
}

/// At the page of the exchange rates.
fn rates(cx: &Cx<'_>) -> SettingsDialog {
    SettingsDialog::exchange_rates(cx, None)
}

fn rate(id: u64, base: Currency, on: &str, figure: &str) -> ExchangeRate {
    ExchangeRate {
        id: RateId(id),
        base,
        quote: Currency::USD,
        on: day(on),
        rate: dec(figure),
        source: "own".into(),
        estimate: id == 9,
    }
}

#[test]
fn what_is_typed_is_sent_as_a_whole_and_the_rest_stays() {
    let mut harness = window(&with_floor(), None, SettingsDialog::new);
    type_into(&mut harness, "Set aside for tax", "27.5 %");
    type_into(&mut harness, "Floor", "$20");
    pick(&mut harness, "Second currency", "euro", "EUR");
    type_into(&mut harness, "Most on one platform", "60");
    type_into(&mut harness, "Save the page above", "150.50");
    page(&mut harness, "Time and place");
    type_into(&mut harness, "Day starts at", "4am");
    harness.get_by_label("What starts before 4:00 counts for the day before");
    pick(&mut harness, "Time zone", "berlin", "Europe/Berlin");
    harness.get_by_label("It is 14:00 there now");
    pick(&mut harness, "Week starts on", "", "Sunday");
    pick(&mut harness, "Country", "kenya", "Kenya");
    page(&mut harness, "Look");
    pick(&mut harness, "Theme", "", "Light");
    pick(&mut harness, "Size", "", "125 %");
    pick(&mut harness, "Dates", "", "Tue Nov 24");
    pick(&mut harness, "Numbers", "", "1.234,50");
    harness.get_by_role_and_label(Role::CheckBox, "Reduced motion").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Save").click();
    harness.run();
    let before = with_floor().book.settings().clone();
    let expected = Settings {
        set_aside_percent: Some(dec("27.5")),
        floor: Some(Money::new(20.into(), Currency::USD)),
        day_start_minutes: 240,
        zone: chrono_tz::Europe::Berlin,
        week_start: chrono::Weekday::Sun,
        theme: Theme::Light,
        scale_percent: 125,
        second_currency: Some(Currency::EUR),
        country: Some("KE".into()),
        date_style: DateStyle::MonthDay,
        number_style: NumberStyle::CommaPoint,
        reduced_motion: true,
        most_on_one_percent: Some(dec("60")),
        save_page_above: Some(Money::new(dec("150.50"), Currency::USD)),
        ..(*before).clone()
    };
    assert_eq!(sent(&harness), expected);
}

#[test]
fn another_home_currency_clears_the_floor_and_says_what_it_was() {
    let mut harness = window(&with_floor(), None, SettingsDialog::new);
    pick(&mut harness, "Home currency", "EUR", "EUR");
    harness.get_by_label("It was $18.00: type it in EUR");
    harness.get_by_role_and_label(Role::Button, "Save").click();
    harness.run();
    assert_eq!((sent(&harness).home_currency, sent(&harness).floor), (Currency::EUR, None));
}

#[test]
fn what_cannot_be_read_is_said_beside_its_field_and_is_not_sent() {
    let mut harness = window(&with_floor(), None, SettingsDialog::new);
    for (field, text, reason) in [
        ("Set aside for tax", "130", "Between 0 and 100 %, please"),
        ("Floor", "£18", "Must be in USD, not GBP"),
        ("Floor", "0", "Must be above zero; empty means no floor"),
        ("Day starts at", "25:00", "There is no 25 o’clock"),
    ] {
        page(&mut harness, if field == "Day starts at" { "Time and place" } else { "Money" });
        type_into(&mut harness, field, text);
        harness.get_by_label(reason);
        assert!(harness.get_by_role_and_label(Role::Button, "Save").accesskit_node().is_disabled());
    }
    // What can't be read stands on another page: it is said beside the buttons.
    page(&mut harness, "Look");
    harness.get_by_label("Set aside for tax: Between 0 and 100 %, please");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(matches!(harness.state().asked.as_slice(), [Action::CloseDialog]));
}

#[test]
fn an_emptied_field_means_not_chosen() {
    let mut kit = with_floor();
    kit.settings(|settings| settings.set_aside_percent = Some(25.into()));
    let mut harness = window(&kit, None, SettingsDialog::new);
    for field in ["Set aside for tax", "Floor"] {
        type_into(&mut harness, field, "x");
        harness.key_press(Key::Backspace);
        harness.run();
    }
    harness.get_by_role_and_label(Role::Button, "Save").click();
    harness.run();
    assert_eq!((sent(&harness).set_aside_percent, sent(&harness).floor), (None, None));
}

#[test]
fn a_refusal_stands_beside_its_field() {
    let refused = Refusal::Absurd(dec("99999999"), dec("100000")).at(At::Rate);
    let harness = window(&with_floor(), Some(refused), SettingsDialog::new);
    harness.get_by_label("99999999 is more than 100000: a slip of the keys?");
}

#[test]
fn a_rate_is_typed_shown_back_and_set_at_once() {
    let mut harness = window(&Kit::new(), None, rates);
    pick(&mut harness, "From currency", "GBP", "GBP");
    type_into(&mut harness, "Day of the rate", "3 Nov");
    type_into(&mut harness, "Exchange rate", "1.31");
    harness.get_by_label("For Tue 3 Nov");
    harness.key_press(Key::Enter);
    harness.run();
    let [Action::Do(Command::SetRate(set))] = harness.state().asked.as_slice() else {
        panic!("{:?}", harness.state().asked)
    };
    let expected = ExchangeRate { id: set.id, ..rate(0, Currency::GBP, "2026-11-03", "1.31") };
    assert_eq!(**set, expected);
    assert_ne!(set.id, RateId(0), "drawn fresh");
}

#[test]
fn a_second_rate_of_the_same_pair_and_day_takes_the_place_of_the_first() {
    let mut kit = Kit::new();
    kit.put(rate(7, Currency::EUR, "2026-11-22", "1.10"));
    let mut harness = window(&kit, None, rates);
    type_into(&mut harness, "Exchange rate", "1.15");
    harness.get_by_label("Replaces the one of Sun 22 Nov");
    harness.get_by_role_and_label(Role::Button, "Add rate").click();
    harness.run();
    let Some(Action::Do(Command::SetRate(set))) = harness.state().asked.last() else { panic!("nothing set") };
    assert_eq!((set.id, set.rate), (RateId(7), dec("1.15")));
}

#[test]
fn a_rate_that_cannot_be_is_refused_in_place() {
    let mut harness = window(&Kit::new(), None, rates);
    for (text, reason) in [("0", "Must be above zero, not 0"), ("much", "A rate such as 1.31, please")] {
        type_into(&mut harness, "Exchange rate", text);
        harness.get_by_label(reason);
    }
    type_into(&mut harness, "Exchange rate", "1.3");
    pick(&mut harness, "From currency", "USD", "USD");
    harness.get_by_label("USD to itself is always one");
    assert!(harness.get_by_role_and_label(Role::Button, "Add rate").accesskit_node().is_disabled());
}

#[test]
fn rates_stand_newest_first_and_each_can_be_deleted() {
    let mut kit = Kit::new();
    kit.put(rate(1, Currency::GBP, "2026-11-03", "1.31"));
    kit.put(rate(9, Currency::EUR, "2026-11-20", "1.08765"));
    let mut harness = window(&kit, None, rates);
    harness.get_by_role_and_label(Role::Row, "EUR to USD, 1.08765, Fri 20 Nov");
    harness.get_by_label("own · estimate");
    harness.get_by_role_and_label(Role::Button, "Delete GBP to USD, 1.3100, Tue 3 Nov").click();
    harness.run();
    assert!(matches!(harness.state().asked.as_slice(), [Action::Do(Command::DeleteRate(RateId(1)))]));
}

#[test]
fn a_missing_rate_stands_ready_to_be_typed() {
    let missing = MissingRate { from: Currency::GBP, to: Currency::USD, on: day("2026-11-03") };
    let mut harness = window(&Kit::new(), None, |cx| SettingsDialog::exchange_rates(cx, Some(missing)));
    type_into(&mut harness, "Exchange rate", "1.31");
    harness.get_by_label("For Tue 3 Nov");
    let picker = harness.get_by_role_and_label(Role::ComboBox, "From currency");
    assert_eq!(picker.value().as_deref(), Some("GBP"));
}

/// Work in pounds on 20 November, in a Book of dollars; and a sheet of two days.
fn pounds_and_a_sheet() -> (Kit, Box<crate::ui::view::rates_file::RatesRead>) {
    use crate::domain::exchange::Sheet;
    use crate::domain::query::intake::{Extent, Intake};
    let mut kit = Kit::new();
    kit.terms(9, 2, Currency::GBP, crate::domain::terms::Pay::PerHour(20.into()));
    kit.work(1, 2, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    let mut sheet = Sheet::new("European Central Bank", Currency::EUR);
    for on in ["2026-11-19", "2026-11-20"] {
        let yen = "JPY".parse().unwrap();
        let rates = [(Currency::USD, dec("1.16")), (Currency::GBP, dec("0.87")), (yen, dec("180"))];
        sheet.days.insert(day(on), rates.into());
    }
    let of = |extent| Intake::of(&kit.book, &sheet, extent, day("2026-11-22"));
    let read = crate::ui::view::rates_file::RatesRead { used: of(Extent::Used), all: of(Extent::All) };
    (kit, Box::new(read))
}

#[test]
fn a_rates_file_is_read_previewed_and_taken_as_one_step() {
    let (kit, read) = pounds_and_a_sheet();
    let mut harness = window(&kit, None, rates);
    harness.get_by_role_and_label(Role::Button, "Import a rates file…").click();
    harness.run();
    type_into(&mut harness, "Rates file", "eurofxref-hist.csv");
    assert!(harness.get_by_role_and_label(Role::Button, "Read file").accesskit_node().is_disabled());
    type_into(&mut harness, "Rates file", "/home/ada/eurofxref-hist.csv");
    harness.key_press(Key::Enter);
    harness.run();
    let path = std::path::PathBuf::from("/home/ada/eurofxref-hist.csv");
    assert!(matches!(harness.state().asked.as_slice(), [Action::ReadRates(asked)] if *asked == path));
    harness.get_by_label("Reading …");
    harness.state_mut().dialog.rates_read(&path, Err("Line 3: “x” is no rate of USD".to_owned()));
    harness.run();
    harness.get_by_label("Line 3: “x” is no rate of USD");
    harness.get_by_role_and_label(Role::Button, "Read file").click();
    harness.run();
    harness.state_mut().dialog.rates_read(&path, Ok(read));
    harness.run();
    harness.get_by_label("For this book: GBP and USD, Thu 19 – Fri 20 Nov: 4 new, 0 changed, 0 there already");
    harness.get_by_role_and_label(Role::CheckBox, "All 3 currencies, not only those in use").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Take 6 rates");
    harness.get_by_role_and_label(Role::CheckBox, "All 3 currencies, not only those in use").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Take 4 rates").click();
    harness.run();
    let Some(Action::TakeIn(Command::SetRates { words, rates })) = harness.state().asked.last() else {
        panic!("{:?}", harness.state().asked)
    };
    assert_eq!((words.as_str(), rates.len()), ("Import 4 rates of the European Central Bank", 4));
    harness.get_by_role_and_label(Role::Button, "Import a rates file…");
}

#[test]
fn enter_reads_a_rates_file_again_and_takes_it_and_never_sends_the_dialog() {
    let (kit, read) = pounds_and_a_sheet();
    let mut harness = window(&kit, None, rates);
    harness.get_by_role_and_label(Role::Button, "Import a rates file…").click();
    harness.run();
    type_into(&mut harness, "Rates file", "/home/ada/eurofxref-hist.csv");
    let path = std::path::PathBuf::from("/home/ada/eurofxref-hist.csv");
    for times in 1..=2 {
        harness.key_press(Key::Enter);
        harness.run();
        let asked = harness.state().asked.iter().filter(|asked| matches!(asked, Action::ReadRates(_))).count();
        assert_eq!((asked, harness.state().asked.len()), (times, times), "{:?}", harness.state().asked);
        harness.state_mut().dialog.rates_read(&path, Err("Line 3: “x” is no rate of USD".to_owned()));
        harness.run();
    }
    harness.key_press(Key::Enter);
    harness.run();
    harness.state_mut().dialog.rates_read(&path, Ok(read));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let last = harness.state().asked.last();
    assert!(matches!(last, Some(Action::TakeIn(Command::SetRates { rates, .. })) if rates.len() == 4), "{last:?}");
}

#[test]
fn what_was_read_of_another_path_is_dropped_and_one_can_go_back() {
    let (kit, read) = pounds_and_a_sheet();
    let mut harness = window(&kit, None, rates);
    harness.get_by_role_and_label(Role::Button, "Import a rates file…").click();
    harness.run();
    type_into(&mut harness, "Rates file", "/home/ada/a.csv");
    harness.get_by_role_and_label(Role::Button, "Read file").click();
    harness.run();
    harness.state_mut().dialog.rates_read(std::path::Path::new("/home/ada/b.csv"), Ok(read));
    harness.run();
    harness.get_by_label("Reading …");
    harness.get_by_role_and_label(Role::Button, "Back to the rates").click();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Exchange rate");
}

#[test]
fn a_missing_rate_is_filled_from_the_last_payout_by_one_click() {
    let mut kit = Kit::new();
    let shillings: Currency = "KES".parse().unwrap();
    kit.settings(|settings| settings.home_currency = shillings);
    kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    kit.payout(1, "100.00", Some(Money::new(dec("13020"), shillings)), "2026-11-10", &[]);
    let missing = MissingRate { from: Currency::USD, to: shillings, on: day("2026-11-20") };
    let mut harness = window(&kit, None, |cx| SettingsDialog::exchange_rates(cx, Some(missing)));
    harness.get_by_label("USD to KES is missing for 1 day");
    harness.get_by_role_and_label(Role::Button, "Use my last payout’s rate, Tue 10 Nov").click();
    harness.run();
    let Some(Action::Do(Command::SetRates { rates, .. })) = harness.state().asked.last() else {
        panic!("{:?}", harness.state().asked)
    };
    let [set] = rates.as_slice() else { panic!("{rates:?}") };
    assert_eq!((set.on, set.rate, set.estimate), (day("2026-11-20"), dec("130.2"), true));
}

#[test]
fn in_a_narrow_window_every_field_stays_inside_the_dialog() {
    let mut harness = window(&Kit::new(), None, SettingsDialog::new);
    harness.set_size(egui::vec2(640.0, 1100.0));
    harness.run();
    harness.run();
    // 640 less the margins of window and dialog.
    let inside = 40.0..=600.0;
    for (at, names) in [
        ("Money", ["Home currency", "Second currency"]),
        ("Time and place", ["Country", "Week starts on"]),
        ("Look", ["Size", "Numbers"]),
        ("Exchange rates", ["From currency", "To currency"]),
    ] {
        page(&mut harness, at);
        for name in names {
            let rect = harness.get_by_role_and_label(Role::ComboBox, name).rect();
            assert!(inside.contains(&rect.left()) && inside.contains(&rect.right()), "{name}: {rect:?}");
        }
    }
    let rect = harness.get_by_role_and_label(Role::Button, "Add rate").rect();
    assert!(inside.contains(&rect.right()), "{rect:?}");
}

#[test]
fn the_dialog_stands_still_from_page_to_page() {
    let mut harness = window(&Kit::new(), None, SettingsDialog::new);
    harness.set_size(egui::vec2(900.0, 600.0));
    let mut saves = Vec::new();
    for name in Page::ALL.map(Page::name) {
        page(&mut harness, name);
        harness.run();
        saves.push(harness.get_by_role_and_label(Role::Button, "Save").rect());
    }
    assert!(saves.iter().all(|rect| rect.bottom() < 590.0), "{saves:?}");
    let first = saves[0].center();
    assert!(saves.iter().all(|rect| (rect.center() - first).length() < 2.0), "{saves:?}");
}

#[test]
fn the_folder_is_opened_and_copied_and_said_where_it_cannot_be() {
    let shown = |cannot_open| {
        let kit = Kit::new();
        let book = kit.book.clone();
        let dialog = with_cx(&book, NOW, None, SettingsDialog::new);
        let scene = Scene { dialog, book, refused: None, asked: Vec::new() };
        let mut harness = Harness::builder()
            .with_size([900.0, 700.0])
            .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
            .build_ui_state(
                move |ui, scene: &mut Scene| {
                    let Scene { dialog, book, asked, .. } = scene;
                    with_cx(book, NOW, None, |cx| {
                        let folder = Some(crate::ui::cx::Folder {
                            path: "/home/ada/.config/truerate",
                            cannot_open,
                            found: 2,
                            reads_again: true,
                        });
                        let of_book = Cx::of(cx.book, cx.figures, cx.now, cx.presets, cx.lacking, cx.fresh);
                        let cx = Cx { folder, ..of_book };
                        dialog.ui(ui.ctx(), &cx, asked);
                    });
                },
                scene,
            );
        harness.run();
        page(&mut harness, "Files");
        harness.get_by_label("/home/ada/.config/truerate");
        harness
    };
    let mut harness = shown(None);
    page(&mut harness, "Open folder");
    page(&mut harness, "Copy path");
    harness.get_by_label("2 things");
    assert!(matches!(
        harness.state().asked.as_slice(),
        [Action::OpenOutside(opened), Action::Copy(path)]
            if opened == "/home/ada/.config/truerate" && path == opened
    ));
    let harness = shown(Some("this desktop has no xdg-open"));
    assert!(harness.query_by_role_and_label(Role::Button, "Open folder").is_none());
    harness.get_by_label("It can’t be opened from here: this desktop has no xdg-open.");
}

#[test]
fn another_way_to_write_numbers_writes_what_was_typed_anew_and_reads_it_so() {
    let mut harness = window(&with_floor(), None, SettingsDialog::new);
    type_into(&mut harness, "Floor", "1,234.50");
    type_into(&mut harness, "Set aside for tax", "27.5");
    page(&mut harness, "Look");
    pick(&mut harness, "Numbers", "", "1.234,50");
    page(&mut harness, "Money");
    assert_eq!(harness.get_by_role_and_label(Role::TextInput, "Floor").value().as_deref(), Some("1.234,50"));
    let share = harness.get_by_role_and_label(Role::TextInput, "Set aside for tax");
    assert_eq!(share.value().as_deref(), Some("27,5"));
    harness.get_by_label("Below $1.234,50/h a rate is marked");
    type_into(&mut harness, "Floor", "12.5");
    harness.get_by_label("12.5 has the mark of thousands before its decimals; write 12,5");
    assert!(harness.get_by_role_and_label(Role::Button, "Save").accesskit_node().is_disabled());
}

#[test]
fn mappings_are_listed_and_forgotten_at_once_and_stay_when_the_rest_is_saved() {
    let mut kit = Kit::new();
    kit.settings(|settings| settings.mappings = vec![crate::domain::testing::mapping("Lantern bank")]);
    let mut harness = window(&kit, None, SettingsDialog::new);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(sent(&harness).mappings.len(), 1, "the form doesn’t show them");
    page(&mut harness, "Files");
    harness.get_by_label("Lantern bank, money that moved, 3 without names");
    harness.get_by_role_and_label(Role::Button, "Forget mapping Lantern bank").click();
    harness.run();
    let Some(Action::Do(Command::ForgetMapping(name))) = harness.state().asked.last() else {
        panic!("{:?}", harness.state().asked)
    };
    assert_eq!(name, "Lantern bank");
}

#[test]
fn payer_rules_are_added_edited_and_forgotten_at_once_and_a_fault_is_said_beside_them() {
    let mut kit = Kit::new();
    let rule = |words: &str, whose| PayerRule { words: words.to_owned(), whose };
    let rules = vec![rule("Lantern Ltd", Whose::Platform(PlatformId(1))), rule("savings", Whose::Own)];
    kit.settings(|settings| settings.payer_rules = rules);
    let name = kit.book.platform(PlatformId(1)).unwrap().name.clone();
    let mut harness = window(&kit, None, SettingsDialog::new);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(sent(&harness).payer_rules.len(), 2, "the form doesn’t show them");
    page(&mut harness, "Files");
    harness.get_by_label(&format!("Lantern Ltd, {name}"));
    harness.get_by_role_and_label(Role::Button, "Forget payer rule savings").click();
    harness.run();
    let last = |harness: &Harness<'_, Scene>| match harness.state().asked.last() {
        Some(Action::Do(command)) => command.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(last(&harness), Command::ForgetPayerRule("savings".to_owned()));
    // A new one, by Enter.
    pick(&mut harness, "Whose it is", "", "nothing of work");
    type_into(&mut harness, "Words of a payment", "Kite Homes");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(last(&harness), Command::RememberPayerRule(rule("Kite Homes", Whose::Other)));
    // One that is there, with words that another has.
    harness.get_by_role_and_label(Role::Button, "Edit payer rule Lantern Ltd").click();
    harness.run();
    type_into(&mut harness, "Words of a payment", "SAVINGS");
    harness.get_by_label("“savings” is there already");
    assert!(harness.get_by_role_and_label(Role::Button, "Save rule").accesskit_node().is_disabled());
    type_into(&mut harness, "Words of a payment", "Lantern");
    harness.get_by_role_and_label(Role::Button, "Save rule").click();
    harness.run();
    let to = rule("Lantern", Whose::Platform(PlatformId(1)));
    assert_eq!(last(&harness), Command::EditPayerRule { words: "Lantern Ltd".to_owned(), to });
    assert!(harness.query_by_role_and_label(Role::Button, "Save rule").is_none(), "ready for the next one");
}
