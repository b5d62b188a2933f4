//! Recognises files that are not statements we read, and says what to export instead.

/// Returns what a file is, and what to export instead, by how it begins.
pub(super) fn advice(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(4096)];
    let has = |mark: &str| head.windows(mark.len()).any(|it| it == mark.as_bytes());
    let text = head.trim_ascii_start();
    if head.starts_with(b"%PDF") {
        return Some("is a PDF for reading; export OFX, CAMT.053 or CSV");
    }
    let is_office = has("[Content_Types].xml") || has("vnd.oasis.opendocument");
    if head.starts_with(b"\xd0\xcf\x11\xe0") || (head.starts_with(b"PK") && is_office) {
        return Some(
            "is a workbook of Excel or the like; save the sheet as CSV, or export OFX or CAMT.053",
        );
    }
    if head.starts_with(b"\x1f\x8b") {
        return Some("is compressed; unpack it first");
    }
    let swift = text.starts_with(b"{1:") || text.starts_with(b":20:") || text.starts_with(b":940:");
    if (swift || has("\n:20:")) && (has(":25:") || has(":60")) {
        return Some("is MT940; export CAMT.053, which replaces it, or CSV");
    }
    if text.starts_with(b"!Type:") || text.starts_with(b"!Account") {
        return Some("is QIF, which has no ids of transactions; export OFX or CSV");
    }
    if text.starts_with(b"[") || text.starts_with(b"{") {
        return Some("is JSON; export OFX, CAMT.053 or CSV");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_statement_is_named() {
        for (bytes, what) in [
            (&b"%PDF-1.7\n"[..], "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel"),
            (b"PK\x03\x04...[Content_Types].xml", "Excel"),
            (b"\r\n:20:STARTUMSE\r\n:25:10050000/1\r\n:60F:C260601EUR1,00", "MT940"),
            (b"{1:F01BANK}{4:\n:20:1\n:25:1", "MT940"),
            (b"\x1f\x8b\x08", "compressed"),
            (b"!Type:Bank\nD01/06/2026", "QIF"),
            (b"[{\"id\":1}]", "JSON"),
        ] {
            assert!(advice(bytes).is_some_and(|it| it.contains(what)), "{what}");
        }
        for bytes in [&b""[..], b"Date,Amount\n", b"PK\x03\x04camt.xml", b"<Document>"] {
            assert_eq!(advice(bytes), None);
        }
    }
}
