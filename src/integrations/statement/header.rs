//! Finds the line of a table that names its columns.

use super::{columns::Columns, table};
use crate::domain::model::{StatementProfile, text::shown};

/// The header line is looked for in so many lines.
const WITHIN: usize = 40;

/// Separators that are tried where the profile's does not fit, since banks change theirs.
pub(super) const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];

/// Where the columns of a table are.
#[derive(Debug)]
pub(super) struct Header<'a> {
    pub(super) columns: Columns<'a>,
    /// What the header line calls the columns.
    pub(super) names: Vec<String>,
    pub(super) separator: char,
    /// The number of columns.
    pub(super) width: usize,
    /// The first line below the header, counted from 0.
    pub(super) below: usize,
}

/// Finds the columns of a profile: in the line where it says that the header is, else in the first
/// line that has them all.
///
/// # Errors
/// A sentence that names a column that is missing.
pub(super) fn find<'a>(
    lines: &[&str],
    profile: &'a StatementProfile,
) -> Result<Header<'a>, String> {
    let above = usize::from(profile.lines_above);
    let line = lines.get(above).copied().unwrap_or_default();
    if !profile.header {
        let width = table::split(line, profile.separator).cells.len();
        let columns = Columns::find(&[], profile)
            .map_err(|name| format!("`{}` is not the number of a column", shown(name)))?;
        let (separator, names) = (profile.separator, Vec::new());
        return Ok(Header { columns, names, separator, width, below: above });
    }
    let names = table::split(line, profile.separator).cells;
    let missing = match Columns::find(&names, profile) {
        Ok(columns) => {
            let (separator, width) = (profile.separator, names.len());
            return Ok(Header { columns, names, separator, width, below: above + 1 });
        }
        Err(missing) => missing,
    };
    let separators = std::iter::once(profile.separator).chain(SEPARATORS);
    for separator in separators {
        for (at, line) in lines.iter().take(WITHIN).enumerate() {
            let names = table::split(line, separator).cells;
            if let Ok(columns) = Columns::find(&names, profile) {
                let width = names.len();
                return Ok(Header { columns, names, separator, width, below: at + 1 });
            }
        }
    }
    let there: Vec<String> = names.iter().take(20).map(|name| shown(name)).collect();
    Err(format!(
        "line {} has no column `{}`; it has: {}",
        above + 1,
        shown(missing),
        there.join(", ")
    ))
}
