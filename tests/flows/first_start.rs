//! First start: from an empty folder to platforms, what they owe and the first windows, in one step of undo.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use truerate::domain::earning::EarningKind;
use truerate::domain::query::calendar::Window;
use truerate::domain::query::exposure::exposure;
use truerate::domain::terms::Pay;

use crate::desk::{Desk, Look};

/// The most that setting up may ask for.
const MOST_INPUTS: usize = 12;

/// A user whose clicks, keys and typed texts are counted.
struct Counted {
    desk: Desk,
    inputs: usize,
}

impl Counted {
    fn new() -> Self {
        Self { desk: Desk::first_start(Look::default()), inputs: 0 }
    }

    fn click(&mut self, role: Role, name: &str) {
        self.desk.click(role, name);
        self.inputs += 1;
    }

    /// A field that is clicked and typed into.
    fn fill(&mut self, field: &str, text: &str) {
        self.desk.fill(field, text);
        self.inputs += 1;
    }

    fn key(&mut self, key: Key) {
        self.desk.key(key);
        self.inputs += 1;
    }

    fn type_text(&mut self, text: &str) {
        self.desk.type_text(text);
        self.inputs += 1;
    }
}

/// The days of the windows that money lands or can be drawn in.
fn windows(desk: &Desk) -> usize {
    desk.expected().iter().filter(|one| one.window.days().is_some()).count()
}

#[test]
fn three_platforms_with_rates_and_money_take_at_most_twelve_clicks_and_fields() {
    let mut user = Counted::new();
    assert!(user.desk.reads("Welcome. Where do you work?"), "{:?}", user.desk.texts());
    user.click(Role::CheckBox, "Outlier");
    user.click(Role::Button, "Use it: Outlier");
    user.fill("My rate, Outlier", "25");
    user.fill("Owed to me now, Outlier", "221.50");
    user.fill("Last payout, Outlier", "17 Nov 188.40");
    user.click(Role::CheckBox, "DataAnnotation");
    user.fill("My rate, DataAnnotation", "22/h");
    user.fill("Owed to me now, DataAnnotation", "$96");
    user.click(Role::CheckBox, "Prolific");
    user.fill("Owed to me now, Prolific", "14.20");
    let texts = user.desk.texts();
    for shown in ["$25.00", "$221.50", "Tue 17 Nov · $188.40", "3 platforms · $317.50 + £14.20 owed"] {
        assert!(user.desk.reads(shown), "{shown}: {texts:?}");
    }
    user.click(Role::Button, "Show my calendar");
    assert!(user.inputs <= MOST_INPUTS, "{} inputs", user.inputs);

    let desk = &mut user.desk;
    let book = desk.book();
    assert_eq!(book.platforms().count(), 3, "{:?}", desk.texts());
    assert!(windows(desk) >= 1);
    assert!(!desk.reads("Welcome"), "{:?}", desk.texts());
    // Workers' reading of the week: Tue – Mon, paid on the Tuesday after or a week later.
    assert!(desk.reads("Tue 24 Nov – Tue 1 Dec"), "{:?}", desk.texts());

    let rates: Vec<_> = book.projects().flat_map(|project| book.terms_of(project.id)).collect();
    assert_eq!(rates.len(), 2);
    assert!(rates.iter().all(|terms| matches!(terms.pay, Pay::PerHour(_)) && terms.advertised.is_some()));
    let payout = book.payouts().next().expect("the last payout");
    assert_eq!((payout.unallocated().amount.is_zero(), payout.received.is_some()), (true, true));
    assert!(book.earnings().all(|earning| earning.kind == EarningKind::Opening));

    // Inside not yet paid, outside rates.
    let owed: Vec<String> = exposure(&book, &truerate::domain::query::calendar::calendar(&book, desk.now()))
        .values()
        .map(|of| truerate::ui::format::Style::PLAIN.bag(&of.not_yet_paid()))
        .collect();
    assert_eq!(owed.len(), 3, "{owed:?}");
    assert!(owed.contains(&"$221.50".to_owned()) && owed.contains(&"£14.20".to_owned()), "{owed:?}");

    // One step of undo, and all of it is there after closing and opening.
    desk.press("Undo");
    assert!(desk.book().is_empty(), "{:?}", desk.texts());
    desk.press("Redo");
    assert_eq!(desk.book(), book);
    let desk = user.desk.closed_and_opened_again();
    assert_eq!(desk.book(), book);
    assert!(!desk.reads("Welcome"));
}

#[test]
fn by_keyboard_alone_it_takes_no_more() {
    let mut user = Counted::new();
    for typed in ["data", "outl", "prol"] {
        user.type_text(typed);
        user.key(Key::Enter);
    }
    // From the find field: the first ticked row, its rate, what it owes.
    user.key(Key::Tab);
    user.key(Key::Tab);
    user.key(Key::Tab);
    user.type_text("96");
    user.key(Key::Enter);
    assert_eq!(user.desk.book().platforms().count(), 3, "{:?}", user.desk.texts());
    assert!(user.inputs <= MOST_INPUTS, "{} inputs", user.inputs);
    // An hour's work can be drawn after 7 days (reported): on Sun 29 Nov at the latest.
    let found = user.desk.expected();
    assert!(matches!(found[0].window, Window::DrawableFrom(_)), "{found:#?}");
    assert_eq!(windows(&user.desk), 1);
}

#[test]
fn what_cannot_be_read_is_said_in_its_row_and_is_not_sent() {
    let mut desk = Desk::first_start(Look::default());
    desk.click(Role::CheckBox, "Upwork");
    for (field, text, reason) in [
        ("My rate, Upwork", "0", "My rate: Must be above zero"),
        ("Owed to me now, Upwork", "1.234", "Owed: 1.234 could be two amounts"),
        ("Last payout, Upwork", "17 Nov", "Last payout: A day and an amount"),
        ("Last payout, Upwork", "25 Nov 10", "Last payout: Wed 25 Nov is still to come"),
    ] {
        desk.fill(field, text);
        assert!(desk.reads(reason), "{text}: {:?}", desk.texts());
        desk.press("Show my calendar");
        assert!(desk.book().is_empty());
        desk.fill(field, "");
    }
    desk.press("Show my calendar");
    assert_eq!(desk.book().platforms().count(), 1, "{:?}", desk.texts());
}

#[test]
fn skipped_it_does_not_come_up_again_and_can_be_asked_for() {
    let mut desk = Desk::first_start(Look::default());
    desk.press("Skip");
    assert!(desk.book().is_empty() && !desk.reads("Welcome"));
    let mut desk = desk.closed_and_opened_again();
    assert!(!desk.reads("Welcome"), "{:?}", desk.texts());
    desk.press("Set up…");
    assert!(desk.reads("Welcome"));
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::N);
    assert!(desk.reads("Welcome"));
    // A platform that nobody knows, by its name alone.
    desk.type_text("Garden & Sons");
    desk.key(Key::Enter);
    desk.key(Key::Enter);
    assert_eq!(desk.book().platforms().next().map(|platform| platform.name.clone()), Some("Garden & Sons".into()));
}

#[test]
fn currency_and_zone_are_guessed_and_can_be_changed_before_anything_else() {
    let mut desk = Desk::first_start(Look::default());
    let zone = desk.harness.get_by_role_and_label(Role::ComboBox, "Time zone");
    assert_eq!(egui_kittest::kittest::NodeT::accesskit_node(&zone).value().as_deref(), Some("Europe/Berlin"));
    desk.click(Role::ComboBox, "Home currency");
    desk.type_text("KES");
    desk.key(Key::Enter);
    desk.click(Role::ComboBox, "Time zone");
    desk.type_text("nairobi");
    desk.key(Key::Enter);
    desk.click(Role::CheckBox, "Outlier");
    desk.press("Show my calendar");
    let book = desk.book();
    assert_eq!(book.settings().home_currency.code(), "KES");
    assert_eq!(book.settings().zone, chrono_tz::Africa::Nairobi);
    desk.press("Undo");
    assert_eq!(desk.book().settings().home_currency.code(), "USD");
}

#[test]
fn what_is_in_the_book_is_not_offered_again_and_common_ones_come_first() {
    let mut desk = Desk::empty(Look::default());
    desk.key(Key::N);
    desk.type_text("prol");
    desk.key(Key::Enter);
    desk.key(Key::Enter);
    desk.key_with(Modifiers::COMMAND, Key::N);
    let offered: Vec<String> = desk
        .harness
        .query_all_by_role(Role::CheckBox)
        .filter_map(|tick| egui_kittest::kittest::NodeT::accesskit_node(&tick).label())
        .collect();
    assert_eq!(offered[..2], ["Outlier", "DataAnnotation"], "{offered:?}");
    assert!(offered.len() > 4 && !offered.contains(&"Prolific".to_owned()), "{offered:?}");
}
