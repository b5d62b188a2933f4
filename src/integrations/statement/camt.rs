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
    payments::{Batch, LineKind, StatementLine, StatementRow, part_id},
};

/// Reads the entries of a document.
pub(super) fn read(document: &str, context: &StatementContext<'_>) -> Rows {
    let (entries, ended) = elements(document, &["Acct", "Ntry"], "Document");
    let mut found = Rows { truncated: !ended, ..Rows::default() };
    let mut account = None;
    for (at, entry) in entries.iter().enumerate() {
        if entry.name == "Acct" {
            account = account_of(entry);
        } else if entry.closed {
            found.rows.extend(rows(entry, &account, context));
        } else {
            let last = !ended && at + 1 == entries.len();
            let why = if last { CUT } else { "it is never closed" };
            found.rows.push(StatementRow { number: entry.line, content: Err(why.into()) });
        }
    }
    found
}

/// Returns the transactions of an entry: those of a batch if they have amounts that add up to the
/// entry's, else the entry as a whole.
fn rows(
    entry: &Element<'_>,
    account: &Option<String>,
    context: &StatementContext<'_>,
) -> Vec<StatementRow> {
    let whole = match head(entry, context) {
        Ok(whole) => StatementLine { account: account.clone(), ..whole },
        Err(why) => return vec![StatementRow { number: entry.line, content: Err(why) }],
    };
    let details: Vec<&Element<'_>> =
        entry.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
    let listing = listing(entry, &details, &whole, context);
    if let Listing::Complete(amounts) = listing {
        let batch = Batch::Part { id: whole.bank_id.clone(), amount: whole.amount };
        let reference = |detail: &Element<'_>| detail.at("Refs/AcctSvcrRef").map(|it| it.text());
        let of_bank: Vec<_> = details.iter().map(|detail| reference(detail)).collect();
        let mut times: HashMap<&Option<String>, u32> = HashMap::new();
        of_bank.iter().for_each(|id| *times.entry(id).or_default() += 1);
        let of = |(at, (detail, amount)): (usize, (&&Element<'_>, Money))| {
            let own = of_bank[at].as_deref().and_then(text::id);
            let alone = times.get(&of_bank[at]) == Some(&1);
            let bank_id = match (own, &whole.bank_id) {
                (Some(own), _) if alone => Some(own),
                (own, entry) => own.or(entry.clone()).map(|id| part_id(&id, at + 1)),
            };
            let (text, full_text) = text_of(&texts(detail), &more_texts(detail));
            let (payer, kind) = (payer(detail), kind(entry, &whole, Some(detail), context));
            let line = StatementLine {
                amount,
                text,
                full_text,
                bank_id,
                payer,
                kind,
                batch: Some(batch.clone()),
                ..whole.clone()
            };
            StatementRow { number: detail.line, content: Ok(line) }
        };
        return details.iter().zip(amounts).enumerate().map(of).collect();
    }
    let mut parts: Vec<String> = details.iter().flat_map(|detail| texts(detail)).collect();
    parts.extend(entry.at("AddtlNtryInf").map(|it| it.text()));
    let own = details.first().filter(|_| details.len() == 1);
    let of_bank = own.and_then(|detail| detail.at("Refs/AcctSvcrRef"));
    let more: Vec<String> = details.iter().flat_map(|detail| more_texts(detail)).collect();
    let (text, full_text) = text_of(&parts, &more);
    let line = StatementLine {
        text,
        full_text,
        batch: (listing == Listing::Incomplete).then_some(Batch::Whole),
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
        bank_id: text_at("AcctSvcrRef").as_deref().and_then(text::id),
        kind: match text_at("RvslInd").as_deref() {
            Some("true" | "1") => LineKind::Reversal,
            _ => LineKind::Plain,
        },
        ..StatementLine::default()
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

/// How an entry lists the transactions that it consists of.
#[derive(PartialEq)]
enum Listing {
    /// It is one transaction.
    One,
    /// It is a batch of transactions with these amounts, which add up to its own.
    Complete(Vec<Money>),
    /// It is a batch, but some of its transactions or their amounts are not listed.
    Incomplete,
}

fn listing(
    entry: &Element<'_>,
    details: &[&Element<'_>],
    whole: &StatementLine,
    context: &StatementContext<'_>,
) -> Listing {
    let counts = entry.all("NtryDtls").filter_map(|it| it.at("Btch/NbOfTxs")?.text().parse().ok());
    let stated: usize = counts.fold(0, usize::saturating_add);
    let is_complete = stated == 0 || stated == details.len();
    match details {
        [] if stated < 2 => Listing::One,
        // What was paid out may have the bank's fee on top.
        [one]
            if is_complete
                && (whole.amount < 0
                    || part(one, whole, context).is_none_or(|it| it == whole.amount)) =>
        {
            Listing::One
        }
        several => {
            let amounts: Option<Vec<Money>> =
                several.iter().map(|detail| part(detail, whole, context)).collect();
            let sum = |all: &Vec<Money>| all.iter().map(|it| i128::from(*it)).sum::<i128>();
            match amounts.filter(|all| is_complete && sum(all) == i128::from(whole.amount)) {
                Some(amounts) => Listing::Complete(amounts),
                None => Listing::Incomplete,
            }
        }
    }
}

/// Returns the amount of one transaction of an entry, if it is given in the same currency.
fn part(
    detail: &Element<'_>,
    whole: &StatementLine,
    context: &StatementContext<'_>,
) -> Option<Money> {
    let (amount, currency) = money(own_amount(detail)?, context).ok()?;
    let amount = amount.saturating_abs();
    let is_out = match detail.at("CdtDbtInd").map(Element::text).as_deref() {
        Some("CRDT") => false,
        Some("DBIT") => true,
        _ => whole.amount < 0,
    };
    (currency == whole.currency).then_some(if is_out { -amount } else { amount })
}

/// Returns the account that entries belong to.
fn account_of(account: &Element<'_>) -> Option<String> {
    let number = account.at("Id/IBAN").or_else(|| account.at("Id/Othr/Id"))?.text();
    text::id(&number.split_whitespace().collect::<String>())
}

/// Joins texts to one line, and in full with some more in which a reference may stand.
fn text_of(parts: &[String], more: &[String]) -> (String, String) {
    let line = text::line(parts.iter().map(String::as_str));
    let full = text::full(parts.iter().chain(more).map(String::as_str), &line);
    (line, full)
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

/// Returns what a payer or a bank has added to a structured reference.
fn more_texts(detail: &Element<'_>) -> Vec<String> {
    let structured = detail.all("RmtInf").flat_map(|it| it.all("Strd"));
    structured.flat_map(|it| it.all("AddtlRmtInf")).map(Element::text).collect()
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
