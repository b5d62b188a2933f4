//! Tables of so many rows that nobody looks at them as a whole: lines, made by all processors.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use unicode_width::UnicodeWidthStr as _;

use super::table::{Column, SHARE, readable};
use crate::store::cores;

/// The widths of columns are those of the first so many rows.
const MEASURED: usize = 2_000;

/// Writes rows as lines of padded columns, without colours. What is wider than its column pushes
/// the rest of its line to the right.
///
/// # Errors
/// Whatever the output answers.
pub(super) fn write<R: Sync>(
    to: &mut impl Write,
    rows: &[R],
    columns: &[Column<R>],
) -> io::Result<()> {
    let widths = widths(rows, columns);
    let mut heading = String::new();
    line(&mut heading, columns.iter().map(|column| column.heading.into()), &widths);
    to.write_all(heading.as_bytes())?;
    let shares: Vec<&[R]> = rows.chunks(SHARE).collect();
    let work = |(): &mut (), share: usize| text(shares[share], columns, &widths);
    cores::in_order(shares.len(), || (), work, |text| to.write_all(text.as_bytes()))
}

fn text<R>(rows: &[R], columns: &[Column<R>], widths: &[usize]) -> String {
    let mut text = String::with_capacity(rows.len() * (widths.iter().sum::<usize>() + 16));
    for row in rows {
        line(&mut text, columns.iter().map(|column| (column.fill)(row).0), widths);
    }
    text
}

fn line<'c>(text: &mut String, cells: impl Iterator<Item = Cow<'c, str>>, widths: &[usize]) {
    for (cell, width) in cells.zip(widths) {
        let cell = plain(&cell);
        text.push_str(&cell);
        let blanks = width.saturating_sub(wide(&cell)) + 2;
        text.extend(std::iter::repeat_n(' ', blanks));
    }
    text.truncate(text.trim_end_matches(' ').len());
    text.push('\n');
}

fn widths<R>(rows: &[R], columns: &[Column<R>]) -> Vec<usize> {
    let first = &rows[..rows.len().min(MEASURED)];
    let width = |column: &Column<R>| {
        let cells = first.iter().map(|row| wide(&plain(&(column.fill)(row).0)));
        cells.chain([column.heading.width()]).max().unwrap_or(0)
    };
    columns.iter().map(width).collect()
}

/// Most text is plain ASCII, of which every byte is one column and nothing steers a terminal.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn plain(text: &str) -> Cow<'_, str> {
    if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(readable(text)) }
}

fn wide(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
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
        write(&mut out, &rows, columns).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), rows.len() + 1);
        assert_eq!((lines[0], lines[1]), ("N     WORD", "0     plain"));
        assert_eq!(lines[4], "3     \u{fffd}[31mé");
        assert_eq!(lines[5_000], "4999  plain");
    }
}
