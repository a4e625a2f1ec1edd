//! The XML files: an envelope, in it a cube a day, in it a cube a currency. The day's, the 90 days' and the whole history
//! have the same shape. Documents with a type declaration are refused: it could grow without bound.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use roxmltree::{Document, Node};

use super::{SOURCE, Unreadable, Wrong, currency, rate, shortened};
use crate::domain::exchange::Sheet;
use crate::domain::money::Currency;

pub(super) fn read(text: &str) -> Result<Sheet, Unreadable> {
    let tree = Document::parse(text).map_err(|error| Wrong::Damaged.at(u64::from(error.pos().row)))?;
    let root = tree.root_element();
    if root.tag_name().name() != "Envelope" {
        return Err(Unreadable::Other);
    }
    let mut sheet = Sheet::new(SOURCE, Currency::EUR);
    let cubes = |node: Node<'_, '_>| node.tag_name().name() == "Cube";
    for of_day in root.descendants().filter(|node| cubes(*node) && node.has_attribute("time")) {
        let day = of_day.attribute("time").unwrap_or_default();
        let at = |node: Node<'_, '_>| u64::from(tree.text_pos_at(node.range().start).row);
        let on =
            NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_no_day| Wrong::Day(shortened(day)).at(at(of_day)))?;
        let mut rates = BTreeMap::new();
        for one in of_day.children().filter(|node| cubes(*node)) {
            let code = one.attribute("currency").unwrap_or_default();
            let known = currency(code).map_err(|wrong| wrong.at(at(one)))?;
            let cell = one.attribute("rate").unwrap_or_default().trim();
            let rate = rate(code, cell).map_err(|wrong| wrong.at(at(one)))?;
            match known {
                None => _ = sheet.unknown.insert(code.to_owned()),
                Some(known) => {
                    if let Some(rate) = rate
                        && rates.insert(known, rate).is_some()
                    {
                        return Err(Wrong::CurrencyTwice(code.to_owned()).at(at(one)));
                    }
                }
            }
        }
        if sheet.days.insert(on, rates).is_some() {
            return Err(Wrong::DayTwice(on).at(at(of_day)));
        }
    }
    Ok(sheet)
}
