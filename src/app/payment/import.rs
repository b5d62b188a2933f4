//! Reads bank statements, and plans what they change in the records.

use jiff::Timestamp;

use crate::{
    app::{AppError, look_up, zone},
    domain::{
        model::Advice,
        ops::{self, payment::Import},
        payments::Statement,
    },
    integrations::statement::{StatementContext, read},
    store::Revision,
};

/// A statement file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementFile {
    /// Its name in messages.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Reads statements; `profile` names the profile that describes a CSV file.
///
/// # Errors
/// Fails if there is no such profile, or if a file is not a statement.
pub fn statements(
    head: &Revision<'_>,
    files: &[StatementFile],
    profile: Option<&str>,
) -> Result<Vec<Statement>, AppError> {
    let space = look_up::space(head)?;
    let zone = zone::named(&space)?;
    let profile = profile.map(|name| look_up::profile(head, name)).transpose()?;
    let context =
        StatementContext { zone: &zone, currency: &space.currency, profile: profile.as_ref() };
    let one = |StatementFile { name, bytes }: &StatementFile| {
        read(name, bytes, &context).map_err(|message| AppError::user(message).hint(advice(head)))
    };
    files.iter().map(one).collect()
}

fn advice(head: &Revision<'_>) -> Advice {
    let names: Vec<String> = head.profiles().iter().map(ToString::to_string).collect();
    if names.is_empty() { Advice::WriteProfile } else { Advice::NameProfile(names) }
}

/// Plans what to do with each line of statements.
///
/// # Errors
/// Fails if the settings cannot be read, or if a record is in the way.
pub fn plan(
    head: &Revision<'_>,
    statements: &[Statement],
    now: Timestamp,
) -> Result<Import, AppError> {
    let today = now.to_zoned(zone::of(head)?).date();
    Ok(ops::payment::import(head, statements, today)?)
}
