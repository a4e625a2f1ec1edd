//! Tables by mappings: where they begin, what is proposed, how rows are read, and by what they are known again.

use proptest::prelude::*;

use super::glimpse::glimpse;
use super::*;
use crate::domain::statement::{
    CreditKind, CreditState, DateOrder, Decimals, Glimpse, Kind, Meaning, MoveKind, MoveState, Place, Question, ReadAs,
    RowKind, Says, Signs, Standing, Why,
};
use crate::import::Going;

fn table(text: &str) -> Table {
    Table::of(text, &Going::ON).unwrap()
}

fn options() -> Options {
    Options::new(chrono_tz::Europe::Berlin)
}

fn look(text: &str) -> Glimpse {
    sampled(text).glimpse
}

fn sampled(text: &str) -> Sampled {
    glimpse(&table(text), &[]).unwrap()
}

fn named(name: &str) -> Place {
    Place::Named(name.to_owned())
}

fn read(text: &str, mapping: &Mapping) -> Statement {
    said(&table(text), options(), Mappings::This(mapping)).unwrap().unwrap()
}

/// What columns are proposed to mean, in order.
fn meant(glimpse: &Glimpse) -> Vec<(String, Meaning)> {
    let place = |place: &Place| match place {
        Place::Named(name) => name.clone(),
        Place::Nth(nth) => nth.to_string(),
    };
    glimpse.proposed.columns.iter().map(|(at, meaning)| (place(at), *meaning)).collect()
}

const SPARKASSE: &str = "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Betrag;Waehrung;Info\n\
    DE00;04.03.26;04.03.26;GUTSCHRIFT;INV-7;Lantern Ltd;90,00;EUR;Umsatz gebucht\n\
    DE00;05.03.26;05.03.26;KARTENZAHLUNG;Kaffee;Kite Cafe;-4,20;EUR;Umsatz vorgemerkt\n";

#[test]
fn a_bank_of_any_of_five_languages_is_proposed_by_its_words() {
    use Meaning::{Amount, Currency, Day, In, Other, Out, State, Text, Type};
    for (text, wanted) in [
        ("Date,Description,Debit,Credit,Balance\n2026-03-04,INV-7,,90.00,100.00\n", vec![Day, Text, Out, In]),
        (SPARKASSE, vec![Day, Type, Text, Other, Amount, State]),
        ("Date;Libellé;Débit;Crédit\n04/03/2026;INV-7;;90,00\n", vec![Day, Text, Out, In]),
        ("Fecha;Concepto;Importe;Divisa;Saldo\n04/03/2026;INV-7;90,00;EUR;100,00\n", vec![Day, Text, Amount, Currency]),
        ("Data;Descrizione;Importo;Valuta\n04/03/2026;INV-7;90,00;EUR\n", vec![Day, Text, Amount, Currency]),
    ] {
        let glimpse = look(text);
        let meanings: Vec<Meaning> = meant(&glimpse).into_iter().map(|(_, meaning)| meaning).collect();
        assert_eq!(meanings, wanted, "{text}");
        assert_eq!(glimpse.proposed.rows, RowKind::Moved);
        assert_eq!(glimpse.proposed.lacks(), None);
    }
}

#[test]
fn the_head_is_found_under_a_preamble_that_has_a_head_of_its_own() {
    let text = "Description,,Summary Amt.\nBeginning balance as of 01/01/2026,,\"1,000.00\"\n\n\
        Account,Date,Description,Amount\n1,03/13/2026,INV-7,90.00\n";
    let glimpse = look(text);
    assert_eq!(meant(&glimpse).len(), 3, "{:?}", meant(&glimpse));
    assert_eq!((glimpse.rows.first().map(|row| row.0), glimpse.count), (Some(5), 1));
    // Words that nobody knows, over a day and a figure.
    let glimpse = look("Some bank\nWann;Wieviel;Wofuer\n04.03.2026;90,00;INV-7\n");
    assert_eq!(meant(&glimpse), [("wann".to_owned(), Meaning::Day), ("wieviel".to_owned(), Meaning::Amount)]);
}

#[test]
fn a_table_without_a_head_is_told_by_numbers_of_columns() {
    let glimpse = look("04.03.2026;04.03.2026;90,00;Lantern Ltd INV-7\n05.03.2026;05.03.2026;-4,20;Kite\n");
    let wanted = [("1", Meaning::Day), ("3", Meaning::Amount), ("4", Meaning::Text)];
    assert_eq!(meant(&glimpse), wanted.map(|(place, meaning)| (place.to_owned(), meaning)));
    assert_eq!(glimpse.proposed.head, Head::Columns(4));
    assert_eq!(glimpse.columns.first().map(|column| column.name.as_str()), Some(""));
    assert!(glimpse_of("one\ntwo\nthree\n").is_none() && glimpse_of("a,b\n1,2\n").is_none());
}

fn glimpse_of(text: &str) -> Option<Sampled> {
    glimpse(&table(text), &[]).ok()
}

#[test]
fn earnings_and_hours_are_told_from_money_that_moved() {
    let earnings = look("Date,Task,Reward,Currency,Status\n2026-03-04,Maps,1.50,GBP,AWAITING REVIEW\n");
    assert_eq!(earnings.proposed.rows, RowKind::Credited);
    let hours = look("Date of work;Time spent;Earned;Currency;Status\n12/11/2026;1:30;37,50;USD;Paid\n");
    assert_eq!(hours.proposed.rows, RowKind::Credited, "accounts know nothing of hours");
    let statement =
        read("Date,Task,Reward,Currency,Status\n2026-03-04,Maps,1.50,GBP,AWAITING REVIEW\n", &earnings.proposed);
    let Some(Says::Credited(credited)) = statement.rows.first().map(|row| &row.says) else { panic!() };
    assert_eq!(
        (credited.kind, &credited.state, credited.project.as_str()),
        (CreditKind::Work, &CreditState::Pending, "Maps")
    );
    let hours = look("Tag;Kunde;Projekt;Stunden\n04.03.2026;Lantern;Karten;1,667\n");
    assert_eq!(hours.proposed.rows, RowKind::Time);
    let statement = read("Tag;Kunde;Projekt;Stunden\n04.03.2026;Lantern;Karten;1,667\n", &hours.proposed);
    let Some(Says::Logged(logged)) = statement.rows.first().map(|row| &row.says) else { panic!() };
    assert_eq!((logged.declared_secs, logged.client.as_str()), (Some(6_001), "Lantern"));
}

#[test]
fn which_way_an_amount_goes_is_as_it_was_said() {
    let text = "Datum;Betrag;S/H;Währung;Text\n13.03.2026;90,00;H;EUR;a\n14.03.2026;4,20;S;EUR;b\n";
    let glimpse = look(text);
    assert_eq!(glimpse.proposed.signs, Signs::OutWhere(["s".to_owned()].into()));
    let sums = |mapping: &Mapping| -> Vec<String> {
        let statement = read(text, mapping);
        let sum = |row: &crate::domain::statement::Row| match &row.says {
            Says::Moved(moved) => moved.amount.to_string(),
            Says::Logged(_) | Says::Credited(_) => String::new(),
        };
        statement.rows.iter().map(sum).collect()
    };
    assert_eq!(sums(&glimpse.proposed), ["90.00 EUR", "-4.20 EUR"]);
    assert_eq!(sums(&Mapping { signs: Signs::Reversed, ..glimpse.proposed.clone() }), ["-90.00 EUR", "-4.20 EUR"]);
    assert_eq!(sums(&Mapping { signs: Signs::AsWritten, ..glimpse.proposed }), ["90.00 EUR", "4.20 EUR"]);
}

#[test]
fn debit_and_credit_may_have_signs_of_their_own_and_a_fee_stands_in_or_beside_the_amount() {
    let text = "Date,Description,Debit,Credit,Fee,Balance\n2026-03-13,a,,90.00,1.50,0\n2026-03-14,b,-4.20,,,0\n2026-03-15,c,4.20,,,0\n";
    let glimpse = look(text);
    let mut mapping = Mapping { currency: Some("EUR".parse().unwrap()), ..glimpse.proposed };
    let first = |mapping: &Mapping| {
        let statement = read(text, mapping);
        let sums = statement.rows.iter().map(|row| match &row.says {
            Says::Moved(moved) => (moved.amount.to_string(), moved.fee.map(|fee| fee.to_string())),
            Says::Logged(_) | Says::Credited(_) => Default::default(),
        });
        sums.map(|(sum, fee)| format!("{sum} {}", fee.unwrap_or_default())).collect::<Vec<_>>()
    };
    assert_eq!(first(&mapping), ["90.00 EUR 1.50 EUR", "-4.20 EUR ", "-4.20 EUR "]);
    mapping.fee_beside = true;
    assert_eq!(first(&mapping).first().map(String::as_str), Some("88.50 EUR 1.50 EUR"));
}

#[test]
fn words_of_states_and_kinds_are_as_they_were_said_and_else_as_usual() {
    let mut mapping = look(SPARKASSE).proposed;
    mapping.currency = Some("EUR".parse().unwrap());
    let states = |mapping: &Mapping| {
        let statement = read(SPARKASSE, mapping);
        let states: Vec<MoveState> = statement
            .rows
            .iter()
            .filter_map(|row| if let Says::Moved(moved) = &row.says { Some(moved.state) } else { None })
            .collect();
        (states, statement.left_out.into_iter().map(|left| left.why).collect::<Vec<_>>())
    };
    assert_eq!(states(&mapping), (vec![MoveState::Done, MoveState::Pending], vec![]));
    mapping.states.insert("umsatz vorgemerkt".to_owned(), Standing::Skipped);
    mapping.kinds.insert("gutschrift".to_owned(), Kind::Own);
    let (done, left) = states(&mapping);
    assert_eq!((done.len(), left), (1, vec![Why::Skipped("rows with its state are left out")]));
    let statement = read(SPARKASSE, &mapping);
    assert!(matches!(&statement.rows[0].says, Says::Moved(moved) if moved.kind == MoveKind::Own));
}

#[test]
fn a_currency_that_nobody_says_and_ragged_rows_are_left_out_with_their_reason() {
    let text = "Date,Description,Amount\n2026-03-13,a,90.00\n2026-03-14,b,€4.20\n2026-03-15,c,1.00,x\n2026-03-16,d\nTotal,,95.20\n,,\n2026-03-17,e,\n";
    let statement = read(text, &look(text).proposed);
    assert_eq!(statement.rows.len(), 1);
    let left: Vec<String> = statement.left_out.iter().map(|left| format!("{} {}", left.line, left.why)).collect();
    assert_eq!(
        left,
        [
            "2 nobody says in which currency it is",
            "4 4 cells instead of 3",
            "5 2 cells instead of 3",
            "6 nobody says in which currency it is",
            "8 it has no amount"
        ]
    );
}

#[test]
fn what_the_file_leaves_open_is_asked_and_shown_as_if_it_were_answered() {
    let text = "Date,Description,Amount\n01/02/2026,a,1.234\n";
    let glimpse = sampled(text);
    let mapping = Mapping { currency: Some("EUR".parse().unwrap()), ..glimpse.glimpse.proposed.clone() };
    let tried = glimpse.tried(&mapping, ReadAs::default(), chrono_tz::UTC);
    assert!(matches!(tried.asks.as_slice(), [Question::DateOrder(_), Question::Decimals(_)]), "{:?}", tried.asks);
    assert_eq!(tried.rows.len(), 1);
    let answered = ReadAs { dates: Some(DateOrder::MonthFirst), decimals: Some(Decimals::Comma), ..ReadAs::default() };
    let tried = glimpse.tried(&mapping, answered, chrono_tz::UTC);
    assert!(tried.asks.is_empty());
    let Some((2, Ok(row))) = tried.rows.first() else { panic!("{:?}", tried.rows) };
    let Says::Moved(moved) = &row.says else { panic!() };
    assert_eq!((moved.on.to_string(), moved.amount.to_string()), ("2026-01-02".to_owned(), "1234.00 EUR".to_owned()));
    // A row far below decides for the first ones.
    let more = format!("{text}{}12/31/2026,z,5.55\n", "01/02/2026,a,1.234\n".repeat(40));
    assert!(sampled(&more).tried(&mapping, ReadAs::default(), chrono_tz::UTC).asks.is_empty());
    let lacking = Mapping { columns: Vec::new(), ..mapping };
    assert!(glimpse.tried(&lacking, answered, chrono_tz::UTC).why.is_some_and(|why| why.contains("the day")));
}

#[test]
fn the_same_columns_are_known_again_in_any_order_and_others_are_not() {
    let mapping = Mapping { name: "Lantern bank".to_owned(), ..look(SPARKASSE).proposed };
    let saved = [mapping.clone()];
    let by_saved = |text: &str| said(&table(text), options(), Mappings::Saved(&saved)).map(Result::unwrap);
    let first = by_saved(SPARKASSE).unwrap();
    assert_eq!((first.format.as_ref(), first.rows.len()), ("Lantern bank", 0), "no currency was said");
    let turned = "Info;Buchungstag;Betrag;Waehrung;Valutadatum;Buchungstext;Auftragskonto;Verwendungszweck;Beguenstigter/Zahlungspflichtiger\n";
    assert_eq!(by_saved(turned).unwrap().code, first.code);
    assert!(by_saved("Buchungstag;Betrag;Info\n04.03.2026;1,00;x\n").is_none());
    // A rename makes no row new; other columns do.
    let renamed = Mapping { name: "Kite".to_owned(), ..mapping.clone() };
    assert_eq!(read(SPARKASSE, &renamed).code, first.code);
    assert_ne!(code_of(&Head::Names(["a".to_owned()].into())), code_of(&Head::Names(["b".to_owned()].into())));
    assert_eq!(code_of(&Head::Names(["ab".to_owned(), "c".to_owned()].into())), "table-20ba9b3025a8b421");
    // Two for the same columns: nobody knows which is meant.
    let two = [mapping, renamed];
    assert_eq!(said(&table(SPARKASSE), options(), Mappings::Saved(&two)), Some(Err(Unreadable::Unmapped)));
    assert_eq!(glimpse(&table(SPARKASSE), &two).unwrap().glimpse.known.len(), 2);
}

#[test]
fn a_mapping_is_named_whether_it_is_the_users_or_ours() {
    let saved = [Mapping { name: "Lantern bank".to_owned(), ..look(SPARKASSE).proposed }];
    let named = |name, text: &str| said(&table(text), options(), Mappings::Named(name, &saved)).unwrap();
    assert!(named("lantern BANK", SPARKASSE).is_ok());
    assert_eq!(named("kite", SPARKASSE), Err(Unreadable::NoMapping("kite".to_owned())));
    assert_eq!(named("DKB", SPARKASSE), Err(Unreadable::NoColumn("buchungsdatum".to_owned())));
    assert!(ready_names().any(|name| name == "Monzo") && ready_names().count() > 15);
}

#[test]
fn numbers_tell_rows_apart_and_where_there_are_none_their_cells_do() {
    let text =
        "Date,ID,Description,Amount (EUR)\n2026-03-13,x1,a  b,90.00\n2026-03-13,,a  b,90.00\n2026-03-13,,a b,90\n";
    let statement = read(text, &look(text).proposed);
    let code = &statement.code;
    let keys: Vec<&str> = statement.rows.iter().map(|row| row.key.as_str()).collect();
    let wanted = ["x1", "2026-03-13|90|EUR|a b", "2026-03-13|90|EUR|a b|2"].map(|rest| format!("{code}||{rest}"));
    assert_eq!(keys, wanted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any table with any mapping: no panic, every row is accounted for once, and its key is its own.
    #[test]
    fn any_table_is_read_by_any_mapping(
        cells in prop::collection::vec(prop::collection::vec(cell(), 1..6), 1..8),
        meanings in prop::collection::vec(prop::sample::select(Meaning::ALL.to_vec()), 0..6),
        rows in prop::sample::select(RowKind::ALL.to_vec()),
        way in 0..3,
        fee_beside in any::<bool>(),
    ) {
        let lines = cells.iter().map(|row| row.join(";"));
        let text = format!("a;b;c;d;e\n{}\n", lines.collect::<Vec<_>>().join("\n"));
        let columns = ["a", "b", "c", "d", "e"].map(named).into_iter().zip(meanings).collect();
        let signs = match way {
            0 => Signs::AsWritten,
            1 => Signs::Reversed,
            _ => Signs::OutWhere(["s".to_owned()].into()),
        };
        let names = ["a", "b", "c", "d", "e"].map(str::to_owned).into();
        let mapping = Mapping {
            head: Head::Names(names), rows, columns, signs, fee_beside,
            ..crate::domain::testing::mapping("any")
        };
        let Ok(parsed) = Table::of(&text, &Going::ON) else { return Ok(()) };
        let read = || said(&parsed, options(), Mappings::This(&mapping)).unwrap();
        if let Ok(statement) = read() {
            let lines: std::collections::BTreeSet<u64> = statement.rows.iter().map(|row| row.line).collect();
            let keys: std::collections::BTreeSet<&str> = statement.rows.iter().map(|row| row.key.as_str()).collect();
            prop_assert_eq!((lines.len(), keys.len()), (statement.rows.len(), statement.rows.len()));
            prop_assert!(statement.left_out.iter().all(|left| !lines.contains(&left.line)));
            prop_assert_eq!(read(), Ok(statement));
        }
        if let Ok(glimpse) = glimpse(&parsed, std::slice::from_ref(&mapping)) {
            for mapping in [&glimpse.glimpse.proposed, &mapping] {
                let tried = glimpse.tried(mapping, ReadAs::default(), chrono_tz::UTC);
                prop_assert!(tried.rows.len() <= glimpse.glimpse.count);
            }
        }
    }
}

fn cell() -> impl Strategy<Value = String> {
    let known = [
        "2026-03-04",
        "04.03.2026 23:59",
        "03/04/26",
        "29:18",
        "9:15",
        "-4,20",
        "1.234,5",
        "$5",
        "(7)",
        "1h 2m",
        "s",
        "EUR",
        "",
    ];
    prop_oneof![prop::sample::select(known.to_vec()).prop_map(str::to_owned), "[^;\\n\"]{0,8}"]
}
