//! Broken files are told with their place, and the example of the docs can be read.

use super::read_file;

/// A small sound file; line 8 holds the rule.
const SMALL: &str = r#"(
    name: "Acme", badge: "AC", hue: 0, kind: Contractor, pays: [PerHour], currencies: ["USD"], status: Open,
    needs_tracker: false,
    sources: [(
        source: "a page", standing: Reported, checked_on: "2026-11-22",
        schedules: [(
            words: "weekly",
            rule: (earning: PeriodBatch(cycle: Weeks(starts: Mon), zone: "UTC", pay_day: After(Calendar(3, 5)))),
        )],
    )],
)"#;

#[test]
fn a_slip_of_the_pen_is_told_with_file_line_and_column() {
    assert!(read_file("acme.ron", SMALL).is_ok());
    for (from, to, line, reason) in [
        ("\"UTC\"", "\"Mars/Crater\"", 8, "“Mars/Crater” is no time zone"),
        ("Calendar(3, 5)", "Calendar(5, 3)", 8, "the range 5 to 3 is not in order"),
        ("Weeks(starts: Mon)", "Monthly(from_day: 29)", 8, "29 is not from 1 to 28"),
        ("\"USD\"", "\"XYZ\"", 2, "“XYZ” is no ISO currency"),
        ("\"AC\"", "\"Acme\"", 2, "two capital letters"),
        ("2026-11-22", "2026-11-31", 5, "“2026-11-31” is no day"),
        ("\"a page\"", "\"\"", 5, "a text is empty"),
        ("Reported", "Own", 5, "Own"),
        ("words:", "wrods:", 7, "wrods"),
    ] {
        assert_eq!(SMALL.matches(from).count(), 1, "{from}");
        let error = read_file("acme.ron", &SMALL.replace(from, to)).unwrap_err();
        assert_eq!((error.file, error.line), ("acme.ron", line), "{to}: {error}");
        assert!(error.column > 1 && error.reason.contains(reason), "{to}: {error}");
    }
}

#[test]
fn the_example_in_the_docs_can_be_read() {
    let docs = include_str!("../../../../docs/catalogue.md");
    let example = docs.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let preset = read_file("catalogue.md", example).unwrap();
    assert_eq!((preset.name.as_str(), preset.default_schedules().count()), ("Acme", 1));
}
