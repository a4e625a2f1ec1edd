//! What each reader must hold to, whatever bytes it is given. Shared by the stable runner beside this file and by the
//! targets in `fuzz/`, which cargo-fuzz drives.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Weekday;
use truerate::domain::money::Currency;
use truerate::domain::settings::{NumberStyle, Settings};
use truerate::domain::span::Zone;
use truerate::domain::statement::{Mapping, ReadAs, RowKind};
use truerate::import::{self, Going, Mappings, Options, ecb};
use truerate::ports::fake::{FakeClock, MemoryDisk};
use truerate::store::{self, Site};
use truerate::ui::typed::{self, Reader};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A reader under test.
pub struct Target {
    /// The name of its folder in `fuzz/corpus` and of its file in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Panics where it breaks its promise.
    pub check: fn(&[u8]),
}

/// All of them.
pub const TARGETS: [Target; 11] = [
    Target { name: "book_file", check: book_file },
    Target { name: "sessions_file", check: sessions_file },
    Target { name: "money_file", check: money_file },
    Target { name: "journal_segment", check: journal_segment },
    Target { name: "statement", check: statement },
    Target { name: "mapping", check: mapping },
    Target { name: "page", check: page },
    Target { name: "packed", check: packed },
    Target { name: "workbook", check: workbook },
    Target { name: "rates", check: rates },
    Target { name: "typed", check: typed_text },
];

const ZONE: Zone = chrono_tz::Africa::Nairobi;
const DIR: &str = "/book";

pub fn book_file(bytes: &[u8]) {
    opens("book.ron", bytes);
}

pub fn sessions_file(bytes: &[u8]) {
    opens("sessions/2026-11.ron", bytes);
}

pub fn money_file(bytes: &[u8]) {
    opens("money/2026-11.ron", bytes);
}

pub fn journal_segment(bytes: &[u8]) {
    opens("journal/test-0000000001.ron", bytes);
}

/// A book with this file in it opens, and where something in the file can't be read its bytes stay as they are, also after
/// the book was open for writing.
fn opens(file: &str, bytes: &[u8]) {
    let disk = MemoryDisk::new();
    let path = Path::new(DIR).join(file);
    if file != "book.ron" {
        let empty = format!("(schema: {}, zone: \"Africa/Nairobi\", through: 0)\n", store::SCHEMA);
        disk.put(Path::new(DIR).join("book.ron"), empty);
    }
    disk.put(path.clone(), bytes);
    let defaults = Settings::new(Currency::USD, ZONE);
    let read = store::open_read(&disk, Path::new(DIR), defaults.clone());
    let clock = FakeClock::new("2026-11-22T08:00:00Z".parse().expect("an instant"), ZONE);
    let site = Site::new(Arc::new(disk.clone()), Arc::new(clock), Path::new(DIR));
    let opened = store::open(site, defaults).expect("what stands in files is no error");
    assert_eq!(opened.book, read.book, "read twice");
    let is_locked = opened.read_only.is_some()
        || opened.findings.iter().any(|finding| finding.locked && Path::new(DIR).join(&finding.file) == path);
    opened.journal.close().expect("a disk in memory takes everything");
    if is_locked {
        assert_eq!(disk.files().get(&path).map(Vec::as_slice), Some(bytes), "what can’t be read stays");
    }
}

/// A table that is looked at is read by what is proposed of it, and by the same among the mappings that are kept.
pub fn mapping(bytes: &[u8]) {
    let Ok(sampled) = import::glimpse(bytes, &[], &Going::ON) else { return };
    let proposed = &sampled.glimpse.proposed;
    let tried = sampled.tried(proposed, ReadAs::default(), ZONE);
    assert!(tried.rows.len() <= sampled.glimpse.rows.len(), "a row that is not shown");
    for rows in RowKind::ALL {
        let mapping = Mapping { name: "fuzz".to_owned(), rows, ..proposed.clone() };
        let options = Options::new(ZONE);
        let by = |mappings| import::read_by(bytes, options, mappings, &Going::ON);
        let read = by(Mappings::This(&mapping));
        if let Ok(statement) = &read {
            let keys: std::collections::BTreeSet<&str> = statement.rows.iter().map(|row| row.key.as_str()).collect();
            assert_eq!(keys.len(), statement.rows.len(), "two rows with one key");
        }
        assert_eq!(by(Mappings::This(&mapping)), read);
    }
}

/// Every row has a line and a key of its own, and what is read twice is the same.
pub fn statement(bytes: &[u8]) {
    let options = Options::new(ZONE);
    let read = import::read(bytes, options, &Going::ON);
    if let Ok(statement) = &read {
        let keys: std::collections::BTreeSet<&str> = statement.rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys.len(), statement.rows.len(), "two rows with one key");
    }
    assert_eq!(import::read(bytes, options, &Going::ON), read);
}

/// A page that a browser saved, or lines of it: every item has a key of its own, and a line of the file.
pub fn page(bytes: &[u8]) {
    statement(bytes);
    if let Ok(read) = import::read(bytes, Options::new(ZONE), &Going::ON) {
        let lines = bytes.split(|byte| *byte == b'\n').count();
        let most = u64::try_from(lines).unwrap_or(u64::MAX);
        assert!(read.rows.iter().all(|row| (1..=most).contains(&row.line)), "a row beyond the file’s end");
    }
}

/// A packed file as it is.
pub fn packed(bytes: &[u8]) {
    statement(bytes);
    let _rates = ecb::read(bytes);
}

/// A workbook whose one sheet is this.
pub fn workbook(bytes: &[u8]) {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const OF: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let link = |to: &str, kind: &str| {
        let link = format!("<Relationship Id=\"r1\" Type=\"{REL}/{kind}\" Target=\"{to}\"/>");
        format!("<Relationships xmlns=\"{OF}\">{link}</Relationships>")
    };
    let sheets = "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets>";
    let book = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\">{sheets}</workbook>");
    // Styles 1 and 2 are a day and a length of time.
    let formats = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"[h]:mm:ss\"/></numFmts>";
    let kinds = "<cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>";
    let styles = format!("<styleSheet xmlns=\"{MAIN}\">{formats}{kinds}</styleSheet>");
    let (root, links) = (link("xl/workbook.xml", "officeDocument"), link("worksheets/sheet1.xml", "worksheet"));
    let files: [(&str, &[u8]); 6] = [
        ("_rels/.rels", root.as_bytes()),
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", bytes),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(name, options).and_then(|()| Ok(zip.write_all(bytes)?)).expect("memory takes everything");
    }
    statement(&zip.finish().expect("memory takes everything").into_inner());
}

/// A rate is above zero.
pub fn rates(bytes: &[u8]) {
    if let Ok(sheet) = ecb::read(bytes) {
        assert!(sheet.count() > 0);
        let mut all = sheet.days.values().flat_map(|rates| rates.values());
        assert!(all.all(|rate| !rate.is_zero() && rate.is_sign_positive()));
    }
}

/// Whatever is typed into a field is read or refused, in every style of numbers.
pub fn typed_text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let today = "2026-11-22".parse().expect("a day");
    let dates = (typed::date(&text, today), typed::days(&text, today, Weekday::Mon), typed::time(&text));
    let others = (typed::duration(&text), typed::address(&text), typed::path(&text));
    for style in NumberStyle::ALL {
        let reader = Reader(style);
        let amounts = (reader.amount(&text), reader.money(&text, Currency::EUR), reader.cash(&text, Currency::EUR));
        let again = (reader.amount(&text), reader.money(&text, Currency::EUR), reader.cash(&text, Currency::EUR));
        assert_eq!(amounts, again);
        let _read = (
            reader.decimal(&text),
            reader.percent(&text),
            reader.count(&text),
            reader.payment(&text, today, Currency::EUR),
        );
    }
    let again = (typed::date(&text, today), typed::days(&text, today, Weekday::Mon), typed::time(&text));
    assert_eq!(dates, again);
    assert_eq!(others, (typed::duration(&text), typed::address(&text), typed::path(&text)));
}

/// Where the corpus of a target is.
pub fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name)
}
