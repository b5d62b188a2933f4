//! Members as they are named on the command line: one after the other, or in a file.

use std::{fs, io::Read as _, path::Path};

use crate::{
    app::look_up,
    cli::CliError,
    domain::model::{MemberId, text::shown},
    store::Revision,
};

/// Finds the members that are named, and those in a file: one a line, by the first column of a
/// table, or standard input for `-`.
///
/// # Errors
/// Fails with all names that match nobody or several, or if the file cannot be read.
pub(in crate::cli) fn named(
    head: &Revision<'_>,
    names: &[String],
    file: Option<&Path>,
) -> Result<Vec<MemberId>, CliError> {
    let mut names = names.to_vec();
    if let Some(path) = file {
        names.extend(read(path)?.lines().filter_map(first_column));
    }
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for name in &names {
        match look_up::member_id(head, name) {
            Ok(id) => found.push(id),
            Err(error) => wrong.push(error),
        }
    }
    match wrong.len() {
        0 if found.is_empty() => {
            Err(CliError::user("no member is named").hint("name one or more, or give --file"))
        }
        0 => Ok(found),
        1 => Err(wrong.remove(0).into()),
        _ => {
            let all: Vec<String> = wrong.into_iter().map(|error| error.message).collect();
            Err(CliError::user(all.join("; ")).hint("nothing was changed: correct the names"))
        }
    }
}

fn read(path: &Path) -> Result<String, CliError> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    read.map_err(|error| CliError::user(format!("{}: {error}", path.display())))
}

/// Returns the member that a line of a list names; `None` for a heading or an empty line.
fn first_column(line: &str) -> Option<String> {
    let first = line.split([',', ';', '\t']).next().unwrap_or_default();
    let first = first.trim().trim_start_matches('\u{feff}').trim_matches('"').trim();
    let heading = ["member", "name", "number", "id"];
    let skip = first.is_empty() || heading.iter().any(|it| first.eq_ignore_ascii_case(it));
    (!skip).then(|| shown(first).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_by_its_first_column() {
        let lines = ["\u{feff}Member;Fee", "0042;25", "\"Ada Lovelace\",25", "", " Bob\t x"];
        let names: Vec<String> = lines.iter().filter_map(|line| first_column(line)).collect();
        assert_eq!(names, ["0042", "Ada Lovelace", "Bob"]);
    }
}
