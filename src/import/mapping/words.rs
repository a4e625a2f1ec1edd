//! Words that head columns in English, German, French, Spanish and Italian, and what they mean.
//!
//! Only a proposal comes of them, which a person sees before anything is read: a word that means two things is taken in
//! the sense that most files have it in.

use crate::domain::statement::{Kind, Meaning, Standing};

/// Names of columns, in small letters, without a currency in brackets behind them. Of several columns of one meaning that
/// whose word stands first here is proposed.
const COLUMNS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Day,
        &[
            "booking date",
            "date",
            "day",
            "transaction date",
            "posted date",
            "posting date",
            "post date",
            "date posted",
            "completed date",
            "created",
            "created at",
            "work date",
            "date of work",
            "submitted",
            "submission date",
            "datum",
            "buchung",
            "buchungstag",
            "buchungsdatum",
            "tag",
            "date de l'opération",
            "date opération",
            "date operation",
            "date de comptabilisation",
            "date comptable",
            "jour",
            "fecha",
            "fecha de operación",
            "fecha operación",
            "fecha operacion",
            "día",
            "data",
            "data operazione",
            "data contabile",
            "giorno",
        ],
    ),
    (Meaning::Clock, &["time", "uhrzeit", "zeit", "heure", "hora", "ora"]),
    (Meaning::Zone, &["time zone", "timezone", "zeitzone", "fuseau horaire", "zona horaria", "fuso orario"]),
    (
        Meaning::Start,
        &[
            "start",
            "started",
            "start time",
            "started at",
            "from",
            "begin",
            "clock in",
            "von",
            "beginn",
            "début",
            "inicio",
            "inizio",
        ],
    ),
    (Meaning::EndDay, &["end date", "stop date", "enddatum", "date de fin", "fecha de fin", "data di fine"]),
    (
        Meaning::End,
        &["end", "ended", "end time", "ended at", "stop", "finish", "clock out", "bis", "ende", "fin", "fine"],
    ),
    (
        Meaning::Length,
        &[
            "duration",
            "hours",
            "time spent",
            "time worked",
            "minutes",
            "length",
            "dauer",
            "stunden",
            "durée",
            "heures",
            "duración",
            "horas",
            "durata",
            "ore",
        ],
    ),
    (
        Meaning::Amount,
        &[
            "amount",
            "net amount",
            "net",
            "total",
            "payout",
            "pay",
            "earnings",
            "earned",
            "reward",
            "payment",
            "sum",
            "value",
            "betrag",
            "umsatz",
            "netto",
            "summe",
            "verdienst",
            "montant",
            "somme",
            "gain",
            "importe",
            "monto",
            "cantidad",
            "neto",
            "importo",
        ],
    ),
    (
        Meaning::In,
        &[
            "credit",
            "credit amount",
            "paid in",
            "money in",
            "deposit",
            "deposits",
            "haben",
            "gutschrift",
            "eingang",
            "crédit",
            "crédito",
            "abono",
            "ingreso",
            "haber",
            "avere",
            "accrediti",
            "entrate",
        ],
    ),
    (
        Meaning::Out,
        &[
            "debit",
            "debit amount",
            "paid out",
            "money out",
            "withdrawal",
            "withdrawals",
            "soll",
            "lastschrift",
            "ausgang",
            "débit",
            "débito",
            "cargo",
            "debe",
            "dare",
            "addebiti",
            "uscite",
        ],
    ),
    (
        Meaning::Direction,
        &[
            "credit/debit",
            "debit/credit",
            "cr/dr",
            "dr/cr",
            "direction",
            "soll/haben",
            "s/h",
            "sens",
            "débit/crédit",
            "debe/haber",
            "dare/avere",
        ],
    ),
    (Meaning::Fee, &["fee", "fees", "commission", "charge", "gebühr", "entgelt", "frais", "comisión", "commissione"]),
    (Meaning::Currency, &["currency", "währung", "devise", "divisa", "moneda", "valuta"]),
    (Meaning::State, &["status", "state", "zustand", "statut", "état", "estado", "stato", "info"]),
    (
        Meaning::Type,
        &[
            "type",
            "kind",
            "transaction type",
            "payment type",
            "typ",
            "art",
            "buchungstext",
            "umsatzart",
            "umsatztyp",
            "type d'opération",
            "tipo",
            "tipo de operación",
            "tipo operazione",
        ],
    ),
    (Meaning::Client, &["client", "customer", "company", "platform", "kunde", "client / projet", "cliente"]),
    (
        Meaning::Project,
        &[
            "project",
            "task",
            "job",
            "study",
            "contract",
            "project name",
            "task name",
            "title",
            "projekt",
            "aufgabe",
            "projet",
            "tâche",
            "proyecto",
            "tarea",
            "progetto",
        ],
    ),
    (Meaning::Note, &["note", "notes", "comment", "notiz", "kommentar", "remarque", "nota", "notas", "note libere"]),
    (
        Meaning::Other,
        &[
            "payee",
            "payer",
            "name",
            "merchant",
            "counterparty",
            "beneficiary",
            "partner name",
            "empfänger",
            "auftraggeber",
            "auftraggeber/empfänger",
            "beguenstigter/zahlungspflichtiger",
            "begünstigter/zahlungspflichtiger",
            "zahlungspflichtiger",
            "zahlungsempfänger",
            "zahlungsempfänger*in",
            "name zahlungsbeteiligter",
            "bénéficiaire",
            "beneficiario",
            "ordinante",
        ],
    ),
    (Meaning::From, &["from", "sender", "absender", "expéditeur", "remitente", "mittente"]),
    (Meaning::To, &["to", "recipient", "destinataire", "destinatario"]),
    (
        Meaning::Text,
        &[
            "description",
            "memo",
            "details",
            "narrative",
            "reference",
            "payment reference",
            "text",
            "particulars",
            "verwendungszweck",
            "beschreibung",
            "buchungsdetails",
            "libellé",
            "libelle",
            "intitulé",
            "concepto",
            "descripción",
            "descrizione",
            "causale",
        ],
    ),
    (
        Meaning::Reference,
        &[
            "id",
            "transaction id",
            "reference id",
            "ref id",
            "reference number",
            "transaction number",
            "entry id",
            "task id",
            "submission id",
            "transaktionscode",
            "transaktionsnummer",
            "referenznummer",
            "numéro de transaction",
            "id. de transacción",
            "número de referencia",
            "id transazione",
        ],
    ),
];

/// Words that head columns of a table, and that mean nothing here; with them a head is told.
const OTHERS: &[&str] = &[
    "balance",
    "running balance",
    "running bal.",
    "saldo",
    "kontostand",
    "solde",
    "value date",
    "valuta",
    "valutadatum",
    "wertstellung",
    "wertstellungsdatum",
    "date de valeur",
    "fecha valor",
    "data valuta",
    "iban",
    "bic",
    "category",
    "kategorie",
    "catégorie",
    "categoría",
    "categoria",
    "account",
    "account number",
    "kontonummer",
    "billable",
    "user",
    "email",
    "tags",
    "rate",
    "hourly rate",
    "tax",
];

/// What the words of states usually mean, in small letters.
const STATES: &[(Standing, &[&str])] = &[
    (
        Standing::Pending,
        &[
            "pending",
            "submitted",
            "awaiting review",
            "pending approval",
            "in review",
            "under review",
            "processing",
            "in transit",
            "in_transit",
            "authorised",
            "authorized",
            "vorgemerkt",
            "umsatz vorgemerkt",
            "ausstehend",
            "offen",
            "en attente",
            "pendiente",
            "in attesa",
        ],
    ),
    (Standing::Approved, &["approved", "accepted", "genehmigt", "approuvé", "aprobado", "approvato"]),
    (
        Standing::Available,
        &["available", "transferrable", "transferable", "cleared", "verfügbar", "disponible", "disponibile"],
    ),
    (
        Standing::Done,
        &[
            "paid",
            "sent",
            "processed",
            "completed",
            "complete",
            "done",
            "booked",
            "posted",
            "settled",
            "succeeded",
            "issued",
            "gebucht",
            "umsatz gebucht",
            "abgeschlossen",
            "bezahlt",
            "terminé",
            "payé",
            "effectué",
            "completado",
            "pagado",
            "completato",
            "pagato",
            "*",
        ],
    ),
    (
        Standing::Refused,
        &[
            "rejected",
            "refused",
            "declined",
            "failed",
            "denied",
            "abgelehnt",
            "fehlgeschlagen",
            "refusé",
            "échoué",
            "rechazado",
            "rifiutato",
        ],
    ),
    (
        Standing::Returned,
        &[
            "returned",
            "timed-out",
            "timed out",
            "abandoned",
            "cancelled",
            "canceled",
            "reversed",
            "reverted",
            "storniert",
            "annulé",
            "cancelado",
            "annullato",
        ],
    ),
];

/// What the words of kinds usually mean, in small letters.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Bonus, &["bonus", "mission", "referral", "tip", "reward", "prime"]),
    (Kind::Adjustment, &["adjustment", "correction", "korrektur"]),
    (Kind::Fee, &["fee", "service fee", "tax", "vat", "gebühr", "entgelt", "frais", "comisión", "commissione"]),
    (
        Kind::Own,
        &["own transfer", "internal transfer", "pot transfer", "umbuchung", "withdrawal", "payout", "virement interne"],
    ),
    (Kind::Exchange, &["exchange", "conversion", "currency conversion", "wechsel"]),
    (Kind::Hold, &["hold", "release", "payment hold", "payment release"]),
    (Kind::Refund, &["refund", "card refund", "erstattung", "remboursement", "reembolso", "rimborso"]),
];

/// A column's name without the currency or unit in brackets behind it.
pub(super) fn bare(name: &str) -> &str {
    let cut = name.rsplit_once(['(', '[']).map_or(name, |(before, _)| before);
    let cut = cut.trim();
    let cut = if cut.is_empty() { name } else { cut };
    cut.trim_end_matches(['$', '€', '£', ':', '*', '.']).trim()
}

/// What a column of this name (in small letters) probably means, and how much it is to be preferred: less is better.
pub(super) fn meanings(name: &str) -> impl Iterator<Item = (Meaning, usize)> {
    let (whole, bare) = (name.to_owned(), bare(name).to_owned());
    COLUMNS.iter().filter_map(move |(meaning, words)| {
        let place = words.iter().position(|word| *word == whole || *word == bare)?;
        Some((*meaning, place))
    })
}

/// Whether a cell, in small letters, is a word that heads columns.
pub(super) fn is_known(name: &str) -> bool {
    OTHERS.contains(&name) || OTHERS.contains(&bare(name)) || meanings(name).next().is_some()
}

/// What the word of a state usually means.
pub(super) fn standing(word: &str) -> Option<Standing> {
    STATES.iter().find(|(_, words)| words.contains(&word)).map(|(standing, _)| *standing)
}

/// What the word of a kind usually means.
pub(super) fn kind(word: &str) -> Option<Kind> {
    KINDS.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_in_five_languages_with_a_unit_behind_them_too() {
        let first = |name: &str| meanings(name).next().map(|(meaning, _)| meaning);
        for (name, meaning) in [
            ("betrag (eur)", Meaning::Amount),
            ("amount $", Meaning::Amount),
            ("montant", Meaning::Amount),
            ("importo", Meaning::Amount),
            ("fecha", Meaning::Day),
            ("buchungstag", Meaning::Day),
            ("libellé", Meaning::Text),
            ("durée", Meaning::Length),
        ] {
            assert_eq!(first(name), Some(meaning), "{name}");
        }
        assert_eq!(first("lantern"), None);
        assert!(is_known("running bal.") && is_known("solde") && !is_known("01.02.2026") && !is_known(""));
    }

    #[test]
    fn every_word_is_in_small_letters_so_that_it_is_met() {
        let columns = COLUMNS.iter().flat_map(|(_, words)| words.iter());
        let states = STATES.iter().flat_map(|(_, words)| words.iter());
        let kinds = KINDS.iter().flat_map(|(_, words)| words.iter());
        for word in columns.chain(states).chain(kinds).chain(OTHERS) {
            assert_eq!(*word, word.to_lowercase());
        }
    }
}
