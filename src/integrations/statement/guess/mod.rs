//! Guesses the profile of a table by its content, for a person to confirm.

mod hints;
mod sample;

use jiff::civil::Date;

use self::sample::Sample;
use super::{
    day, foreign,
    read::decode,
    refused::{Refused, Remedy},
    words,
};
use crate::domain::{
    model::{Columns, DirectionColumn, StatementProfile, StatusColumn},
    money::Currency,
};

/// A guess at a profile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guess {
    /// The profile; its name is the file's.
    pub profile: StatementProfile,
    /// What may be wrong with it, in full sentences.
    pub doubts: Vec<String>,
}

/// Guesses the profile of a table; `name` is its file name, `today` the local day, after which no
/// transaction is.
///
/// # Errors
/// Says why it does not look like a table of transactions.
pub fn guess(name: &str, bytes: &[u8], currency: &str, today: Date) -> Result<Guess, Refused> {
    if let Some(advice) = foreign::advice(bytes) {
        return Err(Refused::export(format!("{name} {advice}")));
    }
    let document = decode(bytes, None);
    let refused = |why: &str| Refused::new(format!("{name} {why}"), Remedy::CorrectProfile);
    if document.trim_start().starts_with('<') {
        return Err(Refused::export(format!("{name} is not a table, and needs no profile")));
    }
    let sample = Sample::of(&document).ok_or_else(|| refused("does not look like a table"))?;
    let currency = Currency::named(currency);
    let mut doubts = Vec::new();
    let (date, date_form) = date(&sample, &currency, today, &mut doubts)
        .ok_or_else(|| refused("has no column of days"))?;
    let decimal = decimal(&sample, date);
    let columns = columns(&sample, date, &currency, decimal)
        .ok_or_else(|| refused("has no column of amounts"))?;
    if columns.text.is_empty() {
        return Err(refused("has no column of text, where a reference could be"));
    }
    let read = |cell: &str| currency.parse_bank_amount(cell, Some(decimal));
    let signed = sample.any(|cell| read(cell).is_ok_and(|amount| amount < 0));
    if columns.direction.is_none() && columns.credit.is_none() && !signed {
        doubts.push("no amount is negative: check that outgoing money is not in the table".into());
    }
    if columns.id.is_none() {
        doubts.push(
            "the bank gives no id, so transactions are recognised by day, amount and text".into(),
        );
    }
    let is_utf_8 = std::str::from_utf8(bytes).is_ok();
    let profile = StatementProfile {
        name: name.to_owned(),
        separator: sample.separator,
        encoding: if is_utf_8 { "utf-8" } else { "windows-1252" }.into(),
        decimal,
        date_form: date_form.to_owned(),
        lines_above: sample.above,
        header: sample.header.is_some(),
        columns,
    };
    Ok(Guess { profile, doubts })
}

/// Returns the column of days and their form: the column with most days, the first of several.
fn date(
    sample: &Sample,
    currency: &Currency,
    today: Date,
    doubts: &mut Vec<String>,
) -> Option<(usize, &'static str)> {
    let fits = |at: usize, form: &str| {
        let day = |cell: &str| day::by_form(cell, form).ok().filter(|day| *day <= today);
        sample.column(at).filter(|cell| day(cell).is_some()).count()
    };
    let best = |at: usize| {
        let most = day::FORMS.iter().map(|form| fits(at, form)).max().unwrap_or(0);
        let forms: Vec<&'static str> =
            day::FORMS.into_iter().filter(|form| fits(at, form) == most).collect();
        (most, forms)
    };
    let enough = sample.rows.len().div_ceil(2).max(1);
    let found: Vec<_> = (0..sample.width()).map(|at| (at, best(at))).collect();
    let most = found.iter().map(|(_, (most, _))| *most).max().filter(|most| *most >= enough)?;
    let with_most = found.into_iter().filter(|(_, (days, _))| *days == most);
    let (at, (_, forms)) = with_most
        .max_by_key(|(at, _)| (hints::is_date(sample.title(*at)), std::cmp::Reverse(*at)))?;
    let american = forms.iter().find(|form| form.starts_with("%m") && currency.code == "USD");
    let form = american.or(forms.first())?;
    for other in forms.iter().filter(|other| *other != form) {
        doubts.push(format!("the days may as well be in the format {other}"));
    }
    Some((at, form))
}

/// Returns the decimal separator: the one with two digits behind it in most cells that are not days.
fn decimal(sample: &Sample, date: usize) -> char {
    let ends = |cell: &&str, sign: char| {
        let digits = cell.trim_end_matches(|c: char| !c.is_ascii_digit());
        let part = digits.rsplit_once(sign).map_or("", |(_, part)| part);
        part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let count = |sign: char| {
        let cells = (0..sample.width()).filter(|at| *at != date).flat_map(|at| sample.column(at));
        cells.filter(|cell| ends(cell, sign) && day::fitting(cell).is_none()).count()
    };
    if count(',') > count('.') { ',' } else { '.' }
}

/// Returns which column holds what; `None` if no column has amounts.
fn columns(sample: &Sample, date: usize, currency: &Currency, decimal: char) -> Option<Columns> {
    let others = || (0..sample.width()).filter(move |at| *at != date);
    let all = |at: usize, is: &dyn Fn(&str) -> bool| {
        let mut cells = sample.column(at).peekable();
        cells.peek().is_some() && cells.all(is)
    };
    let is_amount = |cell: &str| currency.parse_bank_amount(cell, Some(decimal)).is_ok();
    let amounts: Vec<usize> = others()
        .filter(|at| all(*at, &is_amount) && !hints::is_balance(sample.title(*at)))
        .collect();
    let of = |is: &dyn Fn(&str) -> bool| others().find(|at| is(sample.title(*at)));
    let among = |all: &[usize], is: &dyn Fn(&str) -> bool| {
        all.iter().copied().find(|at| is(sample.title(*at)))
    };
    // An empty column of amounts is told by its title alone.
    let empty_or = |is: fn(&str) -> bool| {
        others().find(|at| {
            is(sample.title(*at)) && (all(*at, &is_amount) || sample.column(*at).next().is_none())
        })
    };
    let (credit, debit) = (empty_or(hints::is_credit), empty_or(hints::is_debit));
    let two = credit.zip(debit).filter(|(credit, debit)| credit != debit);
    let is_price = |cell: &str| cell.contains(decimal);
    let amount = match two {
        Some(_) => None,
        None => Some(
            among(&amounts, &hints::is_amount)
                .or_else(|| amounts.iter().copied().find(|at| sample.column(*at).any(is_price)))
                .or_else(|| amounts.first().copied())?,
        ),
    };
    let taken = |at: &usize| Some(*at) == amount || two.is_some_and(|(a, b)| *at == a || *at == b);
    let free = || others().filter(move |at| !taken(at));
    let direction = free().find(|at| all(*at, &|cell| words::incoming(cell).is_some()));
    let status =
        free().find(|at| Some(*at) != direction && all(*at, &|cell| words::booked(cell).is_some()));
    let is_code =
        |cell: &str| cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_alphabetic());
    let code =
        free().find(|at| all(*at, &is_code) && Some(*at) != direction && Some(*at) != status);
    let special = |at: &usize| [direction, status, code].contains(&Some(*at));
    let is_text = |at: &usize| {
        let letters = |cell: &str| cell.chars().any(char::is_alphabetic);
        !special(at) && sample.column(*at).any(letters)
    };
    let texts: Vec<usize> = free().filter(is_text).collect();
    let hinted: Vec<usize> =
        texts.iter().copied().filter(|at| hints::is_text(sample.title(*at))).collect();
    let payer = among(&texts, &hints::is_payer);
    let mut text = if hinted.is_empty() { texts } else { hinted };
    text.extend(payer.filter(|payer| !text.contains(payer)));
    let id = of(&hints::is_id).filter(|at| sample.is_unique(*at) && !special(at));
    text.retain(|at| Some(*at) != id);
    let name = |at: usize| sample.name(at);
    Some(Columns {
        date: name(date),
        amount: amount.map(name),
        credit: two.map(|(credit, _)| name(credit)),
        debit: two.map(|(_, debit)| name(debit)),
        direction: direction.map(|at| DirectionColumn {
            column: name(at),
            incoming: Vec::new(),
            outgoing: Vec::new(),
        }),
        status: status.map(|at| StatusColumn { column: name(at), booked: Vec::new() }),
        kind: of(&hints::is_kind).filter(|at| !special(at)).map(name),
        text: text.into_iter().map(name).collect(),
        id: id.map(name),
        payer: payer.map(name),
        currency: code.map(name),
    })
}

#[cfg(test)]
mod tests;
