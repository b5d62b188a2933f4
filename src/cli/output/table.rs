//! Rows as a table for a person, or as JSON for a program.

use std::io::{self, Write};

use anstyle::AnsiColor;
use comfy_table::{
    Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets,
};
use schemars::JsonSchema;
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::command;
use crate::{
    app::view::{CellStyle, Column},
    domain::model::text::readable,
};

/// Writes rows as a table that fits into the width `terminal`, if there is one.
///
/// # Errors
/// Fails if the output cannot be written.
pub(in crate::cli) fn write<R>(
    to: &mut impl Write,
    rows: &[R],
    columns: &[Column<R>],
    terminal: Option<u16>,
    colour: bool,
) -> io::Result<()> {
    let (columns, left_out) = fitting(rows, columns, terminal);
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if !colour {
        table.force_no_tty();
    } else {
        table.enforce_styling();
    }
    // Without a terminal nothing is wrapped: a file or a pipe should get whole lines. What fits needs
    // no wrapping either.
    let terminal = terminal.filter(|width| needed(&widths(rows, &columns)) > usize::from(*width));
    table.set_width(terminal.unwrap_or(u16::MAX));
    table.set_header(columns.iter().map(|c| Cell::new(c.heading).add_attribute(Attribute::Bold)));
    for row in rows {
        table.add_row(columns.iter().map(|column| {
            let (value, look) = (column.fill)(row);
            // comfy-table passes escape sequences in the data through to the terminal.
            let cell = Cell::new(readable(&value));
            match look {
                CellStyle::Plain => cell,
                CellStyle::Good => cell.fg(Color::Green),
                CellStyle::Bad => cell.fg(Color::Red),
                CellStyle::Warning => cell.fg(Color::Yellow),
                CellStyle::Faint => cell.add_attribute(Attribute::Dim),
            }
        }));
    }
    // A blank before a cell would stand inside the styled part of some, and outside in others.
    let last = columns.len().saturating_sub(1);
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if number == last { 0 } else { GAP }));
    }
    if let Some(width) = terminal {
        keep_short_columns_whole(&mut table, rows, &columns, width);
    }
    for line in table.lines() {
        writeln!(to, "{}", line.trim_end())?;
    }
    if !left_out.is_empty() {
        let faint = AnsiColor::BrightBlack.on_default();
        let names = left_out.join(", ");
        writeln!(to, "{faint}left out, since the window is narrow: {names}{faint:#}")?;
    }
    Ok(())
}

/// How many blanks are between two columns.
const GAP: u16 = 2;

/// Returns the columns that fit into a terminal without wrapping, or all that may not be left out;
/// and the headings of the others.
fn fitting<'c, R>(
    rows: &[R],
    columns: &'c [Column<R>],
    terminal: Option<u16>,
) -> (Vec<&'c Column<R>>, Vec<&'static str>) {
    let mut kept: Vec<&Column<R>> = columns.iter().collect();
    let mut left_out = Vec::new();
    let Some(room) = terminal.map(usize::from) else { return (kept, left_out) };
    let mut widths = widths(rows, &kept);
    while needed(&widths) > room
        && let Some((place, _)) = kept
            .iter()
            .enumerate()
            .filter(|(_, column)| column.spare > 0)
            .max_by_key(|(_, column)| column.spare)
    {
        left_out.push(kept.remove(place).heading);
        widths.remove(place);
    }
    (kept, left_out)
}

/// Returns how wide each column is if nothing is wrapped.
fn widths<R>(rows: &[R], columns: &[&Column<R>]) -> Vec<usize> {
    let width = |column: &&Column<R>| {
        let cells = rows.iter().map(|row| readable(&(column.fill)(row).0).width());
        cells.max().unwrap_or(0).max(column.heading.width())
    };
    columns.iter().map(width).collect()
}

/// Returns the width of a line with columns of these widths.
fn needed(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + usize::from(GAP) * widths.len().saturating_sub(1)
}

/// A column up to this width holds dates, numbers or tags, which are unreadable when wrapped.
const SHORT_WIDTH: usize = 12;

/// Wraps only the longer columns, unless that would leave them too little room.
fn keep_short_columns_whole<R>(
    table: &mut Table,
    rows: &[R],
    columns: &[&Column<R>],
    terminal: u16,
) {
    let mut lower = Vec::new();
    let (mut needed, mut longer) = (0, 0);
    for column in columns {
        let cells = rows.iter().map(|row| (column.fill)(row).0.width());
        let width = cells.max().unwrap_or(0);
        let short = width <= SHORT_WIDTH;
        needed += if short { width + 2 } else { SHORT_WIDTH + 2 };
        longer += usize::from(!short);
        lower.push(short.then_some(width));
    }
    if longer == 0 || needed > usize::from(terminal) {
        return;
    }
    for (column, width) in table.column_iter_mut().zip(lower) {
        if let Some(Ok(width)) = width.map(|width| u16::try_from(width + 2)) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
        }
    }
}

/// Writes one record as lines of `label  value`; labels without a value are left out.
///
/// # Errors
/// Fails if the output cannot be written.
pub(in crate::cli) fn write_record(
    to: &mut impl Write,
    lines: &[(&str, String)],
) -> io::Result<()> {
    let shown = || lines.iter().filter(|(_, value)| !value.is_empty());
    let width = shown().map(|(label, _)| label.width()).max().unwrap_or(0);
    let faint = AnsiColor::BrightBlack.on_default();
    for (label, value) in shown() {
        let value = command::complete(value);
        let mut parts = value.lines();
        let first = parts.next().unwrap_or_default();
        writeln!(to, "{faint}{label:width$}{faint:#}  {}", readable(first))?;
        for more in parts {
            writeln!(to, "{:width$}  {}", "", readable(more))?;
        }
    }
    Ok(())
}

/// Writes a value as JSON, indented by two spaces.
///
/// # Errors
/// Fails if the output cannot be written.
pub(in crate::cli) fn write_json<T: Serialize + JsonSchema + ?Sized>(
    to: &mut impl Write,
    value: &T,
) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *to, value)?;
    writeln!(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::view;

    #[test]
    fn a_column_is_as_wide_as_it_looks() {
        let columns: &[Column<&str>] =
            &[Column::new("NAME", |name| view::text(name)), Column::new("N", |_| view::plain(1))];
        let mut out = Vec::new();
        let rows = ["\u{1b}[31mÉmilie", "道元", "a\nb", "plain", ""];
        write(&mut out, &rows, columns, None, false).unwrap();
        let written = String::from_utf8(out).unwrap();
        let expected = "NAME         N\n\u{fffd}[31mÉmilie  1\n道元         1\n\
                        a\u{fffd}b          1\nplain        1\n             1\n";
        assert_eq!(written, expected);
    }

    fn written(terminal: u16, colour: bool) -> String {
        let columns: &[Column<&str>] = &[
            Column::new("NAME", |name| view::text(name)),
            Column::spare(2, "FROM", |_| view::text("Mon 2026-03-02 18:00")),
            Column::spare(1, "UNTIL", |_| view::maybe(None::<u8>)),
            Column::new("STATE", |_| view::text("valid")),
        ];
        let mut out = Vec::new();
        write(&mut out, &["Ada Lovelace"], columns, Some(terminal), colour).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_least_important_goes_first_where_there_is_no_room() {
        for (terminal, first) in [
            (80, "NAME          FROM                  UNTIL  STATE"),
            (48, "NAME          FROM                  UNTIL  STATE"),
            (47, "NAME          UNTIL  STATE"),
            (26, "NAME          UNTIL  STATE"),
            (25, "NAME          STATE"),
        ] {
            let written = written(terminal, false);
            assert_eq!(written.lines().next().unwrap(), first, "{terminal}");
            assert_eq!(written.contains("left out"), !first.contains("FROM"), "{terminal}");
            assert!(written.lines().nth(1).unwrap().starts_with("Ada Lovelace  "), "{terminal}");
        }
    }

    /// Colours once moved the heading and faint cells by a blank.
    #[test]
    fn colours_move_nothing() {
        let mut plain = anstream::StripStream::new(Vec::new());
        plain.write_all(written(80, true).as_bytes()).unwrap();
        let stripped = String::from_utf8(plain.into_inner()).unwrap();
        let ends: Vec<&str> = stripped.lines().map(str::trim_end).collect();
        assert_eq!(ends, written(80, false).lines().collect::<Vec<_>>());
    }
}
