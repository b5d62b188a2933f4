//! The facilities of the records, as the door's user reads them.

use super::{
    hand,
    place::{OPENER, RECORDS},
};
use crate::{cli::CliError, config::Config, domain::model::Slug};

/// Lists the facilities.
///
/// # Errors
/// Fails if the records cannot be read.
pub(super) fn list() -> Result<Vec<Slug>, CliError> {
    let line = ["space", "-C", RECORDS, "facility", "list", "--json"].map(ToOwned::to_owned);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&hand::does(OPENER, &line)?)
        .map_err(|error| CliError::internal(format!("the facilities cannot be read: {error}")))?;
    let names = rows.iter().filter_map(|row| row["facility"].as_str()?.parse().ok());
    Ok(names.collect())
}

/// Refuses doors of facilities that the records do not have.
///
/// # Errors
/// Fails at the first one.
pub(super) fn check(config: &Config, known: &[Slug]) -> Result<(), CliError> {
    let mut guarded = config.doors.iter().map(|(name, it)| it.facility.as_ref().unwrap_or(name));
    match guarded.find(|it| !known.contains(it)) {
        None => Ok(()),
        Some(stranger) => {
            let known: Vec<&str> = known.iter().map(Slug::as_str).collect();
            Err(CliError::user(format!("the records have no facility `{stranger}`")).hint(format!(
                "known: {}; `space facility add {stranger}` on a machine where you change the records adds it",
                known.join(", ")
            )))
        }
    }
}
