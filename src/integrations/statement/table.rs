//! The lines and cells of a table (RFC 4180): each line of the file is in exactly one record.
//!
//! A quoted cell may go on in the next line. But a quotation mark that somebody forgot to close must
//! not swallow the lines below it: what looks like a line of the table by itself is one.

/// A cell goes on for at most so many lines.
const MOST_LINES: usize = 40;

/// One line of a table, or several if a quoted cell has line breaks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Record {
    /// Its first line in the file, counted from 1.
    pub(super) number: u32,
    /// The number of lines that it has.
    pub(super) lines: u32,
    /// The content of its columns.
    pub(super) cells: Vec<String>,
    /// Whether a quotation mark in it is never closed.
    pub(super) unclosed: bool,
}

/// Returns the lines of a file, whatever ends them.
pub(super) fn lines(document: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = Vec::new();
    for line in document.split('\n') {
        lines.extend(line.strip_suffix('\r').unwrap_or(line).split('\r'));
    }
    if lines.last() == Some(&"") {
        lines.pop();
    }
    lines
}

/// Returns the records from a line on, counted from 0; `width` is the number of columns. Of a file
/// that `is_cut`, the last record may be open.
pub(super) fn records(
    lines: &[&str],
    from: usize,
    separator: char,
    width: usize,
    is_cut: bool,
) -> impl Iterator<Item = Record> {
    let mut at = from;
    std::iter::from_fn(move || {
        let first = *lines.get(at)?;
        let (split, taken) = match split(first, separator) {
            one if one.unclosed => match joined(&lines[at..], separator, width, is_cut) {
                Some((several, taken)) => (several, taken),
                None => (one, 1),
            },
            one => (one, 1),
        };
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        at += taken;
        let lines = u32::try_from(taken).unwrap_or(u32::MAX);
        Some(Record { number, lines, cells: split.cells, unclosed: split.unclosed })
    })
}

/// Joins a line whose last quoted cell is open with those below it, up to the one that closes it.
fn joined(lines: &[&str], separator: char, width: usize, is_cut: bool) -> Option<(Split, usize)> {
    let below = lines.iter().take(MOST_LINES).enumerate().skip(1);
    for (at, line) in below {
        let alone = split(line, separator);
        if alone.cells.len() == width && !alone.odd && !alone.unclosed {
            return None;
        }
        if closes(line, separator) {
            let whole = split(&lines[..=at].join("\n"), separator);
            if !whole.unclosed {
                let last = is_cut && at + 1 == lines.len();
                let fits = last || (whole.cells.len() == width && !whole.odd);
                return fits.then_some((whole, at + 1));
            }
        }
    }
    let to_the_end = is_cut && lines.len() <= MOST_LINES;
    to_the_end.then(|| (split(&lines.join("\n"), separator), lines.len()))
}

/// Tells whether a line closes the quoted cell that it begins in.
fn closes(line: &str, separator: char) -> bool {
    let mut rest = line;
    while let Some(at) = rest.find('"') {
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(escaped) => rest = escaped,
            None => {
                return rest.trim_start_matches(' ').is_empty()
                    || rest.trim_start_matches(' ').starts_with(separator);
            }
        }
    }
    false
}

/// The cells of a line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Split {
    pub(super) cells: Vec<String>,
    /// Whether a quotation mark is never closed; the cells behind it are split all the same.
    unclosed: bool,
    /// Whether a quotation mark is where none belongs.
    odd: bool,
}

/// Splits a line.
pub(super) fn split(line: &str, separator: char) -> Split {
    let mut found = Split::default();
    let mut rest = line;
    loop {
        let cell = if separator == '\t' { rest } else { rest.trim_start_matches(' ') };
        let (text, behind) = match cell.strip_prefix('"') {
            Some(quoted) => match close(quoted) {
                Some((text, behind)) => {
                    let (more, behind) = until(behind, separator);
                    found.odd |= !more.trim().is_empty();
                    (text + more.trim_end(), behind)
                }
                None => {
                    found.unclosed = true;
                    let (text, behind) = until(quoted, separator);
                    (text.to_owned(), behind)
                }
            },
            None => {
                let (text, behind) = until(rest, separator);
                found.odd |= text.contains('"');
                (text.to_owned(), behind)
            }
        };
        found.cells.push(text);
        match behind {
            Some(behind) => rest = behind,
            None => return found,
        }
    }
}

/// Returns the text up to the quotation mark that closes it, and what is behind that.
fn close(quoted: &str) -> Option<(String, &str)> {
    let (mut text, mut rest) = (String::new(), quoted);
    loop {
        let at = rest.find('"')?;
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(escaped) => {
                text.push('"');
                rest = escaped;
            }
            None => return Some((text, rest)),
        }
    }
}

/// Splits at the first separator.
fn until(text: &str, separator: char) -> (&str, Option<&str>) {
    match text.split_once(separator) {
        Some((cell, behind)) => (cell, Some(behind)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(document: &str) -> Vec<String> {
        let lines = lines(document);
        let show = |it: Record| {
            let mark = if it.unclosed { "!" } else { "" };
            format!("{}+{}{mark} {}", it.number, it.lines, it.cells.join("|").replace('\n', "/"))
        };
        records(&lines, 0, ',', 3, false).map(show).collect()
    }

    #[test]
    fn cells_are_quoted_or_not() {
        assert_eq!(
            read("a,\"b, \"\"c\"\"\",d\r\n1,2\" pipe,3\r, \"x\" ,\"\"\n\"a\"b,c,d"),
            ["1+1 a|b, \"c\"|d", "2+1 1|2\" pipe|3", "3+1 |x|", "4+1 ab|c|d"]
        );
        assert_eq!(split("a\t\"b\tc\"\t", '\t').cells, ["a", "b\tc", ""]);
    }

    #[test]
    fn a_cell_may_have_line_breaks() {
        assert_eq!(read("a,\"b\n\nc, d\",e\nf,g,h"), ["1+3 a|b//c, d|e", "4+1 f|g|h"]);
        assert_eq!(read("\"a\nb\",c,d"), ["1+2 a/b|c|d"]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_nothing() {
        for (below, rows) in [
            ("c,d,e\nf,g,h", &["2+1 c|d|e", "3+1 f|g|h"][..]),
            ("c,d,\"e\"\nf", &["2+1 c|d|e", "3+1 f"]),
            ("c,d,\"e\nf,g,h", &["2+1! c|d|e", "3+1 f|g|h"]),
            ("c\",d,e", &["2+1 c\"|d|e"]),
            ("x\ny", &["2+1 x", "3+1 y"]),
        ] {
            let all = read(&format!("1,2,\"b\n{below}"));
            assert_eq!(all[0], "1+1! 1|2|b", "{below}");
            assert_eq!(all[1..], *rows, "{below}");
        }
        assert_eq!(read(&format!("1,2,\"b{}\"", "\nx".repeat(50))).len(), 51);
    }

    proptest! {
        #[test]
        fn every_line_is_in_exactly_one_record(document in "[a,\"\n\r ]{0,60}", is_cut in any::<bool>()) {
            let lines = lines(&document);
            let mut next = 1;
            for record in records(&lines, 0, ',', 3, is_cut) {
                prop_assert_eq!(record.number, next);
                next += record.lines;
            }
            prop_assert_eq!(usize::try_from(next).unwrap(), lines.len() + 1);
        }

        #[test]
        fn what_is_written_is_read(
            // A line of a cell that looks like a line of the table is taken for one.
            table in proptest::collection::vec(
                proptest::collection::vec("[a,\"é ]{0,6}|[a\"é \n]{0,6}", 3),
                0..6,
            ),
        ) {
            let mut written = csv::Writer::from_writer(Vec::new());
            table.iter().for_each(|row| written.write_record(row).unwrap());
            let written = String::from_utf8(written.into_inner().unwrap()).unwrap();
            let lines = lines(&written);
            let read: Vec<Vec<String>> = records(&lines, 0, ',', 3, false).map(|it| it.cells).collect();
            prop_assert_eq!(read, table);
        }
    }
}
