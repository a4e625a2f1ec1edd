//! One table of a report, printed as columns, as CSV or as JSON.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::Format;
use crate::store::evidence::harmless;

/// A cell: what people read, and what programs read.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    shown: String,
    value: Value,
}

impl Cell {
    /// A text that says the same to both.
    pub fn text(text: impl Into<String>) -> Self {
        let shown = text.into();
        Self { value: Value::String(shown.clone()), shown }
    }

    /// A figure: shown one way, given to programs as a plain number in a text ("14.77") or `null` where missing.
    pub fn figure(shown: impl Into<String>, plain: Option<String>) -> Self {
        Self { shown: shown.into(), value: plain.map_or(Value::Null, Value::String) }
    }

    /// A whole number with its words.
    pub fn whole(shown: impl Into<String>, number: i64) -> Self {
        Self { shown: shown.into(), value: Value::from(number) }
    }
}

/// A column: its head for people, its name for programs, and whether it holds figures.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The head.
    pub head: &'static str,
    /// The name in CSV and JSON.
    pub name: &'static str,
    /// Aligned at the right.
    pub right: bool,
}

/// A table.
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// What stands under it for people only.
    pub notes: Vec<String>,
    /// The months that its totals lack, for programs; usually none.
    pub without_months: Vec<String>,
}

impl Table {
    /// Prints it.
    ///
    /// # Errors
    /// As the output says.
    pub fn print(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Table => self.print_columns(out),
            Format::Csv => self.print_csv(out),
            Format::Json => self.print_json(out),
        }
    }

    fn print_columns(&self, out: &mut dyn Write) -> io::Result<()> {
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.shown.chars().count());
                cells.chain([column.head.chars().count()]).max().unwrap_or(0)
            })
            .collect();
        let line = |texts: Vec<&str>| {
            let mut line = String::new();
            for ((text, width), column) in texts.iter().zip(&widths).zip(&self.columns) {
                let gap = " ".repeat(width - text.chars().count().min(*width));
                if !line.is_empty() {
                    line.push_str("  ");
                }
                if column.right {
                    line.push_str(&gap);
                    line.push_str(text);
                } else {
                    line.push_str(text);
                    line.push_str(&gap);
                }
            }
            line.trim_end().to_owned()
        };
        writeln!(out, "{}", line(self.columns.iter().map(|column| column.head).collect()))?;
        for row in &self.rows {
            writeln!(out, "{}", line(row.iter().map(|cell| cell.shown.as_str()).collect()))?;
        }
        for note in &self.notes {
            writeln!(out, "{note}")?;
        }
        Ok(())
    }

    fn print_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns.iter().map(|column| column.name))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| match &cell.value {
                Value::Null => String::new(),
                Value::String(text) => harmless(text),
                other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
            }))?;
        }
        writer.flush()
    }

    fn print_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let mut fields: Map<String, Value> = self
                    .columns
                    .iter()
                    .zip(row)
                    .map(|(column, cell)| (column.name.to_owned(), cell.value.clone()))
                    .collect();
                if !self.without_months.is_empty() {
                    fields.insert("without_months".to_owned(), Value::from(self.without_months.clone()));
                }
                Value::Object(fields)
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let column = |head, name, right| Column { head, name, right };
        Table {
            columns: vec![column("Platform", "platform", false), column("Rate", "rate", true)],
            rows: vec![
                vec![Cell::text("Outlier"), Cell::figure("$14.77/h", Some("14.77".into()))],
                vec![Cell::text("=cmd(), \"x\""), Cell::figure("–", None)],
                vec![Cell::text("Ünïted"), Cell::figure("−$3.33", Some("-3.33".into()))],
            ],
            notes: vec!["All amounts in USD.".into()],
            without_months: Vec::new(),
        }
    }

    fn printed(format: Format) -> String {
        let mut out = Vec::new();
        table().print(format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_by_letters_not_bytes() {
        let expected = "Platform         Rate\n\
                        Outlier      $14.77/h\n\
                        =cmd(), \"x\"         –\n\
                        Ünïted         −$3.33\n\
                        All amounts in USD.\n";
        assert_eq!(printed(Format::Table), expected);
    }

    #[test]
    fn csv_quotes_and_disarms_formulas_but_keeps_negative_figures() {
        assert_eq!(printed(Format::Csv), "platform,rate\nOutlier,14.77\n\"'=cmd(), \"\"x\"\"\",\nÜnïted,-3.33\n");
    }

    #[test]
    fn json_says_null_where_a_figure_is_missing() {
        let rows: Value = serde_json::from_str(&printed(Format::Json)).unwrap();
        assert_eq!(rows[0]["rate"], "14.77");
        assert_eq!(rows[1]["rate"], Value::Null);
    }

    #[test]
    fn months_that_totals_lack_stand_in_each_row_for_programs() {
        let mut table = table();
        table.without_months = vec!["2024-03".to_owned()];
        let mut out = Vec::new();
        table.print(Format::Json, &mut out).unwrap();
        let rows: Vec<Value> = serde_json::from_slice(&out).unwrap();
        assert!(rows.iter().all(|row| row["without_months"] == Value::from(vec!["2024-03"])), "{rows:?}");
    }
}
