//! Tables of so many rows that nobody looks at them as a whole: lines, made by all processors.

use std::io::{self, Write};

use compact_str::CompactString;
use unicode_width::UnicodeWidthStr as _;

use super::{
    table::{Column, readable},
    texts,
};

/// The widths of columns are those of the first so many rows.
const MEASURED: usize = 2_000;

/// Writes shares of rows as lines of padded columns, without colours. The `first` shares are made
/// already, and are measured: what is wider than its column pushes the rest of its line to the
/// right.
///
/// # Errors
/// Whatever the output answers.
pub(super) fn write<R, S: AsRef<[R]> + Sync>(
    to: &mut impl Write,
    first: &[S],
    shares: usize,
    share: impl Fn(usize) -> S + Sync,
    columns: &[Column<R>],
) -> io::Result<()> {
    let measured = first.iter().flat_map(AsRef::as_ref).take(MEASURED);
    let widths: Vec<usize> = columns.iter().map(|it| width(measured.clone(), it)).collect();
    let mut heading = Vec::new();
    line(&mut heading, columns.iter().map(|column| column.heading.into()), &widths);
    to.write_all(&heading)?;
    let lines = |rows: &[R], text: &mut Vec<u8>| {
        for row in rows {
            line(text, columns.iter().map(|column| (column.fill)(row).0), &widths);
        }
    };
    let make = |at: usize, text: &mut Vec<u8>| {
        match first.get(at) {
            Some(share) => lines(share.as_ref(), text),
            None => lines(share(at).as_ref(), text),
        }
        Ok(())
    };
    texts::in_order(shares, make, |text| to.write_all(text))
}

fn line(text: &mut Vec<u8>, cells: impl Iterator<Item = CompactString> + Clone, widths: &[usize]) {
    let start = text.len();
    for (cell, width) in cells.clone().zip(widths) {
        text.extend_from_slice(cell.as_bytes());
        let blanks = width.saturating_sub(cell.len()) + 2;
        text.resize(text.len() + blanks, b' ');
    }
    // A line is looked at as a whole, since that is done many bytes at once.
    if !is_plain(&text[start..]) {
        text.truncate(start);
        for (cell, width) in cells.zip(widths) {
            let cell = readable(&cell);
            text.extend_from_slice(cell.as_bytes());
            let blanks = width.saturating_sub(cell.width()) + 2;
            text.resize(text.len() + blanks, b' ');
        }
    }
    while text.last() == Some(&b' ') {
        text.pop();
    }
    text.push(b'\n');
}

fn width<'r, R: 'r>(rows: impl Iterator<Item = &'r R>, column: &Column<R>) -> usize {
    let cells = rows.map(|row| wide(&(column.fill)(row).0));
    cells.chain([column.heading.width()]).max().unwrap_or(0)
}

fn wide(cell: &str) -> usize {
    if is_plain(cell.as_bytes()) { cell.len() } else { readable(cell).width() }
}

/// Most text is plain ASCII, of which every byte is one column and nothing steers a terminal.
fn is_plain(text: &[u8]) -> bool {
    text.iter().fold(true, |plain, byte| plain & (b' '..=b'~').contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::table;

    #[test]
    fn every_row_is_a_line_in_its_place() {
        let columns: &[Column<u32>] = &[
            Column::new("N", |n: &u32| table::plain(n)),
            Column::new("WORD", |n| table::plain(if *n == 3 { "\u{1b}[31mé" } else { "plain" })),
        ];
        let rows: Vec<u32> = (0..5_000).collect();
        let mut out = Vec::new();
        let shares: Vec<&[u32]> = rows.chunks(300).collect();
        write(&mut out, &shares[..7], shares.len(), |at| shares[at], columns).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), rows.len() + 1);
        assert_eq!((lines[0], lines[1]), ("N     WORD", "0     plain"));
        assert_eq!(lines[4], "3     \u{fffd}[31mé");
        assert_eq!(lines[5_000], "4999  plain");
    }

    #[test]
    fn a_column_is_as_wide_as_it_looks() {
        let columns: &[Column<&str>] =
            &[Column::new("NAME", |name| table::text(name)), Column::new("N", |_| table::plain(1))];
        let mut out = Vec::new();
        let rows = ["Émilie", "道元", "a\nb", "plain", ""];
        write(&mut out, &[rows], 1, |_| rows, columns).unwrap();
        let text = String::from_utf8(out).unwrap();
        let expected = "NAME    N\nÉmilie  1\n道元    1\na\u{fffd}b     1\nplain   1\n        1\n";
        assert_eq!(text, expected);
    }
}
