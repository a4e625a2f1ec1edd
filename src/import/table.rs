//! Tables as text: cells between commas, semicolons, tabs or bars, with the head somewhere near the top.
//!
//! Split once, kept whole: every row has its line. Names of columns are compared without case, blanks around them and
//! quotes; a row that repeats the head (files that were joined) is no row. What lies beyond the limits refuses the file,
//! with the line: nothing is read half.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::{Going, Unreadable};

/// The most columns of a table.
pub(super) const MOST_COLUMNS: usize = 400;
pub(super) const TOO_WIDE: &str = "it has more than 400 columns";
/// The most bytes of one cell.
pub(super) const MOST_CELL: usize = 64 * 1024;
pub(super) const CELL_TOO_LARGE: &str = "a cell has more than 64 kB";
/// The most rows of a table.
pub(super) const MOST_ROWS: usize = 2_000_000;
pub(super) const TOO_MANY_ROWS: &str = "there are more than two million rows";
/// The most rows before the head: what a bank writes above its table.
const MOST_PREAMBLE: usize = 60;
/// How much of a text decides what stands between its cells.
const SAMPLE: usize = 64 * 1024;
/// How many rows are read between two looks at whether to go on.
pub(super) const STRIDE: usize = 4096;

/// A text that was split into cells.
#[derive(Debug)]
pub(super) struct Table {
    rows: Vec<Line>,
}

/// A row with its line in the file, from 1.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: u64,
    cells: StringRecord,
}

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column(usize);

/// A table under its head, or one without a head.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    names: BTreeMap<String, usize>,
    width: usize,
    rows: &'a [Line],
    head: Option<&'a Line>,
}

impl Line {
    /// What stands in a column, without blanks around it; empty where the row has no such cell.
    pub(super) fn cell(&self, column: Column) -> &str {
        self.cells.get(column.0).unwrap_or_default().trim_matches(is_blank)
    }

    /// The same for a column that may not be there.
    pub(super) fn cell_of(&self, column: Option<Column>) -> &str {
        column.map_or("", |column| self.cell(column))
    }

    /// Its cells, as they are compared with names of columns: in small letters, without blanks and quotes around them.
    pub(super) fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.cells.iter().map(name)
    }

    /// Its cells, without blanks around them.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.trim_matches(is_blank))
    }

    /// How many cells there are.
    pub(super) fn width(&self) -> usize {
        self.cells.len()
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim_matches(is_blank).is_empty())
    }
}

/// Blanks of every kind, no-break and thin ones too.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// A column's name as it is compared.
fn name(text: &str) -> String {
    text.trim_matches(is_blank).trim_matches('"').trim_matches(is_blank).to_lowercase()
}

impl Table {
    /// Splits a text.
    ///
    /// # Errors
    /// [`Unreadable::Line`] where a cell or a row is beyond the limits, [`Unreadable::Stopped`] where it was told to.
    pub(super) fn of(text: &str, going: &Going<'_>) -> Result<Self, Unreadable> {
        let (text, hint) = hinted(text);
        let between = hint.unwrap_or_else(|| between_cells(text));
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(between)
            // A backslash is a letter like any other; only a doubled quote stands for one.
            .double_quote(true)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        let mut cells = StringRecord::new();
        // The line of the hint is no row, and is counted.
        let mut lines = Lines { text, at: 0, line: 1 + u64::from(hint.is_some()) };
        loop {
            let line = lines.of(reader.position().byte());
            let refused = |why| Unreadable::Line { line, why };
            match reader.read_record(&mut cells) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_not_text) => return Err(refused("it can’t be split into cells")),
            }
            if cells.len() > MOST_COLUMNS {
                return Err(refused(TOO_WIDE));
            }
            if cells.iter().any(|cell| cell.len() > MOST_CELL) {
                return Err(refused("a cell has more than 64 kB; is there a quote too many or too few?"));
            }
            if rows.len() >= MOST_ROWS {
                return Err(refused(TOO_MANY_ROWS));
            }
            rows.push(Line { number: line, cells: cells.clone() });
            if rows.len().is_multiple_of(STRIDE) {
                going.on(reader.position().byte(), text.len())?;
            }
        }
        rows.retain(|row| !row.is_empty());
        Ok(Self { rows })
    }

    /// A table whose rows were split elsewhere, each with its line.
    pub(super) fn of_rows(rows: impl Iterator<Item = (u64, StringRecord)>) -> Self {
        Self { rows: rows.map(|(number, cells)| Line { number, cells }).collect() }
    }

    /// The table under the first head that has all these columns.
    pub(super) fn under(&self, needed: &[&str]) -> Option<Sheet<'_>> {
        let at = self.rows.iter().take(MOST_PREAMBLE).position(|row| {
            row.cells.len() >= needed.len()
                && needed.iter().all(|wanted| row.cells.iter().any(|cell| name(cell) == *wanted))
        })?;
        self.headed(at)
    }

    /// The table under the row of this index.
    pub(super) fn headed(&self, at: usize) -> Option<Sheet<'_>> {
        let (head, rows) = self.rows.get(at..)?.split_first()?;
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for (column, cell) in head.cells.iter().enumerate() {
            let plain = name(cell);
            // Of two columns of one name the first has it; the second is told by its number.
            let named = (1..).map(|nth| if nth == 1 { plain.clone() } else { format!("{plain} ({nth})") });
            let free = named.take(MOST_COLUMNS + 1).find(|name| !names.contains_key(name));
            names.extend(free.map(|name| (name, column)));
        }
        Some(Sheet { names, width: head.cells.len(), rows, head: Some(head) })
    }

    /// The rows from this index on as a table without a head, so many columns wide.
    pub(super) fn headless(&self, from: usize, width: usize) -> Option<Sheet<'_>> {
        Some(Sheet { names: BTreeMap::new(), width, rows: self.rows.get(from..)?, head: None })
    }

    /// The rows in which a head is looked for, and a few after them.
    pub(super) fn top(&self) -> &[Line] {
        self.rows.get(..MOST_PREAMBLE).unwrap_or(&self.rows)
    }

    /// A table of the first rows of a sheet, its head before them.
    pub(super) fn first(sheet: &Sheet<'_>, count: usize) -> Self {
        let rows = sheet.head.into_iter().chain(sheet.rows().take(count));
        Self { rows: rows.map(|line| Line { number: line.number, cells: line.cells.clone() }).collect() }
    }
}

impl<'a> Sheet<'a> {
    /// The column of the first of these names that is there.
    pub(super) fn column(&self, names: &[&str]) -> Option<Column> {
        names.iter().find_map(|name| self.names.get(*name)).map(|at| Column(*at))
    }

    /// The column that stands there, from 1; `None` beyond the last.
    pub(super) fn nth(&self, nth: usize) -> Option<Column> {
        let at = nth.checked_sub(1)?;
        (at < self.width).then_some(Column(at))
    }

    /// The row with the names of the columns.
    pub(super) fn head(&self) -> Option<&'a Line> {
        self.head
    }

    /// The name of a column, in small letters; empty where it has none.
    pub(super) fn name_of(&self, column: Column) -> &str {
        self.names.iter().find(|(_, at)| **at == column.0).map_or("", |(name, _)| name)
    }

    /// How many columns the head has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The rows under the head, without repeated heads.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'a Line> + '_ {
        self.rows.iter().filter(|row| self.head.is_none_or(|head| row.cells != head.cells))
    }

    /// The cells of a column.
    pub(super) fn cells(&self, column: Column) -> impl Iterator<Item = &'a str> + '_ {
        self.rows().map(move |row| row.cell(column)).filter(|cell| !cell.is_empty())
    }
}

/// Counts the lines of a text up to the row that begins at or after a byte: the reader's own count is one less where lines
/// end in CR LF, and knows no empty lines.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let ends = |letter: &&u8| matches!(letter, b'\n' | b'\r');
        let before = byte.saturating_sub(self.at).min(rest.len());
        let blank = rest.iter().skip(before).take_while(ends).count();
        let passed = rest.iter().take(before + blank);
        self.line += u64::try_from(passed.filter(|letter| **letter == b'\n').count()).unwrap_or(u64::MAX);
        self.at += before + blank;
        self.line
    }
}

/// A spreadsheet's hint at what stands between the cells (`sep=;`), and the text after it.
fn hinted(text: &str) -> (&str, Option<u8>) {
    let first = text.lines().next().unwrap_or_default();
    match first.trim_matches(is_blank).trim_matches('"').strip_prefix("sep=").map(str::as_bytes) {
        Some([between]) => {
            let rest = text.get(first.len()..).unwrap_or_default();
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
            (rest, Some(*between))
        }
        _ => (text, None),
    }
}

/// What stands between the cells: that which gives most rows of one width, and of two the wider.
fn between_cells(text: &str) -> u8 {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or(text);
    let score = |between: u8| {
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(between).from_reader(sample.as_bytes());
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for row in reader.records().filter_map(Result::ok) {
            *widths.entry(row.len()).or_default() += 1;
        }
        widths.into_iter().filter(|(width, _)| *width > 1).map(|(width, rows)| (rows, width)).max()
    };
    // Of equal ones the first: a comma is the rule.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|between| score(*between)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::of(text, &Going::ON).unwrap()
    }

    #[test]
    fn what_stands_between_cells_is_found_where_decimals_have_commas_too() {
        let german = "Datum;Betrag;Text\n01.02.2026;1,50;a, b\n02.02.2026;2,50;c\n";
        let quoted = "\"Date\",\"Gross\"\n\"02.04.2026\",\"1.234,50\"\n\"03.04.2026\",\"-2,00\"\n";
        for (text, needed) in [(german, ["datum", "betrag"]), (quoted, ["date", "gross"])] {
            let table = table(text);
            let sheet = table.under(&needed).unwrap();
            assert_eq!(sheet.rows().count(), 2, "{text}");
        }
        let table = table("sep=;\r\nA;B\r\n1,2;3\r\n");
        let sheet = table.under(&["a", "b"]).unwrap();
        let row = sheet.rows().next().unwrap();
        assert_eq!((row.number, row.cell(sheet.column(&["b"]).unwrap())), (3, "3"));
    }

    #[test]
    fn the_head_stands_under_a_preamble_and_is_no_row_where_files_were_joined() {
        let text = "\u{feff}Account;1234\n\nDate; Amount ;Date\n1;2;3\nDate; Amount ;Date\n4;5;6\n";
        let table = table(text);
        let sheet = table.under(&["amount", "date"]).unwrap();
        let dates: Vec<_> = sheet.cells(sheet.column(&["date"]).unwrap()).collect();
        assert_eq!(dates, ["1", "4"]);
        assert!(table.under(&["amount", "balance"]).is_none());
    }

    #[test]
    fn lines_are_those_of_the_file_where_cells_hold_line_breaks() {
        let table = table("a,b\n\"one\ntwo\",2\n3,4\n");
        let lines: Vec<_> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(lines, [1, 2, 4]);
    }

    #[test]
    fn a_lone_quote_and_a_hundred_thousand_columns_are_refused_with_their_line() {
        let swallowed = format!("a,b\n1,2\n\"{}", "x,y\n".repeat(20_000));
        let Unreadable::Line { line, .. } = Table::of(&swallowed, &Going::ON).unwrap_err() else { panic!() };
        assert_eq!(line, 3);
        let wide = format!("a,b\n{}\n", ",".repeat(100_000));
        let Unreadable::Line { line, .. } = Table::of(&wide, &Going::ON).unwrap_err() else { panic!() };
        assert_eq!(line, 2);
    }
}
