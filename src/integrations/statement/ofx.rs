//! OFX: version 1 (SGML, with most closing tags left out) and version 2 (XML), by one tolerant
//! reader.

use std::collections::{HashMap, HashSet};

use super::{
    day,
    form::{self, Rows, StatementContext},
    markup::{Piece, Pieces},
    text,
};
use crate::domain::{
    model::Money,
    payments::{LineKind, StatementLine, StatementRow},
};

/// The elements whose closing tag ends a transaction.
const ENDS: [&str; 7] =
    ["STMTTRN", "STMTTRNP", "BANKTRANLIST", "BANKTRANLISTP", "STMTRS", "CCSTMTRS", "OFX"];

/// Reads the transactions of a document.
pub(super) fn read(document: &str, context: &StatementContext<'_>) -> Rows {
    let mut found = Rows::default();
    let mut currency: Option<String> = None;
    let mut account: Option<String> = None;
    let mut open: Option<Transaction<'_>> = None;
    let (mut leaf, mut outer) = ("", "");
    let mut ended = false;
    for (number, piece) in Pieces::new(document) {
        match piece {
            Piece::Open(name @ ("STMTTRN" | "STMTTRNP"), _) => {
                let row = |it: Transaction<'_>| it.row(currency.as_deref(), &account, context);
                found.rows.extend(open.take().map(row));
                let pending = name == "STMTTRNP";
                open = Some(Transaction { number, pending, within: "", values: HashMap::new() });
            }
            // A file without closing tags may lack this one, too.
            Piece::Close(name) if ENDS.contains(&name) => {
                ended |= name == "OFX";
                leaf = "";
                let row = |it: Transaction<'_>| it.row(currency.as_deref(), &account, context);
                found.rows.extend(open.take().map(row));
            }
            Piece::Open(name, _) => {
                (outer, leaf) = (leaf, name);
                if matches!(name, "STMTRS" | "CCSTMTRS") {
                    account = None;
                }
                if let (Some(open), "CURRENCY" | "ORIGCURRENCY") = (&mut open, name) {
                    open.within = name;
                }
            }
            Piece::Text(value) => match &mut open {
                // The currency of origin is not that of the booking.
                Some(open) if (leaf, open.within) == ("CURSYM", "ORIGCURRENCY") => {}
                Some(open) => open.add(leaf, value),
                None if leaf == "CURDEF" => currency = Some(value),
                None if leaf == "ACCTID" => account = text::id(&value),
                None => {}
            },
            Piece::Close(name) => {
                // An element inside a text, such as a line break, does not end it.
                leaf = if leaf == name { outer } else { "" };
                outer = "";
                if let Some(open) = open.as_mut().filter(|open| open.within == name) {
                    open.within = "";
                }
            }
        }
    }
    if let Some(open) = open {
        found.rows.push(StatementRow { number: open.number, content: Err(form::CUT.into()) });
    }
    mark_corrected(&mut found.rows);
    found.truncated = !ended;
    found
}

/// Marks the transactions that others of the statement replace or remove.
fn mark_corrected(rows: &mut [StatementRow]) {
    let of = |row: &StatementRow| match &row.content {
        Ok(StatementLine { kind: LineKind::Correction(Some(id)), .. }) => Some(id.clone()),
        _ => None,
    };
    let corrected: HashSet<String> = rows.iter().filter_map(of).collect();
    for line in rows.iter_mut().filter_map(|row| row.content.as_mut().ok()) {
        let by_another = line.bank_id.as_ref().is_some_and(|id| corrected.contains(id));
        if by_another && line.kind == LineKind::Plain {
            line.kind = LineKind::Corrected;
        }
    }
}

/// A transaction as read so far.
struct Transaction<'a> {
    number: u32,
    pending: bool,
    within: &'a str,
    values: HashMap<&'a str, String>,
}

impl<'a> Transaction<'a> {
    /// Adds a value; the pieces of a value are joined.
    fn add(&mut self, leaf: &'a str, value: String) {
        let joined = self.values.entry(leaf).or_default();
        if joined.is_empty() {
            *joined = value;
        } else if matches!(leaf, "NAME" | "MEMO") {
            joined.push('\n');
            joined.push_str(&value);
        }
    }

    fn row(
        self,
        currency: Option<&str>,
        account: &Option<String>,
        context: &StatementContext<'_>,
    ) -> StatementRow {
        let line = self.line(currency, context);
        let of_account = |line| StatementLine { account: account.clone(), ..line };
        StatementRow { number: self.number, content: line.map(of_account) }
    }

    fn line(
        &self,
        currency: Option<&str>,
        context: &StatementContext<'_>,
    ) -> Result<StatementLine, String> {
        let value = |name: &str| self.values.get(name).map(String::as_str);
        if self.pending {
            return Err(form::PENDING.into());
        }
        let currency = value("CURSYM").or(currency).map(str::to_uppercase);
        let date = value("DTPOSTED").or_else(|| value("DTUSER")).ok_or("it has no date")?;
        let written = value("TRNAMT").ok_or("it has no amount")?;
        let text = text::line(["NAME", "MEMO"].into_iter().filter_map(value));
        let parts = ["NAME", "EXTDNAME", "MEMO", "REFNUM"];
        let amount = context.currency(currency.as_deref()).parse_bank_amount(written, None)?;
        Ok(StatementLine {
            date: day::ofx(date)?,
            amount,
            kind: self.kind(amount),
            currency,
            full_text: text::full(parts.into_iter().filter_map(value), &text),
            text,
            bank_id: value("FITID").and_then(text::id),
            payer: value("NAME").map(|name| text::line([name])).and_then(text::non_empty),
            ..StatementLine::default()
        })
    }

    /// Returns what the bank calls it (OFX 2.2 §11.4.4.3).
    fn kind(&self, amount: Money) -> LineKind {
        let value = |name: &str| self.values.get(name).map(String::as_str);
        if value("CORRECTACTION").or_else(|| value("CORRECTFITID")).is_some() {
            return LineKind::Correction(value("CORRECTFITID").and_then(text::id));
        }
        match value("TRNTYPE").unwrap_or_default().to_uppercase().as_str() {
            "FEE" | "SRVCHG" => LineKind::Fee,
            "REVERSAL" => LineKind::Reversal,
            "RETURN" => LineKind::Return(None),
            // Of the others that take money out, ATM and POS may also bring some in.
            "DEBIT" | "CHECK" | "CASH" | "DIRECTDEBIT" if amount >= 0 => LineKind::Debit,
            _ => LineKind::Plain,
        }
    }
}
