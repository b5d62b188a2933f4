//! Tables for spreadsheets: comma-separated values that no spreadsheet takes for a formula.

use std::io::{self, Write};

use super::{CellStyle, Column};

/// Writes rows below a line of headings: those of the table, in lower case. A value that the table
/// shows as `-` is left empty.
///
/// # Errors
/// Fails if the output cannot be written.
pub fn write<R>(to: &mut impl Write, rows: &[R], columns: &[Column<R>]) -> io::Result<()> {
    line(to, columns.iter().map(|it| it.heading.to_lowercase().replace(' ', "_")))?;
    rows.iter().try_for_each(|row| {
        let fields = columns.iter().map(|column| match (column.fill)(row) {
            (value, CellStyle::Faint) if value == "-" => String::new(),
            (value, _) => value,
        });
        line(to, fields)
    })
}

/// Writes one line.
///
/// # Errors
/// Fails if the output cannot be written.
pub fn line<F: AsRef<str>>(
    to: &mut impl Write,
    fields: impl IntoIterator<Item = F>,
) -> io::Result<()> {
    let cells: Vec<String> = fields.into_iter().map(|field| cell(field.as_ref())).collect();
    writeln!(to, "{}", cells.join(","))
}

/// What a spreadsheet takes for the beginning of a formula, in full width too.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Quotes a field if necessary, and keeps a spreadsheet from taking it for a formula.
fn cell(field: &str) -> String {
    let number = field.parse::<f64>().is_ok();
    let formula = !number && field.starts_with(FORMULA);
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", field.replace('"', "\"\""));
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::view;

    #[test]
    fn a_field_is_quoted_and_never_a_formula() {
        for (field, written) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("@cmd", "'@cmd"),
            ("＝1+1", "'＝1+1"),
            ("-1", "-1"),
            ("-x", "'-x"),
        ] {
            assert_eq!(cell(field), written);
        }
    }

    #[test]
    fn a_table_is_written_with_its_headings() {
        let columns: &[Column<Option<&str>>] = &[
            Column::new("PAID UNTIL", |row: &Option<&str>| view::maybe(*row)),
            Column::new("SUM", |_| view::plain("-12.50")),
        ];
        let mut out = Vec::new();
        write(&mut out, &[Some("=a, b"), None], columns).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "paid_until,sum\n\"'=a, b\",-12.50\n,-12.50\n");
    }
}
