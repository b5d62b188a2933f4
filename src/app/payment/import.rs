//! Reads bank statements, and plans what they change in the records.

use jiff::Timestamp;

use crate::{
    app::{AppError, look_up, zone},
    domain::{
        model::{Advice, Note, Record, RecordPath, Slug, StatementProfile},
        ops::{self, payment::Import},
        payments::Statement,
    },
    integrations::statement::{
        Layout, ReadStatement, Refused, Remedy, StatementContext, read, unpack,
    },
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

/// How to read tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct TableOptions<'a> {
    /// The name of the profile that describes them; by default it is chosen by the header line.
    pub profile: Option<&'a str>,
    /// Whether the days are in the form of the profile, although some do not fit it.
    pub trust_days: bool,
}

/// Reads statements, those in archives too; the notes say which profiles were chosen.
///
/// # Errors
/// Fails if there is no such profile, or if a file is not a statement.
pub fn statements(
    head: &Revision<'_>,
    files: Vec<StatementFile>,
    options: TableOptions<'_>,
) -> Result<(Vec<Statement>, Vec<Note>), AppError> {
    let space = look_up::space(head)?;
    let own = own_profiles(head);
    let named = options.profile.map(|name| look_up::profile(head, name)).transpose()?;
    let layout = named.as_ref().map_or(Layout::OneOf(&own), Layout::Profile);
    let context =
        StatementContext { currency: &space.currency, layout, trust_days: options.trust_days };
    let (mut statements, mut notes) = (Vec::new(), Vec::new());
    for StatementFile { name, bytes } in files {
        for (name, bytes) in unpack(&name, bytes).map_err(refused)? {
            let ReadStatement { statement, chosen } =
                read(&name, &bytes, &context).map_err(refused)?;
            statements.push(statement);
            let note = chosen.map(|profile| format!("{name} is read by the profile {profile}"));
            notes.extend(note.map(Note::from));
        }
    }
    Ok((statements, notes))
}

/// Returns the profiles of a space that can be read.
#[must_use]
pub fn own_profiles(head: &Revision<'_>) -> Vec<(Slug, StatementProfile)> {
    let one = |name: Slug| match head.record(&RecordPath::Profile(name.clone())) {
        Ok(Some(Record::Profile(profile))) => Some((name, profile)),
        _ => None,
    };
    head.profiles().into_iter().filter_map(one).collect()
}

/// Turns a refusal into an error with the next step.
pub(super) fn refused(refused: Refused) -> AppError {
    let error = AppError::user(refused.message);
    match refused.remedy {
        Remedy::Export => error,
        Remedy::DescribeColumns => error.hint(Advice::WriteProfile),
        Remedy::CorrectProfile => error.hint(Advice::ChooseProfile),
        Remedy::Choose(names) => {
            error.hint(Advice::NameProfile(names.iter().map(ToString::to_string).collect()))
        }
        Remedy::TrustDays => error.hint(Advice::TrustDays),
    }
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
