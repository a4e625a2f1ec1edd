//! A month as a proof of income: one page of HTML, made to be printed or kept as a PDF by the user's own browser.
//!
//! It holds the payouts that landed in the month, with day, payer and amount, their sum in the home currency with the
//! exchange rates it rests on, and a statement where it comes from; nothing else of the Book. It needs no other file,
//! no script and no network. Whatever the user typed is text in it and never markup. See
//! docs/decisions/0029-a-proof-is-a-page-to-print.md.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::names::payer;
use crate::domain::book::Book;
use crate::domain::query::month::MonthFigures;
use crate::domain::span::Month;
use crate::ui::format::{self, Style};

/// What the user adds by hand; nothing of it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Whose income it is; empty where they leave it out.
    pub name: String,
    /// Their address, in lines; empty where they leave it out.
    pub address: String,
}

/// The name of the file that is offered: "income-2026-10.html".
#[must_use]
pub fn file_name(month: Month) -> String {
    format!("income-{month}.html")
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width\">\n";

const STYLE: &str = "<style>\n\
@page { size: A4; margin: 20mm }\n\
body { font: 11pt/1.45 \"Noto Sans\", \"Segoe UI\", Helvetica, Arial, sans-serif; color: #111; background: #fff;\n  \
max-width: 172mm; margin: 16mm auto }\n\
h1 { font-size: 20pt; margin: 0 0 2mm } .period { font-size: 13pt; margin: 0 0 8mm }\n\
.who { margin: 0 0 8mm; white-space: pre-line }\n\
table { width: 100%; border-collapse: collapse } thead { display: table-header-group } tr { break-inside: avoid }\n\
th { text-align: left; font-weight: 600; border-bottom: 1.2pt solid #111 } td { border-bottom: .5pt solid #bbb }\n\
th, td { padding: 1.6mm 2mm; vertical-align: top } .n { text-align: right; font-variant-numeric: tabular-nums }\n\
tfoot td { font-weight: 600; border-top: 1.2pt solid #111; border-bottom: 0 }\n\
.small { font-size: 9pt; color: #444 } section { margin-top: 8mm }\n\
@media print { body { margin: 0; max-width: none } }\n\
</style>\n";

/// The page. `made_on` is the user's day.
#[must_use]
pub fn html(book: &Book, figures: &MonthFigures, person: &Person, made_on: NaiveDate) -> String {
    let style = Style::of(book.settings());
    let home = figures.rates.home;
    let title = format!("Proof of income, {}", format::month(figures.month));
    let mut page = String::from(HEAD);
    let mut put = |text: std::fmt::Arguments<'_>| {
        // Writing to a string never fails.
        let written = page.write_fmt(text);
        debug_assert!(written.is_ok());
    };
    put(format_args!("<title>{}</title>\n{STYLE}</head>\n<body>\n<h1>Proof of income</h1>\n", escaped(&title)));
    let (first, last) = (style.date(figures.days.first), style.date(figures.days.last));
    put(format_args!("<p class=\"period\">{} – {}</p>\n", escaped(&first), escaped(&last)));
    let lines: Vec<&str> =
        [person.name.trim(), person.address.trim()].into_iter().filter(|line| !line.is_empty()).collect();
    if !lines.is_empty() {
        put(format_args!("<p class=\"who\">{}</p>\n", escaped(&lines.join("\n"))));
    }
    put(format_args!(
        "<table>\n<thead><tr><th>Received on</th><th>Paid by</th><th class=\"n\">Amount received</th>\
         <th class=\"n\">In {home}</th></tr></thead>\n<tbody>\n"
    ));
    for row in &figures.landed {
        let in_home = row.home.map_or_else(|| "no exchange rate".to_owned(), |home| style.money(home));
        put(format_args!(
            "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
            escaped(&style.date(row.on)),
            escaped(&payer(book, row.platform)),
            escaped(&style.money(row.received)),
            escaped(&in_home)
        ));
    }
    if figures.landed.is_empty() {
        put(format_args!("<tr><td colspan=\"4\">No payout was received in this month.</td></tr>\n"));
    }
    let sum = style.sum_and(figures.landed_sum, &figures.landed_without_rate);
    put(format_args!(
        "</tbody>\n<tfoot><tr><td colspan=\"3\">Received in all</td><td class=\"n\">{}</td></tr></tfoot>\n</table>\n",
        escaped(&sum)
    ));
    if !figures.rates_used.is_empty() {
        put(format_args!("<section><p class=\"small\">Exchange rates: "));
        let rates: Vec<String> = figures
            .rates_used
            .iter()
            .map(|rate| {
                let about = if rate.estimate { ", an estimate" } else { "" };
                let (base, quote, on) = (rate.base, rate.quote, style.date(rate.on));
                format!("1 {base} = {} {quote} on {on} ({}{about})", style.exact(rate.rate), rate.source)
            })
            .collect();
        put(format_args!("{}.</p></section>\n", escaped(&rates.join("; "))));
    }
    put(format_args!(
        "<section><p class=\"small\">Made on {} with TrueRate from the recipient’s own records: payouts received in the \
         period, on the day and with the amount that was recorded. It is no statement of a bank or of a payer.</p>\
         </section>\n</body>\n</html>\n",
        escaped(&style.date(made_on))
    ));
    page
}

/// Text as HTML: nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Control signs have no place in a page; line breaks stay.
            letter if letter.is_control() && letter != '\n' => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests;
