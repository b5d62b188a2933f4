//! CAMT (ISO 20022), in statements (053), reports of a day (052) and notifications (054) alike: the
//! booked entries of an account, some of them batches of transactions.

use std::collections::HashMap;

use super::{
    day,
    element::{Element, elements},
    form::{CUT, PENDING, Rows, StatementContext},
    markup::attribute,
    text,
};
use crate::domain::{
    model::Money,
    payments::{LineKind, StatementLine, StatementRow},
};

/// Reads the entries of a document.
pub(super) fn read(document: &str, context: &StatementContext<'_>) -> Rows {
    let (entries, ended) = elements(document, "Ntry", "Document");
    let mut found = Rows { truncated: !ended, ..Rows::default() };
    for entry in &entries {
        if entry.closed {
            found.rows.extend(rows(entry, context));
        } else {
            found.rows.push(StatementRow { number: entry.line, content: Err(CUT.into()) });
        }
    }
    found
}

/// Returns the transactions of an entry: those of a batch if they have amounts that add up to the
/// entry's, else the entry as a whole.
fn rows(entry: &Element<'_>, context: &StatementContext<'_>) -> Vec<StatementRow> {
    let whole = match head(entry, context) {
        Ok(whole) => whole,
        Err(why) => return vec![StatementRow { number: entry.line, content: Err(why) }],
    };
    let details: Vec<&Element<'_>> =
        entry.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
    if let Some(amounts) = parts(&details, &whole, context) {
        let reference = |detail: &Element<'_>| detail.at("Refs/AcctSvcrRef").map(|it| it.text());
        let of_bank: Vec<_> = details.iter().map(|detail| reference(detail)).collect();
        let mut times: HashMap<&Option<String>, u32> = HashMap::new();
        of_bank.iter().for_each(|id| *times.entry(id).or_default() += 1);
        let of = |(at, (detail, amount)): (usize, (&&Element<'_>, Money))| {
            let own = of_bank[at].as_deref().and_then(text::id);
            let alone = times.get(&of_bank[at]) == Some(&1);
            let bank_id = match (own, &whole.bank_id) {
                (Some(own), _) if alone => Some(own),
                (own, entry) => own.or(entry.clone()).map(|id| format!("{id}/{}", at + 1)),
            };
            let text = text::line(texts(detail).iter().map(String::as_str));
            let (payer, kind) = (payer(detail), kind(entry, &whole, Some(detail), context));
            let line = StatementLine { amount, text, bank_id, payer, kind, ..whole.clone() };
            StatementRow { number: detail.line, content: Ok(line) }
        };
        return details.iter().zip(amounts).enumerate().map(of).collect();
    }
    let mut parts: Vec<String> = details.iter().flat_map(|detail| texts(detail)).collect();
    parts.extend(entry.at("AddtlNtryInf").map(|it| it.text()));
    let own = details.first().filter(|_| details.len() == 1);
    let of_bank = own.and_then(|detail| detail.at("Refs/AcctSvcrRef"));
    let line = StatementLine {
        text: text::line(parts.iter().map(String::as_str)),
        bank_id: whole.bank_id.clone().or_else(|| text::id(&of_bank?.text())),
        payer: own.and_then(|detail| payer(detail)),
        kind: kind(entry, &whole, details.first().copied(), context),
        ..whole
    };
    vec![StatementRow { number: entry.line, content: Ok(line) }]
}

/// Reads what an entry contains about all of its transactions.
fn head(entry: &Element<'_>, context: &StatementContext<'_>) -> Result<StatementLine, String> {
    let text_at = |path: &str| entry.at(path).map(|it| it.text());
    let status = text_at("Sts/Cd").or_else(|| text_at("Sts"));
    if matches!(status.as_deref(), Some("PDNG" | "FUTR" | "INFO")) {
        return Err(PENDING.into());
    }
    let negative = match text_at("CdtDbtInd").as_deref() {
        Some("CRDT") => false,
        Some("DBIT") => true,
        _ => return Err("it is neither a credit nor a debit".into()),
    };
    let date =
        ["BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"].into_iter().find_map(text_at);
    let (amount, currency) = money(entry.at("Amt").ok_or("it has no amount")?, context)?;
    if amount < 0 && !negative {
        return Err("it is called a credit, but its amount is below zero".into());
    }
    Ok(StatementLine {
        date: day::iso(&date.ok_or("it has no date")?)?,
        amount: if negative { -amount.saturating_abs() } else { amount },
        currency,
        text: String::new(),
        bank_id: text_at("AcctSvcrRef").as_deref().and_then(text::id),
        payer: None,
        kind: match text_at("RvslInd").as_deref() {
            Some("true" | "1") => LineKind::Reversal,
            _ => LineKind::Plain,
        },
    })
}

fn money(
    element: &Element<'_>,
    context: &StatementContext<'_>,
) -> Result<(Money, Option<String>), String> {
    let currency = attribute(element.attributes, "Ccy");
    let amount =
        context.currency(currency.as_deref()).parse_bank_amount(&element.text(), Some('.'))?;
    Ok((amount, currency))
}

/// Returns what the bank calls an entry, and the detail of it.
fn kind(
    entry: &Element<'_>,
    whole: &StatementLine,
    detail: Option<&Element<'_>>,
    context: &StatementContext<'_>,
) -> LineKind {
    if whole.kind != LineKind::Plain {
        return whole.kind.clone();
    }
    let code = |element: &Element<'_>| bank_code(element);
    let returned = detail.is_some_and(|it| it.at("RtrInf").is_some());
    match detail.and_then(code).or_else(|| code(entry)) {
        kind if returned || kind == Some(LineKind::Return(None)) => {
            // The entry may have the fees of the bank on top.
            let part = detail.and_then(|it| own_amount(it));
            LineKind::Return(part.and_then(|it| money(it, context).ok()).map(|(amount, _)| amount))
        }
        Some(kind) => kind,
        None => LineKind::Plain,
    }
}

/// Returns the kind that a bank transaction code names: of the ISO list of external codes, or of
/// the German banks (`NTRF+166+…`).
fn bank_code(element: &Element<'_>) -> Option<LineKind> {
    let family = element.at("BkTxCd/Domn/Fmly/SubFmlyCd").map(Element::text);
    let german = element.at("BkTxCd/Prtry/Cd").map(Element::text);
    let german = german.as_deref().and_then(|code| code.split('+').nth(1));
    match (family.as_deref(), german) {
        (Some("RRTN" | "UPDD" | "UPCQ" | "UPCT"), _) | (_, Some("108" | "109" | "159")) => {
            Some(LineKind::Return(None))
        }
        (Some("PRDD" | "RPCR"), _) => Some(LineKind::Reversal),
        (Some("CHRG" | "FEES" | "COMM"), _) => Some(LineKind::Fee),
        _ => None,
    }
}

/// Returns the amount of a single transaction in a batch.
fn own_amount<'e, 'a>(detail: &'e Element<'a>) -> Option<&'e Element<'a>> {
    detail.at("Amt").or_else(|| detail.at("AmtDtls/TxAmt/Amt"))
}

/// Returns the amounts of the transactions in a batch, if they are given and add up.
fn parts(
    details: &[&Element<'_>],
    whole: &StatementLine,
    context: &StatementContext<'_>,
) -> Option<Vec<Money>> {
    if details.len() < 2 {
        return None;
    }
    let sign = if whole.amount < 0 { -1 } else { 1 };
    let one = |detail: &&Element<'_>| {
        let (amount, currency) = money(own_amount(detail)?, context).ok()?;
        (currency == whole.currency).then_some(amount.saturating_abs() * sign)
    };
    let amounts: Vec<Money> = details.iter().map(one).collect::<Option<_>>()?;
    let sum: i128 = amounts.iter().map(|amount| i128::from(*amount)).sum();
    (sum == i128::from(whole.amount)).then_some(amounts)
}

/// Returns all text about one transaction.
fn texts(detail: &Element<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(name(detail));
    for remittance in detail.all("RmtInf") {
        parts.extend(remittance.all("Ustrd").map(Element::text));
        let structured = remittance.all("Strd").filter_map(|it| it.at("CdtrRefInf/Ref"));
        parts.extend(structured.map(Element::text));
    }
    parts.extend(detail.at("Refs/EndToEndId").and_then(|it| text::id(&it.text())));
    parts.extend(detail.at("AddtlTxInf").map(Element::text));
    parts
}

fn name(detail: &Element<'_>) -> Option<String> {
    let paths = ["RltdPties/Dbtr/Nm", "RltdPties/Dbtr/Pty/Nm"];
    paths.into_iter().find_map(|path| detail.at(path)).map(Element::text)
}

fn payer(detail: &Element<'_>) -> Option<String> {
    let account = detail.at("RltdPties/DbtrAcct/Id/IBAN").map(Element::text);
    let account = account.map(|iban| iban.split_whitespace().collect::<String>());
    let parts = [name(detail), account];
    text::non_empty(text::line(parts.iter().flatten().map(String::as_str)))
}
