//! Detects the format of a statement, and reads it.

use super::{camt053, csv, form::StatementContext, ofx, text};
use crate::domain::payments::Statement;

/// The maximum size of a statement, in bytes.
const LONGEST: usize = 256 << 20;

/// Reads a statement of any format; `name` is its file name.
///
/// # Errors
/// A sentence that says why it cannot be read at all.
pub fn read(name: &str, bytes: &[u8], context: &StatementContext<'_>) -> Result<Statement, String> {
    if bytes.len() > LONGEST {
        return Err(format!("{name} is too large for a statement: {} bytes", bytes.len()));
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let named = label(head.trim_start()).or(context.profile.map(|it| it.encoding.as_str()));
    let document = text::decode(bytes, named);
    let marked = document.trim_start();
    let is_xml = marked.starts_with('<');
    let (form, found) = if marked.starts_with("OFXHEADER") || (is_xml && document.contains("<OFX>"))
    {
        ("OFX", ofx::read(&document, context))
    } else if is_xml && document.contains("BkToCstmrStmt") {
        ("CAMT.053", camt053::read(&document, context))
    } else if is_xml {
        return Err(format!("{name} is neither OFX nor CAMT.053; export one of these, or CSV"));
    } else if let Some(profile) = context.profile {
        if document.trim().is_empty() {
            return Err(format!("{name} is empty"));
        }
        let read = csv::read(&document, profile, context);
        ("CSV", read.map_err(|error| format!("{name} does not match the profile: {error}"))?)
    } else {
        return Err(format!(
            "{name} is neither OFX nor CAMT.053, and reading a table needs a profile of its columns"
        ));
    };
    let mut warnings = Vec::new();
    if found.truncated {
        warnings.push(format!("{name} is incomplete: download it from the bank again"));
    } else if found.no_final_newline {
        warnings.push(format!("{name} has no line break at its end: check that it is complete"));
    } else if found.rows.is_empty() {
        warnings.push(format!("{name} is {form} but has no transactions"));
    }
    Ok(Statement { name: name.to_owned(), rows: found.rows, warnings })
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
