//! Files as the bank publishes them (its page "Euro foreign exchange reference rates", read in 2026; shortened), and what
//! becomes of them on the way.

use proptest::prelude::*;

use super::*;
use crate::domain::testing::{day, dec};

const HISTORY: &str = "Date,USD,JPY,BGN,CYP,CZK,\n\
    2026-03-04,1.0812,162.10,N/A,N/A,25.010,\n\
    2026-03-03,1.0800,161.90,N/A,N/A,25.000,\n\
    1999-01-04,1.1789,133.73,N/A,0.58231,35.107,\n";

const DAILY: &str = "Date, USD, JPY, CZK, \n13 April 2026, 1.1690, 170.05, 25.31, \n";

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\">\n\
<gesmes:subject>Reference rates</gesmes:subject>\n\
<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>\n\
<Cube>\n\
<Cube time='2026-03-04'>\n\
<Cube currency='USD' rate='1.0812'/>\n\
<Cube currency=\"JPY\" rate=\"162.10\"/>\n\
</Cube>\n\
<Cube time='2026-03-03'><Cube currency='USD' rate='1.0800'/><Cube currency='CYP' rate='0.58231'/></Cube>\n\
</Cube>\n\
</gesmes:Envelope>\n";

fn of(sheet: &Sheet, on: &str, code: &str) -> Option<Decimal> {
    sheet.days.get(&day(on))?.get(&code.parse().unwrap()).copied()
}

#[test]
fn the_history_is_read_without_what_is_not_available() {
    let sheet = read(HISTORY.as_bytes()).unwrap();
    assert_eq!((sheet.source, sheet.base, sheet.days.len()), (SOURCE, Currency::EUR, 3));
    assert_eq!(of(&sheet, "2026-03-04", "USD"), Some(dec("1.0812")));
    assert_eq!(of(&sheet, "2026-03-04", "CZK"), Some(dec("25.010")));
    assert_eq!(of(&sheet, "1999-01-04", "JPY"), Some(dec("133.73")));
    assert!(sheet.currencies().iter().all(|one| one.code() != "BGN"), "N/A is no rate");
    assert_eq!(sheet.unknown, ["CYP".to_owned()].into(), "a currency that the euro has replaced");
    assert_eq!(sheet.count(), 9);
}

#[test]
fn the_file_of_a_day_has_blanks_and_an_english_date() {
    let sheet = read(DAILY.as_bytes()).unwrap();
    assert_eq!(of(&sheet, "2026-04-13", "JPY"), Some(dec("170.05")));
    assert_eq!(sheet.count(), 3);
    let with_mark = format!("\u{feff}{}", DAILY.replace('\n', "\r\n"));
    assert_eq!(read(with_mark.as_bytes()), Ok(sheet), "a byte-order mark and Windows line ends say nothing");
}

#[test]
fn xml_says_the_same_in_either_quotes() {
    let sheet = read(XML.as_bytes()).unwrap();
    assert_eq!(of(&sheet, "2026-03-04", "USD"), Some(dec("1.0812")));
    assert_eq!(of(&sheet, "2026-03-04", "JPY"), Some(dec("162.10")));
    assert_eq!(of(&sheet, "2026-03-03", "USD"), Some(dec("1.0800")));
}

#[test]
fn other_files_are_told_apart() {
    for (bytes, reason) in [
        (b"PK\x03\x04rest".as_slice(), Unreadable::Zip),
        (b"\xff\xfeD\0a\0", Unreadable::NoText),
        (b"", Unreadable::Empty),
        (b"Date,USD,\n", Unreadable::Empty),
        (b"Date;USD;JPY\n2026-03-04;1,08;162,1\n", Unreadable::Other),
        (b"Date,Contract,Hours,Amount\n2026-03-04,A,1,25\n", Unreadable::Other),
        (b"workDate,itemID\n", Unreadable::Other),
        (b"<html><body>Not found</body></html>", Unreadable::Other),
        (b"<Envelope></Envelope>", Unreadable::Empty),
    ] {
        assert_eq!(read(bytes), Err(reason), "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_broken_place_is_named_with_its_line_and_nothing_is_taken() {
    let damaged = |from: &str, to: &str| read(HISTORY.replacen(from, to, 1).as_bytes());
    let rate = |code: &str, rate: &str| Wrong::Rate { code: code.into(), rate: rate.into() };
    for (from, to, line, wrong) in [
        ("1.0812", "1,0812", 2, Wrong::Cells { found: 8, wanted: 6 }),
        ("1.0812", "1.08l2", 2, rate("USD", "1.08l2")),
        ("1.0800", "-1.08", 3, rate("USD", "-1.08")),
        ("1.0800", "0", 3, rate("USD", "0")),
        ("1.1789", "1.2E+3", 4, rate("USD", "1.2E+3")),
        ("2026-03-03", "2026-02-30", 3, Wrong::Day("2026-02-30".into())),
        ("2026-03-03", "03/04/2026", 3, Wrong::Day("03/04/2026".into())),
        ("2026-03-03", "2026-03-04", 3, Wrong::DayTwice(day("2026-03-04"))),
        ("JPY", "USD", 1, Wrong::CurrencyTwice("USD".into())),
        ("JPY", "yen", 1, Wrong::Code("yen".into())),
        // Broken off in the middle of a row.
        (",0.58231,35.107,\n", "", 4, Wrong::Cells { found: 4, wanted: 6 }),
    ] {
        assert_eq!(damaged(from, to), Err(wrong.at(line)), "{from} → {to}");
    }
    let damaged = |from: &str, to: &str| read(XML.replacen(from, to, 1).as_bytes());
    for (from, to, line, wrong) in [
        ("rate='1.0812'", "rate='1.08,12'", 7, rate("USD", "1.08,12")),
        ("currency=\"JPY\"", "currency=\"yen\"", 8, Wrong::Code("yen".into())),
        ("2026-03-03", "2026-03-04", 10, Wrong::DayTwice(day("2026-03-04"))),
        ("time='2026-03-03'", "time='yesterday'", 10, Wrong::Day("yesterday".into())),
        ("currency=\"JPY\"", "currency=\"USD\"", 8, Wrong::CurrencyTwice("USD".into())),
    ] {
        assert_eq!(damaged(from, to), Err(wrong.at(line)), "{from} → {to}");
    }
    assert!(matches!(
        damaged("</Cube>\n</gesmes:Envelope>\n", ""),
        Err(Unreadable::Line { wrong: Wrong::Damaged, .. })
    ));
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><Envelope>&a;</Envelope>";
    assert!(matches!(read(bomb.as_bytes()), Err(Unreadable::Line { wrong: Wrong::Damaged, .. })));
}

#[test]
fn the_reason_is_a_sentence_with_its_line() {
    let wrong = Wrong::Rate { code: "USD".into(), rate: "1.08l2".into() }.at(2);
    assert_eq!(wrong.to_string(), "Line 2: “1.08l2” is no rate of USD. Nothing was taken: download the file again");
}

proptest! {
    /// Whatever happens to a file on its way: it is read or refused, and never panics; what is read is above zero.
    #[test]
    fn a_file_with_any_bytes_changed_is_read_or_refused(
        which in 0usize..3,
        changes in proptest::collection::vec((0usize..2000, any::<u8>()), 0..6),
        cut in proptest::option::of(0usize..2000),
    ) {
        let mut bytes = [HISTORY, DAILY, XML][which].as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut % (bytes.len() + 1));
        }
        if let Ok(sheet) = read(&bytes) {
            prop_assert!(sheet.days.values().flat_map(|rates| rates.values()).all(|rate| *rate > Decimal::ZERO));
            prop_assert!(sheet.count() > 0);
        }
    }
}
