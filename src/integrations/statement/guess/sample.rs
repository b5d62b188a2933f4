//! The first lines of a table, with its separator and header line found out.

use crate::integrations::statement::{day, header::SEPARATORS, table};

/// The number of lines that are looked at.
const MOST_ROWS: usize = 300;

/// Lines above the table are at most so many.
const MOST_ABOVE: usize = 40;

/// A table whose columns have no meaning yet.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) separator: char,
    /// The number of lines above the header line, or above the first line without one.
    pub(super) above: u16,
    /// The titles of the columns, if there is a header line.
    pub(super) header: Option<Vec<String>>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Sample {
    /// Finds the table in a document: the separator that splits most lines into equally many
    /// columns, and the first line that has as many.
    pub(super) fn of(document: &str) -> Option<Self> {
        let lines = table::lines(document);
        let tables = SEPARATORS.into_iter().filter_map(|separator| Self::split(&lines, separator));
        tables.max_by_key(|table| (table.rows.len(), table.rows.first().map_or(0, Vec::len)))
    }

    fn split(lines: &[&str], separator: char) -> Option<Self> {
        let shown = &lines[..lines.len().min(MOST_ROWS)];
        let count = |line: &&str| table::split(line, separator).cells.len();
        // The table is as wide as most lines are.
        let widths: Vec<usize> = shown.iter().map(count).collect();
        let often = |width: usize| widths.iter().filter(|it| **it == width).count();
        let width =
            widths.iter().copied().filter(|it| *it > 1).max_by_key(|it| (often(*it), *it))?;
        let first = widths.iter().take(MOST_ABOVE).position(|it| *it == width)?;
        let mut rows: Vec<Vec<String>> = table::records(shown, first, separator, width, false)
            .filter(|record| record.cells.len() == width)
            .map(|record| record.cells)
            .collect();
        let is_day = |cell: &String| day::fitting(cell).is_some();
        let titles = rows.first()?.iter().all(|cell| !is_day(cell));
        let header = titles.then(|| rows.remove(0));
        let above = u16::try_from(first).ok()?;
        (!rows.is_empty()).then_some(Self { separator, above, header, rows })
    }

    pub(super) fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// Returns the cells of a column that are not empty.
    pub(super) fn column(&self, at: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().map(move |row| row.get(at).map_or("", |cell| cell.trim()));
        cells.filter(|cell| !cell.is_empty())
    }

    /// Tells whether a cell of the table is like this.
    pub(super) fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        self.rows.iter().flatten().any(|cell| is(cell))
    }

    /// Tells whether each line has another value in a column.
    pub(super) fn is_unique(&self, at: usize) -> bool {
        let values: std::collections::BTreeSet<&str> = self.column(at).collect();
        values.len() == self.rows.len()
    }

    /// Returns the title of a column, empty without a header line.
    pub(super) fn title(&self, at: usize) -> &str {
        self.header.as_ref().and_then(|header| header.get(at)).map_or("", |title| title.trim())
    }

    /// Returns what a profile calls a column: its title, or its number without a header line.
    pub(super) fn name(&self, at: usize) -> String {
        match &self.header {
            Some(_) => self.title(at).trim_start_matches('\u{feff}').to_owned(),
            None => (at + 1).to_string(),
        }
    }
}
