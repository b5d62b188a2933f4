//! Chooses the profile of a table by its header line.

use super::{
    csv, day, header,
    profiles::shipped,
    refused::{Refused, Remedy},
};
use crate::domain::model::{Slug, StatementProfile};

/// So many days are enough to tell their form.
const ENOUGH: usize = 1000;

/// Returns the profile whose columns a table has: one of the space's, else one that comes with the
/// program. A table without a header line has none.
///
/// # Errors
/// No profile fits, or several do.
pub(super) fn choose(
    lines: &[&str],
    own: &[(Slug, StatementProfile)],
) -> Result<(Slug, StatementProfile), Refused> {
    // A profile of the space hides one of the same name.
    let hidden = |name: &Slug| own.iter().any(|(known, _)| known == name);
    let others: Vec<_> = shipped().into_iter().filter(|(name, _)| !hidden(name)).collect();
    let mut found = best(lines, own);
    if found.is_empty() {
        found = best(lines, &others);
    }
    match found.as_slice() {
        [] => Err(Refused::new(
            "is neither OFX nor CAMT, and reading a table needs a profile of its columns",
            Remedy::DescribeColumns,
        )),
        [one] => Ok((*one).clone()),
        several => {
            let names: Vec<Slug> = several.iter().map(|(name, _)| name.clone()).collect();
            let list: Vec<&str> = names.iter().map(Slug::as_str).collect();
            let message = format!("fits several profiles: {}", list.join(", "));
            Err(Refused::new(message, Remedy::Choose(names)))
        }
    }
}

/// Returns the profiles that fit best: those with most columns, and of them those in whose form most
/// days are.
fn best<'a>(
    lines: &[&str],
    profiles: &'a [(Slug, StatementProfile)],
) -> Vec<&'a (Slug, StatementProfile)> {
    let rank = |profile: &StatementProfile| {
        let header = header::find(lines, profile).ok().filter(|_| profile.header)?;
        let records = csv::records(lines, &header, false).take(ENOUGH);
        let odd = records.filter(|record| {
            day::by_form(header.columns.day(&record.cells), &profile.date_form).is_err()
        });
        Some((profile.columns.names().len(), std::cmp::Reverse(odd.count())))
    };
    let ranked: Vec<_> = profiles.iter().filter_map(|one| Some((rank(&one.1)?, one))).collect();
    let first = ranked.iter().map(|(rank, _)| *rank).max();
    ranked.into_iter().filter(|(rank, _)| Some(*rank) == first).map(|(_, one)| one).collect()
}
