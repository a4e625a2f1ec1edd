//! The user's way to write numbers and days reaches every screen: each tab and each dialog over the sample, with the
//! point for thousands and days as in ISO 8601, shows no amount with a point before its cents and no "24 Nov".

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::domain::settings::{DateStyle, NumberStyle};
use truerate::ui::action::Tab;
use truerate::ui::verbs::{self, Verb};

use crate::desk::{Desk, Look};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A figure with one point, before one or two digits: "18.40", "1,234.50"; not "1.840" or the version "0.1.0".
fn has_plain_figure(text: &str) -> bool {
    let figures = text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ',')));
    let mut figures = figures.map(|figure| figure.trim_matches(['.', ',']));
    figures.any(|figure| {
        figure.split_once('.').is_some_and(|(_, cents)| {
            (1..=2).contains(&cents.len()) && cents.chars().all(|letter| letter.is_ascii_digit())
        })
    })
}

/// A day with its month's name: "24 Nov", "Nov 24", "22 November", "Tue 24 – Wed 25 Nov".
fn has_plain_day(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| MONTHS.iter().any(|month| word == *month || month.get(..3) == Some(word));
    let day = |word: &str| word.len() <= 2 && word.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    words.windows(2).any(|two| matches!(two, [a, b] if day(a) && month(b) || month(a) && day(b)))
}

#[test]
fn what_is_plain_is_told_from_what_is_not() {
    for text in ["$1,234.50", "18.40", "~ $180.00 expected", "4.5 of 5", "≈ £0.5"] {
        assert!(has_plain_figure(text), "{text}");
    }
    for text in ["$1.234,50", "1.840", "18,40", "version 0.1.0", "12.345.678", "/tmp/a.b"] {
        assert!(!has_plain_figure(text), "{text}");
    }
    for text in ["Tue 24 Nov", "Nov 24, 2026", "Sunday 22 November", "by 1 Dec"] {
        assert!(has_plain_day(text), "{text}");
    }
    for text in ["Tue 2026-11-24", "November 2026", "12 Marks", "since Oct 2025", "41 h", "Mark 3 as landed"] {
        assert!(!has_plain_day(text), "{text}");
    }
}

/// A window over the sample in the style that is furthest from the plain one.
struct Styled {
    desk: Desk,
    /// What the catalogue's sources and the user's own notes say, in their own words.
    quoted: Vec<String>,
    found: Vec<String>,
}

impl Styled {
    fn new() -> Self {
        let desk = Desk::sample_with(Look::default(), |settings| {
            settings.number_style = NumberStyle::CommaPoint;
            settings.date_style = DateStyle::Iso;
        });
        let presets = truerate::store::catalogue::read().expect("the catalogue is whole");
        let facts = presets.iter().flat_map(|preset| &preset.facts);
        let quoted = facts.flat_map(|fact| [fact.text.clone(), fact.provenance.source.clone()]).collect();
        Self { desk, quoted, found: Vec::new() }
    }

    /// Looks over all that can be read.
    fn look(&mut self, screen: &str) {
        for text in self.desk.texts() {
            let own = self
                .quoted
                .iter()
                .filter(|quote| !quote.is_empty())
                .fold(text, |text, quote| text.replace(quote.as_str(), ""));
            if has_plain_figure(&own) || has_plain_day(&own) {
                self.found.push(format!("{screen}: {own}"));
            }
        }
    }

    fn ask(&mut self, verb: Verb) {
        verbs::ask(&self.desk.harness.ctx, verb);
        self.desk.settle();
    }

    /// Opens a dialog, looks over it, and closes it again.
    fn dialog(&mut self, verb: Verb, title: &str) {
        self.ask(verb);
        self.is_open(title);
    }

    /// Looks over the dialog that is open, and closes it.
    fn is_open(&mut self, title: &str) {
        let heads: Vec<String> = self
            .desk
            .harness
            .query_all_by_role(Role::Heading)
            .filter_map(|head| head.accesskit_node().label())
            .collect();
        assert!(heads.iter().any(|head| head.starts_with(title)), "no dialog “{title}”: {heads:?}");
        self.look(title);
        self.desk.key(Key::Escape);
    }

    fn show(&mut self, tab: Tab) {
        self.ask(Verb::Show(tab));
        self.look(tab.name());
    }

    /// Clicks the first row of the list whose name holds a text.
    fn row(&mut self, holds: &str) {
        let rows = self.desk.harness.query_all_by_role(Role::Row);
        let name = rows.filter_map(|row| row.accesskit_node().label()).find(|name| name.contains(holds));
        let name = name.unwrap_or_else(|| panic!("no row with {holds}: {:?}", self.desk.texts()));
        self.reach(Role::Row, &name);
    }

    /// Clicks what may stand below the window's edge.
    fn reach(&mut self, role: Role, name: &str) {
        self.desk.harness.get_by_role_and_label(role, name).scroll_to_me();
        self.desk.settle();
        self.desk.click(role, name);
    }

    fn finish(mut self) {
        self.found.sort();
        self.found.dedup();
        assert!(self.found.is_empty(), "{:#?}", self.found);
    }
}

#[test]
fn every_tab_is_written_as_the_user_writes() {
    let mut styled = Styled::new();
    for tab in Tab::ALL {
        styled.show(tab);
    }
    styled.ask(Verb::CompareMarket);
    styled.look("Rates with the market");
    styled.ask(Verb::Previous);
    styled.look("Rates of the period before");
    styled.show(Tab::Payouts);
    styled.ask(Verb::Agenda);
    styled.look("Agenda");
    styled.ask(Verb::Needs);
    styled.look("Needs");
    styled.desk.key(Key::Escape);
    styled.show(Tab::Platforms);
    styled.row("Outlier");
    styled.look("Platform");
    styled.ask(Verb::OpenPage);
    styled.look("Page");
    styled.finish();
}

#[test]
fn every_dialog_is_written_as_the_user_writes() {
    let mut styled = Styled::new();
    for (verb, title) in [
        (Verb::AddSession, "Add session"),
        (Verb::AddHours, "Add hours"),
        (Verb::AddPlatform, "Add platform"),
        (Verb::AddProject, "Add project"),
        (Verb::AddBill, "Add bill"),
        (Verb::Settings, "Settings"),
        (Verb::SetUp, "Welcome"),
        (Verb::Keys, "Keys"),
    ] {
        styled.dialog(verb, title);
    }
    styled.show(Tab::Sessions);
    styled.row("paid work");
    styled.dialog(Verb::Edit, "Edit session");
    styled.dialog(Verb::Split, "Split");
    styled.show(Tab::Platforms);
    styled.row("Outlier");
    styled.ask(Verb::OpenPage);
    styled.dialog(Verb::ChangeStage, "Stage of");
    styled.dialog(Verb::NoteQuality, "Quality of");
    styled.dialog(Verb::AddRoute, "Add route");
    for (button, title) in [
        ("Edit platform", "Edit Outlier"),
        ("Edit schedule", "Schedule of"),
        ("Add version", "Add schedule"),
        ("Edit Identity check", "Edit to do"),
    ] {
        styled.reach(Role::Button, button);
        styled.is_open(title);
    }
    for (row, title) in [("Terms of Aloe, $28,00", "Edit Aloe"), ("Quality score 3,9", "Edit quality")] {
        styled.row(row);
        styled.is_open(title);
    }
    styled.show(Tab::Payouts);
    styled.desk.key_with(Modifiers::NONE, Key::ArrowDown);
    styled.dialog(Verb::Landed, "Landed from");
    styled.dialog(Verb::MovePayout, "Move the payout");
    styled.desk.press("More");
    styled.desk.click(Role::MenuItem, "Hold…");
    styled.is_open("Hold");
    let landed = styled.desk.texts().into_iter().find(|text| text.ends_with(" landed")).expect("something has landed");
    styled.reach(Role::Button, &landed);
    styled.dialog(Verb::EditPayout, "Payout of");
    styled.finish();
}

#[test]
fn forms_read_what_they_show_and_what_is_typed_in_the_same_style() {
    let mut styled = Styled::new();
    styled.show(Tab::Payouts);
    styled.ask(Verb::AddBill);
    let desk = &mut styled.desk;
    desk.fill("Name", "Rent");
    desk.fill("Amount", "1.234,50");
    desk.fill("Due", "2026-12-01");
    desk.key(Key::Enter);
    let amount = |desk: &Desk| desk.book().bills().find(|bill| bill.name == "Rent").map(|bill| bill.amount.amount);
    assert_eq!(amount(desk), Some("1234.50".parse().expect("a figure")), "{:?}", desk.texts());
    assert!(desk.reads("$1.234,50"));
    // Opened and sent as it is, it stays as it is.
    let before = desk.book();
    let bill = desk.texts().into_iter().find(|text| text.contains("Rent, $1.234,50")).expect("it stands in the month");
    desk.click(Role::Button, &bill);
    styled.ask(Verb::EditPayout);
    let desk = &mut styled.desk;
    assert_eq!(desk.harness.get_by_role_and_label(Role::TextInput, "Amount").value().as_deref(), Some("$1.234,50"));
    desk.key(Key::Enter);
    assert!(!desk.reads("Edit bill"), "{:?}", desk.texts());
    assert_eq!(desk.book(), before);
}
