//! Files that mean harm: each is read within its bounds, or refused with its place.

use truerate::import::{self, Going, Options, Unreadable};

use crate::ZONE;

fn refusal(bytes: &[u8]) -> String {
    match import::read(bytes, Options::new(ZONE), &Going::ON) {
        Ok(statement) => panic!("read {} rows", statement.rows.len()),
        Err(why) => why.to_string(),
    }
}

#[test]
fn a_cell_of_a_hundred_megabytes_and_a_file_of_more_are_refused() {
    let mut text = b"workDate,itemID,rateApplied,payType,payout\n\"".to_vec();
    text.resize(100 * 1024 * 1024, b'x');
    assert_eq!(refusal(&text), "Line 2: a cell has more than 64 kB; is there a quote too many or too few?");
    text.resize(import::MOST_BYTES + 1, b'x');
    assert_eq!(import::read(&text, Options::new(ZONE), &Going::ON), Err(Unreadable::TooLarge));
}

#[test]
fn nesting_without_end_is_not_followed() {
    let json = format!("{{\"hits\":{}", "[".repeat(500_000));
    assert!(refusal(json.as_bytes()).starts_with("Line 1: "));
    let xml =
        format!("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">{}", "<Ntry>".repeat(500_000));
    assert!(refusal(xml.as_bytes()).starts_with("Line 1: "));
}

#[test]
fn entities_that_name_entities_are_refused() {
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n\
                <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><Ntry>&b;</Ntry></Document>";
    assert!(refusal(bomb.as_bytes()).starts_with("Line 1: "));
}

/// What a spreadsheet would run is text here, and stays it.
#[test]
fn formulas_control_letters_and_clocks_that_cannot_be_lose_no_row() {
    let text = "date,project,kind,amount,currency,time,status,reference\n\
                2026-03-04,\"=HYPERLINK(\"\"http://x\"\")\",work,5.00,EUR,29:18,paid,@a\u{1}b\n\
                2026-03-05,+1,work,=1+1,EUR,1:00,paid,r\n";
    let read = import::read(text.as_bytes(), Options::new(ZONE), &Going::ON).unwrap();
    let said = crate::said::of(&Ok(read));
    assert!(said.contains("project “=HYPERLINK(\"http://x\")”"), "{said}");
    assert!(said.contains("105480 s"), "{said}");
    assert!(said.contains("3  refused: “=1+1” is no amount"), "{said}");
}
