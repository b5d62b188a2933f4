//! Detects the format of a statement, and reads it.

use super::{
    camt, choose, csv, foreign,
    form::{Layout, Rows, StatementContext},
    ofx,
    refused::Refused,
    table, text,
};
use crate::domain::{model::Slug, payments::Statement};

/// The maximum size of a statement, in bytes.
const LONGEST: usize = 256 << 20;

/// The elements that make a document one of CAMT, and its name.
const CAMT: [(&str, &str); 3] = [
    ("BkToCstmrStmt", "CAMT.053"),
    ("BkToCstmrAcctRpt", "CAMT.052"),
    ("BkToCstmrDbtCdtNtfctn", "CAMT.054"),
];

/// A statement that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadStatement {
    /// Its rows.
    pub statement: Statement,
    /// The profile that was chosen for a table by its header line.
    pub chosen: Option<Slug>,
}

/// Reads a statement of any format; `name` is its file name.
///
/// # Errors
/// Says why it cannot be read at all.
pub fn read(
    name: &str,
    bytes: &[u8],
    context: &StatementContext<'_>,
) -> Result<ReadStatement, Refused> {
    if bytes.len() > LONGEST {
        let message = format!("{name} is too large for a statement: {} bytes", bytes.len());
        return Err(Refused::export(message));
    }
    if let Some(advice) = foreign::advice(bytes) {
        return Err(Refused::export(format!("{name} {advice}")));
    }
    let (form, found, chosen) =
        rows(bytes, context).map_err(|refused| refused.prefixed(&format!("{name} ")))?;
    let mut warnings = Vec::new();
    if found.truncated {
        warnings.push(format!("{name} is incomplete: download it from the bank again"));
    } else if found.no_final_newline {
        warnings.push(format!("{name} has no line break at its end: check that it is complete"));
    } else if found.rows.is_empty() {
        warnings.push(format!("{name} is {form} but has no transactions"));
    }
    let statement = Statement { name: name.to_owned(), rows: found.rows, warnings };
    Ok(ReadStatement { statement, chosen })
}

/// Returns the text of a file: in the encoding that it states, else in that of a profile.
pub(super) fn decode(bytes: &[u8], encoding: Option<&str>) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    text::decode(bytes, label(head.trim_start()).or(encoding))
}

/// Returns the name of the format, the rows, and the profile that was chosen.
fn rows(
    bytes: &[u8],
    context: &StatementContext<'_>,
) -> Result<(&'static str, Rows, Option<Slug>), Refused> {
    let encoding = match context.layout {
        Layout::Profile(profile) => Some(profile.encoding.as_str()),
        Layout::OneOf(_) => None,
    };
    let document = decode(bytes, encoding);
    let marked = document.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let is_xml = marked.starts_with('<');
    if marked.starts_with("OFXHEADER") || (is_xml && has_element(&document, "OFX")) {
        return Ok(("OFX", ofx::read(&document, context), None));
    }
    if is_xml {
        let known = CAMT.iter().find(|(element, _)| document.contains(element));
        return match known {
            Some((_, form)) => Ok((form, camt::read(&document, context), None)),
            None => Err(Refused::export("is neither OFX nor CAMT; export one of these, or CSV")),
        };
    }
    if marked.is_empty() {
        return Err(Refused::export("is empty"));
    }
    match context.layout {
        Layout::Profile(profile) => {
            let rows = csv::read(&document, profile, context)
                .map_err(|refused| refused.prefixed("does not match the profile: "))?;
            Ok(("CSV", rows, None))
        }
        Layout::OneOf(own) => {
            let (name, profile) = choose::choose(&table::lines(&document), own)?;
            let document = decode(bytes, Some(&profile.encoding));
            let rows = csv::read(&document, &profile, context)
                .map_err(|it| it.prefixed(&format!("does not match the profile {name}: ")))?;
            Ok(("CSV", rows, Some(name)))
        }
    }
}

/// Tells whether a document has an element, with or without attributes.
fn has_element(document: &str, name: &str) -> bool {
    document
        .split(&format!("<{name}"))
        .skip(1)
        .any(|behind| behind.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace()))
}

/// Returns the encoding that a document states, by its name in `encoding_rs`.
fn label(head: &str) -> Option<&str> {
    let after = |key: &str| {
        let at = head.find(key)? + key.len();
        let rest = head[at..].trim_start_matches(['=', ':', '"', '\'', ' ']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
        Some(&rest[..end.unwrap_or(rest.len())])
    };
    if head.starts_with('<') {
        return after("encoding=");
    }
    match after("CHARSET:")? {
        "1252" => Some("windows-1252"),
        "NONE" => after("ENCODING:"),
        named => Some(named),
    }
}
