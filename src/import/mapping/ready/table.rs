//! The table of the mappings that come with the program.

use super::Ready;
use crate::domain::money::Currency;
use crate::domain::statement::{Kind, Meaning as M, RowKind, Standing};

/// Where nothing is said.
const PLAIN: Ready = Ready {
    name: "",
    code: "",
    needs: &[],
    width: 0,
    rows: RowKind::Moved,
    columns: &[],
    reversed: false,
    states: &[],
    kinds: &[],
    currency: None,
    only: None,
    personal: &[],
};

/// The main account's name at N26; rows of its spaces mirror it.
const N26_MAIN: &[&str] = &["", "main account", "hauptkonto", "compte principal"];

/// Kinds of Stripe's balance.
const STRIPE_KINDS: &[(&str, Kind)] = &[
    ("payout", Kind::Own),
    ("payout_reversal", Kind::Own),
    ("refund", Kind::Refund),
    ("fee", Kind::Fee),
    ("network_cost", Kind::Fee),
    ("topup", Kind::Own),
];

/// All of them.
pub(super) const READY: &[Ready] = &[
    Ready {
        name: "Harvest",
        code: "harvest",
        needs: &["date", "project", "hours", "billable?"],
        rows: RowKind::Time,
        columns: &[
            ("date", M::Day),
            ("client", M::Client),
            ("project", M::Project),
            ("task", M::Note),
            ("notes", M::Note),
            ("hours", M::Length),
        ],
        personal: &["first name", "last name", "employee id", "roles", "teams", "employee?"],
        ..PLAIN
    },
    Ready {
        name: "Kimai",
        code: "kimai",
        needs: &["date", "from", "to", "duration", "project", "activity", "internal price"],
        rows: RowKind::Time,
        columns: KIMAI,
        only: Some(("type", &["", "timesheet", "work"])),
        personal: &["name", "user", "e-mail", "staff number", "account", "vat-id", "order number"],
        ..PLAIN
    },
    Ready {
        name: "Kimai (German)",
        code: "kimai",
        needs: &["datum", "von", "bis", "dauer", "projekt", "tätigkeit", "interner preis"],
        rows: RowKind::Time,
        columns: &[
            ("datum", M::Day),
            ("von", M::Start),
            ("bis", M::End),
            ("dauer", M::Length),
            ("kunde", M::Client),
            ("projekt", M::Project),
            ("tätigkeit", M::Note),
            ("beschreibung", M::Note),
        ],
        only: Some(("typ", &["", "timesheet", "arbeit", "zeiterfassung"])),
        personal: &["name", "benutzer", "e-mail", "personalnummer"],
        ..PLAIN
    },
    Ready {
        name: "solidtime",
        code: "solidtime",
        needs: &["id", "description", "start", "end", "billable_rate", "member_id", "project_id"],
        rows: RowKind::Time,
        columns: &[
            ("id", M::Reference),
            ("start", M::Start),
            ("end", M::End),
            // Names of clients and projects stand in files of their own beside this one.
            ("project_id", M::Project),
            ("description", M::Note),
        ],
        personal: &["member_id", "user_id", "organization_id"],
        ..PLAIN
    },
    Ready {
        name: "Time entries (ISO)",
        code: "iso-time",
        needs: &["description", "billable", "client", "project", "tags", "start", "end", "user_name"],
        rows: RowKind::Time,
        columns: &[
            ("start", M::Start),
            ("end", M::End),
            ("client", M::Client),
            ("project", M::Project),
            ("task", M::Note),
            ("description", M::Note),
        ],
        personal: &["user_name", "user_email"],
        ..PLAIN
    },
    Ready {
        name: "Monzo",
        code: "monzo",
        needs: &["transaction id", "date", "time", "type", "name", "emoji", "amount", "currency", "local amount"],
        columns: &[
            ("transaction id", M::Reference),
            ("date", M::Day),
            ("time", M::Clock),
            ("type", M::Type),
            ("name", M::Other),
            ("amount", M::Amount),
            ("currency", M::Currency),
            ("notes and #tags", M::Text),
            ("description", M::Text),
        ],
        kinds: &[("pot transfer", Kind::Own)],
        personal: &["address", "receipt"],
        ..PLAIN
    },
    Ready {
        name: "Monzo (2018)",
        code: "monzo",
        needs: &["id", "created", "amount", "currency", "local_amount", "local_currency", "emoji"],
        columns: &[
            ("id", M::Reference),
            ("created", M::Day),
            ("amount", M::Amount),
            ("currency", M::Currency),
            ("description", M::Text),
            ("notes", M::Text),
        ],
        personal: &["address", "receipt"],
        ..PLAIN
    },
    Ready {
        name: "N26",
        code: "n26",
        needs: &["booking date", "partner name", "partner iban", "type", "payment reference", "amount (eur)"],
        columns: &[
            ("booking date", M::Day),
            ("partner name", M::Other),
            ("payment reference", M::Text),
            ("amount (eur)", M::Amount),
        ],
        currency: Some(Currency::EUR),
        only: Some(("account name", N26_MAIN)),
        personal: &["partner iban"],
        ..PLAIN
    },
    Ready {
        name: "N26 (older)",
        code: "n26",
        needs: &["date", "payee", "account number", "transaction type", "payment reference", "amount (eur)"],
        columns: &[("date", M::Day), ("payee", M::Other), ("payment reference", M::Text), ("amount (eur)", M::Amount)],
        currency: Some(Currency::EUR),
        personal: &["account number"],
        ..PLAIN
    },
    Ready {
        name: "N26 (German)",
        code: "n26",
        needs: &["datum", "empfänger", "kontonummer", "transaktionstyp", "verwendungszweck", "betrag (eur)"],
        columns: &[
            ("datum", M::Day),
            ("empfänger", M::Other),
            ("verwendungszweck", M::Text),
            ("betrag (eur)", M::Amount),
        ],
        currency: Some(Currency::EUR),
        personal: &["kontonummer"],
        ..PLAIN
    },
    Ready {
        name: "N26 (French)",
        code: "n26",
        needs: &["date", "bénéficiaire", "numéro de compte", "type de transaction", "montant (eur)"],
        columns: &[
            ("date", M::Day),
            ("bénéficiaire", M::Other),
            ("référence de paiement", M::Text),
            ("montant (eur)", M::Amount),
        ],
        currency: Some(Currency::EUR),
        personal: &["numéro de compte"],
        ..PLAIN
    },
    Ready {
        name: "Stripe payouts",
        code: "stripe-payouts",
        needs: &["id", "amount", "created (utc)", "currency", "arrival date (utc)", "status"],
        columns: &[
            ("id", M::Reference),
            ("amount", M::Amount),
            ("created (utc)", M::Day),
            ("currency", M::Currency),
            ("status", M::State),
            ("type", M::Type),
            ("description", M::Text),
            ("statement descriptor", M::Text),
            ("balance transaction", M::Parent),
        ],
        // What is paid out leaves Stripe, and stands there without a sign.
        reversed: true,
        kinds: &[("bank_account", Kind::Own), ("card", Kind::Own)],
        personal: &["destination", "destination name", "destination last 4", "trace id"],
        ..PLAIN
    },
    Ready {
        name: "Stripe balance change",
        code: "stripe",
        needs: &["balance_transaction_id", "created_utc", "currency", "gross", "fee", "net", "reporting_category"],
        columns: &[
            ("balance_transaction_id", M::Reference),
            ("created_utc", M::Day),
            ("currency", M::Currency),
            ("net", M::Amount),
            ("fee", M::Fee),
            ("reporting_category", M::Type),
            ("description", M::Text),
        ],
        kinds: STRIPE_KINDS,
        ..PLAIN
    },
    Ready {
        name: "Cash App",
        code: "cash-app",
        needs: &["date", "transaction id", "transaction type", "net amount", "asset type", "name of sender/receiver"],
        columns: &[
            ("date", M::Day),
            ("transaction id", M::Reference),
            ("transaction type", M::Type),
            ("currency", M::Currency),
            ("net amount", M::Amount),
            ("fee", M::Fee),
            ("status", M::State),
            ("notes", M::Text),
            ("name of sender/receiver", M::Other),
        ],
        kinds: &[("cash out", Kind::Own), ("cash in", Kind::Own)],
        only: Some(("asset type", &["", "usd"])),
        personal: &["account"],
        ..PLAIN
    },
    Ready {
        name: "Venmo",
        code: "venmo",
        needs: &["id", "datetime", "type", "status", "from", "to", "amount (total)", "funding source"],
        columns: &[
            ("id", M::Reference),
            ("datetime", M::Day),
            ("type", M::Type),
            ("status", M::State),
            ("note", M::Text),
            ("from", M::From),
            ("to", M::To),
            ("amount (total)", M::Amount),
            ("amount (fee)", M::Fee),
        ],
        kinds: &[("standard transfer", Kind::Own), ("instant transfer", Kind::Own)],
        personal: &["username", "funding source", "destination"],
        ..PLAIN
    },
    Ready {
        name: "Bank of America",
        code: "boa",
        needs: &["date", "description", "amount", "running bal."],
        columns: &[("date", M::Day), ("description", M::Text), ("amount", M::Amount)],
        currency: Some(Currency::USD),
        ..PLAIN
    },
    Ready {
        name: "ING",
        code: "ing",
        needs: &["buchung", "auftraggeber/empfänger", "buchungstext", "verwendungszweck", "betrag", "währung"],
        columns: &[
            ("buchung", M::Day),
            ("auftraggeber/empfänger", M::Other),
            ("buchungstext", M::Type),
            ("verwendungszweck", M::Text),
            ("betrag", M::Amount),
            ("währung", M::Currency),
        ],
        ..PLAIN
    },
    Ready {
        name: "DKB",
        code: "dkb",
        needs: &["buchungsdatum", "wertstellung", "status", "verwendungszweck", "betrag (€)"],
        columns: &[
            ("buchungsdatum", M::Day),
            ("status", M::State),
            ("zahlungspflichtige*r", M::From),
            ("zahlungsempfänger*in", M::To),
            ("verwendungszweck", M::Text),
            ("betrag (€)", M::Amount),
        ],
        // What is booked in advance comes again, often with other figures.
        states: &[("vorgemerkt", Standing::Skipped)],
        currency: Some(Currency::EUR),
        personal: &["iban", "gläubiger-id", "mandatsreferenz", "kundenreferenz"],
        ..PLAIN
    },
    Ready {
        name: "Wells Fargo",
        code: "wells-fargo",
        width: 5,
        columns: &[("1", M::Day), ("2", M::Amount), ("5", M::Text)],
        currency: Some(Currency::USD),
        only: Some(("3", &["*"])),
        ..PLAIN
    },
];

const KIMAI: &[(&str, M)] = &[
    ("date", M::Day),
    ("from", M::Start),
    ("to", M::End),
    ("duration", M::Length),
    ("customer", M::Client),
    ("project", M::Project),
    ("activity", M::Note),
    ("description", M::Note),
];
