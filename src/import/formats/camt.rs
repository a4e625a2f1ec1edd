//! camt.053: the end-of-day statement of European banks, and camt.052 and .054 that look like it.
//!
//! Amounts are unsigned: a word gives the direction, and a reversal turns it round. The entry counts and never the details
//! inside of it, which are the same money. Only what is booked: what waits comes again. A statement of the day (052) is
//! provisional, a notice (054) doubles the statement; both are refused.

use roxmltree::{Document, Node, ParsingOptions};

use super::{Found, Reading, end_of};
use crate::domain::money::Money;
use crate::domain::statement::{DateOrder, Decimals, MoveKind, MoveState, Moved, Says, Statement, Why};
use crate::import::cells::{Amounts, Days};
use crate::import::{Options, Unreadable};

/// The beginning of the namespaces of the family.
const FAMILY: &str = "urn:iso:std:iso:20022:tech:xsd:camt.05";
/// The most elements of a file: its tree has to fit into memory.
const MOST_NODES: u32 = 4_000_000;

/// Whether a text is one.
pub(super) fn is_one(text: &str) -> bool {
    let head: String = text.chars().take(4_000).collect();
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains(FAMILY)
}

pub(super) fn read(text: &str, options: Options) -> Result<Statement, Unreadable> {
    // Document types are refused: no entity can grow without bound.
    let limits = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let text = text.trim_start_matches('\u{feff}');
    let tree = Document::parse_with_options(text, limits).map_err(|error| Unreadable::Line {
        line: u64::from(error.pos().row),
        why: "the file is broken off or damaged, or has more than four million elements",
    })?;
    match tree
        .root_element()
        .tag_name()
        .namespace()
        .and_then(|name| name.strip_prefix(FAMILY))
        .and_then(|rest| rest.chars().next())
    {
        Some('3') => {}
        Some('2') => {
            return Err(Unreadable::Refused(
                "This is a statement of the running day: take the end-of-day one (camt.053)",
            ));
        }
        Some('4') => {
            return Err(Unreadable::Refused("This is a list of notices: take the end-of-day statement (camt.053)"));
        }
        _ => return Err(Unreadable::Unknown),
    }
    let amounts = Amounts::with(Decimals::Point, options);
    let mut reading = Reading::new("camt.053", "camt");
    for statement in tree.descendants().filter(|node| node.is_named("Stmt")) {
        let account =
            statement.child("Acct").and_then(|account| account.child("Id")).map(text_below).unwrap_or_default();
        reading.statement.personal.extend(personal(statement).map(str::to_owned));
        let number = statement.text_of("Id");
        for (nth, entry) in statement.children().filter(|node| node.is_named("Ntry")).enumerate() {
            let line = u64::from(tree.text_pos_at(entry.range().start).row);
            let found = row(entry, number, nth, amounts);
            reading.of_account(end_of(&account), line, found);
        }
    }
    Ok(reading.statement)
}

fn row(entry: Node<'_, '_>, statement: &str, nth: usize, amounts: Amounts) -> Result<Found, Why> {
    // Newer versions nest the word in a code.
    let status = entry.child("Sts").map(text_below).unwrap_or_default();
    if status == "PDNG" || status == "INFO" {
        return Err(Why::Skipped("it is not booked yet, and comes again"));
    }
    let amount = entry.child("Amt").ok_or_else(|| Why::Amount(String::new()))?;
    let currency = amounts.currency(amount.attribute("Ccy").unwrap_or_default())?;
    let sum = amounts.must(amount.text().unwrap_or_default(), currency)?;
    let reversed = matches!(entry.text_of("RvslInd"), "true" | "1");
    let leaves = match entry.text_of("CdtDbtInd") {
        "CRDT" => reversed,
        "DBIT" => !reversed,
        other => return Err(Why::Amount(other.to_owned())),
    };
    let date = |name| entry.child(name).and_then(|date| date.child("Dt").or_else(|| date.child("DtTm")));
    let day = date("BookgDt").or_else(|| date("ValDt")).and_then(|day| day.text()).unwrap_or_default();
    let on = Days::with(DateOrder::DayFirst).day(day)?;
    let details = entry.descendants().find(|node| node.is_named("TxDtls"));
    let party = |role: &str| {
        let parties = details.and_then(|details| details.child("RltdPties"))?;
        let party = parties.child(role)?;
        Some(
            party
                .child("Nm")
                .or_else(|| party.child("Pty").and_then(|party| party.child("Nm")))?
                .text()?
                .trim()
                .to_owned(),
        )
    };
    // The other side: who paid, or who was paid.
    let other = party(if leaves { "Cdtr" } else { "Dbtr" }).unwrap_or_default();
    let words = entry.descendants().filter(|node| node.is_named("Ustrd")).filter_map(|node| node.text());
    let text = words.map(str::trim).collect::<Vec<_>>().join(" ");
    let reference = entry.text_of("AcctSvcrRef");
    let amount = Money::new(if leaves { -sum.amount } else { sum.amount }, currency);
    let says = Moved {
        on,
        at: None,
        kind: if reversed { MoveKind::Refund } else { MoveKind::Payment },
        amount,
        fee: None,
        other,
        text: if text.is_empty() { entry.text_of("AddtlNtryInf").to_owned() } else { text },
        state: MoveState::Done,
        reference: reference.to_owned(),
        parent: String::new(),
    };
    let plain = amount.amount.normalize().to_string();
    Ok(if reference.is_empty() {
        Found::new(&[statement, &nth.to_string(), &plain], Says::Moved(says))
    } else {
        Found::new(&[reference], Says::Moved(says))
    })
}

/// What is there of persons, and is not read.
fn personal<'s>(statement: Node<'_, '_>) -> impl Iterator<Item = &'s str> {
    const KINDS: [(&str, &[&str]); 3] = [
        ("account numbers, but for their last four digits", &["Acct"]),
        ("accounts of others", &["DbtrAcct", "CdtrAcct"]),
        ("addresses", &["PstlAdr"]),
    ];
    let there: std::collections::BTreeSet<&str> = statement
        .descendants()
        .flat_map(|node| KINDS.iter().filter(move |(_, names)| names.iter().any(|name| node.is_named(name))))
        .map(|(words, _)| *words)
        .collect();
    there.into_iter()
}

/// The texts at and below a node, without blanks around them.
fn text_below(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).map(str::trim).collect()
}

/// Elements by their name alone: the version of the family doesn't matter.
trait ByName<'a, 'input> {
    fn is_named(&self, name: &str) -> bool;
    fn child(&self, name: &str) -> Option<Node<'a, 'input>>;
    fn text_of(&self, name: &str) -> &'a str;
}

impl<'a, 'input> ByName<'a, 'input> for Node<'a, 'input> {
    fn is_named(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }

    fn child(&self, name: &str) -> Option<Node<'a, 'input>> {
        self.children().find(|node| node.is_named(name))
    }

    fn text_of(&self, name: &str) -> &'a str {
        self.child(name).and_then(|node| node.text()).unwrap_or_default().trim()
    }
}
