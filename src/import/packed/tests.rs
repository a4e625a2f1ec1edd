//! Workbooks and zips that are made here: what is read of them, and what is refused before it is unpacked.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::domain::statement::{Says, Statement};
use crate::import::{self, Options};

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(bytes: &[u8]) -> Result<Statement, Unreadable> {
    import::read(bytes, Options::new(chrono_tz::Europe::Berlin), &Going::ON)
}

/// A workbook with these sheets, in the least that a spreadsheet writes; style 1 is a day, style 2 a length of time.
fn workbook(sheets: &[&str]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const OF: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let nth = || (1..=sheets.len()).zip(sheets);
    let list: Vec<String> =
        nth().map(|(nth, _)| format!("<sheet name=\"S{nth}\" sheetId=\"{nth}\" r:id=\"r{nth}\"/>")).collect();
    let list = list.concat();
    let book = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets>{list}</sheets></workbook>");
    let links: Vec<String> = nth()
        .map(|(nth, _)| {
            format!("<Relationship Id=\"r{nth}\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet{nth}.xml\"/>")
        })
        .collect();
    let links = format!("<Relationships xmlns=\"{OF}\">{}</Relationships>", links.concat());
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"[h]:mm:ss\"/></numFmts>\
         <cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
    );
    let root = format!(
        "<Relationships xmlns=\"{OF}\"><Relationship Id=\"r1\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>"
    );
    let mut files = vec![
        ("_rels/.rels".to_owned(), root),
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("xl/workbook.xml".to_owned(), book),
        ("xl/_rels/workbook.xml.rels".to_owned(), links),
        ("xl/styles.xml".to_owned(), styles),
    ];
    files.extend(nth().map(|(nth, rows)| {
        let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
        (format!("xl/worksheets/sheet{nth}.xml"), sheet)
    }));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&files)
}

fn words(row: usize, cells: &[&str]) -> String {
    let cell = |(nth, text): (usize, &&str)| {
        let column = char::from(b'A' + u8::try_from(nth).unwrap());
        format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    format!("<row r=\"{row}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

const OUTLIER: &str = "workDate,itemID,duration,rateApplied,payout,payType,projectName,status";

#[test]
fn a_workbook_says_what_the_table_says_that_it_was_saved_from() {
    let csv = format!(
        "{OUTLIER}\n\"Mar 4, 2026\",\"65f0\",\"1h 5m \",\"$24.00/hr\",\"$1,226.50\",\"bonusReward\",\"paper_lantern\",\"processed\"\n"
    );
    let heads: Vec<&str> = OUTLIER.split(',').collect();
    let row = "<row r=\"3\"><c r=\"A3\" s=\"1\"><v>46085</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>65f0</t></is></c>\
               <c r=\"C3\" t=\"inlineStr\"><is><t>1h 5m</t></is></c><c r=\"D3\" t=\"inlineStr\"><is><t>$24.00/hr</t></is></c>\
               <c r=\"E3\"><f>1226+0.5</f><v>1226.5000000000002</v></c><c r=\"F3\" t=\"inlineStr\"><is><t>bonusReward</t></is></c>\
               <c r=\"G3\" t=\"inlineStr\"><is><t>paper_lantern</t></is></c><c r=\"H3\" t=\"inlineStr\"><is><t>processed</t></is></c></row>";
    // A sheet of something else stands in front, and an empty row above the head.
    let notes = words(1, &["my", "notes"]);
    let sheet = format!("{}{row}", words(2, &heads));
    let mut read_from = read(&workbook(&[&notes, &sheet])).unwrap();
    let mut wanted = read(csv.as_bytes()).unwrap();
    for row in read_from.rows.iter_mut().chain(&mut wanted.rows) {
        row.line = 0;
    }
    assert_eq!(read_from, wanted);
}

#[test]
fn lengths_and_numbers_become_the_text_that_a_table_has() {
    let heads = ["date", "project", "amount", "currency", "time", "status", "reference"];
    let row = "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46085</v></c><c r=\"C2\"><v>0.1</v></c>\
               <c r=\"D2\" t=\"inlineStr\"><is><t>EUR</t></is></c><c r=\"E2\" s=\"2\"><v>1.25</v></c></row>";
    let statement = read(&workbook(&[&format!("{}{row}", words(1, &heads))])).unwrap();
    let Says::Credited(credited) = &statement.rows[0].says else { panic!() };
    assert_eq!(
        (credited.on.to_string(), credited.amount.to_string(), credited.secs),
        ("2026-03-04".to_owned(), "0.10 EUR".to_owned(), Some(30 * 3_600))
    );
}

#[test]
fn a_workbook_of_nothing_known_and_one_of_others_are_told_apart() {
    assert_eq!(read(&workbook(&[&words(1, &["my", "notes"])])), Err(Unreadable::Unknown));
    let others = words(1, &["HITTypeId", "WorkerId", "Title"]);
    assert!(matches!(read(&workbook(&[&others])), Err(Unreadable::Refused(_))));
}

#[test]
fn a_sheet_beyond_the_limits_is_refused_with_its_row() {
    let far = "<row r=\"7\"><c r=\"ZZZ7\"><v>1</v></c></row>";
    assert!(matches!(read(&workbook(&[far])), Err(Unreadable::Line { line: 7, .. })));
    let long = words(3, &[&"x".repeat(100_000)]);
    assert!(matches!(read(&workbook(&[&long])), Err(Unreadable::Line { line: 3, .. })));
    // Two cells, a million rows apart: nothing is laid out between them.
    let apart = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>";
    assert_eq!(read(&workbook(&[apart])), Err(Unreadable::Unknown));
    // A place beyond all sheets, whose number no machine counts to.
    for place in ["A4294967297", "A99999999999999999999", "AAAAAAAAAAAAAAAAAAAAAA1"] {
        let beyond = format!("<row r=\"1\"><c r=\"{place}\"><v>1</v></c></row>");
        assert!(read(&workbook(&[&beyond])).is_err(), "{place}");
    }
    let torn = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1";
    assert!(matches!(read(&workbook(&[torn])), Err(Unreadable::Line { .. })));
}

#[test]
fn a_zip_of_one_file_is_read_and_one_of_several_is_not() {
    let one =
        format!("{OUTLIER}\n\"Mar 4, 2026\",\"65f0\",\"-\",\"-\",\"$1.00\",\"bonusReward\",\"-\",\"processed\"\n");
    let (beside, one) = (b"x".as_slice(), one.as_bytes());
    let zip = zipped(&[("Report.csv", one), ("__MACOSX/._Report.csv", beside)]);
    assert_eq!(read(&zip), read(one));
    assert_eq!(read(&zipped(&[("a.csv", one), ("b.csv", one)])), Err(Unreadable::Zip));
    assert_eq!(read(&zipped(&[])), Err(Unreadable::Zip));
    assert_eq!(read(&zipped(&[("a.zip", &zip)])), Err(Unreadable::Zip), "a zip in a zip");
    assert_eq!(read(&zip[..zip.len() - 30]), Err(Unreadable::DamagedZip));
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let zeros = vec![b'0'; 16 * 1024 * 1024];
    let bomb = zipped(&[("a.csv", &zeros)]);
    assert!(bomb.len() < 64 * 1024);
    assert_eq!(read(&bomb), Err(Unreadable::Bomb));
    let workbook_of_it = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", &zeros)]);
    assert_eq!(read(&workbook_of_it), Err(Unreadable::Bomb));
}
